//! Sources over the wire.

use app::command::money::{Cut, MoneyCommand, NewSource, Receive};
use app::rows::{MovementRow, SourcePart, SourceRow};
use app::view::money::{SourceLine, SourceList, SourcePage, SourceQuery, WhereNow, Whereabouts};
use app::view::pack::GovLevel;
use kernel::id::SourceId;

use super::{Day, Named, Text, Yuan, asks, each, one_of, query, shape};
use crate::api::problem::Failed;

query! {
    /// Which sources.
    SourceAsk {
        /// Fund.
        fund: String,
        /// Kind of money.
        kind: String,
        /// Budget year.
        year: i16,
        /// Words in document, purpose or remarks.
        text: String,
        /// The `next` of the page before.
        after: String,
    }
}

impl From<SourceAsk> for SourceQuery {
    fn from(ask: SourceAsk) -> Self {
        Self { fund: ask.fund, kind: ask.kind, year: ask.year, text: ask.text, after: ask.after }
    }
}

shape! {
    /// What came from one channel under one document.
    Source of &SourceLine as SourceLine { row, fund, kind, level } => {
        /// Id.
        id: i64 = row.source.0,
        /// Fund.
        fund: Named = Named { id: row.fund.clone(), name: fund.into() },
        /// Kind of money.
        kind: Named = Named { id: row.kind.clone(), name: kind.into() },
        /// Level of government.
        level: Named = Named { id: row.level.clone(), name: level.into() },
        /// The budget document's number.
        document: String = row.document.clone(),
        /// What it is for.
        purpose: String = row.purpose.clone(),
        /// Functional budget code; may be empty.
        code: String = row.code.clone(),
        /// Budget year.
        year: i16 = row.year,
        /// Day of the document.
        on: Day = Day(row.on),
        /// What was registered.
        budget: Yuan = Yuan(row.budget),
        /// Of it: cut again.
        cut: Yuan = Yuan(row.cut),
        /// What may be spent in all.
        stands: Yuan = Yuan(SourceRow::stands(row)),
        /// Cash that arrived.
        received: Yuan = Yuan(row.received),
        /// The same by side.
        sides: Vec<SideOfSource> = each(&row.parts),
        /// Remarks.
        note: String = row.note.clone(),
    }

    /// One side's part of a source.
    SideOfSource of &SourcePart as part => {
        /// The side; `all` where the fund is not split.
        side: String = part.side.clone(),
        /// Budget less cuts.
        budget: Yuan = Yuan(part.budget),
        /// Cash that arrived.
        received: Yuan = Yuan(part.received),
    }

    /// A page of sources, newest first.
    Sources of &SourceList as list => {
        /// The sources.
        items: Vec<Source> = each(&list.lines),
        /// Ask again with `after` set to this for the next page; absent on the last.
        next: Option<String> = list.next.clone(),
        /// How many there are in all.
        total: i64 = list.total,
        /// The booked funds.
        funds: Vec<Named> = list.funds.iter().map(|(id, name)| Named { id: id.clone(), name: name.into() }).collect(),
        /// The kinds of money.
        kinds: Vec<KindTaken> = each(&list.kinds),
        /// Whether the caller may register sources.
        may_register: bool = list.may_register,
    }

    /// A kind of money.
    KindTaken of &(String, app::view::pack::Words, Option<app::view::pack::Words>) as (id, name, refused) => {
        /// The id.
        id: String = id.clone(),
        /// The name.
        name: Text = name.into(),
        /// Why it is not taken; absent when it is.
        refused: Option<Text> = refused.as_ref().map(Text::from),
    }

    /// Where a part of the money is.
    Where of &WhereNow as at => {
        /// `quota`, `pool`, `allotted`, `held`, `clearing`, `spent` or `payee`.
        state: String = state(&at.place).to_owned(),
        /// The same in words.
        name: Text = at.place.words().into(),
        /// The account of the ledger.
        account: String = at.account.clone(),
        /// The project that has it.
        project: Option<i64> = at.place.project().map(|project| project.0),
        /// How much.
        amount: Yuan = Yuan(at.amount),
    }

    /// A movement of money.
    Movement of &MovementRow as row => {
        /// The place of its act in the journal.
        seq: u64 = row.seq,
        /// The day.
        on: Day = Day(row.day),
        /// From which account.
        from: String = row.from.clone(),
        /// To which account.
        to: String = row.to.clone(),
        /// How much.
        amount: Yuan = Yuan(row.amount),
        /// Why.
        memo: String = row.memo.clone(),
        /// The article.
        article: String = row.article.clone(),
    }

    /// One source with where its money is now.
    SourceDetail of &SourcePage as page => {
        /// The source.
        source: Source = (&page.line).into(),
        /// The article of its kind of money.
        article: String = page.cite.clone(),
        /// Arrivals of cash, oldest first.
        receipts: Vec<CashArrived> = page.receipts.iter().map(|one| CashArrived {
            on: Day(one.on), amount: Yuan(one.amount), voucher: one.voucher.clone(),
        }).collect(),
        /// Cuts, oldest first.
        cuts: Vec<BudgetCut> = page.cuts.iter().map(|one| BudgetCut {
            on: Day(one.on), amount: Yuan(one.amount), document: one.document.clone(), why: one.why.clone(),
        }).collect(),
        /// Where its permission to spend is: sums to the budget.
        permission: Vec<Where> = each(&page.permission),
        /// Where its cash is: sums to what was received.
        cash: Vec<Where> = each(&page.cash),
        /// Its movements, oldest first, at most 500.
        movements: Vec<Movement> = each(&page.movements),
        /// Whether the caller may book cash and cuts.
        may_book: bool = page.may_book,
    }
}

