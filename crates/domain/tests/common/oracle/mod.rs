//! A bystander who reads what was done to a project and says by himself whether it might be approved. He shares no code with
//! the engine and does not read the packs: what a regulation demands stands in his own tables, written from its text.
//!
//! He judges acts that were accepted; whether an act that was refused might have been is not his question.

pub mod tables;

use kernel::Date;
use std::collections::{BTreeMap, BTreeSet};
use tables::{Demand, Hand, Link, Table};

/// Rows of the tables of a form, by table.
pub type Rows = BTreeMap<String, Vec<BTreeMap<String, String>>>;

/// One accepted act, as the bystander noted it.
#[derive(Debug, Clone)]
pub struct Act {
    pub on: Date,
    pub person: i64,
    pub role: String,
    /// The organisations that the person belongs to.
    pub orgs: BTreeSet<i64>,
    pub what: What,
}

/// What was done.
#[derive(Debug, Clone)]
pub enum What {
    /// A form was filed.
    Filed { step: String, fields: BTreeMap<String, String>, rows: Rows, papers: BTreeSet<String> },
    /// A notice was posted.
    Posted { step: String },
    /// Somebody objected to the notice of a step.
    Objected { step: String, objection: i64 },
    /// An objection was answered.
    Answered { objection: i64, upheld: bool },
    /// A step was done: with which outcome, and for a return to which step, when not the usual one.
    Done { step: String, outcome: String, to: Option<String>, papers: BTreeSet<String> },
    /// The person declared a tie.
    StoodAside,
    /// A similar project was found.
    Resembled { other: i64 },
    /// It was compared.
    Compared { other: i64 },
}

/// Why an act should not have been accepted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Something came after the end.
    Over,
    /// Somebody else's step.
    Role(String),
    /// A step that must stand before this one does not.
    Missing(String),
    /// The notice of a step was not posted, or ended before its days had passed.
    NoticeShort(String),
    /// The notice of a step ended as clear over an objection that was not answered, or was upheld.
    Objection(String),
    /// A paper of a step is missing.
    Paper(String, String),
    /// A target is empty.
    Target(String),
    /// No poor household is tied to the project.
    Unlinked,
    /// Somebody acted in spite of a tie.
    Tied(i64),
    /// One person's hands where two are wanted.
    OneHand(i64),
    /// Somebody judged the own organisation.
    OwnProject(i64),
    /// A similar project was not compared.
    Alike(i64),
}

/// A step that stands.
#[derive(Debug, Clone, Default)]
struct Standing {
    persons: BTreeSet<i64>,
    papers: BTreeSet<String>,
}

/// A notice that was posted.
#[derive(Debug, Clone)]
struct Board {
    posted: Date,
    /// Objections; whether each was upheld, once answered.
    said: BTreeMap<i64, Option<bool>>,
}

/// What the bystander knows so far.
#[derive(Debug, Clone)]
pub struct Oracle {
    table: &'static Table,
    applicant: i64,
    form: BTreeMap<String, String>,
    rows: Rows,
    standing: BTreeMap<String, Standing>,
    signed: BTreeMap<String, BTreeMap<String, i64>>,
    boards: BTreeMap<String, Board>,
    tied: BTreeSet<i64>,
    alike: BTreeMap<i64, bool>,
    over: bool,
    /// How often an approval passed.
    pub approved: usize,
}

impl Oracle {
    pub fn new(table: &'static Table, applicant: i64) -> Oracle {
        Oracle {
            table,
            applicant,
            form: BTreeMap::new(),
            rows: Rows::new(),
            standing: BTreeMap::new(),
            signed: BTreeMap::new(),
            boards: BTreeMap::new(),
            tied: BTreeSet::new(),
            alike: BTreeMap::new(),
            over: false,
            approved: 0,
        }
    }

    /// All faults of a history.
    pub fn verdict(table: &'static Table, applicant: i64, acts: &[Act]) -> BTreeSet<Fault> {
        let mut oracle = Oracle::new(table, applicant);
        acts.iter().flat_map(|act| oracle.see(act)).collect()
    }

