//! What the pages about people and organisations show: lists, cards, choices.

use super::handover::IdleDesk;
use super::role_name;
use crate::access::{ADMINISTRATOR, AUDITOR, lends};
use crate::ports::{Fault, PageOf};
use crate::rows::{OrgFilter, OrgRow, PersonRow, RoleRow};
use crate::time::day_of;
use crate::view::desk::Names;
use crate::writer::App;
use domain::Stream;
use domain::identity::OrgKind;
use kernel::Date;
use kernel::id::{OrgId, PersonId};
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::{Pack, RoleKind, Sees, Words};
use std::collections::{BTreeMap, BTreeSet};

/// How many organisations one page of the list has.
pub const ORGS_A_PAGE: usize = 20;

/// A region where the pack has a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskRegion {
    /// The region.
    pub region: RegionCode,
    /// Its name.
    pub name: String,
    /// The unit that takes filings there.
    pub unit: String,
}

/// The regions where an enterprise may register: those of the bodies whose role sees its own region.
pub fn desk_regions(pack: &Pack) -> Vec<DeskRegion> {
    let sees_region = |role: &str| pack.roles.get(role).is_some_and(|r| r.sees == Sees::Region);
    let of = |org: &policy::pack::Org| {
        let region = org.region.filter(|_| sees_region(&org.role))?;
        Some(DeskRegion { region, name: place(region), unit: org.name.zh.clone() })
    };
    pack.orgs.iter().filter_map(of).collect()
}

/// The full name of a region: 天津市南开区.
pub fn place(region: RegionCode) -> String {
    Gazetteer::get().path(region).map_or_else(|| region.to_string(), |names| names.concat())
}

/// A role that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleChoice {
    /// Its id.
    pub role: String,
    /// Its name.
    pub name: Words,
}

/// What is known of a body when roles are offered for its people.
#[derive(Debug, Clone, Copy)]
pub struct Body<'a> {
    /// Its kind, as rows write it.
    pub kind: &'a str,
    /// Its region.
    pub region: Option<RegionCode>,
    /// Its name and the names it had before.
    pub names: &'a [String],
}

/// The roles that people of an organisation may hold: those of its kind; a role that sees a region only with one; a role that the
/// pack gives to named bodies only in one of them.
pub fn fitting_roles(pack: &Pack, body: Body<'_>) -> Vec<RoleChoice> {
    let of_kind = |role: RoleKind| match role {
        RoleKind::Enterprise => body.kind == "enterprise",
        RoleKind::Firm => body.kind == "firm",
        RoleKind::Government | RoleKind::Group | RoleKind::Village => body.kind == "government",
        RoleKind::Public => false,
    };
    let fits = |role: &&policy::pack::Role| {
        let mut named = pack.orgs.iter().filter(|org| org.role == role.id).peekable();
        of_kind(role.kind)
            && match role.sees {
                Sees::Region => body.region.is_some(),
                _ => named.peek().is_none() || named.any(|org| body.names.contains(&org.name.zh)),
            }
    };
    let of_pack = pack.roles.iter().filter(fits);
    let mut choices: Vec<RoleChoice> =
        of_pack.map(|role| RoleChoice { role: role.id.clone(), name: role.name.clone() }).collect();
    if body.kind == "government" {
        for own in [ADMINISTRATOR, AUDITOR] {
            let (zh, en) = role_name(pack, own);
            choices.push(RoleChoice { role: own.to_owned(), name: Words::new(zh, en) });
        }
    }
    choices
}

/// The kind of an organisation as rows write it.
pub fn kind_of(text: &str) -> Option<OrgKind> {
    match text {
        "government" => Some(OrgKind::Government),
        "enterprise" => Some(OrgKind::Enterprise),
        "firm" => Some(OrgKind::Firm),
        _ => None,
    }
}

/// A role held, with names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRole {
    /// The role.
    pub held: RoleRow,
    /// The organisation's name.
    pub org_name: String,
    /// The role's name.
    pub name: Words,
    /// The colleague who lent it; empty for a role of one's own.
    pub of: String,
}

/// A role lent for a time, as its page and the lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LendingLine {
    /// The role, with `of` the lender's name.
    pub role: HeldRole,
    /// Who lent it.
    pub lender: PersonId,
    /// Who stands in.
    pub to: PersonId,
    /// The name of who stands in.
    pub to_name: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Why.
    pub why: String,
}

