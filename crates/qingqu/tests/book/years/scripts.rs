//! What one year of each policy of booked money is about: places and limits are those of the regulation, units and papers invented.

/// A bill of a claim, with what the check leaves of it.
#[derive(Clone, Copy)]
pub enum Bill {
    /// An invoice of the party of a contract: budget line, contract, amount, approved.
    Invoice(&'static str, usize, &'static str, &'static str),
    /// A list of payees: budget line, rows, amount of each row.
    List(&'static str, usize, &'static str),
    /// A transfer to the unit: budget line, amount.
    Transfer(&'static str, &'static str),
}

/// One year.
pub struct Script {
    pub policy: &'static str,
    /// The day on which the money arrives.
    pub begins: (i16, i8, i8),
    /// Fund and side.
    pub fund: (&'static str, &'static str),
    /// Kind of money, level of government, document, budget year.
    pub source: (&'static str, &'static str, &'static str, i16),
    /// Budget of the source and the cash of it that arrives.
    pub money: (&'static str, &'static str),
    /// Sign-in name of the unit that has the project.
    pub unit: &'static str,
    /// What the project spends on, its name and its region.
    pub project: (&'static str, &'static str, &'static str),
    /// The places whose money it is; none where the fund is not pooled.
    pub places: &'static [&'static str],
    /// Key, nature, amount.
    pub lines: &'static [(&'static str, &'static str, &'static str)],
    /// Party, amount.
    pub contracts: &'static [(&'static str, &'static str)],
    /// Purpose and bills.
    pub claims: &'static [(&'static str, &'static [Bill])],
    /// From whom, how much comes back.
    pub recovered: (&'static str, &'static str),
    /// What the year comes to: spent, and the surplus of the project.
    pub comes_to: (&'static str, &'static str),
}

pub const TONGZHOU: Script = Script {
    policy: "tongzhou",
    begins: (2018, 4, 10),
    fund: ("ongniud", "tongzhou"),
    source: ("district_budget", "county", "通财预〔2018〕112号", 2018),
    money: ("20000000.01", "12000000.01"),
    unit: "unit-labour",
    project: ("training", "建档立卡劳动力技能培训", "150426"),
    places: &[],
    lines: &[("course", "", "960000.00"), ("board", "household", "504000.00")],
    contracts: &[("北京潞河职业技能培训学校", "960000.00")],
    claims: &[(
        "progress",
        &[Bill::Invoice("course", 1, "480000.00", "462500.37"), Bill::List("board", 210, "1200.00")],
    )],
    recovered: ("c1", "2500.37"),
    comes_to: ("712000.00", "749499.63"),
};

pub const TONGZHOU_AREA: Script = Script {
    fund: ("ongniud", "area"),
    unit: "unit-ongniud",
    project: ("industry", "乌丹镇设施蔬菜产业园", "150426"),
    lines: &[("park", "", "6800000.00")],
    contracts: &[],
    claims: &[
        ("progress", &[Bill::Transfer("park", "2200000.00")]),
        ("progress", &[Bill::Transfer("park", "1500000.00")]),
    ],
    recovered: ("unit", "100000.01"),
    comes_to: ("3599999.99", "3100000.00"),
    ..TONGZHOU
};

pub const JIZHOU: Script = Script {
    policy: "jizhou",
    begins: (2018, 11, 1),
    fund: ("industry", "all"),
    source: ("municipal_subsidy", "province", "津财农指〔2018〕86号", 2018),
    money: ("144000000.00", "100000000.00"),
    unit: "chutouling",
    project: ("farming", "出头岭镇食用菌工厂化种植", "120119"),
    places: &["120119-ct-1", "120119-ct-2", "120119-ct-3", "120119-ct-4"],
    lines: &[("houses", "", "1250000.00"), ("cold", "", "750000.00")],
    contracts: &[("天津蓟北钢结构有限公司", "1248000.00"), ("天津沽上制冷设备有限公司", "745000.00")],
    claims: &[
        ("advance", &[Bill::Invoice("houses", 1, "374400.00", "374400.00")]),
        (
            "progress",
            &[
                Bill::Invoice("houses", 1, "640000.00", "612500.00"),
                Bill::Invoice("cold", 2, "521500.00", "521500.00"),
            ],
        ),
    ],
    recovered: ("c1", "36480.20"),
    comes_to: ("1471919.80", "491600.00"),
};

pub const XINJIANG: Script = Script {
    policy: "xinjiang",
    begins: (2019, 2, 18),
    fund: ("pool", "all"),
    source: ("relief", "central", "新扶贫领字〔2018〕76号", 2019),
    money: ("24000000.00", "24000000.00"),
    unit: "unit-town",
    project: ("linked_benefit", "喀瓦克乡生产母牛到户补助", "653222"),
    places: &[],
    lines: &[("cows", "household", "4200000.00"), ("vet", "", "126000.00")],
    contracts: &[("墨玉县惠牧畜牧服务有限公司", "126000.00")],
    claims: &[
        ("subsidy", &[Bill::List("cows", 418, "10000.00")]),
        ("final", &[Bill::Invoice("vet", 1, "124800.00", "121380.00")]),
    ],
    recovered: ("list", "20000.00"),
    comes_to: ("4281380.00", "24620.00"),
};

pub const HUNAN: Script = Script {
    policy: "hunan",
    begins: (2018, 3, 12),
    fund: ("development", "all"),
    source: ("national", "central", "湘财预〔2018〕33号", 2018),
    money: ("3600000.00", "2500000.00"),
    unit: "village-ping",
    project: ("industry", "坪上村黄金茶基地", "433101"),
    places: &[],
    lines: &[("seedlings", "", "1620000.00"), ("road", "", "780000.00"), ("craft", "technician", "96000.00")],
    contracts: &[("湘西武陵茶业苗木有限公司", "1605000.00"), ("吉首市乾州市政建设有限公司", "768000.00")],
    claims: &[
        (
            "progress",
            &[
                Bill::Invoice("seedlings", 1, "642000.00", "618400.00"),
                Bill::Invoice("road", 2, "218000.00", "218000.00"),
            ],
        ),
        ("progress", &[Bill::List("craft", 12, "4800.00")]),
    ],
    recovered: ("c2", "8000.00"),
    comes_to: ("886000.00", "1602000.00"),
};
