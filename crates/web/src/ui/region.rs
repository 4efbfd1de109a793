//! Choosing a place by province, city and county: one drop-down a level.
//!
//! With script the next level loads when one is chosen (the form is `live`); without it, the button beside the
//! drop-downs sends the form with `act=region:<name>`, and the page comes back with the next level.

use maud::{Markup, html};

use super::Opt;
use super::errors::{described_by, id_of, message};
use crate::ctx::Ctx;

/// One level of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionLevel {
    /// The end of the field's name: `province`, `city`, `county`.
    pub key: &'static str,
    /// The words above it.
    pub label: String,
    /// What can be chosen now; empty until the level above is chosen.
    pub options: Vec<Opt>,
    /// The code chosen, or an empty text.
    pub chosen: String,
}

/// A place to choose; its fields are `<name>.<key>` of every level.
#[derive(Clone, Debug)]
pub struct RegionPicker<'a> {
    /// The common beginning of the fields' names.
    pub name: &'a str,
    /// The legend.
    pub label: &'a str,
    /// A line under the legend.
    pub hint: Option<&'a str>,
    /// What is wrong with the place.
    pub error: Option<&'a str>,
    /// From the largest to the smallest.
    pub levels: &'a [RegionLevel],
}

impl RegionPicker<'_> {
    /// The picker.
    pub fn html(&self, ctx: &Ctx) -> Markup {
        let id = id_of(self.name);
        html! {
            fieldset.field.region.has-error[self.error.is_some()]
                aria-describedby=[described_by(self.name, self.hint, self.error)] {
                legend { (self.label) }
                @if let Some(hint) = self.hint { p.hint id={ (id) "-hint" } { (hint) } }
                (message(ctx, self.name, self.error))
                div.region-levels {
                    @for (index, level) in self.levels.iter().enumerate() {
                        @let own = if index == 0 { id.clone() } else { id_of(&format!("{}.{}", self.name, level.key)) };
                        div.region-level data-part={ (self.name) "." (level.key) } {
                            label for=(own) { (level.label) }
                            select id=(own) name={ (self.name) "." (level.key) } data-live-now
                                disabled[level.options.is_empty()] {
                                option value="" { (ctx.t("please-choose")) }
                                @for option in &level.options {
                                    option value=(option.value) selected[option.value == level.chosen] { (option.label) }
                                }
                            }
                        }
                    }
                    button.button.without-script type="submit" name="act" value={ "region:" (self.name) } {
                        (ctx.t("region-load-next"))
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_level_without_options_waits_and_a_button_works_without_script() {
        let levels = [
            RegionLevel {
                key: "province",
                label: "省".into(),
                options: vec![Opt::new("620000", "甘肃省")],
                chosen: "620000".into(),
            },
            RegionLevel { key: "city", label: "市".into(), options: Vec::new(), chosen: String::new() },
        ];
        let picker =
            RegionPicker {
                name: "place", label: "项目投资地", hint: None, error: None, levels: &levels
            };
        let html = picker.html(&Ctx::sample(Lang::Zh)).into_string();
        assert!(html.contains("<option value=\"620000\" selected>甘肃省</option>"), "{html}");
        assert!(html.contains("name=\"place.city\" data-live-now disabled"), "{html}");
        assert!(html.contains("value=\"region:place\""), "{html}");
    }
}
