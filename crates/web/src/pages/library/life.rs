//! A project's whole life as a document: what it is, every act with who did it and what was said, every version of its forms,
//! notices, money, who answers for what, and the list of the files beside it.

use app::archive::Plan;
use app::print::{Block, Cell, Column, Document, Grid, Look, Row, Table, Width};
use app::view::case::{ActShown, CasePage};
use app::view::filing::FormWanted;
use app::view::library::{LibraryMoney, LibraryPage, StageState};
use app::view::pack::Words;
use kernel::Money;
use kernel::id::CaseId;

use super::words;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::desk::form_name;
use crate::pages::filing::pdf::blocks;
use crate::pages::shared::{say, shown};
use crate::state::Seat;

/// The document.
pub(super) fn document(seat: &Seat, id: CaseId, plan: &Plan) -> Result<Document, WebError> {
    let (ctx, app, viewer) = (&seat.ctx, seat.app(), &seat.viewer);
    let view = shown(ctx, app.library_page(viewer, id))?;
    let row = &view.line.row;
    let title = ctx.t("life-title");
    let mut document = Document::new(Look::File, &*title, ctx.today)
        .language(ctx.printed())
        .number(ctx.t_args("bound-number", &[("number", (*row.number).into())]))
        .subtitle(&*row.title)
        .issuer(seat.viewer.org_name.clone())
        .header(format!("{}　{}", row.title, row.number))
        .fact(ctx.t("bound-project"), &*row.title)
        .fact(ctx.t("lib-unit"), &*row.applicant_name)
        .fact(ctx.t("lib-standing"), words::standing(ctx, &row.standing))
        .push(Block::Contents)
        .push(Block::heading(1, ctx.t("life-about")))
        .push(about(ctx, &view));
    for course in &view.courses {
        let columns = [Column::text(ctx.t("lib-stage-of")), Column::short(ctx.t("lib-standing"))];
        let table = course.stages.iter().fold(Table::new(columns), |table, stage| {
            let state = match stage.state {
                StageState::Done => ctx.t("lib-stage-done"),
                StageState::Current => ctx.t("lib-stage-current"),
                StageState::Later => ctx.t("lib-stage-later"),
            };
            table.row([say(ctx, &stage.name).to_owned(), state])
        });
        document = document.push(table.caption(say(ctx, &course.name)));
    }
    let mut family = vec![id];
    family.extend(view.kin.iter().map(|kin| kin.row.case));
    family.sort();
    document = document.push(Block::PageBreak).push(Block::heading(1, ctx.t("life-acts")));
    let mut forms = Vec::new();
    for case in family {
        let page = shown(ctx, app.case_page(viewer, case))?;
        let mut acts = shown(ctx, app.case_acts(viewer, case))?;
        acts.reverse();
        document = document
            .push(Block::heading(2, format!("{}　{}", say(ctx, &page.procedure), page.case.number)))
            .push(acts_table(ctx, &acts));
        forms.extend(filed(seat, &page)?);
    }
    if !forms.is_empty() {
        document = document.push(Block::PageBreak).push(Block::heading(1, ctx.t("life-forms")));
        document = forms.into_iter().fold(document, Document::push);
    }
    document = document.push(Block::PageBreak).push(Block::heading(1, ctx.t("lib-notices")));
    document = document.push(notices(ctx, &view)).push(Block::heading(1, ctx.t("lib-money")));
    document = document.push(money(ctx, &view.money));
    let movements = shown(ctx, app.archive_movements(viewer, id))?;
    if !movements.is_empty() {
        let columns = [
            Column::short(ctx.t("life-day")),
            Column::text(ctx.t("life-movement")),
            Column::short(ctx.t("steps-article")),
            Column::amount(ctx.t("life-amount")),
        ];
        let table = Table::new(columns).caption(ctx.t("life-movements")).unit(unit(ctx));
        document = document.push(movements.into_iter().fold(table, |table, one| {
            table.row([one.day.to_string(), one.memo, one.article, one.amount.grouped()])
        }));
    }
    document = document.push(Block::heading(1, ctx.t("lib-hands"))).push(hands(ctx, &view));
    document = document.push(Block::heading(1, ctx.t("life-files")));
    let columns = [Column::short(ctx.t("row-number")), Column::text(ctx.t("case-file"))];
    let files = plan.attachments().enumerate();
    Ok(document.push(
        files.fold(Table::new(columns), |table, (at, path)| {
            table.row([(at + 1).to_string(), path.to_owned()])
        }),
    ))
}

