//! Filing a form with its papers: for the first time, or again after a return.

use super::act::{Around, open_for, undone};
use super::bar::{Bar, not_barred};
use super::duty::with_duties;
use super::facts::{check_form, known_facts, values};
use super::habit::about_now;
use super::hands::hands;
use super::passing::{faultless, papers_there};
use super::{Case, Event, Paper, Standing, open_steps};
use crate::actor::Context;
use crate::identity::Org;
use crate::ids::{ProcedureId, StepId};
use crate::refusal::{Reason, Refusal};
use crate::year::Year;
use kernel::id::CaseId;
use kernel::region::RegionCode;
use policy::form::{FormCheck, FormContext, FormData};
use policy::lang::Value;
use policy::pack::{Field, Pack, PaperNeed};
use policy::procedure::{Act, Desk, PartyKey, PartySource, Procedure, Step as PackStep};
use std::collections::BTreeMap;

/// File a form.
#[derive(Debug, Clone)]
pub struct Declare {
    /// Under which procedure.
    pub procedure: ProcedureId,
    /// At which step; the one that is open for the role when absent.
    pub step: Option<StepId>,
    /// The form as typed.
    pub form: FormData,
    /// The papers.
    pub papers: Vec<Paper>,
}

/// What surrounds a filing, read in the same transaction.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The id for a new case.
    pub id: CaseId,
    /// The number for a new case.
    pub number: &'a str,
    /// The organisation that files, or that the new case is about.
    pub applicant: &'a Org,
    /// The case that it builds on.
    pub parent: Option<&'a Case>,
    /// The year of the fund.
    pub year: Option<&'a Year>,
    /// Another live case on the same parent.
    pub rival: Option<&'a str>,
    /// Another live case on the same parent that says already what the pack lets be said once.
    pub twin: Option<&'a str>,
    /// Similar cases in the library.
    pub alike: &'a [CaseId],
    /// The bars that stand against the applicant.
    pub bars: &'a [Bar],
}

/// Whether an act files the procedure's form.
pub fn files(act: Act) -> bool {
    matches!(act, Act::Declare | Act::Change)
}

