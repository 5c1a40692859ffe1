//! `readout fetch`: exit codes, messages, secure connections.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

const FEED: &str =
    "<rss><channel><title>Daily</title><item><title>One</title><link>/page</link></item></channel></rss>";
const PAGE: &str =
    "<html><head><title>Treaty</title></head><body><p>Peru and Chile signed a treaty on Monday.</p></body></html>";

/// Answers one request: the feed, the page, or 404.
fn answer(mut stream: impl Read + Write) {
    let mut target = String::new();
    for line in BufReader::new(&mut stream).lines().map_while(Result::ok).take_while(|l| !l.is_empty()) {
        if let Some(rest) = line.strip_prefix("GET ") {
            target = rest.split(' ').next().unwrap().to_owned();
        }
    }
    let (status, kind, body) = match target.as_str() {
        "/feed" => (200, "application/rss+xml", FEED),
        "/page" => (200, "text/html", PAGE),
        _ => (404, "text/plain", ""),
    };
    let length = body.len();
    let _ = write!(stream, "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}");
    let _ = stream.flush();
}

/// Serves over plain connections; gives the port.
fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || listener.incoming().for_each(|s| answer(s.unwrap())));
    port
}

/// Serves over secure connections, with the certificate of `tests/data/tls`.
fn serve_securely() -> u16 {
    let pem = data("localhost.pem");
    let chain = vec![CertificateDer::from_pem_file(&pem).unwrap()];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config =
        config.with_no_client_auth().with_single_cert(chain, PrivateKeyDer::from_pem_file(&pem).unwrap()).unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut secure = rustls::StreamOwned::new(connection, stream.unwrap());
            answer(&mut secure);
            secure.conn.send_close_notify();
            let _ = secure.flush();
        }
    });
    port
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tls").join(name)
}

fn archive(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    path
}

fn fetch(arguments: &[&str], into: &Path) -> Output {
    fetch_with(arguments, into, "/dev/null")
}

fn fetch_with(arguments: &[&str], into: &Path, certificates: impl AsRef<std::ffi::OsStr>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_readout"));
    command.arg("fetch").args(arguments).args(["--delay", "0", "--into"]).arg(into);
    command.env("SSL_CERT_FILE", certificates.as_ref()).env_remove("SSL_CERT_DIR").stdin(Stdio::null());
    // A proxy would be asked in the hosts' stead; nothing is to reach this one.
    command.env("http_proxy", "http://127.0.0.1:9").env("https_proxy", "http://127.0.0.1:9").output().unwrap()
}

fn err(o: &Output) -> String {
    String::from_utf8(o.stderr.clone()).unwrap()
}

#[test]
fn exit_codes_say_whether_something_new_came() {
    let (port, into) = (serve(), archive("fetched"));
    let feed = format!("http://127.0.0.1:{port}/feed");
    let first = fetch(&[&feed, "--allow-private", "127.0.0.1"], &into);
    assert_eq!(first.status.code(), Some(0), "{}", err(&first));
    assert!(err(&first).starts_with("readout: 1 new feed, 1 page in "), "{}", err(&first));
    let second = fetch(&[&feed, "--allow-private", "127.0.0.1"], &into);
    assert_eq!(second.status.code(), Some(1), "{}", err(&second));
    assert_eq!(err(&second), "readout: 0 new feeds, 0 pages, 1 feeds unchanged\n");
    let gone = format!("http://127.0.0.1:{port}/gone");
    let third = fetch(&[&gone, &feed, "--allow-private", "127.0.0.0/8", "-q"], &into);
    assert_eq!(third.status.code(), Some(2), "{}", err(&third));
    assert_eq!(err(&third), format!("readout: {gone}: the server answers 404; it is gone: leave it out of the list\n"));
}

#[test]
fn private_addresses_need_leave() {
    let (port, into) = (serve(), archive("private"));
    let refused = fetch(&[&format!("http://localhost:{port}/feed")], &into);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("is not a public address; if the host is yours, allow it"), "{}", err(&refused));
}

#[test]
fn certificates_are_checked() {
    let (port, into) = (serve_securely(), archive("secure"));
    let feed = format!("https://localhost:{port}/feed");
    let leave = ["--allow-private", "127.0.0.1", "--allow-private", "::1"];
    let arguments = [&[feed.as_str()], &leave[..]].concat();
    let unknown = fetch(&arguments, &into);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("no secure connection: "), "{}", err(&unknown));
    let into = archive("secure-again");
    let known = fetch_with(&arguments, &into, data("authority.pem"));
    assert_eq!(known.status.code(), Some(0), "{}", err(&known));
    let other = feed.replace("localhost", "127.0.0.1");
    let wrong_name = fetch_with(&[&[other.as_str()], &leave[..]].concat(), &into, data("authority.pem"));
    assert!(err(&wrong_name).contains("no secure connection: "), "{}", err(&wrong_name));
}

#[test]
fn what_is_no_feed_address_is_told() {
    let into = archive("none");
    let list = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("feeds.txt");
    std::fs::write(&list, "# none yet\n").unwrap();
    let none = fetch(&[list.to_str().unwrap()], &into);
    assert_eq!(
        (none.status.code(), err(&none).as_str()),
        (Some(1), "readout: nothing to fetch: the lists hold no feed\n")
    );
    for argument in ["ftp://news.example/feed", "no-such-list.txt"] {
        assert_eq!(fetch(&[argument], &into).status.code(), Some(2), "{argument}");
    }
    assert!(!into.exists(), "nothing is made before the lists are read");
}
