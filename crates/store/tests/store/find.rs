//! The index of the cases against a plain look at every row; look-alikes; an index that is made later.

use app::ports::{Book, Reads as _};
use app::rows::{AlikeKey, CaseFilter, CaseRow, Scope};
use kernel::id::{CaseId, OrgId};
use kernel::money::Money;
use store::slice::case;

use crate::samples::{case as sample, filter, region, written};
use crate::support::{Place, act};

conformance! {
    filters_and_words_leave_what_a_look_at_every_row_leaves,
    pages_follow_each_other_without_a_gap,
    what_changed_is_found_by_what_it_is_now,
    words_are_found_whatever_their_order_case_and_width,
    look_alikes_are_of_the_place_or_of_the_same_unit_and_year,
    a_book_without_an_index_gets_the_same_one,
    what_the_writer_keeps_of_the_index_is_what_is_stored,
    what_was_given_up_is_not_kept,
}

const CLASSES: [&str; 3] = ["产业", "道路", "饮水"];
const VILLAGES: [&str; 4] = ["北塔村", "南塔村", "上庄村", "下庄村"];

/// A made-up project of the library; neighbouring ids differ in everything.
fn project(id: i64) -> CaseRow {
    let pick = |of: usize, step: i64| usize::try_from(id / step).unwrap_or(0) % of;
    let (class, village) = (CLASSES[pick(3, 1)], VILLAGES[pick(4, 2)]);
    CaseRow {
        procedure: if id % 11 == 0 { "change" } else { "entry" }.into(),
        year: 2018 + i16::try_from(id % 5).unwrap(),
        title: format!("{village}{class}项目第{}期", id % 7),
        applicant: OrgId(id % 6),
        applicant_name: format!("第{}镇人民政府", id % 6),
        county: (id % 13 != 0).then(|| region(["620123", "620102", "431202", "540302-L01"][pick(4, 5)])),
        firm: (id % 4 == 0).then_some(OrgId(5)),
        parent: (id > 4_000 && id % 9 == 0).then_some(CaseId(id - 9)),
        standing: ["open", "accepted", "withdrawn"][pick(3, 7)].into(),
        stage: ["审核", ""][pick(2, 3)].into(),
        amount: Money::from_fen(id * 7_919 % 300_000),
        library: id % 11 != 0,
        class: class.into(),
        village: village.into(),
        ..sample(id, ["120101", "120102", "310101"][pick(3, 3)])
    }
}

/// Ids on both sides of the border of a block.
fn projects() -> Vec<CaseRow> {
    (1..=150).chain(4_030..=4_160).chain(12_280..=12_300).map(project).collect()
}

fn plainly(filter: &CaseFilter, row: &CaseRow) -> bool {
    let is = |asked: &Option<String>, has: &str| asked.as_ref().is_none_or(|asked| asked == has);
    let below = |code: kernel::region::RegionCode, has: Option<kernel::region::RegionCode>| {
        let code = code.to_string();
        let code = code.strip_suffix("0000").or_else(|| code.strip_suffix("00")).unwrap_or(&code);
        has.is_some_and(|has| has.to_string().starts_with(code))
    };
    let seen = match &filter.scope {
        Scope::All => true,
        Scope::Region(code) => below(*code, Some(row.desk)),
        Scope::Own(org) => row.applicant == *org,
        Scope::Assigned(org) => row.firm == Some(*org),
        Scope::None => false,
    };
    let texts = [&row.number, &row.title, &row.applicant_name, &row.company_name, &row.village];
    let words = filter.text.iter().flat_map(|text| text.split_whitespace());
    seen && is(&filter.procedure, &row.procedure)
        && is(&filter.standing, &row.standing)
        && is(&filter.stage, &row.stage)
        && is(&filter.class, &row.class)
        && is(&filter.village, &row.village)
        && filter.year.is_none_or(|year| row.year == year)
        && filter.desk.is_none_or(|desk| row.desk == desk)
        && filter.county.is_none_or(|county| below(county, row.county))
        && filter.parent.is_none_or(|parent| row.parent == Some(parent))
        && filter.unit.is_none_or(|unit| row.applicant == unit)
        && (!filter.library || row.library)
        && filter.least.is_none_or(|least| row.amount >= least)
        && filter.most.is_none_or(|most| row.amount <= most)
        && words.into_iter().all(|word| texts.iter().any(|text| text.contains(word)))
}

