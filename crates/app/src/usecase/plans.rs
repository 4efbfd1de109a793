//! Plans: drafted, edited, deliberated, noticed, determined, written out, remitted. What befalls an item is written to its case too.

use super::cases::{counts, with_granted};
use super::{cited, made, not_found};
use crate::access::{self, Right};
use crate::command::{Answer, Command, Failure, Who};
use crate::desk::Desk;
use domain::case::{Case, Counts, Event as CaseEvent};
use domain::plan::{
    self, Answer as Reply, Deciding, Deliberate, Determine, EndNotice, Event, Inform, Object, Plan, Post,
    Remit, rows_for,
};
use domain::posting::year_account;
use domain::{Context, Reason, Stream};
use kernel::id::{CaseId, ObjectionId, PlanId};
use kernel::{Date, Money};
use policy::pack::Pack;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Carries out a command about a plan.
pub fn carry_out(desk: &mut Desk<'_>, command: Command) -> Result<Answer, Failure> {
    match command {
        Command::DraftPlan { pack, procedure, year } => draft(desk, &pack, &procedure, year),
        Command::EditPlan { plan, set, drop } => edit(desk, plan, set, drop),
        Command::Deliberate { plan, step, minutes } => {
            on_plan(desk, plan, of_step(&step), |desk, state, ctx| {
                let left = desk.balance(&year_account(&state.pack, state.year))?;
                Ok(plan::deliberate(state, Deliberate { step, minutes }, left, ctx)?)
            })
        }
        Command::PostNotice { plan, step, on, postings, fields } => {
            let number = desk.book.next("notice")?;
            on_plan(desk, plan, of_step(&step), |desk, state, ctx| {
                let cases = named_cases(desk, state)?;
                let notice = ctx
                    .pack
                    .steps
                    .get(&step)
                    .and_then(|s| s.publish.as_deref())
                    .and_then(|n| ctx.pack.notices.get(n));
                let rows = notice.map_or_else(Vec::new, |n| rows_for(n, state, &cases));
                let number = format!("公示{}-{number:03}", ctx.today.year());
                Ok(plan::post(state, Post { step, number, on, postings, fields }, rows, ctx)?)
            })
        }
        Command::Object { plan, case, text, from, receipt } => {
            object(desk, plan, Object { case, text, from, receipt })
        }
        Command::AnswerObjection { plan, objection, upheld, answer } => {
            on_plan(desk, plan, of_notice, |_, state, ctx| {
                Ok(plan::answer(state, Reply { objection, upheld, answer }, ctx)?)
            })
        }
        Command::EndNotice { plan, step } => on_plan(desk, plan, of_step(&step), |desk, state, ctx| {
            let cases = named_cases(desk, state)?;
            Ok(plan::end_notice(state, EndNotice { step }, &cases, ctx)?)
        }),
        Command::Determine { plan, step, stamp, document, items } => {
            determine(desk, plan, Determine { step, stamp, document, items })
        }
        Command::Inform { plan, step, on, letters } => {
            on_plan(desk, plan, of_step(&step), |desk, state, ctx| {
                let recipients = recipients(desk, state, ctx.pack, &step)?;
                Ok(plan::inform(state, Inform { step, on, letters }, &recipients, ctx)?)
            })
        }
        Command::Remit { plan, step, on, amount, voucher } => {
            on_plan(desk, plan, of_step(&step), |_, state, ctx| {
                Ok(plan::remit(state, Remit { step, on, amount, voucher }, ctx)?)
            })
        }
        _ => Err(not_found("办理事项")),
    }
}

fn draft(desk: &mut Desk<'_>, pack: &str, procedure: &str, year: i16) -> Result<Answer, Failure> {
    let actor = desk.actor()?;
    let pack = desk.pack(pack)?;
    let of = pack.procedures.get(procedure).ok_or_else(|| not_found("办理事项"))?;
    desk.year(&pack.id, year)?.ok_or(Reason::YearNotOpen { year })?;
    let id = PlanId(desk.book.next("plan")?);
    let seq = desk.book.next(&format!("plan:{}:{year}", pack.id))?;
    let number = format!("方案{year}-{seq:02}");
    let calendar = desk.calendar;
    let ctx = Context { pack: &pack, today: desk.today, calendar: &calendar, actor: &actor };
    let events = plan::draft(id, &number, year, of, ctx)?;
    desk.begins(&Stream::Plan(id))?;
    desk.emit_all(Some(&pack), &Stream::Plan(id), &cite_of(&pack, None), events)?;
    Ok(made(id.get(), number))
}

/// The article of a step of a plan, or of planning itself.
fn cite_of(pack: &Pack, step: Option<&str>) -> String {
    let found = match step {
        Some(id) => pack.steps.get(id),
        None => pack.steps.iter().find(|s| s.act == policy::procedure::Act::Plan),
    };
    found.map_or_else(String::new, |s| s.cite.to_string())
}

