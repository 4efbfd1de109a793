//! Decisions about a year of a fund. The fund's limits come from the pack, the money left from the ledger.

use super::{Event, Terms, Year};
use crate::actor::Context;
use crate::identity::Org;
use crate::refusal::{Reason, Refusal};
use kernel::id::OrgId;
use kernel::{Date, Money};
use policy::lang::parse_value;
use policy::pack::{Fund, Pack, ParamValue};
use policy::procedure::Step;

/// What the ledger says when a year is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Funds {
    /// Left in the fund, not yet given to a year; `None` before the fund was founded.
    pub fund_left: Option<Money>,
    /// Left in the year, not committed.
    pub year_left: Money,
}

/// Open a year.
#[derive(Debug, Clone)]
pub struct OpenYear {
    /// The year.
    pub year: i16,
    /// Its terms.
    pub terms: Terms,
}

/// Change the terms of a year.
#[derive(Debug, Clone)]
pub struct Amend {
    /// The new terms.
    pub terms: Terms,
    /// Why.
    pub why: String,
}

/// Appoint a firm.
#[derive(Debug, Clone)]
pub struct Appoint {
    /// By which procedure it was chosen.
    pub basis: String,
}

/// Pay a firm's fee.
#[derive(Debug, Clone)]
pub struct PayFee {
    /// The firm.
    pub firm: OrgId,
    /// How much.
    pub amount: Money,
    /// When.
    pub on: Date,
    /// The voucher.
    pub voucher: String,
    /// What for.
    pub purpose: String,
}

/// The founding of the fund, due when no account of it exists.
pub fn found(pack: &Pack, fund: &Fund, funds: Funds) -> Option<Event> {
    let ceiling = fund.ceiling.filter(|_| funds.fund_left.is_none())?;
    Some(Event::Founded { pack: pack.id.clone(), fund: fund.id.clone(), ceiling })
}

/// Opens a year.
pub fn open(
    state: Option<&Year>,
    command: OpenYear,
    fund: &Fund,
    step: &Step,
    funds: Funds,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    if state.is_some() {
        return Err(Reason::YearAlreadyOpen { year: command.year }.into());
    }
    if !fund.years.contains(&command.year) {
        let years = fund.years.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
        return Err(Refusal::under(
            fund.cite.to_string(),
            Reason::YearOutsideFund { year: command.year, years },
        ));
    }
    check_terms(&command.terms, step, ctx)?;
    let left = funds.fund_left.or(fund.ceiling).unwrap_or(Money::ZERO);
    if command.terms.budget > left {
        return Err(Refusal::under(
            fund.cite.to_string(),
            Reason::BudgetOverFund { wanted: command.terms.budget, left },
        ));
    }
    Ok(found(ctx.pack, fund, funds)
        .into_iter()
        .chain([Event::Opened {
            pack: ctx.pack.id.clone(),
            edition: ctx.pack.edition.clone(),
            fund: fund.id.clone(),
            year: command.year,
            terms: command.terms,
        }])
        .collect())
}

/// Changes the terms of a year: more budget only from the fund, less only what is not committed.
pub fn amend(
    year: &Year,
    command: Amend,
    fund: &Fund,
    step: &Step,
    funds: Funds,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    if command.why.trim().is_empty() {
        return Err(Reason::ReasonMissing {
            what: "年度调整".into(), what_en: "amending the year".into()
        }
        .into());
    }
    check_terms(&command.terms, step, ctx)?;
    let available =
        funds.fund_left.and_then(|left| left.checked_add(year.terms.budget)).unwrap_or(year.terms.budget);
    if command.terms.budget > available {
        return Err(Refusal::under(
            fund.cite.to_string(),
            Reason::BudgetOverFund { wanted: command.terms.budget, left: available },
        ));
    }
    let committed = year.terms.budget.checked_sub(funds.year_left).unwrap_or(year.terms.budget);
    if command.terms.budget < committed {
        return Err(Reason::BudgetUnderCommitted { wanted: command.terms.budget, committed }.into());
    }
    Ok(vec![Event::Amended { terms: command.terms, why: command.why }])
}

fn check_terms(terms: &Terms, step: &Step, ctx: Context<'_>) -> Result<(), Refusal> {
    if terms.budget <= Money::ZERO {
        return Err(Reason::AmountNotPositive { what: "年度资金规模".into() }.into());
    }
    if terms.closes < terms.opens {
        return Err(Reason::WindowUnusable {}.into());
    }
    if terms.basis.trim().is_empty() {
        return Err(Reason::ReasonMissing {
            what: "年度依据文件".into(),
            what_en: "the document of the year".into(),
        }
        .into());
    }
    for id in &step.sets {
        check_param(id, terms, ctx)?;
    }
    Ok(())
}

