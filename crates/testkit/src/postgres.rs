//! A PostgreSQL server of one's own: a new cluster in a temporary folder, on a socket in that folder, with no port. It lives as long
//! as the process that started it: a watchdog at the other end of a pipe stops it, also when that process is killed.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// Set to 1 by developers who cannot install a server: tests on it are left out, and say so.
pub const LEFT_OUT: &str = "QINGQU_NO_POSTGRES";

/// Why there is no server.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Missing {
    /// The programs of the server are not installed.
    #[error(
        "PostgreSQL is not installed; as root: apt-get install postgresql  \
         (to leave these tests out: {LEFT_OUT}=1)"
    )]
    Programs,
    /// The server did not start.
    #[error("the test server did not start: {0}")]
    Start(String),
}

/// A running server.
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    databases: AtomicU64,
    /// Closed when this process ends; the watchdog waits for that.
    _life: ChildStdin,
    _watchdog: Child,
}

/// Creates the cluster, runs the server, says where, and stops it when standard input ends.
const WATCHDOG: &str = r#"
set -eu
folder=$(mktemp -d "${TMPDIR:-/tmp}/qingqu-XXXXXX")
initdb="$1/initdb --pgdata=$folder/data --username=qingqu --auth=trust --encoding=UTF8 --no-sync"
{ $initdb --locale=C.UTF-8 --locale-provider=icu --icu-locale=zh || { rm -rf "$folder/data"; $initdb --locale=C.UTF-8; }; } \
  >"$folder/log" 2>&1 || { tail -n 3 "$folder/log"; rm -rf "$folder"; exit 1; }
"$1/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=on -c max_connections=300 \
  -c shared_buffers=64MB -c log_min_messages=fatal </dev/null >>"$folder/log" 2>&1 &
server=$!
until "$1/pg_isready" -q -h "$folder" -d postgres -U qingqu; do
  kill -0 $server 2>/dev/null || { tail -n 3 "$folder/log"; rm -rf "$folder"; exit 1; }
  sleep 0.05
done
echo "ready $folder"
exec >/dev/null 2>&1
read -r _ || true
kill -QUIT $server
wait $server || true
rm -rf "$folder"
"#;

impl Server {
    /// The server of this process, started at first use; `None` when the tests on it are to be left out.
    pub fn shared() -> Result<Option<&'static Self>, Missing> {
        static SHARED: OnceLock<Result<Server, Missing>> = OnceLock::new();
        if crate::left_out(LEFT_OUT) {
            eprintln!("left out: {LEFT_OUT}=1, nothing is tested on PostgreSQL");
            return Ok(None);
        }
        SHARED.get_or_init(Self::start).as_ref().map(Some).map_err(Missing::clone)
    }

    fn start() -> Result<Self, Missing> {
        let programs = programs().ok_or(Missing::Programs)?;
        let wrong = |error: std::io::Error| Missing::Start(error.to_string());
        let mut watchdog = command()
            .args(["sh", "-c", WATCHDOG, "watchdog"])
            .arg(&programs)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Ctrl-C in a terminal ends the tests; the watchdog then ends the server.
            .process_group(0)
            .spawn()
            .map_err(wrong)?;
        let (Some(life), Some(said)) = (watchdog.stdin.take(), watchdog.stdout.take()) else {
            return Err(Missing::Start("no pipes".into()));
        };
        let mut lines = Vec::new();
        for line in BufReader::new(said).lines() {
            let line = line.map_err(wrong)?;
            if let Some(folder) = line.strip_prefix("ready ") {
                let folder = PathBuf::from(folder);
                return Ok(Self {
                    programs,
                    folder,
                    databases: AtomicU64::new(0),
                    _life: life,
                    _watchdog: watchdog,
                });
            }
            lines.push(line);
        }
        Err(Missing::Start(lines.join("; ")))
    }

    /// A new, empty database; gives its address.
    pub fn database(&self) -> Result<String, Missing> {
        let name = format!("test{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let made = Command::new(self.programs.join("createdb"))
            .arg("--host")
            .arg(&self.folder)
            .args(["--username=qingqu", "--maintenance-db=postgres", &name])
            .output()
            .map_err(|error| Missing::Start(error.to_string()))?;
        if made.status.success() {
            Ok(format!("postgres://qingqu@/{name}?host={}", self.folder.display()))
        } else {
            Err(Missing::Start(String::from_utf8_lossy(&made.stderr).into_owned()))
        }
    }

    /// Runs a script with `psql`, as an administrator would; gives what it printed, or its errors.
    pub fn psql(&self, address: &str, script: &str) -> Result<String, String> {
        let ran = Command::new(self.programs.join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", script])
            .output()
            .map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if ran.status.success() { Ok(text(&ran.stdout)) } else { Err(text(&ran.stderr)) }
    }
}

/// The folder of the server's programs: of the newest version that Debian installed, or as `pg_config` says.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|version| {
            Some((version.file_name().to_str()?.parse::<u32>().ok()?, version.path().join("bin")))
        })
        .filter(|(_, folder)| has_server(folder))
        .max();
    let configured = || {
        let said = Command::new("pg_config").arg("--bindir").output().ok()?;
        let folder = PathBuf::from(String::from_utf8(said.stdout).ok()?.trim());
        has_server(&folder).then_some(folder)
    };
    newest.map(|(_, folder)| folder).or_else(configured)
}

fn has_server(folder: &Path) -> bool {
    ["initdb", "postgres", "createdb", "pg_isready"].iter().all(|program| folder.join(program).is_file())
}

/// A command that is not root's: the server refuses to be.
fn command() -> Command {
    let id = Command::new("id").arg("-u").output();
    if id.is_ok_and(|said| said.stdout.trim_ascii() == b"0") {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", "env", "-u", "TMPDIR"]);
        command
    } else {
        Command::new("env")
    }
}