/// The article of a step of a plan.
fn of_step(step: &str) -> impl FnOnce(&Pack, &Plan) -> String + use<> {
    let step = step.to_owned();
    move |pack, _| cite_of(pack, Some(&step))
}

/// The article of the plan's notice, under which objections are taken and answered.
fn of_notice(pack: &Pack, plan: &Plan) -> String {
    plan.notice().map_or_else(String::new, |notice| cite_of(pack, Some(&notice.step)))
}

/// The article of planning.
fn of_planning(pack: &Pack, _: &Plan) -> String {
    cite_of(pack, None)
}

fn edit(
    desk: &mut Desk<'_>,
    id: PlanId,
    set: Vec<(CaseId, Money, String)>,
    drop: Vec<(CaseId, String)>,
) -> Result<Answer, Failure> {
    let mut answer = made(id.get(), "");
    for (case, why) in drop {
        answer =
            on_plan(desk, id, of_planning, |_, state, ctx| Ok(plan::drop_item(state, case, &why, ctx)?))?;
    }
    for (case, amount, note) in set {
        answer = on_plan(desk, id, of_planning, |desk, state, ctx| {
            let case = desk.case(case)?.ok_or_else(|| not_found("申请"))?;
            Ok(plan::set_item(state, &case, amount, &note, ctx)?)
        })?;
    }
    Ok(answer)
}

/// Loads a plan for an actor who sees all cases, decides, appends to the plan and to the cases concerned.
fn on_plan(
    desk: &mut Desk<'_>,
    id: PlanId,
    article: impl FnOnce(&Pack, &Plan) -> String,
    decide: impl FnOnce(&mut Desk<'_>, &Plan, Context<'_>) -> Result<Vec<Event>, Failure>,
) -> Result<Answer, Failure> {
    let actor = desk.actor()?;
    let state = desk.plan(id)?.ok_or_else(|| not_found("方案"))?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    if !access::may(&pack, &actor.role, Right::SeeMoney) {
        return Err(not_found("方案"));
    }
    let calendar = desk.calendar;
    let ctx = Context { pack: &pack, today: desk.today, calendar: &calendar, actor: &actor };
    let article = article(&pack, &state);
    let events = cited(decide(desk, &state, ctx), &article)?;
    append(desk, &pack, &state, events)?;
    Ok(made(id.get(), state.number.clone()))
}

fn append(desk: &mut Desk<'_>, pack: &Pack, state: &Plan, events: Vec<Event>) -> Result<(), Failure> {
    for event in events {
        let article = cite_of(pack, step_of(&event));
        let echoes = echoes(state, &event);
        desk.emit_all(Some(pack), &Stream::Plan(state.id), &article, vec![event])?;
        for (case, event) in echoes {
            desk.emit_all(Some(pack), &Stream::Case(case), &article, vec![event])?;
        }
    }
    Ok(())
}

fn step_of(event: &Event) -> Option<&str> {
    match event {
        Event::Deliberated { step, .. }
        | Event::Posted { step, .. }
        | Event::NoticeEnded { step, .. }
        | Event::Determined { step, .. }
        | Event::Informed { step, .. }
        | Event::Remitted { step, .. } => Some(step),
        _ => None,
    }
}

/// What an event of the plan means for each of its cases.
fn echoes(plan: &Plan, event: &Event) -> Vec<(CaseId, CaseEvent)> {
    let stepped = |cases: &[CaseId], step: &str, on: Date| -> Vec<(CaseId, CaseEvent)> {
        let of = |case: &CaseId| (*case, CaseEvent::PlanStepped { plan: plan.id, step: step.to_owned(), on });
        cases.iter().map(of).collect()
    };
    match event {
        Event::ItemSet { case, amount, .. } => {
            vec![(*case, CaseEvent::Planned { plan: plan.id, amount: *amount })]
        }
        Event::ItemDropped { case, why } => {
            vec![(*case, CaseEvent::Unplanned { plan: plan.id, why: why.clone() })]
        }
        Event::Deliberated { step, planned, minutes, items } => {
            let mut all = stepped(items, planned, minutes.held_on);
            all.extend(stepped(items, step, minutes.held_on));
            all
        }
        Event::NoticeEnded { step, items, on } => stepped(items, step, *on),
        Event::Informed { step, on, items, .. } => {
            let granted: Vec<CaseId> = items
                .iter()
                .filter(|id| plan.items.get(id).and_then(|i| i.verdict).is_some_and(|v| v.0))
                .copied()
                .collect();
            stepped(&granted, step, *on)
        }
        Event::Remitted { step, on, items, .. } => {
            let cases: Vec<CaseId> = items.iter().map(|(case, _)| *case).collect();
            stepped(&cases, step, *on)
        }
        Event::Objected { objection, case, .. } => concerned(plan, *case)
            .into_iter()
            .map(|id| (id, CaseEvent::Held { objection: *objection }))
            .collect(),
        Event::Answered { objection, upheld, .. } => {
            let case = plan.objections.get(objection).and_then(|o| o.case);
            let event = CaseEvent::Released { objection: *objection, upheld: *upheld };
            concerned(plan, case).into_iter().map(|id| (id, event.clone())).collect()
        }
        Event::Drafted { .. } | Event::Posted { .. } | Event::Determined { .. } => Vec::new(),
    }
}

