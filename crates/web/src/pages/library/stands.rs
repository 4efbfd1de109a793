//! Where a project stands, as blocks that any page about it can show: courses with their stages, money, notices, acceptance, hands.

use app::view::library::{CourseNow, Hand, LibraryMoney, LibraryNotice, StageNow, StageState, StageStep};
use maud::{Markup, html};

use super::words;
use crate::ctx::Ctx;
use crate::pages::shared::{article, due_line, say, stat_yuan};
use crate::ui::{Badge, DataTable, Head, badge, details, panel, stats, steps};

/// Each course: its stages in a line, and its steps behind a word.
pub fn courses(ctx: &Ctx, courses: &[CourseNow]) -> Markup {
    html! { @for (index, course) in courses.iter().enumerate() { (one_course(ctx, course, index)) } }
}

fn one_course(ctx: &Ctx, course: &CourseNow, index: usize) -> Markup {
    let labels: Vec<&str> = course.stages.iter().map(|stage| say(ctx, &stage.name)).collect();
    let current = course.stages.iter().position(|stage| stage.state != StageState::Done);
    let open = course.stages.iter().filter(|stage| stage.state == StageState::Current);
    let open: Vec<&str> = open.map(|stage| say(ctx, &stage.name)).collect();
    let at = open.join(ctx.pick("、", ", "));
    panel(
        say(ctx, &course.name),
        html! {
            p role="status" {
                @if current.is_none() { (ctx.t("lib-course-done")) }
                @else if at.is_empty() { (ctx.t("lib-course-waits")) }
                @else { (ctx.t_args("lib-course-at", &[("stage", at.into())])) }
                " " (article(&course.cite))
            }
            (steps(ctx, &labels, current.unwrap_or(labels.len())))
            (details(&ctx.t("lib-course-steps"), stages(ctx, course, index)))
        },
    )
}

fn stages(ctx: &Ctx, course: &CourseNow, index: usize) -> Markup {
    let heads = vec![
        Head::text(ctx.t("steps-step")),
        Head::text(ctx.t("lib-stage-of")),
        Head::text(ctx.t("steps-by")),
        Head::text(ctx.t("steps-state")),
        Head::text(ctx.t("steps-article")),
    ];
    let mut table = DataTable::new(format!("course-{index}"), say(ctx, &course.name), heads).quiet_caption();
    for stage in &course.stages {
        for step in &stage.steps {
            table = table.row(vec![
                html! { (say(ctx, &step.name)) },
                html! { (say(ctx, &stage.name)) " " (words::stage(ctx, stage.state)) },
                html! { (say(ctx, &step.by)) },
                step_state(ctx, stage, step),
                article(&step.cite),
            ]);
        }
    }
    table.html()
}

fn step_state(ctx: &Ctx, stage: &StageNow, step: &StageStep) -> Markup {
    let case = step.case.map(|case| format!("/cases/{case}"));
    html! {
        @match (step.done, step.open, &step.due) {
            (Some(day), false, _) => { (badge(Badge::Green, &ctx.t("steps-done"))) " " (ctx.date(day)) },
            (_, true, Some(due)) => (due_line(ctx, due, "")),
            (_, true, None) => (badge(Badge::Blue, &ctx.t("steps-open"))),
            (None, false, _) if stage.state == StageState::Done => span.hint { (ctx.t("lib-step-none")) },
            (None, false, _) => span.hint { (ctx.t("steps-later")) },
        }
        @if let Some(href) = case.filter(|_| step.done.is_some() || step.open) {
            " " a href=(href) { (ctx.t("lib-open-case")) span.sr-only { (say(ctx, &step.name)) } }
        }
    }
}

