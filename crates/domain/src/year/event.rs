//! What happens to a year of a fund.

use super::Terms;
use kernel::id::OrgId;
use kernel::{Date, Money};

/// Events of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The fund itself was founded with its ceiling, when its first year is opened.
    Founded {
        /// The pack.
        pack: String,
        /// The fund of the pack.
        fund: String,
        /// Its ceiling.
        ceiling: Money,
    },
    /// The year was opened.
    Opened {
        /// The pack.
        pack: String,
        /// Its edition.
        edition: String,
        /// The fund of the pack.
        fund: String,
        /// The year.
        year: i16,
        /// Its terms.
        terms: Terms,
    },
    /// The terms were changed; cases decided before keep the old ones.
    Amended {
        /// The new terms.
        terms: Terms,
        /// Why.
        why: String,
    },
    /// A firm was appointed.
    Appointed {
        /// The firm.
        firm: OrgId,
        /// By which procedure it was chosen.
        basis: String,
    },
    /// A firm was dismissed.
    Dismissed {
        /// The firm.
        firm: OrgId,
        /// Why.
        why: String,
    },
    /// A firm's fee was paid out of the fund.
    FeePaid {
        /// The firm.
        firm: OrgId,
        /// How much.
        amount: Money,
        /// When.
        on: Date,
        /// The voucher.
        voucher: String,
        /// What for.
        purpose: String,
    },
}
