//! The types of the language and the values that cross its edge. What a value looks like inside an evaluation is
//! [`super::slot`]; what a type may be combined with is [`super::operators`].

use kernel::Date;
use kernel::money::Money;
use kernel::ratio::Ratio;
use kernel::region::RegionCode;
use kernel::term::{Term, TermUnit};

macro_rules! index {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u16);

        impl $name {
            /// The position in its list.
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    )+};
}

index! {
    /// A unit of count (人, 户, 次, 村, 家 or the pack's own), an index into the units of its [`super::Env`].
    UnitId,
    /// An enumeration of the pack, an index into the enums of its [`super::Env`].
    EnumId,
    /// A fact, an index into the facts of its [`super::Env`].
    FactId,
    /// A parameter, an index into the parameters of its [`super::Env`].
    ParamId,
}

/// One text in two languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// Both texts.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// The type of an expression, with its unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// Yes or no.
    Bool,
    /// Money in fen.
    Money,
    /// An exact fraction.
    Ratio,
    /// A whole number of a unit.
    Count(UnitId),
    /// A day.
    Date,
    /// A length of time in one unit.
    Term(TermUnit),
    /// One member of an enumeration.
    Enum(EnumId),
    /// A place by its division code.
    Region,
    /// A set of places; only ever to the right of `in`.
    Regions,
    /// What `/` gives: an exact fraction of the inner type that may be compared or multiplied, never stored.
    /// `Quotient(Ratio)` has no unit; `Quotient(Money)` is money for one of something.
    Quotient(Box<Type>),
    /// A bare number: it scales, and compares with nothing that has a unit.
    Number,
}

/// A value at the edge of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// Money.
    Money(Money),
    /// An exact fraction.
    Ratio(Ratio),
    /// A whole number of the unit that its type names.
    Count(i64),
    /// A day.
    Date(Date),
    /// A length of time.
    Term(Term),
    /// The position of a member in its enumeration.
    Member(u16),
    /// A place.
    Region(RegionCode),
}
