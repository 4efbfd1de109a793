//! The journal, newest acts first, its head, and a check of a range done again from the stored bytes.

use app::access::Right;
use app::time::{clock_of, day_of};
use app::view::{ActLine, ActSubject, CHECKED_MAX, Checked, JournalPage, TREE_MAX};
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::beside;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::shared::{article, require, say, shown};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, DataTable, Field, Findings, Form, Head, Pager, Stat, actions, badge, button, empty_state,
    error_summary, pager, panel, stats,
};

/// The page.
pub(super) async fn show(
    seat: Seat,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    require(&seat, &[Right::SeeJournal])?;
    let before = asked.get("before").and_then(|text| text.parse().ok());
    let view = shown(&seat.ctx, seat.app().journal_page(before))?;
    Ok(page(&seat, &view, before, &Submitted::default(), &Findings::none(), None))
}

/// Checks a range; writes nothing.
pub(super) async fn verify(seat: Seat, form: Submitted) -> Result<Response, WebError> {
    require(&seat, &[Right::SeeJournal])?;
    let ctx = &seat.ctx;
    let view = shown(ctx, seat.app().journal_page(None))?;
    let mut findings = Findings::none();
    let newest = view.head.size.saturating_sub(CHECKED_MAX);
    let from = match form.get("from") {
        "" => Some(newest),
        text => text.parse().ok().filter(|from| *from < view.head.size.max(1)),
    };
    let (Some(from), false) = (from, ctx.live.is_live()) else {
        findings.add(
            "from",
            ctx.t_args(
                "commission-verify-from-wrong",
                &[("last", view.head.size.saturating_sub(1).to_string().into())],
            ),
        );
        return Ok(page(&seat, &view, None, &form, &findings, None));
    };
    let app = seat.app().clone();
    let checked = shown(ctx, beside(move || app.check_range(from, CHECKED_MAX)).await?)?;
    Ok(page(&seat, &view, None, &form, &findings, Some(&checked)))
}

fn page(
    seat: &Seat,
    view: &JournalPage,
    before: Option<u64>,
    form: &Submitted,
    findings: &Findings,
    checked: Option<&Checked>,
) -> Response {
    let ctx = &seat.ctx;
    let body = html! {
        (error_summary(ctx, findings))
        (stats(&[Stat {
            label: ctx.t("commission-journal-size"),
            value: view.head.size.to_string(),
            unit: ctx.t("commission-journal-unit"),
            about: ctx.t("commission-journal-size-about"),
            href: None,
        }]))
        (panel(&ctx.t("commission-journal-root"), html! {
            p.hint { (ctx.t("commission-journal-root-about")) }
            p.hash { code { (view.head.root) } }
        }))
        @if let Some(checked) = checked { (result(ctx, checked)) }
        (panel(&ctx.t("commission-verify"), verify_form(ctx, form, findings)))
        (panel(&ctx.t("commission-acts"), list(ctx, view, before)))
    };
    Page::new(ctx, &ctx.t("commission-journal")).findings(findings.count()).body(body).into_response()
}

fn verify_form(ctx: &Ctx, form: &Submitted, findings: &Findings) -> Markup {
    html! {
        p { (ctx.t_args("commission-verify-about", &[("most", CHECKED_MAX.to_string().into()), ("tree", TREE_MAX.to_string().into())])) }
        p.hint { (ctx.t("commission-verify-command")) " " code { "qingqu verify" } }
        (Form::post("/journal", "verify").html(ctx, html! {
            (Field::count("from", &ctx.t("commission-verify-from"), &ctx.t("commission-journal-unit")).optional()
                .hint(&ctx.t("commission-verify-from-hint")).value(form.get("from")).error(findings.at("from")).html(ctx))
            (actions(button::primary(&ctx.t("commission-verify-do"), "verify")))
        }))
    }
}

