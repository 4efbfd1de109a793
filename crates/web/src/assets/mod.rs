//! Style sheet, script and logo, inside the binary. Their addresses hold a hash of the content, so browsers may
//! keep them for ever and a new version is fetched at once.

use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest as _, Sha256};

/// A file of the program with the address it is served under.
pub struct Asset {
    path: String,
    content: &'static str,
    kind: &'static str,
}

impl Asset {
    fn new(stem: &str, extension: &str, content: &'static str, kind: &'static str) -> Self {
        let digest = Sha256::digest(content.as_bytes());
        let mut path = format!("/assets/{stem}-");
        for byte in digest.iter().take(6) {
            let _ = write!(path, "{byte:02x}");
        }
        let _ = write!(path, ".{extension}");
        Self { path, content, kind }
    }

    /// The address of the file.
    pub fn path(&self) -> &str {
        &self.path
    }

    fn answer(&self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.kind)),
            (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        ];
        (headers, self.content).into_response()
    }
}

/// The style sheet.
pub static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("app", "css", include_str!("app.css"), "text/css; charset=utf-8"));
/// The script.
pub static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("app", "js", include_str!("app.js"), "text/javascript; charset=utf-8"));
/// The logo as the icon of the page.
pub static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", include_str!("icon.svg"), "image/svg+xml"));

/// The routes of the three files.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let serve = |asset: &'static Asset| (asset.path(), get(move || async move { asset.answer() }));
    let mut router = Router::new();
    for asset in [&*STYLE, &*SCRIPT, &*ICON] {
        let (path, method) = serve(asset);
        router = router.route(path, method);
    }
    router
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_the_hash_of_the_content() {
        let (one, two) =
            (Asset::new("a", "css", "x{}", "text/css"), Asset::new("a", "css", "y{}", "text/css"));
        assert_ne!(one.path(), two.path());
        assert!(one.path().starts_with("/assets/a-"), "{}", one.path());
        assert_eq!(one.path().len(), "/assets/a-".len() + 12 + ".css".len());
    }

    #[test]
    fn the_script_stays_short_and_loads_nothing_from_elsewhere() {
        assert!(include_str!("app.js").lines().count() < 200);
        for content in [include_str!("app.js"), include_str!("app.css")] {
            assert!(!content.contains("http://") && !content.contains("https://"));
        }
    }
}
