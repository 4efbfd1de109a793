//! What a simulation found: as a table for people, as one JSON object, or a changed case a line.

use super::stands;
use super::tally::{Change, OUTCOMES, Share, Side, Tally};
use crate::cli::Lang;
use crate::cli::answer::{self, outcome, outcome_words};
use crate::cli::source::grouped;
use crate::cli::text::{Align, Table};
use kernel::Money;
use policy::pack::Pack;
use policy::ruleset::RuleId;
use serde::Serialize;

/// A simulation to be shown.
pub(super) struct Shown<'a> {
    pub pack: &'a Pack,
    pub set: &'a [String],
    pub total: &'a Tally,
    pub lang: Lang,
}

/// A changed case as a line of JSON.
#[derive(Debug, Serialize)]
pub(super) struct ChangeOut<'a> {
    case_id: &'a str,
    line: u64,
    before: SideOut,
    after: SideOut,
    difference: String,
    now_met: Vec<&'a str>,
    now_unmet: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct SideOut {
    outcome: &'static str,
    amount: Option<String>,
}

impl From<Side> for SideOut {
    fn from(side: Side) -> Self {
        Self { outcome: outcome(side.outcome), amount: side.amount.map(|money| money.to_string()) }
    }
}

impl<'a> ChangeOut<'a> {
    pub fn of(change: &'a Change, pack: &'a Pack) -> Self {
        Self {
            case_id: &change.case_id,
            line: change.line,
            before: change.before.into(),
            after: change.after.into(),
            difference: yuan(change.difference()),
            now_met: ids(pack, &change.now_met),
            now_unmet: ids(pack, &change.now_unmet),
        }
    }
}

#[derive(Debug, Serialize)]
struct Whole<'a> {
    pack: Name<'a>,
    set: &'a [String],
    cases: u64,
    invalid: u64,
    before: Totals,
    after: Totals,
    difference: String,
    matrix: Rows,
    gains: Listed<'a>,
    losses: Listed<'a>,
    others: Listed<'a>,
}

#[derive(Debug, Serialize)]
struct Name<'a> {
    id: &'a str,
    edition: &'a str,
    hash: &'a str,
}

#[derive(Debug, Serialize)]
struct Counts {
    grant: u64,
    refuse: u64,
    pending: u64,
}

#[derive(Debug, Serialize)]
struct Totals {
    #[serde(flatten)]
    counts: Counts,
    sum: String,
}

#[derive(Debug, Serialize)]
struct Rows {
    grant: Counts,
    refuse: Counts,
    pending: Counts,
}

#[derive(Debug, Serialize)]
struct Listed<'a> {
    cases: u64,
    sum: String,
    list: Vec<ChangeOut<'a>>,
}

/// Which changes are meant, by their difference in fen.
type Kind = fn(i128) -> bool;

fn counts([grant, refuse, pending]: [u64; 3]) -> Counts {
    Counts { grant, refuse, pending }
}

