//! Batches, their payments with the sources that each came out of, and what a bank said that nobody could place.

/// Amounts are in fen, days ISO text; `month` is `2019-11` once paid, empty before.
pub const SCHEMA: &str = "
CREATE TABLE row_batch (
  batch_id BIGINT PRIMARY KEY,
  number TEXT NOT NULL,
  pack TEXT NOT NULL,
  fund TEXT NOT NULL,
  standing TEXT NOT NULL,
  lines BIGINT NOT NULL,
  total_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL CHECK (paid_fen >= 0),
  failed_fen BIGINT NOT NULL CHECK (failed_fen >= 0),
  unclear BIGINT NOT NULL,
  digest TEXT NOT NULL,
  made_on TEXT NOT NULL,
  released_on TEXT,
  changed_on TEXT NOT NULL,
  CHECK (paid_fen + failed_fen <= total_fen)
);
CREATE INDEX row_batch_pack ON row_batch (pack, standing, batch_id);
CREATE TABLE row_payment (
  batch_id BIGINT NOT NULL,
  line BIGINT NOT NULL,
  end_to_end TEXT NOT NULL,
  pack TEXT NOT NULL,
  fund TEXT NOT NULL,
  claim_id BIGINT NOT NULL,
  project_id BIGINT NOT NULL,
  payee TEXT NOT NULL,
  payee_name TEXT NOT NULL,
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  state TEXT NOT NULL,
  on_day TEXT,
  month TEXT NOT NULL,
  said TEXT NOT NULL,
  PRIMARY KEY (batch_id, line)
);
CREATE UNIQUE INDEX row_payment_name ON row_payment (end_to_end);
CREATE INDEX row_payment_project ON row_payment (project_id, payee);
CREATE INDEX row_payment_claim ON row_payment (claim_id);
CREATE INDEX row_payment_month ON row_payment (pack, month, fund, amount_fen);
CREATE INDEX row_payment_state ON row_payment (pack, state, batch_id, line);
CREATE TABLE row_payment_lot (
  batch_id BIGINT NOT NULL,
  line BIGINT NOT NULL,
  place BIGINT NOT NULL,
  source_id BIGINT NOT NULL,
  amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
  PRIMARY KEY (batch_id, line, place)
);
CREATE INDEX row_payment_lot_source ON row_payment_lot (source_id, batch_id, line);
CREATE TABLE row_unclear (
  batch_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  said TEXT NOT NULL,
  reason TEXT NOT NULL,
  on_day TEXT NOT NULL,
  settled TEXT NOT NULL,
  PRIMARY KEY (batch_id, place)
);
";

macro_rules! columns {
    () => {
        "batch_id, number, pack, fund, standing, lines, total_fen, paid_fen, failed_fen, unclear, digest, made_on, \
        released_on, changed_on"
    };
}

macro_rules! payment {
    () => {
        "batch_id, line, end_to_end, pack, fund, claim_id, project_id, payee, payee_name, amount_fen, state, \
        on_day, month, said"
    };
}

/// Payments found by one of the things that have an index of their own. `CAST(pack ...)` keeps SQLite from walking the pack's
/// payments instead: it has no statistics and would take one equality for the other.
macro_rules! payments_of {
    ($found_by:literal) => {
        concat!(
            "SELECT ",
            payment!(),
            " FROM row_payment WHERE CAST(pack AS TEXT) = $1 \
            AND (CAST($2 AS BIGINT) IS NULL OR batch_id = $2) \
            AND (CAST($3 AS BIGINT) IS NULL OR project_id = $3) \
            AND (CAST($4 AS BIGINT) IS NULL OR claim_id = $4) \
            AND (CAST($5 AS TEXT) IS NULL OR state = $5) AND ",
            $found_by,
            " ORDER BY batch_id, line LIMIT $6"
        )
    };
}

macro_rules! filter {
    () => {
        "WHERE pack = $1 \
        AND (CAST($2 AS TEXT) IS NULL OR fund = $2) \
        AND (CAST($3 AS TEXT) IS NULL OR standing = $3) "
    };
}

