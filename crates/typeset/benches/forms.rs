//! How long a document takes, and what a thousand of them leave in memory. Run with `cargo bench -p typeset`.

#[path = "../tests/all/samples.rs"]
mod samples;

use app::print::{Document, Press};
use std::time::Instant;
use typeset::Typesetter;

fn main() {
    let press = Typesetter::system();
    let begun = Instant::now();
    let form = press.pdf(&samples::form()).unwrap();
    println!("first document, fonts found and read: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let documents = [
        ("board", samples::board()),
        ("notice", samples::notice()),
        ("form", samples::form()),
        ("bound", samples::bound(&form)),
        ("file", samples::file(form)),
        ("letter", samples::letter()),
    ];
    for (name, document) in &documents {
        let mut each: Vec<(f64, usize)> = (0..50).map(|at| timed(&press, document, at)).collect();
        each.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (median, worst, bytes) = (each[25].0, each[49].0, each[25].1);
        println!("{name}: median {median:.1} ms, worst of 50 {worst:.1} ms, {} kB", bytes / 1000);
    }
    println!("memory before a thousand: {}", resident());
    let begun = Instant::now();
    for at in 0..1000 {
        timed(&press, &documents[2].1, at);
    }
    println!("a thousand forms: {:.1} ms each; memory after: {}", begun.elapsed().as_secs_f64(), resident());
}

/// Each document differs, as those of an office do.
fn timed(press: &Typesetter, document: &Document, at: usize) -> (f64, usize) {
    let document = document.clone().fact("流水号", format!("{at:06}"));
    let begun = Instant::now();
    let bytes = press.pdf(&document).unwrap().len();
    (begun.elapsed().as_secs_f64() * 1e3, bytes)
}

fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}
