//! Signing in and sessions: who is at the screen, in which role, for how long.
//!
//! A wrong name, a wrong password, an account that is switched off or has no role get one and the same refusal after the same work.
//! Five wrong tries in a row close the name for a quarter of an hour of the program's clock; names that nobody has close in the same
//! way ([`Door`]), so that the refusal does not tell which names exist. Sessions are rows of the house, found by the digest of their
//! token; the token itself is never kept.

use crate::command::Failure;
use crate::password::{self, COST_SETTING, Cost};
use crate::ports::Fault;
use crate::rows::{Credential, PersonRow, RoleRow, Session};
use crate::time::clock_of;
use crate::view::Viewer;
use crate::writer::App;
use journal::{Digest, HashKind};
use kernel::id::{OrgId, PersonId};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Wrong tries in a row that close a name.
pub const TRIES_MAX: i64 = 5;
/// For how long.
pub const LOCK_MS: i64 = 15 * 60_000;
/// A session ends when nothing came for so long.
pub const IDLE_MS: i64 = 30 * 60_000;
/// A session ends after so long in any case.
pub const SESSION_MS: i64 = 12 * 3_600_000;
/// The last sign of life is written no more often than this.
const SEEN_MS: i64 = 60_000;
/// When a name that nobody has was tried last.
const STRANGER_SETTING: &str = "sign-in.stranger";
/// So many names that nobody has are remembered.
const STRANGERS_MAX: usize = 10_000;

/// Why somebody was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// Name or password is wrong, or the account may not be used.
    Wrong {
        /// Tries left before the name closes.
        left: i64,
    },
    /// Too many wrong tries.
    Locked {
        /// Until when, milliseconds.
        until: i64,
    },
}

impl Denied {
    /// What to say, Chinese and English.
    pub fn say(self) -> (String, String) {
        let minutes = LOCK_MS / 60_000;
        match self {
            Denied::Wrong { left } => (
                format!("登录名或密码不对。再输错{left}次，该登录名将暂停登录{minutes}分钟。"),
                format!(
                    "Sign-in name or password is wrong. After {left} more wrong tries the name is closed for {minutes} minutes."
                ),
            ),
            Denied::Locked { until } => {
                let clock = clock_of(until + 59_999);
                (
                    format!(
                        "登录名或密码已连续输错{TRIES_MAX}次，该登录名暂停登录{minutes}分钟，请在{clock}以后再试；忘记密码请联系系统管理员重置。"
                    ),
                    format!(
                        "{TRIES_MAX} wrong tries in a row: the name is closed for {minutes} minutes. Try again after {clock}, or ask the administrator for a new password."
                    ),
                )
            }
        }
    }
}

/// Why a sign-in did not happen.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Not let in.
    #[error("not let in")]
    Denied(Denied),
    /// The world failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A try to sign in.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// The sign-in name as typed.
    pub login: &'a str,
    /// The password as typed.
    pub password: Secret<'a>,
    /// The secret of the session to begin.
    pub token: &'a str,
}

/// A password on its way; `Debug` does not show it.
#[derive(Clone, Copy)]
pub struct Secret<'a>(pub &'a str);

impl std::fmt::Debug for Secret<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

/// A session that holds now.
#[derive(Debug, Clone)]
pub struct Seated {
    /// The session.
    pub session: Session,
    /// The person in the role.
    pub viewer: Viewer,
    /// The first password must be changed before anything else.
    pub must_change: bool,
}

/// What the sign-in page shares between requests: one counting at a time, and the names that nobody has.
#[derive(Debug, Default)]
pub struct Door {
    strangers: Mutex<BTreeMap<Digest, Tries>>,
    turn: Mutex<()>,
}

/// Wrong tries of one name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Tries {
    failed: i64,
    locked_until: i64,
}

impl Tries {
    /// Counts one more try before it is known to be wrong; `Err` when the name is closed.
    fn count(self, now: i64) -> Result<Tries, Denied> {
        // A clock that was set back must not close a name for longer than it would have been.
        let locked = self.locked_until > now && self.locked_until <= now + LOCK_MS;
        if locked {
            return Err(Denied::Locked { until: self.locked_until });
        }
        let failed = if self.locked_until > 0 { 1 } else { self.failed + 1 };
        Ok(Tries { failed, locked_until: if failed >= TRIES_MAX { now + LOCK_MS } else { 0 } })
    }

    fn denied(self) -> Denied {
        match self.locked_until {
            0 => Denied::Wrong { left: TRIES_MAX - self.failed },
            until => Denied::Locked { until },
        }
    }
}

impl Door {
    /// A door at which nobody stood yet.
    pub fn new() -> Door {
        Door::default()
    }

