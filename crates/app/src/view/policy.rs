//! The policy page: what each article says in our own words, and beside it what the program made of it, or why it computes
//! nothing. It reads the pack and decides nothing.

use super::policy_clauses::{ClauseShown, of_article};
use crate::command::Failure;
use crate::writer::App;
use kernel::Date;
use kernel::money::Money;
use policy::coverage::Mention;
use policy::pack::{Article, Cite, Element, ElementKind, Expect, Language, Pack, Words};
use std::sync::Arc;

/// A piece of an article's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prose {
    /// A paragraph.
    Paragraph(String),
    /// A numbered item.
    Item(u16, String),
}

/// An element of the pack, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its kind.
    pub kind: ElementKind,
    /// The kind in words.
    pub kind_name: Words,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// What it says, line by line, Chinese.
    pub zh: Vec<String>,
    /// The same, English.
    pub en: Vec<String>,
    /// Its text in the pack.
    pub source: String,
    /// The line of the pack's file where it begins.
    pub line: usize,
}

/// One row of the page: a piece of the article on the left, what it became on the right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The item, for a piece that has one.
    pub item: Option<u16>,
    /// How it is cited.
    pub cite: Cite,
    /// Our words.
    pub words: Vec<String>,
    /// Elements, without embedded cases.
    pub entries: Vec<Entry>,
    /// Where else it is cited: the kind and name of what cites it.
    pub mentions: Vec<(Words, Words)>,
    /// Embedded cases that stand here.
    pub cases: Vec<CaseLine>,
}

/// An embedded case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// Its id.
    pub id: String,
    /// What it shows.
    pub name: Words,
    /// What must come out.
    pub expect: Expect,
    /// The amount expected.
    pub amount: Option<Money>,
    /// The names of the rules expected to fail.
    pub fails: Vec<Words>,
    /// The day it is judged by.
    pub as_of: Date,
}

/// An article in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleLine {
    /// Its key in addresses.
    pub key: String,
    /// As printed.
    pub cite: Words,
    /// Its heading.
    pub heading: String,
    /// The chapter that begins with it.
    pub chapter: Option<String>,
    /// Our words.
    pub prose: Vec<Prose>,
    /// Why it computes nothing.
    pub declares: Option<String>,
    /// What it became: kind and names, in the order of kinds.
    pub became: Vec<(Words, Vec<Words>)>,
    /// It has an element for itself and each of its items, or a reason.
    pub covered: bool,
    /// What it demands of the program, clause by clause.
    pub clauses: Vec<ClauseShown>,
}

/// An edition of the regulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionLine {
    /// The edition.
    pub edition: String,
    /// First day in force.
    pub from: Date,
    /// Last day in force.
    pub until: Option<Date>,
    /// Hash of the pack's text.
    pub hash: String,
    /// In force today.
    pub current: bool,
}

/// The whole regulation at a glance.
#[derive(Debug, Clone)]
pub struct PolicyPage {
    /// The pack.
    pub pack: Arc<Pack>,
    /// Its articles and annexes.
    pub articles: Vec<ArticleLine>,
    /// How many are covered.
    pub covered: usize,
    /// Articles and items without anything.
    pub open: Vec<Cite>,
    /// How many elements of each kind.
    pub counts: Vec<(Words, usize)>,
    /// Every edition that the program has.
    pub editions: Vec<EditionLine>,
    /// The embedded cases.
    pub cases: Vec<CaseLine>,
}

/// One article.
#[derive(Debug, Clone)]
pub struct ArticlePage {
    /// The pack.
    pub pack: Arc<Pack>,
    /// The article.
    pub article: Article,
    /// Rows: the article as a whole, then its items.
    pub sides: Vec<Side>,
    /// What it demands of the program, clause by clause.
    pub clauses: Vec<ClauseShown>,
    /// The article before: key, citation, heading.
    pub before: Option<(String, Words, String)>,
    /// The article after.
    pub after: Option<(String, Words, String)>,
}

impl App {
    /// The regulation that the book runs.
    pub fn policy(&self) -> Result<PolicyPage, Failure> {
        let pack = self.pack()?;
        let today = self.today();
        let editions = self.packs.iter().filter(|one| one.id == pack.id).map(|one| EditionLine {
            edition: one.edition.clone(),
            from: one.in_force.from,
            until: one.in_force.until,
            hash: one.hash.clone(),
            current: one.in_force.covers(today),
        });
        Ok(policy_page(&pack, editions.collect()))
    }

