//! Allocations over the wire: the plan that gives money to projects, its steps, and how its amounts may be computed.

use std::collections::BTreeMap;

use app::command::money::{
    AllocationLine as PlanLine, AllocationStep, AllocationText, ApproveAllocation, MoneyCommand,
    NewAllocation, Why,
};
use app::view::money::{
    AllocationLine, AllocationList, AllocationMoney, AllocationPage, AllocationQuery, AllotLine, Candidate,
    Entrant, LotsPreview, QuotaLeft, StepNow, StepState, TrailLine, TriedAllocation, TriedPortion,
};
use kernel::Money;
use kernel::id::{AllocationId, ProjectId, SourceId};

use super::projects::Project;
use super::{Day, Figure, Named, Text, Yuan, asks, each, query, shape};

query! {
    /// Which allocations.
    AllocationAsk {
        /// Fund.
        fund: String,
        /// Year.
        year: i16,
        /// `open`, `approved` or `ended`.
        standing: String,
        /// The `next` of the page before.
        after: String,
    }

    /// Which sources, where the fund asks for them.
    NamedAsk {
        /// Their ids with commas between.
        named: String,
    }
}

/// The money to be given out.
#[derive(Debug, Clone, serde::Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MoneyAsk {
    /// Fund.
    pub fund: String,
    /// Side; `all` when left out.
    pub side: Option<String>,
    /// Year of the projects.
    pub year: i16,
}

impl From<AllocationAsk> for AllocationQuery {
    fn from(ask: AllocationAsk) -> Self {
        Self { fund: ask.fund, year: ask.year, standing: ask.standing, after: ask.after }
    }
}

