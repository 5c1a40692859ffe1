//! Why a record was not read.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use crate::feed::FeedError;
use crate::table::{Broken, Names};

/// A record (or a whole input) that gave no document.
#[derive(Debug, Error)]
#[error("{place}: {reason}")]
pub struct Rejection {
    /// Where.
    pub place: Place,
    /// Why.
    #[source]
    pub reason: Reason,
}

impl Rejection {
    /// What the reader can do about it, in one clause.
    pub fn hint(&self) -> &'static str {
        self.reason.hint()
    }
}

/// A place in the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file as it was named, or "standard input".
    pub name: Arc<str>,
    /// Line; of a Parquet file the row, of a feed the entry. From 1.
    pub line: Option<u64>,
    /// Byte of the line, from 1.
    pub column: Option<u64>,
    /// Byte at which the record starts, from 0: in the file, or in what it unpacks to; for a gzipped web archive, where the
    /// gzip member starts in the file.
    pub offset: Option<u64>,
}

impl Place {
    /// A whole input.
    pub(crate) fn of(name: &str) -> Self {
        Place { name: name.into(), ..Place::default() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names of files are foreign text: controls are shown, not sent to the terminal.
        for c in self.name.chars() {
            if c.is_control() { write!(f, "{}", c.escape_default())? } else { write!(f, "{c}")? }
        }
        if let (None, Some(offset @ 1..)) = (self.line, self.offset) {
            write!(f, "@{offset}")?;
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        Ok(())
    }
}

/// Why a record gave no document.
#[derive(Debug, Error)]
pub enum Reason {
    /// No such file or folder.
    #[error("no such file or folder")]
    NotFound,
    /// A pattern that matches nothing.
    #[error("no file matches the pattern")]
    NoMatch,
    /// A pattern that is none.
    #[error("not a pattern of files: {0}")]
    BadPattern(&'static str),
    /// The system refuses or fails to read.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// Nothing in it.
    #[error("the input is empty")]
    Empty,
    /// A folder without a file of a known kind.
    #[error("the folder holds no file that can be read")]
    EmptyFolder,
    /// Folders too deep.
    #[error("more than {0} folders within folders")]
    TooDeep(usize),
    /// A record longer than the limit.
    #[error("the record is longer than {0} bytes")]
    TooLong(usize),
    /// More sentences than the limit.
    #[error("the record has more than {0} sentences")]
    TooManySentences(usize),
    /// A line without an end.
    #[error("the line has no end within {0} bytes, the rest of the file was not read")]
    Endless(u64),
    /// Not text.
    #[error("not text: {0}")]
    Binary(&'static str),
    /// A broken gzip file.
    #[error("broken gzip data: {0}")]
    Gzip(std::io::Error),
    /// A broken zstd file, or one that wants more memory than it may.
    #[error("broken zstd data: {0}")]
    Zstd(std::io::Error),
    /// A packed file that unpacks to far more than it should.
    #[error("unpacks to more than {0} times its size")]
    Bomb(u64),
    /// A gzip file of members that hold next to nothing.
    #[error("it is made of gzip members with next to nothing in them")]
    Members,
    /// Damage in a web archive.
    #[error("damaged archive record: {0}")]
    Warc(&'static str),
    /// An answer of a web server that cannot be read.
    #[error("broken answer of a web server: {0}")]
    Http(&'static str),
    /// An answer of a web server other than 200.
    #[error("the server's answer was {0}")]
    Status(u16),
    /// Something in an archive that is no page of text.
    #[error("not a page: {0}")]
    Media(String),
    /// A page with more elements than the limit.
    #[error("the page has more than {0} elements")]
    TooManyElements(usize),
    /// A page without a main text.
    #[error("the page holds no article")]
    NoArticle,
    /// The same, of a page in an archive.
    #[error("the page holds no article")]
    NoArticleInArchive,
    /// A feed that cannot be read, from some place on.
    #[error("{0}")]
    Feed(FeedError),
    /// An entry of a feed without its full text.
    #[error("the feed gives only a summary")]
    OnlySummary,
    /// Entries of a feed beyond the limit.
    #[error("the feed has {0} entries more than are read")]
    TooManyEntries(usize),
    /// A table in which no column holds the text.
    #[error("no column holds the text; its columns are: {0}")]
    NoTextColumn(Names),
    /// A table without a column that the caller names.
    #[error("there is no column `{name}`; its columns are: {columns}")]
    NoColumn {
        /// The column's name.
        name: String,
        /// Those that there are.
        columns: Names,
    },
    /// A table with more columns than the limit.
    #[error("the row has more than {0} columns")]
    TooManyColumns(usize),
    /// A row with more or fewer fields than the table has columns.
    #[error("the row has {found} fields, the table has {expected} columns")]
    Ragged {
        /// Columns of the table.
        expected: usize,
        /// Fields of the row.
        found: usize,
    },
    /// A table of names only.
    #[error("the table has no rows")]
    NoRows,
    /// A Parquet file, or rows of it, that cannot be read.
    #[error("{0}")]
    Parquet(Broken),
    /// Not JSON.
    #[error("not valid JSON: {0}")]
    Json(String),
    /// JSON, but not an object.
    #[error("expected a JSON object, found {0}")]
    NotAnObject(&'static str),
    /// No text.
    #[error("neither `text` nor `sentences` is given")]
    NoText,
    /// A text of white space only.
    #[error("the text is empty")]
    EmptyText,
    /// A field of the wrong type, without which there is no text.
    #[error("`{field}` must be {expected}, found {found}")]
    WrongType {
        /// Name of the field.
        field: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// Marks that lie outside the text, or are empty.
    #[error("`{field}` [{start}, {end}] is no part of the text, which has {length} characters")]
    BadSpan {
        /// Name of the field.
        field: &'static str,
        /// Where the mark starts, in characters.
        start: u64,
        /// Where it ends.
        end: u64,
        /// Characters of the text.
        length: usize,
    },
}

impl Reason {
    /// What such records are, where there may be very many of them and none is worth a message of its own: things that an
    /// archive of the web holds beside reports.
    pub fn expected(&self) -> Option<&'static str> {
        match self {
            Reason::Status(_) => Some("answers other than 200"),
            Reason::Media(_) => Some("things that are no page of text"),
            Reason::NoArticleInArchive => Some("pages without an article"),
            _ => None,
        }
    }

    /// What the reader can do about it, in one clause.
    pub fn hint(&self) -> &'static str {
        match self {
            Reason::NotFound => "check the path; a name with spaces needs quotes",
            Reason::NoMatch => "check the pattern; `*` stands for any letters of a name, `**` for any folders",
            Reason::BadPattern(_) => {
                "`*`, `?`, `**` and [a-z] may stand in a pattern; a file with such a name needs [[] for ["
            }
            Reason::Unreadable(_) => "check that you may read it",
            Reason::Empty => "give a text, or JSON Lines with one object a line",
            Reason::EmptyFolder => {
                "files that end in .txt, .json, .jsonl, .ndjson, .html, .warc, .wet, .csv, .tsv, .rss, .atom or .xml are read, also with .gz or .zst, and .parquet"
            }
            Reason::TooDeep(_) => "name the inner folder, or raise the limit `folder_depth`",
            Reason::TooLong(_) => "split it into reports, or raise the limit `record_bytes`",
            Reason::TooManySentences(_) => "split it into reports, or raise the limit `sentences`",
            Reason::Endless(_) => "JSON Lines needs a line feed after each object",
            Reason::Binary(_) => "convert it to text in UTF-8 first, for example with iconv or pdftotext",
            Reason::Gzip(_) => "the file may be cut off: fetch it again, or unpack it with gzip to see how far it goes",
            Reason::Zstd(_) => "the file may be cut off, or packed with --ultra or --long: unpack it with zstd first",
            Reason::Members => "if the file is what you expect, unpack it first",
            Reason::Bomb(_) => "if the file is what you expect, unpack it first or raise the limit `unpacked_ratio`",
            Reason::Warc(_) => "the records around it are read; fetch the archive again if they matter",
            Reason::Http(_) => "the page was not kept whole; the records around it are read",
            Reason::Status(_) | Reason::Media(_) => "nothing is to be done: archives hold more than pages of text",
            Reason::TooManyElements(_) => "save its main text alone",
            Reason::NoArticle | Reason::NoArticleInArchive => {
                "give a page with one report; of lists of reports, give the pages they lead to"
            }
            Reason::Feed(_) => "the entries before that were read; fetch the feed again",
            Reason::OnlySummary => "fetch the pages that it points to: readout fetch FEED --into ARCHIVE",
            Reason::TooManyEntries(_) => "split the feed",
            Reason::NoTextColumn(_) | Reason::NoColumn { .. } => "say which column is what: --column text=NAME",
            Reason::TooManyColumns(_) => "leave columns out, or split the table",
            Reason::Ragged { .. } => "put fields with delimiters or line feeds in quotes",
            Reason::NoRows => "give a table whose first row names the columns",
            Reason::Parquet(Broken::Encoding(_) | Broken::Codec(_) | Broken::TooLargePage(_)) => {
                "write it anew with snappy, gzip or zstd and plain or dictionary encoding, or as JSON Lines"
            }
            Reason::Parquet(_) => "fetch it again, or write it anew",
            Reason::Json(_) => "one JSON object a line; quotes and line feeds within strings need a backslash",
            Reason::NotAnObject(_) => "each record is an object such as {\"id\": \"1\", \"text\": \"...\"}",
            Reason::NoText => "give the report as `text` (a string) or `sentences` (a list of strings)",
            Reason::EmptyText => "leave the record out, or give its text",
            Reason::WrongType { field: "source" | "target", .. } => {
                "a mark is such as [[0, 4]], and a side that is not known is []"
            }
            Reason::WrongType { .. } => "`text` is a string, `sentences` a list of strings",
            Reason::BadSpan { .. } => "count in characters (not bytes) from 0, the end not included",
        }
    }
}
