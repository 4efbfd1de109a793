//! What the figures of a table say about each other beyond named totals: groups and their parts, stated totals, shares,
//! quantity times price, returns at one rate. A relation that is only likely (a row that happens to be the sum of
//! others) is told where it holds and never where it does not.

use super::{Check, CheckKind, ColumnKind, GroupSum, RowKind, Survey, SurveyRow};
use crate::finding::Code;
use crate::label;
use crate::place::Place;
use crate::read::{say_money, say_rows};
use crate::share::Percent;
use crate::sums::Outcome;
use crate::words::Words;
use kernel::Money;
use kernel::ratio::Ratio;
use kernel::rounding::Rounding;

pub(super) fn find(survey: &mut Survey) {
    survey.group_column = group_column(survey);
    groups(survey);
    first_is_the_rest(survey);
    group_is_a_row(survey);
    stated_totals(survey);
    shares(survey);
    products(survey);
    whole_before_parts(survey);
    rates(survey);
    percents_in_words(survey);
}

fn outcome(holds: bool) -> Outcome {
    if holds { Outcome::Holds } else { Outcome::Differs }
}

/// The first column of words in which items repeat each other.
fn group_column(survey: &Survey) -> Option<u32> {
    let texts = survey.columns_of(|kind| kind == ColumnKind::Text);
    texts.into_iter().find(|column| {
        let words: Vec<&String> = survey.items().filter_map(|row| row.texts.get(column)).collect();
        let mut distinct = words.clone();
        distinct.sort();
        distinct.dedup();
        let said = distinct.iter().any(|word| word.chars().count() > 1);
        said && words.len() > distinct.len() && distinct.len() > 1
    })
}

/// The places of the items of each group, in the order of the table.
fn by_group(survey: &Survey) -> Vec<(String, Vec<usize>)> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    let Some(column) = survey.group_column else { return groups };
    for (at, row) in survey.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Item) {
        let Some(word) = row.texts.get(&column) else { continue };
        match groups.iter_mut().find(|(group, _)| group == word) {
            Some((_, rows)) => rows.push(at),
            None => groups.push((word.clone(), vec![at])),
        }
    }
    groups
}

fn amounts(survey: &Survey) -> Vec<u32> {
    survey.columns_of(|kind| matches!(kind, ColumnKind::Amount(_)))
}

/// The sum of the amounts of rows; `None` when none of them has one.
fn sum(survey: &Survey, rows: &[usize], column: u32) -> Option<Money> {
    let found: Vec<Money> = rows.iter().filter_map(|at| survey.rows[*at].money(column)).collect();
    if found.is_empty() { None } else { Money::sum(found) }
}

fn numbers(survey: &Survey, rows: &[usize]) -> Vec<u32> {
    rows.iter().map(|at| survey.rows[*at].row).collect()
}

fn indices(rows: &[u32]) -> Vec<u32> {
    rows.iter().map(|row| row - 1).collect()
}

fn groups(survey: &mut Survey) {
    for column in amounts(survey) {
        for (group, rows) in by_group(survey) {
            if let Some(sum) = sum(survey, &rows, column) {
                survey.groups.push(GroupSum { group, column, rows: numbers(survey, &rows), sum });
            }
        }
    }
}

/// The first words of a row that are not those of its group.
fn own_label(survey: &Survey, at: usize) -> String {
    let mut texts = survey.rows[at].texts.iter().filter(|(column, _)| Some(**column) != survey.group_column);
    texts.next().map_or_else(|| survey.rows[at].label.clone(), |(_, text)| text.clone())
}

fn part_check(survey: &mut Survey, whole: usize, parts: &[usize], column: u32, money: Money) {
    let unit = survey.unit(column);
    let (printed, rows) = (say_money(money, unit), numbers(survey, parts));
    let label = own_label(survey, whole);
    let says = Words::new(
        format!("“{label}”{printed}，等于{}之和", say_rows(&indices(&rows))),
        format!("\"{label}\" {printed} is the sum of rows {rows:?}"),
    );
    let place = Place::cell(&survey.sheet, survey.rows[whole].row - 1, column);
    let computed = Some(printed.clone());
    let check = Check { kind: CheckKind::Parts, place, printed, computed, outcome: Outcome::Holds, says };
    survey.add_check(check, Code::TotalDiffers);
}

