//! Refusals about who may, what exists, what changed, and about people and organisations.

use crate::but;
use crate::world::{Refused, World, expect, refusal_of};
use app::{Command, Request, Who};
use domain::identity::OrgKind;
use kernel::id::{CaseId, PersonId};
use qingqu::demo::spec::credit_code;

const ADMIN: &str = "sysadmin";

fn enterprise(number: usize, login: &str) -> Command {
    Command::RegisterEnterprise {
        pack: "tianjin".into(),
        name: "天津新来食品有限公司".into(),
        region: "120104".parse().unwrap(),
        credit_code: credit_code("120104", number).unwrap(),
        person: "新来".into(),
        login: login.into(),
    }
}

fn newcomer(world: &World, login: &str) -> Command {
    Command::AddPerson {
        name: "来人".into(),
        login: login.into(),
        org: world.org("ndrc"),
        role: "ndrc".into(),
    }
}

#[test]
pub fn not_allowed() {
    let world = World::open();
    let refused = Refused(
        "NotAllowed",
        "第十一条",
        "您的岗位不能办理“核对材料，向投资地核实，反馈意见”，应由区产业帮扶牵头部门办理",
    );
    let case = CaseId(world.does("haihe", world.predeclaration("haihe")).id.unwrap());
    world.refuses("ndrc", world.step(case, "check", "accept"), &refused);
    world.does(&world.district("haihe"), world.step(case, "check", "accept"));
    // Signed out, or in a role that one does not hold.
    let anybody = "您的岗位不能办理“本操作”，应由已登录且有相应岗位的人员办理";
    world.refuses("public", world.draft(), &Refused("NotAllowed", "", anybody));
    let who = Who::Person { person: world.person("haihe"), org: world.org("ndrc"), role: "ndrc".into() };
    let outcome = world.app.submit(Request { who, key: String::new(), command: world.draft() });
    expect(&refusal_of(outcome).unwrap_err(), &Refused("NotAllowed", "", anybody));
    let people = "您的岗位不能办理“管理单位和人员”，应由系统管理员办理";
    world.refuses("ndrc", newcomer(&world, "newcomer"), &Refused("NotAllowed", "", people));
    world.does(ADMIN, newcomer(&world, "newcomer"));
}

#[test]
pub fn not_found() {
    let world = World::open();
    let case = CaseId(world.does("haihe", world.predeclaration("haihe")).id.unwrap());
    let refused = Refused("NotFound", "", "没有找到申报件，或者不在您的查看范围内");
    let stranger = world.district("jinke");
    world.refuses(&stranger, world.step(case, "check", "accept"), &refused);
    world.refuses("jinke", Command::Withdraw { case, why: "不再申请".into() }, &refused);
    world.refuses("haihe", Command::Withdraw { case: CaseId(9_999), why: "不再申请".into() }, &refused);
    world.does("haihe", Command::Withdraw { case, why: "不再申请".into() });
}

#[test]
pub fn stale() {
    let world = World::open();
    let case = CaseId(world.does("haihe", world.predeclaration("haihe")).id.unwrap());
    let (desk, subject) = (world.district("haihe"), format!("case:{case}"));
    let opened = world.app.seen(&subject).unwrap();
    let submit = |key: &str, command| {
        let request = Request { who: world.who(&desk), key: key.into(), command };
        refusal_of(world.app.submit_seen(request, opened.clone()))
    };
    // A colleague returns it and the enterprise files again while the page is open: what the clerk read is gone.
    world.does(&desk, world.step(case, "check", "return"));
    let again = but!(world.predeclaration("haihe"), Declare, case = Some(case));
    world.does("haihe", again);
    let refused = Refused("Stale", "", "本件在您打开页面之后已经变化，本次提交没有生效");
    expect(&submit("", world.step(case, "check", "accept")).unwrap_err(), &refused);
    let opened = world.app.seen(&subject).unwrap();
    let who = world.who(&desk);
    let accept = world.step(case, "check", "accept");
    let request = Request { who, key: "accept-1".into(), command: accept };
    let first = refusal_of(world.app.submit_seen(request.clone(), opened.clone())).unwrap();
    // The same submission sent twice changed the case itself; it still gets its first answer.
    assert_eq!(refusal_of(world.app.submit_seen(request, opened)).unwrap(), first);
}

#[test]
pub fn key_reused() {
    let world = World::new();
    let submit = |command| {
        let request = Request { who: Who::Public, key: "page-1".into(), command };
        refusal_of(world.app.submit(request))
    };
    let first = submit(enterprise(801, "newcomer")).unwrap();
    assert_eq!(submit(enterprise(801, "newcomer")).unwrap(), first, "a retry gets the same answer");
    let size = world.app.reads.head().unwrap().0;
    let refused = Refused("KeyReused", "", "这一页已经提交过一次，本次内容与上次不同，没有办理");
    expect(&submit(enterprise(802, "newcomer-2")).unwrap_err(), &refused);
    assert_eq!(world.app.reads.head().unwrap().0, size);
    // Somebody else with the same key is somebody else's request.
    let request =
        Request { who: world.who(ADMIN), key: "page-1".into(), command: enterprise(801, "newcomer") };
    expect(&refusal_of(world.app.submit(request)).unwrap_err(), &refused);
}

