//! `/allocations/{id}/do/{step}`: consulting, approving, issuing, filing. The approval shows before it which source pays which
//! line; nothing moves at any other step.

use app::Failure;
use app::command::money::{AllocationStep, ApproveAllocation, MoneyCommand, Paper};
use app::view::money::{AllocationPage, StepNow, StepState};
use app::view::pack::{Act, FieldType, IssueOrder, StepOutcomeKind};
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::SourceId;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::allocation::{figures, load, passes, stands};
use super::allocation_lines::{lines, quota, sources};

use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{
    ACCEPT, date, due, fund_side, held_files, keep_files, kept_before, key_of, money_command, needed, notice,
    refused, say, shown, value, yuan,
};
use crate::state::Seat;
use crate::submitted::{Submitted, SubmittedWithFiles};
use crate::ui::{
    Badge, Choice, Field, FileField, Findings, Form, Opt, actions, button, cite, error_summary, panel, stats,
};
use crate::words::word;

/// The page.
pub(super) async fn show(seat: Seat, Path((of, step)): Path<(String, String)>) -> Result<Response, WebError> {
    let view = load(&seat, &of)?;
    let now = step_of(&view, &step)?;
    if now.step.act == Act::Plan {
        return Ok(Redirect::to(&format!("/allocations/{}/edit", view.line.row.allocation)).into_response());
    }
    page(&seat, (&view, now), &Submitted::default(), &BTreeMap::new(), &Findings::none())
}

/// Does the step.
pub(super) async fn act(
    seat: Seat,
    Path((of, step)): Path<(String, String)>,
    sent: SubmittedWithFiles,
) -> Result<Response, WebError> {
    let view = load(&seat, &of)?;
    let now = step_of(&view, &step)?;
    let (ctx, form) = (&seat.ctx, &sent.fields);
    let mut findings = Findings::none();
    let mut papers = BTreeMap::new();
    for id in &now.step.papers {
        let field = format!("paper.{id}");
        let mut held = kept_before(&seat, form, &field);
        held.extend(keep_files(&seat, &sent.files, (&field, id), &mut findings)?);
        papers.insert(field, held);
    }
    let looks = ctx.live.is_live() || form.act() != "do";
    if looks {
        return page(&seat, (&view, now), form, &papers, &Findings::none());
    }
    let money = read(&seat, (&view, now), form, &papers, &mut findings);
    let (Some(money), true) = (money, findings.is_empty()) else {
        return page(&seat, (&view, now), form, &papers, &findings);
    };
    match seat.submit(form.get("key"), money_command(money)).await {
        Ok(_) => {
            let href = format!("/allocations/{}", view.line.row.allocation);
            Ok(go_with(&href, &Flash::done(word("pj-step-saved"))))
        }
        Err(failure) => {
            let failure = by_name(&view, failure);
            refused(ctx, &mut findings, failure, |reason| field(&view, now, reason))?;
            page(&seat, (&view, now), form, &papers, &findings)
        }
    }
}

/// A refusal knows the place of a missing paper by its key, people by its name.
fn by_name(view: &AllocationPage, mut failure: Failure) -> Failure {
    if let Failure::Refused(refusal) = &mut failure
        && let Reason::PaperDemanded { of, .. } = &mut refusal.reason
    {
        let mut missing = view.lines.iter().flat_map(|line| &line.health.missing);
        if let Some(paper) = missing.find(|paper| paper.place == *of && !paper.place_name.is_empty()) {
            of.clone_from(&paper.place_name);
        }
    }
    failure
}

fn step_of<'v>(view: &'v AllocationPage, step: &str) -> Result<&'v StepNow, WebError> {
    view.steps.iter().find(|now| now.step.id == step).ok_or(WebError::NotFound)
}

/// The kind of the outcome chosen; a step without outcomes passes.
fn kind_of(now: &StepNow, form: &Submitted) -> Option<StepOutcomeKind> {
    if now.step.outcomes.is_empty() {
        return Some(StepOutcomeKind::Pass);
    }
    now.step.outcomes.iter().find(|outcome| outcome.id == form.get("outcome")).map(|outcome| outcome.kind)
}

fn read(
    seat: &Seat,
    (view, now): (&AllocationPage, &StepNow),
    form: &Submitted,
    papers: &BTreeMap<String, Vec<Paper>>,
    findings: &mut Findings,
) -> Option<MoneyCommand> {
    let ctx = &seat.ctx;
    let kind = kind_of(now, form);
    if kind.is_none() {
        findings.add("outcome", ctx.t("pj-choose-outcome"));
    }
    let on = date(ctx, form, findings, ("on", &on_label(seat, now)));
    let text = |name: &str| form.get(name).to_owned();
    let outcome = Some(text("outcome")).filter(|outcome| !outcome.is_empty());
    let allocation = view.line.row.allocation;
    let step = now.step.id.clone();
    if now.step.act == Act::Decide && kind.is_some_and(passes) {
        let document = needed(ctx, form, findings, ("document", &ctx.t("pj-approval-document")));
        let approve = ApproveAllocation {
            step,
            outcome,
            stamp: on?,
            document,
            opinion: text("opinion"),
            named: named(form),
        };
        return Some(MoneyCommand::ApproveAllocation { allocation, approve });
    }
    let notes: BTreeMap<String, String> = now
        .step
        .notes
        .iter()
        .map(|note| (note.id.clone(), text(&format!("note.{}", note.id))))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    if let Some(StepOutcomeKind::Return | StepOutcomeKind::End) = kind {
        needed(ctx, form, findings, ("opinion", &ctx.t("pj-opinion")));
    }
    let step = AllocationStep {
        step,
        outcome,
        opinion: text("opinion"),
        notes,
        papers: papers.values().flatten().cloned().collect(),
        document: Some(text("document")).filter(|document| !document.is_empty()),
        on: on?,
    };
    kind?;
    Some(MoneyCommand::StepAllocation { allocation, step })
}

