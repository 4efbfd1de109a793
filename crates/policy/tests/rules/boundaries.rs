//! Every threshold and date of the Tianjin rules with a case on both sides, decided by the tree walk and by columns.

use crate::good::case;
use crate::tj::{Fails, day, ruleset};
use kernel::money::Money;
use policy::lang::Value;
use policy::ruleset::columns::{self, Columns};
use policy::ruleset::{Exceed, Outcome3, OverrideError, Overrides, Verdict};

/// What is expected: granted so much, refused by exactly these, pending for these facts.
enum Expect {
    Grant(&'static str),
    Refuse(&'static [&'static str]),
    Pending(&'static [&'static str]),
}
use Expect::{Grant, Pending, Refuse};

type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)], Expect);

const OLD: &str = "2019-11-01";

const ROWS: [Row; 47] = [
    ("good", OLD, &[], Grant("1237037.03")),
    ("capped", OLD, &[("invest_3y", "900万元")], Grant("2000000.00")),
    ("away", OLD, &[("county", "110101")], Refuse(&["area"])),
    ("outsider", OLD, &[("investor_in_tj", "false")], Refuse(&["investor"])),
    ("investor unlawful", OLD, &[("investor_lawful", "false")], Refuse(&["investor"])),
    ("share24", OLD, &[("share", "24%")], Refuse(&["holding"])),
    ("share exactly 30 %", OLD, &[("share", "30%")], Grant("1237037.03")),
    ("share as a fraction just below", OLD, &[("share", "2999/10000")], Refuse(&["holding"])),
    ("share just below", OLD, &[("share", "29.9999%")], Refuse(&["holding"])),
    ("new company without share", OLD, &[("share", "1%"), ("new_company", "true")], Grant("1237037.03")),
    ("new company, share unknown", OLD, &[("share", ""), ("new_company", "true")], Grant("1237037.03")),
    ("share unknown, old company", OLD, &[("share", "")], Pending(&["share"])),
    ("share enough, new company unknown", OLD, &[("new_company", "")], Grant("1237037.03")),
    (
        "share too small, new company unknown",
        OLD,
        &[("share", "29%"), ("new_company", "")],
        Pending(&["new_company"]),
    ),
    ("paid in 1,000,000.00", OLD, &[("paid_in", "1,000,000.00")], Grant("1237037.03")),
    ("paid in 999,999.99", OLD, &[("paid_in", "999999.99元")], Refuse(&["paid_in_min"])),
    ("invest below, project", OLD, &[("new_invest", "1999999.99")], Refuse(&["new_invest_min"])),
    ("invest exactly, project", OLD, &[("new_invest", "200万元")], Grant("1237037.03")),
    (
        "invest below, production",
        OLD,
        &[("mode", "production"), ("new_invest", "999999.99")],
        Refuse(&["new_invest_min"]),
    ),
    (
        "invest exactly, production",
        OLD,
        &[("mode", "生产性补贴"), ("new_invest", "100万元")],
        Grant("1000000.00"),
    ),
    ("mode unknown", OLD, &[("mode", "")], Pending(&["mode"])),
    ("fewpoor", OLD, &[("lifted", "49人"), ("poor_staff", "14人")], Refuse(&["poor"])),
    ("justpoor", OLD, &[("lifted", "49人"), ("poor_staff", "15人")], Grant("1237037.03")),
    ("50 lifted", OLD, &[("lifted", "50人"), ("poor_staff", "0人")], Grant("1237037.03")),
    ("49 lifted", OLD, &[("lifted", "49人"), ("poor_staff", "0人")], Refuse(&["poor"])),
    (
        "nobody employed, 49 lifted",
        OLD,
        &[("staff", "0人"), ("poor_staff", "0人"), ("lifted", "49人")],
        Pending(&[]),
    ),
    (
        "nobody employed, 50 lifted",
        OLD,
        &[("staff", "0人"), ("poor_staff", "0人"), ("lifted", "50人")],
        Grant("1237037.03"),
    ),
    ("first for the company", OLD, &[("grants_company", "0")], Grant("1237037.03")),
    ("again", OLD, &[("grants_company", "1次")], Refuse(&["once"])),
    ("second in the county", OLD, &[("grants_county", "1次")], Grant("1237037.03")),
    ("third in the county", OLD, &[("grants_county", "2次")], Refuse(&["twice"])),
    ("double, Tianjin", OLD, &[("tj_subsidy", "true")], Refuse(&["no_double"])),
    ("double, Chamdo", OLD, &[("changdu_fund", "是")], Refuse(&["no_double"])),
    ("double, Hotan", OLD, &[("hotan_fund", "true")], Refuse(&["no_double"])),
    (
        "double although another is unknown",
        OLD,
        &[("hotan_fund", "true"), ("tj_subsidy", "")],
        Refuse(&["no_double"]),
    ),
    ("unlawful", OLD, &[("company_lawful", "false")], Refuse(&["lawful"])),
    ("not in the catalogue", OLD, &[("in_catalogue", "false")], Grant("1237037.03")),
    ("catalogue unknown", OLD, &[("in_catalogue", "")], Grant("1237037.03")),
    ("no payslips, 10 lifted", OLD, &[("lifted", "10人"), ("poor_staff", "")], Pending(&["poor_staff"])),
    ("no payslips, 60 lifted", OLD, &[("poor_staff", "")], Grant("1237037.03")),
    ("investment unknown", OLD, &[("invest_3y", "")], Pending(&["invest_3y"])),
    (
        "two refusals and an unknown",
        OLD,
        &[("county", "110101"), ("share", "1%"), ("paid_in", "")],
        Refuse(&["area", "holding"]),
    ),
    ("last day of 2019", "2019-12-31", &[], Grant("1237037.03")),
    ("first day of 2020", "2020-01-01", &[], Grant("1030864.19")),
    ("Tongren by its new code", OLD, &[("county", "632301")], Grant("1237037.03")),
    ("Karuo", OLD, &[("county", "540302")], Grant("1237037.03")),
    ("the zone in Karuo", OLD, &[("county", "540302-L01")], Grant("1237037.03")),
];

