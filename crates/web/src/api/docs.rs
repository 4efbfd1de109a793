//! `/api`: the documentation of the interface, drawn from its OpenAPI document. No script, nothing from elsewhere.

use std::collections::BTreeMap;

use app::view::state::REFUSALS;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde_json::Value;

use super::document;
use crate::ctx::Ctx;
use crate::page::{Page, Width};
use crate::ui::{DataTable, Head, details, panel};

/// The codes that concern the request itself, the world and the program.
const OWN: [(&str, &str); 15] = [
    ("A001", "api-a001"),
    ("A002", "api-a002"),
    ("A003", "api-a003"),
    ("A004", "api-a004"),
    ("A005", "api-a005"),
    ("A006", "api-a006"),
    ("A007", "api-a007"),
    ("A008", "api-a008"),
    ("A009", "api-a009"),
    ("A010", "api-a010"),
    ("A011", "api-a011"),
    ("A012", "api-a012"),
    ("A013", "api-a013"),
    ("F001", "api-f001"),
    ("B001", "api-b001"),
];

/// The page.
pub(super) async fn show(ctx: Ctx) -> Response {
    let document = serde_json::to_value(document()).unwrap_or_default();
    page(&ctx, &document).into_response()
}

/// The page of a document.
fn page<'c>(ctx: &'c Ctx, document: &Value) -> Page<'c> {
    let tags = by_tag(document);
    Page::new(ctx, &ctx.t("api-title")).width(Width::Wide).body(html! {
        p.lead { (ctx.t("api-about")) }
        (panel(&ctx.t("api-how"), html! {
            ul {
                @for id in ["api-how-who", "api-how-role", "api-how-key", "api-how-money", "api-how-fields",
                    "api-how-pages", "api-how-files", "api-how-problems"] {
                    li { (ctx.t(id)) }
                }
            }
            p { a href="/api/v1/openapi.json" { (ctx.t("api-document")) } }
        }))
        (panel(&ctx.t("api-contents"), html! {
            ul {
                @for (tag, operations) in &tags {
                    li { a href={ "#tag-" (tag) } { (tag_name(ctx, tag)) } " (" (operations.len()) ")" }
                }
                li { a href="#shapes" { (ctx.t("api-shapes")) } }
                li { a href="#codes" { (ctx.t("api-codes")) } }
            }
        }))
        @for (tag, operations) in &tags {
            section.card aria-labelledby={ "tag-" (tag) } {
                h2 id={ "tag-" (tag) } { (tag_name(ctx, tag)) }
                @for operation in operations { (one(ctx, operation)) }
            }
        }
        section.card aria-labelledby="shapes" {
            h2 #shapes { (ctx.t("api-shapes")) }
            @for (name, schema) in object(&document["components"]["schemas"]) { (shape(ctx, name, schema)) }
        }
        // The table below is the region of this name: two of one name could not be told apart.
        section.card {
            h2 #codes { (ctx.t("api-codes")) }
            (codes(ctx))
        }
    })
}

/// An operation with its address.
struct Doing<'d> {
    method: String,
    path: &'d str,
    said: &'d Value,
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn by_tag(document: &Value) -> BTreeMap<&str, Vec<Doing<'_>>> {
    let mut tags: BTreeMap<&str, Vec<Doing<'_>>> = BTreeMap::new();
    for (path, item) in object(&document["paths"]) {
        for (method, said) in object(item) {
            let tag = text(&said["tags"][0]);
            tags.entry(tag).or_default().push(Doing { method: method.to_uppercase(), path, said });
        }
    }
    tags
}

fn tag_name(ctx: &Ctx, tag: &str) -> String {
    match tag {
        "allocations" => ctx.t("api-tag-allocations"),
        "batches" => ctx.t("api-tag-batches"),
        "cases" => ctx.t("api-tag-cases"),
        "claims" => ctx.t("api-tag-claims"),
        "consents" => ctx.t("api-tag-consents"),
        "funds" => ctx.t("api-tag-funds"),
        "journal" => ctx.t("api-tag-journal"),
        "me" => ctx.t("api-tag-me"),
        "papers" => ctx.t("api-tag-papers"),
        "people" => ctx.t("api-tag-people"),
        "plans" => ctx.t("api-tag-plans"),
        "projects" => ctx.t("api-tag-projects"),
        "rosters" => ctx.t("api-tag-rosters"),
        "sources" => ctx.t("api-tag-sources"),
        "registers" => ctx.t("api-tag-registers"),
        "reports" => ctx.t("api-tag-reports"),
        "years" => ctx.t("api-tag-years"),
        other => other.to_owned(),
    }
}

