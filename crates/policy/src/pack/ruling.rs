//! Rules and the amount, and the ruleset that decides by them.

use std::ops::Range;

use kernel::Date;

use super::context::Context;
use super::diag::Diagnostic;
use super::model::*;
use super::reader::Reader;
use super::symbols::{Head, Symbols, each, tag_of};
use super::tree::Text;
use crate::ruleset::{self, Builder, Citation, Fault, Owner};

/// A rule with the text that its errors point into.
struct Worded {
    rule: Rule,
    text: Text,
}

impl Identified for Worded {
    fn id(&self) -> &str {
        &self.rule.id
    }
}

/// What rules, grant and parameters come to.
pub(super) struct Ruling {
    pub(super) rules: Catalog<Rule>,
    pub(super) grant: Option<Grant>,
    pub(super) ruleset: Option<ruleset::Ruleset>,
}

/// Reads rules and grant and builds the ruleset.
pub(super) fn ruling(
    cx: &Context<'_>,
    head: &Head,
    symbols: &Symbols,
    readings: &Catalog<Interpretation>,
) -> Ruling {
    let worded = each(cx, ElementKind::Rule, |raw, reader| rule(cx, raw, reader));
    let grant = grant(cx);
    let ruleset = build(cx, head, symbols, &worded, grant.as_ref(), readings);
    let mut rules = Catalog::default();
    for worded in &worded {
        rules.push(worded.rule.clone());
    }
    Ruling { rules, grant: grant.map(|(grant, ..)| grant), ruleset }
}

fn rule(cx: &Context<'_>, raw: &super::draft::Raw, reader: &Reader<'_>) -> Option<Worded> {
    let (need, prefer) = (reader.text("need"), reader.text("prefer"));
    let (kind, text) = match (need, prefer) {
        (Some(text), None) => (RuleKind::Need, text.clone()),
        (None, Some(text)) => (RuleKind::Prefer, text.clone()),
        (Some(_), Some(text)) => {
            cx.sink.add(
                Diagnostic::new(
                    "E032",
                    text.at.clone(),
                    "一条规则不能既有 need 又有 prefer",
                    "a rule is either need or prefer",
                )
                .label("多余", "one too many"),
            );
            return None;
        }
        (None, None) => {
            if reader.node("need").is_none() && reader.node("prefer").is_none() {
                reader.missing("need");
            }
            return None;
        }
    };
    let remedy = reader.inner_words("remedy");
    let (name, cite) = (reader.words(), cx.cite(raw, reader));
    Some(Worded {
        rule: Rule { id: raw.id.clone(), name, kind, text: text.text.clone(), remedy, cite },
        text,
    })
}

fn grant(cx: &Context<'_>) -> Option<(Grant, Text, Range<usize>)> {
    let raw = cx.draft.of(ElementKind::Grant).next()?;
    let reader = cx.reader(raw)?;
    let text = reader.need_text("amount").cloned();
    let grant = Grant {
        text: text.as_ref().map(|text| text.text.clone()).unwrap_or_default(),
        in_principle: cx.refer_all(ElementKind::Param, &reader.texts("in_principle")),
        exceed_by: cx.refer_key(ElementKind::Role, &reader, "exceed_by"),
        cite: cx.cite(raw, &reader),
    };
    reader.finish();
    Some((grant, text?, raw.at.clone()))
}

/// A citation as the ruleset keeps it.
fn citation(cite: &Cite) -> Citation {
    Citation { article: cite.article.key(), item: cite.item.map(|item| item.to_string()) }
}

fn build(
    cx: &Context<'_>,
    head: &Head,
    symbols: &Symbols,
    rules: &Catalog<Worded>,
    grant: Option<&(Grant, Text, Range<usize>)>,
    readings: &Catalog<Interpretation>,
) -> Option<ruleset::Ruleset> {
    let until = head.in_force.until.unwrap_or(Date::MAX);
    let mut builder = Builder::new(ruleset::Span { from: head.in_force.from, until, round: head.round });
    define_names(cx, &mut builder, symbols);
    for worded in rules {
        let shown = readings.iter().filter(|reading| reading.rules.contains(&worded.rule.id));
        builder.rule(ruleset::RuleMeta {
            id: worded.rule.id.clone(),
            kind: match worded.rule.kind {
                RuleKind::Need => ruleset::RuleKind::Need,
                RuleKind::Prefer => ruleset::RuleKind::Prefer,
            },
            name: worded.rule.name.clone(),
            cite: citation(&worded.rule.cite),
            text: worded.text.text.clone(),
            interpretations: shown.map(|reading| reading.id.clone()).collect(),
            tag: tag_of(cx, ElementKind::Rule, &worded.rule.id),
        });
    }
    if let Some((grant, _, at)) = grant {
        let shown = readings.iter().filter(|reading| reading.cite.article == grant.cite.article);
        builder.grant(ruleset::GrantMeta {
            cite: citation(&grant.cite),
            text: grant.text.clone(),
            in_principle: grant.in_principle.clone(),
            exceed_by: grant.exceed_by.clone(),
            interpretations: shown.map(|reading| reading.id.clone()).collect(),
            tag: cx.tag(at),
        });
    }
    match builder.build() {
        Ok(ruleset) => Some(ruleset),
        Err(faults) => {
            for fault in faults {
                report(cx, rules, grant, fault);
            }
            None
        }
    }
}

