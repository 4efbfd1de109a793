//! From what one page of a form sent to the form's data: texts as typed, rows added, deleted and pasted. Nothing is judged here.

use std::collections::BTreeSet;

use app::view::filing::{place_of_levels, take_part};
use app::view::pack::{Field, FieldType, FormData, Pack, Part, PartKind};
use kernel::Date;

use crate::submitted::Submitted;

/// The keys of the drop-downs of a place, from the largest.
pub const LEVELS: [&str; 3] = ["province", "city", "county"];

/// The name of a field in the page's form. The prefix keeps a pack's ids apart from the page's own names.
pub fn field_name(field: &str) -> String {
    format!("f.{field}")
}

/// The name of a cell; rows count from zero.
pub fn cell_name(part: &str, row: usize, column: &str) -> String {
    format!("{part}.{row}.{column}")
}

/// The name under which a sealed cell of a table travels, so that it survives when rows move.
pub fn keep_key(column: &str) -> String {
    format!("{column}.keep")
}

/// The form's data with this part as it was sent.
pub fn read_part(pack: &Pack, part: &Part, form: &Submitted, before: &FormData, day: Date) -> FormData {
    let mut typed = FormData::default();
    let mut cleared = BTreeSet::new();
    match &part.kind {
        PartKind::Fields(fields) => {
            for field in fields {
                let name = field_name(&field.id);
                typed.set(&part.id, None, &field.id, read_field(pack, field, form, &name, day));
                if form.has(&format!("clear.{}", field.id)) {
                    cleared.insert(field.id.clone());
                }
            }
        }
        PartKind::Table(table) => {
            // The first half holds what was typed, the second what is kept under seal.
            let kept = table.columns.iter().map(|c| keep_key(&c.field.id));
            let keys: Vec<String> = table.columns.iter().map(|c| c.field.id.clone()).chain(kept).collect();
            let names: Vec<&str> = keys.iter().map(String::as_str).collect();
            for (at, cells) in form.rows(&part.id, &names).into_iter().enumerate() {
                let (new, kept) = cells.split_at(table.columns.len());
                for ((column, text), kept) in table.columns.iter().zip(new).zip(kept) {
                    let text = if text.is_empty() && column.field.sensitive { kept } else { text };
                    typed.set(&part.id, Some(at + 1), &column.field.id, normal(pack, &column.field, text));
                }
                if typed.rows(&part.id).len() <= at {
                    typed.row_add(&part.id);
                }
            }
        }
        PartKind::Months(months) => {
            for (at, row) in months.rows.iter().enumerate() {
                typed.set(&part.id, Some(at + 1), "row", row.id.clone());
                for month in 1..=12 {
                    let column = format!("m{month}");
                    let text = form.get(&cell_name(&part.id, at, &column)).to_owned();
                    typed.set(&part.id, Some(at + 1), &column, text);
                }
            }
        }
    }
    take_part(part, before, &typed, &cleared)
}

fn read_field(pack: &Pack, field: &Field, form: &Submitted, name: &str, day: Date) -> String {
    if field.ty == FieldType::Region {
        let names = LEVELS.map(|level| format!("{name}.{level}"));
        let levels: Vec<(&str, &str)> =
            LEVELS.iter().zip(&names).map(|(key, name)| (*key, form.get(name))).collect();
        return place_of_levels(&levels, day);
    }
    normal(pack, field, form.get(name))
}

/// A text in the spelling that its control shows again: shares with their sign, members by id, line ends of one kind.
fn normal(pack: &Pack, field: &Field, text: &str) -> String {
    match &field.ty {
        FieldType::Ratio if is_number(text) => format!("{text}%"),
        FieldType::Enum(list) => {
            let list = pack.enums.get(list);
            let member = list.and_then(|list| list.members.get(usize::from(list.member(text)?)));
            member.map_or_else(|| text.to_owned(), |member| member.id.clone())
        }
        FieldType::Bool => match text {
            "是" | "yes" => "true".to_owned(),
            "否" | "no" => "false".to_owned(),
            other => other.to_owned(),
        },
        FieldType::LongText => text.replace("\r\n", "\n"),
        _ => text.to_owned(),
    }
}

