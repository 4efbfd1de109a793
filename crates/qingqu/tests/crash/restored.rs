//! A backup put in place under the running program: what the program remembered of the book before is void.

use crate::load;
use app::{Command, Request, Who};
use journal::HashKind;
use kernel::id::OrgId;
use qingqu::cmd::verify::differences;
use qingqu::site::DataDir;
use store::Existing;

#[test]
fn a_restored_book_is_believed_and_not_what_was_remembered() {
    let dir = tempfile::tempdir().unwrap();
    let data = DataDir(dir.path().join("book"));
    load::prepare(&data);
    let app = load::open(&data);
    let org = app.reads.person_by_login("haihe").unwrap().unwrap().roles[0].org;
    let rename = |org: OrgId, name: &str| {
        let command = Command::RenameOrg { org, name: name.into() };
        app.submit(Request { who: Who::Program, key: String::new(), command }).unwrap()
    };
    let kept = dir.path().join("kept.db");
    let first = rename(org, "天津海河食品有限公司");
    store::backup(&data.book(), &kept).unwrap();
    let second = rename(org, "天津海河集团有限公司");
    assert_eq!(second.seq, first.seq.map(|seq| seq + 1));
    store::restore(&kept, &data.book(), Existing::Replace).unwrap();
    // Remembered, the organisation has this name and nothing would be written; in the restored book it has another.
    let third = rename(org, "天津海河集团有限公司");
    assert_eq!(third.seq, second.seq, "the act takes the place that is free again");
    let acts = app.reads.stream(&format!("org:{org}")).unwrap();
    let state = app::history::org(&acts).unwrap().unwrap();
    assert_eq!(state.name, "天津海河集团有限公司");
    assert_eq!(state.former_names.last().map(String::as_str), Some("天津海河食品有限公司"));
    assert_eq!(differences(&data.book()).unwrap().lines, Vec::<String>::new());
}

#[test]
fn a_book_verifies_under_the_hash_function_that_it_was_made_with() {
    for kind in [HashKind::Sm3, HashKind::Sha256] {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir(dir.path().join("book"));
        std::fs::create_dir_all(&data.0).unwrap();
        drop(store::embedded(&data.book(), store::Opening { book: "tianjin", kind, now: 0 }).unwrap());
        // The program opens it again without a word of its hash function.
        load::prepare(&data);
        let mut engine = store::Sqlite::open_read(&data.book()).unwrap();
        let head = store::slice::journal::head(&mut engine).unwrap().unwrap();
        assert_eq!(head.frontier.kind(), kind);
        assert!(head.frontier.size() > 40);
        assert_eq!(differences(&data.book()).unwrap().lines, Vec::<String>::new(), "{kind:?}");
    }
}
