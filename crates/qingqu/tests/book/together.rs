//! Several cases in one act, as a government meets them: its page lists what waits, one that cannot be done stops all and says why in
//! its row, and what was done by one paper is found again as a list, on paper and as a table. The same over the interface.

use app::rows::{CaseFilter, CaseRow, Scope};
use app::signin::Secret;
use app::view::state::Aside;
use app::{Command, Request as AppRequest, Who};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kernel::id::{CaseId, PersonId};
use qingqu::demo::PASSWORD;
use serde_json::{Value, json};
use testkit::poppler::Poppler;

use crate::http::{Got, Http};
use crate::regimes::{Told, tell};

const PAGE: &str = "/together/flow/decide_project";

/// The book of Hunan with three projects before the government, and a second person there who is kin to one of them.
struct Hall {
    told: Told,
    http: Http,
    waiting: Vec<CaseRow>,
}

impl Hall {
    fn open() -> Hall {
        let told = tell("hunan");
        let mut filter = CaseFilter::within(Scope::All, 500);
        filter.procedure = Some("flow".to_owned());
        filter.year = Some(2019);
        let mut waiting = told.app.reads.cases(&filter).unwrap().rows;
        waiting.sort_by_key(|row| row.case);
        assert_eq!(waiting.len(), 3);
        let http = Http::over(&told.app, PASSWORD);
        let hall = Hall { told, http, waiting };
        let second = hall.adds("government-2");
        let aside = Aside::Recuse { why: "与申报村负责人是亲属".to_owned() };
        hall.does(second, Command::Aside { case: hall.waiting[1].case, aside });
        hall
    }

    /// One more person of the government.
    fn adds(&self, login: &str) -> Who {
        let of = self.told.viewer("government");
        let add = Command::AddPerson {
            name: "第二人".to_owned(),
            login: login.to_owned(),
            org: of.org,
            role: of.role.clone(),
        };
        let person = PersonId(self.does(Who::Program, add));
        self.told.app.set_password(person, Secret(PASSWORD)).unwrap();
        Who::Person { person, org: of.org, role: of.role }
    }

    fn does(&self, who: Who, command: Command) -> i64 {
        let request = AppRequest { who, key: String::new(), command };
        self.told.app.submit(request).unwrap_or_else(|failure| panic!("{failure}")).id.unwrap_or_default()
    }

    async fn cookie(&self, login: &str) -> String {
        let form = format!("login={login}&password={}", web::cookies::encode(PASSWORD));
        let page = Request::builder()
            .method("POST")
            .uri("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .unwrap();
        let got = self.http.send(page).await;
        got.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    async fn file(&self, cookie: &str, path: &str) -> Got {
        let request = Request::builder().uri(path).header(header::COOKIE, cookie).body(Body::empty());
        self.http.send(request.unwrap()).await
    }

    async fn get(&self, cookie: &str, path: &str) -> (StatusCode, String) {
        text(self.file(cookie, path).await)
    }

    async fn sends(&self, cookie: &str, fields: &[(&str, &str)]) -> Got {
        let pair = |(name, text): &(&str, &str)| format!("{name}={}", web::cookies::encode(text));
        let body = fields.iter().map(pair).collect::<Vec<_>>().join("&");
        let request = Request::builder()
            .method("POST")
            .uri(PAGE)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.http.send(request.body(Body::from(body)).unwrap()).await
    }

    fn head(&self) -> u64 {
        self.told.app.reads.head().unwrap().0
    }

    fn stage(&self, case: CaseId) -> String {
        self.told.app.reads.case(case).unwrap().unwrap().stage
    }
}

fn text(got: Got) -> (StatusCode, String) {
    (got.status, String::from_utf8(got.bytes).unwrap())
}

/// The row of a case in the table of a page.
fn row_of(html: &str, case: CaseId) -> &str {
    let name = format!("name=\"pick.{case}\"");
    html.split("<tr").find(|row| row.contains(&name)).unwrap_or_else(|| panic!("no row of {case}: {html}"))
}

fn ticked(html: &str, case: CaseId) -> bool {
    let row = row_of(html, case);
    let at = row.find("type=\"checkbox\"").unwrap();
    row[at..].split('>').next().unwrap().contains("checked")
}

#[tokio::test]
async fn three_projects_are_approved_by_one_paper() {
    let hall = Hall::open();
    let ids: Vec<CaseId> = hall.waiting.iter().map(|row| row.case).collect();
    let picks: Vec<String> = ids.iter().map(|id| format!("pick.{id}")).collect();
    let day = hall.told.app.today().to_string();
    let typed = |number: &'static str| {
        let mut fields: Vec<(&str, &str)> = picks.iter().map(|pick| (pick.as_str(), "yes")).collect();
        fields.extend([
            ("key", number),
            ("on", day.as_str()),
            ("opinion", "审定同意"),
            ("fact.other_rules", "false"),
            ("fact.addition_reasoned", "false"),
            ("note.number", number),
            ("act", "outcome:approve"),
        ]);
        fields
    };

    // Who is kin to one of them finds that one marked and not ticked; sent all the same, nothing is done.
    let kin = hall.cookie("government-2").await;
    let (status, html) = hall.get(&kin, PAGE).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!([0, 1, 2].map(|at| ticked(&html, ids[at])), [true, false, true]);
    assert!(row_of(&html, ids[1]).contains("亲属"), "{}", row_of(&html, ids[1]));
    assert!(html.contains("2 件，2 个单位"), "the figures of what is ticked");
    assert!(html.contains("一次性下达") && html.contains("60%"), "what the rules say of all of them");
    let before = hall.head();
    let (status, html) = text(hall.sends(&kin, &typed("吉政函〔2019〕3号")).await);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(row_of(&html, ids[1]).contains("R976"), "{}", row_of(&html, ids[1]));
    assert!(html.contains("有 1 件不能办"), "{html}");
    assert!([0, 1, 2].iter().all(|at| ticked(&html, ids[*at])), "what was ticked stays");
    assert!(html.contains("value=\"吉政函〔2019〕3号\""), "what was typed stays");
    assert_eq!(hall.head(), before, "nothing was done");

    // Whoever has nothing to do with them approves all by one paper.
    let government = hall.cookie("government").await;
    let (_, inbox) = hall.get(&government, "/inbox").await;
    assert!(inbox.contains(&format!("href=\"{PAGE}\"")) && inbox.contains("3 件一起办"), "{inbox}");
    let (_, html) = hall.get(&government, PAGE).await;
    assert!(ids.iter().all(|id| ticked(&html, *id)));
    let mut unwritten = typed("吉政函〔2019〕3号");
    unwritten.retain(|(name, _)| *name != "note.number");
    assert_eq!(hall.sends(&government, &unwritten).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hall.head(), before);
    let done = hall.sends(&government, &typed("吉政函〔2019〕3号")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&done.bytes));
    let list = done.headers[header::LOCATION].to_str().unwrap().to_owned();
    assert_eq!(list, format!("/cases/{}/together/decide_project", ids[0]));
    assert_eq!(hall.head() - before, 3, "one act a case");
    assert!(ids.iter().all(|id| hall.stage(*id) != hall.waiting[0].stage));

