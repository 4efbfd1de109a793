//! A decision as one line of JSON: money as a decimal string of yuan, ratios as printed, counts as integers. The words are
//! those of the policy crate's explanation; nothing is decided here.

use super::Lang;
use super::cases::{Fault, Unreadable};
use policy::lang::{Type, Value};
use policy::pack::{Pack, Words};
use policy::ruleset::{
    AmountTrace, Check, Decision, MissingFact, Operand, OperandKind, Outcome3, RuleId, RuleKind, RuleResult,
    Verdict,
};
use serde::Serialize;

/// An outcome as it is written: `grant`, `refuse`, `pending`.
pub fn outcome(outcome: Outcome3) -> &'static str {
    match outcome {
        Outcome3::Grant => "grant",
        Outcome3::Refuse => "refuse",
        Outcome3::Pending => "pending",
    }
}

/// An outcome in words.
pub fn outcome_words(outcome: Outcome3) -> Words {
    let (zh, en) = match outcome {
        Outcome3::Grant => ("给予资助", "grant"),
        Outcome3::Refuse => ("不予资助", "refuse"),
        Outcome3::Pending => ("尚待查明", "pending"),
    };
    Words::new(zh, en)
}

/// What a decision comes to, without its reasons.
#[derive(Debug, Serialize)]
pub struct Brief<'a> {
    case_id: &'a str,
    outcome: &'static str,
    amount: Option<String>,
    unmet: Vec<&'a str>,
    unknown: Vec<&'a str>,
    missing: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct Full<'a> {
    #[serde(flatten)]
    brief: Brief<'a>,
    as_of: String,
    pack: PackName<'a>,
    rules: Vec<Rule>,
    computation: Option<Computation>,
    missing_facts: Vec<Missing>,
    preferred: Vec<String>,
    interpretations: Vec<String>,
}

#[derive(Debug, Serialize)]
struct PackName<'a> {
    id: &'a str,
    edition: &'a str,
    hash: &'a str,
}

#[derive(Debug, Serialize)]
struct Rule {
    id: String,
    name: String,
    kind: &'static str,
    article: String,
    item: Option<String>,
    outcome: &'static str,
    sentence: String,
    operands: Vec<Operated>,
    checks: Vec<Checked>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
    interpretations: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Operated {
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    param: Option<String>,
    name: String,
    value: Scalar,
    unit: Option<String>,
}

#[derive(Debug, Serialize)]
struct Checked {
    outcome: &'static str,
    has: Option<String>,
    needs: String,
    facts: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Computation {
    amount: Option<String>,
    at_most: Option<String>,
    article: String,
    item: Option<String>,
    sentence: String,
    terms: Vec<Term>,
}

#[derive(Debug, Serialize)]
struct Term {
    text: String,
    value: Option<String>,
    binds: bool,
}

#[derive(Debug, Serialize)]
struct Missing {
    fact: String,
    name: String,
    proof: Vec<String>,
    from: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Scalar {
    None,
    Truth(bool),
    Whole(i64),
    Text(String),
}

#[derive(Debug, Serialize)]
struct Invalid<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    case_id: Option<&'a str>,
    line: u64,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Wrong<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    more_errors: Vec<Wrong<'a>>,
}

#[derive(Debug, Serialize)]
struct Wrong<'a> {
    what: &'a str,
    #[serde(rename = "where")]
    place: &'a str,
    hint: &'a str,
}

/// Renders the decisions of one pack.
#[derive(Clone, Debug)]
pub struct Writer<'p> {
    pack: &'p Pack,
    lang: Lang,
    rules: Vec<&'p str>,
    facts: Vec<&'p str>,
}

impl<'p> Writer<'p> {
    /// A writer for a pack.
    pub fn new(pack: &'p Pack, lang: Lang) -> Self {
        let rules = pack.ruleset.rules().map(|rule| rule.id.as_str()).collect();
        let facts = pack.ruleset.env().facts().iter().map(|fact| fact.id.as_str()).collect();
        Self { pack, lang, rules, facts }
    }

    /// The outcome, without reasons.
    pub fn brief<'a>(&'a self, case_id: &'a str, decision: &Decision) -> Brief<'a> {
        let ids =
            |list: &[RuleId]| list.iter().filter_map(|rule| self.rules.get(rule.index()).copied()).collect();
        Brief {
            case_id,
            outcome: outcome(decision.outcome),
            amount: decision.amount.map(|money| money.to_string()),
            unmet: ids(&decision.unmet),
            unknown: ids(&decision.unknown),
            missing: decision
                .missing
                .iter()
                .filter_map(|fact| self.facts.get(fact.index()).copied())
                .collect(),
        }
    }

    /// Appends the line of a decision without reasons.
    pub fn write_brief(
        &self,
        case_id: &str,
        decision: &Decision,
        to: &mut Vec<u8>,
    ) -> serde_json::Result<()> {
        line(&self.brief(case_id, decision), to)
    }

