//! What a form sent: texts by name, exactly as typed, and which button was pressed.
//!
//! Nothing is interpreted here; numbers and dates are read by the use case's input types, which report findings by
//! field name. Rows of growing tables are added, deleted and pasted here, so that it works without script.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

use crate::error::WebError;

/// No growing table may have more rows than this.
pub const ROWS_MAX: usize = 500;

/// The texts of a form. An extractor for forms without files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submitted {
    fields: BTreeMap<String, Vec<String>>,
}

/// A file of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The field's name.
    pub field: String,
    /// The file's name as the browser gave it, without folders.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Texts and files of a form. An extractor for forms [`crate::ui::Form::with_files`]; set a
/// `DefaultBodyLimit` on its route.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubmittedWithFiles {
    /// The texts.
    pub fields: Submitted,
    /// The files; empty file fields are left out.
    pub files: Vec<Upload>,
}

impl Submitted {
    /// The first text under `name`, without blanks at its ends; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name).and_then(|values| values.first()).map_or("", |value| value.trim())
    }

    /// Every text under `name` (check boxes).
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.get(name).into_iter().flatten().map(String::as_str)
    }

    /// Every name with its first text, in the order of the names.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, values)| (name.as_str(), values.first().map_or("", |v| v.trim())))
    }

    /// Whether anything came under `name`.
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// The names that begin with `start`, in their order.
    pub fn names<'s>(&'s self, start: &'s str) -> impl Iterator<Item = &'s str> {
        let from = self.fields.range(start.to_owned()..).map(|(name, _)| name.as_str());
        from.take_while(move |name| name.starts_with(start))
    }

    /// Which button was pressed: the value of `name="act"`. The Enter key counts as the form's default act.
    pub fn act(&self) -> &str {
        // The first is the hidden default button only when no other was pressed.
        self.get("act")
    }

    /// Sets a text, for forms that begin filled in.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.fields.insert(name.into(), vec![value.into()]);
    }

    /// The rows of the table `table`, one text a column of `keys`, in the order of their numbers.
    pub fn rows(&self, table: &str, keys: &[&str]) -> Vec<Vec<String>> {
        let row = |number: usize| {
            keys.iter().map(|key| self.get(&format!("{table}.{number}.{key}")).to_owned()).collect()
        };
        self.row_numbers(table).into_iter().map(row).collect()
    }

    /// Writes the rows of `table` back, numbered from zero.
    pub fn set_rows(&mut self, table: &str, keys: &[&str], rows: &[Vec<String>]) {
        let prefix = format!("{table}.");
        let belongs = |name: &str| {
            name.strip_prefix(&prefix)
                .and_then(|rest| rest.split_once('.'))
                .is_some_and(|(number, key)| number.parse::<usize>().is_ok() && keys.contains(&key))
        };
        self.fields.retain(|name, _| !belongs(name));
        for (number, row) in rows.iter().enumerate() {
            for (key, cell) in keys.iter().zip(row) {
                self.set(format!("{table}.{number}.{key}"), cell.clone());
            }
        }
    }

    /// Does what a button of the growing table `table` asks for (`add:`, `delete:`, `paste:`): `true` when one was
    /// pressed, and then the form is to be shown again with nothing saved.
    pub fn change_rows(&mut self, table: &str, keys: &[&str]) -> bool {
        let act = self.get("act").to_owned();
        let mut words = act.split(':');
        let (verb, name) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        if name != table || !["add", "delete", "paste"].contains(&verb) {
            return false;
        }
        let mut number = || words.next().and_then(|word| word.parse::<usize>().ok());
        let mut rows = self.rows(table, keys);
        match (verb, number(), number()) {
            ("delete", Some(row), _) if row < rows.len() => {
                rows.remove(row);
            }
            ("paste", row, column) => {
                let sheet = self.get_raw(&format!("paste.{table}"));
                paste(&mut rows, keys.len(), (row.unwrap_or(usize::MAX), column.unwrap_or(0)), &sheet);
                self.fields.remove(&format!("paste.{table}"));
            }
            ("add", ..) if rows.len() < ROWS_MAX => rows.push(vec![String::new(); keys.len()]),
            _ => {}
        }
        self.set_rows(table, keys, &rows);
        true
    }

    fn get_raw(&self, name: &str) -> String {
        self.all(name).next().unwrap_or("").to_owned()
    }

    fn row_numbers(&self, table: &str) -> Vec<usize> {
        let prefix = format!("{table}.");
        let mut numbers: Vec<usize> = self
            .fields
            .range(prefix.clone()..)
            .take_while(|(name, _)| name.starts_with(&prefix))
            .filter_map(|(name, _)| name[prefix.len()..].split_once('.')?.0.parse().ok())
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.truncate(ROWS_MAX);
        numbers
    }

    fn push(&mut self, name: String, value: String) {
        self.fields.entry(name).or_default().push(value);
    }
}

impl FromIterator<(String, String)> for Submitted {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            form.push(name, value);
        }
        form
    }
}

