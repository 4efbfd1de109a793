//! The forms of an invented project, filled as its clerk would.

use super::spec::{Project, credit_code, project, resident_id, row, wan};
use kernel::Date;
use policy::form::FormData;
use std::collections::BTreeMap;

/// Where a project stands in the list; its numbers follow from it.
pub fn index(of: &Project) -> usize {
    super::spec::PROJECTS.iter().position(|p| p.login == of.login).unwrap_or_default()
}

fn field(form: &mut FormData, name: &str, text: impl Into<String>) {
    form.fields.insert(name.to_owned(), text.into());
}

/// The contact of a project.
pub fn contact(of: &Project) -> &'static str {
    const NAMES: &[&str] =
        &["周海燕", "陈立群", "孙玉梅", "马文斌", "何静怡", "郭建新", "林晓东", "白志刚", "宋春华", "田雨晨"];
    NAMES[index(of) % NAMES.len()]
}

fn head(of: &Project) -> &'static str {
    const NAMES: &[&str] =
        &["赵国安", "钱守信", "孙德海", "李慧敏", "吴长青", "郑维民", "王树林", "冯广田", "褚卫国", "卫兰芳"];
    NAMES[index(of) % NAMES.len()]
}

fn code(region: &str, number: usize) -> String {
    credit_code(region, number).map_or_else(String::new, |c| c.expose().to_owned())
}

/// The investor's credit code.
pub fn investor_code(of: &Project) -> String {
    code(of.district, 100 + index(of))
}

/// The enterprise's credit code.
pub fn company_code(of: &Project) -> String {
    code(of.county, 500 + index(of))
}

fn identity(number: usize) -> String {
    resident_id(number).map_or_else(String::new, |id| id.expose().to_owned())
}

fn mobile(number: usize) -> String {
    format!("1380000{:04}", 1000 + number)
}

/// The pre-declaration of a project.
pub fn predeclaration(of: &Project, on: Date) -> FormData {
    let n = index(of);
    let mut form = FormData::default();
    for (name, text) in [
        ("investor_name", of.investor.to_owned()),
        ("representative", head(of).to_owned()),
        ("filled_on", on.to_string()),
        ("investor_credit_code", investor_code(of)),
        ("investor_capital", wan(of.paid_in * 3)),
        ("address", format!("天津市演示路{}号", 10 + n)),
        ("contact", contact(of).to_owned()),
        ("telephone", format!("022-2345{:04}", 100 + n)),
        ("mobile", mobile(n)),
        ("company_name", of.company.to_owned()),
        ("project_name", of.title.to_owned()),
        ("county", of.county.to_owned()),
        ("company_capital", wan(of.paid_in)),
        ("tianjin_share", format!("{}%", of.share)),
        ("fixed_assets", wan(of.assets.iter().map(|a| a.3 * a.5).sum())),
        ("start_on", of.founded.checked_add(jiff_months(10)).unwrap_or(of.founded).to_string()),
        ("labour_cost", wan(of.wages * 12)),
        ("lifted", of.lifted.to_string()),
        ("intro", intro(of)),
    ] {
        field(&mut form, name, text);
    }
    form
}

fn jiff_months(n: i32) -> jiff::Span {
    jiff::Span::new().months(n)
}

fn intro(of: &Project) -> String {
    format!(
        "一、背景：当地{}资源较好，加工能力不足。二、位置：县工业集中区。三、投资：企业自有资金和银行贷款。四、内容与进度：厂房和设备已陆续到位，分期投产。\
         五、销售：在天津设立直营和配送渠道。六、带贫：雇用建档立卡贫困人口{}人，与村合作社签订收购协议，带动{}人脱贫。",
        of.products, of.poor, of.lifted
    )
}

/// The application of a project, as filed on a day.
pub fn application(of: &Project, on: Date) -> FormData {
    let mut form = FormData::default();
    company_part(&mut form, of, on);
    project_part(&mut form, of);
    investor_part(&mut form, of);
    conditions(&mut form, of, on);
    tables(&mut form, of, on);
    form
}

fn company_part(form: &mut FormData, of: &Project, on: Date) {
    let n = index(of);
    for (name, text) in [
        ("company_name", of.company.to_owned()),
        ("investor_name", of.investor.to_owned()),
        ("filled_on", on.to_string()),
        ("predeclared_name", of.title.to_owned()),
        ("company_contact", contact(of).to_owned()),
        ("company_contact_phone", mobile(n)),
        ("mode", of.mode.to_owned()),
        ("intro", intro(of)),
        ("company_credit_code", company_code(of)),
        ("company_address", format!("县工业集中区{}号", 3 + n)),
        ("county", of.county.to_owned()),
        ("founded_on", of.founded.to_string()),
        ("company_capital", wan(of.paid_in)),
        ("company_scope", format!("{}的生产、加工、销售", of.products)),
        ("legal_name", head(of).to_owned()),
        ("legal_id", identity(n)),
        ("legal_title", "总经理".to_owned()),
        ("legal_phone", mobile(200 + n)),
        ("contact_name", contact(of).to_owned()),
        ("contact_id", identity(50 + n)),
        ("contact_phone", mobile(n)),
        ("cooperation", if of.share == 100 { "sole" } else { "joint" }.to_owned()),
        ("bank_name", "演示银行县支行".to_owned()),
        ("bank_holder", of.company.to_owned()),
        ("bank_account", format!("62170000{:011}", 20_190_000 + n)),
    ] {
        field(form, name, text);
    }
}

