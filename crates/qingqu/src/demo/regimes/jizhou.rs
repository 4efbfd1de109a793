//! Jizhou: the city's subsidy in three tranches, the money of villages pooled with their consent, and the account of returned profit.

use super::life::Life;
use super::{Bank, Bill, Member, Prj, Src, Stage, Way, said};
use crate::clock::DemoClock;
use crate::demo::{SignIn, Tale};
use anyhow::Result;
use app::App;
use app::command::money::{GovLevel, MoneyCommand, Purpose};
use app::payout::FileForm;
use kernel::Date;
use kernel::id::{ProjectId, SourceId};
use policy::procedure::Act;

/// The story.
pub const TALE: Tale = Tale {
    policy: "jizhou",
    place: ("天津市蓟州区，三个镇的十二个困难村", "Jizhou, Tianjin: twelve villages of three townships"),
    shows: (
        "市补资金分三年拨付，村级资金统筹，效益返还专账",
        "a subsidy in three tranches, pooled villages, returned profit",
    ),
    first_day: Date::constant(2018, 10, 29),
    fill,
};

const AGRI: &str = "蓟州区农委";
const FINANCE: &str = "蓟州区财政局";
const OFFICE: &str = "下营镇财政所";

const PEOPLE: &[Member] = &[
    ("agri", "田志勇", "jz_agri", AGRI, "120119"),
    ("agri-2", "马春兰", "jz_agri", AGRI, "120119"),
    ("finance", "崔红", "jz_finance", FINANCE, "120119"),
    ("government", "穆卫国", "jz_government", "天津市蓟州区人民政府", "120119"),
    ("group", "韩立军", "jz_group", "蓟州区新一轮结对帮扶困难村产业帮扶工作领导小组", "120119"),
    ("platform", "丁海", "jz_platform", "蓟州区困难村产业发展有限公司", "120119"),
    ("xiaying", "尹丽丽", "jz_township", "蓟州区下营镇人民政府", "120119"),
    ("chutouling", "王宝库", "jz_township", "蓟州区出头岭镇人民政府", "120119"),
    ("mashenqiao", "李淑芬", "jz_township", "蓟州区马伸桥镇人民政府", "120119"),
    ("office", "陈静", "jz_finance_office", OFFICE, "120119"),
    ("office-2", "杜明", "jz_finance_office", OFFICE, "120119"),
    ("office-3", "刘芳", "jz_finance_office", OFFICE, "120119"),
    ("village", "张万山", "jz_village", "下营镇东山村村民委员会", "120119"),
    ("department", "徐林", "jz_department", "蓟州区林业局", "120119"),
    ("city", "石磊", "jz_city_agri", "天津市农业农村主管部门", "120000"),
    ("audit", "郭颖", "jz_audit", "蓟州区审计局", "120119"),
    ("supervision", "邢军", "jz_supervision", "蓟州区纪委监委", "120119"),
];

const fn tranche(document: &'static str, year: i16) -> Src {
    Src {
        fund: "industry",
        kind: ("municipal_subsidy", GovLevel::Province),
        document,
        purpose: "困难村产业发展补助",
        code: "2130504",
        year,
        yuan: "144000000.00",
    }
}

const FIRST: Src = tranche("津财农指〔2018〕86号", 2018);
const SECOND: Src = tranche("津财农指〔2019〕31号", 2019);
const THIRD: Src = tranche("津财农指〔2019〕158号", 2020);

const fn profit(document: &'static str, purpose: &'static str, yuan: &'static str) -> Src {
    Src {
        fund: "returned_profit",
        kind: ("township_profit", GovLevel::Township),
        document,
        purpose,
        code: "",
        year: 2019,
        yuan,
    }
}

/// Three percent of what each township put to work in the first year.
const PROFITS: &[Src] = &[
    profit("下营政字〔2019〕41号", "民宿项目第一年上缴利润", "60000.00"),
    profit("出头岭政字〔2019〕37号", "食用菌项目第一年上缴利润", "60000.00"),
    profit("马伸桥政字〔2019〕29号", "冷链项目第一年上缴利润", "45000.00"),
];

