//! Samples of what happens to people and organisations.

use super::region;
use domain::identity::{Event, OrgKind, Waiting};
use kernel::Date;
use kernel::credit::CreditCode;
use kernel::id::{OrgId, PersonId};

pub(super) fn full() -> Vec<Event> {
    vec![
        Event::OrgRegistered {
            org: OrgId(7),
            name: "天津某某帮扶产业有限公司".into(),
            kind: OrgKind::Enterprise,
            region: Some(region("540302-L01")),
            credit_code: Some(CreditCode::with_check_character("91620123MA00000A").unwrap()),
        },
        Event::OrgRenamed { name: "天津某某乡村产业有限公司".into() },
        Event::RelationDeclared { other: OrgId(8), basis: "同一控股股东".into() },
        Event::PersonAdded { person: PersonId(11), name: "张某".into(), login: "zhang".into() },
        Event::RoleGranted { org: OrgId(7), role: "applicant".into() },
        Event::RoleWithdrawn { org: OrgId(7), role: "applicant".into(), why: "调离岗位".into() },
        Event::RoleLent {
            org: OrgId(7),
            role: "district".into(),
            to: PersonId(12),
            from: Date::constant(2019, 11, 4),
            until: Date::constant(2019, 11, 8),
            why: "外出培训".into(),
        },
        Event::RoleBorrowed {
            org: OrgId(7),
            role: "district".into(),
            of: PersonId(11),
            from: Date::constant(2019, 11, 4),
            until: Date::constant(2019, 11, 8),
            why: "外出培训".into(),
        },
        Event::RoleTakenBack {
            org: OrgId(7),
            role: "district".into(),
            to: PersonId(12),
            from: Date::constant(2019, 11, 4),
        },
        Event::RoleGivenBack {
            org: OrgId(7),
            role: "district".into(),
            of: PersonId(11),
            from: Date::constant(2019, 11, 4),
        },
        Event::DeskHandedOver {
            org: OrgId(7),
            roles: vec!["district".into()],
            to: PersonId(12),
            why: "调离".into(),
            open: vec![Waiting {
                role: "district".into(),
                subject: "case:3".into(),
                number: "津前-2019-0003".into(),
                title: "榆中加工厂".into(),
                what: "核对材料".into(),
                due: Some(Date::constant(2019, 11, 8)),
            }],
        },
        Event::DeskTakenOver { org: OrgId(7), roles: vec!["district".into()], of: PersonId(11) },
        Event::PasswordReset,
        Event::PasswordChanged,
        Event::PersonDisabled { why: "离职".into() },
        Event::PersonEnabled,
    ]
}

pub(super) fn lean() -> (domain::Event, &'static str) {
    let registered = Event::OrgRegistered {
        org: OrgId(1),
        name: "市级主管部门".into(),
        kind: OrgKind::Government,
        region: None,
        credit_code: None,
    };
    (registered.into(), r#"{"org":1,"name":"市级主管部门","kind":"government"}"#)
}
