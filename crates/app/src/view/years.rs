//! Years of a fund: what can be set, what was set and when, who may verify, what the year's money did.

use super::money::{FundNow, YearMoney, kind_words};
use super::plans_judge::every_case;
use super::qualify_words::value_words;
use crate::command::Failure;
use crate::history;
use crate::rows::{CaseFilter, OrgFilter, OrgRow};
use crate::writer::App;
use domain::year::{Event as YearEvent, Fee, Terms, Year};
use domain::{Event, Reason, Stream};
use kernel::calendar::{Calendar, WorkdayCount};
use kernel::id::OrgId;
use kernel::region::{Gazetteer, RegionCode};
use kernel::{Date, Money};
use policy::lang::Type;
use policy::pack::{Pack, ParamValue, Words};
use policy::procedure::{Act, Step};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A value that a year sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearParam {
    /// As the year keeps it: `year_rate[project]`.
    pub key: String,
    /// As a field of a form: `set.year_rate.project`.
    pub field: String,
    /// The parameter's name.
    pub name: Words,
    /// The member of the table, when it is one.
    pub member: Option<Words>,
    /// What may be typed.
    pub kind: ParamKind,
    /// The article.
    pub cite: String,
    /// The value that may not be exceeded.
    pub limit: Option<Words>,
    /// What the pack gives on the year's first day, as it is typed.
    pub usual: String,
}

impl YearParam {
    /// Its name with its member, as refusals name it.
    pub fn label(&self) -> Words {
        match &self.member {
            Some(of) => {
                Words::new(format!("{}（{}）", self.name.zh, of.zh), format!("{} ({})", self.name.en, of.en))
            }
            None => self.name.clone(),
        }
    }
}

/// What may be typed for a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamKind {
    /// A ratio.
    Ratio,
    /// An amount.
    Money,
    /// Something else, as text.
    Other,
}

/// A province with its places of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaProvince {
    /// Its name.
    pub name: String,
    /// Its prefectures.
    pub cities: Vec<AreaCity>,
}

/// A prefecture with its counties of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaCity {
    /// Its name.
    pub name: String,
    /// Its counties.
    pub counties: Vec<(RegionCode, String)>,
}

/// What the form of a year is made from.
#[derive(Debug, Clone)]
pub struct YearForm {
    /// The pack.
    pub pack: Arc<Pack>,
    /// The step that opens a year.
    pub step: Step,
    /// The fund.
    pub fund: FundNow,
    /// The years that are not open yet.
    pub openable: Vec<i16>,
    /// The values to set.
    pub params: Vec<YearParam>,
    /// The places that can be favoured.
    pub areas: Vec<AreaProvince>,
}

/// A line of the list of years.
#[derive(Debug, Clone)]
pub struct YearLine {
    /// The figures.
    pub money: YearMoney,
    /// First day of the intake.
    pub opens: Date,
    /// Last day of the intake.
    pub closes: Date,
    /// How the intake stands.
    pub intake: IntakeState,
    /// How many firms are appointed.
    pub firms: usize,
    /// How many cases that need the intake were filed.
    pub filed: usize,
}

/// How an intake stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntakeState {
    /// It has not begun.
    Ahead,
    /// It runs: working days left.
    Open(WorkdayCount),
    /// It is over.
    Closed,
}

/// A firm and what stands in its way.
#[derive(Debug, Clone)]
pub struct FirmLine {
    /// The firm.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// By which procedure it was chosen, when it is appointed.
    pub basis: Option<String>,
    /// Applicants of the year that it is related to.
    pub related: Vec<String>,
    /// Fees paid to it this year.
    pub fees: Money,
}

/// One line of a year's history.
#[derive(Debug, Clone)]
pub struct YearHappened {
    /// Place in the log.
    pub seq: u64,
    /// Milliseconds.
    pub at: i64,
    /// What.
    pub what: Words,
    /// Who; empty for the program.
    pub who: String,
    /// The article.
    pub cite: String,
    /// What was said or changed.
    pub detail: Vec<Words>,
}

/// One year.
#[derive(Debug, Clone)]
pub struct YearPage {
    /// The year.
    pub year: Year,
    /// The pack of the year.
    pub pack: Arc<Pack>,
    /// The fund.
    pub fund: FundNow,
    /// The figures.
    pub money: YearMoney,
    /// The values set, with their names.
    pub params: Vec<YearParam>,
    /// Favoured places.
    pub favoured: Vec<String>,
    /// How the intake stands.
    pub intake: IntakeState,
    /// Every firm.
    pub firms: Vec<FirmLine>,
    /// Fees paid, with the firm's name and the running total.
    pub fees: Vec<(Fee, String, Money)>,
    /// What happened, newest first.
    pub history: Vec<YearHappened>,
    /// The article of appointing.
    pub appoint_cite: String,
    /// The article of fees.
    pub fee_cite: String,
}

