//! Every fault of a ruleset that is not one of its expressions, each found beside the others.

use crate::tj::{Fails, day};
use kernel::money::Money;
use policy::lang::{Bilingual, DefineError, EnumDef, Member, RoundTo, Shape, Type, Value, parse_type};
use policy::ruleset::{
    Builder, Citation, Fault, GrantMeta, ParamMeta, ParamValue, RuleKind, RuleMeta, Span, Version,
};

fn builder() -> Fails<Builder> {
    let mut b =
        Builder::new(Span { from: day("2019-10-09")?, until: day("2020-12-31")?, round: RoundTo::default() });
    let member = |id: &str| Member { id: id.into(), name: Bilingual::new(id, id) };
    let members = vec![member("project"), member("production")];
    b.enumeration(EnumDef { id: "mode".into(), name: Bilingual::default(), members, tag: 1 })?;
    Ok(b)
}

fn param(id: &str, shape: Shape, versions: &[(&str, ParamValue, u32)]) -> Fails<ParamMeta> {
    let mut dated = Vec::new();
    for (from, value, tag) in versions {
        dated.push(Version { from: day(from)?, value: value.clone(), basis: None, tag: *tag });
    }
    Ok(ParamMeta {
        id: id.into(),
        ty: Type::Money,
        shape,
        name: Bilingual::default(),
        cite: Citation::default(),
        set_by: None,
        versions: dated,
        tag: 40,
    })
}

fn rule(id: &str, text: &str, tag: u32) -> RuleMeta {
    RuleMeta {
        id: id.into(),
        kind: RuleKind::Need,
        name: Bilingual::default(),
        cite: Citation::default(),
        text: text.into(),
        interpretations: Vec::new(),
        tag,
    }
}

#[test]
fn all_faults_at_once() -> Fails {
    let mut b = builder()?;
    let money = |fen| ParamValue::One(Value::Money(Money::from_fen(fen)));
    let mode = Shape::Table(b.env().enum_named("mode").ok_or("mode")?);
    b.param(param("empty", Shape::Scalar, &[])?)?;
    b.param(param("late", Shape::Scalar, &[("2019-11-01", money(1), 50)])?)?;
    b.param(param("twice", Shape::Scalar, &[("2019-10-09", money(1), 51), ("2019-10-09", money(2), 52)])?)?;
    b.param(param("after", Shape::Scalar, &[("2019-01-01", money(1), 53), ("2021-01-01", money(2), 54)])?)?;
    let half = ParamValue::Each(vec![(1, Value::Money(Money::ZERO))]);
    b.param(param("half", mode, &[("2019-10-09", half, 55)])?)?;
    b.param(param("wrong", Shape::Scalar, &[("2019-10-09", ParamValue::One(Value::Bool(true)), 56)])?)?;
    b.rule(rule("same", "true", 60));
    b.rule(rule("same", "hlaf[project] > 1元", 61));
    let grant = GrantMeta {
        cite: Citation::default(),
        text: "late".into(),
        in_principle: vec!["after".into()],
        exceed_by: None,
        interpretations: Vec::new(),
        tag: 70,
    };
    b.grant(grant.clone());
    b.grant(GrantMeta { tag: 71, ..grant });
    let faults = b.build().err().ok_or("built")?;
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "`empty` has no value",
            "`late` has no value from 2019-10-09: its first version begins on 2019-11-01",
            "`twice` has two versions from 2019-10-09",
            "`after` has a version from 2021-01-01, after the end",
            "`half` has no value for project",
            "a value of `wrong` is not of its type",
            "the rule `same` is defined twice",
            "E010: the name `hlaf` is not defined",
            "the grant is defined twice",
            "`after` is not a parameter of the amount",
            "limits in principle need the role that may go past them",
        ]
    );
    assert!(faults.contains(&Fault::VersionTwice {
        param: "twice".into(),
        from: day("2019-10-09")?,
        first: 51,
        second: 52
    }));
    assert!(faults.contains(&Fault::GrantTwice { first: 70, second: 71 }));
    Ok(())
}

#[test]
fn a_name_means_one_thing() -> Fails {
    let mut b = builder()?;
    let money = ParamValue::One(Value::Money(Money::ZERO));
    let named = |id: &str| param(id, Shape::Scalar, &[("2019-10-09", money.clone(), 0)]);
    b.param(named("cap")?)?;
    assert!(matches!(b.param(named("cap")?), Err(DefineError::Taken { first: 40, second: 40, .. })));
    assert!(matches!(b.param(named("project")?), Err(DefineError::Taken { first: 1, second: 40, .. })));
    assert!(matches!(b.param(named("min")?), Err(DefineError::Reserved { .. })));
    assert!(matches!(b.param(named("金额")?), Err(DefineError::Malformed { .. })));
    assert!(matches!(b.param(named("a..b")?), Err(DefineError::Malformed { .. })));
    assert_eq!(parse_type("人", b.env()).is_some(), parse_type("户", b.env()).is_some());
    assert_eq!(parse_type("nothing", b.env()), None);
    Ok(())
}
