//! Rows of the money slices from their states. Written in the transaction of the act; the same functions rebuild them.

use super::{Failure, step_task};
use crate::desk::Desk;
use crate::ports::Fault;
use crate::rows::*;
use domain::allocation::{Allocation, Standing as PlanStanding};
use domain::batch::{Batch, LineStanding, Standing as BatchStanding};
use domain::claim::{Claim, Payment, Standing as ClaimStanding};
use domain::consent::Consent;
use domain::project::{Project, total};
use domain::source::Source;
use domain::trail::{OpenTrailStep, Trail};
use kernel::calendar::Calendar;
use kernel::deadline::{Due, due};
use kernel::region::Gazetteer;
use kernel::{Date, Money};
use policy::pack::{DemandOf, Pack, VoucherKind};
use policy::procedure::{Act, Step, Subject};

/// The row of a source.
pub(super) fn source(desk: &mut Desk<'_>, state: &Source) -> Result<(), Failure> {
    let cut = Money::sum(state.cuts.iter().map(|cut| cut.amount)).unwrap_or(Money::MAX);
    let parts = state.parts.iter().map(|(side, budget)| SourcePart {
        side: side.clone(),
        budget: *budget,
        received: state.received_parts.get(side).copied().unwrap_or(Money::ZERO),
    });
    desk.book.put_source(&SourceRow {
        source: state.id,
        pack: state.pack.clone(),
        fund: state.fund.clone(),
        kind: state.kind.clone(),
        level: state.level.clone(),
        document: state.document.clone(),
        purpose: state.purpose.clone(),
        code: state.code.clone(),
        year: state.year,
        on: state.on,
        budget: state.budget.checked_add(cut).unwrap_or(Money::MAX),
        cut,
        received: state.received,
        parts: parts.collect(),
        note: state.note.clone(),
        changed_on: desk.today,
    })?;
    Ok(())
}

/// The row of a project, and what somebody must do about it: decide doubts, put papers on file.
pub(super) fn project(desk: &mut Desk<'_>, state: &Project) -> Result<(), Failure> {
    let pack = desk.edition(&state.pack, &state.edition)?;
    let unit_name = desk.org(state.unit)?.map_or_else(String::new, |org| org.name.clone());
    let purse = &state.purse;
    let (free, held, spent) = (total(&purse.allotted), total(&purse.held), total(&purse.spent));
    let doubts = state.open_doubts();
    let standing = match (&state.closed, doubts.is_empty()) {
        (Some(_), _) => "closed",
        (None, false) => "doubt",
        (None, true) => "open",
    };
    desk.book.put_project(&ProjectRow {
        project: state.id,
        number: state.number.clone(),
        pack: state.pack.clone(),
        fund: state.fund.clone(),
        side: state.side.clone(),
        spending: state.spending.clone(),
        name: state.name.clone(),
        place: state.place,
        village: state.village.clone(),
        unit: state.unit,
        unit_name,
        year: state.year,
        standing: standing.to_owned(),
        planned: Money::sum(state.lines.iter().map(|line| line.amount)).unwrap_or(Money::MAX),
        allotted: Money::sum([free, held, spent]).unwrap_or(Money::MAX),
        held,
        clearing: total(&purse.clearing),
        spent,
        changed_on: desk.today,
        case: state.case,
    })?;
    let mut tasks = Vec::new();
    if state.closed.is_none() {
        let words: Vec<&str> = doubts.iter().map(|(_, doubt)| doubt.word.as_str()).collect();
        if let Some(step) = pack.step_on(Subject::Project, Act::Decide).filter(|_| !words.is_empty()) {
            let mut row = project_task(state, step, desk.today);
            row.name = format!("{}：{}", step.name.zh, words.join("、"));
            row.name_en = format!("{}: {}", step.name.en, words.join(", "));
            tasks.push(row);
        }
        let missing: Vec<_> = pack
            .demands
            .iter()
            .filter(|demand| demand.of == DemandOf::Project && demand.holds_for(&state.fund))
            .filter(|demand| !state.filed.contains_key(&demand.id))
            .collect();
        if let Some(step) = pack.step_on(Subject::Project, Act::Sign).filter(|_| !missing.is_empty()) {
            let mut row = project_task(state, step, desk.today);
            let names: Vec<&str> = missing.iter().map(|demand| demand.name.zh.as_str()).collect();
            row.name = format!("{}：{}", step.name.zh, names.join("、"));
            let names: Vec<&str> = missing.iter().map(|demand| demand.name.en.as_str()).collect();
            row.name_en = format!("{}: {}", step.name.en, names.join(", "));
            tasks.push(row);
        }
    }
    desk.book.put_tasks(&format!("project:{}", state.id), &tasks)?;
    Ok(())
}

