//! The story: who is there, what the first year brought, where the second year stands.

use super::cast::{Cast, PASSWORD, office, submit};
use super::forms;
use super::play::{Did, Play};
use super::spec::{PROJECTS, credit_code};
use anyhow::{Context, Result};
use app::rows::{Credential, OrgFilter};
use app::{App, Command, Who};
use domain::identity::OrgKind;
use kernel::Date;
use kernel::id::{OrgId, PersonId};
use policy::pack::RoleKind;

/// Offices of the pack, districts, firms and enterprises, each with its people.
pub fn people(app: &App) -> Result<Cast> {
    let mut cast = Cast::default();
    app.first_start()?;
    let offices = app.reads.orgs(&OrgFilter { limit: 200, ..OrgFilter::default() })?.rows;
    let pack = app.pack()?;
    let find = |name: &str| offices.iter().find(|o| o.name == name).map(|o| o.org);
    let mut bodies: Vec<(String, OrgId, &str)> = Vec::new();
    for org in &pack.orgs {
        let id = match find(&org.name.zh) {
            Some(id) => id,
            None => {
                office(app, &org.name.zh, OrgKind::Government, org.region.map(|r| r.to_string()).as_deref())?
            }
        };
        bodies.push((org.id.clone(), id, &org.role));
    }
    let staff: &[(&str, &str, &str)] = &[
        ("ndrc", "王晓梅", "ndrc"),
        ("ndrc", "李建民", "ndrc-pay"),
        ("cooperation", "张慧", "cooperation"),
        ("finance", "刘振国", "finance"),
        ("working_group", "陈志远", "group-work"),
        ("group", "赵明", "group"),
    ];
    for (body, name, login) in staff {
        if let Some((_, id, role)) = bodies.iter().find(|b| b.0 == *body) {
            let shown = pack.orgs.get(body).map_or_else(String::new, |o| o.name.zh.clone());
            cast.add(app, (*id, &shown), role, name, login)?;
        }
    }
    for (i, (key, id, role)) in bodies.iter().enumerate().filter(|(_, b)| b.2 == "district") {
        const NAMES: &[&str] = &[
            "孙丽", "周强", "吴敏", "郑涛", "冯娟", "褚亮", "卫东", "蒋琴", "沈飞", "韩雪", "杨帆", "朱琳",
            "秦岭", "许诺", "何苗", "吕梁",
        ];
        let shown = pack.orgs.get(key).map_or_else(String::new, |o| o.name.zh.clone());
        cast.add(app, (*id, &shown), role, NAMES[i % NAMES.len()], &format!("district-{key}"))?;
    }
    firms(app, &mut cast)?;
    enterprises(app, &mut cast)?;
    auditor(app, &mut cast)?;
    passwords(app, &cast)?;
    Ok(cast)
}

fn firms(app: &App, cast: &mut Cast) -> Result<()> {
    let pack = app.pack()?;
    let role = pack.roles.iter().find(|r| r.kind == RoleKind::Firm).map_or("adviser", |r| r.id.as_str());
    for (i, (name, person, login)) in [
        ("天津正衡工程咨询有限公司", "高远", "adviser"),
        ("津诚会计师事务所（特殊普通合伙）", "罗敏", "adviser-2"),
    ]
    .iter()
    .enumerate()
    {
        let command = Command::RegisterOrg {
            name: (*name).to_owned(),
            kind: OrgKind::Firm,
            region: "120101".parse().ok(),
            credit_code: credit_code("120101", 900 + i),
        };
        let org = OrgId(submit(app, Who::Program, command)?.id.unwrap_or_default());
        cast.add(app, (org, name), role, person, login)?;
    }
    Ok(())
}

/// Enterprises register themselves on the public page.
fn enterprises(app: &App, cast: &mut Cast) -> Result<()> {
    let pack = app.pack()?;
    let role = pack.procedures.iter().find_map(|p| p.applicant.clone()).unwrap_or_default();
    for project in PROJECTS {
        let code = forms::investor_code(project);
        let command = Command::RegisterEnterprise {
            pack: pack.id.clone(),
            name: project.investor.to_owned(),
            region: project.district.parse().map_err(|e| anyhow::anyhow!("{}: {e}", project.district))?,
            credit_code: kernel::credit::CreditCode::parse(&code)
                .map_err(|e| anyhow::anyhow!("{code}: {e}"))?,
            person: forms::contact(project).to_owned(),
            login: project.login.to_owned(),
        };
        let answer = submit(app, Who::Public, command).with_context(|| project.investor.to_owned())?;
        let org = OrgId(answer.id.unwrap_or_default());
        let person = PersonId(answer.also.unwrap_or_default());
        cast.enter(app, person, (org, project.investor), &role, forms::contact(project), project.login)?;
    }
    Ok(())
}

