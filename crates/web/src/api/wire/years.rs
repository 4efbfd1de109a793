//! Years of a fund that is granted over the wire: budget, intake, values of the year, firms, fees.

use std::collections::BTreeMap;

use app::Command;
use app::view::YearLine;
use app::view::state::Terms;
use kernel::id::OrgId;

use super::{Day, Yuan, asks, shape};
use crate::api::problem::Failed;

shape! {
    /// A year with its figures.
    YearSaid of &YearLine as line => {
        /// Year.
        year: i16 = line.money.year,
        /// Budget, grants and fees together.
        budget: Yuan = Yuan(line.money.budget),
        /// Granted, whether remitted or not.
        committed: Yuan = Yuan(line.money.committed),
        /// Of it: remitted.
        remitted: Yuan = Yuan(line.money.remitted),
        /// Of it: paid.
        paid: Yuan = Yuan(line.money.paid),
        /// Fees paid.
        fees: Yuan = Yuan(line.money.fees),
        /// What nobody was promised.
        left: Yuan = Yuan(line.money.left),
        /// First day of the intake.
        opens: Day = Day(line.opens),
        /// Last day of the intake.
        closes: Day = Day(line.closes),
        /// How many firms are appointed.
        firms: usize = line.firms,
        /// How many cases that need the intake were filed.
        filed: usize = line.filed,
    }
}

asks! {
    /// What a year sets.
    TermsSays {
        /// Budget, grants and fees together.
        budget: Yuan,
        /// Values of the regime that the year sets: `year_rate[project]` to `30%`.
        set: Option<BTreeMap<String, String>>,
        /// First day of the intake.
        opens: Day,
        /// Last day of the intake.
        closes: Day,
        /// Codes of counties that the year favours.
        favoured: Option<Vec<String>>,
        /// The document it rests on.
        basis: String,
    }

    /// Open a year.
    OpenYear {
        /// Year.
        year: i16,
        /// What it sets.
        terms: TermsSays,
    }

    /// Amend a year.
    AmendYear {
        /// What it sets now.
        terms: TermsSays,
        /// Why.
        why: String,
    }

    /// Appoint a firm.
    AppointFirm {
        /// The organisation.
        firm: i64,
        /// How it was chosen.
        basis: String,
    }

    /// Dismiss a firm.
    DismissFirm {
        /// Why.
        why: String,
    }

    /// Pay a firm's fee.
    PayFee {
        /// The firm.
        firm: i64,
        /// How much.
        amount: Yuan,
        /// The day.
        on: Day,
        /// The voucher.
        voucher: String,
        /// What for.
        purpose: String,
    }
}

impl TermsSays {
    fn terms(self) -> Result<Terms, Failed> {
        let code = |(no, code): (usize, String)| {
            let place = format!("terms.favoured[{no}]");
            code.parse().map_err(|_| Failed::unreadable(&place, "no code of a region"))
        };
        Ok(Terms {
            budget: self.budget.0,
            set: self.set.unwrap_or_default(),
            opens: self.opens.0,
            closes: self.closes.0,
            favoured: self
                .favoured
                .unwrap_or_default()
                .into_iter()
                .enumerate()
                .map(code)
                .collect::<Result<_, _>>()?,
            basis: self.basis,
        })
    }
}

impl OpenYear {
    /// The command in a pack.
    pub fn command(self, pack: String) -> Result<Command, Failed> {
        Ok(Command::OpenYear { pack, year: self.year, terms: self.terms.terms()? })
    }
}

impl AmendYear {
    /// The command on a year of a pack.
    pub fn command(self, pack: String, year: i16) -> Result<Command, Failed> {
        Ok(Command::AmendYear { pack, year, terms: self.terms.terms()?, why: self.why })
    }
}

impl AppointFirm {
    /// The command on a year of a pack.
    pub fn command(self, pack: String, year: i16) -> Command {
        Command::Appoint { pack, year, firm: OrgId(self.firm), basis: self.basis }
    }
}

impl DismissFirm {
    /// The command on a year of a pack.
    pub fn command(self, pack: String, year: i16, firm: i64) -> Command {
        Command::Dismiss { pack, year, firm: OrgId(firm), why: self.why }
    }
}

impl PayFee {
    /// The command on a year of a pack.
    pub fn command(self, pack: String, year: i16) -> Command {
        Command::PayFee {
            pack,
            year,
            firm: OrgId(self.firm),
            amount: self.amount.0,
            on: self.on.0,
            voucher: self.voucher,
            purpose: self.purpose,
        }
    }
}
