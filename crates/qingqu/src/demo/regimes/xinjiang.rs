//! Xinjiang: five channels flow into one pool of a county; one tap lets out, and each fen still knows its channel.

use super::said::{FIRST_RETURN, HANDED_OVER, SECOND_QUARTER, THIRD_QUARTER};
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
    policy: "xinjiang",
    place: ("新疆维吾尔自治区墨玉县", "Moyu (Karakax) county, Xinjiang"),
    shows: (
        "五个渠道进一个池子，对着项目捆绑使用",
        "five channels in one pool, bound together for a project",
    ),
    first_day: Date::constant(2018, 12, 3),
    fill,
};

const FINANCE: &str = "墨玉县财政局";
const OFFICE: &str = "墨玉县扶贫开发办公室";
const FARMS: &str = "墨玉县农业农村局";

const PEOPLE: &[Member] = &[
    ("finance", "吐尔逊", "xj_finance", FINANCE, "653222"),
    ("finance-2", "刘海燕", "xj_finance", FINANCE, "653222"),
    ("finance-3", "阿依古丽", "xj_finance", FINANCE, "653222"),
    ("office", "艾山", "xj_office", OFFICE, "653222"),
    ("office-2", "贺军", "xj_office", OFFICE, "653222"),
    ("department", "努尔兰", "xj_department", FARMS, "653222"),
    ("line", "梁伟", "xj_line", "墨玉县发展和改革委员会", "653222"),
    ("group", "买买提", "xj_group", "墨玉县扶贫开发领导小组", "653222"),
    ("unit-farm", "热依拉", "xj_unit", "墨玉县设施农业发展中心", "653222"),
    ("unit-water", "唐国庆", "xj_unit", "墨玉县水利管理站", "653222"),
    ("unit-town", "古丽娜", "xj_unit", "墨玉县喀瓦克乡扶贫工作站", "653222"),
    ("township", "玉素甫", "xj_township", "墨玉县喀瓦克乡人民政府", "653222"),
    ("village", "帕提古丽", "xj_village", "喀瓦克乡巴扎村村民委员会", "653222"),
    ("prefecture", "方志强", "xj_prefecture_group", "和田地区扶贫开发领导小组", "653200"),
    ("region-finance", "白雪", "xj_region_finance", "新疆维吾尔自治区财政厅", "650000"),
    ("region-office", "马文华", "xj_region_office", "新疆维吾尔自治区扶贫开发办公室", "650000"),
    ("region-group", "潘毅", "xj_region_group", "新疆维吾尔自治区扶贫开发领导小组", "650000"),
    ("audit", "贾宁", "xj_audit", "墨玉县审计局", "653222"),
    ("supervision", "塔依尔", "xj_supervision", "墨玉县纪委监委", "653222"),
    ("office-pishan", "阿不都", "xj_office", "皮山县扶贫开发办公室", "653223"),
    ("office-luopu", "米娜瓦尔", "xj_office", "洛浦县扶贫开发办公室", "653224"),
];

/// The counties that report, the late one last.
const COUNTIES: [&str; 3] = ["office", "office-pishan", "office-luopu"];

