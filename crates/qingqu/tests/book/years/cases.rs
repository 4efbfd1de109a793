//! What is filed, handled and granted, through the interface for other programs alone: the year of grants of Tianjin from the
//! pre-declaration to the payment, and a project of the library of another regime up to its entry, by the same operations.

use app::view::state::Case;
use axum::http::StatusCode;
use domain::case::{Counts, check_form, facts_of};
use kernel::Money;
use kernel::id::CaseId;
use policy::form::FormData;
use policy::procedure::{Act, Step, Subject};
use qingqu::demo::cast::Cast;
use qingqu::demo::play::Play;
use qingqu::demo::regimes;
use qingqu::demo::regimes::stage::{Planned, Prj, Stage};
use qingqu::demo::{forms, script};
use serde_json::{Value, json};

use super::scripts::{HUNAN, Script};
use super::{Book, list, money, text, yuan};

/// The firms that apply, in this year of one.
const FIRMS: [&str; 2] = ["haihe", "jinke"];

fn form_of(form: &FormData) -> Value {
    json!({"fields": form.fields, "tables": form.tables})
}

impl Book {
    fn day(&self, year: i16, month: i8, day: i8) {
        self.on((year, month, day));
        self.http.restart();
    }

    /// Somebody of the role of a step.
    fn doer(&self, step: &Step) -> String {
        self.of_role(&step.by, "", &[])
    }

    fn plan_step(&self, act: Act) -> &Step {
        self.pack.step_on(Subject::Plan, act).unwrap_or_else(|| panic!("no {act:?}"))
    }

    /// Every paper that a filing needs, sent and answered with a ticket.
    async fn papers(&self, login: &str, step: &Step, ids: Vec<String>) -> Vec<Value> {
        let mut papers = Vec::new();
        for id in ids {
            papers.push(
                json!({"paper": id, "ticket": self.http.ticket(login, &format!("{}.pdf", step.id)).await}),
            );
        }
        papers
    }

    /// A filing with every paper that its form needs.
    async fn filing(&self, login: &str, procedure: &str, parent: Option<i64>, form: &FormData) -> Value {
        let of = self.pack.procedures.get(procedure).unwrap();
        let step = self.pack.start_steps(of).into_iter().next().unwrap();
        let check = check_form(&self.pack, of, form, self.app.today());
        let needed = self.pack.papers_needed(step, &check.facts).into_iter().filter(|need| need.required);
        let papers = self.papers(login, step, needed.map(|need| need.paper.id.clone()).collect()).await;
        json!({"procedure": procedure, "parent": parent, "form": form_of(form), "papers": papers})
    }

    /// A step with everything on its list.
    async fn whole(&self, login: &str, step: &str) -> Value {
        let step = self.pack.steps.get(step).unwrap();
        let check = |id: &String| json!({"item": id, "holds": true});
        let checks: Vec<Value> = step.checklist.iter().map(|item| check(&item.id)).collect();
        let good =
            |fact: &str| fact.ends_with("_lawful") || fact.starts_with("investor_") || fact == "in_catalogue";
        let record =
            |fact: &String| json!({"fact": fact, "value": good(fact).to_string(), "basis": "登记系统"});
        let records: Vec<Value> = step.records.iter().map(record).collect();
        let note = |id: &str| if id.ends_with("_on") { self.today() } else { "情况属实".into() };
        let notes: serde_json::Map<String, Value> =
            step.notes.iter().map(|one| (one.id.clone(), json!(note(&one.id)))).collect();
        let papers = self.papers(login, step, step.papers.clone()).await;
        let pass = step.outcomes.iter().find(|one| one.kind == policy::procedure::OutcomeKind::Pass);
        json!({
            "outcome": pass.map(|one| one.id.clone()), "opinion": "材料齐全，情况属实。", "checks": checks,
            "records": records, "notes": notes, "papers": papers, "on": self.today(),
        })
    }

    fn case_state(&self, case: i64) -> Case {
        app::history::case(&self.app.reads.stream(&format!("case:{case}")).unwrap()).unwrap().unwrap()
    }

