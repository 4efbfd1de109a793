//! Consents of places: papers that must be on file before their money moves.

/// Days are ISO text.
pub const SCHEMA: &str = "
CREATE TABLE row_consent (
  pack TEXT NOT NULL,
  place TEXT NOT NULL,
  demand TEXT NOT NULL,
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  on_day TEXT NOT NULL,
  revoked TEXT,
  PRIMARY KEY (pack, place, demand)
);
";

macro_rules! columns {
    () => {
        "pack, place, demand, name, document, on_day, revoked"
    };
}

statements! {
    /// Writes a row.
    CONSENT_PUT = concat!(
        "INSERT INTO row_consent (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (pack, place, demand) DO UPDATE SET \
        name = excluded.name, document = excluded.document, on_day = excluded.on_day, \
        revoked = excluded.revoked"
    );
    /// The consents of a pack.
    CONSENT_LIST = concat!("SELECT ", columns!(), " FROM row_consent WHERE pack = $1 ORDER BY place, demand");
    /// The whole table.
    CONSENT_ALL = concat!("SELECT ", columns!(), " FROM row_consent ORDER BY pack, place, demand");
    /// Forgets all.
    CONSENT_CLEAR = "DELETE FROM row_consent";
}
