//! Counting line by line: each line of the form's tables is inside or outside, with its reason and clause.

use super::cell;
use super::check::{Applies, Work};
use super::contact;
use super::months::month_columns;
use super::read::RowRead;
use super::result::{TallyLine, TallyResult, line_id};
use crate::lang::{Outcome, Type, Value};
use crate::pack::{
    Cite, FieldType, Id, MonthsDef, Part, PartKind, TableDef, Tally, TallySource, Window, Words,
};
use kernel::Date;
use kernel::money::Money;
use std::collections::{BTreeMap, BTreeSet};

/// A line before it is judged.
struct Line {
    id: String,
    label: String,
    date: Option<Date>,
    declared: Option<Money>,
}

/// Counts the lines of the form: the result, and the facts that it gives. A line about which it cannot be told yet
/// whether it counts leaves the fact unknown.
pub(super) fn count(work: &Work<'_>, tally: &Tally) -> (TallyResult, BTreeMap<Id, Value>) {
    let (mut lines, mut open) = (Vec::new(), BTreeSet::new());
    for source in &tally.sources {
        for line in lines_of(work, source) {
            let judged = Judge { work, tally, source }.judge(line);
            open.extend(judged.1);
            lines.push(judged.0);
        }
    }
    let sum = |give: &Id, class: Option<&Id>| {
        let counted = lines.iter().filter(|line| line.counted.get(give) == Some(&true));
        Money::sum(
            counted.filter(|line| class.is_none_or(|class| line.class == *class)).map(|line| line.amount),
        )
    };
    let totals: BTreeMap<Id, Money> =
        tally.gives.iter().filter_map(|give| Some((give.clone(), sum(give, None)?))).collect();
    let classes: BTreeSet<&Id> =
        tally.classes.keys().chain(tally.sources.iter().map(|source| &source.class)).collect();
    let by_class = classes.into_iter().map(|class| {
        let of_class = tally.gives.iter().filter_map(|give| Some((give.clone(), sum(give, Some(class))?)));
        (class.clone(), of_class.collect())
    });
    let by_class = by_class.collect();
    let known = totals.iter().filter(|(give, _)| !open.contains(*give));
    let facts = known.map(|(give, total)| (give.clone(), Value::Money(*total))).collect();
    (TallyResult { tally: tally.id.clone(), totals, by_class, lines }, facts)
}

fn lines_of(work: &Work<'_>, source: &TallySource) -> Vec<Line> {
    let Some(at) = work.form.parts.iter().position(|part| part.id == source.part) else { return Vec::new() };
    if work.applies[at] == Applies::No {
        return Vec::new();
    }
    let (part, rows) = (&work.form.parts[at], &work.reads[at].rows);
    match &part.kind {
        PartKind::Fields(_) => Vec::new(),
        PartKind::Table(def) => rows.iter().map(|row| table_line(work, part, def, source, row)).collect(),
        PartKind::Months(def) => rows.iter().flat_map(|row| month_lines(work, part, def, row)).collect(),
    }
}

fn table_line(work: &Work<'_>, part: &Part, def: &TableDef, source: &TallySource, row: &RowRead) -> Line {
    let value = |column: &Option<Id>| column.as_ref().and_then(|column| row.values.get(column).copied());
    Line {
        id: line_id(&part.id, &row.key, None),
        label: label(work, part, def, source, row),
        date: match value(&source.date) {
            Some(Value::Date(date)) => Some(date),
            _ => None,
        },
        declared: match value(&source.amount) {
            Some(Value::Money(money)) => Some(money),
            _ => None,
        },
    }
}

/// What the row says it is; its number when it does not say, or says it under seal.
fn label(work: &Work<'_>, part: &Part, def: &TableDef, source: &TallySource, row: &RowRead) -> String {
    let column =
        source.label.as_ref().and_then(|id| def.columns.iter().find(|column| column.field.id == *id));
    let text = column.map(|column| work.data.get(&part.id, Some(row.row), &column.field.id).trim());
    match (column, text) {
        (Some(column), Some(text)) if !text.is_empty() && !cell::is_sealed(&column.field, text) => {
            let FieldType::Enum(of) = &column.field.ty else { return text.to_owned() };
            let list = work.pack.enums.get(of);
            let member = list.and_then(|list| list.members.get(usize::from(list.member(text)?)));
            member.map_or_else(|| text.to_owned(), |member| member.name.zh.clone())
        }
        _ => format!("第{}行", row.row),
    }
}

/// The cells of one fixed row; those that hold nothing or zero are no lines.
fn month_lines(work: &Work<'_>, part: &Part, def: &MonthsDef, row: &RowRead) -> Vec<Line> {
    let holds_year = |part: &Part| matches!(&part.kind, PartKind::Fields(fields) if fields.iter().any(|f| f.id == def.year));
    let at = work.form.parts.iter().position(holds_year).filter(|at| work.applies[*at] != Applies::No);
    let year = at.and_then(|_| contact::year(work.data.get("", None, &def.year)).ok());
    let fixed = def.rows.iter().find(|fixed| fixed.id == row.key);
    let name = fixed.map_or("", |fixed| &fixed.name.zh);
    let line = |(month, column): (usize, String)| {
        let declared = match row.values.get(&column) {
            Some(Value::Money(money)) => Some(*money),
            _ => None,
        };
        if declared.map_or(!row.closed.contains(&column), Money::is_zero) {
            return None;
        }
        let first = year.and_then(|year| Date::new(year, i8::try_from(month).ok()?, 1).ok());
        Some(Line {
            id: line_id(&part.id, &row.key, Some(month)),
            label: year
                .map_or_else(|| format!("{name} {month}月"), |year| format!("{name} {year}年{month}月")),
            date: first.map(Date::last_of_month),
            declared,
        })
    };
    month_columns().filter_map(line).collect()
}