fn filters_and_words_leave_what_a_look_at_every_row_leaves(place: &Place) {
    let rows = projects();
    let reads = written(place, |book| rows.iter().for_each(|row| book.put_case(row).unwrap()));
    let all = CaseFilter { limit: 1_000, ..filter(Scope::All) };
    let yuan = |yuan: i64| Some(Money::from_fen(yuan * 100));
    let text = |text: &str| Some(text.to_owned());
    let asked = [
        all.clone(),
        CaseFilter { scope: Scope::Region(region("120000")), ..all.clone() },
        CaseFilter { scope: Scope::Region(region("120102")), year: Some(2019), ..all.clone() },
        CaseFilter { scope: Scope::Own(OrgId(3)), library: true, ..all.clone() },
        CaseFilter { scope: Scope::Assigned(OrgId(5)), county: Some(region("620100")), ..all.clone() },
        CaseFilter { scope: Scope::None, ..all.clone() },
        CaseFilter { county: Some(region("620000")), class: text("产业"), year: Some(2020), ..all.clone() },
        CaseFilter {
            village: text("北塔村"),
            standing: text("accepted"),
            stage: text("审核"),
            ..all.clone()
        },
        CaseFilter { county: Some(region("540302")), ..all.clone() },
        CaseFilter { county: Some(region("540302-L01")), year: Some(2019), ..all.clone() },
        CaseFilter { county: Some(region("540302-L02")), ..all.clone() },
        CaseFilter { least: yuan(1_000), most: yuan(2_000), ..all.clone() },
        CaseFilter { least: yuan(1_500), class: text("道路"), unit: Some(OrgId(2)), ..all.clone() },
        CaseFilter { most: yuan(0), ..all.clone() },
        CaseFilter { least: yuan(2_000), most: yuan(1_000), ..all.clone() },
        CaseFilter { parent: Some(CaseId(4_050)), ..all.clone() },
        CaseFilter { text: text("塔"), ..all.clone() },
        CaseFilter { text: text("塔村 道路"), ..all.clone() },
        CaseFilter { text: text("道路项目第3期 北塔"), ..all.clone() },
        CaseFilter { text: text("第4镇人民 〔2019〕4"), procedure: text("entry"), ..all.clone() },
        CaseFilter { text: text("北塔村饮水项目第9期"), ..all.clone() },
        CaseFilter { text: text("村北塔"), ..all.clone() },
    ];
    for filter in asked {
        let page = reads.cases(&filter).unwrap();
        let found: Vec<i64> = page.rows.iter().map(|row| row.case.get()).collect();
        let plain = rows.iter().rev().filter(|row| plainly(&filter, row)).map(|row| row.case.get());
        assert_eq!(found, plain.collect::<Vec<_>>(), "{filter:?}");
        assert_eq!(page.total, i64::try_from(found.len()).unwrap(), "{filter:?}");
    }
}

fn pages_follow_each_other_without_a_gap(place: &Place) {
    let rows = projects();
    let reads = written(place, |book| rows.iter().for_each(|row| book.put_case(row).unwrap()));
    for text in [None, Some("项目第3期".to_owned())] {
        let mut filter = CaseFilter { limit: 7, text, ..filter(Scope::All) };
        let mut seen = Vec::new();
        loop {
            let page = reads.cases(&filter).unwrap();
            seen.extend(page.rows.iter().map(|row| row.case.get()));
            filter.after = page.next;
            if filter.after.is_none() {
                break;
            }
        }
        let plain = rows.iter().rev().filter(|row| plainly(&filter, row)).map(|row| row.case.get());
        assert_eq!(seen, plain.collect::<Vec<_>>(), "{filter:?}");
    }
}

fn what_changed_is_found_by_what_it_is_now(place: &Place) {
    let reads = written(place, |book| {
        book.put_case(&project(1)).unwrap();
        book.put_case(&project(2)).unwrap();
        let title = "西沟村水塘清淤".to_owned();
        book.put_case(&CaseRow { title, standing: "refused".into(), ..project(1) }).unwrap();
    });
    let found = |text: &str| {
        let page = reads.cases(&CaseFilter { text: Some(text.into()), ..filter(Scope::All) }).unwrap();
        page.rows.iter().map(|row| row.case.get()).collect::<Vec<_>>()
    };
    assert_eq!(found("清淤"), [1]);
    assert_eq!(found("项目"), [2], "the old title finds it no more");
    let refused = CaseFilter { standing: Some("refused".into()), ..filter(Scope::All) };
    assert_eq!(reads.cases(&refused).unwrap().total, 1);
    let before = reads.digests().unwrap();
    let again = written(place, |book| {
        book.clear_rows().unwrap();
        book.put_case(&project(2)).unwrap();
        let title = "西沟村水塘清淤".to_owned();
        book.put_case(&CaseRow { title, standing: "refused".into(), ..project(1) }).unwrap();
    });
    assert_eq!(again.digests().unwrap(), before, "the way to it leaves no trace");
}

fn words_are_found_whatever_their_order_case_and_width(place: &Place) {
    let title = "Solar 50％ ２０２０年光伏".to_owned();
    let reads = written(place, |book| {
        book.put_case(&CaseRow { title, ..project(1) }).unwrap();
        book.put_case(&project(2)).unwrap();
    });
    for words in ["光伏 solar", "SOLAR", "50%", "2020", "伏", "２０２０年光", "政府 光伏"] {
        let page = reads.cases(&CaseFilter { text: Some(words.into()), ..filter(Scope::All) }).unwrap();
        assert_eq!(page.rows.iter().map(|row| row.case.get()).collect::<Vec<_>>(), [1], "{words}");
    }
}

