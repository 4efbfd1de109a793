//! Lines summed up.

use super::Register;
use crate::lang::Value;

/// The sum of lines, by column. A sum that cannot be held is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many lines.
    pub lines: u64,
    /// How many of them have an alert.
    pub alarmed: u64,
    /// By column; none where nothing is summed up, and where no line had a value.
    pub values: Vec<Option<Value>>,
    /// Columns whose sum could not be held.
    lost: Vec<usize>,
}

impl Sums {
    /// Adds a solved line.
    pub fn add(&mut self, register: &Register, values: &[Option<Value>], alarmed: bool) {
        self.values.resize(register.columns.len(), None);
        self.lines += 1;
        self.alarmed += u64::from(alarmed);
        for (at, (column, value)) in register.columns.iter().zip(values).enumerate() {
            let Some(value) = value.filter(|_| column.total && !column.again) else { continue };
            match plus(self.values[at], value) {
                Some(sum) if !self.lost.contains(&at) => self.values[at] = Some(sum),
                _ => {
                    self.values[at] = None;
                    self.lost.push(at);
                }
            }
        }
    }
}

fn plus(sum: Option<Value>, more: Value) -> Option<Value> {
    match (sum, more) {
        (None, Value::Bool(holds)) => Some(Value::Count(i64::from(holds))),
        (Some(Value::Count(n)), Value::Bool(holds)) => n.checked_add(i64::from(holds)).map(Value::Count),
        (None, more) => Some(more),
        (Some(Value::Money(a)), Value::Money(b)) => a.checked_add(b).map(Value::Money),
        (Some(Value::Count(a)), Value::Count(b)) => a.checked_add(b).map(Value::Count),
        (Some(Value::Ratio(a)), Value::Ratio(b)) => a.checked_add(b).map(Value::Ratio),
        _ => None,
    }
}
