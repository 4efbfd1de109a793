//! What last year's record takes from projects of a computed plan: proposed with its origin, made unless somebody writes why not.

use app::view::money::{AllocationPage, DEDUCTION, Deducted};
use kernel::id::ProjectId;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::allocation_form::Sheet;
use crate::ctx::Ctx;
use crate::pages::shared::article;
use crate::submitted::Submitted;
use crate::ui::{Choice, Field, Findings, Opt, Size, panel};

const MADE: &str = "made";
const STRUCK: &str = "struck";
/// What explanations write before the reason why a deduction is not made.
const NOT_MADE: &str = "未扣：";

fn choice(project: ProjectId) -> String {
    format!("deduct.{project}")
}

/// The field of the reason why a deduction is not made.
pub(super) fn reason(project: ProjectId) -> String {
    format!("deduct.{project}.why")
}

/// The deductions that are struck out, with the reasons typed.
pub(super) fn struck(sheet: &Sheet, form: &Submitted) -> BTreeMap<ProjectId, String> {
    let out = sheet.deductions.keys().filter(|project| form.get(&choice(**project)) == STRUCK);
    out.map(|project| (*project, form.get(&reason(*project)).to_owned())).collect()
}

/// What was struck out when the plan was drafted.
pub(super) fn as_it_is(form: &mut Submitted, view: &AllocationPage) {
    for line in &view.lines {
        let said = line.why.iter().find(|why| why.what == DEDUCTION);
        let why = said.and_then(|why| why.says.split_once(NOT_MADE)).map(|(_, why)| why);
        if let (Some(why), Some(project)) = (why, &line.project) {
            form.set(choice(project.row.project), STRUCK);
            form.set(reason(project.row.project), why);
        }
    }
}

/// One deduction a project, each with its cases and the choice to make it.
pub(super) fn panel_of(ctx: &Ctx, sheet: &Sheet, form: &Submitted, findings: &Findings) -> Markup {
    if sheet.deductions.is_empty() {
        return html! {};
    }
    let body = html! {
        p.hint { (ctx.t("pj-deduct-about")) }
        @for (project, deducted) in &sheet.deductions {
            @let name = sheet.money.projects.iter().find(|one| one.line.row.project == *project);
            @if let Some(one) = name {
                (one_of(ctx, (*project, &one.line.row.name), deducted, form, findings))
            }
        }
    };
    panel(&ctx.t("pj-deduct"), body)
}

fn one_of(
    ctx: &Ctx,
    (project, name): (ProjectId, &str),
    deducted: &Deducted,
    form: &Submitted,
    findings: &Findings,
) -> Markup {
    let share = deducted.share.percent_truncated(2);
    let (field, why) = (choice(project), reason(project));
    let made = ctx.t_args("pj-deduct-made", &[("share", share.as_str().into())]);
    let options = [Opt::new(MADE, made), Opt::new(STRUCK, ctx.t("pj-deduct-struck"))];
    let legend = ctx.t_args("pj-deduct-of", &[("name", name.into())]);
    let chosen = if form.get(&field) == STRUCK { STRUCK } else { MADE };
    html! {
        div.field {
            p.hint {
                @for (case, number) in &deducted.cases { a href={ "/cases/" (case) } { (number) } " " }
                (article(&deducted.cite)) " · " (ctx.t_args("pj-deduct-share", &[("share", share.as_str().into())]))
            }
            (Choice::radios(&field, &legend, &options).inline().chosen(chosen).html(ctx))
            (Field::text(&why, &ctx.t("pj-deduct-why")).size(Size::Full).hint(&ctx.t("pj-deduct-why-hint"))
                .value(form.get(&why)).error(findings.at(&why)).html(ctx))
        }
    }
}
