//! Refusals about money: limits, exceptions, the year, remittances and payments, to the fen.

use crate::but;
use crate::world::{Refused, World, date, yuan};
use app::Command;
use app::view::state::{Terms, Verdict};
use kernel::Money;
use kernel::id::CaseId;
use policy::form::FormData;

const FEN: Money = Money::from_fen(1);

fn more(money: Money) -> Money {
    money.checked_add(FEN).unwrap()
}

fn less(money: Money) -> Money {
    money.checked_sub(FEN).unwrap()
}

/// A project whose rate alone would give more than the cap.
fn large(form: &mut FormData) {
    let row = &mut form.tables.get_mut("assets").unwrap()[0];
    row.insert("unit_price".into(), "9000000.00".into());
    row.insert("amount".into(), "9000000.00".into());
    form.fields.insert("scale".into(), "2000".into());
}

#[test]
pub fn amount_not_positive() {
    let world = World::open();
    world.refuses(
        "ndrc",
        world.fee(Money::ZERO),
        &Refused("AmountNotPositive", "第十五条", "费用必须大于零"),
    );
    world.does("ndrc", world.fee(FEN));
    let none =
        but!(world.opening(2020), OpenYear, terms = Terms { budget: Money::ZERO, ..world.terms(2020) });
    world.refuses("ndrc", none, &Refused("AmountNotPositive", "第十二条", "年度资金规模必须大于零"));
    let case = world.until("haihe", "plan");
    let plan = world.planned(&[case]);
    let refused = Refused("AmountNotPositive", "第十四条", "资助金额必须大于零");
    world.refuses("ndrc", world.item(plan, case, Money::ZERO), &refused);
    world.does("ndrc", world.item(plan, case, FEN));
}

#[test]
pub fn maker_is_checker() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    // The person who made the plan may neither determine nor pay, in whatever role.
    let join =
        Command::GrantRole { person: world.person("ndrc"), org: world.org("group"), role: "group".into() };
    world.does("sysadmin", join);
    let plan = world.plan_until(&[case], "decide");
    let planner =
        app::Who::Person { person: world.person("ndrc"), org: world.org("group"), role: "group".into() };
    let request =
        app::Request { who: planner, key: String::new(), command: world.determination(plan, &[case]) };
    let refusal = crate::world::refusal_of(world.app.submit(request)).unwrap_err();
    let said = "本件“汇总各区建议，形成资助方案”由您办理，审定或付款须由另一人办理";
    crate::world::expect(&refusal, &Refused("MakerIsChecker", "第十四条", said));
    world.does("group", world.determination(plan, &[case]));
    world.play().inform(plan).unwrap();
    world.play().remit(plan, "拨1").unwrap();
    let payment = world.payment(case, world.case(case).unpaid());
    world.refuses("ndrc", payment.clone(), &Refused("MakerIsChecker", "第十五条", said));
    world.does("ndrc-pay", payment);
}

#[test]
pub fn amount_above_limit() {
    let world = World::open();
    let case = world.until("haihe", "inspect");
    let most = world.most(case);
    let said = format!(
        "金额{}元超过本件上限{}元（近三年累计新增投资额 6,515,220元 × 资助比例上限 30%（项目投资补贴））",
        more(most).grouped(),
        most.grouped()
    );
    let refused = Refused("AmountAboveLimit", "第十条", &said);
    world.refuses("adviser", world.inspection(case, more(most)), &refused);
    world.does("adviser", world.inspection(case, most));
    let desk = world.district("haihe");
    world.refuses(&desk, but!(world.proposal(case), Propose, amount = more(most)), &refused);
    world.does(&desk, but!(world.proposal(case), Propose, amount = less(most)));
    let plan = world.planned(&[case]);
    let said = format!("金额{}元超过本件上限{}元（区报送的建议金额）", most.grouped(), less(most).grouped());
    world.refuses("ndrc", world.item(plan, case, most), &Refused("AmountAboveLimit", "第十四条", &said));
    world.does("ndrc", world.item(plan, case, less(most)));
}

/// A verdict of this amount on one case, with an exception's reason.
fn verdict(world: &World, plan: kernel::id::PlanId, case: CaseId, amount: Money, exception: &str) -> Command {
    let items =
        vec![Verdict { case, granted: true, amount, why: String::new(), exception: exception.into() }];
    but!(world.determination(plan, &[case]), Determine, items = items)
}

