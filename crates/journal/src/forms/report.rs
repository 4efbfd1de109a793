//! Stored forms of recurring reports.

use super::wire::{Day, Fen, Id};
use domain::report::{Event, Figures, Part};
use std::collections::BTreeMap;

form! {
    /// Figures by name: counts, and money in fen.
    FiguresV1 = Figures {} optional { counts: BTreeMap<String, i64>, money: BTreeMap<String, Fen> }
}

form! {
    /// What one body had reported.
    PartV1 = Part { org: Id, on: Day, figures: FiguresV1 }
}

events! {
    Event;

    "report.filed" 2 "报送报表" "report filed"
    FiledV2 = Filed { step: String, period: String, figures: FiguresV1 }
        optional { parts: Vec<PartV1>, missing: Vec<Id>, note: String };

    earlier:
    "report.filed" 1 FiledV1 => FiledV2;
}

shape! {
    /// `report.filed`, form 1: whole numbers only.
    FiledV1 { step: String, period: String, figures: BTreeMap<String, i64> } optional { note: String }
}

impl From<FiledV1> for FiledV2 {
    fn from(FiledV1 { step, period, figures, note }: FiledV1) -> Self {
        let figures = FiguresV1 { counts: figures, money: BTreeMap::new() };
        Self { step, period, figures, parts: Vec::new(), missing: Vec::new(), note }
    }
}
