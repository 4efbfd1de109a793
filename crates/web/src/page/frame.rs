//! The document: `html`, head bar, navigation, banner, breadcrumb, title, content, foot.

use maud::{DOCTYPE, Markup, html};

use super::{Page, Width};
use crate::ctx::{Contrast, Ctx, NavItem, TextSize, Viewer};
use crate::session::{PASSWORD_PATH, SIGN_IN_PATH, SIGN_OUT_PATH};
use crate::words::Lang;
use crate::{assets, prefs, ui};

/// The whole document of `page`.
pub(super) fn document(page: &Page<'_>) -> Markup {
    let ctx = page.ctx;
    html! {
        (DOCTYPE)
        html lang=(ctx.lang.code()) class=(classes(ctx)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (window_title(page)) }
                link rel="stylesheet" href=(assets::STYLE.path());
                link rel="icon" type="image/svg+xml" href=(assets::ICON.path());
                script src=(assets::SCRIPT.path()) defer {}
            }
            body data-leave=(ctx.t("leave-unsaved")) {
                a.skip href="#main" { (ctx.t("skip-to-content")) }
                (head_bar(ctx))
                (demo_banner(ctx))
                div.container.(width_class(page.width)) {
                    (breadcrumb(page))
                    (flash(ctx))
                    main #main tabindex="-1" {
                        (title_row(page))
                        (page.body)
                    }
                }
                (foot(ctx))
            }
        }
    }
}

fn classes(ctx: &Ctx) -> String {
    let mut classes = vec!["qq"];
    if ctx.prefs.text == TextSize::Large {
        classes.push("large-print");
    }
    if ctx.prefs.contrast == Contrast::High {
        classes.push("high-contrast");
    }
    classes.join(" ")
}

fn width_class(width: Width) -> &'static str {
    match width {
        Width::Normal => "normal",
        Width::Narrow => "narrow",
        Width::Wide => "wide",
    }
}

fn window_title(page: &Page<'_>) -> String {
    let product = page.ctx.t("product");
    let prefix = if page.errors > 0 { page.ctx.t("title-error-prefix") } else { String::new() };
    format!("{prefix}{} - {product}", page.title)
}

fn head_bar(ctx: &Ctx) -> Markup {
    html! {
        header.head {
            div.head-row.container {
                a.brand href="/" {
                    (logo())
                    span.brand-name { (ctx.t("product")) }
                    span.brand-line { (ctx.t("product-line")) }
                }
                div.head-tools {
                    (switches(ctx))
                    @match &ctx.viewer {
                        Some(viewer) => (person_menu(ctx, viewer)),
                        None => a.head-link href=(SIGN_IN_PATH) { (ctx.t("sign-in")) },
                    }
                }
            }
            (navigation(ctx))
        }
    }
}

/// Three lines of water.
fn logo() -> Markup {
    html! {
        svg.logo viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false" {
            g fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" {
                path d="M4 9c4-3.4 8-3.4 12 0s8 3.4 12 0" {}
                path d="M4 16c4-3.4 8-3.4 12 0s8 3.4 12 0" {}
                path d="M4 23c4-3.4 8-3.4 12 0s8 3.4 12 0" {}
            }
        }
    }
}

fn switches(ctx: &Ctx) -> Markup {
    let large = ctx.prefs.text == TextSize::Large;
    let high = ctx.prefs.contrast == Contrast::High;
    let (other, other_name) = match ctx.lang.other() {
        Lang::Zh => ("lang=zh-CN", "中文"),
        Lang::En => ("lang=en", "English"),
    };
    html! {
        form.switches method="post" action=(prefs::PATH) aria-label=(ctx.t("screen-settings")) {
            input type="hidden" name="back" value=(ctx.path);
            button.switch name="set" value=(if large { "text=normal" } else { "text=large" })
                aria-pressed=(large) { (ctx.t("switch-large-print")) }
            button.switch name="set" value=(if high { "contrast=normal" } else { "contrast=high" })
                aria-pressed=(high) { (ctx.t("switch-high-contrast")) }
            button.switch name="set" value=(other) lang=(ctx.lang.other().code()) { (other_name) }
        }
    }
}

