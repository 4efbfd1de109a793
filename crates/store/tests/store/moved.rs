//! Booked money added up for reports: which counts by the place of its project and by the body that booked it, and on which days.

use app::ports::{Book, Reads};
use app::rows::{Moved, MovedFilter};
use kernel::Date;
use kernel::money::Money;

use crate::money::project;
use crate::samples::{org, region, written};
use crate::support::{Place, act, transfer};

conformance! {
    money_counts_where_its_project_lies_or_who_booked_it,
}

/// One movement, booked on 2019-10-09 by organisation 1.
fn books(book: &mut dyn Book, id: i64, from: &str, to: &str, fen: i64) {
    let seq = book.append(act("source:1", id)).unwrap();
    let entry = transfer(id, from, to, fen);
    book.post(&entry, seq, entry.date()).unwrap();
}

fn money_counts_where_its_project_lies_or_who_booked_it(place: &Place) {
    let quota = "quota:money:main:area:s1";
    let moves = [
        ("outside:money:relief", "pool:money:main:area:s1", 100),
        ("outside:hunan:relief", "pool:hunan:main:all:s2", 7),
        ("authority:money:main", quota, 100),
        (quota, "allotted:p1:s1", 60),
        (quota, "allotted:p2:s1", 30),
        ("allotted:p1:s1", "held:p1:s1", 40),
        ("held:p1:s1", "spent:p1:s1", 25),
        ("allotted:p1:s1", quota, 5),
        ("spent:p1:s1", quota, 3),
    ];
    let reads = written(place, |book| {
        book.put_org(&org(1, "甲")).unwrap();
        book.put_project(&project(1, "120119")).unwrap();
        book.put_project(&project(2, "620123")).unwrap();
        for (id, (from, to, fen)) in (1..).zip(moves) {
            books(book, id, from, to, fen);
        }
    });
    let filter = |moved, of: Option<&str>| MovedFilter {
        pack: "money".into(),
        moved,
        region: of.map(region),
        first: Some(Date::constant(2019, 10, 1)),
        last: Date::constant(2019, 10, 31),
    };
    let fen = |filter: MovedFilter| reads.moved_money(&filter).unwrap().fen();
    let each = [Moved::Arrived, Moved::Allotted, Moved::Paid];
    let all = |of: Option<&str>| each.map(|moved| fen(filter(moved, of)));
    assert_eq!(all(None), [100, 82, 22], "less what went back and what was recovered");
    assert_eq!(all(Some("120119")), [0, 52, 22], "the body that booked the cash is of another district");
    assert_eq!(all(Some("120000")), [100, 52, 22]);
    assert_eq!(all(Some("620000")), [0, 30, 0]);
    for moved in each {
        let other = |first, last| fen(MovedFilter { first, last, ..filter(moved, None) });
        assert_eq!(other(None, Date::constant(2019, 10, 8)), 0);
        assert_eq!(other(Some(Date::constant(2019, 10, 10)), Date::constant(2019, 12, 31)), 0);
        assert_ne!(other(None, Date::constant(2019, 10, 9)), 0, "the day itself");
        assert_eq!(fen(MovedFilter { pack: "jizhou".into(), ..filter(moved, None) }), 0);
    }
    let mut again = place.open();
    let book: &mut dyn Book = &mut again.book;
    book.begin().unwrap();
    assert_eq!(book.moved_money(&filter(Moved::Paid, None)).unwrap(), Money::from_fen(22));
    book.rollback().unwrap();
}
