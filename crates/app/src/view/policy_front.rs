//! The start page: which fund this is, who administers it, who may apply, how it goes, the year now, the newest notices.

use super::notices_list::NoticeLine;
use super::qualify_words::{money_words, term_words};
use crate::command::Failure;
use crate::rows::NoticeFilter;
use crate::writer::App;
use kernel::Date;
use kernel::calendar::{Calendar, WorkdayCount};
use policy::pack::{Cite, Pack, RuleKind, Words};
use policy::procedure::{Act, Subject};
use std::sync::Arc;

/// How the intake of a year stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intake {
    /// It opens on this day, so many working days from today.
    Before(Date, WorkdayCount),
    /// It closes on this day, so many working days after today.
    Open(Date, WorkdayCount),
    /// It closed on this day.
    Closed(Date),
}

/// The current year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearNow {
    /// The year.
    pub year: i16,
    /// Its budget.
    pub budget: Words,
    /// First day of the intake.
    pub opens: Date,
    /// Last day of the intake.
    pub closes: Date,
    /// How it stands.
    pub intake: Intake,
}

/// A step of the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayStep {
    /// Its name.
    pub name: Words,
    /// Who does it.
    pub by: Words,
    /// Within how long.
    pub within: Option<Words>,
    /// Where it stands.
    pub cite: Cite,
}

/// The start page.
#[derive(Debug, Clone)]
pub struct Front {
    /// The pack.
    pub pack: Arc<Pack>,
    /// Who administers it.
    pub offices: Vec<Words>,
    /// Who may apply.
    pub applicants: Vec<Words>,
    /// What is demanded: name and place of every condition.
    pub conditions: Vec<(Words, Cite)>,
    /// The way from the first filing to the last payment.
    pub way: Vec<(Words, Vec<WayStep>)>,
    /// The funds that book sources, with their articles.
    pub funds: Vec<(Words, Cite)>,
    /// Whether anybody may apply here: the pack has cases.
    pub cases: bool,
    /// The current year, or the newest.
    pub year: Option<YearNow>,
    /// The newest notices.
    pub notices: Vec<NoticeLine>,
}

impl App {
    /// What the start page shows.
    pub fn front(&self) -> Result<Front, Failure> {
        let (pack, today) = (self.pack()?, self.today());
        let mut years = self.reads.years(&pack.id)?;
        years.sort_by_key(|row| std::cmp::Reverse(row.year));
        let now = years.iter().find(|row| row.opens <= today && today <= row.closes);
        let now = now.or_else(|| years.iter().find(|row| row.year <= today.year())).or(years.first());
        let year = now.map(|row| YearNow {
            year: row.year,
            budget: money_words(row.budget),
            opens: row.opens,
            closes: row.closes,
            intake: intake(today, row.opens, row.closes),
        });
        let filter = NoticeFilter { pack: Some(pack.id.clone()), limit: 4, ..NoticeFilter::default() };
        let rows = self.reads.notices(&filter)?.rows;
        let notices = rows.into_iter().map(|row| self.notice_line(row)).collect::<Result<_, _>>()?;
        Ok(front(&pack, year, notices))
    }
}

fn intake(today: Date, opens: Date, closes: Date) -> Intake {
    let calendar = Calendar::known_on(today);
    if today < opens {
        Intake::Before(opens, calendar.workdays_between(today, opens))
    } else if today <= closes {
        Intake::Open(closes, calendar.workdays_between(today, closes))
    } else {
        Intake::Closed(closes)
    }
}

fn front(pack: &Arc<Pack>, year: Option<YearNow>, notices: Vec<NoticeLine>) -> Front {
    let role = |id: &str| pack.roles.get(id).map_or_else(|| Words::new(id, id), |role| role.name.clone());
    let applicants = pack.procedures.iter().filter_map(|one| one.applicant.as_deref());
    let mut seen: Vec<&str> = Vec::new();
    for id in applicants {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    let needs = pack.rules.iter().filter(|rule| rule.kind == RuleKind::Need);
    Front {
        offices: offices(pack),
        applicants: seen.into_iter().map(role).collect(),
        conditions: needs.map(|rule| (rule.name.clone(), rule.cite.clone())).collect(),
        way: way(pack),
        funds: pack.funds.iter().filter(|f| f.booked()).map(|f| (f.name.clone(), f.cite.clone())).collect(),
        cases: crate::access::has_cases(pack),
        year,
        notices,
        pack: Arc::clone(pack),
    }
}

/// The organisations of the roles that open the years and post the notices.
fn offices(pack: &Pack) -> Vec<Words> {
    let leads = pack
        .steps
        .iter()
        .filter(|step| matches!(step.act, Act::Open | Act::Publish))
        .map(|step| step.by.as_str());
    let mut names: Vec<Words> = Vec::new();
    for role in leads {
        for org in pack.orgs.iter().filter(|org| org.role == role) {
            if !names.contains(&org.name) {
                names.push(org.name.clone());
            }
        }
    }
    names
}

/// The steps of every procedure that is carried out: about cases with the plan that gathers them, and about booked money.
fn way(pack: &Pack) -> Vec<(Words, Vec<WayStep>)> {
    let cases = crate::access::has_cases(pack);
    let procedures = pack.procedures.iter().filter(|one| match one.subject {
        Subject::Case => cases && one.applicant.is_some(),
        subject => subject.of_money(),
    });
    procedures
        .map(|procedure| {
            let steps = procedure.steps.iter().filter_map(|id| pack.steps.get(id)).map(|step| WayStep {
                name: step.name.clone(),
                by: pack
                    .roles
                    .get(&step.by)
                    .map_or_else(|| Words::new(&*step.by, &*step.by), |role| role.name.clone()),
                within: step
                    .within
                    .as_ref()
                    .map(|within| term_words(within.term))
                    .or_else(|| posted_for(pack, step.publish.as_deref())),
                cite: step.cite.clone(),
            });
            (procedure.name.clone(), steps.collect())
        })
        .collect()
}

fn posted_for(pack: &Pack, notice: Option<&str>) -> Option<Words> {
    Some(term_words(pack.notices.get(notice?)?.term))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_intake_is_before_open_or_closed_with_its_working_days() {
        let day = |month, day| Date::constant(2019, month, day);
        let (opens, closes) = (day(10, 14), day(11, 15));
        for (today, state, days) in [
            (day(10, 11), "before", 2),
            (day(10, 14), "open", 24),
            (day(11, 15), "open", 0),
            (day(11, 16), "closed", 0),
        ] {
            let (name, n) = match intake(today, opens, closes) {
                Intake::Before(_, left) => ("before", left.n),
                Intake::Open(_, left) => ("open", left.n),
                Intake::Closed(_) => ("closed", 0),
            };
            assert_eq!((name, n), (state, days), "{today}");
        }
    }
}