    /// One article of it.
    pub fn policy_article(&self, key: &str) -> Result<Option<ArticlePage>, Failure> {
        Ok(article_page(&self.pack()?, key))
    }
}

/// The regulation of a pack.
pub fn policy_page(pack: &Arc<Pack>, editions: Vec<EditionLine>) -> PolicyPage {
    let coverage = pack.coverage();
    let mut chapter = None;
    let articles: Vec<ArticleLine> = coverage
        .articles
        .iter()
        .map(|one| {
            let article = one.article;
            let begins = article.chapter != chapter;
            chapter.clone_from(&article.chapter);
            ArticleLine {
                key: article.id.key(),
                cite: Words::new(article.id.to_string(), article.id.en()),
                heading: article.heading.clone(),
                chapter: article.chapter.clone().filter(|_| begins),
                prose: prose(&article.summary),
                declares: article.declares.clone(),
                became: became(pack, article),
                covered: one.covered(),
                clauses: of_article(pack, &article.id),
            }
        })
        .collect();
    let mut counts: Vec<(ElementKind, usize)> = Vec::new();
    for element in pack.elements.iter().filter(|element| element.kind != ElementKind::Pack) {
        match counts.iter_mut().find(|(kind, _)| *kind == element.kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((element.kind, 1)),
        }
    }
    counts.sort_by_key(|(kind, _)| *kind);
    PolicyPage {
        covered: articles.iter().filter(|article| article.covered).count(),
        open: coverage.open(),
        counts: counts.into_iter().map(|(kind, count)| (kind.words(), count)).collect(),
        editions,
        cases: pack.cases.ids().filter_map(|id| case_line(pack, id)).collect(),
        articles,
        pack: Arc::clone(pack),
    }
}

fn became(pack: &Pack, article: &Article) -> Vec<(Words, Vec<Words>)> {
    let mut kinds: Vec<(ElementKind, Vec<Words>)> = Vec::new();
    for element in pack.elements_of(&article.id) {
        match kinds.iter_mut().find(|(kind, _)| *kind == element.kind) {
            Some((_, names)) => names.push(element.name.clone()),
            None => kinds.push((element.kind, vec![element.name.clone()])),
        }
    }
    kinds.sort_by_key(|(kind, _)| *kind);
    kinds.into_iter().map(|(kind, names)| (kind.words(), names)).collect()
}

/// One article of a pack by its key.
pub fn article_page(pack: &Arc<Pack>, key: &str) -> Option<ArticlePage> {
    let coverage = pack.coverage();
    let at = coverage.articles.iter().position(|one| one.article.id.key() == key)?;
    let found = coverage.articles.get(at)?;
    let article = found.article;
    let pieces = prose(&article.summary);
    let whole = pieces.iter().filter_map(|piece| match piece {
        Prose::Paragraph(text) => Some(text.clone()),
        Prose::Item(..) => None,
    });
    let mut sides = vec![side(pack, article, None, whole.collect(), &found.elements, &found.mentions)];
    for item in &found.items {
        let words = pieces.iter().filter_map(|piece| match piece {
            Prose::Item(number, text) if *number == item.item => Some(text.clone()),
            _ => None,
        });
        sides.push(side(pack, article, Some(item.item), words.collect(), &item.elements, &item.mentions));
    }
    let near = |at: Option<usize>| {
        let article = coverage.articles.get(at?)?.article;
        Some((article.id.key(), Words::new(article.id.to_string(), article.id.en()), article.heading.clone()))
    };
    Some(ArticlePage {
        sides,
        before: near(at.checked_sub(1)),
        after: near(at.checked_add(1)),
        clauses: of_article(pack, &article.id),
        article: article.clone(),
        pack: Arc::clone(pack),
    })
}

