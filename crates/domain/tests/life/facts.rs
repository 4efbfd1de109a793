//! What the program knows by itself, and what the rules make of it; papers that are wanted only sometimes.

use crate::ways::*;
use crate::world::*;
use domain::case::known_facts;
use kernel::id::CaseId;

/// Hunan, filed for so many ten thousands of subsidy.
fn asked(wan: &str) -> (World, CaseId) {
    let (mut world, library) = {
        let (mut world, _) = HUNAN_WAY.begun();
        let library = world.file("library", None, |_| ()).unwrap();
        world.walk(library, HUNAN_WAY.parent.unwrap().1);
        (world, library)
    };
    let id = world
        .file("flow", Some(library), |form| {
            for field in ["total", "asked"] {
                form.set("", None, field, wan);
            }
            for (table, column) in [("sources", "amount"), ("budget", "amount"), ("budget", "of_subsidy")] {
                form.set(table, Some(1), column, wan);
            }
        })
        .unwrap();
    (world, id)
}

#[test]
fn exactly_a_million_needs_experts_and_an_audit() {
    for (wan, needed) in [("100", true), ("99.999999", false)] {
        let (mut world, id) = asked(wan);
        HUNAN_WAY.on(&mut world, id, "assess", "plan_review");
        let mut command = world.whole("plan_review", "pass");
        command.papers.clear();
        let office = world.who("hn_office", 1);
        let reviewed = world.act(id, command, &office);
        assert_eq!(name(reviewed), if needed { "PapersMissing" } else { "carried out" }, "{wan}");
        if needed {
            world.walk(id, &["plan_review:pass"]);
        }
        HUNAN_WAY.on(&mut world, id, "plan_approve", "request_acceptance");
        let unit = world.who("hn_unit", 0);
        let mut form = world.filled("acceptance");
        form.set("", None, "asked", "1");
        let papers = vec![World::paper("basis")];
        let (procedure, step) = ("flow".into(), Some("request_acceptance".into()));
        let filed = world.give(id, domain::case::Declare { procedure, step, form, papers }, &unit);
        assert_eq!(
            name(filed),
            if needed { "PapersMissing" } else { "carried out" },
            "what the case says counts"
        );
    }
}

#[test]
fn a_project_outside_the_library_needs_the_group_to_say_why() {
    let settle = |in_library: bool, reasoned: &str| {
        let (mut world, id) = HUNAN_WAY.until("settle");
        world.around.parent_accepted = in_library;
        let mut command = world.whole("settle", "pass");
        command.records[0].value = reasoned.into();
        name(world.act(id, command, &world.who("hn_group", 0)))
    };
    assert_eq!(settle(true, "false"), "carried out");
    assert_eq!(settle(false, "true"), "carried out");
    assert_eq!(settle(false, "false"), "RulesUnmet");
}

#[test]
fn six_villages_in_ten_apply() {
    let reply = |villages: i64| {
        let mut world = World::of(&HUNAN);
        let office = world.who("hn_office", 0);
        let batch = world.begin("yearly", None, &office).unwrap();
        world.walk(batch, &["guide", "batch_select", "batch_group:agree", "batch_government:approve"]);
        world.around.counts.insert("village_applicants".into(), villages);
        let mut command = world.whole("batch_reply", "issued");
        command.records.iter_mut().filter(|r| r.fact == "other_rules").for_each(|r| r.value = "false".into());
        name(world.act(batch, command, &office))
    };
    assert_eq!((reply(6), reply(5)), ("carried out", "RulesUnmet"));
}

#[test]
fn work_starts_when_those_responsible_are_named() {
    let (mut world, id) = XINJIANG_WAY.until("name_people");
    let unit = world.who("xj_unit", 0);
    assert_eq!(name(world.act(id, world.whole("start_work", ""), &unit)), "RulesUnmet");
    world.walk(id, &["name_people", "start_work"]);
}

#[test]
fn a_paper_is_wanted_by_its_condition() {
    let mut world = World::of(&HUNAN);
    let unit = world.who("hn_unit", 0);
    let id = world.file("flow", None, |_| ()).unwrap();
    world.walk(id, &["assess:return"]);
    let mut file = |public: &str| {
        let mut form = world.filled("declaration");
        form.set("", None, "public_works", public);
        let papers = vec![World::paper("project_book"), World::paper("declaration_form")];
        let step = Some("declare_project".into());
        let command = domain::case::Declare { procedure: "flow".into(), step, form, papers };
        name(world.give(id, command, &unit))
    };
    assert_eq!((file("false"), file("true")), ("PapersMissing", "carried out"));
}

#[test]
fn a_paper_counts_while_the_act_that_brought_it_stands() {
    let (mut world, id) = HUNAN_WAY.until("plan_review");
    let consent = |world: &World| {
        known_facts(world.pack, &world.cases[&id], &world.around, None)["household_consent"].clone()
    };
    assert_eq!(consent(&world), "true");
    world.walk(id, &["plan_review:return"]);
    assert_eq!(consent(&world), "false", "the plan was sent back");
    let papers = vec![World::paper("plan")];
    let form = world.filled("plan");
    let step = Some("plan_submit".into());
    let command = domain::case::Declare { procedure: "flow".into(), step, form, papers };
    world.give(id, command, &world.who("hn_unit", 0)).unwrap();
    assert_eq!(consent(&world), "false", "the version that stands came without it");
}
