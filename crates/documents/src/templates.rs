//! The templates of the money desk. What the drop-down lists hold (funds, kinds of source, levels, uses, projects) comes
//! from whoever knows it; no fund and no regulation is named here.

use crate::table::{Table, TableCell, TableColumn, TableKind};
use crate::template::{Choice, Column, Kind, Template, Totalled};
use crate::words::Words;
use kernel::amount::AmountUnit;
use kernel::{Date, Money};

/// The lists that the templates offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// The funds.
    pub funds: Vec<Choice>,
    /// The kinds of source.
    pub source_kinds: Vec<Choice>,
    /// The levels of government.
    pub levels: Vec<Choice>,
    /// The permitted uses.
    pub uses: Vec<Choice>,
    /// The projects.
    pub projects: Vec<Choice>,
}

fn choice(key: &str, zh: &str, en: &str, list: &[Choice]) -> Column {
    Column::new(key, zh, en, Kind::Choice(list.to_vec())).required()
}

fn remark() -> Column {
    Column::new("remark", "备注", "Remark", Kind::LongText).length(500)
}

/// 资金来源入账表: one receipt a row.
pub fn sources(lists: &Lists) -> Template {
    let columns = vec![
        choice("fund", "资金", "Fund", &lists.funds).also(&["资金名称", "基金"]),
        choice("kind", "来源类别", "Kind of source", &lists.source_kinds).also(&["资金来源", "资金类别"]),
        choice("level", "级次", "Level", &lists.levels).also(&["资金级次", "级别"]),
        Column::new("document", "指标文号", "Document number", Kind::DocumentNumber)
            .also(&["文号", "拨款文号"])
            .help(
                "年份外的字头要写全：字头不同就是两份文件。",
                "Write the whole prefix: another prefix is another document.",
            ),
        Column::new("document_date", "发文日期", "Date of the document", Kind::Date).also(&["文件日期"]),
        Column::new("year", "预算年度", "Budget year", Kind::Year)
            .also(&["年度"])
            .help("不填的，按文号里的年份。", "Left empty, the year in the document number counts."),
        Column::new("purpose", "用途", "Purpose", Kind::Text).length(200).also(&["资金用途"]),
        Column::new("function_code", "功能科目", "Functional code", Kind::VoucherNumber)
            .length(10)
            .also(&["支出功能分类科目", "功能分类科目"])
            .help(
                "支出功能分类科目编码，例如 2130504。",
                "The code of the functional classification, for example 2130504.",
            ),
        Column::new("received", "到账日期", "Date of receipt", Kind::Date)
            .also(&["入账日期"])
            .help("未到账的不填；只下达指标的，款到后再补。", "Leave it empty until the money has arrived."),
        Column::new("amount", "金额", "Amount", Kind::Money(AmountUnit::Wan)).required().also(&["资金额"]),
        Column::new("voucher", "凭证号", "Voucher", Kind::VoucherNumber).length(40),
        remark(),
    ];
    let hint = Words::new(
        "每笔到账或指标写一行，金额以万元计；也可写成 20万元、186050元。",
        "One receipt or budget a row, in 万元; 20万元 or 186050元 may be written too.",
    );
    Template::new("sources", 1, Words::new("资金来源入账表", "Sources of money"), hint, columns)
}

