//! Acts at random, valid and not, by the right people and by the wrong ones. The same tries on two stores are the same history.

mod acts;

use crate::checks::projects;
use crate::world::World;
use app::Answer;
use app::command::money::*;
use app::payout::Payer;
use domain::Refusal;
use kernel::Money;
use kernel::id::{AllocationId, BatchId, ClaimId, ProjectId, SourceId};
use std::collections::BTreeMap;
use store::Database;

/// One thing that somebody tries; the numbers pick on what.
#[derive(Debug, Clone)]
pub struct Try {
    pub act: u8,
    pub which: usize,
    pub amount: i64,
}

/// How many kinds of act there are.
pub const ACTS: u8 = 29;

fn fen(fen: i64) -> Money {
    Money::from_fen(fen)
}

fn pick<T: Copy>(all: &[T], which: usize) -> Option<T> {
    (!all.is_empty()).then(|| all[which % all.len()])
}

/// A book and what this history has made in it.
pub struct History {
    pub world: World,
    sources: Vec<SourceId>,
    projects: Vec<(ProjectId, &'static str)>,
    drafts: Vec<AllocationId>,
    claims: Vec<ClaimId>,
    batches: Vec<BatchId>,
    serial: usize,
    /// How often each kind of act was carried out.
    pub done: BTreeMap<u8, usize>,
}

impl History {
    /// Two sources with part of their cash and three projects, one of each purse, so that a short history pays something too.
    pub fn begin(database: &Database) -> History {
        let world = World::on(database);
        let account = world.app.seal_account("12000000000000009").unwrap();
        let payer = Payer { name: "帮扶资金专户".into(), account, bank: "某农商银行".into() };
        for fund in ["main", "village"] {
            world.app.set_payer(&world.viewer("leaders"), fund, &payer).unwrap();
        }
        let mut history = History {
            world,
            sources: Vec::new(),
            projects: Vec::new(),
            drafts: Vec::new(),
            claims: Vec::new(),
            batches: Vec::new(),
            serial: 0,
            done: BTreeMap::new(),
        };
        let letter = history.world.letter();
        history.tried("town", letter).unwrap();
        history.consent(true).unwrap();
        for fund in ["main", "village"] {
            history.register(fund, "district", 2019, 4_001).unwrap();
            let source = *history.sources.last().unwrap();
            let cash = history.cash(source, 2_001);
            history.tried("finance", cash).unwrap();
        }
        for purse in ["ours", "theirs", "all"] {
            let project = history.open(purse, "大棚").unwrap();
            let allocation = history.draft(&[(project, purse)], 900).unwrap();
            let approval = history.world.approval(allocation);
            history.tried("leaders", approval).unwrap();
        }
        history
    }

    /// Tries a command; what is refused leaves no trace.
    fn tried(&mut self, login: &str, command: MoneyCommand) -> Result<i64, Refusal> {
        let head = self.world.app.reads.head().unwrap();
        let answer: Result<Answer, Refusal> = self.world.submit(login, command);
        if answer.is_err() {
            assert_eq!(self.world.app.reads.head().unwrap(), head, "a refused command wrote");
        }
        answer.map(|answer| answer.id.unwrap_or_default())
    }

    fn serial(&mut self) -> usize {
        self.serial += 1;
        self.serial
    }

    /// Tries one act; answers whether anything was carried out.
    pub fn attempt(&mut self, one: &Try) -> bool {
        let done = match one.act {
            0..=4 => self.on_sources(one),
            5..=12 => self.on_projects(one),
            13..=19 => self.on_claims(one),
            _ => self.on_batches(one),
        };
        *self.done.entry(one.act).or_default() += usize::from(done.is_some());
        done.is_some()
    }

    fn on_sources(&mut self, one: &Try) -> Option<()> {
        let Try { act, which, amount } = *one;
        let source = pick(&self.sources, which)?;
        match act {
            0 => {
                let fund = if which.is_multiple_of(3) { "village" } else { "main" };
                let kind = if which % 11 == 10 { "gift" } else { "district" };
                let year = 2018 + i16::try_from(which % 4).ok()?;
                self.register(fund, kind, year, amount * 7 - 300).ok()
            }
            1 | 2 => {
                let cash = self.cash(source, amount);
                self.tried("finance", cash).ok().map(drop)
            }
            3 => {
                let document = format!("津财农〔2019〕{}号", 900 + self.serial());
                let cut = Cut { amount: fen(amount / 3), document, why: "调减".into() };
                self.tried("finance", MoneyCommand::CutSource { source, cut }).ok().map(drop)
            }
            // The wrong people, and a document that was registered before.
            _ => {
                let command = self.world.source(1 + u32::try_from(which % 3).ok()?, "1.00");
                let login = if which.is_multiple_of(2) { "town" } else { "finance" };
                self.tried(login, command).ok().map(drop)
            }
        }
    }

