//! A table of sources from the template to the book: good, faulty, with totals that do not add up; all rows or none; once.

use super::world::*;
use app::tables::{Agrees, Import, ImportPreview, Language, Severity};
use app::view::Viewer;
use app::view::money::SourceQuery;
use app::{Command, Failure, Request};
use domain::Reason;
use kernel::Money;
use kernel::id::SourceId;

const HEAD: &str = "资金,来源类别,级次,指标文号,发文日期,用途,功能科目,到账日期,金额（元）,凭证号,备注\n";

fn file(rows: &[&str]) -> Vec<u8> {
    format!("{HEAD}{}\n", rows.join("\n")).into_bytes()
}

fn preview(world: &World, viewer: &Viewer, bytes: &[u8]) -> ImportPreview {
    world.app.import_preview(viewer, Import::Sources, ("来源.csv", bytes)).unwrap()
}

/// Confirms what was previewed.
fn confirm(world: &World, viewer: &Viewer, seen: &ImportPreview, key: &str) -> Result<app::Answer, Failure> {
    let ticket = world.app.paper_ticket(viewer, &seen.paper).unwrap();
    let command = world.app.import_command(viewer, Import::Sources, &ticket).unwrap().expect("a command");
    let command = Command::Money(Box::new(command));
    world.app.submit(Request { who: viewer.who(), key: key.into(), command })
}

fn faults(seen: &ImportPreview) -> Vec<String> {
    let errors = seen.reading.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| format!("{} {}", finding.cell, finding.what.zh)).collect()
}

fn sources(world: &World, viewer: &Viewer) -> Vec<app::view::money::SourceLine> {
    world.app.source_list(viewer, &SourceQuery::default()).unwrap().lines
}

#[test]
fn a_good_table_is_booked_whole_and_once() {
    let world = World::new();
    let viewer = world.viewer("finance");
    let before = world.app.reads.head().unwrap();
    let bytes = file(&[
        "帮扶资金,区级资金,县级,津财农〔2019〕1号,2019-02-01,种养业,2130505,2019-02-20,\"300.01(其中,灾情因素6元)\",收1,第一批",
        "帮扶资金,区级资金,县级,津财农〔2019〕2号,2019-02-02,种养业,2130505,,400.00,,",
        "到村资金,区级资金,乡级,津财农〔2019〕3号,2019-02-02,种养业,2130505,,99.99,,",
        "合计,,,,,,,,800.00,,",
    ]);
    let seen = preview(&world, &viewer, &bytes);
    assert_eq!(faults(&seen), Vec::<String>::new());
    assert_eq!((seen.reading.rows_seen, seen.total), (3, yuan("800.00")));
    assert_eq!(seen.reading.totals.len(), 1);
    assert_eq!(seen.reading.totals[0].agrees, Agrees::Yes);
    assert_eq!(world.app.reads.head().unwrap(), before, "a preview writes no act");

    let answer = confirm(&world, &viewer, &seen, "once").unwrap();
    let lines = sources(&world, &viewer);
    assert_eq!(lines.len(), 3);
    assert_eq!(
        world.app.reads.head().unwrap().0,
        before.0 + 3 + 1 + 1,
        "the ceiling founded, three sources, one receipt"
    );
    let first = &lines.iter().find(|line| line.row.document == "津财农〔2019〕1号").unwrap().row;
    assert_eq!((first.budget, first.received, first.year), (yuan("300.01"), yuan("300.01"), 2019));
    assert!(first.note.starts_with("第一批；其中"), "{}", first.note);
    assert!(first.note.contains(&seen.paper.hash.to_string()), "{}", first.note);
    assert_eq!(world.balance("fund:money:main"), yuan("299.99"), "the ceiling of 1000 less both sources");
    let page = world.app.source_page(&viewer, SourceId(answer.id.unwrap())).unwrap();
    assert_eq!(page.receipts.len(), 1);

    // The same key again answers as before and writes nothing; another key is refused, and the preview says so.
    let head = world.app.reads.head().unwrap();
    assert_eq!(confirm(&world, &viewer, &seen, "once").unwrap(), answer);
    let Err(Failure::Refused(refusal)) = confirm(&world, &viewer, &seen, "twice") else {
        panic!("booked twice")
    };
    assert!(matches!(&refusal.reason, Reason::RowRefused { row: 2, of, .. } if of == "R806"), "{refusal}");
    assert_eq!(world.app.reads.head().unwrap(), head);
    let again = preview(&world, &viewer, &bytes);
    assert_eq!(faults(&again).len(), 3);
    assert!(faults(&again)[0].starts_with("D2 津财农〔2019〕1号"), "{:?}", faults(&again));
}

