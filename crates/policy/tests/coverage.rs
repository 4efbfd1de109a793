//! Coverage says what is open: an item that no element stands under and nothing cites.

use policy::pack::{ArticleId, Cite, Language, Pack, Source};

const SOUND: &str = include_str!("faults/ok.md");

fn pack(text: &str) -> Pack {
    Pack::load(Source { name: "trial.md".into(), text: text.into() })
        .unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn an_item_without_anything_is_open() {
    assert!(pack(SOUND).coverage().open().is_empty());
    let text = SOUND.replace("2. 用工不少于五十人。", "2. 用工不少于五十人。\n3. 按时开工。");
    let pack = pack(&text);
    let coverage = pack.coverage();
    assert_eq!(coverage.open(), [Cite { article: ArticleId::Article(2), item: Some(3) }]);
    let shown = coverage.text(Language::Zh);
    assert!(shown.ends_with("3 条（含附件），2 条已落实，1 处空缺\n  ! 第二条（三）\n"), "{shown}");
}

#[test]
fn a_field_that_cites_an_item_covers_it() {
    let text = SOUND
        .replace("2. 用工不少于五十人。", "2. 用工不少于五十人。\n3. 写明项目名称。")
        .replace("type = \"text\", required = true }", "type = \"text\", required = true, cite = \"2(3)\" }");
    let pack = pack(&text);
    assert!(pack.coverage().open().is_empty());
    let article = &pack.coverage().articles[1];
    assert_eq!(article.items[2].mentions[0].what.zh, "项目名称");
}

#[test]
fn an_article_that_declares_its_reason_is_covered() {
    let text = SOUND.replace("articles  = 3", "articles  = 4")
        + "\n## 第四条 附则\n\n由主管部门解释。\n\n```toml\ndeclares = \"只说明由谁解释\"\n```\n";
    let pack = pack(&text);
    assert!(pack.coverage().open().is_empty());
    assert!(pack.coverage().text(Language::En).contains("Article 4 附则\n  — 只说明由谁解释\n"));
}
