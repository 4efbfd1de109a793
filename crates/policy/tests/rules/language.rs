//! The language through its interface: what compiles to what, and every error code with its place and its mend.

use crate::good::case;
use crate::tj::{Fails, day, definitions, ruleset};
use kernel::money::Money;
use kernel::ratio::Ratio;
use policy::lang::{
    Bilingual, Code, FactDef, Outcome, Type, Value, Want, compile, eval, parse_type, parse_value,
};
use policy::ruleset::{Builder, CaseFacts, FactMeta, Overrides, Raw, Ruleset};

/// Text, the codes with the words they stand at, and a word of the hint (or nothing).
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static str);

/// The definitions of the tests: Tianjin's, two dates, a term and a second enum that shares a member.
fn builder() -> Fails<Builder> {
    let mut b = definitions()?;
    let member = |id: &str| policy::lang::Member { id: id.into(), name: Bilingual::new(id, id) };
    b.enumeration(policy::lang::EnumDef {
        id: "stage".into(),
        name: Bilingual::new("阶段", "stage"),
        members: vec![member("production"), member("closed")],
        tag: 7,
    })?;
    for (id, ty) in [
        ("apply_on", "date"),
        ("founded_on", "date"),
        ("kept", "年"),
        ("kept_months", "月"),
        ("stage", "stage"),
        ("homes", "户"),
    ] {
        let ty = parse_type(ty, b.env()).ok_or("type")?;
        let name = Bilingual::new(id, id);
        b.fact(FactMeta { id: id.into(), ty, name, proof: Vec::new(), source: None, says: None, tag: 9 })?;
    }
    Ok(b)
}

const CONDITIONS: [Row; 44] = [
    ("share ≥ 30%", &[("E001", "≥")], "`>=`"),
    ("share >= 30% ＃", &[("E001", "＃")], ""),
    ("share >= >= 30%", &[("E002", ">=")], ""),
    ("share >= 30% new_company", &[("E002", "new_company")], ""),
    ("not (new_company", &[("E003", "(")], ""),
    ("new_company)", &[("E003", ")")], ""),
    ("0% < share < 30%", &[("E004", "<")], "and"),
    ("apply_on >= 2019-02-30", &[("E005", "2019-02-30")], ""),
    ("paid_in >= 12.5.3元", &[("E005", "12.5.3元")], ""),
    ("share >=", &[("E006", "")], ""),
    ("", &[("E006", "")], ""),
    ("staff >= 50位", &[("E007", "50位")], "人"),
    ("shrae >= 30%", &[("E010", "shrae")], "`share`"),
    ("投资主体持股比例 >= 30%", &[("E010", "投资主体持股比例")], "`share`"),
    ("shrae >= 30% and pade_in >= 100万元", &[("E010", "shrae"), ("E010", "pade_in")], ""),
    ("production == production", &[("E011", "production"), ("E011", "production")], ""),
    ("share >= min_share[mode]", &[("E012", "min_share")], ""),
    ("new_invest >= min_invest", &[("E013", "min_invest")], "min_invest[mode]"),
    ("new_invest >= min_invest[stage]", &[("E014", "stage")], ""),
    ("county < county", &[("E015", "county < county")], ""),
    ("paid_in * paid_in > 1元", &[("E015", "paid_in * paid_in")], ""),
    ("share >= min_paid or new_company", &[("E016", "share >= min_paid")], "30%"),
    ("staff >= 2次", &[("E016", "staff >= 2次")], "50人"),
    ("paid_in + share > 1元", &[("E016", "paid_in + share")], ""),
    ("kept >= 10个工作日", &[("E016", "kept >= 10个工作日")], ""),
    ("mode == stage", &[("E016", "mode == stage")], ""),
    ("staff >= 50", &[("E017", "50")], "50人"),
    ("share >= 30", &[("E017", "30")], "30%"),
    ("poor_staff / staff >= 30", &[("E017", "30")], "30%"),
    ("paid_in + 5 > 1元", &[("E017", "5")], "100万元"),
    ("share and new_company", &[("E018", "share")], ">="),
    ("paid_in >= 100.001元", &[("E019", "100.001元")], ""),
    ("staff >= 50.5人", &[("E019", "50.5人")], ""),
    ("county == 632399", &[("E020", "632399")], ""),
    ("mode == projekt", &[("E021", "projekt")], "`project`"),
    ("mode == closed", &[("E021", "closed")], "project"),
    ("share", &[("E018", "share")], ""),
    ("apply_on + 10个工作日 > founded_on", &[("E024", "apply_on + 10个工作日")], "within"),
    ("areas == county", &[("E025", "areas")], "in areas"),
    ("county in county", &[("E015", "county")], "county in areas"),
    ("if new_company then share else paid_in", &[("E026", "if new_company then share else paid_in")], ""),
    ("poor_staff / 0人 > 30%", &[("E027", "0人")], ""),
    ("min(poor_staff / staff, 30%) > 1%", &[("E023", "poor_staff / staff")], ""),
    (
        "shrae >= 30 and staff >= 50 and mode == projekt",
        &[("E010", "shrae"), ("E017", "50"), ("E021", "projekt")],
        "",
    ),
];

