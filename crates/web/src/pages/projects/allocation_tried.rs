//! A computed allocation: figures in, a ranked and explained proposal out: share times weight for every factor, and what last
//! year's evaluation changes.

use app::Failure;
use app::command::money::AllocationLine;
use app::view::money::{AllocationPage, DEDUCTION, Entrant, TriedAllocation, TriedPortion};
use app::view::pack::{Distribution, Method};
use app::view::state::Reason;
use kernel::Money;
use kernel::amount::{AmountUnit, parse_amount};
use kernel::ratio::Ratio;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::allocation_deduct as deduct;
use super::allocation_form::{FACTORS, Sheet, TABLE, project_at};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::shared::{amount, explained, money, refused, say, yuan};
use crate::state::{Seat, refusal_of};
use crate::submitted::Submitted;
use crate::ui::{Badge, Choice, DataTable, Field, Findings, Head, MoneyUnit, Opt, badge, panel};

/// Rounding units in fen.
const UNITS: [&str; 4] = ["1", "100", "10000", "1000000"];

/// Whether it is a competition.
pub(super) fn competes(by: &Distribution) -> bool {
    by.method == Method::Competition
}

/// The total and the rounding unit.
pub(super) fn setting(ctx: &Ctx, by: &Distribution, form: &Submitted, findings: &Findings) -> Markup {
    let labels =
        [ctx.t("pj-unit-fen"), ctx.t("pj-unit-yuan"), ctx.t("pj-unit-hundred"), ctx.t("pj-unit-wan")];
    let units: Vec<Opt> = UNITS.iter().zip(labels).map(|(fen, label)| Opt::new(*fen, label)).collect();
    panel(
        &ctx.t("pj-compute-what"),
        html! {
            (Field::money("total", &ctx.t("pj-compute-total"), MoneyUnit::Yuan).hint(&ctx.t("pj-compute-total-hint"))
                .value(form.get("total")).error(findings.at("total")).html(ctx))
            @if !competes(by) {
                (Choice::radios("unit", &ctx.t("pj-compute-unit"), &units).inline()
                    .chosen(if form.has("unit") { form.get("unit") } else { "100" }).html(ctx))
            } @else { p.hint { (ctx.t("pj-scores-hint")) } }
        },
    )
}

/// What a computation shows.
pub(super) struct Proposal {
    /// The sum given out.
    pub given: Money,
    /// The table, or what is still missing.
    pub shown: Markup,
}

/// One row of figures.
struct Row {
    entrant: Entrant,
    place: String,
    note: String,
}

/// The proposal for what is typed now; what is missing is said, not refused.
pub(super) fn result(seat: &Seat, sheet: &Sheet, form: &Submitted) -> Proposal {
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let rows = rows(ctx, sheet, form, &mut findings);
    let asked = settings(ctx, form, &mut findings);
    let waits = |why: Markup| Proposal {
        given: Money::ZERO,
        shown: html! { p.hint { (ctx.t("pj-compute-waits")) " " (why) } },
    };
    let (Some(asked), Some(by), true) = (asked, &sheet.method, findings.is_empty()) else {
        return waits(html! { @for (_, text) in findings.iter().take(3) { (text) " " } });
    };
    match computed(seat, sheet, (by, asked), (&rows, form)) {
        Ok(tried) => Proposal {
            given: Money::sum(tried.portions.iter().map(|portion| portion.amount)).unwrap_or(Money::MAX),
            shown: table(ctx, &rows, &tried),
        },
        Err(Failure::Refused(refusal)) => waits(html! { (refusal_of(ctx, &refusal).text) }),
        Err(Failure::Fault(_)) => waits(html! {}),
    }
}

/// The lines of the plan as computed; those that receive nothing are left out.
pub(super) fn lines(
    seat: &Seat,
    sheet: &Sheet,
    form: &Submitted,
    findings: &mut Findings,
) -> Result<Vec<AllocationLine>, WebError> {
    let ctx = &seat.ctx;
    let rows = rows(ctx, sheet, form, findings);
    let asked = settings(ctx, form, findings);
    let (Some(asked), Some(by), true) = (asked, &sheet.method, findings.is_empty()) else {
        return Ok(Vec::new());
    };
    let tried = match computed(seat, sheet, (by, asked), (&rows, form)) {
        Ok(tried) => tried,
        Err(failure) => {
            refused(ctx, findings, failure, |reason| field(by, &rows, reason))?;
            return Ok(Vec::new());
        }
    };
    let given = rows.into_iter().zip(tried.portions).filter(|(_, portion)| !portion.amount.is_zero());
    Ok(given
        .map(|(row, portion)| AllocationLine {
            project: portion.project,
            place: row.place,
            amount: portion.amount,
            note: row.note,
            why: portion.why,
        })
        .collect())
}

