//! What may be asked about who acts for whom.

use kernel::Date;
use kernel::id::{OrgId, PersonId};

/// A role lent during an absence, and a desk handed over.
#[derive(Debug, Clone)]
pub enum HandsCommand {
    /// Lend a role of one's own to a colleague.
    Lend {
        /// In which organisation.
        org: OrgId,
        /// Which.
        role: String,
        /// To whom.
        to: PersonId,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
        /// Why.
        why: String,
    },
    /// End a lending before its last day: the lender, the borrower or the administrator.
    EndLending {
        /// Who lent it.
        of: PersonId,
        /// In which organisation.
        org: OrgId,
        /// Which role.
        role: String,
        /// To whom.
        to: PersonId,
        /// The first day it was lent for.
        from: Date,
    },
    /// Hand every role in an organisation over to a successor: who leaves, or the administrator.
    HandOver {
        /// Who leaves.
        person: PersonId,
        /// In which organisation.
        org: OrgId,
        /// Who comes.
        to: PersonId,
        /// Why.
        why: String,
    },
}
