//! What each regulation demands before a project is approved, as the bystander reads it: steps in their order, hands, papers,
//! notices, targets, links. Written by hand; a pack that says otherwise is found out by it.

use std::collections::BTreeSet;

/// What kind of hand a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// Files for the unit.
    Files,
    /// Checks what was filed.
    Checks,
    /// Decides.
    Decides,
    /// Passes on, meets, publishes.
    Other,
}

/// A paper; `when`: not wanted where a field has this value.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub id: &'static str,
    pub when: Option<(&'static str, &'static str)>,
}

/// How a project is tied to poor households.
#[derive(Debug, Clone, Copy)]
pub enum Link {
    /// Households in a table; not where a field has this value.
    Rows { part: &'static str, households: &'static str, unless: Option<(&'static str, &'static str)> },
    /// A number of households in a field; not where a field has this value.
    Number { field: &'static str, unless: Option<(&'static str, &'static str)> },
    /// The poor villages whose money it is are named.
    Villages { part: &'static str, column: &'static str },
}

/// A step and what it demands.
#[derive(Debug)]
pub struct Demand {
    pub step: &'static str,
    pub by: &'static [&'static str],
    pub hand: Hand,
    /// Directly after these; all of them.
    pub after: &'static [&'static str],
    pub passes: &'static [&'static str],
    /// Outcomes that go back, and where to.
    pub returns: &'static [(&'static str, &'static str)],
    pub papers: &'static [Wanted],
    /// So many days of notice.
    pub notice_days: Option<i64>,
    /// Falls when a later version changes one of these.
    pub stands_on: &'static [&'static str],
    /// Every role must agree.
    pub all_sign: bool,
    /// Fills in the project's own form.
    pub own_form: bool,
    pub approves: bool,
}

/// A regulation's way to its approvals.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    pub steps: &'static [Demand],
    pub targets: &'static [&'static str],
    pub link: Link,
}

impl Table {
    pub fn step(&self, id: &str) -> Option<&'static Demand> {
        self.steps.iter().find(|demand| demand.step == id)
    }

    /// Everything before a step.
    pub fn before(&self, id: &str) -> BTreeSet<&'static str> {
        let mut found = BTreeSet::new();
        let mut left: Vec<&str> = self.step(id).map_or_else(Vec::new, |demand| demand.after.to_vec());
        while let Some(one) = left.pop() {
            if let Some(demand) = self.step(one).filter(|demand| found.insert(demand.step)) {
                left.extend(demand.after);
            }
        }
        found
    }

    /// Everything behind a step.
    pub fn behind(&self, id: &str) -> BTreeSet<&'static str> {
        self.steps.iter().map(|demand| demand.step).filter(|step| self.before(step).contains(id)).collect()
    }
}

const fn paper(id: &'static str) -> Wanted {
    Wanted { id, when: None }
}

const PLAIN: Demand = Demand {
    step: "",
    by: &[],
    hand: Hand::Other,
    after: &[],
    passes: &[""],
    returns: &[],
    papers: &[],
    notice_days: None,
    stands_on: &[],
    all_sign: false,
    own_form: false,
    approves: false,
};

/// What the approvals of Xinjiang stand on: scale and content of the project, where it is, whom it reaches.
const XJ_SUBSTANCE: &[&str] =
    &["class", "place", "village", "content", "task", "total", "village_wide", "households"];

