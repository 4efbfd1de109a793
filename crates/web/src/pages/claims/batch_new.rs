//! `/batches/new?fund=`: picking approved payments of a fund, with the cash of their sources, and making a batch of them.

use app::command::money::{MoneyCommand, PayeeAccount, Pick};
use app::view::money::{BatchForm, CashNow, DueShare};
use app::view::state::Reason;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use kernel::id::SourceId;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

use super::parts::{notice, sees_batches};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{address, key_of, money_command, needed, refused, say, shown, total};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, DataTable, Field, Findings, Form, Head, actions, badge, button, cite, empty_state, error_summary,
    panel, panel_with,
};
use crate::words::word;

/// The page: first the fund, when there is more than one, then its payments.
pub(super) async fn show(
    seat: Seat,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    sees_batches(&seat)?;
    let Some(fund) = fund(&seat, &asked)? else { return choose(&seat) };
    let view = shown(&seat.ctx, seat.app().batch_form(&seat.viewer, &fund))?;
    let mut form = Submitted::default();
    let lacking = lacking(&view, |_| true);
    for share in &view.shares {
        // What can be paid out of the cash that is there is picked; what lacks cash waits.
        let waits =
            share.lots.iter().any(|(source, _)| lacking.contains(&(share.claim.side.as_str(), *source)));
        let ready = share.typed || share.account.is_some();
        if !waits && ready {
            form.set(pick(share), "yes");
        }
    }
    Ok(page(&seat, &view, &form, &Findings::none()))
}

/// The fund that was asked for, or the only one that has something waiting.
fn fund(seat: &Seat, asked: &BTreeMap<String, String>) -> Result<Option<String>, WebError> {
    if let Some(fund) = asked.get("fund").filter(|fund| !fund.is_empty()) {
        return Ok(Some(fund.clone()));
    }
    let booked: Vec<&String> =
        seat.viewer.pack.funds.iter().filter(|fund| fund.booked()).map(|fund| &fund.id).collect();
    if let [only] = booked.as_slice() {
        return Ok(Some((*only).clone()));
    }
    let list =
        shown(&seat.ctx, seat.app().batch_list(&seat.viewer, &app::view::money::BatchQuery::default()))?;
    Ok(match list.due.as_slice() {
        [only] => Some(only.fund.clone()),
        _ => None,
    })
}

fn choose(seat: &Seat) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let list = shown(ctx, seat.app().batch_list(&seat.viewer, &app::view::money::BatchQuery::default()))?;
    let body = html! {
        @if list.due.is_empty() {
            (empty_state(&ctx.t("batch-waiting-none"), &ctx.t("batch-waiting-none-about"), html! {}))
        } @else {
            (panel(&ctx.t("batch-choose-fund"), html! {
                ul { @for due in &list.due { li {
                    a href=(address("/batches/new", &[("fund", &due.fund)])) { (say(ctx, &due.name)) } " "
                    (ctx.t_args("batch-fund-waits", &[("count", due.claims.len().into()), ("sum", due.total.grouped().into())]))
                } } }
            }))
        }
    };
    Ok(Page::new(ctx, &ctx.t("batch-new")).crumb("/batches", ctx.t("batch-title")).body(body).into_response())
}

/// The name of the box of a payment.
fn pick(share: &DueShare) -> String {
    format!("pick.{}.{}", share.claim.claim, share.payee)
}

/// The fields of an account that is typed with the batch.
fn account(share: &DueShare, key: &str) -> String {
    format!("account.{}.{}.{key}", share.claim.claim, share.payee)
}

fn picked<'v>(view: &'v BatchForm, form: &Submitted) -> Vec<&'v DueShare> {
    view.shares.iter().filter(|share| form.get(&pick(share)) == "yes").collect()
}

/// The sources, by side, whose cash does not do for these payments.
fn lacking(view: &BatchForm, wanted: impl Fn(&DueShare) -> bool) -> BTreeSet<(&str, SourceId)> {
    let short = |cash: &&CashNow| need(view, cash, &wanted) > cash.there;
    view.cash.iter().filter(short).map(|cash| (cash.side.as_str(), cash.source)).collect()
}

/// What some payments take of the cash of one source.
fn need(view: &BatchForm, cash: &CashNow, wanted: impl Fn(&DueShare) -> bool) -> Money {
    let shares = view.shares.iter().filter(|share| share.claim.side == cash.side && wanted(share));
    total(shares.flat_map(|share| &share.lots).filter(|(source, _)| *source == cash.source).map(|(_, m)| *m))
}

