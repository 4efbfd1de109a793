//! A batch's file for the bank, and the bank's answer: the vault is opened here, for the file alone, and the release is an act on
//! record before anybody receives a byte. The same batch gives the same bytes, so a lost file can be had again and proved the same.

use crate::access::Right;
use crate::bank::{self, BankFileError, Order, Party, Said, Transfer};
use crate::command::money::{BankLine, BankOutcome, MoneyCommand};
use crate::command::{Answer, Command, Failure, Request};
use crate::ports::Fault;
use crate::time::{clock_of, day_of};
use crate::vault::{Kind, SealedRef};
use crate::view::Viewer;
use crate::writer::App;
use domain::batch::{Batch, LineStanding};
use domain::{Reason, Stream};
use journal::HashKind;
use kernel::Money;
use kernel::id::BatchId;
use serde::{Deserialize, Serialize};

/// The form of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    /// ISO 20022 `pain.001.001.09`.
    Pain001,
    /// Comma-separated values.
    Csv,
}

impl FileForm {
    /// The word before the digest.
    pub const fn id(self) -> &'static str {
        match self {
            FileForm::Pain001 => "pain.001",
            FileForm::Csv => "csv",
        }
    }

    /// The form of this word.
    pub fn parse(id: &str) -> Option<FileForm> {
        [FileForm::Pain001, FileForm::Csv].into_iter().find(|form| form.id() == id)
    }

    const fn extension(self) -> &'static str {
        match self {
            FileForm::Pain001 => "xml",
            FileForm::Csv => "csv",
        }
    }
}

/// A file for the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankFile {
    /// Its name.
    pub name: String,
    /// Its form.
    pub form: FileForm,
    /// Its bytes, with account numbers in clear.
    pub bytes: Vec<u8>,
    /// SM3 of the bytes, in hexadecimal.
    pub digest: String,
}

/// Who pays out of a fund: a setting of the installation. The account lies in the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payer {
    /// The owner of the account.
    pub name: String,
    /// The account: a reference into the vault.
    pub account: String,
    /// The bank.
    pub bank: String,
}

fn missing(what: &str) -> Failure {
    Reason::NotFound { what: what.to_owned() }.into()
}

fn not_allowed() -> Failure {
    let what = "支付批次".to_owned();
    Reason::NotAllowed { what, what_en: "batches of payments".into(), who: "办理支付的岗位".into() }.into()
}

impl App {
    /// Puts an account number away and answers the reference that commands take; refused when it is no account number.
    pub fn seal_account(&self, number: &str) -> Result<String, Failure> {
        let sealed = self.seal(Kind::BankAccount, number)?;
        if sealed.readable { Ok(sealed.to_string()) } else { Err(missing("可用的银行账号")) }
    }

    /// Who pays out of a fund, once that was set.
    pub fn payer(&self, pack: &str, fund: &str) -> Result<Option<Payer>, Fault> {
        let text = self.house.setting(&payer_setting(pack, fund))?;
        let read = |text: String| serde_json::from_str(&text);
        text.map(read).transpose().map_err(|e| Fault::lasting(format!("the payer of {pack}/{fund}: {e}")))
    }

    /// Sets who pays out of a fund; for those who settle.
    pub fn set_payer(&self, viewer: &Viewer, fund: &str, payer: &Payer) -> Result<(), Failure> {
        if !viewer.may(Right::Settle) {
            return Err(not_allowed());
        }
        if !SealedRef::parse(&payer.account).is_some_and(|sealed| sealed.readable) {
            return Err(missing("可用的银行账号"));
        }
        let text = serde_json::to_string(payer).map_err(|e| Fault::lasting(format!("payer: {e}")))?;
        Ok(self.house.put_setting(&payer_setting(&viewer.pack.id, fund), &text)?)
    }

    /// Releases a batch: its file is made, the release with the file's digest is put on record, then the file is handed out. A
    /// file that was released already is handed out again only when it comes out the same, in the form in which it was released.
    pub fn release_batch(
        &self,
        viewer: &Viewer,
        id: BatchId,
        form: FileForm,
        key: &str,
    ) -> Result<BankFile, Failure> {
        if !viewer.may(Right::Settle) {
            return Err(not_allowed());
        }
        let batch = self.batch_state(viewer, id)?;
        let released = batch.released.as_ref().and_then(|release| release.file_digest.split_once(':'));
        let form = released.and_then(|(form, _)| FileForm::parse(form)).unwrap_or(form);
        let file = self.bank_file(&batch, form)?;
        let digest = format!("{}:{}", form.id(), file.digest);
        let command = MoneyCommand::ReleaseBatch { batch: id, digest };
        let command = Command::Money(Box::new(command));
        self.submit(Request { who: viewer.who(), key: key.to_owned(), command })?;
        Ok(file)
    }