fn unit(ctx: &Ctx) -> String {
    format!("{}{}", ctx.t("filed-unit"), ctx.t("unit-yuan"))
}

fn about(ctx: &Ctx, view: &LibraryPage) -> Grid {
    let (line, row) = (&view.line, &view.line.row);
    let place = [line.place.as_str(), row.village.as_str()].join(" ");
    let pairs = [
        [(ctx.t("case-number"), row.number.clone()), (ctx.t("lib-year"), row.year.to_string())],
        [(ctx.t("lib-unit"), row.applicant_name.clone()), (ctx.t("lib-place"), place)],
        [
            (ctx.t("lib-class"), say(ctx, &line.class).to_owned()),
            (ctx.t("lib-since-word"), ctx.date(row.filed_on)),
        ],
    ];
    pairs.into_iter().fold(Grid::new([16, 34, 16, 34]), |grid, pair| {
        let cells = pair.into_iter().flat_map(|(label, text)| [Cell::label(label), Cell::value(text)]);
        grid.row(Row::of(cells))
    })
}

/// Every act of a case: the day, what was done with which outcome, by whom, and what was said.
fn acts_table(ctx: &Ctx, acts: &[ActShown]) -> Table {
    let columns = [
        Column::short(ctx.t("life-day")),
        Column::text(ctx.t("steps-step")).width(Width::Share(4)),
        Column::text(ctx.t("lib-hand-who")).width(Width::Share(4)),
        Column::text(ctx.t("life-said")).width(Width::Share(5)),
        Column::short(ctx.t("life-place")),
    ];
    acts.iter().fold(Table::new(columns), |table, act| {
        let mut what = say(ctx, &act.title).to_owned();
        if let Some(outcome) = &act.outcome {
            what.push_str(&format!("\n{}", say(ctx, outcome)));
        }
        if act.void {
            what.push_str(&format!("（{}）", ctx.t("lib-hand-void")));
        }
        if !act.cite.is_empty() {
            what.push_str(&format!("\n{}", act.cite));
        }
        table.row([act.on.to_string(), what, who(ctx, act), said(ctx, act), format!("#{}", act.seq)])
    })
}