/// Puts the cells of a spreadsheet (tabs between cells, line ends between rows) into `rows` from a place on. Cells
/// beyond the last column are left out; rows are added up to [`ROWS_MAX`]. A row beyond the end begins behind the
/// last row that holds something.
fn paste(rows: &mut Vec<Vec<String>>, columns: usize, from: (usize, usize), sheet: &str) {
    let filled =
        rows.iter().rposition(|row| row.iter().any(|cell| !cell.is_empty())).map_or(0, |last| last + 1);
    let first = if from.0 < rows.len() { from.0 } else { filled };
    for (offset, line) in sheet.trim_end_matches(['\r', '\n']).split('\n').enumerate() {
        let number = first + offset;
        if number >= ROWS_MAX {
            return;
        }
        while rows.len() <= number {
            rows.push(vec![String::new(); columns]);
        }
        for (index, cell) in line.trim_end_matches('\r').split('\t').enumerate() {
            if let Some(place) = rows[number].get_mut(from.1 + index) {
                cell.trim().clone_into(place);
            }
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Submitted {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebError> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if kind.starts_with("multipart/form-data") {
            return SubmittedWithFiles::from_request(request, state).await.map(|form| form.fields);
        }
        plain(request, state).await
    }
}

/// A form without files.
async fn plain<S: Send + Sync>(request: Request, state: &S) -> Result<Submitted, WebError> {
    match axum::Form::<Vec<(String, String)>>::from_request(request, state).await {
        Ok(axum::Form(pairs)) => Ok(pairs.into_iter().collect()),
        Err(rejection) => Err(unreadable(rejection.status(), &rejection.body_text())),
    }
}

impl<S: Send + Sync> FromRequest<S> for SubmittedWithFiles {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebError> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if !kind.starts_with("multipart/form-data") {
            // The script looks at a form with files by its texts alone.
            return Ok(Self { fields: plain(request, state).await?, files: Vec::new() });
        }
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|rejection| unreadable(rejection.status(), &rejection.body_text()))?;
        let mut form = Self::default();
        let wrong =
            |error: axum::extract::multipart::MultipartError| unreadable(error.status(), &error.body_text());
        while let Some(part) = parts.next_field().await.map_err(wrong)? {
            let field = part.name().unwrap_or("").to_owned();
            match part.file_name().map(|name| name.rsplit(['/', '\\']).next().unwrap_or("").to_owned()) {
                Some(name) => {
                    let bytes = part.bytes().await.map_err(wrong)?.to_vec();
                    if !(name.is_empty() && bytes.is_empty()) {
                        form.files.push(Upload { field, name, bytes });
                    }
                }
                None => form.fields.push(field, part.text().await.map_err(wrong)?),
            }
        }
        Ok(form)
    }
}

fn unreadable(status: axum::http::StatusCode, operator: &str) -> WebError {
    match WebError::of_status(status) {
        WebError::TooLarge => WebError::TooLarge,
        _ => WebError::Unreadable { operator: format!("form not readable: {operator}") },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 2] = ["name", "sum"];

    fn form(pairs: &[(&str, &str)]) -> Submitted {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn assets(act: &str) -> Submitted {
        form(&[
            ("assets.10.name", "丙"),
            ("assets.2.name", "乙"),
            ("assets.0.name", "甲"),
            ("assets.0.sum", "1"),
            ("act", act),
        ])
    }

    fn names(form: &Submitted) -> Vec<String> {
        form.rows("assets", &KEYS).into_iter().map(|row| row.join("/")).collect()
    }

    #[test]
    fn rows_come_in_the_order_of_their_numbers() {
        assert_eq!(names(&assets("save")), ["甲/1", "乙/", "丙/"]);
    }

    #[test]
    fn buttons_of_a_table_change_its_rows() {
        for (act, pressed, after) in [
            ("save", false, vec!["甲/1", "乙/", "丙/"]),
            ("add:other", false, vec!["甲/1", "乙/", "丙/"]),
            ("add:assets", true, vec!["甲/1", "乙/", "丙/", "/"]),
            ("delete:assets:0", true, vec!["乙/", "丙/"]),
            ("delete:assets:3", true, vec!["甲/1", "乙/", "丙/"]),
            ("delete:assets:x", true, vec!["甲/1", "乙/", "丙/"]),
        ] {
            let mut form = assets(act);
            assert_eq!(form.change_rows("assets", &KEYS), pressed, "{act}");
            assert_eq!(names(&form), after, "{act}");
        }
    }

    #[test]
    fn a_spreadsheet_is_pasted_from_a_place_on() {
        for (act, sheet, after) in [
            ("paste:assets:1:0", "冷库\t20\r\n卡车\t30\t多余\r\n\r\n", vec!["甲/1", "冷库/20", "卡车/30"]),
            ("paste:assets:2:1", "7\n8", vec!["甲/1", "乙/", "丙/7", "/8"]),
            ("paste:assets:99:0", "冷库\t20", vec!["甲/1", "乙/", "丙/", "冷库/20"]),
        ] {
            let mut form = assets(act);
            form.set("paste.assets", sheet);
            assert!(form.change_rows("assets", &KEYS));
            assert_eq!(names(&form), after, "{act}");
            assert!(!form.has("paste.assets"));
        }
    }

    #[test]
    fn a_table_does_not_grow_beyond_its_limit() {
        let mut form = form(&[("act", "paste:assets:0:0")]);
        form.set("paste.assets", "x\n".repeat(ROWS_MAX + 5));
        assert!(form.change_rows("assets", &KEYS));
        assert_eq!(form.rows("assets", &KEYS).len(), ROWS_MAX);
        form.set("act", "add:assets");
        assert!(form.change_rows("assets", &KEYS));
        assert_eq!(form.rows("assets", &KEYS).len(), ROWS_MAX);
    }
}
