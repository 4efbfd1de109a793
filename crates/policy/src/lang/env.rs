//! The names that expressions may use: units, enums, facts, parameters. An `Env` defines; it holds no values.
//! Facts and parameters share one name space with enum members, so that a bare word never means two things.

use super::error::SymbolRef;
use super::symbols::{DefineError, EnumDef, FactDef, ParamDef, RoundTo, Shape, Unit};
use super::types::{EnumId, FactId, ParamId, Type, UnitId};
use std::collections::BTreeMap;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// A fact.
    Fact(FactId),
    /// A parameter.
    Param(ParamId),
    /// A member of at least one enum.
    Member,
}

/// The words that no name may be.
pub const RESERVED: [&str; 11] =
    ["and", "or", "not", "in", "if", "then", "else", "min", "max", "true", "false"];

/// The names that expressions may use.
#[derive(Clone, Debug)]
pub struct Env {
    units: Vec<Unit>,
    enums: Vec<EnumDef>,
    facts: Vec<FactDef>,
    params: Vec<ParamDef>,
    names: BTreeMap<String, (Symbol, u32)>,
    /// Slots of the parameters before each parameter, and in total at the end.
    offsets: Vec<u32>,
    /// Facts from here on are columns of a row.
    row_from: Option<usize>,
    round: RoundTo,
}

impl Default for Env {
    fn default() -> Self {
        Self::new(RoundTo::default())
    }
}

impl Env {
    /// The language's own units (人 户 次 村 家) and nothing else.
    pub fn new(round: RoundTo) -> Self {
        let own = [
            ("人", "person", "persons"),
            ("户", "household", "households"),
            ("次", "time", "times"),
            ("村", "village", "villages"),
            ("家", "organisation", "organisations"),
        ];
        let units = own
            .map(|(zh, one, many)| Unit { zh: zh.into(), en_one: one.into(), en_many: many.into() })
            .into_iter()
            .collect();
        Self {
            units,
            enums: Vec::new(),
            facts: Vec::new(),
            params: Vec::new(),
            names: BTreeMap::new(),
            offsets: vec![0],
            row_from: None,
            round,
        }
    }

    /// Adds a unit, or finds the one that has this Chinese name.
    pub fn unit(&mut self, unit: Unit) -> UnitId {
        if let Some(found) = self.unit_named(&unit.zh) {
            return found;
        }
        self.units.push(unit);
        UnitId((self.units.len() - 1) as u16)
    }

    /// Adds an enum.
    pub fn enumeration(&mut self, def: EnumDef) -> Result<EnumId, DefineError> {
        check_name(&def.id, def.tag)?;
        if def.members.is_empty() {
            return Err(DefineError::NoMembers { name: def.id, tag: def.tag });
        }
        if let Some(first) = self.enums.iter().find(|e| e.id == def.id) {
            return Err(DefineError::Taken { name: def.id, first: first.tag, second: def.tag });
        }
        for (at, member) in def.members.iter().enumerate() {
            check_name(&member.id, def.tag)?;
            if def.members[..at].iter().any(|earlier| earlier.id == member.id) {
                return Err(DefineError::Taken { name: member.id.clone(), first: def.tag, second: def.tag });
            }
            if let Some((Symbol::Fact(_) | Symbol::Param(_), first)) = self.names.get(&member.id) {
                return Err(DefineError::Taken { name: member.id.clone(), first: *first, second: def.tag });
            }
        }
        for member in &def.members {
            self.names.entry(member.id.clone()).or_insert((Symbol::Member, def.tag));
        }
        self.enums.push(def);
        Ok(EnumId((self.enums.len() - 1) as u16))
    }

    /// Adds a fact.
    pub fn fact(&mut self, def: FactDef) -> Result<FactId, DefineError> {
        self.check_stored(&def.id, &def.ty, def.tag)?;
        if def.ty == Type::Regions {
            return Err(DefineError::BadType { name: def.id, tag: def.tag });
        }
        let id = FactId(self.facts.len() as u16);
        self.take(&def.id, Symbol::Fact(id), def.tag)?;
        self.facts.push(def);
        Ok(id)
    }

    /// Adds a parameter.
    pub fn param(&mut self, def: ParamDef) -> Result<ParamId, DefineError> {
        self.check_stored(&def.id, &def.ty, def.tag)?;
        let slots = match def.shape {
            Shape::Scalar => 1,
            Shape::Table(by) => match self.enums.get(by.index()) {
                Some(by) if def.ty != Type::Regions => by.members.len() as u32,
                _ => return Err(DefineError::BadType { name: def.id, tag: def.tag }),
            },
        };
        let id = ParamId(self.params.len() as u16);
        self.take(&def.id, Symbol::Param(id), def.tag)?;
        self.offsets.push(self.slots() as u32 + slots);
        self.params.push(def);
        Ok(id)
    }

    /// The same names, and the columns of a table's row as facts (`line.date`). Columns get the ids that follow the
    /// facts of this `Env`; a [`super::Scope`] takes their values apart from the case's.
    pub fn with_row(&self, columns: impl IntoIterator<Item = FactDef>) -> Result<Self, DefineError> {
        let mut env = self.clone();
        env.row_from.get_or_insert(self.facts.len());
        for column in columns {
            env.fact(column)?;
        }
        Ok(env)
    }

