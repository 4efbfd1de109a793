//! The page of one case: where it stands, what comes next and from whom, what this viewer may do now, and a view for each tab.

mod acts;
mod around;
mod back;
mod bound;
mod letter;
mod money;
mod next;
mod notices;
mod papers;
mod review;
mod rules;
mod split;

pub use crate::project::standing_word;
pub use acts::{ActShown, CheckShown, RecordShown};
pub use around::{AlikeLine, AlikeShown, CaseAround, FromHere, RemarkShown};
pub use back::SentBack;
pub use bound::{BoundFile, BoundLeaf, BoundWhat};
pub use money::{CaseMoney, MoneyStage};
pub use next::{NextAct, NextPlace};
pub use notices::{CaseNotice, ObjectionShown};
pub use papers::PaperShown;
pub use review::{CaseReview, FindingLine, PaperFound};
pub use rules::{CaseRules, RuleLineShown};
pub use split::{SplitLimit, SplitPart, SplitShown};

pub(in crate::view) use acts::fact_words;
pub(in crate::view) use next::role_words;
pub(in crate::view) use notices::notice as notice_of;
pub(in crate::view) use review::{line_place, review as review_of};
pub(in crate::view) use rules::{elsewhere, rules as rules_of};

use super::Viewer;
use super::desk::Names;
use crate::command::Failure;
use crate::rows::CaseRow;
use crate::usecase::desk_name;
use crate::writer::App;
use domain::Stream;
use domain::case::{Case, Standing, may_withdraw};
use kernel::Date;
use kernel::Money;
use kernel::id::{CaseId, PlanId};
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::{Pack, Words};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where a project is, then and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePlace {
    /// The code as filed.
    pub code: RegionCode,
    /// The full name on the day of filing.
    pub then: String,
    /// The full name and code now, when they differ.
    pub now: Option<(RegionCode, String)>,
}

/// A related case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// Its id.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its procedure.
    pub procedure: Words,
    /// Where it stands, by the word under which it is kept.
    pub standing: String,
    /// What it waits for.
    pub stage: Words,
    /// The day of its first filing.
    pub filed_on: Date,
}

/// The head of a case, and its first tab.
#[derive(Debug, Clone)]
pub struct CasePage {
    /// The state.
    pub case: Case,
    /// The pack that it runs under.
    pub pack: Arc<Pack>,
    /// The procedure's name.
    pub procedure: Words,
    /// Where it stands.
    pub standing: Standing,
    /// The applicant.
    pub applicant: String,
    /// The desk.
    pub desk: String,
    /// The firm.
    pub firm: String,
    /// Parties that the form names: key of the party and value.
    pub parties: Vec<(String, String)>,
    /// The place.
    pub place: Option<CasePlace>,
    /// The case it builds on.
    pub parent: Option<Kin>,
    /// The plan it is in: id and number.
    pub plan: Option<(PlanId, String)>,
    /// The viewer may open the plan.
    pub plan_open: bool,
    /// What comes next.
    pub next: Vec<NextAct>,
    /// Who sent it back or turned it down last, and why.
    pub sent_back: Option<SentBack>,
    /// The applicant may withdraw it now.
    pub may_withdraw: bool,
    /// Amounts: verified, proposed, planned, granted, paid; those that are known.
    pub amounts: Vec<(MoneyStage, Money)>,
    /// The journal's place of the last act.
    pub last_seq: u64,
    /// How many acts there are.
    pub acts: usize,
}

impl App {
    /// A case with its head.
    pub fn case_page(&self, viewer: &Viewer, id: CaseId) -> Result<CasePage, Failure> {
        let case = self.case_read(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let mut names = Names::of(self);
        let stream = self.reads.stream(&Stream::Case(id).key())?;
        let procedure = pack.procedures.get(&case.procedure);
        let plan = match &case.plan {
            Some((plan, _)) => self.reads.plan(*plan)?.map(|row| (*plan, row.number)),
            None => None,
        };
        Ok(CasePage {
            procedure: procedure.map_or_else(
                || Words::new(case.procedure.clone(), case.procedure.clone()),
                |p| p.name.clone(),
            ),
            standing: case.standing(),
            applicant: names.org(Some(case.applicant))?,
            desk: desk_name(&pack, case.desk),
            firm: names.org(case.firm)?,
            parties: parties(&case),
            place: place(&case, self.today()),
            parent: self.kin(viewer, &pack, &case)?,
            plan,
            plan_open: viewer.scope == crate::rows::Scope::All,
            next: self.next_acts(viewer, &pack, &case)?,
            sent_back: self.sent_back(&pack, &case)?,
            may_withdraw: may_withdraw(&case, &viewer.actor(BTreeSet::new()), &pack).is_ok(),
            amounts: money::amounts(&case),
            last_seq: stream.last().map_or(0, |act| act.seq),
            acts: stream.len(),
            case,
            pack,
        })
    }

    fn kin(&self, viewer: &Viewer, pack: &Pack, case: &Case) -> Result<Option<Kin>, Failure> {
        let Some(parent) = case.parent else { return Ok(None) };
        // Who sees a case may read what it builds on.
        let seen = |row: &CaseRow| {
            viewer.sees(case) || crate::access::sees(&viewer.scope, row.applicant, row.desk, row.firm)
        };
        let row = self.reads.case(parent)?.filter(seen);
        Ok(row.map(|row| around::kin(pack, row)))
    }
}

/// Parties in the order of their keys, without those shown elsewhere on the page.
fn parties(case: &Case) -> Vec<(String, String)> {
    let known = case.parties.iter().filter(|(key, value)| key.as_str() != "county" && !value.is_empty());
    known.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// The place as filed, and as it is called now.
fn place(case: &Case, today: Date) -> Option<CasePlace> {
    let code: RegionCode = case.parties.get("county")?.parse().ok()?;
    let gazetteer = Gazetteer::get();
    let on = case.applied_on().unwrap_or(today);
    let path = |day: Date| gazetteer.path_on(code, day).or_else(|| gazetteer.path(code)).map(|p| p.concat());
    let then = path(on).unwrap_or_else(|| code.to_string());
    let code_now = gazetteer.code_on(code, today).unwrap_or(code);
    let now = gazetteer.path(code_now).map(|p| p.concat()).filter(|name| *name != then || code_now != code);
    Some(CasePlace { code, then, now: now.map(|name| (code_now, name)) })
}
