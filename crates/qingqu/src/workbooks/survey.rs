//! Tables of any shape as the program sees them, and the template of filings that are read as such a table.

use super::{choices, finding, words};
use app::tables::{
    Agrees, FilingField, FilingKind, TableCheck, TableColumn, TableRow, TableRowKind, TableSurvey, TableText,
};
use app::view::pack::Words;
use documents::{
    CheckKind, Code, Column, ColumnKind, Figure, Kind, Outcome, RowKind, Survey, SurveyColumn, SurveyRow,
    Template, Totalled, column_letters,
};
use kernel::amount::AmountUnit;

/// The template of filings.
pub(super) fn filing(title: &Words, fields: &[FilingField]) -> Template {
    let own = |words: &Words| documents::Words::new(&words.zh, &words.en);
    let hint = documents::Words::new(
        "一行一个项目，带 * 的栏申报前要填齐；暂缺的也可以先导入，存为草稿再补。",
        "One project a row. Columns with * are needed to file it; rows that lack some become drafts.",
    );
    Template::new("filings", 1, own(title), hint, fields.iter().map(column).collect())
}

fn column(field: &FilingField) -> Column {
    let kind = match &field.kind {
        FilingKind::Text => Kind::Text,
        FilingKind::LongText => Kind::LongText,
        FilingKind::Money(unit) => Kind::Money(*unit),
        FilingKind::Count(unit) => Kind::Count(Some(unit.clone())),
        FilingKind::Date => Kind::Date,
        FilingKind::Year => Kind::Year,
        FilingKind::Choice(list) => Kind::Choice(choices(list)),
    };
    let column = Column::new(&field.key, &field.name.zh, &field.name.en, kind).total(Totalled::No);
    let column = column.help(&field.help.zh, &field.help.en);
    if field.required { column.required() } else { column }
}

/// A survey in plain data.
pub(super) fn plain(survey: &Survey) -> TableSurvey {
    let columns = survey.columns.iter().filter(|column| column.kind != ColumnKind::Serial);
    TableSurvey {
        sheet: survey.sheet.clone(),
        columns: columns.map(|column| table_column(survey, column)).collect(),
        rows: survey.rows.iter().map(|row| table_row(survey, row)).collect(),
        checks: survey.checks.iter().map(check).collect(),
        findings: survey.findings.iter().map(finding).collect(),
    }
}

fn table_column(survey: &Survey, column: &SurveyColumn) -> TableColumn {
    let unit = match column.kind {
        ColumnKind::Amount(unit) | ColumnKind::Price(unit) | ColumnKind::StatedTotal(unit) => Some(unit),
        ColumnKind::Measured => Some(AmountUnit::Wan),
        _ => None,
    };
    let unsaid = |found: &&documents::Finding| {
        found.code == Code::UnitUnsaid && found.place.column == Some(column.column)
    };
    TableColumn {
        at: column.column,
        letters: column_letters(column.column),
        name: column.name.clone(),
        amounts: unit.is_some(),
        unit,
        unit_unsaid: survey.findings.iter().any(|found| unsaid(&found)),
    }
}

fn table_row(survey: &Survey, row: &SurveyRow) -> TableRow {
    let texts = row.texts.iter().map(|(at, text)| (*at, TableText { text: text.clone(), money: None }));
    let figures = row.figures.iter().map(|(at, figure)| {
        let cell = match figure {
            Figure::Money(money) => TableText {
                text: match survey.unit(*at) {
                    AmountUnit::Yuan => money.grouped(),
                    AmountUnit::Wan | AmountUnit::Yi => money.wan(),
                },
                money: Some(*money),
            },
            Figure::Count(count) => TableText { text: count.to_string(), money: None },
        };
        (*at, cell)
    });
    TableRow {
        row: row.row,
        kind: match row.kind {
            RowKind::Item => TableRowKind::Item,
            RowKind::Subtotal | RowKind::Total | RowKind::Group => TableRowKind::Sum,
            RowKind::OfWhich => TableRowKind::OfWhich,
        },
        cells: texts.chain(figures).filter(|(_, cell)| !cell.text.is_empty()).collect(),
        remarks: row.remarks.clone(),
    }
}

fn check(check: &documents::Check) -> TableCheck {
    let name = |language| check.kind.name(language).to_owned();
    TableCheck {
        kind: Words::new(name(documents::Language::Zh), name(documents::Language::En)),
        cell: check.place.to_string(),
        row: check.place.row.map(|row| row + 1),
        printed: check.printed.clone(),
        computed: check.computed.clone(),
        agrees: match check.outcome {
            Outcome::Holds => Agrees::Yes,
            Outcome::Differs => Agrees::No,
            Outcome::Unchecked => Agrees::Open,
        },
        says: words(&check.says),
        whole_of_others: check.kind == CheckKind::Parts && check.outcome == Outcome::Holds,
    }
}