/// Makes the batch.
pub(super) async fn make(
    seat: Seat,
    Query(asked): Query<BTreeMap<String, String>>,
    form: Submitted,
) -> Result<Response, WebError> {
    sees_batches(&seat)?;
    let ctx = &seat.ctx;
    let fund = fund(&seat, &asked)?.ok_or(WebError::NotFound)?;
    let view = shown(ctx, seat.app().batch_form(&seat.viewer, &fund))?;
    let mut findings = Findings::none();
    if ctx.live.is_live() || form.act() == "look" {
        return Ok(page(&seat, &view, &form, &findings));
    }
    let picks = picks(&seat, &view, &form, &mut findings)?;
    if !findings.is_empty() {
        return Ok(page(&seat, &view, &form, &findings));
    }
    let pack = seat.viewer.pack.id.clone();
    let command = MoneyCommand::MakeBatch { pack, fund, picks };
    match seat.submit(form.get("key"), money_command(command)).await {
        Ok(answer) => {
            let done = Flash::done(word("batch-made")).with("number", answer.number);
            Ok(go_with(&format!("/batches/{}", answer.id.unwrap_or_default()), &done))
        }
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| field(&view, &form, reason))?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

/// The payments that were picked. Accounts that were typed are sealed before they are in any act.
fn picks(
    seat: &Seat,
    view: &BatchForm,
    form: &Submitted,
    findings: &mut Findings,
) -> Result<Vec<Pick>, WebError> {
    let ctx = &seat.ctx;
    let mut picks = Vec::new();
    for share in picked(view, form) {
        let mut typed = None;
        if share.typed {
            let name = needed(ctx, form, findings, (account(share, "name"), ctx.t("batch-account-name")));
            let bank = needed(ctx, form, findings, (account(share, "bank"), ctx.t("batch-account-bank")));
            let field = account(share, "number");
            let number = needed(ctx, form, findings, (&field, ctx.t("batch-account-number")));
            if name.is_empty() || bank.is_empty() || number.is_empty() {
                continue;
            }
            match seat.app().seal_account(&number) {
                Ok(account) => typed = Some(PayeeAccount { name, account, bank }),
                Err(failure) => {
                    refused(ctx, findings, failure, |_| field)?;
                    continue;
                }
            }
        }
        picks.push(Pick { claim: share.claim.claim, payee: share.payee.clone(), account: typed });
    }
    picks.extend(overtaken(view, form));
    Ok(picks)
}

/// Payments that were due when the page was opened and are no longer: the act says what became of them.
fn overtaken(view: &BatchForm, form: &Submitted) -> Vec<Pick> {
    let gone =
        |name: &&str| form.get(name) == "yes" && !view.shares.iter().any(|share| pick(share) == **name);
    let read = |name: &str| {
        let (claim, payee) = name.strip_prefix("pick.")?.split_once('.')?;
        Some(Pick { claim: claim.parse().ok()?, payee: payee.to_owned(), account: None })
    };
    form.names("pick.").filter(gone).filter_map(read).collect()
}

fn field(view: &BatchForm, form: &Submitted, reason: &Reason) -> String {
    let picked = picked(view, form);
    let of = |wanted: &dyn Fn(&DueShare) -> bool| {
        picked.iter().find(|share| wanted(share)).map_or_else(String::new, |share| pick(share))
    };
    match reason {
        Reason::ShareNotDue { claim }
        | Reason::PaymentUnclear { claim }
        | Reason::ClaimOfOtherFund { claim } => of(&|share| share.claim.number == *claim),
        Reason::AccountMissing { payee } => of(&|share| share.name == *payee || share.payee == *payee),
        Reason::CashMissing { .. } => "cash".to_owned(),
        Reason::BatchEmpty {} => "picks".to_owned(),
        _ => String::new(),
    }
}

fn page(seat: &Seat, view: &BatchForm, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let key = key_of(seat, form);
    let action = address("/batches/new", &[("fund", &view.fund)]);
    let fields = html! {
        (panel_with(&ctx.t("batch-due"), html! { (ctx.t("claim-in-yuan")) }, shares(ctx, view, form, findings)))
        (panel(&ctx.t("batch-cash"), cash(ctx, view, form, findings)))
        (actions(html! {
            (button::primary(&ctx.t("batch-make"), "make"))
            (button::secondary(&ctx.t("claim-look"), "look"))
        }))
    };
    let body = html! {
        (error_summary(ctx, findings))
        @if view.payer.is_none() {
            (notice(Badge::Amber, &ctx.t("batch-payer-missing"), html! {
                (ctx.t("batch-payer-missing-about")) " "
                a href={ "/batches/payer/" (view.fund) } { (ctx.t("batch-payer-set")) }
            }))
        }
        @if view.shares.is_empty() {
            (empty_state(&ctx.t("batch-waiting-none"), &ctx.t("batch-waiting-none-about"), html! {}))
        } @else if view.may_make {
            p.hint { (ctx.t("batch-two-people")) }
            (Form::post(&action, "make").key(&key).live().html(ctx, fields))
        } @else {
            (notice(Badge::Blue, &ctx.t("claim-step-other"), ctx.t("batch-make-other")))
            (panel(&ctx.t("batch-cash"), cash(ctx, view, form, findings)))
        }
    };
    Page::new(ctx, &ctx.t("batch-new"))
        .width(Width::Wide)
        .crumb("/batches", ctx.t("batch-title"))
        .caption(say(ctx, &view.name))
        .beside_title(html! { @if !view.cite.is_empty() { (cite(&view.cite)) } })
        .findings(findings.count())
        .body(body)
        .into_response()
}

fn shares(ctx: &Ctx, view: &BatchForm, form: &Submitted, findings: &Findings) -> Markup {
    let heads = vec![
        Head::text(ctx.t("batch-pick")),
        Head::text(ctx.t("claim-project")),
        Head::text(ctx.t("claim-payee")),
        Head::amount(ctx.t("claim-amount-yuan")),
        Head::text(ctx.t("claim-sources")),
        Head::text(ctx.t("batch-account")),
    ];
    let mut table = DataTable::new("due", ctx.t("batch-due"), heads).quiet_caption();
    for share in &view.shares {
        let name = pick(share);
        let id = crate::ui::id_of(&name);
        let cells = vec![
            html! {
                div.option {
                    input id=(id) type="checkbox" name=(name) value="yes" checked[form.get(&name) == "yes"] data-live-now
                        aria-describedby=[findings.at(&name).map(|_| format!("{id}-error"))];
                    label for=(id) { (share.claim.number) span.sr-only { ", " (share.name) } }
                }
                @if let Some(error) = findings.at(&name) { p.field-error id={ (id) "-error" } { (error) } }
            },
            html! { a href={ "/claims/" (share.claim.claim) } { (ctx.zh(&share.claim.title)) } },
            html! {
                (ctx.zh(&share.name))
                @for (batch, why) in &share.failed {
                    p.hint { a href={ "/batches/" (batch) } { (ctx.t("claim-came-back")) } "：" (ctx.zh(why)) }
                }
            },
            html! { (share.amount.grouped()) },
            html! { @for (source, amount) in &share.lots { p { (ctx.zh(document(view, *source))) " " (amount.grouped()) } } },
            to(ctx, share, form, findings),
        ];
        table = if findings.at(&name).is_some() { table.marked_row(cells) } else { table.row(cells) };
    }
    let chosen = picked(view, form);
    let sum = total(chosen.iter().map(|share| share.amount));
    html! {
        div #f-picks tabindex="-1" { @if let Some(error) = findings.at("picks") { p.field-error #f-picks-error { (error) } } }
        (table.html())
        p role="status" data-part="picked" {
            strong { (ctx.t_args("batch-picked", &[("count", chosen.len().into()), ("sum", sum.grouped().into())])) }
        }
    }
}

fn document(view: &BatchForm, source: SourceId) -> &str {
    view.cash.iter().find(|cash| cash.source == source).map_or("", |cash| cash.document.as_str())
}

/// Where the payment goes: the account of the contract, or one that is typed now.
fn to(ctx: &Ctx, share: &DueShare, form: &Submitted, findings: &Findings) -> Markup {
    let field = |key: &str, label: &str| {
        let name = account(share, key);
        Field::text(&name, &ctx.t(label)).value(form.get(&name)).error(findings.at(&name)).html(ctx)
    };
    html! {
        @match &share.account {
            Some((masked, bank)) => { (masked) p.hint { (ctx.zh(bank)) } }
            None if share.typed => details open[form.has(&account(share, "number")) && !findings.is_empty()] {
                summary { (ctx.t("batch-account-type")) }
                (field("name", "batch-account-name"))
                (field("bank", "batch-account-bank"))
                (field("number", "batch-account-number"))
            },
            None => (badge(Badge::Amber, &ctx.t("batch-account-missing"))),
        }
    }
}

/// The cash of each source against what was picked; what lacks is named.
fn cash(ctx: &Ctx, view: &BatchForm, form: &Submitted, findings: &Findings) -> Markup {
    let chosen = |share: &DueShare| form.get(&pick(share)) == "yes";
    let heads = vec![
        Head::text(ctx.t("batch-source")),
        Head::amount(ctx.t("batch-there-yuan")),
        Head::amount(ctx.t("batch-wanted-yuan")),
        Head::amount(ctx.t("batch-after-yuan")),
        Head::text(ctx.t("batch-enough")),
    ];
    let mut table = DataTable::new("cash", ctx.t("batch-cash"), heads).quiet_caption();
    for cash in &view.cash {
        let wanted = need(view, cash, chosen);
        let after = cash.there.checked_sub(wanted).unwrap_or(Money::ZERO);
        let short = after.is_negative();
        let cells = vec![
            html! { a href={ "/sources/" (cash.source) } { (ctx.zh(&cash.document)) } @if !cash.side_name.zh.is_empty() { p.hint { (say(ctx, &cash.side_name)) } } },
            html! { (cash.there.grouped()) },
            html! { (wanted.grouped()) },
            html! { (after.grouped()) },
            html! {
                @if short { (badge(Badge::Red, &ctx.t_args("batch-lacks", &[("sum", after.grouped().trim_start_matches('-').to_owned().into())]))) }
                @else { (badge(Badge::Green, &ctx.t("batch-enough-yes"))) }
            },
        ];
        table = if short { table.marked_row(cells) } else { table.row(cells) };
    }
    html! {
        div #f-cash data-part="cash" {
            p.hint { (ctx.t("batch-cash-about")) }
            @if let Some(error) = findings.at("cash") { p.field-error #f-cash-error { (error) } }
            (table.html())
        }
    }
}
