//! The one writer of a book: commands queue, are decided in turn inside one transaction, made durable together, then answered.

use crate::archive::Archives;
use crate::command::{Answer, Command, Failure, Request, Seen};
use crate::desk::{Cache, Desk};
use crate::packs::Packs;
use crate::ports::{Book, Clock, Fault, House, Randomness, Reads};
use crate::print::Press;
use crate::tables::Workbooks;
use crate::{project, usecase};
use domain::Reason;
use journal::{Digest, HashKind};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// How many commands one transaction takes at most.
const BATCH_MAX: usize = 256;
/// How many commands may wait.
const QUEUE_MAX: usize = 4_096;
/// How many states the writer keeps.
const CACHE_MAX: usize = 20_000;

type Reply = Box<dyn FnOnce(Result<Answer, Failure>) + Send>;

/// A command as it waits for the writer.
struct Waiting {
    request: Request,
    /// The digest of the request, when it has a key.
    digest: Option<Digest>,
    seen: Option<Seen>,
    reply: Reply,
}

impl Waiting {
    /// The digest is taken here, on the submitter's thread: there are many of those and one writer.
    fn new(request: Request, seen: Option<Seen>, reply: Reply) -> Waiting {
        let digest = (!request.key.is_empty()).then(|| request_digest(&request));
        Waiting { request, digest, seen, reply }
    }
}

/// What an app is built from.
pub struct Ports {
    /// The write side; moves to the writer's thread.
    pub book: Box<dyn Book>,
    /// The read side.
    pub reads: Arc<dyn Reads>,
    /// The house.
    pub house: Arc<dyn House>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Randomness>,
    /// Who reads and writes spreadsheets.
    pub workbooks: Arc<dyn Workbooks>,
    /// Who typesets documents.
    pub press: Arc<dyn Press>,
    /// Who packs archives.
    pub archives: Arc<dyn Archives>,
    /// The packs.
    pub packs: Packs,
    /// The secret of this installation: seals and searches personal data.
    pub secret: [u8; 32],
}

/// The program as pages and command lines see it. Cheap to clone.
#[derive(Clone)]
pub struct App {
    queue: SyncSender<Waiting>,
    /// The read side.
    pub reads: Arc<dyn Reads>,
    /// The house.
    pub house: Arc<dyn House>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Randomness>,
    /// Who reads and writes spreadsheets.
    pub workbooks: Arc<dyn Workbooks>,
    /// Who typesets documents.
    pub press: Arc<dyn Press>,
    /// Who packs archives.
    pub archives: Arc<dyn Archives>,
    /// The packs.
    pub packs: Packs,
    pub(crate) secret: [u8; 32],
}