/// How one window takes a line.
enum Ruled {
    Inside,
    Outside,
    /// For want of these.
    Open(Words),
}

struct Judge<'a> {
    work: &'a Work<'a>,
    tally: &'a Tally,
    source: &'a TallySource,
}

impl Judge<'_> {
    /// The line with its reason, and the results about which it cannot be told yet.
    fn judge(&self, line: Line) -> (TallyLine, BTreeSet<Id>) {
        let declared = line.declared.unwrap_or(Money::ZERO);
        let amount = self.work.ctx.adjust.get(&line.id).copied().or(line.declared);
        let mut judged = TallyLine {
            part: self.source.part.clone(),
            class: self.source.class.clone(),
            id: line.id,
            label: line.label,
            date: line.date,
            declared,
            amount: amount.unwrap_or(Money::ZERO),
            counted: self.tally.gives.iter().map(|give| (give.clone(), false)).collect(),
            open: false,
            reason: None,
        };
        let Some(amount) = amount else {
            let say = Words::new("金额没有填写或看不懂，暂不计入", "the amount is missing or cannot be read");
            judged.open = true;
            judged.reason = Some((say, self.tally.cite.clone()));
            return (judged, self.tally.gives.iter().cloned().collect());
        };
        if amount.is_zero() && !declared.is_zero() {
            let say = Words::new("核查没有确认这一笔，不计入", "not confirmed by the verifier");
            judged.reason = Some((say, self.tally.cite.clone()));
            return (judged, BTreeSet::new());
        }
        self.rule(judged, amount)
    }

    fn rule(&self, mut judged: TallyLine, amount: Money) -> (TallyLine, BTreeSet<Id>) {
        let row = self.row(judged.date, amount);
        let ruled: Vec<(&Window, Ruled)> =
            self.tally.windows.iter().map(|window| (window, self.window(window, &row))).collect();
        let mut open = BTreeSet::new();
        for (give, counted) in &mut judged.counted {
            let on =
                || ruled.iter().filter(|(window, _)| window.gives.contains(give)).map(|(_, ruled)| ruled);
            let outside = on().any(|ruled| matches!(ruled, Ruled::Outside));
            let unsure = on().any(|ruled| matches!(ruled, Ruled::Open(_)));
            *counted = !outside && !unsure;
            if unsure && !outside {
                open.insert(give.clone());
            }
        }
        judged.open = !open.is_empty();
        judged.reason = reason(&ruled);
        (judged, open)
    }

    fn window(&self, window: &Window, row: &[Option<Value>]) -> Ruled {
        match self.work.solver.in_line(&window.need, &self.work.values, row) {
            Outcome::Known(Value::Bool(false)) => Ruled::Outside,
            Outcome::Known(_) => Ruled::Inside,
            Outcome::Unknown(cause) => {
                let facts = self.tally.env.facts();
                let names: Vec<&Words> =
                    cause.missing.iter().filter_map(|f| Some(&facts.get(f.index())?.name)).collect();
                if names.is_empty() {
                    return Ruled::Open(Words::new(
                        "无法判断是否计入，暂不计入",
                        "it cannot be told whether it counts",
                    ));
                }
                let list = |of: fn(&Words) -> &str, mark: &str| {
                    names.iter().map(|n| of(n)).collect::<Vec<_>>().join(mark)
                };
                Ruled::Open(Words::new(
                    format!("还不知道“{}”，暂不计入", list(|n| &n.zh, "、")),
                    format!("not known yet: {}", list(|n| &n.en, ", ")),
                ))
            }
        }
    }

    /// The line as the row of its conditions.
    fn row(&self, date: Option<Date>, amount: Money) -> Vec<Option<Value>> {
        let env = &self.tally.env;
        let value = |fact: &crate::lang::FactDef| match fact.id.as_str() {
            "line.date" => date.map(Value::Date),
            "line.amount" => Some(Value::Money(amount)),
            "line.class" => match &fact.ty {
                Type::Enum(of) => env.member_named(*of, &self.source.class).map(Value::Member),
                _ => None,
            },
            _ => None,
        };
        env.facts()[env.row_from()..].iter().map(value).collect()
    }
}

/// The first condition that puts the line outside of something; else the first that cannot be told yet.
fn reason(ruled: &[(&Window, Ruled)]) -> Option<(Words, Cite)> {
    let outside = ruled.iter().find(|(_, ruled)| matches!(ruled, Ruled::Outside));
    let outside = outside.map(|(window, _)| (window.say.clone(), window.cite.clone()));
    outside.or_else(|| {
        ruled.iter().find_map(|(window, ruled)| match ruled {
            Ruled::Open(say) => Some((say.clone(), window.cite.clone())),
            _ => None,
        })
    })
}
