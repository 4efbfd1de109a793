//! `/claims/new?project=` and `/claims/{id}/edit`: writing a claim, and writing it again after it came back.

use app::command::money::{MoneyCommand, Purpose};
use app::view::money::{ClaimForm, ClaimPage, ProjectQuery};
use app::view::pack::{Act, Step, Subject};
use app::view::state::OutcomeKind;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::id::{ClaimId, ProjectId};
use maud::html;
use std::collections::BTreeMap;

use super::bills::{self, cell};
use super::form::{self, Writing};
use super::parts::sees_claims;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{id, money_command, refused, say, shown};
use crate::state::Seat;
use crate::submitted::{Submitted, SubmittedWithFiles};
use crate::ui::{DataTable, Findings, Head, empty_state, panel};
use crate::words::word;

/// A new claim: first the project, then the form.
pub(super) async fn new(
    seat: Seat,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    filing(&seat)?;
    let Some(project) = asked.get("project").filter(|text| !text.is_empty()) else { return choose(&seat) };
    let view = project_form(&seat, id(project)?)?;
    let mut form = Submitted::default();
    form.set(cell(0, "line"), "");
    Ok(form::page(&seat, &view, &writing_new(&seat, &view), &form, &Findings::none()))
}

/// The step of the pack in which this role files claims.
fn filing(seat: &Seat) -> Result<&Step, WebError> {
    sees_claims(seat)?;
    let mut steps = seat.viewer.pack.steps.iter();
    let files =
        |step: &&Step| step.on == Subject::Claim && step.act == Act::Claim && step.by == seat.viewer.role;
    steps.find(files).ok_or(WebError::Forbidden)
}

fn project_form(seat: &Seat, project: ProjectId) -> Result<ClaimForm, WebError> {
    shown(&seat.ctx, seat.app().claim_form(&seat.viewer, project))
}

fn writing_new<'s>(seat: &'s Seat, view: &ClaimForm) -> Writing<'s> {
    Writing {
        action: format!("/claims/new?project={}", view.project.row.project),
        title: seat.ctx.t("claim-new"),
        crumb: None,
        returned: None,
        step: filing(seat).ok(),
    }
}

/// The projects that a claim may be made on.
fn choose(seat: &Seat) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let query = ProjectQuery { standing: Some("open".into()), ..ProjectQuery::default() };
    let view = shown(ctx, seat.app().project_list(&seat.viewer, &query))?;
    let heads = vec![
        Head::text(ctx.t("claim-project")),
        Head::text(ctx.t("claim-fund")),
        Head::text(ctx.t("claim-unit")),
        Head::amount(ctx.t("claim-project-left-yuan")),
    ];
    let mut table = DataTable::new("projects", ctx.t("claim-choose-project"), heads).quiet_caption();
    for line in &view.lines {
        let row = &line.row;
        table = table.row(vec![
            html! { a href={ "/claims/new?project=" (row.project) } { (ctx.zh(&row.name)) } p.hint { (ctx.zh(&row.number)) } },
            html! { (say(ctx, &line.fund)) p.hint { (say(ctx, &line.spending)) } },
            html! { (ctx.zh(&row.unit_name)) p.hint { (ctx.zh(&line.place)) } },
            html! { (row.left().grouped()) },
        ]);
    }
    let body = html! {
        @if view.lines.is_empty() {
            (empty_state(&ctx.t("claim-no-project"), &ctx.t("claim-no-project-about"), html! {}))
        } @else {
            (panel(&ctx.t("claim-choose-project"), html! {
                p.hint { (ctx.t("claim-choose-project-about")) }
                (table.html())
                @if view.next.is_some() { p { a href="/projects" { (ctx.t("claim-more-projects")) } } }
            }))
        }
    };
    Ok(Page::new(ctx, &ctx.t("claim-new"))
        .width(Width::Wide)
        .crumb("/claims", ctx.t("claim-title"))
        .body(body)
        .into_response())
}

/// Files a claim, or shows the form again.
pub(super) async fn file(
    seat: Seat,
    Query(asked): Query<BTreeMap<String, String>>,
    sent: SubmittedWithFiles,
) -> Result<Response, WebError> {
    filing(&seat)?;
    let project: ProjectId = id(asked.get("project").map_or("", String::as_str))?;
    let view = project_form(&seat, project)?;
    let writing = writing_new(&seat, &view);
    let command = |text| MoneyCommand::FileClaim { project, text };
    submit(&seat, &view, &writing, sent, command).await
}

