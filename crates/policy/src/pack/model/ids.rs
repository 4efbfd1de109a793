//! How things of a pack are named, cited and found.

use std::cmp::Ordering;
use std::fmt;

use super::*;
use crate::lang::Expr;
use crate::pack::{numeral, section};
use crate::procedure::{Letter, Procedure, Step};
use crate::register::Register;

/// Where in the regulation something stands: an article, an annex, or a numbered section of a text without articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleId {
    /// 第七条
    Article(u16),
    /// A section of a regulation that has no articles, as printed: 三(二)2.
    Section(String),
    /// 附件1
    Annex(u16),
}

impl ArticleId {
    /// A short key for addresses and tables: `7`, `a1`, `三(二)2`.
    pub fn key(&self) -> String {
        match self {
            Self::Article(n) => n.to_string(),
            Self::Annex(n) => format!("a{n}"),
            Self::Section(s) => s.clone(),
        }
    }

    /// In English: `Article 7`, `Annex 1`, `Section …`.
    pub fn en(&self) -> String {
        match self {
            Self::Article(n) => format!("Article {n}"),
            Self::Annex(n) => format!("Annex {n}"),
            Self::Section(s) => format!("Section {}", section::en(s)),
        }
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(n) => write!(f, "第{}条", numeral::zh(*n)),
            Self::Annex(n) => write!(f, "附件{n}"),
            Self::Section(s) => f.write_str(&section::printed(s)),
        }
    }
}

/// In the order of a text: articles, sections by their levels, annexes.
impl Ord for ArticleId {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |id: &Self| match id {
            Self::Article(n) => (0, vec![*n]),
            Self::Section(s) => (1, section::levels(s)),
            Self::Annex(n) => (2, vec![*n]),
        };
        place(self).cmp(&place(other)).then_with(|| self.key().cmp(&other.key()))
    }
}

impl PartialOrd for ArticleId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// An article with, where the text numbers them, the item: 第七条（二）.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cite {
    /// The article.
    pub article: ArticleId,
    /// The number of the item within the article: `2` for （二）.
    pub item: Option<u16>,
}

impl Cite {
    /// In English: `Article 7 (2)`.
    pub fn en(&self) -> String {
        match (self.item, self.carried()) {
            (_, Some(section)) => section.en(),
            (Some(item), None) => format!("{} ({item})", self.article.en()),
            (None, None) => self.article.en(),
        }
    }

    /// The short key: `7(2)`, as in the `cite` of an input file.
    pub fn key(&self) -> String {
        match (self.item, self.carried()) {
            (_, Some(section)) => section.key(),
            (Some(item), None) => format!("{}({item})", self.article.key()),
            (None, None) => self.article.key(),
        }
    }

    /// An item of a section, as the section that its number names: 三(二)2 for item 2 of 三(二).
    fn carried(&self) -> Option<ArticleId> {
        match (&self.article, self.item) {
            (ArticleId::Section(section), Some(item)) => {
                Some(ArticleId::Section(section::with_item(section, item)))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.item, self.carried()) {
            (_, Some(section)) => write!(f, "{section}"),
            (Some(item), None) => write!(f, "{}（{}）", self.article, numeral::zh(item)),
            (None, None) => write!(f, "{}", self.article),
        }
    }
}

/// Things of one kind, found by id, kept in the order of the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog<T> {
    items: Vec<T>,
}

impl<T> Default for Catalog<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

/// What has an id.
pub trait Identified {
    /// The ASCII identifier.
    fn id(&self) -> &str;
}

impl<T: Identified> Catalog<T> {
    /// The thing of this id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.items.iter().find(|item| item.id() == id)
    }

    /// Its position in the pack's order.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.items.iter().position(|item| item.id() == id)
    }

    /// Whether the pack has it.
    pub fn has(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// All ids in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(Identified::id)
    }
}

impl<T> Catalog<T> {
    /// All, in the order of the pack.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// None at all.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(crate) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    pub(crate) fn each_mut(&mut self, change: impl FnMut(&mut T)) {
        self.items.iter_mut().for_each(change);
    }
}

impl<'a, T> IntoIterator for &'a Catalog<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

macro_rules! identified {
    ($($name:ty),+ $(,)?) => { $(impl Identified for $name { fn id(&self) -> &str { &self.id } })+ };
}
identified!(
    Role,
    Org,
    EnumDef,
    EnumMember,
    Unit,
    Fact,
    Param,
    Rule,
    Paper,
    Use,
    SourceKind,
    Split,
    Side,
    Fund,
    Spending,
    Voucher,
    Demand,
    Distribution,
    Form,
    Part,
    Field,
    Roster,
    Tally,
    Procedure,
    Step,
    Letter,
    Register,
    Course,
    Notice,
    Duty,
    Interpretation,
    Setting,
    Case,
    Clause,
);

/// An expression of the pack: its text as written and what it compiled to.
#[derive(Clone, Debug)]
pub struct Formula {
    /// As the pack writes it.
    pub text: String,
    /// Checked and typed.
    pub expr: Expr,
}

impl PartialEq for Formula {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl Eq for Formula {}
