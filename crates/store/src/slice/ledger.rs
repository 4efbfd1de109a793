//! Balances, entries and their legs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use app::rows::{HeldRow, Moved, MovedFilter, MovementRow, PostingRow};
use journal::digest::{Digest, HashKind};
use kernel::id::OrgId;
use kernel::money::Money;
use ledger::AccountPath;

use super::cells::{AFTER_ALL, below, day, limit, money, text, year};
use super::journal::{envelope, place};
use super::org;
use crate::engine::{Engine, Fault, Row, Val, list, one};
use crate::sql::ledger as sql;

/// A leg with its entry, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegRow {
    /// Its place among all legs, from 1.
    pub id: i64,
    /// The entry.
    pub entry: i64,
    /// The account's path.
    pub account: String,
    /// The change, in fen.
    pub fen: i64,
    /// The leg before it on this account.
    pub prev: Option<i64>,
}

/// An entry as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Its id.
    pub id: i64,
    /// The act that posted.
    pub act: u64,
    /// The day, as ISO text.
    pub day: String,
    /// What happened.
    pub memo: String,
    /// The article.
    pub article: String,
}

/// An account as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The path.
    pub path: String,
    /// The floor, in fen.
    pub floor: Option<i64>,
    /// The balance, in fen.
    pub fen: i64,
    /// Its last leg.
    pub latest: Option<i64>,
    /// What its path says of source and project.
    pub tags: Tags,
}

/// The source and the project that an account belongs to, as its path says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tags {
    /// The source.
    pub lot: Option<i64>,
    /// The project.
    pub project: Option<i64>,
}

/// The kinds of account whose paths name a source and a project.
const TAGGED: [&str; 7] = ["quota", "allotted", "held", "spent", "pool", "clearing", "payee"];

impl Tags {
    /// Reads `allotted:p3:s1`: the last segment `s…` is the source, `p…` right after the kind the project.
    pub fn of(path: &str) -> Self {
        let mut segments = path.split(':');
        if !segments.next().is_some_and(|kind| TAGGED.contains(&kind)) {
            return Self::default();
        }
        let number = |segment: Option<&str>, letter: char| segment?.strip_prefix(letter)?.parse().ok();
        Self { project: number(segments.next(), 'p'), lot: number(path.rsplit(':').next(), 's') }
    }
}

/// What an account holds, and where its legs end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The balance.
    pub balance: Money,
    /// Its last leg.
    pub latest: Option<i64>,
}

/// What an account holds; `None` when it was never touched.
pub fn held(engine: &mut dyn Engine, account: &str) -> Result<Option<Held>, Fault> {
    one(engine, &sql::ACCOUNT_GET, &[account.into()], |row| {
        Ok(Held { balance: money(row, 0)?, latest: row.int_opt(1)? })
    })
}

/// An account's balance; `None` when it was never touched.
pub fn balance(engine: &mut dyn Engine, account: &str) -> Result<Option<Money>, Fault> {
    Ok(held(engine, account)?.map(|held| held.balance))
}

/// Sets what an account holds.
pub fn account_set(engine: &mut dyn Engine, account: &AccountPath, held: Held) -> Result<(), Fault> {
    let floor = account.floor().map(Money::fen);
    let Tags { lot, project } = Tags::of(account.as_str());
    let Held { balance, latest } = held;
    let params = [
        account.as_str().into(),
        floor.into(),
        balance.fen().into(),
        latest.into(),
        lot.into(),
        project.into(),
    ];
    engine.run(&sql::ACCOUNT_SET, &params).map(drop)
}

/// All accounts, by path.
pub fn account_list(engine: &mut dyn Engine) -> Result<Vec<AccountRow>, Fault> {
    list(engine, &sql::ACCOUNT_LIST, &[], |row| {
        let tags = Tags { lot: row.int_opt(4)?, project: row.int_opt(5)? };
        let (floor, fen, latest) = (row.int_opt(1)?, row.int(2)?, row.int_opt(3)?);
        Ok(AccountRow { path: text(row, 0)?, floor, fen, latest, tags })
    })
}

/// The accounts whose path begins with a text, by path.
pub fn account_range(engine: &mut dyn Engine, prefix: &str) -> Result<Vec<(String, Money)>, Fault> {
    let end = format!("{prefix}{AFTER_ALL}");
    list(engine, &sql::ACCOUNT_RANGE, &[prefix.into(), end.as_str().into()], |row| {
        Ok((text(row, 0)?, money(row, 1)?))
    })
}

