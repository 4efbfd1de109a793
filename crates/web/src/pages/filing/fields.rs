//! One field of the pack as a control: label as printed, unit inside the right edge, hint with the article, sensitive values
//! masked once kept.

use app::view::filing::{cell_text, place_levels, unit_of};
use app::view::pack::{Field as PackField, FieldType, FormData, MoneyUnit as PackUnit, Pack, Part, Required};
use kernel::Date;
use maud::{Markup, html};

use super::typed::{field_name, is_number};
use crate::ctx::Ctx;
use crate::ui::{
    Badge, Choice, Field, Findings, MoneyUnit, Opt, RegionLevel, RegionPicker, Size, badge, id_of,
};

/// As many members as are shown as radios; more become a drop-down.
const RADIOS_MAX: usize = 4;

/// What a field is drawn from.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The part.
    pub part: &'a Part,
    /// What stands in the form.
    pub data: &'a FormData,
    /// What is wrong, by field name.
    pub findings: &'a Findings,
    /// What should be looked at, by field name.
    pub warnings: &'a Findings,
    /// The day whose places are offered.
    pub day: Date,
}

/// The control of a field.
pub fn field(ctx: &Ctx, drawing: Drawing<'_>, field: &PackField) -> Markup {
    let name = field_name(&field.id);
    let text = drawing.data.get(&drawing.part.id, None, &field.id);
    let sealed = cell_text(drawing.pack, field, text);
    let kept = sealed.sealed && sealed.text.zh != "******";
    let label = ctx.pick(&field.name.zh, &field.name.en).to_owned();
    let hint = hint(ctx, drawing.part, field, kept.then_some(sealed.text.zh.as_str()));
    let look = Look {
        name: &name,
        label: &label,
        value: if kept { "" } else { text },
        hint: hint.as_deref(),
        error: drawing.findings.at(&name),
        optional: field.required == Required::No,
    };
    html! {
        (control(ctx, drawing, field, &look))
        @if kept { (clear_box(ctx, &field.id)) }
        @if let Some(warning) = drawing.warnings.at(&name) {
            p.field-note { (badge(Badge::Amber, &ctx.t("filed-cell-warn"))) " " (warning) }
        }
    }
}

struct Look<'a> {
    name: &'a str,
    label: &'a str,
    value: &'a str,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    optional: bool,
}

impl<'a> Look<'a> {
    fn plain(&self, ctx: &Ctx, mut field: Field<'a>) -> Markup {
        if let Some(hint) = self.hint {
            field = field.hint(hint);
        }
        if self.optional {
            field = field.optional();
        }
        field.value(self.value).error(self.error).html(ctx)
    }
}

fn control(ctx: &Ctx, drawing: Drawing<'_>, field: &PackField, look: &Look<'_>) -> Markup {
    let (name, label) = (look.name, look.label);
    match &field.ty {
        FieldType::Text => look.plain(ctx, Field::text(name, label)),
        FieldType::LongText => {
            let rows = if field.max_len > 1_000 { 9 } else { 4 };
            look.plain(ctx, Field::long_text(name, label, rows))
        }
        FieldType::Bool => {
            let options = [Opt::new("true", ctx.t("filing-yes")), Opt::new("false", ctx.t("filing-no"))];
            choice(ctx, look, &options, true)
        }
        FieldType::Money(unit) => look.plain(ctx, Field::money(name, label, money_unit(*unit))),
        FieldType::Ratio => ratio(ctx, look),
        FieldType::Count(_) => {
            let unit = unit_of(drawing.pack, &field.ty).unwrap_or_default();
            look.plain(ctx, Field::count(name, label, ctx.pick(&unit.zh, &unit.en)))
        }
        FieldType::Date => look.plain(ctx, Field::date(name, label)),
        FieldType::Month => look.plain(ctx, Field::month(name, label)),
        FieldType::Quantity | FieldType::Year | FieldType::Postcode => {
            look.plain(ctx, Field::text(name, label).size(Size::Short))
        }
        FieldType::Enum(list) => {
            let options = members(ctx, drawing.pack, list);
            choice(ctx, look, &options, options.len() <= RADIOS_MAX)
        }
        FieldType::Region => place(ctx, drawing, look),
        FieldType::CreditCode | FieldType::ResidentId | FieldType::BankAccount => {
            look.plain(ctx, Field::text(name, label).size(Size::Medium))
        }
        FieldType::Phone => look.plain(ctx, Field::telephone(name, label)),
    }
}

