//! `/inbox`: what waits for this person, most urgent first; what was done; what the organisation began.

use app::ports::PageOf;
use app::view::inbox::{CopyRow, DoneRow, Inbox, LentSeat, Place, Todo};
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::{amount_or_none, due_cell, standing_badge};
use super::together;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::shared::{Listing, Query as Asked, article, asked, say};
use crate::state::{Seat, web_error};
use crate::ui::{Badge, DataTable, Form, Head, Tab, badge, button, empty_state, tabs};

/// The inbox.
pub async fn show(seat: Seat, Query(query): Query<Asked>) -> Result<Response, WebError> {
    let after = asked(&query, "after");
    let inbox = seat.app().inbox(&seat.viewer, after.as_deref()).map_err(|e| web_error(&seat.ctx, e))?;
    let title = seat.ctx.t("inbox-title");
    let body = page(&seat.ctx, &inbox, &query, seat.viewer.may(app::access::Right::Declare));
    Ok(Page::new(&seat.ctx, &title)
        .caption(format!(
            "{} · {}",
            seat.viewer.org_name,
            seat.ctx.pick(&seat.viewer.role_zh, &seat.viewer.role_en)
        ))
        .body(body)
        .into_response())
}

/// The page under its title.
pub fn page(ctx: &Ctx, inbox: &Inbox, query: &Asked, declares: bool) -> Markup {
    let listing = Listing::new("/inbox", &["tab"], query);
    let tab = match listing.now("tab") {
        "done" => 1,
        "begun" => 2,
        "copies" => 3,
        _ => 0,
    };
    let begun = inbox.begun.cases_total + inbox.begun.plans.len();
    let row = [
        Tab::new("/inbox", ctx.t("inbox-todo"), Some(inbox.todo.len())),
        Tab::new("/inbox?tab=done", ctx.t("inbox-done"), Some(inbox.done.len())),
        Tab::new("/inbox?tab=begun", ctx.t("inbox-begun"), Some(begun)),
        Tab::new("/inbox?tab=copies", ctx.t("inbox-copies"), usize::try_from(inbox.copies.total).ok()),
    ];
    html! {
        (tabs(&ctx.t("inbox-tabs"), &row, tab))
        @match tab {
            1 => (done(ctx, &inbox.done)),
            2 => (begun_list(ctx, inbox, declares)),
            3 => (copies(ctx, &inbox.copies, listing)),
            _ => (todo(ctx, inbox, declares)),
        }
    }
}

fn todo(ctx: &Ctx, inbox: &Inbox, declares: bool) -> Markup {
    if inbox.todo.is_empty() {
        let action = html! { @if declares { (button::link_primary("/file", &ctx.t("inbox-go-file"))) } };
        return empty_state(&ctx.t("inbox-todo-none"), &ctx.t("inbox-todo-none-about"), action);
    }
    let heads = vec![
        Head::text(ctx.t("inbox-what")),
        Head::text(ctx.t("inbox-subject")),
        Head::text(ctx.t("inbox-applicant")),
        Head::text(ctx.t("inbox-since")),
        Head::text(ctx.t("inbox-due")),
    ];
    let overdue = inbox.overdue();
    let caption = match overdue {
        0 => ctx.t_args("inbox-caption", &[("count", inbox.todo.len().into())]),
        n => {
            ctx.t_args("inbox-caption-overdue", &[("count", inbox.todo.len().into()), ("overdue", n.into())])
        }
    };
    let table = inbox.todo.iter().fold(DataTable::new("todo", caption, heads), |table, row| {
        let cells = todo_cells(ctx, row);
        if row.due.as_ref().is_some_and(|d| d.left < 0 && !d.warn_only) {
            table.marked_row(cells)
        } else {
            table.row(cells)
        }
    });
    html! {
        (heaps(ctx, inbox))
        div.card { (table.html()) }
    }
}

