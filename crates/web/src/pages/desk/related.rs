//! Tabs of what stands around a case: related cases with what may be begun from here, look-alikes side by side, and what was said
//! beside the steps. And `/cases/{id}/aside`, where these things are written.

use app::view::case::{AlikeShown, CaseAround, CasePage, Kin, SplitShown};
use app::view::state::Aside;
use app::{Command, Failure};
use axum::extract::Path;
use axum::response::Response;
use kernel::id::CaseId;
use maud::{Markup, html};

use super::case;
use super::parts::standing_badge;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::{article, say, yuan};
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Choice, DataTable, Field, Findings, Form, Head, Opt, actions, badge, button, details, panel,
};
use crate::words::word;

/// A tab with what was typed into one of its forms.
pub struct Typed<'a> {
    /// The context.
    pub ctx: &'a Ctx,
    /// The case.
    pub page: &'a CasePage,
    /// What stands around it.
    pub around: &'a CaseAround,
    /// What was typed.
    pub form: &'a Submitted,
    /// What is wrong with it.
    pub findings: &'a Findings,
}

/// Writes something beside the steps.
pub async fn write(seat: Seat, Path(id): Path<String>, mut form: Submitted) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let case: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let text = |name: &str| form.get(name).to_owned();
    let pressed = form.act().to_owned();
    let (verb, other) = pressed.split_once(':').unwrap_or((pressed.as_str(), ""));
    let tab = if verb == "compare" { "related" } else { "talk" };
    let (aside, field, done) = match verb {
        "comment" => {
            (Aside::Comment { text: text("comment") }, "comment".to_owned(), word("talk-comment-done"))
        }
        "copy" => (
            Aside::Copy { role: text("copy_role"), text: text("copy") },
            "copy_role".to_owned(),
            word("talk-copy-done"),
        ),
        "urge" => (
            Aside::Urge { step: text("urge_step"), text: text("urge") },
            "urge".to_owned(),
            word("talk-urge-done"),
        ),
        "recuse" => (Aside::Recuse { why: text("recuse") }, "recuse".to_owned(), word("talk-recuse-done")),
        "compare" => {
            let which: CaseId = other.parse().map_err(|_| WebError::NotFound)?;
            let same = text(&format!("same.{which}"));
            let aside =
                Aside::Compare { other: which, same: same == "yes", why: text(&format!("why.{which}")) };
            if same.is_empty() {
                let mut findings = Findings::none();
                findings.add(format!("same.{which}"), ctx.t("alike-choose"));
                return case::page(&seat, case, tab, &form, &findings);
            }
            (aside, format!("why.{which}"), word("alike-done"))
        }
        _ => return Err(WebError::NotFound),
    };
    if ctx.live.is_live() {
        return case::page(&seat, case, tab, &form, &Findings::none());
    }
    match seat.submit(form.get("key"), Command::Aside { case, aside }).await {
        Ok(_) => Ok(go_with(&format!("/cases/{case}?tab={tab}"), &Flash::done(done))),
        Err(Failure::Refused(refusal)) => {
            let mut findings = Findings::none();
            let said = refusal_of(ctx, &refusal);
            let article = said.article.map_or_else(String::new, |a| format!("（{a}）"));
            findings.add(field, format!("{}{article}", said.text));
            form.set("key", fresh_key(seat.app()));
            case::page(&seat, case, tab, &form, &findings)
        }
        Err(fault) => Err(web_error(ctx, fault)),
    }
}

/// Related cases and look-alikes.
pub fn related(typed: &Typed<'_>) -> Markup {
    let (ctx, page, around) = (typed.ctx, typed.page, typed.around);
    html! {
        @if !around.alike.is_empty() { (alikes(typed)) }
        @if let Some(parts) = &around.split { (split(ctx, parts)) }
        div.columns {
            div {
                @if let Some(parent) = &page.parent {
                    (panel(&ctx.t("case-parent"), kin_table(ctx, "parent", std::slice::from_ref(parent))))
                }
                (panel(&ctx.t("related-children"), html! {
                    @if around.children.is_empty() { p.hint { (ctx.t("related-children-none")) } }
                    @else { (kin_table(ctx, "children", &around.children)) }
                }))
            }
            @if !around.from_here.is_empty() { div { (from_here(ctx, page, around)) } }
        }
    }
}

/// What may be begun from a case.
pub fn from_here(ctx: &Ctx, page: &CasePage, around: &CaseAround) -> Markup {
    panel(
        &ctx.t("related-from-here"),
        html! {
            @for offer in &around.from_here {
                @let base = if offer.files { "/file/" } else { "/begin/" };
                div.task {
                    p { (say(ctx, &offer.name)) " " span.hint { (article(&offer.cite)) } }
                    (button::link(&format!("{base}{}?parent={}", offer.procedure, page.case.id), &ctx.t("related-begin")))
                }
            }
        },
    )
}

