//! Rows of a transaction wait until the commit or until something is asked: nothing that a command can see differs for it.

use app::ports::{Book, Fault, Reads};
use app::rows::{CaseRow, OrgRow, ProjectRow, RoleRow, Scope, TaskScope};
use kernel::Date;
use kernel::id::{CaseId, OrgId, PersonId};
use kernel::money::Money;
use store::verify;

use crate::money::project;
use crate::samples::{case, org, person, task};
use crate::support::{Place, act, transfer};

conformance! {
    what_waits_is_seen_at_once_and_gone_when_taken_back,
    what_a_waiting_row_replaces_is_not_seen,
    what_was_kept_outlives_a_later_command_that_asked_and_was_taken_back,
    of_rows_of_one_key_the_last_is_written,
    the_rows_of_a_subject_are_replaced_also_when_they_were_written_before,
    a_row_that_the_database_refuses_is_taken_back_with_its_command,
    kept_rows_that_the_database_refuses_give_up_the_transaction,
    a_long_transaction_without_commands_is_whole,
}

/// Carries out one command.
fn command(book: &mut dyn Book, work: impl FnOnce(&mut dyn Book)) {
    book.savepoint().unwrap();
    work(book);
    book.release().unwrap();
}

/// Carries out one command and takes it back.
fn refused(book: &mut dyn Book, work: impl FnOnce(&mut dyn Book)) {
    book.savepoint().unwrap();
    work(book);
    book.undo().unwrap();
}

fn put_all(book: &mut dyn Book, id: i64) {
    let seq = book.append(act(&format!("case:{id}"), id)).unwrap();
    book.put_org(&org(id, "甲")).unwrap();
    book.put_person(&person(id, &[(id, "district")])).unwrap();
    book.put_case(&CaseRow { parent: Some(CaseId(100 + id)), ..case(id, "120101") }).unwrap();
    book.keep_answer(&format!("key{id}"), journal::HashKind::Sm3.plain(b"request"), "answer").unwrap();
    let entry = transfer(id, "authority:a", "fund:a", 1);
    book.post(&entry, seq, entry.date()).unwrap();
}

/// Which of the things of a number a command sees.
fn seen(book: &mut dyn Book, id: i64) -> [bool; 6] {
    [
        book.stream(&format!("case:{id}")).unwrap().len() == 1,
        book.org_by_code(&format!("code{id}")).unwrap() == Some(OrgId(id)),
        book.person_by_login(&format!("login{id}")).unwrap() == Some(PersonId(id)),
        book.live_child(CaseId(100 + id)).unwrap() == Some(CaseId(id)),
        book.answer(&format!("key{id}")).unwrap().is_some(),
        book.applicants("application", 2019).unwrap().contains(&OrgId(10 + id)),
    ]
}

fn what_waits_is_seen_at_once_and_gone_when_taken_back(place: &Place) {
    let mut opened = place.open();
    let book: &mut dyn Book = &mut opened.book;
    book.begin().unwrap();
    command(book, |book| put_all(book, 1));
    command(book, |book| {
        put_all(book, 2);
        assert_eq!(seen(book, 2), [true; 6], "in its own command");
    });
    refused(book, |book| {
        put_all(book, 3);
        assert_eq!(seen(book, 3), [true; 6]);
    });
    refused(book, |book| put_all(book, 4));
    command(book, |book| {
        let all = (1..=4).map(|id| seen(book, id));
        assert_eq!(all.collect::<Vec<_>>(), [[true; 6], [true; 6], [false; 6], [false; 6]]);
    });
    book.commit().unwrap();
    assert_whole(place);
}

fn what_a_waiting_row_replaces_is_not_seen(place: &Place) {
    let mut opened = place.open();
    let book: &mut dyn Book = &mut opened.book;
    let code = |code: &str| OrgRow { credit_code: Some(code.into()), ..org(1, "甲") };
    book.begin().unwrap();
    book.put_org(&code("old")).unwrap();
    book.put_case(&CaseRow { parent: Some(CaseId(9)), ..case(1, "120101") }).unwrap();
    book.commit().unwrap();
    book.begin().unwrap();
    command(book, |book| {
        book.put_org(&code("new")).unwrap();
        let ended = CaseRow { standing: "withdrawn".into(), parent: Some(CaseId(9)), ..case(1, "120101") };
        book.put_case(&ended).unwrap();
    });
    command(book, |book| {
        assert_eq!(book.org_by_code("old").unwrap(), None);
        assert_eq!(book.org_by_code("new").unwrap(), Some(OrgId(1)));
        assert_eq!(book.live_child(CaseId(9)).unwrap(), None);
    });
    book.commit().unwrap();
}

fn what_was_kept_outlives_a_later_command_that_asked_and_was_taken_back(place: &Place) {
    let mut opened = place.open();
    let book: &mut dyn Book = &mut opened.book;
    book.begin().unwrap();
    command(book, |book| put_all(book, 1));
    refused(book, |book| {
        put_all(book, 2);
        // Asks of all tables, so that everything is written, the first command's rows too.
        assert_eq!(book.count_role("district").unwrap(), 2);
    });
    command(book, |book| assert_eq!(book.count_role("district").unwrap(), 1));
    book.commit().unwrap();
    let mut again = place.open();
    let book: &mut dyn Book = &mut again.book;
    book.begin().unwrap();
    assert_eq!((seen(book, 1), seen(book, 2)), ([true; 6], [false; 6]));
    book.rollback().unwrap();
    assert_whole(place);
}

