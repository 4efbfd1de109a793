//! Text to tokens. A sign that office software substitutes (`≥`, `（`, `，`) is reported with the spelling that is meant
//! and then read as that, so that one slip gives one error.

use super::error::{Code, LangError};
use std::ops::Range;

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cmp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// An identifier or an unknown word.
    Name,
    /// Digits with their unit, a date, a place, or a fraction in words.
    Literal,
    And,
    Or,
    Not,
    In,
    If,
    Then,
    Else,
    Min,
    Max,
    True,
    False,
    Compare(Cmp),
    Plus,
    Minus,
    Times,
    Divide,
    Open,
    Close,
    OpenIndex,
    CloseIndex,
    Comma,
    End,
}

/// All tokens with the bytes that they stand on, `End` last, and what could not be read.
pub(crate) fn tokens(src: &str) -> (Vec<(Token, Range<usize>)>, Vec<LangError>) {
    let mut lexer = Lexer { src, at: 0, out: Vec::new(), errors: Vec::new() };
    while lexer.at < src.len() {
        lexer.step();
    }
    lexer.out.push((Token::End, src.len()..src.len()));
    (lexer.out, lexer.errors)
}

struct Lexer<'a> {
    src: &'a str,
    at: usize,
    out: Vec<(Token, Range<usize>)>,
    errors: Vec<LangError>,
}

/// What stands for what, and how it is written.
const SUBSTITUTES: [(&str, Token, &str); 20] = [
    ("&&", Token::And, "and"),
    ("||", Token::Or, "or"),
    ("≥", Token::Compare(Cmp::Ge), ">="),
    ("≤", Token::Compare(Cmp::Le), "<="),
    ("≠", Token::Compare(Cmp::Ne), "!="),
    ("＝", Token::Compare(Cmp::Eq), "=="),
    ("＞", Token::Compare(Cmp::Gt), ">"),
    ("＜", Token::Compare(Cmp::Lt), "<"),
    ("（", Token::Open, "("),
    ("）", Token::Close, ")"),
    ("【", Token::OpenIndex, "["),
    ("】", Token::CloseIndex, "]"),
    ("，", Token::Comma, ","),
    ("×", Token::Times, "*"),
    ("÷", Token::Divide, "/"),
    ("＋", Token::Plus, "+"),
    ("－", Token::Minus, "-"),
    ("−", Token::Minus, "-"),
    ("=", Token::Compare(Cmp::Eq), "=="),
    ("!", Token::Not, "not"),
];

const SIGNS: [(&str, Token); 15] = [
    ("==", Token::Compare(Cmp::Eq)),
    ("!=", Token::Compare(Cmp::Ne)),
    ("<=", Token::Compare(Cmp::Le)),
    (">=", Token::Compare(Cmp::Ge)),
    ("<", Token::Compare(Cmp::Lt)),
    (">", Token::Compare(Cmp::Gt)),
    ("+", Token::Plus),
    ("-", Token::Minus),
    ("*", Token::Times),
    ("/", Token::Divide),
    ("(", Token::Open),
    (")", Token::Close),
    ("[", Token::OpenIndex),
    ("]", Token::CloseIndex),
    (",", Token::Comma),
];

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.src[self.at..]
    }

    fn push(&mut self, token: Token, length: usize) {
        self.out.push((token, self.at..self.at + length));
        self.at += length;
    }

    fn step(&mut self) {
        let Some(c) = self.rest().chars().next() else { return };
        if c.is_whitespace() {
            self.at += c.len_utf8();
        } else if c.is_ascii_digit() {
            let length = literal_length(self.rest());
            self.push(Token::Literal, length);
        } else if c.is_alphabetic() || c == '_' {
            self.word();
        } else {
            self.sign(c);
        }
    }

    fn word(&mut self) {
        let length = word_length(self.rest(), true);
        let word = &self.rest()[..length];
        let token = match word {
            "and" => Token::And,
            "or" => Token::Or,
            "not" => Token::Not,
            "in" => Token::In,
            "if" => Token::If,
            "then" => Token::Then,
            "else" => Token::Else,
            "min" => Token::Min,
            "max" => Token::Max,
            "true" => Token::True,
            "false" => Token::False,
            _ if starts_with_numeral(word) => Token::Literal,
            _ => Token::Name,
        };
        self.push(token, length);
    }

    fn sign(&mut self, c: char) {
        if let Some((text, token)) = SIGNS.iter().find(|(text, _)| self.rest().starts_with(text)) {
            return self.push(*token, text.len());
        }
        let span = self.at..self.at + c.len_utf8();
        if let Some((text, token, meant)) =
            SUBSTITUTES.iter().find(|(text, ..)| self.rest().starts_with(text))
        {
            let span = self.at..self.at + text.len();
            let (zh, en) = (format!("不能用 `{text}`"), format!("`{text}` is not a sign of the language"));
            let error = LangError::new(Code::UnexpectedCharacter, span, zh, en);
            self.errors.push(error.hint(format!("请写成 `{meant}`"), format!("write `{meant}`")));
            return self.push(*token, text.len());
        }
        let (zh, en) = (format!("不认识的字符 `{c}`"), format!("unexpected character `{c}`"));
        self.errors.push(LangError::new(Code::UnexpectedCharacter, span, zh, en));
        self.at += c.len_utf8();
    }
}

/// A literal that begins with a digit: a date, a local zone's code, or digits with all letters that follow.
fn literal_length(text: &str) -> usize {
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(0);
    let after = |at: usize, sign: &str| text.get(at..).is_some_and(|rest| rest.starts_with(sign));
    if first == 4 && after(first, "-") {
        let month = digits(5);
        if month > 0 && after(5 + month, "-") {
            let day = digits(6 + month);
            if day > 0 {
                return 6 + month + day;
            }
        }
    }
    if first == 6 && after(first, "-L") && digits(8) > 0 {
        return 8 + digits(8);
    }
    let mut at = first;
    while after(at, ".") && digits(at + 1) > 0 {
        at += 1 + digits(at + 1);
    }
    if let Some(sign) = ["%", "‰", "％"].iter().find(|sign| after(at, sign)) {
        return at + sign.len();
    }
    at + word_length(&text[at..], false)
}

/// The length of a run of letters and digits; dots join the parts of a name.
fn word_length(text: &str, dotted: bool) -> usize {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let joins = dotted && c == '.' && chars.peek().is_some_and(|(_, next)| inside(*next));
        if !inside(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// 三分之二, 百分之三十, 两年, 十个工作日: a word that begins like a Chinese number.
fn starts_with_numeral(word: &str) -> bool {
    let numeral = |c: char| "零〇一二两三四五六七八九十百千".contains(c);
    let rest = word.trim_start_matches(numeral);
    rest.len() < word.len()
        && (rest.starts_with("分之")
            || ["个工作日", "工作日", "个月", "月", "周年", "年", "日", "天"].contains(&rest))
}