    /// What a verifier reports who finds everything as declared: the most that the rules allow.
    async fn verification(&self, login: &str, case: i64) -> Value {
        let (state, page) = (self.case_state(case), self.http.get(login, &format!("/cases/{case}")).await);
        let year = self.app.year("tianjin", state.year).unwrap().unwrap();
        let counts: Counts =
            self.pack.facts.iter().filter(|f| f.count.is_some()).map(|f| (f.id.clone(), 0)).collect();
        let judged = domain::case::decide_grant(&self.pack, &state, &counts, &year, None);
        let most = judged.judgement.amount.unwrap();
        let step = self.pack.steps.get("inspect").unwrap();
        let facts = facts_of(&self.pack, &state, &Counts::new());
        let counted = |fact: &str| self.pack.tallies.iter().any(|t| t.gives.iter().any(|g| g == fact));
        let ratio = if facts.get("mode").is_some_and(|mode| mode == "production") { "50%" } else { "30%" };
        let learnt = step.records.iter().filter(|fact| !counted(fact));
        let record = |fact: &String| {
            facts.get(fact).map(|value| json!({"fact": fact, "value": value, "basis": "现场核查"}))
        };
        let records: Vec<Value> = learnt.filter_map(record).collect();
        let line = |line: &Value| json!({"line": line["line"], "confirmed": line["amount"]});
        let lines: Vec<Value> = list(&page["lines"]).iter().map(line).collect();
        assert!(!lines.is_empty(), "{page}");
        let agrees = |paper: &Value| json!({"paper": paper["paper"]["id"], "agrees": true});
        let papers: Vec<Value> = list(&page["papers"]).iter().map(agrees).collect();
        let checks: Vec<Value> =
            step.checklist.iter().map(|item| json!({"item": item.id, "holds": true})).collect();
        json!({
            "step": "inspect", "on": self.today(), "opinion": "材料与实际相符。", "checks": checks,
            "records": records, "lines": lines, "papers": papers, "ratio": ratio, "amount": most.to_string(),
        })
    }
}

