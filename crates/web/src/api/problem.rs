//! What the interface answers when it does not answer what was asked: `application/problem+json` (RFC 9457).
//!
//! Refusals of the rules carry their own code (`R…`), article and next step; what concerns the request itself has codes `A…`; a fault
//! of the world is `F001` and says whether trying again can help; a fault of the program is `B001`.

use app::Failure;
use app::signin::Denied;
use app::view::state::{Reason, Refusal, RefusedCase};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::WebError;

/// Why a request was not carried out. Texts stand in Chinese and, with `_en`, in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// The stable code: `R…` a rule, `A…` the request, `F…` the world, `B…` the program.
    pub code: String,
    /// The kind of problem, as an address within the documentation: `/api#R801`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status of the answer.
    pub status: u16,
    /// The kind of problem in a few words.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// What stands in the way.
    pub detail: String,
    /// The same in English.
    pub detail_en: String,
    /// What to do next.
    pub next: String,
    /// The same in English.
    pub next_en: String,
    /// The article that says so; absent where none governs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Whether the same request can succeed later without a change.
    pub retry: bool,
    /// Seconds to wait before that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<u64>,
    /// The place in the request: `lines[0].amount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The roles to choose from, as the header `X-Role` takes them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The cases of an act about several that are refused, each by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<CaseProblem>,
}

/// Why a case of an act about several is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseProblem {
    /// The case.
    pub case: i64,
    /// Its number.
    pub number: String,
    /// The stable code.
    pub code: String,
    /// What stands in the way.
    pub detail: String,
    /// The same in English.
    pub detail_en: String,
    /// The article that says so; absent where none governs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

impl CaseProblem {
    fn of(refused: &RefusedCase) -> Self {
        let say = refused.refusal.reason.say();
        Self {
            case: refused.case.get(),
            number: refused.number.clone(),
            code: refused.refusal.reason.code().to_owned(),
            detail: say.zh,
            detail_en: say.en,
            article: Some(refused.refusal.cite.clone()).filter(|cite| !cite.is_empty()),
        }
    }
}

/// A problem on its way out. Boxed: it is larger than what usually comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed(pub Box<Problem>);

/// A text in both languages.
type Both<'a> = (&'a str, &'a str);

impl Failed {
    fn new(status: StatusCode, code: &str, title: Both<'_>, detail: Both<'_>, next: Both<'_>) -> Self {
        Self(Box::new(Problem {
            code: code.to_owned(),
            kind: format!("/api#{code}"),
            status: status.as_u16(),
            title: title.0.to_owned(),
            title_en: title.1.to_owned(),
            detail: detail.0.to_owned(),
            detail_en: detail.1.to_owned(),
            next: next.0.to_owned(),
            next_en: next.1.to_owned(),
            article: None,
            retry: false,
            wait: None,
            place: None,
            roles: Vec::new(),
            cases: Vec::new(),
        }))
    }

    fn wait(mut self, seconds: u64) -> Self {
        self.0.retry = true;
        self.0.wait = Some(seconds);
        self
    }

