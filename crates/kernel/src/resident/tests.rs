//! Resident numbers: both forms, each refusal at its place, redaction, and that one wrong character is always found.
//! All numbers are the standard's own examples or made up.

use super::*;
use ResidentIdFault as F;
use proptest::prelude::*;

#[test]
fn both_forms_are_read() {
    let cases = [
        ("11010519491231002X", date(1949, 12, 31), "11010519491231002X"),
        ("11010519491231002x", date(1949, 12, 31), "11010519491231002X"),
        ("440524188001010014", date(1880, 1, 1), "440524188001010014"),
        (" １１０１０５１９４９１２３１００２Ｘ ", date(1949, 12, 31), "11010519491231002X"),
        ("110105491231002", date(1949, 12, 31), "11010519491231002X"),
    ];
    for (text, born, modern) in cases {
        let id = ResidentId::parse(text).unwrap();
        assert_eq!((id.born(), id.modern().expose()), (born, modern), "{text}");
        assert_eq!(id.is_old(), id.expose().len() == 15);
    }
}

#[test]
fn what_is_not_a_number_is_refused_at_its_place() {
    let cases = [
        ("", "", F::Empty),
        ("1101051949123100", "1101051949123100", F::Length),
        ("1101051949123100231", "1101051949123100231", F::Length),
        ("1101O519491231002X", "O", F::Character),
        ("110105-19491231002", "-", F::Character),
        ("11010549123100X", "X", F::Character),
        ("010105194912310021", "010105", F::Region),
        ("110105194913310021", "19491331", F::BirthDate),
        ("110105190002290021", "19000229", F::BirthDate),
        ("110105184912310021", "18491231", F::BirthDate),
        ("110105491331002", "491331", F::BirthDate),
        (" 110105194912310021", "1", F::Check),
        ("11010519491231020X", "X", F::Check),
    ];
    for (text, at, fault) in cases {
        let error = ResidentId::parse(text).unwrap_err();
        assert_eq!((&text[error.span], error.fault), (at, fault), "{text}");
    }
}

#[test]
fn nothing_but_expose_gives_the_number() {
    let id = ResidentId::parse("11010519491231002X").unwrap();
    assert_eq!(format!("{id:?}"), "ResidentId(redacted)");
    assert_eq!(format!("{:?}", Some(id)), "Some(ResidentId(redacted))");
    assert_eq!(id.masked(), "110105********002X");
    assert_eq!(ResidentId::parse("110105491231002").unwrap().masked(), "110105******002");
    let error = ResidentId::parse("110105194912310021").unwrap_err();
    assert!(!format!("{error:?} {error}").contains("1949"));
}

#[test]
fn a_made_up_number_gets_its_check_character() {
    assert_eq!(ResidentId::with_check_character("11010519491231002").unwrap().expose(), "11010519491231002X");
    for (text, fault) in [
        ("1101051949123100", F::Length),
        ("1101051949123100X", F::Character),
        ("11010519491331002", F::BirthDate),
    ] {
        assert_eq!(ResidentId::with_check_character(text).unwrap_err().fault, fault, "{text}");
    }
}

fn any_id() -> impl Strategy<Value = ResidentId> {
    let parts = (110_000_u32..820_000, 1900_i16..2020, 1_i8..=12, 1_i8..=28, 0_u16..1000);
    parts.prop_map(|(region, y, m, d, n)| {
        ResidentId::with_check_character(&format!("{region:06}{y:04}{m:02}{d:02}{n:03}")).unwrap()
    })
}

proptest! {
    #![proptest_config(crate::testing::seeded())]

    #[test]
    fn one_wrong_character_is_always_found(id in any_id()) {
        for (at, old) in id.expose().char_indices() {
            for new in "0123456789X".chars().filter(|new| *new != old) {
                let mut text = id.expose().to_owned();
                text.replace_range(at..=at, new.encode_utf8(&mut [0; 4]));
                prop_assert!(ResidentId::parse(&text).is_err(), "{}", text);
            }
        }
    }

    #[test]
    fn two_swapped_neighbours_are_always_found(id in any_id()) {
        for at in 0..17 {
            let mut bytes = id.expose().as_bytes().to_vec();
            bytes.swap(at, at + 1);
            let read = ResidentId::parse(std::str::from_utf8(&bytes).unwrap());
            prop_assert_eq!(read.is_ok(), bytes[at] == bytes[at + 1]);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "[0-9Xx０-９ é-]{0,20}") {
        if let Err(error) = ResidentId::parse(&text) {
            prop_assert!(text.get(error.span).is_some());
        }
    }
}
