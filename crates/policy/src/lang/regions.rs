//! Places as integers, and sets of places as tables of one bit a code. Membership is by place identity: every code that
//! a contained place has had is in the table, and a local zone belongs to its county.

use kernel::region::{Gazetteer, RegionCode};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// The zone of a code stands above its six digits.
const ZONE: i64 = 1_000_000;

/// A code as an integer.
pub(crate) fn pack(code: RegionCode) -> i64 {
    let zone = if code.is_local() {
        code.to_string().rsplit('L').next().and_then(|zone| zone.parse().ok()).unwrap_or(0)
    } else {
        0
    };
    zone * ZONE + i64::from(code.six())
}

/// The code of an integer.
pub(crate) fn unpack(packed: i64) -> Option<RegionCode> {
    let county = RegionCode::new(u32::try_from(packed % ZONE).ok()?)?;
    match u8::try_from(packed / ZONE).ok()? {
        0 => Some(county),
        zone => county.with_zone(zone),
    }
}

/// Does the gazetteer have the code? Of a local zone, its county decides.
pub fn is_known(code: RegionCode) -> bool {
    static KNOWN: OnceLock<Vec<u64>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let mut words = vec![0; 1_000_000 / 64];
        for region in Gazetteer::get().regions() {
            words[region.code.six() as usize / 64] |= 1 << (region.code.six() % 64);
        }
        words
    });
    known.get(code.six() as usize / 64).is_some_and(|word| word >> (code.six() % 64) & 1 == 1)
}

/// The integer of the place of a code, the same for all codes that the place has had.
pub(crate) fn place(packed: i64) -> i64 {
    lineages().anchors.get(&packed).copied().unwrap_or(packed)
}

/// Every code with the places above it, itself first; worked out once.
struct Lineages {
    of: Vec<(i64, Vec<i64>)>,
    /// Only where the anchor differs from the code.
    anchors: BTreeMap<i64, i64>,
}

fn lineages() -> &'static Lineages {
    static TABLE: OnceLock<Lineages> = OnceLock::new();
    TABLE.get_or_init(|| {
        let gazetteer = Gazetteer::get();
        let codes: BTreeSet<RegionCode> = gazetteer.regions().iter().map(|region| region.code).collect();
        let anchor = |code| gazetteer.place_of(code).map(|place| pack(place.anchor()));
        let line = |code: RegionCode| -> Vec<i64> {
            std::iter::successors(Some(code), |code| gazetteer.parent(*code))
                .take(6)
                .filter_map(anchor)
                .collect()
        };
        let of: Vec<(i64, Vec<i64>)> = codes.into_iter().map(|code| (pack(code), line(code))).collect();
        let differs = |(code, line): &(i64, Vec<i64>)| {
            line.first().filter(|place| *place != code).map(|place| (*code, *place))
        };
        let anchors = of.iter().filter_map(differs).collect();
        Lineages { of, anchors }
    })
}

/// A set of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionSet {
    /// As it was given.
    listed: Vec<RegionCode>,
    /// One bit for each six digits from `64 * first_word` on, as far as the last contained code.
    words: Vec<u64>,
    first_word: usize,
    /// Zones listed on their own, whose county may not be contained.
    zones: BTreeSet<i64>,
}

impl RegionSet {
    /// The set of these areas and all that they contain.
    pub fn new(listed: Vec<RegionCode>) -> Self {
        let areas: BTreeSet<i64> = listed.iter().map(|code| place(pack(*code))).collect();
        let inside = lineages().of.iter().filter(|(_, line)| line.iter().any(|place| areas.contains(place)));
        let codes: BTreeSet<i64> = inside.map(|(code, _)| *code).chain(areas.iter().copied()).collect();
        let (zones, plain): (BTreeSet<i64>, BTreeSet<i64>) =
            codes.into_iter().partition(|code| *code >= ZONE);
        let word = |code: Option<&i64>| code.map_or(0, |code| *code as usize / 64);
        let (first_word, last_word) = (word(plain.first()), word(plain.last()));
        let mut words = vec![0; last_word - first_word + 1];
        for code in plain {
            words[code as usize / 64 - first_word] |= 1 << (code % 64);
        }
        Self { listed, words, first_word, zones }
    }

    /// Is the place of the integer within the set?
    #[inline]
    pub(crate) fn has(&self, packed: i64) -> bool {
        let six = if packed < ZONE { packed } else { packed % ZONE } as usize;
        let bits = self.words.get((six / 64).wrapping_sub(self.first_word)).copied().unwrap_or(0);
        bits >> (six % 64) & 1 == 1 || (packed >= ZONE && self.zones.contains(&packed))
    }

    /// Is the place within the set?
    pub fn contains(&self, code: RegionCode) -> bool {
        self.has(pack(code))
    }

    /// The codes as they were given.
    pub fn listed(&self) -> &[RegionCode] {
        &self.listed
    }
}
