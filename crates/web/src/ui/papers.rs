//! The papers of a case: what each article demands, what was given, with size, kind and digest.

use maud::{Markup, Render, html};

use super::icon;
use super::small::{Badge, badge_with, cite};
use crate::ctx::Ctx;

/// How a demanded paper stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperState {
    /// It is there.
    Given,
    /// It is still missing.
    Missing,
    /// Someone found fault with it.
    Returned,
    /// This case does not need it.
    NotNeeded,
}

/// A file that was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperFile {
    /// Its name.
    pub name: String,
    /// Where it can be read.
    pub href: String,
    /// Its kind in a word: PDF.
    pub kind: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its digest in hexadecimal.
    pub hash: String,
}

/// A demanded paper with its files.
pub struct Paper {
    /// What is demanded.
    pub title: String,
    /// The article that demands it.
    pub article: String,
    /// A line of explanation.
    pub hint: Option<String>,
    /// How it stands.
    pub state: PaperState,
    /// What was given.
    pub files: Vec<PaperFile>,
    /// What can be done now: upload, remove.
    pub action: Option<Markup>,
}

/// The list of papers.
pub fn paper_list(ctx: &Ctx, papers: &[Paper]) -> Markup {
    html! {
        ul.papers {
            @for paper in papers {
                li {
                    div.paper-head {
                        (icon::PAPER)
                        div {
                            p.paper-title { (paper.title) }
                            p.hint {
                                (cite(&paper.article))
                                @if let Some(hint) = &paper.hint { " · " (hint) }
                            }
                        }
                        (state(ctx, paper.state))
                    }
                    @for file in &paper.files { (file_line(ctx, file)) }
                    @if let Some(action) = &paper.action { div.paper-action { (action.render()) } }
                }
            }
        }
    }
}

fn state(ctx: &Ctx, state: PaperState) -> Markup {
    match state {
        PaperState::Given => badge_with(Badge::Green, icon::CHECK, &ctx.t("paper-given")),
        PaperState::Missing => badge_with(Badge::Amber, icon::OPEN, &ctx.t("paper-missing")),
        PaperState::Returned => badge_with(Badge::Red, icon::WARNING, &ctx.t("paper-returned")),
        PaperState::NotNeeded => badge_with(Badge::Grey, icon::DASH, &ctx.t("paper-not-needed")),
    }
}

fn file_line(ctx: &Ctx, file: &PaperFile) -> Markup {
    html! {
        div.paper-file {
            a href=(file.href) { (ctx.zh(&file.name)) }
            span.hint { (file.kind) " · " (size(file.bytes)) }
            details.hash { summary { (ctx.t("paper-hash")) } code { (file.hash) } }
        }
    }
}

/// A size in words; a tenth of a unit is cut, never rounded up.
pub(super) fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    if bytes < KIB {
        format!("{bytes} B")
    } else if bytes < KIB * KIB {
        format!("{} KB", tenths(KIB))
    } else {
        format!("{} MB", tenths(KIB * KIB))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn sizes_on_both_sides_of_each_unit() {
        for (bytes, words) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KB"),
            (1024 * 1024 - 1, "1023.9 KB"),
            (1024 * 1024, "1.0 MB"),
        ] {
            assert_eq!(size(bytes), words);
        }
    }

    #[test]
    fn a_paper_shows_state_article_and_digest() {
        let paper = Paper {
            title: "营业执照".into(),
            article: "第十二条(三)".into(),
            hint: None,
            state: PaperState::Given,
            files: vec![PaperFile { name: "执照.pdf".into(), hash: "ab12".into(), ..PaperFile::default() }],
            action: None,
        };
        let html = paper_list(&Ctx::sample(Lang::Zh), &[paper]).into_string();
        assert!(html.contains("已提交") && html.contains("第十二条(三)") && html.contains("ab12"), "{html}");
    }
}
