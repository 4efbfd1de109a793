//! Lists of people: what is loaded, and who is on it. The people are no part of the journal and are not derived from it: a rebuild
//! leaves them alone.

/// What was loaded last of each list.
pub const SCHEMA: &str = "
CREATE TABLE row_roster (
  list TEXT PRIMARY KEY,
  pack TEXT NOT NULL,
  roster TEXT NOT NULL,
  place TEXT NOT NULL,
  file TEXT NOT NULL,
  households BIGINT NOT NULL,
  removed BIGINT NOT NULL,
  came BIGINT NOT NULL,
  gone BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  on_day TEXT NOT NULL,
  person_id BIGINT,
  times BIGINT NOT NULL
);
CREATE INDEX row_roster_pack ON row_roster (pack, roster, place);
CREATE TABLE roster_member (
  list TEXT NOT NULL,
  number TEXT NOT NULL,
  number_shown TEXT NOT NULL,
  head TEXT NOT NULL,
  head_shown TEXT NOT NULL,
  village TEXT NOT NULL,
  village_group TEXT NOT NULL,
  persons BIGINT NOT NULL,
  since BIGINT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (list, number)
);
";

macro_rules! columns {
    () => {
        "list, pack, roster, place, file, households, removed, came, gone, changed, on_day, person_id, times"
    };
}

macro_rules! member {
    () => {
        "list, number, number_shown, head, head_shown, village, village_group, persons, since, status"
    };
}

statements! {
    /// Writes what was loaded.
    ROSTER_PUT = concat!("INSERT INTO row_roster (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
        ON CONFLICT (list) DO UPDATE SET file = excluded.file, households = excluded.households, \
        removed = excluded.removed, came = excluded.came, gone = excluded.gone, changed = excluded.changed, \
        on_day = excluded.on_day, person_id = excluded.person_id, times = excluded.times");
    /// The lists of a pack.
    ROSTER_LIST = concat!("SELECT ", columns!(), " FROM row_roster WHERE pack = $1 ORDER BY pack, roster, place");
    /// The whole table.
    ROSTER_ALL = concat!("SELECT ", columns!(), " FROM row_roster ORDER BY list");
    /// Forgets all of it; the people stay.
    ROSTER_CLEAR = "DELETE FROM row_roster";
    /// Puts somebody on a list.
    MEMBER_PUT = concat!("INSERT INTO roster_member (", member!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    /// Who is on a list.
    MEMBER_LIST = concat!("SELECT ", member!(), " FROM roster_member WHERE list = $1 ORDER BY number");
    /// Somebody on a list.
    MEMBER_GET = concat!("SELECT ", member!(), " FROM roster_member WHERE list = $1 AND number = $2");
    /// Whether anybody is on a list.
    MEMBER_ANY = "SELECT number FROM roster_member WHERE list = $1 LIMIT 1";
    /// Everybody of every list.
    MEMBER_ALL = concat!("SELECT ", member!(), " FROM roster_member ORDER BY list, number");
    /// Forgets who is on a list.
    MEMBER_DELETE = "DELETE FROM roster_member WHERE list = $1";
}
