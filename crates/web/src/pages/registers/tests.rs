//! What the pages of registers draw.

use app::view::pack::{FieldType, MoneyUnit, Words};
use app::view::registers::{
    RegisterAcross, RegisterCell, RegisterHead, RegisterIntro, RegisterLine, RegisterPage, RegisterSum,
};
use kernel::id::CaseId;

use super::one::{body, wanted};
use crate::ctx::Ctx;
use crate::pages::shared::Query;
use crate::words::Lang;

fn words(text: &str) -> Words {
    Words::new(text, text)
}

fn cell(text: &str) -> RegisterCell {
    RegisterCell { shown: words(text), text: text.to_owned() }
}

fn query(pairs: &[(&str, &str)]) -> Query {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn sum(key: &str, name: &str, unfiled: u64) -> RegisterSum {
    let cells = vec![RegisterCell::default(), cell("12.5")];
    RegisterSum { key: key.into(), name: words(name), lines: 2, alarmed: 1, unfiled, cells }
}

fn sample() -> RegisterPage {
    let head = |id: &str, ty: FieldType, unit: Option<Words>, total: bool| {
        let number = total;
        RegisterHead { id: id.into(), name: words(id), unit, ty, number, total }
    };
    RegisterPage {
        intro: RegisterIntro {
            id: "assets".into(),
            name: words("资产台账"),
            cite: "二（三）".into(),
            of: words("项目"),
            columns: vec![words("经营主体"), words("收益")],
        },
        heads: vec![
            head("operator", FieldType::Text, None, false),
            head("income", FieldType::Money(MoneyUnit::Wan), Some(Words::new("万元", "10,000 yuan")), true),
        ],
        groups: vec![("place".into(), words("地方")), ("state".into(), words("状态"))],
        by: Some("place".into()),
        years: vec![2020, 2019],
        year: None,
        places: Vec::new(),
        returned: Some(2019),
        alerts: true,
        sums: vec![sum("653222", "墨玉县", 1)],
        total: sum("", "合计", 1),
        across: Some(RegisterAcross {
            column: "income".into(),
            choices: vec![("income".into(), words("收益"))],
            years: vec![2019, 2020],
            rows: vec![
                (words("墨玉县"), vec![cell("5"), cell("7.5")]),
                (words("合计"), vec![cell("5"), cell("7.5")]),
            ],
        }),
        lines: vec![RegisterLine {
            case: CaseId(7),
            number: "新申-2019-0001".into(),
            title: "设施大棚".into(),
            unit: "巴扎村".into(),
            place: "墨玉县".into(),
            village: "巴扎村".into(),
            year: 2019,
            cells: vec![cell("合作社"), cell("12.5")],
            alarms: vec![(words("资产闲置"), "二（三）".into())],
            unfiled: true,
        }],
        page: (0, 3),
        empty: false,
    }
}

#[test]
fn a_register_shows_sums_years_lines_and_what_to_look_at() {
    let ctx = Ctx::sample(Lang::Zh);
    let html = body(&ctx, &sample(), "/registers/assets", &query(&[("year", "2019")])).into_string();
    for said in ["墨玉县", "12.5", "2020", "7.5", "资产闲置", "2019年未报", "设施大棚", "/cases/7"]
    {
        assert!(html.contains(said), "{said}: {html}");
    }
    // A place is looked into, the pages and the files keep the filters.
    assert!(html.contains("/registers/assets?year=2019&amp;by=place&amp;place=653222"), "{html}");
    assert!(html.contains("/registers/assets?year=2019&amp;page=1"), "{html}");
    assert!(html.contains("/registers/assets?year=2019&amp;format=xlsx"), "{html}");
}

#[test]
fn a_group_that_is_no_place_is_shown_alone_and_can_be_left() {
    let ctx = Ctx::sample(Lang::En);
    let mut page = sample();
    page.by = Some("state".into());
    page.sums = vec![sum("idle", "idle", 0), sum("", "not stated", 0)];
    let asked = query(&[("by", "state"), ("part", "")]);
    let html = body(&ctx, &page, "/registers/assets", &asked).into_string();
    assert!(html.contains("/registers/assets?by=state&amp;part=idle"), "{html}");
    assert!(
        html.contains("/registers/assets?by=state&amp;part=\""),
        "what is not stated has its address too: {html}"
    );
    assert!(html.contains("Show all"), "{html}");
    assert!(html.contains("/registers/assets?by=state&amp;part=&amp;page=1"), "{html}");
    assert_eq!(wanted(&asked).part.as_deref(), Some(""));
}

#[test]
fn an_empty_register_says_what_comes_here() {
    let ctx = Ctx::sample(Lang::Zh);
    let mut page = sample();
    (page.empty, page.lines) = (true, Vec::new());
    let html = body(&ctx, &page, "/registers/assets", &Query::new()).into_string();
    assert!(html.contains("台账里还没有内容") && !html.contains("<table"), "{html}");
    page.empty = false;
    page.total.lines = 0;
    let html = body(&ctx, &page, "/registers/assets", &Query::new()).into_string();
    assert!(html.contains("没有符合条件的行"), "{html}");
}
