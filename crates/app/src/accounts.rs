//! Accounts: what belongs to a person's act beside the act itself, namely the credential and the sessions.
//!
//! Each function submits the act first and touches the house only once the act stands. First passwords are derived from the form's
//! key, so a form sent twice shows the same password twice; they are shown once and kept as a hash only.

use crate::access::ADMINISTRATOR;
use crate::command::{Answer, Command, Failure, Request, Who};
use crate::password::{self, Weak};
use crate::ports::Fault;
use crate::rows::{Credential, RoleRow};
use crate::secret::keyed;
use crate::signin::{Denied, Door, Seated, Secret, SignInError};
use crate::view::people;
use crate::writer::App;
use domain::identity::OrgKind;
use domain::{Reason, Stream};
use journal::ActEnvelope;
use kernel::credit::CreditCode;
use kernel::id::{OrgId, PersonId};
use kernel::region::RegionCode;
use policy::pack::{Pack, RoleKind};

/// Why a password was not set.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The new one is not taken.
    #[error("the password is not taken: {0:?}")]
    Weak(Weak),
    /// The old one is wrong.
    #[error("the old password is wrong")]
    Denied(Denied),
    /// The act was not carried out.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<Fault> for PasswordError {
    fn from(fault: Fault) -> Self {
        PasswordError::Failure(fault.into())
    }
}

impl From<SignInError> for PasswordError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Denied(denied) => PasswordError::Denied(denied),
            SignInError::Fault(fault) => fault.into(),
        }
    }
}

/// A person to be added by the administrator.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Name.
    pub name: String,
    /// Sign-in name.
    pub login: String,
    /// Organisation.
    pub org: OrgId,
    /// First role.
    pub role: String,
}

/// An enterprise that registers itself.
#[derive(Debug, Clone)]
pub struct NewEnterprise<'a> {
    /// Full name.
    pub name: String,
    /// Credit code.
    pub credit_code: CreditCode,
    /// Region of registration.
    pub region: RegionCode,
    /// The contact person.
    pub person: String,
    /// The sign-in name.
    pub login: String,
    /// The password chosen.
    pub password: Secret<'a>,
    /// The form's key.
    pub key: &'a str,
    /// The secret of the session to begin.
    pub token: &'a str,
}

/// A person's own change of password.
#[derive(Debug, Clone, Copy)]
pub struct NewPassword<'a> {
    /// The present one.
    pub old: Secret<'a>,
    /// The new one.
    pub new: Secret<'a>,
    /// The form's key.
    pub key: &'a str,
    /// The secret of the session that takes the place of all others.
    pub token: &'a str,
}

/// A first password, to be shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstPassword {
    /// The sign-in name.
    pub login: String,
    /// The password; must be changed at the first sign-in.
    pub password: String,
}

impl std::fmt::Debug for FirstPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FirstPassword").field("login", &self.login).finish_non_exhaustive()
    }
}

/// Whose roles, and why.
#[derive(Debug, Clone)]
pub struct Withdrawal {
    /// From whom.
    pub person: PersonId,
    /// The role held.
    pub held: RoleRow,
    /// Why.
    pub why: String,
}

impl App {
    /// Adds a person and answers the first password, to be handed over. `None` when the form was sent again after the person had
    /// set a password of his own.
    pub fn add_person(
        &self,
        who: &Who,
        key: &str,
        new: NewPerson,
    ) -> Result<(PersonId, Option<String>), Failure> {
        let NewPerson { name, login, org, role } = new;
        let answer = self.order(who, key, Command::AddPerson { name, login, org, role })?;
        let person = PersonId(answer.id.unwrap_or_default());
        Ok((person, self.first_password(person, key, &answer)?))
    }

    /// Sets a new first password, ends the person's sessions and opens a closed name. `None` as above.
    pub fn reset_password(&self, who: &Who, key: &str, person: PersonId) -> Result<Option<String>, Failure> {
        let answer = self.order(who, key, Command::ResetPassword { person })?;
        let first = self.first_password(person, key, &answer)?;
        if first.is_some() {
            self.house.end_sessions(person)?;
        }
        Ok(first)
    }

    /// Disables sign-in and ends the person's sessions.
    pub fn disable_person(&self, who: &Who, key: &str, person: PersonId, why: &str) -> Result<(), Failure> {
        self.order(who, key, Command::DisablePerson { person, why: why.to_owned() })?;
        Ok(self.house.end_sessions(person)?)
    }

    /// Withdraws a role and ends the person's sessions.
    pub fn withdraw_role(&self, who: &Who, key: &str, asked: Withdrawal) -> Result<(), Failure> {
        let Withdrawal { person, held, why } = asked;
        self.order(who, key, Command::WithdrawRole { person, org: held.org, role: held.role, why })?;
        Ok(self.house.end_sessions(person)?)
    }

    /// Changes one's own password: the old one is asked again, every session ends, and a new one begins.
    pub fn change_password(
        &self,
        door: &Door,
        seated: &Seated,
        new: NewPassword<'_>,
    ) -> Result<(), PasswordError> {
        let person = seated.session.person;
        let proved = self.prove(door, person, new.old)?;
        password::check(&seated.viewer.login, new.new.0).map_err(PasswordError::Weak)?;
        if new.old.0 == new.new.0 {
            return Err(PasswordError::Weak(Weak::Unchanged));
        }
        let hash = password::hash(self.password_cost()?, &self.random.bytes(), new.new.0)?;
        self.order(&seated.viewer.who(), new.key, Command::ChangePassword)?;
        self.house.put_credential(&Credential { hash, must_change: false, ..proved })?;
        self.house.end_sessions(person)?;
        let token = crate::signin::token_digest(new.token);
        self.house.put_session(&crate::rows::Session { token, ..seated.session.clone() })?;
        Ok(())
    }