    // It is found again: from each case, as a page and as a table; each of them said yes by itself and all of them at once.
    let (_, page) = hall.get(&government, &format!("/cases/{}/together/decide_project", ids[2])).await;
    let all =
        |text: &str| hall.waiting.iter().all(|row| text.contains(&row.number) && text.contains(&row.title));
    assert!(all(&page) && page.contains("吉政函〔2019〕3号") && page.contains("2,111,000.00"), "{page}");
    let (_, csv) = hall.get(&government, &format!("{list}/list.csv")).await;
    assert!(all(&csv) && csv.contains("925000.00"), "{csv}");
    let pdf = hall.file(&government, &format!("{list}/list.pdf")).await;
    assert_eq!(pdf.status, StatusCode::OK, "{}", String::from_utf8_lossy(&pdf.bytes));
    if let Some(poppler) = Poppler::found().unwrap_or_else(|unread| panic!("{unread}")) {
        let paper: String = poppler.text(&pdf.bytes).unwrap().split_whitespace().collect();
        for said in ["吉政函〔2019〕3号", "925,000.00", "2,111,000.00", "负责人（签字）", "吉首市人民政府"]
        {
            assert!(paper.contains(said), "{said}: {paper}");
        }
    }
    let (_, case) = hall.get(&government, &format!("/cases/{}?tab=timeline", ids[1])).await;
    assert!(case.contains("与其他 2 件一并办理"), "{case}");

    // A village sees its own line of the list and that there are others.
    let village = hall.cookie("village-ping").await;
    let own = hall.waiting.iter().find(|row| row.title == "坪上村百合种植").unwrap();
    let (_, seen) = hall.get(&village, &format!("/cases/{}/together/decide_project", own.case)).await;
    assert!(seen.contains(&own.number) && seen.contains("另有 2 件不在您的查看范围内"), "{seen}");
    let other = hall.waiting.iter().find(|row| row.case != own.case).unwrap();
    assert!(!seen.contains(&other.title));
    let (status, _) = hall.get(&village, &format!("/cases/{}/together/decide_project", other.case)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (_, empty) = hall.get(&government, PAGE).await;
    assert!(empty.contains("没有等您办这一步的件"), "{empty}");
}

#[tokio::test]
async fn a_program_approves_all_or_none() {
    let hall = Hall::open();
    let ids: Vec<i64> = hall.waiting.iter().map(|row| row.case.get()).collect();
    let says = |cases: &[i64], number: &str| -> Value {
        let fact = |fact: &str| json!({"fact": fact, "value": "false", "basis": "查阅"});
        json!({"cases": cases, "step": "decide_project", "act": {
            "outcome": "approve", "opinion": "同意", "on": hall.told.app.today().to_string(),
            "records": [fact("other_rules"), fact("addition_reasoned")], "notes": {"number": number},
        }})
    };
    let problem = hall.http.refused("government-2", "POST /together", says(&ids, "1号"), 422, "R1030").await;
    let named: Vec<_> =
        problem["cases"].as_array().unwrap().iter().map(|one| (&one["case"], &one["code"])).collect();
    assert_eq!(named, [(&json!(ids[1]), &json!("R976"))]);
    assert!(problem["detail"].as_str().unwrap().contains(&hall.waiting[1].number));
    hall.http.refused("government", "POST /together", says(&[], "1号"), 422, "R1031").await;
    hall.http.refused("government", "POST /together", says(&[ids[0], ids[0]], "1号"), 422, "R1031").await;
    let village =
        hall.http.refused("village-ping", "POST /together", says(&ids[..1], "1号"), 403, "R001").await;
    assert!(village["cases"].is_null());
    // The same key answers what the first answered; the acts are there once.
    let key = [("idempotency-key", "three-by-one")];
    let before = hall.head();
    let first = hall.http.json("government", "POST /together", &says(&ids, "1号"), &key).await.json();
    let again = hall.http.json("government", "POST /together", &says(&ids, "1号"), &key).await.json();
    assert_eq!((&first["id"], &first["seq"]), (&again["id"], &again["seq"]), "{again}");
    assert_eq!((first["number"].as_str(), hall.head() - before), (Some("3"), 3));
    hall.http.refused("government", "POST /together", says(&ids[..2], "1号"), 422, "R1032").await;
    hall.told.verifies();
}
