//! The clauses of a pack one by one: what obeys each, where people meet it, which test holds it, what is still to come.

use crate::pack::{Clause, ElementKind, Language, Pack, Words};

/// How far the program obeys a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClauseState {
    /// Wholly.
    Done,
    /// In part: the clause says what is to come.
    Part,
    /// Not yet.
    Later,
}

impl ClauseState {
    /// In words.
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Done => ("做到了", "done"),
            Self::Part => ("做到一部分", "in part"),
            Self::Later => ("还没有做", "to come"),
        };
        Words::new(zh, en)
    }
}

/// A clause with the names of what obeys it.
#[derive(Clone, Debug)]
pub struct ClauseLine<'p> {
    /// The clause.
    pub clause: &'p Clause,
    /// How far it is obeyed.
    pub state: ClauseState,
    /// Kinds and names of its elements.
    pub elements: Vec<(ElementKind, Words)>,
}

impl Clause {
    /// How far the program obeys it.
    pub fn state(&self) -> ClauseState {
        let shown = !self.elements.is_empty() && !self.screens.is_empty() && !self.tests.is_empty();
        match (&self.later, shown) {
            (None, _) => ClauseState::Done,
            (Some(_), true) => ClauseState::Part,
            (Some(_), false) => ClauseState::Later,
        }
    }
}

impl Pack {
    /// The clauses, in the order of the text.
    pub fn clause_lines(&self) -> Vec<ClauseLine<'_>> {
        let named = |(kind, id): &(ElementKind, String)| {
            let element = self.elements.iter().find(|element| element.kind == *kind && element.id == *id);
            (*kind, element.map_or_else(|| Words::new(id.clone(), id.clone()), |found| found.name.clone()))
        };
        let all = self.clauses.iter();
        all.map(|clause| ClauseLine {
            clause,
            state: clause.state(),
            elements: clause.elements.iter().map(named).collect(),
        })
        .collect()
    }

    /// The clauses as text, for the command line.
    pub fn clause_text(&self, language: Language) -> String {
        let lines = self.clause_lines();
        let word = |zh: &'static str, en: &'static str| match language {
            Language::Zh => zh,
            Language::En => en,
        };
        let mut text = String::new();
        for ClauseLine { clause, state, elements } in &lines {
            let cite = Words::new(clause.cite.to_string(), clause.cite.en());
            text.push_str(&format!(
                "{}  {}  {}  [{}]\n",
                clause.id,
                language.of(&cite),
                language.of(&clause.name),
                language.of(&state.words())
            ));
            let named = elements
                .iter()
                .map(|(kind, name)| format!("{} {}", language.of(&kind.words()), language.of(name)));
            let later = clause.later.iter().map(|words| language.of(words).to_owned());
            for (label, all) in [
                (word("由", "by"), named.collect::<Vec<_>>()),
                (word("页面", "screens"), clause.screens.clone()),
                (word("测试", "tests"), clause.tests.clone()),
                (word("还缺", "to come"), later.collect()),
            ] {
                if !all.is_empty() {
                    text.push_str(&format!("  {label}: {}\n", all.join(word("；", "; "))));
                }
            }
        }
        let count = |of| lines.iter().filter(|line| line.state == of).count();
        let [done, part, later] = [ClauseState::Done, ClauseState::Part, ClauseState::Later].map(count);
        let all = lines.len();
        text.push_str(&match language {
            Language::Zh => format!("\n{all} 个条款：做到 {done}，做到一部分 {part}，还没有做 {later}\n"),
            Language::En => format!("\n{all} clauses: {done} done, {part} in part, {later} to come\n"),
        });
        text
    }
}