/// Files a form.
pub fn declare(
    state: Option<&Case>,
    command: Declare,
    around: Surroundings<'_>,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(procedure) = ctx.pack.procedures.get(&command.procedure) else {
        return Err(Reason::NotFound { what: "办理事项".into() }.into());
    };
    let Some(step) = filing_step(state, procedure, command.step.as_deref(), ctx) else {
        return Err(Reason::NotFound { what: "申报环节".into() }.into());
    };
    crate::case::allowed_for(step, ctx)?;
    match state {
        Some(case) => {
            hands(case, step, ctx)?;
            open_for(case, &step.id, ctx)?;
        }
        None => {
            may_open(procedure, step, around, ctx)?;
            not_barred(procedure, &command.form, around, ctx)?;
            in_time(procedure, step, &command.form, ctx)?;
        }
    }
    let of = step.form.clone().filter(|form| Some(form) != procedure.form.as_ref()).unwrap_or_default();
    let apply_on = state.and_then(Case::applied_on).unwrap_or(ctx.today);
    let check = if of.is_empty() {
        check_form(ctx.pack, procedure, &command.form, apply_on)
    } else {
        let none = BTreeMap::new();
        let context = FormContext { apply_on, adjust: &none };
        ctx.pack
            .forms
            .get(&of)
            .map_or_else(FormCheck::default, |f| f.check(ctx.pack, &command.form, &context))
    };
    faultless(&check, &step.cite.to_string())?;
    if of.is_empty() {
        not_again(procedure, step, &command.form, around, ctx)?;
    }
    // Which papers are wanted hangs on all that is known; what the program gives, no form beside the own one unsays.
    let mut facts = state.map_or_else(BTreeMap::new, |case| {
        values(ctx.pack, &known_facts(ctx.pack, case, &Around::default(), None))
    });
    let given = |id: &String| ctx.pack.facts.get(id).is_some_and(|fact| fact.gives.is_some());
    let said = check.facts.into_iter().filter(|(id, _)| of.is_empty() || !given(id));
    facts.extend(said);
    papers_there(step, &command.papers, &facts, ctx)?;
    let kept = state.filter(|_| !of.is_empty());
    let opening = match state {
        None => Some(opened(procedure, around, &command.form, ctx)?),
        Some(_) => None,
    };
    let declared = Event::Declared {
        step: step.id.clone(),
        version: state.and_then(|case| case.filed(&of)).map_or(0, |d| d.version) + 1,
        title: kept
            .map_or_else(|| title_of(procedure, &command.form, around.parent), |case| case.title.clone()),
        parties: kept.map_or_else(
            || parties_of(procedure, &command.form, around.applicant),
            |case| case.parties.clone(),
        ),
        voids: state.map_or_else(Vec::new, |case| outdated(case, step, &of, &command.form, ctx.pack)),
        of,
        form: command.form,
        papers: command.papers,
    };
    let fresh_case = opening.clone().and_then(|opened| Case::apply(None, opened, &about_now(ctx)));
    let declared = match state.or(fresh_case.as_ref()) {
        Some(case) => with_duties(case, declared, ctx),
        None => vec![declared],
    };
    let mut events: Vec<Event> = opening.into_iter().chain(declared).collect();
    // What is filed beside the own form makes a project no more like another.
    let fresh: Vec<CaseId> = around
        .alike
        .iter()
        .filter(|_| kept.is_none())
        .filter(|other| state.is_none_or(|case| !case.alike.contains_key(other)))
        .copied()
        .collect();
    if !fresh.is_empty() {
        events.push(Event::Resembled { others: fresh });
    }
    Ok(events)
}

/// The step at which a form is filed now: the one asked for, else the first that is open for the role.
fn filing_step<'p>(
    state: Option<&Case>,
    procedure: &Procedure,
    asked: Option<&str>,
    ctx: Context<'p>,
) -> Option<&'p PackStep> {
    let Some(case) = state else {
        return ctx.pack.start_steps(procedure).into_iter().find(|s| files(s.act));
    };
    if let Some(asked) = asked {
        return ctx.pack.steps_of(procedure).find(|s| s.id == asked && files(s.act));
    }
    let open = open_steps(ctx.pack, case)
        .into_iter()
        .map(|open| open.step)
        .find(|step| files(step.act) && step.done_by(&ctx.actor.role));
    open.or_else(|| ctx.pack.start_steps(procedure).into_iter().find(|s| files(s.act)))
}

/// A project is filed before its window closes; later only with the reason in the form.
fn in_time(procedure: &Procedure, step: &PackStep, form: &FormData, ctx: Context<'_>) -> Result<(), Refusal> {
    let Some(closes) = &step.closes else { return Ok(()) };
    let text = |field: Option<&String>| field.and_then(|f| form.fields.get(f)).map_or("", |text| text.trim());
    let year = plan_year(text(procedure.listed.year.as_ref())).unwrap_or(ctx.today.year());
    let Some(last) = closes.last(year).filter(|last| ctx.today > *last) else { return Ok(()) };
    if text(procedure.listed.late.as_ref()).is_empty() {
        return Err(Refusal::under(step.cite.to_string(), Reason::FilingClosed { year, last }));
    }
    Ok(())
}

