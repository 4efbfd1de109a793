//! Monthly reports, level by level: the counties' figures come from what was filed and booked in their own region, the prefecture's are
//! their sum, and who has not reported is seen by everybody above.

use std::collections::BTreeMap;

use app::view::inbox::Place;
use app::view::reports::{Figure, MonthState, Value};
use app::{Command, Failure};
use kernel::id::OrgId;
use kernel::{Date, Money};
use serde_json::{Value as Json, json};

use crate::http::Http;
use crate::regimes::{Told, tell};

const PASSWORD: &str = "qingqu-demo-2019";
const COUNTY: &str = "monthly_report";
const PREFECTURE: &str = "prefecture_report";

fn values(figures: &[Figure]) -> BTreeMap<&str, Value> {
    figures.iter().map(|figure| (figure.head.id.as_str(), figure.value)).collect()
}

fn yuan(text: &str) -> Value {
    Value::Money(Money::parse_yuan(text).unwrap())
}

fn org(told: &Told, login: &str) -> OrgId {
    told.viewer(login).org
}

#[test]
fn a_county_counts_what_was_booked_in_its_own_region() {
    let told = tell("xinjiang");
    let of = |login: &str, period: &str| {
        told.app.filed_report(&told.viewer(login), period, COUNTY, org(&told, login)).unwrap()
    };
    // The five channels as they arrived, and what the project plans of March allotted.
    assert_eq!(values(&of("office", "2019-01").figures)["arrived"], yuan("42800000.00"));
    let march = of("office", "2019-03");
    assert_eq!(values(&march.figures)["allotted"], yuan("43526000.00"));
    assert_eq!(
        march.figures.iter().find(|f| f.head.id == "arrived").unwrap().before,
        Some(yuan("18200000.50"))
    );
    // Paid in April, in May, and in the year: less what was recovered in August.
    let paid = |period: &str| values(&of("office", period).figures)["paid"];
    assert_eq!(paid("2019-04"), yuan("9375000.00"));
    assert_eq!(paid("2019-08"), yuan("-20000.00"));
    let so_far: i64 = (1..=9)
        .map(|month| match paid(&format!("2019-{month:02}")) {
            Value::Money(money) => money.fen(),
            Value::Count(_) => panic!("money"),
        })
        .sum();
    assert_eq!(values(&of("office", "2019-09").figures)["paid_year"], Value::Money(Money::from_fen(so_far)));
    // Three works begin in April, one of them is finished and accepted in August.
    let works = |period: &str| {
        let figures = of("office", period).figures;
        ["begun", "under_way", "finished", "finished_year", "accepted", "accepted_year"].map(
            |id| match values(&figures)[id] {
                Value::Count(n) => n,
                Value::Money(_) => panic!("a count"),
            },
        )
    };
    assert_eq!(works("2019-03"), [0; 6]);
    assert_eq!(works("2019-04"), [3, 3, 0, 0, 0, 0]);
    assert_eq!(works("2019-07"), [0, 3, 0, 0, 0, 0]);
    assert_eq!(works("2019-08"), [0, 2, 1, 1, 1, 1]);
    assert_eq!(works("2019-09"), [0, 2, 0, 1, 0, 1]);
    assert_eq!(values(&of("office", "2019-08").figures)["accepted_money"], yuan("5166000.00"));
    // Nothing of it is the neighbour's, though its office sees everything.
    assert!(of("office-pishan", "2019-03").figures.iter().all(|figure| figure.value.is_zero()));
    told.verifies();
}

#[test]
fn the_prefecture_sums_up_and_says_who_was_missing() {
    let told = tell("xinjiang");
    let prefecture = told.viewer("prefecture");
    let filed =
        |period: &str| told.app.filed_report(&prefecture, period, PREFECTURE, prefecture.org).unwrap();
    let march = filed("2019-03");
    let table = march.below.as_ref().unwrap();
    assert_eq!((table.lines.len(), table.missing().count()), (3, 0));
    assert_eq!(values(&march.figures)["allotted"], yuan("43526000.00"));
    let september = filed("2019-09");
    assert_eq!(september.filed, [Date::constant(2019, 10, 11), Date::constant(2019, 10, 21)]);
    assert_eq!(september.below.as_ref().unwrap().missing().count(), 0, "as it was corrected");

    // October: one county is missing. It is seen on the page, summed up only with a reason, and kept.
    let page = told.app.own_report(&prefecture, "2019-10").unwrap();
    let below = page.below.as_ref().unwrap();
    assert_eq!(below.missing().map(|line| line.org).collect::<Vec<_>>(), [org(&told, "office-luopu")]);
    let file = |note: &str| {
        let (pack, step) = (prefecture.pack.id.clone(), PREFECTURE.to_owned());
        let command = Command::Report { pack, step, period: "2019-10".into(), note: note.into() };
        let request = app::Request { who: prefecture.who(), key: String::new(), command };
        told.app.submit(request)
    };
    match file("") {
        Err(Failure::Refused(refusal)) => assert_eq!(refusal.reason.name(), "MissingUnexplained"),
        other => panic!("{other:?}"),
    }
    file("洛浦县没有报上来").unwrap();
    let kept = filed("2019-10");
    assert_eq!(values(&kept.figures), values(&page.figures), "what was shown is what was filed");
    let missing: Vec<OrgId> = kept.below.as_ref().unwrap().missing().map(|line| line.org).collect();
    assert_eq!(missing, [org(&told, "office-luopu")]);

    // What the county files afterwards changes nothing that was filed; the prefecture may correct it.
    let late = told.viewer("office-luopu");
    let (pack, step) = (late.pack.id.clone(), COUNTY.to_owned());
    let command = Command::Report { pack, step, period: "2019-10".into(), note: String::new() };
    told.app.submit(app::Request { who: late.who(), key: String::new(), command }).unwrap();
    assert_eq!(filed("2019-10").below.unwrap().missing().count(), 1);
    file("").unwrap();
    let again = filed("2019-10");
    assert_eq!((again.filed.len(), again.below.unwrap().missing().count()), (2, 0));
    told.verifies();
}

