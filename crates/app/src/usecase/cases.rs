//! Cases: filed, handled at desks, verified, proposed, withdrawn, paid.

use super::together::YearAround;
use super::{cited, in_scope, made, not_found, of_row};
use crate::command::{Answer, Command, Failure, Filings, NewFiling};
use crate::desk::Desk;
use crate::ports::Fault;
use crate::project;
use crate::rosters;
use crate::rows::{AlikeKey, AwardKey};
use domain::case::{
    self, Around, Assign, Bar, Case, Counts, Declare, Event, Inspect, Pay, Propose, Standing, Step,
    Surroundings, declare,
};
use domain::identity::Org;
use domain::posting::transit_account;
use domain::year::Year;
use domain::{Actor, Context, Reason, Stream};
use kernel::id::{CaseId, OrgId};
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::{CountBy, Pack};
use std::sync::Arc;

/// Carries out a command about a case.
pub fn carry_out(desk: &mut Desk<'_>, command: Command) -> Result<Answer, Failure> {
    match command {
        Command::Declare { case, pack, procedure, step, parent, form, papers } => {
            file(desk, case, &pack, parent, Declare { procedure, step, form, papers })
        }
        Command::DeclareAll(filings) => file_all(desk, filings),
        Command::Begin { pack, procedure, parent, step } => begin(desk, &pack, &procedure, parent, *step),
        Command::Step {
            case,
            step,
            outcome,
            to,
            opinion,
            checks,
            records,
            notes,
            papers,
            form,
            document,
            on,
        } => {
            let command =
                Step { step, outcome, to, opinion, checks, records, notes, papers, form, document, on };
            let article = of_step(&command.step);
            on_case(desk, case, article, |desk, state, ctx| {
                let around = around(desk, ctx.pack, state)?;
                Ok(case::step(state, command, &around, ctx)?)
            })
        }
        Command::StepTogether { cases, act } => super::together::carry_out(desk, &cases, &act),
        Command::PostOnCase { .. }
        | Command::ObjectToCase { .. }
        | Command::AnswerOnCase { .. }
        | Command::EndOnCase { .. } => super::case_notices::carry_out(desk, command),
        Command::Aside { case, aside } => {
            on_case(desk, case, no_article, |_, state, ctx| Ok(case::aside(state, aside, ctx)?))
        }
        Command::Assign { case, firm } => assign(desk, case, firm),
        Command::Inspect { case, step, on, opinion, checks, records, lines, papers, ratio, amount } => {
            let command = Inspect { step, on, opinion, checks, records, lines, papers, ratio, amount };
            on_case(desk, case, of_step(&command.step), |desk, state, ctx| inspect(desk, state, command, ctx))
        }
        Command::Propose { case, step, ratio, amount, opinion } => {
            let command = Propose { step, ratio, amount, opinion };
            on_case(desk, case, of_step(&command.step), |desk, state, ctx| {
                let year = year_of(desk, state)?;
                let counts = counts(desk, ctx.pack, state)?;
                Ok(case::propose(state, command, &year, &counts, ctx)?)
            })
        }
        Command::Withdraw { case, why } => {
            on_case(desk, case, no_article, |_, state, ctx| Ok(case::withdraw(state, &why, ctx)?))
        }
        Command::Pay { case, step, amount, on, voucher } => {
            let command = Pay { step, amount, on, voucher };
            on_case(desk, case, of_step(&command.step), |desk, state, ctx| {
                let arrived = desk.balance(&transit_account(state.id))?;
                Ok(case::pay(state, command, arrived, ctx)?)
            })
        }
        Command::Unmask { case, field, why } => on_case(desk, case, no_article, |_, state, _| {
            if why.trim().is_empty() {
                let what = "查看完整信息".to_owned();
                return Err(Reason::ReasonMissing { what, what_en: "showing it in full".into() }.into());
            }
            let known = state.current().is_some_and(|d| d.form.fields.contains_key(&field));
            if !known {
                return Err(not_found("该栏目"));
            }
            Ok(vec![Event::Unmasked { field: field.clone(), why: why.trim().to_owned() }])
        }),
        _ => Err(not_found("办理事项")),
    }
}

