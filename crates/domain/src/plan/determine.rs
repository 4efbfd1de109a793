//! The final determination: each item decided by the group, checked by the rules in the deciding transaction.

use super::decide::open_for;
use super::event::{Event, ItemVerdict};
use super::state::Plan;
use crate::actor::Context;
use crate::case::{
    Case, Counts, DutyDue, Event as CaseEvent, Judged, another_person, check_day, dated, decide_grant,
    stands_apart, stands_aside,
};
use crate::ids::StepId;
use crate::refusal::{Reason, Refusal, Ungrantable};
use crate::year::Year;
use kernel::id::CaseId;
use kernel::{Date, Money};
use policy::pack::{Duty, EventDate, Pack};
use policy::procedure::Act;
use std::collections::BTreeMap;

/// The verdict asked for one item.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The case.
    pub case: CaseId,
    /// Granted or not.
    pub granted: bool,
    /// How much.
    pub amount: Money,
    /// Why, when it is refused or departs from the plan.
    pub why: String,
    /// The reason for going past a limit “in principle”.
    pub exception: String,
}

/// Determine a plan.
#[derive(Debug, Clone)]
pub struct Determine {
    /// The step.
    pub step: StepId,
    /// The stamp date.
    pub stamp: Date,
    /// The document.
    pub document: String,
    /// A verdict on each item.
    pub items: Vec<Verdict>,
}

/// What is read in the deciding transaction.
pub struct Deciding<'a> {
    /// The cases of the plan.
    pub cases: &'a BTreeMap<CaseId, Case>,
    /// The year.
    pub year: &'a Year,
    /// What is left in the year.
    pub year_left: Money,
    /// Earlier grants, counted from the ledger for a case, given what this decision already grants.
    pub counts: &'a dyn Fn(&Case, &[&Case]) -> Counts,
}

/// Determines a plan: events of the plan, and of each case.
#[expect(
    clippy::type_complexity,
    reason = "two lists of events, of the plan and of its cases, read best side by side"
)]
pub fn determine(
    plan: &Plan,
    command: Determine,
    deciding: &Deciding<'_>,
    ctx: Context<'_>,
) -> Result<(Vec<Event>, Vec<(CaseId, CaseEvent)>), Refusal> {
    let open = open_for(plan, &command.step, ctx)?;
    let cite = open.step.cite.to_string();
    let ended = open.since;
    check_day("审定盖章日期", command.stamp, ended.tomorrow().unwrap_or(ended), "公示期满次日", ctx.today)?;
    if command.document.trim().is_empty() {
        return Err(Refusal::under(
            cite,
            Reason::ReasonMissing { what: "审定文件".into(), what_en: "the document".into() },
        ));
    }
    let held: Vec<String> = open
        .items
        .iter()
        .filter(|id| !plan.open_objections(**id).is_empty() && command.items.iter().any(|v| v.case == **id))
        .map(|id| deciding.cases.get(id).map_or_else(|| id.to_string(), |c| c.number.clone()))
        .collect();
    if !held.is_empty() {
        return Err(Refusal::under(cite, Reason::ObjectionOpen { cases: held.join("、") }));
    }
    if command.items.iter().any(|v| !open.items.contains(&v.case)) {
        return Err(Refusal::under(cite, Reason::NotFound { what: "可以审定的项目".into() }));
    }
    let verdicts = |id: &CaseId| command.items.iter().filter(|v| v.case == *id).count();
    let undecided: Vec<String> = open
        .items
        .iter()
        .filter(|id| plan.open_objections(**id).is_empty() && verdicts(id) != 1)
        .map(|id| deciding.cases.get(id).map_or_else(|| id.to_string(), |c| c.number.clone()))
        .collect();
    if !undecided.is_empty() {
        return Err(Refusal::under(cite, Reason::ItemUndecided { cases: undecided.join("、") }));
    }
    judge_items(&command, deciding, &cite, ctx)
}

