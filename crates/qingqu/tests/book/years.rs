//! A year of money under each policy of the repository, done through the interface for other programs only: which role does a step,
//! which steps there are and what they demand is asked of the pack and of the interface itself. At the end the figures add up, and
//! the book computed again is the same.

mod cases;
pub mod scripts;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use app::App;
use app::ports::Clock;
use axum::body::Body;
use axum::http::{StatusCode, header};
use jiff::ToSpan as _;
use journal::Digest;
use kernel::Money;
use kernel::id::ProjectId;
use policy::pack::{Pack, Sees, VoucherKind};
use policy::procedure::{Act, Subject};
use qingqu::clock::DemoClock;
use qingqu::cmd::verify;
use qingqu::demo::cast::Cast;
use qingqu::demo::regimes;
use qingqu::demo::regimes::stage::{Planned, Prj, Stage};
use qingqu::demo::{self, PASSWORD, SignIn};
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use serde_json::{Value, json};
use store::Database;

use crate::http::Http;
use scripts::{Bill, Script};

/// A book with the people of the demonstration and nothing else.
pub struct Book {
    pub http: Http,
    pub app: App,
    pub clock: Arc<DemoClock>,
    pub pack: Arc<Pack>,
    pub people: Vec<SignIn>,
    folder: DataDir,
    _keep: tempfile::TempDir,
}

fn yuan(text: &str) -> Money {
    Money::parse_yuan(text).unwrap()
}

fn list(of: &Value) -> &[Value] {
    of.as_array().unwrap_or_else(|| panic!("{of}"))
}

fn text(of: &Value) -> &str {
    of.as_str().unwrap_or_else(|| panic!("{of}"))
}

fn money(of: &Value) -> Money {
    yuan(text(of))
}

impl Book {
    pub fn begin(policy: &str, people_only: bool) -> Book {
        let tale = demo::tale(policy).unwrap();
        let keep = tempfile::tempdir().unwrap();
        let folder = DataDir(keep.path().to_owned());
        let clock = Arc::new(DemoClock::at(tale.first_day));
        let (seen, random) = (Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(Seeded::new(5)));
        let database = Database::File(folder.book());
        let app = site::start_running(&database, &folder, Some(policy), seen, random).unwrap();
        let people = (tale.fill)(&app, &clock, people_only).unwrap();
        let (http, pack) = (Http::over(&app, PASSWORD), app.pack().unwrap());
        Book { http, app, clock, pack, people, folder, _keep: keep }
    }

    pub fn on(&self, (year, month, day): (i16, i8, i8)) {
        self.clock.advance_to_day(kernel::Date::new(year, month, day).unwrap());
    }

    /// Some days later.
    pub fn later(&self, days: i32) {
        self.clock.advance_to_day(self.app.today().checked_add(days.days()).unwrap());
        self.http.restart();
    }

    fn today(&self) -> String {
        self.app.today().to_string()
    }

    /// Somebody of a role who is none of these; where the role sees its region only, of the region of the fund.
    fn of_role(&self, role: &str, fund: &str, not: &[&str]) -> String {
        let area = self.pack.funds.get(fund).and_then(|fund| fund.region);
        let own = self.pack.roles.get(role).is_some_and(|role| role.sees == Sees::Region);
        let found = self.people.iter().find(|one| {
            let there = || self.viewer_region(&one.login) == area;
            one.role == role && !not.contains(&one.login.as_str()) && (!own || area.is_none() || there())
        });
        found.unwrap_or_else(|| panic!("{}: nobody is {role} but {not:?}", self.pack.id)).login.clone()
    }

    fn viewer_region(&self, login: &str) -> Option<kernel::region::RegionCode> {
        let row = self.app.reads.person_by_login(login).unwrap().unwrap();
        self.app.org(row.roles[0].org).unwrap().and_then(|org| org.region)
    }

