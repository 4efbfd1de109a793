//! Files that desks and forms on booked money bring: papers to steps, bills and contracts, lists of payees, a bank's answer before it is confirmed.
//!
//! A form that is shown again gives back what it brought in a ticket: what is kept, under a mark that only this installation
//! makes, for the organisation that brought it. So nobody attaches what they never had.

use crate::access::Right;
use crate::bank::{BankLine, Said};
use crate::command::Failure;
use crate::papers::{PaperBytes, PaperFault, clean_name, sniff};
use crate::ports::Fault;
use crate::secret::{derive, keyed};
use crate::view::Viewer;
use crate::writer::App;
use domain::case::Paper;
use domain::claim::{Claim, ListDigest};
use domain::{Reason, Stream};
use journal::HashKind;
use kernel::Money;
use kernel::id::{ClaimId, PaperHash};
use policy::procedure::Subject;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How many letters the mark of a ticket has.
const MARK: usize = 64;

type PaperParts = (String, String, String, i64, String);
type BankParts = (String, Option<i64>, String, Option<String>, String, String);

fn missing() -> Failure {
    Reason::NotFound { what: "该材料".into() }.into()
}

/// Whether the viewer brings files to booked money, or to a step of a case.
fn brings(viewer: &Viewer) -> Result<(), Failure> {
    let rights = [Right::Claim, Right::ManageProject, Right::ManageMoney, Right::Allocate, Right::Settle];
    let mut steps = viewer.pack.steps.iter().filter(|step| step.on == Subject::Case);
    let handles = steps.any(|step| step.done_by(&viewer.role));
    if handles || rights.into_iter().any(|right| viewer.may(right)) { Ok(()) } else { Err(missing()) }
}

impl App {
    /// Keeps a file; `paper` says what it is.
    pub fn keep_file(
        &self,
        viewer: &Viewer,
        paper: &str,
        file: (&str, &[u8]),
    ) -> Result<Result<Paper, PaperFault>, Failure> {
        brings(viewer)?;
        let (name, bytes) = file;
        let media = match sniff(bytes) {
            Ok(media) => media,
            Err(fault) => return Ok(Err(fault)),
        };
        let hash = PaperHash(*HashKind::Sm3.plain(bytes).as_bytes());
        self.house.put_paper(&hash, bytes)?;
        Ok(Ok(Paper {
            paper: paper.to_owned(),
            name: clean_name(name),
            hash,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            media: media.to_owned(),
        }))
    }

    /// Keeps a list of payees apart and answers what an act may hold of it: how many rows, their sum, the digest.
    pub fn keep_list(
        &self,
        viewer: &Viewer,
        bytes: &[u8],
        rows: i64,
        total: Money,
    ) -> Result<ListDigest, Failure> {
        brings(viewer)?;
        let digest = HashKind::Sm3.plain(bytes);
        self.house.put_paper(&PaperHash(*digest.as_bytes()), bytes)?;
        Ok(ListDigest { rows, total, digest: digest.to_string() })
    }

    /// The ticket of a kept file.
    pub fn paper_ticket(&self, viewer: &Viewer, paper: &Paper) -> Result<String, Failure> {
        let parts: PaperParts = (
            paper.paper.clone(),
            paper.name.clone(),
            paper.hash.to_string(),
            paper.size,
            paper.media.clone(),
        );
        self.ticket(viewer, "paper", &parts)
    }

    /// The file of a ticket; `None` when the ticket is not one of this organisation.
    pub fn ticket_paper(&self, viewer: &Viewer, ticket: &str) -> Option<Paper> {
        let (paper, name, hash, size, media): PaperParts = self.told(viewer, "paper", ticket)?;
        Some(Paper { paper, name, hash: hash.parse().ok()?, size, media })
    }

    /// The ticket of a kept list.
    pub fn list_ticket(&self, viewer: &Viewer, list: &ListDigest) -> Result<String, Failure> {
        self.ticket(viewer, "list", &(list.rows, list.total.fen(), &list.digest))
    }

    /// The list of a ticket.
    pub fn ticket_list(&self, viewer: &Viewer, ticket: &str) -> Option<ListDigest> {
        let (rows, total, digest): (i64, i64, String) = self.told(viewer, "list", ticket)?;
        Some(ListDigest { rows, total: Money::from_fen(total), digest })
    }

