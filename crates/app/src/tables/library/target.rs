//! The fields of a form as columns of a table: what they are called, what they hold, and which column of an office's own table
//! is likely to be which of them.

use super::super::port::{Choice, FilingField, FilingKind, Finding, Severity};
use super::super::survey::{TableColumn, TableSurvey};
use super::{Matching, plan};
use crate::view::{Viewer, place_name};
use kernel::amount::AmountUnit;
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::{Field, FieldType, Form, MoneyUnit, Pack, PartKind, Required, Words};
use policy::procedure::Procedure;

/// A field that a column may go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its key: the id of the field, `part.column` for the first row of a growing table.
    pub key: String,
    /// Its name.
    pub name: Words,
    /// The part it stands in.
    pub part: String,
    /// The row of the growing table; none for a field of its own.
    pub row: Option<usize>,
    /// The field.
    pub field: Field,
    /// Whether every project must have it.
    pub required: bool,
}

/// The fields that the applicant fills, in printed order. Identity numbers and accounts are not taken from tables.
pub(super) fn all(procedure: &Procedure, form: &Form) -> Vec<Target> {
    let mut targets = Vec::new();
    for part in form.parts.iter().filter(|part| part.by.is_none()) {
        match &part.kind {
            PartKind::Fields(fields) => {
                let plain = fields.iter().filter(|field| !field.sensitive);
                targets.extend(plain.map(|field| Target {
                    key: field.id.clone(),
                    name: field.name.clone(),
                    part: part.id.clone(),
                    row: None,
                    field: field.clone(),
                    required: field.required == Required::Yes,
                }));
            }
            PartKind::Table(table) => {
                let typed = table.columns.iter().filter(|column| column.computed.is_none());
                targets.extend(typed.filter(|column| !column.field.sensitive).map(|column| Target {
                    key: format!("{}.{}", part.id, column.field.id),
                    name: Words::new(
                        format!("{}：{}", part.name.zh, column.field.name.zh),
                        format!("{}: {}", part.name.en, column.field.name.en),
                    ),
                    part: part.id.clone(),
                    row: Some(1),
                    field: column.field.clone(),
                    required: table.rows_min > 0 && column.field.required == Required::Yes,
                }));
            }
            PartKind::Months(_) => {}
        }
    }
    // What names a project comes first: it is the column that no table can do without.
    targets.sort_by_key(|target| procedure.title_field.as_ref() != Some(&target.key));
    targets
}

impl Target {
    /// Its column in the template.
    pub(super) fn column(&self, pack: &Pack, region: Option<RegionCode>) -> FilingField {
        let kind = match &self.field.ty {
            FieldType::LongText => FilingKind::LongText,
            FieldType::Money(unit) => FilingKind::Money(unit_of(*unit)),
            FieldType::Count(unit) => FilingKind::Count(unit.clone()),
            FieldType::Date => FilingKind::Date,
            FieldType::Year => FilingKind::Year,
            FieldType::Bool => {
                FilingKind::Choice(vec![Choice::new("true", "是"), Choice::new("false", "否")])
            }
            FieldType::Enum(of) => {
                let members = pack.enums.get(of).into_iter().flat_map(|list| &list.members);
                FilingKind::Choice(members.map(|member| Choice::new(&member.id, &member.name.zh)).collect())
            }
            FieldType::Region => region.map_or(FilingKind::Text, |region| {
                let below = Gazetteer::get().children(region).into_iter().map(|region| region.code);
                let all = std::iter::once(region).chain(below);
                FilingKind::Choice(all.map(|code| Choice::new(code.to_string(), place_name(code))).collect())
            }),
            _ => FilingKind::Text,
        };
        FilingField {
            key: self.key.clone(),
            name: self.name.clone(),
            help: self.field.hint.clone().unwrap_or_default(),
            required: self.required,
            kind,
        }
    }

