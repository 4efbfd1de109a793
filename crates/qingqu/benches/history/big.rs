//! A big book, filled by the store's own writing port: what an entry costs at 10,000 and at 1,000,000 of them, and what the pages
//! of money cost with 1,000 sources and 100,000 payments.

use crate::served::Served;
use crate::timed;
use crate::world::{World, opened_on};
use app::ports::Book;
use app::rows::{BatchRow, PaymentRow, ProjectRow, SourcePart, SourceRow};
use kernel::id::{BatchId, ClaimId, EntryId, OrgId, ProjectId, SourceId};
use kernel::{Date, Money};
use ledger::{EntryDraft, Transfer};
use std::time::{Duration, Instant};
use store::Database;

const SOURCES: usize = 1_000;
const PROJECTS: usize = 2_000;
/// Entries of one payment, from its source to its payee.
const ENTRIES: usize = 10;
/// Entries of one transaction, as the writer takes commands.
const TOGETHER: usize = 256;
const ROUNDS: usize = 24;
const FEN: Money = Money::from_fen(1);

fn day() -> Date {
    Date::constant(2019, 3, 1)
}

struct Filler<B> {
    book: B,
    entries: i64,
}

pub fn run(name: &str, database: &Database, payments: usize) {
    // The acts of the people: entries stand on the first of them.
    drop(World::on(database));
    let mut filler = Filler { book: opened_on(database).book, entries: 0 };
    let (small, large) = (10_000 / ENTRIES, payments);
    filler.rows(payments);
    filler.fill(0, small);
    let before = filler.cost();
    let start = Instant::now();
    filler.fill(small, large);
    let filled = start.elapsed();
    let after = filler.cost();
    let of = |time: Duration| time.as_secs_f64() * 1e6 / TOGETHER as f64;
    println!(
        "{name:<9} posting   {:.1} us an entry at 10000, {:.1} us at {} ({:.2}x); middle {:.1} and {:.1} ({:.2}x); filled in {:.0} s",
        of(before.0),
        of(after.0),
        filler.entries,
        of(after.0) / of(before.0),
        of(before.1),
        of(after.1),
        of(after.1) / of(before.1),
        filled.as_secs_f64()
    );
    drop(filler);
    pages(name, database);
}

impl<B: Book> Filler<B> {
    fn move_fen(&mut self, from: String, to: String) {
        self.entries += 1;
        let draft = EntryDraft {
            id: EntryId(self.entries),
            date: day(),
            memo: "支付".into(),
            article: "money".into(),
        };
        let transfer = Transfer { from: from.parse().unwrap(), to: to.parse().unwrap(), amount: FEN };
        let entry = draft.transfer(transfer).unwrap();
        self.book.post(&entry, 0, day()).unwrap_or_else(|_| panic!("entry {} was refused", self.entries));
    }

    /// All that a payment moves, from the register to the payee.
    fn pay(&mut self, number: usize) {
        let project = number % PROJECTS;
        let source = (project * 7 + number / PROJECTS % 3) % SOURCES + 1;
        let key = format!("money:village:all:s{source}");
        let (quota, pool) = (format!("quota:{key}"), format!("pool:{key}"));
        let of = |kind: &str| format!("{kind}:p{}:s{source}", project + 1);
        let (authority, outside) = ("authority:money:village", "outside:money:district");
        for (from, to) in [
            (authority.to_owned(), quota.clone()),
            (outside.to_owned(), pool.clone()),
            (outside.to_owned(), pool.clone()),
            (quota, of("allotted")),
            (of("allotted"), of("held")),
            (of("held"), of("allotted")),
            (of("allotted"), of("held")),
            (pool, of("clearing")),
            (of("clearing"), format!("payee:p{}:c1:s{source}", project + 1)),
            (of("held"), of("spent")),
        ] {
            self.move_fen(from, to);
        }
    }

    fn fill(&mut self, from: usize, to: usize) {
        for numbers in (from..to).collect::<Vec<_>>().chunks(1_000) {
            self.book.begin().unwrap();
            for number in numbers {
                self.pay(*number);
            }
            self.book.commit().unwrap();
        }
    }

    /// The best and the middle of transactions of 256 entries on accounts all over the book.
    fn cost(&mut self) -> (Duration, Duration) {
        let mut number = 0;
        timed(ROUNDS, || {
            self.book.begin().unwrap();
            for _ in 0..TOGETHER {
                number += 1;
                let source = number * 7 % SOURCES + 1;
                let quota = format!("quota:money:village:all:s{source}");
                self.move_fen("authority:money:village".into(), quota);
            }
            self.book.commit().unwrap();
        })
    }

