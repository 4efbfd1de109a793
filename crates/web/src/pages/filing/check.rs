//! `/drafts/{key}/check`: everything as it would be filed, what is wrong with links to it, the lines counted or not, and the
//! button that files it. `/file/done/{case}`: what was filed, its number and what happens next.

use app::Failure;
use app::view::filing::{DraftPage, FiledForm, FindingShown};
use app::view::pack::{FindingKind, Level};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::CaseId;
use maud::{Markup, html};

use super::draft::filed;
use super::render::{filed_form_with, words};
use super::side;
use super::typed::{cell_name, field_name};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, Findings, Form, actions, badge, button, cite, error_summary, id_of, panel};

/// Shows the answers.
pub async fn show(seat: Seat, Path(key): Path<String>) -> Result<Response, WebError> {
    if let Some(done) = filed(&seat, &key)? {
        return Ok(done);
    }
    let page = seat.app().draft_page(&seat.viewer, &key).map_err(|failure| web_error(&seat.ctx, failure))?;
    let once = fresh_key(seat.app());
    render(&seat.ctx, &page, &once, &Findings::none())
}

/// Files it.
pub async fn submit(seat: Seat, Path(key): Path<String>, form: Submitted) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let app = seat.app();
    let failed = |failure| web_error(ctx, failure);
    if let Some(done) = filed(&seat, &key)? {
        return Ok(done);
    }
    let page = app.draft_page(&seat.viewer, &key).map_err(failed)?;
    let once = form.get("key").to_owned();
    let mut findings = Findings::none();
    if form.get("version") != page.draft.version.to_string() {
        findings.add("declare", ctx.t("filing-changed-since"));
    } else if form.get("declare").is_empty() {
        findings.add("declare", ctx.t("filing-declare-missing"));
    }
    if !findings.is_empty() {
        return render(ctx, &page, &once, &findings);
    }
    let command = app.declaration(&seat.viewer, &page.draft).map_err(failed)?;
    match seat.submit(&once, command).await {
        Ok(answer) => {
            let case = CaseId(answer.id.unwrap_or_default());
            app.mark_filed(&seat.viewer, &page.draft, case).map_err(failed)?;
            Ok(Redirect::to(&format!("/file/done/{case}")).into_response())
        }
        Err(Failure::Refused(refusal)) => {
            let said = refusal_of(ctx, &refusal);
            let article = said.article.map_or_else(String::new, |article| format!("（{article}）"));
            findings.add("declare", format!("{}{article}", said.text));
            // The act did not happen: the next try is another request.
            render(ctx, &page, &fresh_key(app), &findings)
        }
        Err(failure) => Err(failed(failure)),
    }
}

fn render(ctx: &Ctx, page: &DraftPage, once: &str, findings: &Findings) -> Result<Response, WebError> {
    let key = &page.draft.key;
    let shown = page.shown(ctx.today).ok_or(WebError::NotFound)?;
    let name = page.procedure_name();
    let body = html! {
        (error_summary(ctx, findings))
        (side::returned(ctx, page.returned.as_ref()))
        (side::blocked(ctx, page))
        (to_mend(ctx, page, &shown))
        (to_look_at(ctx, page, &shown))
        div.columns {
            @if page.panel.is_some() { div { (side::eligibility(ctx, page.panel.as_ref())) } }
            div { (side::receiver(ctx, page.receiver.as_ref())) }
        }
        (filed_form_with(ctx, &shown, &|part| part.by.is_none().then(|| format!("/drafts/{key}/{}", part.id))))
        (submit_form(ctx, page, once, findings))
    };
    Ok(Page::new(ctx, &ctx.t("filing-check"))
        .crumb("/file", ctx.t("filing-title"))
        .crumb(format!("/drafts/{key}"), ctx.pick(&name.zh, &name.en))
        .caption(page.title())
        .findings(findings.count())
        .body(body)
        .into_response())
}

/// Where a finding is mended.
fn link_of(key: &str, form: &FiledForm, finding: &FindingShown) -> String {
    let is_table = form
        .parts
        .iter()
        .any(|part| part.id == finding.part && matches!(part.body, app::view::filing::PartBody::Table(_)));
    let name = match (&finding.field, finding.row) {
        (Some(field), Some(row)) => cell_name(&finding.part, row.saturating_sub(1), field),
        (Some(field), None) if !is_table => field_name(field),
        _ => finding.part.clone(),
    };
    format!("/drafts/{key}/{}#{}", finding.part, id_of(&name))
}

