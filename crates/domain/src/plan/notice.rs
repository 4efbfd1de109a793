//! The public notice of a plan: what it must say, where it stands, how long, and what an objection does.

use super::decide::open_for;
use super::event::{Event, NoticeRow, Posting};
use super::state::Plan;
use crate::actor::Context;
use crate::case::{Case, check_day};
use crate::ids::StepId;
use crate::refusal::{Reason, Refusal};
use kernel::Date;
use kernel::deadline::window;
use kernel::id::{CaseId, ObjectionId};
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::Notice;
use std::collections::BTreeMap;

/// Post a notice.
#[derive(Debug, Clone)]
pub struct Post {
    /// The step.
    pub step: StepId,
    /// Its number.
    pub number: String,
    /// The day of posting.
    pub on: Date,
    /// Where.
    pub postings: Vec<Posting>,
    /// What stands around the rows.
    pub fields: BTreeMap<String, String>,
}

/// Object to a notice.
#[derive(Debug, Clone)]
pub struct Object {
    /// On which item.
    pub case: Option<CaseId>,
    /// What is said.
    pub text: String,
    /// Who: a reference into the vault.
    pub from: Option<String>,
    /// The receipt to give.
    pub receipt: String,
}

/// Answer an objection.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Which.
    pub objection: ObjectionId,
    /// Whether it is upheld.
    pub upheld: bool,
    /// The answer.
    pub answer: String,
}

/// End a notice.
#[derive(Debug, Clone)]
pub struct EndNotice {
    /// The step.
    pub step: StepId,
}

/// What a notice shows of each item; keys of the required content that a case can answer are answered from the case.
pub fn rows_for(notice: &Notice, plan: &Plan, cases: &[(Case, String)]) -> Vec<NoticeRow> {
    cases
        .iter()
        .map(|(case, applicant)| NoticeRow {
            case: case.id,
            shown: notice
                .content
                .iter()
                .filter_map(|c| Some((c.key.clone(), value_of(&c.key, plan, case, applicant)?)))
                .collect(),
        })
        .collect()
}

fn value_of(key: &str, plan: &Plan, case: &Case, applicant: &str) -> Option<String> {
    let party = |name: &str| case.parties.get(name).filter(|v| !v.is_empty()).cloned();
    match key {
        "amount" => plan.items.get(&case.id).map(|item| item.amount.to_string()),
        "project" | "project_name" => Some(case.title.clone()),
        "company" | "company_name" => party("company_name"),
        "investor" | "applicant" => Some(applicant.to_owned()),
        "county" | "place" => {
            let code: RegionCode = party("county")?.parse().ok()?;
            Gazetteer::get().path(code).map(|path| path.join(""))
        }
        "number" => Some(case.number.clone()),
        other => case.current()?.form.fields.get(other).filter(|v| !v.trim().is_empty()).cloned(),
    }
}

/// Posts a notice: content complete, every place recorded, a window by the calendar.
pub fn post(
    plan: &Plan,
    command: Post,
    rows: Vec<NoticeRow>,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let open = open_for(plan, &command.step, ctx)?;
    let cite = open.step.cite.to_string();
    let notice = open.step.publish.as_deref().and_then(|id| ctx.pack.notices.get(id));
    let Some(notice) = notice else {
        return Err(Refusal::under(cite, Reason::NotFound { what: "公示".into() }));
    };
    if plan.notice().is_some_and(|n| open.items.iter().all(|id| n.rows.iter().any(|r| r.case == *id))) {
        return Err(Refusal::under(
            cite,
            Reason::StepNotOpen { step: "发布公示".into(), open: "无，公示正在进行".into() },
        ));
    }
    check_day("发布日期", command.on, open.since, "会议审议日", ctx.today)?;
    let rows: Vec<NoticeRow> = rows.into_iter().filter(|r| open.items.contains(&r.case)).collect();
    let missing = missing_content(notice, &rows, &command.fields);
    if !missing.is_empty() {
        return Err(Refusal::under(cite, Reason::NoticeIncomplete { missing: missing.join("、") }));
    }
    let sites: Vec<&str> = notice
        .places
        .iter()
        .filter(|place| !command.postings.iter().any(|p| p.place == place.zh && !p.address.trim().is_empty()))
        .map(|place| place.zh.as_str())
        .collect();
    if !sites.is_empty() {
        return Err(Refusal::under(cite, Reason::PostingMissing { sites: sites.join("、") }));
    }
    Ok(vec![Event::Posted {
        step: command.step,
        number: command.number,
        notice: notice.id.clone(),
        on: command.on,
        postings: command.postings,
        fields: command.fields,
        rows,
        window: window(command.on, notice.term, ctx.calendar),
    }])
}

