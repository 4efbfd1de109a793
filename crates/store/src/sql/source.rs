//! Sources: what came from one channel under one document, and each side's part of it.

/// Amounts are in fen, days ISO text. Two sources never share document, fund, code and purpose.
pub const SCHEMA: &str = "
CREATE TABLE row_source (
  source_id BIGINT PRIMARY KEY,
  pack TEXT NOT NULL,
  fund TEXT NOT NULL,
  kind TEXT NOT NULL,
  level TEXT NOT NULL,
  document TEXT NOT NULL,
  purpose TEXT NOT NULL,
  code TEXT NOT NULL,
  year BIGINT NOT NULL,
  on_day TEXT NOT NULL,
  budget_fen BIGINT NOT NULL CHECK (budget_fen > 0),
  cut_fen BIGINT NOT NULL CHECK (cut_fen >= 0),
  received_fen BIGINT NOT NULL CHECK (received_fen >= 0),
  note TEXT NOT NULL,
  changed_on TEXT NOT NULL,
  CHECK (cut_fen + received_fen <= budget_fen)
);
CREATE UNIQUE INDEX row_source_document ON row_source (pack, document, fund, code, purpose);
CREATE INDEX row_source_fund ON row_source (pack, fund, year, source_id);
CREATE TABLE row_source_part (
  source_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  side TEXT NOT NULL,
  budget_fen BIGINT NOT NULL CHECK (budget_fen >= 0),
  received_fen BIGINT NOT NULL CHECK (received_fen >= 0),
  PRIMARY KEY (source_id, place)
);
";

macro_rules! columns {
    () => {
        "source_id, pack, fund, kind, level, document, purpose, code, year, on_day, budget_fen, cut_fen, \
        received_fen, note, changed_on"
    };
}

macro_rules! filter {
    () => {
        "WHERE pack = $1 \
        AND (CAST($2 AS TEXT) IS NULL OR fund = $2) \
        AND (CAST($3 AS TEXT) IS NULL OR kind = $3) \
        AND (CAST($4 AS BIGINT) IS NULL OR year = $4) \
        AND (CAST($5 AS TEXT) IS NULL \
        OR lower(document || ' ' || purpose || ' ' || code || ' ' || note) LIKE $5 ESCAPE '\\') "
    };
}

statements! {
    /// Writes a row.
    SOURCE_PUT = concat!(
        "INSERT INTO row_source (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
        ON CONFLICT (source_id) DO UPDATE SET \
        pack = excluded.pack, fund = excluded.fund, kind = excluded.kind, level = excluded.level, \
        document = excluded.document, purpose = excluded.purpose, code = excluded.code, \
        year = excluded.year, on_day = excluded.on_day, budget_fen = excluded.budget_fen, \
        cut_fen = excluded.cut_fen, received_fen = excluded.received_fen, note = excluded.note, \
        changed_on = excluded.changed_on"
    );
    /// Forgets the parts of a source.
    SOURCE_PART_DELETE = "DELETE FROM row_source_part WHERE source_id = $1";
    /// Adds a part.
    SOURCE_PART_PUT = "INSERT INTO row_source_part (source_id, place, side, budget_fen, received_fen) \
        VALUES ($1, $2, $3, $4, $5)";
    /// The parts of sources.
    SOURCE_PART_LIST = "SELECT source_id, side, budget_fen, received_fen FROM row_source_part \
        WHERE source_id IN {ids} ORDER BY source_id, place";
    /// One row.
    SOURCE_GET = concat!("SELECT ", columns!(), " FROM row_source WHERE source_id = $1");
    /// A page, newest first: pack, fund, kind, year, pattern; below this id; limit.
    SOURCE_LIST = concat!("SELECT ", columns!(), " FROM row_source ", filter!(), "\
        AND source_id < $6 ORDER BY source_id DESC LIMIT $7");
    /// How many a list has in all; parameters as in the list.
    SOURCE_COUNT = concat!("SELECT COUNT(*) FROM row_source ", filter!());
    /// The source of a document, fund, code and purpose.
    SOURCE_TWIN = "SELECT source_id FROM row_source \
        WHERE pack = $1 AND document = $2 AND fund = $3 AND code = $4 AND purpose = $5";
    /// The sources of a fund, oldest first.
    SOURCE_OF_FUND = "SELECT source_id, on_day, year FROM row_source \
        WHERE pack = $1 AND fund = $2 ORDER BY on_day, source_id";
    /// What each side of each fund and year was given, registered and received.
    SOURCE_SUMS = "SELECT s.fund, p.side, s.year, s.kind, CAST(SUM(p.budget_fen) AS BIGINT), \
        CAST(SUM(p.received_fen) AS BIGINT) FROM row_source s \
        JOIN row_source_part p ON p.source_id = s.source_id WHERE s.pack = $1 \
        GROUP BY s.fund, p.side, s.year, s.kind ORDER BY s.fund, p.side, s.year, s.kind";
    /// The whole table.
    SOURCE_ALL = concat!("SELECT ", columns!(), " FROM row_source ORDER BY source_id");
    /// The whole table.
    SOURCE_PART_ALL = "SELECT source_id, place, side, budget_fen, received_fen FROM row_source_part \
        ORDER BY source_id, place";
    /// Forgets all.
    SOURCE_CLEAR = "DELETE FROM row_source";
    /// Forgets all.
    SOURCE_PART_CLEAR = "DELETE FROM row_source_part";
}
