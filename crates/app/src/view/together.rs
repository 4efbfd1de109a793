//! Cases that wait at one step and may be done in one act: each with what would stop it now, all of them with what the rules say
//! at once; and the list of an act that was done. The use case decides again.

use super::Viewer;
use super::case::{CaseRules, rules_of};
use super::desk::{DeskPage, DueShown, Names, YearNow, due_shown};
use super::qualify_words::place_name;
use crate::command::Failure;
use crate::rows::TaskRow;
use crate::writer::App;
use domain::case::{
    self, Around, Case, Done, MOST, Step as DoStep, Together, filed_text, listed_amount, stopped, tally,
    weigh_together, within,
};
use domain::{Context, Reason, Refusal};
use kernel::calendar::Calendar;
use kernel::id::{CaseId, OrgId};
use kernel::{Date, Money};
use policy::pack::{Pack, Words};
use policy::procedure::Step;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most tasks that are looked through for those of one step.
const TASKS_MAX: usize = 20_000;

/// Which of the cases that wait are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TogetherQuery {
    /// Of this year.
    pub year: Option<i16>,
    /// With this in number, title, unit or place.
    pub text: String,
}

/// A case that waits.
#[derive(Debug, Clone)]
pub struct TogetherRow {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub org: OrgId,
    /// The name of that unit.
    pub unit: String,
    /// Where.
    pub place: String,
    /// How much, where the procedure lists an amount.
    pub amount: Option<Money>,
    /// Until when.
    pub due: Option<DueShown>,
    state: Case,
    around: Around,
}

/// The page of a step.
#[derive(Debug)]
pub struct TogetherPage {
    /// The pack's edition that these cases run under.
    pub pack: Arc<Pack>,
    /// The procedure.
    pub procedure: Words,
    /// The step.
    pub step: Step,
    /// The desk of the step, as of the first of them, without what is known of that one alone; none when nothing waits.
    pub desk: Option<DeskPage>,
    /// Those that wait, the nearest deadline first; at most as many as one act may be about.
    pub rows: Vec<TogetherRow>,
    /// The years of all that wait.
    pub years: Vec<i16>,
    /// The year that is shown, when only one is.
    pub year: Option<i16>,
    /// How many more wait that are not shown: of another edition, or beyond the most.
    pub more: usize,
}

/// What an act would come to.
#[derive(Debug, Default)]
pub struct TogetherTried {
    /// What would stop cases, each by itself.
    pub stopped: BTreeMap<CaseId, Refusal>,
    /// How many are ticked.
    pub count: usize,
    /// Of how many units.
    pub units: usize,
    /// Their amounts.
    pub sum: Money,
    /// What the rules say of all of them at once, where the step asks.
    pub rules: Option<CaseRules>,
}

/// A line of the list of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TogetherLine {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub unit: String,
    /// Where.
    pub place: String,
    /// How much.
    pub amount: Option<Money>,
}

/// An act that was done.
#[derive(Debug, Clone)]
pub struct TogetherDone {
    /// The procedure.
    pub procedure: Words,
    /// The step.
    pub step: Step,
    /// The outcome.
    pub outcome: Option<Words>,
    /// The number of its paper; empty for none.
    pub document: String,
    /// The day.
    pub on: Date,
    /// Who did it.
    pub person: String,
    /// For whom.
    pub org: String,
    /// What was said.
    pub opinion: String,
    /// The cases, as far as the viewer sees them.
    pub lines: Vec<TogetherLine>,
    /// How many there are besides.
    pub hidden: usize,
    /// What was done on the case that was asked for, made void since.
    pub void: bool,
}

impl TogetherDone {
    /// The amounts of the lines.
    pub fn sum(&self) -> Money {
        sum(self.lines.iter().filter_map(|line| line.amount))
    }

    /// Whether any line has an amount.
    pub fn has_amounts(&self) -> bool {
        self.lines.iter().any(|line| line.amount.is_some())
    }
}

/// Amounts added up; one beyond what the program counts stays at the most.
fn sum(amounts: impl Iterator<Item = Money>) -> Money {
    amounts.fold(Money::ZERO, |sum, amount| sum.checked_add(amount).unwrap_or(sum))
}

