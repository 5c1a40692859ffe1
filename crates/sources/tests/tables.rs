//! What tables give, good and bad.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use readout_sources::{Column, DateOrder, Document, Input, Limits, Options, Rejection, documents};
use tempfile::TempDir;

fn options(columns: &[&str]) -> Options {
    Options { columns: columns.iter().map(|c| c.parse().unwrap()).collect::<Vec<Column>>(), ..Options::default() }
}

fn read_with(name: &str, content: &[u8], options: Options) -> Vec<Result<Document, Rejection>> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    documents([Input::Path(path)], options).collect()
}

/// Outcomes in short, one a line.
fn short(outcomes: &[Result<Document, Rejection>]) -> String {
    let mut out = String::new();
    for outcome in outcomes {
        match outcome {
            Ok(document) => {
                let meta = &document.meta;
                let parts = [&meta.title, &meta.author, &meta.publisher, &meta.uri]; // the language may be a guess
                let parts: Vec<&str> = parts.iter().filter_map(|p| p.as_deref()).collect();
                let day = meta.published.map_or(String::new(), |d| format!("{d} "));
                out.push_str(&format!("{day}{} [{}]", document.text, parts.join("|")));
                for problem in &document.problems {
                    out.push_str(&format!(" ({})", problem.what));
                }
            }
            Err(rejection) => {
                let line = rejection.place.line.map_or(String::new(), |n| format!("{n}: "));
                out.push_str(&format!("{line}{}; {}", rejection.reason, rejection.hint()));
            }
        }
        out.push('\n');
    }
    out
}

fn check(name: &str, content: impl AsRef<[u8]>, expect: &str) {
    check_with(name, content, options(&[]), expect);
}

fn check_with(name: &str, content: impl AsRef<[u8]>, options: Options, expect: &str) {
    assert_eq!(short(&read_with(name, content.as_ref(), options)), expect);
}

