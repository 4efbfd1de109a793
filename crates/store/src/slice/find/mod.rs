//! Finding cases among millions: an index that answers every filter and every word with the same operations on sets of ids.
//!
//! A row of the index says which of 4,096 neighbouring cases have a term: a pair of letters, or a property. A question reads
//! the rows of its terms (245 a term for a million cases), joins them, counts exactly, and fetches only the rows of its page. Nothing
//! here depends on how often something occurs, and both engines run the same statements.

mod kept;
mod set;
mod term;

use std::collections::{BTreeMap, BTreeSet};

use app::rows::{AlikeKey, CaseFilter, CaseRow, Scope};
use kernel::Money;
use kernel::id::{CaseId, OrgId, PlanId};

pub use self::kept::{Kept, Mark, marks};
use self::set::{Block, PLACE_BITS, Set};
use self::term::{AMOUNT_BITS, Is, Term};
use super::cells::limit;
use crate::engine::{Engine, Fault, Val, list, one};
use crate::sql::{case as cases, find as sql};

/// Words of three and more letters are compared letter by letter in so many cases; beyond, all their pairs of letters count.
const COMPARED: usize = 200;
/// Cases looked at side by side.
const CHUNK: usize = 200;
/// At least this share of the pairs of both titles, in percent, is common to them.
const SHARE: usize = 60;
/// At most so many look-alikes are shown.
const MOST: usize = 10;

/// Whether a book has cases that the index does not know: it was written before there was one.
pub fn is_missing(engine: &mut dyn Engine) -> Result<bool, Fault> {
    Ok(one(engine, &sql::FIND_MISSING, &[], |row| row.int(0))?.is_some())
}

/// Which cases a filter leaves, and which of them it shows.
pub struct Found {
    /// How many there are in all.
    pub total: i64,
    /// The page, and one more when there are more; newest first.
    pub rows: Vec<CaseRow>,
}

/// The cases of a filter from its key on; `None` when nothing may be seen.
pub fn find(
    engine: &mut dyn Engine,
    filter: &CaseFilter,
    before: i64,
    read: &super::case::Reader,
) -> Result<Option<Found>, Fault> {
    let Some(mut terms) = terms(filter) else { return Ok(None) };
    let few = few(engine, filter)?;
    let words: Vec<Vec<char>> = filter.text.iter().flat_map(|text| term::words(text)).collect();
    terms.extend(words.iter().flat_map(|word| term::terms_of_word(word)));
    if terms.is_empty() && few.is_none() {
        terms.insert(Term::number(Is::Case, 0));
    }
    let mut found = all_of(engine, few, &terms)?;
    found = within(engine, filter, found)?;
    let wanted = filter.limit.saturating_add(1);
    let long: Vec<Vec<char>> = words.into_iter().filter(|word| word.len() > 2).collect();
    let holds = |row: &CaseRow| long.iter().all(|word| holds(row, word));
    let mut count = found.count();
    if !long.is_empty() && count <= COMPARED {
        let ids: Vec<i64> = found.below(i64::MAX).collect();
        let rows = rows_of(engine, &ids, read)?;
        found = Set::of(rows.iter().filter(|row| holds(row)).map(|row| row.case.get()));
        count = found.count();
    }
    let mut rows = Vec::new();
    let mut ids = found.below(before);
    let at_once = if long.is_empty() { wanted } else { wanted.max(CHUNK) };
    while rows.len() < wanted {
        let some: Vec<i64> = ids.by_ref().take(at_once).collect();
        if some.is_empty() {
            break;
        }
        rows.extend(rows_of(engine, &some, read)?.into_iter().filter(holds));
    }
    rows.truncate(wanted);
    Ok(Some(Found { total: i64::try_from(count).unwrap_or(i64::MAX), rows }))
}

/// The properties that a filter asks for; `None` when nothing may be seen.
fn terms(filter: &CaseFilter) -> Option<BTreeSet<Term>> {
    let number = Term::number;
    let mut terms = BTreeSet::new();
    match filter.scope {
        Scope::All => {}
        Scope::Region(code) => drop(terms.insert(number(Is::DeskBelow, term::code(code)))),
        Scope::Own(org) => drop(terms.insert(number(Is::Applicant, org.get()))),
        Scope::Assigned(org) => drop(terms.insert(number(Is::Firm, org.get()))),
        Scope::None => return None,
    }
    let texts = [
        (Is::Procedure, &filter.procedure),
        (Is::Standing, &filter.standing),
        (Is::Stage, &filter.stage),
        (Is::Class, &filter.class),
        (Is::Village, &filter.village),
    ];
    terms.extend(texts.into_iter().filter_map(|(is, text)| Some(Term::text(is, text.as_ref()?))));
    terms.extend(filter.year.map(|year| number(Is::Year, year.into())));
    terms.extend(filter.desk.map(|code| number(Is::Desk, term::code(code))));
    terms.extend(filter.county.map(|code| number(Is::CountyBelow, term::code(code))));
    terms.extend(filter.unit.map(|org| number(Is::Applicant, org.get())));
    terms.extend(filter.library.then(|| number(Is::Library, 0)));
    Some(terms)
}

