//! One person: the account, the roles held, what happened to it.

use app::time::clock_of;
use app::view::people::{HeldRole, PersonCard};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::{OrgId, PersonId};
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::lend;
use super::parts::{administrator, role_line, standing};
use crate::error::{OrNotFound, WebError};
use crate::page::Page;
use crate::pages::shared::key_of_act;
use crate::state::{Seat, web_error};
use crate::submitted::Submitted;
use crate::ui::{
    Choice, DataTable, Field, Findings, Form, Head, Opt, Size, SummaryList, actions, button, details,
    error_summary, panel,
};

/// The page.
pub(super) async fn show(seat: Seat, Path(id): Path<String>) -> Result<Response, WebError> {
    let card = load(&seat, &id)?;
    Ok(page(&seat, &card, &Submitted::default(), &Findings::none()))
}

/// The person of the address, for the administrator.
pub(super) fn load(seat: &Seat, id: &str) -> Result<PersonCard, WebError> {
    administrator(seat)?;
    let id: PersonId = id.parse().ok().or_not_found()?;
    seat.app().person_card(id).map_err(|failure| web_error(&seat.ctx, failure))?.or_not_found()
}

/// How a role travels in a form: `12:district`.
pub(super) fn value_of(role: &HeldRole) -> String {
    format!("{}:{}", role.held.org, role.held.role)
}

/// The page with a form as it was sent and what is wrong with it.
pub(super) fn page(seat: &Seat, card: &PersonCard, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let ask = Ask { seat, card, form, findings };
    let body = html! {
        (error_summary(ctx, findings))
        (panel(&ctx.t("people-account-of"), html! { (facts(&ask)) (reset(&ask)) (switch(&ask)) }))
        (panel(&ctx.t("people-roles"), html! { (roles(&ask)) (grant(&ask)) (withdraw(&ask)) }))
        @if !card.lendings.is_empty() {
            (panel(&ctx.t("lend-lines"), lend::lines(seat, form, &format!("/admin/people/{}", card.line.row.person), &card.lendings)))
        }
        (panel(&ctx.t("people-history"), history(&ask)))
    };
    Page::new(ctx, &card.line.row.name)
        .crumb("/admin", ctx.t("people-nav-admin"))
        .crumb("/admin/orgs", ctx.t("people-orgs"))
        .beside_title(standing(ctx, card.line.standing))
        .findings(findings.count())
        .body(body)
        .into_response()
}

#[derive(Clone, Copy)]
struct Ask<'a> {
    seat: &'a Seat,
    card: &'a PersonCard,
    form: &'a Submitted,
    findings: &'a Findings,
}

impl Ask<'_> {
    fn form(&self, act: &str, fields: Markup) -> Markup {
        let action = format!("/admin/people/{}", self.card.line.row.person);
        let key = key_of_act(&self.seat.state, self.form, act);
        Form::post(&action, act).key(&key).html(&self.seat.ctx, fields)
    }

    fn why(&self, name: &str, label: &str) -> Markup {
        let label = self.seat.ctx.t(label);
        let field = Field::text(name, &label).size(Size::Long);
        field.value(self.form.get(name)).error(self.findings.at(name)).html(&self.seat.ctx)
    }

    fn choice(&self, name: &str, label: &str, roles: &[HeldRole]) -> Markup {
        let ctx = &self.seat.ctx;
        let words =
            |role: &HeldRole| format!("{}（{}）", ctx.pick(&role.name.zh, &role.name.en), role.org_name);
        let options: Vec<Opt> = roles.iter().map(|role| Opt::new(value_of(role), words(role))).collect();
        Choice::select(name, &ctx.t(label), &options)
            .chosen(self.form.get(name))
            .error(self.findings.at(name))
            .html(ctx)
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
    let (ctx, row) = (&ask.seat.ctx, &ask.card.line.row);
    SummaryList::new()
        .row(ctx.t("people-name"), ctx.zh(&row.name))
        .row(ctx.t("people-login"), html! { code { (row.login) } })
        .row(ctx.t("people-standing"), standing(ctx, ask.card.line.standing))
        .html(ctx)
}

fn reset(ask: &Ask<'_>) -> Markup {
    let ctx = &ask.seat.ctx;
    let fields = html! {
        p { (ctx.t("people-reset-about")) }
        (actions(button::primary(&ctx.t("people-reset"), "reset")))
    };
    ask.folded("reset", "people-reset", ask.form("reset", fields))
}

fn switch(ask: &Ask<'_>) -> Markup {
    let ctx = &ask.seat.ctx;
    if ask.card.line.row.enabled {
        let fields = html! {
            p { (ctx.t("people-disable-about")) }
            (ask.why("disable_why", "people-why"))
            (actions(button::danger(&ctx.t("people-disable"), "disable")))
        };
        ask.folded("disable", "people-disable", ask.form("disable", fields))
    } else {
        let fields = html! {
            p { (ctx.t("people-enable-about")) }
            (actions(button::primary(&ctx.t("people-enable"), "enable")))
        };
        ask.folded("enable", "people-enable", ask.form("enable", fields))
    }
}

fn roles(ask: &Ask<'_>) -> Markup {
    let ctx = &ask.seat.ctx;
    let orgs: BTreeMap<OrgId, &str> =
        ask.card.line.roles.iter().map(|role| (role.held.org, role.org_name.as_str())).collect();
    html! {
        @if ask.card.line.roles.is_empty() { p { (ctx.t("people-no-role-what")) } }
        @else {
            ul { @for role in &ask.card.line.roles { li { (role_line(ctx, role)) } } }
            p { @for (org, name) in &orgs {
                a href={ "/handover/" (ask.card.line.row.person) "/" (org) } { (ctx.t("handover-do")) "：" (ctx.zh(name)) } " "
            } }
        }
    }
}

fn grant(ask: &Ask<'_>) -> Markup {
    if ask.card.grantable.is_empty() {
        return html! {};
    }
    let save = button::primary(&ask.seat.ctx.t("people-grant"), "grant");
    let fields = html! { (ask.choice("grant", "people-role", &ask.card.grantable)) (actions(save)) };
    ask.folded("grant", "people-grant", ask.form("grant", fields))
}

fn withdraw(ask: &Ask<'_>) -> Markup {
    if ask.card.line.roles.is_empty() {
        return html! {};
    }
    let fields = html! {
        (ask.choice("withdraw", "people-role", &ask.card.line.roles))
        (ask.why("withdraw_why", "people-why"))
        (actions(button::danger(&ask.seat.ctx.t("people-withdraw"), "withdraw")))
    };
    ask.folded("withdraw", "people-withdraw", ask.form("withdraw", fields))
}

fn history(ask: &Ask<'_>) -> Markup {
    let ctx = &ask.seat.ctx;
    let heads =
        ["people-when", "people-what", "people-by"].iter().map(|head| Head::text(ctx.t(head))).collect();
    let mut table = DataTable::new("history", ctx.t("people-history"), heads).quiet_caption();
    for act in &ask.card.history {
        table = table.row(vec![
            html! { (ctx.date(act.on)) " " (clock_of(act.at)) },
            html! { (ctx.pick(&act.what.zh, &act.what.en)) },
            html! { @if act.who.is_empty() { (ctx.t("people-by-program")) } @else { (ctx.zh(&act.who)) } },
        ]);
    }
    table.html()
}