fn missing_content(notice: &Notice, rows: &[NoticeRow], fields: &BTreeMap<String, String>) -> Vec<String> {
    let stated = |key: &str| fields.get(key).is_some_and(|v| !v.trim().is_empty());
    notice
        .content
        .iter()
        .filter(|c| {
            !stated(&c.key) && (rows.is_empty() || rows.iter().any(|r| !r.shown.contains_key(&c.key)))
        })
        .map(|c| c.name.zh.clone())
        .collect()
}

/// Somebody objects while the notice runs.
pub fn object(plan: &Plan, id: ObjectionId, command: Object, today: Date) -> Result<Vec<Event>, Refusal> {
    if command.text.trim().is_empty() {
        return Err(Reason::ObjectionEmpty {}.into());
    }
    let running = plan.notice().filter(|n| n.on <= today && today <= n.window.last);
    let Some(running) = running else {
        return Err(Reason::NoticeClosed {}.into());
    };
    if command.case.is_some_and(|case| !running.rows.iter().any(|r| r.case == case)) {
        return Err(Reason::NotFound { what: "公示项目".into() }.into());
    }
    Ok(vec![Event::Objected {
        objection: id,
        receipt: command.receipt,
        case: command.case,
        text: command.text.trim().to_owned(),
        from: command.from,
    }])
}

/// An objection is answered; one that is upheld takes its item out of the plan.
pub fn answer(plan: &Plan, command: Answer, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let notice = plan.notice().and_then(|n| ctx.pack.notices.get(&n.notice));
    let by = notice.and_then(|n| n.objection.as_ref()).map(|o| o.by.clone());
    if by.as_ref().is_some_and(|by| *by != ctx.actor.role) {
        let who =
            by.as_ref().and_then(|by| ctx.pack.roles.get(by)).map_or_else(String::new, |r| r.name.zh.clone());
        return Err(Reason::NotAllowed {
            what: "答复异议".into(),
            what_en: "answer an objection".into(),
            who,
        }
        .into());
    }
    let Some(objection) = plan.objections.get(&command.objection) else {
        return Err(Reason::NotFound { what: "异议".into() }.into());
    };
    if objection.answer.is_some() {
        return Err(Reason::ObjectionAnswered {}.into());
    }
    if command.answer.trim().is_empty() {
        return Err(Reason::ReasonMissing { what: "答复".into(), what_en: "the answer".into() }.into());
    }
    let mut events = vec![Event::Answered {
        objection: command.objection,
        upheld: command.upheld,
        answer: command.answer.trim().to_owned(),
    }];
    if let (true, Some(case)) = (command.upheld, objection.case) {
        let why = format!("异议{}成立：{}", objection.receipt, command.answer.trim());
        events.push(Event::ItemDropped { case, why });
    }
    Ok(events)
}

/// The notice has ended: items without an open objection go on.
pub fn end_notice(
    plan: &Plan,
    command: EndNotice,
    cases: &[(Case, String)],
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let open = open_for(plan, &command.step, ctx)?;
    let cite = open.step.cite.to_string();
    let Some(notice) = plan.notice().filter(|n| n.step == command.step) else {
        return Err(Refusal::under(
            cite,
            Reason::StepNotOpen { step: "结束公示".into(), open: "发布公示".into() },
        ));
    };
    if ctx.today <= notice.window.last {
        return Err(Refusal::under(cite, Reason::NoticeNotEnded { last: notice.window.last }));
    }
    let shown: Vec<CaseId> =
        open.items.iter().filter(|id| notice.rows.iter().any(|r| r.case == **id)).copied().collect();
    let free: Vec<CaseId> =
        shown.iter().filter(|id| plan.open_objections(**id).is_empty()).copied().collect();
    if free.is_empty() {
        let held =
            cases.iter().filter(|(case, _)| shown.contains(&case.id)).map(|(case, _)| case.number.as_str());
        let cases = held.collect::<Vec<_>>().join("、");
        return Err(Refusal::under(cite, Reason::ObjectionOpen { cases }));
    }
    Ok(vec![Event::NoticeEnded { step: command.step, items: free, on: notice.window.last }])
}
