//! Making a batch out of approved payments and releasing its file: two people, one file.

use super::event::{Event, PayLine};
use super::state::{Batch, LineStanding};
use crate::actor::Context;
use crate::claim::{Claim, Event as ClaimEvent, Owed, Payment};
use crate::guard::{Consents, booked, doer_of, papers_on_file, usable};
use crate::project::{Event as ProjectEvent, Project};
use crate::refusal::{Reason, Refusal};
use crate::{Stream, Streamed};
use kernel::Money;
use kernel::id::{BatchId, ClaimId, ProjectId, SourceId};
use policy::pack::{Gate, Id};
use policy::procedure::{Act, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// Make a batch.
#[derive(Debug, Clone)]
pub struct Make {
    /// Its id.
    pub batch: BatchId,
    /// Its number.
    pub number: String,
    /// The fund.
    pub fund: Id,
    /// Its payments.
    pub picks: Vec<Pick>,
}

/// One payment to be made. Name, account and bank of a contract party come from the contract.
#[derive(Debug, Clone)]
pub struct Pick {
    /// The claim.
    pub claim: ClaimId,
    /// The payee within it.
    pub payee: String,
    /// The account of a list or a unit; not used for a contract party.
    pub account: Option<Account>,
}

/// Where a payment goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The name of its owner.
    pub name: String,
    /// The account: a reference into the vault.
    pub account: String,
    /// The bank.
    pub bank: String,
}

/// What the book says when a batch is made.
#[derive(Debug, Clone, Copy)]
pub struct Till<'a> {
    /// The claims.
    pub claims: &'a BTreeMap<ClaimId, Claim>,
    /// Their projects.
    pub projects: &'a BTreeMap<ProjectId, Project>,
    /// Cash in the pool of this fund, by side and source.
    pub pool: &'a BTreeMap<(Id, SourceId), Money>,
    /// How the sources are called: their documents.
    pub sources: &'a BTreeMap<SourceId, String>,
    /// Payments about which an unclear bank line is not settled.
    pub unclear: &'a BTreeSet<(ClaimId, String)>,
    /// Papers of places and units on file.
    pub consents: &'a Consents,
}

/// Makes a batch: the cash of each payment is set aside at once.
pub fn make(command: Make, till: Till<'_>, ctx: Context<'_>) -> Result<Vec<Streamed>, Refusal> {
    let step = doer_of(Subject::Batch, Act::Issue, &command.fund, ctx)?;
    booked(&command.fund, ctx)?;
    if command.picks.is_empty() {
        return Err(Reason::BatchEmpty {}.into());
    }
    let mut lines: Vec<PayLine> = Vec::new();
    for (no, pick) in (1..).zip(&command.picks) {
        let line = pay_line(&command, no, pick, till, ctx)?;
        if lines.iter().any(|other| (other.claim, &other.payee) == (line.claim, &line.payee)) {
            return Err(not_due(till, line.claim));
        }
        lines.push(line);
    }
    cash_is_there(&lines, till).map_err(|reason| Refusal::under(step.cite.to_string(), reason))?;
    let mut events: Vec<Streamed> = Vec::new();
    for line in &lines {
        let issued = ProjectEvent::Issued {
            batch: command.batch,
            line: line.no,
            claim: line.claim,
            payee: line.payee.clone(),
            lots: line.lots.clone(),
        };
        let batched = ClaimEvent::Batched { batch: command.batch, payee: line.payee.clone() };
        events.push((Stream::Project(line.project), issued.into()));
        events.push((Stream::Claim(line.claim), batched.into()));
    }
    let made = Event::Made {
        batch: command.batch,
        number: command.number,
        pack: ctx.pack.id.clone(),
        edition: ctx.pack.edition.clone(),
        fund: command.fund,
        lines,
    };
    Ok([(Stream::Batch(command.batch), made.into())].into_iter().chain(events).collect())
}

fn not_due(till: Till<'_>, claim: ClaimId) -> Refusal {
    let number = till.claims.get(&claim).map_or_else(|| claim.to_string(), |claim| claim.number.clone());
    Reason::ShareNotDue { claim: number }.into()
}

