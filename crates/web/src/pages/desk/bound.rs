//! `/cases/{id}/bound.pdf`: the bound file of a case as one PDF: cover, contents, form, attachments behind divider pages, seal
//! page, what goes along. And its panel on the tab of papers.

use app::papers::PaperBytes;
use app::print::{
    Annex, Attachment, AttachmentFile, Block, Document, ImageFormat, Look, Press, SealPage, Signature,
};
use app::view::case::{BoundFile, BoundLeaf, BoundWhat};
use app::view::state::Paper;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::id::CaseId;
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::{OrNotFound, WebError};
use crate::pages::filing::pdf::blocks;
use crate::pages::filing::render::{kind_word, size};
use crate::pages::pdf;
use crate::pages::shared::{article, id, say, shown};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Badge, DataTable, Head, badge, button, panel_with};

/// The bound file; `?copy=2`: with the number of that copy on it.
pub async fn send(
    seat: Seat,
    Path(case): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let query: Submitted = pairs.into_iter().collect();
    let case: CaseId = id(&case)?;
    let file = shown(ctx, seat.app().bound_file(&seat.viewer, case))?.or_not_found()?;
    let copy = match query.get("copy") {
        "" => None,
        text => Some(id::<u32>(text).ok().filter(|copy| (1..=file.copies).contains(copy)).or_not_found()?),
    };
    let bytes = |paper: &Paper| shown(ctx, seat.app().paper_bytes(&seat.viewer, &paper.hash, Some(case)));
    let document = volume(ctx, &*seat.state.app.press, &file, copy, &bytes)?;
    let which = copy.map_or_else(String::new, |copy| format!("-{copy}"));
    pdf(&seat.state, ctx, &format!("{}-{}{which}", file.number, say(ctx, &file.name)), document).await
}

/// Where the bytes of a paper come from.
pub type Bytes<'b> = &'b dyn Fn(&Paper) -> Result<PaperBytes, WebError>;

/// The volume, with the number of a copy or without.
pub fn volume(
    ctx: &Ctx,
    press: &dyn Press,
    file: &BoundFile,
    copy: Option<u32>,
    bytes: Bytes<'_>,
) -> Result<Document, WebError> {
    let name = say(ctx, &file.name);
    let number = if file.number.is_empty() { file.title.as_str() } else { file.number.as_str() };
    let mut document = Document::new(Look::File, name, file.on)
        .language(ctx.printed())
        .issuer(&*file.applicant)
        .header(format!("{name}　{number}"))
        .copies(file.copies, copy)
        .fact(ctx.t("bound-project"), &*file.title)
        .fact(ctx.t("cases-applicant"), &*file.applicant)
        .fact(ctx.t("bound-year"), ctx.t_args("bound-year-n", &[("year", file.year.to_string().into())]));
    if !file.number.is_empty() {
        document = document.number(ctx.t_args("bound-number", &[("number", (*file.number).into())]));
    }
    if file.unfinished {
        document = document.fact(ctx.t("bound-there"), ctx.t("bound-unfinished"));
    }
    document = document.push(Block::Contents);
    let mut binder = Binder { ctx, press, bytes, number: 0 };
    for leaf in &file.holds {
        document = binder.leaf(leaf, "bound-annex")?.into_iter().fold(document, Document::push);
    }
    document = document.push(seal_page(ctx, file));
    binder.number = 0;
    for leaf in &file.along {
        document = binder.leaf(leaf, "bound-along")?.into_iter().fold(document, Document::push);
    }
    Ok(document)
}

fn seal_page(ctx: &Ctx, file: &BoundFile) -> SealPage {
    let signature = |(role, name): &(_, String)| {
        let who = ctx.t_args("print-seal-of", &[("unit", say(ctx, role).into())]);
        Signature::default().line(who, name.as_str()).line(ctx.t("print-signed"), "")
    };
    let stated = file.states.as_ref().map(|states| say(ctx, states).to_owned());
    let held = file.leaves().filter(|leaf| leaf.what != BoundWhat::Missing).count();
    let counted =
        ctx.t_args("bound-counted", &[("held", held.into()), ("copies", i64::from(file.copies).into())]);
    SealPage {
        title: ctx.t("bound-seal-page"),
        text: stated.into_iter().chain([counted]).collect::<Vec<_>>().join("\n"),
        signatures: file.seals.iter().map(signature).collect(),
    }
}

/// What turns leaves into pages, counting attachments.
struct Binder<'b> {
    ctx: &'b Ctx,
    press: &'b dyn Press,
    bytes: Bytes<'b>,
    number: usize,
}

