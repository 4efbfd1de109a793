//! Byte offsets to lines and columns, and columns to the width that a terminal gives them.

use unicode_width::UnicodeWidthStr;

/// Finds the line of an offset.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

/// A place as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 1.
    pub(crate) line: usize,
    /// Character in the line, from 1.
    pub(crate) column: usize,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// Index of the line of an offset, from 0.
    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    pub(crate) fn place(&self, offset: usize) -> Place {
        let offset = floor(self.text, offset);
        let index = self.index(offset);
        let before = &self.text[self.starts[index]..offset];
        Place { line: index + 1, column: before.chars().count() + 1 }
    }

    /// Text of a line (from 1), without its end.
    pub(crate) fn line(&self, line: usize) -> &'t str {
        let Some(&start) = self.starts.get(line.saturating_sub(1)) else { return "" };
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        self.text[start..end.max(start)].trim_end_matches('\r')
    }

    /// Blanks before a caret line and the number of carets, both in terminal columns.
    pub(crate) fn carets(&self, range: &std::ops::Range<usize>) -> (usize, usize) {
        let start = floor(self.text, range.start);
        let line_start = self.starts[self.index(start)];
        let line_end = line_start + self.line(self.index(start) + 1).len();
        let start = start.min(line_end);
        let end = floor(self.text, range.end).clamp(start, line_end);
        (self.text[line_start..start].width(), self.text[start..end].width().max(1))
    }
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_carets_count_width() {
        let lines = Lines::new("ab\n名 = x\n");
        assert_eq!(lines.place(3), Place { line: 2, column: 1 });
        assert_eq!(lines.place(9), Place { line: 2, column: 5 });
        assert_eq!(lines.carets(&(3..6)), (0, 2), "a Chinese character is two columns wide");
        assert_eq!(lines.carets(&(9..10)), (5, 1));
        assert_eq!(lines.line(2), "名 = x");
        assert_eq!(lines.place(4), lines.place(3), "an offset inside a character is that character");
    }
}
