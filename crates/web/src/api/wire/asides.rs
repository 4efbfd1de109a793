//! What is said and done beside the steps, over the wire.

use app::ports::PageOf;
use app::view::case::{AlikeLine, AlikeShown, CaseAround, RemarkShown};
use app::view::inbox::CopyRow;

use super::{Day, Named, Text, asks, each, query, shape};

query! {
    /// Which copies.
    CopiesAsk {
        /// The `next` of the page before.
        after: String,
    }
}

shape! {
    /// Something said beside the steps.
    Remark of &RemarkShown as remark => {
        /// Who said it.
        person: String = remark.person.clone(),
        /// For which organisation.
        org: String = remark.org.clone(),
        /// In which role.
        role: Text = (&remark.role).into(),
        /// When.
        on: Day = Day(remark.on),
        /// A copy to this role; absent for what is none.
        copy_to: Option<Text> = remark.copy_to.as_ref().map(Text::from),
        /// The step that was urged; absent when none was.
        urges: Option<Text> = remark.urges.as_ref().map(Text::from),
        /// The words.
        text: String = remark.text.clone(),
    }

    /// What was said beside the steps of a case.
    Remarks of &CaseAround as around => {
        /// Newest first.
        items: Vec<Remark> = each(&around.remarks),
        /// The roles that a copy may go to.
        roles: Vec<Named> = named(&around.roles),
        /// The steps that may be urged.
        open: Vec<Named> = named(&around.open),
        /// Why the caller stands aside; absent when the caller does not.
        recused: Option<String> = around.recused.clone(),
    }

    /// What two cases say under one heading.
    LookLine of &AlikeLine as line => {
        /// The heading.
        name: Text = (&line.name).into(),
        /// Of this case.
        here: Text = (&line.here).into(),
        /// Of the other.
        there: Text = (&line.there).into(),
    }

    /// A case that looks like this one.
    LookAlike of &AlikeShown as alike => {
        /// The other case.
        other: i64 = alike.other.0,
        /// Its number.
        number: String = alike.number.clone(),
        /// Its title.
        title: String = alike.title.clone(),
        /// Main fields side by side.
        lines: Vec<LookLine> = each(&alike.lines),
        /// Whether both are the same; absent while nobody said.
        same: Option<bool> = alike.decided.as_ref().map(|(same, _)| *same),
        /// Why.
        why: Option<String> = alike.decided.as_ref().map(|(_, why)| why.clone()),
    }

    /// The cases that look like one, as far as the caller may see them.
    Look of &CaseAround as around => {
        /// Those that nobody compared first.
        items: Vec<LookAlike> = each(&around.alike),
        /// Whether the caller's role compares them.
        may_compare: bool = around.may_compare,
    }

    /// A copy that was sent to the caller's role.
    CopySaid of &CopyRow as copy => {
        /// The case.
        case: i64 = copy.case.0,
        /// Its number.
        number: String = copy.number.clone(),
        /// Its title.
        title: String = copy.title.clone(),
        /// Who sent it.
        person: String = copy.person.clone(),
        /// For which organisation.
        org: String = copy.org.clone(),
        /// With which words.
        text: String = copy.text.clone(),
        /// When.
        on: Day = Day(copy.on),
    }

    /// A page of copies, newest first.
    Copies of &PageOf<CopyRow> as page => {
        /// The copies.
        items: Vec<CopySaid> = each(&page.rows),
        /// Ask again with `after` set to this for the next page; absent on the last.
        next: Option<String> = page.next.clone(),
        /// How many there are in all.
        total: i64 = page.total,
    }
}

fn named(all: &[(String, app::view::pack::Words)]) -> Vec<Named> {
    all.iter().map(|(id, name)| Named { id: id.clone(), name: name.into() }).collect()
}

asks! {
    /// A remark for everybody who handles the case.
    RemarkSays {
        /// The words.
        text: String,
    }

    /// A copy to everybody of a role who sees the case.
    CopySays {
        /// The role of the regime.
        role: String,
        /// With which words.
        text: Option<String>,
    }

    /// An open step is urged.
    UrgeSays {
        /// The step of the regime.
        step: String,
        /// With which words.
        text: String,
    }

    /// The caller stands aside and acts no more on the case.
    RecuseSays {
        /// Which tie to the parties.
        why: String,
    }

    /// Whether a similar case is the same project.
    CompareSays {
        /// The other case.
        other: i64,
        /// Whether it is the same.
        same: bool,
        /// Why.
        why: String,
    }
}
