//! The applicant's side of a case: forms as filed or as typed so far, drafts, papers, what the rules make of them, and what
//! may be filed now. Everything comes from the pack's form definitions; nothing here knows a field by name.

mod build;
mod cells;
mod types;

pub use build::{FormSource, shown_form};
pub use cells::{cell_text, unit_of};
pub use types::{
    CellShown, FieldShown, FiledForm, FiledPaper, FiledPart, FindingShown, LineShown, OpinionShown, PartBody, RowShown,
    TableColumn, TableShown, TallyClass, TallyGive, TallyShown,
};
