//! Computed allocations: exact, explained, ranked; the evaluation's effect shown.

use crate::world::*;
use domain::Refusal;
use domain::allocation::{DEDUCTION, Deduction, Distributed, Entrant, distribute};
use kernel::Money;
use kernel::id::ProjectId;
use kernel::ratio::Ratio;
use std::collections::BTreeMap;

fn entrant(id: i64, poor: i64, villages: i64) -> Entrant {
    let whole = |number| Ratio::new(number, 1).unwrap();
    Entrant {
        project: ProjectId(id),
        name: format!("第{id}村"),
        figures: BTreeMap::from([("poor".into(), whole(poor)), ("villages".into(), whole(villages))]),
        scores: vec![BTreeMap::from([(String::new(), whole(poor))])],
        asked: fen(villages),
        grade: None,
        deduction: None,
    }
}

fn by_factors(amount: i64, unit: i64, entrants: &[Entrant]) -> Result<Distributed, Refusal> {
    distribute(World::new().pack.distributions.get("weights").unwrap(), fen(amount), fen(unit), entrants)
}

fn contest(amount: i64, entrants: &[Entrant]) -> Result<Distributed, Refusal> {
    distribute(World::new().pack.distributions.get("contest").unwrap(), fen(amount), fen(1), entrants)
}

fn amounts(result: &Distributed) -> Vec<i64> {
    result.portions.iter().map(|portion| portion.amount.fen()).collect()
}

#[test]
fn factors_are_weighted_exactly_and_explained() {
    // 60% by 30:10 and 40% by 1:1 of 1000: 450 + 200 and 150 + 200.
    let result = by_factors(1_000, 1, &[entrant(1, 30, 5), entrant(2, 10, 5)]).unwrap();
    assert_eq!((amounts(&result), result.rest), (vec![650, 350], fen(0)));
    let first = &result.portions[0];
    assert_eq!((first.rank, result.portions[1].rank, first.without), (1, 2, fen(650)));
    let why: Vec<String> = first.why.iter().map(|why| format!("{}：{}", why.what, why.says)).collect();
    assert_eq!(why, ["困难户数：30，占合计75%，权重60%", "村数：5，占合计50%，权重40%"]);
}

#[test]
fn the_fen_that_do_not_divide_go_to_the_largest_remainders() {
    let three = [entrant(1, 1, 1), entrant(2, 1, 1), entrant(3, 1, 1)];
    assert_eq!(amounts(&by_factors(1_000, 1, &three).unwrap()), [334, 333, 333]);
    let rounded = by_factors(1_099, 100, &three).unwrap();
    assert_eq!((amounts(&rounded), rounded.rest), (vec![400, 300, 300], fen(99)));
}

#[test]
fn a_grade_multiplies_and_its_effect_is_shown() {
    let mut good = entrant(1, 1, 1);
    good.grade = Some("good".into());
    let result = by_factors(1_000, 1, &[good, entrant(2, 1, 1)]).unwrap();
    assert_eq!(amounts(&result), [600, 400], "1.5 to 1");
    assert_eq!((result.portions[0].without, result.portions[0].rank), (fen(500), 1));
    let last = result.portions[0].why.last().unwrap();
    assert_eq!(last.says, "优秀，系数150%；不计评价为5.00元");
}

#[test]
fn large_figures_stay_exact() {
    let many: Vec<Entrant> = (1..=40).map(|id| entrant(id, id * 999_999_937, id * 888_888_883)).collect();
    let result = by_factors(43_200_000_000_001, 1, &many).unwrap();
    assert_eq!(Money::sum(result.portions.iter().map(|p| p.amount)), Some(fen(43_200_000_000_001)));
    for portion in &result.portions {
        let exact = 43_200_000_000_001_i128 * i128::from(portion.project.get()) / 820;
        assert!((i128::from(portion.amount.fen()) - exact).abs() <= 1);
    }
}

#[test]
fn a_competition_grants_in_order_until_the_money_ends() {
    let mut worse = entrant(1, 95, 400);
    worse.grade = Some("poor".into());
    let result = contest(1_000, &[worse, entrant(2, 80, 700), entrant(3, 70, 500)]).unwrap();
    assert_eq!(amounts(&result), [0, 700, 300], "the best score is halved by last year's grade");
    assert_eq!(result.portions.iter().map(|p| p.rank).collect::<Vec<_>>(), [3, 1, 2]);
    assert_eq!(result.portions[0].without, fen(400));
    let says: Vec<&str> = result.portions[0].why.iter().map(|why| why.says.as_str()).collect();
    assert_eq!(says[0], "1人平均95.00分");
    assert_eq!(says[2], "不合格，系数50%；不计评价为第1名、4.00元");
    let enough = contest(2_000, &[entrant(1, 95, 400), entrant(2, 80, 700)]).unwrap();
    assert_eq!((amounts(&enough), enough.rest), (vec![400, 700], fen(900)));
}

