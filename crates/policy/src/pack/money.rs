//! Money elements as the pack writes them: sources, splits, funds, directions of spending, vouchers, demanded papers, ways to
//! allocate. What they refer to must exist, shares and weights must come to a whole, and no key may stand where it says nothing.

use std::ops::Range;

use kernel::ratio::{Ratio, RatioFault};

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::Raw;
use super::model::*;
use super::reader::Reader;
use super::steps::Placed;
use super::symbols::{each, members, money as amount};
use super::tree::{Text, Tree};
use crate::procedure::Subject;

/// All of them.
pub(super) struct Moneys {
    pub(super) sources: Catalog<SourceKind>,
    pub(super) splits: Catalog<Split>,
    pub(super) funds: Catalog<Fund>,
    pub(super) spendings: Catalog<Spending>,
    pub(super) vouchers: Catalog<Voucher>,
    pub(super) demands: Catalog<Demand>,
    pub(super) distributions: Catalog<Distribution>,
}

/// Reads them.
pub(super) fn money(cx: &Context<'_>, settings: &Catalog<Setting>) -> Moneys {
    let (sources, splits) = (sources(cx), splits(cx));
    let funds = funds(cx, &sources);
    let spendings = spendings(cx, &funds, &splits);
    overheads(cx, &funds, &spendings, settings);
    let (vouchers, demands, distributions) = (vouchers(cx), demands(cx), distributions(cx));
    Moneys { sources, splits, funds, spendings, vouchers, demands, distributions }
}

fn sources(cx: &Context<'_>) -> Catalog<SourceKind> {
    each(cx, ElementKind::Source, |raw, reader| {
        let levels =
            reader.texts("levels").into_iter().filter_map(|text| cx.word(text, GovLevel::ALL)).collect();
        if reader.node("levels").is_none() {
            reader.missing("levels");
        }
        let (name, refused) = (reader.words(), reader.inner_words("refused"));
        Some(SourceKind { id: raw.id.clone(), name, levels, refused, cite: cx.cite(raw, reader) })
    })
}

fn splits(cx: &Context<'_>) -> Catalog<Split> {
    each(cx, ElementKind::Split, |raw, reader| {
        let (name, cite) = (reader.words(), cx.cite(raw, reader));
        let tables = need_tables(reader, "sides");
        let at = tables.first().map_or(raw.at.clone(), |_| place(reader, "sides"));
        let (sides, shares): (Vec<Side>, Vec<Option<Ratio>>) =
            tables.iter().map(|inner| side(cx, inner)).unzip();
        if !sides.is_empty() && shares.iter().all(Option::is_some) {
            whole(cx, &at, shares.into_iter().flatten(), SHARES);
            let odd = sides.iter().filter(|side| side.odd).count();
            if odd != 1 {
                cx.sink.add(one_odd(&at, odd));
            }
        }
        Some(Split { id: raw.id.clone(), name, sides, cite })
    })
}

fn side(cx: &Context<'_>, inner: &Reader<'_>) -> (Side, Option<Ratio>) {
    let id = inner.need_text("id").map(|text| text.text.clone()).unwrap_or_default();
    let share = part(cx, inner, "share", Ratio::ONE);
    let side = Side {
        id,
        name: inner.words(),
        share: share.unwrap_or(Ratio::ZERO),
        odd: inner.flag("odd").unwrap_or(false),
    };
    inner.finish();
    (side, share)
}

fn one_odd(at: &Range<usize>, odd: usize) -> Diagnostic {
    let (zh, en) = match odd {
        0 => ("没有写除不尽的零头归哪一方", "no side gets the fen that do not divide"),
        _ => ("除不尽的零头归了不止一方", "more than one side gets the fen that do not divide"),
    };
    Diagnostic::new("E069", at.clone(), zh, en)
        .label("应恰有一方写 odd = true", "exactly one side must say odd = true")
}

