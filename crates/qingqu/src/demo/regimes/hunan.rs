//! Hunan: funds of five kinds, villages that claim at a desk, lists of households, an allocation computed by factors.

use super::said::HOMES_DONE;
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
    policy: "hunan",
    place: ("湖南省吉首市", "Jishou, Hunan"),
    shows: (
        "五类资金，因素法分配，项目村凭发票和名册报账",
        "five kinds of fund, factors, claims by bill and by list",
    ),
    first_day: Date::constant(2018, 2, 26),
    fill,
};

const OFFICE: &str = "吉首市扶贫开发办公室";
const FINANCE: &str = "吉首市财政局";
const PING: &str = "吉首市矮寨镇坪上村村民委员会";
const YUN: &str = "吉首市己略乡云台村村民委员会";
const LONG: &str = "吉首市双塘街道龙溪村村民委员会";

const PEOPLE: &[Member] = &[
    ("office", "石慧", "hn_office", OFFICE, "433101"),
    ("office-2", "向东", "hn_office", OFFICE, "433101"),
    ("finance", "彭丽", "hn_finance", FINANCE, "433101"),
    ("finance-2", "田勇", "hn_finance", FINANCE, "433101"),
    ("finance-3", "龙燕", "hn_finance", FINANCE, "433101"),
    ("group", "张建华", "hn_group", "吉首市扶贫开发领导小组", "433101"),
    ("government", "欧阳平", "hn_government", "吉首市人民政府", "433101"),
    ("township", "麻晓春", "hn_township", "吉首市矮寨镇人民政府", "433101"),
    ("village-ping", "杨秀莲", "hn_unit", PING, "433101"),
    ("village-yun", "龙正文", "hn_unit", YUN, "433101"),
    ("village-long", "吴金花", "hn_unit", LONG, "433101"),
    ("operator", "符志远", "hn_operator", "吉首市湘西黄牛养殖有限公司", "433101"),
    ("experts", "罗教授", "hn_experts", "湘西州农林项目评审咨询有限公司", "433101"),
    ("upper", "彭程", "hn_upper", "湘西州扶贫项目主管部门", "433100"),
    ("audit", "周亚军", "hn_audit", "吉首市审计局", "433101"),
    ("discipline", "覃刚", "hn_discipline", "吉首市纪委监委", "433101"),
];

