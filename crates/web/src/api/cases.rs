//! Cases: filed, handled step by step, noticed, verified, proposed, paid. Which steps there are and what they demand is the pack's.

use app::Command;
use app::access::Right;
use app::filings::{LaterFiling, NewFiling};
use app::view::state::Paper as KeptPaper;
use axum::Json;
use axum::http::StatusCode;
use kernel::id::CaseId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{Asked, At, Said};
use super::papers::redeem_paper;
use super::problem::Failed;
use super::wire::Done;
use super::wire::cases::{CaseAsk, CaseDetail, Cases};
use super::wire::steps::{
    AnswerSays, AssignFirm, BeginCase, EndOnCase, FileCase, FileLater, InspectCase, PaperSays, PayCase,
    PostOnCase, ProposeAmount, StepSays, StepTogether, WithdrawCase, step_command,
};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, file))
        .routes(routes!(begin))
        .routes(routes!(one))
        .routes(routes!(again))
        .routes(routes!(step))
        .routes(routes!(together))
        .routes(routes!(post))
        .routes(routes!(end))
        .routes(routes!(answer))
        .routes(routes!(assign))
        .routes(routes!(inspect))
        .routes(routes!(propose))
        .routes(routes!(withdraw))
        .routes(routes!(pay))
}

/// The files of an act, each as the paper of the regime that it is.
fn papers(caller: &Caller, said: Option<Vec<PaperSays>>) -> Result<Vec<KeptPaper>, Failed> {
    let redeem = |(no, one): (usize, PaperSays)| {
        redeem_paper(caller, &format!("papers[{no}].ticket"), &one.ticket, Some(&one.paper))
    };
    said.unwrap_or_default().into_iter().enumerate().map(redeem).collect()
}

#[utoipa::path(get, path = "/cases", tag = "cases", summary = "办件清单 / Cases within one's scope, newest first",
    params(CaseAsk), responses((status = 200, body = Cases)))]
async fn list(caller: Caller, Asked(ask): Asked<CaseAsk>) -> Result<Json<Cases>, Failed> {
    if !caller.viewer.may(Right::SeeCases) {
        return Err(Failed::nothing_here());
    }
    let ask = ask.into();
    Ok(Json((&caller.ask(move |app, viewer| app.cases(viewer, &ask)).await?).into()))
}

#[utoipa::path(post, path = "/cases", tag = "cases", summary = "申报 / Begin a case with a form",
    request_body = FileCase, responses((status = 201, body = Done)))]
async fn file(caller: Caller, Said(said): Said<FileCase>) -> Result<(StatusCode, Json<Done>), Failed> {
    let papers = papers(&caller, said.papers)?;
    let (procedure, parent, form) = (said.procedure, said.parent.map(CaseId), said.form.data());
    let new = NewFiling { procedure, parent, form, papers };
    let command = caller.ask(move |app, viewer| app.filing(viewer, new)).await?;
    Ok((StatusCode::CREATED, Json(caller.does(command).await?.into())))
}

#[utoipa::path(post, path = "/cases/begun", tag = "cases", summary = "发起（不填表） / Begin a case with a step that files no form",
    request_body = BeginCase, responses((status = 201, body = Done)))]
async fn begin(caller: Caller, Said(mut said): Said<BeginCase>) -> Result<(StatusCode, Json<Done>), Failed> {
    let papers = papers(&caller, said.act.papers.take())?;
    let command = Command::Begin {
        pack: caller.viewer.pack.id.clone(),
        procedure: said.procedure,
        parent: said.parent.map(CaseId),
        step: Box::new(said.act.step(said.step, papers)),
    };
    Ok((StatusCode::CREATED, Json(caller.does(command).await?.into())))
}

#[utoipa::path(get, path = "/cases/{id}", tag = "cases", summary = "办件 / A case: its form, what is open, what was done, papers, notices",
    params(("id" = i64, Path, description = "The case")), responses((status = 200, body = CaseDetail)))]
async fn one(caller: Caller, At(id): At<i64>) -> Result<Json<CaseDetail>, Failed> {
    let seen = caller.ask(move |app, viewer| {
        let page = app.case_page(viewer, CaseId(id))?;
        let papers = app.case_papers(viewer, CaseId(id))?;
        Ok(CaseDetail::of(&page, &papers, &app.case_notices(viewer, CaseId(id))?))
    });
    Ok(Json(seen.await?))
}

#[utoipa::path(post, path = "/cases/{id}/filings", tag = "cases", summary = "补正或续报 / File on a case: a correction, the next version, another form",
    params(("id" = i64, Path, description = "The case")), request_body = FileLater, responses((status = 200, body = Done)))]
