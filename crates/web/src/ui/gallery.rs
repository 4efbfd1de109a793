//! Every component on two pages, for looking at: with `QINGQU_GALLERY=<folder>` the test writes the pages with the
//! style sheet and script beside them. Without it, it only checks that all of them render in both languages.

use std::path::Path;

use axum::http::StatusCode;
use kernel::Date;
use maud::{Markup, Render, html};

use super::*;
use crate::assets;
use crate::ctx::{Contrast, Ctx, Demo, NavItem, Prefs, TextSize, Viewer};
use crate::flash::{Flash, Tone};
use crate::page::{Page, Width};
use crate::words::{Both, Lang, word};

fn ctx(lang: Lang) -> Ctx {
    let viewer = Viewer {
        name: "王晓梅".into(),
        role: Both::new("区级受理", "District desk"),
        org: "南开区合作交流办".into(),
        nav: vec![
            NavItem::new("/", word("home")),
            NavItem::new("/inbox", word("task-not-started")).with_count(3),
            NavItem::new("/cases", word("filter-search")),
            NavItem::new("/rules", word("rules-ceiling")),
        ],
        ..Viewer::default()
    };
    Ctx {
        viewer: Some(viewer),
        path: "/inbox".into(),
        demo: Some(Demo { href: "/demo".into() }),
        flash: Some(Flash::done(word("saved"))),
        ..Ctx::sample(lang)
    }
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(ToOwned::to_owned).into()
}

fn form_page(ctx: &Ctx) -> String {
    let mut findings = Findings::none();
    findings.add("investment", "新增投资额不清楚：请写成 186.5 或 1,865,000.00");
    findings.add("assets.1.sum", "金额不清楚");
    let body = html! {
        (error_summary(ctx, &findings))
        (steps(ctx, &["基本情况", "投资与股权", "带动就业", "上传材料", "核对提交"], 1))
        (Form::post("/gallery", "save").live().guarded().html(ctx, html! {
            div.desk {
                div { (fields(ctx, &findings)) }
                div.sticky { (rules(ctx)) }
            }
            (assets_table(ctx, &findings))
            (pay_table(ctx))
            (actions(html! {
                (button::primary(&ctx.t("save-and-continue"), "save"))
                (button::secondary(&ctx.t("save-draft"), "draft"))
                (button::danger(&ctx.t("row-delete"), "drop"))
            }))
        }))
    };
    Page::new(ctx, "资助申请：投资与股权")
        .crumb("/inbox", "我的申报")
        .caption("第 2 步，共 5 步 · 表三至表七 · 天津海河云商供应链有限公司")
        .findings(findings.count())
        .body(body)
        .render()
        .into_string()
}

fn fields(ctx: &Ctx, findings: &Findings) -> Markup {
    let modes =
        [Opt::new("project", "项目投资补贴").with_hint("按新增投资额计算"), Opt::new("output", "生产性补贴")];
    let levels = [
        RegionLevel {
            key: "province",
            label: "省（自治区、直辖市）".into(),
            options: vec![Opt::new("620000", "甘肃省")],
            chosen: "620000".into(),
        },
        RegionLevel {
            key: "city",
            label: "地区（州、市）".into(),
            options: vec![Opt::new("620400", "白银市")],
            chosen: String::new(),
        },
        RegionLevel {
            key: "county", label: "县（市）".into(), options: Vec::new(), chosen: String::new()
        },
    ];
    let place = RegionPicker {
        name: "place",
        label: "项目投资地",
        hint: Some("须在第四条规定的地域内"),
        error: None,
        levels: &levels,
    };
    html! {
        (Choice::radios("mode", "申请资助方式", &modes).chosen("project").inline().html(ctx))
        (Field::text("firm", "项目企业名称").hint("与营业执照一致").value("靖远海河羊羔肉食品有限公司").html(ctx))
        (place.html(ctx))
        (Field::percent("share", "天津投资主体持股比例").value("51").html(ctx))
        (Field::money("paid_in", "注册资本实缴额", MoneyUnit::Wan).value("1,200").html(ctx))
        (Field::money("investment", "新增投资额", MoneyUnit::Wan).value("186.5.1").hint("近三年累计，以财务账面数为准")
            .error(findings.at("investment")).html(ctx))
        (Field::count("staff", "企业用工总数", "人").value("194").html(ctx))
        (Field::date("start", "（计划）投产经营日期").value("2019-12-20").optional().html(ctx))
        (Field::month("month", "建设起始月份").value("2019-04").html(ctx))
        (Choice::select("form", "合作方式", &[Opt::new("sole", "独资"), Opt::new("joint", "合资")]).chosen("joint").html(ctx))
        (Choice::checkboxes("kinds", "出资方式", &[Opt::new("cash", "资金"), Opt::new("land", "土地")]).chosen("cash").html(ctx))
        (Field::long_text("about", "项目简介", 4).hint("项目背景、具体位置、建设内容、带贫机制等").html(ctx))
        (FileField { name: "licence", label: "营业执照", accept: ".pdf", hint: Some("PDF 或照片，不超过 20 MB"), error: None }.html(ctx))
        (details("为什么要填写这些内容？", html! { p { "审核单位按各条逐项核对，缺一项就不能受理。" } }))
    }
}

