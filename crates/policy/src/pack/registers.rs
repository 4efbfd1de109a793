//! Registers as the pack writes them: where each column takes its value from, and that it can.

use std::ops::Range;

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::{Raw, check_id};
use super::forms::value_type;
use super::model::*;
use super::reader::Reader;
use super::steps::Placed;
use super::symbols::{Symbols, define};
use super::tree::Text;
use crate::lang::{FactDef, Type, Want, nearest};
use crate::procedure::{Procedure, Step, Subject};
use crate::register::{Group, Purse, Register, RegisterAlert, RegisterColumn, Take};

const KIND: ElementKind = ElementKind::Register;

/// What registers are taken from.
pub(super) struct Read<'r> {
    pub(super) names: &'r Symbols,
    pub(super) forms: &'r Catalog<Form>,
    pub(super) procedures: &'r Catalog<Procedure>,
    pub(super) steps: &'r Catalog<Placed>,
}

/// Registers; those with another one below are read after all that have none.
pub(super) fn registers(cx: &Context<'_>, read: &Read<'_>) -> Catalog<Register> {
    let mut found: Vec<Register> = Vec::new();
    let (alone, above): (Vec<&Raw>, Vec<&Raw>) =
        cx.draft.of(KIND).partition(|raw| raw.entry("below").is_none());
    for raw in alone.into_iter().chain(above) {
        check_id(raw, cx.sink);
        let Some(reader) = cx.reader(raw) else { continue };
        let one = One { cx, read, others: &found }.register(raw, &reader);
        reader.finish();
        found.extend(one);
    }
    let mut catalog = Catalog::default();
    for raw in cx.draft.of(KIND) {
        if let Some(at) = found.iter().position(|one| one.id == raw.id) {
            catalog.push(found.remove(at));
        }
    }
    catalog
}

struct One<'o> {
    cx: &'o Context<'o>,
    read: &'o Read<'o>,
    others: &'o [Register],
}

/// Where the columns of a register may look.
struct Sight<'s> {
    of: &'s Procedure,
    rows: Option<&'s TableDef>,
    below: Option<&'s Register>,
}