statements! {
    /// Writes a row.
    BATCH_PUT = concat!(
        "INSERT INTO row_batch (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
        ON CONFLICT (batch_id) DO UPDATE SET \
        number = excluded.number, pack = excluded.pack, fund = excluded.fund, \
        standing = excluded.standing, lines = excluded.lines, total_fen = excluded.total_fen, \
        paid_fen = excluded.paid_fen, failed_fen = excluded.failed_fen, unclear = excluded.unclear, \
        digest = excluded.digest, made_on = excluded.made_on, released_on = excluded.released_on, \
        changed_on = excluded.changed_on"
    );
    /// One row.
    BATCH_GET = concat!("SELECT ", columns!(), " FROM row_batch WHERE batch_id = $1");
    /// A page, newest first: pack, fund, standing; below this id; limit.
    BATCH_LIST = concat!("SELECT ", columns!(), " FROM row_batch ", filter!(), "\
        AND batch_id < $4 ORDER BY batch_id DESC LIMIT $5");
    /// How many a list has in all; parameters as in the list.
    BATCH_COUNT = concat!("SELECT COUNT(*) FROM row_batch ", filter!());
    /// The whole table.
    BATCH_ALL = concat!("SELECT ", columns!(), " FROM row_batch ORDER BY batch_id");
    /// Forgets all.
    BATCH_CLEAR = "DELETE FROM row_batch";
    /// Writes a payment.
    PAYMENT_PUT = concat!(
        "INSERT INTO row_payment (", payment!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
        ON CONFLICT (batch_id, line) DO UPDATE SET \
        end_to_end = excluded.end_to_end, pack = excluded.pack, fund = excluded.fund, \
        claim_id = excluded.claim_id, project_id = excluded.project_id, payee = excluded.payee, \
        payee_name = excluded.payee_name, amount_fen = excluded.amount_fen, state = excluded.state, \
        on_day = excluded.on_day, month = excluded.month, said = excluded.said"
    );
    /// Writes a payment's part out of one source; a batch's lines never change it.
    PAYMENT_LOT_PUT = "INSERT INTO row_payment_lot (batch_id, line, place, source_id, amount_fen) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (batch_id, line, place) DO UPDATE SET \
        source_id = excluded.source_id, amount_fen = excluded.amount_fen";
    /// Payments: pack, batch, project, claim, state; limit.
    PAYMENT_LIST = concat!("SELECT ", payment!(), " FROM row_payment WHERE pack = $1 \
        AND (CAST($2 AS BIGINT) IS NULL OR batch_id = $2) \
        AND (CAST($3 AS BIGINT) IS NULL OR project_id = $3) \
        AND (CAST($4 AS BIGINT) IS NULL OR claim_id = $4) \
        AND (CAST($5 AS TEXT) IS NULL OR state = $5) \
        ORDER BY batch_id, line LIMIT $6");
    /// The same of a batch.
    PAYMENT_OF_BATCH = payments_of!("batch_id = $2");
    /// The same of a project.
    PAYMENT_OF_PROJECT = payments_of!("project_id = $3");
    /// The same of a claim.
    PAYMENT_OF_CLAIM = payments_of!("claim_id = $4");
    /// The batch of the payment that goes by a name from end to end.
    PAYMENT_BATCH = "SELECT batch_id FROM row_payment WHERE end_to_end = $1";
    /// Payments that failed or were taken out and were not made again, of claims that still stand: pack; limit.
    PAYMENT_CAME_BACK = concat!("SELECT ", payment!(), " FROM row_payment p WHERE pack = $1 \
        AND state IN ('failed', 'released') \
        AND NOT EXISTS (SELECT 1 FROM row_payment q WHERE q.claim_id = p.claim_id AND q.payee = p.payee \
        AND q.batch_id > p.batch_id) \
        AND NOT EXISTS (SELECT 1 FROM row_claim c WHERE c.claim_id = p.claim_id AND c.standing = 'withdrawn') \
        ORDER BY batch_id, line LIMIT $2");
    /// The payments that a source paid a part of.
    PAYMENT_OF_SOURCE = concat!("SELECT ", payment!(), " FROM row_payment p WHERE EXISTS \
        (SELECT 1 FROM row_payment_lot l WHERE l.source_id = $1 \
        AND l.batch_id = p.batch_id AND l.line = p.line) ORDER BY batch_id, line LIMIT $2");
    /// The parts of the payments of batches.
    PAYMENT_LOT_LIST = "SELECT batch_id, line, source_id, amount_fen FROM row_payment_lot \
        WHERE batch_id IN {ids} ORDER BY batch_id, line, place";
    /// What was paid a month, by fund.
    PAYMENT_MONTHS = "SELECT month, fund, CAST(SUM(amount_fen) AS BIGINT), COUNT(*) FROM row_payment \
        WHERE pack = $1 AND month <> '' GROUP BY month, fund ORDER BY month, fund";
    /// The same of the projects of one use.
    PAYMENT_MONTHS_FOR = "SELECT p.month, p.fund, CAST(SUM(p.amount_fen) AS BIGINT), COUNT(*) \
        FROM row_project j JOIN row_payment p ON p.project_id = j.project_id \
        WHERE j.pack = $1 AND j.spending = $2 AND p.month <> '' \
        GROUP BY p.month, p.fund ORDER BY p.month, p.fund";
    /// The whole table.
    PAYMENT_ALL = concat!("SELECT ", payment!(), " FROM row_payment ORDER BY batch_id, line");
    /// The whole table.
    PAYMENT_LOT_ALL = "SELECT batch_id, line, place, source_id, amount_fen FROM row_payment_lot \
        ORDER BY batch_id, line, place";
    /// Forgets all.
    PAYMENT_CLEAR = "DELETE FROM row_payment";
    /// Forgets all.
    PAYMENT_LOT_CLEAR = "DELETE FROM row_payment_lot";
    /// Writes what nobody could place.
    UNCLEAR_PUT = "INSERT INTO row_unclear (batch_id, place, said, reason, on_day, settled) \
        VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (batch_id, place) DO UPDATE SET said = excluded.said, reason = excluded.reason, \
        on_day = excluded.on_day, settled = excluded.settled";
    /// What nobody could place, of a pack's batches: what is not settled first, then newest first.
    UNCLEAR_LIST = "SELECT u.batch_id, u.place, u.said, u.reason, u.on_day, u.settled FROM row_unclear u \
        JOIN row_batch b ON b.batch_id = u.batch_id WHERE b.pack = $1 \
        AND (CAST($2 AS BIGINT) IS NULL OR u.batch_id = $2) \
        ORDER BY CASE WHEN u.settled = '' THEN 0 ELSE 1 END, u.batch_id DESC, u.place LIMIT $3";
    /// The whole table.
    UNCLEAR_ALL = "SELECT batch_id, place, said, reason, on_day, settled FROM row_unclear ORDER BY batch_id, place";
    /// Forgets all.
    UNCLEAR_CLEAR = "DELETE FROM row_unclear";
}
