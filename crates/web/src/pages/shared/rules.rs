//! What the pack says, in the language of the screen: its words, its articles, who does what.

use app::view::pack::{Act, Pack, Subject, Words};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::ui::cite;

/// A text of the pack in the language of the screen; Chinese where the pack has no English.
pub fn say<'w>(ctx: &Ctx, words: &'w Words) -> &'w str {
    ctx.pick(&words.zh, &words.en)
}

/// An article; nothing for what rests on none.
pub fn article(text: &str) -> Markup {
    html! { @if !text.is_empty() { (cite(text)) } }
}

/// Who does an act on a subject, and the article: `财政部门`, `第十二条`. Several where each serves funds of its own. `None`
/// when the regime has no such step.
pub fn doer(ctx: &Ctx, pack: &Pack, subject: Subject, act: Act) -> Option<(String, String)> {
    let steps = pack.steps.iter().filter(|step| step.on == subject && step.act == act);
    let mut who: Vec<String> = Vec::new();
    for step in steps {
        let (zh, en) = app::view::role_name(pack, &step.by);
        let name = ctx.pick(&zh, &en).to_owned();
        if !who.contains(&name) {
            who.push(name);
        }
    }
    let first = pack.step_on(subject, act)?;
    Some((who.join(ctx.pick("、", ", ")), first.cite.to_string()))
}

/// The head of a form that carries out an act: the article, who does it. Nothing when the regime has no such step.
pub fn rule_line(ctx: &Ctx, pack: &Pack, subject: Subject, act: Act) -> Markup {
    doer(ctx, pack, subject, act).map_or_else(|| html! {}, |(who, cite)| said(ctx, who, &cite))
}

/// The same where it is about money of a fund.
pub fn rule_line_of(ctx: &Ctx, pack: &Pack, at: (Subject, Act), fund: &str) -> Markup {
    let Some(step) = pack.step_for(at.0, at.1, fund) else { return html! {} };
    let (zh, en) = app::view::role_name(pack, &step.by);
    said(ctx, ctx.pick(&zh, &en).to_owned(), &step.cite.to_string())
}

fn said(ctx: &Ctx, who: String, article: &str) -> Markup {
    html! { p.hint { (cite(article)) " · " (ctx.t_args("done-by", &[("who", who.into())])) } }
}

/// A fund with its side, as one text; the fund alone when it has no sides.
pub fn fund_side(ctx: &Ctx, fund: &Words, side: &Words) -> String {
    match say(ctx, side) {
        "" => say(ctx, fund).to_owned(),
        side => format!("{} · {side}", say(ctx, fund)),
    }
}
