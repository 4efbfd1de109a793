//! What is done on cases over the wire: filings, steps of the regime, notices, verification, proposal, payment.

use std::collections::BTreeMap;

use app::Command;
use app::view::state::{Check, DoStep, LineFinding, Paper as KeptPaper, PaperFinding, Posting, Record};
use kernel::id::{CaseId, ObjectionId, OrgId};

use super::cases::FormSays;
use super::{Day, Figure, Yuan, asks};

asks! {
    /// A paper that comes with an act.
    PaperSays {
        /// Which paper of the regime.
        paper: String,
        /// The ticket of a file sent to `/papers`.
        ticket: String,
    }

    /// Begin a case with a form.
    FileCase {
        /// Procedure.
        procedure: String,
        /// The case it builds on.
        parent: Option<i64>,
        /// The form. Identity numbers, accounts and whatever else the regime seals are never shown again in clear.
        form: FormSays,
        /// Papers.
        papers: Option<Vec<PaperSays>>,
    }

    /// File on a case: a correction, the next version, another form.
    FileLater {
        /// At which step; the open one of the caller's role when left out.
        step: Option<String>,
        /// The form. A masked cell sent back as it was shown stays what it was.
        form: FormSays,
        /// Papers.
        papers: Option<Vec<PaperSays>>,
    }

    /// Begin a case with a step that files no form: an order, a plan that arrives.
    BeginCase {
        /// Procedure.
        procedure: String,
        /// The case it builds on.
        parent: Option<i64>,
        /// The first step.
        step: String,
        /// What is done.
        act: StepSays,
    }

    /// A step of a case.
    StepSays {
        /// How it ends; left out where the regime names no outcome.
        outcome: Option<String>,
        /// For a return: to which earlier step.
        to: Option<String>,
        /// The opinion.
        opinion: Option<String>,
        /// The checklist.
        checks: Option<Vec<CheckSays>>,
        /// Facts established.
        records: Option<Vec<RecordSays>>,
        /// What is noted, by the ids of the regime.
        notes: Option<BTreeMap<String, String>>,
        /// Papers.
        papers: Option<Vec<PaperSays>>,
        /// The form of the step, when it has one.
        form: Option<FormSays>,
        /// Number of the paper issued.
        document: Option<String>,
        /// The day.
        on: Day,
    }

    /// A step of several cases in one act: of all of them or of none.
    StepTogether {
        /// The cases, each once.
        cases: Vec<i64>,
        /// The step of the regime; one that it lets be done together.
        step: String,
        /// What is done of each.
        act: StepSays,
    }

    /// An item of a checklist.
    CheckSays {
        /// The item.
        item: String,
        /// Whether it holds.
        holds: bool,
        /// A note.
        note: Option<String>,
    }

    /// A fact.
    RecordSays {
        /// Which.
        fact: String,
        /// Its value, as the regime's type is written.
        value: String,
        /// Where it was learnt.
        basis: Option<String>,
    }

    /// A notice on a case.
    PostOnCase {
        /// The step.
        step: String,
        /// The day.
        on: Day,
        /// Where it stands.
        postings: Vec<PostingSays>,
        /// What is typed of its content, by the ids of the regime.
        fields: Option<BTreeMap<String, String>>,
        /// Photographs of the boards.
        papers: Option<Vec<PaperSays>>,
    }

    /// Where a notice stands.
    PostingSays {
        /// The place, as the regime names it.
        place: String,
        /// The address of the page, or where the board is.
        address: String,
    }

    /// The end of a notice on a case.
    EndOnCase {
        /// The step.
        step: String,
        /// How it ends.
        outcome: Option<String>,
        /// For a return: to which earlier step.
        to: Option<String>,
        /// The opinion.
        opinion: Option<String>,
    }

    /// The answer to an objection.
    AnswerSays {
        /// Whether it is upheld.
        upheld: bool,
        /// The answer.
        answer: String,
    }

    /// The firm that verifies.
    AssignFirm {
        /// The organisation.
        firm: i64,
    }

    /// The report of a verification.
    InspectCase {
        /// The step.
        step: String,
        /// The day of the visit.
        on: Day,
        /// The opinion.
        opinion: String,
        /// The checklist.
        checks: Option<Vec<CheckSays>>,
        /// Facts established.
        records: Option<Vec<RecordSays>>,
        /// What is confirmed of each declared line.
        lines: Vec<ConfirmedLine>,
        /// Whether each paper agrees.
        papers: Vec<PaperAgrees>,
        /// The ratio proposed.
        ratio: Figure,
        /// The amount proposed.
        amount: Yuan,
    }

    /// What is confirmed of a declared line.
    ConfirmedLine {
        /// The line.
        line: String,
        /// The amount confirmed.
        confirmed: Yuan,
        /// Why it differs.
        reason: Option<String>,
    }

    /// Whether a paper agrees with what was seen.
    PaperAgrees {
        /// The paper of the regime.
        paper: String,
        /// Whether it agrees.
        agrees: bool,
        /// A note.
        note: Option<String>,
    }

    /// The proposal of a district.
    ProposeAmount {
        /// The step.
        step: String,
        /// The ratio.
        ratio: Figure,
        /// The amount.
        amount: Yuan,
        /// The opinion.
        opinion: String,
    }

    /// Why a case is taken back.
    WithdrawCase {
        /// Why.
        why: String,
    }

    /// A payment to an enterprise.
    PayCase {
        /// The step.
        step: String,
        /// How much.
        amount: Yuan,
        /// The day.
        on: Day,
        /// The voucher.
        voucher: String,
    }
}

