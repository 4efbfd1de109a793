//! Tables that counties published into an allocation plan: what they print is compared, what they lack is said by cell, and every
//! line goes to a project of its name. Sources: `crates/documents/tests/real/SOURCES.csv`.

use super::world::*;
use app::tables::{Agrees, Import, ImportPreview, Severity};
use app::{Command, Request};
use kernel::Money;
use kernel::id::{AllocationId, ProjectId};
use std::path::PathBuf;

fn published(name: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../documents/tests/real");
    std::fs::read_to_string(root.join(format!("{name}.csv"))).unwrap()
}

/// A book with projects of these names and enough money, and an empty draft of an allocation.
struct Plan {
    world: World,
    allocation: AllocationId,
    numbers: Vec<String>,
}

impl Plan {
    fn of(names: &[&str]) -> Plan {
        let world = World::with_ceiling("9亿元");
        world.does("finance", world.source(1, "800000000.00"));
        let mut projects = Vec::new();
        for name in names {
            projects.push(ProjectId(world.does("town", world.project(name))));
        }
        let draft = world.does("finance", world.allocation("ours", &[(projects[0], "1.00")]));
        let viewer = world.viewer("town");
        let number = |id: &ProjectId| world.app.project_page(&viewer, *id).unwrap().line.row.number;
        let numbers = projects.iter().map(number).collect();
        Plan { allocation: AllocationId(draft), numbers, world }
    }

    fn preview(&self, text: &str) -> ImportPreview {
        let import = Import::AllocationLines(self.allocation);
        self.world
            .app
            .import_preview(&self.world.viewer("finance"), import, ("安排表.csv", text.as_bytes()))
            .unwrap()
    }

    /// Confirms; the lines of the draft and their sum.
    fn confirm(&self, seen: &ImportPreview) -> (usize, Money) {
        assert!(seen.is_ready(), "{:?}", faults(seen));
        let (viewer, import) = (self.world.viewer("finance"), Import::AllocationLines(self.allocation));
        let ticket = self.world.app.paper_ticket(&viewer, &seen.paper).unwrap();
        let command = self.world.app.import_command(&viewer, import, &ticket).unwrap().unwrap();
        let command = Command::Money(Box::new(command));
        self.world.app.submit(Request { who: viewer.who(), key: String::new(), command }).unwrap();
        let page = self.world.app.allocation_page(&viewer, self.allocation).unwrap();
        (page.lines.len(), page.total)
    }
}

fn faults(seen: &ImportPreview) -> Vec<String> {
    let errors = seen.reading.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| format!("{} {}", finding.cell, finding.code)).collect()
}

/// The names of the projects of a table: one column of its data rows.
fn names(text: &str, column: usize) -> Vec<String> {
    let cells = text.lines().skip(1).map(|line| line.split(',').nth(column).unwrap_or_default().to_owned());
    cells.filter(|name| !name.is_empty() && name != "合计" && name != "总计").collect()
}

#[test]
fn plans_of_five_counties_become_the_lines_of_an_allocation() {
    for (name, column, rows, wan) in [
        ("liling_2019_own_fund", 1, 5, "1200"),
        ("zeku_2023_batch2", 1, 6, "1259"),
        ("haidong_2018_jiangsu_extra", 0, 6, "4000"),
        ("gongliu_2020_bond_projects", 0, 4, "20388"),
    ] {
        let text = published(name);
        let names = names(&text, column);
        let plan = Plan::of(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let seen = plan.preview(&text);
        assert!(faults(&seen).is_empty(), "{name}: {:?}", faults(&seen));
        assert!(seen.reading.totals.iter().all(|total| total.agrees != Agrees::No), "{name}");
        assert_eq!(
            plan.confirm(&seen),
            (rows, Money::parse_yuan(&format!("{wan}0000.00")).unwrap()),
            "{name}"
        );
    }
}

#[test]
fn two_projects_of_one_name_are_told_apart_by_their_numbers_in_beita() {
    let text = published("beita_2020_batch1");
    let names = names(&text, 2);
    let plan = Plan::of(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let seen = plan.preview(&text);
    // 水果基地 stands in rows 2, 5, 7 and 16, 蔬菜基地 in 3, 4 and 6: which of them is meant is not guessed.
    let twice = ["C2", "C3", "C4", "C5", "C6", "C7", "C16"].map(|cell| format!("{cell} choice-unknown"));
    assert_eq!(faults(&seen), twice);
    let mut lines: Vec<String> = Vec::new();
    let mut project = 0;
    for line in text.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let named = names.get(project).filter(|name| cells.get(2) == Some(&name.as_str()));
        lines.push(match named {
            Some(name) => {
                let number = &plan.numbers[project];
                project += 1;
                let alone = names.iter().filter(|other| *other == name).count() == 1;
                let told = if alone { name.clone() } else { format!("{name}（{number}）") };
                line.replacen(&format!(",{name},"), &format!(",{told},"), 1)
            }
            None => line.to_owned(),
        });
    }
    let seen = plan.preview(&lines.join("\n"));
    let totals: Vec<(&str, Agrees)> =
        seen.reading.totals.iter().map(|total| (total.cell.as_str(), total.agrees)).collect();
    assert_eq!(totals, [("E9", Agrees::Yes), ("E18", Agrees::Yes), ("E20", Agrees::Yes)]);
    assert_eq!(plan.confirm(&seen), (16, yuan("4080000.00")));
}

#[test]
fn the_amount_that_yutian_lacks_is_asked_for_and_not_inferred() {
    let text = published("yutian_2017_projects");
    let names = names(&text, 1);
    let plan = Plan::of(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let seen = plan.preview(&text);
    assert_eq!(faults(&seen), ["G13 cell-empty"]);
    let whole = text.replace("10000,,20", "10000,20,20");
    assert_eq!(plan.confirm(&plan.preview(&whole)), (12, yuan("91858500.00")));
}
