//! What an applicant may file now, what is being written, and how the own cases stand.

use super::orders::Order;
use crate::access::Right;
use crate::command::Failure;
use crate::drafts::{FilingDraft, filing_step, no_parent};
use crate::rows::{CaseFilter, CaseRow, Scope};
use crate::view::Viewer;
use crate::writer::App;
use domain::Reason;
use kernel::Date;
use kernel::id::CaseId;
use policy::pack::{Pack, Words};
use policy::procedure::{Procedure, Step, Subject};

/// The most own cases that are looked through.
const CASES_MAX: usize = 1_000;

/// Why something cannot be filed now, with the clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// Why, and what to do.
    pub say: Words,
    /// The clause.
    pub cite: String,
}

/// A case that a new one can build on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParentCase {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The number of a live case that stands on it already.
    pub taken: Option<String>,
    /// A draft that was begun on it.
    pub draft: Option<String>,
}

/// A procedure that this role can file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The procedure.
    pub procedure: String,
    /// Its name.
    pub name: Words,
    /// The clause.
    pub cite: String,
    /// The form's name.
    pub form: Words,
    /// The annex that shows it.
    pub print: Option<Words>,
    /// The names of the parts that the applicant fills.
    pub parts: Vec<Words>,
    /// The names of the papers that may be asked for, with their clauses and whether they depend on something.
    pub papers: Vec<(Words, String, bool)>,
    /// The procedure that must have ended well before.
    pub parent: Option<Words>,
    /// The step of it that must have passed, when it need not have ended.
    pub parent_after: Option<Words>,
    /// It may also be filed without one.
    pub parent_optional: bool,
    /// Cases to build on.
    pub parents: Vec<ParentCase>,
    /// The last day to file: for which plan year, and the day.
    pub closes: Option<(i16, Date)>,
    /// The window of this year's intake, when it needs one.
    pub window: Option<(Date, Date)>,
    /// Why it cannot be filed now.
    pub blocked: Option<Blocked>,
}

/// A draft in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    /// Its key.
    pub key: String,
    /// What it is called; empty before its name was typed.
    pub title: String,
    /// The procedure.
    pub procedure: Words,
    /// The number of the case being corrected.
    pub corrects: Option<String>,
    /// Done and all.
    pub progress: (usize, usize),
    /// Written last.
    pub day: Date,
    /// At what time of that day.
    pub time: String,
}

/// The applicant's home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingHome {
    /// What may be filed.
    pub offers: Vec<Offer>,
    /// What may be begun without a form.
    pub orders: Vec<Order>,
    /// What is being written.
    pub drafts: Vec<DraftLine>,
    /// Own cases, newest first.
    pub cases: Vec<CaseRow>,
}

impl App {
    /// What this applicant may file now, drafts and own cases.
    pub fn filing_home(&self, viewer: &Viewer) -> Result<FilingHome, Failure> {
        let drafts = self.drafts(viewer)?;
        let cases = self.own_cases(viewer)?;
        Ok(FilingHome {
            offers: self.offers(viewer, &drafts, &cases)?,
            orders: self.orders(viewer),
            drafts: drafts
                .into_iter()
                .map(|draft| self.draft_line(viewer, draft))
                .collect::<Result<_, _>>()?,
            cases,
        })
    }

    /// One procedure that this role can file.
    pub fn filing_offer(&self, viewer: &Viewer, procedure: &str) -> Result<Offer, Failure> {
        let offers = self.offers(viewer, &self.drafts(viewer)?, &self.own_cases(viewer)?)?;
        let found = offers.into_iter().find(|offer| offer.procedure == procedure);
        found.ok_or_else(|| Reason::NotFound { what: "办理事项".into() }.into())
    }

    fn own_cases(&self, viewer: &Viewer) -> Result<Vec<CaseRow>, Failure> {
        if !viewer.may(Right::Declare) {
            return Ok(Vec::new());
        }
        let filter = CaseFilter::within(Scope::Own(viewer.org), CASES_MAX);
        Ok(self.reads.cases(&filter)?.rows)
    }

