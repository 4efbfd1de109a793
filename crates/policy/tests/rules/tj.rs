//! The Tianjin rules of articles 5 to 10, built without the pack reader, for tests and the benchmark.

use kernel::Date;
use kernel::money::Money;
use kernel::rounding::Rounding;
use policy::lang::{Bilingual, EnumDef, Env, Member, RoundTo, Shape, Type, Value, parse_type, parse_value};
use policy::ruleset::{
    Builder, Citation, FactMeta, GrantMeta, ParamMeta, ParamValue, RuleKind, RuleMeta, Ruleset, Span,
    Version, YesNo,
};

pub type Fails<T = ()> = Result<T, Box<dyn std::error::Error>>;

pub const AREAS: &str = "\
620123 620122 620121 620503 620521 620523 620522 620524 620525 620802 620822 620825 620826 620821 620423 620422 620421 \
621022 621021 621026 621024 621023 621025 621027 620622 620623 623001 623025 623021 623023 623022 623027 623024 623026 \
130821 130825 130881 130822 130828 653225 653226 653227 540302 540321 540324 540322 632321 632322 632323 632324";

/// id, type, Chinese name, English name, proof, source
type FactRow =
    (&'static str, &'static str, &'static str, &'static str, &'static [&'static str], Option<&'static str>);

const FACTS: [FactRow; 19] = [
    (
        "county",
        "region",
        "项目企业注册地",
        "place of registration of the project enterprise",
        &["licence"],
        None,
    ),
    ("investor_in_tj", "bool", "投资主体在津登记", "investor registered in Tianjin", &["licence"], None),
    (
        "investor_lawful",
        "bool",
        "投资主体无违法经营",
        "investor without unlawful business",
        &[],
        Some("credit-registry"),
    ),
    (
        "company_lawful",
        "bool",
        "项目企业无违法经营",
        "project enterprise without unlawful business",
        &[],
        Some("credit-registry"),
    ),
    ("share", "ratio", "投资主体持股比例", "investor's shareholding", &["licence"], None),
    (
        "new_company",
        "bool",
        "项目企业为投资主体新设",
        "enterprise newly founded by the investor",
        &["licence"],
        None,
    ),
    ("paid_in", "money", "注册资本实缴额", "paid-in capital", &["bank"], None),
    ("mode", "mode", "申请方式", "mode of application", &["form"], None),
    ("new_invest", "money", "新增投资额", "new investment", &["bank"], None),
    ("invest_3y", "money", "近三年累计新增投资额", "new investment of the last three years", &["bank"], None),
    ("staff", "人", "企业用工总数", "staff", &["staff", "payslips"], None),
    ("poor_staff", "人", "雇佣建档立卡贫困人口", "registered poor employees", &["staff", "payslips"], None),
    ("lifted", "人", "带动脱贫人口", "persons lifted out of poverty", &["lifted"], None),
    ("grants_company", "次", "项目企业已获资助次数", "earlier grants to the enterprise", &[], Some("ledger")),
    (
        "grants_county",
        "次",
        "投资主体在该县已获资助次数",
        "earlier grants to the investor in the county",
        &[],
        Some("ledger"),
    ),
    (
        "tj_subsidy",
        "bool",
        "已享受天津市级财政补贴",
        "already has a Tianjin budget subsidy",
        &[],
        Some("ledger"),
    ),
    (
        "changdu_fund",
        "bool",
        "已享受昌都产业引导资金",
        "already has Chamdo's guidance fund",
        &[],
        Some("declaration"),
    ),
    (
        "hotan_fund",
        "bool",
        "已享受策勒、于田、民丰扶持资金",
        "already has the fund of Qira, Keriya and Niya",
        &[],
        Some("declaration"),
    ),
    (
        "in_catalogue",
        "bool",
        "列入合作产业目录和项目库",
        "in the cooperation catalogue and project library",
        &[],
        Some("catalogue"),
    ),
];

