//! One field of a form: label above, hint quoting its article, the input with its unit inside the right edge.
//!
//! Values go in and out as the person typed them: a field never drops what it cannot read.

use maud::{Markup, html};

use super::errors::{described_by, id_of, message};
use crate::ctx::Ctx;

/// The unit of an amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyUnit {
    /// 元.
    Yuan,
    /// 万元.
    Wan,
}

/// How wide the input is; on a narrow screen all are as wide as the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// Dates, percentages, counts.
    Short,
    /// Amounts, codes, telephone numbers.
    Medium,
    /// Names.
    #[default]
    Long,
    /// As wide as its place.
    Full,
}

impl Size {
    fn class(self) -> &'static str {
        match self {
            Self::Short => "size-short",
            Self::Medium => "size-medium",
            Self::Long => "size-long",
            Self::Full => "size-full",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Text { input_mode: &'static str, autocomplete: Option<&'static str> },
    Password { autocomplete: &'static str },
    Long { rows: u8 },
    Money(MoneyUnit),
    Percent,
    Count { unit: String },
    Date,
    Month,
}

/// A field in the making; ends with [`Field::html`].
#[derive(Clone, Debug)]
pub struct Field<'a> {
    name: &'a str,
    label: &'a str,
    kind: Kind,
    value: &'a str,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    size: Size,
    optional: Presence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    Required,
    Optional,
}

impl<'a> Field<'a> {
    fn new(name: &'a str, label: &'a str, kind: Kind, size: Size) -> Self {
        Self { name, label, kind, value: "", hint: None, error: None, size, optional: Presence::Required }
    }

    /// One line of text.
    pub fn text(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Text { input_mode: "text", autocomplete: None }, Size::Long)
    }

