//! Sources: the list, and one source with where its money is now.

use super::funds::{fund_name, kind_name, sees_money, side_name};
use crate::access::Right;
use crate::command::Failure;
use crate::rows::{MovementRow, SourceFilter, SourceRow};
use crate::view::Viewer;
use crate::writer::App;
use domain::source::{Receipt, Reduction};
use domain::{Reason, Stream};
use kernel::Money;
use kernel::id::{ProjectId, SourceId};
use policy::pack::{GovLevel, Pack, Words};

/// The most movements that a page shows.
pub const MOVEMENTS_MAX: usize = 500;
const PAGE: usize = 50;

/// What the list is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceQuery {
    /// Fund.
    pub fund: Option<String>,
    /// Kind of money.
    pub kind: Option<String>,
    /// Budget year.
    pub year: Option<i16>,
    /// Words in document, purpose or note.
    pub text: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
}

/// One source in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// The row.
    pub row: SourceRow,
    /// The fund's name.
    pub fund: Words,
    /// The kind's name.
    pub kind: Words,
    /// The level of government.
    pub level: Words,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceList {
    /// The sources, newest first.
    pub lines: Vec<SourceLine>,
    /// The key to continue after, when there are more.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: i64,
    /// The booked funds with their names, for the filter.
    pub funds: Vec<(String, Words)>,
    /// The kinds of money with their names, for the filter and for registering; refused kinds with the reason.
    pub kinds: Vec<(String, Words, Option<Words>)>,
    /// Whether the viewer may register sources.
    pub may_register: bool,
}

/// Where a part of a source's money is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// Permitted, given to no project: side.
    Quota(String),
    /// Cash in the pool: side.
    Pool(String),
    /// Given to a project and free.
    Allotted(ProjectId),
    /// Held by approved claims of a project.
    Held(ProjectId),
    /// With the bank for a project.
    Clearing(ProjectId),
    /// Paid for a project.
    Spent(ProjectId),
    /// A payee of a project has it: `c1`, `list`, `unit`.
    Payee(ProjectId, String),
}

impl Whereabouts {
    /// Reads the path of an account; `None` for accounts of no source.
    pub fn of(path: &str) -> Option<Whereabouts> {
        let parts: Vec<&str> = path.split(':').collect();
        let project = || parts.get(1)?.strip_prefix('p')?.parse().ok();
        Some(match *parts.first()? {
            "quota" => Whereabouts::Quota((*parts.get(3)?).to_owned()),
            "pool" => Whereabouts::Pool((*parts.get(3)?).to_owned()),
            "allotted" => Whereabouts::Allotted(project()?),
            "held" => Whereabouts::Held(project()?),
            "clearing" => Whereabouts::Clearing(project()?),
            "spent" => Whereabouts::Spent(project()?),
            "payee" => Whereabouts::Payee(project()?, (*parts.get(2)?).to_owned()),
            _ => return None,
        })
    }

    /// The project, when one has it.
    pub fn project(&self) -> Option<ProjectId> {
        match self {
            Whereabouts::Quota(_) | Whereabouts::Pool(_) => None,
            Whereabouts::Allotted(id)
            | Whereabouts::Held(id)
            | Whereabouts::Clearing(id)
            | Whereabouts::Spent(id)
            | Whereabouts::Payee(id, _) => Some(*id),
        }
    }

    /// Whether it is cash; else it is permission to spend.
    pub fn is_cash(&self) -> bool {
        matches!(self, Whereabouts::Pool(_) | Whereabouts::Clearing(_) | Whereabouts::Payee(..))
    }

    /// The state in words.
    pub fn words(&self) -> Words {
        match self {
            Whereabouts::Quota(_) => Words::new("可分配额度", "not given to a project"),
            Whereabouts::Pool(_) => Words::new("资金池现金", "cash in the pool"),
            Whereabouts::Allotted(_) => Words::new("已分配未报账", "given to the project, free"),
            Whereabouts::Held(_) => Words::new("已核定待支付", "held by approved claims"),
            Whereabouts::Clearing(_) => Words::new("银行在途", "with the bank"),
            Whereabouts::Spent(_) => Words::new("已支出", "spent"),
            Whereabouts::Payee(..) => Words::new("收款人已收", "with the payee"),
        }
    }
}

/// Where a part of the money is, said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhereNow {
    /// The account.
    pub account: String,
    /// Where.
    pub place: Whereabouts,
    /// The side's name, for quota and pool.
    pub side: Words,
    /// The project's number and name.
    pub project: Option<(ProjectId, String, String)>,
    /// How much.
    pub amount: Money,
}

