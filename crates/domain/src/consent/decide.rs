//! Decisions about papers of a place or a unit.

use super::{Consent, Event};
use crate::actor::Context;
use crate::case::Paper;
use crate::guard::{doer, not_in_future, written};
use crate::refusal::{Reason, Refusal};
use kernel::Date;
use policy::pack::{DemandOf, Id};
use policy::procedure::{Act, Subject};

/// Put a paper on file.
#[derive(Debug, Clone)]
pub struct File {
    /// The place or unit: the key of its stream.
    pub place: String,
    /// Its name.
    pub name: String,
    /// The demand of the pack.
    pub demand: Id,
    /// The number or title of the paper.
    pub document: String,
    /// The day of the paper.
    pub on: Date,
    /// The files.
    pub papers: Vec<Paper>,
}

/// Take a paper off the file.
#[derive(Debug, Clone)]
pub struct Revoke {
    /// The demand of the pack.
    pub demand: Id,
    /// Why.
    pub why: String,
    /// From which day.
    pub on: Date,
}

/// Puts a paper of a place or a unit on file.
pub fn file(command: File, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    doer(Subject::Project, Act::Sign, ctx)?;
    let demanded = ctx.pack.demands.get(&command.demand).filter(|demand| demand.of != DemandOf::Project);
    let Some(demanded) = demanded else {
        return Err(Reason::PaperNotDemanded { what: command.demand }.into());
    };
    if command.name.trim().is_empty() {
        return Err(Reason::NameMissing {}.into());
    }
    written(&demanded.name.zh, &demanded.name.en, &command.document)?;
    not_in_future("文件日期", command.on, ctx)?;
    if command.papers.is_empty() {
        let papers = demanded.name.zh.clone();
        return Err(Refusal::under(demanded.cite.to_string(), Reason::PapersMissing { papers }));
    }
    Ok(vec![Event::Filed {
        pack: ctx.pack.id.clone(),
        place: command.place,
        name: command.name.trim().to_owned(),
        demand: command.demand,
        document: command.document.trim().to_owned(),
        on: command.on,
        papers: command.papers,
    }])
}

/// Takes a paper off the file; what was paid before stays.
pub fn revoke(consent: &Consent, command: Revoke, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    doer(Subject::Project, Act::Sign, ctx)?;
    written("文件失效", "taking the paper off the file", &command.why)?;
    not_in_future("失效日期", command.on, ctx)?;
    if !consent.filed.contains_key(&command.demand) {
        return Err(Reason::NotFound { what: "归档文件".into() }.into());
    }
    let why = command.why.trim().to_owned();
    Ok(vec![Event::Revoked { demand: command.demand, why, on: command.on }])
}
