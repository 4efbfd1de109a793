//! Rows of one case: its line in lists, its tasks, its duties, its notices.

use super::lines::{has_lines, lines};
use super::{standing_word, step_task};
use crate::access::takes_part;
use crate::command::Failure;
use crate::desk::Desk;
use crate::ports::Fault;
use crate::rows::*;
use crate::usecase::{award_keys, carrier};
use crate::view::library::{class_named, classes_of};
use domain::case::{Case, OpenStep, Standing, filed_text, files, listed_amount, open_steps, satisfied};
use kernel::Money;
use kernel::deadline::Due;
use policy::pack::Pack;
use policy::procedure::{Act, Procedure, Step, Subject};
use std::collections::BTreeSet;

/// Projects a case.
pub(super) fn project(desk: &mut Desk<'_>, case: &Case) -> Result<(), Failure> {
    let pack = desk.edition(&case.pack, &case.edition)?;
    let tasks = case_tasks(&pack, case);
    let tasks = for_carrier(desk, &pack, case, tasks)?;
    let applicant_name = desk.org(case.applicant)?.map_or_else(String::new, |o| o.name.clone());
    let first = tasks.iter().find(|task| leads(&pack, task)).or(tasks.first());
    let party = |key: &str| case.parties.get(key).cloned();
    let procedure = pack.procedures.get(&case.procedure);
    let l = procedure.map(|procedure| procedure.listed.clone()).unwrap_or_default();
    let listed = |field: &Option<String>| filed_text(case, field.as_ref()).map(str::to_owned);
    let (stage, stage_en) = stage(&pack, case, first);
    let row = CaseRow {
        case: case.id,
        number: case.number.clone(),
        pack: case.pack.clone(),
        procedure: case.procedure.clone(),
        year: case.year,
        title: case.title.clone(),
        applicant: case.applicant,
        applicant_name,
        company_name: party("company_name").unwrap_or_default(),
        county: listed(&l.place).or_else(|| party("county")).and_then(|code| code.parse().ok()),
        desk: case.desk,
        firm: case.firm,
        parent: case.parent,
        plan: case.plan.as_ref().map(|(id, _)| *id),
        standing: standing_word(case.standing()).to_owned(),
        stage,
        stage_en,
        due: tasks.iter().filter_map(|t| t.due).min(),
        amount: amount_of(&pack, case),
        paid: case.paid,
        filed_on: case.applied_on().unwrap_or(desk.today),
        changed_on: case.trail.last().map_or(desk.today, |d| d.meta.on),
        library: procedure.is_some_and(|procedure| procedure.library),
        class: listed(&l.class).map(|text| class_id(&pack, procedure, text)).unwrap_or_default(),
        village: listed(&l.village).unwrap_or_default(),
    };
    desk.book.put_case(&row)?;
    if has_lines(&pack, &case.procedure) {
        desk.book.put_lines(case.id, &lines(&pack, case, &row))?;
    }
    desk.book.put_tasks(&format!("case:{}", case.id), &tasks)?;
    // Without a duty that ever began there is nothing to replace.
    if !case.duties.is_empty() {
        desk.book.put_duties(case.id, &duty_rows(&pack, case))?;
    }
    case_notices(desk, &pack, case)?;
    if let Some(award) = case.award.as_ref().filter(|a| a.granted) {
        let (company, investor, county) = award_keys(case);
        let pack = case.pack.clone();
        desk.book.put_award(&AwardRow {
            case: case.id,
            pack,
            company,
            investor,
            county,
            amount: award.amount,
            stands: true,
        })?;
    }
    Ok(())
}

/// Whether a task is where the case stands: filings that only warn, reports that recur and notices that hang go on beside it.
fn leads(pack: &Pack, task: &TaskRow) -> bool {
    let step = pack.steps.get(&task.step);
    !task.warn_only && step.is_some_and(|step| step.every.is_none() && step.publish.is_none())
}

