//! A pipeline in constant memory: one thread reads chunks of lines and writes results, the others work on them, and the
//! results come back in the order of the input.

use super::Trouble;
use super::lines::{Chunk, Lines};
use policy::pack::Words;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Most threads that work on chunks.
const WORKERS_MAX: usize = 8;
/// Chunks that wait for a worker besides the one it works on.
const WAITING: usize = 1;

/// Works on every chunk of the lines and takes the results in order.
pub fn each<R: Send>(
    lines: &mut Lines<'_>,
    work: impl Fn(&Chunk) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).clamp(1, WORKERS_MAX);
    thread::scope(|scope| {
        let desks: Vec<Desk<R>> = (0..workers)
            .map(|_| {
                let (give, inbox) = sync_channel::<Chunk>(WAITING);
                let (outbox, back) = sync_channel::<R>(WAITING);
                let work = &work;
                scope.spawn(move || {
                    for chunk in inbox {
                        if outbox.send(work(&chunk)).is_err() {
                            return;
                        }
                    }
                });
                Desk { give, back }
            })
            .collect();
        let desk = |n: usize| desks.get(n % workers).ok_or_else(stopped);
        let (mut given, mut taken) = (0, 0);
        while let Some(chunk) = lines.chunk()? {
            if given - taken == workers * (WAITING + 1) {
                take(desk(taken)?.back.recv().map_err(|_| stopped())?)?;
                taken += 1;
            }
            desk(given)?.give.send(chunk).map_err(|_| stopped())?;
            given += 1;
        }
        while taken < given {
            take(desk(taken)?.back.recv().map_err(|_| stopped())?)?;
            taken += 1;
        }
        Ok(())
    })
}

/// A worker: chunks go there, results come back.
struct Desk<R> {
    give: SyncSender<Chunk>,
    back: Receiver<R>,
}

fn stopped() -> Trouble {
    Trouble::Failed(Words::new("程序内部出错：处理线程中止", "internal fault: a working thread stopped"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_input() {
        let text: String = (0..10_000).flat_map(|n| [n.to_string(), "\n".to_owned()]).collect();
        let mut source = text.as_bytes();
        let mut found = Vec::new();
        let work = |chunk: &Chunk| chunk.lines().map(|line| line.number).collect::<Vec<_>>();
        let done = each(&mut Lines::new(&mut source), work, |numbers| {
            found.extend(numbers);
            Ok(())
        });
        assert!(done.is_ok());
        assert_eq!(found, (1..=10_000).collect::<Vec<u64>>());
    }

    #[test]
    fn when_the_results_are_not_wanted_the_work_ends() {
        let text = "x\n".repeat(100_000);
        let mut source = text.as_bytes();
        let done = each(&mut Lines::new(&mut source), |_| (), |()| Err(Trouble::NobodyReads));
        assert!(matches!(done, Err(Trouble::NobodyReads)));
    }
}
