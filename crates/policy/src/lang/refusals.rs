//! How operators refuse operands: the most telling code, both types by name, the other definition, and a literal to write.

use super::check::Checker;
use super::error::{Code, LangError};
use super::node::NodeId;
use super::operators::{Bytes, dimension};
use super::types::Type;

impl Checker<'_> {
    /// Two sides that do not go together: the most telling code of quotient, bare number, units, operand.
    pub(super) fn refuse(&mut self, sign: &str, left: NodeId, right: NodeId, span: &Bytes) -> Option<NodeId> {
        let (a, b) = self.types(left, right);
        let arithmetic = matches!(sign, "+" | "-" | "min" | "max");
        if arithmetic
            && let Some((node, _)) =
                [(left, &a), (right, &b)].iter().find(|(_, ty)| matches!(ty, Type::Quotient(_)))
        {
            return self.quotient_as_value(*node, span);
        }
        if !matches!(sign, "*" | "/") && (a == Type::Number) != (b == Type::Number) {
            let (number, other) = if a == Type::Number { (left, &b) } else { (right, &a) };
            if matches!(
                dimension(other),
                Type::Money | Type::Ratio | Type::Count(_) | Type::Term(_) | Type::Date
            ) {
                let at = self.arena.nodes[number.index()].span.clone();
                let related = self.symbol(left).or_else(|| self.symbol(right));
                let error = self.bare_number(&(at.start as usize..at.end as usize), other).related(related);
                return self.fail(error);
            }
        }
        let ordered = |ty: &Type| !matches!(ty, Type::Bool | Type::Enum(_) | Type::Region | Type::Regions);
        if (a == b && !matches!(sign, "*" | "/"))
            || matches!(sign, "*" | "/")
            || (arithmetic && !(ordered(&a) && ordered(&b)))
        {
            return self.wrong_pair(sign, left, right, span);
        }
        let env = self.env;
        let (zh, en) = ((env.type_zh(&a), env.type_zh(&b)), (env.type_en(&a), env.type_en(&b)));
        let error = LangError::new(
            Code::UnitMismatch,
            span.clone(),
            format!("`{sign}` 两边单位不同：左边是{}，右边是{}", zh.0, zh.1),
            format!("the sides of `{sign}` have different units: {} and {}", en.0, en.1),
        );
        let error = error.related(self.symbol(right).or_else(|| self.symbol(left)));
        let (x, y) = (env.example(&a), env.example(&b));
        self.fail(error.hint(
            format!("{}与{}不能直接比较或加减；要么都用{}（{x}），要么都用{}（{y}）", zh.0, zh.1, zh.0, zh.1),
            format!(
                "{} and {} do not go together; use {} on both sides ({x}) or {} ({y})",
                en.0, en.1, en.0, en.1
            ),
        ))
    }

    fn wrong_pair(&mut self, sign: &str, left: NodeId, right: NodeId, span: &Bytes) -> Option<NodeId> {
        let (a, b) = self.types(left, right);
        let (env, related) = (self.env, self.symbol(right).or_else(|| self.symbol(left)));
        let error = LangError::new(
            Code::WrongOperand,
            span.clone(),
            format!("`{sign}` 不能用于{}与{}", env.type_zh(&a), env.type_zh(&b)),
            format!("`{sign}` does not take {} and {}", env.type_en(&a), env.type_en(&b)),
        );
        self.fail(error.related(related))
    }

    pub(super) fn wrong_operand(&mut self, sign: &str, node: NodeId, span: &Bytes) -> Option<NodeId> {
        let ty = self.arena.ty(node).clone();
        let (env, related) = (self.env, self.symbol(node));
        let error = LangError::new(
            Code::WrongOperand,
            span.clone(),
            format!("`{sign}` 不能用于{}", env.type_zh(&ty)),
            format!("`{sign}` does not take {}", env.type_en(&ty)),
        );
        self.fail(error.related(related))
    }

    pub(super) fn bare_number(&self, span: &Bytes, other: &Type) -> LangError {
        let env = self.env;
        let example = env.example(other);
        LangError::new(
            Code::BareNumber,
            span.clone(),
            format!("数字没有单位，此处须为{}", env.type_zh(dimension(other))),
            format!("the number has no unit, {} is asked for here", env.type_en(dimension(other))),
        )
        .hint(format!("请带上单位，例如 {example}"), format!("write its unit, such as {example}"))
    }

    pub(super) fn quotient_as_value(&mut self, node: NodeId, span: &Bytes) -> Option<NodeId> {
        let at = self.arena.nodes[node.index()].span.clone();
        let at = if at.is_empty() { span.clone() } else { at.start as usize..at.end as usize };
        self.fail(
            LangError::new(
                Code::QuotientAsValue,
                at,
                "除法的结果只能用于比较或相乘，不能直接作数值",
                "a quotient can only be compared or multiplied",
            )
            .hint("请先相乘再相除，或改为比较", "multiply it, or compare it"),
        )
    }
}
