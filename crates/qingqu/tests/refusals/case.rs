//! Refusals about one case: filing, desks, the verification.

use crate::but;
use crate::world::{Refused, World, date, yuan};
use app::Command;
use domain::case::{Check, Paper, Record};
use kernel::Money;
use kernel::id::CaseId;
use qingqu::demo::forms;

#[test]
pub fn date_in_future() {
    let world = World::open();
    let case = CaseId(world.does("haihe", world.predeclaration("haihe")).id.unwrap());
    let (desk, check) = (world.district("haihe"), world.step(case, "check", "accept"));
    let refused = Refused("DateInFuture", "第十一条", "办理日期2019年11月6日晚于今天（2019年11月5日）");
    world.refuses(&desk, but!(check.clone(), Step, on = date(2019, 11, 6)), &refused);
    world.does(&desk, check);
    let fee = but!(world.fee(yuan("1.00")), PayFee, on = date(2019, 11, 6));
    world.refuses(
        "ndrc",
        fee,
        &Refused("DateInFuture", "第十五条", "支付日期2019年11月6日晚于今天（2019年11月5日）"),
    );
}

#[test]
pub fn date_too_early() {
    let world = World::open();
    let case = CaseId(world.does("haihe", world.predeclaration("haihe")).id.unwrap());
    world.on(date(2019, 11, 8));
    let (desk, check) = (world.district("haihe"), world.step(case, "check", "accept"));
    let refused = Refused("DateTooEarly", "第十一条", "办理日期2019年11月4日早于上一环节（2019年11月5日）");
    world.refuses(&desk, but!(check.clone(), Step, on = date(2019, 11, 4)), &refused);
    world.does(&desk, but!(check, Step, on = date(2019, 11, 5)));
    // A month can be reported once it is over.
    let report = Command::Report {
        pack: "tianjin".into(),
        step: "monthly_report".into(),
        period: "2019-11".into(),
        note: String::new(),
    };
    world.on(date(2019, 11, 30));
    let refused =
        Refused("DateTooEarly", "第十一条", "报送日期2019年11月30日早于报送期结束的次日（2019年12月1日）");
    world.refuses(&desk, report.clone(), &refused);
    world.on(date(2019, 12, 1));
    world.does(&desk, report);
}

#[test]
pub fn step_not_open() {
    let world = World::open();
    let case = world.until("haihe", "accept");
    let desk = world.district("haihe");
    let refused =
        Refused("StepNotOpen", "第十三条（一）", "现在不能办理“下达现场核查通知”，当前可办：受理并审核把关");
    world.refuses(&desk, world.step(case, "site_notice", ""), &refused);
    world.does(&desk, world.step(case, "accept", "refuse"));
    let refused = Refused("StepNotOpen", "第十二条", "现在不能办理“受理并审核把关”，当前可办：无");
    world.refuses(&desk, world.step(case, "accept", "accept"), &refused);
    let refused = Refused("StepNotOpen", "", "现在不能办理“撤回”，当前可办：无，已列入方案或已办结");
    world.refuses("haihe", Command::Withdraw { case, why: "不再申请".into() }, &refused);
}

#[test]
pub fn own_firm() {
    let world = World::open();
    let case = CaseId(world.does("haihe", world.predeclaration("haihe")).id.unwrap());
    let desk = world.district("haihe");
    // The clerk of the district also works for the enterprise.
    let join =
        Command::GrantRole { person: world.person(&desk), org: world.org("haihe"), role: "investor".into() };
    world.does("sysadmin", join);
    let refused = Refused("OwnFirm", "第十一条", "本件涉及您所在单位，您应当回避");
    world.refuses(&desk, world.step(case, "check", "accept"), &refused);
    let leave = Command::WithdrawRole {
        person: world.person(&desk),
        org: world.org("haihe"),
        role: "investor".into(),
        why: "不再兼任".into(),
    };
    world.does("sysadmin", leave);
    world.does(&desk, world.step(case, "check", "accept"));
    // Nor does anybody of the leading group decide on their own firm.
    let case = world.until("jinke", "plan");
    let plan = world.plan_until(&[case], "decide");
    let join = Command::GrantRole {
        person: world.person("group"),
        org: world.org("jinke"),
        role: "investor".into(),
    };
    world.does("sysadmin", join);
    let refused = Refused("OwnFirm", "第十四条", refused.2);
    world.refuses("group", world.determination(plan, &[case]), &refused);
}