impl One<'_> {
    fn register(&self, raw: &Raw, reader: &Reader<'_>) -> Option<Register> {
        let cite = self.cx.cite(raw, reader);
        let of = self.cx.need_ref(ElementKind::Procedure, reader, "of");
        let from = self.cx.refer_key(ElementKind::Step, reader, "from");
        let (rows, below) = (reader.text("rows"), self.cx.refer_key(KIND, reader, "below"));
        let (columns, alerts) = (reader.tables("columns"), reader.tables("alerts"));
        let (name, groups) = (reader.words(), reader.texts("groups"));
        let yearly = reader.flag("yearly").unwrap_or(false);
        if reader.node("columns").is_none() {
            reader.missing("columns");
        }
        let of = self.read.procedures.get(&of)?;
        let at = |key| self.cx.place(KIND, &raw.id, key);
        if of.subject != Subject::Case {
            let why = ("只收申请（subject = \"case\"）", "it holds cases only (subject = \"case\")");
            self.cannot(at("of"), why);
            return None;
        }
        if from.as_deref().and_then(|id| self.step(id)).is_some_and(|step| step.procedure != of.id) {
            self.cannot(at("from"), ("不是这个程序的步骤", "not a step of this procedure"));
        }
        let table = rows.and_then(|text| self.table(of, text));
        let under = below.as_deref().and_then(|id| self.others.iter().find(|one| one.id == id));
        if below.is_some() && !under.is_some_and(|under| self.builds_on(under, of)) {
            let why = (
                "并列的台账须一件一行，它的程序以本程序为 parent，自己没有 below",
                "each of its cases must be one line and build on this procedure, with no `below` of its own",
            );
            self.cannot(at("below"), why);
        }
        // A case with several lines would state beside each of them what is one for all.
        let doubled = |at: Range<usize>| {
            self.cannot(at, ("只有一件一行的台账可以这样写", "only where each case is one line"));
        };
        if rows.is_some() && below.is_some() {
            doubled(at("below"));
        }
        let sight = Sight { of, rows: table.as_ref().map(|(_, table)| *table), below: under };
        let mut register = Register {
            id: raw.id.clone(),
            name,
            of: of.id.clone(),
            from,
            rows: table.map(|(rows, _)| rows),
            yearly,
            below,
            columns: Vec::new(),
            groups: Vec::new(),
            alerts: Vec::new(),
            env: self.read.names.base.clone(),
            cite,
        };
        for inner in &columns {
            let column = self.column(&register, &sight, inner);
            inner.finish();
            if let Some(column) = column {
                self.add(&mut register, column, inner);
            }
        }
        register.groups = groups.into_iter().filter_map(|text| self.group(&register, text)).collect();
        for inner in &alerts {
            let alert = self.alert(&register, inner);
            inner.finish();
            register.alerts.extend(alert);
        }
        Some(register)
    }

    fn step(&self, id: &str) -> Option<&Step> {
        self.read.steps.get(id).map(|placed| &placed.step)
    }

    fn builds_on(&self, under: &Register, of: &Procedure) -> bool {
        let parent = self.read.procedures.get(&under.of).and_then(|below| below.parent.as_ref());
        under.below.is_none() && under.rows.is_none() && parent == Some(&of.id)
    }

    /// The forms that cases of a procedure fill in: its own, then those of its steps.
    fn forms<'s>(&'s self, of: &'s Procedure) -> impl Iterator<Item = (Option<Id>, &'s Form)> {
        let own = of.form.as_deref().and_then(|id| self.read.forms.get(id)).map(|form| (None, form));
        let steps = self.read.steps.iter().map(|placed| &placed.step);
        let others = steps.filter(|step| step.procedure == of.id && step.form != of.form);
        let others = others.filter_map(|step| step.form.as_deref().and_then(|id| self.read.forms.get(id)));
        own.into_iter().chain(others.map(|form| (Some(form.id.clone()), form)))
    }

    /// `rows = "assets"`: a growing table of one of the forms.
    fn table<'s>(&'s self, of: &'s Procedure, text: &Text) -> Option<((Option<Id>, Id), &'s TableDef)> {
        let found = self.forms(of).find_map(|(id, form)| match &form.part(&text.text)?.kind {
            PartKind::Table(table) => Some(((id, text.text.clone()), table)),
            PartKind::Fields(_) | PartKind::Months(_) => None,
        });
        if found.is_none() {
            let parts = self.forms(of).flat_map(|(_, form)| form.parts.iter());
            let tables = parts.filter(|part| matches!(part.kind, PartKind::Table(_)));
            let near = nearest(&text.text, tables.map(|part| part.id.as_str())).map(str::to_owned);
            self.cx.unlisted(text, "表", "table", near.as_deref());
        }
        found
    }

    fn column(&self, register: &Register, sight: &Sight<'_>, inner: &Reader<'_>) -> Option<RegisterColumn> {
        let id = inner.need_text("id");
        let takes = ["field", "note", "day", "below", "money", "value"];
        let written: Vec<(&'static str, &Text)> =
            takes.into_iter().filter_map(|key| Some((key, inner.text(key)?))).collect();
        let (own, unit, total) = (inner.node("name").is_some(), inner.text("unit"), inner.flag("total"));
        let name = if own { inner.words() } else { Words::default() };
        let id = id?;
        let [(key, text)] = written[..] else {
            self.cx.sink.add(
                Diagnostic::new(
                    "E090",
                    id.whole(),
                    format!("列 `{}` 须写明取自哪里，只写一处", id.text),
                    format!("the column `{}` must say once where it is taken from", id.text),
                )
                .label("取自哪里", "taken from where")
                .hint(
                    "写 field、note、day、below、money、value 中的一个",
                    "write one of field, note, day, below, money, value",
                ),
            );
            return None;
        };
        let (take, given, typed) = self.take(register, sight, key, text)?;
        let ty = self.in_unit(typed.clone(), unit);
        let name = if own { name } else { given };
        if !own && matches!(take, Take::Value(_)) {
            inner.missing("name");
        }
        let field = Field {
            id: id.text.clone(),
            name,
            ty,
            required: Required::No,
            fact: None,
            prefill: None,
            hint: None,
            cite: register.cite.clone(),
            sensitive: false,
            max_len: usize::MAX,
        };
        let total = total.unwrap_or(false);
        if total && !is_number(&field.ty) && field.ty != FieldType::Bool {
            let at = inner.node("total").map_or(inner.at.clone(), |node| node.at.clone());
            self.cx.sink.add(
                Diagnostic::new(
                    "E049",
                    at,
                    format!("`{}` 不能合计", field.id),
                    format!("`{}` has no total", field.id),
                )
                .label(
                    "只有金额、比例、计数和是否可以合计",
                    "only money, ratios, counts and yes-or-no add up",
                ),
            );
        }
        let again = total && Self::again(register, &take);
        Some(RegisterColumn { field, typed, take, total, again })
    }

    /// Where a column is taken from, with the name and the type that it has there.
    fn take(
        &self,
        register: &Register,
        sight: &Sight<'_>,
        key: &str,
        text: &Text,
    ) -> Option<(Take, Words, FieldType)> {
        match key {
            "field" => self.field(sight, text),
            "note" => self.note(sight.of, text),
            "day" => {
                let id = self.cx.refer(ElementKind::Step, text)?;
                let step = self.step(&id)?;
                if step.procedure != sight.of.id {
                    self.cannot(text.whole(), ("不是这个程序的步骤", "not a step of this procedure"));
                    return None;
                }
                let name = Words::new(format!("{}日期", step.name.zh), format!("day of: {}", step.name.en));
                Some((Take::Day(id), name, FieldType::Date))
            }
            "below" => {
                let Some(under) = sight.below else {
                    self.cannot(text.whole(), ("台账没有写 below", "the register has no `below`"));
                    return None;
                };
                let Some((_, column)) = under.column(&text.text) else {
                    let near = nearest(&text.text, under.columns.iter().map(|c| c.field.id.as_str()));
                    self.cx.unlisted(text, "列", "column", near);
                    return None;
                };
                let (name, ty) = (column.field.name.clone(), column.field.ty.clone());
                Some((Take::Below(text.text.clone()), name, ty))
            }
            "money" => {
                if sight.rows.is_some() {
                    self.cannot(
                        text.whole(),
                        ("只有一件一行的台账可以这样写", "only where each case is one line"),
                    );
                    return None;
                }
                let purse = self.cx.word(text, Purse::ALL)?;
                Some((Take::Money(purse), purse.words(), FieldType::Money(MoneyUnit::Yuan)))
            }
            _ => self.value(register, text),
        }
    }

    fn field(&self, sight: &Sight<'_>, text: &Text) -> Option<(Take, Words, FieldType)> {
        let cell = sight.rows.and_then(|table| {
            let column = table.columns.iter().find(|column| column.field.id == text.text)?;
            Some((Take::Cell(text.text.clone()), &column.field))
        });
        let found = cell.or_else(|| {
            self.forms(sight.of).find_map(|(form, def)| {
                Some((Take::Field { form, field: text.text.clone() }, def.field(&text.text)?))
            })
        });
        let Some((take, field)) = found else {
            let cells = sight.rows.into_iter().flat_map(|table| &table.columns).map(|c| c.field.id.as_str());
            let fields = self.forms(sight.of).flat_map(|(_, form)| form.fields().map(|f| f.id.as_str()));
            let near = nearest(&text.text, cells.chain(fields)).map(str::to_owned);
            self.cx.unlisted(text, "栏目", "field", near.as_deref());
            return None;
        };
        if field.sensitive {
            self.cannot(
                text.whole(),
                ("遮住的栏目不能列入台账", "a masked field does not stand in a register"),
            );
            return None;
        }
        Some((take, field.name.clone(), field.ty.clone()))
    }

    /// `note = "hand_over.operator"`
    fn note(&self, of: &Procedure, text: &Text) -> Option<(Take, Words, FieldType)> {
        let (step, note) = text.text.split_once('.').unwrap_or((&text.text, ""));
        let found = self.step(step).filter(|step| step.procedure == of.id);
        let noted = found.and_then(|step| step.notes.iter().find(|one| one.id == note));
        let Some(noted) = noted else {
            self.cx.unlisted(text, "步骤的记录（步骤.记录）", "note of a step (step.note)", None);
            return None;
        };
        let take = Take::Note { step: step.to_owned(), note: note.to_owned() };
        Some((take, noted.name.clone(), noted.ty.clone()))
    }

    fn value(&self, register: &Register, text: &Text) -> Option<(Take, Words, FieldType)> {
        let env = &register.env;
        let formula = self.cx.formula(text, env, Want::Any)?;
        let ty = match formula.expr.ty() {
            Type::Bool => FieldType::Bool,
            Type::Money => FieldType::Money(MoneyUnit::Yuan),
            Type::Ratio => FieldType::Ratio,
            Type::Quotient(of) if **of == Type::Ratio => FieldType::Ratio,
            Type::Count(unit) => FieldType::Count(env.units().get(unit.index())?.zh.clone()),
            Type::Date => FieldType::Date,
            Type::Enum(of) => FieldType::Enum(env.enums().get(of.index())?.id.clone()),
            Type::Region => FieldType::Region,
            other => {
                let found = (env.type_zh(other), env.type_en(other));
                self.cx.sink.add(
                    Diagnostic::new(
                        "E049",
                        text.whole(),
                        format!("{}不能作一列", found.0),
                        format!("{} cannot be a column", found.1),
                    )
                    .label("这样的值不能显示", "such a value cannot be shown"),
                );
                return None;
            }
        };
        Some((Take::Value(formula), Words::default(), ty))
    }

    fn in_unit(&self, ty: FieldType, unit: Option<&Text>) -> FieldType {
        const UNITS: &[(&str, MoneyUnit)] = &[("元", MoneyUnit::Yuan), ("万元", MoneyUnit::Wan)];
        match (&ty, unit) {
            (FieldType::Money(_), Some(unit)) => self.cx.word(unit, UNITS).map_or(ty, FieldType::Money),
            (_, Some(unit)) => {
                self.cannot(unit.whole(), ("只有金额的列写 unit", "only a column of money has a unit"));
                ty
            }
            (_, None) => ty,
        }
    }

    /// Whether a formula gives a number and reads nothing but numbers that are summed up.
    fn again(register: &Register, take: &Take) -> bool {
        let Take::Value(formula) = take else { return false };
        let summed = |column: &RegisterColumn| column.total && is_number(&column.field.ty);
        let names = register.env.facts();
        let read: Vec<&str> =
            formula.expr.facts().iter().map(|fact| names[fact.index()].id.as_str()).collect();
        !matches!(formula.expr.ty(), Type::Bool)
            && !read.is_empty()
            && read.iter().all(|id| register.column(id).is_some_and(|(_, column)| summed(column)))
    }

    /// The column, and its name for the formulas after it.
    fn add(&self, register: &mut Register, column: RegisterColumn, inner: &Reader<'_>) {
        let id = column.field.id.clone();
        if register.column(&id).is_some() {
            self.cx.sink.add(
                Diagnostic::new(
                    "E038",
                    inner.at.clone(),
                    format!("`{id}` 重复定义"),
                    format!("`{id}` is defined twice"),
                )
                .label("再次定义", "defined again"),
            );
            return;
        }
        if let Some(ty) = value_type(&column.field.ty, &self.read.names.base) {
            let tag = self.cx.tag(&inner.at);
            let name = column.field.name.clone();
            define(self.cx, register.env.fact(FactDef { id, name, ty, tag }));
        }
        register.columns.push(column);
    }

    fn group(&self, register: &Register, text: &Text) -> Option<Group> {
        if let Some((_, known)) = Group::KNOWN.iter().find(|(id, _)| *id == text.text) {
            return Some(known.clone());
        }
        let Some((_, column)) = register.column(&text.text) else {
            let known = Group::KNOWN.iter().map(|(id, _)| *id);
            let near = nearest(&text.text, known.chain(register.columns.iter().map(|c| c.field.id.as_str())));
            self.cx.unlisted(text, "列", "column", near);
            return None;
        };
        if is_number(&column.field.ty) || matches!(column.field.ty, FieldType::LongText | FieldType::Date) {
            let why = (
                "按类别、是否、地方、单行文字汇总",
                "lines are put together by a class, a yes-or-no, a place, a line of text",
            );
            self.cannot(text.whole(), why);
            return None;
        }
        Some(Group::Column(text.text.clone()))
    }

    fn alert(&self, register: &Register, inner: &Reader<'_>) -> Option<RegisterAlert> {
        let id = inner.need_text("id").map(|text| text.text.clone());
        let when = inner.need_text("when").and_then(|text| self.cx.formula(text, &register.env, Want::Bool));
        let zh = inner.need_text("say").map(|text| text.text.clone()).unwrap_or_default();
        let say = Words { en: inner.string("en").unwrap_or_else(|| zh.clone()), zh };
        let written = inner.text("cite").and_then(|text| self.cx.written_cite(text));
        let cite = written.unwrap_or_else(|| register.cite.clone());
        Some(RegisterAlert { id: id?, say, when: when?, cite })
    }

    fn cannot(&self, at: Range<usize>, why: (&str, &str)) {
        self.cx.sink.add(
            Diagnostic::new("E094", at, "台账不能这样写", "a register cannot be written so")
                .label(why.0, why.1),
        );
    }
}

fn is_number(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Money(_) | FieldType::Ratio | FieldType::Count(_) | FieldType::Quantity)
}
