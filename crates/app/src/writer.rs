//! The one writer of a book: commands queue, are decided in turn inside one transaction, made durable together, then answered.

use crate::command::{Answer, Failure, Request, Seen};
use crate::desk::{Cache, Desk};
use crate::packs::Packs;
use crate::ports::{Book, Clock, Fault, House, Randomness, Reads};
use crate::{project, usecase};
use domain::Reason;
use journal::{Digest, HashKind};
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
    seen: Option<Seen>,
    reply: Reply,
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
        self.enqueue(Waiting { request, seen: None, reply: Box::new(reply) });
    }

    /// Submits a command on a page opened earlier: refused as stale when its subject has moved on since. A retry under the
    /// same key still gets its first answer.
    pub fn submit_seen_then(
        &self,
        request: Request,
        seen: Seen,
        reply: impl FnOnce(Result<Answer, Failure>) + Send + 'static,
    ) {
        self.enqueue(Waiting { request, seen: Some(seen), reply: Box::new(reply) });
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
        self.enqueue(Waiting { request, seen, reply: Box::new(reply) });
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
}

impl Writer {
    fn run(mut self, waiting: &Receiver<Waiting>) {
        while let Ok(first) = waiting.recv() {
            let mut batch = vec![first];
            while batch.len() < BATCH_MAX {
                match waiting.try_recv() {
                    Ok(next) => batch.push(next),
                    Err(_) => break,
                }
            }
            self.batch(batch);
        }
    }

    fn batch(&mut self, batch: Vec<Waiting>) {
        if let Err(fault) = self.book.begin() {
            let text = fault.operator;
            for waiting in batch {
                (waiting.reply)(Err(Fault::passing(text.clone()).into()));
            }
            return;
        }
        let mut answers = Vec::with_capacity(batch.len());
        for Waiting { request, seen, reply } in batch {
            let answer = self.one(request, seen.as_ref());
            answers.push((answer, reply));
        }
        match self.book.commit() {
            Ok(()) => {
                for (answer, reply) in answers {
                    reply(answer);
                }
            }
            Err(fault) => {
                self.cache.clear();
                let _rolled_back_by_the_failure = self.book.rollback();
                for (_, reply) in answers {
                    reply(Err(Fault::passing(fault.operator.clone()).into()));
                }
            }
        }
        if self.cache.len() > CACHE_MAX {
            self.cache.clear();
        }
    }

    /// One command in its savepoint: refused ones leave nothing.
    fn one(&mut self, request: Request, seen: Option<&Seen>) -> Result<Answer, Failure> {
        self.book.savepoint()?;
        let now = self.clock.now();
        match carry_out(&mut *self.book, &self.packs, &self.cache, now, request, seen) {
            Ok((answer, staged)) => {
                self.book.release()?;
                self.cache.extend(staged);
                Ok(answer)
            }
            Err(failure) => {
                self.book.undo()?;
                Err(failure)
            }
        }
    }
}

fn carry_out(
    book: &mut dyn Book,
    packs: &Packs,
    cache: &Cache,
    now: i64,
    request: Request,
    seen: Option<&Seen>,
) -> Result<(Answer, Cache), Failure> {
    let digest = request_digest(&request);
    if !request.key.is_empty()
        && let Some((before, answer)) = book.answer(&request.key)?
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
    let mut desk = Desk::new(book, packs, cache, now, request.who);
    let mut answer = usecase::carry_out(&mut desk, request.command)?;
    answer.seq = desk.last_seq();
    project::touched(&mut desk)?;
    if !request.key.is_empty() {
        let kept = serde_json::to_string(&answer).map_err(|e| Fault::lasting(format!("answer: {e}")))?;
        desk.book.keep_answer(&request.key, digest, &kept)?;
    }
    let (staged, _, _) = desk.finish();
    Ok((answer, staged))
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

fn request_digest(request: &Request) -> Digest {
    HashKind::Sm3.plain(format!("{:?}{:?}", request.who, request.command).as_bytes())
}
