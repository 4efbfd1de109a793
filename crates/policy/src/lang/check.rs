//! The type checker: a syntax tree to typed nodes, with every fault of names and types found at once. A part that is
//! already known to be wrong has no node and causes no further error.

use super::env::{Env, Symbol};
use super::error::{Code, LangError, SymbolRef};
use super::literal;
use super::node::{Arena, NodeId, Op};
use super::slot::Slot;
use super::suggest::nearest;
use super::symbols::Shape;
use super::syntax::{Ast, Kind, parse};
use super::types::{EnumId, ParamId, Type, UnitId};
use std::ops::Range;

/// What the place of an expression asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// A condition.
    Bool,
    /// Money.
    Money,
    /// An exact fraction; a quotient without a unit will do.
    Ratio,
    /// A count of this unit.
    Count(UnitId),
    /// A day.
    Date,
    /// Whatever it is.
    Any,
}

/// Compiles a text into the arena.
pub(crate) fn compile_into(
    arena: &mut Arena,
    src: &str,
    env: &Env,
    want: Want,
) -> Result<NodeId, Vec<LangError>> {
    let (ast, errors) = parse(src);
    let mut checker = Checker { src, env, arena, errors };
    let root = checker.whole(&ast, want);
    let mut errors = checker.errors;
    errors.sort_by_key(|error| (error.span.start, error.code));
    match root {
        Some(root) if errors.is_empty() => Ok(root),
        _ => Err(errors),
    }
}

pub(super) struct Checker<'a> {
    pub(super) src: &'a str,
    pub(super) env: &'a Env,
    pub(super) arena: &'a mut Arena,
    pub(super) errors: Vec<LangError>,
}

