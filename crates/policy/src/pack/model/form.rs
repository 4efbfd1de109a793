//! Forms and line-by-line counts, as a checked pack describes them. Filling and checking them is [`crate::form`]'s.

use std::collections::BTreeMap;

use crate::lang::Env;

use super::{ArticleId, Cite, Formula, Id, Words};

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// The annex that shows it as printed.
    pub print: Option<ArticleId>,
    /// Its tables and groups of fields in printed order.
    pub parts: Vec<Part>,
    /// Values computed over the whole form, in order of computing.
    pub derives: Vec<Derive>,
    /// Cross-checks.
    pub checks: Vec<Check>,
    /// Names and types of fields, totals and derived values.
    pub env: Env,
    /// Citation.
    pub cite: Cite,
}

impl Form {
    /// A part by id.
    pub fn part(&self, id: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == id)
    }

    /// A field of any field group by id; field ids are unique in a form.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields().find(|field| field.id == id)
    }

    /// The tables that are compared with a list of people: the part, its table, the list, the column of identity numbers.
    pub fn compared(&self) -> impl Iterator<Item = Compared<'_>> {
        self.parts.iter().filter_map(|part| {
            let PartKind::Table(table) = &part.kind else { return None };
            let number = table.columns.iter().find(|column| column.field.ty == FieldType::ResidentId)?;
            Some(Compared { part, table, roster: table.roster.as_ref()?, number: &number.field.id })
        })
    }

    /// All fields of all field groups, in printed order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.parts.iter().flat_map(|part| match &part.kind {
            PartKind::Fields(fields) => fields.as_slice(),
            PartKind::Table(_) | PartKind::Months(_) => &[],
        })
    }
}

/// A table that is compared with a list of people.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'f> {
    /// Its part.
    pub part: &'f Part,
    /// The table.
    pub table: &'f TableDef,
    /// The list.
    pub roster: &'f Id,
    /// The column of identity numbers.
    pub number: &'f Id,
}

/// One table or group of fields: one page of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Id.
    pub id: Id,
    /// Name as printed.
    pub name: Words,
    /// Help.
    pub hint: Option<Words>,
    /// Who fills it; the applicant when `None`.
    pub by: Option<Id>,
    /// Only when this holds of the form's fields.
    pub when: Option<Formula>,
    /// What it consists of.
    pub kind: PartKind,
    /// Citation.
    pub cite: Cite,
}

/// What a part consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Single fields.
    Fields(Vec<Field>),
    /// A growing table.
    Table(TableDef),
    /// Fixed rows by twelve months.
    Months(MonthsDef),
}

/// When a field must be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Required {
    /// Never.
    No,
    /// Always.
    Yes,
    /// When this holds of the form's fields.
    When(Formula),
}

/// In what unit an amount is typed when no unit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyUnit {
    /// 元
    Yuan,
    /// 万元
    Wan,
}

/// What may be typed into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// Yes or no.
    Bool,
    /// An amount.
    Money(MoneyUnit),
    /// A share: 30% or 1/3.
    Ratio,
    /// A whole number of a unit.
    Count(Id),
    /// A number with decimals that only multiplies: a quantity.
    Quantity,
    /// A day.
    Date,
    /// A month, kept as its first day.
    Month,
    /// A year.
    Year,
    /// One of an enum's members.
    Enum(Id),
    /// A division code.
    Region,
    /// A unified social credit code.
    CreditCode,
    /// A resident identity number.
    ResidentId,
    /// A telephone number.
    Phone,
    /// A bank account.
    BankAccount,
    /// Six digits.
    Postcode,
}

/// Where a field's first value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prefill {
    /// A property of the signed-in organisation: `name`, `credit_code`, `address`, `representative`, `phone`.
    Org(Id),
    /// A field of the parent procedure's form.
    Parent(Id),
    /// A property of the case: `desk` (the receiving office), `date` (today).
    Case(Id),
}

/// One field, or one column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Id, unique in the form (in the table, for a column).
    pub id: Id,
    /// Label as printed.
    pub name: Words,
    /// Type.
    pub ty: FieldType,
    /// Must it be filled.
    pub required: Required,
    /// The fact that this field supplies.
    pub fact: Option<Id>,
    /// First value.
    pub prefill: Option<Prefill>,
    /// Help.
    pub hint: Option<Words>,
    /// The clause that asks for it.
    pub cite: Cite,
    /// Masked by default: identity numbers and bank accounts always.
    pub sensitive: bool,
    /// The most characters.
    pub max_len: usize,
}

