//! Refusals about the years of the fund: budgets, rates, the intake, the firms.

use crate::but;
use crate::world::{Refused, World, date, yuan};
use app::Command;
use app::view::state::Terms;

#[test]
pub fn year_already_open() {
    let world = World::new();
    world.does("ndrc", world.opening(2019));
    world.refuses("ndrc", world.opening(2019), &Refused("YearAlreadyOpen", "第十二条", "2019年度已经开设"));
    world.does("ndrc", world.opening(2020));
}

#[test]
pub fn year_outside_fund() {
    let world = World::new();
    for year in [2018, 2021] {
        let said = format!("资金存续年限为2019、2020，不含{year}年");
        world.refuses("ndrc", world.opening(year), &Refused("YearOutsideFund", "第二条", &said));
    }
    world.does("ndrc", world.opening(2019));
    world.does("ndrc", world.opening(2020));
}

#[test]
pub fn budget_over_fund() {
    let world = World::new();
    let open = |year, budget: &str| {
        but!(world.opening(year), OpenYear, terms = Terms { budget: yuan(budget), ..world.terms(year) })
    };
    let over = "年度资金规模40,000,000.01元超过资金总规模的余额40,000,000.00元";
    world.refuses("ndrc", open(2019, "40000000.01"), &Refused("BudgetOverFund", "第二条", over));
    world.does("ndrc", open(2019, "25000000.00"));
    let over = "年度资金规模15,000,000.01元超过资金总规模的余额15,000,000.00元";
    world.refuses("ndrc", open(2020, "15000000.01"), &Refused("BudgetOverFund", "第二条", over));
    world.does("ndrc", open(2020, "15000000.00"));
    let over = "年度资金规模25,000,000.01元超过资金总规模的余额25,000,000.00元";
    world.refuses("ndrc", world.amendment(yuan("25000000.01")), &Refused("BudgetOverFund", "第二条", over));
    world.does("ndrc", world.amendment(yuan("25000000.00")));
}

#[test]
pub fn budget_under_committed() {
    let world = World::open();
    world.does("ndrc", world.fee(yuan("186000.00")));
    let under = "年度资金规模185,999.99元小于已审定和已列支的186,000.00元";
    world.refuses(
        "ndrc",
        world.amendment(yuan("185999.99")),
        &Refused("BudgetUnderCommitted", "第十二条", under),
    );
    world.does("ndrc", world.amendment(yuan("186000.00")));
    assert_eq!(world.balance("year:tianjin:2019"), kernel::Money::ZERO);
}

#[test]
pub fn rate_out_of_range() {
    let world = World::new();
    let rated = |project: &str, production: &str| {
        let mut terms = world.terms(2019);
        terms.set.insert("year_rate[project]".into(), project.into());
        terms.set.insert("year_rate[production]".into(), production.into());
        but!(world.opening(2019), OpenYear, terms = terms)
    };
    let over = Refused("RateOutOfRange", "第十条", "当年资助比例（项目投资补贴）30.01%超出上限30%");
    world.refuses("ndrc", rated("30.01%", "50%"), &over);
    let over = Refused("RateOutOfRange", "第十条", "当年资助比例（生产性补贴）50.01%超出上限50%");
    world.refuses("ndrc", rated("30%", "50.01%"), &over);
    world.does("ndrc", rated("30%", "50%"));
}

#[test]
pub fn window_unusable() {
    let world = World::new();
    let window = |opens, closes| {
        but!(world.opening(2019), OpenYear, terms = Terms { opens, closes, ..world.terms(2019) })
    };
    let refused = Refused("WindowUnusable", "第十二条", "受理截止日期早于开始日期");
    world.refuses("ndrc", window(date(2019, 11, 2), date(2019, 11, 1)), &refused);
    world.does("ndrc", window(date(2019, 11, 1), date(2019, 11, 1)));
}