    /// Registers an enterprise by itself, sets the password it chose and signs its first person in.
    pub fn register_enterprise(&self, new: NewEnterprise<'_>) -> Result<Option<Seated>, PasswordError> {
        password::check(&new.login, new.password.0).map_err(PasswordError::Weak)?;
        let pack = self.pack()?;
        if !people::desk_regions(&pack).iter().any(|desk| desk.region == new.region) {
            return Err(Failure::from(Reason::NotFound { what: "该注册地的受理单位".into() }).into());
        }
        let hash = password::hash(self.password_cost()?, &self.random.bytes(), new.password.0)?;
        let command = Command::RegisterEnterprise {
            pack: pack.id.clone(),
            name: new.name,
            region: new.region,
            credit_code: new.credit_code,
            person: new.person,
            login: new.login,
        };
        let answer = self.order(&Who::Public, new.key, command)?;
        let person = PersonId(answer.also.unwrap_or_default());
        if self.house.credential(person)?.is_some() {
            // The form was sent again; only the password can tell who sends it.
            return Ok(None);
        }
        self.house.put_credential(&Credential {
            person,
            hash,
            must_change: false,
            failed: 0,
            locked_until: 0,
        })?;
        Ok(self.begin_for(person, new.token)?)
    }

    /// Fills an empty book: the bodies that the pack names, the program's own body, and its administrator. Answers the
    /// administrator's first password; `None` when there is an administrator who can sign in. A first start that was interrupted
    /// goes on where it stopped.
    pub fn first_start(&self) -> Result<Option<FirstPassword>, Failure> {
        self.first_start_as("系统管理", "admin")
    }

    /// The same with another name for the program's own body and another sign-in name.
    pub fn first_start_as(&self, org_name: &str, login: &str) -> Result<Option<FirstPassword>, Failure> {
        for person in self.reads.persons(None)? {
            let administers = person.roles.iter().any(|held| held.role == ADMINISTRATOR);
            if administers && self.house.credential(person.person)?.is_some() {
                return Ok(None);
            }
        }
        let program = Who::Program;
        self.register_named_bodies(&*self.pack()?)?;
        let body = register_body(org_name, OrgKind::Government, None);
        let org = self.order(&program, "first-start:administration", body)?;
        let (name, role) = ("系统管理员".to_owned(), ADMINISTRATOR.to_owned());
        let org = OrgId(org.id.unwrap_or_default());
        let command = Command::AddPerson { name, login: login.to_owned(), org, role };
        let answer = self.order(&program, "first-start:administrator", command)?;
        let person = PersonId(answer.id.unwrap_or_default());
        let first =
            FirstPassword { login: login.to_owned(), password: password::readable(&self.random.bytes()) };
        self.set_first(person, &first.password)?;
        Ok(Some(first))
    }

    fn register_named_bodies(&self, pack: &Pack) -> Result<(), Failure> {
        for org in &pack.orgs {
            let kind = pack.roles.get(&org.role).map(|role| role.kind);
            if matches!(kind, Some(RoleKind::Government | RoleKind::Group | RoleKind::Village)) {
                let body = register_body(&org.name.zh, OrgKind::Government, org.region);
                self.order(&Who::Program, &format!("first-start:{}:{}", pack.id, org.id), body)?;
            }
        }
        Ok(())
    }

    fn order(&self, who: &Who, key: &str, command: Command) -> Result<Answer, Failure> {
        self.submit(Request { who: who.clone(), key: key.to_owned(), command })
    }

    /// Sets the first password that belongs to a form's key, unless the person's password was touched after the act.
    fn first_password(
        &self,
        person: PersonId,
        key: &str,
        answer: &Answer,
    ) -> Result<Option<String>, Failure> {
        let acts = self.reads.stream(&Stream::Person(person).key())?;
        if acts.iter().any(|act| Some(act.seq) > answer.seq && is_about_password(act)) {
            return Ok(None);
        }
        let random = if key.is_empty() {
            self.random.bytes()
        } else {
            keyed(&self.secret, &[b"first password", key.as_bytes(), &person.get().to_be_bytes()])
        };
        let first = password::readable(&random);
        self.set_first(person, &first)?;
        Ok(Some(first))
    }

    fn set_first(&self, person: PersonId, first: &str) -> Result<(), Fault> {
        let hash = password::hash(self.password_cost()?, &self.random.bytes(), first)?;
        self.house.put_credential(&Credential { person, hash, must_change: true, failed: 0, locked_until: 0 })
    }

    /// Sets a password outright: for demonstrations and imports, whose people are made up by the program itself.
    pub fn set_password(&self, person: PersonId, password: Secret<'_>) -> Result<(), Fault> {
        let hash = password::hash(self.password_cost()?, &self.random.bytes(), password.0)?;
        self.house.put_credential(&Credential {
            person,
            hash,
            must_change: false,
            failed: 0,
            locked_until: 0,
        })
    }
}

fn is_about_password(act: &ActEnvelope) -> bool {
    matches!(act.kind.as_str(), "person.password_reset" | "person.password_changed")
}

fn register_body(name: &str, kind: OrgKind, region: Option<RegionCode>) -> Command {
    Command::RegisterOrg { name: name.to_owned(), kind, region, credit_code: None }
}
