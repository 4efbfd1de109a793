//! The desk where a step of a case is done: the form, what the step asks for, the firms that may be assigned, the verifier's
//! sheet with what the rules allow, what can be paid. The use case decides again.

mod asked;
mod begin;
mod due;
mod facts;
mod names;
mod posting;
mod trial;

pub use asked::{SignedShown, StepTried};
pub use begin::{BeginChoice, Begins};
pub use due::{DueShown, RevisionShown, days_left};
pub use facts::{FactAsked, FactKind, canonical_fact, ratio_text, typed_ratio};
pub use posting::NoticeAsked;
pub use trial::{Offer, SheetLine, SheetPaper, Trial, Trialed};

pub(in crate::view) use asked::YearNow;
pub(in crate::view) use due::due_shown;
pub(in crate::view) use names::Names;

use super::Viewer;
use super::case::{CaseNotice, CasePage, CaseReview, NextAct, notice_of, role_words};
use super::filing::{FiledForm, FormWanted, PartBody};
use crate::command::Failure;
use crate::drafts::filed_under;
use crate::writer::App;
use domain::Reason;
use domain::case::files;
use domain::posting::transit_account;
use kernel::Money;
use kernel::id::{CaseId, OrgId};
use policy::pack::{Pack, RoleKind, Words};
use policy::procedure::{Act, OutcomeKind, Step, Subject};

/// A firm that may be assigned, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirmChoice {
    /// The firm.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// The party to which it is related: then it stands aside.
    pub related_to: Option<String>,
    /// How it was chosen for the year.
    pub basis: String,
}

/// What can be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaySheet {
    /// Granted.
    pub granted: Money,
    /// Paid so far.
    pub paid: Money,
    /// Arrived where it is paid from.
    pub arrived: Money,
    /// The most that can be paid now.
    pub left: Money,
}

/// A value under seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedField {
    /// The field.
    pub field: String,
    /// Its label.
    pub name: Words,
    /// What is shown of it.
    pub masked: String,
}

/// The desk of a step.
#[derive(Debug, Clone)]
pub struct DeskPage {
    /// The case.
    pub page: CasePage,
    /// The step.
    pub step: Step,
    /// The step as it is open now; `None` when it cannot be done now.
    pub open: Option<NextAct>,
    /// The names of the steps that are open instead.
    pub open_names: Vec<Words>,
    /// The form as filed.
    pub form: Option<FiledForm>,
    /// Facts to be established.
    pub facts: Vec<FactAsked>,
    /// Firms, when one must be assigned here.
    pub firms: Option<Vec<FirmChoice>>,
    /// What the verifier found.
    pub review: Option<CaseReview>,
    /// The verifier's sheet.
    pub papers: Vec<SheetPaper>,
    /// What can be paid.
    pub pay: Option<PaySheet>,
    /// Where a return may lead: every earlier step that was done.
    pub returns: Vec<(String, Words)>,
    /// Who agreed already, where each of several roles must.
    pub signed: Vec<SignedShown>,
    /// The notice that the step runs.
    pub running: Option<CaseNotice>,
    /// The case does not exist yet: this step begins it.
    pub begins: Option<Begins>,
}

impl DeskPage {
    /// The sealed single fields of the form.
    pub fn sealed(&self) -> Vec<SealedField> {
        self.form.as_ref().map(sealed_fields).unwrap_or_default()
    }
}

/// The sealed single fields of a form as filed.
pub fn sealed_fields(form: &FiledForm) -> Vec<SealedField> {
    let fields = form.parts.iter().flat_map(|part| match &part.body {
        PartBody::Fields(fields) => fields.as_slice(),
        PartBody::Table(_) => &[],
    });
    let sealed = fields.filter(|f| f.cell.sealed && !f.cell.text.zh.is_empty());
    sealed
        .map(|f| SealedField { field: f.id.clone(), name: f.name.clone(), masked: f.cell.text.zh.clone() })
        .collect()
}

impl App {
    /// The desk of a step of a case, for the role that does it.
    pub fn desk(&self, viewer: &Viewer, id: CaseId, step: &str) -> Result<DeskPage, Failure> {
        let page = self.case_page(viewer, id)?;
        let of =
            page.pack.steps.get(step).filter(|s| s.procedure == page.case.procedure && s.on == Subject::Case);
        let Some(step) = of.cloned() else {
            return Err(Reason::NotFound { what: "办理环节".into() }.into());
        };
        if !step.done_by(&viewer.role) {
            let names: Vec<String> = step.roles().map(|role| role_words(&page.pack, role).zh).collect();
            let who = names.join("、");
            let reason =
                Reason::NotAllowed { what: step.name.zh.clone(), what_en: step.name.en.clone(), who };
            return Err(Failure::Refused(domain::Refusal::under(step.cite.to_string(), reason)));
        }
        self.desk_of(viewer, page, step)
    }

