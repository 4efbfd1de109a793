//! A form as filed (or as typed so far): every part with its values, totals, differences to the version before, the lines
//! counted, the papers. Used by the applicant's check page and by the desks.

use app::view::filing::{
    CellShown, FieldShown, FiledForm, FiledPaper, FiledPart, LineShown, OpinionShown, PartBody, RowShown,
    TableShown, TallyShown,
};
use app::view::pack::{How, Level, PartState, Words};
use kernel::id::CaseId;
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::ui::{Badge, Mark, PaperFile, badge, cite, diff};
use crate::words::Lang;

/// Where a part can be changed; for the applicant's own draft.
pub type EditLink<'a> = &'a dyn Fn(&FiledPart) -> Option<String>;

/// The form as filed, for reading.
pub fn filed_form(ctx: &Ctx, form: &FiledForm) -> Markup {
    filed_form_with(ctx, form, &|_| None)
}

/// The same with a link to each part that can still be changed.
pub fn filed_form_with(ctx: &Ctx, form: &FiledForm, edit: EditLink<'_>) -> Markup {
    html! {
        div.filed {
            @if let Some(before) = form.compared { (changes_line(ctx, form, before)) }
            @for part in form.parts.iter().filter(|part| is_shown(part)) { (filed_part(ctx, part, edit(part))) }
            @for (index, tally) in form.tallies.iter().enumerate() { (tally_card(ctx, tally, index)) }
            @if !form.papers.is_empty() { (papers_card(ctx, form)) }
        }
    }
}

/// The text of a pair in the language of the screen; Chinese data is marked on an English page.
pub fn words(ctx: &Ctx, words: &Words) -> Markup {
    html! { (ctx.pick(&words.zh, &words.en)) }
}

/// Parts of other roles show only once something stands in them; parts that do not apply say so.
fn is_shown(part: &FiledPart) -> bool {
    part.by.is_none() || !part.opinions.is_empty() || part.state != PartState::NotStarted
}

fn changes_line(ctx: &Ctx, form: &FiledForm, before: u32) -> Markup {
    let args = [("count", form.changes.into()), ("version", i64::from(before).into())];
    html! {
        p.filed-changes role="note" {
            @if form.changes == 0 { (ctx.t_args("filed-no-changes", &[("version", i64::from(before).into())])) }
            @else { (ctx.t_args("filed-changes", &args)) }
        }
    }
}

/// One part as a card.
pub fn filed_part(ctx: &Ctx, part: &FiledPart, edit: Option<String>) -> Markup {
    html! {
        section.card.filed-part id={ "part-" (part.id) } {
            header.card-head {
                h2 { (words(ctx, &part.name)) }
                div.card-aside {
                    @if part.changes > 0 {
                        (badge(Badge::Amber, &ctx.t_args("filed-part-changes", &[("count", part.changes.into())]))) " "
                    }
                    @if let Some(by) = &part.by { (words(ctx, by)) " · " }
                    (cite(&part.cite))
                    @if let Some(href) = edit {
                        " · " a.filed-edit href=(href) { (ctx.t("change")) span.sr-only { (words(ctx, &part.name)) } }
                    }
                }
            }
            @if part.state == PartState::NotApplicable {
                p.hint { (ctx.t("filed-not-applicable")) }
            } @else {
                @match &part.body {
                    PartBody::Fields(fields) => @if part.by.is_none() { (fields_list(ctx, fields)) },
                    PartBody::Table(table) => (table_of(ctx, part, table)),
                }
            }
            @for said in &part.opinions { (opinion(ctx, said)) }
        }
    }
}

fn fields_list(ctx: &Ctx, fields: &[FieldShown]) -> Markup {
    html! {
        dl.summary.filed-fields {
            @for field in fields {
                div.wide[field.wide] .changed[field.cell.how.is_some()] {
                    dt { (words(ctx, &field.name)) }
                    dd { (cell(ctx, &field.cell, field.unit.as_ref())) }
                }
            }
        }
    }
}