/// The sources named, in the order of the list.
fn named(form: &Submitted) -> Vec<SourceId> {
    form.all("named").filter_map(|id| id.parse().ok()).collect()
}

/// The field that a refusal belongs to.
fn field(view: &AllocationPage, now: &StepNow, reason: &Reason) -> String {
    match reason {
        Reason::DateInFuture { .. } | Reason::DateTooEarly { .. } => "on".to_owned(),
        Reason::DocumentUnreadable { .. } => "document".to_owned(),
        Reason::ReasonMissing { what, .. } if what == "批准文件" => "document".to_owned(),
        Reason::ReasonMissing { .. } => "opinion".to_owned(),
        Reason::SourceNotNamed {} if view.order == IssueOrder::Named => "named".to_owned(),
        Reason::RecordsMissing { .. } if !now.step.notes.is_empty() => {
            format!("note.{}", now.step.notes[0].id)
        }
        Reason::PapersMissing { .. } if !now.step.papers.is_empty() => {
            format!("paper.{}", now.step.papers[0])
        }
        _ if now.step.outcomes.is_empty() => "on".to_owned(),
        _ => "outcome".to_owned(),
    }
}

fn on_label(seat: &Seat, now: &StepNow) -> String {
    match now.step.act {
        Act::Decide => seat.ctx.t("pj-approval-on"),
        Act::Issue => seat.ctx.t("pj-issue-on"),
        Act::File => seat.ctx.t("pj-file-on"),
        _ => seat.ctx.t("pj-done-on"),
    }
}

fn page(
    seat: &Seat,
    (view, now): (&AllocationPage, &StepNow),
    form: &Submitted,
    papers: &BTreeMap<String, Vec<Paper>>,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let row = &view.line.row;
    let here = format!("/allocations/{}", row.allocation);
    let open = matches!(now.state, StepState::Open(..));
    let decides = now.step.act == Act::Decide;
    let preview = shown(ctx, seat.app().allocation_preview(&seat.viewer, row.allocation, &named(form)))?;
    let title = say(ctx, &now.step.name).to_owned();
    let fields =
        if open && now.mine { Some(fields(seat, (view, now), form, papers, findings)?) } else { None };
    let key = key_of(seat, form);
    let action = format!("{here}/do/{}", now.step.id);
    Ok(Page::new(ctx, &title)
        .width(Width::Wide)
        .crumb("/allocations", ctx.t("pj-allocations"))
        .crumb(here.clone(), row.number.clone())
        .caption(format!("{} · {} · {}", row.number, fund_side(ctx, &view.line.fund, &view.line.side), yuan(ctx, view.total)))
        .beside_title(html! {
            @match &now.state {
                StepState::Open(_, Some(shown)) => (due(ctx, shown, &now.cite)),
                _ => (cite(&now.cite)),
            }
        })
        .findings(findings.count())
        .body(html! {
            (error_summary(ctx, findings))
            (state(seat, now))
            (stands(ctx, view))
            (stats(&figures(ctx, view)))
            (lines(ctx, view))
            @if decides && open { div data-part="preview" { (sources(ctx, view, &preview)) } (quota(ctx, view)) }
            @if let Some(fields) = fields {
                (panel(&title, Form::post(&action, "do").with_files().key(&key).guarded().html(ctx, fields)))
            }
            p { a href=(here) { (ctx.t("pj-back-to-allocation")) } }
        })
        .into_response())
}

/// Why nothing can be done here, when nothing can.
fn state(seat: &Seat, now: &StepNow) -> Markup {
    let ctx = &seat.ctx;
    html! {
        @match &now.state {
            StepState::Done(done) => (notice(Badge::Green, html! { p { (ctx.t_args("pj-step-done-on", &[("date", ctx.date(done.on).into()), ("who", done.person.clone().into())])) } })),
            StepState::Later => (notice(Badge::Blue, html! { p { (ctx.t("pj-step-later-about")) } })),
            StepState::Open(..) if !now.mine => (notice(Badge::Blue, html! { p { (ctx.t_args("pj-step-other", &[("who", say(ctx, &now.by).to_owned().into())])) } })),
            StepState::Open(..) if now.files => (notice(Badge::Blue, html! { p { (ctx.t("pj-file-about")) } })),
            StepState::Open(..) => {},
        }
    }
}

