//! A book with the demonstration's people in it, and the commands of its acts, whole, so that a test changes one thing of one.

#![expect(clippy::unused_self, reason = "what the world's people can do reads as its methods")]

use app::ports::Clock;
use app::view::state::{Case, Minutes, Plan, Posting, Terms, Verdict};
use app::{Answer, App, Command, Failure, Request, Who};
use domain::Refusal;
use domain::case::{
    Check, Counts, LineFinding, Paper, PaperFinding, Record, check_form, declared_lines, facts_of,
};
use journal::HashKind;
use kernel::id::{CaseId, OrgId, PaperHash, PersonId, PlanId};
use kernel::ratio::Ratio;
use kernel::{Date, Money};
use policy::form::FormData;
use policy::pack::Pack;
use qingqu::clock::DemoClock;
use qingqu::demo::cast::Cast;
use qingqu::demo::play::{Did, Play};
use qingqu::demo::script::{accepted, desk, people};
use qingqu::demo::{FIRST_DAY, forms};
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use std::sync::Arc;

/// The same command with some fields changed: `but!(command, Pay, voucher = String::new())`.
#[macro_export]
macro_rules! but {
    ($command:expr, $variant:ident, $($field:ident = $value:expr),+ $(,)?) => {{
        let mut command = $command;
        $(match &mut command {
            app::Command::$variant { $field: slot, .. } => *slot = $value,
            other => panic!("not a {}: {other:?}", stringify!($variant)),
        })+
        command
    }};
}

/// What a refusal must be: its name, its article, its sentence.
pub struct Refused<'a>(pub &'a str, pub &'a str, pub &'a str);

pub struct World {
    pub app: App,
    pub clock: Arc<DemoClock>,
    pub cast: Cast,
    pub pack: Arc<Pack>,
    pub data: DataDir,
    _dir: tempfile::TempDir,
}

pub const fn date(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

pub fn yuan(text: &str) -> Money {
    Money::parse_yuan(text).unwrap()
}

impl World {
    /// Everybody is there; no year is open. 9 October 2019.
    pub fn new() -> World {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(DemoClock::at(FIRST_DAY));
        let data = DataDir(dir.path().to_owned());
        let app = site::start(&data, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(Seeded::new(1))).unwrap();
        let cast = people(&app).unwrap();
        let pack = app.pack().unwrap();
        World { app, clock, cast, pack, data, _dir: dir }
    }

    /// The year 2019 takes applications from 21 October to 29 November, a firm is appointed, and it is 5 November.
    pub fn open() -> World {
        let world = World::new();
        world.on(date(2019, 10, 14));
        world.does("ndrc", world.opening(2019));
        world.does("ndrc", world.appointment("adviser"));
        world.on(date(2019, 11, 5));
        world
    }

    pub fn play(&self) -> Play<'_> {
        Play { app: &self.app, clock: &self.clock, cast: &self.cast }
    }

    pub fn on(&self, day: Date) {
        self.clock.advance_to_day(day);
        assert_eq!(self.app.today(), day);
    }

    pub fn who(&self, login: &str) -> Who {
        match login {
            "public" => Who::Public,
            "program" => Who::Program,
            _ => self.cast.who(login).unwrap(),
        }
    }

    pub fn org(&self, login: &str) -> OrgId {
        self.cast.org(login).unwrap()
    }

    pub fn person(&self, login: &str) -> PersonId {
        let Who::Person { person, .. } = self.who(login) else { panic!("{login} is nobody") };
        person
    }

    pub fn submit(&self, login: &str, command: Command) -> Result<Answer, Refusal> {
        refusal_of(self.app.submit(Request { who: self.who(login), key: String::new(), command }))
    }

    /// The command is carried out.
    pub fn does(&self, login: &str, command: Command) -> Answer {
        self.submit(login, command).unwrap_or_else(|refusal| panic!("{login}: {refusal}"))
    }

    /// The command is refused, and nothing is written.
    pub fn refuses(&self, login: &str, command: Command, refused: &Refused<'_>) {
        let before = self.app.reads.head().unwrap();
        let refusal = self.submit(login, command).expect_err(refused.0);
        expect(&refusal, refused);
        assert_eq!(self.app.reads.head().unwrap(), before, "a refused command wrote");
    }

    pub fn case(&self, id: CaseId) -> Case {
        app::history::case(&self.app.reads.stream(&format!("case:{id}")).unwrap()).unwrap().unwrap()
    }

    pub fn plan(&self, id: PlanId) -> Plan {
        app::history::plan(&self.app.reads.stream(&format!("plan:{id}")).unwrap()).unwrap().unwrap()
    }

    pub fn number(&self, id: CaseId) -> String {
        self.case(id).number
    }

    pub fn balance(&self, account: &str) -> Money {
        let found = self.app.reads.balances(account).unwrap();
        found.into_iter().find(|(path, _)| path == account).map_or(Money::ZERO, |(_, fen)| fen)
    }
}

