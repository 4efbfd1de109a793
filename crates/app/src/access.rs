//! Who may do and see what. The pack says which role does each step and what each role sees; the program adds its own roles.

use crate::rows::Scope;
use domain::case::Case;
use kernel::id::OrgId;
use kernel::region::RegionCode;
use policy::pack::{Pack, Sees};
use policy::procedure::{Act, Step, Subject};

/// The role of the program's administrator: people, organisations, backups; no cases.
pub const ADMINISTRATOR: &str = "administrator";
/// The role of audit and discipline bodies: reads everything, changes nothing.
pub const AUDITOR: &str = "auditor";

/// Whether a role may be lent to a colleague: those of the regime and reading may; managing people and accounts is never lent.
pub fn lends(role: &str) -> bool {
    role != ADMINISTRATOR
}

/// What a screen or an act needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// See organisations and people.
    SeePeople,
    /// Change organisations and people.
    ManagePeople,
    /// Open and amend years, appoint firms.
    ManageYear,
    /// See cases within the role's scope.
    SeeCases,
    /// File forms.
    Declare,
    /// Decide on cases at a desk: accept, return, refuse, notify, assign.
    Review,
    /// Verify on site.
    Inspect,
    /// Propose amounts.
    Propose,
    /// Make plans, record meetings.
    Plan,
    /// Post notices, answer objections.
    Publish,
    /// Determine finally.
    Decide,
    /// Send the results.
    Inform,
    /// Remit and pay.
    Pay,
    /// File monthly reports.
    Report,
    /// Register sources, book cash.
    ManageMoney,
    /// Open projects, set their lines, record contracts and papers, close them.
    ManageProject,
    /// Draft, consult on, approve, issue and file allocations.
    Allocate,
    /// File, check and decide claims.
    Claim,
    /// Make and release payment batches, book what the bank says.
    Settle,
    /// See the fund's money.
    SeeMoney,
    /// See the journal and verify it.
    SeeJournal,
}

impl Right {
    /// All rights, in the order of the matrix.
    pub const ALL: [Right; 21] = [
        Right::SeePeople,
        Right::ManagePeople,
        Right::ManageYear,
        Right::SeeCases,
        Right::Declare,
        Right::Review,
        Right::Inspect,
        Right::Propose,
        Right::Plan,
        Right::Publish,
        Right::Decide,
        Right::Inform,
        Right::Pay,
        Right::Report,
        Right::ManageMoney,
        Right::ManageProject,
        Right::Allocate,
        Right::Claim,
        Right::Settle,
        Right::SeeMoney,
        Right::SeeJournal,
    ];

    /// The subject whose steps give a role this right, for the rights of booked money.
    fn subject(self) -> Option<Subject> {
        Some(match self {
            Right::ManageMoney => Subject::Source,
            Right::ManageProject => Subject::Project,
            Right::Allocate => Subject::Allocation,
            Right::Claim => Subject::Claim,
            Right::Settle => Subject::Batch,
            _ => return None,
        })
    }

    /// The acts that give a role this right when the pack assigns them to it.
    fn acts(self) -> &'static [Act] {
        match self {
            Right::ManageYear => &[Act::Open, Act::Appoint],
            Right::Declare => &[Act::Declare, Act::Change],
            Right::Review => &[
                Act::Check,
                Act::Review,
                Act::Accept,
                Act::Notify,
                Act::Exchange,
                Act::Evaluate,
                Act::Urge,
                Act::Complete,
                Act::Answer,
            ],
            Right::Inspect => &[Act::Inspect],
            Right::Propose => &[Act::Propose],
            Right::Plan => &[Act::Plan, Act::Deliberate],
            Right::Publish => &[Act::Publish],
            Right::Decide => &[Act::Decide],
            Right::Inform => &[Act::File],
            Right::Pay => &[Act::Pay],
            Right::Report => &[Act::Report],
            _ => &[],
        }
    }
}

