//! Lists as files, over the whole site: however long a list is, its file has every row.

use app::command::{Filings, NewFiling};
use app::password::COST_SETTING;
use app::signin::{Attempt, Door, Secret};
use app::{Command, Who};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use super::approvals::oracle::tables;
use super::approvals::{Office, filler};
use super::gates::filing;
use crate::http::Http;

const PASSWORD: &str = "一渠清水如许-2019";
/// More than two pages of an export.
const ROWS: u32 = 1_050;

/// Files so many projects as one table.
fn fill(office: &Office) {
    let Command::Declare { form, papers, procedure, pack, .. } = filing(office, "library", None, |_| ())
    else {
        panic!()
    };
    let title = office.pack.procedures.get("library").unwrap().title_field.clone().unwrap();
    let row = |row: u32| {
        let mut form = form.clone();
        assert!(form.set("", None, &title, format!("第{row}号工程")));
        NewFiling { row, form, papers: papers.clone() }
    };
    let table = Filings { pack, procedure, rows: (1..=ROWS).map(row).collect() };
    office.submit("hn_unit0", Command::DeclareAll(table)).unwrap();
}

/// A page as text, for a person who is signed in.
async fn read(office: &Office, login: &str, path: &str) -> String {
    let Who::Person { person, .. } = office.cast.who(login).unwrap() else { panic!() };
    office.app.house.put_setting(COST_SETTING, "quick").unwrap();
    office.app.set_password(person, Secret(PASSWORD)).unwrap();
    let login = office.app.reads.person(person).unwrap().unwrap().login;
    let token = format!("{:064x}", person.get());
    let attempt = Attempt { login: &login, password: Secret(PASSWORD), token: &token };
    office.app.sign_in(&Door::new(), attempt).unwrap();
    let cookie = format!("qq_session_hunan={token}");
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let got = Http::over(&office.app, PASSWORD).send(request).await;
    assert_eq!(got.status, StatusCode::OK, "{path}");
    assert_eq!(got.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    String::from_utf8(got.bytes).unwrap()
}

#[tokio::test]
async fn a_list_is_exported_whole_however_long_it_is() {
    let office = Office::open(&filler::HUNAN, &[&tables::HUNAN_LIBRARY, &tables::HUNAN]);
    fill(&office);
    let rows = usize::try_from(ROWS).unwrap();
    for (path, more) in [("/cases.csv", 0), ("/library?format=csv", 1)] {
        let text = read(&office, "hn_office0", path).await;
        let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
        assert_eq!(lines.len(), 1 + rows + more, "{path}: {:?} {:?}", lines.first(), lines.last());
        assert!(lines[0].starts_with('\u{feff}') && text.matches('\u{feff}').count() == 1, "{path}");
        for row in [1, 500, 501, 1_000, 1_001, ROWS] {
            let named = format!("第{row}号工程");
            assert_eq!(lines.iter().filter(|line| line.contains(&named)).count(), 1, "{path}: {named}");
        }
        if more == 1 {
            let (sum, cells) = (lines.last().unwrap(), lines[1].split(',').collect::<Vec<_>>());
            assert!(sum.starts_with("合计,"), "{sum}");
            let at = lines[0].split(',').position(|head| head.starts_with("金额")).unwrap();
            let one: u128 = cells[at].replace('.', "").parse().unwrap();
            let all: u128 = sum.split(',').nth(at).unwrap().replace('.', "").parse().unwrap();
            assert_eq!(all, one * u128::from(ROWS), "every page is in the total");
        }
    }
}
