//! The facts of a case, from the form, the desks, the verifier and the ledger, and what the rules make of them.
//!
//! Later knowledge wins: what a desk recorded overrides what the form says, confirmed lines override declared ones, and counts
//! of earlier grants always come from the ledger in the deciding transaction.

use super::act::{Around, Step};
use super::together::one_paper;
use super::{Case, Judgement};
use crate::ids::FactId;
use crate::year::Year;
use kernel::amount::AmountUnit;
use kernel::{Date, Money};
use policy::form::{FormCheck, FormContext, FormData};
use policy::lang::Value;
use policy::pack::{Given, Id, MoneyUnit, Pack, Words};
use policy::procedure::{Procedure, Step as PackStep};
use policy::ruleset::{Decision, Exceed, Explanation, Outcome3, Overrides, Raw, RuleKind, Verdict};
use std::collections::BTreeMap;

/// Earlier grants counted from the ledger, by fact.
pub type Counts = BTreeMap<FactId, i64>;

/// What the rules decided, with what people read.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What is kept with the act.
    pub judgement: Judgement,
    /// The sentences of unmet and unknown rules, Chinese.
    pub zh: Vec<String>,
    /// The same, English.
    pub en: Vec<String>,
    /// The article of the amount.
    pub amount_cite: String,
    /// Which term of the amount binds.
    pub binds: String,
    /// The whole explanation, when the rules could decide at all.
    pub explanation: Option<Explanation>,
    within: Option<Money>,
}

impl Judged {
    /// Whether an amount goes past what the rules allow without an exception.
    pub fn exceeds(&self, amount: Money) -> bool {
        self.within.is_some_and(|limit| amount > limit)
    }
}

/// The day whose values judge a case: the day of its first filing, or `today` before that.
pub fn as_of(case: Option<&Case>, today: Date) -> Date {
    case.and_then(Case::applied_on).unwrap_or(today)
}

/// Checks a form of a procedure as filed.
pub fn check_form(pack: &Pack, procedure: &Procedure, form: &FormData, apply_on: Date) -> FormCheck {
    let none = BTreeMap::new();
    let of = procedure.form.as_deref().and_then(|id| pack.forms.get(id));
    of.map_or_else(FormCheck::default, |f| f.check(pack, form, &FormContext { apply_on, adjust: &none }))
}

/// The form of a case with the verifier's amounts in place of the declared ones.
pub fn verified_form(pack: &Pack, case: &Case) -> FormCheck {
    let confirmed: BTreeMap<String, Money> = case
        .inspection
        .as_ref()
        .map(|i| i.lines.iter().map(|l| (l.line.clone(), l.confirmed)).collect())
        .unwrap_or_default();
    let form = pack
        .procedures
        .get(&case.procedure)
        .and_then(|p| p.form.as_deref())
        .and_then(|id| pack.forms.get(id));
    match (form, case.current()) {
        (Some(form), Some(declared)) => {
            let apply_on = case.applied_on().unwrap_or(declared.on);
            form.check(pack, &declared.form, &FormContext { apply_on, adjust: &confirmed })
        }
        _ => FormCheck::default(),
    }
}

/// Every declared line with its amount, by the id of the line.
pub fn declared_lines(pack: &Pack, case: &Case) -> BTreeMap<String, Money> {
    let check = declared_form(pack, case);
    check.tallies.iter().flat_map(|t| t.lines.iter().map(|l| (l.id.clone(), l.declared))).collect()
}

/// What a declared line is called; its id when it has no name.
pub(super) fn line_label(pack: &Pack, case: &Case, line: &str) -> String {
    let check = declared_form(pack, case);
    let mut lines = check.tallies.iter().flat_map(|t| &t.lines);
    lines.find(|l| l.id == line).map_or_else(|| line.to_owned(), |l| l.label.clone())
}

