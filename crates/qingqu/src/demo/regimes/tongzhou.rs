//! Tongzhou: four funds of the district budget, each in two halves; 2018 from the budget to surplus.

use super::{Bank, Bill, Member, Prj, Src, Stage, Way};
use crate::clock::DemoClock;
use crate::demo::{SignIn, Tale};
use anyhow::Result;
use app::App;
use app::command::money::{GovLevel, MoneyCommand, Purpose};
use app::payout::FileForm;
use kernel::Date;
use kernel::id::ProjectId;
use policy::procedure::Act;

/// The story.
pub const TALE: Tale = Tale {
    policy: "tongzhou",
    place: (
        "北京市通州区，受援地区：翁牛特旗、奈曼旗、科尔沁右翼中旗、拉萨市城关区",
        "Tongzhou, Beijing, with four partner areas",
    ),
    shows: ("四笔资金各分两半，三次备案", "four funds in two halves each, three filings"),
    first_day: Date::constant(2018, 3, 26),
    fill,
};

const OFFICE: &str = "通州区对口支援和经济合作领导小组办公室";
const FINANCE: &str = "通州区财政局";
const LABOUR: &str = "通州区人力资源和社会保障局";
const ONGNIUD: &str = "翁牛特旗扶贫开发办公室";

const PEOPLE: &[Member] = &[
    ("office", "周敏", "tz_office", OFFICE, "110112"),
    ("office-2", "郝建国", "tz_office", OFFICE, "110112"),
    ("finance", "林晓东", "tz_finance", FINANCE, "110112"),
    ("finance-2", "宋佳", "tz_finance", FINANCE, "110112"),
    ("group", "魏国强", "tz_group", "通州区对口支援和经济合作领导小组", "110112"),
    ("area-ongniud", "乌兰", "tz_area", "翁牛特旗人民政府", "150426"),
    ("area-naiman", "白志刚", "tz_area", "奈曼旗人民政府", "150525"),
    ("area-horqin", "包玉梅", "tz_area", "科尔沁右翼中旗人民政府", "152222"),
    ("area-lhasa", "次仁", "tz_area", "拉萨市城关区人民政府", "540102"),
    ("unit-commerce", "赵雅琴", "tz_unit", "通州区商务委员会", "110112"),
    ("unit-labour", "孟庆华", "tz_unit", LABOUR, "110112"),
    ("unit-ongniud", "朝鲁", "tz_unit", ONGNIUD, "150426"),
    ("unit-naiman", "韩秀英", "tz_unit", "奈曼旗扶贫开发办公室", "150525"),
    ("unit-horqin", "陈宝音", "tz_unit", "科尔沁右翼中旗农牧业局", "152222"),
    ("unit-lhasa", "德吉", "tz_unit", "拉萨市城关区农牧局", "540102"),
    ("company", "高文斌", "tz_company", "北京通惠优选农产品销售有限公司", "110112"),
    ("supervision", "曹立新", "tz_supervision", "通州区纪委区监委", "110112"),
    ("audit", "秦月", "tz_audit", "通州区审计局", "110112"),
];

const fn source(fund: &'static str, purpose: &'static str, yuan: &'static str) -> Src {
    Src {
        fund,
        kind: ("district_budget", GovLevel::County),
        document: "通财预〔2018〕112号",
        purpose,
        code: "2130599",
        year: 2018,
        yuan,
    }
}

const SOURCES: &[(Src, &str)] = &[
    (source("ongniud", "翁牛特旗产业帮扶", "20000000.01"), "12000000.01"),
    (source("naiman", "奈曼旗产业帮扶", "18500000.00"), "18500000.00"),
    (source("horqin", "科尔沁右翼中旗产业帮扶", "16000000.00"), "9600000.00"),
    (source("lhasa", "拉萨市城关区产业帮扶", "12345678.91"), "12345678.91"),
];

