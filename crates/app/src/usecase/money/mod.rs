//! Booked money: one file a slice. Each loads states and figures from the book inside the transaction, lets the domain decide, and
//! appends to every stream concerned in the order of the decision.

mod allocations;
mod batches;
mod claims;
mod projects;
mod sources;

pub(crate) use claims::links_along;

use super::{cited, made, not_found, of_row};
use crate::access;
use crate::command::money::MoneyCommand;
use crate::command::{Answer, Failure};
use crate::desk::Desk;
use crate::ports::Fault;
use domain::case::Case;
use domain::guard::Consents;
use domain::lot::Lot;
use domain::posting::booked::{SideOf, quota_account};
use domain::project::{Life, Project, flowing, ready};
use domain::{Actor, Context, NewEvent, Reason, Streamed};
use kernel::Money;
use kernel::id::{CaseId, ProjectId, SourceId};
use kernel::region::RegionCode;
use policy::pack::Pack;
use policy::procedure::{Act, Subject};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Carries out a command about booked money.
pub fn carry_out(desk: &mut Desk<'_>, command: MoneyCommand) -> Result<Answer, Failure> {
    use MoneyCommand as C;
    match command {
        C::RegisterSource(new) => sources::register(desk, new),
        C::ImportSources(rows) => sources::import(desk, rows),
        C::ReceiveCash { source, cash } => sources::receive(desk, source, cash),
        C::CutSource { source, cut } => sources::cut(desk, source, cut),
        C::OpenProject(new) => projects::open(desk, new),
        C::PlanLines { project, lines } => projects::plan(desk, project, lines),
        C::ClearDoubt { project, clear } => projects::clear(desk, project, clear),
        C::RecordContract { project, contract } => projects::contract(desk, project, contract),
        C::FilePaper { project, paper } => projects::file(desk, project, paper),
        C::Recover { project, recover } => projects::recover(desk, project, recover),
        C::CloseProject { project, close } => projects::close(desk, project, close),
        C::FileConsent { pack, consent } => projects::file_consent(desk, &pack, consent),
        C::RevokeConsent { pack, place, revoke } => projects::revoke_consent(desk, &pack, &place, revoke),
        C::DraftAllocation(new) => allocations::draft(desk, new),
        C::RedraftAllocation { allocation, text } => allocations::redraft(desk, allocation, text),
        C::StepAllocation { allocation, step } => allocations::step(desk, allocation, step),
        C::ApproveAllocation { allocation, approve } => allocations::approve(desk, allocation, approve),
        C::FileClaim { project, text } => claims::file(desk, project, text),
        C::RefileClaim { claim, text } => claims::refile(desk, claim, text),
        C::CheckClaim { claim, check } => claims::check(desk, claim, check),
        C::ApproveClaim { claim, approve } => claims::approve(desk, claim, approve),
        C::TurnDownClaim { claim, turn_down } => claims::turn_down(desk, claim, turn_down),
        C::WithdrawClaim { claim, why } => claims::withdraw(desk, claim, &why),
        C::MakeBatch { pack, fund, picks } => batches::make(desk, &pack, fund, picks),
        C::ReleaseBatch { batch, digest } => batches::release(desk, batch, &digest),
        C::BookResults { batch, lines } => batches::book(desk, batch, lines),
        C::TakeOut { batch, line, why } => batches::take_out(desk, batch, line, &why),
        C::SettleUnclear { batch, settle } => batches::settle(desk, batch, settle),
    }
}

/// The pack, the actor and the article under which a command is decided.
struct Bench {
    pack: Arc<Pack>,
    actor: Actor,
    article: String,
}

impl Bench {
    /// Under the first step with this act on this subject.
    fn of(desk: &mut Desk<'_>, pack: Arc<Pack>, subject: Subject, act: Act) -> Result<Bench, Failure> {
        let article = pack.step_on(subject, act).map_or_else(String::new, |step| step.cite.to_string());
        Ok(Bench { actor: desk.actor()?, pack, article })
    }

    /// The same under the step that holds for a fund.
    fn of_fund(
        desk: &mut Desk<'_>,
        pack: Arc<Pack>,
        (subject, act): (Subject, Act),
        fund: &str,
    ) -> Result<Bench, Failure> {
        let article =
            pack.step_for(subject, act, fund).map_or_else(String::new, |step| step.cite.to_string());
        Ok(Bench { actor: desk.actor()?, pack, article })
    }

    /// Under a step by its id.
    fn at(desk: &mut Desk<'_>, pack: Arc<Pack>, step: &str) -> Result<Bench, Failure> {
        let article = pack.steps.get(step).map_or_else(String::new, |step| step.cite.to_string());
        Ok(Bench { actor: desk.actor()?, pack, article })
    }

