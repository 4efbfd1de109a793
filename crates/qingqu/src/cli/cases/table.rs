//! Cases as a table: comma-separated, the first line names the columns, an empty cell is a fact that is not known. A record
//! is one line; a line break inside quotes is a fault of that line, so that one slip never swallows the rest of the file.

use super::{Draft, Fault, Written, not_utf8};
use crate::cli::suggest;
use crate::cli::{Lang, Trouble};
use policy::lang::Type;
use policy::pack::Pack;
use std::borrow::Cow;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    CaseId,
    AsOf,
    Fact { id: String, truth: bool },
}

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header(Vec<Column>);

impl Header {
    /// Reads the first line: `case_id`, `as_of` and facts by their ids or Chinese names.
    pub fn read_first(bytes: &[u8], pack: &Pack) -> Result<Self, Trouble> {
        let text = std::str::from_utf8(bytes).map_err(|error| refused(&[not_utf8(error.valid_up_to())]))?;
        let cells = cells(text).map_err(|fault| refused(&[*fault]))?;
        let (mut columns, mut faults) = (Vec::new(), Vec::new());
        for (at, cell) in cells.iter().enumerate() {
            match column(cell.trim(), pack) {
                Ok(column) if columns.contains(&column) => {
                    let hint = ("只留一列", "keep one of them");
                    faults
                        .push(place(at, Fault::at("", ("这一列写了两次", "the column stands twice"), hint)));
                }
                Ok(column) => columns.push(column),
                Err(fault) => faults.push(place(at, *fault)),
            }
        }
        for (column, name) in [(Column::CaseId, "case_id"), (Column::AsOf, "as_of")] {
            if faults.is_empty() && !columns.contains(&column) {
                let what = (format!("缺少 {name} 列"), format!("the column {name} is missing"));
                let hint = (
                    "首行写 case_id、as_of 和各个事实的名称",
                    "the first line names case_id, as_of and the facts",
                );
                faults.push(Fault::new((name, name), what, hint));
            }
        }
        if faults.is_empty() { Ok(Self(columns)) } else { Err(refused(&faults)) }
    }

    pub(super) fn read<'l>(&self, line: &'l str) -> Draft<'l> {
        let mut draft = Draft::default();
        let cells = match cells(line) {
            Ok(cells) => cells,
            Err(fault) => {
                let at = self.0.iter().position(|column| *column == Column::CaseId).unwrap_or_default();
                let plain = line.split(',').nth(at).map(str::trim);
                draft.case_id = plain.filter(|id| !id.is_empty() && !id.contains('"')).map(Cow::Borrowed);
                draft.faults.push(*fault);
                draft.broken = true;
                return draft;
            }
        };
        if cells.len() != self.0.len() {
            let (n, wanted) = (cells.len(), self.0.len());
            let what = (
                format!("这一行有 {n} 格，表头有 {wanted} 列"),
                format!("{n} cells, the header has {wanted} columns"),
            );
            let hint = (
                "金额里的逗号要整格加引号：\"1,000,000.00\"",
                "quote a cell that holds a comma: \"1,000,000.00\"",
            );
            draft.faults.push(Fault::new(("整行", "line"), what, hint));
            draft.broken = true;
        }
        for (column, cell) in self.0.iter().zip(cells) {
            let cell = trimmed(cell);
            match column {
                _ if cell.is_empty() => {}
                Column::CaseId => draft.case_id = Some(cell),
                Column::AsOf => draft.as_of = Some(cell),
                Column::Fact { id, truth: true } if cell.eq_ignore_ascii_case("true") => {
                    draft.facts.push((Cow::Owned(id.clone()), Written::Bool(true)));
                }
                Column::Fact { id, truth: true } if cell.eq_ignore_ascii_case("false") => {
                    draft.facts.push((Cow::Owned(id.clone()), Written::Bool(false)));
                }
                Column::Fact { id, .. } => draft.facts.push((Cow::Owned(id.clone()), Written::Text(cell))),
            }
        }
        draft
    }
}

