//! `/drafts/{key}/bound.pdf`: the bound file as it would be if the draft were filed as it stands, to print and to seal first;
//! `/drafts/{key}/form.pdf`: its form alone. And their panel beside the pages of the draft.

use app::print::{Document, Look};
use app::view::filing::DraftPage;
use app::view::state::Paper;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::{OrNotFound, WebError};
use crate::pages::desk::bound::volume;
use crate::pages::filing::pdf::blocks;
use crate::pages::pdf;
use crate::pages::shared::{article, say, shown};
use crate::state::Seat;
use crate::ui::{button, panel_with};

/// The bound file of the draft.
pub async fn send(seat: Seat, Path(key): Path<String>) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let file = shown(ctx, seat.app().bound_draft(&seat.viewer, &key))?.or_not_found()?;
    let bytes = |paper: &Paper| shown(ctx, seat.app().paper_bytes(&seat.viewer, &paper.hash, None));
    let document = volume(ctx, &*seat.state.app.press, &file, None, &bytes)?;
    pdf(&seat.state, ctx, &format!("{}-{}", file.title, say(ctx, &file.name)), document).await
}

/// The form of the draft alone.
pub async fn form(seat: Seat, Path(key): Path<String>) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let page = shown(ctx, seat.app().draft_page(&seat.viewer, &key))?;
    let form = page.shown(ctx.today).or_not_found()?;
    let name = say(ctx, &form.name);
    let mut document = Document::new(Look::Form, name, form.on).language(ctx.printed()).header(&*form.title);
    if !page.check.is_clean() {
        document = document.fact(ctx.t("bound-there"), ctx.t("bound-unfinished"));
    }
    let document = blocks(ctx, &form).into_iter().fold(document, Document::push);
    pdf(&seat.state, ctx, &format!("{}-{name}", form.title), document).await
}

/// What can be printed before it is filed.
pub fn about(ctx: &Ctx, page: &DraftPage) -> Markup {
    let Some(bound) = page.bound() else { return html! {} };
    let address = |file: &str| format!("/drafts/{}/{file}", page.draft.key);
    let form = page.form().map_or("", |form| say(ctx, &form.name));
    let unfinished = !page.check.is_clean();
    panel_with(
        say(ctx, &bound.name),
        html! { (article(&bound.cite.to_string())) " " span.hint { (ctx.t_args("bound-copies", &[("copies", i64::from(bound.copies).into())])) } },
        html! {
            p.hint { (ctx.t("bound-draft-about")) }
            @if unfinished { p.hint { (ctx.t("bound-draft-unfinished")) } }
            div.actions {
                (button::link(&address("bound.pdf"), &ctx.t("bound-print")))
                (button::link(&address("form.pdf"), &ctx.t_args("bound-draft-form", &[("form", form.into())])))
            }
        },
    )
}