impl Shown<'_> {
    /// Everything as one JSON object.
    pub fn json(&self) -> serde_json::Result<Vec<u8>> {
        let Self { pack, total, .. } = self;
        let side = |of: fn(&Tally, usize) -> u64, fen| Totals {
            counts: counts([0, 1, 2].map(|at| of(total, at))),
            sum: yuan(fen),
        };
        let [grant, refuse, pending] = total.matrix.map(counts);
        let listed = |share: Share, of: fn(i128) -> bool| Listed {
            cases: share.cases,
            sum: yuan(share.fen),
            list: self.changes(of).map(|change| ChangeOut::of(change, pack)).collect(),
        };
        let mut bytes = Vec::new();
        let whole = Whole {
            pack: Name { id: &pack.id, edition: &pack.edition, hash: &pack.hash },
            set: self.set,
            cases: total.cases(),
            invalid: total.invalid,
            before: side(Tally::before, total.before_fen),
            after: side(Tally::after, total.after_fen),
            difference: yuan(total.after_fen - total.before_fen),
            matrix: Rows { grant, refuse, pending },
            gains: listed(total.gains, |fen| fen > 0),
            losses: listed(total.losses, |fen| fen < 0),
            others: listed(total.others, |fen| fen == 0),
        };
        answer::line(&whole, &mut bytes)?;
        Ok(bytes)
    }

    fn changes(&self, of: Kind) -> impl Iterator<Item = &Change> {
        self.total.changes.iter().filter(move |change| of(change.difference()))
    }

    /// Summary and lists.
    pub fn text(&self, columns: usize) -> String {
        let mut text = self.summary(columns);
        let kinds: [(&str, &str, Share, Kind); 3] = [
            ("金额增加", "Gains", self.total.gains, |fen| fen > 0),
            ("金额减少", "Losses", self.total.losses, |fen| fen < 0),
            ("结果变化、金额不变", "Other changes", self.total.others, |fen| fen == 0),
        ];
        for (zh, en, share, of) in kinds {
            let listed = self.changes(of).count();
            if listed == 0 {
                continue;
            }
            let (cases, word) = (grouped(share.cases), self.lang.pick(zh, en));
            let more = share.cases > listed as u64;
            text.push_str(&match (self.lang, more) {
                (Lang::Zh, false) => format!("\n{word}：{cases} 件\n"),
                (Lang::Zh, true) => {
                    format!("\n{word}：{cases} 件，按差额大小列出 {listed} 件（全部用 --jsonl）\n")
                }
                (Lang::En, false) => format!("\n{word}: {cases} cases\n"),
                (Lang::En, true) => {
                    format!("\n{word}: {cases} cases, {listed} listed by size (all with --jsonl)\n")
                }
            });
            text.push_str(&self.listed(of).render(columns));
        }
        text
    }

    fn listed(&self, of: Kind) -> Table {
        let lang = self.lang;
        let mut table = Table::new(&[
            (lang.pick("案件", "case"), Align::Left),
            (lang.pick("改前", "before"), Align::Left),
            (lang.pick("改后", "after"), Align::Left),
            (lang.pick("差额（元）", "difference"), Align::Right),
            (lang.pick("原因", "because of"), Align::Left),
        ]);
        let side = |side: Side| {
            let word = lang.of(&outcome_words(side.outcome)).to_owned();
            side.amount.map_or(word.clone(), |money| format!("{word} {}", money.grouped()))
        };
        for change in self.changes(of) {
            let (before, after) = (side(change.before), side(change.after));
            table.row([
                change.case_id.clone(),
                before,
                after,
                signed(change.difference()),
                self.because(change),
            ]);
        }
        table
    }

    fn because(&self, change: &Change) -> String {
        let names = |rules: &[RuleId]| -> Vec<&str> {
            let metas: Vec<_> = self.pack.ruleset.rules().collect();
            rules
                .iter()
                .filter_map(|rule| metas.get(rule.index()).map(|meta| self.lang.of(&meta.name)))
                .collect()
        };
        let (met, unmet) = (names(&change.now_met), names(&change.now_unmet));
        let joined = |names: &[&str]| names.join(self.lang.pick("、", ", "));
        match (met.is_empty(), unmet.is_empty()) {
            (true, true) => self.lang.pick("金额算法", "the amount").to_owned(),
            (false, true) => format!("{}{}", self.lang.pick("不再受限：", "no longer fails: "), joined(&met)),
            (true, false) => format!("{}{}", self.lang.pick("不再满足：", "now fails: "), joined(&unmet)),
            (false, false) => format!("{} → {}", joined(&met), joined(&unmet)),
        }
    }

    /// What was changed, the matrix and the sums.
    pub fn summary(&self, columns: usize) -> String {
        let Self { pack, total, lang, .. } = self;
        let mut text = format!("{} {}/{}\n", lang.pick("政策包", "pack"), pack.id, pack.edition);
        for set in self.set {
            let (target, value) = set.split_once('=').unwrap_or((set, ""));
            if let Some((name, stands)) = stands(pack, target, *lang) {
                let now = if stands.is_empty() {
                    String::new()
                } else {
                    format!("  [{} {stands}]", lang.pick("现行", "now:"))
                };
                text.push_str(&format!(
                    "{} {name} {} = {}{now}\n",
                    lang.pick("改动", "set"),
                    target.trim(),
                    value.trim()
                ));
            }
        }
        text.push('\n');
        text.push_str(&self.matrix().render(columns));
        text.push('\n');
        text.push_str(&self.sums().render(columns));
        if total.invalid > 0 {
            let n = grouped(total.invalid);
            text.push_str(&match lang {
                Lang::Zh => format!("\n{n} 行无法读取，没有计入\n"),
                Lang::En => format!("\n{n} lines could not be read and are not counted\n"),
            });
        }
        text
    }

    fn matrix(&self) -> Table {
        let lang = self.lang;
        let words = OUTCOMES.map(|outcome| lang.of(&outcome_words(outcome)).to_owned());
        let [grant, refuse, pending] = &words;
        let mut table = Table::new(&[
            (lang.pick("改前 ＼ 改后（件）", "before \\ after (cases)"), Align::Left),
            (grant, Align::Right),
            (refuse, Align::Right),
            (pending, Align::Right),
            (lang.pick("改前合计", "total before"), Align::Right),
        ]);
        let total = self.total;
        for (at, word) in words.iter().enumerate() {
            let cells = total.matrix[at].iter().map(|n| grouped(*n));
            table.row(std::iter::once(word.clone()).chain(cells).chain([grouped(total.before(at))]));
        }
        let after = [0, 1, 2].map(|at| grouped(total.after(at)));
        let last = lang.pick("改后合计", "total after").to_owned();
        table.row(std::iter::once(last).chain(after).chain([grouped(total.cases())]));
        table
    }

    fn sums(&self) -> Table {
        let (lang, total) = (self.lang, self.total);
        let mut table = Table::new(&[
            (lang.pick("资助金额（元）", "grants (yuan)"), Align::Left),
            (lang.pick("件数", "cases"), Align::Right),
            (lang.pick("合计", "sum"), Align::Right),
        ]);
        let mut row =
            |zh, en, cases: u64, sum: String| table.row([lang.pick(zh, en).to_owned(), grouped(cases), sum]);
        row("改前", "before", total.before(0), yuan_grouped(total.before_fen));
        row("改后", "after", total.after(0), yuan_grouped(total.after_fen));
        row("金额增加", "gains", total.gains.cases, signed(total.gains.fen));
        row("金额减少", "losses", total.losses.cases, signed(total.losses.fen));
        row("结果变化、金额不变", "other changes", total.others.cases, signed(0));
        let cases = total.gains.cases + total.losses.cases + total.others.cases;
        row("差额", "difference", cases, signed(total.after_fen - total.before_fen));
        table
    }
}

fn ids<'p>(pack: &'p Pack, rules: &[RuleId]) -> Vec<&'p str> {
    let metas: Vec<_> = pack.ruleset.rules().collect();
    rules.iter().filter_map(|rule| metas.get(rule.index()).map(|meta| meta.id.as_str())).collect()
}

/// Fen as a decimal string of yuan, however many.
fn yuan(fen: i128) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

fn yuan_grouped(fen: i128) -> String {
    i64::try_from(fen).map_or_else(|_| yuan(fen), |fen| Money::from_fen(fen).grouped())
}

/// With its sign: `+1,237,037.03`.
fn signed(fen: i128) -> String {
    if fen > 0 { format!("+{}", yuan_grouped(fen)) } else { yuan_grouped(fen) }
}
