//! Public notices.

/// Days are ISO text, the total is in fen.
pub const SCHEMA: &str = "
CREATE TABLE row_notice (
  plan_id BIGINT PRIMARY KEY,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  pack TEXT NOT NULL,
  year BIGINT NOT NULL,
  posted TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  items BIGINT NOT NULL,
  total_fen BIGINT NOT NULL
);
CREATE INDEX row_notice_posted ON row_notice (posted, plan_id);
";

/// Notices of cases beside those of plans: several of one subject, each in its place.
pub const OF_CASES: &str = "
ALTER TABLE row_notice RENAME TO row_notice_of_plans;
DROP INDEX row_notice_posted;
CREATE TABLE row_notice (
  about TEXT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  pack TEXT NOT NULL,
  year BIGINT NOT NULL,
  posted TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  items BIGINT NOT NULL,
  total_fen BIGINT NOT NULL,
  place TEXT,
  PRIMARY KEY (about, number)
);
INSERT INTO row_notice (about, number, title, pack, year, posted, first_day, last_day, items, total_fen)
  SELECT 'plan:' || plan_id, number, title, pack, year, posted, first_day, last_day, items, total_fen
  FROM row_notice_of_plans;
DROP TABLE row_notice_of_plans;
CREATE INDEX row_notice_posted ON row_notice (posted, about, number);
";

macro_rules! columns {
    () => {
        "about, number, title, pack, year, posted, first_day, last_day, items, total_fen, place"
    };
}

macro_rules! filter {
    () => {
        "WHERE (CAST($1 AS TEXT) IS NULL OR pack = $1) \
        AND (CAST($2 AS BIGINT) IS NULL OR year = $2) \
        AND (CAST($3 AS TEXT) IS NULL OR (place >= $3 AND place < $3 || '~')) \
        AND (CAST($4 AS TEXT) IS NULL OR last_day >= $4) \
        AND (CAST($5 AS TEXT) IS NULL OR last_day < $5) "
    };
}

statements! {
    /// Writes a row.
    NOTICE_PUT = concat!(
        "INSERT INTO row_notice (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
        ON CONFLICT (about, number) DO UPDATE SET \
        title = excluded.title, pack = excluded.pack, \
        year = excluded.year, posted = excluded.posted, first_day = excluded.first_day, \
        last_day = excluded.last_day, items = excluded.items, total_fen = excluded.total_fen, place = excluded.place"
    );
    /// A page, newest first: pack, year, beginning of the place, first and day behind the last of the last days, or null;
    /// after this subject and number or null; limit.
    NOTICE_LIST = concat!("SELECT ", columns!(), " FROM row_notice ", filter!(), "\
        AND (CAST($6 AS TEXT) IS NULL OR (posted, about, number) < \
        (SELECT posted, about, number FROM row_notice WHERE about || '/' || number = $6)) \
        ORDER BY posted DESC, about DESC, number DESC LIMIT $7");
    /// How many a list has in all.
    NOTICE_COUNT = concat!("SELECT COUNT(*) FROM row_notice ", filter!());
    /// The years and places of a pack, each pair once.
    NOTICE_FACETS = "SELECT DISTINCT year, place FROM row_notice WHERE pack = $1 ORDER BY year, place";
    /// The whole table.
    NOTICE_ALL = concat!("SELECT ", columns!(), " FROM row_notice ORDER BY about, number");
    /// Forgets all.
    NOTICE_CLEAR = "DELETE FROM row_notice";
}
