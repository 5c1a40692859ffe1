//! `readout serve`: opens on files and stores, says where, ends cleanly, refuses what is not safe.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

fn readout(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_readout"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn examples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports.jsonl").to_str().unwrap().to_owned()
}

/// An explorer and its address.
struct Served(Child, String);

impl Served {
    fn start(args: &[&str]) -> Served {
        let mut child = readout(&[&["serve"], args].concat()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let said = lines.find_map(|line| line.unwrap().split_once("http://").map(|(_, rest)| rest.to_owned()));
        let address = said.unwrap().split('/').next().unwrap().to_owned();
        Served(child, address)
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.1).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.1).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends it as Ctrl-C does.
    fn end(mut self) -> ExitStatus {
        assert!(Command::new("kill").args(["-INT", &self.0.id().to_string()]).status().unwrap().success());
        self.0.wait().unwrap()
    }
}

#[test]
fn files_are_coded_shown_and_gone_afterwards() {
    let served = Served::start(&[&examples(), "--port", "0"]);
    let page = served.get("/");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("content-security-policy"), "{page}");
    assert!(page.contains("reports.jsonl") && page.contains("3 reports"), "{page}");
    let json = served.get("/search.json?rows=1");
    assert!(json.contains("\"total\":") && !json.contains("\"total\":0"), "{json}");
    // The port is taken now.
    let other = readout(&["serve", &examples(), "--port", served.1.rsplit(':').next().unwrap()]).output().unwrap();
    let told = String::from_utf8(other.stderr).unwrap();
    assert_eq!(other.status.code(), Some(2));
    assert!(told.contains("is in use") && told.contains("--port 0"), "{told}");
    assert!(served.end().success());
}

#[test]
fn what_is_not_safe_or_not_there_is_refused() {
    for (args, expect) in [
        (vec!["serve", "nowhere.db"], "no such store"),
        (vec!["serve", &examples(), "--host", "0.0.0.0", "--port", "0"], "--auth TOKEN"),
        (vec!["serve", &examples(), "--auth", "short"], "8 characters"),
    ] {
        let o = readout(&args).output().unwrap();
        assert_eq!(o.status.code(), Some(2), "{args:?}");
        let told = String::from_utf8(o.stderr).unwrap();
        assert!(told.contains(expect), "{args:?}: {told}");
    }
}

#[test]
fn coding_to_a_table_ends_by_telling_how_to_open_it() {
    let o = readout(&["code", &examples(), "--format", "table", "--publisher", "Daily News"]).output().unwrap();
    let told = String::from_utf8(o.stderr).unwrap();
    let last = told.lines().last().unwrap_or_default();
    assert!(
        last.contains("serve") && last.contains("reports.jsonl") && last.ends_with("--publisher 'Daily News'"),
        "{told}"
    );
    let o = readout(&["code", &examples(), "--format", "jsonl"]).output().unwrap();
    assert!(o.stderr.is_empty());
}
