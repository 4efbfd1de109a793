//! Rows from states: what lists, inboxes and registers show. Written in the transaction of the act; the same function rebuilds them.

mod money;

use crate::command::{Failure, Who};
use crate::desk::{Appended, Desk};
use crate::ports::Fault;
use crate::rows::*;
use crate::usecase::award_keys;
use domain::Stream;
use domain::case::{Case, OpenStep, Standing, filed_text, files, listed_amount, open_steps, satisfied};
use domain::identity::{Org, OrgKind, Person};
use domain::plan::Plan;
use domain::year::Year;
use kernel::Money;
use kernel::deadline::Due;
use policy::pack::Pack;
use policy::procedure::{Act, Step, Subject};

/// Projects every stream that a command touched.
pub fn touched(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let (acts, streams) = desk.appended();
    for stream in &streams {
        one(desk, stream, &acts)?;
    }
    for act in &acts {
        deed(desk, act)?;
    }
    Ok(())
}

/// Projects one stream from its state.
fn one(desk: &mut Desk<'_>, stream: &Stream, acts: &[Appended]) -> Result<(), Failure> {
    match stream {
        Stream::Org(id) => {
            if let Some(org) = desk.org(*id)? {
                // Registered in this command, or as its first act says.
                let now = acts.iter().any(|act| act.stream == *stream && act.kind == "org.registered");
                let since = if now {
                    desk.today
                } else {
                    let first = desk.book.stream(&stream.key())?;
                    first.first().map_or(desk.today, |act| crate::time::day_of(act.at))
                };
                desk.book.put_org(&org_row(&org, since))?;
            }
        }
        Stream::Person(id) => {
            if let Some(person) = desk.person(*id)? {
                desk.book.put_person(&person_row(&person))?;
            }
        }
        Stream::Year(pack, year) => {
            if let Some(state) = desk.year(pack, *year)? {
                desk.book.put_year(&year_row(&state))?;
            }
        }
        Stream::Case(id) => {
            if let Some(case) = desk.case(*id)? {
                project_case(desk, &case)?;
            }
        }
        Stream::Plan(id) => {
            if let Some(plan) = desk.plan(*id)? {
                project_plan(desk, &plan)?;
            }
        }
        Stream::Report(step, org, period) => {
            let acts = desk.book.stream(&stream.key())?;
            if let Some((filed, figures, note)) =
                crate::history::report(&acts)?.as_ref().and_then(|r| r.filed.last())
            {
                desk.book.put_report(&ReportRow {
                    step: step.clone(),
                    org: *org,
                    period: period.clone(),
                    filed: *filed,
                    figures: figures.clone(),
                    note: note.clone(),
                    version: i64::try_from(acts.len()).unwrap_or(i64::MAX),
                })?;
            }
        }
        _ => money_stream(desk, stream)?,
    }
    Ok(())
}

/// Projects one stream of the money slices.
fn money_stream(desk: &mut Desk<'_>, stream: &Stream) -> Result<(), Failure> {
    match stream {
        Stream::Source(id) => desk.source(*id)?.map_or(Ok(()), |state| money::source(desk, &state)),
        Stream::Project(id) => desk.project(*id)?.map_or(Ok(()), |state| money::project(desk, &state)),
        Stream::Allocation(id) => {
            desk.allocation(*id)?.map_or(Ok(()), |state| money::allocation(desk, &state))
        }
        Stream::Claim(id) => desk.claim(*id)?.map_or(Ok(()), |state| money::claim(desk, &state)),
        Stream::Batch(id) => desk.batch(*id)?.map_or(Ok(()), |state| money::batch(desk, &state)),
        Stream::Consent(pack, place) => {
            desk.consent(pack, place)?.map_or(Ok(()), |state| money::consent(desk, &state))
        }
        _ => Ok(()),
    }
}

fn org_row(org: &Org, since: kernel::Date) -> OrgRow {
    OrgRow {
        org: org.id,
        name: org.name.clone(),
        kind: match org.kind {
            OrgKind::Government => "government",
            OrgKind::Enterprise => "enterprise",
            OrgKind::Firm => "firm",
        }
        .to_owned(),
        region: org.region,
        credit_code: org.credit_code.as_ref().map(|c| c.expose().to_owned()),
        related: org.related.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        since,
    }
}

