//! People at the door: signing in, sessions, first passwords, registration, the last administrator. On a real embedded book.

use crate::house::House;
use app::accounts::{NewEnterprise, NewPassword, NewPerson, PasswordError, Withdrawal};
use app::password::Weak;
use app::rows::RoleRow;
use app::signin::{
    Attempt, Denied, Door, IDLE_MS, LOCK_MS, SESSION_MS, Seated, Secret, SignInError, TRIES_MAX,
};
use app::view::people::{Standing, desk_regions};
use app::view::state::Reason;
use app::{Command, Failure, Request, Who};
use kernel::credit::CreditCode;
use kernel::id::{OrgId, PersonId};

const PASSWORD: &str = "一渠清水如许-2019";

/// Signs in; the session's secret is the sign-in name with a number.
fn enter(house: &House, door: &Door, login: &str, password: &str, token: &str) -> Result<Seated, Denied> {
    match house.app.sign_in(door, Attempt { login, password: Secret(password), token }) {
        Ok(seated) => Ok(seated),
        Err(SignInError::Denied(denied)) => Err(denied),
        Err(SignInError::Fault(fault)) => panic!("{fault}"),
    }
}

/// A book with its administrator, signed in with a password of his own under the token `admin`.
fn administered() -> (House, Door, Who) {
    let house = House::new();
    let first = house.app.first_start().unwrap().unwrap();
    let door = Door::new();
    let seated = enter(&house, &door, "admin", &first.password, "first").unwrap();
    assert!(seated.must_change);
    let change =
        NewPassword { old: Secret(&first.password), new: Secret(PASSWORD), key: "k", token: "admin" };
    house.app.change_password(&door, &seated, change).unwrap();
    let who = seated.viewer.who();
    (house, door, who)
}

/// The organisation of this name.
fn org(house: &House, name: &str) -> OrgId {
    house.app.org_meant(name).unwrap().unwrap().org
}

/// A desk officer with a password of his own.
fn officer(house: &House, admin: &Who, login: &str) -> (PersonId, RoleRow) {
    let pack = house.app.pack().unwrap();
    let body = pack.orgs.iter().find(|org| org.region.is_some()).unwrap();
    let held = RoleRow { org: org(house, &body.name.zh), role: body.role.clone() };
    let new =
        NewPerson { name: "孙丽".into(), login: login.into(), org: held.org, role: held.role.clone() };
    let (person, _) = house.app.add_person(admin, "", new).unwrap();
    house.app.set_password(person, Secret(PASSWORD)).unwrap();
    (person, held)
}

fn reason(failure: Failure) -> Reason {
    match failure {
        Failure::Refused(refusal) => refusal.reason,
        Failure::Fault(fault) => panic!("{fault}"),
    }
}

#[test]
fn the_first_start_makes_the_named_bodies_and_one_administrator_once() {
    let house = House::new();
    let pack = house.app.pack().unwrap();
    let first = house.app.first_start().unwrap().unwrap();
    assert_eq!(first.login, "admin");
    assert!(!format!("{first:?}").contains(&first.password));
    for body in &pack.orgs {
        let row = house.app.org_meant(&body.name.zh).unwrap().unwrap();
        assert_eq!((row.kind.as_str(), row.region), ("government", body.region), "{}", body.name.zh);
    }
    let size = house.app.reads.head().unwrap().0;
    assert_eq!(house.app.first_start().unwrap(), None);
    assert_eq!(house.app.reads.head().unwrap().0, size);
}

#[test]
fn a_first_password_is_good_for_its_own_change_only() {
    let (house, door, admin) = administered();
    let pack = house.app.pack().unwrap();
    let body = org(&house, &pack.orgs.iter().next().unwrap().name.zh);
    let role = pack.orgs.iter().next().unwrap().role.clone();
    let new = NewPerson { name: "王晓梅".into(), login: "wangxm".into(), org: body, role };
    let (person, first) = house.app.add_person(&admin, "form-1", new.clone()).unwrap();
    let first = first.unwrap();
    // The form sent again shows the same person and the same password.
    assert_eq!(house.app.add_person(&admin, "form-1", new.clone()).unwrap(), (person, Some(first.clone())));
    let seated = enter(&house, &door, " WangXM ", &first, "t").unwrap();
    assert!(seated.must_change && house.app.session("t").unwrap().unwrap().must_change);

    let change = |old, new, token| {
        let asked = NewPassword { old: Secret(old), new: Secret(new), key: "", token };
        house.app.change_password(&door, &seated, asked)
    };
    for (old, new, expected) in [
        (&*first, &*first, Weak::Unchanged),
        (&*first, "short", Weak::TooShort),
        (&*first, "wangxm-2019-river", Weak::HoldsLogin),
    ] {
        assert!(matches!(change(old, new, "x"), Err(PasswordError::Weak(weak)) if weak == expected), "{new}");
    }
    assert!(matches!(change("wrong", PASSWORD, "x"), Err(PasswordError::Denied(Denied::Wrong { left: 4 }))));
    change(&first, PASSWORD, "t2").unwrap();
    assert!(house.app.session("t").unwrap().is_none(), "the old session has ended");
    assert!(!house.app.session("t2").unwrap().unwrap().must_change);
    assert!(enter(&house, &door, "wangxm", &first, "t3").is_err());
    assert!(enter(&house, &door, "wangxm", PASSWORD, "t3").is_ok());
    // Sent once more, the form of the administrator no longer touches the password.
    assert_eq!(house.app.add_person(&admin, "form-1", new).unwrap(), (person, None));
    assert!(enter(&house, &door, "wangxm", PASSWORD, "t4").is_ok());
}

