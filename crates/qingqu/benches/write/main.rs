//! Write path: acts a second through the whole use case, against the same store's bare group commit of the same rows.
//!
//! The use case takes whole commands from 256 clients, each with one in flight: idempotency key, authorization, states, rules,
//! ledger, journal, rows, answer. What it wrote is then read back and written again into a fresh book by ready-made
//! statements with ready-made values, as many commands to a transaction: nothing is decided, hashed or read. Both run in turn
//! on one disk with the same settings, and the better of the rounds counts, so that the ratio means something on a busy machine.
//!
//! `cargo bench -p qingqu --bench write`, or `-- declare 640` for one mix and fewer commands, for a profiler.

mod bare;
mod load;

use anyhow::Result;
use load::Mix;

/// Commands of one run, when nothing else is said.
const COMMANDS: usize = 6_400;
/// Commands in flight, and in one transaction of the bare side.
const BATCH: usize = 256;
const ROUNDS: usize = 5;

fn main() -> Result<()> {
    println!(
        "{:<10} {:>6} {:>9} {:>12} {:>12} {:>7}",
        "mix", "acts", "rows", "bare acts/s", "acts/s", "ratio"
    );
    // Cargo passes `--bench` too; any other word names a mix.
    let named: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let commands = named.iter().find_map(|word| word.parse().ok()).unwrap_or(COMMANDS);
    let all = !Mix::ALL.iter().any(|mix| named.iter().any(|name| name == mix.name()));
    for mix in Mix::ALL.into_iter().filter(|mix| all || named.iter().any(|name| name == mix.name())) {
        let (mut whole, mut raw) = (0_f64, 0_f64);
        let mut written = bare::Written::default();
        for _ in 0..ROUNDS {
            let dir = tempfile::tempdir()?;
            let run = load::run(dir.path(), mix, commands, BATCH)?;
            written = run.written;
            let acts = written.acts() as f64;
            whole = whole.max(acts / run.seconds);
            raw = raw.max(acts / bare::run(&run.prepared, &written, commands, BATCH)?);
            bare::compare(&run.prepared, &run.book)?;
        }
        let (acts, rows) = (written.acts(), written.rows());
        println!("{:<10} {acts:>6} {rows:>9} {raw:>12.0} {whole:>12.0} {:>6.2}x", mix.name(), whole / raw);
    }
    Ok(())
}