#[test]
fn a_faulty_table_books_nothing_and_says_every_fault_by_cell() {
    let world = World::new();
    let viewer = world.viewer("finance");
    let unreadable = file(&[
        "帮扶资金,区级资金,县级,津财农〔2019〕1号,2019-02-01,种养业,,,三百,,",
        "没有的资金,区级资金,县级,,2019-02-30,种养业,,,5,,",
    ]);
    let seen = preview(&world, &viewer, &unreadable);
    let cells: Vec<String> =
        faults(&seen).iter().map(|fault| fault.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(cells, ["I2", "A3", "D3", "E3"]);
    assert!(!seen.is_ready());
    let ticket = world.app.paper_ticket(&viewer, &seen.paper).unwrap();
    assert!(world.app.import_command(&viewer, Import::Sources, &ticket).unwrap().is_none());
    let (name, marked) = world.app.import_marked(&viewer, Import::Sources, &ticket).unwrap();
    assert_eq!(name, "来源-问题标注.xlsx");
    assert!(marked.starts_with(b"PK"));
    assert!(sources(&world, &viewer).is_empty());
}

#[test]
fn rules_are_tried_before_anything_is_booked() {
    let world = World::new();
    let viewer = world.viewer("finance");
    let row = |kind: &str, level: &str, no: u32, amount: &str, cash: &str| {
        format!("帮扶资金,{kind},{level},津财农〔2019〕{no}号,2019-02-01,种养业,,{cash},{amount},,")
    };
    for (name, rows, said) in [
        ("a kind that is never taken", vec![row("社会捐赠", "其他", 1, "5", "")], "B2 “社会捐赠”不得计入"),
        ("a level of another kind", vec![row("区级资金", "中央", 1, "5", "")], "C2 “区级资金”不是中央资金"),
        (
            "twice in one file",
            vec![row("区级资金", "县级", 1, "5", ""), row("区级资金", "县级", 1, "6", "")],
            "D3 津财农〔2019〕1号",
        ),
        (
            "a fen over the ceiling",
            vec![row("区级资金", "县级", 1, "600", ""), row("区级资金", "县级", 2, "400.01", "")],
            "I3 预算400.01元超过",
        ),
        ("nothing", vec![row("区级资金", "县级", 1, "0", "")], "I2 预算金额必须大于零"),
        (
            "cash without a voucher",
            vec![row("区级资金", "县级", 1, "5", "2019-02-20")],
            "J2 没有填写支付凭证号",
        ),
        ("cash of tomorrow", vec![row("区级资金", "县级", 1, "5", "2019-03-02")], "H2 "),
    ] {
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let seen = preview(&world, &viewer, &file(&rows));
        let found = faults(&seen);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert!(found[0].starts_with(said), "{name}: {found:?}");
        assert!(!seen.is_ready());
    }
    // On the other side of the ceiling it passes.
    let rows = [row("区级资金", "县级", 1, "600", ""), row("区级资金", "县级", 2, "400", "")];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let seen = preview(&world, &viewer, &file(&rows));
    assert!(seen.is_ready(), "{:?}", faults(&seen));
    confirm(&world, &viewer, &seen, "k").unwrap();
    assert_eq!(world.balance("fund:money:main"), Money::ZERO);
}

#[test]
fn a_row_that_is_refused_meanwhile_refuses_all() {
    let world = World::new();
    let viewer = world.viewer("finance");
    let seen = preview(
        &world,
        &viewer,
        &file(&[
            "到村资金,区级资金,县级,津财农〔2019〕8号,2019-02-01,种养业,,,5,,",
            "帮扶资金,区级资金,县级,津财农〔2019〕9号,2019-02-01,种养业,,,900,,",
        ]),
    );
    assert!(seen.is_ready());
    // Somebody else takes the money between preview and confirmation.
    world.does("finance", world.source(1, "100.01"));
    let head = world.app.reads.head().unwrap();
    let Err(Failure::Refused(refusal)) = confirm(&world, &viewer, &seen, "k") else {
        panic!("over the ceiling")
    };
    assert!(matches!(&refusal.reason, Reason::RowRefused { row: 3, of, .. } if of == "R807"), "{refusal}");
    assert!(!refusal.cite.is_empty());
    assert_eq!(world.app.reads.head().unwrap(), head, "the first row is not booked either");
    assert_eq!(sources(&world, &viewer).len(), 1);
}

#[test]
fn a_total_that_does_not_add_up_is_said() {
    let world = World::new();
    let viewer = world.viewer("finance");
    let seen = preview(
        &world,
        &viewer,
        &file(&[
            "帮扶资金,区级资金,县级,津财农〔2019〕1号,2019-02-01,种养业,,,1.10,,",
            "帮扶资金,区级资金,县级,津财农〔2019〕2号,2019-02-01,种养业,,,2.20,,",
            "合计,,,,,,,,3.31,,",
        ]),
    );
    let total = &seen.reading.totals[0];
    assert_eq!((total.cell.as_str(), total.agrees), ("I4", Agrees::No));
    assert_eq!((total.printed.as_str(), total.computed.as_deref()), ("3.31", Some("3.30")));
    assert!(
        seen.reading.findings.iter().any(|finding| finding.code == "total-differs" && finding.cell == "I4")
    );
    assert!(seen.is_ready(), "the rows count; the page asks before it books them");
}

#[test]
fn the_template_is_for_those_who_book_sources() {
    let world = World::new();
    let template =
        world.app.import_template(&world.viewer("finance"), Import::Sources, Language::Zh).unwrap();
    let seen =
        world.app.import_preview(&world.viewer("finance"), Import::Sources, ("空.xlsx", &template)).unwrap();
    let codes: Vec<&str> = seen.reading.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["no-rows"], "the template is known by its mark");
    for login in ["town", "leaders"] {
        let viewer = world.viewer(login);
        assert!(world.app.import_template(&viewer, Import::Sources, Language::Zh).is_err());
        assert!(world.app.import_preview(&viewer, Import::Sources, ("a.csv", b"x")).is_err());
    }
    // A ticket is good for the organisation that uploaded the file, and for the same import.
    let ticket = world.app.paper_ticket(&world.viewer("finance"), &seen.paper).unwrap();
    let other = world.viewer("town");
    assert!(world.app.ticket_paper(&other, &ticket).is_none());
}

