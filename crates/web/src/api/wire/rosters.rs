//! Lists of people over the wire: what is loaded, and how the households of a case compare. Numbers and names are masked.

use app::view::rosters::{AlsoNamed, Household, HouseholdCounts, Households, Mark, RosterPlace, RosterShown};

use super::{Day, Text, each, shape};

shape! {
    /// What is loaded of a list for a region.
    LoadedList of &RosterPlace as place => {
        /// The code of the region.
        region: String = place.row.key.place.to_string(),
        /// Its name, from the province down.
        name: String = place.place.clone(),
        /// How many households it names.
        households: i64 = place.row.rows,
        /// Of them taken off the register.
        removed: i64 = place.row.removed,
        /// Not on the list before.
        came: i64 = place.row.came,
        /// Only on the list before.
        left: i64 = place.row.left,
        /// On both, with something else.
        changed: i64 = place.row.changed,
        /// The day it was loaded.
        on: Day = Day(place.row.on),
        /// Who loaded it.
        person: String = place.person.clone(),
        /// The digest of the file, SM3 in hexadecimal.
        file: String = place.row.file.clone(),
        /// Whether its people are at hand; if not, it has to be loaded again.
        at_hand: bool = place.at_hand,
    }

    /// A list of people of the regime.
    PeopleList of &RosterShown as list => {
        /// Its id.
        id: String = list.id.clone(),
        /// Its name.
        name: Text = (&list.name).into(),
        /// The article.
        article: String = list.cite.clone(),
        /// Who keeps it.
        keeper: Text = (&list.keeper).into(),
        /// Whether the caller loads it, on its page.
        mine: bool = list.mine,
        /// What is loaded, by region.
        loaded: Vec<LoadedList> = each(&list.places),
    }

    /// How many households there are of each sort.
    HouseholdFigures of &HouseholdCounts as counts => {
        /// In all.
        households: usize = counts.rows,
        /// On the list, as the form says.
        listed: usize = counts.listed,
        /// On the list, with something else.
        differs: usize = counts.differs,
        /// Not on it.
        unlisted: usize = counts.unlisted,
        /// Taken off it.
        removed: usize = counts.removed,
        /// Named by other cases of the year too.
        also: usize = counts.also,
    }

    /// Another case of the year that names a household.
    OtherCase of &AlsoNamed as other => {
        /// Its id.
        id: i64 = other.case.0,
        /// Its number.
        number: String = other.number.clone(),
        /// Its title.
        title: String = other.title.clone(),
    }

    /// A household that a case names.
    NamedHousehold of &Household as row => {
        /// Its row in the form, from 1.
        row: usize = row.no,
        /// The head's name, masked.
        head: String = row.head.clone(),
        /// The identity number, masked.
        number: String = row.number.clone(),
        /// The village as the form says it.
        village: String = row.village.clone(),
        /// `listed`, `unlisted`, `removed`, `other_head`, `other_village`, `other_persons`; none while no list is loaded.
        marks: Vec<String> = row.marks.iter().map(|mark| word(*mark).to_owned()).collect(),
        /// Other cases of the year, in the caller's scope, that name it too.
        also: Vec<OtherCase> = each(&row.also),
    }

    /// A table of a case beside its list.
    ComparedTable of &Households as table => {
        /// The part of the form.
        part: Text = (&table.part).into(),
        /// The list.
        list: Text = (&table.roster).into(),
        /// The region of the list that it was compared with; absent while none is loaded.
        region: Option<String> = table.loaded.as_ref().map(|(place, _)| place.clone()),
        /// The day on which that was loaded.
        on: Option<Day> = table.loaded.as_ref().map(|(_, on)| Day(*on)),
        /// How many of each sort.
        figures: HouseholdFigures = (&table.counts).into(),
        /// Row by row; absent for who may see figures only.
        rows: Option<Vec<NamedHousehold>> = table.rows.as_deref().map(each),
    }
}

fn word(mark: Mark) -> &'static str {
    match mark {
        Mark::Listed => "listed",
        Mark::Unlisted => "unlisted",
        Mark::Removed => "removed",
        Mark::OtherHead => "other_head",
        Mark::OtherVillage => "other_village",
        Mark::OtherPersons => "other_persons",
    }
}
