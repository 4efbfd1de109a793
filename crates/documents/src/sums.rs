//! Which rows of a table add up to which: sub-totals over their block, totals over everything, groups over their children.
//! The figures are whole numbers (fen or pieces); nothing is mended, both figures are given.

use crate::label::Rank;
use std::collections::BTreeMap;

/// Of what a printed figure is the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SumKind {
    /// 小计 over its block.
    Subtotal,
    /// 合计 or 总计 over everything.
    Total,
    /// A numbered group over the rows under it.
    Group,
    /// 其中: parts that are not more than the row above.
    OfWhich,
}

/// What comparing gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The printed figure is the computed one.
    Holds,
    /// It is not.
    Differs,
    /// A row under it cannot be read, or there is none.
    Unchecked,
}

/// One printed figure compared with the rows it stands for. Amounts are in fen, counts in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Of what it is the sum.
    pub kind: SumKind,
    /// Its row, from zero.
    pub row: u32,
    /// Its column, from zero.
    pub column: u32,
    /// What is printed.
    pub printed: i64,
    /// What the rows add up to; `None` when that is not known.
    pub computed: Option<i64>,
    /// The rows that were added, from zero.
    pub over: Vec<u32>,
    /// What comparing gave.
    pub outcome: Outcome,
}

impl Sum {
    /// Printed less computed.
    pub fn difference(&self) -> Option<i64> {
        self.printed.checked_sub(self.computed?)
    }
}

/// What a row is to the sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A row of its own, at the depth of its numbering where it has one.
    Item(Option<u32>),
    /// A row of totals.
    Total(Rank),
    /// 其中
    OfWhich,
}

/// One figure of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Value(i64),
    /// Something stands there that is no figure.
    Unreadable,
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub row: u32,
    pub role: Role,
    /// Figures by column; an empty cell has none.
    pub entries: BTreeMap<u32, Entry>,
}

/// What the structure of the rows is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Structure {
    /// Rows that stand for their children (from zero in the list of lines).
    pub parents: BTreeMap<usize, Vec<usize>>,
    /// The checks.
    pub sums: Vec<Sum>,
}

/// Compares all printed totals and groups with their rows.
pub(crate) fn check(lines: &[Line]) -> Structure {
    let parents = parents(lines);
    let mut sums = Vec::new();
    for (parent, children) in &parents {
        compare(lines, *parent, children, SumKind::Group, &mut sums);
    }
    let leaf = |at: &usize| matches!(lines[*at].role, Role::Item(_)) && !parents.contains_key(at);
    let leading = totals_lead(lines);
    for (at, line) in lines.iter().enumerate() {
        let Role::Total(rank) = line.role else { continue };
        let ends = |other: &&usize| matches!(lines[**other].role, Role::Total(r) if r >= rank);
        let span: Vec<usize> = if leading {
            let after: Vec<usize> = (at + 1..lines.len()).collect();
            let end = after.iter().find(ends).copied().unwrap_or(lines.len());
            (at + 1..end).collect()
        } else {
            let before: Vec<usize> = (0..at).rev().collect();
            let start = before.iter().find(ends).map_or(0, |other| other + 1);
            (start..at).collect()
        };
        let over: Vec<usize> = span.into_iter().filter(leaf).collect();
        let kind = if rank == Rank::Sub { SumKind::Subtotal } else { SumKind::Total };
        compare(lines, at, &over, kind, &mut sums);
    }
    of_which(lines, &mut sums);
    sums.sort_by_key(|sum| (sum.row, sum.column, sum.kind));
    Structure { parents, sums }
}

/// Totals stand before their rows when the first of them stands before the first row, and the last row is none.
fn totals_lead(lines: &[Line]) -> bool {
    let is_total = |line: Option<&Line>| line.is_some_and(|line| matches!(line.role, Role::Total(_)));
    is_total(lines.first()) && !is_total(lines.last())
}

/// Numbered rows with deeper rows behind them, and their direct children.
fn parents(lines: &[Line]) -> BTreeMap<usize, Vec<usize>> {
    /// Rows without a number lie below every numbered group.
    const UNNUMBERED: u32 = 99;
    let depths: Vec<Option<u32>> = lines
        .iter()
        .map(|line| match line.role {
            Role::Item(depth) => Some(depth.unwrap_or(UNNUMBERED)),
            _ => None,
        })
        .collect();
    let mut parents = BTreeMap::new();
    // A table numbered only with 1, 2, 3 has no groups; rows without a number are then rows like the others.
    let grouped = depths.iter().flatten().any(|depth| *depth < 3)
        || depths.iter().flatten().filter(|depth| **depth < UNNUMBERED).any(|depth| *depth > 3);
    if !grouped {
        return parents;
    }
    for (at, depth) in depths.iter().enumerate() {
        let Some(depth) = depth.filter(|depth| *depth < UNNUMBERED) else { continue };
        let below: Vec<(usize, u32)> = depths
            .iter()
            .enumerate()
            .skip(at + 1)
            .filter_map(|(n, depth)| Some((n, (*depth)?)))
            .take_while(|(_, below)| *below > depth)
            .collect();
        let mut children = Vec::new();
        let mut cover = u32::MAX;
        for (n, depth) in below {
            if depth <= cover {
                cover = depth;
                children.push(n);
            }
        }
        if !children.is_empty() {
            parents.insert(at, children);
        }
    }
    parents
}

