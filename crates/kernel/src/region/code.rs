//! The code of a region: six digits of GB/T 2260, or those of a county with a local zone behind them. Only the shape;
//! whether a place has the code is the gazetteer's business.

use std::fmt;
use std::str::FromStr;

/// `620123`, or `540302-L01` for a zone that the standard does not list and this project numbers itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode {
    six: u32,
    zone: u8,
}

/// How far down the tree a code lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionLevel {
    /// 省, 自治区, 直辖市
    Province,
    /// 市, 地区, 自治州, 盟
    Prefecture,
    /// 县, 区, 县级市, 旗
    County,
    /// A zone inside a county with a local code.
    Zone,
}

/// A text that does not have the shape of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a region code has six digits, such as 620123, or six digits and a local zone, such as 540302-L01")]
pub struct RegionCodeError;

impl RegionCode {
    /// From six digits; `None` outside 110000 to 829999.
    pub const fn new(six: u32) -> Option<Self> {
        if six >= 110_000 && six < 830_000 { Some(Self { six, zone: 0 }) } else { None }
    }

    /// A zone inside this county, numbered from 1 to 99.
    pub const fn with_zone(self, zone: u8) -> Option<Self> {
        if zone >= 1 && zone <= 99 && !self.six.is_multiple_of(100) {
            Some(Self { six: self.six, zone })
        } else {
            None
        }
    }

    /// The six digits as a number (of the county, for a zone).
    pub const fn six(self) -> u32 {
        self.six
    }

    /// The number of a zone in its county, from 1; 0 for what is no zone.
    pub const fn zone(self) -> u8 {
        self.zone
    }

    /// Is this a zone with a local code, which the standard does not know?
    pub const fn is_local(self) -> bool {
        self.zone != 0
    }

    /// How far down the tree.
    pub const fn level(self) -> RegionLevel {
        match (self.zone, self.six % 10_000, self.six % 100) {
            (1.., _, _) => RegionLevel::Zone,
            (0, 0, _) => RegionLevel::Province,
            (0, _, 0) => RegionLevel::Prefecture,
            (0, _, _) => RegionLevel::County,
        }
    }

    /// The code of the county for a zone, otherwise the code itself.
    pub const fn without_zone(self) -> Self {
        Self { six: self.six, zone: 0 }
    }

    /// The code of the province by the first two digits.
    pub const fn province(self) -> Self {
        Self { six: self.six / 10_000 * 10_000, zone: 0 }
    }

    /// The code of the prefecture by the first four digits; it need not exist (municipalities, direct counties).
    pub const fn prefecture(self) -> Self {
        Self { six: self.six / 100 * 100, zone: 0 }
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.zone {
            0 => write!(f, "{:06}", self.six),
            zone => write!(f, "{:06}-L{zone:02}", self.six),
        }
    }
}

impl FromStr for RegionCode {
    type Err = RegionCodeError;

    fn from_str(text: &str) -> Result<Self, RegionCodeError> {
        let number = |part: &str, len: usize| -> Option<u32> {
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
        };
        let (six, zone) = match text.split_once("-L") {
            None => (text, None),
            Some((six, zone)) => (six, Some(zone)),
        };
        let code = number(six, 6).and_then(Self::new).ok_or(RegionCodeError)?;
        match zone {
            None => Ok(code),
            Some(zone) => number(zone, 2).and_then(|z| code.with_zone(z as u8)).ok_or(RegionCodeError),
        }
    }
}
