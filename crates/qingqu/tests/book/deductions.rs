//! Hunan: a unit that was criticised loses the share on record of its part of the next year's money, unless somebody writes why not.

use std::collections::BTreeMap;

use app::view::money::{DEDUCTION, Entrant};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kernel::Money;
use kernel::id::ProjectId;
use kernel::ratio::Ratio;
use qingqu::demo::PASSWORD;
use qingqu::demo::cast::Cast;
use qingqu::demo::regimes::stage::{Prj, Stage};
use qingqu::demo::regimes::way;

use crate::years::Book;

fn spec(who: &'static str, name: &'static str, year: i16) -> Prj {
    Prj {
        who,
        money: ("development", "all", "industry"),
        name,
        place: "433101",
        village: "",
        year,
        link: "带动建档立卡贫困户86户",
        mechanism: "直接补助",
        levered: "0.00",
        lines: &[("seedlings", "种苗", "", "1620000.00")],
        contracts: &[],
    }
}

/// A book in which village-ping was criticised in 2018, with its project of 2019 and that of village-yun.
struct Criticised {
    book: Book,
    ping: ProjectId,
    yun: ProjectId,
    number: String,
}

fn criticised() -> Criticised {
    let book = Book::begin("hunan", true);
    let cast = Cast::of(&book.app, &book.people).unwrap();
    let mut stage = Stage::new(&book.app, &book.clock, &cast);
    book.on((2018, 3, 12));
    let old = spec("village-ping", "坪上村黄金茶基地", 2018);
    let (ping, yun) = (spec("village-ping", "坪上村加工厂", 2019), spec("village-yun", "云上村牛场", 2019));
    stage.approved(way("hunan").unwrap(), &[&old, &ping, &yun]).unwrap();
    let project = stage.project(&old).unwrap();
    stage.goes(&[project], "plan_approve").unwrap();
    stage.about(project, "office", "rectification", "criticise").unwrap();
    let orders = app::rows::CaseFilter {
        procedure: Some("rectification".into()),
        ..app::rows::CaseFilter::within(app::rows::Scope::All, 9)
    };
    let number = book.app.reads.cases(&orders).unwrap().rows.remove(0).number;
    let (ping, yun) = (stage.project(&ping).unwrap(), stage.project(&yun).unwrap());
    drop(stage);
    Criticised { book, ping, yun, number }
}

fn viewer(book: &Book, login: &str) -> app::view::Viewer {
    let row = book.app.reads.person_by_login(login).unwrap().unwrap();
    let held = row.roles.first().unwrap();
    book.app.viewer(row.person, held.org, &held.role).unwrap().unwrap()
}

fn entrant(project: ProjectId, name: &str) -> Entrant {
    let figures = ["people", "households"].map(|id| (id.to_owned(), Ratio::new(100, 1).unwrap()));
    Entrant {
        project,
        name: name.into(),
        figures: BTreeMap::from(figures),
        scores: Vec::new(),
        asked: Money::ZERO,
        grade: None,
        deduction: None,
    }
}

