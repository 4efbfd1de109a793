//! The order in which a plan lists its items: what the pack prefers, in its order; then the places that the year favours; then
//! the day of filing; then the number. Each place in the order is told with its reasons.

use domain::case::Case;
use domain::year::Year;
use kernel::Date;
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::{Pack, RuleKind, Words};
use std::collections::BTreeSet;

/// Why an item stands where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankReason {
    /// What holds or does not hold.
    pub text: Words,
    /// The article, or empty.
    pub cite: String,
    /// Whether it moves the item forward.
    pub forward: bool,
}

/// By what an item is ranked; the smaller stands first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RankKey {
    /// One of each preference of the pack, in its order: `false` when it holds.
    not_preferred: Vec<bool>,
    /// `false` in a favoured place.
    not_favoured: bool,
    /// The day of filing.
    filed: Date,
    /// The number.
    number: String,
}

/// What an item is ranked by, with the reasons.
pub fn rank_key(pack: &Pack, year: &Year, case: &Case, preferred: &[String]) -> (RankKey, Vec<RankReason>) {
    let mut reasons = Vec::new();
    let mut not_preferred = Vec::new();
    for rule in pack.rules.iter().filter(|rule| rule.kind == RuleKind::Prefer) {
        let holds = preferred.contains(&rule.id);
        not_preferred.push(!holds);
        let text = if holds {
            rule.name.clone()
        } else {
            Words::new(format!("不属于：{}", rule.name.zh), format!("not: {}", rule.name.en))
        };
        reasons.push(RankReason { text, cite: rule.cite.to_string(), forward: holds });
    }
    let favoured = county_of(case).is_some_and(|county| is_favoured(&year.terms.favoured, county));
    if favoured {
        let text =
            Words::new(format!("{}年度优先县", year.year), format!("favoured county of {}", year.year));
        reasons.push(RankReason { text, cite: String::new(), forward: true });
    }
    let filed = case.applied_on().unwrap_or_default();
    let text = Words::new(format!("{}申请", kernel::date::zh(filed)), format!("filed on {filed}"));
    reasons.push(RankReason { text, cite: String::new(), forward: false });
    (RankKey { not_preferred, not_favoured: !favoured, filed, number: case.number.clone() }, reasons)
}

/// The county of a case.
pub(super) fn county_of(case: &Case) -> Option<RegionCode> {
    case.parties.get("county")?.parse().ok()
}

/// Whether a county is one of the favoured, also under another code.
fn is_favoured(favoured: &BTreeSet<RegionCode>, county: RegionCode) -> bool {
    let places = Gazetteer::get();
    favoured
        .iter()
        .any(|one| *one == county || places.same_place(*one, county) || places.contains(*one, county))
}