/// A value with what changed in it, its unit and a sign when something is wrong with it.
pub fn cell(ctx: &Ctx, cell: &CellShown, unit: Option<&Words>) -> Markup {
    let text = ctx.pick(&cell.text.zh, &cell.text.en);
    let old = cell.old.as_ref().map(|old| ctx.pick(&old.zh, &old.en));
    html! {
        @match (old, cell.how) {
            (Some(old), Some(_)) => (diff(ctx, changed(old, text, cell.sealed))),
            (_, Some(How::Removed)) => (diff(ctx, Mark::Removed(text))),
            _ if text.is_empty() && cell.lacking => (badge(Badge::Amber, &ctx.t("filed-cell-lacking"))),
            _ if text.is_empty() => span.hint { (ctx.t("not-given")) },
            _ => span.filed-value lang=[cell_lang(ctx, cell)] { (text) },
        }
        @if let Some(unit) = unit { @if !text.is_empty() { " " span.filed-unit { (words(ctx, unit)) } } }
        @if cell.fault == Some(Level::Error) { " " (badge(Badge::Red, &ctx.t("filed-cell-error"))) }
        @if cell.fault == Some(Level::Warn) { " " (badge(Badge::Amber, &ctx.t("filed-cell-warn"))) }
    }
}

/// Two masks may look the same although the values differ.
fn changed<'a>(old: &'a str, new: &'a str, sealed: bool) -> Mark<'a> {
    match Mark::between(old, new) {
        Mark::Same(_) if sealed => Mark::Changed { old, new },
        mark => mark,
    }
}

fn cell_lang(ctx: &Ctx, cell: &CellShown) -> Option<&'static str> {
    (ctx.lang == Lang::En && cell.text.zh == cell.text.en && !cell.text.zh.is_ascii()).then_some("zh-CN")
}

fn table_of(ctx: &Ctx, part: &FiledPart, table: &TableShown) -> Markup {
    let caption = format!("filed-{}-caption", part.id);
    html! {
        @if table.rows.is_empty() && table.gone.is_empty() {
            p.hint { (ctx.t("filed-no-rows")) }
        } @else {
            div.scroll role="region" tabindex="0" aria-labelledby=(caption) {
                table.data.filed-table.filed-months[table.months] {
                    caption.sr-only id=(caption) { (words(ctx, &part.name)) }
                    thead { tr {
                        th.row-number scope="col" { @if table.months { (ctx.t("filed-kind")) } @else { (ctx.t("row-number")) } }
                        @for column in &table.columns {
                            th scope="col" .amount[column.number] {
                                (words(ctx, &column.name))
                                @if let Some(unit) = column.unit.as_ref().filter(|_| !table.months) { "（" (words(ctx, unit)) "）" }
                            }
                        }
                    } }
                    tbody {
                        @for row in &table.rows { (row_line(ctx, table, row)) }
                        @for row in &table.gone { (row_line(ctx, table, row)) }
                    }
                    @if !table.totals.is_empty() {
                        tfoot { tr {
                            th scope="row" { (ctx.t("total")) }
                            @for (column, total) in table.columns.iter().zip(&table.totals) {
                                td .amount[column.number] .empty[total.is_empty()] { (total) }
                            }
                        } }
                    }
                }
            }
            @if table.months {
                @if let Some(unit) = table.columns.first().and_then(|column| column.unit.as_ref()) {
                    p.hint { (ctx.t("filed-unit")) (words(ctx, unit)) }
                }
            }
        }
    }
}

fn row_line(ctx: &Ctx, table: &TableShown, row: &RowShown) -> Markup {
    html! {
        tr.row-gone[row.how == Some(How::Removed)] .row-new[row.how == Some(How::Added)] {
            th scope="row" {
                (words(ctx, &row.label))
                @match row.how {
                    Some(How::Removed) => { " " (badge(Badge::Red, &ctx.t("filed-row-gone"))) }
                    Some(How::Added) => { " " (badge(Badge::Green, &ctx.t("filed-row-new"))) }
                    _ => {}
                }
            }
            @for (column, value) in table.columns.iter().zip(&row.cells) {
                td .amount[column.number] .empty[value.text.zh.is_empty()] {
                    @if value.text.zh.is_empty() && value.how.is_none() { (fault_only(ctx, value)) }
                    @else { (cell(ctx, value, None)) }
                }
            }
        }
    }
}

