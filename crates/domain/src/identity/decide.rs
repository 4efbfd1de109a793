//! Decisions about people and organisations. Uniqueness of credit codes and sign-in names is known to the caller, who reads it
//! in the same transaction.

use super::{
    AddPerson, DeclareRelation, Event, GrantRole, Membership, Org, OrgKind, Person, RegisterOrg, WithdrawRole,
};
use crate::refusal::{Reason, Refusal};
use kernel::id::{OrgId, PersonId};

/// Registers an organisation. `taken` is the organisation that already has this credit code.
pub fn register_org(id: OrgId, command: RegisterOrg, taken: Option<&Org>) -> Result<Vec<Event>, Refusal> {
    let name = command.name.trim().to_owned();
    if name.is_empty() {
        return Err(Reason::NameMissing {}.into());
    }
    if let Some(other) = taken {
        return Err(Reason::CreditCodeTaken { org: other.name.clone() }.into());
    }
    if command.kind != OrgKind::Government && command.credit_code.is_none() {
        return Err(Reason::CreditCodeMissing {}.into());
    }
    Ok(vec![Event::OrgRegistered {
        org: id,
        name,
        kind: command.kind,
        region: command.region,
        credit_code: command.credit_code,
    }])
}

/// Renames an organisation; the former name stays readable.
pub fn rename_org(org: &Org, name: &str) -> Result<Vec<Event>, Refusal> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Reason::NameMissing {}.into());
    }
    if name == org.name {
        return Ok(Vec::new());
    }
    Ok(vec![Event::OrgRenamed { name: name.to_owned() }])
}

/// Declares two organisations related. The caller appends the mirrored event to the other organisation.
pub fn declare_relation(org: &Org, command: &DeclareRelation) -> Result<Vec<Event>, Refusal> {
    if command.basis.trim().is_empty() {
        return Err(Reason::ReasonMissing { what: "关联关系".into(), what_en: "the relation".into() }.into());
    }
    if org.id == command.other || org.related.contains(&command.other) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::RelationDeclared { other: command.other, basis: command.basis.trim().to_owned() }])
}

/// Adds a person with a first role.
pub fn add_person(id: PersonId, command: &AddPerson, login_taken: bool) -> Result<Vec<Event>, Refusal> {
    if command.name.trim().is_empty() {
        return Err(Reason::NameMissing {}.into());
    }
    let login = command.login.trim().to_lowercase();
    if login.len() < 3
        || !login.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@'))
    {
        return Err(Reason::LoginUnusable {}.into());
    }
    if login_taken {
        return Err(Reason::LoginTaken { login }.into());
    }
    Ok(vec![
        Event::PersonAdded { person: id, name: command.name.trim().to_owned(), login },
        Event::RoleGranted { org: command.org, role: command.role.clone() },
    ])
}

/// Grants a role; granting it again changes nothing.
pub fn grant_role(person: &Person, command: GrantRole) -> Vec<Event> {
    let membership = Membership { org: command.org, role: command.role };
    if person.memberships.contains(&membership) {
        return Vec::new();
    }
    vec![Event::RoleGranted { org: membership.org, role: membership.role }]
}

/// Withdraws a role. `last_administrator` says that nobody else could administer the book afterwards.
pub fn withdraw_role(
    person: &Person,
    command: WithdrawRole,
    last_administrator: bool,
) -> Result<Vec<Event>, Refusal> {
    let membership = Membership { org: command.org, role: command.role };
    if !person.memberships.contains(&membership) {
        return Ok(Vec::new());
    }
    if last_administrator {
        return Err(Reason::LastAdministrator {}.into());
    }
    Ok(vec![Event::RoleWithdrawn { org: membership.org, role: membership.role, why: command.why }])
}

/// Disables sign-in.
pub fn disable_person(person: &Person, why: &str, last_administrator: bool) -> Result<Vec<Event>, Refusal> {
    if why.trim().is_empty() {
        return Err(Reason::ReasonMissing { what: "停用账号".into(), what_en: "disabling".into() }.into());
    }
    if last_administrator {
        return Err(Reason::LastAdministrator {}.into());
    }
    Ok(if person.enabled { vec![Event::PersonDisabled { why: why.trim().to_owned() }] } else { Vec::new() })
}

/// Enables sign-in again.
pub fn enable_person(person: &Person) -> Vec<Event> {
    if person.enabled { Vec::new() } else { vec![Event::PersonEnabled] }
}

/// The administrator sets a new first password.
pub fn reset_password(_person: &Person) -> Vec<Event> {
    vec![Event::PasswordReset]
}

/// The person changed the password.
pub fn change_password(_person: &Person) -> Vec<Event> {
    vec![Event::PasswordChanged]
}
