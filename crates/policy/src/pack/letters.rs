//! Official letters as the pack writes them, and whether every place in them can be filled in by the steps that write them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::bound::as_text;
use super::context::Context;
use super::diag::Diagnostic;
use super::model::*;
use super::steps::Placed;
use super::symbols::each;
use super::tree::{Text, Tree};
use crate::lang::nearest;
use crate::procedure::{
    Act, DUE, Letter, OF_ACT, OF_CASE, OF_PLAN, OF_STEP, Of, Procedure, Slot, Step, Subject, Template,
};

const KIND: ElementKind = ElementKind::Letter;

/// Letters.
pub(super) fn letters(cx: &Context<'_>) -> Catalog<Letter> {
    each(cx, KIND, |raw, reader| {
        if reader.node("body").is_none() {
            reader.missing("body");
        }
        let templates = |key| reader.texts(key).into_iter().filter_map(|text| template(cx, text)).collect();
        let slots = |key| reader.texts(key).into_iter().filter_map(|text| slot(cx, text)).collect();
        let letter = Letter {
            id: raw.id.clone(),
            name: reader.words(),
            title: reader.need_text("title").and_then(|text| template(cx, text)).unwrap_or_default(),
            to: slots("to"),
            body: templates("body"),
            closing: reader.text("closing").and_then(|text| template(cx, text)),
            attached: templates("attached"),
            copies: slots("copies"),
            cite: cx.cite(raw, reader),
        };
        Some(letter)
    })
}

fn template(cx: &Context<'_>, text: &Text) -> Option<Template> {
    Template::parse(&text.text).map_err(|at| cx.sink.add(unreadable(text.place(&at)))).ok()
}

fn slot(cx: &Context<'_>, text: &Text) -> Option<Slot> {
    let read = Slot::parse(&text.text, 0..text.text.len());
    if read.is_none() {
        cx.sink.add(unreadable(text.whole()));
    }
    read
}

fn unreadable(at: Range<usize>) -> Diagnostic {
    Diagnostic::new("E096", at, "公文里的待填处写得不对", "a place of the letter cannot be read")
        .label("待填处不这样写", "not how a place is written")
        .hint(
            "写 {unit}、{parent.name}、{步骤.day} 或 {role.角色}；to 和 copies 里不写花括号",
            "write {unit}, {parent.name}, {STEP.day} or {role.ROLE}; in `to` and `copies` without braces",
        )
}

/// What letters are looked at with.
pub(super) struct Read<'r> {
    pub(super) letters: &'r Catalog<Letter>,
    pub(super) roles: &'r Catalog<Role>,
    pub(super) forms: &'r Catalog<Form>,
    pub(super) procedures: &'r Catalog<Procedure>,
    pub(super) steps: &'r Catalog<Placed>,
}

/// A letter is written where the program can write one, and knows what stands in it.
pub(super) fn check(cx: &Context<'_>, read: &Read<'_>) {
    let mut told = BTreeSet::new();
    for placed in read.steps {
        let step = &placed.step;
        let letter = step.letter.as_deref().and_then(|id| read.letters.get(id));
        let (Some(letter), Some(of)) = (letter, read.procedures.get(&step.procedure)) else { continue };
        if let Some(why) = misplaced(step, of) {
            let at = cx.place(ElementKind::Step, &step.id, "letter");
            cx.sink.add(
                Diagnostic::new("E083", at, "`letter` 写在这里不起作用", "`letter` says nothing here")
                    .label(why.0, why.1),
            );
            continue;
        }
        addressed(cx, step, letter);
        for (slot, at) in written(cx, &letter.id) {
            // A letter of two steps is told of once.
            if let (Some(lacks), true) = (lacking(read, (step, of), &slot), told.insert(at.start)) {
                cx.sink.add(unknown(at, &slot, &lacks));
            }
        }
    }
}

/// Where no letter can be written, and why.
fn misplaced(step: &Step, of: &Procedure) -> Option<(&'static str, &'static str)> {
    let with_desk = matches!(step.act, Act::Declare | Act::Change | Act::Inspect | Act::Propose);
    match (of.subject, step.on) {
        (Subject::Case, Subject::Case) if !with_desk => None,
        (Subject::Case, Subject::Case) => Some((
            "递交、核查、建议方案的步骤不出公文",
            "a step that files, inspects or proposes writes no letter",
        )),
        (Subject::Case, Subject::Plan) if step.act == Act::File => None,
        (Subject::Case, Subject::Plan) => Some((
            "资金计划只有 act = \"file\" 的步骤出公文",
            "of a plan only a step with act = \"file\" writes letters",
        )),
        _ => Some(("只用于申请和资金计划的步骤", "only for steps on cases and plans")),
    }
}

