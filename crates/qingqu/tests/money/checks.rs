//! What must hold of booked money at any moment, told from balances, rows and views; and what must hold of a book as a whole.

use crate::world::{World, opened, pack};
use app::ports::Reads;
use app::rows::{PaymentFilter, PaymentRow, ProjectFilter, ProjectRow, Scope, SourceFilter, SourceRow};
use app::view::money::Figures;
use kernel::Money;
use ledger::AccountPath;
use std::collections::BTreeMap;
use store::Database;

type Balances = Vec<(String, Money)>;

fn sum(balances: &Balances, of: impl Fn(&str) -> bool) -> Money {
    Money::sum(balances.iter().filter(|(path, _)| of(path)).map(|(_, fen)| *fen)).unwrap()
}

pub fn sources(reads: &dyn Reads) -> Vec<SourceRow> {
    let filter = SourceFilter { pack: "money".into(), limit: 10_000, ..SourceFilter::default() };
    reads.sources(&filter).unwrap().rows
}

pub fn projects(reads: &dyn Reads) -> Vec<ProjectRow> {
    let filter = ProjectFilter::all(Scope::All, "money", 10_000);
    reads.projects(&filter).unwrap().rows
}

pub fn payments(reads: &dyn Reads) -> Vec<PaymentRow> {
    let filter = PaymentFilter { pack: "money".into(), limit: 100_000, ..PaymentFilter::default() };
    reads.payments(&filter).unwrap()
}

/// Every invariant of a moment.
pub fn is_whole(world: &World) {
    let reads = &*world.app.reads;
    let balances = reads.balances("").unwrap();
    assert_eq!(sum(&balances, |_| true), Money::ZERO, "entries balance");
    for (path, fen) in &balances {
        let floor = path.parse::<AccountPath>().unwrap().floor();
        assert!(floor.is_none_or(|floor| *fen >= floor), "{path} holds {fen}");
    }
    let sources = sources(reads);
    sources_stand(&sources, &balances);
    projects_stand(&projects(reads), &balances);
    payments_stand(&payments(reads), &balances);
    table_stands(world, &sources);
}

/// The parts of each source in all states are the source.
fn sources_stand(sources: &[SourceRow], balances: &Balances) {
    for row in sources {
        let last = format!(":s{}", row.source);
        let own = |kinds: &[&str]| {
            sum(balances, |path| {
                path.ends_with(&last) && kinds.contains(&path.split(':').next().unwrap_or_default())
            })
        };
        assert_eq!(own(&["quota", "allotted", "held", "spent"]), row.stands(), "budget of {row:?}");
        assert_eq!(own(&["pool", "clearing", "payee"]), row.received, "cash of {row:?}");
        assert!(row.received <= row.stands(), "{row:?}");
        let parts = |of: fn(&app::rows::SourcePart) -> Money| Money::sum(row.parts.iter().map(of)).unwrap();
        assert_eq!((parts(|p| p.budget), parts(|p| p.received)), (row.stands(), row.received), "{row:?}");
        if let Some(ours) = row.parts.iter().find(|part| part.side == "ours") {
            let halves = (row.stands().fen() / 2, row.received.fen() / 2);
            assert_eq!((ours.budget.fen(), ours.received.fen()), halves, "the split drifts: {row:?}");
        }
    }
    let main = Money::sum(sources.iter().filter(|row| row.fund == "main").map(SourceRow::stands)).unwrap();
    assert!(main <= Money::from_fen(100_000), "the fund holds {main}");
    let years = sources.iter().filter(|row| row.fund == "main").all(|row| (2018..=2020).contains(&row.year));
    assert!(years, "a tranche of a year that the fund has not");
}

/// The rows of projects are what the ledger says.
fn projects_stand(projects: &[ProjectRow], balances: &Balances) {
    for row in projects {
        let own = |kind: &str| {
            let prefix = format!("{kind}:p{}:", row.project);
            sum(balances, |path| path.starts_with(&prefix))
        };
        let (free, held, spent) = (own("allotted"), own("held"), own("spent"));
        assert_eq!(Money::sum([free, held, spent]), Some(row.allotted), "{row:?}");
        assert_eq!(
            (held, spent, own("clearing"), free),
            (row.held, row.spent, row.clearing, row.left()),
            "{row:?}"
        );
        assert_eq!(own("payee"), spent, "what payees have is what was spent: {row:?}");
        assert!(row.clearing <= row.held, "{row:?}");
        assert!(row.standing != "closed" || (free, held) == (Money::ZERO, Money::ZERO), "{row:?}");
    }
}

/// Each payment is the sum of its lots, nobody is paid twice, and what is under way is with the bank.
fn payments_stand(payments: &[PaymentRow], balances: &Balances) {
    let mut live: BTreeMap<(i64, &str), usize> = BTreeMap::new();
    let mut under_way = Money::ZERO;
    for row in payments {
        assert_eq!(Money::sum(row.lots.iter().map(|lot| lot.1)), Some(row.amount), "{row:?}");
        if matches!(row.state.as_str(), "made" | "issued" | "paid") {
            *live.entry((row.claim.get(), &row.payee)).or_default() += 1;
        }
        if matches!(row.state.as_str(), "made" | "issued") {
            under_way = under_way.checked_add(row.amount).unwrap();
        }
    }
    assert!(live.values().all(|count| *count == 1), "paid twice: {live:?}");
    assert_eq!(sum(balances, |path| path.starts_with("clearing:")), under_way);
}

/// The table of funds adds up and says what the sources say.
fn table_stands(world: &World, sources: &[SourceRow]) {
    let table = world.app.fund_table(&world.viewer("finance"), None).unwrap();
    let budget = Money::sum(sources.iter().map(SourceRow::stands)).unwrap();
    let received = Money::sum(sources.iter().map(|row| row.received)).unwrap();
    assert_eq!((table.all.budget, table.all.received), (budget, received));
    let of_years = table.years.iter().map(|(_, figures)| figures);
    for figures in table.lines.iter().map(|line| &line.figures).chain(of_years).chain([&table.all]) {
        assert!(figures.balances(), "{figures:?}");
        assert!(figures.received <= figures.budget, "{figures:?}");
    }
    let picks: [fn(&Figures) -> Money; 4] = [|f| f.spent, |f| f.quota, |f| f.pool, |f| f.held];
    for pick in picks {
        let lines = Money::sum(table.lines.iter().map(|line| pick(&line.figures)));
        assert_eq!(lines, Some(pick(&table.all)), "lines and total of {table:?}");
    }
}

/// The whole book: the journal computed again gives the same rows, ledger and head; storage, log and ledger verify.
pub fn verifies(database: &Database) {
    let mut engine = database.open_read().unwrap();
    let report = store::verify::book(&mut engine).unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    drop(engine);
    let reads = reads(database);
    let fresh = tempfile::tempdir().unwrap();
    let mut again = opened(&fresh.path().join("again.db"));
    let acts = reads.acts(0, usize::MAX).unwrap();
    let packs = app::Packs::new(vec![pack()]);
    app::replay::replay(acts.into_iter().map(Ok), &mut again.book, &packs).unwrap();
    assert_eq!(again.reads.digests().unwrap(), reads.digests().unwrap());
    assert_eq!(again.reads.head().unwrap(), reads.head().unwrap());
}

/// The read side of a database that nobody has open.
pub fn reads(database: &Database) -> store::Reads<Database> {
    store::Reads::new(std::sync::Arc::new(store::pool::Pool::new(database.clone())))
}
