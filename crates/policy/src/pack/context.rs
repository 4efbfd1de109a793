//! What every reader of elements needs: where findings go, what exists, how a citation, a term, a formula is read.

use std::cell::RefCell;
use std::ops::Range;

use kernel::region::{Gazetteer, RegionCode};
use kernel::term::Term;

use super::diag::Diagnostic;
use super::draft::{Draft, Raw, near};
use super::model::{ArticleId, Cite, ElementKind, Formula, Id, Words};
use super::reader::Reader;
use super::tree::{Entry, Sink, Text};
use super::{markdown, numeral, section};
use crate::lang::{self, Env, LangError, Want, nearest};

/// Shared by all readers.
pub(super) struct Context<'d> {
    pub(super) draft: &'d Draft,
    pub(super) sink: &'d Sink,
    tags: RefCell<Vec<Range<usize>>>,
}

impl<'d> Context<'d> {
    pub(super) fn new(draft: &'d Draft, sink: &'d Sink) -> Self {
        Self { draft, sink, tags: RefCell::default() }
    }

    /// A mark for a place, for the language to hand back.
    pub(super) fn tag(&self, at: &Range<usize>) -> u32 {
        let mut tags = self.tags.borrow_mut();
        tags.push(at.clone());
        (tags.len() - 1) as u32
    }

    /// The place of a mark.
    pub(super) fn tagged(&self, tag: u32) -> Range<usize> {
        self.tags.borrow().get(tag as usize).cloned().unwrap_or(0..0)
    }

