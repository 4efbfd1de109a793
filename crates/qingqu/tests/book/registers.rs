//! Registers over the demonstration's books: sums by group and year, each level its own, the same after a replay, written anew when a
//! book is opened that has none, and as files.

use app::rows::{CaseFilter, LineFilter, Scope};
use app::view::Viewer;
use app::view::registers::{RegisterCell, RegisterPage, RegisterQuery, RegisterSum};
use app::{Command, Failure, Request};
use axum::body::Body;
use axum::http::StatusCode;
use kernel::Money;
use kernel::ratio::Ratio;

use crate::http::Http;
use crate::regimes::{Told, tell};

fn page(told: &Told, login: &str, id: &str, query: &RegisterQuery) -> RegisterPage {
    told.app.register_whole(&told.viewer(login), id, query).unwrap()
}

fn by(group: &str) -> RegisterQuery {
    RegisterQuery { by: Some(group.into()), ..RegisterQuery::default() }
}

fn at(page: &RegisterPage, column: &str) -> usize {
    page.heads.iter().position(|head| head.id == column).unwrap_or_else(|| panic!("no column {column}"))
}

fn money(cell: &RegisterCell) -> Money {
    Money::parse_yuan(&cell.text).unwrap_or(Money::ZERO)
}

fn sum<'p>(page: &'p RegisterPage, key: &str) -> &'p RegisterSum {
    page.sums.iter().find(|sum| sum.key == key).unwrap_or_else(|| panic!("no group {key}: {:?}", page.sums))
}

/// The groups add up to the total, and the lines to the groups.
fn adds_up(page: &RegisterPage, column: &str) {
    let at = at(page, column);
    let groups = page.sums.iter().map(|sum| money(&sum.cells[at]));
    let lines = page.lines.iter().map(|line| money(&line.cells[at]));
    let add = |of: &mut dyn Iterator<Item = Money>| of.fold(Money::ZERO, |a, b| a.checked_add(b).unwrap());
    let total = money(&page.total.cells[at]);
    assert!(total > Money::ZERO, "{column}");
    assert_eq!(add(&mut Box::new(groups)), total, "{column}: groups");
    assert_eq!(add(&mut Box::new(lines)), total, "{column}: lines");
    assert_eq!(page.sums.iter().map(|sum| sum.lines).sum::<u64>(), page.total.lines);
}

#[test]
fn leverage_is_summed_up_by_mechanism_and_computed_again_over_the_sums() {
    let told = tell("tongzhou");
    let page = page(&told, "office", "mechanisms", &by("mechanism"));
    assert!(page.sums.len() > 1, "more than one mechanism: {:?}", page.sums);
    for column in ["asked", "social_capital", "allotted", "paid"] {
        adds_up(&page, column);
    }
    let (asked, financial, social) =
        (at(&page, "asked"), at(&page, "financial_capital"), at(&page, "social_capital"));
    let leverage = at(&page, "leverage");
    for sum in page.sums.iter().chain([&page.total]) {
        let fen = |at: usize| money(&sum.cells[at]).fen();
        let expected = Ratio::new(fen(financial) + fen(social), fen(asked)).unwrap();
        assert_eq!(Ratio::parse(&sum.cells[leverage].text).unwrap(), expected, "{:?}", sum.name);
    }
    // What was paid is what the projects of money say.
    let projects = told.app.project_list(&told.viewer("finance"), &Default::default()).unwrap();
    let spent = projects.lines.iter().filter(|line| line.row.case.is_some()).map(|line| line.row.spent);
    let spent = spent.fold(Money::ZERO, |a, b| a.checked_add(b).unwrap());
    assert_eq!(money(&page.total.cells[at(&page, "paid")]), spent);
}

#[test]
fn each_level_sums_up_its_own() {
    let told = tell("xinjiang");
    let all = page(&told, "region-office", "projects", &by("place"));
    adds_up(&all, "planned");
    adds_up(&all, "paid");
    let of = |viewer: &Viewer| told.app.register_whole(viewer, "projects", &by("unit")).unwrap();
    for login in ["prefecture", "township", "village", "unit-farm"] {
        let viewer = told.viewer(login);
        let own = of(&viewer);
        let seen: Vec<_> = own.lines.iter().map(|line| line.case).collect();
        let expected: Vec<_> = all
            .lines
            .iter()
            .map(|line| line.case)
            .filter(|case| {
                let row = told.app.reads.case(*case).unwrap().unwrap();
                app::access::sees(&viewer.scope, row.applicant, row.desk, row.firm)
            })
            .collect();
        assert_eq!(seen, expected, "{login}");
        let planned = at(&own, "planned");
        let sum = own.lines.iter().map(|line| money(&line.cells[planned]));
        let sum = sum.fold(Money::ZERO, |a, b| a.checked_add(b).unwrap());
        assert_eq!(money(&own.total.cells[planned]), sum, "{login}");
    }
    // A place is looked into level by level, down to where the lines are.
    let inner = all.sums.first().unwrap().key.parse().unwrap();
    let below =
        page(&told, "region-office", "projects", &RegisterQuery { place: Some(inner), ..by("place") });
    assert_eq!(below.total.lines, sum(&all, &inner.to_string()).lines);
}