/// What a pack lets be filed once on the same parent is not filed again.
fn not_again(
    procedure: &Procedure,
    step: &PackStep,
    form: &FormData,
    around: Surroundings<'_>,
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    let Some(number) = around.twin else { return Ok(()) };
    let fields = procedure.form.as_ref().and_then(|form| ctx.pack.forms.get(form));
    let told = |with: fn(&Field) -> (&str, &str), between: &str| {
        let named = procedure.once.iter().filter_map(|id| Some((fields?.field(id)?, form.get("", None, id))));
        let one = |(field, text): (&Field, &str)| {
            let (name, space) = with(field);
            format!("{name}{space}{}", text.trim())
        };
        named.map(one).collect::<Vec<_>>().join(between)
    };
    let what = told(|field| (&field.name.zh, ""), "、");
    let what_en = told(|field| (&field.name.en, " "), ", ");
    let reason = Reason::FiledOnce { what, what_en, number: number.to_owned() };
    Err(Refusal::under(step.cite.to_string(), reason))
}

/// The number of a case, among those on the same parent, that says already what the pack lets be said once.
pub fn said_already<'c>(
    procedure: &Procedure,
    form: &FormData,
    beside: impl IntoIterator<Item = &'c Case>,
) -> Option<String> {
    let said = |form: &FormData| -> Vec<String> {
        procedure.once.iter().map(|field| form.get("", None, field).trim().to_owned()).collect()
    };
    let own = said(form);
    let lives = |case: &&Case| !matches!(case.standing(), Standing::Refused | Standing::Withdrawn);
    let same = |case: &&Case| case.current().is_some_and(|filed| said(&filed.form) == own);
    let of = beside.into_iter().filter(|case| case.procedure == procedure.id && !procedure.once.is_empty());
    of.filter(lives).find(same).map(|case| case.number.clone())
}

/// The four digits of a plan year in a field: `2019`, `2019年`, `y2019`.
pub fn plan_year(text: &str) -> Option<i16> {
    let digits: String =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|year| (1900..=9999).contains(year))
}

/// The approvals that stood on what a new version changes, with all behind them.
fn outdated(case: &Case, filing: &PackStep, of: &str, form: &FormData, pack: &Pack) -> Vec<StepId> {
    let mut voids: Vec<StepId> = Vec::new();
    if filing.repeats {
        voids.extend(undone(case, filing, false, pack));
    }
    // Approvals stand on the procedure's own form; what is filed beside it changes nothing of it.
    let Some(before) = case.current().filter(|_| of.is_empty()) else { return voids };
    let changed = |field: &String| {
        before.form.get("", None, field).trim() != form.get("", None, field).trim()
            || before.form.rows(field) != form.rows(field)
    };
    let steps = pack.steps.iter().filter(|step| step.procedure == case.procedure);
    for step in steps.filter(|step| case.done(&step.id).is_some() && step.stands_on.iter().any(changed)) {
        for id in undone(case, step, true, pack) {
            let kept = id == filing.id || pack.before(filing).iter().any(|s| s.id == id && files(s.act));
            if !kept && !voids.contains(&id) {
                voids.push(id);
            }
        }
    }
    voids
}

/// The papers that a step wants of a case with these facts.
pub fn papers_wanted<'p>(
    pack: &'p Pack,
    step: &PackStep,
    facts: &BTreeMap<String, Value>,
) -> Vec<PaperNeed<'p>> {
    pack.papers_needed(step, facts)
}

