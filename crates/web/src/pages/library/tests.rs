//! Pages of this slice, rendered from samples.

use app::rows::{CaseRow, ProjectRow};
use app::view::library::{
    AlikeNow, CourseNow, Duty, Hand, KinNow, LibraryChoices, LibraryLine, LibraryList, LibraryMoney,
    LibraryNotice, LibraryPage, Shelf, StageNow, StageState, StageStep,
};
use app::view::pack::{Act, Words};
use kernel::id::{CaseId, OrgId, ProjectId};
use kernel::{Date, Money};

use super::{list, one};
use crate::ctx::Ctx;
use crate::pages::shared::Query;
use crate::words::Lang;

const DAY: Date = Date::constant(2018, 9, 3);

fn line(id: i64, shelf: Shelf, fen: i64) -> LibraryLine {
    LibraryLine {
        row: CaseRow {
            case: CaseId(id),
            number: format!("项〔2017〕{id}号"),
            pack: "sample".into(),
            procedure: "entry".into(),
            year: 2017,
            title: "北塔村柑橘产业园".into(),
            applicant: OrgId(3),
            applicant_name: "北塔乡人民政府".into(),
            company_name: String::new(),
            county: Some("433123".parse().unwrap()),
            desk: "433123".parse().unwrap(),
            firm: None,
            parent: None,
            plan: None,
            standing: "accepted".into(),
            stage: String::new(),
            stage_en: String::new(),
            due: None,
            amount: Money::from_fen(fen),
            paid: Money::ZERO,
            filed_on: DAY,
            changed_on: DAY,
            library: true,
            class: "industry".into(),
            village: "北塔村".into(),
        },
        class: Words::new("产业", "Industry"),
        place: "湖南省凤凰县".into(),
        shelf,
        rolled: if shelf == Shelf::Kept { 2 } else { 0 },
    }
}

