//! Random rulesets on random facts, with values missing and values extreme: the tree walk, the columns and a naive third
//! evaluation (over the generator's own tree, in 128 bits) must agree on every rule, outcome and amount.

use crate::fuzz_tree::{
    Bool, Case, Date, Dice, EACH, Fen, Leaf, Mode, Naive, Part, Person, Place, SORTS, Sort, Time, Tree,
    Years, name, position, value,
};
use crate::tj::{Fails, day};
use kernel::money::Money;
use kernel::ratio::Ratio;
use kernel::rounding::Rounding;
use policy::lang::{Bilingual, EnumDef, Member, RoundTo, Shape, Type, Value, parse_value};
use policy::ruleset::columns::{self, Columns};
use policy::ruleset::{
    Builder, CaseFacts, Citation, FactMeta, GrantMeta, Outcome3, Overrides, ParamMeta, ParamValue, RuleId,
    RuleKind, RuleMeta, Ruleset, Span, Verdict, Version,
};

struct Maker<'a> {
    dice: &'a mut Dice,
    /// The values of the scalars, and of the tables' two entries.
    scalars: Vec<Naive>,
    tables: Vec<(Naive, Naive)>,
}

impl Maker<'_> {
    fn leaf(&mut self, sort: Sort) -> Tree {
        let at = self.dice.below(EACH);
        match self.dice.below(6) {
            0 if sort != Mode && sort != Place => {
                let value = self.scalars[position(sort, at)];
                Tree::Leaf(format!("p_{}", name(sort, at)), Leaf::Known(value))
            }
            1 if sort != Mode && sort != Place => {
                let mode = self.dice.below(EACH);
                let (first, second) = self.tables[position(sort, at)];
                Tree::Leaf(
                    format!("t_{}[{}]", name(sort, at), name(Mode, mode)),
                    Leaf::Entry(first, second, mode),
                )
            }
            2 => self.literal(sort, at),
            _ => Tree::Leaf(name(sort, at), Leaf::Fact(sort, at)),
        }
    }

    fn literal(&mut self, sort: Sort, at: usize) -> Tree {
        let (text, value) = match sort {
            Bool => self.dice.pick(&[("true", Naive::Truth(true)), ("false", Naive::Truth(false))]),
            Fen => self.dice.pick(&[
                ("100万元", Naive::Whole(100_000_000)),
                ("0.5元", Naive::Whole(50)),
                ("1分", Naive::Whole(1)),
            ]),
            Part => self.dice.pick(&[
                ("30%", Naive::Part(3, 10)),
                ("三分之二", Naive::Part(2, 3)),
                ("0%", Naive::Part(0, 1)),
            ]),
            Person => self.dice.pick(&[("50人", Naive::Whole(50)), ("0人", Naive::Whole(0))]),
            Time => self.dice.pick(&[("2次", Naive::Whole(2)), ("1次", Naive::Whole(1))]),
            Date => ("2020-01-01", Naive::Whole(20_200_101)),
            Years => ("3年", Naive::Whole(3)),
            Mode => return Tree::Leaf(name(sort, at), Leaf::Fact(sort, at)),
            Place => return Tree::Leaf(name(sort, at), Leaf::Fact(sort, at)),
        };
        Tree::Leaf(text.into(), Leaf::Known(value))
    }

    fn boxed(&mut self, sort: Sort, depth: usize) -> Box<Tree> {
        Box::new(self.tree(sort, depth))
    }

    fn tree(&mut self, sort: Sort, depth: usize) -> Tree {
        let depth = match depth.checked_sub(1) {
            Some(depth) if self.dice.below(5) > 0 => depth,
            _ => return self.leaf(sort),
        };
        match (sort, self.dice.below(6)) {
            (Bool, 0) => Tree::Not(self.boxed(Bool, depth)),
            (Bool, 1) => Tree::Join("and", self.boxed(Bool, depth), self.boxed(Bool, depth)),
            (Bool, 2) => Tree::Join("or", self.boxed(Bool, depth), self.boxed(Bool, depth)),
            (Bool, 3) => self.quotients(depth),
            (Bool, 4 | 5) => self.comparison(depth),
            (_, 0 | 1) => Tree::If(self.boxed(Bool, depth), self.boxed(sort, depth), self.boxed(sort, depth)),
            (Fen | Person | Time | Part, 2) => {
                Tree::Sum(self.dice.pick(&["+", "-"]), self.boxed(sort, depth), self.boxed(sort, depth))
            }
            (Fen | Person | Time | Part | Date, 3) => {
                let of = (0..2 + self.dice.below(2)).map(|_| self.tree(sort, depth)).collect();
                Tree::Extreme(self.dice.pick(&["min", "max"]), of)
            }
            (Fen, 4) => self.product(depth),
            (Fen, 5) => Tree::Times(self.boxed(Fen, 0), self.boxed(Person, depth)),
            (Part, 4) => Tree::Times(self.boxed(Part, depth), self.boxed(Part, depth)),
            (Date, 4) => Tree::Before(self.boxed(Date, 0), self.boxed(Years, 0)),
            _ => self.leaf(sort),
        }
    }

    /// Money that is no product itself, by a ratio or by a quotient of counts.
    fn product(&mut self, depth: usize) -> Tree {
        let money = Box::new(self.leaf(Fen));
        let by = if self.dice.below(3) == 0 {
            Box::new(Tree::Divided(self.boxed(Person, 0), self.boxed(Person, 0)))
        } else {
            self.boxed(Part, depth)
        };
        if Self::is_zero(&by) { *money } else { Tree::Scaled(money, by) }
    }

    /// A literal zero divisor does not compile.
    fn is_zero(tree: &Tree) -> bool {
        matches!(tree, Tree::Divided(_, b) if matches!(**b, Tree::Leaf(_, Leaf::Known(Naive::Whole(0) | Naive::Part(0, _)))))
    }

    fn quotients(&mut self, depth: usize) -> Tree {
        let sort = self.dice.pick(&[Fen, Person, Time, Part]);
        let quotient = Tree::Divided(self.boxed(sort, depth), self.boxed(sort, depth.min(1)));
        if Self::is_zero(&quotient) {
            return self.leaf(Bool);
        }
        let with = self.boxed(Part, depth.min(1));
        let op = self.dice.pick(&["<", "<=", ">", ">=", "==", "!="]);
        if self.dice.below(2) == 0 {
            Tree::Compare(op, Box::new(quotient), with)
        } else {
            Tree::Compare(op, with, Box::new(quotient))
        }
    }

    fn comparison(&mut self, depth: usize) -> Tree {
        let sort = self.dice.pick(&SORTS);
        let equality = self.dice.pick(&["==", "!="]);
        match sort {
            Place => Tree::Within(self.boxed(Place, depth)),
            Bool | Mode => Tree::Compare(equality, self.boxed(sort, depth), self.boxed(sort, 0)),
            _ => {
                let op = self.dice.pick(&["<", "<=", ">", ">=", "==", "!="]);
                Tree::Compare(op, self.boxed(sort, depth), self.boxed(sort, depth))
            }
        }
    }
}