impl Binder<'_> {
    fn leaf(&mut self, leaf: &BoundLeaf, label: &str) -> Result<Vec<Block>, WebError> {
        let ctx = self.ctx;
        let name = say(ctx, &leaf.name);
        if let BoundWhat::Form(form) = &leaf.what {
            let heading = [Block::PageBreak, Block::heading(1, name)];
            let parts = blocks(ctx, form).into_iter().map(listed);
            return Ok(heading.into_iter().chain(parts).chain([Block::PageBreak]).collect());
        }
        self.number += 1;
        let mut annex = Annex {
            label: ctx.t_args(label, &[("number", self.number.into())]),
            title: name.to_owned(),
            ..Annex::default()
        };
        match &leaf.what {
            BoundWhat::Files(files) => self.bind(&mut annex, files)?,
            _ => {
                annex.title = ctx.t_args("bound-title-missing", &[("title", name.into())]);
                let why = if leaf.optional { "bound-missing-optional" } else { "bound-missing" };
                annex.note = ctx.t(why);
            }
        }
        Ok(vec![annex.into()])
    }

    /// Binds what can be bound; every file is named with its size and digest, and one that cannot be bound says why.
    fn bind(&self, annex: &mut Annex, files: &[Paper]) -> Result<(), WebError> {
        let ctx = self.ctx;
        let mut apart = Vec::new();
        for paper in files {
            let held = (self.bytes)(paper)?;
            let file = bindable(held);
            let pages = file.as_ref().map(|file| self.press.pages(file));
            let mut about = format!("{} · {}", kind_word(&paper.media), size(paper.size.unsigned_abs()));
            match (file, pages) {
                (Some(file), Some(Ok(pages))) => {
                    about.push_str(&ctx.t_args("bound-pages", &[("pages", pages.into())]));
                    annex.files.push(Attachment { title: paper.name.clone(), file });
                }
                (_, why) => {
                    let why = match why {
                        Some(Err(bad)) => {
                            let (zh, en) = bad.words();
                            ctx.pick(zh, en).to_owned()
                        }
                        _ => ctx.t_args("bound-kind", &[("kind", kind_word(&paper.media).into())]),
                    };
                    let args = [("file", paper.name.as_str().into()), ("why", why.into())];
                    apart.push(ctx.t_args("bound-apart", &args));
                }
            }
            annex.facts.push((ctx.t("case-file"), format!("{}\n{about}", paper.name)));
            annex.facts.push((ctx.t("print-digest"), paper.hash.to_string()));
        }
        annex.note = apart.join("\n");
        Ok(())
    }
}

/// The parts of a form stand in the contents.
fn listed(block: Block) -> Block {
    match block {
        Block::Heading { level: 3, text } => Block::Heading { level: 2, text },
        other => other,
    }
}

/// A file as the press binds it; none of a kind that has no pages of its own.
fn bindable(held: PaperBytes) -> Option<AttachmentFile> {
    match held.media.as_str() {
        "application/pdf" => Some(AttachmentFile::Pdf(held.bytes.into())),
        "image/png" => Some(AttachmentFile::Image(held.bytes.into(), ImageFormat::Png)),
        "image/jpeg" => Some(AttachmentFile::Image(held.bytes.into(), ImageFormat::Jpeg)),
        _ => None,
    }
}

/// What the volume holds and what is missing, with the links to print it.
pub fn about(ctx: &Ctx, case: CaseId, file: &BoundFile) -> Markup {
    let heads = vec![Head::text(ctx.t("bound-part")), Head::text(ctx.t("bound-there"))];
    let table = DataTable::new("bound", ctx.t("bound-title"), heads).quiet_caption();
    let along = std::iter::repeat_n(false, file.holds.len()).chain(std::iter::repeat(true));
    let table = file.leaves().zip(along).fold(table, |table, (leaf, along)| {
        table.row(vec![
            html! {
                (say(ctx, &leaf.name))
                @if along { " " (badge(Badge::Blue, &ctx.t("bound-goes-along"))) }
            },
            html! {
                @match &leaf.what {
                    BoundWhat::Form(form) => (ctx.t_args("bound-form-of", &[("date", ctx.date(form.on).into())])),
                    BoundWhat::Files(files) => (ctx.t_args("case-paper-count", &[("count", files.len().into())])),
                    BoundWhat::Missing if leaf.optional => (badge(Badge::Grey, &ctx.t("bound-none"))),
                    BoundWhat::Missing => (badge(Badge::Amber, &ctx.t("bound-lacks"))),
                }
            },
        ])
    });
    let address = format!("/cases/{case}/bound.pdf");
    panel_with(
        say(ctx, &file.name),
        html! { (article(&file.cite)) " " span.hint { (ctx.t_args("bound-copies", &[("copies", i64::from(file.copies).into())])) } },
        html! {
            p.hint { (ctx.t("bound-about")) }
            (table.html())
            div.actions { (button::link_primary(&address, &ctx.t("bound-print"))) }
            @if file.copies > 1 {
                p.hint {
                    (ctx.t("bound-numbered"))
                    @for copy in 1..=file.copies {
                        " · " a href={ (address) "?copy=" (copy) } { (ctx.t_args("bound-copy", &[("copy", i64::from(copy).into())])) }
                    }
                }
            }
        },
    )
}
