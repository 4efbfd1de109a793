//! The main navigation: what a role finds there follows from its rights.

use app::access::{ADMINISTRATOR, Right, has_years};
use app::view::Viewer;
use app::view::filing::begins;
use app::view::library::sees_library;
use app::view::pack::{DemandOf, Subject};
use app::view::registers::sees_registers;
use app::view::reports::report_steps;
use app::view::rosters::sees_rosters;

use crate::ctx::NavItem;
use crate::words::word;

/// The navigation of a role.
pub(super) fn of(viewer: &Viewer) -> Vec<NavItem> {
    let sees_all = viewer.may(Right::SeeMoney);
    let reports = sees_all && !report_steps(&viewer.pack, "").is_empty();
    let years = sees_all && has_years(&viewer.pack);
    let entries = [
        (has_tasks(viewer), NavItem::new("/inbox", word("people-nav-inbox"))),
        (viewer.may(Right::Declare), NavItem::new("/file", word("people-nav-file"))),
        (begins(viewer) && !viewer.may(Right::Declare), NavItem::new("/file", word("nav-begin"))),
        (viewer.may(Right::SeeCases), NavItem::new("/cases", word("people-nav-cases"))),
        (sees_library(viewer), NavItem::new("/library", word("nav-library"))),
        (sees_registers(viewer), NavItem::new("/registers", word("nav-registers"))),
        (sees_rosters(viewer), NavItem::new("/rosters", word("nav-rosters"))),
        (viewer.may(Right::Report) || reports, NavItem::new("/reports", word("people-nav-reports"))),
        (viewer.may(Right::SeeCases), NavItem::new("/duties", word("people-nav-duties"))),
        (viewer.may(Right::ManageYear) || years, NavItem::new("/years", word("people-nav-years"))),
        (viewer.may(Right::Plan) || years, NavItem::new("/plans", word("people-nav-plans"))),
        (years, NavItem::new("/money", word("people-nav-money"))),
        (sources(viewer), NavItem::new("/funds", word("nav-funds"))),
        (sources(viewer), NavItem::new("/sources", word("nav-sources"))),
        (allocations(viewer), NavItem::new("/allocations", word("nav-allocations"))),
        (projects(viewer), NavItem::new("/projects", word("nav-projects"))),
        (consents(viewer), NavItem::new("/consents", word("nav-consents"))),
        (claims(viewer), NavItem::new("/claims", word("nav-claims"))),
        (batches(viewer), NavItem::new("/batches", word("nav-batches"))),
        (viewer.may(Right::SeeJournal), NavItem::new("/journal", word("people-nav-journal"))),
        (viewer.may(Right::ManagePeople), NavItem::new("/admin", word("people-nav-admin"))),
        (true, NavItem::new("/policy", word("nav-policy"))),
    ];
    entries.into_iter().filter(|(shown, _)| *shown).map(|(_, item)| item).collect()
}

/// Whether the regime books sources and the role sees booked money.
fn sources(viewer: &Viewer) -> bool {
    let rights = [Right::SeeMoney, Right::ManageMoney, Right::Allocate, Right::Settle];
    viewer.pack.procedure_on(Subject::Source).is_some() && rights.into_iter().any(|right| viewer.may(right))
}

/// Whether the regime allocates money to projects and the role has to do with it.
fn allocations(viewer: &Viewer) -> bool {
    let rights = [Right::Allocate, Right::SeeMoney];
    viewer.pack.procedure_on(Subject::Allocation).is_some()
        && rights.into_iter().any(|right| viewer.may(right))
}

/// Whether the regime has projects and the role has to do with them.
fn projects(viewer: &Viewer) -> bool {
    let rights = [Right::ManageProject, Right::Allocate, Right::Claim, Right::Settle, Right::SeeMoney];
    viewer.pack.procedure_on(Subject::Project).is_some() && rights.into_iter().any(|right| viewer.may(right))
}

/// Whether papers of places or units must be on file.
fn consents(viewer: &Viewer) -> bool {
    let demanded = viewer.pack.demands.iter().any(|demand| demand.of != DemandOf::Project);
    demanded && projects(viewer)
}

/// Whether the regime has a reimbursement desk and the role has to do with it.
fn claims(viewer: &Viewer) -> bool {
    let rights = [Right::Claim, Right::Settle, Right::SeeMoney];
    viewer.pack.procedure_on(Subject::Claim).is_some() && rights.into_iter().any(|right| viewer.may(right))
}

/// Whether the regime pays in batches and the role has to do with them.
fn batches(viewer: &Viewer) -> bool {
    let rights = [Right::Settle, Right::SeeMoney];
    viewer.pack.procedure_on(Subject::Batch).is_some() && rights.into_iter().any(|right| viewer.may(right))
}

/// Whether the role has an inbox: it does something besides reading.
fn has_tasks(viewer: &Viewer) -> bool {
    const ACTS: [Right; 15] = [
        Right::ManageYear,
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
        Right::Claim,
        Right::Settle,
        Right::ManageProject,
        Right::Allocate,
    ];
    ACTS.into_iter().any(|right| viewer.may(right))
}

/// Where a role begins after signing in.
pub fn home(viewer: &Viewer) -> &'static str {
    if viewer.role == ADMINISTRATOR {
        "/admin"
    } else if has_tasks(viewer) {
        "/inbox"
    } else if viewer.may(Right::SeeCases) {
        "/cases"
    } else if sources(viewer) {
        "/funds"
    } else {
        "/account"
    }
}