/// What one may lend, to whom, and what is lent.
#[derive(Debug, Clone)]
pub struct Lendings {
    /// Roles of one's own that may be lent.
    pub own: Vec<HeldRole>,
    /// Active colleagues, by name: id, name, organisation.
    pub colleagues: Vec<(PersonId, String, OrgId)>,
    /// Lent to others or borrowed from them, now or later.
    pub lines: Vec<LendingLine>,
}

/// How a person's account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Switched off.
    Disabled,
    /// No password was ever set.
    NoPassword,
    /// Closed after wrong tries, until this moment.
    Locked(i64),
    /// The first password was not changed yet.
    FirstPassword,
    /// In use.
    Active,
}

/// A person in a list.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// The row.
    pub row: PersonRow,
    /// The roles held.
    pub roles: Vec<HeldRole>,
    /// The account.
    pub standing: Standing,
}

/// One line of a history.
#[derive(Debug, Clone)]
pub struct Happened {
    /// The day.
    pub on: Date,
    /// Milliseconds.
    pub at: i64,
    /// What.
    pub what: Words,
    /// Who did it; empty for the program and the public.
    pub who: String,
}

/// A person's page.
#[derive(Debug, Clone)]
pub struct PersonCard {
    /// The person.
    pub line: PersonLine,
    /// What can be granted: organisation by organisation that the person belongs to, roles not held yet.
    pub grantable: Vec<HeldRole>,
    /// Roles lent to others or borrowed from them, from today on.
    pub lendings: Vec<LendingLine>,
    /// What happened to the account, newest first.
    pub history: Vec<Happened>,
}

/// An organisation's page.
#[derive(Debug, Clone)]
pub struct OrgCard {
    /// The row.
    pub row: OrgRow,
    /// The region's full name.
    pub place: Option<String>,
    /// Names it had before.
    pub former_names: Vec<String>,
    /// Its people.
    pub people: Vec<PersonLine>,
    /// Organisations it is related to.
    pub related: Vec<OrgRow>,
    /// Roles its people may hold.
    pub roles: Vec<RoleChoice>,
}

/// An organisation in the list.
#[derive(Debug, Clone)]
pub struct OrgLine {
    /// The row.
    pub row: OrgRow,
    /// The region's full name.
    pub place: Option<String>,
    /// How many people it has.
    pub people: usize,
}

/// The start page of administration.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Organisations by kind.
    pub orgs: BTreeMap<String, i64>,
    /// People who may sign in.
    pub enabled: usize,
    /// People who may not.
    pub disabled: usize,
    /// People who still have a first password, or none.
    pub waiting: Vec<PersonLine>,
    /// Roles with steps to do that nobody holds.
    pub unmanned: Vec<RoleChoice>,
    /// Desks with waiting tasks that nobody can do.
    pub idle: Vec<IdleDesk>,
}

impl App {
    /// The start page of administration.
    pub fn people_overview(&self) -> Result<Overview, crate::Failure> {
        let pack = self.pack()?;
        let persons = self.reads.persons(None)?;
        let mut orgs = BTreeMap::new();
        for kind in ["government", "enterprise", "firm"] {
            let filter = OrgFilter { kind: Some(kind.to_owned()), limit: 1, ..OrgFilter::default() };
            orgs.insert(kind.to_owned(), self.reads.orgs(&filter)?.total);
        }
        let held: BTreeSet<String> = persons
            .iter()
            .filter(|p| p.enabled)
            .flat_map(|p| p.roles.iter().map(|r| r.role.clone()))
            .collect();
        let acts = |role: &str| pack.steps.iter().any(|step| step.by == role);
        let applicant = |kind: RoleKind| matches!(kind, RoleKind::Enterprise | RoleKind::Public);
        let open = pack.roles.iter().filter(|r| !applicant(r.kind) && acts(&r.id) && !held.contains(&r.id));
        let unmanned = open.map(|r| RoleChoice { role: r.id.clone(), name: r.name.clone() }).collect();
        let enabled = persons.iter().filter(|p| p.enabled).count();
        let disabled = persons.len() - enabled;
        let mut waiting = self.person_lines(&pack, persons)?;
        waiting.retain(|line| matches!(line.standing, Standing::FirstPassword | Standing::NoPassword));
        Ok(Overview { orgs, enabled, disabled, waiting, unmanned, idle: self.idle_desks()? })
    }

