//! Stored forms of what happens to one case.

use super::error::Unreadable;
use super::plan::{PostingV1, WindowV1};
use super::wire::{Day, Fen, Fraction, Hash, Id, Place, Wire};
use domain::case::{
    Check, DutyDue, Event, Judgement, LineFinding, OutcomeKind, Paper, PaperFinding, Record, Together,
};
use policy::form::FormData;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an outcome does to the case.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum OutcomeKindV1 {
    Pass,
    Complete,
    Return,
    End,
}

impl Wire<OutcomeKind> for OutcomeKindV1 {
    fn of(core: &OutcomeKind) -> Self {
        match core {
            OutcomeKind::Pass => Self::Pass,
            OutcomeKind::Complete => Self::Complete,
            OutcomeKind::Return => Self::Return,
            OutcomeKind::End => Self::End,
        }
    }

    fn read(self) -> Result<OutcomeKind, Unreadable> {
        Ok(match self {
            Self::Pass => OutcomeKind::Pass,
            Self::Complete => OutcomeKind::Complete,
            Self::Return => OutcomeKind::Return,
            Self::End => OutcomeKind::End,
        })
    }
}

form! {
    /// A form as typed: single fields, and tables row by row.
    FormDataV1 = FormData {}
    optional { fields: BTreeMap<String, String>, tables: BTreeMap<String, Vec<BTreeMap<String, String>>> }
}

form! {
    /// A paper attached to a declaration.
    PaperV1 = Paper { paper: String, name: String, hash: Hash, size: i64, media: String }
}

form! {
    /// One item of a checklist, judged.
    CheckV1 = Check { item: String, holds: bool } optional { note: String }
}

form! {
    /// A fact established by a person.
    RecordV1 = Record { fact: String, value: String } optional { basis: String }
}

form! {
    /// What the verifier found for one declared line.
    LineFindingV1 = LineFinding { line: String, confirmed: Fen } optional { reason: String }
}

form! {
    /// What the verifier found for one paper.
    PaperFindingV1 = PaperFinding { paper: String, agrees: bool } optional { note: String }
}

form! {
    /// A decision of the rules.
    JudgementV1 = Judgement { as_of: Day, outcome: String }
    optional {
        amount: Option<Fen>, facts: BTreeMap<String, String>, set: BTreeMap<String, String>, unmet: Vec<String>,
        unknown: Vec<String>,
    }
}

form! {
    /// The act that a step was done in, together with other cases.
    TogetherV1 = Together { lead: Id, count: u32 } optional { cases: Vec<Id>, judgement: Option<JudgementV1> }
}

form! {
    /// `case.duty_began`, form 1: a duty with its date.
    DutyDueV1 = DutyDue { duty: String, on: String, from: Day, due: Day, provisional: bool }
    optional { checks: Vec<Day> }
}