fn side(
    pack: &Pack,
    article: &Article,
    item: Option<u16>,
    words: Vec<String>,
    elements: &[&Element],
    mentions: &[Mention],
) -> Side {
    let (cases, others): (Vec<&Element>, Vec<&Element>) =
        elements.iter().partition(|one| one.kind == ElementKind::Case);
    let mut others: Vec<&Element> = others;
    others.sort_by_key(|one| order(one.kind));
    let mut seen: Vec<(Words, Words)> = Vec::new();
    for mention in mentions {
        let named = (mention.kind.words(), mention.what.clone());
        if !seen.contains(&named) {
            seen.push(named);
        }
    }
    Side {
        item,
        cite: Cite { article: article.id.clone(), item },
        words,
        entries: others.into_iter().map(|one| entry(pack, one)).collect(),
        mentions: seen,
        cases: cases.into_iter().filter_map(|one| case_line(pack, &one.id)).collect(),
    }
}

/// What matters most to a reader stands first.
fn order(kind: ElementKind) -> u8 {
    match kind {
        ElementKind::Rule | ElementKind::Grant => 0,
        ElementKind::Param | ElementKind::Fund => 1,
        ElementKind::Step | ElementKind::Notice | ElementKind::Letter | ElementKind::Register => 2,
        ElementKind::Paper | ElementKind::Use | ElementKind::Duty | ElementKind::Tally => 3,
        ElementKind::Interpretation => 4,
        ElementKind::Form | ElementKind::Procedure => 5,
        ElementKind::Setting => 6,
        _ => 7,
    }
}

fn entry(pack: &Pack, element: &Element) -> Entry {
    let mut entry = Entry {
        kind: element.kind,
        kind_name: element.kind.words(),
        id: element.id.clone(),
        name: element.name.clone(),
        zh: pack.describe(element, Language::Zh),
        en: pack.describe(element, Language::En),
        source: pack.text_of(element).trim_end().to_owned(),
        line: element.line,
    };
    if let (ElementKind::Interpretation, Some(reading)) =
        (element.kind, pack.interpretations.get(&element.id))
    {
        entry.name = reading.about.clone();
    }
    if element.kind == ElementKind::Fact
        && let Some(fact) = pack.facts.get(&element.id)
    {
        let papers = pack.papers_for_fact(&fact.id);
        if !papers.is_empty() {
            let names = |pick: fn(&Words) -> &str, join: &str| {
                papers.iter().map(|p| pick(&p.name)).collect::<Vec<_>>().join(join)
            };
            entry.zh.push(format!("证明材料：{}", names(|w| &w.zh, "、")));
            entry.en.push(format!("proved by: {}", names(|w| &w.en, ", ")));
        }
    }
    entry
}

fn case_line(pack: &Pack, id: &str) -> Option<CaseLine> {
    let case = pack.cases.get(id)?;
    Some(CaseLine {
        id: case.id.clone(),
        name: case.name.clone(),
        expect: case.expect,
        amount: case.amount,
        fails: case.fails.iter().filter_map(|rule| Some(pack.rules.get(rule)?.name.clone())).collect(),
        as_of: case.as_of,
    })
}

/// The facts of an embedded case as one would type them, by the names of the fields, with the day.
pub fn preset(pack: &Pack, id: &str) -> Option<super::qualify::Typed> {
    let case = pack.cases.get(id)?;
    let mut typed: super::qualify::Typed = case
        .facts
        .iter()
        .filter_map(|(fact, value)| {
            let of = pack.facts.get(fact)?;
            Some((fact.clone(), pack.value_text(value, &of.ty)))
        })
        .collect();
    typed.insert("as_of".to_owned(), case.as_of.to_string());
    Some(typed)
}

/// The words of an article: paragraphs, and items written as `1. …`.
pub fn prose(summary: &str) -> Vec<Prose> {
    let mut pieces: Vec<Prose> = Vec::new();
    let mut open = false;
    for line in summary.lines().map(str::trim) {
        let item = line.split_once(". ").and_then(|(number, rest)| Some((number.parse::<u16>().ok()?, rest)));
        match (item, pieces.last_mut()) {
            _ if line.is_empty() => open = false,
            (Some((number, rest)), _) => {
                pieces.push(Prose::Item(number, rest.to_owned()));
                open = true;
            }
            (None, Some(Prose::Paragraph(text) | Prose::Item(_, text))) if open => text.push_str(line),
            (None, _) => {
                pieces.push(Prose::Paragraph(line.to_owned()));
                open = true;
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests;
