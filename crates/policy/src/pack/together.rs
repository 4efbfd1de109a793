//! Whether a step may be done for several cases in one act, and whether such an act can be counted.

use super::context::Context;
use super::diag::Diagnostic;
use super::life::{Read, files};
use super::model::{ElementKind, FieldType};
use crate::procedure::{Act, Procedure, Step, Subject};

/// One paper decides over many cases that stand before the same question; what each of them is asked for by itself (a form, a
/// notice, a sum) has no place in it.
pub(super) fn check(cx: &Context<'_>, step: &Step, of: &Procedure) {
    if step.together.is_none() {
        return;
    }
    let grants = cx.draft.of(ElementKind::Grant).next().is_some();
    let why = if of.subject != Subject::Case || step.on != Subject::Case {
        ("只用于办理申请的步骤", "only for a step on cases")
    } else if files(step.act) {
        ("这一步递交表格，各件各填", "it files a form, each case its own")
    } else if step.publish.is_some() {
        ("这一步发布公示，各件各有期限", "it posts a notice, and each runs by itself")
    } else if step.form.is_some() {
        ("这一步有自己的表格，各件各填", "it has a form of its own, each case its own")
    } else if step.act == Act::Pay || (grants && matches!(step.act, Act::Inspect | Act::Propose)) {
        ("这一步核定金额，各件各有数目", "it settles a sum, each case its own")
    } else if step.after.is_empty() {
        ("这一步开始一件申请，没有几件在等", "it begins a case: none waits for it")
    } else {
        return;
    };
    let (zh, en) = (
        format!("步骤 `{}` 不能几件一起办", step.id),
        format!("the step `{}` cannot be done together", step.id),
    );
    let at = cx.place(ElementKind::Step, &step.id, "together");
    cx.sink.add(Diagnostic::new("E089", at, zh, en).label(why.0, why.1));
}

/// Why the program could not count what an act is about: no step is done together, or none is about a form with this field.
pub(super) fn counted(read: &Read<'_>, field: Option<&str>) -> Option<(String, String)> {
    let mut together = read.steps.iter().filter(|placed| placed.step.together.is_some()).peekable();
    if together.peek().is_none() {
        return Some(("没有步骤写 together".into(), "no step has `together`".into()));
    }
    let id = field?;
    let asks = |placed: &super::steps::Placed| {
        let of = read.procedures.get(&placed.step.procedure)?;
        let field = read.forms.get(of.form.as_deref()?)?.field(id)?;
        (field.ty == FieldType::Bool).then_some(())
    };
    let known = together.any(|placed| asks(placed).is_some());
    (!known).then(|| {
        (
            format!("一起办理的申请，表格没有“是否”栏目 `{id}`"),
            format!("no form of what is done together has a yes-or-no field `{id}`"),
        )
    })
}
