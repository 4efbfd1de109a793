//! Sessions as every page asks for them: from the token to the person, the role, what the role may try and where it may go.

use app::access::Right;
use app::{App, signin};

use super::{beside, nav};
use crate::ctx::Viewer;
use crate::error::{Fault, WebError};
use crate::session::{Answer, Sessions, Token};
use crate::words::Both;

/// Sessions kept in the house of the book.
pub struct AppSessions {
    app: App,
}

impl AppSessions {
    /// Sessions of an application.
    pub fn new(app: App) -> Self {
        Self { app }
    }
}

impl Sessions for AppSessions {
    fn viewer<'a>(&'a self, token: &'a Token) -> Answer<'a, Option<Viewer>> {
        let (app, token) = (self.app.clone(), token.expose().to_owned());
        Box::pin(async move {
            match beside(move || app.session(&token)).await {
                Ok(Ok(seated)) => Ok(seated.map(|seated| viewer_of(&seated))),
                Ok(Err(fault)) => Err(Fault::of(&fault)),
                Err(WebError::Bug { operator }) => Err(Fault::new(operator)),
                Err(_) => Err(Fault::new("a session cannot be read")),
            }
        })
    }
}

/// The person as the screen needs it.
pub(super) fn viewer_of(seated: &signin::Seated) -> Viewer {
    let viewer = &seated.viewer;
    let may = Right::ALL.into_iter().filter(|right| viewer.may(*right));
    Viewer {
        person: viewer.person.to_string(),
        name: viewer.name.clone(),
        role: Both::new(&*viewer.role_zh, &*viewer.role_en),
        org: viewer.org_name.clone(),
        org_id: viewer.org.to_string(),
        role_id: viewer.role.clone(),
        nav: if seated.must_change { Vec::new() } else { nav::of(viewer) },
        permissions: may.map(|right| format!("{right:?}")).collect(),
        password_expired: seated.must_change,
    }
}
