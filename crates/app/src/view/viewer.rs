//! Who looks: a person in one role of one organisation, with the scope that this gives.

use crate::access::{self, Right};
use crate::command::{Failure, Who};
use crate::history;
use crate::ports::Fault;
use crate::rows::{BorrowedRow, CaseFilter, PersonRow, ProjectFilter, RoleRow, Scope, TaskScope};
use crate::writer::App;
use domain::case::Case;
use domain::identity::{Org, Person};
use domain::plan::Plan;
use domain::year::Year;
use domain::{Actor, Hands, Reason, Stream};
use kernel::Date;
use kernel::id::{CaseId, OrgId, PersonId, PlanId};
use kernel::region::RegionCode;
use policy::pack::Pack;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most projects of an organisation that are looked at for the cases they came from, newest first.
const CARRIED_MAX: usize = 1_000;

/// A person in one role.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The sign-in name.
    pub login: String,
    /// The organisation.
    pub org: OrgId,
    /// Its name.
    pub org_name: String,
    /// Its region.
    pub region: Option<RegionCode>,
    /// The role.
    pub role: String,
    /// The role's name, Chinese.
    pub role_zh: String,
    /// The role's name, English.
    pub role_en: String,
    /// The pack that the book runs.
    pub pack: Arc<Pack>,
    /// What the role sees.
    pub scope: Scope,
    /// The cases that the organisation carries out, where others file them: its projects for money came from these.
    pub carries: BTreeSet<CaseId>,
    /// The colleague who lent the role; nobody for a role of one's own.
    pub behalf: Option<Lender>,
}

/// Who lent a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lender {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
}

impl Viewer {
    /// As decisions see who acts, with the organisations that it belongs to.
    pub fn actor(&self, belongs: BTreeSet<OrgId>) -> Actor {
        Actor {
            person: self.person,
            name: self.name.clone(),
            behalf: self.behalf.as_ref().map(|lender| lender.person),
            org: self.org,
            org_name: self.org_name.clone(),
            role: self.role.clone(),
            region: self.region,
            belongs,
        }
    }

    /// Whose hands: the person's, and the lender's.
    pub fn hands(&self) -> Hands {
        Hands { person: self.person, behalf: self.behalf.as_ref().map(|lender| lender.person) }
    }

    /// As the submitter of commands.
    pub fn who(&self) -> Who {
        Who::Person { person: self.person, org: self.org, role: self.role.clone() }
    }

    /// Whether the role has a right.
    pub fn may(&self, right: Right) -> bool {
        access::may(&self.pack, &self.role, right)
    }

    /// Whose inbox.
    pub fn task_scope(&self) -> TaskScope {
        TaskScope { role: self.role.clone(), org: self.org, scope: self.scope.clone() }
    }

    /// Whether a case lies in the scope, or is one that the organisation carries out and has steps to do in.
    pub fn sees(&self, case: &Case) -> bool {
        access::sees(&self.scope, case.applicant, case.desk, case.firm) || self.takes_part(case)
    }

    /// Whether others filed the case and the organisation carries it out.
    pub fn takes_part(&self, case: &Case) -> bool {
        let carries = |id: &CaseId| self.carries.contains(id);
        (carries(&case.id) || case.parent.as_ref().is_some_and(carries))
            && access::takes_part(&self.pack, &self.role, case)
    }
}

impl App {
    /// Today in the office.
    pub fn today(&self) -> Date {
        self.clock.today()
    }

    /// The pack that the book runs, in the edition of today.
    pub fn pack(&self) -> Result<Arc<Pack>, Failure> {
        let first =
            self.packs.first().ok_or_else(|| Fault::lasting("the program was built without a pack"))?;
        Ok(self.packs.on(&first.id, self.today()).unwrap_or(first))
    }

    /// A person in a role, if the person may sign in and holds it, or stands in today for somebody who does.
    pub fn viewer(&self, person: PersonId, org: OrgId, role: &str) -> Result<Option<Viewer>, Failure> {
        let Some(row) = self.reads.person(person)?.filter(|p| p.enabled) else { return Ok(None) };
        let held = RoleRow { org, role: role.to_owned() };
        let behalf = if row.roles.contains(&held) { None } else { self.lender(&row, &held)? };
        if behalf.is_none() && !row.roles.contains(&held) {
            return Ok(None);
        }
        let Some(body) = self.reads.org(org)? else { return Ok(None) };
        let pack = self.pack()?;
        let (mut role_zh, mut role_en) = role_name(&pack, role);
        if let Some(lender) = &behalf {
            role_zh = format!("{role_zh}（代{}）", lender.name);
            role_en = format!("{role_en} (for {})", lender.name);
        }
        let scope = access::scope_of(&pack, role, org, body.region);
        let carries = self.carried(&pack, role, org)?;
        Ok(Some(Viewer {
            person,
            name: row.name,
            login: row.login,
            org,
            org_name: body.name,
            region: body.region,
            role: role.to_owned(),
            role_zh,
            role_en,
            pack,
            scope,
            carries,
            behalf,
        }))
    }

    /// The cases from which an organisation opened its projects, for a role that sees only what is its own and does steps of cases
    /// that another role files.
    fn carried(&self, pack: &Pack, role: &str, org: OrgId) -> Result<BTreeSet<CaseId>, Fault> {
        if !access::has_part(pack, role) {
            return Ok(BTreeSet::new());
        }
        let filter = ProjectFilter::all(Scope::Own(org), &pack.id, CARRIED_MAX);
        Ok(self.reads.projects(&filter)?.rows.into_iter().filter_map(|row| row.case).collect())
    }

