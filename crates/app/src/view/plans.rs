//! Plans: the list, and one plan as a ranked table with the money that it would take.

use super::money::{FundNow, YearMoney, add};
use super::plans_judge::{Bench, ItemJudged, every_case};
use super::plans_rank::{RankKey, RankReason, county_of, rank_key};
use super::viewer::Viewer;
use super::years::{YearParam, year_params};
use super::{place_name, value_words};
use crate::command::Failure;
use crate::rows::{CaseFilter, PlanRow, Scope};
use crate::writer::App;
use domain::case::{Case, Standing, facts_of, open_steps, satisfied};
use domain::plan::{Item, Plan};
use domain::{Reason, Stream};
use kernel::id::{CaseId, ObjectionId, PlanId};
use kernel::ratio::Ratio;
use kernel::{Date, Money};
use policy::pack::{Pack, Words};
use policy::procedure::{Act, Step, Subject};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The list of plans.
#[derive(Debug, Clone)]
pub struct PlanList {
    /// The plans, newest first.
    pub plans: Vec<PlanRow>,
    /// Procedures and years with cases that wait for a plan.
    pub waiting: Vec<Waiting>,
}

/// Cases that wait for a plan.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The procedure.
    pub procedure: String,
    /// Its name.
    pub name: Words,
    /// The year.
    pub year: i16,
    /// How many wait.
    pub cases: usize,
    /// The sum proposed.
    pub proposed: Money,
    /// The article of planning.
    pub cite: String,
    /// The role that plans.
    pub by: String,
}

/// One line of a plan's table: an item, or a case that could become one.
#[derive(Debug, Clone)]
pub struct PlanLine {
    /// Its place in the order, from 1.
    pub rank: usize,
    /// Why it stands there.
    pub reasons: Vec<RankReason>,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The applicant.
    pub applicant: String,
    /// The project enterprise.
    pub company: String,
    /// The county.
    pub county: String,
    /// What the yearly values are tabulated by, for this case: its mode.
    pub kinds: Vec<Words>,
    /// The ratio proposed.
    pub ratio: Option<Ratio>,
    /// The amount proposed.
    pub proposed: Money,
    /// What the rules allow now.
    pub judged: ItemJudged,
    /// The item, when it is in the plan.
    pub item: Option<Item>,
    /// Objections without an answer.
    pub objections: Vec<ObjectionId>,
    /// Where it stands: the step of the plan that is open for it.
    pub stage: Words,
    key: RankKey,
}

impl PlanLine {
    /// What it would receive: the verdict, the plan, or the proposal.
    pub fn amount(&self) -> Money {
        match &self.item {
            Some(Item { verdict: Some((true, amount)), .. }) => *amount,
            Some(Item { verdict: Some((false, _)), .. }) => Money::ZERO,
            Some(item) => item.amount,
            None => self.proposed,
        }
    }
}

/// What the plan takes of the year and the fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanMoney {
    /// The sum of all items.
    pub total: Money,
    /// Of which not determined yet: still to come out of the year.
    pub pending: Money,
    /// The year.
    pub year: YearMoney,
    /// The fund.
    pub fund: FundNow,
    /// Granted in all years and fees paid in all years.
    pub fund_used: Money,
}

impl PlanMoney {
    /// What the year would have left; negative when the plan takes too much.
    pub fn year_after(&self) -> Money {
        self.year.left.checked_sub(self.pending).unwrap_or(Money::ZERO)
    }

    /// What the fund would have left of its ceiling, after grants and fees.
    pub fn fund_after(&self) -> Money {
        let used = add(self.fund_used, self.pending);
        self.fund.ceiling.checked_sub(used).unwrap_or(Money::ZERO)
    }
}

/// A step of the plan that can be done now.
#[derive(Debug, Clone)]
pub struct PlanTask {
    /// The step.
    pub step: Step,
    /// The role that does it.
    pub by: Words,
    /// For how many items.
    pub items: usize,
    /// Until when.
    pub due: Option<kernel::deadline::Due>,
}

