//! The values that stored forms are made of, and their way to core types and back. One spelling for each value: what
//! this does not write, it does not read.

use super::error::Unreadable;
use kernel::Date;
use kernel::calendar::RevisionId;
use kernel::credit::CreditCode;
use kernel::id::{
    AllocationId, BatchId, CaseId, ClaimId, ObjectionId, OrgId, PaperHash, PersonId, PlanId, ProjectId,
    SourceId,
};
use kernel::money::Money;
use kernel::ratio::Ratio;
use kernel::region::RegionCode;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::str::FromStr;

/// A stored value of a core type.
pub(super) trait Wire<T>: Sized {
    /// As it is stored.
    fn of(core: &T) -> Self;
    /// As it was.
    fn read(self) -> Result<T, Unreadable>;
}

/// Reads a field; a fault names it.
pub(super) fn read<T, W: Wire<T>>(field: &str, wire: W) -> Result<T, Unreadable> {
    wire.read().map_err(|fault| fault.within(field))
}

/// What an optional field leaves out.
pub(super) trait Blank {
    /// Nothing in it?
    fn is_blank(&self) -> bool;
}

impl<T> Blank for Option<T> {
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

impl<T> Blank for Vec<T> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Blank for BTreeMap<String, T> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl Blank for String {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

macro_rules! plain {
    ($($ty:ty),*) => {$(
        impl Wire<$ty> for $ty {
            fn of(core: &$ty) -> Self {
                core.clone()
            }

            fn read(self) -> Result<$ty, Unreadable> {
                Ok(self)
            }
        }
    )*};
}
plain!(String, bool, i16, i64, u32);

/// An id as an integer.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Id(i64);

macro_rules! ids {
    ($($ty:ty),*) => {$(
        impl Wire<$ty> for Id {
            fn of(core: &$ty) -> Self {
                Self(core.get())
            }

            fn read(self) -> Result<$ty, Unreadable> {
                Ok(<$ty>::from(self.0))
            }
        }
    )*};
}
ids!(AllocationId, BatchId, CaseId, ClaimId, ObjectionId, OrgId, PersonId, PlanId, ProjectId, SourceId);

/// Money as whole fen.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Fen(i64);

impl Wire<Money> for Fen {
    fn of(core: &Money) -> Self {
        Self(core.fen())
    }

    fn read(self) -> Result<Money, Unreadable> {
        Ok(Money::from_fen(self.0))
    }
}

/// A ratio in lowest terms: `[1, 3]`.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Fraction([i64; 2]);

impl Wire<Ratio> for Fraction {
    fn of(core: &Ratio) -> Self {
        Self([core.num(), core.den()])
    }

    fn read(self) -> Result<Ratio, Unreadable> {
        let [num, den] = self.0;
        let reduced = |ratio: &Ratio| (ratio.num(), ratio.den()) == (num, den);
        Ratio::new(num, den)
            .filter(reduced)
            .ok_or(Unreadable::new("a fraction in lowest terms such as [1,3]"))
    }
}

/// A day: `2019-10-09`.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Day(String);

/// A region code: `120225`.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Place(String);

/// The hash that names a paper: 64 small hexadecimal digits.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Hash(String);

/// A calendar notice: `2019.2`.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Revision(String);

macro_rules! texts {
    ($($wire:ident $ty:ty, $expected:literal;)*) => {$(
        impl Wire<$ty> for $wire {
            fn of(core: &$ty) -> Self {
                Self(core.to_string())
            }

            fn read(self) -> Result<$ty, Unreadable> {
                one_spelling(&self.0).ok_or(Unreadable::new($expected))
            }
        }
    )*};
}
texts! {
    Day Date, "a date such as 2019-10-09";
    Place RegionCode, "a region code such as 120225";
    Hash PaperHash, "a hash of 64 small hexadecimal digits";
    Revision RevisionId, "a calendar notice known to this program, such as 2019.2";
}

/// The value, when the text is just what it prints.
fn one_spelling<T: FromStr + Display>(text: &str) -> Option<T> {
    text.parse().ok().filter(|value: &T| value.to_string() == text)
}

/// The credit code of an organisation.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Credit(String);

impl Wire<CreditCode> for Credit {
    fn of(core: &CreditCode) -> Self {
        Self(core.expose().to_owned())
    }

    fn read(self) -> Result<CreditCode, Unreadable> {
        let same = |code: &CreditCode| code.expose() == self.0;
        CreditCode::parse(&self.0)
            .ok()
            .filter(same)
            .ok_or(Unreadable::new("a valid unified social credit code"))
    }
}

impl<T, W: Wire<T>> Wire<Option<T>> for Option<W> {
    fn of(core: &Option<T>) -> Self {
        core.as_ref().map(W::of)
    }

    fn read(self) -> Result<Option<T>, Unreadable> {
        self.map(W::read).transpose()
    }
}

impl<T, W: Wire<T>> Wire<Box<T>> for Box<W> {
    fn of(core: &Box<T>) -> Self {
        Box::new(W::of(core))
    }

    fn read(self) -> Result<Box<T>, Unreadable> {
        W::read(*self).map(Box::new)
    }
}

impl<T, W: Wire<T>> Wire<Vec<T>> for Vec<W> {
    fn of(core: &Vec<T>) -> Self {
        core.iter().map(W::of).collect()
    }

    fn read(self) -> Result<Vec<T>, Unreadable> {
        let item = |(at, wire): (usize, W)| wire.read().map_err(|fault| fault.within(&format!("[{at}]")));
        self.into_iter().enumerate().map(item).collect()
    }
}

/// A set is stored as a sorted list.
impl<T: Ord, W: Wire<T>> Wire<BTreeSet<T>> for Vec<W> {
    fn of(core: &BTreeSet<T>) -> Self {
        core.iter().map(W::of).collect()
    }

    fn read(self) -> Result<BTreeSet<T>, Unreadable> {
        let list: Vec<T> = Wire::<Vec<T>>::read(self)?;
        if list.is_sorted_by(|a, b| a < b) {
            Ok(list.into_iter().collect())
        } else {
            Err(Unreadable::new("a sorted list without repetitions"))
        }
    }
}

impl<T, W: Wire<T>> Wire<BTreeMap<String, T>> for BTreeMap<String, W> {
    fn of(core: &BTreeMap<String, T>) -> Self {
        core.iter().map(|(key, value)| (key.clone(), W::of(value))).collect()
    }

    fn read(self) -> Result<BTreeMap<String, T>, Unreadable> {
        let entry = |(key, wire): (String, W)| match wire.read() {
            Ok(value) => Ok((key, value)),
            Err(fault) => Err(fault.within(&format!("[{key:?}]"))),
        };
        self.into_iter().map(entry).collect()
    }
}
