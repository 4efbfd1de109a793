//! First look at a pack: its articles, its blocks as trees, and every element with the article that it stands under. Nothing
//! inside an element is read yet; but its kind and id are known, so that anything may refer to anything.

use std::collections::BTreeMap;
use std::ops::Range;

use super::diag::Diagnostic;
use super::locate::Lines;
use super::markdown;
use super::model::{Article, ArticleId, ElementKind};
use super::reader;
use super::tree::{self, Entry, Node, Sink, Tree};
use crate::lang::nearest;

/// An element as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    pub(super) kind: ElementKind,
    pub(super) id: String,
    /// Where its id or header stands.
    pub(super) at: Range<usize>,
    /// Index of its article; `None` before the first.
    pub(super) article: Option<usize>,
    pub(super) node: Node,
}

impl Raw {
    /// What is written under a key of its table.
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.node.value {
            Tree::Table(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }
}

/// Everything found in the text.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) articles: Vec<Article>,
    pub(super) elements: Vec<Raw>,
}

impl Draft {
    /// The elements of a kind, in the order of the text.
    pub(super) fn of(&self, kind: ElementKind) -> impl Iterator<Item = &Raw> {
        self.elements.iter().filter(move |raw| raw.kind == kind)
    }
}

/// Block keys whose value is a table of elements by id.
const BY_ID: &[(&str, ElementKind)] = &[
    ("roles", ElementKind::Role),
    ("enums", ElementKind::Enum),
    ("units", ElementKind::Unit),
    ("facts", ElementKind::Fact),
    ("params", ElementKind::Param),
    ("rules", ElementKind::Rule),
    ("papers", ElementKind::Paper),
    ("uses", ElementKind::Use),
    ("source", ElementKind::Source),
    ("split", ElementKind::Split),
    ("fund", ElementKind::Fund),
    ("spending", ElementKind::Spending),
    ("voucher", ElementKind::Voucher),
    ("demand", ElementKind::Demand),
    ("distribution", ElementKind::Distribution),
    ("form", ElementKind::Form),
    ("roster", ElementKind::Roster),
    ("tally", ElementKind::Tally),
    ("procedure", ElementKind::Procedure),
    ("step", ElementKind::Step),
    ("course", ElementKind::Course),
    ("notice", ElementKind::Notice),
    ("letter", ElementKind::Letter),
    ("register", ElementKind::Register),
    ("duty", ElementKind::Duty),
    ("settings", ElementKind::Setting),
];

/// Block keys whose value is a list of elements, each with an `id`.
const BY_LIST: &[(&str, ElementKind)] = &[
    ("org", ElementKind::Org),
    ("interpretation", ElementKind::Interpretation),
    ("case", ElementKind::Case),
    ("clause", ElementKind::Clause),
];

/// Block keys that stand alone.
const ALONE: &[(&str, ElementKind)] = &[("pack", ElementKind::Pack), ("grant", ElementKind::Grant)];

/// Every block key with its kind of element.
pub(super) fn block_kinds() -> impl Iterator<Item = (&'static str, ElementKind)> {
    BY_ID.iter().chain(BY_LIST).chain(ALONE).copied()
}

/// The block key of a kind of element.
#[cfg(test)]
pub(super) fn block_key(kind: ElementKind) -> &'static str {
    block_kinds().find(|(_, of)| *of == kind).map_or("", |(key, _)| key)
}

/// Every block key.
#[cfg(test)]
pub(super) fn block_keys() -> impl Iterator<Item = &'static str> {
    block_kinds().map(|(key, _)| key)
}

/// Reads the text.
pub(super) fn read(text: &str, sink: &Sink) -> Draft {
    let document = markdown::read(text);
    let lines = Lines::new(text);
    let mut draft = Draft::default();
    for block in &document.front {
        collect(&mut draft, None, tree::parse(&text[block.clone()], block.start, sink), sink);
    }
    for raw in document.articles {
        let Some(id) = raw.id else {
            sink.add(
                Diagnostic::new("E030", raw.at, "标题里没有条号", "the heading has no article number")
                    .label(
                        "须以“第几条”“附件几”或节号开头",
                        "must begin with an article, annex or section number",
                    )
                    .hint("例如：## 第七条 资助对象", "for example: ## 第七条 资助对象"),
            );
            continue;
        };
        let at = draft.articles.len();
        draft.articles.push(Article {
            id,
            heading: raw.heading,
            chapter: raw.chapter,
            summary: raw.summary,
            items: raw.items,
            declares: None,
            line: lines.place(raw.at.start).line,
            blocks: raw.blocks.clone(),
        });
        for block in raw.blocks {
            collect(&mut draft, Some(at), tree::parse(&text[block.clone()], block.start, sink), sink);
        }
        let article = &draft.articles[at];
        if article.declares.is_none()
            && !sink.unreadable()
            && !draft.elements.iter().any(|raw| raw.article == Some(at) && raw.kind != ElementKind::Clause)
        {
            sink.add(
                Diagnostic::new(
                    "E039",
                    raw.at.clone(),
                    format!("{} 什么也没有说明", article.id),
                    format!("{} has no element", article.id.en()),
                )
                .label("没有规则，也没有不计算的理由", "neither an element nor a reason")
                .hint(
                    "写出这一条变成了什么，或者写 declares = \"为什么不产生计算\"",
                    "write what it becomes, or declares = \"why it computes nothing\"",
                ),
            );
        }
        twice(&draft, text, at, &raw.at, sink);
    }
    duplicates(&draft, sink);
    draft
}

