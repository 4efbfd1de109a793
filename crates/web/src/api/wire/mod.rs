//! What goes over the wire. Amounts are decimal strings of yuan with two places, days are ISO dates, ratios are `30%` or `1/3`, texts
//! of the regime stand in both languages. Never a JSON number for money: JSON cannot tell 5988 from 5988.0.

pub mod allocations;
pub mod asides;
pub mod batches;
pub mod cases;
pub mod claims;
pub mod consents;
pub mod funds;
pub mod journal;
pub mod people;
pub mod plans;
pub mod projects;
pub mod registers;
pub mod reports;
pub mod rosters;
pub mod sources;
pub mod steps;
pub mod years;

use std::borrow::Cow;
use std::fmt::Display;

use app::view::pack::Words;
use kernel::ratio::Ratio;
use kernel::{Date, Money};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Declares what is answered: each field once, with where it comes from.
macro_rules! shape {
    ($(
        $(#[$about:meta])*
        $name:ident of $from:ty as $it:pat => {
            $($(#[$doc:meta])* $field:ident : $ty:ty = $value:expr),* $(,)?
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
        pub struct $name {
            $($(#[$doc])* pub $field: $ty,)*
        }

        impl From<$from> for $name {
            fn from($it: $from) -> Self {
                Self { $($field: $value,)* }
            }
        }
    )*};
}

/// Declares what is asked for: every field is known or the request is refused.
macro_rules! asks {
    ($($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident : $ty:ty),* $(,)? })*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, serde::Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$doc])* pub $field: $ty,)*
        }
    )*};
}

/// Declares the question behind `?` of a list: every part may be left out, others are refused.
macro_rules! query {
    ($($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident : $ty:ty),* $(,)? })*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Default, serde::Deserialize, utoipa::IntoParams)]
        #[serde(deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub struct $name {
            $($(#[$doc])* pub $field: Option<$ty>,)*
        }
    )*};
}

pub(in crate::api) use {asks, query, shape};

/// The shape of each of many.
pub fn each<'a, T, U: From<&'a T>>(all: &'a [T]) -> Vec<U> {
    all.iter().map(U::from).collect()
}

/// Declares a value that is written as a string.
macro_rules! text_value {
    ($about:literal $name:ident($inner:ty), $read:expr, $pattern:expr, $format:expr, $example:expr) => {
        #[doc = $about]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name(pub $inner);

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                let read: fn(&str) -> Option<$inner> = $read;
                let wanted = || de::Error::custom(format!("“{text}” is not written like {}", $example));
                read(&text).map(Self).ok_or_else(wanted)
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some($about))
                    .pattern($pattern)
                    .format($format)
                    .examples([$example])
                    .build()
                    .into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    };
}

/// Reads back what it writes itself, and nothing else.
fn canonical<T: Display>(text: &str, value: Option<T>) -> Option<T> {
    value.filter(|value| value.to_string() == text)
}

text_value! {
    "An amount in yuan: a decimal string with two places, never a number."
    Yuan(Money),
    |text| canonical(text, Money::parse_yuan(text).ok()),
    Some(r"^-?(0|[1-9][0-9]*)\.[0-9]{2}$"),
    None,
    "18605.00"
}

text_value! {
    "A day, as an ISO date."
    Day(Date),
    |text| canonical(text, text.parse().ok()),
    None::<String>,
    Some(SchemaFormat::KnownFormat(KnownFormat::Date)),
    "2019-03-01"
}

text_value! {
    "A figure, exact: a whole number, a decimal, a percentage or a fraction."
    Figure(Ratio),
    figure,
    Some(r"^[0-9]+(\.[0-9]+)?%?$|^[0-9]+/[0-9]+$"),
    None,
    "120"
}

