//! Digests of whole read-model tables, to compare with those after a rebuild; and the clearing before one.

use journal::digest::{Digest, HashKind};

use crate::engine::{Engine, Fault, Row, Statement, Val};
use crate::sql;

/// A read-model table: its name, the statement that reads it in the order of its key, the one that empties it.
pub struct Table {
    /// The table's name.
    pub name: &'static str,
    /// Reads all.
    pub all: &'static Statement,
    /// Forgets all.
    pub clear: &'static Statement,
}

/// All read-model tables.
pub static TABLES: &[Table] = &[
    Table {
        name: "allocation",
        all: &sql::allocation::ALLOCATION_ALL,
        clear: &sql::allocation::ALLOCATION_CLEAR,
    },
    Table { name: "award", all: &sql::award::AWARD_ALL, clear: &sql::award::AWARD_CLEAR },
    Table { name: "batch", all: &sql::batch::BATCH_ALL, clear: &sql::batch::BATCH_CLEAR },
    Table { name: "borrowed", all: &sql::person::BORROWED_ALL, clear: &sql::person::BORROWED_CLEAR },
    Table { name: "case", all: &sql::case::CASE_ALL, clear: &sql::case::CASE_CLEAR },
    Table { name: "claim", all: &sql::claim::CLAIM_ALL, clear: &sql::claim::CLAIM_CLEAR },
    Table { name: "consent", all: &sql::consent::CONSENT_ALL, clear: &sql::consent::CONSENT_CLEAR },
    Table { name: "deed", all: &sql::deed::DEED_ALL, clear: &sql::deed::DEED_CLEAR },
    Table { name: "duty", all: &sql::duty::DUTY_ALL, clear: &sql::duty::DUTY_CLEAR },
    Table { name: "find", all: &sql::find::FIND_ALL, clear: &sql::find::FIND_CLEAR },
    Table { name: "invoice", all: &sql::claim::INVOICE_ALL, clear: &sql::claim::INVOICE_CLEAR },
    Table { name: "line", all: &sql::line::LINE_ALL, clear: &sql::line::LINE_CLEAR },
    Table { name: "notice", all: &sql::notice::NOTICE_ALL, clear: &sql::notice::NOTICE_CLEAR },
    Table { name: "objection", all: &sql::objection::OBJECTION_ALL, clear: &sql::objection::OBJECTION_CLEAR },
    Table { name: "org", all: &sql::org::ORG_ALL, clear: &sql::org::ORG_CLEAR },
    Table { name: "payment", all: &sql::batch::PAYMENT_ALL, clear: &sql::batch::PAYMENT_CLEAR },
    Table { name: "payment_lot", all: &sql::batch::PAYMENT_LOT_ALL, clear: &sql::batch::PAYMENT_LOT_CLEAR },
    Table { name: "person", all: &sql::person::PERSON_ALL, clear: &sql::person::PERSON_CLEAR },
    Table { name: "plan", all: &sql::plan::PLAN_ALL, clear: &sql::plan::PLAN_CLEAR },
    Table { name: "project", all: &sql::project::PROJECT_ALL, clear: &sql::project::PROJECT_CLEAR },
    Table { name: "report", all: &sql::report::REPORT_ALL, clear: &sql::report::REPORT_CLEAR },
    Table { name: "role", all: &sql::person::ROLE_ALL, clear: &sql::person::ROLE_CLEAR },
    Table { name: "roster", all: &sql::roster::ROSTER_ALL, clear: &sql::roster::ROSTER_CLEAR },
    Table { name: "said", all: &sql::said::SAID_ALL, clear: &sql::said::SAID_CLEAR },
    Table { name: "source", all: &sql::source::SOURCE_ALL, clear: &sql::source::SOURCE_CLEAR },
    Table { name: "source_part", all: &sql::source::SOURCE_PART_ALL, clear: &sql::source::SOURCE_PART_CLEAR },
    Table { name: "task", all: &sql::task::TASK_ALL, clear: &sql::task::TASK_CLEAR },
    Table { name: "unclear", all: &sql::batch::UNCLEAR_ALL, clear: &sql::batch::UNCLEAR_CLEAR },
    Table { name: "year", all: &sql::year::YEAR_ALL, clear: &sql::year::YEAR_CLEAR },
];

/// Forgets every read-model row.
pub fn clear_rows(engine: &mut dyn Engine) -> Result<(), Fault> {
    TABLES.iter().try_for_each(|table| engine.run(table.clear, &[]).map(drop))
}

/// The digest of each read-model table, by name, and of the ledger.
pub fn all(engine: &mut dyn Engine) -> Result<Vec<(String, Digest)>, Fault> {
    let mut digests = Vec::with_capacity(TABLES.len() + 1);
    for table in TABLES {
        digests.push((table.name.to_owned(), of(engine, table.all)?));
    }
    if let Some(head) = super::journal::head(engine)? {
        digests.push(("ledger".to_owned(), head.postings));
    }
    Ok(digests)
}

/// The running SM3 over the rows of a query, each with its columns' types and lengths.
pub fn of(engine: &mut dyn Engine, statement: &'static Statement) -> Result<Digest, Fault> {
    let mut digest = HashKind::Sm3.empty_root();
    let mut bytes = Vec::new();
    engine.rows(statement, &[], &mut |row| {
        bytes.clear();
        bytes.extend(digest.as_bytes());
        write(&mut bytes, row)?;
        digest = HashKind::Sm3.plain(&bytes);
        Ok(())
    })?;
    Ok(digest)
}

fn write(bytes: &mut Vec<u8>, row: &dyn Row) -> Result<(), Fault> {
    for column in 0..row.width() {
        let number;
        let (tag, content): (u8, &[u8]) = match row.val(column)? {
            Val::Null => (b'n', &[]),
            Val::Int(value) => {
                number = value.to_be_bytes();
                (b'i', &number)
            }
            Val::Text(text) => (b't', text.as_bytes()),
            Val::Bytes(content) => (b'b', content),
        };
        bytes.push(tag);
        bytes.extend((content.len() as u64).to_be_bytes());
        bytes.extend(content);
    }
    Ok(())
}