const GREENING: Src = Src {
    fund: "infrastructure",
    kind: ("infrastructure_subsidy", GovLevel::County),
    document: "蓟财农〔2019〕52号",
    purpose: "项目区及周边绿化",
    code: "2130505",
    year: 2019,
    yuan: "1280000.00",
};

/// The villages whose money is pooled: key, name, township. The last one has not agreed.
const VILLAGES: &[(&str, &str, &str)] = &[
    ("120119-xy-1", "下营镇东山村", "xiaying"),
    ("120119-xy-2", "下营镇石门村", "xiaying"),
    ("120119-xy-3", "下营镇前甘泉村", "xiaying"),
    ("120119-xy-4", "下营镇柳沟村", "xiaying"),
    ("120119-ct-1", "出头岭镇北小屯村", "chutouling"),
    ("120119-ct-2", "出头岭镇东河村", "chutouling"),
    ("120119-ct-3", "出头岭镇田家峪村", "chutouling"),
    ("120119-ct-4", "出头岭镇西桥村", "chutouling"),
    ("120119-ms-1", "马伸桥镇南营村", "mashenqiao"),
    ("120119-ms-2", "马伸桥镇淋河村", "mashenqiao"),
    ("120119-ms-3", "马伸桥镇上坡村", "mashenqiao"),
    ("120119-ms-4", "马伸桥镇新立村", "mashenqiao"),
];
const UNDECIDED: &str = "120119-ms-4";
/// What a village has of one tranche.
const SHARE: &str = "500000.00";

const INN: Prj = Prj {
    who: "xiaying",
    money: ("industry", "all", "tourism"),
    name: "下营镇精品民宿",
    place: "120119",
    village: "",
    year: 2018,
    link: "4个困难村入股，利润上缴区平台后保底返还；优先用本村劳力36人",
    mechanism: "资产收益",
    levered: "1500000.00",
    lines: &[
        ("rooms", "民宿改造工程", "", "1460000.00"),
        ("goods", "家具和布草", "", "380000.00"),
        ("labour", "庭院整治用工", "labour", "160000.00"),
    ],
    contracts: &[
        ("下营合〔2018〕21", "天津盘山建筑工程有限公司", "天津农商银行蓟州支行", "1460000.00", "73000.00"),
        ("下营合〔2018〕22", "天津渔阳家居用品有限公司", "蓟州村镇银行", "378000.00", "0.00"),
    ],
};

const FUNGI: Prj = Prj {
    who: "chutouling",
    money: ("industry", "all", "farming"),
    name: "出头岭镇食用菌工厂化种植",
    place: "120119",
    village: "",
    year: 2018,
    link: "4个困难村入股，带动低收入户52户务工",
    mechanism: "资产收益",
    levered: "900000.00",
    lines: &[("houses", "出菇房", "", "1250000.00"), ("cold", "制冷和环境控制设备", "", "750000.00")],
    contracts: &[
        ("出合〔2018〕09", "天津蓟北钢结构有限公司", "天津农商银行蓟州支行", "1248000.00", "62400.00"),
        ("出合〔2018〕10", "天津沽上制冷设备有限公司", "中国农业银行蓟州支行", "745000.00", "37250.00"),
    ],
};

const STORE: Prj = Prj {
    who: "mashenqiao",
    money: ("industry", "all", "distribution"),
    name: "马伸桥镇林果冷链仓储",
    place: "120119",
    village: "",
    year: 2018,
    link: "4个困难村入股，收储本镇林果1200吨",
    mechanism: "资产收益",
    levered: "600000.00",
    lines: &[("store", "气调库", "", "1560000.00"), ("sorting", "分选线", "", "440000.00")],
    contracts: &[(
        "马合〔2018〕15",
        "天津蓟北钢结构有限公司",
        "天津农商银行蓟州支行",
        "1500000.00",
        "75000.00",
    )],
};

