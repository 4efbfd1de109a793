//! Packs by name: those in the program by their id (`tianjin`, `tianjin/2019`), any other by the path of its file.

use super::suggest;
use super::{Lang, Trouble};
use crate::packs::BUILTIN;
use policy::pack::{Pack, Source};
use std::path::Path;

/// The text of a pack in the program or of a file.
pub fn source(name: &str) -> Result<Source, Trouble> {
    if let Some(source) = builtin(name) {
        return Ok(source);
    }
    let path = Path::new(name);
    if path.is_file() {
        return read(path);
    }
    let known: Vec<&str> = BUILTIN.iter().filter_map(|(file, _)| file.split('/').next()).collect();
    let (zh, en) = suggest::hint(name, &known);
    Err(Trouble::usage(
        (format!("没有名为 {name} 的政策包，也没有这个文件"), format!("there is no pack and no file {name}")),
        (
            format!("{zh} 也可以写政策包文件的路径。"),
            format!("{en} The path of a pack's file will do as well."),
        ),
    ))
}

/// The pack of a name; the faults of a pack that does not load are rendered in the language.
pub fn load(name: &str, lang: Lang) -> Result<Pack, Trouble> {
    Pack::load(source(name)?).map_err(|found| Trouble::Pack(found.render(lang.into())))
}

/// The text of a pack's file; refused at the line that is not UTF-8.
pub fn read(path: &Path) -> Result<Source, Trouble> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| Trouble::file(&name, &error))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source { name, text }),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].split(|byte| *byte == b'\n').count();
            Err(Trouble::usage(
                (format!("{name} 第 {line} 行不是 UTF-8"), format!("{name} is not UTF-8 in line {line}")),
                ("请把文件另存为 UTF-8", "save the file as UTF-8"),
            ))
        }
    }
}

/// The latest edition in the program of an id, or the edition asked for.
fn builtin(name: &str) -> Option<Source> {
    let of = |file: &str| {
        let stem = file.strip_suffix(".md").unwrap_or(file);
        name == stem || name == file || stem.split_once('/').is_some_and(|(id, _)| id == name)
    };
    let (file, text) = BUILTIN.iter().filter(|(file, _)| of(file)).max_by_key(|(file, _)| *file)?;
    Some(Source { name: (*file).to_owned(), text: (*text).to_owned() })
}
