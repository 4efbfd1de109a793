//! Lists of people: replaced whole with the act or not at all, found by number, left alone by a rebuild, carried by an export.

use std::collections::BTreeSet;

use app::Packs;
use app::ports::{Book, Reads};
use app::rows::{Member, MemberStatus, Members, RosterKey, RosterRow};
use kernel::id::PersonId;
use store::portable::{export, import};

use crate::samples::{day, region, written};
use crate::support::{self, Place};

conformance! {
    a_list_is_replaced_whole_or_not_at_all,
    people_of_a_list_are_found_by_their_number,
    a_rebuild_leaves_the_people_alone,
    an_export_carries_the_people,
}

fn key(place: &str) -> RosterKey {
    RosterKey { pack: "tongzhou".into(), roster: "poor".into(), place: region(place) }
}

pub fn row(place: &str, rows: i64) -> RosterRow {
    RosterRow {
        key: key(place),
        file: "ab".repeat(32),
        rows,
        removed: 1,
        came: 2,
        left: 3,
        changed: 4,
        on: day(8, 20),
        person: Some(PersonId(6)),
        times: 2,
    }
}

fn number(at: u8) -> String {
    format!("{at:02x}").repeat(32)
}

fn member(at: u8) -> Member {
    Member {
        number_shown: format!("150426********{at:04}"),
        head: number(at + 100),
        head_shown: "李****".into(),
        village: "东村".into(),
        group: if at == 1 { String::new() } else { "二组".into() },
        persons: at.into(),
        since: 2014,
        status: MemberStatus::ALL[usize::from(at) % 3].1,
    }
}

fn members(ats: &[u8]) -> Members {
    ats.iter().map(|at| (number(*at), member(*at))).collect()
}

fn numbers(ats: &[u8]) -> BTreeSet<String> {
    ats.iter().map(|at| number(*at)).collect()
}

fn a_list_is_replaced_whole_or_not_at_all(place: &Place) {
    let reads = written(place, |book| {
        book.put_members(&key("150426"), &members(&[1, 2, 3])).unwrap();
        book.put_members(&key("150525"), &members(&[1])).unwrap();
        book.put_roster(&row("150426", 3)).unwrap();
        book.put_roster(&row("150525", 1)).unwrap();
        book.savepoint().unwrap();
        book.put_members(&key("150426"), &members(&[9])).unwrap();
        book.put_roster(&row("150426", 9)).unwrap();
        book.undo().unwrap();
        assert_eq!(
            book.members(&key("150426")).unwrap(),
            members(&[1, 2, 3]),
            "what was refused left nothing"
        );
        book.put_members(&key("150426"), &members(&[2, 4])).unwrap();
        book.put_roster(&row("150426", 2)).unwrap();
        assert_eq!(book.members(&key("150426")).unwrap(), members(&[2, 4]));
    });
    assert_eq!(reads.rosters("tongzhou").unwrap(), [row("150426", 2), row("150525", 1)]);
    assert_eq!(reads.rosters("jizhou").unwrap(), []);
    assert_eq!(reads.members_named(&key("150525"), &numbers(&[1, 2])).unwrap(), Some(members(&[1])));
}

fn people_of_a_list_are_found_by_their_number(place: &Place) {
    let reads = written(place, |book| {
        book.put_members(&key("150426"), &members(&[1, 2, 3])).unwrap();
        let found = book.members_named(&key("150426"), &numbers(&[2, 3, 7])).unwrap();
        assert_eq!(found, Some(members(&[2, 3])));
        assert_eq!(book.members_named(&key("150525"), &numbers(&[1])).unwrap(), None, "it is not loaded");
    });
    assert_eq!(reads.members_named(&key("150426"), &numbers(&[7])).unwrap(), Some(Members::new()));
    assert_eq!(reads.members_named(&key("150426"), &BTreeSet::new()).unwrap(), Some(Members::new()));
    assert_eq!(reads.members_named(&key("540102"), &BTreeSet::new()).unwrap(), None);
}

fn a_rebuild_leaves_the_people_alone(place: &Place) {
    let reads = written(place, |book| {
        book.put_members(&key("150426"), &members(&[1])).unwrap();
        book.put_roster(&row("150426", 1)).unwrap();
        book.clear_rows().unwrap();
    });
    assert_eq!(reads.rosters("tongzhou").unwrap(), []);
    assert_eq!(reads.members_named(&key("150426"), &numbers(&[1])).unwrap(), Some(members(&[1])));
}

fn an_export_carries_the_people(place: &Place) {
    let kept = [key("150426"), key("150525")];
    let mut opened = place.open();
    opened.book.begin().unwrap();
    for key in &kept {
        Book::put_members(&mut opened.book, key, &members(&[1, 2])).unwrap();
    }
    opened.book.commit().unwrap();
    let mut bytes = Vec::new();
    export(&mut place.reader(), &mut bytes).unwrap();
    let to = place.another();
    let summary = import(&mut &bytes[..], to.database(), &Packs::new(Vec::new()), support::NOW).unwrap();
    assert_eq!(summary.records, 4);
    let opened = to.open();
    for key in &kept {
        assert_eq!(opened.reads.members_named(key, &numbers(&[1, 2])).unwrap(), Some(members(&[1, 2])));
    }
}
