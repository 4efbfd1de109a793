//! What the pages of this slice share: the administrator's door, refusals at their fields, names of kinds and standings.

use app::Failure;
use app::access::Right;
use app::time::clock_of;
use app::view::people::{HeldRole, PersonLine, Standing};
use app::view::state::Reason;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use maud::{Markup, html};

use crate::cookies::Transport;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::session::Token;
use crate::state::{Seat, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, DataTable, Findings, Head, badge};
use crate::words::{Lang, Word, word};

/// Only those who manage people go on.
pub(super) fn administrator(seat: &Seat) -> Result<(), WebError> {
    if seat.viewer.may(Right::ManagePeople) { Ok(()) } else { Err(WebError::Forbidden) }
}

/// A text exactly as typed: blanks belong to a password.
pub(super) fn raw<'a>(form: &'a Submitted, name: &str) -> &'a str {
    form.all(name).next().unwrap_or("")
}

/// Puts a refusal at its field, or at `otherwise`; a fault of the world is passed on.
pub(super) fn refused(
    ctx: &Ctx,
    findings: &mut Findings,
    failure: Failure,
    fields: Fields<'_>,
) -> Result<(), WebError> {
    let Failure::Refused(refusal) = failure else { return Err(web_error(ctx, failure)) };
    let field = match refusal.reason {
        Reason::CreditCodeTaken { .. } | Reason::CreditCodeMissing {} => fields.code,
        Reason::LoginTaken { .. } | Reason::LoginUnusable {} => fields.login,
        Reason::NameMissing {} => fields.name,
        Reason::ReasonMissing { .. } => fields.why,
        _ => fields.otherwise,
    };
    findings.add(field, refusal_of(ctx, &refusal).text);
    Ok(())
}

/// The names of a form's fields, for refusals.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub name: &'a str,
    pub code: &'a str,
    pub login: &'a str,
    pub why: &'a str,
    pub otherwise: &'a str,
}

impl<'a> Fields<'a> {
    /// A form with one field.
    pub fn only(field: &'a str) -> Self {
        Self { name: field, code: field, login: field, why: field, otherwise: field }
    }
}

/// One of two texts in the language of the screen.
pub(super) fn said(ctx: &Ctx, (zh, en): (String, String)) -> String {
    match ctx.lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Gives the browser the cookie of a session.
pub(super) fn with_session(mut response: Response, token: &Token, transport: Transport) -> Response {
    if let Some(cookie) = token.to_cookie(transport) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// A way back inside this site: a path of our own, nothing else.
pub(super) fn local(next: &str) -> Option<&str> {
    let inside = next.starts_with('/') && !next.starts_with("//");
    let plain = !next.contains('\\') && !next.chars().any(char::is_control);
    (inside && plain).then_some(next)
}

/// The kinds of organisations, in the order of the lists.
pub(super) const KINDS: [(&str, Word); 3] = [
    ("government", word("people-kind-government")),
    ("enterprise", word("people-kind-enterprise")),
    ("firm", word("people-kind-firm")),
];

/// The name of a kind.
pub(super) fn kind_name(ctx: &Ctx, kind: &str) -> String {
    KINDS.iter().find(|(id, _)| *id == kind).map_or_else(|| kind.to_owned(), |(_, name)| ctx.word(*name))
}

/// How an account stands.
pub(super) fn standing(ctx: &Ctx, standing: Standing) -> Markup {
    match standing {
        Standing::Disabled => badge(Badge::Grey, &ctx.t("people-standing-disabled")),
        Standing::NoPassword => badge(Badge::Amber, &ctx.t("people-standing-no-password")),
        Standing::Locked(until) => badge(
            Badge::Red,
            &ctx.t_args("people-standing-locked", &[("time", clock_of(until + 59_999).into())]),
        ),
        Standing::FirstPassword => badge(Badge::Blue, &ctx.t("people-standing-first")),
        Standing::Active => badge(Badge::Green, &ctx.t("people-standing-active")),
    }
}

/// A role with the organisation in which it is held.
pub(super) fn role_line(ctx: &Ctx, role: &HeldRole) -> Markup {
    html! { span.role { (ctx.pick(&role.name.zh, &role.name.en)) span.hint { " · " (ctx.zh(&role.org_name)) } } }
}

/// A table of people, each leading to its page.
pub(super) fn people_table(ctx: &Ctx, id: &str, caption: &str, people: &[PersonLine]) -> Markup {
    let heads = ["people-name", "people-login", "people-roles", "people-standing"];
    let heads: Vec<Head> = heads.iter().map(|head| Head::text(ctx.t(head))).collect();
    let mut table = DataTable::new(id, caption, heads).quiet_caption();
    for line in people {
        let href = format!("/admin/people/{}", line.row.person);
        table = table.row(vec![
            html! { a href=(href) { (ctx.zh(&line.row.name)) } },
            html! { code { (line.row.login) } },
            html! {
                @if line.roles.is_empty() { span.hint { (ctx.t("people-no-role")) } }
                @for role in &line.roles { div { (role_line(ctx, role)) } }
            },
            standing(ctx, line.standing),
        ]);
    }
    table.html()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_stays_inside() {
        for (next, expected) in [
            ("/cases/7?tab=money", true),
            ("/", true),
            ("", false),
            ("//elsewhere.example", false),
            ("https://elsewhere.example", false),
            ("/\\elsewhere.example", false),
            ("/a\nb", false),
        ] {
            assert_eq!(local(next).is_some(), expected, "{next}");
        }
    }
}
