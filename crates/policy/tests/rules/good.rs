//! A case that is granted, and the same with some facts changed.

use crate::tj::Fails;
use policy::ruleset::{CaseFacts, Raw, Ruleset};

/// The facts of the case that is granted 1,237,037.03 yuan.
pub const GOOD: [(&str, &str); 19] = [
    ("county", "620123"),
    ("investor_in_tj", "true"),
    ("investor_lawful", "true"),
    ("company_lawful", "true"),
    ("share", "30%"),
    ("new_company", "false"),
    ("paid_in", "100万元"),
    ("mode", "project"),
    ("new_invest", "300万元"),
    ("invest_3y", "4123456.78元"),
    ("staff", "50人"),
    ("poor_staff", "12人"),
    ("lifted", "60人"),
    ("grants_company", "0次"),
    ("grants_county", "1次"),
    ("tj_subsidy", "false"),
    ("changdu_fund", "false"),
    ("hotan_fund", "false"),
    ("in_catalogue", "true"),
];

/// The good case with some facts changed; an empty text drops the fact.
pub fn case(ruleset: &Ruleset, changed: &[(&str, &str)]) -> Fails<CaseFacts> {
    let mut case = ruleset
        .case_from(GOOD.iter().map(|(name, text)| (*name, Raw::Text(text))))
        .map_err(|errors| format!("{errors:?}"))?;
    for (name, text) in changed {
        if text.is_empty() {
            case.clear(ruleset.env().fact_named(name).ok_or("fact")?);
        } else {
            let (fact, value) = ruleset.parse_fact(name, Raw::Text(text))?;
            case.set(ruleset, fact, value)?;
        }
    }
    Ok(case)
}