    fn offers(
        &self,
        viewer: &Viewer,
        drafts: &[FilingDraft],
        cases: &[CaseRow],
    ) -> Result<Vec<Offer>, Failure> {
        let pack = &viewer.pack;
        let mut offers = Vec::new();
        for procedure in pack.procedures.iter().filter(|procedure| procedure.subject == Subject::Case) {
            let Some((_, step, form)) = filing_step(pack, &procedure.id, None) else { continue };
            if !step.done_by(&viewer.role) || !viewer.may(Right::Declare) {
                continue;
            }
            let parents = match &procedure.parent_after {
                Some(_) => with_drafts(self.parents_for(viewer, procedure, "")?, procedure, drafts),
                None => parents(procedure, drafts, cases),
            };
            let year = if procedure.needs_intake { self.year(&pack.id, self.today().year())? } else { None };
            let window = year.map(|year| (year.terms.opens, year.terms.closes));
            let blocked = match self.blocked(pack, procedure, step)? {
                Some((say, cite)) => Some(Blocked { say, cite }),
                None => without_parent(pack, procedure, step, &parents),
            };
            offers.push(Offer {
                procedure: procedure.id.clone(),
                name: procedure.name.clone(),
                cite: step.cite.to_string(),
                form: form.name.clone(),
                print: form.print.as_ref().map(|article| Words::new(article.to_string(), article.en())),
                parts: form
                    .parts
                    .iter()
                    .filter(|part| part.by.is_none())
                    .map(|part| part.name.clone())
                    .collect(),
                papers: papers(pack, step),
                parent: procedure
                    .parent
                    .as_ref()
                    .and_then(|id| pack.procedures.get(id))
                    .map(|p| p.name.clone()),
                parent_after: procedure
                    .parent_after
                    .as_ref()
                    .and_then(|id| pack.steps.get(id))
                    .map(|step| step.name.clone()),
                parent_optional: procedure.parent_optional,
                parents,
                closes: closes(step, self.today()),
                window,
                blocked,
            });
        }
        Ok(offers)
    }

    fn draft_line(&self, viewer: &Viewer, draft: FilingDraft) -> Result<DraftLine, Failure> {
        let corrects = match draft.case {
            Some(id) => self.reads.case(id)?.map(|row| row.number),
            None => None,
        };
        let (day, time) = (crate::time::day_of(draft.updated), crate::time::clock_of(draft.updated));
        let page = self.draft_shown(viewer, draft)?;
        Ok(DraftLine {
            key: page.draft.key.clone(),
            title: page.title(),
            procedure: page.procedure_name(),
            corrects,
            progress: page.progress(),
            day,
            time,
        })
    }
}

fn papers(pack: &Pack, step: &Step) -> Vec<(Words, String, bool)> {
    let papers = step.papers.iter().filter_map(|id| pack.papers.get(id));
    papers.map(|p| (p.name.clone(), p.cite.to_string(), p.when.is_some() || p.optional)).collect()
}

fn parents(procedure: &Procedure, drafts: &[FilingDraft], cases: &[CaseRow]) -> Vec<ParentCase> {
    let Some(wanted) = &procedure.parent else { return Vec::new() };
    let lives = |row: &&CaseRow| !matches!(row.standing.as_str(), "refused" | "withdrawn");
    let accepted = cases.iter().filter(|row| row.procedure == *wanted && row.standing == "accepted");
    accepted
        .map(|row| ParentCase {
            case: row.case,
            number: row.number.clone(),
            title: row.title.clone(),
            taken: cases
                .iter()
                .filter(lives)
                .find(|child| child.parent == Some(row.case))
                .map(|c| c.number.clone()),
            draft: drafts
                .iter()
                .find(|draft| {
                    draft.parent == Some(row.case) && draft.case.is_none() && draft.procedure == procedure.id
                })
                .map(|draft| draft.key.clone()),
        })
        .collect()
}

/// The last day of the first plan year that is still taken, else of this year.
fn closes(step: &Step, today: Date) -> Option<(i16, Date)> {
    let closes = step.closes.as_ref()?;
    let last = |year: i16| Some((year, closes.last(year)?));
    let years = today.year()..=today.year().saturating_add(1);
    years.filter_map(last).find(|(_, last)| *last >= today).or_else(|| last(today.year()))
}

fn with_drafts(parents: Vec<ParentCase>, procedure: &Procedure, drafts: &[FilingDraft]) -> Vec<ParentCase> {
    let of = |parent: &ParentCase| {
        let begun = drafts.iter().find(|draft| {
            draft.parent == Some(parent.case) && draft.case.is_none() && draft.procedure == procedure.id
        });
        begun.map(|draft| draft.key.clone())
    };
    parents.into_iter().map(|parent| ParentCase { draft: of(&parent), ..parent }).collect()
}

/// Without a case to build on there is nothing to file.
fn without_parent(
    pack: &Pack,
    procedure: &Procedure,
    step: &Step,
    parents: &[ParentCase],
) -> Option<Blocked> {
    let free = parents.iter().any(|parent| parent.taken.is_none());
    if procedure.parent.is_none() || procedure.parent_optional || free {
        return None;
    }
    let reason = match parents.iter().find_map(|parent| parent.taken.clone()) {
        Some(number) => Reason::AlreadyApplied { number },
        None => no_parent(pack, procedure),
    };
    let say = reason.say();
    let words = Words::new(format!("{}。{}。", say.zh, say.next_zh), format!("{}. {}.", say.en, say.next_en));
    Some(Blocked { say: words, cite: step.cite.to_string() })
}
