//! Payment batches: the list, one batch, what waits for one, and the exceptions of the reconciliation.

use super::claims::ClaimListLine;
use super::funds::{fund_name, sees_money};
use crate::access::Right;
use crate::command::Failure;
use crate::rows::{BatchFilter, BatchRow, ClaimFilter, PaymentFilter, PaymentRow, Scope, UnclearRow};
use crate::vault::shown;
use crate::view::Viewer;
use crate::view::desk::Names;
use crate::view::money::add;
use crate::writer::App;
use domain::batch::Batch;
use domain::{Reason, Stream};
use kernel::id::{BatchId, ClaimId};
use kernel::{Date, Money};
use policy::pack::Words;
use policy::procedure::{Act, Subject};

const PAGE: usize = 50;
/// The most payments and exceptions that a page shows.
pub const PAYMENTS_MAX: usize = 1_000;

/// What the list is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchQuery {
    /// Fund.
    pub fund: Option<String>,
    /// `made`, `released`, `settled`.
    pub standing: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
}

/// One batch in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLine {
    /// The row.
    pub row: BatchRow,
    /// The fund's name.
    pub fund: Words,
    /// Its standing in words.
    pub standing: Words,
}

/// Claims of one fund that wait for a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueClaims {
    /// The fund.
    pub fund: String,
    /// Its name.
    pub name: Words,
    /// The claims.
    pub claims: Vec<ClaimListLine>,
    /// Their sum as approved.
    pub total: Money,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchList {
    /// The batches, newest first.
    pub lines: Vec<BatchLine>,
    /// The key to continue after, when there are more.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: i64,
    /// What waits for a batch, by fund.
    pub due: Vec<DueClaims>,
    /// Whether the viewer may make batches.
    pub may_make: bool,
}

/// One payment with what may be shown of its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentNow {
    /// The row.
    pub row: PaymentRow,
    /// The claim's number.
    pub claim: String,
    /// The project's name.
    pub project: String,
    /// The account, masked.
    pub account: String,
    /// The bank.
    pub bank: String,
    /// Its state in words.
    pub state: Words,
    /// The payment that was made for it again after it came back: batch, line, name.
    pub again: Option<(BatchId, i64, String)>,
}

/// One batch.
#[derive(Debug, Clone)]
pub struct BatchPage {
    /// The row with words.
    pub line: BatchLine,
    /// Its payments.
    pub payments: Vec<PaymentNow>,
    /// What the bank said that nobody could place, settled or not.
    pub unclear: Vec<UnclearRow>,
    /// Who made it.
    pub made_by: String,
    /// Who released it.
    pub released_by: Option<String>,
    /// When it was released.
    pub released_on: Option<Date>,
    /// Whether the viewer may release the file, book results, take payments out. Whoever made it may not release it.
    pub may_pay: bool,
    /// Whether the viewer made it.
    pub mine: bool,
}

/// What needs a person: nothing that went well is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exceptions {
    /// Payments that failed or were taken out and were not made again.
    pub failed: Vec<PaymentNow>,
    /// Payments with the bank that no result came for.
    pub open: Vec<PaymentNow>,
    /// What banks said that nobody could place, with the batch's number; settled ones last.
    pub unclear: Vec<(String, UnclearRow)>,
}

/// The standing of a batch in words.
pub fn batch_standing(word: &str) -> Words {
    match word {
        "made" => Words::new("待放行", "to be released"),
        "released" => Words::new("待回单", "awaiting the bank"),
        "settled" => Words::new("已了结", "settled"),
        other => Words::new(other, other),
    }
}

/// The state of a payment in words.
pub fn payment_state(word: &str) -> Words {
    match word {
        "made" => Words::new("待放行", "to be released"),
        "issued" => Words::new("银行办理中", "with the bank"),
        "paid" => Words::new("已支付", "paid"),
        "failed" => Words::new("支付失败", "failed"),
        "released" => Words::new("已移出", "taken out"),
        other => Words::new(other, other),
    }
}

