//! The life of a project on the stage: filed, walked through the steps of the pack by people who hold the roles, to the step that
//! the story wants. What a step asks for comes from the pack, so one way of walking serves every regime.

use super::fill::{self, Told};
use super::stage::{Prj, Stage, yuan};
use crate::demo::cast::submit;
use anyhow::{Context, Result, anyhow, bail};
use app::rows::OrgFilter;
use app::view::state::{Case, Posting};
use app::{Command, Who};
use domain::Stream;
use domain::case::{self, Aside, Check, Paper, Record, Step, files, open_steps};
use kernel::calendar::Calendar;
use kernel::id::{CaseId, ProjectId};
use policy::form::FormData;
use policy::pack::Pack;
use policy::procedure::{Act, OutcomeKind, Step as PackStep};
use std::collections::BTreeMap;

/// A life as a story tells it.
#[derive(Debug, Clone)]
pub struct Life {
    /// Sign-in name of the one who files.
    pub who: &'static str,
    /// What is said of it.
    pub told: Told,
}

/// The way of a project until money may be registered for it: procedures, each with the step that it is walked to.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// Procedures and steps.
    pub chain: &'static [(&'static str, &'static str)],
    /// Who files, where it is not the unit of the project.
    pub by: Option<&'static str>,
    /// What is said of every project.
    pub told: &'static [(&'static str, &'static str)],
}

/// What a project says of itself wherever a form asks.
fn told(spec: &Prj, unit: &str, more: &[(&str, &str)]) -> Result<Told> {
    let mut own = kernel::Money::ZERO;
    for (_, _, _, amount) in spec.lines {
        own = own.checked_add(yuan(amount)?).context("too much")?;
    }
    let total = own.checked_add(yuan(spec.levered)?).context("too much")?;
    let wan = |amount: kernel::Money| format!("{}.{:06}", amount.fen() / 1_000_000, amount.fen() % 1_000_000);
    let (year, start, end) = (spec.year, format!("{}-05-01", spec.year), format!("{}-03-31", spec.year + 1));
    let content = spec.lines.iter().map(|(_, name, _, _)| *name).collect::<Vec<_>>().join("、");
    let spending = spec.money.2;
    let all: [(&str, String); 41] = [
        ("name", spec.name.to_owned()),
        ("plan_year", year.to_string()),
        ("program", format!("y{year}")),
        ("project_class", spending.to_owned()),
        ("class", spending.to_owned()),
        ("direction", spending.to_owned()),
        ("mechanism", spec.mechanism.to_owned()),
        ("place", spec.place.to_owned()),
        ("period", format!("{year}年5月至{}年3月", year + 1)),
        ("unit", unit.to_owned()),
        ("used_unit", unit.to_owned()),
        ("declared_by", "申报责任人（演示）".to_owned()),
        ("used_by", "使用责任人（演示）".to_owned()),
        ("content", content.clone()),
        ("plan_content", content.clone()),
        ("task", content.clone()),
        ("total", wan(total)),
        ("asked", wan(own)),
        ("sources.amount", wan(own)),
        ("money_sources.amount", wan(total)),
        ("estimate.unit_price", total.to_string()),
        ("estimate.item", content.clone()),
        ("own_villages.amount", wan(own)),
        ("financial_capital", "0".to_owned()),
        ("social_capital", wan(yuan(spec.levered)?)),
        ("households", "86".to_owned()),
        ("people", "341".to_owned()),
        ("poor_households", "86".to_owned()),
        ("poor_people", "341".to_owned()),
        ("links.households", "86".to_owned()),
        ("links.people", "341".to_owned()),
        ("links.linked_households", "86".to_owned()),
        ("links.linked_people", "341".to_owned()),
        ("links.tied", "86".to_owned()),
        ("links.effect", spec.link.to_owned()),
        ("start_on", start.clone()),
        ("finish_on", end.clone()),
        ("starts_on", start),
        ("ends_on", end),
        ("project", spec.name.to_owned()),
        ("tasks.where", unit.to_owned()),
    ];
    let said = all.into_iter().map(|(id, text)| (id.to_owned(), text)).chain(planned(spec, wan)?);
    Ok(said.chain(more.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned()))).collect())
}