const SALES: Prj = Prj {
    who: "unit-commerce",
    money: ("ongniud", "tongzhou", "sales_channel"),
    name: "翁牛特旗农产品进京销售渠道补贴",
    place: "150426",
    village: "",
    year: 2018,
    link: "订单收购312户建档立卡贫困户的杂粮和牛羊肉，户均增收不少于2600元",
    mechanism: "政府购买服务",
    levered: "1850000.00",
    lines: &[("shops", "社区专柜和展销补贴", "", "3200000.00"), ("cold", "冷链配送补贴", "", "1400000.00")],
    contracts: &[
        (
            "通商采〔2018〕17-1",
            "北京通惠优选农产品销售有限公司",
            "北京农商银行通州支行",
            "2900000.00",
            "145000.00",
        ),
        ("通商采〔2018〕17-2", "北京运河鲜达冷链物流有限公司", "华夏银行通州支行", "1350000.00", "67500.00"),
    ],
};

const TRAINING: Prj = Prj {
    who: "unit-labour",
    money: ("ongniud", "tongzhou", "training"),
    name: "建档立卡劳动力技能培训",
    place: "150426",
    village: "",
    year: 2018,
    link: "培训建档立卡劳动力420人，稳定就业不少于260人",
    mechanism: "直接补助",
    levered: "0.00",
    lines: &[
        ("course", "授课和实训", "", "960000.00"),
        ("board", "学员食宿补助（发到户）", "household", "504000.00"),
    ],
    contracts: &[("通人社培〔2018〕6", "北京潞河职业技能培训学校", "北京银行通州支行", "960000.00", "0.00")],
};

const PARK: Prj = Prj {
    who: "unit-ongniud",
    money: ("ongniud", "area", "industry"),
    name: "乌丹镇设施蔬菜产业园",
    place: "150426",
    village: "",
    year: 2018,
    link: "吸纳用工185人，其中建档立卡贫困户96人；租金收益分给6个贫困村",
    mechanism: "资产收益扶贫",
    levered: "6200000.00",
    lines: &[("park", "日光温室和配套设施", "", "6800000.00")],
    contracts: &[],
};

const WORKSHOP: Prj = Prj {
    who: "unit-ongniud",
    money: ("ongniud", "area", "workshop"),
    name: "五分地镇杂粮加工扶贫车间",
    place: "150426",
    village: "",
    year: 2018,
    link: "带动73户建档立卡贫困户就业和订单种植",
    mechanism: "直接补助",
    levered: "800000.00",
    lines: &[
        ("line", "杂粮筛选包装生产线", "", "1500000.00"),
        ("truck", "农产品冷链运输车辆", "", "420000.00"),
    ],
    contracts: &[],
};

const AUDIT: Prj = Prj {
    who: "unit-commerce",
    money: ("ongniud", "tongzhou", "assessment_audit"),
    name: "2018年项目评估和审计费用（通州一侧）",
    place: "150426",
    village: "",
    year: 2018,
    link: "核查全部带贫项目的挂钩情况",
    mechanism: "政府购买服务",
    levered: "0.00",
    lines: &[("audit", "第三方评估和审计", "", "60000.01")],
    contracts: &[(
        "通支合〔2018〕3",
        "北京诚衡会计师事务所（特殊普通合伙）",
        "北京银行通州支行",
        "60000.01",
        "0.00",
    )],
};

const POSTS: Prj = Prj {
    who: "unit-naiman",
    money: ("naiman", "area", "welfare_posts"),
    name: "奈曼旗村级公益岗位",
    place: "150525",
    village: "",
    year: 2018,
    link: "护林、保洁、护路岗位全部安排建档立卡贫困人口，共240人",
    mechanism: "直接补助",
    levered: "0.00",
    lines: &[
        ("posts", "公益岗位补贴", "post", "1728000.00"),
        ("breeding", "基础母牛到户补助", "household", "2400000.00"),
    ],
    contracts: &[],
};

const CERTIFICATE: Prj = Prj {
    who: "unit-lhasa",
    money: ("lhasa", "area", "certification"),
    name: "净土健康产业绿色有机认证",
    place: "540102",
    village: "",
    year: 2018,
    link: "带动蔡公堂街道48户建档立卡贫困户种植订单",
    mechanism: "直接补助",
    levered: "0.00",
    lines: &[("papers", "检测、认证和标识", "", "900000.00")],
    contracts: &[],
};

