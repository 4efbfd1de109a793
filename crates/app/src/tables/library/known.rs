//! Whether a row is in the library already, as it stands: a table that is sent twice is filed once.

use crate::command::Failure;
use crate::rows::{CaseFilter, Scope};
use crate::view::Viewer;
use crate::writer::App;
use domain::Stream;
use domain::case::Case;
use policy::form::FormData;
use policy::pack::Form;
use policy::procedure::Procedure;

/// Cases read at a time.
const PAGE: usize = 50;

/// The number of the viewer's own entry that some version says the same of; withdrawn and refused ones do not count.
pub(super) fn entered(
    app: &App,
    viewer: &Viewer,
    (procedure, form): (&Procedure, &Form),
    said: &FormData,
) -> Result<Option<String>, Failure> {
    let title = procedure.title_field.as_ref().and_then(|field| said.fields.get(field));
    let Some(title) = title.map(|title| title.trim()).filter(|title| !title.is_empty()) else {
        return Ok(None);
    };
    let mut filter = CaseFilter::within(Scope::Own(viewer.org), PAGE);
    filter.procedure = Some(procedure.id.clone());
    filter.text = Some(title.to_owned());
    loop {
        let page = app.reads.cases(&filter)?;
        let stands = |standing: &str| !matches!(standing, "withdrawn" | "refused");
        for row in page.rows.iter().filter(|row| row.title == title && stands(&row.standing)) {
            let acts = app.reads.stream(&Stream::Case(row.case).key())?;
            if crate::history::case(&acts)?.is_some_and(|case| says(&case, form, said)) {
                return Ok(Some(row.number.clone()));
            }
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(None),
        }
    }
}

/// Whether some version of a case says this in every field that is not sealed, and in every table.
fn says(case: &Case, form: &Form, said: &FormData) -> bool {
    let text = |data: &FormData, id: &str| data.fields.get(id).map_or("", |text| text.trim()).to_owned();
    let plain: Vec<&str> =
        form.fields().filter(|field| !field.sensitive).map(|field| field.id.as_str()).collect();
    let mut own = case.declared.iter().filter(|version| version.of.is_empty());
    own.any(|version| {
        version.form.tables == said.tables && plain.iter().all(|id| text(&version.form, id) == text(said, id))
    })
}