/// From the pre-declaration to an application whose amount is proposed.
async fn applied(book: &Book) -> Vec<i64> {
    let (http, cast) = (&book.http, Cast::of(&book.app, &book.people).unwrap());
    let play = Play { app: &book.app, clock: &book.clock, cast: &cast };
    let desks: Vec<String> = FIRMS.iter().map(|login| script::desk(&play, login).unwrap()).collect();
    let adviser = cast.org("adviser").unwrap().0;

    book.day(2019, 10, 10);
    let mut declared = Vec::new();
    for login in FIRMS {
        let form = forms::predeclaration(forms::of(login).unwrap(), book.app.today());
        let filing = book.filing(login, "predeclaration", None, &form).await;
        // The same key and request are carried out once; another request under the key is refused.
        let key = [("idempotency-key", "declare-1")];
        let first = http.json(login, "POST /cases", &filing, &key).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&first.bytes));
        let head = book.head();
        let again = http.json(login, "POST /cases", &filing, &key).await;
        assert_eq!((again.status, &again.bytes, book.head()), (StatusCode::CREATED, &first.bytes, head));
        let mut other = filing.clone();
        other["procedure"] = json!("application");
        http.json(login, "POST /cases", &other, &key).await.problem(409, "R004");
        declared.push(first.json()["id"].as_i64().unwrap());
    }
    let line = format!("GET /cases/{}", declared[0]);
    http.call(FIRMS[1], &line, &[], axum::body::Body::empty()).await.problem(404, "R002");

    book.day(2019, 10, 14);
    let terms = json!({
        "budget": "15000000.00", "set": {"year_rate[project]": "30%", "year_rate[production]": "50%"},
        "opens": "2019-10-21", "closes": "2019-11-29", "favoured": ["653225"], "basis": "2019年度安排",
    });
    http.does("ndrc", "POST /years", json!({"year": 2019, "terms": terms})).await;
    http.refused("ndrc", "POST /years", json!({"year": 2019, "terms": terms}), 422, "R201").await;
    http.does("ndrc", "POST /years/2019/firms", json!({"firm": adviser, "basis": "比选三家"})).await;
    for (desk, case) in desks.iter().zip(&declared) {
        let mut check = book.whole(desk, "check").await;
        check["outcome"] = json!("accept");
        http.does(desk, &format!("POST /cases/{case}/steps/check"), check).await;
    }

    book.day(2019, 11, 5);
    let mut cases = Vec::new();
    for ((login, desk), parent) in FIRMS.iter().zip(&desks).zip(&declared) {
        let form = forms::application(forms::of(login).unwrap(), book.app.today());
        let filing = book.filing(login, "application", Some(*parent), &form).await;
        let mut bare = filing.clone();
        bare["papers"] = json!([]);
        let refused = http.refused(login, "POST /cases", bare, 422, "R307").await;
        assert!(!text(&refused["article"]).is_empty(), "{refused}");
        let case = http.does(login, "POST /cases", filing).await;
        masked(book, login, case, &form).await;
        let line = |step: &str| format!("POST /cases/{case}/steps/{step}");
        let mut accept = book.whole(desk, "accept").await;
        accept["outcome"] = json!("accept");
        http.does(desk, &line("accept"), accept).await;
        http.does(desk, &format!("POST /cases/{case}/firm"), json!({"firm": adviser})).await;
        http.does(desk, &line("site_notice"), book.whole(desk, "site_notice").await).await;
        cases.push(case);
    }
    http.does(&desks[0], "POST /reports", report(book)).await;

    book.day(2019, 12, 4);
    for (desk, case) in desks.iter().zip(&cases) {
        let found = book.verification("adviser", *case).await;
        let (most, ratio) = (money(&found["amount"]), found["ratio"].clone());
        let mut over = found.clone();
        over["amount"] = json!(most.checked_add(Money::from_fen(1)).unwrap().to_string());
        http.refused("adviser", &format!("POST /cases/{case}/verification"), over, 422, "R317").await;
        http.does("adviser", &format!("POST /cases/{case}/verification"), found).await;
        let propose = json!({"step": "propose", "ratio": ratio, "amount": most.to_string(), "opinion": "同意评审意见。"});
        http.does(desk, &format!("POST /cases/{case}/proposal"), propose).await;
    }
    cases
}

/// What the regime seals is stored sealed and shown masked.
async fn masked(book: &Book, login: &str, case: i64, typed: &FormData) {
    let page = book.http.get(login, &format!("/cases/{case}")).await;
    let state = book.case_state(case);
    let stored = &state.current().unwrap().form.fields;
    let sealed: Vec<&String> = stored.keys().filter(|id| stored.get(*id) != typed.fields.get(*id)).collect();
    assert!(sealed.len() >= 3, "identity numbers and the account: {sealed:?}");
    for id in sealed {
        let shown = text(&page["form"]["fields"][id]);
        assert!(shown.contains('*') && shown != stored[id] && shown != typed.fields[id], "{id}: {shown}");
    }
}

fn report(book: &Book) -> Value {
    let step = book.pack.steps.iter().find(|step| step.act == Act::Report && step.every.is_some()).unwrap();
    json!({"step": step.id, "period": "2019-10"})
}

