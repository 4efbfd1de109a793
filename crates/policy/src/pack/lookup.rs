//! What the program asks a pack: papers that prove a fact, the elements of an article.

use super::model::{Article, ArticleId, Course, Element, ElementKind, Pack, Paper, Source, Stage};
use super::{Diagnostics, Id};
use crate::procedure::{Procedure, Step};

impl Pack {
    /// Reads and checks a pack; embedded cases are run. On any fault nothing loads and all findings come back.
    pub fn load(source: Source) -> Result<Self, Diagnostics> {
        super::load::load(source)
    }

    /// The article of this number.
    pub fn article(&self, id: &ArticleId) -> Option<&Article> {
        self.articles.iter().find(|article| &article.id == id)
    }

    /// The article of this key: `7`, `a1`.
    pub fn article_by_key(&self, key: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.id.key() == key)
    }

    /// The papers that prove a fact, in the order of the pack.
    pub fn papers_for_fact(&self, fact: &str) -> Vec<&Paper> {
        let proof: &[Id] = self.facts.get(fact).map_or(&[], |fact| &fact.proof);
        self.papers.iter().filter(|paper| proof.contains(&paper.id)).collect()
    }

    /// The facts that a paper proves.
    pub fn facts_of_paper(&self, paper: &str) -> Vec<&super::Fact> {
        self.facts.iter().filter(|fact| fact.proof.iter().any(|id| id == paper)).collect()
    }

    /// The procedure of a step.
    pub fn procedure_of(&self, step: &Step) -> Option<&Procedure> {
        self.procedures.get(&step.procedure)
    }

    /// Where an element stands.
    pub fn element(&self, kind: ElementKind, id: &str) -> Option<&Element> {
        self.elements.iter().find(|element| element.kind == kind && element.id == id)
    }

    /// The elements of an article, in the order of the text.
    pub fn elements_of<'p>(&'p self, article: &'p ArticleId) -> impl Iterator<Item = &'p Element> {
        self.elements
            .iter()
            .filter(move |element| element.cite.as_ref().is_some_and(|cite| &cite.article == article))
    }
}

impl Course {
    /// The stage that a step belongs to.
    pub fn stage_of(&self, step: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.steps.iter().any(|id| id == step))
    }
}