/// The same article twice.
fn twice(draft: &Draft, text: &str, at: usize, heading: &Range<usize>, sink: &Sink) {
    let id = &draft.articles[at].id;
    let Some(first) = draft.articles[..at].iter().find(|other| &other.id == id) else { return };
    let mut starts = text.split_inclusive('\n').scan(0, |from, line| {
        let start = *from;
        *from += line.len();
        Some(start..start + line.trim_end().len())
    });
    let found = Diagnostic::new(
        "E038",
        heading.clone(),
        format!("{id} 出现两次"),
        format!("{} stands twice", id.en()),
    )
    .label("再次出现", "again here");
    sink.add(match starts.nth(first.line.saturating_sub(1)) {
        Some(line) => found.related(line, "第一次在这里", "first here"),
        None => found,
    });
}

fn collect(draft: &mut Draft, article: Option<usize>, entries: Vec<Entry>, sink: &Sink) {
    for entry in entries {
        let key = entry.key.as_str();
        if let Some((_, kind)) = BY_ID.iter().find(|(name, _)| *name == key) {
            by_id(draft, article, *kind, entry, sink);
        } else if let Some((_, kind)) = BY_LIST.iter().find(|(name, _)| *name == key) {
            by_list(draft, article, *kind, entry, sink);
        } else if let Some((name, kind)) = ALONE.iter().find(|(name, _)| *name == key) {
            let at = entry.node.at.clone();
            draft.elements.push(Raw { kind: *kind, id: (*name).into(), at, article, node: entry.node });
        } else if key == "declares" {
            declares(draft, article, &entry, sink);
        } else {
            let known = BY_ID.iter().chain(BY_LIST).chain(ALONE).map(|(name, _)| *name).chain(["declares"]);
            sink.add(reader::unknown_key(&entry, known));
        }
    }
}

fn by_id(draft: &mut Draft, article: Option<usize>, kind: ElementKind, entry: Entry, sink: &Sink) {
    match entry.node.value {
        Tree::Table(elements) => {
            for element in elements {
                let at = if element.node.at.start <= element.key_at.start {
                    element.node.at.clone()
                } else {
                    element.key_at
                };
                draft.elements.push(Raw { kind, id: element.key, at, article, node: element.node });
            }
        }
        other => sink.add(reader::wrong_type(&entry.node.at, &other, ("表", "a table"))),
    }
}

fn by_list(draft: &mut Draft, article: Option<usize>, kind: ElementKind, entry: Entry, sink: &Sink) {
    let Tree::List(elements) = entry.node.value else {
        let key = &entry.key;
        sink.add(
            reader::wrong_type(&entry.node.at, &entry.node.value, ("列表", "a list"))
                .hint(format!("写成 [[{key}]]"), format!("write [[{key}]]")),
        );
        return;
    };
    for node in elements {
        let id = match &node.value {
            Tree::Table(keys) => keys.iter().find(|k| k.key == "id").and_then(|k| match &k.node.value {
                Tree::Text(text) => Some((text.text.clone(), text.whole())),
                _ => None,
            }),
            _ => None,
        };
        match id {
            Some((id, at)) => draft.elements.push(Raw { kind, id, at, article, node }),
            None => sink.add(
                Diagnostic::new("E034", node.at.clone(), "缺少 `id`", "`id` is missing")
                    .label("此处须写 id", "id must stand here"),
            ),
        }
    }
}

fn declares(draft: &mut Draft, article: Option<usize>, entry: &Entry, sink: &Sink) {
    match (&entry.node.value, article.and_then(|at| draft.articles.get_mut(at))) {
        (Tree::Text(text), Some(article)) if !text.text.trim().is_empty() => {
            article.declares = Some(text.text.clone());
        }
        (Tree::Text(text), Some(_)) => sink.add(
            Diagnostic::new("E034", text.at.clone(), "没有写理由", "the reason is empty")
                .label("写明为什么不产生计算", "say why"),
        ),
        (Tree::Text(_), None) => sink.add(uncited(&entry.key_at)),
        (other, _) => sink.add(reader::wrong_type(&entry.node.at, other, ("文字", "text"))),
    }
}

fn uncited(at: &Range<usize>) -> Diagnostic {
    Diagnostic::new("E037", at.clone(), "没有条文依据", "no article above it")
        .label("写在了第一条之前", "stands before the first article")
        .hint("移到它所依据的那一条标题之下", "move it under the article that it rests on")
}