/// From the proposals to the remittance; answers the plan.
async fn granted(book: &Book, cases: &[i64]) -> Money {
    let http = &book.http;
    book.day(2019, 12, 12);
    let waiting = http.get("ndrc", "/plans").await;
    assert_eq!(waiting["waiting"][0]["cases"], cases.len(), "{waiting}");
    let plan = http.does("ndrc", "POST /plans", json!({"procedure": "application", "year": 2019})).await;
    let mut set = Vec::new();
    for case in cases {
        let page = http.get("ndrc", &format!("/cases/{case}")).await;
        set.push(json!({"case": case, "amount": page["proposed"]}));
    }
    http.does("ndrc", &format!("PUT /plans/{plan}/items"), json!({"set": set})).await;
    let step = |act| book.plan_step(act).id.clone();
    let meeting = json!({
        "step": step(Act::Deliberate), "held_on": book.today(), "place": "第二会议室", "chair": "组长",
        "present": ["市发展改革委"], "resolution": "一致同意",
    });
    http.does("group-work", &format!("POST /plans/{plan}/minutes"), meeting).await;
    book.day(2019, 12, 13);
    let publicity = book.plan_step(Act::Publish);
    let notice = publicity.publish.as_deref().and_then(|id| book.pack.notices.get(id)).unwrap();
    let posting =
        |place: &policy::pack::Words| json!({"place": place.zh, "address": "http://example.invalid/1"});
    let postings: Vec<Value> = notice.places.iter().map(posting).collect();
    let post = json!({
        "step": publicity.id, "on": book.today(), "postings": postings,
        "fields": {"period": "五个工作日", "contact": "区域合作处"},
    });
    http.does("ndrc", &format!("POST /plans/{plan}/notices"), post).await;
    let end = json!({"step": publicity.id});
    http.refused("ndrc", &format!("POST /plans/{plan}/notices/end"), end.clone(), 422, "R503").await;
    book.day(2019, 12, 23);
    http.does("ndrc", &format!("POST /plans/{plan}/notices/end"), end).await;
    let page = http.get("ndrc", &format!("/plans/{plan}")).await;
    let total = money(&page["total"]);
    let verdict = |line: &Value| json!({"case": line["case"], "granted": true, "amount": line["planned"]});
    let items: Vec<Value> =
        list(&page["lines"]).iter().filter(|line| !line["planned"].is_null()).map(verdict).collect();
    assert_eq!(items.len(), cases.len(), "{page}");
    let decide = json!({
        "step": step(Act::Decide), "stamp": book.today(), "document": "津领办〔2019〕1号", "items": items,
    });
    http.does("group", &format!("POST /plans/{plan}/determination"), decide).await;
    book.day(2019, 12, 27);
    let page = http.get("ndrc", &format!("/plans/{plan}")).await;
    let letter =
        |(no, to): (usize, &Value)| json!({"to": to, "number": format!("津发改〔2019〕{}号", no + 1)});
    let letters: Vec<Value> = list(&page["recipients"]).iter().enumerate().map(letter).collect();
    let inform = json!({"step": step(Act::File), "on": book.today(), "letters": letters});
    http.does("ndrc", &format!("POST /plans/{plan}/letters"), inform).await;
    book.day(2020, 1, 10);
    let remit = |sum: Money| json!({"step": step(Act::Pay), "on": book.today(), "amount": sum.to_string(), "voucher": "拨2020-0017"});
    let more = remit(total.checked_add(Money::from_fen(1)).unwrap());
    let refused = http.refused("finance", &format!("POST /plans/{plan}/remittance"), more, 422, "R703").await;
    assert_eq!(refused["article"], "第十五条");
    http.does("finance", &format!("POST /plans/{plan}/remittance"), remit(total)).await;
    total
}

