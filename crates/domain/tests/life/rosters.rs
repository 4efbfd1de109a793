//! Lists of people: who loads one, what is counted of it, how a form's rows compare with it, and what hangs on that.

use crate::ways::*;
use crate::world::*;
use domain::roster::{Event, Load, Mark, Member, Members, Roster, Status, compare, load, unlisted};
use domain::{Actor, Refusal};
use kernel::region::RegionCode;
use policy::form::FormData;
use std::collections::BTreeMap;

fn member(village: &str, status: Status) -> Member {
    Member {
        number_shown: "150426********1230".into(),
        head: "c0".repeat(32),
        head_shown: "李****".into(),
        village: village.into(),
        group: String::new(),
        persons: 4,
        since: 2014,
        status,
    }
}

/// The commitment of a made-up number.
fn number(at: u8) -> String {
    format!("{at:02x}").repeat(32)
}

fn file(rows: &[(u8, Member)]) -> Load {
    let rows = rows.iter().map(|(at, member)| (number(*at), member.clone())).collect();
    Load { roster: "poor".into(), file: "ab".repeat(32), rows }
}

fn keeper(world: &World) -> Actor {
    Actor { region: Some("150426".parse().unwrap()), ..world.who("tz_area", 0) }
}

fn loads(command: Load, before: &Members, actor: &Actor) -> Result<(RegionCode, Members, Event), Refusal> {
    let world = World::of(&TONGZHOU);
    load(command, before, world.ctx(actor))
}

fn listed() -> Vec<(u8, Member)> {
    vec![(1, member("东村", Status::Registered)), (2, member("西村", Status::Removed))]
}

#[test]
pub fn roster_place_unknown() {
    let world = World::of(&TONGZHOU);
    let nowhere = Actor { region: None, ..keeper(&world) };
    let refusal = loads(file(&listed()), &Members::new(), &nowhere).unwrap_err();
    assert_eq!((name::<()>(Err(refusal.clone())), refusal.cite.as_str()), ("RosterPlaceUnknown", "第三条"));
    loads(file(&listed()), &Members::new(), &keeper(&world)).unwrap();
}

#[test]
pub fn roster_empty() {
    let world = World::of(&TONGZHOU);
    assert_eq!(name(loads(file(&[]), &Members::new(), &keeper(&world))), "RosterEmpty");
    loads(file(&listed()[..1]), &Members::new(), &keeper(&world)).unwrap();
}

#[test]
pub fn roster_twice() {
    let world = World::of(&TONGZHOU);
    let mut rows = listed();
    rows.push((1, member("南村", Status::Registered)));
    let refusal = loads(file(&rows), &Members::new(), &keeper(&world)).unwrap_err();
    let said = refusal.reason.say();
    assert!(said.zh.contains("第3户") && said.zh.contains("150426********1230"), "{}", said.zh);
    assert_eq!(name::<()>(Err(refusal)), "RosterTwice");
}

#[test]
fn only_the_keeper_loads_a_list_that_there_is() {
    let world = World::of(&TONGZHOU);
    for role in ["tz_office", "tz_unit", "tz_company", "tz_audit"] {
        let other = Actor { role: role.into(), ..keeper(&world) };
        assert_eq!(name(loads(file(&listed()), &Members::new(), &other)), "NotAllowed", "{role}");
    }
    let unknown = Load { roster: "rich".into(), ..file(&listed()) };
    assert_eq!(name(loads(unknown, &Members::new(), &keeper(&world))), "NotFound");
}

#[test]
fn a_list_replaces_the_one_before_and_says_who_came_and_left() {
    let world = World::of(&TONGZHOU);
    let who = keeper(&world);
    let (place, first, event) = loads(file(&listed()), &Members::new(), &who).unwrap();
    assert_eq!(place.to_string(), "150426");
    let mut state = Roster::apply(None, &event, &world.meta(&who));
    let rows = [(1, member("东村", Status::Supported)), (3, member("东村", Status::Registered))];
    let (_, second, event) = loads(file(&rows), &first, &who).unwrap();
    assert_eq!(second.keys().cloned().collect::<Vec<_>>(), [number(1), number(3)]);
    state = Roster::apply(state, &event, &world.meta(&who));
    let loads = state.unwrap().loads;
    let counts: Vec<_> = loads.iter().map(|l| (l.rows, l.removed, l.came, l.left, l.changed)).collect();
    assert_eq!(counts, [(2, 1, 2, 0, 0), (2, 0, 1, 1, 1)]);
    assert_eq!(loads[1].by.map(|by| by.person), Some(who.person));
}

/// A row of the form: number, head, village, persons.
fn row(at: u8, head: &str, village: &str, persons: &str) -> BTreeMap<String, String> {
    let sealed = |text: &str| format!("sealed:{text}:李****");
    let head = if head.is_empty() { String::new() } else { sealed(&head.repeat(32)) };
    [("head_id", sealed(&number(at))), ("head", head), ("where", village.into()), ("members", persons.into())]
        .map(|(id, text)| (id.to_owned(), text))
        .into()
}

#[test]
fn each_row_says_how_it_stands() {
    let form = TONGZHOU.forms.get("entry").unwrap();
    let table = form.compared().next().unwrap();
    let members: Members = listed().into_iter().map(|(at, member)| (number(at), member)).collect();
    let of = |row: BTreeMap<String, String>| {
        let data =
            FormData { tables: [("named_households".to_owned(), vec![row])].into(), ..FormData::default() };
        compare(table, &data, &members).remove(0)
    };
    for (row, expected) in [
        (row(1, "c0", "桥头镇 东村二组", "4"), vec![Mark::Listed]),
        (row(1, "", "", "4人"), vec![Mark::Listed]),
        (row(1, "c1", "桥头镇东村", "4"), vec![Mark::OtherHead]),
        (row(1, "c0", "桥头镇西村", "5"), vec![Mark::OtherVillage, Mark::OtherPersons]),
        (row(2, "c0", "西村", "4"), vec![Mark::Removed]),
        (row(3, "c0", "东村", "4"), vec![Mark::Unlisted]),
        (BTreeMap::from([("head_id".to_owned(), "11010519491231002X".to_owned())]), vec![Mark::Unlisted]),
        (BTreeMap::new(), vec![Mark::Unlisted]),
    ] {
        assert_eq!(of(row.clone()), expected, "{row:?}");
    }
    let rows = [vec![Mark::Listed], vec![Mark::Unlisted], vec![Mark::OtherVillage], vec![Mark::Removed]];
    assert_eq!(unlisted(&rows), 2);
}

#[test]
fn where_a_register_is_loaded_everybody_named_must_be_on_it() {
    let (world, id) = TONGZHOU_WAY.until("decide_project");
    let decide = |off: Option<i64>| {
        let mut world = world.clone();
        world.around.rosters = off.map(|off| ("named_households".to_owned(), off)).into_iter().collect();
        let command = world.whole("decide_project", "approve");
        world.act(id, command, &world.who("tz_office", 2))
    };
    decide(None).unwrap();
    decide(Some(0)).unwrap();
    let refusal = decide(Some(1)).unwrap_err();
    assert_eq!(refusal.cite, "第三条");
    assert!(refusal.reason.say().zh.contains("名单"), "{refusal}");
    assert_eq!(name::<()>(Err(refusal)), "RulesUnmet");
}
