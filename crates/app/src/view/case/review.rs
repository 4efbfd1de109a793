//! What the verifier confirmed: each line with what was cut and why, each paper, the ratio and amount, beside the desk's proposal.

use crate::command::Failure;
use crate::view::Viewer;
use crate::writer::App;
use domain::case::{Case, verified_form};
use kernel::id::CaseId;
use kernel::ratio::Ratio;
use kernel::{Date, Money};
use policy::pack::{Pack, Words};

/// One line as verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingLine {
    /// Its id: `assets:3`.
    pub id: String,
    /// Where it stands: 表六，第3行.
    pub place: Words,
    /// What it is.
    pub label: String,
    /// Its class.
    pub class: Words,
    /// Its date.
    pub date: Option<Date>,
    /// As declared.
    pub declared: Money,
    /// As confirmed.
    pub confirmed: Money,
    /// Why it was cut.
    pub reason: String,
    /// It counts for every result.
    pub counted: bool,
    /// Why it does not count, with the article.
    pub out: Option<(Words, String)>,
}

/// One paper as verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFound {
    /// Its name.
    pub name: Words,
    /// Whether it agrees.
    pub agrees: bool,
    /// The note.
    pub note: String,
}

/// The verification of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseReview {
    /// The day of the visit.
    pub on: Date,
    /// The ratio that the verifier proposes.
    pub ratio: Ratio,
    /// The amount that the verifier proposes.
    pub amount: Money,
    /// What the rules allowed on the confirmed facts.
    pub allowed: Option<Money>,
    /// Every line.
    pub lines: Vec<FindingLine>,
    /// Every paper.
    pub papers: Vec<PaperFound>,
    /// The sums: what is counted, and its total.
    pub totals: Vec<(Words, Money)>,
    /// The desk's proposal.
    pub proposal: Option<(Ratio, Money)>,
}

impl CaseReview {
    /// Declared in all.
    pub fn declared(&self) -> Option<Money> {
        Money::sum(self.lines.iter().map(|l| l.declared))
    }

    /// Confirmed in all.
    pub fn confirmed(&self) -> Option<Money> {
        Money::sum(self.lines.iter().map(|l| l.confirmed))
    }

    /// How many lines were cut.
    pub fn cut(&self) -> usize {
        self.lines.iter().filter(|l| l.confirmed != l.declared).count()
    }
}

impl App {
    /// The verification of a case, when there was one.
    pub fn case_review(&self, viewer: &Viewer, id: CaseId) -> Result<Option<CaseReview>, Failure> {
        let case = self.case_read(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        Ok(review(&pack, &case))
    }
}

/// The verification that stands in a case.
pub(in crate::view) fn review(pack: &Pack, case: &Case) -> Option<CaseReview> {
    let found = case.inspection.as_ref()?;
    let check = verified_form(pack, case);
    let mut lines = Vec::new();
    let mut totals = Vec::new();
    for result in &check.tallies {
        let tally = pack.tallies.get(&result.tally);
        for give in tally.map(|t| t.gives.as_slice()).unwrap_or_default() {
            let name = pack
                .facts
                .get(give)
                .map_or_else(|| Words::new(give.clone(), give.clone()), |f| f.name.clone());
            totals.push((name, result.totals.get(give).copied().unwrap_or(Money::ZERO)));
        }
        for line in &result.lines {
            let finding = found.lines.iter().find(|f| f.line == line.id);
            lines.push(FindingLine {
                id: line.id.clone(),
                place: line_place(pack, case, &line.id, &line.part),
                label: line.label.clone(),
                class: tally.and_then(|t| t.classes.get(&line.class)).cloned().unwrap_or_default(),
                date: line.date,
                declared: line.declared,
                confirmed: finding.map_or(line.amount, |f| f.confirmed),
                reason: finding.map_or_else(String::new, |f| f.reason.clone()),
                counted: line.counted.values().all(|c| *c),
                out: line.reason.as_ref().map(|(say, cite)| (say.clone(), cite.to_string())),
            });
        }
    }
    let paper_name = |id: &str| pack.papers.get(id).map_or_else(|| Words::new(id, id), |p| p.name.clone());
    Some(CaseReview {
        on: found.on,
        ratio: found.ratio,
        amount: found.amount,
        allowed: found.judgement.amount,
        lines,
        papers: found
            .papers
            .iter()
            .map(|p| PaperFound { name: paper_name(&p.paper), agrees: p.agrees, note: p.note.clone() })
            .collect(),
        totals,
        proposal: case.proposal.as_ref().map(|p| (p.ratio, p.amount)),
    })
}

/// Where a line stands in the form: the part's name and its row, when it has one.
pub(in crate::view) fn line_place(pack: &Pack, case: &Case, id: &str, part: &str) -> Words {
    let form =
        pack.procedures.get(&case.procedure).and_then(|p| p.form.as_deref()).and_then(|f| pack.forms.get(f));
    let name = form.and_then(|f| f.part(part)).map_or_else(|| Words::new(part, part), |p| p.name.clone());
    match id.split(':').nth(1).and_then(|row| row.parse::<usize>().ok()) {
        Some(row) => Words::new(format!("{}，第{row}行", name.zh), format!("{}, row {row}", name.en)),
        None => name,
    }
}
