//! The checks, in the order in which they are cheapest to fail.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::tools::{self, Install};

/// One check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Tools,
    Fmt,
    Clippy,
    Test,
    Build,
    E2e,
}

const STAGES: [Stage; 6] = [Stage::Tools, Stage::Fmt, Stage::Clippy, Stage::Test, Stage::Build, Stage::E2e];

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Tools => "tools",
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Test => "test",
            Self::Build => "build",
            Self::E2e => "e2e",
        }
    }

    /// What to do when it fails.
    fn remedy(self) -> &'static str {
        match self {
            Self::Tools => "install what is named above; see CONTRIBUTING",
            Self::Fmt => "run: cargo fmt --all",
            Self::Clippy => "mend each finding; an exception needs #[expect(lint, reason = \"...\")]",
            Self::Test => "run the failing test alone: cargo test -p CRATE NAME",
            Self::Build => "run: cargo build --release",
            Self::E2e => {
                "look at e2e/report and e2e/test-results; one journey alone: cd e2e && npx playwright test NAME"
            }
        }
    }
}

/// What was asked for on the command line.
#[derive(Debug)]
pub struct Options {
    install: Install,
    stages: Vec<Stage>,
}

impl Options {
    /// Reads the words after `ci`.
    pub fn parse(words: &[&str]) -> Result<Self, String> {
        let in_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
        let mut options =
            Self { install: if in_ci { Install::Yes } else { Install::No }, stages: STAGES.to_vec() };
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            match *word {
                "--install" => options.install = Install::Yes,
                "--only" => options.stages = stages(rest.next().copied().unwrap_or(""))?,
                other => match other.strip_prefix("--only=") {
                    Some(names) => options.stages = stages(names)?,
                    None => return Err(format!("`ci` does not know `{other}`")),
                },
            }
        }
        Ok(options)
    }
}

fn stages(names: &str) -> Result<Vec<Stage>, String> {
    let wanted: Vec<&str> = names.split(',').map(str::trim).collect();
    if let Some(unknown) = wanted.iter().find(|name| STAGES.iter().all(|stage| stage.name() != **name)) {
        let known: Vec<&str> = STAGES.iter().map(|stage| stage.name()).collect();
        return Err(format!("there is no stage `{unknown}`; stages: {}", known.join(", ")));
    }
    Ok(STAGES.into_iter().filter(|stage| wanted.contains(&stage.name())).collect())
}

/// Runs the stages and says how each went.
pub fn run(options: &Options) -> ExitCode {
    let begun = Instant::now();
    let mut times = Vec::new();
    for stage in &options.stages {
        eprintln!("\n==> {}", stage.name());
        let start = Instant::now();
        let result = perform(*stage, options.install);
        times.push((stage.name(), start.elapsed()));
        if let Err(error) = result {
            summary(&times, begun.elapsed());
            eprintln!("\nerror: {} failed: {error:#}\n\nhint: {}", stage.name(), stage.remedy());
            return ExitCode::FAILURE;
        }
    }
    summary(&times, begun.elapsed());
    println!("ci: all stages passed");
    ExitCode::SUCCESS
}

fn summary(times: &[(&str, Duration)], all: Duration) {
    eprintln!();
    for (name, time) in times {
        eprintln!("    {name:8} {:>7.1} s", time.as_secs_f64());
    }
    eprintln!("    {:8} {:>7.1} s", "together", all.as_secs_f64());
}

fn perform(stage: Stage, install: Install) -> Result<()> {
    let root = root()?;
    match stage {
        Stage::Tools => tools::ensure(install),
        Stage::Fmt => cargo(&root, &["fmt", "--all", "--check"]),
        Stage::Clippy => cargo(&root, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        Stage::Test => cargo(&root, &["test", "--workspace"]),
        Stage::Build => cargo(&root, &["build", "--release", "--package", "qingqu"]),
        Stage::E2e => journeys(&root),
    }
}

/// The browser journeys against the release binary; it chooses its own port.
fn journeys(root: &Path) -> Result<()> {
    let binary = target_folder(root)?.join("release/qingqu");
    if !binary.exists() {
        bail!("{} is not there; run: cargo xtask ci --only build,e2e", binary.display());
    }
    let folder = root.join("e2e");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    call(npm.current_dir(&folder))?;
    let mut playwright = Command::new("npx");
    playwright.args(["--no-install", "playwright", "test"]);
    playwright.env("QINGQU_BIN", &binary).env("CHROMIUM", tools::browser());
    call(playwright.current_dir(&folder))
}

fn target_folder(root: &Path) -> Result<PathBuf> {
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    std::path::absolute(root.join(folder)).context("the target folder has no absolute path")
}

fn root() -> Result<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().map(Path::to_path_buf).context("xtask stands in no workspace")
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    call(Command::new(cargo).args(arguments).current_dir(root))
}

fn call(command: &mut Command) -> Result<()> {
    let program =
        Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let arguments: Vec<_> = command.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
    eprintln!("$ {program} {}", arguments.join(" "));
    let status = command.status().with_context(|| format!("`{program}` does not start"))?;
    if !status.success() {
        bail!("`{program} {}` ended with {status}", arguments.join(" "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_run_in_their_own_order_whatever_order_they_are_named_in() {
        assert_eq!(stages("test,fmt"), Ok(vec![Stage::Fmt, Stage::Test]));
        assert_eq!(stages("fmt, clippy"), Ok(vec![Stage::Fmt, Stage::Clippy]));
    }

    #[test]
    fn an_unknown_stage_is_refused_with_those_known() {
        let message = stages("fmt,lint").unwrap_err();
        assert!(message.contains("`lint`") && message.contains("clippy"), "{message}");
        assert!(stages("").is_err());
    }

    #[test]
    fn an_unknown_word_is_refused() {
        assert!(Options::parse(&["--fast"]).is_err());
        assert_eq!(Options::parse(&["--only=fmt"]).map(|options| options.stages), Ok(vec![Stage::Fmt]));
    }
}