/// Every value that the year must set is there, readable, and not beyond the limit that the pack states for it.
fn check_param(id: &str, terms: &Terms, ctx: Context<'_>) -> Result<(), Refusal> {
    let Some(param) = ctx.pack.params.get(id) else { return Ok(()) };
    let cite = param.cite.to_string();
    let keys: Vec<(String, String)> = match param.by.as_deref().and_then(|e| ctx.pack.enums.get(e)) {
        Some(list) => list
            .members
            .iter()
            .map(|m| (format!("{id}[{}]", m.id), format!("{}（{}）", param.name.zh, m.name.zh)))
            .collect(),
        None => vec![(id.to_owned(), param.name.zh.clone())],
    };
    for (index, (key, name)) in keys.iter().enumerate() {
        let text = terms.set.get(key).map_or("", String::as_str);
        let value = parse_value(text, &param.ty, &ctx.pack.env).map_err(|e| {
            let (what, what_en) = (e.message_zh, e.message_en);
            Refusal::under(cite.clone(), Reason::RecordUnreadable { fact: name.clone(), what, what_en })
        })?;
        if let Some(limit) = limit_of(ctx.pack, id, index).filter(|limit| value > *limit) {
            return Err(Refusal::under(
                cite,
                Reason::RateOutOfRange {
                    what: name.clone(),
                    value: text.to_owned(),
                    limit: ctx.pack.value_text(&limit, &param.ty),
                },
            ));
        }
    }
    Ok(())
}

/// The upper limit of a yearly parameter: the parameter that the pack names as its limit.
fn limit_of(pack: &Pack, id: &str, member: usize) -> Option<policy::lang::Value> {
    let param = pack.params.get(id)?;
    let limit = pack.params.get(param.limit.as_deref()?)?;
    match &limit.versions.last()?.value {
        ParamValue::Scalar(value) => Some(*value),
        ParamValue::Table(values) => values.get(member).copied(),
        ParamValue::Regions(_) => None,
    }
}

/// Appoints a firm; never one related to an applicant of the year.
pub fn appoint(
    year: &Year,
    firm: &Org,
    command: &Appoint,
    applicants: &[Org],
    cite: &str,
) -> Result<Vec<Event>, Refusal> {
    if command.basis.trim().is_empty() {
        return Err(Refusal::under(
            cite,
            Reason::ReasonMissing { what: "选定依据".into(), what_en: "how the firm was chosen".into() },
        ));
    }
    if let Some(applicant) = applicants.iter().find(|a| related(firm, a)) {
        return Err(Refusal::under(
            cite,
            Reason::AdviserRelated { firm: firm.name.clone(), applicant: applicant.name.clone() },
        ));
    }
    if year.firms.contains_key(&firm.id) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::Appointed { firm: firm.id, basis: command.basis.trim().to_owned() }])
}

/// Dismisses a firm.
pub fn dismiss(year: &Year, firm: OrgId, why: &str) -> Result<Vec<Event>, Refusal> {
    if why.trim().is_empty() {
        return Err(Reason::ReasonMissing {
            what: "解除选定".into(), what_en: "dismissing the firm".into()
        }
        .into());
    }
    Ok(if year.firms.contains_key(&firm) {
        vec![Event::Dismissed { firm, why: why.trim().to_owned() }]
    } else {
        Vec::new()
    })
}

/// Pays a fee out of the fund.
pub fn pay_fee(
    year: &Year,
    firm: &Org,
    command: PayFee,
    funds: Funds,
    cite: &str,
    today: Date,
) -> Result<Vec<Event>, Refusal> {
    if command.amount <= Money::ZERO {
        return Err(Reason::AmountNotPositive { what: "费用".into() }.into());
    }
    if command.on > today {
        return Err(Reason::DateInFuture { what: "支付日期".into(), date: command.on, today }.into());
    }
    if !year.firms.contains_key(&command.firm) {
        return Err(Refusal::under(cite, Reason::AdviserNotAppointed { firm: firm.name.clone() }));
    }
    if command.amount > funds.year_left {
        return Err(Refusal::under(cite, Reason::OverYear { wanted: command.amount, left: funds.year_left }));
    }
    if command.voucher.trim().is_empty() {
        return Err(Reason::VoucherMissing {}.into());
    }
    if command.purpose.trim().is_empty() {
        return Err(Reason::ReasonMissing {
            what: "费用用途".into(), what_en: "what the fee is for".into()
        }
        .into());
    }
    Ok(vec![Event::FeePaid {
        firm: command.firm,
        amount: command.amount,
        on: command.on,
        voucher: command.voucher,
        purpose: command.purpose,
    }])
}

/// Whether two organisations are related: declared so, or the same body.
pub fn related(a: &Org, b: &Org) -> bool {
    let same_code = a.credit_code.is_some() && a.credit_code == b.credit_code;
    a.id == b.id || same_code || a.related.contains(&b.id) || b.related.contains(&a.id)
}
