//! What of a regulation the program obeys: for each article and item the elements that it became, or the reason why it
//! computes nothing. It lists and describes; whether an element does what its article says is for people to read.

mod clauses;
mod describe;
mod letters;
mod life;
mod money;
mod registers;

pub use clauses::{ClauseLine, ClauseState};

use crate::pack::{Article, ArticleId, Cite, Element, ElementKind, Form, Language, Pack, PartKind, Words};

/// Coverage of a whole pack.
#[derive(Clone, Debug)]
pub struct Coverage<'p> {
    /// Every article and annex, in the order of the text.
    pub articles: Vec<ArticleCoverage<'p>>,
}

/// Coverage of one article.
#[derive(Clone, Debug)]
pub struct ArticleCoverage<'p> {
    /// The article.
    pub article: &'p Article,
    /// Elements of the article as a whole.
    pub elements: Vec<&'p Element>,
    /// Its items.
    pub items: Vec<ItemCoverage<'p>>,
    /// Where else in the pack this article is cited: fields of forms, points of checklists, conditions of counts.
    pub mentions: Vec<Mention>,
}

/// Coverage of one item.
#[derive(Clone, Debug)]
pub struct ItemCoverage<'p> {
    /// Its number.
    pub item: u16,
    /// Its elements.
    pub elements: Vec<&'p Element>,
    /// Where else it is cited.
    pub mentions: Vec<Mention>,
}

/// A citation from within an element that stands elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What is cited.
    pub cite: Cite,
    /// The kind of element that cites it.
    pub kind: ElementKind,
    /// Its id.
    pub id: String,
    /// The field, point or condition.
    pub what: Words,
}

impl ArticleCoverage<'_> {
    /// Whether the article has at least one element.
    pub fn computes(&self) -> bool {
        !self.elements.is_empty() || self.items.iter().any(|item| !item.elements.is_empty())
    }

    /// Whether the article and each of its items has an element, is cited, or is declared to compute nothing.
    pub fn covered(&self) -> bool {
        if self.article.declares.is_some() {
            return true;
        }
        let whole = self.elements.iter().any(|element| element.kind != ElementKind::Case);
        let covered = |item: &ItemCoverage<'_>| !item.elements.is_empty() || !item.mentions.is_empty();
        (whole || !self.items.is_empty()) && self.items.iter().all(covered)
    }
}

impl Coverage<'_> {
    /// The articles and items that have nothing.
    pub fn open(&self) -> Vec<Cite> {
        let mut open = Vec::new();
        for article in self.articles.iter().filter(|article| !article.covered()) {
            let id = &article.article.id;
            let items =
                article.items.iter().filter(|item| item.elements.is_empty() && item.mentions.is_empty());
            let before = open.len();
            open.extend(items.map(|item| Cite { article: id.clone(), item: Some(item.item) }));
            if open.len() == before {
                open.push(Cite { article: id.clone(), item: None });
            }
        }
        open
    }

    /// As text, for the command line.
    pub fn text(&self, language: Language) -> String {
        let mut text = String::new();
        for coverage in &self.articles {
            let article = coverage.article;
            let name = match language {
                Language::Zh => article.id.to_string(),
                Language::En => article.id.en(),
            };
            text.push_str(&format!("{name} {}\n", article.heading));
            if let Some(reason) = &article.declares {
                text.push_str(&format!("  — {reason}\n"));
            }
            list(&mut text, "  ", &coverage.elements, &coverage.mentions, language);
            for item in &coverage.items {
                let cite = Cite { article: article.id.clone(), item: Some(item.item) };
                let label = match language {
                    Language::Zh => cite.to_string(),
                    Language::En => cite.en(),
                };
                text.push_str(&format!("  {label}\n"));
                list(&mut text, "    ", &item.elements, &item.mentions, language);
            }
        }
        let open = self.open();
        let covered = self.articles.iter().filter(|article| article.covered()).count();
        let total = self.articles.len();
        text.push_str(&match language {
            Language::Zh => format!("\n{total} 条（含附件），{covered} 条已落实，{} 处空缺\n", open.len()),
            Language::En => {
                format!("\n{total} articles and annexes, {covered} covered, {} open\n", open.len())
            }
        });
        for cite in &open {
            let (zh, en) = (cite.to_string(), cite.en());
            text.push_str(&format!("  ! {}\n", language.of(&Words::new(zh, en))));
        }
        text
    }
}

