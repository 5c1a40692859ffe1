//! Who may ask, what browsers may do with the answers, and what a request may cost.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod support;

use std::net::SocketAddr;

use axum::body::Body;
use axum::http::Request;
use readout_web::{Explorer, Settings, WebError};
use support::{Answer, Site, plain_reports};

fn locked() -> Site {
    Site::with(plain_reports(), Settings { token: Some("open sesame".into()), ..Settings::default() })
}

fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let builder = Request::builder().method(method).uri(path).header("host", "localhost");
    headers.iter().fold(builder, |b, (name, value)| b.header(*name, *value)).body(Body::empty()).unwrap()
}

fn is_sealed(answer: &Answer) -> bool {
    let policy = answer.header("content-security-policy");
    policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'")
        && !policy.contains("unsafe")
        && ["base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"].iter().all(|part| policy.contains(part))
        && answer.header("x-content-type-options") == "nosniff"
        && answer.header("referrer-policy") == "no-referrer"
        && !answer.header("cache-control").is_empty()
}

#[test]
fn every_answer_is_sealed() {
    let site = Site::plain();
    let page = site.get("/");
    let style = page.page().select("link[rel=stylesheet]").attr("href").unwrap().to_string();
    let long = format!("/search?q={}", "x".repeat(10_000));
    for (path, status) in [
        ("/", 200),
        ("/search.json", 200),
        ("/search.csv", 200),
        ("/help", 200),
        ("/series", 200),
        ("/dyads.json", 200),
        ("/network", 200),
        ("/map.csv", 200),
        ("/map?at=x", 400),
        ("/claims", 200),
        ("/claims.csv?between=KEN-UGA", 200),
        ("/claims?event=x", 404),
        ("/corrections", 200),
        ("/corrections/x", 404),
        ("/missed/x", 404),
        ("/gold", 200),
        ("/codebook", 200),
        ("/codebook?edit=x", 404),
        ("/sql", 200),
        ("/sql?q=SELECT+1", 200),
        ("/sql.json?q=DROP", 400),
        (style.as_str(), 200),
        ("/nothing", 404),
        ("/nothing.json", 404),
        ("/v1/events", 200),
        ("/v1/events?x=1", 400),
        ("/v1/nothing", 404),
        ("/reports/0123", 404),
        ("/search?from=x", 400),
        ("/search.json?from=x", 400),
        (long.as_str(), 414),
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert!(is_sealed(&answer), "{path}: {:?}", answer.headers);
    }
    for (answer, status) in [
        (site.post("/search", "q=x"), 405),
        (site.send(request("DELETE", "/", &[])), 405),
        (site.post("/code", &"text=".repeat(100_000)), 413),
        (site.post("/code", &format!("text={}", "x".repeat(70_000))), 413),
        (locked().get("/"), 401),
    ] {
        assert_eq!(answer.status, status);
        assert!(is_sealed(&answer), "{status}: {:?}", answer.headers);
    }
}

#[test]
fn assets_are_kept_for_ever_and_packed() {
    let site = Site::plain();
    let page = site.get("/").page();
    let mut addresses: Vec<String> = page
        .select("link[rel=stylesheet], link[rel=icon]")
        .iter()
        .map(|n| n.attr("href").unwrap().to_string())
        .collect();
    addresses.extend(page.select("script").iter().map(|n| n.attr("src").unwrap().to_string()));
    assert!(addresses.len() >= 4);
    let mut weight = 0;
    for address in addresses {
        let plain = site.send(request("GET", &address, &[]));
        let packed = site.send(request("GET", &address, &[("accept-encoding", "gzip, br")]));
        assert!(plain.header("cache-control").contains("immutable"), "{address}");
        assert_eq!(packed.header("content-encoding"), "gzip");
        weight += plain.body.len();
    }
    assert!(weight < 100_000, "{weight} bytes");
}

