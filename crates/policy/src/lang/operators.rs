//! What each operator takes and gives: the units of the language. Products of money are brought into the form
//! `money × (ratio × ratio …)` here, so that a product is rounded once however many factors it has.

use super::check::Checker;
use super::env::Symbol;
use super::error::{Code, LangError};
use super::node::{NodeId, Op, Way};
use super::slot::Slot;
use super::syntax::{Arithmetic, Ast, Kind};
use super::token::Cmp;
use super::types::Type;
use kernel::term::TermUnit;
use std::ops::Range;

pub(super) type Bytes = Range<usize>;

impl Cmp {
    /// As it is written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }

    pub(crate) const fn is_equality(self) -> bool {
        matches!(self, Self::Eq | Self::Ne)
    }
}

/// What a quotient is a quotient of; any other type is itself.
pub(super) fn dimension(ty: &Type) -> &Type {
    match ty {
        Type::Quotient(inner) => inner,
        other => other,
    }
}

fn quotient(of: &Type) -> Type {
    Type::Quotient(Box::new(dimension(of).clone()))
}

/// Ratios and quotients without a unit: what scales money.
fn scales(ty: &Type) -> bool {
    matches!(dimension(ty), Type::Ratio)
}

fn is_frac(ty: &Type) -> bool {
    matches!(ty, Type::Ratio | Type::Quotient(_) | Type::Number)
}

