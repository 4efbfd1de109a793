//! Lists of people on the screen: what is loaded for which region; and how the households of a case compare with the list.
//!
//! Privacy: rows are for those who see cases of a region or of all; who files gets counts of what was filed, and of a draft nothing: a
//! count that answers at once to any number typed would tell who is on the list, and filing is an act that stays. Nobody gets a number
//! or a name in clear here.

use super::Viewer;
use crate::access::{AUDITOR, Right};
use crate::command::Failure;
use crate::rosters::{form_of, found, numbers};
use crate::rows::{CaseFilter, CaseRow, RosterRow, Scope};
use crate::tables::{Cell, Column, ColumnKind, Table};
use crate::vault::shown;
use crate::writer::App;
use domain::Reason;
use domain::case::Case;
use kernel::Date;
use kernel::id::CaseId;
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::{Compared, OnRoster, Pack, Words};
use std::collections::{BTreeMap, BTreeSet};

pub use domain::roster::Mark;

/// At most so many other cases of the year are looked through for the same households, the newest first.
const OTHERS_MAX: usize = 500;

/// A list of the pack, as the viewer sees it.
#[derive(Debug, Clone)]
pub struct RosterShown {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// Its article.
    pub cite: String,
    /// Who keeps it.
    pub keeper: Words,
    /// The viewer loads it, for the own region.
    pub mine: bool,
    /// What is loaded, by region.
    pub places: Vec<RosterPlace>,
}

/// What is loaded for a region.
#[derive(Debug, Clone)]
pub struct RosterPlace {
    /// The region's name, from the province down.
    pub place: String,
    /// What was loaded last.
    pub row: RosterRow,
    /// Who loaded it.
    pub person: String,
    /// Whether its people are at hand: a book that was computed again from its journal has none until the list is loaded anew.
    pub at_hand: bool,
}

/// Another case that names a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlsoNamed {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
}

/// A household of a case.
#[derive(Debug, Clone)]
pub struct Household {
    /// Its row in the form, from 1.
    pub no: usize,
    /// The head's name, masked.
    pub head: String,
    /// The identity number, masked.
    pub number: String,
    /// The village as the form says it.
    pub village: String,
    /// What the list says; empty while none is loaded.
    pub marks: Vec<Mark>,
    /// Other cases of the year, in the viewer's scope, that name it too.
    pub also: Vec<AlsoNamed>,
}

/// How many households there are of each sort.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HouseholdCounts {
    /// In all.
    pub rows: usize,
    /// On the list, as the form says.
    pub listed: usize,
    /// On the list, with something else.
    pub differs: usize,
    /// Not on it.
    pub unlisted: usize,
    /// Taken off it.
    pub removed: usize,
    /// Named by other cases too.
    pub also: usize,
}

/// A table of a case beside its list.
#[derive(Debug, Clone)]
pub struct Households {
    /// The part of the form.
    pub part: Words,
    /// The list.
    pub roster: Words,
    /// The list that it was compared with: the region's name and the day; `None` while none is loaded.
    pub loaded: Option<(String, Date)>,
    /// How many of each sort.
    pub counts: HouseholdCounts,
    /// Row by row; `None` for who may see counts only.
    pub rows: Option<Vec<Household>>,
    /// There were more cases than are looked through.
    pub more: bool,
}

/// Whether a viewer may look at lists: their keepers, those who see all cases, audit.
pub fn sees_rosters(viewer: &Viewer) -> bool {
    let keeps = viewer.pack.rosters.iter().any(|roster| roster.keeper == viewer.role);
    let all = viewer.scope == Scope::All && viewer.may(Right::SeeCases);
    !viewer.pack.rosters.is_empty() && (keeps || all || viewer.role == AUDITOR)
}

/// Whether a case that the viewer sees names households that are compared with a list.
pub fn names_households(viewer: &Viewer, case: &Case, pack: &Pack) -> bool {
    let filed = case.current().map(|filed| &filed.form);
    let names = form_of(pack, &case.procedure).zip(filed).is_some_and(|(form, filed)| {
        form.compared().any(|table| filed.tables.get(&table.part.id).is_some_and(|rows| !rows.is_empty()))
    });
    names && viewer.sees(case)
}

/// Whether a viewer may see which household is on a list: desks of a region and of all; not who files, nor who is assigned.
fn sees_rows(viewer: &Viewer) -> bool {
    matches!(viewer.scope, Scope::All | Scope::Region(_))
}

