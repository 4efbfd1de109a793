//! The cases, and the decision written by hand: once bare, once with the operands of every rule.

use super::NO_GRANT;
use super::tj::Fails;
use kernel::Date;
use kernel::money::Money;
use kernel::ratio::Ratio;
use kernel::region::RegionCode;
use kernel::rounding::Rounding;
use policy::lang::Value;
use policy::ruleset::columns::Columns;
use policy::ruleset::{CaseFacts, Ruleset};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Project,
    Production,
}

/// A case as a program that knows only this regulation would hold it.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "the facts of the regulation are yes or no")]
pub struct Row {
    pub county: u32,
    pub investor_in_tj: bool,
    pub investor_lawful: bool,
    pub company_lawful: bool,
    pub share: (i64, i64),
    pub new_company: bool,
    pub paid_in: i64,
    pub mode: Mode,
    pub new_invest: i64,
    pub invest_3y: i64,
    pub staff: i64,
    pub poor_staff: i64,
    pub lifted: i64,
    pub grants_company: i64,
    pub grants_county: i64,
    pub tj_subsidy: bool,
    pub changdu_fund: bool,
    pub hotan_fund: bool,
    pub in_catalogue: bool,
}

/// xorshift64*
pub struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: i64) -> i64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as i64 % below
    }

    /// So many of a hundred.
    fn chance(&mut self, percent: i64) -> bool {
        self.roll(100) < percent
    }
}

pub fn generate(cases: usize, areas: &[u32]) -> Vec<Row> {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let away = [110_101, 110_102, 110_105, 620_102, 540_102, 653_201];
    (0..cases).map(|_| row(&mut dice, areas, &away)).collect()
}

fn row(dice: &mut Dice, areas: &[u32], away: &[u32]) -> Row {
    let inside = dice.chance(97);
    let counties = if inside { areas } else { away };
    let staff = 10 + dice.roll(190);
    Row {
        county: counties[dice.roll(counties.len() as i64) as usize],
        investor_in_tj: dice.chance(98),
        investor_lawful: dice.chance(99),
        company_lawful: dice.chance(99),
        share: (1 + dice.roll(100), 100),
        new_company: dice.chance(60),
        paid_in: dice.roll(1_000) * 1_000_000 + if dice.chance(95) { 100_000_000 } else { 0 },
        mode: if dice.chance(60) { Mode::Project } else { Mode::Production },
        new_invest: dice.roll(100_000) * 1_000 + if dice.chance(95) { 200_000_000 } else { 90_000_000 },
        invest_3y: 100_000_000 + dice.roll(1_000_000_000),
        staff,
        poor_staff: staff * (20 + dice.roll(50)) / 100,
        lifted: dice.roll(120),
        grants_company: i64::from(dice.chance(3)),
        grants_county: if dice.chance(97) { dice.roll(2) } else { 2 },
        tj_subsidy: dice.chance(2),
        changdu_fund: dice.chance(1),
        hotan_fund: dice.chance(1),
        in_catalogue: dice.chance(40),
    }
}

const NEXT_YEAR: Date = Date::constant(2020, 1, 1);

fn rates(mode: Mode, as_of: Date) -> (i64, i64, i64) {
    let (max, now, later) = if mode == Mode::Project { (30, 30, 25) } else { (50, 50, 40) };
    let cap = if mode == Mode::Project { 200_000_000 } else { 100_000_000 };
    (cap, max, if as_of < NEXT_YEAR { now } else { later })
}

fn percent(fen: i64, percent: i64) -> i64 {
    match fen.checked_mul(percent) {
        Some(product) => product / 100,
        None => (i128::from(fen) * i128::from(percent) / 100) as i64,
    }
}

/// Fen, or [`NO_GRANT`]; stops at the first need that is not met.
pub fn bare(row: &Row, areas: &[u32], as_of: Date) -> i64 {
    let min_invest = if row.mode == Mode::Project { 200_000_000 } else { 100_000_000 };
    let grants = areas.binary_search(&row.county).is_ok()
        && row.investor_in_tj
        && row.investor_lawful
        && (row.share.0 * 100 >= 30 * row.share.1 || row.new_company)
        && row.paid_in >= 100_000_000
        && row.new_invest >= min_invest
        && (row.poor_staff * 100 >= 30 * row.staff || row.lifted >= 50)
        && row.grants_company == 0
        && row.grants_county < 2
        && !(row.tj_subsidy || row.changdu_fund || row.hotan_fund)
        && row.company_lawful;
    if !grants {
        return NO_GRANT;
    }
    let (cap, max, year) = rates(row.mode, as_of);
    cap.min(percent(row.invest_3y, max)).min(percent(row.invest_3y, year))
}

