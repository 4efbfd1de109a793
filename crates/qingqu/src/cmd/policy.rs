//! `qingqu policy`: packs for the people who write and obey them: every fault at its line, each article beside what it became,
//! and what of the regulation is still open.

use crate::cli::pack;
use crate::cli::text::{Align, Table, beside, hanging, padded};
use crate::cli::{Exit, Lang, Streams, Trouble, conclude};
use crate::packs::Policies;
use clap::{Args as ClapArgs, Subcommand};
use policy::coverage::{ArticleCoverage, Mention};
use policy::lang::Type;
use policy::pack::{Article, Element, ElementKind, Pack, Source};
use std::path::{Path, PathBuf};

const MORE_CHECK: &str = "\
每处错误有编号、文件、行、列、原因和改法，全部一次列出；编号见 docs/reference/diagnostics.md。
Every fault with its code, file, line, column, reason and mend, all at once; the codes are in docs/reference/diagnostics.md.

示例 / examples
  qingqu policy check policies/
  qingqu policy check --lang en my-county/2026.md

退出码 / exit codes
  0  没有错误 / no faults
  1  有错误 / faults were found
  2  没有这个文件，或文件夹里没有政策包 / there is no such file, or no pack in the folder";

const MORE_SHOW: &str = "\
不写 --article 时给出概览：施行期、各条、全部事实（名称、类型）、标准和规则。
Without --article an overview: time in force, articles, all facts with their types, parameters and rules.

示例 / examples
  qingqu policy show tianjin
  qingqu policy show tianjin --article 7
  qingqu policy show tianjin --article a2 --article 附件3
  qingqu policy show tianjin --article all --lang en

退出码 / exit codes
  0  已显示 / shown
  1  政策包有错误 / the pack has faults
  2  没有这个政策包或这一条 / there is no such pack or article";

const MORE_COVERAGE: &str = "\
逐条列出变成了什么，或者为什么不计算；最后是空缺。
For each article what it became, or why it computes nothing; at the end what is open.

示例 / examples
  qingqu policy coverage tianjin
  qingqu policy coverage tianjin --clauses --lang en

退出码 / exit codes
  0  没有空缺 / nothing is open
  1  有空缺、一个条款都没有写，或政策包有错误 / something is open, no clause is written, or the pack has faults
  2  没有这个政策包 / there is no such pack";

/// Arguments of `policy`.
#[derive(Clone, Debug, ClapArgs)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
    /// 说明文字的语言 / language of what people read
    #[arg(long, value_enum, default_value_t, global = true)]
    lang: Lang,
    #[command(flatten)]
    policies: Policies,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// 检查政策包，一次列出全部错误 / check packs and list every fault
    #[command(after_long_help = MORE_CHECK)]
    Check {
        /// 文件或文件夹 / files or folders
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// 左边条文，右边规则 / the article on the left, the rule on the right
    #[command(after_long_help = MORE_SHOW)]
    Show {
        /// 内置的名称，或政策包文件的路径 / a pack in the program, or the path of a pack's file
        pack: String,
        /// 哪一条：7、第七条、a2、附件2；all 为全部；可写多次 / which article; all for every one; may be repeated
        #[arg(long = "article", value_name = "ARTICLE")]
        articles: Vec<String>,
        /// 宽度（列）；默认为终端的宽度 / columns; by default those of the terminal
        #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..=400))]
        width: Option<u16>,
    },
    /// 逐条落实情况 / what each article became
    #[command(after_long_help = MORE_COVERAGE)]
    Coverage {
        /// 内置的名称，或政策包文件的路径 / a pack in the program, or the path of a pack's file
        pack: String,
        /// 逐个条款：由什么做到、在哪个页面、哪个测试守着、还缺什么 / clause by clause: what obeys it, on which screen, held by which test, what is to come
        #[arg(long)]
        clauses: bool,
    },
}

