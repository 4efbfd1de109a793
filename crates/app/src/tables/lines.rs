//! Budget lines of a project and lines of a drafted allocation, from a table. Both replace what stands there now.

use super::import::{Trial, actor, finding_at, refusal_at, refusal_of_all};
use super::port::{Choice, Finding, Form, Reading, RowRead, Severity};
use crate::command::Failure;
use crate::command::money::{AllocationLine, AllocationText, BudgetLine, MoneyCommand};
use crate::history;
use crate::view::Viewer;
use crate::view::money::{AllocationMoney, AllocationPage, ProjectPage};
use crate::writer::App;
use domain::allocation::{Figures, redraft};
use domain::lot::Lot;
use domain::project::{Event, Project, plan};
use domain::{Context, Reason, Refusal, Stream};
use kernel::calendar::Calendar;
use kernel::id::{AllocationId, PaperHash, ProjectId};
use policy::pack::{Pack, Words};
use std::collections::BTreeMap;

fn missing(what: &str) -> Failure {
    Reason::NotFound { what: what.into() }.into()
}

/// A project whose budget lines the viewer may set.
fn open_project(app: &App, viewer: &Viewer, id: ProjectId) -> Result<ProjectPage, Failure> {
    let page = app.project_page(viewer, id)?;
    if page.may.declare && page.closed.is_none() {
        Ok(page)
    } else {
        Err(missing("可以修改预算的项目"))
    }
}

pub(super) fn project_form(app: &App, viewer: &Viewer, id: ProjectId) -> Result<Form, Failure> {
    let page = open_project(app, viewer, id)?;
    Ok(Form::ProjectLines { natures: natures(&page.pack) })
}

/// The natures that vouchers of the pack ask for.
fn natures(pack: &Pack) -> Vec<Choice> {
    let mut all: Vec<Choice> = Vec::new();
    for nature in pack.vouchers.iter().flat_map(|voucher| &voucher.natures) {
        if all.iter().all(|known| known.id != nature.id) {
            all.push(Choice::new(&nature.id, &nature.name.zh));
        }
    }
    all
}

pub(super) fn project_lines(
    app: &App,
    viewer: &Viewer,
    id: ProjectId,
    reading: &Reading,
    trial: Trial,
    findings: &mut Vec<Finding>,
) -> Result<MoneyCommand, Failure> {
    let page = open_project(app, viewer, id)?;
    let mut lines: Vec<BudgetLine> = Vec::new();
    for row in &reading.rows {
        let name = row.text("line").trim().to_owned();
        lines.push(BudgetLine {
            key: key_for(&page.budget, &lines, &name),
            name,
            nature: row.text("nature").to_owned(),
            amount: row.money("amount"),
        });
    }
    if trial == Trial::Whole
        && let Some(state) = history::project(&app.reads.stream(&Stream::Project(id).key())?)?
    {
        let (calendar, actor) = (Calendar::known_on(app.today()), actor(viewer));
        let ctx = Context { pack: &page.pack, today: app.today(), calendar: &calendar, actor: &actor };
        try_lines(&state, &lines, reading, ctx, findings);
    }
    Ok(MoneyCommand::PlanLines { project: id, lines })
}

fn try_lines(
    state: &Project,
    lines: &[BudgetLine],
    reading: &Reading,
    ctx: Context<'_>,
    findings: &mut Vec<Finding>,
) {
    match plan(state, lines.to_vec(), ctx) {
        Err(refusal) => findings.push(of_line(&refusal, lines, reading)),
        Ok(events) => {
            for doubt in events
                .iter()
                .filter_map(|e| if let Event::Planned { doubts, .. } = e { Some(doubts) } else { None })
                .flatten()
            {
                let at = lines.iter().position(|line| doubt.at == format!("line:{}", line.key));
                let Some(row) = at.and_then(|at| reading.rows.get(at)) else { continue };
                let name =
                    ctx.pack.spendings.get(&doubt.spending).map_or_else(Words::default, |s| s.name.clone());
                let cite =
                    ctx.pack.spendings.get(&doubt.spending).map_or_else(String::new, |s| s.cite.to_string());
                let what = Words::new(
                    format!("含“{}”，疑似不得列支的“{}”（{cite}）", doubt.word, name.zh),
                    format!("“{}” looks like the prohibited use “{}” ({cite})", doubt.word, name.en),
                );
                let mend = Words::new(
                    "可以导入，但在有权人员认定之前不能动用资金；写错的请改",
                    "it may be imported, but no money moves before a person has decided",
                );
                let found = finding_at(reading, (row, "line"), what, mend);
                findings.push(Finding { severity: Severity::Warn, ..found });
            }
        }
    }
}

/// A refusal at the line that it names, else of the table.
fn of_line(refusal: &Refusal, lines: &[BudgetLine], reading: &Reading) -> Finding {
    let said = refusal.reason.say().zh;
    let named = lines.iter().position(|line| !line.name.is_empty() && said.contains(&line.name));
    match named.and_then(|at| reading.rows.get(at)) {
        Some(row) => refusal_at(reading, (row, "amount"), refusal),
        None => refusal_of_all(reading, refusal),
    }
}

