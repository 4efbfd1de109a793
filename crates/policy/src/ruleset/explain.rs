//! A decision as data that people and other systems read: every rule with its operands and a sentence in two languages, the
//! amount with all its terms, what is missing and which papers prove it, limits gone past, interpretations.

use super::decide::{Decision, Outcome3, Verdict, amount_of};
use super::meta::RuleKind;
use super::phrase::{Teller, because};
use super::words::{cite_en, cite_zh};
use super::{Grant, Rule, Ruleset};
use crate::lang::node::{NodeId, Op};
use crate::lang::slot::value_of;
use crate::lang::{Bilingual, Type, Value};
use kernel::Date;
use kernel::money::Money;

/// What an operand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperandKind {
    /// A fact of the case.
    Fact,
    /// A parameter of the pack.
    Param,
}

/// A fact or parameter that a rule reads, with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand {
    /// Fact or parameter.
    pub kind: OperandKind,
    /// Its id.
    pub id: String,
    /// Its Chinese name.
    pub name_zh: String,
    /// Its English name.
    pub name_en: String,
    /// Its value; `None` when it was not given. For a set of places, `None` as well.
    pub value: Option<Value>,
    /// Its type, with the unit.
    pub ty: Type,
    /// The value in Chinese words (`24%`, `200万元（项目投资补贴）`); empty when it was not given.
    pub shown_zh: String,
    /// The value in English words.
    pub shown_en: String,
}

/// One comparison of a rule: what there is, what is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Does it hold as the rule wants it?
    pub verdict: Verdict,
    /// What there is; empty when it is not known.
    pub has: Bilingual,
    /// What is needed: 不低于 30%.
    pub needs: Bilingual,
    /// The ids of the facts compared.
    pub facts: Vec<String>,
    /// The comparison in a sentence, without its article.
    pub sentence: Bilingual,
}

/// What came of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleResult {
    /// The rule's id.
    pub id: String,
    /// Refuses or ranks.
    pub kind: RuleKind,
    /// Its Chinese name.
    pub name_zh: String,
    /// Its English name.
    pub name_en: String,
    /// The article it stands in.
    pub article: String,
    /// The item of the article.
    pub item: Option<String>,
    /// Met, not met, unknown.
    pub outcome: Verdict,
    /// The facts and parameters that it reads, each once.
    pub operands: Vec<Operand>,
    /// Its comparisons.
    pub checks: Vec<Check>,
    /// In a Chinese sentence with its article: 投资主体持股比例 24%，应不低于 30%（第七条第一项）.
    pub sentence_zh: String,
    /// In an English sentence with its article.
    pub sentence_en: String,
    /// Why it is unknown although nothing is missing, when that is so.
    pub fault: Option<Bilingual>,
    /// Ids of interpretations and known conflicts.
    pub interpretations: Vec<String>,
}

/// One term of the amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountTerm {
    /// How it is computed, with its values.
    pub text: Bilingual,
    /// What it comes to; `None` when it is not known yet.
    pub value: Option<Money>,
    /// Is it the one (or one of those) that the amount equals?
    pub binds: bool,
}

/// The amount with its terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountTrace {
    /// The amount; `None` when it is not known yet. Given also when the case is refused or pending.
    pub money: Option<Money>,
    /// The most that it can be while a term of a least is unknown.
    pub at_most: Option<Money>,
    /// The terms of the outermost min, max or sum, or the one term.
    pub terms: Vec<AmountTerm>,
    /// The article it stands in.
    pub article: String,
    /// The item of the article.
    pub item: Option<String>,
    /// In a Chinese sentence with its article.
    pub sentence_zh: String,
    /// In an English sentence with its article.
    pub sentence_en: String,
}

/// A fact that was not given and is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFact {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: Bilingual,
    /// The ids of the papers that prove it.
    pub proof: Vec<String>,
    /// The system that supplies it.
    pub source: Option<String>,
}

/// A limit in principle that the amount went past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// The parameter's id.
    pub param: String,
    /// The member of its table.
    pub member: Option<String>,
    /// What people call the limit.
    pub name: Bilingual,
    /// The limit that held in its place.
    pub limit: Value,
    /// The role that decided.
    pub role: String,
    /// Why.
    pub reason: String,
}

