//! Drafts of forms: what a person typed and has not filed. Outside the journal.

/// `version` counts up with each write and guards against two browsers; `updated` in milliseconds of Unix time.
pub const SCHEMA: &str = "
CREATE TABLE draft (
  owner BIGINT NOT NULL,
  key TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  body TEXT NOT NULL,
  updated BIGINT NOT NULL,
  PRIMARY KEY (owner, key)
);
";

statements! {
    /// A new draft; changes nothing when there is one.
    DRAFT_CREATE = "INSERT INTO draft (owner, key, version, body, updated) VALUES ($1, $2, 1, $3, $4) \
                    ON CONFLICT (owner, key) DO NOTHING";
    /// The next version of a draft; changes nothing when another version is there.
    DRAFT_UPDATE = "UPDATE draft SET version = version + 1, body = $1, updated = $2 \
                    WHERE owner = $3 AND key = $4 AND version = $5";
    /// A draft.
    DRAFT_GET = "SELECT owner, key, version, body, updated FROM draft WHERE owner = $1 AND key = $2";
    /// An owner's drafts, by key.
    DRAFT_LIST = "SELECT owner, key, version, body, updated FROM draft WHERE owner = $1 ORDER BY key";
    /// The whole table.
    DRAFT_ALL = "SELECT owner, key, version, body, updated FROM draft ORDER BY owner, key";
    /// A draft with its version, as it was in another database.
    DRAFT_TAKE = "INSERT INTO draft (owner, key, version, body, updated) VALUES ($1, $2, $3, $4, $5)";
    /// Throws a draft away.
    DRAFT_DELETE = "DELETE FROM draft WHERE owner = $1 AND key = $2";
}