/// One plan.
#[derive(Debug, Clone)]
pub struct PlanPage {
    /// The plan.
    pub plan: Plan,
    /// Its pack.
    pub pack: Arc<Pack>,
    /// The names of the kinds that the yearly values are tabulated by.
    pub kind_heads: Vec<Words>,
    /// Items and candidates, ranked.
    pub lines: Vec<PlanLine>,
    /// Its money.
    pub money: PlanMoney,
    /// Its steps in order, with the day each was done last.
    pub steps: Vec<(Step, Option<Date>)>,
    /// What can be done now.
    pub tasks: Vec<PlanTask>,
    /// The values of the year, with what is set.
    pub params: Vec<(YearParam, String)>,
    /// Who did what: words, who, milliseconds, article.
    pub history: Vec<super::years::YearHappened>,
    /// Numbers of cases that were in it or are.
    pub numbers: BTreeMap<CaseId, String>,
}

impl App {
    /// The list of plans, for those who see all cases.
    pub fn plan_list(&self, viewer: &Viewer) -> Result<PlanList, Failure> {
        if viewer.scope != Scope::All {
            return Err(Reason::NotFound { what: "方案".into() }.into());
        }
        let pack = &viewer.pack;
        let mut waiting = Vec::new();
        for step in pack.steps.iter().filter(|s| s.act == Act::Plan && s.on == Subject::Plan) {
            for year in self.reads.years(&pack.id)? {
                let cases = self.ready_cases(pack, step, year.year)?;
                let proposed = Money::sum(cases.iter().filter_map(|c| c.proposal.as_ref()).map(|p| p.amount));
                waiting.push(Waiting {
                    procedure: step.procedure.clone(),
                    name: pack
                        .procedures
                        .get(&step.procedure)
                        .map_or_else(Words::default, |p| p.name.clone()),
                    year: year.year,
                    cases: cases.len(),
                    proposed: proposed.unwrap_or(Money::MAX),
                    cite: step.cite.to_string(),
                    by: step.by.clone(),
                });
            }
        }
        Ok(PlanList { plans: self.reads.plans(&pack.id, None)?, waiting })
    }

    /// The cases of a procedure and year that wait for a plan.
    fn ready_cases(&self, pack: &Pack, step: &Step, year: i16) -> Result<Vec<Case>, Failure> {
        let filter = CaseFilter {
            procedure: Some(step.procedure.clone()),
            year: Some(year),
            standing: Some("open".into()),
            ..every_case()
        };
        let mut cases = Vec::new();
        // The row names the step that is open; the state says it surely.
        for row in
            self.every_row(&filter)?.into_iter().filter(|r| r.plan.is_none() && r.stage == step.name.zh)
        {
            cases.extend(self.case_state(row.case)?.filter(|case| ready_to_plan(pack, step, case)));
        }
        Ok(cases)
    }

    /// One plan.
    pub fn plan_page(&self, viewer: &Viewer, id: PlanId) -> Result<PlanPage, Failure> {
        let plan = self.plan(viewer, id)?;
        let pack = self.edition(&plan.pack, &plan.edition)?;
        let bench = self.bench(&pack, plan.year)?;
        let mut cases = Vec::new();
        for case in plan.items.keys() {
            cases.extend(self.case_state(*case)?);
        }
        let planning = plan.steps(&pack).into_iter().find(|s| s.act == Act::Plan);
        if let Some(step) = planning.filter(|_| !plan.fixed()) {
            cases.extend(self.ready_cases(&pack, step, plan.year)?);
        }
        let kinds = kind_enums(&pack);
        let mut lines = Vec::new();
        for case in &cases {
            lines.push(self.plan_line(&bench, &plan, case, &kinds)?);
        }
        lines.sort_by(|a, b| a.key.cmp(&b.key));
        for (index, line) in lines.iter_mut().enumerate() {
            line.rank = index + 1;
        }
        let mut numbers: BTreeMap<CaseId, String> =
            lines.iter().map(|l| (l.case, l.number.clone())).collect();
        for (case, _) in &plan.dropped {
            if let Some(row) = self.reads.case(*case)? {
                numbers.insert(*case, row.number);
            }
        }
        Ok(PlanPage {
            kind_heads: kinds.iter().filter_map(|id| pack.enums.get(id)).map(|e| e.name.clone()).collect(),
            lines,
            money: self.plan_money(&pack, &plan)?,
            steps: steps_of(&pack, &plan),
            tasks: tasks_of(&pack, &plan),
            params: params_set(&pack, &bench),
            history: self.plan_history(&plan)?,
            numbers,
            pack,
            plan,
        })
    }

