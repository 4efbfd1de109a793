//! The acts of a random history, each with what may be wrong with it.

use super::{History, fen, pick};
use crate::checks::payments;
use crate::world::{paper, yuan};
use app::command::money::*;
use app::payout::FileForm;
use app::rows::{ClaimFilter, ClaimRow};
use domain::Refusal;
use kernel::id::{AllocationId, BatchId, ClaimId, ProjectId, SourceId};
use std::collections::BTreeMap;

/// The acts.
impl History {
    pub(super) fn register(&mut self, fund: &str, kind: &str, year: i16, budget: i64) -> Result<(), Refusal> {
        let serial = u32::try_from(100 + self.serial()).unwrap();
        let MoneyCommand::RegisterSource(new) = self.world.source(serial, "1.00") else { return Ok(()) };
        let (fund, kind, budget) = (fund.into(), kind.into(), fen(budget));
        let new = NewSource { fund, kind, year, budget, ..new };
        let id = self.tried("finance", MoneyCommand::RegisterSource(new))?;
        self.sources.push(SourceId(id));
        Ok(())
    }

    pub(super) fn cash(&self, source: SourceId, amount: i64) -> MoneyCommand {
        let cash = Receive { on: self.world.app.today(), amount: fen(amount), voucher: "收1".into() };
        MoneyCommand::ReceiveCash { source, cash }
    }

    /// A project with two lines and a contract; one that looks like a prohibited use waits.
    pub(super) fn open(&mut self, purse: &'static str, name: &str) -> Option<ProjectId> {
        let MoneyCommand::OpenProject(mut new) = self.world.project(name) else { return None };
        if purse != "ours" {
            (new.side, new.spending) = (purse.into(), "upkeep".into());
        }
        if purse == "all" {
            (new.fund, new.village) = ("village".into(), "120119-1".into());
        }
        let project = ProjectId(self.tried("town", MoneyCommand::OpenProject(new)).ok()?);
        let lines =
            self.world.lines(project, &[("a", "设备", "", "12.00"), ("b", "到户", "household", "6.00")]);
        self.tried("town", lines).ok()?;
        let contract = self.world.contract(project, 1, "12.00");
        self.tried("town", contract).ok()?;
        self.projects.push((project, purse));
        Some(project)
    }

