//! A field for files. The form around it must be [`super::Form::with_files`].

use maud::{Markup, html};

use super::errors::{described_by, id_of, message};
use crate::ctx::Ctx;

/// A field that takes one or more files.
#[derive(Clone, Debug)]
pub struct FileField<'a> {
    /// The field's name.
    pub name: &'a str,
    /// The words above it.
    pub label: &'a str,
    /// Kinds of file: `.pdf,.jpg,.png`.
    pub accept: &'a str,
    /// What is wanted, kinds and size allowed.
    pub hint: Option<&'a str>,
    /// What is wrong.
    pub error: Option<&'a str>,
}

impl FileField<'_> {
    /// The field.
    pub fn html(&self, ctx: &Ctx) -> Markup {
        let id = id_of(self.name);
        html! {
            div.field.has-error[self.error.is_some()] {
                label for=(id) { (self.label) }
                @if let Some(hint) = self.hint { p.hint id={ (id) "-hint" } { (hint) } }
                (message(ctx, self.name, self.error))
                input.file id=(id) name=(self.name) type="file" accept=(self.accept) multiple
                    aria-describedby=[described_by(self.name, self.hint, self.error)]
                    aria-invalid=[self.error.map(|_| "true")];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn it_says_which_kinds_it_takes() {
        let field = FileField {
            name: "licence",
            label: "营业执照",
            accept: ".pdf,.jpg",
            hint: Some("PDF"),
            error: None,
        };
        let html = field.html(&Ctx::sample(Lang::Zh)).into_string();
        assert!(html.contains("accept=\".pdf,.jpg\"") && html.contains("for=\"f-licence\""), "{html}");
    }
}
