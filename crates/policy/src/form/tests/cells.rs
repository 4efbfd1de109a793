//! Every type of field with what it takes and what it refuses.

use super::*;
use crate::form::FindingKind;
use crate::lang::Value;
use crate::pack::Level;

/// Field, text, and a part of the Chinese message when it is refused.
const CELLS: &[(&str, &str, Option<&str>)] = &[
    ("name", "六个字的名称", None),
    ("name", "七个字的名称了", Some("最多6字，多了1字")),
    ("name", "甲\n乙", Some("只能写一行")),
    ("name", "甲\u{0}乙", Some("控制字符")),
    ("intro", "甲\n乙\t丙", None),
    ("mode", "project", None),
    ("mode", "生产", None),
    ("mode", "produktion", Some("不在“方式”的可选值之中")),
    ("paid_in", "1,000,000.00", None),
    ("paid_in", "96.54712万元", None),
    ("paid_in", "-5", None),
    ("paid_in", "约20万元", Some("约数")),
    ("paid_in", "0.001", Some("分")),
    ("paid_in", "sealed:x", Some("“实缴额”")),
    ("staff", "50", None),
    ("staff", "５０人", None),
    ("staff", "50户", Some("单位不同")),
    ("staff", "50.5", Some("不是")),
    ("staff", "-1", Some("“用工”")),
    ("county", "620123", None),
    ("county", "甘肃省兰州市榆中县", None),
    ("county", "999999", Some("没有")),
    ("county", "城关区", Some("只写了名称")),
    ("founded_on", "2019-10-09", None),
    ("founded_on", "2019.10.9", None),
    ("founded_on", "20191009", None),
    ("founded_on", "2019年10月9日", None),
    ("founded_on", "2019-02-29", Some("没有这一天")),
    ("fresh", "true", None),
    ("fresh", "否", None),
    ("fresh", "也许", Some("看不出")),
    ("finished_in", "2019-10", None),
    ("finished_in", "2019.1", None),
    ("finished_in", "201910", None),
    ("finished_in", "２０１９年１０月", None),
    ("finished_in", "2019-13", Some("年月")),
    ("finished_in", "2019-10-09", Some("年月")),
    ("finished_in", "2019", Some("年月")),
    ("year", "2019", None),
    ("year", "2019年", None),
    ("year", "19", Some("年份")),
    ("year", "1899", Some("年份")),
    ("year", "1900", None),
    ("year", "2199", None),
    ("year", "2200", Some("年份")),
    ("code", "91350100M000100Y43", None),
    ("code", "91350100M000100Y44", Some("校验位不符")),
    ("code", "91350100M000100Y4", Some("18 位")),
    ("person", "11010519491231002X", None),
    ("person", "110105194912310021", Some("校验位不符")),
    ("person", "sealed:7f3a", None),
    ("account", "6222 0212 3456 7890 123", None),
    ("account", "12345678", None),
    ("account", "1234567", Some("账号")),
    ("account", "6222A021", Some("账号")),
    ("account", "sealed:ab", None),
    ("mobile", "13812345678", None),
    ("mobile", "+86 138 1234 5678", None),
    ("mobile", "022-88880000", None),
    ("mobile", "(022)88880000转801", None),
    ("mobile", "0931-8888888-12", None),
    ("mobile", "88880000", None),
    ("mobile", "400-810-8888", None),
    ("mobile", "022-88880000、13812345678", None),
    ("mobile", "12812345678", Some("电话")),
    ("mobile", "1381234567", Some("电话")),
    ("mobile", "没有", Some("电话")),
    ("mobile", "022-1", Some("电话")),
    ("zip", "300040", None),
    ("zip", "30004", Some("6位数字")),
    ("zip", "30004O", Some("6位数字")),
    ("rate", "30%", None),
    ("rate", "1/3", None),
    ("rate", "三分之二", None),
    ("rate", "30", Some("百分之几")),
    ("weight", "12", None),
    ("weight", "1,234.5", None),
    ("weight", "999999999.999999", None),
    ("weight", "1000000000", Some("位数")),
    ("weight", "0.0000001", Some("位数")),
    ("weight", "12.", Some("数量")),
    ("weight", ".5", Some("数量")),
    ("weight", "1,23", Some("数量")),
    ("weight", "3台", Some("数量")),
    ("weight", "-1", Some("数量")),
];

#[test]
fn each_type_takes_its_spellings_and_says_what_is_wrong_with_others() {
    for (field, text, refused) in CELLS {
        let found = check(&fields(&[(field, text)]));
        let here = at(&found, "head", None, field);
        match refused {
            None => assert!(here.is_empty(), "{field} {text:?}: {here:?}"),
            Some(part) => {
                assert_eq!(here.len(), 1, "{field} {text:?}: {here:?}");
                let message = &here[0].message;
                assert!(message.zh.contains(part), "{field} {text:?}: {}", message.zh);
                assert!(message.zh.starts_with('“') && !message.en.is_empty(), "{message:?}");
                assert!(here[0].hint.as_ref().is_some_and(|hint| !hint.zh.is_empty() && !hint.en.is_empty()));
                assert_eq!((here[0].level, here[0].kind), (Level::Error, FindingKind::Invalid));
            }
        }
    }
}

#[test]
fn a_refused_or_empty_cell_gives_no_fact_and_a_good_one_its_value() {
    let good = check(&fields(&[("paid_in", "96.54712万元"), ("staff", "50"), ("mode", "生产")]));
    assert_eq!(good.facts.get("paid_in"), Some(&Value::Money(Money::from_fen(96_547_120))));
    assert_eq!(good.facts.get("staff"), Some(&Value::Count(50)));
    assert_eq!(good.facts.get("mode"), Some(&Value::Member(1)));
    let bad = check(&fields(&[("paid_in", "约20万元"), ("staff", "  ")]));
    assert!(!bad.facts.contains_key("paid_in") && !bad.facts.contains_key("staff"));
}

#[test]
fn the_unit_of_the_heading_counts_where_none_is_written() {
    let data = fields(&[("paid_in", "1000001"), ("capital", "100")]);
    let over = check(&data);
    assert_eq!(at(&over, "head", None, "paid_in").len(), 1, "1,000,001 yuan are more than 100 万元");
    let within = check(&fields(&[("paid_in", "1000000"), ("capital", "100")]));
    assert!(at(&within, "head", None, "paid_in").is_empty());
}

#[test]
fn a_refused_identity_number_is_not_repeated() {
    let found = check(&fields(&[("person", "110105194912310021"), ("account", "62220212X")]));
    for finding in &found.findings {
        assert!(
            !format!("{finding:?}").contains("194912310021") && !format!("{finding:?}").contains("62220212")
        );
    }
}
