//! What the desks share: the checklist, facts, notes, opinion, date, document and the buttons of the outcomes.

use app::view::case::CaseRules;
use app::view::desk::{DeskPage, FactAsked, FactKind, Offer, Trialed};
use app::view::pack::{FieldType, MoneyUnit as PackUnit, StepOutcome, StepOutcomeKind};
use maud::{Markup, html};

use super::work::Work;
use crate::ctx::Ctx;
use crate::pages::shared::{article, say};
use crate::submitted::Submitted;
use crate::ui::{Choice, Field, Findings, Form, MoneyUnit, Opt, Size, error_summary, id_of};

/// A desk with what was typed.
pub struct Sheet<'a> {
    /// The context.
    pub ctx: &'a Ctx,
    /// The desk.
    pub desk: &'a DeskPage,
    /// What was typed.
    pub form: &'a Submitted,
    /// What is wrong with it.
    pub findings: &'a Findings,
    /// What came of a verification so far.
    pub trial: Option<&'a Trialed>,
    /// What the rules allow a proposal.
    pub offer: Option<&'a (Offer, CaseRules)>,
    /// Files, the step's own form, and what they come to.
    pub work: &'a Work,
}

impl Sheet<'_> {
    /// The address of the desk.
    pub fn address(&self) -> String {
        match &self.desk.begins {
            Some(begins) => format!("/begin/{}", begins.procedure),
            None => format!("/cases/{}/do/{}", self.desk.page.case.id, self.desk.step.id),
        }
    }

    /// The form around everything that is typed. Enter only computes; an outcome has its own button.
    pub fn form(&self, live: bool, content: Markup) -> Markup {
        let address = self.address();
        let form = Form::post(&address, "look").guarded().key(self.form.get("key"));
        let form = if live { form.live() } else { form };
        let step = &self.desk.step;
        let files = !step.papers.is_empty() || step.publish.is_some();
        let form = if files { form.with_files() } else { form };
        let parent = self.desk.begins.as_ref().and_then(|begins| begins.parent.as_ref());
        form.html(
            self.ctx,
            html! {
                input type="hidden" name="seen" value=(self.form.get("seen"));
                @if let Some((parent, ..)) = parent { input type="hidden" name="parent" value=(parent); }
                (content)
            },
        )
    }

    /// The box with everything that is wrong.
    pub fn errors(&self) -> Markup {
        error_summary(self.ctx, self.findings)
    }

    /// The checklist by article.
    pub fn checklist(&self) -> Markup {
        let items = &self.desk.step.checklist;
        html! {
            @if !items.is_empty() {
                section.card {
                    header.card-head { h2 { (self.ctx.t("desk-checklist")) } p.card-aside { (self.ctx.t_args("desk-count-items", &[("count", items.len().into())])) } }
                    @for item in items {
                        (self.yes_no(&format!("check.{}", item.id), &format!("checknote.{}", item.id), html! {
                            (say(self.ctx, &item.say)) " " span.hint {
                                (article(&item.cite.to_string()))
                                @if !item.gates { " · " (self.ctx.t("desk-check-kept")) }
                            }
                        }))
                    }
                }
            }
        }
    }

    /// Yes or no with a note.
    pub fn yes_no(&self, name: &str, note: &str, legend: Markup) -> Markup {
        let ctx = self.ctx;
        let (id, error, now) = (id_of(name), self.findings.at(name), self.form.get(name));
        html! {
            fieldset.field.check.has-error[error.is_some()] aria-describedby=[error.map(|_| format!("{id}-error"))] {
                legend { (legend) }
                @if let Some(error) = error { p.field-error id={ (id) "-error" } { span.sr-only { (ctx.t("error-word")) } (error) } }
                div.check-row {
                    div.options.inline {
                        @for (at, (value, label)) in [("yes", ctx.t("desk-holds")), ("no", ctx.t("desk-holds-not"))].into_iter().enumerate() {
                            @let own = if at == 0 { id.clone() } else { format!("{id}-{at}") };
                            div.option {
                                input id=(own) type="radio" name=(name) value=(value) checked[now == value];
                                label for=(own) { (label) }
                            }
                        }
                    }
                    input.check-note type="text" name=(note) value=(self.form.get(note)) autocomplete="off"
                        aria-label=(ctx.t("desk-note")) placeholder=(ctx.t("desk-note"));
                }
            }
        }
    }

    /// One fact to be established.
    pub fn fact(&self, fact: &FactAsked) -> Markup {
        let ctx = self.ctx;
        let name = format!("fact.{}", fact.id);
        let label = say(ctx, &fact.name).to_owned();
        let proof: Vec<&str> = fact.proof.iter().map(|p| say(ctx, p)).collect();
        let mut hint = fact.cite.clone();
        if let Some(declared) = &fact.declared {
            hint = format!(
                "{hint} · {}",
                ctx.t_args("desk-declared-as", &[("value", say(ctx, declared).to_owned().into())])
            );
        }
        if !proof.is_empty() {
            hint =
                format!("{hint} · {}", ctx.t_args("desk-proved-by", &[("papers", proof.join("、").into())]));
        }
        let (value, error) = (self.form.get(&name), self.findings.at(&name));
        let field = |field: Field<'_>| -> Markup { field.html(ctx) };
        match &fact.kind {
            FactKind::YesNo => {
                let options = [Opt::new("true", ctx.t("desk-yes")), Opt::new("false", ctx.t("desk-no"))];
                Choice::radios(&name, &label, &options)
                    .inline()
                    .chosen(value)
                    .hint(&hint)
                    .error(error)
                    .html(ctx)
            }
            FactKind::Choice(list) => {
                let options: Vec<Opt> =
                    list.iter().map(|(id, words)| Opt::new(id, say(ctx, words))).collect();
                Choice::select(&name, &label, &options).chosen(value).hint(&hint).error(error).html(ctx)
            }
            FactKind::Money => {
                field(Field::money(&name, &label, MoneyUnit::Yuan).value(value).hint(&hint).error(error))
            }
            FactKind::Ratio => field(Field::percent(&name, &label).value(value).hint(&hint).error(error)),
            FactKind::Count(unit) => {
                field(Field::count(&name, &label, say(ctx, unit)).value(value).hint(&hint).error(error))
            }
            FactKind::Date => field(Field::date(&name, &label).value(value).hint(&hint).error(error)),
            FactKind::Text => field(Field::text(&name, &label).value(value).hint(&hint).error(error)),
        }
    }

    /// The facts of the step.
    pub fn facts(&self) -> Markup {
        let ctx = self.ctx;
        html! {
            @if !self.desk.facts.is_empty() {
                section.card {
                    header.card-head { h2 { (ctx.t("desk-facts")) } }
                    p.hint { (ctx.t("desk-facts-about")) }
                    @for fact in &self.desk.facts {
                        div.fact {
                            (self.fact(fact))
                            (self.basis(fact))
                        }
                    }
                }
            }
        }
    }

    /// Where a fact was learnt.
    fn basis(&self, fact: &FactAsked) -> Markup {
        let ctx = self.ctx;
        let name = format!("basis.{}", fact.id);
        let label = ctx.t_args("desk-basis-of", &[("fact", say(ctx, &fact.name).to_owned().into())]);
        html! {
            input.check-note type="text" name=(name) value=(self.form.get(&name)) autocomplete="off"
                aria-label=(label) placeholder=(ctx.t("desk-basis"));
        }
    }

    /// Where a return leads, when it could lead to more than one step.
    pub fn return_to(&self) -> Markup {
        let (ctx, desk) = (self.ctx, self.desk);
        let returns: Vec<&StepOutcome> =
            desk.step.outcomes.iter().filter(|o| o.kind == StepOutcomeKind::Return).collect();
        if returns.is_empty() || desk.returns.len() < 2 {
            return html! {};
        }
        let options: Vec<Opt> =
            desk.returns.iter().map(|(id, name)| Opt::new(id.clone(), say(ctx, name))).collect();
        let usual = returns.iter().filter_map(|o| desk.page.pack.steps.get(o.to.as_deref()?));
        let mut usual: Vec<&str> = usual.map(|step| say(ctx, &step.name)).collect();
        usual.dedup();
        let hint = ctx.t_args("desk-return-usual", &[("step", usual.join("、").into())]);
        let label = ctx.t("desk-return-to");
        Choice::select("to", &label, &options)
            .chosen(self.form.get("to"))
            .hint(&hint)
            .error(self.findings.at("to"))
            .html(ctx)
    }

    /// What is noted, by type.
    pub fn notes(&self) -> Markup {
        let ctx = self.ctx;
        html! {
            @for note in &self.desk.step.notes {
                @let name = format!("note.{}", note.id);
                @let label = say(ctx, &note.name).to_owned();
                (self.note(&note.ty, &name, &label, note.required))
            }
        }
    }

    fn note(&self, ty: &FieldType, name: &str, label: &str, required: bool) -> Markup {
        let ctx = self.ctx;
        let (value, error) = (self.form.get(name), self.findings.at(name));
        let field = match ty {
            FieldType::LongText => Field::long_text(name, label, 3),
            FieldType::Date => Field::date(name, label),
            FieldType::Month => Field::month(name, label),
            FieldType::Money(PackUnit::Wan) => Field::money(name, label, MoneyUnit::Wan),
            FieldType::Money(PackUnit::Yuan) => Field::money(name, label, MoneyUnit::Yuan),
            FieldType::Ratio => Field::percent(name, label),
            FieldType::Phone => Field::telephone(name, label),
            FieldType::Bool => {
                let options = [Opt::new("true", ctx.t("desk-yes")), Opt::new("false", ctx.t("desk-no"))];
                return Choice::radios(name, label, &options).inline().chosen(value).error(error).html(ctx);
            }
            FieldType::Enum(of) => {
                let list = self.desk.page.pack.enums.get(of);
                let options: Vec<Opt> = list
                    .map(|l| l.members.iter().map(|m| Opt::new(&m.id, say(ctx, &m.name))).collect())
                    .unwrap_or_default();
                return Choice::select(name, label, &options).chosen(value).error(error).html(ctx);
            }
            _ => Field::text(name, label).size(Size::Full),
        };
        let field = if required { field } else { field.optional() };
        field.value(value).error(error).html(ctx)
    }

    /// Date, opinion, document.
    pub fn common(&self, date_label: &str, opinion_label: &str) -> Markup {
        let ctx = self.ctx;
        let hint = ctx.t("desk-opinion-hint");
        html! {
            (Field::date("on", date_label).value(self.form.get("on")).error(self.findings.at("on")).html(ctx))
            (Field::long_text("opinion", opinion_label, 4).hint(&hint).value(self.form.get("opinion")).error(self.findings.at("opinion")).html(ctx))
            @if let Some(writes) = &self.desk.step.writes {
                @let label = ctx.t_args("desk-document", &[("paper", say(ctx, writes).to_owned().into())]);
                (Field::text("document", &label).size(Size::Full).optional().value(self.form.get("document")).error(self.findings.at("document")).html(ctx))
            }
        }
    }

    /// A button for each outcome; the reason that some need stands in the opinion.
    pub fn outcomes(&self) -> Markup {
        let (ctx, step) = (self.ctx, &self.desk.step);
        let error = self.findings.at("outcome");
        html! {
            div.outcomes.has-error[error.is_some()] id=(id_of("outcome")) tabindex="-1" {
                @if let Some(error) = error { p.field-error id={ (id_of("outcome")) "-error" } { span.sr-only { (ctx.t("error-word")) } (error) } }
                div.actions {
                    @if step.outcomes.is_empty() {
                        button.button.primary type="submit" name="act" value="outcome:" { (ctx.t("submit")) }
                    }
                    @for outcome in &step.outcomes {
                        @let class = match outcome.kind {
                            StepOutcomeKind::Pass => "button primary",
                            StepOutcomeKind::Return => "button",
                            StepOutcomeKind::End => "button danger",
                        };
                        button class=(class) type="submit" name="act" value={ "outcome:" (outcome.id) } { (say(ctx, &outcome.name)) }
                    }
                }
                @if step.outcomes.iter().any(|o| o.kind != StepOutcomeKind::Pass) { p.hint { (ctx.t("desk-outcome-hint")) } }
            }
        }
    }
}
