//! Text for terminals: widths that count a Chinese character as two columns, wrapping, and tables. Knows no colours.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A text with blanks up to a width.
pub fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Characters that never begin a line.
const NOT_FIRST: &str = "，。、；：！？）》」』”’％,.;:!?)]}%";

/// A text in lines of at most so many columns: words stay whole, Chinese breaks anywhere but before a closing mark.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(4);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let (mut line, mut used) = (String::new(), 0);
        for piece in pieces(paragraph) {
            if used > 0 && used + width(piece.trim_end()) > columns {
                lines.push(line.trim_end().to_owned());
                (line, used) = (String::new(), 0);
            }
            for part in split(piece, columns) {
                if used > 0 && used + width(part.trim_end()) > columns {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push_str(part);
                used += width(part);
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// What may not be broken: a word with the blanks after it, or a wide character with the closing marks after it.
fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let breaks = before.is_some_and(|last| {
            let wide = |c: char| c.width().unwrap_or(0) > 1;
            !NOT_FIRST.contains(c)
                && c != ' '
                && (last == ' ' || wide(last) || wide(c))
                && !"（《“‘「".contains(last)
        });
        if breaks {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

/// A piece longer than a line, in parts that fit.
fn split(piece: &str, columns: usize) -> Vec<&str> {
    if width(piece.trim_end()) <= columns {
        return vec![piece];
    }
    let (mut parts, mut start, mut used) = (Vec::new(), 0, 0);
    for (at, c) in piece.char_indices() {
        let wide = c.width().unwrap_or(0);
        if used + wide > columns {
            parts.push(&piece[start..at]);
            (start, used) = (at, 0);
        }
        used += wide;
    }
    parts.push(&piece[start..]);
    parts
}

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Texts.
    Left,
    /// Numbers.
    Right,
}

/// A table: headings, a rule, rows. The last column is wrapped when the whole would be wider than asked.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table of these columns.
    pub fn new(columns: &[(&str, Align)]) -> Self {
        Self {
            columns: columns.iter().map(|(name, align)| ((*name).to_owned(), *align)).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl Into<String>>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// As text, at most so many columns wide where its last column allows.
    pub fn render(&self, columns: usize) -> String {
        let mut widths: Vec<usize> = self.columns.iter().map(|(name, _)| width(name)).collect();
        for row in &self.rows {
            for (most, cell) in widths.iter_mut().zip(row) {
                *most = (*most).max(width(cell));
            }
        }
        if let Some((last, others)) = widths.split_last_mut() {
            let before: usize = others.iter().map(|most| most + 2).sum();
            *last = (*last).min(columns.saturating_sub(before).max(16));
        }
        let mut text = String::new();
        let names: Vec<String> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        self.line(&mut text, &names, &widths);
        let rule: Vec<String> = widths.iter().map(|most| "-".repeat(*most)).collect();
        self.line(&mut text, &rule, &widths);
        for row in &self.rows {
            let (Some(last), Some(room)) = (row.last(), widths.last()) else { continue };
            for (n, piece) in wrap(last, *room).into_iter().enumerate() {
                let head = row
                    .iter()
                    .take(row.len() - 1)
                    .map(|cell| if n == 0 { cell.clone() } else { String::new() });
                let cells: Vec<String> = head.chain([piece]).collect();
                self.line(&mut text, &cells, &widths);
            }
        }
        text
    }

    fn line(&self, text: &mut String, cells: &[String], widths: &[usize]) {
        let mut line = String::new();
        for ((cell, most), (_, align)) in cells.iter().zip(widths).zip(&self.columns) {
            if !line.is_empty() {
                line.push_str("  ");
            }
            match align {
                Align::Left => line.push_str(&padded(cell, *most)),
                Align::Right => {
                    line.push_str(&format!("{}{cell}", " ".repeat(most.saturating_sub(width(cell)))));
                }
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// Two columns side by side, both wrapped.
pub fn beside(left: &[String], right: &[String], columns: usize) -> String {
    let room = columns.saturating_sub(3);
    let left_room = room * 2 / 5;
    let wrapped = |lines: &[String], to: usize| -> Vec<String> {
        lines.iter().flat_map(|line| hanging(line, to)).collect()
    };
    let (left, right) = (wrapped(left, left_room), wrapped(right, room - left_room));
    let mut text = String::new();
    for at in 0..left.len().max(right.len()) {
        let (l, r) = (left.get(at).map_or("", String::as_str), right.get(at).map_or("", String::as_str));
        text.push_str(format!("{} │ {r}", padded(l, left_room)).trim_end());
        text.push('\n');
    }
    text
}

/// A wrapped text whose further lines keep the indent of the first.
pub fn hanging(line: &str, columns: usize) -> Vec<String> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let room = columns.saturating_sub(indent);
    if line.trim().is_empty() {
        return vec![String::new()];
    }
    wrap(&line[indent..], room).into_iter().map(|part| format!("{}{part}", " ".repeat(indent))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_columns_and_closing_marks_stay_with_their_words() {
        assert_eq!(width("第7条"), 5);
        assert_eq!(wrap("项目企业要注册在受援县。", 10), ["项目企业要", "注册在受援", "县。"]);
        assert_eq!(wrap("at least 30 % held", 9), ["at least", "30 % held"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 10), Vec::<String>::new());
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let text = "一家项目企业只能得到一次资助；一个投资主体在同一个受援县最多得到两次（by credit code and place）。";
        for columns in 4..60 {
            for line in wrap(text, columns) {
                assert!(width(&line) <= columns, "{columns}: {line}");
            }
        }
    }

    #[test]
    fn tables_align_wide_and_narrow_cells() {
        let mut table = Table::new(&[("结果", Align::Left), ("件数", Align::Right)]);
        table.row(["不予资助", "5"]);
        table.row(["ok", "1,237"]);
        assert_eq!(table.render(80), "结果       件数\n--------  -----\n不予资助      5\nok        1,237\n");
    }
}
