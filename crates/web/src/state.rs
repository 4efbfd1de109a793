//! What every handler holds: the application and the shell. And `Seat`: a signed-in person as the application sees it.

use app::view::Viewer;
use app::{Answer, App, Command, Failure, Request, Who};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use kernel::id::{OrgId, PersonId};

use crate::ctx::{Ctx, Signed};
use crate::error::{Fault, Refusal, WebError};
use crate::shell::Shell;
use crate::words::Lang;

/// The state of the application. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// Use cases and views.
    pub app: App,
    /// Sessions, clock, throttle.
    pub shell: Shell,
}

impl FromRef<AppState> for Shell {
    fn from_ref(state: &AppState) -> Shell {
        state.shell.clone()
    }
}

impl AppState {
    /// Submits an act for somebody and waits until it is durable. `key` is the form's hidden key (see `ui::Form`): a double
    /// click does nothing.
    pub async fn submit(&self, who: Who, key: &str, command: Command) -> Result<Answer, Failure> {
        let (send, wait) = tokio::sync::oneshot::channel();
        self.app.submit_then(Request { who, key: key.to_owned(), command }, move |answer| {
            // The page is gone only when its request was dropped; the act stands all the same.
            let _gone = send.send(answer);
        });
        wait.await.unwrap_or_else(|_| Err(app::ports::Fault::passing("the writer stopped").into()))
    }
}

/// A signed-in person in a role: the page's context and the application's viewer.
#[derive(Clone)]
pub struct Seat {
    /// The context.
    pub ctx: Ctx,
    /// The person in the role, with scope and rights.
    pub viewer: Viewer,
    /// The state.
    pub state: AppState,
}

impl Seat {
    /// Submits an act of this person.
    pub async fn submit(&self, key: &str, command: Command) -> Result<Answer, Failure> {
        self.state.submit(self.viewer.who(), key, command).await
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.state.app
    }
}

impl FromRequestParts<AppState> for Seat {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, WebError> {
        let Signed { ctx, viewer } = Signed::from_request_parts(parts, state).await?;
        let lost = || WebError::SignInNeeded { next: ctx.path.clone() };
        let person: PersonId = viewer.person.parse().map_err(|_| lost())?;
        let org: OrgId = viewer.org_id.parse().map_err(|_| lost())?;
        let seen = state.app.viewer(person, org, &viewer.role_id).map_err(|e| web_error(&ctx, e))?;
        let viewer = seen.ok_or_else(lost)?;
        Ok(Seat { ctx, viewer, state: state.clone() })
    }
}

/// A failure as a page of its own, for handlers without a form to show it in.
pub fn web_error(ctx: &Ctx, failure: Failure) -> WebError {
    match failure {
        Failure::Fault(fault) => WebError::Fault(Fault::new(fault.operator)),
        Failure::Refused(refusal) => match refusal.reason {
            app::view::state::Reason::NotFound { .. } => WebError::NotFound,
            app::view::state::Reason::Stale { .. } => WebError::Stale,
            _ => WebError::Refused(Box::new(refusal_of(ctx, &refusal))),
        },
    }
}

/// A refusal in the language of the screen: what it says and what to do next.
pub fn refusal_of(ctx: &Ctx, refusal: &app::view::state::Refusal) -> Refusal {
    let say = refusal.reason.say();
    let text = match ctx.lang {
        Lang::Zh => format!("{}。{}。", say.zh, say.next_zh),
        Lang::En => format!("{}. {}.", capital(&say.en), capital(&say.next_en)),
    };
    Refusal {
        code: refusal.reason.code().to_owned(),
        text,
        article: Some(refusal.cite.clone()).filter(|c| !c.is_empty()),
        next: None,
    }
}

/// A sentence begins with a capital letter; what begins otherwise, with a number or a name in quotes, stays.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A fresh idempotency key for a form: a hidden field `key`; a form shown again after a refusal keeps its key.
pub fn fresh_key(app: &App) -> String {
    let bytes = app.random.bytes();
    bytes.iter().take(16).fold(String::new(), |key, byte| format!("{key}{byte:02x}"))
}
