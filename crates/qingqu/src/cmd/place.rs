//! Where a book is: `--data-dir` or `--database`, the same for all commands.

use crate::site::DataDir;
use anyhow::{Context, Result};
use clap::Args as ClapArgs;
use std::path::PathBuf;
use store::Database;

/// Where the book is.
#[derive(Debug, Clone, ClapArgs)]
pub struct Place {
    /// 数据目录 / folder of the book and its key
    #[arg(long, default_value = "./qingqu-data", env = "QINGQU_DATA")]
    data_dir: PathBuf,
    /// 账簿在 PostgreSQL 服务器上 / a PostgreSQL database instead of a file: postgres://user@host:port/name; the key stays in the folder
    #[arg(long, value_name = "URL", env = "QINGQU_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

impl Place {
    /// The database.
    pub fn database(&self) -> Result<Database> {
        match &self.database {
            Some(url) => Database::at(url).context("--database"),
            None => Ok(Database::File(self.dir().book())),
        }
    }

    /// The folder.
    pub fn dir(&self) -> DataDir {
        DataDir(self.data_dir.clone())
    }
}
