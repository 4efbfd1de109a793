//! What findings say.

use super::cell::Fault;
use super::result::{Finding, FindingKind};
use crate::pack::{Cite, Field, Id, Level, Words};

/// A finding about one cell.
fn at(part: &str, row: Option<usize>, field: &str, cite: &Cite) -> Finding {
    Finding {
        part: part.to_owned(),
        row,
        field: Some(field.to_owned()),
        level: Level::Error,
        kind: FindingKind::Invalid,
        message: Words::default(),
        hint: None,
        also: Vec::new(),
        cite: cite.clone(),
    }
}

/// A cell that cannot be read: the name of the field, then what is wrong.
pub(super) fn invalid(
    part: &str,
    row: Option<usize>,
    field: &str,
    name: &Words,
    cite: &Cite,
    fault: Fault,
) -> Finding {
    let what = fault.what;
    let message = Words::new(format!("“{}”：{}", name.zh, what.zh), format!("{}: {}", name.en, what.en));
    Finding { message, hint: fault.hint, ..at(part, row, field, cite) }
}

/// A required cell that is empty.
pub(super) fn missing(part: &str, row: Option<usize>, field: &Field) -> Finding {
    let message =
        Words::new(format!("请填写“{}”", field.name.zh), format!("{} must be filled in", field.name.en));
    Finding {
        message,
        kind: FindingKind::Missing,
        hint: field.hint.clone(),
        ..at(part, row, &field.id, &field.cite)
    }
}

/// A typed value that differs from the computed one.
pub(super) fn mismatch(
    part: &str,
    row: usize,
    field: &Field,
    typed: &str,
    computed: &str,
    formula: &Words,
) -> Finding {
    let message = Words::new(
        format!("“{}”填的是{typed}，按{}计算应为{computed}", field.name.zh, formula.zh),
        format!("{}: {typed} was typed, {} gives {computed}", field.name.en, formula.en),
    );
    let hint = Words::new(
        "请核对各栏；这一栏留空时自动填入计算值",
        "check the columns; left empty, it is filled in",
    );
    Finding {
        message,
        kind: FindingKind::Mismatch,
        hint: Some(hint),
        ..at(part, Some(row), &field.id, &field.cite)
    }
}

/// Numbers whose result cannot be held.
pub(super) fn too_large() -> Fault {
    Fault::plain(
        "数字太大，无法计算",
        "the numbers are too large to be computed",
        "请核对数字和单位",
        "check the numbers and their units",
    )
}

/// Something about the rows of a table.
pub(super) fn rows(
    part: &str,
    row: Option<usize>,
    field: Option<Id>,
    cite: &Cite,
    say: Words,
    hint: Words,
) -> Finding {
    Finding { message: say, kind: FindingKind::Rows, hint: Some(hint), field, ..at(part, row, "", cite) }
}
