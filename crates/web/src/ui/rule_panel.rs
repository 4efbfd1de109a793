//! What the rules say so far: a line per article, the ceiling and the limit that binds it.

use maud::{Markup, html};

use super::small::{Verdict, cite, verdict};
use crate::ctx::Ctx;

/// One rule of the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLine {
    /// What it demands, with the facts used, in the language of the screen.
    pub text: String,
    /// The article: 第七条(一).
    pub article: String,
    /// What it says.
    pub verdict: Verdict,
    /// What is missing or what would change it.
    pub note: Option<String>,
}

/// The panel beside a form; it is a live part named `rules`.
#[derive(Clone, Debug, Default)]
pub struct RulePanel<'a> {
    title: &'a str,
    lines: &'a [RuleLine],
    ceiling: Option<(&'a str, &'a str)>,
    binds: Option<(&'a str, &'a str)>,
    note: Option<&'a str>,
}

impl<'a> RulePanel<'a> {
    /// A panel with its rules in the order of the articles.
    pub fn new(title: &'a str, lines: &'a [RuleLine]) -> Self {
        Self { title, lines, ..Self::default() }
    }

    /// The highest possible amount: `ceiling("55.95", "万元")`.
    pub fn ceiling(mut self, amount: &'a str, unit: &'a str) -> Self {
        self.ceiling = Some((amount, unit));
        self
    }

    /// Which limit binds, and its article.
    pub fn binds(mut self, text: &'a str, article: &'a str) -> Self {
        self.binds = Some((text, article));
        self
    }

    /// Another closing line than "a preview; the review decides".
    pub fn note(mut self, note: &'a str) -> Self {
        self.note = Some(note);
        self
    }

    /// The panel.
    pub fn html(&self, ctx: &Ctx) -> Markup {
        let met = self.lines.iter().filter(|line| line.verdict == Verdict::Met).count();
        let count = ctx.t_args("rules-met", &[("met", met.into()), ("all", self.lines.len().into())]);
        html! {
            section.card.rule-panel data-part="rules" aria-labelledby="rule-panel-title" {
                header.card-head { h2 #rule-panel-title { (self.title) } p.card-aside role="status" { (count) } }
                ul {
                    @for line in self.lines {
                        li {
                            (verdict(ctx, line.verdict))
                            div {
                                p { (line.text) }
                                p.hint { (cite(&line.article)) @if let Some(note) = &line.note { " · " (note) } }
                            }
                        }
                    }
                }
                @if let Some((amount, unit)) = self.ceiling {
                    p.ceiling { (ctx.t("rules-ceiling")) " " strong { (amount) } " " (unit) }
                }
                @if let Some((text, article)) = self.binds { p.binds { (text) " " (cite(article)) } }
                p.hint { @match self.note { Some(note) => (note), None => (ctx.t("rules-preview")) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn it_counts_what_is_met_and_names_the_binding_limit() {
        let line =
            |verdict| RuleLine { text: "…".into(), article: "第七条(一)".into(), verdict, note: None };
        let lines = [line(Verdict::Met), line(Verdict::NotMet), line(Verdict::Open)];
        let html = RulePanel::new("资格条件", &lines)
            .ceiling("55.95", "万元")
            .binds("按新增投资额的比例", "第八条(一)")
            .html(&Ctx::sample(Lang::Zh))
            .into_string();
        assert!(html.contains("1 / 3 项满足") && html.contains("<strong>55.95</strong>"), "{html}");
        assert!(html.contains("第八条(一)"), "{html}");
    }
}