fn result(ctx: &Ctx, checked: &Checked) -> Markup {
    let sound = checked.faults.is_empty() && checked.root_same != Some(false);
    let colour = if sound { Badge::Green } else { Badge::Red };
    let verdict = ctx.t(if sound { "commission-verify-sound" } else { "commission-verify-unsound" });
    let range = ctx.t_args(
        "commission-verify-range",
        &[
            ("from", checked.from.to_string().into()),
            ("to", checked.to.saturating_sub(1).to_string().into()),
            ("count", (checked.to - checked.from).to_string().into()),
        ],
    );
    panel(
        &ctx.t("commission-verify-result"),
        html! {
            p role="status" { (badge(colour, &verdict)) " " (range) }
            ul.papers {
                li { (ctx.t("commission-verify-read")) }
                li {
                    @match checked.root_same {
                        Some(true) => (ctx.t_args("commission-verify-root-same", &[("size", checked.head.size.to_string().into())])),
                        Some(false) => (badge(Badge::Red, &ctx.t("commission-verify-root-differs"))),
                        None => (ctx.t_args("commission-verify-root-skipped", &[("tree", TREE_MAX.to_string().into())])),
                    }
                }
                @for (seq, words) in &checked.faults {
                    li { (badge(Badge::Red, &seq.to_string())) " " (say(ctx, words)) }
                }
            }
            p.hint { (ctx.t("commission-verify-command")) " " code { "qingqu verify" } }
        },
    )
}

fn list(ctx: &Ctx, view: &JournalPage, before: Option<u64>) -> Markup {
    if view.lines.is_empty() {
        return empty_state(&ctx.t("commission-acts-none"), &ctx.t("commission-acts-none-about"), html! {});
    }
    let heads = vec![
        Head::amount(ctx.t("commission-seq")),
        Head::text(ctx.t("commission-when")),
        Head::text(ctx.t("commission-what")),
        Head::text(ctx.t("commission-subject")),
        Head::text(ctx.t("commission-who")),
        Head::text(ctx.t("commission-article")),
        Head::text(ctx.t("commission-edition")),
    ];
    let mut table = DataTable::new("acts", ctx.t("commission-acts"), heads).quiet_caption();
    for line in &view.lines {
        table = table.row(vec![
            html! { a href={ "/journal/" (line.seq) } { (line.seq) } },
            html! { (when(ctx, line.at)) },
            html! { (say(ctx, &line.what)) },
            subject(ctx, &line.subject),
            who(ctx, line),
            article(&line.cite),
            html! { (line.edition) },
        ]);
    }
    let all = usize::try_from(view.head.size).ok();
    let first = before.map(|_| "/journal".to_owned());
    let next = view.next.map(|before| format!("/journal?before={before}"));
    html! { (table.html()) (pager(ctx, &Pager { first, next, shown: view.lines.len(), all })) }
}

/// A moment as day and time.
pub(super) fn when(ctx: &Ctx, at: i64) -> String {
    format!("{} {}", ctx.date(day_of(at)), clock_of(at))
}

/// Who acted, in which role.
pub(super) fn who(ctx: &Ctx, line: &ActLine) -> Markup {
    html! {
        div {
            @if line.who.is_empty() { (ctx.t("commission-by-program")) } @else { (ctx.zh(&line.who)) }
            @if !say(ctx, &line.role).is_empty() { div.hint { (say(ctx, &line.role)) } }
        }
    }
}

/// What an act is about, with the way there for those who may go it.
pub(super) fn subject(ctx: &Ctx, subject: &ActSubject) -> Markup {
    let may = |right: &str| ctx.viewer.as_ref().is_some_and(|v| v.may(right));
    let to = |right: &str, href: String, text: Markup| {
        if may(right) {
            html! { a href=(href) { (text) } }
        } else {
            text
        }
    };
    match subject {
        ActSubject::Case(id, number) => to("SeeCases", format!("/cases/{id}"), ctx.zh(number)),
        ActSubject::Plan(id, number) => to("SeeMoney", format!("/plans/{id}"), ctx.zh(number)),
        ActSubject::Year(year) => {
            let name = ctx.t_args("commission-year-of", &[("year", i64::from(*year).into())]);
            to("SeeMoney", format!("/years/{year}"), html! { (name) })
        }
        ActSubject::Person(_, name) | ActSubject::Org(_, name) => ctx.zh(name),
        ActSubject::Other(stream) => html! { code { (stream) } },
    }
}