    /// The ticket of a bank's lines between preview and confirmation; they hold no account numbers.
    pub fn bank_ticket(&self, viewer: &Viewer, lines: &[BankLine]) -> Result<String, Failure> {
        let part = |line: &BankLine| -> BankParts {
            let (on, word, said) = match &line.said {
                Said::Paid { on, reference } => (Some(on.to_string()), "paid", reference),
                Said::Failed { reason } => (None, "failed", reason),
                Said::Unclear { reason } => (None, "unclear", reason),
            };
            let amount = line.amount.map(Money::fen);
            (line.end_to_end.clone(), amount, word.to_owned(), on, said.clone(), line.text.clone())
        };
        self.ticket(viewer, "bank", &lines.iter().map(part).collect::<Vec<_>>())
    }

    /// The lines of a ticket.
    pub fn ticket_bank(&self, viewer: &Viewer, ticket: &str) -> Option<Vec<BankLine>> {
        let parts: Vec<BankParts> = self.told(viewer, "bank", ticket)?;
        let line = |(end_to_end, amount, word, on, said, text): BankParts| {
            let said = match (word.as_str(), on) {
                ("paid", Some(on)) => Said::Paid { on: on.parse().ok()?, reference: said },
                ("failed", _) => Said::Failed { reason: said },
                _ => Said::Unclear { reason: said },
            };
            Some(BankLine { end_to_end, amount: amount.map(Money::from_fen), said, text })
        };
        parts.into_iter().map(line).collect()
    }

    fn mark(&self, viewer: &Viewer, purpose: &str, text: &str) -> String {
        let key = derive(&self.secret, "form ticket");
        let org = viewer.org.to_string();
        let mark = keyed(&key, &[purpose.as_bytes(), org.as_bytes(), text.as_bytes()]);
        PaperHash(mark).to_string()
    }

    fn ticket(&self, viewer: &Viewer, purpose: &str, what: &impl Serialize) -> Result<String, Failure> {
        let text = serde_json::to_string(what).map_err(|e| Fault::lasting(format!("ticket: {e}")))?;
        Ok(self.mark(viewer, purpose, &text) + &text)
    }

    fn told<T: DeserializeOwned>(&self, viewer: &Viewer, purpose: &str, ticket: &str) -> Option<T> {
        let (mark, text) = ticket.split_at_checked(MARK)?;
        if self.mark(viewer, purpose, text) != mark {
            return None;
        }
        serde_json::from_str(text).ok()
    }

    /// A paper of a claim, for those who may see the claim.
    pub fn claim_paper(&self, viewer: &Viewer, id: ClaimId, hash: &PaperHash) -> Result<PaperBytes, Failure> {
        let claim = self.claim_seen(viewer, id)?;
        let held = claim.lines.iter().flat_map(|line| &line.papers).find(|paper| paper.hash == *hash);
        let paper = held.ok_or_else(missing)?;
        let bytes = self.house.paper(hash)?.ok_or_else(missing)?;
        Ok(PaperBytes { name: paper.name.clone(), media: paper.media.clone(), bytes })
    }

    /// The list behind a bill of a claim, for those who may see the claim.
    pub fn claim_list_file(&self, viewer: &Viewer, id: ClaimId, no: i64) -> Result<PaperBytes, Failure> {
        let claim = self.claim_seen(viewer, id)?;
        let line = claim.lines.iter().find(|line| line.no == no).ok_or_else(missing)?;
        let list = line.list.as_ref().ok_or_else(missing)?;
        let hash: PaperHash = list.digest.parse().map_err(|_| missing())?;
        let bytes = self.house.paper(&hash)?.ok_or_else(missing)?;
        let name = format!("{}-{no}.csv", claim.number);
        Ok(PaperBytes { name, media: "text/csv; charset=utf-8".into(), bytes })
    }

    fn claim_seen(&self, viewer: &Viewer, id: ClaimId) -> Result<Claim, Failure> {
        let row = self.reads.claim(id)?.ok_or_else(missing)?;
        if !crate::access::sees(&viewer.scope, row.unit, row.place, None) {
            return Err(missing());
        }
        crate::history::claim(&self.reads.stream(&Stream::Claim(id).key())?)?.ok_or_else(missing)
    }
}