    /// Decides, with refusals under the article.
    fn decide<T>(
        &self,
        desk: &Desk<'_>,
        decide: impl FnOnce(Context<'_>) -> Result<T, domain::Refusal>,
    ) -> Result<T, Failure> {
        let calendar = desk.calendar;
        let ctx = Context { pack: &self.pack, today: desk.today, calendar: &calendar, actor: &self.actor };
        cited(decide(ctx).map_err(Failure::from), &self.article)
    }

    /// Appends to every stream concerned.
    fn append(&self, desk: &mut Desk<'_>, events: Vec<Streamed>) -> Result<(), Failure> {
        for (stream, event) in events {
            desk.emit(Some(&self.pack), NewEvent { stream, article: self.article.clone(), event })?;
        }
        Ok(())
    }

    /// A project lies in the actor's scope, or it does not exist for the actor.
    fn reaches(&self, project: &Project) -> Result<(), Failure> {
        let scope = access::scope_of(&self.pack, &self.actor.role, self.actor.org, self.actor.region);
        if access::sees(&scope, project.unit, project.place, None) {
            return Ok(());
        }
        Err(not_found("项目"))
    }
}

impl Bench {
    /// A fund for one area is nobody's business in another: whoever sees a region only, decides on that region's fund only.
    fn reaches_fund(&self, fund: &str) -> Result<(), Failure> {
        let area = self.pack.funds.get(fund).and_then(|fund| fund.region);
        match (access::scope_of(&self.pack, &self.actor.role, self.actor.org, self.actor.region), area) {
            (crate::rows::Scope::Region(own), Some(area))
                if own != area && !kernel::region::Gazetteer::get().contains(own, area) =>
            {
                Err(not_found("资金"))
            }
            _ => Ok(()),
        }
    }
}

/// The case that a project comes from, with the cases that stand on it.
#[derive(Default)]
struct Lived {
    case: Option<Arc<Case>>,
    about: Vec<Case>,
}

impl Lived {
    fn of(desk: &mut Desk<'_>, case: Option<CaseId>) -> Result<Lived, Fault> {
        let Some(id) = case else { return Ok(Lived::default()) };
        let mut about = Vec::new();
        for child in desk.book.children(id)? {
            about.extend(desk.case(child)?.map(Arc::unwrap_or_clone));
        }
        Ok(Lived { case: desk.case(id)?, about })
    }

    fn life(&self) -> Life<'_> {
        Life { case: self.case.as_deref(), about: &self.about }
    }
}

impl Bench {
    /// What the step needs has passed on the case of the project; `moves`: and nothing stops its money.
    fn lives(&self, desk: &mut Desk<'_>, project: &Project, step: &str, moves: bool) -> Result<(), Failure> {
        let lived = Lived::of(desk, project.case)?;
        let Some(step) = self.pack.steps.get(step) else { return Ok(()) };
        self.decide(desk, |ctx| {
            ready(step, &project.number, lived.life(), ctx)?;
            if moves { flowing(lived.life(), ctx) } else { Ok(()) }
        })
    }

    /// The same under the first step with this act on this subject that holds for the project's fund.
    fn lives_at(
        &self,
        desk: &mut Desk<'_>,
        project: &Project,
        at: (Subject, Act),
        moves: bool,
    ) -> Result<(), Failure> {
        let step = self.pack.step_for(at.0, at.1, &project.fund).map(|step| step.id.clone());
        let step = step.unwrap_or_default();
        self.lives(desk, project, &step, moves)
    }
}

fn project_of(desk: &mut Desk<'_>, id: ProjectId) -> Result<Arc<Project>, Failure> {
    desk.project(id)?.ok_or_else(|| not_found("项目"))
}

/// What is on file for the unit, the home and the places of a project.
fn consents(desk: &mut Desk<'_>, project: &Project, more: &[String]) -> Result<Consents, Fault> {
    let mut keys: BTreeSet<String> = [domain::guard::unit_key(project.unit), project.home()].into();
    keys.extend(project.places());
    keys.extend(more.iter().filter(|place| !place.is_empty()).cloned());
    let mut all = Consents::new();
    for key in keys {
        if let Some(consent) = desk.consent(&project.pack, &key)? {
            all.insert(key, consent.filed.keys().cloned().collect());
        }
    }
    Ok(all)
}

/// What the sources of a side of a fund may still allot, oldest first.
fn quota(desk: &mut Desk<'_>, pack: &str, fund: &str, side: &str) -> Result<Vec<Lot>, Fault> {
    let mut lots = Vec::new();
    for (source, _) in desk.book.sources_of(pack, fund)? {
        let amount = desk.balance(&quota_account(SideOf { pack, fund, side }, source))?;
        if amount > Money::ZERO {
            lots.push(Lot { source, amount });
        }
    }
    Ok(lots)
}

/// The places of sources in the order in which a fund uses them up: the oldest document first.
fn oldest_first(desk: &mut Desk<'_>, pack: &str, fund: &str) -> Result<Vec<SourceId>, Fault> {
    Ok(desk.book.sources_of(pack, fund)?.into_iter().map(|(source, _)| source).collect())
}

/// The next number of a kind within a year, by the pattern of the procedure on a subject.
fn number(desk: &mut Desk<'_>, pack: &Pack, subject: Subject, plain: &str) -> Result<String, Fault> {
    let year = desk.today.year();
    let kind = match subject {
        Subject::Project => "project",
        Subject::Allocation => "allocation",
        Subject::Claim => "claim",
        _ => "batch",
    };
    let seq = desk.book.next(&format!("{kind}:{}:{year}", pack.id))?;
    let pattern = pack.procedure_on(subject).and_then(|procedure| procedure.number.clone());
    let pattern = pattern.unwrap_or_else(|| format!("{plain}{{year}}-{{seq}}"));
    Ok(pattern.replace("{year}", &year.to_string()).replace("{seq}", &format!("{seq:04}")))
}

/// A place that papers can be on file for: a region, with a running slug for a village, or a unit.
fn readable_place(place: &str) -> Result<(), Failure> {
    let unit = place.strip_prefix('o').is_some_and(|id| id.parse::<kernel::id::OrgId>().is_ok());
    let (code, slug) = place.split_once('-').unwrap_or((place, "0"));
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    let region = code.parse::<RegionCode>().is_ok() && !slug.is_empty() && slug.bytes().all(plain);
    if unit || region {
        return Ok(());
    }
    Err(Reason::NotFound { what: "地方".into() }.into())
}
