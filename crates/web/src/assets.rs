//! Style sheets and modules: part of the program, packed once, under names that change with what is in them, so that
//! browsers may keep them for ever.

use std::sync::LazyLock;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use flate2::Compression;
use sha2::{Digest, Sha256};

use crate::answer::respond;
use crate::pack;

/// Where they are served.
pub(crate) const FOLDER: &str = "/assets/";

/// Digits of the hash in their addresses.
const DIGITS: usize = 12;

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

macro_rules! file {
    ($name:literal, $kind:expr, $($path:literal),+) => {
        ($name, $kind, concat!($(include_str!(concat!("assets/", $path))),+))
    };
}

/// Name, kind and content: the style sheets are one file, as every page needs all of them.
const FILES: [(&str, &str, &str); 12] = [
    file!(
        "explorer.css",
        CSS,
        "css/theme.css",
        "css/base.css",
        "css/frame.css",
        "css/forms.css",
        "css/search.css",
        "css/event.css",
        "css/reading.css",
        "css/figures.css",
        "css/series.css",
        "css/map.css",
        "css/claims.css",
        "css/sql.css",
        "css/corrections.css",
        "css/codebook.css"
    ),
    file!("icon.svg", SVG, "icon.svg"),
    file!("theme.js", JS, "js/theme.js"),
    file!("explorer.js", JS, "js/explorer.js"),
    file!("filter.js", JS, "js/filter.js"),
    file!("reading.js", JS, "js/reading.js"),
    file!("figure.js", JS, "js/figure.js"),
    file!("network.js", JS, "js/network.js"),
    file!("plot.js", JS, "js/plot.js"),
    file!("keys.js", JS, "js/keys.js"),
    file!("drop.js", JS, "js/drop.js"),
    file!("sql.js", JS, "js/sql.js"),
];

/// A file as it is sent.
struct Packed {
    name: &'static str,
    kind: &'static str,
    plain: Bytes,
    gzip: Option<Bytes>,
}

/// All files, and the hash of them all: modules name each other by their bare names, so they share a folder.
static ALL: LazyLock<(String, Vec<Packed>)> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for (name, _, content) in FILES {
        hash.update(name);
        hash.update(content);
    }
    let hash: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    let pack = |(name, kind, content): &(&'static str, &'static str, &'static str)| Packed {
        name,
        kind,
        plain: Bytes::from_static(content.as_bytes()),
        gzip: pack::gzip(content.as_bytes(), Compression::best()),
    };
    (hash.chars().take(DIGITS).collect(), FILES.iter().map(pack).collect())
});

/// The address of a file.
pub(crate) fn address(name: &str) -> String {
    format!("{FOLDER}{}/{name}", ALL.0)
}

/// The file under an address below [`FOLDER`]; `None` where there is none.
pub(crate) fn answer(path: &str, headers: &HeaderMap) -> Option<Response<Body>> {
    let (hash, name) = path.strip_prefix(FOLDER)?.split_once('/')?;
    let file = ALL.1.iter().find(|file| file.name == name && hash == ALL.0)?;
    let packed = file.gzip.as_ref().filter(|_| pack::is_taken(headers));
    let mut response = respond(StatusCode::OK, file.kind, packed.unwrap_or(&file.plain).clone());
    pack::tell(&mut response, packed.is_some());
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Some(response)
}
