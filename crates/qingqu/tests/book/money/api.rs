//! The interface for other programs, over the whole site as it is served: a year of money from receipt to surplus, refusals as
//! problems, keys, passwords and lock-out, scope. Nothing is submitted beside the interface but the people and their offices.

use std::ops::Deref;

use app::password::COST_SETTING;
use app::signin::Secret;
use app::{Command, Request as Asked, Who};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::world::World;
use crate::http::{Http, basic};

const PASSWORD: &str = "一渠清水-2019:甲";

/// The site over a book whose people have passwords.
struct Site {
    world: World,
    http: Http,
}

impl Deref for Site {
    type Target = Http;

    fn deref(&self) -> &Http {
        &self.http
    }
}

impl Site {
    fn new() -> Site {
        let mut world = World::new();
        // A second township in another district, which sees nothing of the first.
        world.office("外区某镇", "120117", &["town", "auditor"], "far");
        world.app.house.put_setting(COST_SETTING, "quick").unwrap();
        for (_, who) in &world.people {
            let Who::Person { person, .. } = who else { panic!() };
            world.app.set_password(*person, Secret(PASSWORD)).unwrap();
        }
        let http = Http::over(&world.app, PASSWORD);
        Site { world, http }
    }
}

fn source(serial: u32, budget: &str) -> Value {
    json!({
        "fund": "main", "kind": "district", "level": "county", "document": format!("津财农〔2019〕{serial}号"),
        "purpose": "种养业", "code": "2130505", "year": 2019, "on": "2019-03-01", "budget": budget,
    })
}

/// A source with its cash, a project with lines, a contract, the letter, and 300.00 allotted to it.
struct Begun {
    site: Site,
    source: i64,
    project: i64,
    allocation: i64,
    ticket: String,
}

async fn begun() -> Begun {
    let site = Site::new();
    let source = site.does("finance", "POST /sources", source(1, "700.01")).await;
    let cash = json!({"on": "2019-03-01", "amount": "700.01", "voucher": "收1"});
    site.does("finance", &format!("POST /sources/{source}/receipts"), cash).await;
    let project = json!({
        "fund": "main", "side": "ours", "spending": "farming", "name": "大棚", "place": "120119",
        "unit": site.world.town.0, "year": 2019, "link": "带动20户",
    });
    let project = site.does("town", "POST /projects", project).await;
    let lines = json!({"lines": [
        {"key": "a", "name": "大棚设备", "amount": "200.00"},
        {"key": "b", "name": "到户补助", "nature": "household", "amount": "100.00"},
    ]});
    site.does("town", &format!("PUT /projects/{project}/lines"), lines).await;
    let contract = json!({
        "number": "合同1", "party": "供货公司", "account": "6222020000000001", "bank": "某农商银行",
        "amount": "200.00", "on": "2019-03-01",
    });
    site.does("town", &format!("PUT /projects/{project}/contracts/1"), contract).await;
    let ticket = site.ticket("town", "发票.pdf").await;
    let letter = json!({
        "place": format!("o{}", site.world.town), "name": "某镇人民政府", "demand": "letter", "document": "责任书1",
        "on": "2019-03-01", "papers": [ticket],
    });
    site.does("town", "POST /consents", letter).await;
    let draft = json!({"fund": "main", "side": "ours", "year": 2019, "text": {
        "basis": "领导小组会议", "lines": [{"project": project, "amount": "300.00"}],
    }});
    let allocation = site.does("finance", "POST /allocations", draft).await;
    let approval = json!({"step": "approve", "outcome": "agree", "stamp": "2019-03-01",
        "document": "扶领〔2019〕1号", "opinion": "同意"});
    site.does("leaders", &format!("POST /allocations/{allocation}/approval"), approval).await;
    Begun { site, source, project, allocation, ticket }
}

impl Begun {
    fn bill(&self, number: &str, amount: &str) -> Value {
        json!({"purpose": "progress", "bills": [{
            "budget_line": "a", "voucher": "invoice", "code": "012001900", "number": number, "dated": "2019-03-01",
            "payee": "c1", "amount": amount, "papers": [self.ticket],
        }]})
    }

