//! Stored forms of what happens to a claim.

use super::case::PaperV1;
use super::money::{LotV1, PurposeV1};
use super::wire::{Day, Fen, Id};
use domain::claim::{ClaimLine, Event, ListDigest, Share, Tie, Verdict};

form! {
    /// The digest of a list of payees.
    ListDigestV1 = ListDigest { rows: i64, total: Fen, digest: String }
}

form! {
    /// How a bill is tied to households.
    TieV1 = Tie { households: i64 } optional { kind: String }
}

form! {
    /// One bill.
    ClaimLineV2 = ClaimLine {
        no: i64, budget_line: String, voucher: String, dated: Day, payee: String, amount: Fen,
    }
    optional { code: String, number: String, papers: Vec<PaperV1>, list: Option<ListDigestV1>, tie: Option<TieV1> }
}

shape! {
    /// One bill, form 1: tied to nobody.
    ClaimLineV1 {
        no: i64, budget_line: String, voucher: String, dated: Day, payee: String, amount: Fen,
    }
    optional { code: String, number: String, papers: Vec<PaperV1>, list: Option<ListDigestV1> }
}

impl From<ClaimLineV1> for ClaimLineV2 {
    fn from(old: ClaimLineV1) -> Self {
        let ClaimLineV1 { no, budget_line, voucher, dated, payee, amount, code, number, papers, list } = old;
        Self { no, budget_line, voucher, dated, payee, amount, code, number, papers, list, tie: None }
    }
}

form! {
    /// What is allowed of one bill.
    VerdictV1 = Verdict { line: i64, approved: Fen } optional { reason: String }
}

form! {
    /// What one payee is to receive.
    ShareV1 = Share { payee: String, amount: Fen, lots: Vec<LotV1> }
}

events! {
    Event;

    "claim.filed" 2 "提交报账" "claim filed"
    FiledV2 = Filed {
        claim: Id, step: String, number: String, project: Id, pack: String, edition: String, procedure: String,
        purpose: PurposeV1, lines: Vec<ClaimLineV2>,
    };

    "claim.refiled" 2 "重新提交报账" "claim filed again"
    RefiledV2 = Refiled { step: String, purpose: PurposeV1, lines: Vec<ClaimLineV2> };

    "claim.checked" 1 "审核报账" "claim checked"
    CheckedV1 = Checked { step: String, verdicts: Vec<VerdictV1> } optional { opinion: String };

    "claim.returned" 1 "退回报账" "claim returned"
    ReturnedV1 = Returned { step: String, to: String, opinion: String };

    "claim.approved" 1 "审定报账" "claim approved"
    ApprovedV1 = Approved { step: String, shares: Vec<ShareV1> } optional { opinion: String };

    "claim.refused" 1 "不予报账" "claim refused"
    RefusedV1 = Refused { step: String, opinion: String };

    "claim.withdrawn" 1 "撤回报账" "claim withdrawn"
    WithdrawnV1 = Withdrawn { why: String };

    "claim.batched" 1 "列入支付批次" "put into a batch"
    BatchedV1 = Batched { batch: Id, payee: String };

    "claim.unbatched" 1 "退出支付批次" "out of the batch"
    UnbatchedV1 = Unbatched { batch: Id, payee: String, reason: String };

    "claim.paid" 1 "支付完成" "claim paid"
    PaidV1 = Paid { batch: Id, payee: String, on: Day };

    earlier:

    "claim.filed" 1 FiledV1 => FiledV2;
    "claim.refiled" 1 RefiledV1 => RefiledV2;
}

shape! {
    /// `claim.filed`, form 1.
    FiledV1 {
        claim: Id, step: String, number: String, project: Id, pack: String, edition: String, procedure: String,
        purpose: PurposeV1, lines: Vec<ClaimLineV1>,
    }
}

impl From<FiledV1> for FiledV2 {
    fn from(old: FiledV1) -> Self {
        let FiledV1 { claim, step, number, project, pack, edition, procedure, purpose, lines } = old;
        let lines = lines.into_iter().map(ClaimLineV2::from).collect();
        Self { claim, step, number, project, pack, edition, procedure, purpose, lines }
    }
}

shape! {
    /// `claim.refiled`, form 1.
    RefiledV1 { step: String, purpose: PurposeV1, lines: Vec<ClaimLineV1> }
}

impl From<RefiledV1> for RefiledV2 {
    fn from(old: RefiledV1) -> Self {
        let RefiledV1 { step, purpose, lines } = old;
        Self { step, purpose, lines: lines.into_iter().map(ClaimLineV2::from).collect() }
    }
}
