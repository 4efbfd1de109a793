//! The reference of all refusals, `docs/reference/refusals.md`: printed from the code and held by this test.
//! `UPDATE=1 cargo test -p qingqu --test refusals reference` writes it anew.

use crate::pages::{PAGES, Place};
use domain::refusal::REFERENCE;
use std::fmt::Write as _;
use std::path::Path;

const GROUPS: &[(&str, &str)] = &[
    ("R0", "谁可以、有没有、变没变 / who may, what exists, what changed"),
    ("R1", "人员、单位和各处都会遇到的 / people, organisations, and what any act may meet"),
    ("R2", "年度 / years"),
    ("R3", "申报件 / cases"),
    ("R4", "方案 / plans"),
    ("R5", "公示和异议 / notices and objections"),
    ("R6", "审定和通知 / determination and letters"),
    ("R7", "付款 / payment"),
    ("R8", "资金来源和项目 / sources of money, and projects"),
    ("R9", "分配、报账和支付 / allocation, claims and payment batches"),
    (
        "R10",
        "代理、移交、几件一起办、逐级汇总、票据挂钩、装入名单和限制申报 / roles lent, desks handed over, several cases in one act, sums of reports, bills tied, lists of people loaded, units barred",
    ),
];

/// The number of a code, and of a group: its hundreds.
fn number(code: &str) -> u32 {
    code[1..].parse().unwrap()
}

fn printed() -> String {
    let mut text = "# Refusals\n\n".to_owned();
    text.push_str(
        "A refusal is a normal answer: the rules say no. It has a stable code, the article it stands on (house-keeping, R0xx, has none), \
         one sentence with the facts used, and what to do next. Codes are never reused: a missing number was given up. Within an operation \
         the checks run in this order. Facts stand in braces; dates and amounts are written as the language writes them.\n\n\
         Where it is met: the page of the site on which an office meets the refusal of money or of a project's life, or why no page can \
         show it; a test meets each of them there.\n\n\
         This file is printed from `crates/domain/src/refusal.rs` and the files beside it by the test `refusals`; `UPDATE=1` writes it anew.\n",
    );
    for (prefix, title) in GROUPS {
        write!(text, "\n## {title}\n").unwrap();
        for entry in REFERENCE.iter().filter(|entry| number(entry.code) / 100 == number(prefix)) {
            write!(
                text,
                "\n### {} {}\n\n{}\n\n> {}。{}。\n>\n> {}; {}.\n",
                entry.code,
                entry.name,
                entry.when.trim(),
                entry.zh,
                entry.next_zh,
                entry.en,
                entry.next_en,
            )
            .unwrap();
            text.push_str(&met(entry.code));
        }
    }
    text
}

/// The page on which it is met.
fn met(code: &str) -> String {
    match PAGES.iter().find(|(known, _)| *known == code).map(|(_, place)| place) {
        Some(Place::On(pages)) => {
            let pages: Vec<String> = pages.iter().map(|page| format!("`{page}`")).collect();
            format!("\n页面 / Page: {}\n", pages.join(", "))
        }
        Some(Place::Nowhere { zh, en }) => format!("\n页面上不会出现：{zh}。 / On no page: {en}.\n"),
        None => String::new(),
    }
}

#[test]
fn the_reference_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/refusals.md");
    let now = printed();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == now,
        "docs/reference/refusals.md is old: run UPDATE=1 cargo test -p qingqu --test refusals"
    );
}

#[test]
fn codes_rise_and_every_group_is_printed() {
    let codes: Vec<&str> = REFERENCE.iter().map(|entry| entry.code).collect();
    assert!(codes.windows(2).all(|pair| number(pair[0]) < number(pair[1])), "{codes:?}");
    let grouped = codes.iter().filter(|code| GROUPS.iter().any(|(of, _)| number(code) / 100 == number(of)));
    assert_eq!(grouped.count(), codes.len());
}

#[test]
fn sentences_are_in_their_language() {
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for entry in REFERENCE {
        assert!(chinese(entry.zh) && chinese(entry.next_zh), "{}", entry.name);
        assert!(!chinese(entry.en) && !chinese(entry.next_en), "{}", entry.name);
        for text in [entry.zh, entry.en, entry.next_zh, entry.next_en] {
            assert!(
                !text.ends_with(['。', '.', '；', ';']),
                "{}: the page sets the stop: {text}",
                entry.name
            );
        }
    }
}