/// Steps at which several cases wait that may be done in one act.
fn heaps(ctx: &Ctx, inbox: &Inbox) -> Markup {
    html! {
        @if !inbox.together.is_empty() {
            div.card data-part="together" {
                @for (step, count) in &inbox.together {
                    div.task {
                        p { (say(ctx, &step.name)) " " span.hint { (article(&step.cite.to_string())) } }
                        (button::link(&together::address(&step.procedure, &step.id), &ctx.t_args("together-heap", &[("count", (*count).into())])))
                    }
                }
            }
        }
    }
}

fn todo_cells(ctx: &Ctx, row: &Todo) -> Vec<Markup> {
    vec![
        html! {
            @match &row.lent {
                None => a href=(href(&row.place)) { strong { (say(ctx, &row.what)) } },
                Some(seat) => {
                    strong { (say(ctx, &row.what)) } " "
                    (badge(Badge::Blue, &ctx.t_args("lend-of", &[("name", (&*seat.of).into())])))
                },
            }
            @if row.count > 1 { " " span.count { (row.count) } }
            @if row.returned { " " (badge(Badge::Amber, &ctx.t("inbox-returned"))) }
            @if let Some(on) = row.urged { " " (badge(Badge::Amber, &ctx.t_args("inbox-urged", &[("date", ctx.date(on).into())]))) }
            p.hint { (article(&row.cite)) }
            @if let Some(seat) = &row.lent { (take(ctx, seat, &row.place)) }
        },
        subject(ctx, row),
        html! { (ctx.zh(&row.applicant)) },
        html! { (ctx.date(row.since)) },
        due_cell(ctx, row.due.as_ref()),
    ]
}

/// Sits down in the lent role and goes to where the thing is done.
fn take(ctx: &Ctx, seat: &LentSeat, place: &Place) -> Markup {
    let act = format!("switch:{}:{}", seat.org, seat.role);
    Form::post("/account", &act).html(
        ctx,
        html! {
            input type="hidden" name="next" value=(href(place));
            (button::secondary(&ctx.t_args("lend-take", &[("name", (&*seat.of).into())]), &act))
        },
    )
}

fn subject(ctx: &Ctx, row: &Todo) -> Markup {
    match &row.place {
        Place::Report(period) => {
            html! { (ctx.t_args("inbox-report-of", &[("period", period.clone().into())])) }
        }
        Place::Plans if row.count > 1 => html! {
            (ctx.t_args("inbox-waiting", &[("count", row.count.into())]))
            p.hint { (ctx.zh(&row.title)) }
        },
        _ => html! { (ctx.zh(&row.title)) p.hint { (row.number) } },
    }
}

/// Where a thing is done.
pub fn href(place: &Place) -> String {
    match place {
        Place::CaseStep(case, step) => format!("/cases/{case}/do/{step}"),
        Place::Correct(case, procedure, step) => format!("/file/{procedure}?case={case}&step={step}"),
        Place::CaseObjection(case, objection) => format!("/cases/{case}/objections/{objection}"),
        Place::Plans => "/plans".to_owned(),
        Place::PlanStep(plan, step) => format!("/plans/{plan}/do/{step}"),
        Place::Objection(plan, objection) => format!("/plans/{plan}/objections/{objection}"),
        Place::Report(period) => format!("/reports/{period}"),
        Place::Project(id, _) => format!("/projects/{id}"),
        Place::Allocation(id, step) => format!("/allocations/{id}/do/{step}"),
        Place::Claim(id, step) => format!("/claims/{id}/do/{step}"),
        Place::Batches => "/batches/new".to_owned(),
        Place::Batch(id, _) => format!("/batches/{id}"),
    }
}

