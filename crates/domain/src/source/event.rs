//! What happens to a source: one arrival of money in a fund, by its budget document.

use kernel::id::SourceId;
use kernel::{Date, Money};
use policy::pack::Id;

/// The one side of a fund that is not split.
pub const WHOLE: &str = "all";

/// Money of one side of the fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The side of the split, or [`WHOLE`].
    pub side: Id,
    /// How much.
    pub amount: Money,
}

/// Events of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The fund was founded with its ceiling, when its first source is registered.
    Founded {
        /// The pack.
        pack: String,
        /// The fund of the pack.
        fund: Id,
        /// Its ceiling.
        ceiling: Money,
    },
    /// The source was registered: its budget may be allotted, cash may still be on its way.
    Registered {
        /// Its id.
        source: SourceId,
        /// The pack.
        pack: String,
        /// Its edition.
        edition: String,
        /// The fund of the pack.
        fund: Id,
        /// The kind of source.
        kind: Id,
        /// The level of government, as the pack's fixed words say it: `county`.
        level: String,
        /// The number of the budget document, in full.
        document: String,
        /// What it is for.
        purpose: String,
        /// The functional budget code; empty when the document has none.
        code: String,
        /// The budget year.
        year: i16,
        /// The day of the document.
        on: Date,
        /// How much may be spent.
        budget: Money,
        /// The same by side.
        parts: Vec<Part>,
        /// Whether it counts against the ceiling of the fund.
        capped: bool,
        /// A remark.
        note: String,
    },
    /// Cash arrived.
    Received {
        /// The day.
        on: Date,
        /// How much.
        amount: Money,
        /// The voucher of the bank or the treasury.
        voucher: String,
        /// The same by side.
        parts: Vec<Part>,
    },
    /// The budget was cut by a later document.
    Cut {
        /// By how much.
        amount: Money,
        /// The document.
        document: String,
        /// Why.
        why: String,
        /// The same by side.
        parts: Vec<Part>,
    },
}