async fn submit(
    seat: &Seat,
    view: &ClaimForm,
    writing: &Writing<'_>,
    sent: SubmittedWithFiles,
    command: impl FnOnce(app::command::money::ClaimText) -> MoneyCommand,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    if ctx.live.is_live() {
        return Ok(form::page(seat, view, writing, &sent.fields, &Findings::none()));
    }
    let mut form = bills::take_in(seat, sent, &mut findings)?;
    if bills::change(seat, view, &mut form)? || form.act() == "look" {
        return Ok(form::page(seat, view, writing, &form, &findings));
    }
    let typed = bills::typed(seat, view, &form, &mut findings);
    let (Some(typed), true) = (typed, findings.is_empty()) else {
        return Ok(form::page(seat, view, writing, &form, &findings));
    };
    let act = money_command(command(typed.text.clone()));
    match seat.submit(form.get("key"), act).await {
        Ok(answer) => {
            let done = Flash::done(word("claim-filed")).with("number", answer.number);
            Ok(go_with(&format!("/claims/{}", answer.id.unwrap_or_default()), &done))
        }
        Err(failure) => {
            let field = |reason: &_| bills::field(view, &form, &typed, ctx.today, reason);
            refused(ctx, &mut findings, failure, field)?;
            Ok(form::page(seat, view, writing, &form, &findings))
        }
    }
}

/// A claim that came back, filled in as it was.
pub(super) async fn again(seat: Seat, Path(claim): Path<String>) -> Result<Response, WebError> {
    filing(&seat)?;
    let (claim, view) = open(&seat, &claim)?;
    let mut form = Submitted::default();
    if let Some(purpose) = Purpose::parse(&claim.line.row.purpose) {
        form.set("purpose", purpose.id());
    }
    for (row, bill) in claim.bills.iter().enumerate() {
        let bill = &bill.bill;
        for (key, text) in [
            ("line", bill.budget_line.clone()),
            ("voucher", bill.voucher.clone()),
            ("code", bill.code.clone()),
            ("number", bill.number.clone()),
            ("dated", bill.dated.to_string()),
            ("payee", bill.payee.clone()),
            ("amount", bill.amount.grouped()),
        ] {
            form.set(cell(row, key), text);
        }
        if let Some(tie) = &bill.tie {
            let as_project = tie.kind.is_empty();
            form.set(cell(row, "tie"), if as_project { bills::AS_PROJECT } else { &tie.kind });
            form.set(
                cell(row, "households"),
                if as_project { String::new() } else { tie.households.to_string() },
            );
        }
        bills::set_papers(&seat, &mut form, row, &bill.papers)?;
        if let Some(list) = &bill.list {
            let ticket = shown(&seat.ctx, seat.app().list_ticket(&seat.viewer, list))?;
            form.set(cell(row, "list"), ticket);
        }
    }
    Ok(form::page(&seat, &view, &writing_again(&seat, &claim), &form, &Findings::none()))
}

/// The claim and its form, when it may be filed again.
fn open(seat: &Seat, claim: &str) -> Result<(ClaimPage, ClaimForm), WebError> {
    let claim: ClaimId = id(claim)?;
    let page = shown(&seat.ctx, seat.app().claim_page(&seat.viewer, claim))?;
    if !page.may_refile {
        return Err(WebError::Stale);
    }
    let view = project_form(seat, page.line.row.project)?;
    Ok((page, view))
}

fn writing_again<'s>(seat: &'s Seat, claim: &ClaimPage) -> Writing<'s> {
    let returned = claim.trail.iter().rev().find(|line| line.done.kind == OutcomeKind::Return);
    let row = &claim.line.row;
    Writing {
        action: format!("/claims/{}/edit", row.claim),
        title: seat.ctx.t("claim-again"),
        crumb: Some((format!("/claims/{}", row.claim), row.number.clone())),
        returned: returned.map(|line| format!("{}：{}", line.done.person, line.done.opinion)),
        step: filing(seat).ok(),
    }
}

/// Files it again.
pub(super) async fn refile(
    seat: Seat,
    Path(claim): Path<String>,
    sent: SubmittedWithFiles,
) -> Result<Response, WebError> {
    filing(&seat)?;
    let (page, view) = open(&seat, &claim)?;
    let writing = writing_again(&seat, &page);
    let claim = page.line.row.claim;
    submit(&seat, &view, &writing, sent, |text| MoneyCommand::RefileClaim { claim, text }).await
}