/// One operation: what it does, what it takes, what it answers.
fn one(ctx: &Ctx, doing: &Doing<'_>) -> Markup {
    let summary = text(&doing.said["summary"]);
    let (zh, en) = summary.split_once(" / ").unwrap_or((summary, summary));
    let id = text(&doing.said["operationId"]);
    html! {
        h3 id={ "op-" (id) } {
            code { (doing.method) " " (doing.path) }
        }
        p { (ctx.pick(zh, en)) }
        (details(&ctx.t("api-details"), html! {
            (parameters(ctx, doing))
            @if !doing.said["requestBody"].is_null() {
                p { (ctx.t("api-takes")) " " (contents(&doing.said["requestBody"]["content"])) }
            }
            @for (status, response) in object(&doing.said["responses"]) {
                p {
                    (ctx.t("api-answers")) " " code { (status) } " " (contents(&response["content"]))
                }
            }
        }))
    }
}

fn parameters(ctx: &Ctx, doing: &Doing<'_>) -> Markup {
    let heads = ["api-name", "api-where", "api-kind", "api-what"].map(|id| Head::text(ctx.t(id)));
    let name = format!("parameters-{}", text(&doing.said["operationId"]));
    let mut table = DataTable::new(name, ctx.t("api-parameters"), heads.to_vec());
    for parameter in array(&doing.said["parameters"]) {
        let needed = parameter["required"] == Value::Bool(true);
        table = table.row(vec![
            html! { code { (text(&parameter["name"])) } @if needed { " " span.hint { (ctx.t("api-needed")) } } },
            html! { (text(&parameter["in"])) },
            kind(&parameter["schema"]),
            html! { span lang="en" { (text(&parameter["description"])) } },
        ]);
    }
    table.html()
}

fn contents(content: &Value) -> Markup {
    html! {
        @for (media, said) in object(content) { code { (media) } " " (kind(&said["schema"])) " " }
    }
}

/// What a schema is, with a link where it has a name.
fn kind(schema: &Value) -> Markup {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return html! { a href={ "#shape-" (name) } { code { (name) } } };
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        several => array(several).filter_map(Value::as_str).filter(|one| *one != "null").collect(),
    };
    let choices = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array());
    html! {
        @if let Some(choices) = choices {
            @for choice in choices.iter().filter(|choice| choice["type"] != "null") { (kind(choice)) }
        } @else if types.contains(&"array") {
            (kind(&schema["items"])) "[]"
        } @else {
            code { (types.join(" ")) }
            @if let Some(format) = schema["format"].as_str() { " (" (format) ")" }
        }
    }
}

/// One shape with its fields.
fn shape(ctx: &Ctx, name: &str, schema: &Value) -> Markup {
    let needed: Vec<&str> = array(&schema["required"]).filter_map(Value::as_str).collect();
    let heads = ["api-name", "api-kind", "api-what"].map(|id| Head::text(ctx.t(id)));
    let mut table =
        DataTable::new(format!("fields-{name}"), format!("{name}: {}", ctx.t("api-fields")), heads.to_vec())
            .quiet_caption();
    let mut fields = 0;
    for (field, said) in object(&schema["properties"]) {
        fields += 1;
        table = table.row(vec![
            html! { code { (field) } @if needed.contains(&field.as_str()) { " " span.hint { (ctx.t("api-needed")) } } },
            kind(said),
            html! { span lang="en" { (text(&said["description"])) } },
        ]);
    }
    html! {
        h3 id={ "shape-" (name) } { code { (name) } }
        @if let Some(about) = schema["description"].as_str() { p lang="en" { (about) } }
        @if fields > 0 { (details(&ctx.t("api-fields"), table.html())) } @else { p { (kind(schema)) } }
        @if let Some(pattern) = schema["pattern"].as_str() { p { (ctx.t("api-pattern")) " " code { (pattern) } } }
    }
}

/// Every code with what it says.
fn codes(ctx: &Ctx) -> Markup {
    let heads = ["api-code", "api-says", "api-next"].map(|id| Head::text(ctx.t(id)));
    let mut table = DataTable::new("refusals", ctx.t("api-codes"), heads.to_vec()).quiet_caption();
    for (code, words) in OWN {
        table = table.row(vec![html! { code id=(code) { (code) } }, html! { (ctx.t(words)) }, html! {}]);
    }
    for entry in REFUSALS {
        table = table.row(vec![
            html! { code id=(entry.code) { (entry.code) } },
            html! { (ctx.pick(entry.zh, entry.en)) },
            html! { (ctx.pick(entry.next_zh, entry.next_en)) },
        ]);
    }
    table.html()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use axum::body::to_bytes;

    async fn drawn(lang: Lang) -> String {
        let response = show(Ctx::sample(lang)).await;
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn every_operation_and_shape_is_on_the_page_and_links_hold() {
        let document = serde_json::to_value(document()).unwrap();
        for (lang, expected) in [(Lang::Zh, "到账入账"), (Lang::En, "Book cash that arrived")] {
            let page = drawn(lang).await;
            assert!(page.contains(expected), "{lang:?}");
            for (path, _) in object(&document["paths"]) {
                assert!(page.contains(path.as_str()), "{path}");
            }
            for part in page.split("href=\"#").skip(1) {
                let anchor = part.split('"').next().unwrap_or_default();
                assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
            }
            for code in ["A001", "F001", "R801", "R905"] {
                assert!(page.contains(&format!("id=\"{code}\"")), "{code}");
            }
        }
    }
}
