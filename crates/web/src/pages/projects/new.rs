//! `/projects/new`: opening a project. Only the uses that the chosen money permits can be chosen; those it prohibits stand
//! below with their article. A name that looks like one is said at once and held for a decision.

use app::command::money::{MoneyCommand, NewProject};
use app::view::money::{Approved, ProjectForm, UseChoice, Uses, uses_of};
use app::view::pack::{Act, SpendingKind, Subject};
use app::view::state::Reason;
use axum::extract;
use axum::response::{IntoResponse, Response};
use kernel::id::OrgId;
use kernel::region::RegionCode;
use maud::{Markup, html};

use super::choices::{area_hint, chosen_money, monies, place, place_code};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared::{
    Query, doer, key_of, money_command, money_or_zero, needed, notice, refused, rule_line, say, shown, value,
    years,
};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Choice, Field, Findings, Form, MoneyUnit, Opt, Size, actions, badge, button, cite, details,
    error_summary, panel,
};
use crate::words::word;

/// The page.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    let view = view(&seat)?;
    let mut form: Submitted = query.0.into_iter().collect();
    take_over(&view, &mut form);
    Ok(page(&seat, &view, &form, &Findings::none()))
}

/// Opens it.
pub(super) async fn open(seat: Seat, form: Submitted) -> Result<Response, WebError> {
    let view = view(&seat)?;
    let ctx = &seat.ctx;
    if ctx.live.is_live() || form.act() != "open" {
        let mut form = form;
        take_over(&view, &mut form);
        return Ok(page(&seat, &view, &form, &Findings::none()));
    }
    let mut findings = Findings::none();
    let new = read(&seat, &view, &form, &mut findings);
    let (Some(new), true) = (new, findings.is_empty()) else {
        return Ok(page(&seat, &view, &form, &findings));
    };
    match seat.submit(form.get("key"), money_command(MoneyCommand::OpenProject(new))).await {
        Ok(answer) => {
            let id = answer.id.unwrap_or_default();
            Ok(go_with(&format!("/projects/{id}"), &Flash::done(word("pj-opened"))))
        }
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| field(reason).to_owned())?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

fn view(seat: &Seat) -> Result<ProjectForm, WebError> {
    if seat
        .viewer
        .pack
        .steps
        .iter()
        .any(|step| step.on == Subject::Project && step.act == Act::Declare && step.by == seat.viewer.role)
    {
        shown(&seat.ctx, seat.app().project_form(&seat.viewer))
    } else {
        Err(WebError::Forbidden)
    }
}

fn read(seat: &Seat, view: &ProjectForm, form: &Submitted, findings: &mut Findings) -> Option<NewProject> {
    let ctx = &seat.ctx;
    let money = money_of(view, form);
    let chosen = chosen_money(&view.funds, &money);
    if chosen.is_none() {
        findings.add("money", ctx.t("pj-choose-money"));
    }
    let year = form.get("year").parse::<i16>().ok();
    if year.is_none() {
        findings.add("year", ctx.t("pj-choose-year"));
    }
    let (spending, use_label) = (form.get("spending"), ctx.t("pj-spending"));
    if spending.is_empty() {
        needed(ctx, form, findings, ("spending", &use_label));
    }
    let name = needed(ctx, form, findings, ("name", &ctx.t("pj-name")));
    let code = place_of(view, form, ctx).parse::<RegionCode>().ok();
    if code.is_none() {
        findings.add("place", ctx.t("pj-choose-place"));
    }
    let unit = unit_of(view, form).parse::<OrgId>().ok();
    if unit.is_none() {
        findings.add("unit", ctx.t("pj-choose-unit"));
    }
    let levered = money_or_zero(ctx, form, findings, "levered");
    // What the rules ask for themselves is said with its article by the act, unless other fields must be mended first.
    if !findings.is_empty() {
        needed(ctx, form, findings, ("link", &ctx.t("pj-link")));
        if view.from_case && form.get("case").is_empty() {
            findings.add("case", ctx.t("pj-choose-case"));
        }
    }
    let (fund, side) = chosen?;
    Some(NewProject {
        pack: seat.viewer.pack.id.clone(),
        fund: fund.id.clone(),
        side: side.to_owned(),
        spending: spending.to_owned(),
        name,
        place: code?,
        village: form.get("village").to_owned(),
        unit: unit?,
        year: year?,
        link: form.get("link").to_owned(),
        mechanism: form.get("mechanism").to_owned(),
        levered: levered?,
        case: form.get("case").parse().ok(),
    })
}

/// The approved project that is chosen.
fn candidate<'v>(view: &'v ProjectForm, form: &Submitted) -> Option<&'v Approved> {
    let chosen = form.get("case");
    view.cases.iter().find(|one| one.case.to_string() == chosen)
}