/// The years of the fund.
impl World {
    pub fn terms(&self, year: i16) -> Terms {
        Terms {
            budget: yuan("15000000.00"),
            set: [("year_rate[project]", "30%"), ("year_rate[production]", "50%")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into(),
            opens: date(year, 10, 21),
            closes: date(year, 11, 29),
            favoured: [].into(),
            basis: "年度资金安排（测试）".into(),
        }
    }

    pub fn opening(&self, year: i16) -> Command {
        Command::OpenYear { pack: "tianjin".into(), year, terms: self.terms(year) }
    }

    pub fn amendment(&self, budget: Money) -> Command {
        let terms = Terms { budget, ..self.terms(2019) };
        Command::AmendYear { pack: "tianjin".into(), year: 2019, terms, why: "调整（测试）".into() }
    }

    pub fn appointment(&self, firm: &str) -> Command {
        Command::Appoint {
            pack: "tianjin".into(),
            year: 2019,
            firm: self.org(firm),
            basis: "比选（测试）".into(),
        }
    }

    pub fn fee(&self, amount: Money) -> Command {
        Command::PayFee {
            pack: "tianjin".into(),
            year: 2019,
            firm: self.org("adviser"),
            amount,
            on: self.app.today(),
            voucher: "费1".into(),
            purpose: "评审费".into(),
        }
    }
}

/// Cases.
impl World {
    /// The filing of a form with every paper that it needs.
    pub fn filing(
        &self,
        procedure: &str,
        parent: Option<CaseId>,
        again: Option<CaseId>,
        form: FormData,
    ) -> Command {
        let of = self.pack.procedures.get(procedure).unwrap();
        let step = self.pack.start_steps(of).into_iter().next().unwrap();
        let check = check_form(&self.pack, of, &form, self.app.today());
        let needed = self.pack.papers_needed(step, &check.facts).into_iter().filter(|need| need.required);
        let papers = needed.map(|need| Paper {
            paper: need.paper.id.clone(),
            name: format!("{}.pdf", need.paper.name.zh),
            hash: PaperHash(*HashKind::Sm3.plain(need.paper.id.as_bytes()).as_bytes()),
            size: 100,
            media: "application/pdf".into(),
        });
        let papers = papers.collect();
        let definition = self.pack.forms.get(of.form.as_deref().unwrap()).unwrap();
        let form = self.app.seal_form(definition, &form, &FormData::default()).unwrap();
        Command::Declare {
            case: again,
            pack: "tianjin".into(),
            procedure: procedure.into(),
            parent,
            form,
            papers,
            step: None,
        }
    }

    pub fn predeclaration(&self, login: &str) -> Command {
        let form = forms::predeclaration(forms::of(login).unwrap(), self.app.today());
        self.filing("predeclaration", None, None, form)
    }

    pub fn application_form(&self, login: &str) -> FormData {
        forms::application(forms::of(login).unwrap(), self.app.today())
    }

    pub fn application(&self, login: &str, parent: CaseId) -> Command {
        self.filing("application", Some(parent), None, self.application_form(login))
    }

    pub fn district(&self, login: &str) -> String {
        desk(&self.play(), login).unwrap()
    }

    /// A step of a desk with everything on its list.
    pub fn step(&self, case: CaseId, step: &str, outcome: &str) -> Command {
        let found = self.pack.steps.get(step).unwrap();
        let record = |fact: &String| {
            let good = fact.ends_with("_lawful") || fact.starts_with("investor_") || fact == "in_catalogue";
            Record { fact: fact.clone(), value: good.to_string(), basis: "登记系统".into() }
        };
        let note =
            |id: &str| if id.ends_with("_on") { self.app.today().to_string() } else { "情况属实".into() };
        Command::Step {
            case,
            step: step.into(),
            outcome: Some(outcome.to_owned()).filter(|o| !o.is_empty()),
            opinion: "材料齐全，情况属实。".into(),
            checks: found
                .checklist
                .iter()
                .map(|i| Check { item: i.id.clone(), holds: true, note: String::new() })
                .collect(),
            records: found.records.iter().filter(|_| step != "inspect").map(record).collect(),
            notes: found.notes.iter().map(|n| (n.id.clone(), note(&n.id))).collect(),
            document: None,
            on: self.app.today(),
            to: None,
            papers: Vec::new(),
            form: None,
        }
    }

