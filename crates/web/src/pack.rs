//! Answers that are packed for browsers that take them so.

use std::io::Write as _;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Response, header};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Packs bytes; `None` where that does not make them fewer.
pub(crate) fn gzip(bytes: &[u8], level: Compression) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().filter(|packed| packed.len() < bytes.len()).map(Bytes::from)
}

/// Whether whoever asks takes packed answers: `gzip`, or anything, without the weight 0.
pub(crate) fn is_taken(headers: &HeaderMap) -> bool {
    let names = headers.get_all(header::ACCEPT_ENCODING);
    let takes = |one: &str| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let never = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case("gzip") && !never
    };
    names.iter().filter_map(|value| value.to_str().ok()).flat_map(|list| list.split(',')).any(takes)
}

/// Says of an answer how it is packed, and that this depends on who asks.
pub(crate) fn tell<B>(answer: &mut Response<B>, is_packed: bool) {
    let headers = answer.headers_mut();
    if is_packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_takes_packed_answers_says_so() {
        for (accept, expect) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.5", true),
            ("deflate", false),
            ("gzip;q=0", false),
            ("gzip; q=0.0, br", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
            assert_eq!(is_taken(&headers), expect, "{accept}");
        }
        assert!(!is_taken(&HeaderMap::new()));
    }
}
