//! The applicant's side of a case: forms as filed or as typed so far, drafts, papers, what the rules make of them, and what
//! may be filed now. Everything comes from the pack's form definitions; nothing here knows a field by name.

mod build;
mod cells;
mod done;
mod draft;
mod home;
mod need;
mod orders;
mod places;
mod rules;
mod take;
mod types;

pub use crate::drafts::{FilingDraft, Saved};
pub use crate::papers::{ACCEPT, FILE_MAX, PaperBytes, PaperFault};
pub use crate::vault::shown as shown_text;
pub(in crate::view) use build::paper_shown;
pub use build::{FormSource, FormWanted, shown_form};
pub use cells::{cell_text, is_number, kept_text, unit_of};
pub use done::{FilingDone, NextShown};
pub use draft::{DraftPage, LateShown, PartPage, Receiver, ReturnShown, TaskLine};
pub use home::{Blocked, DraftLine, FilingHome, Offer, ParentCase};
pub(in crate::view) use need::paper_lines;
pub use need::{NeedState, PaperLine};
pub(in crate::view) use orders::order_step;
pub use orders::{Order, PARENTS_MAX, begins};
pub use places::{place_levels, place_of_levels};
pub use rules::{EligibilityLine, EligibilityPanel};
pub use take::take_part;
pub use types::{
    CellShown, FieldShown, FiledForm, FiledPaper, FiledPart, FindingShown, LineShown, OpinionShown, PartBody,
    RowShown, TableColumn, TableShown, TallyClass, TallyGive, TallyShown,
};
