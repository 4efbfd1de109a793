//! What expressions speak of: the pack's head, roles, organisations, enums, units, facts, parameters.

use kernel::amount::{AmountUnit, parse_amount};
use kernel::money::Money;
use kernel::rounding::Rounding;

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::{Raw, check_id};
use super::model::*;
use super::reader::Reader;
use super::tree::Text;
use crate::lang::{self, Env, Member, RoundTo, Type};

/// The front block.
pub(super) struct Head {
    pub(super) id: Id,
    pub(super) edition: String,
    pub(super) title: Words,
    pub(super) issued_by: Words,
    pub(super) in_force: InForce,
    pub(super) dated_by: Option<Text>,
    pub(super) round: RoundTo,
    pub(super) round_why: String,
    /// Stated numbers of articles and annexes, and where they stand.
    pub(super) stated: (i64, i64),
    pub(super) at: std::ops::Range<usize>,
}

const MODES: &[(&str, Rounding)] = &[
    ("down", Rounding::Down),
    ("up", Rounding::Up),
    ("half_up", Rounding::HalfUp),
    ("half_even", Rounding::HalfEven),
];

/// Reads the front block.
pub(super) fn head(cx: &Context<'_>) -> Option<Head> {
    let raw = cx.draft.of(ElementKind::Pack).next();
    let Some(raw) = raw else {
        cx.sink.add(
            Diagnostic::new("E034", 0..1, "缺少 [pack]", "[pack] is missing")
                .label("第一条之前须有 [pack]", "a block with [pack] must come before the first article"),
        );
        return None;
    };
    let reader = cx.reader(raw)?;
    let need = |key| reader.need_text(key).map(|text| text.text.clone()).unwrap_or_default();
    let title = Words::new(need("title"), reader.string("en").unwrap_or_default());
    let (round, round_why) = rounding(cx, &reader);
    let head = Head {
        id: need("id"),
        edition: need("edition"),
        title,
        issued_by: reader.need_words("issued_by"),
        in_force: in_force(cx, &reader)?,
        dated_by: reader.need_text("dated_by").cloned(),
        round,
        round_why,
        stated: (reader.number("articles").unwrap_or(0), reader.number("annexes").unwrap_or(0)),
        at: reader.node("articles").map_or(reader.at.clone(), |node| node.at.clone()),
    };
    reader.finish();
    Some(head)
}

fn rounding(cx: &Context<'_>, reader: &Reader<'_>) -> (RoundTo, String) {
    let Some(inner) = reader.table("round") else {
        if reader.node("round").is_none() {
            reader.missing("round");
        }
        return (RoundTo::default(), String::new());
    };
    let step = inner
        .need_text("to")
        .and_then(|text| if text.text == "1分" { Some(Money::from_fen(1)) } else { money(cx, text) });
    let mode = cx.need_word(&inner, "mode", MODES);
    let why = inner.need_text("why").map(|text| text.text.clone()).unwrap_or_default();
    inner.finish();
    (RoundTo { step: step.unwrap_or(Money::from_fen(1)), mode: mode.unwrap_or(Rounding::Down) }, why)
}

fn in_force(cx: &Context<'_>, reader: &Reader<'_>) -> Option<InForce> {
    let Some(inner) = reader.table("in_force") else {
        if reader.node("in_force").is_none() {
            reader.missing("in_force");
        }
        return None;
    };
    let from = inner.day("from");
    if from.is_none() && inner.node("from").is_none() {
        inner.missing("from");
    }
    let until = inner.day("until");
    inner.finish();
    let from = from?;
    if until.is_some_and(|until| until < from) {
        cx.sink.add(
            Diagnostic::new(
                "E044",
                inner.at.clone(),
                "施行的最后一天早于第一天",
                "in force until a day before it begins",
            )
            .label("起止颠倒", "the wrong way round"),
        );
        return None;
    }
    Some(InForce { from, until })
}

/// An amount with its unit, as offices write it.
pub(super) fn money(cx: &Context<'_>, text: &Text) -> Option<Money> {
    let unit_written = text.text.trim().ends_with('元');
    match parse_amount(&text.text, AmountUnit::Yuan) {
        Ok(amount) if unit_written && !amount.money.is_negative() => Some(amount.money),
        _ => {
            cx.sink.add(
                Diagnostic::new(
                    "E046",
                    text.whole(),
                    format!("看不懂金额“{}”", text.text),
                    format!("`{}` is not an amount", text.text),
                )
                .label("金额写法不对", "not an amount")
                .hint(
                    "写数和单位，最小到分：100万元、18605元、0.5亿元",
                    "write a number with 元, 万元 or 亿元, no finer than a fen",
                ),
            );
            None
        }
    }
}

