//! `/cases/{id}`: where a case stands, what comes next and from whom, and its tabs.

use app::view::case::{CasePage, NextAct, NextPlace};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::case_tabs as tab;
use super::parts::{due_cell, stage, standing_badge, standing_key};
use super::{rules, timeline};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::shared::{article, say, yuan};
use crate::state::{Seat, web_error};
use crate::ui::{SummaryList, Tab, button, panel, tabs};

/// The tabs, in order: the word in the address.
const TABS: [&str; 8] = ["", "timeline", "forms", "papers", "rules", "money", "review", "duties"];

/// The case.
pub async fn show(
    seat: Seat,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let id: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let ctx = &seat.ctx;
    let fail = |e| web_error(ctx, e);
    let page = seat.app().case_page(&seat.viewer, id).map_err(fail)?;
    let wanted = query.get("tab").map_or("", String::as_str);
    let current = TABS.iter().position(|t| *t == wanted).unwrap_or(0);
    let content = match current {
        1 => timeline::tab(ctx, &page, &seat.app().case_acts(&seat.viewer, id).map_err(fail)?),
        2 => tab::forms(ctx, &page),
        3 => tab::papers(ctx, &seat.app().case_papers(&seat.viewer, id).map_err(fail)?),
        4 => rules::tab(ctx, seat.app().case_rules(&seat.viewer, id).map_err(fail)?.as_ref()),
        5 => tab::money(ctx, &seat.app().case_money(&seat.viewer, id).map_err(fail)?),
        6 => tab::review(ctx, seat.app().case_review(&seat.viewer, id).map_err(fail)?.as_ref()),
        7 => tab::duties(ctx, &page),
        _ => overview(ctx, &page),
    };
    let labels = [
        ctx.t("case-tab-overview"),
        ctx.t("case-tab-timeline"),
        ctx.t("case-tab-forms"),
        ctx.t("case-tab-papers"),
        ctx.t("case-tab-rules"),
        ctx.t("case-tab-money"),
        ctx.t("case-tab-review"),
        ctx.t("case-tab-duties"),
    ];
    let address =
        |name: &str| if name.is_empty() { format!("/cases/{id}") } else { format!("/cases/{id}?tab={name}") };
    let row: Vec<Tab> =
        TABS.iter().zip(labels).map(|(name, label)| Tab::new(address(name), label, None)).collect();
    let body = html! {
        (next_card(ctx, &page))
        (tabs(&ctx.t("case-tabs"), &row, current))
        (content)
        (proof(ctx, &page))
    };
    Ok(head(ctx, &page).body(body).into_response())
}

/// The page of a case with its title, number and standing.
pub fn head<'c>(ctx: &'c Ctx, page: &CasePage) -> Page<'c> {
    Page::new(ctx, &page.case.title)
        .crumb("/cases", ctx.t("cases-title"))
        .caption(format!("{} · {} · {}", page.case.number, say(ctx, &page.procedure), page.applicant))
        .beside_title(standing_badge(ctx, standing_key(page.standing)))
}

/// What comes next, from whom, until when; with the buttons of what this viewer may do.
fn next_card(ctx: &Ctx, page: &CasePage) -> Markup {
    html! {
        section.card aria-labelledby="next-title" {
            header.card-head { h2 #next-title { (ctx.t("case-next")) } }
            @if page.next.is_empty() {
                p { (ctx.t("case-next-none")) }
            } @else {
                @for next in &page.next { (next_line(ctx, page, next)) }
            }
            @if page.may_withdraw {
                div.actions { a.button.danger href={ "/cases/" (page.case.id) "/withdraw" } { (ctx.t("case-withdraw")) } }
            }
        }
    }
}

fn next_line(ctx: &Ctx, page: &CasePage, next: &NextAct) -> Markup {
    let href = next.mine.map(|place| match place {
        NextPlace::Desk => format!("/cases/{}/do/{}", page.case.id, next.step),
        NextPlace::Form => format!("/file/{}?case={}", page.case.procedure, page.case.id),
        NextPlace::Plans => "/plans".to_owned(),
    });
    html! {
        div.task {
            div {
                p { strong { (say(ctx, &next.name)) } " " (article(&next.cite)) }
                p.hint {
                    (ctx.t_args("case-next-by", &[("who", say(ctx, &next.by).to_owned().into()), ("since", ctx.date(next.since).into())]))
                }
                (due_cell(ctx, next.due.as_ref()))
            }
            @if let Some(href) = href { (button::link_primary(&href, &ctx.t("case-do"))) }
        }
    }
}

fn overview(ctx: &Ctx, page: &CasePage) -> Markup {
    html! {
        div.columns {
            (panel(&ctx.t("case-parties"), parties(ctx, page)))
            (panel(&ctx.t("case-amounts"), html! {
                @if page.amounts.is_empty() { p.hint { (ctx.t("case-amounts-none")) } }
                @else {
                    dl.summary {
                        @for (of, amount) in &page.amounts { div { dt { (stage(ctx, *of)) } dd { (yuan(ctx, *amount)) } } }
                    }
                }
            }))
        }
    }
}

fn parties(ctx: &Ctx, page: &CasePage) -> Markup {
    let case = &page.case;
    let mut list = SummaryList::new()
        .row(ctx.t("case-number"), &case.number)
        .row(ctx.t("case-year"), case.year)
        .row(ctx.t("cases-applicant"), ctx.zh(&page.applicant))
        .row(ctx.t("cases-desk"), ctx.zh(&page.desk));
    for (key, value) in &page.parties {
        list = list.row(party(ctx, key), ctx.zh(value));
    }
    if let Some(place) = &page.place {
        list = list.row(
            ctx.t("cases-county"),
            html! {
                (ctx.zh(&place.then)) "（" (place.code) "）"
                @if let Some((code, name)) = &place.now {
                    p.hint { (ctx.t_args("case-place-now", &[("name", name.clone().into()), ("code", code.to_string().into())])) }
                }
            },
        );
    }
    if !page.firm.is_empty() {
        list = list.row(ctx.t("case-firm"), ctx.zh(&page.firm));
    }
    if let Some(parent) = &page.parent {
        list = list.row(
            ctx.t("case-parent"),
            html! { a href={ "/cases/" (parent.case) } { (parent.number) } " " (ctx.zh(&parent.title)) },
        );
    }
    if let Some((plan, number)) = &page.plan {
        list = list.row(
            ctx.t("case-plan"),
            html! { @if page.plan_open { a href={ "/plans/" (plan) } { (number) } } @else { (number) } },
        );
    }
    if let Some(why) = &case.withdrawn {
        list = list.row(ctx.t("case-withdrawn-why"), ctx.zh(why));
    }
    list.html(ctx)
}

fn party(ctx: &Ctx, key: &str) -> String {
    match key {
        "company" => ctx.t("case-party-company"),
        "company_name" => ctx.t("case-party-company-name"),
        "investor" => ctx.t("case-party-investor"),
        other => other.to_owned(),
    }
}

/// Where the last act of the case stands in the journal.
pub fn proof(ctx: &Ctx, page: &CasePage) -> Markup {
    html! {
        p.hint.proof {
            (ctx.t_args("case-proof", &[("seq", page.last_seq.to_string().into()), ("acts", page.acts.into())]))
        }
    }
}
