//! The program as it is installed, killed under load: several people at their browsers, the process shot in the middle, started
//! again, the forms that got no answer sent once more. No answered act is lost, none is there twice, the book verifies.

use crate::browser::Browser;
use crate::load::{self, FEE};
use app::ports::Reads as _;
use app::signin::Secret;
use journal::ActEnvelope;
use kernel::id::OrgId;
use qingqu::demo::PASSWORD;
use qingqu::site::DataDir;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use store::pool::{Pool, SqliteFile};

/// How often the process is killed.
const LIVES: usize = 6;
/// How many people send forms at once.
const CLIENTS: usize = 4;
/// Answers of one life at most before it is killed.
const ANSWERS_MAX: u64 = 60;

/// What is sent; its name is in it, so that it can be found in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The administrator enters an office.
    Office,
    /// The commission pays a fee.
    Fee,
}

/// A form as one person fills it in, under its key.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sent {
    form: Form,
    name: String,
}

/// A form and where its answer led.
type Answered = (Sent, String);

/// The people who send forms.
#[derive(Clone)]
struct People {
    admin: Browser,
    commission: Browser,
    firm: OrgId,
}

impl People {
    fn send(&self, sent: &Sent) -> Option<Answered> {
        let (key, name, firm) = (format!("key-{}", sent.name), sent.name.as_str(), self.firm.to_string());
        let page = match sent.form {
            Form::Office => self.admin.post(
                "/admin/orgs/new",
                &[("act", "add"), ("key", &key), ("name", name), ("kind", "government")],
            ),
            Form::Fee => self.commission.post(
                "/years/2019",
                &[
                    ("act", "fee"),
                    ("key", &key),
                    ("payee", &firm),
                    ("amount", "0.07"),
                    ("on", "2019-10-09"),
                    ("voucher", name),
                    ("purpose", "评审费"),
                ],
            ),
        }?;
        assert_eq!(page.status, 303, "{sent:?}: {page:?}");
        Some((sent.clone(), page.header("location").to_owned()))
    }
}

/// The program, listening.
struct Program {
    child: Child,
    address: SocketAddr,
    /// Kept, or the program could not say anything more.
    _said: BufReader<ChildStdout>,
}

