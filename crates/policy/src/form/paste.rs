//! Pasting from a spreadsheet: lines of cells, with or without the headings of the columns.

use super::data::{FormData, ROW, ROWS_CAP};
use super::result::columns;
use crate::pack::{Part, PartKind, Words};

/// What pasting did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Rows written to.
    pub rows: usize,
    /// Cells written.
    pub cells: usize,
    /// Cells that had no column or row to go to, and were not written.
    pub left_over: usize,
    /// Whether a line of headings was passed over.
    pub heading: bool,
}

impl FormData {
    /// Writes lines of tab-separated cells into a table, from a row (from 1) and its first column on. A first line that
    /// is the table's headings is passed over. In a table of months a line that begins with the name of a fixed row goes
    /// to that row. Empty cells overwrite too: what is pasted is what stands there afterwards.
    pub fn paste_tsv(&mut self, part: &Part, row: usize, tsv: &str) -> Pasted {
        let mut done = Pasted::default();
        let ids = columns(&part.kind);
        let mut lines = lines(tsv);
        if lines.first().is_some_and(|line| is_heading(part, line)) {
            lines.remove(0);
            done.heading = true;
        }
        for (at, line) in lines.iter().enumerate() {
            let (target, cells) = match fixed_row(self, part, line) {
                Some(target) => (target, &line[1..]),
                None => (row.max(1).saturating_add(at), line.as_slice()),
            };
            let fits = !matches!(part.kind, PartKind::Fields(_)) && target <= self.most_rows(part);
            if !fits {
                done.left_over += cells.len();
                continue;
            }
            done.rows += 1;
            for (n, text) in cells.iter().enumerate() {
                let written = ids.get(n).is_some_and(|id| self.set(&part.id, Some(target), id, text.trim()));
                done.cells += usize::from(written);
                done.left_over += usize::from(!written && !text.trim().is_empty());
            }
        }
        done
    }

    fn most_rows(&self, part: &Part) -> usize {
        match &part.kind {
            PartKind::Fields(_) => 0,
            PartKind::Table(_) => ROWS_CAP,
            PartKind::Months(def) => def.rows.len().max(self.rows(&part.id).len()),
        }
    }
}

/// The row of a months table that a line names in its first cell.
fn fixed_row(data: &mut FormData, part: &Part, line: &[String]) -> Option<usize> {
    let PartKind::Months(def) = &part.kind else { return None };
    let name = line.first()?.trim();
    let at = def.rows.iter().position(|row| says(&row.name, name) || row.id == name)?;
    let id = &def.rows[at].id;
    let rows = data.tables.entry(part.id.clone()).or_default();
    let found = rows.iter().position(|cells| cells.get(ROW) == Some(id));
    Some(
        found.unwrap_or_else(|| {
            rows.push([(ROW.to_owned(), id.clone())].into());
            rows.len() - 1
        }) + 1,
    )
}

/// Whether a heading and a cell say the same, apart from blanks and a unit in brackets.
fn says(name: &Words, cell: &str) -> bool {
    let plain =
        |text: &str| text.split(['(', '（']).next().unwrap_or("").split_whitespace().collect::<String>();
    let cell = plain(cell);
    !cell.is_empty() && (plain(&name.zh) == cell || plain(&name.en).eq_ignore_ascii_case(&cell))
}

/// Whether at least half of the cells, and two of them, are names of the columns that they would go to.
fn is_heading(part: &Part, line: &[String]) -> bool {
    let named = match &part.kind {
        PartKind::Fields(_) => 0,
        PartKind::Table(table) => {
            line.iter().zip(&table.columns).filter(|(cell, column)| says(&column.field.name, cell)).count()
        }
        PartKind::Months(_) => {
            (1..=12).filter(|month| line.iter().any(|c| c.trim() == format!("{month}月"))).count()
        }
    };
    named >= 2 && named * 2 >= line.len()
}

/// Lines of cells. A cell in double quotes may hold tabs and line breaks; a doubled quote in it is one.
fn lines(tsv: &str) -> Vec<Vec<String>> {
    let mut lines: Vec<Vec<String>> = Vec::new();
    let (mut line, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = tsv.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() && tsv_closes(chars.clone()) => quoted = true,
            '\t' if !quoted => line.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            other => cell.push(other),
        }
    }
    if !cell.is_empty() || !line.is_empty() {
        line.push(cell);
        lines.push(line);
    }
    while lines.last().is_some_and(|line| line.iter().all(|cell| cell.trim().is_empty())) {
        lines.pop();
    }
    lines
}

/// Whether a quote that opens a cell is closed again; one that is not is a character like any other.
fn tsv_closes(mut rest: impl Iterator<Item = char>) -> bool {
    rest.any(|c| c == '"')
}
