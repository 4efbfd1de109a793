//! The generator's dice, its facts and its own tree of an expression, with the naive evaluation in 128 bits.

use crate::tj::{Fails, day};
use kernel::money::Money;
use kernel::ratio::Ratio;
use kernel::term::{Term, TermUnit};
use policy::lang::{RoundTo, Value};

/// xorshift64*
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// The kinds of facts, parameters and expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Bool,
    Money,
    Ratio,
    Person,
    Time,
    Date,
    Mode,
    Place,
    Years,
}
pub use Sort::{Bool, Date, Mode, Money as Fen, Person, Place, Ratio as Part, Time, Years};

pub const SORTS: [Sort; 9] = [Bool, Fen, Part, Person, Time, Date, Mode, Place, Years];
/// Facts and parameters of each sort: `bool_0`, `bool_1`, `p_bool_0`; tables `t_…`.
pub const EACH: usize = 2;

/// What the naive evaluation holds: nothing, or a value in 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naive {
    Truth(bool),
    Whole(i128),
    Part(i128, i128),
}

/// The generator's tree: the text is written from it and the naive evaluation walks it.
#[derive(Clone, Debug)]
pub enum Tree {
    Leaf(String, Leaf),
    Not(Box<Tree>),
    Join(&'static str, Box<Tree>, Box<Tree>),
    Compare(&'static str, Box<Tree>, Box<Tree>),
    Within(Box<Tree>),
    Sum(&'static str, Box<Tree>, Box<Tree>),
    /// Money by a ratio or quotient.
    Scaled(Box<Tree>, Box<Tree>),
    Times(Box<Tree>, Box<Tree>),
    Divided(Box<Tree>, Box<Tree>),
    Extreme(&'static str, Vec<Tree>),
    If(Box<Tree>, Box<Tree>, Box<Tree>),
    /// A day so many years earlier.
    Before(Box<Tree>, Box<Tree>),
}

#[derive(Clone, Copy, Debug)]
pub enum Leaf {
    Fact(Sort, usize),
    Known(Naive),
    /// A table of two entries, and the fact that says which.
    Entry(Naive, Naive, usize),
}

impl Tree {
    pub fn text(&self) -> String {
        match self {
            Self::Leaf(text, _) => text.clone(),
            Self::Not(a) => format!("not ({})", a.text()),
            Self::Join(op, a, b) | Self::Compare(op, a, b) | Self::Sum(op, a, b) => {
                format!("({} {op} {})", a.text(), b.text())
            }
            Self::Within(a) => format!("({} in areas)", a.text()),
            Self::Scaled(a, b) | Self::Times(a, b) => format!("({} * {})", a.text(), b.text()),
            Self::Divided(a, b) => format!("({} / {})", a.text(), b.text()),
            Self::Before(a, b) => format!("({} - {})", a.text(), b.text()),
            Self::Extreme(op, of) => {
                format!("{op}({})", of.iter().map(Self::text).collect::<Vec<_>>().join(", "))
            }
            Self::If(c, a, b) => format!("(if {} then {} else {})", c.text(), a.text(), b.text()),
        }
    }

    #[expect(clippy::many_single_char_names, reason = "n/d and m/e are two fractions, a and b their trees")]
    pub fn eval(&self, case: &Case, round: RoundTo) -> Option<Naive> {
        let truth = |tree: &Self| match tree.eval(case, round) {
            Some(Naive::Truth(known)) => Some(known),
            _ => None,
        };
        match self {
            Self::Leaf(_, Leaf::Fact(sort, at)) => case.get(*sort, *at),
            Self::Leaf(_, Leaf::Known(value)) => Some(*value),
            Self::Leaf(_, Leaf::Entry(first, second, mode)) => match case.get(Mode, *mode)? {
                Naive::Whole(0) => Some(*first),
                _ => Some(*second),
            },
            Self::Not(a) => truth(a).map(|known| Naive::Truth(!known)),
            Self::Join(op, a, b) => {
                let (a, b, decides) = (truth(a), truth(b), *op == "or");
                if a == Some(decides) || b == Some(decides) {
                    return Some(Naive::Truth(decides));
                }
                a.and(b).map(|_| Naive::Truth(!decides))
            }
            Self::Compare(op, a, b) => {
                let (a, b) = (a.eval(case, round)?, b.eval(case, round)?);
                let order = match (a, b) {
                    (Naive::Truth(a), Naive::Truth(b)) => a.cmp(&b),
                    (a, b) => {
                        let ((n, d), (m, e)) = (a.part(), b.part());
                        (n * e).cmp(&(m * d))
                    }
                };
                Some(Naive::Truth(match *op {
                    "==" => order.is_eq(),
                    "!=" => order.is_ne(),
                    "<" => order.is_lt(),
                    "<=" => order.is_le(),
                    ">" => order.is_gt(),
                    _ => order.is_ge(),
                }))
            }
            Self::Within(a) => {
                a.eval(case, round).map(|code| Naive::Truth(INSIDE.contains(&(code.part().0 as u32))))
            }
            Self::Sum(op, a, b) => {
                let (a, b) = (a.eval(case, round)?, b.eval(case, round)?);
                let sign = if *op == "+" { 1 } else { -1 };
                match (a, b) {
                    (Naive::Whole(a), Naive::Whole(b)) => whole(a + sign * b),
                    (a, b) => {
                        let ((n, d), (m, e)) = (a.part(), b.part());
                        part((n * e).checked_add(sign * m * d)?, d * e)
                    }
                }
            }
            Self::Scaled(a, b) => {
                let ((n, d), (m, e)) = (a.eval(case, round)?.part(), b.eval(case, round)?.part());
                let step = i128::from(round.step.fen());
                let steps = round.mode.divide(n * m, (d * e).checked_mul(step)?)?;
                whole(steps).and_then(|_| whole(steps * step))
            }
            Self::Times(a, b) => match (a.eval(case, round)?, b.eval(case, round)?) {
                (Naive::Whole(a), Naive::Whole(b)) => whole(a * b),
                (a, b) => {
                    let ((n, d), (m, e)) = (a.part(), b.part());
                    part(n * m, d * e)
                }
            },
            Self::Divided(a, b) => {
                let ((n, d), (m, e)) = (a.eval(case, round)?.part(), b.eval(case, round)?.part());
                match m.signum() {
                    0 => None,
                    sign => part(sign * n * e, sign * d * m),
                }
            }
            Self::Extreme(op, of) => {
                let values = of.iter().map(|tree| tree.eval(case, round)).collect::<Option<Vec<_>>>()?;
                let order = |a: &Naive, b: &Naive| {
                    let ((n, d), (m, e)) = (a.part(), b.part());
                    (n * e).cmp(&(m * d))
                };
                if *op == "min" { values.into_iter().min_by(order) } else { values.into_iter().max_by(order) }
            }
            Self::If(c, a, b) => {
                if truth(c)? {
                    a.eval(case, round)
                } else {
                    b.eval(case, round)
                }
            }
            Self::Before(date, years) => {
                let (packed, years) = (date.eval(case, round)?.part().0, years.eval(case, round)?.part().0);
                let (year, month, mut day) = (packed / 10_000 - years, packed / 100 % 100, packed % 100);
                let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
                if month == 2 && day == 29 && !leap {
                    day = 28;
                }
                whole(year * 10_000 + month * 100 + day)
            }
        }
    }
}

impl Naive {
    pub fn part(self) -> (i128, i128) {
        match self {
            Self::Truth(known) => (i128::from(known), 1),
            Self::Whole(n) => (n, 1),
            Self::Part(n, d) => (n, d),
        }
    }
}

pub fn whole(n: i128) -> Option<Naive> {
    i64::try_from(n).ok().map(|n| Naive::Whole(i128::from(n)))
}

/// A fraction that can be held once it is reduced.
pub fn part(n: i128, d: i128) -> Option<Naive> {
    let (mut a, mut b) = (n.unsigned_abs(), d.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let common = i128::try_from(a.max(1)).ok()?;
    let (n, d) = (n / common, d / common);
    i64::try_from(n).ok().zip(i64::try_from(d).ok()).map(|_| Naive::Part(n, d))
}

/// Codes within the areas of the packs, and some outside.
pub const INSIDE: [u32; 4] = [620_123, 632_321, 632_301, 540_302];
pub const PLACES: [u32; 6] = [620_123, 632_321, 632_301, 540_302, 110_101, 653_225];

/// The facts of a row, by sort.
pub struct Case(pub Vec<Option<Value>>);

impl Case {
    pub fn get(&self, sort: Sort, at: usize) -> Option<Naive> {
        let value = self.0[position(sort, at)]?;
        Some(match value {
            Value::Bool(known) => Naive::Truth(known),
            Value::Money(money) => Naive::Whole(i128::from(money.fen())),
            Value::Ratio(ratio) => Naive::Part(i128::from(ratio.num()), i128::from(ratio.den())),
            Value::Count(n) => Naive::Whole(i128::from(n)),
            Value::Date(date) => Naive::Whole(
                i128::from(date.year()) * 10_000 + i128::from(date.month()) * 100 + i128::from(date.day()),
            ),
            Value::Term(term) => Naive::Whole(i128::from(term.n)),
            Value::Member(at) => Naive::Whole(i128::from(at)),
            Value::Region(code) => Naive::Whole(i128::from(code.six())),
        })
    }
}

pub fn position(sort: Sort, at: usize) -> usize {
    SORTS.iter().position(|other| *other == sort).unwrap_or(0) * EACH + at
}

pub fn name(sort: Sort, at: usize) -> String {
    format!("{}_{at}", format!("{sort:?}").to_lowercase())
}

pub fn value(dice: &mut Dice, sort: Sort) -> Fails<Value> {
    let extreme = dice.below(8) == 0;
    let small = i64::try_from(dice.below(200))?;
    let whole = |dice: &mut Dice| {
        if extreme { dice.pick(&[0, 1, i64::MAX, i64::MAX - 1, i64::MAX / 2]) } else { small }
    };
    Ok(match sort {
        Bool => Value::Bool(dice.below(2) == 0),
        Fen if extreme => {
            Value::Money(Money::from_fen(dice.pick(&[0, -1, i64::MIN, i64::MAX, i64::MAX / 3])))
        }
        Fen => Value::Money(Money::from_fen((small - 40) * 1_000_003)),
        Part if extreme => {
            let (num, den) =
                dice.pick(&[(0, 1), (1, i64::MAX), (i64::MAX, 1), (i64::MAX - 1, i64::MAX), (-1, 3)]);
            Value::Ratio(Ratio::new(num, den).ok_or("ratio")?)
        }
        Part => Value::Ratio(Ratio::new(small, 1 + i64::try_from(dice.below(120))?).ok_or("ratio")?),
        Person | Time => Value::Count(whole(dice)),
        Date => Value::Date(day(dice.pick(&[
            "2019-10-09",
            "2020-02-29",
            "2020-01-01",
            "2018-12-31",
            "2016-10-09",
        ]))?),
        Mode => Value::Member(u16::try_from(dice.below(2))?),
        Place => Value::Region(dice.pick(&PLACES).to_string().parse()?),
        Years => Value::Term(Term::new(1 + u32::try_from(dice.below(5))?, TermUnit::Year)),
    })
}