impl App {
    /// The list of years, newest first.
    pub fn year_list(&self, pack: &Pack) -> Result<Vec<YearLine>, Failure> {
        let rows = self.reads.years(&pack.id)?;
        let mut lines = Vec::new();
        for money in self.years_money(pack)? {
            let Some(row) = rows.iter().find(|r| r.year == money.year) else { continue };
            let firms = self.year(&pack.id, row.year)?.map_or(0, |y| y.firms.len());
            let filed = self.filings(pack, row.year)?.len();
            let intake = intake_state(self.today(), row.opens, row.closes);
            lines.push(YearLine { money, opens: row.opens, closes: row.closes, intake, firms, filed });
        }
        Ok(lines)
    }

    /// What the form of a year is made from; the usual values are those of the first day of `year`.
    pub fn year_form(&self, year: Option<i16>) -> Result<YearForm, Failure> {
        let pack = self.pack()?;
        let fund = self.fund_now(&pack)?;
        let step = pack.steps.iter().find(|s| s.act == Act::Open).cloned();
        let step =
            step.ok_or_else(|| Failure::from(Reason::NotFound { what: "开启年度的环节".into() }))?;
        let open: BTreeSet<i16> = self.reads.years(&pack.id)?.into_iter().map(|y| y.year).collect();
        let openable: Vec<i16> = fund.years.iter().copied().filter(|y| !open.contains(y)).collect();
        let shown = year.or_else(|| openable.first().copied()).unwrap_or_else(|| self.today().year());
        let params = year_params(&pack, shown);
        let areas = areas(&pack);
        Ok(YearForm { pack, step, fund, openable, params, areas })
    }

    /// One year; `None` when it is not open.
    pub fn year_page(&self, pack: &str, year: i16) -> Result<Option<YearPage>, Failure> {
        let Some(state) = self.year(pack, year)? else { return Ok(None) };
        let edition = self.edition(&state.pack, &state.edition)?;
        let Some(money) = self.year_money(&edition, year)? else { return Ok(None) };
        let firms = self.firm_lines(&edition, &state)?;
        let mut fees = Vec::new();
        let mut total = Money::ZERO;
        for fee in &state.fees {
            total = super::money::add(total, fee.amount);
            let name = self.reads.org(fee.firm)?.map_or_else(|| fee.firm.to_string(), |o| o.name);
            fees.push((fee.clone(), name, total));
        }
        let cite_of = |act: Act| {
            edition.steps.iter().find(|s| s.act == act).map_or_else(String::new, |s| s.cite.to_string())
        };
        let pays = edition
            .steps
            .iter()
            .find(|s| s.money.as_ref().is_some_and(|m| m.spend == policy::pack::Spend::Fees));
        Ok(Some(YearPage {
            fund: self.fund_now(&edition)?,
            money,
            params: year_params(&edition, year),
            favoured: state.terms.favoured.iter().map(|code| super::place_name(*code)).collect(),
            intake: intake_state(self.today(), state.terms.opens, state.terms.closes),
            firms,
            fees,
            history: self.year_history(&edition, year)?,
            appoint_cite: cite_of(Act::Appoint),
            fee_cite: pays.map_or_else(String::new, |s| s.cite.to_string()),
            pack: edition,
            year: state,
        }))
    }

    /// The rows of the cases that needed the year's intake.
    fn filings(&self, pack: &Pack, year: i16) -> Result<Vec<crate::rows::CaseRow>, Failure> {
        let mut rows = Vec::new();
        for procedure in pack.procedures.iter().filter(|p| p.needs_intake) {
            let filter =
                CaseFilter { procedure: Some(procedure.id.clone()), year: Some(year), ..every_case() };
            rows.extend(self.every_row(&filter)?);
        }
        Ok(rows)
    }

