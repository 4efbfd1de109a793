//! Lists of people that tables of forms are compared with: who keeps one, which table is compared, which of its columns the list
//! knows too. What a list says is no part of a pack.

use std::ops::Range;

use super::context::Context;
use super::diag::Diagnostic;
use super::life::Read;
use super::model::*;
use super::reader::Reader;
use super::symbols::each;

/// The lists. Each is loaded by its keepers for their own regions, so that the keeper must be a role of a region.
pub(super) fn rosters(cx: &Context<'_>, roles: &Catalog<Role>) -> Catalog<Roster> {
    each(cx, ElementKind::Roster, |raw, reader| {
        let (name, cite) = (reader.words(), cx.cite(raw, reader));
        let keeper = cx.need_ref(ElementKind::Role, reader, "keeper");
        if roles.get(&keeper).is_some_and(|role| role.sees != Sees::Region) {
            cx.sink.add(
                Diagnostic::new(
                    "E105",
                    cx.place(ElementKind::Roster, &raw.id, "keeper"),
                    format!("`{keeper}` 不是按地区的岗位，不能各地各装一份名单"),
                    format!("`{keeper}` is not a role of a region and has no place to load a list for"),
                )
                .label("须是 sees = \"region\" 的岗位", "must be a role with sees = \"region\""),
            );
        }
        Some(Roster { id: raw.id.clone(), name, keeper, cite })
    })
}

/// What the list knows of a column too.
pub(super) fn on_roster(cx: &Context<'_>, column: &Reader<'_>) -> Option<OnRoster> {
    column.text("on_roster").and_then(|text| cx.word(text, OnRoster::ALL))
}

/// The list that a table is compared with: by exactly one column of identity numbers; what a column is on the list, one column is.
pub(super) fn compared(cx: &Context<'_>, part: &Reader<'_>, columns: &[Column]) -> Option<Id> {
    let roster = cx.refer_key(ElementKind::Roster, part, "roster");
    let marked: Vec<OnRoster> = columns.iter().filter_map(|column| column.on_roster).collect();
    let twice = marked.iter().enumerate().any(|(at, mark)| marked[..at].contains(mark));
    if twice || (!marked.is_empty() && part.node("roster").is_none()) {
        let (zh, en) = if twice {
            ("两列写了同一个词", "two columns bear the same word")
        } else {
            ("这张表没有写 roster", "the table has no `roster`")
        };
        cx.sink.add(
            Diagnostic::new("E107", part.at.clone(), "`on_roster` 写得不对", "`on_roster` cannot stand so")
                .label(zh, en),
        );
    }
    let numbers = columns.iter().filter(|column| column.field.ty == FieldType::ResidentId).count();
    if roster.is_some() && numbers != 1 {
        cx.sink.add(uncomparable(place(part), numbers));
    }
    roster
}

/// Only a table is compared with a list.
pub(super) fn uncompared(cx: &Context<'_>, part: &Reader<'_>) {
    if part.node("roster").is_some() {
        cx.sink.add(uncomparable(place(part), 0));
    }
}

fn place(part: &Reader<'_>) -> Range<usize> {
    part.node("roster").map_or(part.at.clone(), |node| node.at.clone())
}

fn uncomparable(at: Range<usize>, numbers: usize) -> Diagnostic {
    let (zh, en) = match numbers {
        0 => ("没有证件号码（resident_id）的列", "it has no column of identity numbers (resident_id)"),
        _ => (
            "证件号码（resident_id）的列不止一个",
            "it has more than one column of identity numbers (resident_id)",
        ),
    };
    Diagnostic::new("E106", at, "这个部分不能与名单核对", "this part cannot be compared with a list")
        .label(zh, en)
}

/// What the program gives of a comparison: the part must be one that is compared.
pub(super) fn given(cx: &Context<'_>, read: &Read<'_>, part: &str, at: Range<usize>) {
    let on_case = read.procedures.iter().filter(|of| of.subject == crate::procedure::Subject::Case);
    let mut forms = on_case.filter_map(|of| read.forms.get(of.form.as_deref()?));
    if forms.any(|form| form.compared().any(|table| table.part.id == part)) {
        return;
    }
    cx.sink.add(
        Diagnostic::new(
            "E108",
            at,
            format!("申请的表格里没有与名单核对的部分 `{part}`"),
            format!("no form of a case has a part `{part}` that is compared with a list"),
        )
        .label("没有这样的部分", "no such part")
        .hint("在那个部分写 roster", "write `roster` in that part"),
    );
}