    /// Nobody is named.
    pub fn sign_in_needed() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "A001",
            ("需要登录", "sign in"),
            ("请求没有登录名和密码", "the request names nobody"),
            (
                "用 HTTP Basic 提供登录名和密码，或带上登录后的 Cookie",
                "send sign-in name and password as HTTP Basic, or the cookie of a session",
            ),
        )
    }

    /// Not let in, in the words of the sign-in page.
    pub fn denied(denied: Denied, now: i64) -> Self {
        let (zh, en) = denied.say();
        match denied {
            Denied::Wrong { .. } => Self::new(
                StatusCode::UNAUTHORIZED,
                "A002",
                ("登录未通过", "not let in"),
                (&zh, &en),
                ("请核对登录名和密码", "check name and password"),
            ),
            Denied::Locked { until } => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "A003",
                ("登录名暂停使用", "the name is closed"),
                (&zh, &en),
                ("请稍后再试", "try again later"),
            )
            .wait(u64::try_from((until - now).max(0) / 1000 + 1).unwrap_or(1)),
        }
    }

    /// The first password must be changed.
    pub fn password_change_needed() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "A004",
            ("须先修改初始密码", "change the first password"),
            ("初始密码还没有修改，接口不可用", "the first password was not changed; the interface is closed"),
            ("请在网页 /password 修改密码后再用", "change it on the page /password"),
        )
    }

    /// The role is not named, or not one of the person's.
    pub fn role(roles: Vec<String>) -> Self {
        let mut failed = Self::new(
            StatusCode::FORBIDDEN,
            "A005",
            ("岗位不明确", "which role"),
            ("没有指明岗位，或者不是本人的岗位", "no role is named, or one that the person does not hold"),
            ("用请求头 X-Role 指明：机构编号:岗位", "name it in the header X-Role: organisation id:role"),
        );
        failed.0.roles = roles;
        failed
    }

    /// The request cannot be read; `place` says where.
    pub fn unreadable(place: &str, what: &str) -> Self {
        let zh = if place.is_empty() {
            format!("请求无法读取：{what}")
        } else {
            format!("请求中的 {place} 无法读取：{what}")
        };
        let en = if place.is_empty() { what.to_owned() } else { format!("{place}: {what}") };
        let mut failed = Self::new(
            StatusCode::BAD_REQUEST,
            "A006",
            ("请求无法读取", "unreadable request"),
            (&zh, &en),
            ("请对照接口说明 /api 改正", "compare with the documentation at /api"),
        );
        failed.0.place = Some(place.to_owned()).filter(|place| !place.is_empty());
        failed
    }

    /// The content is of a kind that this address does not take.
    pub fn kind(takes: &str) -> Self {
        let zh = format!("这个地址只接受 {takes}");
        let en = format!("this address takes {takes}");
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "A007",
            ("内容类型不符", "unsupported content"),
            (&zh, &en),
            ("请改正 Content-Type", "mend Content-Type"),
        )
    }

    /// A file is not taken.
    pub fn file(zh: &str, en: &str) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "A008",
            ("文件不能接收", "the file is not taken"),
            (zh, en),
            ("请换一个文件", "send another file"),
        )
    }

    /// Nothing is here, or nothing that the person may know of.
    pub fn nothing_here() -> Self {
        Self::of_status(StatusCode::NOT_FOUND)
    }

    /// A fault of the program.
    pub fn bug(operator: &str) -> Self {
        tracing::error!("bug in the interface: {operator}");
        Self::of_status(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What a bare status of the framework or of a layer stands for.
    pub fn of_status(status: StatusCode) -> Self {
        let (code, title, next): (_, Both<'_>, Both<'_>) = match status {
            StatusCode::NOT_FOUND => (
                "A009",
                ("没有这个地址或对象", "nothing is here"),
                ("请核对地址和编号", "check address and number"),
            ),
            StatusCode::METHOD_NOT_ALLOWED => (
                "A010",
                ("这个地址不支持该方法", "the address does not take this method"),
                ("请对照接口说明 /api", "compare with the documentation at /api"),
            ),
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("A011", ("内容过大", "too large"), ("请分开提交", "send it in parts"))
            }
            StatusCode::FORBIDDEN => (
                "A012",
                ("请求被拒绝", "the request is refused"),
                (
                    "网页脚本不能跨站调用本接口；请从本站或程序调用",
                    "pages of other sites may not call this interface; call it from a program or from this site",
                ),
            ),
            StatusCode::TOO_MANY_REQUESTS => {
                ("A013", ("尝试过于频繁", "too many tries"), ("请稍后再试", "try again later"))
            }
            StatusCode::SERVICE_UNAVAILABLE => (
                "F001",
                ("系统暂时不可用", "the system is not available"),
                ("稍后再试；仍不行请联系管理员", "try again later, or call the administrator"),
            ),
            status if status.is_server_error() => (
                "B001",
                ("程序出错", "the program failed"),
                ("请把 X-Request-Id 告诉管理员", "tell the administrator the X-Request-Id"),
            ),
            _ => (
                "A006",
                ("请求无法读取", "unreadable request"),
                ("请对照接口说明 /api 改正", "compare with the documentation at /api"),
            ),
        };
        Self::new(status, code, title, title, next)
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        let say = refusal.reason.say();
        let code = refusal.reason.code();
        let (status, title) = match code {
            "R001" => (StatusCode::FORBIDDEN, ("岗位无权办理", "not this role")),
            "R002" => (StatusCode::NOT_FOUND, ("没有找到", "not found")),
            "R003" | "R004" => (StatusCode::CONFLICT, ("与现状冲突", "conflict")),
            _ => (StatusCode::UNPROCESSABLE_ENTITY, ("按规定不能办理", "refused by the rules")),
        };
        let mut failed = Self::new(status, code, title, (&say.zh, &say.en), (&say.next_zh, &say.next_en));
        failed.0.article = Some(refusal.cite).filter(|cite| !cite.is_empty());
        if let Reason::TogetherRefused { cases, .. } = &refusal.reason {
            failed.0.cases = cases.iter().map(CaseProblem::of).collect();
        }
        failed
    }
}

impl From<app::ports::Fault> for Failed {
    fn from(fault: app::ports::Fault) -> Self {
        tracing::error!("fault: {}", fault.operator);
        let mut failed = Self::of_status(StatusCode::SERVICE_UNAVAILABLE);
        failed.0.retry = fault.retry;
        failed
    }
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Fault(fault) => fault.into(),
        }
    }
}

impl From<WebError> for Failed {
    fn from(error: WebError) -> Self {
        match error {
            WebError::TooMany { seconds } => Self::of_status(StatusCode::TOO_MANY_REQUESTS).wait(seconds),
            WebError::SignInNeeded { .. } => Self::sign_in_needed(),
            WebError::PasswordChangeNeeded => Self::password_change_needed(),
            other => Self::of_status(other.status()),
        }
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let (status, wait) = (self.status(), self.0.wait);
        let mut response = (status, Json(*self.0)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            let realm = HeaderValue::from_static("Basic realm=\"qingqu\", charset=\"UTF-8\"");
            headers.insert(header::WWW_AUTHENTICATE, realm);
        }
        if let Some(seconds) = wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
