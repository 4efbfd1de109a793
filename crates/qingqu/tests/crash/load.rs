//! The load: several threads that submit different commands at once, each under its own key.

use app::ports::Clock;
use app::{Answer, App, Command, Request, Who};
use kernel::id::{OrgId, PersonId};
use kernel::{Date, Money};
use qingqu::clock::DemoClock;
use qingqu::demo::FIRST_DAY;
use qingqu::demo::forms;
use qingqu::demo::play::Play;
use qingqu::demo::script::people;
use qingqu::demo::spec::credit_code;
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Names the folder of the book to the process that is killed.
pub const FOLDER: &str = "QINGQU_CRASH_FOLDER";
/// One fee.
pub const FEE: Money = Money::from_fen(7);
/// How many threads submit.
const THREADS: usize = 6;

/// What is submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An enterprise registers: three acts on two streams.
    Register,
    /// A fee: an act, an entry, two balances.
    Fee,
    /// A pre-declaration: two acts, a case with its tasks.
    Declare,
    /// A relation: one act on each of two streams.
    Relate,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Register, Kind::Fee, Kind::Declare, Kind::Relate];

    /// The kind of the last act of the command.
    pub fn last_act(self) -> &'static str {
        match self {
            Kind::Register => "person.role_granted",
            Kind::Fee => "year.fee_paid",
            Kind::Declare => "case.declared",
            Kind::Relate => "org.relation_declared",
        }
    }
}

/// One answered command as the process prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The place of its last act.
    pub seq: u64,
    /// What it was.
    pub kind: Kind,
    /// Its number in the load.
    pub number: usize,
}

impl Answered {
    fn line(&self) -> String {
        format!("answered {:?} {} {} .", self.kind, self.number, self.seq)
    }

    /// Reads a whole line; nothing of a line that was cut.
    pub fn read(line: &str) -> Option<Answered> {
        let (_, rest) = line.split_once("answered ")?;
        let mut words = rest.split(' ');
        let (kind, number, seq, end) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let kind = Kind::ALL.into_iter().find(|k| format!("{k:?}") == kind)?;
        (end == ".").then_some(Answered { seq: seq.parse().ok()?, kind, number: number.parse().ok()? })
    }
}

fn start(data: &DataDir) -> (App, Arc<DemoClock>) {
    let clock = Arc::new(DemoClock::at(FIRST_DAY));
    let app = site::start(data, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(Seeded::new(3))).unwrap();
    (app, clock)
}

/// A book with the demonstration's people, a year and its firm.
pub fn prepare(data: &DataDir) {
    let (app, clock) = start(data);
    let cast = people(&app).unwrap();
    let play = Play { app: &app, clock: &clock, cast: &cast };
    let window = (Date::constant(2019, 10, 9), Date::constant(2019, 12, 31));
    play.open_year(2019, 1500, ("30%", "50%"), window, "测试").unwrap();
    play.appoint(2019, "adviser", "测试").unwrap();
}

/// The application on a book that exists.
pub fn open(data: &DataDir) -> App {
    start(data).0
}

/// Everything that the load needs to know of the book.
struct Load {
    app: App,
    commission: Who,
    firm: OrgId,
    applicant: Who,
}

fn who(app: &App, login: &str) -> Who {
    let row = app.reads.person_by_login(login).unwrap().unwrap();
    let role = row.roles.first().unwrap();
    Who::Person { person: PersonId(row.person.get()), org: role.org, role: role.role.clone() }
}

impl Load {
    fn new(data: &DataDir) -> Load {
        let (app, _) = start(data);
        let Who::Person { org: firm, .. } = who(&app, "adviser") else { panic!("no firm") };
        Load { commission: who(&app, "ndrc"), firm, applicant: who(&app, "haihe"), app }
    }

    fn request(&self, kind: Kind, number: usize) -> Request {
        let (who, command) = match kind {
            Kind::Register => (Who::Public, register(number)),
            Kind::Fee => (self.commission.clone(), self.fee(number)),
            Kind::Declare => (self.applicant.clone(), declare()),
            Kind::Relate => (self.commission.clone(), self.relate(number)),
        };
        Request { who, key: format!("{kind:?}-{number}"), command }
    }

