//! The papers that a filing must bring: what each article demands of this case, what was given.

use super::build::paper_shown;
use super::types::FiledPaper;
use domain::case::Paper;
use policy::lang::Value;
use policy::pack::{Pack, Seal, Words};
use policy::procedure::Step;
use std::collections::BTreeMap;

/// How a paper stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NeedState {
    /// At least one file is there.
    Given,
    /// It must still be handed in.
    Missing,
    /// It may be handed in.
    Optional,
    /// Whether it is needed depends on what is not filled in yet.
    Unknown,
    /// This case does not need it.
    NotNeeded,
}

/// One paper with its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// The pack's paper.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// The clause.
    pub cite: String,
    /// The seals it must bear, in words; empty when none.
    pub seals: Words,
    /// A remark: what may stand for it.
    pub note: Option<Words>,
    /// How it stands.
    pub state: NeedState,
    /// The files given.
    pub files: Vec<FiledPaper>,
}

/// The papers of a step in the order of the pack, with the files that are there.
pub(in crate::view) fn paper_lines(
    pack: &Pack,
    step: &Step,
    facts: &BTreeMap<String, Value>,
    held: &[Paper],
) -> Vec<PaperLine> {
    let needs = pack.papers_needed(step, facts);
    let papers = step.papers.iter().filter_map(|id| pack.papers.get(id));
    papers
        .map(|paper| {
            let need = needs.iter().find(|need| need.paper.id == paper.id);
            let held = held.iter().filter(|held| held.paper == paper.id);
            let files: Vec<FiledPaper> = held.map(|held| paper_shown(pack, held, false)).collect();
            let state = match need {
                _ if !files.is_empty() => NeedState::Given,
                None => NeedState::NotNeeded,
                Some(need) if need.unknown => NeedState::Unknown,
                Some(need) if need.required => NeedState::Missing,
                Some(_) => NeedState::Optional,
            };
            PaperLine {
                id: paper.id.clone(),
                name: paper.name.clone(),
                cite: paper.cite.to_string(),
                seals: seals(&paper.seals),
                note: paper.note.clone(),
                state,
                files,
            }
        })
        .collect()
}

fn seals(seals: &[Seal]) -> Words {
    let word = |seal: &Seal| match seal {
        Seal::Company => Some(("企业公章", "the enterprise")),
        Seal::Bank => Some(("银行章", "the bank")),
        Seal::Authority => Some(("出具部门公章", "the issuing authority")),
        Seal::None => None,
    };
    let words: Vec<(&str, &str)> = seals.iter().filter_map(word).collect();
    if words.is_empty() {
        return Words::default();
    }
    let (zh, en): (Vec<&str>, Vec<&str>) = words.into_iter().unzip();
    Words::new(format!("须盖{}", zh.join("、")), format!("sealed by {}", en.join(" and ")))
}
