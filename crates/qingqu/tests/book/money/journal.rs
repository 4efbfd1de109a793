//! The plain-text journal of a book that was paid, returned, recovered and closed: another program's sums are ours.

use std::collections::BTreeMap;

use kernel::Money;
use qingqu::cmd::ledger::hledger;
use store::Database;
use testkit::hledger::Said;

use super::story::told;

/// The roots of the journal's accounts before the book's own path.
const ROOTS: [&str; 9] = [
    "assets:budget:overhead:",
    "expenses:budget:overhead:",
    "expenses:cash:overhead:",
    "assets:budget:",
    "assets:cash:",
    "expenses:budget:",
    "expenses:cash:",
    "equity:budget:",
    "equity:cash:",
];

fn written(file: &std::path::Path) -> String {
    let mut engine = Database::File(file.to_owned()).open_read().unwrap();
    let mut out = Vec::new();
    hledger(&mut *engine, &app::Packs::new(vec![super::world::pack()]), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What hledger says of a journal; `None` where its checks are left out on purpose.
fn run(journal: &str, args: &[&str]) -> Option<Said> {
    testkit::hledger::run(journal.as_bytes(), args).unwrap_or_else(|missing| panic!("{missing}"))
}

/// The balances that hledger computes, by the book's own paths.
fn computed(journal: &str) -> Option<BTreeMap<String, Money>> {
    let said = run(journal, &["balance", "--flat", "-N", "-O", "csv"])?;
    assert!(said.accepted, "{}", said.text);
    let lines = said.text.lines().skip(1).map(|line| {
        let (account, amount) = line.trim_matches('"').split_once("\",\"").unwrap();
        let path = ROOTS.iter().find_map(|root| account.strip_prefix(root)).unwrap();
        let amount = Money::parse_yuan(amount.trim_start_matches("CNY ")).unwrap();
        assert!(!account.starts_with("assets:") || amount >= Money::ZERO, "{line}");
        (path.to_owned(), amount)
    });
    Some(lines.collect())
}

#[test]
fn hledger_accepts_the_journal_and_computes_our_balances() {
    let (ready, _) = told();
    let world = &ready.world;
    let journal = written(&world.folder.path().join("book.db"));
    let ours: BTreeMap<String, Money> =
        world.app.reads.balances("").unwrap().into_iter().filter(|(_, amount)| !amount.is_zero()).collect();
    assert!(ours.len() > 10, "{ours:?}");
    let Some(said) = run(&journal, &["check", "--strict"]) else { return };
    assert!(said.accepted, "{}", said.text);
    assert_eq!(computed(&journal).unwrap(), ours);
}

#[test]
fn the_journal_itself_asserts_the_balances() {
    let (ready, _) = told();
    let journal = written(&ready.world.folder.path().join("book.db"));
    let wrong = journal.replacen(" = CNY 0.00", " = CNY 0.01", 1);
    assert_ne!(wrong, journal);
    let Some(said) = run(&wrong, &["check"]) else { return };
    assert!(!said.accepted && said.text.contains("assertion"), "{}", said.text);
}

#[test]
fn an_entry_names_its_day_its_act_and_its_article() {
    let (ready, _) = told();
    let journal = written(&ready.world.folder.path().join("book.db"));
    let first = ready.world.app.reads.source_movements(ready.first, 1).unwrap().remove(0);
    let heading = format!(
        "{} ({}) {}\n    ; article:{}\n    ; act:{}, entry:",
        first.day, first.seq, first.memo, first.article, first.seq
    );
    assert!(journal.contains(&heading), "{heading}\n{}", &journal[..2_000]);
}
