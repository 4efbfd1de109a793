//! `/drafts/{key}`: the task list of a draft: each part and paper with its state, who will read it, what the rules say so far.

use app::view::filing::{DraftPage, NeedState, PaperLine, TaskLine};
use app::view::pack::PartState;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::{book, side};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::state::{Seat, web_error};
use crate::submitted::Submitted;
use crate::ui::{Form, Task, TaskList, TaskState, actions, button, details, progress};
use crate::words::word;

/// Shows the task list. A draft that was filed leads to its case.
pub async fn show(seat: Seat, Path(key): Path<String>) -> Result<Response, WebError> {
    if let Some(done) = filed(&seat, &key)? {
        return Ok(done);
    }
    let page = seat.app().draft_page(&seat.viewer, &key).map_err(|failure| web_error(&seat.ctx, failure))?;
    Ok(render(&seat.ctx, &page))
}

/// Throws the draft away.
pub async fn act(seat: Seat, Path(key): Path<String>, form: Submitted) -> Result<Response, WebError> {
    if form.act() != "delete" {
        return Ok(Redirect::to(&format!("/drafts/{key}")).into_response());
    }
    seat.app().delete_draft(&seat.viewer, &key).map_err(|failure| web_error(&seat.ctx, failure))?;
    Ok(go_with("/file", &Flash::done(word("filing-deleted"))))
}

/// Where a filed draft leads.
pub fn filed(seat: &Seat, key: &str) -> Result<Option<Response>, WebError> {
    let case = seat.app().filed_as(&seat.viewer, key).map_err(|failure| web_error(&seat.ctx, failure))?;
    Ok(case.map(|case| Redirect::to(&format!("/file/done/{case}")).into_response()))
}

fn render(ctx: &Ctx, page: &DraftPage) -> Response {
    let key = &page.draft.key;
    let name = page.procedure_name();
    let title = page.title();
    let shown = if title.is_empty() { ctx.pick(&name.zh, &name.en).to_owned() } else { title };
    let (done, all) = page.progress();
    let words_done = ctx.t_args("filing-progress", &[("done", done.into()), ("all", all.into())]);
    let body = html! {
        (side::returned(ctx, page.returned.as_ref()))
        (side::blocked(ctx, page))
        div.desk {
            div {
                (progress(&ctx.t("filing-col-progress"), done as u64, all as u64, &words_done))
                (tasks(ctx, page).html(ctx))
                (drop_form(ctx, key))
            }
            div {
                (side::receiver(ctx, page.receiver.as_ref()))
                (book::about(ctx, page))
                (side::eligibility(ctx, page.panel.as_ref()))
            }
        }
    };
    Page::new(ctx, &shown)
        .crumb("/file", ctx.t("filing-title"))
        .caption(format!("{} · {}", ctx.pick(&name.zh, &name.en), ctx.pick(&page.step.zh, &page.step.en)))
        .body(body)
        .into_response()
}

fn tasks(ctx: &Ctx, page: &DraftPage) -> TaskList {
    let key = &page.draft.key;
    let parts = page.tasks.iter().map(|task| part_task(ctx, key, task)).collect();
    let papers = page.papers.iter().map(|paper| paper_task(ctx, key, paper)).collect();
    let ready = page.is_complete();
    let check = Task {
        title: ctx.t("filing-check"),
        hint: Some(if ready { ctx.t("filing-check-ready") } else { ctx.t("filing-check-not-ready") }),
        href: Some(format!("/drafts/{key}/check")),
        state: TaskState::NotStarted,
    };
    TaskList::new()
        .group(ctx.t("filing-group-parts"), parts)
        .group(ctx.t("filing-group-papers"), papers)
        .group(ctx.t("filing-group-check"), vec![check])
}

fn part_task(ctx: &Ctx, key: &str, task: &TaskLine) -> Task {
    let mut hints: Vec<String> = Vec::new();
    if task.faults > 0 {
        hints.push(ctx.t_args("filing-part-faults", &[("count", task.faults.into())]));
    }
    if task.changes > 0 {
        hints.push(ctx.t_args("filed-part-changes", &[("count", task.changes.into())]));
    }
    if task.state == PartState::NotStarted && task.optional {
        hints.push(ctx.t("filing-part-optional"));
    }
    let applies = task.state != PartState::NotApplicable;
    Task {
        title: ctx.pick(&task.name.zh, &task.name.en).to_owned(),
        hint: (!hints.is_empty()).then(|| hints.join(" · ")),
        href: applies.then(|| format!("/drafts/{key}/{}", task.part)),
        state: match task.state {
            PartState::NotStarted => TaskState::NotStarted,
            PartState::InProgress => TaskState::Started,
            PartState::Complete => TaskState::Done,
            PartState::Faulty => TaskState::Faulty,
            PartState::NotApplicable => TaskState::NotApplicable,
        },
    }
}

fn paper_task(ctx: &Ctx, key: &str, paper: &PaperLine) -> Task {
    let hint = match paper.state {
        NeedState::Given => ctx.t_args("filed-paper-count", &[("count", paper.files.len().into())]),
        NeedState::Missing | NeedState::NotNeeded => String::new(),
        NeedState::Optional => ctx.t("filing-paper-optional"),
        NeedState::Unknown => ctx.t("filing-paper-unknown"),
    };
    let hints: Vec<String> = [paper.cite.clone(), hint].into_iter().filter(|text| !text.is_empty()).collect();
    Task {
        title: ctx.pick(&paper.name.zh, &paper.name.en).to_owned(),
        hint: Some(hints.join(" · ")),
        href: (paper.state != NeedState::NotNeeded)
            .then(|| format!("/drafts/{key}/papers#paper-{}", paper.id)),
        state: match paper.state {
            NeedState::Given => TaskState::Done,
            NeedState::Missing | NeedState::Optional | NeedState::Unknown => TaskState::NotStarted,
            NeedState::NotNeeded => TaskState::NotApplicable,
        },
    }
}

fn drop_form(ctx: &Ctx, key: &str) -> Markup {
    let action = format!("/drafts/{key}");
    let form = Form::post(&action, "keep").html(
        ctx,
        html! {
            p { (ctx.t("filing-delete-text")) }
            (actions(button::danger(&ctx.t("filing-delete"), "delete")))
        },
    );
    details(&ctx.t("filing-delete"), form)
}
