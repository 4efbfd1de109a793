//! What changed between two versions of a form, for the one who looks at it again.

use super::data::{FormData, ROW, is_blank};
use super::result::columns;
use crate::pack::{Form, Id, Part, PartKind};
use std::collections::BTreeMap;

/// How a cell changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Another text.
    Changed,
    /// Its row is new.
    Added,
    /// Its row is gone.
    Removed,
}

/// One changed cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The part; empty for a text that the form has no field for.
    pub part: Id,
    /// The row from 1: of the new version, or of the old one when it is gone; `None` for single fields.
    pub row: Option<usize>,
    /// The field or column.
    pub field: Id,
    /// Before.
    pub old: String,
    /// After.
    pub new: String,
    /// How.
    pub how: How,
}

type Row = BTreeMap<String, String>;

/// The most pairs of rows that are compared to find which row became which; larger tables are compared by position.
const PAIRS_MAX: usize = 1_000_000;

/// Every cell that differs, in the order of the form. Rows are matched by what they hold, so a row taken out in the
/// middle is one row removed and not all after it changed.
pub fn diff(form: &Form, old: &FormData, new: &FormData) -> Vec<Change> {
    let mut changes = Vec::new();
    for part in &form.parts {
        match &part.kind {
            PartKind::Fields(fields) => {
                let ids = fields.iter().map(|field| field.id.as_str());
                cells(&part.id, None, ids, &old.fields, &new.fields, How::Changed, &mut changes);
            }
            PartKind::Table(_) => table(part, old.rows(&part.id), new.rows(&part.id), &mut changes),
            PartKind::Months(_) => months(part, old.rows(&part.id), new.rows(&part.id), &mut changes),
        }
    }
    let unknown = old.fields.keys().chain(new.fields.keys()).filter(|id| form.field(id).is_none());
    let mut unknown: Vec<&str> = unknown.map(String::as_str).collect();
    unknown.sort_unstable();
    unknown.dedup();
    cells("", None, unknown.into_iter(), &old.fields, &new.fields, How::Changed, &mut changes);
    changes
}

fn cells<'i>(
    part: &str,
    row: Option<usize>,
    ids: impl Iterator<Item = &'i str>,
    old: &Row,
    new: &Row,
    how: How,
    into: &mut Vec<Change>,
) {
    for id in ids {
        let text = |cells: &Row| cells.get(id).map_or("", |text| text.trim()).to_owned();
        let (old, new) = (text(old), text(new));
        if old != new {
            into.push(Change { part: part.to_owned(), row, field: id.to_owned(), old, new, how });
        }
    }
}

fn table(part: &Part, old: &[Row], new: &[Row], into: &mut Vec<Change>) {
    let filled =
        |rows: &[Row]| -> Vec<usize> { (0..rows.len()).filter(|at| !is_blank(&rows[*at])).collect() };
    let (was, is) = (filled(old), filled(new));
    let ids = columns(&part.kind);
    let nothing = Row::new();
    for (before, after) in matched(&was, &is, |a, b| same(&old[a], &new[b], &ids)) {
        let (row, how) = match (before, after) {
            (Some(_), Some(after)) => (after, How::Changed),
            (None, Some(after)) => (after, How::Added),
            (Some(before), None) => (before, How::Removed),
            (None, None) => continue,
        };
        let from = before.map_or(&nothing, |at| &old[at]);
        let to = after.map_or(&nothing, |at| &new[at]);
        cells(&part.id, Some(row + 1), ids.iter().map(String::as_str), from, to, how, into);
    }
}

fn same(a: &Row, b: &Row, ids: &[String]) -> bool {
    let text = |row: &Row, id: &String| row.get(id).map_or(String::new(), |text| text.trim().to_owned());
    ids.iter().all(|id| text(a, id) == text(b, id))
}

/// Which row became which: the longest run of equal rows in order stays; between them rows pair up in order, and what is
/// left over is gone or new.
fn matched(
    was: &[usize],
    is: &[usize],
    same: impl Fn(usize, usize) -> bool,
) -> Vec<(Option<usize>, Option<usize>)> {
    let kept =
        if was.len().saturating_mul(is.len()) <= PAIRS_MAX { longest(was, is, same) } else { Vec::new() };
    let mut pairs = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (i, j) in kept.into_iter().chain([(was.len(), is.len())]) {
        while a < i || b < j {
            pairs.push(((a < i).then(|| was[a]), (b < j).then(|| is[b])));
            (a, b) = ((a + 1).min(i), (b + 1).min(j));
        }
        (a, b) = (i + 1, j + 1);
    }
    pairs
}

/// The positions of a longest common subsequence.
fn longest(was: &[usize], is: &[usize], same: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let width = is.len() + 1;
    let mut best = vec![0_u32; (was.len() + 1) * width];
    let equal: Vec<bool> =
        was.iter().flat_map(|a| is.iter().map(|b| same(*a, *b)).collect::<Vec<_>>()).collect();
    for i in (0..was.len()).rev() {
        for j in (0..is.len()).rev() {
            best[i * width + j] = if equal[i * is.len() + j] {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut kept) = (0, 0, Vec::new());
    while i < was.len() && j < is.len() {
        if equal[i * is.len() + j] {
            kept.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    kept
}

/// Fixed rows are matched by their id.
fn months(part: &Part, old: &[Row], new: &[Row], into: &mut Vec<Change>) {
    let PartKind::Months(def) = &part.kind else { return };
    let (ids, nothing) = (columns(&part.kind), Row::new());
    for (at, fixed) in def.rows.iter().enumerate() {
        let find = |rows: &[Row]| {
            let named =
                rows.iter().position(|row| row.get(ROW).map(|id| id.trim()) == Some(fixed.id.as_str()));
            named.or_else(|| rows.get(at).filter(|row| !row.contains_key(ROW)).map(|_| at))
        };
        let (before, after) = (find(old), find(new));
        let from = before.map_or(&nothing, |at| &old[at]);
        let to = after.map_or(&nothing, |at| &new[at]);
        let row = after.or(before).unwrap_or(at) + 1;
        cells(&part.id, Some(row), ids.iter().map(String::as_str), from, to, How::Changed, into);
    }
}
