//! Rows from states: what lists, inboxes and registers show. Written in the transaction of the act; the same function rebuilds them.

mod case;
pub(crate) mod lines;
mod money;

pub use case::case_tasks;

use crate::command::{Failure, Who};
use crate::desk::{Appended, Desk};
use crate::ports::Fault;
use crate::rows::*;
use domain::Stream;
use domain::case::Standing;
use domain::identity::{Lending, Org, OrgKind, Person};
use domain::plan::Plan;
use domain::roster::Roster;
use domain::year::Year;
use kernel::Money;
use kernel::deadline::Due;
use kernel::id::ProjectId;
use policy::pack::Pack;
use policy::procedure::{Act, Step};

/// Projects every stream that a command touched.
pub fn touched(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let (acts, streams) = desk.appended();
    for stream in &streams {
        one(desk, stream, &acts)?;
    }
    for act in &acts {
        deed(desk, act)?;
        if let Some(said) = &act.said {
            desk.book.put_said(said)?;
        }
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
                case::project(desk, &case)?;
            }
        }
        Stream::Plan(id) => {
            if let Some(plan) = desk.plan(*id)? {
                project_plan(desk, &plan)?;
            }
        }
        Stream::Report(step, org, period) => {
            let acts = desk.book.stream(&stream.key())?;
            if let Some(last) = crate::history::report(&acts)?.as_ref().and_then(|r| r.filed.last()) {
                let money = last.figures.money.iter().map(|(id, amount)| (id.clone(), amount.fen()));
                desk.book.put_report(&ReportRow {
                    step: step.clone(),
                    org: *org,
                    period: period.clone(),
                    filed: last.on,
                    figures: last.figures.counts.clone().into_iter().chain(money).collect(),
                    note: last.note.clone(),
                    version: i64::try_from(acts.len()).unwrap_or(i64::MAX),
                })?;
            }
        }
        Stream::Roster(..) => {
            if let Some(row) = desk.roster(stream)?.and_then(|state| roster_row(&state)) {
                desk.book.put_roster(&row)?;
            }
        }
        _ => money_stream(desk, stream)?,
    }
    let opened = acts.iter().any(|act| act.stream == *stream && act.kind == "project.opened");
    match stream {
        Stream::Project(id) if opened => carried_out(desk, *id),
        _ => Ok(()),
    }
}

/// From the day on which a project is opened, its unit has tasks on the case that it came from, and on those that build on it.
fn carried_out(desk: &mut Desk<'_>, id: ProjectId) -> Result<(), Failure> {
    let Some(project) = desk.project(id)? else { return Ok(()) };
    let pack = desk.edition(&project.pack, &project.edition)?;
    let takes_part = pack.roles.iter().any(|role| crate::access::has_part(&pack, &role.id));
    let Some(of) = project.case.filter(|_| takes_part) else { return Ok(()) };
    drop(project);
    let mut cases = vec![of];
    cases.extend(desk.book.children(of)?);
    for id in cases {
        if let Some(case) = desk.case(id)? {
            case::project(desk, &case)?;
        }
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
        borrowed: person.borrowed.iter().map(borrowed_row).collect(),
    }
}

fn roster_row(state: &Roster) -> Option<RosterRow> {
    let last = state.loads.last()?;
    Some(RosterRow {
        key: RosterKey { pack: state.pack.clone(), roster: state.roster.clone(), place: state.place },
        file: last.file.clone(),
        rows: last.rows,
        removed: last.removed,
        came: last.came,
        left: last.left,
        changed: last.changed,
        on: last.on,
        person: last.by.map(|by| by.person),
        times: i64::try_from(state.loads.len()).unwrap_or(i64::MAX),
    })
}

fn borrowed_row(lending: &Lending) -> BorrowedRow {
    BorrowedRow {
        held: RoleRow { org: lending.held.org, role: lending.held.role.clone() },
        of: lending.other,
        from: lending.from,
        until: lending.until,
        why: lending.why.clone(),
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
    let (mut what, mut what_en) = (what.to_owned(), what_en.to_owned());
    let lender = desk.behalf.map(|lender| desk.person(lender)).transpose()?.flatten();
    if let Some(lender) = lender {
        what.push_str(&format!("（代{}）", lender.name));
        what_en.push_str(&format!(" (for {})", lender.name));
    }
    desk.book.put_deed(&DeedRow {
        seq: act.seq,
        person,
        at: desk.now,
        subject: act.stream.key(),
        number,
        title,
        what,
        what_en,
        cite: act.article.clone(),
    })?;
    Ok(())
}