#[expect(clippy::type_complexity, reason = "as above")]
fn judge_items(
    command: &Determine,
    deciding: &Deciding<'_>,
    cite: &str,
    ctx: Context<'_>,
) -> Result<(Vec<Event>, Vec<(CaseId, CaseEvent)>), Refusal> {
    let mut granted: Vec<&Case> = Vec::new();
    let mut total = Money::ZERO;
    let mut impossible: Vec<Ungrantable> = Vec::new();
    let mut of_cases: Vec<(CaseId, CaseEvent)> = Vec::new();
    let mut verdicts = Vec::new();
    for verdict in &command.items {
        let Some(case) = deciding.cases.get(&verdict.case) else {
            return Err(Reason::NotFound { what: "方案中的申请".into() }.into());
        };
        stands_aside(case, ctx, cite)?;
        stands_apart(case, ctx, cite)?;
        another_person(case, &[Act::Inspect, Act::Propose, Act::Plan], ctx, cite)?;
        if !verdict.granted && verdict.why.trim().is_empty() {
            let what = format!("{}不予资助", case.number);
            return Err(Refusal::under(cite, Reason::ReasonMissing { what, what_en: "refusing".into() }));
        }
        let exception = Some(verdict.exception.trim()).filter(|t| !t.is_empty());
        let counts = (deciding.counts)(case, &granted);
        let judged = decide_grant(
            ctx.pack,
            case,
            &counts,
            deciding.year,
            exception.map(|reason| (reason, verdict.amount)),
        );
        let amount = if verdict.granted { verdict.amount } else { Money::ZERO };
        if verdict.granted {
            if amount <= Money::ZERO {
                return Err(Reason::AmountNotPositive { what: format!("{}资助金额", case.number) }.into());
            }
            match judged.judgement.amount {
                None => {
                    impossible.push(Ungrantable {
                        case: case.number.clone(),
                        zh: format!("{}：{}", case.number, judged.zh.join("；")),
                        en: format!("{}: {}", case.number, judged.en.join("; ")),
                    });
                    continue;
                }
                Some(_) => founded(case, verdict, &judged, &counts, deciding, ctx)
                    .and_then(|()| judged.allows(amount, cite))?,
            }
            granted.push(case);
            total = total.checked_add(amount).unwrap_or(Money::MAX);
        }
        of_cases.push((
            case.id,
            CaseEvent::Determined {
                step: command.step.clone(),
                plan: case.plan.as_ref().map_or_else(|| 0.into(), |(id, _)| *id),
                granted: verdict.granted,
                amount,
                stamp: command.stamp,
                why: verdict.why.trim().to_owned(),
                exceeded: exception.filter(|_| judged.exceeds(amount)).map(str::to_owned),
                judgement: judged.judgement,
            },
        ));
        if verdict.granted {
            of_cases.extend(
                duties(ctx.pack, command, ctx).into_iter().map(|d| (case.id, CaseEvent::DutyBegan(d))),
            );
        }
        verdicts.push(ItemVerdict { case: case.id, granted: verdict.granted, amount });
    }
    if !impossible.is_empty() {
        let zh = impossible.iter().map(|u| u.zh.clone()).collect::<Vec<_>>().join("。");
        let en = impossible.iter().map(|u| u.en.clone()).collect::<Vec<_>>().join(". ");
        return Err(Refusal::under(cite, Reason::NotGrantable { cases: impossible, zh, en }));
    }
    if total > deciding.year_left {
        return Err(Refusal::under(cite, Reason::OverYear { wanted: total, left: deciding.year_left }));
    }
    let event = Event::Determined {
        step: command.step.clone(),
        stamp: command.stamp,
        document: command.document.trim().to_owned(),
        items: verdicts,
    };
    Ok((vec![event], of_cases))
}

/// An amount that only an exception allows needs the reason in writing.
fn founded(
    case: &Case,
    verdict: &Verdict,
    judged: &Judged,
    counts: &Counts,
    deciding: &Deciding<'_>,
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    let Some(grant) = ctx.pack.grant.as_ref().filter(|_| verdict.exception.trim().is_empty()) else {
        return Ok(());
    };
    if !judged.exceeds(verdict.amount) {
        return Ok(());
    }
    let excepted = decide_grant(ctx.pack, case, counts, deciding.year, Some(("-", verdict.amount)));
    if excepted.judgement.amount.is_some_and(|limit| verdict.amount <= limit) {
        return Err(Refusal::under(
            grant.cite.to_string(),
            Reason::ExceptionUnfounded { case: case.number.clone() },
        ));
    }
    Ok(())
}

/// The duties that begin with this determination, with their dates.
fn duties(pack: &Pack, command: &Determine, ctx: Context<'_>) -> Vec<DutyDue> {
    let begun = |duty: &Duty| {
        let from = duty.from.as_ref().filter(|from| from.step == command.step)?;
        let start = match from.date {
            EventDate::Stamp => command.stamp,
            _ => ctx.today,
        };
        dated(duty, start, ctx.calendar)
    };
    pack.duties.iter().filter_map(begun).collect()
}
