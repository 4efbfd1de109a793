//! `/cases/{id}`: where a case stands, what comes next and from whom, and its tabs.

use app::view::Viewer;
use app::view::case::{CaseAround, CasePage, NextAct, NextPlace, SentBack};
use app::view::pack::{Act, Step, Words};
use app::view::rosters::names_households;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::case_tabs as tab;
use super::parts::{due_cell, stage, standing_badge, standing_key};
use super::related::Typed;
use super::{bound, forms_tab, notice, related, rules, timeline};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::rosters;
use crate::pages::shared::{article, say, yuan};
use crate::state::{Seat, fresh_key, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, Findings, SummaryList, Tab, badge, button, error_summary, panel, tabs};

/// The case.
pub async fn show(
    seat: Seat,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let id: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let mut form = Submitted::default();
    form.set("key", fresh_key(seat.app()));
    page(&seat, id, query.get("tab").map_or("", String::as_str), &form, &Findings::none())
}

/// Whether cases of this procedure are verified and granted an amount.
fn grants(page: &CasePage) -> bool {
    let own = |step: &Step| step.procedure == page.case.procedure && step.act == Act::Inspect;
    page.pack.grant.is_some() && page.pack.steps.iter().any(own)
}

/// The tabs of a case, by the word in the address: those of grants only where it is granted, the rules only where they decide.
fn shown_tabs(viewer: &Viewer, page: &CasePage) -> Vec<&'static str> {
    let grants = grants(page);
    let judges = page.pack.steps.iter().any(|s| s.procedure == page.case.procedure && s.judge);
    let posts = page.pack.steps.iter().any(|s| s.procedure == page.case.procedure && s.publish.is_some());
    let all = [
        ("", true),
        ("timeline", true),
        ("forms", true),
        ("papers", true),
        ("households", names_households(viewer, &page.case, &page.pack)),
        ("rules", grants || judges),
        ("notices", !grants && posts),
        ("money", grants),
        ("review", grants),
        ("duties", grants || !page.case.duties.is_empty()),
        ("related", true),
        ("talk", true),
    ];
    all.into_iter().filter(|(_, shown)| *shown).map(|(name, _)| name).collect()
}

/// The page with a tab, and what was typed into one of its forms.
pub fn page(
    seat: &Seat,
    id: CaseId,
    wanted: &str,
    form: &Submitted,
    findings: &Findings,
) -> Result<Response, WebError> {
    let (ctx, app, viewer) = (&seat.ctx, seat.app(), &seat.viewer);
    let fail = |e| web_error(ctx, e);
    let page = app.case_page(viewer, id).map_err(fail)?;
    let around = app.case_around(viewer, id).map_err(fail)?;
    let names = shown_tabs(viewer, &page);
    let current = names.iter().position(|name| *name == wanted).unwrap_or(0);
    let typed = Typed { ctx, page: &page, around: &around, form, findings };
    let content = match names[current] {
        "timeline" => timeline::tab(ctx, &page, &app.case_acts(viewer, id).map_err(fail)?),
        "forms" => forms_tab::tab(ctx, &page),
        "papers" => html! {
            @if let Some(file) = app.bound_file(viewer, id).map_err(fail)? { (bound::about(ctx, id, &file)) }
            (tab::papers(ctx, id, &app.case_papers(viewer, id).map_err(fail)?))
        },
        "households" => rosters::tab(ctx, id, &app.households(viewer, id).map_err(fail)?),
        "rules" => rules::tab(ctx, app.case_rules(viewer, id).map_err(fail)?.as_ref()),
        "notices" => notice::tab(ctx, id.get(), &app.case_notices(viewer, id).map_err(fail)?),
        "money" => tab::money(ctx, &app.case_money(viewer, id).map_err(fail)?),
        "review" => tab::review(ctx, app.case_review(viewer, id).map_err(fail)?.as_ref()),
        "duties" => tab::duties(ctx, &page),
        "related" => related::related(&typed),
        "talk" => related::talk(&typed),
        _ => overview(ctx, &page, &around),
    };
    let label = |name: &str| match name {
        "timeline" => ctx.t("case-tab-timeline"),
        "forms" => ctx.t("case-tab-forms"),
        "papers" => ctx.t("case-tab-papers"),
        "households" => ctx.t("case-tab-households"),
        "rules" => ctx.t("case-tab-rules"),
        "notices" => ctx.t("case-tab-notices"),
        "money" => ctx.t("case-tab-money"),
        "review" => ctx.t("case-tab-review"),
        "duties" => ctx.t("case-tab-duties"),
        "related" => ctx.t("case-tab-related"),
        "talk" => ctx.t("case-tab-talk"),
        _ => ctx.t("case-tab-overview"),
    };
    let count = |name: &str| match name {
        "notices" => page.case.notices.len(),
        "related" => around.children.len() + around.alike.len(),
        "talk" => around.remarks.len(),
        _ => 0,
    };
    let address =
        |name: &str| if name.is_empty() { format!("/cases/{id}") } else { format!("/cases/{id}?tab={name}") };
    let counted = |name: &str| Some(count(name)).filter(|n| *n > 0);
    let row: Vec<Tab> =
        names.iter().map(|name| Tab::new(address(name), label(name), counted(name))).collect();
    let body = html! {
        (error_summary(ctx, findings))
        (next_card(ctx, &page, &around))
        (tabs(&ctx.t("case-tabs"), &row, current))
        (content)
        (proof(ctx, &page))
    };
    Ok(head(ctx, &page).findings(findings.count()).body(body).into_response())
}