fn of_rows_of_one_key_the_last_is_written(place: &Place) {
    let mut opened = place.open();
    let book: &mut dyn Book = &mut opened.book;
    book.begin().unwrap();
    for name in ["一", "二", "三"] {
        command(book, |book| book.put_org(&org(1, name)).unwrap());
    }
    refused(book, |book| book.put_org(&org(1, "四")).unwrap());
    book.commit().unwrap();
    assert_eq!(reads(place).org(OrgId(1)).unwrap().map(|row| row.name).as_deref(), Some("三"));
}

fn the_rows_of_a_subject_are_replaced_also_when_they_were_written_before(place: &Place) {
    let mut opened = place.open();
    let book: &mut dyn Book = &mut opened.book;
    let tasks =
        |steps: &[&str]| steps.iter().map(|step| task(step, Some("120101"), None)).collect::<Vec<_>>();
    book.begin().unwrap();
    command(book, |book| {
        book.put_tasks("case:1", &tasks(&["a", "b"])).unwrap();
        book.put_tasks("case:2", &tasks(&["c"])).unwrap();
        book.put_person(&person(1, &[(1, "x"), (1, "y")])).unwrap();
    });
    command(book, |book| {
        book.put_tasks("case:1", &tasks(&["d"])).unwrap();
        assert_eq!(book.count_role("x").unwrap(), 1, "written");
        book.put_tasks("case:2", &[]).unwrap();
        book.put_person(&person(1, &[(1, "z")])).unwrap();
    });
    refused(book, |book| book.put_tasks("case:1", &[]).unwrap());
    book.commit().unwrap();
    let reads = reads(place);
    let scope = TaskScope { role: "district".into(), org: OrgId(1), scope: Scope::All };
    let open: Vec<String> = reads.tasks(&scope, 9).unwrap().into_iter().map(|row| row.step).collect();
    assert_eq!(open, ["d"]);
    let roles = reads.person(PersonId(1)).unwrap().map(|row| row.roles);
    assert_eq!(roles, Some(vec![RoleRow { org: OrgId(1), role: "z".into() }]));
}

/// A row that spends more than it holds.
fn impossible() -> ProjectRow {
    ProjectRow { spent: Money::from_fen(61), ..project(1, "120119") }
}

fn a_row_that_the_database_refuses_is_taken_back_with_its_command(place: &Place) {
    let mut opened = place.open();
    let book: &mut dyn Book = &mut opened.book;
    book.begin().unwrap();
    command(book, |book| put_all(book, 1));
    refused(book, |book| {
        put_all(book, 2);
        book.put_project(&impossible()).unwrap();
        assert!(lasting(book.count_role("district")), "it is refused when it is written");
        assert!(book.count_role("district").is_err(), "and nothing goes on in this command");
    });
    command(book, |book| assert_eq!((seen(book, 1), seen(book, 2)), ([true; 6], [false; 6])));
    book.commit().unwrap();
    assert_whole(place);
}

fn kept_rows_that_the_database_refuses_give_up_the_transaction(place: &Place) {
    let mut opened = place.open();
    let book: &mut dyn Book = &mut opened.book;
    book.begin().unwrap();
    command(book, |book| book.put_project(&impossible()).unwrap());
    assert!(lasting(book.commit()), "at the commit");
    book.begin().unwrap();
    command(book, |book| {
        put_all(book, 1);
        book.put_project(&impossible()).unwrap();
    });
    book.savepoint().unwrap();
    assert!(book.count_role("district").is_err(), "in a later command, which is not to blame");
    assert!(book.undo().is_err(), "and cannot help it");
    assert!(book.commit().is_err());
    book.rollback().unwrap();
    book.begin().unwrap();
    assert_eq!(seen(book, 1), [false; 6], "half of it is never there");
    assert_eq!(book.append(act("case:1", 0)).unwrap(), 0);
    book.commit().unwrap();
    assert_whole(place);
}

fn lasting<T>(outcome: Result<T, Fault>) -> bool {
    outcome.is_err_and(|fault| !fault.retry)
}

fn a_long_transaction_without_commands_is_whole(place: &Place) {
    let mut opened = place.open();
    let book: &mut dyn Book = &mut opened.book;
    book.begin().unwrap();
    for number in 0..12_000 {
        let seq = book.append(act(&format!("case:{}", number / 10), number)).unwrap();
        book.put_tasks(&format!("case:{}", number / 10), &[task("a", Some("120101"), Some(DUE))]).unwrap();
        assert_eq!(seq, number as u64);
    }
    book.commit().unwrap();
    let scope = TaskScope { role: "district".into(), org: OrgId(1), scope: Scope::All };
    assert_eq!(reads(place).tasks(&scope, 2_000).unwrap().len(), 1_200);
    assert_whole(place);
}

const DUE: Date = Date::constant(2019, 11, 1);

fn reads(place: &Place) -> impl Reads {
    place.open().reads
}

fn assert_whole(place: &Place) {
    let report = verify::book(&mut place.reader()).unwrap();
    assert_eq!(report.findings, [], "{report:?}");
}