#[test]
pub fn not_declared_before() {
    let world = World::open();
    let pending = CaseId(world.does("haihe", world.predeclaration("haihe")).id.unwrap());
    let refused = Refused("NotDeclaredBefore", "第十二条", "没有已获同意的事前申报，不能提交资助申请");
    world.refuses("haihe", world.application("haihe", pending), &refused);
    world.refuses("haihe", but!(world.application("haihe", pending), Declare, parent = None), &refused);
    world.does(&world.district("haihe"), world.step(pending, "check", "accept"));
    // Accepted, but somebody else's.
    world.refuses("jinke", world.application("jinke", pending), &refused);
    world.does("haihe", world.application("haihe", pending));
}

#[test]
pub fn already_applied() {
    let world = World::open();
    let parent = world.declared("haihe");
    let first = CaseId(world.does("haihe", world.application("haihe", parent)).id.unwrap());
    let said = format!("同一事前申报已有在办或已办申请{}", world.number(first));
    world.refuses("haihe", world.application("haihe", parent), &Refused("AlreadyApplied", "第十二条", &said));
    world.does("haihe", Command::Withdraw { case: first, why: "重新准备".into() });
    world.does("haihe", world.application("haihe", parent));
}

#[test]
pub fn form_faults() {
    let world = World::open();
    let parent = world.declared("haihe");
    let mut form = world.application_form("haihe");
    form.fields.insert("staff".into(), String::new());
    form.fields.insert("paid_in".into(), "一千万".into());
    let said = "表格有2处需要改正：“注册资本实缴额”：金额写成了汉字";
    world.refuses(
        "haihe",
        world.filing("application", Some(parent), None, form),
        &Refused("FormFaults", "第十二条", said),
    );
    world.does("haihe", world.application("haihe", parent));
}

#[test]
pub fn papers_missing() {
    let world = World::open();
    let without = |paper: &str, command: Command| {
        let Command::Declare { papers, .. } = &command else { panic!("no filing") };
        let papers: Vec<Paper> = papers.iter().filter(|p| p.paper != paper).cloned().collect();
        but!(command, Declare, papers = papers)
    };
    let refused = Refused("PapersMissing", "第十一条", "缺少材料：营业执照复印件");
    world.refuses("haihe", without("pre_licence", world.predeclaration("haihe")), &refused);
    let parent = world.declared("haihe");
    let refused = Refused("PapersMissing", "第十二条", "缺少材料：工资单据");
    world.refuses("haihe", without("payslips", world.application("haihe", parent)), &refused);
    world.does("haihe", world.application("haihe", parent));
}

#[test]
pub fn outcome_unknown() {
    let world = World::open();
    let case = CaseId(world.does("haihe", world.predeclaration("haihe")).id.unwrap());
    let desk = world.district("haihe");
    let refused = Refused("OutcomeUnknown", "第十一条", "“postpone”不是本环节可以登记的办理结果");
    world.refuses(&desk, world.step(case, "check", "postpone"), &refused);
    let refused = Refused("OutcomeUnknown", "第十一条", "“未选择”不是本环节可以登记的办理结果");
    world.refuses(&desk, world.step(case, "check", ""), &refused);
    world.does(&desk, world.step(case, "check", "accept"));
    // Verification and proposal pass with an amount, never with a mere word.
    let case = world.until("jinke", "inspect");
    let refused = Refused("OutcomeUnknown", "第十三条（二）", "“完成评审”不是本环节可以登记的办理结果");
    world.refuses("adviser", world.step(case, "inspect", "done"), &refused);
}

