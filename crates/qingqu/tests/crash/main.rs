//! The whole application killed under load, again and again, on one book: every answered act is there, no command is there by
//! half, and the book verifies. And: a flipped byte in any act is found.
//!
//! The process that is killed is this test binary, started again for one test with the folder of the book in its environment.
//! Several threads submit at once; it prints a line for each answered command, and the parent counts lines before it kills, so
//! that nothing here depends on time.

mod browser;
mod damage;
mod load;
mod restored;
mod served;

use app::ports::Reads as _;
use journal::ActEnvelope;
use load::{Answered, FOLDER, Kind};
use qingqu::cmd::verify::differences;
use qingqu::site::DataDir;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use store::pool::{Pool, SqliteFile};

/// The process that is killed. Run without its environment, as one of all tests, it has nothing to do.
#[test]
fn writer() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        load::submit_until_killed(&DataDir(folder.into()));
    }
}

#[test]
fn a_killed_program_loses_no_answered_act_and_leaves_no_half_act() {
    let dir = tempfile::tempdir().unwrap();
    let data = DataDir(dir.path().to_owned());
    load::prepare(&data);
    let mut answered: BTreeMap<u64, Answered> = BTreeMap::new();
    for round in 0..12_usize {
        // Stops at a different place of the load each time.
        let lines = 1 + round * 37 % 83;
        let lived = kill_after(dir.path(), lines);
        answered.extend(lived.into_iter().map(|line| (line.seq, line)));
        check(&data, &answered);
    }
    let kinds: BTreeSet<Kind> = answered.values().map(|line| line.kind).collect();
    assert_eq!(kinds.len(), 4, "every kind of command was answered: {kinds:?}");
    assert!(answered.len() > 300, "{}", answered.len());
    load::answers_again(&data, answered.values().rev().take(40));
}

/// Runs the program, kills it after it answered so many commands, and gives all that it answered.
fn kill_after(folder: &Path, lines: usize) -> Vec<Answered> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer", "--nocapture", "--test-threads", "1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut said: Vec<String> = Vec::new();
    // The harness writes its own words before the first answer.
    said.extend(out.by_ref().filter(|line| line.contains("answered ")).take(lines));
    assert_eq!(said.len(), lines, "the program ended by itself: {said:?}");
    child.kill().unwrap();
    // What it still said before it died was answered too; a line cut in the middle has no end mark.
    said.extend(out);
    child.wait().unwrap();
    said.iter().filter_map(|line| Answered::read(line)).collect()
}

fn check(data: &DataDir, answered: &BTreeMap<u64, Answered>) {
    let found = differences(&data.book()).unwrap();
    assert!(found.lines.is_empty(), "{:?}", found.lines);
    let reads = store::Reads::new(Arc::new(Pool::new(SqliteFile(data.book()))));
    let acts = reads.acts(0, usize::MAX).unwrap();
    for (seq, line) in answered {
        let act = acts.get(usize::try_from(*seq).unwrap()).unwrap_or_else(|| panic!("lost {line:?}"));
        assert_eq!(act.seq, *seq);
        assert_eq!(act.kind, line.kind.last_act(), "{line:?}");
    }
    whole_commands(&acts);
    // A fee is an act, an entry and a balance: the money that left is the sum of the fees in the journal.
    let fees = acts.iter().filter(|act| act.kind == Kind::Fee.last_act()).count();
    let paid = reads.balances("fees:").unwrap();
    let paid = kernel::Money::sum(paid.into_iter().map(|(_, fen)| fen)).unwrap();
    assert_eq!(paid.fen(), load::FEE.fen() * i64::try_from(fees).unwrap());
}

/// Each command's acts are all there: an enterprise with its person and role, a case with its form, a relation on both sides.
fn whole_commands(acts: &[ActEnvelope]) {
    let kind = |seq: usize| acts.get(seq).map_or("", |act| act.kind.as_str());
    for (at, act) in acts.iter().enumerate() {
        let alone = act.kind == "org.registered" && !act.body.contains("enterprise");
        let wanted: &[&str] = match act.kind.as_str() {
            "org.registered" if alone => &[],
            "org.registered" => &["person.added", "person.role_granted"],
            "person.added" => &["person.role_granted"],
            "case.opened" => &["case.declared"],
            _ => &[],
        };
        for (next, wanted) in wanted.iter().enumerate() {
            assert_eq!(kind(at + 1 + next), *wanted, "act {at} {} was left by half", act.kind);
        }
    }
    let related = acts.iter().filter(|act| act.kind == "org.relation_declared").count();
    assert_eq!(related % 2, 0, "a relation binds both sides");
}
