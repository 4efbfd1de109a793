//! The table of twelve months: kinds of spending down, months across, sums at the right and below.

use maud::Markup;

use super::errors::Findings;
use super::form_table::{Cell, Column, FormTable, Input};
use crate::ctx::Ctx;

const KEYS: [&str; 12] = ["m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12"];

/// Twelve months to fill in. `kinds` are the row headings; `rows[kind][month]` the amounts as typed;
/// `sums[kind]` the sum of each row and `totals` the twelve column sums and the sum of all, computed by the server.
/// Cells are named `<name>.<kind index>.m01` to `.m12`.
pub struct Months<'a> {
    /// The common beginning of the cells' names.
    pub name: &'a str,
    /// The table's name as printed.
    pub caption: &'a str,
    /// The words over the row headings: 类别.
    pub kinds_heading: &'a str,
    /// Row headings.
    pub kinds: &'a [String],
    /// The amounts as typed, twelve a row.
    pub rows: &'a [[Cell; 12]],
    /// The sum of each row.
    pub sums: &'a [Cell],
    /// Twelve column sums and the sum of all.
    pub totals: &'a [Cell; 13],
}

/// Draws [`Months`].
pub fn months_table(ctx: &Ctx, months: &Months<'_>, findings: &Findings) -> Markup {
    let mut columns: Vec<Column> = KEYS
        .iter()
        .enumerate()
        .map(|(index, key)| {
            Column::new(key, ctx.t_args("month-number", &[("month", (index + 1).into())]), Input::Amount)
        })
        .collect();
    columns.push(Column::new("sum", ctx.t("total"), Input::Computed));
    let rows: Vec<Vec<Cell>> = months
        .rows
        .iter()
        .enumerate()
        .map(|(index, row)| {
            let sum = months.sums.get(index).cloned().unwrap_or_default();
            row.iter().cloned().chain([sum]).collect()
        })
        .collect();
    FormTable::new(months.name, months.caption, &columns, &rows)
        .fixed(months.kinds_heading, months.kinds)
        .findings(findings)
        .totals(months.totals)
        .html(ctx)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn twelve_months_and_a_sum() {
        let kinds = ["职工薪酬（本单位）".to_owned()];
        let rows = [std::array::from_fn(|month| (month * 100).to_string())];
        let totals = std::array::from_fn(|_| "6,600.00".to_owned());
        let months = Months {
            name: "pay",
            caption: "表七",
            kinds_heading: "类别",
            kinds: &kinds,
            rows: &rows,
            sums: &["6,600.00".to_owned()],
            totals: &totals,
        };
        let html = months_table(&Ctx::sample(Lang::Zh), &months, &Findings::none()).into_string();
        assert_eq!(html.matches("<input").count(), 12);
        assert!(html.contains("name=\"pay.0.m12\"") && html.contains("value=\"1100\""), "{html}");
        assert!(html.contains("data-part=\"pay.0.sum\">6,600.00"), "{html}");
    }
}
