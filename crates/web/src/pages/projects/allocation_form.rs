//! The plan itself: amounts set line by line, or computed by a formula or a competition of the pack. Lines can be pasted from a
//! spreadsheet; a project is known by its number or its name.

use app::command::money::{AllocationLine, AllocationText, MoneyCommand, NewAllocation};
use app::view::money::{AllocationForm, AllocationMoney, AllocationPage, Candidate, Deducted};
use app::view::pack::{Act, Distribution, Subject};
use app::view::state::Reason;
use axum::extract::{self, Path};
use axum::response::{IntoResponse, Response};
use kernel::Money;
use kernel::amount::{AmountUnit, parse_amount};
use kernel::id::{AllocationId, ProjectId};
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::allocation::load as load_page;
use super::allocation_deduct as deduct;
use super::allocation_lines::weights;
use super::allocation_new::load as load_form;
use super::allocation_tried as tried;
use super::choices::chosen_money;
use super::health::{hindrances, word as health_word};
use super::parts::sum_of;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{
    Query, article, explained, fund_side, key_of, money_command, needed, notice, refused, rule_line, say,
    shown, stat_yuan, yuan,
};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Column, Field, Findings, Form, FormTable, Input, Opt, Size, actions, button, empty_state,
    error_summary, panel, stats,
};
use crate::words::word;

/// The name of the table.
pub(super) const TABLE: &str = "lines";
/// Columns of factors; a pack with more computes by the first of them only, which the domain then refuses.
pub(super) const FACTORS: [&str; 12] =
    ["f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11"];

/// What a plan is written on.
pub(super) struct Sheet {
    /// The money and the projects.
    pub money: AllocationMoney,
    /// How amounts come about; `None` when they are set directly.
    pub method: Option<Distribution>,
    /// The plan that is changed.
    pub edit: Option<AllocationId>,
    /// Its amounts, which its own draft does not use up.
    pub years: i16,
    /// What last year's record takes from projects.
    pub deductions: BTreeMap<ProjectId, Deducted>,
}

impl Sheet {
    /// From what was chosen; an error when there is no such money.
    pub fn of(seat: &Seat, view: &AllocationForm, form: &Submitted) -> Result<Sheet, WebError> {
        let (fund, side) = chosen_money(&view.funds, form.get("money")).ok_or(WebError::NotFound)?;
        let year: i16 = form.get("year").parse().map_err(|_| WebError::NotFound)?;
        let money = shown(&seat.ctx, seat.app().allocation_money(&seat.viewer, (&fund.id, side), year))?;
        let method = view.methods.iter().find(|by| by.id == form.get("method")).cloned();
        let deductions = taken(seat, &money, method.as_ref(), year)?;
        Ok(Sheet { money, method, edit: None, years: year, deductions })
    }

    /// For a plan that is changed.
    fn of_page(seat: &Seat, view: &AllocationPage, method: &str) -> Result<Sheet, WebError> {
        let row = &view.line.row;
        let money =
            shown(&seat.ctx, seat.app().allocation_money(&seat.viewer, (&row.fund, &row.side), row.year))?;
        let method = view.method.clone().filter(|_| method != "direct");
        let deductions = taken(seat, &money, method.as_ref(), row.year)?;
        Ok(Sheet { money, method, edit: Some(row.allocation), years: row.year, deductions })
    }

