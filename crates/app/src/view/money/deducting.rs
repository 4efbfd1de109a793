//! What last year's record takes from the parts of bodies: found in the cases of the step that the way of allocating names.

use super::allotting::{Deduction, Entrant};
use super::funds::sees_money;
use crate::command::Failure;
use crate::rows::{CaseFilter, Scope};
use crate::view::Viewer;
use crate::writer::App;
use domain::case::Standing;
use domain::{Reason, Stream};
use kernel::id::{CaseId, OrgId, ProjectId};
use kernel::ratio::Ratio;
use policy::pack::{Distribution, NotedShare, Pack};
use std::collections::BTreeMap;

/// How many cases one look into the book reads.
const PAGE: usize = 200;

/// What is taken from one body in a plan year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deducted {
    /// The cases in which it was decided, with their numbers.
    pub cases: Vec<(CaseId, String)>,
    /// The article.
    pub cite: String,
    /// The share of its part; of several cases together, never more than all.
    pub share: Ratio,
}

impl Deducted {
    /// Where it was decided, as explanations say it: `湘改-2018-3（第十七条）`.
    pub fn origin(&self) -> String {
        let numbers: Vec<&str> = self.cases.iter().map(|(_, number)| number.as_str()).collect();
        format!("{}（{}）", numbers.join("、"), self.cite)
    }
}

impl App {
    /// What a way of allocating takes from projects in a plan year for what their bodies did the year before.
    pub fn deductions(
        &self,
        viewer: &Viewer,
        method: &str,
        year: i16,
        projects: &[ProjectId],
    ) -> Result<BTreeMap<ProjectId, Deducted>, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack;
        let by = pack.distributions.get(method).ok_or_else(|| missing("分配办法"))?;
        let Some(noted) = &by.deducts else { return Ok(BTreeMap::new()) };
        let bodies = self.bodies_cut(pack, noted, year)?;
        let mut found = BTreeMap::new();
        for project in projects {
            let unit = self.reads.project(*project)?.map(|row| row.unit);
            if let Some(deducted) = unit.and_then(|unit| bodies.get(&unit)) {
                found.insert(*project, deducted.clone());
            }
        }
        Ok(found)
    }

    /// The same written into those who take part; `struck` holds the reasons why a deduction is not made.
    pub fn with_deductions(
        &self,
        viewer: &Viewer,
        (by, year): (&Distribution, i16),
        entrants: Vec<Entrant>,
        struck: &BTreeMap<ProjectId, String>,
    ) -> Result<Vec<Entrant>, Failure> {
        let projects: Vec<ProjectId> = entrants.iter().map(|entrant| entrant.project).collect();
        let found = self.deductions(viewer, &by.id, year, &projects)?;
        let one = |entrant: Entrant| Entrant {
            deduction: found.get(&entrant.project).map(|deducted| Deduction {
                share: deducted.share,
                origin: deducted.origin(),
                struck: struck.get(&entrant.project).cloned(),
            }),
            ..entrant
        };
        Ok(entrants.into_iter().map(one).collect())
    }

    /// The bodies of whose next allocation a share was taken in the year before a plan year.
    fn bodies_cut(
        &self,
        pack: &Pack,
        noted: &NotedShare,
        year: i16,
    ) -> Result<BTreeMap<OrgId, Deducted>, Failure> {
        let mut bodies: BTreeMap<OrgId, Deducted> = BTreeMap::new();
        let Some(step) = pack.steps.get(&noted.step) else { return Ok(bodies) };
        let mut filter =
            CaseFilter { procedure: Some(step.procedure.clone()), ..CaseFilter::within(Scope::All, PAGE) };
        loop {
            let page = self.reads.cases(&filter)?;
            for row in page.rows {
                let case = crate::history::case(&self.reads.stream(&Stream::Case(row.case).key())?)?;
                let Some(case) = case.filter(|case| case.standing() != Standing::Withdrawn) else { continue };
                let done =
                    case.passed(&noted.step).filter(|done| done.on.year().checked_add(1) == Some(year));
                let share = done.and_then(|done| Ratio::parse(done.notes.get(&noted.note)?.trim()).ok());
                let Some(share) = share.filter(|share| *share > Ratio::ZERO) else { continue };
                let body = bodies.entry(case.applicant).or_insert_with(|| Deducted {
                    cases: Vec::new(),
                    cite: step.cite.to_string(),
                    share: Ratio::ZERO,
                });
                body.cases.push((row.case, row.number));
                body.share = body.share.checked_add(share).map_or(Ratio::ONE, |sum| sum.min(Ratio::ONE));
            }
            filter.after = page.next;
            if filter.after.is_none() {
                return Ok(bodies);
            }
        }
    }
}

fn missing(what: &str) -> Failure {
    Reason::NotFound { what: what.into() }.into()
}
