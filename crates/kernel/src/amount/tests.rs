//! Amounts: what offices write, what is refused and where, both sides of the fen.

use super::*;
use AmountFault as F;

fn fen(text: &str) -> i64 {
    match parse_amount(text, AmountUnit::Yuan) {
        Ok(amount) => amount.money.fen(),
        Err(error) => panic!("{text}: {error:?}"),
    }
}

#[test]
fn amounts_as_offices_write_them() {
    let cases = [
        ("18605", 18_605_00),
        ("18,605.00", 18_605_00),
        ("18605.5", 18_605_50),
        ("96.54712万元", 965_471_20),
        ("20万元", 200_000_00),
        ("20 万元", 200_000_00),
        ("20万", 200_000_00),
        ("0.5亿元", 50_000_000_00),
        ("1亿", 100_000_000_00),
        ("3千元", 3_000_00),
        ("2百万元", 2_000_000_00),
        ("4千万元", 40_000_000_00),
        ("500元整", 500_00),
        ("¥18,605.00", 18_605_00),
        ("￥ 18605", 18_605_00),
        ("人民币18605元", 18_605_00),
        ("人民币￥1,234,567.89元", 1_234_567_89),
        ("１８，６０５．００", 18_605_00),
        ("  18605.00\t", 18_605_00),
        ("0", 0),
        ("0.00", 0),
        ("0.01", 1),
        ("1.000", 100),
        ("0.000001万元", 1),
        ("-500.00", -500_00),
        ("－500元", -500_00),
        ("¥-3.20", -3_20),
        ("-¥3.20", -3_20),
        ("999,999.99", 999_999_99),
        ("1,000,000.00", 1_000_000_00),
        ("92233720368547758.07", i64::MAX),
        ("-92233720368547758.08", i64::MIN),
    ];
    for (text, want) in cases {
        assert_eq!(fen(text), want, "{text}");
    }
}

#[test]
fn a_bare_number_counts_in_the_unit_of_its_column_and_a_written_unit_wins() {
    let read = |text, unit| parse_amount(text, unit).map(|a| a.money.fen());
    assert_eq!(read("20", AmountUnit::Wan), Ok(200_000_00));
    assert_eq!(read("0.5", AmountUnit::Yi), Ok(50_000_000_00));
    assert_eq!(read("18605元", AmountUnit::Wan), Ok(18_605_00));
    assert_eq!(read("20万元", AmountUnit::Yi), Ok(200_000_00));
}

#[test]
fn the_printed_form_is_kept() {
    let amount = parse_amount(" ９６.５４７１２ 万元 ", AmountUnit::Yuan).unwrap();
    assert_eq!(
        (amount.money.to_string().as_str(), amount.printed.as_str()),
        ("965471.20", "９６.５４７１２ 万元")
    );
}

