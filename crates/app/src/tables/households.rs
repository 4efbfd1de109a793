//! A list of people from a spreadsheet: previewed with every fault by cell, loaded whole or not at all.
//!
//! The file names people with their numbers. It is kept under seal between preview and confirmation and erased once it is loaded; what
//! stays are keyed commitments and masked texts.

use super::import::finding_at;
use super::port::{Finding, Form, Language, Reading, RowRead, Severity, Value};
use crate::command::{Answer, Command, Failure, Request};
use crate::papers::{FILE_MAX, clean_name};
use crate::rows::RosterKey;
use crate::vault::Kind;
use crate::view::Viewer;
use crate::writer::App;
use domain::Reason;
use domain::case::Paper;
use domain::roster::{Load, Member, Members, Status};
use journal::HashKind;
use kernel::id::PaperHash;
use policy::pack::{Roster, Words};
use std::collections::BTreeMap;

/// The word in the tickets of such files; the list follows.
const TICKET: &str = "roster";

/// What loading a list would change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PeopleCounts {
    /// Households of the file.
    pub rows: usize,
    /// Of them on the register as poor.
    pub registered: usize,
    /// Of them no longer poor, still supported.
    pub supported: usize,
    /// Of them taken off the register.
    pub removed: usize,
    /// Households that the list before does not name.
    pub came: usize,
    /// Households that only the list before names.
    pub left: usize,
    /// Households that both name and of which they say something else.
    pub changed: usize,
}

/// What a file says, before anything is on record.
#[derive(Debug, Clone)]
pub struct HouseholdsPreview {
    /// The list.
    pub roster: Words,
    /// The file; its bytes are kept under seal.
    pub paper: Paper,
    /// What is wrong, by cell. The rows themselves are not in it.
    pub findings: Vec<Finding>,
    /// The sheet that was read.
    pub sheet: String,
    /// What it would change.
    pub counts: PeopleCounts,
    /// The first households, masked.
    pub first: Vec<Member>,
}

/// How many households a preview shows.
const SHOWN: usize = 50;

impl HouseholdsPreview {
    /// Whether it may be loaded.
    pub fn is_ready(&self) -> bool {
        self.errors() == 0 && self.counts.rows > 0
    }

    /// How many findings forbid it.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }
}

/// A file as it was read.
struct Read {
    reading: Reading,
    rows: Vec<(String, Member)>,
}

fn not_found(what: &str) -> Failure {
    Reason::NotFound { what: what.into() }.into()
}

/// The list, for its keeper; an office without a region has none to load it for.
fn kept<'v>(viewer: &'v Viewer, roster: &str) -> Result<&'v Roster, Failure> {
    let found = viewer.pack.rosters.get(roster).filter(|roster| roster.keeper == viewer.role);
    found.filter(|_| viewer.region.is_some()).ok_or_else(|| not_found("名单"))
}

fn form(roster: &Roster) -> Form {
    Form::Households { title: roster.name.clone() }
}

impl App {
    /// The empty sheet of a list, for its keeper.
    pub fn households_template(
        &self,
        viewer: &Viewer,
        roster: &str,
        language: Language,
    ) -> Result<Vec<u8>, Failure> {
        let form = form(kept(viewer, roster)?);
        Ok(self.workbooks.template(&form, language, &viewer.org_name)?)
    }

    /// Reads a file and puts it away under seal. Nothing else is written.
    pub fn households_preview(
        &self,
        viewer: &Viewer,
        roster: &str,
        (name, bytes): (&str, &[u8]),
    ) -> Result<HouseholdsPreview, Failure> {
        let roster = kept(viewer, roster)?;
        let paper = Paper {
            paper: format!("{TICKET}:{}", roster.id),
            name: clean_name(name),
            hash: PaperHash(*HashKind::Sm3.plain(bytes).as_bytes()),
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            media: "application/octet-stream".to_owned(),
        };
        if bytes.len() <= FILE_MAX && !bytes.is_empty() {
            self.seal_file(&sealed_as(&paper), bytes)?;
        }
        self.households_of(viewer, roster, paper, bytes)
    }

    /// The preview of a file that was put away.
    pub fn households_again(
        &self,
        viewer: &Viewer,
        roster: &str,
        ticket: &str,
    ) -> Result<HouseholdsPreview, Failure> {
        let roster = kept(viewer, roster)?;
        let (paper, bytes) = self.households_file(viewer, roster, ticket)?;
        self.households_of(viewer, roster, paper, &bytes)
    }

    /// The file back with its faults marked: its name and its bytes.
    pub fn households_marked(
        &self,
        viewer: &Viewer,
        roster: &str,
        ticket: &str,
    ) -> Result<(String, Vec<u8>), Failure> {
        let roster = kept(viewer, roster)?;
        let (paper, bytes) = self.households_file(viewer, roster, ticket)?;
        let plain = self.workbooks.read(&bytes, &paper.name, &form(roster)).findings.len();
        let findings = self.households_read(&bytes, &paper.name, roster).reading.findings;
        let more: Vec<Finding> = findings.into_iter().skip(plain).collect();
        let marked = self.workbooks.marked(&bytes, &paper.name, &form(roster), &more)?;
        let stem = paper.name.rsplit_once('.').map_or(paper.name.as_str(), |(stem, _)| stem);
        Ok((format!("{stem}-问题标注.xlsx"), marked))
    }