fn project_task(state: &Project, step: &Step, since: Date) -> TaskRow {
    TaskRow {
        applicant: Some(state.unit),
        desk: Some(state.place),
        ..step_task(&format!("project:{}", state.id), &state.number, &state.name, step, since, None)
    }
}

/// The row of an allocation, with its open steps as tasks. A filing that is open has its day and stops nothing.
pub(super) fn allocation(desk: &mut Desk<'_>, state: &Allocation) -> Result<(), Failure> {
    let pack = desk.edition(&state.pack, &state.edition)?;
    let open = state.open_steps(&pack);
    let region = pack.funds.get(&state.fund).and_then(|fund| fund.region);
    let title = format!("{}（{}项）", state.number, state.lines.len());
    let tasks: Vec<TaskRow> = open
        .iter()
        .map(|step| TaskRow {
            desk: region,
            ..trail_task(&format!("allocation:{}", state.id), &state.number, &title, step)
        })
        .collect();
    let (stage, stage_en) = stage(&open);
    desk.book.put_allocation(&AllocationRow {
        allocation: state.id,
        number: state.number.clone(),
        pack: state.pack.clone(),
        procedure: state.procedure.clone(),
        fund: state.fund.clone(),
        side: state.side.clone(),
        year: state.year,
        lines: count(state.lines.len()),
        total: state.total(),
        standing: match state.standing() {
            PlanStanding::Open => "open",
            PlanStanding::Approved => "approved",
            PlanStanding::Refused => "ended",
        }
        .to_owned(),
        stage,
        stage_en,
        due: tasks.iter().filter_map(|task| task.due).min(),
        document: state.approved.as_ref().map_or_else(String::new, |approval| approval.document.clone()),
        changed_on: last_on(&state.trail, desk.today),
    })?;
    desk.book.put_tasks(&format!("allocation:{}", state.id), &tasks)?;
    Ok(())
}