fn kin_table(ctx: &Ctx, id: &str, kin: &[Kin]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("related-case")),
        Head::text(ctx.t("related-procedure")),
        Head::text(ctx.t("related-standing")),
        Head::text(ctx.t("case-filed-on")),
    ];
    let table = DataTable::new(id, ctx.t("related-children"), heads).quiet_caption();
    kin.iter()
        .fold(table, |table, one| {
            table.row(vec![
                html! { a href={ "/cases/" (one.case) } { (one.number) } p.hint { (ctx.zh(&one.title)) } },
                html! { (say(ctx, &one.procedure)) },
                html! { (standing_badge(ctx, &one.standing)) @if !one.stage.zh.is_empty() { p.hint { (say(ctx, &one.stage)) } } },
                html! { (ctx.date(one.filed_on)) },
            ])
        })
        .html()
}

/// Parts of what may be one project, with their sum beside the amounts of the pack.
fn split(ctx: &Ctx, split: &SplitShown) -> Markup {
    let heads = vec![Head::text(ctx.t("related-case")), Head::amount(ctx.t("split-amount"))];
    let table = DataTable::new("split", ctx.t("split-title"), heads).quiet_caption();
    let table = split.parts.iter().fold(table, |table, part| {
        table.row(vec![
            html! {
                @if part.open { a href={ "/cases/" (part.case) } { (part.number) } } @else { (part.number) }
                p.hint { (ctx.zh(&part.title)) }
            },
            html! { (part.amount.grouped()) },
        ])
    });
    let table = table.totals(vec![html! { (ctx.t("split-sum")) }, html! { (split.sum.grouped()) }]);
    panel(
        &ctx.t("split-title"),
        html! {
            p.hint { (ctx.t("split-about")) }
            (table.html())
            @for limit in &split.limits {
                p {
                    @if limit.crossed { (badge(Badge::Red, &ctx.t("split-crossed"))) } @else { (badge(Badge::Grey, &ctx.t("split-not-crossed"))) }
                    " " (say(ctx, &limit.name)) " " (yuan(ctx, limit.amount)) " " (article(&limit.cite))
                }
            }
        },
    )
}

fn alikes(typed: &Typed<'_>) -> Markup {
    let (ctx, around) = (typed.ctx, typed.around);
    let open = around.alike.iter().filter(|a| a.decided.is_none()).count();
    html! {
        section.card {
            header.card-head {
                h2 { (ctx.t("alike-title")) @if open > 0 { " " (badge(Badge::Amber, &ctx.t_args("alike-open", &[("count", open.into())]))) } }
            }
            p.hint { (ctx.t("alike-about")) }
            @for alike in &around.alike { (alike_card(typed, alike)) }
        }
    }
}

fn alike_card(typed: &Typed<'_>, alike: &AlikeShown) -> Markup {
    let (ctx, page) = (typed.ctx, typed.page);
    let heads = vec![
        Head::text(ctx.t("alike-field")),
        Head::text(ctx.t_args("alike-here", &[("number", page.case.number.clone().into())])),
        Head::text(alike.number.clone()),
    ];
    let id = format!("alike-{}", alike.other);
    let table = DataTable::new(&id, alike.number.clone(), heads).quiet_caption();
    let table = alike.lines.iter().fold(table, |table, line| {
        let (here, there) = (say(ctx, &line.here), say(ctx, &line.there));
        table.row(vec![
            html! { (say(ctx, &line.name)) },
            html! { (here) },
            html! { (there) @if here == there && !here.is_empty() { " " (badge(Badge::Amber, &ctx.t("alike-equal"))) } },
        ])
    });
    html! {
        div.alike {
            h3 {
                @if alike.open { a href={ "/cases/" (alike.other) } { (alike.number) } } @else { (alike.number) }
                " " (ctx.zh(&alike.title)) " "
                @match &alike.decided {
                    Some((true, _)) => (badge(Badge::Red, &ctx.t("alike-same"))),
                    Some((false, _)) => (badge(Badge::Green, &ctx.t("alike-different"))),
                    None => (badge(Badge::Amber, &ctx.t("alike-undecided"))),
                }
            }
            (table.html())
            @if let Some((_, why)) = &alike.decided { p { (ctx.zh(why)) } }
            @if typed.around.may_compare {
                @if alike.decided.is_some() { (details(&ctx.t("alike-again"), compare(typed, alike))) } @else { (compare(typed, alike)) }
            }
        }
    }
}