/// Whether rows say themselves that they are totals; then no other row is taken for one.
fn names_its_totals(survey: &Survey) -> bool {
    survey.rows.iter().any(|row| matches!(row.kind, RowKind::Subtotal | RowKind::Total | RowKind::Group))
}

/// Whether the counts of a row, too, are those of its parts together.
fn counts_agree(survey: &Survey, whole: usize, parts: &[usize]) -> bool {
    survey.columns_of(|kind| kind == ColumnKind::Count).into_iter().all(|column| {
        let parts: Vec<i64> = parts.iter().filter_map(|at| survey.rows[*at].count(column)).collect();
        let whole = survey.rows[whole].count(column);
        whole.is_none_or(|whole| {
            parts.is_empty() || parts.iter().try_fold(0_i64, |sum, n| sum.checked_add(*n)) == Some(whole)
        })
    })
}

/// The first row of a group is the sum of all others of it.
fn first_is_the_rest(survey: &mut Survey) {
    if names_its_totals(survey) {
        return;
    }
    for column in amounts(survey) {
        for (_, rows) in by_group(survey).into_iter().filter(|(_, rows)| rows.len() >= 3) {
            let (first, rest) = (rows[0], &rows[1..]);
            let money = survey.rows[first].money(column);
            let fits = |money: &Money| {
                sum(survey, rest, column) == Some(*money) && counts_agree(survey, first, rest)
            };
            if let Some(money) = money.filter(fits) {
                part_check(survey, first, rest, column, money);
            }
        }
    }
}

/// The rows of one group are together a row of another one.
fn group_is_a_row(survey: &mut Survey) {
    if names_its_totals(survey) {
        return;
    }
    for column in amounts(survey) {
        let all = by_group(survey);
        for (group, rows) in all.iter().filter(|(_, rows)| rows.len() >= 2) {
            let total = sum(survey, rows, column);
            let others =
                all.iter().filter(|(other, _)| other != group).flat_map(|(_, rows)| rows.iter().copied());
            let fits = |at: &usize| {
                total.is_some() && survey.rows[*at].money(column) == total && counts_agree(survey, *at, rows)
            };
            let hits: Vec<usize> = others.filter(fits).collect();
            if let ([whole], Some(money)) = (hits.as_slice(), total) {
                part_check(survey, *whole, rows, column, money);
            }
        }
    }
}

/// A total that every row of a group states.
fn stated_totals(survey: &mut Survey) {
    for stated in survey.columns_of(|kind| matches!(kind, ColumnKind::StatedTotal(_))) {
        let Some(column) = amounts(survey).first().copied() else { return };
        let mut groups = by_group(survey);
        if groups.is_empty() {
            let all = (0..survey.rows.len()).filter(|at| survey.rows[*at].kind == RowKind::Item).collect();
            groups.push((String::new(), all));
        }
        for (group, rows) in groups {
            let totals: Vec<Money> = rows.iter().filter_map(|at| survey.rows[*at].money(stated)).collect();
            let Some(first) = totals.first().copied() else { continue };
            let one = totals.iter().all(|total| *total == first);
            let computed = sum(survey, &rows, column);
            let (unit, printed) = (survey.unit(column), say_money(first, survey.unit(stated)));
            let computed_text = computed.map(|sum| say_money(sum, unit));
            let says = Words::new(
                format!("{group}：公布 {printed}，各行相加 {}", computed_text.as_deref().unwrap_or("不详")),
                format!(
                    "{group}: {printed} is stated, the rows give {}",
                    computed_text.as_deref().unwrap_or("nothing")
                ),
            );
            let place = Place::cell(&survey.sheet, survey.rows[rows[0]].row - 1, stated);
            let outcome = outcome(one && computed == Some(first));
            let kind = CheckKind::StatedTotal;
            let check = Check { kind, place, printed, computed: computed_text, outcome, says };
            survey.add_check(check, Code::TotalDiffers);
        }
    }
}

