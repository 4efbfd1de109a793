//! Habits of approval by program: remarks, copies, urging, standing aside, look-alikes, roles lent, desks handed over. What comes
//! of them stands in the inbox and is rebuilt from the journal.

use std::collections::BTreeSet;

use app::signin::Secret;
use app::view::Viewer;
use app::view::inbox::Place;
use app::view::state::Aside;
use app::{App, Command, Who};
use axum::body::Body;
use kernel::id::{CaseId, OrgId, PersonId};
use qingqu::cmd::verify;
use serde_json::{Value, json};

use crate::gates;
use crate::house::House;
use crate::http::Http;

const PASSWORD: &str = "一渠清水如许-2019";

/// The demonstration's book, a district officer with a task on a case, and an auditor.
struct Office {
    house: House,
    http: Http,
    officer: Viewer,
    login: String,
    case: CaseId,
    step: String,
}

impl Office {
    fn open() -> Office {
        let house = House::new();
        qingqu::demo::fill(&house.app, &house.clock, false).unwrap();
        let app = house.app.clone();
        let (officer, case, step) =
            logins(&app, "district-").iter().find_map(|login| busy(&app, login)).unwrap();
        let login = app.reads.person(officer.person).unwrap().unwrap().login;
        let (org, role) = (officer.org, app::access::AUDITOR.to_owned());
        let auditor = Command::AddPerson { name: "王五".into(), login: "wangwu".into(), org, role };
        house.submit(&Who::Program, auditor).unwrap();
        for person in app.reads.persons(None).unwrap() {
            app.set_password(person.person, Secret(PASSWORD)).unwrap();
        }
        let http = Http::over(&app, PASSWORD);
        Office { house, http, officer, login, case, step }
    }

    /// Somebody of another organisation who sees the case, with the role.
    fn other(&self) -> (String, String) {
        let app = &self.house.app;
        let people = app.reads.persons(None).unwrap();
        let sees = |row: &app::rows::PersonRow| {
            let held = row.roles.first()?;
            let viewer = app.viewer(row.person, held.org, &held.role).unwrap()?;
            let known = viewer.pack.roles.has(&held.role) && held.org != self.officer.org;
            let one_role = row.roles.len() == 1;
            (known && one_role && app.case(&viewer, self.case).is_ok())
                .then(|| (row.login.clone(), held.role.clone()))
        };
        people.iter().find_map(sees).unwrap()
    }

    fn path(&self, of: &str) -> String {
        format!("/cases/{}/{of}", self.case)
    }

    /// Every table is what a replay of the journal gives.
    fn same_when_replayed(&self) {
        let found = verify::differences(&self.house.data().book()).unwrap();
        assert!(found.lines.is_empty(), "{:?}", found.lines);
    }
}

fn logins(app: &App, begin: &str) -> Vec<String> {
    let people = app.reads.persons(None).unwrap().into_iter().map(|row| row.login);
    people.filter(|login| login.starts_with(begin)).collect()
}

/// Somebody with one role who has a step of a case to do.
fn busy(app: &App, login: &str) -> Option<(Viewer, CaseId, String)> {
    let row = app.reads.person_by_login(login).unwrap()?;
    let held = row.roles.first().filter(|_| row.roles.len() == 1)?;
    let viewer = app.viewer(row.person, held.org, &held.role).unwrap()?;
    let todo = app.todo(&viewer).unwrap();
    let (case, step) = todo.into_iter().find_map(|task| match task.place {
        Place::CaseStep(case, step) => Some((case, step)),
        _ => None,
    })?;
    Some((viewer, case, step))
}

