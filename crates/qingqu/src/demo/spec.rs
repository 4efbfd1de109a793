//! The invented enterprises of the demonstration and their projects: real places, made-up firms and people, numbers with valid check characters.

use kernel::Date;
use kernel::credit::CreditCode;
use kernel::resident::ResidentId;
use std::collections::BTreeMap;

/// An invented investor with its project.
#[derive(Debug, Clone, Copy)]
pub struct Project {
    /// Short id: the sign-in name of its contact.
    pub login: &'static str,
    /// The investor.
    pub investor: &'static str,
    /// Its district.
    pub district: &'static str,
    /// The project enterprise.
    pub company: &'static str,
    /// The project.
    pub title: &'static str,
    /// The county of the project.
    pub county: &'static str,
    /// `project` or `production`.
    pub mode: &'static str,
    /// Employees.
    pub staff: i64,
    /// Of whom registered poor.
    pub poor: i64,
    /// Persons lifted.
    pub lifted: i64,
    /// Paid-in capital in yuan.
    pub paid_in: i64,
    /// Tianjin's share in percent.
    pub share: i64,
    /// The day of registration.
    pub founded: Date,
    /// Assets: class, name, date, quantity, unit, unit price in yuan.
    pub assets: &'static [(&'static str, &'static str, &'static str, i64, &'static str, i64)],
    /// Power and freight: kind, day, payee, amount in yuan.
    pub running: &'static [(&'static str, &'static str, &'static str, i64)],
    /// Monthly wages in yuan, for table seven.
    pub wages: i64,
    /// Products.
    pub products: &'static str,
}

const fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// Every project of the demonstration, in the order in which it appears.
pub const PROJECTS: &[Project] = &[
    Project {
        login: "haihe",
        investor: "天津海河绿源食品有限公司",
        district: "120104",
        company: "靖远海河绿源羊业有限公司",
        title: "靖远县肉羊屠宰冷链加工项目",
        county: "620421",
        mode: "project",
        staff: 194,
        poor: 68,
        lifted: 126,
        paid_in: 12_000_000,
        share: 51,
        founded: day(2018, 12, 20),
        assets: &[
            ("building", "屠宰加工车间（1200平方米）", "2019-04-18", 1, "栋", 2_680_000),
            ("machine", "羊屠宰生产线 YT-300", "2019-06-25", 1, "条", 1_150_000),
            ("equipment", "低温冷库机组 LK-30", "2019-08-12", 2, "套", 196_500),
            ("vehicle", "冷藏运输车 4.2米", "2019-09-03", 3, "辆", 128_600),
        ],
        running: &[("power", "2019-09-28", "靖远县供电公司 三季度电费", 86_420)],
        wages: 182_000,
        products: "冷鲜羊肉、羊肉制品",
    },
    Project {
        login: "jinke",
        investor: "天津津科新材料股份有限公司",
        district: "120111",
        company: "榆中津科包装材料有限公司",
        title: "榆中县可降解包装材料生产项目",
        county: "620123",
        mode: "project",
        staff: 50,
        poor: 15,
        lifted: 49,
        paid_in: 1_000_000,
        share: 30,
        founded: day(2019, 1, 15),
        assets: &[
            ("rent", "标准厂房租赁（第一年）", "2019-02-20", 1, "年", 480_000),
            ("machine", "吹膜机组 FM-65", "2019-05-09", 4, "台", 385_000),
            ("machine", "制袋机 ZD-800", "2019-05-30", 6, "台", 92_000),
            ("equipment", "环保除尘系统", "2018-12-30", 1, "套", 210_000),
        ],
        running: &[],
        wages: 68_500,
        products: "可降解农膜、购物袋",
    },
    Project {
        login: "tangu",
        investor: "天津塘沽远洋渔业集团有限公司",
        district: "120116",
        company: "策勒远洋红枣加工有限公司",
        title: "策勒县红枣分选与仓储项目",
        county: "653225",
        mode: "production",
        staff: 120,
        poor: 52,
        lifted: 80,
        paid_in: 5_000_000,
        share: 100,
        founded: day(2017, 5, 8),
        assets: &[("machine", "红枣色选分级机", "2018-03-14", 2, "台", 268_000)],
        running: &[
            ("power", "2019-01-25", "策勒县供电公司 电费", 142_300),
            ("freight", "2019-03-18", "和田顺达物流 运费", 386_700),
            ("freight", "2019-06-22", "和田顺达物流 运费", 412_500),
            ("power", "2019-08-26", "策勒县供电公司 电费", 158_900),
        ],
        wages: 96_000,
        products: "免洗红枣、枣片",
    },
    Project {
        login: "yunjin",
        investor: "天津云锦纺织有限公司",
        district: "120110",
        company: "临潭云锦藏绣有限公司",
        title: "临潭县藏绣扶贫车间项目",
        county: "623021",
        mode: "project",
        staff: 60,
        poor: 12,
        lifted: 38,
        paid_in: 2_000_000,
        share: 60,
        founded: day(2019, 3, 11),
        assets: &[
            ("building", "扶贫车间改造", "2019-06-10", 3, "间", 420_000),
            ("machine", "电脑绣花机 XH-1206", "2019-07-22", 12, "台", 98_000),
        ],
        running: &[],
        wages: 54_000,
        products: "藏绣挂件、服饰",
    },
    Project {
        login: "xinqing",
        investor: "天津新青农业科技有限公司",
        district: "120112",
        company: "泽库新青牧草有限公司",
        title: "泽库县优质牧草基地项目",
        county: "632323",
        mode: "project",
        staff: 40,
        poor: 22,
        lifted: 66,
        paid_in: 3_000_000,
        share: 55,
        founded: day(2019, 5, 20),
        assets: &[
            ("machine", "青贮收获机 4QZ-2200", "2019-08-01", 3, "台", 560_000),
            ("machine", "打捆包膜一体机", "2019-08-15", 2, "台", 345_000),
            ("equipment", "储草棚（钢结构）", "2019-12-20", 1, "座", 780_000),
        ],
        running: &[],
        wages: 46_000,
        products: "燕麦草捆、青贮饲料",
    },
    Project {
        login: "binhai",
        investor: "天津滨海智造电子有限公司",
        district: "120116",
        company: "承德滨海线束有限公司",
        title: "承德县汽车线束加工项目",
        county: "130821",
        mode: "project",
        staff: 210,
        poor: 74,
        lifted: 90,
        paid_in: 8_000_000,
        share: 70,
        founded: day(2018, 9, 4),
        assets: &[
            ("building", "线束装配厂房", "2019-03-26", 1, "栋", 5_600_000),
            ("machine", "全自动端子压接机", "2019-10-18", 16, "台", 145_000),
            ("equipment", "线束检测台", "2020-01-08", 20, "台", 22_800),
        ],
        running: &[("power", "2020-02-25", "承德县供电公司 电费", 96_700)],
        wages: 265_000,
        products: "汽车线束",
    },
    Project {
        login: "lvye",
        investor: "天津绿野菌业有限公司",
        district: "120115",
        company: "清水绿野食用菌有限公司",
        title: "清水县食用菌工厂化种植项目",
        county: "620521",
        mode: "production",
        staff: 88,
        poor: 31,
        lifted: 54,
        paid_in: 2_600_000,
        share: 80,
        founded: day(2018, 6, 15),
        assets: &[("building", "出菇房", "2019-05-17", 4, "间", 215_000)],
        running: &[
            ("power", "2019-11-20", "清水县供电公司 电费", 168_400),
            ("power", "2020-02-20", "清水县供电公司 电费", 176_900),
            ("freight", "2020-01-12", "天水捷运 冷链运费", 205_600),
        ],
        wages: 74_500,
        products: "杏鲍菇、香菇",
    },
    Project {
        login: "hongqiao",
        investor: "天津红桥民族食品有限公司",
        district: "120106",
        company: "同仁红桥热贡食品有限公司",
        title: "同仁青稞食品加工项目",
        county: "632321",
        mode: "project",
        staff: 55,
        poor: 20,
        lifted: 51,
        paid_in: 1_500_000,
        share: 45,
        founded: day(2019, 7, 1),
        assets: &[
            ("rent", "厂房租赁（三年）", "2019-07-20", 3, "年", 160_000),
            ("machine", "青稞磨粉生产线", "2019-11-11", 1, "条", 1_380_000),
            ("machine", "烘焙设备", "2020-01-06", 2, "套", 265_000),
        ],
        running: &[],
        wages: 43_800,
        products: "青稞饼干、炒面",
    },
    Project {
        login: "jinghai",
        investor: "天津静海自行车制造有限公司",
        district: "120118",
        company: "丁青静海车业有限公司",
        title: "丁青县电动三轮车组装项目",
        county: "540324",
        mode: "project",
        staff: 36,
        poor: 8,
        lifted: 20,
        paid_in: 1_200_000,
        share: 40,
        founded: day(2019, 9, 2),
        assets: &[
            ("machine", "总装线", "2020-01-10", 1, "条", 1_260_000),
            ("equipment", "烤漆房", "2020-02-25", 1, "套", 880_000),
        ],
        running: &[],
        wages: 38_600,
        products: "电动三轮车",
    },
    Project {
        login: "jizhou",
        investor: "天津蓟州山野农产品有限公司",
        district: "120119",
        company: "兴隆山野果品有限公司",
        title: "兴隆县山楂深加工项目",
        county: "130822",
        mode: "project",
        staff: 76,
        poor: 27,
        lifted: 58,
        paid_in: 4_000_000,
        share: 65,
        founded: day(2019, 4, 16),
        assets: &[
            ("building", "果汁车间", "2019-09-19", 1, "栋", 1_980_000),
            ("machine", "榨汁灌装线", "2019-12-05", 1, "条", 1_420_000),
        ],
        running: &[],
        wages: 61_200,
        products: "山楂汁、果丹皮",
    },
];

/// The project of a sign-in name.
pub fn project(login: &str) -> Option<&'static Project> {
    PROJECTS.iter().find(|p| p.login == login)
}

/// The credit code of an invented body: its region and a running number, with both check characters.
pub fn credit_code(region: &str, number: usize) -> Option<CreditCode> {
    CreditCode::with_check_character(&format!("91{region}MA6Q{number:04}")).ok()
}

/// An identity number that passes its check and belongs to nobody: a place code that was never given to persons of that birthday here.
pub fn resident_id(number: usize) -> Option<ResidentId> {
    let (month, day) = (number % 12 + 1, number % 27 + 1);
    ResidentId::with_check_character(&format!(
        "120101197{}{month:02}{day:02}{:03}",
        number % 10,
        900 + number % 90
    ))
    .ok()
}

/// Money in 万元 as the form prints it.
pub fn wan(yuan: i64) -> String {
    kernel::Money::from_fen(yuan * 100).wan()
}

/// Rows of a form's table from pairs.
pub fn row(cells: &[(&str, String)]) -> BTreeMap<String, String> {
    cells.iter().map(|(key, text)| ((*key).to_owned(), text.clone())).collect()
}
