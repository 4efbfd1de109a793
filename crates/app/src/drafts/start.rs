//! What a draft starts from: the case that it builds on, what stands under the same ids elsewhere, papers handed in before.

use crate::view::Viewer;
use domain::Reason;
use domain::case::{Case, Paper, Standing};
use policy::form::FormData;
use policy::pack::{Form, Pack, PartKind, Prefill};
use policy::procedure::{Procedure, Step};

/// Whether a case is one that a new case of this procedure can build on: the use case asks again.
pub(crate) fn builds_on(procedure: &Procedure, parent: &Case, viewer: &Viewer) -> bool {
    let of = procedure.parent.as_ref() == Some(&parent.procedure);
    // Who applies does so for its own organisation; an office begins with anybody's that it sees.
    let own = || procedure.applicant.as_ref() != Some(&viewer.role) || parent.applicant == viewer.org;
    of && match &procedure.parent_after {
        Some(step) => parent.passed(step).is_some() && own(),
        None => parent.applicant == viewer.org && parent.standing() == Standing::Accepted,
    }
}

/// Why nothing can be begun without a case to build on.
pub(crate) fn no_parent(pack: &Pack, procedure: &Procedure) -> Reason {
    if pack.grant.is_some() {
        return Reason::NotDeclaredBefore {};
    }
    let step = procedure.parent_after.as_ref().and_then(|id| pack.steps.get(id)).map(|s| s.name.clone());
    let parent = procedure.parent.as_ref().and_then(|id| pack.procedures.get(id)).map(|p| p.name.clone());
    let what = step.or(parent).unwrap_or_default();
    Reason::ParentMissing { what: what.zh, what_en: what.en }
}

/// Whether the pack says itself what a form takes from the parent.
pub(super) fn asks_parent(form: &Form) -> bool {
    form.fields().any(|field| matches!(field.prefill, Some(Prefill::Parent(_))))
}

/// Fills empty fields and tables with what another form says under the same ids; sealed cells stay where they are.
pub(super) fn take_equal(form: &Form, from: &FormData, data: &mut FormData) {
    for field in form.fields().filter(|field| !field.sensitive) {
        let text = from.fields.get(&field.id).filter(|text| !text.trim().is_empty());
        let empty = data.fields.get(&field.id).is_none_or(|text| text.trim().is_empty());
        if let Some(text) = text.filter(|_| empty) {
            data.fields.insert(field.id.clone(), text.clone());
        }
    }
    for part in &form.parts {
        let PartKind::Table(table) = &part.kind else { continue };
        let plain = table.columns.iter().all(|column| !column.field.sensitive);
        let rows = from.tables.get(&part.id).filter(|rows| !rows.is_empty());
        if let Some(rows) = rows.filter(|_| plain && data.rows(&part.id).is_empty()) {
            data.tables.insert(part.id.clone(), rows.clone());
        }
    }
}

/// The papers handed in before that this step asks for too. What may be filed again and again starts with none.
pub(super) fn papers_before(case: &Case, step: &Step) -> Vec<Paper> {
    if step.repeats {
        return Vec::new();
    }
    let of = |id: &String| {
        let last = case.declared.iter().rev().find(|d| d.papers.iter().any(|p| p.paper == *id));
        last.into_iter().flat_map(|d| &d.papers).filter(|p| p.paper == *id).cloned().collect::<Vec<_>>()
    };
    step.papers.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::pack::Source;

    fn pack() -> Pack {
        let text = include_str!("../../../../policies/hunan/2018.md");
        match Pack::load(Source { name: "hunan/2018.md".into(), text: text.into() }) {
            Ok(pack) => pack,
            Err(found) => panic!("{found}"),
        }
    }

    #[test]
    fn equal_ids_are_taken_and_what_was_typed_stays() {
        let pack = pack();
        let declaration = pack.forms.get("declaration").unwrap();
        let mut from = FormData::default();
        from.set("", None, "village", "坪上村");
        from.set("", None, "plan_content", "341亩");
        from.set("sources", Some(1), "amount", "10");
        let mut data = FormData::default();
        data.set("", None, "name", "黄金茶基地");
        take_equal(declaration, &from, &mut data);
        assert_eq!(data.get("", None, "name"), "黄金茶基地");
        assert_eq!(data.get("", None, "village"), "坪上村");
        assert_eq!(data.get("sources", Some(1), "amount"), "10");
        assert_eq!(data.get("", None, "plan_content"), "", "the form has no such field");
        from.set("", None, "village", "云台村");
        from.set("sources", Some(1), "amount", "20");
        take_equal(declaration, &from, &mut data);
        assert_eq!(data.get("", None, "village"), "坪上村");
        assert_eq!(data.get("sources", Some(1), "amount"), "10");
        assert!(asks_parent(declaration), "this form says itself what it takes from the parent");
        assert!(!asks_parent(pack.forms.get("entry").unwrap()));
    }

    #[test]
    fn what_lacks_is_named_by_the_step_or_the_procedure() {
        let pack = pack();
        let named = |id: &str| match no_parent(&pack, pack.procedures.get(id).unwrap()) {
            Reason::ParentMissing { what, .. } => what,
            other => panic!("{other:?}"),
        };
        assert_eq!(named("flow"), "项目入库");
        assert_eq!(named("rectification"), pack.steps.get("plan_approve").unwrap().name.zh);
    }
}
