//! What a case is found by, as numbers of 43 bits: one or two letters of its texts, or a property and its value; and, apart from
//! these, the pairs of letters of its title that look-alikes are compared by.
//!
//! | bits | a pair of letters | a property |
//! | --- | --- | --- |
//! | 42 | 0 | 1 |
//! | 36..42 | first letter (21 bits) | which one |
//! | 0..36 | second letter (21 bits, 0 for none) | its value: a number, or a digest of a text |

use std::collections::{BTreeSet, HashMap};

use app::rows::CaseRow;
use journal::digest::HashKind;
use kernel::Money;
use kernel::region::RegionCode;

use super::set::{PLACE_BITS, split};

/// How many bits of a slot say the block.
const BLOCK_BITS: u32 = 20;
const LETTER_BITS: u32 = 21;
const VALUE_BITS: u32 = 36;
const PROPERTY: i64 = 1 << (2 * LETTER_BITS);
/// The bits of an amount: up to 3.4 trillion yuan.
pub(super) const AMOUNT_BITS: u32 = 36;
/// Amounts are compared by whole 100 yuan.
const UNIT_FEN: i64 = 10_000;

/// A thing to search by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term(i64);

/// A property of a case.
#[derive(Debug, Clone, Copy)]
pub(super) enum Is {
    Case,
    Library,
    Pack,
    Procedure,
    Year,
    Standing,
    Stage,
    Desk,
    DeskBelow,
    CountyBelow,
    Class,
    Village,
    Applicant,
    Firm,
    /// One bit of the amount.
    Amount,
}

/// The sign bit of a slot sets the pairs of titles apart.
const TITLE: i64 = i64::MIN;

impl Term {
    /// A property with a number.
    pub(super) fn number(is: Is, value: i64) -> Self {
        Self(PROPERTY | ((is as i64) << VALUE_BITS) | (value & ((1 << VALUE_BITS) - 1)))
    }

    /// A property with a text.
    pub(super) fn text(is: Is, text: &str) -> Self {
        Self::number(is, digest(text))
    }

    /// Letters side by side; the second may be missing.
    fn letters(first: char, second: Option<char>) -> Self {
        Self((i64::from(u32::from(first)) << LETTER_BITS) | second.map_or(0, |c| i64::from(u32::from(c))))
    }

    /// A pair of letters of a title.
    pub(super) fn title([first, second]: [char; 2]) -> Self {
        Self(Self::letters(first, Some(second)).0 | TITLE)
    }

    /// Its slot for a block.
    pub(super) fn slot(self, block: u32) -> i64 {
        (self.0 & TITLE) | ((self.0 & !TITLE) << BLOCK_BITS) | i64::from(block)
    }

    /// Its first and its last slot.
    pub(super) fn slots(self) -> [i64; 2] {
        [self.slot(0), self.slot((1 << BLOCK_BITS) - 1)]
    }
}

fn digest(text: &str) -> i64 {
    let digest = HashKind::Sm3.plain(text.as_bytes());
    digest.as_bytes().iter().take(8).fold(0, |value, byte| (value << 8) | i64::from(*byte))
}

/// The digests of the texts of many rows: most rows bear the same few.
#[derive(Debug, Default)]
pub(super) struct Digests<'r>(HashMap<&'r str, i64>);

impl<'r> Digests<'r> {
    fn term(&mut self, is: Is, text: &'r str) -> Term {
        Term::number(is, *self.0.entry(text).or_insert_with(|| digest(text)))
    }
}

/// The block of a slot.
pub(super) fn block_of(slot: i64) -> u32 {
    (slot & ((1 << BLOCK_BITS) - 1)) as u32
}

/// An amount as it is compared: twice its whole 100 yuan, and one more when something is left over.
pub(super) fn level(amount: Money) -> i64 {
    let fen = amount.fen().max(0);
    let level = fen / UNIT_FEN * 2 + i64::from(fen % UNIT_FEN > 0);
    level.min((1 << AMOUNT_BITS) - 1)
}

/// Everything that a case is found by, in the block of its id; some slots may come twice.
pub(super) fn slots<'r>(row: &'r CaseRow, digests: &mut Digests<'r>) -> impl Iterator<Item = i64> + use<> {
    let (block, _) = split(row.case.get());
    terms(row, digests).into_iter().map(move |term| term.slot(block))
}

