//! Whether what a pack says of a case's life holds together: which procedure builds on which, what a step may demand of
//! another procedure, forms and the steps that file them, courses, and what the program is asked to give. Whether the steps of
//! one procedure lead anywhere is `flow`'s question.

use std::ops::Range;

use super::context::Context;
use super::diag::Diagnostic;
use super::flow::ancestors;
use super::model::*;
use super::steps::Placed;
use super::tree::{Text, Tree};
use crate::lang::Type;
use crate::procedure::{Act, NotedDay, Procedure, Step, Subject};

/// Everything that was read and is looked at together.
pub(super) struct Read<'r> {
    pub(super) facts: &'r Catalog<Fact>,
    pub(super) forms: &'r Catalog<Form>,
    pub(super) procedures: &'r Catalog<Procedure>,
    pub(super) steps: &'r Catalog<Placed>,
    pub(super) courses: &'r Catalog<Course>,
    pub(super) params: &'r Catalog<Param>,
    pub(super) duties: &'r Catalog<Duty>,
}

/// Runs all checks.
pub(super) fn check(cx: &Context<'_>, read: &Read<'_>) {
    for procedure in read.procedures {
        parent(cx, read, procedure);
        library(cx, read, procedure);
        bars(cx, read, procedure);
        super::bound::check(cx, procedure, read.steps);
        super::once::check(cx, procedure, read.forms);
    }
    for placed in read.steps {
        if let Some(of) = read.procedures.get(&placed.step.procedure) {
            step(cx, read, placed, of);
        }
    }
    super::agree::check(cx, read);
    dates(cx, read);
    for course in read.courses {
        stages(cx, course);
    }
    for fact in read.facts {
        gives(cx, read, fact);
    }
}

/// What keys of a procedure say only beside another key or on another subject, and whether its parent is where it looks.
fn parent(cx: &Context<'_>, read: &Read<'_>, procedure: &Procedure) {
    let kind = ElementKind::Procedure;
    let wrote = |key: &&&str| cx.entry(kind, &procedure.id, key).is_some();
    let silent = |keys: &[&'static str], why: (&str, &str)| {
        for key in keys.iter().filter(wrote) {
            says_nothing(cx, cx.place(kind, &procedure.id, key), key, why);
        }
    };
    if procedure.subject != Subject::Case {
        let keys = [
            "parent",
            "parent_after",
            "parent_optional",
            "once",
            "library",
            "stops_money",
            "listed",
            "bars",
            "thresholds",
        ];
        return silent(&keys, ("只用于 subject = \"case\" 的程序", "only for a procedure on cases"));
    }
    if !wrote(&&"parent") {
        let why = ("没有写 parent，不知道是谁的", "without `parent` it is about nothing");
        return silent(&["parent_after", "parent_optional", "once", "stops_money", "bars"], why);
    }
    let Some(above) = procedure.parent.as_deref().and_then(|id| read.procedures.get(id)) else { return };
    if above.subject != Subject::Case {
        elsewhere(
            cx,
            cx.place(kind, &procedure.id, "parent"),
            &above.id,
            kind,
            ("不是办理申请的程序", "is not on cases"),
        );
    }
    let named = procedure.parent_after.as_deref().and_then(|id| read.steps.get(id));
    let other =
        |named: &&Placed| named.step.procedure != above.id && read.procedures.has(&named.step.procedure);
    if let Some(named) = named.filter(other) {
        let why = (format!("不是 `{}` 的步骤", above.id), format!("is no step of `{}`", above.id));
        let at = cx.place(kind, &procedure.id, "parent_after");
        elsewhere(cx, at, &named.step.id, ElementKind::Step, (&why.0, &why.1));
    }
}

/// A library lists its entries by a field of their form, and a form that no step files stays empty.
fn library(cx: &Context<'_>, read: &Read<'_>, procedure: &Procedure) {
    let place = |key| cx.place(ElementKind::Procedure, &procedure.id, key);
    let wrote = |key| cx.entry(ElementKind::Procedure, &procedure.id, key).is_some();
    if procedure.subject != Subject::Case {
        return;
    }
    if procedure.library && !(wrote("form") && wrote("title_field")) {
        unfiled(
            cx,
            place("library"),
            ("项目库的程序须有 form 和 title_field", "a library needs `form` and `title_field`"),
        );
    }
    let mut first =
        read.steps.iter().filter(|p| p.step.procedure == procedure.id && p.step.after.is_empty()).peekable();
    if procedure.form.is_some() && first.peek().is_some() && !first.any(|placed| files(placed.step.act)) {
        let why = (
            "第一步须为 declare 或 change，表格才有人填",
            "the first step must be `declare` or `change`, or nobody fills it in",
        );
        unfiled(cx, place("form"), why);
    }
}