#[test]
pub fn checklist_incomplete() {
    let world = World::open();
    let case = CaseId(world.does("haihe", world.predeclaration("haihe")).id.unwrap());
    let desk = world.district("haihe");
    let two = |checks: Vec<Check>| checks.into_iter().take(2).collect::<Vec<_>>();
    let partly = |outcome| {
        let whole = world.step(case, "check", outcome);
        let Command::Step { checks, .. } = &whole else { panic!("no step") };
        let checks = two(checks.clone());
        but!(whole, Step, checks = checks)
    };
    let refused =
        Refused("ChecklistIncomplete", "第十一条", "核对清单尚未完成：已向投资地主管部门了解，项目可行");
    world.refuses(&desk, partly("accept"), &refused);
    // Who returns it need not go through the whole list.
    world.does(&desk, partly("return"));
}

#[test]
pub fn checklist_failed() {
    let world = World::open();
    let case = world.until("haihe", "accept");
    let desk = world.district("haihe");
    let failing = |item: &str, outcome| {
        let whole = world.step(case, "accept", outcome);
        let Command::Step { checks, .. } = &whole else { panic!("no step") };
        let checks = checks.iter().map(|c| Check { holds: c.item != item, ..c.clone() }).collect();
        but!(whole, Step, checks = checks)
    };
    let refused = Refused("ChecklistFailed", "第八条", "核对不通过，不能同意：投资领域符合当地重点产业方向");
    world.refuses(&desk, failing("field", "accept"), &refused);
    // An item that is kept but is no condition holds nothing up.
    world.does(&desk, failing("control", "accept"));
}

#[test]
pub fn records_missing() {
    let world = World::open();
    let case = world.until("haihe", "accept");
    let desk = world.district("haihe");
    let whole = world.step(case, "accept", "accept");
    let Command::Step { records, .. } = &whole else { panic!("no step") };
    let rest: Vec<Record> = records.iter().filter(|r| r.fact != "company_lawful").cloned().collect();
    let refused = Refused("RecordsMissing", "第十二条", "本环节应查明的事项未填：项目企业无违法经营");
    world.refuses(&desk, but!(whole.clone(), Step, records = rest), &refused);
    world.does(&desk, whole);
    let pre = CaseId(world.does("jinke", world.predeclaration("jinke")).id.unwrap());
    let desk = world.district("jinke");
    let whole = world.step(pre, "check", "accept");
    let Command::Step { notes, .. } = &whole else { panic!("no step") };
    let mut notes = notes.clone();
    notes.insert("exchange_with".into(), "　".into());
    let refused = Refused("RecordsMissing", "第十一条", "本环节应查明的事项未填：交流的受援地区主管部门");
    world.refuses(&desk, but!(whole, Step, notes = notes), &refused);
}

#[test]
pub fn record_unreadable() {
    let world = World::open();
    let case = world.until("haihe", "accept");
    let desk = world.district("haihe");
    let whole = world.step(case, "accept", "accept");
    let Command::Step { records, .. } = &whole else { panic!("no step") };
    let records = records.iter().map(|r| match r.fact.as_str() {
        "tj_subsidy" => Record { value: "大概没有".into(), ..r.clone() },
        _ => r.clone(),
    });
    let refused = Refused(
        "RecordUnreadable",
        "第十二条",
        "“已享受天津市级财政补贴”无法识别：`大概没有` 看不出是“是”还是“否”",
    );
    world.refuses(&desk, but!(whole.clone(), Step, records = records.collect()), &refused);
    world.does(&desk, whole);
    // What is counted line by line is not typed.
    let case = world.until("jinke", "inspect");
    let whole = world.inspection(case, Money::ZERO);
    let Command::Inspect { records, .. } = &whole else { panic!("no inspection") };
    let mut records = records.clone();
    records.push(Record { fact: "new_invest".into(), value: "9000000.00".into(), basis: "估计".into() });
    let said = "“新增投资额”无法识别：由逐笔核定的明细计算，不能直接填写";
    let refused = Refused("RecordUnreadable", "第十三条（二）", said);
    world.refuses("adviser", but!(whole.clone(), Inspect, records = records), &refused);
    world.does("adviser", whole);
}