/// The works, the budget and the schedule of a project, row by row.
fn planned(spec: &Prj, wan: impl Fn(kernel::Money) -> String) -> Result<Vec<(String, String)>> {
    let mut said = Vec::new();
    let mut says = |table: &str, row: usize, cells: &[(&str, String)]| {
        let row = if row == 0 { table.to_owned() } else { format!("{table}.{}", row + 1) };
        said.extend(cells.iter().map(|(id, text)| (format!("{row}.{id}"), text.clone())));
    };
    for (row, (_, name, _, amount)) in spec.lines.iter().enumerate() {
        let amount = wan(yuan(amount)?);
        says("tasks", row, &[("work", (*name).to_owned()), ("quantity", "1项".to_owned())]);
        says(
            "budget",
            row,
            &[("line", (*name).to_owned()), ("amount", amount.clone()), ("of_subsidy", amount)],
        );
    }
    let levered = yuan(spec.levered)?;
    if levered.fen() > 0 {
        says("sources", 1, &[("source", "own_money".into()), ("amount", wan(levered))]);
        let cells = [("line", "自筹和配套投入".into()), ("amount", wan(levered)), ("of_subsidy", "0".into())];
        says("budget", spec.lines.len(), &cells);
    }
    let (year, next) = (spec.year, spec.year + 1);
    let stages = [
        ("公开选定施工和供货单位，签订合同", format!("{year}-06-30"), "20%"),
        ("主体工程施工，设备安装", format!("{year}-12-15"), "80%"),
        ("完工初检，验收移交", format!("{next}-03-31"), "100%"),
    ];
    for (row, (stage, until, share)) in stages.into_iter().enumerate() {
        says("schedule", row, &[("stage", stage.to_owned()), ("until", until), ("share", share.to_owned())]);
    }
    Ok(said)
}

