//! A browser of a few lines: sends forms over a connection of its own and reads the whole answer.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

/// Somebody in front of the pages of a running program.
#[derive(Debug, Clone)]
pub struct Browser {
    address: SocketAddr,
    /// The cookie of the session.
    session: String,
}

/// What came back.
#[derive(Debug)]
pub struct Page {
    /// The status.
    pub status: u16,
    head: String,
}

impl Page {
    /// A header's value; empty without it.
    pub fn header(&self, name: &str) -> &str {
        let named = |line: &&str| line.split_once(':').is_some_and(|(key, _)| key.eq_ignore_ascii_case(name));
        self.head.lines().find(named).and_then(|line| line.split_once(':')).map_or("", |(_, v)| v.trim())
    }
}

impl Browser {
    /// Signs in.
    pub fn sign_in(address: SocketAddr, login: &str, password: &str) -> Browser {
        let stranger = Browser { address, session: String::new() };
        let page = stranger.post("/sign-in", &[("login", login), ("password", password)]).unwrap();
        assert_eq!(page.status, 303, "{page:?}");
        let cookie = page.header("set-cookie").split(';').next().unwrap_or_default();
        assert!(cookie.starts_with("qq_session_tianjin="), "{page:?}");
        Browser { address, session: cookie.to_owned() }
    }

    /// The same session at another address: the program was started again.
    pub fn at(&self, address: SocketAddr) -> Browser {
        Browser { address, session: self.session.clone() }
    }

    /// Sends a form. Nothing when the connection broke before the head of the answer was whole: then nothing was answered.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Page> {
        let fields: Vec<String> =
            fields.iter().map(|(name, text)| format!("{name}={}", coded(text))).collect();
        let body = fields.join("&");
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.session,
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        // A reset in the middle is an end: what came before it is looked at.
        let _cut_or_whole = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, _) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Page { status, head: head.to_owned() })
    }
}

fn coded(text: &str) -> String {
    text.bytes().fold(String::new(), |coded, byte| format!("{coded}%{byte:02X}"))
}
