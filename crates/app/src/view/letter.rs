//! An official letter, filled in, and the paper that it is printed on. A letter is Chinese whoever reads the screen: what is
//! sealed and sent is one text.

use crate::command::Failure;
use crate::print::{Block, Column, Document, Look, Table, Width};
use kernel::Date;
use policy::procedure::{Letter, Of, Slot, Template};

/// A place to be filled in by hand.
const BLANK: &str = "＿＿＿＿＿＿";
/// What a 文号 looks like before it is given.
const NUMBER_BLANK: &str = "＿＿＿〔＿＿＿〕＿＿号";

/// A letter, filled in. All its texts are Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterPage {
    /// What it is called.
    pub name: String,
    /// The number of the case or plan that it is about.
    pub about: String,
    /// Who issues it.
    pub issuer: String,
    /// Its 文号.
    pub document: String,
    /// Its title.
    pub title: String,
    /// To whom.
    pub to: Vec<String>,
    /// Its paragraphs.
    pub body: Vec<String>,
    /// A table behind the paragraphs: headings, which of them hold amounts, rows, and the sum of the rows.
    pub table: Option<LetterTable>,
    /// The last words.
    pub closing: Option<String>,
    /// What is attached.
    pub attached: Vec<String>,
    /// Who receives a copy.
    pub copies: Vec<String>,
    /// Its day.
    pub on: Date,
}

/// The table of a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterTable {
    /// Number, project, unit, result, amount in yuan.
    pub rows: Vec<[String; 5]>,
    /// The sum of the amounts.
    pub total: String,
}

impl LetterPage {
    /// A letter whose places are filled in by `value`; `None` leaves a blank.
    pub(in crate::view) fn of(
        letter: &Letter,
        on: Date,
        mut value: impl FnMut(&Slot) -> Result<Option<String>, Failure>,
    ) -> Result<LetterPage, Failure> {
        let mut known = |slot: &Slot| {
            value(slot).map(|text| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
        };
        let own = |key: &str| Slot { of: Of::Own, key: key.to_owned(), at: 0..0 };
        let issuer = known(&own("issuer"))?.unwrap_or_else(|| BLANK.to_owned());
        let document = known(&own("document"))?.unwrap_or_else(|| NUMBER_BLANK.to_owned());
        let about = known(&own("number"))?.unwrap_or_default();
        let mut filled = |slot: &Slot| known(slot).map(|text| text.unwrap_or_else(|| BLANK.to_owned()));
        let mut fill = |template: &Template| template.fill(&mut filled);
        let title = fill(&letter.title)?;
        let body = letter.body.iter().map(&mut fill).collect::<Result<_, _>>()?;
        let closing = letter.closing.as_ref().map(&mut fill).transpose()?;
        let attached = letter.attached.iter().map(&mut fill).collect::<Result<_, _>>()?;
        let to: Vec<String> = letter.to.iter().map(&mut filled).collect::<Result<_, _>>()?;
        let copies = letter.copies.iter().map(&mut filled).collect::<Result<Vec<_>, _>>()?;
        let copies = copies.into_iter().filter(|name| !to.contains(name)).collect();
        let name = letter.name.zh.clone();
        Ok(LetterPage {
            name,
            about,
            issuer,
            document,
            title,
            to,
            body,
            table: None,
            closing,
            attached,
            copies,
            on,
        })
    }

    /// The paper, as GB/T 9704 lays out a letter: issuer in red, number, title, to whom, text, what is attached, name and day
    /// under the place of the seal, and at its foot who receives a copy.
    pub fn paper(&self) -> Document {
        let mut document = Document::new(Look::Official, &*self.title, self.on)
            .letterhead(&*self.issuer)
            .number(&*self.document)
            .issuer(&*self.issuer);
        if !self.to.is_empty() {
            document = document.push(Block::Flush(format!("{}：", self.to.join("、"))));
        }
        document = self.body.iter().fold(document, |document, text| document.push(Block::paragraph(text)));
        if let Some(table) = &self.table {
            document = document.push(table.paper());
        }
        document = self.closing.iter().fold(document, |document, text| document.push(Block::paragraph(text)));
        for (at, name) in self.attached.iter().enumerate() {
            let label = if at == 0 { "附件：" } else { "　　　" };
            document = document.push(Block::paragraph(format!("{label}{}．{name}", at + 1)));
        }
        document = document.push(Block::sealed(&*self.issuer, self.on));
        if self.copies.is_empty() {
            return document;
        }
        document.push(Block::Copied(self.copies.clone()))
    }
}

impl LetterTable {
    fn paper(&self) -> Table {
        let columns = [
            Column::short("编号"),
            Column::text("项目").width(Width::Share(3)),
            Column::text("申请单位").width(Width::Share(3)),
            Column::short("结果"),
            Column::amount("金额"),
        ];
        let table = Table::new(columns).unit("单位：元");
        let table = self.rows.iter().fold(table, |table, row| table.row(row.clone()));
        if self.rows.len() > 1 { table.totals(["合计", "", "", "", &self.total]) } else { table }
    }
}
