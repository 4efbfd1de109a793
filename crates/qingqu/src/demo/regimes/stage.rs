//! The stage of a story of booked money: who acts, on which day, on which projects; sources and allocation plans.

use super::super::cast::{Cast, submit};
use super::super::scan::scan;
use super::life::Life;
use crate::clock::DemoClock;
use anyhow::{Context, Result, anyhow};
use app::command::money::{
    AllocationLine, AllocationStep, AllocationText, ApproveAllocation, BudgetLine, Clear, FileConsent,
    FilePaper, MoneyCommand, NewAllocation, NewProject, Paper, RecordContract, RevokeConsent,
};
use app::view::Viewer;
use app::{App, Command, Who};
use domain::allocation::{Entrant, Portion, distribute};
use journal::HashKind;
use kernel::id::{AllocationId, CaseId, PaperHash, ProjectId};
use kernel::ratio::Ratio;
use kernel::{Date, Money};
use policy::pack::{Method, Pack};
use policy::procedure::{Act, Subject};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The stage.
pub struct Stage<'a> {
    /// The application.
    pub app: &'a App,
    /// Its clock.
    pub clock: &'a DemoClock,
    /// The people.
    pub cast: &'a Cast,
    /// How many papers with a number of their own were made: invoices, vouchers, accounts.
    pub serial: u32,
    /// Approved projects for which no money is registered yet, by name.
    pub ready: BTreeMap<&'static str, (CaseId, Life)>,
    /// The cases that projects come from.
    pub lives: BTreeMap<ProjectId, (CaseId, Life)>,
}

