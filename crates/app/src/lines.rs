//! Lines of registers that a book does not have yet: it was kept before its pack had these registers, or before the program knew
//! registers at all. What is written is what the projection of each case would write.

use crate::history;
use crate::packs::Packs;
use crate::ports::{Book, Fault, House, Reads};
use crate::project::lines;
use kernel::id::CaseId;
use policy::pack::Pack;
use std::collections::BTreeSet;

/// Where the house keeps what the lines were written from.
pub const SETTING: &str = "registers";
/// How many cases one transaction takes.
const BATCH: usize = 500;

/// Writes the lines of every case anew when the texts of the packs with registers are not those that they were written from.
pub fn refresh(
    book: &mut dyn Book,
    reads: &dyn Reads,
    house: &dyn House,
    packs: &Packs,
) -> Result<u64, Fault> {
    let now = written_from(packs);
    if house.setting(SETTING)?.unwrap_or_default() == now {
        return Ok(0);
    }
    let procedures: BTreeSet<(&str, &str)> =
        packs.iter().flat_map(|pack| pack.registers.iter().map(|one| (&*pack.id, &*one.of))).collect();
    let mut count = 0;
    for (pack, procedure) in procedures {
        let mut after = CaseId(0);
        loop {
            let cases = reads.cases_of_procedure(pack, procedure, after, BATCH)?;
            let Some(last) = cases.last() else { break };
            after = *last;
            book.begin()?;
            for case in cases {
                one(book, reads, packs, case)?;
                count += 1;
            }
            book.commit()?;
        }
    }
    house.put_setting(SETTING, &now)?;
    Ok(count)
}

/// What lines are written from: the texts of the packs with registers. Where a book was written from another, its lines are not
/// those of a replay until it is opened again.
pub fn written_from(packs: &Packs) -> String {
    let with = packs.iter().filter(|pack| !pack.registers.is_empty());
    let texts: BTreeSet<String> =
        with.map(|pack| format!("{}/{}={}", pack.id, pack.edition, pack.hash)).collect();
    texts.into_iter().collect::<Vec<_>>().join(" ")
}

fn one(book: &mut dyn Book, reads: &dyn Reads, packs: &Packs, id: CaseId) -> Result<(), Fault> {
    let acts = book.stream(&format!("case:{id}"))?;
    let (Some(case), Some(row)) = (history::case(&acts)?, reads.case(id)?) else { return Ok(()) };
    let edition = packs.edition(&case.pack, &case.edition);
    let pack: &Pack = edition.as_deref().ok_or_else(|| {
        Fault::lasting(format!("pack {}/{} is not part of this program", case.pack, case.edition))
    })?;
    book.put_lines(id, &lines::lines(pack, &case, &row))
}