/// A random pack: its ruleset, its rules (and whether each is a need), and its amount.
struct Pack {
    ruleset: Ruleset,
    rules: Vec<(Tree, RuleKind)>,
    amount: Tree,
    round: RoundTo,
}

fn type_of(b: &Builder, sort: Sort) -> Fails<Type> {
    let word = match sort {
        Bool => "bool",
        Fen => "money",
        Part => "ratio",
        Person => "人",
        Time => "次",
        Date => "date",
        Mode => "mode",
        Place => "region",
        Years => "年",
    };
    policy::lang::parse_type(word, b.env()).ok_or_else(|| "type".into())
}

fn pack(dice: &mut Dice) -> Fails<Pack> {
    let modes = [Rounding::Down, Rounding::Up, Rounding::HalfUp, Rounding::HalfEven];
    let plain = dice.below(2) == 0;
    let (step, mode) =
        if plain { (1, Rounding::Down) } else { (dice.pick(&[1, 10, 100]), dice.pick(&modes)) };
    let round = RoundTo { step: Money::from_fen(step), mode };
    let from = day("2019-10-09")?;
    let mut b = Builder::new(Span { from, until: day("2020-12-31")?, round });
    let member = |id: &str| Member { id: id.into(), name: Bilingual::new(id, id) };
    let members = vec![member("project"), member("production")];
    let of = b.enumeration(EnumDef { id: "mode".into(), name: Bilingual::default(), members, tag: 0 })?;
    let (mut scalars, mut tables) = (Vec::new(), Vec::new());
    let param = |id: String, ty: &Type, shape, value| ParamMeta {
        id,
        ty: ty.clone(),
        shape,
        name: Bilingual::default(),
        cite: Citation::default(),
        set_by: None,
        versions: vec![Version { from, value, basis: None, tag: 0 }],
        tag: 0,
    };
    for sort in SORTS {
        let ty = type_of(&b, sort)?;
        for at in 0..EACH {
            let meta = FactMeta {
                id: name(sort, at),
                ty: ty.clone(),
                name: Bilingual::default(),
                proof: Vec::new(),
                source: None,
                says: None,
                tag: 0,
            };
            b.fact(meta)?;
            let drawn = [value(dice, sort)?, value(dice, sort)?, value(dice, sort)?];
            let naive = |value: Value| {
                let mut case = Case(vec![None; SORTS.len() * EACH]);
                case.0[position(sort, at)] = Some(value);
                case.get(sort, at).ok_or("value")
            };
            scalars.push(naive(drawn[0])?);
            tables.push((naive(drawn[1])?, naive(drawn[2])?));
            let each = ParamValue::Each(vec![(0, drawn[1]), (1, drawn[2])]);
            b.param(param(format!("p_{}", name(sort, at)), &ty, Shape::Scalar, ParamValue::One(drawn[0])))?;
            b.param(param(format!("t_{}", name(sort, at)), &ty, Shape::Table(of), each))?;
        }
    }
    let areas = ["620123", "632321", "540302"].iter().map(|code| code.parse()).collect::<Result<_, _>>()?;
    b.param(param("areas".into(), &Type::Regions, Shape::Scalar, ParamValue::Regions(areas)))?;
    let mut maker = Maker { dice, scalars, tables };
    let mut rules = Vec::new();
    for at in 0..2 + maker.dice.below(4) {
        let kind = if at == 1 { RuleKind::Prefer } else { RuleKind::Need };
        rules.push((maker.tree(Bool, 4), kind));
    }
    let amount = maker.tree(Fen, 4);
    for (at, (tree, kind)) in rules.iter().enumerate() {
        b.rule(RuleMeta {
            id: format!("r{at}"),
            kind: *kind,
            name: Bilingual::default(),
            cite: Citation::default(),
            text: tree.text(),
            interpretations: Vec::new(),
            tag: 0,
        });
    }
    b.grant(GrantMeta {
        cite: Citation::default(),
        text: amount.text(),
        in_principle: Vec::new(),
        exceed_by: None,
        interpretations: Vec::new(),
        tag: 0,
    });
    let texts: Vec<String> = rules.iter().map(|(tree, _)| tree.text()).chain([amount.text()]).collect();
    let ruleset = b.build().map_err(|faults| format!("{faults:?}\n{}", texts.join("\n")))?;
    Ok(Pack { ruleset, rules, amount, round })
}

