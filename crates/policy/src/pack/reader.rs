//! Reads tables of a pack: wrong types, missing keys and keys that nobody asked for are reported where they stand.

use std::cell::RefCell;
use std::ops::Range;

use kernel::Date;

use super::diag::Diagnostic;
use super::model::Words;
use super::tree::{Entry, Node, Sink, Text, Tree};
use crate::lang::nearest;

/// Reads one table; every key asked for is noted, and `finish` reports the others.
pub(super) struct Reader<'a> {
    pub(super) at: Range<usize>,
    entries: &'a [Entry],
    asked: RefCell<Vec<&'static str>>,
    sink: &'a Sink,
    /// The keys that lead here, for the test that compares them with the documentation.
    #[cfg(test)]
    path: String,
}

impl<'a> Reader<'a> {
    pub(super) fn new(entries: &'a [Entry], at: Range<usize>, sink: &'a Sink) -> Self {
        Self {
            at,
            entries,
            asked: RefCell::default(),
            sink,
            #[cfg(test)]
            path: String::new(),
        }
    }

    /// The same reader, as the one of this key.
    #[cfg(test)]
    pub(super) fn under(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// A reader of a table inside this one.
    fn inner(&self, key: &'static str, node: &'a Node) -> Option<Self> {
        let inner = Self::of(node, self.sink);
        #[cfg(test)]
        let inner = inner.map(|inner| inner.under(format!("{}.{key}", self.path)));
        #[cfg(not(test))]
        let _ = key;
        inner
    }

    /// A reader of a node that should be a table.
    pub(super) fn of(node: &'a Node, sink: &'a Sink) -> Option<Self> {
        match &node.value {
            Tree::Table(entries) => Some(Self::new(entries, node.at.clone(), sink)),
            other => {
                sink.add(wrong_type(&node.at, other, ("表", "a table")));
                None
            }
        }
    }

    pub(super) fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    pub(super) fn entry(&self, key: &'static str) -> Option<&'a Entry> {
        self.asked.borrow_mut().push(key);
        #[cfg(test)]
        super::reference::asked(&self.path, key);
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// All entries, for tables whose keys are ids.
    pub(super) fn all(&self) -> &'a [Entry] {
        self.entries
    }

    pub(super) fn text(&self, key: &'static str) -> Option<&'a Text> {
        match &self.node(key)?.value {
            Tree::Text(text) => Some(text),
            other => self.wrong(key, other, ("文字", "text")),
        }
    }

    pub(super) fn string(&self, key: &'static str) -> Option<String> {
        self.text(key).map(|text| text.text.clone())
    }

    pub(super) fn need_text(&self, key: &'static str) -> Option<&'a Text> {
        if !self.entries.iter().any(|entry| entry.key == key) {
            self.missing(key);
        }
        self.text(key)
    }

    /// `name` and `en`; the Chinese stands for a missing English.
    pub(super) fn words(&self) -> Words {
        let en = self.string("en");
        let zh = self.need_text("name").map(|text| text.text.clone()).unwrap_or_default();
        Words { en: en.unwrap_or_else(|| zh.clone()), zh }
    }

    /// A key whose value is `{ name, en }` or a plain text.
    pub(super) fn inner_words(&self, key: &'static str) -> Option<Words> {
        if let Tree::Text(text) = &self.node(key)?.value {
            return Some(Words::new(text.text.clone(), text.text.clone()));
        }
        let inner = self.table(key)?;
        let words = inner.words();
        inner.finish();
        Some(words)
    }

    /// The same, where it must be there.
    pub(super) fn need_words(&self, key: &'static str) -> Words {
        self.inner_words(key).unwrap_or_else(|| {
            if self.node(key).is_none() {
                self.missing(key);
            }
            Words::default()
        })
    }

    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        match &self.node(key)?.value {
            Tree::Bool(flag) => Some(*flag),
            other => self.wrong(key, other, ("是或否（true/false）", "true or false")),
        }
    }

    pub(super) fn number(&self, key: &'static str) -> Option<i64> {
        match &self.node(key)?.value {
            Tree::Number(n) => Some(*n),
            other => self.wrong(key, other, ("整数", "an integer")),
        }
    }

    pub(super) fn day(&self, key: &'static str) -> Option<Date> {
        match &self.node(key)?.value {
            Tree::Day(day) => Some(*day),
            other => self.wrong(key, other, ("日期", "a date")),
        }
    }

    pub(super) fn list(&self, key: &'static str) -> &'a [Node] {
        match self.node(key).map(|node| &node.value) {
            None => &[],
            Some(Tree::List(list)) => list,
            Some(other) => self.wrong::<&[Node]>(key, other, ("列表", "a list")).unwrap_or(&[]),
        }
    }

    /// A list of texts; a single text is a list of one.
    pub(super) fn texts(&self, key: &'static str) -> Vec<&'a Text> {
        match self.node(key).map(|node| &node.value) {
            None => Vec::new(),
            Some(Tree::Text(text)) => vec![text],
            Some(Tree::List(list)) => list.iter().filter_map(|node| as_text(node, self.sink)).collect(),
            Some(other) => {
                self.wrong::<()>(key, other, ("文字的列表", "a list of texts"));
                Vec::new()
            }
        }
    }

    pub(super) fn table(&self, key: &'static str) -> Option<Reader<'a>> {
        self.inner(key, self.node(key)?)
    }

    /// A list of tables.
    pub(super) fn tables(&self, key: &'static str) -> Vec<Reader<'a>> {
        self.list(key).iter().filter_map(|node| self.inner(key, node)).collect()
    }

    pub(super) fn missing(&self, key: &str) {
        let found =
            Diagnostic::new("E034", self.at.clone(), format!("缺少 `{key}`"), format!("`{key}` is missing"))
                .label(format!("此处须写 {key}"), format!("{key} must stand here"));
        self.sink.add(found);
    }

    fn wrong<T>(&self, key: &str, other: &Tree, wanted: (&str, &str)) -> Option<T> {
        let at =
            self.entries.iter().find(|entry| entry.key == key).map_or(self.at.clone(), |e| e.node.at.clone());
        self.sink.add(wrong_type(&at, other, wanted));
        None
    }

    /// Reports keys that nobody asked for.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for entry in self.entries.iter().filter(|entry| !asked.contains(&entry.key.as_str())) {
            self.sink.add(unknown_key(entry, asked.iter().copied()));
        }
    }
}

pub(super) fn as_text<'a>(node: &'a Node, sink: &Sink) -> Option<&'a Text> {
    match &node.value {
        Tree::Text(text) => Some(text),
        other => {
            sink.add(wrong_type(&node.at, other, ("文字", "text")));
            None
        }
    }
}

pub(super) fn wrong_type(at: &Range<usize>, found: &Tree, wanted: (&str, &str)) -> Diagnostic {
    let (zh, en) = found.kind();
    Diagnostic::new(
        "E033",
        at.clone(),
        format!("此处须为{}，却写成了{zh}", wanted.0),
        format!("expected {}, found {en}", wanted.1),
    )
    .label(format!("须为{}", wanted.0), format!("must be {}", wanted.1))
}

pub(super) fn unknown_key<'k>(entry: &Entry, known: impl Iterator<Item = &'k str>) -> Diagnostic {
    let key = &entry.key;
    let found = Diagnostic::new(
        "E032",
        entry.key_at.clone(),
        format!("不认识的键 `{key}`"),
        format!("unknown key `{key}`"),
    )
    .label("没有这个键", "no such key");
    match nearest(key, known) {
        Some(near) => found.hint(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::tree::parse;

    #[test]
    fn every_value_knows_its_place() {
        let sink = Sink::default();
        let block = "[rules.a]\nneed = \"share >= 30%\"\nsay = '''x\\n'''\n";
        let entries = parse(block, 100, &sink);
        assert!(sink.is_empty());
        let rules = Reader::of(&entries[0].node, &sink).expect("a table");
        let a = Reader::of(&rules.all()[0].node, &sink).expect("a table");
        assert_eq!(a.at, 100..109, "a table is placed at its header");
        let need = a.text("need").expect("need");
        assert_eq!(need.place(&(9..12)), 100 + 18 + 9..100 + 18 + 12);
        a.finish();
        let found = sink.take();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].code, &found[0].at), ("E032", &(132..135)));
    }
}