    /// Somebody who does an act on a subject.
    fn who(&self, on: Subject, act: Act, fund: &str, not: &[&str]) -> String {
        let step = self.pack.step_on(on, act).unwrap_or_else(|| panic!("{}: no {act:?}", self.pack.id));
        self.of_role(&step.by, fund, not)
    }

    fn voucher(&self, kind: VoucherKind) -> String {
        self.pack.vouchers.iter().find(|voucher| voucher.kind == kind).unwrap().id.clone()
    }

    /// The log, the ledger and every table are what a replay of the journal gives.
    fn verifies(&self) {
        let found = verify::differences(&self.folder.book()).unwrap();
        assert!(found.lines.is_empty(), "{}: {:?}", self.pack.id, found.lines);
    }

    fn head(&self) -> (u64, Digest) {
        self.app.reads.head().unwrap()
    }
}

/// A year as it is told. What the interface has no acts for, the life of the project, is done beside it.
struct Year<'a> {
    book: &'a Book,
    script: &'a Script,
    stage: RefCell<Stage<'a>>,
}

impl Year<'_> {
    fn fund(&self) -> &str {
        self.script.fund.0
    }

    fn who(&self, on: Subject, act: Act, not: &[&str]) -> String {
        self.book.who(on, act, self.fund(), not)
    }

    async fn does(&self, login: &str, line: &str, body: Value) -> i64 {
        self.book.http.does(login, line, body).await
    }

    /// The money comes in, and who pays it out is set.
    async fn receipt(&self) -> i64 {
        let (kind, level, document, year) = self.script.source;
        let who = self.who(Subject::Source, Act::Receive, &[]);
        let source = json!({
            "fund": self.fund(), "kind": kind, "level": level, "document": document, "purpose": "产业发展",
            "code": "2130505", "year": year, "on": self.book.today(), "budget": self.script.money.0,
        });
        let source = self.does(&who, "POST /sources", source).await;
        let cash =
            json!({"on": self.book.today(), "amount": self.script.money.1, "voucher": "国库集中支付凭证1"});
        self.does(&who, &format!("POST /sources/{source}/receipts"), cash).await;
        let payer = json!({"name": "资金专户", "account": "12000000000000009", "bank": "农商银行"});
        let who = self.who(Subject::Batch, Act::Pay, &[]);
        let line = format!("PUT /funds/{}/payer", self.fund());
        let set = self.book.http.json(&who, &line, &payer, &[]).await;
        assert_eq!(set.status, StatusCode::OK, "{}", String::from_utf8_lossy(&set.bytes));
        source
    }

    /// The project is filed, walked and approved in the library; answers the case.
    fn approved(&self) -> i64 {
        let Script { unit, project: (spending, name, place), .. } = *self.script;
        let lines: Vec<Planned> =
            self.script.lines.iter().map(|(key, nature, amount)| (*key, *key, *nature, *amount)).collect();
        let spec = Prj {
            who: unit,
            money: (self.script.fund.0, self.script.fund.1, spending),
            name,
            place,
            village: "",
            year: self.script.source.3,
            link: "带动建档立卡贫困户86户",
            mechanism: "直接补助",
            levered: "0.00",
            lines: lines.leak(),
            contracts: &[],
        };
        let way = regimes::way(self.script.policy).unwrap();
        let mut stage = self.stage.borrow_mut();
        stage.approved(way, &[&spec]).unwrap();
        self.book.http.restart();
        stage.ready[name].0.get()
    }

    /// The case of the project goes on to whatever a step on money needs, and reports that fell due are made.
    fn lives(&self, project: i64, on: Subject, acts: &[Act]) {
        let mut stage = self.stage.borrow_mut();
        let project = ProjectId(project);
        stage.keep_up().unwrap();
        if on == Subject::Claim && self.book.pack.steps.has("name_people") {
            stage.goes(&[project], "name_people").unwrap();
        }
        for step in acts.iter().filter_map(|act| self.book.pack.step_on(on, *act)) {
            for need in &step.needs {
                stage.goes(&[project], &need.any[0].step).unwrap();
            }
        }
        stage.keep_up().unwrap();
        self.book.http.restart();
    }

    /// The project with its budget and contracts.
    async fn project(&self) -> i64 {
        let Script { unit, project: (spending, name, place), .. } = *self.script;
        let case = self.approved();
        let org = self.book.app.reads.person_by_login(unit).unwrap().unwrap().roles[0].org;
        let project = json!({
            "fund": self.fund(), "side": self.script.fund.1, "spending": spending, "name": name, "place": place,
            "unit": org.0, "year": self.script.source.3, "link": "带动建档立卡贫困户86户", "mechanism": "直接补助", "case": case,
        });
        let project = self.does(unit, "POST /projects", project).await;
        {
            let mut stage = self.stage.borrow_mut();
            let life = stage.ready.remove(name).unwrap();
            stage.lives.insert(ProjectId(project), life);
        }
        let line = |(key, nature, amount): &(&str, &str, &str)| json!({"key": key, "name": format!("预算{key}"), "nature": nature, "amount": amount});
        let lines: Vec<Value> = self.script.lines.iter().map(line).collect();
        self.does(unit, &format!("PUT /projects/{project}/lines"), json!({"lines": lines})).await;
        for (no, (party, amount)) in (1..).zip(self.script.contracts) {
            let contract = json!({
                "number": format!("合〔2018〕{no}"), "party": party, "account": format!("62220200000000{no:02}"),
                "bank": "农商银行", "amount": amount, "on": self.book.today(),
            });
            self.does(unit, &format!("PUT /projects/{project}/contracts/{no}"), contract).await;
        }
        project
    }

    /// Whatever the pack demands of the project, its unit and its places goes on file.
    async fn papers(&self, project: i64) {
        let http = &self.book.http;
        let unit = self.script.unit;
        let page = http.get(unit, &format!("/projects/{project}")).await;
        for demand in list(&page["demands"]).iter().filter(|demand| demand["filed"].is_null()) {
            let mut paper = json!({
                "demand": demand["demand"]["id"], "document": "文件1号", "on": self.book.today(),
                "papers": [http.ticket(unit, "文件.pdf").await],
            });
            if text(&demand["of"]) == "project" {
                self.does(unit, &format!("POST /projects/{project}/papers"), paper).await;
            } else {
                paper["place"] = demand["place"].clone();
                paper["name"] = json!("某单位");
                self.does(unit, "POST /consents", paper).await;
            }
        }
        let said = http.get(unit, "/consents").await;
        for place in self.script.places {
            for demand in list(&said["demands"]).iter().filter(|demand| demand["of"] == "place") {
                let paper = json!({
                    "place": place, "name": format!("{place}村"), "demand": demand["id"], "document": "会议记录",
                    "on": self.book.today(), "papers": [http.ticket(unit, "会议记录.pdf").await],
                });
                self.does(unit, "POST /consents", paper).await;
            }
        }
    }

    /// Drafted, and then whichever step the interface says is open, until none is.
    async fn allocation(&self, project: i64) -> i64 {
        let whole = Money::sum(self.script.lines.iter().map(|line| yuan(line.2))).unwrap();
        let places: Vec<&str> =
            if self.script.places.is_empty() { vec![""] } else { self.script.places.to_vec() };
        let part = Money::from_fen(whole.fen() / places.len() as i64);
        let line = |place: &&str| json!({"project": project, "place": place, "amount": part.to_string()});
        let lines: Vec<Value> = places.iter().map(line).collect();
        let who = self.who(Subject::Allocation, Act::Plan, &[]);
        let draft = json!({
            "fund": self.fund(), "side": self.script.fund.1, "year": self.script.source.3,
            "text": {"basis": "年度项目计划", "lines": lines},
        });
        let allocation = self.does(&who, "POST /allocations", draft).await;
        let mut steps = 0;
        loop {
            let page = self.book.http.get(&who, &format!("/allocations/{allocation}")).await;
            let Some(step) = list(&page["steps"]).iter().find(|step| step["state"] == "open") else { break };
            self.book.later(1);
            self.step(allocation, step).await;
            steps += 1;
            assert!(steps < 20, "{page}");
        }
        let page = self.book.http.get(&who, &format!("/allocations/{allocation}")).await;
        let all = |step: &Value| step["state"] == "done";
        assert!(list(&page["steps"]).iter().all(all), "{}", page["steps"]);
        allocation
    }

    async fn step(&self, allocation: i64, step: &Value) {
        let (id, act) = (text(&step["step"]["id"]), text(&step["act"]));
        let who = self.book.of_role(text(&step["by"]["id"]), self.fund(), &[]);
        let outcome = step["outcomes"][0]["id"].clone();
        let on = self.book.today();
        if act == Act::Decide.id() {
            let approval = json!({
                "step": id, "outcome": outcome, "stamp": on, "document": "政函〔2018〕1号", "opinion": "同意",
            });
            self.does(&who, &format!("POST /allocations/{allocation}/approval"), approval).await;
            return;
        }
        let mut body = json!({"on": on, "opinion": "已办理"});
        if !outcome.is_null() {
            body["outcome"] = outcome;
        }
        if [Act::File.id(), Act::Issue.id()].contains(&act) {
            body["document"] = json!(format!("办发〔2018〕{}号", id.len()));
        }
        self.does(&who, &format!("POST /allocations/{allocation}/steps/{id}"), body).await;
    }

    async fn bill(&self, no: usize, bill: Bill) -> (Value, String) {
        let book = self.book;
        let unit = self.script.unit;
        let (kind, line, payee, amount, approved) = match bill {
            Bill::Invoice(line, contract, amount, approved) => {
                (VoucherKind::Invoice, line, format!("c{contract}"), yuan(amount), yuan(approved))
            }
            Bill::List(line, rows, each) => {
                let all = Money::from_fen(yuan(each).fen() * rows as i64);
                (VoucherKind::List, line, "list".to_owned(), all, all)
            }
            Bill::Transfer(line, amount) => {
                (VoucherKind::Transfer, line, "unit".to_owned(), yuan(amount), yuan(amount))
            }
        };
        let mut said = json!({
            "budget_line": line, "voucher": book.voucher(kind), "number": format!("{no:08}"), "dated": book.today(),
            "payee": payee, "amount": amount.to_string(), "papers": [book.http.ticket(unit, "票据.pdf").await],
        });
        let asks = book.pack.step_on(Subject::Claim, Act::Claim).is_some_and(|step| step.ties.is_some());
        if asks {
            // As the project is tied.
            said["tie"] = json!({});
        }
        if kind == VoucherKind::Invoice {
            said["code"] = json!("011001800104");
        }
        if let Bill::List(_, rows, each) = bill {
            let row = |row: usize| json!({"name": format!("户{row}"), "amount": each});
            let rows: Vec<Value> = (1..=rows).map(row).collect();
            let kept = book.http.json(unit, "POST /lists", &json!({"rows": rows}), &[]).await;
            assert_eq!(kept.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&kept.bytes));
            said["list"] = kept.json()["ticket"].clone();
        }
        (said, approved.to_string())
    }

    /// Filed by the unit, checked by one person, approved by another.
    async fn claim(&self, project: i64, first: usize, (purpose, bills): (&str, &[Bill])) -> i64 {
        let (mut said, mut verdicts) = (Vec::new(), Vec::new());
        for (place, bill) in bills.iter().enumerate() {
            let (line, approved) = self.bill(first + place, *bill).await;
            let reason = if line["amount"] == approved { "" } else { "按签证核减" };
            verdicts.push(json!({"line": place + 1, "approved": approved, "reason": reason}));
            said.push(line);
        }
        let unit = self.script.unit;
        let body = json!({"purpose": purpose, "bills": said});
        let claim = self.does(unit, &format!("POST /projects/{project}/claims"), body).await;
        let checks = self.book.pack.step_on(Subject::Claim, Act::Check).unwrap();
        let grants = self.book.pack.step_on(Subject::Claim, Act::Decide).unwrap();
        let checker = self.book.of_role(&checks.by, self.fund(), &[]);
        let check = json!({"step": checks.id, "verdicts": verdicts, "opinion": "票据齐全"});
        self.does(&checker, &format!("POST /claims/{claim}/check"), check).await;
        let granter = self.book.of_role(&grants.by, self.fund(), &[&checker]);
        let grant = json!({"step": grants.id, "opinion": "复核无误，同意支付"});
        self.does(&granter, &format!("POST /claims/{claim}/approval"), grant).await;
        claim
    }

    /// A batch of everything that is due, released by a second person.
    async fn batch(&self, form: &str) -> (i64, Vec<Value>) {
        let maker = self.who(Subject::Batch, Act::Issue, &[]);
        let due = self.book.http.get(&maker, &format!("/funds/{}/due", self.fund())).await;
        let pick = |share: &Value| {
            let mut pick = json!({"claim": share["claim"], "payee": share["payee"]});
            if !text(&share["payee"]).starts_with('c') {
                pick["account"] =
                    json!({"name": "代发专户", "number": "62170010130000018", "bank": "农信社"});
            }
            pick
        };
        let picks: Vec<Value> = list(&due["shares"]).iter().map(pick).collect();
        assert!(!picks.is_empty(), "{due}");
        let batch = self.does(&maker, "POST /batches", json!({"fund": self.fund(), "picks": picks})).await;
        let payer = self.payer();
        let line = format!("POST /batches/{batch}/release");
        let file = self.book.http.json(&payer, &line, &json!({"form": form}), &[]).await;
        assert_eq!(file.status, StatusCode::OK, "{}", String::from_utf8_lossy(&file.bytes));
        let media = if form == "csv" { "text/csv" } else { "application/xml" };
        assert!(file.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with(media));
        let page = self.book.http.get(&payer, &format!("/batches/{batch}")).await;
        for payment in list(&page["payments"]) {
            assert!(String::from_utf8_lossy(&file.bytes).contains(text(&payment["end_to_end"])));
        }
        (batch, list(&page["payments"]).to_vec())
    }

    /// The second person of payments.
    fn payer(&self) -> String {
        let maker = self.who(Subject::Batch, Act::Issue, &[]);
        self.who(Subject::Batch, Act::Pay, &[&maker])
    }

    /// The bank pays all but the first payment, which it sends back; that one is made again and paid.
    async fn paid(&self) {
        let (batch, payments) = self.batch("pain.001").await;
        let payer = self.payer();
        let mut file = String::from("端到端编号,金额,结果,日期,流水号,原因\n");
        for (no, payment) in payments.iter().enumerate() {
            let said = if no == 0 {
                "失败,,,户名不符".to_owned()
            } else {
                format!("成功,{},R{no},", self.book.today())
            };
            file += &format!("{},{},{said}\n", text(&payment["end_to_end"]), text(&payment["amount"]));
        }
        let line = format!("POST /batches/{batch}/results/preview");
        let sent = [("content-type", "text/csv")];
        let seen = self.book.http.call(&payer, &line, &sent, Body::from(file)).await.json();
        let effects: Vec<&str> = list(&seen["lines"]).iter().map(|line| text(&line["effect"])).collect();
        assert_eq!(effects.iter().filter(|one| **one == "failed").count(), 1, "{seen}");
        assert_eq!(effects.iter().filter(|one| **one == "paid").count(), payments.len() - 1, "{seen}");
        let line = format!("POST /batches/{batch}/results");
        self.does(&payer, &line, json!({"ticket": seen["ticket"]})).await;

        self.book.later(2);
        let (again, payments) = self.batch("csv").await;
        assert_eq!(payments.len(), 1, "what failed is due again: {payments:?}");
        let paid = json!({"on": self.book.today(), "reference": "R-again"});
        let lines = json!({"lines": [
            {"end_to_end": payments[0]["end_to_end"], "amount": payments[0]["amount"], "paid": paid},
        ]});
        self.does(&payer, &format!("POST /batches/{again}/results"), lines).await;
        for batch in [batch, again] {
            let page = self.book.http.get(&payer, &format!("/batches/{batch}")).await;
            assert_eq!(page["batch"]["standing"]["id"], "settled", "{page}");
        }
    }

    /// Some comes back, the project is closed, and what is left of it goes back to the fund.
    async fn surplus(&self, project: i64) {
        let (payee, amount) = self.script.recovered;
        let who = self.who(Subject::Project, Act::Recover, &[]);
        let recover = json!({
            "payee": payee, "amount": amount, "on": self.book.today(), "voucher": "退款凭证1", "why": "审计核减",
        });
        self.does(&who, &format!("POST /projects/{project}/recoveries"), recover).await;
        let who = self.who(Subject::Project, Act::Close, &[]);
        let close = json!({"on": self.book.today(), "why": "验收合格"});
        self.does(&who, &format!("POST /projects/{project}/close"), close).await;
        let page = self.book.http.get(&who, &format!("/projects/{project}")).await;
        assert_eq!((text(&page["surplus"]), text(&page["recovered"])), (self.script.comes_to.1, amount));
    }

    /// Receipts are what was paid and what is left; the budget is spent, promised or free; each fen is followed.
    async fn adds_up(&self, source: i64) {
        let http = &self.book.http;
        let who = self.who(Subject::Source, Act::Receive, &[]);
        let funds = http.get(&who, &format!("/funds?year={}", self.script.source.3)).await;
        let of = |name: &str| money(&funds["all"][name]);
        let sum = |names: &[&str]| Money::sum(names.iter().map(|name| of(name))).unwrap();
        assert_eq!((of("budget"), of("received")), (yuan(self.script.money.0), yuan(self.script.money.1)));
        assert_eq!(of("spent"), yuan(self.script.comes_to.0), "{}", funds["all"]);
        assert_eq!(of("received"), sum(&["spent", "pool", "clearing"]), "{}", funds["all"]);
        assert_eq!(of("budget"), sum(&["spent", "quota", "allotted", "held"]), "{}", funds["all"]);
        assert_eq!((of("committed"), of("clearing")), (Money::ZERO, Money::ZERO), "{}", funds["all"]);
        let mut rows = BTreeMap::new();
        for row in list(&funds["rows"]) {
            for name in ["budget", "received", "spent", "pool"] {
                rows.entry(name).or_insert_with(Vec::new).push(money(&row["sums"][name]));
            }
        }
        for (name, parts) in rows {
            assert_eq!(Money::sum(parts), Some(of(name)), "the rows of {name}");
        }
        let months = http.get(&who, &format!("/funds/months?fund={}", self.fund())).await;
        let paid = Money::sum(list(&months).iter().map(|month| money(&month["total"]))).unwrap();
        assert_eq!(paid.checked_sub(yuan(self.script.recovered.1)), Some(of("spent")), "{months}");
        let trace = http.get(&who, &format!("/sources/{source}/trace")).await;
        assert_eq!(trace["complete"], true, "{trace}");
        let payees = list(&trace["projects"]).iter().flat_map(|project| list(&project["payees"]));
        let reached = Money::sum(payees.map(|payee| money(&payee["amount"]))).unwrap();
        assert_eq!(reached, of("spent"), "{trace}");
    }
}