/// 元 or 万元 at the right edge.
pub fn money_unit(unit: PackUnit) -> MoneyUnit {
    match unit {
        PackUnit::Yuan => MoneyUnit::Yuan,
        PackUnit::Wan => MoneyUnit::Wan,
    }
}

/// The members of a list as options.
pub fn members(ctx: &Ctx, pack: &Pack, list: &str) -> Vec<Opt> {
    let list = pack.enums.get(list).map(|list| list.members.as_slice()).unwrap_or_default();
    list.iter().map(|m| Opt::new(m.id.clone(), ctx.pick(&m.name.zh, &m.name.en))).collect()
}

/// A share: with “%” at the edge as long as it is written in per cent, otherwise as it was typed (1/3).
fn ratio(ctx: &Ctx, look: &Look<'_>) -> Markup {
    let number = look.value.trim_end_matches('%');
    if look.value.is_empty() || (look.value.ends_with('%') && is_number(number)) {
        let look = Look { value: number, ..*look };
        return look.plain(ctx, Field::percent(look.name, look.label));
    }
    look.plain(ctx, Field::text(look.name, look.label).size(Size::Short))
}

fn choice(ctx: &Ctx, look: &Look<'_>, options: &[Opt], radios: bool) -> Markup {
    let optional = if look.optional { ctx.t("field-optional") } else { String::new() };
    let label = format!("{}{optional}", look.label);
    let mut choice = if radios {
        Choice::radios(look.name, &label, options).inline()
    } else {
        Choice::select(look.name, &label, options)
    };
    if let Some(hint) = look.hint {
        choice = choice.hint(hint);
    }
    choice.chosen(look.value).error(look.error).html(ctx)
}

fn place(ctx: &Ctx, drawing: Drawing<'_>, look: &Look<'_>) -> Markup {
    let label = |key: &str| match key {
        "province" => ctx.t("filing-province"),
        "city" => ctx.t("filing-prefecture"),
        _ => ctx.t("filing-county"),
    };
    let levels: Vec<RegionLevel> = place_levels(look.value, drawing.day)
        .into_iter()
        .map(|level| RegionLevel {
            key: level.key,
            label: label(level.key),
            options: level.options.into_iter().map(|place| Opt::new(place.code, place.name)).collect(),
            chosen: level.chosen,
        })
        .collect();
    RegionPicker { name: look.name, label: look.label, hint: look.hint, error: look.error, levels: &levels }
        .html(ctx)
}

/// What is meant, which clause asks for it when it is another than the part's, and what is kept under seal.
fn hint(ctx: &Ctx, part: &Part, field: &PackField, kept: Option<&str>) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    if let Some(kept) = kept {
        words.push(ctx.t_args("filing-kept", &[("masked", kept.into())]));
    }
    if let Some(hint) = &field.hint {
        words.push(ctx.pick(&hint.zh, &hint.en).to_owned());
    }
    if field.cite != part.cite {
        words.push(field.cite.to_string());
    }
    (!words.is_empty()).then(|| words.join(" · "))
}

fn clear_box(ctx: &Ctx, field: &str) -> Markup {
    let name = format!("clear.{field}");
    let id = id_of(&name);
    html! {
        div.option.clear-box { input id=(id) type="checkbox" name=(name) value="1"; label for=(id) { (ctx.t("filing-clear")) } }
    }
}
