//! Every public page over the pack that the program carries, in both languages: what must stand on it, what must not.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::rows;
use app::view::pack::{Pack, Source};
use app::view::state::{Case, CaseObjection, Meta, Objection, Paper, Plan, Posted, Posting, Shown, ShownRow};
use app::view::{
    EditionLine, NoticeLine, NoticeList, NoticePage, NoticeQuery, Receipt, Running, Typed, article_page,
    as_of, case_notice_page, notice_page, policy_page, preset, qualify,
};
use kernel::calendar::Calendar;
use kernel::deadline::window;
use kernel::id::{CaseId, ObjectionId, OrgId, PlanId};
use kernel::money::Money;
use kernel::region::RegionCode;
use kernel::{Date, term::Term};
use maud::Render;

use super::{
    article, board, download, list_files, notice, notices, object, pdf, policy as policy_pages,
    qualify as qualify_pages, receipt,
};
use crate::ctx::{Ctx, Demo};
use crate::pages::demo::{DemoSignIn, DemoStage};
use crate::submitted::Submitted;
use crate::ui::Findings;
use crate::words::Lang;

fn pack() -> Arc<Pack> {
    loaded("tianjin/2019.md", include_str!("../../../../../policies/tianjin/2019.md"))
}

const POSTED: Date = Date::constant(2019, 10, 21);
const TODAY: Date = Date::constant(2019, 10, 25);

fn shown(lang: Lang, page: &dyn Fn(&Ctx) -> String) -> String {
    let ctx = Ctx { today: TODAY, ..Ctx::sample(lang) };
    let html = page(&ctx);
    assert!(!html.contains("style=") && !html.contains("onclick"), "nothing inline");
    html
}