/// id, type, by mode, Chinese name, English name, article, item, versions (from, project, production)
type ParamRow = (
    &'static str,
    &'static str,
    bool,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

const PARAMS: [ParamRow; 8] = [
    (
        "min_share",
        "ratio",
        false,
        "最低持股比例",
        "minimum shareholding",
        "7",
        "1",
        &[("2019-10-09", "30%", "")],
    ),
    (
        "min_paid",
        "money",
        false,
        "最低实缴额",
        "minimum paid-in capital",
        "7",
        "2",
        &[("2019-10-09", "100万元", "")],
    ),
    (
        "min_invest",
        "money",
        true,
        "最低新增投资额",
        "minimum new investment",
        "7",
        "2",
        &[("2019-10-09", "200万元", "100万元")],
    ),
    (
        "min_poor",
        "ratio",
        false,
        "最低贫困人口用工比例",
        "minimum share of poor employees",
        "7",
        "3",
        &[("2019-10-09", "30%", "")],
    ),
    (
        "min_lifted",
        "人",
        false,
        "最低带动脱贫人数",
        "minimum of persons lifted",
        "7",
        "3",
        &[("2019-10-09", "50人", "")],
    ),
    (
        "per_county",
        "次",
        false,
        "每县资助次数上限",
        "limit of grants in a county",
        "7",
        "4",
        &[("2019-10-09", "2次", "")],
    ),
    ("cap", "money", true, "最高资助额", "highest grant", "10", "", &[("2019-10-09", "200万元", "100万元")]),
    ("max_rate", "ratio", true, "最高资助比例", "highest ratio", "10", "", &[("2019-10-09", "30%", "50%")]),
];

/// id, need or prefer, text, Chinese name, English name, article, item
const RULES: [(&str, RuleKind, &str, &str, &str, &str, &str); 11] = [
    ("area", RuleKind::Need, "county in areas", "注册在资助地区", "registered in the area", "5", ""),
    (
        "investor",
        RuleKind::Need,
        "investor_in_tj and investor_lawful",
        "投资主体资格",
        "the investor",
        "6",
        "",
    ),
    (
        "holding",
        RuleKind::Need,
        "share >= min_share or new_company",
        "持股或新设",
        "holding or new",
        "7",
        "1",
    ),
    ("paid_in_min", RuleKind::Need, "paid_in >= min_paid", "实缴资本", "paid-in capital", "7", "2"),
    (
        "new_invest_min",
        RuleKind::Need,
        "new_invest >= min_invest[mode]",
        "新增投资",
        "new investment",
        "7",
        "2",
    ),
    (
        "poor",
        RuleKind::Need,
        "poor_staff / staff >= min_poor or lifted >= min_lifted",
        "带贫成效",
        "poor persons",
        "7",
        "3",
    ),
    ("once", RuleKind::Need, "grants_company == 0次", "每个企业一次", "once an enterprise", "7", "4"),
    ("twice", RuleKind::Need, "grants_county < per_county", "每县两次", "twice a county", "7", "4"),
    (
        "no_double",
        RuleKind::Need,
        "not (tj_subsidy or changdu_fund or hotan_fund)",
        "不重复享受",
        "no double grant",
        "7",
        "5",
    ),
    ("lawful", RuleKind::Need, "company_lawful", "合法经营", "lawful business", "7", "6"),
    ("catalogue", RuleKind::Prefer, "in_catalogue", "优先目录", "catalogue first", "8", ""),
];

pub const AMOUNT: &str = "min(cap[mode], max_rate[mode] * invest_3y, year_rate[mode] * invest_3y)";

pub fn day(text: &str) -> Fails<Date> {
    kernel::date::parse_date(text).map_err(|error| format!("{text}: {error:?}").into())
}

fn value(text: &str, ty: &Type, env: &Env) -> Fails<Value> {
    parse_value(text, ty, env).map_err(|error| error.message_en.into())
}

fn cite(article: &str, item: &str) -> Citation {
    Citation { article: article.into(), item: (!item.is_empty()).then(|| item.into()) }
}

fn params(b: &mut Builder) -> Fails {
    let year_rate: ParamRow = (
        "year_rate",
        "ratio",
        true,
        "当年资助比例",
        "ratio of the year",
        "10",
        "",
        &[("2019-10-09", "30%", "50%"), ("2020-01-01", "25%", "40%")],
    );
    for (id, ty, by_mode, zh, en, article, item, versions) in PARAMS.into_iter().chain([year_rate]) {
        let ty = parse_type(ty, b.env()).ok_or("type")?;
        let mode = b.env().enum_named("mode").ok_or("mode")?;
        let mut dated = Vec::new();
        for (from, project, production) in versions {
            let one = value(project, &ty, b.env())?;
            let value = if by_mode {
                ParamValue::Each(vec![(0, one), (1, value(production, &ty, b.env())?)])
            } else {
                ParamValue::One(one)
            };
            dated.push(Version { from: day(from)?, value, basis: None, tag: 0 });
        }
        let shape = if by_mode { Shape::Table(mode) } else { Shape::Scalar };
        let set_by = (id == "year_rate").then(|| "ndrc".to_owned());
        let name = Bilingual::new(zh, en);
        b.param(ParamMeta {
            id: id.into(),
            ty,
            shape,
            name,
            cite: cite(article, item),
            set_by,
            versions: dated,
            tag: 0,
        })?;
    }
    let areas = AREAS.split_whitespace().map(str::parse).collect::<Result<Vec<_>, _>>()?;
    let version =
        Version { from: day("2019-10-09")?, value: ParamValue::Regions(areas), basis: None, tag: 0 };
    b.param(ParamMeta {
        id: "areas".into(),
        ty: Type::Regions,
        shape: Shape::Scalar,
        name: Bilingual::new("资助地区", "the assisted areas"),
        cite: cite("5", ""),
        set_by: None,
        versions: vec![version],
        tag: 0,
    })?;
    Ok(())
}

/// The builder with everything but the rules and the grant.
pub fn definitions() -> Fails<Builder> {
    let round = RoundTo { step: Money::from_fen(1), mode: Rounding::Down };
    let mut b = Builder::new(Span { from: day("2019-10-09")?, until: day("2020-12-31")?, round });
    let member = |id: &str, zh, en| Member { id: id.into(), name: Bilingual::new(zh, en) };
    b.enumeration(EnumDef {
        id: "mode".into(),
        name: Bilingual::new("申请方式", "mode"),
        members: vec![
            member("project", "项目投资补贴", "investment subsidy"),
            member("production", "生产性补贴", "production subsidy"),
        ],
        tag: 0,
    })?;
    for (id, ty, zh, en, proof, source) in FACTS {
        let ty = parse_type(ty, b.env()).ok_or("type")?;
        let says = (id == "investor_lawful").then(|| YesNo {
            yes: Bilingual::new("投资主体无违法经营", "the investor has no unlawful business"),
            no: Bilingual::new("投资主体有违法经营记录", "the investor has a record of unlawful business"),
        });
        b.fact(FactMeta {
            id: id.into(),
            ty,
            name: Bilingual::new(zh, en),
            proof: proof.iter().map(|paper| (*paper).to_owned()).collect(),
            source: source.map(Into::into),
            says,
            tag: 0,
        })?;
    }
    params(&mut b)?;
    Ok(b)
}

pub fn ruleset() -> Fails<Ruleset> {
    let mut b = definitions()?;
    for (id, kind, text, zh, en, article, item) in RULES {
        let interpretations =
            if id == "paid_in_min" { vec!["paid-in-in-the-annex".into()] } else { Vec::new() };
        b.rule(RuleMeta {
            id: id.into(),
            kind,
            name: Bilingual::new(zh, en),
            cite: cite(article, item),
            text: text.into(),
            interpretations,
            tag: 0,
        });
    }
    b.grant(GrantMeta {
        cite: cite("10", ""),
        text: AMOUNT.into(),
        in_principle: vec!["cap".into()],
        exceed_by: Some("group".into()),
        interpretations: Vec::new(),
        tag: 0,
    });
    b.build().map_err(|faults| format!("{faults:?}").into())
}