const FIRMS: Prj = Prj {
    who: "unit-horqin",
    money: ("horqin", "area", "leading_firms"),
    name: "蒙古牛育肥龙头企业带贫补贴",
    place: "152222",
    village: "",
    year: 2018,
    link: "托养贫困户母牛1100头，保底分红涉及368户",
    mechanism: "资产收益扶贫",
    levered: "3000000.00",
    lines: &[("cattle", "托养和育肥补贴", "", "5200000.00")],
    contracts: &[],
};

/// Approved for the next year; no money is registered for it yet.
const NEXT: Prj = Prj {
    who: "unit-commerce",
    money: ("lhasa", "tongzhou", "sales_channel"),
    name: "2019年拉萨市城关区农产品进京展销",
    place: "540102",
    village: "",
    year: 2019,
    link: "订单收购280户建档立卡贫困户的青稞和牦牛肉",
    mechanism: "政府购买服务",
    levered: "600000.00",
    lines: &[("fair", "展销场地和运输补贴", "", "2400000.00")],
    contracts: &[],
};

fn fill(app: &App, clock: &DemoClock, people_only: bool) -> Result<Vec<SignIn>> {
    super::tell(app, clock, people_only, PEOPLE, story)
}

struct Projects {
    sales: ProjectId,
    training: ProjectId,
    park: ProjectId,
    workshop: ProjectId,
    audit: ProjectId,
    posts: ProjectId,
    certificate: ProjectId,
    firms: ProjectId,
}

/// Into the library, then declared and approved.
pub(super) const WAY: Way = Way {
    chain: &[("library", "library_enter"), ("flow", "decide_project")],
    by: None,
    told: &[("overhead_only", "false")],
};

fn story(s: &mut Stage<'_>) -> Result<()> {
    s.on(2018, 3, 26)?;
    s.approved(&WAY, &[&SALES, &TRAINING, &PARK, &WORKSHOP, &AUDIT, &POSTS, &CERTIFICATE, &FIRMS])?;
    s.on(2018, 4, 10)?;
    let mut sources = Vec::new();
    for (spec, cash) in SOURCES {
        let source = s.source("finance", spec)?;
        s.cash("finance", source, cash)?;
        sources.push(source);
    }
    for (fund, area) in [
        ("ongniud", "翁牛特旗"),
        ("naiman", "奈曼旗"),
        ("horqin", "科尔沁右翼中旗"),
        ("lhasa", "拉萨市城关区"),
    ] {
        s.payer("finance", fund, &format!("通州区财政局{area}帮扶资金专户"), "北京农商银行通州支行")?;
    }
    s.on(2018, 4, 18)?;
    let projects = register(s)?;
    plans(s, &projects)?;
    summer(s, &projects)?;
    s.on(2018, 8, 15)?;
    s.cash("finance", sources[0], "8000000.00")?;
    s.registers()?;
    autumn(s, &projects)?;
    s.on(2018, 11, 20)?;
    let why = "年中预算调整，压减未安排部分";
    s.cut("finance", sources[2], "1200000.01", "通财预〔2018〕347号", why)?;
    winter(s, &projects)
}

fn register(s: &mut Stage<'_>) -> Result<Projects> {
    let projects = Projects {
        sales: s.project(&SALES)?,
        training: s.project(&TRAINING)?,
        park: s.project(&PARK)?,
        workshop: s.project(&WORKSHOP)?,
        audit: s.project(&AUDIT)?,
        posts: s.project(&POSTS)?,
        certificate: s.project(&CERTIFICATE)?,
        firms: s.project(&FIRMS)?,
    };
    s.on(2018, 4, 20)?;
    let opinion = "冷链运输车辆随生产线使用，登记在村集体名下，属于生产设备，可以列支";
    s.clear("office-2", projects.workshop, true, opinion)?;
    Ok(projects)
}