/// 资金分配方案表: one line of an allocation plan a row.
pub fn plan_lines(lists: &Lists) -> Template {
    let columns = vec![
        choice("fund", "资金", "Fund", &lists.funds).also(&["资金名称", "基金"]),
        choice("project", "项目名称", "Project", &lists.projects).also(&["项目"]),
        Column::new("region", "实施地点", "Place", Kind::Region).also(&["行政区划", "所属地区"]),
        choice("use", "用途", "Use", &lists.uses).also(&["资金用途", "使用方向"]),
        Column::new("content", "建设内容", "Content", Kind::LongText).also(&["项目内容", "建设内容及规模"]),
        Column::new("amount", "安排金额", "Amount", Kind::Money(AmountUnit::Wan)).required().also(&[
            "金额",
            "安排资金",
            "资金额度",
        ]),
        Column::new("share", "占比", "Share", Kind::Ratio).share_of("amount").also(&["所占比例", "比例"]),
        Column::new("households", "受益户数", "Households", Kind::Count(Some("户".to_owned())))
            .total(Totalled::Yes),
        Column::new("unit", "责任单位", "Responsible", Kind::Text).also(&["实施单位", "项目单位"]),
        remark(),
    ];
    let hint = Words::new(
        "按资金、项目逐行填写，金额以万元计；小计、合计行会自动核对，不作为数据导入。",
        "One line a project, in 万元; sub-totals and totals are checked and not imported.",
    );
    Template::new("plan-lines", 1, Words::new("资金分配方案表", "Allocation plan"), hint, columns)
}

/// 项目资金概算表: one budget line of a project a row.
pub fn budget_lines(lists: &Lists) -> Template {
    let columns = vec![
        choice("project", "项目名称", "Project", &lists.projects).also(&["项目"]),
        Column::new("line", "概算科目", "Budget line", Kind::Text).required().also(&[
            "支出内容",
            "明细项目",
            "费用名称",
        ]),
        choice("use", "用途", "Use", &lists.uses).also(&["资金用途", "使用方向"]),
        Column::new("quantity", "数量", "Quantity", Kind::Count(None)),
        Column::new("measure", "计量单位", "Unit", Kind::Text).length(20),
        Column::new("price", "单价", "Unit price", Kind::Money(AmountUnit::Yuan)).total(Totalled::No),
        Column::new("amount", "金额", "Amount", Kind::Money(AmountUnit::Yuan)).required().also(&["概算金额"]),
        choice("fund", "资金", "Fund", &lists.funds).also(&["资金来源", "资金名称"]),
        Column::new("basis", "测算依据", "Basis", Kind::LongText),
        remark(),
    ];
    let hint = Words::new("每个科目一行，金额以元计。", "One budget line a row, in 元.");
    Template::new("budget-lines", 1, Words::new("项目资金概算表", "Project budget"), hint, columns)
}

/// 项目预算明细表: the budget lines of one project, which is known from where the file is sent. Without natures in the
/// regulation there is no such column.
pub fn project_lines(natures: &[Choice]) -> Template {
    let nature = Column::new("nature", "支出性质", "Nature", Kind::Choice(natures.to_vec()))
        .also(&["性质", "补助性质"])
        .help("普通支出不填。", "Leave it empty for ordinary spending.");
    let mut columns = vec![
        Column::new("line", "概算科目", "Budget line", Kind::Text).required().also(&[
            "预算项",
            "支出内容",
            "明细项目",
            "费用名称",
        ]),
        nature,
        Column::new("quantity", "数量", "Quantity", Kind::Count(None)).total(Totalled::No),
        Column::new("measure", "计量单位", "Unit", Kind::Text).length(20),
        Column::new("price", "单价", "Unit price", Kind::Money(AmountUnit::Yuan)).total(Totalled::No),
        Column::new("amount", "金额", "Amount", Kind::Money(AmountUnit::Yuan))
            .required()
            .also(&["概算金额", "预算金额"]),
        Column::new("basis", "测算依据", "Basis", Kind::LongText),
        remark(),
    ];
    columns.retain(|column| column.key != "nature" || !natures.is_empty());
    let hint = Words::new(
        "每个科目一行，金额以元计；小计、合计行会自动核对，不作为数据导入。",
        "One budget line a row, in 元; sub-totals and totals are checked and not imported.",
    );
    let title = Words::new("项目预算明细表", "Budget lines of a project");
    Template { rows_max: 500, ..Template::new("project-lines", 1, title, hint, columns) }
}