impl App {
    /// The cases that wait at a step for this role.
    pub fn together(
        &self,
        viewer: &Viewer,
        (procedure, step): (&str, &str),
        query: &TogetherQuery,
    ) -> Result<TogetherPage, Failure> {
        let of = viewer.pack.steps.get(step).filter(|of| of.procedure == procedure && of.together.is_some());
        let of = of.filter(|of| of.done_by(&viewer.role));
        let Some(own) = of else { return Err(Reason::NotFound { what: "办理环节".into() }.into()) };
        let tasks = self.reads.tasks(&viewer.task_scope(), TASKS_MAX)?;
        let tasks = tasks.into_iter().filter(|task| task.step == own.id);
        let mut waiting: Vec<(TaskRow, Case)> = Vec::new();
        let mut more = 0;
        for task in tasks {
            let id = task.subject.strip_prefix("case:").and_then(|id| id.parse().ok()).map(CaseId);
            let Some(id) = id else { continue };
            let Ok(case) = self.case(viewer, id) else { continue };
            let first = waiting
                .first()
                .map_or((&viewer.pack.id, &viewer.pack.edition), |(_, case)| (&case.pack, &case.edition));
            if case.pack != *first.0 || (case.edition != *first.1 && !waiting.is_empty()) {
                more += 1;
                continue;
            }
            waiting.push((task, case));
        }
        let years: BTreeSet<i16> = waiting.iter().map(|(_, case)| case.year).collect();
        let judged = own.together.as_ref().is_some_and(|given| !given.is_empty());
        // All at once are judged by the facts of one year.
        let year = query
            .year
            .filter(|year| years.contains(year))
            .or_else(|| years.last().copied().filter(|_| judged || years.len() == 1));
        let pack = match waiting.first() {
            Some((_, case)) => self.edition(&case.pack, &case.edition)?,
            None => Arc::clone(&viewer.pack),
        };
        let step = pack.steps.get(step).cloned().unwrap_or_else(|| own.clone());
        let mut rows = self.waiting(viewer, &pack, waiting, (year, &query.text))?;
        more += rows.len().saturating_sub(MOST);
        rows.truncate(MOST);
        let desk = match rows.first() {
            Some(row) => Some(self.desk_together(viewer, row.case, &step.id)?),
            None => None,
        };
        let procedure = pack.procedures.get(procedure).map(|of| of.name.clone()).unwrap_or_default();
        Ok(TogetherPage { pack, procedure, step, desk, rows, years: years.into_iter().collect(), year, more })
    }

    /// The desk of the first of them: the facts to be established are about all, so that what one case says stands in none.
    fn desk_together(&self, viewer: &Viewer, case: CaseId, step: &str) -> Result<DeskPage, Failure> {
        let mut desk = self.desk(viewer, case, step)?;
        for fact in &mut desk.facts {
            fact.declared = None;
            fact.value.clear();
        }
        desk.firms = None;
        Ok(desk)
    }

    fn waiting(
        &self,
        viewer: &Viewer,
        pack: &Pack,
        waiting: Vec<(TaskRow, Case)>,
        (year, text): (Option<i16>, &str),
    ) -> Result<Vec<TogetherRow>, Failure> {
        let today = self.today();
        let mut names = Names::of(self);
        let mut around: BTreeMap<i16, YearNow> = BTreeMap::new();
        let mut rows = Vec::new();
        for (task, case) in waiting {
            let unit = names.org(Some(case.applicant))?;
            let place = place_of(pack, &case);
            let text = text.trim();
            let named = [&case.number, &case.title, &unit, &place].iter().any(|field| field.contains(text));
            if year.is_some_and(|year| case.year != year) || !named {
                continue;
            }
            let of_year = match around.entry(case.year) {
                Entry::Vacant(new) => new.insert(self.year_around(pack, case.year)?),
                Entry::Occupied(known) => known.into_mut(),
            };
            let due = task.due;
            rows.push(TogetherRow {
                case: case.id,
                number: case.number.clone(),
                title: case.title.clone(),
                org: case.applicant,
                unit,
                place,
                amount: listed_amount(pack, &case),
                due: due.map(|day| due_shown(today, day, &task.revision, task.provisional, task.warn_only)),
                around: self.around_within(viewer, pack, &case, of_year)?,
                state: case,
            });
        }
        Ok(rows)
    }