fn checks(said: Option<Vec<CheckSays>>) -> Vec<Check> {
    let check =
        |one: CheckSays| Check { item: one.item, holds: one.holds, note: one.note.unwrap_or_default() };
    said.unwrap_or_default().into_iter().map(check).collect()
}

fn records(said: Option<Vec<RecordSays>>) -> Vec<Record> {
    let record =
        |one: RecordSays| Record { fact: one.fact, value: one.value, basis: one.basis.unwrap_or_default() };
    said.unwrap_or_default().into_iter().map(record).collect()
}

/// Where a notice stands, as the act takes it.
pub fn postings(said: Vec<PostingSays>) -> Vec<Posting> {
    said.into_iter().map(|one| Posting { place: one.place, address: one.address }).collect()
}

impl StepSays {
    /// The step as the rules take it, with the files of its tickets.
    pub fn step(self, step: String, papers: Vec<KeptPaper>) -> DoStep {
        DoStep {
            step,
            outcome: self.outcome,
            to: self.to,
            opinion: self.opinion.unwrap_or_default(),
            checks: checks(self.checks),
            records: records(self.records),
            notes: self.notes.unwrap_or_default(),
            papers,
            form: self.form.map(FormSays::data),
            document: self.document,
            on: self.on.0,
        }
    }
}

/// The command that does a step.
pub fn step_command(case: i64, done: DoStep) -> Command {
    let DoStep { step, outcome, to, opinion, checks, records, notes, papers, form, document, on } = done;
    let case = CaseId(case);
    Command::Step { case, step, outcome, to, opinion, checks, records, notes, papers, form, document, on }
}

impl PostOnCase {
    /// The command on a case.
    pub fn command(self, case: i64, papers: Vec<KeptPaper>) -> Command {
        Command::PostOnCase {
            case: CaseId(case),
            step: self.step,
            on: self.on.0,
            postings: postings(self.postings),
            fields: self.fields.unwrap_or_default(),
            papers,
        }
    }
}

impl EndOnCase {
    /// The command on a case.
    pub fn command(self, case: i64) -> Command {
        let Self { step, outcome, to, opinion } = self;
        Command::EndOnCase { case: CaseId(case), step, outcome, to, opinion: opinion.unwrap_or_default() }
    }
}

impl AnswerSays {
    /// The command on a case.
    pub fn on_case(self, case: i64, objection: i64) -> Command {
        Command::AnswerOnCase {
            case: CaseId(case),
            objection: ObjectionId(objection),
            upheld: self.upheld,
            answer: self.answer,
        }
    }
}

impl AssignFirm {
    /// The command on a case.
    pub fn command(self, case: i64) -> Command {
        Command::Assign { case: CaseId(case), firm: OrgId(self.firm) }
    }
}

impl InspectCase {
    /// The command on a case.
    pub fn command(self, case: i64) -> Command {
        let line = |one: ConfirmedLine| LineFinding {
            line: one.line,
            confirmed: one.confirmed.0,
            reason: one.reason.unwrap_or_default(),
        };
        let paper = |one: PaperAgrees| PaperFinding {
            paper: one.paper,
            agrees: one.agrees,
            note: one.note.unwrap_or_default(),
        };
        Command::Inspect {
            case: CaseId(case),
            step: self.step,
            on: self.on.0,
            opinion: self.opinion,
            checks: checks(self.checks),
            records: records(self.records),
            lines: self.lines.into_iter().map(line).collect(),
            papers: self.papers.into_iter().map(paper).collect(),
            ratio: self.ratio.0,
            amount: self.amount.0,
        }
    }
}

impl ProposeAmount {
    /// The command on a case.
    pub fn command(self, case: i64) -> Command {
        let (ratio, amount) = (self.ratio.0, self.amount.0);
        Command::Propose { case: CaseId(case), step: self.step, ratio, amount, opinion: self.opinion }
    }
}

impl PayCase {
    /// The command on a case.
    pub fn command(self, case: i64) -> Command {
        let (amount, on) = (self.amount.0, self.on.0);
        Command::Pay { case: CaseId(case), step: self.step, amount, on, voucher: self.voucher }
    }
}
