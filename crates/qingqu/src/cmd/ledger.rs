//! `qingqu ledger export`: the whole ledger as a plain-text accounting journal, for other people's tools.
//!
//! The journal declares its commodity and every account, gives each entry with its day, memo, article and the act that posted it,
//! and ends with a transaction that asserts every balance of the book: a tool that reads it checks our sums by its own. Accounts keep
//! the book's paths under a root that says what they are: `assets` hold something, `expenses` have left, `equity` stands for the
//! world outside and falls below zero by what it gave; `budget` follows the permission to spend, `cash` the money, and what
//! overheads have of either stands under `overhead`. It is written while it is read, a page at a time.

use super::place::Place;
use crate::packs::Policies;
use anyhow::{Context, Result, bail};
use app::Packs;
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use kernel::Money;
use ledger::{AccountKind, AccountPath};
use policy::pack::SpendingKind;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use store::Engine;
use store::slice::ledger::{EntryRow, LegRow, posting_page};
use store::sql::ledger::ACCOUNT_LIST;

/// How many legs are read at once.
const PAGE: i64 = 1_000;
/// The unit of all amounts.
const COMMODITY: &str = "CNY";

/// Arguments of `ledger`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 导出全部账目为纯文本分录 / write the whole ledger as a plain-text accounting journal
    Export(ExportArgs),
}

#[derive(Debug, ClapArgs)]
struct ExportArgs {
    /// 写入新文件，不给就写到标准输出 / write to this new file instead of standard output
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// 格式 / form
    #[arg(long, value_enum, default_value_t = Format::Hledger)]
    format: Format,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    policies: Policies,
}

/// The form of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The journal of hledger, which ledger and beancount converters read too.
    Hledger,
}

/// Runs `ledger`.
pub fn run(args: &Args) -> Result<()> {
    let Command::Export(args) = &args.command;
    let database = args.place.database()?;
    let mut engine = database.open_read().with_context(|| format!("opening {database}"))?;
    let packs = args.policies.all()?;
    let Format::Hledger = args.format;
    match &args.to {
        Some(to) if to.exists() => bail!("{} is already there", to.display()),
        Some(to) => {
            let file = File::create(to).with_context(|| format!("writing {}", to.display()))?;
            let mut out = BufWriter::new(file);
            hledger(&mut *engine, &packs, &mut out)?;
            Ok(out.into_inner()?.sync_all()?)
        }
        None => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            hledger(&mut *engine, &packs, &mut out)?;
            Ok(out.flush()?)
        }
    }
}

/// Writes the ledger of an open book, of one unchanging state of it; its packs say which projects are overheads.
pub fn hledger(engine: &mut dyn Engine, packs: &Packs, out: &mut dyn Write) -> Result<()> {
    engine.begin_read()?;
    let written = journal(engine, packs, out);
    engine.rollback()?;
    written
}

fn journal(engine: &mut dyn Engine, packs: &Packs, out: &mut dyn Write) -> Result<()> {
    let overheads = overheads(engine, packs)?;
    writeln!(
        out,
        "; Ledger of a Qingqu book. Code and tag act: the act in the book's log that posted the entry."
    )?;
    writeln!(
        out,
        "; assets hold something, expenses have left, equity is the world outside; budget is permission, cash is money;"
    )?;
    writeln!(out, "; what overheads have of either stands under overhead.")?;
    writeln!(out, "\ncommodity {COMMODITY} 1000.00\n")?;
    let mut accounts = 0_u64;
    each_account(engine, |path, _| {
        accounts += 1;
        let (name, kind) = account(path, &overheads)?;
        Ok(writeln!(out, "account {name}  ; type:{kind}")?)
    })?;
    let last = entries(engine, &overheads, out)?;
    let Some(last) = last.filter(|_| accounts > 0) else { return Ok(()) };
    writeln!(out, "\n{last} 账簿余额核对 balances of the book")?;
    each_account(engine, |path, balance| {
        let name = account(path, &overheads)?.0;
        Ok(writeln!(out, "    {name}  {COMMODITY} 0.00 = {COMMODITY} {balance}")?)
    })
}

/// Calls `each` for every account with its balance, by path.
fn each_account(engine: &mut dyn Engine, mut each: impl FnMut(&str, Money) -> Result<()>) -> Result<()> {
    let mut failed = None;
    engine.rows(&ACCOUNT_LIST, &[], &mut |row| {
        if failed.is_none() {
            failed = each(row.text(0)?, Money::from_fen(row.int(2)?)).err();
        }
        Ok(())
    })?;
    failed.map_or(Ok(()), Err)
}

