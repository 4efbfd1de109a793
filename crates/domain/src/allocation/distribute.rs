//! How an allocation may be computed: by weighted factors, or by a competition of scores. Exact, explained, ranked; last year's
//! evaluation multiplies the result, and what it changes is shown. The result is a proposal: people draft and approve the plan.

use super::event::Why;
use super::wide::{Wide, apportion};
use crate::refusal::{Reason, Refusal};
use kernel::Money;
use kernel::id::ProjectId;
use kernel::ratio::Ratio;
use policy::pack::{Distribution, Factor, Grade, Id, Method};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Who takes part, and with which figures.
#[derive(Debug, Clone)]
pub struct Entrant {
    /// The project.
    pub project: ProjectId,
    /// Its name, for explanations and refusals.
    pub name: String,
    /// For a formula: the figure of each factor; not below zero.
    pub figures: BTreeMap<Id, Ratio>,
    /// For a competition: what each expert gave for each factor (one figure under `""` where the pack names no factors).
    pub scores: Vec<BTreeMap<Id, Ratio>>,
    /// For a competition: how much it asks for.
    pub asked: Money,
    /// Last year's grade, where the pack has grades and the entrant was evaluated.
    pub grade: Option<Id>,
    /// For a formula: what last year's record takes from its part.
    pub deduction: Option<Deduction>,
}

/// What is taken from the part of a body for what it did the year before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    /// The share, of its part.
    pub share: Ratio,
    /// Where it was decided: the cases with their article.
    pub origin: String,
    /// Why it is not made after all.
    pub struck: Option<String>,
}

/// What the explanation of a deduction is called.
pub const DEDUCTION: &str = "上年扣减";

/// What one entrant receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portion {
    /// The project.
    pub project: ProjectId,
    /// How much.
    pub amount: Money,
    /// How much it would be without any evaluation and deduction.
    pub without: Money,
    /// Its rank, from 1; equals share one.
    pub rank: usize,
    /// Why, in words that go into the plan.
    pub why: Vec<Why>,
}

/// A computed allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distributed {
    /// What each receives, in the order they were given.
    pub portions: Vec<Portion>,
    /// What is not given out: less than the rounding unit, or left over after everybody was served.
    pub rest: Money,
}

/// Computes an allocation of `amount` in whole multiples of `unit` (one fen, or 万元).
pub fn distribute(
    by: &Distribution,
    amount: Money,
    unit: Money,
    entrants: &[Entrant],
) -> Result<Distributed, Refusal> {
    let under = |reason| Refusal::under(by.cite.to_string(), reason);
    if entrants.is_empty() {
        return Err(under(unusable("没有参加分配的项目", "nobody takes part")));
    }
    if amount <= Money::ZERO || unit <= Money::ZERO {
        return Err(under(Reason::AmountNotPositive { what: "分配总额和取整单位".into() }));
    }
    let grades = entrants.iter().map(|entrant| grade_of(by, entrant)).collect::<Result<Vec<_>, _>>();
    let grades = grades.map_err(under)?;
    let unfounded = |one: &&Entrant| {
        one.deduction.as_ref().and_then(|of| of.struck.as_ref()).is_some_and(|why| why.trim().is_empty())
    };
    if let Some(one) = entrants.iter().find(unfounded) {
        return Err(under(Reason::DeductionUnfounded { who: one.name.clone() }));
    }
    match by.method {
        Method::Formula => formula(by, amount, unit, entrants, &grades),
        Method::Competition => competition(by, amount, entrants, &grades),
    }
    .map_err(under)
}

fn unusable(what: &str, what_en: &str) -> Reason {
    Reason::DistributionUnusable { what: what.into(), what_en: what_en.into() }
}

fn too_large() -> Reason {
    unusable("数字过大", "the figures are too large")
}

fn grade_of<'d>(by: &'d Distribution, entrant: &Entrant) -> Result<Option<&'d Grade>, Reason> {
    let Some(wanted) = entrant.grade.as_ref().filter(|_| !by.evaluation.is_empty()) else { return Ok(None) };
    by.evaluation
        .iter()
        .find(|grade| grade.id == *wanted)
        .map(Some)
        .ok_or_else(|| Reason::GradeUnknown { who: entrant.name.clone(), grade: wanted.clone() })
}

fn multiplier(grade: Option<&Grade>) -> Ratio {
    grade.map_or_else(|| Ratio::percent(100), |grade| grade.factor)
}

/// What is left of a part after its deduction.
fn kept(entrant: &Entrant) -> Ratio {
    let made = entrant.deduction.as_ref().filter(|of| of.struck.is_none());
    let left = made.and_then(|of| Ratio::ONE.checked_sub(of.share));
    left.filter(|left| !left.is_negative()).unwrap_or(if made.is_some() { Ratio::ZERO } else { Ratio::ONE })
}