/// The article of a step.
pub(super) fn of_step(step: &str) -> impl FnOnce(&Pack) -> String + use<> {
    let step = step.to_owned();
    move |pack| pack.steps.get(&step).map_or_else(String::new, |s| s.cite.to_string())
}

/// House-keeping: no article governs.
pub(super) fn no_article(_: &Pack) -> String {
    String::new()
}

/// Loads a case in the actor's scope, decides, appends under the article.
pub(super) fn on_case(
    desk: &mut Desk<'_>,
    id: CaseId,
    article: impl FnOnce(&Pack) -> String,
    decide: impl FnOnce(&mut Desk<'_>, &Case, Context<'_>) -> Result<Vec<Event>, Failure>,
) -> Result<Answer, Failure> {
    let actor = desk.actor()?;
    let state = desk.case(id)?.ok_or_else(|| not_found("申报件"))?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    in_scope(desk, &pack, &actor, &state)?;
    let calendar = desk.calendar;
    let ctx = Context { pack: &pack, today: desk.today, calendar: &calendar, actor: &actor };
    let article = article(&pack);
    let events = cited(decide(desk, &state, ctx), &article)?;
    let number = state.number.clone();
    // Nobody else holds the state now, so that the desk changes it in place.
    drop(state);
    desk.emit_all(Some(&pack), &Stream::Case(id), &article, events)?;
    Ok(made(id.get(), number))
}