#[test]
fn five_wrong_tries_close_a_name_for_a_quarter_of_an_hour_whether_it_exists_or_not() {
    let (house, door, admin) = administered();
    officer(&house, &admin, "known");
    let (gone, held) = officer(&house, &admin, "disabled");
    house.app.disable_person(&admin, "", gone, "调离").unwrap();
    let (bare, _) = officer(&house, &admin, "roleless");
    house.app.withdraw_role(&admin, "", Withdrawal { person: bare, held, why: "轮岗".into() }).unwrap();

    let mut said = Vec::new();
    for (login, password) in
        [("known", "wrong"), ("unknown", PASSWORD), ("disabled", PASSWORD), ("roleless", PASSWORD)]
    {
        let tries: Vec<Denied> =
            (0..TRIES_MAX).map(|_| enter(&house, &door, login, password, "t").unwrap_err()).collect();
        said.push(tries.iter().map(|denied| denied.say().0).collect::<Vec<_>>());
        assert!(matches!(tries[4], Denied::Locked { .. }), "{login}");
    }
    assert!(said.iter().all(|tries| *tries == said[0]), "{said:?}");
    assert!(said[0][0].contains("登录名或密码不对") && said[0][4].contains("15分钟"), "{:?}", said[0]);

    assert!(matches!(enter(&house, &door, "known", PASSWORD, "t"), Err(Denied::Locked { .. })));
    house.wait(LOCK_MS - 1_000);
    assert!(matches!(enter(&house, &door, "known", PASSWORD, "t"), Err(Denied::Locked { .. })));
    house.wait(1_000);
    assert!(enter(&house, &door, "known", PASSWORD, "t").is_ok());
    assert!(matches!(enter(&house, &door, "unknown", PASSWORD, "t"), Err(Denied::Wrong { left: 4 })));
}

#[test]
fn a_right_password_starts_the_count_again() {
    let (house, door, admin) = administered();
    officer(&house, &admin, "known");
    for _ in 0..3 {
        for left in [4, 3, 2, 1] {
            assert_eq!(enter(&house, &door, "known", "wrong", "t").unwrap_err(), Denied::Wrong { left });
        }
        assert!(enter(&house, &door, "known", PASSWORD, "t").is_ok());
    }
}

#[test]
fn a_reset_opens_a_closed_name() {
    let (house, door, admin) = administered();
    let (person, _) = officer(&house, &admin, "known");
    for _ in 0..TRIES_MAX {
        enter(&house, &door, "known", "wrong", "t").unwrap_err();
    }
    let first = house.app.reset_password(&admin, "reset-1", person).unwrap().unwrap();
    assert!(enter(&house, &door, "known", PASSWORD, "t").is_err());
    assert!(enter(&house, &door, "known", &first, "t").unwrap().must_change);
}

#[test]
fn a_session_ends_when_idle_and_after_half_a_day() {
    let (house, door, admin) = administered();
    officer(&house, &admin, "known");
    enter(&house, &door, "known", PASSWORD, "idle").unwrap();
    house.wait(IDLE_MS - 60_000);
    assert!(house.app.session("idle").unwrap().is_some());
    house.wait(IDLE_MS - 60_000);
    assert!(house.app.session("idle").unwrap().is_some(), "each look prolongs it");
    house.wait(IDLE_MS);
    assert!(house.app.session("idle").unwrap().is_none());

    enter(&house, &door, "known", PASSWORD, "long").unwrap();
    let step = IDLE_MS - 60_000;
    for _ in 0..SESSION_MS / step {
        assert!(house.app.session("long").unwrap().is_some());
        house.wait(step);
    }
    house.wait(step);
    assert!(house.app.session("long").unwrap().is_none());
    assert!(house.app.session("never").unwrap().is_none());
}