    /// What an act about these would come to, with what was typed so far.
    pub fn together_tried(
        &self,
        viewer: &Viewer,
        page: &TogetherPage,
        ticked: &BTreeSet<CaseId>,
        doing: &DoStep,
    ) -> Result<TogetherTried, Failure> {
        let (pack, step, today) = (&*page.pack, &page.step, self.today());
        let rows: Vec<&TogetherRow> = page.rows.iter().filter(|row| ticked.contains(&row.case)).collect();
        let states: Vec<&Case> = rows.iter().map(|row| &row.state).collect();
        let counts = tally(pack, &states);
        let actor = self.actor_of(viewer)?;
        let calendar = Calendar::known_on(today);
        let ctx = Context { pack, today, calendar: &calendar, actor: &actor };
        let mut found = BTreeMap::new();
        for row in &page.rows {
            let around = within(&row.around, &counts);
            if let Err(refusal) = stopped(step, (&row.state, &around), doing, ctx) {
                found.insert(row.case, refusal);
            }
        }
        let among: Vec<case::Among<'_>> = rows.iter().map(|row| (&row.state, &row.around)).collect();
        let judged = weigh_together(pack, step, &among, doing, today);
        let given = step.together.as_ref().unwrap_or(&step.given);
        Ok(TogetherTried {
            stopped: found,
            count: rows.len(),
            units: rows.iter().map(|row| row.org).collect::<BTreeSet<_>>().len(),
            sum: sum(rows.iter().filter_map(|row| row.amount)),
            rules: judged.map(|judged| rules_of(pack, &judged, false, given)),
        })
    }

    /// The act in which a step of a case was done, with the other cases that it was about.
    pub fn together_done(&self, viewer: &Viewer, id: CaseId, step: &str) -> Result<TogetherDone, Failure> {
        let missing = || Failure::from(Reason::NotFound { what: "一并办理的清单".into() });
        let case = self.case_read(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let of = pack.steps.get(step).ok_or_else(missing)?;
        let (done, act) = act_of(&case, step).ok_or_else(missing)?;
        let lead = if act.lead == id { Some(case.clone()) } else { self.case_of_act(act.lead)? };
        let all = lead.as_ref().and_then(|lead| all_of(lead, done, id)).ok_or_else(missing)?;
        let mut names = Names::of(self);
        let mut lines = Vec::new();
        for other in &all {
            let Ok(seen) = self.case_read(viewer, *other) else { continue };
            lines.push(TogetherLine {
                case: seen.id,
                number: seen.number.clone(),
                title: seen.title.clone(),
                unit: names.org(Some(seen.applicant))?,
                place: place_of(&pack, &seen),
                amount: listed_amount(&pack, &seen),
            });
        }
        let outcome = done.outcome.as_deref().and_then(|id| of.outcome(id));
        Ok(TogetherDone {
            procedure: pack.procedures.get(&of.procedure).map(|of| of.name.clone()).unwrap_or_default(),
            step: of.clone(),
            outcome: outcome.map(|outcome| outcome.name.clone()),
            document: case::paper_of(done).to_owned(),
            on: done.on,
            person: names.hands(done.meta.hands())?,
            org: names.org(done.meta.org)?,
            opinion: done.opinion.clone(),
            hidden: all.len().saturating_sub(lines.len()),
            lines,
            void: done.void,
        })
    }

    fn case_of_act(&self, id: CaseId) -> Result<Option<Case>, Failure> {
        Ok(crate::history::case(&self.reads.stream(&domain::Stream::Case(id).key())?)?)
    }
}

/// The last time that the step was done in an act about several.
fn act_of<'c>(case: &'c Case, step: &str) -> Option<(&'c Done, &'c Together)> {
    let done = case.trail.iter().rev().find(|done| done.step == step)?;
    done.together.as_deref().map(|act| (done, act))
}

/// All cases of the act that a step was done in, as its lead names them.
fn all_of(lead: &Case, done: &Done, id: CaseId) -> Option<Vec<CaseId>> {
    let same = |other: &&Done| other.step == done.step && other.meta.at == done.meta.at;
    let mut acts = lead.trail.iter().filter(same).filter_map(|other| other.together.as_ref());
    acts.find(|act| act.cases.contains(&id)).map(|act| act.cases.clone())
}

/// Where a case is, by the fields that its procedure lists: the village, else the region.
fn place_of(pack: &Pack, case: &Case) -> String {
    let Some(of) = pack.procedures.get(&case.procedure) else { return String::new() };
    if let Some(village) = filed_text(case, of.listed.village.as_ref()) {
        return village.to_owned();
    }
    let region = filed_text(case, of.listed.place.as_ref()).and_then(|code| code.parse().ok());
    region.map_or_else(String::new, place_name)
}
