//! What an element says, in words: the right side of the page that shows article and rule. Identifiers become names,
//! signs become those that offices use; nothing is left out that the program acts on.

use crate::lang::Value;
use crate::pack::{
    Element, ElementKind, Event, EventDate, Language, Pack, ParamValue, ParamVersion, RuleKind, Seal,
    SettingValue, Words,
};
use crate::procedure::{Every, OutcomeKind, Step, Within};

/// Line by line.
pub(super) fn describe(pack: &Pack, element: &Element, language: Language) -> Vec<String> {
    let id = element.id.as_str();
    let say = Say { pack, language };
    match element.kind {
        ElementKind::Rule => say.rule(id),
        ElementKind::Param => say.param(id),
        ElementKind::Grant => say.grant(),
        ElementKind::Step => pack.steps.get(id).map(|step| say.step(step)).unwrap_or_default(),
        ElementKind::Paper => say.paper(id),
        ElementKind::Use => say.uses(id),
        ElementKind::Source => say.source(id),
        ElementKind::Split => say.split(id),
        ElementKind::Fund => say.fund(id),
        ElementKind::Spending => say.spending(id),
        ElementKind::Voucher => say.voucher(id),
        ElementKind::Demand => say.demand(id),
        ElementKind::Distribution => say.distribution(id),
        ElementKind::Procedure => say.procedure(id),
        ElementKind::Course => say.course(id),
        ElementKind::Fact => say.fact(id),
        ElementKind::Notice => say.notice(id),
        ElementKind::Letter => say.letter(id),
        ElementKind::Register => say.register(id),
        ElementKind::Duty => say.duty(id),
        ElementKind::Interpretation => say.interpretation(id),
        ElementKind::Setting => say.setting(id),
        ElementKind::Enum => say.members(id),
        ElementKind::Form => say.form(id),
        ElementKind::Roster => say.roster(id),
        ElementKind::Tally => say.tally(id),
        _ => Vec::new(),
    }
}

#[derive(Clone, Copy)]
pub(super) struct Say<'p> {
    pub(super) pack: &'p Pack,
    pub(super) language: Language,
}