    /// The desk of a step, without asking whose it is.
    fn desk_of(&self, viewer: &Viewer, page: CasePage, step: Step) -> Result<DeskPage, Failure> {
        let form = match form_about(&page, &step) {
            Some(of) => {
                let wanted = FormWanted { of, ..FormWanted::default() };
                Some(self.filed_as_wanted(viewer, page.case.id, &wanted)?)
            }
            None => None,
        };
        let today = self.today();
        let running = page.case.running(&step.id);
        let firms = if firm_follows(&page.pack, &step) { Some(self.firms(&page)?) } else { None };
        let pay = if step.act == Act::Pay { Some(self.pay_sheet(&page)?) } else { None };
        Ok(DeskPage {
            open: page.next.iter().find(|n| n.step == step.id).cloned(),
            open_names: page.next.iter().map(|n| n.name.clone()).collect(),
            facts: facts::asked(&page.pack, &page.case, &step),
            review: super::case::review_of(&page.pack, &page.case),
            papers: trial::papers(&page.pack, &page.case),
            returns: asked::returns(&page.pack, &page.case, &step),
            signed: self.signed(&page.pack, &page.case, &step)?,
            running: running.map(|shown| notice_of(viewer, &page.pack, &page.case, shown, today)),
            begins: None,
            form,
            firms,
            pay,
            page,
            step,
        })
    }

    /// The year's firms; those related to a party are shown with the reason.
    fn firms(&self, page: &CasePage) -> Result<Vec<FirmChoice>, Failure> {
        let Some(year) = self.year_of_case(&page.case)? else { return Ok(Vec::new()) };
        let mut parties: Vec<domain::identity::Org> = self.org(page.case.applicant)?.into_iter().collect();
        if let Some(code) = page.case.parties.get("company")
            && let Some(row) = self.reads.org_by_code(code)?
        {
            parties.extend(self.org(row.org)?);
        }
        let mut firms = Vec::new();
        for (org, basis) in &year.firms {
            let Some(firm) = self.org(*org)? else { continue };
            let related = parties.iter().find(|party| domain::year::related(&firm, party));
            firms.push(FirmChoice {
                org: *org,
                name: firm.name.clone(),
                related_to: related.map(|p| p.name.clone()),
                basis: basis.clone(),
            });
        }
        firms.sort_by(|a, b| (a.related_to.is_some(), &a.name).cmp(&(b.related_to.is_some(), &b.name)));
        Ok(firms)
    }

    fn pay_sheet(&self, page: &CasePage) -> Result<PaySheet, Failure> {
        let account = transit_account(page.case.id);
        let found = self.reads.balances(&account)?.into_iter().find(|(name, _)| *name == account);
        let arrived = found.map_or(Money::ZERO, |(_, balance)| balance);
        let unpaid = page.case.unpaid();
        Ok(PaySheet {
            granted: page.case.award.as_ref().filter(|a| a.granted).map_or(Money::ZERO, |a| a.amount),
            paid: page.case.paid,
            arrived,
            left: unpaid.min(arrived),
        })
    }
}

/// The form that a step is about: the one filed last at a step before it, else the procedure's own.
fn form_about(page: &CasePage, step: &Step) -> Option<String> {
    let own = page.pack.steps.get(&step.id)?;
    let procedure = page.pack.procedures.get(&step.procedure)?;
    let before = page.pack.before(own);
    let filing = before.into_iter().filter(|s| files(s.act)).map(|s| filed_under(procedure, s));
    let latest = |of: &String| page.case.declared.iter().rposition(|d| d.of == *of);
    let about = filing.filter(|of| latest(of).is_some()).max_by_key(|of| latest(of));
    about.or_else(|| page.case.current().map(|_| String::new()))
}

/// Whether a firm must act once this step has passed.
fn firm_follows(pack: &Pack, step: &Step) -> bool {
    let passing = step.outcomes.iter().find(|o| o.kind == OutcomeKind::Pass).map(|o| o.id.as_str());
    let is_firm = |role: &str| pack.roles.get(role).is_some_and(|r| r.kind == RoleKind::Firm);
    pack.grant.is_some()
        && !is_firm(&step.by)
        && pack.next_steps(step, passing).iter().any(|next| {
            next.step.act == Act::Inspect && next.step.on == Subject::Case && is_firm(&next.step.by)
        })
}
