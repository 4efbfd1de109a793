//! Years of a fund: opened, amended, firms appointed, fees paid.

use super::{cited, done, not_found};
use crate::command::{Answer, Command, Failure};
use crate::desk::Desk;
use domain::case::allowed_for;
use domain::identity::Org;
use domain::posting::{fund_account, year_account};
use domain::year::{self, Amend, Appoint, Funds, OpenYear, PayFee, Terms};
use domain::{Context, Reason, Stream};
use kernel::id::OrgId;
use policy::pack::{Fund, Pack};
use policy::procedure::{Act, Step};
use std::sync::Arc;

/// Carries out a command about a year.
pub fn carry_out(desk: &mut Desk<'_>, command: Command) -> Result<Answer, Failure> {
    match command {
        Command::OpenYear { pack, year, terms } => open(desk, &pack, year, terms),
        Command::AmendYear { pack, year, terms, why } => amend(desk, &pack, year, Amend { terms, why }),
        Command::Appoint { pack, year, firm, basis } => appoint(desk, &pack, year, firm, basis),
        Command::Dismiss { pack, year, firm, why } => {
            let (edition, step) = step_with(desk, &pack, Act::Appoint)?;
            authorize(desk, &edition, &step)?;
            let state = desk.year(&pack, year)?.ok_or(Reason::YearNotOpen { year })?;
            let events =
                cited(year::dismiss(&state, firm, &why).map_err(Failure::from), &step.cite.to_string())?;
            desk.emit_all(Some(&edition), &Stream::Year(pack, year), &step.cite.to_string(), events)?;
            Ok(done())
        }
        Command::PayFee { pack, year, firm, amount, on, voucher, purpose } => {
            fee(desk, &pack, year, PayFee { firm, amount, on, voucher, purpose })
        }
        _ => Err(not_found("办理事项")),
    }
}

fn step_with(desk: &Desk<'_>, pack: &str, act: Act) -> Result<(Arc<Pack>, Step), Failure> {
    let edition = desk.pack(pack)?;
    let step = edition.steps.iter().find(|s| s.act == act).cloned().ok_or_else(|| not_found("办理环节"))?;
    Ok((edition, step))
}

fn authorize(desk: &mut Desk<'_>, pack: &Pack, step: &Step) -> Result<(), Failure> {
    let actor = desk.actor()?;
    let calendar = desk.calendar;
    let ctx = Context { pack, today: desk.today, calendar: &calendar, actor: &actor };
    Ok(allowed_for(step, ctx)?)
}

/// The fund whose years are opened: the one with a ceiling.
fn fund_of(pack: &Pack) -> Result<&Fund, Failure> {
    pack.capped_fund().map(|(fund, _)| fund).ok_or_else(|| not_found("资金"))
}

fn funds(desk: &mut Desk<'_>, pack: &str, year: i16) -> Result<Funds, Failure> {
    Ok(Funds {
        fund_left: desk.book.balance(&fund_account(pack))?,
        year_left: desk.balance(&year_account(pack, year))?,
    })
}

fn open(desk: &mut Desk<'_>, pack: &str, year: i16, terms: Terms) -> Result<Answer, Failure> {
    let (edition, step) = step_with(desk, pack, Act::Open)?;
    authorize(desk, &edition, &step)?;
    let actor = desk.actor()?;
    let calendar = desk.calendar;
    let state = desk.year(pack, year)?;
    let funds = funds(desk, pack, year)?;
    let ctx = Context { pack: &edition, today: desk.today, calendar: &calendar, actor: &actor };
    let decided =
        year::open(state.as_deref(), OpenYear { year, terms }, fund_of(&edition)?, &step, funds, ctx);
    let events = cited(decided.map_err(Failure::from), &step.cite.to_string())?;
    desk.emit_all(Some(&edition), &Stream::Year(pack.to_owned(), year), &step.cite.to_string(), events)?;
    Ok(done())
}

fn amend(desk: &mut Desk<'_>, pack: &str, year: i16, command: Amend) -> Result<Answer, Failure> {
    let (edition, step) = step_with(desk, pack, Act::Open)?;
    authorize(desk, &edition, &step)?;
    let actor = desk.actor()?;
    let calendar = desk.calendar;
    let state = desk.year(pack, year)?.ok_or(Reason::YearNotOpen { year })?;
    let funds = funds(desk, pack, year)?;
    let ctx = Context { pack: &edition, today: desk.today, calendar: &calendar, actor: &actor };
    let decided = year::amend(&state, command, fund_of(&edition)?, &step, funds, ctx);
    let events = cited(decided.map_err(Failure::from), &step.cite.to_string())?;
    desk.emit_all(Some(&edition), &Stream::Year(pack.to_owned(), year), &step.cite.to_string(), events)?;
    Ok(done())
}

fn appoint(
    desk: &mut Desk<'_>,
    pack: &str,
    year: i16,
    firm: OrgId,
    basis: String,
) -> Result<Answer, Failure> {
    let (edition, step) = step_with(desk, pack, Act::Appoint)?;
    authorize(desk, &edition, &step)?;
    let state = desk.year(pack, year)?.ok_or(Reason::YearNotOpen { year })?;
    let body = desk.org(firm)?.ok_or_else(|| not_found("专业机构"))?;
    let applicants = applicants(desk, &edition, year)?;
    let cite = step.cite.to_string();
    let events = year::appoint(&state, &body, &Appoint { basis }, &applicants, &cite)?;
    desk.emit_all(Some(&edition), &Stream::Year(pack.to_owned(), year), &cite, events)?;
    Ok(done())
}

/// Everybody who filed a case that needs this year's intake.
fn applicants(desk: &mut Desk<'_>, pack: &Pack, year: i16) -> Result<Vec<Org>, Failure> {
    let mut orgs = Vec::new();
    for procedure in pack.procedures.iter().filter(|p| p.needs_intake) {
        for id in desk.book.applicants(&procedure.id, year)? {
            orgs.extend(desk.org(id)?.map(Arc::unwrap_or_clone));
        }
    }
    Ok(orgs)
}

fn fee(desk: &mut Desk<'_>, pack: &str, year: i16, command: PayFee) -> Result<Answer, Failure> {
    let (edition, step) = step_with(desk, pack, Act::Appoint)?;
    authorize(desk, &edition, &step)?;
    let state = desk.year(pack, year)?.ok_or(Reason::YearNotOpen { year })?;
    let firm = desk.org(command.firm)?.ok_or_else(|| not_found("专业机构"))?;
    let funds = funds(desk, pack, year)?;
    let today = desk.today;
    let cite = fee_cite(&edition);
    let events =
        cited(year::pay_fee(&state, &firm, command, funds, &cite, today).map_err(Failure::from), &cite)?;
    // Nobody else holds the state now, so that the desk changes it in place.
    drop(state);
    desk.emit_all(Some(&edition), &Stream::Year(pack.to_owned(), year), &cite, events)?;
    Ok(done())
}

/// The article that lets fees be paid out of the fund.
fn fee_cite(pack: &Pack) -> String {
    let step =
        pack.steps.iter().find(|s| s.money.as_ref().is_some_and(|m| m.spend == policy::pack::Spend::Fees));
    step.map(|s| s.cite.to_string())
        .or_else(|| pack.capped_fund().map(|(fund, _)| fund.cite.to_string()))
        .unwrap_or_default()
}
