//! `/drafts/{key}/papers`: what each article demands, what was given, upload and delete. `/papers/{hash}`: a paper for those who may
//! see it.

use app::view::filing::{ACCEPT, DraftPage, FiledPaper, NeedState, PaperLine, Saved};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::id::{CaseId, PaperHash};
use maud::{Markup, html};

use super::draft::filed;
use super::render::{paper_file, size, words};
use super::side;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared;
use crate::state::{Seat, web_error};
use crate::submitted::SubmittedWithFiles;
use crate::ui::{Badge, FileField, Findings, Form, actions, badge, button, cite, details, error_summary};
use crate::words::word;

/// Shows the papers.
pub async fn show(seat: Seat, Path(key): Path<String>) -> Result<Response, WebError> {
    if let Some(done) = filed(&seat, &key)? {
        return Ok(done);
    }
    let page = seat.app().draft_page(&seat.viewer, &key).map_err(|failure| web_error(&seat.ctx, failure))?;
    Ok(render(&seat.ctx, &page, &Findings::none()))
}

/// Takes files, or takes one away: `upload`, `delete:<paper>:<hash>`.
pub async fn act(
    seat: Seat,
    Path(key): Path<String>,
    form: SubmittedWithFiles,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let failed = |failure| web_error(ctx, failure);
    let app = seat.app();
    if let Some(done) = filed(&seat, &key)? {
        return Ok(done);
    }
    let mut draft = app.filing_draft(&seat.viewer, &key).map_err(failed)?;
    let mut findings = Findings::none();
    let before = draft.papers.len();
    let mut act = form.fields.act().split(':');
    if let (Some("delete"), Some(paper), Some(hash)) = (act.next(), act.next(), act.next()) {
        draft.papers.retain(|held| !(held.paper == paper && held.hash.to_string() == hash));
    }
    for file in &form.files {
        let Some(paper) = file.field.strip_prefix("paper.") else { continue };
        let taken =
            app.add_paper(&seat.viewer, &mut draft, paper, (&file.name, &file.bytes)).map_err(failed)?;
        if let Err(fault) = taken {
            let why = fault.words();
            findings.add(file.field.clone(), format!("{}：{}", file.name, ctx.pick(&why.zh, &why.en)));
        }
    }
    let added = draft.papers.len() > before;
    if draft.papers.len() != before {
        // Papers are added to what stands there now; a write in between is only a reason to try again.
        if let Saved::Stale(_) = app.save_draft(&seat.viewer, &draft).map_err(failed)? {
            return Err(WebError::Stale);
        }
    }
    let here = format!("/drafts/{key}/papers");
    if findings.is_empty() && before != draft.papers.len() {
        let said = if added { word("filing-uploaded") } else { word("filing-removed") };
        return Ok(go_with(&here, &Flash::done(said)));
    }
    let page = app.draft_page(&seat.viewer, &key).map_err(failed)?;
    if findings.is_empty() {
        findings.add("papers", ctx.t("filing-no-file"));
    }
    Ok(render(ctx, &page, &findings))
}

fn render(ctx: &Ctx, page: &DraftPage, findings: &Findings) -> Response {
    let key = &page.draft.key;
    let name = page.procedure_name();
    let (needed, other): (Vec<&PaperLine>, Vec<&PaperLine>) =
        page.papers.iter().partition(|paper| paper.state != NeedState::NotNeeded);
    let action = format!("/drafts/{key}/papers");
    let form = Form::post(&action, "upload").with_files().guarded().html(
        ctx,
        html! {
            @for paper in &needed { (paper_card(ctx, paper, findings)) }
            (actions(html! {
                (button::primary(&ctx.t("filing-upload"), "upload"))
                (button::link(&format!("/drafts/{key}/check"), &ctx.t("filing-check")))
                (button::link(&format!("/drafts/{key}"), &ctx.t("filing-back-to-list")))
            }))
        },
    );
    let body = html! {
        (error_summary(ctx, findings))
        (side::returned(ctx, page.returned.as_ref()))
        p.hint #f-papers { (ctx.t("filing-papers-hint")) }
        (form)
        @if !other.is_empty() {
            (details(&ctx.t("filing-papers-not-needed"), html! {
                ul { @for paper in &other { li { (words(ctx, &paper.name)) " " span.hint { (cite(&paper.cite)) } } } }
            }))
        }
    };
    Page::new(ctx, &ctx.t("filing-papers"))
        .crumb("/file", ctx.t("filing-title"))
        .crumb(format!("/drafts/{key}"), ctx.pick(&name.zh, &name.en))
        .caption(page.title())
        .findings(findings.count())
        .body(body)
        .into_response()
}

fn paper_card(ctx: &Ctx, paper: &PaperLine, findings: &Findings) -> Markup {
    let field = format!("paper.{}", paper.id);
    let label = if paper.files.is_empty() { ctx.t("filing-choose-files") } else { ctx.t("filing-add-files") };
    let about = format!("{label}：{}", ctx.pick(&paper.name.zh, &paper.name.en));
    html! {
        section.card.paper-card id={ "paper-" (paper.id) } {
            header.card-head {
                h2 { (words(ctx, &paper.name)) }
                div.card-aside { (cite(&paper.cite)) " " (state(ctx, paper.state)) }
            }
            @if !paper.seals.zh.is_empty() || paper.note.is_some() {
                p.hint {
                    (words(ctx, &paper.seals))
                    @if let Some(note) = &paper.note {
                        @if !paper.seals.zh.is_empty() { " · " }
                        (words(ctx, note))
                    }
                }
            }
            @for file in &paper.files { (file_line(ctx, paper, file)) }
            (FileField { name: &field, label: &about, accept: ACCEPT, hint: None, error: findings.at(&field) }.html(ctx))
        }
    }
}

fn file_line(ctx: &Ctx, paper: &PaperLine, file: &FiledPaper) -> Markup {
    let shown = paper_file(file, None);
    html! {
        div.paper-file.held {
            a href=(shown.href) { (ctx.zh(&shown.name)) }
            span.hint { (shown.kind) " · " (size(shown.bytes)) }
            details.hash { summary { (ctx.t("paper-hash")) } code { (shown.hash) } }
            button.button.quiet type="submit" name="act" value={ "delete:" (paper.id) ":" (file.hash) } {
                (crate::ui::icon::BIN) span { (ctx.t("row-delete")) } span.sr-only { (file.file) }
            }
        }
    }
}

fn state(ctx: &Ctx, state: NeedState) -> Markup {
    match state {
        NeedState::Given => badge(Badge::Green, &ctx.t("paper-given")),
        NeedState::Missing => badge(Badge::Amber, &ctx.t("paper-missing")),
        NeedState::Optional => badge(Badge::Grey, &ctx.t("filing-paper-optional")),
        NeedState::Unknown => badge(Badge::Grey, &ctx.t("filing-paper-unknown")),
        NeedState::NotNeeded => badge(Badge::Grey, &ctx.t("paper-not-needed")),
    }
}

/// Where the reader comes from.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Came {
    case: Option<String>,
}

/// A paper, to be kept as a file and never shown within the site.
pub async fn download(
    seat: Seat,
    Path(hash): Path<String>,
    Query(came): Query<Came>,
) -> Result<Response, WebError> {
    let hash: PaperHash = hash.parse().map_err(|_| WebError::NotFound)?;
    let case = came.case.and_then(|case| case.parse::<CaseId>().ok());
    let paper =
        seat.app().paper_bytes(&seat.viewer, &hash, case).map_err(|failure| web_error(&seat.ctx, failure))?;
    shared::download(&paper.name, &paper.media, paper.bytes)
}