    /// The keys of the table's columns.
    pub fn keys(&self) -> Vec<&'static str> {
        let mut keys = vec!["project"];
        if self.money.pooled {
            keys.push("place");
        }
        match &self.method {
            None => keys.push("amount"),
            Some(by) => {
                if tried::competes(by) {
                    keys.push("asked");
                }
                keys.extend(FACTORS.iter().take(by.factors.len().max(usize::from(tried::competes(by)))));
                if !by.evaluation.is_empty() {
                    keys.push("grade");
                }
            }
        }
        keys.push("note");
        keys
    }

    /// A form to begin with: the open projects of this money, one a row, when they are few.
    pub fn begin(&self, chosen: &Submitted) -> Submitted {
        let keys = self.keys();
        let mut form = chosen.clone();
        let usable =
            self.money.projects.iter().filter(|one| one.health.doubts.iter().all(|doubt| !doubt.refused));
        let mut rows: Vec<Vec<String>> = if self.method.is_some() {
            let number = |one: &Candidate| {
                let cell =
                    |key: &&str| if *key == "project" { one.line.row.number.clone() } else { String::new() };
                keys.iter().map(cell).collect()
            };
            usable.map(number).collect()
        } else {
            Vec::new()
        };
        while rows.len() < 3 {
            rows.push(vec![String::new(); keys.len()]);
        }
        form.set("total", self.money.quota_left.grouped());
        form.set_rows(TABLE, &keys, &rows);
        form
    }

    /// The project that a cell means: by number, by number and name, or by a name that only one has.
    pub fn project(&self, text: &str) -> Option<&Candidate> {
        let by_number = |one: &&Candidate| {
            let row = &one.line.row;
            !text.is_empty() && (row.number == text || format!("{} {}", row.number, row.name) == text)
        };
        let named: Vec<&Candidate> =
            self.money.projects.iter().filter(|one| one.line.row.name == text).collect();
        self.money.projects.iter().find(by_number).or(if let [one] = named.as_slice() {
            Some(one)
        } else {
            None
        })
    }

    /// Puts numbers, keys and ids where names were pasted.
    fn canonical(&self, ctx: &Ctx, form: &mut Submitted) {
        let keys = self.keys();
        let mut rows = form.rows(TABLE, &keys);
        for row in &mut rows {
            for (key, cell) in keys.iter().zip(row.iter_mut()) {
                let known = match *key {
                    "project" => self.project(cell).map(|one| one.line.row.number.clone()),
                    "place" => {
                        self.money.places.iter().find(|(_, name)| name == cell).map(|(key, _)| key.clone())
                    }
                    "grade" => self.method.as_ref().and_then(|by| {
                        by.evaluation
                            .iter()
                            .find(|grade| say(ctx, &grade.name) == cell)
                            .map(|grade| grade.id.clone())
                    }),
                    _ => None,
                };
                if let Some(known) = known {
                    *cell = known;
                }
            }
        }
        form.set_rows(TABLE, &keys, &rows);
    }
}

/// Drafts a plan, or shows the form again with rows changed or amounts computed.
pub(super) async fn draft(seat: Seat, form: Submitted) -> Result<Response, WebError> {
    let view = load_form(&seat)?;
    let sheet = Sheet::of(&seat, &view, &form)?;
    save(seat, sheet, form).await
}

/// The page of a plan that is changed.
pub(super) async fn show_edit(
    seat: Seat,
    Path(of): Path<String>,
    query: extract::Query<Query>,
) -> Result<Response, WebError> {
    let view = editable(&seat, &of)?;
    let sheet = Sheet::of_page(&seat, &view, query.get("method").map_or("", String::as_str))?;
    let form = tried::as_it_is(&sheet, &view);
    Ok(page(&seat, &sheet, &form, &Findings::none()))
}

/// Writes the draft anew.
pub(super) async fn edit(seat: Seat, Path(of): Path<String>, form: Submitted) -> Result<Response, WebError> {
    // A plan may have moved on while it was being changed: then the act says so, and what was typed is still there.
    let view = load_page(&seat, &of)?;
    load_form(&seat)?;
    let sheet = Sheet::of_page(&seat, &view, form.get("method"))?;
    save(seat, sheet, form).await
}

fn editable(seat: &Seat, of: &str) -> Result<AllocationPage, WebError> {
    let view = load_page(seat, of)?;
    if view.may_edit { Ok(view) } else { Err(WebError::Forbidden) }
}

