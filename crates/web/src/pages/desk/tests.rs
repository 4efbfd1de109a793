//! Render tests of this slice: links to where a thing is done, deadlines in words, filters in the address, the export.

use std::collections::BTreeMap;

use app::ports::PageOf;
use app::rows::CaseRow;
use app::view::case::{CaseNotice, ObjectionShown};
use app::view::cases::{CaseLineShown, CaseList, Facets};
use app::view::desk::BeginChoice;
use app::view::desk::{DueShown, RevisionShown};
use app::view::duties::DutyShown;
use app::view::filing::ParentCase;
use app::view::inbox::{Begun, CopyRow, Inbox, LentSeat, Place, Todo};
use app::view::pack::Words;
use app::view::reports::{
    BodyReports, Head as FigureHead, Level, Line, Month, MonthState, MonthTable, Value,
};
use app::view::state::Posting;
use kernel::deadline::Window;
use kernel::id::{CaseId, ObjectionId, OrgId, PlanId};
use kernel::{Date, Money};

use super::{begin, cases, csv, duties, inbox, notice, parts, reports};
use crate::ctx::Ctx;
use crate::pages::shared::{Listing, Query};
use crate::words::Lang;

const TODAY: Date = Date::constant(2019, 10, 25);

fn due(left: i64, provisional: bool, warn_only: bool) -> DueShown {
    let revision = RevisionShown {
        id: "2019.1".into(),
        zh: "节假日安排".into(),
        en: "holidays".into(),
        published: TODAY,
    };
    DueShown { date: Date::constant(2019, 11, 8), left, provisional, revision: Some(revision), warn_only }
}

fn todo(place: Place, due: Option<DueShown>) -> Todo {
    Todo {
        what: Words::new("核对材料", "check"),
        title: "冷链项目".into(),
        number: "津前-2019-0001".into(),
        applicant: "天津某公司".into(),
        cite: "第十一条".into(),
        since: TODAY,
        due,
        returned: false,
        urged: None,
        count: 1,
        lent: None,
        place,
    }
}

fn inbox_of(todo: Vec<Todo>) -> Inbox {
    let copies = PageOf { rows: Vec::new(), next: None, total: 0 };
    Inbox { todo, done: Vec::new(), begun: Begun::default(), copies, together: Vec::new() }
}

/// An inbox's address on one of its tabs.
fn on_tab(tab: &str) -> Query {
    Query::from([("tab".to_owned(), tab.to_owned())])
}

#[test]
fn every_task_leads_to_where_it_is_done() {
    let case = CaseId(7);
    for (place, href) in [
        (Place::CaseStep(case, "check".into()), "/cases/7/do/check"),
        (Place::Correct(case, "application".into(), "apply".into()), "/file/application?case=7&step=apply"),
        (Place::CaseObjection(case, ObjectionId(5)), "/cases/7/objections/5"),
        (Place::Plans, "/plans"),
        (Place::PlanStep(PlanId(2), "decide".into()), "/plans/2/do/decide"),
        (Place::Objection(PlanId(2), ObjectionId(5)), "/plans/2/objections/5"),
        (Place::Report("2019-10".into()), "/reports/2019-10"),
    ] {
        assert_eq!(inbox::href(&place), href);
    }
}

#[test]
fn a_deadline_says_its_day_its_marks_and_its_calendar() {
    let ctx = Ctx::sample(Lang::Zh);
    for (due, words) in [
        (due(4, false, false), vec!["还剩 4 个工作日", "2019年11月8日到期", "2019.1"]),
        (due(0, true, false), vec!["今日到期", "暂定"]),
        (due(-2, false, false), vec!["逾期 2 日", "badge red"]),
        (due(-2, false, true), vec!["已过提醒日 2 个工作日", "仅作提醒", "badge amber"]),
    ] {
        let html = parts::due_cell(&ctx, Some(&due)).into_string();
        for word in words {
            assert!(html.contains(word), "{word}: {html}");
        }
    }
}

#[test]
fn the_inbox_quotes_articles_counts_and_marks_what_is_overdue() {
    let ctx = Ctx::sample(Lang::Zh);
    let late = todo(Place::CaseStep(CaseId(7), "check".into()), Some(due(-1, false, false)));
    let reminded = todo(Place::CaseStep(CaseId(8), "disburse".into()), Some(due(-1, false, true)));
    let html = inbox::page(&ctx, &inbox_of(vec![late, reminded]), &on_tab(""), false).into_string();
    assert!(html.contains("2 件待办，其中 1 件逾期"), "{html}");
    assert_eq!(html.matches("class=\"marked\"").count(), 1, "{html}");
    assert!(html.contains("第十一条") && html.contains("津前-2019-0001"), "{html}");
}

