//! Every event comes back as it was, every stored spelling stays what it is, and what cannot be read says why.

use super::samples;
use super::*;
use std::collections::BTreeSet;

const GOLDEN: &str = include_str!("../../tests/forms_v1.txt");

fn line(stored: &Stored) -> String {
    format!("{} {} {}", stored.kind, stored.form, stored.body)
}

/// Kind, form and body of each line of the golden file.
fn golden() -> impl Iterator<Item = (&'static str, u32, &'static str)> {
    GOLDEN.lines().map(|line| {
        let (kind, rest) = line.split_once(' ').unwrap();
        let (form, body) = rest.split_once(' ').unwrap();
        (kind, form.parse().unwrap(), body)
    })
}

#[test]
fn every_kind_has_a_sample_and_no_sample_leaves_a_field_blank() {
    let sampled: Vec<_> = samples::full().iter().map(|event| encode(event).kind).collect();
    let known: Vec<_> = kinds().map(|kind| kind.kind).collect();
    assert_eq!(sampled, known);
    for event in samples::full() {
        let shown = format!("{event:?}").replace("\"idle\": \"\"", "");
        for blank in ["None", "\"\"", "[]", "{}", "false", "Money(0)"] {
            assert!(!shown.contains(blank), "{blank} in {shown}");
        }
    }
}

#[test]
fn every_event_reads_back() {
    for event in samples::full().into_iter().chain(samples::lean().into_iter().map(|(event, _)| event)) {
        let stored = encode(&event);
        assert!(!stored.body.contains(['\n', '\r']), "one act is one line: {}", stored.body);
        assert_eq!(decode(stored.kind, stored.form, &stored.body), Ok(event), "{}", line(&stored));
    }
}

#[test]
fn every_event_fits_the_envelope() {
    for (seq, event) in (0..).zip(samples::full()) {
        let stored = encode(&event);
        let act = crate::ActEnvelope {
            book: "tianjin".into(),
            seq,
            stream: "case:12".into(),
            kind: stored.kind.into(),
            form: stored.form,
            at: 1_571_212_800_000,
            actor: None,
            role: None,
            org: None,
            behalf: None,
            article: None,
            pack: None,
            body: stored.body,
        };
        let read = crate::ActEnvelope::from_bytes(&act.to_bytes().unwrap()).unwrap();
        assert_eq!(decode(&read.kind, read.form, &read.body), Ok(event));
    }
}

#[test]
fn what_is_empty_and_optional_is_left_out() {
    for (event, body) in samples::lean() {
        assert_eq!(encode(&event).body, body);
    }
}

/// The spelling of a stored form never changes. A new kind or form adds the line that this test prints; a line that had to
/// be changed would mean that books already written are read differently: make a new form instead.
#[test]
fn stored_forms_are_those_of_the_golden_file() {
    let stored: Vec<Stored> = samples::full().iter().map(encode).collect();
    let held =
        |stored: &Stored| golden().find(|(kind, form, _)| (*kind, *form) == (stored.kind, stored.form));
    let new: Vec<String> = stored.iter().filter(|stored| held(stored).is_none()).map(line).collect();
    assert!(new.is_empty(), "\n{}\n", new.join("\n"));
    for stored in stored {
        assert_eq!(
            held(&stored).map(|(_, _, body)| body),
            Some(stored.body.as_str()),
            "\n{}\n",
            line(&stored)
        );
    }
}

#[test]
fn every_line_of_the_golden_file_can_be_read() {
    let newest: Vec<_> = samples::full().into_iter().map(|event| (encode(&event), event)).collect();
    for (kind, form, body) in golden() {
        let read = decode(kind, form, body).unwrap_or_else(|fault| panic!("{kind} {form}: {fault}"));
        let (stored, event) = newest.iter().find(|(stored, _)| stored.kind == kind).unwrap();
        assert!(form < stored.form || read == *event, "{kind} {form}");
    }
}

