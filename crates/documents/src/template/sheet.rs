//! The empty sheet of a template: title, hint, headings, drop-downs, messages, formats, totals, and a hidden sheet that
//! names the template.

use super::{Column, Kind, LISTS_SHEET, MARK, MARK_SHEET, Template};
use crate::place::column_letters;
use crate::words::{Language, Words};
use crate::write::{self, Look, ROW_HEIGHT, WriteError, room};
use kernel::amount::AmountUnit;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, Formula, Workbook, Worksheet, XlsxError,
};

/// How a template is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateOptions {
    /// In which language titles and headings stand; a reading takes both.
    pub language: Language,
    /// How many rows are prepared.
    pub rows: u32,
    /// A line of its own above the headings, such as the office and the year.
    pub context: String,
}

impl Default for TemplateOptions {
    fn default() -> Self {
        Self { language: Language::Zh, rows: 100, context: String::new() }
    }
}

/// Characters that a drop-down list may hold inside its cell rule; longer ones come from a hidden sheet.
const LIST_MAX: usize = 255;
/// The row of the headings.
const HEADER: u32 = 3;
/// The most rows that are prepared.
const ROWS_MAX: u32 = 10_000;

/// The empty sheet of a template as a workbook.
pub fn template_xlsx(template: &Template, options: &TemplateOptions) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    book.set_properties(&write::properties(options.language.of(&template.title))?);
    let printed = Printed { template, options, look: Look::new() };
    let sheet = book.add_worksheet();
    printed.sheet(sheet)?;
    let lists = printed.long_lists();
    if !lists.is_empty() {
        let sheet = book.add_worksheet();
        sheet.set_name(LISTS_SHEET)?.set_hidden(true);
        for (at, column) in lists.iter().enumerate() {
            for (row, name) in names(column).iter().enumerate() {
                sheet.write_string(row as u32, at as u16, *name)?;
            }
        }
    }
    let mark = book.add_worksheet();
    mark.set_name(MARK_SHEET)?.set_very_hidden(true);
    mark.write_string(0, 0, MARK)?.write_string(0, 1, &template.id)?;
    mark.write_string(0, 2, template.version.to_string())?;
    Ok(book.save_to_buffer()?)
}

struct Printed<'t> {
    template: &'t Template,
    options: &'t TemplateOptions,
    look: Look,
}

