//! What is wrong with a file: each fault with its place, what is wrong and how to mend it. All of them at once, never
//! only the first. Numbers of people and accounts are never repeated in a finding.

use crate::place::Place;
use crate::words::Words;

/// What a finding means for the import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be imported until this is mended.
    Error,
    /// A person should look; the file can be imported.
    Warn,
}

/// Of what kind a finding is. The texts of [`Code::id`] are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// More bytes than are read.
    FileTooBig,
    /// Nothing in the file or in its sheet.
    FileEmpty,
    /// Not a workbook and not a readable text.
    FileUnreadable,
    /// The file is encrypted.
    PasswordProtected,
    /// A text in no known encoding.
    Encoding,
    /// More rows or cells than are read.
    TooManyRows,
    /// The file names another template.
    WrongTemplate,
    /// The file names another version of the template.
    WrongVersion,
    /// The file names no template; it was read by its headings.
    NoTemplateMark,
    /// No row with the template's headings.
    NoHeader,
    /// A column of the template is not in the file.
    ColumnMissing,
    /// Two columns have the same heading.
    ColumnTwice,
    /// A column that the template does not have.
    ColumnUnknown,
    /// A hidden row or column holds data.
    Hidden,
    /// Another sheet holds data, which was not read.
    OtherSheet,
    /// No data row.
    NoRows,
    /// A required cell is empty.
    CellEmpty,
    /// A cell cannot be read as what its column holds.
    CellUnreadable,
    /// A cell is longer than its column allows.
    CellTooLong,
    /// A cell holds an error such as `#REF!`.
    CellError,
    /// A formula without a stored result.
    FormulaNotComputed,
    /// A choice that the drop-down list does not have.
    ChoiceUnknown,
    /// A long number that the spreadsheet has cut.
    NumberCut,
    /// An identity number in full where a masked one belongs.
    NotMasked,
    /// An amount, or another cell that counts for one row, is merged over several rows.
    MergedAmount,
    /// An amount cell carries a remark, which was kept beside it.
    AmountRemark,
    /// A printed total is not the sum of its rows.
    TotalDiffers,
    /// Rows that a total could not be compared with.
    TotalUnchecked,
    /// A printed share is not the part of the whole.
    ShareDiffers,
    /// Quantity times price is not the amount.
    ProductDiffers,
    /// An amount is missing in a table that was read without a template.
    AmountMissing,
    /// The table does not say in what unit its amounts count.
    UnitUnsaid,
    /// A row that says what a part of another is, and is not counted.
    OfWhich,
    /// Two rows are alike.
    RowTwice,
    /// A row with something in it that is no data row.
    RowIgnored,
    /// A rule beyond the table says no: whoever knows it adds the finding.
    Rule,
}

impl Code {
    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::FileTooBig => "file-too-big",
            Self::FileEmpty => "file-empty",
            Self::FileUnreadable => "file-unreadable",
            Self::PasswordProtected => "password-protected",
            Self::Encoding => "encoding",
            Self::TooManyRows => "too-many-rows",
            Self::WrongTemplate => "wrong-template",
            Self::WrongVersion => "wrong-version",
            Self::NoTemplateMark => "no-template-mark",
            Self::NoHeader => "no-header",
            Self::ColumnMissing => "column-missing",
            Self::ColumnTwice => "column-twice",
            Self::ColumnUnknown => "column-unknown",
            Self::Hidden => "hidden",
            Self::OtherSheet => "other-sheet",
            Self::NoRows => "no-rows",
            Self::CellEmpty => "cell-empty",
            Self::CellUnreadable => "cell-unreadable",
            Self::CellTooLong => "cell-too-long",
            Self::CellError => "cell-error",
            Self::FormulaNotComputed => "formula-not-computed",
            Self::ChoiceUnknown => "choice-unknown",
            Self::NumberCut => "number-cut",
            Self::NotMasked => "not-masked",
            Self::MergedAmount => "merged-amount",
            Self::AmountRemark => "amount-remark",
            Self::TotalDiffers => "total-differs",
            Self::TotalUnchecked => "total-unchecked",
            Self::ShareDiffers => "share-differs",
            Self::ProductDiffers => "product-differs",
            Self::AmountMissing => "amount-missing",
            Self::UnitUnsaid => "unit-unsaid",
            Self::OfWhich => "of-which",
            Self::RowTwice => "row-twice",
            Self::RowIgnored => "row-ignored",
            Self::Rule => "rule",
        }
    }
}

/// One fault of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Of what kind.
    pub code: Code,
    /// What it means for the import.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub what: Words,
    /// How to mend it.
    pub mend: Words,
}

impl Finding {
    /// A fault that keeps the file from being imported.
    pub fn error(code: Code, place: Place, what: Words, mend: Words) -> Self {
        Self { code, severity: Severity::Error, place, what, mend }
    }

    /// Something that a person should look at.
    pub fn warn(code: Code, place: Place, what: Words, mend: Words) -> Self {
        Self { code, severity: Severity::Warn, place, what, mend }
    }

    /// Does it keep the file from being imported?
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Findings in the order of the file: the file itself, then sheets, rows, columns.
pub(crate) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (&a.place, a.severity, a.code).cmp(&(&b.place, b.severity, b.code)));
}