#[test]
fn disabling_resetting_and_withdrawing_end_the_sessions_at_once() {
    let (house, door, admin) = administered();
    let (person, held) = officer(&house, &admin, "known");
    let enter = |token: &str| enter(&house, &door, "known", PASSWORD, token);

    enter("a").unwrap();
    house.app.disable_person(&admin, "", person, "调离").unwrap();
    assert!(house.app.session("a").unwrap().is_none());
    house.submit(&admin, Command::EnablePerson { person }).unwrap();
    assert!(house.app.session("a").unwrap().is_none(), "it does not come back");

    enter("b").unwrap();
    house
        .app
        .withdraw_role(&admin, "", Withdrawal { person, held: held.clone(), why: "轮岗".into() })
        .unwrap();
    assert!(house.app.session("b").unwrap().is_none());
    house.submit(&admin, Command::GrantRole { person, org: held.org, role: held.role }).unwrap();

    enter("c").unwrap();
    enter("d").unwrap();
    house.app.sign_out_elsewhere("d").unwrap();
    assert!(house.app.session("c").unwrap().is_none() && house.app.session("d").unwrap().is_some());
    house.app.reset_password(&admin, "", person).unwrap();
    assert!(house.app.session("d").unwrap().is_none());
}

#[test]
fn a_person_with_several_roles_takes_another_in_the_same_session() {
    let (house, door, admin) = administered();
    let (person, held) = officer(&house, &admin, "known");
    let pack = house.app.pack().unwrap();
    let other = pack.orgs.iter().find(|org| org.role != held.role).unwrap();
    let (body, role) = (org(&house, &other.name.zh), other.role.clone());
    house.submit(&admin, Command::GrantRole { person, org: body, role: role.clone() }).unwrap();
    let before = enter(&house, &door, "known", PASSWORD, "t").unwrap().viewer;
    let wanted = house.app.held_roles(person).unwrap();
    let wanted = wanted.iter().find(|role| role.held.role != before.role).unwrap();
    assert!(house.app.switch_role("t", wanted.held.org, &wanted.held.role).unwrap());
    assert_eq!(house.app.session("t").unwrap().unwrap().viewer.role, wanted.held.role);
    assert!(!house.app.switch_role("t", held.org, app::access::ADMINISTRATOR).unwrap());
    assert!(!house.app.switch_role("nobody", body, &role).unwrap());
}

#[test]
fn the_last_administrator_stays() {
    let (house, _, admin) = administered();
    let Who::Person { person, org, role } = admin.clone() else { unreachable!() };
    let held = RoleRow { org, role: role.clone() };
    let withdrawal = Withdrawal { person, held, why: "交接".into() };
    let last = Reason::LastAdministrator {};
    assert_eq!(reason(house.app.withdraw_role(&admin, "", withdrawal.clone()).unwrap_err()), last);
    assert_eq!(reason(house.app.disable_person(&admin, "", person, "交接").unwrap_err()), last);
    let new = NewPerson { name: "钱一鸣".into(), login: "second".into(), org, role };
    house.app.add_person(&admin, "", new).unwrap();
    house.app.withdraw_role(&admin, "", withdrawal).unwrap();
}

#[test]
fn an_enterprise_registers_once_for_each_credit_code_and_is_signed_in() {
    let (house, door, _) = administered();
    let region = desk_regions(&house.app.pack().unwrap())[0].region;
    let code = |n: usize| CreditCode::with_check_character(&format!("91{region}MA0{n:05}")).unwrap();
    let new = |login: &str, n: usize, key: &'static str, token: &'static str| NewEnterprise {
        name: format!("天津海河示例{n}有限公司"),
        credit_code: code(n),
        region,
        person: "周海燕".into(),
        login: login.into(),
        password: Secret(PASSWORD),
        key,
        token,
    };
    let seated = house.app.register_enterprise(new("haihe", 1, "k1", "t1")).unwrap().unwrap();
    assert_eq!(house.app.session("t1").unwrap().unwrap().viewer.org, seated.viewer.org);
    assert!(!seated.must_change && seated.viewer.may(app::access::Right::Declare));
    // The same form again is the same registration, but no second key to the account.
    assert!(house.app.register_enterprise(new("haihe", 1, "k1", "t2")).unwrap().is_none());
    assert!(house.app.session("t2").unwrap().is_none());
    assert!(enter(&house, &door, "haihe", PASSWORD, "t3").is_ok());

    let refused = |new: NewEnterprise<'_>| match house.app.register_enterprise(new) {
        Err(PasswordError::Failure(failure)) => reason(failure),
        other => panic!("{:?}", other.map(|seated| seated.is_some())),
    };
    assert!(
        matches!(refused(new("other", 1, "k2", "t")), Reason::CreditCodeTaken { org } if org.contains("海河示例1"))
    );
    assert!(matches!(refused(new("HAIHE", 2, "k3", "t")), Reason::LoginTaken { .. }));
    let elsewhere = NewEnterprise { region: "620123".parse().unwrap(), ..new("far", 3, "k4", "t") };
    assert!(matches!(refused(elsewhere), Reason::NotFound { .. }));
    let weak = NewEnterprise { password: Secret("haihe"), ..new("weak", 4, "k5", "t") };
    assert!(matches!(house.app.register_enterprise(weak), Err(PasswordError::Weak(Weak::TooShort))));
}