fn list(text: &mut String, indent: &str, elements: &[&Element], mentions: &[Mention], language: Language) {
    for kind in kinds(elements) {
        let named = elements.iter().filter(|element| element.kind == kind);
        let names: Vec<&str> = named.map(|element| language.of(&element.name)).collect();
        text.push_str(&format!("{indent}{}: {}\n", language.of(&kind.words()), joined(names, language)));
    }
    let names: Vec<&str> = mentions.iter().map(|mention| language.of(&mention.what)).collect();
    if !names.is_empty() {
        let word = language.of(&Words::new("另见", "also")).to_owned();
        text.push_str(&format!("{indent}{word}: {}\n", joined(names, language)));
    }
}

/// A list in one line; names that hold commas themselves are parted by semicolons.
fn joined(names: impl IntoIterator<Item = impl AsRef<str>>, language: Language) -> String {
    let names: Vec<String> = names.into_iter().map(|name| name.as_ref().to_owned()).collect();
    let inner = names.iter().any(|name| name.contains(['、', '，', ',']));
    names.join(match (language, inner) {
        (Language::Zh, false) => "、",
        (Language::Zh, true) => "；",
        (Language::En, false) => ", ",
        (Language::En, true) => "; ",
    })
}

fn kinds(elements: &[&Element]) -> Vec<ElementKind> {
    let mut kinds: Vec<ElementKind> = elements.iter().map(|element| element.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

impl Pack {
    /// What each article became.
    pub fn coverage(&self) -> Coverage<'_> {
        let mentions = mentions(self);
        let of = |id: &ArticleId, item: Option<u16>| -> (Vec<&Element>, Vec<Mention>) {
            let cites = |cite: &Cite| &cite.article == id && cite.item == item;
            let elements =
                self.elements.iter().filter(|element| element.cite.as_ref().is_some_and(&cites)).collect();
            (elements, mentions.iter().filter(|mention| cites(&mention.cite)).cloned().collect())
        };
        let articles = self.articles.iter().map(|article| {
            let (elements, mentions) = of(&article.id, None);
            let items = article.items.iter().map(|item| {
                let (elements, mentions) = of(&article.id, Some(*item));
                ItemCoverage { item: *item, elements, mentions }
            });
            ArticleCoverage { article, elements, items: items.collect(), mentions }
        });
        Coverage { articles: articles.collect() }
    }

    /// The text of an element as the pack writes it.
    pub fn text_of(&self, element: &Element) -> &str {
        self.source.text.get(element.range.clone()).unwrap_or("")
    }

    /// What an element says, line by line, in words: names in place of identifiers.
    pub fn describe(&self, element: &Element, language: Language) -> Vec<String> {
        describe::describe(self, element, language)
    }
}

/// Citations inside elements that stand under another article or item.
fn mentions(pack: &Pack) -> Vec<Mention> {
    let mut list = Vec::new();
    for form in &pack.forms {
        for (cite, what) in cited_by(form).into_iter().filter(|(cite, _)| **cite != form.cite) {
            list.push(Mention {
                cite: cite.clone(),
                kind: ElementKind::Form,
                id: form.id.clone(),
                what: what.clone(),
            });
        }
    }
    for step in &pack.steps {
        for point in step.checklist.iter().filter(|point| point.cite != step.cite) {
            let (id, what) = (step.id.clone(), point.say.clone());
            list.push(Mention { cite: point.cite.clone(), kind: ElementKind::Step, id, what });
        }
    }
    for tally in &pack.tallies {
        for window in tally.windows.iter().filter(|window| window.cite != tally.cite) {
            let (id, what) = (tally.id.clone(), window.say.clone());
            list.push(Mention { cite: window.cite.clone(), kind: ElementKind::Tally, id, what });
        }
    }
    list
}

fn cited_by(form: &Form) -> Vec<(&Cite, &Words)> {
    let mut list = Vec::new();
    for part in &form.parts {
        match &part.kind {
            PartKind::Fields(fields) => list.extend(fields.iter().map(|field| (&field.cite, &field.name))),
            PartKind::Table(table) => {
                list.extend(table.columns.iter().map(|c| (&c.field.cite, &c.field.name)));
            }
            PartKind::Months(_) => list.push((&part.cite, &part.name)),
        }
    }
    list.extend(form.derives.iter().map(|derive| (&derive.cite, &derive.name)));
    list
}