/// Checks, shows, or lists what is covered.
pub fn run(args: &Args, streams: &mut Streams<'_>) -> Exit {
    let done = match &args.command {
        Command::Check { paths } => check(paths, args.lang, streams),
        Command::Show { pack, articles, width } => {
            let columns = width.map_or(streams.width, usize::from);
            pack::load(pack, &args.policies, args.lang)
                .and_then(|pack| show(&pack, articles, columns, args.lang, streams))
        }
        Command::Coverage { pack, clauses } => {
            pack::load(pack, &args.policies, args.lang).and_then(|pack| match clauses {
                true => clause_list(&pack, args.lang, streams),
                false => coverage(&pack, args.lang, streams),
            })
        }
    };
    conclude(done, args.lang, streams.talk)
}

fn check(paths: &[PathBuf], lang: Lang, streams: &mut Streams<'_>) -> Result<Exit, Trouble> {
    let (mut packs, mut faulty, mut faults) = (0, 0, 0);
    for path in paths {
        for source in sources(path)? {
            packs += 1;
            let name = source.name.clone();
            match Pack::load(source) {
                Ok(pack) => {
                    let (articles, rules, cases) = (pack.articles.len(), pack.rules.len(), pack.cases.len());
                    match lang {
                        Lang::Zh => writeln!(
                            streams.out,
                            "{name}: 没有错误（{articles} 条，{rules} 条规则，{cases} 个案例）"
                        )?,
                        Lang::En => writeln!(
                            streams.out,
                            "{name}: no faults ({articles} articles, {rules} rules, {cases} cases)"
                        )?,
                    }
                }
                Err(found) => {
                    faulty += 1;
                    faults += found.items.len();
                    writeln!(streams.out, "{}", found.render(lang.into()).trim_end())?;
                }
            }
        }
    }
    streams.out.flush()?;
    match lang {
        Lang::Zh => writeln!(streams.talk, "检查了 {packs} 个政策包：{faulty} 个有错误，共 {faults} 处")?,
        Lang::En => {
            writeln!(streams.talk, "{packs} packs checked: {faulty} with faults, {faults} faults in all")?;
        }
    }
    Ok(if faulty == 0 { Exit::Done } else { Exit::No })
}

/// The packs of a path: a file, every Markdown file of a folder (but its README), or a pack in the program by name.
fn sources(path: &Path) -> Result<Vec<Source>, Trouble> {
    if !path.is_dir() {
        return Ok(vec![if path.exists() {
            pack::read(path)?
        } else {
            pack::source(&path.display().to_string())?
        }]);
    }
    pack::folder(path)
}

fn coverage(pack: &Pack, lang: Lang, streams: &mut Streams<'_>) -> Result<Exit, Trouble> {
    let coverage = pack.coverage();
    streams.out.write_all(coverage.text(lang.into()).as_bytes())?;
    streams.out.flush()?;
    Ok(if coverage.open().is_empty() { Exit::Done } else { Exit::No })
}

/// The clauses. What is to come is no fault: the answer is no only where a pack accounts for none.
fn clause_list(pack: &Pack, lang: Lang, streams: &mut Streams<'_>) -> Result<Exit, Trouble> {
    streams.out.write_all(pack.clause_text(lang.into()).as_bytes())?;
    streams.out.flush()?;
    Ok(if pack.clauses.is_empty() { Exit::No } else { Exit::Done })
}

fn show(
    pack: &Pack,
    asked: &[String],
    columns: usize,
    lang: Lang,
    streams: &mut Streams<'_>,
) -> Result<Exit, Trouble> {
    let text = if asked.is_empty() {
        overview(pack, columns, lang)
    } else {
        let coverage = pack.coverage();
        let chosen = chosen(pack, asked)?;
        let articles = coverage.articles.iter().filter(|one| chosen.contains(&one.article));
        articles.map(|one| article(pack, one, columns, lang)).collect::<Vec<_>>().join("\n")
    };
    streams.out.write_all(text.as_bytes())?;
    streams.out.flush()?;
    Ok(Exit::Done)
}

/// The articles asked for, in the order of the text.
fn chosen<'p>(pack: &'p Pack, asked: &[String]) -> Result<Vec<&'p Article>, Trouble> {
    let mut chosen = Vec::new();
    for word in asked {
        let word = word.trim();
        let named = |article: &&Article| {
            let id = &article.id;
            [id.key(), id.to_string(), id.en()].iter().any(|name| name.eq_ignore_ascii_case(word))
                || word == "all"
        };
        let found: Vec<&Article> = pack.articles.iter().filter(named).collect();
        if found.is_empty() {
            let keys: Vec<String> = pack.articles.iter().map(|article| article.id.key()).collect();
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let hint = (format!("可写：{}", keys.join("、")), format!("one of: {}", keys.join(", ")));
            return Err(Trouble::usage(
                (format!("没有“{word}”这一条"), format!("there is no article {word}")),
                hint,
            ));
        }
        chosen.extend(found);
    }
    Ok(chosen)
}

