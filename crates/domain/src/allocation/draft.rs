//! Drafting an allocation plan: which projects receive how much of one side of a fund in one year.

use super::event::{Event, Line};
use super::state::Allocation;
use crate::actor::Context;
use crate::guard::{booked, doer_of, money_name, of_side, of_year, positive, written};
use crate::lot::{self, Lot};
use crate::project::Project;
use crate::refusal::{Reason, Refusal};
use kernel::Money;
use kernel::id::{AllocationId, ProjectId};
use policy::pack::{Fund, Id};
use policy::procedure::{Act, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// Draft a plan.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its id.
    pub allocation: AllocationId,
    /// Its number.
    pub number: String,
    /// The fund.
    pub fund: Id,
    /// The side, or `all`.
    pub side: Id,
    /// The year of its projects.
    pub year: i16,
    /// What it says.
    pub text: Text,
}

/// What a draft says and a later draft may change.
#[derive(Debug, Clone)]
pub struct Text {
    /// The document it rests on.
    pub basis: String,
    /// The distribution by which amounts were computed.
    pub method: Option<Id>,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// What the book says when a plan is drafted or approved.
#[derive(Debug, Clone, Copy)]
pub struct Figures<'a> {
    /// The projects of its lines.
    pub projects: &'a BTreeMap<ProjectId, Project>,
    /// What the sources of this fund and side may still allot, oldest first.
    pub quota: &'a [Lot],
}

/// Begins a plan.
pub fn draft(command: Draft, figures: Figures<'_>, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let step = doer_of(Subject::Allocation, Act::Plan, &command.fund, ctx)?;
    let fund = booked(&command.fund, ctx)?;
    of_side(fund, &command.side, ctx)?;
    of_year(fund, command.year, ctx)?;
    let money = OfMoney { fund, side: &command.side, year: command.year };
    check_text(&command.text, money, figures, ctx)?;
    Ok(vec![Event::Drafted {
        allocation: command.allocation,
        step: step.id.clone(),
        number: command.number,
        pack: ctx.pack.id.clone(),
        edition: ctx.pack.edition.clone(),
        procedure: step.procedure.clone(),
        fund: command.fund,
        side: command.side,
        year: command.year,
        basis: command.text.basis.trim().to_owned(),
        method: command.text.method,
        lines: command.text.lines,
    }])
}

/// Writes the draft anew, while nothing was done since or after it was returned.
pub fn redraft(
    allocation: &Allocation,
    text: Text,
    figures: Figures<'_>,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let step = doer_of(Subject::Allocation, Act::Plan, &allocation.fund, ctx)?;
    if !allocation.open_to_change(ctx.pack) {
        return Err(Refusal::under(step.cite.to_string(), Reason::AllocationFixed {}));
    }
    let fund = booked(&allocation.fund, ctx)?;
    let money = OfMoney { fund, side: &allocation.side, year: allocation.year };
    check_text(&text, money, figures, ctx)?;
    let basis = text.basis.trim().to_owned();
    Ok(vec![Event::Redrafted { step: step.id.clone(), basis, method: text.method, lines: text.lines }])
}

/// The money that a plan gives.
#[derive(Clone, Copy)]
struct OfMoney<'a> {
    fund: &'a Fund,
    side: &'a str,
    year: i16,
}

fn check_text(
    text: &Text,
    money: OfMoney<'_>,
    figures: Figures<'_>,
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    written("分配依据", "the document the plan rests on", &text.basis)?;
    if text.method.as_ref().is_some_and(|method| ctx.pack.distributions.get(method).is_none()) {
        return Err(Reason::NotFound { what: "分配办法".into() }.into());
    }
    if text.lines.is_empty() {
        return Err(Reason::AllocationEmpty {}.into());
    }
    let mut seen = BTreeSet::new();
    for line in &text.lines {
        let Some(project) = figures.projects.get(&line.project) else {
            return Err(Reason::NotFound { what: "项目".into() }.into());
        };
        check_line(line, project, money, ctx)?;
        if !seen.insert((line.project, line.place.as_str())) {
            return Err(Reason::LineTwice { project: project.number.clone() }.into());
        }
    }
    let left = lot::sum(figures.quota);
    let wanted = Money::sum(text.lines.iter().map(|line| line.amount)).unwrap_or(Money::MAX);
    if wanted > left {
        return Err(Refusal::under(money.fund.cite.to_string(), Reason::OverQuota { wanted, left }));
    }
    Ok(())
}

fn check_line(line: &Line, project: &Project, money: OfMoney<'_>, ctx: Context<'_>) -> Result<(), Refusal> {
    if project.closed.is_some() {
        return Err(Reason::ProjectClosed { number: project.number.clone() }.into());
    }
    let own = (project.pack.as_str(), project.fund.as_str(), project.side.as_str(), project.year);
    if own != (ctx.pack.id.as_str(), money.fund.id.as_str(), money.side, money.year) {
        let name = money_name(&project.fund, &project.side, ctx);
        let what = format!("{name}{}年", project.year);
        return Err(Refusal::under(
            money.fund.cite.to_string(),
            Reason::LineOfOtherMoney { project: project.number.clone(), what },
        ));
    }
    positive(&format!("项目{}的分配金额", project.number), line.amount)?;
    if money.fund.pooled && line.place.trim().is_empty() {
        let project = project.number.clone();
        return Err(Refusal::under(money.fund.cite.to_string(), Reason::PlaceMissing { project }));
    }
    Ok(())
}