/// Asked, approved, allotted, paid, left; each with the page that explains it, for those whom `links` says may open it.
pub fn money(ctx: &Ctx, money: &LibraryMoney, links: bool) -> Markup {
    let mut figures = vec![stat_yuan(ctx, "lib-asked", money.asked, ctx.t("lib-asked-about"))];
    figures
        .extend(money.approved.map(|sum| stat_yuan(ctx, "lib-approved", sum, ctx.t("lib-approved-about"))));
    if let Some(project) = &money.project {
        let to = |tab: &str| links.then(|| format!("/projects/{}?tab={tab}", project.project));
        let stat = |label: &str, sum, about: &str, tab: &str| crate::ui::Stat {
            href: to(tab),
            ..stat_yuan(ctx, label, sum, ctx.t(about))
        };
        figures.push(stat("lib-allotted", project.allotted, "lib-allotted-about", "money"));
        figures.push(stat("lib-paid", project.spent, "lib-paid-about", "ledger"));
        figures.push(stat("lib-left", project.left(), "lib-left-about", "money"));
    }
    html! {
        (panel(&ctx.t("lib-money"), html! {
            (stats(&figures))
            @match &money.project {
                Some(project) if links => p { a href={ "/projects/" (project.project) } { (project.number) " " (ctx.zh(&project.name)) } },
                Some(project) => p { (project.number) " " (ctx.zh(&project.name)) },
                None => p.hint { (ctx.t("lib-money-none")) },
            }
        }))
    }
}

/// Its notices.
pub fn notices(ctx: &Ctx, notices: &[LibraryNotice]) -> Markup {
    if notices.is_empty() {
        return panel(&ctx.t("lib-notices"), html! { p.hint { (ctx.t("lib-notices-none")) } });
    }
    let heads = vec![
        Head::text(ctx.t("lib-notice")),
        Head::text(ctx.t("lib-notice-days")),
        Head::text(ctx.t("lib-notice-places")),
        Head::text(ctx.t("lib-notice-objections")),
        Head::text(ctx.t("lib-standing")),
    ];
    let table = notices.iter().fold(
        DataTable::new("notices", ctx.t("lib-notices"), heads).quiet_caption(),
        |table, notice| {
            let (said, answered) = notice.objections;
            table.row(vec![
                html! {
                    a href=(crate::pages::public::notice_address(notice.about, &notice.number)) { (say(ctx, &notice.name)) }
                    p.hint { (notice.number) }
                },
                html! { (ctx.date(notice.first)) " – " (ctx.date(notice.last)) },
                html! { (notice.places) },
                html! { (ctx.t_args("lib-objections", &[("count", said.into()), ("answered", answered.into())])) },
                html! {
                    @if notice.ended { (badge(Badge::Grey, &ctx.t("lib-notice-ended"))) }
                    @else if notice.run_out { (badge(Badge::Amber, &ctx.t("lib-notice-run-out"))) }
                    @else { (badge(Badge::Blue, &ctx.t("lib-notice-runs"))) }
                },
            ])
        },
    );
    panel(&ctx.t("lib-notices"), table.html())
}

/// Who answers for what: by name, role, body and day.
pub fn hands(ctx: &Ctx, (id, title): (&str, &str), hands: &[Hand]) -> Markup {
    if hands.is_empty() {
        return panel(title, html! { p.hint { (ctx.t("lib-hands-none")) } });
    }
    let heads = vec![
        Head::text(ctx.t("lib-hand-who")),
        Head::text(ctx.t("lib-hand-duty")),
        Head::text(ctx.t("steps-step")),
        Head::text(ctx.t("lib-hand-day")),
        Head::text(ctx.t("steps-article")),
    ];
    let table = hands.iter().fold(DataTable::new(id, title, heads).quiet_caption(), |table, hand| {
        table.row(vec![
            html! {
                (ctx.zh(&hand.person))
                p.hint { (say(ctx, &hand.role)) @if !hand.org.is_empty() { " · " (ctx.zh(&hand.org)) } }
            },
            html! { (words::duty(ctx, hand.duty)) },
            html! {
                (say(ctx, &hand.step))
                @if !hand.outcome.zh.is_empty() { "：" (say(ctx, &hand.outcome)) }
                @if hand.void { " " (badge(Badge::Grey, &ctx.t("lib-hand-void"))) }
                p.hint { (hand.of) @if !hand.document.is_empty() { " · " (ctx.zh(&hand.document)) } }
                @if !hand.opinion.is_empty() { p { (ctx.zh(&hand.opinion)) } }
            },
            html! { (ctx.date(hand.on)) },
            article(&hand.cite),
        ])
    });
    panel(title, table.html())
}
