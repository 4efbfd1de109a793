//! One project of the library as a whole: the entry, what it led to, its courses, money, notices, acceptance, and the hands that
//! it went through.

use super::LibraryLine;
use super::course::{Belongs, CourseNow, Money as Purse, courses};
use super::hands::{self, Hand};
use crate::access;
use crate::command::Failure;
use crate::history;
use crate::rows::{CaseFilter, CaseRow, ClaimFilter, NoticeOf, PaymentFilter, ProjectRow};
use crate::time::day_of;
use crate::view::Viewer;
use crate::view::desk::Names;
use crate::view::filing::FiledForm;
use crate::writer::App;
use domain::case::Case;
use domain::{Reason, Stream};
use kernel::id::{CaseId, ProjectId};
use kernel::{Date, Money};
use policy::pack::{Pack, Words};
use policy::procedure::Act;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most cases, claims and payments that are looked at for one project.
const MOST: usize = 200;

/// A case that belongs to the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KinNow {
    /// Its row.
    pub row: CaseRow,
    /// Its procedure's name.
    pub procedure: Words,
}

/// The project's money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryMoney {
    /// Asked for in the entry.
    pub asked: Money,
    /// Approved: what the project's budget lines add up to, else the amount with which it stands in the library.
    pub approved: Option<Money>,
    /// The project that spends it, when the viewer may see it.
    pub project: Option<ProjectRow>,
}

/// A notice about the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryNotice {
    /// Where it is shown.
    pub about: NoticeOf,
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: Words,
    /// First day that counts.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// It was ended or undone.
    pub ended: bool,
    /// Its days are over, and nobody has said with which result.
    pub run_out: bool,
    /// In how many places it was posted.
    pub places: usize,
    /// Objections, and how many of them are answered.
    pub objections: (usize, usize),
}

/// An entry that looks like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikeNow {
    /// Its row.
    pub row: CaseRow,
    /// What was decided: whether it is the same project, and why.
    pub decided: Option<(bool, String)>,
}

/// A project of the library.
#[derive(Debug, Clone)]
pub struct LibraryPage {
    /// The line of the list.
    pub line: LibraryLine,
    /// The procedure's name.
    pub procedure: Words,
    /// The entry as filed.
    pub form: Option<FiledForm>,
    /// What it builds on and what builds on it, oldest first, without itself.
    pub kin: Vec<KinNow>,
    /// The courses.
    pub courses: Vec<CourseNow>,
    /// The money.
    pub money: LibraryMoney,
    /// Notices, oldest first.
    pub notices: Vec<LibraryNotice>,
    /// Acceptance of the works and hand-over.
    pub acceptance: Vec<Hand>,
    /// Who declared, checked, decided, verified and used; in the order of the duty, then of the day.
    pub hands: Vec<Hand>,
    /// The entries that look like this one.
    pub alike: Vec<AlikeNow>,
}

impl App {
    /// A project of the library in the viewer's scope.
    pub fn library_page(&self, viewer: &Viewer, id: CaseId) -> Result<LibraryPage, Failure> {
        let missing = || Failure::from(Reason::NotFound { what: "入库项目".into() });
        let case = self.case(viewer, id)?;
        let row = self.reads.case(id)?.filter(|row| row.library).ok_or_else(missing)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let family = self.family(viewer, row.clone())?;
        let projects = self.projects_seen(viewer, &family)?;
        let money = projects.first().map(|row| self.purse(viewer, row.project)).transpose()?;
        let mut states: Vec<(Case, Arc<Pack>)> = Vec::new();
        for kin in &family {
            let case = self.case(viewer, kin.case)?;
            let edition = self.edition(&case.pack, &case.edition)?;
            states.push((case, edition));
        }
        let belongs = Belongs {
            today: self.today(),
            pack: &pack,
            cases: states.iter().map(|(case, pack)| (case, &**pack)).collect(),
            money: money.as_ref(),
        };
        let hands = self.hands(&states, money.as_ref().map(|money| (money, &*pack)))?;
        let accepts = |hand: &&Hand| matches!(hand.act, Act::Complete | Act::HandOver) && !hand.void;
        let named = |row: &CaseRow| {
            let known = pack.procedures.get(&row.procedure);
            known.map_or_else(|| Words::new(row.procedure.clone(), row.procedure.clone()), |p| p.name.clone())
        };
        Ok(LibraryPage {
            procedure: named(&row),
            form: if case.current().is_some() { Some(self.filed_form(viewer, id, None)?) } else { None },
            courses: courses(&belongs),
            money: money_of(&row, projects.into_iter().next()),
            notices: states.iter().flat_map(|(case, pack)| notices(case, pack, self.today())).collect(),
            acceptance: hands.iter().filter(accepts).cloned().collect(),
            hands,
            alike: self.alike_rows(viewer, &case)?,
            kin: family
                .into_iter()
                .filter(|kin| kin.case != id)
                .map(|row| KinNow { procedure: named(&row), row })
                .collect(),
            line: self.library_lines(&pack, vec![row])?.pop().ok_or_else(missing)?,
        })
    }

