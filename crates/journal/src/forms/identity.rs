//! Stored forms of what happens to people and organisations.

use super::error::Unreadable;
use super::wire::{Credit, Day, Id, Place, Wire};
use domain::identity::{Event, OrgKind, Waiting};
use serde::{Deserialize, Serialize};

/// The kind of a body.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum OrgKindV1 {
    Government,
    Enterprise,
    Firm,
}

impl Wire<OrgKind> for OrgKindV1 {
    fn of(core: &OrgKind) -> Self {
        match core {
            OrgKind::Government => Self::Government,
            OrgKind::Enterprise => Self::Enterprise,
            OrgKind::Firm => Self::Firm,
        }
    }

    fn read(self) -> Result<OrgKind, Unreadable> {
        Ok(match self {
            Self::Government => OrgKind::Government,
            Self::Enterprise => OrgKind::Enterprise,
            Self::Firm => OrgKind::Firm,
        })
    }
}

form! {
    /// Something that waited when a desk was handed over.
    WaitingV1 = Waiting { role: String, subject: String, number: String, title: String, what: String }
    optional { due: Option<Day> }
}

events! {
    Event;

    "org.registered" 1 "登记单位" "organisation registered"
    OrgRegisteredV1 = OrgRegistered { org: Id, name: String, kind: OrgKindV1 }
    optional { region: Option<Place>, credit_code: Option<Credit> };

    "org.renamed" 1 "单位更名" "organisation renamed"
    OrgRenamedV1 = OrgRenamed { name: String };

    "org.relation_declared" 1 "登记关联关系" "relation between organisations declared"
    RelationDeclaredV1 = RelationDeclared { other: Id, basis: String };

    "person.added" 1 "增加人员" "person added"
    PersonAddedV1 = PersonAdded { person: Id, name: String, login: String };

    "person.role_granted" 1 "授予角色" "role given"
    RoleGrantedV1 = RoleGranted { org: Id, role: String };

    "person.role_withdrawn" 1 "收回角色" "role taken away"
    RoleWithdrawnV1 = RoleWithdrawn { org: Id, role: String, why: String };

    "person.role_lent" 1 "托付岗位（代理）" "role lent during an absence"
    RoleLentV1 = RoleLent { org: Id, role: String, to: Id, from: Day, until: Day, why: String };

    "person.role_borrowed" 1 "代理岗位" "role of a colleague taken on during an absence"
    RoleBorrowedV1 = RoleBorrowed { org: Id, role: String, of: Id, from: Day, until: Day, why: String };

    "person.role_taken_back" 1 "收回代理" "lent role taken back"
    RoleTakenBackV1 = RoleTakenBack { org: Id, role: String, to: Id, from: Day };

    "person.role_given_back" 1 "结束代理" "borrowed role given back"
    RoleGivenBackV1 = RoleGivenBack { org: Id, role: String, of: Id, from: Day };

    "person.desk_handed_over" 1 "移交岗位" "desk handed over"
    DeskHandedOverV1 = DeskHandedOver { org: Id, roles: Vec<String>, to: Id, why: String }
    optional { open: Vec<WaitingV1> };

    "person.desk_taken_over" 1 "接手岗位" "desk taken over"
    DeskTakenOverV1 = DeskTakenOver { org: Id, roles: Vec<String>, of: Id };

    "person.password_reset" 1 "重置密码" "password reset by the administrator"
    PasswordResetV1 = PasswordReset {};

    "person.password_changed" 1 "修改密码" "password changed"
    PasswordChangedV1 = PasswordChanged {};

    "person.disabled" 1 "停用账号" "account disabled"
    PersonDisabledV1 = PersonDisabled { why: String };

    "person.enabled" 1 "恢复账号" "account enabled again"
    PersonEnabledV1 = PersonEnabled {};
}