#[test]
fn every_fault_is_found_at_its_place() -> Fails {
    let b = builder()?;
    for (text, want, hint) in CONDITIONS {
        let errors = compile(text, b.env(), Want::Bool).err().ok_or_else(|| format!("`{text}` compiled"))?;
        let got: Vec<(&str, &str)> =
            errors.iter().map(|e| (e.code.as_str(), &text[e.span.clone()])).collect();
        assert_eq!(got, want, "`{text}`: {errors:?}");
        let hints: String = errors.iter().filter_map(|e| e.hint_zh.clone()).collect();
        assert!(hints.contains(hint), "`{text}`: {hints}");
        for error in &errors {
            assert!(
                !error.message_zh.is_empty() && error.message_en.is_ascii()
                    || text.contains(|c: char| !c.is_ascii())
            );
        }
    }
    Ok(())
}

#[test]
fn the_type_of_the_whole_is_checked() -> Fails {
    let b = builder()?;
    let person = b.env().unit_named("人").ok_or("人")?;
    for (text, want, code) in [
        ("share", Want::Money, Code::WrongResult),
        ("paid_in / staff", Want::Money, Code::QuotientAsValue),
        ("50", Want::Count(person), Code::BareNumber),
        ("homes", Want::Count(person), Code::WrongResult),
        ("paid_in", Want::Date, Code::WrongResult),
    ] {
        let errors = compile(text, b.env(), want).err().ok_or_else(|| format!("`{text}` compiled"))?;
        assert_eq!(errors.iter().map(|e| e.code).collect::<Vec<_>>(), [code], "`{text}`");
    }
    let deep = format!("{}true{}", "(".repeat(80), ")".repeat(80));
    let long = vec!["true"; 500].join(" and ");
    for text in [deep, long] {
        let errors = compile(&text, b.env(), Want::Bool).err().ok_or("compiled")?;
        assert_eq!(errors[0].code, Code::TooDeep);
    }
    Ok(())
}

#[test]
fn a_mismatch_shows_the_other_definition() -> Fails {
    let b = builder()?;
    let errors = compile("share >= min_paid", b.env(), Want::Bool).err().ok_or("compiled")?;
    assert_eq!(errors[0].message_zh, "`>=` 两边单位不同：左边是比例，右边是金额");
    let related = errors[0].related.clone().ok_or("no related symbol")?;
    assert_eq!(
        (related.name.as_str(), related.note_zh.as_str()),
        ("min_paid", "`min_paid` 在这里定义为金额")
    );
    Ok(())
}

#[test]
fn every_code_is_numbered_once_and_covered() -> Fails {
    let numbers: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(numbers, sorted);
    let covered: Vec<&str> =
        CONDITIONS.iter().flat_map(|(_, codes, _)| codes.iter().map(|(code, _)| *code)).collect();
    for code in Code::ALL {
        let elsewhere = matches!(code, Code::TooDeep | Code::WrongResult);
        assert!(elsewhere || covered.contains(&code.as_str()), "{code} has no example");
    }
    Ok(())
}

fn filled(ruleset: &Ruleset) -> Fails<CaseFacts> {
    let text = [
        ("share", "30%"),
        ("new_company", "false"),
        ("paid_in", "100万元"),
        ("mode", "project"),
        ("county", "632301"),
        ("staff", "47"),
        ("poor_staff", "14"),
        ("apply_on", "2020-02-29"),
        ("founded_on", "2017-03-01"),
        ("kept", "3年"),
        ("kept_months", "36个月"),
        ("invest_3y", "4123456.78"),
        ("homes", "3户"),
    ];
    ruleset
        .case_from(text.iter().map(|(name, text)| (*name, Raw::Text(text))))
        .map_err(|e| format!("{e:?}").into())
}