/// The cases that have all of the terms; of some cases, or of all.
fn all_of(engine: &mut dyn Engine, of: Option<Set>, terms: &BTreeSet<Term>) -> Result<Set, Fault> {
    let mut found = of;
    for term in terms {
        let own = having(engine, *term)?;
        let both = match found {
            Some(found) => found.and(&own),
            None => own,
        };
        if both.0.is_empty() {
            return Ok(both);
        }
        found = Some(both);
    }
    Ok(found.unwrap_or_default())
}

/// The cases that have a term.
fn having(engine: &mut dyn Engine, term: Term) -> Result<Set, Fault> {
    let mut set = Set::default();
    engine.rows(&sql::FIND_RANGE, &term.slots().map(Val::Int), &mut |row| {
        set.0.insert(term::block_of(row.int(0)?), Block::read(row.bytes(1)?)?);
        Ok(())
    })?;
    Ok(set)
}

/// The cases of a plan and those that build on another case, when the filter names one: few, and found by their own indexes.
fn few(engine: &mut dyn Engine, filter: &CaseFilter) -> Result<Option<Set>, Fault> {
    let lists = [
        (&cases::CASE_CHILDREN, filter.parent.map(CaseId::get)),
        (&cases::CASE_OF_PLAN, filter.plan.map(PlanId::get)),
    ];
    let mut few: Option<Set> = None;
    for (statement, key) in lists {
        let Some(key) = key else { continue };
        let own = Set::of(list(engine, statement, &[key.into()], |row| row.int(0))?);
        few = Some(match few {
            Some(few) => few.and(&own),
            None => own,
        });
    }
    Ok(few)
}

/// Of these cases, those whose amount lies within the filter's bounds; by the bits of the amounts, the highest first. Of a bit only
/// the blocks are read in which a case is still as high as a bound.
fn within(engine: &mut dyn Engine, filter: &CaseFilter, mut found: Set) -> Result<Set, Fault> {
    let bound = |amount: Option<Money>| {
        let equal = if amount.is_some() { found.clone() } else { Set::default() };
        Bound { level: amount.map_or(0, term::level), above: Set::default(), equal }
    };
    let (mut least, mut most) = (bound(filter.least), bound(filter.most));
    for bit in (0..AMOUNT_BITS).rev() {
        let open: BTreeSet<u32> = least.equal.0.keys().chain(most.equal.0.keys()).copied().collect();
        if open.is_empty() {
            break;
        }
        let having = bit_of(engine, bit, &open)?;
        for bound in [&mut least, &mut most] {
            bound.meet(bit, &having);
        }
    }
    if filter.most.is_some() {
        found = found.without(&most.above);
    }
    if filter.least.is_some() {
        found = found.and(&least.above.or(&least.equal));
    }
    Ok(found)
}

/// An amount, and how cases lie to it by the bits that were looked at.
struct Bound {
    level: i64,
    above: Set,
    equal: Set,
}

impl Bound {
    fn meet(&mut self, bit: u32, having: &Set) {
        let equal = std::mem::take(&mut self.equal);
        self.equal = if self.level >> bit & 1 == 1 {
            equal.and(having)
        } else {
            self.above = std::mem::take(&mut self.above).or(&equal.clone().and(having));
            equal.without(having)
        };
    }
}

/// The cases of some blocks whose amount has a bit.
fn bit_of(engine: &mut dyn Engine, bit: u32, blocks: &BTreeSet<u32>) -> Result<Set, Fault> {
    let term = Term::number(Is::Amount, bit.into());
    if blocks.len() > CHUNK {
        return having(engine, term);
    }
    let slots: Vec<i64> = blocks.iter().map(|block| term.slot(*block)).collect();
    let mut set = Set::default();
    engine.by_ids(&sql::FIND_SLOTS, &slots, &mut |row| {
        set.0.insert(term::block_of(row.int(0)?), Block::read(row.bytes(1)?)?);
        Ok(())
    })?;
    Ok(set)
}

/// Whether a text of the case has the word.
fn holds(row: &CaseRow, word: &[char]) -> bool {
    term::texts_of(row)
        .into_iter()
        .flat_map(term::words)
        .any(|text| text.windows(word.len()).any(|part| part == word))
}

fn rows_of(engine: &mut dyn Engine, ids: &[i64], read: &super::case::Reader) -> Result<Vec<CaseRow>, Fault> {
    let mut rows = Vec::with_capacity(ids.len());
    engine.by_ids(&cases::CASE_SOME, ids, &mut |row| {
        rows.push(read(row)?);
        Ok(())
    })?;
    rows.sort_by_key(|row: &CaseRow| std::cmp::Reverse(row.case));
    Ok(rows)
}