fn pay_line(
    command: &Make,
    no: i64,
    pick: &Pick,
    till: Till<'_>,
    ctx: Context<'_>,
) -> Result<PayLine, Refusal> {
    let Some(claim) = till.claims.get(&pick.claim) else {
        return Err(Reason::NotFound { what: "报账".into() }.into());
    };
    let Some(project) = till.projects.get(&claim.project) else {
        return Err(Reason::NotFound { what: "项目".into() }.into());
    };
    if project.pack != ctx.pack.id || project.fund != command.fund {
        return Err(Reason::ClaimOfOtherFund { claim: claim.number.clone() }.into());
    }
    let due = |owed: &&Owed| owed.payment == Payment::Due && claim.is_live();
    let Some(owed) = claim.owed_to(&pick.payee).filter(due) else {
        return Err(not_due(till, claim.id));
    };
    if till.unclear.contains(&(claim.id, pick.payee.clone())) {
        return Err(Reason::PaymentUnclear { claim: claim.number.clone() }.into());
    }
    usable(project, ctx)?;
    papers_on_file(project, Gate::Pay, &project.places(), till.consents, ctx)?;
    let account = account_of(project, pick)?;
    Ok(PayLine {
        no,
        end_to_end: format!("B{}L{no}C{}", command.batch, claim.id),
        claim: claim.id,
        project: project.id,
        payee: pick.payee.clone(),
        payee_name: account.name,
        account: account.account,
        bank: account.bank,
        amount: owed.share.amount,
        lots: owed.share.lots.clone(),
    })
}

fn account_of(project: &Project, pick: &Pick) -> Result<Account, Refusal> {
    let contract = pick.payee.strip_prefix('c').and_then(|id| id.parse().ok());
    let (name, account) = match contract.and_then(|id: i64| project.contracts.get(&id)) {
        Some(contract) => {
            let of = |account: &String| Account {
                name: contract.party.clone(),
                account: account.clone(),
                bank: contract.bank.clone(),
            };
            (contract.party.clone(), contract.account.as_ref().map(of))
        }
        None => (pick.payee.clone(), pick.account.clone()),
    };
    let usable = |account: &Account| !account.account.trim().is_empty() && !account.name.trim().is_empty();
    account.filter(usable).ok_or_else(|| Reason::AccountMissing { payee: name }.into())
}

/// Every source has the cash that the payments take from it.
fn cash_is_there(lines: &[PayLine], till: Till<'_>) -> Result<(), Reason> {
    let mut wanted: BTreeMap<(Id, SourceId), Money> = BTreeMap::new();
    for line in lines {
        let side = till.projects.get(&line.project).map_or("", |project| project.side.as_str());
        for lot in &line.lots {
            let sum = wanted.entry((side.to_owned(), lot.source)).or_default();
            *sum = sum.checked_add(lot.amount).unwrap_or(Money::MAX);
        }
    }
    let missing: Vec<(SourceId, Money)> = wanted
        .iter()
        .filter_map(|(key, wanted)| {
            let there = till.pool.get(key).copied().unwrap_or(Money::ZERO);
            Some((key.1, wanted.checked_sub(there)?)).filter(|(_, short)| *short > Money::ZERO)
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let short = Money::sum(missing.iter().map(|(_, short)| *short)).unwrap_or(Money::MAX);
    let name =
        |source: &SourceId| till.sources.get(source).cloned().unwrap_or_else(|| format!("来源{source}"));
    let one = |(source, short): &(SourceId, Money)| format!("{}缺{}元", name(source), short.grouped());
    Err(Reason::CashMissing { sources: missing.iter().map(one).collect::<Vec<_>>().join("、"), short })
}

/// Releases the file to the bank. The same bytes may be asked for again and change nothing; others are refused.
pub fn release(batch: &Batch, file_digest: &str, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let step = doer_of(Subject::Batch, Act::Pay, &batch.fund, ctx)?;
    let cite = step.cite.to_string();
    if let Some(released) = &batch.released {
        return if released.file_digest == file_digest {
            Ok(Vec::new())
        } else {
            Err(Refusal::under(cite, Reason::FileReleased {}))
        };
    }
    if batch.by.is_some_and(|by| by.meet(ctx.actor.hands())) {
        let made = ctx.pack.step_on(Subject::Batch, Act::Issue);
        let step = made.map_or_else(String::new, |step| step.name.zh.clone());
        return Err(Refusal::under(cite, Reason::MakerIsChecker { step }));
    }
    if !batch.payments.iter().any(|payment| payment.standing == LineStanding::Open) {
        return Err(Refusal::under(cite, Reason::BatchEmpty {}));
    }
    Ok(vec![Event::Released { file_digest: file_digest.to_owned() }])
}
