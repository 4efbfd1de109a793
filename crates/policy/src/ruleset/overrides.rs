//! What is decided outside the pack's text: parameters set by an act from a day on (the year's ratio), a changed parameter
//! for a simulation, and a soft limit that a role went past with its reason. All are checked against the ruleset here.

use super::Ruleset;
use super::meta::ParamAt;
use crate::lang::slot::Slot;
use crate::lang::{ParamId, RegionSet, Resolved, Shape, Type, Value, ValueError, is_storable, parse_value};
use kernel::Date;
use std::sync::Arc;

/// What a parameter is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SetTo {
    /// One entry of the table, or the scalar.
    Entry(u16, Value),
    /// All entries of the table.
    All(Value),
    Regions(Arc<RegionSet>),
}

/// One parameter set from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub(super) param: ParamId,
    pub(super) from: Option<Date>,
    pub(super) to: SetTo,
}

impl Setting {
    pub(super) fn apply(&self, ruleset: &Ruleset, resolved: &mut Resolved) {
        let start = ruleset.env.offset(self.param) as usize;
        match &self.to {
            SetTo::Entry(member, value) => resolved.slots[start + usize::from(*member)] = Slot::from(*value),
            SetTo::All(value) => {
                resolved.slots[start..start + ruleset.env.width(self.param)].fill(Slot::from(*value));
            }
            SetTo::Regions(set) => {
                let ordinal = ruleset.env.region_ordinal(self.param) as usize;
                resolved.sets[ordinal] = Arc::clone(set);
            }
        }
    }
}

/// A recorded decision to go past a limit that holds only in principle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exceed {
    /// Which limit.
    pub at: ParamAt,
    /// The limit that holds in its place for this case.
    pub limit: Value,
    /// The role that decided; must be the one that the pack names.
    pub role: String,
    /// Why; never empty.
    pub reason: String,
}

impl Exceed {
    pub(super) fn limit_setting(&self) -> Setting {
        let member = self.at.member.map_or(0, |(_, member)| member);
        Setting { param: self.at.param, from: None, to: SetTo::Entry(member, self.limit) }
    }
}

/// Why an override was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OverrideError {
    /// No parameter of this name.
    #[error("there is no parameter `{0}`")]
    UnknownParam(String),
    /// The name of a member that the table does not have, or a member of what is not a table.
    #[error("`{param}` has no entry `{member}`")]
    UnknownMember {
        /// The parameter.
        param: String,
        /// The member asked for.
        member: String,
    },
    /// The text is not a value of the parameter's type.
    #[error("`{param}`: {error}")]
    BadValue {
        /// The parameter.
        param: String,
        /// What is wrong with the text.
        error: Box<ValueError>,
    },
    /// The value is not of the parameter's type.
    #[error("the value is not of the type of `{0}`")]
    WrongType(String),
    /// The limit does not hold only in principle.
    #[error("`{0}` is not a limit in principle: nobody may go past it")]
    NotInPrinciple(String),
    /// Another role than the one that may decide this.
    #[error("only {allowed} may go past `{param}`, not {role}")]
    WrongRole {
        /// The parameter.
        param: String,
        /// The role that tried.
        role: String,
        /// The role that may.
        allowed: String,
    },
    /// No reason was given.
    #[error("going past `{0}` needs a reason")]
    NoReason(String),
}

/// Everything that is decided outside the pack's text and bears on a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    settings: Vec<Setting>,
    exceed: Vec<Exceed>,
}

impl Overrides {
    /// Nothing is overridden?
    pub fn is_empty(&self) -> bool {
        self.settings.is_empty() && self.exceed.is_empty()
    }

    pub(super) fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// The limits gone past.
    pub fn exceeded(&self) -> &[Exceed] {
        &self.exceed
    }

