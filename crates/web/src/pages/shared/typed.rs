//! What was typed into a form, and what is wrong with it, each at its field.
//!
//! A field is named by `(name, label)`: its name in the form, and how the person knows it.

use app::Failure;
use app::view::state::{Reason, Refusal};
use kernel::amount::{AmountUnit, parse_amount};
use kernel::date::parse_date;
use kernel::explain::Explain;
use kernel::{Date, Money};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::state::{refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::Findings;
use crate::words::Lang;

/// Puts a refusal at the field that `field` names for its reason. A fault of the world is passed on, and so is a form that was
/// overtaken by somebody else: no field of it is wrong, it must be looked at afresh.
pub fn refused<F: Into<String>>(
    ctx: &Ctx,
    findings: &mut Findings,
    failure: Failure,
    field: impl FnOnce(&Reason) -> F,
) -> Result<(), WebError> {
    match failure {
        Failure::Refused(refusal) if !matches!(refusal.reason, Reason::Stale { .. }) => {
            findings.add(field(&refusal.reason), refusal_text(ctx, &refusal));
            Ok(())
        }
        other => Err(web_error(ctx, other)),
    }
}

/// A refusal in one line, with its article.
pub fn refusal_text(ctx: &Ctx, refusal: &Refusal) -> String {
    let said = refusal_of(ctx, refusal);
    match &said.article {
        Some(article) => format!("{}（{article}）", said.text),
        None => said.text,
    }
}

/// What a parser of the kernel says, in the language of the screen.
pub fn explained(ctx: &Ctx, error: &impl Explain) -> String {
    match ctx.lang {
        Lang::Zh => format!("{}，{}。", error.message_zh(), error.hint_zh()),
        Lang::En => format!("{}: {}.", error.message_en(), error.hint_en()),
    }
}

/// A text that must be there.
pub fn needed(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    (name, label): (impl AsRef<str>, impl AsRef<str>),
) -> String {
    let text = form.get(name.as_ref());
    if text.is_empty() {
        findings.add(name.as_ref(), ctx.t_args("needs-what", &[("what", label.as_ref().into())]));
    }
    text.to_owned()
}

/// A day that must be there.
pub fn date(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    (name, label): (impl AsRef<str>, impl AsRef<str>),
) -> Option<Date> {
    needed(ctx, form, findings, (&name, label));
    read_date(ctx, form, findings, name.as_ref())
}

/// An amount in yuan that must be there.
pub fn money(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    (name, label): (impl AsRef<str>, impl AsRef<str>),
) -> Option<Money> {
    needed(ctx, form, findings, (&name, label));
    read_money(ctx, form, findings, (name.as_ref(), AmountUnit::Yuan))
}

/// An amount in yuan that may be left empty, and is zero then.
pub fn money_or_zero(ctx: &Ctx, form: &Submitted, findings: &mut Findings, name: &str) -> Option<Money> {
    if form.get(name).is_empty() {
        return Some(Money::ZERO);
    }
    read_money(ctx, form, findings, (name, AmountUnit::Yuan))
}

/// A day as typed: a finding when it cannot be read, nothing when the field was left empty.
pub fn read_date(ctx: &Ctx, form: &Submitted, findings: &mut Findings, name: &str) -> Option<Date> {
    let text = Some(form.get(name)).filter(|text| !text.is_empty())?;
    parse_date(text).map_err(|error| findings.add(name, explained(ctx, &error))).ok()
}

/// An amount as typed, where a plain number counts `unit`: a finding when it cannot be read, nothing when the field was left empty.
pub fn read_money(
    ctx: &Ctx,
    form: &Submitted,
    findings: &mut Findings,
    (name, unit): (&str, AmountUnit),
) -> Option<Money> {
    let text = Some(form.get(name)).filter(|text| !text.is_empty())?;
    let read = parse_amount(text, unit).map(|amount| amount.money);
    read.map_err(|error| findings.add(name, explained(ctx, &error))).ok()
}

/// The value of a field: what was typed, else what it begins with.
pub fn value<'f>(form: &'f Submitted, name: &str, usual: &'f str) -> &'f str {
    if form.has(name) { form.get(name) } else { usual }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Submitted {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn an_empty_field_is_named_and_an_unreadable_one_explained_once() {
        let ctx = Ctx::sample(Lang::Zh);
        for (text, read, said) in
            [("2019-10-25", true, None), ("", false, Some("请填写到账日期。")), ("昨天", false, Some("，"))]
        {
            let mut findings = Findings::none();
            let date = date(&ctx, &form(&[("on", text)]), &mut findings, ("on", "到账日期"));
            assert_eq!(date.is_some(), read, "{text}");
            assert_eq!(findings.count(), usize::from(!read), "{text}");
            assert_eq!(
                findings.at("on").zip(said).map(|(found, said)| found.contains(said)),
                said.map(|_| true)
            );
        }
    }

    #[test]
    fn an_amount_left_empty_is_zero_only_where_that_is_meant() {
        let ctx = Ctx::sample(Lang::Zh);
        let sent = form(&[("full", "1,000"), ("wrong", "许多")]);
        let mut findings = Findings::none();
        assert_eq!(money_or_zero(&ctx, &sent, &mut findings, "none"), Some(Money::ZERO));
        assert_eq!(money_or_zero(&ctx, &sent, &mut findings, "full"), Some(Money::from_fen(100_000)));
        assert!(findings.is_empty());
        assert_eq!(money_or_zero(&ctx, &sent, &mut findings, "wrong"), None);
        assert_eq!(money(&ctx, &sent, &mut findings, ("none", "金额")), None);
        assert_eq!(findings.at("none"), Some("请填写金额。"));
        assert!(findings.at("wrong").is_some());
        let wan = read_money(&ctx, &form(&[("sum", "2")]), &mut findings, ("sum", AmountUnit::Wan));
        assert_eq!(wan, Some(Money::from_fen(2_000_000)));
    }

    #[test]
    fn a_form_overtaken_by_another_is_no_finding() {
        let ctx = Ctx::sample(Lang::Zh);
        let mut findings = Findings::none();
        let refusal = |reason| Failure::Refused(Refusal::from(reason));
        let stale = Reason::Stale { what: "方案".into(), what_en: "the plan".into() };
        let overtaken = refused(&ctx, &mut findings, refusal(stale), |_| "why");
        assert_eq!(overtaken, Err(WebError::Stale));
        assert!(findings.is_empty());
        assert_eq!(refused(&ctx, &mut findings, refusal(Reason::NameMissing {}), |_| "why"), Ok(()));
        assert!(findings.at("why").is_some());
    }
}
