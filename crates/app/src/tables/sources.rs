//! Sources from a table: one row is a source and, where a day of arrival stands, its cash.

use super::import::{actor, finding_at, refusal_at};
use super::port::{Choice, Finding, Form, Reading, RowRead};
use crate::command::Failure;
use crate::command::money::{ImportedSource, NewSource, Receive};
use crate::rows::{SourceFilter, SourceKey};
use crate::view::Viewer;
use crate::writer::App;
use domain::posting::booked::ceiling_account;
use domain::source::{Register, Registry, Source, document_number, receive, register};
use domain::{Context, Reason, Refusal};
use kernel::Money;
use kernel::calendar::Calendar;
use kernel::docno::DocumentNumber;
use kernel::id::{PaperHash, SourceId};
use policy::pack::{GovLevel, Pack, Words};
use std::collections::{BTreeMap, BTreeSet};

/// How many sources one look into the book reads.
const PAGE: usize = 500;

/// Which kinds of money a list holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinds {
    /// Those that can be booked: what a drop-down offers.
    Offered,
    /// All, so that one that is refused is told with its article.
    All,
}

/// The form of the viewer's pack.
pub(super) fn form(pack: &Pack, which: Kinds) -> Form {
    let booked = pack.funds.iter().filter(|fund| fund.booked());
    let kinds = pack.sources.iter().filter(|kind| which == Kinds::All || kind.refused.is_none());
    Form::Sources {
        funds: booked.map(|fund| Choice::new(&fund.id, &fund.name.zh)).collect(),
        kinds: kinds.map(|kind| Choice::new(&kind.id, &kind.name.zh)).collect(),
        levels: GovLevel::ALL.iter().map(|(id, level)| Choice::new(*id, level.words().zh)).collect(),
    }
}

/// The rows as they would be booked; what is missing beyond the form becomes a finding.
pub(super) fn rows(
    pack: &Pack,
    reading: &Reading,
    file: (&str, &PaperHash),
    findings: &mut Vec<Finding>,
) -> Vec<ImportedSource> {
    reading.rows.iter().filter_map(|row| one(pack, reading, row, file, findings)).collect()
}

fn one(
    pack: &Pack,
    reading: &Reading,
    row: &RowRead,
    (name, hash): (&str, &PaperHash),
    findings: &mut Vec<Finding>,
) -> Option<ImportedSource> {
    let (_, level) = GovLevel::ALL.iter().find(|(id, _)| *id == row.text("level"))?;
    let document = row.text("document").to_owned();
    let by_document =
        DocumentNumber::parse(&document).ok().and_then(|number| i16::try_from(number.year).ok());
    let year = row.year("year").or(by_document)?;
    let amount = row.money("amount");
    let voucher = row.text("voucher").to_owned();
    if row.date("received").is_none() && !voucher.is_empty() {
        findings.push(finding_at(
            reading,
            (row, "voucher"),
            Words::new("填了凭证号，没有填到账日期", "there is a voucher but no date of receipt"),
            Words::new("请补填到账日期；款未到账的，删去凭证号", "fill the date, or remove the voucher"),
        ));
    }
    let remark = row.remarks();
    let origin = format!("据《{name}》第{}行导入，文件摘要（SM3）{hash}", row.row);
    let note = if remark.is_empty() { origin } else { format!("{remark}；{origin}") };
    Some(ImportedSource {
        row: row.row,
        source: NewSource {
            pack: pack.id.clone(),
            fund: row.text("fund").to_owned(),
            kind: row.text("kind").to_owned(),
            level: *level,
            document,
            purpose: row.text("purpose").to_owned(),
            code: row.text("function_code").to_owned(),
            year,
            on: row.date("document_date")?,
            budget: amount,
            note,
        },
        cash: row.date("received").map(|on| Receive { on, amount, voucher }),
    })
}

/// Decides every row as if it were booked now, and says which would be refused. Nothing is written.
pub(super) fn trial(
    app: &App,
    viewer: &Viewer,
    reading: &Reading,
    rows: &[ImportedSource],
    findings: &mut Vec<Finding>,
) -> Result<(), Failure> {
    let (calendar, actor) = (Calendar::known_on(app.today()), actor(viewer));
    let ctx = Context { pack: &viewer.pack, today: app.today(), calendar: &calendar, actor: &actor };
    let mut book = Trial { taken: taken(app, &viewer.pack.id)?, left: ceilings(app, &viewer.pack)? };
    for (read, row) in
        rows.iter().filter_map(|row| Some((reading.rows.iter().find(|r| r.row == row.row)?, row)))
    {
        if let Err((refusal, key)) = book.one(row, ctx) {
            findings.push(refusal_at(reading, (read, key), &refusal));
        }
    }
    Ok(())
}