fn state(place: &Whereabouts) -> &'static str {
    match place {
        Whereabouts::Quota(_) => "quota",
        Whereabouts::Pool(_) => "pool",
        Whereabouts::Allotted(_) => "allotted",
        Whereabouts::Held(_) => "held",
        Whereabouts::Clearing(_) => "clearing",
        Whereabouts::Spent(_) => "spent",
        Whereabouts::Payee(..) => "payee",
    }
}

/// Cash that arrived.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct CashArrived {
    /// The day.
    pub on: Day,
    /// How much.
    pub amount: Yuan,
    /// The voucher.
    pub voucher: String,
}

/// A cut of the budget.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct BudgetCut {
    /// The day of its booking.
    pub on: Day,
    /// By how much.
    pub amount: Yuan,
    /// The document.
    pub document: String,
    /// Why.
    pub why: String,
}

asks! {
    /// Register a source.
    RegisterSource {
        /// Fund.
        fund: String,
        /// Kind of money.
        kind: String,
        /// Level of government: `central`, `province`, `prefecture`, `county`, `township`, `other`.
        level: String,
        /// The budget document's number with its full prefix.
        document: String,
        /// What it is for.
        purpose: String,
        /// Functional budget code.
        code: Option<String>,
        /// Budget year.
        year: i16,
        /// Day of the document.
        on: Day,
        /// How much may be spent.
        budget: Yuan,
        /// Remarks.
        note: Option<String>,
    }

    /// Book cash that arrived.
    ReceiveCash {
        /// The day.
        on: Day,
        /// How much.
        amount: Yuan,
        /// The voucher.
        voucher: String,
    }

    /// Cut the budget of a source.
    CutSource {
        /// By how much.
        amount: Yuan,
        /// The document.
        document: String,
        /// Why.
        why: String,
    }
}

impl RegisterSource {
    /// The command in a pack.
    pub fn command(self, pack: String) -> Result<MoneyCommand, Failed> {
        let level = one_of("level", &self.level, GovLevel::ALL)?;
        Ok(MoneyCommand::RegisterSource(NewSource {
            pack,
            fund: self.fund,
            kind: self.kind,
            level,
            document: self.document,
            purpose: self.purpose,
            code: self.code.unwrap_or_default(),
            year: self.year,
            on: self.on.0,
            budget: self.budget.0,
            note: self.note.unwrap_or_default(),
        }))
    }
}

impl ReceiveCash {
    /// The command on a source.
    pub fn command(self, source: i64) -> MoneyCommand {
        let cash = Receive { on: self.on.0, amount: self.amount.0, voucher: self.voucher };
        MoneyCommand::ReceiveCash { source: SourceId(source), cash }
    }
}

impl CutSource {
    /// The command on a source.
    pub fn command(self, source: i64) -> MoneyCommand {
        let cut = Cut { amount: self.amount.0, document: self.document, why: self.why };
        MoneyCommand::CutSource { source: SourceId(source), cut }
    }
}
