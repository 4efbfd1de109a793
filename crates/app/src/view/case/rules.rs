//! The rule panel of a case: what the rules say to the facts known now, or what they said in the transaction that decided.

use crate::command::Failure;
use crate::ports::Fault;
use crate::rows::{CaseFilter, Scope};
use crate::usecase::award_keys;
use crate::view::Viewer;
use crate::view::cases::everything;
use crate::view::qualify_words::without_cite;
use crate::writer::App;
use domain::Stream;
use domain::case::{Case, Counts, Judged, Judgement, decide_grant, judge, open_steps};
use domain::year::Year;
use kernel::Date;
use kernel::Money;
use kernel::id::CaseId;
use kernel::region::Gazetteer;
use policy::pack::{CountBy, Interpretation, Pack, Words};
use policy::procedure::Act;
use policy::ruleset::{AmountTrace, Operand, RuleKind, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// What one rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleLineShown {
    /// Its name.
    pub name: Words,
    /// Where it stands.
    pub cite: String,
    /// Met, not met, cannot be told.
    pub verdict: Verdict,
    /// The sentence with its numbers.
    pub sentence: Words,
    /// What to do when it is not met.
    pub remedy: Option<Words>,
    /// It gates; otherwise it only ranks.
    pub gates: bool,
    /// What it read.
    pub operands: Vec<Operand>,
}

/// The rule panel.
#[derive(Debug, Clone)]
pub struct CaseRules {
    /// The day whose values were used.
    pub as_of: Date,
    /// It is the decision as it was made, not a live one.
    pub decided: bool,
    /// `grant`, `refuse`, `pending` or `invalid`.
    pub outcome: String,
    /// The amount, when granted.
    pub amount: Option<Money>,
    /// The amount with its terms.
    pub trace: Option<AmountTrace>,
    /// The article of the amount.
    pub amount_cite: String,
    /// Every rule.
    pub rules: Vec<RuleLineShown>,
    /// What is missing: its name and the papers that prove it.
    pub missing: Vec<(Words, Vec<Words>)>,
    /// Readings and recorded conflicts, conflicts first.
    pub readings: Vec<Interpretation>,
    /// Values that the year set.
    pub set: Vec<(Words, String)>,
}

/// Facts that say which matter is judged, by id.
type Given = BTreeMap<String, String>;

/// Whether the rules decide on cases of this procedure: at a step that asks them, or where an amount is granted by them.
fn is_judged(pack: &Pack, procedure: &str) -> bool {
    let grants = pack.grant.is_some();
    let decides = |act: Act| grants && matches!(act, Act::Inspect | Act::Propose | Act::Decide);
    pack.steps.iter().any(|s| s.procedure == procedure && (s.judge || decides(s.act)))
}