/// The names of a drop-down list.
fn names(column: &Column) -> Vec<&str> {
    match &column.kind {
        Kind::Choice(list) => list.iter().map(|choice| choice.name.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Whether a list is too long, or has commas, for the rule of a cell.
fn is_long(column: &Column) -> bool {
    let names = names(column);
    let length = names.iter().map(|name| name.encode_utf16().count() + 1).sum::<usize>();
    length > LIST_MAX || names.iter().any(|name| name.contains([',', '"']))
}

impl Printed<'_> {
    fn rows(&self) -> u32 {
        self.options.rows.clamp(1, ROWS_MAX)
    }

    fn long_lists(&self) -> Vec<&Column> {
        self.template.columns.iter().filter(|column| is_long(column)).collect()
    }

    fn sheet(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (template, language, look) = (self.template, self.options.language, &self.look);
        let last = template.columns.len() as u16;
        sheet.set_name(write::sheet_name(language.of(&template.title)))?;
        sheet.set_default_row_height(ROW_HEIGHT);
        let across =
            |sheet: &mut Worksheet, row: u32, text: &str, format: &Format| -> Result<(), XlsxError> {
                sheet.merge_range(row, 0, row, last.max(1), text, format)?;
                Ok(())
            };
        across(sheet, 0, language.of(&template.title), &look.title)?;
        across(sheet, 1, &self.hint(), &look.hint)?;
        across(sheet, 2, &self.options.context, &look.note)?;
        sheet.set_row_height(0, 28_u32)?.set_row_height(1, 40_u32)?.set_row_height(HEADER, 32_u32)?;
        let serial = language.of(&Words::new("序号", "No.")).to_owned();
        sheet.write_string_with_format(HEADER, 0, serial, &look.header)?;
        write::column_width(sheet, 0, 4)?;
        let (first, end) = (HEADER + 1, HEADER + self.rows());
        for row in first..=end {
            sheet.write_number_with_format(row, 0, row - HEADER, &look.plain)?;
        }
        for (at, column) in template.columns.iter().enumerate() {
            self.column(sheet, at as u16 + 1, column)?;
        }
        self.totals(sheet, end + 1)?;
        sheet.set_freeze_panes(HEADER + 1, 0)?;
        sheet.set_selection(first, 1, first, 1)?;
        sheet.set_print_area(0, 0, end + 1, last)?;
        write::page(sheet, HEADER, HEADER)
    }

    fn hint(&self) -> String {
        let language = self.options.language;
        let stars = language
            .of(&Words::new("红色带 * 的栏必填。", "Columns in red with * must be filled. "))
            .to_owned();
        format!("{stars}{}", language.of(&self.template.hint))
    }

    /// The heading with its unit: 金额（万元）*
    fn heading(&self, column: &Column) -> String {
        let unit = match &column.kind {
            Kind::Money(unit) => format!("（{}）", unit.zh()),
            Kind::Count(Some(unit)) => format!("（{unit}）"),
            _ => String::new(),
        };
        format!("{}{unit}{}", self.options.language.of(&column.name), if column.required { "*" } else { "" })
    }

    fn column(&self, sheet: &mut Worksheet, at: u16, column: &Column) -> Result<(), XlsxError> {
        let heading = self.heading(column);
        let format = if column.required { &self.look.required } else { &self.look.header };
        sheet.write_string_with_format(HEADER, at, &heading, format)?;
        write::column_width(sheet, at, room(&heading).max(usual_room(column)))?;
        let cell = Self::format(&column.kind, &self.look.plain);
        let (first, end) = (HEADER + 1, HEADER + self.rows());
        for row in first..=end {
            sheet.write_blank(row, at, &cell)?;
        }
        if let Some(rule) = self.rule(column)? {
            sheet.add_data_validation(first, at, end, at, &rule)?;
        }
        Ok(())
    }

    fn format(kind: &Kind, base: &Format) -> Format {
        let base = base.clone();
        match kind {
            Kind::Money(AmountUnit::Yuan) => base.set_num_format(write::YUAN),
            Kind::Money(_) => base.set_num_format(write::WAN),
            Kind::Count(_) => base.set_num_format(write::COUNT),
            Kind::Ratio => base.set_num_format(write::PERCENT),
            Kind::Date => base.set_num_format(write::DATE),
            Kind::LongText => base.set_text_wrap(),
            Kind::Year | Kind::Choice(_) => base,
            Kind::Text
            | Kind::Region
            | Kind::DocumentNumber
            | Kind::CreditCode
            | Kind::Account
            | Kind::ResidentId
            | Kind::MaskedResidentId
            | Kind::VoucherNumber => base.set_num_format(write::TEXT),
        }
    }

    /// The drop-down or the message of a column. Amounts and dates are not restricted: people write 20万元 and 2019.12.20,
    /// and the reading says what it cannot take.
    fn rule(&self, column: &Column) -> Result<Option<DataValidation>, XlsxError> {
        let language = self.options.language;
        let list = names(column);
        let rule = if list.is_empty() {
            DataValidation::new().allow_any_value()
        } else if is_long(column) {
            let at = self.long_lists().iter().position(|other| other.key == column.key).unwrap_or_default();
            let letters = column_letters(at as u32);
            let formula = format!("={LISTS_SHEET}!${letters}$1:${letters}${}", list.len());
            DataValidation::new().allow_list_formula(Formula::new(formula))
        } else {
            DataValidation::new().allow_list_strings(&list)?
        };
        let title = language.of(&Words::new("请从列表中选择", "Choose from the list")).to_owned();
        let rule = rule.set_error_style(DataValidationErrorStyle::Stop).set_error_title(title)?;
        let help = format!("{}{}", language.of(&column.help), self.usual_help(&column.kind));
        if list.is_empty() && help.is_empty() {
            return Ok(None);
        }
        if help.is_empty() {
            return Ok(Some(rule));
        }
        let name: String = language.of(&column.name).chars().take(30).collect();
        let help: String = help.chars().take(200).collect();
        Ok(Some(rule.set_input_title(name)?.set_input_message(help)?))
    }

    fn usual_help(&self, kind: &Kind) -> &'static str {
        let (zh, en) = match kind {
            Kind::Money(AmountUnit::Yuan) => {
                ("可写 18605、18,605.00 或 20万元。", "18605, 18,605.00 or 20万元.")
            }
            Kind::Money(_) => ("可写 20、96.54712 或 20万元。", "20, 96.54712 or 20万元."),
            Kind::Date => (
                "可写 2019-12-20、2019.12.20 或 2019年12月20日。",
                "2019-12-20, 2019.12.20 or 2019年12月20日.",
            ),
            Kind::Ratio => ("请带 %，例如 30%。", "With %, for example 30%."),
            Kind::Year => ("四位年份，例如 2019。", "Four digits, for example 2019."),
            Kind::Region => {
                ("六位代码，或从省写起的全称。", "Six digits, or the full path from the province down.")
            }
            Kind::DocumentNumber => {
                ("写全文号，例如 新扶贫领字〔2018〕76号。", "In full, for example 新扶贫领字〔2018〕76号.")
            }
            Kind::MaskedResidentId => {
                ("隐去出生日期，例如 620123********123X。", "Masked, for example 620123********123X.")
            }
            _ => ("", ""),
        };
        match self.options.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    fn totals(&self, sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
        let look = &self.look.total;
        sheet.write_string_with_format(
            row,
            0,
            self.options.language.of(&Words::new("合计", "Total")),
            look,
        )?;
        for (at, column) in self.template.columns.iter().enumerate() {
            let at = at as u16 + 1;
            if !column.total {
                sheet.write_blank(row, at, look)?;
                continue;
            }
            let letters = column_letters(at.into());
            let formula = format!("=SUM({letters}{}:{letters}{row})", HEADER + 2);
            let format = Self::format(&column.kind, look);
            sheet.write_formula_with_format(row, at, Formula::new(formula).set_result("0"), &format)?;
        }
        Ok(())
    }
}

/// The room that the content of a column usually needs.
fn usual_room(column: &Column) -> u32 {
    match &column.kind {
        Kind::Text | Kind::VoucherNumber => 20,
        Kind::LongText => 36,
        Kind::Money(_) => 16,
        Kind::Ratio | Kind::Year | Kind::Count(_) => 8,
        Kind::Date => 12,
        Kind::Choice(list) => list.iter().map(|choice| room(&choice.name)).max().unwrap_or(12).clamp(10, 30),
        Kind::Region | Kind::Account | Kind::DocumentNumber => 24,
        Kind::CreditCode | Kind::ResidentId | Kind::MaskedResidentId => 20,
    }
}
