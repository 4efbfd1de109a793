//! What may be one project split into parts: projects of the same unit and plan year, of the same class in the same place, with
//! their sum beside the amounts that the pack says a project might be split to stay below. A person says what they are.

use crate::command::Failure;
use crate::rows::{CaseFilter, CaseRow, Scope};
use crate::view::Viewer;
use crate::writer::App;
use domain::case::Case;
use kernel::id::CaseId;
use kernel::{Date, Money};
use policy::lang::Value;
use policy::pack::{Pack, Param, ParamValue, Words};

/// The most parts that are looked at.
const PARTS_MAX: usize = 200;

/// One of the parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitPart {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it asks for.
    pub amount: Money,
    /// Whether this viewer may open it.
    pub open: bool,
}

/// An amount that a project might be split to stay below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitLimit {
    /// Its name.
    pub name: Words,
    /// How much.
    pub amount: Money,
    /// The article.
    pub cite: String,
    /// Every part stays below it, and together they do not.
    pub crossed: bool,
}

/// Parts with their sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitShown {
    /// The parts, this one among them; oldest first.
    pub parts: Vec<SplitPart>,
    /// Together.
    pub sum: Money,
    /// The amounts of the pack.
    pub limits: Vec<SplitLimit>,
}

impl App {
    /// What may be split with a case of a library; nothing where the pack names no amount or there is no other part.
    pub(super) fn split(
        &self,
        viewer: &Viewer,
        pack: &Pack,
        case: &Case,
    ) -> Result<Option<SplitShown>, Failure> {
        let of = pack.procedures.get(&case.procedure).filter(|of| of.library && !of.thresholds.is_empty());
        let Some((of, own)) = of.zip(self.reads.case(case.id)?) else { return Ok(None) };
        // Who judges must see what there is to compare; the unit's own are the unit's to see.
        let filter = CaseFilter {
            procedure: Some(own.procedure.clone()),
            unit: Some(own.applicant),
            year: Some(own.year),
            class: Some(own.class.clone()).filter(|class| !class.is_empty()),
            county: own.county,
            ..CaseFilter::within(Scope::All, PARTS_MAX)
        };
        let live = |row: &CaseRow| !matches!(row.standing.as_str(), "refused" | "withdrawn");
        let mut rows: Vec<CaseRow> = self.reads.cases(&filter)?.rows.into_iter().filter(live).collect();
        rows.retain(|row| row.county == own.county);
        rows.sort_by_key(|row| row.case);
        if rows.len() < 2 || !rows.iter().any(|row| row.case == own.case) {
            return Ok(None);
        }
        let sum = Money::sum(rows.iter().map(|row| row.amount)).unwrap_or(Money::MAX);
        let on = case.applied_on().unwrap_or_else(|| self.today());
        let crossed = |limit: Money| sum >= limit && rows.iter().all(|row| row.amount < limit);
        let limit = |param: &Param| {
            let amount = amount_on(param, on)?;
            let (name, cite) = (param.name.clone(), param.cite.to_string());
            Some(SplitLimit { name, amount, cite, crossed: crossed(amount) })
        };
        let limits = of.thresholds.iter().filter_map(|id| pack.params.get(id)).filter_map(limit).collect();
        let open = |row: &CaseRow| crate::access::sees(&viewer.scope, row.applicant, row.desk, row.firm);
        let parts = rows
            .into_iter()
            .map(|row| SplitPart {
                open: open(&row),
                case: row.case,
                number: row.number,
                title: row.title,
                amount: row.amount,
            })
            .collect();
        Ok(Some(SplitShown { parts, sum, limits }))
    }
}

/// The amount of a parameter on a day.
fn amount_on(param: &Param, on: Date) -> Option<Money> {
    let of_day = |until: Option<Date>| until.is_none_or(|until| on <= until);
    let version = param.versions.iter().find(|version| version.from <= on && of_day(version.until))?;
    match version.value {
        ParamValue::Scalar(Value::Money(amount)) => Some(amount),
        _ => None,
    }
}
