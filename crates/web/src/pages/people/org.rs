//! One organisation: what it is, its people, the organisations it is related to.

use app::view::people::OrgCard;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::OrgId;
use maud::{Markup, html};

use super::parts::{administrator, kind_name, people_table};
use crate::error::{OrNotFound, WebError};
use crate::page::Page;
use crate::pages::shared::key_of_act;
use crate::state::{Seat, web_error};
use crate::submitted::Submitted;
use crate::ui::{
    Choice, DataTable, Field, Findings, Form, Head, Opt, Size, SummaryList, actions, button, details,
    empty_state, error_summary, panel, panel_with,
};

/// The page.
pub(super) async fn show(seat: Seat, Path(id): Path<String>) -> Result<Response, WebError> {
    let card = load(&seat, &id)?;
    Ok(page(&seat, &card, &Submitted::default(), &Findings::none()))
}

/// The organisation of the address, for the administrator.
pub(super) fn load(seat: &Seat, id: &str) -> Result<OrgCard, WebError> {
    administrator(seat)?;
    let id: OrgId = id.parse().ok().or_not_found()?;
    seat.app().org_card(id).map_err(|failure| web_error(&seat.ctx, failure))?.or_not_found()
}

/// The page with a form as it was sent and what is wrong with it.
pub(super) fn page(seat: &Seat, card: &OrgCard, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let ask = Ask { seat, card, form, findings };
    let body = html! {
        (error_summary(ctx, findings))
        (panel(&ctx.t("people-org-what"), html! { (facts(&ask)) (rename(&ask)) }))
        (panel_with(&ctx.t("people-people"), html! { (card.people.len()) }, html! { (people(&ask)) (add(&ask)) }))
        (panel_with(&ctx.t("people-relations"), html! { (card.related.len()) }, html! { (relations(&ask)) (relate(&ask)) }))
    };
    Page::new(ctx, &card.row.name)
        .crumb("/admin", ctx.t("people-nav-admin"))
        .crumb("/admin/orgs", ctx.t("people-orgs"))
        .caption(kind_name(ctx, &card.row.kind))
        .findings(findings.count())
        .body(body)
        .into_response()
}

#[derive(Clone, Copy)]
struct Ask<'a> {
    seat: &'a Seat,
    card: &'a OrgCard,
    form: &'a Submitted,
    findings: &'a Findings,
}

impl Ask<'_> {
    fn form(&self, act: &str, fields: Markup) -> Markup {
        let (action, key) =
            (format!("/admin/orgs/{}", self.card.row.org), key_of_act(&self.seat.state, self.form, act));
        Form::post(&action, act).key(&key).html(&self.seat.ctx, fields)
    }

    fn text(&self, name: &str, label: &str, hint: &str) -> Markup {
        let ctx = &self.seat.ctx;
        let (label, hint) = (ctx.t(label), if hint.is_empty() { String::new() } else { ctx.t(hint) });
        let field = Field::text(name, &label)
            .size(Size::Long)
            .value(self.form.get(name))
            .error(self.findings.at(name));
        if hint.is_empty() { field.html(ctx) } else { field.hint(&hint).html(ctx) }
    }

    /// A form behind a line that opens it; open when the form comes back.
    fn folded(&self, act: &str, title: &str, form: Markup) -> Markup {
        let title = self.seat.ctx.t(title);
        if self.form.act() == act && !self.findings.is_empty() {
            html! { h3 { (title) } (form) }
        } else {
            details(&title, form)
        }
    }
}

fn facts(ask: &Ask<'_>) -> Markup {
    let (ctx, row) = (&ask.seat.ctx, &ask.card.row);
    let mut list = SummaryList::new()
        .row(ctx.t("people-org-name"), ctx.zh(&row.name))
        .row(ctx.t("people-kind"), html! { (kind_name(ctx, &row.kind)) })
        .row(ctx.t("people-region"), html! { @if let Some(place) = &ask.card.place { (ctx.zh(place)) } })
        .row(ctx.t("people-code"), html! { @if let Some(code) = &row.credit_code { code { (code) } } })
        .row(ctx.t("people-since"), html! { (ctx.date(row.since)) });
    if !ask.card.former_names.is_empty() {
        list = list.row(ctx.t("people-former-names"), ctx.zh(&ask.card.former_names.join("、")));
    }
    list.html(ctx)
}

fn rename(ask: &Ask<'_>) -> Markup {
    let save = button::primary(&ask.seat.ctx.t("people-rename"), "rename");
    let fields = html! { (ask.text("name", "people-new-name", "people-rename-hint")) (actions(save)) };
    ask.folded("rename", "people-rename", ask.form("rename", fields))
}

fn people(ask: &Ask<'_>) -> Markup {
    let ctx = &ask.seat.ctx;
    if ask.card.people.is_empty() {
        return empty_state(&ctx.t("people-people-none"), &ctx.t("people-people-what"), html! {});
    }
    people_table(ctx, "people", &ctx.t("people-people"), &ask.card.people)
}

fn add(ask: &Ask<'_>) -> Markup {
    let ctx = &ask.seat.ctx;
    let named = |choice: &app::view::people::RoleChoice| {
        Opt::new(&*choice.role, ctx.pick(&choice.name.zh, &choice.name.en))
    };
    let roles: Vec<Opt> = ask.card.roles.iter().map(named).collect();
    let role = Choice::select("role", &ctx.t("people-role"), &roles)
        .chosen(ask.form.get("role"))
        .error(ask.findings.at("role"))
        .html(ctx);
    let fields = html! {
        (ask.text("person", "people-name", ""))
        (ask.text("login", "people-login", "people-login-hint"))
        (role)
        (actions(button::primary(&ctx.t("people-person-add"), "person")))
    };
    ask.folded("person", "people-person-add", ask.form("person", fields))
}

fn relations(ask: &Ask<'_>) -> Markup {
    let ctx = &ask.seat.ctx;
    if ask.card.related.is_empty() {
        return empty_state(&ctx.t("people-relations-none"), &ctx.t("people-relations-what"), html! {});
    }
    let heads = vec![Head::text(ctx.t("people-org")), Head::text(ctx.t("people-kind"))];
    let mut table = DataTable::new("relations", ctx.t("people-relations"), heads).quiet_caption();
    for other in &ask.card.related {
        let link = html! { a href={ "/admin/orgs/" (other.org) } { (ctx.zh(&other.name)) } };
        table = table.row(vec![link, html! { (kind_name(ctx, &other.kind)) }]);
    }
    table.html()
}

fn relate(ask: &Ask<'_>) -> Markup {
    let ctx = &ask.seat.ctx;
    let fields = html! {
        (ask.text("other", "people-other", "people-other-hint"))
        (ask.text("basis", "people-basis", "people-basis-hint"))
        (actions(button::primary(&ctx.t("people-relate"), "relate")))
    };
    ask.folded("relate", "people-relate", ask.form("relate", fields))
}
