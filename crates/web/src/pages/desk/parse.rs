//! From what a desk sent to commands: dates, amounts, facts and lists are read, what cannot be read is said at its field.

use app::Command;
use app::view::desk::{DeskPage, Offer, Trial, canonical_fact, ratio_text, typed_ratio};
use app::view::pack::{Act, FieldType, MoneyUnit as PackUnit, StepOutcomeKind};
use app::view::state::{Check, DoStep, LineFinding, PaperFinding, Record};
use kernel::amount::{AmountUnit, parse_amount};
use kernel::date::parse_date;
use kernel::id::OrgId;
use kernel::{Date, Money};
use std::collections::BTreeMap;

use super::work::Work;
use crate::ctx::Ctx;
use crate::submitted::Submitted;
use crate::ui::Findings;

/// The outcome that a button stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its id; `None` for steps that simply pass.
    pub id: Option<String>,
    /// It goes on; otherwise the case is returned or ended.
    pub passes: bool,
    /// It goes back.
    pub returns: bool,
    /// A reason must be written.
    pub needs_reason: bool,
}

/// The outcome of a pressed button; `None` for buttons that only compute.
pub fn outcome(desk: &DeskPage, pressed: &str) -> Option<Chosen> {
    let id = pressed.strip_prefix("outcome:")?;
    if desk.step.outcomes.is_empty() {
        return Some(Chosen { id: None, passes: true, returns: false, needs_reason: false });
    }
    let found = desk.step.outcomes.iter().find(|o| o.id == id)?;
    let passes = !matches!(found.kind, StepOutcomeKind::Return | StepOutcomeKind::End);
    let returns = found.kind == StepOutcomeKind::Return;
    Some(Chosen { id: Some(found.id.clone()), passes, returns, needs_reason: found.needs_reason || !passes })
}

/// Fills a fresh desk: facts from what is known, lines and papers from a verification that was sent back.
pub fn prefill(desk: &DeskPage, form: &mut Submitted) {
    for fact in desk.facts.iter().filter(|f| !f.value.is_empty()) {
        form.set(format!("fact.{}", fact.id), fact.value.clone());
    }
    if let Some(firm) = desk.page.case.firm {
        form.set("firm", firm.to_string());
    }
    if let Some(pay) = desk.pay {
        form.set("amount", pay.left.to_string());
    }
    let case = &desk.page.case;
    let version = case.current().map_or(0, |d| d.version);
    let again =
        case.trail.iter().rev().find(|d| d.step == desk.step.id).is_some_and(|d| d.version == version);
    if let Some(before) = case.inspection.as_ref().filter(|_| again && desk.step.act == Act::Inspect) {
        for line in &before.lines {
            form.set(format!("confirmed.{}", line.line), line.confirmed.to_string());
            form.set(format!("reason.{}", line.line), line.reason.clone());
        }
        for paper in &before.papers {
            form.set(format!("paper.{}", paper.paper), if paper.agrees { "yes" } else { "no" });
            form.set(format!("papernote.{}", paper.paper), paper.note.clone());
        }
    }
}

/// What was typed of a verification so far, as far as it can be read.
pub fn trial(desk: &DeskPage, form: &Submitted) -> Trial {
    let confirmed = declared(desk).into_iter().filter_map(|(line, _)| {
        let text = form.get(&format!("confirmed.{line}"));
        Some((line, parse_amount(text, AmountUnit::Yuan).ok()?.money))
    });
    let records = desk.facts.iter().filter_map(|fact| {
        let text = form.get(&format!("fact.{}", fact.id));
        let value = canonical_fact(&desk.page.pack, &fact.id, text).ok().filter(|_| !text.is_empty())?;
        Some((fact.id.clone(), value))
    });
    Trial { confirmed: confirmed.collect(), records: records.collect() }
}

/// Every declared line with its amount.
fn declared(desk: &DeskPage) -> Vec<(String, Money)> {
    let tallies = desk.form.iter().flat_map(|f| &f.tallies);
    tallies.flat_map(|t| &t.lines).map(|l| (l.id.clone(), l.declared)).collect()
}

