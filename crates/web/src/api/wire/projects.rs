//! Projects over the wire.

use app::command::money::{BudgetLine, Clear, Close, FilePaper, MoneyCommand, NewProject, Recover};
use app::view::money::{
    ContractNow, DemandNow, LineNow, LotNow, ProjectLine, ProjectList, ProjectMay, ProjectPage, ProjectQuery,
};
use kernel::Money;
use kernel::id::{CaseId, OrgId, ProjectId};

use super::sources::Movement;
use super::{Day, Named, Paper, Text, Yuan, asks, each, query, shape};
use crate::api::problem::Failed;

query! {
    /// Which projects.
    ProjectAsk {
        /// Fund.
        fund: String,
        /// Side.
        side: String,
        /// Use.
        spending: String,
        /// Year.
        year: i16,
        /// `open`, `doubt` or `closed`.
        standing: String,
        /// Words in number, name, village or unit.
        text: String,
        /// The `next` of the page before.
        after: String,
    }
}

impl From<ProjectAsk> for ProjectQuery {
    fn from(ask: ProjectAsk) -> Self {
        let ProjectAsk { fund, side, spending, year, standing, text, after } = ask;
        Self { fund, side, spending, year, standing, text, after }
    }
}

shape! {
    /// A project: what money is spent on.
    Project of &ProjectLine as ProjectLine { row, fund, side, spending, place } => {
        /// Id.
        id: i64 = row.project.0,
        /// Number.
        number: String = row.number.clone(),
        /// Name.
        name: String = row.name.clone(),
        /// Fund.
        fund: Named = Named { id: row.fund.clone(), name: fund.into() },
        /// Side; `all` where the fund is not split.
        side: Named = Named { id: row.side.clone(), name: side.into() },
        /// Use.
        spending: Named = Named { id: row.spending.clone(), name: spending.into() },
        /// The region's code.
        place: String = row.place.to_string(),
        /// The region's name.
        place_name: String = place.clone(),
        /// The village, as the key of its papers; empty for none.
        village: String = row.village.clone(),
        /// The organisation that carries it out.
        unit: i64 = row.unit.0,
        /// Its name.
        unit_name: String = row.unit_name.clone(),
        /// Year.
        year: i16 = row.year,
        /// `open`, `doubt` or `closed`.
        standing: String = row.standing.clone(),
        /// Sum of its budget lines.
        planned: Yuan = Yuan(row.planned),
        /// Allotted in all.
        allotted: Yuan = Yuan(row.allotted),
        /// Of it: promised to claims.
        held: Yuan = Yuan(row.held),
        /// Of it: with the bank.
        clearing: Yuan = Yuan(row.clearing),
        /// Of it: paid.
        spent: Yuan = Yuan(row.spent),
        /// Of it: promised to nobody.
        left: Yuan = Yuan(row.left()),
    }

    /// A page of projects, newest first.
    Projects of &ProjectList as list => {
        /// The projects.
        items: Vec<Project> = each(&list.lines),
        /// Ask again with `after` set to this for the next page; absent on the last.
        next: Option<String> = list.next.clone(),
        /// How many there are in all.
        total: i64 = list.total,
        /// Whether the caller may open projects.
        may_open: bool = list.may_open,
    }

    /// A budget line with what is left of it.
    LineLeft of &LineNow as line => {
        /// Its key.
        key: String = line.key.clone(),
        /// What is bought or paid.
        name: String = line.name.clone(),
        /// Its nature; empty for ordinary lines.
        nature: Text = (&line.nature).into(),
        /// Planned.
        amount: Yuan = Yuan(line.amount),
        /// Approved on it.
        approved: Yuan = Yuan(line.approved),
        /// Left.
        left: Yuan = Yuan(line.left),
    }

    /// A contract with what is left of it.
    ContractLeft of &ContractNow as now => {
        /// The payee that claims name: `c1`.
        payee: String = now.payee.clone(),
        /// Its number as printed.
        number: String = now.contract.number.clone(),
        /// The other party.
        party: String = now.contract.party.clone(),
        /// The account, masked.
        account: String = now.account.clone(),
        /// The bank.
        bank: String = now.contract.bank.clone(),
        /// The contract amount.
        amount: Yuan = Yuan(now.contract.amount),
        /// What is held back until the end.
        retention: Yuan = Yuan(now.contract.retention),
        /// The day it was signed.
        on: Day = Day(now.contract.on),
        /// Approved for this party.
        approved: Yuan = Yuan(now.approved),
        /// Paid to it and not recovered.
        paid: Yuan = Yuan(now.paid),
        /// Left of the contract.
        left: Yuan = Yuan(now.left),
    }

    /// A demanded paper, on file or missing.
    DemandState of &DemandNow as now => {
        /// The demand.
        demand: Named = Named { id: now.demand.clone(), name: (&now.name).into() },
        /// The article.
        article: String = now.cite.clone(),
        /// Filed for the `project`, a `place` or a `unit`.
        of: String = now.of.id().to_owned(),
        /// Wanted before `allot`, `claim` or `pay`.
        before: String = now.before.id().to_owned(),
        /// For which place or unit; empty for the project itself.
        place: String = now.place.clone(),
        /// What is on file; absent when it is missing.
        filed: Option<OnFile> = now.filed.as_ref().map(|filed| OnFile {
            document: filed.document.clone(), on: Day(filed.on), papers: each(&filed.papers),
        }),
    }

    /// The project's money of one source.
    LotState of &LotNow as lot => {
        /// The source.
        source: i64 = lot.source.0,
        /// Its document.
        document: String = lot.document.clone(),
        /// Free.
        allotted: Yuan = Yuan(lot.allotted),
        /// Held by claims.
        held: Yuan = Yuan(lot.held),
        /// With the bank.
        clearing: Yuan = Yuan(lot.clearing),
        /// Spent.
        spent: Yuan = Yuan(lot.spent),
    }

    /// What the caller may do on a project.
    MayOnProject of &ProjectMay as may => {
        /// Set budget lines, record contracts.
        declare: bool = may.declare,
        /// Put papers on file.
        sign: bool = may.sign,
        /// Decide doubts.
        decide: bool = may.decide,
        /// Recover money.
        recover: bool = may.recover,
        /// Close it.
        close: bool = may.close,
        /// File claims.
        claim: bool = may.claim,
    }

    /// The account of a project.
    ProjectDetail of &ProjectPage as page => {
        /// The project.
        project: Project = (&page.line).into(),
        /// The article of its use.
        article: String = page.cite.clone(),
        /// How it is tied to poor households.
        link: String = page.link.clone(),
        /// How it works.
        mechanism: String = page.mechanism.clone(),
        /// Other money that it draws in.
        levered: Yuan = Yuan(page.levered),
        /// Words that look like a prohibited use, in the order they arose.
        doubts: Vec<Doubt> = page.doubts.iter().zip(0_u32..).map(|(one, number)| Doubt {
            number,
            word: one.doubt.word.clone(),
            at: one.doubt.at.clone(),
            spending: one.doubt.spending.clone(),
            allowed: one.decided.as_ref().map(|ruling| ruling.allowed),
            opinion: one.decided.as_ref().map(|ruling| ruling.opinion.clone()),
        }).collect(),
        /// Budget lines.
        lines: Vec<LineLeft> = each(&page.lines),
        /// Contracts.
        contracts: Vec<ContractLeft> = each(&page.contracts),
        /// Demanded papers.
        demands: Vec<DemandState> = each(&page.demands),
        /// Money by source.
        lots: Vec<LotState> = each(&page.lots),
        /// Its claims, newest first: ids.
        claims: Vec<i64> = page.claims.iter().map(|claim| claim.claim.0).collect(),
        /// Its ledger, oldest first, at most 500 lines.
        ledger: Vec<Movement> = page.ledger.iter().map(|line| (&line.row).into()).collect(),
        /// Recovered in all.
        recovered: Yuan = Yuan(page.recovered),
        /// Closed on this day.
        closed_on: Option<Day> = page.closed.map(|(on, _)| Day(on)),
        /// What went back when it was closed.
        surplus: Option<Yuan> = page.closed.map(|(_, left)| Yuan(left)),
        /// What the caller may do.
        may: MayOnProject = (&page.may).into(),
    }
}

