//! A server that misbehaves on request, and a reader of archives that knows nothing of the writer.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;

/// A request as it came: target and fields (names in small letters).
#[derive(Clone, Debug)]
pub struct Request {
    pub target: String,
    pub fields: BTreeMap<String, String>,
}

/// What a path answers.
pub type Handler = Arc<dyn Fn(&Request, &mut TcpStream) + Send + Sync>;

/// A server on a port of its own, with a thread a connection.
pub struct Server {
    pub base: String,
    requests: Arc<Mutex<Vec<Request>>>,
    handlers: Arc<Mutex<BTreeMap<String, Handler>>>,
}

impl Server {
    pub fn start() -> Self {
        Self::start_at("127.0.0.1")
    }

    pub fn start_at(address: &str) -> Self {
        let listener = TcpListener::bind((address, 0)).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let handlers: Arc<Mutex<BTreeMap<String, Handler>>> = Arc::default();
        let (log, known) = (Arc::clone(&requests), Arc::clone(&handlers));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (log, known) = (Arc::clone(&log), Arc::clone(&known));
                thread::spawn(move || serve(stream.unwrap(), &log, &known));
            }
        });
        Server { base, requests, handlers }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Lets `path` answer with what `handler` writes.
    pub fn on(&self, path: &str, handler: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static) {
        self.handlers.lock().unwrap().insert(path.to_owned(), Arc::new(handler));
    }

    /// Lets `path` answer with a whole answer of status 200.
    pub fn give(&self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) {
        let (content_type, body) = (content_type.to_owned(), body.into());
        self.on(path, move |_, out| answer(out, 200, &[("Content-Type", &content_type)], &body));
    }

    /// The targets that were asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.requests.lock().unwrap().iter().map(|r| r.target.clone()).collect()
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<Request>>, handlers: &Mutex<BTreeMap<String, Handler>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut fields = BTreeMap::new();
    for line in lines.map_while(Result::ok).take_while(|l| !l.is_empty()) {
        let (name, value) = line.split_once(':').unwrap();
        fields.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let request = Request { target, fields };
    log.lock().unwrap().push(request.clone());
    let handler = handlers.lock().unwrap().get(&request.target).cloned();
    match handler {
        Some(handler) => handler(&request, &mut stream),
        None => answer(&mut stream, 404, &[], b"not here"),
    }
}

/// Writes a whole answer.
pub fn answer(out: &mut TcpStream, status: u16, fields: &[(&str, &str)], body: &[u8]) {
    let mut head = format!("HTTP/1.1 {status} Whatever\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
    for (name, value) in fields {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let _ = out.write_all(format!("{head}\r\n").as_bytes());
    let _ = out.write_all(body);
}

/// Writes bytes as they are, each piece after a pause.
pub fn slowly(out: &mut TcpStream, pieces: impl IntoIterator<Item = Vec<u8>>, pause: Duration) {
    for piece in pieces {
        if out.write_all(&piece).and_then(|()| out.flush()).is_err() {
            return;
        }
        thread::sleep(pause);
    }
}

pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// An RSS feed of entries with these links.
pub fn rss(links: &[String]) -> String {
    let item = |link: &String| {
        format!(
            "<item><title>About {link}</title><link>{link}</link><guid>{link}</guid><pubDate>Tue, 26 Feb 2019 10:15:00 GMT</pubDate></item>"
        )
    };
    let items: String = links.iter().map(item).collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Daily</title>{items}</channel></rss>")
}

/// A record of an archive.
#[derive(Clone, Debug)]
pub struct Record {
    pub file: String,
    pub offset: usize,
    pub fields: BTreeMap<String, String>,
    pub block: Vec<u8>,
}

impl Record {
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// What follows the head of an HTTP block.
    pub fn payload(&self) -> &[u8] {
        let at = self.block.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        &self.block[at + 4..]
    }
}

/// All records of the archive files in a folder, each read as the gzip member that begins at its offset.
pub fn records(archive: &Path) -> Vec<Record> {
    let mut names: Vec<String> =
        fs::read_dir(archive).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let mut out = Vec::new();
    for file in names.into_iter().filter(|n| n.ends_with(".warc.gz") && !n.starts_with('.')) {
        let bytes = fs::read(archive.join(&file)).unwrap();
        let mut offset = 0;
        while offset < bytes.len() {
            let mut member = GzDecoder::new(&bytes[offset..]);
            let mut plain = Vec::new();
            member.read_to_end(&mut plain).unwrap();
            let left = member.into_inner().len();
            out.push(record(&file, offset, &plain));
            offset = bytes.len() - left;
        }
    }
    out
}

fn record(file: &str, offset: usize, plain: &[u8]) -> Record {
    let head = plain.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    let text = std::str::from_utf8(&plain[..head]).unwrap();
    let mut lines = text.split("\r\n");
    assert_eq!(lines.next(), Some("WARC/1.0"));
    let fields: BTreeMap<String, String> =
        lines.map(|l| l.split_once(": ").map(|(n, v)| (n.to_owned(), v.to_owned())).unwrap()).collect();
    let length: usize = fields["Content-Length"].parse().unwrap();
    let block = plain[head + 4..head + 4 + length].to_vec();
    assert_eq!(&plain[head + 4 + length..], b"\r\n\r\n");
    Record { file: file.to_owned(), offset, fields, block }
}

/// Addresses of the responses in an archive, sorted.
pub fn kept(archive: &Path) -> Vec<String> {
    let responses = records(archive).into_iter().filter(|r| r.field("WARC-Type") == "response");
    let mut urls: Vec<String> = responses.map(|r| r.field("WARC-Target-URI").to_owned()).collect();
    urls.sort();
    urls
}