/// The proposal of the rows, with what last year's record takes from them.
fn computed(
    seat: &Seat,
    sheet: &Sheet,
    (by, asked): (&Distribution, (Money, Money)),
    (rows, form): (&[Row], &Submitted),
) -> Result<TriedAllocation, Failure> {
    let entrants: Vec<Entrant> = rows.iter().map(|row| row.entrant.clone()).collect();
    let struck = deduct::struck(sheet, form);
    let entrants = seat.app().with_deductions(&seat.viewer, (by, sheet.years), entrants, &struck)?;
    seat.app().try_allocation(&seat.viewer, &by.id, asked, &entrants)
}

/// The row that a refusal names.
fn field(by: &Distribution, rows: &[Row], reason: &Reason) -> String {
    let at = |who: &str| rows.iter().position(|row| row.entrant.name == who).unwrap_or(0);
    let factor = |what: &str| {
        let place = by.factors.iter().position(|factor| factor.name.zh == what);
        FACTORS.get(place.unwrap_or(0)).copied().unwrap_or(FACTORS[0])
    };
    match reason {
        Reason::FigureMissing { who, what } => format!("{TABLE}.{}.{}", at(who), factor(what)),
        Reason::FactorEmpty { what } => format!("{TABLE}.0.{}", factor(what)),
        Reason::DeductionUnfounded { who } => {
            rows.get(at(who)).map_or_else(String::new, |row| deduct::reason(row.entrant.project))
        }
        Reason::GradeUnknown { who, .. } => format!("{TABLE}.{}.grade", at(who)),
        Reason::AmountNotPositive { .. } => "total".to_owned(),
        _ => format!("{TABLE}.0.project"),
    }
}

fn settings(ctx: &Ctx, form: &Submitted, findings: &mut Findings) -> Option<(Money, Money)> {
    let total = money(ctx, form, findings, ("total", &ctx.t("pj-compute-total")))?;
    let unit = UNITS.iter().find(|unit| **unit == form.get("unit")).unwrap_or(&"100");
    Some((total, Money::from_fen(unit.parse().ok()?)))
}

/// The rows typed; rows without anything are left out.
fn rows(ctx: &Ctx, sheet: &Sheet, form: &Submitted, findings: &mut Findings) -> Vec<Row> {
    let Some(by) = &sheet.method else { return Vec::new() };
    let keys = sheet.keys();
    let mut rows = Vec::new();
    for (row, cells) in form.rows(TABLE, &keys).into_iter().enumerate() {
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let cell = |key: &str| form.get(&format!("{TABLE}.{row}.{key}"));
        let Some(project) = project_at(ctx, sheet, form, row, findings) else { continue };
        let mut entrant = Entrant {
            project: project.line.row.project,
            name: project.line.row.name.clone(),
            figures: BTreeMap::new(),
            scores: Vec::new(),
            asked: Money::ZERO,
            grade: Some(cell("grade").to_owned()).filter(|grade| !grade.is_empty()),
            deduction: None,
        };
        let label = ctx.t_args("row-label", &[("number", (row + 1).into())]);
        if competes(by) {
            match parse_amount(cell("asked"), AmountUnit::Yuan) {
                Ok(asked) => entrant.asked = asked.money,
                Err(error) => findings
                    .add(format!("{TABLE}.{row}.asked"), format!("{label}：{}", explained(ctx, &error))),
            }
        }
        let ids: Vec<String> = match by.factors.as_slice() {
            [] if competes(by) => vec![String::new()],
            factors => factors.iter().map(|factor| factor.id.clone()).collect(),
        };
        for (id, key) in ids.iter().zip(FACTORS) {
            let name = format!("{TABLE}.{row}.{key}");
            let read = figures(cell(key));
            match read {
                Some(list) if competes(by) => add_scores(&mut entrant.scores, id, &list),
                Some(list) if list.len() == 1 => {
                    entrant.figures.insert(id.clone(), list[0]);
                }
                _ => findings.add(
                    name,
                    ctx.t_args(
                        "pj-figure-unreadable",
                        &[("row", (row + 1).into()), ("text", cell(key).to_owned().into())],
                    ),
                ),
            }
        }
        rows.push(Row { entrant, place: cell("place").to_owned(), note: cell("note").to_owned() });
    }
    rows
}

