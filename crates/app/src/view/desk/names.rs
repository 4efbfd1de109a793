//! Names of people and organisations, each read once a screen.

use crate::ports::Fault;
use crate::writer::App;
use domain::Hands;
use kernel::id::{OrgId, PersonId};
use std::collections::BTreeMap;

/// Names read so far.
pub(in crate::view) struct Names<'a> {
    app: &'a App,
    orgs: BTreeMap<OrgId, String>,
    persons: BTreeMap<PersonId, String>,
}

impl<'a> Names<'a> {
    pub(in crate::view) fn of(app: &'a App) -> Names<'a> {
        Names { app, orgs: BTreeMap::new(), persons: BTreeMap::new() }
    }

    /// The name of an organisation; empty for none.
    pub(in crate::view) fn org(&mut self, id: Option<OrgId>) -> Result<String, Fault> {
        let Some(id) = id else { return Ok(String::new()) };
        if let Some(name) = self.orgs.get(&id) {
            return Ok(name.clone());
        }
        let name = self.app.reads.org(id)?.map_or_else(|| id.to_string(), |row| row.name);
        self.orgs.insert(id, name.clone());
        Ok(name)
    }

    /// The names of whose hands it was: 李四, or 李四 代 张三 in a lent role; empty for none.
    pub(in crate::view) fn hands(&mut self, hands: Option<Hands>) -> Result<String, Fault> {
        let Some(hands) = hands else { return Ok(String::new()) };
        let names: Vec<String> =
            hands.persons().map(|person| self.person(Some(person))).collect::<Result<_, _>>()?;
        Ok(names.join(" 代 "))
    }

    /// The name of a person; empty for none.
    pub(in crate::view) fn person(&mut self, id: Option<PersonId>) -> Result<String, Fault> {
        let Some(id) = id else { return Ok(String::new()) };
        if let Some(name) = self.persons.get(&id) {
            return Ok(name.clone());
        }
        let name = self.app.reads.person(id)?.map_or_else(|| id.to_string(), |row| row.name);
        self.persons.insert(id, name.clone());
        Ok(name)
    }
}
