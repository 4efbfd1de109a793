//! A template described in data: what its columns are called and hold. The same description writes the empty sheet and
//! reads the filled one.

mod sheet;

pub use sheet::{TemplateOptions, template_xlsx};

use crate::words::Words;
use kernel::amount::AmountUnit;

/// One entry of a drop-down list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the program stores.
    pub id: String,
    /// What the list shows and the cell holds.
    pub name: String,
}

impl Choice {
    /// An entry.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into() }
    }
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// An amount; a number without a unit counts in this one, unless the file's heading names another.
    Money(AmountUnit),
    /// A percentage or fraction.
    Ratio,
    /// A whole number of something (户, 亩); the unit may stand behind the number.
    Count(Option<String>),
    /// A date.
    Date,
    /// A year.
    Year,
    /// One of a list.
    Choice(Vec<Choice>),
    /// A code or the full path of a region.
    Region,
    /// The number of an official document.
    DocumentNumber,
    /// A unified social credit code.
    CreditCode,
    /// A bank account.
    Account,
    /// An identity number in full, of 18 characters or the old 15; what is read is never shown or logged.
    ResidentId,
    /// An identity number with its middle masked (`620123********123X`); one in full is refused.
    MaskedResidentId,
    /// The number of a voucher or invoice.
    VoucherNumber,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its key in the program.
    pub key: String,
    /// Its printed name, without the unit.
    pub name: Words,
    /// Other names under which offices print it.
    pub aliases: Vec<String>,
    /// What it holds.
    pub kind: Kind,
    /// Every row must fill it.
    pub required: bool,
    /// The most characters of a text.
    pub length_max: usize,
    /// What to know when filling it.
    pub help: Words,
    /// It is added up in the row of totals.
    pub total: bool,
    /// The key of the amount column of which this column prints the share of each row.
    pub share_of: Option<String>,
}

impl Column {
    /// A column that may be empty.
    pub fn new(key: &str, zh: &str, en: &str, kind: Kind) -> Self {
        let total = matches!(kind, Kind::Money(_));
        let length_max = match kind {
            Kind::LongText => 2000,
            _ => 100,
        };
        Self {
            key: key.to_owned(),
            name: Words::new(zh, en),
            aliases: Vec::new(),
            kind,
            required: false,
            length_max,
            help: Words::default(),
            total,
            share_of: None,
        }
    }

    /// The column must be filled.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With a note that helps to fill it.
    pub fn help(mut self, zh: &str, en: &str) -> Self {
        self.help = Words::new(zh, en);
        self
    }

    /// With other names under which offices print it.
    pub fn also(mut self, names: &[&str]) -> Self {
        self.aliases.extend(names.iter().map(|name| (*name).to_owned()));
        self
    }

    /// With another limit of length.
    pub fn length(mut self, most: usize) -> Self {
        self.length_max = most;
        self
    }

    /// Added up, or not, in the row of totals.
    pub fn total(mut self, total: Totalled) -> Self {
        self.total = total == Totalled::Yes;
        self
    }

    /// Prints the share of each row in an amount column.
    pub fn share_of(mut self, key: &str) -> Self {
        self.share_of = Some(key.to_owned());
        self
    }

    /// What its figures count in.
    pub(crate) fn figures(&self) -> bool {
        matches!(self.kind, Kind::Money(_) | Kind::Count(_))
    }
}

/// Whether a column is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Totalled {
    /// It is.
    Yes,
    /// Adding it up would mean nothing.
    No,
}

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its id, written into every file made from it.
    pub id: String,
    /// Its version; a file of another version is refused.
    pub version: u32,
    /// The title of the sheet.
    pub title: Words,
    /// What to know before filling it.
    pub hint: Words,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// The most data rows.
    pub rows_max: usize,
}

impl Template {
    /// The hidden sheet of long lists.
    pub(crate) const LISTS: &'static str = LISTS_SHEET;

    /// A template with a limit of five thousand rows.
    pub fn new(id: &str, version: u32, title: Words, hint: Words, columns: Vec<Column>) -> Self {
        Self { id: id.to_owned(), version, title, hint, columns, rows_max: 5000 }
    }

    /// The column of a key.
    pub fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.key == key)
    }
}

/// The hidden sheet that names template and version.
pub(crate) const MARK_SHEET: &str = "_template";
/// What its first cell says.
pub(crate) const MARK: &str = "qingqu-template";
/// The hidden sheet of long lists.
const LISTS_SHEET: &str = "_lists";
