//! Filing over the pack that the program carries and over a small pack with every kind of field: labels and errors, rows without
//! script, pasting, what a form sent becomes.

use app::view::filing::{DraftPage, FilingDraft, TaskLine};
use app::view::pack::{FieldType, FormCheck, FormContext, FormData, Pack, Part, PartKind, PartState, Source};
use kernel::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::fields::{Drawing, field};
use super::typed::{change_rows, is_number, read_part};
use super::{grid, part};
use crate::ctx::Ctx;
use crate::submitted::Submitted;
use crate::ui::Findings;
use crate::words::Lang;

const DAY: Date = Date::constant(2019, 11, 1);

fn pack() -> Arc<Pack> {
    let text = include_str!("../../../../../policies/tianjin/2019.md");
    match Pack::load(Source { name: "tianjin/2019.md".into(), text: text.into() }) {
        Ok(pack) => Arc::new(pack),
        Err(found) => panic!("{found}"),
    }
}

fn parts(pack: &Pack) -> Vec<Part> {
    pack.forms.iter().flat_map(|form| form.parts.clone()).collect()
}

fn part_with_table(pack: &Pack, id: &str) -> Part {
    parts(pack).into_iter().find(|part| part.id == id).unwrap()
}

fn sent(pairs: &[(&str, &str)]) -> Submitted {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn checked(pack: &Pack, form: &str, data: &FormData) -> FormCheck {
    let adjust = BTreeMap::new();
    pack.forms.get(form).unwrap().check(pack, data, &FormContext { apply_on: DAY, adjust: &adjust })
}

#[test]
fn every_field_of_the_pack_has_its_label_and_shows_its_error() {
    let pack = pack();
    let mut kinds: Vec<FieldType> = Vec::new();
    for lang in [Lang::Zh, Lang::En] {
        let ctx = Ctx::sample(lang);
        for part in parts(&pack) {
            let PartKind::Fields(fields) = &part.kind else { continue };
            for one in fields {
                let mut findings = Findings::none();
                findings.add(format!("f.{}", one.id), "看不懂");
                let (data, none) = (FormData::default(), Findings::none());
                let drawing = Drawing {
                    pack: &pack,
                    part: &part,
                    data: &data,
                    findings: &findings,
                    warnings: &none,
                    day: DAY,
                };
                let html = field(&ctx, drawing, one).into_string();
                assert!(html.contains(ctx.pick(&one.name.zh, &one.name.en)), "{}: {html}", one.id);
                assert!(html.contains("看不懂") && html.contains("has-error"), "{}: {html}", one.id);
                assert!(html.contains("<label") || html.contains("<legend"), "{}: {html}", one.id);
                assert!(
                    html.contains(&format!("id=\"f-f-{}\"", one.id)),
                    "{}: the summary leads here",
                    one.id
                );
                assert!(!html.contains("style="), "{html}");
                if !kinds.contains(&one.ty) {
                    kinds.push(one.ty.clone());
                }
            }
        }
    }
    assert!(kinds.len() >= 12, "the pack has fields of most kinds: {kinds:?}");
}

#[test]
fn units_stand_at_the_right_edge_and_values_stay_as_typed() {
    let pack = pack();
    let ctx = Ctx::sample(Lang::Zh);
    let none = Findings::none();
    for part in parts(&pack) {
        let PartKind::Fields(fields) = &part.kind else { continue };
        for one in fields {
            let (typed, shown) = match &one.ty {
                FieldType::Money(_) => ("一百多", "value=\"一百多\""),
                FieldType::Ratio => ("51%", "value=\"51\""),
                FieldType::Date => ("去年", "value=\"去年\""),
                FieldType::Count(_) => ("50多", "value=\"50多\""),
                FieldType::Region => ("620123", "value=\"620123\" selected"),
                FieldType::Bool => ("true", "value=\"true\" checked"),
                _ => continue,
            };
            let mut data = FormData::default();
            data.set(&part.id, None, &one.id, typed);
            let drawing =
                Drawing { pack: &pack, part: &part, data: &data, findings: &none, warnings: &none, day: DAY };
            let html = field(&ctx, drawing, one).into_string();
            assert!(html.contains(shown), "{}: {html}", one.id);
            let unit = matches!(one.ty, FieldType::Money(_) | FieldType::Ratio | FieldType::Count(_));
            assert_eq!(html.contains("class=\"unit\""), unit, "{}: {html}", one.id);
        }
    }
}

#[test]
fn a_sealed_value_is_masked_and_never_in_the_page() {
    let pack = pack();
    let ctx = Ctx::sample(Lang::Zh);
    let none = Findings::none();
    let reference = format!("sealed:{}:120104********3251", "ab".repeat(32));
    let mut seen = 0;
    for part in parts(&pack) {
        let PartKind::Fields(fields) = &part.kind else { continue };
        for one in fields.iter().filter(|field| field.sensitive) {
            let mut data = FormData::default();
            data.set(&part.id, None, &one.id, reference.clone());
            let drawing =
                Drawing { pack: &pack, part: &part, data: &data, findings: &none, warnings: &none, day: DAY };
            let html = field(&ctx, drawing, one).into_string();
            assert!(html.contains("120104********3251") && html.contains("value=\"\""), "{html}");
            assert!(
                !html.contains(&"ab".repeat(32)) && html.contains(&format!("clear.{}", one.id)),
                "{html}"
            );
            seen += 1;
        }
    }
    assert!(seen > 0, "the pack has sensitive fields");
}

#[test]
fn rows_are_added_deleted_and_pasted_without_script() {
    let pack = pack();
    let assets = part_with_table(&pack, "assets");
    let form = |act: &str, sheet: &str| {
        sent(&[
            ("act", act),
            ("assets.0.item", "甲"),
            ("assets.0.unit_price", "100"),
            ("assets.0.quantity", "2"),
            ("assets.3.item", "乙"),
            ("paste.assets", sheet),
        ])
    };
    let after = |act: &str, sheet: &str| {
        let form = form(act, sheet);
        let mut data = read_part(&pack, &assets, &form, &FormData::default(), DAY);
        let changed = change_rows(&pack, &assets, &mut data, &form);
        let rows: Vec<String> = (1..=data.rows("assets").len())
            .map(|row| data.get("assets", Some(row), "item").to_owned())
            .collect();
        (changed, rows, data)
    };
    assert_eq!(after("save", "").1, ["甲", "乙"]);
    assert!(!after("save", "").0 && !after("add:labour", "").0);
    assert_eq!(after("add:assets", "").1, ["甲", "乙", ""]);
    assert_eq!(after("delete:assets:0", "").1, ["乙"]);
    assert_eq!(after("delete:assets:7", "").1, ["甲", "乙"]);
    let sheet = "大类（按会计制度分类）\t资产具体名称（型号）\t取得日期\n机器、机械\t车床\t2019.12.20\r\n租赁费用\t厂房\t2019-01-05\n";
    let (changed, rows, data) = after("paste:assets:9:0", sheet);
    assert!(changed);
    assert_eq!(rows, ["甲", "乙", "车床", "厂房"]);
    assert_eq!(data.get("assets", Some(3), "class"), "machine", "members are found by their names");
    // From a cell in the middle on: what lies to the left stays.
    let (_, rows, data) = after("paste:assets:1:1", "丙\t2019-03-01\n丁\t2019-04-01");
    assert_eq!(rows, ["甲", "丙", "丁"]);
    assert_eq!(data.get("assets", Some(2), "acquired_on"), "2019-03-01");
    assert_eq!(data.get("assets", Some(2), "class"), "");
}

#[test]
fn a_growing_table_computes_cells_and_totals() {
    let pack = pack();
    let ctx = Ctx::sample(Lang::Zh);
    let assets = part_with_table(&pack, "assets");
    let form = sent(&[
        ("assets.0.class", "machine"),
        ("assets.0.item", "车床"),
        ("assets.0.acquired_on", "2019-06-01"),
        ("assets.0.quantity", "3"),
        ("assets.0.measure", "台"),
        ("assets.0.unit_price", "1,000.50"),
    ]);
    let data = read_part(&pack, &assets, &form, &FormData::default(), DAY);
    let check = checked(&pack, "application", &data);
    let none = Findings::none();
    let drawing =
        Drawing { pack: &pack, part: &assets, data: &data, findings: &none, warnings: &none, day: DAY };
    let PartKind::Table(def) = &assets.kind else { panic!("assets is a table") };
    let html = grid::growing(&ctx, drawing, &check, def).into_string();
    assert_eq!(html.matches("3,001.50").count(), 2, "the cell and the total: {html}");
    for part in
        ["data-table=\"assets\"", "add:assets", "delete:assets:0", "paste:assets:1:0", "总金额（元）", "合计"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    let empty = FormData::default();
    let drawing = Drawing { data: &empty, ..drawing };
    let html = grid::growing(&ctx, drawing, &FormCheck::default(), def).into_string();
    assert!(html.contains("name=\"assets.0.item\""), "there is always a row to type into");
}

#[test]
fn months_are_read_summed_and_pasted() {
    let pack = pack();
    let ctx = Ctx::sample(Lang::Zh);
    let labour = part_with_table(&pack, "labour");
    let form = sent(&[("labour.0.m1", "100"), ("labour.1.m12", "50.5"), ("labour.0.m2", "一万")]);
    let mut data = read_part(&pack, &labour, &form, &FormData::default(), DAY);
    assert_eq!(data.get("labour", Some(2), "row"), "hired");
    let check = checked(&pack, "application", &data);
    let none = Findings::none();
    let PartKind::Months(def) = &labour.kind else { panic!("labour is a table of months") };
    let drawing =
        Drawing { pack: &pack, part: &labour, data: &data, findings: &none, warnings: &none, day: DAY };
    let html = grid::months(&ctx, drawing, &check, def).into_string();
    for part in ["value=\"一万\"", "12月", "50.50", "单位：元"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let paste = sent(&[("act", "paste:labour:0:0"), ("paste.labour", "劳务费（外用工）\t1\t2\t3")]);
    assert!(change_rows(&pack, &labour, &mut data, &paste));
    assert_eq!(data.get("labour", Some(2), "m3"), "3");
    assert_eq!(data.get("labour", Some(1), "m1"), "100", "the other row stays");
}

#[test]
fn a_bare_number_in_a_percent_field_is_per_cent_and_a_place_is_the_deepest_level() {
    let pack = pack();
    let mut ratios = 0;
    for part in parts(&pack) {
        let PartKind::Fields(fields) = &part.kind else { continue };
        for one in fields {
            let name = format!("f.{}", one.id);
            let read = |pairs: &[(&str, &str)]| {
                let data = read_part(&pack, &part, &sent(pairs), &FormData::default(), DAY);
                data.get(&part.id, None, &one.id).to_owned()
            };
            match one.ty {
                FieldType::Ratio => {
                    ratios += 1;
                    for (typed, kept) in
                        [("51", "51%"), ("0.5", "0.5%"), ("1/3", "1/3"), ("30%", "30%"), ("三成", "三成")]
                    {
                        assert_eq!(read(&[(&name, typed)]), kept);
                    }
                }
                FieldType::Region => {
                    let (province, city) = (format!("{name}.province"), format!("{name}.city"));
                    assert_eq!(read(&[(&province, "620000"), (&city, "620100")]), "620100");
                }
                _ => {}
            }
        }
    }
    assert!(ratios > 0);
    assert!(is_number("1.5") && !is_number("1.") && !is_number("1.2.3") && !is_number(""));
}

fn draft_page(pack: &Arc<Pack>, data: FormData) -> DraftPage {
    let check = checked(pack, "predeclaration", &data);
    DraftPage {
        draft: FilingDraft {
            key: "k".into(),
            version: 2,
            updated: 0,
            procedure: "predeclaration".into(),
            parent: None,
            case: None,
            step: None,
            data,
            papers: Vec::new(),
            filed: None,
        },
        pack: Arc::clone(pack),
        check,
        tasks: vec![TaskLine {
            part: "cover".into(),
            name: app::view::pack::Words::new("封面", "Cover"),
            cite: "附件2".into(),
            state: PartState::InProgress,
            optional: false,
            faults: 0,
            changes: 0,
        }],
        papers: Vec::new(),
        receiver: None,
        panel: None,
        returned: None,
        before: None,
        cite: "第十一条".into(),
        step: app::view::pack::Words::new("申报", "file"),
        late: None,
        blocked: None,
    }
}

#[test]
fn a_conflict_keeps_the_typed_text_and_shows_the_saved_one() {
    let pack = pack();
    let mut mine = FormData::default();
    mine.set("", None, "representative", "王晓梅");
    let mut theirs = FormData::default();
    theirs.set("", None, "representative", "李明");
    let page = draft_page(&pack, mine);
    for lang in [Lang::Zh, Lang::En] {
        let html = part::conflict_html(&Ctx::sample(lang), &page, "cover", &theirs);
        assert!(
            html.contains("<del>") && html.contains("李明") && html.contains("value=\"王晓梅\""),
            "{html}"
        );
    }
}

#[test]
fn parts_of_other_offices_are_not_the_applicants() {
    let pack = pack();
    let page = draft_page(&pack, FormData::default());
    assert!(page.part("cover").is_some());
    assert!(page.part("opinion").is_none(), "the district fills it");
    assert!(page.part("nonsense").is_none());
}