    pub fn assignment(&self, case: CaseId, firm: &str) -> Command {
        Command::Assign { case, firm: self.org(firm) }
    }

    /// The firm confirms every line and paper and proposes an amount.
    pub fn inspection(&self, case: CaseId, amount: Money) -> Command {
        let state = self.case(case);
        let step = self.pack.steps.get("inspect").unwrap();
        let facts = facts_of(&self.pack, &state, &Counts::new());
        let counted = |fact: &str| self.pack.tallies.iter().any(|t| t.gives.iter().any(|g| g == fact));
        let lines = declared_lines(&self.pack, &state);
        let lines =
            lines.into_iter().map(|(line, confirmed)| LineFinding { line, confirmed, reason: String::new() });
        let records = step.records.iter().filter(|fact| !counted(fact));
        let records = records.filter_map(|fact| {
            Some(Record { fact: fact.clone(), value: facts.get(fact)?.clone(), basis: "现场核查".into() })
        });
        let papers = state.current().unwrap().papers.iter();
        Command::Inspect {
            case,
            step: "inspect".into(),
            on: self.app.today(),
            opinion: "材料与实际相符。".into(),
            checks: step
                .checklist
                .iter()
                .map(|i| Check { item: i.id.clone(), holds: true, note: String::new() })
                .collect(),
            records: records.collect(),
            lines: lines.collect(),
            papers: papers
                .map(|p| PaperFinding { paper: p.paper.clone(), agrees: true, note: String::new() })
                .collect(),
            ratio: Ratio::percent(30),
            amount,
        }
    }

    /// The most that the rules allow on the form as declared, counting no earlier grant.
    pub fn most(&self, case: CaseId) -> Money {
        let state = self.case(case);
        let year = self.app.year("tianjin", state.year).unwrap().unwrap();
        let counts: Counts =
            self.pack.facts.iter().filter(|f| f.count.is_some()).map(|f| (f.id.clone(), 0)).collect();
        let judged = domain::case::decide_grant(&self.pack, &state, &counts, &year, None);
        judged.judgement.amount.unwrap_or(Money::ZERO)
    }

    pub fn proposal(&self, case: CaseId) -> Command {
        let amount = self.case(case).inspection.unwrap().amount;
        let opinion = "同意评审意见。".to_owned();
        Command::Propose { case, step: "propose".into(), ratio: Ratio::percent(30), amount, opinion }
    }

    /// An accepted pre-declaration.
    pub fn declared(&self, login: &str) -> CaseId {
        let case = CaseId(self.does(login, self.predeclaration(login)).id.unwrap());
        self.does(&self.district(login), self.step(case, "check", "accept"));
        case
    }

    /// An application on a new accepted pre-declaration, brought so far that this step is open.
    pub fn until(&self, login: &str, step: &str) -> CaseId {
        self.until_with(login, step, &|_| ())
    }

    /// The same with a changed form.
    pub fn until_with(&self, login: &str, step: &str, edit: &dyn Fn(&mut FormData)) -> CaseId {
        let parent = self.declared(login);
        let mut form = self.application_form(login);
        edit(&mut form);
        let filed = self.does(login, self.filing("application", Some(parent), None, form));
        let case = CaseId(filed.id.unwrap());
        let who = self.district(login);
        let order = ["accept", "site_notice", "inspect", "propose", "plan"];
        let until = order.iter().position(|s| *s == step).unwrap();
        let play = self.play();
        for done in &order[..until] {
            match *done {
                "accept" => {
                    play.step(case, &accepted(&who, "accept")).unwrap();
                    play.assign(&who, case, "adviser").unwrap();
                }
                "site_notice" => {
                    play.step(
                        case,
                        &Did { who: &who, step: "site_notice", outcome: "", opinion: "请备齐原件" },
                    )
                    .unwrap();
                }
                "inspect" => drop(play.inspect("adviser", case, &[]).unwrap()),
                _ => play.propose(&who, case, "同意").unwrap(),
            }
        }
        case
    }
}

/// Plans.
impl World {
    pub fn draft(&self) -> Command {
        Command::DraftPlan { pack: "tianjin".into(), procedure: "application".into(), year: 2019 }
    }

    pub fn item(&self, plan: PlanId, case: CaseId, amount: Money) -> Command {
        Command::EditPlan { plan, set: vec![(case, amount, String::new())], drop: Vec::new() }
    }