    fn fee(&self, number: usize) -> Command {
        Command::PayFee {
            pack: "tianjin".into(),
            year: 2019,
            firm: self.firm,
            amount: FEE,
            on: FIRST_DAY,
            voucher: format!("费{number}"),
            purpose: "评审费".into(),
        }
    }

    /// Two organisations that are not related yet: any later one with the firm.
    fn relate(&self, number: usize) -> Command {
        let code = credit_code(REGIONS[number % REGIONS.len()], number / REGIONS.len()).unwrap();
        let other = self.app.reads.org_by_code(code.expose()).unwrap().map_or(OrgId(1), |row| row.org);
        Command::DeclareRelation { org: self.firm, other, basis: "参股".into() }
    }
}

const REGIONS: [&str; 16] = [
    "120101", "120102", "120103", "120104", "120105", "120106", "120110", "120111", "120112", "120113",
    "120114", "120115", "120116", "120117", "120118", "120119",
];

fn declare() -> Command {
    let form = forms::predeclaration(forms::of("haihe").unwrap(), FIRST_DAY);
    let papers = ["pre_licence"].map(|paper| domain::case::Paper {
        paper: paper.into(),
        name: "营业执照.pdf".into(),
        hash: kernel::id::PaperHash([7; 32]),
        size: 1,
        media: "application/pdf".into(),
    });
    Command::Declare {
        case: None,
        pack: "tianjin".into(),
        procedure: "predeclaration".into(),
        parent: None,
        form,
        papers: papers.into(),
        step: None,
    }
}

fn register(number: usize) -> Command {
    let region = REGIONS[number % REGIONS.len()];
    Command::RegisterEnterprise {
        pack: "tianjin".into(),
        name: format!("天津第{number}号企业有限公司"),
        region: region.parse().unwrap(),
        credit_code: credit_code(region, number / REGIONS.len()).unwrap(),
        person: format!("联系人{number}"),
        login: format!("load-{number}"),
    }
}

/// Submits until the process is killed. Every thread registers an enterprise, pays a fee, files a form, declares a relation,
/// and prints each answer as soon as it has it.
pub fn submit_until_killed(data: &DataDir) {
    let load = Arc::new(Load::new(data));
    // Beyond every number that an earlier life used: each of them left at least one act.
    let (size, _) = load.app.reads.head().unwrap();
    let next = Arc::new(AtomicUsize::new(usize::try_from(size).unwrap() + THREADS));
    let out = Arc::new(Mutex::new(std::io::stdout()));
    let threads = (0..THREADS).map(|_| {
        let (load, next, out) = (Arc::clone(&load), Arc::clone(&next), Arc::clone(&out));
        std::thread::spawn(move || {
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                for kind in Kind::ALL {
                    let answer = match load.app.submit(load.request(kind, number)) {
                        Ok(answer) => answer,
                        Err(failure) => return eprintln!("{kind:?}: {failure}"),
                    };
                    if let Answer { seq: Some(seq), .. } = answer {
                        let line = Answered { seq, kind, number }.line();
                        writeln!(out.lock().unwrap(), "{line}").unwrap();
                    }
                }
            }
        })
    });
    for thread in threads.collect::<Vec<_>>() {
        thread.join().unwrap();
    }
}

/// The same request under the same key, submitted to a later life of the program, gets the answer that the killed one gave.
pub fn answers_again<'a>(data: &DataDir, answered: impl Iterator<Item = &'a Answered>) {
    let load = Load::new(data);
    let before = load.app.reads.head().unwrap();
    for line in answered {
        let answer = load.app.submit(load.request(line.kind, line.number)).unwrap();
        assert_eq!(answer.seq, Some(line.seq), "{line:?}");
    }
    assert_eq!(load.app.reads.head().unwrap(), before, "a retry wrote");
}