#[test]
fn no_path_leads_outside() {
    let site = Site::plain();
    for path in [
        "/reports/../../etc/passwd",
        "/reports/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/news.db",
        "/assets//etc/passwd",
        "/../news.db",
        "/news.db",
        "//evil.example",
        "//evil.example/%2e%2e",
        "/%5Cevil.example",
        "/%2f%2fevil.example",
        "/.git/config",
    ] {
        let answer = site.get(path);
        assert_eq!((answer.status.as_u16(), answer.header("location")), (404, ""), "{path}");
    }
}

#[test]
fn other_names_than_loopbacks_are_refused() {
    let site = Site::plain();
    for (host, status) in [
        ("127.0.0.1:4747", 200),
        ("localhost", 200),
        ("[::1]:4747", 200),
        ("rebound.example", 421),
        ("127.0.0.1.evil.example", 421),
    ] {
        let answer = site.send(Request::get("/").header("host", host).body(Body::empty()).unwrap());
        assert_eq!(answer.status, status, "{host}");
        assert!(is_sealed(&answer));
        assert!(status == 200 || !answer.body.contains("news.db"), "{host}");
    }
    assert_eq!(site.send(Request::get("/").body(Body::empty()).unwrap()).status, 421, "no name at all");
    let foreign = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    assert_eq!(site.send(request("POST", "/code", &foreign)).status, 403);
}

#[test]
fn a_token_locks_everything_but_the_style() {
    let site = locked();
    for path in ["/", "/search.json", &site.report(), "/help"] {
        let answer = site.get(path);
        assert_eq!(answer.status, 401, "{path}");
        assert!(!answer.body.contains("news.db") && !answer.body.contains("Kenya"), "{path}");
    }
    let style = site.get("/").page().select("link[rel=stylesheet]").attr("href").unwrap().to_string();
    assert_eq!(site.get(&style).status, 200);
    assert_eq!(
        site.send(request("GET", "/search.json", &[("authorization", "Bearer open sesame")])).json()["total"],
        6
    );
    assert_eq!(site.send(request("GET", "/", &[("authorization", "Bearer close sesame")])).status, 401);
    // Under any name, as a proxy may give it.
    let named = Request::get("/").header("host", "news.example").header("authorization", "Bearer open sesame");
    assert_eq!(site.send(named.body(Body::empty()).unwrap()).status, 200);
}

#[test]
fn the_token_is_exchanged_for_a_cookie() {
    let site = locked();
    assert_eq!(site.post("/enter", "token=wrong").status, 401);
    for (next, to) in [
        ("%2Fsearch%3Fq%3Dx", "/search?q=x"),
        ("%2F%2Fevil.example", "/"),
        ("%2F%5Cevil.example", "/"),
        ("https%3A%2F%2Fevil.example", "/"),
        ("", "/"),
    ] {
        let answer = site.post("/enter", &format!("token=open+sesame&next={next}"));
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, to), "{next}");
        let cookie = answer.header("set-cookie").to_owned();
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("sesame"),
            "{cookie}"
        );
        let pair = cookie.split(';').next().unwrap();
        assert_eq!(site.send(request("GET", "/", &[("cookie", pair)])).status, 200);
    }
}

#[test]
fn other_machines_need_a_token() {
    let site = Site::plain();
    let everywhere: SocketAddr = "0.0.0.0:0".parse().unwrap();
    assert!(matches!(site.explorer.listen(everywhere), Err(WebError::Open(_))));
    assert!(locked().explorer.listen(everywhere).is_ok());
    let taken = site.explorer.listen("127.0.0.1:0".parse().unwrap()).unwrap();
    assert!(matches!(site.explorer.listen(taken.local_addr().unwrap()), Err(WebError::InUse(_))));
}

#[test]
fn too_much_at_once_is_turned_away() {
    let site = Site::limited(|l| l.requests = 0);
    let answer = site.get("/");
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "2"));
    assert!(is_sealed(&answer));
    let site = Site::limited(|l| (l.connections, l.queue_millis) = (0, 10));
    assert_eq!(site.get("/").status, 503);
    assert_eq!(site.get("/search.json").json()["status"], 503);
}

#[test]
fn a_store_that_is_not_there_is_told() {
    let gone = Explorer::open("/nowhere/news.db".as_ref(), None, Settings::default());
    assert!(matches!(gone, Err(WebError::Store(_))));
}
