//! The commands over text: they open no book and serve no page, so that they run on any streams.

use super::{archive, calendar, decide, policy, simulate, survey};
use crate::cli::{Exit, Streams};
use clap::Subcommand;

/// The commands over text.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// 政策包：检查错误、逐条查看、落实情况 / policy packs: check, show, coverage
    Policy(policy::Args),
    /// 按政策包逐案判断，一行一个案件 / decide cases by a pack, one a line
    Decide(decide::Args),
    /// 试改标准：谁增加、谁减少、多花多少 / what a changed parameter would change
    Simulate(simulate::Args),
    /// 工作日历和到期日 / working days and due dates
    Calendar(calendar::Args),
    /// 看公开表格：认出了什么，哪些对得上、哪些对不上 / what a published table says, what adds up and what does not
    Survey(survey::Args),
    /// 项目档案：不用数据库核验 / the archive of a project, checked without a database
    Archive(archive::Args),
}

impl Command {
    /// Runs it.
    pub fn run(&self, streams: &mut Streams<'_>) -> Exit {
        match self {
            Self::Policy(args) => policy::run(args, streams),
            Self::Decide(args) => decide::run(args, streams),
            Self::Simulate(args) => simulate::run(args, streams),
            Self::Calendar(args) => calendar::run(args, streams),
            Self::Survey(args) => survey::run(args, streams),
            Self::Archive(args) => archive::run(args, streams),
        }
    }
}
