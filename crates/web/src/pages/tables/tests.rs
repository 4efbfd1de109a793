//! What a preview draws, without a book.

use app::tables::{Agrees, Finding, ImportPreview, Reading, RowRead, Severity, TotalKind, TotalRead};
use app::view::pack::Words;
use app::view::state::Paper;
use kernel::Money;
use kernel::id::PaperHash;
use std::collections::BTreeMap;

use super::import::of_sources;
use super::preview::body;
use crate::ctx::Ctx;
use crate::ui::Findings;
use crate::words::Lang;

fn seen(findings: Vec<Finding>, agrees: Agrees) -> ImportPreview {
    let clean = !findings.iter().any(|finding| finding.severity == Severity::Error);
    let row = RowRead { row: 2, group: Vec::new(), cells: BTreeMap::new() };
    let total = TotalRead {
        kind: TotalKind::Total,
        cell: "I4".into(),
        column: Words::new("金额", "Amount"),
        printed: "3.31".into(),
        computed: Some("3.30".into()),
        rows: 2,
        agrees,
    };
    ImportPreview {
        paper: Paper {
            paper: "table:sources".into(),
            name: "来源.csv".into(),
            hash: PaperHash([7; 32]),
            size: 10,
            media: "text/csv".into(),
        },
        reading: Reading {
            sheet: "来源".into(),
            rows: if clean { vec![row] } else { Vec::new() },
            rows_seen: 1,
            totals: vec![total],
            findings,
            ..Reading::default()
        },
        headings: Vec::new(),
        total: Money::from_fen(330),
    }
}

fn drawn(lang: Lang, seen: &ImportPreview) -> String {
    body(&Ctx::sample(lang), &of_sources(), seen, ("key", "ticket", &Findings::none())).into_string()
}

#[test]
fn a_clean_file_can_be_confirmed_and_one_that_differs_is_asked_about() {
    let html = drawn(Lang::Zh, &seen(Vec::new(), Agrees::Yes));
    assert!(html.contains("value=\"import\"") && html.contains("value=\"ticket\""), "{html}");
    assert!(!html.contains("name=\"looked\"") && !html.contains("value=\"marked\""), "{html}");
    let html = drawn(Lang::Zh, &seen(Vec::new(), Agrees::No));
    assert!(html.contains("name=\"looked\"") && html.contains("不符"), "{html}");
}

#[test]
fn a_file_with_an_error_cannot_be_confirmed_and_is_given_back_marked() {
    let fault = Finding {
        severity: Severity::Error,
        code: "cell-empty".into(),
        sheet: "来源".into(),
        row: Some(1),
        column: Some(3),
        cell: "D2".into(),
        what: Words::new("没有填写", "is empty"),
        mend: Words::new("请补填", "fill it"),
    };
    for (lang, what, mend) in [(Lang::Zh, "没有填写", "请补填"), (Lang::En, "is empty", "fill it")] {
        let html = drawn(lang, &seen(vec![fault.clone()], Agrees::Open));
        assert!(html.contains("D2") && html.contains(what) && html.contains(mend), "{html}");
        assert!(!html.contains("value=\"import\"") && html.contains("value=\"marked\""), "{html}");
    }
}
