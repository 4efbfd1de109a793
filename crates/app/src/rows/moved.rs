//! Which booked money is added up for a figure of a report.

use kernel::Date;
use kernel::region::RegionCode;
pub use policy::procedure::Moved;

/// Money of a pack that was booked on some days. Of what arrived those count whose body, which booked it, lies in the region; of the
/// rest, the projects there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedFilter {
    /// The pack.
    pub pack: String,
    /// Which money.
    pub moved: Moved,
    /// Of this region and all below; everything without.
    pub region: Option<RegionCode>,
    /// Booked on this day or later; from the beginning without.
    pub first: Option<Date>,
    /// Booked on this day or earlier.
    pub last: Date,
}
