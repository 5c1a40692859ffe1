//! What is answered: a view, as a page, as JSON or as CSV; or why there is none.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use maud::Markup;
use readout_record::formats::csv::{Origin, push_cell};
use readout_store::StoreError;
use serde_json::{Value, json};

/// The form that is asked for: by the ending of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Html,
    Json,
    Csv,
}

/// What a page shows: one value, and the three ways it is written.
pub(crate) trait View {
    /// Its title and what stands between head and foot.
    fn page(&self) -> Page;
    /// The same facts for programs.
    fn json(&self) -> Value;
    /// Its main list as a table.
    fn table(&self) -> Table;
    /// That table as CSV.
    fn csv(&self, table: &Table) -> String {
        table.csv()
    }
    /// What is taken away instead of a page, where it is a file.
    fn download(&self) -> Option<Download> {
        None
    }
}

/// What a view puts into the frame that all pages share.
pub(crate) struct Page {
    /// Title, without the program's name.
    pub(crate) title: String,
    /// The entry of the menu it belongs to.
    pub(crate) tab: &'static str,
    /// Address of the same view as JSON and as CSV; `None` where it cannot be asked for by address.
    pub(crate) others: Option<Others>,
    /// What it shows.
    pub(crate) main: Markup,
}

/// A file to take away.
pub(crate) struct Download {
    /// Its name, with its ending.
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) body: String,
}

/// Addresses of a view's other forms.
pub(crate) struct Others {
    pub(crate) json: String,
    pub(crate) csv: String,
}

/// Rows for CSV.
pub(crate) struct Table {
    /// Name of the file, without ending; it says which rows are in it where not all are.
    pub(crate) name: String,
    pub(crate) columns: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Empty,
    /// Words from reports, or from whoever sent them.
    Words(String),
    /// Codes and names of our making.
    Code(String),
    Number(f64),
}

impl Cell {
    /// Words, or nothing.
    pub(crate) fn words(text: Option<&str>) -> Cell {
        text.map_or(Cell::Empty, |t| Cell::Words(t.to_owned()))
    }

    /// A code, or nothing.
    pub(crate) fn code(text: Option<&str>) -> Cell {
        text.map_or(Cell::Empty, |t| Cell::Code(t.to_owned()))
    }

    /// A count.
    pub(crate) fn count(n: usize) -> Cell {
        Cell::Number(n as f64)
    }
}

impl Table {
    /// As CSV.
    pub(crate) fn csv(&self) -> String {
        let mut out = self.columns.join(",");
        out.push('\n');
        for row in &self.rows {
            for (i, cell) in row.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                match cell {
                    Cell::Empty => {}
                    Cell::Words(text) => push_cell(&mut out, text, Origin::Foreign),
                    // Codes of what is not known begin with hyphens; a code that begins otherwise is not taken on trust.
                    Cell::Code(text) if text.starts_with("---") => push_cell(&mut out, text, Origin::Own),
                    Cell::Code(text) => push_cell(&mut out, text, Origin::Foreign),
                    Cell::Number(n) => drop(write!(out, "{n}")), // a string takes all that is written to it
                }
            }
            out.push('\n');
        }
        out
    }
}

