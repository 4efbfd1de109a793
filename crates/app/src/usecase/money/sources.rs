//! Sources: registered, cash booked on arrival, cut.

use super::{Bench, made, not_found, of_row};
use crate::command::money::{ImportedSource, NewSource};
use crate::command::{Answer, Failure};
use crate::desk::Desk;
use crate::rows::SourceKey;
use crate::tables::source_key;
use domain::posting::booked::{SideOf, ceiling_account, quota_account};
use domain::source::{self, Cut, Receive, Register, Registry, Source};
use domain::{Context, Reason, Refusal, Stream};
use kernel::Money;
use kernel::id::SourceId;
use policy::procedure::{Act, Subject};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) fn register(desk: &mut Desk<'_>, new: NewSource) -> Result<Answer, Failure> {
    register_after(desk, new, &mut BTreeSet::new())
}

/// Registers all rows of a table and books their cash, each by the decisions of one; the first that is refused refuses all.
pub(super) fn import(desk: &mut Desk<'_>, rows: Vec<ImportedSource>) -> Result<Answer, Failure> {
    let count = rows.len();
    let mut before = BTreeSet::new();
    let mut first = None;
    for ImportedSource { row, source, cash } in rows {
        let id = register_after(desk, source, &mut before).map_err(|failure| of_row(row, failure))?.id;
        first = first.or(id);
        if let (Some(id), Some(cash)) = (id, cash) {
            receive(desk, SourceId(id), cash).map_err(|failure| of_row(row, failure))?;
        }
    }
    let first = first.ok_or_else(|| Failure::from(Reason::NotFound { what: "要导入的行".into() }))?;
    Ok(made(first, count.to_string()))
}

/// Registers a source; `before` holds those of the same command, whose rows are not written yet.
fn register_after(
    desk: &mut Desk<'_>,
    new: NewSource,
    before: &mut BTreeSet<SourceKey>,
) -> Result<Answer, Failure> {
    let pack = desk.pack(&new.pack)?;
    let bench = Bench::of_fund(desk, pack, (Subject::Source, Act::Receive), &new.fund)?;
    let ceiling_left = desk.book.balance(&ceiling_account(&new.pack, &new.fund))?;
    // A number that cannot be read has no twin; the decision says what is wrong with it.
    let key = source_key(&new);
    let taken = match &key {
        Some(key) => before.contains(key) || desk.book.source_twin(key)?.is_some(),
        None => false,
    };
    let id = SourceId(desk.book.next("source")?);
    let NewSource { fund, kind, level, document, purpose, code, year, on, budget, note, .. } = new;
    let command = Register { source: id, fund, kind, level, document, purpose, code, year, on, budget, note };
    let registry = Registry { ceiling_left, taken };
    let events = bench.decide(desk, |ctx| source::register(command, registry, ctx))?;
    before.extend(key);
    desk.begins(&Stream::Source(id))?;
    desk.emit_all(Some(&bench.pack), &Stream::Source(id), &bench.article, events)?;
    let document = desk.source(id)?.map_or_else(String::new, |source| source.document.clone());
    Ok(made(id.get(), document))
}

pub(super) fn receive(desk: &mut Desk<'_>, id: SourceId, command: Receive) -> Result<Answer, Failure> {
    on_source(desk, id, |_, state, ctx| source::receive(state, command, ctx))
}

pub(super) fn cut(desk: &mut Desk<'_>, id: SourceId, command: Cut) -> Result<Answer, Failure> {
    on_source(desk, id, |left, state, ctx| source::cut(state, command, left, ctx))
}

fn on_source(
    desk: &mut Desk<'_>,
    id: SourceId,
    decide: impl FnOnce(&BTreeMap<String, Money>, &Source, Context<'_>) -> Result<Vec<source::Event>, Refusal>,
) -> Result<Answer, Failure> {
    let state = desk.source(id)?.ok_or_else(|| not_found("资金来源"))?;
    let pack = desk.edition(&state.pack, &state.edition)?;
    let bench = Bench::of_fund(desk, pack, (Subject::Source, Act::Receive), &state.fund)?;
    let left = quota_left(desk, &state)?;
    let events = bench.decide(desk, |ctx| decide(&left, &state, ctx))?;
    let document = state.document.clone();
    // Nobody else holds the state now, so that the desk changes it in place.
    drop(state);
    desk.emit_all(Some(&bench.pack), &Stream::Source(id), &bench.article, events)?;
    Ok(made(id.get(), document))
}

/// What each side of a source has given to no project.
fn quota_left(desk: &mut Desk<'_>, state: &Arc<Source>) -> Result<BTreeMap<String, Money>, Failure> {
    let mut left = BTreeMap::new();
    for side in state.parts.keys() {
        let of = SideOf { pack: &state.pack, fund: &state.fund, side };
        left.insert(side.clone(), desk.balance(&quota_account(of, state.id))?);
    }
    Ok(left)
}
