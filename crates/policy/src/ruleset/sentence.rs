//! A rule in a sentence, from its trace. Negations are pushed down to the comparisons first, so that a sentence never says
//! "not (… or …)"; of what is not met only the parts that fail are said, of what is unknown only the unknown ones.

use super::decide::Verdict;
use super::explain::Check;
use super::phrase::Teller;
use crate::lang::node::{NodeId, Op};
use crate::lang::slot::Slot;
use crate::lang::{Bilingual, Cmp, Type};

/// A part of a rule, with what became of it.
pub(super) struct Piece {
    pub verdict: Verdict,
    pub text: Bilingual,
}

impl Teller<'_> {
    /// Says a condition that is wanted to be `want`; the comparisons met on the way are added to `checks`.
    pub(super) fn say(&self, node: NodeId, want: bool, checks: &mut Vec<Check>) -> Piece {
        match (self.op(node), want) {
            (Op::Not(inner), _) => self.say(inner, !want, checks),
            (Op::And(..), true) | (Op::Or(..), false) => self.all(node, want, checks),
            (Op::And(..), false) | (Op::Or(..), true) => self.any(node, want, checks),
            (Op::If(..), _) if self.branch(node).is_some() => {
                let taken = self.branch(node).unwrap_or(node);
                self.say(taken, want, checks)
            }
            _ => {
                let check = self.check(node, want);
                let piece = Piece { verdict: check.verdict, text: check.sentence.clone() };
                checks.push(check);
                piece
            }
        }
    }

    /// The operands of nested operators of one kind, from left to right.
    fn flat(&self, node: NodeId, out: &mut Vec<NodeId>) {
        match (self.op(node), out.is_empty()) {
            (Op::And(a, b) | Op::Or(a, b), _) => {
                for child in [a, b] {
                    let same = matches!(
                        (self.op(node), self.op(child)),
                        (Op::And(..), Op::And(..)) | (Op::Or(..), Op::Or(..))
                    );
                    if same { self.flat(child, out) } else { out.push(child) }
                }
            }
            _ => out.push(node),
        }
    }

    fn pieces(&self, node: NodeId, want: bool, checks: &mut Vec<Check>) -> Vec<Piece> {
        let mut parts = Vec::new();
        self.flat(node, &mut parts);
        parts.into_iter().map(|part| self.say(part, want, checks)).collect()
    }

    fn verdict(&self, node: NodeId, want: bool) -> Verdict {
        Verdict::from(self.slot(node).as_bool().map(|known| known == want))
    }

    /// All of the parts are needed.
    fn all(&self, node: NodeId, want: bool, checks: &mut Vec<Check>) -> Piece {
        let (verdict, pieces) = (self.verdict(node, want), self.pieces(node, want, checks));
        let told: Vec<&Piece> = pieces.iter().filter(|piece| piece.verdict == verdict).collect();
        Piece { verdict, text: join(&told) }
    }

    /// One of the parts is enough.
    fn any(&self, node: NodeId, want: bool, checks: &mut Vec<Check>) -> Piece {
        let (verdict, pieces) = (self.verdict(node, want), self.pieces(node, want, checks));
        let told: Vec<&Piece> = match verdict {
            Verdict::Met => pieces.iter().filter(|piece| piece.verdict == Verdict::Met).collect(),
            _ => pieces.iter().collect(),
        };
        let (zh, en) = match verdict {
            _ if told.len() < 2 => return Piece { verdict, text: join(&told) },
            Verdict::Met => return Piece { verdict, text: join(&told) },
            Verdict::NotMet => ("以下须满足其一，现均不满足", "one of these is needed and none holds"),
            Verdict::Unknown => ("以下须满足其一，现尚不能判定", "one of these is needed, not settled yet"),
        };
        let list = numbered(&told);
        Piece { verdict, text: Bilingual::new(format!("{zh}：{}", list.zh), format!("{en}: {}", list.en)) }
    }

    /// A single comparison, membership or truth value.
    fn check(&self, node: NodeId, want: bool) -> Check {
        let verdict = self.verdict(node, want);
        let mut facts = Vec::new();
        self.facts_under(node, &mut facts);
        let (has, needs, sentence) = match self.op(node) {
            Op::CompareInt(cmp, a, b) | Op::CompareFrac(cmp, a, b) => {
                self.comparison(cmp, a, b, want, verdict)
            }
            Op::CompareBool(differs, a, b) | Op::ComparePlace(differs, a, b) => {
                self.comparison(if differs { Cmp::Ne } else { Cmp::Eq }, a, b, want, verdict)
            }
            Op::Within(place, set, _) => self.membership(place, set, want, verdict),
            _ => self.truth(node, want, verdict),
        };
        Check { verdict, has, needs, facts, sentence }
    }

    fn facts_under(&self, node: NodeId, facts: &mut Vec<String>) {
        if let Op::Fact(fact) = self.op(node) {
            let id = &self.ruleset.env.facts()[fact.index()].id;
            if !facts.contains(id) {
                facts.push(id.clone());
            }
        }
        for child in self.ruleset.arena.children(node) {
            self.facts_under(child, facts);
        }
    }

    fn comparison(
        &self,
        cmp: Cmp,
        a: NodeId,
        b: NodeId,
        want: bool,
        verdict: Verdict,
    ) -> (Bilingual, Bilingual, Bilingual) {
        let (cmp, a, b) =
            if self.is_literal(a) && !self.is_literal(b) { (flipped(cmp), b, a) } else { (cmp, a, b) };
        let cmp = if want { cmp } else { opposite(cmp) };
        let words = relation(cmp, self.ruleset.arena.ty(b));
        let (left, right) = (self.named_value(a), self.named_value(b));
        let right = if self.slot(b).is_unknown() { self.standard(b) } else { right };
        let has = if self.slot(a).is_unknown() { Bilingual::default() } else { self.value(a) };
        let needs = Bilingual::new(
            format!("{}{}", words.zh, spaced(&right.zh)),
            format!("{} {}", words.en, right.en),
        );
        let sentence = match verdict {
            Verdict::Met if cmp.is_equality() => {
                Bilingual::new(format!("{}，符合要求", left.zh), format!("{}, as required", left.en))
            }
            Verdict::Met => Bilingual::new(
                format!("{}，{}", left.zh, needs.zh),
                format!("{}, {}: met", left.en, needs.en),
            ),
            _ => Bilingual::new(
                format!("{}，{}{}", left.zh, self.must().zh, needs.zh),
                format!("{}, {} {}", left.en, self.must().en, needs.en),
            ),
        };
        (has, needs, sentence)
    }

    /// A standard that is not known yet, such as a table entry while the mode is open.
    fn standard(&self, node: NodeId) -> Bilingual {
        let (name, facts) = (self.name(node), self.missing(node));
        if facts.is_empty() || matches!(self.op(node), Op::Fact(_)) {
            return name;
        }
        let facts = self.fact_names(&facts);
        Bilingual::new(
            format!("{}（标准尚不能确定，缺：{}）", name.zh, facts.zh),
            format!("the {} (not settled yet, lacking: {})", name.en, facts.en),
        )
    }

    fn membership(
        &self,
        place: NodeId,
        set: crate::lang::ParamId,
        want: bool,
        verdict: Verdict,
    ) -> (Bilingual, Bilingual, Bilingual) {
        let areas = &self.ruleset.env.params()[set.index()].name;
        let (left, has) = (self.named_value(place), self.value(place));
        let (needs_zh, needs_en) = if want {
            (format!("在{}之内", areas.zh), format!("within {}", areas.en))
        } else {
            (format!("不在{}之内", areas.zh), format!("outside {}", areas.en))
        };
        let sentence = match (verdict, want) {
            (Verdict::Met, _) => {
                Bilingual::new(format!("{}，{needs_zh}", left.zh), format!("{}, {needs_en}: met", left.en))
            }
            (Verdict::NotMet, true) => Bilingual::new(
                format!("{}，不在{}之内", left.zh, areas.zh),
                format!("{}, not {needs_en}", left.en),
            ),
            (Verdict::NotMet, false) => Bilingual::new(
                format!("{}，在{}之内，{}{needs_zh}", left.zh, areas.zh, self.must().zh),
                format!("{}, {} to be {needs_en}", left.en, self.must().en),
            ),
            (Verdict::Unknown, _) => Bilingual::new(
                format!("{}，{}{needs_zh}", left.zh, self.must().zh),
                format!("{}, {} to be {needs_en}", left.en, self.must().en),
            ),
        };
        (has, Bilingual::new(needs_zh, needs_en), sentence)
    }

    fn truth(&self, node: NodeId, want: bool, verdict: Verdict) -> (Bilingual, Bilingual, Bilingual) {
        let says = match self.op(node) {
            Op::Fact(fact) => self.ruleset.facts[fact.index()].says.as_ref(),
            _ => None,
        };
        let (name, has) = (self.name(node), self.value(node));
        let needs = if want { Bilingual::new("是", "yes") } else { Bilingual::new("否", "no") };
        let sentence = match (self.slot(node), says) {
            (Slot::Bool(value), Some(says)) => {
                let said = if value { &says.yes } else { &says.no };
                match verdict {
                    Verdict::Met => Bilingual::new(said.zh.clone(), format!("{}: met", said.en)),
                    _ => Bilingual::new(
                        format!("{}，不符合要求", said.zh),
                        format!("{}: not as required", said.en),
                    ),
                }
            }
            (Slot::Bool(_), None) if verdict == Verdict::Met => {
                Bilingual::new(format!("{}：{}", name.zh, has.zh), format!("{}: {}, met", name.en, has.en))
            }
            (Slot::Bool(_), None) => Bilingual::new(
                format!("{}：{}，{}为{}", name.zh, has.zh, self.must().zh, needs.zh),
                format!("{}: {}, {} to be {}", name.en, has.en, self.must().en, needs.en),
            ),
            _ => {
                let lacking = self.lacking(node);
                Bilingual::new(
                    format!("{}，{}为{}", lacking.zh, self.must().zh, needs.zh),
                    format!("{}, {} to be {}", lacking.en, self.must().en, needs.en),
                )
            }
        };
        (has, needs, sentence)
    }
}

