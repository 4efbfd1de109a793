//! What an office reads: every rule met, not met and not settled, in both languages. The whole text is in sentences.txt;
//! read it when it changes.

use crate::good::case;
use crate::tj::{Fails, day, ruleset};
use policy::ruleset::{Explanation, Overrides, RuleKind, Verdict};
use std::fmt::Write;

type Changed = &'static [(&'static str, &'static str)];

const CASES: [(&str, Changed); 5] = [
    ("good", &[]),
    (
        "nothing is met",
        &[
            ("county", "110101"),
            ("investor_in_tj", "false"),
            ("investor_lawful", "false"),
            ("share", "24%"),
            ("paid_in", "999999.99"),
            ("new_invest", "150万元"),
            ("staff", "47"),
            ("poor_staff", "14"),
            ("lifted", "49"),
            ("grants_company", "1"),
            ("grants_county", "2"),
            ("hotan_fund", "true"),
            ("company_lawful", "false"),
            ("in_catalogue", "false"),
        ],
    ),
    (
        "much is missing",
        &[
            ("county", ""),
            ("investor_in_tj", ""),
            ("share", ""),
            ("paid_in", ""),
            ("mode", ""),
            ("invest_3y", ""),
            ("poor_staff", ""),
            ("lifted", "10"),
            ("grants_company", ""),
            ("grants_county", ""),
            ("hotan_fund", ""),
            ("company_lawful", ""),
            ("in_catalogue", ""),
        ],
    ),
    (
        "nobody is employed, investment not known",
        &[("staff", "0"), ("poor_staff", "0"), ("lifted", "10"), ("invest_3y", "")],
    ),
    ("an amount below zero", &[("invest_3y", "-5")]),
];

fn told(explanation: &Explanation) -> Fails<String> {
    let mut text = format!("{:?}\n", explanation.outcome);
    for rule in &explanation.rules {
        let mark = match rule.outcome {
            Verdict::Met => "+",
            Verdict::NotMet => "-",
            Verdict::Unknown => "?",
        };
        let kind = if rule.kind == RuleKind::Prefer { " (prefer)" } else { "" };
        writeln!(text, "{mark} {}{kind}\n    {}\n    {}", rule.id, rule.sentence_zh, rule.sentence_en)?;
    }
    let amount = explanation.computation.as_ref().ok_or("no computation")?;
    writeln!(text, "= {}\n  {}", amount.sentence_zh, amount.sentence_en)?;
    for term in &amount.terms {
        let value = term.value.map_or_else(|| "?".to_owned(), |value| value.to_string());
        writeln!(
            text,
            "  {} {} = {value}\n    {}",
            if term.binds { "*" } else { " " },
            term.text.zh,
            term.text.en
        )?;
    }
    Ok(text)
}

#[test]
fn every_sentence_of_every_rule() -> Fails {
    let ruleset = ruleset()?;
    let mut text = String::new();
    for (name, changed) in CASES {
        let decision =
            ruleset.decide(&case(&ruleset, changed)?, day("2019-11-01")?, &Overrides::default())?;
        writeln!(text, "## {name}\n{}", told(&ruleset.explain(&decision))?)?;
    }
    if text != include_str!("sentences.txt") {
        println!("{text}");
        return Err(
            "the sentences are not those of sentences.txt; the text above is what they are now".into()
        );
    }
    Ok(())
}

#[test]
fn a_refusal_carries_its_operands_as_data() -> Fails {
    let ruleset = ruleset()?;
    let decision =
        ruleset.decide(&case(&ruleset, &[("share", "24%")])?, day("2019-11-01")?, &Overrides::default())?;
    let told = ruleset.explain(&decision);
    let holding = told.rules.iter().find(|rule| rule.id == "holding").ok_or("holding")?;
    let operands: Vec<(&str, &str, &str)> =
        holding.operands.iter().map(|o| (o.id.as_str(), o.shown_zh.as_str(), o.shown_en.as_str())).collect();
    assert_eq!(operands, [("share", "24%", "24%"), ("min_share", "30%", "30%"), ("new_company", "否", "no")]);
    let checks: Vec<(&str, &str, Verdict)> =
        holding.checks.iter().map(|c| (c.has.zh.as_str(), c.needs.zh.as_str(), c.verdict)).collect();
    assert_eq!(checks, [("24%", "不低于 30%", Verdict::NotMet), ("否", "是", Verdict::NotMet)]);
    assert_eq!((holding.article.as_str(), holding.item.as_deref()), ("7", Some("1")));
    Ok(())
}
