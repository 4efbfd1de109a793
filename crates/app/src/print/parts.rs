//! The parts that blocks are made of: form layouts, tables, signatures.

use kernel::Date;

/// Where a text stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Start,
    /// In the middle.
    Centre,
    /// At the right: amounts.
    End,
}

/// What a cell of a form is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellKind {
    /// What is asked; shaded.
    Label,
    /// A short answer.
    Value(Align),
    /// A long answer under its own small heading; paragraphs with indent.
    Story {
        /// The heading.
        heading: String,
    },
    /// An opinion: heading, text, and at the foot who signs.
    Opinion {
        /// The heading.
        heading: String,
        /// Who signs.
        signature: Signature,
    },
}

/// A cell of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it is.
    pub kind: CellKind,
    /// What it says.
    pub text: String,
    /// A small grey remark after it: 加盖公章; empty: none.
    pub hint: String,
    /// How many columns it covers.
    pub columns: u16,
    /// How many rows it covers.
    pub rows: u16,
}

impl Cell {
    fn new(kind: CellKind, text: impl Into<String>) -> Cell {
        Cell { kind, text: text.into(), hint: String::new(), columns: 1, rows: 1 }
    }

    /// What is asked.
    pub fn label(text: impl Into<String>) -> Cell {
        Cell::new(CellKind::Label, text)
    }

    /// A short answer.
    pub fn value(text: impl Into<String>) -> Cell {
        Cell::new(CellKind::Value(Align::Start), text)
    }

    /// An amount, at the right.
    pub fn amount(text: impl Into<String>) -> Cell {
        Cell::new(CellKind::Value(Align::End), text)
    }

    /// A long answer.
    pub fn story(heading: impl Into<String>, text: impl Into<String>) -> Cell {
        Cell::new(CellKind::Story { heading: heading.into() }, text)
    }

    /// An opinion.
    pub fn opinion(heading: impl Into<String>, text: impl Into<String>, signature: Signature) -> Cell {
        Cell::new(CellKind::Opinion { heading: heading.into(), signature }, text)
    }

    /// With a remark.
    pub fn hint(self, hint: impl Into<String>) -> Cell {
        Cell { hint: hint.into(), ..self }
    }

    /// Over so many columns.
    pub fn over(self, columns: u16) -> Cell {
        Cell { columns, ..self }
    }

    /// Over so many rows; the rows under this one then have a cell less.
    pub fn down(self, rows: u16) -> Cell {
        Cell { rows, ..self }
    }
}

/// A row of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// How high it is at least, in millimetres; 0: as the text needs.
    pub height_mm: u16,
}

impl Row {
    /// A row as high as its text.
    pub fn of(cells: impl IntoIterator<Item = Cell>) -> Row {
        Row { cells: cells.into_iter().collect(), height_mm: 0 }
    }

    /// At least so many millimetres high.
    pub fn at_least(self, height_mm: u16) -> Row {
        Row { height_mm, ..self }
    }
}

/// A form layout: label cells and value cells with spans, as in a 申报表.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The widths of the columns, as shares of the whole.
    pub columns: Vec<u16>,
    /// The rows; the columns that a row's cells cover, with those that reach down into it, are all columns.
    pub rows: Vec<Row>,
}

impl Grid {
    /// A form with these columns.
    pub fn new(columns: impl IntoIterator<Item = u16>) -> Grid {
        Grid { columns: columns.into_iter().collect(), rows: Vec::new() }
    }

    /// With one more row.
    pub fn row(mut self, row: Row) -> Grid {
        self.rows.push(row);
        self
    }
}

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// As wide as its longest text, which is not broken where there is room.
    Fit,
    /// A share of what the others leave.
    Share(u16),
    /// Millimetres.
    Mm(u16),
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// A heading above it that neighbours of the same name share; empty: none.
    pub group: String,
    /// How wide it is.
    pub width: Width,
    /// Where its texts stand.
    pub align: Align,
}

impl Column {
    /// A column of texts.
    pub fn text(name: impl Into<String>) -> Column {
        Column { name: name.into(), group: String::new(), width: Width::Share(1), align: Align::Start }
    }

    /// A column of amounts, at the right.
    pub fn amount(name: impl Into<String>) -> Column {
        Column { name: name.into(), group: String::new(), width: Width::Fit, align: Align::End }
    }

    /// A narrow column of short texts in the middle: numbers, days, marks.
    pub fn short(name: impl Into<String>) -> Column {
        Column { name: name.into(), group: String::new(), width: Width::Fit, align: Align::Centre }
    }

    /// Under a shared heading.
    pub fn under(self, group: impl Into<String>) -> Column {
        Column { group: group.into(), ..self }
    }

    /// So wide.
    pub fn width(self, width: Width) -> Column {
        Column { width, ..self }
    }
}

/// A table whose head is repeated on each page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Above it, in the middle; empty: none.
    pub caption: String,
    /// Above it, at the right: 单位：元; empty: none.
    pub unit: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, a text a column; a short row is filled with nothing.
    pub rows: Vec<Vec<String>>,
    /// The row of totals.
    pub totals: Option<Vec<String>>,
    /// Remarks under it.
    pub notes: Vec<String>,
    /// On pages of its own that are laid across; its caption is then a heading.
    pub across: bool,
}

impl Table {
    /// An empty table.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Table {
        Table { columns: columns.into_iter().collect(), ..Table::default() }
    }

    /// With a caption.
    pub fn caption(self, caption: impl Into<String>) -> Table {
        Table { caption: caption.into(), ..self }
    }

    /// On pages of its own that are laid across.
    pub fn across(self) -> Table {
        Table { across: true, ..self }
    }

    /// With the unit of its amounts.
    pub fn unit(self, unit: impl Into<String>) -> Table {
        Table { unit: unit.into(), ..self }
    }

    /// With one more row.
    pub fn row<T: Into<String>>(mut self, cells: impl IntoIterator<Item = T>) -> Table {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// With a row of totals.
    pub fn totals<T: Into<String>>(self, cells: impl IntoIterator<Item = T>) -> Table {
        Table { totals: Some(cells.into_iter().map(Into::into).collect()), ..self }
    }

    /// With one more remark.
    pub fn note(mut self, note: impl Into<String>) -> Table {
        self.notes.push(note.into());
        self
    }
}

/// Who signs: lines to fill by hand or filled already, and a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// Label and what stands after it: 单位（盖章）, 负责人（签字）. An empty text leaves room for a hand.
    pub lines: Vec<(String, String)>,
    /// The day; none leaves room: 年　月　日.
    pub date: Option<Date>,
}

impl Signature {
    /// Seal of a unit, signature of its head, a day; all to be filled by hand. In Chinese.
    pub fn seal(unit: &str) -> Signature {
        Signature::default().line(format!("{unit}（盖章）"), "").line("负责人（签字）", "")
    }

    /// With one more line.
    pub fn line(mut self, label: impl Into<String>, text: impl Into<String>) -> Signature {
        self.lines.push((label.into(), text.into()));
        self
    }

    /// On this day.
    pub fn on(self, date: Date) -> Signature {
        Signature { date: Some(date), ..self }
    }
}
