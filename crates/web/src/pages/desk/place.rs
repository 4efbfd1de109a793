//! Where on a desk a refusal is shown: the field that its reason speaks of.

use app::view::desk::DeskPage;
use app::view::state::Reason;

use crate::submitted::Submitted;

/// The field at which a refusal is shown.
pub fn field_of(desk: &DeskPage, form: &Submitted, reason: &Reason) -> String {
    let first_no = || {
        desk.step
            .checklist
            .iter()
            .find(|i| form.get(&format!("check.{}", i.id)) != "yes")
            .map(|i| format!("check.{}", i.id))
    };
    let first_fact = || {
        desk.facts
            .first()
            .map(|f| format!("fact.{}", f.id))
            .or_else(|| desk.step.notes.first().map(|n| format!("note.{}", n.id)))
    };
    let name = match reason {
        Reason::ReasonMissing { .. } => Some("opinion".to_owned()),
        Reason::DateInFuture { .. } | Reason::DateTooEarly { .. } => Some("on".to_owned()),
        Reason::ChecklistIncomplete { .. } | Reason::ChecklistFailed { .. } => first_no(),
        Reason::RecordsMissing { .. } | Reason::RecordUnreadable { .. } => first_fact(),
        Reason::AdviserNotAssigned {}
        | Reason::AdviserRelated { .. }
        | Reason::AdviserNotAppointed { .. } => Some("firm".to_owned()),
        Reason::LineAboveDeclared { line, .. } => Some(format!("confirmed.{line}")),
        Reason::AmountAboveLimit { .. }
        | Reason::AmountNotPositive { .. }
        | Reason::OverGrant { .. }
        | Reason::NotGrantable { .. } => Some("amount".to_owned()),
        Reason::VoucherMissing {} => Some("voucher".to_owned()),
        _ => None,
    };
    name.unwrap_or_else(|| "outcome".to_owned())
}
