//! `/drafts/{key}/{part}`: one part a page, made from the pack's form definition. What was typed is never lost: “save for now”
//! always saves, “save and go on” saves and shows what is wrong, a write on an old version shows both texts.

use app::view::filing::{DraftPage, FilingDraft, PartPage, Saved, cell_text};
use app::view::pack::{FindingKind, FormData, Level, Part, PartKind};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::draft::filed;
use super::fields::{self, Drawing};
use super::typed::{cell_name, change_rows, field_name, read_part};
use super::{grid, side};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::state::{Seat, web_error};
use crate::submitted::Submitted;
use crate::ui::{Findings, Form, Mark, actions, button, cite, diff, error_summary};
use crate::words::word;

/// More columns than this take the whole window.
const COLUMNS_NORMAL: usize = 6;

/// What a page of a part is drawn from besides the draft.
struct Shown<'a> {
    page: &'a DraftPage,
    part: &'a PartPage,
    /// What the page was opened with; sent back with the form.
    mark: String,
    findings: Findings,
    /// Counts as an answer to a form: status 422 and the summary.
    refused: bool,
    /// What somebody else saved meanwhile.
    conflict: Option<&'a FormData>,
}

/// Shows a part.
pub async fn show(seat: Seat, Path((key, part)): Path<(String, String)>) -> Result<Response, WebError> {
    if let Some(done) = filed(&seat, &key)? {
        return Ok(done);
    }
    let page = seat.app().draft_page(&seat.viewer, &key).map_err(|failure| web_error(&seat.ctx, failure))?;
    let of = page.part(&part).ok_or(WebError::NotFound)?;
    let findings = findings(&seat.ctx, &page, &of.part, Level::Error, false);
    let mark = page.draft.part_mark(&of.part);
    Ok(render(&seat.ctx, &Shown { page: &page, part: &of, mark, findings, refused: false, conflict: None }))
}

/// Saves a part, or shows it again: with other rows, with the next level of a place, with what is wrong.
pub async fn save(
    seat: Seat,
    Path((key, part)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let app = seat.app();
    let failed = |failure| web_error(ctx, failure);
    if let Some(done) = filed(&seat, &key)? {
        return Ok(done);
    }
    let stored = app.draft_page(&seat.viewer, &key).map_err(failed)?;
    let of = stored.part(&part).ok_or(WebError::NotFound)?;
    let stored_mark = stored.draft.part_mark(&of.part);
    let mut data = read_part(&stored.pack, &of.part, &form, &stored.draft.data, ctx.today);
    let rows_changed = change_rows(&stored.pack, &of.part, &mut data, &form);
    let typed = FilingDraft { data, ..stored.draft.clone() };
    let looks_only = ctx.live.is_live() || rows_changed || form.act().starts_with("region:");
    let seen = form.get("mark").to_owned();
    if looks_only || seen != stored_mark {
        let page = app.draft_shown(&seat.viewer, typed).map_err(failed)?;
        let of = page.part(&part).unwrap_or(of);
        let findings = findings(ctx, &page, &of.part, Level::Error, false);
        let stale = !looks_only;
        let mark = if stale { stored_mark } else { seen };
        let conflict = stale.then_some(&stored.draft.data);
        return Ok(render(ctx, &Shown { page: &page, part: &of, mark, findings, refused: stale, conflict }));
    }
    match app.save_draft(&seat.viewer, &typed).map_err(failed)? {
        Saved::Stale(now) => {
            let page = app.draft_shown(&seat.viewer, typed).map_err(failed)?;
            let mark = now.part_mark(&of.part);
            let findings = findings(ctx, &page, &of.part, Level::Error, false);
            let conflict = Some(&now.data);
            Ok(render(ctx, &Shown { page: &page, part: &of, mark, findings, refused: true, conflict }))
        }
        Saved::Done(_) => saved(&seat, &key, &of, typed, form.act()),
    }
}

/// After it was saved: on to the next part, back to the list, or here again with what is wrong.
fn saved(seat: &Seat, key: &str, of: &PartPage, typed: FilingDraft, act: &str) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let list = format!("/drafts/{key}");
    if act == "draft" {
        return Ok(go_with(&list, &Flash::done(word("filing-saved-draft"))));
    }
    let kept = seat.app().filing_draft(&seat.viewer, key).map_err(|failure| web_error(ctx, failure))?;
    let mark = kept.part_mark(&of.part);
    let page = seat.app().draft_shown(&seat.viewer, typed).map_err(|failure| web_error(ctx, failure))?;
    let findings = findings(ctx, &page, &of.part, Level::Error, true);
    if !findings.is_empty() {
        return Ok(render(
            ctx,
            &Shown { page: &page, part: of, mark, findings, refused: true, conflict: None },
        ));
    }
    let next = page.part(&of.part.id).and_then(|of| of.next);
    let target = next.map_or(list, |next| format!("/drafts/{key}/{next}"));
    Ok(Redirect::to(&target).into_response())
}

