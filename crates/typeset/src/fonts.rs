//! The fonts of the machine: which of the families that official papers ask for are there, and the faces themselves, read when a
//! document first needs them. The names are those of GB/T 9704 and of the fonts that stand in for them.

use fontdb::{Database, Source};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo, is_default_ignorable};
use typst::utils::LazyHash;

/// The Debian package with fonts for all roles.
pub const INSTALL: &str = "fonts-noto-cjk";

/// 宋体: tables, page numbers; stands in for every other role.
const SONG: [&str; 7] =
    ["SimSun", "宋体", "STSong", "FZShuSong-Z01S", "Noto Serif CJK SC", "Source Han Serif SC", "思源宋体"];
/// 黑体: headings of the first level, labels.
const HEI: [&str; 6] = ["SimHei", "黑体", "STHeiti", "FZHei-B01S", "Noto Sans CJK SC", "Source Han Sans SC"];
/// 小标宋: titles.
const TITLE: [&str; 6] = [
    "FZXiaoBiaoSong-B05S",
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05",
    "方正小标宋_GBK",
    "小标宋",
    "STZhongsong",
];
/// 仿宋: the text of an official paper.
const FANG: [&str; 8] = [
    "FangSong_GB2312",
    "仿宋_GB2312",
    "FangSong",
    "仿宋",
    "FZFangSong-Z02S",
    "方正仿宋_GBK",
    "STFangsong",
    "华文仿宋",
];
/// 楷体: headings of the second level.
const KAI: [&str; 6] = ["KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FZKai-Z03S", "STKaiti"];
/// Rare characters of names of people and places, after every role.
const RARE: [&str; 6] =
    ["SimSun-ExtB", "MingLiU-ExtB", "HanaMinB", "Plangothic P1", "Plangothic P2", "BabelStone Han"];

/// What stands in where an office has no 仿宋, 楷体 or 小标宋 of its own, and then the rare characters.
fn roles() -> [(&'static str, Vec<&'static str>); 5] {
    let with = |own: &[&'static str]| [own, &SONG, &FANG, &KAI, &HEI, &TITLE, &RARE].concat();
    [
        ("song", with(&[])),
        ("hei", with(&HEI)),
        ("title", with(&TITLE)),
        ("fang", with(&FANG)),
        ("kai", with(&KAI)),
    ]
}

/// A face in a file; read at its first use and then kept.
struct Slot {
    path: PathBuf,
    index: u32,
    font: OnceLock<Option<Font>>,
}

/// The fonts that were found.
pub struct Fonts {
    book: LazyHash<FontBook>,
    slots: Vec<Slot>,
    /// The families of each role that are there, the preferred one first, as the typesetter calls them.
    roles: BTreeMap<&'static str, Vec<String>>,
}

impl Fonts {
    /// Looks in the folders, or where the system keeps fonts. `None` when nothing found has Chinese characters.
    pub fn find(folders: Option<&[PathBuf]>) -> Option<Fonts> {
        let mut database = Database::new();
        match folders {
            None => database.load_system_fonts(),
            Some(folders) => folders.iter().for_each(|folder| database.load_fonts_dir(folder)),
        }
        let mut fonts =
            Fonts { book: LazyHash::new(FontBook::new()), slots: Vec::new(), roles: BTreeMap::new() };
        let mut called: BTreeMap<String, String> = BTreeMap::new();
        for face in database.faces() {
            let names = face.families.iter().map(|(name, _)| name.to_lowercase());
            let wanted: Vec<String> = names.filter(|name| is_asked_for(name)).collect();
            let (Source::File(path) | Source::SharedFile(path, _)) = &face.source else { continue };
            if wanted.is_empty() || face.style != fontdb::Style::Normal {
                continue;
            }
            let Some(info) = database.with_face_data(face.id, FontInfo::new).flatten() else { continue };
            called.extend(wanted.into_iter().map(|name| (name, info.family.clone())));
            fonts.book.push(info);
            fonts.slots.push(Slot { path: path.clone(), index: face.index, font: OnceLock::new() });
        }
        for (role, names) in roles() {
            let mut there: Vec<String> = Vec::new();
            for family in names.iter().filter_map(|name| called.get(&name.to_lowercase())) {
                if !there.contains(family) {
                    there.push(family.clone());
                }
            }
            fonts.roles.insert(role, there);
        }
        fonts.cover('一').then_some(fonts)
    }

    /// What is known of each face.
    pub fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// A face by its place in the book.
    pub fn face(&self, index: usize) -> Option<Font> {
        let slot = self.slots.get(index)?;
        let read = || Font::new(Bytes::new(std::fs::read(&slot.path).ok()?), slot.index);
        slot.font.get_or_init(read).clone()
    }

    /// The families of each role.
    pub fn roles(&self) -> &BTreeMap<&'static str, Vec<String>> {
        &self.roles
    }

    /// Whether a character can be printed: some face has it, or it leaves no mark. Characters for private use mean something else
    /// on each machine and are not fit for an archive.
    pub fn cover(&self, character: char) -> bool {
        if character.is_whitespace() || is_default_ignorable(character) {
            return true;
        }
        let private = matches!(u32::from(character), 0xE000..=0xF8FF | 0xF0000..=0x10_FFFF);
        let has = |index| self.book.info(index).is_some_and(|info| info.coverage.contains(character.into()));
        !private && !character.is_control() && (0..self.slots.len()).any(has)
    }
}

fn is_asked_for(name: &str) -> bool {
    roles().iter().any(|(_, names)| names.iter().any(|one| one.to_lowercase() == name))
}
