//! What each node holds while a chunk is evaluated, and how an operator looks at its operands.

use super::CHUNK;
use super::block::{Bits, Block, FracView, IntView, NONE, Values, spread};
use super::fill::{Column, Data};
use super::run::Run;
use crate::lang::arith::{Frac, Scale};
use crate::lang::node::NodeId;
use crate::lang::slot::Slot;

/// What a node holds.
pub(super) enum Held {
    /// Not read by anything that is evaluated.
    Idle,
    /// The same for all rows.
    Scalar(Slot),
    /// The column of a fact.
    Fact(usize),
    /// A value for each row, of the current chunk.
    Block(Box<Block>),
    /// A table looked up by another node; read where it stands.
    Table(Table),
}

/// A table whose entries are all known.
pub(super) struct Table {
    pub index: NodeId,
    pub ints: Vec<i64>,
    pub fracs: Vec<Frac>,
    pub scales: Vec<Scale>,
}

impl Table {
    pub(super) fn new(index: NodeId, slots: &[Slot]) -> Self {
        let fracs: Vec<Frac> = slots.iter().map(|slot| slot.as_frac().unwrap_or((0, 1))).collect();
        let ints = slots.iter().map(|slot| slot.as_int().unwrap_or(0)).collect();
        Self { index, ints, scales: fracs.iter().map(|frac| Scale::new(*frac)).collect(), fracs }
    }
}

impl Run<'_> {
    pub(super) fn column(&self, fact: usize) -> (Bits, &Column) {
        let column = &self.columns.facts[fact];
        let from = self.base / 64;
        (std::array::from_fn(|word| column.known[from + word]), column)
    }

    pub(super) fn bools(&self, node: NodeId) -> (Bits, Bits) {
        match &self.held[node.index()] {
            Held::Idle | Held::Table(_) => (NONE, NONE),
            Held::Scalar(slot) => spread(*slot),
            Held::Fact(fact) => match self.column(*fact) {
                (known, Column { data: Data::Bool(truth), .. }) => {
                    let from = self.base / 64;
                    (known, std::array::from_fn(|word| truth[from + word]))
                }
                _ => (NONE, NONE),
            },
            Held::Block(block) => match &block.data {
                Values::Bool(truth) => (block.known, **truth),
                _ => (NONE, NONE),
            },
        }
    }

    pub(super) fn ints(&self, node: NodeId) -> (Bits, IntView<'_>) {
        match &self.held[node.index()] {
            Held::Idle => (NONE, IntView::One(0)),
            Held::Scalar(slot) => (spread(*slot).0, IntView::One(slot.as_int().unwrap_or(0))),
            Held::Fact(fact) => match self.column(*fact) {
                (known, Column { data: Data::Int(values), .. }) => {
                    (known, IntView::Many(&values[self.base..self.base + CHUNK]))
                }
                _ => (NONE, IntView::One(0)),
            },
            Held::Block(block) => match &block.data {
                Values::Int(values) => (block.known, IntView::Many(values)),
                _ => (NONE, IntView::One(0)),
            },
            Held::Table(table) => match self.ints(table.index) {
                (known, IntView::Many(members)) => (known, IntView::Entry(members, &table.ints)),
                _ => (NONE, IntView::One(0)),
            },
        }
    }

    pub(super) fn fracs(&self, node: NodeId) -> (Bits, FracView<'_>) {
        let chunk = self.base..self.base + CHUNK;
        match &self.held[node.index()] {
            Held::Idle => (NONE, FracView::One((0, 1))),
            Held::Scalar(slot) => (spread(*slot).0, FracView::One(slot.as_frac().unwrap_or((0, 1)))),
            Held::Fact(fact) => match self.column(*fact) {
                (known, Column { data: Data::Int(values), .. }) => (known, FracView::Whole(&values[chunk])),
                (known, Column { data: Data::Frac(nums, dens), .. }) => {
                    (known, FracView::Many(&nums[chunk.clone()], &dens[chunk]))
                }
                _ => (NONE, FracView::One((0, 1))),
            },
            Held::Block(block) => match &block.data {
                Values::Int(values) => (block.known, FracView::Whole(values)),
                Values::Frac(nums, dens) => (block.known, FracView::Many(nums, dens)),
                Values::Bool(_) => (NONE, FracView::One((0, 1))),
            },
            Held::Table(table) => match self.ints(table.index) {
                (known, IntView::Many(members)) => (known, FracView::Entry(members, &table.fracs)),
                _ => (NONE, FracView::One((0, 1))),
            },
        }
    }
}