/// Roles.
pub(super) fn roles(cx: &Context<'_>) -> Catalog<Role> {
    const KINDS: &[(&str, RoleKind)] = &[
        ("government", RoleKind::Government),
        ("enterprise", RoleKind::Enterprise),
        ("firm", RoleKind::Firm),
        ("group", RoleKind::Group),
        ("village", RoleKind::Village),
        ("public", RoleKind::Public),
    ];
    const SEES: &[(&str, Sees)] = &[
        ("all", Sees::All),
        ("region", Sees::Region),
        ("own", Sees::Own),
        ("assigned", Sees::Assigned),
        ("none", Sees::None),
    ];
    each(cx, ElementKind::Role, |raw, reader| {
        let (kind, sees) = (cx.need_word(reader, "kind", KINDS), cx.need_word(reader, "sees", SEES));
        let (name, cite) = (reader.words(), cx.cite(raw, reader));
        Some(Role { id: raw.id.clone(), name, kind: kind?, sees: sees?, cite })
    })
}

/// Organisations.
pub(super) fn orgs(cx: &Context<'_>) -> Catalog<Org> {
    each(cx, ElementKind::Org, |raw, reader| {
        let region = reader.text("region").and_then(|text| cx.region(&text.text, text.whole()));
        let role = cx.need_ref(ElementKind::Role, reader, "role");
        Some(Org { id: raw.id.clone(), role, region, name: reader.words(), cite: cx.cite(raw, reader) })
    })
}

/// Reads every element of a kind.
pub(super) fn each<T: Identified>(
    cx: &Context<'_>,
    kind: ElementKind,
    read: impl Fn(&Raw, &Reader<'_>) -> Option<T>,
) -> Catalog<T> {
    let mut catalog = Catalog::default();
    for raw in cx.draft.of(kind) {
        check_id(raw, cx.sink);
        let Some(reader) = cx.reader(raw) else { continue };
        let element = read(raw, &reader);
        reader.finish();
        if let Some(element) = element.filter(|element| !catalog.has(element.id())) {
            catalog.push(element);
        }
    }
    catalog
}

/// `members = [{ id, name, en }, …]`, also for the choices of a setting.
pub(super) fn members(reader: &Reader<'_>, key: &'static str) -> Vec<EnumMember> {
    let read = |inner: Reader<'_>| {
        let id = inner.need_text("id").map(|text| text.text.clone()).unwrap_or_default();
        let member = EnumMember { id, name: inner.words() };
        inner.finish();
        member
    };
    reader.tables(key).into_iter().map(read).collect()
}

/// Enums, units, facts and parameters, together with the names that expressions may use.
pub(super) struct Symbols {
    pub(super) enums: Catalog<EnumDef>,
    pub(super) units: Catalog<Unit>,
    pub(super) facts: Catalog<Fact>,
    pub(super) params: Catalog<Param>,
    /// Everything but the facts: what every form starts from.
    pub(super) base: Env,
    /// With the facts.
    pub(super) env: Env,
}

/// Reads them.
pub(super) fn symbols(cx: &Context<'_>, head: &Head) -> Symbols {
    let mut base = Env::new(head.round);
    let units = each(cx, ElementKind::Unit, |raw, reader| {
        let name = reader.words();
        let many = reader.string("en_many").unwrap_or_else(|| format!("{}s", name.en));
        Some((Unit { id: raw.id.clone(), name, cite: cx.cite(raw, reader) }, many))
    });
    for (unit, many) in &units {
        base.unit(lang::Unit { zh: unit.id.clone(), en_one: unit.name.en.clone(), en_many: many.clone() });
    }
    let units = units.iter().map(|(unit, _)| unit.clone()).fold(Catalog::default(), pushed);
    let enums = each(cx, ElementKind::Enum, |raw, reader| {
        let members = members(reader, "members");
        if members.is_empty() {
            reader.missing("members");
        }
        Some(EnumDef { id: raw.id.clone(), name: reader.words(), members, cite: cx.cite(raw, reader) })
    });
    for def in &enums {
        let members = def.members.iter().map(|m| Member { id: m.id.clone(), name: m.name.clone() }).collect();
        let tag = tag_of(cx, ElementKind::Enum, &def.id);
        define(
            cx,
            base.enumeration(lang::EnumDef { id: def.id.clone(), name: def.name.clone(), members, tag }),
        );
    }
    let params = super::params::params(cx, head, &mut base);
    let facts = facts(cx, &base);
    let mut env = base.clone();
    for fact in &facts {
        let tag = tag_of(cx, ElementKind::Fact, &fact.id);
        let def = lang::FactDef { id: fact.id.clone(), name: fact.name.clone(), ty: fact.ty.clone(), tag };
        define(cx, env.fact(def));
    }
    Symbols { enums, units, facts, params, base, env }
}

fn pushed<T>(mut catalog: Catalog<T>, item: T) -> Catalog<T> {
    catalog.push(item);
    catalog
}

impl Identified for (Unit, String) {
    fn id(&self) -> &str {
        &self.0.id
    }
}