/// The findings of a part by the names of its fields. What is merely empty is left out unless `empty`.
fn findings(ctx: &Ctx, page: &DraftPage, part: &Part, level: Level, empty: bool) -> Findings {
    let mut list = Findings::none();
    let of_part = page.check.of_part(&part.id).filter(|f| f.level == level);
    for finding in of_part.filter(|f| empty || f.kind != FindingKind::Missing) {
        let own = (finding.part == part.id).then_some(finding.field.as_ref()).flatten();
        let field = own.or_else(|| finding.also.iter().find(|(p, _)| *p == part.id).map(|(_, field)| field));
        let name = match (&part.kind, finding.row.filter(|_| finding.part == part.id), field) {
            (PartKind::Fields(_), _, Some(field)) => field_name(field),
            (_, Some(row), Some(field)) => cell_name(&part.id, row.saturating_sub(1), field),
            _ => part.id.clone(),
        };
        let mut text = ctx.pick(&finding.message.zh, &finding.message.en).to_owned();
        if let Some(hint) = finding.hint.as_ref().filter(|_| finding.kind != FindingKind::Missing) {
            text = format!("{text}。{}", ctx.pick(&hint.zh, &hint.en));
        }
        list.add(name, text);
    }
    list
}

fn render(ctx: &Ctx, shown: &Shown<'_>) -> Response {
    document(ctx, shown).into_response()
}

fn document<'c>(ctx: &'c Ctx, shown: &Shown<'_>) -> Page<'c> {
    let (page, part) = (shown.page, &shown.part.part);
    let key = &page.draft.key;
    let title = ctx.pick(&part.name.zh, &part.name.en).to_owned();
    let name = page.procedure_name();
    let title_of = page.title();
    let what = if title_of.is_empty() { ctx.pick(&name.zh, &name.en).to_owned() } else { title_of };
    let caption = ctx.t_args(
        "filing-step-of",
        &[("step", shown.part.step.into()), ("steps", shown.part.steps.into()), ("name", what.into())],
    );
    let warnings = findings(ctx, page, part, Level::Warn, false);
    let drawing = Drawing {
        pack: &page.pack,
        part,
        data: &page.draft.data,
        findings: &shown.findings,
        warnings: &warnings,
        day: ctx.today,
    };
    let action = format!("/drafts/{key}/{}", part.id);
    let form = Form::post(&action, "save").live().guarded().html(ctx, content(ctx, shown, drawing));
    let body = html! {
        @if shown.refused && shown.conflict.is_none() { (error_summary(ctx, &shown.findings)) }
        @if let Some(now) = shown.conflict { (conflict(ctx, page, part, now)) }
        (side::returned(ctx, page.returned.as_ref()))
        (form)
    };
    let status = match (shown.refused, shown.conflict) {
        (true, Some(_)) => 1,
        (true, None) => shown.findings.count(),
        (false, _) => 0,
    };
    Page::new(ctx, &title)
        .crumb("/file", ctx.t("filing-title"))
        .crumb(format!("/drafts/{key}"), ctx.pick(&name.zh, &name.en))
        .caption(caption)
        .width(width(part))
        .findings(status)
        .body(body)
}

