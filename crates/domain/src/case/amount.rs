//! How much: the verifier confirms and proposes, then the desk proposes. Neither may go beyond what the rules allow the case.

use super::act::{check_day, open_for};
use super::facts::{Counts, decide_grant, line_label};
use super::hands::{stands_apart, stands_aside};
use super::passing::{check_records, checklist_holds};
use super::{Case, Check, Event, LineFinding, Meta, PaperFinding, Record};
use crate::actor::Context;
use crate::ids::StepId;
use crate::refusal::{Reason, Refusal, Ungrantable};
use crate::year::Year;
use kernel::ratio::Ratio;
use kernel::{Date, Money};
use std::collections::BTreeMap;

/// The verifier's report.
#[derive(Debug, Clone)]
pub struct Inspect {
    /// The step.
    pub step: StepId,
    /// The day of the visit.
    pub on: Date,
    /// The opinion.
    pub opinion: String,
    /// The checklist.
    pub checks: Vec<Check>,
    /// Facts confirmed; those that are counted from lines are not recorded but counted.
    pub records: Vec<Record>,
    /// Every line.
    pub lines: Vec<LineFinding>,
    /// Every paper.
    pub papers: Vec<PaperFinding>,
    /// The ratio proposed.
    pub ratio: Ratio,
    /// The amount proposed.
    pub amount: Money,
}

/// The desk's proposal.
#[derive(Debug, Clone)]
pub struct Propose {
    /// The step.
    pub step: StepId,
    /// The ratio.
    pub ratio: Ratio,
    /// The amount.
    pub amount: Money,
    /// The opinion.
    pub opinion: String,
}

/// Verifies on site. `declared` is each declared line with its amount.
pub fn inspect(
    case: &Case,
    command: Inspect,
    declared: &BTreeMap<String, Money>,
    year: &Year,
    counts: &Counts,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let (step, since) = open_for(case, &command.step, ctx)?;
    let cite = step.cite.to_string();
    if case.firm != Some(ctx.actor.org) {
        return Err(Reason::NotFound { what: "指派给本机构的申请".into() }.into());
    }
    stands_aside(case, ctx, &cite)?;
    stands_apart(case, ctx, &cite)?;
    check_day("现场核查日期", command.on, since, "核查通知下达日", ctx.today)?;
    if command.opinion.trim().is_empty() {
        return Err(Refusal::under(
            cite,
            Reason::ReasonMissing { what: step.name.zh.clone(), what_en: step.name.en.clone() },
        ));
    }
    checklist_holds(step, &command.checks)?;
    check_records(&command.records, ctx, &cite)?;
    all_recorded(&step.records, &command.records, ctx, &cite)?;
    check_lines(&command, declared, case, &cite, ctx)?;
    let mut event = Event::Inspected {
        step: command.step,
        on: command.on,
        opinion: command.opinion.trim().to_owned(),
        checks: command.checks,
        records: command.records,
        lines: command.lines,
        papers: command.papers,
        ratio: command.ratio,
        amount: command.amount,
        judgement: super::Judgement::default(),
    };
    let meta = Meta { on: ctx.today, at: 0, person: None, behalf: None, org: None, role: None };
    let verified = Case::apply(Some(case.clone()), event.clone(), &meta).unwrap_or_else(|| case.clone());
    let judged = decide_grant(ctx.pack, &verified, counts, year, None);
    judged.allows(command.amount, &cite)?;
    if let Event::Inspected { judgement, .. } = &mut event {
        *judgement = judged.judgement;
    }
    Ok(vec![event])
}