/// A mark for the place of an element.
pub(super) fn tag_of(cx: &Context<'_>, kind: ElementKind, id: &str) -> u32 {
    let at = cx.draft.of(kind).find(|raw| raw.id == id).map_or(0..0, |raw| raw.at.clone());
    cx.tag(&at)
}

/// Reports a definition that the language refuses.
pub(super) fn define<T>(cx: &Context<'_>, result: Result<T, lang::DefineError>) -> Option<T> {
    use lang::DefineError as E;
    let error = match result {
        Ok(value) => return Some(value),
        Err(error) => error,
    };
    let found = match &error {
        E::Taken { name, first, second } => Diagnostic::new(
            "E038",
            cx.tagged(*second),
            format!("`{name}` 这个名称已被占用"),
            format!("`{name}` is taken"),
        )
        .label("再次使用", "used again")
        .related(cx.tagged(*first), "第一次在这里定义", "first defined here")
        .hint(
            "事实、标准、类别成员共用一套名称",
            "facts, parameters and members of enums share one name space",
        ),
        E::Reserved { name, tag } | E::Malformed { name, tag } => Diagnostic::new(
            "E048",
            cx.tagged(*tag),
            format!("`{name}` 不能作名称"),
            format!("`{name}` cannot be a name"),
        )
        .label("名称不合规", "not a name"),
        E::BadType { name, tag } => Diagnostic::new(
            "E049",
            cx.tagged(*tag),
            format!("`{name}` 的类型不能这样用"),
            format!("`{name}` cannot have this type"),
        )
        .label("类型不对", "wrong type"),
        E::NoMembers { name, tag } => Diagnostic::new(
            "E034",
            cx.tagged(*tag),
            format!("`{name}` 没有成员"),
            format!("`{name}` has no members"),
        )
        .label("缺少 members", "members are missing"),
    };
    // A malformed name was reported where the element was read.
    if !matches!(error, E::Reserved { .. } | E::Malformed { .. } | E::NoMembers { .. }) {
        cx.sink.add(found);
    }
    None
}

/// A type by its word.
pub(super) fn type_of(cx: &Context<'_>, text: &Text, env: &Env) -> Option<Type> {
    let ty = lang::parse_type(&text.text, env);
    if ty.is_none() {
        cx.sink.add(
            Diagnostic::new(
                "E049",
                text.whole(),
                format!("没有名为 `{}` 的类型", text.text),
                format!("there is no type `{}`", text.text),
            )
            .label("不认识的类型", "unknown type")
            .hint(
                "可写 bool、money、ratio、date、region、regions、计数单位（人、次……）或类别的名称",
                "bool, money, ratio, date, region, regions, a unit (人, 次, …) or the id of an enum",
            ),
        );
    }
    ty
}

fn facts(cx: &Context<'_>, base: &Env) -> Catalog<Fact> {
    const FROM: &[(&str, FactSource)] = &[
        ("form", FactSource::Form),
        ("ledger", FactSource::Ledger),
        ("credit-registry", FactSource::CreditRegistry),
        ("declaration", FactSource::Declaration),
        ("catalogue", FactSource::Catalogue),
        ("intake", FactSource::Intake),
        ("clock", FactSource::Clock),
        ("program", FactSource::Program),
    ];
    each(cx, ElementKind::Fact, |raw, reader| {
        let ty = reader.need_text("type").and_then(|text| type_of(cx, text, base));
        let from = cx.need_word(reader, "from", FROM);
        let count = ledger_count(cx, reader);
        if from == Some(FactSource::Ledger) && reader.node("count").is_none() {
            cx.sink.add(
                Diagnostic::new(
                    "E055",
                    raw.at.clone(),
                    format!("`{}` 由台账统计，却没有写统计什么", raw.id),
                    format!("`{}` comes from the ledger, which is not told what to count", raw.id),
                )
                .label("缺少 count", "`count` is missing")
                .hint(
                    "例如 count = { of = \"grant\", by = [\"company\"] }",
                    "for example count = { of = \"grant\", by = [\"company\"] }",
                ),
            );
        }
        let gives = super::given::given(cx, reader, raw, from == Some(FactSource::Program), ty.as_ref());
        let proof = cx.refer_all(ElementKind::Paper, &reader.texts("proof"));
        let (name, hint, cite) = (reader.words(), reader.inner_words("hint"), cx.cite(raw, reader));
        Some(Fact { id: raw.id.clone(), name, ty: ty?, proof, from: from?, count, gives, hint, cite })
    })
}

fn ledger_count(cx: &Context<'_>, reader: &Reader<'_>) -> Option<LedgerCount> {
    const BY: &[(&str, CountBy)] =
        &[("company", CountBy::Company), ("investor", CountBy::Investor), ("county", CountBy::County)];
    let inner = reader.table("count")?;
    let of = cx.need_word(&inner, "of", &[("grant", Counted::Grant)]);
    let by = inner.texts("by").into_iter().filter_map(|text| cx.word(text, BY)).collect();
    inner.finish();
    Some(LedgerCount { of: of?, by })
}