fn person_menu(ctx: &Ctx, viewer: &Viewer) -> Markup {
    html! {
        details.person {
            summary {
                span.person-org { (ctx.zh(&viewer.org)) }
                span.person-name { (ctx.zh(&viewer.name)) }
            }
            div.person-box {
                p { strong { (ctx.zh(&viewer.name)) } br; (ctx.both(&viewer.role)) br; (ctx.zh(&viewer.org)) }
                a.menu-item href=(PASSWORD_PATH) { (ctx.t("change-password")) }
                form method="post" action=(SIGN_OUT_PATH) {
                    button.menu-item { (ctx.t("sign-out")) }
                }
            }
        }
    }
}

fn navigation(ctx: &Ctx) -> Markup {
    let items = ctx.viewer.as_ref().map_or(&ctx.public_nav, |viewer| &viewer.nav);
    let current = current(items, &ctx.path);
    html! {
        @if !items.is_empty() {
            nav.nav aria-label=(ctx.t("main-navigation")) {
                ul.container {
                    @for (index, item) in items.iter().enumerate() {
                        li {
                            a href=(item.href) aria-current=[(Some(index) == current).then_some("page")] {
                                (ctx.word(item.label))
                                @if let Some(count) = item.count {
                                    " " span.count { (count)
                                        span.sr-only { " " (ctx.t("nav-count-unit")) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Which entry the address belongs to: the longest that is a prefix of it at a path border.
fn current(items: &[NavItem], path: &str) -> Option<usize> {
    let path = path.split(['?', '#']).next().unwrap_or("");
    items
        .iter()
        .enumerate()
        .filter(|(_, item)| {
            let root = item.href.split('?').next().unwrap_or("").trim_end_matches('/');
            if root.is_empty() {
                path == "/"
            } else {
                path == root || path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
            }
        })
        .max_by_key(|(_, item)| item.href.len())
        .map(|(index, _)| index)
}

fn demo_banner(ctx: &Ctx) -> Markup {
    html! {
        @if let Some(demo) = &ctx.demo {
            section.demo aria-label=(ctx.t("demo-label")) {
                div.container {
                    (ui::icon::CLOCK)
                    span { (ctx.t_args("demo-today", &[("date", ctx.date(ctx.today).into())])) }
                    a href=(demo.href) { (ctx.t("demo-link")) }
                }
            }
        }
    }
}

fn breadcrumb(page: &Page<'_>) -> Markup {
    let ctx = page.ctx;
    html! {
        @if !page.crumbs.is_empty() {
            nav.crumbs aria-label=(ctx.t("breadcrumb")) {
                ol {
                    li { a href="/" { (ctx.t("home")) } }
                    @for (href, label) in &page.crumbs { li { a href=(href) { (label) } } }
                    li aria-current="page" { (page.title) }
                }
            }
        }
    }
}

fn flash(ctx: &Ctx) -> Markup {
    html! {
        @if let Some(flash) = &ctx.flash {
            (ui::flash(flash.tone, &ctx.t_args(&flash.id, &flash.arguments())))
        }
    }
}

fn title_row(page: &Page<'_>) -> Markup {
    html! {
        div.title-row {
            div {
                h1 { (page.title) }
                @if let Some(caption) = &page.caption { p.caption { (caption) } }
            }
            @if let Some(aside) = &page.aside { div.title-aside { (aside) } }
        }
    }
}

fn foot(ctx: &Ctx) -> Markup {
    html! {
        footer.foot {
            div.container {
                p { (ctx.t("product")) " · " (ctx.t("product-line")) }
                p.motto { (ctx.t("motto")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::word;

    #[test]
    fn the_longest_matching_entry_is_current() {
        let items: Vec<_> =
            ["/", "/cases", "/cases/mine?tab=1"].map(|href| NavItem::new(href, word("home"))).into();
        for (path, index) in [
            ("/", Some(0)),
            ("/cases", Some(1)),
            ("/cases/7?x=1", Some(1)),
            ("/cases/mine", Some(2)),
            ("/casesandmore", None),
        ] {
            assert_eq!(current(&items, path), index, "{path}");
        }
    }
}
