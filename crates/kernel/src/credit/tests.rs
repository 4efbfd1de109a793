//! Credit codes: the standard's example, each refusal at its place, redaction, and that one wrong character is always
//! found. All codes are examples or made up.

use super::*;
use CreditCodeFault as F;
use proptest::prelude::*;

#[test]
fn codes_are_read() {
    for text in ["91350100M000100Y43", "91350100m000100y43", " ９１３５０１００Ｍ０００１００Ｙ４３ "]
    {
        let code = CreditCode::parse(text).unwrap();
        assert_eq!((code.expose(), code.region_digits()), ("91350100M000100Y43", "350100"), "{text}");
    }
}

#[test]
fn what_is_not_a_code_is_refused_at_its_place() {
    let cases = [
        ("", "", F::Empty),
        ("91350100M000100Y4", "91350100M000100Y4", F::Length),
        ("91350100M000100Y433", "91350100M000100Y433", F::Length),
        ("91350100M0O0100Y43", "O", F::Character),
        ("91350100I000100Y43", "I", F::Character),
        ("91350100M000100Y4-", "-", F::Character),
        ("9135A100M000100Y43", "35A100", F::Region),
        ("91350100M000100Y44", "4", F::Check),
        ("91350100M000110Y43", "3", F::Check),
    ];
    for (text, at, fault) in cases {
        let error = CreditCode::parse(text).unwrap_err();
        assert_eq!((&text[error.span], error.fault), (at, fault), "{text}");
    }
}

#[test]
fn debug_and_refusals_leave_the_code_out() {
    let code = CreditCode::parse("91350100M000100Y43").unwrap();
    assert_eq!(format!("{code:?}"), "CreditCode(redacted)");
    assert_eq!(code.masked(), "913501**********43");
    assert!(!format!("{:?}", CreditCode::parse("91350100M000100Y44")).contains("M000100"));
}

#[test]
fn a_made_up_code_gets_its_check_characters() {
    assert_eq!(CreditCode::with_check_character("91350100M000100Y4").unwrap().expose(), "91350100M000100Y43");
    assert_eq!(CreditCode::with_check_character("91350100M000100Y").unwrap().expose(), "91350100M000100Y43");
    for (text, fault) in
        [("91350100M000100", F::Length), ("913501é0M000100Y", F::Length), ("9135010OM000100Y", F::Character)]
    {
        assert_eq!(CreditCode::with_check_character(text).unwrap_err().fault, fault, "{text}");
    }
}

proptest! {
    #![proptest_config(crate::testing::seeded())]

    #[test]
    fn one_wrong_character_is_always_found(head in "[19][1-3][1-8][0-9]{5}[0-9A-HJ-NP-RTUWXY]{8}") {
        let code = CreditCode::with_check_character(&head).unwrap();
        prop_assert_eq!(CreditCode::parse(code.expose()), Ok(code));
        for (at, old) in code.expose().char_indices() {
            for new in ALPHABET.iter().map(|b| char::from(*b)).filter(|new| *new != old) {
                let mut text = code.expose().to_owned();
                text.replace_range(at..=at, new.encode_utf8(&mut [0; 4]));
                prop_assert!(CreditCode::parse(&text).is_err(), "{}", text);
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "[0-9A-Za-zＡ é-]{0,20}") {
        if let Err(error) = CreditCode::parse(&text) {
            prop_assert!(text.get(error.span).is_some());
        }
    }
}