/// A contract: number, party, bank, amount, what is held back until the end.
pub type Contract = (&'static str, &'static str, &'static str, &'static str, &'static str);
/// A budget line: key, name, nature, amount.
pub type Planned = (&'static str, &'static str, &'static str, &'static str);

/// A project of a story.
#[derive(Debug, Clone, Copy)]
pub struct Prj {
    /// Sign-in name of the unit's person.
    pub who: &'static str,
    /// Fund, side, use.
    pub money: (&'static str, &'static str, &'static str),
    /// Name.
    pub name: &'static str,
    /// Region.
    pub place: &'static str,
    /// The village's key; empty for none.
    pub village: &'static str,
    /// Year.
    pub year: i16,
    /// How it is tied to poor households.
    pub link: &'static str,
    /// How it works.
    pub mechanism: &'static str,
    /// Other money drawn in.
    pub levered: &'static str,
    /// Budget lines.
    pub lines: &'static [Planned],
    /// Contracts.
    pub contracts: &'static [Contract],
}

/// Yuan as written in a table.
pub fn yuan(text: &str) -> Result<Money> {
    Money::parse_yuan(text).map_err(|e| anyhow!("{text}: {e}"))
}

/// An account number whose last digit passes the check of bank cards.
pub fn account(serial: u32) -> String {
    let body = format!("6217{:04}0{:08}", 10 + serial % 80, 1_300_000 + serial * 7_919);
    let doubled = |(place, digit): (usize, u32)| {
        let value = if place % 2 == 0 { digit * 2 } else { digit };
        value / 10 + value % 10
    };
    let sum: u32 = body.chars().rev().filter_map(|c| c.to_digit(10)).enumerate().map(doubled).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

impl<'a> Stage<'a> {
    /// An empty stage.
    pub fn new(app: &'a App, clock: &'a DemoClock, cast: &'a Cast) -> Stage<'a> {
        Stage { app, clock, cast, serial: 0, ready: BTreeMap::new(), lives: BTreeMap::new() }
    }
}

impl Stage<'_> {
    /// Moves to a day.
    pub fn on(&mut self, year: i16, month: i8, day: i8) -> Result<()> {
        self.clock.advance_to_day(Date::new(year, month, day)?);
        self.keep_up()
    }

    /// The pack of the book.
    pub fn pack(&self) -> Result<Arc<Pack>> {
        Ok(self.app.pack()?)
    }

    /// The next number of a paper.
    pub fn next_serial(&mut self) -> u32 {
        self.serial += 1;
        self.serial
    }

    /// Somebody does something; answers the id of what it made.
    pub fn does(&self, who: &str, command: MoneyCommand) -> Result<i64> {
        let command = Command::Money(Box::new(command));
        let answer = submit(self.app, self.cast.who(who)?, command)
            .with_context(|| format!("{who} on {}", self.app.today()))?;
        Ok(answer.id.unwrap_or_default())
    }

    /// Somebody as the pages see them.
    pub fn viewer(&self, who: &str) -> Result<Viewer> {
        let Who::Person { person, org, role } = self.cast.who(who)? else {
            return Err(anyhow!("{who} is nobody"));
        };
        self.app.viewer(person, org, &role)?.with_context(|| format!("{who} cannot look"))
    }

    /// A scan put away.
    pub fn paper(&self, id: &str, title: &str) -> Result<Paper> {
        let bytes = scan(title);
        let hash = PaperHash(*HashKind::Sm3.plain(&bytes).as_bytes());
        self.app.house.put_paper(&hash, &bytes)?;
        Ok(Paper {
            paper: id.to_owned(),
            name: format!("{title}.pdf"),
            hash,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            media: "application/pdf".to_owned(),
        })
    }

    /// The id of the step with this act on this subject.
    pub fn step_of(&self, on: Subject, act: Act) -> Result<String> {
        let pack = self.pack()?;
        let step = pack.step_on(on, act);
        step.map(|step| step.id.clone()).ok_or_else(|| anyhow!("{} has no step {act:?}", pack.id))
    }

    /// A unit registers a project with its budget.
    pub fn project(&mut self, spec: &Prj) -> Result<ProjectId> {
        let (fund, side, spending) = spec.money;
        let new = NewProject {
            pack: self.pack()?.id.clone(),
            fund: fund.to_owned(),
            side: side.to_owned(),
            spending: spending.to_owned(),
            name: spec.name.to_owned(),
            place: spec.place.parse().map_err(|e| anyhow!("{}: {e}", spec.place))?,
            village: spec.village.to_owned(),
            unit: self.cast.org(spec.who)?,
            year: spec.year,
            link: spec.link.to_owned(),
            mechanism: spec.mechanism.to_owned(),
            levered: yuan(spec.levered)?,
            case: self.ready.get(spec.name).map(|(case, _)| *case),
        };
        let made = self.does(spec.who, MoneyCommand::OpenProject(new));
        let project = ProjectId(made.with_context(|| spec.name)?);
        if let Some(life) = self.ready.remove(spec.name) {
            self.lives.insert(project, life);
        }
        let mut lines = Vec::new();
        for (key, name, nature, amount) in spec.lines {
            lines.push(BudgetLine {
                key: (*key).to_owned(),
                name: (*name).to_owned(),
                nature: (*nature).to_owned(),
                amount: yuan(amount)?,
            });
        }
        self.does(spec.who, MoneyCommand::PlanLines { project, lines }).with_context(|| spec.name)?;
        Ok(project)
    }

    /// The unit records its contracts, signed today.
    pub fn contracts(&mut self, project: ProjectId, spec: &Prj) -> Result<()> {
        for (contract, (number, party, bank, amount, retention)) in (1..).zip(spec.contracts) {
            let serial = self.next_serial();
            let contract = RecordContract {
                contract,
                number: (*number).to_owned(),
                party: (*party).to_owned(),
                account: Some(self.app.seal_account(&account(serial))?),
                bank: (*bank).to_owned(),
                amount: yuan(amount)?,
                retention: yuan(retention)?,
                on: self.app.today(),
            };
            let command = MoneyCommand::RecordContract { project, contract };
            self.does(spec.who, command).with_context(|| spec.name)?;
        }
        Ok(())
    }

    /// A demanded paper of a project goes on file.
    pub fn file(&self, who: &str, project: ProjectId, demand: &str, document: &str) -> Result<()> {
        let paper = FilePaper {
            demand: demand.to_owned(),
            document: document.to_owned(),
            on: self.app.today(),
            papers: vec![self.paper(demand, document)?],
        };
        self.does(who, MoneyCommand::FilePaper { project, paper })?;
        Ok(())
    }

    /// A demanded paper of a place (`120119-1`) or of a unit goes on file.
    pub fn consent(&self, who: &str, of: (&str, &str), demand: &str, document: &str) -> Result<()> {
        let consent = FileConsent {
            place: of.0.to_owned(),
            name: of.1.to_owned(),
            demand: demand.to_owned(),
            document: document.to_owned(),
            on: self.app.today(),
            papers: vec![self.paper(demand, document)?],
        };
        self.does(who, MoneyCommand::FileConsent { pack: self.pack()?.id.clone(), consent })?;
        Ok(())
    }

    /// A paper of a place does not hold any more.
    pub fn revoke(&self, who: &str, place: &str, demand: &str, why: &str) -> Result<()> {
        let (pack, place) = (self.pack()?.id.clone(), place.to_owned());
        let revoke = RevokeConsent { demand: demand.to_owned(), why: why.to_owned(), on: self.app.today() };
        self.does(who, MoneyCommand::RevokeConsent { pack, place, revoke })?;
        Ok(())
    }

    /// The key of a person's unit for its papers.
    pub fn unit_key(&self, who: &str) -> Result<String> {
        Ok(domain::guard::unit_key(self.cast.org(who)?))
    }

    /// An office decides on a word that looks prohibited.
    pub fn clear(&self, who: &str, project: ProjectId, allowed: bool, opinion: &str) -> Result<()> {
        let clear = Clear { doubt: 0, allowed, opinion: opinion.to_owned() };
        self.does(who, MoneyCommand::ClearDoubt { project, clear })?;
        Ok(())
    }

    /// An allocation is drafted: fund and side, year, basis, and each project with place and amount.
    pub fn draft(
        &self,
        who: &str,
        money: (&str, &str, i16),
        basis: &str,
        lines: &[(ProjectId, &str, &str)],
    ) -> Result<AllocationId> {
        let mut rows = Vec::new();
        for (project, place, amount) in lines {
            rows.push(AllocationLine {
                project: *project,
                place: (*place).to_owned(),
                amount: yuan(amount)?,
                note: String::new(),
                why: Vec::new(),
            });
        }
        self.drafted(who, money, AllocationText { basis: basis.to_owned(), method: None, lines: rows })
    }

    /// An allocation is computed by the pack's formula from poor people, poor households and last year's grade, in whole 万元.
    pub fn draft_by_factors(
        &self,
        who: &str,
        money: (&str, &str, i16),
        basis: &str,
        whole: &str,
        entrants: &[(ProjectId, (i64, i64, &str))],
    ) -> Result<AllocationId> {
        let pack = self.pack()?;
        let by = pack.distributions.iter().find(|by| by.method == Method::Formula);
        let by = by.with_context(|| format!("{} has no formula", pack.id))?;
        let mut all = Vec::new();
        for (project, (people, households, grade)) in entrants {
            let row = self.app.reads.project(*project)?.context("no project")?;
            let figures = by.factors.iter().zip([*people, *households]);
            all.push(Entrant {
                project: *project,
                name: row.name,
                figures: figures
                    .map(|(factor, n)| (factor.id.clone(), Ratio::new(n, 1).unwrap_or(Ratio::ZERO)))
                    .collect(),
                scores: Vec::new(),
                asked: Money::ZERO,
                grade: Some((*grade).to_owned()),
                deduction: None,
            });
        }
        let computed = distribute(by, yuan(whole)?, Money::from_fen(1_000_000), &all);
        let computed = computed.map_err(|refusal| anyhow!("{refusal}"))?;
        let line = |portion: Portion| AllocationLine {
            project: portion.project,
            place: String::new(),
            amount: portion.amount,
            note: String::new(),
            why: portion.why,
        };
        let lines = computed.portions.into_iter().map(line).collect();
        self.drafted(
            who,
            money,
            AllocationText { basis: basis.to_owned(), method: Some(by.id.clone()), lines },
        )
    }

    fn drafted(&self, who: &str, money: (&str, &str, i16), text: AllocationText) -> Result<AllocationId> {
        let (fund, side, year) = money;
        let new = NewAllocation {
            pack: self.pack()?.id.clone(),
            fund: fund.to_owned(),
            side: side.to_owned(),
            year,
            text,
        };
        Ok(AllocationId(self.does(who, MoneyCommand::DraftAllocation(new))?))
    }

    /// Somebody does a step on an allocation; `document` may be empty.
    pub fn step(
        &self,
        who: &str,
        allocation: AllocationId,
        step: (&str, &str),
        opinion: &str,
        document: &str,
    ) -> Result<()> {
        let step = AllocationStep {
            step: step.0.to_owned(),
            outcome: Some(step.1.to_owned()).filter(|outcome| !outcome.is_empty()),
            opinion: opinion.to_owned(),
            notes: BTreeMap::new(),
            papers: Vec::new(),
            document: Some(document.to_owned()).filter(|text| !text.is_empty()),
            on: self.app.today(),
        };
        self.does(who, MoneyCommand::StepAllocation { allocation, step })?;
        Ok(())
    }

    /// A body reports a month.
    pub fn reports(&self, who: &str, step: &str, period: &str, note: &str) -> Result<()> {
        let (pack, step) = (self.pack()?.id.clone(), step.to_owned());
        let command = Command::Report { pack, step, period: period.to_owned(), note: note.to_owned() };
        submit(self.app, self.cast.who(who)?, command)?;
        Ok(())
    }

    /// The deciding body approves an allocation: the money goes to the projects.
    pub fn approve(&self, who: &str, allocation: AllocationId, document: &str) -> Result<()> {
        let approve = ApproveAllocation {
            step: self.step_of(Subject::Allocation, Act::Decide)?,
            outcome: Some("approve".to_owned()),
            stamp: self.app.today(),
            document: document.to_owned(),
            opinion: "会议审议通过。".to_owned(),
            named: Vec::new(),
        };
        self.does(who, MoneyCommand::ApproveAllocation { allocation, approve })?;
        Ok(())
    }
}
