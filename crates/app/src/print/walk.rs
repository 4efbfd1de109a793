//! Every text of a document with its place, so that a fault can be named where the clerk will find it.

use super::{Annex, Block, Cell, CellKind, Document, Grid, Signature, Table};
use policy::pack::Words;

/// A part of a block. Counts are from one, as people count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its text.
    Text,
    /// The heading of a column.
    Head(usize),
    /// A cell: row, then cell of the row.
    Cell(usize, usize),
    /// The row of totals.
    Totals,
    /// A remark under it.
    Note(usize),
    /// An item.
    Item(usize),
    /// A line of a signature.
    Signature(usize),
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The title or what is under it.
    Title,
    /// The number.
    Number,
    /// The issuer or the letterhead.
    Issuer,
    /// A fact under the title or on the cover.
    Fact(usize),
    /// The head of the pages.
    Header,
    /// A block, and its part. The block is counted from one.
    Block(usize, &'static [&'static str; 2], Part),
}

impl Place {
    /// The place in words.
    pub fn words(self) -> Words {
        match self {
            Place::Title => Words::new("标题", "the title"),
            Place::Number => Words::new("文号", "the number"),
            Place::Issuer => Words::new("发文单位", "the issuer"),
            Place::Fact(at) => Words::new(format!("标题下第 {at} 项"), format!("fact {at} under the title")),
            Place::Header => Words::new("页眉", "the head of the page"),
            Place::Block(at, [zh, en], part) => {
                let (part_zh, part_en) = part.words();
                Words::new(format!("第 {at} 部分（{zh}）{part_zh}"), format!("part {at} ({en}){part_en}"))
            }
        }
    }
}

impl Part {
    fn words(self) -> (String, String) {
        match self {
            Part::Text => (String::new(), String::new()),
            Part::Head(at) => (format!("第 {at} 列表头"), format!(", heading of column {at}")),
            Part::Cell(row, cell) => {
                (format!("第 {row} 行第 {cell} 格"), format!(", row {row}, cell {cell}"))
            }
            Part::Totals => ("合计行".to_owned(), ", the row of totals".to_owned()),
            Part::Note(at) => (format!("第 {at} 条附注"), format!(", note {at}")),
            Part::Item(at) => (format!("第 {at} 项"), format!(", item {at}")),
            Part::Signature(at) => (format!("第 {at} 处签章"), format!(", signature {at}")),
        }
    }
}

impl Document {
    /// All texts in reading order. Days and numbers that the press writes itself are not among them.
    pub fn texts(&self) -> Vec<(Place, &str)> {
        let mut texts = vec![
            (Place::Issuer, self.letterhead.as_str()),
            (Place::Number, &self.number),
            (Place::Title, &self.title),
            (Place::Title, &self.subtitle),
            (Place::Issuer, &self.issuer),
            (Place::Header, &self.header),
        ];
        for (at, (label, value)) in self.facts.iter().enumerate() {
            texts.extend([(Place::Fact(at + 1), label.as_str()), (Place::Fact(at + 1), value)]);
        }
        for (at, block) in self.blocks.iter().enumerate() {
            let name = block.name();
            block.texts(&mut |part, text| texts.push((Place::Block(at + 1, name, part), text)));
        }
        texts
    }
}

impl Block {
    /// What the block is called, in Chinese and in English.
    fn name(&self) -> &'static [&'static str; 2] {
        match self {
            Block::Heading { .. } => &["小标题", "heading"],
            Block::Paragraph(_) | Block::Flush(_) => &["正文", "paragraph"],
            Block::Note(_) => &["附注", "note"],
            Block::List { .. } => &["列项", "list"],
            Block::Closing { .. } => &["落款", "closing"],
            Block::Copied(_) => &["抄送", "copies"],
            Block::Grid(_) => &["表单", "form"],
            Block::Table(_) => &["表格", "table"],
            Block::Signatures(_) => &["签章", "signatures"],
            Block::SealPage(_) => &["盖章页", "seal page"],
            Block::Contents => &["目录", "contents"],
            Block::PageBreak => &["分页", "page break"],
            Block::Image(_) => &["图片", "picture"],
            Block::Attachment(_) | Block::Annex(_) => &["附件", "attachment"],
        }
    }

    fn texts<'d>(&'d self, see: &mut impl FnMut(Part, &'d str)) {
        match self {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Flush(text) | Block::Note(text) => {
                see(Part::Text, text);
            }
            Block::List { items, .. } | Block::Closing { issuers: items, .. } | Block::Copied(items) => {
                for (at, item) in items.iter().enumerate() {
                    see(Part::Item(at + 1), item);
                }
            }
            Block::Grid(grid) => of_grid(grid, see),
            Block::Table(table) => of_table(table, see),
            Block::Signatures(signatures) => of_signatures(signatures, see),
            Block::SealPage(page) => {
                see(Part::Text, &page.title);
                see(Part::Text, &page.text);
                of_signatures(&page.signatures, see);
            }
            Block::Image(image) => see(Part::Text, &image.caption),
            Block::Attachment(attachment) => see(Part::Text, &attachment.title),
            Block::Annex(annex) => of_annex(annex, see),
            Block::Contents | Block::PageBreak => {}
        }
    }
}

fn of_annex<'d>(annex: &'d Annex, see: &mut impl FnMut(Part, &'d str)) {
    see(Part::Text, &annex.label);
    see(Part::Text, &annex.title);
    for (at, (label, value)) in annex.facts.iter().enumerate() {
        see(Part::Item(at + 1), label);
        see(Part::Item(at + 1), value);
    }
    see(Part::Note(1), &annex.note);
}

fn of_grid<'d>(grid: &'d Grid, see: &mut impl FnMut(Part, &'d str)) {
    for (row, cells) in grid.rows.iter().enumerate() {
        for (at, cell) in cells.cells.iter().enumerate() {
            of_cell(cell, Part::Cell(row + 1, at + 1), see);
        }
    }
}

fn of_cell<'d>(cell: &'d Cell, part: Part, see: &mut impl FnMut(Part, &'d str)) {
    match &cell.kind {
        CellKind::Story { heading } => see(part, heading),
        CellKind::Opinion { heading, signature } => {
            see(part, heading);
            of_lines(signature, part, see);
        }
        CellKind::Label | CellKind::Value(_) => {}
    }
    see(part, &cell.text);
    see(part, &cell.hint);
}

fn of_table<'d>(table: &'d Table, see: &mut impl FnMut(Part, &'d str)) {
    see(Part::Text, &table.caption);
    see(Part::Text, &table.unit);
    for (at, column) in table.columns.iter().enumerate() {
        see(Part::Head(at + 1), &column.name);
        see(Part::Head(at + 1), &column.group);
    }
    for (row, cells) in table.rows.iter().enumerate() {
        for (at, text) in cells.iter().enumerate() {
            see(Part::Cell(row + 1, at + 1), text);
        }
    }
    for text in table.totals.iter().flatten() {
        see(Part::Totals, text);
    }
    for (at, text) in table.notes.iter().enumerate() {
        see(Part::Note(at + 1), text);
    }
}

fn of_signatures<'d>(signatures: &'d [Signature], see: &mut impl FnMut(Part, &'d str)) {
    for (at, signature) in signatures.iter().enumerate() {
        of_lines(signature, Part::Signature(at + 1), see);
    }
}

fn of_lines<'d>(signature: &'d Signature, part: Part, see: &mut impl FnMut(Part, &'d str)) {
    for (label, text) in &signature.lines {
        see(part, label);
        see(part, text);
    }
}
