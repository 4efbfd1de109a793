//! Filing a form with its papers: for the first time, or again after a return.

use super::act::open_for;
use super::facts::check_form;
use super::{Case, Event, Paper, Standing};
use crate::actor::Context;
use crate::identity::Org;
use crate::ids::ProcedureId;
use crate::refusal::{Reason, Refusal};
use crate::year::Year;
use kernel::id::CaseId;
use kernel::region::RegionCode;
use policy::form::FormData;
use policy::lang::Value;
use policy::pack::{Level, Pack, PaperNeed};
use policy::procedure::{Act, Desk, PartyKey, PartySource, Procedure, Step as PackStep};
use std::collections::BTreeMap;

/// File a form.
#[derive(Debug, Clone)]
pub struct Declare {
    /// Under which procedure.
    pub procedure: ProcedureId,
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
    /// The organisation that files.
    pub applicant: &'a Org,
    /// The case that it builds on.
    pub parent: Option<&'a Case>,
    /// The year of the fund.
    pub year: Option<&'a Year>,
    /// Another live case on the same parent.
    pub rival: Option<&'a str>,
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
    let Some(first) = ctx.pack.start_steps(procedure).into_iter().find(|s| s.act == Act::Declare) else {
        return Err(Reason::NotFound { what: "申报环节".into() }.into());
    };
    crate::case::allowed_for(first, ctx)?;
    match state {
        Some(case) => {
            if case.applicant != ctx.actor.org {
                return Err(Reason::NotFound { what: "申报件".into() }.into());
            }
            open_for(case, &first.id, ctx)?;
        }
        None => may_open(procedure, first, around, ctx)?,
    }
    let apply_on = state.and_then(Case::applied_on).unwrap_or(ctx.today);
    let check = check_form(ctx.pack, procedure, &command.form, apply_on);
    let faults: Vec<_> = check.findings.iter().filter(|f| f.level == Level::Error).collect();
    if let Some(fault) = faults.first() {
        let first_fault = fault.message.zh.clone();
        return Err(Refusal::under(
            first.cite.to_string(),
            Reason::FormFaults { count: faults.len(), first: first_fault },
        ));
    }
    let missing: Vec<String> = papers_wanted(ctx.pack, first, &check.facts)
        .into_iter()
        .filter(|need| need.required && !command.papers.iter().any(|p| p.paper == need.paper.id))
        .map(|need| need.paper.name.zh.clone())
        .collect();
    if !missing.is_empty() {
        return Err(Refusal::under(
            first.cite.to_string(),
            Reason::PapersMissing { papers: missing.join("、") },
        ));
    }
    let mut events = Vec::new();
    if state.is_none() {
        events.push(opened(procedure, around, &command.form, ctx)?);
    }
    events.push(Event::Declared {
        step: first.id.clone(),
        version: state.map_or(0, |c| c.current().map_or(0, |d| d.version)) + 1,
        title: title_of(procedure, &command.form),
        parties: parties_of(procedure, &command.form, around.applicant),
        form: command.form,
        papers: command.papers,
    });
    Ok(events)
}

/// The papers that a step wants of a case with these facts.
pub fn papers_wanted<'p>(
    pack: &'p Pack,
    step: &PackStep,
    facts: &BTreeMap<String, Value>,
) -> Vec<PaperNeed<'p>> {
    pack.papers_needed(step, facts)
}

fn may_open(
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
    if procedure.parent.is_some() {
        let accepted = around.parent.filter(|p| {
            p.standing() == Standing::Accepted
                && p.applicant == ctx.actor.org
                && Some(&p.procedure) == procedure.parent.as_ref()
        });
        if accepted.is_none() {
            return Err(Refusal::under(cite, Reason::NotDeclaredBefore {}));
        }
        if let Some(number) = around.rival {
            return Err(Refusal::under(cite, Reason::AlreadyApplied { number: number.to_owned() }));
        }
    }
    Ok(())
}

fn opened(
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
        year: around.year.map_or(ctx.today.year(), |y| y.year),
        pack: ctx.pack.id.clone(),
        edition: ctx.pack.edition.clone(),
        applicant: around.applicant.id,
        desk,
        parent: around.parent.map(|p| p.id),
    })
}

fn title_of(procedure: &Procedure, form: &FormData) -> String {
    let typed = procedure.title_field.as_ref().and_then(|f| form.fields.get(f));
    typed.map_or_else(|| procedure.name.zh.clone(), |t| t.trim().to_owned())
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