/// Five plans: three go all the way, one of them with a filing that is forgotten; one waits for the area; one was returned.
fn plans(s: &mut Stage<'_>, p: &Projects) -> Result<()> {
    let basis = "2018年度产业帮扶工作方案";
    s.on(2018, 4, 25)?;
    let ours = [(p.sales, "", "4600000.00"), (p.training, "", "1464000.00"), (p.audit, "", "60000.01")];
    let ours = s.draft("office", ("ongniud", "tongzhou", 2018), basis, &ours)?;
    let theirs = [(p.park, "", "6800000.00"), (p.workshop, "", "1920000.00")];
    let theirs = s.draft("office", ("ongniud", "area", 2018), basis, &theirs)?;
    let posts = s.draft("office", ("naiman", "area", 2018), basis, &[(p.posts, "", "4128000.00")])?;
    let lhasa = s.draft("office", ("lhasa", "area", 2018), basis, &[(p.certificate, "", "900000.00")])?;
    let all = [
        (ours, "area-ongniud", 1),
        (theirs, "area-ongniud", 2),
        (posts, "area-naiman", 3),
        (lhasa, "area-lhasa", 4),
    ];
    s.on(2018, 5, 4)?;
    for (plan, area, _) in all {
        s.step("finance", plan, ("consult_finance", "agree"), "资金规模与预算一致", "")?;
        s.step(area, plan, ("consult_area", "agree"), "符合我地产业规划", "")?;
    }
    s.on(2018, 5, 7)?;
    for (plan, _, no) in all {
        s.step("office", plan, ("file_plan", ""), "", &format!("通支合备〔2018〕{no}号"))?;
    }
    s.on(2018, 5, 8)?;
    for (plan, _, no) in all {
        s.approve("group", plan, &format!("通支领〔2018〕{no}号"))?;
    }
    s.on(2018, 5, 10)?;
    for (plan, _, no) in all {
        s.step("office", plan, ("file_approval", ""), "", &format!("通支合备〔2018〕{}号", no + 4))?;
    }
    s.on(2018, 5, 14)?;
    for (plan, _, no) in all {
        s.step("finance", plan, ("issue", ""), "", &format!("通财支〔2018〕{}号", 60 + no))?;
    }
    s.on(2018, 5, 17)?;
    for (plan, _, no) in all.into_iter().skip(1) {
        s.step("office", plan, ("file_payment", ""), "", &format!("通支合备〔2018〕{}号", no + 7))?;
    }
    Ok(())
}

const SALES_WHO: (&str, &str, &str) = ("unit-commerce", "office", "finance");

fn summer(s: &mut Stage<'_>, p: &Projects) -> Result<()> {
    s.on(2018, 5, 21)?;
    s.contracts(p.sales, &SALES)?;
    s.contracts(p.training, &TRAINING)?;
    s.contracts(p.audit, &AUDIT)?;
    s.on(2018, 6, 25)?;
    let first = [Bill::Invoice("shops", 1, "868000.00"), Bill::Invoice("shops", 1, "432600.00")];
    let first = s.claim("unit-commerce", p.sales, Purpose::Progress, &first)?;
    let who = ("unit-ongniud", "office", "finance");
    let park = s.granted(who, p.park, Purpose::Progress, &[Bill::Transfer("park", "2200000.00")])?;
    s.on(2018, 6, 27)?;
    s.check("office", first, &[(2, "398500.00", "有三家专柜7月才开业，当期租金34100元不列")])?;
    s.grant("finance", first)?;
    s.on(2018, 6, 29)?;
    s.pay(("finance", "finance-2"), "ongniud", &[first, park])?;
    s.on(2018, 7, 16)?;
    let who = ("unit-lhasa", "office", "finance");
    let papers = s.granted(who, p.certificate, Purpose::Final, &[Bill::Transfer("papers", "763215.40")])?;
    s.pay(("finance", "finance-2"), "lhasa", &[papers])?;
    s.on(2018, 7, 23)?;
    s.goes(&[p.certificate], "accept_works")?;
    s.on(2018, 7, 30)?;
    s.close("office", p.certificate, "认证已全部取得，结余退回受援地区一侧")
}