/// 新疆 二(三)、二(四)、二(六): two up and two down, each time with a notice in the village.
pub static XINJIANG: Table = Table {
    name: "xinjiang",
    steps: &[
        Demand {
            step: "village_propose",
            by: &["xj_village"],
            hand: Hand::Files,
            papers: &[paper("meeting_minutes"), paper("meeting_photos")],
            own_form: true,
            ..PLAIN
        },
        Demand {
            step: "village_notice",
            by: &["xj_village"],
            after: &["village_propose"],
            passes: &["clear"],
            returns: &[("upheld", "village_propose")],
            notice_days: Some(10),
            ..PLAIN
        },
        Demand {
            step: "township_check",
            by: &["xj_township"],
            hand: Hand::Checks,
            after: &["village_notice"],
            passes: &["pass"],
            returns: &[("return", "village_propose")],
            ..PLAIN
        },
        Demand {
            step: "first_review",
            by: &["xj_department"],
            hand: Hand::Checks,
            after: &["township_check"],
            passes: &["findings"],
            ..PLAIN
        },
        Demand { step: "down_one", by: &["xj_department"], after: &["first_review"], ..PLAIN },
        Demand {
            step: "village_revise",
            by: &["xj_village"],
            hand: Hand::Files,
            after: &["down_one"],
            own_form: true,
            ..PLAIN
        },
        Demand {
            step: "second_notice",
            by: &["xj_village"],
            after: &["village_revise"],
            passes: &["clear"],
            returns: &[("upheld", "village_revise")],
            notice_days: Some(10),
            ..PLAIN
        },
        Demand {
            step: "township_resubmit",
            by: &["xj_township"],
            hand: Hand::Checks,
            after: &["second_notice"],
            passes: &["pass"],
            returns: &[("return", "village_revise")],
            ..PLAIN
        },
        Demand {
            step: "second_review",
            by: &["xj_department"],
            hand: Hand::Checks,
            after: &["township_resubmit"],
            passes: &["pass"],
            returns: &[("return", "village_revise")],
            stands_on: XJ_SUBSTANCE,
            ..PLAIN
        },
        Demand {
            step: "line_review",
            by: &["xj_line", "xj_department"],
            hand: Hand::Checks,
            after: &["second_review"],
            passes: &["pass"],
            returns: &[("return", "second_review")],
            stands_on: XJ_SUBSTANCE,
            all_sign: true,
            ..PLAIN
        },
        Demand {
            step: "group_decide",
            by: &["xj_group"],
            hand: Hand::Decides,
            after: &["line_review"],
            passes: &["approve"],
            returns: &[("return", "second_review")],
            stands_on: XJ_SUBSTANCE,
            approves: true,
            ..PLAIN
        },
        Demand { step: "down_two", by: &["xj_department"], after: &["group_decide"], ..PLAIN },
        Demand { step: "name_people", by: &["xj_department"], after: &["group_decide"], ..PLAIN },
        Demand {
            step: "change_project",
            by: &["xj_village", "xj_township"],
            hand: Hand::Files,
            after: &["group_decide"],
            own_form: true,
            ..PLAIN
        },
        Demand {
            step: "start_work",
            by: &["xj_unit", "xj_township", "xj_village"],
            after: &["down_two"],
            ..PLAIN
        },
    ],
    targets: &[
        "target",
        "target_quantity",
        "target_quality",
        "target_time",
        "target_cost",
        "target_effect",
        "target_satisfaction",
    ],
    link: Link::Rows {
        part: "links",
        households: "linked_households",
        unless: Some(("village_wide", "true")),
    },
};

/// 湖南 第六条、第十二条: nothing is chosen that is not in the library.
pub static HUNAN_LIBRARY: Table = Table {
    name: "hunan library",
    steps: &[
        Demand { step: "library_propose", by: &["hn_unit"], hand: Hand::Files, own_form: true, ..PLAIN },
        Demand {
            step: "library_check",
            by: &["hn_township"],
            hand: Hand::Checks,
            after: &["library_propose"],
            passes: &["pass"],
            returns: &[("return", "library_propose")],
            ..PLAIN
        },
        Demand {
            step: "library_enter",
            by: &["hn_office"],
            hand: Hand::Decides,
            after: &["library_check"],
            passes: &["enter"],
            returns: &[("return", "library_propose")],
            approves: true,
            ..PLAIN
        },
    ],
    targets: &[
        "target_quantity",
        "target_quality",
        "target_time",
        "target_cost",
        "target_effects",
        "target_satisfaction",
    ],
    link: Link::Rows { part: "links", households: "households", unless: None },
};