fn place_name(code: RegionCode) -> String {
    Gazetteer::get().path(code).map_or_else(|| code.to_string(), |path| path.concat())
}

impl App {
    /// The lists of the pack: what is loaded, within the viewer's scope.
    pub fn rosters(&self, viewer: &Viewer) -> Result<Vec<RosterShown>, Failure> {
        if !sees_rosters(viewer) {
            return Err(Reason::NotFound { what: "名单".into() }.into());
        }
        let rows = self.reads.rosters(&viewer.pack.id)?;
        let within = |place: RegionCode| match viewer.scope {
            Scope::Region(region) => region == place || Gazetteer::get().contains(region, place),
            _ => true,
        };
        let mut shown = Vec::new();
        for roster in &viewer.pack.rosters {
            let mut places = Vec::new();
            for row in rows.iter().filter(|row| row.key.roster == roster.id && within(row.key.place)) {
                let person = row.person.map(|id| self.reads.person(id)).transpose()?.flatten();
                places.push(RosterPlace {
                    place: place_name(row.key.place),
                    person: person.map_or_else(String::new, |person| person.name),
                    at_hand: self.reads.members_named(&row.key, &BTreeSet::new())?.is_some(),
                    row: row.clone(),
                });
            }
            let keeper = viewer.pack.roles.get(&roster.keeper);
            shown.push(RosterShown {
                id: roster.id.clone(),
                name: roster.name.clone(),
                cite: roster.cite.to_string(),
                keeper: keeper.map_or_else(Words::default, |role| role.name.clone()),
                mine: roster.keeper == viewer.role && viewer.region.is_some(),
                places,
            });
        }
        Ok(shown)
    }

