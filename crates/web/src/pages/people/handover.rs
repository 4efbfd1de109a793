//! `/handover/{person}/{org}`: a desk handed over (移交): what waits, by deadline, and the act; `/handover/{person}/done/{seq}`: the list as
//! it was kept, to be printed and signed.

use app::access::Right;
use app::command::HandsCommand;
use app::view::handover::{HandOverSheet, HandedOver};
use app::{Command, Failure};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::{OrgId, PersonId};
use maud::{Markup, html};

use crate::error::{OrNotFound, WebError};
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared::{id, key_of_act, needed, refused};
use crate::state::{Seat, web_error};
use crate::submitted::Submitted;
use crate::ui::{Choice, Field, Findings, Form, Opt, Size, actions, button, error_summary, panel};
use crate::words::word;

/// The page before.
pub(super) async fn show(seat: Seat, Path(at): Path<(String, String)>) -> Result<Response, WebError> {
    let sheet = load(&seat, &at)?;
    Ok(page(&seat, &sheet, &Submitted::default(), &Findings::none()))
}

/// Hands over.
pub(super) async fn act(
    seat: Seat,
    Path(at): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, WebError> {
    let (ctx, sheet) = (&seat.ctx, load(&seat, &at)?);
    let mut findings = Findings::none();
    let to = needed(ctx, &form, &mut findings, ("to", ctx.t("handover-to"))).parse::<PersonId>();
    let why = needed(ctx, &form, &mut findings, ("why", ctx.t("people-why")));
    let (Ok(to), false, true) = (to, ctx.live.is_live(), findings.is_empty()) else {
        return Ok(page(&seat, &sheet, &form, &findings));
    };
    let command = Command::Hands(HandsCommand::HandOver { person: sheet.person, org: sheet.org, to, why });
    match seat.submit(form.get("key"), command).await {
        Ok(_) => {
            let done = seat.app().handed_over(sheet.person).map_err(|failure| web_error(ctx, failure))?;
            let seq =
                done.iter().find_map(|sheet| sheet.done.as_ref()).map(|done| done.seq).or_not_found()?;
            Ok(go_with(&done_path(sheet.person, seq), &Flash::done(word("handover-done"))))
        }
        Err(failure @ Failure::Refused(_)) => {
            refused(ctx, &mut findings, failure, |_| "to")?;
            Ok(page(&seat, &sheet, &form, &findings))
        }
        Err(fault) => Err(web_error(ctx, fault)),
    }
}

/// The list that was kept: for those two, the administrator and who reads everything.
pub(super) async fn done(seat: Seat, Path((person, seq)): Path<(String, u64)>) -> Result<Response, WebError> {
    let (ctx, person) = (&seat.ctx, id::<PersonId>(&person)?);
    let sheets = seat.app().handed_over(person).map_err(|failure| web_error(ctx, failure))?;
    let of = |sheet: &HandOverSheet| sheet.done.as_ref().is_some_and(|done| done.seq == seq);
    let sheet = sheets.into_iter().find(of).or_not_found()?;
    let taker = sheet.done.as_ref().is_some_and(|done| done.to == seat.viewer.person);
    if !taker && person != seat.viewer.person && !seat.viewer.may(Right::SeePeople) {
        return Err(WebError::NotFound);
    }
    let title = format!("{} · {}", ctx.t("handover-list"), sheet.name);
    Ok(Page::new(ctx, &title)
        .caption(ctx.t("handover-print"))
        .body(sheet_of(&sheet, sheet.done.as_ref()))
        .into_response())
}

/// Where the list of a hand-over is.
pub(super) fn done_path(person: PersonId, seq: u64) -> String {
    format!("/handover/{person}/done/{seq}")
}

/// The person's own desk, or anybody's for the administrator.
fn load(seat: &Seat, (person, org): &(String, String)) -> Result<HandOverSheet, WebError> {
    let (person, org) = (id::<PersonId>(person)?, id::<OrgId>(org)?);
    if person != seat.viewer.person && !seat.viewer.may(Right::ManagePeople) {
        return Err(WebError::NotFound);
    }
    seat.app().handover(person, org).map_err(|failure| web_error(&seat.ctx, failure))
}

fn page(seat: &Seat, sheet: &HandOverSheet, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let body = html! {
        (error_summary(ctx, findings))
        (panel(&ctx.t("handover-do"), hand_over(seat, sheet, form, findings)))
        (sheet_of(sheet, None))
    };
    Page::new(ctx, &format!("{} · {}", ctx.t("handover-title"), sheet.name))
        .caption(ctx.t("handover-about"))
        .findings(findings.count())
        .body(body)
        .into_response()
}

fn hand_over(seat: &Seat, sheet: &HandOverSheet, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    if sheet.roles.is_empty() || sheet.successors.is_empty() {
        return html! { p { (ctx.t("handover-nobody")) } };
    }
    let people: Vec<Opt> =
        sheet.successors.iter().map(|(id, name)| Opt::new(id.to_string(), name.clone())).collect();
    let (to, why, hint) = (ctx.t("handover-to"), ctx.t("people-why"), ctx.t("handover-why-hint"));
    let fields = html! {
        (Choice::select("to", &to, &people).chosen(form.get("to")).error(findings.at("to")).html(ctx))
        (Field::text("why", &why).hint(&hint).size(Size::Long).value(form.get("why")).error(findings.at("why")).html(ctx))
        p.hint { (ctx.t("handover-rules")) }
        (actions(button::danger(&ctx.t("handover-do"), "hand_over")))
    };
    let key = key_of_act(&seat.state, form, "hand_over");
    let path = format!("/handover/{}/{}", sheet.person, sheet.org);
    Form::post(&path, "hand_over").key(&key).html(ctx, fields)
}

/// The sheet. What is printed is Chinese, in whatever language the screen is.
pub(super) fn sheet_of(sheet: &HandOverSheet, done: Option<&HandedOver>) -> Markup {
    let roles = sheet.roles.iter().map(|role| role.zh.as_str()).collect::<Vec<_>>().join("、");
    html! {
        article.print-form lang="zh-CN" {
            h2.print-title { "移交清单" }
            p.print-number {
                @match done {
                    Some(done) => { "移交日期：" (kernel::date::zh(done.on)) "　　记录号：" (done.seq) },
                    None => { "尚未移交" },
                }
            }
            section.print-part role="region" tabindex="0" aria-label="移交事项" {
                table.print-fields { tbody {
                    tr { th scope="row" { "单位" } td colspan="3" { (sheet.org_name) } }
                    tr { th scope="row" { "移交人" } td { (sheet.name) } th scope="row" { "接手人" } td { (done.map_or("", |done| &done.to_name)) } }
                    tr { th scope="row" { "岗位" } td colspan="3" { (roles) } }
                    @if let Some(done) = done {
                        tr { th scope="row" { "理由" } td { (done.why) } th scope="row" { "经办" } td { (done.by) } }
                    }
                } }
            }
            section.print-part role="region" tabindex="0" aria-label="待办事项" {
                h3 { "待办事项" (sheet.open.len()) "件" }
                @if !sheet.open.is_empty() {
                    table.print-grid {
                        thead { tr {
                            th scope="col" { "序号" } th scope="col" { "期限" } th scope="col" { "事项" } th scope="col" { "对象" } th scope="col" { "编号" } th scope="col" { "岗位" }
                        } }
                        tbody {
                            @for (place, line) in (1..).zip(&sheet.open) {
                                tr {
                                    td { (place) }
                                    td { @match line.due { Some(due) => (kernel::date::zh(due)), None => "—" } }
                                    td { (line.what) } td { (line.title) } td { (line.number) } td { (line.role.zh) }
                                }
                            }
                        }
                    }
                }
            }
            section.print-part role="region" tabindex="0" aria-label="签字" {
                table.print-fields { tbody {
                    tr { th scope="row" { "移交人" } td {} th scope="row" { "接手人" } td {} }
                    tr { th scope="row" { "监交人" } td {} th scope="row" { "日期" } td {} }
                } }
            }
        }
    }
}