    async fn approved(&self, number: &str, amount: &str) -> i64 {
        let line = format!("POST /projects/{}/claims", self.project);
        let claim = self.site.does("town", &line, self.bill(number, amount)).await;
        let check =
            json!({"step": "check", "verdicts": [{"line": 1, "approved": amount}], "opinion": "相符"});
        self.site.does("finance", &format!("POST /claims/{claim}/check"), check).await;
        let grant = json!({"step": "grant", "opinion": "同意支付"});
        self.site.does("leaders", &format!("POST /claims/{claim}/approval"), grant).await;
        claim
    }

    async fn payer(&self) {
        let payer = json!({"name": "扶贫资金专户", "account": "12000000000000009", "bank": "某农商银行"});
        let got = self.site.json("leaders", "PUT /funds/main/payer", &payer, &[]).await;
        assert_eq!(got.json()["account"], "****0009");
    }
}

#[tokio::test]
async fn a_year_runs_from_receipt_to_payment_and_surplus() {
    let begun = begun().await;
    let site = &begun.site;
    let one = begun.approved("001", "80.00").await;
    let two = begun.approved("002", "120.00").await;
    let due = site.get("finance", "/funds/main/due").await;
    assert_eq!(due["shares"].as_array().unwrap().len(), 2, "{due}");
    let picks =
        json!({"fund": "main", "picks": [{"claim": one, "payee": "c1"}, {"claim": two, "payee": "c1"}]});
    let batch = site.does("finance", "POST /batches", picks).await;
    begun.payer().await;

    // The file, once and again the same.
    let release = format!("POST /batches/{batch}/release");
    let file =
        site.json("leaders", &release, &json!({"form": "pain.001"}), &[("idempotency-key", "f1")]).await;
    assert_eq!(
        (file.status, &file.headers[header::CONTENT_TYPE]),
        (StatusCode::OK, &"application/xml".parse().unwrap())
    );
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    assert!(text.contains("<CtrlSum>200.00</CtrlSum>") && text.contains("6222020000000001"));
    let again = site.json("leaders", &release, &json!({"form": "csv"}), &[]).await;
    assert_eq!((again.bytes, &again.headers["x-file-digest"]), (file.bytes, &file.headers["x-file-digest"]));

    // What the bank says: looked at, then booked; one failed, one in doubt.
    let page = site.get("leaders", &format!("/batches/{batch}")).await;
    assert_eq!(page["payments"][0]["account"], "****0001");
    let name = |no: usize| page["payments"][no]["end_to_end"].as_str().unwrap().to_owned();
    let csv = format!(
        "端到端编号,金额,结果,日期,流水号,原因\n{},80.00,成功,2019-03-01,R1,\n{},120.00,失败,,,户名不符\nX9,5.00,成功,2019-03-01,R9,\n",
        name(0),
        name(1)
    );
    let line = format!("POST /batches/{batch}/results/preview");
    let seen = site.call("leaders", &line, &[("content-type", "text/csv")], Body::from(csv)).await.json();
    let effects: Vec<&str> =
        seen["lines"].as_array().unwrap().iter().map(|l| l["effect"].as_str().unwrap()).collect();
    assert_eq!(effects, ["paid", "failed", "unclear"]);
    assert_eq!(site.get("finance", "/funds").await["all"]["spent"], "0.00", "a preview books nothing");
    let book = json!({"ticket": seen["ticket"]});
    site.does("leaders", &format!("POST /batches/{batch}/results"), book).await;
    let found = site.get("finance", "/batches/exceptions").await;
    assert_eq!(
        (found["failed"].as_array().unwrap().len(), found["unclear"][0]["number"].as_i64()),
        (1, Some(1))
    );
    let settle = json!({"why": "他行款项"});
    site.does("leaders", &format!("POST /batches/{batch}/unclear/1"), settle).await;

    // Issued again, paid, told line by line.
    let again = json!({"fund": "main", "picks": [{"claim": two, "payee": "c1"}]});
    let second = site.does("finance", "POST /batches", again).await;
    let release = format!("POST /batches/{second}/release");
    assert_eq!(site.json("leaders", &release, &json!({"form": "csv"}), &[]).await.status, StatusCode::OK);
    let page = site.get("leaders", &format!("/batches/{second}")).await;
    let lines = json!({"lines": [{"end_to_end": page["payments"][0]["end_to_end"], "amount": "120.00",
        "paid": {"on": "2019-03-01", "reference": "R2"}}]});
    site.does("leaders", &format!("POST /batches/{second}/results"), lines).await;

    // Some comes back, the rest is surplus.
    let recover =
        json!({"payee": "c1", "amount": "50.00", "on": "2019-03-01", "voucher": "退1", "why": "审计核减"});
    site.does("finance", &format!("POST /projects/{}/recoveries", begun.project), recover).await;
    let close = json!({"on": "2019-03-01", "why": "完工"});
    site.does("town", &format!("POST /projects/{}/close", begun.project), close).await;

    let funds = site.get("finance", "/funds?year=2019").await;
    let all = &funds["all"];
    let figures = ["budget", "received", "spent", "committed", "quota", "pool", "clearing"]
        .map(|f| all[f].as_str().unwrap());
    assert_eq!(figures, ["700.01", "700.01", "150.00", "0.00", "550.01", "550.01", "0.00"]);
    let project = site.get("town", &format!("/projects/{}", begun.project)).await;
    assert_eq!((&project["surplus"], &project["project"]["standing"]), (&json!("100.00"), &json!("closed")));

    // Each fen both ways.
    let forward = site.get("finance", &format!("/sources/{}/trace", begun.source)).await;
    assert_eq!(
        (&forward["complete"], &forward["projects"][0]["payees"][0]["amount"]),
        (&json!(true), &json!("150.00"))
    );
    let backward = site.get("finance", &format!("/batches/{second}/payments/1/trace")).await;
    assert_eq!(backward["sources"][0]["amount"], "120.00");
    assert_eq!(backward["sources"][0]["source"]["id"], begun.source);
    let months = site.get("finance", "/funds/months?fund=main").await;
    assert_eq!((&months[0]["month"], &months[0]["total"]), (&json!("2019-03"), &json!("200.00")));
    let flow = site.get("finance", "/funds/flow?fund=main&year=2019").await;
    assert!(flow["nodes"].as_array().unwrap().iter().any(|node| node["key"] == "channel:district"), "{flow}");

    // The allocation's filing with its day, done.
    let allocation = site.get("finance", &format!("/allocations/{}", begun.allocation)).await;
    let filing = allocation["steps"].as_array().unwrap().iter().find(|step| step["files"] == true).unwrap();
    assert_eq!((&filing["state"], &filing["due"]), (&json!("open"), &json!("2019-03-15")));
    let step = json!({"document": "备〔2019〕1号", "on": "2019-03-01"});
    site.does("finance", &format!("POST /allocations/{}/steps/record", begun.allocation), step).await;

    // No account number is answered anywhere but in the bank's file.
    for path in
        [format!("/projects/{}", begun.project), format!("/batches/{batch}"), "/funds/main/due".into()]
    {
        assert!(!site.get("finance", &path).await.to_string().contains("62220200"), "{path}");
    }
}

