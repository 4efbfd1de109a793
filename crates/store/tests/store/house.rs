//! The house: credentials, sessions, drafts, papers, sealed values, settings.

use crate::support::{self, Place};
use app::ports::House as _;
use app::rows::{Credential, Draft, Session};
use journal::{Digest, HashKind};
use kernel::id::{OrgId, PaperHash, PersonId};

conformance! {
    credentials_are_replaced_whole,
    sessions_end_one_by_one_or_all_of_a_person,
    ended_sessions_are_forgotten_when_another_is_seen,
    a_draft_is_written_only_over_the_version_that_was_read,
    papers_sealed_values_and_settings_read_back,
    the_house_writes_between_the_books_transactions,
}

fn credentials_are_replaced_whole(place: &Place) {
    let house = place.open().house;
    let first = Credential {
        person: PersonId(3),
        hash: "$argon2id$first".into(),
        must_change: true,
        failed: 0,
        locked_until: 0,
    };
    assert_eq!(house.credential(PersonId(3)).unwrap(), None);
    house.put_credential(&first).unwrap();
    assert_eq!(house.credential(PersonId(3)).unwrap(), Some(first.clone()));
    let locked = Credential { must_change: false, failed: 5, locked_until: support::NOW, ..first };
    house.put_credential(&locked).unwrap();
    assert_eq!(house.credential(PersonId(3)).unwrap(), Some(locked));
}

fn token(number: u8) -> Digest {
    HashKind::Sm3.plain(&[number])
}

fn session(number: u8, person: i64) -> Session {
    Session {
        token: token(number),
        person: PersonId(person),
        org: OrgId(1),
        role: "desk".into(),
        created: 0,
        seen: 10,
        expires: 100,
    }
}

fn sessions_end_one_by_one_or_all_of_a_person(place: &Place) {
    let house = place.open().house;
    for (number, person) in [(1, 3), (2, 3), (3, 4)] {
        house.put_session(&session(number, person)).unwrap();
    }
    let seen = Session { seen: 50, role: "chief".into(), ..session(1, 3) };
    house.put_session(&seen).unwrap();
    assert_eq!(house.session(&token(1)).unwrap(), Some(seen));
    house.end_session(&token(1)).unwrap();
    assert_eq!(house.session(&token(1)).unwrap(), None);
    house.end_sessions(PersonId(3)).unwrap();
    assert_eq!(house.session(&token(2)).unwrap(), None);
    assert_eq!(house.session(&token(3)).unwrap(), Some(session(3, 4)));
}

fn ended_sessions_are_forgotten_when_another_is_seen(place: &Place) {
    let house = place.open().house;
    house.put_session(&session(1, 3)).unwrap();
    house.put_session(&Session { seen: 100, expires: 200, ..session(2, 4) }).unwrap();
    assert!(house.session(&token(1)).unwrap().is_some(), "it ends at 100 and is good at 100");
    house.put_session(&Session { seen: 101, expires: 200, ..session(2, 4) }).unwrap();
    assert!(house.session(&token(1)).unwrap().is_none());
}

fn a_draft_is_written_only_over_the_version_that_was_read(place: &Place) {
    let house = place.open().house;
    let draft =
        Draft { owner: OrgId(7), key: "case:1".into(), version: 1, body: r#"{"a":"1"}"#.into(), updated: 5 };
    assert!(house.put_draft(&draft, 0).unwrap());
    assert!(!house.put_draft(&draft, 0).unwrap(), "there is one already");
    let next = Draft { body: "{}".into(), updated: 6, version: 2, ..draft.clone() };
    assert!(house.put_draft(&next, 1).unwrap());
    assert!(!house.put_draft(&draft, 1).unwrap(), "another browser was first");
    assert_eq!(house.draft(OrgId(7), "case:1").unwrap(), Some(next.clone()));
    assert_eq!(house.draft(OrgId(8), "case:1").unwrap(), None);
    assert_eq!(house.drafts(OrgId(7)).unwrap(), [next]);
    house.drop_draft(OrgId(7), "case:1").unwrap();
    assert_eq!(house.drafts(OrgId(7)).unwrap(), []);
}

fn papers_sealed_values_and_settings_read_back(place: &Place) {
    let house = place.open().house;
    let hash = PaperHash(*HashKind::Sm3.plain(b"scan").as_bytes());
    house.put_paper(&hash, b"scan").unwrap();
    house.put_paper(&hash, b"scan").unwrap();
    assert_eq!(house.paper(&hash).unwrap().as_deref(), Some(&b"scan"[..]));
    assert_eq!(house.paper(&PaperHash([0; 32])).unwrap(), None);
    house.put_sealed("c0ffee", b"sealed").unwrap();
    assert_eq!(house.sealed("c0ffee").unwrap().as_deref(), Some(&b"sealed"[..]));
    assert_eq!(house.sealed("decaf").unwrap(), None);
    house.put_setting("name", "one").unwrap();
    house.put_setting("name", "two").unwrap();
    assert_eq!(house.setting("name").unwrap().as_deref(), Some("two"));
    assert_eq!(house.setting("other").unwrap(), None);
}

/// A person signs in while the book writes without a pause: writers stand in line, none fails or starves.
fn the_house_writes_between_the_books_transactions(place: &Place) {
    let mut opened = place.open();
    let (house, book) = (&opened.house, &mut opened.book);
    std::thread::scope(|scope| {
        let signing_in = scope.spawn(|| {
            for number in 0..50_u8 {
                house.put_session(&session(number, 3)).unwrap();
            }
        });
        let mut number = 0;
        while !signing_in.is_finished() || number < 100 {
            book.begin().unwrap();
            book.append(support::act("case:1", number)).unwrap();
            book.commit().unwrap();
            number += 1;
        }
    });
    assert_eq!(opened.house.session(&token(49)).unwrap(), Some(session(49, 3)));
}