/// A header that cannot be used, with all its faults.
fn refused(faults: &[Fault]) -> Trouble {
    let text = |lang: Lang| -> String {
        let line = |fault: &Fault| {
            let (what, hint) = (lang.of(&fault.what), lang.of(&fault.hint));
            format!(
                "\n  {}{}{what}{}{hint}",
                lang.of(&fault.place),
                lang.pick("：", ": "),
                lang.pick("。", "; ")
            )
        };
        faults.iter().map(line).collect()
    };
    let what =
        (format!("表头不能用{}", text(Lang::Zh)), format!("the header cannot be used{}", text(Lang::En)));
    let hint = (
        "首行写列名：case_id、as_of 和事实的名称；policy show 列出全部事实",
        "the first line names the columns: case_id, as_of and facts; `policy show` lists all facts",
    );
    Trouble::usage(what, hint)
}

fn place(at: usize, fault: Fault) -> Fault {
    let n = at + 1;
    Fault { place: policy::pack::Words::new(format!("第 {n} 列"), format!("column {n}")), ..fault }
}

fn column(name: &str, pack: &Pack) -> Result<Column, Box<Fault>> {
    let known = pack.facts.iter().find(|fact| fact.id == name || fact.name.zh == name);
    match (name, known) {
        ("case_id", _) => Ok(Column::CaseId),
        ("as_of", _) => Ok(Column::AsOf),
        (_, Some(fact)) => Ok(Column::Fact { id: fact.id.clone(), truth: fact.ty == Type::Bool }),
        (_, None) => {
            let words: Vec<&str> = ["case_id", "as_of"].into_iter().chain(pack.facts.ids()).collect();
            let what = (format!("不认识的列 `{name}`"), format!("unknown column `{name}`"));
            Err(Box::new(Fault::new(("", ""), what, suggest::hint(name, &words))))
        }
    }
}

fn trimmed(cell: Cow<'_, str>) -> Cow<'_, str> {
    match cell {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The cells of a line: quotes around a cell, two quotes for one inside.
fn cells(line: &str) -> Result<Vec<Cow<'_, str>>, Box<Fault>> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => unquoted(quoted).ok_or_else(|| {
                let n = cells.len() + 1;
                let what = ("引号没有成对".to_owned(), "the quotes are not closed".to_owned());
                let hint = (
                    "一格的引号要在同一行里成对，格内的引号写两个",
                    "close the quotes within the line; write a quote inside as two",
                );
                Fault::new((&format!("第 {n} 列"), &format!("column {n}")), what, hint)
            })?,
            None => match rest.find(',') {
                Some(at) => (Cow::Borrowed(&rest[..at]), &rest[at..]),
                None => (Cow::Borrowed(rest), ""),
            },
        };
        cells.push(cell);
        match after.strip_prefix(',') {
            Some(more) => rest = more,
            None => return Ok(cells),
        }
    }
}

/// A quoted cell from behind its first quote, and what follows it; `None` when it is not closed before a comma or the end.
fn unquoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut cell = Cow::Borrowed("");
    let mut rest = text;
    loop {
        let at = rest.find('"')?;
        cell += &rest[..at];
        rest = &rest[at + 1..];
        match rest.as_bytes().first() {
            None | Some(b',') => return Some((cell, rest)),
            Some(b'"') => {
                cell += "\"";
                rest = &rest[1..];
            }
            Some(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn cells_quotes_and_what_is_not_closed() {
        for (line, want) in [
            ("a,b", &["a", "b"][..]),
            ("", &[""]),
            ("a,,", &["a", "", ""]),
            ("\"1,000,000.00\",x", &["1,000,000.00", "x"]),
            ("\"say \"\"yes\"\"\",", &["say \"yes\"", ""]),
            ("\"\"", &[""]),
        ] {
            assert_eq!(cells(line).unwrap(), want, "{line}");
        }
        for line in ["\"a", "a,\"b", "\"a\"b,c"] {
            assert!(cells(line).is_err(), "{line}");
        }
    }
}
