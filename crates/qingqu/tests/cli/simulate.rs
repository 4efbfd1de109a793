//! `simulate`: what a changed parameter changes, for whom, and in total.

use crate::run::{Ran, fixture, run};
use qingqu::cli::Exit;
use serde_json::{Value, json};

fn simulated(words: &[&str]) -> Ran {
    let text = std::fs::read(fixture("boundaries.jsonl")).expect("the fixture");
    run(&[&["simulate", "--policy", "tianjin"], words, &["-"]].concat(), &text)
}

fn json_of(words: &[&str]) -> Value {
    let ran = simulated(&[words, &["--json"]].concat());
    assert_eq!(ran.exit, Exit::No, "two lines are outside the time in force");
    serde_json::from_str(&ran.out).expect("JSON")
}

#[test]
fn a_lower_threshold_turns_refusals_into_grants() {
    let found = json_of(&["--set", "min_share=25%"]);
    assert_eq!((&found["cases"], &found["invalid"]), (&json!(25), &json!(2)));
    assert_eq!(found["matrix"]["refuse"], json!({ "grant": 1, "refuse": 7, "pending": 0 }));
    assert_eq!((&found["before"]["grant"], &found["after"]["grant"]), (&json!(16), &json!(17)));
    assert_eq!((&found["difference"], &found["gains"]["sum"]), (&json!("1237037.03"), &json!("1237037.03")));
    let gain = &found["gains"]["list"][0];
    assert_eq!(
        *gain,
        json!({
            "case_id": "share-29.9999", "line": 3,
            "before": { "outcome": "refuse", "amount": null },
            "after": { "outcome": "grant", "amount": "1237037.03" },
            "difference": "1237037.03", "now_met": ["holding"], "now_unmet": [],
        })
    );
}

#[test]
fn a_table_is_changed_by_entry_or_whole_and_changes_add_up() {
    let both = json_of(&["--set", "year_rate=10%", "--set", "cap[project]=300万元", "--list", "3"]);
    assert_eq!((&both["gains"]["cases"], &both["losses"]["cases"]), (&json!(0), &json!(16)));
    assert_eq!(both["losses"]["list"].as_array().expect("a list").len(), 3);
    assert_eq!(both["losses"]["list"][0]["case_id"], "capped", "the greatest first");
    assert_eq!(both["losses"]["list"][0]["after"]["amount"], "900000.00");
    let raised = json_of(&["--set", "cap[project]=300万元"]);
    assert_eq!(raised["gains"]["list"][0]["after"]["amount"], "2700000.00");
    assert_eq!(raised["difference"], "700000.00");
}

#[test]
fn a_change_of_outcome_without_money_is_told_apart() {
    let found = json_of(&["--set", "min_lifted=5人"]);
    assert_eq!(found["matrix"]["pending"], json!({ "grant": 1, "refuse": 0, "pending": 0 }));
    let found = json_of(&["--set", "areas=110101"]);
    assert_eq!(found["matrix"]["pending"], json!({ "grant": 0, "refuse": 1, "pending": 0 }));
    assert_eq!((&found["others"]["cases"], &found["others"]["sum"]), (&json!(1), &json!("0.00")));
    assert_eq!(found["others"]["list"][0]["now_unmet"], json!(["area"]));
    assert_eq!(found["after"]["grant"], 1, "only the one of 110101 remains");
}

#[test]
fn the_table_shows_matrix_sums_and_who_gains() {
    let ran = simulated(&["--set", "min_share=25%"]);
    for line in [
        "改动 最低持股比例 min_share = 25%  [现行 30%]",
        "不予资助                      1         7         0         8",
        "改前     16  20,143,209.77",
        "改后     17  21,380,246.80",
        "差额      1  +1,237,037.03",
    ] {
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(ran.out.lines().any(|one| squeezed(one) == squeezed(line)), "{line}\n{}", ran.out);
    }
    assert!(
        ran.out.contains("share-29.9999") && ran.out.contains("不再受限：持股不低于30%或新设企业"),
        "{}",
        ran.out
    );
    assert!(ran.talk.contains("第 25 行（as_of）"), "{}", ran.talk);
}

#[test]
fn all_changed_cases_come_as_lines_and_the_table_as_talk() {
    let ran = simulated(&["--set", "year_rate=10%", "--jsonl", "--list", "1"]);
    assert_eq!(ran.out.lines().count(), 16);
    assert!(ran.talk.contains("改后合计") && !ran.out.contains("改后"));
    let first: Value = serde_json::from_str(ran.out.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&first["case_id"], &first["difference"]), (&json!("share-exactly-30"), &json!("-824691.36")));
}

#[test]
fn nothing_changed_changes_nothing() {
    let found = json_of(&["--set", "min_share=30%"]);
    assert_eq!((&found["difference"], &found["before"]), (&json!("0.00"), &found["after"]));
    assert_eq!(simulated(&["--set", "min_share=30%", "--jsonl"]).out, "");
}

#[test]
fn names_and_values_that_cannot_be_read_are_refused_with_what_was_meant() {
    for (set, said) in [
        ("min_shar=25%", "`min_share`"),
        ("cap[projekt]=1万元", "`project`"),
        ("min_share[project]=25%", "min_share=值"),
        ("min_share=25", "30%"),
        ("min_paid=30%", "min_paid"),
        ("min_share", "名称=值"),
        ("areas=999999", "areas"),
    ] {
        let ran = simulated(&["--set", set]);
        assert!(
            ran.exit == Exit::Usage && ran.out.is_empty() && ran.talk.contains(said),
            "{set}: {}",
            ran.talk
        );
    }
}