async fn again(caller: Caller, At(id): At<i64>, Said(said): Said<FileLater>) -> Result<Json<Done>, Failed> {
    let papers = papers(&caller, said.papers)?;
    let later = LaterFiling { case: CaseId(id), step: said.step, form: said.form.data(), papers };
    let command = caller.ask(move |app, viewer| app.later_filing(viewer, later)).await?;
    Ok(Json(caller.does(command).await?.into()))
}

#[utoipa::path(post, path = "/cases/{id}/steps/{step}", tag = "cases", summary = "办理环节 / Do a step",
    params(("id" = i64, Path, description = "The case"), ("step" = String, Path, description = "The step of the regime")),
    request_body = StepSays, responses((status = 200, body = Done)))]
async fn step(
    caller: Caller,
    At((id, step)): At<(i64, String)>,
    Said(mut said): Said<StepSays>,
) -> Result<Json<Done>, Failed> {
    let papers = papers(&caller, said.papers.take())?;
    Ok(Json(caller.does(step_command(id, said.step(step, papers))).await?.into()))
}

#[utoipa::path(post, path = "/together", tag = "cases", summary = "几件一起办 / Do a step of several cases in one act",
    request_body = StepTogether, responses((status = 200, body = Done)))]
async fn together(caller: Caller, Said(mut said): Said<StepTogether>) -> Result<Json<Done>, Failed> {
    let papers = papers(&caller, said.act.papers.take())?;
    let cases = said.cases.into_iter().map(CaseId).collect();
    let act = Box::new(said.act.step(said.step, papers));
    Ok(Json(caller.does(Command::StepTogether { cases, act }).await?.into()))
}

#[utoipa::path(post, path = "/cases/{id}/notices", tag = "cases", summary = "发布公示 / Post a notice",
    params(("id" = i64, Path, description = "The case")), request_body = PostOnCase, responses((status = 200, body = Done)))]
async fn post(
    caller: Caller,
    At(id): At<i64>,
    Said(mut said): Said<PostOnCase>,
) -> Result<Json<Done>, Failed> {
    let papers = papers(&caller, said.papers.take())?;
    Ok(Json(caller.does(said.command(id, papers)).await?.into()))
}

#[utoipa::path(post, path = "/cases/{id}/notices/end", tag = "cases", summary = "结束公示 / End a notice",
    params(("id" = i64, Path, description = "The case")), request_body = EndOnCase, responses((status = 200, body = Done)))]
async fn end(caller: Caller, At(id): At<i64>, Said(said): Said<EndOnCase>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/cases/{id}/objections/{objection}", tag = "cases", summary = "答复异议 / Answer an objection",
    params(("id" = i64, Path, description = "The case"), ("objection" = i64, Path, description = "The objection")),
    request_body = AnswerSays, responses((status = 200, body = Done)))]
async fn answer(
    caller: Caller,
    At((id, objection)): At<(i64, i64)>,
    Said(said): Said<AnswerSays>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.on_case(id, objection)).await?.into()))
}

#[utoipa::path(post, path = "/cases/{id}/firm", tag = "cases", summary = "指派专业机构 / Assign a firm",
    params(("id" = i64, Path, description = "The case")), request_body = AssignFirm, responses((status = 200, body = Done)))]
async fn assign(caller: Caller, At(id): At<i64>, Said(said): Said<AssignFirm>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/cases/{id}/verification", tag = "cases", summary = "报告核查结果 / Report a verification",
    params(("id" = i64, Path, description = "The case")), request_body = InspectCase, responses((status = 200, body = Done)))]
async fn inspect(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<InspectCase>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/cases/{id}/proposal", tag = "cases", summary = "提出建议金额 / Propose an amount",
    params(("id" = i64, Path, description = "The case")), request_body = ProposeAmount, responses((status = 200, body = Done)))]
async fn propose(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<ProposeAmount>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/cases/{id}/withdrawal", tag = "cases", summary = "撤回 / Take a case back",
    params(("id" = i64, Path, description = "The case")), request_body = WithdrawCase, responses((status = 200, body = Done)))]
async fn withdraw(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<WithdrawCase>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(Command::Withdraw { case: CaseId(id), why: said.why }).await?.into()))
}

#[utoipa::path(post, path = "/cases/{id}/payments", tag = "cases", summary = "拨付至企业 / Pay an enterprise",
    params(("id" = i64, Path, description = "The case")), request_body = PayCase, responses((status = 200, body = Done)))]
async fn pay(caller: Caller, At(id): At<i64>, Said(said): Said<PayCase>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.does(said.command(id)).await?.into()))
}
