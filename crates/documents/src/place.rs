//! Where in a file something stands, as a spreadsheet shows it: `Sheet1!C7`. Rows and columns count from zero inside the
//! program and from one (or A) for people.

use std::fmt;

/// One cell of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// The row, from zero.
    pub row: u32,
    /// The column, from zero.
    pub column: u32,
}

impl CellRef {
    /// The cell in a row and column, both from zero.
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), self.row + 1)
    }
}

/// A place in a file, as exact as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The sheet's name; empty for the file as a whole.
    pub sheet: String,
    /// The row, from zero.
    pub row: Option<u32>,
    /// The column, from zero.
    pub column: Option<u32>,
}

impl Place {
    /// The file as a whole.
    pub fn file() -> Self {
        Self::default()
    }

    /// A whole sheet.
    pub fn sheet(sheet: &str) -> Self {
        Self { sheet: sheet.to_owned(), row: None, column: None }
    }

    /// A row, from zero.
    pub fn row(sheet: &str, row: u32) -> Self {
        Self { row: Some(row), ..Self::sheet(sheet) }
    }

    /// A column, from zero.
    pub fn column(sheet: &str, column: u32) -> Self {
        Self { column: Some(column), ..Self::sheet(sheet) }
    }

    /// A cell.
    pub fn cell(sheet: &str, row: u32, column: u32) -> Self {
        Self { sheet: sheet.to_owned(), row: Some(row), column: Some(column) }
    }

    /// The cell, where one is meant.
    pub fn cell_ref(&self) -> Option<CellRef> {
        Some(CellRef::new(self.row?, self.column?))
    }

    /// The row's number as the spreadsheet shows it.
    pub fn row_number(&self) -> Option<u32> {
        self.row.map(|row| row + 1)
    }
}

impl fmt::Display for Place {
    /// `C7`, `7`, `C`, the sheet's name, or `-` for the whole file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.row, self.column) {
            (Some(row), Some(column)) => CellRef::new(row, column).fmt(f),
            (Some(row), None) => write!(f, "{}", row + 1),
            (None, Some(column)) => f.write_str(&column_letters(column)),
            (None, None) if self.sheet.is_empty() => f.write_str("-"),
            (None, None) => f.write_str(&self.sheet),
        }
    }
}

/// A, B, … Z, AA, AB, …
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let cases = [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16383, "XFD"),
        ];
        for (column, letters) in cases {
            assert_eq!(column_letters(column), letters);
        }
        assert_eq!(column_letters(u32::MAX).len(), 7);
    }

    #[test]
    fn a_place_is_said_as_exactly_as_it_is_known() {
        let says = |place: Place| place.to_string();
        assert_eq!(says(Place::cell("a", 6, 2)), "C7");
        assert_eq!(says(Place::row("a", 6)), "7");
        assert_eq!(says(Place::column("a", 2)), "C");
        assert_eq!(says(Place::sheet("a")), "a");
        assert_eq!(says(Place::file()), "-");
    }
}
