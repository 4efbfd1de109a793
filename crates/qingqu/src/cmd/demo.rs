//! `qingqu demo`: made-up but believable years, one book for each policy, in embedded databases, under demonstration clocks.

use crate::clock::DemoClock;
use crate::cmd::serve::{Served, log_to_stderr, serve};
use crate::demo::{self, SignIn, Tale};
use crate::site::{self, DataDir, PageClock};
use anyhow::{Context, Result, anyhow, bail};
use app::App;
use app::ports::Clock;
use clap::Args as ClapArgs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use store::Database;

/// Arguments of `demo`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// 端口，其余各本账依次用后面的端口；0 由系统选择 / port; the other books take the following ones; 0 lets the system choose
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// 只演示一套办法 / show one policy only: tianjin, tongzhou, jizhou, xinjiang, hunan
    #[arg(long, value_name = "ID")]
    policy: Option<String>,
    /// 数据目录；默认用临时目录，退出即删 / folder to keep it in; a temporary one by default
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// 用服务器上的空数据库代替文件，只演示一套办法 / an empty PostgreSQL database instead of a file, for one policy: postgres://user@host:port/name
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// 不自动打开浏览器 / do not open a browser
    #[arg(long)]
    no_open: bool,
    /// 只建立机构和人员，不填业务数据 / organisations and people only, no cases
    #[arg(long)]
    empty: bool,
}

/// A book that was told.
struct Told {
    tale: &'static Tale,
    app: App,
    clock: Arc<DemoClock>,
    sign_ins: Vec<SignIn>,
    listener: TcpListener,
}

/// Fills the demonstration's books beside each other, then serves them.
pub fn run(args: &Args) -> Result<()> {
    log_to_stderr();
    let kept = match &args.data_dir {
        Some(dir) => Kept { dir: dir.clone(), temporary: false },
        None => Kept {
            dir: std::env::temp_dir().join(format!("qingqu-demo-{}", std::process::id())),
            temporary: true,
        },
    };
    let tales = tales(args)?;
    let listeners = listeners(args.port, tales.len())?;
    let told: Vec<Result<Told>> = std::thread::scope(|scope| {
        let begin = |(place, (tale, listener))| {
            let kept = &kept;
            scope.spawn(move || tell(args, kept, place, tale, listener))
        };
        let telling: Vec<_> = tales.into_iter().zip(listeners).enumerate().map(begin).collect();
        let end = |one: std::thread::ScopedJoinHandle<'_, _>| {
            one.join().unwrap_or_else(|_| Err(anyhow!("the filling of a book broke off")))
        };
        telling.into_iter().map(end).collect()
    });
    let told = told.into_iter().collect::<Result<Vec<Told>>>()?;
    let first = told.first().map(|one| one.listener.local_addr()).transpose()?;
    if let Some(address) = first.filter(|_| !args.no_open && args.port != 0) {
        open_browser(address.port());
    }
    serve(served(told)?)
}

/// Which stories are told.
fn tales(args: &Args) -> Result<Vec<&'static Tale>> {
    match (&args.policy, &args.database) {
        (Some(id), _) => {
            let ids = || demo::TALES.iter().map(|tale| tale.policy).collect::<Vec<_>>().join(", ");
            let found = demo::tale(id);
            let found = found
                .with_context(|| format!("没有“{id}”的演示 / nothing is told of {id}; there are: {}", ids()));
            Ok(vec![found?])
        }
        (None, Some(_)) => Ok(demo::TALES.iter().take(1).collect()),
        (None, None) => Ok(demo::TALES.iter().collect()),
    }
}

/// One listener a book: the first at the port, the others at those that follow, or where the system finds one when it is taken.
fn listeners(port: u16, count: usize) -> Result<Vec<TcpListener>> {
    let bind = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let mut all = vec![bind(port).with_context(|| format!("listening on port {port}"))?];
    for place in 1..count {
        let next = u16::try_from(place).ok().and_then(|more| port.checked_add(more)).filter(|_| port != 0);
        let listener = bind(next.unwrap_or(0)).or_else(|_| bind(0));
        all.push(listener.context("listening on another port")?);
    }
    Ok(all)
}

/// Opens and fills one book: the first in the folder itself, each other in a folder within.
fn tell(args: &Args, kept: &Kept, place: usize, tale: &'static Tale, listener: TcpListener) -> Result<Told> {
    let dir = DataDir(if place == 0 { kept.dir.clone() } else { kept.dir.join(tale.policy) });
    let clock = Arc::new(DemoClock::at(tale.first_day));
    let random = Arc::new(crate::randomness::Seeded::new(20_191_009 + place as u64));
    let database = match &args.database {
        Some(_) if place > 0 => bail!("one database holds one book"),
        Some(url) => Database::at(url)?,
        None => Database::File(dir.book()),
    };
    let seen = Arc::clone(&clock) as Arc<dyn Clock>;
    let app = site::start_running(&database, &dir, Some(tale.policy), seen, random)?;
    let sign_ins = (tale.fill)(&app, &clock, args.empty)
        .with_context(|| format!("filling the demonstration of {}", tale.policy))?;
    Ok(Told { tale, app, clock, sign_ins, listener })
}

fn served(told: Vec<Told>) -> Result<Vec<Served>> {
    let mut shown = Vec::new();
    for one in &told {
        shown.push((one.tale, one.app.pack()?.title.clone(), one.listener.local_addr()?));
    }
    let serve = |one: Told| {
        let books = demo::books(&shown, one.tale.policy);
        let seen = Arc::clone(&one.clock) as Arc<dyn Clock>;
        Served {
            app: one.app,
            clock: PageClock { clock: seen, demo: Some(Arc::clone(&one.clock)) },
            listener: one.listener,
            transport: web::cookies::Transport::Any,
            stage: Some(demo::stage(one.clock, one.sign_ins, books)),
        }
    };
    Ok(told.into_iter().map(serve).collect())
}

/// A temporary folder goes when the program ends in order.
struct Kept {
    dir: PathBuf,
    temporary: bool,
}

impl Drop for Kept {
    fn drop(&mut self) {
        if self.temporary
            && let Err(error) = std::fs::remove_dir_all(&self.dir)
        {
            tracing::warn!(%error, "the temporary folder stays");
        }
    }
}

/// Opens the office's browser when there is a screen; a demonstration on a server simply prints its address.
fn open_browser(port: u16) {
    let has_screen = cfg!(not(target_os = "linux"))
        || std::env::var_os("DISPLAY").is_some()
        || std::env::var_os("WAYLAND_DISPLAY").is_some();
    if !has_screen {
        return;
    }
    let program = if cfg!(target_os = "windows") {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let opened = std::process::Command::new(program).arg(format!("http://127.0.0.1:{port}/")).spawn();
    if let Err(error) = opened {
        tracing::info!(%error, "no browser was opened");
    }
}