/// The page of a case with its title, number and standing.
pub fn head<'c>(ctx: &'c Ctx, page: &CasePage) -> Page<'c> {
    Page::new(ctx, &page.case.title)
        .crumb("/cases", ctx.t("cases-title"))
        .caption(format!("{} · {} · {}", page.case.number, say(ctx, &page.procedure), page.applicant))
        .beside_title(standing_badge(ctx, standing_key(page.standing)))
}

/// What comes next, from whom, until when: first with the buttons of what this viewer may do, then what others do, then what is
/// only offered.
fn next_card(ctx: &Ctx, page: &CasePage, around: &CaseAround) -> Markup {
    let (offered, waits): (Vec<&NextAct>, Vec<&NextAct>) = page.next.iter().partition(|next| next.offered);
    let open = around.alike.iter().filter(|alike| alike.decided.is_none()).count();
    let mine: Vec<&NextAct> = offered.iter().filter(|next| next.mine.is_some()).copied().collect();
    let others: Vec<&str> =
        offered.iter().filter(|next| next.mine.is_none()).map(|next| say(ctx, &next.name)).collect();
    html! {
        section.card aria-labelledby="next-title" {
            header.card-head { h2 #next-title { (ctx.t("case-next")) } }
            @if let Some(back) = &page.sent_back { (sent_back(ctx, back)) }
            @if let Some(why) = &around.recused { p { (badge(Badge::Amber, &ctx.t("talk-recused"))) " " (ctx.zh(why)) } }
            @if open > 0 {
                p { (badge(Badge::Amber, &ctx.t_args("alike-open", &[("count", open.into())]))) " "
                    a href={ "/cases/" (page.case.id) "?tab=related" } { (ctx.t("alike-compare")) } }
            }
            @if waits.is_empty() {
                p { (ctx.t("case-next-none")) }
            } @else {
                @for next in &waits { (next_line(ctx, page, next)) }
            }
            @if !mine.is_empty() {
                h3 { (ctx.t("case-offered")) }
                @for next in &mine { (next_line(ctx, page, next)) }
            }
            @if !others.is_empty() { p.hint { (ctx.t_args("case-others-may", &[("steps", others.join("、").into())])) } }
            @if page.may_withdraw {
                div.actions { a.button.danger href={ "/cases/" (page.case.id) "/withdraw" } { (ctx.t("case-withdraw")) } }
            }
        }
    }
}

/// Who sent the case back or turned it down, at which step, and the reason as written.
pub fn sent_back(ctx: &Ctx, back: &SentBack) -> Markup {
    let (tone, key) = if back.ends { ("red", "case-turned-down") } else { ("amber", "case-sent-back") };
    let who = format!("{} · {} · {}", back.org, say(ctx, &back.role), back.person);
    html! {
        div.flash.(tone) {
            div {
                p { strong { (ctx.t(key)) " · " (say(ctx, &back.step)) " · " (say(ctx, &back.outcome)) } }
                @if !back.why.is_empty() { p { (ctx.zh(&back.why)) } }
                p { (ctx.zh(&who)) " · " (ctx.date(back.on)) }
            }
        }
    }
}

fn next_line(ctx: &Ctx, page: &CasePage, next: &NextAct) -> Markup {
    let (case, step) = (page.case.id, crate::cookies::encode(&next.step));
    let href = next.mine.map(|place| match place {
        NextPlace::Desk => format!("/cases/{case}/do/{step}"),
        NextPlace::Form => format!("/file/{}?case={case}&step={step}", page.case.procedure),
        NextPlace::Plans => "/plans".to_owned(),
    });
    let names = |list: &[Words]| list.iter().map(|w| say(ctx, w)).collect::<Vec<_>>().join("、");
    html! {
        div.task {
            div {
                p {
                    strong { (say(ctx, &next.name)) } " " (article(&next.cite))
                    @if next.again { " " (badge(Badge::Amber, &ctx.t("case-again"))) }
                    @if let Some(last) = next.runs_until {
                        @let (colour, key) =
                            if next.run_out { (Badge::Amber, "case-run-out") } else { (Badge::Blue, "case-runs-until") };
                        " " (badge(colour, &ctx.t_args(key, &[("date", ctx.date(last).into())])))
                    }
                }
                p.hint {
                    (ctx.t_args("case-next-by", &[("who", say(ctx, &next.by).to_owned().into()), ("since", ctx.date(next.since).into())]))
                }
                @if !next.signed.is_empty() {
                    p.hint { (ctx.t_args("case-signed", &[("signed", names(&next.signed).into()), ("left", names(&next.left).into())])) }
                }
                @if let Some((on, text)) = &next.urged {
                    p.hint { (badge(Badge::Amber, &ctx.t("case-urged"))) " " (ctx.date(*on)) " " (ctx.zh(text)) }
                }
                @if next.due.is_some() || (next.mine.is_some() && !next.offered) { (due_cell(ctx, next.due.as_ref())) }
            }
            @if let Some(href) = href {
                @if next.offered { (button::link(&href, &ctx.t("case-do"))) } @else { (button::link_primary(&href, &ctx.t("case-do"))) }
            }
        }
    }
}

fn overview(ctx: &Ctx, page: &CasePage, around: &CaseAround) -> Markup {
    let grants = grants(page);
    html! {
        div.columns {
            (panel(&ctx.t("case-parties"), parties(ctx, page)))
            @if grants {
                (panel(&ctx.t("case-amounts"), html! {
                    @if page.amounts.is_empty() { p.hint { (ctx.t("case-amounts-none")) } }
                    @else {
                        dl.summary {
                            @for (of, amount) in &page.amounts { div { dt { (stage(ctx, *of)) } dd { (yuan(ctx, *amount)) } } }
                        }
                    }
                }))
            } @else if !around.from_here.is_empty() {
                (related::from_here(ctx, page, around))
            }
        }
    }
}

fn parties(ctx: &Ctx, page: &CasePage) -> Markup {
    let case = &page.case;
    let mut list = SummaryList::new()
        .row(ctx.t("related-procedure"), say(ctx, &page.procedure))
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