/// The letter of a case says to whom it goes; those of a plan go to whom the step writes down.
fn addressed(cx: &Context<'_>, step: &Step, letter: &Letter) {
    let (wrote, plan) = (cx.entry(KIND, &letter.id, "to").is_some(), step.on == Subject::Plan);
    let found = match (wrote, plan) {
        (true, true) => Diagnostic::new(
            "E083",
            cx.place(KIND, &letter.id, "to"),
            "`to` 写在这里不起作用",
            "`to` says nothing here",
        )
        .label("收件单位由资金计划的步骤登记", "the step on the plan writes down whom it goes to"),
        (false, false) => {
            Diagnostic::new("E034", cx.place(KIND, &letter.id, "to"), "缺少 `to`", "`to` is missing")
                .label("此处须写 to", "to must stand here")
        }
        _ => return,
    };
    cx.sink.add(found);
}

/// Every place of a letter with where it stands in the pack.
fn written(cx: &Context<'_>, id: &str) -> Vec<(Slot, Range<usize>)> {
    let texts = |key: &str| match cx.entry(KIND, id, key).map(|entry| &entry.node.value) {
        Some(Tree::Text(text)) => vec![text],
        Some(Tree::List(list)) => list.iter().filter_map(as_text).collect(),
        _ => Vec::new(),
    };
    let filled = ["title", "body", "closing", "attached"].into_iter().flat_map(texts).flat_map(|text| {
        let read = Template::parse(&text.text).unwrap_or_default();
        read.slots().map(|slot| (slot.clone(), text.place(&slot.at))).collect::<Vec<_>>()
    });
    let named = ["to", "copies"].into_iter().flat_map(texts);
    let named = named.filter_map(|text| Some((Slot::parse(&text.text, 0..text.text.len())?, text.whole())));
    filled.chain(named).collect()
}

/// Why a place stays unknown whatever the case: in both languages, with the nearest name that is known.
struct Lacks {
    zh: &'static str,
    en: &'static str,
    near: Option<String>,
}

fn lacking(read: &Read<'_>, (step, of): (&Step, &Procedure), slot: &Slot) -> Option<Lacks> {
    let known = match &slot.of {
        Of::Own => own(read, step, of),
        Of::Parent => match of.parent.as_deref().and_then(|id| read.procedures.get(id)) {
            None => {
                return Some(Lacks {
                    zh: "程序没有写 parent",
                    en: "the procedure has no parent",
                    near: None,
                });
            }
            Some(parent) => OF_CASE.into_iter().chain(fields(read, parent)).collect(),
        },
        Of::Step(id) => match read.steps.get(id).map(|placed| &placed.step) {
            Some(named) if named.procedure == step.procedure && (named.on == step.on) => {
                let due = named.within.is_some() || named.every.is_some() || named.due_on.is_some();
                let plan = step.on == Subject::Plan;
                let words = OF_STEP.into_iter().filter(|word| (due && !plan) || *word != DUE);
                words.chain(named.notes.iter().map(|note| note.id.as_str())).collect()
            }
            _ => {
                return Some(Lacks {
                    zh: "本程序没有这个步骤",
                    en: "no such step of this procedure",
                    near: None,
                });
            }
        },
        Of::Role => read.roles.iter().map(|role| role.id.as_str()).collect(),
    };
    let hidden = masked(read, (step, of), slot);
    if known.contains(&slot.key.as_str()) && !hidden {
        return None;
    }
    let near = nearest(&slot.key, known.into_iter()).filter(|_| !hidden).map(str::to_owned);
    let (zh, en) = if hidden {
        ("遮住的栏目不能写进公文", "a masked field does not stand in a letter")
    } else {
        ("没有这一项", "nothing of this name is known")
    };
    Some(Lacks { zh, en, near })
}

/// What is known of the act itself and of what it is on.
fn own<'r>(read: &'r Read<'_>, step: &'r Step, of: &'r Procedure) -> Vec<&'r str> {
    if step.on == Subject::Plan {
        return OF_PLAN.into_iter().chain(OF_ACT).collect();
    }
    let notes = step.notes.iter().map(|note| note.id.as_str());
    OF_CASE.into_iter().chain(OF_ACT).chain(notes).chain(fields(read, of)).collect()
}

fn fields<'r>(read: &'r Read<'_>, of: &Procedure) -> impl Iterator<Item = &'r str> {
    let form = of.form.as_deref().and_then(|id| read.forms.get(id));
    form.into_iter().flat_map(Form::fields).map(|field| field.id.as_str())
}

fn masked(read: &Read<'_>, (step, of): (&Step, &Procedure), slot: &Slot) -> bool {
    let owner = match &slot.of {
        Of::Own if step.on == Subject::Case => Some(of),
        Of::Parent => of.parent.as_deref().and_then(|id| read.procedures.get(id)),
        _ => None,
    };
    let form = owner.and_then(|of| of.form.as_deref()).and_then(|id| read.forms.get(id));
    form.and_then(|form| form.field(&slot.key)).is_some_and(|field| field.sensitive)
}

fn unknown(at: Range<usize>, slot: &Slot, lacks: &Lacks) -> Diagnostic {
    let key = &slot.key;
    let found = Diagnostic::new(
        "E095",
        at,
        format!("公文里的 `{key}` 填不上"),
        format!("the place `{key}` of the letter cannot be filled in"),
    )
    .label(lacks.zh, lacks.en);
    match &lacks.near {
        Some(near) => found.hint(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => found,
    }
}
