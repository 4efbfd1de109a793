//! Accounts with their floors, entries and their legs.

/// `fen` is money; `day` is ISO text; `act` is the act that posted. A floor is repeated here as a constraint.
/// Balances are written at the commit, after the legs: so the reference of a leg is looked at there.
pub const SCHEMA: &str = "
CREATE TABLE account (
  path TEXT PRIMARY KEY,
  floor BIGINT,
  fen BIGINT NOT NULL,
  CHECK (floor IS NULL OR fen >= floor)
);
CREATE TABLE entry (
  id BIGINT PRIMARY KEY,
  act BIGINT NOT NULL REFERENCES act (seq),
  day TEXT NOT NULL,
  memo TEXT NOT NULL,
  article TEXT NOT NULL
);
CREATE TABLE posting (
  id BIGINT PRIMARY KEY,
  entry BIGINT NOT NULL REFERENCES entry (id),
  account TEXT NOT NULL REFERENCES account (path) DEFERRABLE INITIALLY DEFERRED,
  fen BIGINT NOT NULL CHECK (fen <> 0)
);
CREATE INDEX posting_account ON posting (account, id);
";

/// The source and the project that an account belongs to, as its path says; so that a source's money is followed by an index.
/// The accounts of the first program's packs have neither.
pub const LOTS: &str = "
ALTER TABLE account ADD COLUMN lot BIGINT;
ALTER TABLE account ADD COLUMN project BIGINT;
CREATE INDEX account_lot ON account (lot, path);
CREATE INDEX account_project ON account (project, path);
";

/// Each leg names the leg before it on its account, and the account names its last one: legs are only ever written behind each
/// other, and a leg costs the same in a small book and in a large one. An index by account would be written all over. Accounts lie by
/// path, so that those of a kind, which change together, share their pages. A leg's account is no reference: without an index of
/// the legs by account each new account would make SQLite look through all legs that wait for theirs. `verify` looks at it.
pub const CHAINS: &str = "
DROP INDEX account_lot;
DROP INDEX account_project;
ALTER TABLE account RENAME TO account_before;
CREATE TABLE account (
  path TEXT PRIMARY KEY,
  floor BIGINT,
  fen BIGINT NOT NULL,
  latest BIGINT,
  lot BIGINT,
  project BIGINT,
  CHECK (floor IS NULL OR fen >= floor)
) CLUSTERED;
CREATE INDEX account_lot ON account (lot, path);
CREATE INDEX account_project ON account (project, path);
INSERT INTO account (path, floor, fen, latest, lot, project)
  SELECT path, floor, fen, (SELECT MAX(p.id) FROM posting p WHERE p.account = path), lot, project
  FROM account_before ORDER BY path;
CREATE TABLE leg (
  id BIGINT PRIMARY KEY,
  entry BIGINT NOT NULL REFERENCES entry (id),
  account TEXT NOT NULL,
  fen BIGINT NOT NULL CHECK (fen <> 0),
  prev BIGINT CHECK (prev < id)
);
INSERT INTO leg (id, entry, account, fen, prev)
  SELECT id, entry, account, fen, LAG(id) OVER (PARTITION BY account ORDER BY id) FROM posting ORDER BY id;
DROP TABLE posting;
DROP TABLE account_before;
";

/// The ids of the legs of some accounts, each found from the one after it. The step is a lookup in parentheses so that no planner
/// joins whole tables for it.
macro_rules! chain {
    ($accounts:literal) => {
        concat!(
            "WITH RECURSIVE chain (id) AS (SELECT latest FROM account WHERE ",
            $accounts,
            " UNION ALL SELECT (SELECT l.prev FROM leg l WHERE l.id = c.id AND l.prev < l.id) FROM chain c WHERE c.id IS NOT NULL) "
        )
    };
}

macro_rules! movement {
    ($accounts:literal) => {
        concat!(
            chain!($accounts),
            "SELECT e.act, e.day, CASE WHEN x.fen < 0 THEN x.account ELSE y.account END, \
            CASE WHEN x.fen < 0 THEN y.account ELSE x.account END, \
            CASE WHEN x.fen < 0 THEN y.fen ELSE x.fen END, e.memo, e.article \
            FROM chain c JOIN leg x ON x.id = c.id JOIN account a ON a.path = x.account \
            JOIN leg y ON y.id = CASE WHEN x.fen > 0 THEN x.id - 1 ELSE x.id + 1 END AND y.entry = x.entry \
            JOIN account b ON b.path = y.account JOIN entry e ON e.id = x.entry "
        )
    };
}

