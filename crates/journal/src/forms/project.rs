//! Stored forms of what happens to a project.

use super::case::PaperV1;
use super::money::LotV1;
use super::wire::{Day, Fen, Id, Place};
use domain::project::{BudgetLine, Doubt, Event, Use};

form! {
    /// One line of the budget.
    BudgetLineV1 = BudgetLine { key: String, name: String, amount: Fen } optional { nature: String }
}

form! {
    /// Words that look like a prohibited use.
    DoubtV1 = Doubt { spending: String, word: String, at: String }
}

form! {
    /// What an approved claim takes of one budget line.
    UseV1 = Use { line: String, payee: String, amount: Fen }
}

events! {
    Event;

    "project.opened" 2 "立项" "project opened"
    OpenedV2 = Opened {
        project: Id, number: String, pack: String, edition: String, fund: String, side: String, spending: String,
        name: String, place: Place, unit: Id, year: i16, link: String, levered: Fen,
    }
    optional { village: String, mechanism: String, doubts: Vec<DoubtV1>, case: Option<Id> };

    "project.planned" 1 "编制项目预算" "budget lines set"
    PlannedV1 = Planned { lines: Vec<BudgetLineV1> } optional { doubts: Vec<DoubtV1> };

    "project.cleared" 1 "认定疑似禁止用途" "doubtful use decided"
    ClearedV1 = Cleared { doubt: u32, allowed: bool, opinion: String };

    "project.contracted" 1 "登记合同" "contract recorded"
    ContractedV1 = Contracted {
        contract: i64, number: String, party: String, bank: String, amount: Fen, retention: Fen, on: Day,
    }
    optional { account: Option<String> };

    "project.filed" 1 "归档前置文件" "demanded paper filed"
    FiledV1 = Filed { demand: String, document: String, on: Day } optional { papers: Vec<PaperV1> };

    "project.allotted" 1 "分配资金" "money allotted"
    AllottedV1 = Allotted { allocation: Id, lots: Vec<LotV1> } optional { place: String };

    "project.held" 1 "报账占用资金" "money held for a claim"
    HeldV1 = Held { claim: Id, lots: Vec<LotV1>, uses: Vec<UseV1> };

    "project.freed" 1 "释放占用资金" "held money freed"
    FreedV1 = Freed { claim: Id, lots: Vec<LotV1>, why: String };

    "project.issued" 1 "提交支付" "payment sent"
    IssuedV1 = Issued { batch: Id, line: i64, claim: Id, payee: String, lots: Vec<LotV1> };

    "project.bounced" 1 "支付退回" "payment came back"
    BouncedV1 = Bounced { batch: Id, line: i64, payee: String, lots: Vec<LotV1>, reason: String };

    "project.paid" 1 "支付到账" "payee paid"
    PaidV1 = Paid {
        batch: Id, line: i64, claim: Id, payee: String, lots: Vec<LotV1>, on: Day, reference: String,
    };

    "project.recovered" 1 "追回资金" "money recovered"
    RecoveredV1 = Recovered { payee: String, lots: Vec<LotV1>, on: Day, voucher: String, why: String };

    "project.closed" 1 "项目清算" "project closed"
    ClosedV1 = Closed { on: Day, why: String } optional { lots: Vec<LotV1> };

    earlier:

    "project.opened" 1 OpenedV1 => OpenedV2;
}

shape! {
    /// `project.opened`, form 1: of no case.
    OpenedV1 {
        project: Id, number: String, pack: String, edition: String, fund: String, side: String, spending: String,
        name: String, place: Place, unit: Id, year: i16, link: String, levered: Fen,
    }
    optional { village: String, mechanism: String, doubts: Vec<DoubtV1> }
}

impl From<OpenedV1> for OpenedV2 {
    fn from(old: OpenedV1) -> Self {
        let OpenedV1 {
            project,
            number,
            pack,
            edition,
            fund,
            side,
            spending,
            name,
            place,
            unit,
            year,
            link,
            levered,
            village,
            mechanism,
            doubts,
        } = old;
        Self {
            project,
            number,
            pack,
            edition,
            fund,
            side,
            spending,
            name,
            place,
            unit,
            year,
            link,
            levered,
            village,
            mechanism,
            doubts,
            case: None,
        }
    }
}
