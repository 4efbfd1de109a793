//! `/batches/{id}`: one batch: its payments and how far they are, the release of its file by a second person, what the bank left
//! unclear.

use app::payout::FileForm;
use app::view::money::{BatchPage, PaymentNow};
use app::view::pack::{Act, Subject};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::id::BatchId;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::parts::{batch_badge, notice, payment_badge, sees_batches};
use super::{beside, exceptions};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::links;
use crate::pages::shared::{id, key_of, refused, say, shown, total};
use crate::pages::tables;
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Choice, DataTable, Findings, Form, Head, Opt, SummaryList, actions, badge, button, cite,
    error_summary, panel,
};
use crate::words::word;

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path(batch): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let view = load(&seat, &batch)?;
    if let Some(format) = tables::asked(asked.get("format").map(String::as_str)) {
        return tables::export::batch(&seat, &view, format);
    }
    Ok(page(&seat, &view, &Submitted::default(), &Findings::none()))
}

/// The batch of the address.
pub(super) fn load(seat: &Seat, batch: &str) -> Result<BatchPage, WebError> {
    sees_batches(seat)?;
    let batch: BatchId = id(batch)?;
    shown(&seat.ctx, seat.app().batch_page(&seat.viewer, batch))
}

/// Releases the file: its digest is put on record before anybody receives a byte.
pub(super) async fn release(
    seat: Seat,
    Path(batch): Path<String>,
    form: Submitted,
) -> Result<Response, WebError> {
    let view = load(&seat, &batch)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let chosen = FileForm::parse(form.get("form"));
    let (Some(chosen), false) = (chosen, ctx.live.is_live()) else {
        findings.add("form", ctx.t("batch-needs-form"));
        return Ok(page(&seat, &view, &form, &findings));
    };
    let batch = view.line.row.batch;
    let (app, viewer, key) = (seat.app().clone(), seat.viewer.clone(), form.get("key").to_owned());
    match beside(move || app.release_batch(&viewer, batch, chosen, &key)).await? {
        Ok(_) => {
            let done = Flash::done(word("batch-released-done")).with("number", view.line.row.number.clone());
            Ok(go_with(&format!("/batches/{batch}"), &done))
        }
        Err(failure) => {
            // It is never the form of the file that is refused.
            refused(ctx, &mut findings, failure, |_| "")?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

fn page(seat: &Seat, view: &BatchPage, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let row = &view.line.row;
    let step = seat.viewer.pack.step_on(Subject::Batch, Act::Pay);
    let body = html! {
        (error_summary(ctx, findings))
        (file(seat, view, form, findings))
        @if !view.unclear.is_empty() {
            (panel(&ctx.t("batch-unclear"), exceptions::unclear(ctx, &view.unclear, view.may_pay)))
        }
        (panel(&ctx.t("batch-payments-head"), html! { (payments(ctx, view))
            div.actions { (button::link(&format!("/batches/{}/list.pdf", row.batch), &ctx.t("batch-paper-print"))) }
            (tables::links(ctx, &format!("/batches/{}", row.batch)))
        }))
    };
    Page::new(ctx, &row.number)
        .width(Width::Wide)
        .crumb("/batches", ctx.t("batch-title"))
        .caption(format!("{} · {}", say(ctx, &view.line.fund), ctx.date(row.made_on)))
        .beside_title(html! {
            (batch_badge(ctx, &row.standing, &view.line.standing)) " "
            @if let Some(step) = step { (cite(&step.cite.to_string())) }
        })
        .findings(findings.count())
        .body(body)
        .into_response()
}

/// The file: who made the batch, who released it, its digest; or the release.
fn file(seat: &Seat, view: &BatchPage, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let row = &view.line.row;
    let people = SummaryList::new().row(ctx.t("batch-made-by"), ctx.zh(&view.made_by));
    let Some(on) = view.released_on else {
        return panel(
            &ctx.t("batch-file"),
            html! { (people.html(ctx)) (to_release(seat, view, form, findings)) },
        );
    };
    let (kind, digest) = row.digest.split_once(':').unwrap_or(("", row.digest.as_str()));
    let people = people
        .row(
            ctx.t("batch-released-by"),
            html! { (ctx.zh(view.released_by.as_deref().unwrap_or(""))) " " (ctx.date(on)) },
        )
        .row(ctx.t("batch-file-form"), form_name(ctx, kind))
        .row(ctx.t("batch-digest"), html! { span.hash { code { (digest) } } });
    let path = if kind == FileForm::Csv.id() { "file.csv" } else { "pain001.xml" };
    panel(
        &ctx.t("batch-file"),
        html! {
            (people.html(ctx))
            p.hint { (ctx.t("batch-file-about")) }
            div.actions {
                @if view.may_pay {
                    (button::link(&format!("/batches/{}/{path}", row.batch), &ctx.t("batch-download")))
                    (button::link_primary(&format!("/batches/{}/results", row.batch), &ctx.t("batch-results")))
                }
            }
        },
    )
}

fn form_name(ctx: &Ctx, kind: &str) -> String {
    if kind == FileForm::Csv.id() { ctx.t("batch-form-csv") } else { ctx.t("batch-form-pain") }
}

/// The release, or why this person cannot.
fn to_release(seat: &Seat, view: &BatchPage, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let row = &view.line.row;
    if !view.may_pay {
        return html! { p role="status" { (badge(Badge::Blue, &ctx.t("claim-step-other"))) " " (ctx.t("batch-release-other")) } };
    }
    if view.mine {
        return html! { p role="status" { (badge(Badge::Amber, &ctx.t("claim-another"))) " " (ctx.t("batch-release-mine")) } };
    }
    let payer = seat.app().payer_now(&seat.viewer, &row.fund).ok().flatten();
    let Some(payer) = payer else {
        return notice(
            Badge::Amber,
            &ctx.t("batch-payer-missing"),
            html! { (ctx.t("batch-payer-missing-about")) " " a href={ "/batches/payer/" (row.fund) } { (ctx.t("batch-payer-set")) } },
        );
    };
    let options = [
        Opt::new(FileForm::Pain001.id(), ctx.t("batch-form-pain")).with_hint(ctx.t("batch-form-pain-about")),
        Opt::new(FileForm::Csv.id(), ctx.t("batch-form-csv")).with_hint(ctx.t("batch-form-csv-about")),
    ];
    let chosen = if form.has("form") { form.get("form") } else { FileForm::Pain001.id() };
    let key = key_of(seat, form);
    let fields = html! {
        (Choice::radios("form", &ctx.t("batch-file-form"), &options).chosen(chosen).error(findings.at("form")).html(ctx))
        (actions(button::primary(&ctx.t("batch-release"), "release")))
    };
    html! {
        p { (ctx.t_args("batch-from", &[("name", payer.name.into()), ("account", payer.account.into()), ("bank", payer.bank.into())])) " "
            a href={ "/batches/payer/" (row.fund) } { (ctx.t("batch-payer-change")) } }
        p.hint { (ctx.t("batch-release-about")) }
        (Form::post(&format!("/batches/{}", row.batch), "release").key(&key).html(ctx, fields))
    }
}

/// The payments with their states.
fn payments(ctx: &Ctx, view: &BatchPage) -> Markup {
    let heads = vec![
        Head::text(ctx.t("batch-line")),
        Head::text(ctx.t("claim-payee")),
        Head::text(ctx.t("batch-account")),
        Head::text(ctx.t("claim-number")),
        Head::amount(ctx.t("claim-amount-yuan")),
        Head::text(ctx.t("claim-standing")),
        Head::text(ctx.t("batch-what-now")),
    ];
    let mut table = DataTable::new("payments", ctx.t("batch-payments-head"), heads).quiet_caption();
    for payment in &view.payments {
        let cells = cells(ctx, payment, view.may_pay);
        table = if payment.row.state == "failed" { table.marked_row(cells) } else { table.row(cells) };
    }
    let sum = total(view.payments.iter().map(|payment| payment.row.amount));
    let paid = view.payments.iter().filter(|payment| payment.row.state == "paid");
    let paid = total(paid.map(|payment| payment.row.amount));
    table
        .totals(vec![
            html! { (ctx.t("total")) },
            html! {},
            html! {},
            html! {},
            html! { (sum.grouped()) },
            html! { (ctx.t_args("batch-of-it-paid", &[("sum", paid.grouped().into())])) },
            html! {},
        ])
        .html()
}

/// The cells of a payment: who, where to, for what, how far, what can be done.
pub(super) fn cells(ctx: &Ctx, payment: &PaymentNow, may_pay: bool) -> Vec<Markup> {
    let row = &payment.row;
    vec![
        html! { (row.line) p.hint { (links::payment(ctx, row.batch, row.line, html! { (row.end_to_end) })) } },
        ctx.zh(&row.payee_name),
        html! { (payment.account) p.hint { (ctx.zh(&payment.bank)) } },
        html! { a href={ "/claims/" (row.claim) } { (ctx.zh(&payment.claim)) } p.hint { (ctx.zh(&payment.project)) } },
        html! { (row.amount.grouped()) },
        html! {
            (payment_badge(ctx, &row.state, &payment.state))
            p.hint { @if let Some(on) = row.on { (ctx.date(on)) " " } (ctx.zh(&row.said)) }
        },
        now(ctx, payment, may_pay),
    ]
}

/// What can be done about a payment, by its state.
fn now(ctx: &Ctx, payment: &PaymentNow, may_pay: bool) -> Markup {
    let row = &payment.row;
    html! {
        @match row.state.as_str() {
            "made" | "issued" if may_pay => {
                a href={ "/batches/" (row.batch) "/release-line/" (row.line) } {
                    (ctx.t("batch-take-out")) span.sr-only { ", " (row.end_to_end) }
                }
            },
            "failed" | "released" => @if let Some((batch, line, name)) = &payment.again {
                (ctx.t("batch-made-again")) " " (links::payment(ctx, *batch, *line, html! { (name) }))
            } @else if links::settles(ctx) { a href=(crate::pages::shared::address("/batches/new", &[("fund", &row.fund)])) {
                (ctx.t("batch-again")) span.sr-only { ", " (row.end_to_end) }
            } },
            _ => {}
        }
    }
}