    /// Sees an accepted act; what speaks against it.
    pub fn see(&mut self, act: &Act) -> BTreeSet<Fault> {
        let mut faults = BTreeSet::new();
        match &act.what {
            What::Objected { step, objection } => {
                if let Some(board) = self.boards.get_mut(step) {
                    board.said.insert(*objection, None);
                }
                return faults;
            }
            What::Resembled { other } => {
                self.alike.entry(*other).or_insert(false);
                return faults;
            }
            _ => {}
        }
        if self.tied.contains(&act.person) && !matches!(act.what, What::StoodAside) {
            faults.insert(Fault::Tied(act.person));
        }
        match &act.what {
            What::Filed { step, fields, rows, papers } => {
                self.filed(act, step, (fields, rows), papers, &mut faults);
            }
            What::Posted { step } => {
                self.begins(act, step, &mut faults);
                self.boards.insert(step.clone(), Board { posted: act.on, said: BTreeMap::new() });
            }
            What::Answered { objection, upheld } => {
                let mut boards = self.boards.values_mut();
                if let Some(said) = boards.find_map(|board| board.said.get_mut(objection)) {
                    *said = Some(*upheld);
                }
            }
            What::Done { step, outcome, to, papers } => {
                self.done(act, step, (outcome, to.as_deref()), papers, &mut faults);
            }
            What::StoodAside => drop(self.tied.insert(act.person)),
            What::Compared { other } => drop(self.alike.insert(*other, true)),
            What::Objected { .. } | What::Resembled { .. } => {}
        }
        faults
    }

    fn filed(
        &mut self,
        act: &Act,
        step: &str,
        (fields, rows): (&BTreeMap<String, String>, &Rows),
        papers: &BTreeSet<String>,
        faults: &mut BTreeSet<Fault>,
    ) {
        let Some(demand) = self.table.step(step) else { return };
        self.begins(act, step, faults);
        if demand.own_form {
            self.outdate(demand, fields, rows);
            self.form.clone_from(fields);
            self.rows.clone_from(rows);
        }
        self.stands(step, act.person, papers);
    }

    /// What stood on a field that a new version changes falls, with all behind it but the filings.
    fn outdate(&mut self, filing: &Demand, fields: &BTreeMap<String, String>, rows: &Rows) {
        if self.form.is_empty() {
            return;
        }
        let text =
            |of: &BTreeMap<String, String>, id: &str| of.get(id).map_or("", |text| text.trim()).to_owned();
        let changed =
            |id: &&&str| text(&self.form, id) != text(fields, id) || self.rows.get(**id) != rows.get(**id);
        let table = self.table;
        let before = table.before(filing.step);
        let stood = table.steps.iter().filter(|d| d.stands_on.iter().any(|id| changed(&id)));
        let fallen: BTreeSet<&str> =
            stood.flat_map(|d| table.behind(d.step).into_iter().chain([d.step])).collect();
        let kept = |step: &str| {
            let files = table.step(step).is_some_and(|d| d.hand == Hand::Files);
            files && (step == filing.step || before.contains(step))
        };
        for step in fallen.into_iter().filter(|step| !kept(step)) {
            self.falls(step);
        }
    }

    fn falls(&mut self, step: &str) {
        self.standing.remove(step);
        self.signed.remove(step);
        self.boards.remove(step);
    }

    fn stands(&mut self, step: &str, person: i64, papers: &BTreeSet<String>) {
        let standing = self.standing.entry(step.to_owned()).or_default();
        standing.persons.insert(person);
        standing.papers.clone_from(papers);
    }

    /// What holds whenever somebody turns to a step.
    fn begins(&self, act: &Act, step: &str, faults: &mut BTreeSet<Fault>) {
        let Some(demand) = self.table.step(step) else { return };
        if self.over {
            faults.insert(Fault::Over);
        }
        if !demand.by.contains(&act.role.as_str()) {
            faults.insert(Fault::Role(step.to_owned()));
        }
        if matches!(demand.hand, Hand::Checks | Hand::Decides) && act.orgs.contains(&self.applicant) {
            faults.insert(Fault::OwnProject(act.person));
        }
        for before in
            self.table.before(step).into_iter().filter(|before| !self.standing.contains_key(*before))
        {
            faults.insert(Fault::Missing(before.to_owned()));
        }
    }

