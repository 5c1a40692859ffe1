//! Stores by the command line: once, in any order, after kills; merged, coded again, asked.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

/// Kills of a run by default; `READOUT_KILLS` gives another number.
const KILLS: u64 = 6;

fn readout(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_readout"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder of its own for a test, with news in it: 60 reports in three files, and one broken line.
struct News {
    folder: PathBuf,
}

impl News {
    fn new(name: &str) -> News {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for file in 0..3 {
            let lines: Vec<String> = (0..20).map(|i| line(file * 20 + i)).collect();
            let broken = if file == 1 { "\n{\"id\": \"broken\", \"text\": " } else { "" };
            fs::write(folder.join(format!("{file}.jsonl")), lines.join("\n") + broken).unwrap();
        }
        News { folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().unwrap().to_owned()
    }

    /// Adds files to a store, in the order in which they are given.
    fn add(&self, store: &str, files: &[&str], more: &[&str]) -> Output {
        let store = self.path(store);
        let files: Vec<String> = files.iter().map(|f| self.path(f)).collect();
        let mut arguments = vec!["add", store.as_str(), "--quiet"];
        arguments.extend(files.iter().map(String::as_str));
        arguments.extend(more);
        readout(&arguments)
    }

    fn check(&self, store: &str) -> String {
        let o = readout(&["check", &self.path(store)]);
        assert_eq!(o.status.code(), Some(0), "{}", text(&o.stderr));
        text(&o.stdout)
    }

    fn hash(&self, store: &str) -> String {
        self.check(store).lines().last().unwrap().trim().to_owned()
    }
}

/// A report; every fourth is an agency's copy under another name.
fn line(i: usize) -> String {
    let capital = ["Nairobi", "Kampala", "Kigali", "Lusaka"][i % 4];
    let day = 10 + i % 5;
    let body = format!(
        "Kenya and Uganda held talks in {capital} on Monday about river {}. The Ugandan foreign minister said that Rwanda \
         had condemned the raid on village {}. Kenyan police arrested {} protesters, a spokesman said.",
        i / 4,
        i / 4,
        i / 4 + 3
    );
    format!(r#"{{"id": "n{i}", "published": "2019-05-{day}", "publisher": "Paper {}", "text": "{body}"}}"#, i % 4)
}

#[test]
fn twice_and_in_any_order_is_the_same_store() {
    let news = News::new("any-order");
    let o = news.add("a.db", &["0.jsonl", "1.jsonl", "2.jsonl"], &["--threads", "1"]);
    assert_eq!(o.status.code(), Some(2), "the broken line is told: {}", text(&o.stderr));
    assert!(text(&o.stderr).contains("1.jsonl:21"), "{}", text(&o.stderr));
    let once = news.check("a.db");
    assert!(once.contains("60 documents") && once.contains("61 records of the inputs (1 rejected)"), "{once}");
    let again = news.add("a.db", &["2.jsonl", "1.jsonl"], &["--threads", "2"]);
    assert_eq!(again.status.code(), Some(0), "nothing new, nothing rejected anew: {}", text(&again.stderr));
    assert_eq!(news.check("a.db"), once);
    news.add("b.db", &["2.jsonl"], &["--threads", "2"]);
    news.add("b.db", &["1.jsonl", "0.jsonl"], &["--threads", "3"]);
    assert_eq!(news.hash("b.db"), news.hash("a.db"));
}

#[test]
fn kills_lose_nothing_and_double_nothing() {
    let news = News::new("kills");
    news.add("whole.db", &["0.jsonl", "1.jsonl", "2.jsonl"], &[]);
    let kills = std::env::var("READOUT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let store = news.path("killed.db");
    let files: Vec<String> = ["2.jsonl", "0.jsonl", "1.jsonl"].iter().map(|f| news.path(f)).collect();
    let mut arguments = vec!["add", store.as_str(), "--quiet"];
    arguments.extend(files.iter().map(String::as_str));
    for n in 0..kills {
        let mut child = command(&arguments).stderr(Stdio::null()).spawn().unwrap();
        // Anywhere from before the store is there to after the last record; the same times in every run.
        thread::sleep(Duration::from_millis(100 + (n * 7919) % 900));
        let _ = child.kill(); // SIGKILL
        child.wait().unwrap();
        if Path::new(&store).exists() {
            let o = readout(&["query", &store, "--sql", "PRAGMA_IS_REFUSED"]);
            assert_eq!(o.status.code(), Some(2));
        }
    }
    readout(&arguments);
    assert_eq!(news.hash("killed.db"), news.hash("whole.db"));
}

#[cfg(unix)]
#[test]
fn a_full_disk_stops_the_work_and_costs_nothing() {
    let news = News::new("full");
    let all = ["0.jsonl", "1.jsonl", "2.jsonl"];
    news.add("whole.db", &all, &[]);
    let (store, files) = (news.path("full.db"), all.map(|f| format!("'{}'", news.path(f))).join(" "));
    let program = env!("CARGO_BIN_EXE_readout");
    // No file may grow beyond so many blocks of 512 bytes: the system then refuses to write, as on a full disk.
    for blocks in [40, 300, 500] {
        let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec '{program}' add '{store}' --quiet {files}");
        let o = Command::new("sh").args(["-c", &line]).output().unwrap();
        assert_eq!(o.status.code(), Some(2), "{blocks}: {}", text(&o.stderr));
        assert!(!text(&o.stderr).contains("panicked"), "{}", text(&o.stderr));
    }
    news.add("full.db", &all, &[]);
    assert_eq!(news.hash("full.db"), news.hash("whole.db"));
}

#[test]
fn shards_merge_to_the_whole() {
    let news = News::new("shards");
    let all = ["0.jsonl", "1.jsonl", "2.jsonl"];
    news.add("whole.db", &all, &[]);
    for part in ["0/3", "1/3", "2/3"] {
        news.add(&format!("part-{}.db", &part[..1]), &all, &["--shard", part]);
    }
    let merged = news.path("merged.db");
    let parts: Vec<String> = (0..3).map(|i| news.path(&format!("part-{i}.db"))).collect();
    let o = readout(&["merge", &merged, &parts[2], &parts[0], &parts[1]]);
    assert_eq!(o.status.code(), Some(0), "{}", text(&o.stderr));
    assert_eq!(news.hash("merged.db"), news.hash("whole.db"));
    let wrong = news.add("x.db", &all, &["--shard", "3/3"]);
    assert!(text(&wrong.stderr).contains("I/N"), "{}", text(&wrong.stderr));
}

#[test]
fn recoding_shows_what_differs_before_it_changes_anything() {
    let news = News::new("recode");
    news.add("news.db", &["0.jsonl"], &[]);
    let store = news.path("news.db");
    let before = news.hash("news.db");
    let same = readout(&["recode", &store]);
    assert!(text(&same.stderr).contains("nothing to do"), "{}", text(&same.stderr));

    // A codebook without the rules of arrests.
    let book = news.folder.join("codebook");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook"), &book);
    fs::remove_file(book.join("acts/coerce.txt")).unwrap_or_else(|e| panic!("{e}"));
    let book = book.to_str().unwrap();
    let o = readout(&["recode", &store, "--codebook", book, "--show", "1"]);
    assert_eq!(o.status.code(), Some(0), "{}", text(&o.stderr));
    assert!(text(&o.stdout).contains("20 lost"), "{}", text(&o.stdout));
    assert!(text(&o.stdout).contains("- KENCOP —COERCE"), "{}", text(&o.stdout));
    assert_eq!(news.hash("news.db"), before, "nothing is changed yet");

    let o = readout(&["recode", &store, "--codebook", book, "--commit"]);
    assert_eq!(o.status.code(), Some(0), "{}", text(&o.stderr));
    assert_ne!(news.hash("news.db"), before);
    assert!(!news.check("news.db").contains("COERCE"));
    let refused = news.add("news.db", &["1.jsonl"], &[]);
    assert!(text(&refused.stderr).contains("readout recode"), "{}", text(&refused.stderr));
    let added = news.add("news.db", &["2.jsonl"], &["--codebook", book]);
    assert_eq!(added.status.code(), Some(0), "{}", text(&added.stderr));

    // Back again: the store is as it was.
    readout(&["recode", &store, "--commit"]);
    news.add("fresh.db", &["0.jsonl", "2.jsonl"], &[]);
    assert_eq!(news.hash("news.db"), news.hash("fresh.db"));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|e| e.unwrap().path()) {
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, &target).unwrap();
        }
    }
}

#[test]
fn queries_answer_in_every_format() {
    let news = News::new("query");
    news.add("news.db", &["0.jsonl"], &[]);
    let store = news.path("news.db");
    let ask = |more: &[&str]| readout(&[&["query", store.as_str()], more].concat());
    let csv = ask(&["--type", "COERCE", "--limit", "2"]);
    assert_eq!(csv.status.code(), Some(0), "{}", text(&csv.stderr));
    assert!(
        text(&csv.stdout).starts_with("event_id,day,actor,type,mode,recipient,status,said_by,"),
        "{}",
        text(&csv.stdout)
    );
    assert_eq!(text(&csv.stdout).lines().count(), 3);
    assert!(text(&csv.stderr).contains("more than 2 rows"));
    let counts = ask(&["--count-by", "type", "--format", "jsonl"]);
    assert!(text(&counts.stdout).contains(r#""events":20"#), "{}", text(&counts.stdout));
    let facets = ask(&["--facets", "--acts", "--actor", "KEN"]);
    assert!(text(&facets.stdout).contains("dyad,KEN-UGA,"), "{}", text(&facets.stdout));
    assert_eq!(ask(&["--actor", "FRA"]).status.code(), Some(1));
    assert!(text(&ask(&["--count-by", "colour"]).stderr).contains("publisher"));
    let sql = ask(&["--sql", "DROP TABLE events"]);
    assert_eq!(sql.status.code(), Some(2));
    assert!(text(&sql.stderr).contains("only statements that read"), "{}", text(&sql.stderr));
}

#[test]
fn progress_tells_the_share_of_the_input_that_was_read() {
    let news = News::new("share");
    let files = [news.path("0.jsonl"), news.path("1.jsonl"), news.path("2.jsonl")];
    let log = |store: &str, input: &[&str]| -> Vec<serde_json::Value> {
        let store = news.path(store);
        let arguments = [&["add", store.as_str(), "--log-json", "--threads", "1"], input].concat();
        let o = command(&arguments).stdin(fs::File::open(&files[0]).unwrap()).output().unwrap();
        let lines: Vec<serde_json::Value> =
            text(&o.stderr).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        lines.into_iter().filter(|line| line["event"] == "progress").collect()
    };
    let told = log("files.db", &[&files[0], &files[1], &files[2]]);
    let shares: Vec<f64> = told.iter().map(|line| line["share"].as_f64().unwrap()).collect();
    assert!(shares.is_sorted() && shares.last() == Some(&1.0), "{shares:?}");
    assert_eq!(told.last().unwrap()["seconds_left"], 0);
    let told = log("stdin.db", &["-"]);
    assert!(told.iter().all(|line| line["share"].is_null() && line["seconds_left"].is_null()), "{told:?}");
    assert!(!told.is_empty());
}
