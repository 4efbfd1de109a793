//! A book that runs an invented regulation of booked money, with its people, and the commands of its acts.

use std::sync::Arc;

use app::command::money::*;
use app::ports::Clock;
use app::view::Viewer;
use app::view::state::OrgKind;
use app::{Answer, App, Command, Failure, Packs, Ports, Request, Who};
use domain::Refusal;
use journal::HashKind;
use kernel::id::{AllocationId, BatchId, ClaimId, OrgId, PaperHash, PersonId, ProjectId, SourceId};
use kernel::{Date, Money};
use policy::pack::Pack;
use qingqu::clock::DemoClock;
use qingqu::randomness::Seeded;
use store::{Database, Opening};

pub const PACK: &str = include_str!("pack.md");

pub fn pack() -> Pack {
    Pack::load(policy::pack::Source { name: "pack.md".into(), text: PACK.into() })
        .unwrap_or_else(|found| panic!("{found}"))
}

pub fn yuan(text: &str) -> Money {
    Money::parse_yuan(text).unwrap()
}

/// A book of its own, in a file unless a database is given.
pub struct World {
    pub app: App,
    pub folder: tempfile::TempDir,
    pub town: OrgId,
    pub people: Vec<(String, Who)>,
}

pub fn opened(file: &std::path::Path) -> store::Chosen {
    opened_on(&Database::File(file.to_owned()))
}

pub fn opened_on(database: &Database) -> store::Chosen {
    let opening = Opening { book: "money", kind: HashKind::Sm3, now: 0 };
    store::open(database, opening).unwrap()
}

impl World {
    /// Everybody is there; no source is registered. 1 March 2019.
    pub fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::File(folder.path().join("book.db"));
        World { folder, ..World::on(&database) }
    }

    /// The same with a larger fund.
    pub fn with_ceiling(ceiling: &str) -> World {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::File(folder.path().join("book.db"));
        let text = PACK.replace("\"1000元\"", &format!("\"{ceiling}\""));
        let pack = Pack::load(policy::pack::Source { name: "pack.md".into(), text });
        World { folder, ..World::running(&database, pack.unwrap_or_else(|found| panic!("{found}"))) }
    }

    /// The book of a database; one that has people already goes on where it was.
    pub fn on(database: &Database) -> World {
        World::running(database, pack())
    }

    fn running(database: &Database, pack: Pack) -> World {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(DemoClock::at(Date::constant(2019, 3, 1)));
        let opened = opened_on(database);
        let app = App::start(Ports {
            book: Box::new(opened.book),
            reads: Arc::new(opened.reads),
            house: Arc::new(opened.house),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            random: Arc::new(Seeded::new(3)),
            workbooks: Arc::new(qingqu::workbooks::Sheets),
            press: Arc::new(typeset::Typesetter::system()),
            archives: Arc::new(qingqu::archives::Zip),
            packs: Packs::new(vec![pack]),
            secret: [9; 32],
        })
        .unwrap();
        let mut world = World { app, folder, town: OrgId(0), people: Vec::new() };
        let offices = [("某镇人民政府", "town"), ("区财政局", "finance"), ("领导小组", "leaders")];
        for (name, role) in offices {
            let org = match world.app.reads.person_by_login(role).unwrap() {
                Some(row) => world.known(row),
                None => world.office(name, "120119", &[role], ""),
            };
            if role == "town" {
                world.town = org;
            }
        }
        world
    }

    fn known(&mut self, row: app::rows::PersonRow) -> OrgId {
        let held = row.roles.first().unwrap();
        let who = Who::Person { person: row.person, org: held.org, role: held.role.clone() };
        self.people.push((row.login, who));
        held.org
    }

    /// An office with one person a role, whose sign-in name is the role, after a prefix.
    pub fn office(&mut self, name: &str, region: &str, roles: &[&str], prefix: &str) -> OrgId {
        let command = Command::RegisterOrg {
            name: name.into(),
            kind: OrgKind::Government,
            region: Some(region.parse().unwrap()),
            credit_code: None,
        };
        let org = OrgId(self.program(command).id.unwrap());
        for role in roles {
            let login = if prefix.is_empty() { (*role).to_owned() } else { format!("{prefix}-{role}") };
            let (name, role) = (format!("{name}经办"), (*role).to_owned());
            let command = Command::AddPerson { name, login: login.clone(), org, role: role.clone() };
            let person = PersonId(self.program(command).id.unwrap());
            self.people.push((login, Who::Person { person, org, role }));
        }
        org
    }

    fn program(&self, command: Command) -> Answer {
        self.app.submit(Request { who: Who::Program, key: String::new(), command }).unwrap()
    }

    pub fn who(&self, login: &str) -> Who {
        self.people.iter().find(|(known, _)| known == login).unwrap().1.clone()
    }

    pub fn viewer(&self, login: &str) -> Viewer {
        let Who::Person { person, org, role } = self.who(login) else { panic!("{login}") };
        self.app.viewer(person, org, &role).unwrap().unwrap()
    }

    pub fn request(&self, login: &str, key: &str, command: MoneyCommand) -> Request {
        Request { who: self.who(login), key: key.into(), command: Command::Money(Box::new(command)) }
    }

    pub fn submit(&self, login: &str, command: MoneyCommand) -> Result<Answer, Refusal> {
        match self.app.submit(self.request(login, "", command)) {
            Ok(answer) => Ok(answer),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(Failure::Fault(fault)) => panic!("{fault}"),
        }
    }

    pub fn does(&self, login: &str, command: MoneyCommand) -> i64 {
        self.submit(login, command).unwrap_or_else(|refusal| panic!("{login}: {refusal}")).id.unwrap()
    }

    /// The command is refused for this reason, and nothing is written.
    pub fn refuses(&self, login: &str, command: MoneyCommand, reason: &str) -> Refusal {
        let before = self.app.reads.head().unwrap();
        let refusal = self.submit(login, command).expect_err(reason);
        assert_eq!(refusal.reason.name(), reason, "{refusal}");
        assert_eq!(self.app.reads.head().unwrap(), before, "a refused command wrote");
        refusal
    }

    pub fn balance(&self, account: &str) -> Money {
        let found = self.app.reads.balances(account).unwrap();
        found.into_iter().find(|(path, _)| path == account).map_or(Money::ZERO, |(_, fen)| fen)
    }
}

