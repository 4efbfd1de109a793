//! What the people of the stories write at length: targets watched and scored, assets and their first year, the data of villages.

use super::fill::Told;

/// How far the greenhouses were in the middle of the year.
pub const SECOND_QUARTER: &[(&str, &str)] = &[
    ("until", "2019-06-30"),
    ("work_done", "38%"),
    ("money_used", "1442.56"),
    ("money_share", "49.1%"),
    ("watched.kind", "of_quantity"),
    ("watched.indicator", "建成大棚"),
    ("watched.aim", "156座"),
    ("watched.reached", "主体完成60座"),
    ("watched.deviation", "比计划少12座"),
    ("watched.reason", "后墙砖料供应不及时"),
    ("watched.measures", "增加一家供料单位，7月补齐"),
    ("watched.2.kind", "of_quality"),
    ("watched.2.indicator", "分部工程验收合格率"),
    ("watched.2.aim", "100%"),
    ("watched.2.reached", "100%"),
    ("watched.3.kind", "of_cost"),
    ("watched.3.indicator", "每座造价"),
    ("watched.3.aim", "不超过18.1万元"),
    ("watched.3.reached", "17.9万元"),
];

/// And in autumn: the department sets a day.
pub const THIRD_QUARTER: &[(&str, &str)] = &[
    ("until", "2019-09-30"),
    ("work_done", "57%"),
    ("money_used", "1758.26"),
    ("money_share", "59.8%"),
    ("watched.reached", "主体完成92座"),
    ("watched.deviation", "比计划少36座"),
    ("watched.reason", "增温设备到货推迟，冬季不能砌筑"),
    ("watched.measures", "设备分两批到货，12月底之前完成棚内安装"),
    ("what", "建成大棚的数量比计划少36座，请调整工期、落实供货，每半月报一次进度。"),
    ("due", "2020-03-31"),
];

/// Cows go to households: what is handed over, and how the project is scored.
pub const HANDED_OVER: &[(&str, &str)] = &[
    ("asset_list.asset", "生产母牛（西门塔尔杂交）"),
    ("asset_list.quantity", "418头"),
    ("asset_list.stands_at", "喀瓦克乡9个村受益户"),
    ("asset_list.worth", "4180000"),
    ("asset_list.operator", "受益贫困户"),
    ("operator", "受益贫困户，墨玉县惠牧畜牧服务有限公司技术托管"),
    ("money", "财政专项扶贫资金"),
    ("benefit", "当年产犊率65%，户均增收2600元"),
    ("beneficiaries", "建档立卡贫困户418户"),
    ("supervision", "耳标登记，乡畜牧站每季核对存栏"),
    ("total", "432.6"),
    ("used", "428.138"),
    ("results.kind", "of_quantity"),
    ("results.indicator", "补助到户"),
    ("results.aim", "420户"),
    ("results.reached", "418户"),
    ("results.why_short", "两户已不在建档立卡之列，补助退回"),
    ("results.2.kind", "of_quality"),
    ("results.2.indicator", "母牛检疫合格率"),
    ("results.2.aim", "100%"),
    ("results.2.reached", "100%"),
    ("results.3.kind", "of_effect"),
    ("results.3.indicator", "户均增收"),
    ("results.3.aim", "2000元以上"),
    ("results.3.reached", "2600元"),
    ("scored.kind", "of_quantity"),
    ("scored.indicator", "补助到户418户（目标420户）"),
    ("scored.weight", "40%"),
    ("scored.reached", "99.5%"),
    ("scored.basis", "发放花名册、银行代发回单"),
    ("scored.2.kind", "of_quality"),
    ("scored.2.indicator", "检疫合格率、存栏率"),
    ("scored.2.weight", "30%"),
    ("scored.2.reached", "96%"),
    ("scored.2.basis", "检疫证明、耳标核对"),
    ("scored.3.kind", "of_effect"),
    ("scored.3.indicator", "户均增收2600元（目标2000元）"),
    ("scored.3.weight", "20%"),
    ("scored.3.reached", "100%"),
    ("scored.3.basis", "入户调查40户"),
    ("scored.4.kind", "of_satisfaction"),
    ("scored.4.indicator", "受益户满意度"),
    ("scored.4.weight", "10%"),
    ("scored.4.reached", "98%"),
    ("scored.4.basis", "问卷120份"),
    ("grade", "excellent"),
    ("weak", "两户名单核实不及时，补助发出后追回"),
    ("measures_set", "false"),
];

/// The first return of the cows: two were sold, and the village is told to bring them back.
pub const FIRST_RETURN: &[(&str, &str)] = &[
    ("return_year", "2019"),
    ("asset_state", "lost"),
    ("state_what", "4村两户在9月、10月私自出售母牛2头"),
    ("runs", "分户饲养，技术托管，犊牛由合作社订单收购"),
    ("upkeep", "春秋两次防疫，耳标补换31枚"),
    ("upkeep_cost", "36800"),
    ("income", "1086800"),
    ("to_poor", "1058000"),
    ("to_village", "28800"),
    ("households", "416"),
    ("people", "1723"),
    ("problems", "个别户缺少饲草，有出售的苗头"),
    ("measures", "补购2头，签订三年不出售的协议，饲草由合作社赊供"),
    ("what", "两户私自出售补助母牛2头，请补购同等母牛交回原户，并核对其余存栏。"),
    ("due", "2019-12-31"),
];