#[tokio::test]
async fn lists_come_in_pages_and_files_go_back_to_those_who_see_them() {
    let begun = begun().await;
    let site = &begun.site;
    let rows = json!({"rows": [
        {"name": "王小明", "identity": "120225198001011234", "amount": "30.00"}, {"name": "李四", "amount": "20.50"},
    ]});
    let got = site.json("town", "POST /lists", &rows, &[]).await.json();
    assert_eq!((&got["list"]["rows"], &got["list"]["total"]), (&json!(2), &json!("50.50")));
    let claim = json!({"purpose": "subsidy", "bills": [{"budget_line": "b", "voucher": "roster", "number": "花1",
        "dated": "2019-03-01", "payee": "list", "amount": "50.50", "list": got["ticket"]}]});
    let line = format!("POST /projects/{}/claims", begun.project);
    let claim = site.does("town", &line, claim).await;
    let page = site.get("town", &format!("/claims/{claim}")).await;
    assert_eq!(page["bills"][0]["list"]["rows"], 2);
    let list = site.call("finance", &format!("GET /claims/{claim}/lists/1"), &[], Body::empty()).await;
    let text = String::from_utf8(list.bytes).unwrap();
    assert!(text.contains("\"****") && !text.contains("19800101"), "{text}");

    let mend = json!({"step": "check", "outcome": "mend", "opinion": "请核对户数"});
    site.does("finance", &format!("POST /claims/{claim}/turn-down"), mend).await;
    let bill = begun.bill("777", "10.00");
    site.does("town", &format!("PUT /claims/{claim}"), bill).await;
    let page = site.get("town", &format!("/claims/{claim}")).await;
    let hash = page["bills"][0]["papers"][0]["hash"].as_str().unwrap().to_owned();
    let file = site.call("town", &format!("GET /claims/{claim}/papers/{hash}"), &[], Body::empty()).await;
    assert_eq!(&file.headers[header::CONTENT_TYPE], "application/pdf");
    let parts = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4\n%%EOF\r\n--x--\r\n";
    let sent = [("content-type", "multipart/form-data; boundary=x")];
    let kept = site.call("town", "POST /papers", &sent, Body::from(parts)).await;
    assert_eq!((kept.status, &kept.json()["paper"]["name"]), (StatusCode::CREATED, &json!("a.pdf")));
    assert!(file.bytes.starts_with(b"%PDF-"));
    site.does("town", &format!("POST /claims/{claim}/withdrawal"), json!({"why": "另行办理"})).await;

    for serial in 10..40 {
        let name = json!({"fund": "main", "side": "ours", "spending": "farming", "name": format!("大棚{serial}"),
            "place": "120119", "unit": site.world.town.0, "year": 2019, "link": "带动20户"});
        site.does("town", "POST /projects", name).await;
    }
    let (mut seen, mut path) = (Vec::new(), "/projects?year=2019".to_owned());
    loop {
        let page = site.get("finance", &path).await;
        assert_eq!(page["total"], 31);
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/projects?year=2019&after={}", web::cookies::encode(next));
    }
    let mut sorted = seen.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    sorted.dedup();
    assert_eq!((seen.len(), &seen), (31, &sorted), "each once, newest first");

    let computed = json!({"method": "weights", "amount": "100.00", "unit": "0.01", "entrants": [
        {"project": seen[0], "name": "甲", "figures": {"poor": "30", "villages": "1"}, "grade": "good"},
        {"project": seen[1], "name": "乙", "figures": {"poor": "10", "villages": "1"}},
    ]});
    let head = site.world.app.reads.head().unwrap();
    let got = site.json("finance", "POST /allocations/distribution", &computed, &[]).await.json();
    assert_eq!(site.world.app.reads.head().unwrap(), head, "a proposal is no act");
    let (a, b) = (&got["portions"][0], &got["portions"][1]);
    assert_eq!((&a["without"], &b["without"]), (&json!("65.00"), &json!("35.00")), "{got}");
    assert!(a["amount"].as_str() > a["without"].as_str() && !a["why"].as_array().unwrap().is_empty());
    assert!(site.call("town", "GET /funds", &[], Body::empty()).await.status == StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn refusals_are_problems_with_code_article_and_what_to_do() {
    let begun = begun().await;
    let site = &begun.site;
    let problem = site.refused("finance", "POST /sources", source(1, "5.00"), 422, "R806").await;
    assert!(problem["article"].as_str().is_some_and(|article| !article.is_empty()), "{problem}");
    assert_eq!((&problem["type"], &problem["retry"]), (&json!("/api#R806"), &json!(false)));
    site.refused("finance", "POST /sources", source(2, "300.00"), 422, "R807").await;
    site.refused("town", "POST /sources", source(3, "1.00"), 403, "R001").await;
    site.refused(
        "finance",
        "POST /sources/99/receipts",
        json!({"on": "2019-03-01", "amount": "1.00", "voucher": "x"}),
        404,
        "R002",
    )
    .await;
    // What cannot be read names its place, and money is never a number.
    for (change, place) in [
        (json!({"budget": 5.5}), "budget"),
        (json!({"budget": "5"}), "budget"),
        (json!({"on": "2019-3-1"}), "on"),
        (json!({"budgte": "5.00"}), "budgte"),
        (json!({"level": "moon"}), "level"),
    ] {
        let mut body = source(7, "5.00");
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let problem = site.refused("finance", "POST /sources", body, 400, "A006").await;
        assert_eq!(problem["place"], place);
    }
    let line = format!("POST /projects/{}/claims", begun.project);
    let mut bill = begun.bill("001", "10.00");
    bill["bills"][0]["papers"] = json!(["made up"]);
    let problem = site.refused("town", &line, bill, 400, "A006").await;
    assert_eq!(problem["place"], "bills[0].papers[0]");
    site.refused("town", &line, begun.bill("001", "200.01"), 422, "R930").await;
    site.call("finance", "GET /sources?colour=red", &[], Body::empty()).await.problem(400, "A006");
    site.call("finance", "GET /nothing", &[], Body::empty()).await.problem(404, "A009");
    site.call("finance", "DELETE /sources", &[], Body::empty()).await.problem(405, "A010");
    site.call("finance", "GET /sources/abc", &[], Body::empty()).await.problem(404, "A009");
    site.call("finance", "POST /sources", &[("content-type", "text/plain")], Body::from("{}"))
        .await
        .problem(415, "A007");
    let large = Body::from(vec![b' '; 5 * 1024 * 1024]);
    site.call("finance", "POST /sources", &[("content-type", "application/json")], large)
        .await
        .problem(413, "A011");
    let script = json!({"name": "a.exe", "content": "TVqQAAMAAAA="});
    site.json("town", "POST /papers", &script, &[]).await.problem(422, "A008");
}

#[tokio::test]
async fn a_key_is_carried_out_once_and_is_the_callers_own() {
    let site = Site::new();
    let key = [("idempotency-key", "2019-1")];
    let first = site.json("finance", "POST /sources", &source(1, "300.00"), &key).await;
    let head = site.world.app.reads.head().unwrap();
    let again = site.json("finance", "POST /sources", &source(1, "300.00"), &key).await;
    assert_eq!((first.status, &first.bytes), (StatusCode::CREATED, &again.bytes));
    assert_eq!((again.status, site.world.app.reads.head().unwrap()), (StatusCode::CREATED, head));
    site.json("finance", "POST /sources", &source(2, "300.00"), &key).await.problem(409, "R004");
    // Another person's key of the same letters is another key.
    let project = json!({"fund": "main", "side": "ours", "spending": "farming", "name": "大棚", "place": "120119",
        "unit": site.world.town.0, "year": 2019, "link": "带动20户"});
    assert_eq!(site.json("town", "POST /projects", &project, &key).await.status, StatusCode::CREATED);
    // A refusal keeps no key: the same key works once the request is right.
    let key = [("idempotency-key", "2019-2")];
    site.json("finance", "POST /sources", &source(3, "900.00"), &key).await.problem(422, "R807");
    assert_eq!(
        site.json("finance", "POST /sources", &source(3, "90.00"), &key).await.status,
        StatusCode::CREATED
    );
    let long = "k".repeat(201);
    let got = site.json("finance", "POST /sources", &source(4, "1.00"), &[("idempotency-key", &long)]).await;
    assert_eq!(got.problem(400, "A006")["place"], "Idempotency-Key");
    // Ten requests at once with one key: one source.
    let body = source(5, "2.00");
    let one = || site.json("finance", "POST /sources", &body, &[("idempotency-key", "2019-3")]);
    let (a, b, c, d) = tokio::join!(one(), one(), one(), one());
    assert!([&b, &c, &d].into_iter().all(|got| got.bytes == a.bytes && got.status == StatusCode::CREATED));
}

#[tokio::test]
async fn passwords_are_those_of_the_sign_in_page_with_its_lock_out() {
    let site = Site::new();
    let nobody = Request::builder().uri("/api/v1/me").body(Body::empty()).unwrap();
    let got = site.send(nobody).await;
    got.problem(401, "A001");
    assert!(got.headers[header::WWW_AUTHENTICATE].to_str().unwrap().starts_with("Basic "));
    let with = |login: &str, password: &str| {
        let line = basic(login, password);
        Request::builder().uri("/api/v1/me").header(header::AUTHORIZATION, line).body(Body::empty()).unwrap()
    };
    let me = site.get("finance", "/me").await;
    assert_eq!(
        (&me["role"]["id"], &me["today"], &me["pack"]),
        (&json!("finance"), &json!("2019-03-01"), &json!("money"))
    );
    // Known callers do not prove the password anew, so that many calls are no tries.
    for _ in 0..30 {
        site.get("finance", "/me").await;
    }
    // Wrong tries on both doors count together; a name that nobody has answers alike.
    for login in ["leaders", "stranger"] {
        for left in [4, 3] {
            let problem = site.send(with(login, "wrong")).await.problem(401, "A002");
            assert!(problem["detail"].as_str().unwrap().contains(&format!("{left}次")), "{problem}");
        }
        let form = Body::from(format!("login={login}&password=wrong"));
        let page = Request::builder().method("POST").uri("/sign-in").body(form);
        let mut page = page.unwrap();
        page.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
        assert_eq!(site.send(page).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        site.send(with(login, "wrong")).await.problem(401, "A002");
        let got = site.send(with(login, "wrong")).await;
        got.problem(429, "A003");
        let got = site.send(with(login, PASSWORD)).await;
        let problem = got.problem(429, "A003");
        let wait = problem["wait"].as_u64().unwrap();
        assert!((890..=901).contains(&wait) && problem["retry"] == true, "{problem}");
        assert_eq!(got.headers[header::RETRY_AFTER], wait.to_string());
    }
    // A new password ends what was known.
    let Who::Person { person, .. } = site.world.who("finance") else { panic!() };
    site.world.app.set_password(person, Secret("另一个密码-2020")).unwrap();
    site.world.app.house.end_sessions(person).unwrap();
    site.send(with("finance", PASSWORD)).await.problem(401, "A002");
    assert_eq!(site.send(with("finance", "另一个密码-2020")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_first_password_opens_nothing_and_a_role_is_named_where_there_are_several() {
    let site = Site::new();
    let Who::Person { person, org, .. } = site.world.who("finance") else { panic!() };
    let Who::Person { org: leaders, .. } = site.world.who("leaders") else { panic!() };
    let grant = Command::GrantRole { person, org: leaders, role: "leaders".into() };
    site.world.app.submit(Asked { who: Who::Program, key: String::new(), command: grant }).unwrap();
    let got = site.call("finance", "GET /me", &[], Body::empty()).await;
    let problem = got.problem(403, "A005");
    assert_eq!(problem["roles"], json!([format!("{org}:finance"), format!("{leaders}:leaders")]));
    for (role, status) in [
        (format!("{org}:finance"), 200),
        (format!("{leaders}:leaders"), 200),
        (format!("{org}:leaders"), 403),
        (format!("{leaders}:administrator"), 403),
        ("finance".to_owned(), 403),
    ] {
        let got = site.call("finance", "GET /me", &[("x-role", &role)], Body::empty()).await;
        assert_eq!(got.status.as_u16(), status, "{role}");
    }
    let house = &site.world.app.house;
    let Who::Person { person, .. } = site.world.who("town") else { panic!() };
    let credential = house.credential(person).unwrap().unwrap();
    house.put_credential(&app::rows::Credential { must_change: true, ..credential }).unwrap();
    site.call("town", "GET /projects", &[], Body::empty()).await.problem(403, "A004");
}

#[tokio::test]
async fn what_lies_outside_the_scope_does_not_exist() {
    let begun = begun().await;
    let site = &begun.site;
    let project = begun.project;
    for path in [format!("/projects/{project}"), format!("/projects/{project}/claims")] {
        site.call("far-town", &format!("GET {path}"), &[], Body::empty()).await.problem(404, "R002");
    }
    assert_eq!(site.get("far-town", "/projects").await["total"], 0);
    let lines = json!({"lines": [{"key": "a", "name": "别的", "amount": "1.00"}]});
    site.refused("far-town", &format!("PUT /projects/{project}/lines"), lines, 404, "R002").await;
    let claim = begun.approved("001", "5.00").await;
    site.call("far-town", &format!("GET /claims/{claim}"), &[], Body::empty()).await.problem(404, "R002");
    // A ticket of another organisation is none.
    let mut bill = begun.bill("002", "5.00");
    bill["bills"][0]["papers"] = json!([begun.ticket]);
    let line = format!("POST /projects/{project}/claims");
    let problem = site.json("far-town", &line, &bill, &[]).await.problem(400, "A006");
    assert_eq!(problem["place"], "bills[0].papers[0]");
    // The journal is for those who audit; its head is for everybody.
    let head = site.get("far-town", "/journal/head").await;
    assert_eq!(head["size"], site.world.app.reads.head().unwrap().0);
    site.call("far-town", "GET /journal/acts", &[], Body::empty()).await.problem(404, "A009");
    let acts = site.get("far-auditor", "/journal/acts").await;
    let last = acts["items"][0]["seq"].as_u64().unwrap();
    assert_eq!((last + 1, &acts["head"]), (head["size"].as_u64().unwrap(), &head));
    let act = site.get("far-auditor", &format!("/journal/acts/{last}")).await;
    assert_eq!((&act["proof"]["holds"], &act["proof"]["hash"]), (&json!(true), &json!("sm3")));
    site.call("far-auditor", &format!("GET /journal/acts/{}", last + 1), &[], Body::empty())
        .await
        .problem(404, "A009");
}

#[tokio::test]
async fn browsers_of_other_sites_may_not_act_and_programs_may() {
    let site = Site::new();
    let body = source(1, "1.00");
    for refused in [
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site"), ("origin", "https://other.example")],
        vec![("origin", "https://other.example"), ("host", "localhost")],
    ] {
        site.json("finance", "POST /sources", &body, &refused).await.problem(403, "A012");
    }
    let head = site.world.app.reads.head().unwrap();
    let own = [("sec-fetch-site", "same-origin")];
    assert_eq!(site.json("finance", "POST /sources", &body, &own).await.status, StatusCode::CREATED);
    assert!(site.world.app.reads.head().unwrap().0 > head.0);
    // A program sends neither header.
    assert_eq!(
        site.json("finance", "POST /sources", &source(2, "1.00"), &[]).await.status,
        StatusCode::CREATED
    );
    // The session of the sign-in page opens the interface too, under the book's own cookie name.
    let form = Body::from(format!("login=finance&password={}", web::cookies::encode(PASSWORD)));
    let mut page = Request::builder().method("POST").uri("/sign-in").body(form).unwrap();
    page.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    let got = site.send(page).await;
    let cookie = got.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let with =
        Request::builder().uri("/api/v1/me").header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    assert_eq!(site.send(with).await.json()["role"]["id"], "finance");
    let page = Request::builder().uri("/api").body(Body::empty()).unwrap();
    assert_eq!(site.send(page).await.status, StatusCode::OK);
    let document = Request::builder().uri("/api/v1/openapi.json").body(Body::empty()).unwrap();
    assert_eq!(site.send(document).await.json()["openapi"], "3.1.0");
}
