//! The clauses of the regulation beside its articles: how far the program obeys each, by what, on which page.

use policy::coverage::ClauseLine;
pub use policy::coverage::ClauseState;
use policy::pack::{ArticleId, Pack, Words};

/// A clause, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseShown {
    /// Its number.
    pub id: String,
    /// How its article is cited.
    pub cite: Words,
    /// What it is about.
    pub name: Words,
    /// How far it is obeyed.
    pub state: ClauseState,
    /// What obeys it: kind and name.
    pub elements: Vec<(Words, Words)>,
    /// Addresses of pages, as the router writes them.
    pub screens: Vec<String>,
    /// The tests that hold it.
    pub tests: Vec<String>,
    /// What is still to come.
    pub later: Option<Words>,
}

/// The clauses that stand under an article.
pub(super) fn of_article(pack: &Pack, article: &ArticleId) -> Vec<ClauseShown> {
    let own = |line: &ClauseLine<'_>| line.clause.cite.article == *article;
    pack.clause_lines().into_iter().filter(own).map(shown).collect()
}

fn shown(line: ClauseLine<'_>) -> ClauseShown {
    let ClauseLine { clause, state, elements } = line;
    ClauseShown {
        id: clause.id.clone(),
        cite: Words::new(clause.cite.to_string(), clause.cite.en()),
        name: clause.name.clone(),
        state,
        elements: elements.into_iter().map(|(kind, name)| (kind.words(), name)).collect(),
        screens: clause.screens.clone(),
        tests: clause.tests.clone(),
        later: clause.later.clone(),
    }
}
