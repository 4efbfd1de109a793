//! Whatever is typed: a check never panics, says the same twice, leaves the data alone, and every text is either taken or
//! found fault with.

use super::*;
use crate::form::{FindingKind, diff};
use crate::pack::PartKind;

/// A small generator of its own, so that a failing round can be run again by its number.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

const PIECES: &[&str] = &[
    "",
    "0",
    "1",
    "9",
    "-",
    ".",
    ",",
    "%",
    "/",
    "万元",
    "亿元",
    "元",
    "人",
    "年",
    "月",
    "日",
    "2019",
    "2019-10-09",
    "2019-02-30",
    "201910",
    "99999999999999999999",
    "92233720368547758.07",
    "-92233720368547758.08",
    "1/3",
    "0/0",
    "1/0",
    "三分之二",
    "百分之",
    "项目",
    "production",
    "是",
    "true",
    "620123",
    "540302-L01",
    "城关区",
    "91350100M000100Y43",
    "11010519491231002X",
    "13812345678",
    "sealed:",
    "\t",
    "\n",
    "\r",
    "\0",
    "\u{3000}",
    "　",
    "“",
    "🙂",
    "e\u{301}",
    "\u{202e}",
    "１２",
    "。",
    "，",
    "'",
    "\"",
    "<script>",
    "e9",
    "NaN",
    "0001-01-01",
    "9999-12-31",
    "转",
    "+86",
];

fn text(dice: &mut Dice) -> String {
    (0..dice.roll(5)).map(|_| dice.pick(PIECES)).collect()
}

fn data(dice: &mut Dice) -> FormData {
    let mut data = if dice.roll(4) == 0 { form().blank() } else { FormData::default() };
    for field in form().fields() {
        if dice.roll(3) > 0 {
            data.set("", None, &field.id, text(dice));
        }
    }
    for part in &form().parts {
        let columns = match &part.kind {
            PartKind::Fields(_) => vec!["item".to_owned()],
            PartKind::Table(table) => table.columns.iter().map(|column| column.field.id.clone()).collect(),
            PartKind::Months(_) => {
                (0..14).map(|month| format!("m{month}")).chain(["row".to_owned()]).collect()
            }
        };
        for row in 1..=dice.roll(7) {
            for column in &columns {
                if dice.roll(2) == 0 {
                    let typed = if column == "row" {
                        dice.pick(&["wages", "hired", "x", ""]).to_owned()
                    } else {
                        text(dice)
                    };
                    data.set(&part.id, Some(row), column, typed);
                }
            }
        }
    }
    data.paste_tsv(&form().parts[dice.roll(6)], dice.roll(4), &text(dice));
    data
}

#[test]
fn a_check_never_panics_and_never_loses_what_was_typed() {
    for round in 1..=600_u64 {
        let mut dice = Dice(round.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let typed = data(&mut dice);
        let before = typed.clone();
        let adjust = BTreeMap::from([
            ("assets:1".to_owned(), Money::MAX),
            ("labour:wages:1".to_owned(), Money::from_fen(i64::MIN)),
        ]);
        let apply_on =
            day(dice.pick(&["2019-11-01", "2020-02-29", "0001-01-01", "-009999-01-01", "9999-12-31"]));
        let context = FormContext { apply_on, adjust: &adjust };
        let first = form().check(pack(), &typed, &context);
        assert_eq!(typed, before, "round {round}");
        assert_eq!(first, form().check(pack(), &typed, &context), "round {round}");
        assert!(diff(form(), &typed, &before).is_empty(), "round {round}");
        assert_eq!(first.parts.len(), form().parts.len(), "round {round}");
        for finding in &first.findings {
            assert!(form().part(&finding.part).is_some(), "round {round}: {finding:?}");
            assert!(
                !finding.message.zh.is_empty() && !finding.message.en.is_empty(),
                "round {round}: {finding:?}"
            );
        }
        assert!(pack().case_facts(&first.facts).is_ok(), "round {round}: facts that the rules cannot take");
        every_fact_has_a_good_cell(&typed, &first, round);
    }
}

/// A fact comes from a cell without a finding, and a cell with a text gives its fact or a finding.
fn every_fact_has_a_good_cell(data: &FormData, found: &FormCheck, round: u64) {
    for field in form().fields() {
        let Some(fact) = &field.fact else { continue };
        let typed = !data.get("", None, &field.id).trim().is_empty();
        let invalid = at(found, "head", None, &field.id).iter().any(|f| f.kind == FindingKind::Invalid);
        assert_eq!(found.facts.contains_key(fact), typed && !invalid, "round {round}: {}", field.id);
    }
}
