//! Sign-in sessions, found by the digest of their token. Outside the journal.

/// Times in milliseconds of Unix time.
pub const SCHEMA: &str = "
CREATE TABLE session (
  token BYTEA PRIMARY KEY,
  person_id BIGINT NOT NULL,
  org_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  created BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_expires ON session (expires);
";

statements! {
    /// Opens a session or renews it.
    SESSION_PUT = "INSERT INTO session (token, person_id, org_id, role, created, seen, expires) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (token) DO UPDATE SET \
                   person_id = excluded.person_id, org_id = excluded.org_id, role = excluded.role, \
                   created = excluded.created, seen = excluded.seen, expires = excluded.expires";
    /// The session of a token.
    SESSION_GET = "SELECT token, person_id, org_id, role, created, seen, expires FROM session WHERE token = $1";
    /// Ends a session.
    SESSION_END = "DELETE FROM session WHERE token = $1";
    /// Ends all sessions of a person.
    SESSION_END_ALL = "DELETE FROM session WHERE person_id = $1";
    /// Forgets sessions that ended before a time.
    SESSION_SWEEP = "DELETE FROM session WHERE expires < $1";
}
