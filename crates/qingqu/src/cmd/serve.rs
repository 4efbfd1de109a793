//! `qingqu serve`: the pages from a data folder, or from a database of a server.

use crate::clock::SystemClock;
use crate::cmd::place::Place;
use crate::packs::Policies;
use crate::randomness::SystemRandomness;
use crate::site::{self, Among, PageClock};
use anyhow::{Context, Result};
use app::App;
use app::ports::Clock;
use clap::Args as ClapArgs;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use web::pages::demo::DemoStage;

/// Arguments of `serve`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// 账簿执行哪套办法；只在首次启动时选，之后由账簿自己决定 / which policy the book runs; chosen at the first start only
    #[arg(long, value_name = "ID", env = "QINGQU_POLICY")]
    policy: Option<String>,
    #[command(flatten)]
    policies: Policies,
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
    let (database, dir) = (args.place.database()?, args.place.dir());
    let (packs, policy) = (args.policies.all()?, args.policy.as_deref());
    let (among, random) = (Among { packs: &packs, policy }, Arc::new(SystemRandomness));
    let app = site::start_among(&database, &dir, among, Arc::clone(&clock), random)?;
    if let Some(first) = app.first_start()? {
        eprintln!("首次启动：管理员登录名 {}，首次登录密码 {}（登录后须修改）", first.login, first.password);
        eprintln!("first start: administrator {} with first password {}", first.login, first.password);
    }
    let transport =
        if args.https { web::cookies::Transport::HttpsOnly } else { web::cookies::Transport::Any };
    let listener = TcpListener::bind(args.listen).with_context(|| format!("listening on {}", args.listen))?;
    serve(vec![Served { app, clock: PageClock { clock, demo: None }, listener, transport, stage: None }])
}

/// A book with the address at which its pages are served.
pub struct Served {
    /// The application on the book.
    pub app: App,
    /// The clock of its pages.
    pub clock: PageClock,
    /// Where it listens.
    pub listener: TcpListener,
    /// How its cookies travel.
    pub transport: web::cookies::Transport,
    /// What a demonstration shows besides.
    pub stage: Option<Arc<dyn DemoStage>>,
}

/// Runs the pages of books until Ctrl-C; says on standard output where each listens, in order.
pub fn serve(books: Vec<Served>) -> Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the runtime")?;
    runtime.block_on(async move {
        let mut running = tokio::task::JoinSet::new();
        for book in books {
            let address = book.listener.local_addr()?;
            running.spawn(pages(book));
            println!("listening on http://{address}");
        }
        while let Some(ended) = running.join_next().await {
            ended.context("serving")??;
        }
        Ok(())
    })
}

async fn pages(book: Served) -> Result<()> {
    let Served { app, clock, listener, transport, stage } = book;
    let more = stage.clone().map_or_else(axum::Router::new, web::pages::demo::routes);
    let mut service = web::site(app, Arc::new(clock), transport, more);
    if let Some(stage) = stage {
        service = service.layer(axum::Extension(stage));
    }
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let connect = service.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, connect).with_graceful_shutdown(interrupted()).await.context("serving")
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