fn auditor(app: &App, cast: &mut Cast) -> Result<()> {
    let audit = office(app, "天津市审计机关（演示）", OrgKind::Government, None)?;
    cast.add(app, (audit, "天津市审计机关（演示）"), app::access::AUDITOR, "顾清", "auditor")?;
    let desk = office(app, "信息管理岗（演示）", OrgKind::Government, None)?;
    cast.add(app, (desk, "信息管理岗（演示）"), app::access::ADMINISTRATOR, "系统管理员", "sysadmin")?;
    Ok(())
}

/// One password for all, hashed once: this is a demonstration, and the start page prints it.
pub(super) fn passwords(app: &App, cast: &Cast) -> Result<()> {
    let hash = app::password::hash(app::password::Cost::QUICK, &app.random.bytes(), PASSWORD)?;
    for sign_in in &cast.sign_ins {
        let Who::Person { person, .. } = cast.who(&sign_in.login)? else { continue };
        app.house.put_credential(&Credential {
            person,
            hash: hash.clone(),
            must_change: false,
            failed: 0,
            locked_until: 0,
        })?;
    }
    Ok(())
}

/// A desk that agrees.
pub fn accepted<'a>(who: &'a str, step: &'a str) -> Did<'a> {
    Did { who, step, outcome: "accept", opinion: "材料齐全，情况属实，同意。" }
}

/// Every district reports a month, but for those that are late.
fn monthly(play: &Play<'_>, period: &str, late: &[&str]) -> Result<()> {
    let pack = play.app.pack()?;
    for org in pack.orgs.iter().filter(|o| o.region.is_some_and(|r| !late.contains(&r.to_string().as_str())))
    {
        play.report(&format!("district-{}", org.id), period)?;
    }
    Ok(())
}

/// The desk of a project's district.
pub fn desk(play: &Play<'_>, login: &str) -> Result<String> {
    let project = forms::of(login)?;
    let pack = play.app.pack()?;
    let region = project.district.parse().ok();
    let org = pack.orgs.iter().find(|o| o.region.is_some() && o.region == region);
    org.map(|o| format!("district-{}", o.id)).with_context(|| format!("no desk in {}", project.district))
}

/// 2019: from the first pre-declarations to money in the enterprises' accounts.
pub fn first_year(play: &mut Play<'_>) -> Result<()> {
    play.on(2019, 10, 10)?;
    let firsts = ["haihe", "jinke", "tangu", "yunjin"];
    let mut declared = Vec::new();
    for login in firsts {
        declared.push(play.predeclare(login)?);
    }
    play.on(2019, 10, 14)?;
    let window = (Date::new(2019, 10, 21)?, Date::new(2019, 11, 29)?);
    play.open_year(2019, 1500, ("30%", "50%"), window, "2019年度产业帮扶专项资金安排（演示文件）")?;
    play.appoint(2019, "adviser", "比选三家，评分第一（演示）")?;
    play.on(2019, 10, 18)?;
    for (login, case) in firsts.iter().zip(&declared) {
        let who = desk(play, login)?;
        play.step(*case, &accepted(&who, "check"))?;
    }
    play.on(2019, 11, 5)?;
    let mut applied = Vec::new();
    for (login, parent) in firsts.iter().zip(&declared) {
        applied.push(play.apply(login, *parent)?);
    }
    monthly(play, "2019-10", &[])?;
    play.on(2019, 11, 12)?;
    for (login, case) in firsts.iter().zip(&applied) {
        let who = desk(play, login)?;
        play.step(*case, &accepted(&who, "accept"))?;
        play.assign(&who, *case, "adviser")?;
    }
    play.on(2019, 11, 14)?;
    for (login, case) in firsts.iter().zip(&applied) {
        let who = desk(play, login)?;
        play.step(
            *case,
            &Did { who: &who, step: "site_notice", outcome: "", opinion: "请于核查前备齐原件。" },
        )?;
    }
    play.on(2019, 12, 4)?;
    monthly(play, "2019-11", &["120110"])?;
    play.inspect("adviser", applied[0], &[("assets:4", 257_200, "其中一辆登记在他人名下，不予确认")])?;
    for case in &applied[1..] {
        play.inspect("adviser", *case, &[])?;
    }
    play.on(2019, 12, 9)?;
    for (login, case) in firsts.iter().zip(&applied).take(3) {
        play.propose(&desk(play, login)?, *case, "同意评审意见，建议资助。")?;
    }
    let who = desk(play, "yunjin")?;
    let against = Did {
        who: &who,
        step: "propose",
        outcome: "against",
        opinion: "雇用贫困人口占20%，带动38人，均未达到第七条（三）的标准，建议不予资助。",
    };
    play.step(applied[3], &against)?;
    first_plan(play, &applied[..3])
}

