//! An operand in words: what it is called, what it came to, and why it is not known. Names come from the pack.

use super::words::shown;
use super::{RuleKind, Ruleset};
use crate::lang::node::{NodeId, Op, Way};
use crate::lang::slot::{Slot, Trace};
use crate::lang::{Bilingual, Causes, FactId, Type, missing_of};

/// The values of a decision with the names to say them.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub ruleset: &'a Ruleset,
    pub slots: &'a Trace,
    /// A need is required, a preference is only better met.
    pub kind: RuleKind,
}

/// 应 or 宜.
pub(super) struct Must {
    pub zh: &'static str,
    pub en: &'static str,
}

impl Teller<'_> {
    /// The word before what is wanted.
    pub(super) fn must(&self) -> Must {
        match self.kind {
            RuleKind::Need => Must { zh: "应", en: "needs" },
            RuleKind::Prefer => Must { zh: "宜", en: "preferred" },
        }
    }

    pub(super) fn op(&self, node: NodeId) -> Op {
        self.ruleset.arena.op(node)
    }

    pub(super) fn slot(&self, node: NodeId) -> Slot {
        self.slots.get(node.index())
    }

    pub(super) fn is_literal(&self, node: NodeId) -> bool {
        matches!(self.op(node), Op::Const(_) | Op::Param(..) | Op::Entry(..))
    }

    /// The value alone: 24%, 200万元（项目投资补贴）.
    pub(super) fn value(&self, node: NodeId) -> Bilingual {
        let arena = &self.ruleset.arena;
        let mut text = shown(self.slot(node), arena.ty(node), &self.ruleset.env);
        match self.op(node) {
            Op::Entry(_, _, index) => {
                let member = self.value(index);
                text.zh.push_str(&format!("（{}）", member.zh));
                text.en.push_str(&format!(" ({})", member.en));
            }
            Op::Div(at, of) if self.is_share(node) => {
                let (a, b) = (self.value(at), self.value(of));
                text.zh.push_str(&format!("（{}/{}）", a.zh, b.zh));
                let count = |node: NodeId, words: String| self.bare_count(node).unwrap_or(words);
                text.en.push_str(&format!(" ({} of {})", count(at, a.en), count(of, b.en)));
            }
            _ => {}
        }
        text
    }

    /// What it is called.
    pub(super) fn name(&self, node: NodeId) -> Bilingual {
        let env = &self.ruleset.env;
        match self.op(node) {
            Op::Const(_) => self.value(node),
            Op::Fact(fact) => env.facts()[fact.index()].name.clone(),
            Op::Row(_) => Bilingual::new("本行数值", "the value of the row"),
            Op::Param(param, _) | Op::Entry(param, ..) => env.params()[param.index()].name.clone(),
            Op::Div(a, b) if self.is_share(node) => {
                let (a, b) = (self.name(a), self.name(b));
                Bilingual::new(
                    format!("{}占{}的比例", a.zh, b.zh),
                    format!("{} as a share of {}", a.en, b.en),
                )
            }
            Op::AddInt(a, b) | Op::AddFrac(a, b) => self.joined(a, " + ", b),
            Op::SubInt(a, b) | Op::SubFrac(a, b) => self.joined(a, " - ", b),
            Op::MulInt(a, b) | Op::MulFrac(a, b) | Op::MulRound(a, b) => self.joined(a, " × ", b),
            Op::Div(a, b) => self.joined(a, " ÷ ", b),
            Op::LeastInt(args) | Op::LeastFrac(args) => self.listed(args, "中较小者", "the least of"),
            Op::MostInt(args) | Op::MostFrac(args) => self.listed(args, "中较大者", "the greatest of"),
            Op::If(_, yes, no) => match self.branch(node) {
                Some(taken) => self.name(taken),
                None => self.joined(yes, " / ", no),
            },
            Op::Shift(date, by, _, way) => {
                let (date, by) = (self.name(date), self.value(by));
                match way {
                    Way::Earlier => Bilingual::new(
                        format!("{}前{}", date.zh, by.zh),
                        format!("{} before {}", by.en, date.en),
                    ),
                    Way::Later => Bilingual::new(
                        format!("{}后{}", date.zh, by.zh),
                        format!("{} after {}", by.en, date.en),
                    ),
                }
            }
            Op::DaysBetween(a, b) => {
                let (a, b) = (self.name(a), self.name(b));
                Bilingual::new(
                    format!("{}至{}的天数", b.zh, a.zh),
                    format!("the days from {} to {}", b.en, a.en),
                )
            }
            _ => Bilingual::new("条件", "the condition"),
        }
    }

    fn is_share(&self, node: NodeId) -> bool {
        matches!(self.ruleset.arena.ty(node), Type::Quotient(inner) if **inner == Type::Ratio)
    }

    /// The branch that a known condition takes.
    pub(super) fn branch(&self, node: NodeId) -> Option<NodeId> {
        match self.op(node) {
            Op::If(condition, yes, no) => match self.slot(condition) {
                Slot::Bool(true) => Some(yes),
                Slot::Bool(false) => Some(no),
                _ => None,
            },
            _ => None,
        }
    }

    fn joined(&self, a: NodeId, sign: &str, b: NodeId) -> Bilingual {
        let (a, b) = (self.name(a), self.name(b));
        Bilingual::new(format!("{}{sign}{}", a.zh, b.zh), format!("{}{sign}{}", a.en, b.en))
    }

    fn listed(&self, args: crate::lang::node::Args, zh: &str, en: &str) -> Bilingual {
        let names: Vec<Bilingual> =
            self.ruleset.arena.args(args).iter().map(|node| self.name(*node)).collect();
        let all_zh: Vec<&str> = names.iter().map(|name| name.zh.as_str()).collect();
        let all_en: Vec<&str> = names.iter().map(|name| name.en.as_str()).collect();
        Bilingual::new(format!("{}{zh}", all_zh.join("、")), format!("{en} {}", all_en.join(", ")))
    }

    /// Name and value: 投资主体持股比例 24%. A literal or parameter has its value only. An unknown one says what it lacks.
    pub(super) fn named_value(&self, node: NodeId) -> Bilingual {
        if self.slot(node).is_unknown() {
            return self.lacking(node);
        }
        let value = self.value(node);
        if self.is_literal(node) {
            return value;
        }
        let name = self.name(node);
        let en = self
            .bare_count(node)
            .map_or_else(|| format!("{} {}", name.en, value.en), |n| format!("{}: {n}", name.en));
        Bilingual::new(format!("{} {}", name.zh, value.zh), en)
    }

    /// A count as a number alone: its English name says what is counted.
    fn bare_count(&self, node: NodeId) -> Option<String> {
        let counts = matches!(self.ruleset.arena.ty(node), Type::Count(_));
        self.slot(node).as_int().filter(|_| counts).map(|n| n.to_string())
    }

    /// What an unknown operand lacks.
    pub(super) fn lacking(&self, node: NodeId) -> Bilingual {
        let name = self.name(node);
        if let Op::Fact(_) = self.op(node) {
            return Bilingual::new(format!("{}尚未提供", name.zh), format!("{} not given yet", name.en));
        }
        let facts = self.missing(node);
        if facts.is_empty() {
            let why = because(self.slot(node).causes());
            return Bilingual::new(
                format!("{}无法计算（{}）", name.zh, why.zh),
                format!("{} cannot be computed ({})", name.en, why.en),
            );
        }
        let names = self.fact_names(&facts);
        Bilingual::new(
            format!("{}尚不能确定（缺：{}）", name.zh, names.zh),
            format!("{} not known yet (lacking: {})", name.en, names.en),
        )
    }

    pub(super) fn missing(&self, node: NodeId) -> Vec<FactId> {
        let mut facts = Vec::new();
        missing_of(&self.ruleset.arena, self.slots, node, &mut |op| {
            if let Op::Fact(fact) = op
                && !facts.contains(&fact)
            {
                facts.push(fact);
            }
        });
        facts
    }

    pub(super) fn fact_names(&self, facts: &[FactId]) -> Bilingual {
        let name = |fact: &FactId| &self.ruleset.env.facts()[fact.index()].name;
        let zh: Vec<&str> = facts.iter().map(|fact| name(fact).zh.as_str()).collect();
        let en: Vec<&str> = facts.iter().map(|fact| name(fact).en.as_str()).collect();
        Bilingual::new(zh.join("、"), en.join(", "))
    }

    /// A computation with the values in it: 近三年累计新增投资额 4,123,456.78元 × 当年比例 30%（项目投资补贴）.
    pub(super) fn formula(&self, node: NodeId) -> Bilingual {
        let both = |a: NodeId, sign: &str, b: NodeId| {
            let (a, b) = (self.formula(a), self.formula(b));
            Bilingual::new(format!("{}{sign}{}", a.zh, b.zh), format!("{}{sign}{}", a.en, b.en))
        };
        match self.op(node) {
            Op::AddInt(a, b) | Op::AddFrac(a, b) => both(a, " + ", b),
            Op::SubInt(a, b) | Op::SubFrac(a, b) => both(a, " - ", b),
            Op::MulInt(a, b) | Op::MulFrac(a, b) | Op::MulRound(a, b) => both(a, " × ", b),
            Op::Div(a, b) => both(a, " ÷ ", b),
            Op::If(..) if self.branch(node).is_some() => {
                self.branch(node).map(|taken| self.formula(taken)).unwrap_or_default()
            }
            Op::Param(..) | Op::Entry(..) if !self.slot(node).is_unknown() => {
                let (name, value) = (self.name(node), self.value(node));
                Bilingual::new(format!("{} {}", name.zh, value.zh), format!("{} {}", name.en, value.en))
            }
            _ => self.named_value(node),
        }
    }
}

/// A cause in words.
pub(super) fn because(causes: Causes) -> Bilingual {
    if causes.has(Causes::DIVISION_BY_ZERO) {
        Bilingual::new("除数为零", "division by zero")
    } else if causes.has(Causes::OVERFLOW) {
        Bilingual::new("数值过大", "the number is too large")
    } else if causes.has(Causes::NEGATIVE_AMOUNT) {
        Bilingual::new("金额为负", "the amount is negative")
    } else {
        Bilingual::new("缺少数据", "data is missing")
    }
}
