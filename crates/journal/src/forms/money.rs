//! Values that the stored forms of booked money share: lots, parts, and the words of a claim.

use super::error::Unreadable;
use super::wire::{Fen, Id, Wire};
use domain::claim::Purpose;
use domain::lot::Lot;
use domain::source::Part;
use serde::{Deserialize, Serialize};

form! {
    /// Some money of one source.
    LotV1 = Lot { source: Id, amount: Fen }
}

form! {
    /// Money of one side of a fund.
    PartV1 = Part { side: String, amount: Fen }
}

/// What a claim asks for: `progress`.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct PurposeV1(String);

impl Wire<Purpose> for PurposeV1 {
    fn of(core: &Purpose) -> Self {
        Self(core.id().to_owned())
    }

    fn read(self) -> Result<Purpose, Unreadable> {
        Purpose::parse(&self.0).ok_or(Unreadable::new("advance, progress, final, retention or subsidy"))
    }
}
