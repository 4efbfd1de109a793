//! A book that holds a whole year, somebody in every role, and a question for every command: one that lacks something, or names a
//! day that has not come, so that it is refused even to those who may.

use std::collections::BTreeMap;

use app::command::{Filings, HandsCommand, NewFiling};
use app::rows::{CaseFilter, CaseRow, PersonRow, Scope};
use app::view::pack::{Act, FormData, RoleKind, Step, Subject as Of};
use app::view::state::{Aside, Minutes, OrgKind, Terms};
use app::{App, Command, Who};
use kernel::id::{CaseId, ObjectionId, OrgId, PlanId};
use kernel::ratio::Ratio;
use kernel::{Date, Money};

use crate::house::House;

/// Every command, in the order of the reference. A command without a probe fails the test, and so does a probe not listed.
pub const KINDS: [&str; 45] = [
    "RegisterOrg",
    "RegisterEnterprise",
    "RenameOrg",
    "DeclareRelation",
    "AddPerson",
    "GrantRole",
    "WithdrawRole",
    "LendRole",
    "EndLending",
    "HandOver",
    "DisablePerson",
    "EnablePerson",
    "ResetPassword",
    "ChangePassword",
    "OpenYear",
    "AmendYear",
    "Appoint",
    "Dismiss",
    "PayFee",
    "Declare",
    "DeclareAll",
    "Step",
    "Assign",
    "Inspect",
    "Propose",
    "Withdraw",
    "Comment",
    "Copy",
    "Urge",
    "Recuse",
    "Compare",
    "DraftPlan",
    "EditPlan",
    "Deliberate",
    "PostNotice",
    "Object",
    "AnswerObjection",
    "EndNotice",
    "Determine",
    "Inform",
    "Remit",
    "Pay",
    "Report",
    "Unmask",
    "LoadRoster",
];

/// What a probe is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject {
    /// Nothing that is in or out of sight.
    None,
    /// A case.
    Case(CaseId),
}

/// A question.
pub struct Probe {
    pub kind: &'static str,
    pub command: Command,
    pub subject: Subject,
}

/// A day that has not come.
const NEVER: Date = Date::constant(2199, 1, 1);

/// The book and who is there.
pub struct Stage {
    app: App,
    people: Vec<PersonRow>,
    cases: Vec<CaseRow>,
    plans: Vec<PlanId>,
}

impl Stage {
    /// Fills the book with the demonstration's story and puts somebody into every role that the story leaves empty.
    pub fn set(house: &House) -> Stage {
        let app = house.app.clone();
        qingqu::demo::fill(&app, &house.clock, false).unwrap();
        let pack = app.pack().unwrap();
        for role in pack.roles.iter().filter(|role| role.kind != RoleKind::Public) {
            let held =
                app.reads.persons(None).unwrap().iter().any(|p| p.roles.iter().any(|r| r.role == role.id));
            if held {
                continue;
            }
            let kind = match role.kind {
                RoleKind::Enterprise => "enterprise",
                RoleKind::Firm => "firm",
                _ => "government",
            };
            let filter =
                app::rows::OrgFilter { kind: Some(kind.into()), limit: 1, ..app::rows::OrgFilter::default() };
            let org = app.reads.orgs(&filter).unwrap().rows[0].org;
            let (name, login) = ("补岗".to_owned(), format!("probe-{}", role.id));
            house
                .submit(&Who::Program, Command::AddPerson { name, login, org, role: role.id.clone() })
                .unwrap();
        }
        let filter = CaseFilter::within(Scope::All, 500);
        let cases = app.reads.cases(&filter).unwrap().rows;
        let plans = app.reads.plans(&pack.id, None).unwrap().iter().map(|plan| plan.plan).collect();
        Stage { people: app.reads.persons(None).unwrap(), cases, plans, app }
    }

