//! A sixth regulation: the pack of the documentation, copied from there into a folder, is all that the program is given. It runs
//! from the declaration to the payment on the pages and the interface that every regime has: a return and a second filing, a notice
//! with an objection, an amount above the rule, money that waits, a duty that stays. And the book holds the program to that text.

mod clerk;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::ports::Clock;
use app::rows::Credential;
use app::{App, Command, Request, Who};
use axum::http::StatusCode;
use domain::identity::OrgKind;
use kernel::Date;
use kernel::id::{OrgId, PersonId};
use qingqu::clock::DemoClock;
use qingqu::cmd::verify;
use qingqu::packs;
use qingqu::randomness::Seeded;
use qingqu::site::{self, Among, DataDir};
use serde_json::{Value, json};
use store::Database;

use crate::http::Http;
use clerk::Clerks;

/// The page of the documentation: what somebody who writes a pack reads.
const PAGE: &str = "docs/packs-example.md";
const POLICY: &str = "repair";
const PASSWORD: &str = "qingqu-demo-2019";

/// A book with people, run by a pack that the program does not have.
struct Place {
    folder: tempfile::TempDir,
    clock: Arc<DemoClock>,
}

fn documented() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(PAGE)).unwrap()
}

impl Place {
    /// A folder for the book and one for packs, with the pack of the documentation in it.
    fn new() -> Place {
        let place = Place {
            folder: tempfile::tempdir().unwrap(),
            clock: Arc::new(DemoClock::at(Date::constant(2026, 3, 2))),
        };
        place.write(&documented());
        place
    }

    fn policies(&self) -> PathBuf {
        self.folder.path().join("policies")
    }

    fn write(&self, text: &str) {
        let own = self.policies().join(POLICY);
        fs::create_dir_all(&own).unwrap();
        fs::write(own.join("2026.md"), text).unwrap();
    }

    fn book(&self) -> DataDir {
        DataDir(self.folder.path().join("data"))
    }

    fn start(&self, policies: Option<&Path>) -> anyhow::Result<App> {
        let dir = self.book();
        let among = Among { packs: &packs::with(policies)?, policy: Some(POLICY) };
        let seen = Arc::clone(&self.clock) as Arc<dyn Clock>;
        site::start_among(&Database::File(dir.book()), &dir, among, seen, Arc::new(Seeded::new(5)))
    }

    fn verified(&self, policies: Option<&Path>) -> anyhow::Result<Vec<String>> {
        let database = Database::File(self.book().book());
        Ok(verify::differences_of(&database, &packs::with(policies)?)?.lines)
    }
}

/// Sign-in name, role, organisation and where it is.
const PEOPLE: [(&str, &str, &str, &str); 9] = [
    ("pingan", "village", "平安村村民委员会", "620121"),
    ("hewan", "village", "河湾村村民委员会", "620122"),
    ("township", "township", "永登县某镇政府", "620121"),
    ("township-b", "township", "皋兰县某镇政府", "620122"),
    ("housing", "housing", "样例市住房和城乡建设局", ""),
    ("finance", "finance", "样例市财政局", ""),
    ("treasury", "finance", "样例市财政局", ""),
    ("payments", "finance", "样例市财政局", ""),
    ("leaders", "leaders", "维修资金领导小组办公室", ""),
];