/// Adds what each expert gave for one factor; experts keep their order over the factors.
fn add_scores(scores: &mut Vec<BTreeMap<String, Ratio>>, id: &str, list: &[Ratio]) {
    while scores.len() < list.len() {
        scores.push(BTreeMap::new());
    }
    for (expert, score) in scores.iter_mut().zip(list) {
        expert.insert(id.to_owned(), *score);
    }
}

/// Figures of a cell, parted by blanks, 、 or ；. Nothing when one of them is no number.
fn figures(text: &str) -> Option<Vec<Ratio>> {
    let parts = text.split(|c: char| c.is_whitespace() || ['、', ';', '；', '/'].contains(&c));
    let list: Vec<Ratio> = parts.filter(|part| !part.is_empty()).map(figure).collect::<Option<_>>()?;
    (!list.is_empty()).then_some(list)
}

/// A plain number: `1,234.5`, or a percentage.
fn figure(text: &str) -> Option<Ratio> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，')).collect();
    if plain.ends_with('%') {
        return Ratio::parse(&plain).ok();
    }
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 6 {
        return None;
    }
    let den = 10_i64.checked_pow(u32::try_from(part.len()).ok()?)?;
    Ratio::new(format!("{whole}{part}").parse().ok()?, den)
}

/// A figure as it was typed: a whole number, or with its decimals.
fn typed(ratio: Ratio) -> String {
    if ratio.den() == 1 { ratio.num().to_string() } else { decimal(ratio) }
}

