//! Claims and payment batches of the small book.

use super::*;

impl World {
    pub fn bill(&mut self, amount: i64) -> ClaimLine {
        let number = self.id();
        ClaimLine {
            no: 1,
            budget_line: "works".into(),
            voucher: "invoice".into(),
            code: "0120".into(),
            number: format!("{number:08}"),
            dated: day("2019-04-01"),
            payee: "c1".into(),
            amount: fen(amount),
            papers: paper(),
            list: None,
            tie: None,
        }
    }

    pub fn roster(amount: i64) -> ClaimLine {
        ClaimLine {
            no: 2,
            budget_line: "aid".into(),
            voucher: "roster".into(),
            code: String::new(),
            number: String::new(),
            dated: day("2019-04-01"),
            payee: "list".into(),
            amount: fen(amount),
            papers: Vec::new(),
            list: Some(ListDigest { rows: 3, total: fen(amount), digest: "d".into() }),
            tie: None,
        }
    }

    pub fn claim(
        &mut self,
        project: ProjectId,
        purpose: Purpose,
        lines: Vec<ClaimLine>,
    ) -> Result<ClaimId, Refusal> {
        let id = ClaimId(self.id());
        let mut invoices = BTreeMap::new();
        for claim in self.claims.values().filter(|c| c.is_live() || c.standing() == claim::Standing::Paid) {
            for (_, key) in claim::invoices_of(&claim.lines, self.ctx(&town())) {
                invoices.insert(key, claim.number.clone());
            }
        }
        let consents = self.on_file();
        let figures = claim::Figures {
            project: &self.projects[&project],
            invoices: &invoices,
            consents: &consents,
            links: &self.links,
        };
        let command =
            claim::File { claim: id, number: format!("C{id}"), text: claim::Text { purpose, lines } };
        let events = claim::file(command, figures, self.ctx(&town()))?;
        self.append_all(Stream::Claim(id), events, &town());
        Ok(id)
    }

    pub fn check(&mut self, id: ClaimId, approved: &[i64], actor: &Actor) -> Result<(), Refusal> {
        let state = &self.claims[&id];
        let verdict = |(line, approved): (&ClaimLine, &i64)| Verdict {
            line: line.no,
            approved: fen(*approved),
            reason: "核减".into(),
        };
        let verdicts = state.lines.iter().zip(approved).map(verdict).collect();
        let command = claim::Check { step: "check".into(), verdicts, opinion: String::new() };
        let events = claim::check(state, command, &self.projects[&state.project], self.ctx(actor))?;
        self.append_all(Stream::Claim(id), events, actor);
        Ok(())
    }

    pub fn grant(&mut self, id: ClaimId, actor: &Actor) -> Result<(), Refusal> {
        let state = &self.claims[&id];
        let allotted = self.lots(&format!("allotted:p{}", state.project));
        let command = claim::Approve { step: "grant".into(), opinion: String::new() };
        let project = &self.projects[&state.project];
        let events = claim::approve(state, command, project, &allotted, self.ctx(actor))?;
        self.append_streamed(events, actor);
        Ok(())
    }

    pub fn withdraw(&mut self, id: ClaimId) -> Result<(), Refusal> {
        let events = claim::withdraw(&self.claims[&id], "重复", self.ctx(&town()))?;
        self.append_streamed(events, &town());
        Ok(())
    }

    pub fn make(&mut self, fund: &str, picks: Vec<Pick>) -> Result<BatchId, Refusal> {
        let id = BatchId(self.id());
        let mut pool = BTreeMap::new();
        for side in ["all", "ours", "theirs"] {
            for lot in self.lots(&format!("pool:money:{fund}:{side}")) {
                pool.insert((side.to_owned(), lot.source), lot.amount);
            }
        }
        let sources = self.sources.iter().map(|(id, source)| (*id, source.document.clone())).collect();
        let till = Till {
            claims: &self.claims,
            projects: &self.projects,
            pool: &pool,
            sources: &sources,
            unclear: &self.unclear,
            consents: &self.on_file(),
        };
        let command = batch::Make { batch: id, number: format!("B{id}"), fund: fund.into(), picks };
        let events = batch::make(command, till, self.ctx(&finance()))?;
        self.append_streamed(events, &finance());
        Ok(id)
    }

    pub fn release(&mut self, id: BatchId, digest: &str, actor: &Actor) -> Result<usize, Refusal> {
        let events = batch::release(&self.batches[&id], digest, self.ctx(actor))?;
        let count = events.len();
        self.append_all(Stream::Batch(id), events, actor);
        Ok(count)
    }

    pub fn book(&mut self, id: BatchId, line: BankLine) -> Result<usize, Refusal> {
        let events = batch::book(&self.batches[&id], line, self.ctx(&leader()))?;
        let count = events.len();
        self.append_streamed(events, &leader());
        Ok(count)
    }

    pub fn answer(&self, id: BatchId, no: i64, paid: bool) -> BankLine {
        let line = &self.batches[&id].payment(no).unwrap().line;
        let outcome = if paid {
            BankOutcome::Paid { on: day("2019-05-01"), reference: format!("R{id}-{no}") }
        } else {
            BankOutcome::Failed { reason: "户名不符".into() }
        };
        BankLine { end_to_end: line.end_to_end.clone(), amount: line.amount, outcome, text: "回单".into() }
    }

    pub fn take_out(&mut self, id: BatchId, no: i64) -> Result<(), Refusal> {
        let events = batch::take_out(&self.batches[&id], no, "账户注销", self.ctx(&leader()))?;
        self.append_streamed(events, &leader());
        Ok(())
    }
}
