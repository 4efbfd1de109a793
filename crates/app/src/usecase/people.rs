//! People and organisations: the administrator's acts, and the registration of an enterprise by itself.

use super::{done, made, not_found};
use crate::access::{ADMINISTRATOR, AUDITOR};
use crate::command::{Answer, Command, Failure, Who};
use crate::desk::Desk;
use domain::identity::{
    AddPerson, DeclareRelation, Event, GrantRole, OrgKind, RegisterOrg, WithdrawRole, add_person,
    change_password, declare_relation, disable_person, enable_person, grant_role, register_org, rename_org,
    reset_password, withdraw_role,
};
use domain::{Reason, Stream};
use kernel::credit::CreditCode;
use kernel::id::{OrgId, PersonId};
use kernel::region::RegionCode;
use policy::pack::RoleKind;

/// Carries out a command about people.
pub fn carry_out(desk: &mut Desk<'_>, command: Command) -> Result<Answer, Failure> {
    match command {
        Command::RegisterOrg { name, kind, region, credit_code } => {
            administrator(desk)?;
            let org = register(desk, RegisterOrg { name, kind, region, credit_code })?;
            Ok(made(org.get(), ""))
        }
        Command::RegisterEnterprise { pack, name, region, credit_code, person, login } => {
            enterprise(desk, &pack, Enterprise { name, region, credit_code, person, login })
        }
        Command::RenameOrg { org, name } => {
            administrator(desk)?;
            let state = desk.org(org)?.ok_or_else(|| not_found("单位"))?;
            desk.emit_all(None, &Stream::Org(org), "", rename_org(&state, &name)?)?;
            Ok(made(org.get(), ""))
        }
        Command::DeclareRelation { org, other, basis } => relation(desk, org, other, &basis),
        Command::AddPerson { name, login, org, role } => {
            administrator(desk)?;
            role_fits(desk, org, &role)?;
            let person = person(desk, &AddPerson { name, login, org, role })?;
            Ok(made(person.get(), ""))
        }
        Command::GrantRole { person, org, role } => {
            administrator(desk)?;
            role_fits(desk, org, &role)?;
            let state = desk.person(person)?.ok_or_else(|| not_found("人员"))?;
            on_person(desk, person, grant_role(&state, GrantRole { org, role }))
        }
        Command::WithdrawRole { person, org, role, why } => {
            administrator(desk)?;
            let state = desk.person(person)?.ok_or_else(|| not_found("人员"))?;
            let last = role == ADMINISTRATOR && state.enabled && desk.book.count_role(ADMINISTRATOR)? <= 1;
            on_person(desk, person, withdraw_role(&state, WithdrawRole { org, role, why }, last)?)
        }
        Command::DisablePerson { person, why } => {
            administrator(desk)?;
            let state = desk.person(person)?.ok_or_else(|| not_found("人员"))?;
            let administers = state.memberships.iter().any(|m| m.role == ADMINISTRATOR);
            let last = administers && desk.book.count_role(ADMINISTRATOR)? <= 1;
            on_person(desk, person, disable_person(&state, &why, last)?)
        }
        Command::EnablePerson { person } => {
            administrator(desk)?;
            let state = desk.person(person)?.ok_or_else(|| not_found("人员"))?;
            on_person(desk, person, enable_person(&state))
        }
        Command::ResetPassword { person } => {
            administrator(desk)?;
            let state = desk.person(person)?.ok_or_else(|| not_found("人员"))?;
            on_person(desk, person, reset_password(&state))
        }
        Command::ChangePassword => {
            let actor = desk.actor()?;
            let state = desk.person(actor.person)?.ok_or_else(|| not_found("人员"))?;
            on_person(desk, actor.person, change_password(&state))
        }
        _ => Err(not_found("办理事项")),
    }
}

fn on_person(desk: &mut Desk<'_>, person: PersonId, events: Vec<Event>) -> Result<Answer, Failure> {
    desk.emit_all(None, &Stream::Person(person), "", events)?;
    Ok(made(person.get(), ""))
}

/// The administrator, or the program itself at its first start.
pub(super) fn administrator(desk: &mut Desk<'_>) -> Result<(), Failure> {
    if desk.who == Who::Program {
        return Ok(());
    }
    let actor = desk.actor()?;
    if actor.role == ADMINISTRATOR {
        return Ok(());
    }
    let what = "管理单位和人员";
    Err(Reason::NotAllowed {
        what: what.into(), what_en: "manage people".into(), who: "系统管理员".into()
    }
    .into())
}

