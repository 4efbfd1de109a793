//! What a template holds: drop-downs, messages, formats, printing, the hidden mark.

use documents::{Choice, Language, TemplateOptions, template_xlsx};

#[test]
fn the_sheet_has_what_an_office_needs() {
    let template = documents::templates::plan_lines(&crate::support::lists());
    let options =
        TemplateOptions { rows: 20, context: "某县　2019年".to_owned(), ..TemplateOptions::default() };
    let bytes = template_xlsx(&template, &options).unwrap();
    let sheet = crate::support::part(&bytes, "xl/worksheets/sheet1.xml");
    for expected in [
        "<formula1>\"甲资金,乙资金\"</formula1>",
        "showInputMessage=\"1\"",
        "prompt=\"可写 20、96.54712 或 20万元。\"",
        "<f>SUM(G5:G24)</f><v>0</v>",
        "defaultRowHeight=\"18\"",
        "orientation=\"landscape\"",
        "topLeftCell=\"A5\"",
    ] {
        assert!(sheet.contains(expected), "{expected} in {sheet}");
    }
    let workbook = crate::support::part(&bytes, "xl/workbook.xml");
    assert!(workbook.contains("name=\"_template\" sheetId=\"2\" state=\"veryHidden\""), "{workbook}");
    assert!(workbook.contains("资金分配方案表!$4:$4"), "{workbook}");
    let mark = crate::support::cells(&bytes, "_template");
    assert_eq!(mark, [["qingqu-template", "plan-lines", "1"]]);
    let printed = crate::support::cells(&bytes, "资金分配方案表");
    insta::assert_snapshot!(printed[..4].iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_long_list_comes_from_a_hidden_sheet() {
    let mut lists = crate::support::lists();
    lists.projects = (1..=60).map(|n| Choice::new(format!("p{n}"), format!("第{n}个项目"))).collect();
    lists.funds = vec![Choice::new("a", "甲,乙资金")];
    let template = documents::templates::plan_lines(&lists);
    let bytes = template_xlsx(&template, &TemplateOptions::default()).unwrap();
    let sheet = crate::support::part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<formula1>_lists!$A$1:$A$1</formula1>"), "{sheet}");
    assert!(sheet.contains("<formula1>_lists!$B$1:$B$60</formula1>"));
    assert_eq!(crate::support::cells(&bytes, "_lists")[59][1], "第60个项目");
    // 255 characters with their commas fit into the rule of a cell, 256 do not.
    for (names, hidden) in [(51, false), (52, true)] {
        lists.projects = (10..10 + names).map(|n| Choice::new(n.to_string(), format!("p{n:03}"))).collect();
        lists.funds = crate::support::lists().funds;
        let bytes =
            template_xlsx(&documents::templates::plan_lines(&lists), &TemplateOptions::default()).unwrap();
        let found = crate::support::part(&bytes, "xl/workbook.xml").contains("_lists");
        assert_eq!(found, hidden, "{names}");
    }
}

#[test]
fn empty_lists_and_both_languages_make_a_sheet() {
    let none = documents::templates::Lists::default();
    for language in [Language::Zh, Language::En] {
        let options = TemplateOptions { language, ..TemplateOptions::default() };
        assert!(template_xlsx(&documents::templates::payees(&none), &options).is_ok());
    }
}
