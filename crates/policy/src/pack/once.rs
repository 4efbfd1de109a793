//! `once`: what a procedure lets be filed once on the same parent. Whether it could be told at all: what may stay empty, or says the
//! same twice, tells nothing apart.

use super::context::Context;
use super::diag::Diagnostic;
use super::model::*;
use crate::procedure::Procedure;

/// Each field of `once` must be filled in, and stands there one time.
pub(super) fn check(cx: &Context<'_>, procedure: &Procedure, forms: &Catalog<Form>) {
    let Some(form) = procedure.form.as_deref().and_then(|form| forms.get(form)) else { return };
    for (at, id) in procedure.once.iter().enumerate() {
        let empty = form.field(id).is_some_and(|field| field.required != Required::Yes);
        let why = match (empty, procedure.once[..at].contains(id)) {
            (true, _) => (format!("栏目 `{id}` 可以不填"), format!("the field `{id}` may stay empty")),
            (false, true) => (format!("栏目 `{id}` 写了两次"), format!("the field `{id}` stands twice")),
            (false, false) => continue,
        };
        let place = cx.place(ElementKind::Procedure, &procedure.id, "once");
        let found = Diagnostic::new(
            "E109",
            place,
            "`once` 的栏目分不出是不是重复",
            "a field of `once` cannot tell what was filed already",
        );
        cx.sink.add(found.label(why.0, why.1).hint(
            "写必填的栏目（required = true），每个一次",
            "name fields with `required = true`, each one time",
        ));
    }
}