/// Columns from which article and rule stand side by side.
const BESIDE_FROM: usize = 80;

fn article(pack: &Pack, of: &ArticleCoverage<'_>, columns: usize, lang: Lang) -> String {
    let Article { id, heading, chapter, .. } = of.article;
    let number = lang.pick(&id.to_string(), &id.en()).to_owned();
    let above = chapter.as_ref().map_or_else(String::new, |chapter| format!("{chapter} · "));
    let mut text = format!("{above}{number} {heading}\n{}\n", "─".repeat(columns));
    let (whole, items) = words(of.article);
    let rows = std::iter::once((whole, &of.elements, &of.mentions)).chain(of.items.iter().map(|item| {
        let left =
            items.iter().find(|(n, _)| *n == item.item).map(|(_, words)| words.clone()).unwrap_or_default();
        (left, &item.elements, &item.mentions)
    }));
    for (left, elements, mentions) in rows {
        let mut right = became(pack, elements, mentions, lang);
        if let Some(reason) = of.article.declares.as_ref().filter(|_| right.is_empty()) {
            right.push(format!("{}{reason}", lang.pick("不计算：", "computes nothing: ")));
        }
        if left.is_empty() && right.is_empty() {
            continue;
        }
        if columns >= BESIDE_FROM {
            text.push_str(&beside(&left, &right, columns));
        } else {
            let under = right.iter().map(|line| format!("  {line}"));
            for line in left.iter().cloned().chain(under).flat_map(|line| hanging(&line, columns)) {
                text.push_str(&line);
                text.push('\n');
            }
        }
        text.push_str(&format!("{}\n", "┄".repeat(columns)));
    }
    text
}

/// Our words: those of the article as a whole, and those of each item.
fn words(article: &Article) -> (Vec<String>, Vec<(u16, Vec<String>)>) {
    let (mut whole, mut items): (Vec<String>, Vec<(u16, Vec<String>)>) = (Vec::new(), Vec::new());
    for line in article.summary.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let numbered = line
            .split_once(". ")
            .and_then(|(n, _)| n.parse::<u16>().ok())
            .filter(|n| article.items.contains(n));
        match (numbered, items.last_mut()) {
            (Some(n), _) => items.push((n, vec![line.to_owned()])),
            (None, Some((_, words))) => words.push(line.to_owned()),
            (None, None) => whole.push(line.to_owned()),
        }
    }
    (whole, items)
}

/// What a piece of an article became, line by line.
fn became(pack: &Pack, elements: &[&Element], mentions: &[Mention], lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for element in elements.iter().filter(|element| element.kind != ElementKind::Case) {
        lines.push(format!("{} {} [{}]", lang.of(&element.kind.words()), lang.of(&element.name), element.id));
        lines.extend(pack.describe(element, lang.into()).into_iter().map(|line| format!("  {line}")));
    }
    let cases: Vec<&str> =
        elements.iter().filter(|e| e.kind == ElementKind::Case).map(|e| lang.of(&e.name)).collect();
    if !cases.is_empty() {
        lines.push(format!("{} {}", lang.of(&ElementKind::Case.words()), cases.join(lang.pick("；", "; "))));
    }
    if !mentions.is_empty() {
        let names: Vec<&str> = mentions.iter().map(|mention| lang.of(&mention.what)).collect();
        lines.push(format!("{} {}", lang.pick("另见", "also"), names.join(lang.pick("；", "; "))));
    }
    lines
}

