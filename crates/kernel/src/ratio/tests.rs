//! Ratios: forms, refusals, order, truncation; arithmetic against i128.

use super::*;
use RatioFault as F;
use proptest::prelude::*;

fn ratio(num: i64, den: i64) -> Ratio {
    Ratio::new(num, den).unwrap()
}

#[test]
fn the_forms_that_regulations_print() {
    let cases = [
        ("30%", 3, 10, "30%"),
        ("30 %", 3, 10, "30%"),
        ("３０％", 3, 10, "30%"),
        ("33.33%", 3333, 10_000, "33.33%"),
        ("0.0001%", 1, 1_000_000, "0.0001%"),
        ("0.00001%", 1, 10_000_000, "1/10000000"),
        ("150%", 3, 2, "150%"),
        ("1/3", 1, 3, "1/3"),
        ("2 / 6", 1, 3, "1/3"),
        ("2/3", 2, 3, "2/3"),
        ("0.3", 3, 10, "30%"),
        ("1.0", 1, 1, "100%"),
        ("0", 0, 1, "0%"),
        ("0/7", 0, 1, "0%"),
        ("-5%", -1, 20, "-5%"),
        ("-1/3", -1, 3, "-1/3"),
        ("三分之二", 2, 3, "2/3"),
        ("二分之一", 1, 2, "50%"),
        ("百分之三十", 3, 10, "30%"),
        ("百分之三十三点三三", 3333, 10_000, "33.33%"),
        ("百分之六点五", 13, 200, "6.5%"),
        ("百分之百", 1, 1, "100%"),
        ("百分之30", 3, 10, "30%"),
        ("百分之6.5", 13, 200, "6.5%"),
        ("千分之五", 1, 200, "0.5%"),
        ("万分之一", 1, 10_000, "0.01%"),
    ];
    for (text, num, den, printed) in cases {
        let read = Ratio::parse(text).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert_eq!((read.num(), read.den(), read.to_string().as_str()), (num, den, printed), "{text}");
        assert_eq!(Ratio::parse(printed), Ok(read), "{printed}");
    }
}

#[test]
fn what_is_not_a_ratio_is_refused_at_its_place() {
    let cases = [
        ("", "", F::Empty),
        (" ", "", F::Empty),
        (" 30 ", "30", F::NoUnit),
        ("1", "1", F::NoUnit),
        ("-30", "-30", F::NoUnit),
        ("30.0", "30.0", F::DecimalAboveOne),
        ("1.01", "1.01", F::DecimalAboveOne),
        ("1/0", "1/0", F::ZeroDenominator),
        ("零分之一", "零分之一", F::ZeroDenominator),
        ("0.1234567890123456", "0.1234567890123456", F::OutOfRange),
        ("1/92233720368547758079", "1/92233720368547758079", F::OutOfRange),
        ("约30%", "约30%", F::NotARatio),
        ("30%%", "30%%", F::NotARatio),
        ("30.%", "30.%", F::NotARatio),
        (".3", ".3", F::NotARatio),
        ("1/3/5", "1/3/5", F::NotARatio),
        ("1/-3", "1/-3", F::NotARatio),
        ("1.5/3", "1.5/3", F::NotARatio),
        ("三分之", "三分之", F::NotARatio),
        ("三成", "三成", F::NotARatio),
        ("一半", "一半", F::NotARatio),
        ("百分之三点", "百分之三点", F::NotARatio),
    ];
    for (text, at, fault) in cases {
        let error = Ratio::parse(text).unwrap_err();
        assert_eq!((&text[error.span], error.fault), (at, fault), "{text}");
    }
}

#[test]
fn a_shown_percentage_never_reaches_a_threshold_that_the_ratio_does_not() {
    let cases = [
        (ratio(3, 10), 2, "30%"),
        (ratio(299_999, 1_000_000), 2, "29.99%"),
        (ratio(299_999, 1_000_000), 0, "29%"),
        (ratio(1, 3), 2, "33.33%"),
        (ratio(2, 3), 2, "66.66%"),
        (ratio(2, 3), 0, "66%"),
        (ratio(1, 3), 12, "33.333333333%"),
        (ratio(1, 200), 2, "0.5%"),
        (ratio(1, 100_000), 2, "0%"),
        (ratio(-1, 3), 2, "-33.34%"),
        (ratio(i64::MAX, 1), 2, "922337203685477580700%"),
    ];
    for (ratio, decimals, want) in cases {
        assert_eq!(ratio.percent_truncated(decimals), want, "{ratio:?}");
    }
}

#[test]
fn building_reduces_and_refuses_what_does_not_fit() {
    assert_eq!(Ratio::new(1, 0), None);
    assert_eq!(Ratio::new(i64::MIN, -1), None);
    assert_eq!((ratio(6, -4).num(), ratio(6, -4).den()), (-3, 2));
    assert_eq!((ratio(i64::MIN, i64::MIN), ratio(0, -5)), (Ratio::ONE, Ratio::ZERO));
    assert_eq!(
        (Ratio::percent(30), Ratio::percent(100), Ratio::percent(0)),
        (ratio(3, 10), Ratio::ONE, Ratio::ZERO)
    );
    assert_eq!(ratio(1, i64::MAX).checked_add(ratio(1, i64::MAX - 1)), None);
    assert_eq!(Ratio::ONE.checked_div(Ratio::ZERO), None);
}

fn any_ratio() -> impl Strategy<Value = Ratio> {
    (-1_000_000_i64..1_000_000, 1_i64..1_000_000).prop_map(|(num, den)| ratio(num, den))
}

/// `a == num/den` without reducing.
fn is(a: Option<Ratio>, num: i128, den: i128) -> bool {
    a.is_some_and(|a| i128::from(a.num()) * den == num * i128::from(a.den()) && a.den() > 0)
}

proptest! {
    #![proptest_config(crate::testing::seeded())]

    #[test]
    fn arithmetic_is_exact(a in any_ratio(), b in any_ratio()) {
        let (p, q, r, s) = a.wide(b);
        prop_assert!(is(a.checked_add(b), p * s + r * q, q * s));
        prop_assert!(is(a.checked_sub(b), p * s - r * q, q * s));
        prop_assert!(is(a.checked_mul(b), p * r, q * s));
        if r != 0 {
            prop_assert!(is(a.checked_div(b), p * s, q * r));
        }
        prop_assert_eq!(a.cmp(&b), (p * s).cmp(&(r * q)));
        prop_assert_eq!(a == b, p * s == r * q);
    }

    #[test]
    fn what_is_printed_is_read_back(num in any::<i64>(), den in 1..i64::MAX) {
        let ratio = ratio(num, den);
        prop_assert_eq!(Ratio::parse(&ratio.to_string()), Ok(ratio));
    }

    #[test]
    fn a_truncated_percentage_is_at_most_the_ratio_and_less_than_a_step_below(ratio in any_ratio(), decimals in 0_u32..5) {
        let shown = Ratio::parse(&ratio.percent_truncated(decimals)).unwrap();
        let step = Ratio::new(1, 100 * 10_i64.pow(decimals)).unwrap();
        prop_assert!(shown <= ratio && ratio < shown.checked_add(step).unwrap());
    }

    #[test]
    fn no_text_makes_it_panic(text in "[-0-9./%三分之百点零二 十％]{0,10}") {
        if let Err(error) = Ratio::parse(&text) {
            prop_assert!(text.get(error.span).is_some());
        }
    }
}
