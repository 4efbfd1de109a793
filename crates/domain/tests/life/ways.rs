//! The straight way of each pack's project, from its filing to its end, and worlds that stand somewhere on it.

use crate::world::*;
use kernel::id::CaseId;
use policy::pack::Pack;

/// A procedure, the one whose case it builds on with the way through that, and the way through itself.
pub struct Way {
    pub pack: fn() -> &'static Pack,
    pub parent: Option<(&'static str, &'static [&'static str])>,
    pub procedure: &'static str,
    pub steps: &'static [&'static str],
    /// The step that approves the project.
    pub approves: &'static str,
}

pub const TRIAL_WAY: Way = Way {
    pack: || &TRIAL,
    parent: None,
    procedure: "entry",
    steps: &["visit", "look:pass", "agree:pass", "decide:approve", "board:clear"],
    approves: "decide",
};

pub const HUNAN_WAY: Way = Way {
    pack: || &HUNAN,
    parent: Some(("library", &["library_check:pass", "library_enter:enter"])),
    procedure: "flow",
    steps: &[
        "assess:pass",
        "select:pass",
        "settle:pass",
        "decide_project:approve",
        "portal_notice:clear",
        "plan_submit",
        "plan_review:pass",
        "plan_approve:approve",
        "money_issued",
        "start",
        "site_notice:clear",
        "progress",
        "change_request",
        "change_review:pass",
        "change_group:pass",
        "change_decide:approve",
        "finished",
        "first_check:pass",
        "request_acceptance",
        "accept_works:qualified",
        "hand_over",
    ],
    approves: "decide_project",
};

pub const HUNAN_LIBRARY_WAY: Way = Way {
    pack: || &HUNAN,
    parent: None,
    procedure: "library",
    steps: &["library_check:pass", "library_enter:enter", "library_file"],
    approves: "library_enter",
};

pub const JIZHOU_WAY: Way = Way {
    pack: || &JIZHOU,
    parent: None,
    procedure: "declaration",
    steps: &[
        "accept:accept",
        "experts:pass",
        "formal",
        "review:report",
        "reply:approve",
        "procure",
        "start_work",
        "progress_report",
        "finish_work",
        "complete:pass",
        "hand_over",
        "archive",
    ],
    approves: "reply",
};

pub const TONGZHOU_WAY: Way = Way {
    pack: || &TONGZHOU,
    parent: Some(("library", &["library_verify:pass", "library_enter:enter"])),
    procedure: "flow",
    steps: &["verify_project:pass", "decide_project:approve", "start", "finished", "accept_works:pass"],
    approves: "decide_project",
};

pub const TONGZHOU_LIBRARY_WAY: Way = Way {
    pack: || &TONGZHOU,
    parent: None,
    procedure: "library",
    steps: &["library_verify:pass", "library_enter:enter"],
    approves: "library_enter",
};

pub const XINJIANG_WAY: Way = Way {
    pack: || &XINJIANG,
    parent: None,
    procedure: "two_up_two_down",
    steps: &[
        "village_notice:clear",
        "township_check:pass",
        "first_review:findings",
        "down_one",
        "village_revise",
        "second_notice:clear",
        "township_resubmit:pass",
        "second_review:pass",
        "line_review:pass",
        "group_decide:approve",
        "down_two",
        "name_people",
        "project_notice:clear",
        "start_work",
        "progress_report",
        "finish_work",
        "complete:pass",
        "hand_over",
    ],
    approves: "group_decide",
};

impl Way {
    /// The world before the project is filed, with what it builds on.
    pub fn ready(&self, pack: &'static Pack) -> (World, Option<CaseId>) {
        let mut world = World::of(pack);
        let parent = self.parent.map(|(procedure, way)| {
            let id = world.file(procedure, None, |_| ()).unwrap();
            world.walk(id, way);
            id
        });
        world.around.parent_accepted = parent.is_some();
        (world, parent)
    }

    /// The project just filed.
    pub fn begun(&self) -> (World, CaseId) {
        let (mut world, parent) = self.ready((self.pack)());
        let id = world.file(self.procedure, parent, |_| ()).unwrap();
        (world, id)
    }

    /// All steps before this one done; the last one is named with an empty text.
    pub fn until(&self, step: &str) -> (World, CaseId) {
        let (mut world, id) = self.begun();
        self.on(&mut world, id, self.steps[0].split(':').next().unwrap(), step);
        (world, id)
    }

    /// Goes on from a step to before another.
    pub fn on(&self, world: &mut World, id: CaseId, from: &str, step: &str) {
        let at = |name: &str| self.steps.iter().position(|one| one.split(':').next() == Some(name));
        let end = if step.is_empty() { self.steps.len() } else { at(step).unwrap() };
        world.walk(id, &self.steps[at(from).unwrap()..end]);
    }
}