/// Printed shares with the amounts of their rows, and together.
fn shares(survey: &mut Survey) {
    let Some(column) = amounts(survey).first().copied() else { return };
    for percent in survey.columns_of(|kind| kind == ColumnKind::Percent) {
        let total =
            survey.rows.iter().filter(|row| row.kind == RowKind::Total).find_map(|row| row.money(column));
        let Some(whole) = total.or(survey.sums.get(&column).copied()) else { continue };
        let mut printed_all = Vec::new();
        for row in survey.items().cloned().collect::<Vec<_>>() {
            let printed = row.texts.get(&percent).and_then(|text| Percent::parse(text));
            let (Some(printed), Some(part)) = (printed, row.money(column)) else { continue };
            let Some(real) = Percent::of(part.fen(), whole.fen(), printed.decimals) else { continue };
            let finer = Percent::of(part.fen(), whole.fen(), printed.decimals + 2).unwrap_or(real);
            printed_all.push(printed);
            let says = Words::new(
                format!("“{}”占比写 {printed}，按金额计算是 {real}（{finer}）", row.label),
                format!("\"{}\": {printed} is printed, the amounts give {real} ({finer})", row.label),
            );
            let place = Place::cell(&survey.sheet, row.row - 1, percent);
            let (kind, outcome) = (CheckKind::Share, outcome(real == printed));
            let check = Check {
                kind,
                place,
                printed: printed.to_string(),
                computed: Some(real.to_string()),
                outcome,
                says,
            };
            survey.add_check(check, Code::ShareDiffers);
        }
        let place = Place::column(&survey.sheet, percent);
        hundred(survey, &printed_all, place);
    }
}

/// Percentages that should be one hundred together.
fn hundred(survey: &mut Survey, all: &[Percent], place: Place) {
    if all.len() < 2 {
        return;
    }
    let decimals = all.iter().map(|percent| percent.decimals).max().unwrap_or(0);
    let scaled = all.iter().map(|percent| percent.digits * 10_i128.pow(decimals - percent.decimals)).sum();
    let together = Percent { digits: scaled, decimals };
    let whole = Percent { digits: 100 * 10_i128.pow(decimals), decimals };
    let says =
        Words::new(format!("各占比相加为 {together}"), format!("the printed shares add up to {together}"));
    let (kind, outcome) = (CheckKind::ShareSum, outcome(together == whole));
    let check = Check {
        kind,
        place,
        printed: whole.to_string(),
        computed: Some(together.to_string()),
        outcome,
        says,
    };
    survey.add_check(check, Code::ShareDiffers);
}

/// Quantity times price is the amount.
fn products(survey: &mut Survey) {
    for price in survey.columns_of(|kind| matches!(kind, ColumnKind::Price(_))) {
        let before = survey.columns_of(|kind| kind == ColumnKind::Count);
        let quantity = before.into_iter().rfind(|column| *column < price);
        let amount = amounts(survey).into_iter().find(|column| *column > price);
        let (Some(quantity), Some(amount)) = (quantity, amount) else { continue };
        for row in survey.items().cloned().collect::<Vec<_>>() {
            let (Some(count), Some(each)) = (row.count(quantity), row.money(price)) else { continue };
            let Some(product) = each.checked_mul(count) else { continue };
            let unit = survey.unit(amount);
            let printed = row.money(amount);
            let computed = say_money(product, unit);
            let sum = format!("{count} × {}", say_money(each, survey.unit(price)));
            let (outcome, printed_text) = match printed {
                Some(money) => (outcome(money == product), say_money(money, unit)),
                None => (Outcome::Unchecked, String::new()),
            };
            let says = match printed {
                Some(_) => Words::new(
                    format!("“{}”写 {printed_text}，{sum} = {computed}", row.label),
                    format!("\"{}\": {printed_text} is printed, {sum} = {computed}", row.label),
                ),
                None => Words::new(
                    format!("“{}”没有金额；{sum} = {computed}，只供核对", row.label),
                    format!("\"{}\" has no amount; {sum} = {computed}, for comparison only", row.label),
                ),
            };
            let place = Place::cell(&survey.sheet, row.row - 1, amount);
            let kind = CheckKind::Product;
            let check = Check { kind, place, printed: printed_text, computed: Some(computed), outcome, says };
            survey.add_check(check, Code::ProductDiffers);
        }
    }
}

