//! `/projects/{id}/lines`: the budget lines of a project, all of them; pasted from a spreadsheet where that is easier.

use app::command::money::{BudgetLine, MoneyCommand};
use app::view::money::{ProjectPage, uses_of};
use app::view::pack::{Act, EnumMember, Subject};
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::amount::{AmountUnit, parse_amount};
use maud::html;

use super::new::looks_like;
use super::one::{load, under};
use super::parts::sum_of;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::{explained, key_of, money_command, refused, rule_line, say};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Column, Findings, Form, FormTable, Input, Opt, actions, button, error_summary};
use crate::words::word;

const TABLE: &str = "lines";
const KEYS: [&str; 3] = ["name", "nature", "amount"];

/// The page.
pub(super) async fn show(seat: Seat, Path(of): Path<String>) -> Result<Response, WebError> {
    let view = open_for(&seat, &of)?;
    let mut form = Submitted::default();
    let mut rows: Vec<Vec<String>> = view
        .budget
        .iter()
        .map(|line| {
            vec![line.name.clone(), nature_word(&seat.ctx, &view, &line.nature), line.amount.grouped()]
        })
        .collect();
    if rows.is_empty() {
        rows = vec![vec![String::new(); KEYS.len()]; 3];
    }
    form.set_rows(TABLE, &KEYS, &rows);
    Ok(page(&seat, &view, &form, &Findings::none()))
}

/// Sets them.
pub(super) async fn save(
    seat: Seat,
    Path(of): Path<String>,
    mut form: Submitted,
) -> Result<Response, WebError> {
    let view = sent_to(&seat, &of)?;
    let ctx = &seat.ctx;
    if form.change_rows(TABLE, &KEYS) || ctx.live.is_live() {
        return Ok(page(&seat, &view, &form, &Findings::none()));
    }
    let mut findings = Findings::none();
    let lines = read(ctx, &view, &form, &mut findings);
    if !findings.is_empty() {
        return Ok(page(&seat, &view, &form, &findings));
    }
    let project = view.line.row.project;
    match seat.submit(form.get("key"), money_command(MoneyCommand::PlanLines { project, lines })).await {
        Ok(_) => Ok(go_with(&format!("/projects/{project}"), &Flash::done(word("pj-lines-saved")))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| field(&form, reason))?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

fn open_for(seat: &Seat, of: &str) -> Result<ProjectPage, WebError> {
    let view = sent_to(seat, of)?;
    if view.closed.is_none() { Ok(view) } else { Err(WebError::Forbidden) }
}

/// A form may be sent that was open when somebody closed the project: what was typed is not lost over it.
fn sent_to(seat: &Seat, of: &str) -> Result<ProjectPage, WebError> {
    let view = load(seat, of)?;
    if view.may.declare { Ok(view) } else { Err(WebError::Forbidden) }
}

/// The natures of the pack, each once.
fn natures(view: &ProjectPage) -> Vec<&EnumMember> {
    let mut all: Vec<&EnumMember> = Vec::new();
    for nature in view.pack.vouchers.iter().flat_map(|voucher| &voucher.natures) {
        if all.iter().all(|known| known.id != nature.id) {
            all.push(nature);
        }
    }
    all
}

/// The nature that a word means, in either language: the language of the screen may change while a form is open.
fn nature_of<'v>(view: &'v ProjectPage, word: &str) -> Option<&'v EnumMember> {
    natures(view)
        .into_iter()
        .find(|one| [&one.id, &one.name.zh, &one.name.en].into_iter().any(|known| known == word))
}

/// The word of a nature in the table: its name, so that it can be pasted.
fn nature_word(ctx: &Ctx, view: &ProjectPage, id: &str) -> String {
    let found = natures(view).into_iter().find(|nature| nature.id == id);
    found.map_or_else(String::new, |nature| say(ctx, &nature.name).to_owned())
}