fn declared_form(pack: &Pack, case: &Case) -> FormCheck {
    match (pack.procedures.get(&case.procedure), case.current()) {
        (Some(procedure), Some(declared)) => {
            check_form(pack, procedure, &declared.form, case.applied_on().unwrap_or(declared.on))
        }
        _ => FormCheck::default(),
    }
}

/// The facts of a case in canonical spelling.
pub fn facts_of(pack: &Pack, case: &Case, counts: &Counts) -> BTreeMap<FactId, String> {
    let mut facts: BTreeMap<FactId, String> = BTreeMap::new();
    for (id, value) in &verified_form(pack, case).facts {
        facts.insert(id.clone(), text_of(pack, id, value));
    }
    for (id, record) in &case.records {
        facts.insert(id.clone(), record.value.clone());
    }
    for (id, count) in counts {
        facts.insert(id.clone(), count.to_string());
    }
    facts
}

/// The facts of a case with what the program gives, the forms filed beside the procedure's own, and the step being done.
pub fn known_facts(
    pack: &Pack,
    case: &Case,
    around: &Around,
    doing: Option<&Step>,
) -> BTreeMap<FactId, String> {
    let mut facts = facts_of(pack, case, &around.counts);
    let beside = case.standing_filings().filter(|d| !d.of.is_empty()).map(|d| (d.of.as_str(), &d.form));
    let steps = case.trail.iter().filter(|done| !done.void);
    let of_steps = steps.filter_map(|done| form_of(pack, &done.step).zip(done.form.as_ref()));
    let now = doing.and_then(|step| form_of(pack, &step.step).zip(step.form.as_ref()));
    let apply_on = case.applied_on().unwrap_or(pack.in_force.from);
    let none = BTreeMap::new();
    for (of, form) in beside.chain(of_steps).chain(now) {
        let Some(known) = pack.forms.get(of) else { continue };
        let check = known.check(pack, form, &FormContext { apply_on, adjust: &none });
        facts.extend(check.facts.iter().map(|(id, value)| (id.clone(), text_of(pack, id, value))));
    }
    for fact in &pack.facts {
        let Some(given) = &fact.gives else { continue };
        if let Some(text) = given_of(pack, case, around, doing, given) {
            facts.insert(fact.id.clone(), text);
        }
    }
    let said = doing.into_iter().flat_map(|step| &step.records);
    facts.extend(said.map(|record| (record.fact.clone(), record.value.clone())));
    facts
}

/// What the rules say to a step with what is known and what is being done: the step's own decision, before or when it is made.
pub fn weigh(
    pack: &Pack,
    case: &Case,
    step: &PackStep,
    around: &Around,
    doing: Option<&Step>,
    today: Date,
) -> Judged {
    let mut facts = known_facts(pack, case, around, doing);
    facts.extend(step.given.iter().map(|(fact, value)| (fact.clone(), value.clone())));
    judge(pack, &facts, as_of(Some(case), today), &around.set, None)
}

fn form_of<'p>(pack: &'p Pack, step: &str) -> Option<&'p str> {
    pack.steps.get(step)?.form.as_deref()
}

/// What the program gives; counts of applicants come with the other counts.
fn given_of(
    pack: &Pack,
    case: &Case,
    around: &Around,
    doing: Option<&Step>,
    given: &Given,
) -> Option<String> {
    let yes_no = |yes: bool| Some(yes.to_string());
    match given {
        Given::Amount => Some(listed_amount(pack, case)?.to_string()),
        Given::Parent => yes_no(around.parent_accepted),
        Given::Done(step) => yes_no(case.passed(step).is_some()),
        Given::Day(step) => Some(case.done(step)?.on.to_string()),
        Given::Paper(paper) => {
            let filed = case.standing_filings().flat_map(|d| &d.papers);
            let added = case.trail.iter().filter(|done| !done.void).flat_map(|done| &done.papers);
            let now = doing.into_iter().flat_map(|step| &step.papers);
            yes_no(filed.chain(added).chain(now).any(|p| p.paper == *paper))
        }
        Given::Unlisted(part) => around.rosters.get(part).map(i64::to_string),
        Given::Roster(part) => yes_no(around.rosters.contains_key(part)),
        Given::OnePaper(step) => yes_no(one_paper(&around.papers, step, doing, &[case.id])?),
        Given::Applicants { .. } | Given::Together | Given::TogetherApplicants { .. } => None,
    }
}

