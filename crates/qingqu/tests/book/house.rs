//! A real embedded book in a folder of its own, with a clock that stands still until it is moved.

use std::sync::Arc;

use app::password::COST_SETTING;
use app::ports::Clock;
use app::{Answer, App, Command, Failure, Request, Who};
use kernel::Date;
use qingqu::clock::DemoClock;
use qingqu::randomness::Seeded;
use qingqu::site::{self, DataDir};

/// An application on a book of its own.
pub struct House {
    pub app: App,
    pub clock: Arc<DemoClock>,
    folder: tempfile::TempDir,
}

impl House {
    /// An empty book on the first day of the regime.
    pub fn new() -> House {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(DemoClock::at(Date::constant(2019, 10, 9)));
        let seen: Arc<dyn Clock> = clock.clone();
        let app = site::start(&DataDir(folder.path().to_owned()), seen, Arc::new(Seeded::new(7))).unwrap();
        app.house.put_setting(COST_SETTING, "quick").unwrap();
        House { app, clock, folder }
    }

    /// Where its files are.
    pub fn data(&self) -> DataDir {
        DataDir(self.folder.path().to_owned())
    }

    /// Lets time pass.
    pub fn wait(&self, ms: i64) {
        self.clock.advance_to(self.clock.now() + ms);
    }

    /// Submits a command without a key.
    pub fn submit(&self, who: &Who, command: Command) -> Result<Answer, Failure> {
        self.app.submit(Request { who: who.clone(), key: String::new(), command })
    }

    /// Everything that lies in the book's folder.
    pub fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }
}

/// Whether a text stands anywhere in some bytes.
pub fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
