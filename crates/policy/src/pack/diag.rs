//! Findings of a pack, each at its place, rendered as a compiler would: code, file, line, caret, second place, hint.

use std::fmt;
use std::ops::Range;

use super::locate::Lines;
use super::model::{Source, Words};

/// The language of rendered findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// The text of this language.
    pub fn of(self, words: &Words) -> &str {
        match self {
            Self::Zh => &words.zh,
            Self::En => &words.en,
        }
    }
}

/// A second place that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub at: Range<usize>,
    /// What is there.
    pub label: Words,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code: `E016`.
    pub code: &'static str,
    /// Where, in bytes of the pack's text.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: Words,
    /// What stands beside the caret.
    pub label: Words,
    /// A second place.
    pub related: Option<Related>,
    /// What to do.
    pub hint: Option<Words>,
}

impl Diagnostic {
    /// A finding without second place or hint.
    pub fn new(code: &'static str, at: Range<usize>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, at, message: Words::new(zh, en), label: Words::default(), related: None, hint: None }
    }

    /// Words beside the caret.
    pub fn label(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.label = Words::new(zh, en);
        self
    }

    /// A second place.
    pub fn related(mut self, at: Range<usize>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.related = Some(Related { at, label: Words::new(zh, en) });
        self
    }

    /// What to do.
    pub fn hint(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.hint = Some(Words::new(zh, en));
        self
    }
}

/// All findings of one pack, in the order of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics {
    /// The pack's text.
    pub source: Source,
    /// The findings.
    pub items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Sorts by place; two findings of one code at one place are one.
    pub(super) fn new(source: Source, mut items: Vec<Diagnostic>) -> Self {
        items.sort_by(|a, b| (a.at.start, a.at.end, a.code).cmp(&(b.at.start, b.at.end, b.code)));
        items.dedup_by(|a, b| a.code == b.code && a.at == b.at);
        Self { source, items }
    }

    /// Line and column (both from 1, in characters) of a finding.
    pub fn place(&self, item: &Diagnostic) -> (usize, usize) {
        let place = Lines::new(&self.source.text).place(item.at.start);
        (place.line, place.column)
    }

    /// Everything as text, with a closing count.
    pub fn render(&self, language: Language) -> String {
        let lines = Lines::new(&self.source.text);
        let mut text = String::new();
        for item in &self.items {
            render_one(&mut text, &self.source.name, &lines, item, language);
            text.push('\n');
        }
        let n = self.items.len();
        text.push_str(&match language {
            Language::Zh => format!("{}: 共 {n} 处错误，政策包未装入\n", self.source.name),
            Language::En => format!("{}: {n} error(s), the pack was not loaded\n", self.source.name),
        });
        text
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Language::Zh))
    }
}

impl std::error::Error for Diagnostics {}

fn render_one(out: &mut String, file: &str, lines: &Lines<'_>, item: &Diagnostic, language: Language) {
    let place = lines.place(item.at.start);
    let related = item.related.as_ref().map(|related| (related, lines.place(related.at.start)));
    let widest = related.as_ref().map_or(place.line, |(_, other)| other.line.max(place.line));
    let margin = widest.to_string().len();
    out.push_str(&format!("error[{}]: {}\n", item.code, language.of(&item.message)));
    out.push_str(&format!("{:margin$}--> {file}:{}:{}\n", "", place.line, place.column));
    out.push_str(&format!("{:margin$} |\n", ""));
    excerpt(out, lines, &item.at, language.of(&item.label), margin);
    if let Some((related, place)) = related {
        out.push_str(&format!("{:margin$}::: {file}:{}:{}\n", "", place.line, place.column));
        out.push_str(&format!("{:margin$} |\n", ""));
        excerpt(out, lines, &related.at, language.of(&related.label), margin);
    }
    if let Some(hint) = &item.hint {
        let word = match language {
            Language::Zh => "提示",
            Language::En => "hint",
        };
        out.push_str(&format!("{:margin$} = {word}: {}\n", "", language.of(hint)));
    }
}

fn excerpt(out: &mut String, lines: &Lines<'_>, at: &Range<usize>, label: &str, margin: usize) {
    let place = lines.place(at.start);
    let (blank, carets) = lines.carets(at);
    out.push_str(&format!("{:margin$} | {}\n", place.line, lines.line(place.line)));
    let marks = format!("{:margin$} | {}{} {label}", "", " ".repeat(blank), "^".repeat(carets));
    out.push_str(marks.trim_end());
    out.push('\n');
}