/// The same names in the same order as `Symbols::env`, so that ids agree.
fn define_names(cx: &Context<'_>, builder: &mut Builder, symbols: &Symbols) {
    for unit in symbols.base.units() {
        builder.unit(unit.clone());
    }
    for def in symbols.base.enums() {
        let _ = builder.enumeration(def.clone());
    }
    for def in symbols.base.params() {
        let Some(param) = symbols.params.get(&def.id) else { continue };
        let versions = param.versions.iter().map(|version| version_of(version, def.tag)).collect();
        let _ = builder.param(ruleset::ParamMeta {
            id: param.id.clone(),
            ty: param.ty.clone(),
            shape: def.shape,
            name: param.name.clone(),
            cite: citation(&param.cite),
            set_by: param.set_by.clone(),
            versions,
            tag: def.tag,
        });
    }
    for fact in &symbols.facts {
        let _ = builder.fact(ruleset::FactMeta {
            id: fact.id.clone(),
            ty: fact.ty.clone(),
            name: fact.name.clone(),
            proof: fact.proof.clone(),
            source: Some(fact.from.id().to_owned()),
            says: None,
            tag: tag_of(cx, ElementKind::Fact, &fact.id),
        });
    }
}

fn version_of(version: &ParamVersion, tag: u32) -> ruleset::Version {
    let value = match &version.value {
        ParamValue::Scalar(value) => ruleset::ParamValue::One(*value),
        ParamValue::Table(values) => ruleset::ParamValue::Each(
            values.iter().enumerate().map(|(at, value)| (at as u16, *value)).collect(),
        ),
        ParamValue::Regions(codes) => ruleset::ParamValue::Regions(codes.clone()),
    };
    let basis = version.basis.clone().map(|basis| Words::new(basis.clone(), basis));
    ruleset::Version { from: version.from, value, basis, tag }
}

/// A fault of the ruleset at its place. What was already reported while reading is left out.
fn report(
    cx: &Context<'_>,
    rules: &Catalog<Worded>,
    grant: Option<&(Grant, Text, Range<usize>)>,
    fault: Fault,
) {
    match fault {
        Fault::Lang { owner, error, .. } => {
            let text = match &owner {
                Owner::Rule(id) => rules.get(id).map(|worded| &worded.text),
                Owner::Grant => grant.map(|(_, text, _)| text),
            };
            if let Some(text) = text {
                cx.language(text, &error);
            }
        }
        Fault::VersionTooLate { param, tag, .. } => cx.sink.add(
            Diagnostic::new(
                "E044",
                cx.tagged(tag),
                format!("`{param}` 有一个版本在失效之后才开始"),
                format!("`{param}` has a version that begins after the end"),
            )
            .label("版本开始得太晚", "begins too late"),
        ),
        Fault::InPrinciple { param, tag } => {
            let at = cx.tagged(tag);
            cx.sink.add(
                Diagnostic::new(
                    "E058",
                    at,
                    format!("`{param}` 不在资助金额的算式里，谈不上突破"),
                    format!("`{param}` is no limit of the amount"),
                )
                .label("in_principle 写错了", "wrong `in_principle`"),
            );
        }
        Fault::NoExceedBy { tag } => cx.sink.add(
            Diagnostic::new("E034", cx.tagged(tag), "缺少 `exceed_by`", "`exceed_by` is missing").label(
                "写了 in_principle，就须写明谁可以突破",
                "limits in principle need the role that may go past them",
            ),
        ),
        Fault::NoVersion { param, tag } if cx.sink.is_empty() => cx.sink.add(
            Diagnostic::new(
                "E034",
                cx.tagged(tag),
                format!("`{param}` 没有值"),
                format!("`{param}` has no value"),
            )
            .label("缺少 is、each 或 versions", "`is`, `each` or `versions` is missing"),
        ),
        Fault::WrongValue { param, tag } if cx.sink.is_empty() => cx.sink.add(
            Diagnostic::new(
                "E046",
                cx.tagged(tag),
                format!("`{param}` 的值不能用"),
                format!("the value of `{param}` cannot be used"),
            )
            .label("值不对", "wrong value"),
        ),
        // Nothing else should be left over; if something is, it is said rather than swallowed.
        other if cx.sink.is_empty() => cx.sink.add(
            Diagnostic::new(
                "E046",
                0..1,
                format!("规则装不成: {other}"),
                format!("the rules cannot be built: {other}"),
            )
            .label("整个政策包", "the whole pack"),
        ),
        _ => {}
    }
}