    /// The households that a case in the viewer's scope names, beside the lists; empty where its form names none.
    pub fn households(&self, viewer: &Viewer, id: CaseId) -> Result<Vec<Households>, Failure> {
        let case = self.case(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let (Some(form), Some(filed)) = (form_of(&pack, &case.procedure), case.current()) else {
            return Ok(Vec::new());
        };
        let mut all = Vec::new();
        for table in form.compared() {
            let named = filed.form.tables.get(&table.part.id).map_or(&[][..], Vec::as_slice);
            if named.is_empty() {
                continue;
            }
            let found = found(&pack, table, (&filed.form, case.desk), |key, numbers| {
                self.reads.members_named(key, numbers)
            })?;
            let loaded = match &found {
                Some(found) => {
                    let row = self.reads.rosters(&pack.id)?.into_iter().find(|row| row.key == found.key);
                    row.map(|row| (place_name(found.key.place), row.on))
                }
                None => None,
            };
            let may = sees_rows(viewer);
            let (also, more) = if may { self.also(viewer, &pack, &case, table)? } else { Default::default() };
            let marks = found.map(|found| found.marks).unwrap_or_default();
            let cell = |row: &BTreeMap<String, String>, what| {
                let column = table.table.columns.iter().find(|column| column.on_roster == Some(what));
                let text = column.and_then(|column| row.get(&column.field.id));
                text.map_or_else(String::new, |text| shown(text))
            };
            let rows: Vec<Household> = named
                .iter()
                .enumerate()
                .map(|(at, row)| {
                    let number = row.get(table.number).map_or("", String::as_str);
                    Household {
                        no: at + 1,
                        head: cell(row, OnRoster::Head),
                        number: shown(number),
                        village: cell(row, OnRoster::Village),
                        marks: marks.get(at).cloned().unwrap_or_default(),
                        also: domain::roster::commitment(number)
                            .and_then(|number| also.get(number))
                            .cloned()
                            .unwrap_or_default(),
                    }
                })
                .collect();
            let roster = pack.rosters.get(table.roster);
            all.push(Households {
                part: table.part.name.clone(),
                roster: roster.map_or_else(Words::default, |roster| roster.name.clone()),
                loaded,
                counts: counts(&rows),
                rows: may.then_some(rows),
                more,
            });
        }
        Ok(all)
    }

    /// The households of a case that are not on the list, as a table: for the office that keeps the list.
    pub fn households_missing(&self, viewer: &Viewer, id: CaseId) -> Result<Table, Failure> {
        let case = self.case(viewer, id)?;
        let column = |name: &str| Column { name: name.into(), kind: ColumnKind::Text };
        let mut rows = Vec::new();
        for table in self.households(viewer, id)?.into_iter().filter(|table| table.loaded.is_some()) {
            let missing = table.rows.into_iter().flatten();
            let missing = missing.filter(|row| row.marks != [Mark::Listed]);
            rows.extend(missing.map(|row| {
                let said = row.marks.iter().map(|mark| mark_words(*mark).zh).collect::<Vec<_>>().join("、");
                vec![
                    Cell::Count(i64::try_from(row.no).unwrap_or(i64::MAX)),
                    row.head.into(),
                    row.number.into(),
                    row.village.into(),
                    said.into(),
                ]
            }));
        }
        let number = Column { name: "行".into(), kind: ColumnKind::Count };
        let texts = ["户主（已遮蔽）", "证件号码（已遮蔽）", "村组", "比对结果"].map(column);
        Ok(Table {
            title: format!("{}不在名单上的挂钩户", case.number),
            context: format!("《{}》，{}比对", case.title, self.today()),
            columns: std::iter::once(number).chain(texts).collect(),
            rows,
            ..Table::default()
        })
    }

    /// Which other cases of the year name the same people, by commitment, as far as the viewer sees them; and whether some were not
    /// looked at. What this case builds on and what builds on it is the same project.
    fn also(
        &self,
        viewer: &Viewer,
        pack: &Pack,
        case: &Case,
        own: Compared<'_>,
    ) -> Result<(BTreeMap<String, Vec<AlsoNamed>>, bool), Failure> {
        let wanted = numbers(own, &case.current().map(|filed| filed.form.clone()).unwrap_or_default());
        let mut also: BTreeMap<String, Vec<AlsoNamed>> = BTreeMap::new();
        let year = self.reads.case(case.id)?.map_or(case.year, |row| row.year);
        let filter = CaseFilter { year: Some(year), ..CaseFilter::within(viewer.scope.clone(), OTHERS_MAX) };
        let page = self.reads.cases(&filter)?;
        let live = |row: &&CaseRow| !matches!(row.standing.as_str(), "withdrawn" | "refused");
        let rows: Vec<&CaseRow> = page.rows.iter().filter(live).collect();
        let built_on: BTreeSet<CaseId> = rows.iter().filter_map(|row| row.parent).collect();
        for row in &rows {
            let same = row.case == case.id || Some(row.case) == case.parent || row.parent == Some(case.id);
            // Of a project that stands on an entry, the entry is not counted beside it.
            if same || row.pack != pack.id || built_on.contains(&row.case) {
                continue;
            }
            let Some(form) = form_of(pack, &row.procedure) else { continue };
            let tables: Vec<_> = form.compared().filter(|table| table.roster == own.roster).collect();
            if tables.is_empty() {
                continue;
            }
            let Some(other) = self.any_case(row.case)? else { continue };
            let Some(filed) = other.current() else { continue };
            let theirs: BTreeSet<String> =
                tables.iter().flat_map(|table| numbers(*table, &filed.form)).collect();
            for number in theirs.intersection(&wanted) {
                also.entry(number.clone()).or_default().push(AlsoNamed {
                    case: row.case,
                    number: row.number.clone(),
                    title: row.title.clone(),
                });
            }
        }
        Ok((also, page.next.is_some()))
    }
}

fn counts(rows: &[Household]) -> HouseholdCounts {
    let of = |is: &dyn Fn(&[Mark]) -> bool| rows.iter().filter(|row| is(&row.marks)).count();
    let differs = |mark: &Mark| matches!(mark, Mark::OtherHead | Mark::OtherVillage | Mark::OtherPersons);
    HouseholdCounts {
        rows: rows.len(),
        listed: of(&|marks| marks == [Mark::Listed]),
        differs: of(&|marks| marks.iter().any(differs)),
        unlisted: of(&|marks| marks == [Mark::Unlisted]),
        removed: of(&|marks| marks == [Mark::Removed]),
        also: rows.iter().filter(|row| !row.also.is_empty()).count(),
    }
}

/// What a mark says.
pub fn mark_words(mark: Mark) -> Words {
    match mark {
        Mark::Listed => Words::new("在册", "on the list"),
        Mark::Unlisted => Words::new("不在册", "not on the list"),
        Mark::Removed => Words::new("已移出", "taken off the list"),
        Mark::OtherHead => Words::new("户主姓名不一致", "another name"),
        Mark::OtherVillage => Words::new("村不一致", "another village"),
        Mark::OtherPersons => Words::new("人数不一致", "another number of persons"),
    }
}