fn first_plan(play: &mut Play<'_>, cases: &[kernel::id::CaseId]) -> Result<()> {
    play.on(2019, 12, 12)?;
    let plan = play.plan(2019, cases)?;
    play.deliberate(plan)?;
    play.on(2019, 12, 13)?;
    play.post(plan)?;
    play.on(2019, 12, 17)?;
    let objection = play.object(plan, cases[1], "听说该企业厂房是租来的，请核实投资额。", "YY-2K7M-41")?;
    play.on(2019, 12, 19)?;
    play.answer(plan, objection, false, "经核实，办法允许计入租赁支出，租赁合同和付款凭证齐全，金额无误。")?;
    play.on(2019, 12, 23)?;
    play.end_notice(plan)?;
    play.on(2019, 12, 25)?;
    play.determine(plan, "津扶贫协作领办〔2019〕演示1号", &[])?;
    play.on(2019, 12, 27)?;
    play.inform(plan)?;
    play.on(2020, 1, 6)?;
    monthly(play, "2019-12", &[])?;
    play.on(2020, 1, 10)?;
    play.remit(plan, "拨2020-0017")?;
    play.fee(2019, "adviser", 186_000, "费2020-0003", "2019年度项目评审费")?;
    play.on(2020, 1, 15)?;
    play.pay(cases[0], "付2020-0101")?;
    play.on(2020, 1, 16)?;
    play.pay(cases[1], "付2020-0102")?;
    Ok(())
}

/// 2020: cases in every state, a notice running, an objection waiting.
pub fn second_year(play: &mut Play<'_>) -> Result<()> {
    play.on(2020, 2, 6)?;
    monthly(play, "2020-01", &[])?;
    play.on(2020, 2, 24)?;
    let seconds = ["xinqing", "binhai", "lvye", "hongqiao", "jinghai"];
    let mut declared = Vec::new();
    for login in seconds {
        declared.push(play.predeclare(login)?);
    }
    play.on(2020, 3, 2)?;
    let window = (Date::new(2020, 3, 9)?, Date::new(2020, 5, 29)?);
    play.open_year(2020, 2000, ("25%", "40%"), window, "2020年度产业帮扶专项资金安排（演示文件）")?;
    play.appoint(2020, "adviser", "续用比选结果（演示）")?;
    play.appoint(2020, "adviser-2", "补充比选（演示）")?;
    play.on(2020, 3, 6)?;
    monthly(play, "2020-02", &["120106", "120118"])?;
    for (login, case) in seconds.iter().zip(&declared) {
        let who = desk(play, login)?;
        play.step(*case, &accepted(&who, "check"))?;
    }
    play.on(2020, 3, 10)?;
    let mut applied = Vec::new();
    for (login, parent) in seconds.iter().zip(&declared) {
        applied.push(play.apply(login, *parent)?);
    }
    play.on(2020, 3, 13)?;
    for (login, case) in seconds.iter().zip(&applied).take(3) {
        let who = desk(play, login)?;
        play.step(*case, &accepted(&who, "accept"))?;
        play.assign(&who, *case, "adviser")?;
        play.step(
            *case,
            &Did {
                who: &who, step: "site_notice", outcome: "", opinion: "请备齐原件，配合核查。"
            },
        )?;
    }
    play.on(2020, 3, 30)?;
    for case in &applied[..3] {
        play.inspect("adviser", *case, &[])?;
    }
    play.on(2020, 4, 3)?;
    monthly(play, "2020-03", &["120119"])?;
    for (login, case) in seconds.iter().zip(&applied).take(3) {
        play.propose(&desk(play, login)?, *case, "同意评审意见，建议资助。")?;
    }
    second_plan(play, &applied, &seconds)
}

fn second_plan(play: &mut Play<'_>, applied: &[kernel::id::CaseId], seconds: &[&str]) -> Result<()> {
    play.on(2020, 4, 14)?;
    let plan = play.plan(2020, &applied[..2])?;
    play.on(2020, 4, 15)?;
    play.deliberate(plan)?;
    // The third waits for the next plan; the fourth waits for the firm's visit; the fifth came back for correction.
    play.on(2020, 4, 16)?;
    let who = desk(play, seconds[3])?;
    play.step(applied[3], &accepted(&who, "accept"))?;
    play.assign(&who, applied[3], "adviser-2")?;
    play.on(2020, 4, 17)?;
    play.step(
        applied[3],
        &Did { who: &who, step: "site_notice", outcome: "", opinion: "请备齐原件，配合核查。" },
    )?;
    let who = desk(play, seconds[4])?;
    let back = Did {
        who: &who,
        step: "accept",
        outcome: "return",
        opinion: "银行流水缺银行盖章；表六第2行发票日期与取得日期不一致，请补正。",
    };
    play.step(applied[4], &back)?;
    play.on(2020, 4, 20)?;
    play.post(plan)?;
    play.predeclare("jizhou")?;
    play.on(2020, 4, 22)?;
    play.object(plan, applied[1], "该企业是否已享受过其他市级补贴？请予核实。", "YY-9H3T-07")?;
    play.on(2020, 4, 23)
}
