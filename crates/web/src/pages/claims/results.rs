//! `/batches/{id}/results`: what the bank answered: a file is read and shown, nothing is booked; then it is confirmed.

use app::App;
use app::bank::{BankFileError, BankLine};
use app::view::money::{BatchPage, Effect, Preview, PreviewLine};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use maud::{Markup, html};

use super::batch::load;
use super::beside;
use super::parts::notice;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{key_of, refusal_text, refused, shown, total};
use crate::state::Seat;
use crate::submitted::{Submitted, SubmittedWithFiles};
use crate::ui::{
    Badge, DataTable, FileField, Findings, Form, Head, Stat, actions, badge, button, details, error_summary,
    panel, stats,
};
use crate::words::word;

/// The page: where the file is chosen.
pub(super) async fn show(seat: Seat, Path(batch): Path<String>) -> Result<Response, WebError> {
    let view = load(&seat, &batch)?;
    if !view.may_pay {
        return Err(WebError::Forbidden);
    }
    Ok(upload(&seat, &view, &Findings::none()))
}

/// Reads a file, or books what was read.
pub(super) async fn act(
    seat: Seat,
    Path(batch): Path<String>,
    sent: SubmittedWithFiles,
) -> Result<Response, WebError> {
    let view = load(&seat, &batch)?;
    if !view.may_pay {
        return Err(WebError::Forbidden);
    }
    if sent.fields.act() == "book" && !seat.ctx.live.is_live() {
        return book(&seat, &view, &sent.fields).await;
    }
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let Some(file) = sent.files.first() else {
        findings.add("file", ctx.t("batch-needs-file"));
        return Ok(upload(&seat, &view, &findings));
    };
    match App::read_bank_file(&file.bytes) {
        Ok(lines) if lines.is_empty() => findings.add("file", ctx.t("batch-file-empty")),
        Ok(lines) => return preview(&seat, &view, &lines, &sent.fields, &findings),
        Err(error) => findings.add("file", file_error(ctx, &error)),
    }
    Ok(upload(&seat, &view, &findings))
}

fn file_error(ctx: &Ctx, error: &BankFileError) -> String {
    match error {
        BankFileError::Encoding => ctx.t("batch-file-encoding"),
        BankFileError::Xml { .. } => ctx.t("batch-file-xml"),
        BankFileError::Column { column } => {
            ctx.t_args("batch-file-column", &[("column", (*column).to_owned().into())])
        }
        BankFileError::Empty => ctx.t("batch-file-empty"),
    }
}

async fn book(seat: &Seat, view: &BatchPage, form: &Submitted) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let lines = seat.app().ticket_bank(&seat.viewer, form.get("lines")).ok_or(WebError::Stale)?;
    let batch = view.line.row.batch;
    let (app, viewer, key) = (seat.app().clone(), seat.viewer.clone(), form.get("key").to_owned());
    let said = lines.clone();
    match beside(move || app.book_bank_lines(&viewer, batch, &said, &key)).await? {
        Ok(_) => {
            let done = Flash::done(word("batch-booked")).with("number", view.line.row.number.clone());
            Ok(go_with(&format!("/batches/{batch}"), &done))
        }
        Err(failure) => {
            let mut findings = Findings::none();
            refused(ctx, &mut findings, failure, |_| "lines".to_owned())?;
            preview(seat, view, &lines, form, &findings)
        }
    }
}

fn upload(seat: &Seat, view: &BatchPage, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let hint = ctx.t("batch-results-hint");
    let fields = html! {
        (FileField { name: "file", label: &ctx.t("batch-results-file"), accept: ".csv,.xml", hint: Some(&hint), error: findings.at("file") }.html(ctx))
        (actions(button::primary(&ctx.t("batch-results-read"), "read")))
    };
    let content = html! {
        (error_summary(ctx, findings))
        @if view.released_on.is_none() {
            (notice(Badge::Amber, &ctx.t("batch-not-released"), ctx.t("batch-not-released-about")))
        } @else {
            (panel(&ctx.t("batch-results"), html! {
                p { (ctx.t("batch-results-about")) }
                (Form::post(&format!("/batches/{}/results", view.line.row.batch), "read").with_files().html(ctx, fields))
                (details(&ctx.t("batch-results-columns"), html! { p { (ctx.t("batch-results-columns-about")) } }))
            }))
        }
    };
    page(ctx, view, findings, content)
}

fn page(ctx: &Ctx, view: &BatchPage, findings: &Findings, content: Markup) -> Response {
    let row = &view.line.row;
    Page::new(ctx, &ctx.t("batch-results"))
        .width(Width::Wide)
        .crumb("/batches", ctx.t("batch-title"))
        .crumb(format!("/batches/{}", row.batch), row.number.clone())
        .findings(findings.count())
        .body(content)
        .into_response()
}