#[tokio::test]
async fn a_year_of_tianjin_runs_from_the_pre_declaration_to_the_payment() {
    let book = Book::begin("tianjin", true);
    let (http, before) = (&book.http, book.head().0);
    let cases = applied(&book).await;
    let total = granted(&book, &cases).await;
    let fee = json!({
        "firm": Cast::of(&book.app, &book.people).unwrap().org("adviser").unwrap().0, "amount": "186000.00",
        "on": book.today(), "voucher": "费2020-0003", "purpose": "2019年度项目评审费",
    });
    http.does("ndrc", "POST /years/2019/fees", fee).await;
    book.day(2020, 1, 15);
    for case in &cases {
        let due = money(&http.get("ndrc-pay", &format!("/cases/{case}")).await["unpaid"]);
        let pay = |sum: Money| json!({"step": "disburse", "amount": sum.to_string(), "on": book.today(), "voucher": format!("付{case}")});
        let line = format!("POST /cases/{case}/payments");
        http.refused("ndrc-pay", &line, pay(due.checked_add(Money::from_fen(1)).unwrap()), 422, "R702").await;
        http.does("ndrc-pay", &line, pay(due)).await;
        let page = http.get(FIRMS[0], "/cases").await;
        assert!(list(&page["items"]).iter().all(|case| case["applicant_name"] != ""), "{page}");
        assert_eq!(http.get("ndrc", &format!("/cases/{case}")).await["standing"], "paid");
    }
    let year = http.get("ndrc", "/years").await[0].clone();
    let of = |name: &str| money(&year[name]);
    assert_eq!((of("committed"), of("remitted"), of("paid")), (total, total, total), "{year}");
    assert_eq!(Money::sum([of("committed"), of("fees"), of("left")]), Some(of("budget")), "{year}");
    assert_eq!(of("fees"), yuan("186000.00"));
    book.verifies();
    let acts = book.app.reads.acts(before, usize::MAX).unwrap();
    assert!(acts.len() > 25, "{}", acts.len());
    assert!(acts.iter().all(|act| act.actor.is_some() && act.article.is_some()));
}

/// The form of a project's entry, as the demonstration of the regime fills it in.
fn entry(script: &Script) -> FormData {
    let book = Book::begin(script.policy, true);
    book.on(script.begins);
    let cast = Cast::of(&book.app, &book.people).unwrap();
    let mut stage = Stage::new(&book.app, &book.clock, &cast);
    let (spending, name, place) = script.project;
    let lines: Vec<Planned> =
        script.lines.iter().map(|(key, nature, amount)| (*key, *key, *nature, *amount)).collect();
    let spec = Prj {
        who: script.unit,
        money: (script.fund.0, script.fund.1, spending),
        name,
        place,
        village: "",
        year: script.source.3,
        link: "带动建档立卡贫困户86户",
        mechanism: "直接补助",
        levered: "0.00",
        lines: lines.leak(),
        contracts: &[],
    };
    stage.approved(regimes::way(script.policy).unwrap(), &[&spec]).unwrap();
    let flow = stage.state(stage.ready[name].0).unwrap();
    let entry = stage.state(flow.parent.unwrap_or(CaseId(0))).unwrap();
    entry.current().unwrap().form.clone()
}

#[tokio::test]
async fn a_project_of_hunan_is_entered_in_the_library() {
    let form = entry(&HUNAN);
    let book = Book::begin("hunan", true);
    let (http, unit) = (&book.http, HUNAN.unit);
    book.on(HUNAN.begins);
    let filing = book.filing(unit, "library", None, &form).await;
    let case = http.does(unit, "POST /cases", filing).await;
    let line = format!("/cases/{case}");
    let mut steps = 0;
    loop {
        let page = http.get(unit, &line).await;
        assert_eq!(page["form"]["fields"], json!(form.fields));
        if list(&page["done"]).iter().any(|done| done["step"] == "library_enter") {
            break;
        }
        let open = list(&page["open"]).iter().find(|step| step["offered"] == false).unwrap_or(&Value::Null);
        let step = book.pack.steps.get(text(&open["step"]["id"])).unwrap();
        let login = book.doer(step);
        book.later(1);
        let mine = http.get(&login, &line).await;
        assert!(
            list(&mine["open"])
                .iter()
                .any(|own| own["step"]["id"] == step.id.as_str() && own["mine"] == true)
        );
        // Who filed it does not handle it: the step is another role's.
        let whole = book.whole(&login, &step.id).await;
        let path = format!("POST {line}/steps/{}", step.id);
        let mut own = whole.clone();
        own["papers"] = json!([]);
        http.refused(unit, &path, own, 403, "R001").await;
        http.does(&login, &path, whole).await;
        steps += 1;
        assert!(steps < 10, "{page}");
    }
    assert!(steps >= 2, "checked by the township, entered by the office");
    book.verifies();
}
