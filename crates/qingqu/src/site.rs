//! From a database file to a running site.

use crate::clock::DemoClock;
use crate::packs;
use anyhow::{Context, Result, bail};
use app::ports::{Clock, Randomness};
use app::{App, Packs, Ports};
use journal::HashKind;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Database;

/// The folder that holds one installation: the book, its key.
#[derive(Debug, Clone)]
pub struct DataDir(pub PathBuf);

impl DataDir {
    /// The database file.
    pub fn book(&self) -> PathBuf {
        self.0.join("qingqu.db")
    }

    /// The file of the installation's secret.
    pub fn key(&self) -> PathBuf {
        self.0.join("qingqu.key")
    }

    /// The installation's secret; made at first use, readable by its owner only.
    pub fn secret(&self, random: &dyn Randomness) -> Result<[u8; 32]> {
        let path = self.key();
        if !path.exists() {
            write_private(&path, &hex(&random.bytes()))
                .with_context(|| format!("writing {}", path.display()))?;
        }
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        unhex(text.trim())
            .with_context(|| format!("{} holds no key of 64 hexadecimal digits", path.display()))
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0_u8; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// Opens the book of a folder and starts the application on it.
pub fn start(dir: &DataDir, clock: Arc<dyn Clock>, random: Arc<dyn Randomness>) -> Result<App> {
    start_on(&Database::File(dir.book()), dir, clock, random)
}

/// Opens the book of a database and starts the application on it; the installation's key is in the folder.
pub fn start_on(
    database: &Database,
    dir: &DataDir,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Randomness>,
) -> Result<App> {
    start_running(database, dir, None, clock, random)
}

/// The same for a book that runs a chosen pack of the program.
pub fn start_running(
    database: &Database,
    dir: &DataDir,
    policy: Option<&str>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Randomness>,
) -> Result<App> {
    start_among(database, dir, Among { packs: &packs::builtin()?, policy }, clock, random)
}

/// The packs that there are, and the one that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Among<'a> {
    /// All of them.
    pub packs: &'a Packs,
    /// The id asked for; the book's own, else the first, when nothing is said.
    pub policy: Option<&'a str>,
}

/// The same for a book that runs one of several packs. A book keeps the pack that it was begun with: it is its name, and its text
/// does not change under it. Asking for another is refused.
pub fn start_among(
    database: &Database,
    dir: &DataDir,
    among: Among<'_>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Randomness>,
) -> Result<App> {
    if let Some(asked) = among.policy {
        // A word that names no pack leaves no file behind.
        packs::running(among.packs, asked)?;
    }
    fs::create_dir_all(&dir.0).with_context(|| format!("creating {}", dir.0.display()))?;
    let now = clock.now();
    let begun = book_name(database, now).with_context(|| format!("opening {database}"))?;
    let name = chosen(begun, among)?;
    let packs = packs::running(among.packs, &name)?;
    let opening = store::Opening { book: &name, kind: HashKind::Sm3, now };
    let mut opened = store::open(database, opening).with_context(|| format!("opening {database}"))?;
    packs::unchanged(&opened.reads, &packs, &name)?;
    app::lines::refresh(&mut opened.book, &opened.reads, &opened.house, &packs)
        .with_context(|| format!("writing the lines of registers into {database}"))?;
    let secret = dir.secret(&*random)?;
    Ok(App::start(Ports {
        book: Box::new(opened.book),
        reads: Arc::new(opened.reads),
        house: Arc::new(opened.house),
        clock,
        random,
        workbooks: Arc::new(crate::workbooks::Sheets),
        press: Arc::new(typeset::Typesetter::system()),
        archives: Arc::new(crate::archives::Zip),
        packs,
        secret,
    })?)
}

/// The name of the book in a database; none before the first start.
fn book_name(database: &Database, now: i64) -> Result<Option<String>, store::Fault> {
    if let Database::File(path) = database
        && !path.exists()
    {
        return Ok(None);
    }
    // The schema is brought up to date first, as opening does: a database without tables has no book to ask for.
    let mut engine = database.open_book()?;
    store::migrate::run(&mut engine, store::migrate::ALL, now)?;
    Ok(store::slice::journal::head(&mut engine)?.map(|head| head.book))
}

/// The name of a book: the id of its pack.
fn chosen(begun: Option<String>, among: Among<'_>) -> Result<String> {
    match (begun, among.policy) {
        (Some(name), Some(asked)) if name != asked => bail!(
            "这本账执行的是“{name}”，建账后不能改成“{asked}”；要执行“{asked}”，请另设数据目录或数据库 / \
             this book runs {name}, which cannot be changed to {asked}; give {asked} a folder or database of its own"
        ),
        (Some(name), _) => Ok(name),
        (None, Some(asked)) => Ok(asked.to_owned()),
        (None, None) => {
            let first = among.packs.first();
            first.map(|pack| pack.id.clone()).context("the program was built without a pack")
        }
    }
}

/// The clock of the pages.
pub struct PageClock {
    /// The program's clock.
    pub clock: Arc<dyn Clock>,
    /// Set in a demonstration.
    pub demo: Option<Arc<DemoClock>>,
}

impl web::Clock for PageClock {
    fn today(&self) -> kernel::Date {
        self.clock.today()
    }

    fn demo(&self) -> Option<web::Demo> {
        self.demo.as_ref().map(|_| web::Demo { href: "/demo".to_owned() })
    }
}