#[test]
fn kinds_are_named_once_and_in_both_languages() {
    let names: BTreeSet<_> = kinds().map(|kind| kind.kind).collect();
    assert_eq!(names.len(), kinds().count());
    for known in kinds() {
        let dotted =
            known.kind.split_once('.').is_some_and(|(slice, what)| !slice.is_empty() && !what.is_empty());
        assert!(
            dotted && known.kind.bytes().all(|b| b.is_ascii_lowercase() || b"._".contains(&b)),
            "{known:?}"
        );
        assert!(!known.zh.is_ascii() && known.en.is_ascii() && !known.en.is_empty(), "{known:?}");
        assert_eq!(kind(known.kind), Some(known));
    }
    assert_eq!(kind("case.declared").map(|kind| (kind.zh, kind.en)), Some(("提交申报表", "form filed")));
}

#[test]
fn an_unknown_kind_is_told() {
    let fault = decode("case.forgotten", 1, "{}").unwrap_err();
    assert_eq!(fault, FormError::UnknownKind { kind: "case.forgotten".into() });
    assert_eq!(fault.to_string(), r#"event kind "case.forgotten" is not known"#);
    assert!(fault.hint_en().contains("older than the book"), "{}", fault.hint_en());
}

#[test]
fn a_newer_form_tells_that_the_program_is_older_than_the_book() {
    let fault = decode("case.withdrawn", 2, "{}").unwrap_err();
    assert_eq!(fault, FormError::UnknownForm { kind: "case.withdrawn", form: 2, newest: 1 });
    assert!(fault.hint_en().contains("older than the book") && fault.hint_zh().contains("更新版本"));
    let damaged = decode("case.withdrawn", 0, "{}").unwrap_err();
    assert!(
        damaged.hint_en().contains("verify") && damaged.hint_zh().contains("核验"),
        "no program wrote form 0"
    );
}

#[test]
fn a_body_that_is_not_its_form_is_unreadable() {
    let cases = [
        ("case.withdrawn", "", "EOF while parsing"),
        ("case.withdrawn", "{}", "missing field `why`"),
        ("case.withdrawn", r#"{"why":"x","by":"y"}"#, "unknown field `by`"),
        ("case.withdrawn", r#"{"why":"x","why":"y"}"#, "duplicate field `why`"),
        ("case.withdrawn", r#"{"why":1}"#, "invalid type: integer `1`, expected a string"),
        ("case.withdrawn", r#"{"why":"x"} {}"#, "trailing characters"),
        ("case.planned", r#"{"plan":3,"amount":1.5}"#, "invalid type: floating point `1.5`, expected i64"),
        ("case.stepped", r#"{"step":"s","kind":"perhaps","on":"2019-12-20"}"#, "unknown variant `perhaps`"),
        ("person.enabled", r#"{"why":"x"}"#, "unknown field `why`"),
        (
            "case.declared",
            r#"{"step":"s","version":1,"title":"t","form":{"sums":{}}}"#,
            "unknown field `sums`",
        ),
        ("report.filed", r#"{"step":"s","period":"p","figures":{"n":"1"}}"#, "expected i64"),
    ];
    for (name, body, expected) in cases {
        match decode(name, 1, body) {
            Err(FormError::Body { kind, form: 1, reason }) => {
                assert!(kind == name && reason.contains(expected), "{body}: {reason}");
            }
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[test]
fn a_value_that_its_field_does_not_hold_names_the_field() {
    let paid = |on: &str| format!(r#"{{"step":"s","amount":1,"on":{on:?},"voucher":"v","complete":true}}"#);
    let proposed = |ratio: &str| {
        let judgement = r#"{"as_of":"2020-01-02","outcome":"grant"}"#;
        format!(r#"{{"step":"s","ratio":{ratio},"amount":1,"opinion":"o","judgement":{judgement}}}"#)
    };
    let duty = r#"{"duty":"d","on":"r","from":"2020-02-20","due":"2023-02-20","provisional":false,"checks":["2021-02-22","2021"]}"#;
    let judged = proposed("[1,3]").replace("2020-01-02", "2020-01-2");
    let region = r#"{"org":1,"name":"n","kind":"firm","region":"12022"}"#;
    let credit = r#"{"org":1,"name":"n","kind":"firm","credit_code":"91620123MA00000A00"}"#;
    let terms = |favoured: &str| {
        let terms = r#""budget":1,"opens":"2019-11-01","closes":"2019-12-31","basis":"b""#;
        format!(r#"{{"terms":{{{terms},"favoured":{favoured}}},"why":"w"}}"#)
    };
    let paper = format!(
        r#"{{"step":"s","version":1,"title":"t","form":{{}},"papers":[{{"paper":"p","name":"n","hash":"{}","size":1,"media":"m"}}]}}"#,
        "AB".repeat(32)
    );
    let window = r#"{"first":"2020-02-04","last":"2020-02-10","loose_last":"2020-02-07","provisional":false,"revision":"1999.1"}"#;
    let posted = format!(
        r#"{{"step":"s","number":"n","notice":"g","on":"2020-02-03","postings":[],"rows":[],"window":{window}}}"#
    );
    let cases = [
        ("case.paid", paid("2020-02-30"), "on"),
        ("case.paid", paid("20200229"), "on"),
        ("case.paid", paid("2020-02-29T00:00"), "on"),
        ("case.proposed", proposed("[1,0]"), "ratio"),
        ("case.proposed", proposed("[2,6]"), "ratio"),
        ("case.proposed", proposed("[1,-3]"), "ratio"),
        ("case.proposed", judged, "judgement.as_of"),
        ("case.duty_began", duty.to_owned(), "checks[1]"),
        ("org.registered", region.to_owned(), "region"),
        ("org.registered", credit.to_owned(), "credit_code"),
        ("year.amended", terms(r#"["620123","540302-L1"]"#), "terms.favoured[1]"),
        ("year.amended", terms(r#"["620123","120225"]"#), "terms.favoured"),
        ("year.amended", terms(r#"["620123","620123"]"#), "terms.favoured"),
        ("case.declared", paper, "papers[0].hash"),
        ("plan.notice_posted", posted, "window.revision"),
    ];
    for (name, body, expected) in cases {
        match decode(name, 1, &body) {
            Err(FormError::Value { kind, form: 1, field, .. }) => {
                assert_eq!((kind, field.as_str()), (name, expected));
            }
            other => panic!("{body}: {other:?}"),
        }
    }
    let fault = decode("case.paid", 1, &paid("2020-02-30")).unwrap_err();
    assert_eq!(fault.to_string(), "field on of event case.paid, form 1, is not a date such as 2019-10-09");
}

#[test]
fn an_old_form_is_upcast_when_it_is_read_and_only_the_new_one_is_written() {
    let old = r#"{"step":"monthly","period":"2019-11","figures":{"declared":3},"note":"无"}"#;
    let event = decode("report.filed", 1, old).expect("form 1 still reads");
    let stored = encode(&event);
    assert_eq!((stored.kind, stored.form), ("report.filed", 2));
    assert_eq!(
        stored.body,
        r#"{"step":"monthly","period":"2019-11","figures":{"counts":{"declared":3}},"note":"无"}"#
    );
    assert_eq!(decode("report.filed", 2, &stored.body).unwrap(), event);
    assert!(matches!(
        decode("report.filed", 3, old),
        Err(FormError::UnknownForm { kind: "report.filed", form: 3, newest: 2 })
    ));
    let damaged = decode("report.filed", 1, r#"{"step":"monthly"}"#);
    assert!(matches!(damaged, Err(FormError::Body { kind: "report.filed", form: 1, .. })), "{damaged:?}");
}
