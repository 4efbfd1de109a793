//! Puts a ruleset together from definitions and reports every fault of all of them at once. Placing a fault in a file is
//! the caller's: each carries the caller's own mark (`tag`).

use super::meta::{FactMeta, GrantMeta, ParamMeta, ParamValue, RuleMeta, Span, Version};
use super::resolve::{epochs, resolve};
use super::{Grant, Rule, Ruleset};
use crate::lang::node::Arena;
use crate::lang::{
    DefineError, EnumDef, EnumId, Env, FactDef, FactId, LangError, ParamDef, ParamId, Shape, Type, Unit,
    UnitId, Want, compile_into, is_known, is_storable,
};
use kernel::Date;
use std::fmt;

/// Which expression an error is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The rule of this id.
    Rule(String),
    /// The amount of the grant.
    Grant,
}

/// One fault of a ruleset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An error within an expression.
    Lang {
        /// Whose expression.
        owner: Owner,
        /// The owner's mark.
        tag: u32,
        /// The error; its span is within the expression's text.
        error: LangError,
    },
    /// Two rules of one id.
    RuleTwice {
        /// The id.
        id: String,
        /// Where it was defined first.
        first: u32,
        /// Where it was defined again.
        second: u32,
    },
    /// A parameter without any version.
    NoVersion {
        /// The parameter.
        param: String,
        /// Its mark.
        tag: u32,
    },
    /// The earliest version begins after the ruleset does.
    VersionGap {
        /// The parameter.
        param: String,
        /// The mark of the earliest version.
        tag: u32,
        /// The first day in force, which has no value.
        from: Date,
        /// The first day of the earliest version.
        earliest: Date,
    },
    /// Two versions begin on one day.
    VersionTwice {
        /// The parameter.
        param: String,
        /// The day.
        from: Date,
        /// The mark of the first of them.
        first: u32,
        /// The mark of the second.
        second: u32,
    },
    /// A version begins after the ruleset has ended.
    VersionTooLate {
        /// The parameter.
        param: String,
        /// The version's mark.
        tag: u32,
        /// Its first day.
        from: Date,
    },
    /// A table that does not cover its enum.
    TableGap {
        /// The parameter.
        param: String,
        /// The version's mark.
        tag: u32,
        /// The ids of the members without a value.
        missing: Vec<String>,
    },
    /// A value that does not fit the parameter (shape, type, member, region code).
    WrongValue {
        /// The parameter.
        param: String,
        /// The version's mark.
        tag: u32,
    },
    /// An `in_principle` name that is not a parameter of the amount.
    InPrinciple {
        /// The name.
        param: String,
        /// The grant's mark.
        tag: u32,
    },
    /// Soft limits without the role that may go past them.
    NoExceedBy {
        /// The grant's mark.
        tag: u32,
    },
    /// More than one grant.
    GrantTwice {
        /// Where it was defined first.
        first: u32,
        /// Where it was defined again.
        second: u32,
    },
    /// The last day in force is before the first.
    NeverInForce,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lang { error, .. } => write!(f, "{error}"),
            Self::RuleTwice { id, .. } => write!(f, "the rule `{id}` is defined twice"),
            Self::NoVersion { param, .. } => write!(f, "`{param}` has no value"),
            Self::VersionGap { param, from, earliest, .. } => {
                write!(f, "`{param}` has no value from {from}: its first version begins on {earliest}")
            }
            Self::VersionTwice { param, from, .. } => write!(f, "`{param}` has two versions from {from}"),
            Self::VersionTooLate { param, from, .. } => {
                write!(f, "`{param}` has a version from {from}, after the end")
            }
            Self::TableGap { param, missing, .. } => {
                write!(f, "`{param}` has no value for {}", missing.join(", "))
            }
            Self::WrongValue { param, .. } => write!(f, "a value of `{param}` is not of its type"),
            Self::InPrinciple { param, .. } => write!(f, "`{param}` is not a parameter of the amount"),
            Self::NoExceedBy { .. } => f.write_str("limits in principle need the role that may go past them"),
            Self::GrantTwice { .. } => f.write_str("the grant is defined twice"),
            Self::NeverInForce => f.write_str("the last day in force is before the first"),
        }
    }
}

