//! Years of a fund.

/// Days are ISO text; the budget is in fen.
pub const SCHEMA: &str = "
CREATE TABLE row_year (
  pack TEXT NOT NULL,
  year BIGINT NOT NULL,
  budget_fen BIGINT NOT NULL,
  opens TEXT NOT NULL,
  closes TEXT NOT NULL,
  PRIMARY KEY (pack, year)
);
";

statements! {
    /// Writes a row.
    YEAR_PUT = "INSERT INTO row_year (pack, year, budget_fen, opens, closes) VALUES ($1, $2, $3, $4, $5) \
                ON CONFLICT (pack, year) DO UPDATE SET budget_fen = excluded.budget_fen, \
                opens = excluded.opens, closes = excluded.closes";
    /// The years of a pack, newest first.
    YEAR_LIST = "SELECT pack, year, budget_fen, opens, closes FROM row_year WHERE pack = $1 ORDER BY year DESC";
    /// The whole table.
    YEAR_ALL = "SELECT pack, year, budget_fen, opens, closes FROM row_year ORDER BY pack, year";
    /// Forgets all.
    YEAR_CLEAR = "DELETE FROM row_year";
}