#[test]
pub fn exception_unfounded() {
    let world = World::open();
    let case = world.until_with("haihe", "plan", &large);
    assert_eq!(world.most(case), yuan("2000000.00"), "the cap binds");
    let plan = world.plan_until(&[case], "decide");
    let said = format!("{}的金额超过“原则上”的上限，须写明突破的理由", world.number(case));
    let refused = Refused("ExceptionUnfounded", "第十条", &said);
    world.refuses("group", verdict(&world, plan, case, yuan("2000000.01"), " "), &refused);
    // With a reason past the cap, but never past the rate.
    let invested = world.case(case).inspection.unwrap().judgement.facts["invest_3y"].clone();
    let rate =
        yuan(&invested).times(kernel::ratio::Ratio::percent(30), kernel::rounding::Rounding::Down).unwrap();
    let reason = "带动300人，市领导小组同意突破";
    let refusal = world.submit("group", verdict(&world, plan, case, more(rate), reason)).unwrap_err();
    assert_eq!((refusal.reason.name(), refusal.cite.as_str()), ("AmountAboveLimit", "第十条"));
    world.does("group", verdict(&world, plan, case, rate, reason));
    assert_eq!(world.case(case).award.unwrap().exceeded.as_deref(), Some(reason));
}

#[test]
pub fn over_year() {
    let world = World::open();
    let cases = [world.until("haihe", "plan"), world.until("tangu", "plan")];
    let plan = world.planned(&cases);
    let total = world.plan(plan).total().unwrap();
    // The meeting: a fen too little, then exactly enough.
    world.does("ndrc", world.amendment(less(total)));
    let said = format!("合计{}元超过本年度可用余额{}元", total.grouped(), less(total).grouped());
    world.refuses("group-work", world.meeting(plan), &Refused("OverYear", "第十四条", &said));
    world.does("ndrc", world.amendment(total));
    world.does("group-work", world.meeting(plan));
    world.on(date(2019, 11, 8));
    world.does("ndrc", world.notice(plan));
    world.on(date(2019, 11, 18));
    world.does("ndrc", world.end(plan));
    // A fee spent meanwhile is missing at the determination.
    world.does("ndrc", world.fee(FEN));
    let refused = Refused("OverYear", "第十四条", &said);
    world.refuses("group", world.determination(plan, &cases), &refused);
    world.does("ndrc", world.amendment(more(total)));
    world.does("group", world.determination(plan, &cases));
    assert_eq!(world.balance("year:tianjin:2019"), Money::ZERO);
    let said = "合计0.01元超过本年度可用余额0.00元";
    world.refuses("ndrc", world.fee(FEN), &Refused("OverYear", "第十五条", said));
}

#[test]
pub fn over_grant() {
    let world = World::open();
    let case = world.until("haihe", "plan");
    world.plan_until(&[case], "disburse");
    let grant = world.case(case).unpaid();
    let said = format!("付款{}元超过可付余额{}元", more(grant).grouped(), grant.grouped());
    world.refuses("ndrc-pay", world.payment(case, more(grant)), &Refused("OverGrant", "第十五条", &said));
    world.does("ndrc-pay", world.payment(case, less(grant)));
    let refused = Refused("OverGrant", "第十五条", "付款0.02元超过可付余额0.01元");
    world.refuses("ndrc-pay", world.payment(case, yuan("0.02")), &refused);
    world.does("ndrc-pay", world.payment(case, FEN));
    // Paid in full: nothing is open any more.
    let refused = Refused("StepNotOpen", "第十五条", "现在不能办理“拨付至项目企业”，当前可办：无");
    world.refuses("ndrc-pay", world.payment(case, FEN), &refused);
}

#[test]
pub fn sum_differs() {
    let world = World::open();
    let cases = [world.until("haihe", "plan"), world.until("jinke", "plan")];
    let plan = world.plan_until(&cases, "remit");
    let total = world.plan(plan).total().unwrap();
    for wrong in [less(total), more(total)] {
        let said = format!("拨付{}元与审定合计{}元不一致", wrong.grouped(), total.grouped());
        world.refuses("finance", world.remittance(plan, wrong), &Refused("SumDiffers", "第十五条", &said));
    }
    world.does("finance", world.remittance(plan, total));
}

#[test]
pub fn voucher_missing() {
    let world = World::open();
    let refused = Refused("VoucherMissing", "第十五条", "没有填写支付凭证号");
    world.refuses("ndrc", but!(world.fee(FEN), PayFee, voucher = " ".to_owned()), &refused);
    let case = world.until("haihe", "plan");
    let plan = world.plan_until(&[case], "remit");
    let remit = world.remittance(plan, world.plan(plan).total().unwrap());
    world.refuses("finance", but!(remit.clone(), Remit, voucher = String::new()), &refused);
    world.does("finance", remit);
    let pay = world.payment(case, world.case(case).unpaid());
    world.refuses("ndrc-pay", but!(pay.clone(), Pay, voucher = String::new()), &refused);
    world.does("ndrc-pay", pay);
}
