//! Filters of the lists of booked money.

use super::Scope;
use kernel::id::{BatchId, ClaimId, ProjectId};

/// Filter of sources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceFilter {
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: Option<String>,
    /// Kind of money.
    pub kind: Option<String>,
    /// Budget year.
    pub year: Option<i16>,
    /// Words in document, purpose or note.
    pub text: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
    /// At most so many.
    pub limit: usize,
}

/// Filter of projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectFilter {
    /// Who looks.
    pub scope: Scope,
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: Option<String>,
    /// Side.
    pub side: Option<String>,
    /// What it is spent on.
    pub spending: Option<String>,
    /// Year.
    pub year: Option<i16>,
    /// Standing.
    pub standing: Option<String>,
    /// Words in number, name, village or unit.
    pub text: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
    /// At most so many.
    pub limit: usize,
}

impl ProjectFilter {
    /// All projects of a pack within a scope, at most so many.
    pub fn all(scope: Scope, pack: &str, limit: usize) -> Self {
        Self {
            scope,
            pack: pack.to_owned(),
            fund: None,
            side: None,
            spending: None,
            year: None,
            standing: None,
            text: None,
            after: None,
            limit,
        }
    }
}

/// Filter of allocations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AllocationFilter {
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: Option<String>,
    /// Year.
    pub year: Option<i16>,
    /// Standing.
    pub standing: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
    /// At most so many.
    pub limit: usize,
}

/// Filter of claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimFilter {
    /// Who looks.
    pub scope: Scope,
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: Option<String>,
    /// Project.
    pub project: Option<ProjectId>,
    /// Standing.
    pub standing: Option<String>,
    /// Words in number or title.
    pub text: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
    /// At most so many.
    pub limit: usize,
}

/// Filter of batches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchFilter {
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: Option<String>,
    /// Standing.
    pub standing: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
    /// At most so many.
    pub limit: usize,
}

/// Filter of payments: all of a batch, of a project, of a claim, or of a state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaymentFilter {
    /// Pack.
    pub pack: String,
    /// Batch.
    pub batch: Option<BatchId>,
    /// Project.
    pub project: Option<ProjectId>,
    /// Claim.
    pub claim: Option<ClaimId>,
    /// State.
    pub state: Option<String>,
    /// At most so many.
    pub limit: usize,
}
