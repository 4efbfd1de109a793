//! The use-case side: 256 clients that submit whole commands, and what they left in the book.

use crate::bare::Written;
use anyhow::{Result, anyhow};
use app::ports::Clock;
use app::{App, Command, Request, Who};
use domain::case::Paper;
use kernel::id::{OrgId, PaperHash};
use kernel::{Date, Money};
use qingqu::clock::DemoClock;
use qingqu::demo::cast::Cast;
use qingqu::demo::play::Play;
use qingqu::demo::script::people;
use qingqu::demo::spec::{PROJECTS, credit_code};
use qingqu::demo::{FIRST_DAY, forms};
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::time::Instant;

/// What is submitted.
#[derive(Debug, Clone, Copy)]
pub enum Mix {
    /// Enterprises register: three acts, three rows.
    Register,
    /// Fees: one act with an entry of two legs, two rows.
    Fee,
    /// Pre-declarations with their whole form: two acts, a case, a task, a deed.
    Declare,
    /// All three in turn.
    All,
}

impl Mix {
    /// Every mix.
    pub const ALL: [Mix; 4] = [Mix::Register, Mix::Fee, Mix::Declare, Mix::All];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Mix::Register => "register",
            Mix::Fee => "fee",
            Mix::Declare => "declare",
            Mix::All => "all",
        }
    }
}

/// One run.
pub struct Run {
    /// How long the commands took, from the first submitted to the last answered.
    pub seconds: f64,
    /// The book as it stood before them.
    pub prepared: PathBuf,
    /// The book after them.
    pub book: PathBuf,
    /// What they wrote.
    pub written: Written,
}

const REGIONS: [&str; 16] = [
    "120101", "120102", "120103", "120104", "120105", "120106", "120110", "120111", "120112", "120113",
    "120114", "120115", "120116", "120117", "120118", "120119",
];

struct Office {
    app: App,
    cast: Cast,
    firm: OrgId,
}

impl Office {
    fn open(data: &DataDir) -> Result<Office> {
        let clock = Arc::new(DemoClock::at(FIRST_DAY));
        let app = site::start(data, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(Seeded::new(3)))?;
        let cast = people(&app)?;
        let play = Play { app: &app, clock: &clock, cast: &cast };
        play.open_year(2019, 1500, ("30%", "50%"), (FIRST_DAY, Date::constant(2019, 12, 31)), "基准")?;
        play.appoint(2019, "adviser", "基准")?;
        let firm = cast.org("adviser")?;
        Ok(Office { app, cast, firm })
    }

    fn request(&self, mix: Mix, number: usize) -> Result<Request> {
        let (who, command) = match mix {
            Mix::Register => (Who::Public, register(number)?),
            Mix::Fee => (self.cast.who("ndrc")?, self.fee(number)),
            Mix::Declare => {
                let project = &PROJECTS[number % PROJECTS.len()];
                let form = forms::predeclaration(project, FIRST_DAY);
                (self.cast.who(project.login)?, declare(form))
            }
            Mix::All => return self.request([Mix::Register, Mix::Fee, Mix::Declare][number % 3], number),
        };
        Ok(Request { who, key: format!("bench-{number}"), command })
    }

    fn fee(&self, number: usize) -> Command {
        Command::PayFee {
            pack: "tianjin".into(),
            year: 2019,
            firm: self.firm,
            amount: Money::from_fen(7),
            on: FIRST_DAY,
            voucher: format!("费{number}"),
            purpose: "评审费".into(),
        }
    }
}

fn register(number: usize) -> Result<Command> {
    let region = REGIONS[number % REGIONS.len()];
    Ok(Command::RegisterEnterprise {
        pack: "tianjin".into(),
        name: format!("天津第{number}号企业有限公司"),
        region: region.parse().map_err(|e| anyhow!("{region}: {e}"))?,
        credit_code: credit_code(region, 1_000 + number / REGIONS.len())
            .ok_or_else(|| anyhow!("no code {number}"))?,
        person: format!("联系人{number}"),
        login: format!("bench-{number}"),
    })
}

fn declare(form: policy::form::FormData) -> Command {
    let paper = Paper {
        paper: "pre_licence".into(),
        name: "营业执照.pdf".into(),
        hash: PaperHash([7; 32]),
        size: 1,
        media: "application/pdf".into(),
    };
    Command::Declare {
        case: None,
        pack: "tianjin".into(),
        procedure: "predeclaration".into(),
        parent: None,
        form,
        papers: vec![paper],
        step: None,
    }
}

/// Runs a mix on a fresh book.
pub fn run(folder: &Path, mix: Mix, commands: usize, clients: usize) -> Result<Run> {
    let data = DataDir(folder.join("book"));
    let office = Office::open(&data)?;
    let before = Written::of(&data.book())?;
    let prepared = folder.join("prepared.db");
    store::backup(&data.book(), &prepared)?;
    let requests: Vec<Request> =
        (0..commands).map(|number| office.request(mix, number)).collect::<Result<_>>()?;
    let (answered, answers) = sync_channel(clients);
    let mut waiting = requests.into_iter();
    let submit = |request: Request| {
        let answered = answered.clone();
        office.app.submit_then(request, move |answer| {
            // The receiver lives until every answer came.
            let _gone = answered.send(answer.map(drop));
        });
    };
    let started = Instant::now();
    waiting.by_ref().take(clients).for_each(submit);
    for _ in 0..commands {
        answers.recv()?.map_err(|failure| anyhow!("{failure}"))?;
        waiting.next().into_iter().for_each(submit);
    }
    let seconds = started.elapsed().as_secs_f64();
    let book = data.book();
    Ok(Run { seconds, prepared, written: Written::of(&book)?.since(&before), book })
}