fn rules(ctx: &Ctx) -> Markup {
    let line = |text: &str, article: &str, verdict, note: Option<&str>| RuleLine {
        text: text.into(),
        article: article.into(),
        verdict,
        note: note.map(ToOwned::to_owned),
    };
    let lines = [
        line("天津投资主体持股 51%，不低于 30%", "第七条(一)", Verdict::Met, None),
        line("注册资本实缴 1,200 万元，不低于 100 万元", "第七条(二)", Verdict::Met, None),
        line("新增投资额 186.5 万元，未达到 200 万元", "第七条(二)", Verdict::NotMet, Some("还差 13.5 万元")),
        line(
            "带动建档立卡人口 50 人以上，或占用工 30% 以上",
            "第七条(三)",
            Verdict::Open,
            Some("缺：带动人数"),
        ),
    ];
    RulePanel::new("资格条件", &lines)
        .ceiling("55.95", "万元")
        .binds("受新增投资额的 30% 限制", "第八条(一)")
        .html(ctx)
}

fn assets_table(ctx: &Ctx, findings: &Findings) -> Markup {
    let columns = [
        Column::new(
            "kind",
            "大类",
            Input::Select(vec![Opt::new("house", "房屋、建筑物"), Opt::new("machine", "机器、机械")]),
        ),
        Column::new("name", "资产具体名称（型号）", Input::Text).broad(),
        Column::new("date", "取得日期", Input::Date),
        Column::new("count", "数量", Input::Count),
        Column::new("price", "单价（元）", Input::Amount),
        Column::new("sum", "总金额（元）", Input::Amount),
    ];
    let rows = [
        texts(["house", "–18℃ 冷库 3000 立方米", "2019-05-20", "1", "860000.00", "860000.00"]),
        texts(["machine", "屠宰分割生产线", "2019.6.1", "2", "18,605.00", "3721O.00"]),
    ];
    FormTable::new("assets", "表六　投资项目的新增投资额基本情况表", &columns, &rows)
        .hint("以财务账面数为基数上报；可从 Excel 复制后粘贴到表中。")
        .findings(findings)
        .totals(&texts(["", "", "", "", "", "860,000.00"]))
        .html(ctx)
}

fn pay_table(ctx: &Ctx) -> Markup {
    let kinds = texts(["职工薪酬（本单位）", "劳务费（外用工）"]);
    let rows = [std::array::from_fn(|_| "50000.00".to_owned()), std::array::from_fn(|_| String::new())];
    let totals =
        std::array::from_fn(|index| if index == 12 { "600,000.00".into() } else { "50,000.00".to_owned() });
    let months = Months {
        name: "pay",
        caption: "表七　劳务支出基本情况表（元）",
        kinds_heading: "类别",
        kinds: &kinds,
        rows: &rows,
        sums: &texts(["600,000.00", "0.00"]),
        totals: &totals,
    };
    months_table(ctx, &months, &Findings::none())
}

fn deadline(days_left: i64) -> Deadline<'static> {
    Deadline {
        state: DeadlineState::Running { days_left },
        due: Date::constant(2019, 11, 8),
        article: "第十一条(一)",
        provisional: (days_left > 3).then_some("2020 年放假安排尚未公布，日期为暂定"),
    }
}

