//! What the commands over text share: their streams and exit codes, packs by name, tables for terminals, lines of input
//! turned into cases, a pipeline that keeps the order of its input. Nothing here opens a book or serves a page.

pub mod answer;
pub mod cases;
pub mod flow;
pub mod lines;
pub mod pack;
pub mod source;
pub mod suggest;
pub mod text;

use clap::ValueEnum;
use policy::pack::{Language, Words};
use std::fmt;
use std::io::{self, IsTerminal as _, Read, Write};
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Done, but the answer is no: faults in a pack, lines that could not be read.
    No,
    /// The arguments cannot be understood.
    Usage,
    /// The world failed.
    Failed,
}

impl Exit {
    /// The code as the shell sees it.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::Usage => 2,
            Self::Failed => 70,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Where a command reads and writes: data on `out`, talk on `talk`.
pub struct Streams<'a> {
    /// Standard input.
    pub input: &'a mut dyn Read,
    /// Data.
    pub out: &'a mut dyn Write,
    /// Messages for people.
    pub talk: &'a mut dyn Write,
    /// Does a person watch `talk`? Then progress is shown.
    pub watched: bool,
    /// Columns of the terminal that `out` is.
    pub width: usize,
}

/// Columns when `out` is no terminal.
const WIDTH: usize = 100;

/// Runs a command on the process's own streams.
pub fn with_standard_streams(command: impl FnOnce(&mut Streams<'_>) -> Exit) -> Exit {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout());
    let width = terminal_size::terminal_size().map_or(WIDTH, |(columns, _)| usize::from(columns.0));
    let mut streams = Streams {
        input: &mut io::stdin().lock(),
        out: &mut out,
        talk: &mut io::stderr(),
        watched: io::stderr().is_terminal(),
        width: if io::stdout().is_terminal() { width } else { WIDTH },
    };
    let exit = command(&mut streams);
    match out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::Failed,
        _ => exit,
    }
}

/// The language of what people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// One of two texts.
    pub fn pick<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The text of this language.
    pub fn of(self, words: &Words) -> &str {
        Language::from(self).of(words)
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Zh,
            Lang::En => Self::En,
        }
    }
}

/// Why a command could not do what was asked.
#[derive(Debug)]
pub enum Trouble {
    /// What was asked makes no sense: what is wrong, and what to do.
    Usage {
        /// What is wrong.
        what: Words,
        /// What to do.
        hint: Words,
    },
    /// The pack has faults, rendered.
    Pack(String),
    /// Nobody reads the output any longer.
    NobodyReads,
    /// The world failed.
    Failed(Words),
}

impl Trouble {
    /// A question that makes no sense.
    pub fn usage(what: (String, String), hint: (impl Into<String>, impl Into<String>)) -> Self {
        Self::Usage { what: Words::new(what.0, what.1), hint: Words::new(hint.0, hint.1) }
    }

    /// A file that cannot be read or written.
    pub fn file(path: &dyn fmt::Display, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound {
            return Self::usage(
                (format!("没有文件 {path}"), format!("there is no file {path}")),
                ("请核对路径；标准输入写 -", "check the path; write - for standard input"),
            );
        }
        Self::Failed(Words::new(format!("无法读取 {path}：{error}"), format!("cannot read {path}: {error}")))
    }
}

impl fmt::Display for Trouble {
    /// Both languages, for those who read it outside a command over text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { what, hint } => write!(f, "{}；{} / {}; {}", what.zh, hint.zh, what.en, hint.en),
            Self::Failed(what) => write!(f, "{} / {}", what.zh, what.en),
            Self::Pack(faults) => f.write_str(faults),
            Self::NobodyReads => Ok(()),
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::Failed(Words::new(
                format!("读写出错：{error}"),
                format!("input or output failed: {error}"),
            )),
        }
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(Words::new(format!("无法写出：{error}"), format!("cannot be written: {error}")))
    }
}

/// Says what went wrong, if anything did, and how the command ended.
pub fn conclude(done: Result<Exit, Trouble>, lang: Lang, talk: &mut dyn Write) -> Exit {
    let (exit, text) = match done {
        Ok(exit) => return exit,
        Err(Trouble::NobodyReads) => return Exit::Done,
        Err(Trouble::Pack(text)) => (Exit::No, text),
        Err(Trouble::Usage { what, hint }) => {
            let word = lang.pick("提示", "hint");
            (Exit::Usage, format!("error: {}\n\n{word}: {}\n", lang.of(&what), lang.of(&hint)))
        }
        Err(Trouble::Failed(what)) => (Exit::Failed, format!("error: {}\n", lang.of(&what))),
    };
    // Nothing is left to tell anybody when the place to tell it is gone.
    let _nobody_listens = talk.write_all(text.as_bytes());
    exit
}
