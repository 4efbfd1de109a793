//! Passwords: how they are kept, which are taken, and first passwords that can be read out over a telephone.
//!
//! A password is kept as an argon2id hash in PHC form, which carries its own parameters: hashes of another cost still verify. It
//! is never an act, never logged and never stored in clear.

use crate::ports::Fault;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{CustomizedPasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

/// The fewest characters of a password.
pub const LENGTH_MIN: usize = 10;
/// The most; beyond it nobody types, and each try costs more.
pub const LENGTH_MAX: usize = 128;
/// The fewest different characters.
const DIFFERENT_MIN: usize = 4;
/// The setting of the installation that names its cost.
pub const COST_SETTING: &str = "password.cost";

/// What one hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// For an office PC: 19 MiB and two passes, some tens of milliseconds (the first of OWASP's equal choices).
    pub const OFFICE: Cost = Cost { memory_kib: 19 * 1024, passes: 2 };
    /// For tests and demonstrations with made-up people: next to nothing.
    pub const QUICK: Cost = Cost { memory_kib: 8, passes: 1 };

    /// The cost that a setting names: `quick`, and anything else is the office's.
    pub fn named(name: Option<&str>) -> Cost {
        match name {
            Some("quick") => Cost::QUICK,
            _ => Cost::OFFICE,
        }
    }
}

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than [`LENGTH_MIN`] characters.
    TooShort,
    /// More than [`LENGTH_MAX`].
    TooLong,
    /// It holds the sign-in name.
    HoldsLogin,
    /// It is in everybody's list, or one character over and over.
    Common,
    /// It is the one that is to be replaced.
    Unchanged,
}

impl Weak {
    /// What to say, Chinese and English.
    pub fn say(self) -> (String, String) {
        match self {
            Weak::TooShort => (
                format!("密码至少{LENGTH_MIN}个字符"),
                format!("a password has at least {LENGTH_MIN} characters"),
            ),
            Weak::TooLong => (
                format!("密码最多{LENGTH_MAX}个字符"),
                format!("a password has at most {LENGTH_MAX} characters"),
            ),
            Weak::HoldsLogin => {
                ("密码不能包含登录名".into(), "a password must not contain the sign-in name".into())
            }
            Weak::Common => (
                "这个密码太常见，请换一个（可以用几个不相干的词连起来）".into(),
                "this password is too common; choose another, such as a few unrelated words".into(),
            ),
            Weak::Unchanged => ("新密码不能与原密码相同".into(), "the new password is the old one".into()),
        }
    }
}

/// Beginnings of passwords that everybody tries first.
const COMMON: [&str; 16] = [
    "1234567890",
    "0123456789",
    "0987654321",
    "9876543210",
    "1122334455",
    "123123123",
    "147258369",
    "qwertyuiop",
    "1qaz2wsx3e",
    "1q2w3e4r5t",
    "abcdefghij",
    "password",
    "passw0rd",
    "admin",
    "iloveyou",
    "woaini",
];

/// Whether a password may be set for a sign-in name.
pub fn check(login: &str, password: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < LENGTH_MIN {
        return Err(Weak::TooShort);
    }
    if length > LENGTH_MAX {
        return Err(Weak::TooLong);
    }
    let (login, lower) = (login.trim().to_lowercase(), password.to_lowercase());
    if login.len() >= 3 && lower.contains(&login) {
        return Err(Weak::HoldsLogin);
    }
    let different: std::collections::BTreeSet<char> = lower.chars().collect();
    let common = COMMON.iter().any(|known| lower.strip_prefix(known).is_some_and(is_tail));
    if common || different.len() < DIFFERENT_MIN {
        return Err(Weak::Common);
    }
    Ok(())
}

/// What people put behind a common password: digits and signs.
fn is_tail(rest: &str) -> bool {
    rest.chars().all(|c| c.is_ascii_digit() || c.is_ascii_punctuation())
}

/// The hash of a password in PHC form. `salt` is fresh randomness.
pub fn hash(cost: Cost, salt: &[u8; 32], password: &str) -> Result<String, Fault> {
    let fault = |what: &dyn std::fmt::Display| Fault::lasting(format!("a password cannot be hashed: {what}"));
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|e| fault(&e))?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    hasher
        .hash_password_customized(password.as_bytes(), &salt[..16], None, None, params)
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(|e| fault(&e))
}

/// Whether a password fits a hash. A hash that cannot be read fits nothing.
pub fn verify(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
}

/// Letters and digits that cannot be taken for one another.
const READABLE: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// A first password from 32 random bytes: three groups of four, about 59 bits.
pub fn readable(random: &[u8; 32]) -> String {
    // Bytes above the last multiple of 31 are left out, so that each letter is as likely as the others; 32 bytes hold twelve that
    // are left in but for one chance in 10^20, and then the rest is drawn from the first again.
    let fair = random.iter().filter(|byte| **byte < 248).chain(random.iter());
    let letters: Vec<u8> = fair.take(12).map(|byte| READABLE[usize::from(*byte) % READABLE.len()]).collect();
    letters
        .chunks(4)
        .map(|group| group.iter().map(|b| char::from(*b)).collect())
        .collect::<Vec<String>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_and_no_other() {
        let one = hash(Cost::QUICK, &[1; 32], "河水清且涟漪-2019").unwrap();
        assert!(one.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{one}");
        assert!(verify(&one, "河水清且涟漪-2019"));
        assert!(!verify(&one, "河水清且涟漪-2020"));
        assert_ne!(one, hash(Cost::QUICK, &[2; 32], "河水清且涟漪-2019").unwrap());
        assert!(!verify("no hash", "") && !verify("", ""));
    }

    #[test]
    fn the_office_pays_more_and_its_hashes_verify_too() {
        let office = hash(Cost::named(None), &[1; 32], "correct horse").unwrap();
        assert!(office.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{office}");
        assert!(verify(&office, "correct horse"));
        assert_eq!(Cost::named(Some("quick")), Cost::QUICK);
    }

    #[test]
    fn rules_have_a_case_on_both_sides() {
        for (password, expected) in [
            ("abc-1234x", Err(Weak::TooShort)),
            ("abc-1234xy", Ok(())),
            ("渠水清如许天光云影间", Ok(())),
            ("渠水清如许天光云影", Err(Weak::TooShort)),
            ("xx-WangMei-2019", Err(Weak::HoldsLogin)),
            ("wang-mei-2019", Ok(())),
            ("1234567890", Err(Weak::Common)),
            ("1234567890!!", Err(Weak::Common)),
            ("1234567890-river", Ok(())),
            ("Password2019!", Err(Weak::Common)),
            ("aaaaaaaabbcc", Err(Weak::Common)),
            ("aaaaaaaabbcd", Ok(())),
        ] {
            assert_eq!(check("wangmei", password), expected, "{password}");
        }
        assert_eq!(check("x", &"ab1-".repeat(32)), Ok(()));
        assert_eq!(check("x", &"ab1-".repeat(33)), Err(Weak::TooLong));
    }

    #[test]
    fn a_first_password_is_readable_and_good_enough() {
        let mut random = [0; 32];
        for (at, byte) in random.iter_mut().enumerate() {
            *byte = (at * 37 + 11) as u8;
        }
        let first = readable(&random);
        assert_eq!(first.len(), 14);
        assert!(first.bytes().all(|b| b == b'-' || READABLE.contains(&b)), "{first}");
        assert_eq!(check("wangmei", &first), Ok(()));
        assert_eq!(readable(&[255; 32]).len(), 14);
    }
}