statements! {
    /// An account's balance and its last leg.
    ACCOUNT_GET = "SELECT fen, latest FROM account WHERE path = $1";
    /// Sets an account's balance; the constraint refuses one below the floor.
    ACCOUNT_SET = "INSERT INTO account (path, floor, fen, latest, lot, project) VALUES ($1, $2, $3, $4, $5, $6) \
                   ON CONFLICT (path) DO UPDATE SET fen = excluded.fen, latest = excluded.latest";
    /// All accounts, by path.
    ACCOUNT_LIST = "SELECT path, floor, fen, latest, lot, project FROM account ORDER BY path";
    /// The accounts from one path up to another.
    ACCOUNT_RANGE = "SELECT path, fen FROM account WHERE path >= $1 AND path < $2 ORDER BY path";
    /// Adds an entry.
    ENTRY_PUT = "INSERT INTO entry (id, act, day, memo, article) VALUES ($1, $2, $3, $4, $5)";
    /// Adds a leg.
    POSTING_PUT = "INSERT INTO leg (id, entry, account, fen, prev) VALUES ($1, $2, $3, $4, $5)";
    /// The last leg's id.
    POSTING_LAST = "SELECT COALESCE(MAX(id), 0) FROM leg";
    /// How many entries there are.
    ENTRY_COUNT = "SELECT COUNT(*) FROM entry";
    /// A page of legs with their entries from an id on.
    POSTING_PAGE = "SELECT p.id, p.entry, p.account, p.fen, p.prev, e.act, e.day, e.memo, e.article \
                    FROM leg p LEFT JOIN entry e ON e.id = p.entry WHERE p.id >= $1 ORDER BY p.id LIMIT $2";
    /// An account's legs, oldest first, with the balance after each.
    POSTING_ACCOUNT = concat!(chain!("path = $1"), "SELECT e.act, e.day, p.account, p.fen, \
                       CAST(SUM(p.fen) OVER (ORDER BY p.id) AS BIGINT), e.memo, e.article \
                       FROM chain c JOIN leg p ON p.id = c.id JOIN entry e ON e.id = p.entry ORDER BY p.id");
    /// The movements that touch a source's lot, oldest first; each once, though both of its accounts may be of the lot.
    LOT_MOVEMENTS = concat!(movement!("lot = $1"), "WHERE (x.fen > 0 OR b.lot IS NULL OR b.lot <> a.lot) ORDER BY x.entry LIMIT $2");
    /// The movements that touch a project, oldest first; each once.
    PROJECT_MOVEMENTS = concat!(movement!("project = $1"), "WHERE (x.fen > 0 OR b.project IS NULL OR b.project <> a.project) ORDER BY x.entry LIMIT $2");
    /// What the accounts of one kind (from one path up to another) took in for projects of a pack in a region (place from, place to)
    /// from a day to a day, less what left them.
    MOVED_PROJECTS = concat!(chain!("path >= $1 AND path < $2 AND project IN \
        (SELECT project_id FROM row_project WHERE pack = $3 AND place >= $4 AND place < $5)"), "\
        SELECT CAST(COALESCE(SUM(l.fen), 0) AS BIGINT) FROM chain c JOIN leg l ON l.id = c.id \
        JOIN entry e ON e.id = l.entry WHERE e.day >= $6 AND e.day <= $7");
    /// What left some accounts (from one path up to another) from a day to a day, each with the act that booked it.
    MOVED_ACTS = concat!(chain!("path >= $1 AND path < $2"), "SELECT -l.fen, a.bytes FROM chain c \
        JOIN leg l ON l.id = c.id JOIN entry e ON e.id = l.entry JOIN act a ON a.seq = e.act \
        WHERE e.day >= $3 AND e.day <= $4");
    /// The accounts of a source's lot that hold something.
    LOT_ACCOUNTS = "SELECT path, fen FROM account WHERE lot = $1 AND fen <> 0 ORDER BY path";
    /// The accounts of a project that hold something.
    PROJECT_ACCOUNTS = "SELECT path, fen FROM account WHERE project = $1 AND fen <> 0 ORDER BY path";
    /// What the accounts of one kind hold for projects (from one path up to another), by fund, side, year and kind of the
    /// source, and use of the project.
    HELD_BY_PROJECTS = "SELECT s.fund, j.side, s.year, s.kind, j.spending, CAST(SUM(a.fen) AS BIGINT) FROM account a \
        JOIN row_source s ON s.source_id = a.lot JOIN row_project j ON j.project_id = a.project \
        WHERE a.path >= $1 AND a.path < $2 AND a.fen <> 0 AND s.pack = $3 \
        GROUP BY s.fund, j.side, s.year, s.kind, j.spending \
        ORDER BY s.fund, j.side, s.year, s.kind, j.spending";
    /// What the accounts of one kind hold for no project, each with year and kind of its source.
    HELD_BY_LOTS = "SELECT a.path, s.fund, s.year, s.kind, a.fen FROM account a \
        JOIN row_source s ON s.source_id = a.lot \
        WHERE a.path >= $1 AND a.path < $2 AND a.fen <> 0 ORDER BY a.path";
}
