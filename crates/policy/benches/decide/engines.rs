//! The same decision in two rule engines. Their expressions are compiled once and their inputs are ready before the clock
//! starts; money goes in as whole fen, ratios as parts, because neither has exact money or units.

use super::rows::{Mode, Row};
use super::tj::Fails;
use super::{BATCH, Line};
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};
use zen_expression::variable::Variable;

fn list(areas: &[u32]) -> String {
    let mut text = String::new();
    for (at, code) in areas.iter().enumerate() {
        let _ = write!(text, "{}{code}", if at == 0 { "" } else { ", " });
    }
    text
}

fn compared(name: &str, got: i64, want: i64) {
    assert!(got == want, "{name}: {got} instead of {want}");
}

/// The facts as both engines get them.
fn numbers(row: &Row) -> [(&'static str, i64); 12] {
    [
        ("county", i64::from(row.county)),
        ("share_part", row.share.0),
        ("share_whole", row.share.1),
        ("paid_in", row.paid_in),
        ("new_invest", row.new_invest),
        ("invest_3y", row.invest_3y),
        ("staff", row.staff),
        ("poor_staff", row.poor_staff),
        ("lifted", row.lifted),
        ("grants_company", row.grants_company),
        ("grants_county", row.grants_county),
        ("year_rate", if row.mode == Mode::Project { 30 } else { 50 }),
    ]
}

fn truths(row: &Row) -> [(&'static str, bool); 7] {
    [
        ("investor_in_tj", row.investor_in_tj),
        ("investor_lawful", row.investor_lawful),
        ("company_lawful", row.company_lawful),
        ("new_company", row.new_company),
        ("tj_subsidy", row.tj_subsidy),
        ("changdu_fund", row.changdu_fund),
        ("hotan_fund", row.hotan_fund),
    ]
}

const fn mode(row: &Row) -> &'static str {
    match row.mode {
        Mode::Project => "project",
        Mode::Production => "production",
    }
}

pub fn zen(rows: &[Row], areas: &[u32], want: &[i64]) -> Fails<Line> {
    let source = format!(
        "county in [{}] and investor_in_tj and investor_lawful \
         and (share_part * 100 >= 30 * share_whole or new_company) and paid_in >= 100000000 \
         and new_invest >= (mode == 'project' ? 200000000 : 100000000) \
         and (poor_staff * 100 >= 30 * staff or lifted >= 50) and grants_company == 0 and grants_county < 2 \
         and not (tj_subsidy or changdu_fund or hotan_fund) and company_lawful \
         ? min([mode == 'project' ? 200000000 : 100000000, \
                floor(invest_3y * (mode == 'project' ? 30 : 50) / 100), floor(invest_3y * year_rate / 100)]) : -1",
        list(areas)
    );
    let mut isolate = zen_expression::Isolate::new();
    let expression = isolate.compile_standard(&source).map_err(|error| format!("{error:?}"))?;
    let mut time = Duration::ZERO;
    for (rows, want) in rows.chunks(BATCH).zip(want.chunks(BATCH)) {
        let mut ready = Vec::with_capacity(rows.len());
        for row in rows {
            let mut facts = serde_json::Map::new();
            facts.extend(numbers(row).map(|(name, n)| (name.to_owned(), n.into())));
            facts.extend(truths(row).map(|(name, known)| (name.to_owned(), known.into())));
            facts.insert("mode".into(), mode(row).into());
            ready.push(Variable::from(serde_json::Value::Object(facts)));
        }
        let mut vm = zen_expression::vm::VM::new();
        let mut out = Vec::with_capacity(rows.len());
        let start = Instant::now();
        for facts in &ready {
            out.push(
                expression
                    .evaluate_with(black_box(facts.clone()), &mut vm)
                    .map_err(|error| format!("{error:?}"))?,
            );
        }
        time += start.elapsed();
        for (got, want) in out.iter().zip(want) {
            let got: i64 = got.to_value().to_string().split('.').next().ok_or("no number")?.parse()?;
            compared("zen-expression", got, *want);
        }
    }
    Ok(Line { name: "zen-expression", time, cases: rows.len() })
}

pub fn cel(rows: &[Row], areas: &[u32], want: &[i64]) -> Fails<Line> {
    let source = format!(
        "county in [{}] && investor_in_tj && investor_lawful \
         && (share_part * 100 >= 30 * share_whole || new_company) && paid_in >= 100000000 \
         && new_invest >= (mode == 'project' ? 200000000 : 100000000) \
         && (poor_staff * 100 >= 30 * staff || lifted >= 50) && grants_company == 0 && grants_county < 2 \
         && !(tj_subsidy || changdu_fund || hotan_fund) && company_lawful \
         ? (mode == 'project' \
            ? (invest_3y * 30 / 100 < 200000000 \
               ? (invest_3y * year_rate / 100 < invest_3y * 30 / 100 ? invest_3y * year_rate / 100 : invest_3y * 30 / 100) \
               : (invest_3y * year_rate / 100 < 200000000 ? invest_3y * year_rate / 100 : 200000000)) \
            : (invest_3y * 50 / 100 < 100000000 \
               ? (invest_3y * year_rate / 100 < invest_3y * 50 / 100 ? invest_3y * year_rate / 100 : invest_3y * 50 / 100) \
               : (invest_3y * year_rate / 100 < 100000000 ? invest_3y * year_rate / 100 : 100000000))) : -1",
        list(areas)
    );
    let program = cel::Program::compile(&source).map_err(|error| format!("{error:?}"))?;
    let root = cel::Context::default();
    let mut time = Duration::ZERO;
    for (rows, want) in rows.chunks(BATCH).zip(want.chunks(BATCH)) {
        let mut ready = Vec::with_capacity(rows.len());
        for row in rows {
            let mut context = root.new_inner_scope();
            for (name, n) in numbers(row) {
                context.add_variable_from_value(name, n);
            }
            for (name, known) in truths(row) {
                context.add_variable_from_value(name, known);
            }
            context.add_variable_from_value("mode", mode(row));
            ready.push(context);
        }
        let mut out = Vec::with_capacity(rows.len());
        let start = Instant::now();
        for context in &ready {
            out.push(program.execute(black_box(context)).map_err(|error| format!("{error:?}"))?);
        }
        time += start.elapsed();
        for (got, want) in out.iter().zip(want) {
            let cel::Value::Int(got) = got else { return Err(format!("cel gave {got:?}").into()) };
            compared("cel", *got, *want);
        }
    }
    Ok(Line { name: "cel", time, cases: rows.len() })
}