/// Ratio and amount follow what the rules allow until somebody writes another figure.
pub fn follow_offer(form: &mut Submitted, offer: &Offer) {
    let amount = offer.amount.map_or_else(String::new, |m| m.to_string());
    let untouched = form.get("amount").is_empty() || form.get("amount") == form.get("offered");
    if untouched {
        form.set("amount", amount.clone());
    }
    form.set("offered", amount);
    let ratio = offer.ratio.map_or_else(String::new, |r| ratio_text(&r.to_string()));
    if form.get("ratio").is_empty() || form.get("ratio") == form.get("offered_ratio") {
        form.set("ratio", ratio.clone());
    }
    form.set("offered_ratio", ratio);
}

/// A proposal begins with what the verifier proposed, at most what the rules allow.
pub fn follow_review(form: &mut Submitted, desk: &DeskPage, offer: &Offer) {
    let Some(review) = &desk.review else { return follow_offer(form, offer) };
    if form.get("amount").is_empty() && !form.has("amount") {
        let amount = offer.amount.map_or(review.amount, |limit| limit.min(review.amount));
        form.set("amount", amount.to_string());
    }
    if !form.has("ratio") {
        form.set("ratio", ratio_text(&review.ratio.to_string()));
    }
}

/// The commands of an outcome, in order; what is wrong is added to the findings.
pub fn commands(
    ctx: &Ctx,
    desk: &DeskPage,
    form: &Submitted,
    work: &Work,
    outcome: &Chosen,
    findings: &mut Findings,
) -> Vec<Command> {
    let reader = Reader { ctx, desk, form };
    let on = reader.date("on", findings);
    let opinion = form.get("opinion").to_owned();
    let wants = wants_opinion(desk.step.act) && desk.page.pack.grant.is_some();
    if opinion.is_empty() && (outcome.needs_reason || wants) {
        findings.add("opinion", ctx.t("desk-reason-missing"));
    }
    if outcome.passes && desk.step.act == Act::Pay {
        return reader.pay(on, findings).into_iter().collect();
    }
    let checks = reader.checks(outcome.passes, findings);
    let records = reader.records(outcome.passes, findings);
    let case = desk.page.case.id;
    let step = desk.step.id.clone();
    let grants = desk.page.pack.grant.is_some();
    match desk.step.act {
        Act::Inspect if outcome.passes && grants => {
            let (lines, papers) = (reader.lines(findings), reader.papers(findings));
            let (ratio, amount) = (reader.ratio(findings), reader.money("amount", findings));
            let (Some(on), Some(ratio), Some(amount)) = (on, ratio, amount) else { return Vec::new() };
            vec![Command::Inspect { case, step, on, opinion, checks, records, lines, papers, ratio, amount }]
        }
        Act::Propose if outcome.passes && grants => {
            let (ratio, amount) = (reader.ratio(findings), reader.money("amount", findings));
            let (Some(ratio), Some(amount)) = (ratio, amount) else { return Vec::new() };
            vec![Command::Propose { case, step, ratio, amount, opinion }]
        }
        _ => {
            let notes = reader.notes(outcome.passes, findings);
            let mut commands = Vec::new();
            if outcome.passes && desk.firms.is_some() {
                match form.get("firm").parse::<OrgId>() {
                    Ok(firm) => commands.push(Command::Assign { case, firm }),
                    Err(_) => findings.add("firm", ctx.t("desk-firm-missing")),
                }
            }
            if outcome.passes {
                work.faults(ctx, desk, true, findings);
                work.lacking(ctx, findings);
            }
            let Some(on) = on else { return Vec::new() };
            let document = Some(form.get("document").to_owned()).filter(|d| !d.is_empty());
            let to = Some(form.get("to").to_owned()).filter(|to| outcome.returns && !to.is_empty());
            let (outcome, papers, filled) = (outcome.id.clone(), work.papers(), work.form(desk));
            if let Some(begins) = &desk.begins {
                let step = DoStep {
                    step,
                    outcome,
                    to,
                    opinion,
                    checks,
                    records,
                    notes,
                    papers,
                    form: filled,
                    document,
                    on,
                };
                commands.push(Command::Begin {
                    pack: desk.page.pack.id.clone(),
                    procedure: begins.procedure.clone(),
                    parent: begins.parent.as_ref().map(|(id, ..)| *id),
                    step: Box::new(step),
                });
                return commands;
            }
            commands.push(Command::Step {
                case,
                step,
                outcome,
                to,
                opinion,
                checks,
                records,
                notes,
                papers,
                form: filled,
                document,
                on,
            });
            commands
        }
    }
}