/// The same, right for every input: products in 128 bits, as the kernel's money and ratios are. [`bare`] would wrap on
/// extreme counts, which no decision on public money may do.
pub fn exact(row: &Row, areas: &[u32], as_of: Date) -> i64 {
    let reaches = |part: i64, whole: i64| i128::from(part) * 100 >= 30 * i128::from(whole);
    let min_invest = if row.mode == Mode::Project { 200_000_000 } else { 100_000_000 };
    let grants = areas.binary_search(&row.county).is_ok()
        && row.investor_in_tj
        && row.investor_lawful
        && (reaches(row.share.0, row.share.1) || row.new_company)
        && row.paid_in >= 100_000_000
        && row.new_invest >= min_invest
        && (reaches(row.poor_staff, row.staff) || row.lifted >= 50)
        && row.grants_company == 0
        && row.grants_county < 2
        && !(row.tj_subsidy || row.changdu_fund || row.hotan_fund)
        && row.company_lawful;
    if !grants {
        return NO_GRANT;
    }
    let (cap, max, year) = rates(row.mode, as_of);
    let share = |percent| Money::from_fen(row.invest_3y).times(Ratio::percent(percent), Rounding::Down);
    match (share(max), share(year)) {
        (Some(max), Some(year)) => cap.min(max.fen()).min(year.fen()),
        _ => NO_GRANT,
    }
}

/// An operand of a rule: what there is, what is needed, and whether it holds.
pub struct Operand {
    pub rule: u8,
    pub has: (i64, i64),
    pub needs: (i64, i64),
    pub holds: bool,
}

pub struct Trace {
    pub amount: i64,
    pub operands: Vec<Operand>,
}

/// The same with every operand of every rule, met or not.
pub fn traced(row: &Row, areas: &[u32], as_of: Date) -> Trace {
    let mut operands = Vec::with_capacity(24);
    let mut note = |rule: u8, has: (i64, i64), needs: (i64, i64), holds: bool| {
        operands.push(Operand { rule, has, needs, holds });
        holds
    };
    let yes = |fact: bool| (i64::from(fact), 1);
    let min_invest = if row.mode == Mode::Project { 200_000_000 } else { 100_000_000 };
    let share = row.share.0 * 100 >= 30 * row.share.1;
    let poor = row.poor_staff * 100 >= 30 * row.staff;
    let mut grants = note(0, (i64::from(row.county), 1), (0, 1), areas.binary_search(&row.county).is_ok());
    grants &= note(1, yes(row.investor_in_tj), yes(true), row.investor_in_tj);
    grants &= note(1, yes(row.investor_lawful), yes(true), row.investor_lawful);
    grants &=
        note(2, row.share, (30, 100), share) | note(2, yes(row.new_company), yes(true), row.new_company);
    grants &= note(3, (row.paid_in, 1), (100_000_000, 1), row.paid_in >= 100_000_000);
    grants &= note(4, (row.new_invest, 1), (min_invest, 1), row.new_invest >= min_invest);
    grants &= note(5, (row.poor_staff, row.staff), (30, 100), poor)
        | note(5, (row.lifted, 1), (50, 1), row.lifted >= 50);
    grants &= note(6, (row.grants_company, 1), (0, 1), row.grants_company == 0);
    grants &= note(7, (row.grants_county, 1), (2, 1), row.grants_county < 2);
    grants &= note(8, yes(row.tj_subsidy), yes(false), !row.tj_subsidy);
    grants &= note(8, yes(row.changdu_fund), yes(false), !row.changdu_fund);
    grants &= note(8, yes(row.hotan_fund), yes(false), !row.hotan_fund);
    grants &= note(9, yes(row.company_lawful), yes(true), row.company_lawful);
    note(10, yes(row.in_catalogue), yes(true), row.in_catalogue);
    let (cap, max, year) = rates(row.mode, as_of);
    let (by_max, by_year) = (percent(row.invest_3y, max), percent(row.invest_3y, year));
    let amount = cap.min(by_max).min(by_year);
    note(11, (cap, 1), (amount, 1), cap == amount);
    note(11, (by_max, 1), (amount, 1), by_max == amount);
    note(11, (by_year, 1), (amount, 1), by_year == amount);
    Trace { amount: if grants { amount } else { NO_GRANT }, operands }
}

