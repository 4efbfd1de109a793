//! Papers, uses, notices, duties, readings of unclear places, settings.

use kernel::term::Term;

use super::{Cite, ElementKind, EnumMember, Formula, Id, Words};

/// Whose seal a paper bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// The enterprise that hands it in.
    Company,
    /// The bank.
    Bank,
    /// The authority that issued it.
    Authority,
    /// None.
    None,
}

/// A paper to hand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Only when this holds of the case's facts.
    pub when: Option<Formula>,
    /// Seals it bears.
    pub seals: Vec<Seal>,
    /// May be missing: another paper or number may stand for it.
    pub optional: bool,
    /// A remark: what may stand for it.
    pub note: Option<Words>,
    /// Citation.
    pub cite: Cite,
}

/// What money may and may not be used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Only when this holds.
    pub when: Option<Formula>,
    /// Permitted.
    pub allow: Vec<String>,
    /// Prohibited.
    pub forbid: Vec<String>,
    /// Citation.
    pub cite: Cite,
}

/// One stage of a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Id, unique in the course.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// The steps, of any procedure, that it consists of: it is done when all of them that concern the project are.
    pub steps: Vec<Id>,
}

/// A named way through the procedures (七流程、八步骤), so that where a project stands can be read off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Its stages in order.
    pub stages: Vec<Stage>,
    /// Citation.
    pub cite: Cite,
}

/// One thing that a notice must state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Key.
    pub key: Id,
    /// Name.
    pub name: Words,
}

/// How far an objection stops things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocks {
    /// The item objected to; the others go on.
    Item,
    /// Everything in the notice.
    All,
}

/// What an objection does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// Who answers.
    pub by: Id,
    /// Until when.
    pub within: Option<Term>,
    /// What waits.
    pub blocks: Blocks,
}

/// A public notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Where it is posted; all of them must be recorded.
    pub places: Vec<Words>,
    /// For how long (`for` in the pack).
    pub term: Term,
    /// What it must state.
    pub content: Vec<Content>,
    /// Objections.
    pub objection: Option<Objection>,
    /// Citation.
    pub cite: Cite,
}

/// Which date of a step starts a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventDate {
    /// The day the step was done.
    Done,
    /// The date of the seal on the decision.
    Stamp,
    /// The day of posting.
    Posted,
    /// The day the notice ended.
    Ended,
}

/// A date of a step: `decide.stamp`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// Step id.
    pub step: Id,
    /// Which of its dates.
    pub date: EventDate,
}

/// A duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// On which role.
    pub on: Id,
    /// What must be done.
    pub must: Words,
    /// Starts at.
    pub from: Option<Event>,
    /// Lasts (`for` in the pack).
    pub term: Option<Term>,
    /// Looked at every so often.
    pub checks: Option<Term>,
    /// The step that fulfils it, if one does.
    pub done_by: Option<Id>,
    /// Exceptions that the text allows.
    pub except: Option<Words>,
    /// What follows on breach.
    pub breach: Option<Words>,
    /// Citation.
    pub cite: Cite,
}

/// A reading of an unclear place, or a recorded conflict of the text with itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interpretation {
    /// Id.
    pub id: Id,
    /// What is unclear.
    pub about: Words,
    /// The places concerned.
    pub between: Vec<String>,
    /// How it is read.
    pub reading: Words,
    /// What the program therefore does.
    pub effect: Words,
    /// The text contradicts itself here.
    pub conflict: bool,
    /// Rules that it bears on: shown with their results.
    pub rules: Vec<Id>,
    /// The setting that carries the choice, if it is one.
    pub setting: Option<Id>,
    /// Citation.
    pub cite: Cite,
}

/// One thing that the regulation demands of the program: where it is obeyed, or what is still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its number, such as `AB-03.2`.
    pub id: Id,
    /// What it is about.
    pub name: Words,
    /// What of the pack obeys it.
    pub elements: Vec<(ElementKind, Id)>,
    /// The pages where people meet it, as the router writes their addresses.
    pub screens: Vec<String>,
    /// The tests that hold it: `crate::path::name`, or a file of browser journeys with a title.
    pub tests: Vec<String>,
    /// What the program does not do yet.
    pub later: Option<Words>,
    /// Citation.
    pub cite: Cite,
}

/// A choice with a default that an office may harden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Default.
    pub value: SettingValue,
    /// Values it may take, for a closed choice (ids with names).
    pub choices: Vec<EnumMember>,
    /// Where the default comes from.
    pub source: Words,
    /// Citation.
    pub cite: Cite,
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingValue {
    /// Yes or no.
    Bool(bool),
    /// A term.
    Term(Term),
    /// A number.
    Number(i64),
    /// One of `choices`.
    Choice(Id),
}
