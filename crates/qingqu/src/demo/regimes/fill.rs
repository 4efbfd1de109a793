//! What the people of a story write into forms, notes and facts: what the story says of the project, else what usually stands
//! there, else something of the right type.

use anyhow::{Context, Result};
use kernel::Date;
use policy::form::FormData;
use policy::pack::{Field, FieldType, Form, Pack, PartKind, Required};
use std::collections::BTreeMap;

/// What a story says, by the id of a field, note or fact; of a table's column as `table.column`, in a later row as
/// `table.2.column`.
pub type Told = BTreeMap<String, String>;

/// What usually stands in a field of this id.
const USUAL: &[(&str, &str)] = &[
    ("person", "项目负责人（演示）"),
    ("leader", "分管领导（演示）"),
    ("participation", "贫困户参加村民代表会议讨论，出工投劳，按股分红"),
    ("target", "按期建成，带动受益农户稳定增收"),
    ("outcome", "带动建档立卡户稳定增收，户均年增收2000元以上"),
    ("target_quantity", "按实施方案确定的数量全部建成"),
    ("target_quality", "一次验收合格率100%"),
    ("target_time", "当年开工，一年之内建成"),
    ("target_cost", "不超过批复的概算"),
    ("target_effect", "贫困户户均年增收2000元以上"),
    ("target_effects", "贫困户户均年增收2000元以上"),
    ("target_satisfaction", "受益农户满意度95%以上"),
    ("effect", "户均年增收2000元"),
    ("procurement", "达到限额标准的公开招标，其余由村民代表会议公开选定"),
    ("quality", "签订施工合同，镇里派员监督，隐蔽工程留影像"),
    ("care", "移交村委会管护，落实管护员和经费"),
    ("belongs", "受益村民集体"),
    ("urgency", "列入本村脱贫攻坚规划；贫困户缺少稳定的增收来源，当年实施、见效快"),
    ("way", "村民代表会议公开选定施工队，签订合同；镇里派员监督，隐蔽工程留影像"),
    ("answers", "村党支部书记负总责，村主任管实施，村会计管报账，监委会主任管监督"),
    ("need", "缺少稳定产业，有土地和劳力，资金不足"),
    ("benefit", "建成后年新增产值60万元"),
    ("mechanism", "土地流转、务工和分红"),
    ("poor_view", "到会的贫困户代表都赞成，希望优先安排务工"),
    ("met_at", "村委会会议室"),
    ("chair", "村党支部书记（演示）"),
    ("entitled", "42"),
    ("attended", "38"),
    ("poor_present", "15"),
    ("votes_for", "36"),
    ("votes_against", "1"),
    ("votes_abstain", "1"),
    ("measure", "项"),
    ("quantity", "1"),
    ("base", "本镇有多年种植基础和合作社"),
    ("prospect", "产品与区平台的销售终端签约"),
    ("returns", "按市补资金的比例逐年上缴区平台"),
    ("own_village", "本镇困难村（演示）"),
    ("expert_unit", "区农业技术推广服务中心"),
    ("expert_title", "高级农艺师"),
    ("expert", "专家甲（演示）"),
    ("name", "专家甲（演示）"),
    ("title", "高级工程师"),
    ("opinion", "方案可行，概算合理，建议实施"),
    ("line", "主体工程"),
    ("work", "主体工程施工"),
    ("stage", "主体工程"),
    ("share", "60%"),
    ("aim", "按实施方案建成"),
    ("reached", "全部完成"),
    ("tasks_done", "批复的建设内容全部完成"),
    ("money_used", "专账核算，凭票报账，没有挪用"),
    ("benefits", "受益农户户均增收2000元"),
    ("files_kept", "项目和财务档案已整理成册"),
    ("signs_up", "公示牌已设立，公示资料齐全"),
    ("care_rule", "已订立管护公约，落实管护员"),
    ("asset", "主体工程及附属设施"),
    ("owner", "受益村民集体"),
    ("owner_kind", "collective"),
    ("care_rule", "村民会议通过的管护公约"),
    ("operator", "村股份经济合作社"),
    ("runs", "由村股份经济合作社统一经营"),
    ("upkeep", "管护员每月巡查，损坏的当月修好"),
    ("problems", "无"),
    ("indicator", "按实施方案建成"),
    ("head", "单位主要负责人（演示）"),
    ("judges", "主管部门绩效评价小组（演示）"),
    ("strong", "按审定内容建成，带动受益农户稳定增收"),
    ("weak", "无"),
    ("proposed", "结果作为以后年度安排的依据"),
    ("used_for", "作为以后年度项目安排的依据，通报各主管部门"),
    ("whole", "绩效目标完成，资金按规定使用"),
    ("weight", "100%"),
    ("carer", "村委会管护员（演示）"),
    ("stands_at", "项目区"),
    ("subject", "主体工程施工"),
    ("basis", "限额标准以上，公开招标"),
    ("contract_no", "合同第1号"),
    ("supervisor", "区建设工程监理所（演示）"),
    ("source", "财政专项扶贫资金"),
    ("makeup", "财政专项扶贫资金为主，其余由村集体和农户自筹"),
    ("use", "用于批准的建设内容"),
    ("principle", "按入库项目的轻重缓急安排"),
    ("result", "按立项批复安排到项目"),
    ("complaints", "举报电话12317"),
    // Facts that a desk states.
    ("false_or_split", "false"),
    ("same_content", "false"),
    ("offence", "none"),
    ("exception_reasoned", "false"),
    ("longer_reasoned", "false"),
    ("other_rules", "false"),
    ("one_paper", "true"),
    ("addition_reasoned", "false"),
    ("rest_days", "false"),
    ("objection_open", "false"),
    ("targets_stated", "true"),
    ("late_allowed", "false"),
    ("recused", "false"),
    ("over_limit", "false"),
    ("force_majeure", "false"),
    ("entrusted", "false"),
    ("village_wide", "false"),
    ("public_works", "false"),
];