fn overview(pack: &Pack, columns: usize, lang: Lang) -> String {
    let until = pack
        .in_force
        .until
        .map_or_else(|| lang.pick("另行规定", "further notice").to_owned(), |day| day.to_string());
    let label = |zh: &'static str, en: &'static str| padded(lang.pick(zh, en), 12);
    let mut text = format!("{}\n", lang.of(&pack.title));
    text.push_str(&format!("{}{}/{}\n", label("政策包", "pack"), pack.id, pack.edition));
    text.push_str(&format!("{}{} – {until}\n", label("施行期", "in force"), pack.in_force.from));
    text.push_str(&format!("{}{}\n", label("印发", "issued by"), lang.of(&pack.issued_by)));
    text.push_str(&format!("{}{}\n", label("指纹", "SHA-256"), pack.hash));
    for (title, table) in [
        (lang.pick("各条", "Articles"), articles_table(pack, lang)),
        (lang.pick("事实", "Facts"), facts_table(pack, lang)),
        (lang.pick("标准", "Parameters"), params_table(pack, lang)),
        (lang.pick("规则", "Rules"), rules_table(pack, lang)),
    ] {
        text.push_str(&format!("\n{title}\n{}", table.render(columns)));
    }
    text
}

fn left(names: &[&str]) -> Table {
    Table::new(&names.iter().map(|name| (*name, Align::Left)).collect::<Vec<_>>())
}

fn articles_table(pack: &Pack, lang: Lang) -> Table {
    let mut table =
        left(&[lang.pick("条", "key"), lang.pick("标题", "heading"), lang.pick("变成了", "became")]);
    for one in pack.coverage().articles {
        let all = one.elements.iter().chain(one.items.iter().flat_map(|item| &item.elements));
        let mut kinds: Vec<ElementKind> = all.map(|element| element.kind).collect();
        kinds.sort_unstable();
        let mut counts: Vec<(ElementKind, usize)> = Vec::new();
        for kind in kinds {
            match counts.last_mut() {
                Some((last, n)) if *last == kind => *n += 1,
                _ => counts.push((kind, 1)),
            }
        }
        let said: Vec<String> =
            counts.iter().map(|(kind, n)| format!("{} {n}", lang.of(&kind.words()))).collect();
        let became = match &one.article.declares {
            Some(reason) if said.is_empty() => reason.clone(),
            _ => said.join(lang.pick("、", ", ")),
        };
        table.row([one.article.id.key(), one.article.heading.clone(), became]);
    }
    table
}

fn facts_table(pack: &Pack, lang: Lang) -> Table {
    let mut table = left(&[
        lang.pick("标识", "id"),
        lang.pick("类型", "type"),
        lang.pick("来源", "from"),
        lang.pick("条", "cite"),
        lang.pick("名称", "name"),
    ]);
    for fact in &pack.facts {
        let ty = match (&fact.ty, lang) {
            (Type::Enum(of), _) => members(pack, of.index()),
            (ty, Lang::Zh) => pack.env.type_zh(ty),
            (ty, Lang::En) => pack.env.type_en(ty),
        };
        table.row([fact.id.as_str(), &ty, fact.from.id(), &fact.cite.key(), lang.of(&fact.name)]);
    }
    table
}

/// What may be written for a fact of this enum: `project/production`.
fn members(pack: &Pack, at: usize) -> String {
    let members = pack.env.enums().get(at).map(|def| def.members.as_slice()).unwrap_or_default();
    members.iter().map(|member| member.id.as_str()).collect::<Vec<_>>().join("/")
}

fn params_table(pack: &Pack, lang: Lang) -> Table {
    let mut table =
        left(&[lang.pick("标识", "id"), lang.pick("条", "cite"), lang.pick("名称和值", "name and value")]);
    for param in &pack.params {
        let element = pack.elements.iter().find(|e| e.kind == ElementKind::Param && e.id == param.id);
        let said = element.map(|element| pack.describe(element, lang.into())).unwrap_or_default();
        let text =
            format!("{}{}{}", lang.of(&param.name), lang.pick("：", ": "), said.join(lang.pick("；", "; ")));
        table.row([param.id.as_str(), &param.cite.key(), &text]);
    }
    table
}

fn rules_table(pack: &Pack, lang: Lang) -> Table {
    let mut table = left(&[lang.pick("标识", "id"), lang.pick("条", "cite"), lang.pick("名称", "name")]);
    for rule in &pack.rules {
        table.row([rule.id.as_str(), &rule.cite.key(), lang.of(&rule.name)]);
    }
    table
}
