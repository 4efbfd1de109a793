//! `/cases/{id}/form/{version}`: a form as filed, with what changed against the version before.

use app::view::desk::{SealedField, sealed_fields};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::{Markup, html};

use super::case;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Width;
use crate::pages::filing::render::filed_form;
use crate::pages::shared::say;
use crate::state::{Seat, web_error};
use crate::ui::{Tab, button, panel, tabs};

/// The form.
pub async fn show(seat: Seat, Path((id, version)): Path<(String, u32)>) -> Result<Response, WebError> {
    let id: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let ctx = &seat.ctx;
    let page = seat.app().case_page(&seat.viewer, id).map_err(|e| web_error(ctx, e))?;
    let form = seat.app().filed_form(&seat.viewer, id, Some(version)).map_err(|e| web_error(ctx, e))?;
    let latest = page.case.current().map_or(0, |d| d.version);
    let row: Vec<Tab> = form
        .versions
        .iter()
        .map(|v| {
            Tab::new(
                format!("/cases/{id}/form/{v}"),
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
            (button::link(&format!("/cases/{id}/print/{version}"), &ctx.t("case-print")))
        }
        (filed_form(ctx, &form))
        @if version == latest { (sealed(ctx, id, &sealed_fields(&form))) }
    };
    Ok(case::head(ctx, &page)
        .crumb(format!("/cases/{id}"), page.case.number.clone())
        .width(Width::Wide)
        .body(body)
        .into_response())
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