/// What must come to a whole: code, and its name in both languages.
type Whole = (&'static str, &'static str, &'static str);
const SHARES: Whole = ("E068", "各方份额", "the shares");
const WEIGHTS: Whole = ("E070", "各因素权重", "the weights");

/// Shares and weights must sum to one.
fn whole(cx: &Context<'_>, at: &Range<usize>, parts: impl Iterator<Item = Ratio>, of: Whole) {
    let sum = parts.into_iter().try_fold(Ratio::ZERO, Ratio::checked_add);
    if sum == Some(Ratio::ONE) {
        return;
    }
    let shown = sum.map_or_else(String::new, |sum| sum.to_string());
    let (code, zh, en) = of;
    cx.sink.add(
        Diagnostic::new(
            code,
            at.clone(),
            format!("{zh}合计 {shown}，不是全部"),
            format!("{en} come to {shown}, not to the whole"),
        )
        .label("合计应为 1", "must sum to 1"),
    );
}

/// A ratio from zero (not included) up to `most`; reported when it is none.
fn part(cx: &Context<'_>, reader: &Reader<'_>, key: &'static str, most: Ratio) -> Option<Ratio> {
    let text = reader.need_text(key)?;
    let read = Ratio::parse(&text.text);
    if let Ok(ratio) = read
        && ratio > Ratio::ZERO
        && ratio <= most
    {
        return Some(ratio);
    }
    cx.sink.add(no_part(text, read.err().map(|error| error.fault), most));
    None
}

fn no_part(text: &Text, fault: Option<RatioFault>, most: Ratio) -> Diagnostic {
    let (zh, en) = match fault {
        Some(RatioFault::NoUnit) => ("整数要带 %", "a whole number needs %"),
        Some(_) => ("不是比例", "not a ratio"),
        None => ("超出范围", "out of range"),
    };
    let most = most.percent_truncated(0);
    Diagnostic::new(
        "E072",
        text.whole(),
        format!("看不懂比例“{}”", text.text),
        format!("`{}` is not a usable ratio", text.text),
    )
    .label(zh, en)
    .hint(
        format!("写 1/2、40%，大于 0，不超过 {most}"),
        format!("write 1/2 or 40%: more than 0, at most {most}"),
    )
}

fn need_tables<'a>(reader: &Reader<'a>, key: &'static str) -> Vec<Reader<'a>> {
    let tables = reader.tables(key);
    if tables.is_empty() && reader.list(key).is_empty() {
        reader.missing(key);
    }
    tables
}

fn place(reader: &Reader<'_>, key: &'static str) -> Range<usize> {
    reader.entry(key).map_or(reader.at.clone(), |entry| entry.key_at.clone())
}

fn funds(cx: &Context<'_>, sources: &Catalog<SourceKind>) -> Catalog<Fund> {
    const SPENDS: &[(&str, Spend)] = &[("grants", Spend::Grants), ("fees", Spend::Fees)];
    each(cx, ElementKind::Fund, |raw, reader| {
        let ceiling = reader.text("ceiling").and_then(|text| amount(cx, text));
        let kinds = reader.texts("sources");
        if reader.node("ceiling").is_none() && kinds.is_empty() {
            cx.sink.add(unlimited(raw));
        }
        for text in &kinds {
            refused(cx, text, sources);
        }
        let region = reader.text("region").and_then(|text| cx.region(&text.text, text.whole()));
        let order = reader.text("order").and_then(|text| cx.word(text, IssueOrder::ALL));
        Some(Fund {
            id: raw.id.clone(),
            name: reader.words(),
            ceiling,
            years: super::things::years(cx, reader),
            spends: reader.texts("spends").into_iter().filter_map(|text| cx.word(text, SPENDS)).collect(),
            source: reader.inner_words("source"),
            sources: cx.refer_all(ElementKind::Source, &kinds),
            split: cx.refer_key(ElementKind::Split, reader, "split"),
            order: order.unwrap_or(IssueOrder::Oldest),
            region,
            pooled: reader.flag("pooled").unwrap_or(false),
            overhead_warn: cx.refer_key(ElementKind::Setting, reader, "overhead_warn"),
            cite: cx.cite(raw, reader),
        })
    })
}

fn unlimited(raw: &Raw) -> Diagnostic {
    Diagnostic::new(
        "E056",
        raw.at.clone(),
        format!("资金 `{}` 既没有上限，也没有来源", raw.id),
        format!("the fund `{}` has neither a ceiling nor sources", raw.id),
    )
    .label("缺少 ceiling 或 sources", "`ceiling` or `sources` is missing")
    .hint(
        "例如 ceiling = \"4000万元\"，或者 sources = [\"…\"]",
        "for example ceiling = \"4000万元\", or sources = [\"…\"]",
    )
}

/// A kind of money that the pack refuses cannot be taken by a fund of the same pack.
fn refused(cx: &Context<'_>, text: &Text, sources: &Catalog<SourceKind>) {
    let Some(source) = sources.get(&text.text).filter(|source| source.refused.is_some()) else { return };
    let at = cx.draft.of(ElementKind::Source).find(|raw| raw.id == source.id).map(|raw| raw.at.clone());
    cx.sink.add(
        Diagnostic::new(
            "E077",
            text.whole(),
            format!("来源 `{}` 已写明不收", source.id),
            format!("the source `{}` is refused", source.id),
        )
        .label("不能又收又不收", "taken and refused")
        .related(at.unwrap_or(0..0), "这里写明不收", "refused here"),
    );
}

fn spendings(cx: &Context<'_>, funds: &Catalog<Fund>, splits: &Catalog<Split>) -> Catalog<Spending> {
    each(cx, ElementKind::Spending, |raw, reader| {
        let kind = cx.need_word(reader, "kind", SpendingKind::ALL);
        let (name, cite) = (reader.words(), cx.cite(raw, reader));
        let of = cx.refer_all(ElementKind::Fund, &reader.texts("funds"));
        let written = reader.texts("sides");
        for text in &written {
            side_of(cx, text, &of, funds, splits);
        }
        let words = reader.texts("words").into_iter().map(|text| text.text.clone()).collect();
        let except = cx.refer_all(ElementKind::Fund, &reader.texts("except"));
        if kind.is_some_and(|kind| kind != SpendingKind::Prohibited) {
            for key in ["words", "except"] {
                if reader.node(key).is_some() {
                    cx.sink.add(only_prohibited(&place(reader, key), key));
                }
            }
        }
        let sides = written.into_iter().map(|text| text.text.clone()).collect();
        Some(Spending { id: raw.id.clone(), name, kind: kind?, funds: of, sides, words, except, cite })
    })
}

/// A share of overheads is a percentage, and belongs to a booked fund that has overheads.
fn overheads(
    cx: &Context<'_>,
    funds: &Catalog<Fund>,
    spendings: &Catalog<Spending>,
    settings: &Catalog<Setting>,
) {
    for fund in funds {
        let Some(id) = &fund.overhead_warn else { continue };
        let Some(at) = cx.entry(ElementKind::Fund, &fund.id, "overhead_warn") else { continue };
        let set = cx.draft.of(ElementKind::Setting).find(|raw| raw.id == *id).map(|raw| raw.at.clone());
        // A setting with faults of its own was reported where it stands.
        if let Some(setting) = settings.get(id)
            && !matches!(setting.value, SettingValue::Number(1..=100))
        {
            cx.sink.add(
                Diagnostic::new(
                    "E101",
                    at.node.at.clone(),
                    format!("设置 `{id}` 不是 1 到 100 的百分数"),
                    format!("the setting `{id}` is no percentage from 1 to 100"),
                )
                .label("应是百分之几", "must be a percentage")
                .related(set.unwrap_or(0..0), "设置在这里定义", "the setting is defined here")
                .hint("设置里写整数，例如 value = 1", "write a whole number there, for example value = 1"),
            );
        }
        let overhead = |one: &Spending| {
            one.kind == SpendingKind::Overhead && (one.funds.is_empty() || one.funds.contains(&fund.id))
        };
        if !fund.booked() || !spendings.iter().any(overhead) {
            cx.sink.add(
                Diagnostic::new(
                    "E102",
                    at.key_at.clone(),
                    format!("资金 `{}` 没有据实列支的工作经费", fund.id),
                    format!("the fund `{}` has no overheads", fund.id),
                )
                .label("这里不起作用", "says nothing here")
                .hint(
                    "写一个 kind = \"overhead\" 的支出方向，或删去",
                    "write a direction of spending of the kind `overhead`, or remove it",
                ),
            );
        }
    }
}

fn only_prohibited(at: &Range<usize>, key: &str) -> Diagnostic {
    Diagnostic::new(
        "E073",
        at.clone(),
        format!("`{key}` 只能写在不得列支的方向上"),
        format!("`{key}` belongs to a prohibited direction only"),
    )
    .label("这里不起作用", "says nothing here")
    .hint("删去它，或写 kind = \"prohibited\"", "remove it, or write kind = \"prohibited\"")
}

fn writes_split(cx: &Context<'_>, fund: &str) -> bool {
    cx.draft.of(ElementKind::Fund).filter(|raw| raw.id == fund).any(|raw| match &raw.node.value {
        Tree::Table(entries) => entries.iter().any(|entry| entry.key == "split"),
        _ => false,
    })
}

/// A side must be one of a split of the funds spoken of.
fn side_of(cx: &Context<'_>, text: &Text, of: &[Id], funds: &Catalog<Fund>, splits: &Catalog<Split>) {
    let split = |fund: &Fund| fund.split.as_deref().and_then(|id| splits.get(id));
    let spoken = || funds.iter().filter(|fund| of.is_empty() || of.contains(&fund.id));
    // A split that has faults of its own, or does not exist, was reported where it stands.
    if spoken().any(|fund| split(fund).is_none() && writes_split(cx, &fund.id)) {
        return;
    }
    let known: Vec<&str> =
        spoken().filter_map(split).flat_map(|split| &split.sides).map(|side| side.id.as_str()).collect();
    if known.contains(&text.text.as_str()) {
        return;
    }
    let found = Diagnostic::new(
        "E071",
        text.whole(),
        format!("所指资金的划分里没有 `{}` 这一方", text.text),
        format!("no split of these funds has the side `{}`", text.text),
    )
    .label("没有这一方", "no such side");
    cx.sink.add(match crate::lang::nearest(&text.text, known.iter().copied()) {
        Some(near) => found.hint(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?")),
        None if known.is_empty() => found.hint("这些资金没有写 split", "these funds have no `split`"),
        None => found.hint(format!("可写：{}", known.join("、")), format!("one of: {}", known.join(", "))),
    });
}

fn vouchers(cx: &Context<'_>) -> Catalog<Voucher> {
    each(cx, ElementKind::Voucher, |raw, reader| {
        let kind = cx.need_word(reader, "kind", VoucherKind::ALL);
        let natures = members(reader, "natures");
        match kind {
            Some(VoucherKind::List) if natures.is_empty() => reader.missing("natures"),
            Some(VoucherKind::Invoice | VoucherKind::Transfer) if reader.node("natures").is_some() => {
                cx.sink.add(only_lists(&place(reader, "natures")));
            }
            _ => {}
        }
        Some(Voucher {
            id: raw.id.clone(),
            name: reader.words(),
            kind: kind?,
            natures,
            attachments: reader.flag("attachments").unwrap_or(false),
            cite: cx.cite(raw, reader),
        })
    })
}

fn only_lists(at: &Range<usize>) -> Diagnostic {
    Diagnostic::new(
        "E074",
        at.clone(),
        "只有花名册（list）限定支出性质",
        "only a list is bound to natures of spending",
    )
    .label("这里不起作用", "says nothing here")
    .hint("删去 natures", "remove `natures`")
}

fn demands(cx: &Context<'_>) -> Catalog<Demand> {
    each(cx, ElementKind::Demand, |raw, reader| {
        let of = cx.need_word(reader, "of", DemandOf::ALL);
        let before = cx.need_word(reader, "before", Gate::ALL);
        let (name, cite) = (reader.words(), cx.cite(raw, reader));
        let funds = cx.refer_all(ElementKind::Fund, &reader.texts("funds"));
        Some(Demand { id: raw.id.clone(), name, of: of?, before: before?, funds, cite })
    })
}

fn distributions(cx: &Context<'_>) -> Catalog<Distribution> {
    each(cx, ElementKind::Distribution, |raw, reader| {
        let method = cx.need_word(reader, "method", Method::ALL);
        let tables = match method {
            Some(Method::Formula) => need_tables(reader, "factors"),
            _ => reader.tables("factors"),
        };
        let read: Vec<Option<Factor>> = tables.iter().map(|inner| factor(cx, inner)).collect();
        if !read.is_empty() && read.iter().all(Option::is_some) {
            let weights = read.iter().flatten().map(|factor| factor.weight);
            whole(cx, &place(reader, "factors"), weights, WEIGHTS);
        }
        let evaluation = reader.tables("evaluation").iter().filter_map(|inner| grade(cx, inner)).collect();
        let (name, cite) = (reader.words(), cx.cite(raw, reader));
        let factors = read.into_iter().flatten().collect();
        let deducts = reader.text("deducts").and_then(|text| noted_share(cx, text));
        Some(Distribution { id: raw.id.clone(), name, method: method?, factors, evaluation, deducts, cite })
    })
}

/// `deducts = "criticise:serious.share"`: the note of a step, if stated with an outcome.
fn noted_share(cx: &Context<'_>, text: &Text) -> Option<NotedShare> {
    let (of, note) = text.text.split_once('.').unwrap_or((&text.text, ""));
    let (step, outcome) = of.split_once(':').map_or((of, None), |(step, outcome)| (step, Some(outcome)));
    if !cx.draft.of(ElementKind::Step).any(|raw| raw.id == step) {
        cx.unlisted(text, "步骤", "step", super::draft::near(cx.draft, ElementKind::Step, step));
        return None;
    }
    Some(NotedShare { step: step.to_owned(), outcome: outcome.map(str::to_owned), note: note.to_owned() })
}

/// What is deducted is noted as a share in a step of cases, and only a formula can deduct it.
pub(super) fn deductions(cx: &Context<'_>, ways: &Catalog<Distribution>, steps: &Catalog<Placed>) {
    for way in ways {
        let Some(noted) = &way.deducts else { continue };
        let Some(at) = cx.entry(ElementKind::Distribution, &way.id, "deducts") else { continue };
        if way.method != Method::Formula {
            let why = ("只用于因素法", "for a formula only");
            super::life::says_nothing(cx, at.key_at.clone(), "deducts", why);
            continue;
        }
        let Some(step) = steps.get(&noted.step).map(|placed| &placed.step) else { continue };
        let shares = || step.notes.iter().filter(|note| note.ty == FieldType::Ratio);
        let outcome = noted.outcome.as_ref();
        let ends = outcome.is_none_or(|id| step.outcomes.iter().any(|one| one.id == *id));
        if step.on != Subject::Case || !ends || !shares().any(|note| note.id == noted.note) {
            let near = crate::lang::nearest(&noted.note, shares().map(|note| note.id.as_str()));
            let ending = outcome.map_or_else(String::new, |id| format!(":{id}"));
            let (at, name) = (at.node.at.clone(), format!("{}{ending}.{}", noted.step, noted.note));
            cx.unlisted_at(at, &name, "申请步骤的比例记录", "share noted in a step of cases", near);
        }
    }
}

fn factor(cx: &Context<'_>, inner: &Reader<'_>) -> Option<Factor> {
    let id = inner.need_text("id").map(|text| text.text.clone());
    let (name, weight) = (inner.words(), part(cx, inner, "weight", Ratio::ONE));
    inner.finish();
    Some(Factor { id: id?, name, weight: weight? })
}

fn grade(cx: &Context<'_>, inner: &Reader<'_>) -> Option<Grade> {
    let id = inner.need_text("id").map(|text| text.text.clone());
    let (name, factor) = (inner.words(), part(cx, inner, "factor", Ratio::percent(1000)));
    inner.finish();
    Some(Grade { id: id?, name, factor: factor? })
}
