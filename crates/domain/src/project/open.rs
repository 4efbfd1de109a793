//! Decisions about what a project is for: opening it, its budget lines, and words that look like a prohibited use.

use super::event::{BudgetLine, Doubt, Event};
use super::state::Project;
use crate::actor::Context;
use crate::guard::{booked, doer_of, money_name, of_side, of_year, positive, written};
use crate::refusal::{Reason, Refusal};
use kernel::Money;
use kernel::id::{CaseId, OrgId, ProjectId};
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::{Fund, Id, Spending, SpendingKind};
use policy::procedure::{Act, Subject};
use std::collections::BTreeSet;

/// Open a project.
#[derive(Debug, Clone)]
pub struct Open {
    /// Its id.
    pub project: ProjectId,
    /// Its number.
    pub number: String,
    /// The fund.
    pub fund: Id,
    /// The side, or `all`.
    pub side: Id,
    /// The use.
    pub spending: Id,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub place: RegionCode,
    /// The village, as the key of its papers on file; empty when it is not one's.
    pub village: String,
    /// The unit that carries it out.
    pub unit: OrgId,
    /// The year of the plan.
    pub year: i16,
    /// How it is tied to poor households.
    pub link: String,
    /// How it works.
    pub mechanism: String,
    /// Other money that it draws in.
    pub levered: Money,
    /// The case of the library that it comes from.
    pub case: Option<CaseId>,
}

/// Decide a doubt.
#[derive(Debug, Clone)]
pub struct Clear {
    /// Which, as [`Project::open_doubts`] counts.
    pub doubt: u32,
    /// Whether the use is allowed.
    pub allowed: bool,
    /// The opinion.
    pub opinion: String,
}

/// Opens a project: a permitted use of this side of this fund, tied to poor households.
pub fn open(command: Open, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    doer_of(Subject::Project, Act::Declare, &command.fund, ctx)?;
    let fund = booked(&command.fund, ctx)?;
    of_side(fund, &command.side, ctx)?;
    of_year(fund, command.year, ctx)?;
    if command.name.trim().is_empty() {
        return Err(Reason::NameMissing {}.into());
    }
    let spending = check_use(&command, fund, ctx)?;
    let elsewhere = |area: &RegionCode| !Gazetteer::get().contains(*area, command.place);
    if fund.region.as_ref().is_some_and(elsewhere) {
        let reason = Reason::PlaceOutsideFund { fund: fund.name.zh.clone() };
        return Err(Refusal::under(fund.cite.to_string(), reason));
    }
    if command.link.trim().is_empty() {
        return Err(Refusal::under(spending.cite.to_string(), Reason::LinkMissing {}));
    }
    if command.levered.is_negative() {
        return Err(Reason::AmountNotPositive { what: "撬动的其他资金".into() }.into());
    }
    let doubts = doubts_in(&command.fund, &command.side, "name", &command.name, ctx);
    Ok(vec![Event::Opened {
        project: command.project,
        number: command.number,
        pack: ctx.pack.id.clone(),
        edition: ctx.pack.edition.clone(),
        fund: command.fund,
        side: command.side,
        spending: command.spending,
        name: command.name.trim().to_owned(),
        place: command.place,
        village: command.village.trim().to_owned(),
        unit: command.unit,
        year: command.year,
        link: command.link.trim().to_owned(),
        mechanism: command.mechanism.trim().to_owned(),
        levered: command.levered,
        doubts,
        case: command.case,
    }])
}

