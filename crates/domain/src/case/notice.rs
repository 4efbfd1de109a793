//! A notice on one case: what it must say, where it stands, how long; who objects, who answers; how it ends.

use super::act::{Step, check_day, open_for, outcome_of, stepped};
use super::duty::with_duties;
use super::facts::{filed_text, listed_amount};
use super::hands::{about_somebody, hands, stands_apart, stands_aside};
use super::passing::{checklist_holds, papers_there, written_down};
use super::{Case, Event, Paper, Shown, Standing};
use crate::actor::Context;
use crate::ids::StepId;
use crate::plan::Posting;
use crate::refusal::{Reason, Refusal};
use kernel::Date;
use kernel::deadline::window;
use kernel::id::ObjectionId;
use kernel::region::{Gazetteer, RegionCode};
use kernel::term::Term;
use policy::pack::{Field, FieldType, Notice, Pack};
use policy::procedure::{OutcomeKind, Step as PackStep};
use std::collections::BTreeMap;

/// Post a notice on a case.
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
    /// What is typed; what the case knows is shown where nothing was typed.
    pub fields: BTreeMap<String, String>,
    /// Photographs of the boards.
    pub papers: Vec<Paper>,
}

/// Object to a notice on a case.
#[derive(Debug, Clone)]
pub struct Object {
    /// To which notice: its number.
    pub notice: String,
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

/// The notice that a step posts.
pub fn notice_of<'p>(pack: &'p Pack, step: &PackStep) -> Option<&'p Notice> {
    pack.notices.get(step.publish.as_deref()?)
}

/// What a case knows of the required content of a notice, by its keys. `applicant` is the name of the unit.
pub fn known_content(pack: &Pack, case: &Case, notice: &Notice, applicant: &str) -> BTreeMap<String, String> {
    let known = |key: &str| known_text(pack, case, key, applicant);
    notice.content.iter().filter_map(|content| Some((content.key.clone(), known(&content.key)?))).collect()
}

/// What a case knows under a key: a field of its form, else `name`, `number`, `amount`, `unit`, `year` or `place`.
pub fn known_text(pack: &Pack, case: &Case, key: &str, applicant: &str) -> Option<String> {
    let procedure = pack.procedures.get(&case.procedure)?;
    let listed = &procedure.listed;
    let filed = filed_text(case, Some(&key.to_owned()));
    if let Some(text) = filed.filter(|_| key != "place") {
        let form = procedure.form.as_deref().and_then(|id| pack.forms.get(id));
        return Some(worded(pack, form.and_then(|form| form.field(key)), text));
    }
    match key {
        "name" | "project" | "project_name" => Some(case.title.clone()).filter(|title| !title.is_empty()),
        "number" => Some(case.number.clone()),
        "amount" | "total" => listed_amount(pack, case).map(|amount| format!("{}元", amount.grouped())),
        "unit" | "applicant" => Some(applicant.to_owned()).filter(|name| !name.is_empty()),
        "year" => Some(case.year.to_string()),
        "place" => {
            let place = filed_text(case, listed.place.as_ref()).or(filed);
            let village = filed_text(case, listed.village.as_ref()).unwrap_or_default();
            let whole = place.map(place_name).unwrap_or_default() + within(place, village);
            Some(whole).filter(|place| !place.is_empty())
        }
        _ => None,
    }
}

/// What stands in a field, as the public reads it: a place and a member of a list by their names.
fn worded(pack: &Pack, field: Option<&Field>, text: &str) -> String {
    match field.map(|field| &field.ty) {
        Some(FieldType::Region) => place_name(text),
        Some(FieldType::Enum(of)) => {
            let members = pack.enums.get(of).map(|list| list.members.as_slice()).unwrap_or_default();
            let member = members.iter().find(|member| member.id == text);
            member.map_or_else(|| text.to_owned(), |member| member.name.zh.clone())
        }
        _ => text.to_owned(),
    }
}

/// A place by its name; a text that is no place of the gazetteer as it is.
fn place_name(text: &str) -> String {
    let path = text.parse::<RegionCode>().ok().and_then(|code| Gazetteer::get().path(code));
    path.map_or_else(|| text.to_owned(), |path| path.concat())
}

