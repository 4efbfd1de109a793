//! The registers of poor households in the story of Tongzhou: made-up people whose numbers pass their checks. One area has none, and one
//! open project names a household that is not on its area's.

use super::life::Way;
use super::stage::{Prj, Stage};
use anyhow::{Context, Result};
use kernel::resident::ResidentId;

/// A project that waits for its approval: of the households that it names one is not on the register, and one lives elsewhere.
const COURTYARDS: Prj = Prj {
    who: "unit-ongniud",
    money: ("ongniud", "area", "industry"),
    name: "乌丹镇庭院特色种植",
    place: "150426",
    village: "",
    year: 2019,
    link: "5户建档立卡贫困户每户一处种植小院，由合作社订单收购",
    mechanism: "直接补助",
    levered: "60000.00",
    lines: &[("yards", "小拱棚和种苗", "", "150000.00")],
    contracts: &[],
};

/// Another, filed later, that names one of the same households.
const GEESE: Prj = Prj {
    who: "unit-ongniud",
    money: ("ongniud", "area", "industry"),
    name: "少郎河沿岸户养大鹅",
    place: "150426",
    village: "",
    year: 2019,
    link: "3户建档立卡贫困户领养鹅雏，合作社统一防疫、回收",
    mechanism: "直接补助",
    levered: "20000.00",
    lines: &[("geese", "鹅雏和围栏", "", "72000.00")],
    contracts: &[],
};

const COURTYARDS_WAY: Way = Way {
    chain: &[("library", "library_enter"), ("flow", "verify_project")],
    by: None,
    told: &[
        ("overhead_only", "false"),
        ("poor_households", "5"),
        ("poor_people", "17"),
        ("links.tied", "5"),
        ("named_households.head", "王德山\n李秀兰\n张福\n乌力吉\n赵长顺"),
        (
            "named_households.head_id",
            "150426196203141125\n150426195809273048\n150426197108062212\n150426196601195188\n150426197405020676",
        ),
        (
            "named_households.where",
            "乌丹镇东庄头营子村二组\n乌丹镇巴嘎塔拉村一组\n乌丹镇赛沁塔拉村三组\n乌丹镇巴嘎塔拉村四组\n乌丹镇哈日敖包村一组",
        ),
        ("named_households.members", "4\n2\n3\n5\n3"),
        ("named_households.way", "order"),
    ],
};

const GEESE_WAY: Way = Way {
    chain: &[("library", "library_enter"), ("flow", "declare_project")],
    by: None,
    told: &[
        ("overhead_only", "false"),
        ("poor_households", "3"),
        ("poor_people", "9"),
        ("links.tied", "3"),
        ("named_households.head", "李秀兰\n白玉柱\n陈桂芝"),
        ("named_households.head_id", "150426195809273048\n150426195511302432\n15042619690725390X"),
        ("named_households.where", "乌丹镇巴嘎塔拉村一组\n乌丹镇东庄头营子村一组\n乌丹镇哈日敖包村二组"),
        ("named_households.members", "2\n1\n6"),
        ("named_households.way", "order"),
    ],
};

/// Those whom the projects name, as the register has them: head, number, village, group, persons, year, status. 赵长顺 is not on it.
const NAMED: [(&str, &str, &str, &str, u32, u32, &str); 6] = [
    ("王德山", "150426196203141125", "东庄头营子村", "二组", 4, 2014, "建档立卡"),
    ("李秀兰", "150426195809273048", "巴嘎塔拉村", "一组", 2, 2014, "建档立卡"),
    ("张福", "150426197108062212", "哈日敖包村", "三组", 3, 2016, "建档立卡"),
    ("乌力吉", "150426196601195188", "巴嘎塔拉村", "四组", 5, 2015, "脱贫享受政策"),
    ("白玉柱", "150426195511302432", "东庄头营子村", "一组", 1, 2014, "已移出"),
    ("陈桂芝", "15042619690725390X", "哈日敖包村", "二组", 5, 2014, "建档立卡"),
];

const SURNAMES: [&str; 10] = ["王", "李", "张", "刘", "陈", "包", "白", "韩", "孟", "于"];
const GIVEN: [&str; 12] =
    ["德福", "秀英", "玉林", "桂兰", "长海", "淑芬", "宝山", "凤琴", "国军", "素珍", "永和", "金花"];
const VILLAGES: [&str; 4] = ["东庄头营子村", "巴嘎塔拉村", "哈日敖包村", "赛沁塔拉村"];

/// A household made up by its place in the list.
fn made_up(region: &str, at: usize) -> Result<String> {
    let (year, month, day) = (1944 + at * 7 % 44, 1 + at * 5 % 12, 1 + at * 11 % 28);
    let seventeen = format!("{region}{year}{month:02}{day:02}{:03}", 101 + at * 3 % 880);
    let number = ResidentId::with_check_character(&seventeen).context("a made-up number")?;
    let name = format!("{}{}", SURNAMES[at * 3 % SURNAMES.len()], GIVEN[at * 5 % GIVEN.len()]);
    let status = ["建档立卡", "建档立卡", "脱贫享受政策"][at % 3];
    let group = ["一组", "二组", "三组", "四组"][at / 4 % 4];
    Ok(format!(
        "{name},{},{},{group},{},{},{status}",
        number.expose(),
        VILLAGES[at % VILLAGES.len()],
        1 + at % 6,
        2014 + at % 4,
    ))
}

impl Stage<'_> {
    /// An area loads its register, as its clerk does on the page.
    fn register(&self, who: &str, region: &str, households: usize) -> Result<()> {
        let mut text = String::from("户主姓名,户主身份证号,村,组,家庭人口,识别年度,状态\n");
        for (head, number, village, group, persons, since, status) in
            NAMED.iter().filter(|n| n.1.starts_with(region))
        {
            text.push_str(&format!("{head},{number},{village},{group},{persons},{since},{status}\n"));
        }
        for at in 0..households {
            text.push_str(&made_up(region, at)?);
            text.push('\n');
        }
        let viewer = self.viewer(who)?;
        let seen = self.app.households_preview(&viewer, "poor", ("建档立卡名单.csv", text.as_bytes()))?;
        let ticket = self.app.paper_ticket(&viewer, &seen.paper)?;
        let loaded = self.app.households_load(&viewer, "poor", (&ticket, ""))?;
        loaded.with_context(|| format!("{who}: {:?}", seen.findings)).map(drop)
    }

    /// The registers, and the projects that are held against one.
    pub(super) fn registers(&mut self) -> Result<()> {
        self.register("area-ongniud", "150426", 126)?;
        self.register("area-naiman", "150525", 94)?;
        self.register("area-lhasa", "540102", 38)?;
        self.approved(&COURTYARDS_WAY, &[&COURTYARDS])?;
        self.register("area-ongniud", "150426", 131)?;
        self.approved(&GEESE_WAY, &[&GEESE])
    }
}
