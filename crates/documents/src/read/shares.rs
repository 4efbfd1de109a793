//! Printed shares (占比) compared with the amounts of their rows.

use super::rows::Source;
use super::{CellRead, Reading};
use crate::finding::{Code, Finding};
use crate::share::Percent;
use crate::value::Value;
use crate::words::Words;
use kernel::Money;

/// Compares every column that prints the shares of an amount column.
pub(super) fn check(reading: &mut Reading, source: &Source<'_>) {
    for column in &source.template.columns {
        let Some(of) = &column.share_of else { continue };
        if source.at(of).is_empty() {
            continue;
        }
        let money = |cell: &CellRead| if let Value::Money(money) = cell.value { Some(money) } else { None };
        let amount = |row: &super::Row| row.cells.get(of).and_then(money);
        let Some(whole) = Money::sum(reading.rows.iter().filter_map(amount)) else { continue };
        let mut found = Vec::new();
        for row in &reading.rows {
            let (Some(part), Some(cell)) = (amount(row), row.cells.get(&column.key)) else { continue };
            let Some(printed) = printed(cell) else { continue };
            let Some(real) = Percent::of(part.fen(), whole.fen(), printed.decimals) else { continue };
            if real != printed {
                found.push(differs(cell, printed, real));
            }
        }
        reading.findings.append(&mut found);
    }
}

fn differs(cell: &CellRead, printed: Percent, real: Percent) -> Finding {
    Finding::warn(
        Code::ShareDiffers,
        cell.place.clone(),
        Words::new(
            format!("写的占比是 {printed}，按金额计算是 {real}"),
            format!("{printed} is printed, the amounts give {real}"),
        ),
        Words::new("请核对占比或金额", "check the share or the amount"),
    )
}

/// The percentage with the digits that are printed; a stored fraction 0.061 is 6.1 %.
fn printed(cell: &CellRead) -> Option<Percent> {
    let Value::Ratio(ratio) = cell.value else { return None };
    let bare = crate::label::bare(&cell.raw);
    if bare.contains('/') || bare.contains('分') {
        return None;
    }
    let percent = Percent::parse(&cell.raw)?;
    let as_percent = i128::from(ratio.num()) * 100 * 10_i128.pow(percent.decimals.min(12));
    if as_percent == percent.digits * i128::from(ratio.den()) {
        return Some(percent);
    }
    let missing = 2_u32.saturating_sub(percent.decimals);
    let digits = percent.digits * 10_i128.pow(missing);
    Some(Percent { digits, decimals: percent.decimals.saturating_sub(2) })
}