const fn channel(
    kind: (&'static str, GovLevel),
    document: &'static str,
    purpose: &'static str,
    code: &'static str,
    yuan: &'static str,
) -> Src {
    Src { fund: "pool", kind, document, purpose, code, year: 2019, yuan }
}

/// The five channels; two papers with the same serial and different prefixes are two papers.
const CHANNELS: &[(Src, (i16, i8, i8), &str)] = &[
    (
        channel(
            ("relief", GovLevel::Central),
            "新扶贫领字〔2018〕76号",
            "产业发展",
            "2130505",
            "24000000.00",
        ),
        (2018, 12, 5),
        "24000000.00",
    ),
    (
        channel(
            ("relief", GovLevel::Province),
            "新扶领办发〔2018〕76号",
            "产业发展",
            "2130505",
            "12800000.00",
        ),
        (2018, 12, 12),
        "12800000.00",
    ),
    (
        channel(
            ("agriculture", GovLevel::Central),
            "新财农〔2018〕129号",
            "统筹整合用于脱贫攻坚",
            "2130122",
            "8600000.00",
        ),
        (2018, 12, 21),
        "6000000.00",
    ),
    (
        channel(
            ("bonds", GovLevel::Province),
            "新财债管〔2019〕15号",
            "贫困村基础设施",
            "2130504",
            "15000000.00",
        ),
        (2019, 2, 18),
        "15000000.00",
    ),
    (
        channel(("other_budget", GovLevel::County), "墨财字〔2019〕8号", "县级配套", "2130599", "3200000.50"),
        (2019, 2, 25),
        "3200000.50",
    ),
];

const GREENHOUSE: Prj = Prj {
    who: "unit-farm",
    money: ("pool", "all", "industry"),
    name: "喀瓦克乡设施农业大棚",
    place: "653222",
    village: "",
    year: 2019,
    link: "156座大棚承包给建档立卡贫困户，户均年增收8000元以上",
    mechanism: "带贫：承包经营加技术托管",
    levered: "2600000.00",
    lines: &[
        ("sheds", "大棚主体工程", "", "21800000.00"),
        ("pipes", "滴灌和增温设备", "", "6400000.00"),
        ("labour", "土方平整用工", "labour", "1200000.00"),
    ],
    contracts: &[
        (
            "墨设农合〔2019〕3",
            "和田昆仑建设工程有限公司",
            "新疆农村信用社墨玉县联社",
            "21600000.00",
            "1080000.00",
        ),
        (
            "墨设农合〔2019〕4",
            "喀什绿洲节水设备有限公司",
            "中国农业银行墨玉县支行",
            "6350000.00",
            "317500.00",
        ),
    ],
};

const CANALS: Prj = Prj {
    who: "unit-water",
    money: ("pool", "all", "small_facilities"),
    name: "雅瓦乡末级渠系防渗改造",
    place: "653222",
    village: "",
    year: 2019,
    link: "改善4个深度贫困村、1327户的灌溉条件",
    mechanism: "公益性设施，移交村集体管护",
    levered: "0.00",
    lines: &[("canals", "渠道防渗工程", "", "9800000.00")],
    contracts: &[(
        "墨水合〔2019〕11",
        "和田玉河水利工程有限公司",
        "中国建设银行墨玉县支行",
        "9650000.00",
        "482500.00",
    )],
};

const COWS: Prj = Prj {
    who: "unit-town",
    money: ("pool", "all", "linked_benefit"),
    name: "喀瓦克乡生产母牛到户补助",
    place: "653222",
    village: "",
    year: 2019,
    link: "补助建档立卡贫困户420户，每户一头，不再收回",
    mechanism: "到户直接补助",
    levered: "840000.00",
    lines: &[("cows", "母牛到户补助", "household", "4200000.00"), ("vet", "防疫和耳标", "", "126000.00")],
    contracts: &[(
        "喀扶合〔2019〕2",
        "墨玉县惠牧畜牧服务有限公司",
        "新疆农村信用社墨玉县联社",
        "126000.00",
        "0.00",
    )],
};

const TRUCKS: Prj = Prj {
    who: "unit-town",
    money: ("pool", "all", "industry"),
    name: "核桃收储运输车辆购置",
    place: "653222",
    village: "",
    year: 2019,
    link: "为3个村核桃合作社收储服务，涉及贫困户214户",
    mechanism: "村集体资产，合作社承租",
    levered: "0.00",
    lines: &[("trucks", "收储专用车6台", "", "960000.00")],
    contracts: &[],
};

const ROADS: Prj = Prj {
    who: "unit-town",
    money: ("pool", "all", "village_services"),
    name: "巴扎村巷道硬化和路灯",
    place: "653222",
    village: "",
    year: 2019,
    link: "贫困村整村提升，受益贫困户187户",
    mechanism: "以工代赈",
    levered: "0.00",
    lines: &[("roads", "巷道硬化", "", "5600000.00"), ("lamps", "太阳能路灯", "", "480000.00")],
    contracts: &[],
};

fn fill(app: &App, clock: &DemoClock, people_only: bool) -> Result<Vec<SignIn>> {
    super::tell(app, clock, people_only, PEOPLE, story)
}

/// Two up, two down, and the leading group.
pub(super) const WAY: Way = Way {
    chain: &[("two_up_two_down", "group_decide")],
    by: Some("village"),
    told: &[("channel", "relief")],
};

fn story(s: &mut Stage<'_>) -> Result<()> {
    s.approved(&WAY, &[&GREENHOUSE, &CANALS, &COWS, &TRUCKS, &ROADS])?;
    for (spec, (year, month, day), cash) in CHANNELS {
        s.on(*year, *month, *day)?;
        let source = s.source("finance", spec)?;
        s.cash("finance", source, cash)?;
    }
    s.payer("finance", "pool", "墨玉县扶贫资金专账", "新疆农村信用社墨玉县联社")?;
    s.on(2019, 3, 4)?;
    months(s, &["2018-11", "2018-12", "2019-01", "2019-02"])?;
    let (sheds, canals, cows) = (s.project(&GREENHOUSE)?, s.project(&CANALS)?, s.project(&COWS)?);
    let roads = s.project(&ROADS)?;
    s.project(&TRUCKS)?;
    for (who, project, no) in
        [("unit-farm", sheds, 1), ("unit-water", canals, 2), ("unit-town", cows, 3), ("unit-town", roads, 4)]
    {
        s.file(who, project, "project_reply", &format!("墨扶领〔2019〕{no}号"))?;
        s.file(who, project, "performance_targets", "2019年项目绩效目标申报表")?;
        s.file(who, project, "responsible_people", "责任单位、责任领导和责任人登记表")?;
    }
    plans(s, [sheds, canals, cows], roads)?;
    spring(s, sheds, canals, cows)?;
    autumn(s, sheds, canals, cows)
}

/// The first plan binds four channels for one project; its filing is late. The second waits for the departments.
fn plans(s: &mut Stage<'_>, projects: [ProjectId; 3], roads: ProjectId) -> Result<()> {
    let [sheds, canals, cows] = projects;
    s.on(2019, 3, 11)?;
    let first = [(sheds, "", "29400000.00")];
    let first = s.draft("office", ("pool", "all", 2019), "墨玉县2019年脱贫攻坚项目计划", &first)?;
    let second = [(canals, "", "9800000.00"), (cows, "", "4326000.00")];
    let second = s.draft("office", ("pool", "all", 2019), "墨玉县2019年脱贫攻坚项目计划", &second)?;
    s.on(2019, 3, 15)?;
    for plan in [first, second] {
        s.step("line", plan, ("line_check", "agree"), "与行业规划衔接，不重复安排", "")?;
    }
    s.on(2019, 3, 20)?;
    s.approve("group", first, "墨扶领〔2019〕15号")?;
    s.approve("group", second, "墨扶领〔2019〕16号")?;
    s.on(2019, 3, 22)?;
    s.step("finance", first, ("issue", ""), "", "墨财扶〔2019〕21号")?;
    s.step("finance", second, ("issue", ""), "", "墨财扶〔2019〕22号")?;
    s.on(2019, 3, 28)?;
    s.step("office", first, ("file", ""), "", "墨扶备〔2019〕3号")?;
    s.on(2019, 4, 1)?;
    let third = [(roads, "", "6080000.00")];
    s.draft("office", ("pool", "all", 2019), "墨玉县2019年脱贫攻坚项目计划（第二批）", &third)?;
    s.contracts(sheds, &GREENHOUSE)?;
    s.contracts(canals, &CANALS)?;
    s.contracts(cows, &COWS)?;
    for project in projects {
        s.once(project, "name_people", None)?;
        s.once(project, "project_notice", None)?;
    }
    s.goes(&projects, "start_work")
}

const FARM: (&str, &str, &str) = ("unit-farm", "department", "finance-2");
const WATER: (&str, &str, &str) = ("unit-water", "department", "finance-2");
const TOWN: (&str, &str, &str) = ("unit-town", "department", "finance-2");

fn spring(s: &mut Stage<'_>, sheds: ProjectId, canals: ProjectId, cows: ProjectId) -> Result<()> {
    months(s, &["2019-03"])?;
    s.on(2019, 4, 10)?;
    let start = s.granted(FARM, sheds, Purpose::Advance, &[Bill::Invoice("sheds", 1, "6480000.00")])?;
    let water = s.granted(WATER, canals, Purpose::Advance, &[Bill::Invoice("canals", 1, "2895000.00")])?;
    s.pay(("finance", "finance-3"), "pool", &[start, water])?;
    s.on(2019, 5, 7)?;
    months(s, &["2019-04"])?;
    s.on(2019, 5, 20)?;
    let bills = [Bill::Invoice("sheds", 1, "8200000.00"), Bill::List("labour", 260, "780000.00")];
    let work = s.claim("unit-farm", sheds, Purpose::Progress, &bills)?;
    s.check("department", work, &[(1, "7945600.00", "12座大棚后墙未完成，按监理签证核减")])?;
    s.grant("finance-2", work)?;
    let first = s.granted(TOWN, cows, Purpose::Subsidy, &[Bill::List("cows", 260, "2600000.00")])?;
    let batch = s.batch("finance", "pool", &[work, first])?;
    s.release("finance-3", batch, FileForm::Pain001)?;
    s.on(2019, 5, 22)?;
    s.results("finance-3", batch, &[Bank::Paid(1), Bank::Paid(2), Bank::Failed(3, "代发文件户名有误")])?;
    s.on(2019, 5, 27)?;
    s.pay(("finance", "finance-3"), "pool", &[first])?;
    s.on(2019, 7, 3)?;
    months(s, &["2019-05", "2019-06"])?;
    s.on(2019, 7, 8)?;
    let rest = s.granted(TOWN, cows, Purpose::Subsidy, &[Bill::List("cows", 158, "1580000.00")])?;
    let vet = s.granted(TOWN, cows, Purpose::Final, &[Bill::Invoice("vet", 1, "121380.00")])?;
    s.pay(("finance", "finance-3"), "pool", &[rest, vet])?;
    watched(s, sheds, canals, cows)?;
    s.once(cows, "project_notice", None)?;
    s.on(2019, 8, 5)?;
    months(s, &["2019-07"])?;
    s.on(2019, 8, 12)?;
    let why = "两户已不在建档立卡之列，补助退回";
    s.recover("finance", cows, "list", "20000.00", why)?;
    s.says(cows, HANDED_OVER)?;
    s.goes(&[cows], "complete")?;
    s.goes(&[cows], "hand_over")?;
    s.close("department", cows, "验收合格，418户兑现，结余退回池子")
}

/// The targets of the second quarter: one project is on course, one late with its walls.
fn watched(s: &mut Stage<'_>, sheds: ProjectId, canals: ProjectId, cows: ProjectId) -> Result<()> {
    s.says(
        canals,
        &[("until", "2019-06-30"), ("work_done", "45%"), ("money_used", "289.5"), ("money_share", "29.5%")],
    )?;
    s.once(canals, "monitor", Some("on_course"))?;
    s.says(
        cows,
        &[("until", "2019-06-30"), ("work_done", "62%"), ("money_used", "260"), ("money_share", "60.1%")],
    )?;
    s.once(cows, "monitor", Some("on_course"))?;
    s.says(sheds, SECOND_QUARTER)?;
    s.once(sheds, "monitor", Some("deviates"))
}

/// The counties report months, and the prefecture sums them up.
fn months(s: &mut Stage<'_>, periods: &[&str]) -> Result<()> {
    for period in periods {
        for county in COUNTIES {
            s.reports(county, "monthly_report", period, "")?;
        }
        s.reports("prefecture", "prefecture_report", period, "")?;
    }
    Ok(())
}

/// What stands open in autumn.
fn autumn(s: &mut Stage<'_>, sheds: ProjectId, canals: ProjectId, cows: ProjectId) -> Result<()> {
    s.on(2019, 9, 4)?;
    months(s, &["2019-08"])?;
    s.on(2019, 9, 16)?;
    let pipes = s.granted(FARM, sheds, Purpose::Progress, &[Bill::Invoice("pipes", 2, "3175000.00")])?;
    let water = s.granted(WATER, canals, Purpose::Progress, &[Bill::Invoice("canals", 1, "4100000.00")])?;
    let batch = s.batch("finance", "pool", &[pipes, water])?;
    s.release("finance-3", batch, FileForm::Csv)?;
    s.on(2019, 9, 18)?;
    s.results("finance-3", batch, &[Bank::Other(1, "3157000.00")])?;
    s.on(2019, 9, 24)?;
    s.goes(&[cows], "evaluation_use")?;
    // One county is late: the prefecture files without it and says why, and corrects its sum when it has come.
    s.on(2019, 10, 11)?;
    let without = "洛浦县系统检修，报上来后更正。";
    for county in &COUNTIES[..2] {
        s.reports(county, "monthly_report", "2019-09", "")?;
    }
    s.reports("prefecture", "prefecture_report", "2019-09", without)?;
    s.on(2019, 10, 21)?;
    s.says(sheds, THIRD_QUARTER)?;
    s.once(sheds, "monitor", Some("must_mend"))?;
    s.once(sheds, "monitor_order", None)?;
    s.reports(COUNTIES[2], "monthly_report", "2019-09", "")?;
    s.reports("prefecture", "prefecture_report", "2019-09", "洛浦县已补报，更正。")?;
    let made = s.granted(FARM, sheds, Purpose::Progress, &[Bill::Invoice("sheds", 1, "2560000.00")])?;
    s.batch("finance", "pool", &[made])?;
    s.granted(FARM, sheds, Purpose::Progress, &[Bill::List("labour", 140, "392000.00")])?;
    let second =
        s.claim("unit-farm", sheds, Purpose::Progress, &[Bill::Invoice("pipes", 2, "1270000.00")])?;
    s.check("department", second, &[])?;
    let back =
        s.claim("unit-water", canals, Purpose::Progress, &[Bill::Invoice("canals", 1, "1500000.00")])?;
    s.turn_down("department", back, (Act::Check, "return"), "隐蔽工程影像不全，补齐后再报")?;
    let refused = s.claim("unit-farm", sheds, Purpose::Progress, &[Bill::Invoice("pipes", 2, "84000.00")])?;
    s.check("department", refused, &[])?;
    s.turn_down("finance-2", refused, (Act::Decide, "refuse"), "增温设备配件属于质保范围，不应另付")?;
    let gone =
        s.claim("unit-water", canals, Purpose::Progress, &[Bill::Invoice("canals", 1, "310000.00")])?;
    s.does("unit-water", MoneyCommand::WithdrawClaim { claim: gone, why: "发票作废重开".into() })?;
    s.on(2019, 11, 4)?;
    s.claim("unit-water", canals, Purpose::Progress, &[Bill::Invoice("canals", 1, "310000.00")])?;
    s.says(cows, FIRST_RETURN)?;
    s.about(cows, "village", "asset_return", "return_order")?;
    s.on(2019, 11, 7)?;
    for county in &COUNTIES[..2] {
        s.reports(county, "monthly_report", "2019-10", "")?;
    }
    s.on(2019, 11, 20)
}
