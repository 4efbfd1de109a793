//! Sealed personal data, found by its keyed commitment. Outside the journal, so that it can be erased lawfully.

/// `sealed` is ciphertext; this crate never sees the plain text.
pub const SCHEMA: &str = "
CREATE TABLE secret (
  commitment TEXT PRIMARY KEY,
  sealed BYTEA NOT NULL
);
";

statements! {
    /// Keeps a sealed value; one commitment means one plain text, so the newer sealing may stand.
    SECRET_PUT = "INSERT INTO secret (commitment, sealed) VALUES ($1, $2) \
                  ON CONFLICT (commitment) DO UPDATE SET sealed = excluded.sealed";
    /// The whole table.
    SECRET_ALL = "SELECT commitment, sealed FROM secret ORDER BY commitment";
    /// The sealed value of a commitment.
    SECRET_GET = "SELECT sealed FROM secret WHERE commitment = $1";
}
