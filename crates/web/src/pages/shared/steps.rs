//! Where a procedure stands: what comes next and by whom, the steps with their deadlines, what happened.

use app::view::desk::DueShown;
use app::view::money::{StepNow, StepState, TrailLine};
use app::view::pack::Words;
use app::view::state::OutcomeKind;
use maud::{Markup, html};

use super::{article, say};
use crate::ctx::Ctx;
use crate::ui::{Badge, DataTable, Deadline, DeadlineState, Event, Head, Timeline, badge, details, icon};

/// The steps that can be done now.
pub fn open_steps(steps: &[StepNow]) -> impl Iterator<Item = &StepNow> {
    steps.iter().filter(|now| matches!(now.state, StepState::Open(..)))
}

/// What comes next and who does it, in one sentence for the top of a page.
pub fn next(ctx: &Ctx, steps: &[StepNow]) -> Markup {
    let one = |now: &StepNow| {
        let words = [("step", say(ctx, &now.step.name).into()), ("who", say(ctx, &now.by).into())];
        ctx.t_args("steps-next-one", &words)
    };
    let next: Vec<String> = open_steps(steps).map(one).collect();
    html! {
        p role="status" {
            @if next.is_empty() { (ctx.t("steps-next-nobody")) }
            @else { (ctx.t_args("steps-next", &[("next", next.join(ctx.pick("；", "; ")).into())])) }
        }
    }
}

/// The steps of a procedure: who, how far, until when, under which article; open ones of the viewer lead to their page.
pub fn steps(ctx: &Ctx, steps: &[StepNow], href: impl Fn(&StepNow) -> String) -> Markup {
    let heads = vec![
        Head::text(ctx.t("steps-step")),
        Head::text(ctx.t("steps-by")),
        Head::text(ctx.t("steps-state")),
        Head::text(ctx.t("steps-article")),
    ];
    let mut table = DataTable::new("steps", ctx.t("steps-title"), heads).quiet_caption();
    for step in steps {
        let name = say(ctx, &step.step.name);
        let open = matches!(step.state, StepState::Open(..));
        table = table.row(vec![
            html! { @if open && step.mine { a href=(href(step)) { (name) } } @else { (name) } },
            html! { (say(ctx, &step.by)) },
            state(ctx, step),
            article(&step.cite),
        ]);
    }
    table.html()
}

fn state(ctx: &Ctx, step: &StepNow) -> Markup {
    match &step.state {
        StepState::Done(done) => html! {
            (badge(outcome_colour(done.kind), &outcome(ctx, &done.outcome, done.kind)))
            p.hint { (ctx.date(done.on)) " " (ctx.zh(&done.person)) }
        },
        StepState::Open(since, running) => html! {
            @match running {
                Some(running) => (due_line(ctx, running, "")),
                None => (badge(Badge::Blue, &ctx.t("steps-open"))),
            }
            p.hint { (ctx.t_args("steps-since", &[("date", ctx.date(*since).into())])) }
        },
        StepState::Later => badge(Badge::Grey, &ctx.t("steps-later")),
    }
}

/// The colour of what a step ended with: passed, returned, ended.
pub fn outcome_colour(kind: OutcomeKind) -> Badge {
    match kind {
        OutcomeKind::Pass | OutcomeKind::Complete => Badge::Green,
        OutcomeKind::Return => Badge::Amber,
        OutcomeKind::End => Badge::Red,
    }
}

/// The word of an outcome: the pack's own, else a plain one.
fn outcome(ctx: &Ctx, words: &Words, kind: OutcomeKind) -> String {
    match (say(ctx, words), kind) {
        ("", OutcomeKind::Return) => ctx.t("steps-returned"),
        ("", OutcomeKind::End) => ctx.t("steps-ended"),
        ("", _) => ctx.t("steps-done"),
        (said, _) => said.to_owned(),
    }
}

/// What happened, newest first, with what was said; what a later return undid says so.
pub fn trail(ctx: &Ctx, lines: &[TrailLine]) -> Markup {
    let event = |line: &TrailLine| {
        let done = &line.done;
        let text = !done.opinion.is_empty() || line.void;
        Event {
            title: format!("{} · {}", say(ctx, &line.step), outcome(ctx, &done.outcome, done.kind)),
            by: done.person.clone(),
            at: ctx.date(done.on),
            article: String::new(),
            text: text.then(|| {
                html! {
                    @if !done.opinion.is_empty() { p { (ctx.zh(&done.opinion)) } }
                    @if line.void { p.hint { (ctx.t("trail-void")) } }
                }
            }),
            colour: if line.void { Badge::Grey } else { outcome_colour(done.kind) },
        }
    };
    Timeline::new(lines.iter().rev().map(event).collect()).html(ctx)
}

/// A deadline with its day, its marks, its article and the calendar notice behind a word; for the top of a page.
pub fn due(ctx: &Ctx, due: &DueShown, article: &str) -> Markup {
    html! { (due_line(ctx, due, article)) (calendar(ctx, due)) }
}

/// A deadline with its day, its marks and its article; for tables.
pub fn due_line(ctx: &Ctx, due: &DueShown, article: &str) -> Markup {
    let provisional = ctx.t("provisional");
    let state = DeadlineState::Running { days_left: due.left };
    let provisional = due.provisional.then_some(provisional.as_str());
    Deadline { state, due: due.date, article, provisional }.html(ctx)
}

/// The notice of working days that a deadline rests on, behind a word.
pub fn calendar(ctx: &Ctx, due: &DueShown) -> Markup {
    html! {
        @if let Some(revision) = &due.revision {
            (details(&ctx.t("due-calendar"), html! {
                p.hint {
                    (ctx.pick(&revision.zh, &revision.en)) " · "
                    (ctx.t_args("due-calendar-published", &[("id", revision.id.clone().into()), ("date", ctx.date(revision.published).into())]))
                }
            }))
        }
    }
}

/// Something that must be minded, above the content: a sign, what it is, and what can be done.
pub fn notice(colour: Badge, content: Markup) -> Markup {
    let (class, sign) = match colour {
        Badge::Red => ("flash red", icon::WARNING),
        Badge::Amber => ("flash amber", icon::WARNING),
        Badge::Green => ("flash green", icon::CHECK),
        Badge::Blue | Badge::Grey => ("flash blue", icon::INFO),
    };
    html! { div class=(class) { (sign) div { (content) } } }
}
