//! Payment batches over the wire: what goes to the bank, what comes back, what a person must look at.

use app::command::money::{BankLine, BankOutcome, Found, MoneyCommand, Settle};
use app::rows::UnclearRow;
use app::view::money::{
    BatchLine, BatchList, BatchPage, BatchQuery, Effect, Exceptions, PaymentNow, Preview, PreviewLine,
};
use kernel::id::BatchId;

use super::{Day, Lot, Named, Yuan, asks, each, query, shape};
use crate::api::problem::Failed;

query! {
    /// Which batches.
    BatchAsk {
        /// Fund.
        fund: String,
        /// `made`, `released` or `settled`.
        standing: String,
        /// The `next` of the page before.
        after: String,
    }
}

impl From<BatchAsk> for BatchQuery {
    fn from(ask: BatchAsk) -> Self {
        Self { fund: ask.fund, standing: ask.standing, after: ask.after }
    }
}

shape! {
    /// A batch of payments.
    Batch of &BatchLine as BatchLine { row, fund, standing } => {
        /// Id.
        id: i64 = row.batch.0,
        /// Number.
        number: String = row.number.clone(),
        /// Fund.
        fund: Named = Named { id: row.fund.clone(), name: fund.into() },
        /// Its standing.
        standing: Named = Named { id: row.standing.clone(), name: standing.into() },
        /// How many payments.
        lines: i64 = row.lines,
        /// Their sum.
        total: Yuan = Yuan(row.total),
        /// Of it: paid.
        paid: Yuan = Yuan(row.paid),
        /// Of it: failed or taken out.
        failed: Yuan = Yuan(row.failed),
        /// Lines of the bank that wait for a person.
        unclear: i64 = row.unclear,
        /// Form and digest of the file; empty before its release.
        digest: String = row.digest.clone(),
        /// Day on which it was made.
        made_on: Day = Day(row.made_on),
        /// Day of the release.
        released_on: Option<Day> = row.released_on.map(Day),
    }

    /// A page of batches, newest first.
    Batches of &BatchList as list => {
        /// The batches.
        items: Vec<Batch> = each(&list.lines),
        /// Ask again with `after` set to this for the next page; absent on the last.
        next: Option<String> = list.next.clone(),
        /// How many there are in all.
        total: i64 = list.total,
        /// Whether the caller may make batches.
        may_make: bool = list.may_make,
    }

    /// A payment.
    Payment of &PaymentNow as now => {
        /// The batch.
        batch: i64 = now.row.batch.0,
        /// Its number within the batch, from 1.
        line: i64 = now.row.line,
        /// What names it through the bank and back.
        end_to_end: String = now.row.end_to_end.clone(),
        /// The claim.
        claim: i64 = now.row.claim.0,
        /// The claim's number.
        claim_number: String = now.claim.clone(),
        /// The project.
        project: i64 = now.row.project.0,
        /// The project's name.
        project_name: String = now.project.clone(),
        /// The payee within the project.
        payee: String = now.row.payee.clone(),
        /// The payee's name.
        payee_name: String = now.row.payee_name.clone(),
        /// The account, masked.
        account: String = now.account.clone(),
        /// The bank.
        bank: String = now.bank.clone(),
        /// How much.
        amount: Yuan = Yuan(now.row.amount),
        /// How far it is.
        state: Named = Named { id: now.row.state.clone(), name: (&now.state).into() },
        /// Day of the bank.
        on: Option<Day> = now.row.on.map(Day),
        /// The bank's reference, or why it failed.
        said: String = now.row.said.clone(),
        /// Out of which sources.
        lots: Vec<Lot> = each(&now.row.lots),
    }

    /// A line of the bank that nobody could place.
    Unclear of &UnclearRow as row => {
        /// The batch.
        batch: i64 = row.batch.0,
        /// Its number among those of the batch.
        number: i64 = row.place,
        /// What the bank said.
        text: String = row.text.clone(),
        /// Why it could not be placed.
        reason: String = row.reason.clone(),
        /// When it was read.
        on: Day = Day(row.on),
        /// How a person settled it; empty while it is open.
        settled: String = row.settled.clone(),
    }

    /// One batch.
    BatchDetail of &BatchPage as page => {
        /// The batch.
        batch: Batch = (&page.line).into(),
        /// Its payments.
        payments: Vec<Payment> = each(&page.payments),
        /// What the bank said that nobody could place.
        unclear: Vec<Unclear> = each(&page.unclear),
        /// Who made it.
        made_by: String = page.made_by.clone(),
        /// Who released it.
        released_by: Option<String> = page.released_by.clone(),
        /// Whether the caller may release the file, book results, take payments out.
        may_pay: bool = page.may_pay,
        /// Whether the caller made it, and so may not release it.
        mine: bool = page.mine,
    }

    /// What needs a person: nothing that went well is listed.
    ToLookAt of &Exceptions as found => {
        /// Payments that failed or were taken out.
        failed: Vec<Payment> = each(&found.failed),
        /// Payments with the bank that no result came for.
        open: Vec<Payment> = each(&found.open),
        /// What banks said that nobody could place.
        unclear: Vec<Unclear> = found.unclear.iter().map(|(_, row)| row.into()).collect(),
    }

    /// A line of the bank and what it would do.
    ResultPreview of &PreviewLine as line => {
        /// The reference as the bank gave it.
        end_to_end: String = line.end_to_end.clone(),
        /// The amount; absent when it cannot be read.
        amount: Option<Yuan> = line.amount.map(Yuan),
        /// The line in words.
        text: String = line.text.clone(),
        /// `paid`, `failed`, `known`, `elsewhere`, `unclear` or `refused`.
        effect: String = effect(&line.effect).to_owned(),
        /// The reason, or the number of the other batch.
        says: String = says(&line.effect),
    }

    /// A bank's answer before it is booked.
    ResultsPreview of (&Preview, String) as (preview, ticket) => {
        /// Its lines.
        lines: Vec<ResultPreview> = each(&preview.lines),
        /// Payments of the batch that would still be without a result.
        open: Vec<Payment> = each(&preview.open),
        /// Send this to book what was shown.
        ticket: String = ticket,
    }
}