    /// Counts a try of a name that nobody has.
    fn stranger(&self, login: &str, now: i64) -> Result<Tries, Denied> {
        let key = HashKind::Sm3.plain(login.as_bytes());
        let mut all = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= STRANGERS_MAX && !all.contains_key(&key) {
            all.retain(|_, tries| tries.locked_until > now);
            if all.len() >= STRANGERS_MAX {
                all.clear();
            }
        }
        let tries = all.get(&key).copied().unwrap_or_default().count(now)?;
        all.insert(key, tries);
        Ok(tries)
    }
}

/// Under what a token is kept.
pub fn token_digest(token: &str) -> Digest {
    HashKind::Sm3.plain(token.as_bytes())
}

impl App {
    /// What a hash costs on this installation.
    pub fn password_cost(&self) -> Result<Cost, Fault> {
        Ok(Cost::named(self.house.setting(COST_SETTING)?.as_deref()))
    }

    /// Signs in and begins a session in the person's first role. Works for some tens of milliseconds: not for an async thread.
    pub fn sign_in(&self, door: &Door, attempt: Attempt<'_>) -> Result<Seated, SignInError> {
        let login = attempt.login.trim().to_lowercase();
        let person = self.reads.person_by_login(&login)?.filter(|person| person.enabled);
        let seat = person.as_ref().and_then(|person| person.roles.first().cloned());
        let (Some(person), Some(seat)) = (person, seat) else {
            return self.turn_away(door, &login, attempt.password);
        };
        if self.house.credential(person.person)?.is_none() {
            return self.turn_away(door, &login, attempt.password);
        }
        let credential = self.prove(door, person.person, attempt.password)?;
        self.begin(&person, &seat, &credential, attempt.token)
    }

    /// What a wrong try costs, for a name that nobody may use: the same count, one write, the same work.
    fn turn_away(&self, door: &Door, login: &str, typed: Secret<'_>) -> Result<Seated, SignInError> {
        let now = self.clock.now();
        let tries = door.stranger(login, now).map_err(SignInError::Denied)?;
        self.house.put_setting(STRANGER_SETTING, &now.to_string())?;
        password::hash(self.password_cost()?, &[0; 32], typed.0)?;
        Err(SignInError::Denied(tries.denied()))
    }

    /// Checks a person's password, counting the try before the work so that parallel guesses are counted too.
    pub(crate) fn prove(
        &self,
        door: &Door,
        person: PersonId,
        typed: Secret<'_>,
    ) -> Result<Credential, SignInError> {
        let (credential, tries) = {
            let _one_at_a_time = door.turn.lock().unwrap_or_else(PoisonError::into_inner);
            let now = self.clock.now();
            let Some(credential) = self.house.credential(person)? else {
                return Err(SignInError::Denied(Denied::Wrong { left: TRIES_MAX }));
            };
            let before = Tries { failed: credential.failed, locked_until: credential.locked_until };
            let tries = before.count(now).map_err(SignInError::Denied)?;
            let counted =
                Credential { failed: tries.failed, locked_until: tries.locked_until, ..credential.clone() };
            self.house.put_credential(&counted)?;
            (credential, tries)
        };
        if !password::verify(&credential.hash, typed.0) {
            return Err(SignInError::Denied(tries.denied()));
        }
        let proved = Credential { failed: 0, locked_until: 0, ..credential };
        self.house.put_credential(&proved)?;
        Ok(proved)
    }

    /// Begins a session without a password: after a registration, which has just set one.
    pub(crate) fn begin_for(&self, person: PersonId, token: &str) -> Result<Option<Seated>, Fault> {
        let (row, credential) = (self.reads.person(person)?, self.house.credential(person)?);
        let (Some(row), Some(credential)) = (row, credential) else { return Ok(None) };
        let Some(seat) = row.roles.first().cloned() else { return Ok(None) };
        match self.begin(&row, &seat, &credential, token) {
            Ok(seated) => Ok(Some(seated)),
            Err(SignInError::Denied(_)) => Ok(None),
            Err(SignInError::Fault(fault)) => Err(fault),
        }
    }

    fn begin(
        &self,
        person: &PersonRow,
        seat: &RoleRow,
        credential: &Credential,
        token: &str,
    ) -> Result<Seated, SignInError> {
        let now = self.clock.now();
        let session = Session {
            token: token_digest(token),
            person: person.person,
            org: seat.org,
            role: seat.role.clone(),
            created: now,
            seen: now,
            expires: now + SESSION_MS,
        };
        let viewer = self.viewer(person.person, seat.org, &seat.role).map_err(fault_of)?;
        let viewer = viewer.ok_or(SignInError::Denied(Denied::Wrong { left: TRIES_MAX }))?;
        self.house.put_session(&session)?;
        Ok(Seated { session, viewer, must_change: credential.must_change })
    }

