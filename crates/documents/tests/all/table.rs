//! Tables for export: what a spreadsheet finds in them, totals with their results, and the way back.

use documents::templates::{LedgerLine, ledger_table};
use documents::{Language, Table, TableCell, TableColumn, TableKind, survey, table_csv, table_xlsx};
use kernel::Money;
use kernel::amount::AmountUnit;
use kernel::ratio::Ratio;

fn ledger() -> Table {
    let line = |day: &str, received: i64, paid: i64, balance: i64| LedgerLine {
        date: kernel::date::parse_date(day).unwrap(),
        voucher: "记-1".to_owned(),
        summary: "拨付, 第一批".to_owned(),
        received: Money::from_fen(received),
        paid: Money::from_fen(paid),
        balance: Money::from_fen(balance),
    };
    let lines = [line("2019-01-02", 20_000_010, 0, 20_000_010), line("2019-02-03", 0, 1_860_500, 18_139_510)];
    ledger_table("资金明细账", "某县财政局　2019年", &lines)
}

#[test]
fn a_ledger_has_its_title_unit_totals_and_signatures() {
    let bytes = table_xlsx(&ledger()).unwrap();
    assert_eq!(bytes, table_xlsx(&ledger()).unwrap());
    let cells = crate::support::cells(&bytes, "资金明细账");
    assert_eq!(cells[0][0], "资金明细账");
    assert_eq!((cells[1][0].as_str(), cells[1][5].as_str()), ("某县财政局　2019年", "单位：元"));
    assert_eq!(cells[2], ["日期", "凭证号", "摘要", "收入", "支出", "余额"]);
    assert_eq!(cells[3][3..], ["200000.1", "", "200000.1"]);
    assert_eq!(
        (cells[5][0].as_str(), cells[5][3].as_str(), cells[5][4].as_str()),
        ("合计", "200000.1", "18605")
    );
    assert!(cells[6][0].starts_with("制表："));
    let sheet = crate::support::part(&bytes, "xl/worksheets/sheet1.xml");
    for expected in [
        "<f>SUM(D4:D5)</f><v>200000.10</v>",
        "defaultRowHeight=\"18\"",
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "state=\"frozen\"",
    ] {
        assert!(sheet.contains(expected), "{expected} in {sheet}");
    }
    assert!(crate::support::part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
}

#[test]
fn what_goes_out_comes_back_and_adds_up() {
    let survey = survey(&table_xlsx(&ledger()).unwrap(), "账.xlsx");
    assert!(survey.findings.is_empty(), "{}", survey.describe(Language::Zh));
    assert_eq!(survey.rows.len(), 3, "two entries and the total, not the line of signatures");
}

#[test]
fn csv_has_units_in_its_headings_and_no_formulas() {
    let mut table = Table {
        title: "表".to_owned(),
        columns: vec![
            TableColumn::new("项目", TableKind::Text),
            TableColumn::new("金额", TableKind::Money(AmountUnit::Wan)),
            TableColumn::new("占比", TableKind::Ratio),
            TableColumn::new("规模", TableKind::Money(AmountUnit::Yi)),
        ],
        total_label: Some("合计".to_owned()),
        ..Table::default()
    };
    let row = |name: &str, fen: i64, ratio: Ratio| {
        let money = TableCell::Money(Money::from_fen(fen));
        vec![TableCell::Text(name.to_owned()), money.clone(), TableCell::Ratio(ratio), money]
    };
    table.rows =
        vec![row("=1+1", 96_547_120, Ratio::percent(30)), row("甲\"乙\n丙", 1, Ratio::new(1, 3).unwrap())];
    let csv = String::from_utf8(table_csv(&table)).unwrap();
    let want = "\u{feff}项目,金额（万元）,占比,规模（亿元）\r\n'=1+1,96.54712,30%,0.00965471 2\r\n";
    assert!(csv.starts_with(&want.replace(' ', "")), "{csv}");
    assert!(
        csv.contains("\"甲\"\"乙\n丙\",0.000001,1/3,0.0000000001\r\n合计,96.547121,,0.0096547121\r\n"),
        "{csv}"
    );
    assert!(table_xlsx(&table).is_ok());
}

#[test]
fn amounts_beyond_a_double_stay_whole_as_texts() {
    let table = Table {
        title: "表".to_owned(),
        columns: vec![TableColumn::new("金额", TableKind::Money(AmountUnit::Yuan))],
        rows: vec![vec![TableCell::Money(Money::MAX)], vec![TableCell::Money(Money::from_fen(1))]],
        total_label: Some("合计".to_owned()),
        ..Table::default()
    };
    let bytes = table_xlsx(&table).unwrap();
    assert_eq!(crate::support::cells(&bytes, "表")[3][0], "92233720368547758.07");
}
