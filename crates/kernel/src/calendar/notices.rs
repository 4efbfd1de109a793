//! The notices of the State Council's general office, as they were published, 2018 to 2026. Each is a revision: it says
//! which days it makes days off and which days off it makes working days, and nothing else; a later one never edits an
//! earlier one. Days that no notice names follow the week (Monday to Friday).
//!
//! A new notice is a new entry at the end; ids are stored with deadlines and are never reused.

use super::{Revision, RevisionId};
use jiff::civil::{Date, date};

/// Days off from the first to the last, both counted.
pub(super) type Span = (Date, Date);

/// One notice: its revision and the days that it sets.
pub(super) struct Notice {
    pub revision: Revision,
    pub off: &'static [Span],
    pub work: &'static [Date],
}

const fn revision(
    id: RevisionId,
    published: Date,
    document: &'static str,
    titles: [&'static str; 2],
) -> Revision {
    let [title, title_en] = titles;
    Revision { id, published, approximate: false, year: id.year, document: Some(document), title, title_en }
}

const fn days(year: i16, from: (i8, i8), to: (i8, i8)) -> Span {
    (date(year, from.0, from.1), date(year, to.0, to.1))
}

/// All notices, in the order of their publication.
pub(super) static NOTICES: [Notice; 11] = [
    Notice {
        revision: revision(
            RevisionId::new(2018, 1),
            date(2017, 11, 30),
            "国办发明电〔2017〕12号",
            ["2018年部分节假日安排", "Public holidays of 2018"],
        ),
        off: &[
            days(2018, (1, 1), (1, 1)),
            days(2018, (2, 15), (2, 21)),
            days(2018, (4, 5), (4, 7)),
            days(2018, (4, 29), (5, 1)),
            days(2018, (6, 18), (6, 18)),
            days(2018, (9, 24), (9, 24)),
            days(2018, (10, 1), (10, 7)),
        ],
        work: &[
            date(2018, 2, 11),
            date(2018, 2, 24),
            date(2018, 4, 8),
            date(2018, 4, 28),
            date(2018, 9, 29),
            date(2018, 9, 30),
        ],
    },
    Notice {
        revision: revision(
            RevisionId::new(2019, 1),
            date(2018, 12, 6),
            "国办发明电〔2018〕15号",
            ["2019年部分节假日安排", "Public holidays of 2019"],
        ),
        off: &[
            (date(2018, 12, 30), date(2019, 1, 1)),
            days(2019, (2, 4), (2, 10)),
            days(2019, (4, 5), (4, 7)),
            days(2019, (5, 1), (5, 1)),
            days(2019, (6, 7), (6, 9)),
            days(2019, (9, 13), (9, 15)),
            days(2019, (10, 1), (10, 7)),
        ],
        work: &[
            date(2018, 12, 29),
            date(2019, 2, 2),
            date(2019, 2, 3),
            date(2019, 9, 29),
            date(2019, 10, 12),
        ],
    },
    Notice {
        revision: revision(
            RevisionId::new(2019, 2),
            date(2019, 3, 22),
            "国办发明电〔2019〕3号",
            ["调整2019年劳动节假期安排", "Labour Day holidays of 2019 changed"],
        ),
        off: &[days(2019, (5, 1), (5, 4))],
        work: &[date(2019, 4, 28), date(2019, 5, 5)],
    },
    Notice {
        revision: revision(
            RevisionId::new(2020, 1),
            date(2019, 11, 21),
            "国办发明电〔2019〕16号",
            ["2020年部分节假日安排", "Public holidays of 2020"],
        ),
        off: &[
            days(2020, (1, 1), (1, 1)),
            days(2020, (1, 24), (1, 30)),
            days(2020, (4, 4), (4, 6)),
            days(2020, (5, 1), (5, 5)),
            days(2020, (6, 25), (6, 27)),
            days(2020, (10, 1), (10, 8)),
        ],
        work: &[
            date(2020, 1, 19),
            date(2020, 2, 1),
            date(2020, 4, 26),
            date(2020, 5, 9),
            date(2020, 6, 28),
            date(2020, 9, 27),
            date(2020, 10, 10),
        ],
    },
    // The planned make-up Saturday 1 February becomes a day off again.
    Notice {
        revision: revision(
            RevisionId::new(2020, 2),
            date(2020, 1, 26),
            "国办发明电〔2020〕1号",
            ["延长2020年春节假期", "Spring Festival holidays of 2020 extended"],
        ),
        off: &[days(2020, (1, 24), (2, 2))],
        work: &[],
    },
    Notice {
        revision: revision(
            RevisionId::new(2021, 1),
            date(2020, 11, 25),
            "国办发明电〔2020〕27号",
            ["2021年部分节假日安排", "Public holidays of 2021"],
        ),
        off: &[
            days(2021, (1, 1), (1, 3)),
            days(2021, (2, 11), (2, 17)),
            days(2021, (4, 3), (4, 5)),
            days(2021, (5, 1), (5, 5)),
            days(2021, (6, 12), (6, 14)),
            days(2021, (9, 19), (9, 21)),
            days(2021, (10, 1), (10, 7)),
        ],
        work: &[
            date(2021, 2, 7),
            date(2021, 2, 20),
            date(2021, 4, 25),
            date(2021, 5, 8),
            date(2021, 9, 18),
            date(2021, 9, 26),
            date(2021, 10, 9),
        ],
    },
    Notice {
        revision: revision(
            RevisionId::new(2022, 1),
            date(2021, 10, 25),
            "国办发明电〔2021〕11号",
            ["2022年部分节假日安排", "Public holidays of 2022"],
        ),
        off: &[
            days(2022, (1, 1), (1, 3)),
            days(2022, (1, 31), (2, 6)),
            days(2022, (4, 3), (4, 5)),
            days(2022, (4, 30), (5, 4)),
            days(2022, (6, 3), (6, 5)),
            days(2022, (9, 10), (9, 12)),
            days(2022, (10, 1), (10, 7)),
        ],
        work: &[
            date(2022, 1, 29),
            date(2022, 1, 30),
            date(2022, 4, 2),
            date(2022, 4, 24),
            date(2022, 5, 7),
            date(2022, 10, 8),
            date(2022, 10, 9),
        ],
    },
    Notice {
        revision: revision(
            RevisionId::new(2023, 1),
            date(2022, 12, 8),
            "国办发明电〔2022〕16号",
            ["2023年部分节假日安排", "Public holidays of 2023"],
        ),
        off: &[
            (date(2022, 12, 31), date(2023, 1, 2)),
            days(2023, (1, 21), (1, 27)),
            days(2023, (4, 5), (4, 5)),
            days(2023, (4, 29), (5, 3)),
            days(2023, (6, 22), (6, 24)),
            days(2023, (9, 29), (10, 6)),
        ],
        work: &[
            date(2023, 1, 28),
            date(2023, 1, 29),
            date(2023, 4, 23),
            date(2023, 5, 6),
            date(2023, 6, 25),
            date(2023, 10, 7),
            date(2023, 10, 8),
        ],
    },
    Notice {
        revision: revision(
            RevisionId::new(2024, 1),
            date(2023, 10, 25),
            "国办发明电〔2023〕7号",
            ["2024年部分节假日安排", "Public holidays of 2024"],
        ),
        off: &[
            days(2024, (1, 1), (1, 1)),
            days(2024, (2, 10), (2, 17)),
            days(2024, (4, 4), (4, 6)),
            days(2024, (5, 1), (5, 5)),
            days(2024, (6, 10), (6, 10)),
            days(2024, (9, 15), (9, 17)),
            days(2024, (10, 1), (10, 7)),
        ],
        work: &[
            date(2024, 2, 4),
            date(2024, 2, 18),
            date(2024, 4, 7),
            date(2024, 4, 28),
            date(2024, 5, 11),
            date(2024, 9, 14),
            date(2024, 9, 29),
            date(2024, 10, 12),
        ],
    },
    Notice {
        revision: revision(
            RevisionId::new(2025, 1),
            date(2024, 11, 12),
            "国办发明电〔2024〕12号",
            ["2025年部分节假日安排", "Public holidays of 2025"],
        ),
        off: &[
            days(2025, (1, 1), (1, 1)),
            days(2025, (1, 28), (2, 4)),
            days(2025, (4, 4), (4, 6)),
            days(2025, (5, 1), (5, 5)),
            days(2025, (5, 31), (6, 2)),
            days(2025, (10, 1), (10, 8)),
        ],
        work: &[
            date(2025, 1, 26),
            date(2025, 2, 8),
            date(2025, 4, 27),
            date(2025, 9, 28),
            date(2025, 10, 11),
        ],
    },
    Notice {
        revision: Revision {
            // The number is left out until someone has seen the paper.
            document: None,
            ..revision(
                RevisionId::new(2026, 1),
                date(2025, 11, 4),
                "",
                ["2026年部分节假日安排", "Public holidays of 2026"],
            )
        },
        off: &[
            days(2026, (1, 1), (1, 3)),
            days(2026, (2, 15), (2, 23)),
            days(2026, (4, 4), (4, 6)),
            days(2026, (5, 1), (5, 5)),
            days(2026, (6, 19), (6, 21)),
            days(2026, (9, 25), (9, 27)),
            days(2026, (10, 1), (10, 7)),
        ],
        work: &[
            date(2026, 1, 4),
            date(2026, 2, 14),
            date(2026, 2, 28),
            date(2026, 5, 9),
            date(2026, 9, 20),
            date(2026, 10, 10),
        ],
    },
];
