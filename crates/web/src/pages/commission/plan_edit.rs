//! The table of a plan as it was sent: what goes in, what goes out, amounts and remarks.

use app::Command;
use app::access::Right;
use app::view::PlanLine;
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::Response;
use kernel::amount::{AmountUnit, parse_amount};
use kernel::id::{CaseId, PlanId};
use kernel::money::Money;
use std::collections::BTreeMap;

use super::plan::{Typed, page};
use super::plan_table::chosen;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::{explained, refused, require, shown};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::Findings;
use crate::words::word;

/// What the table changes.
#[derive(Default)]
struct Changes {
    set: Vec<(CaseId, Money, String)>,
    drop: Vec<(CaseId, String)>,
}

/// Saves the table.
pub(super) async fn edit(seat: Seat, Path(id): Path<String>, form: Submitted) -> Result<Response, WebError> {
    require(&seat, &[Right::Plan])?;
    let id: PlanId = crate::pages::shared::id(&id)?;
    let ctx = &seat.ctx;
    let view = shown(ctx, seat.app().plan_page(&seat.viewer, id))?;
    let mut findings = Findings::none();
    let changes = changes(ctx, &view.lines, &form, &mut findings);
    let again =
        |findings: &Findings| page(&seat, id, &Typed { form: Some(&form), findings }, &BTreeMap::new());
    if ctx.live.is_live() || !findings.is_empty() {
        return again(&findings);
    }
    if changes.set.is_empty() && changes.drop.is_empty() {
        return Ok(go_with(&format!("/plans/{id}"), &Flash::note(word("commission-plan-unchanged"))));
    }
    let command = Command::EditPlan { plan: id, set: changes.set, drop: changes.drop };
    match seat.submit(form.get("key"), command).await {
        Ok(_) => Ok(go_with(&format!("/plans/{id}"), &Flash::done(word("commission-plan-saved")))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| field(&view.lines, reason))?;
            again(&findings)
        }
    }
}

/// Only what differs from the plan as it stands.
fn changes(ctx: &Ctx, lines: &[PlanLine], form: &Submitted, findings: &mut Findings) -> Changes {
    let mut changes = Changes::default();
    for line in lines {
        if !chosen(line, Some(form)) {
            if line.item.is_some() {
                changes.drop.push((line.case, form.get("why").to_owned()));
            }
            continue;
        }
        let name = format!("amount.{}", line.case);
        let note = form.get(&format!("note.{}", line.case)).to_owned();
        match parse_amount(form.get(&name), AmountUnit::Yuan) {
            Err(error) => findings.add(name, explained(ctx, &error)),
            Ok(amount) if amount.money > line.proposed => {
                let limit = line.proposed.grouped();
                findings.add(name, ctx.t_args("commission-above-proposal", &[("limit", limit.into())]));
            }
            Ok(amount) => {
                let same =
                    line.item.as_ref().is_some_and(|item| item.amount == amount.money && item.note == note);
                if !same {
                    changes.set.push((line.case, amount.money, note));
                }
            }
        }
    }
    if !changes.drop.is_empty() && form.get("why").is_empty() && !ctx.live.is_live() {
        findings.add("why", ctx.t("commission-drop-why-missing"));
    }
    changes
}

/// The field that a refusal belongs to.
fn field(lines: &[PlanLine], reason: &Reason) -> String {
    let of = |number: &str| {
        lines.iter().find(|line| line.number == number).map(|line| format!("amount.{}", line.case))
    };
    let first = || lines.first().map_or_else(String::new, |line| format!("amount.{}", line.case));
    match reason {
        Reason::ReasonMissing { .. } => "why".to_owned(),
        Reason::AlreadyPlanned { case } | Reason::NotProposed { case } => of(case).unwrap_or_else(first),
        Reason::AmountAboveLimit { limit, .. } => {
            let line = lines.iter().find(|line| line.proposed == *limit);
            line.map_or_else(first, |line| format!("amount.{}", line.case))
        }
        _ => first(),
    }
}