#[test]
fn every_boundary_on_both_sides_by_tree_and_by_columns() -> Fails {
    let ruleset = ruleset()?;
    for (name, as_of, changed, expect) in ROWS {
        let (case, as_of) = (case(&ruleset, changed)?, day(as_of)?);
        let decision = ruleset.decide(&case, as_of, &Overrides::default())?;
        let told = ruleset.explain(&decision);
        let missing: Vec<&str> = told.missing.iter().map(|fact| fact.id.as_str()).collect();
        match expect {
            Grant(amount) => {
                let amount = Money::parse_yuan(amount)?;
                assert_eq!((told.outcome, told.amount), (Outcome3::Grant, Some(amount)), "{name}");
                assert!(told.unmet.is_empty() && told.unknown.is_empty() && missing.is_empty(), "{name}");
            }
            Refuse(rules) => {
                assert_eq!((told.outcome, told.amount), (Outcome3::Refuse, None), "{name}");
                assert_eq!(told.unmet, rules, "{name}");
            }
            Pending(facts) => {
                assert_eq!((told.outcome, told.amount), (Outcome3::Pending, None), "{name}");
                assert_eq!(missing, facts, "{name}");
            }
        }
        let columns = Columns::from_cases(&ruleset, [&case].into_iter());
        let out = columns::decide(&ruleset.at(as_of, &Overrides::default())?, &columns);
        assert_eq!((out.outcome(0), out.amount(0)), (decision.outcome, decision.amount), "{name} in columns");
    }
    Ok(())
}

#[test]
fn a_refusal_still_reports_what_is_unknown() -> Fails {
    let ruleset = ruleset()?;
    let case = case(&ruleset, &[("share", "1%"), ("paid_in", ""), ("staff", ""), ("lifted", "3人")])?;
    let told = ruleset.explain(&ruleset.decide(&case, day(OLD)?, &Overrides::default())?);
    assert_eq!(told.unmet, ["holding"]);
    assert_eq!(told.unknown, ["paid_in_min", "poor"]);
    let missing: Vec<(&str, &[String])> =
        told.missing.iter().map(|f| (f.id.as_str(), f.proof.as_slice())).collect();
    assert_eq!(
        missing,
        [("paid_in", &["bank".to_owned()][..]), ("staff", &["staff".to_owned(), "payslips".to_owned()][..])]
    );
    assert_eq!(told.interpretations, ["paid-in-in-the-annex"]);
    Ok(())
}

#[test]
fn days_outside_the_time_in_force_decide_nothing() -> Fails {
    let ruleset = ruleset()?;
    let case = case(&ruleset, &[])?;
    for (as_of, in_force) in
        [("2019-10-08", false), ("2019-10-09", true), ("2020-12-31", true), ("2021-01-01", false)]
    {
        let decided = ruleset.decide(&case, day(as_of)?, &Overrides::default());
        assert_eq!(decided.is_ok(), in_force, "{as_of}");
    }
    Ok(())
}

#[test]
fn an_act_sets_the_ratio_from_its_day_until_a_later_version() -> Fails {
    let ruleset = ruleset()?;
    let case = case(&ruleset, &[])?;
    let mut acts = Overrides::default();
    acts.set_text(&ruleset, "year_rate[project]", "20%", Some(day("2019-11-15")?))?;
    for (as_of, amount) in
        [("2019-11-14", "1237037.03"), ("2019-11-15", "824691.35"), ("2020-01-01", "1030864.19")]
    {
        let decision = ruleset.decide(&case, day(as_of)?, &acts)?;
        assert_eq!(decision.amount, Some(Money::parse_yuan(amount)?), "{as_of}");
    }
    acts.set_text(&ruleset, "year_rate", "10%", Some(day("2020-02-01")?))?;
    let decision = ruleset.decide(&case, day("2020-02-01")?, &acts)?;
    assert_eq!(decision.amount, Some(Money::parse_yuan("412345.67")?));
    Ok(())
}