/// A village as it stands behind its region: without the region's own name, which many write before it.
fn within<'v>(place: Option<&str>, village: &'v str) -> &'v str {
    let region =
        place.and_then(|text| text.parse::<RegionCode>().ok()).and_then(|code| Gazetteer::get().region(code));
    let bare = region.and_then(|region| village.strip_prefix(region.name));
    bare.filter(|rest| !rest.is_empty()).unwrap_or(village)
}

/// Posts a notice: content complete, every place recorded, a window by the calendar with a working day in it.
pub fn post(case: &Case, command: Post, applicant: &str, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let (step, since) = open_for(case, &command.step, ctx)?;
    let cite = step.cite.to_string();
    let Some(notice) = notice_of(ctx.pack, step) else {
        return Err(Refusal::under(cite, Reason::NotFound { what: "公示".into() }));
    };
    hands(case, step, ctx)?;
    if let Some(running) = case.running(&step.id) {
        return Err(Refusal::under(cite, Reason::NoticeRunning { last: running.window.last }));
    }
    check_day("发布日期", command.on, since, "上一环节", ctx.today).map_err(|r| r.or_under(&cite))?;
    let mut shown = known_content(ctx.pack, case, notice, applicant);
    let typed = command.fields.into_iter().filter(|(_, text)| !text.trim().is_empty());
    shown.extend(typed.filter(|(key, _)| notice.content.iter().any(|content| content.key == *key)));
    let missing = notice.content.iter().filter(|content| !shown.contains_key(&content.key));
    let missing: Vec<&str> = missing.map(|content| content.name.zh.as_str()).collect();
    if !missing.is_empty() {
        return Err(Refusal::under(cite, Reason::NoticeIncomplete { missing: missing.join("、") }));
    }
    let recorded =
        |place: &str| command.postings.iter().any(|p| p.place == place && !p.address.trim().is_empty());
    let sites = notice.places.iter().map(|place| place.zh.as_str()).filter(|place| !recorded(place));
    let sites: Vec<&str> = sites.collect();
    if !sites.is_empty() {
        return Err(Refusal::under(cite, Reason::PostingMissing { sites: sites.join("、") }));
    }
    papers_there(step, &command.papers, &BTreeMap::new(), ctx)?;
    let window = window(command.on, notice.term, ctx.calendar);
    let (first, last) = (window.first, stated_last(command.on, notice.term, ctx));
    if ctx.calendar.on_or_after(first) > last {
        return Err(Refusal::under(notice.cite.to_string(), Reason::NoticeWithoutWorkday { first, last }));
    }
    Ok(vec![Event::Posted {
        step: command.step,
        notice: notice.id.clone(),
        number: command.number,
        on: command.on,
        postings: command.postings,
        shown,
        papers: command.papers,
        window,
    }])
}

/// The last day that the term itself gives, before it moves off a day off: a notice must not have all its days there.
fn stated_last(posted: Date, term: Term, ctx: Context<'_>) -> Date {
    window(posted.tomorrow().unwrap_or(Date::MAX), term, ctx.calendar).loose_last
}

/// Somebody objects while the notice runs.
pub fn object(
    case: &Case,
    id: ObjectionId,
    command: Object,
    pack: &Pack,
    today: Date,
) -> Result<Vec<Event>, Refusal> {
    let said = |notice: &&Shown| notice.number == command.notice;
    let about = case.notices.iter().rev().find(said).and_then(|notice| pack.notices.get(&notice.notice));
    let cite = about.map_or_else(String::new, |notice| notice.cite.to_string());
    if command.text.trim().is_empty() {
        return Err(Refusal::under(cite, Reason::ObjectionEmpty {}));
    }
    let running = case.notices.iter().rev().find(|notice| said(notice) && !notice.ended);
    let over = matches!(case.standing(), Standing::Withdrawn | Standing::Refused);
    if over || !running.is_some_and(|notice| notice.on <= today && today <= notice.window.last) {
        return Err(Refusal::under(cite, Reason::NoticeClosed {}));
    }
    Ok(vec![Event::Objected {
        objection: id,
        notice: command.notice,
        receipt: command.receipt,
        text: command.text.trim().to_owned(),
        from: command.from,
    }])
}