    /// A page of organisations.
    pub fn org_page(&self, filter: &OrgFilter) -> Result<PageOf<OrgLine>, Fault> {
        let page = self.reads.orgs(filter)?;
        let mut rows = Vec::with_capacity(page.rows.len());
        for row in page.rows {
            let people = self.reads.persons(Some(row.org))?.len();
            rows.push(OrgLine { place: row.region.map(place), people, row });
        }
        Ok(PageOf { rows, next: page.next, total: page.total })
    }

    /// One organisation.
    pub fn org_card(&self, id: OrgId) -> Result<Option<OrgCard>, crate::Failure> {
        let Some(row) = self.reads.org(id)? else { return Ok(None) };
        let pack = self.pack()?;
        let former_names = self.former_names(id)?;
        let mut related = Vec::new();
        for other in row.related.split(',').filter_map(|id| id.parse::<OrgId>().ok()) {
            related.extend(self.reads.org(other)?);
        }
        let people = self.person_lines(&pack, self.reads.persons(Some(id))?)?;
        let roles = self.roles_for(&pack, &row)?;
        Ok(Some(OrgCard { place: row.region.map(place), former_names, people, related, roles, row }))
    }

    /// One person.
    pub fn person_card(&self, id: PersonId) -> Result<Option<PersonCard>, crate::Failure> {
        let Some(row) = self.reads.person(id)? else { return Ok(None) };
        let pack = self.pack()?;
        let mut grantable = Vec::new();
        let bodies: BTreeSet<OrgId> =
            row.roles.iter().map(|held| held.org).chain(self.orgs_once(id)?).collect();
        for org in bodies {
            let Some(body) = self.reads.org(org)? else { continue };
            for choice in self.roles_for(&pack, &body)? {
                let held = RoleRow { org, role: choice.role };
                if !row.roles.contains(&held) {
                    grantable.push(HeldRole {
                        held,
                        org_name: body.name.clone(),
                        name: choice.name,
                        of: String::new(),
                    });
                }
            }
        }
        let history = self.person_history(id)?;
        let lendings = self.lending_lines(&pack, id)?;
        let line = self.person_lines(&pack, vec![row])?.pop();
        Ok(line.map(|line| PersonCard { line, grantable, lendings, history }))
    }

    /// The roles that somebody holds, with names, and those that colleagues lend today.
    pub fn held_roles(&self, person: PersonId) -> Result<Vec<HeldRole>, crate::Failure> {
        let Some(row) = self.reads.person(person)? else { return Ok(Vec::new()) };
        let pack = self.pack()?;
        let mut roles = self.named_roles(&pack, &row)?;
        for lent in self.lent_viewers(person)? {
            let of = lent.behalf.as_ref().map_or_else(String::new, |lender| lender.name.clone());
            let held = RoleRow { org: lent.org, role: lent.role };
            roles.push(HeldRole { of, ..self.named_role(&pack, &held)? });
        }
        Ok(roles)
    }

    /// What somebody may lend and what is lent to and by them, from today on.
    pub fn lendings(&self, person: PersonId) -> Result<Lendings, crate::Failure> {
        let pack = self.pack()?;
        let row = self.reads.person(person)?;
        let own = row.as_ref().map(|row| self.named_roles(&pack, row)).transpose()?.unwrap_or_default();
        let own: Vec<HeldRole> = own.into_iter().filter(|role| lends(&role.held.role)).collect();
        let orgs: BTreeSet<OrgId> = own.iter().map(|role| role.held.org).collect();
        let mut colleagues = Vec::new();
        for org in orgs {
            let others = self.reads.persons(Some(org))?;
            let others = others.into_iter().filter(|other| other.enabled && other.person != person);
            colleagues.extend(others.map(|other| (other.person, other.name, org)));
        }
        Ok(Lendings { own, colleagues, lines: self.lending_lines(&pack, person)? })
    }