/// Why there is no view.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    /// There is no such thing.
    Missing { what: String, hint: String },
    /// The request makes no sense.
    Bad { what: String, hint: String },
    /// Another method than the address takes.
    Method { takes: &'static str },
    /// The body is of another kind than the address takes.
    Kind,
    /// The body is longer than it may be.
    TooLarge { most: usize },
    /// The address is longer than it may be.
    TooLongAddress { most: usize },
    /// Asked by a page of another site, or under another site's name.
    Foreign { what: &'static str, status: StatusCode },
    /// No token, or a wrong one.
    Locked { wrong: bool, next: String },
    /// It is at another address of this explorer: what a form leads to once it was taken.
    Moved { to: String },
    /// Too many requests at once.
    Busy,
    /// Stopped because it took too long.
    TooLong,
    /// Something that cannot be helped by asking otherwise.
    Inside { what: String, hint: String },
}

impl Fault {
    pub(crate) fn bad(what: impl Into<String>, hint: impl Into<String>) -> Fault {
        Fault::Bad { what: what.into(), hint: hint.into() }
    }

    pub(crate) fn missing(what: impl Into<String>, hint: impl Into<String>) -> Fault {
        Fault::Missing { what: what.into(), hint: hint.into() }
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Fault::Missing { .. } => StatusCode::NOT_FOUND,
            Fault::Bad { .. } => StatusCode::BAD_REQUEST,
            Fault::Method { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Fault::Kind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Fault::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::TooLongAddress { .. } => StatusCode::URI_TOO_LONG,
            Fault::Foreign { status, .. } => *status,
            Fault::Locked { .. } => StatusCode::UNAUTHORIZED,
            Fault::Moved { .. } => StatusCode::SEE_OTHER,
            Fault::Busy | Fault::TooLong => StatusCode::SERVICE_UNAVAILABLE,
            Fault::Inside { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What is wrong, in one clause.
    pub(crate) fn what(&self) -> String {
        match self {
            Fault::Missing { what, .. } | Fault::Bad { what, .. } | Fault::Inside { what, .. } => what.clone(),
            Fault::Method { .. } => "this address is asked in another way".to_owned(),
            Fault::Kind => "what was sent does not say that it is JSON".to_owned(),
            Fault::TooLarge { most } => format!("what was sent is longer than {} kB", most >> 10),
            Fault::TooLongAddress { most } => format!("the address is longer than {} kB", most >> 10),
            Fault::Foreign { what, .. } => (*what).to_owned(),
            Fault::Locked { wrong: true, .. } => "that is not the token".to_owned(),
            Fault::Locked { wrong: false, .. } => "this explorer asks for a token".to_owned(),
            Fault::Moved { to } => format!("it is at {to}"),
            Fault::Busy => "too many requests at once".to_owned(),
            Fault::TooLong => "the answer took too long and was given up".to_owned(),
        }
    }

    /// What to do about it, in one clause.
    pub(crate) fn hint(&self) -> String {
        match self {
            Fault::Missing { hint, .. } | Fault::Bad { hint, .. } | Fault::Inside { hint, .. } => hint.clone(),
            Fault::Method { takes } => format!("it takes {takes}"),
            Fault::Kind => "send it with `Content-Type: application/json`".to_owned(),
            Fault::TooLarge { .. } => "send less, or code it with `readout code`".to_owned(),
            Fault::TooLongAddress { .. } => "choose fewer values".to_owned(),
            Fault::Foreign { .. } => "open the address that the program printed when it was started".to_owned(),
            Fault::Locked { .. } => "whoever started it with `--auth TOKEN` knows it".to_owned(),
            Fault::Moved { .. } => "go there".to_owned(),
            Fault::Busy => "wait a moment and try again".to_owned(),
            Fault::TooLong => "ask for less: fewer days, or more conditions".to_owned(),
        }
    }

    /// For programs.
    pub(crate) fn json(&self) -> Value {
        json!({ "error": self.what(), "hint": self.hint(), "status": self.status().as_u16() })
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        match &error {
            StoreError::TooLong(_) | StoreError::Busy(_) => Fault::TooLong,
            StoreError::Words(what) => Fault::bad(format!("the words cannot be searched for ({what})"), error.hint()),
            // The path of the store is nobody's business.
            StoreError::Sqlite { source, .. } => {
                Fault::Inside { what: format!("the store cannot be read: {source}"), hint: error.hint().to_owned() }
            }
            _ => Fault::Inside { what: "the store cannot be read".to_owned(), hint: error.hint().to_owned() },
        }
    }
}

/// An answer with its kind and status.
pub(crate) fn respond(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// Kinds of answers.
pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const JSON: &str = "application/json; charset=utf-8";
pub(crate) const CSV: &str = "text/csv; charset=utf-8; header=present";

/// A name under which browsers keep CSV.
pub(crate) fn file_name(name: &str) -> HeaderValue {
    let safe: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    attachment(&format!("{safe}.csv"))
}

/// A name under which browsers keep a file.
pub(crate) fn attachment(name: &str) -> HeaderValue {
    let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let safe: String = name.chars().map(|c| if is_safe(c) { c } else { '_' }).collect();
    HeaderValue::from_str(&format!("attachment; filename=\"{safe}\"")).unwrap_or(HeaderValue::from_static("attachment"))
}