#[test]
pub fn name_missing() {
    let world = World::new();
    let refused = Refused("NameMissing", "", "名称没有填写");
    world.refuses(ADMIN, but!(newcomer(&world, "newcomer"), AddPerson, name = " ".to_owned()), &refused);
    world.refuses(
        "public",
        but!(enterprise(801, "newcomer"), RegisterEnterprise, name = String::new()),
        &refused,
    );
    let org = world.org("ndrc");
    world.refuses(ADMIN, Command::RenameOrg { org, name: "\u{3000}".into() }, &refused);
    world.does(ADMIN, Command::RenameOrg { org, name: "市发展改革委（更名）".into() });
}

#[test]
pub fn login_unusable() {
    let world = World::new();
    let refused = Refused("LoginUnusable", "", "登录名至少3个字符，只能用字母、数字和 . _ - @");
    for login in ["ab", "名字", "a b c", ""] {
        world.refuses(ADMIN, newcomer(&world, login), &refused);
    }
    world.does(ADMIN, newcomer(&world, "abc"));
    world.does(ADMIN, newcomer(&world, "a.b_c-d@e"));
}

#[test]
pub fn login_taken() {
    let world = World::new();
    let refused = Refused("LoginTaken", "", "登录名“haihe”已被使用");
    world.refuses(ADMIN, newcomer(&world, "HaiHe"), &refused);
    world.refuses("public", enterprise(801, "haihe"), &refused);
    let codes = world.app.reads.org_by_code(credit_code("120104", 801).unwrap().expose()).unwrap();
    assert_eq!(codes, None, "the enterprise of a refused registration is not there by half");
    world.does("public", enterprise(801, "haihe2"));
}

#[test]
pub fn credit_code_missing() {
    let world = World::new();
    let refused = Refused("CreditCodeMissing", "", "企业和专业机构须填写统一社会信用代码");
    let org = |kind| Command::RegisterOrg { name: "某单位".into(), kind, region: None, credit_code: None };
    world.refuses(ADMIN, org(OrgKind::Firm), &refused);
    world.refuses(ADMIN, org(OrgKind::Enterprise), &refused);
    world.does(ADMIN, org(OrgKind::Government));
    world.does(ADMIN, but!(org(OrgKind::Firm), RegisterOrg, credit_code = credit_code("120101", 803)));
}

#[test]
pub fn credit_code_taken() {
    let world = World::new();
    world.does("public", enterprise(801, "newcomer"));
    let refused = Refused("CreditCodeTaken", "", "该统一社会信用代码已由“天津新来食品有限公司”登记");
    world.refuses("public", enterprise(801, "newcomer-2"), &refused);
    world.does("public", enterprise(802, "newcomer-2"));
}

#[test]
pub fn last_administrator() {
    let world = World::new();
    let administers = |p: &app::rows::PersonRow| p.roles.iter().any(|r| r.role == app::access::ADMINISTRATOR);
    let first: Vec<PersonId> =
        world.app.reads.persons(None).unwrap().iter().filter(|p| administers(p)).map(|p| p.person).collect();
    let own = world.person(ADMIN);
    let disable = |person| Command::DisablePerson { person, why: "离任".into() };
    let withdraw = Command::WithdrawRole {
        person: own,
        org: world.org(ADMIN),
        role: app::access::ADMINISTRATOR.into(),
        why: "离任".into(),
    };
    for other in first.iter().filter(|p| **p != own) {
        world.does(ADMIN, disable(*other));
    }
    let refused = Refused("LastAdministrator", "", "这是最后一名管理员，不能停用账号或收回岗位");
    world.refuses(ADMIN, disable(own), &refused);
    world.refuses(ADMIN, withdraw.clone(), &refused);
    let second = but!(newcomer(&world, "admin-2"), AddPerson, role = app::access::ADMINISTRATOR.to_owned());
    world.does(ADMIN, second);
    world.does(ADMIN, withdraw);
}

#[test]
pub fn reason_missing() {
    let world = World::open();
    let case = CaseId(world.does("haihe", world.predeclaration("haihe")).id.unwrap());
    let desk = world.district("haihe");
    let without = |outcome| but!(world.step(case, "check", outcome), Step, opinion = " ".to_owned());
    let refused = Refused("ReasonMissing", "第十一条", "“核对材料，向投资地核实，反馈意见”须写明理由或意见");
    world.refuses(&desk, without("return"), &refused);
    world.refuses(&desk, without("refuse"), &refused);
    world.does(&desk, without("accept"));
    let disable = Command::DisablePerson { person: world.person("haihe"), why: String::new() };
    world.refuses(ADMIN, disable, &Refused("ReasonMissing", "", "“停用账号”须写明理由或意见"));
    let relation =
        Command::DeclareRelation { org: world.org("haihe"), other: world.org("jinke"), basis: String::new() };
    world.refuses("ndrc", relation, &Refused("ReasonMissing", "", "“关联关系”须写明理由或意见"));
    let amend = but!(world.amendment(crate::world::yuan("1.00")), AmendYear, why = String::new());
    world.refuses("ndrc", amend, &Refused("ReasonMissing", "第十二条", "“年度调整”须写明理由或意见"));
}