fn compare(typed: &Typed<'_>, alike: &AlikeShown) -> Markup {
    let (ctx, form, findings) = (typed.ctx, typed.form, typed.findings);
    let (same, why) = (format!("same.{}", alike.other), format!("why.{}", alike.other));
    let options = [Opt::new("no", ctx.t("alike-different")), Opt::new("yes", ctx.t("alike-same"))];
    let act = format!("compare:{}", alike.other);
    let (legend, label) = (ctx.t("alike-question"), ctx.t("alike-why"));
    aside_form(
        typed,
        &act,
        html! {
            (Choice::radios(&same, &legend, &options).inline().chosen(form.get(&same)).error(findings.at(&same)).html(ctx))
            (Field::long_text(&why, &label, 2).value(form.get(&why)).error(findings.at(&why)).html(ctx))
            (actions(button::primary(&ctx.t("alike-send"), &act)))
        },
    )
}

fn aside_form(typed: &Typed<'_>, act: &str, content: Markup) -> Markup {
    let action = format!("/cases/{}/aside", typed.page.case.id);
    Form::post(&action, act).key(typed.form.get("key")).html(typed.ctx, content)
}

/// What was said beside the steps, and the forms to say more.
pub fn talk(typed: &Typed<'_>) -> Markup {
    let (ctx, around) = (typed.ctx, typed.around);
    html! {
        div.columns {
            div { (panel(&ctx.t("talk-said"), html! {
                @if around.remarks.is_empty() { p.hint { (ctx.t("talk-none")) } }
                ul.mend-list {
                    @for remark in &around.remarks {
                        li {
                            p {
                                @if let Some(role) = &remark.copy_to { (badge(Badge::Blue, &ctx.t_args("talk-copy-to", &[("role", say(ctx, role).to_owned().into())]))) " " }
                                @if let Some(step) = &remark.urges { (badge(Badge::Amber, &ctx.t_args("talk-urges", &[("step", say(ctx, step).to_owned().into())]))) " " }
                                (ctx.zh(&remark.text))
                            }
                            p.hint { (ctx.zh(&remark.person)) "（" (ctx.zh(&remark.org)) " " (say(ctx, &remark.role)) "） · " (ctx.date(remark.on)) }
                        }
                    }
                }
            })) }
            @if !around.reads_only { div { (forms(typed)) } }
        }
    }
}

fn forms(typed: &Typed<'_>) -> Markup {
    let (ctx, around, form, findings) = (typed.ctx, typed.around, typed.form, typed.findings);
    let roles: Vec<Opt> =
        around.roles.iter().map(|(id, name)| Opt::new(id.clone(), say(ctx, name))).collect();
    let open: Vec<Opt> = around.open.iter().map(|(id, name)| Opt::new(id.clone(), say(ctx, name))).collect();
    let only = around.open.first().filter(|_| around.open.len() == 1).map_or("", |(id, _)| id.as_str());
    let urged = if form.get("urge_step").is_empty() { only } else { form.get("urge_step") };
    let (comment, copy_role, copy) = (ctx.t("talk-comment"), ctx.t("talk-copy-role"), ctx.t("talk-words"));
    let (urge_step, urge, recuse) = (ctx.t("talk-urge-step"), ctx.t("talk-words"), ctx.t("talk-recuse-why"));
    html! {
        (panel(&ctx.t("talk-comment"), aside_form(typed, "comment", html! {
            (Field::long_text("comment", &comment, 3).value(form.get("comment")).error(findings.at("comment")).html(ctx))
            (actions(button::secondary(&ctx.t("talk-comment-send"), "comment")))
        })))
        (panel(&ctx.t("talk-copy"), aside_form(typed, "copy", html! {
            (Choice::select("copy_role", &copy_role, &roles).chosen(form.get("copy_role")).error(findings.at("copy_role")).html(ctx))
            (Field::text("copy", &copy).size(crate::ui::Size::Full).optional().value(form.get("copy")).html(ctx))
            (actions(button::secondary(&ctx.t("talk-copy-send"), "copy")))
        })))
        @if !open.is_empty() {
            (panel(&ctx.t("talk-urge"), aside_form(typed, "urge", html! {
                (Choice::select("urge_step", &urge_step, &open).chosen(urged).html(ctx))
                (Field::text("urge", &urge).size(crate::ui::Size::Full).value(form.get("urge")).error(findings.at("urge")).html(ctx))
                (actions(button::secondary(&ctx.t("talk-urge-send"), "urge")))
            })))
        }
        (panel(&ctx.t("talk-recuse"), html! {
            @match &around.recused {
                Some(why) => p { (badge(Badge::Amber, &ctx.t("talk-recused"))) " " (ctx.zh(why)) },
                None => {
                    p.hint { (ctx.t("talk-recuse-about")) }
                    (aside_form(typed, "recuse", html! {
                        (Field::text("recuse", &recuse).size(crate::ui::Size::Full).value(form.get("recuse")).error(findings.at("recuse")).html(ctx))
                        (actions(button::danger(&ctx.t("talk-recuse-send"), "recuse")))
                    }))
                }
            }
        }))
    }
}