#[test]
fn what_is_unclear_is_refused_at_its_place() {
    let cases = [
        ("", "", F::Empty),
        (" \u{3000} ", "", F::Empty),
        ("10(其中,灾情因素6万元)", "(其中,灾情因素6万元)", F::Annotated),
        ("10（其中6万元）", "（其中6万元）", F::Annotated),
        ("(500)", "(500)", F::Annotated),
        ("约20万元", "约", F::Approximate),
        ("20万元左右", "左右", F::Approximate),
        ("20余万元", "余", F::Approximate),
        ("不超过40万元", "不超过", F::Approximate),
        ("30%", "30%", F::Percentage),
        ("30％", "30％", F::Percentage),
        ("100美元", "美元", F::OtherCurrency),
        ("$100", "$", F::OtherCurrency),
        ("壹万元", "壹万", F::InWords),
        ("三千元", "三千", F::InWords),
        ("1.86E+05", "E+05", F::Scientific),
        ("20-30万元", "-", F::Span),
        ("20至30万元", "至", F::Span),
        ("20～30万元", "～", F::Span),
        ("万元", "万元", F::NoNumber),
        ("-", "-", F::NoNumber),
        ("¥", "¥", F::NoNumber),
        ("待定", "待定", F::NoNumber),
        ("+500", "+500", F::NoNumber),
        ("18605.", "18605.", F::Point),
        (".5", ".5", F::Point),
        ("1.234.567", "1.234.567", F::Point),
        ("1,86,05", "1,86,05", F::Grouping),
        ("1,8605", "1,8605", F::Grouping),
        ("18605,00", "18605,00", F::Grouping),
        ("1860,500", "1860,500", F::Grouping),
        (",605", ",605", F::Grouping),
        ("1.605,5", "1.605,5", F::Grouping),
        ("018605", "018605", F::LeadingZero),
        ("0,605", "0,605", F::LeadingZero),
        ("18 605", "18 605", F::Blank),
        ("3万5千元", "万5千元", F::SeveralNumbers),
        ("5元3角", "元3角", F::SeveralNumbers),
        ("5元、6元", "元、6元", F::SeveralNumbers),
        ("5角", "角", F::UnknownUnit),
        ("20万户", "万户", F::UnknownUnit),
        ("50人", "人", F::UnknownUnit),
        ("0.001", "0.001", F::FinerThanFen),
        ("18605.005元", "18605.005", F::FinerThanFen),
        ("96.5471234万元", "96.5471234", F::FinerThanFen),
        ("0.30000000000000004", "0.30000000000000004", F::FinerThanFen),
        ("92233720368547758.08", "92233720368547758.08", F::OutOfRange),
        ("922337203685477.5808亿元", "922337203685477.5808", F::OutOfRange),
        ("1234567890123456789012345678901", "1234567890123456789012345678901", F::OutOfRange),
    ];
    for (text, at, fault) in cases {
        let error = parse_amount(text, AmountUnit::Yuan).unwrap_err();
        assert_eq!((&text[error.span], error.fault), (at, fault), "{text}");
    }
}

#[test]
fn every_refusal_says_what_and_how_to_mend_it_in_two_languages() {
    use crate::explain::Explain;
    let error = parse_amount("1,86,05", AmountUnit::Yuan).unwrap_err();
    assert_eq!(error.message_zh(), "逗号没有三位一分，看不出是多少");
    assert_eq!(error.message_en(), "the commas do not part groups of three digits");
    assert!(error.hint_zh().contains("18,605.00") && error.hint_en().contains("18,605.00"));
    assert_eq!(error.to_string(), error.message_en());
}

proptest::proptest! {
    #![proptest_config(crate::testing::seeded())]

    #[test]
    fn whatever_money_prints_is_read_back(fen in proptest::num::i64::ANY) {
        let money = Money::from_fen(fen);
        for text in [money.to_string(), money.grouped(), format!("{}万元", money.wan()), format!("¥{money}元")] {
            let read = parse_amount(&text, AmountUnit::Yuan).map(|a| a.money);
            proptest::prop_assert_eq!(read, Ok(money), "{}", text);
        }
        proptest::prop_assert_eq!(Money::parse_yuan(&money.to_string()), Ok(money));
    }

    #[test]
    fn no_text_makes_it_panic_and_a_span_is_always_inside(text in "[ 0-9,.万元亿千¥￥约%()（）Ee+~至壹，．０１-]{0,12}") {
        if let Err(error) = parse_amount(&text, AmountUnit::Wan) {
            proptest::prop_assert!(text.get(error.span.clone()).is_some(), "{:?} {:?}", text, error);
            proptest::prop_assert!(!error.span.is_empty() || text.trim().is_empty(), "{:?} {:?}", text, error);
        }
    }

    #[test]
    fn a_plain_spelling_means_what_the_careful_reading_finds(text in "[0-9]{0,8}[.]?[0-9]{0,9}[ ,.元]?") {
        for unit in [AmountUnit::Yuan, AmountUnit::Wan, AmountUnit::Yi] {
            let careful = Cell::new(&text).read(unit).ok();
            let quick = plain(&text, unit);
            proptest::prop_assert!(quick.is_none() || quick == careful, "{:?} {:?} {:?}", text, quick, careful);
        }
    }
}
