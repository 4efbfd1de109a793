//! Password hashes of people, with first-password and lock-out state. Outside the journal: a hash is never evidence.

/// `must_change` is 0 or 1; `locked_until` in milliseconds of Unix time, 0 when not locked.
pub const SCHEMA: &str = "
CREATE TABLE credential (
  person_id BIGINT PRIMARY KEY,
  hash TEXT NOT NULL,
  must_change BIGINT NOT NULL CHECK (must_change IN (0, 1)),
  failed BIGINT NOT NULL CHECK (failed >= 0),
  locked_until BIGINT NOT NULL
);
";

statements! {
    /// Sets a person's credential.
    CREDENTIAL_PUT = "INSERT INTO credential (person_id, hash, must_change, failed, locked_until) \
                      VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person_id) DO UPDATE SET \
                      hash = excluded.hash, must_change = excluded.must_change, failed = excluded.failed, \
                      locked_until = excluded.locked_until";
    /// A person's credential.
    CREDENTIAL_GET = "SELECT person_id, hash, must_change, failed, locked_until FROM credential \
                      WHERE person_id = $1";
    /// The whole table.
    CREDENTIAL_ALL = "SELECT person_id, hash, must_change, failed, locked_until FROM credential \
                      ORDER BY person_id";
}