/// Adds an entry and its legs.
pub fn entry_put(engine: &mut dyn Engine, entry: &EntryRow, legs: &[LegRow]) -> Result<(), Fault> {
    let params = [
        entry.id.into(),
        place(entry.act)?,
        entry.day.as_str().into(),
        entry.memo.as_str().into(),
        entry.article.as_str().into(),
    ];
    engine.run(&sql::ENTRY_PUT, &params)?;
    let mut values: Vec<Val<'_>> = Vec::with_capacity(legs.len() * 5);
    for leg in legs {
        values.extend::<[Val<'_>; 5]>([
            leg.id.into(),
            leg.entry.into(),
            leg.account.as_str().into(),
            leg.fen.into(),
            leg.prev.into(),
        ]);
    }
    engine.bulk_put(&sql::POSTING_PUT, 5, &values).map(drop)
}

/// The id of the last leg; 0 when there is none.
pub fn posting_last(engine: &mut dyn Engine) -> Result<i64, Fault> {
    Ok(one(engine, &sql::POSTING_LAST, &[], |row| row.int(0))?.unwrap_or(0))
}

/// How many entries there are.
pub fn entry_count(engine: &mut dyn Engine) -> Result<u64, Fault> {
    Ok(one(engine, &sql::ENTRY_COUNT, &[], |row| row.count(0))?.unwrap_or(0))
}

/// Up to `limit` legs with their entries, from an id on.
pub fn posting_page(
    engine: &mut dyn Engine,
    from: i64,
    limit: i64,
) -> Result<Vec<(LegRow, EntryRow)>, Fault> {
    list(engine, &sql::POSTING_PAGE, &[from.into(), limit.into()], |row| {
        let id = row.int(1)?;
        let (account, fen, prev) = (text(row, 2)?, row.int(3)?, row.int_opt(4)?);
        let leg = LegRow { id: row.int(0)?, entry: id, account, fen, prev };
        let entry = EntryRow {
            id,
            act: row.count(5)?,
            day: text(row, 6)?,
            memo: text(row, 7)?,
            article: text(row, 8)?,
        };
        Ok((leg, entry))
    })
}

/// An account's legs, oldest first, with the balance after each.
pub fn postings(engine: &mut dyn Engine, account: &str) -> Result<Vec<PostingRow>, Fault> {
    list(engine, &sql::POSTING_ACCOUNT, &[account.into()], |row| {
        Ok(PostingRow {
            seq: row.count(0)?,
            day: day(row, 1)?,
            account: text(row, 2)?,
            amount: money(row, 3)?,
            balance: money(row, 4)?,
            memo: text(row, 5)?,
            article: text(row, 6)?,
        })
    })
}

/// The movements that touch a source's lot, oldest first.
pub fn lot_movements(engine: &mut dyn Engine, lot: i64, most: usize) -> Result<Vec<MovementRow>, Fault> {
    list(engine, &sql::LOT_MOVEMENTS, &[lot.into(), limit(most)], movement)
}

/// The movements that touch a project, oldest first.
pub fn project_movements(
    engine: &mut dyn Engine,
    project: i64,
    most: usize,
) -> Result<Vec<MovementRow>, Fault> {
    list(engine, &sql::PROJECT_MOVEMENTS, &[project.into(), limit(most)], movement)
}

fn movement(row: &dyn Row) -> Result<MovementRow, Fault> {
    Ok(MovementRow {
        seq: row.count(0)?,
        day: day(row, 1)?,
        from: text(row, 2)?,
        to: text(row, 3)?,
        amount: money(row, 4)?,
        memo: text(row, 5)?,
        article: text(row, 6)?,
    })
}

/// What was booked on some days, less what was booked back.
pub fn moved(engine: &mut dyn Engine, filter: &MovedFilter) -> Result<Money, Fault> {
    let first = filter.first.map_or_else(String::new, |day| day.to_string());
    let days = [first, filter.last.to_string()];
    let region = filter.region.map_or_else(String::new, below);
    // What a project was given is what it holds, promised and paid.
    let kinds: &[&str] = match filter.moved {
        Moved::Arrived => return arrived(engine, &filter.pack, &region, &days),
        Moved::Allotted => &["allotted", "held", "spent"],
        Moved::Paid => &["spent"],
    };
    let places = [region.clone(), format!("{region}{AFTER_ALL}")];
    let mut sum = Money::ZERO;
    for kind in kinds {
        let paths = [format!("{kind}:"), format!("{kind}:{AFTER_ALL}")];
        let texts = [&paths[0], &paths[1], &filter.pack, &places[0], &places[1], &days[0], &days[1]];
        let params = texts.map(|text| Val::from(text.as_str()));
        let part = one(engine, &sql::MOVED_PROJECTS, &params, |row| money(row, 0))?;
        sum = sum.checked_add(part.unwrap_or(Money::ZERO)).ok_or_else(Fault::shape)?;
    }
    Ok(sum)
}