#[test]
fn budget_lines_and_allocation_lines_come_from_tables() {
    let ready = Ready::new();
    let world = &ready.world;
    let (town, finance) = (world.viewer("town"), world.viewer("finance"));
    let import = Import::ProjectLines(ready.project);
    let bytes =
        "概算科目,支出性质,金额（元）\n大棚设备,,150\n到户补助,到户补助,100\n购置车辆,,50\n合计,,300\n"
            .as_bytes();
    let seen = world.app.import_preview(&town, import, ("预算.csv", bytes)).unwrap();
    assert!(seen.is_ready(), "{:?}", seen.reading.findings);
    let doubt = seen.reading.findings.iter().find(|finding| finding.code == "rule").expect("a doubt");
    assert_eq!((doubt.cell.as_str(), doubt.severity), ("A4", Severity::Warn));
    let ticket = world.app.paper_ticket(&town, &seen.paper).unwrap();
    let lines = |key: &str| {
        let command = world.app.import_command(&town, import, &ticket).unwrap().unwrap();
        world.app.submit(Request {
            who: town.who(),
            key: key.into(),
            command: Command::Money(Box::new(command)),
        })
    };
    let answer = lines("l").unwrap();
    assert_eq!(lines("l").unwrap(), answer, "the keys of lines are the same, so that a retry is one");
    let page = world.app.project_page(&town, ready.project).unwrap();
    let budget: Vec<(&str, &str, Money)> =
        page.budget.iter().map(|line| (line.key.as_str(), line.name.as_str(), line.amount)).collect();
    assert_eq!(
        budget,
        [("a", "大棚设备", yuan("150")), ("b", "到户补助", yuan("100")), ("l1", "购置车辆", yuan("50"))]
    );

    let other = world.does("town", world.project("灌渠"));
    let draft = world.does("finance", world.allocation("ours", &[(kernel::id::ProjectId(other), "1.00")]));
    let import = Import::AllocationLines(kernel::id::AllocationId(draft));
    // 50.00 of our side's 350.00 are left: half of 700.01, the odd fen is theirs, less 300.
    for (amount, fits) in [("50.00", true), ("50.01", false)] {
        let bytes = format!("项目名称,安排金额（元）,备注\n灌渠,{amount},渠首\n");
        let seen = world.app.import_preview(&finance, import, ("分配.csv", bytes.as_bytes())).unwrap();
        assert_eq!(seen.is_ready(), fits, "{amount}: {:?}", seen.reading.findings);
    }
    let bytes = "项目名称,安排金额（元）,备注\n灌渠,50.00,渠首\n".as_bytes();
    let seen = world.app.import_preview(&finance, import, ("分配.csv", bytes)).unwrap();
    let ticket = world.app.paper_ticket(&finance, &seen.paper).unwrap();
    let command = world.app.import_command(&finance, import, &ticket).unwrap().unwrap();
    let command = Command::Money(Box::new(command));
    world.app.submit(Request { who: finance.who(), key: String::new(), command }).unwrap();
    let page = world.app.allocation_page(&finance, kernel::id::AllocationId(draft)).unwrap();
    assert_eq!((page.lines.len(), page.total), (1, yuan("50.00")));
    assert!(page.lines[0].note.starts_with("渠首；据导入文件第2行"), "{}", page.lines[0].note);
    // The approved plan is not changed by a table.
    let fixed = Import::AllocationLines(ready.allocation);
    assert!(world.app.import_preview(&finance, fixed, ("分配.csv", bytes)).is_err());
}

