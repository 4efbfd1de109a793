//! `qingqu serve`: the pages from a data folder.

use crate::clock::SystemClock;
use crate::randomness::SystemRandomness;
use crate::site::{self, DataDir, PageClock};
use anyhow::{Context, Result};
use app::App;
use app::ports::Clock;
use clap::Args as ClapArgs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use web::pages::demo::DemoStage;

/// Arguments of `serve`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// 数据目录 / folder of the book and its key
    #[arg(long, default_value = "./qingqu-data", env = "QINGQU_DATA")]
    data_dir: PathBuf,
    /// 监听地址 / address to listen on; port 0 lets the system choose
    #[arg(long, default_value = "127.0.0.1:8080", env = "QINGQU_LISTEN")]
    listen: SocketAddr,
    /// 会话 Cookie 只经 HTTPS 发送 / mark cookies as secure (behind a TLS proxy)
    #[arg(long, env = "QINGQU_HTTPS")]
    https: bool,
}

/// Serves until interrupted.
pub fn run(args: &Args) -> Result<()> {
    log_to_stderr();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let dir = DataDir(args.data_dir.clone());
    let app = site::start(&dir, Arc::clone(&clock), Arc::new(SystemRandomness))?;
    if let Some(first) = app.first_start()? {
        eprintln!("首次启动：管理员登录名 {}，首次登录密码 {}（登录后须修改）", first.login, first.password);
        eprintln!("first start: administrator {} with first password {}", first.login, first.password);
    }
    let transport =
        if args.https { web::cookies::Transport::HttpsOnly } else { web::cookies::Transport::Any };
    serve(app, PageClock { clock, demo: None }, args.listen, transport, None)
}

/// Runs the pages of an application on an address, until Ctrl-C; says on standard output where it listens.
pub fn serve(
    app: App,
    clock: PageClock,
    listen: SocketAddr,
    transport: web::cookies::Transport,
    stage: Option<Arc<dyn DemoStage>>,
) -> Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the runtime")?;
    runtime.block_on(async move {
        let more = stage.clone().map_or_else(axum::Router::new, web::pages::demo::routes);
        let mut service = web::site(app, Arc::new(clock), transport, more);
        if let Some(stage) = stage {
            service = service.layer(axum::Extension(stage));
        }
        let listener =
            tokio::net::TcpListener::bind(listen).await.with_context(|| format!("listening on {listen}"))?;
        println!("listening on http://{}", listener.local_addr()?);
        let connect = service.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, connect).with_graceful_shutdown(interrupted()).await.context("serving")
    })
}

async fn interrupted() {
    // Without a signal handler the program runs until it is killed, which loses nothing that was answered.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Logs to standard error; `RUST_LOG` says how much.
pub fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    let _already_set =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