/// 分配方案明细表: the lines of one allocation, whose money is known from where the file is sent. Where money is not pooled by
/// place there is no such column.
pub fn allocation_lines(projects: &[Choice], places: &[Choice]) -> Template {
    let place = Column::new("place", "资金归属", "Money of", Kind::Choice(places.to_vec()))
        .required()
        .also(&["村", "归属村"])
        .help("这笔钱属于哪个村。", "Whose money it is.");
    let mut columns = vec![
        choice("project", "项目名称", "Project", projects).also(&[
            "项目",
            "县区",
            "县（市、区）",
            "地区",
            "county",
            "项目类别",
            "class",
        ]),
        place,
        Column::new("amount", "安排金额", "Amount", Kind::Money(AmountUnit::Wan)).required().also(&[
            "金额",
            "安排资金",
            "资金额度",
        ]),
        Column::new("share", "占比", "Share", Kind::Ratio).share_of("amount").also(&["所占比例", "比例"]),
        remark(),
    ];
    columns.retain(|column| column.key != "place" || !places.is_empty());
    let hint = Words::new(
        "每个项目一行，金额以万元计；小计、合计行会自动核对，不作为数据导入。",
        "One project a row, in 万元; sub-totals and totals are checked and not imported.",
    );
    let title = Words::new("分配方案明细表", "Lines of an allocation");
    Template { rows_max: 500, ..Template::new("allocation-lines", 1, title, hint, columns) }
}

/// 项目台账对照表: a department's own ledger, one project a row, to be compared. An amount that is left empty is not compared.
pub fn ledger() -> Template {
    let money = |key: &str, zh: &str, en: &str, also: &[&str]| {
        Column::new(key, zh, en, Kind::Money(AmountUnit::Wan)).also(also)
    };
    let columns = vec![
        Column::new("number", "项目编号", "Project number", Kind::Text)
            .also(&["编号", "项目号"])
            .help("没有编号的，按名称和年度对。", "Without it a project is found by name and year."),
        Column::new("name", "项目名称", "Project name", Kind::Text).length(200).also(&["项目", "名称"]),
        Column::new("year", "年度", "Year", Kind::Year).also(&["项目年度", "计划年度"]),
        money("planned", "预算金额", "Budget", &["预算", "概算", "计划金额"]),
        money("allotted", "已下达", "Allotted", &["下达金额", "安排金额", "已安排", "拨付指标"]),
        money("paid", "已支付", "Paid", &["支付金额", "已拨付", "支出"]),
        money("balance", "结余", "Balance", &["余额", "未支付"])
            .help("已下达减去已支付。", "Allotted less paid."),
        remark(),
    ];
    let hint = Words::new(
        "每个项目一行，金额以万元计；也可写成 20万元、186050元。不填的金额不比较；小计、合计行不算项目。",
        "One project a row, in 万元; 20万元 or 186050元 may be written too. An amount left empty is not compared; totals are no projects.",
    );
    Template {
        rows_max: 5_000,
        ..Template::new("ledger", 1, Words::new("项目台账对照表", "A ledger to compare"), hint, columns)
    }
}

/// 补助发放花名册: one payee a row. Identity numbers are masked in it; the full ones stay where they are guarded.
pub fn payees(lists: &Lists) -> Template {
    let columns = vec![
        choice("project", "项目名称", "Project", &lists.projects).also(&["项目"]),
        Column::new("name", "姓名", "Name", Kind::Text).required().length(40).also(&["户主姓名", "收款人"]),
        Column::new("resident_id", "身份证号（脱敏）", "Identity number, masked", Kind::MaskedResidentId)
            .required()
            .also(&["身份证号", "身份证号码"]),
        Column::new("village", "村", "Village", Kind::Text).also(&["所在村", "住址"]),
        Column::new("account", "银行账号", "Account", Kind::Account)
            .required()
            .also(&["一卡通账号", "账号", "银行卡号"])
            .help(
                "单元格须为文本格式，避免长号码被改成 0。",
                "Keep the cell as text, so that no digit is cut.",
            ),
        Column::new("bank", "开户行", "Bank", Kind::Text).also(&["开户银行"]),
        Column::new("quantity", "补助数量", "Quantity", Kind::Count(None)),
        Column::new("amount", "补助金额", "Amount", Kind::Money(AmountUnit::Yuan))
            .required()
            .also(&["金额", "发放金额"]),
        remark(),
    ];
    let hint = Words::new(
        "每人一行，金额以元计；身份证号隐去出生日期后填写。",
        "One person a row, in 元; mask the day of birth in identity numbers.",
    );
    Template::new("payees", 1, Words::new("补助发放花名册", "List of payees"), hint, columns)
}