/// 湖南 第八条至第十条: assessed, selected, settled and decided; then the implementation plan, approved in its turn.
pub static HUNAN: Table = Table {
    name: "hunan",
    steps: &[
        Demand {
            step: "declare_project",
            by: &["hn_unit"],
            hand: Hand::Files,
            papers: &[
                paper("project_book"),
                paper("declaration_form"),
                Wanted { id: "household_list", when: Some(("public_works", "true")) },
            ],
            own_form: true,
            ..PLAIN
        },
        Demand {
            step: "assess",
            by: &["hn_office"],
            hand: Hand::Checks,
            after: &["declare_project"],
            passes: &["pass"],
            returns: &[("return", "declare_project")],
            papers: &[paper("assessment")],
            ..PLAIN
        },
        Demand {
            step: "select",
            by: &["hn_office"],
            hand: Hand::Checks,
            after: &["assess"],
            passes: &["pass"],
            ..PLAIN
        },
        Demand {
            step: "settle",
            by: &["hn_group"],
            after: &["select"],
            passes: &["pass"],
            returns: &[("return", "select")],
            ..PLAIN
        },
        Demand {
            step: "decide_project",
            by: &["hn_government"],
            hand: Hand::Decides,
            after: &["settle"],
            passes: &["approve"],
            returns: &[("return", "select")],
            approves: true,
            ..PLAIN
        },
        Demand {
            step: "portal_notice",
            by: &["hn_office"],
            after: &["decide_project"],
            passes: &["clear", "answered"],
            returns: &[("upheld", "select")],
            notice_days: Some(10),
            ..PLAIN
        },
        Demand {
            step: "plan_submit",
            by: &["hn_unit"],
            hand: Hand::Files,
            after: &["decide_project"],
            papers: &[paper("plan")],
            ..PLAIN
        },
        Demand {
            step: "plan_review",
            by: &["hn_office"],
            hand: Hand::Checks,
            after: &["plan_submit"],
            passes: &["pass"],
            returns: &[("return", "plan_submit")],
            ..PLAIN
        },
        Demand {
            step: "plan_approve",
            by: &["hn_office"],
            hand: Hand::Decides,
            after: &["plan_review"],
            passes: &["approve"],
            returns: &[("return", "plan_submit")],
            approves: true,
            ..PLAIN
        },
        Demand { step: "money_issued", by: &["hn_finance"], after: &["plan_approve"], ..PLAIN },
        Demand { step: "start", by: &["hn_unit"], after: &["plan_approve"], ..PLAIN },
        Demand {
            step: "site_notice",
            by: &["hn_unit"],
            after: &["start"],
            passes: &["clear", "answered"],
            returns: &[("upheld", "plan_submit")],
            notice_days: Some(10),
            ..PLAIN
        },
    ],
    targets: &["target"],
    link: Link::Rows { part: "links", households: "households", unless: None },
};

/// 通州 第三条、第十一条(一)(三): who declares, who verifies, who decides; everything tied to registered households.
pub static TONGZHOU_LIBRARY: Table = Table {
    name: "tongzhou library",
    steps: &[
        Demand { step: "library_propose", by: &["tz_unit"], hand: Hand::Files, own_form: true, ..PLAIN },
        Demand {
            step: "library_verify",
            by: &["tz_area"],
            hand: Hand::Checks,
            after: &["library_propose"],
            passes: &["pass"],
            returns: &[("return", "library_propose")],
            ..PLAIN
        },
        Demand {
            step: "library_enter",
            by: &["tz_office"],
            hand: Hand::Decides,
            after: &["library_verify"],
            passes: &["enter"],
            returns: &[("return", "library_propose")],
            approves: true,
            ..PLAIN
        },
    ],
    targets: &["outcome"],
    // How they are tied is asked when it is approved; the library asks how many they are.
    link: Link::Number { field: "poor_households", unless: Some(("direction", "assessment_audit")) },
};