pub(super) fn may_open(
    procedure: &Procedure,
    step: &PackStep,
    around: Surroundings<'_>,
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    let cite = step.cite.to_string();
    if procedure.needs_intake {
        let Some(year) = around.year else {
            return Err(Refusal::under(cite, Reason::YearNotOpen { year: ctx.today.year() }));
        };
        if !year.takes(ctx.today) {
            return Err(Refusal::under(
                cite,
                Reason::IntakeClosed { opens: year.terms.opens, closes: year.terms.closes },
            ));
        }
    }
    let Some(parent) = &procedure.parent else { return Ok(()) };
    if procedure.parent_optional && around.parent.is_none() {
        return Ok(());
    }
    if let Some(after) = &procedure.parent_after {
        // Who applies does so for its own organisation; an office begins with anybody's that it sees.
        let own = |case: &Case| {
            procedure.applicant.as_ref() != Some(&ctx.actor.role) || case.applicant == ctx.actor.org
        };
        let passed = |case: &Case| case.procedure == *parent && case.passed(after).is_some() && own(case);
        if !around.parent.is_some_and(passed) {
            let step = ctx.pack.steps.get(after);
            let what = step.map_or_else(|| after.clone(), |s| s.name.zh.clone());
            let what_en = step.map_or_else(|| after.clone(), |s| s.name.en.clone());
            return Err(Refusal::under(cite, Reason::ParentMissing { what, what_en }));
        }
        return Ok(());
    }
    let accepted = around.parent.filter(|p| {
        p.standing() == Standing::Accepted && p.applicant == ctx.actor.org && p.procedure == *parent
    });
    if accepted.is_none() {
        // Where an amount is granted, the parent is the pre-declaration to it.
        if ctx.pack.grant.is_some() {
            return Err(Refusal::under(cite, Reason::NotDeclaredBefore {}));
        }
        let name = ctx.pack.procedures.get(parent).map(|p| p.name.clone()).unwrap_or_default();
        return Err(Refusal::under(cite, Reason::ParentMissing { what: name.zh, what_en: name.en }));
    }
    if let Some(number) = around.rival {
        return Err(Refusal::under(cite, Reason::AlreadyApplied { number: number.to_owned() }));
    }
    Ok(())
}

pub(super) fn opened(
    procedure: &Procedure,
    around: Surroundings<'_>,
    form: &FormData,
    ctx: Context<'_>,
) -> Result<Event, Refusal> {
    let desk = match &procedure.desk {
        Some(Desk::FieldRegion(field)) => {
            form.fields.get(field).and_then(|t| t.trim().parse::<RegionCode>().ok())
        }
        Some(Desk::ApplicantRegion) | None => around.applicant.region,
    };
    let Some(desk) = desk else {
        return Err(Reason::NotFound { what: "受理地区".into() }.into());
    };
    Ok(Event::Opened {
        case: around.id,
        procedure: procedure.id.clone(),
        number: around.number.to_owned(),
        year: plan_year_of(procedure, form).or(around.year.map(|y| y.year)).unwrap_or(ctx.today.year()),
        pack: ctx.pack.id.clone(),
        edition: ctx.pack.edition.clone(),
        applicant: around.applicant.id,
        desk,
        parent: around.parent.map(|p| p.id),
    })
}

pub(super) fn plan_year_of(procedure: &Procedure, form: &FormData) -> Option<i16> {
    plan_year(form.fields.get(procedure.listed.year.as_ref()?)?)
}

/// What a case is called: its title field, else the case that it builds on, else its procedure.
pub(super) fn title_of(procedure: &Procedure, form: &FormData, parent: Option<&Case>) -> String {
    let typed = procedure.title_field.as_ref().and_then(|f| form.fields.get(f)).map(|text| text.trim());
    let parent = parent.map(|parent| parent.title.as_str());
    typed.or(parent).filter(|t| !t.is_empty()).unwrap_or(&procedure.name.zh).to_owned()
}

fn parties_of(procedure: &Procedure, form: &FormData, applicant: &Org) -> BTreeMap<String, String> {
    let own =
        || applicant.credit_code.as_ref().map_or_else(|| applicant.id.to_string(), |c| c.expose().to_owned());
    procedure
        .parties
        .iter()
        .filter_map(|party| {
            let value = match &party.from {
                PartySource::Applicant => own(),
                PartySource::Field(field) => form.fields.get(field)?.trim().to_owned(),
            };
            Some((party_key(party.key).to_owned(), value))
        })
        .collect()
}

/// The name under which a party is kept.
pub fn party_key(key: PartyKey) -> &'static str {
    match key {
        PartyKey::Company => "company",
        PartyKey::CompanyName => "company_name",
        PartyKey::Investor => "investor",
        PartyKey::County => "county",
    }
}
