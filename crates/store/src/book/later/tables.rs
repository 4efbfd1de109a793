//! Which rows wait, in the order in which they are written, and which questions they concern.

use crate::engine::Statement;
use crate::sql;

/// A table whose rows wait until the commit, or until something is asked that they concern.
pub(super) struct Table {
    /// Writes a row.
    pub(super) put: &'static Statement,
    /// What a later row does to an earlier one.
    pub(super) rule: Rule,
    /// What commands ask of it by one column.
    pub(super) asked: Option<Asked>,
}

/// What a later row does to an earlier one.
pub(super) enum Rule {
    /// Nothing: each row is new.
    Added,
    /// Of rows that begin with the same so many columns the last one counts.
    Last(usize),
    /// All rows of a subject, which this statement forgets, are replaced at once.
    Replaced(&'static Statement),
}

/// A question whose first parameter is the value of a column.
pub(super) struct Asked {
    /// The question.
    pub(super) by: &'static Statement,
    /// The column.
    pub(super) column: usize,
}

const fn table(put: &'static Statement, rule: Rule) -> Table {
    Table { put, rule, asked: None }
}

const fn asked(put: &'static Statement, rule: Rule, by: &'static Statement, column: usize) -> Table {
    Table { put, rule, asked: Some(Asked { by, column }) }
}

/// The tables. What refers to another row comes after it; what every command writes comes first.
pub(super) static TABLES: &[Table] = &[
    asked(&sql::journal::ACT_PUT, Rule::Added, &sql::journal::ACT_STREAM, 1),
    asked(&sql::answer::ANSWER_PUT, Rule::Added, &sql::answer::ANSWER_GET, 0),
    table(&sql::deed::DEED_PUT, Rule::Last(1)),
    table(&sql::said::SAID_PUT, Rule::Last(1)),
    table(&sql::ledger::ENTRY_PUT, Rule::Added),
    table(&sql::ledger::POSTING_PUT, Rule::Added),
    asked(&sql::case::CASE_PUT, Rule::Last(1), &sql::case::CASE_LIVE_CHILD, 12),
    table(&sql::task::TASK_PUT, Rule::Replaced(&sql::task::TASK_DELETE)),
    asked(&sql::org::ORG_PUT, Rule::Last(1), &sql::org::ORG_BY_CODE, 4),
    asked(&sql::person::PERSON_PUT, Rule::Last(1), &sql::person::PERSON_BY_LOGIN, 2),
    table(&sql::person::ROLE_PUT, Rule::Replaced(&sql::person::ROLE_DELETE)),
    table(&sql::person::BORROWED_PUT, Rule::Replaced(&sql::person::BORROWED_DELETE)),
    table(&sql::year::YEAR_PUT, Rule::Last(2)),
    table(&sql::ledger::ACCOUNT_SET, Rule::Last(1)),
    table(&sql::counter::COUNTER_SET, Rule::Last(1)),
    table(&sql::duty::DUTY_PUT, Rule::Replaced(&sql::duty::DUTY_DELETE)),
    table(&sql::line::LINE_PUT, Rule::Replaced(&sql::line::LINE_DELETE)),
    table(&sql::award::AWARD_PUT, Rule::Last(1)),
    table(&sql::plan::PLAN_PUT, Rule::Last(1)),
    table(&sql::notice::NOTICE_PUT, Rule::Last(2)),
    table(&sql::objection::OBJECTION_PUT, Rule::Last(1)),
    table(&sql::report::REPORT_PUT, Rule::Last(3)),
    table(&sql::source::SOURCE_PUT, Rule::Last(1)),
    table(&sql::source::SOURCE_PART_PUT, Rule::Replaced(&sql::source::SOURCE_PART_DELETE)),
    table(&sql::project::PROJECT_PUT, Rule::Last(1)),
    table(&sql::allocation::ALLOCATION_PUT, Rule::Last(1)),
    table(&sql::claim::CLAIM_PUT, Rule::Last(1)),
    table(&sql::batch::BATCH_PUT, Rule::Last(1)),
    table(&sql::batch::PAYMENT_PUT, Rule::Last(2)),
    table(&sql::batch::PAYMENT_LOT_PUT, Rule::Last(3)),
    table(&sql::batch::UNCLEAR_PUT, Rule::Last(2)),
    table(&sql::consent::CONSENT_PUT, Rule::Last(3)),
    table(&sql::roster::ROSTER_PUT, Rule::Last(1)),
];

/// Questions about what never waits while commands are decided: balances, counters and the head are written at the commit; and
/// what a case was before it was touched.
static FREE: [&Statement; 4] =
    [&sql::ledger::ACCOUNT_GET, &sql::counter::COUNTER_GET, &sql::journal::HEAD, &sql::case::CASE_BEFORE];

/// What a statement that writes does to waiting rows.
pub(super) enum Write {
    /// A row of this table.
    Put(usize),
    /// The rows of a subject are replaced, in this table.
    Clear(usize),
    /// It waits for nothing.
    Now,
}

impl Write {
    /// What a statement does.
    pub(super) fn of(statement: &'static Statement) -> Self {
        for (place, table) in TABLES.iter().enumerate() {
            if std::ptr::eq(table.put, statement) {
                return Self::Put(place);
            }
            if matches!(table.rule, Rule::Replaced(clear) if std::ptr::eq(clear, statement)) {
                return Self::Clear(place);
            }
        }
        Self::Now
    }
}

/// Which waiting rows a question concerns.
pub(super) enum Concern {
    /// None.
    Nothing,
    /// Those of this table that bear the asked value.
    Of(usize),
    /// Any.
    All,
}

impl Concern {
    /// What a question concerns.
    pub(super) fn of(statement: &'static Statement) -> Self {
        if FREE.iter().any(|free| std::ptr::eq(*free, statement)) {
            return Self::Nothing;
        }
        let asks =
            |table: &Table| table.asked.as_ref().is_some_and(|asked| std::ptr::eq(asked.by, statement));
        TABLES.iter().position(asks).map_or(Self::All, Self::Of)
    }
}
