//! What a step asks for besides words: its papers by what is known, its own form, where a return may lead, and what the rules
//! say before the button is pressed. The use case decides again.

use super::DeskPage;
use crate::command::Failure;
use crate::rosters;
use crate::rows::{CaseFilter, CaseRow, Scope};
use crate::view::Viewer;
use crate::view::case::{CaseRules, role_words, rules_of};
use crate::view::desk::Names;
use crate::view::filing::{PaperLine, paper_lines};
use crate::writer::App;
use domain::case::{
    Around, Case, Counts, Papers, Standing, Step as DoStep, known_facts, paper_of, says_yes, tally, values,
    weigh, weigh_together, within,
};
use kernel::Date;
use kernel::id::CaseId;
use policy::form::{FormCheck, FormContext, FormData};
use policy::pack::{Form, Given, Id, Pack, Words};
use policy::procedure::Step;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the facts of a pack know of all cases of a year: counts by fact, papers by step.
pub(in crate::view) type YearNow = (Counts, Arc<Papers>);

/// What a step comes to with what was typed so far.
#[derive(Debug, Clone, Default)]
pub struct StepTried {
    /// Its papers.
    pub papers: Vec<PaperLine>,
    /// Its form.
    pub check: FormCheck,
    /// What the rules say, where the step asks them.
    pub rules: Option<CaseRules>,
    /// What they say of the act, where the step may be done of several cases and the rules judge all at once.
    pub together: Option<CaseRules>,
}

/// One role's agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedShown {
    /// The role.
    pub role: Words,
    /// Who.
    pub person: String,
    /// When.
    pub on: Date,
    /// What was said.
    pub opinion: String,
}

impl DeskPage {
    /// The form of the step, when it has one of its own to fill in here.
    pub fn own_form(&self) -> Option<&Form> {
        self.page.pack.forms.get(self.step.form.as_deref()?)
    }

    /// What stands in the step's form at first: what was sent with it the last time.
    pub fn form_before(&self) -> FormData {
        let last = self.page.case.trail.iter().rev().find(|d| d.step == self.step.id && d.form.is_some());
        let repeats = self.step.repeats;
        last.filter(|_| !repeats).and_then(|done| done.form.clone()).unwrap_or_default()
    }
}

impl App {
    /// What a step comes to: papers by what is known, faults of its form, the rules.
    pub fn step_tried(&self, viewer: &Viewer, desk: &DeskPage, doing: &DoStep) -> Result<StepTried, Failure> {
        let (pack, case, step) = (&desk.page.pack, &desk.page.case, &desk.step);
        let around = self.around_now(viewer, pack, case)?;
        let facts = values(pack, &known_facts(pack, case, &around, Some(doing)));
        let none = BTreeMap::new();
        let context = FormContext { apply_on: case.applied_on().unwrap_or(self.today()), adjust: &none };
        let empty = FormData::default();
        let typed = doing.form.as_ref().unwrap_or(&empty);
        let judged = step.judge.then(|| weigh(pack, case, step, &around, Some(doing), self.today()));
        Ok(StepTried {
            papers: paper_lines(pack, step, &facts, &doing.papers),
            check: desk.own_form().map_or_else(FormCheck::default, |form| form.check(pack, typed, &context)),
            rules: judged.map(|judged| rules_of(pack, &judged, false, &step.given)),
            together: weigh_together(pack, step, &[(case, &around)], doing, self.today())
                .map(|judged| rules_of(pack, &judged, false, step.together.as_ref().unwrap_or(&step.given))),
        })
    }

    /// What surrounds a step, as the rows show it now; the deciding transaction reads it again.
    pub(in crate::view) fn around_now(
        &self,
        viewer: &Viewer,
        pack: &Pack,
        case: &Case,
    ) -> Result<Around, Failure> {
        let of_year = self.year_around(pack, case.year)?;
        let around = self.around_within(viewer, pack, case, &of_year)?;
        Ok(within(&around, &tally(pack, &[case])))
    }