impl App {
    /// The list of batches, with what waits for one.
    pub fn batch_list(&self, viewer: &Viewer, query: &BatchQuery) -> Result<BatchList, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack;
        let page = self.reads.batches(&BatchFilter {
            pack: pack.id.clone(),
            fund: query.fund.clone(),
            standing: query.standing.clone(),
            after: query.after.clone(),
            limit: PAGE,
        })?;
        let line = |row: BatchRow| BatchLine {
            fund: fund_name(pack, &row.fund),
            standing: batch_standing(&row.standing),
            row,
        };
        let makes = |step: &policy::procedure::Step| {
            step.on == Subject::Batch && step.act == Act::Issue && step.by == viewer.role
        };
        Ok(BatchList {
            lines: page.rows.into_iter().map(line).collect(),
            next: page.next,
            total: page.total,
            due: self.due_claims(viewer)?,
            may_make: pack.steps.iter().any(makes),
        })
    }

    fn due_claims(&self, viewer: &Viewer) -> Result<Vec<DueClaims>, Failure> {
        let mut due = Vec::new();
        for fund in viewer.pack.funds.iter().filter(|fund| fund.booked()) {
            let page = self.reads.claims(&ClaimFilter {
                scope: Scope::All,
                pack: viewer.pack.id.clone(),
                fund: Some(fund.id.clone()),
                project: None,
                standing: Some("approved".into()),
                text: None,
                after: None,
                limit: PAYMENTS_MAX,
            })?;
            if page.rows.is_empty() {
                continue;
            }
            let total = page.rows.iter().fold(Money::ZERO, |sum, row| add(sum, row.approved));
            let claims = page.rows.into_iter().map(|row| self.claim_line(row)).collect::<Result<_, _>>()?;
            due.push(DueClaims { fund: fund.id.clone(), name: fund.name.clone(), claims, total });
        }
        Ok(due)
    }

    /// The state of a batch, for those who see the pack's money.
    pub(crate) fn batch_state(&self, viewer: &Viewer, id: BatchId) -> Result<Batch, Failure> {
        sees_money(viewer)?;
        let state = crate::history::batch(&self.reads.stream(&Stream::Batch(id).key())?)?;
        let state = state.filter(|batch| batch.pack == viewer.pack.id);
        state.ok_or_else(|| Reason::NotFound { what: "支付批次".into() }.into())
    }

    /// One batch.
    pub fn batch_page(&self, viewer: &Viewer, id: BatchId) -> Result<BatchPage, Failure> {
        let state = self.batch_state(viewer, id)?;
        let missing = || Failure::from(Reason::NotFound { what: "支付批次".into() });
        let row = self.reads.batch(id)?.ok_or_else(missing)?;
        let filter = PaymentFilter {
            pack: state.pack.clone(),
            batch: Some(id),
            limit: usize::MAX,
            ..PaymentFilter::default()
        };
        let mut names = Names::of(self);
        let released = state.released.as_ref();
        let pays = |step: &policy::procedure::Step| {
            step.on == Subject::Batch && step.act == Act::Pay && step.by == viewer.role
        };
        Ok(BatchPage {
            payments: self.payments_now(self.reads.payments(&filter)?)?,
            unclear: self.reads.unclear(&state.pack, Some(id), PAYMENTS_MAX)?,
            made_by: names.hands(state.by)?,
            released_by: released.map(|release| names.hands(release.by)).transpose()?,
            released_on: released.map(|release| release.on),
            may_pay: viewer.may(Right::Settle) && viewer.pack.steps.iter().any(pays),
            mine: state.by.is_some_and(|by| by.meet(viewer.hands())),
            line: BatchLine {
                fund: fund_name(&viewer.pack, &row.fund),
                standing: batch_standing(&row.standing),
                row,
            },
        })
    }

    /// What needs a person, over all batches.
    pub fn exceptions(&self, viewer: &Viewer) -> Result<Exceptions, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack.id;
        let with_the_bank = PaymentFilter {
            pack: pack.clone(),
            state: Some("issued".to_owned()),
            limit: PAYMENTS_MAX,
            ..PaymentFilter::default()
        };
        let mut unclear = Vec::new();
        for row in self.reads.unclear(pack, None, PAYMENTS_MAX)? {
            let number = self.reads.batch(row.batch)?.map_or_else(String::new, |batch| batch.number);
            unclear.push((number, row));
        }
        unclear.sort_by_key(|(_, row)| !row.settled.is_empty());
        Ok(Exceptions {
            failed: self.payments_now(self.reads.payments_that_came_back(pack, PAYMENTS_MAX)?)?,
            open: self.payments_now(self.reads.payments(&with_the_bank)?)?,
            unclear,
        })
    }

    pub(super) fn payments_now(&self, rows: Vec<PaymentRow>) -> Result<Vec<PaymentNow>, Failure> {
        let mut batch: Option<Batch> = None;
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            if batch.as_ref().is_none_or(|batch| batch.id != row.batch) {
                batch = crate::history::batch(&self.reads.stream(&Stream::Batch(row.batch).key())?)?;
            }
            let line = batch.as_ref().and_then(|batch| batch.payment(row.line)).map(|p| &p.line);
            all.push(PaymentNow {
                claim: self.reads.claim(row.claim)?.map_or_else(String::new, |claim| claim.number),
                project: self.reads.project(row.project)?.map_or_else(String::new, |p| p.name),
                account: line.map_or_else(String::new, |line| shown(&line.account)),
                bank: line.map_or_else(String::new, |line| line.bank.clone()),
                state: payment_state(&row.state),
                again: self.again(&row)?,
                row,
            });
        }
        Ok(all)
    }

    /// The payments of a claim, oldest first; those that came back included.
    pub(super) fn payments_of_claim(&self, pack: &str, claim: ClaimId) -> Result<Vec<PaymentRow>, Failure> {
        let filter = PaymentFilter {
            pack: pack.to_owned(),
            claim: Some(claim),
            limit: PAYMENTS_MAX,
            ..PaymentFilter::default()
        };
        Ok(self.reads.payments(&filter)?)
    }

    /// The next payment to the same payee of the claim, where this one came back.
    fn again(&self, row: &PaymentRow) -> Result<Option<(BatchId, i64, String)>, Failure> {
        if !matches!(row.state.as_str(), "failed" | "released") {
            return Ok(None);
        }
        let mut later = self.payments_of_claim(&row.pack, row.claim)?.into_iter();
        let next = later.find(|next| next.payee == row.payee && next.batch > row.batch);
        Ok(next.map(|next| (next.batch, next.line, next.end_to_end)))
    }
}
