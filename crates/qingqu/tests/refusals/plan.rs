//! Refusals about plans, meetings, notices, objections, determinations and letters.

use crate::but;
use crate::world::{Refused, World, date, yuan};
use app::Command;
use app::view::state::Minutes;
use domain::plan::Letter;
use kernel::id::{ObjectionId, PlanId};

#[test]
pub fn already_planned() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    let first = world.planned(&[case]);
    let second = PlanId(world.does("ndrc", world.draft()).id.unwrap());
    let said = format!("{}已列入其他资助方案", world.number(case));
    let put = world.item(second, case, yuan("1.00"));
    world.refuses("ndrc", put.clone(), &Refused("AlreadyPlanned", "第十四条", &said));
    world.does(
        "ndrc",
        Command::EditPlan { plan: first, set: Vec::new(), drop: vec![(case, "并入下一方案".into())] },
    );
    world.does("ndrc", put);
}

#[test]
pub fn not_proposed() {
    let world = World::open();
    let case = world.until("haihe", "propose");
    let plan = PlanId(world.does("ndrc", world.draft()).id.unwrap());
    let said = format!("{}还没有区里报送的建议方案", world.number(case));
    let put = world.item(plan, case, yuan("1.00"));
    world.refuses("ndrc", put.clone(), &Refused("NotProposed", "第十四条", &said));
    world.does(&world.district("haihe"), world.proposal(case));
    world.does("ndrc", put);
    // Withdrawn by its district's last word.
    let against = world.until("jinke", "propose");
    world.does(&world.district("jinke"), world.step(against, "propose", "against"));
    let said = format!("{}还没有区里报送的建议方案", world.number(against));
    world.refuses(
        "ndrc",
        world.item(plan, against, yuan("1.00")),
        &Refused("NotProposed", "第十四条", &said),
    );
}

#[test]
pub fn plan_empty() {
    let world = World::open();
    let plan = PlanId(world.does("ndrc", world.draft()).id.unwrap());
    let refused = Refused("PlanEmpty", "第十四条", "方案中没有项目");
    world.refuses("group-work", world.meeting(plan), &refused);
    let case = world.until("haihe", "plan");
    world.does("ndrc", world.item(plan, case, yuan("1.00")));
    world.does("group-work", world.meeting(plan));
}

#[test]
pub fn plan_fixed() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    let plan = world.planned(&[case]);
    world.does("ndrc", world.item(plan, case, yuan("2.00")));
    world.does("group-work", world.meeting(plan));
    let refused = Refused("PlanFixed", "第十四条", "方案已经会议审议，不能再增减项目或调整金额");
    world.refuses("ndrc", world.item(plan, case, yuan("1.00")), &refused);
    let drop = Command::EditPlan { plan, set: Vec::new(), drop: vec![(case, "移出".into())] };
    world.refuses("ndrc", drop, &refused);
    world.refuses("group-work", world.meeting(plan), &refused);
}

#[test]
pub fn minutes_incomplete() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    let plan = world.planned(&[case]);
    let whole = world.meeting(plan);
    let Command::Deliberate { minutes, .. } = &whole else { panic!("no meeting") };
    let poor = Minutes { chair: " ".into(), present: Vec::new(), ..minutes.clone() };
    let refused = Refused("MinutesIncomplete", "第十四条", "会议纪要缺少：主持人、参加人员");
    world.refuses("group-work", but!(whole.clone(), Deliberate, minutes = poor), &refused);
    let early = Minutes { held_on: date(2019, 11, 6), ..minutes.clone() };
    let refused = Refused("DateInFuture", "第十四条", "会议日期2019年11月6日晚于今天（2019年11月5日）");
    world.refuses("group-work", but!(whole.clone(), Deliberate, minutes = early), &refused);
    world.does("group-work", whole);
}

#[test]
pub fn notice_incomplete() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    let plan = world.plan_until(&[case], "publicity");
    let refused =
        Refused("NoticeIncomplete", "第十四条", "公示内容不完整，缺少：公示起止日期、受理异议的单位和电话");
    world.refuses("ndrc", but!(world.notice(plan), PostNotice, fields = [].into()), &refused);
    let refused = Refused("StepNotOpen", "第十四条", "现在不能办理“结束公示”，当前可办：发布公示");
    world.refuses("ndrc", world.end(plan), &refused);
    world.does("ndrc", world.notice(plan));
}

#[test]
pub fn posting_missing() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    let plan = world.plan_until(&[case], "publicity");
    let whole = world.notice(plan);
    let Command::PostNotice { postings, .. } = &whole else { panic!("no notice") };
    let one = postings[..1].to_vec();
    let refused = Refused("PostingMissing", "第十四条", "没有登记公示载体：市合作交流办网站");
    world.refuses("ndrc", but!(whole.clone(), PostNotice, postings = one), &refused);
    world.does("ndrc", whole);
}

