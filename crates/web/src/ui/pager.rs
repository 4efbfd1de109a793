//! Leafing through a long list by key: forward, back to the beginning. Pages have no numbers, because a list by
//! key stays right while rows are added.

use maud::{Markup, html};

use crate::ctx::Ctx;

/// Where the list stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pager {
    /// The address of the first page, when this is not the first.
    pub first: Option<String>,
    /// The address of the next page, when there is one.
    pub next: Option<String>,
    /// How many rows this page shows.
    pub shown: usize,
    /// How many there are, when that was counted.
    pub all: Option<usize>,
}

/// The line under a list.
pub fn pager(ctx: &Ctx, pager: &Pager) -> Markup {
    html! {
        nav.pager aria-label=(ctx.t("pager-label")) {
            p {
                @match pager.all {
                    Some(all) => (ctx.t_args("pager-shown-of", &[("shown", pager.shown.into()), ("all", all.into())])),
                    None => (ctx.t_args("pager-shown", &[("shown", pager.shown.into())])),
                }
            }
            @if let Some(first) = &pager.first { a.button href=(first) { (ctx.t("pager-first")) } }
            @if let Some(next) = &pager.next { a.button href=(next) rel="next" { (ctx.t("pager-next")) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn the_last_page_has_no_next() {
        let ctx = Ctx::sample(Lang::Zh);
        let last = Pager { first: Some("/cases".into()), next: None, shown: 7, all: Some(57) };
        let html = pager(&ctx, &last).into_string();
        assert!(html.contains("本页 7 条，共 57 条") && !html.contains("rel=\"next\""), "{html}");
    }
}
