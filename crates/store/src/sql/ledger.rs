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

statements! {
    /// An account's balance.
    ACCOUNT_GET = "SELECT fen FROM account WHERE path = $1";
    /// Sets an account's balance; the constraint refuses one below the floor.
    ACCOUNT_SET = "INSERT INTO account (path, floor, fen) VALUES ($1, $2, $3) \
                   ON CONFLICT (path) DO UPDATE SET fen = excluded.fen";
    /// All accounts, by path.
    ACCOUNT_LIST = "SELECT path, floor, fen FROM account ORDER BY path";
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
}
