//! The sign-ins of a demonstration on the start page: one a role, each with a button. The binary that runs a demonstration lays
//! its stage over the whole site (`site.layer(Extension(stage))`); without it the start page says nothing of a demonstration.

use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::pages::demo::{DemoBook, DemoSignIn, DemoStage};
use crate::session::SIGN_IN_PATH;
use crate::ui::{Badge, badge, panel, panel_with};

/// The switch between the books of a demonstration; nothing where there is one only.
pub(super) fn books(ctx: &Ctx, stage: &dyn DemoStage) -> Markup {
    if stage.books().len() < 2 {
        return html! {};
    }
    let list = html! {
        p.hint { (ctx.t("front-demo-books-about")) }
        ul.sign-ins { @for book in stage.books() { (book_line(ctx, book)) } }
    };
    panel(&ctx.t("front-demo-books"), list)
}

fn book_line(ctx: &Ctx, book: &DemoBook) -> Markup {
    let title = ctx.pick(&book.title_zh, &book.title_en);
    html! {
        li {
            div {
                p {
                    @if book.here { strong aria-current="page" { (title) } } @else { a href=(book.href) { (title) } }
                }
                p.hint { (ctx.pick(&book.place_zh, &book.place_en)) " · " (ctx.pick(&book.shows_zh, &book.shows_en)) }
            }
            @if book.here { (badge(Badge::Blue, &ctx.t("front-demo-here"))) }
        }
    }
}

/// The card: one sign-in a role, and a button that signs in as that person.
pub(super) fn sign_ins(ctx: &Ctx, stage: &dyn DemoStage) -> Markup {
    let away = html! { @if let Some(demo) = &ctx.demo { a href=(demo.href) { (ctx.t("front-demo-more")) } } };
    let list = html! {
        p.hint { (ctx.t("front-demo-about")) " " (ctx.t("front-demo-password")) " " code { (stage.password()) } }
        ul.sign-ins {
            @for one in stage.sign_ins().iter().filter(|one| one.first) { (line(ctx, stage, one)) }
        }
    };
    panel_with(&ctx.t("front-demo-title"), away, list)
}

fn line(ctx: &Ctx, stage: &dyn DemoStage, one: &DemoSignIn) -> Markup {
    html! {
        li {
            div {
                p { strong { (ctx.pick(&one.role_zh, &one.role_en)) } " " code { (one.login) } }
                p.hint { (ctx.zh(&one.org)) " · " (ctx.zh(&one.name)) }
            }
            form method="post" action=(SIGN_IN_PATH) {
                input type="hidden" name="login" value=(one.login);
                input type="hidden" name="password" value=(stage.password());
                button.button type="submit" { (ctx.t("sign-in")) span.sr-only { " " (one.login) } }
            }
        }
    }
}
