//! A value as evaluations hold it: three shapes and "not known yet". The node's type says how to read it back.
//! Dates are held as `yyyymmdd` and places as their packed code, so that order and equality are those of integers.

use super::regions;
use super::types::{Type, Value};
use kernel::Date;
use kernel::money::Money;
use kernel::ratio::Ratio;
use kernel::term::Term;

/// Why something is not known; several causes may come together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Causes(u8);

impl Causes {
    /// A fact was not given.
    pub const MISSING: Self = Self(1);
    /// Something was divided by zero.
    pub const DIVISION_BY_ZERO: Self = Self(2);
    /// A number left the range that can be held.
    pub const OVERFLOW: Self = Self(4);
    /// An amount to grant came out below zero.
    pub const NEGATIVE_AMOUNT: Self = Self(8);

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Is `other` among them?
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Is there a cause other than a fact that was not given?
    pub const fn is_fault(self) -> bool {
        self.0 & !Self::MISSING.0 != 0
    }
}

/// A value within an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Not known.
    Unknown(Causes),
    /// A truth value.
    Bool(bool),
    /// Fen, counts, days, member positions, packed places.
    Int(i64),
    /// A fraction with a positive denominator; reduced for ratios, as divided for quotients.
    Frac(i64, i64),
}

impl Slot {
    pub(crate) const MISSING: Self = Self::Unknown(Causes::MISSING);
    pub(crate) const OVERFLOW: Self = Self::Unknown(Causes::OVERFLOW);

    /// The causes when this is unknown, none when it is known.
    pub(crate) const fn causes(self) -> Causes {
        match self {
            Self::Unknown(causes) => causes,
            _ => Causes(0),
        }
    }

    pub(crate) const fn is_unknown(self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    pub(crate) const fn as_bool(self) -> Option<bool> {
        match self {
            Self::Bool(known) => Some(known),
            _ => None,
        }
    }

    pub(crate) const fn as_int(self) -> Option<i64> {
        match self {
            Self::Int(n) => Some(n),
            _ => None,
        }
    }

    pub(crate) const fn as_frac(self) -> Option<(i64, i64)> {
        match self {
            Self::Frac(num, den) => Some((num, den)),
            Self::Int(n) => Some((n, 1)),
            _ => None,
        }
    }
}

/// A slot in two words: the second is the denominator of a fraction, or else what the first one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Packed(i64, i64);

const INT: i64 = 0;
const BOOL: i64 = -1;
const UNKNOWN: i64 = -2;

impl Packed {
    #[inline]
    fn new(slot: Slot) -> Self {
        match slot {
            Slot::Int(n) => Self(n, INT),
            Slot::Frac(num, den) => Self(num, den),
            Slot::Bool(known) => Self(i64::from(known), BOOL),
            Slot::Unknown(causes) => Self(i64::from(causes.0), UNKNOWN),
        }
    }

    #[inline]
    fn slot(self) -> Slot {
        match self.1 {
            INT => Slot::Int(self.0),
            BOOL => Slot::Bool(self.0 != 0),
            UNKNOWN => Slot::Unknown(Causes(self.0 as u8)),
            den => Slot::Frac(self.0, den),
        }
    }
}

/// Slots by position, two words each: the values of the nodes of a walk, or of the facts of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trace(Vec<Packed>);

impl Trace {
    pub(crate) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// So many of which nothing is known.
    pub(crate) fn missing(count: usize) -> Self {
        Self(vec![Packed::new(Slot::MISSING); count])
    }

    /// What is beyond the end is missing.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> Slot {
        self.0.get(at).map_or(Slot::MISSING, |packed| packed.slot())
    }

    #[inline]
    pub(crate) fn push(&mut self, slot: Slot) {
        self.0.push(Packed::new(slot));
    }

    pub(crate) fn set(&mut self, at: usize, slot: Slot) {
        if let Some(packed) = self.0.get_mut(at) {
            *packed = Packed::new(slot);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Slot> {
        self.0.iter().map(|packed| packed.slot())
    }
}

impl From<Value> for Slot {
    fn from(value: Value) -> Self {
        match value {
            Value::Bool(known) => Self::Bool(known),
            Value::Money(money) => Self::Int(money.fen()),
            Value::Ratio(ratio) => Self::Frac(ratio.num(), ratio.den()),
            Value::Count(n) => Self::Int(n),
            Value::Date(date) => Self::Int(pack_date(date)),
            Value::Term(term) => Self::Int(i64::from(term.n)),
            Value::Member(at) => Self::Int(i64::from(at)),
            Value::Region(code) => Self::Int(regions::pack(code)),
        }
    }
}

/// Reads a known slot back as the value that its type says; `None` when it is unknown, or a quotient too fine to be
/// held as a ratio.
pub(crate) fn value_of(slot: Slot, ty: &Type) -> Option<Value> {
    match (ty, slot) {
        (Type::Bool, Slot::Bool(known)) => Some(Value::Bool(known)),
        (Type::Money, Slot::Int(fen)) => Some(Value::Money(Money::from_fen(fen))),
        (Type::Count(_), Slot::Int(n)) => Some(Value::Count(n)),
        (Type::Date, Slot::Int(packed)) => unpack_date(packed).map(Value::Date),
        (Type::Term(unit), Slot::Int(n)) => u32::try_from(n).ok().map(|n| Value::Term(Term::new(n, *unit))),
        (Type::Enum(_), Slot::Int(at)) => u16::try_from(at).ok().map(Value::Member),
        (Type::Region, Slot::Int(packed)) => regions::unpack(packed).map(Value::Region),
        (Type::Ratio | Type::Quotient(_) | Type::Number, Slot::Frac(num, den)) => {
            Ratio::new(num, den).map(Value::Ratio)
        }
        _ => None,
    }
}

/// Does the value have the shape of the type? Members and counts are checked against their lists elsewhere.
pub(crate) fn fits(value: &Value, ty: &Type) -> bool {
    match (value, ty) {
        (Value::Bool(_), Type::Bool)
        | (Value::Money(_), Type::Money)
        | (Value::Ratio(_), Type::Ratio)
        | (Value::Count(_), Type::Count(_))
        | (Value::Date(_), Type::Date)
        | (Value::Member(_), Type::Enum(_))
        | (Value::Region(_), Type::Region) => true,
        (Value::Term(term), Type::Term(unit)) => term.unit == *unit,
        _ => false,
    }
}

/// A day as `yyyymmdd`.
pub(crate) fn pack_date(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// The day of a `yyyymmdd`.
pub(crate) fn unpack_date(packed: i64) -> Option<Date> {
    let year = i16::try_from(packed.div_euclid(10_000)).ok()?;
    let (month, day) = (packed.rem_euclid(10_000) / 100, packed.rem_euclid(100));
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
