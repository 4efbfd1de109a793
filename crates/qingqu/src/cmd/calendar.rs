//! `qingqu calendar`: the working-day calendar by its published revisions, and due dates that say what they rest on.

use crate::cli::text::{Align, Table};
use crate::cli::{Exit, Lang, Streams, Trouble, answer, conclude};
use clap::{Args as ClapArgs, Subcommand};
use kernel::Date;
use kernel::calendar::{Calendar, Revision, RevisionId};
use kernel::date::parse_date;
use kernel::deadline::{due, window};
use kernel::explain::Explain;
use kernel::term::Term;
use serde::Serialize;

const MORE: &str = "\
不带参数时列出所知的各次放假安排（日历版本）。
Without arguments it lists the holiday notices known (the calendar's revisions).

示例 / examples
  qingqu calendar
  qingqu calendar due 2019-10-09 10个工作日
  qingqu calendar due 2019-04-25 5个工作日 --known-on 2019-03-21
  qingqu calendar due 2019-12-02 5个工作日 --notice

退出码 / exit codes
  0  已算出 / done
  2  日期或期限看不懂 / the date or the term cannot be understood";

const MORE_DUE: &str = "\
算法 / how it counts
  起算日不计；期限最后一天遇休息日，顺延到下一个工作日。
  The first day is not counted; a last day on a day off moves to the next working day.
  --notice：公示窗口，张贴当天不计；同时给出把张贴当天算在内的较宽算法。
  --notice: the window of a public notice; the posting day is not counted; the looser count is told beside it.
  年份还没有公布放假安排的，按星期推算，并注明是暂定。
  A year without a published notice is counted by the week and marked provisional.

期限的写法 / terms: 10个工作日、5日、6个月、3年（10工作日、十五个工作日 也可）

输出第一行是日期，其余各行是依据 / the first line is the date, the others say what it rests on

示例 / examples
  qingqu calendar due 2019-10-09 10个工作日
  qingqu calendar due 2020-01-20 10个工作日 --known-on 2020-01-20    # 春节假期延长之前的算法 / before the change
  qingqu calendar due 2019-12-02 5个工作日 --notice --json

退出码 / exit codes
  0  已算出 / done
  2  日期或期限看不懂 / the date or the term cannot be understood";

/// Arguments of `calendar`.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_long_help = MORE)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// 以 JSON 写出 / as JSON
    #[arg(long, global = true)]
    json: bool,
    /// 只用这一天（含）之前公布的安排 / only what was published by that day
    #[arg(long, value_name = "DATE", global = true)]
    known_on: Option<String>,
    /// 说明文字的语言 / language of what people read
    #[arg(long, value_enum, default_value_t, global = true)]
    lang: Lang,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// 算到期日，说明依据哪次放假安排 / a due date, with the revision it rests on
    #[command(after_long_help = MORE_DUE)]
    Due(DueArgs),
}

#[derive(Clone, Debug, ClapArgs)]
struct DueArgs {
    /// 起算的事件发生在哪一天；公示为张贴之日 / the day of the event; of a notice, of its posting
    start: String,
    /// 期限 / the term: 10个工作日, 5日, 6个月, 3年
    term: String,
    /// 公示窗口 / the window of a public notice
    #[arg(long)]
    notice: bool,
}

/// Lists the revisions, or computes a due date.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Exit {
    let done = answer(args, streams);
    conclude(done, args.lang, streams.talk)
}

fn answer(args: &Args, streams: &mut Streams<'_>) -> Result<Exit, Trouble> {
    let known_on = args.known_on.as_deref().map(day).transpose()?;
    let calendar = known_on.map_or(*Calendar::all(), Calendar::known_on);
    let text = match &args.command {
        None => list(args, &calendar, streams.width)?,
        Some(Command::Due(asked)) => {
            let start = day(&asked.start)?;
            let term = Term::parse(&asked.term).map_err(|error| refused(&asked.term, &error))?;
            let found = if asked.notice {
                Found::window(start, term, &calendar)
            } else {
                Found::due(start, term, &calendar)
            };
            if args.json { found.json(known_on)? } else { found.text(args.lang, known_on) }
        }
    };
    streams.out.write_all(text.as_bytes())?;
    streams.out.flush()?;
    Ok(Exit::Done)
}

fn day(text: &str) -> Result<Date, Trouble> {
    parse_date(text).map_err(|error| refused(text, &error))
}

fn refused(text: &str, error: &impl Explain) -> Trouble {
    let what = (format!("`{text}`：{}", error.message_zh()), format!("`{text}`: {}", error.message_en()));
    Trouble::usage(what, (error.hint_zh(), error.hint_en()))
}

#[derive(Debug, Serialize)]
struct RevisionOut {
    id: String,
    published: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
    year: i16,
    document: Option<&'static str>,
    title: &'static str,
    title_en: &'static str,
}

impl From<&Revision> for RevisionOut {
    fn from(revision: &Revision) -> Self {
        Self {
            id: revision.id.to_string(),
            published: revision.published.to_string(),
            approximate: revision.approximate,
            year: revision.year,
            document: revision.document,
            title: revision.title,
            title_en: revision.title_en,
        }
    }
}

