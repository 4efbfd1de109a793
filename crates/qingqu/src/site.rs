//! From a database file to a running site.

use crate::clock::DemoClock;
use crate::packs;
use anyhow::{Context, Result};
use app::ports::{Clock, Randomness};
use app::{App, Ports};
use journal::HashKind;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    fs::create_dir_all(&dir.0).with_context(|| format!("creating {}", dir.0.display()))?;
    let packs = packs::builtin()?;
    let name = packs.first().map_or_else(|| "book".to_owned(), |p| p.id.clone());
    let opening = store::Opening { book: &name, kind: HashKind::Sm3, now: clock.now() };
    let opened =
        store::embedded(&dir.book(), opening).with_context(|| format!("opening {}", dir.book().display()))?;
    let secret = dir.secret(&*random)?;
    Ok(App::start(Ports {
        book: Box::new(opened.book),
        reads: Arc::new(opened.reads),
        house: Arc::new(opened.house),
        clock,
        random,
        packs,
        secret,
    })?)
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
