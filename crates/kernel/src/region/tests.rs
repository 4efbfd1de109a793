//! Places: embedded data whole, dated changes, repeated names, the tree, drop-downs, zones.

use super::*;
use jiff::civil::date;

fn code(text: &str) -> RegionCode {
    text.parse().unwrap()
}

fn codes(texts: &[&str]) -> Vec<RegionCode> {
    texts.iter().map(|t| code(t)).collect()
}

#[test]
fn no_line_of_the_data_is_left_out() {
    let table = Gazetteer::get();
    let lines: Vec<_> = table::lines(table::REGIONS).chain(table::lines(table::ZONES)).collect();
    assert_eq!(table.regions().len(), lines.len());
    assert!(lines.iter().all(|line| table::region(line).is_some()));
    for line in table::lines(table::SUCCESSIONS) {
        let link = table::succession(line).unwrap_or_else(|| panic!("{line}"));
        assert!(table.region(link.old).is_some() && table.region(link.new).is_some(), "{line}");
        assert_eq!(table.same_place(link.old, link.new), link.same, "{line}");
        assert!(table.region(link.old).is_some_and(|r| !r.holds_still()), "{line}");
    }
}

#[test]
fn the_table_of_april_2019_and_of_september_2026() {
    let count =
        |date| Gazetteer::get().regions().iter().filter(|r| !r.code.is_local() && r.holds_on(date)).count();
    assert_eq!(count(date(2019, 4, 30)), 3219);
    // Two codes of 2026 have no known date of their own but the day of the table.
    assert_eq!(count(date(2026, 9, 13)), 3214);
}

#[test]
fn every_region_hangs_on_the_tree_and_one_code_has_one_name_at_a_time() {
    let table = Gazetteer::get();
    for region in table.regions() {
        let top = region.code.level() == RegionLevel::Province;
        assert_eq!(table.parent(region.code).is_none(), top, "{region:?}");
        assert!(region.since < region.until, "{region:?}");
        let mut held =
            table.regions().iter().filter(|r| r.code == region.code && r.holds_on(date(2019, 4, 30)));
        assert!(held.next().is_none() || held.next().is_none(), "{region:?}");
    }
}

#[test]
fn tongren_is_one_place_under_two_names_and_codes() {
    let table = Gazetteer::get();
    let (county, city) = (code("632321"), code("632301"));
    assert_eq!(table.place_of(county), table.place_of(city));
    assert_eq!(table.place_of(city).map(|p| p.to_string()).as_deref(), Some("632321"));
    assert!(table.same_place(county, city) && !table.same_place(county, code("632322")));
    assert_eq!(table.codes_of(city), [city, county]);
    for known in [county, city] {
        assert_eq!(table.name_on(known, date(2019, 11, 1)), Some("同仁县"));
        assert_eq!(table.name_on(known, date(2020, 12, 31)), Some("同仁县"));
        assert_eq!(table.name_on(known, date(2021, 1, 1)), Some("同仁市"));
        assert_eq!(table.code_on(known, date(2021, 1, 1)), Some(city));
        assert_eq!(table.path_on(known, date(2021, 1, 1)).unwrap().concat(), "青海省黄南藏族自治州同仁市");
        assert!(table.contains(code("632300"), known) && table.contains(code("630000"), known));
        assert!(table.contains(county, known) && table.contains(city, known));
    }
}

