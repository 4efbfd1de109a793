//! The whole site in this process, to somebody who is signed in: a page with its session, its view and its drawing.

use app::App;
use app::password::COST_SETTING;
use app::signin::Secret;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use kernel::Date;
use std::sync::Arc;
use tower::ServiceExt as _;

const PASSWORD: &str = "qingqu-bench-2019";

/// The site as one person sees it.
pub struct Served {
    site: Router,
    cookie: String,
    here: tokio::runtime::Runtime,
}

struct Still(Date);

impl web::Clock for Still {
    fn today(&self) -> Date {
        self.0
    }
}

impl Served {
    /// Signs somebody in.
    pub fn to(app: &App, login: &str) -> Served {
        let person = app.reads.person_by_login(login).unwrap().unwrap_or_else(|| panic!("{login}")).person;
        app.house.put_setting(COST_SETTING, "quick").unwrap();
        app.set_password(person, Secret(PASSWORD)).unwrap();
        let clock = Arc::new(Still(app.today()));
        let site = web::site(app.clone(), clock, web::cookies::Transport::Any, Router::new());
        let here = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        let form = Body::from(format!("login={login}&password={PASSWORD}"));
        let request =
            Request::post("/sign-in").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = here.block_on(site.clone().oneshot(request.body(form).unwrap())).unwrap();
        let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
        Served { cookie: cookie.split(';').next().unwrap().to_owned(), site, here }
    }

    /// A page, as text.
    pub fn page(&self, path: &str) -> String {
        let request = Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap();
        self.here.block_on(async {
            let answer = self.site.clone().oneshot(request).await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            String::from_utf8(bytes.to_vec()).unwrap()
        })
    }
}
