//! `/claims/{id}/do/{step}`: checking a claim bill by bill, or deciding it. Which of them follows from the act of the step.

use app::command::money::{ApproveClaim, CheckClaim, MoneyCommand, TurnDown, Verdict};
use app::view::money::{ClaimPage, StepNow, StepState};
use app::view::pack::{Act, StepOutcomeKind};
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::ClaimId;
use maud::{Markup, html};

use super::checking;
use super::parts::{notice, sees_claims};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{due_line, id, key_of, money, money_command, refused, say, shown};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Badge, Field, Findings, Form, actions, button, cite, error_summary, panel};
use crate::words::{Word, word};

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path((claim, step)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let view = load(&seat, &claim)?;
    let now = of(&view, &step)?;
    if now.step.act == Act::Claim {
        return Ok(axum::response::Redirect::to(&format!("/claims/{claim}/edit")).into_response());
    }
    Ok(page(&seat, &view, now, &Submitted::default(), &Findings::none()))
}

fn load(seat: &Seat, claim: &str) -> Result<ClaimPage, WebError> {
    sees_claims(seat)?;
    let claim: ClaimId = id(claim)?;
    shown(&seat.ctx, seat.app().claim_page(&seat.viewer, claim))
}

fn of<'v>(view: &'v ClaimPage, step: &str) -> Result<&'v StepNow, WebError> {
    view.steps.iter().find(|now| now.step.id == step).ok_or(WebError::NotFound)
}

/// The act.
pub(super) async fn act(
    seat: Seat,
    Path((claim, step)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, WebError> {
    let view = load(&seat, &claim)?;
    let now = of(&view, &step)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    if ctx.live.is_live() {
        return Ok(page(&seat, &view, now, &form, &findings));
    }
    let command = command(ctx, &view, now, &form, &mut findings);
    let (Some((command, done)), true) = (command, findings.is_empty()) else {
        return Ok(page(&seat, &view, now, &form, &findings));
    };
    match seat.submit(form.get("key"), money_command(command)).await {
        Ok(_) => {
            let done = Flash::done(done).with("number", view.line.row.number.clone());
            Ok(go_with(&format!("/claims/{}", view.line.row.claim), &done))
        }
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| field(&view, now, reason))?;
            Ok(page(&seat, &view, now, &form, &findings))
        }
    }
}

/// What was typed and which button was pressed.
fn command(
    ctx: &Ctx,
    view: &ClaimPage,
    now: &StepNow,
    form: &Submitted,
    findings: &mut Findings,
) -> Option<(MoneyCommand, Word)> {
    let (claim, step) = (view.line.row.claim, now.step.id.clone());
    let opinion = form.get("opinion").to_owned();
    if let Some(outcome) = form.act().strip_prefix("end:") {
        if opinion.is_empty() {
            findings.add("opinion", ctx.t("claim-opinion-needed"));
        }
        let turn_down = TurnDown { step, outcome: outcome.to_owned(), opinion };
        return Some((MoneyCommand::TurnDownClaim { claim, turn_down }, word("claim-turned-down")));
    }
    if now.step.act == Act::Decide {
        let approve = ApproveClaim { step, opinion };
        return Some((MoneyCommand::ApproveClaim { claim, approve }, word("claim-approved-done")));
    }
    let mut verdicts = Vec::new();
    for bill in &view.bills {
        let (no, name) = (bill.bill.no, checking::approved(bill.bill.no));
        let label = ctx
            .t_args("claim-bill-field", &[("no", no.into()), ("what", ctx.t("claim-approved-yuan").into())]);
        let reason = form.get(&checking::reason(no)).to_owned();
        let Some(approved) = money(ctx, form, findings, (&name, label)) else { continue };
        if approved < bill.bill.amount && reason.is_empty() {
            findings.add(checking::reason(no), ctx.t_args("claim-reason-needed", &[("no", no.into())]));
        }
        verdicts.push(Verdict { line: no, approved, reason });
    }
    let check = CheckClaim { step, verdicts, opinion };
    Some((MoneyCommand::CheckClaim { claim, check }, word("claim-checked-done")))
}

fn field(view: &ClaimPage, now: &StepNow, reason: &Reason) -> String {
    let first = view.bills.first().map_or(1, |bill| bill.bill.no);
    if now.step.act != Act::Check {
        return if matches!(reason, Reason::ReasonMissing { .. }) {
            "opinion".to_owned()
        } else {
            String::new()
        };
    }
    let of = |wanted: &dyn Fn(&app::view::money::BillNow) -> bool| {
        view.bills.iter().rev().find(|bill| wanted(bill)).map_or(first, |bill| bill.bill.no)
    };
    match reason {
        Reason::LineAboveDeclared { line, .. } => {
            checking::approved(of(&|bill| format!("第{}张", bill.bill.no) == *line))
        }
        Reason::OverBudgetLine { line, .. } => {
            checking::approved(of(&|bill| bill.line.as_ref().is_some_and(|l| l.name == *line)))
        }
        Reason::OverContract { party, .. } => checking::approved(of(&|bill| bill.payee == *party)),
        Reason::OverAllotted { .. } | Reason::NothingApproved {} => checking::approved(first),
        Reason::ReasonMissing { .. } => "opinion".to_owned(),
        _ => String::new(),
    }
}