/// In a table of measured figures: a row called a total with the rows of its group behind it.
fn whole_before_parts(survey: &mut Survey) {
    for column in survey.columns_of(|kind| kind == ColumnKind::Measured) {
        for (_, rows) in by_group(survey) {
            for (n, at) in rows.iter().enumerate() {
                let label = own_label(survey, *at);
                let called = ["累计", "总计", "合计", "共计", "总额"].iter().any(|word| label.contains(word));
                let Some(money) = survey.rows[*at].money(column).filter(|_| called) else { continue };
                let behind = rows[n + 1..].iter().copied();
                let parts: Vec<usize> =
                    behind.take_while(|at| survey.rows[*at].money(column).is_some()).collect();
                if parts.len() >= 2 && sum(survey, &parts, column) == Some(money) {
                    part_check(survey, *at, &parts, column, money);
                } else {
                    unchecked(survey, *at, column, &label, money);
                }
            }
        }
    }
}

fn unchecked(survey: &mut Survey, at: usize, column: u32, label: &str, money: Money) {
    let printed = say_money(money, survey.unit(column));
    let says = Words::new(
        format!("“{label}”{printed}：表中没有它的全部组成部分，未核对"),
        format!("\"{label}\" {printed}: its parts are not all in the table, so it was not compared"),
    );
    let place = Place::cell(&survey.sheet, survey.rows[at].row - 1, column);
    let (kind, outcome) = (CheckKind::Total, Outcome::Unchecked);
    survey.add_check(Check { kind, place, printed, computed: None, outcome, says }, Code::TotalUnchecked);
}

/// What was put in (投100万元) and which fraction of a year's return is paid ((2/3)), out of a label.
fn invested(label: &str) -> Option<(Money, Option<Ratio>)> {
    let bare = label::bare(label);
    let (before, _) = bare.split_once("万元")?;
    let digits: Vec<char> = before.chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let number: String = digits.into_iter().rev().collect();
    let money = kernel::amount::parse_amount(&number, kernel::amount::AmountUnit::Wan).ok()?.money;
    let fraction =
        bare.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside.to_owned());
    Some((money, fraction.filter(|text| text.contains('/')).and_then(|text| Ratio::parse(&text).ok())))
}

/// Returns at the rate that another row of the group states for a whole year.
fn rates(survey: &mut Survey) {
    for column in survey.columns_of(|kind| kind == ColumnKind::Measured) {
        for (_, rows) in by_group(survey) {
            let known: Vec<(SurveyRow, Money, Option<Ratio>, Money)> = rows
                .iter()
                .filter_map(|at| {
                    let row = survey.rows[*at].clone();
                    let (put_in, fraction) = invested(&own_label(survey, *at))?;
                    let money = row.money(column)?;
                    Some((row, put_in, fraction, money))
                })
                .collect();
            let Some((_, put_in, _, a_year)) = known.iter().find(|(_, _, fraction, _)| fraction.is_none())
            else {
                continue;
            };
            let Some(rate) = a_year.part_of(*put_in) else { continue };
            for (row, put_in, fraction, money) in &known {
                let Some(fraction) = fraction else { continue };
                let computed =
                    rate.checked_mul(*fraction).and_then(|rate| put_in.times(rate, Rounding::HalfUp));
                let Some(computed) = computed else { continue };
                let unit = survey.unit(column);
                let (printed, got) = (say_money(*money, unit), say_money(computed, unit));
                let sum = format!("{} × {rate} × {fraction}", say_money(*put_in, unit));
                let says = Words::new(
                    format!("写 {printed}，{sum} = {got}"),
                    format!("{printed} is printed, {sum} = {got}"),
                );
                let place = Place::cell(&survey.sheet, row.row - 1, column);
                let (kind, outcome) = (CheckKind::Rate, outcome(*money == computed));
                let check = Check { kind, place, printed, computed: Some(got), outcome, says };
                survey.add_check(check, Code::TotalDiffers);
            }
        }
    }
}

/// Percentages inside one cell of words: 贫困户70% 村20% 管理10%.
fn percents_in_words(survey: &mut Survey) {
    for row in survey.rows.clone() {
        for (column, text) in &row.texts {
            let pieces: Vec<&str> = text.split(['%', '％']).collect();
            let found = pieces.iter().take(pieces.len().saturating_sub(1)).filter_map(|piece| {
                let digits = piece.chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.');
                let number: String = digits.collect::<Vec<_>>().into_iter().rev().collect();
                Percent::parse(&number)
            });
            let found: Vec<Percent> = found.collect();
            let place = Place::cell(&survey.sheet, row.row - 1, *column);
            hundred(survey, &found, place);
        }
    }
}