fn who(ctx: &Ctx, act: &ActShown) -> String {
    let parts = [act.person.as_str(), say(ctx, &act.role), act.org.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The opinion, then what was issued, noted and handed in.
fn said(ctx: &Ctx, act: &ActShown) -> String {
    let pair = |name: &Words, text: &str| {
        ctx.t_args("label-and-text", &[("label", say(ctx, name).into()), ("text", text.into())])
    };
    let mut lines: Vec<String> = Vec::new();
    if !act.opinion.is_empty() {
        lines.push(act.opinion.clone());
    }
    lines.extend(act.document.as_ref().map(|(name, number)| pair(name, number)));
    lines.extend(act.notes.iter().map(|(name, text)| pair(name, say(ctx, text))));
    lines.extend(act.signed.iter().map(|(role, text)| pair(role, text)));
    if !act.papers.is_empty() {
        // The files themselves are listed at the end.
        let mut names: Vec<&str> = act.papers.iter().map(|(name, ..)| say(ctx, name)).collect();
        names.dedup();
        let names = names.join(ctx.pick("、", ", "));
        let args = [("label", ctx.t("case-paper").into()), ("text", names.into())];
        lines.push(ctx.t_args("label-and-text", &args));
    }
    lines.join("\n")
}

/// Every version of every form of a case, and the forms that steps brought.
fn filed(seat: &Seat, page: &CasePage) -> Result<Vec<Block>, WebError> {
    let (ctx, app, viewer) = (&seat.ctx, seat.app(), &seat.viewer);
    let case = page.case.id;
    let mut all = Vec::new();
    for declared in &page.case.declared {
        let wanted = FormWanted { of: declared.of.clone(), version: Some(declared.version), with: None };
        let form = shown(ctx, app.filed_as_wanted(viewer, case, &wanted))?;
        let version = ctx.t_args("case-version-n", &[("n", i64::from(declared.version).into())]);
        let name = form_name(page, &declared.of);
        let heading = format!("{}　{version}　{}", say(ctx, &name), ctx.date(declared.on));
        all.push(Block::heading(2, heading));
        all.extend(blocks(ctx, &form));
    }
    for (at, done) in page.case.trail.iter().enumerate().filter(|(_, done)| done.form.is_some()) {
        let form = shown(ctx, app.form_of_step(viewer, case, at))?;
        all.push(Block::heading(2, format!("{}　{}", say(ctx, &form.name), ctx.date(done.on))));
        all.extend(blocks(ctx, &form));
    }
    Ok(all)
}

fn notices(ctx: &Ctx, view: &LibraryPage) -> Table {
    let columns = [
        Column::text(ctx.t("lib-notice")),
        Column::text(ctx.t("lib-notice-days")),
        Column::short(ctx.t("lib-notice-places")),
        Column::text(ctx.t("lib-notice-objections")),
    ];
    let table = view.notices.iter().fold(Table::new(columns), |table, notice| {
        let (said, answered) = notice.objections;
        table.row([
            format!("{}\n{}", say(ctx, &notice.name), notice.number),
            format!("{} – {}", notice.first, notice.last),
            notice.places.to_string(),
            ctx.t_args("lib-objections", &[("count", said.into()), ("answered", answered.into())]),
        ])
    });
    if view.notices.is_empty() { table.note(ctx.t("lib-notices-none")) } else { table }
}

fn money(ctx: &Ctx, money: &LibraryMoney) -> Table {
    let columns = [Column::text(ctx.t("lib-money")), Column::amount(ctx.t("life-amount"))];
    let mut table = Table::new(columns).unit(unit(ctx));
    let mut rows: Vec<(&str, Money)> = vec![("lib-asked", money.asked)];
    rows.extend(money.approved.map(|sum| ("lib-approved", sum)));
    if let Some(project) = &money.project {
        rows.extend([
            ("lib-allotted", project.allotted),
            ("lib-paid", project.spent),
            ("lib-left", project.left()),
        ]);
    }
    for (name, sum) in rows {
        table = table.row([ctx.t(name), sum.grouped()]);
    }
    if money.project.is_none() { table.note(ctx.t("lib-money-none")) } else { table }
}

/// Who answers for what.
fn hands(ctx: &Ctx, view: &LibraryPage) -> Table {
    let columns = [
        Column::short(ctx.t("lib-hand-duty")),
        Column::text(ctx.t("lib-hand-who")).width(Width::Share(5)),
        Column::text(ctx.t("steps-step")).width(Width::Share(6)),
        Column::short(ctx.t("lib-hand-day")),
    ];
    view.hands.iter().fold(Table::new(columns), |table, hand| {
        let mut step = say(ctx, &hand.step).to_owned();
        if !hand.outcome.zh.is_empty() {
            step = format!("{step}：{}", say(ctx, &hand.outcome));
        }
        if hand.void {
            step.push_str(&format!("（{}）", ctx.t("lib-hand-void")));
        }
        let who = [hand.person.as_str(), say(ctx, &hand.role), hand.org.as_str()];
        let who = who.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        table.row([words::duty(ctx, hand.duty), who, step, hand.on.to_string()])
    })
}