fn people(app: &App) {
    app.first_start().unwrap();
    let does = |command| {
        let request = Request { who: Who::Program, key: String::new(), command };
        app.submit(request).unwrap().id.unwrap_or_default()
    };
    let hash = app::password::hash(app::password::Cost::QUICK, &app.random.bytes(), PASSWORD).unwrap();
    let known = app.reads.orgs(&app::rows::OrgFilter { limit: 100, ..Default::default() }).unwrap().rows;
    let mut orgs: Vec<(String, OrgId)> = known.into_iter().map(|row| (row.name, row.org)).collect();
    assert!(orgs.iter().any(|(name, _)| name == "样例市住房和城乡建设局"), "the office that the pack names");
    for (login, role, name, region) in PEOPLE {
        let org = orgs.iter().find(|(known, _)| known == name).map(|(_, org)| *org).unwrap_or_else(|| {
            let (name, region) = (name.to_owned(), region.parse().ok());
            OrgId(does(Command::RegisterOrg { name, kind: OrgKind::Government, region, credit_code: None }))
        });
        orgs.push((name.to_owned(), org));
        let person = Command::AddPerson { name: login.into(), login: login.into(), org, role: role.into() };
        let (person, hash) = (PersonId(does(person)), hash.clone());
        let credential = Credential { person, hash, must_change: false, failed: 0, locked_until: 0 };
        app.house.put_credential(&credential).unwrap();
    }
}

/// The regulation as it is lived.
struct Life<'a> {
    app: &'a App,
    clock: &'a DemoClock,
    clerks: Clerks<'a>,
}

/// An application as a village writes it.
struct Ask {
    who: &'static str,
    township: &'static str,
    title: &'static str,
    place: &'static str,
    amount: &'static str,
}

const ROOFS: Ask =
    Ask {
        who: "pingan", township: "township", title: "平安村屋顶维修", place: "620121", amount: "80000.00"
    };
/// One fen above what article 4 allows for roofs.
const MORE: Ask = Ask {
    who: "hewan",
    township: "township-b",
    title: "河湾村校舍屋面",
    place: "620122",
    amount: "80000.01",
};