fn width(part: &Part) -> Width {
    match &part.kind {
        PartKind::Fields(_) => Width::Normal,
        PartKind::Table(table) if table.columns.len() <= COLUMNS_NORMAL => Width::Normal,
        PartKind::Table(_) | PartKind::Months(_) => Width::Wide,
    }
}

fn content(ctx: &Ctx, shown: &Shown<'_>, drawing: Drawing<'_>) -> Markup {
    let (page, part) = (shown.page, &shown.part.part);
    let panel = side::eligibility(ctx, page.panel.as_ref());
    let buttons = actions(html! {
        (button::primary(&ctx.t("save-and-continue"), "save"))
        (button::secondary(&ctx.t("save-draft"), "draft"))
        (button::link(&format!("/drafts/{}", page.draft.key), &ctx.t("filing-back-to-list")))
    });
    html! {
        input type="hidden" name="mark" value=(shown.mark);
        @match &part.kind {
            PartKind::Fields(fields) => {
                div.desk {
                    div {
                        section.card {
                            p.hint { @if let Some(hint) = &part.hint { (ctx.pick(&hint.zh, &hint.en)) " · " } (cite(&part.cite.to_string())) }
                            @for field in fields { (fields::field(ctx, drawing, field)) }
                        }
                        (buttons)
                    }
                    @if page.panel.is_some() { div.sticky role="group" tabindex="0" aria-label=(ctx.t("filing-rules")) { (panel) } }
                }
            }
            PartKind::Table(def) => {
                (grid::growing(ctx, drawing, &page.check, def))
                (table_notes(ctx, drawing))
                (buttons)
                div.columns { div { (panel) } }
            }
            PartKind::Months(def) => {
                (grid::months(ctx, drawing, &page.check, def))
                (table_notes(ctx, drawing))
                (buttons)
                div.columns { div { (panel) } }
            }
        }
    }
}

/// Findings about a whole table that point at no cell.
fn table_notes(ctx: &Ctx, drawing: Drawing<'_>) -> Markup {
    let id = &drawing.part.id;
    html! {
        div data-part={ (id) ".notes" } {
            @for (name, text) in drawing.warnings.iter().filter(|(name, _)| *name == id.as_str()) {
                p.field-note id={ (crate::ui::id_of(name)) "-note" } { (crate::ui::badge(crate::ui::Badge::Amber, &ctx.t("filed-cell-warn"))) " " (text) }
            }
        }
    }
}

/// Somebody saved this part after the page was opened: what stands there now beside what was typed here.
fn conflict(ctx: &Ctx, page: &DraftPage, part: &Part, now: &FormData) -> Markup {
    html! {
        section.error-summary #error-summary role="alert" tabindex="-1" autofocus data-focus aria-labelledby="error-summary-title" {
            h2 #error-summary-title { (ctx.t("filing-conflict")) }
            p { (ctx.t("filing-conflict-text")) }
            @if let PartKind::Fields(fields) = &part.kind {
                ul {
                    @for field in fields {
                        @let (theirs, mine) = (now.get(&part.id, None, &field.id), page.draft.data.get(&part.id, None, &field.id));
                        @if theirs != mine {
                            @let (old, new) = (cell_text(&page.pack, field, theirs), cell_text(&page.pack, field, mine));
                            li {
                                a href={ "#" (crate::ui::id_of(&field_name(&field.id))) } { (ctx.pick(&field.name.zh, &field.name.en)) } "："
                                (diff(ctx, Mark::between(&old.text.zh, &new.text.zh)))
                            }
                        }
                    }
                }
            } @else {
                p { (ctx.t_args("filing-conflict-rows", &[("theirs", now.rows(&part.id).len().into()), ("mine", page.draft.data.rows(&part.id).len().into())])) }
            }
        }
    }
}

/// The page of a conflict, for tests.
#[cfg(test)]
pub fn conflict_html(ctx: &Ctx, page: &DraftPage, part: &str, now: &FormData) -> String {
    use maud::Render;
    let Some(of) = page.part(part) else { return String::new() };
    let shown = Shown {
        page,
        part: &of,
        mark: "m".into(),
        findings: Findings::none(),
        refused: true,
        conflict: Some(now),
    };
    document(ctx, &shown).render().into_string()
}