shape! {
    /// A plan that gives money of one side of a fund to projects.
    Allocation of &AllocationLine as AllocationLine { row, fund, side } => {
        /// Id.
        id: i64 = row.allocation.0,
        /// Number.
        number: String = row.number.clone(),
        /// Fund.
        fund: Named = Named { id: row.fund.clone(), name: fund.into() },
        /// Side; `all` where the fund is not split.
        side: Named = Named { id: row.side.clone(), name: side.into() },
        /// Year of its projects.
        year: i16 = row.year,
        /// How many lines.
        lines: i64 = row.lines,
        /// Their sum.
        total: Yuan = Yuan(row.total),
        /// `open`, `approved` or `ended`.
        standing: String = row.standing.clone(),
        /// The step that is open; empty when none.
        stage: Text = Text { zh: row.stage.clone(), en: row.stage_en.clone() },
        /// The nearest deadline.
        due: Option<Day> = row.due.map(Day),
        /// The approving document; empty before.
        document: String = row.document.clone(),
    }

    /// A page of allocations, newest first.
    Allocations of &AllocationList as list => {
        /// The allocations.
        items: Vec<Allocation> = each(&list.lines),
        /// Ask again with `after` set to this for the next page; absent on the last.
        next: Option<String> = list.next.clone(),
        /// How many there are in all.
        total: i64 = list.total,
        /// Whether the caller may draft one.
        may_draft: bool = list.may_draft,
    }

    /// A reason of an amount.
    Reason of &Why as why => {
        /// What: a factor, a grade, a rank.
        what: String = why.what.clone(),
        /// What it says.
        says: String = why.says.clone(),
    }

    /// A line of an allocation.
    AllotmentLine of &AllotLine as line => {
        /// The project; absent when it is not to be found.
        project: Option<Project> = line.project.as_ref().map(Project::from),
        /// The place whose money it is; empty where money is not pooled.
        place: String = line.place.clone(),
        /// How much.
        amount: Yuan = Yuan(line.amount),
        /// A remark.
        note: String = line.note.clone(),
        /// How the amount came about.
        why: Vec<Reason> = each(&line.why),
        /// Out of which sources, once approved.
        lots: Vec<LotOfSource> = line.lots.iter().map(lot).collect(),
    }

    /// What one source has left to give.
    Quota of &QuotaLeft as quota => {
        /// The source.
        source: i64 = quota.source.0,
        /// Its document.
        document: String = quota.document.clone(),
        /// Its budget year.
        year: i16 = quota.year,
        /// Left.
        left: Yuan = Yuan(quota.left),
    }

    /// A step of an allocation or a claim.
    Step of &StepNow as now => {
        /// The step of the regime.
        step: Named = Named { id: now.step.id.clone(), name: (&now.step.name).into() },
        /// The act of the program: `plan`, `check`, `decide`, `file` and so on.
        act: String = now.step.act.id().to_owned(),
        /// The role that does it.
        by: Named = Named { id: now.step.by.clone(), name: (&now.by).into() },
        /// The article.
        article: String = now.cite.clone(),
        /// `done`, `open` or `later`.
        state: String = match now.state {
            StepState::Done(_) => "done", StepState::Open(..) => "open", StepState::Later => "later",
        }.to_owned(),
        /// The last day, while it is open.
        due: Option<Day> = match &now.state { StepState::Open(_, due) => due.as_ref().map(|due| Day(due.date)), _ => None },
        /// How it can end.
        outcomes: Vec<Named> = now.step.outcomes.iter().map(|one| Named { id: one.id.clone(), name: (&one.name).into() }).collect(),
        /// A filing: it stops nothing, but stays open with its day.
        files: bool = now.files,
        /// Whether the caller's role does it.
        mine: bool = now.mine,
    }

    /// One thing done, returned things included.
    Happened of &TrailLine as line => {
        /// The step's name.
        step: Text = (&line.step).into(),
        /// The outcome; empty for steps that simply pass.
        outcome: Text = (&line.done.outcome).into(),
        /// The day.
        on: Day = Day(line.done.on),
        /// By whom.
        person: String = line.done.person.clone(),
        /// The opinion.
        opinion: String = line.done.opinion.clone(),
        /// The number of the paper issued or filed.
        document: Option<String> = line.done.document.clone(),
        /// A return undid it later.
        void: bool = line.void,
    }

    /// One allocation.
    AllocationDetail of &AllocationPage as page => {
        /// The allocation.
        allocation: Allocation = (&page.line).into(),
        /// The document it rests on.
        basis: String = page.basis.clone(),
        /// How its amounts were computed; absent when they were written.
        method: Option<Named> = page.method.as_ref().map(|by| Named { id: by.id.clone(), name: (&by.name).into() }),
        /// Its lines.
        lines: Vec<AllotmentLine> = each(&page.lines),
        /// Their sum.
        total: Yuan = Yuan(page.total),
        /// What the side of the fund has left now, the oldest source first.
        quota: Vec<Quota> = each(&page.quota),
        /// The sum of it.
        quota_left: Yuan = Yuan(page.quota_left),
        /// Its steps.
        steps: Vec<Step> = each(&page.steps),
        /// What happened, in order.
        trail: Vec<Happened> = each(&page.trail),
        /// Whether the caller may change the draft.
        may_edit: bool = page.may_edit,
    }

    /// A project that may stand in an allocation.
    CandidateProject of &Candidate as one => {
        /// The project.
        project: Project = (&one.line).into(),
        /// Whether nothing stands in the way of its money.
        well: bool = one.health.is_well(),
        /// Papers that are missing.
        missing: Vec<Named> = one.health.missing.iter().map(|m| Named { id: m.demand.clone(), name: (&m.name).into() }).collect(),
    }

    /// The money of one side of a fund in a year, with the projects that may receive it.
    MoneyToGive of &AllocationMoney as money => {
        /// The fund.
        fund: Named = Named { id: money.fund.clone(), name: (&money.fund_name).into() },
        /// The side.
        side: Named = Named { id: money.side.clone(), name: (&money.side_name).into() },
        /// The year of the projects.
        year: i16 = money.year,
        /// Money of places: every line names one.
        pooled: bool = money.pooled,
        /// In which order sources are used up: `oldest`, `named`, `proportional`.
        order: String = money.order.id().to_owned(),
        /// The projects.
        projects: Vec<CandidateProject> = each(&money.projects),
        /// What each source has left.
        quota: Vec<Quota> = each(&money.quota),
        /// The sum of it.
        quota_left: Yuan = Yuan(money.quota_left),
    }

    /// What one project would receive.
    Portion of &TriedPortion as portion => {
        /// The project.
        project: i64 = portion.project.0,
        /// How much.
        amount: Yuan = Yuan(portion.amount),
        /// How much without last year's evaluation.
        without: Yuan = Yuan(portion.without),
        /// Its rank, from 1.
        rank: usize = portion.rank,
        /// The explanation that goes into the plan.
        why: Vec<Reason> = each(&portion.why),
    }

    /// A computed proposal; nothing is on record by it.
    Proposal of &TriedAllocation as tried => {
        /// By what.
        method: Named = Named { id: tried.method.id.clone(), name: (&tried.method.name).into() },
        /// The article.
        article: String = tried.method.cite.to_string(),
        /// In the order of the request.
        portions: Vec<Portion> = each(&tried.portions),
        /// What is not given out.
        rest: Yuan = Yuan(tried.rest),
    }

    /// Which sources would pay which line, if it were approved now.
    LotsOfLines of &LotsPreview as preview => {
        /// Line by line; lines after a shortage are absent.
        lines: Vec<Vec<LotOfSource>> = preview.lines.iter().map(|line| line.iter().map(lot).collect()).collect(),
        /// The line for which the money does not suffice, from 0.
        short_line: Option<usize> = preview.short.map(|(line, _, _)| line),
        /// What is left for it.
        short_left: Option<Yuan> = preview.short.map(|(_, _, left)| Yuan(left)),
        /// What would be left of each source.
        after: Vec<Quota> = each(&preview.after),
    }
}

