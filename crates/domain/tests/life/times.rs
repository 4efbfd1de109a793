//! Days: closing days, reports that recur, waiting times, what is the latest.

use crate::ways::*;
use crate::world::*;
use domain::case::{self, known_facts};

#[test]
fn a_report_is_due_after_each_period() {
    let (mut world, id) = HUNAN_WAY.until("start");
    world.on("2018-08-15");
    world.walk(id, &["start"]);
    assert_eq!(world.due(id, "progress"), Some(day("2018-09-07")), "five working days into September");
    world.on("2018-09-04");
    world.walk(id, &["progress"]);
    assert_eq!(
        world.due(id, "progress"),
        Some(day("2018-10-12")),
        "that was for August; then come the holidays"
    );
    world.on("2018-09-28");
    world.walk(id, &["progress"]);
    assert_eq!(world.due(id, "progress"), Some(day("2018-11-07")), "that was for September");
    world.walk(id, &["progress"]);
    assert_eq!(world.due(id, "progress"), Some(day("2018-11-07")), "one more covers nothing to come");
    world.on("2019-01-16");
    world.walk(id, &["progress"]);
    assert_eq!(world.due(id, "progress"), Some(day("2019-02-12")), "it covers what was missed; January ends");
}

#[test]
fn a_report_within_its_period_covers_it() {
    let (mut world, id) = JIZHOU_WAY.until("start_work");
    world.on("2018-11-20");
    world.walk(id, &["start_work"]);
    assert_eq!(
        world.due(id, "progress_report"),
        Some(day("2019-01-15")),
        "ten working days after the quarter"
    );
    world.walk(id, &["progress_report"]);
    assert_eq!(world.due(id, "progress_report"), Some(day("2019-04-15")));
}

#[test]
fn a_day_that_an_office_noted_is_the_deadline() {
    let (mut world, id) = HUNAN_WAY.until("start");
    world.on("2018-09-08");
    let order = world.begin("rectification", Some(id), &world.who("hn_office", 0)).unwrap();
    let noted = day("2018-09-08");
    assert_eq!(world.due(order, "mend"), Some(noted), "as it was noted, on a Saturday too");
    assert_eq!(world.due(order, "stop"), None, "only the step that names the day");
    world.on("2018-09-20");
    world.walk(order, &["stop", "mend", "mend_check:again"]);
    assert_eq!(world.due(order, "mend"), Some(noted), "to be mended again, and late already");
}

#[test]
fn reports_end_with_the_step_that_the_pack_names() {
    let (mut world, id) = HUNAN_WAY.until("accept_works");
    world.walk(id, &["accept_works:failed"]);
    assert!(world.is_open(id, "progress"), "what was not accepted goes on");
    let (world, id) = HUNAN_WAY.until("hand_over");
    assert!(
        !world.is_open(id, "progress") && world.is_open(id, "hand_over"),
        "though the case does not end yet"
    );
    let (world, id) = HUNAN_WAY.until("");
    assert!(!world.is_open(id, "progress") && world.is_open(id, "change_request"));
}

#[test]
fn a_waiting_time_must_have_passed() {
    let (mut world, id) = TRIAL_WAY.until("decide");
    world.on("2018-08-15");
    world.walk(id, &["decide:approve"]);
    let township = world.who("township", 0);
    world.on("2018-09-14");
    assert_eq!(name(world.act(id, world.whole("settle_in", ""), &township)), "DateTooEarly");
    world.on("2018-09-17");
    let mut early = world.whole("settle_in", "");
    early.on = day("2018-09-14");
    assert_eq!(name(world.act(id, early, &township)), "DateTooEarly", "the 15th is a Saturday");
    world.act(id, world.whole("settle_in", ""), &township).unwrap();
}

#[test]
fn a_closing_day_binds_the_first_filing_only() {
    let mut world = World::of(&JIZHOU);
    world.on("2018-10-31");
    let id = world.file("declaration", None, |_| ()).unwrap();
    world.on("2018-11-20");
    assert_eq!(name(world.file("declaration", None, |_| ())), "FilingClosed");
    world.walk(id, &["accept:return", "submit", "accept:accept"]);
}

#[test]
fn a_plan_year_is_read_from_what_a_field_holds() {
    for (text, year) in [("2019", 2019), ("y2018", 2018), ("2020年", 2020), ("2018-2020年", 2018)] {
        assert_eq!(case::plan_year(text), Some(year), "{text}");
    }
    for text in ["", "first", "第三年", "19", "20190"] {
        assert_eq!(case::plan_year(text), None, "{text}");
    }
    let mut world = World::of(&JIZHOU);
    let id = world.file("declaration", None, |_| ()).unwrap();
    assert_eq!(world.cases[&id].year, 2019);
}

#[test]
fn the_day_of_a_step_is_that_of_its_latest_valid_time() {
    let (mut world, id) = HUNAN_WAY.until("money_issued");
    world.on("2018-09-10");
    world.walk(id, &["money_issued", "start", "site_notice:upheld"]);
    let money_on = |world: &World| {
        known_facts(world.pack, &world.cases[&id], &world.around, None).get("money_on").cloned()
    };
    assert_eq!(money_on(&world), None, "undone");
    HUNAN_WAY.on(&mut world, id, "plan_submit", "money_issued");
    world.on("2018-11-20");
    world.walk(id, &["money_issued"]);
    assert_eq!(money_on(&world).as_deref(), Some("2018-11-20"));
}

#[test]
fn a_term_runs_from_the_day_on_the_document() {
    let (mut world, id) = HUNAN_WAY.until("plan_approve");
    let mut command = world.whole("plan_approve", "approve");
    command.notes.insert("stamp".into(), "2018-08-01".into());
    world.act(id, command, &world.who("hn_office", 2)).unwrap();
    assert_eq!(world.due(id, "file_up"), Some(day("2018-08-29")), "twenty working days");
}
