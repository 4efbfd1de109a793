//! `qingqu simulate`: every case of the input decided twice, by the pack as it is and with changed parameters, and what that
//! changes: per outcome, in total, and for whom. Constant memory: only the greatest changes are kept.

mod report;
mod tally;

use crate::cli::cases::{self, Reader, Unreadable};
use crate::cli::lines::Chunk;
use crate::cli::source::{Cases, Days, Progress, Source};
use crate::cli::{Exit, Lang, Streams, Trouble, answer, conclude, flow, pack, suggest};
use clap::Args as ClapArgs;
use policy::lang::{Shape, Type};
use policy::pack::{ElementKind, Pack};
use policy::ruleset::{OverrideError, Overrides, RuleId};
use report::{ChangeOut, Shown};
use std::io::Write;
use tally::{Change, Side, Tally};

const MORE: &str = "\
每个案件按原标准和改后标准各判断一次，输入与 decide 相同。
Every case is decided twice, as the pack stands and as changed; the input is that of decide.

改什么 / what to change
  --set min_share=25%                单个标准 / one value
  --set 'min_invest[project]=150万元' 分类标准中的一类 / one entry of a table
  --set year_rate=20%                分类标准的各类一起改 / all entries
  --set areas='620123 620122'        地区范围，用区划代码 / a set of places, by code
  标准的名称见 / names: qingqu policy show PACK

输出 / output
  默认为一张表：改前改后各多少件、合计多少、差额，以及变化最大的案件（--list N）。
  By default a table: cases and sums before and after, the difference, and the greatest changes (--list N).
  --json   同样内容的一个 JSON / the same as one JSON object
  --jsonl  每个有变化的案件一行，表格写到标准错误 / every changed case a line, the table on standard error

示例 / examples
  qingqu simulate --policy tianjin --set min_share=25% cases.jsonl
  qingqu simulate --policy tianjin --set 'cap[project]=300万元' --set min_lifted=40人 --list 50 cases.csv
  qingqu simulate --policy tianjin --set min_share=25% --jsonl cases.jsonl > changed.jsonl

退出码 / exit codes
  0   完成 / done
  1   完成，但有的行读不了，未计入 / done, but some lines could not be read and are not counted
  2   参数、标准的名称或值看不懂 / arguments, or a parameter's name or value, cannot be understood
  70  读写出错 / input or output failed";

/// Arguments of `simulate`.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_long_help = MORE)]
pub struct Args {
    #[command(flatten)]
    cases: Cases,
    /// 改动一个标准，可写多次 / change a parameter; may be repeated
    #[arg(long = "set", value_name = "NAME=VALUE", required = true)]
    set: Vec<String>,
    /// 增加、减少、其他变化各列出多少件 / how many gains, losses and other changes to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    list: usize,
    /// 以一个 JSON 写出 / as one JSON object
    #[arg(long)]
    json: bool,
    /// 逐行写出全部有变化的案件 / every changed case as a line of JSON
    #[arg(long, conflicts_with = "json")]
    jsonl: bool,
}

/// Decides every case twice and says what differs.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Exit {
    let done = simulate(args, streams);
    conclude(done, args.cases.lang, streams.talk)
}

/// Invalid lines that are told one by one.
const TOLD: usize = 5;

fn simulate(args: &Args, streams: &mut Streams<'_>) -> Result<Exit, Trouble> {
    let lang = args.cases.lang;
    let pack = pack::load(&args.cases.policy, &args.cases.policies, lang)?;
    let changed = overrides(&pack, &args.set, lang)?;
    let mut source = Source::open(&args.cases, streams.input)?;
    let (mut lines, format) = source.lines(&args.cases)?;
    let reader = cases::reader(format, &mut lines, &pack)?;
    let job = Job { reader, pack: &pack, changed: &changed, lines: args.jsonl };
    let (mut total, mut progress, mut told) = (Tally::default(), Progress::new(streams.watched), 0);
    let ended = flow::each(
        &mut lines,
        |chunk| job.work(chunk),
        |part| {
            let part = part?;
            streams.out.write_all(&part.bytes)?;
            for (line, found) in part.unreadable.iter().take(TOLD - told) {
                told += 1;
                tell(*line, found, lang, streams.talk)?;
            }
            total.add(part.tally, args.list);
            progress.tick(total.cases(), lang, streams.talk);
            Ok(())
        },
    );
    progress.end(streams.talk);
    ended?;
    total.keep(args.list);
    let shown = Shown { pack: &pack, set: &args.set, total: &total, lang };
    match (args.json, args.jsonl) {
        (true, _) => streams.out.write_all(&shown.json()?)?,
        (_, true) => streams.talk.write_all(shown.summary(streams.width).as_bytes())?,
        _ => streams.out.write_all(shown.text(streams.width).as_bytes())?,
    }
    streams.out.flush()?;
    Ok(if total.invalid == 0 { Exit::Done } else { Exit::No })
}

