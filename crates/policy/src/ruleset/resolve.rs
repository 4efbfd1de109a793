//! The parameters of a day: the pack's dated versions, then what acts have set, then limits that a decision went past.

use super::meta::{ParamMeta, ParamValue};
use super::overrides::{Exceed, Overrides, Setting};
use super::{NotInForce, Ruleset};
use crate::lang::slot::Slot;
use crate::lang::{ParamId, RegionSet, Resolved, Type};
use kernel::Date;
use std::borrow::Cow;
use std::sync::Arc;

/// The days on which a parameter changes, the first day in force being the first.
pub(super) fn epochs(ruleset: &Ruleset) -> Vec<Date> {
    let first = ruleset.span.from;
    let versions = ruleset.params.iter().flat_map(|param| &param.versions).map(|version| version.from);
    let mut days: Vec<Date> = versions.filter(|from| *from > first).chain([first]).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// All parameters on a day within the time in force.
pub(super) fn resolve(ruleset: &Ruleset, as_of: Date, settings: &[Setting]) -> Resolved {
    let mut resolved = Resolved { slots: vec![Slot::MISSING; ruleset.env.slots()], sets: Vec::new() };
    for (at, param) in ruleset.params.iter().enumerate() {
        let id = ParamId(at as u16);
        let version = param.versions.iter().rev().find(|version| version.from <= as_of);
        let value = version.map(|version| &version.value);
        write(ruleset, &mut resolved, id, param, value);
        let begun = version.map(|version| version.from);
        let mut later: Vec<&Setting> = settings
            .iter()
            .filter(|set| set.param == id && set.from.is_none_or(|from| from <= as_of && Some(from) >= begun))
            .collect();
        later.sort_by_key(|set| set.from.unwrap_or(Date::MAX));
        for set in later {
            set.apply(ruleset, &mut resolved);
        }
    }
    resolved
}

fn write(ruleset: &Ruleset, into: &mut Resolved, id: ParamId, param: &ParamMeta, value: Option<&ParamValue>) {
    let start = ruleset.env.offset(id) as usize;
    match value {
        Some(ParamValue::One(value)) => into.slots[start] = Slot::from(*value),
        Some(ParamValue::Each(entries)) => {
            for (member, value) in entries {
                into.slots[start + usize::from(*member)] = Slot::from(*value);
            }
        }
        Some(ParamValue::Regions(codes)) => into.sets.push(Arc::new(RegionSet::new(codes.clone()))),
        None if param.ty == Type::Regions => into.sets.push(Arc::new(RegionSet::new(Vec::new()))),
        None => {}
    }
}

/// The parameters of a day, borrowed where nothing overrides them.
pub(super) fn resolved_at<'a>(
    ruleset: &'a Ruleset,
    as_of: Date,
    overrides: &Overrides,
    exceed: &[&Exceed],
) -> Result<Cow<'a, Resolved>, NotInForce> {
    let (from, until) = (ruleset.span.from, ruleset.span.until);
    let epoch = ruleset.epochs.iter().rev().find(|(begin, _)| *begin <= as_of);
    let Some((_, resolved)) = epoch.filter(|_| as_of <= until) else {
        return Err(NotInForce { as_of, from, until });
    };
    if overrides.settings().is_empty() && exceed.is_empty() {
        return Ok(Cow::Borrowed(resolved));
    }
    let mut resolved = if overrides.settings().is_empty() {
        resolved.clone()
    } else {
        resolve(ruleset, as_of, overrides.settings())
    };
    for exceed in exceed {
        exceed.limit_setting().apply(ruleset, &mut resolved);
    }
    Ok(Cow::Owned(resolved))
}