/// The verification: the firm may have become related to a party after it was assigned.
fn inspect(
    desk: &mut Desk<'_>,
    state: &Case,
    command: Inspect,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Failure> {
    let year = year_of(desk, state)?;
    let counts = counts(desk, ctx.pack, state)?;
    let declared = case::declared_lines(ctx.pack, state);
    if let Some(firm) = state.firm.map(|firm| desk.org(firm)).transpose()?.flatten() {
        case::independent(&firm, &parties(desk, state)?, &pack_assign_cite(ctx.pack))?;
    }
    Ok(case::inspect(state, command, &declared, &year, &counts, ctx)?)
}

/// The year that a case belongs to.
pub(super) fn year_of(desk: &mut Desk<'_>, case: &Case) -> Result<Arc<Year>, Failure> {
    desk.year(&case.pack, case.year)?.ok_or_else(|| Reason::YearNotOpen { year: case.year }.into())
}

/// The keys by which a case's grants are counted.
pub(crate) fn award_keys(case: &Case) -> (String, String, String) {
    let party = |key: &str| case.parties.get(key).cloned().unwrap_or_default();
    let code = party("county").parse::<RegionCode>().ok();
    let county = code.and_then(|code| Gazetteer::get().place_of(code)).map(|place| place.to_string());
    (party("company"), party("investor"), county.unwrap_or_default())
}

/// The grants that the pack's facts count for a case, from the ledger in this transaction.
pub(super) fn counts(desk: &mut Desk<'_>, pack: &Pack, case: &Case) -> Result<Counts, Failure> {
    let (company, investor, county) = award_keys(case);
    let mut counts = Counts::new();
    for fact in &pack.facts {
        let Some(count) = &fact.count else { continue };
        let by = |key: CountBy, value: &String| count.by.contains(&key).then(|| value.clone());
        let key = AwardKey {
            pack: pack.id.clone(),
            company: by(CountBy::Company, &company),
            investor: by(CountBy::Investor, &investor),
            county: by(CountBy::County, &county),
        };
        counts.insert(fact.id.clone(), desk.book.count_awards(&key)?);
    }
    Ok(counts)
}

/// The same counts with what one decision already grants.
pub(super) fn with_granted(pack: &Pack, case: &Case, before: &Counts, granted: &[&Case]) -> Counts {
    let keys = award_keys(case);
    let mut counts = before.clone();
    for fact in &pack.facts {
        let Some(count) = &fact.count else { continue };
        let more = granted.iter().filter(|other| {
            let other = award_keys(other);
            count.by.iter().all(|by| match by {
                CountBy::Company => other.0 == keys.0,
                CountBy::Investor => other.1 == keys.1,
                CountBy::County => other.2 == keys.2,
            })
        });
        let more = i64::try_from(more.count()).unwrap_or(i64::MAX);
        counts.entry(fact.id.clone()).and_modify(|n| *n = n.saturating_add(more)).or_insert(more);
    }
    counts
}

fn file(
    desk: &mut Desk<'_>,
    id: Option<CaseId>,
    pack: &str,
    parent: Option<CaseId>,
    command: Declare,
) -> Result<Answer, Failure> {
    let actor = desk.actor()?;
    let state = match id {
        Some(id) => Some(desk.case(id)?.ok_or_else(|| not_found("申报件"))?),
        None => None,
    };
    let pack = match &state {
        Some(case) => desk.edition(&case.pack, &case.edition)?,
        None => desk.pack(pack)?,
    };
    if let Some(case) = &state {
        in_scope(desk, &pack, &actor, case)?;
    }
    let parent = match parent {
        Some(id) => desk.case(id)?,
        None => None,
    };
    // What is filed about another case belongs to whose that case is; who files it must see it.
    let about = pack.procedures.get(&command.procedure).filter(|of| of.parent_after.is_some());
    let about = parent.as_deref().filter(|_| about.is_some());
    if let Some(about) = about {
        in_scope(desk, &pack, &actor, about)?;
    }
    let org = match (&state, about) {
        (Some(case), _) => case.applicant,
        (None, Some(about)) => about.applicant,
        (None, None) => actor.org,
    };
    let applicant = desk.org(org)?.ok_or_else(|| not_found("单位"))?;
    let year = desk.year(&pack.id, desk.today.year())?;
    let rival = rival(desk, parent.as_deref())?;
    let (new_id, number) = match &state {
        Some(case) => (case.id, case.number.clone()),
        None => number_for(desk, &pack, &command.procedure)?,
    };
    let stands_on = state.as_ref().map_or(parent.as_ref().map(|case| case.id), |case| case.parent);
    let twin = twin(desk, &pack, (new_id, stands_on), &command)?;
    let alike = alike(desk, &pack, new_id, &command, org)?;
    let bars = bars(desk, &pack, org)?;
    let calendar = desk.calendar;
    let ctx = Context { pack: &pack, today: desk.today, calendar: &calendar, actor: &actor };
    let around = Surroundings {
        id: new_id,
        number: &number,
        applicant: &applicant,
        parent: parent.as_deref(),
        year: year.as_deref(),
        rival: rival.as_deref(),
        twin: twin.as_deref(),
        alike: &alike,
        bars: &bars,
    };
    let article = first_cite(&pack, &command);
    let events = declare(state.as_deref(), command, around, ctx)?;
    if state.is_none() {
        desk.begins(&Stream::Case(new_id))?;
    }
    // Nobody else holds the states now, so that the desk changes them in place.
    drop((state, parent, year));
    desk.emit_all(Some(&pack), &Stream::Case(new_id), &article, events)?;
    Ok(made(new_id.get(), number))
}

/// Files the rows of a table; the first that is refused refuses all.
fn file_all(desk: &mut Desk<'_>, filings: Filings) -> Result<Answer, Failure> {
    let Filings { pack, procedure, rows } = filings;
    let count = rows.len();
    let mut first = None;
    for NewFiling { row, form, papers } in rows {
        // What stands in the rows before must be found when this one is compared with the library.
        project::touched(desk)?;
        let command = Declare { procedure: procedure.clone(), step: None, form, papers };
        let answer = file(desk, None, &pack, None, command).map_err(|failure| of_row(row, failure))?;
        first = first.or(answer.id);
    }
    Ok(made(first.ok_or_else(|| not_found("要申报的行"))?, count.to_string()))
}

/// What surrounds a step: counts, values of the year, the parent.
pub(super) fn around(desk: &mut Desk<'_>, pack: &Pack, case: &Case) -> Result<Around, Failure> {
    let year = super::together::of_year(desk, pack, case.year)?;
    around_in(desk, pack, case, &year)
}

/// What surrounds a step of a case, when the year around it is known.
pub(super) fn around_in(
    desk: &mut Desk<'_>,
    pack: &Pack,
    case: &Case,
    year: &YearAround,
) -> Result<Around, Failure> {
    let mut counts = counts(desk, pack, case)?;
    counts.extend(year.counts.clone());
    let set = desk.year(&case.pack, case.year)?.map_or_else(Default::default, |year| year.terms.set.clone());
    let parent = match case.parent {
        Some(parent) => desk.case(parent)?,
        None => None,
    };
    let parent_accepted = parent.is_some_and(|parent| parent.standing() == Standing::Accepted);
    let rosters = rosters::counted(pack, case, |key, numbers| desk.book.members_named(key, numbers))?;
    Ok(Around { counts, set, parent_accepted, papers: Arc::clone(&year.papers), rosters })
}

/// A case that begins with a step: it belongs to the parent's applicant, else to the organisation that begins it.
fn begin(
    desk: &mut Desk<'_>,
    pack: &str,
    procedure: &str,
    parent: Option<CaseId>,
    command: Step,
) -> Result<Answer, Failure> {
    let actor = desk.actor()?;
    let pack = desk.pack(pack)?;
    let parent = match parent {
        Some(id) => Some(desk.case(id)?.ok_or_else(|| not_found("关联的申报件"))?),
        None => None,
    };
    if let Some(parent) = &parent {
        in_scope(desk, &pack, &actor, parent)?;
    }
    let about = parent.as_ref().map_or(actor.org, |parent| parent.applicant);
    let applicant = desk.org(about)?.ok_or_else(|| not_found("单位"))?;
    let year = desk.year(&pack.id, desk.today.year())?;
    let (id, number) = number_for(desk, &pack, procedure)?;
    let bars = bars(desk, &pack, about)?;
    let calendar = desk.calendar;
    let ctx = Context { pack: &pack, today: desk.today, calendar: &calendar, actor: &actor };
    let surroundings = Surroundings {
        id,
        number: &number,
        applicant: &applicant,
        parent: parent.as_deref(),
        year: year.as_deref(),
        rival: None,
        twin: None,
        alike: &[],
        bars: &bars,
    };
    let article = of_step(&command.step)(&pack);
    // A case of a procedure that does not exist is refused below.
    let begun = pack.procedures.get(procedure).and_then(|of| case::begun(of, surroundings, ctx).ok());
    let known = match begun {
        Some((_, fresh)) => around(desk, &pack, &fresh)?,
        None => Around::default(),
    };
    let events = cited(
        case::begin(&procedure.to_owned(), command, surroundings, &known, ctx).map_err(Failure::from),
        &article,
    )?;
    desk.begins(&Stream::Case(id))?;
    drop((parent, year));
    desk.emit_all(Some(&pack), &Stream::Case(id), &article, events)?;
    Ok(made(id.get(), number))
}

/// The bars that stand against an organisation. None outlives its years, so that only the cases of these are looked at.
fn bars(desk: &mut Desk<'_>, pack: &Pack, org: OrgId) -> Result<Vec<Bar>, Failure> {
    let mut found = Vec::new();
    for of in &pack.procedures {
        let Some(bars) = &of.bars else { continue };
        let now = desk.today.year();
        for year in now - bars.years - 1..=now {
            for id in desk.book.cases_of(&of.id, year)? {
                let case = desk.case(id)?.filter(|case| case.applicant == org);
                found.extend(case.and_then(|case| case::bar_of(pack, &case)));
            }
        }
    }
    Ok(found)
}

/// Cases of the library that look like the one that is filed.
fn alike(
    desk: &mut Desk<'_>,
    pack: &Pack,
    id: CaseId,
    command: &Declare,
    org: OrgId,
) -> Result<Vec<CaseId>, Failure> {
    let Some(procedure) = pack.procedures.get(&command.procedure).filter(|p| p.library) else {
        return Ok(Vec::new());
    };
    let text = |field: Option<&String>| {
        field.and_then(|f| command.form.fields.get(f)).map_or_else(String::new, |text| text.trim().to_owned())
    };
    let key = AlikeKey {
        case: id,
        pack: pack.id.clone(),
        title: text(procedure.title_field.as_ref()),
        place: text(procedure.listed.place.as_ref()).parse().ok(),
        applicant: org,
        year: case::plan_year(&text(procedure.listed.year.as_ref())).unwrap_or(desk.today.year()),
    };
    Ok(desk.book.alike(&key)?)
}

fn first_cite(pack: &Arc<Pack>, command: &Declare) -> String {
    let procedure = pack.procedures.get(&command.procedure);
    let asked = command.step.as_ref().and_then(|step| pack.steps.get(step));
    let step = asked.or_else(|| procedure.and_then(|p| pack.start_steps(p).into_iter().next()));
    step.map_or_else(String::new, |s| s.cite.to_string())
}

fn rival(desk: &mut Desk<'_>, parent: Option<&Case>) -> Result<Option<String>, Fault> {
    let Some(parent) = parent else { return Ok(None) };
    let Some(child) = desk.book.live_child(parent.id)? else { return Ok(None) };
    Ok(desk.case(child)?.map(|c| c.number.clone()))
}

/// The case beside this one on the same parent that says already what the pack lets be said once.
fn twin(
    desk: &mut Desk<'_>,
    pack: &Pack,
    (own, parent): (CaseId, Option<CaseId>),
    command: &Declare,
) -> Result<Option<String>, Failure> {
    let of = pack.procedures.get(&command.procedure).filter(|of| !of.once.is_empty());
    let (Some(of), Some(parent)) = (of, parent) else { return Ok(None) };
    let mut beside = Vec::new();
    for id in desk.book.children(parent)?.into_iter().filter(|id| *id != own) {
        beside.extend(desk.case(id)?);
    }
    Ok(case::said_already(of, &command.form, beside.iter().map(AsRef::as_ref)))
}

/// A new case's id, and its number by the pack's pattern: `津前-{year}-{seq}`.
fn number_for(desk: &mut Desk<'_>, pack: &Pack, procedure: &str) -> Result<(CaseId, String), Fault> {
    let year = desk.today.year();
    let id = CaseId(desk.book.next("case")?);
    let seq = desk.book.next(&format!("case:{}:{procedure}:{year}", pack.id))?;
    let pattern = pack
        .procedures
        .get(procedure)
        .and_then(|p| p.number.clone())
        .unwrap_or_else(|| "{year}-{seq}".into());
    let number = pattern.replace("{year}", &year.to_string()).replace("{seq}", &format!("{seq:04}"));
    Ok((id, number))
}

fn assign(desk: &mut Desk<'_>, id: CaseId, firm: OrgId) -> Result<Answer, Failure> {
    let body = desk.org(firm)?.ok_or_else(|| not_found("专业机构"))?;
    on_case(desk, id, pack_assign_cite, |desk, state, ctx| {
        may_assign(ctx.pack, ctx.actor)?;
        let year = year_of(desk, state)?;
        let parties = parties(desk, state)?;
        let cite = pack_assign_cite(ctx.pack);
        Ok(case::assign(state, Assign { firm: &body, parties: &parties }, &year, &cite)?)
    })
}

/// The desk that notifies is the desk that assigns.
fn may_assign(pack: &Pack, actor: &Actor) -> Result<(), Failure> {
    if crate::access::may(pack, &actor.role, crate::access::Right::Review) {
        return Ok(());
    }
    let who = "受理单位".to_owned();
    Err(Reason::NotAllowed { what: "指派专业机构".into(), what_en: "assign a firm".into(), who }.into())
}

fn pack_assign_cite(pack: &Pack) -> String {
    let step = pack.steps.iter().find(|s| s.act == policy::procedure::Act::Inspect);
    step.map_or_else(String::new, |s| s.cite.to_string())
}

/// The organisations that a firm must not be related to: the applicant, and the project enterprise if it is registered here.
fn parties(desk: &mut Desk<'_>, case: &Case) -> Result<Vec<Org>, Fault> {
    let mut parties: Vec<Org> = desk.org(case.applicant)?.into_iter().map(Arc::unwrap_or_clone).collect();
    if let Some(code) = case.parties.get("company")
        && let Some(id) = desk.book.org_by_code(code)?
    {
        parties.extend(desk.org(id)?.map(Arc::unwrap_or_clone));
    }
    Ok(parties)
}