/// A bar begins with a step of its own procedure and shuts procedures on cases; thresholds are amounts of a library.
fn bars(cx: &Context<'_>, read: &Read<'_>, procedure: &Procedure) {
    let kind = ElementKind::Procedure;
    let place = |key: &str| cx.place(kind, &procedure.id, key);
    if let Some(bars) = procedure.bars.as_ref().filter(|_| procedure.subject == Subject::Case) {
        let other = |named: &&Placed| named.step.procedure != procedure.id;
        if let Some(named) = read.steps.get(&bars.from).filter(other) {
            let why = ("不是本程序的步骤", "is no step of this procedure");
            elsewhere(cx, place("bars"), &named.step.id, ElementKind::Step, why);
        }
        let shut = bars.filing.iter().filter_map(|id| read.procedures.get(id));
        for of in shut.filter(|of| of.subject != Subject::Case) {
            elsewhere(cx, place("bars"), &of.id, kind, ("不是办理申请的程序", "is not on cases"));
        }
    }
    if procedure.thresholds.is_empty() || procedure.subject != Subject::Case {
        return;
    }
    if !procedure.library {
        let why = ("只用于项目库（library）的程序", "only for a library");
        return says_nothing(cx, place("thresholds"), "thresholds", why);
    }
    let amount = |param: &&Param| param.ty == Type::Money && param.by.is_none();
    let params = procedure.thresholds.iter().filter_map(|id| read.params.get(id));
    for param in params.filter(|param| !amount(param)) {
        let why = (format!("`{}` 不是一个金额", param.id), format!("`{}` is not an amount", param.id));
        says_nothing(cx, place("thresholds"), "thresholds", (&why.0, &why.1));
    }
}

/// Whether an act files a version of the form.
pub(super) fn files(act: Act) -> bool {
    matches!(act, Act::Declare | Act::Change)
}

fn step(cx: &Context<'_>, read: &Read<'_>, placed: &Placed, of: &Procedure) {
    let step = &placed.step;
    let place = |key: &str| cx.place(ElementKind::Step, &step.id, key);
    let silent = |key: &str, why| says_nothing(cx, place(key), key, why);
    let twice =
        step.with.iter().enumerate().any(|(at, role)| *role == step.by || step.with[..at].contains(role));
    if twice {
        silent("with", ("同一角色写了两次", "a role stands twice"));
    }
    if step.each && cx.entry(ElementKind::Step, &step.id, "with").is_none() {
        silent("each", ("没有写 with，只有一个角色办理", "without `with` a single role does it"));
    }
    if step.publish.is_some() && step.act != Act::Publish {
        silent(
            "publish",
            ("只有 act = \"publish\" 的步骤发布公示", "only a step with act = \"publish\" posts a notice"),
        );
    }
    due_on(cx, read, step);
    if step.late_stops && step.within.is_none() && step.every.is_none() && step.due_on.is_none() {
        silent("late_stops", ("没有期限，谈不上逾期", "without a deadline it is never overdue"));
    }
    let can_pass =
        step.outcomes.is_empty() || step.outcomes.iter().any(|outcome| super::things::passes(outcome.kind));
    if step.completes && (of.subject != Subject::Case || !can_pass) {
        silent("completes", ("只用于申请程序里能通过的步骤", "only for a step of a case that can pass"));
    }
    if !step.stands_on.is_empty() && files(step.act) {
        silent("stands_on", ("递交的步骤不是批准", "a step that files approves nothing"));
    }
    if step.closes.is_some() && !(files(step.act) && of.subject == Subject::Case && of.listed.year.is_some())
    {
        let why = (
            "只用于递交步骤（declare、change），程序须写 listed.year",
            "only for a step that files, in a procedure with `listed.year`",
        );
        silent("closes", why);
    }
    if let Some(until) = step.every.as_ref().and_then(|every| every.until.as_deref()) {
        ends(cx, read, placed, of, until);
    }
    needs(cx, read, placed, of);
    funds(cx, placed, of);
    super::together::check(cx, step, of);
    for (after, at) in step.after.iter().zip(&placed.after_at) {
        // A procedure that has faults of its own was reported where it stands.
        let other =
            |named: &&Placed| named.step.procedure != of.id && read.procedures.has(&named.step.procedure);
        if let Some(named) = read.steps.get(&after.step).filter(other) {
            let why = (
                "是另一程序的步骤；另一程序用 parent_after 或 needs",
                "is of another procedure: use `parent_after` or `needs`",
            );
            elsewhere(cx, at.clone(), &named.step.id, ElementKind::Step, why);
        }
    }
    let again = step.act == Act::Change || (step.act == Act::Declare && !step.after.is_empty());
    let formless = cx.entry(ElementKind::Procedure, &of.id, "form").is_none() && step.form.is_none();
    if of.subject == Subject::Case && again && formless {
        unfiled(
            cx,
            place("act"),
            ("程序没有表格，这一步递交什么", "the procedure has no form that this step could file"),
        );
    }
}