/// The whole year, told by the interface alone.
async fn tell(script: &Script) -> Book {
    let book = Book::begin(script.policy, true);
    let before = book.head().0;
    let cast = Cast::of(&book.app, &book.people).unwrap();
    let year = Year { book: &book, script, stage: RefCell::new(Stage::new(&book.app, &book.clock, &cast)) };
    book.on(script.begins);
    let source = year.receipt().await;
    book.later(7);
    let project = year.project().await;
    year.papers(project).await;
    year.lives(project, Subject::Allocation, &[Act::Decide, Act::Issue]);
    year.allocation(project).await;
    book.later(14);
    let mut bills = 1;
    for claim in script.claims {
        year.lives(project, Subject::Claim, &[Act::Claim]);
        year.claim(project, bills, *claim).await;
        bills += claim.1.len();
        book.later(7);
    }
    year.lives(project, Subject::Batch, &[]);
    year.paid().await;
    book.later(30);
    year.lives(project, Subject::Project, &[Act::Close]);
    year.surplus(project).await;
    year.adds_up(source).await;
    book.verifies();
    // Every act of the year was a person's, under an article of this pack.
    let acts = book.app.reads.acts(before, usize::MAX).unwrap();
    assert!(acts.len() > 20, "{}", acts.len());
    assert!(acts.iter().all(|act| act.actor.is_some() && act.article.is_some()));
    book
}