fn check_use<'p>(command: &Open, fund: &Fund, ctx: Context<'p>) -> Result<&'p Spending, Refusal> {
    let Some(spending) = ctx.pack.spendings.get(&command.spending) else {
        return Err(Reason::NotFound { what: "支出方向".into() }.into());
    };
    let name = spending.name.zh.clone();
    if spending.kind == SpendingKind::Prohibited && spending.speaks_of(&fund.id, &command.side) {
        return Err(Refusal::under(spending.cite.to_string(), Reason::UseProhibited { spending: name }));
    }
    if spending.kind == SpendingKind::Prohibited || !spending.allows(&fund.id, &command.side) {
        let fund = money_name(&fund.id, &command.side, ctx);
        return Err(Refusal::under(
            spending.cite.to_string(),
            Reason::UseOfOtherMoney { spending: name, fund },
        ));
    }
    Ok(spending)
}

/// Words of a text that look like a prohibited use of this money, one for each use.
pub fn doubts_in(fund: &str, side: &str, at: &str, text: &str, ctx: Context<'_>) -> Vec<Doubt> {
    let prohibited = ctx
        .pack
        .spendings
        .iter()
        .filter(|spending| spending.kind == SpendingKind::Prohibited && spending.speaks_of(fund, side));
    prohibited
        .filter_map(|spending| {
            let word = spending.word_in(text)?.to_owned();
            Some(Doubt { spending: spending.id.clone(), word, at: at.to_owned() })
        })
        .collect()
}

/// Sets the budget lines, all of them: none below what is approved on it.
pub fn plan(project: &Project, lines: Vec<BudgetLine>, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    doer_of(Subject::Project, Act::Declare, &project.fund, ctx)?;
    if project.closed.is_some() {
        return Err(Reason::ProjectClosed { number: project.number.clone() }.into());
    }
    let unusable = |what: &str, what_en: &str| {
        Err(Reason::LinesUnusable { what: what.into(), what_en: what_en.into() }.into())
    };
    if lines.is_empty() {
        return unusable("没有预算项", "there are none");
    }
    let mut keys = BTreeSet::new();
    for line in &lines {
        if line.key.trim().is_empty() || line.name.trim().is_empty() {
            return unusable("有预算项没有名称", "a line has no name");
        }
        if !keys.insert(line.key.as_str()) {
            return unusable("有预算项重复", "a line stands twice");
        }
        positive(&format!("预算项“{}”的金额", line.name), line.amount)?;
    }
    if Money::sum(lines.iter().map(|line| line.amount)).is_none() {
        return unusable("合计金额过大", "the sum is too large");
    }
    for (key, used) in project.used.iter().filter(|(_, used)| !used.is_zero()) {
        let amount = lines.iter().find(|line| line.key == *key).map_or(Money::ZERO, |line| line.amount);
        if amount < *used {
            let line = project.line(key).map_or_else(|| key.clone(), |line| line.name.clone());
            return Err(Reason::LineBelowUsed { line, used: *used }.into());
        }
    }
    let fresh = |line: &&BudgetLine| project.line(&line.key).is_none_or(|old| old.name != line.name);
    let doubts = lines
        .iter()
        .filter(fresh)
        .flat_map(|line| {
            doubts_in(&project.fund, &project.side, &format!("line:{}", line.key), &line.name, ctx)
        })
        .collect();
    Ok(vec![Event::Planned { lines, doubts }])
}

/// Decides a doubt.
pub fn clear(project: &Project, command: Clear, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let step = doer_of(Subject::Project, Act::Decide, &project.fund, ctx)?;
    let cite = step.cite.to_string();
    if ctx.actor.belongs.contains(&project.unit) {
        return Err(Refusal::under(cite, Reason::OwnFirm {}));
    }
    if project.by.is_some_and(|by| by.meet(ctx.actor.hands())) {
        return Err(Refusal::under(cite, Reason::MakerIsChecker { step: "立项".into() }));
    }
    if !project.open_doubts().iter().any(|(number, _)| *number == command.doubt) {
        return Err(Reason::DoubtSettled {}.into());
    }
    written("认定意见", "the opinion on the doubt", &command.opinion)?;
    let opinion = command.opinion.trim().to_owned();
    Ok(vec![Event::Cleared { doubt: command.doubt, allowed: command.allowed, opinion }])
}
