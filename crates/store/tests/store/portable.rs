//! A book out of one database and into another: what is beside the journal arrives, what is damaged or cut does not.

use app::Packs;
use app::ports::{House as _, Reads as _};
use app::rows::{Credential, Draft, Session};
use journal::HashKind;
use kernel::id::{OrgId, PaperHash, PersonId};
use store::portable::{PortableError, export, import};

use crate::support::{self, Place};

conformance! {
    what_is_beside_the_journal_arrives,
    a_damaged_or_cut_stream_leaves_the_database_empty,
    a_book_is_not_imported_over_another,
}

fn filled(place: &Place) -> Vec<u8> {
    let mut opened = place.open();
    let house = &opened.house;
    house
        .put_credential(&Credential {
            person: PersonId(3),
            hash: "$argon2id$x".into(),
            must_change: true,
            failed: 2,
            locked_until: 9,
        })
        .unwrap();
    for version in 0..3 {
        assert!(house.put_draft(&draft(version + 1), version).unwrap());
    }
    house.put_paper(&PaperHash([7; 32]), b"scan\n\0{\"is\":\"end\"}\n").unwrap();
    house.put_sealed("c0ffee", &[0, 10, 255]).unwrap();
    house.put_setting("name", "一\n二").unwrap();
    let session = Session {
        token: HashKind::Sm3.plain(b"token"),
        person: PersonId(3),
        org: OrgId(1),
        role: "desk".into(),
        created: 0,
        seen: 1,
        expires: 100,
    };
    house.put_session(&session).unwrap();
    opened.book.begin().unwrap();
    assert_eq!(opened.book.next("case").unwrap(), 1);
    app::ports::Book::keep_answer(&mut opened.book, "key", HashKind::Sm3.plain(b"request"), "{}").unwrap();
    opened.book.commit().unwrap();
    exported(place)
}

fn draft(version: i64) -> Draft {
    Draft { owner: OrgId(7), key: "case:1".into(), version, body: r#"{"a":"1"}"#.into(), updated: 5 }
}

fn exported(place: &Place) -> Vec<u8> {
    let mut bytes = Vec::new();
    export(&mut place.reader(), &mut bytes).unwrap();
    bytes
}

fn imported(bytes: &[u8], place: &Place) -> Result<store::portable::Summary, PortableError> {
    import(&mut &bytes[..], place.database(), &Packs::new(Vec::new()), support::NOW)
}

fn what_is_beside_the_journal_arrives(place: &Place) {
    let bytes = filled(place);
    let to = place.another();
    let summary = imported(&bytes, &to).unwrap();
    assert_eq!((summary.book.as_str(), summary.acts, summary.records), (support::BOOK, 0, 7));
    let mut opened = to.open();
    let house = &opened.house;
    assert_eq!(house.credential(PersonId(3)).unwrap().unwrap().failed, 2);
    assert_eq!(house.draft(OrgId(7), "case:1").unwrap(), Some(draft(3)));
    assert_eq!(house.paper(&PaperHash([7; 32])).unwrap().unwrap(), b"scan\n\0{\"is\":\"end\"}\n");
    assert_eq!(house.sealed("c0ffee").unwrap().unwrap(), [0, 10, 255]);
    assert_eq!(house.setting("name").unwrap().as_deref(), Some("一\n二"));
    assert_eq!(house.session(&HashKind::Sm3.plain(b"token")).unwrap(), None, "sessions stay behind");
    opened.book.begin().unwrap();
    assert_eq!(opened.book.next("case").unwrap(), 2, "a number is not given twice");
    let answer = app::ports::Book::answer(&mut opened.book, "key").unwrap();
    assert_eq!(answer, Some((HashKind::Sm3.plain(b"request"), "{}".to_owned())));
    opened.book.rollback().unwrap();
    assert_eq!(exported(&to), bytes, "the same stream again");
}

fn a_damaged_or_cut_stream_leaves_the_database_empty(place: &Place) {
    let bytes = filled(place);
    let to = place.another();
    let lines: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').collect();
    for cut in lines
        .iter()
        .map(|end| &bytes[..*end])
        .chain(lines[..lines.len() - 1].iter().map(|end| &bytes[..=*end]))
    {
        assert!(imported(cut, &to).is_err(), "cut at {}", cut.len());
    }
    for at in (0..bytes.len()).step_by(23) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        assert!(imported(&flipped, &to).is_err(), "a flipped bit at {at}");
    }
    let more = [&bytes[..], b"\n"].concat();
    assert!(matches!(imported(&more, &to), Err(PortableError::Stream { .. })));
    imported(&bytes, &to).unwrap();
}

fn a_book_is_not_imported_over_another(place: &Place) {
    let bytes = filled(place);
    assert!(matches!(imported(&bytes, place), Err(PortableError::NotEmpty)));
    assert_eq!(place.open().reads.head().unwrap().0, 0);
    let mut none = Vec::new();
    let to = place.another();
    store::migrate::run(&mut to.writer(), store::migrate::ALL, support::NOW).unwrap();
    assert!(matches!(export(&mut to.reader(), &mut none), Err(PortableError::NoBook)));
}
