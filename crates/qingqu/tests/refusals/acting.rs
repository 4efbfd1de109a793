//! Refusals about who acts for whom: a role lent during an absence.

use crate::world::{Refused, World, date};
use app::command::HandsCommand;
use app::{Command, Request, Who};
use kernel::Date;
use kernel::id::{CaseId, PersonId};

const ADMIN: &str = "sysadmin";
const HOLDER: &str = "ndrc";

/// A colleague of the commission, who reads its journal.
fn colleague(world: &World, login: &str) -> PersonId {
    let org = world.org(HOLDER);
    let (name, login) = (format!("同事{login}"), login.to_owned());
    PersonId(world.does(ADMIN, Command::AddPerson { name, login, org, role: "auditor".into() }).id.unwrap())
}

fn lend(world: &World, to: PersonId, (from, until): (Date, Date)) -> Command {
    let (org, role) = (world.org(HOLDER), "ndrc".to_owned());
    Command::Hands(HandsCommand::Lend { org, role, to, from, until, why: "外出培训".into() })
}

/// Somebody in a role, held or borrowed.
fn seat(world: &World, person: PersonId, role: &str) -> Who {
    Who::Person { person, org: world.org(HOLDER), role: role.into() }
}

fn submit(world: &World, who: Who, command: Command) -> &'static str {
    match world.app.submit(Request { who, key: String::new(), command }) {
        Ok(_) => "carried out",
        Err(app::Failure::Refused(refusal)) => refusal.reason.name(),
        Err(app::Failure::Fault(fault)) => panic!("{fault}"),
    }
}

const WEEK: (Date, Date) = (date(2019, 11, 5), date(2019, 11, 8));

#[test]
pub fn role_not_lent() {
    let world = World::open();
    let to = colleague(&world, "deputy");
    let org = world.org(ADMIN);
    let lend = |role: &str| {
        Command::Hands(HandsCommand::Lend {
            org,
            role: role.into(),
            to,
            from: WEEK.0,
            until: WEEK.1,
            why: "休假".into(),
        })
    };
    let said = "“系统管理员”管理人员和账号，不能请人代理";
    world.refuses(ADMIN, lend("administrator"), &Refused("RoleNotLent", "", said));
}

#[test]
pub fn role_not_own() {
    let world = World::open();
    let (to, third) = (colleague(&world, "deputy"), colleague(&world, "third"));
    let said = Refused("RoleNotOwn", "", "“市发展改革委”不是您本人的岗位；代理来的岗位不得再转托");
    world.refuses("cooperation", lend(&world, to, WEEK), &said);
    world.does(HOLDER, lend(&world, to, WEEK));
    // What was borrowed is not lent onward, from the lent seat as little as from the own one.
    for role in ["ndrc", "auditor"] {
        assert_eq!(submit(&world, seat(&world, to, role), lend(&world, third, WEEK)), "RoleNotOwn", "{role}");
    }
}

#[test]
pub fn not_colleague() {
    let world = World::open();
    let said = |name: &str| format!("{name}不是本单位的在用账号，或者就是您本人");
    for login in ["cooperation", HOLDER] {
        let other = world.person(login);
        let name = world.app.reads.person(other).unwrap().unwrap().name;
        world.refuses(HOLDER, lend(&world, other, WEEK), &Refused("NotColleague", "", &said(&name)));
    }
    let to = colleague(&world, "deputy");
    world.does(ADMIN, Command::DisablePerson { person: to, why: "调离".into() });
    world.refuses(HOLDER, lend(&world, to, WEEK), &Refused("NotColleague", "", &said("同事deputy")));
    world.does(ADMIN, Command::EnablePerson { person: to });
    world.does(HOLDER, lend(&world, to, WEEK));
}