    /// A reader of an element's table.
    pub(super) fn reader(&self, raw: &'d Raw) -> Option<Reader<'d>> {
        let reader = Reader::of(&raw.node, self.sink)?;
        #[cfg(test)]
        let reader = reader.under(super::draft::block_key(raw.kind));
        reader.node("id");
        Some(reader)
    }

    /// The citation of an element: the article it stands under, and its `item`.
    pub(super) fn cite(&self, raw: &Raw, reader: &Reader<'_>) -> Cite {
        let article = raw.article.and_then(|at| self.draft.articles.get(at));
        let id = article.map_or(ArticleId::Article(0), |article| article.id.clone());
        self.item(Cite { article: id, item: None }, reader)
    }

    /// The same citation, unless the reader's table has an `item`.
    pub(super) fn item(&self, mut cite: Cite, reader: &Reader<'_>) -> Cite {
        let Some(number) = reader.number("item") else { return cite };
        let at = reader.node("item").map_or(reader.at.clone(), |node| node.at.clone());
        cite.item = u16::try_from(number).ok();
        self.check_cite(&cite, number, &at);
        cite
    }

    fn check_cite(&self, cite: &Cite, number: i64, at: &Range<usize>) {
        let Some(article) = self.draft.articles.iter().find(|a| a.id == cite.article) else { return };
        if cite.item.is_some_and(|item| article.items.contains(&item)) {
            return;
        }
        let last = article.items.last().copied();
        let found = Diagnostic::new(
            "E036",
            at.clone(),
            format!("{} 没有第 {number} 项", cite.article),
            format!("{} has no item {number}", cite.article.en()),
        )
        .label("没有这一项", "no such item");
        self.sink.add(match last {
            Some(last) => found.hint(
                format!("这一条下的文字列到第 {last} 项"),
                format!("its words list items up to {last}"),
            ),
            None => found.hint("这一条下的文字没有编号的项", "its words list no items"),
        });
    }

    /// A written citation: `7`, `7(2)`, `a3`, `附件3`, `三(二)2`.
    pub(super) fn written_cite(&self, text: &Text) -> Option<Cite> {
        let plain = text.text.trim();
        if let Some(cite) = section::whole(plain).and_then(|section| self.section_cite(section)) {
            return Some(cite);
        }
        let (head, item) = match plain.split_once('(') {
            Some((head, rest)) => (head, rest.strip_suffix(')').and_then(numeral::parse)),
            None => (plain, None),
        };
        let article = match numeral::parse(head) {
            Some(n) => Some(ArticleId::Article(n)),
            None => match head.strip_prefix('a').and_then(numeral::parse) {
                Some(n) => Some(ArticleId::Annex(n)),
                None => markdown::article_id(head),
            },
        };
        let article = article.filter(|id| self.draft.articles.iter().any(|a| &a.id == id));
        let Some(article) = article else {
            self.sink.add(
                Diagnostic::new(
                    "E035",
                    text.whole(),
                    format!("没有“{plain}”这一条"),
                    format!("there is no article `{plain}`"),
                )
                .label("没有这一条", "no such article")
                .hint(
                    "写条号，例如 7、7(2)，附件写 a3，节写 三(二)2",
                    "write 7, 7(2), a3 for an annex, or 三(二)2 for a section",
                ),
            );
            return None;
        };
        let cite = Cite { article, item };
        if let Some(number) = item {
            self.check_cite(&cite, i64::from(number), &text.whole());
        }
        Some(cite)
    }

    /// A section, or an item of the section above it.
    fn section_cite(&self, section: String) -> Option<Cite> {
        let found = |id: &ArticleId| self.draft.articles.iter().find(|article| &article.id == id);
        let above = section::parent(&section);
        let whole = ArticleId::Section(section);
        if found(&whole).is_some() {
            return Some(Cite { article: whole, item: None });
        }
        let (above, item) = above?;
        let article = found(&ArticleId::Section(above))?;
        let cite = Cite { article: article.id.clone(), item: Some(item) };
        article.items.contains(&item).then_some(cite)
    }

    /// A reference to an element of a kind; reported when there is none.
    pub(super) fn refer(&self, kind: ElementKind, text: &Text) -> Option<Id> {
        if self.draft.of(kind).any(|raw| raw.id == text.text) {
            return Some(text.text.clone());
        }
        let Words { zh, en } = kind.words();
        self.unlisted(text, &zh, &en, near(self.draft, kind, &text.text));
        None
    }

    /// References in a list.
    pub(super) fn refer_all(&self, kind: ElementKind, texts: &[&Text]) -> Vec<Id> {
        texts.iter().filter_map(|text| self.refer(kind, text)).collect()
    }

    /// An optional reference under a key.
    pub(super) fn refer_key(&self, kind: ElementKind, reader: &Reader<'_>, key: &'static str) -> Option<Id> {
        self.refer(kind, reader.text(key)?)
    }

    /// A reference that must be there; empty when it is not (and reported).
    pub(super) fn need_ref(&self, kind: ElementKind, reader: &Reader<'_>, key: &'static str) -> Id {
        reader.need_text(key).and_then(|text| self.refer(kind, text)).unwrap_or_default()
    }

    /// What an element writes under a key.
    pub(super) fn entry(&self, kind: ElementKind, id: &str, key: &str) -> Option<&'d Entry> {
        self.draft.of(kind).find(|raw| raw.id == id)?.entry(key)
    }

    /// Where an element writes a key; the element itself when it does not.
    pub(super) fn place(&self, kind: ElementKind, id: &str, key: &str) -> Range<usize> {
        let raw = self.draft.of(kind).find(|raw| raw.id == id);
        raw.map_or(0..0, |raw| raw.entry(key).map_or(raw.at.clone(), |entry| entry.key_at.clone()))
    }

    /// Says that a name is not listed.
    pub(super) fn unlisted(&self, text: &Text, zh: &str, en: &str, near: Option<&str>) {
        self.unlisted_at(text.whole(), &text.text, zh, en, near);
    }

