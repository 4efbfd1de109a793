//! Money: strict form, printing, and arithmetic against i128.

use super::*;
use proptest::prelude::*;

const ROUNDINGS: [Rounding; 4] = [Rounding::Down, Rounding::Up, Rounding::HalfUp, Rounding::HalfEven];

fn yuan(text: &str) -> Money {
    Money::parse_yuan(text).unwrap()
}

#[test]
fn the_strict_form() {
    let cases = [
        ("18605", 18_605_00),
        ("18605.5", 18_605_50),
        ("18605.00", 18_605_00),
        ("-3.20", -3_20),
        ("0", 0),
        ("-0.00", 0),
        ("0.01", 1),
        ("92233720368547758.07", i64::MAX),
        ("-92233720368547758.08", i64::MIN),
    ];
    for (text, fen) in cases {
        assert_eq!(Money::parse_yuan(text), Ok(Money::from_fen(fen)), "{text}");
    }
    use MoneyError as E;
    let refused = [
        ("", E::NotMoney),
        ("-", E::NotMoney),
        ("1,000", E::NotMoney),
        ("¥1", E::NotMoney),
        (" 1", E::NotMoney),
        ("+1", E::NotMoney),
        ("1.", E::NotMoney),
        (".1", E::NotMoney),
        ("1.0.0", E::NotMoney),
        ("1e3", E::NotMoney),
        ("１", E::NotMoney),
        ("1.000", E::FinerThanFen),
        ("92233720368547758.08", E::OutOfRange),
        ("-92233720368547758.09", E::OutOfRange),
        ("99999999999999999999999999999999999999999999", E::OutOfRange),
    ];
    for (text, error) in refused {
        assert_eq!(Money::parse_yuan(text), Err(error), "{text}");
    }
}

#[test]
fn printing_plain_grouped_and_in_ten_thousands() {
    let cases = [
        (18_605_00, "18605.00", "18,605.00", "1.8605"),
        (0, "0.00", "0.00", "0"),
        (1, "0.01", "0.01", "0.000001"),
        (-1, "-0.01", "-0.01", "-0.000001"),
        (999_99, "999.99", "999.99", "0.099999"),
        (1_000_00, "1000.00", "1,000.00", "0.1"),
        (-1_234_567_89, "-1234567.89", "-1,234,567.89", "-123.456789"),
        (400_000_00, "400000.00", "400,000.00", "40"),
        (i64::MAX, "92233720368547758.07", "92,233,720,368,547,758.07", "9223372036854.775807"),
        (i64::MIN, "-92233720368547758.08", "-92,233,720,368,547,758.08", "-9223372036854.775808"),
    ];
    for (fen, plain, grouped, wan) in cases {
        let money = Money::from_fen(fen);
        assert_eq!(
            (money.to_string().as_str(), money.grouped().as_str(), money.wan().as_str()),
            (plain, grouped, wan)
        );
    }
}

#[test]
fn times_rounds_once_and_as_named() {
    let third = Ratio::new(1, 3).unwrap();
    let results = ROUNDINGS.map(|r| yuan("100.00").times(third, r).map(Money::fen));
    assert_eq!(results, [Some(33_33), Some(33_34), Some(33_33), Some(33_33)]);
    let half = Ratio::new(1, 2).unwrap();
    let results = ROUNDINGS.map(|r| yuan("-0.05").times(half, r).map(Money::fen));
    assert_eq!(results, [Some(-2), Some(-3), Some(-3), Some(-2)]);
    assert_eq!(Money::MAX.times(Ratio::new(2, 1).unwrap(), Rounding::Down), None);
    assert_eq!(yuan("30.00").part_of(yuan("100.00")), Some(Ratio::percent(30)));
    assert_eq!(yuan("30.00").part_of(Money::ZERO), None);
}

#[test]
fn overflow_is_an_answer() {
    let (least, fen) = (Money::from_fen(i64::MIN), Money::from_fen(1));
    assert_eq!(
        (Money::MAX.checked_add(fen), least.checked_sub(fen), least.checked_neg()),
        (None, None, None)
    );
    assert_eq!((Money::MAX.checked_mul(2), Money::sum([Money::MAX, fen])), (None, None));
    // The total counts, not the way there.
    assert_eq!(Money::sum([Money::MAX, fen, fen.checked_neg().unwrap()]), Some(Money::MAX));
    assert_eq!(Money::sum([]), Some(Money::ZERO));
}

proptest! {
    #![proptest_config(crate::testing::seeded())]

    #[test]
    fn sums_and_products_against_i128(a in any::<i64>(), b in any::<i64>()) {
        let (x, y) = (Money::from_fen(a), Money::from_fen(b));
        let (a, b) = (i128::from(a), i128::from(b));
        let fits = |n: i128| i64::try_from(n).ok().map(Money::from_fen);
        prop_assert_eq!(x.checked_add(y), fits(a + b));
        prop_assert_eq!(x.checked_sub(y), fits(a - b));
        prop_assert_eq!(x.checked_mul(y.fen()), fits(a * b));
        prop_assert_eq!(Money::sum([x, y, x]), fits(a + b + a));
    }

    #[test]
    fn a_product_is_off_by_less_than_a_fen_and_on_the_named_side(
        fen in -1_000_000_000_000_i64..1_000_000_000_000, num in -1_000_i64..1_000, den in 1_i64..1_000,
    ) {
        let exact = (i128::from(fen) * i128::from(num), i128::from(den));
        for rounding in ROUNDINGS {
            let ratio = Ratio::new(num, den).unwrap();
            let got = i128::from(Money::from_fen(fen).times(ratio, rounding).unwrap().fen());
            let error = got * exact.1 - exact.0;
            prop_assert!(error.abs() < exact.1);
            match rounding {
                Rounding::Down => prop_assert!((got * exact.1).abs() <= exact.0.abs()),
                Rounding::Up => prop_assert!((got * exact.1).abs() >= exact.0.abs()),
                Rounding::HalfUp | Rounding::HalfEven => prop_assert!(2 * error.abs() <= exact.1),
            }
        }
    }
}
