//! Writes web archives: WARC 1.0 (ISO 28500), each record a gzip member of its own, so that every record's offset is one
//! at which a reader can begin.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use url::Url;

use crate::client::Answer;
use crate::state::{About, key, rename};

/// An archive file that is being written, under a hidden name until it is complete.
pub(crate) struct Warc {
    out: Option<BufWriter<File>>,
    part: PathBuf,
    path: PathBuf,
    name: String,
    /// Records written.
    records: u64,
    /// Bytes written, packed.
    pub bytes: u64,
}

/// A request and its answer.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    /// Where the answer came from, after redirects.
    pub url: Url,
    pub request: String,
    pub answer: Answer,
    /// When it was asked for.
    pub time: Timestamp,
}

impl Warc {
    /// Begins a file in the archive, named after the time; what an interrupted run left is removed.
    pub fn create(archive: &Path, now: Timestamp) -> io::Result<Self> {
        for entry in fs::read_dir(archive)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(".readout-") && name.ends_with(".part") {
                fs::remove_file(path)?;
            }
        }
        let stamp = now.strftime("%Y%m%d%H%M%S");
        let mut number = 0;
        let (name, path) = loop {
            let name = format!("readout-{stamp}-{number:05}.warc.gz");
            let path = archive.join(&name);
            if !path.exists() {
                break (name, path);
            }
            number += 1;
        };
        let part = archive.join(format!(".{name}.part"));
        let out = Some(BufWriter::new(File::create(&part)?));
        let mut warc = Warc { out, part, path, name, records: 0, bytes: 0 };
        let about = concat!(
            "software: readout/",
            env!("CARGO_PKG_VERSION"),
            "\r\nformat: WARC File Format 1.0\r\nrobots: obey\r\n"
        );
        let name = warc.name.clone();
        warc.record("warcinfo", None, now, "application/warc-fields", &[("WARC-Filename", &name)], about.as_bytes())?;
        warc.records = 0;
        Ok(warc)
    }

    /// Writes an exchange: request, what the feed says of the page, response.
    pub fn exchange(&mut self, exchange: &Exchange, about: Option<&About>) -> io::Result<()> {
        let Exchange { url, request, answer, time } = exchange;
        let url = Some(url.as_str());
        self.record("request", url, *time, "application/http; msgtype=request", &[], request.as_bytes())?;
        if let Some(about) = about {
            let fields = fields(about);
            self.record("metadata", url, *time, "application/warc-fields", &[], fields.as_bytes())?;
        }
        let digest = format!("sha256:{}", hex(&Sha256::digest(&answer.body)));
        let block = block(answer);
        let more = [("WARC-Payload-Digest", digest.as_str())];
        self.record("response", url, *time, "application/http; msgtype=response", &more, &block)
    }

    fn record(
        &mut self,
        kind: &str,
        url: Option<&str>,
        time: Timestamp,
        content_type: &str,
        more: &[(&str, &str)],
        block: &[u8],
    ) -> io::Result<()> {
        let stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let id = identifier(&key(&[&self.name, &self.bytes.to_string(), kind, url.unwrap_or_default(), &stamp]));
        let mut head =
            format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: {stamp}\r\n");
        if let Some(url) = url {
            head.push_str(&format!("WARC-Target-URI: {url}\r\n"));
        }
        for (name, value) in more {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n", block.len()));
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(head.as_bytes())?;
        packed.write_all(block)?;
        packed.write_all(b"\r\n\r\n")?;
        let packed = packed.finish()?;
        if let Some(out) = &mut self.out {
            out.write_all(&packed)?;
        }
        self.bytes += packed.len() as u64;
        self.records += 1;
        Ok(())
    }

    /// Makes the file last under its name, and gives that; a file without an exchange is removed.
    pub fn finish(mut self) -> io::Result<Option<PathBuf>> {
        let Some(out) = self.out.take() else { return Ok(None) };
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        if self.records == 0 {
            drop(file);
            fs::remove_file(&self.part)?;
            return Ok(None);
        }
        rename(file, &self.part, &self.path)?;
        Ok(Some(self.path.clone()))
    }
}

impl Drop for Warc {
    fn drop(&mut self) {
        if self.out.take().is_some() {
            let _ = fs::remove_file(&self.part); // it is incomplete; the next run would remove it
        }
    }
}

/// The answer as a block: the body is unpacked and in one piece here, so that the fields which say otherwise are renamed
/// (as Common Crawl does).
fn block(answer: &Answer) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} \r\n", answer.status);
    for (name, value) in &answer.fields {
        let lower = name.to_ascii_lowercase();
        let changed = ["content-encoding", "transfer-encoding", "content-length"].contains(&lower.as_str());
        let prefix = if changed { "X-Crawler-" } else { "" };
        let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        head.push_str(&format!("{prefix}{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", answer.body.len()));
    let mut block = head.into_bytes();
    block.extend_from_slice(&answer.body);
    block
}

/// What the feed says of a page, one field a line.
fn fields(about: &About) -> String {
    let mut out = format!("via: {}\r\n", about.feed);
    let named = [
        ("feed-entry", &about.id),
        ("feed-title", &about.publisher),
        ("title", &about.title),
        ("author", &about.author),
        ("published", &about.published),
    ];
    for (name, value) in named {
        if let Some(value) = value {
            let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            out.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    out
}

/// A UUID (version 8) of 32 hexadecimal digits.
fn identifier(digits: &str) -> String {
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!("{}-{}-8{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
