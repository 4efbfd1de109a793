//! One act about several cases: every one is loaded and decided before anything is written. And what a pack's facts know of all
//! cases of a year, which is the same for each of them.

use super::cases::{around_in, of_step};
use super::{cited, in_scope, made, not_found};
use crate::command::{Answer, Failure};
use crate::desk::Desk;
use domain::case::{self, Around, Case, Counts, MOST, Papers, Standing, Step, says_yes};
use domain::{Context, Reason, Stream};
use kernel::id::CaseId;
use policy::pack::{Given, Id, Pack};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the facts of a pack know of all cases of one year.
pub(super) struct YearAround {
    /// Counts, by fact.
    pub counts: Counts,
    /// The papers by which cases passed the steps that the pack wants done by one.
    pub papers: Arc<Papers>,
}

/// Does a step of several cases.
pub(super) fn carry_out(desk: &mut Desk<'_>, ids: &[CaseId], command: &Step) -> Result<Answer, Failure> {
    let actor = desk.actor()?;
    if ids.len() > MOST {
        return Err(Reason::TogetherTooMany { count: ids.len(), most: MOST }.into());
    }
    let mut cases: Vec<Arc<Case>> = Vec::new();
    for id in ids {
        cases.push(desk.case(*id)?.ok_or_else(|| not_found("申报件"))?);
    }
    let Some(first) = cases.first() else { return Err(Reason::TogetherUnnamed {}.into()) };
    let pack = desk.edition(&first.pack, &first.edition)?;
    for case in &cases {
        in_scope(desk, &pack, &actor, case)?;
    }
    let article = of_step(&command.step)(&pack);
    let mut years: BTreeMap<i16, YearAround> = BTreeMap::new();
    let mut arounds: Vec<Around> = Vec::new();
    for case in &cases {
        let year = match years.entry(case.year) {
            Entry::Vacant(new) => new.insert(of_year(desk, &pack, case.year)?),
            Entry::Occupied(known) => known.into_mut(),
        };
        arounds.push(around_in(desk, &pack, case, year)?);
    }
    let calendar = desk.calendar;
    let ctx = Context { pack: &pack, today: desk.today, calendar: &calendar, actor: &actor };
    let among: Vec<_> = cases.iter().map(AsRef::as_ref).zip(&arounds).collect();
    let events = cited(case::together(&among, command, ctx).map_err(Failure::from), &article)?;
    let answer = made(first.id.get(), cases.len().to_string());
    drop(among);
    // Nobody else holds the states now, so that the desk changes them in place.
    drop(cases);
    for (id, events) in ids.iter().zip(events) {
        desk.emit_all(Some(&pack), &Stream::Case(*id), &article, events)?;
    }
    Ok(answer)
}

/// What the facts of a pack know of all cases of a year, as they stand in this transaction. The cases of a procedure are read once.
pub(super) fn of_year(desk: &mut Desk<'_>, pack: &Pack, year: i16) -> Result<YearAround, Failure> {
    let mut counts = Counts::new();
    let mut papers = Papers::new();
    let mut read: BTreeMap<&str, Vec<Arc<Case>>> = BTreeMap::new();
    for fact in &pack.facts {
        let procedure = match &fact.gives {
            Some(Given::Applicants { procedure, .. }) => procedure.as_str(),
            Some(Given::OnePaper(step)) => pack.steps.get(step).map_or("", |step| step.procedure.as_str()),
            _ => continue,
        };
        if !read.contains_key(procedure) {
            let mut cases = Vec::new();
            for id in desk.book.cases_of(procedure, year)? {
                cases.extend(desk.case(id)?);
            }
            read.insert(procedure, cases);
        }
        let cases = read.get(procedure).map_or(&[][..], Vec::as_slice);
        match &fact.gives {
            Some(Given::Applicants { field, .. }) => {
                counts.insert(fact.id.clone(), applicants(cases, field.as_ref()));
            }
            Some(Given::OnePaper(step)) => {
                papers.insert(step.clone(), numbers(cases, step));
            }
            _ => {}
        }
    }
    Ok(YearAround { counts, papers: Arc::new(papers) })
}

/// How many different organisations filed these cases; with a field, those whose latest form says yes there.
fn applicants(cases: &[Arc<Case>], field: Option<&Id>) -> i64 {
    let filed = cases.iter().filter(|case| !matches!(case.standing(), Standing::Withdrawn));
    let yes = filed.filter(|case| field.is_none_or(|field| says_yes(case, field)));
    let found: BTreeSet<_> = yes.map(|case| case.applicant).collect();
    i64::try_from(found.len()).unwrap_or(i64::MAX)
}

/// The papers by which these cases passed a step.
fn numbers(cases: &[Arc<Case>], step: &Id) -> BTreeMap<String, BTreeSet<CaseId>> {
    let mut numbers: BTreeMap<String, BTreeSet<CaseId>> = BTreeMap::new();
    for case in cases {
        let number = case.passed(step).map(case::paper_of).unwrap_or_default();
        if !number.is_empty() {
            numbers.entry(number.to_owned()).or_default().insert(case.id);
        }
    }
    numbers
}