impl Life<'_> {
    fn http(&self) -> &Http {
        self.clerks.http
    }

    fn today(&self) -> String {
        self.app.today().to_string()
    }

    fn on(&self, day: Date) {
        self.clock.advance_to_day(day);
        self.clerks.another_day();
    }

    fn later(&self, days: i64) {
        use jiff::ToSpan as _;
        self.on(self.app.today().checked_add(days.days()).unwrap());
    }

    /// Fills in a draft and files it; answers the case.
    async fn files(&self, ask: &Ask, draft: &str, households: &str) -> i64 {
        let fields = [
            ("f.unit", ask.who),
            ("f.title", ask.title),
            ("f.place.province", "620000"),
            ("f.place.city", "620100"),
            ("f.place.county", ask.place),
            ("f.village", ask.who),
            ("f.kind", "roof"),
            ("f.year", "2026"),
            ("f.amount", ask.amount),
            ("f.served", households),
            ("f.all_households", "90"),
            ("f.signed", "60"),
            ("f.urgent", "false"),
            ("act", "save"),
        ];
        self.clerks.does(ask.who, &format!("{draft}/main"), &fields).await;
        let works = [
            ("works.0.what", "换瓦、防水"),
            ("works.0.spots", "4"),
            ("works.0.quantity", "1"),
            ("works.0.price", ask.amount),
            ("works.0.cost", ask.amount),
            ("act", "save"),
        ];
        self.clerks.does(ask.who, &format!("{draft}/works"), &works).await;
        let plan = [("plan.0.m4", "50000.00"), ("plan.1.m4", "30000.00"), ("act", "save")];
        self.clerks.does(ask.who, &format!("{draft}/plan"), &plan).await;
        if !self.clerks.opens(ask.who, &format!("{draft}/papers")).await.html.contains("delete:minutes:") {
            self.clerks.uploads(ask.who, &format!("{draft}/papers"), "paper.minutes").await;
        }
        let sent = [("declare", "1"), ("act", "submit")];
        let done = self.clerks.does(ask.who, &format!("{draft}/check"), &sent).await;
        done.rsplit('/').next().unwrap().parse().unwrap_or_else(|_| panic!("{done}"))
    }

    async fn applies(&self, ask: &Ask, households: &str) -> i64 {
        let draft = self.clerks.does(ask.who, "/file/application", &[("act", "begin")]).await;
        self.files(ask, &draft, households).await
    }

    /// A step of a desk, with its outcome.
    async fn step(&self, who: &str, case: i64, step: &str, outcome: &str, typed: &[(&str, &str)]) {
        let (day, act) = (self.today(), format!("outcome:{outcome}"));
        let common = [("on", day.as_str()), ("act", act.as_str())];
        let typed: Vec<(&str, &str)> = common.into_iter().chain(typed.iter().copied()).collect();
        self.clerks.does(who, &format!("/cases/{case}/do/{step}"), &typed).await;
    }

    async fn step_refused(
        &self,
        who: &str,
        case: i64,
        step: &str,
        outcome: &str,
        more: &[(&str, &str)],
        words: &[&str],
    ) {
        let (head, day, act) = (self.app.reads.head().unwrap(), self.today(), format!("outcome:{outcome}"));
        let common = [("on", day.as_str()), ("act", act.as_str())];
        let typed: Vec<(&str, &str)> = common.into_iter().chain(more.iter().copied()).collect();
        self.clerks.refused(who, &format!("/cases/{case}/do/{step}"), &typed, words).await;
        assert_eq!(self.app.reads.head().unwrap(), head, "a refused step wrote: {step}");
    }

    /// Checked by the township, agreed by both bureaus.
    async fn reviewed(&self, ask: &Ask, case: i64) {
        let checks = [("check.seen", "yes"), ("check.budget", "yes"), ("check.neat", "no")];
        self.step(ask.township, case, "check", "fit", &checks).await;
        for bureau in ["housing", "finance"] {
            self.step(bureau, case, "review", "agree", &[("note.view", "同意列入")]).await;
        }
    }

    async fn posts(&self, ask: &Ask, case: i64) {
        let day = self.today();
        let typed = [
            ("on", day.as_str()),
            ("posting.0", "村委会门口"),
            ("posting.1", "http://www.example.gov.cn/1"),
            ("field.title", ask.title),
            ("field.place", "永登县"),
            ("field.amount", "见申报表"),
            ("act", "post"),
        ];
        self.clerks.does(ask.who, &format!("/cases/{case}/do/notice"), &typed).await;
    }

    fn org(&self, login: &str) -> i64 {
        self.app.reads.person_by_login(login).unwrap().unwrap().roles[0].org.0
    }

    fn project(&self, ask: &Ask, case: i64) -> Value {
        json!({
            "fund": "repair", "side": "all", "spending": "repair", "name": ask.title, "place": ask.place,
            "unit": self.org(ask.who), "year": 2026, "link": "受益12户", "mechanism": "直接补助", "case": case,
        })
    }

    /// The budget of the year and its cash, and the account that pays.
    async fn money_in(&self) {
        let source = json!({
            "fund": "repair", "kind": "city", "level": "prefecture", "document": "样财〔2026〕1号", "purpose": "小型维修",
            "code": "2120399", "year": 2026, "on": self.today(), "budget": "500000.00",
        });
        let source = self.http().does("finance", "POST /sources", source).await;
        let cash = json!({"on": self.today(), "amount": "200000.00", "voucher": "国库集中支付凭证1"});
        self.http().does("finance", &format!("POST /sources/{source}/receipts"), cash).await;
        let payer = json!({"name": "资金专户", "account": "12000000000000009", "bank": "农商银行"});
        let set = self.http().json("payments", "PUT /funds/repair/payer", &payer, &[]).await;
        assert_eq!(set.status, StatusCode::OK, "{}", String::from_utf8_lossy(&set.bytes));
    }

    /// The project's purse: budget, contract, decision on file, allocation approved.
    async fn purse(&self, case: i64) -> i64 {
        let http = self.http();
        let project = http.does("pingan", "POST /projects", self.project(&ROOFS, case)).await;
        let lines = json!({"lines": [{"key": "roof", "name": "屋顶", "nature": "", "amount": "80000.00"}]});
        http.does("pingan", &format!("PUT /projects/{project}/lines"), lines).await;
        let contract = json!({
            "number": "合〔2026〕1", "party": "永登县兴民建筑队", "account": "6222020000000001", "bank": "农商银行",
            "amount": "79000.00", "on": self.today(),
        });
        http.does("pingan", &format!("PUT /projects/{project}/contracts/1"), contract).await;
        let draft = json!({
            "fund": "repair", "side": "all", "year": 2026,
            "text": {"basis": "审定通知书", "lines": [{"project": project, "place": "", "amount": "80000.00"}]},
        });
        let allocation = http.does("finance", "POST /allocations", draft).await;
        let line = format!("POST /allocations/{allocation}/approval");
        let approval = json!({
            "step": "approve_money", "outcome": "approve", "stamp": self.today(), "document": "修字〔2026〕1号", "opinion": "同意",
        });
        http.refused("leaders", &line, approval.clone(), 422, "R835").await;
        let paper = json!({
            "demand": "decision", "document": "审定通知书1号", "on": self.today(),
            "papers": [http.ticket("pingan", "审定通知书.pdf").await],
        });
        http.does("pingan", &format!("POST /projects/{project}/papers"), paper).await;
        http.does("leaders", &line, approval).await;
        project
    }

    async fn bill(&self) -> Value {
        json!({"purpose": "progress", "bills": [{
            "budget_line": "roof", "voucher": "invoice", "number": "00000001", "code": "011001800104", "dated": self.today(),
            "payee": "c1", "amount": "40000.00", "papers": [self.http().ticket("pingan", "发票.pdf").await],
        }]})
    }

    /// Claimed, checked and paid, each by another hand.
    async fn paid(&self, project: i64) {
        let http = self.http();
        let claim = http.does("pingan", &format!("POST /projects/{project}/claims"), self.bill().await).await;
        let verdicts = json!([{"line": 1, "approved": "39500.00", "reason": "按签证核减"}]);
        let check = json!({"step": "claim_check", "verdicts": verdicts, "opinion": "票据齐全"});
        http.does("housing", &format!("POST /claims/{claim}/check"), check).await;
        let grant = json!({"step": "claim_decide", "opinion": "同意支付"});
        http.does("treasury", &format!("POST /claims/{claim}/approval"), grant).await;
        let due = http.get("finance", "/funds/repair/due").await;
        let share = &due["shares"][0];
        let picks = json!([{"claim": share["claim"], "payee": share["payee"]}]);
        let batch = http.does("finance", "POST /batches", json!({"fund": "repair", "picks": picks})).await;
        let line = format!("POST /batches/{batch}/release");
        let own = http.json("finance", &line, &json!({"form": "csv"}), &[]).await;
        assert!(!own.status.is_success(), "who made a batch does not release it");
        let file = http.json("payments", &line, &json!({"form": "csv"}), &[]).await;
        assert_eq!(file.status, StatusCode::OK, "{}", String::from_utf8_lossy(&file.bytes));
        let payment = &http.get("payments", &format!("/batches/{batch}")).await["payments"][0];
        let paid = json!({"on": self.today(), "reference": "R1"});
        let results = json!({"lines": [
            {"end_to_end": payment["end_to_end"], "amount": payment["amount"], "paid": paid},
        ]});
        http.does("payments", &format!("POST /batches/{batch}/results"), results).await;
        let settled = http.get("payments", &format!("/batches/{batch}")).await;
        assert_eq!(settled["batch"]["standing"]["id"], "settled", "{settled}");
        let funds = http.get("finance", "/funds?year=2026").await;
        assert_eq!(funds["all"]["spent"], "39500.00", "{funds}");
    }
}