/// Writes all entries; answers the last day.
fn entries(engine: &mut dyn Engine, overheads: &Overheads, out: &mut dyn Write) -> Result<Option<String>> {
    let mut last: Option<String> = None;
    let mut open: Option<i64> = None;
    let mut from = 1;
    loop {
        let page = posting_page(engine, from, PAGE)?;
        let Some((end, _)) = page.last() else { return Ok(last) };
        from = end.id + 1;
        for (leg, entry) in &page {
            if open != Some(entry.id) {
                write!(out, "\n{}", heading(entry))?;
                open = Some(entry.id);
                last = last.max(Some(entry.day.clone()));
            }
            write!(out, "{}", posting(leg, overheads)?)?;
        }
    }
}

fn heading(entry: &EntryRow) -> String {
    let mut text = format!("{} ({}) {}\n", entry.day, entry.act, plain(&entry.memo));
    if !entry.article.is_empty() {
        // Writing to a text cannot fail.
        let _written = writeln!(text, "    ; article:{}", plain(&entry.article));
    }
    let _written = writeln!(text, "    ; act:{}, entry:{}", entry.act, entry.id);
    text
}

fn posting(leg: &LegRow, overheads: &Overheads) -> Result<String> {
    let name = account(&leg.account, overheads)?.0;
    Ok(format!("    {name}  {COMMODITY} {}\n", Money::from_fen(leg.fen)))
}

/// The projects that are overheads, as accounts name them: `p7`.
type Overheads = BTreeSet<String>;

fn overheads(engine: &mut dyn Engine, packs: &Packs) -> Result<Overheads> {
    let mut found = Overheads::new();
    for pack in packs.iter() {
        for spending in pack.spendings.iter().filter(|one| one.kind == SpendingKind::Overhead) {
            let projects = store::slice::project::of_spending(engine, &pack.id, &spending.id)?;
            found.extend(projects.into_iter().map(|project| format!("p{project}")));
        }
    }
    Ok(found)
}

/// The account's name in the journal and its type: asset, expense, equity.
fn account(path: &str, overheads: &Overheads) -> Result<(String, char)> {
    let read: AccountPath = path.parse().with_context(|| format!("account {path}"))?;
    let (root, kind) = match read.kind() {
        AccountKind::Authority => ("equity:budget", 'E'),
        AccountKind::Outside => ("equity:cash", 'E'),
        AccountKind::Paid | AccountKind::Fees | AccountKind::Spent => ("expenses:budget", 'X'),
        AccountKind::Payee => ("expenses:cash", 'X'),
        AccountKind::Fund
        | AccountKind::Year
        | AccountKind::Committed
        | AccountKind::Transit
        | AccountKind::Quota
        | AccountKind::Allotted
        | AccountKind::Held => ("assets:budget", 'A'),
        AccountKind::Cash | AccountKind::Pool | AccountKind::Clearing => ("assets:cash", 'A'),
    };
    let apart = path.split(':').nth(1).is_some_and(|project| overheads.contains(project));
    Ok((format!("{root}{}:{path}", if apart { ":overhead" } else { "" }), kind))
}

/// A text in one line without the signs that mean something in a journal: `;` begins a comment, `|` parts payee and note, `,`
/// ends a tag.
fn plain(text: &str) -> String {
    let sign = |c: char| match c {
        ';' => '；',
        '|' => '／',
        ',' => '，',
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().map(sign).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seven() -> Overheads {
        Overheads::from(["p7".to_owned()])
    }

    #[test]
    fn an_account_keeps_its_path_under_a_root_that_says_what_it_is() {
        for (path, name, kind) in [
            ("authority:x", "equity:budget:authority:x", 'E'),
            ("outside:x:district", "equity:cash:outside:x:district", 'E'),
            ("quota:x:main:all:s1", "assets:budget:quota:x:main:all:s1", 'A'),
            ("pool:x:main:all:s1", "assets:cash:pool:x:main:all:s1", 'A'),
            ("spent:p1:s1", "expenses:budget:spent:p1:s1", 'X'),
            ("payee:p1:c1:s1", "expenses:cash:payee:p1:c1:s1", 'X'),
            ("spent:p7:s1", "expenses:budget:overhead:spent:p7:s1", 'X'),
            ("payee:p7:c1:s1", "expenses:cash:overhead:payee:p7:c1:s1", 'X'),
        ] {
            assert_eq!(account(path, &seven()).unwrap(), (name.to_owned(), kind));
        }
        assert!(account("nonsense:x", &seven()).is_err());
    }

    #[test]
    fn every_kind_with_a_floor_is_no_equity() {
        for kind in AccountKind::ALL {
            let of = account(&format!("{}:x", kind.segment()), &seven()).unwrap().1;
            assert_eq!(kind.floor().is_none(), of == 'E', "{kind:?}");
        }
    }

    #[test]
    fn a_memo_cannot_become_a_comment_a_payee_or_a_second_line() {
        assert_eq!(plain(" 支付;甲|乙,丙\n2020-01-01 "), "支付；甲／乙，丙 2020-01-01");
    }
}