/// The rows typed; empty rows are left out. A line that keeps its name keeps its key.
fn read(ctx: &Ctx, view: &ProjectPage, form: &Submitted, findings: &mut Findings) -> Vec<BudgetLine> {
    let mut lines: Vec<BudgetLine> = Vec::new();
    for (row, cells) in form.rows(TABLE, &KEYS).into_iter().enumerate() {
        let [name, nature, text] = cells.as_slice() else { continue };
        if name.is_empty() && text.is_empty() {
            continue;
        }
        let at = |key: &str| format!("{TABLE}.{row}.{key}");
        if name.is_empty() {
            findings.add(
                at("name"),
                ctx.t_args("pj-row-needs", &[("row", (row + 1).into()), ("what", ctx.t("pj-line").into())]),
            );
        }
        let known = nature_of(view, nature);
        if known.is_none() && !nature.is_empty() && *nature != ctx.t("pj-nature-plain") {
            findings.add(
                at("nature"),
                ctx.t_args(
                    "pj-nature-unknown",
                    &[("row", (row + 1).into()), ("nature", nature.clone().into())],
                ),
            );
        }
        let amount = parse_amount(text, AmountUnit::Yuan).map(|amount| amount.money).map_err(|error| {
            let row = ctx.t_args("row-label", &[("number", (row + 1).into())]);
            findings.add(at("amount"), format!("{row}：{}", explained(ctx, &error)));
        });
        let Ok(amount) = amount else { continue };
        lines.push(BudgetLine {
            key: key_for(view, &lines, name),
            name: name.clone(),
            nature: known.map_or_else(String::new, |known| known.id.clone()),
            amount,
        });
    }
    lines
}

/// The key of a line: that of the old line of the same name, else the first `lN` that is free.
fn key_for(view: &ProjectPage, lines: &[BudgetLine], name: &str) -> String {
    let taken = |key: &str| lines.iter().any(|line| line.key == key);
    if let Some(old) = view.budget.iter().find(|line| line.name == name && !taken(&line.key)) {
        return old.key.clone();
    }
    let used = |key: &str| taken(key) || view.budget.iter().any(|line| line.key == key);
    let most = view.budget.len() + lines.len() + 1;
    (1..=most).map(|number| format!("l{number}")).find(|key| !used(key)).unwrap_or_default()
}

/// The field that a refusal belongs to: the row that it names, else the first.
fn field(form: &Submitted, reason: &Reason) -> String {
    let rows = form.rows(TABLE, &KEYS);
    let row_of =
        |text: &str| rows.iter().position(|row| !row[0].is_empty() && text.contains(&row[0])).unwrap_or(0);
    match reason {
        Reason::AmountNotPositive { what } => format!("{TABLE}.{}.amount", row_of(what)),
        Reason::LineBelowUsed { line, .. } => format!("{TABLE}.{}.amount", row_of(line)),
        Reason::LinesUnusable { .. } => format!("{TABLE}.0.name"),
        _ => String::new(),
    }
}

fn page(seat: &Seat, view: &ProjectPage, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let row = &view.line.row;
    let key = key_of(seat, form);
    let options: Vec<Opt> =
        natures(view).into_iter().map(|one| say(ctx, &one.name)).map(|name| Opt::new(name, name)).collect();
    let columns = [
        Column::new("name", ctx.t("pj-line"), Input::Text).broad(),
        Column::new("nature", ctx.t("pj-nature"), Input::Select(options)),
        Column::new("amount", ctx.t("pj-planned-yuan"), Input::Amount),
    ];
    let rows = form.rows(TABLE, &KEYS);
    let total = sum_of(rows.iter().map(|row| row[2].as_str())).grouped();
    let totals = [String::new(), String::new(), total];
    let uses = uses_of(&view.pack, &row.fund, &row.side);
    let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    let (caption, hint) = (ctx.t("pj-lines"), ctx.t("pj-lines-hint"));
    let fields = html! {
        (error_summary(ctx, findings))
        (FormTable::new(TABLE, &caption, &columns, &rows).hint(&hint).findings(findings).totals(&totals).html(ctx))
        div data-part="doubts" { (looks_like(seat, Some(&uses), &names.join("\n"))) }
        (actions(html! {
            (button::primary(&ctx.t("pj-save"), "save"))
            (button::link(&format!("/projects/{}/lines/import", row.project), &ctx.t("tables-import")))
            (button::link(&format!("/projects/{}", row.project), &ctx.t("cancel")))
        }))
    };
    let action = format!("/projects/{}/lines", row.project);
    under(ctx, view, &ctx.t("pj-lines"))
        .findings(findings.count())
        .body(html! {
            (rule_line(ctx, &view.pack, Subject::Project, Act::Declare))
            section.card { (Form::post(&action, "save").key(&key).live().guarded().html(ctx, fields)) }
        })
        .into_response()
}
