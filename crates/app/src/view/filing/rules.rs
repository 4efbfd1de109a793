//! What the rules say to a form so far, beside it: a line per rule, the ceiling, the limit that binds. A preview; the review
//! decides.

use super::super::qualify::ceiling;
use super::super::qualify_words::without_cite;
use crate::view::case::elsewhere;
use domain::case::judge;
use kernel::Date;
use kernel::money::Money;
use policy::lang::Value;
use policy::pack::{FactSource, Form, Pack, PartKind, Words};
use policy::procedure::Step;
use policy::ruleset::{Explanation, OperandKind, RuleKind, RuleResult, Verdict};
use std::collections::BTreeMap;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EligibilityLine {
    /// What it demands, or the sentence with the facts used.
    pub text: Words,
    /// The article.
    pub article: String,
    /// What it says.
    pub verdict: Verdict,
    /// What is missing, who will find it out, or what would mend it.
    pub note: Option<Words>,
    /// Only an office can tell.
    pub by_office: bool,
}

/// What the rules say so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EligibilityPanel {
    /// Every need, in the order of the articles.
    pub lines: Vec<EligibilityLine>,
    /// The highest amount possible, and whether it can still fall.
    pub ceiling: Option<(Money, bool)>,
    /// The limit that binds, with its article.
    pub binds: Option<(Words, String)>,
}

/// Whether a form says anything that the rules read.
pub(super) fn feeds_rules(pack: &Pack, form: &Form) -> bool {
    form.fields().any(|field| field.fact.is_some())
        || form.derives.iter().any(|derive| derive.fact.is_some())
        || form.parts.iter().any(|part| matches!(&part.kind, PartKind::Table(t) if t.columns.iter().any(|c| c.field.fact.is_some())))
        || pack.tallies.iter().any(|tally| tally.form == form.id)
}

/// With which facts the step judges that comes first after a filing step: which matter it is.
pub(super) fn given_next<'p>(pack: &'p Pack, filing: &Step) -> Option<&'p BTreeMap<String, String>> {
    let earlier = pack.before(filing);
    let later = |step: &&Step| step.judge && !earlier.iter().any(|before| before.id == step.id);
    let mut judging = pack.steps.iter().filter(|step| step.procedure == filing.procedure).filter(later);
    judging.next().map(|step| &step.given)
}

/// The panel for these facts; `None` on a day outside the time in force. `given` says which matter it is: rules that hold by that
/// alone are about other matters and are left out.
pub(super) fn panel(
    pack: &Pack,
    facts: &BTreeMap<String, Value>,
    given: &BTreeMap<String, String>,
    as_of: Date,
    set: &BTreeMap<String, String>,
) -> Option<EligibilityPanel> {
    let texts = facts.iter().filter_map(|(id, value)| {
        let fact = pack.facts.get(id)?;
        Some((id.clone(), pack.value_text(value, &fact.ty)))
    });
    let texts = texts.chain(given.clone()).collect();
    let judged = judge(pack, &texts, as_of, set, None);
    let explanation: &Explanation = judged.explanation.as_ref()?;
    let others = elsewhere(pack, given, as_of, set);
    let needs =
        explanation.rules.iter().filter(|rule| rule.kind == RuleKind::Need && !others.contains(&rule.id));
    let trace = explanation.computation.as_ref();
    Some(EligibilityPanel {
        lines: needs.map(|rule| line(pack, rule)).collect(),
        ceiling: trace.and_then(ceiling).map(|(money, _, certain)| (money, !certain)),
        binds: trace.and_then(|trace| {
            let term = trace.terms.iter().find(|term| term.binds)?;
            Some((term.text.clone(), judged.amount_cite.clone()))
        }),
    })
}

fn line(pack: &Pack, rule: &RuleResult) -> EligibilityLine {
    let article = pack.rules.get(&rule.id).map_or_else(String::new, |of| of.cite.to_string());
    let name = Words::new(rule.name_zh.clone(), rule.name_en.clone());
    let sentence = without_cite(&rule.sentence_zh, &rule.sentence_en, &rule.article, rule.item.as_deref());
    let remedy = pack.rules.get(&rule.id).and_then(|of| of.remedy.clone());
    let (own, offices) = missing(pack, rule);
    let by_office = own.is_empty() && !offices.is_empty();
    let (text, note) = match rule.outcome {
        Verdict::Met => (sentence, None),
        Verdict::NotMet => (sentence, remedy),
        Verdict::Unknown if by_office => (name, None),
        Verdict::Unknown if own.is_empty() => (name, rule.fault.clone()),
        Verdict::Unknown => {
            let (zh, en): (Vec<&str>, Vec<&str>) = own.iter().map(|w| (w.zh.as_str(), w.en.as_str())).unzip();
            (
                name,
                Some(Words::new(
                    format!("待填写：{}", zh.join("、")),
                    format!("to fill in: {}", en.join(", ")),
                )),
            )
        }
    };
    EligibilityLine { text, article, verdict: rule.outcome, note, by_office }
}

/// The facts that a rule lacks: those that the form supplies, and those that offices find out.
fn missing(pack: &Pack, rule: &RuleResult) -> (Vec<Words>, Vec<Words>) {
    let lacking = rule.operands.iter().filter(|o| o.kind == OperandKind::Fact && o.value.is_none());
    let (mut own, mut offices) = (Vec::new(), Vec::new());
    for operand in lacking {
        let name = Words::new(operand.name_zh.clone(), operand.name_en.clone());
        match pack.facts.get(&operand.id).map(|fact| fact.from) {
            Some(FactSource::Form | FactSource::Declaration) => own.push(name),
            _ => offices.push(name),
        }
    }
    (own, offices)
}