/// `due_on = "order.due"`
pub(super) fn noted_day(cx: &Context<'_>, text: &Text) -> Option<NotedDay> {
    let (step, note) = text.text.split_once('.').unwrap_or((&text.text, ""));
    if cx.draft.of(ElementKind::Step).any(|raw| raw.id == step) {
        return Some(NotedDay { step: step.to_owned(), note: note.to_owned() });
    }
    cx.unlisted(text, "步骤", "step", super::draft::near(cx.draft, ElementKind::Step, step));
    None
}

/// A day is noted before it is due, once, in a step of the same procedure.
fn due_on(cx: &Context<'_>, read: &Read<'_>, step: &Step) {
    let Some(noted) = &step.due_on else { return };
    let at = cx.place(ElementKind::Step, &step.id, "due_on");
    let timed = step.within.is_some() || step.every.is_some();
    if timed || step.on != Subject::Case {
        let why = if timed {
            ("已经写了 within 或 every", "there is `within` or `every` already")
        } else {
            ("只用于申请的步骤", "only for steps on cases")
        };
        return says_nothing(cx, at, "due_on", why);
    }
    let Some(named) = read.steps.get(&noted.step).map(|placed| &placed.step) else { return };
    let is_day = named.notes.iter().any(|note| note.id == noted.note && note.ty == FieldType::Date);
    let before = ancestors(read.steps, &step.id).contains(noted.step.as_str());
    let why = match (is_day, before) {
        (true, true) => return,
        (false, _) => (
            format!("步骤 `{}` 没有日期记录 `{}`", noted.step, noted.note),
            format!("the step `{}` notes no day `{}`", noted.step, noted.note),
        ),
        (true, false) => (
            format!("`{}` 不在这一步之前", noted.step),
            format!("`{}` does not come before this step", noted.step),
        ),
    };
    let found =
        Diagnostic::new("E097", at, "期限指的日期没有人记下", "nobody notes the day of this deadline");
    cx.sink.add(found.label(why.0, why.1).hint(
        "写前面步骤的日期记录，例如 due_on = \"order.due\"",
        "name a note of the type `date` of an earlier step, such as due_on = \"order.due\"",
    ));
}

/// What is due after each period ends with another step of the same case that does not come before it.
fn ends(cx: &Context<'_>, read: &Read<'_>, placed: &Placed, of: &Procedure, until: &str) {
    // A step or a procedure that has faults of its own was reported where it stands.
    let Some(named) = read.steps.get(until) else { return };
    let why = if of.subject != Subject::Case {
        ("只用于 subject = \"case\" 的程序", "only in a procedure on cases")
    } else if named.step.procedure != of.id && read.procedures.has(&named.step.procedure) {
        ("是另一程序的步骤", "it is a step of another procedure")
    } else if until == placed.step.id || ancestors(read.steps, &placed.step.id).contains(until) {
        ("这一步开始时它已经办完", "it has passed before the first period begins")
    } else {
        return;
    };
    cx.sink.add(
        Diagnostic::new(
            "E091",
            cx.place(ElementKind::Step, &placed.step.id, "every"),
            format!("定期办理不能到步骤 `{until}` 为止"),
            format!("what recurs cannot end with the step `{until}`"),
        )
        .label(why.0, why.1)
        .related(named.at.clone(), "步骤在这里定义", "the step is defined here"),
    );
}

