//! Account paths: lowercase segments joined by colons, of which the first says the kind and so the floor.
//!
//! `fund:main`, `year:main:2019`, `committed:case:12`, `cash:treasury`. A path is a name, not a row: an account exists as
//! soon as an entry touches it.

use std::fmt;
use std::str::FromStr;

use kernel::money::Money;

/// What an account holds, said by its first segment.
///
/// From `authority` to `paid` and `fees` the permission to spend is followed; `outside` and `cash` follow money at hand where
/// a book keeps it. Where a fund books its sources, `quota`, `allotted`, `held` and `spent` follow the permission and `pool`,
/// `clearing` and `payee` the cash, each source on its own. An entry balances whichever it touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccountKind {
    /// Who approved the money, outside the book. Falls below zero by what it gave.
    Authority,
    /// A fund's ceiling that no year has been given yet.
    Fund,
    /// A year's budget that nobody was promised yet.
    Year,
    /// What was granted or contracted and has not left yet.
    Committed,
    /// What was remitted to the payer and was not paid out yet.
    Transit,
    /// What was paid on a commitment and was not recovered.
    Paid,
    /// What was paid for services out of a year.
    Fees,
    /// The world outside the book's cash: gives and receives money.
    Outside,
    /// Money at hand with one holder.
    Cash,
    /// What a source permits to spend and no project was given yet.
    Quota,
    /// What a project was given and no approved claim holds.
    Allotted,
    /// What an approved claim holds until the bank has paid.
    Held,
    /// What was paid for a project and was not recovered.
    Spent,
    /// Cash of a source that has arrived and is still there.
    Pool,
    /// Cash sent to the bank whose result is not known yet.
    Clearing,
    /// Cash that a payee received.
    Payee,
}

impl AccountKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 16] = [
        Self::Authority,
        Self::Fund,
        Self::Year,
        Self::Committed,
        Self::Transit,
        Self::Paid,
        Self::Fees,
        Self::Outside,
        Self::Cash,
        Self::Quota,
        Self::Allotted,
        Self::Held,
        Self::Spent,
        Self::Pool,
        Self::Clearing,
        Self::Payee,
    ];

    /// The first segment of the paths of this kind.
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Fund => "fund",
            Self::Year => "year",
            Self::Committed => "committed",
            Self::Transit => "transit",
            Self::Paid => "paid",
            Self::Fees => "fees",
            Self::Outside => "outside",
            Self::Cash => "cash",
            Self::Quota => "quota",
            Self::Allotted => "allotted",
            Self::Held => "held",
            Self::Spent => "spent",
            Self::Pool => "pool",
            Self::Clearing => "clearing",
            Self::Payee => "payee",
        }
    }

    /// Below which balance such an account never falls; `None` for the two kinds that stand for the world outside.
    pub const fn floor(self) -> Option<Money> {
        match self {
            Self::Authority | Self::Outside => None,
            Self::Fund
            | Self::Year
            | Self::Committed
            | Self::Transit
            | Self::Paid
            | Self::Fees
            | Self::Cash
            | Self::Quota
            | Self::Allotted
            | Self::Held
            | Self::Spent
            | Self::Pool
            | Self::Clearing
            | Self::Payee => Some(Money::ZERO),
        }
    }
}

/// The name of an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountPath {
    kind: AccountKind,
    text: Box<str>,
}

/// Why a text is not an account path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// The first segment names no kind.
    #[error("no kind of account begins with {segment:?}")]
    Kind {
        /// The first segment.
        segment: String,
    },
    /// There is no second segment.
    #[error("an account path has at least two segments")]
    Short,
    /// A segment is empty or has other characters than `a-z`, `0-9`, `-`, `_`.
    #[error("the segment {segment:?} is not made of a-z, 0-9, - and _")]
    Segment {
        /// The segment.
        segment: String,
    },
    /// Longer than [`AccountPath::MAX_LEN`].
    #[error("an account path has at most {} characters", AccountPath::MAX_LEN)]
    Long,
}

impl AccountPath {
    /// The longest path, in characters.
    pub const MAX_LEN: usize = 120;

