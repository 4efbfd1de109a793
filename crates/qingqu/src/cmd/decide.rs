//! `qingqu decide`: one case a line in, one decision a line out, in the order of the input and in constant memory.

use crate::cli::answer::{Writer, outcome_words};
use crate::cli::cases::{self, Reader};
use crate::cli::lines::Chunk;
use crate::cli::source::{Cases, Days, Progress, Source, grouped};
use crate::cli::{Exit, Lang, Streams, Trouble, conclude, flow, pack};
use clap::Args as ClapArgs;
use kernel::Money;
use policy::pack::Pack;
use policy::ruleset::{Outcome3, Overrides};

const MORE: &str = "\
输入 / input（UTF-8）
  JSONL  每行一个案件 / one case a line:
         {\"case_id\":\"2019-001\",\"as_of\":\"2019-11-01\",\"facts\":{\"county\":\"620123\",\"share\":\"30%\",
          \"paid_in\":\"1000000.00\",\"mode\":\"project\",\"staff\":50,\"new_company\":false}}
         金额写带引号的元（可写 20万元），比例照印，人数次数写整数，是否写 true/false；不知道的事实不写或写 null。
         Money in yuan in quotes, ratios as printed, counts as integers; leave out what is not known.
  CSV    首行列名：case_id、as_of、事实的标识或中文名；空格子为不知道；一条记录一行。
         The header names case_id, as_of and facts; an empty cell is not known; a record is one line.
  全部事实见 / all facts: qingqu policy show PACK

输出 / output：每行一个判断 / one decision a line
  {\"case_id\",\"outcome\":\"grant|refuse|pending|invalid\",\"amount\":\"1237037.03\"|null,\"unmet\":[…],\"unknown\":[…],\"missing\":[…],
   \"rules\":[{\"id\",\"article\",\"item\",\"outcome\":\"met|unmet|unknown\",\"sentence\",\"operands\":[{\"fact\",\"name\",\"value\",\"unit\"}]}],…}
  读不了的行 / a line that cannot be read:
  {\"case_id\",\"line\",\"outcome\":\"invalid\",\"error\":{\"what\",\"where\",\"hint\"},\"more_errors\":[…]}

示例 / examples
  qingqu decide --policy tianjin cases.jsonl > decisions.jsonl
  qingqu decide --policy tianjin --brief cases.csv
  cat cases.jsonl | qingqu decide --policy tianjin --lang en - | head

退出码 / exit codes
  0   全部判断完毕 / every line was decided
  1   有的行读不了，其余已判断 / some lines could not be read, the rest was decided
  2   参数或表头看不懂 / arguments or the header cannot be understood
  70  读写出错 / input or output failed";

/// Arguments of `decide`.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_long_help = MORE)]
pub struct Args {
    #[command(flatten)]
    cases: Cases,
    /// 只写结果，不写各条规则 / outcomes only, without the rules
    #[arg(long)]
    brief: bool,
}

/// Decides every case of the input.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Exit {
    let done = decide(args, streams);
    conclude(done, args.cases.lang, streams.talk)
}

fn decide(args: &Args, streams: &mut Streams<'_>) -> Result<Exit, Trouble> {
    let lang = args.cases.lang;
    let pack = pack::load(&args.cases.policy, &args.cases.policies, lang)?;
    let mut source = Source::open(&args.cases, streams.input)?;
    let (mut lines, format) = source.lines(&args.cases)?;
    let job = Job {
        reader: cases::reader(format, &mut lines, &pack)?,
        writer: Writer::new(&pack, lang),
        pack: &pack,
        brief: args.brief,
    };
    let (mut total, mut progress) = (Tally::default(), Progress::new(streams.watched));
    let ended = flow::each(
        &mut lines,
        |chunk| job.work(chunk),
        |part| {
            let (bytes, tally) = part?;
            streams.out.write_all(&bytes)?;
            total.add(&tally);
            progress.tick(total.cases(), lang, streams.talk);
            Ok(())
        },
    );
    progress.end(streams.talk);
    ended?;
    streams.out.flush()?;
    writeln!(streams.talk, "{}", total.summary(lang))?;
    Ok(if total.invalid == 0 { Exit::Done } else { Exit::No })
}

/// What every worker needs.
struct Job<'p> {
    reader: Reader,
    writer: Writer<'p>,
    pack: &'p Pack,
    brief: bool,
}

impl Job<'_> {
    /// The lines of output of a chunk, and its counts.
    fn work(&self, chunk: &Chunk) -> Result<(Vec<u8>, Tally), Trouble> {
        let overrides = Overrides::default();
        let (mut days, mut bytes, mut tally) =
            (Days::new(self.pack, &overrides), Vec::new(), Tally::default());
        for line in chunk.lines() {
            let decided = self.reader.read(self.pack, line).and_then(|case| {
                let decision = days.of(&case)?.decide(&case.facts);
                Ok((case.id, decision))
            });
            match decided {
                Ok((id, decision)) => {
                    tally.count(decision.outcome, decision.amount);
                    if self.brief {
                        self.writer.write_brief(&id, &decision, &mut bytes)?;
                    } else {
                        self.writer.write_full(&id, &decision, &mut bytes)?;
                    }
                }
                Err(found) => {
                    tally.invalid += 1;
                    self.writer.write_invalid(line.number, &found, &mut bytes)?;
                }
            }
        }
        Ok((bytes, tally))
    }
}

/// How many of each, and the sum of the grants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tally {
    grant: u64,
    refuse: u64,
    pending: u64,
    invalid: u64,
    fen: i128,
}

impl Tally {
    fn count(&mut self, outcome: Outcome3, amount: Option<Money>) {
        match outcome {
            Outcome3::Grant => self.grant += 1,
            Outcome3::Refuse => self.refuse += 1,
            Outcome3::Pending => self.pending += 1,
        }
        self.fen += amount.map_or(0, |money| i128::from(money.fen()));
    }

    fn add(&mut self, other: &Self) {
        self.grant += other.grant;
        self.refuse += other.refuse;
        self.pending += other.pending;
        self.invalid += other.invalid;
        self.fen += other.fen;
    }

    fn cases(&self) -> u64 {
        self.grant + self.refuse + self.pending + self.invalid
    }

    fn summary(&self, lang: Lang) -> String {
        let word = |outcome| lang.of(&outcome_words(outcome)).to_owned();
        let sum = i64::try_from(self.fen).map_or_else(
            |_| lang.pick("超出可表示的范围", "beyond what can be written").to_owned(),
            |fen| Money::from_fen(fen).grouped(),
        );
        let (grant, refuse) = (grouped(self.grant), grouped(self.refuse));
        let (pending, invalid) = (grouped(self.pending), grouped(self.invalid));
        let (g, r, p) = (word(Outcome3::Grant), word(Outcome3::Refuse), word(Outcome3::Pending));
        match lang {
            Lang::Zh => format!(
                "共 {} 件：{g} {grant}（合计 {sum} 元），{r} {refuse}，{p} {pending}，无法读取 {invalid}",
                grouped(self.cases())
            ),
            Lang::En => format!(
                "{} cases: {g} {grant} (sum {sum} yuan), {r} {refuse}, {p} {pending}, invalid {invalid}",
                grouped(self.cases())
            ),
        }
    }
}
