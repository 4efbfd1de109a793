//! The words on the screen, in Chinese first and English.
//!
//! Every slice keeps its words in `i18n/zh-CN/<slice>.ftl` and `i18n/en/<slice>.ftl`; both are listed in [`files`].
//! This module turns an id into text. It does not translate data: names of people and firms, and what a
//! regulation says, stay as they are (see [`Both`]).

mod files;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// A language of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// Chinese of mainland China; the language of the regulations.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The value of the `lang` attribute: `zh-CN` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Reads the code that [`Lang::code`] writes.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "zh-CN" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The other of the two.
    pub fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

/// The id of a text, when it travels as data (a label in a list, a flash message).
///
/// A test looks for `word("…")` in the source and checks that each id exists in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word(&'static str);

impl Word {
    /// The id itself.
    pub fn id(self) -> &'static str {
        self.0
    }
}

/// Names a text by its id: `word("nav-inbox")`.
pub const fn word(id: &'static str) -> Word {
    Word(id)
}

/// A piece of data that exists in both languages (a role's name, a pack's title, a sentence of a decision).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Both {
    /// The Chinese text; always there.
    pub zh: String,
    /// The English text; empty when there is none, then the Chinese one stands in.
    pub en: String,
}

impl Both {
    /// A pair of texts.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The text for `lang`, the Chinese one when there is no English.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.zh,
        }
    }
}

/// A value put into a text: `{ $name }` in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A text as it is.
    Text(&'a str),
    /// An owned text.
    Owned(String),
    /// A whole number; plural forms may depend on it.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Owned(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Arg<'_>> for FluentValue<'static> {
    fn from(arg: Arg<'_>) -> Self {
        match arg {
            Arg::Text(text) => FluentValue::from(text.to_owned()),
            Arg::Owned(text) => FluentValue::from(text),
            Arg::Number(number) => FluentValue::from(number),
        }
    }
}

/// The text of `id` in `lang`; the id itself when no file has it (a test prevents that).
pub fn text(lang: Lang, id: &str, args: &[(&str, Arg<'_>)]) -> String {
    format_in(bundle(lang), id, args)
        .or_else(|| format_in(bundle(lang.other()), id, args))
        .unwrap_or_else(|| id.to_owned())
}

fn bundle(lang: Lang) -> &'static FluentBundle<FluentResource> {
    static ZH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| build(Lang::Zh));
    static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| build(Lang::En));
    match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    }
}

fn build(lang: Lang) -> FluentBundle<FluentResource> {
    let locales = lang.code().parse().map(|locale| vec![locale]).unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(locales);
    bundle.set_use_isolating(false);
    for (_, source) in files::of(lang) {
        // A test checks that every file reads cleanly; what can be read is used in any case.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn format_in(bundle: &FluentBundle<FluentResource>, id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let values: FluentArgs<'_> =
        args.iter().map(|(name, arg)| ((*name).to_owned(), FluentValue::from(arg.clone()))).collect();
    Some(bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned())
}