const SECOND_INN: Prj = Prj {
    who: "xiaying",
    money: ("industry", "all", "tourism"),
    name: "下营镇精品民宿（二期）和景观绿化",
    place: "120119",
    village: "",
    year: 2019,
    link: "4个困难村继续入股",
    mechanism: "资产收益",
    levered: "0.00",
    lines: &[("rooms", "民宿改造工程二期", "", "2000000.00")],
    contracts: &[],
};

const SECOND_FUNGI: Prj = Prj {
    year: 2019,
    name: "出头岭镇食用菌工厂化种植（二期）",
    lines: &[("houses", "出菇房二期", "", "2000000.00")],
    contracts: &[(
        "出合〔2019〕04",
        "天津蓟北钢结构有限公司",
        "天津农商银行蓟州支行",
        "1996000.00",
        "99800.00",
    )],
    ..FUNGI
};

const TREES: Prj = Prj {
    who: "chutouling",
    money: ("infrastructure", "all", "infrastructure_greening"),
    name: "食用菌园区周边绿化",
    place: "120119",
    village: "",
    year: 2019,
    link: "用困难村劳力栽植管护",
    mechanism: "直接补助",
    levered: "0.00",
    lines: &[("trees", "苗木和栽植", "", "1200000.00")],
    contracts: &[],
};

const RETURNS: Prj = Prj {
    who: "xiaying",
    money: ("returned_profit", "all", "village_affairs"),
    name: "下营镇四村2019年效益返还",
    place: "120119",
    village: "",
    year: 2019,
    link: "返还4个困难村，用于保洁和公益设施维修",
    mechanism: "效益返还",
    levered: "0.00",
    lines: &[("returns", "村庄公共事业", "", "160000.00")],
    contracts: &[],
};

fn fill(app: &App, clock: &DemoClock, people_only: bool) -> Result<Vec<SignIn>> {
    super::tell(app, clock, people_only, PEOPLE, story)
}

/// Declared by the township, argued by experts, approved by the district.
pub(super) const WAY: Way = Way {
    chain: &[("declaration", "reply")],
    by: None,
    told: &[
        ("late", "方案2018年10月印发，印发后第一次申报"),
        ("late_allowed", "true"),
        ("own_villages.consent", "true"),
    ],
};

fn story(s: &mut Stage<'_>) -> Result<()> {
    s.approved(&WAY, &[&INN, &FUNGI, &STORE])?;
    s.on(2018, 11, 1)?;
    let first = s.source("finance", &FIRST)?;
    s.cash("finance", first, "100000000.00")?;
    for (fund, name) in [
        ("industry", "产业帮扶资金"),
        ("returned_profit", "效益返还"),
        ("infrastructure", "基础设施帮扶资金"),
    ] {
        s.payer("office-2", fund, &format!("蓟州区{name}专户"), "天津农商银行蓟州支行")?;
    }
    s.on(2018, 11, 5)?;
    let (inn, fungi, store) = (s.project(&INN)?, s.project(&FUNGI)?, s.project(&STORE)?);
    s.on(2018, 11, 9)?;
    agreements(s)?;
    first_year(s, [inn, fungi, store])?;
    s.on(2018, 12, 3)?;
    s.cash("finance", first, "44000000.00")?;
    works(s, inn, fungi, store)?;
    s.on(2019, 4, 1)?;
    villages(s, 0, 2018, Some("23065"))?;
    s.on(2019, 4, 15)?;
    let second = s.source("finance", &SECOND)?;
    s.cash("finance", second, "120000000.00")?;
    second_year(s, fungi)?;
    returns(s)?;
    s.on(2019, 12, 20)?;
    s.source("finance", &THIRD)?;
    villages(s, 1, 2019, None)?;
    open_ends(s, [inn, fungi, store])?;
    s.on(2019, 12, 27)
}

/// The townships state the year of their villages, and the commission checks it.
fn villages(s: &mut Stage<'_>, at: usize, year: i16, average: Option<&str>) -> Result<()> {
    for (who, township, years) in said::VILLAGES {
        let life = Life { who, told: said::data(township, year, average, years[at]) };
        let case = s.files(&life, "village_data", None)?;
        s.step_of_life(case, &life, "data_check", None)?;
    }
    Ok(())
}

