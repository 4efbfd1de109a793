//! Money waits for the life of its project: what must have passed on the case that it comes from, and what stops it.

use crate::actor::Context;
use crate::case::{Case, open_steps, satisfied, stops};
use crate::refusal::{Reason, Refusal};
use kernel::id::OrgId;
use policy::pack::Words;
use policy::procedure::{After, Need, Step};

/// The case that a project comes from, and the cases that stand on it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Life<'a> {
    /// The case.
    pub case: Option<&'a Case>,
    /// Orders, violations and whatever else stands on it.
    pub about: &'a [Case],
}

/// Whether what a step on money needs has passed on the case.
pub fn ready(step: &Step, number: &str, life: Life<'_>, ctx: Context<'_>) -> Result<(), Refusal> {
    let Some(first) = step.needs.first() else { return Ok(()) };
    let Some(case) = life.case else {
        let names = first.any.iter().map(|after| named(after, ctx));
        let (zh, en): (Vec<String>, Vec<String>) = names.map(|name| (name.zh, name.en)).unzip();
        let reason = Reason::CaseMissing { what: zh.join("”或“"), what_en: en.join("” or “") };
        return Err(Refusal::under(step.cite.to_string(), reason));
    };
    let Some(open) = step.needs.iter().find(|need| !need.any.iter().any(|after| satisfied(case, after)))
    else {
        return Ok(());
    };
    let missing = own(open, case, ctx);
    let found = missing.and_then(|after| ctx.pack.steps.get(&after.step));
    let cite = found.map_or(&step.cite, |found| &found.cite);
    let name = missing.map(|after| named(after, ctx)).unwrap_or_default();
    Err(Refusal::under(cite.to_string(), Reason::StepMissing { number: number.to_owned(), step: name.zh }))
}

/// Of the steps that would do, the one of the case's own procedure; else the first.
fn own<'p>(need: &'p Need, case: &Case, ctx: Context<'_>) -> Option<&'p After> {
    let of =
        |after: &&After| ctx.pack.steps.get(&after.step).is_some_and(|step| step.procedure == case.procedure);
    need.any.iter().find(of).or_else(|| need.any.first())
}

fn named(after: &After, ctx: Context<'_>) -> Words {
    ctx.pack.steps.get(&after.step).map(|step| step.name.clone()).unwrap_or_default()
}

/// Whether claims and payments may go on: no order to mend is open, and nothing that stops them is overdue.
pub fn flowing(life: Life<'_>, ctx: Context<'_>) -> Result<(), Refusal> {
    if let Some(order) = life.about.iter().find(|case| stops(case, ctx.pack)) {
        let open = open_steps(ctx.pack, order).into_iter().next().map(|open| open.step);
        let cite = open.or_else(|| ctx.pack.steps.iter().find(|step| step.procedure == order.procedure));
        let procedure = ctx.pack.procedures.get(&order.procedure).map(|p| p.name.clone()).unwrap_or_default();
        let reason = Reason::MoneyStopped {
            why: format!("{} {}", procedure.zh, order.number),
            why_en: format!("{} {}", procedure.en, order.number),
        };
        return Err(Refusal::under(cite.map_or_else(String::new, |step| step.cite.to_string()), reason));
    }
    let Some(case) = life.case else { return Ok(()) };
    let late = open_steps(ctx.pack, case)
        .into_iter()
        .find(|open| open.step.late_stops && open.due.as_ref().is_some_and(|due| due.date < ctx.today));
    let Some(late) = late else { return Ok(()) };
    let day = late.due.map(|due| due.date).unwrap_or_default();
    let reason = Reason::MoneyStopped {
        why: format!("“{}”逾期，应于{}前办理", late.step.name.zh, kernel::date::zh(day)),
        why_en: format!("“{}” is overdue since {day}", late.step.name.en),
    };
    Err(Refusal::under(late.step.cite.to_string(), reason))
}

/// No other project stands on the case; and where the role that opens projects is the one that filed the case, its unit is
/// the one that the case belongs to.
pub fn of_case(
    step: &Step,
    unit: OrgId,
    other: Option<&str>,
    life: Life<'_>,
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    let Some(case) = life.case else { return Ok(()) };
    if let Some(number) = other {
        let reason = Reason::CaseUsed { number: number.to_owned() };
        return Err(Refusal::under(step.cite.to_string(), reason));
    }
    let procedure = ctx.pack.procedures.get(&case.procedure);
    let first = procedure.and_then(|procedure| ctx.pack.start_steps(procedure).into_iter().next());
    if case.applicant != unit && first.is_some_and(|first| first.done_by(&step.by)) {
        return Err(Reason::NotFound { what: "这个单位的项目".into() }.into());
    }
    Ok(())
}
