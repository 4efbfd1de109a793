//! A document as the template reads it: JSON, and the files beside it by number. Texts stay texts: the template shows values and
//! evaluates none.

use crate::bind::{self, Lies};
use crate::fonts::Fonts;
use app::print::{
    Align, Annex, Attachment, AttachmentFile, BadFile, Block, Cell, CellKind, Document, Footer, Grid, Image,
    ImageFormat, Language, Look, Paper, PressFault, Row, SealPage, Signature, Table, Width,
};
use serde_json::{Value, json};
use std::sync::Arc;
use typst::foundations::Bytes;
use typst::utils::hash128;

/// A day as the forms show it: year, month, day.
pub type Day = (i32, u8, u8);

/// Marks that nobody sees and that do not belong on paper: the byte order mark, which an archive's file must not hold, and those that
/// show a text in another order than it has.
const UNSEEN: [char; 10] = [
    '\u{feff}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
    '\u{2068}', '\u{2069}',
];

/// A document on its way to the template.
pub struct Wire {
    /// What it says.
    pub json: Vec<u8>,
    /// Its files; the data names them by number.
    pub files: Vec<Bytes>,
}

impl Wire {
    /// The document with its files, after these were looked at.
    pub fn of(document: &Document, fonts: &Fonts) -> Result<Wire, PressFault> {
        let mut writer = Writer { files: Vec::new(), attachments: 0 };
        let blocks: Vec<Value> =
            document.blocks.iter().map(|block| writer.block(block)).collect::<Result<_, _>>()?;
        let value = json!({
            "fonts": fonts.roles(),
            "look": match document.look {
                Look::Official => "official",
                Look::Form => "form",
                Look::Board => "board",
                Look::File => "file",
            },
            "wide": document.paper == Paper::A4Wide,
            "zh": document.language == Language::Zh,
            "letterhead": document.letterhead,
            "title": document.title,
            "subtitle": document.subtitle,
            "number": document.number,
            "issuer": document.issuer,
            "date": day(document.date),
            "facts": document.facts,
            "header": document.header,
            "footer": match document.footer {
                Footer::Dashes => "dashes",
                Footer::PageOfPages => "pages",
                Footer::None => "none",
            },
            "copies": document.copies.map(|copies| json!({ "total": copies.total, "this": copies.this })),
            "blocks": blocks,
        });
        // No structure of JSON has such a mark, so it is only ever taken out of texts.
        let json = value.to_string().replace(UNSEEN, "").into_bytes();
        Ok(Wire { json, files: writer.files })
    }

    /// A hash of all that the document says.
    pub fn hash(&self) -> u128 {
        hash128(&(&self.json, &self.files))
    }
}

/// A day as three numbers.
pub fn ymd(date: kernel::Date) -> Day {
    (date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs())
}

fn day(date: kernel::Date) -> Value {
    let (year, month, day) = ymd(date);
    json!([year, month, day])
}

struct Writer {
    files: Vec<Bytes>,
    attachments: usize,
}

impl Writer {
    fn file(&mut self, bytes: &Arc<[u8]>) -> String {
        self.files.push(Bytes::new(Arc::clone(bytes)));
        format!("/file/{}", self.files.len() - 1)
    }

    fn block(&mut self, block: &Block) -> Result<Value, PressFault> {
        Ok(match block {
            Block::Heading { level, text } => {
                json!({ "kind": "heading", "level": level.clamp(&1, &4), "text": text })
            }
            Block::Paragraph(text) => json!({ "kind": "paragraph", "text": text }),
            Block::Flush(text) => json!({ "kind": "flush", "text": text }),
            Block::Note(text) => json!({ "kind": "note", "text": text }),
            Block::List { counted, items } => json!({ "kind": "list", "counted": counted, "items": items }),
            Block::Closing { issuers, date, sealed } => {
                json!({ "kind": "closing", "issuers": issuers, "date": day(*date), "sealed": sealed })
            }
            Block::Copied(names) => json!({ "kind": "copied", "names": names }),
            Block::Grid(one) => grid(one),
            Block::Table(one) => table(one),
            Block::Signatures(signatures) => {
                json!({ "kind": "signatures", "signatures": all(signatures, signature) })
            }
            Block::SealPage(SealPage { title, text, signatures }) => json!({
                "kind": "seals", "title": title, "text": text, "signatures": all(signatures, signature),
            }),
            Block::Contents => json!({ "kind": "contents" }),
            Block::PageBreak => json!({ "kind": "break" }),
            Block::Image(image) => self.image(image)?,
            Block::Attachment(attachment) => {
                self.attachments += 1;
                let mut value = self.attachment(attachment)?;
                value["number"] = json!(self.attachments);
                value
            }
            Block::Annex(annex) => self.annex(annex)?,
        })
    }

