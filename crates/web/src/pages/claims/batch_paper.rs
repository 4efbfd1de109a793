//! `/batches/{id}/list.pdf`: the payments of a batch as the list that goes into the vouchers, with who made and who released it.
//! Accounts are masked as on the screen; in full they stand in the bank's file only.

use app::print::{Block, Column, Document, Look, Paper, Signature, Table, Width};
use app::view::money::BatchPage;
use axum::extract::Path;
use axum::response::Response;

use super::batch::load;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::pdf;
use crate::pages::shared::{say, total};
use crate::state::Seat;

/// The paper.
pub(super) async fn send(seat: Seat, Path(batch): Path<String>) -> Result<Response, WebError> {
    let view = load(&seat, &batch)?;
    let name = format!("{}-{}", seat.ctx.t("batch-paper"), view.line.row.number);
    pdf(&seat.state, &seat.ctx, &name, document(&seat.ctx, &seat.viewer.org_name, &view)).await
}

/// The list of one batch; `office` is whose paper it is.
pub(super) fn document(ctx: &Ctx, office: &str, view: &BatchPage) -> Document {
    let row = &view.line.row;
    let columns = [
        Column::short(ctx.t("row-number")),
        Column::text(ctx.t("claim-payee")).width(Width::Share(3)),
        Column::text(ctx.t("batch-account-bank")).width(Width::Share(3)),
        Column::short(ctx.t("batch-account")),
        Column::text(ctx.t("claim-project")).width(Width::Share(3)),
        Column::short(ctx.t("claim-number")),
        Column::amount(ctx.t("claim-amount-yuan")),
        Column::short(ctx.t("claim-standing")),
    ];
    let mut table = Table::new(columns);
    for payment in &view.payments {
        table = table.row([
            payment.row.line.to_string(),
            payment.row.payee_name.clone(),
            payment.bank.clone(),
            payment.account.clone(),
            payment.project.clone(),
            payment.claim.clone(),
            payment.row.amount.grouped(),
            say(ctx, &payment.state).to_owned(),
        ]);
    }
    let sum = total(view.payments.iter().map(|payment| payment.row.amount));
    let none = String::new;
    let table = table
        .totals([ctx.t("total"), none(), none(), none(), none(), none(), sum.grouped(), none()])
        .note(ctx.t_args("amount-in-capitals", &[("amount", sum.capitals().into())]));
    let made = Signature::default().line(ctx.t("batch-made-by"), &*view.made_by).on(row.made_on);
    let released = Signature::default()
        .line(ctx.t("batch-released-by"), view.released_by.as_deref().unwrap_or_default());
    let released = match view.released_on {
        Some(on) => released.on(on),
        None => released,
    };
    let seal = Signature::default().line(ctx.t_args("print-seal-of", &[("unit", office.into())]), "");
    let document = Document::new(Look::Form, ctx.t("batch-paper"), ctx.today)
        .paper(Paper::A4Wide)
        .language(ctx.printed())
        .issuer(office)
        .fact(ctx.t("batch-number"), row.number.as_str())
        .fact(ctx.t("claim-fund"), say(ctx, &view.line.fund))
        .fact(ctx.t("batch-made-on"), ctx.date(row.made_on))
        .fact(ctx.t("claim-standing"), say(ctx, &view.line.standing))
        .push(table)
        .push(Block::Signatures(vec![made, released, seal]));
    match row.digest.split_once(':') {
        Some((_, digest)) => document.push(Block::Note(format!("{}　{digest}", ctx.t("batch-digest")))),
        None => document,
    }
}