fn preview(
    seat: &Seat,
    view: &BatchPage,
    lines: &[BankLine],
    form: &Submitted,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let batch = view.line.row.batch;
    let said = shown(ctx, seat.app().preview_results(&seat.viewer, batch, lines))?;
    let ticket = shown(ctx, seat.app().bank_ticket(&seat.viewer, lines))?;
    let key = key_of(seat, form);
    let stands = said.count(|effect| matches!(effect, Effect::Refused(_))) == 0;
    let content = html! {
        (error_summary(ctx, findings))
        span #f-lines {}
        (preview_body(ctx, &said))
        (Form::post(&format!("/batches/{batch}/results"), "book").key(&key).with_files().html(ctx, html! {
            input type="hidden" name="lines" value=(ticket);
            (actions(html! {
                @if stands { (button::primary(&ctx.t("batch-book"), "book")) }
                (button::link(&format!("/batches/{batch}/results"), &ctx.t("batch-results-other")))
            }))
        }))
    };
    Ok(page(ctx, view, findings, content))
}

/// What the file would do: sums, then what needs a person, then the rest.
pub(super) fn preview_body(ctx: &Ctx, said: &Preview) -> Markup {
    let sum = |wanted: &dyn Fn(&Effect) -> bool| {
        let lines = said.lines.iter().filter(|line| wanted(&line.effect));
        total(lines.filter_map(|line| line.amount))
    };
    let stat = |label: &str, wanted: &dyn Fn(&Effect) -> bool| Stat {
        label: ctx.t(label),
        value: sum(wanted).grouped(),
        unit: ctx.t("unit-yuan"),
        about: ctx.t_args("batch-preview-count", &[("count", said.count(wanted).into())]),
        href: None,
    };
    let needs = |line: &&PreviewLine| !matches!(line.effect, Effect::Paid(_) | Effect::Known);
    let (exceptions, fine): (Vec<_>, Vec<_>) = said.lines.iter().partition(needs);
    let open: Money = total(said.open.iter().map(|payment| payment.row.amount));
    html! {
        (notice(Badge::Blue, &ctx.t("batch-preview"), ctx.t("batch-preview-about")))
        (stats(&[
            stat("batch-effect-paid", &|effect| matches!(effect, Effect::Paid(_))),
            stat("batch-effect-failed", &|effect| matches!(effect, Effect::Failed(_))),
            stat("batch-effect-unclear", &|effect| matches!(effect, Effect::Unclear(_) | Effect::Refused(_))),
            Stat {
                label: ctx.t("batch-effect-none"), value: open.grouped(), unit: ctx.t("unit-yuan"),
                about: ctx.t_args("batch-preview-count", &[("count", said.open.len().into())]), href: None,
            },
        ]))
        @if !exceptions.is_empty() { (panel(&ctx.t("batch-preview-exceptions"), table(ctx, ("exceptions", "batch-preview-exceptions"), &exceptions))) }
        @if !fine.is_empty() { (panel(&ctx.t("batch-preview-fine"), table(ctx, ("fine", "batch-preview-fine"), &fine))) }
        @if !said.open.is_empty() {
            (details(&ctx.t_args("batch-preview-open", &[("count", said.open.len().into())]), html! {
                ul { @for payment in &said.open { li { (payment.row.end_to_end) " " (ctx.zh(&payment.row.payee_name)) " " (payment.row.amount.grouped()) } } }
            }))
        }
    }
}

fn table(ctx: &Ctx, (id, caption): (&str, &str), lines: &[&PreviewLine]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("batch-reference")),
        Head::text(ctx.t("claim-payee")),
        Head::amount(ctx.t("claim-amount-yuan")),
        Head::text(ctx.t("batch-effect")),
        Head::text(ctx.t("batch-bank-line")),
    ];
    let mut table = DataTable::new(id, ctx.t(caption), heads).quiet_caption();
    for line in lines {
        let name = line.payment.as_ref().map_or("", |payment| payment.row.payee_name.as_str());
        table = table.row(vec![
            html! { @if line.end_to_end.is_empty() { span.hint { (ctx.t("batch-no-reference")) } } @else { (line.end_to_end) } },
            ctx.zh(name),
            html! { @if let Some(amount) = line.amount { (amount.grouped()) } },
            effect(ctx, &line.effect),
            html! { span.hint { (ctx.zh(&line.text)) } },
        ]);
    }
    table.html()
}

fn effect(ctx: &Ctx, effect: &Effect) -> Markup {
    html! {
        @match effect {
            Effect::Paid(on) => { (badge(Badge::Green, &ctx.t("batch-effect-paid"))) p.hint { (ctx.date(*on)) } }
            Effect::Failed(why) => { (badge(Badge::Red, &ctx.t("batch-effect-failed"))) p.hint { (ctx.zh(why)) } }
            Effect::Known => (badge(Badge::Grey, &ctx.t("batch-effect-known"))),
            Effect::Elsewhere(number) => { (badge(Badge::Blue, &ctx.t("batch-effect-elsewhere"))) p.hint { (ctx.zh(number)) } }
            Effect::Unclear(why) => { (badge(Badge::Amber, &ctx.t("batch-effect-unclear"))) p.hint { (ctx.zh(why)) } }
            Effect::Refused(refusal) => { (badge(Badge::Red, &ctx.t("batch-effect-refused"))) p.hint { (refusal_text(ctx, refusal)) } }
        }
    }
}