#[test]
fn experts_are_averaged() {
    let mut one = entrant(1, 90, 400);
    one.scores.push(BTreeMap::from([(String::new(), Ratio::new(81, 1).unwrap())]));
    let result = contest(400, &[one, entrant(2, 86, 400)]).unwrap();
    assert_eq!(amounts(&result), [0, 400], "85.5 is less than 86");
    assert_eq!(result.portions[0].why[0].says, "2人平均85.50分");
}

#[test]
pub fn figure_missing() {
    let mut lacking = entrant(1, 1, 1);
    lacking.figures.remove("poor");
    assert_eq!(name(by_factors(10, 1, &[lacking])), "FigureMissing");
    assert_eq!(name(by_factors(10, 1, &[entrant(1, -1, 1)])), "FigureMissing", "below zero");
    assert_eq!(name(by_factors(10, 1, &[entrant(1, 0, 1), entrant(2, 1, 1)])), "carried out");
    let mut unscored = entrant(1, 1, 1);
    unscored.scores.clear();
    assert_eq!(name(contest(10, &[unscored])), "FigureMissing");
}

#[test]
pub fn factor_empty() {
    assert_eq!(name(by_factors(10, 1, &[entrant(1, 0, 1), entrant(2, 0, 1)])), "FactorEmpty");
}

#[test]
pub fn grade_unknown() {
    for (grade, said) in [("excellent", "GradeUnknown"), ("fair", "carried out")] {
        let graded = Entrant { grade: Some(grade.into()), ..entrant(1, 1, 1) };
        assert_eq!(name(by_factors(10, 1, &[graded])), said);
    }
}

#[test]
pub fn distribution_unusable() {
    assert_eq!(name(by_factors(10, 1, &[])), "DistributionUnusable");
    for (amount, unit) in [(0, 1), (10, 0)] {
        assert_eq!(name(by_factors(amount, unit, &[entrant(1, 1, 1)])), "AmountNotPositive");
    }
    assert_eq!(name(contest(10, &[entrant(1, 1, 0)])), "AmountNotPositive", "it asks for nothing");
}

/// The first of two equals, of whose part so much is taken, or would be.
fn deducted(share: i64, struck: Option<&str>) -> Result<Distributed, Refusal> {
    let deduction = Deduction {
        share: Ratio::percent(share),
        origin: "改-1（第十七条）".into(),
        struck: struck.map(str::to_owned),
    };
    let first = Entrant { deduction: Some(deduction), ..entrant(1, 1, 1) };
    by_factors(1_000, 1, &[first, entrant(2, 1, 1)])
}

#[test]
fn a_deduction_goes_to_the_others_and_says_where_it_comes_from() {
    let result = deducted(50, None).unwrap();
    assert_eq!((amounts(&result), result.rest), (vec![333, 667], fen(0)), "0.5 to 1 of all that there is");
    assert_eq!((result.portions[0].without, result.portions[1].without), (fen(500), fen(500)));
    let why = result.portions[0].why.last().unwrap();
    assert_eq!((why.what.as_str(), why.says.as_str()), (DEDUCTION, "改-1（第十七条），扣减50%"));
    assert!(result.portions[1].why.iter().all(|why| why.what != DEDUCTION));
    assert_eq!(amounts(&deducted(100, None).unwrap()), [0, 1_000]);
    assert_eq!(amounts(&deducted(0, None).unwrap()), [500, 500]);
    let all = Deduction { share: Ratio::ONE, origin: String::new(), struck: None };
    let nobody = Entrant { deduction: Some(all), ..entrant(1, 1, 1) };
    assert_eq!(name(by_factors(10, 1, &[nobody])), "DistributionUnusable");
}

#[test]
pub fn deduction_unfounded() {
    assert_eq!(name(deducted(50, Some(" "))), "DeductionUnfounded");
    let result = deducted(50, Some("受灾，不可抗力")).unwrap();
    assert_eq!(amounts(&result), [500, 500]);
    assert_eq!(
        result.portions[0].why.last().unwrap().says,
        "改-1（第十七条），应扣减50%，未扣：受灾，不可抗力"
    );
}
