//! `/projects/{id}/paper/{demand}`: putting a demanded paper of a project on file.

use app::command::money::{FilePaper, MoneyCommand};
use app::view::money::{DemandNow, ProjectPage};
use app::view::pack::{Act, DemandOf, Subject};
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::one::{load, under};

use super::tabs::gate;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::{
    ACCEPT, date, file_line, held_files, keep_files, kept_before, key_of, money_command, needed, refused,
    rule_line, say, value,
};
use crate::state::Seat;
use crate::submitted::{Submitted, SubmittedWithFiles};
use crate::ui::{
    Field, FileField, Findings, Form, PaperState, Size, actions, button, cite, error_summary, panel,
    paper_list,
};
use crate::words::word;

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path((of, demand)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let view = load(&seat, &of)?;
    let demand = demanded(&view, &demand)?;
    page(&seat, (&view, demand), &Submitted::default(), &[], &Findings::none())
}

/// Puts it on file.
pub(super) async fn file(
    seat: Seat,
    Path((of, demand)): Path<(String, String)>,
    sent: SubmittedWithFiles,
) -> Result<Response, WebError> {
    let view = load(&seat, &of)?;
    let demand = demanded(&view, &demand)?;
    let (ctx, form) = (&seat.ctx, &sent.fields);
    let mut findings = Findings::none();
    let document = needed(ctx, form, &mut findings, ("document", &ctx.t("pj-document")));
    let on = date(ctx, form, &mut findings, ("on", &ctx.t("pj-document-on")));
    let mut papers = kept_before(&seat, form, "files");
    papers.extend(keep_files(&seat, &sent.files, ("files", &demand.demand), &mut findings)?);
    if papers.is_empty() && findings.at("files").is_none() {
        findings.add("files", ctx.t("pj-files-needed"));
    }
    let (Some(on), true) = (on, findings.is_empty() && !ctx.live.is_live()) else {
        return page(&seat, (&view, demand), form, &papers, &findings);
    };
    let project = view.line.row.project;
    let paper = FilePaper { demand: demand.demand.clone(), document, on, papers: papers.clone() };
    match seat.submit(form.get("key"), money_command(MoneyCommand::FilePaper { project, paper })).await {
        Ok(_) => {
            let href = format!("/projects/{project}?tab=papers");
            Ok(go_with(&href, &Flash::done(word("pj-paper-filed"))))
        }
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| field(reason).to_owned())?;
            page(&seat, (&view, demand), form, &papers, &findings)
        }
    }
}

fn demanded<'v>(view: &'v ProjectPage, demand: &str) -> Result<&'v DemandNow, WebError> {
    let found = view.demands.iter().find(|one| one.demand == demand && one.of == DemandOf::Project);
    found.ok_or(WebError::NotFound)
}

/// The field that a refusal belongs to.
pub(super) fn field(reason: &Reason) -> &'static str {
    match reason {
        Reason::DateInFuture { .. } => "on",
        Reason::PapersMissing { .. } => "files",
        _ => "document",
    }
}

fn page(
    seat: &Seat,
    (view, demand): (&ProjectPage, &DemandNow),
    form: &Submitted,
    papers: &[app::command::money::Paper],
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let row = &view.line.row;
    let (key, today) = (key_of(seat, form), ctx.today.to_string());
    let action = format!("/projects/{}/paper/{}", row.project, demand.demand);
    let held = held_files(seat, "files", papers)?;
    let fields = html! {
        (error_summary(ctx, findings))
        (Field::text("document", &ctx.t("pj-document")).size(Size::Full).hint(&ctx.t("pj-document-hint"))
            .value(form.get("document")).error(findings.at("document")).html(ctx))
        (Field::date("on", &ctx.t("pj-document-on")).value(value(form, "on", &today)).error(findings.at("on")).html(ctx))
        (held)
        (FileField { name: "files", label: &ctx.t("pj-files"), accept: ACCEPT, hint: Some(&ctx.t("pj-files-hint")),
            error: findings.at("files") }.html(ctx))
        (actions(html! {
            (button::primary(&ctx.t("pj-paper-file"), "file"))
            (button::link(&format!("/projects/{}?tab=papers", row.project), &ctx.t("cancel")))
        }))
    };
    let may = view.may.sign && view.closed.is_none();
    Ok(under(ctx, view, say(ctx, &demand.name))
        .beside_title(cite(&demand.cite))
        .findings(findings.count())
        .body(html! {
            p { (gate(ctx, demand.before)) }
            (rule_line(ctx, &view.pack, Subject::Project, Act::Sign))
            @if let Some(filed) = &demand.filed {
                (panel(&ctx.t("pj-on-file"), paper_list(ctx, &[crate::ui::Paper {
                    title: filed.document.clone(),
                    article: demand.cite.clone(),
                    hint: Some(ctx.date(filed.on)),
                    state: PaperState::Given,
                    files: filed.papers.iter().map(|paper| file_line(&format!("/projects/{}", row.project), paper)).collect(),
                    action: None,
                }])))
            }
            @if may {
                (panel(&ctx.t("pj-paper-file"), Form::post(&action, "file").with_files().key(&key).guarded().html(ctx, fields)))
            } @else { p { (ctx.t("pj-not-yours")) } }
        })
        .into_response())
}