async fn save(seat: Seat, sheet: Sheet, mut form: Submitted) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let changed = form.change_rows(TABLE, &sheet.keys());
    sheet.canonical(ctx, &mut form);
    if changed || ctx.live.is_live() {
        return Ok(page(&seat, &sheet, &form, &Findings::none()));
    }
    let mut findings = Findings::none();
    let lines = match &sheet.method {
        None => direct(ctx, &sheet, &form, &mut findings),
        Some(_) => tried::lines(&seat, &sheet, &form, &mut findings)?,
    };
    if form.act() != "draft" {
        return Ok(page(&seat, &sheet, &form, &findings));
    }
    let basis = needed(ctx, &form, &mut findings, ("basis", &ctx.t("pj-basis")));
    if !findings.is_empty() {
        return Ok(page(&seat, &sheet, &form, &findings));
    }
    let text = AllocationText { basis, method: sheet.method.as_ref().map(|by| by.id.clone()), lines };
    let money = match sheet.edit {
        Some(allocation) => MoneyCommand::RedraftAllocation { allocation, text },
        None => MoneyCommand::DraftAllocation(NewAllocation {
            pack: seat.viewer.pack.id.clone(),
            fund: sheet.money.fund.clone(),
            side: sheet.money.side.clone(),
            year: sheet.years,
            text,
        }),
    };
    match seat.submit(form.get("key"), money_command(money)).await {
        Ok(answer) => {
            let id =
                sheet.edit.map_or_else(|| answer.id.unwrap_or_default().to_string(), |id| id.to_string());
            let done = if sheet.edit.is_some() { word("pj-redrafted") } else { word("pj-drafted") };
            Ok(go_with(&format!("/allocations/{id}"), &Flash::done(done)))
        }
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| field(&sheet, &form, reason))?;
            Ok(page(&seat, &sheet, &form, &findings))
        }
    }
}

/// The lines as typed; empty rows are left out.
fn direct(ctx: &Ctx, sheet: &Sheet, form: &Submitted, findings: &mut Findings) -> Vec<AllocationLine> {
    let mut lines = Vec::new();
    for row in 0..form.rows(TABLE, &sheet.keys()).len() {
        let cell = |key: &str| form.get(&format!("{TABLE}.{row}.{key}"));
        if ["project", "place", "amount", "note"].iter().all(|key| cell(key).is_empty()) {
            continue;
        }
        let project = project_at(ctx, sheet, form, row, findings);
        let label = ctx.t_args("row-label", &[("number", (row + 1).into())]);
        let amount =
            parse_amount(cell("amount"), AmountUnit::Yuan).map(|amount| amount.money).map_err(|error| {
                findings.add(format!("{TABLE}.{row}.amount"), format!("{label}：{}", explained(ctx, &error)));
            });
        let (Some(project), Ok(amount)) = (project, amount) else { continue };
        lines.push(AllocationLine {
            project: project.line.row.project,
            place: cell("place").to_owned(),
            amount,
            note: cell("note").to_owned(),
            why: Vec::new(),
        });
    }
    lines
}

/// The project of a row, or a finding.
pub(super) fn project_at<'s>(
    ctx: &Ctx,
    sheet: &'s Sheet,
    form: &Submitted,
    row: usize,
    findings: &mut Findings,
) -> Option<&'s Candidate> {
    let name = format!("{TABLE}.{row}.project");
    let found = sheet.project(form.get(&name));
    if found.is_none() {
        findings.add(
            name.clone(),
            ctx.t_args(
                "pj-project-unknown",
                &[("row", (row + 1).into()), ("text", form.get(&name).to_owned().into())],
            ),
        );
    }
    found
}

/// The field that a refusal belongs to: the row of the project that it names, else the first.
fn field(sheet: &Sheet, form: &Submitted, reason: &Reason) -> String {
    let rows = form.rows(TABLE, &["project"]);
    let row_of =
        |text: &str| rows.iter().position(|row| !row[0].is_empty() && text.contains(&row[0])).unwrap_or(0);
    match reason {
        Reason::ReasonMissing { .. } => "basis".to_owned(),
        Reason::LineTwice { project } | Reason::LineOfOtherMoney { project, .. } => {
            format!("{TABLE}.{}.project", row_of(project))
        }
        Reason::PlaceMissing { project } => format!("{TABLE}.{}.place", row_of(project)),
        Reason::ProjectClosed { number } => format!("{TABLE}.{}.project", row_of(number)),
        Reason::AmountNotPositive { what } if sheet.method.is_none() => {
            format!("{TABLE}.{}.amount", row_of(what))
        }
        Reason::OverQuota { .. } if sheet.method.is_some() => "total".to_owned(),
        Reason::OverQuota { .. } => format!("{TABLE}.0.amount"),
        Reason::AllocationEmpty {} => format!("{TABLE}.0.project"),
        _ => String::new(),
    }
}

