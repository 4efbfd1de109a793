//! Decisions about the contracts and papers of a project.

use super::event::Event;
use super::state::Project;
use crate::actor::Context;
use crate::case::Paper;
use crate::guard::{doer_of, not_in_future, positive, written};
use crate::refusal::{Reason, Refusal};
use kernel::{Date, Money};
use policy::pack::{DemandOf, Id};
use policy::procedure::{Act, Subject};

/// Record a contract.
#[derive(Debug, Clone)]
pub struct RecordContract {
    /// Its number within the project; one that is there is replaced.
    pub contract: i64,
    /// Its number as printed.
    pub number: String,
    /// The other party.
    pub party: String,
    /// Its account: a reference into the vault.
    pub account: Option<String>,
    /// Its bank.
    pub bank: String,
    /// The contract amount.
    pub amount: Money,
    /// What is held back of it until the end.
    pub retention: Money,
    /// The day it was signed.
    pub on: Date,
}

/// Put a demanded paper of the project on file.
#[derive(Debug, Clone)]
pub struct FilePaper {
    /// The demand of the pack.
    pub demand: Id,
    /// The number or title of the paper.
    pub document: String,
    /// The day of the paper.
    pub on: Date,
    /// The files.
    pub papers: Vec<Paper>,
}

/// Records a contract: within the budget of the project, and not below what is approved for its party.
pub fn contract(project: &Project, command: RecordContract, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    doer_of(Subject::Project, Act::Declare, &project.fund, ctx)?;
    if project.closed.is_some() {
        return Err(Reason::ProjectClosed { number: project.number.clone() }.into());
    }
    if command.party.trim().is_empty() {
        return Err(Reason::NameMissing {}.into());
    }
    written("合同编号", "the number of the contract", &command.number)?;
    not_in_future("合同签订日期", command.on, ctx)?;
    positive("合同金额", command.amount)?;
    if command.retention.is_negative() || command.retention > command.amount {
        let (retention, amount) = (command.retention, command.amount);
        return Err(Reason::RetentionOverContract { retention, amount }.into());
    }
    let budget = Money::sum(project.lines.iter().map(|line| line.amount)).unwrap_or(Money::MAX);
    let others = project.contracts.iter().filter(|(id, _)| **id != command.contract);
    let others = Money::sum(others.map(|(_, contract)| contract.amount)).unwrap_or(Money::MAX);
    let left = budget.checked_sub(others).unwrap_or(Money::ZERO);
    if command.amount > left {
        return Err(Reason::ContractOverBudget { wanted: command.amount, left }.into());
    }
    let granted = project.granted_to(&payee_of(command.contract));
    if command.amount < granted {
        return Err(Reason::ContractBelowGranted { amount: command.amount, granted }.into());
    }
    Ok(vec![Event::Contracted {
        contract: command.contract,
        number: command.number.trim().to_owned(),
        party: command.party.trim().to_owned(),
        account: command.account,
        bank: command.bank.trim().to_owned(),
        amount: command.amount,
        retention: command.retention,
        on: command.on,
    }])
}

/// The payee that the party of a contract is.
pub fn payee_of(contract: i64) -> String {
    format!("c{contract}")
}

/// Puts a demanded paper of the project on file.
pub fn file(project: &Project, command: FilePaper, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    doer_of(Subject::Project, Act::Sign, &project.fund, ctx)?;
    if project.closed.is_some() {
        return Err(Reason::ProjectClosed { number: project.number.clone() }.into());
    }
    let demanded = ctx
        .pack
        .demands
        .get(&command.demand)
        .filter(|demand| demand.of == DemandOf::Project && demand.holds_for(&project.fund));
    let Some(demanded) = demanded else {
        return Err(Reason::PaperNotDemanded { what: command.demand }.into());
    };
    written(&demanded.name.zh, &demanded.name.en, &command.document)?;
    not_in_future("文件日期", command.on, ctx)?;
    if command.papers.is_empty() {
        let papers = demanded.name.zh.clone();
        return Err(Refusal::under(demanded.cite.to_string(), Reason::PapersMissing { papers }));
    }
    Ok(vec![Event::Filed {
        demand: command.demand,
        document: command.document.trim().to_owned(),
        on: command.on,
        papers: command.papers,
    }])
}