    /// The person in each role that somebody lends today, in the order in which they were lent.
    pub fn lent_viewers(&self, person: PersonId) -> Result<Vec<Viewer>, Failure> {
        let today = self.today();
        let borrowed = self.reads.person(person)?.map(|row| row.borrowed).unwrap_or_default();
        let running = borrowed.into_iter().filter(|b| b.from <= today && today <= b.until);
        let mut viewers = Vec::new();
        for BorrowedRow { held, .. } in running {
            let viewer = self.viewer(person, held.org, &held.role)?;
            viewers.extend(viewer.filter(|viewer| viewer.behalf.is_some()));
        }
        Ok(viewers)
    }

    /// Who lends this role to this person today, and still holds it.
    fn lender(&self, row: &PersonRow, held: &RoleRow) -> Result<Option<Lender>, Fault> {
        if !row.roles.iter().any(|own| own.org == held.org) {
            return Ok(None);
        }
        let today = self.today();
        let runs = |b: &&BorrowedRow| b.held == *held && b.from <= today && today <= b.until;
        let Some(borrowed) = row.borrowed.iter().find(runs).filter(|_| access::lends(&held.role)) else {
            return Ok(None);
        };
        let lender = self.reads.person(borrowed.of)?.filter(|p| p.enabled && p.roles.contains(held));
        Ok(lender.map(|p| Lender { person: p.person, name: p.name }))
    }

    /// A case in the viewer's scope.
    pub fn case(&self, viewer: &Viewer, id: CaseId) -> Result<Case, Failure> {
        let case = history::case(&self.reads.stream(&Stream::Case(id).key())?)?.filter(|c| viewer.sees(c));
        case.ok_or_else(|| Reason::NotFound { what: "申报件".into() }.into())
    }

    /// A case to read: one in the viewer's scope, or one that a case or a project in that scope builds on.
    pub fn case_read(&self, viewer: &Viewer, id: CaseId) -> Result<Case, Failure> {
        let found = self.case(viewer, id);
        if found.is_ok() || !self.stands_on(viewer, id)? {
            return found;
        }
        let case = history::case(&self.reads.stream(&Stream::Case(id).key())?)?;
        case.ok_or_else(|| Reason::NotFound { what: "申报件".into() }.into())
    }

    fn stands_on(&self, viewer: &Viewer, id: CaseId) -> Result<bool, Failure> {
        let below = CaseFilter { parent: Some(id), ..CaseFilter::within(viewer.scope.clone(), 1) };
        if !self.reads.cases(&below)?.rows.is_empty() {
            return Ok(true);
        }
        let projects = self.reads.projects_of_cases(&[id])?;
        Ok(projects.iter().any(|row| access::sees(&viewer.scope, row.unit, row.place, None)))
    }

    /// A plan, for those who see all cases.
    pub fn plan(&self, viewer: &Viewer, id: PlanId) -> Result<Plan, Failure> {
        let plan = history::plan(&self.reads.stream(&Stream::Plan(id).key())?)?
            .filter(|_| viewer.scope == Scope::All);
        plan.ok_or_else(|| Reason::NotFound { what: "方案".into() }.into())
    }

    /// A year of a pack.
    pub fn year(&self, pack: &str, year: i16) -> Result<Option<Year>, Fault> {
        history::year(&self.reads.stream(&Stream::Year(pack.to_owned(), year).key())?)
    }

    /// An organisation.
    pub fn org(&self, id: OrgId) -> Result<Option<Org>, Fault> {
        history::org(&self.reads.stream(&Stream::Org(id).key())?)
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> Result<Option<Person>, Fault> {
        history::person(&self.reads.stream(&Stream::Person(id).key())?)
    }

    /// The edition that a case or plan runs under.
    pub fn edition(&self, id: &str, edition: &str) -> Result<Arc<Pack>, Failure> {
        let pack = self.packs.edition(id, edition);
        pack.ok_or_else(|| Fault::lasting(format!("pack {id}/{edition} is not part of this program")).into())
    }
}

/// The name of a role, in both languages.
pub fn role_name(pack: &Pack, role: &str) -> (String, String) {
    match role {
        access::ADMINISTRATOR => ("系统管理员".into(), "Administrator".into()),
        access::AUDITOR => ("审计监督".into(), "Auditor".into()),
        _ => pack
            .roles
            .get(role)
            .map_or_else(|| (role.into(), role.into()), |r| (r.name.zh.clone(), r.name.en.clone())),
    }
}

impl App {
    /// Who must have a letter with the results of a plan now: the desks of its items, and the roles that the step copies to.
    pub fn letter_recipients(&self, id: PlanId) -> Result<Vec<String>, Failure> {
        let plan = history::plan(&self.reads.stream(&Stream::Plan(id).key())?)?;
        let plan = plan.ok_or_else(|| Failure::from(Reason::NotFound { what: "方案".into() }))?;
        let pack = self.edition(&plan.pack, &plan.edition)?;
        let open = plan.open_steps(&pack);
        let Some(step) = open.iter().find(|o| o.step.act == policy::procedure::Act::File) else {
            return Ok(Vec::new());
        };
        let mut desks = BTreeSet::new();
        for case in &step.items {
            desks.extend(self.reads.case(*case)?.map(|row| row.desk));
        }
        let mut names: Vec<String> =
            desks.iter().map(|region| crate::usecase::desk_name(&pack, *region)).collect();
        names.extend(
            step.step.copies.iter().filter_map(|role| pack.roles.get(role)).map(|r| r.name.zh.clone()),
        );
        Ok(names)
    }
}
