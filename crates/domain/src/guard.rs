//! What decisions about booked money have in common: who may, which fund and side, which papers must be on file.

use crate::actor::Context;
use crate::case::allowed_for;
use crate::project::Project;
use crate::refusal::{Reason, Refusal};
use crate::source::WHOLE;
use crate::trail::OpenTrailStep;
use kernel::{Date, Money};
use policy::pack::{DemandOf, Fund, Gate, Id};
use policy::procedure::{Act, Step, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// Demands that are on file, by place or unit (the key of their [`crate::Stream::Consent`]).
pub type Consents = BTreeMap<String, BTreeSet<Id>>;

/// The step of this act that the actor's role does, whatever fund it is about.
pub(crate) fn doer(subject: Subject, act: Act, ctx: Context<'_>) -> Result<&Step, Refusal> {
    own_among(ctx.pack.steps.iter().filter(|step| step.on == subject && step.act == act), act, ctx)
}

/// The step of this act that the actor's role does on money of a fund.
pub(crate) fn doer_of<'p>(
    subject: Subject,
    act: Act,
    fund: &str,
    ctx: Context<'p>,
) -> Result<&'p Step, Refusal> {
    let steps = ctx.pack.steps.iter().filter(|step| step.on == subject && step.act == act);
    own_among(steps.filter(|step| step.holds_for(fund)), act, ctx)
}

fn own_among<'p>(
    mut steps: impl Iterator<Item = &'p Step> + Clone,
    act: Act,
    ctx: Context<'p>,
) -> Result<&'p Step, Refusal> {
    let first = steps.clone().next();
    if let Some(own) = steps.find(|step| step.by == ctx.actor.role) {
        return Ok(own);
    }
    match first {
        Some(step) => allowed_for(step, ctx).map(|()| step),
        None => Err(Reason::NotFound { what: format!("“{}”环节", act.zh()) }.into()),
    }
}

/// The fund, when it books sources.
pub(crate) fn booked<'p>(fund: &str, ctx: Context<'p>) -> Result<&'p Fund, Refusal> {
    let Some(found) = ctx.pack.funds.get(fund) else {
        return Err(Reason::NotFound { what: "资金".into() }.into());
    };
    if found.booked() {
        Ok(found)
    } else {
        Err(Refusal::under(found.cite.to_string(), Reason::FundNotBooked { fund: found.name.zh.clone() }))
    }
}

/// The fund has money of this year.
pub(crate) fn of_year(fund: &Fund, year: i16, ctx: Context<'_>) -> Result<(), Refusal> {
    if fund.of_year(year, &ctx.pack.in_force) {
        return Ok(());
    }
    let years = match fund.years.as_slice() {
        [] => format!(
            "{}年至{}",
            ctx.pack.in_force.from.year(),
            ctx.pack.in_force.until.map_or_else(|| "今".to_owned(), |day| format!("{}年", day.year()))
        ),
        years => years.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
    };
    Err(Refusal::under(fund.cite.to_string(), Reason::YearOutsideFund { year, years }))
}

/// The fund has this side.
pub(crate) fn of_side(fund: &Fund, side: &str, ctx: Context<'_>) -> Result<(), Refusal> {
    let known = match ctx.pack.split_of(fund) {
        Some(split) => split.side(side).is_some(),
        None => side == WHOLE,
    };
    if known {
        return Ok(());
    }
    Err(Refusal::under(fund.cite.to_string(), Reason::SideUnknown { side: side.to_owned() }))
}

/// Fund and side as people say them.
pub(crate) fn money_name(fund: &str, side: &str, ctx: Context<'_>) -> String {
    let Some(found) = ctx.pack.funds.get(fund) else { return fund.to_owned() };
    let side = ctx.pack.split_of(found).and_then(|split| split.side(side));
    side.map_or_else(|| found.name.zh.clone(), |side| format!("{}（{}）", found.name.zh, side.name.zh))
}

/// A day of the past or today.
pub(crate) fn not_in_future(what: &str, date: Date, ctx: Context<'_>) -> Result<(), Refusal> {
    if date > ctx.today {
        return Err(Reason::DateInFuture { what: what.into(), date, today: ctx.today }.into());
    }
    Ok(())
}

/// An amount above zero.
pub(crate) fn positive(what: &str, amount: Money) -> Result<(), Refusal> {
    if amount > Money::ZERO {
        return Ok(());
    }
    Err(Reason::AmountNotPositive { what: what.into() }.into())
}

/// A text that must be written.
pub(crate) fn written(what: &str, what_en: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Reason::ReasonMissing { what: what.into(), what_en: what_en.into() }.into());
    }
    Ok(())
}

/// Nothing doubtful stands in the way, and the project is open.
pub(crate) fn usable(project: &Project, ctx: Context<'_>) -> Result<(), Refusal> {
    if project.closed.is_some() {
        return Err(Reason::ProjectClosed { number: project.number.clone() }.into());
    }
    let refused = project.refused_doubts();
    let cite =
        |spending: &Id| ctx.pack.spendings.get(spending).map_or_else(String::new, |s| s.cite.to_string());
    if let Some(first) = refused.first() {
        let words = refused.iter().map(|doubt| doubt.word.as_str()).collect::<Vec<_>>().join("、");
        return Err(Refusal::under(cite(&first.spending), Reason::DoubtRefused { words }));
    }
    let open = project.open_doubts();
    if let Some((_, first)) = open.first() {
        let words = open.iter().map(|(_, doubt)| doubt.word.as_str()).collect::<Vec<_>>().join("、");
        return Err(Refusal::under(cite(&first.spending), Reason::DoubtOpen { words }));
    }
    Ok(())
}

/// Every paper that must be on file before this is. `places` are those whose money it is; none: where the project is.
pub(crate) fn papers_on_file(
    project: &Project,
    gate: Gate,
    places: &[String],
    consents: &Consents,
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    let demands =
        ctx.pack.demands.iter().filter(|demand| demand.before == gate && demand.holds_for(&project.fund));
    for demand in demands {
        let on_file = |key: &str| consents.get(key).is_some_and(|filed| filed.contains(&demand.id));
        let missing = match demand.of {
            DemandOf::Project => {
                (!project.filed.contains_key(&demand.id)).then(|| format!("项目{}", project.number))
            }
            DemandOf::Unit => {
                let key = unit_key(project.unit);
                (!on_file(&key)).then(|| "实施单位".to_owned())
            }
            DemandOf::Place => {
                let home = [project.home()];
                let places = if places.is_empty() { &home[..] } else { places };
                places.iter().find(|place| !on_file(place)).cloned()
            }
        };
        if let Some(of) = missing {
            let demand_name = demand.name.zh.clone();
            return Err(Refusal::under(
                demand.cite.to_string(),
                Reason::PaperDemanded { demand: demand_name, of },
            ));
        }
    }
    Ok(())
}

/// The key under which papers of a unit are on file.
pub fn unit_key(unit: kernel::id::OrgId) -> String {
    format!("o{unit}")
}

/// A step of a trail that cannot be done now, with those that can.
pub(crate) fn not_open(step: &str, open: &[OpenTrailStep<'_>], ctx: Context<'_>) -> Refusal {
    let name = ctx.pack.steps.get(step).map_or_else(|| step.to_owned(), |found| found.name.zh.clone());
    let names: Vec<&str> = open.iter().map(|open| open.step.name.zh.as_str()).collect();
    let open = if names.is_empty() { "无".to_owned() } else { names.join("、") };
    Reason::StepNotOpen { step: name, open }.into()
}