fn terms<'r>(row: &'r CaseRow, digests: &mut Digests<'r>) -> Vec<Term> {
    let number = Term::number;
    let mut terms = Vec::with_capacity(256);
    terms.extend([
        number(Is::Case, 0),
        digests.term(Is::Pack, &row.pack),
        digests.term(Is::Procedure, &row.procedure),
        number(Is::Year, row.year.into()),
        digests.term(Is::Standing, &row.standing),
        number(Is::Desk, code(row.desk)),
        number(Is::Applicant, row.applicant.get()),
    ]);
    let texts = [(Is::Stage, &row.stage), (Is::Class, &row.class), (Is::Village, &row.village)];
    let said = texts.into_iter().filter(|(_, text)| !text.is_empty());
    terms.extend(said.map(|(is, text)| digests.term(is, text)));
    terms.extend(above(row.desk).map(|code| number(Is::DeskBelow, code)));
    terms.extend(row.county.into_iter().flat_map(above).map(|code| number(Is::CountyBelow, code)));
    terms.extend(row.firm.map(|firm| number(Is::Firm, firm.get())));
    let level = level(row.amount);
    let bits = (0..AMOUNT_BITS).filter(|bit| level >> bit & 1 == 1);
    terms.extend(bits.map(|bit| number(Is::Amount, bit.into())));
    if row.library {
        terms.push(number(Is::Library, 0));
        terms.extend(every_pair(&row.title).map(Term::title));
    }
    for text in texts_of(row) {
        letters(text, &mut terms);
    }
    terms
}

/// The texts that words are looked for in.
pub(super) fn texts_of(row: &CaseRow) -> [&str; 5] {
    [&row.number, &row.title, &row.applicant_name, &row.company_name, &row.village]
}

/// The letters of the words of a text, and their pairs.
fn letters(text: &str, into: &mut Vec<Term>) {
    let mut before = None;
    for letter in text.chars() {
        if letter.is_whitespace() {
            before = None;
            continue;
        }
        for letter in plain(letter) {
            into.push(Term::letters(letter, None));
            into.extend(before.map(|before| Term::letters(before, Some(letter))));
            before = Some(letter);
        }
    }
}

/// Words as they are compared: parts between blanks, in small letters, signs of full width as plain ones.
pub(super) fn words(text: &str) -> impl Iterator<Item = Vec<char>> {
    text.split_whitespace().map(|word| word.chars().flat_map(plain).collect())
}

fn plain(letter: char) -> impl Iterator<Item = char> {
    let narrow = match u32::from(letter) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(letter),
        _ => letter,
    };
    narrow.to_lowercase()
}

/// What a word is looked for by: its pairs of letters, or its only letter.
pub(super) fn terms_of_word(word: &[char]) -> BTreeSet<Term> {
    match word {
        [one] => BTreeSet::from([Term::letters(*one, None)]),
        _ => word.windows(2).map(|two| Term::letters(two[0], Some(two[1]))).collect(),
    }
}

/// The pairs of neighbouring letters of a title, without blanks, signs and years.
pub(super) fn pairs(text: &str) -> BTreeSet<[char; 2]> {
    every_pair(text).collect()
}

/// The same, some of them twice.
fn every_pair(text: &str) -> impl Iterator<Item = [char; 2]> {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().zip(letters().skip(1)).map(|(one, two)| [one, two])
}

/// A region's code as a number, with two digits for a local zone.
pub(super) fn code(region: RegionCode) -> i64 {
    i64::from(region.six()) * 100 + i64::from(region.zone())
}

/// The codes of a region and of what it lies in; some may come twice.
fn above(region: RegionCode) -> [i64; 4] {
    [region, region.without_zone(), region.prefecture(), region.province()].map(code)
}

const _: () = assert!(PLACE_BITS + BLOCK_BITS == 32, "a case's number has 32 bits at most");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_of_a_term_lie_together_and_say_their_block() {
        for term in
            [Term::letters('产', Some('\u{10FFFF}')), Term::number(Is::Year, 2020), Term::title(['a', 'b'])]
        {
            let [first, last] = term.slots();
            assert!(first <= term.slot(7) && term.slot(7) <= last && last - first == (1 << BLOCK_BITS) - 1);
            assert_eq!(block_of(term.slot(7)), 7);
        }
        assert!(Term::title(['a', 'b']).slot(9) < 0 && Term::text(Is::Class, "产业").slot(9) > 0);
    }

    #[test]
    fn amounts_keep_their_order() {
        let fen = [0, 1, 9_999, 10_000, 10_001, 20_000];
        let levels: Vec<i64> = fen.into_iter().map(|fen| level(Money::from_fen(fen))).collect();
        assert_eq!(levels, [0, 1, 1, 2, 3, 4]);
    }

    #[test]
    fn words_are_compared_without_case_and_width() {
        let words: Vec<String> =
            words("１００％ Mill 〔2019〕").map(|word| word.into_iter().collect()).collect();
        assert_eq!(words, ["100%", "mill", "〔2019〕"]);
    }
}