pub fn paper(name: &str) -> Paper {
    Paper {
        paper: name.into(),
        name: format!("{name}.pdf"),
        hash: PaperHash([7; 32]),
        size: 10,
        media: "application/pdf".into(),
    }
}

/// Commands.
#[expect(clippy::unused_self, reason = "a command is asked of the world, whether or not it needs its day")]
impl World {
    pub fn source(&self, serial: u32, budget: &str) -> MoneyCommand {
        MoneyCommand::RegisterSource(NewSource {
            pack: "money".into(),
            fund: "main".into(),
            kind: "district".into(),
            level: GovLevel::County,
            document: format!("津财农〔2019〕{serial}号"),
            purpose: "种养业".into(),
            code: "2130505".into(),
            year: 2019,
            on: self.app.today(),
            budget: yuan(budget),
            note: String::new(),
        })
    }

    pub fn cash(&self, source: SourceId, amount: &str) -> MoneyCommand {
        let cash = Receive { on: self.app.today(), amount: yuan(amount), voucher: "收1".into() };
        MoneyCommand::ReceiveCash { source, cash }
    }

    pub fn project(&self, name: &str) -> MoneyCommand {
        MoneyCommand::OpenProject(NewProject {
            pack: "money".into(),
            fund: "main".into(),
            side: "ours".into(),
            spending: "farming".into(),
            name: name.into(),
            place: "120119".parse().unwrap(),
            village: String::new(),
            unit: self.town,
            year: 2019,
            link: "带动20户".into(),
            mechanism: "补助".into(),
            levered: Money::ZERO,
            case: None,
        })
    }

    pub fn lines(&self, project: ProjectId, lines: &[(&str, &str, &str, &str)]) -> MoneyCommand {
        let line = |(key, name, nature, amount): &(&str, &str, &str, &str)| BudgetLine {
            key: (*key).into(),
            name: (*name).into(),
            nature: (*nature).into(),
            amount: yuan(amount),
        };
        MoneyCommand::PlanLines { project, lines: lines.iter().map(line).collect() }
    }

    pub fn contract(&self, project: ProjectId, contract: i64, amount: &str) -> MoneyCommand {
        let account = self.app.seal_account(&format!("62220200000000{contract}")).unwrap();
        MoneyCommand::RecordContract {
            project,
            contract: RecordContract {
                contract,
                number: format!("合同{contract}"),
                party: format!("供货{contract}公司"),
                account: Some(account),
                bank: "某农商银行".into(),
                amount: yuan(amount),
                retention: Money::ZERO,
                on: self.app.today(),
            },
        }
    }

    pub fn letter(&self) -> MoneyCommand {
        MoneyCommand::FileConsent {
            pack: "money".into(),
            consent: FileConsent {
                place: format!("o{}", self.town),
                name: "某镇人民政府".into(),
                demand: "letter".into(),
                document: "责任书1".into(),
                on: self.app.today(),
                papers: vec![paper("letter")],
            },
        }
    }

    pub fn allocation(&self, side: &str, lines: &[(ProjectId, &str)]) -> MoneyCommand {
        let line = |(project, amount): &(ProjectId, &str)| AllocationLine {
            project: *project,
            place: String::new(),
            amount: yuan(amount),
            note: String::new(),
            why: Vec::new(),
        };
        let text = AllocationText {
            basis: "领导小组会议".into(),
            method: None,
            lines: lines.iter().map(line).collect(),
        };
        MoneyCommand::DraftAllocation(NewAllocation {
            pack: "money".into(),
            fund: "main".into(),
            side: side.into(),
            year: 2019,
            text,
        })
    }

    pub fn approval(&self, allocation: AllocationId) -> MoneyCommand {
        MoneyCommand::ApproveAllocation {
            allocation,
            approve: ApproveAllocation {
                step: "approve".into(),
                outcome: Some("agree".into()),
                stamp: self.app.today(),
                document: "扶领〔2019〕1号".into(),
                opinion: "同意".into(),
                named: Vec::new(),
            },
        }
    }