fn person_row(person: &Person) -> PersonRow {
    PersonRow {
        person: person.id,
        name: person.name.clone(),
        login: person.login.clone(),
        enabled: person.enabled,
        roles: person.memberships.iter().map(|m| RoleRow { org: m.org, role: m.role.clone() }).collect(),
    }
}

fn year_row(year: &Year) -> YearRow {
    YearRow {
        pack: year.pack.clone(),
        year: year.year,
        budget: year.terms.budget,
        opens: year.terms.opens,
        closes: year.terms.closes,
    }
}

/// The word under which a standing is stored and filtered.
pub fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Returned => "returned",
        Standing::Accepted => "accepted",
        Standing::Granted => "granted",
        Standing::Paid => "paid",
        Standing::Refused => "refused",
        Standing::Withdrawn => "withdrawn",
    }
}

fn project_case(desk: &mut Desk<'_>, case: &Case) -> Result<(), Failure> {
    let pack = desk.edition(&case.pack, &case.edition)?;
    let tasks = case_tasks(&pack, case);
    let applicant_name = desk.org(case.applicant)?.map_or_else(String::new, |o| o.name.clone());
    let first = tasks.first();
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
        class: listed(&l.class).unwrap_or_default(),
        village: listed(&l.village).unwrap_or_default(),
    };
    desk.book.put_case(&row)?;
    desk.book.put_tasks(&format!("case:{}", case.id), &tasks)?;
    // Duties begin and never go: without any there is nothing to replace.
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

