//! The acts of the story in short words: one function for each thing that people do, on a day.

use super::cast::{Cast, submit};
use super::forms;
use super::scan::scan;
use super::spec::Project;
use crate::clock::DemoClock;
use anyhow::{Context, Result, anyhow, bail};
use app::view::state::{Case, Minutes, Plan, Posting, Verdict};
use app::{App, Command, Who};
use domain::case::{Check, Counts, LineFinding, Paper, PaperFinding, Record, decide_grant, declared_lines};
use domain::plan::Letter;
use domain::year::Terms;
use journal::HashKind;
use kernel::id::{CaseId, ObjectionId, PaperHash, PlanId};
use kernel::ratio::Ratio;
use kernel::{Date, Money};
use policy::form::FormData;
use policy::pack::Pack;
use policy::procedure::Act;
use std::collections::BTreeMap;

/// The story's stage.
pub struct Play<'a> {
    /// The application.
    pub app: &'a App,
    /// Its clock.
    pub clock: &'a DemoClock,
    /// The people.
    pub cast: &'a Cast,
}

/// A step done by a desk, in short.
pub struct Did<'a> {
    /// Who.
    pub who: &'a str,
    /// The step.
    pub step: &'a str,
    /// The outcome.
    pub outcome: &'a str,
    /// The opinion.
    pub opinion: &'a str,
}