const TZ_LINK: Link =
    Link::Rows { part: "links", households: "tied", unless: Some(("direction", "assessment_audit")) };

pub static TONGZHOU: Table = Table {
    name: "tongzhou",
    steps: &[
        Demand { step: "declare_project", by: &["tz_unit"], hand: Hand::Files, own_form: true, ..PLAIN },
        Demand {
            step: "verify_project",
            by: &["tz_area"],
            hand: Hand::Checks,
            after: &["declare_project"],
            passes: &["pass"],
            returns: &[("return", "declare_project")],
            ..PLAIN
        },
        Demand {
            step: "decide_project",
            by: &["tz_office"],
            hand: Hand::Decides,
            after: &["verify_project"],
            passes: &["approve"],
            returns: &[("return", "declare_project")],
            approves: true,
            ..PLAIN
        },
        Demand { step: "start", by: &["tz_unit"], after: &["decide_project"], ..PLAIN },
    ],
    targets: &["outcome"],
    link: TZ_LINK,
};

/// What the approvals of Jizhou stand on.
const JZ_SUBSTANCE: &[&str] = &["class", "program", "place", "village", "content", "total", "asked"];

/// 蓟州 三(三)2: the plan is argued by experts, then the formal file with its attachments goes to the district government.
pub static JIZHOU: Table = Table {
    name: "jizhou",
    steps: &[
        Demand {
            step: "submit",
            by: &["jz_township"],
            hand: Hand::Files,
            papers: &[paper("plan")],
            own_form: true,
            ..PLAIN
        },
        Demand {
            step: "platform_exception",
            by: &["jz_platform"],
            hand: Hand::Checks,
            after: &["submit"],
            passes: &["grant"],
            returns: &[("deny", "submit")],
            stands_on: &["asked"],
            ..PLAIN
        },
        Demand {
            step: "accept",
            by: &["jz_agri"],
            hand: Hand::Checks,
            after: &["submit"],
            passes: &["accept"],
            returns: &[("return", "submit")],
            ..PLAIN
        },
        Demand {
            step: "experts",
            by: &["jz_agri"],
            after: &["accept"],
            passes: &["pass"],
            returns: &[("revise", "submit")],
            stands_on: JZ_SUBSTANCE,
            ..PLAIN
        },
        Demand {
            step: "formal",
            by: &["jz_township"],
            hand: Hand::Files,
            after: &["experts"],
            papers: &[
                paper("plan"),
                paper("investment_list"),
                paper("yearly_list"),
                paper("organisation_code"),
                paper("location_map"),
                paper("sketch"),
                paper("expert_opinion"),
                paper("platform_agreement"),
            ],
            own_form: true,
            ..PLAIN
        },
        Demand {
            step: "review",
            by: &["jz_agri"],
            hand: Hand::Checks,
            after: &["formal"],
            passes: &["report"],
            returns: &[("return", "formal")],
            stands_on: JZ_SUBSTANCE,
            ..PLAIN
        },
        Demand {
            step: "reply",
            by: &["jz_government"],
            hand: Hand::Decides,
            after: &["review"],
            passes: &["approve"],
            returns: &[("return", "review")],
            stands_on: JZ_SUBSTANCE,
            approves: true,
            ..PLAIN
        },
        Demand {
            step: "change_project",
            by: &["jz_township"],
            hand: Hand::Files,
            after: &["reply"],
            papers: &[],
            own_form: true,
            ..PLAIN
        },
        Demand { step: "procure", by: &["jz_township"], after: &["reply"], ..PLAIN },
        Demand { step: "start_work", by: &["jz_township"], after: &["procure"], ..PLAIN },
    ],
    targets: &["returns"],
    link: Link::Villages { part: "own_villages", column: "own_village" },
};
