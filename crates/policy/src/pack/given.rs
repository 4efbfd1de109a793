//! Facts that the program gives by itself: `gives = "amount"`, `"done:STEP"`, `"paper:PAPER"`.

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::{Raw, near};
use super::model::{ElementKind, Given, Id};
use super::reader::Reader;
use super::tree::Text;
use crate::lang::Type;

const WAYS: &str = "amount、parent、done:步骤、day:步骤、paper:材料、applicants:程序、applicants:程序:栏目、\
    together、together:applicants、together:applicants:栏目、one_paper:步骤、unlisted:部分、roster:部分";
const WAYS_EN: &str = "amount, parent, done:STEP, day:STEP, paper:PAPER, applicants:PROCEDURE, applicants:PROCEDURE:FIELD, \
    together, together:applicants, together:applicants:FIELD, one_paper:STEP, unlisted:PART, roster:PART";

/// What the program gives for a fact; `wanted` when the fact says that it does.
pub(super) fn given(
    cx: &Context<'_>,
    reader: &Reader<'_>,
    raw: &Raw,
    wanted: bool,
    ty: Option<&Type>,
) -> Option<Given> {
    if !wanted {
        // Whoever else writes it is told by `life` that it says nothing.
        reader.node("gives");
        return None;
    }
    let Some(text) = reader.text("gives") else {
        if reader.node("gives").is_none() {
            cx.sink.add(untold(raw));
        }
        return None;
    };
    let (way, rest) = text.text.split_once(':').unwrap_or((&text.text, ""));
    let found = match way {
        "amount" => Some(Given::Amount),
        "parent" => Some(Given::Parent),
        "done" => refer(cx, ElementKind::Step, text, rest).map(Given::Done),
        "day" => refer(cx, ElementKind::Step, text, rest).map(Given::Day),
        "paper" => refer(cx, ElementKind::Paper, text, rest).map(Given::Paper),
        "applicants" => {
            let (procedure, field) =
                rest.split_once(':').map_or((rest, None), |(p, f)| (p, Some(f.to_owned())));
            refer(cx, ElementKind::Procedure, text, procedure)
                .map(|procedure| Given::Applicants { procedure, field })
        }
        "one_paper" => refer(cx, ElementKind::Step, text, rest).map(Given::OnePaper),
        "unlisted" if !rest.is_empty() => Some(Given::Unlisted(rest.to_owned())),
        "roster" if !rest.is_empty() => Some(Given::Roster(rest.to_owned())),
        "together" => match rest.split_once(':') {
            None if rest.is_empty() => Some(Given::Together),
            None if rest == "applicants" => Some(Given::TogetherApplicants { field: None }),
            Some(("applicants", field)) => Some(Given::TogetherApplicants { field: Some(field.to_owned()) }),
            _ => {
                cx.sink.add(unknown(text));
                None
            }
        },
        _ => {
            cx.sink.add(unknown(text));
            None
        }
    }?;
    if ty.is_some_and(|ty| !fits(&found, ty)) {
        cx.sink.add(
            Diagnostic::new(
                "E081",
                text.whole(),
                format!("`{}` 的值与写明的类型不符", text.text),
                format!("what `{}` gives is not of the type stated", text.text),
            )
            .label("类型不符", "another type")
            .hint(
                "amount 是 money；parent、done、paper、one_paper、roster 是 bool；day 是 date；applicants、together、unlisted 是计数单位",
                "amount is money; parent, done, paper, one_paper, roster are bool; day is date; applicants, together and unlisted are a unit of counting",
            ),
        );
        return None;
    }
    Some(found)
}

fn fits(given: &Given, ty: &Type) -> bool {
    match given {
        Given::Amount => *ty == Type::Money,
        Given::Parent | Given::Done(_) | Given::Paper(_) | Given::OnePaper(_) | Given::Roster(_) => {
            *ty == Type::Bool
        }
        Given::Day(_) => *ty == Type::Date,
        Given::Applicants { .. }
        | Given::Together
        | Given::TogetherApplicants { .. }
        | Given::Unlisted(_) => matches!(ty, Type::Count(_)),
    }
}

fn refer(cx: &Context<'_>, kind: ElementKind, text: &Text, id: &str) -> Option<Id> {
    if cx.draft.of(kind).any(|raw| raw.id == id) {
        return Some(id.to_owned());
    }
    let words = kind.words();
    cx.unlisted(text, &words.zh, &words.en, near(cx.draft, kind, id));
    None
}

fn untold(raw: &Raw) -> Diagnostic {
    Diagnostic::new(
        "E080",
        raw.at.clone(),
        format!("`{}` 由程序给出，却没有写给什么", raw.id),
        format!("`{}` is given by the program, which is not told what", raw.id),
    )
    .label("缺少 gives", "`gives` is missing")
    .hint(format!("可写：{WAYS}"), format!("one of: {WAYS_EN}"))
}

fn unknown(text: &Text) -> Diagnostic {
    Diagnostic::new(
        "E080",
        text.whole(),
        format!("程序不会给出 `{}`", text.text),
        format!("the program does not give `{}`", text.text),
    )
    .label("不认识的写法", "unknown")
    .hint(format!("可写：{WAYS}"), format!("one of: {WAYS_EN}"))
}
