//! Who may what: rights by role, and every command by role as its use case answers, on a book that holds a whole year.
//!
//! The result is `docs/reference/authorization.md`. The test fails when the committed file differs; `UPDATE_REFERENCE=1` writes it.
//! The commands of the second table are asked in earnest, but each lacks something or names a day that has not come, so that it is
//! refused even to those who may: what counts is whether the answer is about the role or about what comes after it. The few
//! commands that lack nothing ([`HARMLESS`]) are carried out on the test's own book.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::house::House;
use crate::probes::{Probe, Stage};
use app::access::{ADMINISTRATOR, AUDITOR, Right, may};
use app::view::pack::{Pack, RoleKind};
use app::view::role_name;
use app::{Failure, Who};
use domain::Reason;

/// What the use case says, from the most to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// The role may: whatever was refused, was refused for another reason.
    May,
    /// The role may not.
    MayNot,
    /// What it is about does not exist for the role.
    OutOfSight,
    /// No thing in the right state was found to ask about.
    Unasked,
}

impl Verdict {
    fn of(result: &Result<app::Answer, Failure>) -> Verdict {
        match result {
            Ok(_) => Verdict::May,
            Err(Failure::Fault(fault)) => panic!("{fault}"),
            Err(Failure::Refused(refusal)) => match refused_as(&refusal.reason) {
                "R001" => Verdict::MayNot,
                "R002" => Verdict::OutOfSight,
                "R301" => Verdict::Unasked,
                _ => Verdict::May,
            },
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Verdict::May => "可",
            Verdict::MayNot => "–",
            Verdict::OutOfSight => "不可见",
            Verdict::Unasked => "·",
        }
    }
}

/// The code; of a table, that of the row that stands in the way.
fn refused_as(reason: &Reason) -> &str {
    match reason {
        Reason::RowRefused { of, .. } => of,
        other => other.code(),
    }
}

/// Commands that cannot be asked without being carried out.
const HARMLESS: [&str; 5] = ["ResetPassword", "ChangePassword", "Copy", "DraftPlan", "EndNotice"];

/// Roles of the pack, then the program's own.
fn roles(pack: &Pack) -> Vec<String> {
    let of_pack = pack.roles.iter().filter(|role| role.kind != RoleKind::Public).map(|role| role.id.clone());
    of_pack.chain([ADMINISTRATOR.to_owned(), AUDITOR.to_owned()]).collect()
}

fn rights(pack: &Pack, roles: &[String]) -> String {
    let mut text = head("权限 / right", roles.iter().map(String::as_str).chain(["public"]));
    for right in Right::ALL {
        let mut cells: Vec<&str> =
            roles.iter().map(|role| if may(pack, role, right) { "可" } else { "–" }).collect();
        cells.push(if may(pack, "public", right) { "可" } else { "–" });
        row(&mut text, &format!("{right:?}"), &cells);
    }
    text
}

fn commands(house: &House, stage: &Stage, roles: &[String]) -> String {
    let mut verdicts: BTreeMap<&'static str, Vec<Verdict>> = BTreeMap::new();
    for Probe { kind, command, subject } in stage.probes() {
        let line = verdicts.entry(kind).or_insert_with(|| vec![Verdict::Unasked; roles.len() + 1]);
        for (cell, role) in line.iter_mut().zip(roles.iter().map(Some).chain([None])) {
            let who = match role {
                Some(role) => stage.somebody(role, subject),
                None => Some(Who::Public),
            };
            let Some(who) = who else { continue };
            let size = house.app.reads.head().unwrap().0;
            *cell = (*cell).min(Verdict::of(&house.submit(&who, command.clone())));
            let carried_out = house.app.reads.head().unwrap().0 > size;
            assert!(!carried_out || HARMLESS.contains(&kind), "{kind} was carried out");
        }
    }
    let mut text = head("事项 / command", roles.iter().map(String::as_str).chain(["public"]));
    for kind in crate::probes::KINDS {
        let line = verdicts.get(kind).unwrap_or_else(|| panic!("no probe for {kind}"));
        row(&mut text, kind, &line.iter().map(|verdict| verdict.sign()).collect::<Vec<_>>());
    }
    text
}

fn head<'a>(first: &str, columns: impl Iterator<Item = &'a str>) -> String {
    let columns: Vec<&str> = columns.collect();
    format!("| {first} | {} |\n|---{}|\n", columns.join(" | "), "|:-:".repeat(columns.len()))
}

fn row(text: &mut String, first: &str, cells: &[&str]) {
    writeln!(text, "| `{first}` | {} |", cells.join(" | ")).unwrap();
}

fn reference(house: &House, stage: &Stage) -> String {
    let pack = house.app.pack().unwrap();
    let roles = roles(&pack);
    let mut text = String::from(
        "# 谁可以做什么 / Who may what\n\n由测试 `crates/qingqu/tests/book/authorization.rs` 生成，勿手改。\
         Written by that test; do not edit (`UPDATE_REFERENCE=1 cargo test -p qingqu --test book authorization`).\n\n## 岗位 / Roles\n\n",
    );
    for role in &roles {
        let (zh, en) = role_name(&pack, role);
        let scope = pack.roles.get(role).map_or_else(
            || if role == AUDITOR { "All".into() } else { "None".into() },
            |r| format!("{:?}", r.sees),
        );
        writeln!(text, "- `{role}` {zh} / {en}: {scope}").unwrap();
    }
    write!(text, "\n## 权限 / Rights\n\n{}", rights(&pack, &roles)).unwrap();
    write!(
        text,
        "\n## 事项 / Commands\n\n可 = 岗位可以办理；– = 岗位不能办理；不可见 = 对该岗位不存在；· = 没有处于该环节的事项可供询问。\n\
         可: the role may; –: it may not; 不可见: does not exist for it; ·: nothing of the right state to ask about.\n\n{}",
        commands(house, stage, &roles)
    )
    .unwrap();
    text
}

#[test]
fn the_matrix_is_the_committed_one() {
    let house = House::new();
    let stage = Stage::set(&house);
    let now = reference(&house, &stage);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/authorization.md");
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &now).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    if let Some((line, (was, is))) =
        committed.lines().zip(now.lines()).enumerate().find(|(_, (was, is))| was != is)
    {
        panic!("line {}: committed\n{was}\nbut now\n{is}", line + 1);
    }
    assert_eq!(committed, now, "{} is out of date", path.display());
}

#[test]
fn nobody_outside_holds_a_right() {
    let house = House::new();
    let pack = house.app.pack().unwrap();
    for right in Right::ALL {
        assert!(!may(&pack, "public", right) && !may(&pack, "no such role", right), "{right:?}");
        let holders = roles(&pack).iter().filter(|role| may(&pack, role, right)).count();
        // This regulation books no sources; the rights to do so are held where one does (`money`).
        assert_eq!(holders == 0, BOOKED.contains(&right), "{holders} have {right:?}");
    }
}

/// The rights of booked money.
pub const BOOKED: [Right; 5] =
    [Right::ManageMoney, Right::ManageProject, Right::Allocate, Right::Claim, Right::Settle];
