//! How the facts of a refusal are written in its sentence: money grouped, days as people say them.

use super::{Say, Ungrantable};
use crate::case::RefusedCase;
use kernel::{Date, Money};

/// How a fact of a refusal is written in a sentence.
pub(super) trait Shown {
    fn zh(&self) -> String;
    fn en(&self) -> String {
        self.zh()
    }
}

impl Shown for String {
    fn zh(&self) -> String {
        self.clone()
    }
}

impl Shown for Date {
    fn zh(&self) -> String {
        kernel::date::zh(*self)
    }
    fn en(&self) -> String {
        self.to_string()
    }
}

impl Shown for Money {
    fn zh(&self) -> String {
        self.grouped()
    }
}

impl Shown for usize {
    fn zh(&self) -> String {
        self.to_string()
    }
}

impl Shown for i16 {
    fn zh(&self) -> String {
        self.to_string()
    }
}

/// A refusal within a refusal: what it says, and what to do.
impl Shown for Box<Say> {
    fn zh(&self) -> String {
        format!("{}，{}", self.zh, self.next_zh)
    }
    fn en(&self) -> String {
        format!("{}; {}", self.en, self.next_en)
    }
}

/// A list kept for pages; the sentence has the same in one line.
impl Shown for Vec<Ungrantable> {
    fn zh(&self) -> String {
        String::new()
    }
}

/// A list kept for pages; the sentence has the same in one line.
impl Shown for Vec<RefusedCase> {
    fn zh(&self) -> String {
        String::new()
    }
}
