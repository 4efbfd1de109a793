//! One cell of a table as a field of a form takes it. What cannot be turned is kept as it was written: the form's own check says
//! what is wrong with it.

use super::super::survey::TableText;
use super::target::{Target, unit_of};
use kernel::amount::AmountUnit;
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::{FieldType, Pack};

/// Units of an amount: what the table was read in, and what it counts in when it does not say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Units {
    /// Read in.
    pub read: Option<AmountUnit>,
    /// Said by the person, where the table does not.
    pub said: Option<AmountUnit>,
}

/// The text that the form keeps.
pub(super) fn text(
    pack: &Pack,
    target: &Target,
    cell: &TableText,
    units: Units,
    region: Option<RegionCode>,
) -> String {
    let written = cell.text.trim();
    match &target.field.ty {
        FieldType::Money(unit) => {
            let Some(money) = cell.money else { return written.to_owned() };
            // Read as yuan because no unit is printed: the person says what it is.
            let money = match (units.read, units.said) {
                (Some(AmountUnit::Yuan), Some(AmountUnit::Wan)) => money.checked_mul(10_000),
                _ => Some(money),
            };
            money.map_or_else(
                || written.to_owned(),
                |money| match unit_of(*unit) {
                    AmountUnit::Yuan => money.to_string(),
                    AmountUnit::Wan | AmountUnit::Yi => money.wan(),
                },
            )
        }
        FieldType::Enum(of) => member(pack, of, written).unwrap_or_else(|| written.to_owned()),
        FieldType::Region => {
            place(written, region).map_or_else(|| written.to_owned(), |code| code.to_string())
        }
        _ => match (cell.money, units.read) {
            (Some(_), Some(unit)) => {
                format!("{written}{}", if unit == AmountUnit::Yuan { "元" } else { "万元" })
            }
            _ => written.to_owned(),
        },
    }
}

/// The member of a list that a text names: by its id or name, else the only one whose name holds the text or is held by it.
fn member(pack: &Pack, list: &str, text: &str) -> Option<String> {
    let list = pack.enums.get(list)?;
    if let Some(at) = list.member(text) {
        return list.members.get(usize::from(at)).map(|member| member.id.clone());
    }
    let like = |name: &str| name.contains(text) || text.contains(name);
    let mut near = list.members.iter().filter(|member| text.chars().count() > 1 && like(&member.name.zh));
    let first = near.next()?;
    near.next().is_none().then(|| first.id.clone())
}

/// The place that a text names: by code or path, else the only one of that name within the office's region.
fn place(text: &str, within: Option<RegionCode>) -> Option<RegionCode> {
    let table = Gazetteer::get();
    if let Ok(code) = table.resolve(text, None) {
        return Some(code);
    }
    let within = within?;
    let own = table.region(within).filter(|region| region.name == text).map(|region| region.code);
    let mut near =
        table.children(within).into_iter().filter(|region| region.name == text).map(|region| region.code);
    own.or_else(|| near.next()).filter(|_| near.next().is_none())
}