/// An amount out of one source with its document.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct LotOfSource {
    /// The source.
    pub source: i64,
    /// Its document.
    pub document: String,
    /// How much.
    pub amount: Yuan,
}

fn lot((source, document, amount): &(SourceId, String, Money)) -> LotOfSource {
    LotOfSource { source: source.0, document: document.clone(), amount: Yuan(*amount) }
}

asks! {
    /// A line of an allocation.
    AllotTo {
        /// The project.
        project: i64,
        /// The place whose money it is, where money is pooled.
        place: Option<String>,
        /// How much.
        amount: Yuan,
        /// A remark.
        note: Option<String>,
        /// How the amount came about, as `/allocations/distribution` says it.
        why: Option<Vec<Because>>,
    }

    /// A reason of an amount.
    Because {
        /// What: a factor, a grade, a rank.
        what: String,
        /// What it says.
        says: String,
    }

    /// What an allocation says.
    AllocationSays {
        /// The document it rests on.
        basis: String,
        /// The distribution of the regime by which amounts were computed.
        method: Option<String>,
        /// Its lines.
        lines: Vec<AllotTo>,
    }

    /// Draft an allocation.
    DraftAllocation {
        /// Fund.
        fund: String,
        /// Side; `all` when left out.
        side: Option<String>,
        /// Year of its projects.
        year: i16,
        /// What it says.
        text: AllocationSays,
    }

    /// Do a step other than the approval, or deny the approval.
    DoStep {
        /// The outcome; left out where the step simply passes.
        outcome: Option<String>,
        /// The opinion, or the reason of a return.
        opinion: Option<String>,
        /// Things noted, by their id.
        notes: Option<BTreeMap<String, String>>,
        /// Tickets of files sent to `/papers`.
        papers: Option<Vec<String>>,
        /// The number of the paper issued or filed.
        document: Option<String>,
        /// The day.
        on: Day,
    }

    /// Approve: the money goes to the projects.
    ApproveIt {
        /// The step.
        step: String,
        /// The passing outcome; left out where the step has none.
        outcome: Option<String>,
        /// The date of the decision.
        stamp: Day,
        /// The document.
        document: String,
        /// The opinion.
        opinion: String,
        /// The sources to be used, in this order, where the fund asks for them.
        named: Option<Vec<i64>>,
    }

    /// Compute amounts by a distribution of the regime.
    Compute {
        /// The distribution.
        method: String,
        /// How much is given out.
        amount: Yuan,
        /// In whole multiples of this: `0.01` or `10000.00`.
        unit: Yuan,
        /// The plan year: what the record of the year before takes from bodies is deducted; left out, nothing is.
        year: Option<i16>,
        /// Who takes part.
        entrants: Vec<Enters>,
    }

    /// Who takes part, and with which figures.
    Enters {
        /// The project.
        project: i64,
        /// Its name, for the explanation.
        name: String,
        /// For a formula: the figure of each factor.
        figures: Option<BTreeMap<String, Figure>>,
        /// For a competition: what each expert gave for each factor.
        scores: Option<Vec<BTreeMap<String, Figure>>>,
        /// For a competition: how much it asks for.
        asked: Option<Yuan>,
        /// Last year's grade.
        grade: Option<String>,
        /// Why what last year's record takes is not deducted; left out, it is.
        struck: Option<String>,
    }
}