    /// A path from its kind and the segments below it.
    pub fn new(kind: AccountKind, below: &[&str]) -> Result<Self, PathError> {
        let mut text = kind.segment().to_owned();
        for segment in below {
            text.push(':');
            text.push_str(segment);
        }
        text.parse()
    }

    /// What the account holds.
    pub const fn kind(&self) -> AccountKind {
        self.kind
    }

    /// Below which balance the account never falls.
    pub const fn floor(&self) -> Option<Money> {
        self.kind.floor()
    }

    /// The path as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for AccountPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        if text.len() > Self::MAX_LEN {
            return Err(PathError::Long);
        }
        let (first, below) = text.split_once(':').unwrap_or((text, ""));
        let kind = AccountKind::ALL.into_iter().find(|kind| kind.segment() == first);
        let kind = kind.ok_or_else(|| PathError::Kind { segment: first.to_owned() })?;
        if text.len() == first.len() {
            return Err(PathError::Short);
        }
        match below.split(':').find(|segment| !plain(segment)) {
            Some(segment) => Err(PathError::Segment { segment: segment.to_owned() }),
            None => Ok(Self { kind, text: text.into() }),
        }
    }
}

fn plain(segment: &str) -> bool {
    let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    !segment.is_empty() && segment.bytes().all(letter)
}

impl fmt::Display for AccountPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kind_and_floor_come_from_the_first_segment() {
        let cases = [
            ("authority:tianjin", AccountKind::Authority, None),
            ("fund:main", AccountKind::Fund, Some(Money::ZERO)),
            ("year:main:2019", AccountKind::Year, Some(Money::ZERO)),
            ("committed:case:12", AccountKind::Committed, Some(Money::ZERO)),
            ("transit:case:12", AccountKind::Transit, Some(Money::ZERO)),
            ("paid:case:12", AccountKind::Paid, Some(Money::ZERO)),
            ("fees:org:3", AccountKind::Fees, Some(Money::ZERO)),
            ("outside:enterprises", AccountKind::Outside, None),
            ("cash:treasury", AccountKind::Cash, Some(Money::ZERO)),
            ("quota:tongzhou:ongniud:area:s3", AccountKind::Quota, Some(Money::ZERO)),
            ("allotted:p4:s3", AccountKind::Allotted, Some(Money::ZERO)),
            ("held:p4:s3", AccountKind::Held, Some(Money::ZERO)),
            ("spent:p4:s3", AccountKind::Spent, Some(Money::ZERO)),
            ("pool:tongzhou:ongniud:area:s3", AccountKind::Pool, Some(Money::ZERO)),
            ("clearing:p4:s3", AccountKind::Clearing, Some(Money::ZERO)),
            ("payee:p4:c2:s3", AccountKind::Payee, Some(Money::ZERO)),
        ];
        assert_eq!(cases.len(), AccountKind::ALL.len());
        for (text, kind, floor) in cases {
            let path: AccountPath = text.parse().unwrap();
            assert_eq!((path.kind(), path.floor(), path.to_string().as_str()), (kind, floor, text));
            let below: Vec<&str> = text.split(':').skip(1).collect();
            assert_eq!(AccountPath::new(kind, &below), Ok(path));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        let segment = |segment: &str| PathError::Segment { segment: segment.into() };
        let kind = |segment: &str| PathError::Kind { segment: segment.into() };
        let cases = [
            ("", kind("")),
            ("main:fund", kind("main")),
            ("Fund:main", kind("Fund")),
            ("fund", PathError::Short),
            ("fund:", segment("")),
            ("fund:main:", segment("")),
            ("fund::main", segment("")),
            ("fund:Main", segment("Main")),
            ("fund:主", segment("主")),
            ("fund:a b", segment("a b")),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<AccountPath>(), Err(expected), "{text:?}");
        }
        let longest = format!("fund:{}", "a".repeat(AccountPath::MAX_LEN - 5));
        assert!(longest.parse::<AccountPath>().is_ok());
        assert_eq!(format!("{longest}a").parse::<AccountPath>(), Err(PathError::Long));
    }
}