    /// What the rules are asked with, for a year that is open.
    pub(super) fn bench(&self, pack: &Arc<Pack>, year: i16) -> Result<Bench, Failure> {
        let state = self.year(&pack.id, year)?.ok_or(Reason::YearNotOpen { year })?;
        Bench::load(self, pack, state)
    }

    fn plan_line(
        &self,
        bench: &Bench,
        plan: &Plan,
        case: &Case,
        kinds: &[String],
    ) -> Result<PlanLine, Failure> {
        let pack = &bench.pack;
        let judged = bench.judge(case, &[]);
        let (key, reasons) = rank_key(pack, &bench.year, case, &judged.preferred);
        let facts = facts_of(pack, case, &BTreeMap::new());
        let item = plan.items.get(&case.id).cloned();
        let open = plan.open_steps(pack);
        let stage = open.iter().find(|o| o.items.contains(&case.id)).map(|o| o.step.name.clone());
        Ok(PlanLine {
            rank: 0,
            reasons,
            case: case.id,
            number: case.number.clone(),
            title: case.title.clone(),
            applicant: self.reads.org(case.applicant)?.map_or_else(String::new, |o| o.name),
            company: case.parties.get("company_name").cloned().unwrap_or_default(),
            county: county_of(case).map_or_else(String::new, place_name),
            kinds: kinds.iter().map(|id| member_of(pack, id, &facts)).collect(),
            ratio: case.proposal.as_ref().map(|p| p.ratio),
            proposed: case.proposal.as_ref().map_or(Money::ZERO, |p| p.amount),
            judged,
            objections: plan.open_objections(case.id).into_iter().filter(|_| item.is_some()).collect(),
            stage: stage.unwrap_or_default(),
            item,
            key,
        })
    }

    /// What a plan takes of its year and of the fund.
    pub(super) fn plan_money(&self, pack: &Pack, plan: &Plan) -> Result<PlanMoney, Failure> {
        let years = self.years_money(pack)?;
        let year = years.iter().find(|y| y.year == plan.year).copied();
        let year = year.ok_or_else(|| Failure::from(Reason::YearNotOpen { year: plan.year }))?;
        let pending = plan.items.values().filter(|item| item.verdict.is_none()).map(|item| item.amount);
        let used = years.iter().flat_map(|y| [y.committed, y.fees]);
        Ok(PlanMoney {
            total: plan.total().unwrap_or(Money::MAX),
            pending: Money::sum(pending).unwrap_or(Money::MAX),
            year,
            fund: self.fund_now(pack)?,
            fund_used: Money::sum(used).unwrap_or(Money::MAX),
        })
    }

    fn plan_history(&self, plan: &Plan) -> Result<Vec<super::years::YearHappened>, Failure> {
        let mut lines = Vec::new();
        for act in self.reads.stream(&Stream::Plan(plan.id).key())? {
            let detail = self.plan_detail(plan, &act)?;
            lines.push(super::years::YearHappened {
                seq: act.seq,
                at: act.at,
                what: super::money::kind_words(&act),
                who: self.actor_words(&act)?,
                detail,
                cite: act.article.unwrap_or_default(),
            });
        }
        lines.reverse();
        Ok(lines)
    }
}

