//! Plans of grants over the wire: the items, the meeting, the notice, the determination, the letters, the remittance.

use std::collections::BTreeMap;

use app::Command;
use app::rows::PlanRow;
use app::view::state::{Letter, Minutes, Objection, Posted, Verdict};
use app::view::{PlanLine, PlanList, PlanPage, PlanTask, Waiting};
use kernel::Money;
use kernel::id::{CaseId, ObjectionId, PlanId};

use super::steps::{AnswerSays, PostingSays, postings};
use super::{Day, Figure, Named, Text, Yuan, asks, each, shape};

shape! {
    /// A plan in a list.
    PlanRowSaid of &PlanRow as row => {
        /// Id.
        id: i64 = row.plan.0,
        /// Number.
        number: String = row.number.clone(),
        /// Procedure.
        procedure: String = row.procedure.clone(),
        /// Year.
        year: i16 = row.year,
        /// How many items.
        items: i64 = row.items,
        /// Their sum.
        total: Yuan = Yuan(row.total),
        /// The step that is open; empty when none is.
        stage: Text = Text { zh: row.stage.clone(), en: row.stage_en.clone() },
        /// The day of the last act.
        changed_on: Day = Day(row.changed_on),
    }

    /// Cases that wait for a plan.
    WaitingCases of &Waiting as waiting => {
        /// Procedure.
        procedure: Named = Named { id: waiting.procedure.clone(), name: (&waiting.name).into() },
        /// Year.
        year: i16 = waiting.year,
        /// How many wait.
        cases: usize = waiting.cases,
        /// The sum proposed.
        proposed: Yuan = Yuan(waiting.proposed),
        /// The article of planning.
        article: String = waiting.cite.clone(),
    }

    /// All plans, newest first.
    Plans of &PlanList as list => {
        /// The plans.
        items: Vec<PlanRowSaid> = each(&list.plans),
        /// What waits for one.
        waiting: Vec<WaitingCases> = each(&list.waiting),
    }

    /// A line of a plan: an item, or a case that could become one.
    PlanItem of &PlanLine as line => {
        /// Its place in the order, from 1.
        rank: usize = line.rank,
        /// The case.
        case: i64 = line.case.0,
        /// Its number.
        number: String = line.number.clone(),
        /// Its title.
        title: String = line.title.clone(),
        /// Who applied.
        applicant: String = line.applicant.clone(),
        /// The ratio proposed.
        ratio: Option<Figure> = line.ratio.map(Figure),
        /// The amount proposed.
        proposed: Yuan = Yuan(line.proposed),
        /// The amount in the plan; absent while it only could become an item.
        planned: Option<Yuan> = line.item.as_ref().map(|item| Yuan(item.amount)),
        /// Whether it was granted; absent until it is determined.
        granted: Option<bool> = line.item.as_ref().and_then(|item| item.verdict).map(|verdict| verdict.0),
        /// What it would receive.
        amount: Yuan = Yuan(line.amount()),
        /// Objections without an answer.
        objections: Vec<i64> = line.objections.iter().map(|one| one.0).collect(),
    }

    /// What can be done on a plan now.
    PlanStep of &PlanTask as task => {
        /// The step of the regime.
        step: Named = Named { id: task.step.id.clone(), name: (&task.step.name).into() },
        /// The act of the program: `deliberate`, `publish`, `decide` and so on.
        act: String = task.step.act.id().to_owned(),
        /// The role that does it.
        by: Named = Named { id: task.step.by.clone(), name: (&task.by).into() },
        /// The article.
        article: String = task.step.cite.to_string(),
        /// For how many items.
        items: usize = task.items,
        /// The last day.
        due: Option<Day> = task.due.as_ref().map(|due| Day(due.date)),
    }

    /// A notice of a plan.
    PlanNotice of &Posted as posted => {
        /// Its number.
        number: String = posted.number.clone(),
        /// The step that posted it.
        step: String = posted.step.clone(),
        /// The day of posting.
        on: Day = Day(posted.on),
        /// Its first day.
        first: Day = Day(posted.window.first),
        /// Its last day.
        last: Day = Day(posted.window.last),
    }

    /// An objection to a plan.
    PlanObjection of (&ObjectionId, &Objection) as (id, said) => {
        /// Id.
        id: i64 = id.0,
        /// The receipt.
        receipt: String = said.receipt.clone(),
        /// On which item.
        case: Option<i64> = said.case.map(|case| case.0),
        /// What was said.
        text: String = said.text.clone(),
        /// Whether it was upheld; absent while nobody answered.
        upheld: Option<bool> = said.answer.as_ref().map(|answer| answer.0),
    }
}

/// A plan.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct PlanDetail {
    /// Id.
    pub id: i64,
    /// Number.
    pub number: String,
    /// Procedure.
    pub procedure: String,
    /// Year.
    pub year: i16,
    /// Items and candidates, ranked.
    pub lines: Vec<PlanItem>,
    /// The sum of all items.
    pub total: Yuan,
    /// What the year has left.
    pub year_left: Yuan,
    /// What can be done now.
    pub open: Vec<PlanStep>,
    /// Notices.
    pub notices: Vec<PlanNotice>,
    /// Objections.
    pub objections: Vec<PlanObjection>,
    /// To whom the results go, once they are determined.
    pub recipients: Vec<String>,
}

impl PlanDetail {
    /// Of the views.
    pub fn of(page: &PlanPage, recipients: Vec<String>) -> Self {
        let plan = &page.plan;
        Self {
            id: plan.id.0,
            number: plan.number.clone(),
            procedure: plan.procedure.clone(),
            year: plan.year,
            lines: each(&page.lines),
            total: Yuan(page.money.total),
            year_left: Yuan(page.money.year.left),
            open: each(&page.tasks),
            notices: each(&plan.notices),
            objections: plan.objections.iter().map(PlanObjection::from).collect(),
            recipients,
        }
    }
}