    pub fn bill(&self, no: i64, line: &str, number: &str, payee: &str, amount: &str) -> ClaimLine {
        ClaimLine {
            no,
            budget_line: line.into(),
            voucher: "invoice".into(),
            code: "012001900".into(),
            number: number.into(),
            dated: self.app.today(),
            payee: payee.into(),
            amount: yuan(amount),
            papers: vec![paper("invoice")],
            list: None,
            tie: None,
        }
    }

    pub fn claim(&self, project: ProjectId, bills: Vec<ClaimLine>) -> MoneyCommand {
        MoneyCommand::FileClaim { project, text: ClaimText { purpose: Purpose::Progress, lines: bills } }
    }

    pub fn check(&self, claim: ClaimId, verdicts: &[(i64, &str, &str)]) -> MoneyCommand {
        let verdict = |(line, approved, reason): &(i64, &str, &str)| Verdict {
            line: *line,
            approved: yuan(approved),
            reason: (*reason).into(),
        };
        let check = CheckClaim {
            step: "check".into(),
            verdicts: verdicts.iter().map(verdict).collect(),
            opinion: "票据相符".into(),
        };
        MoneyCommand::CheckClaim { claim, check }
    }

    pub fn grant(&self, claim: ClaimId) -> MoneyCommand {
        let approve = ApproveClaim { step: "grant".into(), opinion: "同意支付".into() };
        MoneyCommand::ApproveClaim { claim, approve }
    }

    pub fn batch(&self, picks: &[(ClaimId, &str)]) -> MoneyCommand {
        let pick =
            |(claim, payee): &(ClaimId, &str)| Pick { claim: *claim, payee: (*payee).into(), account: None };
        let picks = picks.iter().map(pick).collect();
        MoneyCommand::MakeBatch { pack: "money".into(), fund: "main".into(), picks }
    }

    /// What names a payment from end to end, written `1-2` for the second of batch 1; any other text stays.
    pub fn name(&self, payment: &str) -> String {
        let number = |text: &str| text.parse::<i64>().ok();
        let parts = payment.split_once('-').and_then(|(b, l)| Some((number(b)?, number(l)?)));
        let Some((batch, line)) = parts else { return payment.to_owned() };
        let filter = app::rows::PaymentFilter {
            pack: "money".into(),
            batch: Some(BatchId(batch)),
            limit: 99,
            ..Default::default()
        };
        let rows = self.app.reads.payments(&filter).unwrap();
        let found = rows.into_iter().find(|row| row.line == line);
        found.map_or_else(|| payment.to_owned(), |row| row.end_to_end)
    }

    pub fn paid(&self, payment: &str, amount: &str) -> BankLine {
        let end_to_end = self.name(payment);
        BankLine {
            end_to_end: end_to_end.clone(),
            amount: yuan(amount),
            outcome: BankOutcome::Paid { on: self.app.today(), reference: format!("R{end_to_end}") },
            text: format!("{end_to_end} {amount} 成功"),
        }
    }

    pub fn failed(&self, payment: &str, amount: &str) -> BankLine {
        let outcome = BankOutcome::Failed { reason: "户名不符".into() };
        BankLine { outcome, text: format!("{payment} {amount} 失败"), ..self.paid(payment, amount) }
    }

    pub fn results(&self, batch: BatchId, lines: Vec<BankLine>) -> MoneyCommand {
        MoneyCommand::BookResults { batch, lines }
    }
}

/// A book with two sources whose cash is there, and a project with 300 allotted.
pub struct Ready {
    pub world: World,
    pub first: SourceId,
    pub second: SourceId,
    pub project: ProjectId,
    pub allocation: AllocationId,
}

impl Ready {
    pub fn new() -> Ready {
        let world = World::new();
        let first = SourceId(world.does("finance", world.source(1, "300.01")));
        let second = SourceId(world.does("finance", world.source(2, "400.00")));
        world.does("finance", world.cash(first, "300.01"));
        world.does("finance", world.cash(second, "400.00"));
        let project = ProjectId(world.does("town", world.project("大棚")));
        world.does(
            "town",
            world
                .lines(project, &[("a", "大棚设备", "", "200.00"), ("b", "到户补助", "household", "100.00")]),
        );
        world.does("town", world.contract(project, 1, "200.00"));
        world.does("town", world.letter());
        let allocation =
            AllocationId(world.does("finance", world.allocation("ours", &[(project, "300.00")])));
        world.does("leaders", world.approval(allocation));
        Ready { world, first, second, project, allocation }
    }

    /// A claim of one bill, approved as asked.
    pub fn approved(&self, number: &str, amount: &str) -> ClaimId {
        let world = &self.world;
        let bill = world.bill(1, "a", number, "c1", amount);
        let claim = ClaimId(world.does("town", world.claim(self.project, vec![bill])));
        world.does("finance", world.check(claim, &[(1, amount, "")]));
        world.does("leaders", world.grant(claim));
        claim
    }
}