#[test]
pub fn notice_not_ended() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    // Posted on Friday the 8th: five whole working days end on Friday the 15th.
    let plan = world.plan_until(&[case], "end");
    world.on(date(2019, 11, 15));
    let refused = Refused("NoticeNotEnded", "第十四条", "公示期至2019年11月15日，尚未结束");
    world.refuses("ndrc", world.end(plan), &refused);
    let refused =
        Refused("StepNotOpen", "第十四条", "现在不能办理“市领导小组审定”，当前可办：在两个网站公示");
    world.refuses("group", world.determination(plan, &[case]), &refused);
    world.on(date(2019, 11, 16));
    world.does("ndrc", world.end(plan));
    // The stamp is later than the notice's last day.
    let early = but!(world.determination(plan, &[case]), Determine, stamp = date(2019, 11, 15));
    let refused =
        Refused("DateTooEarly", "第十四条", "审定盖章日期2019年11月15日早于公示期满次日（2019年11月16日）");
    world.refuses("group", early, &refused);
    world.does("group", world.determination(plan, &[case]));
}

#[test]
pub fn objection_empty() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    let plan = world.plan_until(&[case], "end");
    let blank = but!(world.objection(plan, Some(case), "YY-1"), Object, text = "　\n".to_owned());
    world.refuses("public", blank, &Refused("ObjectionEmpty", "第十四条", "请写明异议内容"));
    world.does("public", world.objection(plan, Some(case), "YY-1"));
}

#[test]
pub fn notice_closed() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    let plan = world.plan_until(&[case], "end");
    world.does("public", world.objection(plan, None, "YY-1"));
    world.on(date(2019, 11, 15));
    world.does("public", world.objection(plan, Some(case), "YY-2"));
    world.on(date(2019, 11, 16));
    let refused = Refused("NoticeClosed", "第十四条", "该公示不在受理异议的期间内");
    world.refuses("public", world.objection(plan, Some(case), "YY-3"), &refused);
}

#[test]
pub fn objection_answered() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    let plan = world.plan_until(&[case], "end");
    let objection = ObjectionId(world.does("public", world.objection(plan, Some(case), "YY-1")).id.unwrap());
    let answer =
        Command::AnswerObjection {
            plan, objection, upheld: false, answer: "经核实，情况属实。".into()
        };
    let empty = but!(answer.clone(), AnswerObjection, answer = String::new());
    world.refuses("ndrc", empty, &Refused("ReasonMissing", "第十四条", "“答复”须写明理由或意见"));
    world.does("ndrc", answer.clone());
    world.refuses("ndrc", answer, &Refused("ObjectionAnswered", "第十四条", "该异议已经答复"));
}

#[test]
pub fn objection_open() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    let plan = world.plan_until(&[case], "end");
    let objection = ObjectionId(world.does("public", world.objection(plan, Some(case), "YY-1")).id.unwrap());
    world.on(date(2019, 11, 18));
    let said = format!("{}有未答复的异议，暂不能审定", world.number(case));
    world.refuses("ndrc", world.end(plan), &Refused("ObjectionOpen", "第十四条", &said));
    world
        .does("ndrc", Command::AnswerObjection { plan, objection, upheld: false, answer: "不成立。".into() });
    world.does("ndrc", world.end(plan));
}

#[test]
pub fn item_undecided() {
    let world = World::open();
    let cases = [world.until("haihe", "plan"), world.until("jinke", "plan")];
    let plan = world.plan_until(&cases, "decide");
    let said = format!("{}没有审定结论，或者结论不止一个", world.number(cases[1]));
    let refused = Refused("ItemUndecided", "第十四条", &said);
    world.refuses("group", world.determination(plan, &cases[..1]), &refused);
    world.refuses("group", world.determination(plan, &[cases[0], cases[1], cases[1]]), &refused);
    let stranger = world.until("tangu", "accept");
    let refused = Refused("NotFound", "第十四条", "没有找到可以审定的项目，或者不在您的查看范围内");
    world.refuses("group", world.determination(plan, &[cases[0], cases[1], stranger]), &refused);
    world.does("group", world.determination(plan, &cases));
}

#[test]
pub fn letter_missing() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    let plan = world.plan_until(&[case], "inform");
    let letters = |to: &[&str]| {
        to.iter().map(|to| Letter { to: (*to).into(), number: "1号".into() }).collect::<Vec<_>>()
    };
    let inform = |letters| Command::Inform { plan, step: "inform".into(), on: world.app.today(), letters };
    let wanted = world.app.letter_recipients(plan).unwrap();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let said = format!("没有登记书面通知：{}", wanted[1..].join("、"));
    world.refuses("ndrc", inform(letters(&wanted[..1])), &Refused("LetterMissing", "第十四条", &said));
    world.does("ndrc", inform(letters(&wanted)));
}
