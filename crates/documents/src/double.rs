//! The one place that knows how a spreadsheet stores numbers: as doubles. They become exact decimal texts on the way in
//! and are made from exact decimal texts on the way out; nothing is computed with them in between, so a typed 96.54712
//! comes back as 96.54712. A result of a formula is taken to the fifteen digits that the spreadsheet shows.

/// How many decimal digits a double keeps for certain, and a spreadsheet shows.
pub(crate) const DIGITS: usize = 15;

/// What a spreadsheet stores.
pub(crate) type Double = f64;

/// The shortest decimal text that stands for the stored number; `None` when it is no number.
pub(crate) fn shortest(value: Double) -> Option<String> {
    value.is_finite().then(|| plain(value.to_string()))
}

/// The decimal text of a formula's result, to fifteen significant digits; `None` when it is no number.
pub(crate) fn shown(value: Double) -> Option<String> {
    let rounded: Double = format!("{value:.*e}", DIGITS - 1).parse().ok()?;
    shortest(rounded)
}

fn plain(text: String) -> String {
    if text == "-0" { "0".to_owned() } else { text }
}

/// The double of a decimal text, if it keeps all of its digits.
pub(crate) fn exact(text: &str) -> Option<Double> {
    let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    if digits > DIGITS { None } else { text.parse().ok() }
}

/// The whole days of a serial date.
pub(crate) fn whole_days(value: Double) -> Option<i64> {
    shortest(value)?.split('.').next()?.parse().ok()
}

/// A width in characters and hundredths of one.
pub(crate) fn width(hundredths: u32) -> Double {
    Double::from(hundredths) / Double::from(100_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_number_keeps_its_typed_digits() {
        let cases = [
            ("96.547120000000007".parse().unwrap(), "96.54712"),
            (18605.0, "18605"),
            (0.1, "0.1"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
            (1e-7, "0.0000001"),
        ];
        for (stored, text) in cases {
            assert_eq!(shortest(stored).as_deref(), Some(text));
        }
        assert_eq!((shortest(f64::NAN), shown(f64::INFINITY)), (None, None));
    }

    #[test]
    fn a_formula_gives_what_the_spreadsheet_shows() {
        assert_eq!(shortest(0.1 + 0.2).as_deref(), Some("0.30000000000000004"));
        assert_eq!(shown(0.1 + 0.2).as_deref(), Some("0.3"));
        assert_eq!(shown(1.0 / 3.0).as_deref(), Some("0.333333333333333"));
    }

    #[test]
    fn sixteen_digits_are_not_entrusted_to_a_double() {
        assert!(exact("9999999999999.99").is_some());
        assert_eq!(exact("92233720368547758.07"), None);
        assert_eq!(exact("0.000001"), Some(0.000_001));
    }

    #[test]
    fn days_of_a_date() {
        assert_eq!(whole_days(43819.5), Some(43819));
        assert_eq!(whole_days(f64::NAN), None);
    }
}
