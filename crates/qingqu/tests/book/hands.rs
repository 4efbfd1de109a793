//! Who acts for whom, on the pages: a role lent and taken, the names of both on what was done, a desk handed over and its list.

use std::sync::Arc;

use app::signin::{Attempt, Door, Secret};
use app::view::inbox::Place;
use app::{App, Command, Who};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use kernel::Date;
use kernel::id::{OrgId, PersonId};
use qingqu::cmd::verify;
use tower::ServiceExt;

use crate::house::House;

const PASSWORD: &str = "一渠清水如许-2019";

struct Today(App);

impl web::Clock for Today {
    fn today(&self) -> Date {
        self.0.today()
    }
}

/// The demonstration's book with a colleague beside one district officer, and the site over it.
struct Office {
    house: House,
    site: Router,
    door: Door,
    holder: PersonId,
    colleague: PersonId,
    org: OrgId,
    role: String,
}

/// What came back: where it leads, and the page.
struct Got {
    status: StatusCode,
    to: String,
    page: String,
}

impl Office {
    fn open() -> Office {
        let house = House::new();
        qingqu::demo::fill(&house.app, &house.clock, false).unwrap();
        let app = house.app.clone();
        let people = app.reads.persons(None).unwrap();
        let busy = |login: &str| {
            let row = people.iter().find(|row| row.login == login)?;
            let viewer = app.viewer(row.person, row.roles[0].org, &row.roles[0].role).unwrap()?;
            let todo = app.todo(&viewer).unwrap();
            todo.iter().any(|task| matches!(task.place, Place::CaseStep(..))).then_some(row.clone())
        };
        let districts =
            people.iter().map(|row| row.login.as_str()).filter(|login| login.starts_with("district-"));
        let holder = districts.into_iter().find_map(busy).unwrap();
        let (org, role) = (holder.roles[0].org, holder.roles[0].role.clone());
        let add = Command::AddPerson {
            name: "李四".into(),
            login: "lisi".into(),
            org,
            role: app::access::AUDITOR.into(),
        };
        let colleague = PersonId(house.submit(&Who::Program, add).unwrap().id.unwrap());
        for person in [holder.person, colleague] {
            app.set_password(person, Secret(PASSWORD)).unwrap();
        }
        let site = web::site(app.clone(), Arc::new(Today(app)), web::cookies::Transport::Any, Router::new());
        Office { house, site, door: Door::new(), holder: holder.person, colleague, org, role }
    }

    /// Signs in; the session's token.
    fn enter(&self, person: PersonId) -> String {
        let login = self.house.app.reads.person(person).unwrap().unwrap().login;
        let token = format!("{:064x}", person.get());
        let attempt = Attempt { login: &login, password: Secret(PASSWORD), token: &token };
        self.house.app.sign_in(&self.door, attempt).unwrap();
        token
    }

    async fn ask(&self, token: &str, path: &str, form: Option<String>) -> Got {
        let cookie = format!("qq_session_tianjin={token}");
        let request = Request::builder().uri(path).header(header::COOKIE, cookie);
        let request = match form {
            None => request.body(Body::empty()),
            Some(form) => request
                .method("POST")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(form)),
        };
        let response = self.site.clone().oneshot(request.unwrap()).await.unwrap();
        let to = response.headers().get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Got { status, to, page: String::from_utf8_lossy(&bytes).into_owned() }
    }

    async fn page(&self, token: &str, path: &str) -> String {
        let got = self.ask(token, path, None).await;
        assert_eq!(got.status, StatusCode::OK, "{path} leads to {}: {}", got.to, got.page);
        got.page
    }

    fn name(&self, person: PersonId) -> String {
        self.house.app.reads.person(person).unwrap().unwrap().name
    }

    fn lending(&self, until: Date) -> String {
        let (today, seat) = (self.house.app.today(), format!("{}%3A{}", self.org, self.role));
        format!("act=lend&key=k1&role={seat}&to={}&from={today}&until={until}&why=away", self.colleague)
    }
}

