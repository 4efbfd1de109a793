//! The whole site: all pages on one application, dressed.

use std::sync::Arc;

use app::App;
use axum::Router;

use crate::cookies::Transport;
use crate::ctx::NavItem;
use crate::guard;
use crate::pages;
use crate::pages::people::AppSessions;
use crate::shell::{Clock, Shell};
use crate::state::AppState;
use crate::words::word;

/// Every page of the program, and `more` that the binary adds (the demonstration's own pages).
pub fn site(app: App, clock: Arc<dyn Clock>, transport: Transport, more: Router<AppState>) -> Router {
    let public = vec![
        NavItem::new("/qualify", word("nav-qualify")),
        NavItem::new("/notices", word("nav-notices")),
        NavItem::new("/policy", word("nav-policy")),
    ];
    let shell = Shell::new(Arc::new(AppSessions::new(app.clone())), clock, public, transport);
    let state = AppState { app, shell: shell.clone() };
    guard::dress(pages::routes().merge(more), &shell).with_state(state)
}
