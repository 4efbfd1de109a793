//! Who calls: the people and roles of the sign-in page, by HTTP Basic or by the cookie of a session.
//!
//! A password is proved once, with the throttle and the lock-out of the sign-in page, and begins a session like there; the session
//! is remembered here under a digest of name and password, so that the next call need not prove it again. Whatever ends the session
//! (a new password, an account switched off, time) ends that too.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use app::command::money::MoneyCommand;
use app::signin::{Attempt, Seated, Secret, SignInError};
use app::view::Viewer;
use app::{Answer, App, Command};
use axum::Extension;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use base64::Engine as _;
use kernel::id::OrgId;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

use super::problem::Failed;
use crate::cookies::Cookies;
use crate::guard::throttle::Peer;
use crate::session::Token;
use crate::state::AppState;

/// The most sessions that are remembered.
const KNOWN_MAX: usize = 1_000;
/// The most letters of a caller's key.
const KEY_MAX: usize = 200;

/// Sessions of callers, by a digest that only this process makes.
#[derive(Default)]
pub struct Known {
    salt: std::sync::OnceLock<[u8; 32]>,
    sessions: Mutex<BTreeMap<[u8; 32], Token>>,
}

impl Known {
    fn digest(&self, login: &str, password: &str) -> [u8; 32] {
        let salt = self.salt.get_or_init(|| {
            let mut salt = [0; 32];
            // Without randomness the digest is still only kept in memory.
            let _ = getrandom::fill(&mut salt);
            salt
        });
        let mut hash = Sha256::new();
        hash.update(salt);
        hash.update((login.len() as u64).to_be_bytes());
        hash.update(login);
        hash.update(password);
        hash.finalize().into()
    }

    fn get(&self, of: &[u8; 32]) -> Option<Token> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).get(of).cloned()
    }

    fn keep(&self, of: [u8; 32], token: Token) {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        if sessions.len() >= KNOWN_MAX {
            sessions.clear();
        }
        sessions.insert(of, token);
    }

    fn forget(&self, of: &[u8; 32]) {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).remove(of);
    }
}

/// A caller: a person in a role, and the key of the request.
pub struct Caller {
    /// The person in the role.
    pub viewer: Viewer,
    /// The application.
    pub app: App,
    /// The idempotency key, within the person's own keys; empty for none.
    pub key: String,
}

impl Caller {
    /// Carries out an act on booked money and waits until it is durable.
    pub async fn act(&self, command: MoneyCommand) -> Result<Answer, Failed> {
        self.does(Command::Money(Box::new(command))).await
    }

    /// Carries out an act and waits until it is durable.
    pub async fn does(&self, command: Command) -> Result<Answer, Failed> {
        let (who, key) = (self.viewer.who(), self.key.clone());
        self.beside(move |app, _| app.submit(app::Request { who, key, command })).await?.map_err(Failed::from)
    }

    /// Works on a thread of its own: what waits for the writer or reads much.
    pub async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App, &Viewer) -> T + Send + 'static,
    ) -> Result<T, Failed> {
        let (app, viewer) = (self.app.clone(), self.viewer.clone());
        let done = tokio::task::spawn_blocking(move || work(&app, &viewer)).await;
        done.map_err(|error| Failed::bug(&format!("work beside the request: {error}")))
    }

    /// Asks a view.
    pub async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App, &Viewer) -> Result<T, app::Failure> + Send + 'static,
    ) -> Result<T, Failed> {
        Ok(self.beside(work).await??)
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failed> {
        let Ok(peer) = Peer::from_request_parts(parts, state).await;
        let known = Extension::<Arc<Known>>::from_request_parts(parts, state).await;
        let Extension(known) = known.map_err(|_| Failed::bug("the interface has no memory of callers"))?;
        let headers = parts.headers.clone();
        let (seated, by) = if headers.contains_key(header::AUTHORIZATION) {
            let (login, password) = basic(&headers).ok_or_else(Failed::sign_in_needed)?;
            (by_password(state, &known, peer, login, password).await?, By::Password)
        } else {
            (by_cookie(state, &headers).await?, By::Cookie)
        };
        if seated.must_change {
            return Err(Failed::password_change_needed());
        }
        let asked = headers.get("x-role").map(|value| value.to_str().unwrap_or_default().to_owned());
        let (app, work) = (state.app.clone(), seated.viewer.clone());
        let viewer = beside(move || in_role(&app, work, by, asked.as_deref())).await??;
        let key = key_of(&headers, &viewer)?;
        Ok(Self { viewer, app: state.app.clone(), key })
    }
}

/// How somebody was known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Password,
    Cookie,
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failed> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Failed::bug(&format!("work beside the request: {error}")))
}