fn effect(effect: &Effect) -> &'static str {
    match effect {
        Effect::Paid(_) => "paid",
        Effect::Failed(_) => "failed",
        Effect::Known => "known",
        Effect::Elsewhere(_) => "elsewhere",
        Effect::Unclear(_) => "unclear",
        Effect::Refused(_) => "refused",
    }
}

fn says(effect: &Effect) -> String {
    match effect {
        Effect::Paid(on) => on.to_string(),
        Effect::Failed(why) | Effect::Elsewhere(why) | Effect::Unclear(why) => why.clone(),
        Effect::Known => String::new(),
        Effect::Refused(refusal) => refusal.to_string(),
    }
}

asks! {
    /// Make a batch of approved payments of a fund.
    MakeBatch {
        /// Fund.
        fund: String,
        /// Which payments.
        picks: Vec<PickPayment>,
    }

    /// A payment to be made.
    PickPayment {
        /// The claim.
        claim: i64,
        /// The payee within it.
        payee: String,
        /// The account of a list or a unit; left out for a contract party.
        account: Option<AccountOf>,
    }

    /// The account of a list or a unit.
    AccountOf {
        /// The name of its owner.
        name: String,
        /// The account number; it is sealed and never shown again in clear.
        number: String,
        /// The bank.
        bank: String,
    }

    /// Release the bank's file.
    ReleaseFile {
        /// `pain.001` or `csv`.
        form: String,
    }

    /// Book what the bank said: the ticket of a preview, or the lines themselves.
    BookResults {
        /// The ticket of a preview.
        ticket: Option<String>,
        /// The lines.
        lines: Option<Vec<ResultLine>>,
    }

    /// What the bank says of one payment: `paid` or `failed`.
    ResultLine {
        /// The reference that went with the payment.
        end_to_end: String,
        /// The amount.
        amount: Yuan,
        /// It went through.
        paid: Option<PaidSaid>,
        /// It did not: the bank's reason.
        failed: Option<String>,
        /// The line as it came.
        text: Option<String>,
    }

    /// It went through.
    PaidSaid {
        /// The day.
        on: Day,
        /// The bank's reference.
        reference: String,
    }

    /// Take a payment without result out of its batch.
    TakeOut {
        /// Why.
        why: String,
    }

    /// Settle an unclear line by hand.
    SettleLine {
        /// It is the result of this payment; left out when it concerns nothing here.
        line: Option<i64>,
        /// The payment went through.
        paid: Option<PaidSaid>,
        /// The payment did not: the bank's reason.
        failed: Option<String>,
        /// What the person relied on.
        why: String,
    }
}

/// The one result that is said.
fn outcome(place: &str, paid: Option<PaidSaid>, failed: Option<String>) -> Result<BankOutcome, Failed> {
    match (paid, failed) {
        (Some(paid), None) => Ok(BankOutcome::Paid { on: paid.on.0, reference: paid.reference }),
        (None, Some(reason)) => Ok(BankOutcome::Failed { reason }),
        _ => Err(Failed::unreadable(place, "one of `paid` and `failed` is wanted")),
    }
}

impl ResultLine {
    /// As the command takes it.
    pub fn line(self, no: usize) -> Result<BankLine, Failed> {
        let outcome = outcome(&format!("lines[{no}]"), self.paid, self.failed)?;
        let text = self.text.unwrap_or_else(|| format!("{} {}", self.end_to_end, self.amount.0));
        Ok(BankLine { end_to_end: self.end_to_end, amount: self.amount.0, outcome, text })
    }
}

impl SettleLine {
    /// The command on a batch.
    pub fn command(self, batch: i64, unclear: u32) -> Result<MoneyCommand, Failed> {
        let found = match self.line {
            None if self.paid.is_none() && self.failed.is_none() => Found::Nothing,
            None => return Err(Failed::unreadable("line", "the payment of the result is missing")),
            Some(line) => Found::Result { line, outcome: outcome("paid", self.paid, self.failed)? },
        };
        let settle = Settle { unclear, found, why: self.why };
        Ok(MoneyCommand::SettleUnclear { batch: BatchId(batch), settle })
    }
}
