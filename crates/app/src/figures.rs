//! Figures of monthly reports: counted from what was filed and booked, or summed up from the reports below. Those who file and those
//! who look ask the same functions, so that what is shown is what is filed.

use crate::access::scope_of;
use crate::desk::Desk;
use crate::ports::{Fault, Reads};
use crate::rows::{LineFilter, LineRow, MovedFilter, OrgRow, ReportRow, Scope};
use domain::report::Figures;
use kernel::id::OrgId;
use kernel::region::{Gazetteer, RegionCode};
use kernel::{Date, Money};
use policy::lang::Value;
use policy::pack::{Id, Pack};
use policy::procedure::{Figure, FigureOf, Span, Step};
use policy::register::Register;
use std::collections::{BTreeMap, BTreeSet};

/// A body that reports.
#[derive(Debug, Clone, Copy)]
pub struct Reporter<'r> {
    /// The body.
    pub org: OrgId,
    /// Its role.
    pub role: &'r str,
    /// Its region.
    pub region: Option<RegionCode>,
}

/// First and last day of a month.
pub type Days = (Date, Date);

/// A body below with what it filed last; nothing when it has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Below {
    /// The body.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// When it filed, how many times, and its figures.
    pub filed: Option<(Date, i64, Figures)>,
}

/// From where figures are counted.
pub trait Ground {
    /// What happened in a month within a scope, by procedure.
    fn month(&mut self, scope: &Scope, pack: &str, days: Days) -> Result<BTreeMap<String, i64>, Fault>;
    /// Lines of a register.
    fn lines(&mut self, filter: &LineFilter) -> Result<Vec<LineRow>, Fault>;
    /// Booked money.
    fn moved(&mut self, filter: &MovedFilter) -> Result<Money, Fault>;
    /// The reports of a month.
    fn reports(&mut self, period: &str) -> Result<Vec<ReportRow>, Fault>;
    /// The bodies of a role.
    fn bodies(&mut self, role: &str) -> Result<Vec<OrgId>, Fault>;
    /// Name and region of a body.
    fn body(&mut self, org: OrgId) -> Result<Option<(String, Option<RegionCode>)>, Fault>;
}

impl Ground for &dyn Reads {
    fn month(&mut self, scope: &Scope, pack: &str, days: Days) -> Result<BTreeMap<String, i64>, Fault> {
        self.count_month(scope, pack, days.0, days.1)
    }
    fn lines(&mut self, filter: &LineFilter) -> Result<Vec<LineRow>, Fault> {
        Reads::lines(*self, filter)
    }
    fn moved(&mut self, filter: &MovedFilter) -> Result<Money, Fault> {
        self.moved_money(filter)
    }
    fn reports(&mut self, period: &str) -> Result<Vec<ReportRow>, Fault> {
        Reads::reports(*self, Some(period), None)
    }
    fn bodies(&mut self, role: &str) -> Result<Vec<OrgId>, Fault> {
        self.orgs_of_role(role)
    }
    fn body(&mut self, org: OrgId) -> Result<Option<(String, Option<RegionCode>)>, Fault> {
        Ok(Reads::org(*self, org)?.map(|OrgRow { name, region, .. }| (name, region)))
    }
}

impl Ground for Desk<'_> {
    fn month(&mut self, scope: &Scope, pack: &str, days: Days) -> Result<BTreeMap<String, i64>, Fault> {
        self.book.count_month(scope, pack, days.0, days.1)
    }
    fn lines(&mut self, filter: &LineFilter) -> Result<Vec<LineRow>, Fault> {
        self.book.lines(filter)
    }
    fn moved(&mut self, filter: &MovedFilter) -> Result<Money, Fault> {
        self.book.moved_money(filter)
    }
    fn reports(&mut self, period: &str) -> Result<Vec<ReportRow>, Fault> {
        self.book.reports(Some(period), None)
    }
    fn bodies(&mut self, role: &str) -> Result<Vec<OrgId>, Fault> {
        self.book.orgs_of_role(role)
    }
    fn body(&mut self, org: OrgId) -> Result<Option<(String, Option<RegionCode>)>, Fault> {
        Ok(self.org(org)?.map(|org| (org.name.clone(), org.region)))
    }
}

