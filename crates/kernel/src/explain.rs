//! What every parse refusal of this crate can say: where, what, and how to mend it, in two languages.
//! Rendering with carets or HTML is the edge's business.

use std::ops::Range;

/// A refusal that a person at a desk can act on. `Display` of the same type is the English message.
pub trait Explain {
    /// The bytes of the input that could not be read; never outside the input, empty only for an empty input.
    fn span(&self) -> Range<usize>;
    /// What is wrong, in plain office Chinese.
    fn message_zh(&self) -> String;
    /// What is wrong, in English.
    fn message_en(&self) -> String;
    /// How to mend it, in Chinese.
    fn hint_zh(&self) -> String;
    /// How to mend it, in English.
    fn hint_en(&self) -> String;
}

/// Four fixed texts: what is wrong and how to mend it, Chinese and English. Used by the error tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub zh: &'static str,
    pub en: &'static str,
    pub hint_zh: &'static str,
    pub hint_en: &'static str,
}

/// Implements [`Explain`], `Display` and `Error` for an error with a `span` field from its four words.
macro_rules! explained {
    ($error:ty, $this:ident => $words:expr) => {
        impl $crate::explain::Explain for $error {
            fn span(&self) -> ::std::ops::Range<usize> {
                self.span.clone()
            }
            fn message_zh(&$this) -> String {
                $words.zh.to_owned()
            }
            fn message_en(&$this) -> String {
                $words.en.to_owned()
            }
            fn hint_zh(&$this) -> String {
                $words.hint_zh.to_owned()
            }
            fn hint_en(&$this) -> String {
                $words.hint_en.to_owned()
            }
        }

        impl ::std::fmt::Display for $error {
            fn fmt(&$this, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str($words.en)
            }
        }

        impl ::std::error::Error for $error {}
    };
}
pub(crate) use explained;

#[cfg(test)]
mod tests {
    use super::Explain;
    use crate::amount::{AmountUnit, parse_amount};
    use crate::credit::CreditCode;
    use crate::date::parse_date;
    use crate::docno::DocumentNumber;
    use crate::ratio::Ratio;
    use crate::region::Gazetteer;
    use crate::resident::ResidentId;
    use crate::term::Term;

    fn refusals(text: &str) -> Vec<Box<dyn Explain>> {
        let mut all: Vec<Box<dyn Explain>> = Vec::new();
        let mut keep = |refusal: Option<Box<dyn Explain>>| all.extend(refusal);
        keep(parse_amount(text, AmountUnit::Yuan).err().map(|e| Box::new(e) as _));
        keep(CreditCode::parse(text).err().map(|e| Box::new(e) as _));
        keep(parse_date(text).err().map(|e| Box::new(e) as _));
        keep(DocumentNumber::parse(text).err().map(|e| Box::new(e) as _));
        keep(Ratio::parse(text).err().map(|e| Box::new(e) as _));
        keep(Gazetteer::get().resolve(text, None).err().map(|e| Box::new(e) as _));
        keep(ResidentId::parse(text).err().map(|e| Box::new(e) as _));
        keep(Term::parse(text).err().map(|e| Box::new(e) as _));
        all
    }

    #[test]
    fn every_refusal_of_every_parser_speaks_two_languages_about_bytes_of_the_input() {
        for text in ["", " ", "？", "约20万元", "é9", "2019-13-01", "30", "通州区", " 91350100M000100Y44 "]
        {
            for refusal in refusals(text) {
                assert!(text.get(refusal.span()).is_some(), "{text:?}");
                assert!(
                    refusal.message_zh().chars().all(|c| !c.is_ascii_lowercase()),
                    "{}",
                    refusal.message_zh()
                );
                assert!(
                    refusal.message_en().starts_with(|c: char| c.is_ascii_lowercase()),
                    "{}",
                    refusal.message_en()
                );
                assert!(!refusal.hint_zh().is_empty() && !refusal.hint_en().is_empty());
            }
        }
        assert_eq!(refusals("？").len(), 8);
    }
}
