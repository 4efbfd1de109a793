//! Columns as values of the core: days as ISO text, regions as codes, money as fen, flags as 0 and 1; scopes and patterns as
//! parameters; pages.

use app::ports::PageOf;
use app::rows::{NoticeOf, Scope};
use kernel::Date;
use kernel::money::Money;
use kernel::region::RegionCode;

use crate::engine::{Engine, Fault, Row, Statement, Val, list, one};

pub(crate) fn day(row: &dyn Row, column: usize) -> Result<Date, Fault> {
    row.text(column)?.parse().map_err(|_| Fault::shape())
}

pub(crate) fn day_opt(row: &dyn Row, column: usize) -> Result<Option<Date>, Fault> {
    row.text_opt(column)?.map(|text| text.parse().map_err(|_| Fault::shape())).transpose()
}

pub(crate) fn region(row: &dyn Row, column: usize) -> Result<RegionCode, Fault> {
    row.text(column)?.parse().map_err(|_| Fault::shape())
}

pub(crate) fn region_opt(row: &dyn Row, column: usize) -> Result<Option<RegionCode>, Fault> {
    row.text_opt(column)?.map(|text| text.parse().map_err(|_| Fault::shape())).transpose()
}

pub(crate) fn money(row: &dyn Row, column: usize) -> Result<Money, Fault> {
    row.int(column).map(Money::from_fen)
}

pub(crate) fn text(row: &dyn Row, column: usize) -> Result<String, Fault> {
    row.text(column).map(str::to_owned)
}

pub(crate) fn text_opt(row: &dyn Row, column: usize) -> Result<Option<String>, Fault> {
    Ok(row.text_opt(column)?.map(str::to_owned))
}

/// What a notice or an objection is about.
pub(crate) fn about(row: &dyn Row, column: usize) -> Result<NoticeOf, Fault> {
    NoticeOf::parse(row.text(column)?).ok_or_else(Fault::shape)
}

pub(crate) fn year(row: &dyn Row, column: usize) -> Result<i16, Fault> {
    i16::try_from(row.int(column)?).map_err(|_| Fault::shape())
}

pub(crate) fn flag(row: &dyn Row, column: usize) -> Result<bool, Fault> {
    match row.int(column)? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Fault::shape()),
    }
}

/// A flag as a parameter.
pub(crate) fn yes(flag: bool) -> Val<'static> {
    Val::Int(i64::from(flag))
}

/// A list's length as a parameter.
pub(crate) fn limit(rows: usize) -> Val<'static> {
    Val::Int(i64::try_from(rows).unwrap_or(i64::MAX))
}

/// A scope as parameters of a query over `desk`, `applicant` and `firm`.
///
/// A region takes in the desks whose codes lie below it: a code ends in zeros for the levels it leaves open.
pub(crate) struct Bounds {
    pub from: String,
    pub to: String,
    pub applicant: Option<i64>,
    pub firm: Option<i64>,
}

/// Sorts after each character of a code or an account path.
pub(crate) const AFTER_ALL: &str = "~";

impl Bounds {
    /// The parameters of a scope; `None` when nothing may be seen.
    pub(crate) fn of(scope: &Scope) -> Option<Self> {
        let all = Self { from: String::new(), to: AFTER_ALL.to_owned(), applicant: None, firm: None };
        match scope {
            Scope::All => Some(all),
            Scope::Region(code) => {
                let below = below(*code);
                Some(Self { to: format!("{below}{AFTER_ALL}"), from: below, ..all })
            }
            Scope::Own(org) => Some(Self { applicant: Some(org.get()), ..all }),
            Scope::Assigned(org) => Some(Self { firm: Some(org.get()), ..all }),
            Scope::None => None,
        }
    }

    pub(crate) fn params(&self) -> [Val<'_>; 4] {
        [self.from.as_str().into(), self.to.as_str().into(), self.applicant.into(), self.firm.into()]
    }
}