    /// Appends the line of a decision with every rule and its operands.
    pub fn write_full(&self, case_id: &str, decision: &Decision, to: &mut Vec<u8>) -> serde_json::Result<()> {
        let told = self.pack.ruleset.explain(decision);
        let full = Full {
            brief: self.brief(case_id, decision),
            as_of: told.as_of.to_string(),
            pack: PackName { id: &self.pack.id, edition: &self.pack.edition, hash: &self.pack.hash },
            rules: told.rules.into_iter().map(|rule| self.rule(rule)).collect(),
            computation: told.computation.map(|trace| self.computation(trace)),
            missing_facts: told.missing.into_iter().map(|fact| self.missing(fact)).collect(),
            preferred: told.preferred,
            interpretations: told.interpretations,
        };
        line(&full, to)
    }

    /// Appends the line of what is no case, with all its faults.
    pub fn write_invalid<'f>(
        &self,
        number: u64,
        found: &'f Unreadable,
        to: &mut Vec<u8>,
    ) -> serde_json::Result<()> {
        let lang = self.lang;
        let wrong = |Fault { what, place, hint }: &'f Fault| -> Wrong<'f> {
            Wrong { what: lang.of(what), place: lang.of(place), hint: lang.of(hint) }
        };
        let mut faults = found.faults.iter().map(wrong);
        let error = faults.next();
        let case_id = found.case_id.as_deref();
        line(&Invalid { case_id, line: number, outcome: "invalid", error, more_errors: faults.collect() }, to)
    }

    fn pick(&self, zh: String, en: String) -> String {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    fn say(&self, words: Words) -> String {
        self.pick(words.zh, words.en)
    }

    fn rule(&self, rule: RuleResult) -> Rule {
        Rule {
            id: rule.id,
            name: self.pick(rule.name_zh, rule.name_en),
            kind: match rule.kind {
                RuleKind::Need => "need",
                RuleKind::Prefer => "prefer",
            },
            article: rule.article,
            item: rule.item,
            outcome: verdict(rule.outcome),
            sentence: self.pick(rule.sentence_zh, rule.sentence_en),
            operands: rule.operands.into_iter().map(|operand| self.operand(operand)).collect(),
            checks: rule.checks.into_iter().map(|check| self.check(check)).collect(),
            fault: rule.fault.map(|fault| self.say(fault)),
            interpretations: rule.interpretations,
        }
    }

    fn operand(&self, operand: Operand) -> Operated {
        let (fact, param) = match operand.kind {
            OperandKind::Fact => (Some(operand.id), None),
            OperandKind::Param => (None, Some(operand.id)),
        };
        Operated {
            fact,
            param,
            name: self.pick(operand.name_zh, operand.name_en),
            value: self.value(operand.value, &operand.ty),
            unit: self.unit(&operand.ty),
        }
    }

    fn unit(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Money => Some(self.lang.pick("元", "yuan").to_owned()),
            Type::Count(unit) => {
                let unit = self.pack.ruleset.env().units().get(unit.index())?;
                Some(self.lang.pick(&unit.zh, &unit.en_many).to_owned())
            }
            _ => None,
        }
    }

    fn value(&self, value: Option<Value>, ty: &Type) -> Scalar {
        match value {
            None => Scalar::None,
            Some(Value::Bool(truth)) => Scalar::Truth(truth),
            Some(Value::Count(n)) => Scalar::Whole(n),
            Some(Value::Member(at)) => {
                let Type::Enum(of) = ty else { return Scalar::None };
                let member = self
                    .pack
                    .ruleset
                    .env()
                    .enums()
                    .get(of.index())
                    .and_then(|def| def.members.get(usize::from(at)));
                member.map_or(Scalar::None, |member| Scalar::Text(member.id.clone()))
            }
            Some(Value::Money(money)) => Scalar::Text(money.to_string()),
            Some(Value::Ratio(ratio)) => Scalar::Text(ratio.to_string()),
            Some(Value::Date(day)) => Scalar::Text(day.to_string()),
            Some(Value::Term(term)) => Scalar::Text(term.to_string()),
            Some(Value::Region(code)) => Scalar::Text(code.to_string()),
        }
    }

    fn check(&self, check: Check) -> Checked {
        let has = Some(self.say(check.has)).filter(|has| !has.is_empty());
        Checked { outcome: verdict(check.verdict), has, needs: self.say(check.needs), facts: check.facts }
    }

    fn computation(&self, trace: AmountTrace) -> Computation {
        let term = |term: policy::ruleset::AmountTerm| Term {
            text: self.say(term.text),
            value: term.value.map(|money| money.to_string()),
            binds: term.binds,
        };
        Computation {
            amount: trace.money.map(|money| money.to_string()),
            at_most: trace.at_most.map(|money| money.to_string()),
            article: trace.article,
            item: trace.item,
            sentence: self.pick(trace.sentence_zh, trace.sentence_en),
            terms: trace.terms.into_iter().map(term).collect(),
        }
    }

    fn missing(&self, fact: MissingFact) -> Missing {
        Missing { fact: fact.id, name: self.say(fact.name), proof: fact.proof, from: fact.source }
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "unmet",
        Verdict::Unknown => "unknown",
    }
}

/// Appends a value as one line.
pub fn line(value: &impl Serialize, to: &mut Vec<u8>) -> serde_json::Result<()> {
    serde_json::to_writer(&mut *to, value)?;
    to.push(b'\n');
    Ok(())
}