    fn rows(&mut self, payments: usize) {
        self.book.begin().unwrap();
        for number in 1..=SOURCES {
            self.book.put_source(&source(number)).unwrap();
        }
        for number in 1..=PROJECTS {
            self.book.put_project(&project(number)).unwrap();
        }
        self.book.commit().unwrap();
        for lines in (0..payments).collect::<Vec<_>>().chunks(100) {
            self.book.begin().unwrap();
            let id = BatchId(whole(lines[0] / 100 + 1));
            self.book.put_batch(&batch(id)).unwrap();
            for number in lines {
                self.book.put_payment(&payment(id, *number)).unwrap();
            }
            self.book.commit().unwrap();
        }
    }
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap()
}

fn source(number: usize) -> SourceRow {
    let budget = Money::from_fen(1_000_000);
    SourceRow {
        source: SourceId(whole(number)),
        pack: "money".into(),
        fund: "village".into(),
        kind: "district".into(),
        level: "county".into(),
        document: format!("津财农〔2019〕{number}号"),
        purpose: "种养业".into(),
        code: "2130505".into(),
        year: 2018 + i16::try_from(number % 3).unwrap(),
        on: day(),
        budget,
        cut: Money::ZERO,
        received: budget,
        parts: vec![SourcePart { side: "all".into(), budget, received: budget }],
        note: String::new(),
        changed_on: day(),
    }
}

fn project(number: usize) -> ProjectRow {
    ProjectRow {
        project: ProjectId(whole(number)),
        number: format!("项-2019-{number:04}"),
        pack: "money".into(),
        fund: "village".into(),
        side: "all".into(),
        spending: ["farming", "upkeep"][number % 2].into(),
        name: format!("项目{number}"),
        place: "120119".parse().unwrap(),
        village: "120119-1".into(),
        unit: OrgId(1),
        unit_name: "某镇人民政府".into(),
        year: 2019,
        standing: "open".into(),
        planned: Money::from_fen(100),
        allotted: Money::from_fen(50),
        held: Money::ZERO,
        clearing: Money::ZERO,
        spent: Money::from_fen(50),
        changed_on: day(),
        case: None,
    }
}

fn batch(id: BatchId) -> BatchRow {
    BatchRow {
        batch: id,
        number: format!("批次2019-{id}"),
        pack: "money".into(),
        fund: "village".into(),
        standing: "settled".into(),
        lines: 100,
        total: Money::from_fen(100),
        paid: Money::from_fen(100),
        failed: Money::ZERO,
        unclear: 0,
        digest: format!("csv:{id}"),
        made_on: day(),
        released_on: Some(day()),
        changed_on: day(),
    }
}

fn payment(batch: BatchId, number: usize) -> PaymentRow {
    let project = number % PROJECTS;
    let source = (project * 7 + number / PROJECTS % 3) % SOURCES + 1;
    let month = i8::try_from(1 + number % 12).unwrap();
    PaymentRow {
        batch,
        line: whole(number % 100 + 1),
        end_to_end: format!("B{batch}L{}C{}", number % 100 + 1, number + 1),
        pack: "money".into(),
        fund: "village".into(),
        claim: ClaimId(whole(number + 1)),
        project: ProjectId(whole(project + 1)),
        payee: "c1".into(),
        payee_name: "供货1公司".into(),
        amount: FEN,
        state: "paid".into(),
        on: Some(Date::constant(2019, month, 9)),
        said: format!("R{number}"),
        lots: vec![(SourceId(whole(source)), FEN)],
    }
}

/// The pages of money on the big book.
fn pages(name: &str, database: &Database) {
    let world = World::on(database);
    let viewer = world.viewer("finance");
    let app = &world.app;
    let site = Served::to(&world.app, "finance");
    let works: [(&str, &dyn Fn()); 5] = [
        ("flow", &|| assert!(app.money_flow(&viewer, None, None).unwrap().links.len() > 4)),
        ("/funds/flow", &|| assert!(site.page("/funds/flow").contains("<svg"))),
        ("/funds", &|| assert!(site.page("/funds").contains("funds-table"))),
        ("months", &|| assert_eq!(app.paid_months(&viewer, None).unwrap().len(), 12)),
        ("table", &|| assert_eq!(app.fund_table(&viewer, None).unwrap().years.len(), 3)),
    ];
    for (page, work) in works {
        let (best, middle) = timed(ROUNDS, work);
        let of = |time: Duration| time.as_secs_f64() * 1e3;
        println!("{name:<9} {page:<12} best {:.1} ms, middle {:.1} ms", of(best), of(middle));
    }
}