/// The papers of townships and villages: that of one village does not hold.
fn agreements(s: &Stage<'_>) -> Result<()> {
    for (who, name) in [
        ("xiaying", "蓟州区下营镇人民政府"),
        ("chutouling", "蓟州区出头岭镇人民政府"),
        ("mashenqiao", "蓟州区马伸桥镇人民政府"),
    ] {
        let key = s.unit_key(who)?;
        s.consent(who, (&key, name), "responsibility_letter", "2018年产业帮扶目标责任书")?;
        s.consent(who, (&key, name), "township_consent", "镇党政联席会议纪要及与区平台的协议")?;
    }
    for (key, name, who) in VILLAGES {
        s.consent(who, (key, name), "village_consent", &format!("{name}村民代表会议记录和统筹使用协议"))?;
    }
    let why = "会议记录签字的代表不足三分之二，重新开会";
    s.revoke("mashenqiao", UNDECIDED, "village_consent", why)
}

/// The lines of a project: its villages, each with its share.
fn shares(project: ProjectId, who: &str) -> Vec<(ProjectId, &'static str, &'static str)> {
    let own = VILLAGES.iter().filter(|village| village.2 == who && village.0 != UNDECIDED);
    own.map(|village| (project, village.0, SHARE)).collect()
}

/// The first tranche: eleven villages in a plan whose filing with the city is forgotten; the twelfth in one that cannot be approved.
fn first_year(s: &mut Stage<'_>, projects: [ProjectId; 3]) -> Result<()> {
    let [inn, fungi, store] = projects;
    let basis = "蓟州区政府关于2018年产业帮扶项目的批复";
    s.on(2018, 11, 12)?;
    let lines = [shares(inn, "xiaying"), shares(fungi, "chutouling"), shares(store, "mashenqiao")].concat();
    let plan = s.draft("agri", ("industry", "all", 2018), basis, &lines)?;
    s.on(2018, 11, 15)?;
    s.step("platform", plan, ("consult_platform", "agree"), "协议和利润分配方案已对接", "")?;
    s.on(2018, 11, 19)?;
    s.approve("government", plan, "蓟政函〔2018〕58号")?;
    s.on(2018, 11, 21)?;
    s.step("finance", plan, ("issue", ""), "", "蓟财农〔2018〕71号")?;
    s.on(2018, 11, 26)?;
    let last = [(store, UNDECIDED, SHARE)];
    let last = s.draft("agri", ("industry", "all", 2018), "马伸桥镇新立村补列", &last)?;
    s.step("platform", last, ("consult_platform", "agree"), "待该村会议记录补齐后批准", "")
}

const XIAYING: (&str, &str, &str) = ("xiaying", "office", "office-2");
const CHUTOULING: (&str, &str, &str) = ("chutouling", "office", "office-2");