impl Checker<'_> {
    fn whole(&mut self, ast: &Ast, want: Want) -> Option<NodeId> {
        let wanted = match want {
            Want::Any => None,
            Want::Bool => Some(Type::Bool),
            Want::Money => Some(Type::Money),
            Want::Ratio => Some(Type::Ratio),
            Want::Count(unit) => Some(Type::Count(unit)),
            Want::Date => Some(Type::Date),
        };
        let root = self.check(ast, wanted.as_ref())?;
        let Some(wanted) = wanted else { return Some(root) };
        let found = self.arena.ty(root).clone();
        let error = match &found {
            same if *same == wanted => return Some(root),
            Type::Quotient(inner) if **inner == Type::Ratio && wanted == Type::Ratio => return Some(root),
            Type::Quotient(_) => return self.quotient_as_value(root, &ast.span),
            Type::Number => self.bare_number(&ast.span, &wanted),
            _ if wanted == Type::Bool => return self.condition(Some(root), &ast.span),
            _ => LangError::new(
                Code::WrongResult,
                ast.span.clone(),
                format!("此处须为{}，得到的是{}", self.env.type_zh(&wanted), self.env.type_zh(&found)),
                format!(
                    "{} is asked for here, this is {}",
                    self.env.type_en(&wanted),
                    self.env.type_en(&found)
                ),
            )
            .related(self.symbol(root)),
        };
        self.fail(error)
    }

    pub(super) fn fail<T>(&mut self, error: LangError) -> Option<T> {
        self.errors.push(error);
        None
    }

    /// Checks a part; `hint` is the type that its neighbour has, which decides what a member or a code means.
    pub(super) fn check(&mut self, ast: &Ast, hint: Option<&Type>) -> Option<NodeId> {
        match &ast.kind {
            Kind::Gap => None,
            Kind::Name => self.name(&ast.span, hint),
            Kind::Literal => self.literal(&ast.span, hint),
            Kind::Truth(value) => Some(self.arena.constant(Slot::Bool(*value), Type::Bool, &ast.span)),
            Kind::Not(inner) => {
                let node = self.check_condition(inner)?;
                Some(self.arena.push(Op::Not(node), Type::Bool, &ast.span))
            }
            Kind::And(left, right) => self.logic(left, right, &ast.span, Op::And),
            Kind::Or(left, right) => self.logic(left, right, &ast.span, Op::Or),
            Kind::Compare(cmp, left, right) => {
                let (left, right) = self.pair(left, right, None);
                self.compare(*cmp, left?, right?, &ast.span)
            }
            Kind::In(place, areas) => self.within(place, areas, &ast.span),
            Kind::Arithmetic(op, left, right) => {
                let (left, right) = self.pair(left, right, None);
                self.arithmetic(*op, left?, right?, &ast.span)
            }
            Kind::Negate(inner) => {
                let node = self.check(inner, hint)?;
                self.negate(node, &ast.span)
            }
            Kind::Least(of) => self.extreme(of, hint, &ast.span, false),
            Kind::Most(of) => self.extreme(of, hint, &ast.span, true),
            Kind::If(condition, yes, no) => {
                let condition = self.check_condition(condition);
                let (yes, no) = self.pair(yes, no, hint);
                self.branches(condition?, yes?, no?, &ast.span)
            }
            Kind::Index(table, index) => self.entry(table, index, &ast.span),
        }
    }

    /// Two neighbours: the one that says its type by itself goes first.
    fn pair(&mut self, left: &Ast, right: &Ast, hint: Option<&Type>) -> (Option<NodeId>, Option<NodeId>) {
        if self.needs_neighbour(left) && !self.needs_neighbour(right) {
            let right = self.check(right, hint);
            let ty = right.map(|node| self.arena.ty(node).clone());
            (self.check(left, ty.as_ref().or(hint)), right)
        } else {
            let left = self.check(left, hint);
            let ty = left.map(|node| self.arena.ty(node).clone());
            (left, self.check(right, ty.as_ref().or(hint)))
        }
    }

    pub(super) fn needs_neighbour(&self, ast: &Ast) -> bool {
        let text = &self.src[ast.span.clone()];
        match ast.kind {
            Kind::Name => matches!(self.env.lookup(text), None | Some(Symbol::Member)),
            Kind::Literal => text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        }
    }

    fn logic(
        &mut self,
        left: &Ast,
        right: &Ast,
        span: &Range<usize>,
        make: fn(NodeId, NodeId) -> Op,
    ) -> Option<NodeId> {
        let (left, right) = (self.check_condition(left), self.check_condition(right));
        Some(self.arena.push(make(left?, right?), Type::Bool, span))
    }

    fn check_condition(&mut self, ast: &Ast) -> Option<NodeId> {
        let node = self.check(ast, Some(&Type::Bool));
        self.condition(node, &ast.span)
    }

    fn condition(&mut self, node: Option<NodeId>, span: &Range<usize>) -> Option<NodeId> {
        let node = node?;
        let ty = self.arena.ty(node).clone();
        if ty == Type::Bool {
            return Some(node);
        }
        let (zh, en) = (self.env.type_zh(&ty), self.env.type_en(&ty));
        let error = LangError::new(
            Code::NotACondition,
            span.clone(),
            format!("此处须为条件（是或否），得到的是{zh}"),
            format!("a condition (yes or no) is asked for here, this is {en}"),
        );
        let error = error.related(self.symbol(node));
        self.fail(
            error.hint("请写成比较，例如 share >= 30%", "compare it with something, such as share >= 30%"),
        )
    }

    fn literal(&mut self, span: &Range<usize>, hint: Option<&Type>) -> Option<NodeId> {
        let text = &self.src[span.clone()];
        let bare = text.bytes().all(|b| b.is_ascii_digit());
        let read = if bare && hint == Some(&Type::Region) {
            literal::region(text, span).map(|slot| (Type::Region, slot))
        } else {
            literal::read(text, span, self.env)
        };
        match read {
            Ok((ty, slot)) => Some(self.arena.constant(slot, ty, span)),
            Err(error) => self.fail(*error),
        }
    }

    fn name(&mut self, span: &Range<usize>, hint: Option<&Type>) -> Option<NodeId> {
        let text = &self.src[span.clone()];
        let env = self.env;
        match env.lookup(text) {
            Some(Symbol::Fact(fact)) => {
                let from = env.row_from();
                let op = match fact.index().checked_sub(from) {
                    Some(column) => Op::Row(column as u16),
                    None => Op::Fact(fact),
                };
                Some(self.arena.push(op, env.facts()[fact.index()].ty.clone(), span))
            }
            Some(Symbol::Param(param)) => self.param(param, span),
            Some(Symbol::Member) => self.member(text, span, hint),
            None if matches!(hint, Some(Type::Enum(_))) => self.member(text, span, hint),
            None => {
                let error = self.unknown_name(text, span);
                self.fail(error)
            }
        }
    }

    fn param(&mut self, param: ParamId, span: &Range<usize>) -> Option<NodeId> {
        let def = &self.env.params()[param.index()];
        let id = &def.id;
        let error = match (&def.ty, def.shape) {
            (Type::Regions, _) => LangError::new(
                Code::RegionSetAsValue,
                span.clone(),
                format!("地区范围 `{id}` 只能用于 in 之后"),
                format!("the set of places `{id}` only stands after `in`"),
            )
            .hint(format!("请写成：地区 in {id}"), format!("write: place in {id}")),
            (_, Shape::Table(by)) => {
                let by = &self.env.enums()[by.index()].id;
                LangError::new(
                    Code::TableWithoutIndex,
                    span.clone(),
                    format!("`{id}` 按 {by} 取值，须指明取哪一项"),
                    format!("`{id}` is a table by {by}: say which entry"),
                )
                .hint(format!("请写成 {id}[{by}]"), format!("write {id}[{by}]"))
            }
            (ty, Shape::Scalar) => {
                return Some(self.arena.push(Op::Param(param, self.env.offset(param)), ty.clone(), span));
            }
        };
        self.fail(error.related(self.env.param_ref(param)))
    }

    fn member(&mut self, text: &str, span: &Range<usize>, hint: Option<&Type>) -> Option<NodeId> {
        let env = self.env;
        if let Some(Type::Enum(of)) = hint {
            let def = &env.enums()[of.index()];
            if let Some(at) = def.members.iter().position(|member| member.id == text) {
                return Some(self.arena.constant(Slot::Int(at as i64), Type::Enum(*of), span));
            }
            let error = not_a_member(text, span, env, *of);
            return self.fail(error);
        }
        let having: Vec<usize> = (0..env.enums().len())
            .filter(|at| env.enums()[*at].members.iter().any(|member| member.id == text))
            .collect();
        if let [only] = having[..] {
            let at = env.enums()[only].members.iter().position(|member| member.id == text).unwrap_or(0);
            return Some(self.arena.constant(Slot::Int(at as i64), Type::Enum(EnumId(only as u16)), span));
        }
        let list: Vec<&str> = having.iter().map(|at| env.enums()[*at].id.as_str()).collect();
        self.fail(LangError::new(
            Code::AmbiguousMember,
            span.clone(),
            format!("`{text}` 属于多个枚举（{}），无法确定是哪一个", list.join("、")),
            format!("`{text}` is a member of several enums ({})", list.join(", ")),
        ))
    }

    fn unknown_name(&self, text: &str, span: &Range<usize>) -> LangError {
        let error = LangError::new(
            Code::UnknownName,
            span.clone(),
            format!("名称 `{text}` 没有定义"),
            format!("the name `{text}` is not defined"),
        );
        let env = self.env;
        let named = env
            .facts()
            .iter()
            .map(|f| (&f.name.zh, &f.id))
            .chain(env.params().iter().map(|p| (&p.name.zh, &p.id)));
        let by_name = named.into_iter().find(|(zh, _)| zh.as_str() == text).map(|(_, id)| id.as_str());
        match by_name.or_else(|| nearest(text, env.names())) {
            Some(near) => {
                let symbol = match env.lookup(near) {
                    Some(Symbol::Fact(fact)) => env.fact_ref(fact),
                    Some(Symbol::Param(param)) => env.param_ref(param),
                    _ => None,
                };
                error.related(symbol).hint(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?"))
            }
            None => error,
        }
    }

    fn entry(&mut self, table: &Ast, index: &Ast, span: &Range<usize>) -> Option<NodeId> {
        let text = &self.src[table.span.clone()];
        let Some(param) = self.env.param_named(text).filter(|_| matches!(table.kind, Kind::Name)) else {
            return self.not_a_table(table, index);
        };
        let def = &self.env.params()[param.index()];
        let Shape::Table(by) = def.shape else { return self.not_a_table(table, index) };
        let wanted = Type::Enum(by);
        let at = self.check(index, Some(&wanted))?;
        if *self.arena.ty(at) != wanted {
            let found = self.arena.ty(at).clone();
            let error = LangError::new(
                Code::WrongIndex,
                index.span.clone(),
                format!(
                    "`{text}` 的下标须为{}，得到的是{}",
                    self.env.type_zh(&wanted),
                    self.env.type_zh(&found)
                ),
                format!(
                    "`{text}` is looked up by {}, this is {}",
                    self.env.type_en(&wanted),
                    self.env.type_en(&found)
                ),
            );
            return self.fail(error.related(self.env.param_ref(param)));
        }
        Some(self.arena.push(Op::Entry(param, self.env.offset(param), at), def.ty.clone(), span))
    }

    fn not_a_table(&mut self, table: &Ast, index: &Ast) -> Option<NodeId> {
        let text = &self.src[table.span.clone()];
        self.check(index, None);
        if matches!(table.kind, Kind::Name) && self.env.lookup(text).is_none() {
            let error = self.unknown_name(text, &table.span);
            return self.fail(error);
        }
        let related = match self.env.lookup(text) {
            Some(Symbol::Param(param)) => self.env.param_ref(param),
            Some(Symbol::Fact(fact)) => self.env.fact_ref(fact),
            _ => None,
        };
        self.fail(
            LangError::new(
                Code::NotATable,
                table.span.clone(),
                format!("`{text}` 不是按类别取值的表"),
                format!("`{text}` is not a table"),
            )
            .related(related)
            .hint("去掉方括号及其中的下标", "leave the square brackets out"),
        )
    }

    /// The definition of the first name that the node reads, for "defined here"; parameters before facts.
    pub(super) fn symbol(&self, node: NodeId) -> Option<SymbolRef> {
        match self.arena.op(node) {
            Op::Fact(fact) => self.env.fact_ref(fact),
            Op::Row(column) => {
                self.env.fact_ref(super::FactId((self.env.row_from() + usize::from(column)) as u16))
            }
            Op::Param(param, _) | Op::Entry(param, ..) => self.env.param_ref(param),
            _ => self.arena.children(node).into_iter().find_map(|child| self.symbol(child)),
        }
    }
}

/// The refusal of a word that the enum does not have.
pub(super) fn not_a_member(text: &str, span: &Range<usize>, env: &Env, of: EnumId) -> LangError {
    let def = &env.enums()[of.index()];
    let ids: Vec<&str> = def.members.iter().map(|member| member.id.as_str()).collect();
    let error = LangError::new(
        Code::NotAMember,
        span.clone(),
        format!("`{text}` 不是枚举 {} 的值", def.id),
        format!("`{text}` is not a member of {}", def.id),
    );
    let error = error.related(Some(SymbolRef {
        name: def.id.clone(),
        tag: def.tag,
        note_zh: format!("`{}` 在这里定义", def.id),
        note_en: format!("`{}` is defined here", def.id),
    }));
    match nearest(text, ids.iter().copied()) {
        Some(near) => error.hint(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => {
            error.hint(format!("可用的值：{}", ids.join("、")), format!("its members are {}", ids.join(", ")))
        }
    }
}