    /// A telephone number.
    pub fn telephone(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Text { input_mode: "tel", autocomplete: None }, Size::Medium)
    }

    /// A login name, known to password keepers.
    pub fn login(name: &'a str, label: &'a str) -> Self {
        let kind = Kind::Text { input_mode: "text", autocomplete: Some("username") };
        Self::new(name, label, kind, Size::Full)
    }

    /// The present password.
    pub fn password(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Password { autocomplete: "current-password" }, Size::Full)
    }

    /// A password to be set.
    pub fn new_password(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Password { autocomplete: "new-password" }, Size::Full)
    }

    /// Several lines of text.
    pub fn long_text(name: &'a str, label: &'a str, rows: u8) -> Self {
        Self::new(name, label, Kind::Long { rows }, Size::Full)
    }

    /// An amount of money in yuan or 10,000 yuan.
    pub fn money(name: &'a str, label: &'a str, unit: MoneyUnit) -> Self {
        Self::new(name, label, Kind::Money(unit), Size::Medium)
    }

    /// A ratio as a percentage.
    pub fn percent(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Percent, Size::Short)
    }

    /// A whole number of something: 人, 户, 家.
    pub fn count(name: &'a str, label: &'a str, unit: &str) -> Self {
        Self::new(name, label, Kind::Count { unit: unit.to_owned() }, Size::Short)
    }

    /// A day. What was typed and is no date comes back as text.
    pub fn date(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Date, Size::Medium)
    }

    /// A month, `2019-10`.
    pub fn month(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Month, Size::Short)
    }

    /// What stands in the field, as it was typed.
    pub fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    /// A line under the label: what is meant, which article asks for it.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What is wrong with it: `field.error(findings.at("name"))`.
    pub fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// Another width than the kind's own.
    pub fn size(mut self, size: Size) -> Self {
        self.size = size;
        self
    }

    /// It may stay empty, and the label says so.
    pub fn optional(mut self) -> Self {
        self.optional = Presence::Optional;
        self
    }

    /// The field.
    pub fn html(self, ctx: &Ctx) -> Markup {
        let id = id_of(self.name);
        html! {
            div.field.has-error[self.error.is_some()] {
                label for=(id) {
                    (self.label)
                    @if self.optional == Presence::Optional { span.optional { (ctx.t("field-optional")) } }
                }
                @if let Some(hint) = self.hint { p.hint id={ (id) "-hint" } { (hint) } }
                (message(ctx, self.name, self.error))
                (self.control(ctx, &id))
            }
        }
    }

    fn control(&self, ctx: &Ctx, id: &str) -> Markup {
        let unit = self.unit(ctx);
        html! {
            div.control.(self.size.class()) {
                @if let Kind::Long { rows } = self.kind {
                    textarea id=(id) name=(self.name) rows=(rows) aria-invalid=[self.invalid()]
                        aria-describedby=[self.described()] { (self.value) }
                } @else {
                    (self.input(id, unit.as_deref()))
                }
                @if let Some(unit) = unit { span.unit id={ (id) "-unit" } { (unit) } }
            }
        }
    }

    fn input(&self, id: &str, unit: Option<&str>) -> Markup {
        let (kind, mode, complete) = match &self.kind {
            Kind::Text { input_mode, autocomplete } => ("text", *input_mode, *autocomplete),
            Kind::Password { autocomplete } => ("password", "text", Some(*autocomplete)),
            Kind::Money(_) | Kind::Percent => ("text", "decimal", None),
            Kind::Count { .. } => ("text", "numeric", None),
            Kind::Date if is_empty_or(self.value, "####-##-##") => ("date", "text", None),
            Kind::Month if is_empty_or(self.value, "####-##") => ("month", "text", None),
            Kind::Date | Kind::Month | Kind::Long { .. } => ("text", "text", None),
        };
        let number = matches!(self.kind, Kind::Money(_) | Kind::Percent | Kind::Count { .. });
        let mut described = self.described().unwrap_or_default();
        if unit.is_some() {
            described.push_str(if described.is_empty() { "" } else { " " });
            described.push_str(&format!("{id}-unit"));
        }
        html! {
            input.number[number] id=(id) name=(self.name) type=(kind) inputmode=(mode) value=(self.value)
                autocomplete=(complete.unwrap_or("off")) aria-invalid=[self.invalid()]
                aria-describedby=[(!described.is_empty()).then_some(described)];
        }
    }

    fn unit(&self, ctx: &Ctx) -> Option<String> {
        match &self.kind {
            Kind::Money(MoneyUnit::Yuan) => Some(ctx.t("unit-yuan")),
            Kind::Money(MoneyUnit::Wan) => Some(ctx.t("unit-wan")),
            Kind::Percent => Some("%".to_owned()),
            Kind::Count { unit } => Some(unit.clone()),
            _ => None,
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    fn described(&self) -> Option<String> {
        described_by(self.name, self.hint, self.error)
    }
}

/// Whether `value` is empty or has the shape of `pattern`, where `#` is a digit.
pub(super) fn is_empty_or(value: &str, pattern: &str) -> bool {
    value.is_empty()
        || value.len() == pattern.len()
            && value.bytes().zip(pattern.bytes()).all(|(byte, shape)| match shape {
                b'#' => byte.is_ascii_digit(),
                other => byte == other,
            })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn html(field: Field<'_>) -> String {
        field.html(&Ctx::sample(Lang::Zh)).into_string()
    }

    #[test]
    fn a_label_belongs_to_its_input_and_the_unit_describes_it() {
        let html =
            html(Field::money("paid_in", "注册资本实缴额", MoneyUnit::Wan).value("1,200").hint("第七条(二)"));
        assert!(html.contains("<label for=\"f-paid_in\">注册资本实缴额</label>"), "{html}");
        assert!(html.contains("aria-describedby=\"f-paid_in-hint f-paid_in-unit\""), "{html}");
        assert!(html.contains("value=\"1,200\"") && html.contains(">万元</span>"), "{html}");
    }

    #[test]
    fn an_error_stands_at_the_field_and_marks_it() {
        let html = html(Field::count("staff", "企业用工总数", "人").value("许多").error(Some("请填写整数")));
        assert!(html.contains("aria-invalid=\"true\"") && html.contains("请填写整数"), "{html}");
        assert!(html.contains("value=\"许多\""), "what was typed stays: {html}");
    }

    #[test]
    fn a_date_that_is_none_is_shown_as_it_was_typed() {
        assert!(html(Field::date("d", "日期").value("2019-10-09")).contains("type=\"date\""));
        let odd = html(Field::date("d", "日期").value("2019.10.9"));
        assert!(odd.contains("type=\"text\"") && odd.contains("value=\"2019.10.9\""), "{odd}");
    }

    #[test]
    fn what_was_typed_cannot_become_markup() {
        let html = html(Field::text("n", "名称").value("\"><script>"));
        assert!(!html.contains("<script>"), "{html}");
    }
}