fn deducted(portion: &mut Portion, entrant: &Entrant) {
    let Some(of) = &entrant.deduction else { return };
    let says = match &of.struck {
        None => format!("{}，扣减{}", of.origin, percent(of.share)),
        Some(why) => format!("{}，应扣减{}，未扣：{}", of.origin, percent(of.share), why.trim()),
    };
    portion.why.push(Why { what: DEDUCTION.into(), says });
}

fn percent(ratio: Ratio) -> String {
    ratio.percent_truncated(2)
}

fn graded(portion: &mut Portion, grade: Option<&Grade>, without: &str) {
    let Some(grade) = grade else { return };
    let says = format!("{}，系数{}；不计评价{without}", grade.name.zh, percent(grade.factor));
    portion.why.push(Why { what: "上年度绩效评价".into(), says });
}

// By factors.

fn formula(
    by: &Distribution,
    amount: Money,
    unit: Money,
    entrants: &[Entrant],
    grades: &[Option<&Grade>],
) -> Result<Distributed, Reason> {
    let columns = by.factors.iter().map(|factor| Column::of(factor, entrants));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let bare: Vec<Wide> = (0..entrants.len()).map(|at| weight_of(&columns, at)).collect();
    let both = entrants.iter().zip(grades);
    let factors = both.map(|(one, grade)| multiplier(*grade).checked_mul(kept(one)).ok_or_else(too_large));
    let common = common(factors.collect::<Result<Vec<_>, _>>()?.into_iter())?;
    if common.iter().all(Wide::is_zero) {
        return Err(unusable("全部扣减，没有可以分配的单位", "everything is deducted and nobody is left"));
    }
    let with: Vec<Wide> = bare.iter().zip(&common).map(|(weight, grade)| weight.times(grade)).collect();
    let units = u64::try_from(amount.fen() / unit.fen()).unwrap_or(0);
    let money = |units: u64| {
        i64::try_from(units).ok().and_then(|units| unit.checked_mul(units)).ok_or_else(too_large)
    };
    let (amounts, plain) = (apportion(units, &with), apportion(units, &bare));
    let mut portions = Vec::new();
    for (at, entrant) in entrants.iter().enumerate() {
        let without = money(plain[at])?;
        let mut portion = Portion {
            project: entrant.project,
            amount: money(amounts[at])?,
            without,
            rank: 1 + with.iter().filter(|other| **other > with[at]).count(),
            why: columns.iter().map(|column| column.why(at)).collect(),
        };
        graded(&mut portion, grades[at], &format!("为{}元", without.grouped()));
        deducted(&mut portion, entrant);
        portions.push(portion);
    }
    let given = Money::sum(portions.iter().map(|portion| portion.amount)).ok_or_else(too_large)?;
    Ok(Distributed { portions, rest: amount.checked_sub(given).unwrap_or(Money::ZERO) })
}

/// One factor with everybody's figure.
struct Column<'d> {
    factor: &'d Factor,
    figures: Vec<Ratio>,
    whole: Vec<Wide>,
    sum: Wide,
    total: Option<Ratio>,
}