    /// Somebody in a role, who sees the subject if anybody in that role does.
    pub fn somebody(&self, role: &str, subject: Subject) -> Option<Who> {
        let seats: Vec<Who> = self
            .people
            .iter()
            .flat_map(|person| person.roles.iter().map(move |held| (person.person, held)))
            .filter(|(_, held)| held.role == role)
            .map(|(person, held)| Who::Person { person, org: held.org, role: role.to_owned() })
            .collect();
        let sees = |who: &&Who| match (subject, who) {
            (Subject::Case(case), Who::Person { person, org, role }) => {
                let viewer = self.app.viewer(*person, *org, role).unwrap();
                viewer.is_some_and(|viewer| self.app.case(&viewer, case).is_ok())
            }
            _ => true,
        };
        seats.iter().find(sees).or(seats.first()).cloned()
    }

    /// Every question.
    pub fn probes(&self) -> Vec<Probe> {
        let mut probes = self.people_probes();
        probes.extend(self.year_probes());
        let pack = self.app.pack().unwrap();
        for row in &self.cases {
            probes.extend(self.case_probes(row));
            let steps =
                pack.steps.iter().filter(|step| step.procedure == row.procedure && step.on == Of::Case);
            probes.extend(steps.filter_map(|step| step_probe(row.case, step)));
        }
        for plan in &self.plans {
            let steps = pack.steps.iter().filter(|step| step.on == Of::Plan);
            probes.extend(steps.flat_map(|step| plan_probes(*plan, step)));
            probes.extend(self.objection_probes(*plan));
        }
        probes
    }

    fn people_probes(&self) -> Vec<Probe> {
        let person = &self.people[0];
        let (id, held) = (person.person, person.roles[0].clone());
        let (org, role, none) = (held.org, held.role, String::new);
        let region = "120101".parse().unwrap();
        let code = kernel::credit::CreditCode::with_check_character("91120101MA0990001").unwrap();
        let pack = self.app.pack().unwrap().id.clone();
        let register = Command::RegisterEnterprise {
            pack,
            name: none(),
            region,
            credit_code: code,
            person: none(),
            login: none(),
        };
        let new =
            Command::RegisterOrg { name: none(), kind: OrgKind::Government, region: None, credit_code: None };
        let last = Date::constant(2019, 1, 1);
        let lend = Command::Hands(HandsCommand::Lend {
            org,
            role: role.clone(),
            to: id,
            from: NEVER,
            until: last,
            why: none(),
        });
        let hand_over = Command::Hands(HandsCommand::HandOver { person: id, org, to: id, why: none() });
        let end =
            Command::Hands(HandsCommand::EndLending { of: id, org, role: role.clone(), to: id, from: last });
        let withdraw = Command::WithdrawRole { person: id, org, role: "none".into(), why: none() };
        [
            ("RegisterOrg", new),
            ("RegisterEnterprise", register),
            ("RenameOrg", Command::RenameOrg { org, name: none() }),
            ("DeclareRelation", Command::DeclareRelation { org, other: org, basis: none() }),
            ("AddPerson", Command::AddPerson { name: none(), login: none(), org, role: role.clone() }),
            ("GrantRole", Command::GrantRole { person: id, org, role }),
            ("WithdrawRole", withdraw),
            ("LendRole", lend),
            ("EndLending", end),
            ("HandOver", hand_over),
            ("DisablePerson", Command::DisablePerson { person: id, why: none() }),
            ("EnablePerson", Command::EnablePerson { person: id }),
            ("ResetPassword", Command::ResetPassword { person: self.people[1].person }),
            ("ChangePassword", Command::ChangePassword),
        ]
        .map(plain)
        .into()
    }