#[test]
fn what_compiles_comes_to_what_it_says() -> Fails {
    let ruleset = builder()?.build().map_err(|faults| format!("{faults:?}"))?;
    let case = filled(&ruleset)?;
    let scope = ruleset.scope(&case, day("2019-11-01")?, &Overrides::default())?;
    let yes = [
        "share >= min_share",
        "share == 3/10 or true",
        "paid_in >= 100万元",
        "paid_in == 0.01亿元",
        "paid_in > 999999.99元",
        "county in areas",
        "county == 632321",
        "county == 632301",
        "not (county == 110101)",
        "mode == project",
        "project == mode",
        "mode != production",
        "poor_staff / staff < 30%",
        "poor_staff / staff > 29%",
        "30% > poor_staff / staff",
        "poor_staff / staff == 14人 / 47人",
        "staff - poor_staff == 33人",
        "staff * 2 == 94人",
        "staff * 30% > poor_staff",
        "paid_in / staff > 21276元",
        "paid_in * 三分之二 == 666666.66元",
        "paid_in * 1/3 * 3 > 333333元",
        "invest_3y * 30% == 1237037.03元",
        "max_rate[mode] * invest_3y == 1237037.03元",
        "invest_3y * 50% * 50% == 1030864.19元",
        "min(cap[mode], paid_in, 3元) == 3元",
        "max(share, 50%) == 50%",
        "(if new_company then 1元 else 2元) == 2元",
        "apply_on - 3年 == 2017-02-28",
        "apply_on - kept < founded_on",
        "apply_on + 1日 == 2020-03-01",
        "apply_on - founded_on == 1095日",
        "apply_on + 12个月 == 2021-02-28",
        "kept == kept_months",
        "kept_months >= 两年",
        "-1元 < 0元",
        "paid_in >= 3000元 * homes",
        "true and not false",
        "homes / 3户 == 100%",
        "share * 50% == 15%",
        "share + 5% == 35%",
        "1分 < 1角",
    ];
    for text in yes {
        let expr =
            compile(text, ruleset.env(), Want::Bool).map_err(|errors| format!("`{text}`: {errors:?}"))?;
        assert_eq!(eval(&expr, &scope), Outcome::Known(Value::Bool(true)), "`{text}`");
    }
    Ok(())
}

#[test]
fn what_is_not_known_says_why() -> Fails {
    let ruleset = builder()?.build().map_err(|faults| format!("{faults:?}"))?;
    let mut case = filled(&ruleset)?;
    let fact = |name: &str| ruleset.env().fact_named(name).ok_or("fact");
    case.set(&ruleset, fact("staff")?, Value::Count(0))?;
    case.set(&ruleset, fact("paid_in")?, Value::Money(Money::MAX))?;
    let scope = ruleset.scope(&case, day("2019-11-01")?, &Overrides::default())?;
    for (text, missing, zero, overflow) in [
        ("lifted >= 50人", &["lifted"][..], false, false),
        ("lifted >= 50人 or new_invest > 1元", &["new_invest", "lifted"], false, false),
        ("lifted >= 50人 or new_company", &["lifted"], false, false),
        ("poor_staff / staff > 30%", &[], true, false),
        ("paid_in + paid_in > 1元", &[], false, true),
        ("paid_in * 2 > 1元 or lifted > 1人", &["lifted"], false, true),
        ("if new_company then lifted > 1人 else in_catalogue", &["in_catalogue"], false, false),
    ] {
        let expr =
            compile(text, ruleset.env(), Want::Bool).map_err(|errors| format!("`{text}`: {errors:?}"))?;
        let Outcome::Unknown(cause) = eval(&expr, &scope) else {
            return Err(format!("`{text}` is known").into());
        };
        let names: Vec<&str> =
            cause.missing.iter().map(|f| ruleset.env().facts()[f.index()].id.as_str()).collect();
        assert_eq!(names, missing, "`{text}`");
        let causes = (
            cause.causes.has(policy::lang::Causes::DIVISION_BY_ZERO),
            cause.causes.has(policy::lang::Causes::OVERFLOW),
        );
        assert_eq!(causes, (zero, overflow), "`{text}`");
    }
    for known in ["new_company and lifted >= 50人", "not new_company or lifted >= 50人"] {
        let expr = compile(known, ruleset.env(), Want::Bool).map_err(|errors| format!("{errors:?}"))?;
        assert!(eval(&expr, &scope).known().is_some(), "`{known}`");
    }
    Ok(())
}