/// The money of this regime is granted to enterprises ([`cases`] runs its year) and none is booked beside it: each person's rights, a
/// fund table that says there is no booked money, refusals of every way to book some, and the journal of the year with a proof for
/// each act (here for every seventeenth, the last among them).
#[tokio::test]
async fn a_year_of_tianjin_is_read_and_proved_and_no_money_is_booked_beside_it() {
    let book = Book::begin("tianjin", false);
    let http = &book.http;
    for one in book.people.iter().filter(|one| one.first) {
        let me = http.get(&one.login, "/me").await;
        assert_eq!(me["role"]["id"], one.role, "{me}");
    }
    let auditor = book.people.iter().find(|one| one.role == app::access::AUDITOR).unwrap().login.clone();
    let funds = http.get(&auditor, "/funds").await;
    assert_eq!((list(&funds["funds"]).len(), list(&funds["rows"]).len()), (0, 0), "{funds}");

    let finance = book.of_role("finance", "main", &[]);
    let source = json!({
        "fund": "main", "kind": "municipal", "level": "province", "document": "津财农〔2019〕1号", "purpose": "补贴",
        "year": 2019, "on": book.today(), "budget": "1.00",
    });
    http.refused(&finance, "POST /sources", source, 404, "R002").await;

    // Every fen of the ceiling is with a year or with none; every fen of a year is granted, a fee, or free.
    let (fund, years) = (book.app.fund_now(&book.pack).unwrap(), book.app.years_money(&book.pack).unwrap());
    assert!(years.iter().any(|year| year.paid > Money::ZERO), "{years:?}");
    assert!(years.iter().all(|year| year.balances() && year.paid <= year.remitted), "{years:?}");
    let whole = years.iter().map(|year| year.budget).chain([fund.left]);
    assert_eq!(Money::sum(whole), Some(fund.ceiling));
    let head = http.get(&auditor, "/journal/head").await;
    assert_eq!(head["size"], book.head().0);
    for seq in (0..book.head().0).rev().step_by(17) {
        let act = http.get(&auditor, &format!("/journal/acts/{seq}")).await;
        assert_eq!(act["proof"]["holds"], true, "{act}");
    }
    book.verifies();
}

#[tokio::test]
async fn a_year_of_tongzhou_runs_on_both_sides() {
    tell(&scripts::TONGZHOU).await;
    tell(&scripts::TONGZHOU_AREA).await;
}

#[tokio::test]
async fn a_year_of_jizhou_runs_with_the_money_of_four_villages() {
    tell(&scripts::JIZHOU).await;
}

#[tokio::test]
async fn a_year_of_xinjiang_runs_from_the_pool_to_households() {
    tell(&scripts::XINJIANG).await;
}

#[tokio::test]
async fn a_year_of_hunan_runs_by_bill_and_by_list() {
    tell(&scripts::HUNAN).await;
}
