//! The main navigation: what a role finds there follows from its rights.

use app::access::{ADMINISTRATOR, Right};
use app::view::Viewer;

use crate::ctx::NavItem;
use crate::words::word;

/// The navigation of a role.
pub(super) fn of(viewer: &Viewer) -> Vec<NavItem> {
    let sees_all = viewer.may(Right::SeeMoney);
    let entries = [
        (has_tasks(viewer), NavItem::new("/inbox", word("people-nav-inbox"))),
        (viewer.may(Right::Declare), NavItem::new("/file", word("people-nav-file"))),
        (viewer.may(Right::SeeCases), NavItem::new("/cases", word("people-nav-cases"))),
        (viewer.may(Right::Report) || sees_all, NavItem::new("/reports", word("people-nav-reports"))),
        (viewer.may(Right::SeeCases), NavItem::new("/duties", word("people-nav-duties"))),
        (viewer.may(Right::ManageYear) || sees_all, NavItem::new("/years", word("people-nav-years"))),
        (viewer.may(Right::Plan) || sees_all, NavItem::new("/plans", word("people-nav-plans"))),
        (sees_all, NavItem::new("/money", word("people-nav-money"))),
        (viewer.may(Right::SeeJournal), NavItem::new("/journal", word("people-nav-journal"))),
        (viewer.may(Right::ManagePeople), NavItem::new("/admin", word("people-nav-admin"))),
        (true, NavItem::new("/policy", word("nav-policy"))),
    ];
    entries.into_iter().filter(|(shown, _)| *shown).map(|(_, item)| item).collect()
}

/// Whether the role has an inbox: it does something besides reading.
fn has_tasks(viewer: &Viewer) -> bool {
    const ACTS: [Right; 11] = [
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
    } else {
        "/account"
    }
}