/// The notices on a case and what was said to them.
fn case_notices(desk: &mut Desk<'_>, pack: &Pack, case: &Case) -> Result<(), Fault> {
    let listed = pack.procedures.get(&case.procedure).and_then(|procedure| procedure.listed.place.as_ref());
    let place = filed_text(case, listed).and_then(|code| code.parse().ok());
    for notice in &case.notices {
        desk.book.put_notice(&NoticeRow {
            about: NoticeOf::Case(case.id),
            number: notice.number.clone(),
            title: pack.notices.get(&notice.notice).map_or_else(String::new, |n| n.name.zh.clone()),
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
                row.name = format!("{}（公示至{last}）", row.name);
                row.name_en = format!("{} (notice until {last})", row.name_en);
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

/// A step that somebody can do now, with nobody in particular concerned.
fn step_task(
    subject: &str,
    number: &str,
    title: &str,
    step: &Step,
    since: kernel::Date,
    due: Option<&Due>,
) -> TaskRow {
    TaskRow {
        subject: subject.to_owned(),
        step: step.id.clone(),
        name: step.name.zh.clone(),
        name_en: step.name.en.clone(),
        cite: step.cite.to_string(),
        role: step.by.clone(),
        title: title.to_owned(),
        number: number.to_owned(),
        applicant: None,
        desk: None,
        firm: None,
        since,
        due: due.map(|d| d.date),
        revision: due.and_then(|d| d.revision.as_ref()).map_or_else(String::new, ToString::to_string),
        provisional: due.is_some_and(|d| d.provisional),
        warn_only: step.within.as_ref().is_some_and(|w| w.warn_only),
        returned: false,
    }
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
    case.duties
        .iter()
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

fn project_plan(desk: &mut Desk<'_>, plan: &Plan) -> Result<(), Failure> {
    let pack = desk.edition(&plan.pack, &plan.edition)?;
    let open = plan.open_steps(&pack);
    let mut tasks: Vec<TaskRow> = Vec::new();
    for step in &open {
        let mut row = plan_task(plan, step.step, step.since, step.due.as_ref());
        if step.step.act == Act::Publish
            && let Some(notice) =
                plan.notice().filter(|n| step.items.iter().all(|id| n.rows.iter().any(|r| r.case == *id)))
        {
            row.name = format!("{}（公示至{}）", step.step.name.zh, notice.window.last);
            row.name_en = format!("{} (notice until {})", step.step.name.en, notice.window.last);
        }
        tasks.push(row);
    }
    let answering =
        plan.notice().and_then(|n| pack.notices.get(&n.notice)).and_then(|n| n.objection.as_ref());
    for objection in plan.objections.values().filter(|o| o.answer.is_none()) {
        let Some(rule) = answering else { continue };
        let Some(step) = open.first().map(|o| o.step).or_else(|| plan.steps(&pack).last().copied()) else {
            continue;
        };
        let due = rule.within.map(|term| {
            kernel::deadline::due(objection.on, term, &kernel::calendar::Calendar::known_on(objection.on))
        });
        let mut row = plan_task(plan, step, objection.on, due.as_ref());
        row.step = format!("objection:{}", objection.receipt);
        row.name = format!("答复异议 {}", objection.receipt);
        row.name_en = format!("answer objection {}", objection.receipt);
        row.role.clone_from(&rule.by);
        tasks.push(row);
    }
    let first = open.first();
    desk.book.put_plan(&PlanRow {
        plan: plan.id,
        number: plan.number.clone(),
        pack: plan.pack.clone(),
        procedure: plan.procedure.clone(),
        year: plan.year,
        items: i64::try_from(plan.items.len()).unwrap_or(i64::MAX),
        total: plan.total().unwrap_or(Money::MAX),
        stage: first.map_or_else(String::new, |o| o.step.name.zh.clone()),
        stage_en: first.map_or_else(String::new, |o| o.step.name.en.clone()),
        changed_on: plan.trail.last().map_or(desk.today, |(_, m)| m.on),
    })?;
    desk.book.put_tasks(&format!("plan:{}", plan.id), &tasks)?;
    project_notices(desk, &pack, plan)?;
    Ok(())
}

fn project_notices(desk: &mut Desk<'_>, pack: &Pack, plan: &Plan) -> Result<(), Fault> {
    for notice in &plan.notices {
        let amounts = notice.rows.iter().filter_map(|r| r.shown.get("amount")?.parse_money());
        desk.book.put_notice(&NoticeRow {
            about: NoticeOf::Plan(plan.id),
            number: notice.number.clone(),
            title: pack.notices.get(&notice.notice).map_or_else(String::new, |n| n.name.zh.clone()),
            pack: plan.pack.clone(),
            year: plan.year,
            posted: notice.on,
            first: notice.window.first,
            last: notice.window.last,
            items: i64::try_from(notice.rows.len()).unwrap_or(i64::MAX),
            total: Money::sum(amounts).unwrap_or(Money::MAX),
            place: None,
        })?;
    }
    for (id, objection) in &plan.objections {
        desk.book.put_objection(&ObjectionRow {
            objection: *id,
            about: NoticeOf::Plan(plan.id),
            receipt: objection.receipt.clone(),
            case: objection.case,
            text: objection.text.clone(),
            on: objection.on,
            answered: objection.answer.as_ref().map(|a| a.2),
            upheld: objection.answer.as_ref().map(|a| a.0),
            answer: objection.answer.as_ref().map_or_else(String::new, |a| a.1.clone()),
        })?;
    }
    Ok(())
}

/// An amount as a notice shows it.
trait ShownMoney {
    fn parse_money(&self) -> Option<Money>;
}

impl ShownMoney for String {
    fn parse_money(&self) -> Option<Money> {
        Money::parse_yuan(self).ok()
    }
}

fn plan_task(plan: &Plan, step: &Step, since: kernel::Date, due: Option<&Due>) -> TaskRow {
    let title = format!("{}（{}件）", plan.number, plan.items.len());
    step_task(&format!("plan:{}", plan.id), &plan.number, &title, step, since, due)
}

/// One line in the list of what a person did.
fn deed(desk: &mut Desk<'_>, act: &Appended) -> Result<(), Failure> {
    let Who::Person { person, .. } = desk.who else { return Ok(()) };
    // A case is opened by the filing that follows in the same command, a fund founded by its first source; one line tells both,
    // and only then is there a title.
    if matches!(act.kind, "case.opened" | "source.fund_founded") {
        return Ok(());
    }
    let (number, title) = match &act.stream {
        Stream::Case(id) => {
            desk.case(*id)?.map_or_else(Default::default, |c| (c.number.clone(), c.title.clone()))
        }
        Stream::Plan(id) => {
            desk.plan(*id)?.map_or_else(Default::default, |p| (p.number.clone(), String::new()))
        }
        stream => money::named(desk, stream)?,
    };
    let (what, what_en) = journal::forms::kind(act.kind).map_or(("", ""), |k| (k.zh, k.en));
    desk.book.put_deed(&DeedRow {
        seq: act.seq,
        person,
        at: desk.now,
        subject: act.stream.key(),
        number,
        title,
        what: what.to_owned(),
        what_en: what_en.to_owned(),
        cite: act.article.clone(),
    })?;
    Ok(())
}