#[tokio::test]
async fn a_lent_role_is_taken_from_the_inbox_and_both_names_stand_on_what_was_done() {
    let office = Office::open();
    let (holder, colleague) = (office.enter(office.holder), office.enter(office.colleague));
    let of = office.name(office.holder);
    assert!(!office.page(&colleague, "/inbox").await.contains("办理</button>"), "nothing is lent yet");
    let until = office.house.app.today();
    let wrong =
        office.ask(&holder, "/account/lend", Some(office.lending(until).replace("why=away", "why="))).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let lent = office.ask(&holder, "/account/lend", Some(office.lending(until))).await;
    assert_eq!((lent.status, &*lent.to), (StatusCode::SEE_OTHER, "/account/lend"), "{}", lent.page);
    assert!(office.page(&holder, "/account/lend").await.contains(&format!("李四 代 {of}")));

    let inbox = office.page(&colleague, "/inbox").await;
    assert!(inbox.contains(&format!("代{of}办理")), "{inbox}");
    let viewer = office.house.app.lent_viewers(office.colleague).unwrap().remove(0);
    let todo = office.house.app.todo(&viewer).unwrap();
    let (case, step) = todo
        .iter()
        .find_map(|task| match &task.place {
            Place::CaseStep(case, step) => Some((*case, step.clone())),
            _ => None,
        })
        .unwrap();
    let place = format!("/cases/{case}/do/{step}");
    let take = format!("act=switch%3A{}%3A{}&next={}", office.org, office.role, place.replace('/', "%2F"));
    let taken = office.ask(&colleague, "/account", Some(take)).await;
    assert_eq!((taken.status, taken.to.as_str()), (StatusCode::SEE_OTHER, place.as_str()));
    assert!(
        office.page(&colleague, &place).await.contains(&format!("（代{of}）")),
        "the head of the page says for whom"
    );

    let remark = domain::case::Aside::Comment { text: "已电话核实".into() };
    office.house.submit(&viewer.who(), Command::Aside { case, aside: remark }).unwrap();
    let both = format!("李四 代 {of}");
    let acts = office.house.app.case_acts(&viewer, case).unwrap();
    assert!(acts.iter().any(|act| act.person == both), "{acts:?}");
    assert!(office.page(&colleague, &format!("/cases/{case}?tab=talk")).await.contains(&both));
    assert!(
        office.page(&holder, &format!("/cases/{case}")).await.contains("<h1"),
        "the holder goes on as before"
    );

    office.house.wait(24 * 60 * 60 * 1000);
    let colleague = office.enter(office.colleague);
    assert!(!office.page(&colleague, "/inbox").await.contains(&format!("代{of}办理")), "it ended by itself");
    same_when_replayed(&office);
}

#[tokio::test]
async fn a_desk_is_handed_over_with_a_list_to_print() {
    let office = Office::open();
    let holder = office.enter(office.holder);
    let path = format!("/handover/{}/{}", office.holder, office.org);
    let before = office.page(&holder, &path).await;
    assert!(before.contains("移交清单") && before.contains("尚未移交"), "{before}");
    let stranger = office.enter(office.colleague);
    assert_eq!(office.ask(&stranger, &path, None).await.status, StatusCode::NOT_FOUND);
    let form = format!("act=hand_over&key=k2&to={}&why=transfer", office.colleague);
    let done = office.ask(&holder, &path, Some(form)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    let token = office.enter(office.colleague);
    let list = office.page(&token, &done.to).await;
    for part in ["移交日期", "李四", &office.name(office.holder), "监交人"] {
        assert!(list.contains(part), "{part}: {list}");
    }
    let sheet = office.house.app.handed_over(office.holder).unwrap().remove(0);
    assert!(!sheet.open.is_empty());
    assert!(sheet.open.iter().all(|line| list.contains(&line.number)), "every waiting task is on the list");
    assert!(office.house.app.viewer(office.colleague, office.org, &office.role).unwrap().is_some());
    same_when_replayed(&office);
}

/// Every table is what a replay of the journal gives.
fn same_when_replayed(office: &Office) {
    let found = verify::differences(&office.house.data().book()).unwrap();
    assert!(found.lines.is_empty(), "{:?}", found.lines);
}