impl App {
    /// The rule panel of a case; `None` where the rules decide nothing.
    pub fn case_rules(&self, viewer: &Viewer, id: CaseId) -> Result<Option<CaseRules>, Failure> {
        let case = self.case_read(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        if !is_judged(&pack, &case.procedure) {
            return Ok(None);
        }
        let weighed = last_weighed(&case);
        let decided = case.award.as_ref().map(|award| &award.judgement).or(weighed.map(|(said, _)| said));
        let none = Given::new();
        let given = match weighed.map(|(_, step)| pack.steps.get(step)) {
            Some(step) => step.map_or(&none, |step| &step.given),
            None => given_next(&pack, &case).unwrap_or(&none),
        };
        let judged = match decided {
            Some(said) => judge(&pack, &said.facts, said.as_of, &said.set, None),
            None => self.judged_of(&pack, &case, given)?,
        };
        let rules = rules(&pack, &judged, decided.is_some(), given);
        Ok(Some(rules).filter(|rules| !rules.rules.is_empty() || rules.trace.is_some()))
    }

    /// What the rules say now, with the earlier grants that the rows show. The deciding transaction counts again.
    pub(in crate::view) fn judged_now(&self, pack: &Pack, case: &Case) -> Result<Judged, Failure> {
        self.judged_of(pack, case, &Given::new())
    }

    /// The same of one matter, which these facts name.
    fn judged_of(&self, pack: &Pack, case: &Case, given: &Given) -> Result<Judged, Failure> {
        let counts = self.granted_before(pack, case)?;
        let year = self.year(&case.pack, case.year)?;
        if let Some(year) = year.as_ref().filter(|_| given.is_empty()) {
            return Ok(decide_grant(pack, case, &counts, year, None));
        }
        let mut facts = domain::case::facts_of(pack, case, &counts);
        facts.extend(given.clone());
        let set = year.map(|year| year.terms.set).unwrap_or_default();
        Ok(judge(pack, &facts, case.applied_on().unwrap_or(pack.in_force.from), &set, None))
    }

    /// The year of a case, if it is open.
    pub(in crate::view) fn year_of_case(&self, case: &Case) -> Result<Option<Year>, Fault> {
        self.year(&case.pack, case.year)
    }
}

/// What the rules said at the last step that asked them and still stands, and which step it was.
fn last_weighed(case: &Case) -> Option<(&Judgement, &str)> {
    let mut standing = case.trail.iter().rev().filter(|done| !done.void);
    standing.find_map(|done| Some((done.judgement.as_ref()?, done.step.as_str())))
}

/// With which facts the step judges that comes next: one that is open, else the first that is not done.
fn given_next<'p>(pack: &'p Pack, case: &Case) -> Option<&'p Given> {
    let open = open_steps(pack, case).into_iter().map(|open| open.step);
    let ahead =
        pack.steps.iter().filter(|step| step.procedure == case.procedure && case.done(&step.id).is_none());
    open.chain(ahead).find(|step| step.judge).map(|step| &step.given)
}

/// The rules that hold by these facts alone: they are about other matters than the one that the facts name.
pub(in crate::view) fn elsewhere(
    pack: &Pack,
    given: &Given,
    as_of: Date,
    set: &BTreeMap<String, String>,
) -> BTreeSet<String> {
    let bare = judge(pack, given, as_of, set, None).explanation.filter(|_| !given.is_empty());
    let rules = bare.into_iter().flat_map(|all| all.rules);
    rules.filter(|rule| rule.outcome == Verdict::Met).map(|rule| rule.id).collect()
}

/// Shapes what the rules said; `given` says which matter it is, rules of other matters are left out.
pub(in crate::view) fn rules(pack: &Pack, judged: &Judged, decided: bool, given: &Given) -> CaseRules {
    let explanation = judged.explanation.as_ref();
    let others = elsewhere(pack, given, judged.judgement.as_of, &judged.judgement.set);
    let line = |rule: &policy::ruleset::RuleResult| {
        let of = pack.rules.get(&rule.id);
        RuleLineShown {
            name: Words::new(rule.name_zh.clone(), rule.name_en.clone()),
            cite: of.map_or_else(|| rule.article.clone(), |r| r.cite.to_string()),
            verdict: rule.outcome,
            sentence: without_cite(&rule.sentence_zh, &rule.sentence_en, &rule.article, rule.item.as_deref()),
            remedy: of.and_then(|r| r.remedy.clone()).filter(|_| rule.outcome == Verdict::NotMet),
            gates: rule.kind == RuleKind::Need,
            operands: rule.operands.clone(),
        }
    };
    let papers = |fact: &str| pack.papers_for_fact(fact).into_iter().map(|p| p.name.clone()).collect();
    let read_by = |shown: bool| -> BTreeSet<&String> {
        let rules = explanation.iter().flat_map(|e| &e.rules);
        rules
            .filter(|rule| others.contains(&rule.id) != shown)
            .flat_map(|rule| &rule.interpretations)
            .collect()
    };
    let (own, of_others) = (read_by(true), read_by(false));
    let mut readings: Vec<Interpretation> = explanation
        .iter()
        .flat_map(|e| &e.interpretations)
        .filter(|id| own.contains(id) || !of_others.contains(id))
        .filter_map(|id| pack.interpretations.get(id).cloned())
        .collect();
    readings.sort_by_key(|r| !r.conflict);
    CaseRules {
        as_of: judged.judgement.as_of,
        decided,
        outcome: judged.judgement.outcome.clone(),
        amount: judged.judgement.amount,
        trace: explanation.and_then(|e| e.computation.clone()),
        amount_cite: judged.amount_cite.clone(),
        rules: explanation.map_or_else(Vec::new, |e| {
            e.rules.iter().filter(|rule| !others.contains(&rule.id)).map(line).collect()
        }),
        missing: explanation
            .iter()
            .flat_map(|e| &e.missing)
            .map(|m| (m.name.clone(), papers(&m.id)))
            .collect(),
        readings,
        set: judged
            .judgement
            .set
            .iter()
            .map(|(target, value)| (target_words(pack, target), value.clone()))
            .collect(),
    }
}