/// 人员名单: one household a row, with the number of its head in full. It is the one template that takes such numbers.
pub fn households(title: Words) -> Template {
    let status = [
        Choice::new("registered", "建档立卡"),
        Choice::new("supported", "脱贫享受政策"),
        Choice::new("removed", "已移出"),
    ];
    let columns = vec![
        Column::new("head", "户主姓名", "Head of household", Kind::Text)
            .required()
            .length(40)
            .also(&["姓名", "户主"]),
        Column::new("resident_id", "户主身份证号", "Identity number", Kind::ResidentId)
            .required()
            .also(&["身份证号", "身份证号码", "证件号码", "户主证件号码"])
            .help(
                "18 位，单元格须为文本格式；旧的 15 位也认。",
                "18 characters, the cell as text; the old 15 are read too.",
            ),
        Column::new("village", "村", "Village", Kind::Text).required().length(60).also(&[
            "行政村",
            "所在村",
            "村名",
        ]),
        Column::new("group", "组", "Group", Kind::Text).length(40).also(&["自然村", "村民组", "小组"]),
        Column::new("persons", "家庭人口", "Persons", Kind::Count(Some("人".to_owned())))
            .required()
            .total(Totalled::Yes)
            .also(&["人口", "人数", "家庭人数"]),
        Column::new("since", "识别年度", "Year registered", Kind::Year)
            .required()
            .also(&["建档年度", "识别年份"]),
        choice("status", "状态", "Status", &status).also(&["脱贫属性", "在册状态"]),
    ];
    let hint = Words::new(
        "一户一行，写户主；整份替换原来的名单，移出的写“已移出”或者不写。",
        "One household a row, by its head; it replaces the list before. Households taken off are marked or left out.",
    );
    Template { rows_max: 50_000, ..Template::new("households", 1, title, hint, columns) }
}

/// One line of a ledger on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// The day of the entry.
    pub date: Date,
    /// The number of its voucher.
    pub voucher: String,
    /// What it was for.
    pub summary: String,
    /// What came in.
    pub received: Money,
    /// What went out.
    pub paid: Money,
    /// What was left after it.
    pub balance: Money,
}

/// A ledger of one account as a table: what came in, what went out, what was left.
pub fn ledger_table(title: &str, context: &str, lines: &[LedgerLine]) -> Table {
    let money = TableKind::Money(AmountUnit::Yuan);
    let amount = |money: Money| if money.is_zero() { TableCell::Empty } else { TableCell::Money(money) };
    let row = |line: &LedgerLine| {
        vec![
            TableCell::Date(line.date),
            TableCell::Text(line.voucher.clone()),
            TableCell::Text(line.summary.clone()),
            amount(line.received),
            amount(line.paid),
            TableCell::Money(line.balance),
        ]
    };
    Table {
        sheet: title.to_owned(),
        title: title.to_owned(),
        context: context.to_owned(),
        unit_line: "单位：元".to_owned(),
        columns: vec![
            TableColumn::new("日期", TableKind::Date),
            TableColumn::new("凭证号", TableKind::Text),
            TableColumn::new("摘要", TableKind::Text),
            TableColumn::new("收入", money),
            TableColumn::new("支出", money),
            TableColumn::new("余额", money).total(Totalled::No),
        ],
        rows: lines.iter().map(row).collect(),
        total_label: Some("合计".to_owned()),
        signatures: ["制表：", "复核：", "负责人："].map(str::to_owned).to_vec(),
        notes: Vec::new(),
    }
}