/// Whether a role has a right under a pack.
pub fn may(pack: &Pack, role: &str, right: Right) -> bool {
    match (role, right) {
        (ADMINISTRATOR, Right::SeePeople | Right::ManagePeople) => true,
        (ADMINISTRATOR, Right::SeeJournal) => true,
        (ADMINISTRATOR, _) => false,
        (_, Right::SeeCases | Right::Report) if !has_cases(pack) => false,
        (AUDITOR, Right::SeePeople | Right::SeeCases | Right::SeeMoney | Right::SeeJournal) => true,
        (AUDITOR, _) => false,
        (_, Right::SeeCases) => pack.roles.get(role).is_some_and(|r| r.sees != Sees::None),
        (_, Right::SeeMoney) => pack.roles.get(role).is_some_and(|r| r.sees == Sees::All),
        (_, Right::Report) => pack
            .steps
            .iter()
            .any(|s| s.by == role && s.on == Subject::Body && s.act == Act::Report && s.every.is_some()),
        _ => match right.subject() {
            Some(subject) => pack.steps.iter().any(|s| s.by == role && s.on == subject),
            None => pack.steps.iter().any(|s| {
                s.done_by(role) && right.acts().contains(&s.act) && !s.on.of_money() && carried_out(pack, s)
            }),
        },
    }
}

/// Whether the program carries out cases of this pack: a procedure on cases has a form, or begins with an order.
pub fn has_cases(pack: &Pack) -> bool {
    pack.procedures.iter().any(|p| p.subject == Subject::Case && !pack.start_steps(p).is_empty())
}

/// Whether years of this pack are opened: cases are granted out of a fund with a ceiling.
pub fn has_years(pack: &Pack) -> bool {
    has_cases(pack) && pack.capped_fund().is_some()
}

/// Whether this version of the program carries out the procedure of a step at all: it can begin it.
fn carried_out(pack: &Pack, step: &Step) -> bool {
    let begins = |s: &&Step| domain::case::performs(s.act) && (s.act != Act::Report || s.every.is_some());
    pack.procedures.get(&step.procedure).is_some_and(|p| match p.subject {
        Subject::Year => has_years(pack),
        _ => has_cases(pack) && pack.start_steps(p).iter().any(begins),
    })
}

/// What a role of an organisation sees.
pub fn scope_of(pack: &Pack, role: &str, org: OrgId, region: Option<RegionCode>) -> Scope {
    if role == AUDITOR {
        return Scope::All;
    }
    match pack.roles.get(role).map(|r| r.sees) {
        Some(Sees::All) => Scope::All,
        Some(Sees::Region) => region.map_or(Scope::None, Scope::Region),
        Some(Sees::Own) => Scope::Own(org),
        Some(Sees::Assigned) => Scope::Assigned(org),
        Some(Sees::None) | None => Scope::None,
    }
}

/// Whether a role that sees only what is its own does steps of cases that another role files.
pub fn has_part(pack: &Pack, role: &str) -> bool {
    pack.roles.get(role).is_some_and(|of| of.sees == Sees::Own)
        && pack.steps.iter().any(|step| {
            let of = pack.procedures.get(&step.procedure).filter(|_| step.on == Subject::Case);
            let parent = of.and_then(|of| pack.procedures.get(of.parent.as_ref()?));
            let files =
                of.and_then(|of| of.applicant.as_ref()).or(parent.and_then(|of| of.applicant.as_ref()));
            step.done_by(role) && files.is_some_and(|own| own != role)
        })
}

/// Whether a role that sees only what is its own has a part in a case that another role filed: it does some of its steps, for the
/// organisation that carries the project out.
pub fn takes_part(pack: &Pack, role: &str, case: &Case) -> bool {
    pack.roles.get(role).is_some_and(|of| of.sees == Sees::Own)
        && domain::case::applicant_role(case, pack).is_some_and(|own| own != role)
        && pack.steps.iter().any(|step| step.procedure == case.procedure && step.done_by(role))
}

/// Whether a case lies in a scope.
pub fn sees(scope: &Scope, applicant: OrgId, desk: RegionCode, firm: Option<OrgId>) -> bool {
    match scope {
        Scope::All => true,
        Scope::Region(region) => *region == desk || kernel::region::Gazetteer::get().contains(*region, desk),
        Scope::Own(org) => *org == applicant,
        Scope::Assigned(org) => firm == Some(*org),
        Scope::None => false,
    }
}
