//! How our sheets look: fonts, borders, widths by the room that Chinese characters need, printing.

use crate::double;
use kernel::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

/// Why a workbook could not be written: a value beyond what the format can hold.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written")]
pub struct WriteError(#[from] XlsxError);

/// Height of a row in points.
pub(crate) const ROW_HEIGHT: u32 = 18;
/// A4
const PAPER_A4: u8 = 9;

/// The formats of a sheet.
pub(crate) struct Look {
    pub title: Format,
    pub hint: Format,
    pub unit: Format,
    pub header: Format,
    pub required: Format,
    pub total: Format,
    pub plain: Format,
    pub note: Format,
}

impl Look {
    pub fn new() -> Self {
        let base =
            Format::new().set_font_name("宋体").set_font_size(11_u32).set_align(FormatAlign::VerticalCenter);
        let cell = base.clone().set_border(FormatBorder::Thin);
        let header = cell
            .clone()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_text_wrap()
            .set_background_color(Color::RGB(0x00E8_EEF5));
        Self {
            title: base.clone().set_bold().set_font_size(16_u32).set_align(FormatAlign::Center),
            hint: base.clone().set_text_wrap().set_font_color(Color::RGB(0x0055_5555)),
            unit: base.clone().set_align(FormatAlign::Right),
            required: header.clone().set_font_color(Color::RGB(0x00B0_1E1E)),
            total: cell.clone().set_bold().set_background_color(Color::RGB(0x00F3_F3F3)),
            plain: cell,
            note: base.set_text_wrap(),
            header,
        }
    }
}

/// Number formats of Excel.
pub(crate) const YUAN: &str = "#,##0.00";
pub(crate) const WAN: &str = "#,##0.00####";
pub(crate) const COUNT: &str = "#,##0";
pub(crate) const DATE: &str = "yyyy-mm-dd";
pub(crate) const PERCENT: &str = "0.00##%";
pub(crate) const TEXT: &str = "@";

/// A4 landscape, one page wide, with the rows of the headings on every page.
pub(crate) fn page(sheet: &mut Worksheet, first: u32, last: u32) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(PAPER_A4).set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    sheet.set_footer("&C&P / &N");
    sheet.set_repeat_rows(first, last)?;
    Ok(())
}

/// The room of a text: two for a Chinese character, one for another.
pub(crate) fn room(text: &str) -> u32 {
    let line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1_u32 } else { 2 }).sum::<u32>();
    text.lines().map(line).max().unwrap_or(0)
}

/// Sets the width of a column for so much room, between eight and fifty characters.
pub(crate) fn column_width(sheet: &mut Worksheet, column: u16, room: u32) -> Result<(), XlsxError> {
    let hundredths = (room + 2).clamp(8, 50) * 110;
    sheet.set_column_width(column, double::width(hundredths))?;
    Ok(())
}

/// A date as the spreadsheet counts it.
pub(crate) fn date(date: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        date.year().unsigned_abs(),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    )
}

/// The properties of a workbook, without a time of making: the same content gives the same bytes.
pub(crate) fn properties(title: &str) -> Result<DocProperties, XlsxError> {
    Ok(DocProperties::new().set_title(title).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?))
}

/// Writes a number from its decimal text; one that a double would cut is written as a text.
pub(crate) fn number(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    match double::exact(text) {
        Some(value) => sheet.write_number_with_format(row, column, value, format)?,
        None => sheet.write_string_with_format(row, column, text, format)?,
    };
    Ok(())
}

/// A name that a sheet may have.
pub(crate) fn sheet_name(text: &str) -> String {
    let plain: String =
        text.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).take(31).collect();
    if plain.trim().is_empty() { "Sheet1".to_owned() } else { plain }
}