/// Every fact that the step establishes is recorded, but for those counted line by line.
fn all_recorded(wanted: &[String], records: &[Record], ctx: Context<'_>, cite: &str) -> Result<(), Refusal> {
    let counted = |fact: &str| ctx.pack.tallies.iter().any(|t| t.gives.iter().any(|g| g == fact));
    if let Some(record) = records.iter().find(|r| counted(&r.fact)) {
        let fact =
            ctx.pack.facts.get(&record.fact).map_or_else(|| record.fact.clone(), |f| f.name.zh.clone());
        let what = "由逐笔核定的明细计算，不能直接填写".to_owned();
        let what_en = "it is counted from the lines and cannot be typed".to_owned();
        return Err(Refusal::under(cite, Reason::RecordUnreadable { fact, what, what_en }));
    }
    let missing: Vec<String> = wanted
        .iter()
        .filter(|id| !counted(id) && !records.iter().any(|r| r.fact == **id))
        .map(|id| ctx.pack.facts.get(id).map_or_else(|| id.clone(), |f| f.name.zh.clone()))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::under(cite, Reason::RecordsMissing { facts: missing.join("、") }))
}

fn check_lines(
    command: &Inspect,
    declared: &BTreeMap<String, Money>,
    case: &Case,
    cite: &str,
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    let lines_left = declared.keys().filter(|line| !command.lines.iter().any(|f| f.line == **line)).count();
    let papers = case.current().map_or(&[][..], |d| &d.papers);
    let papers_left = papers.iter().filter(|p| !command.papers.iter().any(|f| f.paper == p.paper)).count();
    if lines_left + papers_left > 0 {
        return Err(Refusal::under(cite, Reason::FindingsIncomplete { left: lines_left + papers_left }));
    }
    let line = |finding: &LineFinding| line_label(ctx.pack, case, &finding.line);
    for finding in &command.lines {
        let amount = declared.get(&finding.line).copied().unwrap_or(Money::ZERO);
        if finding.confirmed > amount || finding.confirmed < Money::ZERO {
            return Err(Refusal::under(
                cite,
                Reason::LineAboveDeclared {
                    line: line(finding),
                    declared: amount,
                    confirmed: finding.confirmed,
                },
            ));
        }
        if finding.confirmed != amount && finding.reason.trim().is_empty() {
            let (what, what_en) =
                (format!("核减：{}", line(finding)), format!("the cut of {}", line(finding)));
            return Err(Refusal::under(cite, Reason::ReasonMissing { what, what_en }));
        }
    }
    Ok(())
}

/// Proposes an amount to the commission.
pub fn propose(
    case: &Case,
    command: Propose,
    year: &Year,
    counts: &Counts,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let (step, _) = open_for(case, &command.step, ctx)?;
    let cite = step.cite.to_string();
    stands_aside(case, ctx, &cite)?;
    stands_apart(case, ctx, &cite)?;
    if command.opinion.trim().is_empty() {
        return Err(Refusal::under(
            cite,
            Reason::ReasonMissing { what: step.name.zh.clone(), what_en: step.name.en.clone() },
        ));
    }
    let judged = decide_grant(ctx.pack, case, counts, year, None);
    judged.allows(command.amount, &cite)?;
    Ok(vec![Event::Proposed {
        step: command.step,
        ratio: command.ratio,
        amount: command.amount,
        opinion: command.opinion.trim().to_owned(),
        judgement: judged.judgement,
    }])
}

impl super::Judged {
    /// Whether the rules allow this amount: nothing when they refuse, at most the computed amount when they grant.
    pub fn allows(&self, amount: Money, cite: &str) -> Result<(), Refusal> {
        if amount < Money::ZERO {
            return Err(Reason::AmountNotPositive { what: "金额".into() }.into());
        }
        if amount == Money::ZERO {
            return Ok(());
        }
        match self.judgement.amount {
            None => Err(self.refusal("本件", cite)),
            Some(limit) if amount > limit => Err(Refusal::under(
                self.amount_cite.clone(),
                Reason::AmountAboveLimit { wanted: amount, limit, binds: self.binds.clone() },
            )),
            Some(_) => Ok(()),
        }
    }

    /// The refusal that names every unmet and unknown rule.
    pub fn refusal(&self, case: &str, cite: &str) -> Refusal {
        let item = Ungrantable { case: case.to_owned(), zh: self.zh.join("；"), en: self.en.join("; ") };
        Refusal::under(
            cite,
            Reason::NotGrantable { zh: item.zh.clone(), en: item.en.clone(), cases: vec![item] },
        )
    }
}