impl Say<'_> {
    pub(super) fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub(super) fn line(&self, zh: &str, en: &str, text: impl AsRef<str>) -> String {
        let colon = self.pick("：", ": ");
        format!("{}{colon}{}", self.pick(zh, en), text.as_ref())
    }

    pub(super) fn words<'t>(&self, words: &'t Words) -> &'t str {
        self.language.of(words)
    }

    pub(super) fn role(&self, id: &str) -> String {
        self.pack.roles.get(id).map_or_else(|| id.to_owned(), |role| self.words(&role.name).to_owned())
    }

    pub(super) fn join(&self, list: impl IntoIterator<Item = String>) -> String {
        super::joined(list, self.language)
    }

    /// An expression with names for identifiers.
    fn formula(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let letters = |ch: char| ch.is_ascii_alphanumeric() || ch == '_' || ch == '.';
            let length =
                if c.is_ascii_alphabetic() { rest.find(|ch| !letters(ch)).unwrap_or(rest.len()) } else { 0 };
            if length > 0 {
                out.push_str(&self.name(&rest[..length]));
                rest = &rest[length..];
                continue;
            }
            let sign = [(">=", "≥"), ("<=", "≤"), ("!=", "≠"), ("==", "＝"), ("*", "×"), ("/", "÷")];
            match sign.iter().find(|(sign, _)| rest.starts_with(sign)) {
                Some((sign, shown)) => {
                    out.push_str(shown);
                    rest = &rest[sign.len()..];
                }
                None => {
                    out.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        out
    }

    pub(super) fn name(&self, id: &str) -> String {
        const WORDS: [(&str, &str); 11] = [
            ("and", "且"),
            ("or", "或"),
            ("not", "不是"),
            ("in", "属于"),
            ("if", "如果"),
            ("then", "则"),
            ("else", "否则"),
            ("min", "取最小"),
            ("max", "取最大"),
            ("true", "是"),
            ("false", "否"),
        ];
        if let Some((_, zh)) = WORDS.iter().find(|(word, _)| *word == id) {
            return self.pick(zh, id).to_owned();
        }
        let pack = self.pack;
        let fact = pack.facts.get(id).map(|fact| &fact.name);
        let param = pack.params.get(id).map(|param| &param.name);
        let member = || pack.enums.iter().flat_map(|def| &def.members).find(|m| m.id == id).map(|m| &m.name);
        let quote = |words: &Words| match self.language {
            Language::Zh => format!("“{}”", words.zh),
            Language::En => format!("‘{}’", words.en),
        };
        fact.or(param).or_else(member).map_or_else(|| id.to_owned(), quote)
    }

    fn rule(&self, id: &str) -> Vec<String> {
        let Some(rule) = self.pack.rules.get(id) else { return Vec::new() };
        let text = self.formula(&rule.text);
        let first = match rule.kind {
            RuleKind::Need => self.line("必须", "needs", text),
            RuleKind::Prefer => self.line("优先", "prefers", text),
        };
        let remedy = rule.remedy.as_ref().map(|words| self.line("不满足时", "otherwise", self.words(words)));
        [first].into_iter().chain(remedy).collect()
    }

    fn grant(&self) -> Vec<String> {
        let Some(grant) = &self.pack.grant else { return Vec::new() };
        let mut lines = vec![self.line("金额", "amount", self.formula(&grant.text))];
        if let Some(role) = &grant.exceed_by {
            let limits = self.join(grant.in_principle.iter().map(|id| self.name(id)));
            let (zh, en) = (
                format!("{limits}，{}可书面突破", self.role(role)),
                format!("{limits}, {} may exceed", self.role(role)),
            );
            lines.push(self.line("原则上", "in principle", self.pick(&zh, &en)));
        }
        lines.push(self.line("取整", "rounding", &self.pack.round_why));
        lines
    }

    fn value(&self, value: &Value) -> String {
        match value {
            Value::Money(money) => format!("{}{}", money.grouped(), self.pick("元", " yuan")),
            Value::Ratio(ratio) => ratio.to_string(),
            Value::Bool(flag) => {
                self.pick(if *flag { "是" } else { "否" }, if *flag { "yes" } else { "no" }).to_owned()
            }
            Value::Count(n) => n.to_string(),
            Value::Date(date) => kernel::date::zh(*date),
            Value::Term(term) => self.term(*term),
            Value::Member(at) => at.to_string(),
            Value::Region(code) => code.to_string(),
        }
    }

    fn term(&self, term: kernel::term::Term) -> String {
        match self.language {
            Language::Zh => term.to_string(),
            Language::En => term.en(),
        }
    }

    fn param(&self, id: &str) -> Vec<String> {
        let Some(param) = self.pack.params.get(id) else { return Vec::new() };
        let members =
            param.by.as_deref().and_then(|by| self.pack.enums.get(by)).map(|def| def.members.as_slice());
        let version = |version: &ParamVersion| {
            let value = match &version.value {
                ParamValue::Scalar(value) => format!("{}{}", self.value(value), self.unit(&param.ty)),
                ParamValue::Table(values) => {
                    self.join(values.iter().zip(members.unwrap_or_default()).map(|(value, member)| {
                        format!("{} {}{}", self.words(&member.name), self.value(value), self.unit(&param.ty))
                    }))
                }
                ParamValue::Regions(codes) => format!("{}{}", codes.len(), self.pick("个地方", " places")),
            };
            let basis = version.basis.as_deref().map(|basis| format!("（{basis}）")).unwrap_or_default();
            match param.versions.len() {
                1 => format!("{value}{basis}"),
                _ => self.line(
                    &format!("{}起", kernel::date::zh(version.from)),
                    &format!("from {}", version.from),
                    format!("{value}{basis}"),
                ),
            }
        };
        let mut lines: Vec<String> = param.versions.iter().map(version).collect();
        lines.extend(
            param.set_by.as_ref().map(|role| self.line("每年确定", "set each year by", self.role(role))),
        );
        lines.extend(param.note.as_ref().map(|note| self.line("注", "note", note)));
        lines
    }

    fn unit(&self, ty: &crate::lang::Type) -> String {
        match ty {
            crate::lang::Type::Count(unit) => {
                self.pack.env.units().get(unit.index()).map(|unit| unit.zh.clone()).unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    fn event(&self, event: &Event) -> String {
        let step = self.step_name(&event.step);
        let date = match event.date {
            EventDate::Done => self.pick("完成之日", "done"),
            EventDate::Stamp => self.pick("盖章之日", "the date of the seal"),
            EventDate::Posted => self.pick("张贴之日", "posted"),
            EventDate::Ended => self.pick("期满之日", "ended"),
        };
        match self.language {
            Language::Zh => format!("{step}{date}"),
            Language::En => format!("{step} ({date})"),
        }
    }

    fn within(&self, within: &Within) -> String {
        let (term, from) = (self.term(within.term), self.event(&within.from));
        let warn = if within.warn_only { self.pick("（只提醒）", " (a reminder only)") } else { "" };
        match self.language {
            Language::Zh => format!("自{from}起{term}{warn}"),
            Language::En => format!("{term} from {from}{warn}"),
        }
    }

    fn every(&self, every: &Every) -> String {
        let term = self.term(every.due);
        let until = every.until.as_ref().and_then(|until| self.pack.steps.get(until));
        let Some(until) = until.map(|step| self.words(&step.name)) else { return term };
        match self.language {
            Language::Zh => format!("{term}，到“{until}”通过为止"),
            Language::En => format!("{term}, until “{until}” has passed"),
        }
    }

    fn step(&self, step: &Step) -> Vec<String> {
        let mut lines = vec![self.line(step.act.zh(), step.act.en(), self.doers(step))];
        lines.extend(step.within.as_ref().map(|within| self.line("时限", "within", self.within(within))));
        lines.extend(step.due_on.as_ref().and_then(|noted| self.noted_day(noted)));
        lines.extend(
            step.not_before.as_ref().map(|within| self.line("不早于", "not before", self.within(within))),
        );
        lines.extend(
            step.every.as_ref().map(|every| self.line("每期结束后", "after each period", self.every(every))),
        );
        if !step.figures.is_empty() {
            let names = step.figures.iter().map(|figure| self.words(&figure.name).to_owned());
            lines.push(self.line("统计", "counts", self.join(names)));
        }
        lines.extend(
            step.sums
                .as_deref()
                .and_then(|id| self.pack.steps.get(id))
                .map(|below| self.line("汇总下级", "adds up", self.words(&below.name))),
        );
        if !step.papers.is_empty() {
            let names = step.papers.iter().filter_map(|id| self.pack.papers.get(id));
            lines.push(self.line(
                "材料",
                "papers",
                self.join(names.map(|paper| self.words(&paper.name).to_owned())),
            ));
        }
        if !step.checklist.is_empty() {
            let points = step.checklist.iter().map(|point| self.words(&point.say).to_owned());
            lines.push(self.line("核对", "checks", self.join(points)));
        }
        if !step.notes.is_empty() {
            let notes = step.notes.iter().map(|note| self.words(&note.name).to_owned());
            lines.push(self.line("记录", "records", self.join(notes)));
        }
        for outcome in &step.outcomes {
            let what = match outcome.kind {
                OutcomeKind::Pass => self.pick("继续", "goes on").to_owned(),
                OutcomeKind::End => self.pick("结束", "ends").to_owned(),
                OutcomeKind::Return => {
                    let to = outcome.to.as_deref().and_then(|id| self.pack.steps.get(id));
                    format!(
                        "{} {}",
                        self.pick("退回到", "back to"),
                        to.map_or("", |step| self.words(&step.name))
                    )
                }
            };
            lines.push(self.line("结果", "outcome", format!("{} → {what}", self.words(&outcome.name))));
        }
        lines.extend(self.terms(step));
        lines.extend(step.writes.as_ref().map(|words| self.line("出具", "issues", self.words(words))));
        if let Some(leg) = &step.money {
            lines.push(self.line(
                "资金",
                "money",
                format!("{} → {}", self.role(&leg.from), self.role(&leg.to)),
            ));
        }
        if !step.copies.is_empty() {
            lines.push(self.line("抄送", "copies", self.join(step.copies.iter().map(|id| self.role(id)))));
        }
        lines
    }

    fn paper(&self, id: &str) -> Vec<String> {
        let Some(paper) = self.pack.papers.get(id) else { return Vec::new() };
        let seal = |seal: &Seal| {
            match seal {
                Seal::Company => self.pick("企业公章", "the enterprise's seal"),
                Seal::Bank => self.pick("银行章", "the bank's seal"),
                Seal::Authority => self.pick("出具单位章", "the authority's seal"),
                Seal::None => self.pick("不盖章", "no seal"),
            }
            .to_owned()
        };
        let mut lines = Vec::new();
        lines.extend(paper.when.as_ref().map(|when| self.line("在此情形", "when", self.formula(&when.text))));
        if !paper.seals.is_empty() {
            lines.push(self.line("盖章", "seals", self.join(paper.seals.iter().map(seal))));
        }
        lines.extend(paper.note.as_ref().map(|note| self.line("注", "note", self.words(note))));
        lines
    }

    fn uses(&self, id: &str) -> Vec<String> {
        let Some(of) = self.pack.uses.get(id) else { return Vec::new() };
        let mut lines = Vec::new();
        lines.extend(of.when.as_ref().map(|when| self.line("在此情形", "when", self.formula(&when.text))));
        if !of.allow.is_empty() {
            lines.push(self.line("可用于", "permitted", self.join(of.allow.iter().cloned())));
        }
        if !of.forbid.is_empty() {
            lines.push(self.line("不得用于", "prohibited", self.join(of.forbid.iter().cloned())));
        }
        lines
    }

    fn notice(&self, id: &str) -> Vec<String> {
        let Some(notice) = self.pack.notices.get(id) else { return Vec::new() };
        let mut lines = vec![
            self.line(
                "张贴",
                "posted",
                self.join(notice.places.iter().map(|place| self.words(place).to_owned())),
            ),
            self.line("期限", "for", self.term(notice.term)),
            self.line(
                "须写明",
                "states",
                self.join(notice.content.iter().map(|c| self.words(&c.name).to_owned())),
            ),
        ];
        lines.extend(notice.objection.as_ref().map(|objection| {
            let within = objection.within.map(|term| self.term(term)).unwrap_or_default();
            self.line(
                "异议答复",
                "objections are answered by",
                format!("{} {within}", self.role(&objection.by)).trim(),
            )
        }));
        lines
    }

    fn duty(&self, id: &str) -> Vec<String> {
        let Some(duty) = self.pack.duties.get(id) else { return Vec::new() };
        let mut lines = vec![self.line(&self.role(&duty.on), &self.role(&duty.on), self.words(&duty.must))];
        if let (Some(from), Some(term)) = (&duty.from, duty.term) {
            let (from, term) = (self.event(from), self.term(term));
            let (zh, en) = (format!("自{from}起{term}"), format!("{term} from {from}"));
            lines.push(self.line("期限", "for", self.pick(&zh, &en)));
        }
        lines.extend(duty.except.as_ref().map(|words| self.line("除外", "except", self.words(words))));
        lines.extend(duty.breach.as_ref().map(|words| self.line("违反时", "on breach", self.words(words))));
        lines
    }

    fn interpretation(&self, id: &str) -> Vec<String> {
        let Some(reading) = self.pack.interpretations.get(id) else { return Vec::new() };
        let mut lines = Vec::new();
        if !reading.between.is_empty() {
            let (zh, en) = if reading.conflict { ("不一致", "conflict") } else { ("涉及", "between") };
            lines.push(self.line(zh, en, self.join(reading.between.iter().cloned())));
        }
        lines.push(self.line("读作", "read as", self.words(&reading.reading)));
        lines.push(self.line("因此", "therefore", self.words(&reading.effect)));
        lines
    }

    fn setting(&self, id: &str) -> Vec<String> {
        let Some(setting) = self.pack.settings.get(id) else { return Vec::new() };
        let value = match &setting.value {
            SettingValue::Bool(flag) => self.value(&Value::Bool(*flag)),
            SettingValue::Term(term) => self.term(*term),
            SettingValue::Number(n) => n.to_string(),
            SettingValue::Choice(id) => setting
                .choices
                .iter()
                .find(|choice| choice.id == *id)
                .map_or_else(|| id.clone(), |choice| self.words(&choice.name).to_owned()),
        };
        vec![self.line("默认", "default", value), self.line("来由", "source", self.words(&setting.source))]
    }

    fn members(&self, id: &str) -> Vec<String> {
        let Some(def) = self.pack.enums.get(id) else { return Vec::new() };
        vec![self.join(def.members.iter().map(|member| self.words(&member.name).to_owned()))]
    }

    fn form(&self, id: &str) -> Vec<String> {
        let Some(form) = self.pack.forms.get(id) else { return Vec::new() };
        let parts = form.parts.iter().map(|part| self.words(&part.name).to_owned());
        let checks = form.checks.iter().map(|check| self.line("核对", "check", self.words(&check.say)));
        parts.chain(checks).collect()
    }

    fn tally(&self, id: &str) -> Vec<String> {
        let Some(tally) = self.pack.tallies.get(id) else { return Vec::new() };
        let line = |window: &crate::pack::Window| format!("{} — {}", window.cite, self.words(&window.say));
        tally.windows.iter().map(line).collect()
    }
}