#[test]
pub fn lending_not_needed() {
    let world = World::open();
    let to = colleague(&world, "deputy");
    world.does(HOLDER, lend(&world, to, WEEK));
    let said = "同事deputy在这段时间已经任“市发展改革委”，或已代理该岗位";
    let refused = Refused("LendingNotNeeded", "", said);
    world.refuses(HOLDER, lend(&world, to, (date(2019, 11, 8), date(2019, 11, 12))), &refused);
    world.does(HOLDER, lend(&world, to, (date(2019, 11, 9), date(2019, 11, 12))));
    let other = colleague(&world, "other");
    world.does(ADMIN, Command::GrantRole { person: other, org: world.org(HOLDER), role: "ndrc".into() });
    let said = "同事other在这段时间已经任“市发展改革委”，或已代理该岗位";
    world.refuses(HOLDER, lend(&world, other, WEEK), &Refused("LendingNotNeeded", "", said));
}

#[test]
pub fn lending_days() {
    let world = World::open();
    let to = colleague(&world, "deputy");
    let said = "代理时间2019年11月4日至2019年11月8日不可用：不能早于今天（2019年11月5日），也不能先止后起";
    let past = (date(2019, 11, 4), date(2019, 11, 8));
    world.refuses(HOLDER, lend(&world, to, past), &Refused("LendingDays", "", said));
    let said = "代理时间2019年11月8日至2019年11月7日不可用：不能早于今天（2019年11月5日），也不能先止后起";
    let turned = (date(2019, 11, 8), date(2019, 11, 7));
    world.refuses(HOLDER, lend(&world, to, turned), &Refused("LendingDays", "", said));
    world.does(HOLDER, lend(&world, to, (date(2019, 11, 5), date(2019, 11, 5))));
}

#[test]
fn a_lent_role_is_worth_what_its_holder_has_from_the_first_day_to_the_last() {
    let world = World::open();
    let (to, org) = (colleague(&world, "deputy"), world.org(HOLDER));
    let amends = |who: Who| submit(&world, who, world.opening(2020));
    world.does(HOLDER, lend(&world, to, (date(2019, 11, 6), date(2019, 11, 8))));
    assert_eq!(amends(seat(&world, to, "ndrc")), "NotAllowed", "not begun");
    world.on(date(2019, 11, 6));
    assert!(world.app.viewer(to, org, "ndrc").unwrap().unwrap().behalf.is_some());
    // The holder's role goes, and with it the lent one; it comes back with it.
    let taken =
        Command::WithdrawRole {
            person: world.person(HOLDER), org, role: "ndrc".into(), why: "轮岗".into()
        };
    world.does(ADMIN, taken);
    assert!(world.app.viewer(to, org, "ndrc").unwrap().is_none());
    assert_eq!(amends(seat(&world, to, "ndrc")), "NotAllowed");
    world.does(ADMIN, Command::GrantRole { person: world.person(HOLDER), org, role: "ndrc".into() });
    world.on(date(2019, 11, 8));
    let act = world.app.submit(Request {
        who: seat(&world, to, "ndrc"),
        key: String::new(),
        command: world.opening(2020),
    });
    let act = world.app.reads.acts(act.unwrap().seq.unwrap(), 1).unwrap().remove(0);
    assert_eq!(
        (act.actor, act.behalf, act.role.as_deref()),
        (Some(to), Some(world.person(HOLDER)), Some("ndrc"))
    );
    let holder = world.app.reads.person(world.person(HOLDER)).unwrap().unwrap().name;
    let deeds = world.app.reads.deeds(to, 5).unwrap();
    assert!(deeds.iter().any(|deed| deed.what.ends_with(&format!("（代{holder}）"))), "{deeds:?}");
    world.on(date(2019, 11, 9));
    assert!(world.app.viewer(to, org, "ndrc").unwrap().is_none(), "it ends by itself");
    assert_eq!(amends(seat(&world, to, "ndrc")), "NotAllowed");
}

#[test]
fn either_side_or_the_administrator_ends_a_lending_early() {
    let world = World::open();
    let (to, org, of) = (colleague(&world, "deputy"), world.org(HOLDER), world.person(HOLDER));
    let end = || Command::Hands(HandsCommand::EndLending { of, org, role: "ndrc".into(), to, from: WEEK.0 });
    world.refuses(HOLDER, end(), &Refused("NotFound", "", "没有找到正在生效的代理，或者不在您的查看范围内"));
    for ends in [HOLDER, "deputy", ADMIN] {
        world.does(HOLDER, lend(&world, to, WEEK));
        assert_eq!(world.app.lent_viewers(to).unwrap().len(), 1);
        let stranger = submit(&world, world.who("cooperation"), end());
        assert_eq!(stranger, "NotAllowed");
        let who = if ends == "deputy" { seat(&world, to, "auditor") } else { world.who(ends) };
        assert_eq!(submit(&world, who, end()), "carried out", "{ends}");
        assert!(world.app.lent_viewers(to).unwrap().is_empty());
    }
}

