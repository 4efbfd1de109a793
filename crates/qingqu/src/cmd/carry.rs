//! `qingqu export` and `qingqu import`: a whole book as one file, from any database into an empty one. The installation's key is not
//! in it: whoever moves a book moves `qingqu.key` too, or sealed personal data cannot be read.

use super::place::Place;
use crate::clock::SystemClock;
use crate::packs::Policies;
use anyhow::{Context, Result, bail};
use app::Packs;
use app::ports::Clock as _;
use clap::Args as ClapArgs;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use store::Database;
use store::portable::{self, PortableError, Summary};

/// Arguments of `export`.
#[derive(Debug, ClapArgs)]
pub struct ExportArgs {
    /// 导出到 / the new file
    to: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Arguments of `import`.
#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    /// 导出的文件 / the exported file
    from: PathBuf,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    policies: Policies,
}

/// Exports a book.
pub fn export(args: &ExportArgs) -> Result<()> {
    write(&args.place.database()?, &args.to)
}

/// Imports a book; answers whether it was a whole one.
pub fn import(args: &ImportArgs) -> Result<bool> {
    let database = args.place.database()?;
    if let Database::File(_) = database {
        fs::create_dir_all(&args.place.dir().0)?;
    }
    read(&args.from, &database, &args.policies.all()?)
}

/// Writes the book of a database to a new file, which gets its name when it is complete and on the disk.
pub fn write(from: &Database, to: &Path) -> Result<()> {
    if to.exists() {
        bail!("{} is already there", to.display());
    }
    let mut engine = from.open_read().with_context(|| format!("opening {from}"))?;
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    let written = write_part(&mut *engine, &part);
    match written {
        Ok(summary) => {
            fs::rename(&part, to)?;
            say(&summary);
            Ok(())
        }
        Err(error) => {
            fs::remove_file(&part)?;
            Err(error)
        }
    }
}

fn write_part(engine: &mut dyn store::Engine, part: &Path) -> Result<Summary> {
    let mut out = BufWriter::new(File::create(part).with_context(|| format!("writing {}", part.display()))?);
    let summary = portable::export(engine, &mut out)?;
    out.flush()?;
    out.get_ref().sync_all()?;
    Ok(summary)
}

/// Reads a file into an empty database; answers whether it held a whole book, kept under packs among these.
pub fn read(from: &Path, into: &Database, packs: &Packs) -> Result<bool> {
    let file = File::open(from).with_context(|| format!("reading {}", from.display()))?;
    match portable::import(&mut BufReader::new(file), into, packs, SystemClock.now()) {
        Ok(summary) => {
            say(&summary);
            Ok(true)
        }
        Err(PortableError::NotWhole(report)) => {
            for finding in &report.findings {
                println!("{finding}");
            }
            Ok(false)
        }
        Err(error) => Err(anyhow::Error::new(error).context(format!("into {into}"))),
    }
}

/// The same line on both sides, so that they can be compared.
fn say(summary: &Summary) {
    println!("acts {} records {} root {}", summary.acts, summary.records, summary.root);
}
