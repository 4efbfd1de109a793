//! One part as typed to typed values, totals and findings. Parts are read apart from each other: what one part means for
//! another is the business of `check`.

use super::data::{FormData, is_blank};
use super::result::{Finding, FindingKind, line_id};
use super::solve::Solver;
use super::{cell, facts, solve, words};
use crate::lang::{Env, FactId, Type, Value};
use crate::pack::{Column, Field, Form, Id, Part, PartKind, Required, TableDef, Words};
use kernel::money::Money;
use kernel::ratio::Ratio;
use std::collections::{BTreeMap, BTreeSet};

/// A row in which something was typed.
#[derive(Clone, Debug)]
pub(super) struct RowRead {
    /// Its number as typed, from 1.
    pub row: usize,
    /// What its line id is made of: the number, or the id of a fixed row.
    pub key: String,
    /// What can be read, computed cells included.
    pub values: BTreeMap<Id, Value>,
    /// Cells with a text that cannot be read or stands for a sealed value.
    pub closed: BTreeSet<Id>,
}

/// What reading a part gave.
#[derive(Clone, Debug, Default)]
pub(super) struct PartRead<'f> {
    /// Something was typed.
    pub touched: bool,
    /// Values by the names that expressions use: `field`, `table.column`, `table.column.max`, `months.total`.
    pub values: BTreeMap<String, Value>,
    /// Canonical texts of totals and computed cells.
    pub computed: BTreeMap<String, String>,
    /// What is wrong with cells and rows.
    pub findings: Vec<Finding>,
    /// Cells that may have to be filled and are not.
    pub empty: Vec<(Option<usize>, &'f Field)>,
    /// Rows of tables.
    pub rows: Vec<RowRead>,
}

/// Reads one part.
pub(super) fn part<'f>(form: &'f Form, part: &'f Part, data: &FormData, solver: &Solver<'_>) -> PartRead<'f> {
    let mut read = PartRead::default();
    match &part.kind {
        PartKind::Fields(list) => fields(&mut read, part, list, data, &form.env),
        PartKind::Table(def) => table(&mut read, &form.env, part, def, data, solver),
        PartKind::Months(def) => super::months::read(&mut read, part, def, data),
    }
    read
}

fn fields<'f>(read: &mut PartRead<'f>, part: &Part, list: &'f [Field], data: &FormData, env: &Env) {
    for field in list {
        let text = data.fields.get(&field.id).map_or("", String::as_str);
        if text.trim().is_empty() {
            read.empty.push((None, field));
            continue;
        }
        read.touched = true;
        match cell::read(text, field, env) {
            Ok(Some(value)) => {
                read.values.insert(field.id.clone(), value);
            }
            Ok(None) => {}
            Err(fault) => {
                read.findings.push(words::invalid(
                    &part.id,
                    None,
                    &field.id,
                    &field.name,
                    &field.cite,
                    fault,
                ));
            }
        }
    }
}

fn table<'f>(
    read: &mut PartRead<'f>,
    env: &Env,
    part: &Part,
    def: &'f TableDef,
    data: &FormData,
    solver: &Solver<'_>,
) {
    for (at, cells) in data.rows(&part.id).iter().enumerate() {
        if is_blank(cells) {
            continue;
        }
        read.touched = true;
        let row = row(read, env, part, def, at + 1, cells, solver);
        read.rows.push(row);
    }
    row_count(read, part, def);
    for column in def.columns.iter().filter(|column| column.total) {
        total(read, env, part, def, column);
    }
}

fn row<'f>(
    read: &mut PartRead<'f>,
    env: &Env,
    part: &Part,
    def: &'f TableDef,
    number: usize,
    cells: &BTreeMap<String, String>,
    solver: &Solver<'_>,
) -> RowRead {
    let mut row =
        RowRead { row: number, key: number.to_string(), values: BTreeMap::new(), closed: BTreeSet::new() };
    for column in &def.columns {
        let field = &column.field;
        let text = cells.get(&field.id).map_or("", String::as_str);
        if text.trim().is_empty() {
            if column.computed.is_none() {
                read.empty.push((Some(number), field));
            }
            continue;
        }
        match cell::read(text, field, env) {
            Ok(Some(value)) => {
                row.values.insert(field.id.clone(), value);
            }
            Ok(None) => {
                row.closed.extend(cell::is_sealed(field, text).then(|| field.id.clone()));
            }
            Err(fault) => {
                row.closed.insert(field.id.clone());
                read.findings.push(words::invalid(
                    &part.id,
                    Some(number),
                    &field.id,
                    &field.name,
                    &field.cite,
                    fault,
                ));
            }
        }
    }
    for column in def.columns.iter().filter(|column| column.computed.is_some()) {
        computed(read, part, def, column, &mut row, solver);
    }
    row
}

/// Fills a computed cell that is empty, and compares one that is not.
fn computed(
    read: &mut PartRead<'_>,
    part: &Part,
    def: &TableDef,
    column: &Column,
    row: &mut RowRead,
    solver: &Solver<'_>,
) {
    let (field, env) = (&column.field, &def.env.0);
    let Some(formula) = &column.computed else { return };
    let values: Vec<Option<Value>> =
        env.facts()[env.row_from()..].iter().map(|f| row.values.get(&f.id).copied()).collect();
    let Some(value) = solver.in_row(formula, &values) else {
        let operands = formula.expr.facts();
        let known =
            |fact: &FactId| env.facts().get(fact.index()).is_some_and(|f| row.values.contains_key(&f.id));
        if !operands.is_empty() && operands.iter().all(known) && !row.closed.contains(&field.id) {
            let fault = words::too_large();
            read.findings.push(words::invalid(
                &part.id,
                Some(row.row),
                &field.id,
                &field.name,
                &field.cite,
                fault,
            ));
        }
        return;
    };
    let text = |value: &Value| facts::text_of(value, |at| solve::member(&def.env.0, &field.id, at));
    let key = format!("{}.{}", line_id(&part.id, &row.key, None), field.id);
    read.computed.insert(key, text(&value));
    match row.values.get(&field.id).copied() {
        None if row.closed.contains(&field.id) => {}
        None => {
            row.values.insert(field.id.clone(), value);
        }
        Some(typed) if typed == value => {}
        Some(typed) => {
            let says = in_words(def, &formula.text);
            read.findings.push(words::mismatch(
                &part.id,
                row.row,
                field,
                &text(&typed),
                &text(&value),
                &says,
            ));
            row.values.remove(&field.id);
            row.closed.insert(field.id.clone());
        }
    }
}