/// What last year's record takes from the projects that may receive this money.
fn taken(
    seat: &Seat,
    money: &AllocationMoney,
    method: Option<&Distribution>,
    year: i16,
) -> Result<BTreeMap<ProjectId, Deducted>, WebError> {
    let Some(by) = method else { return Ok(BTreeMap::new()) };
    let projects: Vec<ProjectId> = money.projects.iter().map(|one| one.line.row.project).collect();
    shown(&seat.ctx, seat.app().deductions(&seat.viewer, &by.id, year, &projects))
}

/// The page.
pub(super) fn page(seat: &Seat, sheet: &Sheet, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let money = &sheet.money;
    let key = key_of(seat, form);
    let (action, title, back) = match sheet.edit {
        Some(id) => (format!("/allocations/{id}/edit"), ctx.t("pj-edit"), format!("/allocations/{id}")),
        None => ("/allocations/new".to_owned(), ctx.t("pj-draft"), "/allocations".to_owned()),
    };
    let save = if sheet.edit.is_some() { ctx.t("pj-redraft") } else { ctx.t("pj-draft-save") };
    let method = sheet.method.as_ref().map_or("direct", |by| by.id.as_str());
    let fields = html! {
        (error_summary(ctx, findings))
        input type="hidden" name="money" value={ (money.fund) ":" (money.side) };
        input type="hidden" name="year" value=(sheet.years);
        input type="hidden" name="method" value=(method);
        section.card {
            (Field::text("basis", &ctx.t("pj-basis")).size(Size::Full).hint(&ctx.t("pj-basis-hint"))
                .value(form.get("basis")).error(findings.at("basis")).html(ctx))
        }
        @if let Some(by) = &sheet.method { (tried::setting(ctx, by, form, findings)) }
        (deduct::panel_of(ctx, sheet, form, findings))
        section.card { (table(ctx, sheet, form, findings)) (balance(seat, sheet, form)) }
        (actions(html! {
            @if sheet.method.is_some() { (button::secondary(&ctx.t("pj-compute"), "compute")) }
            (button::primary(&save, "draft"))
            (button::link(&back, &ctx.t("cancel")))
        }))
    };
    Page::new(ctx, &title)
        .width(Width::Wide)
        .crumb("/allocations", ctx.t("pj-allocations"))
        .caption(format!("{} · {}", fund_side(ctx, &money.fund_name, &money.side_name), ctx.t_args("pj-year-of", &[("year", sheet.years.to_string().into())])))
        .beside_title(article(&money.cite))
        .findings(findings.count())
        .body(html! {
            (rule_line(ctx, &seat.viewer.pack, Subject::Allocation, Act::Plan))
            @if money.projects.is_empty() {
                (empty_state(&ctx.t("pj-no-candidates"), &ctx.t("pj-no-candidates-about"), button::link("/projects", &ctx.t("pj-projects"))))
            }
            @if let Some(by) = &sheet.method { (panel(&ctx.t("pj-method"), html! { (weights(ctx, by))
                @if sheet.edit.is_some() { p { a href={ (action) "?method=direct" } { (ctx.t("pj-to-direct")) } } } })) }
            (Form::post(&action, "draft").key(&key).live().guarded().html(ctx, fields))
            (candidates(ctx, sheet))
        })
        .into_response()
}

fn table(ctx: &Ctx, sheet: &Sheet, form: &Submitted, findings: &Findings) -> Markup {
    let keys = sheet.keys();
    let columns: Vec<Column> = keys.iter().enumerate().map(|(at, key)| column(ctx, sheet, at, key)).collect();
    let rows = form.rows(TABLE, &keys);
    let totals: Vec<String> = keys
        .iter()
        .enumerate()
        .map(|(at, key)| match *key {
            "amount" | "asked" => sum_of(rows.iter().map(|row| row[at].as_str())).grouped(),
            _ => String::new(),
        })
        .collect();
    let (caption, hint) = (ctx.t("pj-allocation-lines"), ctx.t("pj-allocation-lines-hint"));
    FormTable::new(TABLE, &caption, &columns, &rows).hint(&hint).findings(findings).totals(&totals).html(ctx)
}

