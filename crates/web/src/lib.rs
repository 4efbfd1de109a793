//! Pages, forms and public portal: what pages stand on. No page decides anything; it parses, asks one use case
//! and draws the answer.
//!
//! # How a page is written
//!
//! One page a file under `pages/`. The state of the application implements `FromRef` for [`Shell`]; then the
//! extractors [`Ctx`] (anyone) and [`Signed`] (signed-in people) work, and the handler returns a [`Page`].
//!
//! ```
//! use axum::response::{IntoResponse, Response};
//! use axum::{Router, routing::get};
//! use maud::html;
//! use web::ui::{Field, Findings, Form, MoneyUnit, actions, button, error_summary};
//! use web::{Ctx, Flash, Page, Shell, Signed, Submitted, WebError, go_with, word};
//!
//! pub fn routes() -> Router<Shell> {
//!     Router::new().route("/fund/budget", get(show).post(save))
//! }
//!
//! async fn show(Signed { ctx, .. }: Signed) -> Result<Response, WebError> {
//!     ctx.require("budget.edit")?;                     // hides; the use case decides again
//!     Ok(page(&ctx, &Submitted::default(), &Findings::none()))
//! }
//!
//! async fn save(Signed { ctx, .. }: Signed, form: Submitted) -> Result<Response, WebError> {
//!     ctx.require("budget.edit")?;
//!     let mut findings = Findings::none();
//!     if form.get("amount").is_empty() {               // really: the use case's findings, by field name
//!         findings.add("amount", ctx.t("needs-value"));
//!     }
//!     if ctx.live.is_live() || !findings.is_empty() {  // the script only looks: write nothing
//!         return Ok(page(&ctx, &form, &findings));     // 422 when there are findings
//!     }
//!     Ok(go_with("/fund/budget", &Flash::done(word("saved"))))
//! }
//!
//! fn page(ctx: &Ctx, form: &Submitted, findings: &Findings) -> Response {
//!     let amount = Field::money("amount", "年度预算", MoneyUnit::Wan)
//!         .hint("不超过资金总规模")
//!         .value(form.get("amount"))
//!         .error(findings.at("amount"));
//!     let fields = html! {
//!         (error_summary(ctx, findings))
//!         (amount.html(ctx))
//!         (actions(button::primary(&ctx.t("save-and-continue"), "save")))
//!     };
//!     Page::new(ctx, "年度预算")
//!         .crumb("/fund", "资金")
//!         .findings(findings.count())
//!         .body(Form::post("/fund/budget", "save").live().guarded().html(ctx, fields))
//!         .into_response()
//! }
//! # let _ = routes();
//! ```
//!
//! The binary wraps all routes once: `guard::dress(routes, &shell).with_state(state)`.
//!
//! # How words are added
//!
//! Put `my-id = 文字` into `i18n/zh-CN/<slice>.ftl` and `my-id = text` into `i18n/en/<slice>.ftl` (new slices: one
//! line in `words/files.rs`), and use `ctx.t("my-id")`, `ctx.t_args("my-id", &[("n", 3_i64.into())])` or, as data,
//! `word("my-id")`. Tests compare both languages and look for ids that do not exist.

pub mod api;
pub mod assets;
pub mod cookies;
mod ctx;
mod error;
mod flash;
pub mod guard;
pub mod live;
mod page;
pub mod pages;
pub mod prefs;
pub mod session;
mod shell;
mod site;
pub mod state;
mod submitted;
pub mod ui;
pub mod words;

pub use ctx::{Contrast, Ctx, Demo, NavItem, Prefs, Signed, TextSize, Viewer};
pub use error::{Fault, OrFault, OrNotFound, Refusal, WebError};
pub use flash::{Flash, Tone};
pub use live::Live;
pub use page::{Page, Width, go_with};
pub use shell::{Clock, Shell};
pub use site::site;
pub use state::{AppState, Seat, fresh_key, refusal_of, web_error};
pub use submitted::{ROWS_MAX, Submitted, SubmittedWithFiles, Upload};
pub use words::{Both, Lang, Word, word};