/// Digits with at most one point: in a field that ends with “%” these are per cent.
pub fn is_number(text: &str) -> bool {
    let mut parts = text.split('.');
    let digits =
        |part: Option<&str>| part.is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    let whole = digits(parts.next());
    match (whole, parts.next(), parts.next()) {
        (true, None, None) => true,
        (true, decimals, None) => digits(decimals),
        _ => false,
    }
}

/// Does what a button of the part's table asks for (`add:`, `delete:`, `paste:`); `true` when one was pressed, and then the
/// page is shown again with nothing saved.
pub fn change_rows(pack: &Pack, part: &Part, data: &mut FormData, form: &Submitted) -> bool {
    let mut words = form.act().split(':');
    let (verb, table) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    if table != part.id {
        return false;
    }
    let mut number = || words.next().and_then(|word| word.parse::<usize>().ok());
    match (verb, &part.kind) {
        ("add", PartKind::Table(def)) => {
            if data.rows(&part.id).is_empty() {
                data.row_add(&part.id);
            }
            if data.rows(&part.id).len() < def.rows_max {
                data.row_add(&part.id);
            }
        }
        ("delete", PartKind::Table(_)) => {
            if let Some(row) = number() {
                data.row_delete(&part.id, row.saturating_add(1));
            }
        }
        ("paste", PartKind::Table(_) | PartKind::Months(_)) => {
            let sheet = form.all(&format!("paste.{}", part.id)).next().unwrap_or("").to_owned();
            let (row, column) = (number().unwrap_or(usize::MAX), number().unwrap_or(0));
            paste(pack, part, data, (row, column), &sheet);
        }
        _ => return false,
    }
    true
}

/// Puts a sheet into the table from a cell on. A row beyond the last begins behind the last row that holds something.
fn paste(pack: &Pack, part: &Part, data: &mut FormData, from: (usize, usize), sheet: &str) {
    let rows = data.rows(&part.id);
    let holds = |row: &std::collections::BTreeMap<String, String>| {
        row.iter().any(|(id, text)| id != "row" && !text.is_empty())
    };
    let first =
        if from.0 < rows.len() { from.0 } else { rows.iter().rposition(holds).map_or(0, |last| last + 1) };
    let shift = "\t".repeat(from.1);
    if from.1 == 0 {
        data.paste_tsv(part, first + 1, sheet);
    } else {
        let before = data.clone();
        let shifted: Vec<String> =
            sheet.trim_end().split('\n').map(|line| format!("{shift}{line}")).collect();
        data.paste_tsv(part, first + 1, &shifted.join("\n"));
        restore_left(part, data, &before, from.1);
    }
    let PartKind::Table(def) = &part.kind else { return };
    let Some(rows) = data.tables.get_mut(&part.id) else { return };
    rows.truncate(def.rows_max);
    for row in rows {
        for column in &def.columns {
            if let Some(text) = row.get_mut(&column.field.id) {
                *text = normal(pack, &column.field, text);
            }
        }
    }
}

/// Cells to the left of the place pasted at stay as they were.
fn restore_left(part: &Part, data: &mut FormData, before: &FormData, columns: usize) {
    let ids: Vec<String> = match &part.kind {
        PartKind::Fields(_) => Vec::new(),
        PartKind::Table(def) => def.columns.iter().take(columns).map(|c| c.field.id.clone()).collect(),
        PartKind::Months(_) => (1..=12).take(columns).map(|m| format!("m{m}")).collect(),
    };
    for row in 1..=data.rows(&part.id).len() {
        for id in &ids {
            let text = before.get(&part.id, Some(row), id).to_owned();
            data.set(&part.id, Some(row), id, text);
        }
    }
}
