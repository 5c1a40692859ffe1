//! Connections that say nothing, or too much, and an end that waits for what has begun.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod support;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use support::Site;
use tokio::sync::Notify;

struct Running {
    address: SocketAddr,
    stop: Arc<Notify>,
    thread: JoinHandle<()>,
    _site: Site,
}

fn run(site: Site) -> Running {
    let listener = site.explorer.listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = listener.local_addr().unwrap();
    let stop = Arc::new(Notify::new());
    let (explorer, told) = (site.explorer.clone(), stop.clone());
    let thread =
        std::thread::spawn(move || explorer.serve_until(listener, async move { told.notified().await }).unwrap());
    Running { address, stop, thread, _site: site }
}

fn connect(to: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(to).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

fn get(to: SocketAddr, path: &str) -> String {
    let mut stream = connect(to);
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn who_says_nothing_is_sent_away_and_others_are_served() {
    let running = run(Site::limited(|l| (l.head_millis, l.sockets) = (300, 4)));
    let mut silent: Vec<TcpStream> = (0..3).map(|_| connect(running.address)).collect();
    silent[1].write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
    assert!(get(running.address, "/help").starts_with("HTTP/1.1 200"));
    for stream in &mut silent {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap(); // ends, within the read's own time limit
    }
    assert!(get(running.address, "/help").starts_with("HTTP/1.1 200"));
    running.stop.notify_one();
    running.thread.join().unwrap();
}

#[test]
fn heads_that_are_too_long_or_no_http_are_refused() {
    let running = run(Site::plain());
    for (head, expect) in [
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(64 << 10)), "HTTP/1.1 4"),
        ("\u{0}\u{1}\u{2} nonsense\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        (
            "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".to_owned(),
            "HTTP/1.1 421",
        ),
        (
            "POST /code HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\nx"
                .to_owned(),
            "HTTP/1.1 413",
        ),
    ] {
        let mut stream = connect(running.address);
        drop(stream.write_all(head.as_bytes()));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer)); // a reset after the answer is fine
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(expect), "{}: {answer}", head.get(..30).unwrap());
    }
    assert!(get(running.address, "/").starts_with("HTTP/1.1 200"));
    running.stop.notify_one();
    running.thread.join().unwrap();
}
