//! Who calls and who acts for whom, over the wire.

use app::access::Right;
use app::command::HandsCommand;
use app::view::Viewer;
use app::view::handover::{HandOverSheet, WaitingLine};
use app::view::people::{HeldRole, LendingLine, Lendings};
use kernel::id::{OrgId, PersonId};

use super::{Day, Named, Text, asks, each, shape};

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
    /// A role in an organisation.
    Seat of &HeldRole as seat => {
        /// The organisation.
        org: i64 = seat.held.org.0,
        /// Its name.
        org_name: String = seat.org_name.clone(),
        /// The role.
        role: Named = Named { id: seat.held.role.clone(), name: (&seat.name).into() },
    }

    /// Somebody to whom a role may be lent.
    Colleague of &(PersonId, String, OrgId) as one => {
        /// Id.
        person: i64 = one.0.0,
        /// Name.
        name: String = one.1.clone(),
        /// The organisation in which.
        org: i64 = one.2.0,
    }

    /// A role that is lent.
    Lending of &LendingLine as line => {
        /// The role.
        seat: Seat = (&line.role).into(),
        /// Who lent it.
        of: i64 = line.lender.0,
        /// The name of who lent it.
        of_name: String = line.role.of.clone(),
        /// Who stands in.
        to: i64 = line.to.0,
        /// The name of who stands in.
        to_name: String = line.to_name.clone(),
        /// The first day.
        from: Day = Day(line.from),
        /// The last day.
        until: Day = Day(line.until),
        /// Why.
        why: String = line.why.clone(),
    }

    /// What the caller may lend, to whom, and what is lent to and by the caller.
    Lent of &Lendings as lent => {
        /// Roles of one's own that may be lent.
        own: Vec<Seat> = each(&lent.own),
        /// To whom.
        colleagues: Vec<Colleague> = each(&lent.colleagues),
        /// What is lent, now or later.
        lendings: Vec<Lending> = each(&lent.lines),
    }

    /// One thing that waits for a desk.
    Waiting of &WaitingLine as line => {
        /// The role it waits for.
        role: Text = (&line.role).into(),
        /// The number of what it is about.
        number: String = line.number.clone(),
        /// The title of that.
        title: String = line.title.clone(),
        /// What is to be done, in Chinese.
        what: String = line.what.clone(),
        /// The last day.
        due: Option<Day> = line.due.map(Day),
    }

    /// What would be handed over today.
    Sheet of &HandOverSheet as sheet => {
        /// Who leaves.
        person: i64 = sheet.person.0,
        /// The name.
        name: String = sheet.name.clone(),
        /// The organisation.
        org: i64 = sheet.org.0,
        /// Its name.
        org_name: String = sheet.org_name.clone(),
        /// The roles held there.
        roles: Vec<Text> = each(&sheet.roles),
        /// What waits, the nearest deadline first.
        open: Vec<Waiting> = each(&sheet.open),
        /// Who may take over, by id and name.
        successors: Vec<Colleague> =
            sheet.successors.iter().map(|(id, name)| (&(*id, name.clone(), sheet.org)).into()).collect(),
    }
}

asks! {
    /// Lend a role of one's own to a colleague.
    LendRole {
        /// The organisation.
        org: i64,
        /// The role.
        role: String,
        /// To whom.
        to: i64,
        /// The first day.
        from: Day,
        /// The last day.
        until: Day,
        /// Why.
        why: String,
    }

    /// End a lending before its last day.
    EndLending {
        /// Who lent it.
        of: i64,
        /// The organisation.
        org: i64,
        /// The role.
        role: String,
        /// To whom.
        to: i64,
        /// The first day it was lent for.
        from: Day,
    }

    /// Hand every role in an organisation over.
    HandOver {
        /// Who comes.
        to: i64,
        /// Why.
        why: String,
    }
}

impl LendRole {
    /// The command.
    pub fn command(self) -> HandsCommand {
        let Self { org, role, to, from, until, why } = self;
        HandsCommand::Lend { org: OrgId(org), role, to: PersonId(to), from: from.0, until: until.0, why }
    }
}

impl EndLending {
    /// The command.
    pub fn command(self) -> HandsCommand {
        let Self { of, org, role, to, from } = self;
        HandsCommand::EndLending { of: PersonId(of), org: OrgId(org), role, to: PersonId(to), from: from.0 }
    }
}
