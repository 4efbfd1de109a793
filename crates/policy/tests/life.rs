//! What a case lives through, as a pack says it: closing days, countersigning, what is needed and stood on, courses, facts of the
//! program; and that the pages say all of it in both languages.

use kernel::Date;
use policy::pack::{ElementKind, Given, Language, Pack, Source};

const LIFE: &str = include_str!("faults/ok-life.md");

fn pack() -> Pack {
    Pack::load(Source { name: "life.md".into(), text: LIFE.into() }).unwrap_or_else(|found| panic!("{found}"))
}

fn said(pack: &Pack, kind: ElementKind, id: &str, language: Language) -> Vec<String> {
    pack.describe(pack.element(kind, id).expect("an element"), language)
}

fn date(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).expect("a date")
}

#[test]
fn the_last_day_is_of_the_year_before_unless_a_year_has_its_own() {
    let pack = pack();
    let closes = pack.steps.get("apply").unwrap().closes.clone().unwrap();
    for (year, last) in [(2018, date(2018, 8, 31)), (2019, date(2018, 10, 31)), (2020, date(2019, 10, 31))] {
        assert_eq!(closes.last(year), Some(last), "{year}");
    }
}

#[test]
fn steps_say_who_must_pass_and_what_they_stand_on() {
    let pack = pack();
    let check = pack.steps.get("check").unwrap();
    assert!(check.each && check.done_by("office") && check.done_by("expert") && !check.done_by("town"));
    let enter = pack.steps.get("enter").unwrap();
    assert_eq!(enter.stands_on, ["amount", "place"]);
    let given: Vec<_> = enter.given.iter().map(|(fact, value)| (fact.as_str(), value.as_str())).collect();
    assert_eq!(given, [("matter", "entry"), ("shown", "true")], "a bare truth value is written as text");
    assert!(enter.judge && enter.completes && !check.completes);
    let together = enter.together.as_ref().unwrap();
    assert!(check.together.is_none() && together.get("matter").is_some_and(|matter| matter == "payment"));
    let revise = pack.steps.get("revise").unwrap();
    assert!(revise.repeats && revise.optional && pack.steps.get("accept").unwrap().late_stops);
    let need = |step: &str| -> Vec<Vec<(String, Option<String>)>> {
        let needs = pack.steps.get(step).unwrap().needs.iter();
        needs.map(|need| need.any.iter().map(|a| (a.step.clone(), a.outcome.clone())).collect()).collect()
    };
    let entered = ("enter".to_owned(), Some("yes".to_owned()));
    assert_eq!(need("open"), [[entered, ("begin".to_owned(), None)]]);
    assert_eq!(need("settle"), [[("accept".to_owned(), None), ("mend".to_owned(), None)]], "either will do");
    let told = said(&pack, ElementKind::Step, "settle", Language::En).join("\n");
    assert!(told.contains(" or "), "{told}");
    let bars = pack.procedures.get("order").unwrap().bars.clone().unwrap();
    assert_eq!((bars.from.as_str(), bars.filing, bars.years), ("mend", vec!["entry".to_owned()], 1));
    let told = said(&pack, ElementKind::Procedure, "order", Language::Zh).join("\n");
    assert!(told.contains("其后1个年度不受理"), "{told}");
}

#[test]
fn a_step_leads_to_its_procedure_and_its_stage() {
    let pack = pack();
    let of = |step: &str| pack.procedure_of(pack.steps.get(step).unwrap()).unwrap().id.clone();
    assert_eq!((of("enter"), of("accept"), of("settle")), ("entry".into(), "works".into(), "money".into()));
    let course = pack.courses.get("flow").unwrap();
    let stage = |step: &str| course.stage_of(step).map(|stage| stage.name.zh.as_str());
    assert_eq!((stage("check"), stage("settle"), stage("mend")), (Some("入库"), Some("清算"), None));
}

#[test]
fn the_program_is_told_what_to_give() {
    let pack = pack();
    let gives = |fact: &str| pack.facts.get(fact).unwrap().gives.clone();
    assert_eq!(gives("asked"), Some(Given::Amount));
    assert_eq!(gives("shown_on"), Some(Given::Day("notice".into())));
    let field = Some("poor_village".into());
    assert_eq!(gives("poor"), Some(Given::Applicants { procedure: "entry".into(), field }));
    assert_eq!(gives("of_act"), Some(Given::Together));
    assert_eq!(gives("units"), Some(Given::TogetherApplicants { field: None }));
    assert_eq!(gives("one"), Some(Given::OnePaper("enter".into())));
    assert_eq!(gives("matter"), None);
}