/// A count or a decimal as it stands; percentages and fractions as the regime writes them.
fn figure(text: &str) -> Option<Ratio> {
    let (whole, parts) = text.split_once('.').unwrap_or((text, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || text.ends_with('.') || !plain(whole) || !plain(parts) {
        return Ratio::parse(text).ok();
    }
    let places = u32::try_from(parts.len()).ok()?;
    Ratio::new(format!("{whole}{parts}").parse().ok()?, 10_i64.checked_pow(places)?)
}

/// A text of the regime in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl From<&Words> for Text {
    fn from(words: &Words) -> Self {
        Self { zh: words.zh.clone(), en: words.en.clone() }
    }
}

impl From<Words> for Text {
    fn from(words: Words) -> Self {
        Self::from(&words)
    }
}

/// Something with an id of the regime and a name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: Text,
}

/// The one of these that is named so; else the place is refused with what may be said.
pub fn one_of<T: Copy>(place: &str, said: &str, all: &[(&str, T)]) -> Result<T, super::problem::Failed> {
    let found = all.iter().find(|(id, _)| *id == said).map(|(_, one)| *one);
    found.ok_or_else(|| {
        let may: Vec<&str> = all.iter().map(|(id, _)| *id).collect();
        super::problem::Failed::unreadable(place, &format!("“{said}” is none of {}", may.join(", ")))
    })
}

shape! {
    /// What came of an act.
    Done of app::Answer as answer => {
        /// The thing that was made or changed.
        id: Option<i64> = answer.id,
        /// The number that people say.
        number: String = answer.number,
        /// The place of the act in the journal; absent when nothing changed.
        seq: Option<u64> = answer.seq,
    }

    /// A file that is kept.
    Paper of &app::command::money::Paper as paper => {
        /// What it is.
        paper: String = paper.paper.clone(),
        /// Its name.
        name: String = paper.name.clone(),
        /// The digest of its bytes.
        hash: String = paper.hash.to_string(),
        /// Its size in bytes.
        size: i64 = paper.size,
        /// Its media type.
        media: String = paper.media.clone(),
    }

    /// An amount out of one source.
    Lot of &(kernel::id::SourceId, Money) as lot => {
        /// The source.
        source: i64 = lot.0.0,
        /// How much.
        amount: Yuan = Yuan(lot.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads<T: for<'a> Deserialize<'a> + Serialize>(text: &str) -> Option<String> {
        let value: T = serde_json::from_str(text).ok()?;
        serde_json::to_string(&value).ok()
    }

    #[test]
    fn money_is_a_decimal_string_and_nothing_else() {
        for good in [r#""0.00""#, r#""18605.00""#, r#""-3.20""#] {
            assert_eq!(reads::<Yuan>(good).as_deref(), Some(good));
        }
        for bad in [
            "18605",
            "18605.00",
            r#""18605""#,
            r#""18605.0""#,
            r#""18,605.00""#,
            r#""018.00""#,
            r#""1e3""#,
            "null",
        ] {
            assert_eq!(reads::<Yuan>(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_and_ratios_are_read_strictly() {
        assert_eq!(reads::<Day>(r#""2019-03-01""#).as_deref(), Some(r#""2019-03-01""#));
        for bad in [r#""20190301""#, r#""2019-3-1""#, r#""2019-02-30""#, r#""2019-03-01T00:00""#] {
            assert_eq!(reads::<Day>(bad), None, "{bad}");
        }
        for (text, num, den) in
            [("30%", 3, 10), ("1/3", 1, 3), ("0.5", 1, 2), ("120", 120, 1), ("3.25", 13, 4)]
        {
            let figure: Figure = serde_json::from_str(&format!("\"{text}\"")).unwrap();
            assert_eq!((figure.0.num(), figure.0.den()), (num, den), "{text}");
        }
        for bad in ["0.3", "30", r#""3.""#, r#"".5""#, r#""1/0""#, r#""""#, r#""12a""#] {
            assert_eq!(reads::<Figure>(bad), None, "{bad}: a JSON number is not exact");
        }
    }
}