    fn lending_lines(&self, pack: &Pack, person: PersonId) -> Result<Vec<LendingLine>, crate::Failure> {
        let Some(state) = self.person(person)? else { return Ok(Vec::new()) };
        let mut names = Names::of(self);
        let lent = state.lent.iter().map(|lending| (lending, person, lending.other));
        let borrowed = state.borrowed.iter().map(|lending| (lending, lending.other, person));
        let mut lines = Vec::new();
        for (lending, lender, to) in lent.chain(borrowed).filter(|(l, ..)| l.until >= self.today()) {
            let held = RoleRow { org: lending.held.org, role: lending.held.role.clone() };
            let of = names.person(Some(lender))?;
            lines.push(LendingLine {
                role: HeldRole { of, ..self.named_role(pack, &held)? },
                lender,
                to,
                to_name: names.person(Some(to))?,
                from: lending.from,
                until: lending.until,
                why: lending.why.clone(),
            });
        }
        lines.sort_by_key(|line| (line.from, line.lender, line.to));
        Ok(lines)
    }

    /// The organisation that an administrator means by a full name or a credit code; `Err` holds how many fit.
    pub fn org_meant(&self, text: &str) -> Result<Result<OrgRow, usize>, Fault> {
        if let Some(row) = self.reads.org_by_code(&text.trim().to_uppercase())? {
            return Ok(Ok(row));
        }
        let filter = OrgFilter { text: Some(text.trim().to_owned()), limit: 50, ..OrgFilter::default() };
        let rows = self.reads.orgs(&filter)?.rows;
        let mut exact: Vec<OrgRow> = rows.into_iter().filter(|row| row.name == text.trim()).collect();
        let found = exact.len();
        Ok(exact.pop().filter(|_| found == 1).ok_or(found))
    }

    fn former_names(&self, id: OrgId) -> Result<Vec<String>, Fault> {
        Ok(self.org(id)?.map(|org| org.former_names).unwrap_or_default())
    }

    fn roles_for(&self, pack: &Pack, row: &OrgRow) -> Result<Vec<RoleChoice>, Fault> {
        let mut names = self.former_names(row.org)?;
        names.push(row.name.clone());
        Ok(fitting_roles(pack, Body { kind: &row.kind, region: row.region, names: &names }))
    }

    /// The organisations in which a person ever held a role.
    fn orgs_once(&self, id: PersonId) -> Result<Vec<OrgId>, Fault> {
        let acts = self.reads.stream(&Stream::Person(id).key())?;
        let mut orgs = Vec::new();
        for act in &acts {
            if let domain::Event::Identity(domain::identity::Event::RoleGranted { org, .. }) =
                crate::history::event(act)?
            {
                orgs.push(org);
            }
        }
        Ok(orgs)
    }

    fn person_history(&self, id: PersonId) -> Result<Vec<Happened>, Fault> {
        let mut history = Vec::new();
        for act in self.reads.stream(&Stream::Person(id).key())? {
            let known = journal::forms::kind(&act.kind);
            let what =
                known.map_or_else(|| Words::new(&*act.kind, &*act.kind), |kind| Words::new(kind.zh, kind.en));
            let who = Names::of(self).hands(crate::history::meta(&act).hands())?;
            history.push(Happened { on: day_of(act.at), at: act.at, what, who });
        }
        history.reverse();
        Ok(history)
    }

    fn person_lines(&self, pack: &Pack, rows: Vec<PersonRow>) -> Result<Vec<PersonLine>, Fault> {
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            let roles = self.named_roles(pack, &row)?;
            lines.push(PersonLine { roles, standing: self.standing(&row)?, row });
        }
        Ok(lines)
    }

    fn named_roles(&self, pack: &Pack, row: &PersonRow) -> Result<Vec<HeldRole>, Fault> {
        row.roles.iter().map(|held| self.named_role(pack, held)).collect()
    }

    fn named_role(&self, pack: &Pack, held: &RoleRow) -> Result<HeldRole, Fault> {
        let (zh, en) = role_name(pack, &held.role);
        let org_name = self.reads.org(held.org)?.map_or_else(String::new, |org| org.name);
        Ok(HeldRole { held: held.clone(), org_name, name: Words::new(zh, en), of: String::new() })
    }

    fn standing(&self, row: &PersonRow) -> Result<Standing, Fault> {
        if !row.enabled {
            return Ok(Standing::Disabled);
        }
        let Some(credential) = self.house.credential(row.person)? else { return Ok(Standing::NoPassword) };
        Ok(if credential.locked_until > self.clock.now() {
            Standing::Locked(credential.locked_until)
        } else if credential.must_change {
            Standing::FirstPassword
        } else {
            Standing::Active
        })
    }
}
