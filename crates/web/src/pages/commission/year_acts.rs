//! What is done on the page of a year: a firm appointed or dismissed, a fee paid.

use app::Command;
use app::access::Right;
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::Response;
use kernel::amount::AmountUnit;
use kernel::id::OrgId;

use super::parts::{date, money, needed};
use super::year::page;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::{refused, require};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::Findings;
use crate::words::word;

/// The act.
pub(super) async fn act(seat: Seat, Path(year): Path<i16>, form: Submitted) -> Result<Response, WebError> {
    require(&seat, &[Right::ManageYear])?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let pack = seat.viewer.pack.id.clone();
    let read = match form.act() {
        "appoint" => firm(ctx, &form, &mut findings, "firm").map(|firm| {
            (
                Command::Appoint { pack, year, firm, basis: form.get("basis").to_owned() },
                word("commission-appointed"),
            )
        }),
        "dismiss" => firm(ctx, &form, &mut findings, "dismissed").map(|firm| {
            (
                Command::Dismiss { pack, year, firm, why: form.get("why").to_owned() },
                word("commission-dismissed"),
            )
        }),
        "fee" => {
            fee(ctx, &form, &mut findings, (pack, year)).map(|command| (command, word("commission-fee-paid")))
        }
        other => return Err(WebError::Unreadable { operator: format!("no act `{other}` of a year") }),
    };
    let (Some((command, done)), true) = (read, findings.is_empty() && !ctx.live.is_live()) else {
        return page(&seat, year, &form, &findings);
    };
    match seat.submit(form.get("key"), command).await {
        Ok(_) => Ok(go_with(&format!("/years/{year}"), &Flash::done(done))),
        Err(failure) => {
            let act = form.act().to_owned();
            refused(ctx, &mut findings, failure, |reason| field(&act, reason).to_owned())?;
            page(&seat, year, &form, &findings)
        }
    }
}

fn firm(ctx: &Ctx, form: &Submitted, findings: &mut Findings, name: &str) -> Option<OrgId> {
    let chosen = form.get(name).parse().ok();
    if chosen.is_none() {
        findings.add(name, ctx.t("commission-choose-firm"));
    }
    chosen
}

fn fee(ctx: &Ctx, form: &Submitted, findings: &mut Findings, (pack, year): (String, i16)) -> Option<Command> {
    let payee = firm(ctx, form, findings, "payee");
    let amount = money(ctx, form, findings, "amount", AmountUnit::Yuan);
    let on = date(ctx, form, findings, "on");
    let voucher = needed(ctx, form, findings, "voucher");
    let purpose = needed(ctx, form, findings, "purpose");
    Some(Command::PayFee { pack, year, firm: payee?, amount: amount?, on: on?, voucher, purpose })
}

/// The field of a form that a refusal belongs to.
fn field(act: &str, reason: &Reason) -> &'static str {
    match (act, reason) {
        ("appoint", Reason::ReasonMissing { .. }) => "basis",
        ("appoint", _) => "firm",
        ("dismiss", Reason::ReasonMissing { .. }) => "why",
        ("dismiss", _) => "dismissed",
        (_, Reason::OverYear { .. } | Reason::AmountNotPositive { .. }) => "amount",
        (_, Reason::DateInFuture { .. } | Reason::DateTooEarly { .. }) => "on",
        (_, Reason::VoucherMissing { .. }) => "voucher",
        (_, Reason::ReasonMissing { .. }) => "purpose",
        _ => "payee",
    }
}
