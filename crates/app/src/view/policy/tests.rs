//! The policy page over the Tianjin pack: every article has its row, every row what it became or why it computes nothing.

use super::*;
use policy::pack::Source;

fn pack() -> Arc<Pack> {
    let text = include_str!("../../../../../policies/tianjin/2019.md");
    match Pack::load(Source { name: "tianjin/2019.md".into(), text: text.into() }) {
        Ok(pack) => Arc::new(pack),
        Err(found) => panic!("{found}"),
    }
}

#[test]
fn words_become_paragraphs_and_items() {
    let pieces = prose("先说明。\n接着说。\n\n1. 第一项\n2. 第二项\n续行\n\n末尾。");
    assert_eq!(
        pieces,
        [
            Prose::Paragraph("先说明。接着说。".into()),
            Prose::Item(1, "第一项".into()),
            Prose::Item(2, "第二项续行".into()),
            Prose::Paragraph("末尾。".into()),
        ]
    );
}

#[test]
fn every_article_and_annex_is_listed_and_covered() {
    let pack = pack();
    let page = policy_page(&pack, Vec::new());
    assert_eq!(page.articles.len(), 22);
    assert_eq!((page.covered, page.open.len()), (22, 0));
    for article in &page.articles {
        assert!(!article.prose.is_empty(), "{} says nothing in our words", article.cite.zh);
        assert!(article.declares.is_some() || !article.became.is_empty(), "{}", article.cite.zh);
    }
    assert_eq!(page.cases.len(), pack.cases.len());
}

#[test]
fn every_article_opens_and_leads_to_its_neighbours() {
    let pack = pack();
    let keys: Vec<String> = pack.articles.iter().map(|article| article.id.key()).collect();
    for (at, key) in keys.iter().enumerate() {
        let page = article_page(&pack, key).unwrap();
        assert_eq!(page.before.map(|one| one.0).as_ref(), at.checked_sub(1).and_then(|at| keys.get(at)));
        assert_eq!(page.after.map(|one| one.0).as_ref(), keys.get(at + 1));
    }
    assert!(article_page(&pack, "99").is_none());
}

#[test]
fn a_rule_stands_beside_its_item_with_its_cases() {
    let page = article_page(&pack(), "7").unwrap();
    let first = page.sides.iter().find(|side| side.item == Some(1)).unwrap();
    assert!(!first.words.is_empty());
    assert_eq!(first.entries[0].id, "holding", "the rule comes first");
    assert!(!first.entries[0].zh.is_empty() && first.entries[0].source.contains("need"));
    assert!(page.sides[0].cases.iter().any(|case| case.id == "good"));
}

#[test]
fn every_embedded_case_can_be_tried() {
    let pack = pack();
    for case in &pack.cases {
        let typed = preset(&pack, &case.id).unwrap();
        assert_eq!(typed.len(), case.facts.len() + 1, "{}", case.id);
    }
    assert!(preset(&pack, "no such case").is_none());
}
