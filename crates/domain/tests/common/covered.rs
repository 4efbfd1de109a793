//! Every refusal code has a test of its name: which, each group of tests lists by itself.

use domain::refusal::CODES;

/// Lists the test of each refusal, in the order of the codes.
macro_rules! covered {
    ($($module:ident::$test:ident),* $(,)?) => {
        const COVERED: &[(&str, fn())] = &[$((stringify!($test), $module::$test)),*];
    };
}
pub(crate) use covered;

/// The tests named are those of the codes with such numbers.
pub fn demand(covered: &[(&str, fn())], ours: impl Fn(u32) -> bool) {
    let number = |code: &str| code[1..].parse::<u32>().unwrap();
    let ours = CODES.iter().filter(|(code, _)| ours(number(code)));
    let wanted: Vec<String> = ours.map(|(_, name)| snake(name)).collect();
    let found: Vec<&str> = covered.iter().map(|(name, _)| *name).collect();
    assert_eq!(found, wanted);
}

/// `OverQuota` as `over_quota`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