    fn year_probes(&self) -> Vec<Probe> {
        let pack = self.app.pack().unwrap();
        let (id, none) = (|| pack.id.clone(), String::new);
        let year = self.app.reads.years(&pack.id).unwrap().last().unwrap().year;
        let terms = Terms {
            budget: Money::ZERO,
            set: BTreeMap::new(),
            opens: NEVER,
            closes: NEVER,
            favoured: [].into(),
            basis: none(),
        };
        let firm = OrgId(1);
        let fee = Command::PayFee {
            pack: id(),
            year: 1999,
            firm,
            amount: Money::ZERO,
            on: NEVER,
            voucher: none(),
            purpose: none(),
        };
        let report = pack.steps.iter().find(|step| step.act == Act::Report && step.every.is_some()).unwrap();
        let report =
            Command::Report { pack: id(), step: report.id.clone(), period: "2199-01".into(), note: none() };
        let first = pack.procedures.iter().find(|p| p.parent.is_none() && p.applicant.is_some()).unwrap();
        let declare = Command::Declare {
            case: None,
            pack: id(),
            procedure: first.id.clone(),
            parent: None,
            form: FormData::default(),
            papers: Vec::new(),
            step: None,
        };
        let row = NewFiling { row: 1, form: FormData::default(), papers: Vec::new() };
        let table = Filings { pack: id(), procedure: first.id.clone(), rows: vec![row] };
        // This regime has no list of people.
        let load = domain::roster::Load { roster: "none".into(), file: none(), rows: Vec::new() };
        let planned = pack.steps.iter().find(|step| step.act == Act::Plan).unwrap().procedure.clone();
        [
            ("OpenYear", Command::OpenYear { pack: id(), year, terms: terms.clone() }),
            ("AmendYear", Command::AmendYear { pack: id(), year: 1999, terms, why: none() }),
            ("Appoint", Command::Appoint { pack: id(), year: 1999, firm, basis: none() }),
            ("Dismiss", Command::Dismiss { pack: id(), year: 1999, firm, why: none() }),
            ("PayFee", fee),
            ("Report", report),
            ("Declare", declare),
            ("DeclareAll", Command::DeclareAll(table)),
            ("LoadRoster", Command::LoadRoster(id(), Box::new(load))),
            ("DraftPlan", Command::DraftPlan { pack: id(), procedure: planned, year }),
        ]
        .map(plain)
        .into()
    }

    fn case_probes(&self, row: &CaseRow) -> Vec<Probe> {
        let case = row.case;
        let pack = self.app.pack().unwrap();
        let form = pack.procedures.get(&row.procedure).and_then(|p| pack.forms.get(p.form.as_deref()?));
        let field =
            form.and_then(|form| form.fields().find(|field| field.sensitive)).map(|field| field.id.clone());
        let about = |(kind, command)| Probe { kind, command, subject: Subject::Case(case) };
        let unmask = |field| ("Unmask", Command::Unmask { case, field, why: String::new() });
        [
            ("Withdraw", Command::Withdraw { case, why: String::new() }),
            ("Assign", Command::Assign { case, firm: row.applicant }),
        ]
        .into_iter()
        .chain(field.map(unmask))
        .chain(self.aside_probes(row))
        .map(about)
        .collect()
    }

    /// What is said beside the steps: without words, and to a role of the regime, since a copy needs none.
    fn aside_probes(&self, row: &CaseRow) -> Vec<(&'static str, Command)> {
        let pack = self.app.pack().unwrap();
        let case = row.case;
        let aside = |kind, aside| (kind, Command::Aside { case, aside });
        let steps = pack.steps.iter().filter(|step| step.procedure == row.procedure);
        let urge = |step: &Step| aside("Urge", Aside::Urge { step: step.id.clone(), text: String::new() });
        let role = pack.roles.iter().next().unwrap().id.clone();
        let other = CaseId(0);
        [
            aside("Comment", Aside::Comment { text: String::new() }),
            aside("Copy", Aside::Copy { role, text: String::new() }),
            aside("Recuse", Aside::Recuse { why: String::new() }),
            aside("Compare", Aside::Compare { other, same: false, why: String::new() }),
        ]
        .into_iter()
        .chain(steps.map(urge))
        .collect()
    }

