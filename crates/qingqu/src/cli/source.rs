//! Where the cases of `decide` and `simulate` come from, and the line of progress while they are read.

use super::cases::{Case, Fault, Format, Unreadable};
use super::lines::Lines;
use super::{Lang, Trouble};
use crate::packs::Policies;
use clap::Args as ClapArgs;
use policy::pack::Pack;
use policy::ruleset::{At, Overrides};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

/// Which cases, judged by which pack.
#[derive(Clone, Debug, ClapArgs)]
pub struct Cases {
    /// 政策包：内置的名称，或政策包文件的路径 / a pack in the program, or the path of a pack's file
    #[arg(long, value_name = "PACK")]
    pub policy: String,
    /// Where else packs are.
    #[command(flatten)]
    pub policies: Policies,
    /// 输入文件；- 为标准输入 / input file; - is standard input
    #[arg(value_name = "INPUT")]
    pub input: String,
    /// 输入格式；默认按扩展名，其次按第一个字符 / format; by default from the file's name, else from its first character
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// 说明文字的语言 / language of what people read
    #[arg(long, value_enum, default_value_t)]
    pub lang: Lang,
}

/// An opened input.
pub enum Source<'a> {
    /// A file.
    File(File),
    /// Standard input.
    Given(&'a mut dyn Read),
}

impl<'a> Source<'a> {
    /// Opens the input of these arguments.
    pub fn open(args: &Cases, given: &'a mut dyn Read) -> Result<Self, Trouble> {
        if args.input == "-" {
            return Ok(Self::Given(given));
        }
        File::open(&args.input).map(Self::File).map_err(|error| Trouble::file(&args.input, &error))
    }

    /// Its lines, and how cases are written in them.
    pub fn lines(&mut self, args: &Cases) -> Result<(Lines<'_>, Format), Trouble> {
        let mut lines = match self {
            Self::File(file) => Lines::new(file),
            Self::Given(reader) => Lines::new(*reader),
        };
        let first = lines.peek().map_err(|error| Trouble::file(&args.input, &error))?;
        let format = args.format.unwrap_or_else(|| Format::of(&args.input, first));
        Ok((lines, format))
    }
}

/// The pack on the days that cases ask for, each day prepared once.
pub struct Days<'p> {
    pack: &'p Pack,
    overrides: &'p Overrides,
    days: BTreeMap<kernel::Date, At<'p>>,
}

/// Days that are kept; an edition is in force for a few hundred.
const DAYS_MAX: usize = 4_096;

impl<'p> Days<'p> {
    /// No day yet.
    pub fn new(pack: &'p Pack, overrides: &'p Overrides) -> Self {
        Self { pack, overrides, days: BTreeMap::new() }
    }

    /// The pack on the day of a case; a day on which it is not in force is a fault of the case.
    pub fn of(&mut self, case: &Case) -> Result<&At<'p>, Unreadable> {
        if self.days.len() >= DAYS_MAX && !self.days.contains_key(&case.as_of) {
            self.days.clear();
        }
        match self.days.entry(case.as_of) {
            std::collections::btree_map::Entry::Occupied(known) => Ok(known.into_mut()),
            std::collections::btree_map::Entry::Vacant(free) => {
                let at = self.pack.ruleset.at(case.as_of, self.overrides).map_err(|error| Unreadable {
                    case_id: Some(case.id.clone()),
                    faults: vec![Fault::not_in_force(self.pack, &error)],
                })?;
                Ok(free.insert(at))
            }
        }
    }
}

/// A line that says how far it is, several times a second, when a person watches.
pub struct Progress {
    watched: bool,
    last: Instant,
    shown: bool,
}

const EVERY: Duration = Duration::from_millis(200);

impl Progress {
    /// Nothing shown yet.
    pub fn new(watched: bool) -> Self {
        Self { watched, last: Instant::now(), shown: false }
    }

    /// Says how many lines are done.
    pub fn tick(&mut self, done: u64, lang: Lang, talk: &mut dyn Write) {
        if self.watched && self.last.elapsed() >= EVERY {
            self.last = Instant::now();
            self.shown = true;
            let (before, after) = (lang.pick("已判断", "decided"), lang.pick("件", "cases"));
            let _unseen = write!(talk, "\r{before} {} {after} ", grouped(done)).and_then(|()| talk.flush());
        }
    }

    /// Takes the line away.
    pub fn end(&self, talk: &mut dyn Write) {
        if self.shown {
            let _unseen = write!(talk, "\r\u{1b}[K");
        }
    }
}

/// A number with commas: `1,234,567`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        for (n, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(n), text);
        }
    }
}
