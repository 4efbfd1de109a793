//! The desk of a payment: what is left of the grant, the amount, the day, the voucher.

use maud::{Markup, html};

use super::sheet::Sheet;
use crate::pages::shared::{say, yuan};
use crate::ui::{Field, MoneyUnit};

/// The desk.
pub fn page(sheet: &Sheet<'_>) -> Markup {
    let ctx = sheet.ctx;
    let (amount, day, voucher) = (ctx.t("pay-amount"), ctx.t("pay-on"), ctx.t("pay-voucher"));
    html! {
        (sheet.errors())
        div.desk.even {
            section.card {
                header.card-head { h2 { (ctx.t("case-tab-money")) } }
                @if let Some(pay) = sheet.desk.pay {
                    dl.summary {
                        div { dt { (ctx.t("case-stage-granted")) } dd { (yuan(ctx, pay.granted)) } }
                        div { dt { (ctx.t("case-stage-paid")) } dd { (yuan(ctx, pay.paid)) } }
                        div { dt { (ctx.t("case-stage-transit")) } dd { (yuan(ctx, pay.arrived)) } }
                        div { dt { (ctx.t("pay-left")) } dd { strong { (yuan(ctx, pay.left)) } } }
                    }
                }
                p.hint { (ctx.t("pay-about")) }
            }
            div #decide {
                (sheet.form(false, html! {
                    section.card {
                        header.card-head { h2 { (say(ctx, &sheet.desk.step.name)) } }
                        (Field::money("amount", &amount, MoneyUnit::Yuan).value(sheet.form.get("amount")).error(sheet.findings.at("amount")).html(ctx))
                        (Field::date("on", &day).value(sheet.form.get("on")).error(sheet.findings.at("on")).html(ctx))
                        (Field::text("voucher", &voucher).value(sheet.form.get("voucher")).error(sheet.findings.at("voucher")).html(ctx))
                        (sheet.outcomes())
                    }
                }))
            }
        }
    }
}