fn compare(lines: &[Line], at: usize, over: &[usize], kind: SumKind, sums: &mut Vec<Sum>) {
    let line = &lines[at];
    for (column, entry) in &line.entries {
        let Entry::Value(printed) = *entry else { continue };
        let added: Vec<usize> =
            over.iter().copied().filter(|n| lines[*n].entries.contains_key(column)).collect();
        let computed = add(lines, *column, &added);
        let outcome = match computed {
            Some(computed) if computed == printed => Outcome::Holds,
            Some(_) => Outcome::Differs,
            None => Outcome::Unchecked,
        };
        let over = added.iter().map(|n| lines[*n].row).collect();
        sums.push(Sum { kind, row: line.row, column: *column, printed, computed, over, outcome });
    }
}

/// The sum of a column over rows; `None` when one of them cannot be read or there is none.
fn add(lines: &[Line], column: u32, rows: &[usize]) -> Option<i64> {
    if rows.is_empty() {
        return None;
    }
    let mut total = 0_i64;
    for at in rows {
        match lines[*at].entries.get(&column) {
            Some(Entry::Value(value)) => total = total.checked_add(*value)?,
            Some(Entry::Unreadable) => return None,
            None => {}
        }
    }
    Some(total)
}

/// Runs of 其中 rows are together not more than the row above them.
fn of_which(lines: &[Line], sums: &mut Vec<Sum>) {
    let mut at = 0;
    while at < lines.len() {
        let run = lines[at..].iter().take_while(|line| line.role == Role::OfWhich).count();
        if run > 0 && at > 0 {
            let parts: Vec<usize> = (at..at + run).collect();
            let columns = parts.iter().flat_map(|n| lines[*n].entries.keys().copied());
            for column in columns.collect::<std::collections::BTreeSet<_>>() {
                let Some(Entry::Value(printed)) = lines[at - 1].entries.get(&column).copied() else {
                    continue;
                };
                let computed = add(lines, column, &parts);
                let outcome = match computed {
                    Some(parts) if parts <= printed => Outcome::Holds,
                    Some(_) => Outcome::Differs,
                    None => Outcome::Unchecked,
                };
                let over = parts.iter().map(|n| lines[*n].row).collect();
                let (kind, row) = (SumKind::OfWhich, lines[at - 1].row);
                sums.push(Sum { kind, row, column, printed, computed, over, outcome });
            }
        }
        at += run.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines from `role value` in short: `i` item, `1` `2` `3` item of that depth, `s` `t` `g` totals, `w` of which.
    fn lines(text: &str) -> Vec<Line> {
        let line = |(row, word): (usize, &str)| {
            let (role, value) = word.split_at(1);
            let role = match role {
                "i" => Role::Item(None),
                "s" => Role::Total(Rank::Sub),
                "t" => Role::Total(Rank::Total),
                "g" => Role::Total(Rank::Grand),
                "w" => Role::OfWhich,
                depth => Role::Item(depth.parse().ok()),
            };
            let entry = match value {
                "-" => None,
                "?" => Some(Entry::Unreadable),
                value => Some(Entry::Value(value.parse().unwrap())),
            };
            Line { row: row as u32, role, entries: entry.map(|entry| (0, entry)).into_iter().collect() }
        };
        text.split_whitespace().enumerate().map(line).collect()
    }

    fn says(text: &str) -> String {
        let sums = check(&lines(text)).sums;
        let say = |sum: &Sum| {
            let mark = match sum.outcome {
                Outcome::Holds => "=",
                Outcome::Differs => "!",
                Outcome::Unchecked => "?",
            };
            format!("{}{mark}{}", sum.row, sum.computed.map_or("-".to_owned(), |n| n.to_string()))
        };
        sums.iter().map(say).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn sums_of_all_shapes() {
        let cases = [
            // 小计 after each block, 合计 over all, a row between.
            ("i20 i30 s50 i40 s40 i12 t102", "2=50 4=40 6=102"),
            ("i20 i30 s51 i40 t90", "2!50 4=90"),
            // Totals first.
            ("t60 i10 i20 i30", "0=60"),
            ("t60 s30 i10 i20 s30 i30", "0=60 1=30 4=30"),
            // 总计 over several 合计.
            ("i1 i2 t3 i4 t4 g7", "2=3 4=4 5=7"),
            // Groups numbered 一, 二 with and without amounts.
            ("130 310 320 15 t35", "0=30 4=35"),
            ("1- 310 320 140 t70", "4=70"),
            ("130 230 310 320 t30", "0=30 1=30 4=30"),
            ("131 i10 i20 t30", "0!30 3=30"),
            // Rows without a number beside numbered ones are rows like the others.
            ("310 320 i12 t42", "3=42"),
            // A cell that cannot be read, an empty one, no rows at all.
            ("i10 i? t10", "2?-"),
            ("i10 i- t10", "2=10"),
            ("t10", "0?-"),
            // 其中
            ("i10 w6 t10", "0=6 2=10"),
            ("i10 w6 w5", "0!11"),
            ("w6 i10", ""),
        ];
        for (text, want) in cases {
            assert_eq!(says(text), want, "{text}");
        }
    }

    #[test]
    fn a_sum_too_large_is_not_compared() {
        assert_eq!(says(&format!("i{} i1 t5", i64::MAX)), "2?-");
    }
}