const fn source(
    fund: &'static str,
    kind: (&'static str, GovLevel),
    document: &'static str,
    purpose: &'static str,
    yuan: &'static str,
) -> Src {
    Src { fund, kind, document, purpose, code: "2130505", year: 2018, yuan }
}

/// The plans that came down, each with the cash that has arrived.
const SOURCES: &[(Src, &str)] = &[
    (
        source(
            "development",
            ("national", GovLevel::Central),
            "湘财预〔2018〕33号",
            "产业发展",
            "3600000.00",
        ),
        "3600000.00",
    ),
    (
        source(
            "development",
            ("provincial", GovLevel::Province),
            "湘财农指〔2018〕41号",
            "产业发展",
            "2400000.00",
        ),
        "1500000.00",
    ),
    (
        source(
            "housing",
            ("national", GovLevel::Central),
            "湘财社指〔2018〕27号",
            "农村危房改造",
            "1850000.00",
        ),
        "1850000.00",
    ),
    (
        source(
            "yulu",
            ("provincial", GovLevel::Province),
            "湘财农指〔2018〕58号",
            "雨露计划补助",
            "960000.00",
        ),
        "960000.00",
    ),
    (
        source(
            "interest",
            ("provincial", GovLevel::Province),
            "湘财金指〔2018〕9号",
            "扶贫小额信贷贴息",
            "480000.50",
        ),
        "480000.50",
    ),
    (
        source(
            "other",
            ("city", GovLevel::Prefecture),
            "州财农指〔2018〕16号",
            "产业保险和技工补助",
            "720000.00",
        ),
        "360000.00",
    ),
];

const TEA: Prj = Prj {
    who: "village-ping",
    money: ("development", "all", "industry"),
    name: "坪上村黄金茶基地",
    place: "433101",
    village: "",
    year: 2018,
    link: "入股分红，联结贫困户86户341人",
    mechanism: "村集体加合作社加农户",
    levered: "420000.00",
    lines: &[
        ("seedlings", "茶苗和有机肥", "", "1620000.00"),
        ("road", "茶园机耕道", "", "780000.00"),
        ("craft", "机耕道技工补助", "technician", "96000.00"),
    ],
    contracts: &[
        ("坪上合〔2018〕1", "湘西武陵茶业苗木有限公司", "吉首农村商业银行", "1605000.00", "0.00"),
        ("坪上合〔2018〕2", "吉首市乾州市政建设有限公司", "长沙银行湘西分行", "768000.00", "38400.00"),
    ],
};

const CATTLE: Prj = Prj {
    who: "village-yun",
    money: ("development", "all", "industry"),
    name: "云台村湘西黄牛养殖",
    place: "433101",
    village: "",
    year: 2018,
    link: "委托帮扶贫困户64户258人，保底分红",
    mechanism: "委托龙头企业经营",
    levered: "900000.00",
    lines: &[("cows", "种牛购置", "", "1480000.00"), ("barn", "牛舍", "", "620000.00")],
    contracts: &[(
        "云台合〔2018〕3",
        "吉首市湘西黄牛养殖有限公司",
        "吉首农村商业银行",
        "1460000.00",
        "73000.00",
    )],
};

const FRUIT: Prj = Prj {
    who: "village-long",
    money: ("development", "all", "industry"),
    name: "龙溪村猕猴桃提质改造",
    place: "433101",
    village: "",
    year: 2018,
    link: "订单收购贫困户57户的鲜果",
    mechanism: "直接帮扶",
    levered: "150000.00",
    lines: &[("trellis", "棚架改造", "", "1350000.00"), ("pickers", "采后处理设备", "", "400000.00")],
    contracts: &[(
        "龙溪合〔2018〕2",
        "湘西州山野农资有限公司",
        "中国邮政储蓄银行吉首市支行",
        "1340000.00",
        "67000.00",
    )],
};

const HOMES: Prj = Prj {
    who: "village-yun",
    money: ("housing", "all", "conditions"),
    name: "云台村危房改造",
    place: "433101",
    village: "",
    year: 2018,
    link: "建档立卡贫困户危房37户",
    mechanism: "直接补助到户",
    levered: "0.00",
    lines: &[("homes", "危房改造到户补助", "household", "1480000.00")],
    contracts: &[],
};

const RAIN: Prj = Prj {
    who: "village-ping",
    money: ("yulu", "all", "training"),
    name: "雨露计划职业教育补助",
    place: "433101",
    village: "",
    year: 2018,
    link: "补助建档立卡家庭学生196人次",
    mechanism: "直接补助到户",
    levered: "0.00",
    lines: &[("students", "职业教育到户补助", "household", "588000.00")],
    contracts: &[],
};

const CLASSES: Prj = Prj {
    who: "village-long",
    money: ("other", "all", "training"),
    name: "龙溪村果树技术培训和旅游考察",
    place: "433101",
    village: "",
    year: 2018,
    link: "培训贫困户技术骨干45人",
    mechanism: "实地教学",
    levered: "0.00",
    lines: &[("course", "培训和交通", "", "180000.00")],
    contracts: &[],
};

const COVER: Prj = Prj {
    who: "village-yun",
    money: ("other", "all", "insurance"),
    name: "湘西黄牛养殖保险补助",
    place: "433101",
    village: "",
    year: 2018,
    link: "覆盖云台村全部带贫牛只",
    mechanism: "保费补助",
    levered: "24000.00",
    lines: &[("cover", "保费补助", "", "96000.00")],
    contracts: &[],
};

const fn next_year(
    who: &'static str,
    name: &'static str,
    link: &'static str,
    lines: &'static [super::stage::Planned],
) -> Prj {
    Prj {
        who,
        money: ("development", "all", "industry"),
        name,
        place: "433101",
        village: "",
        year: 2019,
        link,
        mechanism: "村集体加合作社加农户",
        levered: "0.00",
        lines,
        contracts: &[],
    }
}

/// Projects of the next year that the leading group has settled: the government decides on all of them by one paper.
const NEXT: &[&Prj] = &[
    &next_year(
        "village-ping",
        "坪上村百合种植",
        "土地流转，联结贫困户41户163人",
        &[("bulbs", "百合种球", "", "560000.00"), ("sheds", "烘干房", "", "240000.00")],
    ),
    &next_year(
        "village-yun",
        "云台村中蜂养殖",
        "代养分红，联结贫困户38户147人",
        &[("hives", "蜂箱和蜂种", "", "386000.00")],
    ),
    &next_year(
        "village-long",
        "龙溪村果品分拣冷库",
        "优先收购，联结贫困户57户229人",
        &[("cold", "冷库和分拣线", "", "925000.00")],
    ),
];

/// The figures of the factors: poor people, poor households, last year's grade.
const FACTORS: &[(i64, i64, &str)] = &[(341, 86, "excellent"), (258, 64, "good"), (229, 57, "fair")];

fn fill(app: &App, clock: &DemoClock, people_only: bool) -> Result<Vec<SignIn>> {
    super::tell(app, clock, people_only, PEOPLE, story)
}

/// Into the library, then declared and approved.
pub(super) const WAY: Way = Way {
    chain: &[("library", "library_enter"), ("flow", "decide_project")],
    by: None,
    told: &[("relief_village", "true"), ("source", "from_nation"), ("project_nature", "new_project")],
};

fn story(s: &mut Stage<'_>) -> Result<()> {
    s.on(2018, 2, 26)?;
    s.approved(&WAY, &[&TEA, &CATTLE, &FRUIT, &HOMES, &RAIN, &COVER, &CLASSES])?;
    s.on(2018, 3, 12)?;
    for (spec, cash) in SOURCES {
        let source = s.source("finance", spec)?;
        s.cash("finance", source, cash)?;
    }
    for (fund, name) in [
        ("development", "发展资金"),
        ("housing", "危房改造资金"),
        ("yulu", "雨露计划资金"),
        ("interest", "贷款贴息资金"),
        ("other", "其他扶贫资金"),
    ] {
        s.payer("finance", fund, &format!("吉首市{name}专户"), "吉首农村商业银行")?;
    }
    s.on(2018, 3, 26)?;
    let growing = [s.project(&TEA)?, s.project(&CATTLE)?, s.project(&FRUIT)?];
    let (homes, rain, cover) = (s.project(&HOMES)?, s.project(&RAIN)?, s.project(&COVER)?);
    // It says 旅游考察: nobody has decided yet whether that is training.
    s.project(&CLASSES)?;
    let of = ["village-ping", "village-yun", "village-long", "village-yun", "village-ping", "village-yun"];
    let all = [growing[0], growing[1], growing[2], homes, rain, cover];
    for (who, project) in of.into_iter().zip(all) {
        s.file(who, project, "responsibility_letter", "项目责任书")?;
    }
    s.goes(&all, "plan_approve")?;
    s.goes(&all, "money_issued")?;
    plans(s, growing, homes, rain, cover)?;
    summer(s, growing, homes, rain)?;
    winter(s, growing, homes)
}

/// Three plans are approved, one of them computed by factors and not filed upwards in time; one waits for the leading group.
fn plans(
    s: &mut Stage<'_>,
    growing: [ProjectId; 3],
    homes: ProjectId,
    rain: ProjectId,
    cover: ProjectId,
) -> Result<()> {
    s.on(2018, 4, 9)?;
    let basis = "吉首市2018年度项目申报指南（第一批）";
    let factors: Vec<_> = growing.into_iter().zip(FACTORS.iter().copied()).collect();
    let first = s.draft_by_factors("office", ("development", "all", 2018), basis, "5400000.00", &factors)?;
    let second = s.draft("office", ("housing", "all", 2018), basis, &[(homes, "", "1480000.00")])?;
    let third = s.draft("office", ("yulu", "all", 2018), basis, &[(rain, "", "588000.00")])?;
    s.on(2018, 4, 12)?;
    for plan in [first, second, third] {
        s.step("group", plan, ("group_review", "agree"), "分配公平合理，同意报审", "")?;
    }
    s.on(2018, 4, 16)?;
    for (plan, no) in [(first, 18), (second, 19), (third, 20)] {
        s.approve("government", plan, &format!("吉政函〔2018〕{no}号"))?;
    }
    s.on(2018, 4, 20)?;
    for (plan, no) in [(first, 31), (second, 32), (third, 33)] {
        s.step("finance", plan, ("issue", ""), "", &format!("吉财农指〔2018〕{no}号"))?;
    }
    s.on(2018, 5, 7)?;
    s.step("office", second, ("file", ""), "", "吉扶备〔2018〕5号")?;
    s.step("office", third, ("file", ""), "", "吉扶备〔2018〕6号")?;
    s.draft(
        "office",
        ("other", "all", 2018),
        "吉首市2018年度项目申报指南（第二批）",
        &[(cover, "", "96000.00")],
    )?;
    Ok(())
}

const PING_WHO: (&str, &str, &str) = ("village-ping", "office", "finance-2");
const YUN_WHO: (&str, &str, &str) = ("village-yun", "office", "finance-2");
const LONG_WHO: (&str, &str, &str) = ("village-long", "office", "finance-2");

fn summer(s: &mut Stage<'_>, growing: [ProjectId; 3], homes: ProjectId, rain: ProjectId) -> Result<()> {
    let [tea, cattle, fruit] = growing;
    s.on(2018, 5, 14)?;
    s.contracts(tea, &TEA)?;
    s.contracts(cattle, &CATTLE)?;
    s.contracts(fruit, &FRUIT)?;
    s.goes(&[tea, cattle, fruit, homes, rain], "start")?;
    for project in [tea, cattle, fruit, homes, rain] {
        s.once(project, "site_notice", None)?;
    }
    s.on(2018, 6, 11)?;
    let bills = [Bill::Invoice("seedlings", 1, "642000.00"), Bill::Invoice("road", 2, "218000.00")];
    let start = s.claim("village-ping", tea, Purpose::Progress, &bills)?;
    s.check("office", start, &[(1, "618400.00", "缺118株茶苗的签收单")])?;
    s.grant("finance-2", start)?;
    let cows = s.granted(YUN_WHO, cattle, Purpose::Advance, &[Bill::Invoice("cows", 1, "438000.00")])?;
    s.pay(("finance", "finance-3"), "development", &[start, cows])?;
    s.on(2018, 7, 9)?;
    let students =
        s.granted(PING_WHO, rain, Purpose::Subsidy, &[Bill::List("students", 191, "573000.00")])?;
    s.pay(("finance", "finance-3"), "yulu", &[students])?;
    s.on(2018, 7, 23)?;
    s.recover("finance", rain, "list", "3000.00", "一名学生已退学，补助退回")?;
    s.goes(&[rain], "accept_works")?;
    s.goes(&[rain], "hand_over")?;
    s.close("office", rain, "本年度发放完毕，结余退回")?;
    s.on(2018, 8, 13)?;
    let walls = s.granted(YUN_WHO, homes, Purpose::Subsidy, &[Bill::List("homes", 22, "880000.00")])?;
    let batch = s.batch("finance", "housing", &[walls])?;
    s.release("finance-3", batch, FileForm::Pain001)?;
    s.on(2018, 8, 15)?;
    s.results("finance-3", batch, &[Bank::Failed(1, "代发文件有重复身份")])?;
    s.on(2018, 8, 20)?;
    s.pay(("finance", "finance-3"), "housing", &[walls])?;
    s.on(2018, 9, 3)?;
    s.about(fruit, "office", "rectification", "resume")?;
    s.on(2018, 9, 17)?;
    let frames =
        s.claim("village-long", fruit, Purpose::Progress, &[Bill::Invoice("trellis", 1, "412000.00")])?;
    s.turn_down("office", frames, (Act::Check, "return"), "发票金额比验工单多1万元")?;
    s.on(2018, 9, 21)?;
    s.refile("village-long", frames, Purpose::Progress, &[Bill::Invoice("trellis", 1, "402000.00")])?;
    s.check("office", frames, &[])?;
    s.grant("finance-2", frames)?;
    s.pay(("finance", "finance-3"), "development", &[frames])?;
    Ok(())
}

/// What stands open at the end of the year.
fn winter(s: &mut Stage<'_>, growing: [ProjectId; 3], housing: ProjectId) -> Result<()> {
    let [tea, cattle, fruit] = growing;
    s.on(2018, 10, 29)?;
    let craft = s.granted(PING_WHO, tea, Purpose::Progress, &[Bill::List("craft", 12, "57600.00")])?;
    let cows = s.granted(YUN_WHO, cattle, Purpose::Progress, &[Bill::Invoice("cows", 1, "584000.00")])?;
    let batch = s.batch("finance", "development", &[craft, cows])?;
    s.release("finance-3", batch, FileForm::Csv)?;
    s.on(2018, 10, 31)?;
    s.results("finance-3", batch, &[Bank::Other(1, "56700.00")])?;
    s.on(2018, 11, 26)?;
    let homes = s.granted(YUN_WHO, housing, Purpose::Subsidy, &[Bill::List("homes", 15, "600000.00")])?;
    s.batch("finance", "housing", &[homes])?;
    s.granted(LONG_WHO, fruit, Purpose::Progress, &[Bill::Invoice("trellis", 1, "216000.00")])?;
    let second =
        s.claim("village-ping", tea, Purpose::Progress, &[Bill::Invoice("seedlings", 1, "205000.00")])?;
    s.check("office", second, &[])?;
    let back = s.claim("village-yun", cattle, Purpose::Progress, &[Bill::Invoice("cows", 1, "146000.00")])?;
    s.turn_down("office", back, (Act::Check, "return"), "种牛检疫证明缺6份")?;
    let refused =
        s.claim("village-long", fruit, Purpose::Progress, &[Bill::Invoice("trellis", 1, "98000.00")])?;
    s.check("office", refused, &[])?;
    s.turn_down("finance-2", refused, (Act::Decide, "refuse"), "改造的不是项目区内的果园")?;
    let gone = s.claim("village-ping", tea, Purpose::Progress, &[Bill::Invoice("road", 2, "142000.00")])?;
    s.does("village-ping", MoneyCommand::WithdrawClaim { claim: gone, why: "发票税率开错".into() })?;
    s.says(housing, HOMES_DONE)?;
    s.goes(&[housing], "accept_works")?;
    s.goes(&[housing], "hand_over")?;
    s.on(2018, 12, 10)?;
    s.about(housing, "village-yun", "asset_return", "return_check")?;
    s.claim("village-ping", tea, Purpose::Progress, &[Bill::Invoice("road", 2, "142000.00")])?;
    s.approved(&Way { chain: &[("library", "library_enter"), ("flow", "settle")], ..WAY }, NEXT)?;
    s.on(2018, 12, 24)
}
