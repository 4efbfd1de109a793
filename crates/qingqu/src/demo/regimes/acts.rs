//! The money of a story: sources and cash, claims with their bills, batches and what the bank says, recovery and surplus.

use super::stage::{Stage, account, yuan};
use anyhow::{Context, Result, anyhow};
use app::command::money::{
    ApproveClaim, BankLine, BankOutcome, CheckClaim, ClaimLine, ClaimText, Close, Cut, GovLevel,
    MoneyCommand, NewSource, PayeeAccount, Pick, Purpose, Receive, Recover, Tie, TurnDown, Verdict,
};
use app::payout::{FileForm, Payer};
use domain::batch::Batch;
use domain::claim::{Claim, LIST, Payment, UNIT};
use kernel::Money;
use kernel::id::{BatchId, ClaimId, ProjectId, SourceId};
use policy::pack::VoucherKind;
use policy::procedure::{Act, Subject};
use std::fmt::Write as _;

/// A source of a story.
#[derive(Debug, Clone, Copy)]
pub struct Src {
    /// Fund.
    pub fund: &'static str,
    /// Kind and level.
    pub kind: (&'static str, GovLevel),
    /// Document number.
    pub document: &'static str,
    /// What for.
    pub purpose: &'static str,
    /// Functional code.
    pub code: &'static str,
    /// Budget year.
    pub year: i16,
    /// Budget in yuan.
    pub yuan: &'static str,
}

/// A bill of a claim.
#[derive(Debug, Clone, Copy)]
pub enum Bill {
    /// An invoice of the party of a contract: budget line, contract, amount.
    Invoice(&'static str, i64, &'static str),
    /// A list of payees: budget line, rows, amount.
    List(&'static str, i64, &'static str),
    /// A transfer to the unit: budget line, amount.
    Transfer(&'static str, &'static str),
}

/// What the bank says of a payment.
#[derive(Debug, Clone, Copy)]
pub enum Bank {
    /// Paid.
    Paid(i64),
    /// Failed, why.
    Failed(i64, &'static str),
    /// Its reference with another amount, in yuan.
    Other(i64, &'static str),
}

/// A list of payees that adds up: invented names, masked numbers, equal parts and what does not divide at the end.
fn roster(rows: i64, total: Money, serial: u32) -> Vec<u8> {
    const FAMILY: [&str; 12] = ["王", "李", "张", "刘", "陈", "杨", "赵", "吴", "周", "徐", "孙", "马"];
    const GIVEN: [&str; 10] =
        ["建国", "秀英", "志强", "玉兰", "国庆", "桂花", "明亮", "春梅", "永福", "海燕"];
    let mut text = String::from("\u{feff}姓名,证件号码（已遮蔽）,金额（元）\r\n");
    let part = total.fen() / rows.max(1);
    for (row, (family, given)) in (1..=rows)
        .zip(GIVEN.iter().flat_map(|given| FAMILY.iter().map(move |family| (family, given))).cycle())
    {
        let fen = if row == rows { total.fen() - part * (rows - 1) } else { part };
        let amount = Money::from_fen(fen);
        let _ = write!(text, "{family}{given},{:04}**********{row:04},{amount}\r\n", 5_000 + serial);
    }
    text.into_bytes()
}

impl Stage<'_> {
    /// Registers a source under today's date.
    pub fn source(&self, who: &str, spec: &Src) -> Result<SourceId> {
        let new = NewSource {
            pack: self.pack()?.id.clone(),
            fund: spec.fund.to_owned(),
            kind: spec.kind.0.to_owned(),
            level: spec.kind.1,
            document: spec.document.to_owned(),
            purpose: spec.purpose.to_owned(),
            code: spec.code.to_owned(),
            year: spec.year,
            on: self.app.today(),
            budget: yuan(spec.yuan)?,
            note: String::new(),
        };
        let made = self.does(who, MoneyCommand::RegisterSource(new));
        Ok(SourceId(made.with_context(|| spec.document)?))
    }

    /// Cash arrives.
    pub fn cash(&mut self, who: &str, source: SourceId, amount: &str) -> Result<()> {
        let voucher = format!("国库集中支付凭证{:08}", 20_180_000 + self.next_serial());
        let cash = Receive { on: self.app.today(), amount: yuan(amount)?, voucher };
        self.does(who, MoneyCommand::ReceiveCash { source, cash })?;
        Ok(())
    }

    /// The budget of a source is cut.
    pub fn cut(&self, who: &str, source: SourceId, amount: &str, document: &str, why: &str) -> Result<()> {
        let cut = Cut { amount: yuan(amount)?, document: document.to_owned(), why: why.to_owned() };
        self.does(who, MoneyCommand::CutSource { source, cut })?;
        Ok(())
    }

    /// A unit files a claim.
    pub fn claim(
        &mut self,
        who: &str,
        project: ProjectId,
        purpose: Purpose,
        bills: &[Bill],
    ) -> Result<ClaimId> {
        let text = self.text(who, project, purpose, bills)?;
        Ok(ClaimId(self.does(who, MoneyCommand::FileClaim { project, text })?))
    }

    /// A unit files a returned claim again.
    pub fn refile(&mut self, who: &str, claim: ClaimId, purpose: Purpose, bills: &[Bill]) -> Result<()> {
        let project = self.claim_state(claim)?.project;
        let text = self.text(who, project, purpose, bills)?;
        self.does(who, MoneyCommand::RefileClaim { claim, text })?;
        Ok(())
    }

    fn text(&mut self, who: &str, project: ProjectId, purpose: Purpose, bills: &[Bill]) -> Result<ClaimText> {
        let ties = self.app.claim_form(&self.viewer(who)?, project)?.ties;
        let mut lines = Vec::new();
        for (no, bill) in (1..).zip(bills) {
            let tie = ties.as_ref().map(|ties| match ties.kinds.first() {
                Some(kind) => Tie { kind: kind.id.clone(), households: kind.households },
                None => Tie { kind: String::new(), households: 0 },
            });
            lines.push(ClaimLine { tie, ..self.line(who, no, *bill)? });
        }
        Ok(ClaimText { purpose, lines })
    }

    fn line(&mut self, who: &str, no: i64, bill: Bill) -> Result<ClaimLine> {
        let (kind, line, payee, amount, rows) = match bill {
            Bill::Invoice(line, contract, amount) => {
                (VoucherKind::Invoice, line, format!("c{contract}"), amount, 0)
            }
            Bill::List(line, rows, amount) => (VoucherKind::List, line, LIST.to_owned(), amount, rows),
            Bill::Transfer(line, amount) => (VoucherKind::Transfer, line, UNIT.to_owned(), amount, 0),
        };
        let pack = self.pack()?;
        let voucher = pack.vouchers.iter().find(|voucher| voucher.kind == kind);
        let voucher = voucher.ok_or_else(|| anyhow!("{} has no voucher {kind:?}", pack.id))?;
        let (serial, amount) = (self.next_serial(), yuan(amount)?);
        let (code, number) = match kind {
            VoucherKind::Invoice => ("011001800104".to_owned(), format!("{:08}", 20_415_300 + serial * 13)),
            _ => (String::new(), format!("{}第{serial}号", voucher.name.zh)),
        };
        let list = match kind {
            VoucherKind::List => {
                let bytes = roster(rows, amount, serial);
                Some(self.app.keep_list(&self.viewer(who)?, &bytes, rows, amount)?)
            }
            _ => None,
        };
        let title = format!("{}{serial}", voucher.name.zh);
        Ok(ClaimLine {
            no,
            budget_line: line.to_owned(),
            voucher: voucher.id.clone(),
            code,
            number,
            dated: self.app.today(),
            payee,
            amount,
            papers: vec![self.paper(&voucher.id, &title)?],
            list,
            tie: None,
        })
    }

    /// A person checks a claim: every bill as asked, but for the cuts (bill, amount, why).
    pub fn check(&self, who: &str, claim: ClaimId, cuts: &[(i64, &str, &str)]) -> Result<()> {
        let mut verdicts = Vec::new();
        for line in &self.claim_state(claim)?.lines {
            let cut = cuts.iter().find(|cut| cut.0 == line.no);
            let approved = cut.map_or(Ok(line.amount), |cut| yuan(cut.1))?;
            let reason = cut.map_or_else(String::new, |cut| cut.2.to_owned());
            verdicts.push(Verdict { line: line.no, approved, reason });
        }
        let step = self.step_of(Subject::Claim, Act::Check)?;
        let opinion = if cuts.is_empty() {
            "票据齐全，与进度相符。"
        } else {
            "部分票据核减，其余相符。"
        };
        let check = CheckClaim { step, verdicts, opinion: opinion.to_owned() };
        self.does(who, MoneyCommand::CheckClaim { claim, check })?;
        Ok(())
    }

    /// Another person approves a claim.
    pub fn grant(&self, who: &str, claim: ClaimId) -> Result<()> {
        let step = self.step_of(Subject::Claim, Act::Decide)?;
        let approve = ApproveClaim { step, opinion: "复核无误，同意支付。".to_owned() };
        self.does(who, MoneyCommand::ApproveClaim { claim, approve })?;
        Ok(())
    }

    /// A claim goes back, or is refused: act of the step, outcome, why.
    pub fn turn_down(&self, who: &str, claim: ClaimId, at: (Act, &str), why: &str) -> Result<()> {
        let step = self.step_of(Subject::Claim, at.0)?;
        let turn_down = TurnDown { step, outcome: at.1.to_owned(), opinion: why.to_owned() };
        self.does(who, MoneyCommand::TurnDownClaim { claim, turn_down })?;
        Ok(())
    }

    /// A claim goes all its way: filed, checked, approved.
    pub fn granted(
        &mut self,
        who: (&str, &str, &str),
        project: ProjectId,
        purpose: Purpose,
        bills: &[Bill],
    ) -> Result<ClaimId> {
        let claim = self.claim(who.0, project, purpose, bills)?;
        self.check(who.1, claim, &[])?;
        self.grant(who.2, claim)?;
        Ok(claim)
    }

    /// Who pays out of a fund.
    pub fn payer(&mut self, who: &str, fund: &str, name: &str, bank: &str) -> Result<()> {
        let serial = self.next_serial();
        let number = self.app.seal_account(&account(serial))?;
        let payer = Payer { name: name.to_owned(), account: number, bank: bank.to_owned() };
        Ok(self.app.set_payer(&self.viewer(who)?, fund, &payer)?)
    }

    /// A batch of everything that is due of some claims.
    pub fn batch(&mut self, who: &str, fund: &str, claims: &[ClaimId]) -> Result<BatchId> {
        let mut picks = Vec::new();
        for claim in claims {
            let state = self.claim_state(*claim)?;
            for owed in state.owed.iter().filter(|owed| owed.payment == Payment::Due) {
                let payee = owed.share.payee.clone();
                let account = self.payee_account(&state, &payee)?;
                picks.push(Pick { claim: *claim, payee, account });
            }
        }
        let command = MoneyCommand::MakeBatch { pack: self.pack()?.id.clone(), fund: fund.to_owned(), picks };
        Ok(BatchId(self.does(who, command)?))
    }

    /// The account of a list or a unit; a contract party's is in its contract.
    fn payee_account(&mut self, claim: &Claim, payee: &str) -> Result<Option<PayeeAccount>> {
        let name = match payee {
            LIST => "惠农补贴“一卡通”代发专户".to_owned(),
            UNIT => {
                let project = self.app.reads.project(claim.project)?.context("no project")?;
                self.app.org(project.unit)?.map_or_else(String::new, |org| org.name)
            }
            _ => return Ok(None),
        };
        let serial = self.next_serial();
        let account = self.app.seal_account(&account(serial))?;
        Ok(Some(PayeeAccount { name, account, bank: "农村信用合作联社营业部".to_owned() }))
    }

    /// A second person releases a batch's file.
    pub fn release(&self, who: &str, batch: BatchId, form: FileForm) -> Result<()> {
        self.app.release_batch(&self.viewer(who)?, batch, form, "")?;
        Ok(())
    }

    /// What the bank said is booked.
    pub fn results(&self, who: &str, batch: BatchId, said: &[Bank]) -> Result<()> {
        let state = self.batch_state(batch)?;
        let mut lines = Vec::new();
        for one in said {
            lines.push(self.bank_line(&state, *one)?);
        }
        self.does(who, MoneyCommand::BookResults { batch, lines })?;
        Ok(())
    }

    fn bank_line(&self, batch: &Batch, said: Bank) -> Result<BankLine> {
        let (Bank::Paid(no) | Bank::Failed(no, _) | Bank::Other(no, _)) = said;
        let payment = batch.payment(no).ok_or_else(|| anyhow!("{} has no payment {no}", batch.number))?;
        let (on, line) = (self.app.today(), &payment.line);
        let paid = || BankOutcome::Paid {
            on,
            reference: format!("ZF{}{:03}{no:03}", on.to_string().replace('-', ""), batch.id),
        };
        let (amount, outcome, word) = match said {
            Bank::Paid(_) => (line.amount, paid(), "交易成功"),
            Bank::Failed(_, why) => (line.amount, BankOutcome::Failed { reason: why.to_owned() }, why),
            Bank::Other(_, amount) => (yuan(amount)?, paid(), "交易成功"),
        };
        let text = format!("{},{},{amount},{word}", line.end_to_end, line.payee_name);
        Ok(BankLine { end_to_end: line.end_to_end.clone(), amount, outcome, text })
    }

    /// All payments of claims go out and arrive: made by one, released and booked by another.
    pub fn pay(&mut self, who: (&str, &str), fund: &str, claims: &[ClaimId]) -> Result<BatchId> {
        let batch = self.batch(who.0, fund, claims)?;
        self.release(who.1, batch, FileForm::Pain001)?;
        let all: Vec<Bank> =
            self.batch_state(batch)?.payments.iter().map(|payment| Bank::Paid(payment.line.no)).collect();
        self.results(who.1, batch, &all)?;
        Ok(batch)
    }

    /// Money comes back from a payee.
    pub fn recover(
        &mut self,
        who: &str,
        project: ProjectId,
        payee: &str,
        amount: &str,
        why: &str,
    ) -> Result<()> {
        let voucher = format!("退款凭证{:06}", self.next_serial());
        let (on, amount) = (self.app.today(), yuan(amount)?);
        let recover = Recover { payee: payee.to_owned(), amount, on, voucher, why: why.to_owned() };
        self.does(who, MoneyCommand::Recover { project, recover })?;
        Ok(())
    }

    /// A project is closed; what is left goes back.
    pub fn close(&self, who: &str, project: ProjectId, why: &str) -> Result<()> {
        let close = Close { on: self.app.today(), why: why.to_owned() };
        self.does(who, MoneyCommand::CloseProject { project, close })?;
        Ok(())
    }

    /// A claim as it stands.
    pub fn claim_state(&self, claim: ClaimId) -> Result<Claim> {
        let acts = self.app.reads.stream(&domain::Stream::Claim(claim).key())?;
        app::history::claim(&acts)?.ok_or_else(|| anyhow!("no claim {claim}"))
    }

    fn batch_state(&self, batch: BatchId) -> Result<Batch> {
        let acts = self.app.reads.stream(&domain::Stream::Batch(batch).key())?;
        app::history::batch(&acts)?.ok_or_else(|| anyhow!("no batch {batch}"))
    }
}