impl Row {
    /// The facts by name.
    pub fn facts(&self) -> Fails<[(&'static str, Value); 19]> {
        let money = |fen| Value::Money(Money::from_fen(fen));
        let county = RegionCode::new(self.county).ok_or("county")?;
        let share = Ratio::new(self.share.0, self.share.1).ok_or("share")?;
        Ok([
            ("county", Value::Region(county)),
            ("investor_in_tj", Value::Bool(self.investor_in_tj)),
            ("investor_lawful", Value::Bool(self.investor_lawful)),
            ("company_lawful", Value::Bool(self.company_lawful)),
            ("share", Value::Ratio(share)),
            ("new_company", Value::Bool(self.new_company)),
            ("paid_in", money(self.paid_in)),
            ("mode", Value::Member(u16::from(self.mode == Mode::Production))),
            ("new_invest", money(self.new_invest)),
            ("invest_3y", money(self.invest_3y)),
            ("staff", Value::Count(self.staff)),
            ("poor_staff", Value::Count(self.poor_staff)),
            ("lifted", Value::Count(self.lifted)),
            ("grants_company", Value::Count(self.grants_company)),
            ("grants_county", Value::Count(self.grants_county)),
            ("tj_subsidy", Value::Bool(self.tj_subsidy)),
            ("changdu_fund", Value::Bool(self.changdu_fund)),
            ("hotan_fund", Value::Bool(self.hotan_fund)),
            ("in_catalogue", Value::Bool(self.in_catalogue)),
        ])
    }

    pub fn case(&self, ruleset: &Ruleset) -> Fails<CaseFacts> {
        let mut case = ruleset.case();
        for (name, value) in self.facts()? {
            case.set(ruleset, ruleset.env().fact_named(name).ok_or("fact")?, value)?;
        }
        Ok(case)
    }
}

/// A fact and how a row gives it.
type Get<T> = (&'static str, fn(&Row) -> T);

/// All rows as columns, a column at a time.
pub fn columns(ruleset: &Ruleset, rows: &[Row]) -> Fails<Columns> {
    let mut columns = Columns::new(ruleset, rows.len());
    let fact = |name: &str| ruleset.env().fact_named(name).ok_or("fact");
    let region = |row: &Row| RegionCode::new(row.county).map(Value::Region);
    columns.fill(ruleset, fact("county")?, rows.iter().map(region))?;
    let share = |row: &Row| Ratio::new(row.share.0, row.share.1).map(Value::Ratio);
    columns.fill(ruleset, fact("share")?, rows.iter().map(share))?;
    let mode = |row: &Row| Some(Value::Member(u16::from(row.mode == Mode::Production)));
    columns.fill(ruleset, fact("mode")?, rows.iter().map(mode))?;
    let bools: [Get<bool>; 8] = [
        ("investor_in_tj", |row| row.investor_in_tj),
        ("investor_lawful", |row| row.investor_lawful),
        ("company_lawful", |row| row.company_lawful),
        ("new_company", |row| row.new_company),
        ("tj_subsidy", |row| row.tj_subsidy),
        ("changdu_fund", |row| row.changdu_fund),
        ("hotan_fund", |row| row.hotan_fund),
        ("in_catalogue", |row| row.in_catalogue),
    ];
    for (name, get) in bools {
        columns.fill(ruleset, fact(name)?, rows.iter().map(|row| Some(Value::Bool(get(row)))))?;
    }
    let money: [Get<i64>; 3] = [
        ("paid_in", |row| row.paid_in),
        ("new_invest", |row| row.new_invest),
        ("invest_3y", |row| row.invest_3y),
    ];
    for (name, get) in money {
        let value = |row: &Row| Some(Value::Money(Money::from_fen(get(row))));
        columns.fill(ruleset, fact(name)?, rows.iter().map(value))?;
    }
    let counts: [Get<i64>; 5] = [
        ("staff", |row| row.staff),
        ("poor_staff", |row| row.poor_staff),
        ("lifted", |row| row.lifted),
        ("grants_company", |row| row.grants_company),
        ("grants_county", |row| row.grants_county),
    ];
    for (name, get) in counts {
        columns.fill(ruleset, fact(name)?, rows.iter().map(|row| Some(Value::Count(get(row)))))?;
    }
    Ok(columns)
}
