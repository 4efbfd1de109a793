//! The people of the demonstration: one for each role, a second one where one must not do both.

use anyhow::{Context, Result, anyhow};
use app::{Answer, App, Command, Request, Who};
use domain::identity::OrgKind;
use kernel::id::{OrgId, PersonId};
use std::collections::BTreeMap;

/// A sign-in that the start page lists.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The role.
    pub role: String,
    /// The role's name, Chinese.
    pub role_zh: String,
    /// The role's name, English.
    pub role_en: String,
    /// The organisation.
    pub org: String,
    /// The person.
    pub name: String,
    /// The sign-in name.
    pub login: String,
    /// The first of its role: what a visitor takes when in doubt.
    pub first: bool,
}

/// The password of every sign-in of the demonstration.
pub const PASSWORD: &str = "qingqu-demo-2019";

/// Everybody, by sign-in name.
#[derive(Debug, Default)]
pub struct Cast {
    who: BTreeMap<String, Who>,
    orgs: BTreeMap<String, OrgId>,
    /// The sign-ins, in order.
    pub sign_ins: Vec<SignIn>,
}

impl Cast {
    /// Who a sign-in name is.
    pub fn who(&self, login: &str) -> Result<Who> {
        self.who.get(login).cloned().ok_or_else(|| anyhow!("nobody is called {login}"))
    }

    /// The organisation of a sign-in name.
    pub fn org(&self, login: &str) -> Result<OrgId> {
        self.orgs.get(login).copied().ok_or_else(|| anyhow!("nobody is called {login}"))
    }

    /// The cast of a book whose people are there already.
    pub fn of(app: &App, sign_ins: &[SignIn]) -> Result<Cast> {
        let mut cast = Cast { sign_ins: sign_ins.to_vec(), ..Cast::default() };
        for one in sign_ins {
            let row =
                app.reads.person_by_login(&one.login)?.ok_or_else(|| anyhow!("nobody is {}", one.login))?;
            let held = row.roles.iter().find(|held| held.role == one.role);
            let org = held.ok_or_else(|| anyhow!("{} is no {}", one.login, one.role))?.org;
            let who = Who::Person { person: row.person, org, role: one.role.clone() };
            cast.who.insert(one.login.clone(), who);
            cast.orgs.insert(one.login.clone(), org);
        }
        Ok(cast)
    }

    /// Adds a person to an organisation in a role.
    pub fn add(
        &mut self,
        app: &App,
        org: (OrgId, &str),
        role: &str,
        name: &str,
        login: &str,
    ) -> Result<PersonId> {
        let command = Command::AddPerson {
            name: name.to_owned(),
            login: login.to_owned(),
            org: org.0,
            role: role.to_owned(),
        };
        let answer = submit(app, Who::Program, command).with_context(|| format!("adding {login}"))?;
        let person = PersonId(answer.id.unwrap_or_default());
        self.enter(app, person, org, role, name, login)?;
        Ok(person)
    }

    /// Enters a person that exists.
    pub fn enter(
        &mut self,
        app: &App,
        person: PersonId,
        org: (OrgId, &str),
        role: &str,
        name: &str,
        login: &str,
    ) -> Result<()> {
        let pack = app.pack()?;
        let (role_zh, role_en) = app::view::role_name(&pack, role);
        let first = !self.sign_ins.iter().any(|s| s.role == role);
        self.who.insert(login.to_owned(), Who::Person { person, org: org.0, role: role.to_owned() });
        self.orgs.insert(login.to_owned(), org.0);
        self.sign_ins.push(SignIn {
            role: role.to_owned(),
            role_zh,
            role_en,
            org: org.1.to_owned(),
            name: name.to_owned(),
            login: login.to_owned(),
            first,
        });
        Ok(())
    }
}

/// Registers an organisation without a credit code: an office.
pub fn office(app: &App, name: &str, kind: OrgKind, region: Option<&str>) -> Result<OrgId> {
    let region = region.and_then(|code| code.parse().ok());
    let command = Command::RegisterOrg { name: name.to_owned(), kind, region, credit_code: None };
    Ok(OrgId(submit(app, Who::Program, command)?.id.unwrap_or_default()))
}

/// Submits a command of the demonstration's script.
pub fn submit(app: &App, who: Who, command: Command) -> Result<Answer> {
    let what = format!("{command:?}").split([' ', '{']).next().unwrap_or_default().to_owned();
    app.submit(Request { who, key: String::new(), command }).map_err(|e| anyhow!("{what}: {e}"))
}