fn list_page(ctx: &Ctx) -> String {
    let cases = DataTable::new(
        "cases",
        "待办事项",
        vec![
            Head::text("编号"),
            Head::text("企业与项目"),
            Head::text("投资地"),
            Head::amount("申请金额（万元）"),
            Head::text("时限"),
            Head::text("状态"),
        ],
    );
    let row = |number: &str, firm: &str, amount: &str, days: i64, colour, state: &str| {
        vec![
            html! { a href="/case" { (number) } },
            html! { (firm) },
            html! { "甘肃省白银市靖远县" },
            html! { (amount) },
            deadline(days).badge(ctx),
            badge(colour, state),
        ]
    };
    let cases = cases
        .row(row(
            "TJ2019-0012",
            "天津海河云商供应链有限公司　羊羔肉冷链加工",
            "186.50",
            3,
            Badge::Blue,
            "审核中",
        ))
        .row(row("TJ2019-0009", "天津渤海种苗有限公司　高原夏菜育苗", "96.54", 0, Badge::Amber, "待补正"))
        .marked_row(row("TJ2019-0003", "天津津门纺织有限公司　就业车间", "20.00", -2, Badge::Red, "逾期"))
        .row(row("TJ2019-0002", "天津盘山食品有限公司　土豆深加工", "1,200.00", 8, Badge::Green, "已受理"))
        .totals(["合计", "4 件", "", "1,503.04", "", ""].into_iter().map(|text| html! { (text) }).collect())
        .html();
    let stat = |label: &str, value: &str, about: &str| Stat {
        label: label.into(),
        value: value.into(),
        unit: "万元".into(),
        about: about.into(),
        href: Some("/fund".into()),
    };
    let body = html! {
        (stats(&[
            stat("年度资金", "4,000.00", "本年度预算"),
            stat("已核定", "1,310.00", "占预算 32.7%"),
            stat("已拨付", "910.00", "占核定 69.4%"),
            stat("评审费用", "38.00", "由资金列支"),
        ]))
        (tabs("事项", &[Tab::new("/inbox", "待办", Some(4)), Tab::new("/done", "已办", Some(27)),
            Tab::new("/copy", "抄送", None), Tab::new("/mine", "我发起", Some(2))], 0))
        (FilterBar::new("/inbox")
            .field(Field::text("q", "企业或项目名称").html(ctx))
            .field(Choice::select("state", "状态", &[Opt::new("review", "审核中")]).html(ctx))
            .field(Field::month("month", "申报月份").html(ctx))
            .extra(button::link("/export", &ctx.t("filter-export")))
            .html(ctx))
        (chips(ctx, &[Chip { label: "状态：审核中".into(), without: "/inbox".into() },
            Chip { label: "年度：2019".into(), without: "/inbox".into() }]))
        section.card {
            (cases)
            (pager(ctx, &Pager { first: Some("/inbox".into()), next: Some("/inbox?after=9".into()), shown: 4, all: Some(57) }))
        }
        div.desk { div { (case_parts(ctx)) } div { (case_side(ctx)) } }
        div.columns { (charts(ctx)) (panel("支出进度", gauges())) }
        (empty_state("暂无公示", "审核通过的项目将在这里公示 5 个工作日，公示期间任何人都可以提出异议。",
            button::link("/rules", "查看公示要求")))
        (flash(Tone::Note, "本年度受理期为 10 月 9 日至 12 月 31 日。"))
        (flash(Tone::Warning, "有 1 件事项已经逾期。"))
    };
    Page::new(ctx, "待办事项")
        .crumb("/work", "工作台")
        .width(Width::Normal)
        .beside_title(button::link_primary("/new", "新建申报"))
        .body(body)
        .render()
        .into_string()
}

fn case_parts(ctx: &Ctx) -> Markup {
    let task = |title: &str, state| Task { title: title.into(), hint: None, href: Some("/t".into()), state };
    let tasks = TaskList::new()
        .group(
            "填写表格",
            vec![
                task("表二　项目企业基本情况表", TaskState::Done),
                task("表三　投资项目的基本情况表", TaskState::Started),
                task("表六　新增投资额基本情况表", TaskState::Faulty),
                task("表七　劳务支出基本情况表", TaskState::NotStarted),
            ],
        )
        .group("提交材料", vec![task("成立不足一年的企业材料", TaskState::NotApplicable)]);
    let (done, all) = tasks.done_of();
    html! {
        (progress("填写进度", done as u64, all as u64, &format!("已完成 {done} / {all} 项")))
        (tasks.html(ctx))
        (panel("核对内容", SummaryList::new()
            .row_to_change("企业名称", "天津海河云商供应链有限公司", "/edit")
            .row_to_change("带动人数", diff(ctx, Mark::between("60 人", "68 人")), "/edit")
            .row("传真", "")
            .html(ctx)))
        (panel_with("申报材料", "2 / 3 项", paper_list(ctx, &papers())))
    }
}

fn papers() -> Vec<Paper> {
    let paper = |title: &str, state, files| Paper {
        title: title.into(),
        article: "第十二条(三)".into(),
        hint: Some("加盖公章的复印件".into()),
        state,
        files,
        action: None,
    };
    let file = PaperFile {
        name: "营业执照副本.pdf".into(),
        href: "/file".into(),
        kind: "PDF".into(),
        bytes: 482_113,
        hash: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0".into(),
    };
    vec![
        paper("营业执照", PaperState::Given, vec![file]),
        paper("验资报告", PaperState::Missing, Vec::new()),
        paper("股权证明", PaperState::Returned, Vec::new()),
    ]
}

