//! Stored forms of what happens to a year of a fund.

use super::wire::{Day, Fen, Id, Place};
use domain::year::{Event, Terms};
use std::collections::BTreeMap;

form! {
    /// What is set for a year.
    TermsV1 = Terms { budget: Fen, opens: Day, closes: Day, basis: String }
    optional { set: BTreeMap<String, String>, favoured: Vec<Place> }
}

events! {
    Event;

    "fund.founded" 1 "设立资金" "fund founded"
    FoundedV1 = Founded { pack: String, fund: String, ceiling: Fen };

    "year.opened" 1 "开启年度" "year opened"
    OpenedV1 = Opened { pack: String, edition: String, fund: String, year: i16, terms: TermsV1 };

    "year.amended" 1 "调整年度安排" "terms of the year changed"
    AmendedV1 = Amended { terms: TermsV1, why: String };

    "year.firm_appointed" 1 "选定专业机构" "firm appointed"
    AppointedV1 = Appointed { firm: Id, basis: String };

    "year.firm_dismissed" 1 "解聘专业机构" "firm dismissed"
    DismissedV1 = Dismissed { firm: Id, why: String };

    "year.fee_paid" 1 "支付机构费用" "fee of a firm paid"
    FeePaidV1 = FeePaid { firm: Id, amount: Fen, on: Day, voucher: String, purpose: String };
}
