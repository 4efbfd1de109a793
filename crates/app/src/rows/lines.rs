//! Lines of registers (台账): what cases say in the columns of a register of their pack.

use super::Scope;
use kernel::id::{CaseId, OrgId};
use kernel::region::RegionCode;
use std::collections::BTreeMap;

/// A line of a register: what one case, or one row of a table in its form, says there. Values are the texts as stored; what is
/// computed is computed when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// The case.
    pub case: CaseId,
    /// The register of the pack.
    pub register: String,
    /// Its place among the lines of the case, from 0.
    pub at: i64,
    /// The pack.
    pub pack: String,
    /// The year that the case lists.
    pub year: i16,
    /// The unit whose case it is.
    pub unit: OrgId,
    /// Its name at the time of the last act.
    pub unit_name: String,
    /// The desk's region.
    pub desk: RegionCode,
    /// The firm assigned.
    pub firm: Option<OrgId>,
    /// Where.
    pub place: Option<RegionCode>,
    /// The village, by name; empty when it has none.
    pub village: String,
    /// The number of the case.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The case that it builds on.
    pub parent: Option<CaseId>,
    /// The texts of the columns that are taken from the case, by column; none where nothing is known.
    pub cells: BTreeMap<String, String>,
}

/// Filter of the lines of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFilter {
    /// Whose lines.
    pub scope: Scope,
    /// The pack.
    pub pack: String,
    /// Its register.
    pub register: String,
    /// Only those of this year.
    pub year: Option<i16>,
    /// Only those of this year or an earlier one.
    pub until_year: Option<i16>,
}
