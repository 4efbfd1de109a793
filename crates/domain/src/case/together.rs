//! A step done of several cases in one act: by one paper, on one day, with one opinion. Each case is decided as if it stood alone;
//! where the pack says so the rules then judge all of them at once. Nothing is done unless all of it is.

use super::act::{Around, Step, granted, one};
use super::event::Together;
use super::facts::{Counts, Judged, judge, says_yes, weigh};
use super::hands::{allowed, hands};
use super::{Case, Done, Event, OutcomeKind, open_steps};
use crate::actor::Context;
use crate::ids::{FactId, StepId};
use crate::refusal::{Reason, Refusal};
use kernel::Date;
use kernel::id::CaseId;
use policy::pack::{Given, Pack};
use policy::procedure::{Act, Step as PackStep};
use std::collections::{BTreeMap, BTreeSet};

/// The most cases that one act is about.
pub const MOST: usize = 500;

/// A case of an act, with what surrounds it.
pub type Among<'a> = (&'a Case, &'a Around);

/// By which papers cases passed a step: by step and number, which.
pub type Papers = BTreeMap<StepId, BTreeMap<String, BTreeSet<CaseId>>>;

/// A case of an act about several that is refused by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedCase {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Why.
    pub refusal: Refusal,
}

impl RefusedCase {
    fn of(case: &Case, refusal: Refusal) -> RefusedCase {
        RefusedCase { case: case.id, number: case.number.clone(), title: case.title.clone(), refusal }
    }
}

/// Does a step of several cases: what happens to each of them, in their order.
pub fn together(cases: &[Among<'_>], command: &Step, ctx: Context<'_>) -> Result<Vec<Vec<Event>>, Refusal> {
    let step = all_there(cases, command, ctx)?;
    let cases = with_counts(cases, ctx.pack);
    let (mut events, mut refused) = (Vec::new(), Vec::new());
    for (case, around) in &cases {
        match one(case, command.clone(), around, ctx) {
            Ok(done) => events.push(done),
            Err(refusal) => refused.push(RefusedCase::of(case, refusal)),
        }
    }
    if !refused.is_empty() {
        return Err(Refusal::under(step.cite.to_string(), listed(refused)));
    }
    let cases: Vec<Among<'_>> = cases.iter().map(|(case, around)| (*case, around)).collect();
    mark(step, &cases, command, &mut events, ctx)?;
    Ok(events)
}

/// Does such a step of one case: an act about this case only.
pub(super) fn alone(
    step: &PackStep,
    of: Among<'_>,
    command: Step,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let cases = with_counts(&[of], ctx.pack);
    let all: Vec<Among<'_>> = cases.iter().map(|(case, around)| (*case, around)).collect();
    let mut events = Vec::new();
    for (case, around) in &all {
        events.push(one(case, command.clone(), around, ctx)?);
    }
    mark(step, &all, &command, &mut events, ctx)?;
    Ok(events.into_iter().flatten().collect())
}

/// The step, when it is one of these and all cases stand at it; a refusal that names each that does not.
fn all_there<'p>(cases: &[Among<'_>], command: &Step, ctx: Context<'p>) -> Result<&'p PackStep, Refusal> {
    let step = ctx.pack.steps.get(&command.step);
    let Some((step, given)) = step.and_then(|step| Some((step, step.together.as_ref()?))) else {
        let name = step.map_or_else(|| command.step.clone(), |step| step.name.zh.clone());
        return Err(Reason::NotTogether { step: name }.into());
    };
    let cite = step.cite.to_string();
    allowed(step, ctx)?;
    let distinct: BTreeSet<CaseId> = cases.iter().map(|(case, _)| case.id).collect();
    if distinct.is_empty() || distinct.len() < cases.len() {
        return Err(Refusal::under(cite, Reason::TogetherUnnamed {}));
    }
    if cases.len() > MOST {
        return Err(Refusal::under(cite, Reason::TogetherTooMany { count: cases.len(), most: MOST }));
    }
    let year = cases.first().map(|(case, _)| case.year);
    let apart = |case: &Case| {
        let open = open_steps(ctx.pack, case).iter().any(|open| open.step.id == step.id);
        let rules = (&case.pack, &case.edition) == (&ctx.pack.id, &ctx.pack.edition);
        !rules || case.procedure != step.procedure || !open || (!given.is_empty() && Some(case.year) != year)
    };
    let apart: Vec<String> =
        cases.iter().filter(|(case, _)| apart(case)).map(|(case, _)| named(case)).collect();
    if apart.is_empty() {
        return Ok(step);
    }
    let (step, cases) = (step.name.zh.clone(), apart.join("、"));
    Err(Refusal::under(cite, Reason::NotAtStep { step, cases }))
}

