//! `/projects/{id}/recover`: money that came back from a payee.

use app::command::money::{MoneyCommand, Recover};
use app::view::money::ProjectPage;
use app::view::pack::{Act, Subject};
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::one::{load, under};

use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::{date, key_of, money, money_command, needed, refused, rule_line, value, yuan};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Choice, Field, Findings, Form, MoneyUnit, Opt, actions, button, empty_state, error_summary};
use crate::words::word;

/// The page.
pub(super) async fn show(seat: Seat, Path(of): Path<String>) -> Result<Response, WebError> {
    let view = open_for(&seat, &of)?;
    Ok(page(&seat, &view, &Submitted::default(), &Findings::none()))
}

/// Records it.
pub(super) async fn save(seat: Seat, Path(of): Path<String>, form: Submitted) -> Result<Response, WebError> {
    let view = open_for(&seat, &of)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let payee = needed(ctx, &form, &mut findings, ("payee", &ctx.t("pj-payee")));
    let amount = money(ctx, &form, &mut findings, ("amount", &ctx.t("pj-recover-amount")));
    let on = date(ctx, &form, &mut findings, ("on", &ctx.t("pj-recover-on")));
    let voucher = needed(ctx, &form, &mut findings, ("voucher", &ctx.t("pj-voucher")));
    let why = needed(ctx, &form, &mut findings, ("why", &ctx.t("pj-why")));
    let (Some(amount), Some(on), true) = (amount, on, findings.is_empty() && !ctx.live.is_live()) else {
        return Ok(page(&seat, &view, &form, &findings));
    };
    let project = view.line.row.project;
    let recover = Recover { payee, amount, on, voucher, why };
    match seat.submit(form.get("key"), money_command(MoneyCommand::Recover { project, recover })).await {
        Ok(_) => {
            let href = format!("/projects/{project}?tab=ledger");
            Ok(go_with(&href, &Flash::done(word("pj-recovered-done"))))
        }
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| match reason {
                Reason::DateInFuture { .. } => "on".to_owned(),
                Reason::VoucherMissing {} => "voucher".to_owned(),
                Reason::ReasonMissing { .. } => "why".to_owned(),
                _ => "amount".to_owned(),
            })?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

fn open_for(seat: &Seat, of: &str) -> Result<ProjectPage, WebError> {
    let view = load(seat, of)?;
    if view.may.recover { Ok(view) } else { Err(WebError::Forbidden) }
}

fn page(seat: &Seat, view: &ProjectPage, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let key = key_of(seat, form);
    let title = ctx.t("pj-recover");
    let back = format!("/projects/{}", view.line.row.project);
    if view.payees.is_empty() {
        let body = empty_state(
            &ctx.t("pj-recover-none"),
            &ctx.t("pj-recover-none-about"),
            button::link(&back, &ctx.t("pj-back")),
        );
        return under(ctx, view, &title).body(body).into_response();
    }
    let payees: Vec<Opt> = view
        .payees
        .iter()
        .map(|(id, name, paid)| {
            let has = ctx.t_args("pj-payee-has", &[("amount", yuan(ctx, *paid).into())]);
            Opt::new(id, name).with_hint(has)
        })
        .collect();
    let today = ctx.today.to_string();
    let only = if let [(id, ..)] = view.payees.as_slice() { id.as_str() } else { "" };
    let fields = html! {
        (error_summary(ctx, findings))
        (Choice::radios("payee", &ctx.t("pj-payee"), &payees).chosen(value(form, "payee", only)).error(findings.at("payee")).html(ctx))
        (Field::money("amount", &ctx.t("pj-recover-amount"), MoneyUnit::Yuan).hint(&ctx.t("pj-recover-hint"))
            .value(form.get("amount")).error(findings.at("amount")).html(ctx))
        (Field::date("on", &ctx.t("pj-recover-on")).value(value(form, "on", &today)).error(findings.at("on")).html(ctx))
        (Field::text("voucher", &ctx.t("pj-voucher")).value(form.get("voucher")).error(findings.at("voucher")).html(ctx))
        (Field::long_text("why", &ctx.t("pj-why"), 2).value(form.get("why")).error(findings.at("why")).html(ctx))
        (actions(html! { (button::primary(&title, "save")) (button::link(&back, &ctx.t("cancel"))) }))
    };
    let action = format!("{back}/recover");
    under(ctx, view, &title)
        .findings(findings.count())
        .body(html! {
            (rule_line(ctx, &view.pack, Subject::Project, Act::Recover))
            section.card { (Form::post(&action, "save").key(&key).guarded().html(ctx, fields)) }
        })
        .into_response()
}