/// The works of the first winter: cut bills, a failed payment made again, a recovery.
fn works(s: &mut Stage<'_>, inn: ProjectId, fungi: ProjectId, store: ProjectId) -> Result<()> {
    s.contracts(inn, &INN)?;
    s.contracts(fungi, &FUNGI)?;
    s.goes(&[inn, fungi, store], "start_work")?;
    s.file("xiaying", inn, "profit_agreement", "与区平台的协议和利润分配方案（下营）")?;
    s.file("chutouling", fungi, "profit_agreement", "与区平台的协议和利润分配方案（出头岭）")?;
    s.on(2018, 12, 10)?;
    let start = s.granted(XIAYING, inn, Purpose::Advance, &[Bill::Invoice("rooms", 1, "438000.00")])?;
    let houses =
        s.granted(CHUTOULING, fungi, Purpose::Advance, &[Bill::Invoice("houses", 1, "374400.00")])?;
    s.pay(("office", "office-3"), "industry", &[start, houses])?;
    s.on(2019, 3, 18)?;
    let bills = [Bill::Invoice("rooms", 1, "640000.00"), Bill::List("labour", 36, "97200.00")];
    let work = s.claim("xiaying", inn, Purpose::Progress, &bills)?;
    s.check("office", work, &[(1, "612500.00", "监理确认的工程量少两间")])?;
    s.grant("office-2", work)?;
    let cold = s.granted(CHUTOULING, fungi, Purpose::Progress, &[Bill::Invoice("cold", 2, "521500.00")])?;
    let batch = s.batch("office", "industry", &[work, cold])?;
    s.release("office-3", batch, FileForm::Pain001)?;
    s.on(2019, 3, 20)?;
    let said = [Bank::Paid(1), Bank::Paid(2), Bank::Failed(3, "账号已销户")];
    s.results("office-3", batch, &said)?;
    s.on(2019, 3, 25)?;
    s.pay(("office", "office-3"), "industry", &[cold])?;
    s.on(2019, 6, 17)?;
    let why = "结算审计：两间客房面积不足";
    s.recover("finance", inn, "c1", "36480.20", why)
}

/// The second tranche; the first project of mushrooms is finished, paid with its retention money and closed.
fn second_year(s: &mut Stage<'_>, fungi: ProjectId) -> Result<()> {
    s.on(2019, 4, 22)?;
    s.approved(&WAY, &[&SECOND_FUNGI, &SECOND_INN])?;
    let second = s.project(&SECOND_FUNGI)?;
    let held = s.project(&SECOND_INN)?;
    s.on(2019, 4, 26)?;
    let opinion = "项目区绿化不得从产业帮扶资金列支，请从名称和预算中去掉后另行立项";
    s.clear("agri-2", held, false, opinion)?;
    let lines = shares(second, "chutouling");
    let plan = s.draft("agri", ("industry", "all", 2019), "2019年产业帮扶项目的批复", &lines)?;
    s.on(2019, 5, 8)?;
    s.step("platform", plan, ("consult_platform", "agree"), "同意", "")?;
    s.on(2019, 5, 13)?;
    s.approve("government", plan, "蓟政函〔2019〕23号")?;
    s.step("finance", plan, ("issue", ""), "", "蓟财农〔2019〕40号")?;
    s.on(2019, 5, 16)?;
    s.step("agri", plan, ("file_allocation", ""), "", "蓟农备〔2019〕6号")?;
    s.contracts(second, &SECOND_FUNGI)?;
    s.goes(&[second], "start_work")?;
    s.file("chutouling", second, "profit_agreement", "与区平台的协议和利润分配方案（出头岭二期）")?;
    s.on(2019, 6, 24)?;
    let bills = [Bill::Invoice("houses", 1, "811200.00"), Bill::Invoice("cold", 2, "186250.00")];
    let done = s.granted(CHUTOULING, fungi, Purpose::Progress, &bills)?;
    s.pay(("office", "office-3"), "industry", &[done])?;
    s.on(2019, 7, 15)?;
    let kept = [Bill::Invoice("houses", 1, "62400.00"), Bill::Invoice("cold", 2, "37250.00")];
    let kept = s.granted(CHUTOULING, fungi, Purpose::Retention, &kept)?;
    s.pay(("office", "office-3"), "industry", &[kept])?;
    s.on(2019, 7, 22)?;
    s.goes(&[fungi], "complete")?;
    s.on(2019, 7, 29)?;
    s.close("agri", fungi, "验收合格，结余退回统筹")?;
    let advance =
        s.granted(CHUTOULING, second, Purpose::Advance, &[Bill::Invoice("houses", 1, "598800.00")])?;
    s.pay(("office", "office-3"), "industry", &[advance])?;
    Ok(())
}