    /// The session of a token when it holds: known, in time, its person enabled and still in the role. Prolongs the idle time.
    pub fn session(&self, token: &str) -> Result<Option<Seated>, Fault> {
        let Some(session) = self.house.session(&token_digest(token))? else { return Ok(None) };
        let now = self.clock.now();
        if !holds(&session, now) {
            self.house.end_session(&session.token)?;
            return Ok(None);
        }
        let viewer = self.viewer(session.person, session.org, &session.role).map_err(fault_of)?;
        let Some(viewer) = viewer else {
            self.house.end_session(&session.token)?;
            return Ok(None);
        };
        let Some(credential) = self.house.credential(session.person)? else { return Ok(None) };
        let stale = (now - session.seen).abs() >= SEEN_MS;
        let session = Session { seen: now, ..session };
        if stale {
            self.house.put_session(&session)?;
        }
        Ok(Some(Seated { session, viewer, must_change: credential.must_change }))
    }

    /// Takes another of the person's roles in the same session; `false` when the person does not hold it.
    pub fn switch_role(&self, token: &str, org: OrgId, role: &str) -> Result<bool, Fault> {
        let Some(seated) = self.session(token)? else { return Ok(false) };
        if self.viewer(seated.session.person, org, role).map_err(fault_of)?.is_none() {
            return Ok(false);
        }
        self.house.put_session(&Session { org, role: role.to_owned(), ..seated.session })?;
        Ok(true)
    }

    /// Ends a session.
    pub fn sign_out(&self, token: &str) -> Result<(), Fault> {
        self.house.end_session(&token_digest(token))
    }

    /// Ends every other session of the person.
    pub fn sign_out_elsewhere(&self, token: &str) -> Result<(), Fault> {
        let Some(seated) = self.session(token)? else { return Ok(()) };
        self.house.end_sessions(seated.session.person)?;
        self.house.put_session(&seated.session)
    }
}

/// Whether a session is in time. One that begins in the future is a session of another day: the clock was set back.
fn holds(session: &Session, now: i64) -> bool {
    let begun = session.created <= now + SEEN_MS;
    begun && now < session.expires && now - session.seen < IDLE_MS
}

fn fault_of(failure: Failure) -> Fault {
    match failure {
        Failure::Fault(fault) => fault,
        Failure::Refused(refusal) => {
            Fault::lasting(format!("a session cannot be read: {}", refusal.reason.code()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_try_closes_and_a_quarter_of_an_hour_opens() {
        let mut tries = Tries::default();
        for left in [4, 3, 2, 1] {
            tries = tries.count(1_000).unwrap();
            assert_eq!(tries.denied(), Denied::Wrong { left });
        }
        tries = tries.count(1_000).unwrap();
        let closed = Denied::Locked { until: 1_000 + LOCK_MS };
        assert_eq!(tries.denied(), closed);
        assert_eq!(tries.count(1_000 + LOCK_MS - 1), Err(closed));
        assert_eq!(tries.count(1_000 + LOCK_MS).unwrap().denied(), Denied::Wrong { left: 4 });
        assert_eq!(tries.count(0).unwrap().denied(), Denied::Wrong { left: 4 });
    }

    #[test]
    fn strangers_close_like_everybody_and_are_forgotten_when_too_many() {
        let door = Door::new();
        for _ in 0..TRIES_MAX {
            assert!(door.stranger("nobody", 5).is_ok());
        }
        assert_eq!(door.stranger("nobody", 6), Err(Denied::Locked { until: 5 + LOCK_MS }));
        assert!(door.stranger("somebody", 6).is_ok());
        for number in 0..STRANGERS_MAX + 10 {
            assert!(door.stranger(&format!("n{number}"), 7).is_ok());
        }
        assert!(door.strangers.lock().unwrap().len() <= STRANGERS_MAX);
        assert_eq!(door.stranger("nobody", 8), Err(Denied::Locked { until: 5 + LOCK_MS }));
    }

    #[test]
    fn a_session_holds_within_both_limits() {
        let session = Session {
            token: token_digest("t"),
            person: PersonId(1),
            org: OrgId(1),
            role: "r".into(),
            created: 0,
            seen: SESSION_MS - IDLE_MS,
            expires: SESSION_MS,
        };
        for (now, expected) in [
            (SESSION_MS - 1, true),
            (SESSION_MS, false),
            (SESSION_MS - IDLE_MS, true),
            (-SEEN_MS, true),
            (-SEEN_MS - 1, false),
        ] {
            assert_eq!(holds(&session, now), expected, "{now}");
        }
        let idle = Session { seen: 0, ..session };
        assert!(holds(&idle, IDLE_MS - 1) && !holds(&idle, IDLE_MS));
    }

    #[test]
    fn secrets_do_not_show() {
        let attempt = Attempt { login: "a", password: Secret("swordfish"), token: "t" };
        assert!(!format!("{attempt:?}").contains("swordfish"));
    }
}
