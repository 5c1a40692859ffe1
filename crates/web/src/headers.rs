//! What browsers may do with an answer, and whose requests are answered.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};

use crate::answer::Fault;

/// Nothing but what comes from here: no script or style within a page, no other host, no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers that every answer has.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Puts on an answer what every answer has; answers that say nothing of it are not kept by anybody.
pub(crate) fn seal(mut answer: Response<Body>) -> Response<Body> {
    let headers = answer.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    answer
}

/// Refuses requests that a page of another site sends, or that come under another site's name.
///
/// An explorer on loopback without a token takes no other name than loopback's own: a site whose name was turned to
/// 127.0.0.1 (DNS rebinding) would otherwise read the store through its visitors' browsers. With a token that is no danger,
/// as browsers keep the token under the name it was given under.
pub(crate) fn check(method: &Method, headers: &HeaderMap, has_token: bool) -> Result<(), Fault> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    if !has_token && !is_loopback(host) {
        let what = "the request came under a name that is not this explorer's";
        return Err(Fault::Foreign { what, status: StatusCode::MISDIRECTED_REQUEST });
    }
    let foreign = Fault::Foreign { what: "a page of another site sent the request", status: StatusCode::FORBIDDEN };
    if *method == Method::POST {
        let site = text(HeaderName::from_static("sec-fetch-site"));
        let origin = text(header::ORIGIN).map(|o| o.split_once("://").map_or(o, |(_, authority)| authority));
        // With `no-referrer` browsers send "null" for pages of our own; the site they name decides then.
        let is_ours = match (site, origin) {
            (Some(site), _) => matches!(site, "same-origin" | "none"),
            (None, Some(origin)) => origin == host,
            (None, None) => true,
        };
        if !is_ours {
            return Err(foreign);
        }
    }
    Ok(())
}

/// Whether a `Host` header names loopback, with any port.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or("", |(address, _)| address),
        None => host.split_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether `to` is a path of this explorer: browsers take `//host` and `/\host` for other hosts.
pub(crate) fn is_own_path(to: &str) -> bool {
    let mut rest = to.chars();
    rest.next() == Some('/')
        && !matches!(rest.next(), Some('/' | '\\'))
        && !to.chars().any(|c| c.is_control() || c == '\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_known_by_its_names() {
        for (host, expect) in [
            ("localhost", true),
            ("LocalHost:4747", true),
            ("127.0.0.1:4747", true),
            ("127.8.9.1", true),
            ("[::1]:4747", true),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example:4747", false),
            ("evil.example", false),
            ("[::2]:80", false),
            ("0.0.0.0", false),
            ("", false),
        ] {
            assert_eq!(is_loopback(host), expect, "{host}");
        }
    }

    #[test]
    fn other_hosts_are_no_paths() {
        for (to, expect) in [
            ("/", true),
            ("/search?q=//x", true),
            ("//evil.example", false),
            ("/\\evil.example", false),
            ("/a\\b", false),
            ("/\t/evil.example", false),
            ("https://evil.example", false),
            ("evil", false),
            ("", false),
        ] {
            assert_eq!(is_own_path(to), expect, "{to}");
        }
    }

    #[test]
    fn pages_of_other_sites_send_nothing() {
        let ask = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static("127.0.0.1:1"));
            for (name, value) in pairs {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            check(&Method::POST, &headers, false).is_ok()
        };
        assert!(ask(&[]));
        assert!(ask(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(ask(&[("origin", "http://127.0.0.1:1")]));
        assert!(!ask(&[("origin", "https://evil.example")]));
        assert!(!ask(&[("origin", "null")]));
        assert!(!ask(&[("sec-fetch-site", "cross-site")]));
        assert!(!ask(&[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:1")]));
    }
}
