//! Settings of the installation.

use crate::engine::{Engine, Fault, one};
use crate::sql::setting as sql;

/// Sets a setting.
pub fn put(engine: &mut dyn Engine, name: &str, value: &str) -> Result<(), Fault> {
    engine.run(&sql::SETTING_PUT, &[name.into(), value.into()]).map(drop)
}

/// A setting.
pub fn get(engine: &mut dyn Engine, name: &str) -> Result<Option<String>, Fault> {
    one(engine, &sql::SETTING_GET, &[name.into()], |row| row.text(0).map(str::to_owned))
}