fn texts(of: &Value) -> Vec<&str> {
    of["items"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn remarks_copies_and_urgings_are_written_and_read() {
    let office = Office::open();
    let (http, me) = (&office.http, office.login.as_str());
    let (other, role) = office.other();
    http.does(me, &format!("POST {}", office.path("remarks")), json!({"text": "已电话核实"})).await;
    http.does(me, &format!("POST {}", office.path("copies")), json!({"role": role, "text": "供参考"})).await;
    http.does(
        &other,
        &format!("POST {}", office.path("urgings")),
        json!({"step": office.step, "text": "请尽快"}),
    )
    .await;
    let said = http.get(me, &office.path("remarks")).await;
    assert_eq!(texts(&said)[..3], ["请尽快", "供参考", "已电话核实"], "the newest first");
    assert!(said["roles"].as_array().unwrap().iter().any(|one| one["id"] == role.as_str()), "{said}");
    assert!(said["open"].as_array().unwrap().iter().any(|one| one["id"] == office.step.as_str()), "{said}");

    let copies = http.get(&other, "/copies").await;
    assert_eq!((texts(&copies)[0], &copies["items"][0]["case"]), ("供参考", &json!(office.case.0)));
    let inbox = office.house.app.inbox(&office.officer, None).unwrap();
    let urged =
        inbox.todo.iter().find(|task| task.place == Place::CaseStep(office.case, office.step.clone()));
    assert_eq!(urged.unwrap().urged, Some(office.house.app.today()));
    office.same_when_replayed();
}

#[tokio::test]
async fn what_may_not_be_said_is_refused() {
    let office = Office::open();
    let (http, me) = (&office.http, office.login.as_str());
    for (line, body, status, code) in [
        ("remarks", json!({"text": "  "}), 422, "R107"),
        ("copies", json!({"role": "nobody"}), 404, "R002"),
        ("urgings", json!({"step": "nothing", "text": "请办"}), 422, "R301"),
        ("urgings", json!({"step": office.step, "text": ""}), 422, "R107"),
        ("recusals", json!({"why": ""}), 422, "R107"),
        ("comparisons", json!({"other": 0, "same": true, "why": "同一地点"}), 422, "R982"),
        ("remarks", json!({"text": "好", "to": "all"}), 400, "A006"),
    ] {
        http.refused(me, &format!("POST {}", office.path(line)), body, status, code).await;
    }
    for (line, body) in [
        ("remarks", json!({"text": "看过"})),
        ("copies", json!({"role": office.officer.role})),
        ("urgings", json!({"step": office.step, "text": "请办"})),
        ("recusals", json!({"why": "亲属"})),
    ] {
        http.refused("wangwu", &format!("POST {}", office.path(line)), body, 403, "R001").await;
    }
    let admin = logins(&office.house.app, "admin").remove(0);
    let unseen = http.call(&admin, "GET /copies", &[], Body::empty()).await;
    unseen.problem(404, "A009");
    let unseen = http.call(&admin, &format!("GET {}", office.path("remarks")), &[], Body::empty()).await;
    unseen.problem(404, "R002");
}

#[tokio::test]
async fn no_copy_is_lost_however_many_come_after_it() {
    let office = Office::open();
    let (other, role) = office.other();
    let app = &office.house.app;
    let before = office.http.get(&other, "/copies").await["total"].as_u64().unwrap();
    for number in 0..120 {
        let aside = Aside::Copy { role: role.clone(), text: format!("第{number}次") };
        office.house.submit(&office.officer.who(), Command::Aside { case: office.case, aside }).unwrap();
    }
    for _ in 0..1_000 {
        let aside = Aside::Comment { text: "办理中".into() };
        office.house.submit(&office.officer.who(), Command::Aside { case: office.case, aside }).unwrap();
    }
    let (mut seen, mut after) = (BTreeSet::new(), String::new());
    loop {
        let page = office.http.get(&other, &format!("/copies{after}")).await;
        assert_eq!(page["total"].as_u64(), Some(before + 120));
        seen.extend(texts(&page).into_iter().map(str::to_owned));
        match page["next"].as_str() {
            Some(next) => after = format!("?after={next}"),
            None => break,
        }
    }
    assert!((0..120).all(|number| seen.contains(&format!("第{number}次"))), "{seen:?}");
    let row = app.reads.person_by_login(&other).unwrap().unwrap();
    let viewer = app.viewer(row.person, row.roles[0].org, &role).unwrap().unwrap();
    let first = app.inbox(&viewer, None).unwrap().copies;
    assert_eq!((first.rows.len(), first.rows[0].text.as_str()), (50, "第119次"));
}

#[tokio::test]
async fn who_stands_aside_acts_no_more() {
    let office = Office::open();
    let (http, me) = (&office.http, office.login.as_str());
    let look = http.get(me, &office.path("comparisons")).await;
    assert_eq!((&look["items"], &look["may_compare"]), (&json!([]), &json!(true)));
    http.does(me, &format!("POST {}", office.path("recusals")), json!({"why": "与申报人是亲属"})).await;
    let said = http.get(me, &office.path("remarks")).await;
    assert_eq!(said["recused"], "与申报人是亲属");
    let step = json!({"outcome": "accept", "opinion": "同意", "on": office.house.app.today().to_string()});
    let line = format!("POST {}", office.path(&format!("steps/{}", office.step)));
    http.refused(me, &line, step, 422, "R976").await;
}

#[tokio::test]
async fn look_alikes_are_shown_side_by_side_and_told_apart() {
    let office = gates::hunan();
    let file = || {
        let answer = office.submit("hn_unit0", gates::filing(&office, "library", None, |_| ())).unwrap();
        answer.id.unwrap()
    };
    let (first, second) = (file(), file());
    let viewer = office.viewer_of("hn_office0");
    office.app.set_password(viewer.person, Secret(PASSWORD)).unwrap();
    let login = office.app.reads.person(viewer.person).unwrap().unwrap().login;
    let http = Http::over(&office.app, PASSWORD);
    let path = format!("/cases/{second}/comparisons");
    let look = http.get(&login, &path).await;
    let alike = &look["items"][0];
    assert_eq!(
        (&alike["other"], &alike["same"], &look["may_compare"]),
        (&json!(first), &json!(null), &json!(true))
    );
    let lines = alike["lines"].as_array().unwrap();
    assert!(lines.len() > 3 && lines.iter().all(|line| line["here"] == line["there"]), "{look}");
    let said = json!({"other": first, "same": false, "why": "两处地点，相隔十里"});
    http.does(&login, &format!("POST {path}"), said).await;
    let look = http.get(&login, &path).await;
    let told = &look["items"][0];
    assert_eq!((&told["same"], &told["why"]), (&json!(false), &json!("两处地点，相隔十里")));
}

#[tokio::test]
async fn a_role_is_lent_and_given_back_by_program() {
    let office = Office::open();
    let (http, me, today) = (&office.http, office.login.as_str(), office.house.app.today().to_string());
    let (org, role) = (office.officer.org.0, office.officer.role.clone());
    let wangwu = office.house.app.reads.person_by_login("wangwu").unwrap().unwrap().person.0;
    let lend = |to: i64, until: &str, why: &str| json!({"org": org, "role": role, "to": to, "from": today, "until": until, "why": why});
    let before = http.get(me, "/lendings").await;
    assert!(before["colleagues"].as_array().unwrap().iter().any(|one| one["person"] == wangwu), "{before}");
    for (body, code) in [
        (lend(office.officer.person.0, &today, "出差"), "R1012"),
        (lend(wangwu, "2019-01-01", "出差"), "R1014"),
        (lend(wangwu, &today, " "), "R107"),
    ] {
        http.refused(me, "POST /lendings", body, 422, code).await;
    }
    http.refused("wangwu", "POST /lendings", lend(wangwu, &today, "出差"), 422, "R1011").await;
    http.does(me, "POST /lendings", lend(wangwu, &today, "出差")).await;
    let seat = format!("{org}:{role}");
    let in_seat = [("x-role", seat.as_str())];
    let lent = http.call("wangwu", "GET /lendings", &in_seat, Body::empty()).await.json();
    assert_eq!((&lent["lendings"][0]["to"], &lent["lendings"][0]["why"]), (&json!(wangwu), &json!("出差")));
    let remark = json!({"text": "代为核实"});
    let line = format!("POST {}", office.path("remarks"));
    let done = http.json("wangwu", &line, &remark, &in_seat).await;
    assert!(done.status.is_success(), "{}", String::from_utf8_lossy(&done.bytes));

    let end = json!({"of": office.officer.person.0, "org": org, "role": role, "to": wangwu, "from": today});
    let (stranger, _) = office.other();
    http.refused(&stranger, "POST /lendings/end", end.clone(), 403, "R001").await;
    http.does(me, "POST /lendings/end", end.clone()).await;
    http.refused(me, "POST /lendings/end", end, 404, "R002").await;
    http.json("wangwu", &line, &remark, &in_seat).await.problem(403, "A005");
    office.same_when_replayed();
}

#[tokio::test]
async fn a_desk_is_handed_over_by_program() {
    let office = Office::open();
    let (http, me) = (&office.http, office.login.as_str());
    let (person, org) = (office.officer.person.0, office.officer.org.0);
    let wangwu = office.house.app.reads.person_by_login("wangwu").unwrap().unwrap().person;
    let path = format!("/handovers/{person}/{org}");
    let sheet = http.get(me, &path).await;
    assert!(sheet["open"].as_array().is_some_and(|open| !open.is_empty()), "{sheet}");
    let hidden = http.call("wangwu", &format!("GET {path}"), &[], Body::empty()).await;
    hidden.problem(404, "A009");
    let line = format!("POST {path}");
    http.refused("wangwu", &line, json!({"to": wangwu.0, "why": "调动"}), 403, "R001").await;
    http.refused(me, &line, json!({"to": person, "why": "调动"}), 422, "R1021").await;
    http.refused(me, &line, json!({"to": wangwu.0, "why": ""}), 422, "R107").await;
    http.does(me, &line, json!({"to": wangwu.0, "why": "调动"})).await;
    let app = &office.house.app;
    assert!(app.viewer(PersonId(wangwu.0), OrgId(org), &office.officer.role).unwrap().is_some());
    assert!(app.viewer(PersonId(person), OrgId(org), &office.officer.role).unwrap().is_none());
    office.same_when_replayed();
}
