//! What the demonstration's own page shows: the sign-ins and the day, and the way to the other books.

use super::Tale;
use super::cast::{PASSWORD, SignIn};
use crate::clock::DemoClock;
use kernel::Date;
use policy::pack::Words;
use std::net::SocketAddr;
use std::sync::Arc;
use web::pages::demo::{DemoBook, DemoSignIn, DemoStage};

struct Stage {
    clock: Arc<DemoClock>,
    sign_ins: Vec<DemoSignIn>,
    books: Vec<DemoBook>,
}

impl DemoStage for Stage {
    fn books(&self) -> &[DemoBook] {
        &self.books
    }

    fn sign_ins(&self) -> &[DemoSignIn] {
        &self.sign_ins
    }

    fn password(&self) -> &str {
        PASSWORD
    }

    fn move_to(&self, day: Date) -> bool {
        self.clock.advance_to_day(day)
    }
}

/// What the demonstration's pages and the start page show.
pub fn stage(clock: Arc<DemoClock>, sign_ins: Vec<SignIn>, books: Vec<DemoBook>) -> Arc<dyn DemoStage> {
    let sign_ins = sign_ins.into_iter().map(|s| DemoSignIn {
        role: s.role,
        role_zh: s.role_zh,
        role_en: s.role_en,
        org: s.org,
        name: s.name,
        login: s.login,
        first: s.first,
    });
    Arc::new(Stage { clock, sign_ins: sign_ins.collect(), books })
}

/// The switch between the books, as the book of one policy shows it.
pub fn books(all: &[(&Tale, Words, SocketAddr)], here: &str) -> Vec<DemoBook> {
    let book = |(tale, title, address): &(&Tale, Words, SocketAddr)| DemoBook {
        href: format!("http://{address}/"),
        title_zh: title.zh.clone(),
        title_en: title.en.clone(),
        place_zh: tale.place.0.to_owned(),
        place_en: tale.place.1.to_owned(),
        shows_zh: tale.shows.0.to_owned(),
        shows_en: tale.shows.1.to_owned(),
        here: tale.policy == here,
    };
    all.iter().map(book).collect()
}