/// A decision for people and other systems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Grant, refuse or pending.
    pub outcome: Outcome3,
    /// The day whose values were used.
    pub as_of: Date,
    /// The amount; only of a grant.
    pub amount: Option<Money>,
    /// How the amount is found, where the regulation has one; also for what is not granted.
    pub computation: Option<AmountTrace>,
    /// Ids of the needs that are not met.
    pub unmet: Vec<String>,
    /// Ids of the needs that cannot be told yet.
    pub unknown: Vec<String>,
    /// The facts that unknown needs depend on.
    pub missing: Vec<MissingFact>,
    /// Ids of the preferences that hold.
    pub preferred: Vec<String>,
    /// Every rule, in the order of the pack.
    pub rules: Vec<RuleResult>,
    /// The limits gone past, with who allowed it.
    pub exceeded: Vec<Exceeded>,
    /// Ids of interpretations and known conflicts of the rules used, each once.
    pub interpretations: Vec<String>,
}

impl Ruleset {
    /// Renders a decision of this ruleset.
    pub fn explain(&self, decision: &Decision) -> Explanation {
        let teller = Teller { ruleset: self, slots: &decision.slots, kind: RuleKind::Need };
        let rules: Vec<RuleResult> = self.rules.iter().map(|rule| teller.rule(rule)).collect();
        let ids = |list: &[super::RuleId]| {
            list.iter().map(|rule| self.rules[rule.index()].meta.id.clone()).collect()
        };
        let preferred =
            rules.iter().filter(|rule| rule.kind == RuleKind::Prefer && rule.outcome == Verdict::Met);
        let noted = self.rules.iter().flat_map(|rule| &rule.meta.interpretations);
        let mut interpretations: Vec<String> = Vec::new();
        for id in noted.chain(self.grant.iter().flat_map(|grant| &grant.meta.interpretations)) {
            if !interpretations.contains(id) {
                interpretations.push(id.clone());
            }
        }
        Explanation {
            outcome: decision.outcome,
            as_of: decision.as_of,
            amount: decision.amount,
            computation: self.grant.as_ref().map(|grant| teller.computation(grant)),
            unmet: ids(&decision.unmet),
            unknown: ids(&decision.unknown),
            missing: decision.missing.iter().map(|fact| self.missing_fact(*fact)).collect(),
            preferred: preferred.map(|rule| rule.id.clone()).collect(),
            rules,
            exceeded: decision.exceeded.iter().map(|exceed| self.exceeded(exceed)).collect(),
            interpretations,
        }
    }

    fn missing_fact(&self, fact: crate::lang::FactId) -> MissingFact {
        let meta = &self.facts[fact.index()];
        MissingFact {
            id: meta.id.clone(),
            name: meta.name.clone(),
            proof: meta.proof.clone(),
            source: meta.source.clone(),
        }
    }

    fn exceeded(&self, exceed: &super::Exceed) -> Exceeded {
        let meta = &self.params[exceed.at.param.index()];
        let member =
            exceed.at.member.and_then(|(of, at)| self.env.enums()[of.index()].members.get(usize::from(at)));
        Exceeded {
            param: meta.id.clone(),
            member: member.map(|member| member.id.clone()),
            name: meta.name.clone(),
            limit: exceed.limit,
            role: exceed.role.clone(),
            reason: exceed.reason.clone(),
        }
    }
}