    pub(super) fn draft(&mut self, given: &[(ProjectId, &'static str)], amount: i64) -> Option<AllocationId> {
        let purse = given.first()?.1;
        let lines: Vec<(ProjectId, &str)> = given.iter().map(|(project, _)| (*project, "1.00")).collect();
        let MoneyCommand::DraftAllocation(mut new) = self.world.allocation(purse, &lines) else {
            return None;
        };
        for (at, line) in (0_i64..).zip(&mut new.text.lines) {
            line.amount = fen(amount - at);
            if purse == "all" {
                line.place = "120119-1".into();
            }
        }
        if purse == "all" {
            new.fund = "village".into();
        }
        self.tried("finance", MoneyCommand::DraftAllocation(new)).ok().map(AllocationId)
    }

    /// Approves, returns, or lets the one who drafted try.
    pub(super) fn approve(&mut self, allocation: AllocationId, which: usize) -> Option<()> {
        let approval = self.world.approval(allocation);
        match which % 6 {
            4 => {
                let step = AllocationStep {
                    step: "approve".into(),
                    outcome: Some("back".into()),
                    opinion: "重新测算".into(),
                    notes: BTreeMap::new(),
                    papers: Vec::new(),
                    document: None,
                    on: self.world.app.today(),
                };
                self.tried("leaders", MoneyCommand::StepAllocation { allocation, step }).ok().map(drop)
            }
            5 => self.tried("finance", approval).ok().map(drop),
            _ => self.tried("leaders", approval).ok().map(drop),
        }
    }

    /// The village's consent is filed, or revoked.
    pub(super) fn consent(&mut self, files: bool) -> Result<i64, Refusal> {
        let (pack, place, on) = ("money".to_owned(), "120119-1".to_owned(), self.world.app.today());
        if files {
            let (name, demand, document) = ("某村".into(), "consent".into(), "村民会议纪要".into());
            let consent = FileConsent { place, name, demand, document, on, papers: vec![paper("consent")] };
            return self.tried("town", MoneyCommand::FileConsent { pack, consent });
        }
        let revoke = RevokeConsent { demand: "consent".into(), why: "程序有误".into(), on };
        self.tried("town", MoneyCommand::RevokeConsent { pack, place, revoke })
    }

    /// One or two bills: an invoice, some of them used before, and a list.
    pub(super) fn bills(&mut self, which: usize, amount: i64) -> Vec<ClaimLine> {
        let number = if which % 9 == 8 { self.serial } else { self.serial() };
        let mut bills = vec![self.world.bill(1, "a", &format!("{number:05}"), "c1", "1.00")];
        bills[0].amount = fen(amount);
        if which.is_multiple_of(3) {
            let total = fen(1 + amount / 9);
            let mut list = self.world.bill(2, "b", &format!("表{number}"), "list", "1.00");
            (list.voucher, list.code, list.amount) = ("roster".into(), String::new(), total);
            list.list = Some(ListDigest { rows: 3, total, digest: "ab".into() });
            bills.push(list);
        }
        bills
    }

    pub(super) fn claim(&mut self, which: usize, amount: i64) -> Option<ClaimId> {
        let (project, _) = pick(&self.projects, which / 2)?;
        let bills = self.bills(which, amount);
        let claim = self.world.claim(project, bills);
        let claim = ClaimId(self.tried("town", claim).ok()?);
        self.claims.push(claim);
        Some(claim)
    }

    /// Allows all that was asked, or strikes the first bill down to what was drawn.
    pub(super) fn check(&mut self, claim: ClaimId, amount: i64, part: bool) -> Option<()> {
        let page = self.world.app.claim_page(&self.world.viewer("finance"), claim).ok()?;
        let verdict = |bill: &app::view::money::BillNow| {
            let cut = part && bill.bill.no == 1;
            let approved = if cut { fen(amount / 2) } else { bill.bill.amount };
            Verdict {
                line: bill.bill.no, approved, reason: if cut { "核减".into() } else { String::new() }
            }
        };
        let verdicts = page.bills.iter().map(verdict).collect();
        let check = CheckClaim { step: "check".into(), verdicts, opinion: "票据相符".into() };
        self.tried("finance", MoneyCommand::CheckClaim { claim, check }).ok().map(drop)
    }

    pub(super) fn claims(&self) -> Vec<ClaimRow> {
        let filter = ClaimFilter {
            scope: app::rows::Scope::All,
            pack: "money".into(),
            fund: None,
            project: None,
            standing: None,
            text: None,
            after: None,
            limit: 1_000,
        };
        self.world.app.reads.claims(&filter).unwrap().rows
    }

    /// Mostly a claim that stands so; nothing one time in four.
    pub(super) fn standing(&self, standing: &str, which: usize) -> Option<ClaimId> {
        let rows = self.claims();
        let found = rows.iter().find(|row| row.standing == standing && !which.is_multiple_of(4));
        found.map(|row| row.claim)
    }

    /// Up to five approved claims of a fund, with all that they owe.
    pub(super) fn batch(&mut self, which: usize) -> Option<()> {
        let fund = if which % 4 == 3 { "village" } else { "main" };
        let rows = self.claims();
        let name = PayeeAccount {
            name: "某镇代发户".into(),
            account: self.world.app.seal_account("62220200000000777").unwrap(),
            bank: "某农商银行".into(),
        };
        let list = |claim| Pick { claim, payee: "list".into(), account: Some(name.clone()) };
        let party = |claim| Pick { claim, payee: "c1".into(), account: None };
        let due =
            |row: &&ClaimRow| row.fund == fund && matches!(row.standing.as_str(), "approved" | "batched");
        let approved = rows.iter().filter(due);
        let mut made = None;
        for row in approved.take(3 + which % 3) {
            // Each payee for itself: one that is not due does not stop the other.
            for pick in [party(row.claim), list(row.claim)] {
                let make =
                    MoneyCommand::MakeBatch { pack: "money".into(), fund: fund.into(), picks: vec![pick] };
                if let Ok(id) = self.tried("finance", make) {
                    self.batches.push(BatchId(id));
                    made = Some(());
                }
            }
        }
        made?;
        let last = *self.batches.last()?;
        if which % 5 != 4 {
            self.release(last, which)?;
        }
        Some(())
    }

    pub(super) fn release(&mut self, batch: BatchId, which: usize) -> Option<()> {
        let viewer = self.world.viewer(if which % 7 == 6 { "finance" } else { "leaders" });
        let form = if which.is_multiple_of(2) { FileForm::Pain001 } else { FileForm::Csv };
        self.world.app.release_batch(&viewer, batch, form, "").ok().map(drop)
    }

    /// The bank answers a payment that is under way: paid, failed, another amount, a reference that nobody knows, or once more.
    pub(super) fn answer(&mut self, which: usize) -> Option<()> {
        let rows = payments(&*self.world.app.reads);
        let open: Vec<_> = rows.iter().filter(|row| which % 8 == 7 || row.state == "issued").collect();
        let row = *open.get(which % open.len().max(1))?;
        let on = self.world.app.today();
        let mut line = BankLine {
            end_to_end: row.end_to_end.clone(),
            amount: row.amount,
            outcome: BankOutcome::Paid { on, reference: "R".into() },
            text: "银行回单".into(),
        };
        match which % 6 {
            0 => line.outcome = BankOutcome::Failed { reason: "户名不符".into() },
            1 => line.amount = row.amount.checked_add(yuan("0.01"))?,
            2 if which.is_multiple_of(4) => line.end_to_end = "X9".into(),
            _ => {}
        }
        let results = self.world.results(row.batch, vec![line]);
        self.tried("leaders", results).ok().map(drop)
    }
}
