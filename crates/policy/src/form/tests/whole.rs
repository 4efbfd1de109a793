//! Required cells, parts that do not apply, rows, computed cells, totals, derived values, cross-checks, states.

use super::*;
use crate::form::{FindingKind, PartState};
use crate::lang::Value;
use crate::pack::Level;
use kernel::ratio::Ratio;

fn missing(check: &FormCheck) -> Vec<(String, Option<usize>, Option<String>)> {
    let missing = check.findings.iter().filter(|f| f.kind == FindingKind::Missing);
    missing.map(|f| (f.part.clone(), f.row, f.field.clone())).collect()
}

fn place(part: &str, row: Option<usize>, field: Option<&str>) -> (String, Option<usize>, Option<String>) {
    (part.into(), row, field.map(Into::into))
}

/// Everything that must be there.
fn complete() -> FormData {
    let mut data = fields(&[("name", "甲"), ("mode", "project"), ("founded_on", "2018-01-01")]);
    row(&mut data, "owners", &[("who", "乙"), ("share", "60%")]);
    data
}

#[test]
fn all_that_is_required_is_named_at_once() {
    let found = check(&FormData::default());
    assert_eq!(
        missing(&found),
        [place("head", None, Some("name")), place("head", None, Some("mode")), place("owners", None, None)],
        "what another office fills and what may not apply is not demanded"
    );
    assert!(check(&complete()).is_clean());
}

#[test]
fn required_when_its_condition_is_known_to_hold() {
    for (finished, wanted) in [("是", true), ("否", false), ("", false)] {
        let mut data = complete();
        data.set("", None, "finished", finished);
        let found = check(&data);
        assert_eq!(!at(&found, "head", None, "finished_in").is_empty(), wanted, "{finished:?}");
    }
}

#[test]
fn a_part_whose_condition_fails_is_ignored_with_all_that_it_holds() {
    let mut data = complete();
    data.set("", None, "power_cost", "约5元");
    let project = check(&data);
    assert!(project.is_clean(), "{:?}", project.findings);
    assert_eq!(project.parts["power"], PartState::NotApplicable);
    data.set("", None, "mode", "production");
    let production = check(&data);
    assert_eq!(at(&production, "power", None, "power_cost").len(), 1);
    assert_eq!(production.parts["power"], PartState::Faulty);
    data.set("", None, "power_cost", "");
    assert_eq!(missing(&check(&data)), [place("power", None, Some("power_cost"))]);
    assert_eq!(data.get("", None, "name"), "甲", "checking changes nothing that was typed");
}

#[test]
fn a_condition_that_cannot_be_told_demands_nothing() {
    let mut data = complete();
    data.set("", None, "mode", "");
    assert_eq!(missing(&check(&data)), [place("head", None, Some("mode"))]);
}

#[test]
fn empty_rows_are_passed_over_and_rows_keep_their_numbers() {
    let mut data = complete();
    row(&mut data, "assets", &[]);
    row(&mut data, "assets", &[("item", "  ")]);
    row(&mut data, "assets", &[("item", "床")]);
    assert_eq!(
        missing(&check(&data)),
        [
            place("assets", Some(3), Some("bought")),
            place("assets", Some(3), Some("quantity")),
            place("assets", Some(3), Some("price")),
        ]
    );
}

#[test]
fn too_few_and_too_many_rows() {
    for (count, clean) in [(0, false), (1, true), (3, true), (4, false)] {
        let mut data = complete();
        data.tables.clear();
        for _ in 0..count {
            row(&mut data, "owners", &[("who", "乙"), ("share", "10%")]);
        }
        let found = check(&data);
        assert_eq!(found.is_clean(), clean, "{count} rows: {:?}", found.findings);
    }
}

fn asset(amount: &str) -> FormData {
    let mut data = complete();
    let cells = [
        ("item", "床"),
        ("bought", "2019-05-01"),
        ("quantity", "2.5"),
        ("price", "100.01"),
        ("amount", amount),
    ];
    row(&mut data, "assets", &cells);
    data
}

#[test]
fn a_computed_cell_is_filled_when_empty_and_compared_when_not() {
    // 100.01 × 2.5 = 250.025, down to the fen.
    for amount in ["", "250.02", "250.02元"] {
        let found = check(&asset(amount));
        assert!(found.is_clean(), "{amount:?}: {:?}", found.findings);
        assert_eq!(found.computed["assets:1.amount"], "250.02");
        assert_eq!(found.computed["assets.amount"], "250.02");
        assert_eq!(found.computed["spent"], "250.02");
    }
    let found = check(&asset("250.03"));
    let [finding] = at(&found, "assets", Some(1), "amount")[..] else { panic!("{:?}", found.findings) };
    assert_eq!(finding.kind, FindingKind::Mismatch);
    assert_eq!(finding.message.zh, "“总金额”填的是250.03，按单价×数量计算应为250.02");
    assert_eq!(finding.message.en, "amount: 250.03 was typed, price × quantity gives 250.02");
    assert_eq!(found.computed["assets:1.amount"], "250.02", "the page can still show what it should be");
    assert!(!found.computed.contains_key("assets.amount"), "no total over a cell in doubt");
    assert_eq!(found.parts["assets"], PartState::Faulty);
}

#[test]
fn numbers_too_large_are_said_to_be() {
    let mut data = asset("");
    data.set("assets", Some(1), "quantity", "999999999");
    data.set("assets", Some(1), "price", "90000000000000000");
    let found = check(&data);
    assert!(at(&found, "assets", Some(1), "amount")[0].message.zh.contains("太大"));
    let mut data = complete();
    for _ in 0..2 {
        let cells =
            [("item", "床"), ("bought", "2019-05-01"), ("quantity", "1"), ("price", "90000000000000000")];
        row(&mut data, "assets", &cells);
    }
    let found = check(&data);
    assert!(at(&found, "assets", None, "amount")[0].message.zh.contains("太大"));
}