impl Checker<'_> {
    pub(super) fn types(&self, left: NodeId, right: NodeId) -> (Type, Type) {
        (self.arena.ty(left).clone(), self.arena.ty(right).clone())
    }

    pub(super) fn compare(&mut self, cmp: Cmp, left: NodeId, right: NodeId, span: &Bytes) -> Option<NodeId> {
        let (a, b) = self.types(left, right);
        let differs = cmp == Cmp::Ne;
        let op = match (&a, &b) {
            (Type::Bool, Type::Bool) if cmp.is_equality() => Op::CompareBool(differs, left, right),
            (Type::Region, Type::Region) if cmp.is_equality() => Op::ComparePlace(differs, left, right),
            (Type::Enum(x), Type::Enum(y)) if x == y && cmp.is_equality() => Op::CompareInt(cmp, left, right),
            (Type::Money, Type::Money) | (Type::Date, Type::Date) => Op::CompareInt(cmp, left, right),
            (Type::Count(x), Type::Count(y)) if x == y => Op::CompareInt(cmp, left, right),
            (Type::Term(x), Type::Term(y)) if x == y => Op::CompareInt(cmp, left, right),
            (Type::Term(TermUnit::Year), Type::Term(TermUnit::Month)) => {
                let left = self.in_months(left, span);
                Op::CompareInt(cmp, left, right)
            }
            (Type::Term(TermUnit::Month), Type::Term(TermUnit::Year)) => {
                let right = self.in_months(right, span);
                Op::CompareInt(cmp, left, right)
            }
            _ if (is_frac(&a) || is_frac(&b)) && dimension(&a) == dimension(&b) => {
                Op::CompareFrac(cmp, left, right)
            }
            _ => return self.refuse(cmp.sign(), left, right, span),
        };
        Some(self.arena.push(op, Type::Bool, span))
    }

    fn in_months(&mut self, years: NodeId, span: &Bytes) -> NodeId {
        let ty = Type::Term(TermUnit::Month);
        let twelve = self.arena.constant(Slot::Int(12), ty.clone(), span);
        self.arena.push(Op::MulInt(years, twelve), ty, span)
    }

    pub(super) fn arithmetic(
        &mut self,
        op: Arithmetic,
        left: NodeId,
        right: NodeId,
        span: &Bytes,
    ) -> Option<NodeId> {
        match op {
            Arithmetic::Add => self.add(left, right, span),
            Arithmetic::Sub => self.subtract(left, right, span),
            Arithmetic::Mul => self.multiply(left, right, span),
            Arithmetic::Div => self.divide(left, right, span),
        }
    }

    fn add(&mut self, left: NodeId, right: NodeId, span: &Bytes) -> Option<NodeId> {
        let (a, b) = self.types(left, right);
        match (&a, &b) {
            (Type::Money, Type::Money) => Some(self.arena.push(Op::AddInt(left, right), a, span)),
            (Type::Count(x), Type::Count(y)) if x == y => {
                Some(self.arena.push(Op::AddInt(left, right), a, span))
            }
            (Type::Ratio, Type::Ratio) | (Type::Number, Type::Number) => {
                Some(self.arena.push(Op::AddFrac(left, right), a, span))
            }
            (Type::Date, Type::Term(unit)) => self.shift(left, right, *unit, Way::Later, span),
            (Type::Term(unit), Type::Date) => self.shift(right, left, *unit, Way::Later, span),
            _ => self.refuse("+", left, right, span),
        }
    }

    fn subtract(&mut self, left: NodeId, right: NodeId, span: &Bytes) -> Option<NodeId> {
        let (a, b) = self.types(left, right);
        match (&a, &b) {
            (Type::Money, Type::Money) => Some(self.arena.push(Op::SubInt(left, right), a, span)),
            (Type::Count(x), Type::Count(y)) if x == y => {
                Some(self.arena.push(Op::SubInt(left, right), a, span))
            }
            (Type::Ratio, Type::Ratio) | (Type::Number, Type::Number) => {
                Some(self.arena.push(Op::SubFrac(left, right), a, span))
            }
            (Type::Date, Type::Term(unit)) => self.shift(left, right, *unit, Way::Earlier, span),
            (Type::Date, Type::Date) => {
                Some(self.arena.push(Op::DaysBetween(left, right), Type::Term(TermUnit::Day), span))
            }
            _ => self.refuse("-", left, right, span),
        }
    }

    fn shift(&mut self, date: NodeId, by: NodeId, unit: TermUnit, way: Way, span: &Bytes) -> Option<NodeId> {
        if unit != TermUnit::Workday {
            return Some(self.arena.push(Op::Shift(date, by, unit, way), Type::Date, span));
        }
        self.fail(
            LangError::new(
                Code::WorkdayArithmetic,
                span.clone(),
                "工作日要按日历推算，不能在表达式中加减",
                "working days need a calendar and cannot be added here",
            )
            .hint("期限请写在程序步骤的 within 中", "state a deadline with `within` in a procedure"),
        )
    }

    fn multiply(&mut self, left: NodeId, right: NodeId, span: &Bytes) -> Option<NodeId> {
        let rank = |ty: &Type| match dimension(ty) {
            Type::Money => 0,
            Type::Count(_) => 1,
            Type::Ratio => 2,
            _ => 3,
        };
        let (a, b) = self.types(left, right);
        let (left, right, a, b) = if rank(&b) < rank(&a) { (right, left, b, a) } else { (left, right, a, b) };
        let whole = self.whole_number(right);
        let money = *dimension(&a) == Type::Money;
        match (&a, &b) {
            (Type::Money | Type::Count(_), Type::Number) if whole.is_some() => {
                let times = self.arena.constant(Slot::Int(whole.unwrap_or(1)), Type::Number, span);
                Some(self.arena.push(Op::MulInt(left, times), a, span))
            }
            (Type::Money, Type::Count(_)) => Some(self.arena.push(Op::MulInt(left, right), a, span)),
            _ if money && (scales(&b) || b == Type::Number || matches!(dimension(&b), Type::Count(_))) => {
                Some(self.scaled_money(left, right, &b, span))
            }
            _ if matches!(dimension(&a), Type::Count(_)) && (scales(&b) || b == Type::Number) => {
                let ty = quotient(&a);
                Some(self.arena.push(Op::MulFrac(left, right), ty, span))
            }
            _ if scales(&a) && (scales(&b) || b == Type::Number) => {
                let ty = if a == Type::Ratio && !matches!(b, Type::Quotient(_)) { a } else { quotient(&a) };
                Some(self.arena.push(Op::MulFrac(left, right), ty, span))
            }
            (Type::Number, Type::Number) => Some(self.arena.push(Op::MulFrac(left, right), a, span)),
            _ => self.refuse("*", left, right, span),
        }
    }

    /// Money (or money for one of something) times a factor. A product already there takes the factor inside.
    fn scaled_money(&mut self, money: NodeId, factor: NodeId, ty: &Type, span: &Bytes) -> NodeId {
        if let Op::MulRound(inner, earlier) = self.arena.op(money) {
            let both = self.arena.push(Op::MulFrac(earlier, factor), quotient(ty), span);
            return self.arena.push(Op::MulRound(inner, both), Type::Money, span);
        }
        self.arena.push(Op::MulRound(money, factor), Type::Money, span)
    }

    fn whole_number(&self, node: NodeId) -> Option<i64> {
        match self.arena.op(node) {
            Op::Const(at) => match self.arena.consts[at as usize] {
                Slot::Frac(n, 1) => Some(n),
                _ => None,
            },
            _ => None,
        }
    }

    fn divide(&mut self, left: NodeId, right: NodeId, span: &Bytes) -> Option<NodeId> {
        let (a, b) = self.types(left, right);
        if let Op::Const(at) = self.arena.op(right)
            && matches!(self.arena.consts[at as usize], Slot::Int(0) | Slot::Frac(0, _))
        {
            let at = self.arena.nodes[right.index()].span.clone();
            let at = at.start as usize..at.end as usize;
            return self.fail(LangError::new(Code::DividesByZero, at, "除数为零", "this divides by zero"));
        }
        let of = dimension(&a);
        let good = matches!(of, Type::Money | Type::Count(_) | Type::Ratio | Type::Number);
        let ty = match dimension(&b) {
            same if good && same == of => Type::Quotient(Box::new(Type::Ratio)),
            Type::Number | Type::Ratio if good && *of != Type::Number => quotient(&a),
            Type::Count(_) if matches!(of, Type::Money | Type::Count(_)) => quotient(&a),
            _ => return self.refuse("/", left, right, span),
        };
        Some(self.arena.push(Op::Div(left, right), ty, span))
    }

    pub(super) fn negate(&mut self, node: NodeId, span: &Bytes) -> Option<NodeId> {
        let ty = self.arena.ty(node).clone();
        let op = match ty {
            Type::Money | Type::Count(_) => {
                let zero = self.arena.constant(Slot::Int(0), ty.clone(), span);
                Op::SubInt(zero, node)
            }
            Type::Ratio | Type::Number => {
                let zero = self.arena.constant(Slot::Frac(0, 1), ty.clone(), span);
                Op::SubFrac(zero, node)
            }
            Type::Quotient(_) => return self.quotient_as_value(node, span),
            _ => return self.wrong_operand("-", node, span),
        };
        Some(self.arena.push(op, ty, span))
    }

    pub(super) fn extreme(
        &mut self,
        of: &[Ast],
        hint: Option<&Type>,
        span: &Bytes,
        most: bool,
    ) -> Option<NodeId> {
        let word = if most { "max" } else { "min" };
        let mut nodes = Vec::with_capacity(of.len());
        let mut whole = true;
        for ast in of {
            match self.check(ast, hint) {
                Some(node) => nodes.push(node),
                None => whole = false,
            }
        }
        let checked = if whole { nodes.as_slice() } else { &[] };
        for (node, ast) in checked.iter().zip(of) {
            let ty = self.arena.ty(*node).clone();
            match ty {
                Type::Money | Type::Count(_) | Type::Ratio | Type::Date | Type::Term(_) | Type::Number => {}
                Type::Quotient(_) => whole = self.quotient_as_value(*node, &ast.span).is_some(),
                _ => whole = self.wrong_operand(word, *node, &ast.span).is_some(),
            }
        }
        let (first, rest) = nodes.split_first().filter(|_| whole)?;
        let ty = self.arena.ty(*first).clone();
        for other in rest {
            if *self.arena.ty(*other) != ty {
                return self.refuse(word, *first, *other, span);
            }
        }
        let args = self.arena.list(&nodes);
        let op = match (is_frac(&ty), most) {
            (false, false) => Op::LeastInt(args),
            (false, true) => Op::MostInt(args),
            (true, false) => Op::LeastFrac(args),
            (true, true) => Op::MostFrac(args),
        };
        Some(self.arena.push(op, ty, span))
    }

    pub(super) fn branches(
        &mut self,
        condition: NodeId,
        yes: NodeId,
        no: NodeId,
        span: &Bytes,
    ) -> Option<NodeId> {
        let (a, b) = self.types(yes, no);
        if a == b && !matches!(a, Type::Quotient(_)) {
            return Some(self.arena.push(Op::If(condition, yes, no), a, span));
        }
        for (node, ty) in [(yes, &a), (no, &b)] {
            if matches!(ty, Type::Quotient(_)) {
                return self.quotient_as_value(node, span);
            }
        }
        let (env, related) = (self.env, self.symbol(no).or_else(|| self.symbol(yes)));
        let error = LangError::new(
            Code::BranchesDiffer,
            span.clone(),
            format!("两个分支类型不同：then 之后是{}，else 之后是{}", env.type_zh(&a), env.type_zh(&b)),
            format!(
                "the branches differ: {} after `then`, {} after `else`",
                env.type_en(&a),
                env.type_en(&b)
            ),
        );
        self.fail(error.related(related))
    }

    pub(super) fn within(&mut self, place: &Ast, areas: &Ast, span: &Bytes) -> Option<NodeId> {
        let node = self.check(place, Some(&Type::Region));
        let text = &self.src[areas.span.clone()];
        let set = self.env.param_named(text).filter(|_| matches!(areas.kind, Kind::Name));
        let set = set.filter(|set| self.env.params()[set.index()].ty == Type::Regions);
        let Some(set) = set else {
            // An unknown name is reported as such, anything else as not being a set.
            if !matches!(areas.kind, Kind::Name) || matches!(self.env.lookup(text), Some(Symbol::Member)) {
                return self.not_a_set(areas, None);
            }
            let found = self.check(areas, None)?;
            return self.not_a_set(areas, Some(found));
        };
        let node = node?;
        if *self.arena.ty(node) != Type::Region {
            return self.wrong_operand("in", node, &place.span);
        }
        let ordinal = self.env.region_ordinal(set);
        Some(self.arena.push(Op::Within(node, set, ordinal), Type::Bool, span))
    }

    fn not_a_set(&mut self, areas: &Ast, found: Option<NodeId>) -> Option<NodeId> {
        let related = found.and_then(|node| self.symbol(node));
        let error = LangError::new(
            Code::WrongOperand,
            areas.span.clone(),
            "in 之后须为一个地区范围参数",
            "`in` is followed by a parameter that is a set of places",
        );
        self.fail(error.related(related).hint("例如：county in areas", "for example: county in areas"))
    }
}