fn fault_only(ctx: &Ctx, value: &CellShown) -> Markup {
    html! {
        @if value.lacking { (badge(Badge::Amber, &ctx.t("filed-cell-lacking"))) }
        @if value.fault == Some(Level::Error) { (badge(Badge::Red, &ctx.t("filed-cell-error"))) }
    }
}

fn opinion(ctx: &Ctx, said: &OpinionShown) -> Markup {
    html! {
        div.filed-opinion {
            p.hint {
                (words(ctx, &said.step))
                @if let Some(outcome) = &said.outcome { " · " strong { (words(ctx, outcome)) } }
                " · " (ctx.date(said.on))
                @if !said.person.is_empty() { " · " (ctx.zh(&said.person)) }
            }
            @if !said.text.is_empty() { p { (ctx.zh(&said.text)) } }
        }
    }
}

/// The count of lines: sums, classes, and each line with the reason when it is not counted.
pub fn tally_card(ctx: &Ctx, tally: &TallyShown, index: usize) -> Markup {
    let caption = format!("tally-{index}-caption");
    html! {
        section.card.filed-tally {
            header.card-head { h2 { (words(ctx, &tally.name)) } div.card-aside { (cite(&tally.cite)) } }
            @if tally.lines.is_empty() {
                p.hint { (ctx.t("tally-no-lines")) }
            } @else {
                (tally_sums(ctx, tally, index))
                div.scroll role="region" tabindex="0" aria-labelledby=(caption) {
                    table.data.filed-table {
                        caption id=(caption) { (ctx.t("tally-lines")) }
                        thead { tr {
                            th scope="col" { (ctx.t("tally-line")) }
                            th scope="col" { (ctx.t("tally-class")) }
                            th scope="col" { (ctx.t("tally-date")) }
                            th.amount scope="col" { (ctx.t("tally-amount")) }
                            @for give in &tally.gives { th scope="col" { (words(ctx, &give.name)) } }
                            th scope="col" { (ctx.t("tally-reason")) }
                        } }
                        tbody { @for line in &tally.lines { (tally_line(ctx, line)) } }
                    }
                }
            }
        }
    }
}

fn tally_line(ctx: &Ctx, line: &LineShown) -> Markup {
    let every = line.counted.iter().all(|counted| *counted);
    html! {
        tr.marked[!every] {
            th scope="row" { (ctx.zh(&line.label)) span.hint.tally-place { (place(ctx, &line.place)) } }
            td { (words(ctx, &line.class)) }
            td { @if let Some(date) = line.date { (ctx.date(date)) } }
            td.amount {
                (line.amount.grouped())
                @if line.amount != line.declared {
                    span.hint.tally-place { (ctx.t_args("tally-declared", &[("amount", line.declared.grouped().into())])) }
                }
            }
            @for counted in &line.counted { td { (counted_badge(ctx, *counted, line.open)) } }
            td {
                @if let Some((why, article)) = &line.reason { (words(ctx, why)) " " (cite(article)) }
                @else if line.open { (ctx.t("tally-open-reason")) }
            }
        }
    }
}

/// The place without the long name of its table: “表六，第3行” of “表六 投资项目的新增投资额基本情况表，第3行”.
fn place(ctx: &Ctx, place: &Words) -> String {
    let short = |text: &str, comma: &str| match (text.split_once(' '), text.rsplit_once(comma)) {
        (Some((name, _)), Some((_, row))) => format!("{name}{comma}{row}"),
        (Some((name, _)), None) => name.to_owned(),
        _ => text.to_owned(),
    };
    match ctx.lang {
        Lang::Zh => short(&place.zh, "，"),
        Lang::En => place.en.clone(),
    }
}

fn counted_badge(ctx: &Ctx, counted: bool, open: bool) -> Markup {
    match (counted, open) {
        (true, _) => badge(Badge::Green, &ctx.t("tally-counted")),
        (false, true) => badge(Badge::Grey, &ctx.t("tally-open")),
        (false, false) => badge(Badge::Amber, &ctx.t("tally-not-counted")),
    }
}