/// What the book would say of sources and ceilings, row after row.
struct Trial {
    taken: BTreeSet<SourceKey>,
    left: BTreeMap<String, Money>,
}

impl Trial {
    fn one(&mut self, row: &ImportedSource, ctx: Context<'_>) -> Result<(), (Refusal, &'static str)> {
        let new = row.source.clone();
        let key = source_key(&new);
        let registry = Registry {
            ceiling_left: self.left.get(&new.fund).copied(),
            taken: key.as_ref().is_some_and(|key| self.taken.contains(key)),
        };
        let (fund, budget) = (new.fund.clone(), new.budget);
        let NewSource { fund: f, kind, level, document, purpose, code, year, on, budget: b, note, .. } = new;
        let command = Register {
            source: SourceId(0),
            fund: f,
            kind,
            level,
            document,
            purpose,
            code,
            year,
            on,
            budget: b,
            note,
        };
        let events = register(command, registry, ctx).map_err(|refusal| {
            let at = column_of(&refusal.reason);
            (refusal, at)
        })?;
        self.taken.extend(key);
        let ceiling = ctx.pack.funds.get(&fund).and_then(|fund| fund.ceiling);
        if let Some(left) = registry.ceiling_left.or(ceiling) {
            self.left.insert(fund, left.checked_sub(budget).unwrap_or(Money::ZERO));
        }
        let meta =
            domain::case::Meta { on: ctx.today, at: 0, person: None, behalf: None, org: None, role: None };
        let made = events.iter().fold(None, |state, event| Source::apply(state, event, &meta));
        if let (Some(source), Some(cash)) = (made, row.cash.clone()) {
            receive(&source, cash, ctx).map_err(|refusal| {
                let at =
                    if matches!(refusal.reason, Reason::VoucherMissing {}) { "voucher" } else { "received" };
                (refusal, at)
            })?;
        }
        Ok(())
    }
}

/// The column that a refusal is about.
fn column_of(reason: &Reason) -> &'static str {
    match reason {
        Reason::SourceRefused { .. } | Reason::SourceNotTaken { .. } => "kind",
        Reason::LevelOfOtherKind { .. } => "level",
        Reason::FundNotBooked { .. } => "fund",
        Reason::OverCeiling { .. } | Reason::AmountNotPositive { .. } => "amount",
        Reason::DateInFuture { .. } => "document_date",
        Reason::YearOutsideFund { .. } => "year",
        _ => "document",
    }
}

/// What tells a source from another; `None` when its document cannot be read.
pub(crate) fn source_key(new: &NewSource) -> Option<SourceKey> {
    Some(SourceKey {
        pack: new.pack.clone(),
        document: document_number(&new.document).ok()?,
        fund: new.fund.clone(),
        code: new.code.trim().to_owned(),
        purpose: new.purpose.trim().to_owned(),
    })
}

fn taken(app: &App, pack: &str) -> Result<BTreeSet<SourceKey>, Failure> {
    let mut keys = BTreeSet::new();
    let mut after = None;
    loop {
        let page = app.reads.sources(&SourceFilter {
            pack: pack.to_owned(),
            fund: None,
            kind: None,
            year: None,
            text: None,
            after,
            limit: PAGE,
        })?;
        keys.extend(page.rows.into_iter().map(|row| SourceKey {
            pack: row.pack,
            document: row.document,
            fund: row.fund,
            code: row.code,
            purpose: row.purpose,
        }));
        after = page.next;
        if after.is_none() {
            return Ok(keys);
        }
    }
}

/// What the ceilings of the funds leave, where they were founded.
fn ceilings(app: &App, pack: &Pack) -> Result<BTreeMap<String, Money>, Failure> {
    let mut left = BTreeMap::new();
    for fund in pack.funds.iter().filter(|fund| fund.booked() && fund.ceiling.is_some()) {
        let account = ceiling_account(&pack.id, &fund.id);
        let found = app.reads.balances(&account)?.into_iter().find(|(path, _)| *path == account);
        left.extend(found.map(|(_, money)| (fund.id.clone(), money)));
    }
    Ok(left)
}