fn look_alikes_are_of_the_place_or_of_the_same_unit_and_year(place: &Place) {
    let title = |title: &str, row: CaseRow| CaseRow {
        title: title.into(),
        library: true,
        standing: "open".into(),
        year: 2020,
        county: Some(region("620123")),
        applicant: OrgId(1),
        ..row
    };
    let mut opened = place.open();
    opened.book.begin().unwrap();
    for row in [
        title("北塔村2019柑橘产业园区", project(1)),
        CaseRow { year: 2017, applicant: OrgId(9), ..title("北塔村柑橘产业园", project(2)) },
        CaseRow { county: Some(region("431202")), ..title("北塔村柑橘产业园建设", project(3)) },
        CaseRow {
            county: Some(region("431202")),
            applicant: OrgId(9),
            ..title("北塔村柑橘产业园", project(4))
        },
        CaseRow { standing: "withdrawn".into(), ..title("北塔村柑橘产业园", project(5)) },
        CaseRow { library: false, ..title("北塔村柑橘产业园", project(6)) },
        CaseRow { pack: "other".into(), ..title("北塔村柑橘产业园", project(7)) },
        title("南塔村道路硬化", project(8)),
    ] {
        opened.book.put_case(&row).unwrap();
    }
    let key = AlikeKey {
        case: CaseId(1),
        pack: "tianjin".into(),
        title: "北塔村2020柑橘产业园".into(),
        place: Some(region("620123")),
        applicant: OrgId(1),
        year: 2020,
    };
    assert_eq!(opened.book.alike(&key).unwrap(), [CaseId(2), CaseId(3)]);
    let elsewhere = AlikeKey { case: CaseId(99), place: None, ..key.clone() };
    assert_eq!(opened.book.alike(&elsewhere).unwrap(), [CaseId(1), CaseId(3)], "of the same unit and year");
    let unlike = AlikeKey { title: "东山村卫生室".into(), ..key.clone() };
    assert_eq!(opened.book.alike(&unlike).unwrap(), []);
    assert_eq!(opened.book.alike(&AlikeKey { title: "园".into(), ..key }).unwrap(), []);
    opened.book.commit().unwrap();
}

fn a_book_without_an_index_gets_the_same_one(place: &Place) {
    let rows = projects();
    let before = written(place, |book| rows.iter().for_each(|row| book.put_case(row).unwrap()));
    let before = before.digests().unwrap();
    let mut engine = place.writer();
    engine.begin_write().unwrap();
    engine.run(&store::sql::find::FIND_CLEAR, &[]).unwrap();
    case::make_findable(&mut engine).unwrap();
    engine.commit().unwrap();
    drop(engine);
    assert_eq!(place.open().reads.digests().unwrap(), before);
    let mut engine = place.writer();
    engine.begin_write().unwrap();
    engine.run(&store::sql::find::FIND_CLEAR, &[]).unwrap();
    engine.commit().unwrap();
    drop(engine);
    assert_eq!(place.open().reads.digests().unwrap(), before, "opening makes it");
}

/// Carries out a command for each row, in one transaction.
fn batch<'r>(book: &mut dyn Book, number: i64, rows: impl IntoIterator<Item = &'r CaseRow>) {
    book.begin().unwrap();
    for row in rows {
        book.savepoint().unwrap();
        book.append(act(&format!("case:{}", row.case), number)).unwrap();
        book.put_case(row).unwrap();
        book.release().unwrap();
    }
    book.commit().unwrap();
}

fn what_the_writer_keeps_of_the_index_is_what_is_stored(place: &Place) {
    let (mut here, mut there) = (place.open().book, place.open().book);
    let later = |row: &CaseRow| CaseRow {
        title: row.title.replace("项目", "工程"),
        stage: "公示".into(),
        amount: Money::from_fen(row.case.get() * 104_729 % 900_000),
        ..row.clone()
    };
    let rows = projects();
    for (number, some) in (0..).zip(rows.chunks(60)) {
        batch(&mut here, number, some);
        // Another process changes half of what stands in the same rows of the index.
        let changed: Vec<CaseRow> = some.iter().map(later).collect();
        batch(&mut there, number, changed.iter().step_by(2));
        batch(&mut here, number, changed.iter().skip(1).step_by(2));
    }
    let other = place.another();
    let plainly = written(&other, |book| rows.iter().for_each(|row| book.put_case(&later(row)).unwrap()));
    assert_eq!(place.open().reads.digests().unwrap(), plainly.digests().unwrap());
}

fn what_was_given_up_is_not_kept(place: &Place) {
    let mut book = place.open().book;
    book.begin().unwrap();
    // A transaction without commands writes before its end.
    (1..=4_100).for_each(|id| book.put_case(&project(id)).unwrap());
    book.rollback().unwrap();
    let rows = projects();
    batch(&mut book, 1, &rows);
    let other = place.another();
    let plainly = written(&other, |book| rows.iter().for_each(|row| book.put_case(row).unwrap()));
    assert_eq!(place.open().reads.digests().unwrap(), plainly.digests().unwrap());
}