/// What the story says under an id: of a column as `table.column`.
pub fn said(told: &Told, table: Option<&str>, id: &str) -> Option<String> {
    match table {
        Some(table) => told.get(&format!("{table}.{id}")).cloned(),
        None => told.get(id).cloned(),
    }
}

/// A text for something of this type.
pub fn text_for(
    pack: &Pack,
    told: &Told,
    table: Option<&str>,
    id: &str,
    ty: &FieldType,
    today: Date,
) -> String {
    let usual = || USUAL.iter().find(|(known, _)| *known == id).map(|(_, text)| (*text).to_owned());
    if let Some(text) = said(told, table, id).filter(|text| fits(pack, ty, text)) {
        return text;
    }
    match ty {
        FieldType::Phone => phone(pack),
        FieldType::Text if matches!(id, "phone" | "telephone") => phone(pack),
        FieldType::Text | FieldType::LongText => usual().unwrap_or_else(|| "见附件".to_owned()),
        FieldType::Bool => usual().unwrap_or_else(|| "true".to_owned()),
        FieldType::Money(_) => usual().unwrap_or_else(|| "0".to_owned()),
        FieldType::Ratio => usual().unwrap_or_else(|| "60%".to_owned()),
        FieldType::Count(_) | FieldType::Quantity => usual().unwrap_or_else(|| "1".to_owned()),
        FieldType::Date => today.to_string(),
        FieldType::Month => format!("{}-{:02}", today.year(), today.month()),
        FieldType::Year => today.year().to_string(),
        FieldType::Enum(of) => {
            let members = pack.enums.get(of).map(|list| list.members.as_slice()).unwrap_or_default();
            let named = |text: String| members.iter().find(|one| one.id == text || one.name.zh == text);
            let known = said(told, table, id).and_then(named).or_else(|| usual().and_then(named));
            known.or(members.first()).map(|member| member.id.clone()).unwrap_or_default()
        }
        FieldType::Region | FieldType::CreditCode | FieldType::ResidentId => String::new(),
        FieldType::BankAccount | FieldType::Postcode => String::new(),
    }
}

