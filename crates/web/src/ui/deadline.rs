//! A deadline in words, sign and colour, with the article that sets it.

use kernel::Date;
use maud::{Markup, html};

use super::icon;
use super::small::{Badge, badge_with, cite};
use crate::ctx::Ctx;

/// How a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineState {
    /// It runs; so many working days are left, the present day not counted. Zero means today is the last day;
    /// negative means so many working days too late.
    Running {
        /// Working days left.
        days_left: i64,
    },
    /// It was kept.
    Kept,
    /// It was kept too late.
    KeptLate {
        /// Working days too late.
        days: i64,
    },
}

/// A deadline to show.
#[derive(Clone, Copy, Debug)]
pub struct Deadline<'a> {
    /// How it stands.
    pub state: DeadlineState,
    /// The last day.
    pub due: Date,
    /// The article that sets it: 第十一条（一）.
    pub article: &'a str,
    /// Words for a day that may still move, because no calendar for its year is published; `None` when it is sure.
    pub provisional: Option<&'a str>,
}

impl Deadline<'_> {
    /// Only the badge, for tables.
    pub fn badge(&self, ctx: &Ctx) -> Markup {
        let (colour, sign, words) = self.words(ctx);
        badge_with(colour, sign, &words)
    }

    /// The badge, the last day and the article under it.
    pub fn html(&self, ctx: &Ctx) -> Markup {
        html! {
            div.deadline {
                (self.badge(ctx))
                p.hint {
                    (ctx.t_args("deadline-due", &[("date", ctx.date(self.due).into())])) " · " (cite(self.article))
                    @if let Some(provisional) = self.provisional { " · " span.provisional { (provisional) } }
                }
            }
        }
    }

    fn words(&self, ctx: &Ctx) -> (Badge, icon::Icon, String) {
        match self.state {
            DeadlineState::Running { days_left } if days_left < 0 => (
                Badge::Red,
                icon::WARNING,
                ctx.t_args("deadline-overdue", &[("days", days_left.saturating_neg().into())]),
            ),
            DeadlineState::Running { days_left: 0 } => (Badge::Amber, icon::WARNING, ctx.t("deadline-today")),
            DeadlineState::Running { days_left } => {
                let colour = if days_left <= 3 { Badge::Amber } else { Badge::Blue };
                (colour, icon::CLOCK, ctx.t_args("deadline-left", &[("days", days_left.into())]))
            }
            DeadlineState::Kept => (Badge::Green, icon::CHECK, ctx.t("deadline-kept")),
            DeadlineState::KeptLate { days } => {
                (Badge::Red, icon::CHECK, ctx.t_args("deadline-kept-late", &[("days", days.into())]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn days_left_read_as_the_office_says_them() {
        let ctx = Ctx::sample(Lang::Zh);
        let running = |days_left| DeadlineState::Running { days_left };
        for (state, words, class) in [
            (running(4), "还剩 4 个工作日", "blue"),
            (running(3), "还剩 3 个工作日", "amber"),
            (running(1), "还剩 1 个工作日", "amber"),
            (running(0), "今日到期", "amber"),
            (running(-1), "逾期 1 日", "red"),
            (running(-2), "逾期 2 日", "red"),
            (DeadlineState::Kept, "按期办结", "green"),
            (DeadlineState::KeptLate { days: 2 }, "逾期 2 日办结", "red"),
        ] {
            let deadline =
                Deadline {
                    state, due: Date::constant(2019, 11, 8), article: "第十一条", provisional: None
                };
            let html = deadline.html(&ctx).into_string();
            assert!(html.contains(words) && html.contains(&format!("badge {class}")), "{state:?}: {html}");
            assert!(html.contains("2019年11月8日") && html.contains("第十一条"), "{html}");
        }
    }
}