impl App {
    /// What an act of a plan says of an item: its number, the amount, the reason.
    fn plan_detail(&self, plan: &Plan, act: &journal::ActEnvelope) -> Result<Vec<Words>, Failure> {
        use domain::plan::Event as Of;
        let domain::Event::Plan(event) = crate::history::event(act)? else { return Ok(Vec::new()) };
        let number = |case: CaseId| -> Result<String, Failure> {
            Ok(self.reads.case(case)?.map_or_else(|| case.to_string(), |row| row.number))
        };
        let receipt =
            |id: &ObjectionId| plan.objections.get(id).map_or_else(String::new, |o| o.receipt.clone());
        let text = match event {
            Of::ItemSet { case, amount, note } => {
                let note = if note.is_empty() { note } else { format!("，{note}") };
                format!("{} {}元{note}", number(case)?, amount.grouped())
            }
            Of::ItemDropped { case, why } => format!("{}：{why}", number(case)?),
            Of::Posted { number, .. } => number,
            Of::Objected { receipt, .. } => receipt,
            Of::Answered { objection, answer, .. } => format!("{}：{answer}", receipt(&objection)),
            Of::Determined { document, .. } => document,
            Of::Remitted { voucher, .. } => voucher,
            _ => return Ok(Vec::new()),
        };
        Ok(vec![Words::new(text.clone(), text)])
    }
}

/// Whether a case can be put into a plan: everything before is done, it is in no plan, nothing else is open on it.
fn ready_to_plan(pack: &Pack, step: &Step, case: &Case) -> bool {
    case.plan.is_none()
        && case.standing() == Standing::Open
        && case.proposal.is_some()
        && !step.after.is_empty()
        && step.after.iter().all(|after| satisfied(case, after))
        && open_steps(pack, case).is_empty()
}

/// The closed lists that the year's values are tabulated by.
fn kind_enums(pack: &Pack) -> Vec<String> {
    let sets = pack.steps.iter().filter(|s| s.act == Act::Open).flat_map(|s| &s.sets);
    let mut kinds: Vec<String> = sets.filter_map(|id| pack.params.get(id)?.by.clone()).collect();
    kinds.dedup();
    kinds
}

/// The member of a closed list that a case's facts choose.
fn member_of(pack: &Pack, list: &str, facts: &BTreeMap<String, String>) -> Words {
    let mut chosen = pack.facts.iter().filter(|f| {
        let of = match &f.ty {
            policy::lang::Type::Enum(of) => pack.env.enums().get(of.index()).map(|e| e.id.as_str()),
            _ => None,
        };
        of == Some(list)
    });
    let value = chosen.find_map(|f| facts.get(&f.id));
    let member = pack.enums.get(list).zip(value).and_then(|(l, v)| l.members.iter().find(|m| m.id == *v));
    member.map_or_else(Words::default, |m| m.name.clone())
}

/// The steps of a plan with the last day on which each was done for an item.
fn steps_of(pack: &Pack, plan: &Plan) -> Vec<(Step, Option<Date>)> {
    let done = |step: &Step| plan.items.values().filter_map(|item| item.done.get(&step.id)).max().copied();
    plan.steps(pack).into_iter().map(|step| (step.clone(), done(step))).collect()
}

fn tasks_of(pack: &Pack, plan: &Plan) -> Vec<PlanTask> {
    let open = plan.open_steps(pack).into_iter();
    open.map(|o| PlanTask {
        by: pack.roles.get(&o.step.by).map_or_else(Words::default, |r| r.name.clone()),
        step: o.step.clone(),
        items: o.items.len(),
        due: o.due,
    })
    .collect()
}

/// The values of a year as they are set, or as the pack gives them.
pub(super) fn params_set(pack: &Pack, bench: &Bench) -> Vec<(YearParam, String)> {
    let set = &bench.year.terms.set;
    let params = year_params(pack, bench.year.year).into_iter();
    params
        .map(|p| (set.get(&p.key).cloned().unwrap_or_else(|| p.usual.clone()), p))
        .map(|(v, p)| (p, v))
        .collect()
}

/// A value of the pack in words, for a parameter as it is typed.
pub fn typed_words(pack: &Pack, param: &str, text: &str) -> Words {
    let of = pack.params.get(param);
    let value = of.and_then(|p| policy::lang::parse_value(text, &p.ty, &pack.env).ok().map(|v| (v, p)));
    value.map_or_else(|| Words::new(text, text), |(v, p)| value_words(pack, &v, &p.ty))
}