    /// The case, what it builds on, and what builds on any of these, as far as the viewer sees it; oldest first.
    pub(super) fn family(&self, viewer: &Viewer, own: CaseRow) -> Result<Vec<CaseRow>, Failure> {
        let seen = |row: &CaseRow| access::sees(&viewer.scope, row.applicant, row.desk, row.firm);
        let mut ids = BTreeSet::from([own.case]);
        let mut rows = vec![own];
        while let Some(above) = rows.last().and_then(|row| row.parent).filter(|id| !ids.contains(id)) {
            let Some(row) = self.reads.case(above)?.filter(seen) else { break };
            ids.insert(row.case);
            rows.push(row);
        }
        // What builds on a parent beside this entry belongs to another project.
        let mut at = 0;
        let mut below = vec![rows[0].case];
        while let Some(parent) = below.get(at).copied().filter(|_| ids.len() < MOST) {
            at += 1;
            let page = CaseFilter { parent: Some(parent), ..CaseFilter::within(viewer.scope.clone(), MOST) };
            for row in self.reads.cases(&page)?.rows {
                if ids.insert(row.case) {
                    below.push(row.case);
                    rows.push(row);
                }
            }
        }
        rows.sort_by_key(|row| row.case);
        Ok(rows)
    }

    /// The money projects that come from these cases, as far as the viewer sees them.
    pub(super) fn projects_seen(
        &self,
        viewer: &Viewer,
        family: &[CaseRow],
    ) -> Result<Vec<ProjectRow>, Failure> {
        let ids: Vec<CaseId> = family.iter().map(|row| row.case).collect();
        let rows = self.reads.projects_of_cases(&ids)?;
        Ok(rows.into_iter().filter(|row| access::sees(&viewer.scope, row.unit, row.place, None)).collect())
    }

    pub(super) fn purse(&self, viewer: &Viewer, id: ProjectId) -> Result<Purse, Failure> {
        let acts = self.reads.stream(&Stream::Project(id).key())?;
        let missing = || Failure::from(Reason::NotFound { what: "项目".into() });
        let project = history::project(&acts)?.ok_or_else(missing)?;
        let filter = ClaimFilter {
            scope: viewer.scope.clone(),
            pack: project.pack.clone(),
            fund: None,
            project: Some(id),
            standing: None,
            text: None,
            after: None,
            limit: MOST,
        };
        let mut claims = Vec::new();
        for row in self.reads.claims(&filter)?.rows {
            claims.extend(history::claim(&self.reads.stream(&Stream::Claim(row.claim).key())?)?);
        }
        let payments = PaymentFilter {
            pack: project.pack.clone(),
            project: Some(id),
            limit: MOST,
            ..PaymentFilter::default()
        };
        let payments = self.reads.payments(&payments)?;
        let mut ordered = Vec::new();
        for batch in payments.iter().map(|payment| payment.batch).collect::<BTreeSet<_>>() {
            ordered.extend(self.reads.batch(batch)?.and_then(|row| row.released_on));
        }
        let own = format!("allotted:p{id}:");
        let movements = self.reads.project_movements(id, MOST)?;
        Ok(Purse {
            opened: acts.first().map_or_else(|| self.today(), |act| day_of(act.at)),
            allotted: movements.iter().filter(|row| row.to.starts_with(&own)).map(|row| row.day).min(),
            paid: payments.iter().filter(|p| p.state == "paid").filter_map(|p| p.on).min(),
            ordered: ordered.into_iter().min(),
            claims,
            project,
        })
    }

    fn hands(
        &self,
        states: &[(Case, Arc<Pack>)],
        money: Option<(&Purse, &Pack)>,
    ) -> Result<Vec<Hand>, Failure> {
        let mut names = Names::of(self);
        let mut all = Vec::new();
        for (case, pack) in states {
            all.extend(hands::of_case(&mut names, pack, case)?);
        }
        if let Some((money, pack)) = money {
            for claim in &money.claims {
                all.extend(hands::of_trail(&mut names, pack, (&claim.trail, &claim.number))?);
            }
        }
        all.sort_by_key(|hand| (hand.duty, hand.on));
        Ok(all)
    }

    fn alike_rows(&self, viewer: &Viewer, case: &Case) -> Result<Vec<AlikeNow>, Failure> {
        let mut rows = Vec::new();
        for (other, decided) in &case.alike {
            let row = self.reads.case(*other)?;
            let seen = row.filter(|row| access::sees(&viewer.scope, row.applicant, row.desk, row.firm));
            rows.extend(seen.map(|row| AlikeNow { row, decided: decided.clone() }));
        }
        Ok(rows)
    }
}

fn money_of(row: &CaseRow, project: Option<ProjectRow>) -> LibraryMoney {
    let planned = project.as_ref().map(|project| project.planned).filter(|planned| !planned.is_zero());
    let entered = (row.standing == "accepted").then_some(row.amount);
    LibraryMoney { asked: row.amount, approved: planned.or(entered), project }
}

fn notices(case: &Case, pack: &Pack, today: Date) -> Vec<LibraryNotice> {
    let one = |shown: &domain::case::Shown| {
        let own = || case.objections.values().filter(|said| said.notice == shown.number);
        LibraryNotice {
            about: NoticeOf::Case(case.id),
            number: shown.number.clone(),
            name: pack.notices.get(&shown.notice).map(|notice| notice.name.clone()).unwrap_or_default(),
            first: shown.window.first,
            last: shown.window.last,
            ended: shown.ended,
            run_out: !shown.ended && shown.window.last < today,
            places: shown.postings.len(),
            objections: (own().count(), own().filter(|said| said.answer.is_some()).count()),
        }
    };
    case.notices.iter().map(one).collect()
}
