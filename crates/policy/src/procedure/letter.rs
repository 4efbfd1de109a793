//! Official letters (公文): what a step writes to somebody, with places that are filled in from the case. What stands in a
//! place is known to those who keep cases; here is only how places are written.

use crate::pack::{Cite, Id, Words};
use std::ops::Range;

/// Words for what is known of any case: `{number}`.
pub const OF_CASE: [&str; 7] = ["name", "number", "amount", "unit", "place", "year", "desk"];
/// Words for what is known of any plan.
pub const OF_PLAN: [&str; 3] = ["number", "amount", "year"];
/// Words for the act that writes the letter.
pub const OF_ACT: [&str; 4] = ["day", "document", "issuer", "opinion"];
/// Words for another step: the day it was done, the number of its paper, what was said, until when it is to be done.
pub const OF_STEP: [&str; 4] = ["day", "document", "opinion", "due"];
/// What stands for the last day of a step.
pub const DUE: &str = "due";

/// Whose matter stands in a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// Of the act itself, its case or its plan: `{number}`.
    Own,
    /// Of the case that this one builds on: `{parent.name}`.
    Parent,
    /// Of another step: `{accept.day}`.
    Step(Id),
    /// The organisation in a role: `{role.finance}`.
    Role,
}

/// A place to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Whose.
    pub of: Of,
    /// A word, a field, a note, or a role.
    pub key: Id,
    /// Where it stands in its text.
    pub at: Range<usize>,
}

impl Slot {
    /// `unit`, `parent.name`, `accept.day`, `role.finance`; `at` is where it stands. `None` when it is no such name.
    pub fn parse(written: &str, at: Range<usize>) -> Option<Slot> {
        let (of, key) = match written.split_once('.') {
            None => (Of::Own, written),
            Some(("parent", key)) => (Of::Parent, key),
            Some(("role", key)) => (Of::Role, key),
            Some((step, key)) if is_id(step) => (Of::Step(step.to_owned()), key),
            Some(_) => return None,
        };
        is_id(key).then(|| Slot { of, key: key.to_owned(), at })
    }
}

fn is_id(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_')
}

/// A text with places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Each place with the words before it.
    places: Vec<(String, Slot)>,
    /// What follows the last place.
    rest: String,
}

impl Template {
    /// Reads a text with places in braces; where it cannot be read otherwise.
    pub fn parse(text: &str) -> Result<Template, Range<usize>> {
        let mut template = Template::default();
        let mut at = 0;
        while let Some(open) = text[at..].find(['{', '}']).map(|found| at + found) {
            let close = text[open..].find('}').map(|found| open + found);
            let slot = close.and_then(|close| Slot::parse(text.get(open + 1..close)?, open..close + 1));
            let Some(slot) = slot else { return Err(open..close.map_or(text.len(), |close| close + 1)) };
            let before = text[at..open].to_owned();
            at = slot.at.end;
            template.places.push((before, slot));
        }
        text[at..].clone_into(&mut template.rest);
        Ok(template)
    }

    /// Its places, in order.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.places.iter().map(|(_, slot)| slot)
    }

    /// The text with each place filled in.
    pub fn fill<E>(&self, mut value: impl FnMut(&Slot) -> Result<String, E>) -> Result<String, E> {
        let mut text = String::new();
        for (before, slot) in &self.places {
            text.push_str(before);
            text.push_str(&value(slot)?);
        }
        text.push_str(&self.rest);
        Ok(text)
    }
}

/// An official letter. It is written in Chinese, whoever reads the screen: what is sealed and sent is one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Id.
    pub id: Id,
    /// What it is called.
    pub name: Words,
    /// Its title.
    pub title: Template,
    /// To whom; the letters of a plan go to those whom the step wrote down.
    pub to: Vec<Slot>,
    /// What it says, paragraph by paragraph.
    pub body: Vec<Template>,
    /// The last words: 特此通知。
    pub closing: Option<Template>,
    /// What is attached to it.
    pub attached: Vec<Template>,
    /// Who receives a copy.
    pub copies: Vec<Slot>,
    /// Citation.
    pub cite: Cite,
}

impl Letter {
    /// Every place in it.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        let texts = std::iter::once(&self.title).chain(&self.body).chain(&self.closing).chain(&self.attached);
        texts.flat_map(Template::slots).chain(&self.to).chain(&self.copies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_and_filled() {
        let template = Template::parse("{unit}：{parent.name}定于{visit.on}。").expect("a template");
        let keys: Vec<&str> = template.slots().map(|slot| slot.key.as_str()).collect();
        assert_eq!(keys, ["unit", "name", "on"]);
        assert_eq!(template.slots().nth(2).expect("a place").of, Of::Step("visit".into()));
        let filled = template.fill(|slot| Ok::<_, ()>(format!("<{}>", slot.key)));
        assert_eq!(filled.expect("filled"), "<unit>：<name>定于<on>。");
    }

    #[test]
    fn what_is_no_place_is_told_where_it_stands() {
        for (text, at) in
            [("甲{", 3..4), ("乙}丙", 3..4), ("{}", 0..2), ("{A}", 0..3), ("{a.b.c}", 0..7), ("{a", 0..2)]
        {
            assert_eq!(Template::parse(text), Err(at), "{text}");
        }
        assert_eq!(Template::parse("没有空格").map(|read| read.slots().count()), Ok(0));
    }
}
