//! Funds over the wire: the table, the flow, the months, who pays, and the way of each fen.

use app::view::money::{
    Backward, BatchForm, CashNow, DueShare, Figures, Flow, FlowLink, FlowNode, Forward, FundLine, FundSaid,
    FundTable, NodeKey, OverheadLimit, OverheadShare, PaidMonth, PayeeBranch, PayerNow, ProjectBranch,
};

use super::batches::Payment;
use super::sources::Source;
use super::{Lot, Named, Text, Yuan, asks, each, query, shape};

query! {
    /// Which year.
    YearAsk {
        /// Budget year; all when left out.
        year: i16,
    }

    /// Which money.
    FlowAsk {
        /// Fund; all when left out.
        fund: String,
        /// Budget year; all when left out.
        year: i16,
    }

    /// Which fund.
    FundAsk {
        /// Fund; all when left out.
        fund: String,
    }
}

shape! {
    /// Money in its states: budget = quota + allotted + held + spent + overhead_open + overhead_spent.
    Sums of &Figures as of => {
        /// May be spent: registered less cut.
        budget: Yuan = Yuan(of.budget),
        /// Cash that arrived.
        received: Yuan = Yuan(of.received),
        /// Of the cash: in the pool.
        pool: Yuan = Yuan(of.pool),
        /// Of the cash: with the bank on its way.
        clearing: Yuan = Yuan(of.clearing),
        /// Of the budget: given to no project.
        quota: Yuan = Yuan(of.quota),
        /// Of the budget: given to projects and free.
        allotted: Yuan = Yuan(of.allotted),
        /// Of the budget: held by approved claims.
        held: Yuan = Yuan(of.held),
        /// Of the budget: paid and not recovered.
        spent: Yuan = Yuan(of.spent),
        /// Of the budget: given to overheads and not paid.
        overhead_open: Yuan = Yuan(of.overhead_open),
        /// Of the budget: paid for overheads and not recovered.
        overhead_spent: Yuan = Yuan(of.overhead_spent),
        /// Promised and not paid: allotted and held.
        committed: Yuan = Yuan(of.committed()),
        /// Budget whose cash has not arrived.
        awaited: Yuan = Yuan(of.awaited()),
    }

    /// One fund, side and budget year.
    FundRow of &FundLine as line => {
        /// The fund.
        fund: Named = Named { id: line.fund.clone(), name: (&line.fund_name).into() },
        /// The side; `all` where the fund is not split.
        side: Named = Named { id: line.side.clone(), name: (&line.side_name).into() },
        /// The budget year.
        year: i16 = line.year,
        /// The figures.
        sums: Sums = (&line.figures).into(),
    }

    /// A booked fund.
    Fund of &FundSaid as fund => {
        /// Its id.
        id: String = fund.fund.clone(),
        /// Its name.
        name: Text = (&fund.name).into(),
        /// The article.
        article: String = fund.cite.clone(),
        /// Its sides; empty where it is not split.
        sides: Vec<Named> = fund.sides.iter().map(|(id, name)| Named { id: id.clone(), name: name.into() }).collect(),
        /// Money of places: allocation lines name the place.
        pooled: bool = fund.pooled,
        /// All its years and sides together.
        sums: Sums = (&fund.figures).into(),
    }

    /// The share of overheads above which a year is warned of.
    OverheadsLimit of &OverheadLimit as limit => {
        /// Per cent of the year's money.
        percent: i64 = limit.percent,
        /// The setting's name.
        name: Text = (&limit.name).into(),
        /// The article.
        article: String = limit.cite.clone(),
    }

    /// What overheads take of a year's money. It only warns.
    Overheads of &OverheadShare as share => {
        /// The fund.
        fund: Named = Named { id: share.fund.clone(), name: (&share.fund_name).into() },
        /// The budget year.
        year: i16 = share.year,
        /// The year's money.
        money: Yuan = Yuan(share.money),
        /// Given to overheads and not paid.
        open: Yuan = Yuan(share.open),
        /// Paid for overheads.
        spent: Yuan = Yuan(share.spent),
        /// Where a warning begins; absent where the regulation names none.
        limit: Option<OverheadsLimit> = share.limit.as_ref().map(OverheadsLimit::from),
        /// Whether it is more.
        over: bool = share.is_over(),
    }

    /// Budget, cash, commitment and use of the booked funds.
    Funds of &FundTable as table => {
        /// The funds, also those without money.
        funds: Vec<Fund> = each(&table.funds),
        /// By fund, side and year.
        rows: Vec<FundRow> = each(&table.lines),
        /// The sum of all.
        all: Sums = (&table.all).into(),
        /// What overheads take of each year's money, where there are any.
        overheads: Vec<Overheads> = each(&table.overheads),
    }

    /// A node of the flow.
    Node of &FlowNode as node => {
        /// What it stands for: `channel:district`, `fund:main`, `spending:farming`, `paid` and so on.
        key: String = node_key(&node.key),
        /// Its name.
        name: Text = (&node.name).into(),
        /// Its column, from 0.
        column: usize = node.column,
        /// How much flows through it.
        amount: Yuan = Yuan(node.amount),
    }

    /// A link of the flow.
    Link of &FlowLink as link => {
        /// From which node, by its place.
        from: usize = link.from,
        /// To which node, by its place.
        to: usize = link.to,
        /// How much.
        amount: Yuan = Yuan(link.amount),
    }

    /// The flow of the budget from channels to states.
    MoneyFlow of &Flow as flow => {
        /// The nodes, column by column.
        nodes: Vec<Node> = each(&flow.nodes),
        /// The links.
        links: Vec<Link> = each(&flow.links),
    }

    /// What was paid in one month.
    Month of &PaidMonth as month => {
        /// `2019-11`.
        month: String = format!("{:04}-{:02}", month.month.0, month.month.1),
        /// By fund, without overheads.
        funds: Vec<FundPaid> = month.funds.iter().map(|(id, name, amount)| FundPaid {
            fund: Named { id: id.clone(), name: name.into() }, amount: Yuan(*amount),
        }).collect(),
        /// For overheads.
        overheads: Yuan = Yuan(month.overheads),
        /// In all.
        total: Yuan = Yuan(month.total),
        /// How many payments.
        payments: i64 = month.payments,
    }

    /// Who pays out of a fund.
    Payer of &PayerNow as payer => {
        /// The owner of the account.
        name: String = payer.name.clone(),
        /// The account, masked.
        account: String = payer.account.clone(),
        /// The bank.
        bank: String = payer.bank.clone(),
    }

    /// A payee's share of a claim that waits for a batch.
    Due of &DueShare as due => {
        /// The claim.
        claim: i64 = due.claim.claim.0,
        /// Its number.
        number: String = due.claim.number.clone(),
        /// The payee: `c1`, `list`, `unit`.
        payee: String = due.payee.clone(),
        /// The payee's name.
        name: String = due.name.clone(),
        /// How much.
        amount: Yuan = Yuan(due.amount),
        /// Out of which sources.
        lots: Vec<Lot> = each(&due.lots),
        /// The account, masked; absent when it comes with the batch or is missing.
        account: Option<String> = due.account.as_ref().map(|(account, _)| account.clone()),
        /// Whether the account must come with the batch.
        needs_account: bool = due.typed,
    }

    /// The cash of one source and side.
    Cash of &CashNow as cash => {
        /// The source.
        source: i64 = cash.source.0,
        /// Its document.
        document: String = cash.document.clone(),
        /// The side.
        side: String = cash.side.clone(),
        /// In the pool.
        there: Yuan = Yuan(cash.there),
        /// Wanted by all that waits.
        wanted: Yuan = Yuan(cash.wanted),
    }

    /// What a new batch of a fund may hold.
    DueOfFund of &BatchForm as form => {
        /// The fund.
        fund: Named = Named { id: form.fund.clone(), name: (&form.name).into() },
        /// What is due, the oldest claim first.
        shares: Vec<Due> = each(&form.shares),
        /// The cash of the sources concerned.
        cash: Vec<Cash> = each(&form.cash),
        /// Who pays; absent until it is set.
        payer: Option<Payer> = form.payer.as_ref().map(Payer::from),
        /// Whether the caller may make batches.
        may_make: bool = form.may_make,
        /// The article.
        article: String = form.cite.clone(),
    }

    /// A payee with what came out of the source.
    PayeeTrace of &PayeeBranch as branch => {
        /// The payee within the project.
        payee: String = branch.payee.clone(),
        /// The name.
        name: String = branch.name.clone(),
        /// What it has of the source: paid less recovered.
        amount: Yuan = Yuan(branch.amount),
        /// The payments that a part of the source went into.
        payments: Vec<PartOfPayment> = branch.payments.iter().map(|(payment, amount)| PartOfPayment {
            payment: payment.into(), amount: Yuan(*amount),
        }).collect(),
    }

    /// A project with its part of the source.
    ProjectTrace of &ProjectBranch as branch => {
        /// The project.
        project: i64 = branch.project.0,
        /// Its number.
        number: String = branch.number.clone(),
        /// Its name.
        name: String = branch.name.clone(),
        /// Permission in all: free, held and spent.
        amount: Yuan = Yuan(branch.amount),
        /// The payees.
        payees: Vec<PayeeTrace> = each(&branch.payees),
    }

    /// Where a source's money went.
    TraceForward of &Forward as forward => {
        /// The source.
        source: Source = (&forward.source).into(),
        /// Given to no project.
        unallotted: Yuan = Yuan(forward.unallotted),
        /// Cash in the pool.
        pool: Yuan = Yuan(forward.pool),
        /// The projects.
        projects: Vec<ProjectTrace> = each(&forward.projects),
        /// Whether every fen of the budget is found in a branch.
        complete: bool = forward.complete(),
    }

    /// Where a payment came from.
    TraceBackward of &Backward as backward => {
        /// The payment.
        payment: Payment = (&backward.payment).into(),
        /// The sources and what each gave.
        sources: Vec<PartOfSource> = backward.sources.iter().map(|(source, amount)| PartOfSource {
            source: source.into(), amount: Yuan(*amount),
        }).collect(),
    }
}