impl<'d> Column<'d> {
    fn of(factor: &'d Factor, entrants: &[Entrant]) -> Result<Column<'d>, Reason> {
        let figure = |entrant: &Entrant| {
            entrant.figures.get(&factor.id).copied().filter(|figure| !figure.is_negative()).ok_or_else(|| {
                Reason::FigureMissing { who: entrant.name.clone(), what: factor.name.zh.clone() }
            })
        };
        let figures = entrants.iter().map(figure).collect::<Result<Vec<_>, _>>()?;
        let whole = common(figures.iter().copied())?;
        let sum = whole.iter().fold(Wide::default(), |sum, figure| sum.plus(figure));
        if sum.is_zero() {
            return Err(Reason::FactorEmpty { what: factor.name.zh.clone() });
        }
        let total = figures.iter().try_fold(Ratio::percent(0), |sum, figure| sum.checked_add(*figure));
        Ok(Column { factor, figures, whole, sum, total })
    }

    /// `贫困人口`: `120，占合计12.34%，权重40%`.
    fn why(&self, at: usize) -> Why {
        let figure = self.figures[at];
        let shown = if figure.den() == 1 { figure.num().to_string() } else { percent(figure) };
        let share = self.total.and_then(|total| figure.checked_div(total));
        let share = share.map_or_else(String::new, |share| format!("，占合计{}", percent(share)));
        let says = format!("{shown}{share}，权重{}", percent(self.factor.weight));
        Why { what: self.factor.name.zh.clone(), says }
    }
}

/// The weight of one entrant: the sum of weight times share, times what is the same for all.
fn weight_of(columns: &[Column<'_>], at: usize) -> Wide {
    let den = |column: &Column<'_>| Wide::of(column.factor.weight.den().unsigned_abs().into());
    let mut sum = Wide::default();
    for (own, column) in columns.iter().enumerate() {
        let mut term = column.whole[at].times(&Wide::of(column.factor.weight.num().unsigned_abs().into()));
        for (other, column) in columns.iter().enumerate() {
            if other != own {
                term = term.times(&column.sum).times(&den(column));
            }
        }
        sum = sum.plus(&term);
    }
    sum
}

/// Fractions as whole numbers in the same proportion.
fn common(ratios: impl Iterator<Item = Ratio> + Clone) -> Result<Vec<Wide>, Reason> {
    let one = |dens: i128, ratio: Ratio| {
        let den = i128::from(ratio.den());
        dens.checked_mul(den / gcd(dens, den)).ok_or_else(too_large)
    };
    let den = ratios.clone().try_fold(1_i128, one)?;
    let whole = |ratio: Ratio| {
        let number =
            i128::from(ratio.num()).checked_mul(den / i128::from(ratio.den())).ok_or_else(too_large)?;
        Ok(Wide::of(number.unsigned_abs()))
    };
    ratios.map(whole).collect()
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

// By competition.

fn competition(
    by: &Distribution,
    amount: Money,
    entrants: &[Entrant],
    grades: &[Option<&Grade>],
) -> Result<Distributed, Reason> {
    let mut bare = Vec::new();
    let mut with = Vec::new();
    for (entrant, grade) in entrants.iter().zip(grades) {
        if entrant.asked <= Money::ZERO {
            return Err(Reason::AmountNotPositive { what: format!("{}的申请金额", entrant.name) });
        }
        let average = average(by, entrant)?;
        bare.push(average);
        with.push(average.checked_mul(multiplier(*grade)).ok_or_else(too_large)?);
    }
    let (amounts, plain) = (granted(amount, entrants, &with), granted(amount, entrants, &bare));
    let mut portions = Vec::new();
    for (at, entrant) in entrants.iter().enumerate() {
        let rank = rank(&with, at);
        let without = plain[at];
        let experts = entrant.scores.len();
        let mut why = vec![Why {
            what: "专家评分".into(),
            says: format!("{experts}人平均{}分", points(bare[at])),
        }];
        let asked = entrant.asked.grouped();
        why.push(Why { what: "名次".into(), says: format!("第{rank}名，申请{asked}元") });
        let mut portion = Portion { project: entrant.project, amount: amounts[at], without, rank, why };
        let effect = format!("为第{}名、{}元", self::rank(&bare, at), without.grouped());
        graded(&mut portion, grades[at], &effect);
        if portion.amount < entrant.asked {
            let says =
                if portion.amount.is_zero() { "资金已分完" } else { "资金不足，只余此数" };
            portion.why.push(Why { what: "资金".into(), says: says.into() });
        }
        portions.push(portion);
    }
    let given = Money::sum(portions.iter().map(|portion| portion.amount)).ok_or_else(too_large)?;
    Ok(Distributed { portions, rest: amount.checked_sub(given).unwrap_or(Money::ZERO) })
}

/// What the experts gave on average, factors weighted.
fn average(by: &Distribution, entrant: &Entrant) -> Result<Ratio, Reason> {
    let missing = |what: &str| Reason::FigureMissing { who: entrant.name.clone(), what: what.to_owned() };
    if entrant.scores.is_empty() {
        return Err(missing("专家评分"));
    }
    let mut sum = Ratio::percent(0);
    for scores in &entrant.scores {
        let score = |id: &str, name: &str| {
            scores.get(id).copied().filter(|score| !score.is_negative()).ok_or_else(|| missing(name))
        };
        if by.factors.is_empty() {
            sum = sum.checked_add(score("", "专家评分")?).ok_or_else(too_large)?;
        }
        for factor in &by.factors {
            let part = score(&factor.id, &factor.name.zh)?.checked_mul(factor.weight);
            sum = part.and_then(|part| sum.checked_add(part)).ok_or_else(too_large)?;
        }
    }
    let experts = i64::try_from(entrant.scores.len()).ok().and_then(|count| Ratio::new(count, 1));
    experts.and_then(|experts| sum.checked_div(experts)).ok_or_else(too_large)
}

/// A score with two decimals, cut off.
fn points(score: Ratio) -> String {
    let hundredths = i128::from(score.num()) * 100 / i128::from(score.den());
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn rank(scores: &[Ratio], at: usize) -> usize {
    1 + scores.iter().filter(|score| **score > scores[at]).count()
}

/// Granted in the order of the ranks until the money ends; equals in the order they were given.
fn granted(amount: Money, entrants: &[Entrant], scores: &[Ratio]) -> Vec<Money> {
    let mut order: Vec<usize> = (0..entrants.len()).collect();
    order.sort_by_key(|at| Reverse(scores[*at]));
    let mut left = amount;
    let mut amounts = vec![Money::ZERO; entrants.len()];
    for at in order {
        amounts[at] = entrants[at].asked.min(left);
        left = left.checked_sub(amounts[at]).unwrap_or(Money::ZERO);
    }
    amounts
}