#[test]
fn projects_are_found_by_who_answers_for_them() {
    let told = tell("xinjiang");
    let all = page(&told, "office", "projects", &by("answering_unit"));
    let person = at(&all, "answering_person");
    let named = all.lines.iter().find(|line| !line.cells[person].text.is_empty()).unwrap();
    let text = named.cells[person].text.clone();
    let found = RegisterQuery { text: Some(text.clone()), ..by("answering_unit") };
    let found = page(&told, "office", "projects", &found);
    assert!(found.lines.iter().any(|line| line.case == named.case));
    assert!(found.lines.iter().all(|line| line.cells[person].text.contains(&text)));
    assert!(found.total.lines < all.total.lines, "those without the name are not shown");
    let nobody = RegisterQuery { text: Some("查无此人".into()), ..by("answering_unit") };
    assert_eq!(page(&told, "office", "projects", &nobody).total.lines, 0);
}

#[test]
fn lines_are_the_same_after_a_replay_and_written_anew_where_a_book_has_none() {
    let mut told = tell("xinjiang");
    told.verifies();
    let before = page(&told, "office", "projects", &by("place"));
    told.forgets_lines();
    assert_eq!(page(&told, "office", "projects", &by("place")).total.lines, 0);
    // Kept before there were registers: no difference is told of what was never written.
    told.verifies();
    told.opens_again();
    assert_eq!(page(&told, "office", "projects", &by("place")), before);
    told.verifies();
}

#[tokio::test]
async fn a_register_is_a_file_and_an_answer_to_programs() {
    let told = tell("xinjiang");
    told.app.house.put_setting(app::password::COST_SETTING, "quick").unwrap();
    let http = Http::over(&told.app, qingqu::demo::PASSWORD);
    let list = http.get("office", "/registers").await;
    assert!(list["items"].as_array().unwrap().iter().any(|one| one["id"] == "projects"), "{list}");
    let one = http.get("office", "/registers/projects?by=class").await;
    let whole = page(&told, "office", "projects", &by("class"));
    assert_eq!(one["total"]["lines"], whole.total.lines);
    assert_eq!(one["sums"].as_array().unwrap().len(), whole.sums.len());
    let first = &one["lines"][0];
    assert_eq!(first["title"], whole.lines[0].title.as_str());
    assert_eq!(first["values"]["planned"], whole.lines[0].cells[at(&whole, "planned")].text.as_str());
    let got = http.call("office", "GET /registers/none", &[], Body::empty()).await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
}

#[test]
fn villages_are_summed_up_by_township_and_year() {
    let told = tell("jizhou");
    let page = page(&told, "agri", "villages", &by("unit"));
    adds_up(&page, "collective");
    assert!(page.sums.len() > 1 && page.years.len() > 1, "townships and years: {:?}", page.years);
    let newest = page.years[0];
    assert_eq!(page.year, Some(newest), "the newest year stands for itself");
    assert!(page.lines.iter().all(|line| line.year == newest));
    let across = page.across.as_ref().unwrap();
    assert_eq!(across.column, "collective");
    assert_eq!(across.years.iter().rev().copied().collect::<Vec<_>>(), page.years);
    let collective = at(&page, "collective");
    for (at, year) in across.years.iter().enumerate() {
        let query = RegisterQuery { year: Some(*year), ..by("unit") };
        let of_year = self::page(&told, "agri", "villages", &query);
        let sum = of_year.lines.iter().map(|line| money(&line.cells[collective]));
        let sum = sum.fold(Money::ZERO, |a, b| a.checked_add(b).unwrap());
        let (_, total) = across.rows.last().unwrap();
        assert_eq!(money(&total[at]), sum, "{year}");
    }
    let target = Money::parse_yuan("200000").unwrap();
    let met = page.lines.iter().filter(|line| money(&line.cells[collective]) >= target).count();
    assert_eq!(page.total.cells[at(&page, "collective_met")].text, met.to_string());
    let zero = at(&page, "still_zero");
    let alarmed = page.lines.iter().filter(|line| line.cells[zero].text == "true").count();
    assert_eq!(page.total.alarmed, u64::try_from(alarmed).unwrap());
    // A village alone, through the years.
    let village = page.lines[0].cells[at(&page, "village_name")].text.clone();
    let query = RegisterQuery { part: Some(village.clone()), ..by("village_name") };
    let alone = self::page(&told, "agri", "villages", &query);
    assert_eq!((alone.sums.len(), alone.sums[0].name.zh.as_str()), (1, village.as_str()));
}