    fn image(&mut self, image: &Image) -> Result<Value, PressFault> {
        bind::picture(&image.bytes, image.format).map_err(|why| bad(&image.caption, why))?;
        Ok(json!({
            "kind": "image",
            "file": self.file(&image.bytes),
            "format": ending(image.format),
            "caption": image.caption,
            "width": image.width_percent.clamp(1, 100),
        }))
    }

    fn annex(&mut self, annex: &Annex) -> Result<Value, PressFault> {
        let files: Vec<Value> =
            annex.files.iter().map(|file| self.attachment(file)).collect::<Result<_, _>>()?;
        Ok(json!({
            "kind": "annex",
            "label": annex.label,
            "title": annex.title,
            "facts": annex.facts,
            "note": annex.note,
            "files": files,
        }))
    }

    fn attachment(&mut self, attachment: &Attachment) -> Result<Value, PressFault> {
        let title = &attachment.title;
        let lies = bind::file(&attachment.file).map_err(|why| bad(title, why))?;
        let (bytes, format) = match &attachment.file {
            AttachmentFile::Pdf(bytes) => (bytes, "pdf"),
            AttachmentFile::Image(bytes, format) => (bytes, ending(*format)),
        };
        Ok(json!({
            "kind": "attachment",
            "title": title,
            "file": self.file(bytes),
            "format": format,
            "wide": lies.iter().map(|lies| *lies == Lies::Wide).collect::<Vec<bool>>(),
        }))
    }
}

fn bad(name: &str, why: BadFile) -> PressFault {
    PressFault::BadAttachment { name: name.to_owned(), why }
}

fn all<T>(of: &[T], one: impl Fn(&T) -> Value) -> Vec<Value> {
    of.iter().map(one).collect()
}

fn ending(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "png",
        ImageFormat::Jpeg => "jpg",
    }
}

fn align(align: Align) -> &'static str {
    match align {
        Align::Start => "start",
        Align::Centre => "centre",
        Align::End => "end",
    }
}

fn signature(signature: &Signature) -> Value {
    json!({ "lines": signature.lines, "date": signature.date.map(day) })
}

fn grid(grid: &Grid) -> Value {
    let row = |row: &Row| json!({ "height": row.height_mm, "cells": all(&row.cells, cell) });
    json!({ "kind": "grid", "columns": grid.columns, "rows": all(&grid.rows, row) })
}

fn cell(cell: &Cell) -> Value {
    let (kind, heading, place, sign) = match &cell.kind {
        CellKind::Label => ("label", "", Align::Centre, None),
        CellKind::Value(place) => ("value", "", *place, None),
        CellKind::Story { heading } => ("story", heading.as_str(), Align::Start, None),
        CellKind::Opinion { heading, signature: sign } => {
            ("opinion", heading.as_str(), Align::Start, Some(signature(sign)))
        }
    };
    json!({
        "kind": kind,
        "heading": heading,
        "align": align(place),
        "signature": sign,
        "text": cell.text,
        "hint": cell.hint,
        "columns": cell.columns.max(1),
        "rows": cell.rows.max(1),
    })
}

fn table(table: &Table) -> Value {
    let width = table.columns.len();
    // A table that is ragged is filled up, never shifted.
    let filled = |cells: &Vec<String>| {
        let texts = cells.iter().map(String::as_str).chain(std::iter::repeat(""));
        json!(texts.take(width).collect::<Vec<&str>>())
    };
    let column = |column: &app::print::Column| {
        json!({
            "name": column.name,
            "group": column.group,
            "align": align(column.align),
            "width": match column.width {
                Width::Fit => json!({ "fit": true }),
                Width::Share(share) => json!({ "share": share.max(1) }),
                Width::Mm(mm) => json!({ "mm": mm }),
            },
        })
    };
    json!({
        "kind": "table",
        "caption": table.caption,
        "unit": table.unit,
        "columns": all(&table.columns, column),
        "rows": all(&table.rows, filled),
        "totals": table.totals.as_ref().map(filled),
        "notes": table.notes,
        "across": table.across,
    })
}
