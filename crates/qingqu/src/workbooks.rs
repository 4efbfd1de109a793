//! The port of spreadsheets, on the crate that reads and writes them: forms to templates, readings to plain rows, tables to files.

mod survey;

use app::ports::Fault;
use app::tables::{
    Agrees, Cell, CellRead, Choice, ColumnKind, Finding, Form, Format, Heading, Language, Reading, RowRead,
    Severity, Table, TableSurvey, TotalKind, TotalRead, Value, Workbooks,
};
use app::view::pack::Words;
use documents::templates::{self, Lists};
use documents::{
    CellRef, Code, Kind, Outcome, Place, Sum, SumKind, TableCell, TableColumn, TableKind, Template,
    TemplateOptions, Totalled, WriteError,
};
use kernel::Money;
use kernel::amount::AmountUnit;

/// Columns without which a source cannot be booked.
const SOURCE_NEEDS: [&str; 3] = ["document", "document_date", "purpose"];

/// Reads and writes workbooks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sheets;

impl Workbooks for Sheets {
    fn template(&self, form: &Form, language: Language, context: &str) -> Result<Vec<u8>, Fault> {
        let language = match language {
            Language::Zh => documents::Language::Zh,
            Language::En => documents::Language::En,
        };
        let options = TemplateOptions { language, context: context.to_owned(), ..TemplateOptions::default() };
        documents::template_xlsx(&template(form), &options).map_err(|error| unwritten(&error))
    }

    fn headings(&self, form: &Form) -> Vec<Heading> {
        let heading = |column: documents::Column| Heading {
            amount: matches!(column.kind, Kind::Money(_)),
            name: words(&column.name),
            key: column.key,
            required: column.required,
        };
        template(form).columns.into_iter().map(heading).collect()
    }

    fn read(&self, bytes: &[u8], name: &str, form: &Form) -> Reading {
        let template = template(form);
        plain(documents::read(bytes, name, &template), &template)
    }

    fn read_each(&self, bytes: &[u8], name: &str, form: &Form) -> Reading {
        let template = template(form);
        plain(documents::read_each(bytes, name, &template), &template)
    }

    fn marked(&self, bytes: &[u8], name: &str, form: &Form, more: &[Finding]) -> Result<Vec<u8>, Fault> {
        let mut reading = documents::read(bytes, name, &template(form));
        reading.findings.extend(more.iter().map(of_rule));
        documents::marked_xlsx(bytes, &reading).map_err(|error| unwritten(&error))
    }

    fn survey(&self, bytes: &[u8], name: &str) -> TableSurvey {
        survey::plain(&documents::survey(bytes, name))
    }

    fn marked_survey(&self, bytes: &[u8], name: &str, findings: &[Finding]) -> Result<Vec<u8>, Fault> {
        let findings = findings.iter().map(of_rule).collect();
        let reading =
            documents::Reading { file_name: name.to_owned(), findings, ..documents::Reading::default() };
        documents::marked_xlsx(bytes, &reading).map_err(|error| unwritten(&error))
    }

    fn export(&self, table: &Table, format: Format) -> Result<Vec<u8>, Fault> {
        let table = printed(table);
        match format {
            Format::Xlsx => documents::table_xlsx(&table).map_err(|error| unwritten(&error)),
            Format::Csv => Ok(documents::table_csv(&table)),
        }
    }
}

fn unwritten(error: &WriteError) -> Fault {
    Fault::lasting(format!("a workbook could not be written: {error:?}"))
}

fn words(words: &documents::Words) -> Words {
    Words::new(&words.zh, &words.en)
}

fn choices(list: &[Choice]) -> Vec<documents::Choice> {
    list.iter().map(|choice| documents::Choice::new(&choice.id, &choice.name)).collect()
}

/// The template of a form.
fn template(form: &Form) -> Template {
    match form {
        Form::Sources { funds, kinds, levels } => {
            let lists = Lists {
                funds: choices(funds),
                source_kinds: choices(kinds),
                levels: choices(levels),
                ..Lists::default()
            };
            let mut template = templates::sources(&lists);
            for column in &mut template.columns {
                column.required |= SOURCE_NEEDS.contains(&column.key.as_str());
            }
            template
        }
        Form::ProjectLines { natures } => templates::project_lines(&choices(natures)),
        Form::AllocationLines { projects, places } => {
            templates::allocation_lines(&choices(projects), &choices(places))
        }
        Form::Ledger => templates::ledger(),
        Form::Filing { title, fields } => survey::filing(title, fields),
        Form::Households { title } => templates::households(documents::Words::new(&title.zh, &title.en)),
        Form::Roster => {
            let mut template = templates::payees(&Lists::default());
            // The claim says for which project it is; who is paid in cash has no account.
            template.columns.retain(|column| column.key != "project");
            for column in template.columns.iter_mut().filter(|column| column.key == "account") {
                column.required = false;
            }
            template
        }
    }
}

fn plain(reading: documents::Reading, template: &Template) -> Reading {
    let total = |sum: &Sum| total(sum, &reading, template);
    Reading {
        totals: reading.sums.iter().map(total).collect(),
        columns: reading.columns.iter().map(|(at, key)| (key.clone(), *at)).collect(),
        file: reading.file_name.clone(),
        sheet: reading.sheet.clone(),
        rows_seen: reading.rows_seen,
        findings: reading.findings.iter().map(finding).collect(),
        rows: reading.rows.iter().map(row).collect(),
    }
}