/// `needs` stands on a step of money and names steps on cases.
fn needs(cx: &Context<'_>, read: &Read<'_>, placed: &Placed, of: &Procedure) {
    let money = of.subject.of_money() && of.subject != Subject::Source;
    if !placed.step.needs.is_empty() && !money {
        let why = (
            "只用于项目、分配、报账、支付的步骤",
            "only for steps on projects, allocations, claims and batches",
        );
        return says_nothing(cx, cx.place(ElementKind::Step, &placed.step.id, "needs"), "needs", why);
    }
    for (need, at) in placed.needed() {
        if let Some(named) = read.steps.get(&need.step).filter(|named| !on_case(read, named)) {
            let why = ("不是申请程序的步骤", "is not a step of a procedure on cases");
            elsewhere(cx, at.clone(), &named.step.id, ElementKind::Step, why);
        }
    }
}

/// `funds` stands on a step that decides who may: one of money with which something begins, or beside its course.
fn funds(cx: &Context<'_>, placed: &Placed, of: &Procedure) {
    let step = &placed.step;
    let place = || cx.place(ElementKind::Step, &step.id, "funds");
    if cx.entry(ElementKind::Step, &step.id, "funds").is_none() {
        return;
    }
    if !of.subject.of_money() {
        let why = ("只用于来源、项目、分配、报账、支付的步骤", "only for steps on money");
        return says_nothing(cx, place(), "funds", why);
    }
    if !matches!(of.subject, Subject::Source | Subject::Project) && !step.after.is_empty() {
        let why = ("写在它前面的第一步上", "write it on the first step before it");
        says_nothing(cx, place(), "funds", why);
    }
}

pub(super) fn on_case(read: &Read<'_>, placed: &Placed) -> bool {
    // A procedure that has faults of its own was reported where it stands.
    read.procedures.get(&placed.step.procedure).is_none_or(|of| of.subject == Subject::Case)
}

/// Only a notice is posted and ends.
fn dates(cx: &Context<'_>, read: &Read<'_>) {
    let of_step = |placed: &Placed| {
        let within = placed.step.within.as_ref().map(|within| (within.from.clone(), "from"));
        let not_before = placed.step.not_before.as_ref().map(|within| (within.from.clone(), "not_before"));
        [within, not_before]
            .into_iter()
            .flatten()
            .map(|(event, key)| (ElementKind::Step, placed.step.id.clone(), event, key))
            .collect()
    };
    let of_duty =
        |duty: &Duty| duty.from.clone().map(|event| (ElementKind::Duty, duty.id.clone(), event, "from"));
    let steps = read.steps.iter().flat_map::<Vec<_>, _>(of_step);
    for (kind, id, event, key) in steps.chain(read.duties.iter().filter_map(of_duty)) {
        let of_notice = matches!(event.date, EventDate::Posted | EventDate::Ended);
        let posts = read.steps.get(&event.step).is_none_or(|named| named.step.publish.is_some());
        if of_notice && !posts {
            cx.sink.add(super::things::no_start(cx.place(kind, &id, key)).hint(
                format!("步骤 `{}` 没有公示，没有张贴和期满的日期", event.step),
                format!("the step `{}` posts no notice that could be posted or end", event.step),
            ));
        }
    }
}

/// Where a project stands in a course is one place: each stage has steps, no step stands in two.
fn stages(cx: &Context<'_>, course: &Course) {
    let at = || cx.place(ElementKind::Course, &course.id, "stages");
    if course.stages.is_empty() && cx.entry(ElementKind::Course, &course.id, "stages").is_some() {
        misstaged(cx, at(), &course.id, ("没有阶段".to_owned(), "has no stages".to_owned()));
    }
    for (index, stage) in course.stages.iter().enumerate() {
        let before = &course.stages[..index];
        if before.iter().any(|earlier| earlier.id == stage.id) {
            let why =
                (format!("阶段 `{}` 写了两次", stage.id), format!("has the stage `{}` twice", stage.id));
            misstaged(cx, at(), &course.id, why);
        }
        if stage.steps.is_empty() {
            let why =
                (format!("阶段 `{}` 没有步骤", stage.id), format!("has no step in the stage `{}`", stage.id));
            misstaged(cx, at(), &course.id, why);
        }
        for (n, step) in stage.steps.iter().enumerate() {
            if stage.steps[..n].contains(step) || before.iter().any(|earlier| earlier.steps.contains(step)) {
                let why = (format!("步骤 `{step}` 写了两次"), format!("has the step `{step}` twice"));
                misstaged(cx, at(), &course.id, why);
            }
        }
    }
}