#[test]
fn totals_per_column_of_money_ratio_and_count() {
    let mut data = asset("");
    row(
        &mut data,
        "assets",
        &[("item", "柜"), ("bought", "2019-06-01"), ("quantity", "1"), ("price", "10"), ("heads", "3")],
    );
    row(&mut data, "owners", &[("who", "丙"), ("share", "1/3")]);
    let found = check(&data);
    assert_eq!(found.computed["assets.amount"], "260.02");
    assert_eq!(found.computed["assets.heads"], "3", "an empty optional cell adds nothing");
    assert_eq!(found.computed["owners.share"], "14/15");
    let share = Ratio::new(14, 15).map(Value::Ratio);
    assert_eq!(found.facts.get("share").copied(), share);
}

#[test]
fn a_total_over_a_cell_that_is_missing_or_wrong_is_not_known() {
    for share in ["", "很多"] {
        let mut data = complete();
        row(&mut data, "owners", &[("who", "丙"), ("share", share)]);
        let found = check(&data);
        assert!(!found.computed.contains_key("owners.share"), "{share:?}");
        assert!(!found.facts.contains_key("share"), "{share:?}");
    }
    assert!(
        !check(&FormData::default()).facts.contains_key("share"),
        "nor over rows that must be there and are not"
    );
}

#[test]
fn months_add_up_by_row_by_month_and_together() {
    let mut data = complete();
    data.tables.extend(form().blank().tables.into_iter().filter(|(part, _)| part == "labour"));
    for (row, month, text) in [(1, "m1", "100.50"), (1, "m12", "1"), (2, "m1", "2万元")] {
        data.set("labour", Some(row), month, text);
    }
    let found = check(&data);
    assert!(found.is_clean(), "{:?}", found.findings);
    for (key, total) in [
        ("wages", "101.50"),
        ("hired", "20000.00"),
        ("m1", "20100.50"),
        ("m2", "0.00"),
        ("total", "20101.50"),
    ] {
        assert_eq!(found.computed[&format!("labour.{key}")], total, "{key}");
    }
    data.set("labour", Some(2), "m1", "两万");
    let found = check(&data);
    assert_eq!(at(&found, "labour", Some(2), "m1").len(), 1);
    assert_eq!(found.computed["labour.wages"], "101.50");
    for unknown in ["labour.hired", "labour.m1", "labour.total"] {
        assert!(!found.computed.contains_key(unknown), "{unknown}");
    }
}

#[test]
fn rows_that_a_months_table_does_not_have() {
    let mut data = complete();
    row(&mut data, "labour", &[("row", "wages"), ("m1", "1")]);
    row(&mut data, "labour", &[("row", "wages"), ("m1", "2")]);
    row(&mut data, "labour", &[("row", "bonus"), ("m1", "3")]);
    row(&mut data, "labour", &[("row", "bonus")]);
    let found = check(&data);
    let rows: Vec<_> = found.findings.iter().filter(|f| f.kind == FindingKind::Rows).map(|f| f.row).collect();
    assert_eq!(rows, [Some(2), Some(3)]);
}

#[test]
fn cross_checks_speak_when_known_to_fail_and_point_at_all_their_places() {
    let mut data = complete();
    row(&mut data, "owners", &[("who", "丙"), ("share", "40%")]);
    assert!(check(&data).is_clean(), "exactly the whole");
    data.set("owners", Some(2), "share", "40.01%");
    let found = check(&data);
    let [whole] = at(&found, "owners", None, "share")[..] else { panic!("{:?}", found.findings) };
    assert_eq!(
        (whole.message.zh.as_str(), whole.kind, whole.level),
        ("比例合计超过100%", FindingKind::Check, Level::Error)
    );
    data.set("owners", Some(2), "share", "");
    assert!(at(&check(&data), "owners", None, "share").is_empty(), "unknown is no finding");

    let mut data = complete();
    data.set("", None, "paid_in", "100.01");
    data.set("", None, "capital", "0.01");
    let found = check(&data);
    assert!(found.is_clean(), "a warning does not keep it from being handed in");
    assert_eq!(found.findings[0].also, [("head".to_owned(), "capital".to_owned())]);
    assert_eq!(found.at("head", None, "capital").count(), 1);
    assert_eq!(found.parts["head"], PartState::Complete);
}

#[test]
fn parameters_are_those_of_the_day_and_of_the_nearer_end_outside_the_time_in_force() {
    let mut data = complete();
    data.set("", None, "mode", "production");
    data.set("", None, "power_cost", "500000.01");
    for (on, clean) in
        [("2019-12-31", true), ("2020-01-01", false), ("2018-06-01", true), ("2021-06-01", false)]
    {
        assert_eq!(check_on(&data, on).is_clean(), clean, "{on}");
    }
}

#[test]
fn states_of_parts() {
    let states = |data: &FormData| -> Vec<PartState> {
        let found = check(data);
        form().parts.iter().map(|part| found.parts[&part.id]).collect()
    };
    use PartState::*;
    assert_eq!(states(&form().blank()), [NotStarted; 6]);
    let mut data = fields(&[("name", "甲")]);
    assert_eq!(states(&data)[..2], [InProgress, NotStarted]);
    data.set("", None, "mode", "project");
    assert_eq!(states(&data)[0], Complete);
    assert_eq!(states(&data)[4], NotApplicable);
    data.set("", None, "zip", "1");
    assert_eq!(states(&data)[0], Faulty);
    data.set("", None, "opinion", "同意");
    assert_eq!(states(&data)[5], Complete);
    assert_eq!(Faulty.words().zh, "有误");
}
