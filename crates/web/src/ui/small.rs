//! Small pieces: badges, verdicts, citations, messages, steps, progress, folded text.

use maud::{Markup, Render, html};

use super::icon::{self, Icon};
use crate::ctx::Ctx;
use crate::flash::Tone;

/// The colour of a badge. The word in it says the same; colour is never the only sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Badge {
    /// Nothing happens now.
    #[default]
    Grey,
    /// Under way.
    Blue,
    /// Done well.
    Green,
    /// Someone must mind it.
    Amber,
    /// Refused, overdue, wrong.
    Red,
}

impl Badge {
    /// The class of the colour.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Blue => "blue",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

/// A state in a word.
pub fn badge(colour: Badge, label: &str) -> Markup {
    html! { span.badge.(colour.class()) { (label) } }
}

/// A sign and a word in a badge.
pub(super) fn badge_with(colour: Badge, icon: Icon, label: &str) -> Markup {
    html! { span.badge.(colour.class()) { (icon) (label) } }
}

/// What a rule says of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 满足.
    Met,
    /// 不满足.
    NotMet,
    /// 待填写: a fact is missing.
    Open,
}

/// 满足, 不满足 or 待填写, with its sign.
pub fn verdict(ctx: &Ctx, verdict: Verdict) -> Markup {
    match verdict {
        Verdict::Met => badge_with(Badge::Green, icon::CHECK, &ctx.t("verdict-met")),
        Verdict::NotMet => badge_with(Badge::Red, icon::CROSS, &ctx.t("verdict-not-met")),
        Verdict::Open => badge_with(Badge::Grey, icon::OPEN, &ctx.t("verdict-open")),
    }
}

/// The article something rests on, as printed: `cite("第七条(一)")`. Always Chinese.
pub fn cite(article: &str) -> Markup {
    html! { cite.article lang="zh-CN" { (article) } }
}

/// A message at the top of the page.
pub fn flash(tone: Tone, text: &str) -> Markup {
    let (class, sign) = match tone {
        Tone::Done => ("green", icon::CHECK),
        Tone::Note => ("blue", icon::INFO),
        Tone::Warning => ("amber", icon::WARNING),
    };
    html! { div.flash.(class) role="status" { (sign) p { (text) } } }
}

/// Text that opens when asked for.
pub fn details(summary: &str, content: impl Render) -> Markup {
    html! { details.more { summary { (summary) } div { (content) } } }
}

/// The steps of a procedure with the present one marked; `current` counts from zero.
pub fn steps(ctx: &Ctx, labels: &[&str], current: usize) -> Markup {
    html! {
        ol.steps aria-label=(ctx.t("steps-label")) {
            @for (index, label) in labels.iter().enumerate() {
                li.done[index < current] aria-current=[(index == current).then_some("step")] {
                    span.step-number { @if index < current { (icon::CHECK) } @else { (index + 1) } }
                    span { (label) }
                    @if index < current { span.sr-only { (ctx.t("step-done")) } }
                }
            }
        }
    }
}

/// How far something is: `done` of `all`, with its words beside the bar.
pub fn progress(label: &str, done: u64, all: u64, words: &str) -> Markup {
    html! {
        div.progress {
            progress aria-label=(label) value=(done) max=(all.max(1)) { (words) }
            span { (words) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_verdict_is_a_word_and_a_sign_not_a_colour_alone() {
        let ctx = Ctx::sample(Lang::Zh);
        for (value, word) in [(Verdict::Met, "满足"), (Verdict::NotMet, "不满足"), (Verdict::Open, "待填写")]
        {
            let html = verdict(&ctx, value).into_string();
            assert!(html.contains("<svg") && html.contains(&format!("</svg>{word}</span>")), "{html}");
        }
    }

    #[test]
    fn a_citation_stays_chinese() {
        assert_eq!(
            cite("第七条(一)").into_string(),
            "<cite class=\"article\" lang=\"zh-CN\">第七条(一)</cite>"
        );
    }

    #[test]
    fn only_one_step_is_current() {
        let html = steps(&Ctx::sample(Lang::En), &["a", "b", "c"], 1).into_string();
        assert_eq!(html.matches("aria-current=\"step\"").count(), 1);
        assert_eq!(html.matches("class=\"done\"").count(), 1);
    }

    #[test]
    fn progress_of_nothing_is_not_a_division_by_zero() {
        assert!(progress("x", 0, 0, "0 / 0").into_string().contains("max=\"1\""));
    }
}
