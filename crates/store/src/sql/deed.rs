//! What each person did.

/// `at` in milliseconds of Unix time.
pub const SCHEMA: &str = "
CREATE TABLE row_deed (
  seq BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  subject TEXT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  what TEXT NOT NULL,
  what_en TEXT NOT NULL,
  cite TEXT NOT NULL
);
CREATE INDEX row_deed_person ON row_deed (person_id, seq);
";

macro_rules! columns {
    () => {
        "seq, person_id, at, subject, number, title, what, what_en, cite"
    };
}

statements! {
    /// Writes a row.
    DEED_PUT = concat!(
        "INSERT INTO row_deed (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (seq) DO UPDATE SET \
        person_id = excluded.person_id, at = excluded.at, subject = excluded.subject, \
        number = excluded.number, title = excluded.title, what = excluded.what, \
        what_en = excluded.what_en, cite = excluded.cite"
    );
    /// What a person did, newest first.
    DEED_LIST = concat!("SELECT ", columns!(), " FROM row_deed \
        WHERE person_id = $1 ORDER BY seq DESC LIMIT $2");
    /// The whole table.
    DEED_ALL = concat!("SELECT ", columns!(), " FROM row_deed ORDER BY seq");
    /// Forgets all.
    DEED_CLEAR = "DELETE FROM row_deed";
}