/// The tasks of roles that see only what is their own and did not file the case are the organisation's that carries it out; until
/// there is one, such a step waits for its other roles.
fn for_carrier(
    desk: &mut Desk<'_>,
    pack: &Pack,
    case: &Case,
    tasks: Vec<TaskRow>,
) -> Result<Vec<TaskRow>, Failure> {
    let part = |task: &TaskRow| takes_part(pack, &task.role, case);
    if !tasks.iter().any(part) {
        return Ok(tasks);
    }
    let unit = carrier(desk, case)?;
    let others: BTreeSet<String> =
        tasks.iter().filter(|task| !part(task)).map(|task| task.step.clone()).collect();
    let own = |task: TaskRow| match (part(&task), unit) {
        (false, _) => Some(task),
        (true, Some(_)) => Some(TaskRow { applicant: unit, ..task }),
        (true, None) => Some(task).filter(|task| !others.contains(&task.step)),
    };
    Ok(tasks.into_iter().filter_map(own).collect())
}

/// A class by its id, however the form writes it; as it is written where the pack has no such member.
fn class_id(pack: &Pack, procedure: Option<&Procedure>, text: String) -> String {
    let members = procedure.map_or(&[][..], |procedure| classes_of(pack, procedure));
    class_named(members, &text).map_or(text, |member| member.id.clone())
}

/// The notices on a case and what was said to them.
fn case_notices(desk: &mut Desk<'_>, pack: &Pack, case: &Case) -> Result<(), Fault> {
    let listed = pack.procedures.get(&case.procedure).and_then(|procedure| procedure.listed.place.as_ref());
    let place = filed_text(case, listed).and_then(|code| code.parse().ok());
    for notice in &case.notices {
        let kind = pack.notices.get(&notice.notice).map_or("", |notice| notice.name.zh.as_str());
        desk.book.put_notice(&NoticeRow {
            about: NoticeOf::Case(case.id),
            number: notice.number.clone(),
            title: match notice.name() {
                Some(project) => format!("{kind}：{project}"),
                None => kind.to_owned(),
            },
            pack: case.pack.clone(),
            year: case.year,
            posted: notice.on,
            first: notice.window.first,
            last: notice.window.last,
            items: 1,
            total: listed_amount(pack, case).unwrap_or(Money::ZERO),
            place: place.or(Some(case.desk)),
        })?;
    }
    for (id, said) in &case.objections {
        desk.book.put_objection(&ObjectionRow {
            objection: *id,
            about: NoticeOf::Case(case.id),
            receipt: said.receipt.clone(),
            case: Some(case.id),
            text: said.text.clone(),
            on: said.on,
            answered: said.answer.as_ref().map(|a| a.2),
            upheld: said.answer.as_ref().map(|a| a.0),
            answer: said.answer.as_ref().map_or_else(String::new, |a| a.1.clone()),
        })?;
    }
    Ok(())
}

fn amount_of(pack: &Pack, case: &Case) -> Money {
    let granted = case.award.as_ref().map(|a| a.amount);
    let planned = case.plan.as_ref().map(|(_, amount)| *amount);
    let proposed = case.proposal.as_ref().map(|p| p.amount);
    let verified = case.inspection.as_ref().map(|i| i.amount);
    let asked = || listed_amount(pack, case);
    granted.or(planned).or(proposed).or(verified).or_else(asked).unwrap_or(Money::ZERO)
}

/// Where the case stands, in words: its open step, or the open step of its plan.
fn stage(pack: &Pack, case: &Case, first: Option<&TaskRow>) -> (String, String) {
    if let Some(task) = first {
        return (task.name.clone(), task.name_en.clone());
    }
    let waiting = pack.steps.iter().find(|s| {
        s.procedure == case.procedure
            && s.on == Subject::Plan
            && domain::case::performs(s.act)
            && case.done(&s.id).is_none()
            && s.after.iter().all(|after| satisfied(case, after))
    });
    match waiting {
        Some(step) if matches!(case.standing(), Standing::Open | Standing::Granted) => {
            (step.name.zh.clone(), step.name.en.clone())
        }
        _ => (String::new(), String::new()),
    }
}