    fn done(
        &mut self,
        act: &Act,
        step: &str,
        (outcome, to): (&str, Option<&str>),
        papers: &BTreeSet<String>,
        faults: &mut BTreeSet<Fault>,
    ) {
        let Some(demand) = self.table.step(step) else { return };
        self.begins(act, step, faults);
        if let Some((_, usual)) = demand.returns.iter().find(|(id, _)| *id == outcome) {
            let to = to.unwrap_or(usual);
            for fallen in self.table.behind(to).into_iter().chain([to]) {
                self.falls(fallen);
            }
            self.falls(step);
            return;
        }
        if !demand.passes.contains(&outcome) {
            self.over = true;
            return;
        }
        if let Some(days) = demand.notice_days {
            self.ended(act.on, step, days, faults);
        }
        if demand.all_sign {
            let signed = self.signed.entry(step.to_owned()).or_default();
            signed.insert(act.role.clone(), act.person);
            if demand.by.iter().any(|role| !signed.contains_key(*role)) {
                return;
            }
            let persons: Vec<i64> = self.signed.remove(step).unwrap_or_default().into_values().collect();
            for person in &persons {
                self.stands(step, *person, papers);
            }
            let distinct: BTreeSet<&i64> = persons.iter().collect();
            if distinct.len() < persons.len() {
                faults.insert(Fault::OneHand(act.person));
            }
        }
        self.stands(step, act.person, papers);
        if demand.approves {
            self.approved += 1;
            self.sound(act, demand, faults);
        }
    }

    /// A notice ended as clear.
    fn ended(&self, on: Date, step: &str, days: i64, faults: &mut BTreeSet<Fault>) {
        let Some(board) = self.boards.get(step) else {
            faults.insert(Fault::NoticeShort(step.to_owned()));
            return;
        };
        // The day of posting does not count, and the last day belongs to the public.
        if board.posted.until(on).is_ok_and(|span| i64::from(span.get_days()) <= days) {
            faults.insert(Fault::NoticeShort(step.to_owned()));
        }
        if board.said.values().any(|answer| *answer != Some(false)) {
            faults.insert(Fault::Objection(step.to_owned()));
        }
    }

    /// All that an approval rests on.
    fn sound(&self, act: &Act, approval: &Demand, faults: &mut BTreeSet<Fault>) {
        let mut steps = self.table.before(approval.step);
        steps.insert(approval.step);
        for demand in steps.iter().filter_map(|step| self.table.step(step)) {
            let there = self.standing.get(demand.step).map(|standing| &standing.papers);
            for paper in demand.papers.iter().filter(|paper| self.wants(paper.when)) {
                if there.is_some_and(|there| !there.contains(paper.id)) {
                    faults.insert(Fault::Paper(demand.step.to_owned(), paper.id.to_owned()));
                }
            }
        }
        for target in self.table.targets.iter().filter(|id| self.text(id).is_empty()) {
            faults.insert(Fault::Target((*target).to_owned()));
        }
        if !self.linked() {
            faults.insert(Fault::Unlinked);
        }
        let hands = |hand: Hand| -> BTreeSet<i64> {
            let of = steps.iter().filter(|step| self.table.step(step).is_some_and(|d| d.hand == hand));
            of.filter_map(|step| self.standing.get(*step)).flat_map(|s| s.persons.iter().copied()).collect()
        };
        let (filed, checked) = (hands(Hand::Files), hands(Hand::Checks));
        for person in filed.intersection(&checked) {
            faults.insert(Fault::OneHand(*person));
        }
        if filed.contains(&act.person) || checked.contains(&act.person) {
            faults.insert(Fault::OneHand(act.person));
        }
        for (other, _) in self.alike.iter().filter(|(_, compared)| !**compared) {
            faults.insert(Fault::Alike(*other));
        }
    }

    fn text(&self, field: &str) -> &str {
        self.form.get(field).map_or("", |text| text.trim())
    }

    /// Whether a paper is wanted: always, or while a field does not have this value.
    fn wants(&self, unless: Option<(&str, &str)>) -> bool {
        unless.is_none_or(|(field, value)| self.text(field) != value)
    }

    fn linked(&self) -> bool {
        let number = |text: &str| text.trim().parse::<u64>().unwrap_or(0);
        let sum = |part: &str, column: &str| -> u64 {
            let rows = self.rows.get(part).into_iter().flatten();
            rows.map(|row| row.get(column).map_or(0, |text| number(text))).sum()
        };
        match self.table.link {
            Link::Rows { part, households, unless } => !self.wants(unless) || sum(part, households) > 0,
            Link::Number { field, unless } => !self.wants(unless) || number(self.text(field)) > 0,
            Link::Villages { part, column } => self.rows.get(part).is_some_and(|rows| {
                !rows.is_empty()
                    && rows.iter().all(|row| row.get(column).is_some_and(|text| !text.trim().is_empty()))
            }),
        }
    }
}