    /// The same, when what the pack's facts know of the year is known; without what is counted of the act.
    pub(in crate::view) fn around_within(
        &self,
        viewer: &Viewer,
        pack: &Pack,
        case: &Case,
        (of_year, papers): &YearNow,
    ) -> Result<Around, Failure> {
        let mut counts = self.granted_before(pack, case)?;
        counts.extend(of_year.clone());
        let year = self.year(&case.pack, case.year)?;
        let parent = match case.parent {
            Some(id) => self.case(viewer, id).ok(),
            None => None,
        };
        Ok(Around {
            counts,
            set: year.map(|year| year.terms.set).unwrap_or_default(),
            parent_accepted: parent.is_some_and(|parent| parent.standing() == Standing::Accepted),
            papers: Arc::clone(papers),
            rosters: rosters::counted(pack, case, |key, numbers| self.reads.members_named(key, numbers))?,
        })
    }

    /// What the facts of a pack know of all cases of a year.
    pub(in crate::view) fn year_around(&self, pack: &Pack, year: i16) -> Result<YearNow, Failure> {
        let (mut counts, mut papers) = (Counts::new(), Papers::new());
        for fact in &pack.facts {
            match &fact.gives {
                Some(Given::Applicants { procedure, field }) => {
                    counts.insert(fact.id.clone(), self.applicants(procedure, field.as_ref(), year)?);
                }
                Some(Given::OnePaper(step)) => {
                    papers.insert(step.clone(), self.numbers(pack, step, year)?);
                }
                _ => {}
            }
        }
        Ok((counts, Arc::new(papers)))
    }

    /// The papers by which cases of a year passed a step.
    fn numbers(
        &self,
        pack: &Pack,
        step: &Id,
        year: i16,
    ) -> Result<BTreeMap<String, BTreeSet<CaseId>>, Failure> {
        let mut numbers: BTreeMap<String, BTreeSet<CaseId>> = BTreeMap::new();
        let of = pack.steps.get(step).map(|step| step.procedure.clone()).unwrap_or_default();
        self.each_of_year(&of, year, |row| {
            let acts = self.reads.stream(&domain::Stream::Case(row.case).key())?;
            let case = crate::history::case(&acts)?;
            let number = case.as_ref().and_then(|case| case.passed(step)).map(paper_of).unwrap_or_default();
            if !number.is_empty() {
                numbers.entry(number.to_owned()).or_default().insert(row.case);
            }
            Ok(())
        })?;
        Ok(numbers)
    }

    fn each_of_year(
        &self,
        procedure: &str,
        year: i16,
        mut see: impl FnMut(&CaseRow) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut filter = CaseFilter::within(Scope::All, 500);
        filter.procedure = Some(procedure.to_owned());
        filter.year = Some(year);
        loop {
            let page = self.reads.cases(&filter)?;
            page.rows.iter().try_for_each(&mut see)?;
            match page.next {
                Some(next) => filter.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    /// How many organisations filed under a procedure in a year; with a field, those whose latest form says yes there.
    fn applicants(&self, procedure: &str, field: Option<&Id>, year: i16) -> Result<i64, Failure> {
        let mut found = BTreeSet::new();
        self.each_of_year(procedure, year, |row| {
            let counts = match field {
                _ if row.standing == "withdrawn" => false,
                None => true,
                Some(field) => {
                    let acts = self.reads.stream(&domain::Stream::Case(row.case).key())?;
                    crate::history::case(&acts)?.is_some_and(|case| says_yes(&case, field))
                }
            };
            if counts {
                found.insert(row.applicant);
            }
            Ok(())
        })?;
        Ok(i64::try_from(found.len()).unwrap_or(i64::MAX))
    }

    /// Who agreed to a step already.
    pub(super) fn signed(&self, pack: &Pack, case: &Case, step: &Step) -> Result<Vec<SignedShown>, Failure> {
        let mut names = Names::of(self);
        let mut shown = Vec::new();
        for signature in case.signing.get(&step.id).into_iter().flatten() {
            shown.push(SignedShown {
                role: signature
                    .meta
                    .role
                    .as_deref()
                    .map_or_else(Words::default, |role| role_words(pack, role)),
                person: names.hands(signature.meta.hands())?,
                on: signature.on,
                opinion: signature.opinion.clone(),
            });
        }
        Ok(shown)
    }
}

/// Where a return may lead: every step before this one that was done.
pub(super) fn returns(pack: &Pack, case: &Case, step: &Step) -> Vec<(String, Words)> {
    let Some(own) = pack.steps.get(&step.id) else { return Vec::new() };
    let before = pack.before(own);
    let steps = pack.steps.iter().filter(|s| before.iter().any(|b| b.id == s.id));
    let done = steps.filter(|s| case.done(&s.id).is_some());
    done.map(|s| (s.id.clone(), s.name.clone())).collect()
}