#[test]
fn next_years_formula_takes_the_share_on_record_unless_a_reason_is_written() {
    let Criticised { book, ping, yun, number } = criticised();
    let office = viewer(&book, "office");
    let by = office.pack.distributions.get("factors").unwrap().clone();
    let both = [ping, yun];
    let found = book.app.deductions(&office, "factors", 2019, &both).unwrap();
    let one = &found[&ping];
    assert_eq!(
        (found.len(), one.share, one.origin()),
        (1, Ratio::percent(60), format!("{number}（第十七条）"))
    );
    for (method, year) in [("factors", 2018), ("factors", 2020), ("competition", 2019)] {
        assert!(book.app.deductions(&office, method, year, &both).unwrap().is_empty(), "{method} {year}");
    }
    let tried = |struck: &[(ProjectId, &str)]| {
        let struck = struck.iter().map(|(project, why)| (*project, (*why).to_owned())).collect();
        let entrants = vec![entrant(ping, "坪上"), entrant(yun, "云上")];
        let entrants = book.app.with_deductions(&office, (&by, 2019), entrants, &struck).unwrap();
        book.app.try_allocation(
            &office,
            "factors",
            (Money::from_fen(140_000), Money::from_fen(100)),
            &entrants,
        )
    };
    let amounts = |struck: &[(ProjectId, &str)]| {
        let done = tried(struck).unwrap();
        done.portions.iter().map(|portion| (portion.amount.fen(), portion.without.fen())).collect::<Vec<_>>()
    };
    // Equal figures: 40 % of its part stays with the one, the other gains.
    assert_eq!(amounts(&[]), [(40_000, 70_000), (100_000, 70_000)]);
    assert_eq!(amounts(&[(ping, "受灾停工，不可抗力")]), [(70_000, 70_000), (70_000, 70_000)]);
    let app::Failure::Refused(refusal) = tried(&[(ping, " ")]).unwrap_err() else { panic!() };
    assert_eq!(refusal.reason.name(), "DeductionUnfounded");
    let why = tried(&[]).unwrap().portions[0].why.iter().find(|why| why.what == DEDUCTION).cloned().unwrap();
    assert_eq!(why.says, format!("{number}（第十七条），扣减60%"));
}

#[tokio::test]
async fn the_form_proposes_it_with_its_case_and_the_plan_keeps_the_reason() {
    let Criticised { book, ping, yun, number } = criticised();
    book.http.restart();
    let form = format!("login=office&password={}", web::cookies::encode(PASSWORD));
    let posted = |path: &str, cookie: &str, body: String| {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie.to_owned());
        request.body(Body::from(body)).unwrap()
    };
    let got = book.http.send(posted("/sign-in", "", form)).await;
    let cookie = got.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let path = "/allocations/new?money=development:all&year=2019&method=factors";
    let page = Request::get(path).header(header::COOKIE, &cookie).body(Body::empty()).unwrap();
    let html = String::from_utf8(book.http.send(page).await.bytes).unwrap();
    for part in [number.as_str(), "应扣减 60%", "第十七条", "不扣减的理由"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let number_of = |project| book.app.reads.project(project).unwrap().unwrap().number;
    let (first, second, box_of) = (number_of(ping), number_of(yun), format!("deduct.{ping}"));
    let fields = |why: &str| {
        let reason = format!("{box_of}.why");
        let fields = [
            ("money", "development:all"),
            ("year", "2019"),
            ("method", "factors"),
            ("basis", "2019年度项目申报指南"),
            ("total", "1400.00"),
            ("unit", "100"),
            ("lines.0.project", &first),
            ("lines.0.f0", "100"),
            ("lines.0.f1", "100"),
            ("lines.1.project", &second),
            ("lines.1.f0", "100"),
            ("lines.1.f1", "100"),
            (&box_of, "struck"),
            (&reason, why),
            ("act", "compute"),
        ];
        let pair = |(name, text): &(&str, &str)| {
            format!("{}={}", web::cookies::encode(name), web::cookies::encode(text))
        };
        fields.iter().map(pair).collect::<Vec<_>>().join("&")
    };
    let got = book.http.send(posted("/allocations/new", &cookie, fields(""))).await;
    let html = String::from_utf8(got.bytes).unwrap();
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{html}");
    assert!(html.contains("没有写明不扣的理由") && html.contains("第九条"), "{html}");
    let got = book.http.send(posted("/allocations/new", &cookie, fields("受灾停工"))).await;
    let html = String::from_utf8(got.bytes).unwrap();
    assert!(html.contains("应扣减60%，未扣：受灾停工") && html.contains("700.00"), "{html}");
    let made = fields("受灾停工").replace(&format!("{box_of}=struck"), &format!("{box_of}=made"));
    let got = book.http.send(posted("/allocations/new", &cookie, made)).await;
    let html = String::from_utf8(got.bytes).unwrap();
    assert!(html.contains("扣减60%") && html.contains(">400.00<") && html.contains(">1,000.00<"), "{html}");
}