fn tally_sums(ctx: &Ctx, tally: &TallyShown, index: usize) -> Markup {
    let caption = format!("tally-{index}-sums");
    let amount =
        |sum: &Option<kernel::Money>| sum.map_or_else(|| ctx.t("tally-unknown"), |sum| sum.grouped());
    html! {
        div.scroll role="region" tabindex="0" aria-labelledby=(caption) {
            table.data.filed-table {
                caption id=(caption) { (ctx.t("tally-sums")) }
                thead { tr {
                    th scope="col" { (ctx.t("tally-class")) }
                    @for give in &tally.gives { th.amount scope="col" { (words(ctx, &give.name)) "（" (ctx.t("unit-yuan")) "）" } }
                } }
                tbody {
                    @for class in &tally.classes {
                        tr { th scope="row" { (words(ctx, &class.name)) } @for sum in &class.sums { td.amount { (amount(sum)) } } }
                    }
                }
                tfoot { tr {
                    th scope="row" { (ctx.t("total")) }
                    @for give in &tally.gives {
                        td.amount {
                            (amount(&give.total))
                            @if give.left_out > 0 {
                                span.hint.tally-place { (ctx.t_args("tally-left-out", &[("count", give.left_out.into())])) }
                            }
                        }
                    }
                } }
            }
        }
    }
}

fn papers_card(ctx: &Ctx, form: &FiledForm) -> Markup {
    let mut kinds: Vec<(&str, Vec<&FiledPaper>)> = Vec::new();
    for paper in &form.papers {
        match kinds.iter_mut().find(|(id, _)| *id == paper.paper) {
            Some((_, files)) => files.push(paper),
            None => kinds.push((&paper.paper, vec![paper])),
        }
    }
    html! {
        section.card.filed-papers {
            header.card-head { h2 { (ctx.t("filed-papers")) } div.card-aside { (ctx.t_args("filed-paper-count", &[("count", form.papers.len().into())])) } }
            ul.papers {
                @for (_, files) in &kinds {
                    li {
                        @if let Some(first) = files.first() {
                            p.paper-title { (words(ctx, &first.name)) " " span.hint { (cite(&first.cite)) } }
                        }
                        @for file in files { (paper_line(ctx, form, file)) }
                    }
                }
            }
        }
    }
}

fn paper_line(ctx: &Ctx, form: &FiledForm, file: &FiledPaper) -> Markup {
    let shown = paper_file(file, form.case.filter(|_| form.version > 0));
    html! {
        div.paper-file {
            a href=(shown.href) { (ctx.zh(&shown.name)) }
            span.hint { (shown.kind) " · " (size(shown.bytes)) }
            @if file.new { (badge(Badge::Green, &ctx.t("filed-paper-new"))) }
            details.hash { summary { (ctx.t("paper-hash")) } code { (shown.hash) } }
        }
    }
}

/// A paper of the pack as the list of papers shows it; `case` says where the reader comes from.
pub fn paper_file(file: &FiledPaper, case: Option<CaseId>) -> PaperFile {
    let from = case.map_or_else(String::new, |case| format!("?case={case}"));
    PaperFile {
        name: file.file.clone(),
        href: format!("/papers/{}{from}", file.hash),
        kind: kind_word(&file.media).to_owned(),
        bytes: u64::try_from(file.size).unwrap_or(0),
        hash: file.hash.to_string(),
    }
}

/// A media type in a word.
pub fn kind_word(media: &str) -> &'static str {
    match media {
        "application/pdf" => "PDF",
        "image/png" => "PNG",
        "image/jpeg" => "JPEG",
        "application/ofd" => "OFD",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "XLSX",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "DOCX",
        _ => "ZIP",
    }
}

/// A size in words; a tenth of a unit is cut, never rounded up.
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..KIB => format!("{bytes} B"),
        KIB..0x10_0000 => format!("{} KB", tenths(KIB)),
        _ => format!("{} MB", tenths(KIB * KIB)),
    }
}
