//! `/account/lend`: one's own roles lent to a colleague during an absence (代理), and what is lent to and by oneself; each is ended here.

use app::command::HandsCommand;
use app::view::people::{LendingLine, Lendings};
use app::{Command, Failure};
use axum::response::{IntoResponse, Response};
use kernel::Date;
use kernel::id::{OrgId, PersonId};
use maud::{Markup, html};

use super::parts::role_line;
use super::person::value_of;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared::{date, key_of_act, needed, refused};
use crate::state::{Seat, web_error};
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Choice, DataTable, Field, Findings, Form, Head, Opt, Size, actions, badge, button, empty_state,
    error_summary, panel,
};
use crate::words::word;

/// The address.
pub(super) const PATH: &str = "/account/lend";

/// The page.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    page(&seat, &Submitted::default(), &Findings::none())
}

/// Lends a role, or ends a lending.
pub(super) async fn act(seat: Seat, form: Submitted) -> Result<Response, WebError> {
    let mut findings = Findings::none();
    let (command, saying, field) = if form.act() == "lend" {
        (lend(&seat.ctx, &form, &mut findings), word("lend-done"), "to")
    } else {
        (Some(ended(form.act())?), word("lend-ended"), "lines")
    };
    let Some(command) = command.filter(|_| !seat.ctx.live.is_live() && findings.is_empty()) else {
        return page(&seat, &form, &findings);
    };
    match seat.submit(form.get("key"), command).await {
        Ok(_) => Ok(go_with(PATH, &Flash::done(saying))),
        Err(failure @ Failure::Refused(_)) => {
            refused(&seat.ctx, &mut findings, failure, |_| field)?;
            page(&seat, &form, &findings)
        }
        Err(fault) => Err(web_error(&seat.ctx, fault)),
    }
}

fn lend(ctx: &Ctx, form: &Submitted, findings: &mut Findings) -> Option<Command> {
    let role = needed(ctx, form, findings, ("role", ctx.t("people-role")));
    let to = needed(ctx, form, findings, ("to", ctx.t("lend-to")));
    let from = date(ctx, form, findings, ("from", ctx.t("lend-from")));
    let until = date(ctx, form, findings, ("until", ctx.t("lend-until")));
    let why = needed(ctx, form, findings, ("why", ctx.t("people-why")));
    let (org, role) = role.split_once(':')?;
    let (org, to) = (org.parse::<OrgId>().ok()?, to.parse::<PersonId>().ok()?);
    Some(Command::Hands(HandsCommand::Lend {
        org,
        role: role.to_owned(),
        to,
        from: from?,
        until: until?,
        why,
    }))
}

/// What a button that ends a lending says: `end:LENDER:TO:FROM:ORG:ROLE`.
pub(super) fn ended(act: &str) -> Result<Command, WebError> {
    let read = || {
        let mut parts = act.strip_prefix("end:")?.splitn(5, ':');
        Some(HandsCommand::EndLending {
            of: parts.next()?.parse::<PersonId>().ok()?,
            to: parts.next()?.parse::<PersonId>().ok()?,
            from: parts.next()?.parse::<Date>().ok()?,
            org: parts.next()?.parse::<OrgId>().ok()?,
            role: parts.next()?.to_owned(),
        })
    };
    read()
        .map(Command::Hands)
        .ok_or_else(|| WebError::Unreadable { operator: "no act about a lent role".to_owned() })
}

fn page(seat: &Seat, form: &Submitted, findings: &Findings) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let lendings = seat.app().lendings(seat.viewer.person).map_err(|failure| web_error(ctx, failure))?;
    let body = html! {
        (error_summary(ctx, findings))
        (panel(&ctx.t("lend-lines"), lines(seat, form, PATH, &lendings.lines)))
        (panel(&ctx.t("lend-new"), new(seat, form, findings, &lendings)))
    };
    Ok(Page::new(ctx, &ctx.t("lend-title"))
        .crumb("/account", ctx.t("people-account"))
        .caption(ctx.t("lend-about"))
        .findings(findings.count())
        .body(body)
        .into_response())
}

