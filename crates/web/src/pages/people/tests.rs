//! What needs no book.

use super::*;

#[tokio::test]
async fn a_panic_beside_the_request_is_a_bug_and_not_the_end() {
    let done: Result<(), WebError> = beside(|| assert!(std::hint::black_box(false))).await;
    assert!(matches!(done, Err(WebError::Bug { .. })), "{done:?}");
}
