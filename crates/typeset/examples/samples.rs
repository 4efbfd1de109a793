//! Writes six sample documents into a folder, to be looked at: `cargo run -p typeset --example samples -- FOLDER`.

#[path = "../tests/all/samples.rs"]
mod samples;

use app::print::{Document, Press};
use typeset::Typesetter;

fn main() -> std::io::Result<()> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    let press = Typesetter::system();
    let print = |document: Document| {
        press.pdf(&document).unwrap_or_else(|fault| panic!("{}: {fault}", fault.clerk().zh))
    };
    let form = print(samples::form());
    std::fs::write(folder.join("board.pdf"), print(samples::board()))?;
    std::fs::write(folder.join("notice.pdf"), print(samples::notice()))?;
    std::fs::write(folder.join("letter.pdf"), print(samples::letter()))?;
    std::fs::write(folder.join("file.pdf"), print(samples::file(form.clone())))?;
    std::fs::write(folder.join("bound.pdf"), print(samples::bound(&form)))?;
    std::fs::write(folder.join("form.pdf"), form)
}
