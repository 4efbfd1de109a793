//! What official letters say, in words: each place by the name of what stands in it.

use super::describe::Say;
use crate::pack::Words;
use crate::procedure::{Letter, Of, Procedure, Slot, Step, Template};

impl Say<'_> {
    pub(super) fn letter(&self, id: &str) -> Vec<String> {
        let Some(letter) = self.pack.letters.get(id) else { return Vec::new() };
        let text = |template: &Template| {
            let named =
                |slot: &Slot| Ok::<_, std::convert::Infallible>(format!("〔{}〕", self.slot(letter, slot)));
            template.fill(named).unwrap_or_else(|never| match never {})
        };
        let all = |slots: &[Slot]| self.join(slots.iter().map(|slot| self.slot(letter, slot)));
        let mut lines = vec![self.line("标题", "title", text(&letter.title))];
        if !letter.to.is_empty() {
            lines.push(self.line("主送", "to", all(&letter.to)));
        }
        lines.extend(letter.body.iter().chain(&letter.closing).map(text));
        lines.extend(letter.attached.iter().map(|one| self.line("附件", "attached", text(one))));
        if !letter.copies.is_empty() {
            lines.push(self.line("抄送", "copies", all(&letter.copies)));
        }
        lines
    }

    /// What stands in a place.
    fn slot(&self, letter: &Letter, slot: &Slot) -> String {
        let key = slot.key.as_str();
        let writes = self.pack.steps.iter().filter(|step| step.letter.as_ref() == Some(&letter.id));
        let of = |step: &Step| self.pack.procedures.get(&step.procedure);
        match &slot.of {
            Of::Role => self.role(key),
            Of::Step(id) => {
                let what = self.called(key, self.pack.steps.get(id).and_then(|step| note(step, key)));
                let step = self.step_name(id);
                self.either(format!("{step}的{what}"), format!("{what} of {step}"))
            }
            Of::Own => {
                let mut named =
                    writes.filter_map(|step| note(step, key).or_else(|| self.field(of(step)?, key)));
                self.called(key, named.next())
            }
            Of::Parent => {
                let mut above =
                    writes.filter_map(|step| self.pack.procedures.get(of(step)?.parent.as_deref()?));
                let what = self.called(key, above.find_map(|above| self.field(above, key)));
                self.either(format!("所接申请的{what}"), format!("{what} of the case it builds on"))
            }
        }
    }

    fn field(&self, of: &Procedure, key: &str) -> Option<&Words> {
        let form = of.form.as_deref().and_then(|id| self.pack.forms.get(id))?;
        form.field(key).map(|field| &field.name)
    }

    fn called(&self, key: &str, name: Option<&Words>) -> String {
        name.map_or_else(|| self.known(key), |name| self.words(name).to_owned())
    }

    /// A word that every case, plan or act knows.
    fn known(&self, key: &str) -> String {
        let (zh, en) = match key {
            "name" => ("名称", "title"),
            "number" => ("编号", "number"),
            "amount" => ("金额", "amount"),
            "unit" => ("申请单位", "applicant"),
            "place" => ("所在地", "place"),
            "year" => ("年度", "year"),
            "desk" => ("受理单位", "desk"),
            "day" => ("日期", "day"),
            "document" => ("文号", "document number"),
            "issuer" => ("发文单位", "issuer"),
            "opinion" => ("意见", "opinion"),
            "due" => ("截止日", "last day"),
            other => (other, other),
        };
        self.pick(zh, en).to_owned()
    }
}

fn note<'s>(step: &'s Step, key: &str) -> Option<&'s Words> {
    step.notes.iter().find(|note| note.id == key).map(|note| &note.name)
}