fn stage(open: &[OpenTrailStep<'_>]) -> (String, String) {
    open.first().map_or_else(Default::default, |open| (open.step.name.zh.clone(), open.step.name.en.clone()))
}

fn last_on(trail: &Trail, today: Date) -> Date {
    trail.0.last().map_or(today, |done| done.meta.on)
}

fn trail_task(subject: &str, number: &str, title: &str, open: &OpenTrailStep<'_>) -> TaskRow {
    let mut row = step_task(subject, number, title, open.step, open.since, open.due.as_ref());
    row.warn_only = open.warn_only;
    row
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// The word under which the standing of a claim is stored and filtered.
pub(crate) fn claim_word(state: &Claim) -> &'static str {
    let batched = || state.owed.iter().any(|owed| matches!(owed.payment, Payment::Batched(_)));
    match state.standing() {
        ClaimStanding::Open if state.verdicts.is_empty() => "filed",
        ClaimStanding::Open => "checked",
        ClaimStanding::Returned => "returned",
        ClaimStanding::Approved if batched() => "batched",
        ClaimStanding::Approved => "approved",
        ClaimStanding::Paid => "paid",
        ClaimStanding::Refused => "refused",
        ClaimStanding::Withdrawn => "withdrawn",
    }
}

/// The row of a claim, its invoices, and its open steps as tasks: the desk's, and the batch that it waits for.
pub(super) fn claim(desk: &mut Desk<'_>, state: &Claim) -> Result<(), Failure> {
    let pack = desk.edition(&state.pack, &state.edition)?;
    let project = desk.project(state.project)?.ok_or_else(|| gone("project", state.project.get()))?;
    let subject = format!("claim:{}", state.id);
    let open = state.open_steps(&pack);
    let returned = state.standing() == ClaimStanding::Returned;
    let here = |row: TaskRow| TaskRow { applicant: Some(project.unit), desk: Some(project.place), ..row };
    let mut tasks: Vec<TaskRow> = open
        .iter()
        .map(|open| TaskRow {
            returned: returned && open.step.act == Act::Claim,
            ..here(trail_task(&subject, &state.number, &project.name, open))
        })
        .collect();
    let waits = state.owed.iter().any(|owed| owed.payment == Payment::Due);
    if let Some(step) = pack.step_on(Subject::Batch, Act::Issue).filter(|_| waits) {
        let since = last_on(&state.trail, desk.today);
        let due = due_of(step, |from| state.trail.done(from).map(|done| done.on));
        tasks.push(here(step_task(&subject, &state.number, &project.name, step, since, due.as_ref())));
    }
    let (stage, stage_en) =
        tasks.first().map_or_else(Default::default, |task| (task.name.clone(), task.name_en.clone()));
    let dead = matches!(state.standing(), ClaimStanding::Refused | ClaimStanding::Withdrawn);
    let batch = state.owed.iter().rev().find_map(|owed| match owed.payment {
        Payment::Batched(batch) | Payment::Paid(batch, _) => Some(batch),
        Payment::Due => None,
    });
    desk.book.put_claim(&ClaimRow {
        claim: state.id,
        number: state.number.clone(),
        project: state.project,
        title: project.name.clone(),
        pack: state.pack.clone(),
        fund: project.fund.clone(),
        side: project.side.clone(),
        year: project.year,
        unit: project.unit,
        place: project.place,
        purpose: state.purpose.id().to_owned(),
        standing: claim_word(state).to_owned(),
        lines: count(state.lines.len()),
        asked: state.asked(),
        approved: if dead { Money::ZERO } else { state.allowed() },
        batch,
        stage,
        stage_en,
        due: tasks.iter().filter_map(|task| task.due).min(),
        filed_on: state.trail.0.first().map_or(desk.today, |done| done.meta.on),
        changed_on: desk.today,
    })?;
    desk.book.put_invoices(state.id, &if dead { Vec::new() } else { invoices(&pack, state) })?;
    desk.book.put_tasks(&subject, &tasks)?;
    Ok(())
}

/// The invoices that a claim uses: those of its lines, less what was checked and wholly struck out once it is approved.
fn invoices(pack: &Pack, state: &Claim) -> Vec<InvoiceRow> {
    let struck = |no: i64| {
        !state.owed.is_empty() && state.verdicts.iter().any(|v| v.line == no && v.approved.is_zero())
    };
    let is_invoice = |id: &str| pack.vouchers.get(id).is_some_and(|v| v.kind == VoucherKind::Invoice);
    let lines = state.lines.iter().filter(|line| is_invoice(&line.voucher) && !struck(line.no));
    lines
        .map(|line| (line, domain::claim::invoice_key(&line.code, &line.number)))
        .map(|(line, (code, number))| InvoiceRow {
            code,
            number,
            claim: state.id,
            claim_number: state.number.clone(),
            line: line.no,
            project: state.project,
            amount: line.amount,
        })
        .collect()
}

/// When a step of no trail is due, from the day of the step that its clock starts with.
fn due_of(step: &Step, day: impl Fn(&str) -> Option<Date>) -> Option<Due> {
    let within = step.within.as_ref()?;
    let start = day(&within.from.step)?;
    Some(due(start, within.term, &Calendar::known_on(start)))
}

/// The rows of a batch, its payments and what nobody could place; its next act as a task.
pub(super) fn batch(desk: &mut Desk<'_>, state: &Batch) -> Result<(), Failure> {
    let pack = desk.edition(&state.pack, &state.edition)?;
    let sum = |wanted: fn(&LineStanding) -> bool| {
        let amounts = state.payments.iter().filter(|p| wanted(&p.standing)).map(|p| p.line.amount);
        Money::sum(amounts).unwrap_or(Money::MAX)
    };
    desk.book.put_batch(&BatchRow {
        batch: state.id,
        number: state.number.clone(),
        pack: state.pack.clone(),
        fund: state.fund.clone(),
        standing: batch_word(state).to_owned(),
        lines: count(state.payments.len()),
        total: state.total(),
        paid: sum(|standing| matches!(standing, LineStanding::Paid { .. })),
        failed: sum(|s| matches!(s, LineStanding::Failed { .. } | LineStanding::Released { .. })),
        unclear: count(state.open_unclear().len()),
        digest: state.released.as_ref().map_or_else(String::new, |r| r.file_digest.clone()),
        made_on: state.on,
        released_on: state.released.as_ref().map(|release| release.on),
        changed_on: desk.today,
    })?;
    for row in payments(state) {
        desk.book.put_payment(&row)?;
    }
    for (place, unclear) in (1..).zip(&state.unclear) {
        desk.book.put_unclear(&UnclearRow {
            batch: state.id,
            place,
            text: unclear.text.clone(),
            reason: unclear.reason.clone(),
            on: unclear.on,
            settled: unclear.settled.clone().unwrap_or_default(),
        })?;
    }
    let tasks: Vec<TaskRow> = batch_task(&pack, state).into_iter().collect();
    desk.book.put_tasks(&format!("batch:{}", state.id), &tasks)?;
    Ok(())
}

/// The word under which the standing of a batch is stored and filtered.
pub(crate) fn batch_word(state: &Batch) -> &'static str {
    match state.standing() {
        BatchStanding::Made => "made",
        BatchStanding::Released => "released",
        BatchStanding::Done => "settled",
    }
}

