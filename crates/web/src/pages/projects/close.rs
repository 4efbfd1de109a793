//! `/projects/{id}/close`: closing a project. What is left goes back to the sources it came from; the page shows it before.

use app::command::money::{Close, MoneyCommand};
use app::view::money::ProjectPage;
use app::view::pack::{Act, Subject};
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::one::{load, under};

use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::{amount, date, key_of, money_command, needed, refused, rule_line, value, yuan};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{DataTable, Field, Findings, Form, Head, actions, button, error_summary, panel};
use crate::words::word;

/// The page.
pub(super) async fn show(seat: Seat, Path(of): Path<String>) -> Result<Response, WebError> {
    let view = open_for(&seat, &of)?;
    Ok(page(&seat, &view, &Submitted::default(), &Findings::none()))
}

/// Closes it.
pub(super) async fn save(seat: Seat, Path(of): Path<String>, form: Submitted) -> Result<Response, WebError> {
    let view = sent_to(&seat, &of)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let on = date(ctx, &form, &mut findings, ("on", &ctx.t("pj-close-on")));
    let why = needed(ctx, &form, &mut findings, ("why", &ctx.t("pj-close-why")));
    let (Some(on), true) = (on, findings.is_empty() && !ctx.live.is_live()) else {
        return Ok(page(&seat, &view, &form, &findings));
    };
    let project = view.line.row.project;
    let close = Close { on, why };
    match seat.submit(form.get("key"), money_command(MoneyCommand::CloseProject { project, close })).await {
        Ok(_) => Ok(go_with(&format!("/projects/{project}"), &Flash::done(word("pj-close-done")))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| match reason {
                Reason::DateInFuture { .. } => "on",
                Reason::ReasonMissing { .. } => "why",
                _ => "",
            })?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

fn open_for(seat: &Seat, of: &str) -> Result<ProjectPage, WebError> {
    let view = sent_to(seat, of)?;
    if view.closed.is_none() { Ok(view) } else { Err(WebError::Forbidden) }
}

/// A form may be sent that was open when somebody else closed the project: it says so.
fn sent_to(seat: &Seat, of: &str) -> Result<ProjectPage, WebError> {
    let view = load(seat, of)?;
    if view.may.close { Ok(view) } else { Err(WebError::Forbidden) }
}

fn page(seat: &Seat, view: &ProjectPage, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let (key, today) = (key_of(seat, form), ctx.today.to_string());
    let back = format!("/projects/{}", view.line.row.project);
    let fields = html! {
        (error_summary(ctx, findings))
        (Field::date("on", &ctx.t("pj-close-on")).value(value(form, "on", &today)).error(findings.at("on")).html(ctx))
        (Field::long_text("why", &ctx.t("pj-close-why"), 3).hint(&ctx.t("pj-close-why-hint")).value(form.get("why"))
            .error(findings.at("why")).html(ctx))
        (actions(html! { (button::danger(&ctx.t("pj-close"), "close")) (button::link(&back, &ctx.t("cancel"))) }))
    };
    let action = format!("{back}/close");
    under(ctx, view, &ctx.t("pj-close"))
        .findings(findings.count())
        .body(html! {
            (rule_line(ctx, &view.pack, Subject::Project, Act::Close))
            (panel(&ctx.t("pj-close-back"), goes_back(seat, view)))
            (panel(&ctx.t("pj-close"), Form::post(&action, "close").key(&key).guarded().html(ctx, fields)))
        })
        .into_response()
}

/// What goes back to which source.
fn goes_back(seat: &Seat, view: &ProjectPage) -> Markup {
    let ctx = &seat.ctx;
    let free: Vec<_> = view.lots.iter().filter(|lot| !lot.allotted.is_zero()).collect();
    if free.is_empty() {
        return html! { p { (ctx.t("pj-close-nothing")) } };
    }
    let heads = vec![Head::text(ctx.t("pj-source")), Head::amount(ctx.t("pj-close-yuan"))];
    let table = free
        .iter()
        .fold(DataTable::new("back", ctx.t("pj-close-back"), heads).quiet_caption(), |table, lot| {
            table.row(vec![ctx.zh(&lot.document), amount(lot.allotted)])
        });
    html! {
        p { (ctx.t_args("pj-close-about", &[("amount", yuan(ctx, view.line.row.left()).into())])) }
        (table.totals(vec![html! { (ctx.t("total")) }, amount(view.line.row.left())]).html())
    }
}