/// Profit comes into its own account and goes to the villages; greening has money of its own.
fn returns(s: &mut Stage<'_>) -> Result<()> {
    s.on(2019, 11, 20)?;
    let mut sources: Vec<SourceId> = Vec::new();
    for spec in PROFITS {
        sources.push(s.source("agri", spec)?);
    }
    for (source, amount) in sources.iter().zip(["60000.00", "60000.00", "20000.00"]) {
        s.cash("agri", *source, amount)?;
    }
    let trees = s.source("finance", &GREENING)?;
    s.cash("finance", trees, "640000.00")?;
    s.approved(&WAY, &[&RETURNS, &TREES])?;
    let (returned, trees) = (s.project(&RETURNS)?, s.project(&TREES)?);
    s.on(2019, 11, 25)?;
    let plan = s.draft(
        "agri",
        ("returned_profit", "all", 2019),
        "2019年效益返还方案",
        &[(returned, "", "160000.00")],
    )?;
    s.draft("agri", ("infrastructure", "all", 2019), "2019年基础设施帮扶计划", &[(trees, "", "1200000.00")])?;
    s.on(2019, 11, 28)?;
    s.step("platform", plan, ("consult_platform", "agree"), "按每村4万元返还", "")?;
    s.on(2019, 12, 2)?;
    s.approve("government", plan, "蓟政函〔2019〕77号")?;
    s.step("finance", plan, ("issue", ""), "", "蓟财农〔2019〕96号")?;
    s.step("agri", plan, ("file_allocation", ""), "", "蓟农备〔2019〕15号")?;
    s.goes(&[returned], "start_work")?;
    s.on(2019, 12, 9)?;
    let paid = s.granted(XIAYING, returned, Purpose::Subsidy, &[Bill::Transfer("returns", "120000.00")])?;
    s.pay(("office", "office-3"), "returned_profit", &[paid])?;
    Ok(())
}

/// What stands open: claims at every desk, an unclear line of the bank, a batch that waits for its release.
fn open_ends(s: &mut Stage<'_>, projects: [ProjectId; 3]) -> Result<()> {
    let [inn, _, store] = projects;
    s.contracts(store, &STORE)?;
    s.file("mashenqiao", store, "profit_agreement", "与区平台的协议和利润分配方案（马伸桥）")?;
    let who = ("mashenqiao", "office", "office-2");
    let start = s.granted(who, store, Purpose::Advance, &[Bill::Invoice("store", 1, "450000.00")])?;
    let goods = s.granted(XIAYING, inn, Purpose::Progress, &[Bill::Invoice("goods", 2, "189000.00")])?;
    let batch = s.batch("office", "industry", &[start, goods])?;
    s.release("office-3", batch, FileForm::Csv)?;
    s.on(2019, 12, 23)?;
    s.results("office-3", batch, &[Bank::Other(1, "405000.00")])?;
    let more = s.granted(who, store, Purpose::Progress, &[Bill::Invoice("store", 1, "312000.00")])?;
    s.batch("office", "industry", &[more])?;
    s.on(2019, 12, 24)?;
    s.granted(XIAYING, inn, Purpose::Progress, &[Bill::List("labour", 21, "37800.00")])?;
    let second = s.claim("xiaying", inn, Purpose::Progress, &[Bill::Invoice("rooms", 1, "206000.00")])?;
    s.check("office", second, &[])?;
    let back = s.claim("mashenqiao", store, Purpose::Progress, &[Bill::Invoice("store", 1, "98000.00")])?;
    s.turn_down("office", back, (Act::Check, "return"), "缺少监理签字的进度单")?;
    let refused = s.claim("xiaying", inn, Purpose::Progress, &[Bill::Invoice("goods", 2, "76000.00")])?;
    s.check("office", refused, &[])?;
    s.turn_down("office-2", refused, (Act::Decide, "refuse"), "电视机不在预算清单之内")?;
    let gone = s.claim("xiaying", inn, Purpose::Progress, &[Bill::Invoice("goods", 2, "54000.00")])?;
    let why = "供货方重新开票".into();
    s.does("xiaying", MoneyCommand::WithdrawClaim { claim: gone, why })?;
    s.claim("xiaying", inn, Purpose::Progress, &[Bill::Invoice("goods", 2, "54000.00")])?;
    Ok(())
}