fn hands_over(world: &World, person: PersonId, to: PersonId) -> Command {
    Command::Hands(HandsCommand::HandOver { person, org: world.org(HOLDER), to, why: "轮岗".into() })
}

#[test]
pub fn nothing_to_hand_over() {
    let world = World::open();
    let (to, stranger) = (colleague(&world, "deputy"), world.person("cooperation"));
    let name = world.app.reads.person(stranger).unwrap().unwrap().name;
    let said = format!("{name}在这个单位没有岗位，没有可以移交的");
    world.refuses(ADMIN, hands_over(&world, stranger, to), &Refused("NothingToHandOver", "", &said));
}

#[test]
pub fn successor_unfit() {
    let world = World::open();
    let leaver = world.person(HOLDER);
    for login in ["cooperation", HOLDER] {
        let to = world.person(login);
        let name = world.app.reads.person(to).unwrap().unwrap().name;
        let said = format!("{name}不能接手：接手人须是本单位的在用账号，并且不是移交人");
        world.refuses(HOLDER, hands_over(&world, leaver, to), &Refused("SuccessorUnfit", "", &said));
    }
    let stranger =
        submit(&world, world.who("cooperation"), hands_over(&world, leaver, world.person("finance")));
    assert_eq!(stranger, "NotAllowed", "nobody hands over for another");
}

#[test]
fn a_desk_goes_to_the_successor_with_everything_that_waits() {
    let world = World::open();
    let (leaver, org) = (world.person(HOLDER), world.org(HOLDER));
    let to = colleague(&world, "successor");
    let deputy = colleague(&world, "deputy");
    world.does(HOLDER, lend(&world, deputy, WEEK));
    assert_eq!(
        world.app.idle_desks().unwrap().iter().filter(|desk| desk.role.zh == "市发展改革委").count(),
        0
    );
    let before = world.app.handover(leaver, org).unwrap();
    world.does(HOLDER, hands_over(&world, leaver, to));
    assert!(world.app.viewer(leaver, org, "ndrc").unwrap().is_none(), "who left acts no more");
    assert!(world.app.viewer(deputy, org, "ndrc").unwrap().is_none(), "nor who stood in");
    assert!(world.app.viewer(to, org, "ndrc").unwrap().is_some_and(|viewer| viewer.behalf.is_none()));
    let kept = world.app.handed_over(leaver).unwrap().remove(0);
    assert_eq!((&kept.open, &kept.roles), (&before.open, &before.roles), "the list is kept as it was");
    assert_eq!(kept.done.as_ref().map(|done| done.to), Some(to));
    assert_eq!(submit(&world, seat(&world, to, "ndrc"), world.opening(2020)), "carried out");
}

#[test]
fn a_desk_that_nobody_holds_is_shown_with_what_waits_there() {
    let world = World::open();
    let case = CaseId(world.does("haihe", world.predeclaration("haihe")).id.unwrap());
    let desk = world.district("haihe");
    let idle = || world.app.idle_desks().unwrap();
    assert!(idle().iter().all(|desk| desk.role.zh != "区产业帮扶牵头部门"), "{:?}", idle());
    let person = world.person(&desk);
    let sheet = world.app.handover(person, world.org(&desk)).unwrap();
    assert!(sheet.open.iter().any(|line| line.number == world.number(case)), "{sheet:?}");
    world.does(ADMIN, Command::DisablePerson { person, why: "离职".into() });
    let found: Vec<_> = idle().into_iter().filter(|desk| desk.role.zh == "区产业帮扶牵头部门").collect();
    let [alone] = found.as_slice() else { panic!("{found:?}") };
    assert!(alone.count >= 1 && alone.due.is_some() && alone.place.ends_with("区"), "{alone:?}");
}