/// A telephone of the office, with the code of its place.
fn phone(pack: &Pack) -> String {
    let code = match pack.id.as_str() {
        "xinjiang" => "0903",
        "tongzhou" => "010",
        "jizhou" | "tianjin" => "022",
        _ => "0743",
    };
    format!("{code}-8220000")
}

/// What is said under the id of a field, as it is written where there is no list to choose from: a member of a list by its name.
pub fn in_words(pack: &Pack, text: String) -> String {
    let member = pack.enums.iter().flat_map(|list| &list.members).find(|member| member.id == text);
    member.map_or(text, |member| member.name.zh.clone())
}

/// Whether what is said can stand there: a list has members of its own.
fn fits(pack: &Pack, ty: &FieldType, text: &str) -> bool {
    let FieldType::Enum(of) = ty else { return true };
    pack.enums.get(of).is_some_and(|list| list.members.iter().any(|member| member.id == text))
}

/// A whole form: every field that must be filled or that the story speaks of, the rows of which it speaks (by number, or a line a row), and
/// one in each table that needs one.
pub fn form(pack: &Pack, form: &Form, told: &Told, today: Date) -> FormData {
    let mut data = FormData::default();
    for part in &form.parts {
        match &part.kind {
            PartKind::Fields(fields) => {
                for field in fields.iter().filter(|field| wanted(field, told, None)) {
                    let text = text_for(pack, told, None, &field.id, &field.ty, today);
                    data.fields.insert(field.id.clone(), text);
                }
            }
            PartKind::Table(table) => {
                let columns = || table.columns.iter().filter(|column| column.computed.is_none());
                let spoken = columns().any(|column| said(told, Some(&part.id), &column.field.id).is_some());
                if table.rows_min == 0 && !spoken {
                    continue;
                }
                let row = |table: &str| -> BTreeMap<String, String> {
                    let cells = columns().filter(|column| wanted(&column.field, told, Some(table)));
                    let text = |of: &Field| text_for(pack, told, Some(table), &of.id, &of.ty, today);
                    cells.map(|column| (column.field.id.clone(), text(&column.field))).collect()
                };
                let speaks =
                    |table: &String| columns().any(|c| said(told, Some(table), &c.field.id).is_some());
                let later = (2..).map(|n| format!("{}.{n}", part.id)).take_while(speaks);
                let rows = std::iter::once(part.id.clone()).chain(later).map(|table| row(&table));
                data.tables.insert(part.id.clone(), rows.flat_map(|row| by_line(&row)).collect());
            }
            PartKind::Months(_) => {}
        }
    }
    data
}

/// What is told in lines fills a row a line.
fn by_line(texts: &BTreeMap<String, String>) -> Vec<BTreeMap<String, String>> {
    let lines = texts.values().map(|text| text.lines().count()).max().unwrap_or(1);
    let row = |at: usize| {
        let cell = |text: &String| text.lines().nth(at).or(text.lines().next()).unwrap_or("").to_owned();
        texts.iter().map(|(id, text)| (id.clone(), cell(text))).collect()
    };
    (0..lines.max(1)).map(row).collect()
}

fn wanted(field: &Field, told: &Told, table: Option<&str>) -> bool {
    !matches!(field.required, Required::No | Required::When(_)) || said(told, table, &field.id).is_some()
}

/// A fact as a desk states it.
pub fn fact(pack: &Pack, told: &Told, id: &str, today: Date) -> Result<String> {
    let of = pack.facts.get(id).with_context(|| format!("no fact {id}"))?;
    let usual = USUAL.iter().find(|(known, _)| *known == id).map(|(_, text)| (*text).to_owned());
    let typed = || match of.ty {
        policy::lang::Type::Date => today.to_string(),
        policy::lang::Type::Bool => "true".to_owned(),
        _ => "0".to_owned(),
    };
    Ok(said(told, None, id).or(usual).unwrap_or_else(typed))
}
