//! Pages of this slice, rendered from samples.

use app::rows::{Member, MemberStatus, RosterKey, RosterRow};
use app::tables::{Finding, HouseholdsPreview, PeopleCounts, Severity};
use app::view::pack::Words;
use app::view::rosters::{AlsoNamed, Household, HouseholdCounts, Households, Mark, RosterPlace, RosterShown};
use app::view::state::Paper;
use kernel::Date;
use kernel::id::{CaseId, PaperHash};
use maud::Markup;

use super::{case, list, load};
use crate::ctx::Ctx;
use crate::ui::Findings;
use crate::words::Lang;

const DAY: Date = Date::constant(2018, 8, 20);

fn place(times: i64, at_hand: bool) -> RosterPlace {
    let key = RosterKey { pack: "sample".into(), roster: "poor".into(), place: "150426".parse().unwrap() };
    let row = RosterRow {
        key,
        file: "ab".repeat(32),
        rows: 137,
        removed: 1,
        came: 5,
        left: 2,
        changed: 3,
        on: DAY,
        person: None,
        times,
    };
    RosterPlace {
        place: "内蒙古自治区赤峰市翁牛特旗".into(), row, person: "乌兰".into(), at_hand
    }
}

fn shown(mine: bool, places: Vec<RosterPlace>) -> RosterShown {
    RosterShown {
        id: "poor".into(),
        name: Words::new("建档立卡名单", "Register of poor households"),
        cite: "第三条".into(),
        keeper: Words::new("受援地区政府", "Government of the area"),
        mine,
        places,
    }
}

fn text(markup: &Markup) -> String {
    markup.clone().into_string()
}

#[test]
fn a_list_says_what_changed_and_only_its_keeper_loads_it() {
    let ctx = Ctx::sample(Lang::Zh);
    let page = text(&list::one(&ctx, &shown(true, vec![place(2, true)])));
    assert!(page.contains("新增 5 户，减少 2 户，变动 3 户") && page.contains("137"), "{page}");
    assert!(page.contains("href=\"/rosters/poor/load\""), "{page}");
    let other = text(&list::one(&ctx, &shown(false, vec![place(1, false)])));
    assert!(other.contains("第一次装入") && other.contains("须重新装入"), "{other}");
    assert!(!other.contains("/load\""), "{other}");
    assert!(text(&list::one(&ctx, &shown(true, Vec::new()))).contains("还没有装入"));
}

fn preview(findings: Vec<Finding>) -> HouseholdsPreview {
    let ready = findings.is_empty();
    let member = Member {
        number_shown: "150426********1230".into(),
        head: String::new(),
        head_shown: "李****".into(),
        village: "东村".into(),
        group: "二组".into(),
        persons: 4,
        since: 2014,
        status: MemberStatus::Supported,
    };
    let rows = if ready { 120 } else { 0 };
    HouseholdsPreview {
        roster: Words::new("建档立卡名单", "Register"),
        paper: Paper {
            paper: "roster:poor".into(),
            name: "名单.xlsx".into(),
            hash: PaperHash([1; 32]),
            size: 9,
            media: String::new(),
        },
        findings,
        sheet: "Sheet1".into(),
        counts: PeopleCounts { rows, registered: 100, supported: 20, came: 7, ..PeopleCounts::default() },
        first: if ready { vec![member] } else { Vec::new() },
    }
}

#[test]
fn a_preview_confirms_only_what_is_without_fault() {
    let ctx = Ctx::sample(Lang::En);
    let of = |seen: &HouseholdsPreview| {
        text(&load::preview(&ctx, &shown(true, Vec::new()), seen, ("ticket", "key", &Findings::none())))
    };
    let good = of(&preview(Vec::new()));
    assert!(good.contains("value=\"load\"") && good.contains("150426********1230"), "{good}");
    assert!(good.contains("119 more are not shown"), "{good}");
    let fault = Finding {
        severity: Severity::Error,
        code: "rule".into(),
        sheet: "Sheet1".into(),
        row: Some(3),
        column: Some(1),
        cell: "B4".into(),
        what: Words::new("与第2行是同一个证件号码", "the same number as in row 2"),
        mend: Words::new("同一户只写一行", "write each household once"),
    };
    let bad = of(&preview(vec![fault]));
    assert!(!bad.contains("value=\"load\"") && bad.contains("value=\"marked\""), "{bad}");
    assert!(bad.contains("B4") && bad.contains("the same number as in row 2"), "{bad}");
}

fn households(loaded: bool, rows: bool) -> Households {
    let row = |no, mark, also| Household {
        no,
        head: "李****".into(),
        number: "150426********1230".into(),
        village: "东村".into(),
        marks: if loaded { vec![mark] } else { Vec::new() },
        also,
    };
    let other = AlsoNamed { case: CaseId(20), number: "通申-2018-0010".into(), title: "大鹅".into() };
    let all = vec![row(1, Mark::Listed, vec![other]), row(2, Mark::Unlisted, Vec::new())];
    Households {
        part: Words::new("挂钩的每一户", "Each household"),
        roster: Words::new("建档立卡名单", "Register"),
        loaded: loaded.then(|| ("翁牛特旗".to_owned(), DAY)),
        counts: HouseholdCounts { rows: 2, listed: 1, unlisted: 1, also: 1, ..HouseholdCounts::default() },
        rows: rows.then_some(all),
        more: false,
    }
}

#[test]
fn a_case_shows_its_households_to_desks_and_counts_to_who_files() {
    let ctx = Ctx::sample(Lang::Zh);
    let desk = text(&case::tab(&ctx, CaseId(18), &[households(true, true)]));
    assert!(desk.contains("不在册 1 户") && desk.contains("href=\"/cases/20\""), "{desk}");
    assert!(desk.contains("/cases/18/households?format=csv"), "{desk}");
    let own = text(&case::tab(&ctx, CaseId(18), &[households(true, false)]));
    assert!(own.contains("不在册 1 户") && !own.contains("150426") && !own.contains("format=csv"), "{own}");
    let unloaded = text(&case::panel(&ctx, CaseId(18), &[households(false, true)]));
    assert!(unloaded.contains("名单未装入") && !unloaded.contains("在册 1 户"), "{unloaded}");
}
