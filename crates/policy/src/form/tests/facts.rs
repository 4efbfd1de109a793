//! From values to papers, facts by position and canonical texts.

use super::*;
use crate::lang::{Type, Value};
use crate::ruleset::Raw;
use kernel::ratio::Ratio;
use kernel::term::{Term, TermUnit};

#[test]
fn a_canonical_text_reads_back_as_the_same_fact() {
    let ratio = |num, den| Value::Ratio(Ratio::new(num, den).expect("a ratio"));
    let code = "540302-L01".parse().expect("a code");
    let cases = [
        ("paid_in", Value::Money(Money::from_fen(100_000_000)), "1000000.00"),
        ("paid_in", Value::Money(Money::from_fen(-1)), "-0.01"),
        ("paid_in", Value::Money(Money::ZERO), "0.00"),
        ("share", ratio(3, 10), "30%"),
        ("share", ratio(1, 3), "1/3"),
        ("share", ratio(-1, 3), "-1/3"),
        ("share", ratio(5, 1), "500%"),
        ("share", ratio(0, 1), "0%"),
        ("staff", Value::Count(50), "50"),
        ("fresh", Value::Bool(false), "false"),
        ("mode", Value::Member(1), "production"),
        ("founded", Value::Date(day("2019-10-09")), "2019-10-09"),
        ("county", Value::Region("620123".parse().expect("a code")), "620123"),
        ("county", Value::Region(code), "540302-L01"),
    ];
    for (fact, value, text) in cases {
        let ty = &pack().facts.get(fact).expect("a fact").ty;
        assert_eq!(pack().value_text(&value, ty), text, "{fact}");
        let read = pack().ruleset.parse_fact(fact, Raw::Text(text)).map(|(_, value)| value);
        assert_eq!(read, Ok(value), "{fact} {text}");
    }
    let term = Value::Term(Term::new(10, TermUnit::Workday));
    assert_eq!(pack().value_text(&term, &Type::Term(TermUnit::Workday)), "10个工作日");
    assert_eq!(pack().value_text(&Value::Member(9), &Type::Bool), "9", "what has no name keeps its position");
}

#[test]
fn facts_are_taken_by_position_and_all_misfits_reported() {
    let facts =
        BTreeMap::from([("staff".to_owned(), Value::Count(5)), ("mode".to_owned(), Value::Member(0))]);
    let case = pack().case_facts(&facts).expect("facts that fit");
    let id = pack().ruleset.env().fact_named("staff").expect("a fact");
    assert_eq!(case.get(&pack().ruleset, id), Some(Value::Count(5)));
    let wrong = BTreeMap::from([
        ("staff".to_owned(), Value::Bool(true)),
        ("mode".to_owned(), Value::Member(7)),
        ("paid".to_owned(), Value::Money(Money::ZERO)),
    ]);
    let errors = pack().case_facts(&wrong).expect_err("facts that do not fit");
    let names: Vec<&str> = errors.iter().map(|error| error.fact.as_str()).collect();
    assert_eq!(names, ["mode", "paid", "staff"]);
}

#[test]
fn papers_by_what_is_known() {
    let step = pack().steps.get("apply").expect("a step");
    let needed = |facts: &BTreeMap<String, Value>| -> Vec<(String, bool, bool)> {
        let needs = pack().papers_needed(step, facts);
        needs.iter().map(|need| (need.paper.id.clone(), need.required, need.unknown)).collect()
    };
    let need = |id: &str, required, unknown| (id.to_owned(), required, unknown);
    let mode = |member| BTreeMap::from([("mode".to_owned(), Value::Member(member))]);
    assert_eq!(needed(&mode(0)), [need("licence", true, false), need("lease", true, false)]);
    assert_eq!(needed(&mode(1)), [need("licence", true, false), need("power", false, false)]);
    let open = [need("licence", true, false), need("lease", false, true), need("power", false, true)];
    assert_eq!(needed(&BTreeMap::new()), open);
    assert_eq!(
        needed(&BTreeMap::from([("mode".to_owned(), Value::Bool(true))])),
        open,
        "a misfit is not known"
    );
}