#[test]
fn a_simulation_changes_a_parameter_for_the_whole_time() -> Fails {
    let ruleset = ruleset()?;
    let case = case(&ruleset, &[("share", "25%")])?;
    let mut changed = Overrides::default();
    changed.set_text(&ruleset, "min_share", "25%", None)?;
    for as_of in ["2019-10-09", "2020-12-31"] {
        assert_eq!(ruleset.decide(&case, day(as_of)?, &Overrides::default())?.outcome, Outcome3::Refuse);
        assert_eq!(ruleset.decide(&case, day(as_of)?, &changed)?.outcome, Outcome3::Grant);
    }
    let mut fewer = Overrides::default();
    fewer.set_text(&ruleset, "areas", "620122, 620121", None)?;
    assert_eq!(ruleset.explain(&ruleset.decide(&case, day(OLD)?, &fewer)?).unmet, ["area", "holding"]);
    for (target, text, error) in [
        ("min_shar", "25%", "there is no parameter `min_shar`"),
        ("min_share[project]", "25%", "`min_share` has no entry `project`"),
        ("cap[projekt]", "1万元", "`cap` has no entry `projekt`"),
    ] {
        let refused = changed.set_text(&ruleset, target, text, None).map_err(|error| error.to_string());
        assert_eq!(refused, Err(error.to_owned()));
    }
    assert!(matches!(
        changed.set_text(&ruleset, "min_share", "25", None),
        Err(OverrideError::BadValue { .. })
    ));
    Ok(())
}

#[test]
fn a_soft_limit_is_passed_only_by_its_role_with_a_reason_and_on_record() -> Fails {
    let ruleset = ruleset()?;
    let case = case(&ruleset, &[("invest_3y", "900万元")])?;
    let limit = Value::Money(Money::parse_yuan("2500000.00")?);
    let exceed = |target: &str, role: &str, reason: &str| -> Fails<Exceed> {
        Ok(Exceed { at: ruleset.param_at(target)?, limit, role: role.into(), reason: reason.into() })
    };
    let mut overrides = Overrides::default();
    for (target, role, reason) in [
        ("cap[project]", "finance", "重点项目"),
        ("cap[project]", "group", " "),
        ("cap", "group", "重点项目"),
        ("min_paid", "group", "重点项目"),
    ] {
        assert!(
            overrides.exceed(&ruleset, exceed(target, role, reason)?).is_err(),
            "{target} {role} {reason}"
        );
    }
    assert!(overrides.is_empty());
    overrides.exceed(&ruleset, exceed("cap[project]", "group", "重点项目")?)?;
    let told = ruleset.explain(&ruleset.decide(&case, day(OLD)?, &overrides)?);
    assert_eq!(told.amount, Some(Money::parse_yuan("2500000.00")?));
    let recorded: Vec<_> =
        told.exceeded.iter().map(|e| (e.param.as_str(), e.member.as_deref(), e.role.as_str())).collect();
    assert_eq!(recorded, [("cap", Some("project"), "group")]);
    // A case that the limit does not bind goes past nothing.
    let small = crate::good::case(&ruleset, &[])?;
    assert!(ruleset.decide(&small, day(OLD)?, &overrides)?.exceeded.is_empty());
    Ok(())
}

#[test]
fn the_amount_shows_all_terms_and_which_bind() -> Fails {
    let ruleset = ruleset()?;
    let told =
        ruleset.explain(&ruleset.decide(&case(&ruleset, &[])?, day("2020-01-01")?, &Overrides::default())?);
    let trace = told.computation.ok_or("no computation")?;
    let terms: Vec<(String, bool)> = trace
        .terms
        .iter()
        .map(|term| (term.value.map(|v| v.to_string()).unwrap_or_default(), term.binds))
        .collect();
    assert_eq!(
        terms,
        [("2000000.00".into(), false), ("1237037.03".into(), false), ("1030864.19".into(), true)]
    );
    // Unknown investment: the cap still bounds it.
    let open = ruleset.decide(&case(&ruleset, &[("invest_3y", "")])?, day(OLD)?, &Overrides::default())?;
    let trace = ruleset.explain(&open).computation.ok_or("no computation")?;
    assert_eq!((trace.money, trace.at_most), (None, Some(Money::parse_yuan("2000000.00")?)));
    Ok(())
}

#[test]
fn a_preference_ranks_and_never_refuses() -> Fails {
    let ruleset = ruleset()?;
    for (text, verdict, preferred) in
        [("true", Verdict::Met, 1), ("false", Verdict::NotMet, 0), ("", Verdict::Unknown, 0)]
    {
        let told = ruleset.explain(&ruleset.decide(
            &case(&ruleset, &[("in_catalogue", text)])?,
            day(OLD)?,
            &Overrides::default(),
        )?);
        let rule = told.rules.last().ok_or("no rules")?;
        assert_eq!((told.outcome, rule.outcome, told.preferred.len()), (Outcome3::Grant, verdict, preferred));
    }
    Ok(())
}
