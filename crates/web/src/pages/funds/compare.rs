//! `/funds/compare`: a department's own ledger beside the book. The file is read, compared and forgotten: nothing is booked and
//! nothing is kept, so the differences leave with the page or as the file that it holds.

use app::tables::{Comparison, Format, TABLE_ACCEPT, Whose};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::compared;
use super::parts::LOOK;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{download, require, say, shown, years};
use crate::pages::tables::beside;
use crate::state::Seat;
use crate::submitted::{Submitted, SubmittedWithFiles, Upload};
use crate::ui::{Choice, FileField, Findings, Form, Opt, actions, button, details, error_summary, panel};

/// The address.
pub const HERE: &str = "/funds/compare";
const FILE: &str = "file";

/// The page that takes a file.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    begin(&seat, &Submitted::default(), &Findings::none())
}

/// The empty table.
pub(super) async fn template(seat: Seat) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let ctx = &seat.ctx;
    let bytes = shown(ctx, seat.app().compare_template(&seat.viewer, ctx.printed()))?;
    download(&format!("{}.xlsx", ctx.t("funds-compare-table")), Format::Xlsx.media(), bytes)
}

/// A file: compared, or given back with its faults marked.
pub(super) async fn act(seat: Seat, form: SubmittedWithFiles) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let (fields, ctx) = (form.fields, &seat.ctx);
    let Some(file) = form.files.into_iter().find(|file| file.field == FILE) else {
        let mut findings = Findings::none();
        findings.add(FILE, ctx.t("tables-no-file"));
        return begin(&seat, &fields, &findings);
    };
    let (app, viewer, whose) = (seat.app().clone(), seat.viewer.clone(), whose(&fields));
    let Upload { name, bytes, .. } = file;
    if fields.act() == "marked" {
        let work = move || app.compare_marked(&viewer, whose, (&name, &bytes));
        let (name, bytes) = beside(ctx, work).await?;
        return download(&name, Format::Xlsx.media(), bytes);
    }
    let seen = beside(ctx, move || app.compare(&viewer, whose, (&name, &bytes))).await?;
    result(&seat, &fields, &seen)
}

/// Whose projects were chosen; what cannot be read limits nothing.
fn whose(form: &Submitted) -> Whose {
    let fund = form.get("fund");
    Whose {
        unit: form.get("unit").parse().ok(),
        fund: (!fund.is_empty()).then(|| fund.to_owned()),
        year: form.get("year").parse().ok(),
    }
}

fn begin(seat: &Seat, form: &Submitted, findings: &Findings) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let body = html! {
        (error_summary(ctx, findings))
        p { (ctx.t("funds-compare-intro")) }
        p.hint { (ctx.t("funds-compare-kept")) }
        (panel(&ctx.t("tables-step-template"), html! {
            p { (ctx.t("funds-compare-template-says")) }
            p { (button::link(&format!("{HERE}/template.xlsx"), &ctx.t("tables-template"))) }
        }))
        (panel(&ctx.t("tables-step-upload"), upload(seat, form, findings)?))
    };
    Ok(page(ctx).findings(findings.count()).body(body).into_response())
}

fn page(ctx: &Ctx) -> Page<'_> {
    Page::new(ctx, &ctx.t("funds-compare")).crumb("/funds", ctx.t("funds-title"))
}

/// Whose ledger it is, and the file.
fn upload(seat: &Seat, form: &Submitted, findings: &Findings) -> Result<Markup, WebError> {
    let ctx = &seat.ctx;
    let choices = shown(ctx, seat.app().compare_choices(&seat.viewer))?;
    let units: Vec<Opt> = choices.units.iter().map(|(org, name)| Opt::new(org.to_string(), name)).collect();
    let funds: Vec<Opt> = choices.funds.iter().map(|(id, name)| Opt::new(id, say(ctx, name))).collect();
    let of_years = years(&choices.years);
    let (label, hint) = (ctx.t("tables-file"), ctx.t("tables-file-hint"));
    let file = FileField {
        name: FILE,
        label: &label,
        accept: TABLE_ACCEPT,
        hint: Some(&hint),
        error: findings.at(FILE),
    };
    let fields = html! {
        (Choice::select("unit", &ctx.t("funds-compare-unit"), &units).chosen(form.get("unit")).hint(&ctx.t("funds-compare-unit-hint")).html(ctx))
        (Choice::select("fund", &ctx.t("funds-fund"), &funds).chosen(form.get("fund")).html(ctx))
        (Choice::select("year", &ctx.t("pj-year"), &of_years).chosen(form.get("year")).html(ctx))
        (file.html(ctx))
        (actions(html! {
            (button::primary(&ctx.t("funds-compare-now"), "compare"))
            (button::secondary(&ctx.t("funds-compare-marked"), "marked"))
            (button::link("/funds", &ctx.t("cancel")))
        }))
    };
    Ok(Form::post(HERE, "compare").with_files().html(ctx, fields))
}

fn result(seat: &Seat, form: &Submitted, seen: &Comparison) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let body = html! {
        (compared::body(seat, seen)?)
        (details(&ctx.t("funds-compare-again"), upload(seat, form, &Findings::none())?))
    };
    Ok(page(ctx)
        .crumb(HERE, ctx.t("funds-compare-start"))
        .width(Width::Wide)
        .caption(compared::caption(seat, seen))
        .body(body)
        .into_response())
}
