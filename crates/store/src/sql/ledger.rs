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

macro_rules! movement {
    () => {
        "SELECT e.act, e.day, CASE WHEN x.fen < 0 THEN x.account ELSE y.account END, \
        CASE WHEN x.fen < 0 THEN y.account ELSE x.account END, \
        CASE WHEN x.fen < 0 THEN y.fen ELSE x.fen END, e.memo, e.article \
        FROM account a JOIN posting x ON x.account = a.path \
        JOIN posting y ON y.id = CASE WHEN x.fen > 0 THEN x.id - 1 ELSE x.id + 1 END AND y.entry = x.entry \
        JOIN account b ON b.path = y.account JOIN entry e ON e.id = x.entry "
    };
}

statements! {
    /// An account's balance.
    ACCOUNT_GET = "SELECT fen FROM account WHERE path = $1";
    /// Sets an account's balance; the constraint refuses one below the floor.
    ACCOUNT_SET = "INSERT INTO account (path, floor, fen, lot, project) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (path) DO UPDATE SET fen = excluded.fen";
    /// All accounts, by path.
    ACCOUNT_LIST = "SELECT path, floor, fen, lot, project FROM account ORDER BY path";
    /// The accounts from one path up to another.
    ACCOUNT_RANGE = "SELECT path, fen FROM account WHERE path >= $1 AND path < $2 ORDER BY path";
    /// Adds an entry.
    ENTRY_PUT = "INSERT INTO entry (id, act, day, memo, article) VALUES ($1, $2, $3, $4, $5)";
    /// Adds a leg.
    POSTING_PUT = "INSERT INTO posting (id, entry, account, fen) VALUES ($1, $2, $3, $4)";
    /// The last leg's id.
    POSTING_LAST = "SELECT COALESCE(MAX(id), 0) FROM posting";
    /// How many entries there are.
    ENTRY_COUNT = "SELECT COUNT(*) FROM entry";
    /// A page of legs with their entries from an id on.
    POSTING_PAGE = "SELECT p.id, p.entry, p.account, p.fen, e.act, e.day, e.memo, e.article \
                    FROM posting p LEFT JOIN entry e ON e.id = p.entry WHERE p.id >= $1 ORDER BY p.id LIMIT $2";
    /// An account's legs, oldest first, with the balance after each.
    POSTING_ACCOUNT = "SELECT e.act, e.day, p.account, p.fen, \
                       CAST(SUM(p.fen) OVER (ORDER BY p.id) AS BIGINT), e.memo, e.article \
                       FROM posting p JOIN entry e ON e.id = p.entry WHERE p.account = $1 ORDER BY p.id";
    /// The movements that touch a source's lot, oldest first; each once, though both of its accounts may be of the lot.
    LOT_MOVEMENTS = concat!(movement!(), "WHERE a.lot = $1 \
        AND (x.fen > 0 OR b.lot IS NULL OR b.lot <> a.lot) ORDER BY x.entry LIMIT $2");
    /// The movements that touch a project, oldest first; each once.
    PROJECT_MOVEMENTS = concat!(movement!(), "WHERE a.project = $1 \
        AND (x.fen > 0 OR b.project IS NULL OR b.project <> a.project) ORDER BY x.entry LIMIT $2");
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