fn query(pairs: &[(&str, &str)]) -> Query {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn listed(lines: Vec<LibraryLine>) -> LibraryList {
    LibraryList {
        total: i64::try_from(lines.len()).unwrap(),
        lines,
        next: Some("7".into()),
        empty: false,
        choices: LibraryChoices {
            classes: vec![
                ("industry".into(), Words::new("产业", "Industry")),
                ("road".into(), Words::new("道路", "Road")),
            ],
            years: vec![2018, 2017],
            places: vec![
                ("433100".parse().unwrap(), "湘西州".into()),
                ("433123".parse().unwrap(), "凤凰县".into()),
            ],
            stages: vec![Words::new("评审", "review"), Words::new("入库", "entry")],
            unit: Some((OrgId(3), "北塔乡人民政府".into())),
        },
    }
}

#[test]
fn the_list_shows_amounts_in_ten_thousands_what_rolled_on_and_keeps_its_filters() {
    let ctx = Ctx::sample(Lang::Zh);
    let list =
        listed(vec![line(8, Shelf::Kept, 12_345_000_000), line(7, Shelf::Arranged(ProjectId(4)), 5_500_000)]);
    let asked =
        query(&[("q", "柑橘"), ("class", "industry"), ("least", "10"), ("unit", "3"), ("place", "433123")]);
    let html = list::body(&ctx, &list, &asked).into_string();
    for part in [
        "href=\"/library/8\"",
        "12,345<",
        "5.5<",
        "12,350.5<",
        "已滚动 2 年",
        "已安排资金",
        "在库，待安排资金",
        "类别：产业",
        "关键词（编号、名称、单位、村）：柑橘",
        "地区：凤凰县",
        "申报单位：北塔乡人民政府",
        "金额不低于（万元）：10",
        "href=\"/library?village=%E5%8C%97%E5%A1%94%E6%9D%91\"",
        "after=7",
        "format=csv",
        "format=xlsx",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert_eq!(html.matches("已滚动").count(), 1, "{html}");
}

#[test]
fn an_empty_library_and_an_empty_selection_are_two_things() {
    let ctx = Ctx::sample(Lang::Zh);
    let nothing = LibraryList { next: None, ..listed(Vec::new()) };
    let html = list::body(&ctx, &nothing, &query(&[("q", "桥")])).into_string();
    assert!(html.contains("没有符合条件的项目") && html.contains("关键词"), "{html}");
    let empty = LibraryList { empty: true, ..nothing };
    let html = list::body(&ctx, &empty, &Query::new()).into_string();
    assert!(html.contains("项目库里还没有项目") && !html.contains("<form"), "{html}");
}

#[test]
fn filters_are_read_and_what_cannot_be_read_filters_nothing() {
    let wanted = list::wanted(&query(&[
        ("q", " 柑橘 "),
        ("year", "2018"),
        ("least", "12.5"),
        ("most", "many"),
        ("place", "433123"),
        ("unit", "x"),
        ("village", ""),
    ]));
    assert_eq!(wanted.text.as_deref(), Some("柑橘"));
    assert_eq!(
        (wanted.year, wanted.least, wanted.most),
        (Some(2018), Some(Money::from_fen(12_500_000)), None)
    );
    assert_eq!(wanted.place.map(|code| code.to_string()).as_deref(), Some("433123"));
    assert!(wanted.unit.is_none() && wanted.village.is_none());
}

fn step(name: &str, done: Option<Date>, open: bool) -> StageStep {
    StageStep {
        name: Words::new(name, name),
        by: Words::new("县评审办", "review office"),
        cite: "第七条".into(),
        done,
        open,
        due: None,
        case: Some(CaseId(8)),
        optional: false,
    }
}

fn stage(name: &str, state: StageState, steps: Vec<StageStep>) -> StageNow {
    let on = steps.iter().filter_map(|step| step.done).max();
    StageNow { name: Words::new(name, name), state, on, steps }
}

fn page() -> LibraryPage {
    let hand = Hand {
        duty: Duty::Verified,
        act: Act::Complete,
        step: Words::new("竣工验收", "acceptance"),
        cite: "第二十条".into(),
        outcome: Words::new("合格", "passed"),
        person: "石小兰".into(),
        org: "县扶贫办".into(),
        role: Words::new("验收组", "acceptance group"),
        on: DAY,
        opinion: "符合设计".into(),
        document: "凤扶验〔2018〕3号".into(),
        of: "湘项-1".into(),
        void: false,
    };
    let project = ProjectRow {
        project: ProjectId(4),
        number: "湘项-4".into(),
        pack: "sample".into(),
        fund: "pool".into(),
        side: "all".into(),
        spending: "industry".into(),
        name: "柑橘产业园".into(),
        place: "433123".parse().unwrap(),
        village: String::new(),
        unit: OrgId(3),
        unit_name: "北塔乡人民政府".into(),
        year: 2018,
        standing: "open".into(),
        planned: Money::from_fen(5_000_000),
        allotted: Money::from_fen(4_000_000),
        held: Money::from_fen(500_000),
        clearing: Money::ZERO,
        spent: Money::from_fen(1_500_000),
        changed_on: DAY,
        case: Some(CaseId(8)),
    };
    LibraryPage {
        line: line(8, Shelf::Arranged(ProjectId(4)), 5_500_000),
        procedure: Words::new("项目入库", "entry"),
        form: None,
        kin: vec![KinNow {
            row: line(12, Shelf::Kept, 100).row,
            procedure: Words::new("项目申报", "declaration"),
        }],
        courses: vec![CourseNow {
            name: Words::new("七流程", "Seven flows"),
            cite: "第三条".into(),
            stages: vec![
                stage(
                    "申报",
                    StageState::Done,
                    vec![step("乡镇申报", Some(DAY), false), step("补充公示", None, false)],
                ),
                stage("评审", StageState::Current, vec![step("专家评审", None, true)]),
                stage("验收", StageState::Later, vec![step("竣工验收", None, false)]),
            ],
        }],
        money: LibraryMoney {
            asked: Money::from_fen(5_500_000),
            approved: Some(Money::from_fen(5_000_000)),
            project: Some(project),
        },
        notices: vec![LibraryNotice {
            about: app::rows::NoticeOf::Case(CaseId(8)),
            number: "公示〔2018〕1号".into(),
            name: Words::new("入库公示", "notice"),
            first: DAY,
            last: Date::constant(2018, 9, 12),
            ended: true,
            run_out: false,
            places: 2,
            objections: (1, 1),
        }],
        acceptance: vec![hand.clone()],
        hands: vec![Hand { void: true, person: "龙二".into(), duty: Duty::Declared, ..hand.clone() }, hand],
        alike: vec![
            AlikeNow { row: line(5, Shelf::Kept, 100).row, decided: None },
            AlikeNow { row: line(6, Shelf::Kept, 100).row, decided: Some((false, "地块不同".into())) },
        ],
    }
}

#[test]
fn a_notice_whose_days_are_over_does_not_run() {
    let on = |run_out| {
        let mut view = page();
        (view.notices[0].ended, view.notices[0].run_out) = (false, run_out);
        one::body(&Ctx::sample(Lang::Zh), &view, true).into_string()
    };
    let (last, after) = (on(false), on(true));
    assert!(last.contains("公示中") && !last.contains("待结束"), "{last}");
    assert!(after.contains("待结束") && !after.contains("公示中"), "{after}");
}

#[test]
fn a_project_shows_its_stages_money_notices_acceptance_and_who_answers() {
    let ctx = Ctx::sample(Lang::Zh);
    let html = one::body(&ctx, &page(), true).into_string();
    for part in [
        "七流程",
        "进行到：评审",
        "第三条",
        "aria-current=\"step\"",
        "本项目不涉及",
        "尚未轮到",
        "可以办理",
        "55,000.00",
        "50,000.00",
        "40,000.00",
        "15,000.00",
        "20,000.00",
        "href=\"/projects/4?tab=ledger\"",
        "公示〔2018〕1号",
        "href=\"/notices/c8?number=",
        "1 件，已答复 1 件",
        "石小兰",
        "验收组",
        "县扶贫办",
        "凤扶验〔2018〕3号",
        "后来退回",
        "地块不同",
        "href=\"/cases/12\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert_eq!(html.matches("aria-current=\"step\"").count(), 1, "{html}");
}

#[test]
fn a_project_without_money_says_so() {
    let ctx = Ctx::sample(Lang::En);
    let bare = LibraryPage {
        money: LibraryMoney { asked: Money::ZERO, approved: None, project: None },
        notices: Vec::new(),
        acceptance: Vec::new(),
        hands: Vec::new(),
        alike: Vec::new(),
        kin: Vec::new(),
        ..page()
    };
    let html = one::body(&ctx, &bare, true).into_string();
    for part in
        ["No money was arranged yet.", "No notice was posted yet.", "Nothing was done yet.", "Now in: 评审"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("Look-alikes") && !html.contains("id=\"kin\""), "{html}");
}