fn named(case: &Case) -> String {
    format!("{}《{}》", case.number, case.title)
}

/// All refusals in one.
fn listed(cases: Vec<RefusedCase>) -> Reason {
    let said: Vec<_> = cases.iter().map(|refused| (refused, refused.refusal.reason.say())).collect();
    let cite = |refused: &RefusedCase| match refused.refusal.cite.as_str() {
        "" => String::new(),
        cite => format!("（{cite}）"),
    };
    let zh = said.iter().map(|(of, say)| {
        format!("{}《{}》{} {}{}", of.number, of.title, of.refusal.reason.code(), say.zh, cite(of))
    });
    let en = said.iter().map(|(of, say)| {
        format!("{} “{}” {} {}{}", of.number, of.title, of.refusal.reason.code(), say.en, cite(of))
    });
    let (zh, en) = (zh.collect::<Vec<_>>().join("；"), en.collect::<Vec<_>>().join("; "));
    Reason::TogetherRefused { count: cases.len(), cases, zh, en }
}

/// What is counted of an act, for the pack's facts.
pub fn tally(pack: &Pack, cases: &[&Case]) -> Counts {
    let mut counts = Counts::new();
    for fact in &pack.facts {
        let count = match &fact.gives {
            Some(Given::Together) => cases.len(),
            Some(Given::TogetherApplicants { field }) => {
                let yes = |case: &&&Case| field.as_ref().is_none_or(|field| says_yes(case, field));
                cases.iter().filter(yes).map(|case| case.applicant).collect::<BTreeSet<_>>().len()
            }
            _ => continue,
        };
        counts.insert(fact.id.clone(), i64::try_from(count).unwrap_or(i64::MAX));
    }
    counts
}

/// What surrounds a case of an act about which this is counted.
pub fn within(around: &Around, counts: &Counts) -> Around {
    let mut around = around.clone();
    around.counts.extend(counts.iter().map(|(fact, count)| (fact.clone(), *count)));
    around
}

fn with_counts<'a>(cases: &[Among<'a>], pack: &Pack) -> Vec<(&'a Case, Around)> {
    let all: Vec<&Case> = cases.iter().map(|(case, _)| *case).collect();
    let counts = tally(pack, &all);
    cases.iter().map(|(case, around)| (*case, within(around, &counts))).collect()
}

