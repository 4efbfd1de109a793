//! The commands through the program itself: pipes, exit codes, suggestions, help.

use crate::run::fixture;
use std::io::{Read as _, Write as _};
use std::process::{Command, Output, Stdio};

fn qingqu() -> Command {
    Command::new(env!("CARGO_BIN_EXE_qingqu"))
}

fn output(words: &[&str]) -> Output {
    qingqu().args(words).stdin(Stdio::null()).output().expect("the program runs")
}

#[test]
fn it_reads_a_pipe_and_answers_with_its_exit_code() {
    let mut child = qingqu()
        .args(["decide", "--policy", "tianjin", "--brief", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let text = std::fs::read(fixture("boundaries.jsonl")).expect("the fixture");
    child.stdin.take().expect("a pipe").write_all(&text).expect("written");
    let done = child.wait_with_output().expect("it ends");
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&done.stdout).lines().count(), 27);
    assert!(!String::from_utf8_lossy(&done.stderr).contains('\r'), "no progress without a terminal");
}

#[test]
fn it_ends_quietly_when_nobody_reads_any_longer() {
    let line = std::fs::read_to_string(fixture("boundaries.jsonl")).expect("the fixture");
    let folder = tempfile::tempdir().expect("a folder");
    let many = folder.path().join("many.jsonl");
    std::fs::write(&many, format!("{}\n", line.lines().next().expect("a line")).repeat(2_000))
        .expect("a file");
    let mut child = qingqu()
        .args(["decide", "--policy", "tianjin"])
        .arg(&many)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut some = [0; 100];
    let mut out = child.stdout.take().expect("a pipe");
    out.read_exact(&mut some).expect("some output");
    drop(out);
    let done = child.wait_with_output().expect("it ends");
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn words_that_it_does_not_know_are_met_with_the_nearest() {
    let done = output(&["simulat"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("'simulate'"));
    assert_eq!(output(&["decide", "--policy", "tianjin"]).status.code(), Some(2));
}

#[test]
fn help_says_what_for_how_and_the_exit_codes() {
    for words in [
        &["policy", "check"][..],
        &["policy", "show"],
        &["policy", "coverage"],
        &["decide"],
        &["simulate"],
        &["calendar"],
        &["calendar", "due"],
    ] {
        let done = output(&[words, &["--help"]].concat());
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success() && text.contains("退出码 / exit codes"), "{words:?}: {text}");
    }
}

#[test]
fn a_due_date_is_the_first_line_of_output() {
    let done = output(&["calendar", "due", "2019-10-09", "10个工作日"]);
    assert_eq!(done.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&done.stdout).starts_with("2019-10-22\n"));
}