/// What is lent, with a button to end each.
pub(super) fn lines(seat: &Seat, form: &Submitted, path: &str, lines: &[LendingLine]) -> Markup {
    let ctx = &seat.ctx;
    if lines.is_empty() {
        return empty_state(&ctx.t("lend-none"), &ctx.t("lend-none-about"), html! {});
    }
    let heads = ["people-role", "lend-who", "lend-days", "people-why", "lend-end-head"];
    let heads = heads.iter().map(|head| Head::text(ctx.t(head))).collect();
    let mut table = DataTable::new("lines", ctx.t("lend-lines"), heads).quiet_caption();
    for line in lines {
        table = table.row(vec![
            role_line(ctx, &line.role),
            html! { (ctx.zh(&format!("{} 代 {}", line.to_name, line.role.of))) },
            html! {
                (ctx.date(line.from)) " – " (ctx.date(line.until)) " "
                @if line.from <= ctx.today { (badge(Badge::Green, &ctx.t("lend-runs"))) }
                @else { (badge(Badge::Blue, &ctx.t("lend-later"))) }
            },
            html! { (ctx.zh(&line.why)) },
            end(seat, form, path, line),
        ]);
    }
    table.html()
}

fn end(seat: &Seat, form: &Submitted, path: &str, line: &LendingLine) -> Markup {
    let held = &line.role.held;
    let act = format!("end:{}:{}:{}:{}:{}", line.lender, line.to, line.from, held.org, held.role);
    let key = key_of_act(&seat.state, form, &act);
    Form::post(path, &act).key(&key).html(
        &seat.ctx,
        html! {
            button.button type="submit" name="act" value=(act) {
                (seat.ctx.t("lend-end")) span.sr-only { " " (line.to_name) " 代 " (line.role.of) }
            }
        },
    )
}

fn new(seat: &Seat, form: &Submitted, findings: &Findings, lendings: &Lendings) -> Markup {
    let ctx = &seat.ctx;
    if lendings.own.is_empty() || lendings.colleagues.is_empty() {
        return html! { p { (ctx.t("lend-nobody")) } };
    }
    let named =
        |org: OrgId| lendings.own.iter().find(|role| role.held.org == org).map_or("", |r| &*r.org_name);
    let roles: Vec<Opt> = lendings
        .own
        .iter()
        .map(|role| {
            Opt::new(
                value_of(role),
                format!("{}（{}）", ctx.pick(&role.name.zh, &role.name.en), role.org_name),
            )
        })
        .collect();
    let people: Vec<Opt> = lendings
        .colleagues
        .iter()
        .map(|(person, name, org)| Opt::new(person.to_string(), format!("{name}（{}）", named(*org))))
        .collect();
    let (role, to, from) = (ctx.t("people-role"), ctx.t("lend-to"), ctx.t("lend-from"));
    let (until, why, hint) = (ctx.t("lend-until"), ctx.t("people-why"), ctx.t("lend-why-hint"));
    let today = ctx.today.to_string();
    let start = if form.has("from") { form.get("from") } else { &today };
    let chosen = match roles.as_slice() {
        [only] if !form.has("role") => only.value.clone(),
        _ => form.get("role").to_owned(),
    };
    let fields = html! {
        (Choice::select("role", &role, &roles).chosen(&chosen).error(findings.at("role")).html(ctx))
        (Choice::select("to", &to, &people).chosen(form.get("to")).error(findings.at("to")).html(ctx))
        (Field::date("from", &from).value(start).error(findings.at("from")).html(ctx))
        (Field::date("until", &until).value(form.get("until")).error(findings.at("until")).html(ctx))
        (Field::text("why", &why).hint(&hint).size(Size::Long).value(form.get("why")).error(findings.at("why")).html(ctx))
        p.hint { (ctx.t("lend-rules")) }
        (actions(button::primary(&ctx.t("lend-do"), "lend")))
    };
    let key = key_of_act(&seat.state, form, "lend");
    Form::post(PATH, "lend").guarded().key(&key).html(ctx, fields)
}
