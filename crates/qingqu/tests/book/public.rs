//! The public portal on a book filled by the demonstration's story: the start page, running notices, an objection from its form to
//! its receipt, and what of it stays hidden.

use std::sync::Arc;

use crate::house::{House, holds};
use app::App;
use app::ports::Clock;
use app::print::{AttachmentFile, BadFile, Document, Press, PressFault};
use app::rows::NoticeOf;
use app::view::pack::Words;
use app::view::state::Reason;
use app::view::{Intake, NoticeLine, NoticePage, NoticeQuery, Objecting, Typed};
use app::{Answer, Failure, Request, Who};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request as Asked, header};
use qingqu::clock::DemoClock;
use qingqu::demo;
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};
use store::Database;
use testkit::poppler::Poppler;
use tower::ServiceExt;
use typeset::Typesetter;

fn told() -> House {
    let house = House::new();
    demo::fill(&house.app, &house.clock, false).unwrap();
    house
}

fn running(house: &House) -> NoticePage {
    let list = house.app.notices(&NoticeQuery::default()).unwrap();
    let line = list.open.first().expect("the story leaves a notice running");
    house.app.notice(line.row.about, None).unwrap().unwrap()
}

fn object(house: &House, notice: &NoticePage, key: &str, text: &str) -> Result<Answer, Failure> {
    let objecting = Objecting {
        case: notice.items.first().map(|item| item.case),
        text: text.into(),
        name: "周围群众".into(),
        contact: "13912345678".into(),
    };
    let command = house.app.objection(notice, key, &objecting)?;
    house.app.submit(Request { who: Who::Public, key: key.into(), command })
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Reason {
    match answer {
        Err(Failure::Refused(refusal)) => refusal.reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_start_page_shows_the_year_and_the_newest_notices() {
    let front = told().app.front().unwrap();
    let year = front.year.expect("a year is open");
    assert!(matches!(year.intake, Intake::Open(_, left) if left.n > 0), "{year:?}");
    assert!(!front.notices.is_empty() && !front.offices.is_empty() && !front.conditions.is_empty());
    let limits = front.way.iter().flat_map(|(_, steps)| steps).filter(|step| step.within.is_some()).count();
    assert!(limits >= 6, "steps with a time limit: {limits}");
}

#[test]
fn notices_are_listed_by_year_running_ones_first() {
    let house = told();
    let all = house.app.notices(&NoticeQuery::default()).unwrap();
    assert!(!all.open.is_empty() && !all.ended.is_empty());
    for year in &all.years {
        let of_year =
            house.app.notices(&NoticeQuery { year: Some(*year), ..NoticeQuery::default() }).unwrap();
        assert!(of_year.open.iter().chain(&of_year.ended).all(|line| line.row.year == *year), "{year}");
    }
    let notice = running(&house);
    assert!(
        notice.total.is_some() && notice.items.iter().all(|item| item.cells.len() == notice.columns.len())
    );
}

#[test]
fn an_objection_gives_a_receipt_and_sent_twice_it_is_one() {
    let house = told();
    let notice = running(&house);
    let before = house.app.reads.objections(notice.about).unwrap().len();
    let first = object(&house, &notice, "form-1", "金额有疑问").unwrap();
    let again = object(&house, &notice, "form-1", "金额有疑问").unwrap();
    let other = object(&house, &notice, "form-2", "金额有疑问").unwrap();
    assert_eq!(first.number, again.number);
    assert_ne!(first.number, other.number);
    assert_eq!(house.app.reads.objections(notice.about).unwrap().len(), before + 2);

    let receipt = house.app.receipt(&first.number.to_lowercase()).unwrap();
    assert_eq!((receipt.number.as_str(), receipt.text.as_str()), (first.number.as_str(), "金额有疑问"));
    assert_eq!((receipt.about, receipt.on, receipt.answer), (notice.about, house.app.today(), None));
    assert!(receipt.item.is_some() && receipt.answered_by.is_some());
    let shown = running(&house);
    assert!(shown.items[0].objections.iter().any(|one| one.answer.is_none()), "the item says that it waits");
    assert!(matches!(refused(house.app.receipt("YY-2222-2222")), Reason::NotFound { .. }));
}

#[test]
fn a_contact_lies_in_the_book_only_sealed() {
    let house = told();
    let notice = running(&house);
    object(&house, &notice, "form-1", "情况不实").unwrap();
    let bytes = house.bytes();
    assert!(holds(&bytes, "情况不实") && !holds(&bytes, "13912345678") && !holds(&bytes, "周围群众"));
}

#[test]
fn objections_are_taken_on_the_last_day_and_not_after_it() {
    let house = told();
    let notice = running(&house);
    house.clock.advance_to_day(notice.last);
    object(&house, &notice, "form-1", "最后一天").unwrap();
    house.clock.advance_to_day(notice.last.tomorrow().unwrap());
    assert!(matches!(refused(object(&house, &notice, "form-2", "晚了一天")), Reason::NoticeClosed {}));
    assert!(!house.app.notice(notice.about, None).unwrap().unwrap().running.is_open());
}

#[test]
fn what_was_never_posted_is_not_public() {
    let house = told();
    let posted = house.app.notices(&NoticeQuery::default()).unwrap();
    let last = posted
        .open
        .iter()
        .chain(&posted.ended)
        .map(|line| line.row.about.plan().unwrap().get())
        .max()
        .unwrap();
    for plan in [0, last + 1, 99] {
        assert!(
            house.app.notice(NoticeOf::Plan(kernel::id::PlanId(plan)), None).unwrap().is_none(),
            "{plan}"
        );
    }
}

#[test]
fn whether_one_qualifies_is_judged_by_the_terms_of_the_opened_year() {
    let house = told();
    let typed =
        Typed::from([("share".to_owned(), "30".to_owned()), ("as_of".to_owned(), "2019-11-01".to_owned())]);
    let said = house.app.qualify(&typed).unwrap();
    assert_eq!(said.year, Some(2019));
    assert!(said.values.first().is_some_and(|value| value.yearly));
    assert_eq!(said.answered, 1);
}

struct Still(kernel::Date);

impl web::Clock for Still {
    fn today(&self) -> kernel::Date {
        self.0
    }
}

/// Asks the whole site without signing in.
async fn asked(app: &App, path: &str) -> (u16, HeaderMap, Vec<u8>) {
    let clock = Arc::new(Still(app.today()));
    let site = web::site(app.clone(), clock, web::cookies::Transport::Any, axum::Router::new());
    let response = site.oneshot(Asked::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    (status, headers, to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
}

#[tokio::test]
async fn a_notice_is_handed_out_as_an_official_paper() {
    let house = told();
    let notice = running(&house);
    let (status, _, page) = asked(&house.app, &format!("/notices/{}", notice.address())).await;
    let path = format!("/notices/{}/notice.pdf", notice.address());
    assert!(status == 200 && holds(&page, &format!("{path}?number=")), "the page links to the paper");

    let (status, headers, pdf) = asked(&house.app, &path).await;
    assert_eq!((status, &headers[header::CONTENT_TYPE]), (200, &"application/pdf".parse().unwrap()));
    assert!(headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains(".pdf"));
    let Some(poppler) = Poppler::found().unwrap_or_else(|unread| panic!("{unread}")) else { return };
    let text: String = poppler.text(&pdf).unwrap().split_whitespace().collect();
    let mut parts: Vec<&str> = vec![&notice.number, &notice.title.zh, "—1—"];
    // Amounts are never broken over lines; names may be, in narrow columns.
    let amounts = notice.items.iter().flat_map(|item| &item.cells).filter(|cell| cell.money.is_some());
    parts.extend(amounts.map(|cell| cell.text.zh.as_str()));
    assert!(parts.len() > 3);
    for part in parts {
        assert!(text.contains(&part.split_whitespace().collect::<String>()), "{part}: {text}");
    }
    assert_eq!(asked(&house.app, "/notices/999/notice.pdf").await.0, 404);
}

/// A book of a policy whose projects are noticed one by one, as its demonstration tells it.
fn told_of_projects(policy: &str) -> (App, Arc<DemoClock>, tempfile::TempDir) {
    let tale = demo::tale(policy).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let dir = DataDir(folder.path().to_owned());
    let clock = Arc::new(DemoClock::at(tale.first_day));
    let seen = Arc::clone(&clock) as Arc<dyn Clock>;
    let database = Database::File(dir.book());
    let app = site::start_running(&database, &dir, Some(policy), seen, Arc::new(Seeded::new(5))).unwrap();
    (tale.fill)(&app, &clock, false).unwrap();
    (app, clock, folder)
}

/// Every line of a list, page by page.
fn every(app: &App, mut query: NoticeQuery) -> Vec<NoticeLine> {
    let mut lines = Vec::new();
    loop {
        let page = app.notices(&query).unwrap();
        lines.extend(page.open.into_iter().chain(page.ended));
        query.after = page.next;
        if query.after.is_none() {
            return lines;
        }
    }
}

#[tokio::test]
async fn a_notice_of_a_project_is_read_objected_to_and_taken_away_without_signing_in() {
    let (app, clock, _folder) = told_of_projects("xinjiang");
    let all = every(&app, NoticeQuery::default());
    assert!(all.len() > 3 && all.iter().all(|line| matches!(line.row.about, NoticeOf::Case(_))));
    let first_ended = all.iter().position(|line| !line.running.is_open()).unwrap_or(all.len());
    assert!(all[first_ended..].iter().all(|line| !line.running.is_open()), "running ones come first");

    let facets = app.notices(&NoticeQuery::default()).unwrap();
    assert!(!facets.years.is_empty() && facets.places.len() > 1, "{facets:?}");
    let inside: usize = facets
        .years
        .iter()
        .map(|year| every(&app, NoticeQuery { year: Some(*year), ..NoticeQuery::default() }).len())
        .sum();
    assert_eq!(inside, all.len(), "each notice is of one year");
    let (place, _) = facets.places.last().unwrap();
    let here = every(&app, NoticeQuery { place: Some(*place), ..NoticeQuery::default() });
    assert!(!here.is_empty() && here.iter().all(|line| line.row.place == Some(*place)), "{place}");

    let line = &all[0];
    let NoticeOf::Case(case) = line.row.about else { panic!("{line:?}") };
    let address = format!("/notices/c{case}");
    let (status, _, list) = asked(&app, &format!("/notices?place={place}")).await;
    assert!(status == 200 && holds(&list, &format!("/notices.csv?place={place}")));
    let (status, _, page) = asked(&app, &address).await;
    assert!(status == 200 && holds(&page, &line.row.number) && holds(&page, "/board.pdf?number="));
    for (file, kind) in [
        ("notice.pdf", "application/pdf"),
        ("board.pdf", "application/pdf"),
        ("notice.csv", "text/csv; charset=utf-8"),
        ("notice.json", "application/json"),
    ] {
        let (status, headers, _) = asked(&app, &format!("{address}/{file}")).await;
        assert_eq!((status, headers[header::CONTENT_TYPE].to_str().unwrap()), (200, kind), "{file}");
    }
    let (status, _, csv) = asked(&app, &format!("/notices.csv?place={place}")).await;
    assert_eq!((status, String::from_utf8(csv).unwrap().lines().count()), (200, here.len() + 1));
    let (_, _, json) = asked(&app, "/notices.json").await;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!((&json["complete"], json["notices"].as_array().unwrap().len()), (&true.into(), all.len()));
    assert_eq!(asked(&app, "/notices/c99999").await.0, 404);
    assert_eq!(asked(&app, "/notices/c99999/board.pdf").await.0, 404);

    let notice = app.notice(line.row.about, Some(&line.row.number)).unwrap().unwrap();
    let objecting =
        Objecting { text: "金额有疑问".into(), contact: "13912345678".into(), ..Objecting::default() };
    let object = |key: &str| {
        let command = app.objection(&notice, key, &objecting).unwrap();
        app.submit(Request { who: Who::Public, key: key.into(), command })
    };
    if !notice.running.is_open() {
        assert!(matches!(refused(object("form-0")), Reason::NoticeClosed {}));
        return;
    }
    let given = object("form-1").unwrap();
    assert_eq!(given.number, object("form-1").unwrap().number, "sent twice it is one");
    let receipt = app.receipt(&given.number.to_lowercase()).unwrap();
    assert_eq!((receipt.about, receipt.notice), (notice.about, Some(notice.number.clone())));
    assert!(receipt.answer.is_none() && receipt.answered_by.is_some());
    let (status, _, page) = asked(&app, &format!("/receipt?number={}", given.number)).await;
    assert!(status == 200 && holds(&page, "金额有疑问") && holds(&page, &format!("{address}?number=")));
    let waits = app.notice(notice.about, Some(&notice.number)).unwrap().unwrap();
    assert!(waits.objections.iter().any(|one| one.answer.is_none()), "the page says that it waits");
    clock.advance_to_day(notice.last.tomorrow().unwrap());
    assert!(matches!(refused(object("form-2")), Reason::NoticeClosed {}));
}

#[tokio::test]
async fn a_paper_that_cannot_be_set_says_why_and_what_to_do() {
    struct Rare;
    impl Press for Rare {
        fn pdf(&self, _: &Document) -> Result<Vec<u8>, PressFault> {
            let place = Words::new("标题", "the title");
            Err(PressFault::MissingGlyph { character: '䶮', place })
        }

        fn pages(&self, _: &AttachmentFile) -> Result<usize, BadFile> {
            Ok(1)
        }
    }
    let house = told();
    let path = format!("/notices/{}/notice.pdf", running(&house).address());
    let empty = tempfile::tempdir().unwrap();
    let presses: [(Arc<dyn Press>, u16, &str); 2] = [
        (Arc::new(Typesetter::in_folders([empty.path().to_owned()])), 503, "apt-get install fonts-noto-cjk"),
        (Arc::new(Rare), 422, "“䶮”（U+4DAE）"),
    ];
    for (press, expected, said) in presses {
        let mut app = house.app.clone();
        app.press = press;
        let (status, headers, page) = asked(&app, &path).await;
        assert_eq!(status, expected);
        assert!(headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
        assert!(holds(&page, said), "{}", String::from_utf8_lossy(&page));
    }
}
