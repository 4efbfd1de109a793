//! The book computed again from its journal: the same states, postings and rows, into an empty book, to compare or to replace.

use crate::command::{Failure, Who};
use crate::desk::{Cache, Desk};
use crate::history;
use crate::packs::Packs;
use crate::ports::{Book, Fault};
use crate::project;
use domain::{NewEvent, Stream};
use journal::ActEnvelope;

/// How many acts one transaction takes.
const BATCH: usize = 512;

/// Replays acts, in the order of the log, into a book that has none.
pub fn replay(
    acts: impl IntoIterator<Item = Result<ActEnvelope, Fault>>,
    book: &mut dyn Book,
    packs: &Packs,
) -> Result<u64, Failure> {
    let mut cache = Cache::new();
    let mut count: u64 = 0;
    book.begin()?;
    for act in acts {
        let act = act?;
        one(book, packs, &mut cache, &act)?;
        count += 1;
        if count.is_multiple_of(BATCH as u64) {
            book.commit()?;
            book.begin()?;
        }
    }
    book.commit()?;
    Ok(count)
}

fn one(book: &mut dyn Book, packs: &Packs, cache: &mut Cache, act: &ActEnvelope) -> Result<(), Failure> {
    let who = match (act.actor, act.org, &act.role) {
        (Some(person), Some(org), Some(role)) => Who::Person { person, org, role: role.clone() },
        _ => Who::Program,
    };
    let stream = stream_of(&act.stream)
        .ok_or_else(|| Fault::lasting(format!("act {}: stream {}", act.seq, act.stream)))?;
    let event = history::event(act)?;
    let pack = match &act.pack {
        Some(said) => {
            let gap = |gap| Fault::lasting(format!("act {}: {gap}", act.seq));
            Some(packs.serves(said).map_err(gap)?)
        }
        None => None,
    };
    let article = act.article.clone().unwrap_or_default();
    let mut desk = Desk::new(book, packs, cache, act.at, who);
    desk.behalf = act.behalf;
    desk.emit(pack.as_deref(), NewEvent { stream, article, event })?;
    project::touched(&mut desk)?;
    let staged = desk.finish();
    cache.extend(staged);
    Ok(())
}

/// The stream of a stored name.
pub fn stream_of(key: &str) -> Option<Stream> {
    let (kind, rest) = key.split_once(':')?;
    Some(match kind {
        "org" => Stream::Org(rest.parse().ok()?),
        "person" => Stream::Person(rest.parse().ok()?),
        "case" => Stream::Case(rest.parse().ok()?),
        "plan" => Stream::Plan(rest.parse().ok()?),
        "source" => Stream::Source(rest.parse().ok()?),
        "project" => Stream::Project(rest.parse().ok()?),
        "allocation" => Stream::Allocation(rest.parse().ok()?),
        "claim" => Stream::Claim(rest.parse().ok()?),
        "batch" => Stream::Batch(rest.parse().ok()?),
        "consent" => {
            let (pack, place) = rest.split_once(':')?;
            Stream::Consent(pack.to_owned(), place.to_owned())
        }
        "roster" => {
            let mut parts = rest.splitn(3, ':');
            let (pack, roster) = (parts.next()?.to_owned(), parts.next()?.to_owned());
            Stream::Roster(pack, roster, parts.next()?.parse().ok()?)
        }
        "year" => {
            let (pack, year) = rest.rsplit_once(':')?;
            Stream::Year(pack.to_owned(), year.parse().ok()?)
        }
        "report" => {
            let mut parts = rest.splitn(3, ':');
            Stream::Report(parts.next()?.to_owned(), parts.next()?.parse().ok()?, parts.next()?.to_owned())
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::id::{AllocationId, BatchId, CaseId, ClaimId, OrgId, PersonId, PlanId, ProjectId, SourceId};

    #[test]
    fn every_stream_is_found_by_its_stored_name() {
        for stream in [
            Stream::Org(OrgId(3)),
            Stream::Person(PersonId(4)),
            Stream::Case(CaseId(5)),
            Stream::Plan(PlanId(6)),
            Stream::Source(SourceId(7)),
            Stream::Project(ProjectId(8)),
            Stream::Allocation(AllocationId(9)),
            Stream::Claim(ClaimId(10)),
            Stream::Batch(BatchId(11)),
            Stream::Consent("jizhou".into(), "120119-3".into()),
            Stream::Roster("tongzhou".into(), "poor".into(), "150426".parse().unwrap()),
            Stream::Year("tianjin".into(), 2019),
            Stream::Report("report".into(), OrgId(7), "2019-11".into()),
        ] {
            assert_eq!(stream_of(&stream.key()), Some(stream));
        }
        assert_eq!(stream_of("nothing"), None);
        assert_eq!(stream_of("case:x"), None);
    }
}