impl Stage<'_> {
    /// Projects are filed and walked, side by side, to the step from which money may be registered for them.
    pub fn approved(&mut self, way: &Way, specs: &[&Prj]) -> Result<()> {
        let mut parents: Vec<Option<CaseId>> = vec![None; specs.len()];
        for (procedure, until) in way.chain {
            let mut walking = Vec::new();
            for (spec, parent) in specs.iter().zip(&mut parents) {
                let unit = self.unit_name(spec.who)?;
                let mut said = told(spec, &unit, way.told)?;
                said.insert("met_on".into(), self.app.today().to_string());
                let village = self.unit_name(way.by.unwrap_or(spec.who))?;
                said.insert("village".into(), village.trim_end_matches("村民委员会").to_owned());
                let life = Life { who: way.by.unwrap_or(spec.who), told: said };
                let case = self.files(&life, procedure, *parent).with_context(|| spec.name)?;
                *parent = Some(case);
                walking.push((case, life));
            }
            self.walk(&walking, until)?;
            for (spec, walked) in specs.iter().zip(walking) {
                self.ready.insert(spec.name, walked);
            }
        }
        Ok(())
    }

    /// The cases of projects go on to a step.
    pub fn goes(&mut self, projects: &[ProjectId], until: &str) -> Result<()> {
        let lives: Vec<(CaseId, Life)> =
            projects.iter().filter_map(|id| self.lives.get(id).cloned()).collect();
        self.walk(&lives, until)
    }

    /// One step on the case of a project, with an outcome or the first that passes.
    pub fn once(&mut self, project: ProjectId, step: &str, outcome: Option<&str>) -> Result<()> {
        let (case, life) = self.lives.get(&project).cloned().context("no case")?;
        self.step_of_life(case, &life, step, outcome)
    }

    /// From now on the story says this of a project wherever it is asked.
    pub fn says(&mut self, project: ProjectId, said: &[(&str, &str)]) -> Result<()> {
        let (_, life) = self.lives.get_mut(&project).context("no case")?;
        life.told.extend(said.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())));
        Ok(())
    }

    /// Begins a case about a project and walks it to a step.
    pub fn about(
        &mut self,
        project: ProjectId,
        who: &'static str,
        procedure: &str,
        until: &str,
    ) -> Result<()> {
        let (parent, life) = self.lives.get(&project).cloned().context("no case")?;
        let case = self.files(&Life { who, ..life.clone() }, procedure, Some(parent))?;
        self.walk(&[(case, life)], until)
    }

    /// Reports that fell due by today, of every project under way: late ones stop its money.
    pub fn keep_up(&mut self) -> Result<()> {
        let today = self.app.today();
        for (case, life) in self.lives.clone().into_values() {
            let (state, pack) = (self.state(case)?, self.pack()?);
            let due = open_steps(&pack, &state).into_iter().filter(|open| {
                open.step.every.is_some() && open.due.as_ref().is_some_and(|due| due.date <= today)
            });
            let steps: Vec<String> = due.map(|open| open.step.id.clone()).collect();
            for step in steps {
                self.step_of_life(case, &life, &step, None)?;
            }
        }
        Ok(())
    }

    fn unit_name(&self, who: &str) -> Result<String> {
        let org = self.cast.org(who)?;
        let rows = self.app.reads.orgs(&OrgFilter { limit: 500, ..OrgFilter::default() })?.rows;
        rows.into_iter().find(|row| row.org == org).map(|row| row.name).context("no such unit")
    }

    /// Begins a case: files its first form, or does its first step; answers the case.
    pub fn files(&mut self, life: &Life, procedure: &str, parent: Option<CaseId>) -> Result<CaseId> {
        let pack = self.pack()?;
        let of = pack.procedures.get(procedure).with_context(|| format!("no procedure {procedure}"))?;
        let first = pack.start_steps(of).into_iter().next().context("no first step")?;
        let (id, procedure) = (pack.id.clone(), procedure.to_owned());
        let command = if files(first.act) {
            let (form, papers) = self.filled(&pack, first, &life.told)?;
            Command::Declare { case: None, pack: id, procedure, step: None, parent, form, papers }
        } else {
            let step = Box::new(self.doing(&pack, first, &life.told, None)?);
            Command::Begin { pack: id, procedure, parent, step }
        };
        let made = submit(self.app, self.cast.who(life.who)?, command);
        let made = made.with_context(|| format!("{} does {} on {}", life.who, first.id, self.app.today()))?;
        Ok(CaseId(made.id.unwrap_or_default()))
    }

    /// Does every step that waits for somebody, side by side and a working day apart, until one is done on each of these cases.
    pub fn walk(&mut self, cases: &[(CaseId, Life)], until: &str) -> Result<()> {
        let pack = self.pack()?;
        let wanted = pack.steps.get(until).with_context(|| format!("no step {until}"))?;
        let before = pack.before(wanted);
        let on_the_way = |step: &PackStep| step.id == until || before.iter().any(|s| s.id == step.id);
        for _ in 0..60 {
            let (mut waits, mut went, mut left) = (Vec::new(), false, false);
            for (case, life) in cases {
                let state = self.state(*case)?;
                if state.done(&until.to_owned()).is_some() {
                    continue;
                }
                left = true;
                let open = open_steps(&pack, &state).into_iter().map(|open| open.step);
                let Some(step) = open.into_iter().find(|step| on_the_way(step) && !done_before(&state, step))
                else {
                    bail!("{} stands before {until}, and nothing on the way is open", state.number);
                };
                match state.running(&step.id).map(|notice| notice.window.last) {
                    Some(last) if last >= self.app.today() => waits.push(last),
                    _ => {
                        self.step_of_life(*case, life, &step.id, None)?;
                        went = true;
                    }
                }
            }
            if !left {
                return Ok(());
            }
            let next = match waits.into_iter().min() {
                Some(last) if !went => last.tomorrow()?,
                _ => self.app.today().tomorrow()?,
            };
            self.clock.advance_to_day(Calendar::all().on_or_after(next));
        }
        bail!("{until} is never reached")
    }

    /// Does one step, with an outcome or the first that passes.
    pub fn step_of_life(
        &mut self,
        case: CaseId,
        life: &Life,
        step: &str,
        outcome: Option<&str>,
    ) -> Result<()> {
        let pack = self.pack()?;
        let of = pack.steps.get(step).with_context(|| format!("no step {step}"))?;
        if of.publish.is_some() {
            return self.notice(case, life, of, outcome);
        }
        if files(of.act) {
            let mut told = life.told.clone();
            if of.act == Act::Change && !of.optional {
                told.entry("content".into())
                    .and_modify(|content| content.push_str("；按论证意见补充管护安排"));
                told.insert(
                    "participation".into(),
                    "贫困户参加村民代表会议讨论，优先安排贫困户务工，按股分红".into(),
                );
            }
            let (form, papers) = self.filled(&pack, of, &told)?;
            let command = Command::Declare {
                case: Some(case),
                pack: pack.id.clone(),
                procedure: of.procedure.clone(),
                step: Some(step.to_owned()),
                parent: None,
                form,
                papers,
            };
            return self.by_somebody(&pack, life, of, &command);
        }
        if of.act == Act::Decide {
            self.compares(case, life, of, &pack)?;
        }
        let done = self.doing(&pack, of, &life.told, outcome)?;
        let command = Command::Step {
            case,
            step: done.step,
            outcome: done.outcome,
            to: None,
            opinion: done.opinion,
            checks: done.checks,
            records: done.records,
            notes: done.notes,
            papers: done.papers,
            form: done.form,
            document: done.document,
            on: done.on,
        };
        // Where each of several roles must agree, each does.
        for _ in 0..of.roles().count().max(1) {
            self.by_somebody(&pack, life, of, &command)?;
            if !of.each || self.state(case)?.done(&of.id).is_some() {
                break;
            }
        }
        Ok(())
    }

    /// Who decides says of each similar project that it is another.
    fn compares(&self, case: CaseId, life: &Life, step: &PackStep, pack: &Pack) -> Result<()> {
        let others: Vec<CaseId> = self.state(case)?.uncompared().collect();
        for other in others {
            let why = "名称相近，地点和建设内容不同".to_owned();
            let aside = Aside::Compare { other, same: false, why };
            self.by_somebody(pack, life, step, &Command::Aside { case, aside })?;
        }
        Ok(())
    }

    /// The state of a case.
    pub fn state(&self, case: CaseId) -> Result<Case> {
        let acts = self.app.reads.stream(&Stream::Case(case).key())?;
        app::history::case(&acts)?.ok_or_else(|| anyhow!("no case {case}"))
    }

    /// Posts the notice of a step; once it has run, ends it.
    fn notice(&mut self, case: CaseId, life: &Life, step: &PackStep, outcome: Option<&str>) -> Result<()> {
        let pack = self.pack()?;
        let notice = case::notice_of(&pack, step).context("no notice")?;
        let state = self.state(case)?;
        if state.running(&step.id).is_some() {
            let end = Command::EndOnCase {
                case,
                step: step.id.clone(),
                opinion: "公示期满，没有收到异议".into(),
                outcome: outcome.map(str::to_owned).or_else(|| passing(step)),
                to: None,
            };
            return self.by_somebody(&pack, life, step, &end);
        }
        let known = case::known_content(&pack, &state, notice, "实施单位");
        let typed =
            notice.content.iter().filter(|content| !known.contains_key(&content.key)).map(|content| {
                let usual = fill::text_for(
                    &pack,
                    &life.told,
                    None,
                    &content.key,
                    &policy::pack::FieldType::Text,
                    self.app.today(),
                );
                (content.key.clone(), fill::in_words(&pack, usual))
            });
        let posting = |place: &policy::lang::Bilingual| Posting {
            place: place.zh.clone(),
            address: if place.zh.contains("网") {
                "政府信息公开专栏（演示）"
            } else {
                "项目村公开栏（演示）"
            }
            .into(),
        };
        let post = Command::PostOnCase {
            case,
            step: step.id.clone(),
            on: self.app.today(),
            postings: notice.places.iter().map(posting).collect(),
            fields: typed.collect(),
            papers: self.papers_of(&pack, step)?,
        };
        self.by_somebody(&pack, life, step, &post)
    }

    /// Somebody who holds a role of the step does it: the unit itself, else the first whose hands are free.
    fn by_somebody(&self, pack: &Pack, life: &Life, step: &PackStep, command: &Command) -> Result<()> {
        let of_unit =
            |role: &str| matches!(self.cast.who(life.who), Ok(Who::Person { role: own, .. }) if own == role);
        let mut last = None;
        for role in step.roles() {
            let own = of_unit(role).then(|| life.who.to_owned());
            let others = self.cast.sign_ins.iter().filter(|s| s.role == *role).map(|s| s.login.clone());
            for login in own.into_iter().chain(others) {
                match submit(self.app, self.cast.who(&login)?, command.clone()) {
                    Ok(_) => return Ok(()),
                    Err(refused) => last = Some(refused.context(format!("{login} does {}", step.id))),
                }
            }
        }
        let day = self.app.today();
        Err(last
            .unwrap_or_else(|| anyhow!("nobody of {} does {}", pack.id, step.id))
            .context(format!("on {day}")))
    }

    /// A step as somebody does it today.
    fn doing(&mut self, pack: &Pack, step: &PackStep, told: &Told, outcome: Option<&str>) -> Result<Step> {
        let today = self.app.today();
        let outcome = outcome.map(str::to_owned).or_else(|| passing(step));
        let records = step.records.iter().map(|id| {
            let value = fill::fact(pack, told, id, today)?;
            Ok(Record { fact: id.clone(), value, basis: "现场查看和资料核对".into() })
        });
        let notes = step
            .notes
            .iter()
            .map(|note| (note.id.clone(), fill::text_for(pack, told, None, &note.id, &note.ty, today)));
        let form = match step.form.as_deref().and_then(|id| pack.forms.get(id)) {
            Some(form) => {
                Some(self.app.seal_form(form, &fill::form(pack, form, told, today), &FormData::default())?)
            }
            None => None,
        };
        let serial = self.next_serial();
        Ok(Step {
            step: step.id.clone(),
            outcome,
            to: None,
            opinion: "情况属实，符合要求。".into(),
            checks: step
                .checklist
                .iter()
                .map(|item| Check { item: item.id.clone(), holds: true, note: String::new() })
                .collect(),
            records: records.collect::<Result<_>>()?,
            notes: notes.collect::<BTreeMap<_, _>>(),
            papers: self.papers_of(pack, step)?,
            form,
            document: step.writes.as_ref().map(|_| format!("〔{}〕{serial}号", today.year())),
            on: today,
        })
    }

    /// The form of a filing step with its papers.
    fn filled(&self, pack: &Pack, step: &PackStep, told: &Told) -> Result<(FormData, Vec<Paper>)> {
        let procedure = pack.procedures.get(&step.procedure).context("no procedure")?;
        let id = step.form.as_deref().or(procedure.form.as_deref()).context("no form")?;
        let form = pack.forms.get(id).context("no form")?;
        let data = fill::form(pack, form, told, self.app.today());
        Ok((self.app.seal_form(form, &data, &FormData::default())?, self.papers_of(pack, step)?))
    }

    fn papers_of(&self, pack: &Pack, step: &PackStep) -> Result<Vec<Paper>> {
        let named = step.papers.iter().filter_map(|id| pack.papers.get(id));
        named.map(|paper| self.paper(&paper.id, &paper.name.zh)).collect()
    }
}

/// A step that may be done again and was.
fn done_before(state: &Case, step: &PackStep) -> bool {
    step.repeats && state.done(&step.id).is_some()
}

fn passing(step: &PackStep) -> Option<String> {
    step.outcomes.iter().find(|outcome| outcome.kind == OutcomeKind::Pass).map(|outcome| outcome.id.clone())
}
