//! Lines of registers: what a case says in the columns of the registers of its pack.

use crate::rows::{CaseRow, LineRow};
use domain::case::{Case, Standing};
use policy::form::FormData;
use policy::pack::{Id, Pack};
use policy::register::{Register, Take};
use std::collections::BTreeMap;

/// Whether cases of a procedure have lines.
pub fn has_lines(pack: &Pack, procedure: &str) -> bool {
    pack.registers.iter().any(|register| register.of == procedure)
}

/// The lines of a case; none once it is refused or withdrawn.
pub fn lines(pack: &Pack, case: &Case, row: &CaseRow) -> Vec<LineRow> {
    if matches!(case.standing(), Standing::Refused | Standing::Withdrawn) {
        return Vec::new();
    }
    let registers = pack.registers.iter().filter(|register| register.of == case.procedure);
    let begun = |register: &&Register| match &register.from {
        Some(step) => case.passed(step).is_some(),
        None => !case.trail.is_empty(),
    };
    registers.filter(begun).flat_map(|register| of_register(pack, case, row, register)).collect()
}

fn of_register(pack: &Pack, case: &Case, row: &CaseRow, register: &Register) -> Vec<LineRow> {
    let none = BTreeMap::new();
    let rows: Vec<&BTreeMap<Id, String>> = match &register.rows {
        None => vec![&none],
        Some((form, part)) => {
            let filled = filled(pack, case, form.as_ref());
            let rows = filled.map_or(&[][..], |form| form.rows(part));
            rows.iter().filter(|row| row.values().any(|text| !text.trim().is_empty())).collect()
        }
    };
    let line = |(at, cells): (usize, &BTreeMap<Id, String>)| LineRow {
        case: case.id,
        register: register.id.clone(),
        at: i64::try_from(at).unwrap_or(i64::MAX),
        pack: row.pack.clone(),
        year: row.year,
        unit: row.applicant,
        unit_name: row.applicant_name.clone(),
        desk: row.desk,
        firm: row.firm,
        place: row.county.or(Some(row.desk)),
        village: row.village.clone(),
        number: row.number.clone(),
        title: row.title.clone(),
        parent: row.parent,
        cells: texts(pack, case, register, cells),
    };
    rows.into_iter().enumerate().map(line).collect()
}

/// What is known, by column.
fn texts(
    pack: &Pack,
    case: &Case,
    register: &Register,
    cells: &BTreeMap<Id, String>,
) -> BTreeMap<Id, String> {
    let text = |take: &Take| -> Option<String> {
        match take {
            Take::Field { form, field } => filled(pack, case, form.as_ref())?.fields.get(field).cloned(),
            Take::Cell(column) => cells.get(column).cloned(),
            Take::Note { step, note } => case.passed(step)?.notes.get(note).cloned(),
            Take::Day(step) => case.passed(step).map(|done| done.on.to_string()),
            Take::Below(_) | Take::Money(_) | Take::Value(_) => None,
        }
    };
    let kept = register.columns.iter().filter(|column| column.take.is_kept());
    let known = kept.filter_map(|column| {
        let text = register.kept(pack, column, &text(&column.take)?);
        (!text.is_empty()).then(|| (column.field.id.clone(), text))
    });
    known.collect()
}

/// The latest filling of a form that stands: the procedure's own, or one of a step.
fn filled<'c>(pack: &Pack, case: &'c Case, form: Option<&Id>) -> Option<&'c FormData> {
    let Some(id) = form else { return case.current().map(|filed| &filed.form) };
    if let Some(filed) = case.filed(id) {
        return Some(&filed.form);
    }
    let fills = |step: &str| pack.steps.get(step).is_some_and(|step| step.form.as_ref() == Some(id));
    case.trail.iter().rev().filter(|done| !done.void && fills(&done.step)).find_map(|done| done.form.as_ref())
}