/// One source.
#[derive(Debug, Clone)]
pub struct SourcePage {
    /// The row with names.
    pub line: SourceLine,
    /// The article of its kind of money.
    pub cite: String,
    /// Sides with their names, budget and cash.
    pub parts: Vec<(Words, Money, Money)>,
    /// Arrivals of cash, oldest first.
    pub receipts: Vec<Receipt>,
    /// Cuts, oldest first.
    pub cuts: Vec<Reduction>,
    /// Where its permission to spend is: sums to the budget.
    pub permission: Vec<WhereNow>,
    /// Where its cash is: sums to what was received.
    pub cash: Vec<WhereNow>,
    /// Its movements, oldest first, at most [`MOVEMENTS_MAX`].
    pub movements: Vec<MovementRow>,
    /// Whether the viewer may book cash and cuts.
    pub may_book: bool,
}

impl App {
    /// The list of sources.
    pub fn source_list(&self, viewer: &Viewer, query: &SourceQuery) -> Result<SourceList, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack;
        let page = self.reads.sources(&SourceFilter {
            pack: pack.id.clone(),
            fund: query.fund.clone(),
            kind: query.kind.clone(),
            year: query.year,
            text: query.text.clone(),
            after: query.after.clone(),
            limit: PAGE,
        })?;
        let booked = pack.funds.iter().filter(|fund| fund.booked());
        Ok(SourceList {
            lines: page.rows.into_iter().map(|row| line(pack, row)).collect(),
            next: page.next,
            total: page.total,
            funds: booked.map(|fund| (fund.id.clone(), fund.name.clone())).collect(),
            kinds: pack.sources.iter().map(|k| (k.id.clone(), k.name.clone(), k.refused.clone())).collect(),
            may_register: viewer.may(Right::ManageMoney),
        })
    }

    /// One source.
    pub fn source_page(&self, viewer: &Viewer, id: SourceId) -> Result<SourcePage, Failure> {
        sees_money(viewer)?;
        let missing = || Failure::from(Reason::NotFound { what: "资金来源".into() });
        let row = self.reads.source(id)?.filter(|row| row.pack == viewer.pack.id).ok_or_else(missing)?;
        let acts = self.reads.stream(&Stream::Source(id).key())?;
        let state = crate::history::source(&acts)?.ok_or_else(missing)?;
        let pack = self.edition(&state.pack, &state.edition)?;
        let (mut permission, mut cash) = (Vec::new(), Vec::new());
        for (account, amount) in self.reads.source_accounts(id)? {
            let Some(place) = Whereabouts::of(&account) else { continue };
            let now = self.where_now(&pack, &row.fund, account, place, amount)?;
            if now.place.is_cash() { cash.push(now) } else { permission.push(now) }
        }
        let parts = row.parts.iter();
        let parts = parts.map(|p| (side_name(&pack, &row.fund, &p.side), p.budget, p.received)).collect();
        Ok(SourcePage {
            cite: pack.sources.get(&row.kind).map_or_else(String::new, |kind| kind.cite.to_string()),
            line: line(&pack, row),
            parts,
            receipts: state.receipts,
            cuts: state.cuts,
            permission,
            cash,
            movements: self.reads.source_movements(id, MOVEMENTS_MAX)?,
            may_book: super::register::books(viewer, &state.fund),
        })
    }

    fn where_now(
        &self,
        pack: &Pack,
        fund: &str,
        account: String,
        place: Whereabouts,
        amount: Money,
    ) -> Result<WhereNow, Failure> {
        let side = match &place {
            Whereabouts::Quota(side) | Whereabouts::Pool(side) => side_name(pack, fund, side),
            _ => Words::default(),
        };
        let project = match place.project() {
            Some(id) => self.reads.project(id)?.map(|row| (id, row.number, row.name)),
            None => None,
        };
        Ok(WhereNow { account, place, side, project, amount })
    }
}

pub(super) fn line(pack: &Pack, row: SourceRow) -> SourceLine {
    let level = GovLevel::ALL.iter().find(|(id, _)| *id == row.level).map(|(_, level)| level.words());
    SourceLine {
        fund: fund_name(pack, &row.fund),
        kind: kind_name(pack, &row.kind),
        level: level.unwrap_or_default(),
        row,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_says_where_money_is() {
        let project = ProjectId(3);
        for (path, expected, cash) in [
            ("quota:x:main:area:s1", Whereabouts::Quota("area".into()), false),
            ("pool:x:main:area:s1", Whereabouts::Pool("area".into()), true),
            ("allotted:p3:s1", Whereabouts::Allotted(project), false),
            ("held:p3:s1", Whereabouts::Held(project), false),
            ("clearing:p3:s1", Whereabouts::Clearing(project), true),
            ("spent:p3:s1", Whereabouts::Spent(project), false),
            ("payee:p3:c1:s1", Whereabouts::Payee(project, "c1".into()), true),
        ] {
            assert_eq!(Whereabouts::of(path), Some(expected.clone()), "{path}");
            assert_eq!(expected.is_cash(), cash, "{path}");
        }
        assert_eq!(Whereabouts::of("authority:x:main"), None);
        assert_eq!(Whereabouts::of("held:x:s1"), None);
    }
}
