//! How a case's households compare with the lists of people that are loaded. The same for the deciding transaction and for pages:
//! only whom they ask for the people of a list differs.
//!
//! Privacy: what a comparison says row by row is for the desks that see the case. Who fills a form gets counts only, so that nobody
//! learns from a form who is on a list.

use crate::rows::{Members, RosterKey};
use domain::case::Case;
use domain::roster::{Mark, commitment, compare, unlisted};
use kernel::region::{Gazetteer, RegionCode};
use policy::form::FormData;
use policy::pack::{Compared, Form, Id, Pack};
use std::collections::{BTreeMap, BTreeSet};

/// The form of a procedure.
pub(crate) fn form_of<'p>(pack: &'p Pack, procedure: &str) -> Option<&'p Form> {
    pack.forms.get(pack.procedures.get(procedure)?.form.as_deref()?)
}

/// What a list says of a table's rows.
pub(crate) struct Found {
    /// The list.
    pub key: RosterKey,
    /// Of each row, in their order.
    pub marks: Vec<Vec<Mark>>,
}

/// Compares a table with the list of its place: the region where the case is handled, else the nearest region above it that has one.
/// `None` while none is loaded.
pub(crate) fn found<E>(
    pack: &Pack,
    table: Compared<'_>,
    (form, place): (&FormData, RegionCode),
    mut named: impl FnMut(&RosterKey, &BTreeSet<String>) -> Result<Option<Members>, E>,
) -> Result<Option<Found>, E> {
    let numbers = numbers(table, form);
    let above = |place: &RegionCode| Gazetteer::get().parent(*place);
    for place in std::iter::successors(Some(place), above) {
        let key = RosterKey { pack: pack.id.clone(), roster: table.roster.clone(), place };
        if let Some(members) = named(&key, &numbers)? {
            return Ok(Some(Found { key, marks: compare(table, form, &members) }));
        }
    }
    Ok(None)
}

/// The keyed commitments of the people whom a table names.
pub(crate) fn numbers(table: Compared<'_>, form: &FormData) -> BTreeSet<String> {
    let rows = form.tables.get(&table.part.id).into_iter().flatten();
    rows.filter_map(|row| commitment(row.get(table.number)?)).map(str::to_owned).collect()
}

/// Of each compared part of a case's form how many rows are not on the list; parts whose list is not loaded are absent.
pub(crate) fn counted<E>(
    pack: &Pack,
    case: &Case,
    mut named: impl FnMut(&RosterKey, &BTreeSet<String>) -> Result<Option<Members>, E>,
) -> Result<BTreeMap<Id, i64>, E> {
    let mut counted = BTreeMap::new();
    let (Some(form), Some(filed)) = (form_of(pack, &case.procedure), case.current()) else {
        return Ok(counted);
    };
    for table in form.compared() {
        if let Some(found) = found(pack, table, (&filed.form, case.desk), &mut named)? {
            counted.insert(table.part.id.clone(), unlisted(&found.marks));
        }
    }
    Ok(counted)
}
