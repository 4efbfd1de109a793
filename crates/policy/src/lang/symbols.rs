//! What an [`super::Env`] is made of: units, enums, facts and parameters as expressions see them, and why a definition
//! can be refused.

use super::types::{Bilingual, EnumId, Type};
use kernel::money::Money;
use kernel::rounding::Rounding;

/// A unit of count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// As it stands after a number in Chinese: 人, 户.
    pub zh: String,
    /// One of it in English: person.
    pub en_one: String,
    /// Many of it in English: persons.
    pub en_many: String,
}

/// One member of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// ASCII identifier.
    pub id: String,
    /// What people call it.
    pub name: Bilingual,
}

/// An enumeration of the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumDef {
    /// ASCII identifier; its own name space, so a fact may be called like its enum.
    pub id: String,
    /// What people call it.
    pub name: Bilingual,
    /// Its members, in the order of their positions.
    pub members: Vec<Member>,
    /// The caller's mark of the place of definition.
    pub tag: u32,
}

/// A fact as expressions see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactDef {
    /// Identifier, dots allowed.
    pub id: String,
    /// What people call it.
    pub name: Bilingual,
    /// Its type; never `Regions`, `Quotient` or `Number`.
    pub ty: Type,
    /// The caller's mark of the place of definition.
    pub tag: u32,
}

/// Whether a parameter is one value or a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    Scalar,
    /// One value for each member of the enum.
    Table(EnumId),
}

/// A parameter as expressions see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamDef {
    /// Identifier, dots allowed.
    pub id: String,
    /// What people call it.
    pub name: Bilingual,
    /// The type of its value, or of each entry of the table; `Regions` for a set of places.
    pub ty: Type,
    /// One value or a table.
    pub shape: Shape,
    /// The caller's mark of the place of definition.
    pub tag: u32,
}

/// How products of money are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundTo {
    /// The smallest step, at least one fen.
    pub step: Money,
    /// Which way.
    pub mode: Rounding,
}

impl Default for RoundTo {
    /// Down to the fen: 不超过.
    fn default() -> Self {
        Self { step: Money::from_fen(1), mode: Rounding::Down }
    }
}

/// Why a definition was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DefineError {
    /// The name is taken; both marks of definition are given.
    #[error("`{name}` is defined twice")]
    Taken {
        /// The name.
        name: String,
        /// Where it was defined first.
        first: u32,
        /// Where it was defined again.
        second: u32,
    },
    /// The name is a word of the language.
    #[error("`{name}` is a word of the language")]
    Reserved {
        /// The name.
        name: String,
        /// Where it was to be defined.
        tag: u32,
    },
    /// The name is not an ASCII identifier.
    #[error("`{name}` is not a name: ASCII letters, digits, `_`, parts joined by `.`")]
    Malformed {
        /// The name.
        name: String,
        /// Where it was to be defined.
        tag: u32,
    },
    /// The type cannot be that of a fact or parameter, or names an enum or unit that does not exist.
    #[error("`{name}` has a type that cannot be stored")]
    BadType {
        /// The name.
        name: String,
        /// Where it was to be defined.
        tag: u32,
    },
    /// An enum without members.
    #[error("the enum `{name}` has no members")]
    NoMembers {
        /// The name.
        name: String,
        /// Where it was to be defined.
        tag: u32,
    },
}