#[tokio::test]
async fn a_pack_written_from_the_documentation_runs_from_declaration_to_payment() {
    let place = Place::new();
    let app = place.start(Some(&place.policies())).unwrap();
    people(&app);
    assert_eq!(app.pack().unwrap().id, POLICY);
    assert!(packs::builtin().unwrap().iter().all(|pack| pack.id != POLICY), "it is not part of the program");
    let http = Http::over(&app, PASSWORD);
    let life = Life { app: &app, clock: &place.clock, clerks: Clerks::of(&http, POLICY, PASSWORD) };
    let clerks = &life.clerks;
    clerks.opens("", "/policy").await.shows("样例市村级小型维修资金管理办法");

    // The loop: the township sends it back, the village files it again, and both versions stay.
    let case = life.applies(&ROOFS, "3").await;
    life.later(1);
    life.step("township", case, "check", "back", &[("opinion", "受益户数请再核实")]).await;
    clerks.opens("pingan", &format!("/cases/{case}?tab=timeline")).await.shows("受益户数请再核实");
    let back = format!("/file/application?case={case}&step=apply");
    let again = clerks.does("pingan", &back, &[("act", "begin")]).await;
    assert_eq!(life.files(&ROOFS, &again, "12").await, case);
    let filed = clerks.opens("pingan", &format!("/cases/{case}/form/2")).await;
    assert!(filed.html.contains("12") && filed.html.contains('3'), "{}", filed.words());

    // The notice: it runs five working days, and nothing goes on before.
    life.later(1);
    life.reviewed(&ROOFS, case).await;
    life.posts(&ROOFS, case).await;
    let notice = clerks.opens("", &format!("/notices/c{case}")).await;
    notice.shows(ROOFS.title).shows("见申报表");
    life.step_refused("pingan", case, "notice", "clear", &[], &["尚未结束"]).await;
    http.refused("pingan", "POST /projects", life.project(&ROOFS, case), 422, "R992").await;
    clerks.opens("pingan", &format!("/begin/works?parent={case}")).await.shows("应先办妥“领导小组审定”");
    let form = clerks.opens("", &format!("/notices/c{case}/object")).await;
    let said = [("text", "金额是不是算多了"), ("act", "send")];
    let receipt = clerks.sends("", &format!("/notices/c{case}/object"), &form, &said).await.to;
    assert!(receipt.starts_with("/receipt?number="), "{receipt}");
    life.on(Date::constant(2026, 3, 12));
    life.step_refused("pingan", case, "notice", "clear", &[], &["异议"]).await;
    let answer = [("upheld", "no"), ("answer", "已核对预算，没有多算"), ("act", "answer")];
    clerks.does("township", &format!("/cases/{case}/objections/1"), &answer).await;
    clerks.opens("", &receipt).await.shows("已核对预算，没有多算");
    life.step("pingan", case, "notice", "clear", &[]).await;

    // The amount rule decides: at the limit it is granted, one fen more is refused under its article.
    let more = life.applies(&MORE, "12").await;
    life.reviewed(&MORE, more).await;
    life.posts(&MORE, more).await;
    life.step("leaders", case, "decide", "yes", &[]).await;
    life.on(Date::constant(2026, 3, 23));
    life.step("hewan", more, "notice", "clear", &[]).await;
    life.step_refused("leaders", more, "decide", "yes", &[], &["80,000.01", "第四条"]).await;
    life.step("leaders", more, "decide", "no", &[("opinion", "超过上限")]).await;
    let day = life.today();
    let begin = [("on", day.as_str()), ("act", "outcome:")];
    let refused = format!("/begin/works?parent={more}");
    clerks.refused("hewan", &refused, &begin, &["应先办妥“领导小组审定”"]).await;

    // Works and money: each waits for what it stands on.
    life.money_in().await;
    let works = clerks.does("pingan", &format!("/begin/works?parent={case}"), &begin).await;
    let works: i64 = works.rsplit('/').next().unwrap().parse().unwrap();
    let project = life.purse(works).await;
    life.paid(project).await;

    // Acceptance, and the duty that begins with it.
    clerks.opens("pingan", "/duties").await.shows("没有");
    let good = [("points.0.point", "屋面不漏"), ("points.0.good", "true")];
    life.step_refused("township", works, "accept", "good", &good, &["早于"]).await;
    life.on(Date::constant(2026, 4, 8));
    let report = [("fact.finished", "true"), ("basis.finished", "现场查看")];
    life.step("pingan", works, "progress", "", &report).await;
    let close = json!({"on": life.today(), "why": "验收合格"});
    let line = format!("POST /projects/{project}/close");
    http.refused("finance", &line, close.clone(), 422, "R992").await;
    life.step("township", works, "accept", "good", &good).await;
    for login in ["pingan", "township", "housing"] {
        clerks.opens(login, "/duties").await.shows("管护三年").shows("2029").shows("第七条");
    }
    let duties = clerks.opens("pingan", &format!("/cases/{works}?tab=duties")).await;
    duties.shows("管好修好的房屋和道路").shows("灾害损毁").shows("两年内不再安排");
    http.does("finance", &line, close).await;
    let closed = http.get("finance", &format!("/projects/{project}")).await;
    assert_eq!(closed["surplus"], "40500.00", "{closed}");
    drop(app);

    the_book_keeps_its_text(&place);
}

