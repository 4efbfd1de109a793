//! What a page holds, read as a browser reads it: the controls of a form with what stands in them, and what is said to be wrong.

/// A control of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    pub name: String,
    pub value: String,
    /// Whether a browser would send it: not a box that is not ticked.
    pub sent: bool,
}

/// A tag with its attributes, and the text up to the next tag.
struct Tag<'h> {
    name: &'h str,
    attributes: Vec<(&'h str, String)>,
    text: &'h str,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn attributes(mut text: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    loop {
        text = text.trim_start();
        let end = text.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(text.len());
        if end == 0 {
            return found;
        }
        let (name, rest) = text.split_at(end);
        match rest.strip_prefix("=\"").and_then(|rest| rest.split_once('"')) {
            Some((value, rest)) => {
                found.push((name, unescaped(value)));
                text = rest;
            }
            None => {
                found.push((name, String::new()));
                text = rest;
            }
        }
    }
}

fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, from)) = rest.split_once('<') {
        let mut quoted = false;
        let end = from.find(|c| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let Some(end) = end else { break };
        let (inside, after) = (&from[..end], &from[end + 1..]);
        let (name, list) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let text = after.split('<').next().unwrap_or("");
        found.push(Tag { name, attributes: attributes(list), text });
        rest = after;
    }
    found
}

/// The controls of the forms of a page that are sent to a path; of every form that is posted when none is.
pub fn controls(html: &str, path: &str) -> Vec<Control> {
    let bare = |path: &str| path.split('?').next().unwrap_or("").to_owned();
    let (mut own, mut all) = (Vec::new(), Vec::new());
    let (mut here, mut posted) = (false, false);
    let mut select: Option<(String, Option<String>, Option<String>)> = None;
    for tag in tags(html) {
        let mut put = |name: &str, value: &str, sent: bool| {
            let control = Control { name: name.to_owned(), value: value.to_owned(), sent };
            if here {
                own.push(control.clone());
            }
            if posted {
                all.push(control);
            }
        };
        match tag.name {
            "form" => {
                posted = tag.get("method") == Some("post");
                here = posted && tag.get("action").is_some_and(|to| bare(to) == bare(path));
            }
            "/form" => (here, posted) = (false, false),
            "input" => {
                let (Some(name), kind) = (tag.get("name"), tag.get("type").unwrap_or("text")) else {
                    continue;
                };
                let ticked = !matches!(kind, "radio" | "checkbox") || tag.get("checked").is_some();
                if kind != "file" {
                    put(name, tag.get("value").unwrap_or("on"), ticked);
                }
            }
            "textarea" => put(tag.get("name").unwrap_or(""), &unescaped(tag.text), true),
            "select" => select = Some((tag.get("name").unwrap_or("").to_owned(), None, None)),
            "option" => {
                if let Some((_, first, chosen)) = &mut select {
                    let value = tag.get("value").unwrap_or("").to_owned();
                    if tag.get("selected").is_some() {
                        *chosen = Some(value.clone());
                    }
                    first.get_or_insert(value);
                }
            }
            "/select" => {
                if let Some((name, first, chosen)) = select.take() {
                    put(&name, &chosen.or(first).unwrap_or_default(), true);
                }
            }
            _ => {}
        }
    }
    if own.is_empty() { all } else { own }
}

/// The text of a piece of a page.
pub fn plain(html: &str) -> String {
    let rest = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let mut text = String::new();
    for tag in tags(&format!("<main{rest}")) {
        let said = unescaped(tag.text);
        if !said.trim().is_empty() && !matches!(tag.name, "style" | "script") {
            text.push_str(said.trim());
            text.push(' ');
        }
    }
    text
}

fn joined(html: &str) -> String {
    tags(&format!("<x>{html}")).iter().map(|tag| unescaped(tag.text)).collect::<String>().trim().to_owned()
}

/// What is said above the form, one text a finding.
pub fn told(html: &str) -> Vec<String> {
    let Some((_, rest)) = html.split_once("id=\"error-summary\"") else { return Vec::new() };
    let list = rest.split("</section>").next().unwrap_or("");
    list.split("<li>").skip(1).map(|item| joined(item.split("</li>").next().unwrap_or(""))).collect()
}

/// The fields that are marked, by the id of their message, each with what is said.
pub fn marked(html: &str) -> Vec<(String, String)> {
    let errors = html.split("<p class=\"field-error\"").skip(1);
    errors
        .map(|rest| {
            let (head, body) = rest.split_once('>').unwrap_or(("", rest));
            let id = attributes(head).into_iter().find(|(name, _)| *name == "id").map(|(_, id)| id);
            (id.unwrap_or_default(), joined(body.split("</p>").next().unwrap_or("")))
        })
        .collect()
}
