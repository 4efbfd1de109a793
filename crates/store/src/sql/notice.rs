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

macro_rules! columns {
    () => {
        "plan_id, number, title, pack, year, posted, first_day, last_day, items, total_fen"
    };
}

macro_rules! filter {
    () => {
        "WHERE (CAST($1 AS TEXT) IS NULL OR pack = $1) \
        AND (CAST($2 AS BIGINT) IS NULL OR year = $2) "
    };
}

statements! {
    /// Writes a row.
    NOTICE_PUT = concat!(
        "INSERT INTO row_notice (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        ON CONFLICT (plan_id) DO UPDATE SET \
        number = excluded.number, title = excluded.title, pack = excluded.pack, \
        year = excluded.year, posted = excluded.posted, first_day = excluded.first_day, \
        last_day = excluded.last_day, items = excluded.items, total_fen = excluded.total_fen"
    );
    /// A page, newest first: pack or null, year or null; after this plan or null; limit.
    NOTICE_LIST = concat!("SELECT ", columns!(), " FROM row_notice ", filter!(), "\
        AND (CAST($3 AS BIGINT) IS NULL \
        OR (posted, plan_id) < (SELECT posted, plan_id FROM row_notice WHERE plan_id = $3)) \
        ORDER BY posted DESC, plan_id DESC LIMIT $4");
    /// How many a list has in all.
    NOTICE_COUNT = concat!("SELECT COUNT(*) FROM row_notice ", filter!());
    /// The whole table.
    NOTICE_ALL = concat!("SELECT ", columns!(), " FROM row_notice ORDER BY plan_id");
    /// Forgets all.
    NOTICE_CLEAR = "DELETE FROM row_notice";
}
