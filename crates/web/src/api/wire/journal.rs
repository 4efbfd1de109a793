//! The journal over the wire: its head, its acts, and the proof that an act is in it.

use app::view::{ActLine, ActPage, ActProof, ActSubject, JournalPage, LogHead};

use super::{Text, each, query, shape};

query! {
    /// Which acts.
    ActsAsk {
        /// Those before this place; the newest when left out.
        before: u64,
    }
}

shape! {
    /// The head of the journal.
    Head of &LogHead as head => {
        /// How many acts.
        size: u64 = head.size,
        /// The root of the tree over all acts.
        root: String = head.root.to_string(),
    }

    /// An act.
    Act of &ActLine as line => {
        /// Its place.
        seq: u64 = line.seq,
        /// Milliseconds since 1970, UTC.
        at: i64 = line.at,
        /// Its kind.
        kind: String = line.kind.clone(),
        /// What happened.
        what: Text = (&line.what).into(),
        /// Who; empty for the program and the public.
        who: String = line.who.clone(),
        /// In which role.
        role: Text = (&line.role).into(),
        /// What it is about.
        subject: String = subject(&line.subject),
        /// The article.
        article: String = line.cite.clone(),
        /// Pack and edition.
        edition: String = line.edition.clone(),
    }

    /// A page of acts, newest first.
    Acts of &JournalPage as page => {
        /// The head.
        head: Head = (&page.head).into(),
        /// The acts.
        items: Vec<Act> = each(&page.lines),
        /// Ask again with `before` set to this; absent at the beginning.
        next: Option<u64> = page.next,
    }

    /// That an act is in the journal (RFC 9162).
    Proof of &ActProof as proof => {
        /// The hash function.
        hash: String = proof.hash.name().to_owned(),
        /// The hash of the stored line.
        leaf: String = proof.leaf.to_string(),
        /// The audit path, from the leaf upward.
        path: Vec<String> = proof.path.iter().map(ToString::to_string).collect(),
        /// Whether it leads to the root.
        holds: bool = proof.holds,
    }

    /// One act with its proof.
    ActDetail of &ActPage as page => {
        /// The act.
        act: Act = (&page.line).into(),
        /// The stored line, exactly.
        stored: String = page.stored.clone(),
        /// The stream.
        stream: String = page.stream.clone(),
        /// The hash of the pack.
        pack_hash: Option<String> = page.pack_hash.clone(),
        /// The head that the proof leads to.
        head: Head = (&page.head).into(),
        /// The proof; absent when the journal is too long to compute it at once.
        proof: Option<Proof> = page.proof.as_ref().map(Proof::from),
    }
}

fn subject(subject: &ActSubject) -> String {
    match subject {
        ActSubject::Case(_, number) | ActSubject::Plan(_, number) => number.clone(),
        ActSubject::Year(year) => year.to_string(),
        ActSubject::Person(_, name) | ActSubject::Org(_, name) => name.clone(),
        ActSubject::Other(stream) => stream.clone(),
    }
}