fn row(row: &documents::Row) -> RowRead {
    let cells = row.cells.iter().map(|(key, cell)| (key.clone(), cell_read(cell)));
    RowRead { row: row.row, group: row.group.clone(), cells: cells.collect() }
}

fn cell_read(cell: &documents::CellRead) -> CellRead {
    let guarded = matches!(
        cell.value,
        documents::Value::Account(_)
            | documents::Value::CreditCode(_)
            | documents::Value::ResidentId(_)
            | documents::Value::MaskedResidentId(_)
    );
    CellRead {
        cell: cell.place.to_string(),
        column: cell.place.column.unwrap_or_default(),
        value: value(&cell.value),
        shown: if guarded { String::new() } else { cell.raw.clone() },
        remark: cell.remark.clone(),
    }
}

fn value(value: &documents::Value) -> Value {
    use documents::Value as V;
    match value {
        V::Text(text) | V::VoucherNumber(text) => Value::Text(text.clone()),
        V::Money(money) => Value::Money(*money),
        V::Ratio(ratio) => Value::Text(ratio.to_string()),
        V::Count(count) => Value::Count(*count),
        V::Date(date) => Value::Date(*date),
        V::Year(year) => Value::Year(i16::try_from(*year).unwrap_or(i16::MAX)),
        V::Choice(id) => Value::Choice(id.clone()),
        V::Region(region) => Value::Region(*region),
        V::DocumentNumber(number) => Value::Text(number.to_string()),
        V::CreditCode(code) => Value::Text(code.expose().to_owned()),
        V::Account(sealed) | V::ResidentId(sealed) | V::MaskedResidentId(sealed) => {
            Value::Text(sealed.expose().to_owned())
        }
    }
}

fn finding(finding: &documents::Finding) -> Finding {
    Finding {
        severity: if finding.is_error() { Severity::Error } else { Severity::Warn },
        code: finding.code.id().to_owned(),
        sheet: finding.place.sheet.clone(),
        row: finding.place.row,
        column: finding.place.column,
        cell: finding.place.to_string(),
        what: words(&finding.what),
        mend: words(&finding.mend),
    }
}

/// A finding of the rules, as the marked file needs it.
fn of_rule(finding: &Finding) -> documents::Finding {
    let words = |words: &Words| documents::Words::new(&words.zh, &words.en);
    let place = Place { sheet: finding.sheet.clone(), row: finding.row, column: finding.column };
    match finding.severity {
        Severity::Error => {
            documents::Finding::error(Code::Rule, place, words(&finding.what), words(&finding.mend))
        }
        Severity::Warn => {
            documents::Finding::warn(Code::Rule, place, words(&finding.what), words(&finding.mend))
        }
    }
}

fn total(sum: &Sum, reading: &documents::Reading, template: &Template) -> TotalRead {
    let column = reading.columns.get(&sum.column).and_then(|key| template.column(key));
    let money = column.is_none_or(|column| matches!(column.kind, Kind::Money(_)));
    let figure = |figure: i64| {
        if money { Money::from_fen(figure).grouped() } else { figure.to_string() }
    };
    TotalRead {
        kind: match sum.kind {
            SumKind::Subtotal => TotalKind::Subtotal,
            SumKind::Total => TotalKind::Total,
            SumKind::Group => TotalKind::Group,
            SumKind::OfWhich => TotalKind::OfWhich,
        },
        cell: CellRef::new(sum.row, sum.column).to_string(),
        column: column.map_or_else(Words::default, |column| words(&column.name)),
        printed: figure(sum.printed),
        computed: sum.computed.map(figure),
        rows: sum.over.len(),
        agrees: match sum.outcome {
            Outcome::Holds => Agrees::Yes,
            Outcome::Differs => Agrees::No,
            Outcome::Unchecked => Agrees::Open,
        },
    }
}

fn printed(table: &Table) -> documents::Table {
    let column = |column: &app::tables::Column| {
        let kind = match column.kind {
            ColumnKind::Text => TableKind::Text,
            ColumnKind::Amount | ColumnKind::Balance => TableKind::Money(AmountUnit::Yuan),
            ColumnKind::Count => TableKind::Count,
            ColumnKind::Date => TableKind::Date,
        };
        let total = if column.kind == ColumnKind::Amount { Totalled::Yes } else { Totalled::No };
        TableColumn::new(&column.name, kind).total(total)
    };
    let cell = |cell: &Cell| match cell {
        Cell::Empty => TableCell::Empty,
        Cell::Text(text) => TableCell::Text(text.clone()),
        Cell::Money(money) => TableCell::Money(*money),
        Cell::Count(count) => TableCell::Count(*count),
        Cell::Date(date) => TableCell::Date(*date),
    };
    documents::Table {
        sheet: table.title.clone(),
        title: table.title.clone(),
        context: table.context.clone(),
        unit_line: table.unit.clone(),
        columns: table.columns.iter().map(column).collect(),
        rows: table.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        total_label: table.total.clone(),
        signatures: Vec::new(),
        notes: table.notes.clone(),
    }
}