/// Computed again it is the same, with the pack; without it, or with another text of that edition, the program says what is wrong.
fn the_book_keeps_its_text(place: &Place) {
    let policies = place.policies();
    assert_eq!(place.verified(Some(&policies)).unwrap(), Vec::<String>::new());
    let lacking = place.verified(None).unwrap_err().to_string();
    assert!(lacking.contains("repair/2026") && lacking.contains("--policies"), "{lacking}");
    let unknown = place.start(None).err().unwrap().to_string();
    assert!(unknown.contains("repair") && unknown.contains("--policies"), "{unknown}");

    let (before, after) = ("roof = \"8万元\"", "roof = \"9万元\"");
    let mended =
        documented().replace(before, after).replace("\"8万元\"", "\"9万元\"").replace("80000.01", "90000.01");
    place.write(&mended);
    for refused in [place.start(Some(&policies)).err().unwrap(), place.verified(Some(&policies)).unwrap_err()]
    {
        let said = format!("{refused:#}");
        assert!(said.contains("文本改过了") && said.contains("An edition in use is never edited"), "{said}");
    }
    // What is new is another edition, beside the one in use.
    fs::rename(policies.join("repair/2026.md"), policies.join("repair/2027.md")).unwrap();
    let next = mended.replace("edition   = \"2026\"", "edition   = \"2027\"");
    fs::write(policies.join("repair/2027.md"), next).unwrap();
    place.write(&documented());
    let app = place.start(Some(&policies)).unwrap();
    assert_eq!(app.packs.given(POLICY).collect::<Vec<_>>(), ["2026", "2027"]);
    drop(app);
    assert_eq!(place.verified(Some(&policies)).unwrap(), Vec::<String>::new());
}

#[test]
fn a_folder_holds_no_edition_twice_and_no_faulty_pack() {
    let folder = tempfile::tempdir().unwrap();
    let says = |what: &[&str]| {
        let said = packs::with(Some(folder.path())).err().unwrap().to_string();
        assert!(what.iter().all(|text| said.contains(text)), "{said}");
    };
    says(&["没有政策包", "no pack in the folder"]);
    fs::write(folder.path().join("README.md"), "# not a pack").unwrap();
    says(&["没有政策包"]);
    fs::write(folder.path().join("a.md"), documented()).unwrap();
    assert_eq!(packs::with(Some(folder.path())).unwrap().given(POLICY).count(), 1);
    fs::write(folder.path().join("b.md"), documented()).unwrap();
    says(&["repair/2026", "already"]);
    let (_, tianjin) = packs::BUILTIN[0];
    fs::write(folder.path().join("b.md"), tianjin).unwrap();
    says(&["tianjin/2019", "already"]);
    fs::write(
        folder.path().join("b.md"),
        documented()
            .replace("\"within the limit\"", "\"\"")
            .replace("asked <= cap[kind]", "asked <= capp[kind]"),
    )
    .unwrap();
    says(&["capp"]);
}