/// A formula with the names of its columns in place of their ids.
fn in_words(def: &TableDef, formula: &str) -> Words {
    let mut says = Words::default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for piece in pieces(formula, is_name) {
        let column = def.columns.iter().find(|column| column.field.id == piece);
        says.zh.push_str(column.map_or(if piece == "*" { "×" } else { piece.trim() }, |c| &c.field.name.zh));
        says.en.push_str(column.map_or(if piece == "*" { "×" } else { piece }, |c| &c.field.name.en));
    }
    says
}

/// The runs of characters that belong together: names, and each other character.
fn pieces(text: &str, is_name: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut list, mut start) = (Vec::new(), 0);
    for (at, c) in text.char_indices() {
        if !is_name(c) {
            list.extend([&text[start..at], &text[at..at + c.len_utf8()]]);
            start = at + c.len_utf8();
        }
    }
    list.push(&text[start..]);
    list.retain(|piece| !piece.is_empty());
    list
}

fn row_count(read: &mut PartRead<'_>, part: &Part, def: &TableDef) {
    let (rows, least, most) = (read.rows.len(), def.rows_min, def.rows_max);
    let (name, cite) = (&part.name, &part.cite);
    if rows < least {
        let say = Words::new(
            format!("{}：至少填{least}行，现有{rows}行", name.zh),
            format!("{}: at least {least} rows, there are {rows}", name.en),
        );
        let hint = Words::new("空行不算", "empty rows do not count");
        let mut finding = words::rows(&part.id, None, None, cite, say, hint);
        if rows == 0 {
            finding.kind = FindingKind::Missing;
        }
        read.findings.push(finding);
    }
    if rows > most {
        let say = Words::new(
            format!("{}：最多{most}行，现有{rows}行", name.zh),
            format!("{}: at most {most} rows, there are {rows}", name.en),
        );
        let hint = Words::new("请合并同类的行，或删去多余的行", "merge rows of one kind, or delete some");
        read.findings.push(words::rows(&part.id, None, None, cite, say, hint));
    }
}

/// The total of a column and its largest cell. Not known while a cell cannot be read, a required one is empty, or rows
/// that must be there are not.
fn total(read: &mut PartRead<'_>, env: &Env, part: &Part, def: &TableDef, column: &Column) {
    let (field, id) = (&column.field, format!("{}.{}", part.id, column.field.id));
    let lacks = |row: &RowRead| {
        let required = field.required == Required::Yes || column.computed.is_some();
        row.closed.contains(&field.id) || (required && !row.values.contains_key(&field.id))
    };
    if read.rows.iter().any(lacks) || (read.rows.is_empty() && def.rows_min > 0) {
        return;
    }
    let cells: Vec<Value> = read.rows.iter().filter_map(|row| row.values.get(&field.id).copied()).collect();
    let zero = env.fact_named(&id).and_then(|fact| zero_of(&env.facts()[fact.index()].ty));
    let Some(zero) = zero else { return };
    match cells.iter().try_fold(zero, |sum, value| add(sum, *value)) {
        Some(sum) => {
            read.computed.insert(id.clone(), facts::text_of(&sum, |_| None));
            read.values.insert(id.clone(), sum);
        }
        None => read.findings.push(words::invalid(
            &part.id,
            None,
            &field.id,
            &field.name,
            &field.cite,
            words::too_large(),
        )),
    }
    if let Some(largest) = cells.into_iter().max() {
        read.values.insert(format!("{id}.max"), largest);
    }
}

/// Nothing, in a type that adds up.
fn zero_of(ty: &Type) -> Option<Value> {
    match ty {
        Type::Money => Some(Value::Money(Money::ZERO)),
        Type::Ratio => Some(Value::Ratio(Ratio::ZERO)),
        Type::Count(_) => Some(Value::Count(0)),
        _ => None,
    }
}

/// What a part that does not apply adds to totals: nothing.
pub(super) fn zeros(part: &Part, env: &Env) -> Vec<(String, Value)> {
    let names = match &part.kind {
        PartKind::Fields(_) => Vec::new(),
        PartKind::Table(def) => {
            def.columns.iter().filter(|c| c.total).map(|c| format!("{}.{}", part.id, c.field.id)).collect()
        }
        PartKind::Months(_) => vec![format!("{}.total", part.id)],
    };
    let zero = |name: &String| zero_of(&env.facts()[env.fact_named(name)?.index()].ty);
    names.into_iter().filter_map(|name| Some((zero(&name)?, name))).map(|(zero, name)| (name, zero)).collect()
}

fn add(a: Value, b: Value) -> Option<Value> {
    match (a, b) {
        (Value::Money(a), Value::Money(b)) => a.checked_add(b).map(Value::Money),
        (Value::Ratio(a), Value::Ratio(b)) => a.checked_add(b).map(Value::Ratio),
        (Value::Count(a), Value::Count(b)) => a.checked_add(b).map(Value::Count),
        _ => None,
    }
}
