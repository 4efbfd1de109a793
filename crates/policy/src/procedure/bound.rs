//! The bound file of a procedure: what is printed, sealed and handed in as one volume. What stands on its pages is made
//! from a case; here is only what the regulation asks for.

use crate::pack::{Cite, Id, Words};

/// The most copies that a pack may ask for.
pub const COPIES_MAX: u32 = 99;

/// One thing in a bound file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// A form of the procedure or of one of its steps, printed as it was filed last.
    Form(Id),
    /// A paper that a step of the procedure hands in.
    Paper(Id),
}

/// A bound file (装订册).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Its title on the cover.
    pub name: Words,
    /// What is bound, in order; papers are counted as attachments.
    pub holds: Vec<Leaf>,
    /// What is handed in together with it and printed behind the seal page.
    pub along: Vec<Leaf>,
    /// In how many copies, from 1 to [`COPIES_MAX`].
    pub copies: u32,
    /// The roles whose organisations seal it.
    pub seals: Vec<Id>,
    /// What those who seal it state.
    pub states: Option<Words>,
    /// Citation.
    pub cite: Cite,
}

impl Bound {
    /// Everything in it, in printed order.
    pub fn leaves(&self) -> impl Iterator<Item = &Leaf> {
        self.holds.iter().chain(&self.along)
    }
}