    fn firm_lines(&self, pack: &Pack, year: &Year) -> Result<Vec<FirmLine>, Failure> {
        let ids: BTreeSet<OrgId> = self.filings(pack, year.year)?.iter().map(|row| row.applicant).collect();
        let mut applicants = Vec::new();
        for id in ids {
            applicants.extend(self.reads.org(id)?);
        }
        let mut filter = OrgFilter { kind: Some("firm".into()), limit: 100, ..OrgFilter::default() };
        let mut lines = Vec::new();
        loop {
            let page = self.reads.orgs(&filter)?;
            lines.extend(page.rows.iter().map(|firm| firm_line(firm, year, &applicants)));
            match page.next {
                Some(next) => filter.after = Some(next),
                None => break,
            }
        }
        lines.sort_by_key(|line| (line.basis.is_none(), line.name.clone()));
        Ok(lines)
    }

    fn year_history(&self, pack: &Pack, year: i16) -> Result<Vec<YearHappened>, Failure> {
        let mut lines = Vec::new();
        let mut before: Option<Terms> = None;
        for act in self.reads.stream(&Stream::Year(pack.id.clone(), year).key())? {
            let Event::Year(event) = history::event(&act)? else { continue };
            let mut detail = Vec::new();
            match &event {
                YearEvent::Opened { terms, .. } | YearEvent::Amended { terms, .. } => {
                    if let YearEvent::Amended { why, .. } = &event {
                        detail.push(Words::new(format!("理由：{why}"), format!("reason: {why}")));
                    }
                    detail.extend(terms_changes(pack, year, before.as_ref(), terms));
                    before = Some(terms.clone());
                }
                YearEvent::Appointed { firm, basis } => detail.push(self.firm_said(*firm, basis)?),
                YearEvent::Dismissed { firm, why } => detail.push(self.firm_said(*firm, why)?),
                YearEvent::FeePaid { firm, amount, purpose, voucher, .. } => {
                    detail.push(
                        self.firm_said(*firm, &format!("{}元，{purpose}，{voucher}", amount.grouped()))?,
                    );
                }
                YearEvent::Founded { ceiling, .. } => {
                    let sum = ceiling.grouped();
                    detail.push(Words::new(format!("总规模{sum}元"), format!("ceiling {sum} yuan")));
                }
            }
            lines.push(YearHappened {
                seq: act.seq,
                at: act.at,
                what: kind_words(&act),
                who: self.actor_words(&act)?,
                cite: act.article.unwrap_or_default(),
                detail,
            });
        }
        lines.reverse();
        Ok(lines)
    }

    fn firm_said(&self, firm: OrgId, text: &str) -> Result<Words, Failure> {
        let name = self.reads.org(firm)?.map_or_else(|| firm.to_string(), |o| o.name);
        Ok(Words::new(format!("{name}：{text}"), format!("{name}: {text}")))
    }
}

fn firm_line(firm: &OrgRow, year: &Year, applicants: &[OrgRow]) -> FirmLine {
    let fees = year.fees.iter().filter(|f| f.firm == firm.org).map(|f| f.amount);
    FirmLine {
        org: firm.org,
        name: firm.name.clone(),
        basis: year.firms.get(&firm.org).cloned(),
        related: applicants.iter().filter(|a| related(firm, a)).map(|a| a.name.clone()).collect(),
        fees: Money::sum(fees).unwrap_or(Money::MAX),
    }
}

/// Whether two organisations are related, as their rows say it; the use case asks their states again.
fn related(a: &OrgRow, b: &OrgRow) -> bool {
    let names = |row: &OrgRow, other: OrgId| row.related.split(',').any(|id| id.parse() == Ok(other));
    let same_code = a.credit_code.is_some() && a.credit_code == b.credit_code;
    a.org == b.org || same_code || names(a, b.org) || names(b, a.org)
}

/// How an intake stands on a day.
pub fn intake_state(today: Date, opens: Date, closes: Date) -> IntakeState {
    if today < opens {
        IntakeState::Ahead
    } else if today <= closes {
        IntakeState::Open(Calendar::known_on(today).workdays_between(today, closes))
    } else {
        IntakeState::Closed
    }
}

/// The values that the pack has a year set, with their limits and their usual values.
pub fn year_params(pack: &Pack, year: i16) -> Vec<YearParam> {
    let day = Date::new(year, 1, 1).unwrap_or_default().max(pack.in_force.from);
    let sets = pack.steps.iter().filter(|s| s.act == Act::Open).flat_map(|s| &s.sets);
    sets.filter_map(|id| pack.params.get(id)).flat_map(|param| one_param(pack, param, day)).collect()
}