impl Program {
    fn start(data: &DataDir) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_qingqu"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(&data.0)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap_or_default().parse();
        let address = address.unwrap_or_else(|e| panic!("{line:?}: {e}"));
        Program { child, address, _said: said }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_killed_server_loses_no_answered_form_and_doubles_none() {
    let dir = tempfile::tempdir().unwrap();
    let data = DataDir(dir.path().join("book"));
    load::prepare(&data);
    let firm = with_passwords(&data);
    let mut seen = Seen::default();
    let mut people: Option<People> = None;
    // A small generator with a fixed seed says when to kill.
    let mut random: u64 = 2_019;
    for life in 0..LIVES {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let program = Program::start(&data);
        let here = people.take().map_or_else(
            || People {
                admin: Browser::sign_in(program.address, "admin", PASSWORD),
                commission: Browser::sign_in(program.address, "ndrc", PASSWORD),
                firm,
            },
            |people| People {
                admin: people.admin.at(program.address),
                commission: people.commission.at(program.address),
                firm,
            },
        );
        seen.live(life, &here, program, 1 + (random >> 33) % ANSWERS_MAX);
        people = Some(here);
        verified(&data);
    }
    let program = Program::start(&data);
    let here = people.unwrap();
    let here = People {
        admin: here.admin.at(program.address),
        commission: here.commission.at(program.address),
        firm,
    };
    seen.send_again(&here);
    program.kill();
    verified(&data);
    seen.found_in(&data);
}

/// Gives the administrator a password; answers the year's firm.
fn with_passwords(data: &DataDir) -> OrgId {
    let app = load::open(data);
    let admin = app.reads.person_by_login("admin").unwrap().unwrap();
    app.set_password(admin.person, Secret(PASSWORD)).unwrap();
    app.reads.person_by_login("adviser").unwrap().unwrap().roles[0].org
}

/// What all lives were sent and answered.
#[derive(Default)]
struct Seen {
    answered: Vec<Answered>,
    unanswered: Vec<Sent>,
}

impl Seen {
    /// Everybody sends forms until the program is killed; those that got no answer in an earlier life come first.
    fn live(&mut self, life: usize, people: &People, program: Program, answers: u64) {
        let (tell, told): (Sender<Answered>, Receiver<Answered>) = channel();
        let mut first = std::mem::take(&mut self.unanswered).into_iter();
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (people, tell) = (people.clone(), tell.clone());
                let forms = first.next().into_iter().chain((0..).map(move |number| {
                    let form = if number % 2 == 0 { Form::Office } else { Form::Fee };
                    Sent { form, name: format!("{life}-{client}-{number}") }
                }));
                std::thread::spawn(move || {
                    for sent in forms {
                        let Some(answer) = people.send(&sent) else { return Some(sent) };
                        tell.send(answer).ok();
                    }
                    None
                })
            })
            .collect();
        drop(tell);
        assert!(first.next().is_none(), "each person has at most one form without an answer");
        for _ in 0..answers {
            self.answered.push(told.recv().unwrap());
        }
        program.kill();
        self.answered.extend(told);
        self.unanswered.extend(clients.into_iter().filter_map(|client| client.join().unwrap()));
    }

    /// Forms without an answer and forms with one, sent again under their keys: each leads where it led.
    fn send_again(&mut self, people: &People) {
        for sent in std::mem::take(&mut self.unanswered) {
            self.answered.push(people.send(&sent).unwrap());
        }
        for (sent, place) in self.answered.iter().rev().take(20) {
            assert_eq!(people.send(sent).unwrap().1, *place, "{sent:?}");
        }
    }

    /// In the book each answered form is one act, an office where the answer said, and nothing else of the load is there.
    fn found_in(&self, data: &DataDir) {
        let reads = store::Reads::new(Arc::new(Pool::new(SqliteFile(data.book()))));
        let acts = reads.acts(0, usize::MAX).unwrap();
        let mut found: BTreeMap<String, Vec<&ActEnvelope>> = BTreeMap::new();
        for act in &acts {
            let body: serde_json::Value = serde_json::from_str(&act.body).unwrap();
            let name = match act.kind.as_str() {
                "org.registered" => &body["name"],
                "year.fee_paid" => &body["voucher"],
                _ => continue,
            };
            found.entry(name.as_str().unwrap().to_owned()).or_default().push(act);
        }
        for (sent, place) in &self.answered {
            let acts = found.remove(&sent.name).unwrap_or_else(|| panic!("lost: {sent:?}"));
            assert_eq!(acts.len(), 1, "{sent:?}");
            match sent.form {
                Form::Office => {
                    assert_eq!(place.rsplit('/').next(), acts[0].stream.strip_prefix("org:"), "{sent:?}");
                }
                Form::Fee => assert_eq!(acts[0].stream, "year:tianjin:2019"),
            }
        }
        // Every form was answered in the end: of the load nothing is there that was not.
        let other: Vec<&String> = found.keys().filter(|name| name.split('-').count() == 3).collect();
        assert!(other.is_empty(), "{other:?}");
        let fees = self.answered.iter().filter(|(sent, _)| sent.form == Form::Fee).count();
        assert!(fees > 30 && self.answered.len() > 80, "{fees} of {}", self.answered.len());
        let paid = reads.balances("fees:").unwrap();
        let paid = kernel::Money::sum(paid.into_iter().map(|(_, fen)| fen)).unwrap();
        assert_eq!(paid.fen(), FEE.fen() * i64::try_from(fees).unwrap());
    }
}

/// As the operator would: by the program itself.
fn verified(data: &DataDir) {
    let done =
        Command::new(env!("CARGO_BIN_EXE_qingqu")).args(["verify", "--data-dir"]).arg(&data.0).output();
    let done = done.unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}