/// Verifying and proposing always need words.
fn wants_opinion(act: Act) -> bool {
    matches!(act, Act::Inspect | Act::Propose)
}

struct Reader<'a> {
    ctx: &'a Ctx,
    desk: &'a DeskPage,
    form: &'a Submitted,
}

impl Reader<'_> {
    fn date(&self, name: &str, findings: &mut Findings) -> Option<Date> {
        if self.desk.step.act == Act::Propose && self.desk.page.pack.grant.is_some() {
            return Some(self.ctx.today);
        }
        let read = parse_date(self.form.get(name)).ok();
        if read.is_none() {
            findings.add(name, self.ctx.t("desk-date-unreadable"));
        }
        read
    }

    fn money(&self, name: &str, findings: &mut Findings) -> Option<Money> {
        let read = parse_amount(self.form.get(name), AmountUnit::Yuan).ok().map(|a| a.money);
        if read.is_none() {
            findings.add(name, self.ctx.t("desk-amount-unreadable"));
        }
        read
    }

    fn ratio(&self, findings: &mut Findings) -> Option<kernel::ratio::Ratio> {
        let read = typed_ratio(self.form.get("ratio"));
        if read.is_none() {
            findings.add("ratio", self.ctx.t("desk-ratio-unreadable"));
        }
        read
    }

    /// The checklist; an item that nobody judged is missing only when the case goes on.
    fn checks(&self, whole: bool, findings: &mut Findings) -> Vec<Check> {
        let mut checks = Vec::new();
        for item in &self.desk.step.checklist {
            let name = format!("check.{}", item.id);
            match self.form.get(&name) {
                "yes" | "no" => checks.push(Check {
                    item: item.id.clone(),
                    holds: self.form.get(&name) == "yes",
                    note: self.form.get(&format!("checknote.{}", item.id)).to_owned(),
                }),
                _ if whole => findings.add(
                    name,
                    self.ctx.t_args(
                        "desk-check-missing",
                        &[("item", self.ctx.pick(&item.say.zh, &item.say.en).to_owned().into())],
                    ),
                ),
                _ => {}
            }
        }
        checks
    }

    fn records(&self, whole: bool, findings: &mut Findings) -> Vec<Record> {
        let mut records = Vec::new();
        for fact in &self.desk.facts {
            let name = format!("fact.{}", fact.id);
            let text = self.form.get(&name);
            let label = self.ctx.pick(&fact.name.zh, &fact.name.en).to_owned();
            if text.is_empty() {
                if whole {
                    findings.add(name, self.ctx.t_args("desk-fact-missing", &[("fact", label.into())]));
                }
                continue;
            }
            match canonical_fact(&self.desk.page.pack, &fact.id, text) {
                Ok(value) => records.push(Record {
                    fact: fact.id.clone(),
                    value,
                    basis: self.form.get(&format!("basis.{}", fact.id)).to_owned(),
                }),
                Err(why) if whole => findings.add(name, self.ctx.pick(&why.zh, &why.en)),
                Err(_) => {}
            }
        }
        records
    }

    fn notes(&self, whole: bool, findings: &mut Findings) -> BTreeMap<String, String> {
        let mut notes = BTreeMap::new();
        for note in &self.desk.step.notes {
            let name = format!("note.{}", note.id);
            let text = self.form.get(&name);
            if text.is_empty() {
                if whole && note.required {
                    let label = self.ctx.pick(&note.name.zh, &note.name.en).to_owned();
                    findings.add(name, self.ctx.t_args("desk-fact-missing", &[("fact", label.into())]));
                }
                continue;
            }
            match note_text(&note.ty, text) {
                Some(value) => {
                    notes.insert(note.id.clone(), value);
                }
                None if whole => {
                    let say = if note.ty == FieldType::Date {
                        self.ctx.t("desk-date-unreadable")
                    } else {
                        self.ctx.t("desk-value-unreadable")
                    };
                    findings.add(name, say);
                }
                None => {}
            }
        }
        notes
    }

    /// Every line with its amount. Lines left blank are said once, with their number; a cut without its reason at its line.
    fn lines(&self, findings: &mut Findings) -> Vec<LineFinding> {
        let (mut lines, mut blank) = (Vec::new(), Vec::new());
        let all = self.desk.form.iter().flat_map(|f| &f.tallies).flat_map(|t| &t.lines);
        for line in all {
            let name = format!("confirmed.{}", line.id);
            let text = self.form.get(&name);
            if text.is_empty() {
                blank.push(name);
                continue;
            }
            let place = format!("{} {}", self.ctx.pick(&line.place.zh, &line.place.en), line.label);
            let Ok(amount) = parse_amount(text, AmountUnit::Yuan) else {
                findings.add(name, format!("{place}：{}", self.ctx.t("desk-amount-unreadable")));
                continue;
            };
            let reason = self.form.get(&format!("reason.{}", line.id)).to_owned();
            if amount.money > line.declared {
                let declared = line.declared.grouped();
                findings.add(
                    name,
                    self.ctx
                        .t_args("desk-line-above", &[("line", place.into()), ("declared", declared.into())]),
                );
            } else if amount.money != line.declared && reason.is_empty() {
                findings.add(
                    format!("reason.{}", line.id),
                    self.ctx.t_args("desk-cut-missing", &[("line", place.into())]),
                );
            }
            lines.push(LineFinding { line: line.id.clone(), confirmed: amount.money, reason });
        }
        if let Some(first) = blank.first() {
            findings.add(first.clone(), self.ctx.t_args("desk-lines-left", &[("count", blank.len().into())]));
        }
        lines
    }

    fn papers(&self, findings: &mut Findings) -> Vec<PaperFinding> {
        let mut papers = Vec::new();
        for paper in &self.desk.papers {
            let name = format!("paper.{}", paper.paper);
            match self.form.get(&name) {
                "yes" | "no" => papers.push(PaperFinding {
                    paper: paper.paper.clone(),
                    agrees: self.form.get(&name) == "yes",
                    note: self.form.get(&format!("papernote.{}", paper.paper)).to_owned(),
                }),
                _ => {
                    let label = self.ctx.pick(&paper.name.zh, &paper.name.en).to_owned();
                    findings.add(name, self.ctx.t_args("desk-paper-missing", &[("paper", label.into())]));
                }
            }
        }
        papers
    }

    fn pay(&self, on: Option<Date>, findings: &mut Findings) -> Option<Command> {
        let amount = self.money("amount", findings);
        if self.form.get("voucher").is_empty() {
            findings.add("voucher", self.ctx.t("desk-voucher-missing"));
        }
        Some(Command::Pay {
            case: self.desk.page.case.id,
            step: self.desk.step.id.clone(),
            amount: amount?,
            on: on?,
            voucher: self.form.get("voucher").to_owned(),
        })
    }
}

/// A note in the spelling that is kept; `None` when it cannot be read as its type.
fn note_text(ty: &FieldType, text: &str) -> Option<String> {
    match ty {
        FieldType::Date => parse_date(text).ok().map(|d| d.to_string()),
        FieldType::Money(unit) => {
            let unit = if *unit == PackUnit::Wan { AmountUnit::Wan } else { AmountUnit::Yuan };
            parse_amount(text, unit).ok().map(|a| a.money.to_string())
        }
        FieldType::Ratio => typed_ratio(text).map(|r| r.to_string()),
        FieldType::Count(_) => text.parse::<i64>().ok().map(|n| n.to_string()),
        FieldType::Bool => matches!(text, "true" | "false").then(|| text.to_owned()),
        _ => Some(text.to_owned()),
    }
}
