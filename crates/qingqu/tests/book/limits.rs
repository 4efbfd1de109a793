//! The money of the fund under random histories: whatever people try, in whatever order, no year and no fund is exceeded, every
//! account stays above its floor, the books balance, and the whole book can be computed again from its journal.

use app::ports::Clock;
use app::rows::{CaseFilter, Scope};
use app::view::state::{Terms, Verdict};
use app::{App, Command, Request, Who};
use kernel::id::{CaseId, PlanId};
use kernel::{Date, Money};
use qingqu::clock::DemoClock;
use qingqu::cmd::verify::differences;
use qingqu::demo::cast::Cast;
use qingqu::demo::play::{Did, Play};
use qingqu::demo::script::{accepted, desk, people};
use qingqu::demo::{FIRST_DAY, spec};
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A repeatable sequence of choices.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.next(from.len() as u64) as usize]
    }
}

struct World {
    app: App,
    clock: Arc<DemoClock>,
    cast: Cast,
    dir: tempfile::TempDir,
    tried: usize,
    done: BTreeMap<String, usize>,
}

impl World {
    fn new(seed: u64) -> World {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(DemoClock::at(FIRST_DAY));
        let data = DataDir(dir.path().to_owned());
        let app =
            site::start(&data, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(Seeded::new(seed))).unwrap();
        let cast = people(&app).unwrap();
        World { app, clock, cast, dir, tried: 0, done: BTreeMap::new() }
    }

    fn play(&self) -> Play<'_> {
        Play { app: &self.app, clock: &self.clock, cast: &self.cast }
    }

    /// Tries a command; refusals are answers too.
    fn attempt(&mut self, who: &str, command: Command) -> bool {
        self.tried += 1;
        let name = format!("{command:?}").split([' ', '{']).next().unwrap_or_default().to_owned();
        let done = self
            .app
            .submit(Request { who: self.cast.who(who).unwrap(), key: String::new(), command })
            .is_ok();
        *self.done.entry(name).or_default() += usize::from(done);
        done
    }

    fn balance(&self, account: &str) -> Money {
        let found = self.app.reads.balances(account).unwrap();
        found.into_iter().find(|(path, _)| path == account).map_or(Money::ZERO, |(_, fen)| fen)
    }

    /// The invariants, after every act.
    fn check(&self) {
        let balances = self.app.reads.balances("").unwrap();
        assert_eq!(Money::sum(balances.iter().map(|(_, fen)| *fen)), Some(Money::ZERO), "{balances:?}");
        for (account, fen) in &balances {
            assert!(account.starts_with("authority:") || !fen.is_negative(), "{account} holds {fen}");
        }
        let left_the_fund = |prefixes: &[&str]| {
            let out = balances.iter().filter(|(path, _)| prefixes.iter().any(|p| path.starts_with(p)));
            Money::sum(out.map(|(_, fen)| *fen)).unwrap()
        };
        let spent = left_the_fund(&["committed:", "transit:", "paid:", "fees:"]);
        assert!(spent <= Money::from_fen(4_000_000_000), "grants and fees of {spent}");
        for year in self.app.reads.years("tianjin").unwrap() {
            let left = self.balance(&format!("year:tianjin:{}", year.year));
            assert!(left <= year.budget, "{} holds {left} of {}", year.year, year.budget);
        }
        let granted = self.granted();
        let in_cases = left_the_fund(&["committed:", "transit:", "paid:"]);
        assert_eq!(granted, in_cases, "grants on file and money in the ledger");
    }

    /// The choice of `plan_act` that would go on with a plan.
    fn open_act(&self, plan: PlanId) -> u64 {
        let row = self.app.reads.plan(plan).unwrap().unwrap();
        match row.stage.as_str() {
            "汇总各区建议，形成资助方案" => 0,
            "在两个网站公示" => 1 + self.app.clock.now().unsigned_abs() % 2,
            "书面通知各区，抄送市财政局" => 3,
            "统一拨付至市发展改革委" => 4,
            "市领导小组审定" => 6,
            _ => 5,
        }
    }

    fn granted(&self) -> Money {
        let cases = self.cases().into_iter().filter(|c| matches!(c.standing.as_str(), "granted" | "paid"));
        Money::sum(cases.map(|c| c.amount)).unwrap()
    }

    fn cases(&self) -> Vec<app::rows::CaseRow> {
        let filter =
            CaseFilter { procedure: Some("application".into()), ..CaseFilter::within(Scope::All, 500) };
        self.app.reads.cases(&filter).unwrap().rows
    }
}

fn terms(budget: i64, year: i16) -> Terms {
    Terms {
        budget: Money::from_fen(budget),
        set: [("year_rate[project]", "30%"), ("year_rate[production]", "50%")]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .into(),
        opens: Date::new(year, 1, 1).unwrap(),
        closes: Date::new(year, 12, 31).unwrap(),
        favoured: [].into(),
        basis: "测试".into(),
    }
}

/// Brings every project of the demonstration as far as the district's proposal.
fn proposals(world: &mut World) -> Vec<CaseId> {
    let mut cases = Vec::new();
    for project in spec::PROJECTS {
        let play = world.play();
        let steps = || -> anyhow::Result<CaseId> {
            let parent = play.predeclare(project.login)?;
            let who = desk(&play, project.login)?;
            play.step(parent, &accepted(&who, "check"))?;
            let case = play.apply(project.login, parent)?;
            play.step(case, &accepted(&who, "accept"))?;
            play.assign(&who, case, "adviser")?;
            play.step(case, &Did { who: &who, step: "site_notice", outcome: "", opinion: "备齐原件" })?;
            play.inspect("adviser", case, &[])?;
            play.propose(&who, case, "建议")?;
            Ok(case)
        };
        cases.push(steps().unwrap());
    }
    cases
}

