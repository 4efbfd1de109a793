//! `qingqu archive check`: whether the archive of a project is what its journal says, from the archive alone.

use crate::archives::Unzipped;
use crate::cli::{Exit, Lang, Streams, Trouble, conclude};
use app::archive::check::{self, Checked};
use clap::{Args as ClapArgs, Subcommand};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

const MORE: &str = "\
不打开账簿，也不联网。逐一重算每个文件的 SM3 摘要；逐条核对日志记录：能读、出自同一账簿、证明路径得出日志头的根；
附件须是记录里登记的那一份。有出入的全部列出，写明文件和行，不只报第一处。
最后写出日志头的大小和根，请与别处保存的日志头对照：大小相同，根就必须相同。
Opens no book and no network. Every file's SM3 is computed again; every act must read, be of the same book and be proved to
lie under the head of the log; every attachment must be the one that an act names. All that differs is listed by file and line.
The head is printed at the end: compare it with one that was kept elsewhere.

示例 / examples
  qingqu archive check 蓟申-2019-0001.zip

退出码 / exit codes
  0   没有出入 / nothing differs
  1   有出入，或者不是项目档案 / something differs, or it is no archive of a project
  2   没有这个文件 / there is no such file
  70  读写出错 / reading or writing failed";

/// Arguments of `archive`.
#[derive(Clone, Debug, ClapArgs)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Debug, Subcommand)]
enum What {
    /// 核验一份项目档案 / check the archive of a project
    #[command(after_long_help = MORE)]
    Check(CheckArgs),
}

#[derive(Clone, Debug, ClapArgs)]
struct CheckArgs {
    /// 档案文件 / the archive
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 说明文字的语言 / language of what people read
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
}

/// Checks the archive.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Exit {
    let What::Check(args) = &args.what;
    let done = answer(args, streams);
    conclude(done, args.lang, streams.talk)
}

fn answer(args: &CheckArgs, streams: &mut Streams<'_>) -> Result<Exit, Trouble> {
    let lang = args.lang;
    let checked = match open(&args.file)? {
        Ok(mut archive) => check::check(&mut archive),
        Err(error) => {
            let (zh, en) = ("不是能读的 ZIP 档案", "is no ZIP archive that can be read");
            let name = args.file.display();
            writeln!(streams.out, "{name}: {}: {error}", lang.pick(zh, en))?;
            return Ok(Exit::No);
        }
    };
    for difference in &checked.differences {
        writeln!(streams.out, "{}: {}", difference.place, lang.of(&difference.what))?;
    }
    for line in said(&checked, lang) {
        writeln!(streams.out, "{line}")?;
    }
    streams.out.flush()?;
    Ok(if checked.differences.is_empty() { Exit::Done } else { Exit::No })
}

/// A file that is there but is no archive is an answer; a file that cannot be opened is none.
fn open(path: &Path) -> Result<io::Result<Unzipped<BufReader<File>>>, Trouble> {
    let file = File::open(path).map_err(|error| Trouble::file(&path.display(), &error))?;
    Ok(Unzipped::open(BufReader::new(file)))
}

fn said(checked: &Checked, lang: Lang) -> Vec<String> {
    let (number, title) = &checked.project;
    let mut lines = Vec::new();
    if !number.is_empty() {
        lines.push(format!("{number} {title}"));
    }
    let (files, acts, differ) = (checked.files, checked.acts, checked.differences.len());
    lines.push(match lang {
        Lang::Zh => format!("文件 {files} 个，记录 {acts} 条，出入 {differ} 处"),
        Lang::En => format!("{files} files, {acts} acts, {differ} differences"),
    });
    if checked.absent > 0 {
        let absent = checked.absent;
        lines.push(match lang {
            Lang::Zh => format!("档案自己说明缺 {absent} 个附件"),
            Lang::En => format!("{absent} attachments are absent, as the archive itself says"),
        });
    }
    if let Some(head) = &checked.head {
        let (book, size, root) = (&head.book, head.head.size, head.head.root);
        lines.push(match lang {
            Lang::Zh => format!("日志头：账簿 {book}，{size} 条，{} 根 {root}", head.kind.name()),
            Lang::En => {
                format!("head of the log: book {book}, {size} acts, {} root {root}", head.kind.name())
            }
        });
    }
    lines
}
