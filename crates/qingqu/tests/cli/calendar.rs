//! `calendar`: due dates with what they rest on, windows of notices, and the list of revisions.

use crate::run::run;
use qingqu::cli::Exit;
use serde_json::{Value, json};

#[test]
fn due_dates_say_which_revision_they_rest_on() {
    for (words, date, revision, provisional) in [
        (&["2019-10-09", "10个工作日"][..], "2019-10-22", json!("2019.2"), false),
        (&["2019-04-25", "5个工作日"], "2019-05-05", json!("2019.2"), false),
        (&["2019-04-25", "5个工作日", "--known-on", "2019-03-21"], "2019-05-03", json!("2019.1"), false),
        (&["2020-01-22", "5个工作日"], "2020-02-06", json!("2020.2"), false),
        (&["2020-01-22", "5个工作日", "--known-on", "2020-01-25"], "2020-02-04", json!("2020.1"), false),
        (&["2019年12月30日", "3年"], "2022-12-30", json!("2022.1"), false),
        (&["2019-12-30", "5个工作日", "--known-on", "2019-11-20"], "2020-01-06", json!("2019.2"), true),
        (&["2035-01-01", "5日"], "2035-01-08", json!(null), true),
    ] {
        let all = [&["calendar", "due", "--json"], words].concat();
        let ran = run(&all, b"");
        let found: Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!(ran.exit, Exit::Done, "{words:?}");
        assert_eq!((&found["due"], &found["provisional"]), (&json!(date), &json!(provisional)), "{words:?}");
        assert_eq!(found["revision"].get("id").unwrap_or(&Value::Null), &revision, "{words:?}");
        let text = run(&[&["calendar", "due"], words].concat(), b"").out;
        assert_eq!(text.lines().next(), Some(date), "{words:?}");
        assert_eq!(text.contains("可能变动"), provisional, "{words:?}");
    }
}

#[test]
fn a_notice_gives_its_window_by_both_counts() {
    let ran = run(&["calendar", "due", "2019-12-02", "5个工作日", "--notice", "--json"], b"");
    let found: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(
        [&found["first"], &found["last"], &found["loose_last"]],
        [&json!("2019-12-03"), &json!("2019-12-09"), &json!("2019-12-06")]
    );
    assert!(found.get("due").is_none());
    let text = run(&["calendar", "due", "2019-12-02", "5个工作日", "--notice", "--lang", "en"], b"").out;
    assert!(text.starts_with("2019-12-09\n") && text.contains("2019-12-06"), "{text}");
}

#[test]
fn without_arguments_it_lists_the_revisions_known() {
    let all = run(&["calendar"], b"").out;
    assert_eq!(all.lines().count(), 2 + 11);
    let then = run(&["calendar", "--known-on", "2019-03-21", "--json"], b"").out;
    let then: Value = serde_json::from_str(&then).expect("JSON");
    let ids: Vec<&Value> = then.as_array().expect("a list").iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, ["2018.1", "2019.1"]);
}

#[test]
fn dates_and_terms_that_cannot_be_read_are_refused_with_how_to_write_them() {
    for (words, said) in [
        (["2019-13-01", "5日"], "没有这个月份"),
        (["2019-10-09", "10"], "10个工作日"),
        (["2019-10-09", "0日"], "不能是零"),
    ] {
        let ran = run(&[&["calendar", "due"][..], &words].concat(), b"");
        assert!(ran.exit == Exit::Usage && ran.out.is_empty() && ran.talk.contains(said), "{}", ran.talk);
    }
}
