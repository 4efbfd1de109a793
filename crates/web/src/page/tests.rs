//! The frame of a page: language, title, navigation, messages, settings.

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use maud::{Render, html};

use super::{Page, go_with};
use crate::ctx::{Contrast, Ctx, Demo, NavItem, Prefs, TextSize, Viewer};
use crate::flash::Flash;
use crate::words::{Both, Lang, word};

fn signed(lang: Lang) -> Ctx {
    let viewer = Viewer {
        name: "王晓梅".into(),
        role: Both::new("区级受理", "District desk"),
        org: "南开区合作交流办".into(),
        nav: vec![
            NavItem::new("/", word("home")),
            NavItem::new("/inbox", word("filter-search")).with_count(3),
        ],
        ..Viewer::default()
    };
    Ctx { viewer: Some(viewer), path: "/inbox?tab=done".into(), ..Ctx::sample(lang) }
}

#[test]
fn a_page_says_its_language_and_title() {
    let ctx = signed(Lang::En);
    let html = Page::new(&ctx, "Inbox").crumb("/x", "Work").body(html! { p { "…" } }).render().into_string();
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\""), "{html}");
    assert!(html.contains("<title>Inbox - Qingqu</title>") && html.contains("<h1>Inbox</h1>"), "{html}");
    assert!(html.contains("<span lang=\"zh-CN\">王晓梅</span>"), "{html}");
    assert!(html.contains("<a href=\"/inbox\" aria-current=\"page\">"), "{html}");
    assert!(!html.contains("style=") && !html.contains("onclick"), "nothing inline: {html}");
}

#[test]
fn people_who_are_not_signed_in_see_the_public_entries() {
    let ctx = Ctx { public_nav: vec![NavItem::new("/notices", word("home"))], ..Ctx::sample(Lang::Zh) };
    let html = Page::new(&ctx, "首页").render().into_string();
    assert!(html.contains("href=\"/notices\"") && html.contains("href=\"/sign-in\""), "{html}");
}

#[test]
fn settings_of_the_screen_become_classes() {
    let prefs = Prefs { text: TextSize::Large, contrast: Contrast::High };
    let ctx = Ctx { prefs, ..Ctx::sample(Lang::Zh) };
    let html = Page::new(&ctx, "首页").render().into_string();
    assert!(html.contains("class=\"qq large-print high-contrast\""), "{html}");
    assert!(html.contains("value=\"text=normal\" aria-pressed=\"true\""), "{html}");
}

#[test]
fn the_demonstration_day_is_shown_on_every_page() {
    let ctx = Ctx { demo: Some(Demo { href: "/demo".into() }), ..Ctx::sample(Lang::Zh) };
    assert!(Page::new(&ctx, "首页").render().into_string().contains("2019年10月25日"));
}

#[test]
fn findings_make_the_page_422_and_the_title_says_so() {
    let ctx = Ctx::sample(Lang::Zh);
    let page = Page::new(&ctx, "申报").findings(2);
    assert!(page.render().into_string().contains("<title>有误：申报"));
    assert_eq!(page.into_response().status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(Page::new(&ctx, "申报").findings(0).into_response().status(), StatusCode::OK);
}

#[test]
fn a_message_is_shown_once() {
    let left = go_with("/inbox", &Flash::done(word("saved")));
    assert_eq!(left.status(), StatusCode::SEE_OTHER);
    assert!(
        left.headers()[header::SET_COOKIE]
            .to_str()
            .is_ok_and(|line| line.starts_with("qq_flash=done~saved;"))
    );
    let ctx = Ctx { flash: Some(Flash::done(word("saved"))), ..Ctx::sample(Lang::Zh) };
    let page = Page::new(&ctx, "待办");
    assert!(page.render().into_string().contains("已保存。"));
    let shown = page.into_response();
    assert!(shown.headers()[header::SET_COOKIE].to_str().is_ok_and(|line| line.contains("Max-Age=0")));
}