fn project_part(form: &mut FormData, of: &Project) {
    let stated: i64 =
        of.assets.iter().map(|a| a.3 * a.5).sum::<i64>() + of.running.iter().map(|r| r.3).sum::<i64>();
    for (name, text) in [
        ("project_name", of.title.to_owned()),
        ("scale", wan((stated + of.wages * 12) * 6 / 5)),
        ("products", of.products.to_owned()),
        ("build_from", "2019-03".to_owned()),
        ("build_to", "2019-12".to_owned()),
        ("operate_from", "2019-10".to_owned()),
        ("capacity", "按设计产能".to_owned()),
        ("lifted", of.lifted.to_string()),
        ("sales", wan(stated * 2)),
        ("profit", wan(stated / 8)),
        ("tax", wan(stated / 40)),
    ] {
        field(form, name, text);
    }
}

fn investor_part(form: &mut FormData, of: &Project) {
    let n = index(of);
    for (name, text) in [
        ("main_name", of.investor.to_owned()),
        ("main_credit_code", investor_code(of)),
        ("main_registered_at", format!("天津市演示路{}号", 10 + n)),
        ("main_founded_on", "2008-06-18".to_owned()),
        ("main_capital", wan(of.paid_in * 3)),
        ("main_address", format!("天津市演示路{}号", 10 + n)),
        ("main_legal_name", head(of).to_owned()),
        ("main_legal_id", identity(n)),
        ("main_legal_phone", mobile(200 + n)),
        ("main_contact_name", contact(of).to_owned()),
        ("main_contact_phone", mobile(n)),
    ] {
        field(form, name, text);
    }
    let contribution = of.paid_in * of.share / 100;
    let line = row(&[
        ("name", of.investor.to_owned()),
        ("amount", wan(contribution)),
        ("share", format!("{}%", of.share)),
        ("cash", wan(contribution)),
        ("land", "0".to_owned()),
        ("goods", "0".to_owned()),
        ("intangible", "0".to_owned()),
        ("other", "0".to_owned()),
        ("address", format!("天津市演示路{}号", 10 + n)),
    ]);
    form.tables.insert("investors".to_owned(), vec![line]);
}

fn conditions(form: &mut FormData, of: &Project, on: Date) {
    for (name, text) in [
        ("paid_in", format!("{}.00", of.paid_in)),
        ("staff", of.staff.to_string()),
        ("poor_staff", of.poor.to_string()),
        ("new_company", "true".to_owned()),
        ("acquired", "false".to_owned()),
        ("finished", "false".to_owned()),
        ("first_year", (of.founded.year() == on.year()).to_string()),
        ("tj_subsidy", "false".to_owned()),
        ("changdu_fund", "false".to_owned()),
        ("hotan_fund", "false".to_owned()),
        ("labour_year", "2019".to_owned()),
    ] {
        field(form, name, text);
    }
}

fn tables(form: &mut FormData, of: &Project, on: Date) {
    let assets = of.assets.iter().filter(|a| a.2 <= on.to_string().as_str());
    let assets = assets.map(|(class, item, day, quantity, measure, price)| {
        row(&[
            ("class", (*class).to_owned()),
            ("item", (*item).to_owned()),
            ("acquired_on", (*day).to_owned()),
            ("quantity", quantity.to_string()),
            ("measure", (*measure).to_owned()),
            ("unit_price", format!("{price}.00")),
            ("amount", format!("{}.00", quantity * price)),
        ])
    });
    form.tables.insert("assets".to_owned(), assets.collect());
    let running = of.running.iter().filter(|r| r.1 <= on.to_string().as_str()).enumerate();
    let running = running.map(|(i, (kind, day, payee, amount))| {
        row(&[
            ("kind", (*kind).to_owned()),
            ("paid_on", (*day).to_owned()),
            ("payee", (*payee).to_owned()),
            ("voucher", format!("PZ-{:03}", i + 1)),
            ("amount", format!("{amount}.00")),
        ])
    });
    form.tables.insert("running".to_owned(), running.collect());
    let first_month = if of.founded.year() == 2019 { i32::from(of.founded.month()) } else { 1 };
    let last_month = if on.year() == 2019 { i32::from(on.month()) - 1 } else { 12 };
    let wages: BTreeMap<String, String> = (1..=12)
        .map(|m| {
            (
                format!("m{m}"),
                if m >= first_month && m <= last_month { format!("{}.00", of.wages) } else { "0".into() },
            )
        })
        .chain([("row".to_owned(), "wages".to_owned())])
        .collect();
    let hired: BTreeMap<String, String> = (1..=12)
        .map(|m| (format!("m{m}"), "0".to_owned()))
        .chain([("row".to_owned(), "hired".to_owned())])
        .collect();
    form.tables.insert("labour".to_owned(), vec![wages, hired]);
}

/// The project of a sign-in name, for scripts that name it.
pub fn of(login: &str) -> anyhow::Result<&'static Project> {
    project(login).ok_or_else(|| anyhow::anyhow!("the demonstration has no project {login}"))
}

/// What the district finds in registers: yes for what must be, no for other subsidies; the form's own value where it has one.
pub fn established(fact: &str, case: &domain::case::Case) -> String {
    let typed = case.current().and_then(|d| d.form.fields.get(fact)).cloned();
    let found = if fact.ends_with("_lawful") || fact.starts_with("investor_") || fact == "in_catalogue" {
        "true"
    } else {
        "false"
    };
    typed.unwrap_or_else(|| found.to_owned())
}
