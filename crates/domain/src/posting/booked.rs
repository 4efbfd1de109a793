//! What events of sources and projects do to the ledger. Two threads run side by side, each source on its own: the permission
//! `quota` -> `allotted` -> `held` -> `spent`, and the cash `pool` -> `clearing` -> `payee`.
//!
//! Accounts: `quota:<pack>:<fund>:<side>:s<source>` and `pool:…` the same; `allotted:p<project>:s<source>`, `held:…`, `spent:…`,
//! `clearing:…` the same; `payee:p<project>:<payee>:s<source>`. The source is always the last segment. No other slice moves
//! money of booked funds, so this one place explains all of it.

use super::{Movement, movement};
use crate::lot::Lot;
use crate::project::{Event as ProjectEvent, Project};
use crate::source::{Event as SourceEvent, Part, Source};
use kernel::id::{ProjectId, SourceId};

/// One side of one fund of one pack; `all` where the fund is not split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SideOf<'a> {
    /// The pack.
    pub pack: &'a str,
    /// The fund.
    pub fund: &'a str,
    /// The side.
    pub side: &'a str,
}

/// Who gives budgets to a booked fund.
pub fn authority_account(pack: &str, fund: &str) -> String {
    format!("authority:{pack}:{fund}")
}

/// What the ceiling of a booked fund leaves.
pub fn ceiling_account(pack: &str, fund: &str) -> String {
    format!("fund:{pack}:{fund}")
}

/// From where cash of this kind comes.
pub fn outside_account(pack: &str, kind: &str) -> String {
    format!("outside:{pack}:{kind}")
}

/// What a source permits and no project was given.
pub fn quota_account(of: SideOf<'_>, source: SourceId) -> String {
    format!("quota:{}:{}:{}:s{source}", of.pack, of.fund, of.side)
}

/// Cash of a source that is still there.
pub fn pool_account(of: SideOf<'_>, source: SourceId) -> String {
    format!("pool:{}:{}:{}:s{source}", of.pack, of.fund, of.side)
}

/// What a project was given and no claim holds.
pub fn allotted_account(project: ProjectId, source: SourceId) -> String {
    format!("allotted:p{project}:s{source}")
}

/// What approved claims of a project hold.
pub fn held_account(project: ProjectId, source: SourceId) -> String {
    format!("held:p{project}:s{source}")
}

/// What was paid for a project and not recovered.
pub fn spent_account(project: ProjectId, source: SourceId) -> String {
    format!("spent:p{project}:s{source}")
}

/// Cash of a project at the bank.
pub fn clearing_account(project: ProjectId, source: SourceId) -> String {
    format!("clearing:p{project}:s{source}")
}

/// Cash that a payee of a project has.
pub fn payee_account(project: ProjectId, payee: &str, source: SourceId) -> String {
    format!("payee:p{project}:{payee}:s{source}")
}

/// The movements of an event of a source; `source` is its state before, `None` at its registration.
pub(super) fn of_source(event: &SourceEvent, source: Option<&Source>) -> Vec<Movement> {
    match event {
        SourceEvent::Founded { pack, fund, ceiling } => vec![movement(
            authority_account(pack, fund),
            ceiling_account(pack, fund),
            *ceiling,
            "资金总规模上限",
        )],
        SourceEvent::Registered { source, pack, fund, document, parts, capped, .. } => {
            let from = giver(pack, fund, *capped);
            each_part(parts, |side| {
                let to = quota_account(SideOf { pack, fund, side }, *source);
                (from.clone(), to, format!("预算下达 {document}"))
            })
        }
        SourceEvent::Received { voucher, parts, .. } => with(source, |s| {
            each_part(parts, |side| {
                let of = SideOf { pack: &s.pack, fund: &s.fund, side };
                (outside_account(&s.pack, &s.kind), pool_account(of, s.id), format!("资金到账 {voucher}"))
            })
        }),
        SourceEvent::Cut { document, parts, .. } => with(source, |s| {
            each_part(parts, |side| {
                let of = SideOf { pack: &s.pack, fund: &s.fund, side };
                let to = giver(&s.pack, &s.fund, s.capped);
                (quota_account(of, s.id), to, format!("预算调减 {document}"))
            })
        }),
    }
}

fn giver(pack: &str, fund: &str, capped: bool) -> String {
    if capped { ceiling_account(pack, fund) } else { authority_account(pack, fund) }
}

fn with(source: Option<&Source>, moves: impl FnOnce(&Source) -> Vec<Movement>) -> Vec<Movement> {
    source.map_or_else(Vec::new, moves)
}

fn each_part(parts: &[Part], accounts: impl Fn(&str) -> (String, String, String)) -> Vec<Movement> {
    let moved = parts.iter().filter(|part| !part.amount.is_zero()).map(|part| {
        let (from, to, memo) = accounts(&part.side);
        movement(from, to, part.amount, memo)
    });
    moved.collect()
}

/// The movements of an event of a project; `project` is its state before.
pub(super) fn of_project(event: &ProjectEvent, project: &Project) -> Vec<Movement> {
    let id = project.id;
    let number = &project.number;
    let of = SideOf { pack: &project.pack, fund: &project.fund, side: &project.side };
    let quota = |source| quota_account(of, source);
    let pool = |source| pool_account(of, source);
    let allotted = |source| allotted_account(id, source);
    let held = |source| held_account(id, source);
    let spent = |source| spent_account(id, source);
    let clearing = |source| clearing_account(id, source);
    match event {
        ProjectEvent::Allotted { lots, .. } => each(lots, quota, allotted, &format!("分配资金 {number}")),
        ProjectEvent::Held { lots, claim, .. } => {
            each(lots, allotted, held, &format!("报账核定 {number} 报账{claim}"))
        }
        ProjectEvent::Freed { lots, claim, .. } => {
            each(lots, held, allotted, &format!("报账撤回 {number} 报账{claim}"))
        }
        ProjectEvent::Issued { lots, batch, line, .. } => {
            each(lots, pool, clearing, &format!("提交支付 {number} 批次{batch}第{line}笔"))
        }
        ProjectEvent::Bounced { lots, batch, line, .. } => {
            each(lots, clearing, pool, &format!("支付退回 {number} 批次{batch}第{line}笔"))
        }
        ProjectEvent::Paid { lots, payee, reference, .. } => {
            let memo = format!("支付 {number} {reference}");
            let received = |source| payee_account(id, payee, source);
            let cash = each(lots, clearing, received, &memo);
            cash.into_iter().chain(each(lots, held, spent, &memo)).collect()
        }
        ProjectEvent::Recovered { lots, payee, voucher, .. } => {
            let memo = format!("资金追回 {number} {voucher}");
            let received = |source| payee_account(id, payee, source);
            let cash = each(lots, received, pool, &memo);
            cash.into_iter().chain(each(lots, spent, quota, &memo)).collect()
        }
        ProjectEvent::Closed { lots, .. } => each(lots, allotted, quota, &format!("结余收回 {number}")),
        ProjectEvent::Opened { .. }
        | ProjectEvent::Planned { .. }
        | ProjectEvent::Cleared { .. }
        | ProjectEvent::Contracted { .. }
        | ProjectEvent::Filed { .. } => Vec::new(),
    }
}

fn each(
    lots: &[Lot],
    from: impl Fn(SourceId) -> String,
    to: impl Fn(SourceId) -> String,
    memo: &str,
) -> Vec<Movement> {
    lots.iter().map(|lot| movement(from(lot.source), to(lot.source), lot.amount, memo)).collect()
}
