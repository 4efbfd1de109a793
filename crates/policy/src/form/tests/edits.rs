//! Changing what was typed: cells, rows, pasting, differences.

use super::*;
use crate::form::{Change, How, Pasted, ROWS_CAP, diff};

fn part(id: &str) -> &'static crate::pack::Part {
    form().part(id).expect("a part of the sample form")
}

#[test]
fn a_blank_form_has_its_fixed_rows_and_the_rows_that_must_be_filled() {
    let blank = form().blank();
    assert_eq!(blank.rows("labour").len(), 2);
    assert_eq!(blank.get("labour", Some(2), "row"), "hired");
    assert_eq!((blank.rows("owners").len(), blank.rows("assets").len()), (1, 1));
    assert!(blank.fields.is_empty());
}

#[test]
fn cells_are_set_read_and_cleared() {
    let mut data = FormData::default();
    assert!(data.set("head", None, "name", "甲") && data.set("assets", Some(3), "item", "床"));
    assert_eq!((data.get("head", None, "name"), data.get("assets", Some(3), "item")), ("甲", "床"));
    assert_eq!((data.get("assets", Some(1), "item"), data.get("assets", Some(9), "item")), ("", ""));
    assert_eq!(data.rows("assets").len(), 3);
    assert!(data.set("head", None, "name", ""));
    assert!(data.fields.is_empty(), "an empty text leaves nothing behind");
    assert!(
        !data.set("assets", Some(0), "item", "床") && !data.set("assets", Some(ROWS_CAP + 1), "item", "床")
    );
    assert!(data.set("assets", Some(ROWS_CAP), "item", "床"));
    assert_eq!(data.row_add("assets"), None);
}

#[test]
fn rows_come_and_go() {
    let mut data = FormData::default();
    assert_eq!((data.row_add("assets"), data.row_add("assets")), (Some(1), Some(2)));
    data.set("assets", Some(2), "item", "床");
    assert_eq!(data.row_delete("assets", 3), None);
    assert_eq!(data.row_delete("assets", 0), None);
    assert!(data.row_delete("assets", 1).is_some());
    assert_eq!(data.get("assets", Some(1), "item"), "床");
}

#[test]
fn pasting_lines_of_a_spreadsheet() {
    let mut data = FormData::default();
    let tsv = "种类\t名称\t取得日期\r\n机器\t\"大\t\"\"床\"\"\n两行\"\t2019-05-01\t2\t100\t\t\t多\r\n房屋\t半截\"引号\r\n\r\n";
    let done = data.paste_tsv(part("assets"), 2, tsv);
    assert_eq!(done, Pasted { rows: 2, cells: 9, left_over: 1, heading: true });
    assert_eq!(data.get("assets", Some(2), "item"), "大\t\"床\"\n两行");
    assert_eq!(data.get("assets", Some(2), "price"), "100");
    assert_eq!(data.get("assets", Some(3), "item"), "半截\"引号");
    let beyond = data.paste_tsv(part("assets"), ROWS_CAP, "a\tb\nc\td");
    assert_eq!((beyond.rows, beyond.left_over), (1, 2));
    assert_eq!(data.paste_tsv(part("head"), 1, "甲").left_over, 1, "single fields take no lines");
}

#[test]
fn pasting_months_finds_rows_by_their_names() {
    let mut data = form().blank();
    let done = data.paste_tsv(part("labour"), 1, "类别\t1月\t2月\n外用工\t5\t6\n工资\t7\t8\n");
    assert_eq!((done.rows, done.heading), (2, true));
    assert_eq!((data.get("labour", Some(1), "m2"), data.get("labour", Some(2), "m1")), ("8", "5"));
    let by_place = data.paste_tsv(part("labour"), 1, "1\t2\n3\t4\n5\t6\n");
    assert_eq!((by_place.rows, by_place.left_over), (2, 2), "there is no third row");
    assert_eq!(data.get("labour", Some(2), "m2"), "4");
}

fn change(part: &str, row: Option<usize>, field: &str, old: &str, new: &str, how: How) -> Change {
    let text = str::to_owned;
    Change { part: text(part), row, field: text(field), old: text(old), new: text(new), how }
}

#[test]
fn differences_by_cell_and_by_row() {
    let mut old = fields(&[("name", "甲"), ("zip", "300040"), ("gone", "x")]);
    for item in ["一", "二", "三", "四"] {
        row(&mut old, "assets", &[("item", item)]);
    }
    row(&mut old, "labour", &[("row", "hired"), ("m1", "1")]);
    let mut new = old.clone();
    assert!(diff(form(), &old, &new).is_empty());
    new.set("head", None, "name", "乙");
    new.set("head", None, "zip", " 300040 ");
    new.set("", None, "gone", "");
    new.row_delete("assets", 2);
    new.set("assets", Some(3), "price", "5");
    row(&mut new, "assets", &[]);
    row(&mut new, "assets", &[("item", "五")]);
    new.set("labour", Some(1), "m1", "2");
    assert_eq!(
        diff(form(), &old, &new),
        [
            change("head", None, "name", "甲", "乙", How::Changed),
            change("assets", Some(2), "item", "二", "", How::Removed),
            change("assets", Some(3), "price", "", "5", How::Changed),
            change("assets", Some(5), "item", "", "五", How::Added),
            change("labour", Some(1), "m1", "1", "2", How::Changed),
            change("", None, "gone", "x", "", How::Changed),
        ]
    );
}
