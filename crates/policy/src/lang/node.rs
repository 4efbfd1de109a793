//! The arena: typed nodes in the order of their evaluation, operands before the operators that use them. One pass from
//! front to back evaluates everything, and the values of that pass are the trace.

use super::slot::Slot;
use super::token::Cmp;
use super::types::{FactId, ParamId, Type};
use kernel::term::TermUnit;
use std::ops::Range;

/// A node, an index into its arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub u32);

impl NodeId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A run of operands in the arena's argument list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Args {
    pub start: u32,
    pub len: u32,
}

/// Which way a day is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Later,
    Earlier,
}

/// What a node does. `Int`, `Frac` name the shape of slot that it works on; `Frac` operators take an `Int` for `n/1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Const(u32),
    Fact(FactId),
    /// A column of the row, counted from the first column.
    Row(u16),
    /// A parameter and where its slot is.
    Param(ParamId, u32),
    /// A table, where its slots begin, and which entry.
    Entry(ParamId, u32, NodeId),
    Not(NodeId),
    And(NodeId, NodeId),
    Or(NodeId, NodeId),
    CompareInt(Cmp, NodeId, NodeId),
    CompareFrac(Cmp, NodeId, NodeId),
    /// Equality of truth values; `true` asks for difference.
    CompareBool(bool, NodeId, NodeId),
    /// The same place; `true` asks for another.
    ComparePlace(bool, NodeId, NodeId),
    /// A place within the set of a parameter: its id and which of the region sets.
    Within(NodeId, ParamId, u32),
    AddInt(NodeId, NodeId),
    SubInt(NodeId, NodeId),
    MulInt(NodeId, NodeId),
    AddFrac(NodeId, NodeId),
    SubFrac(NodeId, NodeId),
    MulFrac(NodeId, NodeId),
    /// An exact product of two, rounded once to money.
    MulRound(NodeId, NodeId),
    Div(NodeId, NodeId),
    LeastInt(Args),
    MostInt(Args),
    LeastFrac(Args),
    MostFrac(Args),
    If(NodeId, NodeId, NodeId),
    /// A day so many units later or earlier.
    Shift(NodeId, NodeId, TermUnit, Way),
    DaysBetween(NodeId, NodeId),
}

impl Op {
    /// Does the node read the parameter itself?
    pub(crate) fn reads(self, param: ParamId) -> bool {
        matches!(self, Self::Param(read, _) | Self::Entry(read, ..) | Self::Within(_, read, _) if read == param)
    }
}

/// A node with its type and its place in the text.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub op: Op,
    pub ty: Type,
    pub span: Range<u32>,
}

/// All nodes of a ruleset or of one expression.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    pub nodes: Vec<Node>,
    pub args: Vec<NodeId>,
    pub consts: Vec<Slot>,
}

impl Arena {
    pub(crate) fn push(&mut self, op: Op, ty: Type, span: &Range<usize>) -> NodeId {
        self.nodes.push(Node { op, ty, span: span.start as u32..span.end as u32 });
        NodeId((self.nodes.len() - 1) as u32)
    }

    pub(crate) fn constant(&mut self, slot: Slot, ty: Type, span: &Range<usize>) -> NodeId {
        self.consts.push(slot);
        self.push(Op::Const((self.consts.len() - 1) as u32), ty, span)
    }

    pub(crate) fn list(&mut self, of: &[NodeId]) -> Args {
        let start = self.args.len() as u32;
        self.args.extend_from_slice(of);
        Args { start, len: of.len() as u32 }
    }

    pub(crate) fn args(&self, args: Args) -> &[NodeId] {
        &self.args[args.start as usize..(args.start + args.len) as usize]
    }

    pub(crate) fn op(&self, node: NodeId) -> Op {
        self.nodes[node.index()].op
    }

    pub(crate) fn ty(&self, node: NodeId) -> &Type {
        &self.nodes[node.index()].ty
    }

    /// The operands of a node, from left to right.
    pub(crate) fn children(&self, node: NodeId) -> Vec<NodeId> {
        match self.op(node) {
            Op::Const(_) | Op::Fact(_) | Op::Row(_) | Op::Param(..) => Vec::new(),
            Op::Entry(_, _, a) | Op::Not(a) | Op::Within(a, ..) => vec![a],
            Op::And(a, b)
            | Op::Or(a, b)
            | Op::CompareInt(_, a, b)
            | Op::CompareFrac(_, a, b)
            | Op::CompareBool(_, a, b)
            | Op::ComparePlace(_, a, b)
            | Op::AddInt(a, b)
            | Op::SubInt(a, b)
            | Op::MulInt(a, b)
            | Op::AddFrac(a, b)
            | Op::SubFrac(a, b)
            | Op::MulFrac(a, b)
            | Op::MulRound(a, b)
            | Op::Div(a, b)
            | Op::Shift(a, b, ..)
            | Op::DaysBetween(a, b) => vec![a, b],
            Op::LeastInt(args) | Op::MostInt(args) | Op::LeastFrac(args) | Op::MostFrac(args) => {
                self.args(args).to_vec()
            }
            Op::If(c, a, b) => vec![c, a, b],
        }
    }
}