/// A paper on file.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct OnFile {
    /// The number or title of the paper.
    pub document: String,
    /// The day of the paper.
    pub on: Day,
    /// The files.
    pub papers: Vec<Paper>,
}

/// A word that looks like a prohibited use.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct Doubt {
    /// Its number within the project, from 0.
    pub number: u32,
    /// The word.
    pub word: String,
    /// Where it stands: `name` or `line:<key>`.
    pub at: String,
    /// The prohibited use.
    pub spending: String,
    /// What was decided; absent while nobody decided.
    pub allowed: Option<bool>,
    /// The opinion.
    pub opinion: Option<String>,
}

asks! {
    /// Open a project.
    OpenProject {
        /// Fund.
        fund: String,
        /// Side; `all` when left out.
        side: Option<String>,
        /// Use.
        spending: String,
        /// Name.
        name: String,
        /// The region's code.
        place: String,
        /// The village, as the key of its papers.
        village: Option<String>,
        /// The organisation that carries it out.
        unit: i64,
        /// Year.
        year: i16,
        /// How it is tied to poor households.
        link: String,
        /// How it works.
        mechanism: Option<String>,
        /// Other money that it draws in.
        levered: Option<Yuan>,
        /// The case of the library that it comes from.
        case: Option<i64>,
    }

    /// All budget lines of a project.
    PlanLines {
        /// The lines; those left out are dropped.
        lines: Vec<PlanLine>,
    }

    /// A budget line.
    PlanLine {
        /// Its key within the project.
        key: String,
        /// What is bought or paid.
        name: String,
        /// The nature that a voucher of the regime asks for; ordinary when left out.
        nature: Option<String>,
        /// How much.
        amount: Yuan,
    }

    /// A contract.
    Contract {
        /// Its number as printed.
        number: String,
        /// The other party.
        party: String,
        /// The account number; it is sealed and never shown again in clear. Left out: the one recorded before stays.
        account: Option<String>,
        /// The bank.
        bank: String,
        /// The contract amount.
        amount: Yuan,
        /// What is held back until the end; nothing when left out.
        retention: Option<Yuan>,
        /// The day it was signed.
        on: Day,
    }

    /// A demanded paper of a project.
    PaperOnFile {
        /// The demand of the regime.
        demand: String,
        /// The number or title of the paper.
        document: String,
        /// The day of the paper.
        on: Day,
        /// Tickets of files sent to `/papers`.
        papers: Vec<String>,
    }

    /// The decision of a doubt.
    DecideDoubt {
        /// Whether the use is allowed.
        allowed: bool,
        /// The opinion.
        opinion: String,
    }

    /// Money that came back from a payee.
    RecoverMoney {
        /// The payee: `c1`, `list` or `unit`.
        payee: String,
        /// How much.
        amount: Yuan,
        /// The day it came back.
        on: Day,
        /// The voucher.
        voucher: String,
        /// Why.
        why: String,
    }

    /// The end of a project; what is left goes back.
    CloseProject {
        /// The day.
        on: Day,
        /// Why, or how it ended.
        why: String,
    }
}

