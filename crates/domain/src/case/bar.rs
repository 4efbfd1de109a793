//! Barring: from who was found at fault nothing is taken for some plan years. The bar is a case of its own: it begins with a step
//! of it, ends by itself, and is lifted by ending the case with a reason.

use super::declare::{Surroundings, plan_year_of};
use super::{Case, Standing};
use crate::actor::Context;
use crate::ids::ProcedureId;
use crate::refusal::{Reason, Refusal};
use policy::form::FormData;
use policy::pack::Pack;
use policy::procedure::Procedure;

/// A bar that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The number of the case that it is.
    pub number: String,
    /// The procedures under which nothing is taken.
    pub filing: Vec<ProcedureId>,
    /// The last plan year of it.
    pub last: i16,
    /// The article.
    pub cite: String,
}

/// The bar that a case is for its applicant: from the step that bars on, until the case is ended or withdrawn. That its years
/// are over is seen when something is filed.
pub fn bar_of(pack: &Pack, case: &Case) -> Option<Bar> {
    let procedure = pack.procedures.get(&case.procedure)?;
    let bars = procedure.bars.as_ref()?;
    let since = case.passed(&bars.from)?.on;
    let lifted = matches!(case.standing(), Standing::Refused | Standing::Withdrawn);
    (!lifted).then(|| Bar {
        number: case.number.clone(),
        filing: bars.filing.clone(),
        last: since.year().saturating_add(bars.years),
        cite: procedure.cite.to_string(),
    })
}

/// No bar holds for what is filed: each holds for plan years up to its last.
pub(super) fn not_barred(
    procedure: &Procedure,
    form: &FormData,
    around: Surroundings<'_>,
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    let year = plan_year_of(procedure, form).unwrap_or(ctx.today.year());
    let holds = |bar: &&Bar| bar.filing.contains(&procedure.id) && year <= bar.last;
    match around.bars.iter().filter(holds).max_by_key(|bar| bar.last) {
        Some(bar) => {
            let reason = Reason::Barred { number: bar.number.clone(), last: bar.last };
            Err(Refusal::under(bar.cite.clone(), reason))
        }
        None => Ok(()),
    }
}