/// The key of a line: that of the old line of the same name, else the first `lN` that is free.
fn key_for(old: &[BudgetLine], lines: &[BudgetLine], name: &str) -> String {
    let taken = |key: &str| lines.iter().any(|line| line.key == key);
    if let Some(line) = old.iter().find(|line| line.name == name && !taken(&line.key)) {
        return line.key.clone();
    }
    let used = |key: &str| taken(key) || old.iter().any(|line| line.key == key);
    (1..=u32::MAX).map(|number| format!("l{number}")).find(|key| !used(key)).unwrap_or_default()
}

/// An allocation whose draft the viewer may change, with the money it gives out.
fn open_allocation(
    app: &App,
    viewer: &Viewer,
    id: AllocationId,
) -> Result<(AllocationPage, AllocationMoney), Failure> {
    let page = app.allocation_page(viewer, id)?;
    if !page.may_edit {
        return Err(missing("可以修改的分配方案"));
    }
    let row = &page.line.row;
    let money = app.allocation_money(viewer, (&row.fund, &row.side), row.year)?;
    Ok((page, money))
}

pub(super) fn allocation_form(app: &App, viewer: &Viewer, id: AllocationId) -> Result<Form, Failure> {
    let (_, money) = open_allocation(app, viewer, id)?;
    Ok(form_of(&money))
}

fn form_of(money: &AllocationMoney) -> Form {
    let names: Vec<&str> = money.projects.iter().map(|one| one.line.row.name.as_str()).collect();
    let choice = |one: &crate::view::money::Candidate| {
        let row = &one.line.row;
        let alone = names.iter().filter(|name| **name == row.name).count() == 1;
        // Two projects of one name are told apart by their numbers.
        let name = if alone { row.name.clone() } else { format!("{}（{}）", row.name, row.number) };
        Choice::new(row.project.to_string(), name)
    };
    let places = money.places.iter().map(|(key, name)| Choice::new(key, name));
    Form::AllocationLines {
        projects: money.projects.iter().map(choice).collect(),
        places: if money.pooled { places.collect() } else { Vec::new() },
    }
}

pub(super) fn allocation_lines(
    app: &App,
    viewer: &Viewer,
    (id, hash): (AllocationId, &PaperHash),
    reading: &Reading,
    trial: Trial,
    findings: &mut Vec<Finding>,
) -> Result<MoneyCommand, Failure> {
    let (page, money) = open_allocation(app, viewer, id)?;
    let line = |row: &RowRead| {
        let origin = format!("据导入文件第{}行（摘要{}…）", row.row, &hash.to_string()[..12]);
        let remark = row.remarks();
        Some(AllocationLine {
            project: row.text("project").parse().ok()?,
            place: row.text("place").to_owned(),
            amount: row.money("amount"),
            note: if remark.is_empty() { origin } else { format!("{remark}；{origin}") },
            why: Vec::new(),
        })
    };
    let lines: Vec<AllocationLine> = reading.rows.iter().filter_map(line).collect();
    let text = AllocationText { basis: page.basis.clone(), method: None, lines };
    if trial == Trial::Whole {
        try_allocation(app, viewer, &page, &money, &text, reading, findings)?;
    }
    Ok(MoneyCommand::RedraftAllocation { allocation: id, text })
}

fn try_allocation(
    app: &App,
    viewer: &Viewer,
    page: &AllocationPage,
    money: &AllocationMoney,
    text: &AllocationText,
    reading: &Reading,
    findings: &mut Vec<Finding>,
) -> Result<(), Failure> {
    let acts = app.reads.stream(&Stream::Allocation(page.line.row.allocation).key())?;
    let Some(state) = history::allocation(&acts)? else { return Ok(()) };
    let mut projects: BTreeMap<ProjectId, Project> = BTreeMap::new();
    for line in &text.lines {
        if !projects.contains_key(&line.project) {
            let project = history::project(&app.reads.stream(&Stream::Project(line.project).key())?)?;
            projects.extend(project.map(|project| (line.project, project)));
        }
    }
    let quota: Vec<Lot> =
        money.quota.iter().map(|left| Lot { source: left.source, amount: left.left }).collect();
    let (calendar, actor) = (Calendar::known_on(app.today()), actor(viewer));
    let ctx = Context { pack: &page.pack, today: app.today(), calendar: &calendar, actor: &actor };
    let figures = Figures { projects: &projects, quota: &quota };
    let mut refused = false;
    // Each line alone says what is wrong with it; all together say what is wrong with their sum.
    for (row, line) in reading.rows.iter().zip(&text.lines) {
        let alone = AllocationText { lines: vec![line.clone()], ..text.clone() };
        if let Err(refusal) = redraft(&state, alone, figures, ctx) {
            let key = if matches!(refusal.reason, Reason::OverQuota { .. } | Reason::AmountNotPositive { .. })
            {
                "amount"
            } else {
                "project"
            };
            findings.push(refusal_at(reading, (row, key), &refusal));
            refused = true;
        }
    }
    if !refused && let Err(refusal) = redraft(&state, text.clone(), figures, ctx) {
        findings.push(refusal_of_all(reading, &refusal));
    }
    Ok(())
}
