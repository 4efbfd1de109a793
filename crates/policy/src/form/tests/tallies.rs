//! Lines counted one by one: both sides of every date, reasons with their clause, classes, confirmed amounts.

use super::*;
use crate::form::{TallyLine, TallyResult};
use crate::lang::Value;

/// An enterprise registered on 2015-03-10, with these assets of one hundred yuan each by their days.
fn bought(days: &[&str]) -> FormData {
    let mut data =
        fields(&[("name", "甲"), ("founded_on", "2015-03-10"), ("finished", "否"), ("year", "2019")]);
    for day in days {
        row(&mut data, "assets", &[("item", "床"), ("bought", day), ("quantity", "1"), ("price", "100")]);
    }
    data
}

fn tally(data: &FormData) -> (TallyResult, BTreeMap<String, Value>) {
    let mut found = check(data);
    (found.tallies.remove(0), found.facts)
}

fn line<'t>(tally: &'t TallyResult, id: &str) -> &'t TallyLine {
    tally.lines.iter().find(|line| line.id == id).unwrap_or_else(|| panic!("no line {id}: {:?}", tally.lines))
}

#[test]
fn each_window_on_both_sides_of_its_date() {
    // Applied for on 2019-11-01.
    let cases = [
        ("2015-03-09", false, false, Some(("早于注册", "第二条（一）"))),
        ("2015-03-10", true, false, Some(("早于近三年", "第二条"))),
        ("2016-10-31", true, false, Some(("早于近三年", "第二条"))),
        ("2016-11-01", true, true, None),
        ("2019-11-01", true, true, None),
        ("2019-11-02", false, false, Some(("晚于申请", "第二条"))),
    ];
    for (day, invest, three, reason) in cases {
        let (tally, facts) = tally(&bought(&[day]));
        let line = line(&tally, "assets:1");
        assert_eq!((line.counted["invest"], line.counted["invest_3y"]), (invest, three), "{day}");
        let said = line.reason.as_ref().map(|(words, cite)| (words.zh.clone(), cite.to_string()));
        assert_eq!(said, reason.map(|(words, cite)| (words.to_owned(), cite.to_owned())), "{day}");
        let sum = |counted: bool| Value::Money(if counted { yuan(100) } else { Money::ZERO });
        assert_eq!((facts["invest"], facts["invest_3y"]), (sum(invest), sum(three)), "{day}");
    }
}

#[test]
fn a_condition_of_the_form_changes_the_window() {
    let mut data = bought(&["2016-10-31", "2016-11-01"]);
    data.set("", None, "finished", "是");
    let (tally, facts) = tally(&data);
    let (words, cite) = line(&tally, "assets:1").reason.clone().expect("a reason");
    assert_eq!((words.zh.as_str(), cite.to_string().as_str()), ("早于申请前三年", "第二条（二）"));
    assert_eq!(facts["invest"], Value::Money(yuan(100)));
}

#[test]
fn a_month_is_dated_its_last_day() {
    let mut data = bought(&[]);
    for month in ["m10", "m11"] {
        row(&mut data, "labour", &[]);
        data.set("labour", Some(1), "row", "wages");
        data.set("labour", Some(1), month, "50");
    }
    data.set("labour", Some(1), "m3", "0");
    let (tally, facts) = tally(&data);
    assert_eq!(tally.lines.len(), 2, "nothing and zero are no lines");
    let (october, november) = (line(&tally, "labour:wages:10"), line(&tally, "labour:wages:11"));
    assert_eq!((october.date, october.counted["invest"]), (Some(day("2019-10-31")), true));
    assert_eq!((november.date, november.counted["invest"]), (Some(day("2019-11-30")), false));
    assert_eq!(october.label, "工资 2019年10月");
    assert_eq!(facts["invest"], Value::Money(yuan(50)));
}

#[test]
fn broken_down_by_class() {
    let mut data = bought(&["2019-01-01", "2019-02-01"]);
    row(&mut data, "labour", &[("row", "hired"), ("m1", "7")]);
    let (tally, _) = tally(&data);
    assert_eq!(tally.totals["invest"], yuan(207));
    assert_eq!((tally.by_class["asset"]["invest"], tally.by_class["labour"]["invest"]), (yuan(200), yuan(7)));
    assert_eq!(line(&tally, "assets:2").label, "床");
}

