//! The library of projects: the list with what its filters offer, and where one project stands over everything that belongs to it.

mod archive;
mod course;
mod hands;
mod whole;

pub use course::{CourseNow, StageNow, StageState, StageStep};
pub use hands::{Duty, Hand};
pub use whole::{AlikeNow, KinNow, LibraryMoney, LibraryNotice, LibraryPage};

use super::{Viewer, place_name};
use crate::access::Right;
use crate::command::Failure;
use crate::rows::{CaseFilter, CaseRow, ProjectRow};
use crate::writer::App;
use kernel::Money;
use kernel::id::{CaseId, OrgId, ProjectId};
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::{EnumMember, FieldType, Pack, Words};
use policy::procedure::{Procedure, Subject};
use std::collections::BTreeMap;

/// Rows on one page of the list.
const PAGE: usize = 50;
/// Rows of one step of an export.
const EXPORT_PAGE: usize = 500;

/// What is filtered by, as it came from the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryQuery {
    /// Words in number, title, names or village.
    pub text: Option<String>,
    /// Class.
    pub class: Option<String>,
    /// Plan year.
    pub year: Option<i16>,
    /// A place, with all that lies in it.
    pub place: Option<RegionCode>,
    /// Village, by its whole name.
    pub village: Option<String>,
    /// Standing.
    pub standing: Option<String>,
    /// The name of the open step, in Chinese.
    pub stage: Option<String>,
    /// Who filed it.
    pub unit: Option<OrgId>,
    /// Least amount.
    pub least: Option<Money>,
    /// Greatest amount.
    pub most: Option<Money>,
    /// Continue after this key.
    pub after: Option<String>,
}

/// How far a project of the library is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Filed, and not decided on.
    Waiting,
    /// In the library, and no money was arranged for it.
    Kept,
    /// Money was arranged: the project that spends it.
    Arranged(ProjectId),
    /// Refused or withdrawn.
    Gone,
}

/// One project in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryLine {
    /// The row.
    pub row: CaseRow,
    /// The class's name.
    pub class: Words,
    /// The place's name.
    pub place: String,
    /// How far it is.
    pub shelf: Shelf,
    /// For how many years after its plan year it has rolled on in the library without money; 0 in its own year.
    pub rolled: i16,
}

/// What the filters offer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryChoices {
    /// Classes.
    pub classes: Vec<(String, Words)>,
    /// Plan years, newest first.
    pub years: Vec<i16>,
    /// Places: the way to the chosen one, what lies directly in it, and the provinces.
    pub places: Vec<(RegionCode, String)>,
    /// Steps.
    pub stages: Vec<Words>,
    /// The unit that was chosen.
    pub unit: Option<(OrgId, String)>,
}

/// One page of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryList {
    /// The projects, newest first.
    pub lines: Vec<LibraryLine>,
    /// The key to continue after, when there are more.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: i64,
    /// Whether the library is empty for this viewer, whatever is asked.
    pub empty: bool,
    /// What the filters offer.
    pub choices: LibraryChoices,
}

/// Whether the pack has a library and the viewer's role sees cases.
pub fn sees_library(viewer: &Viewer) -> bool {
    viewer.may(Right::SeeCases) && procedures(&viewer.pack).next().is_some()
}

/// The procedures whose cases are projects of the library.
fn procedures(pack: &Pack) -> impl Iterator<Item = &Procedure> {
    pack.procedures.iter().filter(|procedure| procedure.library)
}

impl App {
    /// One page of the library as the viewer sees it.
    pub fn library(&self, viewer: &Viewer, query: &LibraryQuery) -> Result<LibraryList, Failure> {
        let page = self.reads.cases(&filter(viewer, query, PAGE))?;
        let all = CaseFilter { library: true, ..CaseFilter::within(viewer.scope.clone(), 1) };
        let empty = page.rows.is_empty() && self.reads.cases(&all)?.total == 0;
        Ok(LibraryList {
            next: page.next,
            total: page.total,
            empty,
            lines: self.library_lines(&viewer.pack, page.rows)?,
            choices: self.library_choices(viewer, query)?,
        })
    }

    /// The part of a selection that follows a key, for exports: its lines, and the key to go on after.
    pub fn library_part(
        &self,
        viewer: &Viewer,
        query: &LibraryQuery,
    ) -> Result<(Vec<LibraryLine>, Option<String>), Failure> {
        let page = self.reads.cases(&filter(viewer, query, EXPORT_PAGE))?;
        Ok((self.library_lines(&viewer.pack, page.rows)?, page.next))
    }

    fn library_lines(&self, pack: &Pack, rows: Vec<CaseRow>) -> Result<Vec<LibraryLine>, Failure> {
        let cases: Vec<CaseId> = rows.iter().map(|row| row.case).collect();
        let projects = self.reads.projects_of_cases(&cases)?;
        let mut arranged: BTreeMap<CaseId, ProjectId> =
            projects.iter().filter_map(|row: &ProjectRow| Some((row.case?, row.project))).collect();
        let leads = |row: &&CaseRow| row.standing == "accepted" && leads_on(pack, &row.procedure);
        let open = rows.iter().filter(leads).map(|row| row.case).filter(|case| !arranged.contains_key(case));
        arranged.extend(self.projects_below(&open.collect::<Vec<_>>())?);
        let this_year = self.today().year();
        let line = |row: CaseRow| {
            let shelf = shelf(&row, arranged.get(&row.case).copied());
            let rolls = matches!(shelf, Shelf::Waiting | Shelf::Kept);
            LibraryLine {
                class: class_name(pack, &row),
                place: row.county.map_or_else(String::new, place_name),
                shelf,
                rolled: if rolls { (this_year - row.year).max(0) } else { 0 },
                row,
            }
        };
        Ok(rows.into_iter().map(line).collect())
    }