/// What was built for households is theirs; the yard before the houses is the village's.
pub const HOMES_DONE: &[(&str, &str)] = &[
    ("assets.asset", "改造后的砖混住房"),
    ("assets.quantity", "37户"),
    ("assets.worth", "148"),
    ("assets.owner_kind", "household"),
    ("assets.owner", "37户受益户（名单附后）"),
    ("assets.stands_at", "云台村一组、二组、四组"),
    ("assets.carer", "各户主"),
    ("assets.care_rule", "农村住房安全管护公约"),
    ("assets.2.asset", "排水沟和入户便道"),
    ("assets.2.quantity", "620米"),
    ("assets.2.worth", "0"),
    ("assets.2.owner_kind", "collective"),
    ("assets.2.owner", "云台村村民集体"),
    ("assets.2.stands_at", "云台村四组"),
    ("assets.2.carer", "村公益岗位保洁员"),
    ("assets.2.care_rule", "云台村公共设施管护办法"),
    ("return_year", "2018"),
    ("operator", "自住，不经营"),
    ("asset_rows.asset", "改造后的砖混住房"),
    ("asset_rows.quantity", "37户"),
    ("asset_rows.owner_kind", "household"),
    ("asset_rows.owner", "37户受益户"),
    ("asset_rows.carer", "各户主"),
    ("asset_rows.state", "in_use"),
    ("asset_rows.2.asset", "排水沟和入户便道"),
    ("asset_rows.2.quantity", "620米"),
    ("asset_rows.2.owner_kind", "collective"),
    ("asset_rows.2.owner", "云台村村民集体"),
    ("asset_rows.2.carer", "村公益岗位保洁员"),
    ("asset_rows.2.state", "in_use"),
    ("asset_rows.2.remark", "四组一段雨后清淤"),
    ("asset_state", "in_use"),
    ("runs", "37户全部入住"),
    ("upkeep", "入冬前检查屋面、电线，清淤一次"),
    ("upkeep_cost", "1860"),
    ("upkeep_fund", "5000"),
    ("fund_from", "村集体收入和公益岗位补助"),
    ("income", "0"),
    ("to_poor", "0"),
    ("to_village", "0"),
    ("households", "37"),
    ("people", "142"),
];

/// A village in a year: its name, collective income and income per head in yuan, where it comes from.
pub type Village = (&'static str, &'static str, &'static str, &'static str);

/// The villages of two townships as they were in 2018 and 2019: at the end of the first year one is still at zero.
pub const VILLAGES: &[(&str, &str, [&[Village]; 2])] = &[
    (
        "xiaying",
        "下营镇",
        [
            &[
                ("下营镇东山村", "36000", "19850", "土地流转、保底返还"),
                ("下营镇石门村", "18500", "18640", "保底返还、机动地发包"),
                ("下营镇前甘泉村", "10000", "17930", "保底返还"),
                ("下营镇柳沟村", "10000", "18210", "保底返还"),
            ],
            &[
                ("下营镇东山村", "128600", "22130", "民宿租金、保底返还"),
                ("下营镇石门村", "84200", "20980", "民宿租金、保底返还"),
                ("下营镇前甘泉村", "62400", "19860", "保底返还、林下种植"),
                ("下营镇柳沟村", "58300", "20150", "保底返还、务工收入提成"),
            ],
        ],
    ),
    (
        "chutouling",
        "出头岭镇",
        [
            &[
                ("出头岭镇北小屯村", "42000", "20460", "食用菌大棚租金、保底返还"),
                ("出头岭镇东河村", "10000", "18320", "保底返还"),
                ("出头岭镇田家峪村", "23600", "19040", "机动地发包、保底返还"),
                ("出头岭镇西桥村", "0", "17560", "保底返还未到账，年底之前补发"),
            ],
            &[
                ("出头岭镇北小屯村", "215400", "24870", "食用菌园区分红、保底返还"),
                ("出头岭镇东河村", "76500", "20730", "保底返还、园区用工"),
                ("出头岭镇田家峪村", "91200", "21460", "保底返还、菌棒加工"),
                ("出头岭镇西桥村", "54800", "19920", "保底返还"),
            ],
        ],
    ),
];

/// The yearly data of a township's villages; the city's average is written once it is published.
pub fn data(township: &str, year: i16, average: Option<&str>, villages: &[Village]) -> Told {
    let mut told = Told::from([
        ("data_title".to_owned(), format!("{township}{year}年困难村数据")),
        ("data_year".to_owned(), year.to_string()),
        ("short".to_owned(), short(villages)),
    ]);
    told.extend(average.map(|average| ("city_average".to_owned(), average.to_owned())));
    for (number, (name, collective, per_head, how)) in (1..).zip(villages) {
        let row = if number == 1 { "village_rows".to_owned() } else { format!("village_rows.{number}") };
        let zero = (*collective == "0").to_string();
        let cells = [
            ("village_name", *name),
            ("collective", collective),
            ("per_head", per_head),
            ("still_zero", &zero),
            ("how", how),
        ];
        told.extend(cells.map(|(id, text)| (format!("{row}.{id}"), text.to_owned())));
    }
    told
}

/// What the commission notes: who is below 200,000 yuan, who is at zero.
fn short(villages: &[Village]) -> String {
    let income = |village: &&Village| village.1.parse().unwrap_or(0_u32);
    let below = villages.iter().filter(|village| income(village) < 200_000).count();
    let zero: Vec<&str> = villages.iter().filter(|v| income(v) == 0).map(|v| v.0).collect();
    let zero = if zero.is_empty() {
        "没有为零的村".to_owned()
    } else {
        format!("仍为零：{}", zero.join("、"))
    };
    format!("{below}个村不到20万元；{zero}")
}
