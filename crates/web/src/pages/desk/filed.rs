//! `/cases/{id}/form/{version}`: a form as filed, with what changed against the version before.

use app::view::case::CasePage;
use app::view::desk::{SealedField, sealed_fields};
use app::view::filing::{FiledForm, FormWanted};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::{case, forms_tab};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Width;
use crate::pages::filing::render::filed_form;
use crate::pages::shared::say;
use crate::state::{Seat, web_error};
use crate::ui::{Choice, Opt, Tab, button, panel, tabs};

/// The form.
pub async fn show(
    seat: Seat,
    Path((id, version)): Path<(String, u32)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let id: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let ctx = &seat.ctx;
    let page = seat.app().case_page(&seat.viewer, id).map_err(|e| web_error(ctx, e))?;
    let of = query.get("of").cloned().unwrap_or_default();
    let with = query.get("with").and_then(|with| with.parse().ok());
    let wanted = FormWanted { of: of.clone(), version: Some(version), with };
    let form = seat.app().filed_as_wanted(&seat.viewer, id, &wanted).map_err(|e| web_error(ctx, e))?;
    let latest = page.case.filed(&of).map_or(0, |d| d.version);
    let row: Vec<Tab> = form
        .versions
        .iter()
        .map(|v| {
            Tab::new(
                forms_tab::address(&page, &of, *v),
                ctx.t_args("case-version-n", &[("n", i64::from(*v).into())]),
                None,
            )
        })
        .collect();
    let current = form.versions.iter().position(|v| *v == version).unwrap_or(0);
    let body = html! {
        @if form.versions.len() > 1 { (tabs(&ctx.t("case-versions"), &row, current)) }
        div.actions {
            (button::link(&format!("/cases/{id}"), &ctx.t("case-back")))
            @if of.is_empty() { (button::link(&format!("/cases/{id}/print/{version}"), &ctx.t("case-print"))) }
            (button::link(&forms_tab::pdf_address(&page, &of, version), &ctx.t("case-pdf")))
        }
        h2 { (say(ctx, &form.name)) }
        @if form.versions.len() > 1 { (compare(ctx, &page, &of, &form)) }
        (filed_form(ctx, &form))
        @if version == latest && of.is_empty() { (sealed(ctx, id, &sealed_fields(&form))) }
    };
    Ok(case::head(ctx, &page)
        .crumb(format!("/cases/{id}"), page.case.number.clone())
        .width(Width::Wide)
        .body(body)
        .into_response())
}

/// With which other version it is compared.
fn compare(ctx: &Ctx, page: &CasePage, of: &str, form: &FiledForm) -> Markup {
    let others = form.versions.iter().filter(|v| **v != form.version);
    let options: Vec<Opt> = others
        .map(|v| Opt::new(v.to_string(), ctx.t_args("case-version-n", &[("n", i64::from(*v).into())])))
        .collect();
    let chosen = form.compared.map(|v| v.to_string()).unwrap_or_default();
    let action = format!("/cases/{}/form/{}", page.case.id, form.version);
    let label = ctx.t("case-compare-with");
    html! {
        form.filter method="get" action=(action) {
            @if !of.is_empty() { input type="hidden" name="of" value=(of); }
            (Choice::select("with", &label, &options).chosen(&chosen).html(ctx))
            div.actions { button.button type="submit" { (ctx.t("case-compare")) } }
        }
    }
}

/// What is masked, with a way to see it in full for a reason.
pub fn sealed(ctx: &Ctx, case: CaseId, fields: &[SealedField]) -> Markup {
    html! {
        @if !fields.is_empty() {
            (panel(&ctx.t("reveal-list"), html! {
                p.hint { (ctx.t("reveal-list-about")) }
                dl.summary {
                    @for field in fields {
                        div {
                            dt { (say(ctx, &field.name)) }
                            dd { (field.masked) }
                            dd.change {
                                a href={ "/cases/" (case) "/reveal/" (field.field) } {
                                    (ctx.t("reveal-open")) span.sr-only { (say(ctx, &field.name)) }
                                }
                            }
                        }
                    }
                }
            }))
        }
    }
}
