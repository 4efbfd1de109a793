//! The yearly returns of what was handed over, in the two packs that have them.

use crate::ways::*;
use crate::world::*;
use domain::case::Standing;
use kernel::id::CaseId;
use policy::form::FormData;

/// A world in which everything is handed over, with who files, checks and checks again.
fn handed_over(way: &Way) -> (World, CaseId) {
    let (mut world, id) = way.until("hand_over");
    world.on("2019-03-04");
    world.walk(id, &["hand_over"]);
    (world, id)
}

fn of_year(year: &'static str, state: &'static str) -> impl FnOnce(&mut FormData) {
    move |form| {
        assert!(form.set("", None, "return_year", year));
        assert!(form.set("", None, "asset_state", state));
    }
}

#[test]
fn each_year_after_the_hand_over_has_its_return() {
    for way in [&XINJIANG_WAY, &HUNAN_WAY] {
        let (mut world, id) = way.until("hand_over");
        assert_eq!(name(world.file("asset_return", Some(id), |_| ())), "ParentMissing");
        world.walk(id, &["hand_over"]);
        for year in ["2019", "2020"] {
            let of = world.file("asset_return", Some(id), of_year(year, "in_use")).unwrap();
            world.walk(of, &["return_check:pass"]);
            let case = &world.cases[&of];
            assert_eq!((case.standing(), case.year.to_string().as_str()), (Standing::Accepted, year));
        }
    }
}

#[test]
pub fn filed_once() {
    for way in [&XINJIANG_WAY, &HUNAN_WAY] {
        let (mut world, id) = handed_over(way);
        let first = world.file("asset_return", Some(id), of_year("2019", "in_use")).unwrap();
        let refusal = world.file("asset_return", Some(id), of_year("2019", "idle")).unwrap_err();
        let said = refusal.reason.say();
        assert!(said.zh.contains("年度2019") && said.en.contains("Year 2019"), "{}; {}", said.zh, said.en);
        assert_eq!(name::<()>(Err(refusal)), "FiledOnce");
        let second = world.file("asset_return", Some(id), of_year("2020", "in_use")).unwrap();
        // A correction may say what the case itself said, and not what the other one says.
        for (of, year, said) in [(first, "2019", "carried out"), (second, "2019", "FiledOnce")] {
            world.walk(of, &["return_check:return"]);
            let who = world.doer(world.step("return_file"), &world.step("return_file").by);
            assert_eq!(name(world.refile(of, "return_file", &who, of_year(year, "in_use"))), said, "{year}");
        }
    }
}

#[test]
fn what_lies_idle_waits_for_its_measures() {
    for way in [&XINJIANG_WAY, &HUNAN_WAY] {
        for state in ["idle", "wasted", "lost"] {
            let (mut world, id) = handed_over(way);
            let of = world.file("asset_return", Some(id), of_year("2019", state)).unwrap();
            let checker = world.doer(world.step("return_check"), &world.step("return_check").by);
            let check = |world: &mut World| {
                let check = world.whole("return_check", "pass");
                name(world.act(of, check, &checker))
            };
            assert_eq!(check(&mut world), "RulesUnmet", "{state}");
            let mut order = world.whole("return_order", "");
            order.notes.insert("due".into(), "2019-06-28".into());
            world
                .act(of, order, &world.doer(world.step("return_order"), &world.step("return_order").by))
                .unwrap();
            assert_eq!(
                world.due(of, "return_measures"),
                Some(day("2019-06-28")),
                "the day that the order names"
            );
            world.walk(of, &["return_measures", "return_recheck:again"]);
            assert_eq!(check(&mut world), "RulesUnmet", "not yet mended");
            world.walk(of, &["return_measures", "return_recheck:mended"]);
            assert_eq!(check(&mut world), "carried out");
            assert_eq!(world.cases[&of].standing(), Standing::Accepted);
        }
        let (mut world, id) = handed_over(way);
        let of = world.file("asset_return", Some(id), of_year("2019", "disposed")).unwrap();
        world.walk(of, &["return_check:pass"]);
    }
}

#[test]
fn a_return_says_why_and_shares_no_more_than_was_earned() {
    for way in [&XINJIANG_WAY, &HUNAN_WAY] {
        let (mut world, id) = handed_over(way);
        let mut file = |fields: &[(&str, &str)]| {
            name(world.file("asset_return", Some(id), |form| {
                for (field, text) in fields {
                    assert!(form.set("", None, field, *text), "{field}");
                }
            }))
        };
        assert_eq!(file(&[("income", "20000"), ("to_poor", "15000"), ("to_village", "5000")]), "carried out");
        assert_eq!(
            file(&[("income", "20000"), ("to_poor", "15000"), ("to_village", "5000.01")]),
            "FormFaults"
        );
        assert_eq!(file(&[("asset_state", "idle"), ("state_what", "")]), "FormFaults");
        assert_eq!(file(&[("asset_state", "idle"), ("measures", "")]), "FormFaults");
        let next = [("return_year", "2021"), ("asset_state", "in_use"), ("state_what", ""), ("measures", "")];
        assert_eq!(file(&next), "carried out");
    }
}

#[test]
fn a_return_is_checked_within_its_term_by_who_did_not_file_it() {
    let (mut world, id) = handed_over(&HUNAN_WAY);
    let of = world.file("asset_return", Some(id), |_| ()).unwrap();
    assert_eq!(world.due(of, "return_check"), Some(day("2019-04-01")), "twenty working days");
    let office = world.who("hn_office", 1);
    let own = domain::Actor { belongs: std::collections::BTreeSet::from([UNIT]), ..office };
    assert_eq!(name(world.act(of, world.whole("return_check", "pass"), &own)), "OwnFirm");
    world.act(of, world.whole("return_check", "pass"), &world.who("hn_township", 1)).unwrap();
}
