//! What an office reads.

use crate::tj::{Fails, case, day, ruleset};
use policy::ruleset::Overrides;

#[test]
fn print_all() -> Fails {
    let ruleset = ruleset()?;
    for changed in [
        &[][..],
        &[("county", "110101"), ("investor_in_tj", "false"), ("investor_lawful", "false"), ("share", "24%"), ("paid_in", "999999.99"), ("new_invest", "150万元"),
          ("staff", "47"), ("poor_staff", "14"), ("lifted", "49"), ("grants_company", "1"), ("grants_county", "2"), ("hotan_fund", "true"), ("company_lawful", "false"), ("in_catalogue", "false")],
        &[("county", ""), ("investor_in_tj", ""), ("share", ""), ("paid_in", ""), ("mode", ""), ("invest_3y", ""), ("poor_staff", ""), ("lifted", "10"),
          ("grants_company", ""), ("grants_county", ""), ("hotan_fund", ""), ("company_lawful", ""), ("in_catalogue", "")],
        &[("staff", "0"), ("poor_staff", "0"), ("lifted", "10"), ("invest_3y", "-5")],
    ] {
        let told = ruleset.explain(&ruleset.decide(&case(&ruleset, changed)?, day("2019-11-01")?, &Overrides::default())?);
        println!("== {:?} {:?}", told.outcome, told.amount);
        for rule in &told.rules {
            println!("{:?} {}\n    {}", rule.outcome, rule.sentence_zh, rule.sentence_en);
        }
        let amount = told.computation.ok_or("none")?;
        println!("{}\n    {}", amount.sentence_zh, amount.sentence_en);
        for term in amount.terms { println!("  - {} = {:?} {}", term.text.zh, term.value, term.binds); }
    }
    Ok(())
}