    fn bank_file(&self, batch: &Batch, form: FileForm) -> Result<BankFile, Failure> {
        let acts = self.reads.stream(&Stream::Batch(batch.id).key())?;
        let made = acts.first().map_or(0, |act| act.at);
        // The file is what the batch was when it was released, whatever became of its payments later.
        let released = acts.iter().position(|act| act.kind == "batch.released").unwrap_or(acts.len());
        let batch = crate::history::batch(&acts[..released])?.ok_or_else(|| missing("支付批次"))?;
        let payer = self.payer(&batch.pack, &batch.fund)?.ok_or_else(|| missing("该资金的付款账户"))?;
        let from = self.party(&payer.name, &payer.account, &payer.bank)?;
        let mut transfers = Vec::with_capacity(batch.payments.len());
        for payment in &batch.payments {
            if matches!(payment.standing, LineStanding::Released { .. }) {
                continue;
            }
            let line = &payment.line;
            let claim = self.reads.claim(line.claim)?.map_or_else(String::new, |claim| claim.number);
            transfers.push(Transfer {
                end_to_end: line.end_to_end.clone(),
                to: self.party(&line.payee_name, &line.account, &line.bank)?,
                amount: line.amount,
                purpose: format!("报账支付 {claim}"),
            });
        }
        let on = day_of(made);
        let order = Order {
            id: batch.number.clone(),
            made: format!("{on}T{}:00+08:00", clock_of(made)),
            on,
            from,
            transfers,
        };
        let bytes = match form {
            FileForm::Pain001 => bank::pain001::write(&order).ok(),
            FileForm::Csv => bank::csv::write(&order),
        };
        let bytes = bytes.ok_or_else(|| Fault::lasting("the bank's file cannot be written"))?;
        let digest = HashKind::Sm3.plain(&bytes).to_string();
        Ok(BankFile { name: format!("{}.{}", batch.number, form.extension()), form, bytes, digest })
    }

    fn party(&self, name: &str, account: &str, bank: &str) -> Result<Party, Failure> {
        let sealed = SealedRef::parse(account).ok_or_else(|| missing("收款账号"))?;
        let number = self.open(&sealed)?.ok_or_else(|| missing(&format!("{name}的账号（已依法删除）")))?;
        let number = number.chars().filter(char::is_ascii_alphanumeric).collect();
        Ok(Party { name: name.to_owned(), account: number, bank: bank.to_owned() })
    }

    /// Reads a bank's file, whichever of the two forms it is, for a preview; nothing is booked.
    pub fn read_bank_file(bytes: &[u8]) -> Result<Vec<bank::BankLine>, BankFileError> {
        let start = bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace() && *byte < 0x80);
        if start == Some(b'<') { bank::camt053::read(bytes) } else { bank::csv::read(bytes) }
    }

    /// Books what was read: results where they match, the rest for a person.
    pub fn book_bank_lines(
        &self,
        viewer: &Viewer,
        batch: BatchId,
        lines: &[bank::BankLine],
        key: &str,
    ) -> Result<Answer, Failure> {
        self.batch_state(viewer, batch)?;
        let lines = lines.iter().map(booked).collect();
        let command = Command::Money(Box::new(MoneyCommand::BookResults { batch, lines }));
        self.submit(Request { who: viewer.who(), key: key.to_owned(), command })
    }
}

fn payer_setting(pack: &str, fund: &str) -> String {
    format!("payer:{pack}:{fund}")
}

/// A line whose result is not clear names no payment, so that it is listed and not booked.
pub(crate) fn booked(line: &bank::BankLine) -> BankLine {
    let (end_to_end, outcome, text) = match &line.said {
        Said::Paid { on, reference } => {
            let outcome = BankOutcome::Paid { on: *on, reference: reference.clone() };
            (line.end_to_end.clone(), outcome, line.text.clone())
        }
        Said::Failed { reason } => {
            let outcome = BankOutcome::Failed { reason: reason.clone() };
            (line.end_to_end.clone(), outcome, line.text.clone())
        }
        Said::Unclear { reason } => {
            let outcome = BankOutcome::Failed { reason: reason.clone() };
            (String::new(), outcome, format!("{}（{reason}）", line.text))
        }
    };
    BankLine { end_to_end, amount: line.amount.unwrap_or(Money::ZERO), outcome, text }
}
