//! Registers: what a line keeps of what was typed, what is computed of it, and what is computed again over sums.

use kernel::{Date, Money};
use policy::lang::Value;
use policy::pack::{ElementKind, Language, Pack, Source};
use policy::register::{Register, Sums};

const LIFE: &str = include_str!("faults/ok-life.md");

fn pack() -> Pack {
    Pack::load(Source { name: "life.md".into(), text: LIFE.into() }).unwrap_or_else(|found| panic!("{found}"))
}

fn wan(wan: i64) -> Option<Value> {
    Some(Value::Money(Money::from_fen(wan * 1_000_000)))
}

/// A line of `entries`: amount, poor village, allotted; the rest is computed or beside it.
fn line(amount: Option<Value>, poor: bool, allotted: Option<Value>) -> Vec<Option<Value>> {
    vec![amount, Some(Value::Bool(poor)), allotted, None, None, None]
}

fn entries(pack: &Pack) -> &Register {
    pack.registers.get("entries").expect("the register")
}

#[test]
fn what_was_typed_is_kept_in_its_canonical_spelling() {
    let pack = pack();
    let register = entries(&pack);
    let kept = |id: &str, text: &str| {
        let (_, column) = register.column(id).expect("a column");
        register.kept(&pack, column, text)
    };
    for (id, typed, expected) in [
        ("listed_amount", "12万元", "120000.00"),
        ("listed_amount", " 500 ", "500.00"),
        ("listed_amount", "十几万", "十几万"),
        ("listed_amount", "", ""),
        ("poor", "是", "true"),
        ("poor", "false", "false"),
    ] {
        assert_eq!(kept(id, typed), expected, "{id} {typed}");
    }
    let (_, column) = register.column("listed_amount").expect("a column");
    assert_eq!(register.value(column, "120000.00"), wan(12));
    assert_eq!(register.value(column, "十几万"), None);
}

#[test]
fn a_share_is_computed_of_each_line_and_again_of_the_sums() {
    let pack = pack();
    let register = entries(&pack);
    let reading = register.on(&pack, Date::new(2018, 12, 31).expect("a date"));
    let mut sums = Sums::default();
    let share = |values: &[Option<Value>]| match values[3] {
        Some(Value::Ratio(share)) => share.to_string(),
        other => format!("{other:?}"),
    };
    for (mut values, expected, alarms) in [
        (line(wan(10), true, wan(5)), "50%", vec![]),
        (line(wan(30), false, wan(30)), "100%", vec![]),
        (line(wan(1), true, wan(2)), "200%", vec![0]),
        (line(None, true, wan(4)), "None", vec![]),
    ] {
        reading.solve(&mut values);
        assert_eq!(share(&values), expected);
        assert_eq!(reading.alarms(&values), alarms);
        sums.add(register, &values, !alarms.is_empty());
    }
    reading.finish(&mut sums);
    assert_eq!((sums.lines, sums.alarmed), (4, 1));
    assert_eq!(sums.values[0], wan(41));
    assert_eq!(sums.values[1], Some(Value::Count(3)), "how many are poor");
    assert_eq!(sums.values[2], wan(41));
    assert_eq!(share(&sums.values), "100%", "the share of the sums, not the sum of shares");
    assert_eq!(sums.values[4], None, "days are not summed up");
}

#[test]
fn a_sum_that_cannot_be_held_is_not_known() {
    let pack = pack();
    let register = entries(&pack);
    let reading = register.on(&pack, Date::new(2018, 12, 31).expect("a date"));
    let mut sums = Sums::default();
    for amount in [Some(Value::Money(Money::MAX)), wan(1), wan(1)] {
        sums.add(register, &line(amount, false, wan(1)), false);
    }
    reading.finish(&mut sums);
    assert_eq!((sums.values[0], sums.values[3]), (None, None));
    assert_eq!(sums.values[2], wan(3));
}

#[test]
fn a_register_is_described_in_both_languages() {
    let pack = pack();
    let of = |language| pack.describe(pack.element(ElementKind::Register, "entries").expect("it"), language);
    let zh = of(Language::Zh).join("\n");
    for said in ["入库", "申请金额", "已安排资金", "年度", "安排多于申请", "开工台账"]
    {
        assert!(zh.contains(said), "{said}: {zh}");
    }
    let en = of(Language::En).join("\n");
    for said in ["Entry", "Amount", "money allotted", "year", "more than asked for", "Works begun"] {
        assert!(en.contains(said), "{said}: {en}");
    }
}