fn join(pieces: &[&Piece]) -> Bilingual {
    let zh: Vec<&str> = pieces.iter().map(|piece| piece.text.zh.as_str()).collect();
    let en: Vec<&str> = pieces.iter().map(|piece| piece.text.en.as_str()).collect();
    Bilingual::new(zh.join("；"), en.join("; "))
}

fn numbered(pieces: &[&Piece]) -> Bilingual {
    let list = |text: fn(&Piece) -> &str, between: &str, open: &str, close: &str| -> String {
        let parts =
            pieces.iter().enumerate().map(|(at, piece)| format!("{open}{}{close}{}", at + 1, text(piece)));
        parts.collect::<Vec<String>>().join(between)
    };
    Bilingual::new(
        list(|piece| &piece.text.zh, "；", "（", "）"),
        list(|piece| &piece.text.en, "; ", "(", ") "),
    )
}

/// A number stands off from the words before it, words do not.
fn spaced(text: &str) -> String {
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        format!(" {text}")
    } else {
        text.to_owned()
    }
}

const fn flipped(cmp: Cmp) -> Cmp {
    match cmp {
        Cmp::Lt => Cmp::Gt,
        Cmp::Le => Cmp::Ge,
        Cmp::Gt => Cmp::Lt,
        Cmp::Ge => Cmp::Le,
        same => same,
    }
}

