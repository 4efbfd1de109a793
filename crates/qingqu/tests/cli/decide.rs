//! `decide`: the boundary cases of the acceptance list, lines that cannot be read, tables, order, and what a decision says.

use crate::run::{fixture, run};
use qingqu::cli::Exit;
use serde_json::{Value, json};

fn decided(words: &[&str], input: &str) -> (Exit, Vec<Value>) {
    let ran = run(&[&["decide", "--policy", "tianjin"], words, &["-"]].concat(), input.as_bytes());
    (ran.exit, ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

/// The first boundary case with some facts written otherwise.
fn with(facts: Value) -> String {
    let text = std::fs::read_to_string(fixture("boundaries.jsonl")).expect("the fixture");
    let mut case: Value = serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
    for (name, value) in facts.as_object().expect("facts") {
        case["facts"][name] = value.clone();
    }
    case.to_string()
}

/// What comes of a case: outcome, amount, then unmet rules or missing facts.
type Expected = (&'static str, &'static str, &'static str, &'static [&'static str]);

const BOUNDARIES: [Expected; 27] = [
    ("share-exactly-30", "grant", "1237037.03", &[]),
    ("share-24", "refuse", "", &["holding"]),
    ("share-29.9999", "refuse", "", &["holding"]),
    ("paid-in-1000000.00", "grant", "1237037.03", &[]),
    ("paid-in-999999.99", "refuse", "", &["paid_in"]),
    ("lifted-50", "grant", "1237037.03", &[]),
    ("lifted-49", "refuse", "", &["poor"]),
    ("staff-15-of-50", "grant", "1237037.03", &[]),
    ("staff-14-of-50", "refuse", "", &["poor"]),
    ("company-first", "grant", "1237037.03", &[]),
    ("company-second", "refuse", "", &["once"]),
    ("county-second", "grant", "1237037.03", &[]),
    ("county-third", "refuse", "", &["twice"]),
    ("last-day-of-2019", "grant", "1237037.03", &[]),
    ("first-day-of-2020", "grant", "1030864.19", &[]),
    ("tongren-new-code", "grant", "1237037.03", &[]),
    ("tongren-old-code", "grant", "1237037.03", &[]),
    ("karuo", "grant", "1237037.03", &[]),
    ("karuo-zone", "grant", "1237037.03", &[]),
    ("beijing", "refuse", "", &["area"]),
    ("no-payslips-60-lifted", "grant", "1237037.03", &[]),
    ("no-payslips-10-lifted", "pending", "", &["poor_staff"]),
    ("capped", "grant", "2000000.00", &[]),
    ("first-day-in-force", "grant", "1237037.03", &[]),
    ("day-before", "invalid", "", &[]),
    ("last-day-in-force", "grant", "1030864.19", &[]),
    ("day-after", "invalid", "", &[]),
];

#[test]
fn every_boundary_on_both_sides() {
    let text = std::fs::read_to_string(fixture("boundaries.jsonl")).expect("the fixture");
    for brief in [&["--brief"][..], &[]] {
        let (exit, found) = decided(brief, &text);
        assert_eq!((exit, found.len()), (Exit::No, BOUNDARIES.len()));
        for (decision, (id, outcome, amount, ids)) in found.iter().zip(BOUNDARIES) {
            assert_eq!((&decision["case_id"], &decision["outcome"]), (&json!(id), &json!(outcome)));
            if outcome == "invalid" {
                continue;
            }
            let amount = if amount.is_empty() { Value::Null } else { json!(amount) };
            let list = if outcome == "pending" { "missing" } else { "unmet" };
            assert_eq!((&decision["amount"], &decision[list]), (&amount, &json!(ids)), "{id}");
            assert_eq!(decision.get("rules").is_none(), brief.len() == 1, "{id}");
        }
    }
}

#[test]
fn a_day_outside_the_time_in_force_names_it_and_its_article() {
    let case = with(json!({})).replace("2019-11-01", "2021-01-01");
    for (lang, what) in [
        ("zh", "2021-01-01 不在施行期内：2019-10-09 至 2020-12-31（第十九条）"),
        ("en", "2021-01-01 is outside the time in force, 2019-10-09 to 2020-12-31 (Article 19)"),
    ] {
        let (_, found) = decided(&["--lang", lang], &case);
        assert_eq!(
            (&found[0]["error"]["what"], &found[0]["error"]["where"]),
            (&json!(what), &json!("as_of"))
        );
    }
}

#[test]
fn a_refusal_gives_every_rule_with_article_item_and_operands() {
    let (exit, found) = decided(&[], &with(json!({ "share": "24%" })));
    let decision = &found[0];
    assert_eq!(exit, Exit::Done);
    assert_eq!(decision["rules"].as_array().expect("rules").len(), 11);
    let holding = decision["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .find(|rule| rule["id"] == "holding")
        .expect("holding");
    assert_eq!(
        (&holding["article"], &holding["item"], &holding["outcome"]),
        (&json!("7"), &json!("1"), &json!("unmet"))
    );
    assert_eq!(
        holding["operands"],
        json!([
            { "fact": "share", "name": "投资主体持股比例", "value": "24%", "unit": null },
            { "param": "min_share", "name": "最低持股比例", "value": "30%", "unit": null },
            { "fact": "new_company", "name": "投资主体新设企业", "value": false, "unit": null },
        ])
    );
    let sentence = holding["sentence"].as_str().expect("a sentence");
    assert!(
        sentence.contains("24%") && sentence.contains("30%") && sentence.contains("第七条"),
        "{sentence}"
    );
    let operand = |rule: &str, id: &str| -> Value {
        let rules = decision["rules"].as_array().expect("rules");
        let rule = rules.iter().find(|one| one["id"] == rule).expect("the rule");
        let operands = rule["operands"].as_array().expect("operands");
        operands.iter().find(|one| one["fact"] == id || one["param"] == id).expect("the operand").clone()
    };
    for (rule, id, value, unit) in [
        ("paid_in", "paid_in", json!("1000000.00"), json!("元")),
        ("poor", "staff", json!(50), json!("人")),
        ("once", "grants_company", json!(0), json!("次")),
        ("new_invest", "mode", json!("project"), json!(null)),
        ("area", "county", json!("620123"), json!(null)),
    ] {
        let found = operand(rule, id);
        assert_eq!((&found["value"], &found["unit"]), (&value, &unit), "{rule} {id}");
    }
    assert_eq!(decision["pack"]["id"], "tianjin");
    assert_eq!(decision["computation"]["terms"].as_array().expect("terms").len(), 3);
}

#[test]
fn sentences_come_in_english_too_and_missing_facts_name_their_papers() {
    let case = with(json!({ "lifted": 10, "poor_staff": null }));
    let (_, found) = decided(&["--lang", "en"], &case);
    assert_eq!(found[0]["missing_facts"][0]["proof"], json!(["staff", "payslips"]));
    assert_eq!(found[0]["missing_facts"][0]["name"], "registered poor employees");
    let english = |rule: &Value| rule["sentence"].as_str().is_some_and(|text| text.contains("(art. "));
    assert!(found[0]["rules"].as_array().expect("rules").iter().all(english), "{}", found[0]["rules"]);
}

/// A line, then what is found wrong with it: where, and a word of what or how to mend it.
type Wrong = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const WRONG: [Wrong; 17] = [
    ("not JSON", "not json", &[("第 2 列", "JSON")]),
    (
        "cut short",
        r#"{"case_id":"a","as_of":"2019-11-01","facts":{"share":"30%""#,
        &[("第 58 列", "没有写完整")],
    ),
    (
        "after Chinese, columns count characters",
        r#"{"case_id":"甲","as_of":"2019-11-01",}"#,
        &[("第 37 列", "JSON")],
    ),
    ("a list", "[1]", &[("第 1 列", "对象")]),
    ("no id", r#"{"as_of":"2019-11-01","facts":{}}"#, &[("case_id", "没有案件编号")]),
    ("an id as a number", r#"{"case_id":7,"as_of":"2019-11-01","facts":{}}"#, &[("case_id", "引号")]),
    ("no day", r#"{"case_id":"a","facts":{}}"#, &[("as_of", "哪一天")]),
    ("no such day", r#"{"case_id":"a","as_of":"2019-02-30","facts":{}}"#, &[("as_of", "2019-02-30")]),
    ("no facts", r#"{"case_id":"a","as_of":"2019-11-01"}"#, &[("facts", "没有事实")]),
    (
        "a key misspelt",
        r#"{"case_id":"a","as_of":"2019-11-01","fact":{},"facts":{}}"#,
        &[("fact", "`facts`")],
    ),
    (
        "a key twice",
        r#"{"case_id":"a","case_id":"b","as_of":"2019-11-01","facts":{}}"#,
        &[("case_id", "两次")],
    ),
    (
        "a fact misspelt",
        r#"{"case_id":"a","as_of":"2019-11-01","facts":{"shrae":"30%"}}"#,
        &[("facts.shrae", "`share`")],
    ),
    (
        "a fact twice",
        r#"{"case_id":"a","as_of":"2019-11-01","facts":{"share":"30%","share":"30%"}}"#,
        &[("facts.share", "两次")],
    ),
    (
        "money as a number",
        r#"{"case_id":"a","as_of":"2019-11-01","facts":{"paid_in":1000000.00}}"#,
        &[("facts.paid_in", "\"1000000.00\"")],
    ),
    (
        "half a person",
        r#"{"case_id":"a","as_of":"2019-11-01","facts":{"staff":50.5}}"#,
        &[("facts.staff", "")],
    ),
    (
        "a list for a value",
        r#"{"case_id":"a","as_of":"2019-11-01","facts":{"staff":[50]}}"#,
        &[("facts.staff", "不是一个值")],
    ),
    (
        "all at once",
        r#"{"case_id":"a","as_of":"x","facts":{"county":"999999","mode":"projekt","paid_in":"0.001","share":0.3}}"#,
        &[
            ("as_of", "x"),
            ("facts.county", ""),
            ("facts.mode", "`project`"),
            ("facts.paid_in", ""),
            ("facts.share", "30%"),
        ],
    ),
];

#[test]
fn a_line_that_cannot_be_read_says_all_that_is_wrong_and_the_rest_goes_on() {
    for (name, line, wrong) in WRONG {
        let input = format!("{}\n\n{line}\n{}\n", with(json!({})), with(json!({ "share": "24%" })));
        let (exit, found) = decided(&["--brief"], &input);
        let outcomes: Vec<&str> = found.iter().filter_map(|one| one["outcome"].as_str()).collect();
        assert_eq!((exit, outcomes), (Exit::No, vec!["grant", "invalid", "refuse"]), "{name}");
        assert_eq!(found[1]["line"], 3, "{name}");
        let more = found[1].get("more_errors").and_then(Value::as_array).cloned().unwrap_or_default();
        let all: Vec<Value> = std::iter::once(found[1]["error"].clone()).chain(more).collect();
        assert_eq!(all.len(), wrong.len(), "{name}: {all:?}");
        for (error, (place, said)) in all.iter().zip(wrong) {
            let text =
                format!("{} {}", error["what"].as_str().unwrap_or(""), error["hint"].as_str().unwrap_or(""));
            assert!(error["where"] == *place && text.contains(said), "{name}: {error}");
        }
    }
}

#[test]
fn the_case_is_named_even_when_its_line_breaks_off() {
    let (_, found) = decided(&[], r#"{"case_id":"2019-007","as_of":"2019-11-01","facts":{"#);
    assert_eq!((&found[0]["case_id"], &found[0]["outcome"]), (&json!("2019-007"), &json!("invalid")));
}

#[test]
fn null_is_not_known() {
    let (exit, found) = decided(&["--brief"], &with(json!({ "share": null })));
    assert_eq!(
        (exit, &found[0]["outcome"], &found[0]["missing"]),
        (Exit::Done, &json!("pending"), &json!(["share"]))
    );
}

const TABLE: &str = "\
case_id,as_of,county,investor_in_tj,investor_lawful,company_lawful,投资主体持股比例,new_company,paid_in,mode,new_invest,invest_3y,\
staff,poor_staff,lifted,grants_company,grants_county,tj_subsidy,changdu_fund,hotan_fund
a,2019-11-01,620123,TRUE,是,true,30%,FALSE,\"1,000,000.00\",项目投资补贴,300万元,4123456.78,50,12,60,0,1,false,否,FALSE
b,2019/11/1,620123,TRUE,是,true,30%,FALSE,999999.99,project,300万元,4123456.78,50,12,60,0,1,false,否,FALSE
c,2019-11-01,620123,TRUE,是,true,,FALSE,100万元,project,300万元,4123456.78,50,12,60,0,1,false,否,FALSE
d,2019-11-01,620123
e,2019-11-01,620123,TRUE,是,true,30%,FALSE,\"100万元,project,300万元,4123456.78,50,12,60,0,1,false,否,FALSE
f,2019-11-01,620123,TRUE,是,true,30%,maybe,100万元,project,300万元,4123456.78,50,12,60,0,1,false,否,FALSE
";

#[test]
fn a_table_is_read_with_or_without_a_mark_and_each_slip_stays_in_its_line() {
    for (mark, ends) in [("", "\n"), ("\u{feff}", "\r\n")] {
        let (exit, found) = decided(&["--brief"], &format!("{mark}{}", TABLE.replace('\n', ends)));
        let seen: Vec<String> = found
            .iter()
            .map(|one| format!("{} {}", one["case_id"], one["outcome"]).replace('"', ""))
            .collect();
        assert_eq!(seen, ["a grant", "b refuse", "c pending", "d invalid", "e invalid", "f invalid"]);
        assert_eq!((exit, &found[0]["amount"]), (Exit::No, &json!("1237037.03")));
        assert_eq!(found[2]["missing"], json!(["share"]));
        assert!(
            found[3]["error"]["what"]
                .as_str()
                .is_some_and(|what| what.contains("3 格") && what.contains("20 列"))
        );
        assert_eq!((&found[4]["line"], &found[4]["error"]["where"]), (&json!(6), &json!("第 9 列")));
        assert_eq!(found[5]["error"]["where"], "facts.new_company");
    }
}

#[test]
fn a_header_that_cannot_be_used_is_refused_before_any_case() {
    for (header, said) in [
        ("case_id,as_of,shrae", "`share`"),
        ("case_id,as_of,share,投资主体持股比例", "写了两次"),
        ("case_id,share", "缺少 as_of 列"),
        ("as_of,share", "缺少 case_id 列"),
        ("case_id,as_of,\"share", "引号没有成对"),
    ] {
        let ran =
            run(&["decide", "--policy", "tianjin", "-"], format!("{header}\na,2019-11-01,30%\n").as_bytes());
        assert!(
            ran.exit == Exit::Usage && ran.out.is_empty() && ran.talk.contains(said),
            "{header}: {}",
            ran.talk
        );
    }
}

#[test]
fn what_is_not_utf8_is_said_by_its_line() {
    // 兰州 in GBK, in a fact of line 2 and in a header.
    let gbk = b"\xc0\xbc\xd6\xdd";
    let input = [with(json!({})).as_bytes(), b"\n{\"case_id\":\"", gbk, b"\"}\n"].concat();
    let ran = run(&["decide", "--policy", "tianjin", "--brief", "-"], &input);
    let second: Value = serde_json::from_str(ran.out.lines().nth(1).expect("two lines")).expect("JSON");
    assert_eq!((&second["line"], &second["error"]["what"]), (&json!(2), &json!("不是 UTF-8 编码")));
    let ran = run(&["decide", "--policy", "tianjin", "-"], &[b"case_id,as_of,", &gbk[..], b"\n"].concat());
    assert!(ran.exit == Exit::Usage && ran.talk.contains("UTF-8"), "{}", ran.talk);
}

#[test]
fn many_lines_keep_their_order_and_are_counted() {
    let line = with(json!({}));
    let named = |n: u32| [line.replace("share-exactly-30", &n.to_string()), "\n".to_owned()];
    let input: String = (0..5_000).flat_map(named).collect();
    let ran = run(&["decide", "--policy", "tianjin", "--brief", "-"], input.as_bytes());
    let ids = ran.out.lines().map(|line| {
        serde_json::from_str::<Value>(line).expect("JSON")["case_id"].as_str().map(str::to_owned)
    });
    assert!(ids.eq((0..5_000).map(|n| Some(n.to_string()))));
    assert_eq!(
        ran.talk,
        "共 5,000 件：给予资助 5,000（合计 6,185,185,150.00 元），不予资助 0，尚待查明 0，无法读取 0\n"
    );
}

#[test]
fn no_case_at_all_is_no_fault() {
    let ran = run(&["decide", "--policy", "tianjin", "--lang", "en", "-"], b"");
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Done, ""));
    assert!(ran.talk.starts_with("0 cases"), "{}", ran.talk);
}

#[test]
fn files_and_packs_that_do_not_exist_are_refused() {
    for (words, said) in [
        (["decide", "--policy", "tianjn", "-"], "`tianjin`"),
        (["decide", "--policy", "tianjin", "no-such-file.jsonl"], "no-such-file.jsonl"),
    ] {
        let ran = run(&words, b"");
        assert!(ran.exit == Exit::Usage && ran.talk.contains(said), "{}", ran.talk);
    }
}