/// What was paid out of one fund.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct FundPaid {
    /// The fund.
    pub fund: Named,
    /// How much.
    pub amount: Yuan,
}

/// A payment and the part of it that came from a source.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct PartOfPayment {
    /// The payment.
    pub payment: Payment,
    /// The part.
    pub amount: Yuan,
}

/// A source and what it gave.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct PartOfSource {
    /// The source.
    pub source: Source,
    /// The part.
    pub amount: Yuan,
}

asks! {
    /// Who pays out of a fund.
    SetPayer {
        /// The owner of the account.
        name: String,
        /// The account number; it is sealed and never shown again in clear.
        account: String,
        /// The bank.
        bank: String,
    }
}

fn node_key(key: &NodeKey) -> String {
    match key {
        NodeKey::Channel(id) => format!("channel:{id}"),
        NodeKey::Fund(id) => format!("fund:{id}"),
        NodeKey::Side(fund, side) => format!("side:{fund}:{side}"),
        NodeKey::Spending(id) => format!("spending:{id}"),
        NodeKey::Overhead(id) => format!("overhead:{id}"),
        NodeKey::OverheadOpen => "overhead-open".into(),
        NodeKey::OverheadPaid => "overhead-paid".into(),
        NodeKey::Unallotted => "unallotted".into(),
        NodeKey::UnallottedBefore => "unallotted-before".into(),
        NodeKey::Committed => "committed".into(),
        NodeKey::CommittedBefore => "committed-before".into(),
        NodeKey::Paid => "paid".into(),
    }
}