impl std::error::Error for Fault {}

/// Collects the definitions of a ruleset.
#[derive(Clone, Debug)]
pub struct Builder {
    span: Span,
    env: Env,
    facts: Vec<FactMeta>,
    params: Vec<ParamMeta>,
    rules: Vec<RuleMeta>,
    grants: Vec<GrantMeta>,
}

impl Builder {
    /// Nothing yet but the time in force and the rounding.
    pub fn new(span: Span) -> Self {
        Self {
            span,
            env: Env::new(span.round),
            facts: Vec::new(),
            params: Vec::new(),
            rules: Vec::new(),
            grants: Vec::new(),
        }
    }

    /// The names so far; types and values of later definitions are read with it.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// Adds a unit of count (or finds it).
    pub fn unit(&mut self, unit: Unit) -> UnitId {
        self.env.unit(unit)
    }

    /// Adds an enum.
    pub fn enumeration(&mut self, def: EnumDef) -> Result<EnumId, DefineError> {
        self.env.enumeration(def)
    }

    /// Adds a fact.
    pub fn fact(&mut self, meta: FactMeta) -> Result<FactId, DefineError> {
        let def =
            FactDef { id: meta.id.clone(), name: meta.name.clone(), ty: meta.ty.clone(), tag: meta.tag };
        let id = self.env.fact(def)?;
        self.facts.push(meta);
        Ok(id)
    }

    /// Adds a parameter.
    pub fn param(&mut self, meta: ParamMeta) -> Result<ParamId, DefineError> {
        let def = ParamDef {
            id: meta.id.clone(),
            name: meta.name.clone(),
            ty: meta.ty.clone(),
            shape: meta.shape,
            tag: meta.tag,
        };
        let id = self.env.param(def)?;
        self.params.push(meta);
        Ok(id)
    }

    /// Adds a rule; its text is read by [`Self::build`].
    pub fn rule(&mut self, meta: RuleMeta) {
        self.rules.push(meta);
    }

    /// Adds the grant; its text is read by [`Self::build`].
    pub fn grant(&mut self, meta: GrantMeta) {
        self.grants.push(meta);
    }

    /// The ruleset, or every fault of it.
    pub fn build(mut self) -> Result<Ruleset, Vec<Fault>> {
        let mut faults = Vec::new();
        if self.span.until < self.span.from {
            faults.push(Fault::NeverInForce);
        }
        for param in &mut self.params {
            param.versions.sort_by_key(|version| version.from);
            check_versions(param, &self.env, self.span, &mut faults);
        }
        let mut arena = Arena::default();
        let rules = self.build_rules(&mut arena, &mut faults);
        let grant = self.build_grant(&mut arena, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut ruleset = Ruleset {
            span: self.span,
            env: self.env,
            arena,
            facts: self.facts,
            params: self.params,
            rules,
            grant,
            epochs: Vec::new(),
        };
        for from in epochs(&ruleset) {
            let resolved = resolve(&ruleset, from, &[]);
            ruleset.epochs.push((from, resolved));
        }
        Ok(ruleset)
    }

    fn build_rules(&self, arena: &mut Arena, faults: &mut Vec<Fault>) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::with_capacity(self.rules.len());
        for (at, meta) in self.rules.iter().enumerate() {
            if let Some(first) = self.rules[..at].iter().find(|rule| rule.id == meta.id) {
                faults.push(Fault::RuleTwice { id: meta.id.clone(), first: first.tag, second: meta.tag });
            }
            match compile_into(arena, &meta.text, &self.env, Want::Bool) {
                Ok(root) => rules.push(Rule { meta: meta.clone(), root }),
                Err(errors) => {
                    let owner = Owner::Rule(meta.id.clone());
                    faults.extend(placed(&owner, meta.tag, errors));
                }
            }
        }
        rules
    }

