//! Who calls, over the wire.

use app::access::Right;
use app::view::Viewer;

use super::{Day, Named, Text, shape};

shape! {
    /// The caller in the role of this request.
    Me of (&Viewer, Vec<String>, kernel::Date) as (viewer, roles, today) => {
        /// Id.
        person: i64 = viewer.person.0,
        /// Name.
        name: String = viewer.name.clone(),
        /// The organisation.
        org: i64 = viewer.org.0,
        /// Its name.
        org_name: String = viewer.org_name.clone(),
        /// The role.
        role: Named = Named {
            id: viewer.role.clone(),
            name: Text { zh: viewer.role_zh.clone(), en: viewer.role_en.clone() },
        },
        /// All roles, as the header `X-Role` takes them.
        roles: Vec<String> = roles,
        /// What the role may do.
        rights: Vec<String> =
            Right::ALL.into_iter().filter(|right| viewer.may(*right)).map(|right| format!("{right:?}")).collect(),
        /// The pack that the book runs.
        pack: String = viewer.pack.id.clone(),
        /// Its edition.
        edition: String = viewer.pack.edition.clone(),
        /// The program's day.
        today: Day = Day(today),
    }
}
