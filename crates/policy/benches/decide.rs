//! A decision of the Tianjin rules, one way against another, in one process on the same cases. Prints nanoseconds a decision
//! and the ratio to the hand-written function; only the ratios mean anything on a shared machine. Every engine's outcome
//! is checked equal to the hand-written one.

#[path = "decide/engines.rs"]
mod engines;
#[path = "decide/rows.rs"]
mod rows;
#[path = "../tests/rules/tj.rs"]
mod tj;

use kernel::Date;
use policy::ruleset::columns::{self, ColumnOutcome, Columns};
use policy::ruleset::{CaseFacts, Decision, Overrides, Ruleset};
use rows::{Row, bare, exact, generate, traced};
use std::hint::black_box;
use std::time::{Duration, Instant};
use tj::{AREAS, Fails};

const CASES: usize = 1_000_000;
const BATCH: usize = 20_000;
const PASSES: usize = 5;

/// What a way gives for a case: fen, or less than zero for no grant.
pub const NO_GRANT: i64 = -1;

struct Line {
    name: &'static str,
    time: Duration,
    cases: usize,
}

fn main() -> Fails {
    let ruleset = tj::ruleset()?;
    let as_of = tj::day("2019-11-01")?;
    let mut areas = AREAS.split_whitespace().map(str::parse).collect::<Result<Vec<u32>, _>>()?;
    areas.push(632_301);
    areas.sort_unstable();
    let cases = if std::env::args().any(|arg| arg == "--test") { BATCH } else { CASES };
    let rows = generate(cases, &areas);
    let want: Vec<i64> = rows.iter().map(|row| bare(row, &areas, as_of)).collect();
    let granted = want.iter().filter(|fen| **fen >= 0).count();
    println!("{cases} cases, {granted} granted, best of {PASSES} passes (engines: one)");
    let only: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let wanted = |way: &str| only.is_empty() || only.iter().any(|word| way.contains(word.as_str()));
    let mut lines = vec![
        best("hand-written Rust, bare, plain i64", &want, |out| {
            out.extend(rows.iter().map(|row| bare(black_box(row), &areas, as_of)));
        }),
        best("hand-written Rust, bare, exact", &want, |out| {
            out.extend(rows.iter().map(|row| exact(black_box(row), &areas, as_of)));
        }),
    ];
    if wanted("hand") {
        lines.push(by_hand_traced(&rows, &areas, as_of, &want));
    }
    if wanted("columns") {
        lines.push(by_columns(&ruleset, &rows, as_of, &want)?);
    }
    if wanted("turned") {
        lines.push(by_rows_to_columns(&ruleset, &rows, as_of, &want)?);
    }
    if wanted("tree") {
        lines.push(by_tree(&ruleset, &rows, as_of, &want)?);
    }
    if wanted("sentences") {
        lines.push(by_sentences(&ruleset, &rows[..BATCH.min(rows.len())], as_of)?);
    }
    if wanted("zen") {
        lines.push(engines::zen(&rows, &areas, &want)?);
    }
    if wanted("cel") {
        lines.push(engines::cel(&rows, &areas, &want)?);
    }
    report(&lines);
    Ok(())
}

fn per_case(line: &Line) -> u128 {
    line.time.as_nanos() * 100 / line.cases.max(1) as u128
}

fn report(lines: &[Line]) {
    let base = |at: usize| lines.get(at).map_or(1, per_case).max(1);
    let (plain, exact) = (base(0), base(1));
    println!("{:<44} {:>13} {:>12} {:>12}", "", "a decision", "to plain", "to exact");
    for line in lines {
        let ns = per_case(line);
        let (to_plain, to_exact) = (ns * 100 / plain, ns * 100 / exact);
        let hundredths = |n: u128| format!("{}.{:02}", n / 100, n % 100);
        println!(
            "{:<44} {:>10} ns {:>10} x {:>10} x",
            line.name,
            hundredths(ns),
            hundredths(to_plain),
            hundredths(to_exact)
        );
    }
}