    /// The money projects that come from what builds on some entries; of several that build on one, the newest.
    fn projects_below(&self, entries: &[CaseId]) -> Result<BTreeMap<CaseId, ProjectId>, Failure> {
        let mut below = self.reads.cases_below(entries)?;
        below.sort_unstable();
        let cases: Vec<CaseId> = below.iter().map(|(case, _)| *case).collect();
        let projects = self.reads.projects_of_cases(&cases)?;
        let of: BTreeMap<CaseId, ProjectId> =
            projects.iter().filter_map(|row| Some((row.case?, row.project))).collect();
        Ok(below.iter().filter_map(|(case, entry)| Some((*entry, *of.get(case)?))).collect())
    }

    fn library_choices(&self, viewer: &Viewer, query: &LibraryQuery) -> Result<LibraryChoices, Failure> {
        let pack = &viewer.pack;
        let mut classes: Vec<(String, Words)> = Vec::new();
        for member in procedures(pack).flat_map(|p| classes_of(pack, p)) {
            if classes.iter().all(|(id, _)| *id != member.id) {
                classes.push((member.id.clone(), member.name.clone()));
            }
        }
        let ids: Vec<&str> = procedures(pack).map(|procedure| procedure.id.as_str()).collect();
        let of_case =
            pack.steps.iter().filter(|s| s.on == Subject::Case && ids.contains(&s.procedure.as_str()));
        let unit = match query.unit {
            Some(org) => self.reads.org(org)?.map(|row| (org, row.name)),
            None => None,
        };
        // A library is kept for plan years from the edition's own on, and filled a year or two ahead.
        let (first, last) = (pack.in_force.from.year() - 1, self.today().year() + 2);
        Ok(LibraryChoices {
            classes,
            years: (first..=last).rev().collect(),
            places: places(viewer, query.place),
            stages: of_case.map(|step| step.name.clone()).collect(),
            unit,
        })
    }
}

fn filter(viewer: &Viewer, query: &LibraryQuery, limit: usize) -> CaseFilter {
    CaseFilter {
        library: true,
        text: query.text.clone(),
        class: query.class.as_deref().map(|text| class_asked(&viewer.pack, text)),
        year: query.year,
        county: query.place,
        village: query.village.clone(),
        standing: query.standing.clone(),
        stage: query.stage.clone(),
        unit: query.unit,
        least: query.least,
        most: query.most,
        after: query.after.clone(),
        ..CaseFilter::within(viewer.scope.clone(), limit)
    }
}

/// The class that is asked for: by its id or in words.
fn class_asked(pack: &Pack, text: &str) -> String {
    let mut named = procedures(pack).filter_map(|of| class_named(classes_of(pack, of), text));
    named.next().map_or_else(|| text.to_owned(), |member| member.id.clone())
}

/// Whether an applicant goes on from the cases of a procedure with a case of another one.
fn leads_on(pack: &Pack, procedure: &str) -> bool {
    pack.procedures.iter().any(|of| of.parent.as_deref() == Some(procedure) && of.parent_after.is_none())
}

fn shelf(row: &CaseRow, project: Option<ProjectId>) -> Shelf {
    match (project, row.standing.as_str()) {
        (Some(project), _) => Shelf::Arranged(project),
        (None, "refused" | "withdrawn") => Shelf::Gone,
        (None, "accepted" | "granted" | "paid") => Shelf::Kept,
        (None, _) => Shelf::Waiting,
    }
}

/// The members of the enum that a procedure's class is chosen from.
pub(crate) fn classes_of<'p>(pack: &'p Pack, procedure: &Procedure) -> &'p [EnumMember] {
    let form = procedure.form.as_deref().and_then(|id| pack.forms.get(id));
    let field = form.zip(procedure.listed.class.as_ref()).and_then(|(form, id)| form.field(id));
    let Some(FieldType::Enum(of)) = field.map(|field| &field.ty) else { return &[] };
    pack.enums.get(of).map_or(&[], |of| &of.members)
}

/// The member that a text means: by its id, or by its words in either language.
pub(crate) fn class_named<'p>(members: &'p [EnumMember], text: &str) -> Option<&'p EnumMember> {
    let text = text.trim();
    let by_id = members.iter().find(|member| member.id == text);
    let says = |member: &&EnumMember| member.name.zh == text || member.name.en.eq_ignore_ascii_case(text);
    by_id.or_else(|| members.iter().find(says))
}

/// The name of a row's class; as it was filed when the pack does not know it.
fn class_name(pack: &Pack, row: &CaseRow) -> Words {
    let members =
        pack.procedures.get(&row.procedure).map_or(&[][..], |procedure| classes_of(pack, procedure));
    let named = class_named(members, &row.class);
    named.map_or_else(|| Words::new(row.class.clone(), row.class.clone()), |member| member.name.clone())
}

/// The places to choose from: the way to the chosen one, or to the viewer's own region, what lies in it, and the provinces.
fn places(viewer: &Viewer, chosen: Option<RegionCode>) -> Vec<(RegionCode, String)> {
    let table = Gazetteer::get();
    let mut codes: Vec<RegionCode> = Vec::new();
    if let Some(start) = chosen.or(viewer.region).filter(|code| table.region(*code).is_some()) {
        codes.push(start);
        while let Some(above) = codes.last().and_then(|code| table.parent(*code)) {
            codes.push(above);
        }
        codes.reverse();
        codes.extend(table.children(start).into_iter().map(|region| region.code));
    }
    for province in table.provinces() {
        if !codes.contains(&province.code) {
            codes.push(province.code);
        }
    }
    codes.into_iter().map(|code| (code, place_name(code))).collect()
}
