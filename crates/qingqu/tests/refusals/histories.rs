//! Longer histories: what is counted in the deciding transaction, what a return voids, what an objection holds and frees.

use crate::but;
use crate::world::{World, date};
use app::Command;
use app::view::state::{OutcomeKind, Standing};
use kernel::Money;
use kernel::id::{CaseId, ObjectionId};
use policy::form::FormData;
use qingqu::demo::spec::credit_code;

/// The same investor, another enterprise, in this county.
fn elsewhere(county: &'static str, number: usize) -> impl Fn(&mut FormData) {
    move |form| {
        form.fields.insert("county".into(), county.into());
        let code = credit_code(county, number).unwrap();
        form.fields.insert("company_credit_code".into(), code.expose().to_owned());
    }
}

fn granted(world: &World, case: CaseId) -> bool {
    matches!(world.case(case).standing(), Standing::Granted | Standing::Paid)
}

#[test]
fn two_applications_of_one_enterprise_in_one_batch_cannot_both_be_granted() {
    let world = World::open();
    let twins = [world.until("haihe", "plan"), world.until("haihe", "plan")];
    let plan = world.plan_until(&twins, "decide");
    let refusal = world.submit("group", world.determination(plan, &twins)).unwrap_err();
    assert_eq!((refusal.reason.name(), refusal.cite.as_str()), ("NotGrantable", "第十四条"));
    let said = refusal.reason.say().zh;
    assert!(said.contains(&world.number(twins[1])) && !said.contains(&world.number(twins[0])), "{said}");
    // One of them, in either place.
    let whole = world.determination(plan, &twins);
    let Command::Determine { items, .. } = &whole else { panic!("no determination") };
    let mut items = items.clone();
    (items[0].granted, items[0].why) = (false, "同一企业只资助一次".into());
    world.does("group", but!(whole, Determine, items = items));
    assert_eq!(twins.map(|case| granted(&world, case)), [false, true]);
    // In a later batch the ledger remembers.
    let third = world.until("haihe", "inspect");
    let refusal = world.submit("adviser", world.inspection(third, Money::from_fen(1))).unwrap_err();
    assert_eq!(refusal.reason.name(), "NotGrantable");
}

#[test]
fn an_investor_gets_two_grants_in_a_county_and_no_third_under_its_new_name() {
    let world = World::open();
    let case = |county, number| world.until_with("haihe", "plan", &elsewhere(county, number));
    let cases = [case("632321", 701), case("632301", 702), case("632321", 703), case("632322", 704)];
    let plan = world.plan_until(&cases, "decide");
    let refusal = world.submit("group", world.determination(plan, &cases)).unwrap_err();
    let said = refusal.reason.say().zh;
    assert_eq!(refusal.reason.name(), "NotGrantable", "{said}");
    assert!(said.contains(&world.number(cases[2])) && !said.contains(&world.number(cases[3])), "{said}");
    let whole = world.determination(plan, &cases);
    let Command::Determine { items, .. } = &whole else { panic!("no determination") };
    let mut items = items.clone();
    (items[2].granted, items[2].why) = (false, "同一县已资助两次".into());
    world.does("group", but!(whole, Determine, items = items));
    assert_eq!(cases.map(|case| granted(&world, case)), [true, true, false, true]);
    // Later, in either spelling of the county, the ledger says no.
    for (county, number) in [("632321", 705), ("632301", 706)] {
        let late = world.until_with("haihe", "inspect", &elsewhere(county, number));
        let refusal = world.submit("adviser", world.inspection(late, Money::from_fen(1))).unwrap_err();
        assert_eq!(refusal.reason.name(), "NotGrantable", "{county}");
    }
}

#[test]
fn a_returned_application_filed_again_keeps_its_history_and_voids_what_was_approved() {
    let world = World::open();
    let case = world.until("haihe", "inspect");
    let desk = world.district("haihe");
    // The firm finds that the papers do not fit: back to the district, which returns it to the enterprise.
    world.does("adviser", world.step(case, "inspect", "return"));
    let refusal = world.submit("adviser", world.inspection(case, Money::ZERO)).unwrap_err();
    assert_eq!(refusal.reason.name(), "StepNotOpen", "the notice of the visit is void");
    world.does(&desk, world.step(case, "accept", "return"));
    assert_eq!(world.case(case).standing(), Standing::Returned);
    let mut form = world.application_form("haihe");
    form.fields.insert("remarks".into(), "已补银行盖章".into());
    let parent = world.case(case).parent;
    world.does("haihe", world.filing("application", parent, Some(case), form));
    let state = world.case(case);
    assert_eq!(state.declared.iter().map(|d| d.version).collect::<Vec<_>>(), [1, 2]);
    let trail: Vec<(&str, OutcomeKind, bool)> =
        state.trail.iter().map(|d| (d.step.as_str(), d.kind, d.void)).collect();
    let wanted = [
        ("apply", OutcomeKind::Pass, true),
        ("accept", OutcomeKind::Pass, true),
        ("site_notice", OutcomeKind::Pass, true),
        ("inspect", OutcomeKind::Return, true),
        ("accept", OutcomeKind::Return, true),
        ("apply", OutcomeKind::Pass, false),
    ];
    assert_eq!(trail, wanted);
    let refusal = world.submit(&desk, world.step(case, "site_notice", "")).unwrap_err();
    assert_eq!(refusal.reason.name(), "StepNotOpen", "the second version was not accepted yet");
    world.does(&desk, world.step(case, "accept", "accept"));
    world.does(&desk, world.step(case, "site_notice", ""));
    world.does("adviser", world.inspection(case, world.most(case)));
}