/// Projects of the library that look like one, the likest first: in the same place, whatever department and year; and, wherever
/// they are, of the same unit and year, for these may be parts of one that was split.
pub fn alike<'r>(
    engine: &mut dyn Engine,
    key: &AlikeKey,
    waiting: impl Iterator<Item = &'r CaseRow>,
    read: &super::case::Reader,
) -> Result<Vec<CaseId>, Fault> {
    let own = term::pairs(&key.title);
    let waiting: BTreeMap<CaseId, &CaseRow> = waiting.map(|row| (row.case, row)).collect();
    let near = near(engine, key)?;
    let mut shared: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
    for pair in &own {
        for (block, bits) in having(engine, Term::title(*pair))?.and(&near).0 {
            let counts = shared.entry(block).or_insert_with(|| vec![0; 1 << PLACE_BITS]);
            bits.places().for_each(|place| {
                if let Some(count) = counts.get_mut(usize::from(place)) {
                    *count += 1;
                }
            });
        }
    }
    // Who shares too few pairs with this title cannot share enough with both.
    let least = (own.len() * SHARE).div_ceil(100).max(1);
    let mut likely: Vec<(u16, i64)> = Vec::new();
    for (block, counts) in shared {
        let of_block = (i64::from(block) << PLACE_BITS..).zip(counts);
        likely.extend(
            of_block.filter(|(_, count)| usize::from(*count) >= least).map(|(id, count)| (count, id)),
        );
    }
    likely.sort_by_key(|(count, id)| (std::cmp::Reverse(*count), *id));
    likely.truncate(CHUNK);
    let ids: Vec<i64> = likely.into_iter().map(|(_, id)| id).collect();
    let stored = rows_of(engine, &ids, read)?;
    let stored = stored.iter().filter(|row| !waiting.contains_key(&row.case));
    let beside = waiting.values().copied().filter(|row| is_near(row, key));
    let mut found: Vec<(usize, CaseId)> = stored
        .chain(beside)
        .map(|row| (common(&own, &term::pairs(&row.title)), row.case))
        .filter(|(share, _)| *share >= SHARE)
        .collect();
    found.sort_by_key(|(share, case)| (std::cmp::Reverse(*share), *case));
    found.truncate(MOST);
    Ok(found.into_iter().map(|(_, case)| case).collect())
}

/// Whether a case stands where look-alikes are looked for.
fn is_near(row: &CaseRow, key: &AlikeKey) -> bool {
    let place = key.place.is_some() && row.county == key.place;
    let hands = row.applicant == key.applicant && row.year == key.year;
    let stands = row.standing != "withdrawn" && row.case != key.case;
    row.library && row.pack == key.pack && stands && (place || hands)
}

/// Where look-alikes are looked for.
fn near(engine: &mut dyn Engine, key: &AlikeKey) -> Result<Set, Fault> {
    let (applicant, year) = (Term::number(Is::Applicant, OrgId::get(key.applicant)), key.year.into());
    let mut near = all_of(engine, None, &BTreeSet::from([applicant, Term::number(Is::Year, year)]))?;
    if let Some(place) = key.place {
        near = near.or(&having(engine, Term::number(Is::CountyBelow, term::code(place)))?);
    }
    let pack = BTreeSet::from([Term::number(Is::Library, 0), Term::text(Is::Pack, &key.pack)]);
    let near = near.and(&all_of(engine, None, &pack)?);
    let gone = having(engine, Term::text(Is::Standing, "withdrawn"))?;
    Ok(near.without(&gone).without(&Set::of([key.case.get()])))
}

/// How much of both is common, in percent.
fn common(one: &BTreeSet<[char; 2]>, other: &BTreeSet<[char; 2]>) -> usize {
    let all = one.union(other).count();
    (one.intersection(other).count() * 100).checked_div(all).unwrap_or(0)
}

/// Puts every case into an index that has none.
pub fn fill(engine: &mut dyn Engine, read: &super::case::Reader) -> Result<(), Fault> {
    let (mut last, mut kept) = (0, Kept::default());
    loop {
        let some = list(engine, &cases::CASE_AFTER, &[last.into(), limit(1 << PLACE_BITS)], |row| read(row))?;
        let Some(end) = some.last() else { return Ok(()) };
        last = end.case.get();
        kept.change(engine, &marks(some.iter().map(|row| (None, row))))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_differ_in_a_year_or_a_part_are_alike() {
        let share = |one: &str, other: &str| common(&term::pairs(one), &term::pairs(other));
        assert_eq!(share("北塔村2019年柑橘产业园", "北塔村2020年柑橘产业园"), 100);
        assert!(share("北塔村柑橘产业园（一期）", "北塔村柑橘产业园（二期）") >= SHARE);
        assert!(share("北塔村柑橘产业园", "南塔村道路硬化") < SHARE);
        assert_eq!(share("", ""), 0);
    }
}