events! {
    Event;

    "case.opened" 1 "建立申报件" "case opened"
    OpenedV1 = Opened {
        case: Id, procedure: String, number: String, year: i16, pack: String, edition: String, applicant: Id, desk: Place,
    }
    optional { parent: Option<Id> };

    "case.named" 1 "命名申报件" "case named"
    NamedV1 = Named { title: String } optional { parties: BTreeMap<String, String> };

    "case.declared" 2 "提交申报表" "form filed"
    DeclaredV2 = Declared { step: String, version: u32, title: String, form: FormDataV1 }
    optional { of: String, papers: Vec<PaperV1>, parties: BTreeMap<String, String>, voids: Vec<String> };

    "case.stepped" 3 "办理环节" "step done"
    SteppedV3 = Stepped { step: String, kind: OutcomeKindV1, on: Day }
    optional {
        outcome: String, to: Option<String>, opinion: String, checks: Vec<CheckV1>, records: Vec<RecordV1>,
        notes: BTreeMap<String, String>, document: Option<String>, papers: Vec<PaperV1>, form: Option<FormDataV1>,
        voids: Vec<String>, judgement: Option<JudgementV1>, together: Option<Box<TogetherV1>>,
    };

    "case.signed" 1 "会签同意" "agreed, others to follow"
    SignedV1 = Signed { step: String, on: Day } optional { opinion: String };

    "case.notice_posted" 1 "发布公示" "notice posted"
    PostedV1 = Posted {
        step: String, number: String, notice: String, on: Day, postings: Vec<PostingV1>, window: WindowV1,
    }
    optional { shown: BTreeMap<String, String>, papers: Vec<PaperV1> };

    "case.objected" 1 "收到异议" "objection received"
    ObjectedV1 = Objected { objection: Id, notice: String, receipt: String, text: String }
    optional { from: Option<String> };

    "case.answered" 1 "答复异议" "objection answered"
    AnsweredV1 = Answered { objection: Id, upheld: bool, answer: String };

    "case.commented" 1 "留言" "remark written"
    CommentedV1 = Commented { text: String };

    "case.copied" 1 "抄送" "copy sent"
    CopiedV1 = Copied { role: String } optional { text: String };

    "case.urged" 1 "催办" "step urged"
    UrgedV1 = Urged { step: String, text: String };

    "case.recused" 1 "声明回避" "stood aside"
    RecusedV1 = Recused { why: String };

    "case.resembled" 1 "发现相近项目" "similar projects found"
    ResembledV1 = Resembled { others: Vec<Id> };

    "case.compared" 1 "认定相近项目" "similar project compared"
    ComparedV1 = Compared { other: Id, same: bool, why: String };

    "case.firm_assigned" 1 "指派专业机构" "firm assigned"
    AssignedV1 = Assigned { firm: Id };

    "case.inspected" 1 "现场核查" "inspected on site"
    InspectedV1 = Inspected { step: String, on: Day, ratio: Fraction, amount: Fen, judgement: JudgementV1 }
    optional { opinion: String, checks: Vec<CheckV1>, records: Vec<RecordV1>, lines: Vec<LineFindingV1>, papers: Vec<PaperFindingV1> };

    "case.proposed" 1 "提出资助建议" "grant proposed"
    ProposedV1 = Proposed { step: String, ratio: Fraction, amount: Fen, opinion: String, judgement: JudgementV1 };

    "case.planned" 1 "列入方案" "put into a plan"
    PlannedV1 = Planned { plan: Id, amount: Fen };

    "case.unplanned" 1 "移出方案" "taken out of the plan"
    UnplannedV1 = Unplanned { plan: Id, why: String };

    "case.plan_stepped" 1 "方案办理进展" "step of the plan done"
    PlanSteppedV1 = PlanStepped { plan: Id, step: String, on: Day };

    "case.held" 1 "异议待处理" "held by an objection"
    HeldV1 = Held { objection: Id };

    "case.released" 1 "异议已处理" "objection settled"
    ReleasedV1 = Released { objection: Id, upheld: bool };

    "case.determined" 1 "审定资助" "grant determined"
    DeterminedV1 = Determined {
        step: String, plan: Id, granted: bool, amount: Fen, stamp: Day, judgement: JudgementV1,
    }
    optional { why: String, exceeded: Option<String> };

    "case.paid" 1 "拨付资金" "grant paid"
    PaidV1 = Paid { step: String, amount: Fen, on: Day, voucher: String, complete: bool };

    "case.unmasked" 1 "查看隐去内容" "sealed value shown"
    UnmaskedV1 = Unmasked { field: String, why: String };

    "case.withdrawn" 1 "撤回申报" "withdrawn by the applicant"
    WithdrawnV1 = Withdrawn { why: String };

    carrying:

    "case.duty_began" 1 "后续义务开始" "duty began" DutyDueV1 = DutyBegan;

    earlier:

    "case.declared" 1 DeclaredV1 => DeclaredV2;
    "case.stepped" 1 SteppedV1 => SteppedV2;
    "case.stepped" 2 SteppedV2 => SteppedV3;
}

shape! {
    /// `case.declared`, form 1: of the procedure's own form, undoing nothing.
    DeclaredV1 { step: String, version: u32, title: String, form: FormDataV1 }
    optional { papers: Vec<PaperV1>, parties: BTreeMap<String, String> }
}

impl From<DeclaredV1> for DeclaredV2 {
    fn from(old: DeclaredV1) -> Self {
        let DeclaredV1 { step, version, title, form, papers, parties } = old;
        Self { step, version, title, form, of: String::new(), papers, parties, voids: Vec::new() }
    }
}

shape! {
    /// `case.stepped`, form 1: without papers, form and judgement; a return undid everything since the step returned to.
    SteppedV1 { step: String, kind: OutcomeKindV1, on: Day }
    optional {
        outcome: String, to: Option<String>, opinion: String, checks: Vec<CheckV1>, records: Vec<RecordV1>,
        notes: BTreeMap<String, String>, document: Option<String>,
    }
}

impl From<SteppedV1> for SteppedV2 {
    fn from(old: SteppedV1) -> Self {
        let SteppedV1 { step, kind, on, outcome, to, opinion, checks, records, notes, document } = old;
        Self {
            step,
            kind,
            on,
            outcome,
            to,
            opinion,
            checks,
            records,
            notes,
            document,
            papers: Vec::new(),
            form: None,
            voids: Vec::new(),
            judgement: None,
        }
    }
}

shape! {
    /// `case.stepped`, form 2: of one case only.
    SteppedV2 { step: String, kind: OutcomeKindV1, on: Day }
    optional {
        outcome: String, to: Option<String>, opinion: String, checks: Vec<CheckV1>, records: Vec<RecordV1>,
        notes: BTreeMap<String, String>, document: Option<String>, papers: Vec<PaperV1>, form: Option<FormDataV1>,
        voids: Vec<String>, judgement: Option<JudgementV1>,
    }
}

impl From<SteppedV2> for SteppedV3 {
    fn from(old: SteppedV2) -> Self {
        let SteppedV2 { step, kind, on, outcome, to, opinion, checks, records, notes, document, .. } = old;
        let SteppedV2 { papers, form, voids, judgement, .. } = old;
        Self {
            step,
            kind,
            on,
            outcome,
            to,
            opinion,
            checks,
            records,
            notes,
            document,
            papers,
            form,
            voids,
            judgement,
            together: None,
        }
    }
}