fn one_param(pack: &Pack, param: &policy::pack::Param, day: Date) -> Vec<YearParam> {
    let limit = param.limit.as_deref().and_then(|id| pack.params.get(id));
    let on = |p: &policy::pack::Param| {
        let version = p.versions.iter().rev().find(|v| v.from <= day).or_else(|| p.versions.last());
        version.map(|v| v.value.clone())
    };
    let at = |value: &Option<ParamValue>, index: usize| match value {
        Some(ParamValue::Scalar(value)) => Some(*value),
        Some(ParamValue::Table(values)) => values.get(index).copied(),
        _ => None,
    };
    let (usual, most) = (on(param), limit.and_then(|l| l.versions.last()).map(|v| v.value.clone()));
    let make = |index: usize, member: Option<&policy::pack::EnumMember>| YearParam {
        key: member.map_or_else(|| param.id.clone(), |m| format!("{}[{}]", param.id, m.id)),
        field: member.map_or_else(|| format!("set.{}", param.id), |m| format!("set.{}.{}", param.id, m.id)),
        name: param.name.clone(),
        member: member.map(|m| m.name.clone()),
        kind: match param.ty {
            Type::Ratio => ParamKind::Ratio,
            Type::Money => ParamKind::Money,
            _ => ParamKind::Other,
        },
        cite: param.cite.to_string(),
        limit: at(&most, index).map(|v| value_words(pack, &v, &param.ty)),
        usual: at(&usual, index).map_or_else(String::new, |v| pack.value_text(&v, &param.ty)),
    };
    match param.by.as_deref().and_then(|by| pack.enums.get(by)) {
        Some(list) => list.members.iter().enumerate().map(|(i, m)| make(i, Some(m))).collect(),
        None => vec![make(0, None)],
    }
}

/// Every place that the pack lists, by province and prefecture in the order of their codes.
pub fn areas(pack: &Pack) -> Vec<AreaProvince> {
    let mut codes: BTreeSet<RegionCode> = BTreeSet::new();
    for value in pack.params.iter().flat_map(|p| &p.versions).map(|v| &v.value) {
        if let ParamValue::Regions(list) = value {
            codes.extend(list.iter().copied());
        }
    }
    let mut provinces: Vec<AreaProvince> = Vec::new();
    for code in codes {
        let path = Gazetteer::get().path(code).unwrap_or_default();
        let (province, county) = (path.first().copied().unwrap_or(""), path.last().copied().unwrap_or(""));
        let city = if path.len() > 2 { path[1] } else { province };
        if provinces.last().is_none_or(|p| p.name != province) {
            provinces.push(AreaProvince { name: province.to_owned(), cities: Vec::new() });
        }
        let Some(last) = provinces.last_mut() else { continue };
        if last.cities.last().is_none_or(|c| c.name != city) {
            last.cities.push(AreaCity { name: city.to_owned(), counties: Vec::new() });
        }
        if let Some(city) = last.cities.last_mut() {
            city.counties.push((code, county.to_owned()));
        }
    }
    provinces
}

/// What the terms of a year say, or how they differ from those before.
fn terms_changes(pack: &Pack, year: i16, before: Option<&Terms>, now: &Terms) -> Vec<Words> {
    let of = |terms: &Terms| -> BTreeMap<(usize, String), (Words, String)> {
        let mut rows = BTreeMap::new();
        let mut row =
            |at: usize, key: &str, name: Words, text: String| rows.insert((at, key.to_owned()), (name, text));
        row(0, "budget", Words::new("年度资金规模", "budget"), format!("{}元", terms.budget.grouped()));
        for param in year_params(pack, year) {
            row(1, &param.key, param.label(), terms.set.get(&param.key).cloned().unwrap_or_default());
        }
        row(2, "window", Words::new("受理时间", "intake"), format!("{} — {}", terms.opens, terms.closes));
        let places: Vec<String> = terms.favoured.iter().map(|c| super::place_name(*c)).collect();
        row(3, "favoured", Words::new("优先县", "favoured counties"), places.join("、"));
        row(4, "basis", Words::new("依据文件", "document"), terms.basis.clone());
        rows
    };
    let old = before.map(of).unwrap_or_default();
    let changed = of(now).into_iter().filter(|(key, value)| old.get(key) != Some(value));
    changed
        .map(|(key, (name, text))| match old.get(&key) {
            Some((_, was)) => {
                Words::new(format!("{}：{was} → {text}", name.zh), format!("{}: {was} → {text}", name.en))
            }
            None => Words::new(format!("{}：{text}", name.zh), format!("{}: {text}", name.en)),
        })
        .collect()
}
