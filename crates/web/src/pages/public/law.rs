//! Small pieces that several public pages share: texts of the pack in the language of the screen, links to articles.

use app::view::pack::{Cite, Words};
use maud::{Markup, html};

use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::words::Lang;

/// A text of the pack. Chinese stays marked as such on an English page when there is no English.
pub(super) fn words(ctx: &Ctx, words: &Words) -> Markup {
    if ctx.lang == Lang::En && words.en.is_empty() {
        ctx.zh(&words.zh)
    } else {
        html! { (plain(ctx, words)) }
    }
}

/// The same as a plain text, for labels.
pub(super) fn plain<'a>(ctx: &Ctx, words: &'a Words) -> &'a str {
    ctx.pick(&words.zh, &words.en)
}

/// The address of an article.
pub(super) fn article_href(key: &str) -> String {
    format!("/policy/{}", encode(key))
}

/// A citation that leads to its article.
pub(super) fn cite_link(ctx: &Ctx, cite: &Cite) -> Markup {
    let place = cite.item.map(|item| format!("#item-{item}")).unwrap_or_default();
    html! { a.article href={ (article_href(&cite.article.key())) (place) } { (ctx.pick(&cite.to_string(), &cite.en())) } }
}

/// Names in a row, with the comma of the language.
pub(super) fn list<'a>(ctx: &Ctx, all: impl IntoIterator<Item = &'a Words>) -> String {
    all.into_iter().map(|one| plain(ctx, one)).collect::<Vec<_>>().join(comma(ctx))
}

/// The comma of a list.
pub(super) fn comma(ctx: &Ctx) -> &'static str {
    match ctx.lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}