fn list(args: &Args, calendar: &Calendar, width: usize) -> Result<String, Trouble> {
    let revisions = calendar.revisions();
    if args.json {
        let all: Vec<RevisionOut> = revisions.iter().map(RevisionOut::from).collect();
        return written(&all);
    }
    let lang = args.lang;
    let mut table = Table::new(&[
        (lang.pick("版本", "revision"), Align::Left),
        (lang.pick("公布", "published"), Align::Left),
        (lang.pick("年份", "year"), Align::Left),
        (lang.pick("文号", "document"), Align::Left),
        (lang.pick("内容", "about"), Align::Left),
    ]);
    for revision in revisions {
        let about = lang.pick(revision.title, revision.title_en);
        let mark = if revision.approximate { "~" } else { "" };
        table.row([
            revision.id.to_string(),
            format!("{mark}{}", revision.published),
            revision.year.to_string(),
            revision.document.unwrap_or("-").to_owned(),
            about.to_owned(),
        ]);
    }
    Ok(table.render(width))
}

/// What came out.
#[derive(Debug)]
struct Found {
    start: Date,
    term: Term,
    /// The day that is asked for.
    date: Date,
    /// Of a notice: the first day that counts, and the last by the looser count.
    window: Option<(Date, Date)>,
    revision: Option<RevisionId>,
    provisional: bool,
}

#[derive(Debug, Serialize)]
struct FoundOut {
    start: String,
    term: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loose_last: Option<String>,
    revision: Option<RevisionOut>,
    provisional: bool,
    known_on: Option<String>,
}

impl Found {
    fn due(start: Date, term: Term, calendar: &Calendar) -> Self {
        let found = due(start, term, calendar);
        Self {
            start,
            term,
            date: found.date,
            window: None,
            revision: found.revision,
            provisional: found.provisional,
        }
    }

    fn window(start: Date, term: Term, calendar: &Calendar) -> Self {
        let found = window(start, term, calendar);
        Self {
            start,
            term,
            date: found.last,
            window: Some((found.first, found.loose_last)),
            revision: found.revision,
            provisional: found.provisional,
        }
    }

    fn json(&self, known_on: Option<Date>) -> Result<String, Trouble> {
        let date = Some(self.date.to_string());
        let (due, last) = if self.window.is_some() { (None, date) } else { (date, None) };
        written(&FoundOut {
            start: self.start.to_string(),
            term: self.term.to_string(),
            due,
            first: self.window.map(|(first, _)| first.to_string()),
            last,
            loose_last: self.window.map(|(_, loose)| loose.to_string()),
            revision: self.revision.and_then(RevisionId::revision).map(RevisionOut::from),
            provisional: self.provisional,
            known_on: known_on.map(|day| day.to_string()),
        })
    }

    fn text(&self, lang: Lang, known_on: Option<Date>) -> String {
        let mut text = format!("{}\n", self.date);
        let mut line = |zh: (&str, String), en: (&str, String)| match lang {
            Lang::Zh => text.push_str(&format!("{}：{}\n", zh.0, zh.1)),
            Lang::En => text.push_str(&format!("{}: {}\n", en.0, en.1)),
        };
        let (start, term, date) = (self.start, self.term, self.date);
        match self.window {
            None => line(
                (
                    "算法",
                    format!(
                        "{start}（{}）起 {term}，到 {date}（{}）",
                        weekday(start, Lang::Zh),
                        weekday(date, Lang::Zh)
                    ),
                ),
                (
                    "count",
                    format!(
                        "{} from {start} ({}) to {date} ({})",
                        term.en(),
                        weekday(start, Lang::En),
                        weekday(date, Lang::En)
                    ),
                ),
            ),
            Some((first, loose)) => {
                line(
                    (
                        "公示",
                        format!("{start} 张贴，{term}：{first} 至 {date}（{}）", weekday(date, Lang::Zh)),
                    ),
                    (
                        "notice",
                        format!(
                            "posted {start}, {}: {first} to {date} ({})",
                            term.en(),
                            weekday(date, Lang::En)
                        ),
                    ),
                );
                line(
                    ("较宽算法", format!("张贴当天算在内，到 {loose}")),
                    ("looser", format!("with the posting day counted, to {loose}")),
                );
            }
        }
        match self.revision.and_then(RevisionId::revision) {
            Some(revision) => {
                let document = revision.document.unwrap_or("-");
                let Revision { id, published, title, title_en, .. } = revision;
                line(
                    ("日历版本", format!("{id}，{published} 公布，{document}，{title}")),
                    ("revision", format!("{id}, published {published}, {document}, {title_en}")),
                );
            }
            None => line(
                ("日历版本", "没有公布的安排可用，只按星期推算".to_owned()),
                ("revision", "no published notice applies; counted by the week alone".to_owned()),
            ),
        }
        if let Some(day) = known_on {
            line(
                ("只用", format!("{day}（含）之前公布的安排")),
                ("known on", format!("what was published by {day}")),
            );
        }
        if self.provisional {
            line(
                ("暂定", "是，涉及还没有公布安排的年份，公布后可能变动".to_owned()),
                ("provisional", "yes, a year without a published notice: the date can still move".to_owned()),
            );
        } else {
            line(("暂定", "否".to_owned()), ("provisional", "no".to_owned()));
        }
        text
    }
}

fn weekday(day: Date, lang: Lang) -> &'static str {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let (zh, en) = match day.weekday() {
        Monday => ("星期一", "Monday"),
        Tuesday => ("星期二", "Tuesday"),
        Wednesday => ("星期三", "Wednesday"),
        Thursday => ("星期四", "Thursday"),
        Friday => ("星期五", "Friday"),
        Saturday => ("星期六", "Saturday"),
        Sunday => ("星期日", "Sunday"),
    };
    lang.pick(zh, en)
}

fn written(value: &impl Serialize) -> Result<String, Trouble> {
    let mut bytes = Vec::new();
    answer::line(value, &mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
