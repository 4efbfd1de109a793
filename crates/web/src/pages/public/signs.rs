//! The sign-ins of a demonstration on the start page: one a role, each with a button. The binary that runs a demonstration lays
//! its stage over the whole site (`site.layer(Extension(stage))`); without it the start page says nothing of a demonstration.

use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::pages::demo::{DemoSignIn, DemoStage};
use crate::session::SIGN_IN_PATH;
use crate::ui::panel_with;

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
