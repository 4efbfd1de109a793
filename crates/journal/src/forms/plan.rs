//! Stored forms of what happens to a plan.

use super::error::Unreadable;
use super::wire::{Day, Fen, Id, Revision, Wire, read};
use domain::plan::{Event, ItemVerdict, Letter, Minutes, NoticeRow, Posting};
use kernel::deadline::Window;
use kernel::id::CaseId;
use kernel::money::Money;
use std::collections::BTreeMap;

form! {
    /// The minutes of a meeting.
    MinutesV1 = Minutes { held_on: Day, place: String, chair: String, present: Vec<String>, resolution: String }
}

form! {
    /// Where a notice was posted.
    PostingV1 = Posting { place: String, address: String }
}

form! {
    /// One row of a notice.
    NoticeRowV1 = NoticeRow { case: Id, shown: BTreeMap<String, String> }
}

form! {
    /// From when until when a notice stands.
    WindowV1 = Window { first: Day, last: Day, loose_last: Day, provisional: bool }
    optional { revision: Option<Revision> }
}

form! {
    /// A verdict on one item.
    ItemVerdictV1 = ItemVerdict { case: Id, granted: bool, amount: Fen }
}

form! {
    /// A letter with the result.
    LetterV1 = Letter { to: String, number: String }
}

shape! {
    /// One remitted item.
    RemittedItemV1 { case: Id, amount: Fen }
}

impl Wire<(CaseId, Money)> for RemittedItemV1 {
    fn of((case, amount): &(CaseId, Money)) -> Self {
        Self { case: Wire::of(case), amount: Wire::of(amount) }
    }

    fn read(self) -> Result<(CaseId, Money), Unreadable> {
        Ok((read("case", self.case)?, read("amount", self.amount)?))
    }
}

events! {
    Event;

    "plan.drafted" 1 "起草方案" "plan begun"
    DraftedV1 = Drafted { plan: Id, number: String, procedure: String, year: i16, pack: String, edition: String };

    "plan.item_set" 1 "填列方案项目" "item of the plan set"
    ItemSetV1 = ItemSet { case: Id, amount: Fen } optional { note: String };

    "plan.item_dropped" 1 "移出方案项目" "item taken out of the plan"
    ItemDroppedV1 = ItemDropped { case: Id, why: String };

    "plan.deliberated" 1 "会议审议" "deliberated in a meeting"
    DeliberatedV1 = Deliberated { step: String, planned: String, minutes: MinutesV1, items: Vec<Id> };

    "plan.notice_posted" 1 "发布公示" "public notice posted"
    PostedV1 = Posted {
        step: String, number: String, notice: String, on: Day, postings: Vec<PostingV1>, rows: Vec<NoticeRowV1>,
        window: WindowV1,
    }
    optional { fields: BTreeMap<String, String> };

    "plan.objected" 1 "收到异议" "objection received"
    ObjectedV1 = Objected { objection: Id, receipt: String, text: String }
    optional { case: Option<Id>, from: Option<String> };

    "plan.answered" 1 "答复异议" "objection answered"
    AnsweredV1 = Answered { objection: Id, upheld: bool, answer: String };

    "plan.notice_ended" 1 "公示期满" "public notice ended"
    NoticeEndedV1 = NoticeEnded { step: String, items: Vec<Id>, on: Day };

    "plan.determined" 1 "审定方案" "plan determined"
    DeterminedV1 = Determined { step: String, stamp: Day, document: String, items: Vec<ItemVerdictV1> };

    "plan.informed" 1 "通知结果" "results sent"
    InformedV1 = Informed { step: String, on: Day, letters: Vec<LetterV1>, items: Vec<Id> };

    "plan.remitted" 1 "财政拨付" "money remitted"
    RemittedV1 = Remitted { step: String, on: Day, voucher: String, items: Vec<RemittedItemV1> };
}