    pub fn meeting(&self, plan: PlanId) -> Command {
        let minutes = Minutes {
            held_on: self.app.today(),
            place: "第二会议室".into(),
            chair: "组长".into(),
            present: vec!["市发展改革委".into()],
            resolution: "一致同意".into(),
        };
        Command::Deliberate { plan, step: "deliberate".into(), minutes }
    }

    pub fn notice(&self, plan: PlanId) -> Command {
        let places = &self.pack.notices.get("result").unwrap().places;
        let posting = |place: &policy::pack::Words| Posting {
            place: place.zh.clone(),
            address: "http://example.invalid/1".into(),
        };
        Command::PostNotice {
            plan,
            step: "publicity".into(),
            on: self.app.today(),
            postings: places.iter().map(posting).collect(),
            fields: [("period", "五个工作日"), ("contact", "区域合作处")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into(),
        }
    }

    pub fn objection(&self, plan: PlanId, case: Option<CaseId>, receipt: &str) -> Command {
        Command::Object { plan, case, text: "请核实。".into(), from: None, receipt: receipt.into() }
    }

    pub fn end(&self, plan: PlanId) -> Command {
        Command::EndNotice { plan, step: "publicity".into() }
    }

    /// A grant of what was planned for each of these items.
    pub fn determination(&self, plan: PlanId, cases: &[CaseId]) -> Command {
        let state = self.plan(plan);
        let verdict = |case: &CaseId| Verdict {
            case: *case,
            granted: true,
            amount: state.items.get(case).map_or(Money::ZERO, |item| item.amount),
            why: String::new(),
            exception: String::new(),
        };
        let items = cases.iter().map(verdict).collect();
        Command::Determine {
            plan,
            step: "decide".into(),
            stamp: self.app.today(),
            document: "测试1号".into(),
            items,
        }
    }

    pub fn remittance(&self, plan: PlanId, amount: Money) -> Command {
        Command::Remit { plan, step: "remit".into(), on: self.app.today(), amount, voucher: "拨1".into() }
    }

    pub fn payment(&self, case: CaseId, amount: Money) -> Command {
        Command::Pay { case, step: "disburse".into(), amount, on: self.app.today(), voucher: "付1".into() }
    }

    /// A plan of these cases with what was proposed for each.
    pub fn planned(&self, cases: &[CaseId]) -> PlanId {
        self.play().plan(2019, cases).unwrap()
    }

    /// A plan of these cases, brought so far that this step is open; the notice is posted on 8 November and runs until the 15th.
    pub fn plan_until(&self, cases: &[CaseId], step: &str) -> PlanId {
        let plan = self.planned(cases);
        let order = ["deliberate", "publicity", "end", "decide", "inform", "remit", "disburse"];
        let until = order.iter().position(|s| *s == step).unwrap();
        let play = self.play();
        for done in &order[..until] {
            match *done {
                "deliberate" => play.deliberate(plan).unwrap(),
                "publicity" => {
                    self.on(date(2019, 11, 8));
                    self.does("ndrc", self.notice(plan));
                }
                "end" => {
                    self.on(date(2019, 11, 18));
                    self.does("ndrc", self.end(plan));
                }
                "decide" => drop(self.does("group", self.determination(plan, cases))),
                "inform" => play.inform(plan).unwrap(),
                _ => play.remit(plan, "拨1").unwrap(),
            }
        }
        plan
    }
}

/// The refusal of an outcome; a fault fails the test.
pub fn refusal_of(outcome: Result<Answer, Failure>) -> Result<Answer, Refusal> {
    outcome.map_err(|failure| match failure {
        Failure::Refused(refusal) => refusal,
        Failure::Fault(fault) => panic!("{fault}"),
    })
}

/// The refusal is this one, under this article, and reads so; its next step is said, and its English is English where it can be.
pub fn expect(refusal: &Refusal, Refused(name, cite, zh): &Refused<'_>) {
    let say = refusal.reason.say();
    let found = (refusal.reason.name(), refusal.cite.as_str(), say.zh.as_str());
    assert_eq!(found, (*name, *cite, *zh));
    assert!(!say.next_zh.is_empty() && !say.next_en.is_empty() && !say.en.is_empty(), "{name}");
    let printed = refusal.to_string();
    let tongue_tied = ["{", "}", "None", "Some", "“”", "（）", "：）", "、、"];
    let slip = tongue_tied.iter().find(|slip| printed.contains(**slip));
    assert_eq!(slip, None, "{printed}");
}
