//! The evaluation of a grant: a year after the seal and not before, by the firm, with its form and its sealed report; then the
//! report goes to the leading group, and the register has its line.

use crate::but;
use crate::world::{World, date, yuan};
use app::view::registers::RegisterQuery;
use domain::case::Paper;
use journal::HashKind;
use kernel::Date;
use kernel::id::{CaseId, PaperHash};
use policy::form::FormData;

/// A sound form: three indicators, the score being the sum of their points.
fn evaluated() -> FormData {
    let mut form = FormData::default();
    for (id, text) in [
        ("evaluated_to", "2020-10-31"),
        ("grant_used", "1000000"),
        ("used_for_what", "购置分拣设备，发票和付款凭证齐全"),
        ("used_properly", "true"),
        ("still_running", "true"),
        ("jobs_now", "86"),
        ("poor_jobs_now", "31"),
        ("score", "94%"),
        ("conclusion", "资金使用合规，带贫效果达到申请时的目标"),
        ("advice", "继续稳定用工"),
    ] {
        form.fields.insert(id.into(), text.into());
    }
    let row = |indicator: &str, weight: &str, degree: &str, points: &str| {
        [
            ("indicator", indicator),
            ("planned_value", "30人"),
            ("reached_value", "31人"),
            ("weight", weight),
            ("degree", degree),
            ("points", points),
        ]
        .map(|(id, text)| (id.to_owned(), text.to_owned()))
        .into()
    };
    let rows = vec![
        row("资金使用", "30%", "100%", "30%"),
        row("带贫就业", "40%", "100%", "40%"),
        row("企业经营", "30%", "80%", "24%"),
    ];
    form.tables.insert("results".into(), rows);
    form
}

fn report() -> Paper {
    Paper {
        paper: "evaluation_report".into(),
        name: "绩效评价报告.pdf".into(),
        hash: PaperHash(*HashKind::Sm3.plain(b"evaluation_report").as_bytes()),
        size: 100,
        media: "application/pdf".into(),
    }
}

/// A grant that was sealed on 18 November 2019, on a later day.
fn sealed(later: Date) -> (World, CaseId) {
    let world = World::open();
    let case = world.until("haihe", "plan");
    world.plan_until(&[case], "inform");
    world.on(later);
    (world, case)
}

#[test]
fn a_grant_is_evaluated_a_year_after_its_seal_and_the_report_is_sent() {
    let (world, case) = sealed(date(2020, 11, 17));
    let whole = || {
        let command = world.step(case, "evaluate", "");
        but!(command, Step, form = Some(evaluated()), papers = vec![report()])
    };
    let early = world.submit("adviser", whole()).expect_err("a year has not passed");
    assert_eq!(early.cite.as_str(), "第十五条", "{early}");
    world.on(date(2020, 11, 18));
    let bare = world.submit("adviser", but!(whole(), Step, papers = Vec::new())).expect_err("no report");
    assert_eq!(bare.reason.name(), "PapersMissing", "{bare}");
    let mut wrong = evaluated();
    wrong.fields.insert("score".into(), "95%".into());
    let wrong =
        world.submit("adviser", but!(whole(), Step, form = Some(wrong))).expect_err("the sum differs");
    assert_eq!(wrong.reason.name(), "FormFaults", "{wrong}");
    world.does("adviser", whole());
    world.on(date(2020, 11, 20));
    world.does("ndrc", world.step(case, "evaluation_sent", ""));

    let row = world.app.reads.person(world.person("ndrc")).unwrap().unwrap();
    let held = row.roles.first().unwrap();
    let viewer = world.app.viewer(row.person, held.org, &held.role).unwrap().unwrap();
    let page = world.app.register(&viewer, "evaluations", &RegisterQuery::default()).unwrap();
    assert_eq!((page.total.lines, page.total.alarmed, page.lines[0].case), (1, 0, case));
    let cell = |id: &str| {
        let at = page.heads.iter().position(|head| head.id == id).unwrap();
        page.lines[0].cells[at].text.as_str()
    };
    assert_eq!(cell("grant_used"), yuan("1000000.00").to_string());
    assert_eq!((cell("score"), cell("poor_jobs_now"), cell("sent_on")), ("94%", "31", "2020-11-20"));
}

#[test]
fn what_was_misused_is_pointed_out() {
    let (world, case) = sealed(date(2020, 12, 1));
    let mut form = evaluated();
    form.fields.insert("used_properly".into(), "false".into());
    let command = world.step(case, "evaluate", "");
    world.does("adviser", but!(command, Step, form = Some(form), papers = vec![report()]));
    let row = world.app.reads.person(world.person("ndrc")).unwrap().unwrap();
    let held = row.roles.first().unwrap();
    let viewer = world.app.viewer(row.person, held.org, &held.role).unwrap().unwrap();
    let query = RegisterQuery { alerts: true, ..RegisterQuery::default() };
    let page = world.app.register(&viewer, "evaluations", &query).unwrap();
    assert_eq!(page.lines.len(), 1);
    assert_eq!(page.lines[0].alarms[0].0.zh, "没有按规定用途使用");
}
