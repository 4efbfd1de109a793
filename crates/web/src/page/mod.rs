//! The page around every content: head, navigation, messages, breadcrumb, foot.
//!
//! A handler builds a [`Page`] with its title and content and returns it. The page knows nothing of the domain.

mod frame;

use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};

use crate::ctx::Ctx;
use crate::flash::Flash;

/// How much room the content takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// The usual measure of 76 rem.
    #[default]
    Normal,
    /// One narrow column, for sign-in and single questions.
    Narrow,
    /// The whole window, for review desks and wide tables.
    Wide,
}

/// A page in the making. `title` and content are the only things every page has.
#[derive(Clone)]
pub struct Page<'c> {
    ctx: &'c Ctx,
    title: String,
    crumbs: Vec<(String, String)>,
    caption: Option<String>,
    aside: Option<Markup>,
    body: Markup,
    width: Width,
    status: StatusCode,
    errors: usize,
}

impl<'c> Page<'c> {
    /// A page with its title, which is also its `h1`.
    pub fn new(ctx: &'c Ctx, title: &str) -> Self {
        Self {
            ctx,
            title: title.to_owned(),
            crumbs: Vec::new(),
            caption: None,
            aside: None,
            body: html! {},
            width: Width::Normal,
            status: StatusCode::OK,
            errors: 0,
        }
    }

    /// Adds a step of the breadcrumb before the title; the start page comes first by itself.
    pub fn crumb(mut self, href: impl Into<String>, label: impl Into<String>) -> Self {
        self.crumbs.push((href.into(), label.into()));
        self
    }

    /// A line under the title: which step of how many, whose case, which number.
    pub fn caption(mut self, text: impl Into<String>) -> Self {
        self.caption = Some(text.into());
        self
    }

    /// What stands at the right of the title: a badge, a deadline, an action.
    pub fn beside_title(mut self, content: impl Render) -> Self {
        self.aside = Some(content.render());
        self
    }

    /// How much room the content takes.
    pub fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// Another status than 200. Pages with findings use [`Page::findings`].
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Says that a form comes back with so many findings: with one or more the status is 422 and the window's
    /// title says so first.
    pub fn findings(mut self, count: usize) -> Self {
        self.errors = count;
        if count > 0 {
            self.status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        self
    }

    /// The content under the title.
    pub fn body(mut self, body: Markup) -> Self {
        self.body = body;
        self
    }
}

impl Render for Page<'_> {
    fn render(&self) -> Markup {
        frame::document(self)
    }
}

impl IntoResponse for Page<'_> {
    fn into_response(self) -> Response {
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        let mut response = (self.status, [(CONTENT_TYPE, kind)], self.render().into_string()).into_response();
        if self.ctx.flash.is_some()
            && let Some(cookie) = Flash::gone()
        {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}

/// Goes to `href` after a form was saved, and leaves a message for that page.
pub fn go_with(href: &str, flash: &Flash) -> Response {
    let mut response = axum::response::Redirect::to(href).into_response();
    if let Some(cookie) = flash.to_cookie() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests;
