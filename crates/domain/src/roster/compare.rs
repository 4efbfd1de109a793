//! How the rows of a form's table compare with a list: by the keyed commitment of the identity number, which both hold and neither
//! gives away.

use super::load::{Member, Members, Status};
use policy::form::{FormData, SEALED};
use policy::pack::{Compared, OnRoster};

/// What a row's comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// On the list, as the row says.
    Listed,
    /// Not on it.
    Unlisted,
    /// On it, but taken off.
    Removed,
    /// On it, with another name.
    OtherHead,
    /// On it, in another village.
    OtherVillage,
    /// On it, with another number of persons.
    OtherPersons,
}

/// The keyed commitment in a cell that holds a reference to a sealed value.
pub fn commitment(text: &str) -> Option<&str> {
    text.trim().strip_prefix(SEALED)?.split_once(':').map(|(commitment, _)| commitment)
}

/// What the list says of each row, in their order. A row without a number that can be read is not on it.
pub fn compare(table: Compared<'_>, form: &FormData, members: &Members) -> Vec<Vec<Mark>> {
    let rows = form.tables.get(&table.part.id).map_or(&[][..], Vec::as_slice);
    rows.iter()
        .map(|row| {
            let text = |id: &str| row.get(id).map_or("", |text| text.trim());
            let Some(member) = commitment(text(table.number)).and_then(|number| members.get(number)) else {
                return vec![Mark::Unlisted];
            };
            if member.status == Status::Removed {
                return vec![Mark::Removed];
            }
            let columns = table.table.columns.iter();
            let marked = columns.filter_map(|column| Some((column.on_roster?, text(&column.field.id))));
            let marks: Vec<Mark> = marked.filter_map(|(what, said)| differs(what, said, member)).collect();
            if marks.is_empty() { vec![Mark::Listed] } else { marks }
        })
        .collect()
}

/// How many rows are not on the list, those taken off it included.
pub fn unlisted(marks: &[Vec<Mark>]) -> i64 {
    let off = |marks: &&Vec<Mark>| marks.iter().any(|mark| matches!(mark, Mark::Unlisted | Mark::Removed));
    i64::try_from(marks.iter().filter(off).count()).unwrap_or(i64::MAX)
}

/// What the row says otherwise than the list; what it leaves empty says nothing.
fn differs(what: OnRoster, said: &str, member: &Member) -> Option<Mark> {
    if said.is_empty() {
        return None;
    }
    match what {
        OnRoster::Head => commitment(said).is_some_and(|head| head != member.head).then_some(Mark::OtherHead),
        OnRoster::Village => {
            let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            (!plain(said).contains(&plain(&member.village))).then_some(Mark::OtherVillage)
        }
        OnRoster::Persons => {
            let digits: String = said.chars().filter(char::is_ascii_digit).collect();
            (digits.parse() != Ok(member.persons)).then_some(Mark::OtherPersons)
        }
    }
}
