//! The tools the checks need besides Rust: a browser with Chinese fonts and Node for the journeys, a database server, hledger.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// A tool, how to find it, and the Debian package that brings it.
struct Tool {
    package: &'static str,
    found: fn() -> bool,
    why: &'static str,
}

const TOOLS: [Tool; 7] = [
    Tool { package: "chromium", found: has_browser, why: "the browser journeys run in it" },
    Tool { package: "fonts-noto-cjk", found: has_chinese_font, why: "screens and documents are in Chinese" },
    Tool {
        package: "poppler-utils",
        found: || on_path("pdftotext"),
        why: "tests read the printed documents",
    },
    Tool { package: "nodejs", found: || on_path("node"), why: "it drives the browser" },
    Tool {
        package: "npm",
        found: || on_path("npm"),
        why: "it fetches the browser driver named in e2e/package-lock.json",
    },
    Tool {
        package: "postgresql",
        found: has_postgres_server,
        why: "the store's tests run on a server of their own, too",
    },
    Tool {
        package: "hledger",
        found: || on_path("hledger"),
        why: "it checks the exported ledger independently",
    },
];

/// Whether missing packages may be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Install {
    /// Say what is missing.
    No,
    /// Install with apt-get.
    Yes,
}

/// The browser for the journeys: `$CHROMIUM`, or Debian's.
pub fn browser() -> String {
    std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned())
}

/// Makes sure every tool is there.
pub fn ensure(install: Install) -> Result<()> {
    let missing: Vec<&Tool> = TOOLS.iter().filter(|tool| !(tool.found)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    if install == Install::No || !is_root() || !on_path("apt-get") {
        for tool in &missing {
            eprintln!("missing: {:16} {}", tool.package, tool.why);
        }
        bail!(
            "install them, as root: apt-get install {}   (or: cargo xtask ci --install)",
            packages.join(" ")
        );
    }
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], packages.as_slice()].concat())?;
    match TOOLS.iter().find(|tool| !(tool.found)()) {
        Some(tool) => bail!("{} was installed but cannot be found", tool.package),
        None => Ok(()),
    }
}

fn apt(arguments: &[&str]) -> Result<()> {
    eprintln!("$ apt-get {}", arguments.join(" "));
    let status = Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .status()
        .context("apt-get does not start")?;
    if !status.success() {
        bail!("apt-get {} failed ({status})", arguments.join(" "));
    }
    Ok(())
}

fn has_browser() -> bool {
    let browser = browser();
    if browser.contains('/') { Path::new(&browser).exists() } else { on_path(&browser) }
}

fn has_chinese_font() -> bool {
    if Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists() {
        return true;
    }
    let listed = Command::new("fc-list").args([":lang=zh-cn", "family"]).stderr(Stdio::null()).output();
    listed.is_ok_and(|output| !output.stdout.is_empty())
}

/// The server's programs are not on the path on Debian.
fn has_postgres_server() -> bool {
    let mut versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.any(|version| version.path().join("bin/initdb").is_file()) || on_path("initdb")
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