#[test]
pub fn year_not_open() {
    let world = World::new();
    let parent = world.declared("haihe");
    world.on(date(2019, 10, 21));
    let refused = Refused("YearNotOpen", "第十二条", "2019年度尚未开设受理");
    world.refuses("haihe", world.application("haihe", parent), &refused);
    world.refuses("ndrc", world.draft(), &Refused("YearNotOpen", "", "2019年度尚未开设受理"));
    world.does("ndrc", world.opening(2019));
    world.does("haihe", world.application("haihe", parent));
    world.does("ndrc", world.draft());
    // A year of its own: the last day of 2019 and the first of 2020.
    let late = world.declared("jinke");
    let until = Terms { closes: date(2019, 12, 31), ..world.terms(2019) };
    let amend = but!(world.amendment(yuan("15000000.00")), AmendYear, terms = until);
    world.does("ndrc", amend);
    world.on(date(2019, 12, 31));
    let last = world.application("jinke", late);
    world.on(date(2020, 1, 1));
    world.refuses("jinke", last, &Refused("YearNotOpen", "第十二条", "2020年度尚未开设受理"));
}

#[test]
pub fn intake_closed() {
    let world = World::new();
    world.does("ndrc", world.opening(2019));
    let [haihe, jinke, tangu] = ["haihe", "jinke", "tangu"].map(|login| (login, world.declared(login)));
    let refused =
        Refused("IntakeClosed", "第十二条", "今天不在受理期内，受理时间为2019年10月21日至2019年11月29日");
    world.on(date(2019, 10, 20));
    world.refuses(haihe.0, world.application(haihe.0, haihe.1), &refused);
    world.on(date(2019, 10, 21));
    world.does(haihe.0, world.application(haihe.0, haihe.1));
    world.on(date(2019, 11, 29));
    world.does(jinke.0, world.application(jinke.0, jinke.1));
    world.on(date(2019, 11, 30));
    world.refuses(tangu.0, world.application(tangu.0, tangu.1), &refused);
    // A pre-declaration needs no intake.
    world.does("yunjin", world.predeclaration("yunjin"));
}

#[test]
pub fn adviser_related() {
    let world = World::open();
    let relate = |one: &str, other: &str| Command::DeclareRelation {
        org: world.org(one),
        other: world.org(other),
        basis: "参股".into(),
    };
    let case = world.until("haihe", "site_notice");
    world.does("ndrc", relate("haihe", "adviser-2"));
    let appoint = world.appointment("adviser-2");
    let of_year = "“津诚会计师事务所（特殊普通合伙）”与申请企业“天津海河绿源食品有限公司”有关联，应当回避";
    world.refuses("ndrc", appoint, &Refused("AdviserRelated", "第十二条", of_year));
    // A relation that becomes known after the assignment keeps the firm from verifying, and a relation binds both sides.
    let jinke = world.until("jinke", "inspect");
    world.does("ndrc", relate("adviser", "jinke"));
    let of_case = "“天津正衡工程咨询有限公司”与申请企业“天津津科新材料股份有限公司”有关联，应当回避";
    let refused = Refused("AdviserRelated", "第十三条（二）", of_case);
    world.refuses("adviser", world.inspection(jinke, yuan("0.00")), &refused);
    let again = world.until("tangu", "accept");
    world.does("ndrc", relate("adviser", "tangu"));
    let of_case = "“天津正衡工程咨询有限公司”与申请企业“天津塘沽远洋渔业集团有限公司”有关联，应当回避";
    let refused = Refused("AdviserRelated", "第十三条（二）", of_case);
    world.refuses(&world.district("tangu"), world.assignment(again, "adviser"), &refused);
    world.does(&world.district("haihe"), world.assignment(case, "adviser"));
}

#[test]
pub fn adviser_not_appointed() {
    let world = World::open();
    let case = world.until("haihe", "site_notice");
    let refused = Refused(
        "AdviserNotAppointed",
        "第十三条（二）",
        "“津诚会计师事务所（特殊普通合伙）”不是本年度选定的专业机构",
    );
    world.refuses(&world.district("haihe"), world.assignment(case, "adviser-2"), &refused);
    let fee = but!(world.fee(yuan("1.00")), PayFee, firm = world.org("adviser-2"));
    let refused = Refused("AdviserNotAppointed", "第十五条", refused.2);
    world.refuses("ndrc", fee.clone(), &refused);
    world.does("ndrc", world.appointment("adviser-2"));
    world.does(&world.district("haihe"), world.assignment(case, "adviser-2"));
    world.does("ndrc", fee);
}
