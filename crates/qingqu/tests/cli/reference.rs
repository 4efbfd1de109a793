//! The reference pages of the command line and of the diagnostics are written from the code; `UPDATE=1` writes them anew.

use ::policy::lang::Code;
use ::policy::pack::CODES;
use clap::CommandFactory;
use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Compares a page with what the code says, or writes it.
pub fn hold(page: &str, text: &str) {
    let path = root().join("docs/reference").join(page);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).expect("a page that can be written");
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = held.lines().zip(text.lines()).position(|(a, b)| a != b);
    assert!(held == text, "{page} differs from line {differs:?}: UPDATE=1 cargo test -p qingqu --test cli");
}

fn section(path: &str, mut command: clap::Command, text: &mut String) {
    command = command
        .mut_args(|arg| arg.hide_env_values(true))
        .term_width(100)
        .bin_name(path)
        .color(clap::ColorChoice::Never);
    let help = command.render_long_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    text.push_str(&format!("\n## {path}\n\n```text\n{}\n```\n", help.join("\n").trim_end()));
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        section(&format!("{path} {}", inner.get_name()), inner.clone(), text);
    }
}

#[test]
fn the_page_of_the_command_line_is_that_of_the_program() {
    let mut text = String::from(
        "# 命令行 / Command line\n\n\
         本页由程序的帮助生成（`UPDATE=1 cargo test -p qingqu --test cli`），不要手改。\n\
         This page is written from the program's help; do not edit it by hand.\n\n\
         数据写到标准输出，说明写到标准错误。退出码：0 完成；1 答案为“否”（有错误、有的行读不了、账簿不符）；2 参数看不懂；70 读写出错。\n\
         Data goes to standard output, talk to standard error. Exit codes: 0 done; 1 the answer is no (faults, unreadable lines, a\n\
         book that differs); 2 the arguments cannot be understood; 70 the world failed.\n",
    );
    let mut command = qingqu::cmd::Cli::command();
    command.build();
    section("qingqu", command, &mut text);
    hold("command-line.md", &text);
}

/// An example of a code: what the planted fault of the policy crate reports, Chinese then English.
fn example(code: &str) -> String {
    let path = root().join("crates/policy/tests/faults").join(format!("{code}.txt"));
    let text = std::fs::read_to_string(&path).expect("a planted fault for every code");
    let blocks: Vec<String> = text
        .split("\n\n")
        .filter(|block| block.trim_start().starts_with("error["))
        .map(|block| {
            block
                .lines()
                .map(|line| line.split("# <- E").next().unwrap_or(line).trim_end())
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect();
    blocks.join("\n\n").trim().to_owned()
}

#[test]
fn the_page_of_the_diagnostics_has_every_code_with_its_mend_and_an_example() {
    let text = String::from(
        "# 政策包的错误编号 / Diagnostics of packs\n\n\
         本页由程序生成（`UPDATE=1 cargo test -p qingqu --test cli`），不要手改。编号不改、不复用。\n\
         This page is written from the program; do not edit it by hand. A code is never changed or used again.\n\n\
         `qingqu policy check PATH` 一次列出全部错误：编号、文件、行、列、所在的那一行、有关的另一处定义、改法。\n\
         `qingqu policy check PATH` lists every fault at once: code, file, line, column, the line itself, the other definition, the mend.\n",
    );
    let mut table = String::from("\n| 编号 | 错误 | fault |\n| --- | --- | --- |\n");
    let mut sections = String::new();
    let language = Code::ALL.iter().map(|code| (code.as_str(), code.title_zh(), code.title_en(), None));
    let pack = CODES
        .iter()
        .map(|info| (info.code, info.title_zh, info.title_en, Some((info.mend_zh, info.mend_en))));
    for (code, zh, en, mend) in language.chain(pack) {
        table.push_str(&format!("| [{code}](#{}) | {zh} | {en} |\n", code.to_ascii_lowercase()));
        sections.push_str(&format!("\n## {code}\n\n{zh} / {en}\n"));
        if let Some((zh, en)) = mend {
            sections.push_str(&format!("\n改法：{zh}\nMend: {en}\n"));
        }
        sections.push_str(&format!("\n```text\n{}\n```\n", example(code)));
    }
    hold("diagnostics.md", &(text + &table + &sections));
}