fn qualify_html(lang: Lang, changes: &[(&str, &str)]) -> String {
    let pack = pack();
    let mut typed: Typed = preset(&pack, "good").unwrap();
    typed.extend(changes.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    let day = as_of(&pack, typed.get("as_of").map_or("", String::as_str), TODAY);
    let qualified = qualify(&pack, &typed, day, &BTreeMap::new());
    shown(lang, &|ctx| qualify_pages::page(ctx, &qualified).render().into_string())
}

#[test]
fn the_panel_says_met_refused_and_open() {
    let met = qualify_html(Lang::Zh, &[]);
    for part in
        ["按现有答案，符合条件", "1,237,037.03", "系统预判，以审核意见为准", "第七条（一）", "租赁合同"]
    {
        assert!(met.contains(part), "{part}");
    }
    let refused = qualify_html(Lang::Zh, &[("share", "24")]);
    for part in ["有 1 项不满足", "24%", "不低于 30%", "如果条件都满足，最高"] {
        assert!(refused.contains(part), "{part}");
    }
    let open = qualify_html(Lang::Zh, &[("lifted", "10"), ("poor_staff", "")]);
    for part in ["还不能判断", "href=\"#f-poor_staff\"", "工资单据"] {
        assert!(open.contains(part), "{part}");
    }
}

#[test]
fn an_unreadable_answer_stands_at_its_field_and_in_the_summary() {
    let html = qualify_html(Lang::Zh, &[("paid_in", "很多")]);
    assert!(html.contains("<a href=\"#f-paid_in\">注册资本实缴额："), "{html}");
    assert!(html.contains("value=\"很多\"") && html.contains("aria-invalid=\"true\""));
}

#[test]
fn the_questions_speak_english_too() {
    let html = qualify_html(Lang::En, &[]);
    for part in
        ["On these answers you qualify", "share held by the investor", "Article 7 (1)", "1,237,037.03"]
    {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn every_article_page_renders_with_its_rules() {
    let pack = pack();
    for lang in [Lang::Zh, Lang::En] {
        for one in &pack.articles {
            let of = article_page(&pack, &one.id.key()).unwrap();
            let html = shown(lang, &|ctx| article::page(ctx, &of).render().into_string());
            assert!(html.contains(&one.heading), "{}", one.id);
        }
    }
    let of = article_page(&pack, "7").unwrap();
    let html = shown(Lang::Zh, &|ctx| article::page(ctx, &of).render().into_string());
    for part in ["id=\"item-1\"", "share &gt;= min_share or new_company", "/policy/try?case=share24"] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn the_policy_page_counts_what_is_covered() {
    let pack = pack();
    let edition = EditionLine {
        edition: pack.edition.clone(),
        from: pack.in_force.from,
        until: pack.in_force.until,
        hash: pack.hash.clone(),
        current: true,
    };
    let of = policy_page(&pack, vec![edition]);
    let html = shown(Lang::Zh, &|ctx| policy_pages::page(ctx, &of).render().into_string());
    for part in ["共 22 条（含附件）", "第一章 总则", "/policy/a3", "不产生计算", pack.hash.as_str()]
    {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn clauses_stand_beside_their_article_with_what_is_to_come() {
    let of = policy_page(&pack(), Vec::new());
    let zh = shown(Lang::Zh, &|ctx| policy_pages::page(ctx, &of).render().into_string());
    for part in [
        "条款 1 个，都做到了",
        "条款 2 个，其中 1 个还没有做全",
        "<code>/qualify</code>",
        "还缺： 追回金额逐笔入账、与信用平台对接",
    ] {
        assert!(zh.contains(part), "{part}");
    }
    let of = article_page(&pack(), "17").unwrap();
    let en = shown(Lang::En, &|ctx| article::page(ctx, &of).render().into_string());
    for part in
        ["2 clauses, 1 of them", "Three years of operation", "in part", "<code>/cases/{id}/do/{step}</code>"]
    {
        assert!(en.contains(part), "{part}");
    }
}

fn plan() -> Plan {
    let row = |case: i64, company: &str, amount: &str| ShownRow {
        case: CaseId(case),
        shown: BTreeMap::from([
            ("company".to_owned(), company.to_owned()),
            ("mode".to_owned(), "project".to_owned()),
            ("amount".to_owned(), amount.to_owned()),
        ]),
    };
    let term = Term::parse("5个工作日").unwrap();
    let posted = Posted {
        number: "公示2019-001".into(),
        notice: "result".into(),
        step: "publicity".into(),
        on: POSTED,
        postings: vec![Posting {
            place: "市发展改革委网站".into(), address: "内网公告栏".into()
        }],
        fields: BTreeMap::from([("contact".to_owned(), "某处 23000000".to_owned())]),
        rows: vec![row(3, "=甲公司", "1237037.03"), row(5, "乙,公司", "200000.00")],
        window: window(POSTED, term, &Calendar::known_on(POSTED)),
    };
    let objection = Objection {
        receipt: "YY-2222-3333".into(),
        case: Some(CaseId(5)),
        text: "从不公开的内容".into(),
        from: Some("sealed:ab:李****".into()),
        on: TODAY,
        answer: Some((false, "经核实不属实，来电13800138000已回".into(), TODAY)),
    };
    Plan {
        id: PlanId(7),
        number: "方案2019-01".into(),
        procedure: "application".into(),
        year: 2019,
        pack: "tianjin".into(),
        edition: "2019".into(),
        items: BTreeMap::new(),
        dropped: Vec::new(),
        minutes: Vec::new(),
        notices: vec![posted],
        objections: BTreeMap::from([(ObjectionId(1), objection)]),
        determined: Vec::new(),
        letters: Vec::new(),
        remitted: Vec::new(),
        trail: Vec::new(),
    }
}

fn notice_of(today: Date) -> NoticePage {
    let plan = plan();
    notice_page(&pack(), &plan, &plan.notices[0], today)
}

#[test]
fn a_notice_on_paper_says_what_its_page_says_and_not_more() {
    let of = notice_of(TODAY);
    let said = |lang| {
        let document = pdf::document(&Ctx { today: TODAY, ..Ctx::sample(lang) }, &of);
        document.texts().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
    };
    let zh = said(Lang::Zh);
    for part in
        ["2019年10月28日止", "第十四条", "1,237,037.03元", "1,437,037.03元", "异议不成立", "来电****00已回"]
    {
        assert!(zh.contains(part), "{part}: {zh}");
    }
    let en = said(Lang::En);
    for part in ["28 October 2019", "Article 14", "1,437,037.03 yuan", "Not upheld"] {
        assert!(en.contains(part), "{part}: {en}");
    }
    for secret in ["从不公开的内容", "李****", "YY-2222-3333", "13800138000"] {
        assert!(!zh.contains(secret) && !en.contains(secret), "{secret}");
    }
}

#[test]
fn a_notice_states_its_days_items_and_answers_and_nobody_who_objected() {
    let of = notice_of(TODAY);
    let html = shown(Lang::Zh, &|ctx| notice::page(ctx, &of).render().into_string());
    for part in [
        "2019年10月28日止",
        "2019年10月25日止；系统从严掌握",
        "第十四条",
        "1,237,037.03元",
        "1,437,037.03元",
        "项目投资补贴",
        "还剩 1 个工作日",
        "/notices/7/object?case=3",
        "异议不成立",
        "来电****00已回",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    for secret in ["从不公开的内容", "李****", "YY-2222-3333", "13800138000"] {
        assert!(!html.contains(secret), "{secret}");
    }
    let ended = notice_of(Date::constant(2019, 10, 29));
    let html = shown(Lang::Zh, &|ctx| notice::page(ctx, &ended).render().into_string());
    assert!(html.contains("公示已结束") && !html.contains("/notices/7/object"));
    assert!(notice_of(Date::constant(2019, 10, 28)).running.is_open(), "the last day still takes objections");
}

fn loaded(name: &str, text: &str) -> Arc<Pack> {
    match Pack::load(Source { name: name.into(), text: text.into() }) {
        Ok(pack) => Arc::new(pack),
        Err(found) => panic!("{found}"),
    }
}

/// A project of Xinjiang whose notice runs, with an answered objection; `ended` when it was returned.
fn noticed(ended: bool) -> Case {
    let texts = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect::<BTreeMap<_, _>>()
    };
    let meta = Meta { on: POSTED, at: 0, person: None, behalf: None, org: Some(OrgId(4)), role: None };
    let photograph = Paper {
        paper: "board_photo".into(),
        name: "公开栏13800138000.jpg".into(),
        hash: "0".repeat(64).parse().unwrap(),
        size: 1,
        media: "image/jpeg".into(),
    };
    let shown = Shown {
        step: "project_notice".into(),
        notice: "project".into(),
        number: "公示-2019-0004".into(),
        on: POSTED,
        postings: vec![Posting {
            place: "项目所在村公开栏".into(), address: "托克扎克村委会".into()
        }],
        shown: texts(&[
            ("name", "=核桃提质增效"),
            ("amount", "1,200,000.00元"),
            ("place", "653121"),
            ("content", "管护核桃800亩，联系13912345678"),
            ("person", "张三 65312119850703251X"),
            ("phone", "0998-3251234"),
        ]),
        papers: vec![photograph],
        window: window(POSTED, Term::parse("10日").unwrap(), &Calendar::known_on(POSTED)),
        version: 1,
        ended,
        meta,
    };
    let other = Shown { number: "公示-2019-0002".into(), ended: true, ..shown.clone() };
    let objection = CaseObjection {
        notice: shown.number.clone(),
        receipt: "YY-2222-3333".into(),
        text: "从不公开的内容".into(),
        from: Some("sealed:ab:李****".into()),
        on: TODAY,
        answer: Some((false, "经核实不属实，来电13800138000已回".into(), TODAY)),
    };
    Case {
        id: CaseId(12),
        procedure: "two_up_two_down".into(),
        number: "XJ-12".into(),
        year: 2019,
        pack: "xinjiang".into(),
        edition: "2018".into(),
        applicant: OrgId(3),
        desk: RegionCode::new(653_121).unwrap(),
        parent: None,
        title: "核桃提质增效".into(),
        parties: BTreeMap::new(),
        declared: Vec::new(),
        trail: Vec::new(),
        records: BTreeMap::new(),
        firm: None,
        inspection: None,
        proposal: None,
        plan: None,
        planners: Default::default(),
        holds: Default::default(),
        award: None,
        paid: Money::ZERO,
        duties: Vec::new(),
        withdrawn: None,
        signing: BTreeMap::new(),
        notices: vec![other, shown],
        objections: BTreeMap::from([(ObjectionId(1), objection)]),
        recused: BTreeMap::new(),
        alike: BTreeMap::new(),
        remarks: Vec::new(),
    }
}

fn case_notice(today: Date, ended: bool) -> NoticePage {
    let pack = loaded("xinjiang/2018.md", include_str!("../../../../../policies/xinjiang/2018.md"));
    let case = noticed(ended);
    case_notice_page(&pack, &case, &case.notices[1], Some("疏附县扶贫办".into()), today)
}

/// What is in a case and never on its notice.
const SECRETS: [&str; 7] =
    ["从不公开的内容", "李****", "YY-2222-3333", "13800138000", "13912345678", "65312119850703251", "XJ-12"];

#[test]
fn a_notice_of_a_case_states_its_content_and_masks_numbers_of_persons() {
    let of = case_notice(TODAY, false);
    let html = shown(Lang::Zh, &|ctx| notice::page(ctx, &of).render().into_string());
    for part in [
        "扶贫项目公告公示：=核桃提质增效",
        "公示-2019-0004",
        "1,200,000.00元",
        "疏附县",
        "监督举报电话",
        "0998-3251234",
        "****1X",
        "托克扎克村委会",
        "张贴照片",
        "公开栏****00.jpg",
        "异议不成立",
        "来电****00已回",
        "疏附县扶贫办",
        "2019年10月31日止",
        "/notices/c12/object?number=",
        "/notices/c12/board.pdf?number=",
        "同一事项的其他公示",
        "公示-2019-0002",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let english = shown(Lang::En, &|ctx| notice::page(ctx, &of).render().into_string());
    for part in ["Notice of a relief project: =核桃提质增效", "Complaint telephone", "1,200,000.00 yuan"]
    {
        assert!(english.contains(part), "{part}: {english}");
    }
    for secret in SECRETS {
        assert!(!html.contains(secret) && !english.contains(secret), "{secret}");
    }
    for (today, ended) in [(Date::constant(2019, 11, 1), false), (TODAY, true)] {
        let over = case_notice(today, ended);
        let html = shown(Lang::Zh, &|ctx| notice::page(ctx, &over).render().into_string());
        assert!(!html.contains("/notices/c12/object"), "{today}");
        assert_eq!(html.contains("已撤下"), ended);
    }
    assert!(case_notice(Date::constant(2019, 10, 31), false).running.is_open(), "the last day still counts");
}

#[test]
fn the_papers_and_data_of_a_case_say_what_its_page_says() {
    let of = case_notice(TODAY, false);
    let ctx = Ctx { today: TODAY, ..Ctx::sample(Lang::Zh) };
    let board = board::document(&ctx, &of).unwrap();
    assert!(board::document(&ctx, &notice_of(TODAY)).is_none(), "a list of a plan has no board");
    for document in [pdf::document(&ctx, &of), board] {
        let said = document.texts().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n");
        for part in ["=核桃提质增效", "1,200,000.00元", "0998-3251234", "2019年10月31日", "疏附县扶贫办"]
        {
            assert!(said.contains(part), "{part}: {said}");
        }
        for secret in SECRETS {
            assert!(!said.contains(secret), "{secret}");
        }
    }
    let long = app::view::pack::Words::new("扶贫项目公告公示：喀瓦克乡生产母牛到户补助", "Notice: cattle");
    let title = |of: &NoticePage| pdf::title(&ctx, of);
    assert_eq!(
        title(&NoticePage { title: long, ..of.clone() }),
        "扶贫项目公告公示：\n喀瓦克乡生产母牛到户补助"
    );
    assert!(!title(&of).contains('\n'), "a short title stays on its line");
    let csv = download::csv_text(&of);
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert!(lines[0].starts_with("公示编号,发布日期,起算日期,截止日期,扶贫项目名称,资金规模"), "{csv}");
    assert!(lines[1].contains(",2019-10-31,'=核桃提质增效,1200000.00,"), "{csv}");
    let json = download::json_value(&of);
    assert_eq!(json["about"], "case:12");
    assert_eq!(json["fields"][1]["key"], "amount");
    assert_eq!(json["fields"][1]["text"], "1200000.00");
    assert_eq!(json["objections"][0]["upheld"], false);
    for secret in SECRETS {
        assert!(!csv.contains(secret) && !json.to_string().contains(secret), "{secret}");
    }
}

#[test]
fn an_objection_to_a_case_asks_for_no_item_and_keeps_the_number_of_the_notice() {
    let of = case_notice(TODAY, false);
    let mut form = Submitted::default();
    for (name, text) in [("key", "k"), ("number", "公示-2019-0004"), ("text", "有疑问")] {
        form.set(name, text);
    }
    let html =
        shown(Lang::Zh, &|ctx| object::page(ctx, &of, &form, &Findings::none()).render().into_string());
    for part in ["action=\"/notices/c12/object\"", "name=\"number\" value=\"公示-2019-0004\"", "有疑问"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("name=\"case\""), "{html}");
}

#[test]
fn the_data_of_a_notice_are_its_cells_and_no_formula() {
    let of = notice_of(TODAY);
    let csv = download::csv_text(&of);
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert_eq!(lines[1], "1,'=甲公司,项目投资补贴,1237037.03");
    assert_eq!(lines[2], "2,\"乙,公司\",项目投资补贴,200000.00");
    let json = download::json_value(&of);
    assert_eq!(json["rows"][0]["amount"], "1237037.03");
    assert_eq!((&json["last_day"], &json["last_day_loose"]), (&"2019-10-28".into(), &"2019-10-25".into()));
    assert_eq!(download::quoted("a\"b"), "\"a\"\"b\"");
}

#[test]
fn an_objection_keeps_what_was_typed_and_a_closed_notice_takes_none() {
    let of = notice_of(TODAY);
    let mut form = Submitted::default();
    for (name, text) in [("key", "k"), ("case", "3"), ("text", "有疑问"), ("contact", "某某")] {
        form.set(name, text);
    }
    let mut findings = Findings::none();
    findings.add("text", "说明");
    let html = shown(Lang::Zh, &|ctx| object::page(ctx, &of, &form, &findings).render().into_string());
    for part in ["value=\"k\"", "value=\"3\" selected", "有疑问", "value=\"某某\"", "href=\"#f-text\""] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let ended = notice_of(Date::constant(2019, 10, 29));
    let html =
        shown(Lang::Zh, &|ctx| object::page(ctx, &ended, &form, &Findings::none()).render().into_string());
    assert!(html.contains("不再接收异议") && !html.contains("<textarea"));
}

#[test]
fn a_receipt_shows_its_number_and_its_answer() {
    let mut of = Receipt {
        number: "YY-7F3K-29MP".into(),
        about: rows::NoticeOf::Plan(PlanId(7)),
        notice: Some("公示2019-001".into()),
        on: TODAY,
        item: None,
        text: "有疑问".into(),
        answer: None,
        answered_by: None,
        due: Some(Date::constant(2019, 10, 30)),
    };
    let new = shown(Lang::Zh, &|ctx| {
        receipt::page(ctx, "", Some(&of), &Findings::none(), true).render().into_string()
    });
    assert!(new.contains("异议已收到") && new.contains("YY-7F3K-29MP") && new.contains("正在核实"));
    assert!(new.contains("答复期限") && new.contains("2019年10月30日"));
    (of.answer, of.due) = (Some((true, "情况属实".into(), TODAY)), None);
    let later = shown(Lang::En, &|ctx| {
        receipt::page(ctx, "", Some(&of), &Findings::none(), false).render().into_string()
    });
    assert!(later.contains("Upheld") && later.contains("情况属实"));
    let ask =
        shown(Lang::Zh, &|ctx| receipt::page(ctx, "", None, &Findings::none(), false).render().into_string());
    assert!(ask.contains("method=\"get\" action=\"/receipt\""));
}

#[test]
fn the_list_shows_running_notices_first_and_says_what_comes_when_empty() {
    let row = rows::NoticeRow {
        about: rows::NoticeOf::Plan(PlanId(7)),
        place: Some(RegionCode::new(653_121).unwrap()),
        number: "公示2019-001".into(),
        title: "拟资助项目公示".into(),
        pack: "tianjin".into(),
        year: 2019,
        posted: POSTED,
        first: POSTED,
        last: Date::constant(2019, 10, 28),
        items: 2,
        total: Money::from_fen(143_703_703),
    };
    let line = |today| NoticeLine { running: Running::on(today, row.last), row: row.clone() };
    let list = NoticeList {
        open: vec![line(TODAY)],
        ended: vec![line(Date::constant(2019, 11, 1))],
        years: vec![2020, 2019],
        places: vec![(RegionCode::new(653_121).unwrap(), "新疆疏附县".into())],
        query: NoticeQuery { year: Some(2019), place: Some(RegionCode::new(653_121).unwrap()), after: None },
        next: Some("k".into()),
    };
    let html = shown(Lang::Zh, &|ctx| notices::page(ctx, &list, false).render().into_string());
    let (open, ended) = (html.find("正在公示").unwrap(), html.find("已结束").unwrap());
    assert!(open < ended && html.contains("1,437,037.03") && html.contains("after=k"), "{html}");
    for part in [
        "href=\"/notices?year=2019&amp;place=653121&amp;after=k\"",
        "href=\"/notices.csv?year=2019&amp;place=653121&amp;\"",
        "<option value=\"653121\" selected",
        "<option value=\"2019\" selected",
        "/notices/7?number=",
        "疏附县",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let csv = list_files::csv_text(&list.open);
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert!(lines[1].starts_with("公示2019-001,拟资助项目公示,2019,653121,"), "{csv}");
    assert!(lines[1].ends_with(",2019-10-21,2019-10-21,2019-10-28,2,1437037.03,正在公示,1"), "{csv}");
    let json = list_files::json_value(&list.ended, false);
    assert_eq!((&json["complete"], &json["notices"][0]["state"]), (&false.into(), &"ended".into()));
    let none = NoticeList::default();
    let html = shown(Lang::Zh, &|ctx| notices::page(ctx, &none, false).render().into_string());
    assert!(html.contains("资助方案经会议审议后，在这里公示"));
}

struct Stage(Vec<DemoSignIn>);

impl DemoStage for Stage {
    fn sign_ins(&self) -> &[DemoSignIn] {
        &self.0
    }

    fn password(&self) -> &'static str {
        "demo-only"
    }

    fn move_to(&self, _: Date) -> bool {
        false
    }
}

#[test]
fn the_first_sign_in_of_each_role_is_listed_with_a_button() {
    let one = |login: &str, first: bool| DemoSignIn {
        role: "district".into(),
        role_zh: "区级受理".into(),
        role_en: "District desk".into(),
        org: "南开区发展改革委".into(),
        name: "王某".into(),
        login: login.into(),
        first,
    };
    let stage = Stage(vec![one("nankai", true), one("hedong", false)]);
    let ctx = Ctx { demo: Some(Demo { href: "/demo".into() }), ..Ctx::sample(Lang::Zh) };
    let html = super::signs::sign_ins(&ctx, &stage).into_string();
    for part in
        ["区级受理", "南开区发展改革委", "nankai", "demo-only", "action=\"/sign-in\"", "href=\"/demo\""]
    {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("hedong"), "one a role: {html}");
}