fn fields(
    seat: &Seat,
    (view, now): (&AllocationPage, &StepNow),
    form: &Submitted,
    papers: &BTreeMap<String, Vec<Paper>>,
    findings: &Findings,
) -> Result<Markup, WebError> {
    let ctx = &seat.ctx;
    let today = ctx.today.to_string();
    let decides = now.step.act == Act::Decide;
    let files = paper_fields(seat, (view, now), papers, findings)?;
    let document = match now.step.act {
        Act::Decide => Some((ctx.t("pj-approval-document"), ctx.t("pj-approval-document-hint"))),
        Act::Issue => Some((ctx.t("pj-issue-document"), ctx.t("pj-issue-document-hint"))),
        Act::File => Some((ctx.t("pj-file-document"), ctx.t("pj-file-document-hint"))),
        _ => None,
    };
    let (on, opinion, opinion_hint) = (on_label(seat, now), ctx.t("pj-opinion"), ctx.t("pj-opinion-when"));
    Ok(html! {
        (outcomes(seat, now, form, findings))
        @if decides && view.order == IssueOrder::Named { (named_fields(seat, view, form, findings)) }
        (Field::date("on", &on).value(value(form, "on", &today)).error(findings.at("on")).html(ctx))
        @if let Some((label, hint)) = &document {
            @let field = Field::text("document", label).hint(hint).value(form.get("document")).error(findings.at("document"));
            @if now.step.act == Act::File { (field.optional().html(ctx)) } @else { (field.html(ctx)) }
        }
        (Field::long_text("opinion", &opinion, 3).optional().hint(&opinion_hint).value(form.get("opinion")).error(findings.at("opinion")).html(ctx))
        @for note in &now.step.notes {
            @let name = format!("note.{}", note.id);
            @let label = say(ctx, &note.name);
            @let field = match note.ty {
                FieldType::Date => Field::date(&name, label),
                FieldType::LongText => Field::long_text(&name, label, 3),
                _ => Field::text(&name, label),
            };
            @let field = field.value(form.get(&name)).error(findings.at(&name));
            @if note.required { (field.html(ctx)) } @else { (field.optional().html(ctx)) }
        }
        (files)
        @if decides { p.hint { (ctx.t_args("pj-approve-about", &[("total", yuan(ctx, view.total).into()), ("count", view.lines.len().into())])) } }
        (actions(html! {
            (button::primary(say(ctx, &now.step.name), "do"))
            (button::link(&format!("/allocations/{}", view.line.row.allocation), &ctx.t("cancel")))
        }))
    })
}

fn outcomes(seat: &Seat, now: &StepNow, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let options: Vec<Opt> = now
        .step
        .outcomes
        .iter()
        .map(|outcome| {
            let about = match outcome.kind {
                StepOutcomeKind::Pass if now.step.act == Act::Decide => ctx.t("pj-outcome-approve"),
                StepOutcomeKind::Pass => ctx.t("pj-outcome-pass"),
                StepOutcomeKind::Return => ctx.t("pj-outcome-return"),
                StepOutcomeKind::End => ctx.t("pj-outcome-end"),
            };
            Opt::new(&outcome.id, say(ctx, &outcome.name)).with_hint(about)
        })
        .collect();
    html! {
        @if !options.is_empty() {
            (Choice::radios("outcome", &ctx.t("pj-outcome"), &options).chosen(form.get("outcome")).error(findings.at("outcome")).html(ctx))
        }
    }
}

/// The sources to be used, where the fund asks for it; a button shows what they pay.
fn named_fields(seat: &Seat, view: &AllocationPage, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let options: Vec<Opt> = view
        .quota
        .iter()
        .map(|one| {
            let about = ctx.t_args("pj-source-left", &[("left", yuan(ctx, one.left).into())]);
            Opt::new(one.source.to_string(), one.document.clone()).with_hint(about)
        })
        .collect();
    let label = ctx.t("pj-named");
    let mut choice = Choice::checkboxes("named", &label, &options).error(findings.at("named"));
    for id in form.all("named") {
        choice = choice.chosen(id);
    }
    html! { (choice.html(ctx)) (button::secondary(&ctx.t("pj-named-look"), "look")) }
}

fn paper_fields(
    seat: &Seat,
    (view, now): (&AllocationPage, &StepNow),
    papers: &BTreeMap<String, Vec<Paper>>,
    findings: &Findings,
) -> Result<Markup, WebError> {
    let ctx = &seat.ctx;
    let mut all = html! {};
    for id in &now.step.papers {
        let name = format!("paper.{id}");
        let label =
            view.pack.papers.get(id).map_or_else(|| id.clone(), |paper| say(ctx, &paper.name).to_owned());
        let held = held_files(seat, &name, papers.get(&name).map_or(&[][..], Vec::as_slice))?;
        let hint = ctx.t("pj-files-hint");
        let field = FileField {
            name: &name,
            label: &label,
            accept: ACCEPT,
            hint: Some(&hint),
            error: findings.at(&name),
        };
        all = html! { (all) (held) (field.html(ctx)) };
    }
    Ok(all)
}