/// What the chosen project says already stands in the fields that were left empty, or that stood there from another choice.
fn take_over(view: &ProjectForm, form: &mut Submitted) {
    let Some(chosen) = candidate(view, form) else { return };
    let fresh = form.get("case-taken") != form.get("case");
    let said = [
        ("name", chosen.title.clone()),
        ("year", chosen.year.to_string()),
        ("place", chosen.place.as_ref().map_or_else(String::new, |(code, _)| code.to_string())),
        ("unit", chosen.applicant.to_string()),
        ("link", chosen.link.clone()),
    ];
    for (name, text) in said {
        if !text.is_empty() && (fresh || form.get(name).is_empty()) {
            form.set(name, text);
        }
    }
    if let Some((code, _)) = chosen.place.as_ref().filter(|_| fresh) {
        let code = code.to_string();
        for (level, (digits, zeros)) in [("province", (2, "0000")), ("city", (4, "00")), ("county", (6, ""))]
        {
            let own = code.get(..digits).unwrap_or_default();
            form.set(format!("place.{level}"), format!("{own}{zeros}"));
        }
    }
    let case = form.get("case").to_owned();
    form.set("case-taken", case);
}

/// The approved projects of the library to choose from; one comes in by its address from its own page.
fn case_fields(ctx: &Ctx, view: &ProjectForm, form: &Submitted, findings: &Findings) -> Markup {
    let option = |one: &Approved| {
        let amount = crate::pages::shared::yuan(ctx, one.amount);
        Opt::new(one.case.to_string(), format!("{} {} · {amount}", one.number, one.title))
    };
    let options: Vec<Opt> = view.cases.iter().map(option).collect();
    html! {
        @if options.is_empty() {
            p.hint #f-case tabindex="-1" { (ctx.t("pj-case-none")) }
            @if let Some(error) = findings.at("case") { p.field-error #f-case-error { (error) } }
        }
        @else {
            (Choice::select("case", &ctx.t("pj-case"), &options).chosen(form.get("case"))
                .hint(&ctx.t("pj-case-hint")).error(findings.at("case")).html(ctx))
            button.button.without-script type="submit" name="act" value="look" { (ctx.t("pj-case-take")) }
        }
        div data-part="case-taken" { input type="hidden" name="case-taken" value=(form.get("case-taken")); }
    }
}

/// The field that a refusal belongs to.
fn field(reason: &Reason) -> &'static str {
    match reason {
        Reason::UseProhibited { .. } | Reason::UseOfOtherMoney { .. } => "spending",
        Reason::PlaceOutsideFund { .. } => "place",
        Reason::YearOutsideFund { .. } => "year",
        Reason::NameMissing {} => "name",
        Reason::LinkMissing {} => "link",
        Reason::CaseMissing { .. } | Reason::StepMissing { .. } | Reason::CaseUsed { .. } => "case",
        Reason::AmountNotPositive { .. } => "levered",
        Reason::NotFound { .. } => "unit",
        Reason::SideUnknown { .. } | Reason::FundNotBooked { .. } => "money",
        _ => "",
    }
}

/// The money chosen; the only one there is, when there is one.
fn money_of(view: &ProjectForm, form: &Submitted) -> String {
    let only = match view.funds.as_slice() {
        [fund] if fund.sides.len() == 1 => format!("{}:{}", fund.id, fund.sides[0].0),
        _ => String::new(),
    };
    value(form, "money", &only).to_owned()
}

/// The place chosen; to begin with, the area of the fund.
fn place_of(view: &ProjectForm, form: &Submitted, ctx: &Ctx) -> String {
    let typed = place_code(form, ctx.today);
    let money = money_of(view, form);
    let area = chosen_money(&view.funds, &money).and_then(|(fund, _)| fund.region.as_ref());
    match area {
        Some((code, _)) if typed.is_empty() => code.to_string(),
        _ => typed,
    }
}

/// The unit chosen; the only one, when there is one.
fn unit_of(view: &ProjectForm, form: &Submitted) -> String {
    let only = match view.units.as_slice() {
        [(unit, _)] => unit.to_string(),
        _ => String::new(),
    };
    value(form, "unit", &only).to_owned()
}