/// `year_rate[project]` in words: 当年资助比例（项目投资补贴）.
fn target_words(pack: &Pack, target: &str) -> Words {
    let (id, member) =
        target.split_once('[').map_or((target, ""), |(id, rest)| (id, rest.trim_end_matches(']')));
    let Some(param) = pack.params.get(id) else { return Words::new(target, target) };
    let list = param.by.as_deref().and_then(|by| pack.enums.get(by));
    match list.and_then(|l| l.members.iter().find(|m| m.id == member)) {
        Some(m) => Words::new(
            format!("{}（{}）", param.name.zh, m.name.zh),
            format!("{} ({})", param.name.en, m.name.en),
        ),
        None => param.name.clone(),
    }
}

impl App {
    /// Earlier grants by what the pack counts, from the rows and states of granted cases other than this one.
    pub(in crate::view) fn granted_before(&self, pack: &Pack, case: &Case) -> Result<Counts, Failure> {
        let counted: Vec<_> =
            pack.facts.iter().filter_map(|f| Some((f.id.clone(), f.count.clone()?))).collect();
        let mut counts: Counts = counted.iter().map(|(id, _)| (id.clone(), 0)).collect();
        if counted.is_empty() {
            return Ok(counts);
        }
        let keys = award_keys(case);
        for standing in ["granted", "paid"] {
            let mut after = None;
            loop {
                let base = everything(Scope::All, 500);
                let page =
                    self.reads.cases(&CaseFilter { after, standing: Some(standing.to_owned()), ..base })?;
                for row in page
                    .rows
                    .iter()
                    .filter(|r| r.case != case.id && r.pack == case.pack && may_share(r, case))
                {
                    let acts = self.reads.stream(&Stream::Case(row.case).key())?;
                    let Some(other) = crate::history::case(&acts)? else { continue };
                    let other = award_keys(&other);
                    for (fact, count) in &counted {
                        let same = count.by.iter().all(|by| match by {
                            CountBy::Company => other.0 == keys.0,
                            CountBy::Investor => other.1 == keys.1,
                            CountBy::County => other.2 == keys.2,
                        });
                        if same {
                            *counts.entry(fact.clone()).or_default() += 1;
                        }
                    }
                }
                match page.next {
                    Some(next) => after = Some(next),
                    None => break,
                }
            }
        }
        Ok(counts)
    }
}

/// Whether a row may share a key with a case; only then is its state read.
fn may_share(row: &crate::rows::CaseRow, case: &Case) -> bool {
    let county = case.parties.get("county").and_then(|c| c.parse().ok());
    let same_place = row.county.zip(county).is_some_and(|(a, b)| a == b || Gazetteer::get().same_place(a, b));
    row.applicant == case.applicant
        || same_place
        || case.parties.get("company_name") == Some(&row.company_name)
}