fn page(seat: &Seat, view: &ClaimPage, now: &StepNow, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let row = &view.line.row;
    let name = say(ctx, &now.step.name).to_owned();
    let body = html! {
        (error_summary(ctx, findings))
        (content(seat, view, now, form, findings))
        p { a href={ "/claims/" (row.claim) } { (ctx.t("claim-back")) } }
    };
    Page::new(ctx, &name)
        .width(Width::Wide)
        .crumb("/claims", ctx.t("claim-title"))
        .crumb(format!("/claims/{}", row.claim), row.number.clone())
        .caption(ctx.t_args(
            "claim-step-caption",
            &[("who", say(ctx, &now.by).to_owned().into()), ("title", row.title.clone().into())],
        ))
        .beside_title(html! {
            @match &now.state {
                StepState::Open(_, Some(running)) => (due_line(ctx, running, &now.cite)),
                _ => @if !now.cite.is_empty() { (cite(&now.cite)) },
            }
        })
        .findings(findings.count())
        .body(body)
        .into_response()
}

/// The form, or why it is not for this person now.
fn content(seat: &Seat, view: &ClaimPage, now: &StepNow, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let barred = view.barred.iter().find(|(step, _)| *step == now.step.id);
    let why = match &now.state {
        StepState::Done(done) => {
            Some((Badge::Green, ctx.t("claim-step-done"), format!("{} {}", ctx.date(done.on), done.person)))
        }
        StepState::Later => Some((Badge::Grey, ctx.t("steps-later"), ctx.t("claim-step-later-about"))),
        StepState::Open(..) if !now.mine => {
            let who = say(ctx, &now.by).to_owned();
            Some((
                Badge::Blue,
                ctx.t("claim-step-other"),
                ctx.t_args("claim-step-other-about", &[("who", who.into())]),
            ))
        }
        StepState::Open(..) => barred.map(|(_, own)| {
            let args = [
                ("own", say(ctx, own).to_owned().into()),
                ("step", say(ctx, &now.step.name).to_owned().into()),
            ];
            (Badge::Amber, ctx.t("claim-another"), ctx.t_args("claim-another-about", &args))
        }),
    };
    if let Some((colour, head, about)) = why {
        return html! {
            (notice(colour, &head, about))
            (panel(&ctx.t("claim-bills-head"), checking::shown(ctx, view)))
        };
    }
    let key = key_of(seat, form);
    let action = format!("/claims/{}/do/{}", view.line.row.claim, now.step.id);
    let checks = now.step.act == Act::Check;
    let fields = html! {
        (panel(&ctx.t("claim-bills-head"), html! {
            @if checks { (checking::table(ctx, view, form, findings)) }
            @else { (checking::shown(ctx, view)) }
        }))
        (panel(&ctx.t("claim-opinion-head"), html! {
            @if !checks { p { (ctx.t_args("claim-decide-about", &[("left", view.project_left.grouped().into())])) } }
            (Field::long_text("opinion", &ctx.t("claim-opinion"), 3).optional().hint(&ctx.t("claim-opinion-hint"))
                .value(form.get("opinion")).error(findings.at("opinion")).html(ctx))
            (actions(buttons(ctx, now)))
        }))
    };
    let form = Form::post(&action, "pass").key(&key).guarded();
    if checks { form.live().html(ctx, fields) } else { form.html(ctx, fields) }
}

/// One button an outcome of the pack.
fn buttons(ctx: &Ctx, now: &StepNow) -> Markup {
    let outcomes = &now.step.outcomes;
    let pass = outcomes.iter().find(|outcome| outcome.kind == StepOutcomeKind::Pass);
    let pass = pass.map_or(&now.step.name, |outcome| &outcome.name);
    html! {
        (button::primary(say(ctx, pass), "pass"))
        @for outcome in outcomes.iter().filter(|outcome| outcome.kind != StepOutcomeKind::Pass) {
            @let act = format!("end:{}", outcome.id);
            @if outcome.kind == StepOutcomeKind::End { (button::danger(say(ctx, &outcome.name), &act)) }
            @else { (button::secondary(say(ctx, &outcome.name), &act)) }
        }
    }
}
