//! `qingqu survey`: reads a published table of any shape and says what it found, what adds up and what does not. Nothing is
//! mended and nothing is written.

use crate::cli::{Exit, Lang, Streams, Trouble, conclude};
use clap::Args as ClapArgs;
use documents::{Check, Language, Outcome, Survey};
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};

const MORE: &str = "\
读任何公开的表格（.xlsx、.xls、.ods、.csv），不需要模板：认出各栏、数据行、小计、合计和占比，逐项核对。
对不上的只说明，不改动；看不出范围的合计不猜，注明“未核对”。
Reads any published table without a template and compares its totals, shares and products with its rows.
What does not add up is said and never mended; a total whose rows are unknown stays unchecked.

输出的记号 / marks
  √ 相符 / agrees    × 不符 / differs    ? 未核对 / not compared    ! 需要看一看 / to look at

示例 / examples
  qingqu survey 公示表.xlsx
  qingqu survey *.csv --json

退出码 / exit codes
  0  都对得上，或没有可核对的 / all agrees, or there is nothing to compare
  1  有对不上的，或者有文件读不了 / something differs, or a file cannot be read as a table
  2  没有这个文件 / there is no such file";

/// Arguments of `survey`.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_long_help = MORE)]
pub struct Args {
    /// 要看的表格文件 / the tables
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 以 JSON 写出，一行一个文件 / as JSON, one file a line
    #[arg(long)]
    json: bool,
    /// 说明文字的语言 / language of what people read
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
}

/// Surveys the files.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Exit {
    let done = answer(args, streams);
    conclude(done, args.lang, streams.talk)
}

fn answer(args: &Args, streams: &mut Streams<'_>) -> Result<Exit, Trouble> {
    let language = match args.lang {
        Lang::Zh => Language::Zh,
        Lang::En => Language::En,
    };
    let mut exit = Exit::Done;
    for (no, path) in args.files.iter().enumerate() {
        let bytes = fs::read(path).map_err(|error| Trouble::file(&path.display(), &error))?;
        let survey = documents::survey(&bytes, &name(path));
        if !adds_up(&survey) {
            exit = Exit::No;
        }
        if args.json {
            serde_json::to_writer(&mut *streams.out, &Printed::of(&survey, language))?;
            streams.out.write_all(b"\n")?;
        } else {
            let between = if no == 0 { "" } else { "\n" };
            writeln!(streams.out, "{between}{}", survey.describe(language))?;
            writeln!(streams.out, "{}", verdict(&survey, args.lang))?;
        }
    }
    streams.out.flush()?;
    Ok(exit)
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Whether the file could be read and nothing in it differs.
fn adds_up(survey: &Survey) -> bool {
    let differs = survey.checks.iter().any(|check| check.outcome == Outcome::Differs);
    !differs && !survey.findings.iter().any(documents::Finding::is_error)
}

fn count(survey: &Survey, outcome: Outcome) -> usize {
    survey.checks.iter().filter(|check| check.outcome == outcome).count()
}

fn verdict(survey: &Survey, lang: Lang) -> String {
    let [holds, differs, open] =
        [Outcome::Holds, Outcome::Differs, Outcome::Unchecked].map(|o| count(survey, o));
    match lang {
        Lang::Zh => {
            format!("核对 {} 处：相符 {holds}，不符 {differs}，未核对 {open}", holds + differs + open)
        }
        Lang::En => {
            let all = holds + differs + open;
            format!("{all} compared: {holds} agree, {differs} differ, {open} not compared")
        }
    }
}

#[derive(Serialize)]
struct Printed {
    file: String,
    sheet: String,
    adds_up: bool,
    items: usize,
    columns: Vec<PrintedColumn>,
    sums: Vec<PrintedSum>,
    groups: Vec<PrintedGroup>,
    checks: Vec<PrintedCheck>,
    findings: Vec<PrintedFinding>,
}

#[derive(Serialize)]
struct PrintedColumn {
    column: String,
    name: String,
    kind: String,
}

#[derive(Serialize)]
struct PrintedSum {
    column: String,
    yuan: String,
}

#[derive(Serialize)]
struct PrintedGroup {
    group: String,
    column: String,
    yuan: String,
}

#[derive(Serialize)]
struct PrintedCheck {
    kind: &'static str,
    cell: String,
    printed: String,
    computed: Option<String>,
    outcome: &'static str,
    says: String,
}

#[derive(Serialize)]
struct PrintedFinding {
    severity: &'static str,
    code: &'static str,
    cell: String,
    what: String,
    mend: String,
}

impl Printed {
    fn of(survey: &Survey, language: Language) -> Printed {
        let letters = documents::column_letters;
        let column = |column: &documents::SurveyColumn| PrintedColumn {
            column: letters(column.column),
            name: column.name.clone(),
            kind: format!("{:?}", column.kind).to_lowercase(),
        };
        let check = |check: &Check| PrintedCheck {
            kind: check.kind.name(Language::En),
            cell: check.place.to_string(),
            printed: check.printed.clone(),
            computed: check.computed.clone(),
            outcome: match check.outcome {
                Outcome::Holds => "agrees",
                Outcome::Differs => "differs",
                Outcome::Unchecked => "open",
            },
            says: language.of(&check.says).to_owned(),
        };
        let finding = |finding: &documents::Finding| PrintedFinding {
            severity: if finding.is_error() { "error" } else { "warn" },
            code: finding.code.id(),
            cell: finding.place.to_string(),
            what: language.of(&finding.what).to_owned(),
            mend: language.of(&finding.mend).to_owned(),
        };
        let sum = |(column, money): (&u32, &kernel::Money)| PrintedSum {
            column: letters(*column),
            yuan: money.to_string(),
        };
        let group = |group: &documents::GroupSum| PrintedGroup {
            group: group.group.clone(),
            column: letters(group.column),
            yuan: group.sum.to_string(),
        };
        Printed {
            file: survey.file_name.clone(),
            sheet: survey.sheet.clone(),
            adds_up: adds_up(survey),
            items: survey.items().count(),
            columns: survey.columns.iter().map(column).collect(),
            sums: survey.sums.iter().map(sum).collect(),
            groups: survey.groups.iter().map(group).collect(),
            checks: survey.checks.iter().map(check).collect(),
            findings: survey.findings.iter().map(finding).collect(),
        }
    }
}
