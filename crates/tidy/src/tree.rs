//! The files of the tree, read once. Build products, fetched packages and what git ignores are left out.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::source::Source;
use crate::testland::{self, TestLand};

/// A text file.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// Its path from the root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A Rust file, with comments, literals and tests told apart.
#[derive(Debug, Clone)]
pub struct RustFile {
    /// Its path from the root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// What is code in it and what is not.
    pub source: Source,
    /// Which of it is only for tests.
    pub tests: TestLand,
}

/// All text files of the tree.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The root folder.
    pub root: PathBuf,
    /// The files, by path.
    pub files: Vec<TextFile>,
}

/// Folders at these places hold nothing that is committed.
const IGNORED: [&str; 3] = ["e2e/test-results", "e2e/report", "e2e/shots"];

impl Tree {
    /// Reads the tree that this crate stands in.
    pub fn load() -> io::Result<Tree> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = own.ancestors().nth(2).unwrap_or(own).to_path_buf();
        let mut files = Vec::new();
        collect(&root, &root, &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Tree { root, files })
    }

    /// The Rust files, those that only tests reach marked as such.
    pub fn rust(&self) -> Vec<RustFile> {
        rust_files(self.files.iter().filter(|file| has_suffix(&file.path, "rs")))
    }

    /// The Markdown files.
    pub fn markdown(&self) -> impl Iterator<Item = &TextFile> {
        self.files.iter().filter(|file| has_suffix(&file.path, "md"))
    }

    /// One file's text.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }
}

/// Whether a path ends in `.suffix`, spelled so: the tree has one spelling of each.
pub fn has_suffix(path: &str, suffix: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, last)| last == suffix)
}

/// Scans Rust texts; a module that one file declares for tests only makes the files of that module tests as a whole.
pub fn rust_files<'a>(files: impl Iterator<Item = &'a TextFile>) -> Vec<RustFile> {
    let mut scanned: Vec<RustFile> = files
        .map(|file| {
            let source = Source::read(&file.text);
            let tests = TestLand::of(&source.code);
            RustFile { path: file.path.clone(), text: file.text.clone(), source, tests }
        })
        .collect();
    let homes: Vec<String> =
        scanned.iter().flat_map(|file| testland::homes(&file.path, &file.tests)).collect();
    for file in &mut scanned {
        if testland::is_test_path(&file.path) || testland::lives_in(&file.path, &homes) {
            file.tests.mark_all();
        }
    }
    scanned
}

impl RustFile {
    /// The code with comments, literals and everything for tests blanked; offsets are those of the text.
    pub fn product_code(&self) -> String {
        self.tests.without(&self.source.code)
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<TextFile>) -> io::Result<()> {
    // A file or a folder that went away meanwhile is no fault.
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let kind = entry.file_type()?;
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let place = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if kind.is_dir() {
            let built = path.join("CACHEDIR.TAG").exists();
            if !built && name != ".git" && name != "node_modules" && !IGNORED.contains(&place.as_str()) {
                collect(root, &path, files)?;
            }
        } else if kind.is_file() {
            // What is no text (a picture, a database) has no line to point at.
            let text = match fs::read(&path) {
                Ok(bytes) => String::from_utf8(bytes).ok(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(error),
            };
            files.extend(text.map(|text| TextFile { path: place, text }));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> TextFile {
        TextFile { path: path.into(), text: text.into() }
    }

    #[test]
    fn the_tree_holds_this_file_and_no_build_product() {
        let tree = Tree::load().unwrap();
        assert!(tree.text("crates/tidy/src/tree.rs").is_some());
        assert!(tree.text("Cargo.toml").is_some_and(|text| text.contains("[workspace]")));
        assert!(
            tree.files
                .iter()
                .all(|file| !file.path.contains("node_modules/") && !file.path.starts_with(".git/"))
        );
        assert!(tree.files.iter().all(|file| !file.path.starts_with("target/")));
    }

    #[test]
    fn a_module_declared_for_tests_elsewhere_is_a_test_as_a_whole() {
        let files = [
            file("crates/x/src/lib.rs", "mod a;\n#[cfg(test)]\nmod samples;\n"),
            file("crates/x/src/a.rs", "fn f() {}\n#[cfg(test)]\nmod tests;\n"),
            file("crates/x/src/a/tests.rs", "fn t() {}\n"),
            file("crates/x/src/samples/more.rs", "fn s() {}\n"),
            file("crates/x/benches/b.rs", "fn b() {}\n"),
        ];
        let code: Vec<bool> =
            rust_files(files.iter()).iter().map(|file| file.product_code().contains("fn")).collect();
        assert_eq!(code, [false, true, false, false, false]);
    }
}