#[test]
fn rows_are_reports() {
    let expect = "2019-02-26 Peru signed, \"at last\".\nIt said so. [Treaty|Daily|https://news.example/1]\n2019-02-27 Chile agreed. [Answer|Daily|https://news.example/2]\n";
    let comma = "ID,Headline,Body,Pub Date,Outlet,URL,Votes\r\n1,Treaty,\"Peru signed, \"\"at last\"\".\nIt said so.\",2019-02-26,Daily,https://news.example/1,5\r\n\r\n2,Answer,Chile agreed.,27 Feb 2019,Daily,https://news.example/2,\r\n";
    check("a.csv", comma, expect);
    check("b.csv", format!("\u{feff}{comma}"), expect);
    let tab = comma.replace(',', "\t").replace("signed\t", "signed,");
    check("c.tsv", &tab, expect);
    check("d.csv", &tab, expect);
    check("e.csv", comma.replace(',', ";").replace("signed;", "signed,"), expect);
    let wide: Vec<u8> = format!("\u{feff}{tab}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("f.tsv", wide, expect);
    check(
        "g.csv",
        b"text,title\nThe caf\xe9 in Z\xfcrich re-opened in the spring as the caf\xe9s of Gen\xe8ve did.,x\n",
        "The café in Zürich re-opened in the spring as the cafés of Genève did. [x]\n",
    );
}

#[test]
fn ids_come_from_the_table_or_the_text() {
    let read = read_with("a.csv", b"guid,text\nn-1,Peru signed.\n,Chile agreed.\n", options(&[]));
    let ids: Vec<&str> = read.iter().map(|r| r.as_ref().unwrap().meta.id.as_str()).collect();
    assert_eq!(ids[0], "n-1");
    assert!(ids[1].len() > 8);
}

#[test]
fn a_row_that_is_wrong_costs_only_itself() {
    let content = "text,title\nOne.,a\nTwo.\nThree.,c,d\nFour.,d,\n,e\n\"Five.\",f\n";
    let expect = "One. [a]\n\
        3: the row has 1 fields, the table has 2 columns; put fields with delimiters or line feeds in quotes\n\
        4: the row has 3 fields, the table has 2 columns; put fields with delimiters or line feeds in quotes\n\
        Four. [d]\n\
        neither `text` nor `sentences` is given; give the report as `text` (a string) or `sentences` (a list of strings)\n\
        Five. [f]\n";
    let read = short(&read_with("a.csv", content.as_bytes(), options(&[])));
    assert_eq!(read.replace("6: neither", "neither"), expect);
}

#[test]
fn tables_without_a_text_are_rejected_with_their_columns() {
    check(
        "a.csv",
        "date,kommentar\n2019-02-26,x\n",
        "no column holds the text; its columns are: `date`, `kommentar`; say which column is what: --column text=NAME\n",
    );
    check_with(
        "a.csv",
        "date,kommentar\n2019-02-26,Peru signed.\n",
        options(&["text=Kommentar"]),
        "2019-02-26 Peru signed. []\n",
    );
    check_with(
        "a.csv",
        "a,b\nx,y\n",
        options(&["text=c"]),
        "there is no column `c`; its columns are: `a`, `b`; say which column is what: --column text=NAME\n",
    );
    check("a.csv", "text,title\n", "the table has no rows; give a table whose first row names the columns\n");
    check("a.csv", "\n\n", "the input is empty; give a text, or JSON Lines with one object a line\n");
}

#[test]
fn dates_are_read_where_they_are_clear() {
    let table = "text,date\nOne.,26/02/2019\nTwo.,03/04/2019\nThree.,yesterday\nFour.,\nFive.,1551175200\n";
    let clear = |two: &str| {
        format!(
            "2019-02-26 One. []\n{two}\nThree. [] (`yesterday` is not a date, expected one such as 2019-02-26)\nFour. []\n2019-02-26 Five. []\n"
        )
    };
    check("a.csv", table, &clear("Two. [] (`03/04/2019` is one of two days: say with --dates mdy or dmy which)"));
    let with = |order| Options { dates: Some(order), ..options(&[]) };
    check_with("a.csv", table, with(DateOrder::Dmy), &clear("2019-04-03 Two. []"));
    let us = table.replace("26/02/2019", "02/26/2019");
    check_with("a.csv", us, with(DateOrder::Mdy), &clear("2019-03-04 Two. []"));
}

#[test]
fn hostile_tables_are_bounded() {
    let start = Instant::now();
    let small = Options {
        limits: Limits { record_bytes: 100_000, skipped_bytes: 10 << 20, ..Limits::default() },
        ..Options::default()
    };
    let check = |content: String, expect: &[&str]| {
        let read = read_with("a.csv", content.as_bytes(), small.clone());
        let shown = short(&read);
        assert_eq!(read.len(), expect.len(), "{shown:.2000}");
        for (line, expect) in shown.lines().zip(expect) {
            assert!(line.contains(expect), "{line:.200}");
        }
    };
    check(format!("text,x\n\"{}\",y\nOne.,z\n", "a".repeat(200_000)), &["longer than 100000 bytes", "One."]);
    check(format!("text,x\nOne.,z\n\"{}", "a\n".repeat(10 << 20)), &["One.", "no end within"]);
    check(format!("text,x\nOne.{}\nTwo.,y\n", ",".repeat(50_000)), &["more than 4096 columns", "Two."]);
    check(format!("text{}\nOne.\n", ",".repeat(50_000)), &["more than 4096 columns"]);
    check(format!("text,x\nOne.,z\n\"{}", "\"\"".repeat(3 << 20)), &["One.", "longer than"]);
    check(format!("text,{}\nOne.,\n", "x".repeat(150_000)), &["longer than"]);
    check(format!("text\n{}", "a\n".repeat(1000)), &["a []"; 1000]);
    check("text,x\nOne.\u{0}\u{1b}[2J,\u{202e}z\n".to_owned(), &["NUL"]);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_table_cut_at_every_byte_invents_no_row() {
    let whole = "id,text\n1,\"Peru, Chile.\"\n2,\"Kenya \"\"said\"\".\"\n3,Mali.\n";
    let all = ["Peru, Chile.", "Kenya \"said\".", "Mali."];
    for end in 0..whole.len() {
        for outcome in read_with("a.csv", &whole.as_bytes()[..end], options(&[])).into_iter().flatten() {
            assert!(all.iter().any(|text| text.starts_with(&outcome.text)), "cut at {end}: {}", outcome.text);
        }
    }
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/parquet").join(format!("{name}.parquet"))
}

/// The rows of the files in `tests/data/parquet`, made by `make.py` there.
fn expected() -> String {
    let mut out = String::new();
    for row in 0..7 {
        let day = jiff::civil::date(2019, 2, 26).checked_add(jiff::Span::new().days(row)).unwrap();
        let outlet = ["|Daily", "|Weekly", "", "|Daily", "|Daily", "|Weekly", "|Daily"][row as usize];
        match row {
            0 => out.push_str(&format!("{day} Peru and Chile signed a treaty in Lima. [Headline 0{outlet}]\n")),
            3 => out.push_str("4: neither `text` nor `sentences` is given; give the report as `text` (a string) or `sentences` (a list of strings)\n"),
            _ => out.push_str(&format!("{day} Minister number {row} met the delegation of Kenya. [Headline {}{outlet}]\n", row % 2)),
        }
    }
    out
}

#[test]
fn parquet_files_of_another_writer_are_read() {
    for name in [
        "none",
        "snappy",
        "gzip",
        "zstd",
        "plain",
        "version2",
        "version2_none",
        "time_ms",
        "time_us",
        "time_ns",
        "time_96",
        "day_text",
        "large",
    ] {
        let read: Vec<_> = documents([Input::Path(data(name))], options(&[])).collect();
        assert_eq!(short(&read), expected(), "{name}");
    }
}

#[test]
fn parquet_files_that_cannot_be_read_say_why() {
    for (name, expect) in [
        ("no_text", "no column holds the text; its columns are: `id`, `headline`"),
        ("brotli", "1: its pages are packed in way 4, which is not read"),
        ("delta", "1: its values are encoded in way 7, which is not read"),
        ("empty", "the table has no rows"),
    ] {
        let read: Vec<_> = documents([Input::Path(data(name))], options(&[])).collect();
        assert!(read.len() == 1 && short(&read).starts_with(expect), "{name}: {}", short(&read));
    }
    let whole = fs::read(data("snappy")).unwrap();
    let read = read_with("a.parquet", &whole[..whole.len() - 1], options(&[]));
    assert!(short(&read).starts_with("it does not end as a Parquet file does; "), "{}", short(&read));
}

#[test]
fn damaged_parquet_files_do_no_harm() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.parquet");
    let good = expected();
    let read = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        let read: Vec<_> = documents([Input::Path(path.clone())], options(&[])).collect();
        assert!(read.len() <= 1000, "{}", read.len());
        read
    };
    let start = Instant::now();
    for (name, flips) in [("snappy", &[0xFF][..]), ("version2", &[0x80, 0x01])] {
        let whole = fs::read(data(name)).unwrap();
        for end in (0..whole.len()).step_by(17) {
            assert!(read(&whole[..end]).iter().all(Result::is_err), "{name} cut at {end}");
        }
        // Every third byte changed: values may change, but nothing panics, and what is huge is refused.
        for at in (0..whole.len()).step_by(3) {
            let mut bytes = whole.clone();
            for flip in flips {
                bytes[at] = whole[at] ^ flip;
                read(&bytes);
            }
        }
    }
    assert_eq!(short(&read(&fs::read(data("snappy")).unwrap())), good);
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}

