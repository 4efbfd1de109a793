//! What a form makes of what was typed, on a small pack of its own.

mod any_text;
mod cells;
mod edits;
mod facts;
mod tallies;
mod whole;

use super::{Finding, FormCheck, FormContext, FormData};
use crate::pack::{Form, Pack, Source};
use kernel::Date;
use kernel::money::Money;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The small pack, loaded once.
fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| {
        let source = Source { name: "sample/1.md".into(), text: include_str!("pack.md").into() };
        match Pack::load(source) {
            Ok(pack) => pack,
            Err(found) => panic!("the sample pack does not load:\n{found}"),
        }
    })
}

fn form() -> &'static Form {
    pack().forms.get("main").expect("the form of the sample pack")
}

fn day(text: &str) -> Date {
    text.parse().expect("a date of a test")
}

/// Yuan.
fn yuan(yuan: i64) -> Money {
    Money::from_fen(yuan * 100)
}

/// Data with these single fields.
fn fields(list: &[(&str, &str)]) -> FormData {
    let mut data = FormData::default();
    for (field, text) in list {
        data.set("", None, field, *text);
    }
    data
}

/// Adds a row of cells to a table.
fn row(data: &mut FormData, part: &str, cells: &[(&str, &str)]) {
    let row = data.row_add(part);
    for (column, text) in cells {
        data.set(part, row, column, *text);
    }
}

/// Checks on 2019-11-01.
fn check(data: &FormData) -> FormCheck {
    check_on(data, "2019-11-01")
}

fn check_on(data: &FormData, on: &str) -> FormCheck {
    form().check(pack(), data, &FormContext { apply_on: day(on), adjust: &BTreeMap::new() })
}

/// The findings at a single field or cell.
fn at<'c>(check: &'c FormCheck, part: &str, row: Option<usize>, field: &str) -> Vec<&'c Finding> {
    check
        .findings
        .iter()
        .filter(|f| f.part == part && f.row == row && f.field.as_deref() == Some(field))
        .collect()
}

#[test]
fn the_sample_pack_loads() {
    assert_eq!(form().parts.len(), 6);
    assert_eq!(pack().tallies.len(), 1);
}