#[test]
fn one_to_one_changes_are_one_place_and_mergers_are_not() {
    let table = Gazetteer::get();
    let same = [
        ("130823", "130881"), // 平泉县, 平泉市
        ("220381", "220184"), // 公主岭市, to another prefecture
        ("361121", "361104"), // 上饶县, 广信区
        ("542121", "540302"), // 昌都县, 卡若区
        ("542623", "540481"), // 米林县, twice
        ("542400", "540600"), // 那曲地区, 那曲市
    ];
    for (old, new) in same {
        assert!(table.same_place(code(old), code(new)), "{old} {new}");
    }
    let merged = [
        ("320611", "320613"), // 港闸区 into 崇川区
        ("320602", "320613"), // the old 崇川区 is not the larger new one
        ("370684", "370614"), // 蓬莱市 and 长岛县 into 蓬莱区
        ("500105", "500157"), // 江北区 and 渝北区 into 两江新区
        ("330103", "330105"), // 下城区 into 拱墅区
    ];
    for (old, new) in merged {
        assert!(!table.same_place(code(old), code(new)), "{old} {new}");
        assert_eq!(table.merged_into(code(old)), Some(code(new)));
    }
    // The same code under another name.
    assert_eq!(table.name_on(code("130502"), date(2019, 1, 1)), Some("桥东区"));
    assert_eq!(table.name_on(code("130502"), date(2021, 1, 1)), Some("襄都区"));
}

#[test]
fn a_name_alone_never_resolves_and_a_full_path_does() {
    let table = Gazetteer::get();
    let twice = [
        ("通州区", ["110112", "320612"]),
        ("城关区", ["540102", "620102"]),
        ("和平区", ["120101", "210102"]),
    ];
    for (name, both) in twice {
        assert_eq!(table.named(name), codes(&both), "{name}");
        let error = table.resolve(name, Some(date(2019, 10, 9))).unwrap_err();
        assert_eq!((error.fault, error.candidates), (RegionFault::NameAlone, codes(&both)), "{name}");
    }
    // Unique today, still only a name.
    assert_eq!(table.resolve("榆中县", None).unwrap_err().fault, RegionFault::NameAlone);
    let paths = [
        ("甘肃省兰州市榆中县", "620123"),
        ("甘肃省 兰州市 榆中县", "620123"),
        ("甘肃省/兰州市/榆中县", "620123"),
        ("甘肃省", "620000"),
        ("天津市和平区", "120101"),
        ("辽宁省沈阳市和平区", "210102"),
        ("北京市通州区", "110112"),
        ("江苏省南通市通州区", "320612"),
        ("西藏自治区拉萨市城关区", "540102"),
        ("湖北省仙桃市", "429004"),
        ("青海省黄南藏族自治州同仁县", "632321"),
        ("青海省黄南藏族自治州同仁市", "632301"),
        ("西藏自治区昌都市卡若区昌都经开区", "540302-L01"),
        (" 620123 ", "620123"),
        ("540302-L01", "540302-L01"),
    ];
    for (text, want) in paths {
        assert_eq!(table.resolve(text, None), Ok(code(want)), "{text}");
    }
}

#[test]
fn what_is_not_a_place_is_refused_with_what_could_be_meant() {
    use crate::explain::Explain;
    let table = Gazetteer::get();
    let cases = [
        ("", RegionFault::Empty, vec![]),
        ("620199", RegionFault::UnknownCode, vec![]),
        ("甘肃榆中县", RegionFault::Unknown, codes(&["620123"])),
        ("某某县", RegionFault::Unknown, vec![]),
        ("福建省三明市三元区", RegionFault::Ambiguous, codes(&["350403", "350404"])),
    ];
    for (text, fault, candidates) in cases {
        let error = table.resolve(text, None).unwrap_err();
        assert_eq!((error.fault, error.candidates), (fault, candidates), "{text}");
    }
    let sanyuan = |on| table.resolve("福建省三明市三元区", Some(on));
    assert_eq!(sanyuan(date(2019, 10, 9)), Ok(code("350403")));
    assert_eq!(sanyuan(date(2023, 10, 9)), Ok(code("350404")));
    let error = table.resolve("通州区", None).unwrap_err();
    assert!(
        error.hint_zh().contains("北京市通州区（110112）、江苏省南通市通州区（320612）"),
        "{}",
        error.hint_zh()
    );
    assert_eq!(error.span(), 0..9);
}