#[test]
fn a_parquet_file_cannot_claim_memory() {
    // A footer of one list that claims 2^31 elements, and a schema with one that claims as many columns.
    for claim in
        [&[0x29, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07][..], &[0x49, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], &[0x1C; 5000]]
    {
        let mut bytes = b"PAR1".to_vec();
        bytes.extend_from_slice(claim);
        bytes.extend_from_slice(&(claim.len() as u32).to_le_bytes());
        bytes.extend_from_slice(b"PAR1");
        let read = read_with("a.parquet", &bytes, options(&[]));
        assert!(short(&read).starts_with("its description is broken; "), "{}", short(&read));
    }
    let mut bytes = b"PAR1".to_vec();
    bytes.extend_from_slice(&u32::MAX.to_le_bytes());
    bytes.extend_from_slice(b"PAR1");
    assert!(short(&read_with("a.parquet", &bytes, options(&[]))).starts_with("its description is longer than"));
}

#[test]
fn entries_with_their_text_are_reports() {
    let item = |text: &str| {
        format!(
            "<item><title>AT&amp;amp;T &amp;lt;b&amp;gt;</title><link>https://news.example/1</link><pubDate>Tue, 26 Feb 2019 10:00:00 GMT</pubDate>{text}</item>"
        )
    };
    let full =
        item("<content:encoded><![CDATA[<p>Peru &amp; Chile signed.</p><p>It <b>said</b> so.</p>]]></content:encoded>");
    let summary = item("<description>Peru and Chile …</description>");
    let feed = format!("<rss><channel><title>Daily</title><language>en</language>{full}{summary}</channel></rss>");
    let expect = "2019-02-26 Peru & Chile signed.\n\nIt said so. [AT&T <b>|Daily|https://news.example/1]\n\
        2: the feed gives only a summary; fetch the pages that it points to: readout fetch FEED --into ARCHIVE\n";
    for name in ["a.rss", "a.xml", "a"] {
        check(name, &feed, expect);
    }
    check(
        "a.xml",
        feed.replace("</channel></rss>", "<item>"),
        &format!(
            "{expect}broken XML at byte {}: it ends before its elements do; the entries before that were read; fetch the feed again\n",
            feed.len() - 10
        ),
    );
    check(
        "a.xml",
        "<html><p>x</p></html>",
        "not a feed: an HTML page; the entries before that were read; fetch the feed again\n",
    );
    let json = r#"{"version": "https://jsonfeed.org/version/1", "title": "Daily", "items": [{"id": 1, "content_text": "Peru signed."}]}"#;
    check("a.json", json, "Peru signed. [Daily]\n");
}