const fn opposite(cmp: Cmp) -> Cmp {
    match cmp {
        Cmp::Eq => Cmp::Ne,
        Cmp::Ne => Cmp::Eq,
        Cmp::Lt => Cmp::Ge,
        Cmp::Le => Cmp::Gt,
        Cmp::Gt => Cmp::Le,
        Cmp::Ge => Cmp::Lt,
    }
}

fn relation(cmp: Cmp, ty: &Type) -> Bilingual {
    let dimension = if let Type::Quotient(inner) = ty { inner } else { ty };
    let (zh, en) = match (dimension, cmp) {
        (_, Cmp::Eq) => ("为", "exactly"),
        (_, Cmp::Ne) => ("不为", "other than"),
        (Type::Count(_), Cmp::Lt) => ("少于", "fewer than"),
        (Type::Count(_), Cmp::Le) => ("不多于", "at most"),
        (Type::Count(_), Cmp::Gt) => ("多于", "more than"),
        (Type::Count(_), Cmp::Ge) => ("不少于", "at least"),
        (Type::Date, Cmp::Lt) => ("早于", "before"),
        (Type::Date, Cmp::Le) => ("不晚于", "no later than"),
        (Type::Date, Cmp::Gt) => ("晚于", "after"),
        (Type::Date, Cmp::Ge) => ("不早于", "no earlier than"),
        (Type::Term(_), Cmp::Lt) => ("短于", "shorter than"),
        (Type::Term(_), Cmp::Le) => ("不超过", "at most"),
        (Type::Term(_), Cmp::Gt) => ("长于", "longer than"),
        (Type::Term(_), Cmp::Ge) => ("不短于", "at least"),
        (_, Cmp::Lt) => ("低于", "less than"),
        (_, Cmp::Le) => ("不高于", "at most"),
        (_, Cmp::Gt) => ("高于", "more than"),
        (_, Cmp::Ge) => ("不低于", "at least"),
    };
    Bilingual::new(zh, en)
}