fn page(seat: &Seat, view: &ProjectForm, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let key = key_of(seat, form);
    let money = money_of(view, form);
    let chosen = chosen_money(&view.funds, &money);
    let uses = chosen.map(|(fund, side)| uses_of(&seat.viewer.pack, &fund.id, side));
    let fields = html! {
        (error_summary(ctx, findings))
        @if view.from_case { (panel(&ctx.t("pj-new-case"), case_fields(ctx, view, form, findings))) }
        (panel(&ctx.t("pj-new-money"), html! {
            (Choice::select("money", &ctx.t("pj-money"), &monies(ctx, &view.funds)).chosen(&money)
                .hint(&ctx.t("pj-money-hint")).error(findings.at("money")).html(ctx))
            button.button.without-script type="submit" name="act" value="look" { (ctx.t("pj-show-uses")) }
            (year(ctx, view, &money, form, findings))
        }))
        section.card { div data-part="uses" { (uses_fields(ctx, uses.as_ref(), form, findings)) } }
        div data-part="said" {
            (panel(&ctx.t("pj-new-what"), what(seat, view, uses.as_ref(), form, findings)))
            (panel(&ctx.t("pj-new-where"), place_fields(ctx, view, form, findings)))
            (panel(&ctx.t("pj-new-link"), link_fields(ctx, form, findings)))
        }
        (actions(html! { (button::primary(&ctx.t("pj-open"), "open")) (button::link("/projects", &ctx.t("cancel"))) }))
    };
    Page::new(ctx, &ctx.t("pj-open"))
        .crumb("/projects", ctx.t("pj-projects"))
        .beside_title(cite(&view.step.cite.to_string()))
        .findings(findings.count())
        .body(html! {
            (rule_line(ctx, &seat.viewer.pack, Subject::Project, Act::Declare))
            (Form::post("/projects/new", "open").key(&key).live().guarded().html(ctx, fields))
        })
        .into_response()
}

fn year(ctx: &Ctx, view: &ProjectForm, money: &str, form: &Submitted, findings: &Findings) -> Markup {
    let fund = chosen_money(&view.funds, money).map(|(fund, _)| fund);
    let all = fund.map_or_else(|| vec![ctx.today.year()], |fund| fund.years.clone());
    let usual = if all.contains(&ctx.today.year()) { ctx.today.year().to_string() } else { String::new() };
    html! {
        div.part-below data-part="year" {
            (Choice::select("year", &ctx.t("pj-year"), &years(&all)).chosen(value(form, "year", &usual))
                .error(findings.at("year")).html(ctx))
        }
    }
}