    /// What may be chosen for it: ids and names; empty when anything may be written.
    pub fn members(&self, pack: &Pack) -> Vec<(String, Words)> {
        let FieldType::Enum(of) = &self.field.ty else { return Vec::new() };
        let members = pack.enums.get(of).into_iter().flat_map(|list| &list.members);
        members.map(|member| (member.id.clone(), member.name.clone())).collect()
    }

    /// Whether several columns may be written one after the other into it.
    pub(super) fn joins(&self) -> bool {
        matches!(self.field.ty, FieldType::Text | FieldType::LongText)
    }
}

pub(super) fn unit_of(unit: MoneyUnit) -> AmountUnit {
    match unit {
        MoneyUnit::Yuan => AmountUnit::Yuan,
        MoneyUnit::Wan => AmountUnit::Wan,
    }
}

/// Headings that offices print for what every library lists. They are compared whole, without blanks and units.
const TITLES: [&str; 7] = ["项目名称", "项目", "名称", "工程名称", "project", "name", "line"];
const AMOUNTS: [&str; 10] = [
    "金额",
    "资金",
    "安排金额",
    "安排资金",
    "资金规模",
    "资金额度",
    "投资",
    "补助资金",
    "计划资金",
    "amount",
];
const VILLAGES: [&str; 5] = ["村", "村名", "项目村", "所在村", "village"];
const PLACES: [&str; 8] = ["地点", "实施地点", "县", "县区", "县市区", "地区", "place", "county"];
const CLASSES: [&str; 6] = ["类别", "项目类别", "项目类型", "类型", "class", "group"];
const YEARS: [&str; 4] = ["年度", "年份", "计划年度", "year"];
const CONTENTS: [&str; 5] = ["建设内容", "项目内容", "主要内容", "内容", "content"];
const UNITS: [&str; 6] = ["责任单位", "实施单位", "项目单位", "单位", "unit", "responsible_unit"];

/// The most characters of a unit of measure.
const MEASURE_MAX: usize = 2;

/// The longest text of a column; figures count as none.
fn longest(table: &TableSurvey, column: &TableColumn) -> usize {
    let texts = table.rows.iter().filter_map(|row| row.cells.get(&column.at));
    let words = texts.filter(|cell| cell.text.parse::<i64>().is_err());
    words.map(|cell| cell.text.chars().count()).max().unwrap_or(0)
}

/// A heading as it is compared: without blanks, marks, and the unit behind it.
fn bare(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let cut = text.find(['(', '（', '【', '[']).filter(|at| *at > 0).unwrap_or(text.len());
    let name = text[..cut].trim_matches(['*', ':', '：', '_']);
    let name = ["_wan", "_yuan"].iter().find_map(|unit| name.strip_suffix(unit)).unwrap_or(name);
    name.to_owned()
}

/// A matching to begin with: by the names of the fields, then by what offices usually print.
pub(super) fn propose(
    viewer: &Viewer,
    procedure: &Procedure,
    table: &TableSurvey,
    targets: &[Target],
) -> Matching {
    let mut matching = Matching::default();
    for target in targets {
        let names = [&target.name.zh, &target.name.en, &target.key].map(|name| bare(name));
        take(&mut matching, table, target, |heading| names.contains(&heading));
    }
    let listed = &procedure.listed;
    let content = Some("content".to_owned());
    let unit = Some("unit".to_owned());
    let usual: [(&Option<String>, &[&str]); 8] = [
        (&procedure.title_field, &TITLES),
        (&listed.amount, &AMOUNTS),
        (&listed.village, &VILLAGES),
        (&listed.place, &PLACES),
        (&listed.class, &CLASSES),
        (&listed.year, &YEARS),
        (&content, &CONTENTS),
        (&unit, &UNITS),
    ];
    for (key, headings) in usual {
        let Some(target) = targets.iter().find(|target| Some(&target.key) == key.as_ref()) else { continue };
        take(&mut matching, table, target, |heading| headings.contains(&heading.as_str()));
    }
    // A table without any column of that name still has one that says what each row is: the first of words.
    if let Some(title) =
        procedure.title_field.as_ref().filter(|key| !matching.columns.values().any(|k| k == *key))
    {
        let words =
            table.columns.iter().find(|column| longest(table, column) > MEASURE_MAX && !column.amounts);
        matching.columns.extend(words.map(|column| (column.at, title.clone())));
    }
    matching.without =
        table.checks.iter().filter(|check| check.whole_of_others).filter_map(|check| check.row).collect();
    for target in whole(procedure, targets, &matching) {
        let region = viewer.region.filter(|_| target.field.ty == FieldType::Region);
        matching.whole.extend(region.map(|code| (target.key, place_name(code))));
    }
    matching
}