#[test]
fn an_upheld_objection_takes_the_item_out_and_it_can_be_planned_again() {
    let world = World::open();
    let cases = [world.until("haihe", "plan"), world.until("jinke", "plan")];
    let plan = world.plan_until(&cases, "end");
    let objection =
        ObjectionId(world.does("public", world.objection(plan, Some(cases[0]), "YY-1")).id.unwrap());
    world.does(
        "ndrc",
        Command::AnswerObjection {
            plan,
            objection,
            upheld: true,
            answer: "部分设备系租赁，移出重核。".into(),
        },
    );
    let state = world.case(cases[0]);
    assert_eq!((state.plan, state.holds.len(), state.standing()), (None, 0, Standing::Open));
    world.on(date(2019, 11, 18));
    world.does("ndrc", world.end(plan));
    world.does("group", world.determination(plan, &cases[1..]));
    // The next plan, with less.
    let second = world.planned(&cases[..1]);
    let amount = world.plan(second).items[&cases[0]].amount;
    world.does("ndrc", world.item(second, cases[0], Money::from_fen(amount.fen() / 2)));
    world.does("group-work", world.meeting(second));
    world.does("ndrc", world.notice(second));
    world.on(date(2019, 11, 26));
    world.does("ndrc", world.end(second));
    world.does("group", world.determination(second, &cases[..1]));
    assert!(granted(&world, cases[0]) && granted(&world, cases[1]));
}

#[test]
fn an_objection_to_the_whole_notice_holds_every_item() {
    let world = World::open();
    let cases = [world.until("haihe", "plan"), world.until("jinke", "plan")];
    let plan = world.plan_until(&cases, "end");
    let objection = ObjectionId(world.does("public", world.objection(plan, None, "YY-1")).id.unwrap());
    for case in cases {
        assert!(world.case(case).holds.contains(&objection));
    }
    world.on(date(2019, 11, 18));
    let said = world.submit("ndrc", world.end(plan)).unwrap_err().reason.say().zh;
    assert!(cases.iter().all(|case| said.contains(&world.number(*case))), "{said}");
    world.does(
        "ndrc",
        Command::AnswerObjection { plan, objection, upheld: true, answer: "公示表述已更正。".into() },
    );
    for case in cases {
        assert!(
            world.case(case).holds.is_empty() && world.case(case).plan.is_some(),
            "no item was meant, none is taken out"
        );
    }
    world.does("ndrc", world.end(plan));
    world.does("group", world.determination(plan, &cases));
}

#[test]
fn held_items_wait_while_the_others_go_on_in_the_same_plan() {
    let world = World::open();
    let cases = [world.until("haihe", "plan"), world.until("jinke", "plan")];
    let plan = world.plan_until(&cases, "end");
    let objection =
        ObjectionId(world.does("public", world.objection(plan, Some(cases[0]), "YY-1")).id.unwrap());
    world.on(date(2019, 11, 18));
    world.does("ndrc", world.end(plan));
    let refusal = world.submit("group", world.determination(plan, &cases)).unwrap_err();
    assert_eq!(refusal.reason.name(), "NotFound", "the held item is not before the group");
    world.does("group", world.determination(plan, &cases[1..]));
    world.play().inform(plan).unwrap();
    let first = world.case(cases[1]).unpaid();
    world.does("finance", world.remittance(plan, first));
    world.does("ndrc-pay", world.payment(cases[1], first));
    // Answered a week later, the held one goes the same way.
    world.on(date(2019, 11, 25));
    world.does(
        "ndrc",
        Command::AnswerObjection { plan, objection, upheld: false, answer: "经核实不成立。".into() },
    );
    world.does("ndrc", world.end(plan));
    world.does("group", world.determination(plan, &cases[..1]));
    world.play().inform(plan).unwrap();
    let second = world.case(cases[0]).unpaid();
    world.does("finance", world.remittance(plan, second));
    world.does("ndrc-pay", world.payment(cases[0], second));
    assert_eq!(cases.map(|case| world.case(case).standing()), [Standing::Paid, Standing::Paid]);
}

#[test]
fn an_applicant_withdraws_until_its_case_is_in_a_plan() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    let withdraw = |why: &str| Command::Withdraw { case, why: why.into() };
    let plan = world.planned(&[case]);
    assert_eq!(world.submit("haihe", withdraw("不再申请")).unwrap_err().reason.name(), "StepNotOpen");
    world
        .does("ndrc", Command::EditPlan { plan, set: Vec::new(), drop: vec![(case, "企业申请撤回".into())] });
    assert_eq!(world.submit("haihe", withdraw("")).unwrap_err().reason.name(), "ReasonMissing");
    world.does("haihe", withdraw("不再申请"));
    assert_eq!(world.case(case).standing(), Standing::Withdrawn);
    assert_eq!(
        world.submit("ndrc", world.item(plan, case, Money::from_fen(1))).unwrap_err().reason.name(),
        "StepNotOpen"
    );
}

#[test]
fn every_history_can_be_computed_again_from_its_journal() {
    let world = World::open();
    let cases = [world.until("haihe", "plan"), world.until("jinke", "plan")];
    world.plan_until(&cases, "disburse");
    let found = qingqu::cmd::verify::differences(&world.data.book()).unwrap();
    assert!(found.lines.is_empty(), "{:?}", found.lines);
}
