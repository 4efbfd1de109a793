//! Stored forms of what happens to a source.

use super::money::PartV1;
use super::wire::{Day, Fen, Id};
use domain::source::Event;

events! {
    Event;

    "source.fund_founded" 1 "设立资金" "fund founded"
    FoundedV1 = Founded { pack: String, fund: String, ceiling: Fen };

    "source.registered" 1 "登记资金来源" "source registered"
    RegisteredV1 = Registered {
        source: Id, pack: String, edition: String, fund: String, kind: String, level: String, document: String,
        purpose: String, year: i16, on: Day, budget: Fen, parts: Vec<PartV1>, capped: bool,
    }
    optional { code: String, note: String };

    "source.received" 1 "资金到账" "cash received"
    ReceivedV1 = Received { on: Day, amount: Fen, voucher: String, parts: Vec<PartV1> };

    "source.cut" 1 "调减预算" "budget cut"
    CutV1 = Cut { amount: Fen, document: String, why: String, parts: Vec<PartV1> };
}