asks! {
    /// Begin a plan.
    DraftPlan {
        /// Procedure of its cases.
        procedure: String,
        /// Year.
        year: i16,
    }

    /// Put cases in, change amounts, take cases out.
    EditPlan {
        /// Cases with their amounts.
        set: Option<Vec<SetItem>>,
        /// Cases to take out.
        drop: Option<Vec<DropItem>>,
    }

    /// An item of a plan.
    SetItem {
        /// The case.
        case: i64,
        /// How much.
        amount: Yuan,
        /// A remark.
        note: Option<String>,
    }

    /// An item that is taken out.
    DropItem {
        /// The case.
        case: i64,
        /// Why.
        why: String,
    }

    /// The minutes of a meeting.
    MinutesSays {
        /// The step.
        step: String,
        /// The day.
        held_on: Day,
        /// Where.
        place: String,
        /// Who presided.
        chair: String,
        /// Who was there.
        present: Vec<String>,
        /// What was resolved.
        resolution: String,
    }

    /// The notice of a plan.
    PostPlan {
        /// The step.
        step: String,
        /// The day.
        on: Day,
        /// Where it stands.
        postings: Vec<PostingSays>,
        /// What stands around the rows, by the ids of the regime.
        fields: Option<BTreeMap<String, String>>,
    }

    /// The end of a notice.
    EndPlanNotice {
        /// The step.
        step: String,
    }

    /// The determination.
    DeterminePlan {
        /// The step.
        step: String,
        /// The day of the stamp.
        stamp: Day,
        /// The document.
        document: String,
        /// One conclusion for each item.
        items: Vec<VerdictSays>,
    }

    /// The conclusion on an item.
    VerdictSays {
        /// The case.
        case: i64,
        /// Granted or not.
        granted: bool,
        /// How much; nothing when left out.
        amount: Option<Yuan>,
        /// Why, when it is refused or departs from the plan.
        why: Option<String>,
        /// The reason for going past a limit “in principle”.
        exception: Option<String>,
    }

    /// Letters with the results.
    InformPlan {
        /// The step.
        step: String,
        /// The day.
        on: Day,
        /// The letters.
        letters: Vec<LetterSays>,
    }

    /// A letter.
    LetterSays {
        /// To whom.
        to: String,
        /// Its number.
        number: String,
    }

    /// The remittance of the granted sum.
    RemitPlan {
        /// The step.
        step: String,
        /// The day.
        on: Day,
        /// The sum.
        amount: Yuan,
        /// The voucher.
        voucher: String,
    }
}

impl DraftPlan {
    /// The command in a pack.
    pub fn command(self, pack: String) -> Command {
        Command::DraftPlan { pack, procedure: self.procedure, year: self.year }
    }
}

impl EditPlan {
    /// The command on a plan.
    pub fn command(self, plan: i64) -> Command {
        let set = |one: SetItem| (CaseId(one.case), one.amount.0, one.note.unwrap_or_default());
        let drop = |one: DropItem| (CaseId(one.case), one.why);
        Command::EditPlan {
            plan: PlanId(plan),
            set: self.set.unwrap_or_default().into_iter().map(set).collect(),
            drop: self.drop.unwrap_or_default().into_iter().map(drop).collect(),
        }
    }
}

impl MinutesSays {
    /// The command on a plan.
    pub fn command(self, plan: i64) -> Command {
        let Self { step, held_on, place, chair, present, resolution } = self;
        let minutes = Minutes { held_on: held_on.0, place, chair, present, resolution };
        Command::Deliberate { plan: PlanId(plan), step, minutes }
    }
}

impl PostPlan {
    /// The command on a plan.
    pub fn command(self, plan: i64) -> Command {
        Command::PostNotice {
            plan: PlanId(plan),
            step: self.step,
            on: self.on.0,
            postings: postings(self.postings),
            fields: self.fields.unwrap_or_default(),
        }
    }
}

impl EndPlanNotice {
    /// The command on a plan.
    pub fn command(self, plan: i64) -> Command {
        Command::EndNotice { plan: PlanId(plan), step: self.step }
    }
}

impl AnswerSays {
    /// The command on a plan.
    pub fn on_plan(self, plan: i64, objection: i64) -> Command {
        let (plan, objection) = (PlanId(plan), ObjectionId(objection));
        Command::AnswerObjection { plan, objection, upheld: self.upheld, answer: self.answer }
    }
}

impl DeterminePlan {
    /// The command on a plan.
    pub fn command(self, plan: i64) -> Command {
        let verdict = |one: VerdictSays| Verdict {
            case: CaseId(one.case),
            granted: one.granted,
            amount: one.amount.map_or(Money::ZERO, |amount| amount.0),
            why: one.why.unwrap_or_default(),
            exception: one.exception.unwrap_or_default(),
        };
        Command::Determine {
            plan: PlanId(plan),
            step: self.step,
            stamp: self.stamp.0,
            document: self.document,
            items: self.items.into_iter().map(verdict).collect(),
        }
    }
}

impl InformPlan {
    /// The command on a plan.
    pub fn command(self, plan: i64) -> Command {
        let letter = |one: LetterSays| Letter { to: one.to, number: one.number };
        let letters = self.letters.into_iter().map(letter).collect();
        Command::Inform { plan: PlanId(plan), step: self.step, on: self.on.0, letters }
    }
}

impl RemitPlan {
    /// The command on a plan.
    pub fn command(self, plan: i64) -> Command {
        let (on, amount) = (self.on.0, self.amount.0);
        Command::Remit { plan: PlanId(plan), step: self.step, on, amount, voucher: self.voucher }
    }
}