impl Play<'_> {
    /// Moves to a day.
    pub fn on(&mut self, year: i16, month: i8, day: i8) -> Result<()> {
        self.clock.advance_to_day(Date::new(year, month, day)?);
        Ok(())
    }

    fn pack(&self) -> Result<std::sync::Arc<Pack>> {
        Ok(self.app.pack()?)
    }

    fn state(&self, id: CaseId) -> Result<Case> {
        let acts = self.app.reads.stream(&format!("case:{id}"))?;
        app::history::case(&acts)?.ok_or_else(|| anyhow!("no case {id}"))
    }

    fn plan_state(&self, id: PlanId) -> Result<Plan> {
        let acts = self.app.reads.stream(&format!("plan:{id}"))?;
        app::history::plan(&acts)?.ok_or_else(|| anyhow!("no plan {id}"))
    }

    fn submit(&self, who: &str, command: Command) -> Result<app::Answer> {
        submit(self.app, self.cast.who(who)?, command)
            .with_context(|| format!("{who} on {}", self.app.today()))
    }

    /// Opens a year.
    pub fn open_year(
        &self,
        year: i16,
        budget_wan: i64,
        rates: (&str, &str),
        window: (Date, Date),
        basis: &str,
    ) -> Result<()> {
        let set = [("year_rate[project]", rates.0), ("year_rate[production]", rates.1)];
        let favoured = ["653225", "653226", "653227", "540324", "632323", "623021"];
        let terms = Terms {
            budget: Money::from_fen(budget_wan * 1_000_000),
            set: set.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            opens: window.0,
            closes: window.1,
            favoured: favoured.iter().filter_map(|code| code.parse().ok()).collect(),
            basis: basis.to_owned(),
        };
        self.submit("ndrc", Command::OpenYear { pack: self.pack()?.id.clone(), year, terms })?;
        Ok(())
    }

    /// Appoints the firm of a sign-in.
    pub fn appoint(&self, year: i16, firm: &str, basis: &str) -> Result<()> {
        let firm = self.cast.org(firm)?;
        let pack = self.pack()?.id.clone();
        self.submit("ndrc", Command::Appoint { pack, year, firm, basis: basis.to_owned() })?;
        Ok(())
    }

    /// Pays a fee.
    pub fn fee(&self, year: i16, firm: &str, yuan: i64, voucher: &str, purpose: &str) -> Result<()> {
        let command = Command::PayFee {
            pack: self.pack()?.id.clone(),
            year,
            firm: self.cast.org(firm)?,
            amount: Money::from_fen(yuan * 100),
            on: self.app.today(),
            voucher: voucher.to_owned(),
            purpose: purpose.to_owned(),
        };
        self.submit("ndrc", command)?;
        Ok(())
    }

    /// Papers of a declaration: every paper that the step may ask for.
    fn papers(&self, procedure: &str, form: &FormData) -> Result<Vec<Paper>> {
        let pack = self.pack()?;
        let of = pack.procedures.get(procedure).ok_or_else(|| anyhow!("no procedure {procedure}"))?;
        let step =
            pack.start_steps(of).into_iter().next().ok_or_else(|| anyhow!("{procedure} does not start"))?;
        let check = domain::case::check_form(&pack, of, form, self.app.today());
        let mut papers = Vec::new();
        for need in pack.papers_needed(step, &check.facts).into_iter().filter(|n| n.required) {
            let bytes = scan(&need.paper.name.zh);
            let hash = PaperHash(*HashKind::Sm3.plain(&bytes).as_bytes());
            self.app.house.put_paper(&hash, &bytes)?;
            papers.push(Paper {
                paper: need.paper.id.clone(),
                name: format!("{}.pdf", need.paper.name.zh),
                hash,
                size: i64::try_from(bytes.len())?,
                media: "application/pdf".to_owned(),
            });
        }
        Ok(papers)
    }

    /// Files a form, first or again.
    pub fn file(
        &self,
        project: &Project,
        procedure: &str,
        parent: Option<CaseId>,
        again: Option<CaseId>,
        form: FormData,
    ) -> Result<CaseId> {
        let pack = self.pack()?;
        let papers = self.papers(procedure, &form)?;
        let definition =
            pack.procedures.get(procedure).and_then(|p| p.form.as_deref()).and_then(|id| pack.forms.get(id));
        let form = match definition {
            Some(definition) => self.app.seal_form(definition, &form, &FormData::default())?,
            None => form,
        };
        let command = Command::Declare {
            case: again,
            pack: pack.id.clone(),
            procedure: procedure.to_owned(),
            parent,
            form,
            papers,
            step: None,
        };
        let answer = self
            .submit(project.login, command)
            .with_context(|| format!("filing {procedure} of {}", project.title))?;
        Ok(CaseId(answer.id.unwrap_or_default()))
    }

    /// Files the pre-declaration of a project.
    pub fn predeclare(&self, login: &str) -> Result<CaseId> {
        let project = forms::of(login)?;
        self.file(project, "predeclaration", None, None, forms::predeclaration(project, self.app.today()))
    }

    /// Files the application of a project.
    pub fn apply(&self, login: &str, parent: CaseId) -> Result<CaseId> {
        let project = forms::of(login)?;
        self.file(project, "application", Some(parent), None, forms::application(project, self.app.today()))
    }

    /// A desk does a step, everything on its list holding.
    pub fn step(&self, case: CaseId, did: &Did<'_>) -> Result<()> {
        let pack = self.pack()?;
        let step = pack.steps.get(did.step).ok_or_else(|| anyhow!("no step {}", did.step))?;
        let checks =
            step.checklist.iter().map(|i| Check { item: i.id.clone(), holds: true, note: String::new() });
        let state = self.state(case)?;
        let records = step.records.iter().map(|fact| Record {
            fact: fact.clone(),
            value: forms::established(fact, &state),
            basis: "查询登记系统和企业声明".to_owned(),
        });
        let notes = step.notes.iter().map(|note| (note.id.clone(), self.note(&note.id, &state)));
        let outcome = Some(did.outcome.to_owned()).filter(|o| !o.is_empty());
        let command = Command::Step {
            case,
            step: did.step.to_owned(),
            outcome,
            opinion: did.opinion.to_owned(),
            checks: checks.collect(),
            records: records.collect(),
            notes: notes.collect(),
            document: step
                .writes
                .as_ref()
                .map(|w| format!("{}〔{}〕{}号", w.zh, self.app.today().year(), case)),
            on: self.app.today(),
            to: None,
            papers: Vec::new(),
            form: None,
        };
        self.submit(did.who, command)?;
        Ok(())
    }

    fn note(&self, id: &str, case: &Case) -> String {
        let county = case.parties.get("county").cloned().unwrap_or_default();
        let place = county.parse().ok().and_then(|code| kernel::region::Gazetteer::get().path(code));
        match id {
            "exchange_with" => format!("{}扶贫办", place.map(|p| p.join("")).unwrap_or_default()),
            "exchange_on" => self.app.today().to_string(),
            "visit_on" => self.app.today().last_of_month().to_string(),
            _ => "电话和书面核实，项目已落地，情况属实，当地支持。".to_owned(),
        }
    }

    /// Assigns a firm.
    pub fn assign(&self, who: &str, case: CaseId, firm: &str) -> Result<()> {
        let firm = self.cast.org(firm)?;
        self.submit(who, Command::Assign { case, firm })?;
        Ok(())
    }

    /// The firm verifies: every line as declared, but for the cuts; the amount is the most that the rules allow.
    pub fn inspect(&self, who: &str, case: CaseId, cuts: &[(&str, i64, &str)]) -> Result<Money> {
        let pack = self.pack()?;
        let state = self.state(case)?;
        let step =
            pack.steps.iter().find(|s| s.act == Act::Inspect).ok_or_else(|| anyhow!("no verification"))?;
        let lines: Vec<LineFinding> = declared_lines(&pack, &state)
            .into_iter()
            .map(|(line, amount)| match cuts.iter().find(|c| c.0 == line) {
                Some((_, yuan, reason)) => {
                    LineFinding { line, confirmed: Money::from_fen(yuan * 100), reason: (*reason).to_owned() }
                }
                None => LineFinding { line, confirmed: amount, reason: String::new() },
            })
            .collect();
        let facts = domain::case::facts_of(&pack, &state, &Counts::new());
        let counted = |fact: &str| pack.tallies.iter().any(|t| t.gives.iter().any(|g| g == fact));
        let records: Vec<Record> = step
            .records
            .iter()
            .filter(|fact| !counted(fact))
            .filter_map(|fact| {
                Some(Record {
                    fact: fact.clone(), value: facts.get(fact)?.clone(), basis: "现场核查".into()
                })
            })
            .collect();
        let papers = state.current().map(|d| d.papers.clone()).unwrap_or_default();
        let papers =
            papers.iter().map(|p| PaperFinding { paper: p.paper.clone(), agrees: true, note: String::new() });
        let (ratio, amount) = self.allowed(&pack, &state, &lines)?;
        let command = Command::Inspect {
            case,
            step: step.id.clone(),
            on: self.app.today(),
            opinion: if amount == Money::ZERO {
                "经核查，不符合资助条件，建议不予资助。"
            } else {
                "经现场核查，材料与实际相符，新增投资已逐笔核定。"
            }
            .to_owned(),
            checks: step
                .checklist
                .iter()
                .map(|i| Check { item: i.id.clone(), holds: true, note: String::new() })
                .collect(),
            records,
            lines,
            papers: papers.collect(),
            ratio,
            amount,
        };
        self.submit(who, command)?;
        Ok(amount)
    }

    /// The year's ratio and the amount that the rules compute on confirmed lines.
    fn allowed(&self, pack: &Pack, case: &Case, lines: &[LineFinding]) -> Result<(Ratio, Money)> {
        let year =
            self.app.year(&case.pack, case.year)?.ok_or_else(|| anyhow!("year {} is not open", case.year))?;
        let mut verified = case.clone();
        verified.inspection = Some(app::view::state::Inspection {
            on: self.app.today(),
            lines: lines.to_vec(),
            papers: Vec::new(),
            ratio: Ratio::ZERO,
            amount: Money::ZERO,
            judgement: app::view::state::Judgement::default(),
        });
        let counts: Counts =
            pack.facts.iter().filter(|f| f.count.is_some()).map(|f| (f.id.clone(), 0)).collect();
        let judged = decide_grant(pack, &verified, &counts, &year, None);
        let mode = domain::case::facts_of(pack, case, &counts).get("mode").cloned().unwrap_or_default();
        let ratio = year
            .terms
            .set
            .get(&format!("year_rate[{mode}]"))
            .and_then(|t| Ratio::parse(t).ok())
            .unwrap_or(Ratio::ZERO);
        Ok((ratio, judged.judgement.amount.unwrap_or(Money::ZERO)))
    }

    /// The desk proposes what the firm proposed.
    pub fn propose(&self, who: &str, case: CaseId, opinion: &str) -> Result<()> {
        let pack = self.pack()?;
        let state = self.state(case)?;
        let step = pack.steps.iter().find(|s| s.act == Act::Propose).ok_or_else(|| anyhow!("no proposal"))?;
        let found = state.inspection.as_ref().ok_or_else(|| anyhow!("{} is not verified", state.number))?;
        let (ratio, amount) = (found.ratio, found.amount);
        let command =
            Command::Propose { case, step: step.id.clone(), ratio, amount, opinion: opinion.to_owned() };
        self.submit(who, command)?;
        Ok(())
    }

    /// Brings cases together in a plan with the amounts proposed.
    pub fn plan(&self, year: i16, cases: &[CaseId]) -> Result<PlanId> {
        let pack = self.pack()?.id.clone();
        let answer =
            self.submit("ndrc", Command::DraftPlan { pack, procedure: "application".into(), year })?;
        let plan = PlanId(answer.id.unwrap_or_default());
        let mut set = Vec::new();
        for case in cases {
            let amount = self.state(*case)?.proposal.map_or(Money::ZERO, |p| p.amount);
            set.push((*case, amount, String::new()));
        }
        self.submit("ndrc", Command::EditPlan { plan, set, drop: Vec::new() })?;
        Ok(plan)
    }

    fn plan_step(&self, act: Act) -> Result<String> {
        let pack = self.pack()?;
        let step = pack.steps.iter().find(|s| s.act == act && s.on == policy::procedure::Subject::Plan);
        step.map(|s| s.id.clone()).ok_or_else(|| anyhow!("no step {act:?}"))
    }

    /// The working group agrees.
    pub fn deliberate(&self, plan: PlanId) -> Result<()> {
        let minutes = Minutes {
            held_on: self.app.today(),
            place: "市发展改革委第二会议室".to_owned(),
            chair: "工作组组长".to_owned(),
            present: ["市发展改革委", "市合作交流办", "市财政局", "市农业农村委"].map(str::to_owned).to_vec(),
            resolution: "会议审议了资助项目名单和金额，一致同意，按程序公示。".to_owned(),
        };
        let step = self.plan_step(Act::Deliberate)?;
        self.submit("group-work", Command::Deliberate { plan, step, minutes })?;
        Ok(())
    }

    /// The notice goes up on every place that the pack names.
    pub fn post(&self, plan: PlanId) -> Result<()> {
        let pack = self.pack()?;
        let step = self.plan_step(Act::Publish)?;
        let notice =
            pack.steps.get(&step).and_then(|s| s.publish.as_deref()).and_then(|n| pack.notices.get(n));
        let notice = notice.ok_or_else(|| anyhow!("no notice"))?;
        let postings = notice.places.iter().enumerate().map(|(i, place)| Posting {
            place: place.zh.clone(),
            address: format!("http://example.invalid/notice/{}-{}", self.app.today(), i + 1),
        });
        let on = self.app.today();
        let window = kernel::deadline::window(on, notice.term, &kernel::calendar::Calendar::known_on(on));
        let fields = [
            (
                "period".to_owned(),
                format!("{}至{}", kernel::date::zh(window.first), kernel::date::zh(window.last)),
            ),
            ("contact".to_owned(), "市发展改革委区域合作处 022-2300 0000（演示号码）".to_owned()),
        ];
        let command = Command::PostNotice {
            plan,
            step,
            on,
            postings: postings.collect(),
            fields: BTreeMap::from(fields),
        };
        self.submit("ndrc", command)?;
        Ok(())
    }

    /// Somebody objects on the public page.
    pub fn object(&self, plan: PlanId, case: CaseId, text: &str, receipt: &str) -> Result<ObjectionId> {
        let command = Command::Object {
            plan,
            case: Some(case),
            text: text.to_owned(),
            from: None,
            receipt: receipt.to_owned(),
        };
        Ok(ObjectionId(submit(self.app, Who::Public, command)?.id.unwrap_or_default()))
    }

    /// The commission answers an objection.
    pub fn answer(&self, plan: PlanId, objection: ObjectionId, upheld: bool, answer: &str) -> Result<()> {
        self.submit("ndrc", Command::AnswerObjection { plan, objection, upheld, answer: answer.to_owned() })?;
        Ok(())
    }

    /// The notice has ended.
    pub fn end_notice(&self, plan: PlanId) -> Result<()> {
        let step = self.plan_step(Act::Publish)?;
        self.submit("ndrc", Command::EndNotice { plan, step })?;
        Ok(())
    }

    /// The leading group determines; `refused` are the cases that it does not grant, with the reason.
    pub fn determine(&self, plan: PlanId, document: &str, refused: &[(CaseId, &str)]) -> Result<()> {
        let state = self.plan_state(plan)?;
        let items = state.items.iter().map(|(case, item)| match refused.iter().find(|r| r.0 == *case) {
            Some((_, why)) => Verdict {
                case: *case,
                granted: false,
                amount: Money::ZERO,
                why: (*why).to_owned(),
                exception: String::new(),
            },
            None => Verdict {
                case: *case,
                granted: true,
                amount: item.amount,
                why: String::new(),
                exception: String::new(),
            },
        });
        let step = self.plan_step(Act::Decide)?;
        let (stamp, items) = (self.app.today(), items.collect());
        self.submit("group", Command::Determine { plan, step, stamp, document: document.to_owned(), items })?;
        Ok(())
    }

    /// The results go to every desk of the plan, with the copies.
    pub fn inform(&self, plan: PlanId) -> Result<()> {
        let step = self.plan_step(Act::File)?;
        let pack = self.pack()?;
        let recipients = self.app.letter_recipients(plan)?;
        if recipients.is_empty() {
            bail!("nobody to inform under {}", pack.id);
        }
        let letters = recipients.into_iter().enumerate().map(|(i, to)| Letter {
            to,
            number: format!("津发改区域〔{}〕{}号", self.app.today().year(), 101 + i),
        });
        self.submit(
            "ndrc",
            Command::Inform { plan, step, on: self.app.today(), letters: letters.collect() },
        )?;
        Ok(())
    }

    /// Finance remits the granted sum.
    pub fn remit(&self, plan: PlanId, voucher: &str) -> Result<()> {
        let step = self.plan_step(Act::Pay)?;
        let amount = self.plan_state(plan)?.total().ok_or_else(|| anyhow!("the sum cannot be counted"))?;
        let command =
            Command::Remit { plan, step, on: self.app.today(), amount, voucher: voucher.to_owned() };
        self.submit("finance", command)?;
        Ok(())
    }

    /// The commission's second person pays an enterprise in full.
    pub fn pay(&self, case: CaseId, voucher: &str) -> Result<()> {
        let pack = self.pack()?;
        let step = pack.steps.iter().find(|s| s.act == Act::Pay && s.on == policy::procedure::Subject::Case);
        let step = step.map(|s| s.id.clone()).ok_or_else(|| anyhow!("no payment"))?;
        let amount = self.state(case)?.unpaid();
        let command = Command::Pay { case, step, amount, on: self.app.today(), voucher: voucher.to_owned() };
        self.submit("ndrc-pay", command)?;
        Ok(())
    }

    /// A district reports a month.
    pub fn report(&self, who: &str, period: &str) -> Result<()> {
        let pack = self.pack()?;
        let step = pack.steps.iter().find(|s| s.act == Act::Report && s.every.is_some());
        let step = step.map(|s| s.id.clone()).ok_or_else(|| anyhow!("no report"))?;
        let command =
            Command::Report { pack: pack.id.clone(), step, period: period.to_owned(), note: String::new() };
        self.submit(who, command)?;
        Ok(())
    }
}
