//! What offices do beside the steps: remarks, copies, urging, standing aside, comparing what looks alike. And: a case that
//! begins with a step instead of a form.

use super::act::{Around, Step, step};
use super::bar::not_barred;
use super::declare::{Surroundings, may_open, opened, title_of};
use super::hands::{judges, stands_apart, stands_aside};
use super::{Case, Event, Meta, Standing, open_steps};
use crate::actor::{Actor, Context};
use crate::ids::{ProcedureId, RoleId, StepId};
use crate::refusal::{Reason, Refusal};
use kernel::id::CaseId;
use policy::form::FormData;
use policy::procedure::{Act, Procedure};
use std::collections::BTreeMap;

/// Something beside the steps.
#[derive(Debug, Clone)]
pub enum Aside {
    /// A remark for everybody who handles the case.
    Comment {
        /// The words.
        text: String,
    },
    /// A copy to a role.
    Copy {
        /// To whom.
        role: RoleId,
        /// With which words.
        text: String,
    },
    /// Urge an open step.
    Urge {
        /// Which.
        step: StepId,
        /// With which words.
        text: String,
    },
    /// Stand aside.
    Recuse {
        /// Because of which tie.
        why: String,
    },
    /// Say whether a similar case is the same.
    Compare {
        /// Which.
        other: CaseId,
        /// Whether it is.
        same: bool,
        /// Why.
        why: String,
    },
}

/// Writes something beside the steps.
pub fn aside(case: &Case, aside: Aside, ctx: Context<'_>) -> Result<Vec<Event>, Refusal> {
    let text = |what: &str, what_en: &str, text: &str| match text.trim() {
        "" => Err(Refusal::from(Reason::ReasonMissing { what: what.into(), what_en: what_en.into() })),
        words => Ok(words.to_owned()),
    };
    // Who audits reads everything and changes nothing.
    if !ctx.pack.roles.has(&ctx.actor.role) {
        let (what, what_en) = ("在申报件上留言、抄送、催办".to_owned(), "write beside the steps".to_owned());
        return Err(Reason::NotAllowed { what, what_en, who: "本政策的各岗位".into() }.into());
    }
    let event = match aside {
        Aside::Comment { text: said } => Event::Commented { text: text("留言", "a remark", &said)? },
        Aside::Copy { role, text: said } => {
            if !ctx.pack.roles.has(&role) {
                return Err(Reason::NotFound { what: "抄送的岗位".into() }.into());
            }
            Event::Copied { role, text: said.trim().to_owned() }
        }
        Aside::Urge { step, text: said } => {
            let open = open_steps(ctx.pack, case);
            if !open.iter().any(|open| open.step.id == step) {
                let names: Vec<&str> = open.iter().map(|open| open.step.name.zh.as_str()).collect();
                let open = if names.is_empty() { "无".to_owned() } else { names.join("、") };
                return Err(Reason::StepNotOpen { step: "催办".into(), open }.into());
            }
            Event::Urged { step, text: text("催办", "urging", &said)? }
        }
        Aside::Recuse { why } => Event::Recused { why: text("回避", "standing aside", &why)? },
        Aside::Compare { other, same, why } => return compare(case, other, same, &why, ctx),
    };
    Ok(vec![event])
}

/// Somebody who judges the case says whether a similar one is the same.
fn compare(
    case: &Case,
    other: CaseId,
    same: bool,
    why: &str,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let steps = ctx.pack.steps.iter().filter(|s| s.procedure == case.procedure);
    let judging = steps.filter(|s| matches!(s.act, Act::Check | Act::Review | Act::Inspect | Act::Decide));
    let mut judging = judging.filter(|s| judges(case, s, ctx.pack));
    let filed = case.current().and_then(|filed| ctx.pack.steps.get(&filed.step));
    let cite = filed.map_or_else(String::new, |step| step.cite.to_string());
    stands_aside(case, ctx, &cite)?;
    stands_apart(case, ctx, &cite)?;
    if !judging.any(|s| s.done_by(&ctx.actor.role)) {
        let (what, what_en) = ("认定相近项目".to_owned(), "compare similar projects".to_owned());
        return Err(Reason::NotAllowed { what, what_en, who: "审核单位".into() }.into());
    }
    if !case.alike.contains_key(&other) {
        return Err(Refusal::under(cite, Reason::AlikeUnknown {}));
    }
    if why.trim().is_empty() {
        let (what, what_en) = ("相近项目的认定".to_owned(), "the comparison".to_owned());
        return Err(Reason::ReasonMissing { what, what_en }.into());
    }
    Ok(vec![Event::Compared { other, same, why: why.trim().to_owned() }])
}

/// Begins a case with a step that files no form: an order, a plan that arrives.
pub fn begin(
    procedure: &ProcedureId,
    command: Step,
    around: Surroundings<'_>,
    known: &Around,
    ctx: Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(procedure) = ctx.pack.procedures.get(procedure) else {
        return Err(Reason::NotFound { what: "办理事项".into() }.into());
    };
    let first = ctx.pack.start_steps(procedure).into_iter().find(|s| s.id == command.step);
    let Some(first) = first.filter(|s| !super::declare::files(s.act)) else {
        return Err(Reason::NotFound { what: "办理环节".into() }.into());
    };
    super::allowed_for(first, ctx)?;
    may_open(procedure, first, around, ctx)?;
    not_barred(procedure, &FormData::default(), around, ctx)?;
    let (opening, case) = begun(procedure, around, ctx)?;
    let named = Event::Named { title: case.title.clone(), parties: BTreeMap::new() };
    let done = step(&case, command, known, ctx)?;
    Ok([opening, named].into_iter().chain(done).collect())
}

/// The case as it stands when its first step is about to be done, with the event that opens it.
pub fn begun(
    procedure: &Procedure,
    around: Surroundings<'_>,
    ctx: Context<'_>,
) -> Result<(Event, Case), Refusal> {
    let form = FormData::default();
    let opening = opened(procedure, around, &form, ctx)?;
    let mut case = Case::apply(None, opening.clone(), &about_now(ctx))
        .ok_or(Reason::NotFound { what: "办理事项".into() })?;
    case.title = title_of(procedure, &form, around.parent);
    Ok((opening, case))
}

/// Who acts today: what an event that is folded before it is stored carries.
pub(super) fn about_now(ctx: Context<'_>) -> Meta {
    let Actor { person, behalf, org, role, .. } = ctx.actor;
    Meta {
        on: ctx.today,
        at: 0,
        person: Some(*person),
        behalf: *behalf,
        org: Some(*org),
        role: Some(role.clone()),
    }
}

/// Whether money of a project waits for a case: one of a procedure that stops money, begun and not finished.
pub fn stops(case: &Case, pack: &policy::pack::Pack) -> bool {
    let stops = pack.procedures.get(&case.procedure).is_some_and(|procedure| procedure.stops_money);
    stops && matches!(case.standing(), Standing::Open | Standing::Returned)
}