/// The figures of a month that the program counts for a body: of its own region, whatever else it sees.
pub fn counted(
    ground: &mut impl Ground,
    pack: &Pack,
    step: &Step,
    of: Reporter<'_>,
    days: Days,
) -> Result<Figures, Fault> {
    let sees = scope_of(pack, of.role, of.org, of.region);
    if step.figures.is_empty() {
        let counts = ground.month(&sees, &pack.id, days)?;
        return Ok(Figures { counts, money: BTreeMap::new() });
    }
    let scope = match (sees, of.region) {
        (Scope::All, Some(region)) => Scope::Region(region),
        (sees, _) => sees,
    };
    let mut figures = Figures::default();
    let mut registers: BTreeMap<&Id, Vec<LineRow>> = BTreeMap::new();
    for figure in &step.figures {
        let first = first_day(figure.span, days.0);
        let n = match &figure.of {
            FigureOf::Money(moved) => {
                let (pack, region) = (pack.id.clone(), of.region);
                ground.moved(&MovedFilter { pack, moved: *moved, region, first, last: days.1 })?.fen()
            }
            FigureOf::Lines { register, day, without, sum } => {
                let Some(of) = pack.registers.get(register) else { continue };
                if !registers.contains_key(register) {
                    let (pack, id, scope) = (pack.id.clone(), register.clone(), scope.clone());
                    let filter = LineFilter { scope, pack, register: id, year: None, until_year: None };
                    registers.insert(register, ground.lines(&filter)?);
                }
                let on = |line: &LineRow, column: &Id| match said(of, line, column) {
                    Some(Value::Date(day)) => Some(day),
                    _ => None,
                };
                let inside = |line: &&LineRow| {
                    let began =
                        on(line, day).is_some_and(|day| first.is_none_or(|f| f <= day) && day <= days.1);
                    began && without.as_ref().and_then(|other| on(line, other)).is_none_or(|day| day > days.1)
                };
                let lines = registers.get(register).into_iter().flatten().filter(inside);
                match sum {
                    None => i64::try_from(lines.count()).unwrap_or(i64::MAX),
                    Some(column) => sum_up(lines.filter_map(|line| said(of, line, column)), figure)?,
                }
            }
        };
        put(&mut figures, &figure.id, n, figure.is_money);
    }
    Ok(figures)
}

fn put(figures: &mut Figures, id: &str, n: i64, is_money: bool) {
    if is_money {
        figures.money.insert(id.to_owned(), Money::from_fen(n));
    } else {
        figures.counts.insert(id.to_owned(), n);
    }
}

/// The sum of values: of money in fen.
fn sum_up(values: impl Iterator<Item = Value>, figure: &Figure) -> Result<i64, Fault> {
    let mut whole: i64 = 0;
    for value in values {
        let n = match value {
            Value::Money(amount) => amount.fen(),
            Value::Count(n) => n,
            _ => 0,
        };
        let too_large = || Fault::lasting(format!("figure {} is larger than can be held", figure.id));
        whole = whole.checked_add(n).ok_or_else(too_large)?;
    }
    Ok(whole)
}

/// What a line says in a column that it keeps.
fn said(of: &Register, line: &LineRow, id: &str) -> Option<Value> {
    let (_, column) = of.column(id)?;
    of.value(column, line.cells.get(id)?)
}

fn first_day(span: Span, month: Date) -> Option<Date> {
    match span {
        Span::Month => Some(month),
        Span::Year => Some(Date::new(month.year(), 1, 1).unwrap_or(month)),
        Span::Ever => None,
    }
}

/// The bodies that file a report and lie below a region, all without one, with what each filed for a month; by name. Who does not hold
/// the role any more is among them where it filed.
pub fn below(
    ground: &mut impl Ground,
    pack: &Pack,
    step: &Step,
    region: Option<RegionCode>,
    period: &str,
) -> Result<Vec<Below>, Fault> {
    let rows: Vec<ReportRow> =
        ground.reports(period)?.into_iter().filter(|row| row.step == step.id).collect();
    let mut orgs: BTreeSet<OrgId> = ground.bodies(&step.by)?.into_iter().collect();
    orgs.extend(rows.iter().map(|row| row.org));
    let mut found = Vec::new();
    for org in orgs {
        let Some((name, place)) = ground.body(org)? else { continue };
        if !lies_below(region, place) {
            continue;
        }
        let row = rows.iter().find(|row| row.org == org);
        let filed = row.map(|row| (row.filed, row.version, split(pack, step, &row.figures)));
        found.push(Below { org, name, filed });
    }
    found.sort_by(|a, b| (&a.name, a.org).cmp(&(&b.name, b.org)));
    Ok(found)
}

/// Whether a place lies in a region and is not the region itself.
pub fn lies_below(region: Option<RegionCode>, place: Option<RegionCode>) -> bool {
    match (region, place) {
        (None, _) => true,
        (Some(region), Some(place)) => region != place && Gazetteer::get().contains(region, place),
        (Some(_), None) => false,
    }
}

/// Figures as a row keeps them, told apart: what the pack knows for money is money.
pub fn split(pack: &Pack, step: &Step, all: &BTreeMap<String, i64>) -> Figures {
    let is_money = |id: &str| pack.figures_of(step).iter().any(|figure| figure.is_money && figure.id == id);
    let mut figures = Figures::default();
    for (id, n) in all {
        put(&mut figures, id, *n, is_money(id));
    }
    figures
}