/// Every element of these kinds, as both languages say it.
#[test]
fn pages_say_all_of_it() {
    use ElementKind::{Course, Fact, Notice, Procedure, Step};
    let pack = pack();
    for (kind, id, zh, en) in [
        (Course, "flow", "2 实施：开工、验收", "2 works: Start, Acceptance"),
        (Fact, "asked", "由程序给出：申请写的金额", "given by the program: the amount that the case states"),
        (
            Fact,
            "shown",
            "由程序给出：“公示”是否已办且通过",
            "given by the program: whether ‘Notice’ was done and passed",
        ),
        (
            Fact,
            "shown_on",
            "由程序给出：“公示”办理之日",
            "given by the program: the day on which ‘Notice’ was done",
        ),
        (
            Fact,
            "minuted",
            "由程序给出：是否已交村民会议记录",
            "given by the program: whether this was handed in: Minutes of the villagers' meeting",
        ),
        (
            Fact,
            "follows",
            "由程序给出：是否接在另一申请之后",
            "given by the program: whether it builds on another case",
        ),
        (
            Fact,
            "others",
            "由程序给出：当年“入库”的申请单位个数",
            "given by the program: how many different applicants ‘Entry’ has in the year",
        ),
        (
            Fact,
            "poor",
            "由程序给出：当年“入库”中“贫困村”为是的申请单位个数",
            "given by the program: how many different applicants ‘Entry’ has in the year with ‘Poor village’",
        ),
        (
            Fact,
            "of_act",
            "由程序给出：一起办理的件数",
            "given by the program: how many cases are done in one act",
        ),
        (
            Fact,
            "units",
            "由程序给出：一起办理的有几个申请单位",
            "given by the program: how many different applicants one act is about",
        ),
        (
            Fact,
            "poor_of",
            "由程序给出：一起办理的申请单位中“贫困村”为是的个数",
            "given by the program: how many different applicants one act is about with ‘Poor village’",
        ),
        (
            Fact,
            "one",
            "由程序给出：当年通过“审定入库”的是否都在一份文件里",
            "given by the program: whether all of the year that passed ‘Enter’ did so by one paper",
        ),
        (
            Step,
            "enter",
            "可以几件一起办：一份文件，规则对整批另判一次（“事项” = “拨付”）",
            "several cases in one act: by one paper; the rules judge all of them as well (‘matter’ = ‘payment’)",
        ),
        (Procedure, "entry", "申请单位：乡镇", "applicant: Township"),
        (Procedure, "entry", "填写：入库申报表", "fills in: Entry form"),
        (
            Procedure,
            "entry",
            "列表和检索依据：申请金额（金额）、所在地（所在地）、村（村）、事项（类别）、计划年度（年度）、逾期理由（逾期理由）",
            "listed by: Amount (amount), Place (place), Village (village), Matter (class), Plan year (year), Why it is late (why late)",
        ),
        (Procedure, "entry", "它的申请列入项目库", "its cases are projects of the library"),
        (
            Procedure,
            "works",
            "接在其后：入库，其中“审定入库”须已通过",
            "builds on: Entry, once ‘Enter’ has passed",
        ),
        (
            Procedure,
            "order",
            "接在其后：实施，同一单位的，须已办成；也可以没有",
            "builds on: Works of the same applicant, accepted; or none",
        ),
        (
            Procedure,
            "order",
            "没有办结之前，该项目的报账和支付等待",
            "while one is open, claims and payments of its project wait",
        ),
        (
            Step,
            "apply",
            "申报截止：计划年度上一年10月31日、2018年度为2018年8月31日",
            "closes: 10-31 of the year before the plan year, 2018-08-31 for 2018",
        ),
        (
            Step,
            "check",
            "审核：主管部门、专家（会签，都要通过）",
            "review: Office, Expert (each of them must pass it)",
        ),
        (Step, "notice", "发布：村务公开栏公示", "posts: Notice on the village board"),
        (
            Step,
            "enter",
            "通过的条件：规则判定给予（“事项” = “入库”、“已公示” = 是）",
            "passes only when: the rules grant (‘matter’ = ‘entry’, ‘notice was given’ = true)",
        ),
        (Step, "enter", "改动即失效的栏目：申请金额、所在地", "void when changed: Amount, Place"),
        (Step, "enter", "通过即办结", "passing it completes the case"),
        (Step, "revise", "可以多次办理", "may be done again and again"),
        (Step, "revise", "需要时才办", "done when it is wanted"),
        (
            Step,
            "accept",
            "逾期未办，该项目的报账和支付等待",
            "while it is overdue, claims and payments of the project wait",
        ),
        (
            Step,
            "open",
            "项目须先办过：“审定入库” → 同意 或 “开工”",
            "passed before on the project's case: ‘Enter’ → agree or ‘Start’",
        ),
        (
            Notice,
            "board",
            "异议答复：主管部门 5个工作日",
            "objections are answered by: Office 5 working days",
        ),
    ] {
        for (language, line) in [(Language::Zh, zh), (Language::En, en)] {
            let lines = said(&pack, kind, id, language);
            assert!(lines.iter().any(|said| said == line), "{id}: no “{line}” in {lines:#?}");
        }
    }
}

#[test]
fn any_one_may_do_a_step_that_is_not_countersigned() {
    let text = LIFE.replace("each      = true\n", "");
    let pack = Pack::load(Source { name: "life.md".into(), text }).unwrap_or_else(|found| panic!("{found}"));
    let lines = said(&pack, ElementKind::Step, "check", Language::En);
    assert_eq!(lines[0], "review: Office, Expert (any one of them)");
}