/// The same id twice among one kind, and elements before the first article.
fn duplicates(draft: &Draft, sink: &Sink) {
    let mut seen: BTreeMap<(ElementKind, &str), &Raw> = BTreeMap::new();
    for raw in &draft.elements {
        if raw.article.is_none() && raw.kind != ElementKind::Pack {
            sink.add(uncited(&raw.at));
        }
        if let Some(first) = seen.get(&(raw.kind, raw.id.as_str())) {
            sink.add(
                Diagnostic::new(
                    "E038",
                    raw.at.clone(),
                    format!("`{}` 重复定义", raw.id),
                    format!("`{}` is defined twice", raw.id),
                )
                .label("再次定义", "defined again")
                .related(first.at.clone(), "第一次在这里定义", "first defined here")
                .hint("删去一处，或改用另一个名称", "remove one of the two, or give it another name"),
            );
        } else {
            seen.insert((raw.kind, &raw.id), raw);
        }
    }
}

/// The articles that a pack says it has, against those that stand in it. A text without articles counts its sections.
pub(super) fn count(draft: &Draft, stated: (i64, i64), at: &Range<usize>, sink: &Sink) {
    let is = |of: fn(&ArticleId) -> bool| draft.articles.iter().filter(|article| of(&article.id)).count();
    let sections = is(|id| matches!(id, ArticleId::Section(_)));
    let by_section = sections > 0 && is(|id| matches!(id, ArticleId::Article(_))) == 0;
    if by_section && i64::try_from(sections) != Ok(stated.0) {
        sink.add(miscounted(at, stated.0, sections));
    }
    let articles = if by_section { 0 } else { stated.0 };
    let wanted = (1..=articles).filter_map(|n| u16::try_from(n).ok().map(ArticleId::Article));
    let annexes = (1..=stated.1).filter_map(|n| u16::try_from(n).ok().map(ArticleId::Annex));
    for id in wanted.chain(annexes) {
        if !draft.articles.iter().any(|article| article.id == id) {
            sink.add(
                Diagnostic::new("E042", at.clone(), format!("缺少{id}"), format!("{} is missing", id.en()))
                    .label("这里写明的条数与正文不符", "the numbers stated here differ from the text")
                    .hint(format!("补上“## {id} …”一节"), format!("add a section `## {id} …`")),
            );
        }
    }
    let beyond = draft.articles.iter().find(|article| match article.id {
        ArticleId::Article(n) => i64::from(n) > stated.0,
        ArticleId::Annex(n) => i64::from(n) > stated.1,
        ArticleId::Section(_) => false,
    });
    if let Some(article) = beyond {
        let (zh, en) = (
            format!("{} 超出了写明的条数", article.id),
            format!("{} is beyond the stated number", article.id.en()),
        );
        sink.add(
            Diagnostic::new("E042", at.clone(), zh, en)
                .label("写明的条数太少", "the stated number is too small"),
        );
    }
}

fn miscounted(at: &Range<usize>, stated: i64, sections: usize) -> Diagnostic {
    Diagnostic::new(
        "E042",
        at.clone(),
        format!("写明 {stated} 节，正文有 {sections} 节"),
        format!("{stated} sections are stated, the text has {sections}"),
    )
    .label("这里写明的节数与正文不符", "the number stated here differs from the text")
    .hint(
        format!("正文不分条，articles 数各节标题：articles = {sections}"),
        format!("a text without articles counts its section headings: articles = {sections}"),
    )
}

/// What an id may be: letters, digits and underscores, beginning with a letter, and no word of the language.
pub(super) fn check_id(raw: &Raw, sink: &Sink) {
    let good = raw.id.starts_with(|c: char| c.is_ascii_lowercase())
        && raw.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if raw.kind == ElementKind::Clause {
        return check_clause(raw, sink);
    }
    let unit = raw.kind == ElementKind::Unit;
    if crate::lang::RESERVED.contains(&raw.id.as_str()) || !(good || unit) {
        sink.add(
            Diagnostic::new(
                "E048",
                raw.at.clone(),
                format!("`{}` 不能作名称", raw.id),
                format!("`{}` cannot be a name", raw.id),
            )
            .label("名称不合规", "not a name")
            .hint(
                "用小写字母、数字和下划线，以字母开头，不用 and、or、in 等关键字",
                "lower-case letters, digits and `_`, and no word of the language",
            ),
        );
    }
}

/// The number of a clause: capital letters, a hyphen, then digits, letters and points.
fn check_clause(raw: &Raw, sink: &Sink) {
    let good = raw.id.split_once('-').is_some_and(|(regime, number)| {
        !regime.is_empty()
            && regime.bytes().all(|b| b.is_ascii_uppercase())
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
    });
    if !good {
        sink.add(
            Diagnostic::new(
                "E048",
                raw.at.clone(),
                format!("`{}` 不能作条款的编号", raw.id),
                format!("`{}` cannot be the number of a clause", raw.id),
            )
            .label("编号不合规", "not such a number")
            .hint("大写字母、短横、数字，例如 AB-03.2", "capitals, a hyphen, digits: AB-03.2"),
        );
    }
}

/// The nearest id of a kind.
pub(super) fn near<'d>(draft: &'d Draft, kind: ElementKind, id: &str) -> Option<&'d str> {
    nearest(id, draft.of(kind).map(|raw| raw.id.as_str()))
}