/// A role must be one of a pack, for an organisation of the right kind, or one of the program's own.
fn role_fits(desk: &mut Desk<'_>, org: OrgId, role: &str) -> Result<(), Failure> {
    let body = desk.org(org)?.ok_or_else(|| not_found("单位"))?;
    if matches!(role, ADMINISTRATOR | AUDITOR) {
        return if body.kind == OrgKind::Government {
            Ok(())
        } else {
            Err(not_found("该单位可用的岗位"))
        };
    }
    let fits =
        desk.packs.iter().any(|pack| pack.roles.get(role).is_some_and(|r| kind_fits(r.kind, body.kind)));
    if fits { Ok(()) } else { Err(not_found("该单位可用的岗位")) }
}

fn kind_fits(role: RoleKind, org: OrgKind) -> bool {
    match role {
        RoleKind::Enterprise => org == OrgKind::Enterprise,
        RoleKind::Firm => org == OrgKind::Firm,
        RoleKind::Government | RoleKind::Group | RoleKind::Village => org == OrgKind::Government,
        RoleKind::Public => false,
    }
}

fn register(desk: &mut Desk<'_>, command: RegisterOrg) -> Result<OrgId, Failure> {
    let taken = match &command.credit_code {
        Some(code) => match desk.book.org_by_code(code.expose())? {
            Some(id) => desk.org(id)?,
            None => None,
        },
        None => None,
    };
    let org = OrgId(desk.book.next("org")?);
    let events = register_org(org, command, taken.as_deref())?;
    desk.begins(&Stream::Org(org))?;
    desk.emit_all(None, &Stream::Org(org), "", events)?;
    Ok(org)
}

fn person(desk: &mut Desk<'_>, command: &AddPerson) -> Result<PersonId, Failure> {
    let taken = desk.book.person_by_login(&command.login.trim().to_lowercase())?.is_some();
    let id = PersonId(desk.book.next("person")?);
    let events = add_person(id, command, taken)?;
    desk.begins(&Stream::Person(id))?;
    desk.emit_all(None, &Stream::Person(id), "", events)?;
    Ok(id)
}

struct Enterprise {
    name: String,
    region: RegionCode,
    credit_code: CreditCode,
    person: String,
    login: String,
}

/// An enterprise registers itself: organisation and first person in one act.
fn enterprise(desk: &mut Desk<'_>, pack: &str, asked: Enterprise) -> Result<Answer, Failure> {
    let pack = desk.pack(pack)?;
    let role = pack.roles.iter().find(|r| r.kind == RoleKind::Enterprise).map(|r| r.id.clone());
    let role = role.ok_or_else(|| not_found("申报主体"))?;
    let org = register(
        desk,
        RegisterOrg {
            name: asked.name,
            kind: OrgKind::Enterprise,
            region: Some(asked.region),
            credit_code: Some(asked.credit_code),
        },
    )?;
    let id = person(desk, &AddPerson { name: asked.person, login: asked.login, org, role })?;
    Ok(Answer { also: Some(id.get()), ..made(org.get(), "") })
}

/// A relation binds both sides.
fn relation(desk: &mut Desk<'_>, org: OrgId, other: OrgId, basis: &str) -> Result<Answer, Failure> {
    if desk.who != Who::Program {
        let actor = desk.actor()?;
        let appoints =
            desk.packs.iter().any(|p| crate::access::may(p, &actor.role, crate::access::Right::ManageYear));
        if actor.role != ADMINISTRATOR && !appoints {
            administrator(desk)?;
        }
    }
    let one = desk.org(org)?.ok_or_else(|| not_found("单位"))?;
    let two = desk.org(other)?.ok_or_else(|| not_found("单位"))?;
    let forth = declare_relation(&one, &DeclareRelation { other, basis: basis.to_owned() })?;
    let back = declare_relation(&two, &DeclareRelation { other: org, basis: basis.to_owned() })?;
    desk.emit_all(None, &Stream::Org(org), "", forth)?;
    desk.emit_all(None, &Stream::Org(other), "", back)?;
    Ok(done())
}