impl OpenProject {
    /// The command in a pack.
    pub fn command(self, pack: String) -> Result<MoneyCommand, Failed> {
        let place = self.place.parse().map_err(|_| Failed::unreadable("place", "no code of a region"))?;
        Ok(MoneyCommand::OpenProject(NewProject {
            pack,
            fund: self.fund,
            side: self.side.unwrap_or_else(|| "all".into()),
            spending: self.spending,
            name: self.name,
            place,
            village: self.village.unwrap_or_default(),
            unit: OrgId(self.unit),
            year: self.year,
            link: self.link,
            mechanism: self.mechanism.unwrap_or_default(),
            levered: self.levered.map_or(Money::ZERO, |levered| levered.0),
            case: self.case.map(CaseId),
        }))
    }
}

impl PlanLines {
    /// The command on a project.
    pub fn command(self, project: i64) -> MoneyCommand {
        let line = |line: PlanLine| BudgetLine {
            key: line.key,
            name: line.name,
            nature: line.nature.unwrap_or_default(),
            amount: line.amount.0,
        };
        MoneyCommand::PlanLines {
            project: ProjectId(project),
            lines: self.lines.into_iter().map(line).collect(),
        }
    }
}

impl PaperOnFile {
    /// The command on a project.
    pub fn command(self, project: i64, papers: Vec<app::command::money::Paper>) -> MoneyCommand {
        let paper = FilePaper { demand: self.demand, document: self.document, on: self.on.0, papers };
        MoneyCommand::FilePaper { project: ProjectId(project), paper }
    }
}

impl DecideDoubt {
    /// The command on a project.
    pub fn command(self, project: i64, doubt: u32) -> MoneyCommand {
        let clear = Clear { doubt, allowed: self.allowed, opinion: self.opinion };
        MoneyCommand::ClearDoubt { project: ProjectId(project), clear }
    }
}

impl RecoverMoney {
    /// The command on a project.
    pub fn command(self, project: i64) -> MoneyCommand {
        let recover = Recover {
            payee: self.payee,
            amount: self.amount.0,
            on: self.on.0,
            voucher: self.voucher,
            why: self.why,
        };
        MoneyCommand::Recover { project: ProjectId(project), recover }
    }
}

impl CloseProject {
    /// The command on a project.
    pub fn command(self, project: i64) -> MoneyCommand {
        MoneyCommand::CloseProject {
            project: ProjectId(project),
            close: Close { on: self.on.0, why: self.why },
        }
    }
}
