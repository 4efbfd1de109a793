//! What happened to a case, newest first: who, in which role, when, under which article.

use maud::{Markup, Render, html};

use super::small::{Badge, cite};
use crate::ctx::Ctx;

/// One thing that happened, or that comes next.
pub struct Event {
    /// What happened.
    pub title: String,
    /// Who did it, in which role and organisation.
    pub by: String,
    /// When, as it is to be read.
    pub at: String,
    /// The article, or an empty text.
    pub article: String,
    /// What was said: an opinion, a reason.
    pub text: Option<Markup>,
    /// Its colour.
    pub colour: Badge,
}

/// A list of events.
pub struct Timeline(Vec<Event>);

impl Timeline {
    /// The events in the order in which they are to be read.
    pub fn new(events: Vec<Event>) -> Self {
        Self(events)
    }

    /// The list.
    pub fn html(&self, ctx: &Ctx) -> Markup {
        html! {
            ol.timeline aria-label=(ctx.t("timeline-label")) {
                @for event in &self.0 {
                    li.(event.colour.class()) {
                        p.event-title { (event.title) }
                        p.hint {
                            time { (event.at) } " · " (event.by)
                            @if !event.article.is_empty() { " · " (cite(&event.article)) }
                        }
                        @if let Some(text) = &event.text { div.event-text { (text.render()) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn an_event_says_who_when_and_under_which_article() {
        let event = Event {
            title: "受理事前申报".into(),
            by: "李明（南开区合作交流办）".into(),
            at: "2019年10月25日".into(),
            article: "第十一条(一)".into(),
            text: None,
            colour: Badge::Green,
        };
        let html = Timeline::new(vec![event]).html(&Ctx::sample(Lang::Zh)).into_string();
        for part in ["受理事前申报", "李明", "2019年10月25日", "第十一条(一)"] {
            assert!(html.contains(part), "{html}");
        }
    }
}
