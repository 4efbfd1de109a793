//! Stored forms of what happens to a payment batch.

use super::error::Unreadable;
use super::money::LotV1;
use super::wire::{Day, Fen, Id, Wire, read};
use domain::batch::{BankOutcome, Event, PayLine};
use serde::{Deserialize, Serialize};

form! {
    /// One payment.
    PayLineV1 = PayLine {
        no: i64, end_to_end: String, claim: Id, project: Id, payee: String, payee_name: String, account: String,
        amount: Fen, lots: Vec<LotV1>,
    }
    optional { bank: String }
}

/// What the bank says: `{"paid":{…}}` or `{"failed":{…}}`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum BankOutcomeV1 {
    /// It went through.
    Paid {
        /// The day.
        on: Day,
        /// The bank's reference.
        reference: String,
    },
    /// It did not.
    Failed {
        /// The bank's reason.
        reason: String,
    },
}

impl Wire<BankOutcome> for BankOutcomeV1 {
    fn of(core: &BankOutcome) -> Self {
        match core {
            BankOutcome::Paid { on, reference } => {
                Self::Paid { on: Wire::of(on), reference: reference.clone() }
            }
            BankOutcome::Failed { reason } => Self::Failed { reason: reason.clone() },
        }
    }

    fn read(self) -> Result<BankOutcome, Unreadable> {
        Ok(match self {
            Self::Paid { on, reference } => BankOutcome::Paid { on: read("on", on)?, reference },
            Self::Failed { reason } => BankOutcome::Failed { reason },
        })
    }
}

events! {
    Event;

    "batch.made" 1 "生成支付批次" "batch made"
    MadeV1 = Made {
        batch: Id, number: String, pack: String, edition: String, fund: String, lines: Vec<PayLineV1>,
    };

    "batch.released" 1 "复核发送支付文件" "file released"
    ReleasedV1 = Released { file_digest: String };

    "batch.resulted" 1 "登记支付结果" "result of a payment"
    ResultedV1 = Resulted { line: i64, outcome: BankOutcomeV1 } optional { basis: String };

    "batch.unclear" 1 "银行回单待核" "unclear line of the bank"
    UnclearV1 = Unclear { text: String, reason: String } optional { line: Option<i64> };

    "batch.settled" 1 "核清银行回单" "unclear line settled"
    SettledV1 = Settled { unclear: u32, how: String };

    "batch.line_released" 1 "撤出支付" "payment taken out"
    LineReleasedV1 = LineReleased { line: i64, why: String };
}
