//! Packs by name: those in the program by their id (`tianjin`, `tianjin/2019`), those of a folder of further packs likewise, any
//! other by the path of its file.

use super::suggest;
use super::{Lang, Trouble};
use crate::packs::{BUILTIN, Policies};
use policy::pack::{Pack, Source};
use std::path::{Path, PathBuf};

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

/// The pack of a name, in the program, in the folder of further packs, or in a file; the faults of a pack that does not load are
/// rendered in the language.
pub fn load(name: &str, policies: &Policies, lang: Lang) -> Result<Pack, Trouble> {
    let read = |source| Pack::load(source).map_err(|found| Trouble::Pack(found.render(lang.into())));
    if let Some(of) = policies.folder.as_ref().filter(|_| builtin(name).is_none()) {
        let packs = folder(of)?.into_iter().map(read).collect::<Result<Vec<Pack>, Trouble>>()?;
        let named = |pack: &Pack| name == pack.id || name == format!("{}/{}", pack.id, pack.edition);
        if let Some(pack) = packs.into_iter().filter(named).max_by_key(|pack| pack.in_force.from) {
            return Ok(pack);
        }
    }
    read(source(name)?)
}

/// The texts of a folder of packs and of the folders in it: every Markdown file but a README.
pub fn folder(path: &Path) -> Result<Vec<Source>, Trouble> {
    let mut files = Vec::new();
    markdown(path, &mut files)?;
    if files.is_empty() {
        let name = path.display();
        return Err(Trouble::usage(
            (format!("文件夹 {name} 里没有政策包"), format!("there is no pack in the folder {name}")),
            ("政策包是 .md 文件", "packs are .md files"),
        ));
    }
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

fn markdown(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    let name = folder.display().to_string();
    let failed = |error: std::io::Error| Trouble::file(&name, &error);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let readme =
            path.file_stem().is_some_and(|stem| stem.to_string_lossy().to_lowercase().starts_with("readme"));
        if path.is_dir() {
            markdown(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "md") && !readme {
            files.push(path);
        }
    }
    Ok(())
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