    fn objection_probes(&self, plan: PlanId) -> Vec<Probe> {
        let known = self.app.reads.objections(app::rows::NoticeOf::Plan(plan)).unwrap();
        let ids = known.iter().map(|row| row.objection).chain([ObjectionId(0)]);
        let text = String::new;
        let object = Command::Object { plan, case: None, text: text(), from: None, receipt: text() };
        let answers = ids.map(|objection| {
            plain((
                "AnswerObjection",
                Command::AnswerObjection { plan, objection, upheld: false, answer: text() },
            ))
        });
        let drop = Command::EditPlan { plan, set: Vec::new(), drop: vec![(CaseId(0), text())] };
        answers.chain([plain(("Object", object)), plain(("EditPlan", drop))]).collect()
    }
}

fn plain((kind, command): (&'static str, Command)) -> Probe {
    Probe { kind, command, subject: Subject::None }
}

/// The command by which a step of a case is done, on a day that has not come.
fn step_probe(case: CaseId, step: &Step) -> Option<Probe> {
    let (id, none) = (step.id.clone(), String::new);
    let (kind, command) = match step.act {
        Act::Check | Act::Review | Act::Accept | Act::Notify => {
            let notes = BTreeMap::new();
            let (checks, records) = (Vec::new(), Vec::new());
            let outcome = step.outcomes.first().map(|outcome| outcome.id.clone());
            (
                "Step",
                Command::Step {
                    case,
                    step: id,
                    outcome,
                    opinion: none(),
                    checks,
                    records,
                    notes,
                    document: None,
                    on: NEVER,
                    to: None,
                    papers: Vec::new(),
                    form: None,
                },
            )
        }
        Act::Inspect => (
            "Inspect",
            Command::Inspect {
                case,
                step: id,
                on: NEVER,
                opinion: none(),
                records: Vec::new(),
                lines: Vec::new(),
                checks: Vec::new(),
                papers: Vec::new(),
                ratio: Ratio::percent(1),
                amount: Money::MAX,
            },
        ),
        Act::Propose => (
            "Propose",
            Command::Propose {
                case,
                step: id,
                ratio: Ratio::percent(1),
                amount: Money::MAX,
                opinion: none(),
            },
        ),
        Act::Pay => ("Pay", Command::Pay { case, step: id, amount: Money::MAX, on: NEVER, voucher: none() }),
        _ => return None,
    };
    Some(Probe { kind, command, subject: Subject::Case(case) })
}

/// The commands by which a step of a plan is done, with everything missing.
fn plan_probes(plan: PlanId, step: &Step) -> Vec<Probe> {
    let (id, none) = (step.id.clone(), String::new);
    let end = (step.act == Act::Publish)
        .then(|| plain(("EndNotice", Command::EndNotice { plan, step: id.clone() })));
    let first = match step.act {
        Act::Deliberate => {
            let minutes = Minutes {
                held_on: NEVER,
                place: none(),
                chair: none(),
                present: Vec::new(),
                resolution: none(),
            };
            ("Deliberate", Command::Deliberate { plan, step: id, minutes })
        }
        Act::Publish => (
            "PostNotice",
            Command::PostNotice { plan, step: id, on: NEVER, postings: Vec::new(), fields: BTreeMap::new() },
        ),
        Act::Decide => (
            "Determine",
            Command::Determine { plan, step: id, stamp: NEVER, document: none(), items: Vec::new() },
        ),
        Act::File => ("Inform", Command::Inform { plan, step: id, on: NEVER, letters: Vec::new() }),
        Act::Pay => {
            ("Remit", Command::Remit { plan, step: id, on: NEVER, amount: Money::MAX, voucher: none() })
        }
        _ => return Vec::new(),
    };
    end.into_iter().chain([plain(first)]).collect()
}