#[test]
fn empty_lists_say_what_comes_here() {
    let ctx = Ctx::sample(Lang::Zh);
    for (tab, words) in
        [("", "暂无待办"), ("done", "还没有办理记录"), ("begun", "还没有发起的事项"), ("copies", "没有抄送")]
    {
        let html = inbox::page(&ctx, &inbox_of(Vec::new()), &on_tab(tab), true).into_string();
        assert!(html.contains(words), "{html}");
        assert_eq!(html.contains("href=\"/file\""), matches!(tab, "" | "begun"), "{html}");
    }
    assert!(duties::page(&ctx, &[]).into_string().contains("还没有义务"));
    assert!(reports::own(&ctx, 1, &[]).into_string().contains("还没有应报月份"));
}

fn line(title: &str, amount: Money) -> CaseLineShown {
    let row = CaseRow {
        case: CaseId(7),
        number: "津助-2019-0001".into(),
        pack: "tianjin".into(),
        procedure: "application".into(),
        year: 2019,
        title: title.to_owned(),
        applicant: OrgId(3),
        applicant_name: "天津某公司".into(),
        company_name: "项目公司".into(),
        county: None,
        desk: "120104".parse().unwrap(),
        firm: None,
        parent: None,
        plan: None,
        standing: "open".into(),
        stage: "受理".into(),
        stage_en: "accept".into(),
        due: None,
        amount,
        paid: Money::ZERO,
        filed_on: TODAY,
        changed_on: TODAY,
        library: false,
        class: String::new(),
        village: String::new(),
    };
    CaseLineShown {
        row,
        procedure: Words::new("资助申请", "Application"),
        desk: "南开".into(),
        county: String::new(),
        due: None,
    }
}

fn query(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn filters_stay_in_the_address_and_can_be_dropped_one_by_one() {
    let filters = query(&[("standing", "open"), ("q", "冷链 1"), ("other", "x"), ("year", "")]);
    let list = Listing::new("/cases", &cases::FILTERS, &filters);
    assert_eq!(list.here(), "/cases?standing=open&q=%E5%86%B7%E9%93%BE%201");
    assert_eq!(list.without("q"), "/cases?standing=open");
    let ctx = Ctx::sample(Lang::Zh);
    let list = CaseList {
        rows: vec![line("冷链", Money::from_fen(123_456_789))],
        next: Some("7".into()),
        total: 51,
        facets: Facets { standings: vec![("open".into(), 40), ("paid".into(), 11)], ..Facets::default() },
    };
    let html = cases::page(&ctx, &list, &filters).into_string();
    for part in [
        "办理中（40）",
        "已付清（11）",
        "状态：办理中",
        "after=7",
        "1,234,567.89",
        "/cases.csv?standing=open",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("name=\"year\""), "nothing to choose among: {html}");
    let asked = cases::asked(&query(&[("year", "2019"), ("desk", "x"), ("q", " 冷链 ")]));
    assert_eq!((asked.year, asked.desk, asked.text.as_deref()), (Some(2019), None, Some("冷链")));
}

#[test]
fn the_export_opens_in_a_spreadsheet_and_holds_no_formula() {
    let ctx = Ctx::sample(Lang::Zh);
    let mut file = csv::heads(&ctx);
    for shown in [line("甲,\"乙\"", Money::from_fen(123_456_789)), line("=1+1", Money::ZERO)] {
        csv::put(&mut file, &ctx, &shown);
    }
    assert!(file.starts_with('\u{feff}'));
    let lines: Vec<&str> = file.split("\r\n").collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[1].contains("\"甲,\"\"乙\"\"\"") && lines[1].contains(",1234567.89,"), "{}", lines[1]);
    assert!(lines[2].contains(",'=1+1,"), "{}", lines[2]);
    for (text, cell) in [("-5", "'-5"), ("@x", "'@x"), ("普通", "普通"), ("两\n行", "\"两\n行\"")] {
        assert_eq!(csv::cell(text), cell);
    }
}