    /// Sets a parameter: from that day on (as an act does), or for the whole time (`None`, as a simulation does). A later
    /// version of the pack overrides an earlier setting with a date.
    pub fn set(
        &mut self,
        ruleset: &Ruleset,
        at: ParamAt,
        value: Value,
        from: Option<Date>,
    ) -> Result<(), OverrideError> {
        let def = &ruleset.env.params()[at.param.index()];
        if !is_storable(&value, &def.ty, &ruleset.env) {
            return Err(OverrideError::WrongType(def.id.clone()));
        }
        let to = match (def.shape, at.member) {
            (Shape::Scalar, _) => SetTo::Entry(0, value),
            (Shape::Table(_), None) => SetTo::All(value),
            (Shape::Table(by), Some((of, member))) if by == of => SetTo::Entry(member, value),
            _ => return Err(OverrideError::WrongType(def.id.clone())),
        };
        self.settings.push(Setting { param: at.param, from, to });
        Ok(())
    }

    /// Sets a parameter from text: `min_share` and `25%`, `cap[project]` and `300万元`; a table without an entry is set as
    /// a whole, a set of places takes codes with blanks or commas between.
    pub fn set_text(
        &mut self,
        ruleset: &Ruleset,
        target: &str,
        text: &str,
        from: Option<Date>,
    ) -> Result<(), OverrideError> {
        let at = ruleset.param_at(target)?;
        let def = &ruleset.env.params()[at.param.index()];
        let bad = |error| OverrideError::BadValue { param: def.id.clone(), error: Box::new(error) };
        if def.ty != Type::Regions {
            let value = parse_value(text, &def.ty, &ruleset.env).map_err(bad)?;
            return self.set(ruleset, at, value, from);
        }
        let mut codes = Vec::new();
        for word in text.split([' ', ',', '，', '、', '\n', '\t']).filter(|word| !word.is_empty()) {
            match parse_value(word, &Type::Region, &ruleset.env).map_err(bad)? {
                Value::Region(code) => codes.push(code),
                _ => return Err(OverrideError::WrongType(def.id.clone())),
            }
        }
        let to = SetTo::Regions(Arc::new(RegionSet::new(codes)));
        self.settings.push(Setting { param: at.param, from, to });
        Ok(())
    }

    /// Goes past a limit that holds only in principle.
    pub fn exceed(&mut self, ruleset: &Ruleset, exceed: Exceed) -> Result<(), OverrideError> {
        let def = &ruleset.env.params()[exceed.at.param.index()];
        let id = def.id.clone();
        let Some(grant) = ruleset.grant.as_ref().filter(|grant| grant.soft.contains(&exceed.at.param)) else {
            return Err(OverrideError::NotInPrinciple(id));
        };
        let entry = match (def.shape, exceed.at.member) {
            (Shape::Scalar, None) => true,
            (Shape::Table(by), Some((of, _))) => by == of,
            _ => false,
        };
        if !entry || !is_storable(&exceed.limit, &def.ty, &ruleset.env) {
            return Err(OverrideError::WrongType(id));
        }
        let allowed = grant.meta.exceed_by.clone().unwrap_or_default();
        if exceed.role != allowed {
            return Err(OverrideError::WrongRole { param: id, role: exceed.role, allowed });
        }
        if exceed.reason.trim().is_empty() {
            return Err(OverrideError::NoReason(id));
        }
        self.exceed.push(exceed);
        Ok(())
    }
}

impl Ruleset {
    /// The parameter (and entry) of `name` or `name[member]`.
    pub fn param_at(&self, target: &str) -> Result<ParamAt, OverrideError> {
        let (name, member) = match target.split_once('[') {
            Some((name, rest)) => (name.trim(), Some(rest.trim_end().trim_end_matches(']').trim())),
            None => (target.trim(), None),
        };
        let param = self.env.param_named(name).ok_or_else(|| OverrideError::UnknownParam(name.into()))?;
        let Some(word) = member else { return Ok(ParamAt { param, member: None }) };
        let unknown = || OverrideError::UnknownMember { param: name.into(), member: word.into() };
        match self.env.params()[param.index()].shape {
            Shape::Table(by) => {
                let member = self.env.member_named(by, word).ok_or_else(unknown)?;
                Ok(ParamAt { param, member: Some((by, member)) })
            }
            Shape::Scalar => Err(unknown()),
        }
    }
}
