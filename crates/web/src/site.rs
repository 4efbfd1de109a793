//! The whole site: all pages on one application, dressed.

use std::sync::Arc;

use app::App;
use axum::{Extension, Router, middleware};

use crate::api;
use crate::cookies::Transport;
use crate::ctx::NavItem;
use crate::guard;
use crate::guard::own::{BookName, own};
use crate::pages;
use crate::pages::people::AppSessions;
use crate::shell::{Clock, Shell};
use crate::state::AppState;
use crate::words::word;

/// Every page of the program, and `more` that the binary adds (the demonstration's own pages).
pub fn site(app: App, clock: Arc<dyn Clock>, transport: Transport, more: Router<AppState>) -> Router {
    let mut public = Vec::new();
    if app.packs.first().is_some_and(|pack| app::access::has_cases(&pack)) {
        public.push(NavItem::new("/qualify", word("nav-qualify")));
        public.push(NavItem::new("/notices", word("nav-notices")));
    }
    public.push(NavItem::new("/policy", word("nav-policy")));
    let shell = Shell::new(Arc::new(AppSessions::new(app.clone())), clock, public, transport);
    let book = app.packs.first().map_or_else(|| BookName::of(""), |pack| BookName::of(&pack.id));
    let state = AppState { app, shell: shell.clone() };
    let dressed = guard::dress(pages::routes().merge(api::routes()).merge(more), &shell).with_state(state);
    let dressed = dressed.layer(Extension(shell.door()));
    dressed.layer(middleware::from_fn_with_state(book, own))
}