/// A growing table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableDef {
    /// Columns in printed order.
    pub columns: Vec<Column>,
    /// At least so many rows.
    pub rows_min: usize,
    /// At most so many rows.
    pub rows_max: usize,
    /// The list of people that its rows are compared with, by the column with the identity number.
    pub roster: Option<Id>,
    /// Columns and totals as expressions see them, for computed columns.
    pub env: TableEnv,
}

/// The names that a computed column may use: the columns of its own row.
#[derive(Clone, Debug)]
pub struct TableEnv(pub Env);

impl PartialEq for TableEnv {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for TableEnv {}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its field.
    pub field: Field,
    /// Computed from the row's other columns; what is typed is checked against it.
    pub computed: Option<Formula>,
    /// Shown with a total; `table.column` in expressions.
    pub total: bool,
    /// What the list of people says of it, where the table is compared with one.
    pub on_roster: Option<OnRoster>,
}

/// What a column says that a list of people says too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OnRoster {
    /// The name of the head of the household.
    Head,
    /// The village, perhaps with township and group around it.
    Village,
    /// How many persons.
    Persons,
}

impl OnRoster {
    /// The words of the packs.
    pub const ALL: &'static [(&'static str, OnRoster)] =
        &[("head", OnRoster::Head), ("village", OnRoster::Village), ("persons", OnRoster::Persons)];
}

/// A list of people kept by an office, one for each region, that tables of forms are compared with. It is loaded from a
/// spreadsheet and never part of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Who loads it, each for the own region.
    pub keeper: Id,
    /// Citation.
    pub cite: Cite,
}

/// Fixed rows by twelve months of one stated year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthsDef {
    /// Rows.
    pub rows: Vec<MonthRow>,
    /// The field of the form that states the year.
    pub year: Id,
    /// Unit of the cells.
    pub unit: MoneyUnit,
}

/// One fixed row; as typed data its cells are `m1` … `m12`, and its `row` cell holds the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthRow {
    /// Id.
    pub id: Id,
    /// Name as printed.
    pub name: Words,
}

/// A value computed over the whole form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derive {
    /// Id, usable in later expressions.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// The fact that it supplies.
    pub fact: Option<Id>,
    /// How.
    pub value: Formula,
    /// Citation.
    pub cite: Cite,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The form cannot be handed in.
    Error,
    /// A person should look.
    Warn,
}

/// A cross-check over the whole form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Id.
    pub id: Id,
    /// Must hold; unknown is not a finding.
    pub need: Formula,
    /// What is said when it does not.
    pub say: Words,
    /// The fields that it points at: `field` or `table.column`.
    pub at: Vec<Id>,
    /// Weight.
    pub level: Level,
    /// Citation.
    pub cite: Cite,
}

/// Counting line by line, each line inside or outside with its reason.
#[derive(Clone, Debug)]
pub struct Tally {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// The form whose tables hold the lines.
    pub form: Id,
    /// What is counted: a fact each, with the conditions of `windows` that apply to it.
    pub gives: Vec<Id>,
    /// Where the lines are.
    pub sources: Vec<TallySource>,
    /// Conditions on a line, in the order in which a reason is given.
    pub windows: Vec<Window>,
    /// Names and types that conditions may use: form fields, facts, `line.date`, `line.amount`, `line.class`, `apply_on`.
    pub env: Env,
    /// Classes of lines, for the break-down.
    pub classes: BTreeMap<Id, Words>,
    /// Citation.
    pub cite: Cite,
}

/// One table that holds lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TallySource {
    /// The part.
    pub part: Id,
    /// The column with the amount (tables); cells of a month table are amounts themselves.
    pub amount: Option<Id>,
    /// The column with the date (tables); a month's cell is dated its last day.
    pub date: Option<Id>,
    /// The column that says what the line is, for the list.
    pub label: Option<Id>,
    /// Class of every line of this source.
    pub class: Id,
}

/// A condition on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Which of `gives` it bears on.
    pub gives: Vec<Id>,
    /// Must hold; unknown leaves the line open, not counted.
    pub need: Formula,
    /// The reason shown for a line that is not counted.
    pub say: Words,
    /// Citation.
    pub cite: Cite,
}