impl Teller<'_> {
    fn rule(&self, rule: &Rule) -> RuleResult {
        let (mut checks, mut operands) = (Vec::new(), Vec::new());
        let teller = Teller { kind: rule.meta.kind, ..*self };
        let piece = teller.say(rule.root, true, &mut checks);
        self.operands(rule.root, &mut operands);
        let meta = &rule.meta;
        let causes = self.slot(rule.root).causes();
        let fault = causes.is_fault().then(|| because(causes));
        RuleResult {
            id: meta.id.clone(),
            kind: meta.kind,
            name_zh: meta.name.zh.clone(),
            name_en: meta.name.en.clone(),
            article: meta.cite.article.clone(),
            item: meta.cite.item.clone(),
            outcome: Verdict::from(self.slot(rule.root).as_bool()),
            operands,
            checks,
            sentence_zh: format!("{}（{}）", piece.text.zh, cite_zh(&meta.cite)),
            sentence_en: format!("{} ({})", piece.text.en, cite_en(&meta.cite)),
            fault,
            interpretations: meta.interpretations.clone(),
        }
    }

    fn operands(&self, node: NodeId, out: &mut Vec<Operand>) {
        for child in self.ruleset.arena.children(node) {
            self.operands(child, out);
        }
        let env = &self.ruleset.env;
        let (kind, id, name, ty) = match self.op(node) {
            Op::Fact(fact) => {
                let def = &env.facts()[fact.index()];
                (OperandKind::Fact, &def.id, &def.name, &def.ty)
            }
            Op::Param(param, _) | Op::Entry(param, ..) | Op::Within(_, param, _) => {
                let def = &env.params()[param.index()];
                (OperandKind::Param, &def.id, &def.name, &def.ty)
            }
            _ => return,
        };
        if out.iter().any(|operand| operand.id == *id) {
            return;
        }
        let set = matches!(self.op(node), Op::Within(..));
        let known = !set && !self.slot(node).is_unknown();
        let shown = if known { self.value(node) } else { Bilingual::default() };
        out.push(Operand {
            kind,
            id: id.clone(),
            name_zh: name.zh.clone(),
            name_en: name.en.clone(),
            value: if set { None } else { value_of(self.slot(node), ty) },
            ty: ty.clone(),
            shown_zh: shown.zh,
            shown_en: shown.en,
        });
    }

    fn computation(&self, grant: &Grant) -> AmountTrace {
        let money = amount_of(self.slot(grant.root)).ok();
        let (terms, least) = match self.op(grant.root) {
            Op::LeastInt(_) => (self.terms(grant.root), true),
            Op::MostInt(_) | Op::AddInt(..) => (self.terms(grant.root), false),
            _ => (vec![grant.root], false),
        };
        let chooses = matches!(self.op(grant.root), Op::LeastInt(_) | Op::MostInt(_)) || terms.len() == 1;
        let terms: Vec<AmountTerm> = terms
            .into_iter()
            .map(|term| {
                let value = self.slot(term).as_int().map(Money::from_fen);
                AmountTerm {
                    text: self.formula(term),
                    value,
                    binds: chooses && value.is_some() && value == money,
                }
            })
            .collect();
        let open = self.slot(grant.root).is_unknown();
        let bound =
            terms.iter().filter_map(|term| term.value).min().filter(|bound| open && !bound.is_negative());
        let at_most = if least { bound.or(money) } else { money };
        let sentence = self.amount_sentence(grant, money, at_most, &terms);
        AmountTrace {
            money,
            at_most,
            terms,
            article: grant.meta.cite.article.clone(),
            item: grant.meta.cite.item.clone(),
            sentence_zh: format!("{}（{}）", sentence.zh, cite_zh(&grant.meta.cite)),
            sentence_en: format!("{} ({})", sentence.en, cite_en(&grant.meta.cite)),
        }
    }

    fn terms(&self, node: NodeId) -> Vec<NodeId> {
        match self.op(node) {
            Op::LeastInt(args) | Op::MostInt(args) => self.ruleset.arena.args(args).to_vec(),
            Op::AddInt(a, b) => [a, b]
                .into_iter()
                .flat_map(|part| match self.op(part) {
                    Op::AddInt(..) => self.terms(part),
                    _ => vec![part],
                })
                .collect(),
            _ => vec![node],
        }
    }

    fn amount_sentence(
        &self,
        grant: &Grant,
        money: Option<Money>,
        at_most: Option<Money>,
        terms: &[AmountTerm],
    ) -> Bilingual {
        let shown = super::words::money;
        let bound = terms.iter().find(|term| term.binds);
        match (money, bound, at_most) {
            (Some(money), Some(term), _) => {
                let money = shown(money);
                Bilingual::new(
                    format!("金额 {}，取决于：{}", money.zh, term.text.zh),
                    format!("amount {}, set by: {}", money.en, term.text.en),
                )
            }
            (Some(money), None, _) => {
                let (money, how) = (shown(money), self.formula(grant.root));
                Bilingual::new(
                    format!("金额 {} = {}", money.zh, how.zh),
                    format!("amount {} = {}", money.en, how.en),
                )
            }
            (None, _, Some(most)) => {
                let (most, why) = (shown(most), self.why_unknown(grant.root));
                Bilingual::new(
                    format!("金额尚不能确定，最多 {}（{}）", most.zh, why.zh),
                    format!("amount not known yet, at most {} ({})", most.en, why.en),
                )
            }
            (None, _, None) => {
                let why = self.why_unknown(grant.root);
                Bilingual::new(
                    format!("金额尚不能确定（{}）", why.zh),
                    format!("amount not known yet ({})", why.en),
                )
            }
        }
    }

    /// 缺：申请方式, or why it cannot be computed although nothing is missing.
    fn why_unknown(&self, node: NodeId) -> Bilingual {
        let facts = self.missing(node);
        if facts.is_empty() {
            return because(amount_of(self.slot(node)).err().unwrap_or_default());
        }
        let names = self.fact_names(&facts);
        Bilingual::new(format!("缺：{}", names.zh), format!("lacking: {}", names.en))
    }
}
