//! The Markdown side of a pack: which article a block stands under, and the words of each article. Code blocks marked `toml`
//! are handed on with their place; nothing else is interpreted. Forms of headings:
//!
//! - First level: the title, or a chapter (`# 第一章 总则`, in a text of sections `# 三、主要任务`).
//! - Second level, an article: `## 第七条 资助对象`. An annex: `## 附件1 名单`.
//! - Second level, a section of a text that has no articles, by its number: `## 三、目标` or `## 三 目标`; `## 三（二）收益`;
//!   `## 三（二）2 比例`; `## 三（三）1（2）时间`. Brackets of full or half width; the number is kept with half-width ones, which is
//!   its key (`三(二)2`). A section and its subsections may both be headings.
//!
//! The outer numbered list under a heading numbers its items (`item = 2`). An item of a section carries the numbering on: item 2
//! of 三(二) is cited 三（二）2, so that short subsections need no heading of their own. `articles = N` of `[pack]` counts articles
//! when there are any, else sections (each heading once); `annexes = N` counts annexes.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::model::ArticleId;
use super::{numeral, section};

/// An article as read, before its blocks are.
#[derive(Clone, Debug)]
pub(super) struct RawArticle {
    /// `None`: the heading does not begin with an article, annex or section number.
    pub(super) id: Option<ArticleId>,
    pub(super) heading: String,
    pub(super) chapter: Option<String>,
    /// Range of the heading line.
    pub(super) at: Range<usize>,
    pub(super) summary: String,
    pub(super) items: Vec<u16>,
    pub(super) blocks: Vec<Range<usize>>,
}

/// A pack's text, cut into its front block and its articles.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    pub(super) front: Vec<Range<usize>>,
    pub(super) articles: Vec<RawArticle>,
}

/// Cuts the text.
pub(super) fn read(text: &str) -> Document {
    let mut reader =
        Reader { text, document: Document::default(), chapter: None, lists: Vec::new(), words_from: 0 };
    let mut events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let title = heading_text(&mut events);
                reader.heading(level, title, range);
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let mut body: Option<Range<usize>> = None;
                for (inner, at) in events.by_ref() {
                    match inner {
                        Event::End(TagEnd::CodeBlock) => break,
                        _ => body = Some(body.map_or(at.clone(), |so_far| so_far.start..at.end)),
                    }
                }
                reader.block(&kind, range, body);
            }
            Event::Start(Tag::List(first)) => reader.lists.push(first),
            Event::End(TagEnd::List(_)) => {
                reader.lists.pop();
            }
            Event::Start(Tag::Item) => reader.item(),
            _ => {}
        }
    }
    reader.finish()
}

struct Reader<'t> {
    text: &'t str,
    document: Document,
    chapter: Option<String>,
    lists: Vec<Option<u64>>,
    words_from: usize,
}

impl Reader<'_> {
    fn heading(&mut self, level: HeadingLevel, title: String, range: Range<usize>) {
        self.close_words(range.start);
        self.words_from = range.end;
        match level {
            HeadingLevel::H1 => self.chapter = Some(title),
            HeadingLevel::H2 => {
                let (id, heading) = split_heading(&title);
                let end = range.start + self.text[range.clone()].trim_end().len();
                self.document.articles.push(RawArticle {
                    id,
                    heading,
                    chapter: self
                        .chapter
                        .clone()
                        .filter(|c| c.starts_with('第') || section::take(c).is_some()),
                    at: range.start..end,
                    summary: String::new(),
                    items: Vec::new(),
                    blocks: Vec::new(),
                });
            }
            _ => self.words_from = range.start,
        }
    }

    fn block(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>, body: Option<Range<usize>>) {
        if !matches!(kind, CodeBlockKind::Fenced(info) if info.as_ref() == "toml") {
            return;
        }
        self.close_words(range.start);
        self.words_from = range.end;
        let Some(body) = body else { return };
        match self.document.articles.last_mut() {
            Some(article) => article.blocks.push(body),
            None => self.document.front.push(body),
        }
    }

    fn item(&mut self) {
        let depth = self.lists.len();
        if let (1, Some(Some(next)), Some(article)) =
            (depth, self.lists.last_mut(), self.document.articles.last_mut())
        {
            article.items.extend(u16::try_from(*next));
            *next += 1;
        }
    }

    /// Words since the last heading or block belong to the open article.
    fn close_words(&mut self, until: usize) {
        let words = self.text.get(self.words_from..until).unwrap_or("").trim();
        if let Some(article) = self.document.articles.last_mut()
            && !words.is_empty()
        {
            if !article.summary.is_empty() {
                article.summary.push_str("\n\n");
            }
            article.summary.push_str(words);
        }
    }

    fn finish(mut self) -> Document {
        self.close_words(self.text.len());
        self.document
    }
}

fn heading_text<'e>(events: &mut impl Iterator<Item = (Event<'e>, Range<usize>)>) -> String {
    let mut title = String::new();
    for (event, _) in events {
        match event {
            Event::End(TagEnd::Heading(_)) => break,
            Event::Text(text) | Event::Code(text) => title.push_str(&text),
            _ => {}
        }
    }
    title
}

/// `第七条 资助对象` as its number and the rest. A section's number may be followed by its title without a space (`三、目标`).
fn split_heading(title: &str) -> (Option<ArticleId>, String) {
    let title = title.trim();
    if let Some((section, rest)) = section::take(title) {
        return (Some(ArticleId::Section(section)), rest.trim().to_owned());
    }
    let (first, rest) = title.split_once(char::is_whitespace).unwrap_or((title, ""));
    (article_id(first), rest.trim().to_owned())
}

/// 第七条, 附件1, 三(二)2.
pub(super) fn article_id(text: &str) -> Option<ArticleId> {
    if let Some(number) = text.strip_prefix('第').and_then(|t| t.strip_suffix('条')) {
        return numeral::parse(number).map(ArticleId::Article);
    }
    if let Some(number) = text.strip_prefix("附件") {
        return numeral::parse(number).map(ArticleId::Annex);
    }
    section::whole(text).map(ArticleId::Section)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# 某办法\n\n说明。\n\n```toml\n[pack]\n```\n\n# 第一章 总则\n\n## 第七条 资助对象\n\n先说明。\n\n1. 甲\n2. 乙\n   1. 内\n\n```toml\n[rules.a]\n```\n\n后说明。\n\n## 附件1 名单\n\n```rust\nno\n```\n\n## 三（二）2 收益\n\n## 随便\n";

    #[test]
    fn articles_own_their_words_items_and_blocks() {
        let document = read(TEXT);
        assert_eq!(document.front.len(), 1);
        assert_eq!(&TEXT[document.front[0].clone()], "[pack]\n");
        let ids: Vec<_> = document.articles.iter().map(|a| a.id.as_ref().map(ArticleId::key)).collect();
        assert_eq!(ids, [Some("7".into()), Some("a1".into()), Some("三(二)2".into()), None]);
        let seventh = &document.articles[0];
        assert_eq!(seventh.heading, "资助对象");
        assert_eq!(seventh.chapter.as_deref(), Some("第一章 总则"));
        assert_eq!(seventh.items, [1, 2], "only the outer list numbers items");
        assert_eq!(seventh.summary, "先说明。\n\n1. 甲\n2. 乙\n   1. 内\n\n后说明。");
        assert_eq!(&TEXT[seventh.blocks[0].clone()], "[rules.a]\n");
        assert_eq!(&TEXT[seventh.at.clone()], "## 第七条 资助对象");
        assert!(document.articles[1].blocks.is_empty(), "blocks of other languages are prose");
    }
}
