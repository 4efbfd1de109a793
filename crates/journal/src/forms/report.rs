//! Stored forms of recurring reports.

use domain::report::Event;
use std::collections::BTreeMap;

events! {
    Event;

    "report.filed" 1 "报送报表" "report filed"
    FiledV1 = Filed { step: String, period: String, figures: BTreeMap<String, i64> } optional { note: String };
}