/// The cash that bodies of a region booked as arrived.
fn arrived(
    engine: &mut dyn Engine,
    pack: &str,
    region: &str,
    [first, last]: &[String; 2],
) -> Result<Money, Fault> {
    let from = format!("outside:{pack}:");
    let to = format!("{from}{AFTER_ALL}");
    let params = [&from, &to, first, last].map(|text| Val::from(text.as_str()));
    let all = list(engine, &sql::MOVED_ACTS, &params, |row| {
        Ok((money(row, 0)?, envelope(row, 1, &sql::MOVED_ACTS)?.org))
    })?;
    let mut known: BTreeMap<Option<OrgId>, bool> = BTreeMap::new();
    let mut sum = Money::ZERO;
    for (amount, org) in all {
        let counts = match known.get(&org) {
            Some(counts) => *counts,
            None => {
                let row = org.map(|org| org::get(engine, org)).transpose()?.flatten();
                let code = row.and_then(|row| row.region).map_or_else(String::new, |code| code.to_string());
                let counts = code.starts_with(region);
                known.insert(org, counts);
                counts
            }
        };
        if counts {
            sum = sum.checked_add(amount).ok_or_else(Fault::shape)?;
        }
    }
    Ok(sum)
}

/// The accounts of a source's lot that hold something, by path.
pub fn lot_accounts(engine: &mut dyn Engine, lot: i64) -> Result<Vec<(String, Money)>, Fault> {
    list(engine, &sql::LOT_ACCOUNTS, &[lot.into()], |row| Ok((text(row, 0)?, money(row, 1)?)))
}

/// The accounts of a project that hold something, by path.
pub fn project_accounts(engine: &mut dyn Engine, project: i64) -> Result<Vec<(String, Money)>, Fault> {
    list(engine, &sql::PROJECT_ACCOUNTS, &[project.into()], |row| Ok((text(row, 0)?, money(row, 1)?)))
}

/// What the accounts of one kind (`held`) hold for projects of a pack.
pub fn held_by_projects(engine: &mut dyn Engine, pack: &str, kind: &str) -> Result<Vec<HeldRow>, Fault> {
    let (from, to) = (format!("{kind}:p"), format!("{kind}:p{AFTER_ALL}"));
    let params = [from.as_str().into(), to.as_str().into(), pack.into()];
    list(engine, &sql::HELD_BY_PROJECTS, &params, |row| {
        Ok(HeldRow {
            fund: text(row, 0)?,
            side: text(row, 1)?,
            year: year(row, 2)?,
            kind: text(row, 3)?,
            spending: text(row, 4)?,
            amount: money(row, 5)?,
        })
    })
}

/// What the accounts of one kind (`pool`, `quota`) hold for no project of a pack: one row an account.
pub fn held_by_lots(engine: &mut dyn Engine, pack: &str, kind: &str) -> Result<Vec<HeldRow>, Fault> {
    let (from, to) = (format!("{kind}:{pack}:"), format!("{kind}:{pack}:{AFTER_ALL}"));
    list(engine, &sql::HELD_BY_LOTS, &[from.as_str().into(), to.as_str().into()], |row| {
        let side = row.text(0)?.split(':').nth(3).unwrap_or_default().to_owned();
        Ok(HeldRow {
            fund: text(row, 1)?,
            side,
            year: year(row, 2)?,
            kind: text(row, 3)?,
            spending: String::new(),
            amount: money(row, 4)?,
        })
    })
}

/// The running digest over all entries after one more. A text that could hold a line break is preceded by its length.
pub fn digest_after(kind: HashKind, before: Digest, entry: &EntryRow, legs: &[LegRow]) -> Digest {
    let EntryRow { id, act, day, memo, article } = entry;
    let mut text = String::with_capacity(256);
    // Writing to a String does not fail.
    let _ = write!(text, "{before} {id} {act} {day} {} {memo} {} {article}", memo.len(), article.len());
    for LegRow { id, account, fen, .. } in legs {
        let _ = write!(text, "\n{id} {account} {fen}");
    }
    kind.plain(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_source_and_project_only_in_kinds_that_have_them() {
        let tags = |path| {
            let Tags { lot, project } = Tags::of(path);
            (lot, project)
        };
        assert_eq!(tags("quota:tongzhou:ongniud:area:s12"), (Some(12), None));
        assert_eq!(tags("pool:tongzhou:p5:area:s12"), (Some(12), None), "a pack's own id may begin with p");
        assert_eq!(tags("held:p3:s1"), (Some(1), Some(3)));
        assert_eq!(tags("payee:p3:c2:s1"), (Some(1), Some(3)));
        assert_eq!(tags("fund:s1"), (None, None));
        assert_eq!(tags("outside:tongzhou:s1"), (None, None));
        assert_eq!(tags("committed:case:1"), (None, None));
    }
}
