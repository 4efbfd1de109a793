//! `qingqu survey`: published tables, what adds up and what does not, by exit code, in words and as JSON.

use super::run::run;
use qingqu::cli::Exit;
use std::fs;
use std::path::PathBuf;

fn table(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path: PathBuf = folder.path().join(name);
    fs::write(&path, text).expect("a table");
    path.to_string_lossy().into_owned()
}

#[test]
fn what_adds_up_is_zero_and_a_fen_less_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    for (total, exit, said) in [("3.30", Exit::Done, "相符 1，不符 0"), ("3.31", Exit::No, "相符 0，不符 1")]
    {
        let text = format!("序号,项目名称,资金额度（万元）\n1,桥,1.10\n2,路,2.20\n合计,,{total}\n");
        let path = table(&folder, "公示.csv", &text);
        let ran = run(&["survey", &path], b"");
        assert_eq!((ran.exit, ran.talk.as_str()), (exit, ""), "{}", ran.out);
        assert!(ran.out.contains(said), "{}", ran.out);
    }
}

#[test]
fn json_is_one_line_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = table(&folder, "a.csv", "序号,项目名称,资金额度（万元）\n1,桥,1.10\n2,路,2.20\n合计,,3.30\n");
    let bad = table(&folder, "b.csv", "序号,项目名称,资金额度（万元）\n1,桥,1.10\n2,路,2.20\n合计,,3.00\n");
    let ran = run(&["survey", "--json", "--lang", "en", &good, &bad], b"");
    assert_eq!(ran.exit, Exit::No);
    let lines: Vec<serde_json::Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["adds_up"], &lines[1]["adds_up"]), (&true.into(), &false.into()));
    assert_eq!(lines[0]["sums"][0]["yuan"], "33000.00");
    let check = &lines[1]["checks"][0];
    assert_eq!((&check["cell"], &check["outcome"]), (&"C4".into(), &"differs".into()), "{check}");
    assert!(
        lines[1]["findings"][0]["what"].as_str().is_some_and(|what| what.is_ascii() || !what.contains('表'))
    );
}

#[test]
fn what_is_no_table_is_one_and_what_is_not_there_is_two() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(&folder, "a.xlsx", "PK no workbook");
    assert_eq!(run(&["survey", &path], b"").exit, Exit::No);
    let gone = folder.path().join("gone.csv");
    let ran = run(&["survey", &gone.to_string_lossy()], b"");
    assert_eq!(ran.exit, Exit::Usage);
    assert!(ran.talk.contains("没有文件"), "{}", ran.talk);
}