/// Name and password of the header; `None` when it has another form.
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let line = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, coded) = line.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let bytes = base64::engine::general_purpose::STANDARD.decode(coded.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (login, password) = text.split_once(':')?;
    Some((login.trim().to_lowercase(), password.to_owned()))
}

async fn by_cookie(state: &AppState, headers: &HeaderMap) -> Result<Seated, Failed> {
    let token = Token::of(&Cookies::of(headers)).ok_or_else(Failed::sign_in_needed)?;
    let app = state.app.clone();
    beside(move || app.session(token.expose())).await??.ok_or_else(Failed::sign_in_needed)
}

async fn by_password(
    state: &AppState,
    known: &Arc<Known>,
    peer: Peer,
    login: String,
    password: String,
) -> Result<Seated, Failed> {
    let digest = known.digest(&login, &password);
    if let Some(token) = known.get(&digest) {
        let app = state.app.clone();
        if let Some(seated) = beside(move || app.session(token.expose())).await?? {
            return Ok(seated);
        }
        known.forget(&digest);
    }
    state.shell.throttle().try_now(&login, peer.0)?;
    let token = Token::fresh().map_err(|fault| Failed::from(WebFault(fault)))?;
    let (app, door, held) = (state.app.clone(), state.shell.door(), token.clone());
    let tried = beside(move || {
        app.sign_in(&door, Attempt { login: &login, password: Secret(&password), token: held.expose() })
    });
    match tried.await? {
        Ok(seated) => {
            known.keep(digest, token);
            Ok(seated)
        }
        Err(SignInError::Denied(denied)) => Err(Failed::denied(denied, state.app.clock.now())),
        Err(SignInError::Fault(fault)) => Err(fault.into()),
    }
}

/// A fault of the pages' own.
struct WebFault(crate::error::Fault);

impl From<WebFault> for Failed {
    fn from(fault: WebFault) -> Self {
        app::ports::Fault::passing(fault.0.operator().to_owned()).into()
    }
}

/// The person in the role that the request names; without a name, in the only one, or in the one of the session.
fn in_role(app: &App, seated: Viewer, by: By, asked: Option<&str>) -> Result<Viewer, Failed> {
    let held = app.held_roles(seated.person)?;
    let names = || held.iter().map(|one| format!("{}:{}", one.held.org, one.held.role)).collect::<Vec<_>>();
    let Some(asked) = asked else {
        return if by == By::Cookie || held.len() == 1 { Ok(seated) } else { Err(Failed::role(names())) };
    };
    let (org, role) = asked.trim().split_once(':').ok_or_else(|| Failed::role(names()))?;
    let org: OrgId = org.trim().parse().map_err(|_| Failed::role(names()))?;
    app.viewer(seated.person, org, role.trim())?.ok_or_else(|| Failed::role(names()))
}

/// The command's key: the caller's own, so that two callers never meet.
fn key_of(headers: &HeaderMap, viewer: &Viewer) -> Result<String, Failed> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(String::new()) };
    let key = value.to_str().map_or("", str::trim);
    if key.is_empty() || key.len() > KEY_MAX {
        return Err(Failed::unreadable("Idempotency-Key", "1 to 200 visible ASCII characters are wanted"));
    }
    Ok(format!("api:{}:{key}", viewer.person))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn read(line: &str) -> Option<(String, String)> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(line).unwrap());
        basic(&headers)
    }

    #[test]
    fn name_and_password_are_read_and_a_password_may_hold_a_colon() {
        let coded = base64::engine::general_purpose::STANDARD.encode("Wang:一渠:清水");
        let expected = Some(("wang".to_owned(), "一渠:清水".to_owned()));
        assert_eq!(read(&format!("Basic {coded}")), expected);
        assert_eq!(read(&format!("basic {coded}")), expected);
        for other in ["Bearer abc", "Basic !!!", "Basic", "Basic bm9jb2xvbg=="] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn a_session_is_found_by_the_same_name_and_password_only() {
        let known = Known::default();
        let token = Token::fresh().unwrap();
        known.keep(known.digest("li", "a"), token.clone());
        assert_eq!(known.get(&known.digest("li", "a")), Some(token));
        for (login, password) in [("li", "b"), ("lia", ""), ("l", "ia")] {
            assert_eq!(known.get(&known.digest(login, password)), None, "{login}:{password}");
        }
        known.forget(&known.digest("li", "a"));
        assert_eq!(known.get(&known.digest("li", "a")), None);
        assert_ne!(
            Known::default().digest("li", "a"),
            known.digest("li", "a"),
            "another process, another digest"
        );
    }
}