/// Whether the program could ever know what it is asked to give.
fn gives(cx: &Context<'_>, read: &Read<'_>, fact: &Fact) {
    let at = || match cx.entry(ElementKind::Fact, &fact.id, "gives").map(|entry| &entry.node.value) {
        Some(Tree::Text(text)) => text.whole(),
        _ => cx.place(ElementKind::Fact, &fact.id, "gives"),
    };
    if fact.from != FactSource::Program && cx.entry(ElementKind::Fact, &fact.id, "gives").is_some() {
        let why = ("只用于 from = \"program\" 的事实", "only for a fact with from = \"program\"");
        return says_nothing(cx, cx.place(ElementKind::Fact, &fact.id, "gives"), "gives", why);
    }
    let why: Option<(String, String)> = match &fact.gives {
        Some(Given::Amount) if !read.procedures.iter().any(|of| of.listed.amount.is_some()) => {
            Some(("没有程序写 listed.amount".into(), "no procedure has `listed.amount`".into()))
        }
        Some(Given::Parent) if !read.procedures.iter().any(|of| of.parent.is_some()) => {
            Some(("没有程序写 parent".into(), "no procedure has a `parent`".into()))
        }
        Some(Given::Done(step) | Given::Day(step) | Given::OnePaper(step)) => {
            read.steps.get(step).filter(|named| !on_case(read, named)).map(|_| {
                (
                    format!("`{step}` 不是申请程序的步骤"),
                    format!("`{step}` is not a step of a procedure on cases"),
                )
            })
        }
        Some(Given::Applicants { procedure, field }) => applicants(read, procedure, field.as_deref()),
        Some(Given::Together) => super::together::counted(read, None),
        Some(Given::TogetherApplicants { field }) => super::together::counted(read, field.as_deref()),
        Some(Given::Unlisted(part) | Given::Roster(part)) => {
            return super::rosters::given(cx, read, part, at());
        }
        _ => None,
    };
    if let Some((zh, en)) = why {
        cx.sink.add(
            Diagnostic::new(
                "E081",
                at(),
                format!("程序给不出事实 `{}`", fact.id),
                format!("the program cannot give the fact `{}`", fact.id),
            )
            .label(zh, en),
        );
    }
}

fn applicants(read: &Read<'_>, procedure: &str, field: Option<&str>) -> Option<(String, String)> {
    let of = read.procedures.get(procedure)?;
    if of.subject != Subject::Case {
        return Some((
            format!("`{procedure}` 不办理申请，没有申请人"),
            format!("`{procedure}` is not on cases and has no applicants"),
        ));
    }
    let id = field?;
    let form = of.form.as_deref().and_then(|form| read.forms.get(form));
    let known = form.and_then(|form| form.field(id)).is_some_and(|field| field.ty == FieldType::Bool);
    let why = || {
        (
            format!("`{procedure}` 的表格没有“是否”栏目 `{id}`"),
            format!("the form of `{procedure}` has no yes-or-no field `{id}`"),
        )
    };
    (!known).then(why)
}

pub(super) fn says_nothing(cx: &Context<'_>, at: Range<usize>, key: &str, why: (&str, &str)) {
    let (zh, en) = (format!("`{key}` 写在这里不起作用"), format!("`{key}` says nothing here"));
    cx.sink.add(Diagnostic::new("E083", at, zh, en).label(why.0, why.1));
}

fn elsewhere(cx: &Context<'_>, at: Range<usize>, id: &str, kind: ElementKind, why: (&str, &str)) {
    let Words { zh, en } = kind.words();
    let related = cx.draft.of(kind).find(|raw| raw.id == id).map_or(0..0, |raw| raw.at.clone());
    cx.sink.add(
        Diagnostic::new("E084", at, format!("{zh} `{id}` {}", why.0), format!("the {en} `{id}` {}", why.1))
            .label("不在该在的程序里", "of the wrong procedure")
            .related(related, "在这里定义", "defined here"),
    );
}

fn unfiled(cx: &Context<'_>, at: Range<usize>, why: (&str, &str)) {
    cx.sink.add(
        Diagnostic::new(
            "E085",
            at,
            "表格和递交表格的步骤不配套",
            "the form and the steps that file it do not match",
        )
        .label(why.0, why.1),
    );
}

fn misstaged(cx: &Context<'_>, at: Range<usize>, id: &str, why: (String, String)) {
    cx.sink.add(
        Diagnostic::new(
            "E086",
            at,
            format!("流程 `{id}` 的{}", why.0),
            format!("the course `{id}` {}", why.1),
        )
        .label(
            "每个阶段至少一个步骤，一个步骤只属于一个阶段",
            "each stage has steps, and a step stands in one stage only",
        ),
    );
}