/// The cases that an objection holds: its item, or every item not yet determined.
fn concerned(plan: &Plan, case: Option<CaseId>) -> Vec<CaseId> {
    match case {
        Some(case) => vec![case],
        None => plan.items.iter().filter(|(_, item)| item.verdict.is_none()).map(|(id, _)| *id).collect(),
    }
}

/// The cases of a plan with the names of their applicants.
fn named_cases(desk: &mut Desk<'_>, plan: &Plan) -> Result<Vec<(Case, String)>, Failure> {
    let mut cases = Vec::new();
    for id in plan.items.keys() {
        let case = desk.case(*id)?.ok_or_else(|| not_found("方案中的申请"))?;
        let name = desk.org(case.applicant)?.map_or_else(String::new, |o| o.name.clone());
        cases.push((Arc::unwrap_or_clone(case), name));
    }
    Ok(cases)
}

/// Anybody may object while the notice runs; the receipt is the answer.
fn object(desk: &mut Desk<'_>, id: PlanId, command: Object) -> Result<Answer, Failure> {
    if desk.who == Who::Program {
        return Err(not_found("公示"));
    }
    let state = desk.plan(id)?.filter(|p| p.notice().is_some()).ok_or_else(|| not_found("公示"))?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let objection = ObjectionId(desk.book.next("objection")?);
    let receipt = command.receipt.clone();
    let article = of_notice(&pack, &state);
    let events =
        cited(plan::object(&state, objection, command, desk.today).map_err(Failure::from), &article)?;
    append(desk, &pack, &state, events)?;
    Ok(made(objection.get(), receipt))
}

fn determine(desk: &mut Desk<'_>, id: PlanId, command: Determine) -> Result<Answer, Failure> {
    let actor = desk.actor()?;
    let state = desk.plan(id)?.ok_or_else(|| not_found("方案"))?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let year = desk.year(&state.pack, state.year)?.ok_or(Reason::YearNotOpen { year: state.year })?;
    let left = desk.balance(&year_account(&state.pack, state.year))?;
    let mut cases = BTreeMap::new();
    let mut before: BTreeMap<CaseId, Counts> = BTreeMap::new();
    for (case, _) in named_cases(desk, &state)? {
        before.insert(case.id, counts(desk, &pack, &case)?);
        cases.insert(case.id, case);
    }
    let calendar = desk.calendar;
    let ctx = Context { pack: &pack, today: desk.today, calendar: &calendar, actor: &actor };
    let count = |case: &Case, granted: &[&Case]| {
        let none = Counts::new();
        with_granted(&pack, case, before.get(&case.id).unwrap_or(&none), granted)
    };
    let deciding = Deciding { cases: &cases, year: &year, year_left: left, counts: &count };
    let article = cite_of(&pack, Some(&command.step));
    let (of_plan, of_cases) =
        cited(plan::determine(&state, command, &deciding, ctx).map_err(Failure::from), &article)?;
    desk.emit_all(Some(&pack), &Stream::Plan(id), &article, of_plan)?;
    for (case, event) in of_cases {
        desk.emit_all(Some(&pack), &Stream::Case(case), &article, vec![event])?;
    }
    Ok(made(id.get(), state.number.clone()))
}

/// Who must have a letter: the desks of the items, and the roles that the step copies to.
pub(crate) fn recipients(
    desk: &mut Desk<'_>,
    plan: &Plan,
    pack: &Pack,
    step: &str,
) -> Result<Vec<String>, Failure> {
    let open = plan.open_steps(pack);
    let items = open.iter().find(|o| o.step.id == step).map_or_else(Vec::new, |o| o.items.clone());
    let mut desks = BTreeSet::new();
    for id in &items {
        desks.extend(desk.case(*id)?.map(|c| c.desk));
    }
    let mut names: Vec<String> = desks.iter().map(|region| desk_name(pack, *region)).collect();
    if let Some(step) = pack.steps.get(step) {
        for role in &step.copies {
            names.extend(pack.roles.get(role).map(|r| r.name.zh.clone()));
        }
    }
    Ok(names)
}

/// The name of the office of a region: as the pack lists it, else the region's own name.
pub(crate) fn desk_name(pack: &Pack, region: kernel::region::RegionCode) -> String {
    // Of several bodies of a region it is the one that does most of what is done about cases.
    let steps = |role: &str| {
        pack.steps.iter().filter(|s| s.on == policy::procedure::Subject::Case && s.done_by(role)).count()
    };
    let here = pack.orgs.iter().filter(|o| o.region == Some(region));
    let listed = here.min_by_key(|o| std::cmp::Reverse(steps(&o.role))).map(|o| o.name.zh.clone());
    let path = kernel::region::Gazetteer::get().path(region);
    listed.or_else(|| path.map(|p| p.join(""))).unwrap_or_else(|| region.to_string())
}