fn case_side(ctx: &Ctx) -> Markup {
    let event = |title: &str, colour, text: Option<&str>| Event {
        title: title.into(),
        by: "李明（南开区合作交流办）".into(),
        at: "2019年10月25日 10:30".into(),
        article: "第十一条(二)".into(),
        text: text.map(|text| html! { (text) }),
        colour,
    };
    html! {
        (panel("当前时限", html! { (deadline(5).html(ctx)) }))
        (panel("办理经过", Timeline::new(vec![
            event("退回补正", Badge::Amber, Some("请补充受援地扶贫部门的证明。")),
            event("受理事前申报", Badge::Green, None),
            event("提交事前申报", Badge::Blue, None),
        ]).html(ctx)))
    }
}

fn charts(ctx: &Ctx) -> Markup {
    let months: Vec<String> = (1..=8).map(|month| format!("{month}月")).collect();
    let series = |label: &str, values: [u64; 8]| Series {
        label: label.into(),
        values: values.into(),
        texts: values.iter().map(|value| format!("{value}.00")).collect(),
    };
    let all = [
        series("计划资金", [620, 480, 950, 1100, 860, 1240, 700, 560]),
        series("已拨付", [580, 450, 810, 1050, 640, 1180, 590, 300]),
    ];
    let chart = chart::Bars {
        id: "months",
        title: "月度拨付进度",
        unit: "万元",
        groups: &months,
        series: &all,
        palette: chart::Palette::Screen,
    };
    panel("月度拨付进度", chart::bars(ctx, &chart))
}

use super::chart::Series;

fn gauges() -> Markup {
    let one = |id, label, text, value, target| {
        chart::gauge(&chart::Gauge { id, label, text, value, target, palette: chart::Palette::Screen })
    };
    html! {
        (one("spent", "支出进度（目标 75%）", "68.3%", 6830, 7500))
        (one("shown", "公示率（目标 95%）", "98.2%", 9820, 9500))
    }
}

fn error_page(ctx: &Ctx) -> String {
    let response =
        crate::guard::faces::page(ctx, &crate::WebError::Fault(crate::Fault::new("store is closed")));
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    let refusal = flash(Tone::Warning, "…");
    Page::new(ctx, &ctx.t("error-not-found")).width(Width::Narrow).body(refusal).render().into_string()
}

fn pages() -> Vec<(&'static str, String)> {
    let (zh, en) = (ctx(Lang::Zh), ctx(Lang::En));
    let prefs = Prefs { text: TextSize::Large, contrast: Contrast::High };
    let strong = Ctx { prefs, ..ctx(Lang::Zh) };
    vec![
        ("form", form_page(&zh)),
        ("list", list_page(&zh)),
        ("form-en", form_page(&en)),
        ("list-strong", list_page(&strong)),
        ("narrow", error_page(&zh)),
    ]
}

#[test]
fn every_component_renders_without_inline_style_or_script() {
    let folder = std::env::var_os("QINGQU_GALLERY");
    for (name, page) in pages() {
        assert!(!page.contains(" style=") && !page.contains(" onclick="), "{name}");
        assert!(page.contains("<h1>") && page.ends_with("</html>"), "{name}");
        if let Some(folder) = &folder {
            let local = page
                .replace(assets::STYLE.path(), "app.css")
                .replace(assets::SCRIPT.path(), "app.js")
                .replace(assets::ICON.path(), "icon.svg");
            std::fs::write(Path::new(folder).join(format!("{name}.html")), local).unwrap();
        }
    }
    if let Some(folder) = &folder {
        std::fs::write(Path::new(folder).join("app.css"), include_str!("../assets/app.css")).unwrap();
        std::fs::write(Path::new(folder).join("app.js"), include_str!("../assets/app.js")).unwrap();
    }
}

/// Ids named by labels, descriptions and links of a page exist on it, and no id is given twice.
#[test]
fn names_lead_to_ids_that_exist_once() {
    for (name, page) in pages() {
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for (index, id) in ids.iter().enumerate() {
            assert!(!ids[..index].contains(id), "{name}: id {id} twice");
        }
        for attribute in [" for=\"", " aria-labelledby=\"", " aria-describedby=\"", " href=\"#"] {
            for value in page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                for id in value.split(' ') {
                    assert!(ids.contains(&id), "{name}:{attribute}{id}\" leads nowhere");
                }
            }
        }
    }
}