fn take(matching: &mut Matching, table: &TableSurvey, target: &Target, is: impl Fn(String) -> bool) {
    if matching.columns.values().any(|key| *key == target.key) {
        return;
    }
    // 单位 over 座, 头, 户 is what is counted, and no organisation.
    let measure = |column: &TableColumn| {
        ["单位", "unit"].contains(&bare(&column.name).as_str()) && longest(table, column) <= MEASURE_MAX
    };
    let free = |column: &&TableColumn| !matching.columns.contains_key(&column.at) && !measure(column);
    let found = table.columns.iter().filter(free).find(|column| is(bare(&column.name)));
    if let Some(column) = found {
        matching.columns.insert(column.at, target.key.clone());
    }
}

/// What is typed once for all rows when the table has no column of it: place, class, year.
pub(super) fn whole(procedure: &Procedure, targets: &[Target], matching: &Matching) -> Vec<Target> {
    let listed = &procedure.listed;
    let asked = [&listed.place, &listed.class, &listed.year];
    let open = |target: &&Target| {
        asked.iter().any(|key| key.as_ref() == Some(&target.key))
            && !matching.columns.values().any(|key| *key == target.key)
    };
    targets.iter().filter(open).cloned().collect()
}

/// What is wrong with a matching.
pub(super) fn faults(
    procedure: &Procedure,
    table: &TableSurvey,
    targets: &[Target],
    matching: &Matching,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let unread = table.findings.iter().any(|finding| finding.severity == Severity::Error);
    if let Some(title) = targets.iter().find(|target| procedure.title_field.as_ref() == Some(&target.key))
        && !unread
        && !matching.columns.values().any(|key| *key == title.key)
    {
        found.push(plan::of_file(
            table,
            Words::new(
                format!("没有一栏对应“{}”", title.name.zh),
                format!("no column is \"{}\"", title.name.en),
            ),
            Words::new("请在“栏目对应”里选定", "choose it under “Columns”"),
        ));
    }
    for target in targets.iter().filter(|target| !target.joins()) {
        let of = matching.columns.iter().filter(|(_, key)| **key == target.key).map(|(at, _)| *at);
        for at in of.skip(1) {
            let letters = table.columns.iter().find(|c| c.at == at).map_or("", |c| c.letters.as_str());
            let what = Words::new(
                format!("{letters} 栏和前面一栏都对应“{}”", target.name.zh),
                format!("column {letters} and one before it are both \"{}\"", target.name.en),
            );
            let mend = Words::new("请只留一栏", "keep one of them");
            found.push(Finding {
                column: Some(at),
                cell: letters.to_owned(),
                ..plan::of_file(table, what, mend)
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn headings_are_compared_without_units_and_marks() {
        for (heading, name) in [
            (" 项目 名称* ", "项目名称"),
            ("金额（万元）", "金额"),
            ("amount_wan", "amount"),
            ("subsidy_per_unit_yuan", "subsidy_per_unit"),
            ("（一）", "（一）"),
        ] {
            assert_eq!(bare(heading), name);
        }
    }
}