    fn on_projects(&mut self, one: &Try) -> Option<()> {
        let Try { act, which, amount } = *one;
        let (project, purse) = pick(&self.projects, which)?;
        match act {
            5 => {
                let purse = ["ours", "theirs", "all"][which % 3];
                self.open(purse, if which % 7 == 6 { "购置车辆" } else { "灌溉" }).map(drop)
            }
            6 => {
                let line = |key: &str, nature: &str, amount| BudgetLine {
                    key: key.into(),
                    name: "设备".into(),
                    nature: nature.into(),
                    amount: fen(amount),
                };
                let lines = vec![line("a", "", amount * 2), line("b", "household", amount)];
                self.tried("town", MoneyCommand::PlanLines { project, lines }).ok().map(drop)
            }
            7..=9 => {
                let mut given = vec![(project, purse)];
                given.extend(
                    self.projects.iter().filter(|(id, of)| *of == purse && *id != project).take(which % 2),
                );
                let allocation = self.draft(&given, amount)?;
                if which % 5 == 4 {
                    self.drafts.push(allocation);
                    return Some(());
                }
                self.approve(allocation, which)
            }
            10 => self.approve(pick(&self.drafts, which)?, which),
            11 => self.consent(which.is_multiple_of(3)).ok().map(drop),
            _ => {
                let rows = projects(&*self.world.app.reads);
                let doubtful = rows.iter().find(|row| row.standing == "doubt").map(|row| row.project);
                let project = doubtful.unwrap_or(project);
                let clear = Clear { doubt: 0, allowed: which.is_multiple_of(2), opinion: "已核实".into() };
                self.tried("leaders", MoneyCommand::ClearDoubt { project, clear }).ok().map(drop)
            }
        }
    }

    fn on_claims(&mut self, one: &Try) -> Option<()> {
        let Try { act, which, amount } = *one;
        let claim = pick(&self.claims, which);
        match act {
            13 | 14 => self.claim(which, amount).map(drop),
            15 => {
                let claim = self.claim(which, amount)?;
                self.check(claim, amount, which % 6 == 5)?;
                let grant = self.world.grant(claim);
                self.tried("leaders", grant).ok().map(drop)
            }
            16 => self.check(self.standing("filed", which).or(claim)?, amount, which.is_multiple_of(2)),
            17 => {
                let grant = self.world.grant(self.standing("checked", which).or(claim)?);
                let login = if which % 4 == 3 { "finance" } else { "leaders" };
                self.tried(login, grant).ok().map(drop)
            }
            18 => {
                let claim = claim?;
                let turn_down =
                    TurnDown { step: "check".into(), outcome: "mend".into(), opinion: "缺验收单".into() };
                self.tried("finance", MoneyCommand::TurnDownClaim { claim, turn_down }).ok()?;
                let text = ClaimText { purpose: Purpose::Progress, lines: self.bills(which, amount) };
                self.tried("town", MoneyCommand::RefileClaim { claim, text }).ok().map(drop)
            }
            _ => self
                .tried("town", MoneyCommand::WithdrawClaim { claim: claim?, why: "填错".into() })
                .ok()
                .map(drop),
        }
    }

    fn on_batches(&mut self, one: &Try) -> Option<()> {
        let Try { act, which, amount } = *one;
        let (project, _) = pick(&self.projects, which)?;
        match act {
            20 | 21 => self.batch(which),
            22 => self.release(pick(&self.batches, which)?, which),
            23..=25 => self.answer(which),
            26 => {
                let batch = pick(&self.batches, which)?;
                let take = MoneyCommand::TakeOut { batch, line: 1, why: "账号有误".into() };
                self.tried("leaders", take).ok().map(drop)
            }
            27 => {
                let rows = projects(&*self.world.app.reads);
                let spent = rows.iter().find(|row| row.spent > Money::ZERO).map(|row| row.project);
                let project = spent.unwrap_or(project);
                let recover = Recover {
                    payee: if which.is_multiple_of(3) { "list".into() } else { "c1".into() },
                    amount: fen(amount / 3),
                    on: self.world.app.today(),
                    voucher: "退1".into(),
                    why: "审计核减".into(),
                };
                self.tried("finance", MoneyCommand::Recover { project, recover }).ok().map(drop)
            }
            _ if !which.is_multiple_of(4) => {
                let batch = pick(&self.batches, which)?;
                let settle = Settle { unclear: 1, found: Found::Nothing, why: "他行款项".into() };
                self.tried("leaders", MoneyCommand::SettleUnclear { batch, settle }).ok().map(drop)
            }
            _ => {
                let close = Close { on: self.world.app.today(), why: "完工".into() };
                self.tried("town", MoneyCommand::CloseProject { project, close }).ok().map(drop)
            }
        }
    }
}
