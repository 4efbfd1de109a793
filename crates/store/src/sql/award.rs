//! Grants, for counting.

/// `county` is a place that survives renaming; the amount is in fen; `stands` is 0 or 1.
pub const SCHEMA: &str = "
CREATE TABLE row_award (
  case_id BIGINT PRIMARY KEY,
  pack TEXT NOT NULL,
  company TEXT NOT NULL,
  investor TEXT NOT NULL,
  county TEXT NOT NULL,
  amount_fen BIGINT NOT NULL,
  stands BIGINT NOT NULL CHECK (stands IN (0, 1))
);
CREATE INDEX row_award_company ON row_award (pack, company);
CREATE INDEX row_award_investor ON row_award (pack, investor);
";

macro_rules! columns {
    () => {
        "case_id, pack, company, investor, county, amount_fen, stands"
    };
}

statements! {
    /// Writes a row.
    AWARD_PUT = concat!(
        "INSERT INTO row_award (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (case_id) DO UPDATE SET \
        pack = excluded.pack, company = excluded.company, investor = excluded.investor, \
        county = excluded.county, amount_fen = excluded.amount_fen, stands = excluded.stands"
    );
    /// How many standing grants of a pack share each key that is not null.
    AWARD_COUNT = "SELECT COUNT(*) FROM row_award WHERE pack = $1 AND stands = 1 \
        AND (CAST($2 AS TEXT) IS NULL OR company = $2) \
        AND (CAST($3 AS TEXT) IS NULL OR investor = $3) \
        AND (CAST($4 AS TEXT) IS NULL OR county = $4)";
    /// The whole table.
    AWARD_ALL = concat!("SELECT ", columns!(), " FROM row_award ORDER BY case_id");
    /// Forgets all.
    AWARD_CLEAR = "DELETE FROM row_award";
}