/// The text of a field of the procedure's own form, as filed last.
pub fn filed_text<'c>(case: &'c Case, field: Option<&Id>) -> Option<&'c str> {
    let text = case.current()?.form.fields.get(field?)?.trim();
    Some(text).filter(|text| !text.is_empty())
}

/// Whether the procedure's own form, as filed last, says yes in a field.
pub fn says_yes(case: &Case, field: &Id) -> bool {
    filed_text(case, Some(field)).is_some_and(|text| matches!(text, "true" | "是"))
}

/// The amount that lists and gates go by: the procedure's `amount` field, in fen.
pub fn listed_amount(pack: &Pack, case: &Case) -> Option<Money> {
    let procedure = pack.procedures.get(&case.procedure)?;
    let id = procedure.listed.amount.as_ref()?;
    let form = procedure.form.as_deref().and_then(|id| pack.forms.get(id))?;
    let unit = match form.field(id)?.ty {
        policy::pack::FieldType::Money(MoneyUnit::Wan) => AmountUnit::Wan,
        _ => AmountUnit::Yuan,
    };
    kernel::amount::parse_amount(filed_text(case, Some(id))?, unit).ok().map(|amount| amount.money)
}

/// Facts in canonical spelling as values; what cannot be read is left out.
pub fn values(pack: &Pack, facts: &BTreeMap<FactId, String>) -> BTreeMap<FactId, Value> {
    let read = |(id, text): (&FactId, &String)| {
        let (_, value) = pack.ruleset.parse_fact(id, Raw::Text(text)).ok()?;
        Some((id.clone(), value))
    };
    facts.iter().filter_map(read).collect()
}

fn text_of(pack: &Pack, fact: &str, value: &Value) -> String {
    pack.facts.get(fact).map_or_else(String::new, |f| pack.value_text(value, &f.ty))
}

/// Decides a case on everything known. `exception` goes past the limits “in principle” up to an amount, for a reason.
pub fn decide_grant(
    pack: &Pack,
    case: &Case,
    counts: &Counts,
    year: &Year,
    exception: Option<(&str, Money)>,
) -> Judged {
    let facts = facts_of(pack, case, counts);
    let as_of = case.applied_on().unwrap_or(pack.in_force.from);
    judge(pack, &facts, as_of, &year.terms.set, exception)
}

/// Decides on facts in canonical spelling, with the values set for a year.
pub fn judge(
    pack: &Pack,
    facts: &BTreeMap<FactId, String>,
    as_of: Date,
    set: &BTreeMap<String, String>,
    exception: Option<(&str, Money)>,
) -> Judged {
    let plain = overrides(pack, set);
    let usual = decide(pack, facts, as_of, &plain);
    let within = usual.as_ref().and_then(|d| d.amount);
    let decision = match exception {
        Some((reason, limit)) => {
            decide(pack, facts, as_of, &with_exception(pack, facts, &plain, reason, limit))
        }
        None => usual,
    };
    let explanation = decision.as_ref().map(|d| pack.ruleset.explain(d));
    let judgement = judgement_of(pack, facts, as_of, set, decision.as_ref());
    let (zh, en) = explanation.as_ref().map_or_else(
        || {
            (
                vec![format!("{as_of}不在本办法施行期内")],
                vec![format!("{as_of} is outside the time in force")],
            )
        },
        sentences,
    );
    let amount = explanation.as_ref().and_then(|e| e.computation.as_ref());
    let binds = amount.and_then(|a| a.terms.iter().find(|t| t.binds)).map(|t| t.text.zh.clone());
    Judged {
        judgement,
        zh,
        en,
        amount_cite: pack.grant.as_ref().map_or_else(String::new, |g| g.cite.to_string()),
        binds: binds.unwrap_or_default(),
        explanation,
        within,
    }
}

