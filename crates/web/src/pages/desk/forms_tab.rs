//! The tab of forms: every version of every form filed on a case, and the forms that steps brought with them. And
//! `/cases/{id}/steps/{at}`: one of the latter.

use app::view::case::CasePage;
use app::view::pack::Words;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::{Markup, html};

use super::case;
use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Width;
use crate::pages::filing::render::filed_form;
use crate::pages::shared::say;
use crate::state::{Seat, web_error};
use crate::ui::{Badge, DataTable, Head, badge, button, empty_state};

/// The address of a version.
pub fn address(page: &CasePage, of: &str, version: u32) -> String {
    let base = format!("/cases/{}/form/{version}", page.case.id);
    if of.is_empty() { base } else { format!("{base}?of={}", encode(of)) }
}

/// The address of a version as PDF.
pub fn pdf_address(page: &CasePage, of: &str, version: u32) -> String {
    let base = format!("/cases/{}/form.pdf?version={version}", page.case.id);
    if of.is_empty() { base } else { format!("{base}&of={}", encode(of)) }
}

/// The name of a form filed on a case.
pub fn form_name(page: &CasePage, of: &str) -> Words {
    let own = page.pack.procedures.get(&page.case.procedure).and_then(|p| p.form.as_deref());
    let id = if of.is_empty() { own.unwrap_or("") } else { of };
    page.pack.forms.get(id).map_or_else(|| page.procedure.clone(), |form| form.name.clone())
}

/// The latest version of each form, and the forms that steps brought and that stand: address, name, version.
pub fn links(page: &CasePage) -> Vec<(String, Words, u32)> {
    let mut seen: Vec<&str> = Vec::new();
    let mut links = Vec::new();
    for declared in page.case.declared.iter().rev() {
        if seen.contains(&declared.of.as_str()) {
            continue;
        }
        seen.push(&declared.of);
        let href = address(page, &declared.of, declared.version);
        links.push((href, form_name(page, &declared.of), declared.version));
    }
    let steps = page.case.trail.iter().enumerate().filter(|(_, done)| done.form.is_some() && !done.void);
    links.extend(steps.filter_map(|(at, done)| {
        let step = page.pack.steps.get(&done.step)?;
        let name = page.pack.forms.get(step.form.as_deref()?)?.name.clone();
        Some((format!("/cases/{}/steps/{at}", page.case.id), name, 0))
    }));
    links
}

/// The tab.
pub fn tab(ctx: &Ctx, page: &CasePage) -> Markup {
    let case = &page.case;
    let steps: Vec<_> = case.trail.iter().enumerate().filter(|(_, done)| done.form.is_some()).collect();
    if case.declared.is_empty() && steps.is_empty() {
        return empty_state(&ctx.t("case-forms-none"), &ctx.t("case-forms-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("case-form")),
        Head::text(ctx.t("case-version")),
        Head::text(ctx.t("case-filed-on")),
        Head::text(ctx.t("case-form-papers")),
        Head::text(ctx.t("case-form-links")),
    ];
    let mut table = DataTable::new("forms", ctx.t("case-tab-forms"), heads).quiet_caption();
    for declared in case.declared.iter().rev() {
        let latest = case.filed(&declared.of).is_some_and(|last| last.version == declared.version);
        let href = address(page, &declared.of, declared.version);
        table = table.row(vec![
            html! { (say(ctx, &form_name(page, &declared.of))) },
            html! {
                a href=(href) { (ctx.t_args("case-version-n", &[("n", i64::from(declared.version).into())])) }
                @if latest { " " (badge(Badge::Blue, &ctx.t("case-version-latest"))) }
            },
            html! { (ctx.date(declared.on)) },
            html! { (ctx.t_args("case-paper-count", &[("count", declared.papers.len().into())])) },
            html! {
                a href=(href) { @if declared.version > 1 { (ctx.t("case-form-changes")) } @else { (ctx.t("case-form-open")) } }
                " · " a href=(pdf_address(page, &declared.of, declared.version)) { "PDF" }
            },
        ]);
    }
    for (at, done) in steps.into_iter().rev() {
        let step = page.pack.steps.get(&done.step);
        let form = step.and_then(|s| s.form.as_deref()).and_then(|id| page.pack.forms.get(id));
        let (Some(step), Some(form)) = (step, form) else { continue };
        table = table.row(vec![
            html! { (say(ctx, &form.name)) },
            html! {
                (say(ctx, &step.name))
                @if done.void { " " (badge(Badge::Grey, &ctx.t("timeline-void"))) }
            },
            html! { (ctx.date(done.on)) },
            html! { (ctx.t_args("case-paper-count", &[("count", done.papers.len().into())])) },
            html! {
                a href={ "/cases/" (case.id) "/steps/" (at) } { (ctx.t("case-form-open")) }
                " · " a href={ "/cases/" (case.id) "/form.pdf?step=" (at) } { "PDF" }
            },
        ]);
    }
    html! { div.card { (table.html()) } }
}

/// The form of a step.
pub async fn step(seat: Seat, Path((id, at)): Path<(String, usize)>) -> Result<Response, WebError> {
    let id: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let ctx = &seat.ctx;
    let fail = |e| web_error(ctx, e);
    let page = seat.app().case_page(&seat.viewer, id).map_err(fail)?;
    let form = seat.app().form_of_step(&seat.viewer, id, at).map_err(fail)?;
    let body = html! {
        div.actions {
            (button::link(&format!("/cases/{id}?tab=forms"), &ctx.t("case-back")))
            (button::link(&format!("/cases/{id}/form.pdf?step={at}"), &ctx.t("case-pdf")))
        }
        h2 { (say(ctx, &form.name)) }
        (filed_form(ctx, &form))
    };
    let head = case::head(ctx, &page).crumb(format!("/cases/{id}"), page.case.number.clone());
    Ok(head.width(Width::Wide).body(body).into_response())
}