/// The uses: those permitted as a choice, those prohibited below, not to be chosen.
pub(super) fn uses_fields(ctx: &Ctx, uses: Option<&Uses>, form: &Submitted, findings: &Findings) -> Markup {
    let Some(uses) = uses else {
        return html! {
            p.hint #f-spending tabindex="-1" { (ctx.t("pj-choose-money-first")) }
            @if let Some(error) = findings.at("spending") { p.field-error #f-spending-error { (error) } }
        };
    };
    let option = |one: &UseChoice| {
        let hint = if one.kind == SpendingKind::Overhead {
            ctx.t_args("pj-overhead-hint", &[("article", one.cite.clone().into())])
        } else {
            one.cite.clone()
        };
        Opt::new(&one.id, say(ctx, &one.name)).with_hint(hint)
    };
    let options: Vec<Opt> = uses.permitted.iter().map(option).collect();
    html! {
        @if options.is_empty() {
            p #f-spending tabindex="-1" { (ctx.t("pj-no-use")) }
            @if let Some(error) = findings.at("spending") { p.field-error #f-spending-error { (error) } }
        }
        @else {
            (Choice::radios("spending", &ctx.t("pj-spending"), &options).chosen(form.get("spending"))
                .hint(&ctx.t("pj-spending-hint")).error(findings.at("spending")).html(ctx))
        }
        @if !uses.prohibited.is_empty() { (prohibited(ctx, uses)) }
        @if !uses.excepted.is_empty() {
            p.hint { (ctx.t("pj-excepted")) " "
                @for one in &uses.excepted { (say(ctx, &one.name)) " " (cite(&one.cite)) " " } }
        }
    }
}

fn prohibited(ctx: &Ctx, uses: &Uses) -> Markup {
    let summary = ctx.t_args("pj-prohibited-count", &[("count", uses.prohibited.len().into())]);
    details(
        &summary,
        html! {
            p.hint { (ctx.t("pj-prohibited-about")) }
            ul.papers {
                @for one in &uses.prohibited {
                    li {
                        (badge(Badge::Red, &ctx.t("pj-prohibited"))) " " (say(ctx, &one.name)) " " (cite(&one.cite))
                        @if !one.words.is_empty() { p.hint { (ctx.t("pj-prohibited-words")) " " (ctx.zh(&one.words.join("、"))) } }
                    }
                }
            }
        },
    )
}

fn what(
    seat: &Seat,
    view: &ProjectForm,
    uses: Option<&Uses>,
    form: &Submitted,
    findings: &Findings,
) -> Markup {
    let ctx = &seat.ctx;
    let units: Vec<Opt> = view.units.iter().map(|(id, name)| Opt::new(id.to_string(), name)).collect();
    html! {
        (Field::text("name", &ctx.t("pj-name")).size(Size::Full).hint(&ctx.t("pj-name-hint"))
            .value(form.get("name")).error(findings.at("name")).html(ctx))
        div data-part="doubts" { (looks_like(seat, uses, form.get("name"))) }
        (Choice::select("unit", &ctx.t("pj-unit"), &units).chosen(&unit_of(view, form))
            .hint(&ctx.t("pj-unit-hint")).error(findings.at("unit")).html(ctx))
    }
}

/// Says which prohibited uses a text looks like, and who decides.
pub(super) fn looks_like(seat: &Seat, uses: Option<&Uses>, text: &str) -> Markup {
    let ctx = &seat.ctx;
    let found = uses.map(|uses| uses.looks_like(text)).unwrap_or_default();
    let who = doer(ctx, &seat.viewer.pack, Subject::Project, Act::Decide);
    html! {
        @if !found.is_empty() {
            (notice(Badge::Amber, html! {
                @for (one, word) in &found {
                    p { (ctx.t_args("pj-looks-like", &[("word", (*word).to_owned().into()), ("use", say(ctx, &one.name).to_owned().into())]))
                        " " (cite(&one.cite)) }
                }
                p { @match &who {
                    Some((who, article)) => { (ctx.t_args("pj-held-for", &[("who", who.clone().into())])) " " (cite(article)) },
                    None => (ctx.t("pj-held-nobody")),
                } }
            }))
        }
    }
}

fn place_fields(ctx: &Ctx, view: &ProjectForm, form: &Submitted, findings: &Findings) -> Markup {
    let code = place_of(view, form, ctx);
    let money = money_of(view, form);
    let fund = chosen_money(&view.funds, &money).map(|(fund, _)| fund);
    let own = |key: &str| code.is_empty() || key.starts_with(&format!("{code}-"));
    let villages: Vec<Opt> = view
        .places
        .iter()
        .filter(|(key, _)| key.contains('-') && own(key))
        .map(|(key, name)| Opt::new(key, name))
        .collect();
    html! {
        (place(ctx, &code, (&ctx.t("pj-place"), &area_hint(ctx, fund)), findings.at("place")))
        @if view.by_place {
            div.part-below data-part="village" {
                @if villages.is_empty() {
                    p.hint { (ctx.t("pj-village-none")) " " a href="/consents" { (ctx.t("pj-consents")) } }
                } @else {
                    (Choice::select("village", &ctx.t("pj-village"), &villages).chosen(form.get("village"))
                        .hint(&ctx.t("pj-village-hint")).html(ctx))
                }
            }
        }
    }
}

fn link_fields(ctx: &Ctx, form: &Submitted, findings: &Findings) -> Markup {
    html! {
        (Field::long_text("link", &ctx.t("pj-link"), 2).hint(&ctx.t("pj-link-hint")).value(form.get("link"))
            .error(findings.at("link")).html(ctx))
        (Field::long_text("mechanism", &ctx.t("pj-mechanism"), 2).optional().hint(&ctx.t("pj-mechanism-hint"))
            .value(form.get("mechanism")).html(ctx))
        (Field::money("levered", &ctx.t("pj-levered"), MoneyUnit::Yuan).optional().hint(&ctx.t("pj-levered-hint"))
            .value(form.get("levered")).error(findings.at("levered")).html(ctx))
    }
}
