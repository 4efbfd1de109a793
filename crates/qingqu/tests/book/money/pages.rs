//! The pages over a book of booked money, as a browser reads them.

use app::Who;
use app::signin::Secret;
use axum::body::Body;
use axum::http::{Request as Asked, header};

use super::world::World;
use crate::http::{Got, Http};

const PASSWORD: &str = "一渠清水-2019:甲";

/// Everybody signed in.
pub struct Pages {
    http: Http,
    cookies: Vec<(String, String)>,
}

impl Pages {
    pub async fn of(world: &World) -> Pages {
        world.app.house.put_setting(app::password::COST_SETTING, "quick").unwrap();
        let http = Http::over(&world.app, PASSWORD);
        let mut cookies = Vec::new();
        for (login, who) in &world.people {
            let Who::Person { person, .. } = who else { continue };
            world.app.set_password(*person, Secret(PASSWORD)).unwrap();
            cookies.push((login.clone(), signed_in(&http, login).await));
        }
        Pages { http, cookies }
    }

    /// A page or a file as text.
    pub async fn text(&self, login: &str, path: &str) -> String {
        let request = Asked::get(path).header(header::COOKIE, self.cookie(login)).body(Body::empty());
        let got = self.http.send(request.unwrap()).await;
        assert_eq!(got.status.as_u16(), 200, "{login} {path}: {}", String::from_utf8_lossy(&got.bytes));
        String::from_utf8(got.bytes).unwrap()
    }

    /// A form of texts and perhaps a file.
    pub async fn sends(
        &self,
        login: &str,
        path: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Got {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        if let Some((name, bytes)) = file {
            let part = format!(
                "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n"
            );
            body.extend(part.into_bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--b--\r\n");
        let request = Asked::post(path)
            .header(header::COOKIE, self.cookie(login))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(Body::from(body));
        self.http.send(request.unwrap()).await
    }

    fn cookie(&self, login: &str) -> &str {
        self.cookies.iter().find(|(known, _)| known == login).map(|(_, cookie)| cookie.as_str()).unwrap()
    }
}

async fn signed_in(http: &Http, login: &str) -> String {
    let form = format!("login={login}&password={}", web::cookies::encode(PASSWORD));
    let request = Asked::post("/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form));
    let got = http.send(request.unwrap()).await;
    got.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
}
