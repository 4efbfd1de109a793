//! A case as a JSON object. Numbers keep the digits that were written (never a float), a key that stands twice is a fault,
//! and what was read before a syntax error is kept, so that the answer can still name the case.

use super::{Draft, Fault, Written};
use crate::cli::suggest;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

const KEYS: [&str; 3] = ["case_id", "as_of", "facts"];

/// Reads a line.
pub(super) fn read(line: &str) -> Draft<'_> {
    let mut draft = Draft::default();
    let mut deserializer = serde_json::Deserializer::from_str(line);
    let mut seen = Vec::new();
    let whole = (&mut deserializer).deserialize_map(Top { draft: &mut draft, seen: &mut seen });
    if let Err(error) = whole.and_then(|()| deserializer.end()) {
        draft.faults.push(broken(line, &error));
        draft.broken = true;
    } else if !seen.contains(&"facts") {
        let hint =
            ("写 \"facts\":{…}，什么都不知道也写 {}", "write \"facts\":{…}, or {} when nothing is known");
        draft.faults.push(Fault::at("facts", ("没有事实", "no facts"), hint));
    }
    draft
}

fn broken(line: &str, error: &serde_json::Error) -> Fault {
    let column = line.get(..error.column()).map_or(error.column(), |before| before.chars().count()).max(1);
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    let zh = match error.classify() {
        serde_json::error::Category::Eof => "这一行没有写完整".to_owned(),
        serde_json::error::Category::Data => "这里应是一个对象 {…}".to_owned(),
        _ => format!("不是正确的 JSON（{said}）"),
    };
    let hint = (
        "每行写一个完整的 JSON 对象，例如 {\"case_id\":\"1\",\"as_of\":\"2019-11-01\",\"facts\":{}}",
        "write one whole JSON object a line, such as {\"case_id\":\"1\",\"as_of\":\"2019-11-01\",\"facts\":{}}",
    );
    Fault::new((&format!("第 {column} 列"), &format!("column {column}")), (zh, said.to_owned()), hint)
}

fn twice(place: &str) -> Fault {
    Fault::at(place, ("同一个名称写了两次", "the name stands twice"), ("只留一处", "keep one of them"))
}

/// A text of the line: borrowed when it has no escapes.
struct Text<'l>(Cow<'l, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Of;
        impl<'de> Visitor<'de> for Of {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Of)
    }
}

/// The whole object.
struct Top<'d, 'l> {
    draft: &'d mut Draft<'l>,
    seen: &'d mut Vec<&'static str>,
}

impl<'de> Visitor<'de> for Top<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(Text(key)) = map.next_key()? {
            let Some(known) = KEYS.into_iter().find(|known| *known == key) else {
                map.next_value::<IgnoredAny>()?;
                let (zh, en) = suggest::hint(&key, &KEYS);
                let what = (format!("不认识的键 `{key}`"), format!("unknown key `{key}`"));
                self.draft.faults.push(Fault::new((&key, &key), what, (zh, en)));
                continue;
            };
            if self.seen.contains(&known) {
                map.next_value::<IgnoredAny>()?;
                self.draft.faults.push(twice(known));
                continue;
            }
            self.seen.push(known);
            match known {
                "facts" => map.next_value_seed(Facts(self.draft))?,
                _ => {
                    let raw = map.next_value::<&RawValue>()?.get();
                    let text = self.text(known, raw);
                    let slot =
                        if known == "case_id" { &mut self.draft.case_id } else { &mut self.draft.as_of };
                    *slot = text;
                }
            }
        }
        Ok(())
    }
}

impl<'l> Top<'_, 'l> {
    /// A text that is asked for; anything else is a fault.
    fn text(&mut self, key: &'static str, raw: &'l str) -> Option<Cow<'l, str>> {
        match serde_json::from_str::<Text<'l>>(raw) {
            Ok(Text(text)) => Some(text),
            Err(_) => {
                let what =
                    (format!("`{}` 不是文字", short(raw)), format!("`{}` is not a string", short(raw)));
                let hint =
                    (format!("加上引号：\"{key}\":\"…\""), format!("put it in quotes: \"{key}\":\"…\""));
                self.draft.faults.push(Fault::new((key, key), what, hint));
                // What was written still tells which case it is; it is not blamed as missing besides.
                (key == "case_id").then_some(Cow::Borrowed(raw))
            }
        }
    }
}

/// The object of the facts.
struct Facts<'d, 'l>(&'d mut Draft<'l>);

impl<'de> DeserializeSeed<'de> for Facts<'_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Facts<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of facts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(draft) = self;
        let mut names: Vec<Cow<'de, str>> = Vec::with_capacity(24);
        while let Some(Text(name)) = map.next_key()? {
            let raw = map.next_value::<&RawValue>()?.get();
            if names.contains(&name) {
                draft.faults.push(twice(&format!("facts.{name}")));
                continue;
            }
            names.push(name.clone());
            match raw.as_bytes().first() {
                Some(b'n') => {}
                Some(b't') => draft.facts.push((name, Written::Bool(true))),
                Some(b'f') => draft.facts.push((name, Written::Bool(false))),
                Some(b'"') => match serde_json::from_str::<Text<'de>>(raw) {
                    Ok(Text(text)) => draft.facts.push((name, Written::Text(text))),
                    Err(error) => draft.faults.push(not_a_value(&name, &error.to_string())),
                },
                Some(b'{' | b'[') => draft.faults.push(not_a_value(&name, short(raw))),
                _ => draft.facts.push((name, Written::Number(raw))),
            }
        }
        Ok(())
    }
}

fn not_a_value(name: &str, raw: &str) -> Fault {
    let place = format!("facts.{name}");
    let what = (format!("`{raw}` 不是一个值"), format!("`{raw}` is not a value"));
    let hint = (
        "写文字、整数、true 或 false；不知道就不写，或写 null",
        "write a string, an integer, true or false; leave it out or write null when it is not known",
    );
    Fault::new((&place, &place), what, hint)
}

/// The beginning of a text, for a message.
fn short(text: &str) -> &str {
    match text.char_indices().nth(40) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}