#[test]
fn who_is_late_with_a_report_is_seen_at_a_glance() {
    let ctx = Ctx::sample(Lang::Zh);
    let month = Month {
        period: "2019-10".into(),
        first: Date::constant(2019, 10, 1),
        last: Date::constant(2019, 10, 31),
    };
    let body = |n, state| BodyReports { org: OrgId(n), name: format!("单位{n}"), months: vec![state] };
    let states = [MonthState::Filed(TODAY), MonthState::FiledLate(TODAY), MonthState::Open, MonthState::Late];
    let bodies: Vec<BodyReports> = (1..).zip(states).map(|(n, state)| body(n, state)).collect();
    let months = vec![(month, Some(due(-1, false, false)))];
    let level = Level {
        step: "monthly".into(),
        name: Words::new("月报", "monthly"),
        cite: "第十一条".into(),
        months,
        bodies,
    };
    let html = reports::level(&ctx, &level).into_string();
    for words in ["已报送", "逾期报送", "未到期", "逾期未报", "2019-11-08前"] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert_eq!(html.matches("class=\"marked\"").count(), 1, "{html}");
    for link in ["/reports/2019-10/monthly/1", "/reports/2019-10/monthly/2", "/reports/2019-10/monthly\""] {
        assert!(html.contains(&format!("href=\"{link}")), "{link}: {html}");
    }
    assert!(!html.contains("/reports/2019-10/monthly/3") && html.contains("2 / 4"), "{html}");
}

#[test]
fn a_month_shows_counts_and_money_and_who_is_missing() {
    let ctx = Ctx::sample(Lang::Zh);
    let head = |id: &str, name: &str, is_money| FigureHead {
        id: id.into(),
        name: Words::new(name, name),
        kind: None,
        is_money,
    };
    let fen = Money::from_fen(123_456_789);
    let line = |n, name: &str, filed| Line {
        org: OrgId(n),
        name: name.into(),
        filed: Some((TODAY, 1)).filter(|_| filed),
        values: if filed { vec![Value::Count(3), Value::Money(fen)] } else { Vec::new() },
    };
    let month = MonthTable {
        step: "county".into(),
        name: Words::new("县月报", "county"),
        cite: "二(三)".into(),
        month: Month {
            period: "2019-10".into(),
            first: Date::constant(2019, 10, 1),
            last: Date::constant(2019, 10, 31),
        },
        due: None,
        heads: vec![head("done", "完工项目", false), head("paid", "支付", true)],
        lines: vec![line(1, "甲县", true), line(2, "乙县", false)],
        total: Some(vec![Value::Count(3), Value::Money(fen)]),
    };
    let html = reports::lines(&ctx, &month).into_string();
    for words in ["支付（元）", "1,234,567.89", "/reports/2019-10/county/1", "未报送", "1 / 2"] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("/reports/2019-10/county/2"), "{html}");
    assert!(reports::missing(&ctx, &month).into_string().contains("还有 1 个单位没有报送"));
    let file = reports::month::text(&ctx, &month);
    assert!(
        file.starts_with('\u{feff}') && file.ends_with("合计,应报 2 个，已报 1 个,3,1234567.89\r\n"),
        "{file}"
    );
    assert!(file.contains("甲县,2019-10-25,3,1234567.89\r\n乙县,未报送\r\n"), "{file}");
    let back = MonthTable { total: Some(vec![Value::Count(0), Value::Money(Money::from_fen(-2))]), ..month };
    assert!(
        reports::month::text(&ctx, &back).ends_with("合计,应报 2 个，已报 1 个,0,-0.02\r\n"),
        "less came than went back"
    );
}

#[test]
fn copies_stand_in_a_tab_of_their_own_and_urged_tasks_are_marked() {
    let ctx = Ctx::sample(Lang::Zh);
    let mut urged = todo(Place::CaseStep(CaseId(7), "check".into()), None);
    urged.urged = Some(TODAY);
    let mut inbox = inbox_of(vec![urged, todo(Place::CaseStep(CaseId(8), "check".into()), None)]);
    (inbox.copies.total, inbox.copies.next) = (70, Some("12".into()));
    inbox.copies.rows.push(CopyRow {
        case: CaseId(9),
        number: "湘申-2018-0001".into(),
        title: "茶园".into(),
        person: "石慧".into(),
        org: "扶贫办".into(),
        text: "供参考".into(),
        on: TODAY,
    });
    let html = inbox::page(&ctx, &inbox, &on_tab(""), false).into_string();
    assert_eq!(html.matches("2019年10月25日催办").count(), 1, "{html}");
    let html = inbox::page(&ctx, &inbox, &on_tab("copies"), false).into_string();
    for words in ["/cases/9", "茶园", "供参考", "石慧", "/inbox?tab=copies&amp;after=12", "共 70 条"]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
}