/// Release, then results, then what is unclear.
fn batch_task(pack: &Pack, state: &Batch) -> Option<TaskRow> {
    let step = pack.step_on(Subject::Batch, Act::Pay)?;
    let issue = pack.step_on(Subject::Batch, Act::Issue);
    let (zh, en, since) = match state.standing() {
        BatchStanding::Made => ("放行", "release the file", state.on),
        BatchStanding::Released => {
            ("登记银行结果", "book the bank's results", state.released.as_ref().map_or(state.on, |r| r.on))
        }
        BatchStanding::Done if !state.open_unclear().is_empty() => {
            ("核实银行回单中不明的笔", "settle unclear bank lines", state.open_unclear()[0].1.on)
        }
        BatchStanding::Done => return None,
    };
    let due = due_of(step, |from| issue.filter(|issue| issue.id == from).map(|_| state.on));
    let subject = format!("batch:{}", state.id);
    let title = format!("{}（{}笔）", state.number, state.payments.len());
    let mut row = step_task(&subject, &state.number, &title, step, since, due.as_ref());
    row.name = format!("{}：{zh}", step.name.zh);
    row.name_en = format!("{}: {en}", step.name.en);
    Some(row)
}

fn payments(state: &Batch) -> Vec<PaymentRow> {
    let row = |payment: &domain::batch::Payment| {
        let line = &payment.line;
        let issued = state.released.is_some();
        let (word, on, said) = match &payment.standing {
            LineStanding::Open => (if issued { "issued" } else { "made" }, None, String::new()),
            LineStanding::Paid { on, reference } => ("paid", Some(*on), reference.clone()),
            LineStanding::Failed { reason } => ("failed", None, reason.clone()),
            LineStanding::Released { why } => ("released", None, why.clone()),
        };
        PaymentRow {
            batch: state.id,
            line: line.no,
            end_to_end: line.end_to_end.clone(),
            pack: state.pack.clone(),
            fund: state.fund.clone(),
            claim: line.claim,
            project: line.project,
            payee: line.payee.clone(),
            payee_name: line.payee_name.clone(),
            amount: line.amount,
            state: word.to_owned(),
            on,
            said,
            lots: line.lots.iter().map(|lot| (lot.source, lot.amount)).collect(),
        }
    };
    state.payments.iter().map(row).collect()
}

/// The rows of what a place or unit has on file, and of what it took back.
pub(super) fn consent(desk: &mut Desk<'_>, state: &Consent) -> Result<(), Failure> {
    let row = |demand: &str, document: &str, on: Date, revoked: Option<Date>| ConsentRow {
        pack: state.pack.clone(),
        place: state.place.clone(),
        name: state.name.clone(),
        demand: demand.to_owned(),
        document: document.to_owned(),
        on,
        revoked,
    };
    for (demand, why, on) in &state.revoked {
        desk.book.put_consent(&row(demand, why, *on, Some(*on)))?;
    }
    for (demand, filed) in &state.filed {
        desk.book.put_consent(&row(demand, &filed.document, filed.on, None))?;
    }
    Ok(())
}

fn gone(what: &str, id: i64) -> Fault {
    Fault::lasting(format!("{what} {id} is named by an act and has no acts of its own"))
}

/// Number and title of what an act of a money slice is about, for the list of deeds.
pub(super) fn named(desk: &mut Desk<'_>, stream: &domain::Stream) -> Result<(String, String), Fault> {
    use domain::Stream;
    Ok(match stream {
        Stream::Source(id) => {
            desk.source(*id)?.map_or_else(Default::default, |s| (s.document.clone(), s.purpose.clone()))
        }
        Stream::Project(id) => {
            desk.project(*id)?.map_or_else(Default::default, |p| (p.number.clone(), p.name.clone()))
        }
        Stream::Allocation(id) => {
            desk.allocation(*id)?.map_or_else(Default::default, |a| (a.number.clone(), a.basis.clone()))
        }
        Stream::Claim(id) => {
            let Some(claim) = desk.claim(*id)? else { return Ok(Default::default()) };
            let title = desk.project(claim.project)?.map_or_else(String::new, |p| p.name.clone());
            (claim.number.clone(), title)
        }
        Stream::Batch(id) => {
            desk.batch(*id)?.map_or_else(Default::default, |b| (b.number.clone(), String::new()))
        }
        Stream::Consent(pack, place) => desk
            .consent(pack, place)?
            .map_or_else(Default::default, |consent| (String::new(), consent.name.clone())),
        Stream::Roster(_, _, place) => {
            let name =
                Gazetteer::get().region(*place).map_or_else(String::new, |region| region.name.to_string());
            (String::new(), name)
        }
        _ => Default::default(),
    })
}