/// A payment fails at the bank and is made again; a refused and a withdrawn claim.
fn autumn(s: &mut Stage<'_>, p: &Projects) -> Result<()> {
    s.on(2018, 9, 10)?;
    let who = ("unit-labour", "office", "finance");
    let bills = [Bill::Invoice("course", 1, "480000.00"), Bill::List("board", 210, "252000.00")];
    let course = s.granted(who, p.training, Purpose::Progress, &bills)?;
    let batch = s.batch("finance", "ongniud", &[course])?;
    s.release("finance-2", batch, FileForm::Pain001)?;
    s.on(2018, 9, 12)?;
    s.results("finance-2", batch, &[Bank::Paid(1), Bank::Failed(2, "收款账户名称不符")])?;
    s.on(2018, 9, 14)?;
    s.pay(("finance", "finance-2"), "ongniud", &[course])?;
    s.on(2018, 10, 9)?;
    let refused = [Bill::Invoice("cold", 2, "96000.00")];
    let refused = s.claim("unit-commerce", p.sales, Purpose::Progress, &refused)?;
    s.check("office", refused, &[])?;
    s.turn_down("finance", refused, (Act::Decide, "refuse"), "配送的不是受援地区产品，不属于本项目")?;
    let withdrawn = [Bill::Invoice("cold", 2, "212000.00")];
    let withdrawn = s.claim("unit-commerce", p.sales, Purpose::Progress, &withdrawn)?;
    s.does(
        "unit-commerce",
        MoneyCommand::WithdrawClaim { claim: withdrawn, why: "发票抬头开错，重开后再报".into() },
    )?;
    s.on(2018, 10, 22)?;
    let cold = s.granted(SALES_WHO, p.sales, Purpose::Progress, &[Bill::Invoice("cold", 2, "212000.00")])?;
    s.pay(("finance", "finance-2"), "ongniud", &[cold])?;
    Ok(())
}

/// What stands open at the end of the year.
fn winter(s: &mut Stage<'_>, p: &Projects) -> Result<()> {
    s.approved(&WAY, &[&NEXT])?;
    s.on(2018, 11, 26)?;
    let plan = s.draft(
        "office",
        ("horqin", "area", 2018),
        "2018年度产业帮扶工作方案（追加）",
        &[(p.firms, "", "4800000.00")],
    )?;
    s.step("finance", plan, ("consult_finance", "agree"), "在调整后的预算之内", "")?;
    s.on(2018, 12, 3)?;
    let who = ("unit-naiman", "office", "finance");
    let posts = s.granted(who, p.posts, Purpose::Subsidy, &[Bill::List("posts", 240, "864000.00")])?;
    let cows = s.granted(who, p.posts, Purpose::Subsidy, &[Bill::List("breeding", 400, "1200000.00")])?;
    let batch = s.batch("finance", "naiman", &[posts, cows])?;
    s.release("finance-2", batch, FileForm::Csv)?;
    s.on(2018, 12, 5)?;
    s.results("finance-2", batch, &[Bank::Other(1, "863640.00")])?;
    s.on(2018, 12, 10)?;
    let why = "审计核减：两处专柜未按合同开足6个月";
    s.recover("finance", p.sales, "c1", "52000.37", why)?;
    s.on(2018, 12, 17)?;
    let fees = s.granted(SALES_WHO, p.audit, Purpose::Final, &[Bill::Invoice("audit", 1, "60000.01")])?;
    s.batch("finance", "ongniud", &[fees])?;
    s.granted(
        ("unit-ongniud", "office", "finance"),
        p.workshop,
        Purpose::Progress,
        &[Bill::Transfer("line", "900000.00"), Bill::Transfer("truck", "418600.00")],
    )?;
    s.on(2018, 12, 20)?;
    let second =
        s.claim("unit-ongniud", p.park, Purpose::Progress, &[Bill::Transfer("park", "1500000.00")])?;
    s.check("office", second, &[])?;
    let back = [Bill::Invoice("shops", 1, "655000.00")];
    let back = s.claim("unit-commerce", p.sales, Purpose::Progress, &back)?;
    s.turn_down("office", back, (Act::Check, "return"), "缺少展销活动签到表和照片，请补齐")?;
    s.on(2018, 12, 24)?;
    s.claim("unit-labour", p.training, Purpose::Progress, &[Bill::Invoice("course", 1, "236000.00")])?;
    s.on(2018, 12, 28)
}
