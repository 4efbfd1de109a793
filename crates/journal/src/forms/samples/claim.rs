//! Samples of claims and payment batches.

use super::day;
use super::money::{fen, lots, papers};
use domain::batch::{BankOutcome, Event as OfBatch, PayLine};
use domain::claim::{ClaimLine, Event as OfClaim, ListDigest, Purpose, Share, Tie, Verdict};
use kernel::id::{BatchId, ClaimId, ProjectId};

fn lines() -> Vec<ClaimLine> {
    vec![ClaimLine {
        no: 1,
        budget_line: "transport".into(),
        voucher: "invoice".into(),
        code: "012001800104".into(),
        number: "00871234".into(),
        dated: day("2018-04-20"),
        payee: "c1".into(),
        amount: fen(1_200_001),
        papers: papers(),
        list: Some(ListDigest { rows: 32, total: fen(1_200_001), digest: "9f".repeat(32) }),
        tie: Some(Tie { kind: "order".into(), households: 32 }),
    }]
}

pub(super) fn claim() -> Vec<OfClaim> {
    let (batch, payee) = (BatchId(8), "c1".to_owned());
    vec![
        OfClaim::Filed {
            claim: ClaimId(7),
            step: "claim".into(),
            number: "报-2018-7".into(),
            project: ProjectId(5),
            pack: "hunan".into(),
            edition: "2018".into(),
            procedure: "reimburse".into(),
            purpose: Purpose::Progress,
            lines: lines(),
        },
        OfClaim::Refiled { step: "claim".into(), purpose: Purpose::Final, lines: lines() },
        OfClaim::Checked {
            step: "check_claim".into(),
            verdicts: vec![Verdict { line: 1, approved: fen(1_200_000), reason: "尾数核减".into() }],
            opinion: "票据齐全".into(),
        },
        OfClaim::Returned { step: "check_claim".into(), to: "claim".into(), opinion: "缺附件".into() },
        OfClaim::Approved {
            step: "approve_claim".into(),
            opinion: "同意".into(),
            shares: vec![Share { payee: payee.clone(), amount: fen(1_200_001), lots: lots() }],
        },
        OfClaim::Refused { step: "approve_claim".into(), opinion: "与项目无关".into() },
        OfClaim::Withdrawn { why: "重复提交".into() },
        OfClaim::Batched { batch, payee: payee.clone() },
        OfClaim::Unbatched { batch, payee: payee.clone(), reason: "户名不符".into() },
        OfClaim::Paid { batch, payee, on: day("2018-05-08") },
    ]
}

pub(super) fn batch() -> Vec<OfBatch> {
    vec![
        OfBatch::Made {
            batch: BatchId(8),
            number: "付-2018-8".into(),
            pack: "hunan".into(),
            edition: "2018".into(),
            fund: "county".into(),
            lines: vec![PayLine {
                no: 1,
                end_to_end: "B8L1C7".into(),
                claim: ClaimId(7),
                project: ProjectId(5),
                payee: "c1".into(),
                payee_name: "某某建筑公司".into(),
                account: "vault:71c2".into(),
                bank: "某某银行某某支行".into(),
                amount: fen(1_200_001),
                lots: lots(),
            }],
        },
        OfBatch::Released { file_digest: "3c".repeat(32) },
        OfBatch::Resulted {
            line: 1,
            outcome: BankOutcome::Paid { on: day("2018-05-08"), reference: "2018050800017".into() },
            basis: "银行电子回单".into(),
        },
        OfBatch::Unclear {
            line: Some(1),
            text: "B8L1C7 12000.00".into(),
            reason: "参考号相符，金额不符".into(),
        },
        OfBatch::Settled { unclear: 1, how: "银行更正".into() },
        OfBatch::LineReleased { line: 1, why: "收款账户已注销".into() },
    ]
}

/// What may be left out, left out.
pub(super) fn lean() -> Vec<(domain::Event, &'static str)> {
    let failed = BankOutcome::Failed { reason: "户名不符".into() };
    let resulted = OfBatch::Resulted { line: 2, outcome: failed, basis: String::new() };
    let unclear =
        OfBatch::Unclear { line: None, text: "X1".into(), reason: "参考号不属于本批次".into() };
    let line = ClaimLine {
        code: String::new(),
        number: String::new(),
        papers: Vec::new(),
        list: None,
        tie: None,
        ..lines().remove(0)
    };
    let refiled = OfClaim::Refiled { step: "claim".into(), purpose: Purpose::Subsidy, lines: vec![line] };
    vec![
        (resulted.into(), r#"{"line":2,"outcome":{"failed":{"reason":"户名不符"}}}"#),
        (unclear.into(), r#"{"text":"X1","reason":"参考号不属于本批次"}"#),
        (
            refiled.into(),
            concat!(
                r#"{"step":"claim","purpose":"subsidy","lines":[{"no":1,"budget_line":"transport","#,
                r#""voucher":"invoice","dated":"2018-04-20","payee":"c1","amount":1200001}]}"#
            ),
        ),
    ]
}