#[test]
fn a_row_is_read_beside_the_case() -> Fails {
    let ruleset = ruleset()?;
    let column = |id: &str, ty: Type| FactDef { id: id.into(), name: Bilingual::new(id, id), ty, tag: 0 };
    let env =
        ruleset.env().with_row([column("line.date", Type::Date), column("line.amount", Type::Money)])?;
    let expr = compile("line.date >= 2016-10-09 and line.amount <= invest_3y", &env, Want::Bool)
        .map_err(|e| format!("{e:?}"))?;
    let case = case(&ruleset, &[])?;
    let scope = ruleset.scope(&case, day("2019-11-01")?, &Overrides::default())?;
    let money = |text| Money::parse_yuan(text).map(Value::Money);
    for (date, amount, holds) in
        [("2016-10-09", "4123456.78", true), ("2016-10-08", "1", false), ("2019-01-01", "4123456.79", false)]
    {
        let row = [Some(Value::Date(day(date)?)), Some(money(amount)?)];
        assert_eq!(
            eval(&expr, &scope.clone().with_row(&row)),
            Outcome::Known(Value::Bool(holds)),
            "{date} {amount}"
        );
    }
    let Outcome::Unknown(cause) = eval(&expr, &scope.with_row(&[None, None])) else {
        return Err("known".into());
    };
    let names: Vec<&str> = cause.missing.iter().map(|fact| env.facts()[fact.index()].id.as_str()).collect();
    assert_eq!(names, ["line.date", "line.amount"]);
    Ok(())
}

#[test]
fn facts_are_read_strictly_and_refused_in_words() -> Fails {
    let ruleset = ruleset()?;
    let share = Value::Ratio(Ratio::percent(30));
    let million = Value::Money(Money::parse_yuan("1000000.00")?);
    for (fact, raw, want) in [
        ("share", Raw::Text("30%"), share),
        ("share", Raw::Text("0.3"), share),
        ("share", Raw::Text("3/10"), share),
        ("paid_in", Raw::Text("1000000.00"), million),
        ("paid_in", Raw::Text("1,000,000.00"), million),
        ("paid_in", Raw::Text("100万元"), million),
        ("staff", Raw::Number("50"), Value::Count(50)),
        ("staff", Raw::Text("50"), Value::Count(50)),
        ("staff", Raw::Text("50人"), Value::Count(50)),
        ("new_company", Raw::Bool(true), Value::Bool(true)),
        ("new_company", Raw::Text("是"), Value::Bool(true)),
        ("mode", Raw::Text("project"), Value::Member(0)),
        ("mode", Raw::Text("生产性补贴"), Value::Member(1)),
        ("county", Raw::Text("甘肃省兰州市榆中县"), Value::Region("620123".parse()?)),
    ] {
        assert_eq!(ruleset.parse_fact(fact, raw)?.1, want, "{fact} {raw:?}");
    }
    for (fact, raw, code) in [
        ("shrae", Raw::Text("30%"), Code::UnknownName),
        ("share", Raw::Text("30"), Code::BadLiteral),
        ("share", Raw::Number("0.3"), Code::BadLiteral),
        ("paid_in", Raw::Number("1000000.5"), Code::BadLiteral),
        ("paid_in", Raw::Text("1.005"), Code::BadLiteral),
        ("staff", Raw::Text("50户"), Code::UnitMismatch),
        ("staff", Raw::Text("50.5人"), Code::TooFine),
        ("staff", Raw::Number("-3"), Code::BadLiteral),
        ("staff", Raw::Text("99999999999999999999"), Code::BadLiteral),
        ("new_company", Raw::Text("也许"), Code::BadLiteral),
        ("mode", Raw::Text("projekt"), Code::NotAMember),
        ("county", Raw::Text("通州区"), Code::UnknownRegion),
        ("county", Raw::Text("632399"), Code::UnknownRegion),
    ] {
        let error = ruleset.parse_fact(fact, raw).err().ok_or_else(|| format!("{fact} {raw:?} was taken"))?;
        assert_eq!(error.error.code, code, "{fact} {raw:?}: {error}");
        assert!(
            !error.error.message_zh.is_empty()
                && !error.error.hint_zh.is_empty()
                && !error.error.hint_en.is_empty()
        );
    }
    let several = ruleset.case_from([
        ("shrae", Raw::Text("30%")),
        ("staff", Raw::Text("x")),
        ("lifted", Raw::Text("1")),
    ]);
    assert_eq!(several.err().map(|errors| errors.len()), Some(2));
    assert!(parse_value("30%", &Type::Regions, ruleset.env()).is_err());
    Ok(())
}
