//! What a page knows about the request it answers: language, settings, the person, the program's day.
//!
//! Plain data only: the page can show it but cannot decide with it. Who may act is decided in the use case;
//! [`Viewer::may`] only hides what would be refused anyway.

use std::collections::BTreeSet;

use app::print::Language;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use kernel::Date;
use maud::{Markup, html};

use crate::cookies::Cookies;
use crate::error::WebError;
use crate::flash::Flash;
use crate::guard::Reference;
use crate::live::Live;
use crate::session;
use crate::shell::Shell;
use crate::words::{self, Arg, Both, Lang, Word};

/// How the person likes the screen; kept in cookies of this browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prefs {
    /// Size of print.
    pub text: TextSize,
    /// Colours.
    pub contrast: Contrast,
}

/// Size of print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextSize {
    /// The browser's own size.
    #[default]
    Normal,
    /// A quarter larger.
    Large,
}

/// Colours of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contrast {
    /// The ordinary palette (already at least 4.5:1).
    #[default]
    Normal,
    /// Black on white, at least 7:1, strong borders.
    High,
}

/// One entry of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Where it leads; also decides which entry is current (longest prefix of the address).
    pub href: String,
    /// Its words.
    pub label: Word,
    /// How many wait there, when it is an inbox.
    pub count: Option<usize>,
}

impl NavItem {
    /// An entry without a count.
    pub fn new(href: impl Into<String>, label: Word) -> Self {
        Self { href: href.into(), label, count: None }
    }

    /// The same entry with the number that wait there.
    pub fn with_count(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }
}

/// The signed-in person as the screen needs it. Built by the implementation of [`session::Sessions`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Viewer {
    /// The person's id, as the use cases print it.
    pub person: String,
    /// The person's name.
    pub name: String,
    /// The name of the role in which the person acts now.
    pub role: Both,
    /// The organisation.
    pub org: String,
    /// The organisation's id, as the use cases print it.
    pub org_id: String,
    /// The role's identifier in the pack.
    pub role_id: String,
    /// What this role finds in the main navigation.
    pub nav: Vec<NavItem>,
    /// Names of the acts this role may try, for showing or hiding buttons.
    pub permissions: BTreeSet<String>,
    /// The first password must be changed before anything else.
    pub password_expired: bool,
}

impl Viewer {
    /// Whether the screen should offer `permission`. The use case decides again.
    pub fn may(&self, permission: &str) -> bool {
        self.permissions.contains(permission)
    }
}

/// The demonstration clock, when the program runs as a demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demo {
    /// Where the demonstration day can be changed and the roles are listed.
    pub href: String,
}

/// Everything a page needs to know about its request. An axum extractor; see the crate's documentation.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// Language of the screen.
    pub lang: Lang,
    /// Print and colours.
    pub prefs: Prefs,
    /// The person, when signed in.
    pub viewer: Option<Viewer>,
    /// The program's day (never the computer's clock directly).
    pub today: Date,
    /// Set when the day is a demonstration day.
    pub demo: Option<Demo>,
    /// Path and query of this request, for the way back after a change of settings.
    pub path: String,
    /// A message left by the page before.
    pub flash: Option<Flash>,
    /// Whether the script asks for a fresh view of a form without saving.
    pub live: Live,
    /// The number under which the operator finds this request in the log.
    pub reference: Reference,
    /// Public entries of the navigation, for people who are not signed in.
    pub public_nav: Vec<NavItem>,
}

impl Ctx {
    /// The text of `id` in the language of the screen.
    pub fn t(&self, id: &str) -> String {
        words::text(self.lang, id, &[])
    }

    /// The text of `id` with values: `ctx.t_args("deadline-left", &[("days", 3.into())])`.
    pub fn t_args(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        words::text(self.lang, id, args)
    }

    /// The text of a [`Word`].
    pub fn word(&self, word: Word) -> String {
        words::text(self.lang, word.id(), &[])
    }

