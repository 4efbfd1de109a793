//! Typed ids: a case is not a person, and the compiler knows. Only shapes; who hands out numbers is the store's
//! business. Also the hash that names a paper.

use std::fmt;
use std::str::FromStr;

/// Why an id could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not a positive whole number in plain ASCII digits without leading zeros.
    #[error("an id is a positive whole number")]
    NotAnId,
    /// Not 64 hexadecimal digits.
    #[error("a paper hash is 64 hexadecimal digits")]
    NotAHash,
}

fn read(text: &str) -> Result<i64, IdError> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| plain).ok_or(IdError::NotAnId)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// The number inside.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                read(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// An organisation: district unit, commission, consulting firm, enterprise.
    OrgId,
    /// A person.
    PersonId,
    /// A case: one pre-declaration or application on its way.
    CaseId,
    /// A yearly intake of applications.
    IntakeId,
    /// A plan: the table of proposals that the commission submits.
    PlanId,
    /// An objection raised during a public notice.
    ObjectionId,
    /// A ledger entry.
    EntryId,
    /// A source: one arrival of money in a fund, by its budget document.
    SourceId,
    /// A funded project: what allotted money is spent on.
    ProjectId,
    /// An allocation plan: how money of a fund is given to projects.
    AllocationId,
    /// A claim: bills handed in for payment.
    ClaimId,
    /// A payment batch: approved payments sent to the bank together.
    BatchId,
}

/// The hash that names a paper by its bytes; written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaperHash(pub [u8; 32]);

impl fmt::Display for PaperHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::hex::write(&self.0, f)
    }
}

impl fmt::Debug for PaperHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PaperHash({self})")
    }
}

impl FromStr for PaperHash {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.len() != 64 {
            return Err(IdError::NotAHash);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let [high, low] = [pair[0], pair[1]].map(|c| char::from(c).to_digit(16));
            let (Some(high), Some(low)) = (high, low) else {
                return Err(IdError::NotAHash);
            };
            *byte = (high * 16 + low) as u8;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_prints_as_its_number_and_reads_back() {
        assert_eq!(CaseId(12).to_string(), "12");
        assert_eq!("12".parse(), Ok(CaseId(12)));
        assert_eq!(i64::MAX.to_string().parse(), Ok(OrgId(i64::MAX)));
        for bad in ["", "0", "-1", "+1", "012", " 12", "1２", "9223372036854775808", "1.0"] {
            assert_eq!(bad.parse::<PersonId>(), Err(IdError::NotAnId), "{bad:?}");
        }
    }

    #[test]
    fn a_paper_hash_prints_as_hex_and_reads_back() {
        let hash = PaperHash(std::array::from_fn(|i| (i * 8) as u8));
        let text = hash.to_string();
        assert!(text.starts_with("0008101820") && text.len() == 64, "{text}");
        assert_eq!(text.parse(), Ok(hash));
        assert_eq!(text.to_uppercase().parse(), Ok(hash));
        let ragged =
            ["g".repeat(64), "0".repeat(63), "0".repeat(65), "é".repeat(32), format!("+{}", "0".repeat(63))];
        for bad in ragged {
            assert_eq!(bad.parse::<PaperHash>(), Err(IdError::NotAHash), "{bad:?}");
        }
    }
}