fn notice_until(last: Date, ended: bool) -> CaseNotice {
    let window = Window { first: TODAY, last, loose_last: last, revision: None, provisional: false };
    CaseNotice {
        step: "portal".into(),
        name: Words::new("立项公开", "portal"),
        number: "公示-2019-0001".into(),
        on: TODAY,
        window,
        left: (!ended).then_some(4),
        over: last < TODAY,
        shown: vec![(Words::new("资金规模", "amount"), "10万元".into())],
        postings: vec![Posting { place: "门户网站".into(), address: "www.example.gov.cn/1".into() }],
        papers: Vec::new(),
        version: 1,
        answers: Some(Words::new("扶贫办", "the office")),
        mine: true,
        objections: vec![ObjectionShown {
            id: ObjectionId(5),
            receipt: "Y-1".into(),
            text: "价格偏高".into(),
            on: TODAY,
            answer: None,
            due: None,
        }],
        cite: "第十九条".into(),
    }
}

#[test]
fn a_notice_says_how_long_it_runs_where_it_hangs_and_who_answers() {
    let ctx = Ctx::sample(Lang::Zh);
    let later = Date::constant(2019, 10, 31);
    let before = Date::constant(2019, 10, 24);
    for (last, ended, words) in
        [(later, false, "还剩 4 个工作日"), (before, false, "已期满，待结束"), (before, true, "已结束")]
    {
        assert_eq!(notice::left(&ctx, &notice_until(last, ended)), words);
    }
    let html = notice::tab(&ctx, 7, &[notice_until(later, false)]).into_string();
    for words in ["门户网站", "资金规模", "待答复", "/cases/7/objections/5", "答复异议", "由扶贫办答复"]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
    let mut answered = notice_until(later, false);
    answered.objections[0].answer = Some((true, "已核实".into(), TODAY));
    let html = notice::tab(&ctx, 7, &[answered]).into_string();
    assert!(html.contains("已核实") && !html.contains("答复异议"), "{html}");
}

#[test]
fn what_an_order_is_about_is_chosen_from_what_qualifies() {
    let ctx = Ctx::sample(Lang::Zh);
    let parent = ParentCase {
        case: CaseId(2),
        number: "湘申-2018-0001".into(),
        title: "茶园".into(),
        taken: None,
        draft: None,
    };
    let mut choice = BeginChoice {
        name: Words::new("书面催办", "urging"),
        step: Words::new("填写催办通知书", "write"),
        cite: "第二十八条".into(),
        parent: Some(Words::new("项目申报", "project")),
        optional: false,
        parents: vec![parent],
    };
    let html = begin::choice_html(&ctx, "urging", &choice, "茶").into_string();
    assert!(html.contains("/begin/urging?parent=2") && html.contains("value=\"茶\""), "{html}");
    assert!(!html.contains("alone=1"), "{html}");
    choice.optional = true;
    choice.parents.clear();
    let html = begin::choice_html(&ctx, "urging", &choice, "").into_string();
    assert!(html.contains("alone=1") && html.contains("没有可选的"), "{html}");
}

#[test]
fn an_overdue_duty_is_marked() {
    let ctx = Ctx::sample(Lang::En);
    let duty = |left| DutyShown {
        case: CaseId(7),
        number: "津助-2019-0001".into(),
        title: "冷链项目".into(),
        name: Words::new("持续经营", "operate"),
        must: Words::new("持续经营", "stay in operation"),
        on: Words::new("项目企业", "enterprise"),
        cite: "第十七条（一）".into(),
        from: TODAY,
        due: due(left, true, false),
        checks: vec![TODAY],
        except: None,
        breach: None,
    };
    let html = duties::page(&ctx, &[duty(-1), duty(5)]).into_string();
    assert_eq!(html.matches("class=\"marked\"").count(), 1, "{html}");
    assert!(html.contains("provisional") && html.contains("lang=\"zh-CN\">第十七条（一）"), "{html}");
}

#[test]
fn what_waits_in_a_lent_role_says_for_whom_and_takes_the_role_first() {
    let ctx = Ctx::sample(Lang::Zh);
    let seat = LentSeat { org: OrgId(3), role: "district".into(), of: "张三".into() };
    let place = Place::CaseStep(CaseId(7), "check".into());
    let rows = vec![todo(place.clone(), None), Todo { lent: Some(seat), ..todo(place, None) }];
    let html = inbox::page(&ctx, &inbox_of(rows), &on_tab(""), false).into_string();
    assert_eq!(html.matches("href=\"/cases/7/do/check\"").count(), 1, "one's own role only: {html}");
    for part in [
        "代张三办理",
        "action=\"/account\"",
        "value=\"switch:3:district\"",
        "name=\"next\" value=\"/cases/7/do/check\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
}