/// What the rules say of all of them at once; nothing where the step does not ask. They judge by the values of the day on which
/// the last of them was filed.
pub fn weigh_together(
    pack: &Pack,
    step: &PackStep,
    cases: &[Among<'_>],
    doing: &Step,
    today: Date,
) -> Option<Judged> {
    let given = step.together.as_ref().filter(|given| !given.is_empty())?;
    let (_, around) = cases.first()?;
    let all: Vec<&Case> = cases.iter().map(|(case, _)| *case).collect();
    let act: Vec<CaseId> = all.iter().map(|case| case.id).collect();
    let mut facts: BTreeMap<FactId, String> = BTreeMap::new();
    let mut counts = around.counts.clone();
    counts.extend(tally(pack, &all));
    for fact in &pack.facts {
        let text = match &fact.gives {
            Some(Given::OnePaper(of)) => {
                one_paper(&around.papers, of, Some(doing), &act).map(|yes| yes.to_string())
            }
            Some(_) => counts.get(&fact.id).map(i64::to_string),
            None => None,
        };
        facts.extend(text.map(|text| (fact.id.clone(), text)));
    }
    facts.extend(doing.records.iter().map(|record| (record.fact.clone(), record.value.clone())));
    facts.extend(given.iter().map(|(fact, value)| (fact.clone(), value.clone())));
    let as_of = all.iter().filter_map(|case| case.applied_on()).max().unwrap_or(today);
    Some(judge(pack, &facts, as_of, &around.set, None))
}

/// Judges all that pass at once and writes the act into what happens to each of them.
fn mark(
    step: &PackStep,
    cases: &[Among<'_>],
    command: &Step,
    events: &mut [Vec<Event>],
    ctx: Context<'_>,
) -> Result<(), Refusal> {
    let passes = events
        .iter()
        .flatten()
        .any(|event| matches!(event, Event::Stepped { kind: OutcomeKind::Pass | OutcomeKind::Complete, .. }));
    let judged = weigh_together(ctx.pack, step, cases, command, ctx.today).filter(|_| passes);
    let mut judgement = judged.map(|judged| granted(judged, step, ctx.pack)).transpose()?;
    let Some((lead, _)) = cases.first().filter(|_| cases.len() > 1 || judgement.is_some()) else {
        return Ok(());
    };
    let count = u32::try_from(cases.len()).unwrap_or(u32::MAX);
    for ((case, _), events) in cases.iter().zip(events) {
        for event in events {
            let Event::Stepped { together, .. } = event else { continue };
            let leads = case.id == lead.id;
            let all = cases.iter().filter(|_| leads).map(|(case, _)| case.id);
            let judgement = if leads { judgement.take() } else { None };
            *together = Some(Box::new(Together { lead: lead.id, count, cases: all.collect(), judgement }));
        }
    }
    Ok(())
}

/// What stands against doing the step of this case, whatever is still to be written: whose hands, what was not compared, what the
/// rules say with what is known. Only rules that are not met count; what they cannot tell yet is left open.
pub fn stopped(step: &PackStep, of: Among<'_>, doing: &Step, ctx: Context<'_>) -> Result<(), Refusal> {
    let (case, around) = of;
    hands(case, step, ctx)?;
    let uncompared = case.uncompared().count();
    if step.act == Act::Decide && uncompared > 0 {
        return Err(Refusal::under(step.cite.to_string(), Reason::AlikeOpen { count: uncompared }));
    }
    if !step.judge {
        return Ok(());
    }
    let judged = weigh(ctx.pack, case, step, around, Some(doing), ctx.today);
    if judged.judgement.unmet.is_empty() && judged.judgement.outcome != "invalid" {
        return Ok(());
    }
    granted(judged, step, ctx.pack).map(|_| ())
}

/// The number of the paper by which a step was done: of the document that it issues, else what was noted as `number` or `document`.
pub fn paper_of(done: &Done) -> &str {
    paper_number(done.document.as_deref(), &done.notes)
}

fn paper_number<'a>(document: Option<&'a str>, notes: &'a BTreeMap<String, String>) -> &'a str {
    let noted = ["number", "document"].into_iter().filter_map(|note| notes.get(note)).map(String::as_str);
    document.into_iter().chain(noted).map(str::trim).find(|number| !number.is_empty()).unwrap_or_default()
}

/// Whether all cases of the year that passed a step did so by one paper, the one of this act included. Unknown while an act that
/// follows others does not say its number.
pub(super) fn one_paper(papers: &Papers, step: &str, doing: Option<&Step>, act: &[CaseId]) -> Option<bool> {
    let none = BTreeMap::new();
    let known = papers.get(step).unwrap_or(&none);
    let Some(doing) = doing.filter(|doing| doing.step == step) else { return Some(known.len() <= 1) };
    let others = |(_, cases): &(&String, &BTreeSet<CaseId>)| cases.iter().any(|case| !act.contains(case));
    let mut others = known.iter().filter(others).map(|(number, _)| number.as_str());
    match paper_number(doing.document.as_deref(), &doing.notes) {
        "" => others.next().is_none().then_some(true),
        own => Some(others.all(|number| number == own)),
    }
}
