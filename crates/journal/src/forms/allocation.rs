//! Stored forms of what happens to an allocation plan.

use super::case::{OutcomeKindV1, PaperV1};
use super::money::LotV1;
use super::wire::{Day, Fen, Id};
use domain::allocation::{Event, Line, LineLots, Why};
use std::collections::BTreeMap;

form! {
    /// One reason of a computed amount.
    WhyV1 = Why { what: String, says: String }
}

form! {
    /// One line of the plan.
    LineV1 = Line { project: Id, amount: Fen } optional { place: String, note: String, why: Vec<WhyV1> }
}

form! {
    /// The money of one line.
    LineLotsV1 = LineLots { project: Id, lots: Vec<LotV1> } optional { place: String }
}

events! {
    Event;

    "allocation.drafted" 1 "编制分配方案" "allocation drafted"
    DraftedV1 = Drafted {
        allocation: Id, step: String, number: String, pack: String, edition: String, procedure: String,
        fund: String, side: String, year: i16, basis: String, lines: Vec<LineV1>,
    }
    optional { method: Option<String> };

    "allocation.redrafted" 1 "修改分配方案" "allocation drafted anew"
    RedraftedV1 = Redrafted { step: String, basis: String, lines: Vec<LineV1> }
    optional { method: Option<String> };

    "allocation.stepped" 1 "办理分配方案" "step of the allocation done"
    SteppedV1 = Stepped { step: String, kind: OutcomeKindV1, on: Day }
    optional {
        outcome: String, to: Option<String>, opinion: String, notes: BTreeMap<String, String>,
        papers: Vec<PaperV1>, document: Option<String>,
    };

    "allocation.approved" 1 "批准分配方案" "allocation approved"
    ApprovedV1 = Approved { step: String, stamp: Day, document: String, lots: Vec<LineLotsV1> }
    optional { outcome: String, opinion: String };
}