#[test]
fn only_the_administrator_changes_people() {
    let (house, door, admin) = administered();
    let (person, held) = officer(&house, &admin, "known");
    let me = enter(&house, &door, "known", PASSWORD, "t").unwrap().viewer.who();
    let not_allowed = |failure: Failure| assert!(matches!(reason(failure), Reason::NotAllowed { .. }));
    not_allowed(house.app.reset_password(&me, "", person).unwrap_err());
    not_allowed(house.app.disable_person(&me, "", person, "x").unwrap_err());
    let new = NewPerson { name: "甲".into(), login: "abc".into(), org: held.org, role: held.role };
    not_allowed(house.app.add_person(&me, "", new.clone()).unwrap_err());
    not_allowed(house.app.add_person(&Who::Public, "", new).unwrap_err());
    assert!(enter(&house, &door, "known", PASSWORD, "t2").is_ok(), "nothing happened to the password");
}

#[test]
fn every_role_offered_for_an_organisation_is_taken_and_named_roles_stay_in_their_bodies() {
    let (house, _, admin) = administered();
    let pack = house.app.pack().unwrap();
    let firm = Command::RegisterOrg {
        name: "天津示例咨询有限公司".into(),
        kind: app::view::state::OrgKind::Firm,
        region: None,
        credit_code: CreditCode::with_check_character("91120101MA0800001").ok(),
    };
    let firm = OrgId(house.submit(&admin, firm).unwrap().id.unwrap());
    let own = [app::access::ADMINISTRATOR, app::access::AUDITOR];
    let mut bodies: Vec<(OrgId, Option<String>)> = vec![(firm, None)];
    bodies.extend(pack.orgs.iter().map(|body| (org(&house, &body.name.zh), Some(body.role.clone()))));
    let firm_role =
        pack.roles.iter().find(|role| role.kind == app::view::pack::RoleKind::Firm).unwrap().id.clone();
    let named: Vec<&str> = pack.orgs.iter().map(|body| body.role.as_str()).collect();
    for (body, role) in &bodies {
        let offered = house.app.org_card(*body).unwrap().unwrap().roles;
        for (n, choice) in offered.iter().enumerate() {
            let login = format!("{body}-{n}-x");
            let new = NewPerson { name: "甲".into(), login, org: *body, role: choice.role.clone() };
            assert!(house.app.add_person(&admin, "", new).is_ok(), "{body}: {}", choice.role);
        }
        let other =
            offered.iter().find(|c| named.contains(&c.role.as_str()) && Some(&c.role) != role.as_ref());
        assert!(other.is_none(), "{body} is offered {other:?}");
        let expected = role.clone().unwrap_or_else(|| firm_role.clone());
        assert!(offered.iter().any(|choice| choice.role == expected), "{body} is not offered {expected}");
        assert_eq!(offered.iter().any(|choice| own.contains(&&*choice.role)), role.is_some());
    }
    let overview = house.app.people_overview().unwrap();
    assert!(overview.unmanned.is_empty(), "{:?}", overview.unmanned);
    assert!(overview.waiting.iter().all(|line| line.standing == Standing::FirstPassword));
}

#[test]
fn nothing_of_a_password_or_token_is_kept_in_clear() {
    let (house, door, admin) = administered();
    officer(&house, &admin, "known");
    enter(&house, &door, "known", PASSWORD, "a-token-nobody-guesses").unwrap();
    let request = Request { who: admin, key: String::new(), command: Command::ChangePassword };
    house.app.submit(request).unwrap();
    let bytes = house.bytes();
    for secret in [PASSWORD, "a-token-nobody-guesses"] {
        assert!(!crate::house::holds(&bytes, secret), "{secret}");
    }
    assert!(crate::house::holds(&bytes, "$argon2id$"), "the search finds what is there");
}