/// With what the codes of a region and of all below it begin.
pub(crate) fn below(code: RegionCode) -> String {
    let code = code.to_string();
    code.strip_suffix("0000").or_else(|| code.strip_suffix("00")).unwrap_or(&code).to_owned()
}

/// A `LIKE` pattern, escaped by a backslash, for texts in lower case that hold all words in their order.
pub(crate) fn pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for word in words.split_whitespace() {
        for letter in word.chars() {
            if matches!(letter, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(letter.to_ascii_lowercase());
        }
        pattern.push('%');
    }
    pattern
}

/// The number inside a continuation key; a key that is not one continues nowhere.
pub(crate) fn after(key: Option<&String>) -> Option<i64> {
    key.and_then(|key| key.parse().ok())
}

/// The statements of a list by pages, newest first: how many rows there are in all, and the rows below a key.
pub(crate) struct Paged {
    pub count: &'static Statement,
    pub list: &'static Statement,
}

/// The page that begins after a key; the list's last two parameters are the key and the number of rows, which are added here.
pub(crate) fn paged<T>(
    engine: &mut dyn Engine,
    of: &Paged,
    mut params: Vec<Val<'_>>,
    (key, shown): (Option<&String>, usize),
    read: impl FnMut(&dyn Row) -> Result<T, Fault>,
    key_of: impl Fn(&T) -> i64,
) -> Result<PageOf<T>, Fault> {
    let total = one(engine, of.count, &params, |row| row.int(0))?;
    let below = after(key).unwrap_or(i64::MAX);
    params.extend([below.into(), limit(shown.saturating_add(1))]);
    let rows = list(engine, of.list, &params, read)?;
    Ok(page(rows, shown, total, key_of))
}

/// A page from one row more than it shows.
pub(crate) fn page<T>(
    mut rows: Vec<T>,
    shown: usize,
    total: Option<i64>,
    key: impl Fn(&T) -> i64,
) -> PageOf<T> {
    let more = rows.len() > shown;
    rows.truncate(shown);
    let next = if more { rows.last().map(|row| key(row).to_string()) } else { None };
    PageOf { rows, next, total: total.unwrap_or(0) }
}

/// A page with nothing.
pub(crate) fn empty<T>() -> PageOf<T> {
    PageOf { rows: Vec::new(), next: None, total: 0 }
}

#[cfg(test)]
mod tests {
    use kernel::id::OrgId;

    use super::*;

    #[test]
    fn a_region_takes_in_what_lies_below_it() {
        let range = |code: &str| {
            let bounds = Bounds::of(&Scope::Region(code.parse().unwrap())).unwrap();
            (bounds.from, bounds.to)
        };
        assert_eq!(range("620000"), ("62".into(), "62~".into()));
        assert_eq!(range("620100"), ("6201".into(), "6201~".into()));
        assert_eq!(range("620123"), ("620123".into(), "620123~".into()));
        assert!(Bounds::of(&Scope::None).is_none());
        assert_eq!(Bounds::of(&Scope::Own(OrgId(3))).unwrap().applicant, Some(3));
        assert_eq!(Bounds::of(&Scope::Assigned(OrgId(3))).unwrap().firm, Some(3));
    }

    #[test]
    fn a_pattern_finds_words_and_no_wildcards() {
        assert_eq!(pattern("甘肃 Mill"), "%甘肃%mill%");
        assert_eq!(pattern(r"50%_\"), r"%50\%\_\\%");
        assert_eq!(pattern("  "), "%");
    }

    #[test]
    fn a_page_continues_only_when_there_is_more() {
        let rows = |count: i64| (1..=count).collect::<Vec<i64>>();
        assert_eq!(page(rows(2), 2, Some(2), |row| *row).next, None);
        let first = page(rows(3), 2, Some(9), |row| *row);
        assert_eq!((first.rows.len(), first.next.as_deref(), first.total), (2, Some("2"), 9));
    }
}