/// The open tasks of a case: its own steps, and its place in a plan when it waits for one.
pub fn case_tasks(pack: &Pack, case: &Case) -> Vec<TaskRow> {
    let mut tasks: Vec<TaskRow> = open_steps(pack, case)
        .into_iter()
        .filter(|open| !open.step.optional && (!open.step.repeats || open.step.every.is_some()))
        .flat_map(|open| case_step_tasks(pack, case, &open))
        .collect();
    tasks.extend(answers(pack, case));
    let planning = case.plan.is_none() && case.standing() == Standing::Open;
    if planning {
        let planning = pack.steps.iter().find(|s| {
            s.procedure == case.procedure
                && s.on == Subject::Plan
                && s.act == Act::Plan
                && !s.after.is_empty()
                && s.after.iter().all(|after| satisfied(case, after))
        });
        if let Some(step) = planning {
            let since = case.last().map_or(kernel::Date::default(), |d| d.on);
            tasks.push(task(pack, case, step, since, None));
        }
    }
    tasks
}

/// The tasks of one open step: one for each role that may do it, or still must; a running notice says until when.
fn case_step_tasks(pack: &Pack, case: &Case, open: &OpenStep<'_>) -> Vec<TaskRow> {
    let signed = case.signing.get(&open.step.id);
    let has = |role: &str| signed.is_some_and(|s| s.iter().any(|s| s.meta.role.as_deref() == Some(role)));
    let running = case.running(&open.step.id).map(|notice| notice.window.last);
    let roles = open.step.roles().filter(|role| !has(role));
    roles
        .map(|role| {
            let mut row = task(pack, case, open.step, open.since, open.due.as_ref());
            row.role.clone_from(role);
            row.warn_only = open.warn_only;
            row.returned = files(open.step.act) && case.standing() == Standing::Returned;
            if let Some(last) = running {
                row.name = format!("{}（公示至{last}，期满后结束）", row.name);
                row.name_en = format!("{} (notice until {last}, then to be ended)", row.name_en);
            }
            row
        })
        .collect()
}

/// Objections to notices on the case that wait for an answer.
fn answers(pack: &Pack, case: &Case) -> Vec<TaskRow> {
    let open = case.objections.values().filter(|said| said.answer.is_none());
    open.filter_map(|said| {
        let shown = case.notices.iter().rev().find(|notice| notice.number == said.notice)?;
        let rule = pack.notices.get(&shown.notice)?.objection.as_ref()?;
        let due = rule
            .within
            .map(|term| kernel::deadline::due(said.on, term, &kernel::calendar::Calendar::known_on(said.on)));
        let mut row = task(pack, case, pack.steps.get(&shown.step)?, said.on, due.as_ref());
        row.step = format!("objection:{}", said.receipt);
        row.name = format!("答复异议 {}", said.receipt);
        row.name_en = format!("answer objection {}", said.receipt);
        row.role.clone_from(&rule.by);
        Some(row)
    })
    .collect()
}

fn task(_pack: &Pack, case: &Case, step: &Step, since: kernel::Date, due: Option<&Due>) -> TaskRow {
    TaskRow {
        applicant: Some(case.applicant),
        desk: Some(case.desk),
        firm: case.firm,
        warn_only: false,
        ..step_task(&format!("case:{}", case.id), &case.number, &case.title, step, since, due)
    }
}

fn duty_rows(pack: &Pack, case: &Case) -> Vec<DutyRow> {
    case.duties_standing(pack)
        .map(|due| {
            let duty = pack.duties.get(&due.duty);
            DutyRow {
                case: case.id,
                duty: due.duty.clone(),
                name: duty.map_or_else(|| due.duty.clone(), |d| d.must.zh.clone()),
                name_en: duty.map_or_else(|| due.duty.clone(), |d| d.must.en.clone()),
                cite: duty.map_or_else(String::new, |d| d.cite.to_string()),
                on_role: due.on.clone(),
                number: case.number.clone(),
                title: case.title.clone(),
                applicant: case.applicant,
                desk: case.desk,
                from: due.from,
                due: due.due,
                checks: due.checks.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
                provisional: due.provisional,
            }
        })
        .collect()
}
