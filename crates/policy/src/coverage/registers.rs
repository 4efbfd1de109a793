//! What registers hold, in words.

use super::describe::Say;
use crate::register::{Group, Register};

impl Say<'_> {
    pub(super) fn register(&self, id: &str) -> Vec<String> {
        let Some(register) = self.pack.registers.get(id) else { return Vec::new() };
        let of = self.pack.procedures.get(&register.of).map_or("", |of| self.words(&of.name));
        let mut lines = vec![self.line("收哪些", "holds the cases of", of)];
        if let Some(step) = &register.from {
            lines.push(self.line("从哪一步起", "once this passed", self.step_name(step)));
        }
        if let Some(below) = register.below.as_deref().and_then(|id| self.pack.registers.get(id)) {
            lines.push(self.line("并列", "beside", self.words(&below.name)));
        }
        let columns = register.columns.iter().map(|column| self.words(&column.field.name).to_owned());
        lines.push(self.line("各列", "columns", self.join(columns)));
        if !register.groups.is_empty() {
            let groups = register.groups.iter().map(|group| self.group(register, group));
            lines.push(self.line("可以汇总", "summed up by", self.join(groups)));
        }
        lines.extend(register.alerts.iter().map(|alert| self.line("提醒", "alert", self.words(&alert.say))));
        lines
    }

    fn group(&self, register: &Register, group: &Group) -> String {
        let (zh, en) = match group {
            Group::Year => ("年度", "year"),
            Group::Place => ("地方", "place"),
            Group::Unit => ("单位", "unit"),
            Group::Village => ("村", "village"),
            Group::Column(id) => {
                let column = register.column(id).map(|(_, column)| &column.field.name);
                return column.map_or_else(String::new, |name| self.words(name).to_owned());
            }
        };
        self.pick(zh, en).to_owned()
    }
}