impl App {
    /// Starts the writer.
    pub fn start(ports: Ports) -> Result<App, Fault> {
        let (queue, waiting) = sync_channel(QUEUE_MAX);
        let writer = Writer {
            book: ports.book,
            packs: ports.packs.clone(),
            clock: Arc::clone(&ports.clock),
            cache: Cache::new(),
            broken: None,
            alone: 0,
        };
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || writer.run(&waiting))
            .map_err(|e| Fault::lasting(format!("the writer's thread cannot start: {e}")))?;
        Ok(App {
            queue,
            reads: ports.reads,
            house: ports.house,
            clock: ports.clock,
            random: ports.random,
            workbooks: ports.workbooks,
            press: ports.press,
            archives: ports.archives,
            packs: ports.packs,
            secret: ports.secret,
        })
    }

    /// Submits a command; `reply` is called from the writer's thread once the answer is durable.
    pub fn submit_then(
        &self,
        request: Request,
        reply: impl FnOnce(Result<Answer, Failure>) + Send + 'static,
    ) {
        self.enqueue(Waiting::new(request, None, Box::new(reply)));
    }

    /// Submits a command on a page opened earlier: refused as stale when its subject has moved on since. A retry under the
    /// same key still gets its first answer.
    pub fn submit_seen_then(
        &self,
        request: Request,
        seen: Seen,
        reply: impl FnOnce(Result<Answer, Failure>) + Send + 'static,
    ) {
        self.enqueue(Waiting::new(request, Some(seen), Box::new(reply)));
    }

    fn enqueue(&self, waiting: Waiting) {
        if let Err(refused) = self.queue.try_send(waiting) {
            let waiting = match refused {
                std::sync::mpsc::TrySendError::Full(waiting)
                | std::sync::mpsc::TrySendError::Disconnected(waiting) => waiting,
            };
            (waiting.reply)(Err(Fault::passing("the writer's queue is full or closed").into()));
        }
    }

    /// Submits a command and waits for the answer.
    pub fn submit(&self, request: Request) -> Result<Answer, Failure> {
        self.wait(request, None)
    }

    /// Submits a command on a page opened earlier and waits for the answer.
    pub fn submit_seen(&self, request: Request, seen: Seen) -> Result<Answer, Failure> {
        self.wait(request, Some(seen))
    }

    fn wait(&self, request: Request, seen: Option<Seen>) -> Result<Answer, Failure> {
        let (answer, wait) = sync_channel(1);
        let reply = move |result| {
            // The waiter is gone only when its thread is; nobody is left to tell.
            let _gone = answer.send(result);
        };
        self.enqueue(Waiting::new(request, seen, Box::new(reply)));
        wait.recv().unwrap_or_else(|_| Err(Fault::passing("the writer stopped").into()))
    }

    /// What a page that is opened now shows of a subject.
    pub fn seen(&self, subject: &str) -> Result<Seen, Fault> {
        let last = self.reads.stream(subject)?.last().map(|act| act.seq);
        Ok(Seen { subject: subject.to_owned(), last })
    }
}

struct Writer {
    book: Box<dyn Book>,
    packs: Packs,
    clock: Arc<dyn Clock>,
    cache: Cache,
    /// A command could neither be kept nor taken back.
    broken: Option<Fault>,
    /// How many commands are still decided each in a transaction of its own, after a batch failed: what the database refuses
    /// at the commit, it refuses to all, and those who try again shall not meet the same neighbour again.
    alone: usize,
}

impl Writer {
    fn run(mut self, waiting: &Receiver<Waiting>) {
        while let Ok(first) = waiting.recv() {
            self.batch(first, || waiting.try_recv().ok());
        }
    }

    /// Decides what waits, also what comes while it decides, in one transaction, and answers all together.
    fn batch(&mut self, first: Waiting, mut next: impl FnMut() -> Option<Waiting>) {
        if let Err(fault) = self.book.begin() {
            let text = fault.operator;
            let others = std::iter::from_fn(&mut next).take(BATCH_MAX - 1);
            for waiting in std::iter::once(first).chain(others) {
                (waiting.reply)(Err(Fault::passing(text.clone()).into()));
            }
            return;
        }
        if self.book.moved() {
            self.cache.clear();
        }
        let most = if self.alone > 0 { 1 } else { BATCH_MAX };
        let mut answers = Vec::with_capacity(most);
        let mut waiting = Some(first);
        while let Some(Waiting { request, digest, seen, reply }) = waiting {
            answers.push((self.one(request, digest, seen.as_ref()), reply));
            // After a command that could not be taken back there may be no transaction any more: nothing else is decided in it.
            let more = answers.len() < most && self.broken.is_none();
            waiting = if more { next() } else { None };
        }
        let durable = match self.broken.take() {
            Some(fault) => Err(fault),
            None => self.book.commit(),
        };
        self.alone = self.alone.saturating_sub(1);
        match durable {
            Ok(()) => {
                for (answer, reply) in answers {
                    reply(answer);
                }
            }
            Err(fault) => {
                if answers.len() > 1 {
                    self.alone = BATCH_MAX;
                }
                self.cache.clear();
                let _given_up_by_the_failure = self.book.rollback();
                for (_, reply) in answers {
                    reply(Err(Fault::passing(fault.operator.clone()).into()));
                }
            }
        }
        if self.cache.len() > CACHE_MAX {
            self.cache.clear();
        }
    }