fn copies(ctx: &Ctx, page: &PageOf<CopyRow>, listing: Listing<'_>) -> Markup {
    if page.rows.is_empty() {
        return empty_state(&ctx.t("inbox-copies-none"), &ctx.t("inbox-copies-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("inbox-subject")),
        Head::text(ctx.t("inbox-copy-text")),
        Head::text(ctx.t("inbox-copy-from")),
        Head::text(ctx.t("inbox-when")),
    ];
    let table = DataTable::new("copies", ctx.t("inbox-copies"), heads).quiet_caption();
    let table = page.rows.iter().fold(table, |table, row| {
        table.row(vec![
            html! { a href={ "/cases/" (row.case) } { (ctx.zh(&row.title)) } p.hint { (row.number) } },
            html! { (ctx.zh(&row.text)) },
            html! { (ctx.zh(&row.person)) p.hint { (ctx.zh(&row.org)) } },
            html! { (ctx.date(row.on)) },
        ])
    });
    html! {
        div.card { (table.html()) }
        (listing.pager(ctx, page.next.as_deref(), (page.rows.len(), page.total)))
    }
}

fn done(ctx: &Ctx, rows: &[DoneRow]) -> Markup {
    if rows.is_empty() {
        return empty_state(&ctx.t("inbox-done-none"), &ctx.t("inbox-done-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("inbox-what")),
        Head::text(ctx.t("inbox-subject")),
        Head::text(ctx.t("inbox-when")),
        Head::text(ctx.t("inbox-journal")),
    ];
    let table = rows.iter().fold(DataTable::new("done", ctx.t("inbox-done"), heads).quiet_caption(), |table, row| {
        let link = row.case.map(|id| format!("/cases/{id}")).or_else(|| row.plan.map(|id| format!("/plans/{id}")));
        table.row(vec![
            html! { (say(ctx, &row.what)) p.hint { (article(&row.cite)) } },
            html! {
                @match link {
                    Some(link) => a href=(link) { (ctx.zh(if row.title.is_empty() { &row.number } else { &row.title })) },
                    None => (ctx.zh(&row.title)),
                }
                @if !row.title.is_empty() { p.hint { (row.number) } }
            },
            html! { (ctx.date(row.on)) " " (row.clock) },
            html! { span.hint { "#" (row.seq) } },
        ])
    });
    html! { div.card { (table.html()) } }
}

fn begun_list(ctx: &Ctx, inbox: &Inbox, declares: bool) -> Markup {
    let begun = &inbox.begun;
    if begun.cases.is_empty() && begun.plans.is_empty() {
        let action = html! { @if declares { (button::link_primary("/file", &ctx.t("inbox-go-file"))) } };
        return empty_state(&ctx.t("inbox-begun-none"), &ctx.t("inbox-begun-none-about"), action);
    }
    let heads = vec![
        Head::text(ctx.t("inbox-subject")),
        Head::text(ctx.t("cases-standing")),
        Head::text(ctx.t("cases-stage")),
        Head::amount(ctx.t("cases-amount")),
        Head::text(ctx.t("cases-changed")),
    ];
    let mut table = DataTable::new("begun", ctx.t("inbox-begun"), heads).quiet_caption();
    for row in &begun.cases {
        table = table.row(vec![
            html! { a href={ "/cases/" (row.case) } { (ctx.zh(&row.title)) } p.hint { (row.number) } },
            standing_badge(ctx, &row.standing),
            html! { (ctx.pick(&row.stage, &row.stage_en)) },
            amount_or_none(row.amount),
            html! { (ctx.date(row.changed_on)) },
        ]);
    }
    for row in &begun.plans {
        table = table.row(vec![
            html! { a href={ "/plans/" (row.plan) } { (row.number) } p.hint { (ctx.t_args("inbox-plan-items", &[("count", row.items.into())])) } },
            badge(Badge::Blue, &ctx.t("inbox-plan")),
            html! { (ctx.pick(&row.stage, &row.stage_en)) },
            amount_or_none(row.total),
            html! { (ctx.date(row.changed_on)) },
        ]);
    }
    html! { div.card { (table.html()) } }
}