#[test]
fn who_is_late_is_seen_level_by_level() {
    let told = tell("xinjiang");
    let app = &told.app;
    let due = |login: &str| {
        let todo = app.todo(&told.viewer(login)).unwrap().into_iter();
        let periods = todo.filter_map(|one| match one.place {
            Place::Report(period) => Some(period),
            _ => None,
        });
        periods.collect::<Vec<String>>()
    };
    assert_eq!(due("office-luopu"), ["2019-10"]);
    assert_eq!(due("office"), Vec::<String>::new());
    assert_eq!(due("prefecture"), ["2019-10"]);

    // A county sees its own; the prefecture its counties; the region all, the sums first.
    let page = app.reports(&told.viewer("office")).unwrap();
    assert!(page.files && page.levels.is_empty() && page.own.len() == 12, "{} months", page.own.len());
    let page = app.reports(&told.viewer("prefecture")).unwrap();
    assert!(page.files && page.own.len() == 12);
    assert_eq!(page.levels.iter().map(|level| level.step.as_str()).collect::<Vec<_>>(), [COUNTY]);
    let region = app.reports(&told.viewer("region-office")).unwrap();
    assert!(!region.files && region.own.is_empty());
    assert_eq!(
        region.levels.iter().map(|level| level.step.as_str()).collect::<Vec<_>>(),
        [PREFECTURE, COUNTY]
    );
    let states = |org| {
        let body = region.levels[1].bodies.iter().find(|body| body.org == org).unwrap();
        body.months[..2].to_vec()
    };
    assert_eq!(states(org(&told, "office-luopu"))[0], MonthState::Late);
    assert!(matches!(states(org(&told, "office-luopu"))[1], MonthState::FiledLate(_)));
    assert!(states(org(&told, "office-pishan")).iter().all(|state| state.is_filed()));

    // Nobody sees the neighbour's, and nobody below sees the sum.
    let luopu = org(&told, "office-luopu");
    let office = told.viewer("office");
    assert!(app.filed_report(&office, "2019-09", COUNTY, luopu).is_err());
    assert!(app.month_table(&office, "2019-09", COUNTY).is_err());
    assert!(app.month_table(&told.viewer("township"), "2019-09", COUNTY).is_err());
    assert!(app.month_table(&told.viewer("region-finance"), "2019-09", COUNTY).is_ok());
    assert!(app.month_table(&told.viewer("region-finance"), "2019-12", COUNTY).is_err(), "not over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_with_a_county_late_over_http() {
    let told = tell("xinjiang");
    let http = Http::over(&told.app, PASSWORD);
    let month = http.get("region-office", &format!("/reports/2019-10/{COUNTY}")).await;
    assert_eq!((month["bodies"].as_array().unwrap().len(), &month["missing"]), (3, &json!(1)));
    let of = |month: &Json, login: &str| {
        let org = org(&told, login).get();
        month["bodies"].as_array().unwrap().iter().find(|body| body["org"] == json!(org)).cloned().unwrap()
    };
    assert_eq!(of(&month, "office-luopu")["figures"], Json::Null);
    assert_eq!(of(&month, "office-luopu")["filed"], Json::Null);
    assert_eq!(of(&month, "office")["figures"]["money"], month["total"]["money"]);

    let file = |step: &str, note: &str| json!({ "step": step, "period": "2019-10", "note": note });
    http.refused("prefecture", "POST /reports", file(PREFECTURE, ""), 422, "R1041").await;
    http.does("prefecture", "POST /reports", file(PREFECTURE, "洛浦县缺")).await;
    let org = org(&told, "prefecture").get();
    let filed = http.get("region-finance", &format!("/reports/2019-10/{PREFECTURE}/{org}")).await;
    assert_eq!((&filed["note"], &filed["below"]["missing"]), (&json!("洛浦县缺"), &json!(1)));
    assert_eq!(filed["figures"], month["total"]);
    http.refused(
        "prefecture",
        "POST /reports",
        json!({ "step": PREFECTURE, "period": "2019-11" }),
        422,
        "R109",
    )
    .await;
}