    /// One command in its savepoint: refused ones leave nothing. When that cannot be had, the whole batch is given up.
    fn one(
        &mut self,
        request: Request,
        digest: Option<Digest>,
        seen: Option<&Seen>,
    ) -> Result<Answer, Failure> {
        if let Err(fault) = self.book.savepoint() {
            let told = Fault::passing(fault.operator.clone());
            self.broken = Some(fault);
            return Err(told.into());
        }
        let now = self.clock.now();
        let outcome = self.carry_out(now, request, digest, seen);
        let settled = if outcome.is_ok() { self.book.release() } else { self.book.undo() };
        self.broken = settled.err();
        let (answer, staged) = outcome?;
        self.cache.extend(staged);
        Ok(answer)
    }

    fn carry_out(
        &mut self,
        now: i64,
        request: Request,
        digest: Option<Digest>,
        seen: Option<&Seen>,
    ) -> Result<(Answer, Cache), Failure> {
        let Request { who, key, command } = request;
        let book = &mut *self.book;
        if let Some(digest) = digest
            && let Some((before, answer)) = book.answer(&key)?
        {
            if before != digest {
                return Err(Reason::KeyReused {}.into());
            }
            let answer =
                serde_json::from_str(&answer).map_err(|e| Fault::lasting(format!("kept answer: {e}")))?;
            return Ok((answer, Cache::new()));
        }
        if let Some(seen) = seen {
            unchanged(book, seen)?;
        }
        let mut desk = Desk::new(book, &self.packs, &mut self.cache, now, who);
        let mut answer = usecase::carry_out(&mut desk, command)?;
        answer.seq = desk.last_seq();
        project::touched(&mut desk)?;
        if let Some(digest) = digest {
            let kept = serde_json::to_string(&answer).map_err(|e| Fault::lasting(format!("answer: {e}")))?;
            desk.book.keep_answer(&key, digest, &kept)?;
        }
        Ok((answer, desk.finish()))
    }
}

fn unchanged(book: &mut dyn Book, seen: &Seen) -> Result<(), Failure> {
    if book.stream(&seen.subject)?.last().map(|act| act.seq) == seen.last {
        return Ok(());
    }
    let (what, what_en) = match seen.subject.split(':').next() {
        Some("case") => ("本件", "the case"),
        Some("plan") => ("方案", "the plan"),
        Some("year") => ("年度安排", "the year"),
        Some("org") => ("单位信息", "the organisation"),
        Some("person") => ("人员信息", "the person"),
        _ => ("内容", "the content"),
    };
    Err(Reason::Stale { what: what.into(), what_en: what_en.into() }.into())
}

/// The digest of a request: who, and every field of the command. A form is most of it, and is written with the length of each
/// text, which is much cheaper than to print it.
fn request_digest(request: &Request) -> Digest {
    let mut bytes = format!("{:?}", request.who).into_bytes();
    match &request.command {
        Command::Declare { case, pack, procedure, step, parent, form, papers } => {
            bytes.extend(format!("{case:?}{pack:?}{procedure:?}{step:?}{parent:?}{papers:?}").into_bytes());
            cells(&mut bytes, &form.fields);
            for (table, rows) in &form.tables {
                text(&mut bytes, table);
                bytes.extend((rows.len() as u64).to_be_bytes());
                for row in rows {
                    cells(&mut bytes, row);
                }
            }
        }
        command => bytes.extend(format!("{command:?}").into_bytes()),
    }
    HashKind::Sm3.plain(&bytes)
}

fn cells(bytes: &mut Vec<u8>, cells: &BTreeMap<String, String>) {
    bytes.extend((cells.len() as u64).to_be_bytes());
    for (name, cell) in cells {
        text(bytes, name);
        text(bytes, cell);
    }
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_be_bytes());
    bytes.extend(text.as_bytes());
}

#[cfg(test)]
mod tests;