fn overrides(pack: &Pack, set: &BTreeMap<String, String>) -> Overrides {
    let mut overrides = Overrides::default();
    for (target, text) in set {
        // A year's values were read by the same parser when the year was opened; one that no longer reads is left to the pack's own.
        let _unreadable_stays_with_the_pack = overrides.set_text(&pack.ruleset, target, text, None);
    }
    overrides
}

/// Lifts the soft limit that concerns this case up to the amount asked for.
fn with_exception(
    pack: &Pack,
    facts: &BTreeMap<FactId, String>,
    plain: &Overrides,
    reason: &str,
    limit: Money,
) -> Overrides {
    let mut overrides = plain.clone();
    let Some(grant) = &pack.grant else { return overrides };
    for soft in &grant.in_principle {
        let member =
            pack.params.get(soft).and_then(|p| p.by.as_ref()).and_then(|by| member_of(pack, by, facts));
        let target = member.map_or_else(|| soft.clone(), |m| format!("{soft}[{m}]"));
        let Ok(at) = pack.ruleset.param_at(&target) else { continue };
        let role = grant.exceed_by.clone().unwrap_or_default();
        let exceed = Exceed { at, limit: Value::Money(limit), role, reason: reason.to_owned() };
        let _refused_without_reason = overrides.exceed(&pack.ruleset, exceed);
    }
    overrides
}

/// The member of an enum that the case's facts choose.
fn member_of(pack: &Pack, list: &str, facts: &BTreeMap<FactId, String>) -> Option<String> {
    let list = pack.enums.get(list)?;
    facts.values().find(|v| list.members.iter().any(|m| m.id == **v)).cloned()
}

fn decide(
    pack: &Pack,
    facts: &BTreeMap<FactId, String>,
    as_of: Date,
    overrides: &Overrides,
) -> Option<Decision> {
    let readable = facts.iter().filter(|(id, text)| pack.ruleset.parse_fact(id, Raw::Text(text)).is_ok());
    let case =
        pack.ruleset.case_from(readable.map(|(id, text)| (id.as_str(), Raw::Text(text.as_str())))).ok()?;
    pack.ruleset.decide(&case, as_of, overrides).ok()
}

fn judgement_of(
    pack: &Pack,
    facts: &BTreeMap<FactId, String>,
    as_of: Date,
    set: &BTreeMap<String, String>,
    decision: Option<&Decision>,
) -> Judgement {
    let names = |rules: &[policy::ruleset::RuleId]| -> Vec<String> {
        let all: Vec<&str> = pack.ruleset.rules().map(|r| r.id.as_str()).collect();
        rules.iter().filter_map(|r| all.get(r.index()).map(|id| (*id).to_owned())).collect()
    };
    Judgement {
        as_of,
        facts: facts.clone(),
        set: set.clone(),
        outcome: match decision.map(|d| d.outcome) {
            Some(Outcome3::Grant) => "grant",
            Some(Outcome3::Refuse) => "refuse",
            Some(Outcome3::Pending) => "pending",
            None => "invalid",
        }
        .to_owned(),
        amount: decision.and_then(|d| d.amount),
        unmet: decision.map_or_else(Vec::new, |d| names(&d.unmet)),
        unknown: decision.map_or_else(Vec::new, |d| names(&d.unknown)),
    }
}

/// The sentences of what is unmet or unknown.
fn sentences(explanation: &Explanation) -> (Vec<String>, Vec<String>) {
    let open: Vec<Words> = explanation
        .rules
        .iter()
        .filter(|r| r.kind == RuleKind::Need && r.outcome != Verdict::Met)
        .map(|r| Words::new(r.sentence_zh.clone(), r.sentence_en.clone()))
        .collect();
    open.into_iter().map(|w| (w.zh, w.en)).unzip()
}