#[test]
fn a_line_that_cannot_be_told_is_not_counted_and_leaves_the_fact_unknown() {
    let mut data = bought(&["2019-01-01"]);
    data.set("", None, "founded_on", "");
    let (result, facts) = tally(&data);
    let open = line(&result, "assets:1");
    assert!(open.open && !open.counted["invest"]);
    assert_eq!(open.reason.as_ref().map(|(words, _)| words.zh.as_str()), Some("还不知道“注册日”，暂不计入"));
    assert!(!facts.contains_key("invest"), "a missing fact never reads as zero");
    assert_eq!(result.totals["invest"], Money::ZERO);

    let mut data = bought(&["2019-01-01"]);
    data.set("assets", Some(1), "price", "约百元");
    let (result, facts) = tally(&data);
    assert!(line(&result, "assets:1").open && !facts.contains_key("invest"));

    // Certainly outside: then what is not known does not matter.
    let mut data = bought(&["2019-11-02"]);
    data.set("", None, "founded_on", "");
    let (result, facts) = tally(&data);
    assert!(!line(&result, "assets:1").open);
    assert_eq!(facts["invest"], Value::Money(Money::ZERO));
}

#[test]
fn confirmed_amounts_replace_declared_ones() {
    let data = bought(&["2019-01-01", "2019-02-01", "2019-03-01"]);
    let adjust = BTreeMap::from([("assets:1".to_owned(), yuan(60)), ("assets:2".to_owned(), Money::ZERO)]);
    let mut found =
        form().check(pack(), &data, &FormContext { apply_on: day("2019-11-01"), adjust: &adjust });
    let tally = found.tallies.remove(0);
    assert_eq!(found.facts["invest"], Value::Money(yuan(160)));
    assert_eq!(found.computed["assets.amount"], "300.00", "the form itself stays as declared");
    let (cut, struck) = (line(&tally, "assets:1"), line(&tally, "assets:2"));
    assert_eq!((cut.declared, cut.amount, cut.counted["invest"]), (yuan(100), yuan(60), true));
    assert_eq!((struck.declared, struck.amount, struck.counted["invest"]), (yuan(100), Money::ZERO, false));
    assert_eq!(
        struck.reason.as_ref().map(|(words, _)| words.zh.as_str()),
        Some("核查没有确认这一笔，不计入")
    );
}

#[test]
fn line_ids_keep_to_the_rows_as_typed() {
    let mut data = bought(&["2019-01-01"]);
    data.tables.entry("assets".into()).or_default().insert(0, BTreeMap::new());
    let (tally, _) = tally(&data);
    assert_eq!(tally.lines[0].id, "assets:2");
}

#[test]
fn no_lines_at_all_are_nothing_only_once_the_form_is_filled_in() {
    let mut data = bought(&[]);
    assert!(!tally(&data).1.contains_key("invest"), "the mode and the owners are still to come");
    data.set("", None, "mode", "project");
    row(&mut data, "owners", &[("who", "乙"), ("share", "60%")]);
    assert_eq!(tally(&data).1["invest"], Value::Money(Money::ZERO));
}

#[test]
fn a_part_that_does_not_apply_has_no_lines() {
    let mut form = form().clone();
    let labour = form.parts.iter_mut().find(|part| part.id == "labour").expect("a part");
    labour.when = super::form().part("power").and_then(|part| part.when.clone());
    let mut data = bought(&[]);
    row(&mut data, "labour", &[("row", "wages"), ("m1", "7")]);
    for (mode, lines, spent) in [("production", 1, "7.00"), ("project", 0, "0.00"), ("", 1, "7.00")] {
        data.set("", None, "mode", mode);
        let found =
            form.check(pack(), &data, &FormContext { apply_on: day("2019-11-01"), adjust: &BTreeMap::new() });
        assert_eq!(
            (found.tallies[0].lines.len(), found.computed["spent"].as_str()),
            (lines, spent),
            "{mode:?}"
        );
    }
}
