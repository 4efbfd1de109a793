//! Approved projects of the library for which no money is registered yet.

use crate::command::Failure;
use crate::history;
use crate::rows::{CaseFilter, Scope};
use crate::view::{Viewer, place_name};
use crate::writer::App;
use domain::case::filed_text;
use domain::project::{Life, ready};
use domain::{Context, Stream};
use kernel::Money;
use kernel::id::{CaseId, OrgId};
use kernel::region::RegionCode;
use policy::pack::Id;
use policy::procedure::Step;
use std::collections::BTreeSet;

/// The most approved projects that a form lists.
pub const APPROVED_MAX: usize = 500;

/// An approved project of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its name.
    pub title: String,
    /// Where it is, when the form says it by its code.
    pub place: Option<(RegionCode, String)>,
    /// Its plan year.
    pub year: i16,
    /// What it asks for.
    pub amount: Money,
    /// Who filed it.
    pub applicant: OrgId,
    /// How poor households are tied to it, as its form says; empty when it says it in a table only.
    pub link: String,
}

impl App {
    /// The approved projects that a viewer may register for money under a step; newest first.
    pub(super) fn approved(&self, viewer: &Viewer, step: &Step) -> Result<Vec<Approved>, Failure> {
        let pack = &viewer.pack;
        let any = step.needs.first().into_iter().flat_map(|need| &need.any);
        let of: BTreeSet<&Id> =
            any.filter_map(|after| Some(&pack.steps.get(&after.step)?.procedure)).collect();
        let mut rows = Vec::new();
        for procedure in of.into_iter().filter_map(|id| pack.procedures.get(id)) {
            // Where others file than register, what was approved is known to those who carry it out.
            let files = pack.start_steps(procedure).first().is_some_and(|first| first.done_by(&viewer.role));
            let scope = if files { viewer.scope.clone() } else { Scope::All };
            let filter = CaseFilter::within(scope, APPROVED_MAX);
            let filter = CaseFilter { procedure: Some(procedure.id.clone()), ..filter };
            rows.extend(self.reads.cases(&filter)?.rows);
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.case));
        let ids: Vec<CaseId> = rows.iter().map(|row| row.case).collect();
        let used: BTreeSet<CaseId> =
            self.reads.projects_of_cases(&ids)?.into_iter().filter_map(|p| p.case).collect();
        let calendar = kernel::calendar::Calendar::known_on(self.today());
        let actor = viewer.actor(BTreeSet::new());
        let ctx = Context { pack, today: self.today(), calendar: &calendar, actor: &actor };
        let mut found = Vec::new();
        for row in rows.into_iter().filter(|row| !used.contains(&row.case)) {
            let Some(case) = history::case(&self.reads.stream(&Stream::Case(row.case).key())?)? else {
                continue;
            };
            let life = Life { case: Some(&case), about: &[] };
            if ready(step, &row.number, life, ctx).is_err() {
                continue;
            }
            let link = filed_text(&case, Some(&"participation".to_owned())).unwrap_or_default().to_owned();
            found.push(Approved {
                case: row.case,
                number: row.number,
                title: row.title,
                place: row.county.map(|code| (code, place_name(code))),
                year: row.year,
                amount: row.amount,
                applicant: row.applicant,
                link,
            });
        }
        Ok(found)
    }
}