    /// Loads a file that was put away, and erases it. `None` when it has faults that forbid it.
    pub fn households_load(
        &self,
        viewer: &Viewer,
        roster: &str,
        (ticket, key): (&str, &str),
    ) -> Result<Option<Answer>, Failure> {
        let roster = kept(viewer, roster)?;
        let (paper, bytes) = self.households_file(viewer, roster, ticket)?;
        let Read { reading, rows } = self.households_read(&bytes, &paper.name, roster);
        if !reading.is_clean() {
            return Ok(None);
        }
        let load = Load { roster: roster.id.clone(), file: paper.hash.to_string(), rows };
        let command = Command::LoadRoster(viewer.pack.id.clone(), Box::new(load));
        let answer = self.submit(Request { who: viewer.who(), key: key.to_owned(), command })?;
        self.erase_file(&sealed_as(&paper))?;
        Ok(Some(answer))
    }

    fn households_file(
        &self,
        viewer: &Viewer,
        roster: &Roster,
        ticket: &str,
    ) -> Result<(Paper, Vec<u8>), Failure> {
        let word = format!("{TICKET}:{}", roster.id);
        let paper = self.ticket_paper(viewer, ticket).filter(|paper| paper.paper == word);
        let paper = paper.ok_or_else(|| not_found("上传的文件"))?;
        let bytes = self.sealed_file(&sealed_as(&paper))?.ok_or_else(|| not_found("上传的文件"))?;
        Ok((paper, bytes))
    }

    fn households_of(
        &self,
        viewer: &Viewer,
        roster: &Roster,
        paper: Paper,
        bytes: &[u8],
    ) -> Result<HouseholdsPreview, Failure> {
        let Read { reading, rows } = self.households_read(bytes, &paper.name, roster);
        let (mut findings, sheet) = (reading.findings, reading.sheet);
        findings.sort_by_key(|found| (found.row, found.column, found.severity));
        let first = rows.iter().take(SHOWN).map(|(_, member)| member.clone()).collect();
        let counts = self.households_counts(viewer, roster, rows.into_iter().collect())?;
        Ok(HouseholdsPreview { roster: roster.name.clone(), paper, findings, sheet, counts, first })
    }

    /// What the people of a file change on the list of the viewer's region.
    fn households_counts(
        &self,
        viewer: &Viewer,
        roster: &Roster,
        now: Members,
    ) -> Result<PeopleCounts, Failure> {
        let (mut both, mut changed, mut before) = (0, 0, 0);
        if let Some(place) = viewer.region {
            let key = RosterKey { pack: viewer.pack.id.clone(), roster: roster.id.clone(), place };
            let numbers = now.keys().cloned().collect();
            if let Some(known) = self.reads.members_named(&key, &numbers)? {
                both = known.len();
                changed = known.iter().filter(|(number, member)| now.get(*number) != Some(*member)).count();
                let loaded = self.reads.rosters(&key.pack)?.into_iter().find(|row| row.key == key);
                before = loaded.and_then(|row| usize::try_from(row.rows).ok()).unwrap_or(both);
            }
        }
        let of = |status| now.values().filter(|member| member.status == status).count();
        Ok(PeopleCounts {
            rows: now.len(),
            registered: of(Status::Registered),
            supported: of(Status::Supported),
            removed: of(Status::Removed),
            came: now.len() - both,
            left: before.saturating_sub(both),
            changed,
        })
    }

    /// Reads a file; no row of it leaves here in clear.
    fn households_read(&self, bytes: &[u8], name: &str, roster: &Roster) -> Read {
        let mut reading = self.workbooks.read(bytes, name, &form(roster));
        let rows = std::mem::take(&mut reading.rows);
        if !reading.is_clean() {
            return Read { reading, rows: Vec::new() };
        }
        let mut known: BTreeMap<String, u32> = BTreeMap::new();
        let mut people = Vec::with_capacity(rows.len());
        let mut faults = Vec::new();
        let this_year = self.today().year();
        for row in &rows {
            if !matches!(row.value("persons"), Some(Value::Count(1..=99))) {
                let what = Words::new("家庭人口应在1至99之间", "a household has 1 to 99 persons");
                faults.push(finding_at(&reading, (row, "persons"), what, mend()));
            }
            if row.year("since").is_none_or(|year| year > this_year) {
                let what = Words::new("识别年度还没有到", "the year of registration lies ahead");
                faults.push(finding_at(&reading, (row, "since"), what, mend()));
            }
            let Some((number, member)) = self.member(row) else { continue };
            if let Some(first) = known.insert(number.clone(), row.row) {
                let what = Words::new(
                    format!("与第{first}行是同一个证件号码"),
                    format!("the same number as in row {first}"),
                );
                let once = Words::new("同一户只写一行", "write each household once");
                faults.push(finding_at(&reading, (row, "resident_id"), what, once));
            }
            people.push((number, member));
        }
        if !faults.is_empty() {
            people.clear();
        }
        reading.findings.extend(faults);
        Read { reading, rows: people }
    }

    /// A row as it is kept.
    fn member(&self, row: &RowRead) -> Option<(String, Member)> {
        let (number, head) = (row.text("resident_id"), row.text("head"));
        let persons = match row.value("persons") {
            Some(Value::Count(persons)) => *persons,
            _ => 0,
        };
        let member = Member {
            number_shown: Kind::ResidentId.masked(number),
            head: self.commitment(Kind::Other, head)?,
            head_shown: Kind::Other.masked(head),
            village: row.text("village").trim().to_owned(),
            group: row.text("group").trim().to_owned(),
            persons,
            since: row.year("since").unwrap_or_default(),
            status: Status::of(row.text("status"))?,
        };
        Some((self.commitment(Kind::ResidentId, number)?, member))
    }
}

fn mend() -> Words {
    Words::new("请核对后改正", "check and correct it")
}

/// Under which name a file is put away.
fn sealed_as(paper: &Paper) -> String {
    format!("file:{}", paper.hash)
}