    /// The same of a name in a part of a text.
    pub(super) fn unlisted_at(&self, at: Range<usize>, name: &str, zh: &str, en: &str, near: Option<&str>) {
        let found = Diagnostic::new(
            "E040",
            at,
            format!("没有名为 `{name}` 的{zh}"),
            format!("there is no {en} named `{name}`"),
        )
        .label(format!("没有列出这个{zh}"), format!("no such {en}"));
        self.sink.add(match near {
            Some(near) => found.hint(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?")),
            None => found,
        });
    }

    /// One of a fixed list of words.
    pub(super) fn word<T: Copy>(&self, text: &Text, words: &[(&'static str, T)]) -> Option<T> {
        #[cfg(test)]
        super::reference::allowed(words.iter().map(|(word, _)| *word));
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.text) {
            return Some(*value);
        }
        let list = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("、");
        let hint = match nearest(&text.text, words.iter().map(|(word, _)| *word)) {
            Some(near) => (format!("是否想写 `{near}`？"), format!("did you mean `{near}`?")),
            None => (format!("可写：{list}"), format!("one of: {}", list.replace('、', ", "))),
        };
        self.sink.add(
            Diagnostic::new(
                "E041",
                text.whole(),
                format!("不认识 `{}`", text.text),
                format!("`{}` is not known here", text.text),
            )
            .label("不在可写的词之内", "not one of the words allowed")
            .hint(hint.0, hint.1),
        );
        None
    }

    /// A required word.
    pub(super) fn need_word<T: Copy>(
        &self,
        reader: &Reader<'_>,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        reader.need_text(key).and_then(|text| self.word(text, words))
    }

    /// A term: `10个工作日`.
    pub(super) fn term(&self, text: &Text) -> Option<Term> {
        if let Ok(term) = Term::parse(&text.text) {
            return Some(term);
        }
        self.sink.add(
            Diagnostic::new(
                "E045",
                text.whole(),
                format!("看不懂期限“{}”", text.text),
                format!("`{}` is not a term", text.text),
            )
            .label("期限写法不对", "not a term")
            .hint(
                "写数和单位：10个工作日、5日、3个月、1年",
                "write a number and a unit: 10个工作日, 5日, 3个月, 1年",
            ),
        );
        None
    }

    /// A division code.
    pub(super) fn region(&self, code: &str, at: Range<usize>) -> Option<RegionCode> {
        let known = code.parse::<RegionCode>().ok().filter(|code| Gazetteer::get().region(*code).is_some());
        if known.is_none() {
            self.sink.add(
                Diagnostic::new(
                    "E047",
                    at,
                    format!("没有行政区划代码 {code}"),
                    format!("there is no division code {code}"),
                )
                .label("查无此代码", "no such code")
                .hint("写 GB/T 2260 的六位代码", "write a six-digit code of GB/T 2260"),
            );
        }
        known
    }

    /// An expression, compiled; its errors are placed inside the text.
    pub(super) fn formula(&self, text: &Text, env: &Env, want: Want) -> Option<Formula> {
        match lang::compile(&text.text, env, want) {
            Ok(expr) => Some(Formula { text: text.text.clone(), expr }),
            Err(errors) => {
                for error in errors {
                    self.language(text, &error);
                }
                None
            }
        }
    }

    /// An optional condition under a key.
    pub(super) fn condition(&self, reader: &Reader<'_>, key: &'static str, env: &Env) -> Option<Formula> {
        self.formula(reader.text(key)?, env, Want::Bool)
    }

    /// Reports an error of the language at its place in the file. A name that the pack defines, but whose definition has a
    /// fault of its own, is not reported again wherever it is used.
    pub(super) fn language(&self, text: &Text, error: &LangError) {
        let name = text.text.get(error.span.clone()).unwrap_or("");
        let defined =
            |raw: &Raw| raw.id == name && matches!(raw.kind, ElementKind::Fact | ElementKind::Param);
        if error.code == lang::Code::UnknownName && self.draft.elements.iter().any(defined) {
            return;
        }
        self.sink.add(self.language_error(text, error));
    }

    /// An error of the language at its place in the file.
    fn language_error(&self, text: &Text, error: &LangError) -> Diagnostic {
        let mut at = text.place(&error.span);
        if at.is_empty() {
            at.end += 1;
        }
        let mut found = Diagnostic::new(error.code.as_str(), at, &error.message_zh, &error.message_en)
            .label(error.code.title_zh(), error.code.title_en());
        if let Some(related) = &error.related {
            found = found.related(self.tagged(related.tag), &related.note_zh, &related.note_en);
        }
        match (&error.hint_zh, &error.hint_en) {
            (Some(zh), Some(en)) => found.hint(zh, en),
            _ => found,
        }
    }
}