fn tell(line: u64, found: &Unreadable, lang: Lang, talk: &mut dyn Write) -> Result<(), Trouble> {
    for fault in &found.faults {
        let (place, what, hint) = (lang.of(&fault.place), lang.of(&fault.what), lang.of(&fault.hint));
        match lang {
            Lang::Zh => writeln!(talk, "第 {line} 行（{place}）：{what}；{hint}")?,
            Lang::En => writeln!(talk, "line {line} ({place}): {what}; {hint}")?,
        }
    }
    Ok(())
}

/// The parameters as they are to be changed; one that does not exist or a value that cannot be read is refused.
fn overrides(pack: &Pack, set: &[String], lang: Lang) -> Result<Overrides, Trouble> {
    let mut changed = Overrides::default();
    for text in set {
        let Some((name, value)) = text.split_once('=') else {
            return Err(Trouble::usage(
                (format!("`{text}` 没有写改成多少"), format!("`{text}` does not say to what")),
                ("写成 名称=值，例如 min_share=25%", "write name=value, such as min_share=25%"),
            ));
        };
        changed
            .set_text(&pack.ruleset, name.trim(), value.trim(), None)
            .map_err(|error| refused(pack, error, lang))?;
    }
    Ok(changed)
}

fn refused(pack: &Pack, error: OverrideError, lang: Lang) -> Trouble {
    let env = pack.ruleset.env();
    match error {
        OverrideError::UnknownParam(name) => {
            let known: Vec<&str> = env.params().iter().map(|param| param.id.as_str()).collect();
            let hint = suggest::hint(&name, &known);
            Trouble::usage(
                (format!("没有名为 `{name}` 的标准"), format!("there is no parameter `{name}`")),
                hint,
            )
        }
        OverrideError::UnknownMember { param, member } => {
            let def = env.params().iter().find(|def| def.id == param);
            let what =
                (format!("`{param}` 没有 `{member}` 这一类"), format!("`{param}` has no entry `{member}`"));
            match def.map(|def| def.shape) {
                Some(Shape::Table(of)) => {
                    let members =
                        env.enums().get(of.index()).map(|def| def.members.as_slice()).unwrap_or_default();
                    let known: Vec<&str> = members.iter().map(|member| member.id.as_str()).collect();
                    Trouble::usage(what, suggest::hint(&member, &known))
                }
                _ => Trouble::usage(what, (format!("写 {param}=值"), format!("write {param}=value"))),
            }
        }
        OverrideError::BadValue { param, error } => {
            let what = (format!("{param}：{}", error.message_zh), format!("{param}: {}", error.message_en));
            Trouble::usage(what, (error.hint_zh, error.hint_en))
        }
        other => {
            let what = other.to_string();
            Trouble::usage(
                (what.clone(), what),
                (lang.pick("请核对类型与单位", "check type and unit"), "check type and unit"),
            )
        }
    }
}

/// What every worker needs.
struct Job<'p> {
    reader: Reader,
    pack: &'p Pack,
    changed: &'p Overrides,
    /// Are changed cases written as lines?
    lines: bool,
}

/// What came of a chunk.
#[derive(Default)]
struct Part {
    tally: Tally,
    bytes: Vec<u8>,
    unreadable: Vec<(u64, Unreadable)>,
}

impl Job<'_> {
    fn work(&self, chunk: &Chunk) -> Result<Part, Trouble> {
        let unchanged = Overrides::default();
        let (mut before, mut after) = (Days::new(self.pack, &unchanged), Days::new(self.pack, self.changed));
        let mut part = Part::default();
        for line in chunk.lines() {
            let both = self.reader.read(self.pack, line).and_then(|case| {
                let was = before.of(&case)?.decide(&case.facts);
                let is = after.of(&case)?.decide(&case.facts);
                Ok((case.id, was, is))
            });
            let (id, was, is) = match both {
                Ok(both) => both,
                Err(found) => {
                    part.tally.invalid += 1;
                    if part.unreadable.len() < TOLD {
                        part.unreadable.push((line.number, found));
                    }
                    continue;
                }
            };
            let side = |decision: &policy::ruleset::Decision| Side {
                outcome: decision.outcome,
                amount: decision.amount,
            };
            let (left, right) = (side(&was), side(&is));
            part.tally.count(left, right);
            if left == right {
                continue;
            }
            let only = |of: &[RuleId], than: &[RuleId]| {
                of.iter().copied().filter(|rule| !than.contains(rule)).collect()
            };
            let change = Change {
                line: line.number,
                case_id: id,
                before: left,
                after: right,
                now_met: only(&was.unmet, &is.unmet),
                now_unmet: only(&is.unmet, &was.unmet),
            };
            if self.lines {
                answer::line(&ChangeOut::of(&change, self.pack), &mut part.bytes)?;
            }
            part.tally.changes.push(change);
        }
        Ok(part)
    }
}

/// How a parameter stands in the pack, in words.
fn stands(pack: &Pack, target: &str, lang: Lang) -> Option<(String, String)> {
    let id = target.split('[').next().unwrap_or(target).trim();
    let param = pack.params.get(id)?;
    let element =
        pack.elements.iter().find(|element| element.kind == ElementKind::Param && element.id == id)?;
    let said = match param.ty {
        Type::Regions => String::new(),
        _ => pack.describe(element, lang.into()).join(lang.pick("；", "; ")),
    };
    Some((lang.of(&param.name).to_owned(), said))
}
