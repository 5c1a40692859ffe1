//! Who may ask: whoever knows the token, where there is one.
//!
//! Programs send it (`Authorization: Bearer TOKEN`); browsers get a form, and keep a cookie that is made from the token but
//! does not give it away.

use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

/// Name of the cookie.
const COOKIE: &str = "readout";

/// Fewest characters of a token.
pub(crate) const SHORTEST: usize = 8;

/// A token, as hashes: comparing these tells nothing about it by the time it takes.
#[derive(Clone)]
pub(crate) struct Token {
    itself: [u8; 32],
    cookie: String,
}

impl Token {
    pub(crate) fn new(token: &str) -> Token {
        let cookie = hash(&["cookie", token]).iter().map(|b| format!("{b:02x}")).collect();
        Token { itself: hash(&["token", token]), cookie }
    }

    /// Whether it is this one.
    pub(crate) fn is(&self, token: &str) -> bool {
        hash(&["token", token]) == self.itself
    }

    /// Whether a request shows it.
    pub(crate) fn opens(&self, headers: &HeaderMap) -> bool {
        let text = |value: &HeaderValue| value.to_str().map(str::to_owned).unwrap_or_default();
        let sent = headers.get(header::AUTHORIZATION).map(text).unwrap_or_default();
        if sent
            .split_once(' ')
            .is_some_and(|(kind, token)| kind.eq_ignore_ascii_case("bearer") && self.is(token.trim()))
        {
            return true;
        }
        let cookies = headers.get_all(header::COOKIE).iter().map(text).collect::<Vec<_>>().join(";");
        let own = |pair: &str| {
            pair.trim().split_once('=').is_some_and(|(name, value)| {
                name == COOKIE && hash(&["cookie", value]) == hash(&["cookie", &self.cookie])
            })
        };
        cookies.split(';').any(own)
    }

    /// The header that gives a browser its cookie.
    pub(crate) fn cookie(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie)).ok()
    }
}

/// A secret that nobody can guess, another one at each start.
pub(crate) fn secret() -> String {
    use std::hash::{BuildHasher as _, RandomState};
    // Each state is seeded by the system's own source of chance.
    let chance: String = (0..4).map(|n| format!("{:016x}", RandomState::new().hash_one(n))).collect();
    hash(&["proof", &chance]).iter().map(|b| format!("{b:02x}")).collect()
}

fn hash(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_and_its_cookie_open_and_nothing_else_does() {
        let token = Token::new("open sesame");
        let with = |name: &'static str, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_str(value).unwrap());
            token.opens(&headers)
        };
        let cookie = token.cookie().unwrap().to_str().unwrap().split(';').next().unwrap().to_owned();
        assert!(!cookie.contains("sesame"));
        assert!(with("authorization", "Bearer open sesame"));
        assert!(with("cookie", &format!("a=b; {cookie}")));
        assert!(!with("authorization", "Bearer open"));
        assert!(!with("authorization", "Basic open sesame"));
        assert!(!with("cookie", "readout=open sesame"));
        assert!(!with("cookie", "readout="));
        assert!(!with("x-other", &cookie));
    }
}
