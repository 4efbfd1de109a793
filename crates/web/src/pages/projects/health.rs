//! What stands in the way of a project's money, named, with its article and a way to mend it.

use app::view::money::{Health, HealthMissing};
use app::view::pack::DemandOf;
use maud::{Markup, html};

use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::pages::shared::{article, say};
use crate::ui::{Badge, badge};

/// Doubts and missing papers, one a line; nothing when all is well.
pub(super) fn hindrances(ctx: &Ctx, health: &Health) -> Markup {
    let project = health.project.map(|id| id.to_string()).unwrap_or_default();
    html! {
        @if !health.is_well() {
            ul.papers.hindrances {
                @if health.closed { li { (badge(Badge::Red, &ctx.t("pj-standing-closed"))) " " (ctx.t("pj-closed-about")) } }
                @for doubt in &health.doubts {
                    li {
                        @if doubt.refused { (badge(Badge::Red, &ctx.t("pj-doubt-refused"))) }
                        @else { (badge(Badge::Amber, &ctx.t("pj-doubt-open"))) }
                        " " a href={ "/projects/" (project) "/doubt/" (doubt.number) } {
                            (ctx.t_args("pj-doubt-line", &[("word", doubt.word.clone().into()), ("use", say(ctx, &doubt.spending).to_owned().into())]))
                        } " " (article(&doubt.cite))
                    }
                }
                @for paper in &health.missing {
                    li {
                        (badge(Badge::Amber, &ctx.t("pj-paper-missing"))) " "
                        a href=(paper_href(&project, paper)) { (say(ctx, &paper.name)) }
                        @if !paper.place_name.is_empty() { "（" (ctx.zh(&paper.place_name)) "）" }
                        " " (article(&paper.cite))
                    }
                }
            }
        }
    }
}

/// Where a missing paper is put on file.
pub(super) fn paper_href(project: &str, paper: &HealthMissing) -> String {
    match paper.of {
        DemandOf::Project => format!("/projects/{project}/paper/{}", paper.demand),
        DemandOf::Place | DemandOf::Unit => {
            format!("/consents/new?place={}&demand={}", encode(&paper.place), encode(&paper.demand))
        }
    }
}

/// In a word: all is well, or how many things are not.
pub(super) fn word(ctx: &Ctx, health: &Health) -> Markup {
    let count = usize::from(health.closed) + health.doubts.len() + health.missing.len();
    html! {
        @if count == 0 { (badge(Badge::Green, &ctx.t("pj-health-well"))) }
        @else { (badge(Badge::Amber, &ctx.t_args("pj-health-count", &[("count", count.into())]))) }
    }
}