#[test]
fn assets_show_their_yearly_return_and_who_has_not_reported() {
    for (policy, login, register) in [("xinjiang", "department", "assets"), ("hunan", "office", "asset_care")]
    {
        let told = tell(policy);
        let viewer = told.viewer(login);
        let all = page(&told, login, register, &by("place"));
        let filter = LineFilter {
            scope: Scope::All,
            pack: policy.into(),
            register: "asset_returns".into(),
            year: None,
            until_year: None,
        };
        let returns = told.app.reads.lines(&filter).unwrap();
        assert!(!returns.is_empty() && !all.years.is_empty(), "{policy}: returns were filed");
        let year = *all.years.first().unwrap();
        let of_year = told
            .app
            .register_whole(&viewer, register, &RegisterQuery { year: Some(year), ..by("place") })
            .unwrap();
        assert_eq!(of_year.returned, Some(year));
        let state = at(&of_year, "asset_state");
        for line in &of_year.lines {
            let mut own = returns.iter().filter(|one| one.parent == Some(line.case) && one.year == year);
            let filed = own.next();
            assert_eq!(line.unfiled, filed.is_none(), "{policy}: {}", line.title);
            let said = filed.and_then(|one| one.cells.get("asset_state")).cloned().unwrap_or_default();
            assert_eq!(line.cells[state].text, said, "{policy}: {}", line.title);
        }
        let missing = of_year.lines.iter().filter(|line| line.unfiled).count();
        assert_eq!(of_year.total.unfiled, u64::try_from(missing).unwrap());
        // A year for which nobody has filed yet: everything that was handed over is missing.
        let later = RegisterQuery { year: Some(year + 1), alerts: true, ..by("place") };
        let later = told.app.register_whole(&viewer, register, &later).unwrap();
        assert_eq!(later.total.unfiled, later.total.lines);
        assert_eq!(later.total.lines, all.total.lines);
    }
}

#[test]
fn assets_are_listed_by_who_owns_them() {
    let told = tell("hunan");
    let page = page(&told, "office", "assets", &by("owner_kind"));
    adds_up(&page, "worth");
    let (kind, carer) = (at(&page, "owner_kind"), at(&page, "carer"));
    for line in &page.lines {
        assert!(["household", "collective"].contains(&line.cells[kind].text.as_str()), "{line:?}");
        assert!(!line.cells[carer].text.is_empty(), "{line:?}");
    }
}

#[test]
fn evaluations_are_summed_up_by_grade() {
    let told = tell("xinjiang");
    let page = page(&told, "department", "performance", &by("grade_given"));
    adds_up(&page, "planned");
    let (grade, evaluated) = (at(&page, "grade_given"), at(&page, "evaluated_on"));
    let graded = page.lines.iter().filter(|line| !line.cells[grade].text.is_empty());
    assert!(graded.clone().count() > 0, "the demonstration has an evaluation");
    for line in graded {
        assert!(!line.cells[evaluated].text.is_empty(), "{}: a grade has its day", line.title);
        assert!(sum(&page, &line.cells[grade].text).lines > 0);
    }
    // Those without a grade stand together, last.
    assert_eq!(page.sums.last().unwrap().key, "");
}

#[test]
fn a_yearly_return_is_filed_once_for_each_project() {
    for (policy, login) in [("xinjiang", "village"), ("hunan", "village-yun")] {
        let told = tell(policy);
        let viewer = told.viewer(login);
        let filter = CaseFilter {
            procedure: Some("asset_return".into()),
            ..CaseFilter::within(Scope::Own(viewer.org), 1)
        };
        let row = told.app.reads.cases(&filter).unwrap().rows.remove(0);
        let filed = told.app.case(&viewer, row.case).unwrap().declared.remove(0);
        let again = |year: Option<&str>| {
            let mut form = filed.form.clone();
            if let Some(year) = year {
                assert!(form.set("", None, "return_year", year));
            }
            let (pack, procedure) = (policy.to_owned(), "asset_return".to_owned());
            let papers = filed.papers.clone();
            let command = Command::Declare {
                case: None,
                pack,
                procedure,
                step: None,
                parent: row.parent,
                form,
                papers,
            };
            told.app.submit(Request { who: viewer.who(), key: String::new(), command })
        };
        match again(None) {
            Err(Failure::Refused(refusal)) => {
                assert_eq!(refusal.reason.code(), "R1053", "{policy}");
                assert!(refusal.reason.say().zh.contains(&row.number), "{policy}");
            }
            other => panic!("{policy}: {other:?}"),
        }
        again(Some("2030")).unwrap();
        told.verifies();
    }
}