/// Everything that keeps it from being filed.
fn to_mend(ctx: &Ctx, page: &DraftPage, shown: &FiledForm) -> Markup {
    let key = &page.draft.key;
    let all = || shown.findings.iter().filter(|f| f.level == Level::Error);
    let errors: Vec<&FindingShown> = all().filter(|f| f.kind != FindingKind::Missing).collect();
    let lacking = shown.parts.iter().filter_map(|part| {
        let mut empty = all().filter(|f| f.kind == FindingKind::Missing && f.part == part.id).peekable();
        let first = *empty.peek()?;
        Some((part, link_of(key, shown, first), empty.count()))
    });
    let lacking: Vec<_> = lacking.collect();
    let missing: Vec<_> = page.missing_papers().collect();
    let count = all().count() + missing.len();
    html! {
        @if count > 0 {
            (panel(&ctx.t_args("filing-to-mend", &[("count", count.into())]), html! {
                ul.mend-list {
                    @for finding in &errors {
                        li { (badge(Badge::Red, &ctx.t("filed-cell-error"))) " "
                            a href=(link_of(key, shown, finding)) { (words(ctx, &finding.message)) }
                            span.hint { " " (words(ctx, &finding.place)) " · " (cite(&finding.cite)) } }
                    }
                    @for (part, href, count) in &lacking {
                        li { (badge(Badge::Amber, &ctx.t("filed-cell-lacking"))) " "
                            a href=(href) { (words(ctx, &part.name)) }
                            span.hint { " " (ctx.t_args("filing-lacking", &[("count", (*count).into())])) " · " (cite(&part.cite)) } }
                    }
                    @for paper in &missing {
                        li { (badge(Badge::Amber, &ctx.t("paper-missing"))) " "
                            a href={ "/drafts/" (key) "/papers#paper-" (paper.id) } { (words(ctx, &paper.name)) }
                            span.hint { " " (cite(&paper.cite)) } }
                    }
                }
            }))
        }
    }
}

/// What does not keep it from being filed but a reviewer will ask about.
fn to_look_at(ctx: &Ctx, page: &DraftPage, shown: &FiledForm) -> Markup {
    let key = &page.draft.key;
    let warnings: Vec<&FindingShown> = shown.findings.iter().filter(|f| f.level == Level::Warn).collect();
    html! {
        @if !warnings.is_empty() {
            (panel(&ctx.t("filing-to-look-at"), html! {
                ul.mend-list {
                    @for finding in &warnings {
                        li { (badge(Badge::Amber, &ctx.t("filed-cell-warn"))) " "
                            a href=(link_of(key, shown, finding)) { (words(ctx, &finding.message)) }
                            span.hint { " " (words(ctx, &finding.place)) " · " (cite(&finding.cite)) } }
                    }
                }
            }))
        }
    }
}

fn submit_form(ctx: &Ctx, page: &DraftPage, once: &str, findings: &Findings) -> Markup {
    let key = &page.draft.key;
    let action = format!("/drafts/{key}/check");
    if !page.is_complete() || page.blocked.is_some() {
        return html! {
            section.card {
                p { @if page.is_complete() { (ctx.t("filing-not-now-kept")) } @else { (ctx.t("filing-mend-first")) } }
                (actions(button::link(&format!("/drafts/{key}"), &ctx.t("filing-back-to-list"))))
            }
        };
    }
    let error = findings.at("declare");
    let id = id_of("declare");
    let form = Form::post(&action, "submit").key(once).html(
        ctx,
        html! {
            input type="hidden" name="version" value=(page.draft.version);
            div.field.has-error[error.is_some()] {
                @if let Some(error) = error { p.field-error id={ (id) "-error" } { (error) } }
                div.option {
                    input id=(id) type="checkbox" name="declare" value="1" aria-describedby=[error.map(|_| format!("{id}-error"))];
                    label for=(id) { (ctx.t("filing-declare")) }
                }
            }
            (actions(html! {
                (button::primary(&ctx.t("filing-submit"), "submit"))
                (button::link(&format!("/drafts/{key}"), &ctx.t("filing-back-to-list")))
            }))
        },
    );
    html! { section.card { header.card-head { h2 { (ctx.t("filing-declaration")) } div.card-aside { (cite(&page.cite)) } } (form) } }
}

/// What was filed.
pub async fn done(seat: Seat, Path(case): Path<String>) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let case: CaseId = case.parse().map_err(|_| WebError::NotFound)?;
    let shown = seat.app().filing_done(&seat.viewer, case).map_err(|failure| web_error(ctx, failure))?;
    let body = html! {
        section.card.filed-done {
            p.done-title { (crate::ui::icon::CHECK) (ctx.t_args("filing-done-number", &[("number", shown.number.as_str().into())])) }
            p { (ctx.zh(&shown.title)) @if shown.version > 1 { " · " (ctx.t_args("filing-done-version", &[("version", i64::from(shown.version).into())])) } }
        }
        (panel(&ctx.t("filing-next"), html! {
            @if shown.next.is_empty() { p { (ctx.t("filing-next-none")) } }
            ul.mend-list {
                @for next in &shown.next {
                    li {
                        p { strong { (words(ctx, &next.who)) } "：" (words(ctx, &next.step)) }
                        @if let Some(due) = next.due {
                            p.hint {
                                (ctx.t_args("deadline-due", &[("date", ctx.date(due.date).into())])) " · " (side::days_left(ctx, due.date))
                                @if due.provisional { " " span.provisional { (ctx.t("filing-provisional")) } }
                                " · " (cite(&next.cite))
                            }
                        }
                    }
                }
            }
            p.hint { (ctx.t("filing-next-hint")) }
        }))
        (actions(html! {
            (button::link_primary(&format!("/cases/{case}"), &ctx.t("filing-see-case")))
            (button::link(&format!("/cases/{case}/print/{}", shown.version), &ctx.t("filing-print")))
            (button::link("/file", &ctx.t("filing-title")))
        }))
    };
    let page = Page::new(ctx, &ctx.t("filing-done")).crumb("/file", ctx.t("filing-title"));
    Ok(page.body(body).into_response())
}