fn one_act(world: &mut World, dice: &mut Dice, plans: &mut Vec<PlanId>) {
    let today = world.app.today();
    let year = *dice.pick(&[2019_i16, 2020]);
    match dice.next(16) {
        0 => {
            let budget = dice.next(500_000_000) as i64;
            let why = "测试".to_owned();
            world.attempt(
                "ndrc",
                Command::AmendYear { pack: "tianjin".into(), year, terms: terms(budget, year), why },
            );
        }
        1 => {
            let firm = world.cast.org("adviser").unwrap();
            let amount = Money::from_fen(dice.next(120_000_000) as i64);
            let (voucher, purpose) = ("费".to_owned(), "评审费".to_owned());
            let fee =
                Command::PayFee { pack: "tianjin".into(), year, firm, amount, on: today, voucher, purpose };
            world.attempt("ndrc", fee);
        }
        2 if plans.len() < 4 => {
            let draft = Command::DraftPlan {
                pack: "tianjin".into(),
                procedure: "application".into(),
                year: today.year(),
            };
            let request =
                Request { who: world.cast.who("ndrc").unwrap(), key: String::new(), command: draft };
            if let Ok(answer) = world.app.submit(request) {
                plans.push(PlanId(answer.id.unwrap()));
            }
        }
        3..=5 => {
            if let Some(plan) = plans.last().copied() {
                let row = dice.pick(&world.cases()).clone();
                let share = dice.next(12) as i64 + 1;
                let amount = Money::from_fen(row.amount.fen() / 10 * share);
                let set = vec![(row.case, amount, String::new())];
                world.attempt("ndrc", Command::EditPlan { plan, set, drop: Vec::new() });
            }
        }
        6 => {
            world
                .clock
                .advance_to_day(today.checked_add(jiff::Span::new().days(dice.next(9) as i64 + 1)).unwrap());
        }
        7 => {
            let row = dice.pick(&world.cases()).clone();
            let (case, amount) = (row.case, Money::from_fen(row.amount.fen() / 2 + dice.next(3) as i64));
            let pay =
                Command::Pay { case, step: "disburse".into(), amount, on: today, voucher: "付".into() };
            world.attempt("ndrc-pay", pay);
        }
        _ => {
            if !plans.is_empty() {
                let plan = *dice.pick(plans);
                // Mostly forward, sometimes anything: histories that get nowhere spend nothing.
                let open = world.open_act(plan);
                let choice = if dice.next(4) == 0 { dice.next(8) } else { open };
                plan_act(world, dice, plan, choice);
            }
        }
    }
}

fn plan_act(world: &mut World, dice: &mut Dice, plan: PlanId, choice: u64) {
    match choice {
        0 => drop(world.play().deliberate(plan)),
        1 => drop(world.play().post(plan)),
        2 => {
            let today = world.app.today();
            world.clock.advance_to_day(today.checked_add(jiff::Span::new().days(8)).unwrap());
            drop(world.play().end_notice(plan));
        }
        3 => drop(world.play().inform(plan)),
        4 => drop(world.play().remit(plan, "拨")),
        5 => {
            let today = world.app.today();
            world.clock.advance_to_day(today.checked_add(jiff::Span::new().days(8)).unwrap());
        }
        _ => {
            let acts = world.app.reads.stream(&format!("plan:{plan}")).unwrap();
            let Some(state) = app::history::plan(&acts).unwrap() else { return };
            let items = state.items.iter().map(|(case, item)| {
                let granted = dice.next(5) > 0;
                let more = Money::from_fen(dice.next(3) as i64);
                let amount =
                    if dice.next(6) == 0 { item.amount.checked_add(more).unwrap() } else { item.amount };
                Verdict { case: *case, granted, amount, why: "测试".into(), exception: String::new() }
            });
            let items = items.collect();
            let (step, stamp) = ("decide".to_owned(), world.app.today());
            world.attempt(
                "group",
                Command::Determine { plan, step, stamp, document: "测试1号".into(), items },
            );
        }
    }
}

#[test]
fn no_history_exceeds_a_grant_a_year_or_the_fund() {
    let mut granted_somewhere = 0;
    for seed in 1..=6_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut world = World::new(seed);
        world.clock.advance_to_day(Date::new(2020, 3, 2).unwrap());
        for year in [2019_i16, 2020] {
            let budget = 150_000_000 + dice.next(300_000_000) as i64;
            assert!(world.attempt(
                "ndrc",
                Command::OpenYear { pack: "tianjin".into(), year, terms: terms(budget, year) }
            ));
            let firm = world.cast.org("adviser").unwrap();
            assert!(world.attempt(
                "ndrc",
                Command::Appoint { pack: "tianjin".into(), year, firm, basis: "测试".into() }
            ));
        }
        proposals(&mut world);
        let mut plans = Vec::new();
        for _ in 0..260 {
            one_act(&mut world, &mut dice, &mut plans);
            world.check();
        }
        granted_somewhere += usize::from(world.granted() > Money::ZERO);
        let book = DataDir(world.dir.path().to_owned()).book();
        let found = differences(&book).unwrap();
        assert!(found.lines.is_empty(), "seed {seed}: {:?}", found.lines);
    }
    assert!(granted_somewhere >= 3, "histories without grants prove nothing: {granted_somewhere}");
}

#[test]
fn the_public_may_not_do_an_offices_act() {
    let world = World::new(9);
    let terms = terms(100, 2019);
    let command = Command::OpenYear { pack: "tianjin".into(), year: 2019, terms };
    let refused = world.app.submit(Request { who: Who::Public, key: String::new(), command });
    assert!(refused.is_err());
}
