//! The list of word files. To add a slice: write `i18n/zh-CN/<slice>.ftl` and `i18n/en/<slice>.ftl` and add one
//! line below. A test fails when a file in the folder is not listed.

use super::Lang;

macro_rules! slices {
    ($($slice:literal),+ $(,)?) => {
        const ZH: &[(&str, &str)] = &[$(($slice, include_str!(concat!("../../i18n/zh-CN/", $slice, ".ftl")))),+];
        const EN: &[(&str, &str)] = &[$(($slice, include_str!(concat!("../../i18n/en/", $slice, ".ftl")))),+];
    };
}

slices! {
    "api",
    "claims",
    "commission",
    "common",
    "demo",
    "desk",
    "error",
    "filing",
    "funds",
    "hands",
    "life",
    "library",
    "paper",
    "people",
    "projects",
    "public",
    "registers",
    "rosters",
    "tables",
    "together",
    "ui",
}

/// Name and content of every word file of `lang`.
pub(super) fn of(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    }
}
