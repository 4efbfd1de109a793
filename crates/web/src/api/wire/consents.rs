//! Papers of places and units over the wire.

use app::command::money::{FileConsent, MoneyCommand, RevokeConsent};
use app::view::money::{DemandSaid, PlaceFile, PlaceFiles, PlacePage, PlacePaper};

use super::{Day, Paper, Text, asks, each, shape};

shape! {
    /// A demanded paper of places or units.
    PlaceDemand of &DemandSaid as said => {
        /// The demand.
        id: String = said.id.clone(),
        /// Its name.
        name: Text = (&said.name).into(),
        /// The article.
        article: String = said.cite.clone(),
        /// `place` or `unit`.
        of: String = said.of.id().to_owned(),
        /// Wanted before `allot`, `claim` or `pay`.
        before: String = said.before.id().to_owned(),
    }

    /// One paper of one place.
    PaperOfPlace of &PlacePaper as paper => {
        /// What is demanded.
        demand: PlaceDemand = (&paper.demand).into(),
        /// The paper on file; absent when it is missing.
        document: Option<String> = paper.filed.as_ref().map(|(document, _)| document.clone()),
        /// Its day.
        on: Option<Day> = paper.filed.as_ref().map(|(_, on)| Day(*on)),
        /// It no longer counts from this day.
        revoked: Option<Day> = paper.revoked.map(Day),
    }

    /// A place or unit with its papers.
    Place of &PlaceFile as file => {
        /// The key of its papers: `120119-1`, `o7`.
        place: String = file.place.clone(),
        /// Its name.
        name: String = file.name.clone(),
        /// A unit; otherwise a place.
        unit: bool = file.unit,
        /// The papers demanded of it.
        papers: Vec<PaperOfPlace> = each(&file.papers),
        /// How many are missing.
        missing: usize = file.missing(),
        /// Projects that the papers are for.
        projects: Vec<i64> = file.projects.iter().map(|(id, _, _)| id.0).collect(),
    }

    /// Places and units: those with something missing first.
    Places of &PlaceFiles as files => {
        /// The places.
        items: Vec<Place> = each(&files.places),
        /// What is demanded at all.
        demands: Vec<PlaceDemand> = each(&files.demands),
        /// Whether the caller may put papers on file.
        may_sign: bool = files.may_sign,
    }

    /// A place or unit with the files of its papers.
    PlaceDetail of &PlacePage as page => {
        /// The place.
        place: Place = (&page.file).into(),
        /// The files, by demand.
        files: std::collections::BTreeMap<String, Vec<Paper>> =
            page.files.iter().map(|(demand, papers)| (demand.clone(), each(papers))).collect(),
        /// Whether the caller may put papers on file.
        may_sign: bool = page.may_sign,
    }
}

asks! {
    /// Put a paper of a place or unit on file.
    FilePlacePaper {
        /// The key of the place (`120119-1`) or of the unit (`o7`).
        place: String,
        /// Its name.
        name: String,
        /// The demand of the regime.
        demand: String,
        /// The number or title of the paper.
        document: String,
        /// The day of the paper.
        on: Day,
        /// Tickets of files sent to `/papers`.
        papers: Vec<String>,
    }

    /// A paper no longer counts.
    RevokePlacePaper {
        /// The demand of the regime.
        demand: String,
        /// Why.
        why: String,
        /// From which day.
        on: Day,
    }
}

impl FilePlacePaper {
    /// The command in a pack.
    pub fn command(self, pack: String, papers: Vec<app::command::money::Paper>) -> MoneyCommand {
        let Self { place, name, demand, document, on, papers: _ } = self;
        MoneyCommand::FileConsent {
            pack,
            consent: FileConsent { place, name, demand, document, on: on.0, papers },
        }
    }
}

impl RevokePlacePaper {
    /// The command on a place of a pack.
    pub fn command(self, pack: String, place: String) -> MoneyCommand {
        let revoke = RevokeConsent { demand: self.demand, why: self.why, on: self.on.0 };
        MoneyCommand::RevokeConsent { pack, place, revoke }
    }
}