/// Up to four decimals, cut off.
fn decimal(ratio: Ratio) -> String {
    let scaled = i128::from(ratio.num()) * 10_000 / i128::from(ratio.den());
    let text = format!("{}.{:04}", scaled / 10_000, scaled % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The proposal: every factor as figure, share, share times weight; the grade; with and without; the rank.
fn table(ctx: &Ctx, rows: &[Row], tried: &TriedAllocation) -> Markup {
    let by = &tried.method;
    let graded = !by.evaluation.is_empty() || by.deducts.is_some();
    let mut heads = vec![Head::text(ctx.t("pj-project"))];
    if competes(by) {
        heads.push(Head::text(ctx.t("pj-scores")));
        heads.push(Head::amount(ctx.t("pj-asked-yuan")));
    } else {
        heads.extend(
            by.factors
                .iter()
                .map(|f| Head::amount(format!("{} × {}", say(ctx, &f.name), f.weight.percent_truncated(2)))),
        );
        heads.push(Head::amount(ctx.t("pj-factor-sum")));
    }
    if graded {
        heads.push(Head::text(ctx.t("pj-grade")));
        heads.push(Head::amount(ctx.t("pj-without-yuan")));
    }
    heads.push(Head::amount(ctx.t("pj-rank")));
    heads.push(Head::amount(ctx.t("pj-amount-yuan")));
    let width = heads.len();
    let table = rows.iter().zip(&tried.portions).fold(
        DataTable::new("tried", ctx.t("pj-tried"), heads).quiet_caption().scrolling(),
        |table, (row, portion)| table.row(line(ctx, row, portion, (competes(by), graded))),
    );
    let sum =
        |of: fn(&TriedPortion) -> Money| Money::sum(tried.portions.iter().map(of)).unwrap_or(Money::MAX);
    let mut foot = vec![html! {}; width];
    foot[0] = html! { (ctx.t("total")) };
    foot[width - 1] = amount(sum(|portion| portion.amount));
    if graded {
        foot[width - 3] = amount(sum(|portion| portion.without));
    }
    html! {
        h3 { (ctx.t("pj-tried")) }
        (table.totals(foot).html())
        @if !tried.rest.is_zero() { p.hint { (ctx.t_args("pj-rest", &[("rest", yuan(ctx, tried.rest).into())])) } }
    }
}

fn line(ctx: &Ctx, row: &Row, portion: &TriedPortion, (competes, graded): (bool, bool)) -> Vec<Markup> {
    let percent =
        |ratio: Option<Ratio>| ratio.map_or_else(|| "—".to_owned(), |ratio| ratio.percent_truncated(2));
    let mut cells = vec![ctx.zh(&row.entrant.name)];
    if competes {
        let scores = portion.why.first().map_or("", |why| why.says.as_str());
        cells.push(ctx.zh(scores));
        cells.push(amount(row.entrant.asked));
    } else {
        cells.extend(portion.factors.iter().map(|factor| {
            html! { (typed(factor.figure)) p.hint { (percent(factor.share)) " → " (percent(factor.product)) } }
        }));
        cells.push(html! { (percent(portion.sum)) });
    }
    if graded {
        cells.push(html! {
            @match &portion.grade {
                Some(grade) => { (say(ctx, &grade.name)) p.hint { "× " (grade.factor.percent_truncated(2)) } },
                None => span.hint { (ctx.t("pj-grade-none")) },
            }
            @if let Some(why) = portion.why.iter().find(|why| why.what == DEDUCTION) {
                p.hint { (ctx.t("pj-deduct")) "：" (ctx.zh(&why.says)) }
            }
        });
        cells.push(amount(portion.without));
    }
    cells.push(html! { (portion.rank) });
    cells.push(html! { strong { (portion.amount.grouped()) } @if graded { (effect(ctx, portion)) } });
    cells
}

/// What the evaluation changes, with its sign.
fn effect(ctx: &Ctx, portion: &TriedPortion) -> Markup {
    let change = portion.amount.checked_sub(portion.without).unwrap_or(Money::ZERO);
    html! {
        @if change > Money::ZERO { div { (badge(Badge::Green, &ctx.t_args("pj-effect-more", &[("amount", change.grouped().into())]))) } }
        @else if change.is_negative() { div { (badge(Badge::Amber, &ctx.t_args("pj-effect-less", &[("amount", change.grouped().into())]))) } }
        @else { p.hint { (ctx.t("pj-effect-none")) } }
    }
}

/// The form as the plan stands; figures are read back from the explanation where that holds them.
pub(super) fn as_it_is(sheet: &Sheet, view: &AllocationPage) -> Submitted {
    let keys = sheet.keys();
    let mut form = Submitted::default();
    form.set("basis", view.basis.clone());
    form.set("total", view.total.grouped());
    let rows: Vec<Vec<String>> = view
        .lines
        .iter()
        .map(|line| {
            let says =
                |what: &str| line.why.iter().find(|why| why.what == what).map_or("", |why| why.says.as_str());
            let cell = |key: &&str| match *key {
                "project" => {
                    line.project.as_ref().map_or_else(String::new, |project| project.row.number.clone())
                }
                "place" => line.place.clone(),
                "amount" => line.amount.grouped(),
                "note" => line.note.clone(),
                "asked" => says("名次")
                    .split_once("申请")
                    .map_or_else(String::new, |(_, rest)| rest.trim_end_matches('元').to_owned()),
                "grade" => graded(sheet, says("上年度绩效评价")),
                factor => factor_of(sheet, factor, &says),
            };
            keys.iter().map(cell).collect()
        })
        .collect();
    form.set_rows(TABLE, &keys, &rows);
    deduct::as_it_is(&mut form, view);
    form
}

fn graded(sheet: &Sheet, says: &str) -> String {
    let grades = sheet.method.iter().flat_map(|by| &by.evaluation);
    let found = grades.into_iter().find(|grade| says.split('，').next() == Some(grade.name.zh.as_str()));
    found.map_or_else(String::new, |grade| grade.id.clone())
}

fn factor_of<'w>(sheet: &Sheet, key: &str, says: &impl Fn(&str) -> &'w str) -> String {
    let at = FACTORS.iter().position(|one| *one == key).unwrap_or(0);
    let Some(by) = sheet.method.as_ref().filter(|by| !competes(by)) else { return String::new() };
    let name = by.factors.get(at).map_or("", |factor| factor.name.zh.as_str());
    let text = says(name).split('，').next().unwrap_or("");
    figure(text).map_or_else(String::new, typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_plain_numbers() {
        for (text, shown) in [
            ("120", Some("120")),
            ("1,234.5", Some("1234.5")),
            ("12.5%", Some("0.125")),
            ("0", Some("0")),
            ("-3", None),
            ("约12", None),
            ("", None),
            ("1.2345678", None),
        ] {
            assert_eq!(figure(text).map(typed).as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn scores_of_several_experts_keep_their_order() {
        let mut scores = Vec::new();
        add_scores(&mut scores, "plan", &figures("80 90、85").unwrap());
        add_scores(&mut scores, "effect", &figures("70；60/50").unwrap());
        let seen: Vec<String> =
            scores.iter().map(|one| format!("{}+{}", typed(one["plan"]), typed(one["effect"]))).collect();
        assert_eq!(seen, ["80+70", "90+60", "85+50"]);
        assert!(figures("80 良好").is_none());
    }
}