    /// The one of two texts that fits the language; Chinese when `en` is empty.
    pub fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        if self.lang == Lang::En && !en.is_empty() { en } else { zh }
    }

    /// The language of a sheet that this person prints.
    pub fn printed(&self) -> Language {
        match self.lang {
            Lang::Zh => Language::Zh,
            Lang::En => Language::En,
        }
    }

    /// The one of a pair that fits the language.
    pub fn both<'a>(&self, both: &'a Both) -> &'a str {
        both.of(self.lang)
    }

    /// Chinese data, marked as such on an English page so that it is read out and set rightly.
    pub fn zh(&self, text: &str) -> Markup {
        html! { @if self.lang == Lang::Zh { (text) } @else { span lang="zh-CN" { (text) } } }
    }

    /// A date as the language writes it: 2019年10月9日, or 9 October 2019.
    pub fn date(&self, date: Date) -> String {
        match self.lang {
            Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
            Lang::En => format!("{} {} {}", date.day(), english_month(date.month()), date.year()),
        }
    }

    /// The person, or the page that says who may come here.
    pub fn require(&self, permission: &str) -> Result<&Viewer, WebError> {
        match &self.viewer {
            None => Err(WebError::SignInNeeded { next: self.path.clone() }),
            Some(viewer) if viewer.may(permission) => Ok(viewer),
            Some(_) => Err(WebError::Forbidden),
        }
    }

    /// A context with fixed values, for tests that render a page.
    pub fn sample(lang: Lang) -> Self {
        let today = Date::constant(2019, 10, 25);
        Self {
            lang,
            prefs: Prefs::default(),
            viewer: None,
            today,
            demo: None,
            path: "/".to_owned(),
            flash: None,
            live: Live::No,
            reference: Reference::of(0x51c4_07a2),
            public_nav: Vec::new(),
        }
    }

    /// Builds the context of a request from its parts.
    pub async fn of_request(parts: &Parts, shell: &Shell) -> Result<Self, WebError> {
        let cookies = Cookies::of(&parts.headers);
        let viewer = match session::Token::of(&cookies) {
            Some(token) => shell.sessions().viewer(&token).await?,
            None => None,
        };
        Ok(Self { viewer, ..Self::without_person(parts, shell) })
    }

    /// The same without asking who it is: for pages that must work when the store does not.
    pub(crate) fn without_person(parts: &Parts, shell: &Shell) -> Self {
        let cookies = Cookies::of(&parts.headers);
        Self {
            lang: cookies.get("qq_lang").and_then(Lang::from_code).unwrap_or_default(),
            prefs: Prefs {
                text: if cookies.get("qq_text") == Some("large") {
                    TextSize::Large
                } else {
                    TextSize::Normal
                },
                contrast: if cookies.get("qq_contrast") == Some("high") {
                    Contrast::High
                } else {
                    Contrast::Normal
                },
            },
            viewer: None,
            today: shell.clock().today(),
            demo: shell.clock().demo(),
            path: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
            flash: cookies.get(Flash::COOKIE).and_then(Flash::from_cookie),
            live: Live::of(&parts.headers),
            reference: parts.extensions.get::<Reference>().copied().unwrap_or_default(),
            public_nav: shell.public_nav().to_vec(),
        }
    }
}

impl<S> FromRequestParts<S> for Ctx
where
    Shell: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        Self::of_request(parts, &Shell::from_ref(state)).await
    }
}

/// A request of a signed-in person. Others are led to the sign-in page and come back afterwards; a person with a
/// first password is led to change it.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The context; its `viewer` is the same person.
    pub ctx: Ctx,
    /// The person.
    pub viewer: Viewer,
}

impl<S> FromRequestParts<S> for Signed
where
    Shell: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        let ctx = Ctx::from_request_parts(parts, state).await?;
        let Some(viewer) = ctx.viewer.clone() else {
            return Err(WebError::SignInNeeded { next: ctx.path });
        };
        let free = [session::PASSWORD_PATH, session::SIGN_OUT_PATH].contains(&parts.uri.path());
        if viewer.password_expired && !free {
            return Err(WebError::PasswordChangeNeeded);
        }
        Ok(Self { ctx, viewer })
    }
}

fn english_month(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_the_language_writes_them() {
        let date = Date::constant(2019, 10, 9);
        assert_eq!(Ctx::sample(Lang::Zh).date(date), "2019年10月9日");
        assert_eq!(Ctx::sample(Lang::En).date(date), "9 October 2019");
    }

    #[test]
    fn chinese_data_is_marked_on_an_english_page_only() {
        assert_eq!(Ctx::sample(Lang::Zh).zh("榆中县").into_string(), "榆中县");
        assert_eq!(Ctx::sample(Lang::En).zh("榆中县").into_string(), "<span lang=\"zh-CN\">榆中县</span>");
        assert_eq!(Ctx::sample(Lang::En).pick("甲", ""), "甲");
    }

    #[test]
    fn a_permission_is_required_of_a_signed_in_person() {
        let mut ctx = Ctx::sample(Lang::Zh);
        assert!(matches!(ctx.require("pay"), Err(WebError::SignInNeeded { .. })));
        ctx.viewer = Some(Viewer::default());
        assert!(matches!(ctx.require("pay"), Err(WebError::Forbidden)));
        ctx.viewer = Some(Viewer { permissions: BTreeSet::from(["pay".to_owned()]), ..Viewer::default() });
        assert!(ctx.require("pay").is_ok());
    }
}