fn column(ctx: &Ctx, sheet: &Sheet, at: usize, key: &'static str) -> Column {
    let before = sheet.keys().iter().take(at).filter(|key| key.starts_with('f')).count();
    match key {
        "project" => {
            let options = sheet.money.projects.iter().map(|one| {
                let row = &one.line.row;
                Opt::new(&row.number, format!("{} {}", row.number, row.name))
            });
            Column::new(key, ctx.t("pj-project"), Input::Select(options.collect())).broad()
        }
        "place" => {
            let options = sheet.money.places.iter().map(|(key, name)| Opt::new(key, name));
            Column::new(key, ctx.t("pj-whose-money"), Input::Select(options.collect()))
        }
        "amount" => Column::new(key, ctx.t("pj-amount-yuan"), Input::Amount),
        "asked" => Column::new(key, ctx.t("pj-asked-yuan"), Input::Amount),
        "grade" => {
            let grades = sheet.method.iter().flat_map(|by| &by.evaluation);
            let options = grades.map(|grade| Opt::new(&grade.id, say(ctx, &grade.name)));
            Column::new(key, ctx.t("pj-grade"), Input::Select(options.collect()))
        }
        "note" => Column::new(key, ctx.t("pj-note"), Input::Text),
        _ => {
            let by = sheet.method.as_ref();
            let factor = by.and_then(|by| by.factors.get(before));
            let label = match factor {
                Some(factor) => {
                    format!("{}（{}）", say(ctx, &factor.name), factor.weight.percent_truncated(2))
                }
                None => ctx.t("pj-scores"),
            };
            let input = if by.is_some_and(tried::competes) { Input::Text } else { Input::Amount };
            Column::new(key, label, input)
        }
    }
}

/// The sum against what is left: plainly said when it is too much; for a computed plan the result with its explanation.
fn balance(seat: &Seat, sheet: &Sheet, form: &Submitted) -> Markup {
    let ctx = &seat.ctx;
    let left = sheet.money.quota_left;
    let result = sheet.method.is_some().then(|| tried::result(seat, sheet, form));
    let total = match &result {
        Some(result) => result.given,
        None => {
            let rows = form.rows(TABLE, &["amount"]);
            sum_of(rows.iter().map(|row| row[0].as_str()))
        }
    };
    let over = total.checked_sub(left).filter(|over| *over > Money::ZERO);
    let rest = left.checked_sub(total).unwrap_or(Money::ZERO);
    html! {
        div.part-below data-part="balance" role="status" {
            @if let Some(result) = result { (result.shown) }
            (stats(&[
                stat_yuan(ctx, "pj-total", total, String::new()),
                stat_yuan(ctx, "pj-quota-left", left, ctx.t_args("pj-quota-about", &[("count", sheet.money.quota.len().into())])),
                stat_yuan(ctx, "pj-quota-after", rest, ctx.t("pj-quota-after-about")),
            ]))
            @if let Some(over) = over {
                (notice(Badge::Red, html! {
                    p { strong { (ctx.t_args("pj-over", &[("total", yuan(ctx, total).into()), ("left", yuan(ctx, left).into()), ("over", yuan(ctx, over).into())])) } }
                    p { (ctx.t("pj-over-next")) }
                }))
            }
        }
    }
}

/// The projects that can be chosen, with what stands in the way of each.
fn candidates(ctx: &Ctx, sheet: &Sheet) -> Markup {
    let hindered: Vec<&Candidate> = sheet.money.projects.iter().filter(|one| !one.health.is_well()).collect();
    html! {
        @if !hindered.is_empty() {
            (panel(&ctx.t("pj-hindered-projects"), html! {
                p.hint { (ctx.t("pj-hindered-projects-about")) }
                ul.papers { @for one in hindered { li {
                    a href={ "/projects/" (one.line.row.project) } { (ctx.zh(&one.line.row.name)) } " " span.hint { (one.line.row.number) } " " (health_word(ctx, &one.health))
                    (hindrances(ctx, &one.health))
                } } }
            }))
        }
    }
}
