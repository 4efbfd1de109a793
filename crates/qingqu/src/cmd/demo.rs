//! `qingqu demo`: a made-up but believable year, in an embedded database, under a demonstration clock.

use crate::clock::DemoClock;
use crate::cmd::serve::{log_to_stderr, serve};
use crate::demo;
use crate::site::{self, DataDir, PageClock};
use anyhow::{Context, Result};
use app::ports::Clock;
use clap::Args as ClapArgs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

/// Arguments of `demo`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// 端口；0 由系统选择 / port; 0 lets the system choose
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// 数据目录；默认用临时目录，退出即删 / folder to keep it in; a temporary one by default
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// 不自动打开浏览器 / do not open a browser
    #[arg(long)]
    no_open: bool,
    /// 只建立机构和人员，不填业务数据 / organisations and people only, no cases
    #[arg(long)]
    empty: bool,
}

/// Fills the demonstration, then serves it.
pub fn run(args: &Args) -> Result<()> {
    log_to_stderr();
    let kept = match &args.data_dir {
        Some(dir) => Kept { dir: dir.clone(), temporary: false },
        None => Kept {
            dir: std::env::temp_dir().join(format!("qingqu-demo-{}", std::process::id())),
            temporary: true,
        },
    };
    let dir = DataDir(kept.dir.clone());
    let clock = Arc::new(DemoClock::at(demo::FIRST_DAY));
    let random = Arc::new(crate::randomness::Seeded::new(20_191_009));
    let app = site::start(&dir, Arc::clone(&clock) as Arc<dyn Clock>, random)?;
    let sign_ins = demo::fill(&app, &clock, args.empty).context("filling the demonstration")?;
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let page_clock =
        PageClock { clock: Arc::clone(&clock) as Arc<dyn Clock>, demo: Some(Arc::clone(&clock)) };
    if !args.no_open {
        open_browser(args.port);
    }
    serve(app, page_clock, listen, web::cookies::Transport::Any, Some(demo::stage(clock, sign_ins)))
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
    if port == 0 || !has_screen {
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
