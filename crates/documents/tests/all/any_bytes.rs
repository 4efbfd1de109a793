//! No bytes make a reading panic, hang or give half an import.

use documents::{TemplateOptions, marked_xlsx, read, survey, template_xlsx};
use proptest::prelude::*;
use std::sync::OnceLock;

/// A small filled workbook.
fn filled() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let mut sheet = crate::support::Sheet::new(&["资金", "项目名称", "用途", "安排金额（万元）"]);
        for row in 1..=5 {
            sheet.text(row, 0, "甲资金").text(row, 1, "桥").text(row, 2, "基建").number(
                row,
                3,
                f64::from(row) / 7.0,
            );
        }
        sheet.text(6, 0, "合计").formula(6, 3, "SUM(D2:D6)", "2.142857");
        sheet.done()
    })
}

/// What must hold of any file.
fn take(bytes: &[u8], name: &str) {
    let template = documents::templates::plan_lines(&crate::support::lists());
    let reading = read(bytes, name, &template);
    assert!(reading.is_clean() || reading.rows.is_empty());
    assert!(reading.is_clean() || !crate::support::say(&reading.findings).is_empty());
    assert!(marked_xlsx(bytes, &reading).is_ok());
    let _words = survey(bytes, name).describe(documents::Language::Zh);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_workbook(cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = filled().to_vec();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        take(&bytes, "a.xlsx");
    }

    #[test]
    fn a_workbook_cut_short(at in any::<prop::sample::Index>()) {
        let bytes = filled();
        take(&bytes[..at.index(bytes.len())], "a.xlsx");
    }

    #[test]
    fn a_damaged_sheet(at in any::<prop::sample::Index>(), with in "[<>/\"a-z0-9=!:$ ]{0,12}") {
        let sheet = crate::support::part(filled(), "xl/worksheets/sheet1.xml");
        let mut cut = at.index(sheet.len());
        while !sheet.is_char_boundary(cut) {
            cut -= 1;
        }
        let damaged = format!("{}{with}{}", &sheet[..cut], &sheet[cut..]);
        take(&crate::support::rewrite(filled(), "xl/worksheets/sheet1.xml", &sheet, &damaged), "a.xlsx");
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600), old in any::<bool>()) {
        let start: &[u8] = if old { b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" } else { b"" };
        take(&[start, &bytes].concat(), "a.xls");
    }

    #[test]
    fn any_text(rows in prop::collection::vec("[资金项目名称用途安排小合总计一二（）0-9.,，%\"'\n \t万元其中：]{0,60}", 0..12)) {
        let csv = format!("资金,项目名称,用途,安排金额（万元）,占比\n{}\n", rows.join("\n"));
        take(csv.as_bytes(), "a.csv");
    }
}

#[test]
fn a_far_corner_costs_one_cell() {
    let sheet = crate::support::part(filled(), "xl/worksheets/sheet1.xml");
    let far = sheet
        .replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>");
    take(&crate::support::rewrite(filled(), "xl/worksheets/sheet1.xml", &sheet, &far), "a.xlsx");
}

#[test]
fn an_empty_template_is_taken() {
    for template in crate::support::templates() {
        take(&template_xlsx(&template, &TemplateOptions::default()).unwrap(), "a.xlsx");
    }
}

#[test]
fn an_open_document_is_read() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let head: String = ["资金", "项目名称", "用途", "安排金额（万元）"].map(cell).concat();
    let amount = "<table:table-cell office:value-type=\"float\" office:value=\"96.54712\"><text:p>96.55</text:p></table:table-cell>";
    let row = format!("{}{amount}", ["甲资金", "桥", "基建"].map(cell).concat());
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet><table:table table:name=\"表\"><table:table-row>{head}</table:table-row>\
         <table:table-row>{row}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let bytes = crate::support::archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
    ]);
    let reading = read(&bytes, "a.ods", &documents::templates::plan_lines(&crate::support::lists()));
    assert!(reading.is_clean(), "{}", crate::support::say(&reading.findings));
    assert_eq!(reading.rows[0].cells["amount"].raw, "96.54712");
}