impl AllocationSays {
    /// The text of the command.
    pub fn text(self) -> AllocationText {
        let why = |one: Because| Why { what: one.what, says: one.says };
        let line = |line: AllotTo| PlanLine {
            project: ProjectId(line.project),
            place: line.place.unwrap_or_default(),
            amount: line.amount.0,
            note: line.note.unwrap_or_default(),
            why: line.why.unwrap_or_default().into_iter().map(why).collect(),
        };
        AllocationText {
            basis: self.basis,
            method: self.method,
            lines: self.lines.into_iter().map(line).collect(),
        }
    }
}

impl DraftAllocation {
    /// The command in a pack.
    pub fn command(self, pack: String) -> MoneyCommand {
        MoneyCommand::DraftAllocation(NewAllocation {
            pack,
            fund: self.fund,
            side: self.side.unwrap_or_else(|| "all".into()),
            year: self.year,
            text: self.text.text(),
        })
    }
}

impl DoStep {
    /// The command on an allocation.
    pub fn command(
        self,
        allocation: i64,
        step: String,
        papers: Vec<app::command::money::Paper>,
    ) -> MoneyCommand {
        let step = AllocationStep {
            step,
            outcome: self.outcome,
            opinion: self.opinion.unwrap_or_default(),
            notes: self.notes.unwrap_or_default(),
            papers,
            document: self.document,
            on: self.on.0,
        };
        MoneyCommand::StepAllocation { allocation: AllocationId(allocation), step }
    }
}

impl ApproveIt {
    /// The command on an allocation.
    pub fn command(self, allocation: i64) -> MoneyCommand {
        let approve = ApproveAllocation {
            step: self.step,
            outcome: self.outcome,
            stamp: self.stamp.0,
            document: self.document,
            opinion: self.opinion,
            named: self.named.unwrap_or_default().into_iter().map(SourceId).collect(),
        };
        MoneyCommand::ApproveAllocation { allocation: AllocationId(allocation), approve }
    }
}

impl Enters {
    /// As the computation takes it.
    pub fn entrant(self) -> Entrant {
        let plain = |of: BTreeMap<String, Figure>| of.into_iter().map(|(id, share)| (id, share.0)).collect();
        Entrant {
            project: ProjectId(self.project),
            name: self.name,
            figures: self.figures.map(plain).unwrap_or_default(),
            scores: self.scores.unwrap_or_default().into_iter().map(plain).collect(),
            asked: self.asked.map_or(Money::ZERO, |asked| asked.0),
            grade: self.grade,
            deduction: None,
        }
    }
}