    fn take(&mut self, name: &str, symbol: Symbol, tag: u32) -> Result<(), DefineError> {
        if let Some((_, first)) = self.names.get(name) {
            return Err(DefineError::Taken { name: name.into(), first: *first, second: tag });
        }
        self.names.insert(name.into(), (symbol, tag));
        Ok(())
    }

    fn check_stored(&self, name: &str, ty: &Type, tag: u32) -> Result<(), DefineError> {
        check_name(name, tag)?;
        let good = match ty {
            Type::Count(unit) => unit.index() < self.units.len(),
            Type::Enum(of) => of.index() < self.enums.len(),
            Type::Quotient(_) | Type::Number => false,
            _ => true,
        };
        if good { Ok(()) } else { Err(DefineError::BadType { name: name.into(), tag }) }
    }

    /// What the name stands for.
    pub fn lookup(&self, name: &str) -> Option<Symbol> {
        self.names.get(name).map(|(symbol, _)| *symbol)
    }

    /// All names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// All units.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// All enums.
    pub fn enums(&self) -> &[EnumDef] {
        &self.enums
    }

    /// All facts; those of a row come last.
    pub fn facts(&self) -> &[FactDef] {
        &self.facts
    }

    /// All parameters.
    pub fn params(&self) -> &[ParamDef] {
        &self.params
    }

    /// How products of money are rounded.
    pub fn round(&self) -> RoundTo {
        self.round
    }

    /// The unit that stands after a number as this word.
    pub fn unit_named(&self, zh: &str) -> Option<UnitId> {
        self.units.iter().position(|unit| unit.zh == zh).map(|at| UnitId(at as u16))
    }

    /// The enum of this id.
    pub fn enum_named(&self, id: &str) -> Option<EnumId> {
        self.enums.iter().position(|def| def.id == id).map(|at| EnumId(at as u16))
    }

    /// The fact of this id.
    pub fn fact_named(&self, id: &str) -> Option<FactId> {
        match self.lookup(id)? {
            Symbol::Fact(fact) => Some(fact),
            _ => None,
        }
    }

    /// The parameter of this id.
    pub fn param_named(&self, id: &str) -> Option<ParamId> {
        match self.lookup(id)? {
            Symbol::Param(param) => Some(param),
            _ => None,
        }
    }

    /// The position of a member by its id or its Chinese name.
    pub fn member_named(&self, of: EnumId, text: &str) -> Option<u16> {
        let members = &self.enums.get(of.index())?.members;
        members.iter().position(|m| m.id == text || m.name.zh == text).map(|at| at as u16)
    }

    /// The first column of the row among the facts, or the number of facts when there is no row.
    pub(crate) fn row_from(&self) -> usize {
        self.row_from.unwrap_or(self.facts.len())
    }

    /// Where a parameter's slots begin.
    pub(crate) fn offset(&self, param: ParamId) -> u32 {
        self.offsets[param.index()]
    }

    /// Which of the region sets a parameter is.
    pub(crate) fn region_ordinal(&self, param: ParamId) -> u32 {
        self.params[..param.index()].iter().filter(|def| def.ty == Type::Regions).count() as u32
    }

    /// How many slots all parameters take.
    pub(crate) fn slots(&self) -> usize {
        self.offsets.last().map_or(0, |last| *last as usize)
    }

    /// How many values a parameter has.
    pub(crate) fn width(&self, param: ParamId) -> usize {
        (self.offsets[param.index() + 1] - self.offsets[param.index()]) as usize
    }

    pub(crate) fn fact_ref(&self, fact: FactId) -> Option<SymbolRef> {
        let def = self.facts.get(fact.index())?;
        Some(self.symbol_ref(&def.id, &def.ty, None, def.tag))
    }

    pub(crate) fn param_ref(&self, param: ParamId) -> Option<SymbolRef> {
        let def = self.params.get(param.index())?;
        let by = match def.shape {
            Shape::Scalar => None,
            Shape::Table(by) => Some(by),
        };
        Some(self.symbol_ref(&def.id, &def.ty, by, def.tag))
    }

    fn symbol_ref(&self, name: &str, ty: &Type, by: Option<EnumId>, tag: u32) -> SymbolRef {
        let (mut zh, mut en) = (self.type_zh(ty), self.type_en(ty));
        if let Some(by) = by.and_then(|by| self.enums.get(by.index())) {
            zh = format!("按 {} 取值的{zh}", by.id);
            en = format!("{en}, a table by {}", by.id);
        }
        SymbolRef {
            name: name.into(),
            tag,
            note_zh: format!("`{name}` 在这里定义为{zh}"),
            note_en: format!("`{name}` is defined here as {en}"),
        }
    }
}

fn check_name(name: &str, tag: u32) -> Result<(), DefineError> {
    let part_is_good = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    if !name.split('.').all(part_is_good) {
        return Err(DefineError::Malformed { name: name.into(), tag });
    }
    if RESERVED.contains(&name) {
        return Err(DefineError::Reserved { name: name.into(), tag });
    }
    Ok(())
}
