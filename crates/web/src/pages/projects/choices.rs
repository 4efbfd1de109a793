//! Choices that forms of this slice share: money (fund and side), years, places.

use app::view::filing::{place_levels, place_of_levels};
use app::view::money::FundChoice;
use kernel::Date;
use maud::Markup;

use crate::ctx::Ctx;
use crate::pages::shared::{fund_side, say};
use crate::submitted::Submitted;
use crate::ui::{Opt, RegionLevel, RegionPicker};

/// Funds with their sides: `fund:side`.
pub(super) fn monies(ctx: &Ctx, funds: &[FundChoice]) -> Vec<Opt> {
    let sides = funds.iter().flat_map(|fund| {
        fund.sides.iter().map(move |(side, name)| {
            Opt::new(format!("{}:{side}", fund.id), fund_side(ctx, &fund.name, name)).with_hint(&fund.cite)
        })
    });
    sides.collect()
}

/// The fund and side of a choice.
pub(super) fn chosen_money<'c>(funds: &'c [FundChoice], text: &str) -> Option<(&'c FundChoice, &'c str)> {
    let (fund, side) = text.split_once(':')?;
    let fund = funds.iter().find(|one| one.id == fund)?;
    let (side, _) = fund.sides.iter().find(|(id, _)| id == side)?;
    Some((fund, side))
}

/// The place chosen in the drop-downs of `place`, or its code; empty when none is.
pub(super) fn place_code(form: &Submitted, day: Date) -> String {
    let levels = ["province", "city", "county"];
    let fields: Vec<String> = levels.iter().map(|level| format!("place.{level}")).collect();
    if !fields.iter().any(|name| form.has(name)) {
        return form.get("place").to_owned();
    }
    let typed: Vec<(&str, &str)> =
        levels.iter().zip(&fields).map(|(level, name)| (*level, form.get(name))).collect();
    place_of_levels(&typed, day)
}

/// The drop-downs of a place.
pub(super) fn place(ctx: &Ctx, code: &str, (label, hint): (&str, &str), error: Option<&str>) -> Markup {
    let levels: Vec<RegionLevel> = place_levels(code, ctx.today)
        .into_iter()
        .map(|level| RegionLevel {
            label: match level.key {
                "province" => ctx.t("pj-province"),
                "city" => ctx.t("pj-city"),
                _ => ctx.t("pj-county"),
            },
            key: level.key,
            options: level.options.into_iter().map(|option| Opt::new(option.code, option.name)).collect(),
            chosen: level.chosen,
        })
        .collect();
    RegionPicker { name: "place", label, hint: Some(hint), error, levels: &levels }.html(ctx)
}

/// The name of a fund's area, for a hint.
pub(super) fn area_hint(ctx: &Ctx, fund: Option<&FundChoice>) -> String {
    match fund.and_then(|fund| fund.region.as_ref().map(|(_, name)| (fund, name))) {
        Some((fund, name)) => ctx.t_args(
            "pj-place-within",
            &[("area", name.clone().into()), ("fund", say(ctx, &fund.name).to_owned().into())],
        ),
        None => ctx.t("pj-place-hint"),
    }
}