/// An objection is answered by the role that the notice names.
pub fn answer(case: &Case, command: Answer, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let Some(said) = case.objections.get(&command.objection) else {
        return Err(Reason::NotFound { what: "异议".into() }.into());
    };
    let notice = case.notices.iter().rev().find(|notice| notice.number == said.notice);
    let notice = notice.and_then(|notice| ctx.pack.notices.get(&notice.notice));
    let cite = notice.map_or_else(String::new, |notice| notice.cite.to_string());
    let by = notice.and_then(|notice| notice.objection.as_ref()).map(|rule| &rule.by);
    if let Some(by) = by.filter(|by| **by != ctx.actor.role) {
        let who = ctx.pack.roles.get(by).map_or_else(String::new, |role| role.name.zh.clone());
        let (what, what_en) = ("答复异议".to_owned(), "answer an objection".to_owned());
        return Err(Refusal::under(cite, Reason::NotAllowed { what, what_en, who }));
    }
    stands_aside(case, ctx, &cite)?;
    if about_somebody(case, ctx.pack) {
        stands_apart(case, ctx, &cite)?;
    }
    if said.answer.is_some() {
        return Err(Refusal::under(cite, Reason::ObjectionAnswered {}));
    }
    if command.answer.trim().is_empty() {
        let (what, what_en) = ("答复".to_owned(), "the answer".to_owned());
        return Err(Refusal::under(cite, Reason::ReasonMissing { what, what_en }));
    }
    let answer = command.answer.trim().to_owned();
    Ok(vec![Event::Answered { objection: command.objection, upheld: command.upheld, answer }])
}

/// The notice ended: all objections are answered, and one that was upheld does not let it pass.
pub fn end(case: &Case, mut command: Step, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let (step, _) = open_for(case, &command.step, ctx)?;
    let cite = step.cite.to_string();
    hands(case, step, ctx)?;
    let Some(notice) = case.running(&step.id) else {
        return Err(Refusal::under(cite, Reason::NoticeNotPosted {}));
    };
    if ctx.today <= notice.window.last {
        return Err(Refusal::under(cite, Reason::NoticeNotEnded { last: notice.window.last }));
    }
    if case.unanswered(&notice.number).next().is_some() {
        return Err(Refusal::under(cite, Reason::ObjectionOpen { cases: case.number.clone() }));
    }
    let outcome = outcome_of(step, command.outcome.as_deref())?;
    let kind = outcome.map_or(OutcomeKind::Pass, |o| o.kind);
    let mut said = case.objections.values().filter(|o| o.notice == notice.number);
    let upheld = said.find(|o| o.answer.as_ref().is_some_and(|(upheld, _, _)| *upheld));
    if let (OutcomeKind::Pass, Some(upheld)) = (kind, upheld) {
        return Err(Refusal::under(cite, Reason::ObjectionUpheld { receipt: upheld.receipt.clone() }));
    }
    if kind != OutcomeKind::Pass && command.opinion.trim().is_empty() {
        let (what, what_en) = (step.name.zh.clone(), step.name.en.clone());
        return Err(Refusal::under(cite, Reason::ReasonMissing { what, what_en }));
    }
    if kind == OutcomeKind::Pass {
        checklist_holds(step, &command.checks)?;
        written_down(step, &command, ctx)?;
    }
    command.on = ctx.today;
    Ok(with_duties(case, stepped(case, step, outcome, command, None, ctx)?, ctx))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_is_not_said_twice_before_its_village() {
        let county = Some("653222");
        for (place, village, stands) in [
            (county, "墨玉县喀瓦克乡巴扎村", "喀瓦克乡巴扎村"),
            (county, "喀瓦克乡巴扎村", "喀瓦克乡巴扎村"),
            (county, "墨玉县", "墨玉县"),
            (None, "墨玉县喀瓦克乡", "墨玉县喀瓦克乡"),
        ] {
            assert_eq!(within(place, village), stands, "{village}");
        }
    }
}
