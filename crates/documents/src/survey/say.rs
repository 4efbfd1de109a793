//! A survey in words, line by line, for a terminal or a page.

use super::{CheckKind, RowKind, Survey};
use crate::read::say_money;
use crate::sums::Outcome;
use crate::words::Language;

impl Survey {
    /// Everything that is known of the table, in plain lines.
    pub fn describe(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        let pick = |zh_text: &'static str, en_text: &'static str| if zh { zh_text } else { en_text };
        let mut lines = vec![format!("{} · {}", self.file_name, self.sheet)];
        lines.extend(self.title.iter().map(|title| format!("  {title}")));
        let of = |kind: RowKind| self.rows.iter().filter(|row| row.kind == kind).count();
        lines.push(format!(
            "{} {} · {} {} · {} {}",
            pick("数据行", "items"),
            of(RowKind::Item),
            pick("小计", "sub-totals"),
            of(RowKind::Subtotal),
            pick("合计", "totals"),
            of(RowKind::Total),
        ));
        for (column, sum) in &self.sums {
            let name =
                self.columns.iter().find(|other| other.column == *column).map_or("", |c| c.name.as_str());
            lines.push(format!("{} {name}：{}", pick("相加", "sum of"), say_money(*sum, self.unit(*column))));
        }
        for group in &self.groups {
            lines.push(format!("  {}：{}", group.group, say_money(group.sum, self.unit(group.column))));
        }
        for check in &self.checks {
            let mark = match check.outcome {
                Outcome::Holds => "√",
                Outcome::Differs => "×",
                Outcome::Unchecked => "?",
            };
            lines.push(format!(
                "{mark} {} {} {}",
                check.place,
                check.kind.name(language),
                language.of(&check.says)
            ));
        }
        for finding in &self.findings {
            lines.push(format!("! {} {}", finding.place, language.of(&finding.what)));
        }
        lines.join("\n")
    }
}

impl CheckKind {
    /// What is compared, in a word.
    pub const fn name(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Subtotal => ("小计", "sub-total"),
            Self::Total => ("合计", "total"),
            Self::Group => ("分组", "group"),
            Self::OfWhich => ("其中", "of which"),
            Self::Parts => ("组成", "parts"),
            Self::StatedTotal => ("公布总额", "stated total"),
            Self::Share => ("占比", "share"),
            Self::ShareSum => ("占比之和", "shares together"),
            Self::Product => ("数量×单价", "quantity × price"),
            Self::Rate => ("收益率", "rate of return"),
        };
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}
