//! What procedures, steps, courses and the facts of the program say, in words.

use super::describe::Say;
use crate::pack::{Catalog, Course, Fact, FactSource, Given, Id, Identified, Language, Words};
use crate::procedure::{After, Bound, Closing, Leaf, Need, NotedDay, OutcomeKind, Procedure, Step};

impl Say<'_> {
    pub(super) fn procedure(&self, id: &str) -> Vec<String> {
        let Some(of) = self.pack.procedures.get(id) else { return Vec::new() };
        let subject = of.subject.words();
        let mut lines = vec![self.line("办理对象", "carried out on", self.words(&subject))];
        lines.extend(of.applicant.as_ref().map(|role| self.line("申请单位", "applicant", self.role(role))));
        lines.extend(
            of.form
                .as_deref()
                .and_then(|form| self.pack.forms.get(form))
                .map(|form| self.line("填写", "fills in", self.words(&form.name))),
        );
        lines.extend(self.parent(of));
        lines.extend(self.watched(of));
        let listed = self.listed(of);
        if !listed.is_empty() {
            lines.push(self.line("列表和检索依据", "listed by", self.join(listed)));
        }
        if of.library {
            lines.push(self.pick("它的申请列入项目库", "its cases are projects of the library").to_owned());
        }
        lines.extend(of.bound.as_ref().map(|bound| self.bound(bound)));
        if of.stops_money {
            lines.push(
                self.pick(
                    "没有办结之前，该项目的报账和支付等待",
                    "while one is open, claims and payments of its project wait",
                )
                .to_owned(),
            );
        }
        lines
    }

    fn parent(&self, of: &Procedure) -> Option<String> {
        let parent = self.pack.procedures.get(of.parent.as_deref()?)?;
        let after = of.parent_after.as_deref().map(|step| self.step_name(step));
        let (mut zh, mut en) = (parent.name.zh.clone(), parent.name.en.clone());
        match after {
            Some(step) => {
                zh.push_str(&format!("，其中{step}须已通过"));
                en.push_str(&format!(", once {step} has passed"));
            }
            None => {
                zh.push_str("，同一单位的，须已办成");
                en.push_str(" of the same applicant, accepted");
            }
        }
        if of.parent_optional {
            zh.push_str("；也可以没有");
            en.push_str("; or none");
        }
        Some(self.line("接在其后", "builds on", self.pick(&zh, &en)))
    }

    /// What a procedure shuts, and what it looks out for.
    pub(super) fn watched(&self, of: &Procedure) -> Vec<String> {
        let mut lines = Vec::new();
        let form = of.form.as_deref().and_then(|form| self.pack.forms.get(form));
        let once =
            of.once.iter().filter_map(|id| form?.field(id)).map(|field| self.words(&field.name).to_owned());
        if !of.once.is_empty() {
            lines.push(self.line("同一件之下不重复", "once for each", self.join(once)));
        }
        if let Some(bars) = &of.bars {
            let shut = self.listing(&bars.filing, &self.pack.procedures, |of| &of.name);
            let (from, years) = (self.step_name(&bars.from), bars.years);
            let told = self.either(
                format!("{from}通过之后，当年和其后{years}个年度不受理{shut}"),
                format!("once {from} has passed, that plan year and {years} more: {shut}"),
            );
            lines.push(self.line("限制申报", "bars", told));
        }
        if !of.thresholds.is_empty() {
            let at = self.listing(&of.thresholds, &self.pack.params, |param| &param.name);
            lines.push(self.line("拆分对照的限额", "split around", at));
        }
        lines
    }

    fn bound(&self, bound: &Bound) -> String {
        let named = |leaf: &Leaf| match leaf {
            Leaf::Form(id) => self.pack.forms.get(id).map(|form| self.words(&form.name).to_owned()),
            Leaf::Paper(id) => self.pack.papers.get(id).map(|paper| self.words(&paper.name).to_owned()),
        };
        let holds = self.join(bound.leaves().filter_map(named));
        let copies = bound.copies;
        let text = self.either(format!("{holds}；{copies} 份"), format!("{holds}; {copies} copies"));
        self.line("装订成册", "bound as a file", text)
    }

    fn listed(&self, of: &Procedure) -> Vec<String> {
        let Some(form) = of.form.as_deref().and_then(|form| self.pack.forms.get(form)) else {
            return Vec::new();
        };
        let listed = &of.listed;
        let keys = [
            ("金额", "amount", &listed.amount),
            ("所在地", "place", &listed.place),
            ("村", "village", &listed.village),
            ("类别", "class", &listed.class),
            ("年度", "year", &listed.year),
            ("逾期理由", "why late", &listed.late),
        ];
        let named = |(zh, en, id): (&str, &str, &Option<Id>)| {
            let field = form.field(id.as_deref()?)?;
            let name = self.words(&field.name);
            Some(self.either(format!("{name}（{zh}）"), format!("{name} ({en})")))
        };
        keys.into_iter().filter_map(named).collect()
    }

    pub(super) fn either(&self, zh: String, en: String) -> String {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub(super) fn step_name(&self, id: &str) -> String {
        let name = self.pack.steps.get(id).map_or(id, |step| self.words(&step.name));
        self.either(format!("“{name}”"), format!("‘{name}’"))
    }

    /// Who does a step: one of the roles, or each of them.
    pub(super) fn doers(&self, step: &Step) -> String {
        let roles = self.join(step.roles().map(|role| self.role(role)));
        match (step.with.is_empty(), step.each) {
            (true, _) => roles,
            (false, true) => {
                format!("{roles}{}", self.pick("（会签，都要通过）", " (each of them must pass it)"))
            }
            (false, false) => format!("{roles}{}", self.pick("（任一方即可）", " (any one of them)")),
        }
    }

    /// What a step demands, posts and settles beyond its outcomes.
    pub(super) fn terms(&self, step: &Step) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(
            step.closes.as_ref().map(|closing| self.line("申报截止", "closes", self.closing(closing))),
        );
        let own = self.pack.procedure_of(step).and_then(|of| of.form.as_deref());
        let form = step.form.as_deref().filter(|form| Some(*form) != own);
        lines.extend(
            form.and_then(|id| self.pack.forms.get(id))
                .map(|form| self.line("填写", "fills in", self.words(&form.name))),
        );
        if !step.needs.is_empty() {
            let or = self.pick(" 或 ", " or ");
            let any =
                |need: &Need| need.any.iter().map(|after| self.passed(after)).collect::<Vec<_>>().join(or);
            let needs = step.needs.iter().map(any);
            lines.push(self.line("项目须先办过", "passed before on the project's case", self.join(needs)));
        }
        if !step.funds.is_empty() {
            let funds = self.listing(&step.funds, &self.pack.funds, |fund| &fund.name);
            lines.push(self.line("只管资金", "for these funds only", funds));
        }
        lines.extend(step.ties.as_ref().map(|ties| {
            let name = self.pack.enums.get(&ties.of).map_or(ties.of.as_str(), |of| self.words(&of.name));
            let told = self.either(format!("{name}，工作经费除外"), format!("{name}; overheads excepted"));
            self.line("每张票据写明挂钩", "each bill says how it is tied", told)
        }));
        if step.judge {
            let given = step.given.iter();
            let given = given.map(|(fact, value)| format!("{} = {}", self.name(fact), self.name(value)));
            let grants = self.pick("规则判定给予", "the rules grant");
            let told = match self.join(given) {
                none if none.is_empty() => grants.to_owned(),
                given => self.either(format!("{grants}（{given}）"), format!("{grants} ({given})")),
            };
            lines.push(self.line("通过的条件", "passes only when", told));
        }
        lines.extend(step.together.as_ref().map(|given| self.together(given)));
        if !step.records.is_empty() {
            lines.push(self.line(
                "认定事实",
                "establishes",
                self.listing(&step.records, &self.pack.facts, |fact| &fact.name),
            ));
        }
        lines.extend(
            step.publish
                .as_deref()
                .and_then(|id| self.pack.notices.get(id))
                .map(|notice| self.line("发布", "posts", self.words(&notice.name))),
        );
        lines.extend(
            step.letter
                .as_deref()
                .and_then(|id| self.pack.letters.get(id))
                .map(|letter| self.line("公文", "writes the letter", self.words(&letter.name))),
        );
        if !step.sets.is_empty() {
            lines.push(self.line(
                "确定标准",
                "sets",
                self.listing(&step.sets, &self.pack.params, |param| &param.name),
            ));
        }
        lines.extend(self.stands_on(step));
        let flags = [
            (step.completes, "通过即办结", "passing it completes the case"),
            (step.repeats, "可以多次办理", "may be done again and again"),
            (step.optional, "需要时才办", "done when it is wanted"),
            (
                step.late_stops,
                "逾期未办，该项目的报账和支付等待",
                "while it is overdue, claims and payments of the project wait",
            ),
        ];
        lines.extend(
            flags.into_iter().filter(|(set, ..)| *set).map(|(_, zh, en)| self.pick(zh, en).to_owned()),
        );
        lines
    }

    fn together(&self, given: &std::collections::BTreeMap<Id, String>) -> String {
        let one = self.pick("一份文件", "by one paper");
        let given = given.iter();
        let given = given.map(|(fact, value)| format!("{} = {}", self.name(fact), self.name(value)));
        let told = match self.join(given) {
            none if none.is_empty() => one.to_owned(),
            given => self.either(
                format!("{one}，规则对整批另判一次（{given}）"),
                format!("{one}; the rules judge all of them as well ({given})"),
            ),
        };
        self.line("可以几件一起办", "several cases in one act", told)
    }

    /// Until which day, as an earlier step notes it.
    pub(super) fn noted_day(&self, noted: &NotedDay) -> Option<String> {
        let note = self.pack.steps.get(&noted.step)?.notes.iter().find(|note| note.id == noted.note)?;
        let (step, day) = (self.step_name(&noted.step), self.words(&note.name));
        let text = self.either(format!("{step}所记的{day}"), format!("the day noted in {step}: {day}"));
        Some(self.line("时限", "within", text))
    }

    fn listing<T: Identified>(&self, ids: &[Id], of: &Catalog<T>, name: fn(&T) -> &Words) -> String {
        self.join(ids.iter().filter_map(|id| of.get(id)).map(|one| self.words(name(one)).to_owned()))
    }

    fn stands_on(&self, step: &Step) -> Option<String> {
        let form = self.pack.procedures.get(&step.procedure)?.form.as_deref()?;
        let form = self.pack.forms.get(form)?;
        let names = step
            .stands_on
            .iter()
            .filter_map(|id| form.field(id))
            .map(|field| self.words(&field.name).to_owned());
        let names = self.join(names);
        (!names.is_empty()).then(|| self.line("改动即失效的栏目", "void when changed", names))
    }

    fn passed(&self, need: &After) -> String {
        let step = self.step_name(&need.step);
        let outcome = need.outcome.as_deref().and_then(|id| self.pack.steps.get(&need.step)?.outcome(id));
        match outcome.filter(|outcome| outcome.kind == OutcomeKind::Pass) {
            Some(outcome) => format!("{step} → {}", self.words(&outcome.name)),
            None => step,
        }
    }

    fn closing(&self, closing: &Closing) -> String {
        let (month, day) = closing.until;
        let before = closing.years_before;
        let (zh, en) = match before {
            0 => ("计划年度当年".to_owned(), "the plan year".to_owned()),
            1 => ("计划年度上一年".to_owned(), "the year before the plan year".to_owned()),
            n => (format!("计划年度之前第{n}年"), format!("{n} years before the plan year")),
        };
        let usual = self.either(format!("{zh}{month}月{day}日"), format!("{month:02}-{day:02} of {en}"));
        let own = closing.set.iter().map(|(year, day)| {
            self.either(format!("{year}年度为{}", kernel::date::zh(*day)), format!("{day} for {year}"))
        });
        self.join(std::iter::once(usual).chain(own))
    }

    pub(super) fn course(&self, id: &str) -> Vec<String> {
        let Some(Course { stages, .. }) = self.pack.courses.get(id) else { return Vec::new() };
        let numbered = stages.iter().enumerate().map(|(at, stage)| {
            let name = format!("{} {}", at + 1, self.words(&stage.name));
            self.line(&name, &name, self.listing(&stage.steps, &self.pack.steps, |step| &step.name))
        });
        numbered.collect()
    }

    /// What the program gives for a fact; other facts are said by their names.
    pub(super) fn fact(&self, id: &str) -> Vec<String> {
        let Some(Fact { from: FactSource::Program, gives: Some(gives), .. }) = self.pack.facts.get(id) else {
            return Vec::new();
        };
        let what = match gives {
            Given::Amount => self.pick("申请写的金额", "the amount that the case states").to_owned(),
            Given::Parent => {
                self.pick("是否接在另一申请之后", "whether it builds on another case").to_owned()
            }
            Given::Done(step) => {
                let step = self.step_name(step);
                self.either(format!("{step}是否已办且通过"), format!("whether {step} was done and passed"))
            }
            Given::Day(step) => {
                let step = self.step_name(step);
                self.either(format!("{step}办理之日"), format!("the day on which {step} was done"))
            }
            Given::Paper(paper) => {
                let name =
                    self.pack.papers.get(paper).map_or(paper.as_str(), |paper| self.words(&paper.name));
                self.either(format!("是否已交{name}"), format!("whether this was handed in: {name}"))
            }
            Given::Applicants { procedure, field } => self.applicants(procedure, field.as_deref()),
            Given::Together => self.pick("一起办理的件数", "how many cases are done in one act").to_owned(),
            Given::TogetherApplicants { field } => self.together_applicants(field.as_deref()),
            Given::OnePaper(step) => {
                let step = self.step_name(step);
                self.either(
                    format!("当年通过{step}的是否都在一份文件里"),
                    format!("whether all of the year that passed {step} did so by one paper"),
                )
            }
            Given::Unlisted(part) => {
                let (part, roster) = self.compared(part);
                self.either(
                    format!("“{part}”里不在{roster}上的有几行；当地的名单没有装入时不知道"),
                    format!("how many rows of ‘{part}’ are not on ‘{roster}’; not known while it is not loaded there"),
                )
            }
            Given::Roster(part) => {
                let (_, roster) = self.compared(part);
                self.either(
                    format!("当地的{roster}是否已装入"),
                    format!("whether ‘{roster}’ is loaded for the place"),
                )
            }
        };
        vec![self.line("由程序给出", "given by the program", what)]
    }

    /// A part that is compared with a list of people, and the list.
    fn compared(&self, part: &str) -> (String, String) {
        let mut tables = self.pack.forms.iter().flat_map(|form| form.compared());
        let found = tables.find(|table| table.part.id == part);
        let roster = found.and_then(|table| self.pack.rosters.get(table.roster));
        let said =
            |name: Option<&Words>| name.map_or_else(|| part.to_owned(), |name| self.words(name).to_owned());
        (said(found.map(|table| &table.part.name)), said(roster.map(|roster| &roster.name)))
    }

    /// A list of people: who keeps it, and which tables are compared with it.
    pub(super) fn roster(&self, id: &str) -> Vec<String> {
        let Some(roster) = self.pack.rosters.get(id) else { return Vec::new() };
        let mut lines =
            vec![self.line("各地各自装入", "loaded for its own region by", self.role(&roster.keeper))];
        let tables = self.pack.forms.iter().flat_map(|form| form.compared());
        let parts: Vec<String> = tables
            .filter(|table| table.roster == id)
            .map(|table| self.words(&table.part.name).to_owned())
            .collect();
        if !parts.is_empty() {
            lines.push(self.line("与它核对", "compared with it", self.join(parts)));
        }
        lines
    }

    fn applicants(&self, procedure: &str, field: Option<&str>) -> String {
        let Some(of) = self.pack.procedures.get(procedure) else { return procedure.to_owned() };
        let name = self.words(&of.name);
        let form = of.form.as_deref().and_then(|form| self.pack.forms.get(form));
        let yes = field.and_then(|id| form?.field(id)).map(|field| self.words(&field.name));
        match yes {
            None => self.either(
                format!("当年“{name}”的申请单位个数"),
                format!("how many different applicants ‘{name}’ has in the year"),
            ),
            Some(yes) => self.either(
                format!("当年“{name}”中“{yes}”为是的申请单位个数"),
                format!("how many different applicants ‘{name}’ has in the year with ‘{yes}’"),
            ),
        }
    }

    fn together_applicants(&self, field: Option<&str>) -> String {
        let together = self.pack.steps.iter().filter(|step| step.together.is_some());
        let mut forms = together.filter_map(|step| {
            let form = self.pack.procedure_of(step)?.form.as_deref()?;
            self.pack.forms.get(form)?.field(field?)
        });
        match forms.next().map(|field| self.words(&field.name)) {
            None => self
                .pick("一起办理的有几个申请单位", "how many different applicants one act is about")
                .to_owned(),
            Some(yes) => self.either(
                format!("一起办理的申请单位中“{yes}”为是的个数"),
                format!("how many different applicants one act is about with ‘{yes}’"),
            ),
        }
    }
}
