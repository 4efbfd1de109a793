//! What was answered to which command: a repeated command gets the first answer.

/// `request` is the digest of the command, so that one key cannot name two; `act` is the last act then in the log, if any.
pub const SCHEMA: &str = "
CREATE TABLE answer (
  key TEXT PRIMARY KEY,
  request BYTEA NOT NULL,
  answer TEXT NOT NULL,
  act BIGINT
);
";

statements! {
    /// The answer to a key.
    ANSWER_GET = "SELECT request, answer FROM answer WHERE key = $1";
    /// Keeps an answer.
    ANSWER_PUT = "INSERT INTO answer (key, request, answer, act) VALUES ($1, $2, $3, $4)";
    /// The whole table.
    ANSWER_ALL = "SELECT key, request, answer, act FROM answer ORDER BY key";
}