#[test]
pub fn adviser_not_assigned() {
    let world = World::open();
    let case = world.until("haihe", "accept");
    let desk = world.district("haihe");
    world.does(&desk, world.step(case, "accept", "accept"));
    let refused = Refused("AdviserNotAssigned", "第十三条（一）", "尚未指派专业机构");
    world.refuses(&desk, world.step(case, "site_notice", ""), &refused);
    world.does(&desk, world.assignment(case, "adviser"));
    world.does(&desk, world.step(case, "site_notice", ""));
}

#[test]
pub fn findings_incomplete() {
    let world = World::open();
    let case = world.until("haihe", "inspect");
    let whole = world.inspection(case, Money::ZERO);
    let Command::Inspect { lines, papers, .. } = &whole else { panic!("no inspection") };
    let (lines, papers) = (lines[1..].to_vec(), papers[1..].to_vec());
    let refused = Refused("FindingsIncomplete", "第十三条（二）", "还有2项明细或材料未核实");
    world.refuses("adviser", but!(whole.clone(), Inspect, lines = lines, papers = papers), &refused);
    world.does("adviser", whole);
}

#[test]
pub fn line_above_declared() {
    let world = World::open();
    let case = world.until("haihe", "inspect");
    let with = |confirmed: &str, reason: &str| {
        let whole = world.inspection(case, Money::ZERO);
        let Command::Inspect { lines, .. } = &whole else { panic!("no inspection") };
        let mut lines = lines.clone();
        let line = lines.iter_mut().find(|l| l.line == "assets:4").unwrap();
        (line.confirmed, line.reason) = (yuan(confirmed), reason.to_owned());
        but!(whole, Inspect, lines = lines)
    };
    let said = "“冷藏运输车 4.2米”核定金额385,800.01元，应在0元至申报金额385,800.00元之间";
    world.refuses(
        "adviser",
        with("385800.01", "发票"),
        &Refused("LineAboveDeclared", "第十三条（二）", said),
    );
    let said = "“冷藏运输车 4.2米”核定金额-0.01元，应在0元至申报金额385,800.00元之间";
    world.refuses("adviser", with("-0.01", "发票"), &Refused("LineAboveDeclared", "第十三条（二）", said));
    // Less than declared needs its reason.
    let refused = Refused("ReasonMissing", "第十三条（二）", "“核减：冷藏运输车 4.2米”须写明理由或意见");
    world.refuses("adviser", with("385799.99", ""), &refused);
    world.does("adviser", with("385799.99", "尾数按发票"));
}

#[test]
pub fn not_grantable() {
    let world = World::open();
    let case = world.until("yunjin", "inspect");
    let said = "不符合资助条件：";
    let refusal = world.submit("adviser", world.inspection(case, yuan("0.01"))).unwrap_err();
    assert_eq!((refusal.reason.name(), refusal.cite.as_str()), ("NotGrantable", "第十三条（二）"));
    let sentence = refusal.reason.say().zh;
    assert!(
        sentence.starts_with(said) && sentence.contains("30%") && sentence.contains("50人"),
        "{sentence}"
    );
    // Nothing can be proposed for what does not qualify, and that is a report too.
    world.does("adviser", world.inspection(case, Money::ZERO));
    // Exactly fifteen of fifty employees and 49 lifted qualify; fourteen of fifty do not.
    let exact = world.until("jinke", "inspect");
    let most = world.most(exact);
    assert!(most > Money::ZERO);
    world.does("adviser", world.inspection(exact, most));
    let fourteen = world.until_with("jinke", "inspect", &|form| {
        form.fields.insert("poor_staff".into(), "14".into());
        form.fields.insert("company_credit_code".into(), forms::company_code(forms::of("jizhou").unwrap()));
    });
    let refusal = world.submit("adviser", world.inspection(fourteen, yuan("0.01"))).unwrap_err();
    assert_eq!(refusal.reason.name(), "NotGrantable");
}
