//! The one writer of a book: commands queue, are decided in turn inside one transaction, made durable together, then answered.

use crate::command::{Answer, Failure, Request};
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
    queue: SyncSender<(Request, Reply)>,
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
        let writer = Writer { book: ports.book, packs: ports.packs.clone(), clock: Arc::clone(&ports.clock), cache: Cache::new() };
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
    pub fn submit_then(&self, request: Request, reply: impl FnOnce(Result<Answer, Failure>) + Send + 'static) {
        if let Err(refused) = self.queue.try_send((request, Box::new(reply))) {
            let (_, reply) = match refused {
                std::sync::mpsc::TrySendError::Full(item) | std::sync::mpsc::TrySendError::Disconnected(item) => item,
            };
            reply(Err(Fault::passing("the writer's queue is full or closed").into()));
        }
    }

    /// Submits a command and waits for the answer.
    pub fn submit(&self, request: Request) -> Result<Answer, Failure> {
        let (answer, wait) = sync_channel(1);
        self.submit_then(request, move |result| {
            // The waiter is gone only when its thread is; nobody is left to tell.
            let _gone = answer.send(result);
        });
        wait.recv().unwrap_or_else(|_| Err(Fault::passing("the writer stopped").into()))
    }
}

struct Writer {
    book: Box<dyn Book>,
    packs: Packs,
    clock: Arc<dyn Clock>,
    cache: Cache,
}

impl Writer {
    fn run(mut self, waiting: &Receiver<(Request, Reply)>) {
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

    fn batch(&mut self, batch: Vec<(Request, Reply)>) {
        if let Err(fault) = self.book.begin() {
            let text = fault.operator;
            for (_, reply) in batch {
                reply(Err(Fault::passing(text.clone()).into()));
            }
            return;
        }
        let mut answers = Vec::with_capacity(batch.len());
        for (request, reply) in batch {
            let answer = self.one(request);
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
    fn one(&mut self, request: Request) -> Result<Answer, Failure> {
        self.book.savepoint()?;
        let now = self.clock.now();
        match carry_out(&mut *self.book, &self.packs, &self.cache, now, request) {
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
) -> Result<(Answer, Cache), Failure> {
    let digest = request_digest(&request);
    if !request.key.is_empty()
        && let Some((before, answer)) = book.answer(&request.key)?
    {
        if before != digest {
            return Err(Reason::KeyReused {}.into());
        }
        let answer = serde_json::from_str(&answer).map_err(|e| Fault::lasting(format!("kept answer: {e}")))?;
        return Ok((answer, Cache::new()));
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

fn request_digest(request: &Request) -> Digest {
    HashKind::Sm3.plain(format!("{:?}{:?}", request.who, request.command).as_bytes())
}