fn cases(dice: &mut Dice, ruleset: &Ruleset, count: usize) -> Fails<Vec<(Case, CaseFacts)>> {
    let mut out = Vec::with_capacity(count);
    for _ in 0..count {
        let (mut case, mut facts) = (Case(Vec::new()), ruleset.case());
        for sort in SORTS {
            for at in 0..EACH {
                let drawn = if dice.below(7) == 0 { None } else { Some(value(dice, sort)?) };
                case.0.push(drawn);
                if let Some(value) = drawn {
                    facts.set(ruleset, ruleset.env().fact_named(&name(sort, at)).ok_or("fact")?, value)?;
                }
            }
        }
        out.push((case, facts));
    }
    Ok(out)
}

/// The outcome and amount as the rules of decision say, from the naive values.
fn naive_outcome(pack: &Pack, case: &Case) -> (Outcome3, Option<Money>, Vec<Verdict>) {
    let verdict =
        |tree: &Tree| Verdict::from(tree.eval(case, pack.round).map(|value| value == Naive::Truth(true)));
    let verdicts: Vec<Verdict> = pack.rules.iter().map(|(tree, _)| verdict(tree)).collect();
    let needs =
        || pack.rules.iter().zip(&verdicts).filter(|((_, kind), _)| *kind == RuleKind::Need).map(|(_, v)| *v);
    let amount = pack.amount.eval(case, pack.round).map(|value| value.part().0).filter(|fen| *fen >= 0);
    let amount = amount.and_then(|fen| i64::try_from(fen).ok()).map(Money::from_fen);
    if needs().any(|v| v == Verdict::NotMet) {
        (Outcome3::Refuse, None, verdicts)
    } else if needs().any(|v| v == Verdict::Unknown) || amount.is_none() {
        (Outcome3::Pending, None, verdicts)
    } else {
        (Outcome3::Grant, amount, verdicts)
    }
}