/// The best of several passes; the first result is compared with what is wanted.
fn best(name: &'static str, want: &[i64], mut pass: impl FnMut(&mut Vec<i64>)) -> Line {
    let (mut time, mut out) = (Duration::MAX, Vec::with_capacity(want.len()));
    for _ in 0..PASSES {
        out.clear();
        let start = Instant::now();
        pass(&mut out);
        time = time.min(start.elapsed());
        assert!(out == want, "{name} differs from the hand-written decision");
    }
    Line { name, time, cases: want.len() }
}

fn by_hand_traced(rows: &[Row], areas: &[u32], as_of: Date, want: &[i64]) -> Line {
    best("hand-written Rust, operand trace", want, |out| {
        out.extend(rows.iter().map(|row| {
            let trace = traced(black_box(row), areas, as_of);
            for each in &trace.operands {
                black_box((each.rule, each.has, each.needs, each.holds));
            }
            trace.amount
        }));
    })
}

fn amount_of(decision: &Decision) -> i64 {
    decision.amount.map_or(NO_GRANT, kernel::money::Money::fen)
}

fn by_tree(ruleset: &Ruleset, rows: &[Row], as_of: Date, want: &[i64]) -> Fails<Line> {
    let none = Overrides::default();
    let (mut time, mut done) = (Duration::ZERO, 0);
    for (rows, want) in rows.chunks(BATCH).zip(want.chunks(BATCH)) {
        let cases = rows.iter().map(|row| row.case(ruleset)).collect::<Fails<Vec<CaseFacts>>>()?;
        let mut fastest = Duration::MAX;
        for _ in 0..PASSES {
            let mut out = Vec::with_capacity(cases.len());
            let start = Instant::now();
            for case in &cases {
                let decision = ruleset.decide(black_box(case), as_of, &none)?;
                out.push(amount_of(&decision));
                black_box(&decision);
            }
            fastest = fastest.min(start.elapsed());
            assert!(out == want, "the tree walk differs from the hand-written decision");
        }
        time += fastest;
        done += rows.len();
    }
    Ok(Line { name: "tree walk, full operand trace", time, cases: done })
}

fn by_sentences(ruleset: &Ruleset, rows: &[Row], as_of: Date) -> Fails<Line> {
    let cases = rows.iter().map(|row| row.case(ruleset)).collect::<Fails<Vec<CaseFacts>>>()?;
    let start = Instant::now();
    for case in &cases {
        let decision = ruleset.decide(black_box(case), as_of, &Overrides::default())?;
        black_box(ruleset.explain(&decision));
    }
    Ok(Line { name: "tree walk, all sentences in two languages", time: start.elapsed(), cases: cases.len() })
}

fn by_columns(ruleset: &Ruleset, rows: &[Row], as_of: Date, want: &[i64]) -> Fails<Line> {
    let columns = rows::columns(ruleset, rows)?;
    columnar("columnar, columns ready", ruleset, as_of, want, || Ok(&columns))
}

fn by_rows_to_columns(ruleset: &Ruleset, rows: &[Row], as_of: Date, want: &[i64]) -> Fails<Line> {
    columnar("columnar, rows turned into columns", ruleset, as_of, want, || rows::columns(ruleset, rows))
}

fn columnar<C: std::borrow::Borrow<Columns>>(
    name: &'static str,
    ruleset: &Ruleset,
    as_of: Date,
    want: &[i64],
    columns: impl Fn() -> Fails<C>,
) -> Fails<Line> {
    let (mut time, none) = (Duration::MAX, Overrides::default());
    let mut out = ColumnOutcome::default();
    for _ in 0..PASSES {
        let start = Instant::now();
        let columns = columns()?;
        columns::decide_into(&ruleset.at(as_of, &none)?, black_box(columns.borrow()), &mut out);
        time = time.min(start.elapsed());
        for (row, want) in want.iter().enumerate() {
            let got = out.amount(row).map_or(NO_GRANT, kernel::money::Money::fen);
            assert!(got == *want, "{name} differs from the hand-written decision in row {row}");
        }
    }
    Ok(Line { name, time, cases: want.len() })
}