    fn build_grant(&self, arena: &mut Arena, faults: &mut Vec<Fault>) -> Option<Grant> {
        let meta = self.grants.first()?;
        if let Some(second) = self.grants.get(1) {
            faults.push(Fault::GrantTwice { first: meta.tag, second: second.tag });
        }
        let begin = arena.nodes.len();
        let compiled = compile_into(arena, &meta.text, &self.env, Want::Money);
        let mut soft = Vec::new();
        for name in &meta.in_principle {
            let read = |param: ParamId| arena.nodes[begin..].iter().any(|node| node.op.reads(param));
            match self.env.param_named(name).filter(|param| compiled.is_err() || read(*param)) {
                Some(param) => soft.push(param),
                None => faults.push(Fault::InPrinciple { param: name.clone(), tag: meta.tag }),
            }
        }
        if !meta.in_principle.is_empty() && meta.exceed_by.is_none() {
            faults.push(Fault::NoExceedBy { tag: meta.tag });
        }
        match compiled {
            Ok(root) => Some(Grant { meta: meta.clone(), root, soft }),
            Err(errors) => {
                faults.extend(placed(&Owner::Grant, meta.tag, errors));
                None
            }
        }
    }
}

fn placed(owner: &Owner, tag: u32, errors: Vec<LangError>) -> impl Iterator<Item = Fault> {
    errors.into_iter().map(move |error| Fault::Lang { owner: owner.clone(), tag, error })
}

fn check_versions(param: &ParamMeta, env: &Env, span: Span, faults: &mut Vec<Fault>) {
    let Some(earliest) = param.versions.first() else {
        return faults.push(Fault::NoVersion { param: param.id.clone(), tag: param.tag });
    };
    if earliest.from > span.from {
        let (tag, from) = (earliest.tag, span.from);
        faults.push(Fault::VersionGap { param: param.id.clone(), tag, from, earliest: earliest.from });
    }
    for pair in param.versions.windows(2) {
        if pair[0].from == pair[1].from {
            let (first, second) = (pair[0].tag, pair[1].tag);
            faults.push(Fault::VersionTwice { param: param.id.clone(), from: pair[0].from, first, second });
        }
    }
    for version in &param.versions {
        if version.from > span.until {
            faults.push(Fault::VersionTooLate {
                param: param.id.clone(),
                tag: version.tag,
                from: version.from,
            });
        }
        faults.extend(check_value(param, version, env));
    }
}

fn check_value(param: &ParamMeta, version: &Version, env: &Env) -> Option<Fault> {
    let wrong = || Some(Fault::WrongValue { param: param.id.clone(), tag: version.tag });
    match (&version.value, param.shape) {
        (ParamValue::Regions(codes), Shape::Scalar) if param.ty == Type::Regions => {
            if codes.is_empty() || !codes.iter().all(|code| is_known(*code)) { wrong() } else { None }
        }
        (ParamValue::One(value), Shape::Scalar) => {
            if is_storable(value, &param.ty, env) {
                None
            } else {
                wrong()
            }
        }
        (ParamValue::Each(entries), Shape::Table(by)) => {
            let members = &env.enums()[by.index()].members;
            let good = |(at, value): &(u16, _)| {
                usize::from(*at) < members.len() && is_storable(value, &param.ty, env)
            };
            let mut given: Vec<u16> = entries.iter().map(|(at, _)| *at).collect();
            given.sort_unstable();
            if !entries.iter().all(good) || given.windows(2).any(|pair| pair[0] == pair[1]) {
                return wrong();
            }
            let lacks = |at: &usize| given.binary_search(&(*at as u16)).is_err();
            let missing: Vec<String> =
                (0..members.len()).filter(lacks).map(|at| members[at].id.clone()).collect();
            let gap = Fault::TableGap { param: param.id.clone(), tag: version.tag, missing: missing.clone() };
            if missing.is_empty() { None } else { Some(gap) }
        }
        _ => wrong(),
    }
}
