//! What pieces of this slice draw, without a book.

use app::view::pack::Words;
use app::view::{IntakeState, ParamKind, YearParam};
use kernel::Date;
use kernel::calendar::Calendar;

use super::plan_export::line;
use super::year_form::{kept, param_field};
use super::years::intake;
use crate::ctx::Ctx;
use crate::submitted::Submitted;
use crate::ui::Findings;
use crate::words::Lang;

fn rate() -> YearParam {
    YearParam {
        key: "rate[project]".into(),
        field: "set.rate.project".into(),
        name: Words::new("当年比例", "rate of the year"),
        member: Some(Words::new("投资补贴", "investment")),
        kind: ParamKind::Ratio,
        cite: "第十条".into(),
        limit: Some(Words::new("30%", "30%")),
        usual: "30%".into(),
    }
}

#[test]
fn a_bare_number_in_a_percentage_field_is_a_percentage() {
    for (text, value) in [("25", "25%"), ("33.33", "33.33%"), ("25%", "25%"), ("1/3", "1/3"), ("", "")] {
        assert_eq!(kept(&rate(), text), value, "{text}");
    }
    let words = YearParam { kind: ParamKind::Other, ..rate() };
    assert_eq!(kept(&words, "25"), "25", "only ratios are percentages");
}

#[test]
fn a_value_of_the_year_shows_its_limit_and_keeps_what_was_typed() {
    let ctx = Ctx::sample(Lang::Zh);
    let mut form = Submitted::default();
    form.set("set.rate.project", "许多");
    let mut findings = Findings::none();
    findings.add("set.rate.project", "超出上限");
    let html = param_field(&ctx, &rate(), &form, &findings).into_string();
    for part in
        ["当年比例（投资补贴）", "不得超过 30%（第十条）", "value=\"许多\"", "超出上限", "f-set-rate-project"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn an_intake_says_how_it_stands_in_words() {
    let ctx = Ctx::sample(Lang::Zh);
    let left = Calendar::known_on(ctx.today).workdays_between(ctx.today, Date::constant(2019, 10, 30));
    for (state, words) in [
        (IntakeState::Ahead, "尚未开始"),
        (IntakeState::Open(left), "还剩 3 个工作日"),
        (IntakeState::Closed, "已截止"),
    ] {
        let html = intake(&ctx, state).into_string();
        assert!(html.contains(words), "{words}: {html}");
    }
}

#[test]
fn a_cell_of_the_export_cannot_run_or_break_its_line() {
    let mut text = String::new();
    line(&mut text, &["津助-1".into(), "=1+1".into(), "说\"好\",\n行".into(), "-".into(), String::new()]);
    assert_eq!(text, "\"津助-1\",\"'=1+1\",\"说\"\"好\"\",\n行\",\"'-\",\"\"\r\n");
}