#[test]
fn a_list_of_payees_is_read_from_a_workbook_or_text() {
    let world = World::new();
    let text = "姓名,身份证号,补助金额\n某甲,620123********123X,\"1,200.50\"\n某乙,620123********1234,800\n合计,,2000.50\n";
    let read = world.app.read_roster(text.as_bytes(), "花名册.csv");
    assert!(read.is_clean(), "{:?}", read.findings);
    assert_eq!((read.rows, read.total), (2, yuan("2000.50")));
    assert_eq!(read.payees[0].identity, "620123********123X");
    assert_eq!(read.totals[0].agrees, Agrees::Yes);
    let kept = world.app.keep_list(&world.viewer("town"), &read.bytes, read.rows, read.total).unwrap();
    assert_eq!(kept.digest, read.digest);
    for (bad, cell) in [
        ("姓名,身份证号,补助金额\n某甲,620123********123X,0\n", "C2"),
        ("姓名,身份证号,补助金额\n,620123********123X,5\n", "A2"),
        ("姓名,身份证号,补助金额\n某甲,620123********123X,五\n", "C2"),
    ] {
        let read = world.app.read_roster(bad.as_bytes(), "花名册.csv");
        assert!(!read.is_clean() && read.payees.is_empty());
        assert!(
            read.findings.iter().any(|finding| finding.severity == Severity::Error && finding.cell == cell),
            "{bad}"
        );
    }
}