#[test]
fn the_tree_contains() {
    let table = Gazetteer::get();
    let cases = [
        ("620000", "620123", true),
        ("620100", "620123", true),
        ("620123", "620123", true),
        ("620123", "620100", false),
        ("620500", "620123", false),
        ("120000", "120101", true),
        ("420000", "429004", true),
        ("540302", "540302-L01", true),
        ("540300", "540302-L01", true),
        ("540302-L01", "540302", false),
        ("542400", "540621", true), // 那曲地区 is the place 那曲市
        ("620000", "620199", false),
        ("629900", "620123", false),
    ];
    for (area, inner, want) in cases {
        assert_eq!(table.contains(code(area), code(inner)), want, "{area} {inner}");
    }
    // 公主岭市 moved from 四平市 to 长春市.
    let moved = code("220184");
    assert!(table.contains_on(code("220300"), moved, date(2019, 10, 9)));
    assert!(!table.contains_on(code("220300"), moved, date(2021, 10, 9)));
    assert!(table.contains_on(code("220100"), moved, date(2021, 10, 9)));
}

#[test]
fn drop_downs_on_a_date() {
    let table = Gazetteer::get();
    let names = |on| table.children_on(code("632300"), on).iter().map(|r| r.name).collect::<Vec<_>>();
    assert_eq!(names(date(2019, 10, 9)), ["同仁县", "尖扎县", "泽库县", "河南蒙古族自治县"]);
    assert_eq!(names(date(2021, 10, 9)), ["同仁市", "尖扎县", "泽库县", "河南蒙古族自治县"]);
    assert_eq!(table.children(code("120000")).len(), 16);
    let gansu: Vec<_> = table.children(code("620000")).iter().map(|r| r.name).collect();
    assert_eq!((gansu.len(), gansu[0], gansu[13]), (14, "兰州市", "甘南藏族自治州"));
    assert_eq!(table.provinces().len(), 34);
    // Counties directly under a province stand beside its prefectures.
    assert!(table.children(code("420000")).iter().any(|r| r.name == "仙桃市"));
    let zones: Vec<_> =
        table.children(code("540302")).iter().map(|r| (r.code.to_string(), r.code.is_local())).collect();
    assert_eq!(zones, [("540302-L01".to_owned(), true)]);
    assert_eq!(table.path(code("540302-L01")).unwrap(), ["西藏自治区", "昌都市", "卡若区", "昌都经开区"]);
}

#[test]
fn codes_have_a_shape() {
    for good in ["620123", "110000", "540302-L01", "540302-L99"] {
        assert_eq!(code(good).to_string(), good);
    }
    let bad = [
        "",
        "62012",
        "6201234",
        "62O123",
        "６２０１２３",
        "000000",
        "100000",
        "990000",
        "540302-L00",
        "540302-L1",
        "540302-L100",
        "540302-01",
        "540300-L01",
        " 620123",
        "+20123",
        "540302-L+1",
    ];
    for text in bad {
        assert_eq!(text.parse::<RegionCode>(), Err(RegionCodeError), "{text}");
    }
    let levels = ["620000", "620100", "620123", "540302-L01"].map(|t| code(t).level());
    assert_eq!(
        levels,
        [RegionLevel::Province, RegionLevel::Prefecture, RegionLevel::County, RegionLevel::Zone]
    );
}

#[test]
fn the_districts_and_counties_of_the_tianjin_regime_are_there() {
    let table = Gazetteer::get();
    let counties = [
        "620123", "620122", "620121", "620503", "620521", "620523", "620522", "620524", "620525", "620802",
        "620822", "620825", "620826", "620821", "620423", "620422", "620421", "621022", "621021", "621026",
        "621024", "621023", "621025", "621027", "620622", "620623", "623001", "623025", "623021", "623023",
        "623022", "623027", "623024", "623026", "130821", "130825", "130881", "130822", "130828", "653225",
        "653226", "653227", "540302", "540321", "540324", "540322", "632321", "632322", "632323", "632324",
    ];
    assert_eq!(counties.len(), 50);
    for county in counties {
        assert!(table.region_on(code(county), date(2019, 10, 9)).is_some(), "{county}");
        assert_eq!(table.path(code(county)).map(|p| p.len()), Some(3), "{county}");
    }
}