fn check(seed: u64, rows: usize) -> Fails<[usize; 3]> {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let pack = pack(&mut dice)?;
    let cases = cases(&mut dice, &pack.ruleset, rows)?;
    let at = pack.ruleset.at(day("2020-03-01")?, &Overrides::default())?;
    let columns = Columns::from_cases(&pack.ruleset, cases.iter().map(|(_, facts)| facts));
    let out = columns::decide(&at, &columns);
    let mut seen = [0; 3];
    for (row, (case, facts)) in cases.iter().enumerate() {
        let decision = at.decide(facts);
        let told = pack.ruleset.explain(&decision);
        let tree: Vec<Verdict> = told.rules.iter().map(|rule| rule.outcome).collect();
        let naive = naive_outcome(&pack, case);
        let by_tree = (decision.outcome, decision.amount, tree);
        assert_eq!(by_tree, naive, "seed {seed} row {row}: tree and naive\n{}", texts(&pack));
        let rules = (0..pack.rules.len()).map(|rule| out.rule(RuleId(rule as u16), row)).collect();
        let by_columns = (out.outcome(row), out.amount(row), rules);
        assert_eq!(by_columns, naive, "seed {seed} row {row}: columns and naive\n{}", texts(&pack));
        if decision.outcome == Outcome3::Pending {
            assert!(
                !decision.missing.is_empty() || decision.causes.is_fault(),
                "seed {seed} row {row}: no reason"
            );
        }
        seen[decision.outcome as usize] += 1;
    }
    Ok(seen)
}

fn texts(pack: &Pack) -> String {
    let rules = pack.rules.iter().map(|(tree, _)| tree.text());
    rules.chain([pack.amount.text()]).collect::<Vec<_>>().join("\n")
}

#[test]
fn tree_columns_and_naive_agree_on_random_packs() -> Fails {
    let mut seen = [0; 3];
    for seed in 1..=2_000 {
        let of = check(seed, 12)?;
        seen.iter_mut().zip(of).for_each(|(sum, n)| *sum += n);
    }
    assert!(seen.iter().all(|outcome| *outcome > 500), "the packs are one-sided: {seen:?}");
    Ok(())
}

#[test]
fn they_agree_over_several_chunks() -> Fails {
    for (seed, rows) in [(900_001, 2_047), (900_002, 2_048), (900_003, 2_049), (900_004, 4_160)] {
        check(seed, rows)?;
    }
    Ok(())
}

#[test]
fn a_missing_fact_never_turns_into_a_grant_by_itself() -> Fails {
    // Forgetting a fact that is not missing may turn any outcome into pending, never a refusal into a grant or back.
    let mut dice = Dice(77);
    for _ in 0..300 {
        let pack = pack(&mut dice)?;
        let at = pack.ruleset.at(day("2020-03-01")?, &Overrides::default())?;
        for (_, facts) in cases(&mut dice, &pack.ruleset, 4)? {
            let before = at.decide(&facts);
            for fact in 0..pack.ruleset.facts().len() {
                let mut fewer = facts.clone();
                fewer.clear(policy::lang::FactId(fact as u16));
                let after = at.decide(&fewer);
                let same = after.outcome == before.outcome && after.amount == before.amount;
                assert!(
                    same || after.outcome == Outcome3::Pending,
                    "{:?} became {:?}",
                    before.outcome,
                    after.outcome
                );
            }
        }
    }
    Ok(())
}

#[test]
fn literals_of_the_generator_mean_what_it_says() -> Fails {
    let b =
        Builder::new(Span { from: day("2019-10-09")?, until: day("2020-12-31")?, round: RoundTo::default() });
    assert_eq!(
        parse_value("三分之二", &Type::Ratio, b.env()).map_err(|e| e.message_en)?,
        Value::Ratio(Ratio::new(2, 3).ok_or("2/3")?)
    );
    Ok(())
}
