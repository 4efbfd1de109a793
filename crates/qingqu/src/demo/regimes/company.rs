//! The people of a story of booked money: the offices that the pack names, and units and townships that are invented.

use super::super::cast::{Cast, submit};
use super::super::script::passwords;
use super::super::spec::credit_code;
use anyhow::{Context, Result, anyhow};
use app::rows::OrgFilter;
use app::{App, Command, Who};
use domain::identity::OrgKind;
use kernel::id::OrgId;
use policy::pack::RoleKind;
use std::collections::BTreeMap;

/// A person with the unit and the role: sign-in name, name, role, unit, its region.
pub type Member = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// The cast of a story, the program's own roles with it. Units that the pack does not name are registered here.
pub fn people(app: &App, members: &[Member]) -> Result<Cast> {
    let mut cast = Cast::default();
    app.first_start()?;
    let known = app.reads.orgs(&OrgFilter { limit: 500, ..OrgFilter::default() })?.rows;
    let mut units: BTreeMap<String, OrgId> = known.into_iter().map(|row| (row.name, row.org)).collect();
    let own: [Member; 2] = [
        ("auditor", "顾清", app::access::AUDITOR, "审计监督组（演示）", ""),
        ("sysadmin", "系统管理员", app::access::ADMINISTRATOR, "信息管理岗（演示）", ""),
    ];
    for (place, (login, name, role, unit, region)) in members.iter().chain(&own).enumerate() {
        let org = match units.get(*unit) {
            Some(org) => *org,
            None => {
                let org = register(app, role, unit, region, place)?;
                units.insert((*unit).to_owned(), org);
                org
            }
        };
        cast.add(app, (org, unit), role, name, login)?;
    }
    passwords(app, &cast)?;
    Ok(cast)
}

fn register(app: &App, role: &str, name: &str, region: &str, place: usize) -> Result<OrgId> {
    let pack = app.pack()?;
    let kind = match pack.roles.get(role).map(|role| role.kind) {
        Some(RoleKind::Enterprise) => OrgKind::Enterprise,
        Some(RoleKind::Firm) => OrgKind::Firm,
        _ => OrgKind::Government,
    };
    let credit_code = if kind == OrgKind::Government {
        None
    } else {
        Some(credit_code(region, 500 + place).ok_or_else(|| anyhow!("no credit code for {name}"))?)
    };
    let command =
        Command::RegisterOrg { name: name.to_owned(), kind, region: region.parse().ok(), credit_code };
    let answer = submit(app, Who::Program, command).with_context(|| name.to_owned())?;
    Ok(OrgId(answer.id.unwrap_or_default()))
}
