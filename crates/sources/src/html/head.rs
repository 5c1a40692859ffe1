//! What a page says of itself, as written.

use super::tokens::{Tag, cut};

/// `<meta>` elements, and scripts of linked data, that are looked at.
const METAS: usize = 256;
const LINKED: usize = 16;
/// Bytes of linked data in one script, and of a title.
const LINKED_BYTES: usize = 1 << 20;
const TITLE_BYTES: usize = 4096;

/// What a page says of itself.
#[derive(Default)]
pub(super) struct Head {
    /// `<html lang>`.
    pub lang: Option<String>,
    /// `<title>`, and the first `<h1>`.
    pub title: String,
    pub h1: String,
    /// Name (or property, or itemprop) in lower case, and content.
    pub metas: Vec<(String, String)>,
    /// Scripts of JSON-LD.
    pub linked: Vec<String>,
    /// `<link rel=canonical>`.
    pub canonical: Option<String>,
    /// `rel=license` of a link.
    pub licence: Option<String>,
    /// `<time>` that says it is the day of publication, and the first within the article.
    pub time: Option<String>,
    pub first_time: Option<String>,
    within: Within,
}

/// The element whose text is being gathered.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Nothing,
    Title,
    Heading,
    Linked,
}

impl Head {
    /// Notes a start tag.
    pub fn start(&mut self, tag: &Tag, in_article: bool) {
        match tag.name.as_bytes() {
            b"html" => self.lang = self.lang.take().or_else(|| tag.get("lang").or_else(|| tag.get("xml:lang"))),
            b"title" if self.title.is_empty() => self.within = Within::Title,
            b"h1" if self.h1.trim().is_empty() => self.within = Within::Heading,
            b"meta" if self.metas.len() < METAS => self.meta(tag),
            b"script" if self.linked.len() < LINKED && is_linked(tag) => {
                self.linked.push(String::new());
                self.within = Within::Linked;
            }
            b"link" | b"a" => self.link(tag),
            b"time" => self.time(tag, in_article),
            _ => {}
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let name = ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(|kind| tag.get(kind));
        if let (Some(name), Some(content)) = (name, tag.get("content").filter(|content| !content.is_empty())) {
            self.metas.push((name.to_ascii_lowercase(), content));
        }
    }

    fn link(&mut self, tag: &Tag) {
        let (Some(rel), Some(href)) = (tag.get("rel"), tag.get("href")) else { return };
        let is = |kind: &str| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(kind));
        if is("canonical") && tag.name == "link" {
            self.canonical.get_or_insert(href);
        } else if is("license") {
            self.licence.get_or_insert(href);
        }
    }

    fn time(&mut self, tag: &Tag, in_article: bool) {
        let Some(given) = tag.get("datetime").or_else(|| tag.get("content")) else { return };
        let says = tag.get("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("datePublished"));
        if says || tag.get("pubdate").is_some() {
            self.time.get_or_insert(given);
        } else if in_article {
            self.first_time.get_or_insert(given);
        }
    }

    /// Notes text.
    pub fn text(&mut self, text: &str) {
        match self.within {
            Within::Nothing => {}
            Within::Title => gather(&mut self.title, text, TITLE_BYTES),
            Within::Heading => gather(&mut self.h1, text, TITLE_BYTES),
            Within::Linked => {
                if let Some(last) = self.linked.last_mut() {
                    gather(last, text, LINKED_BYTES);
                }
            }
        }
    }

    /// Notes an end tag.
    pub fn end(&mut self, name: &[u8]) {
        let over = match self.within {
            Within::Nothing => false,
            Within::Title => name == b"title",
            Within::Heading => name == b"h1",
            Within::Linked => name == b"script",
        };
        if over {
            self.within = Within::Nothing;
        }
    }

    /// The content of the first `<meta>` of one of these names, in their order.
    pub fn meta_of(&self, names: &[&str]) -> Option<&str> {
        let of = |name: &&str| self.metas.iter().find(|(given, _)| given == name).map(|(_, content)| content.as_str());
        names.iter().find_map(of)
    }
}

fn is_linked(tag: &Tag) -> bool {
    tag.get("type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/ld+json"))
}

fn gather(into: &mut String, text: &str, most: usize) {
    into.push_str(cut(text, most.saturating_sub(into.len())));
}

/// The encoding that the first bytes of a page say it is in.
pub(super) fn charset(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("charset") {
        rest = rest.get(at + "charset".len()..)?;
        let Some(value) = rest.trim_start().strip_prefix('=') else { continue };
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(value.len());
        if let Some(label) = value.get(..end).filter(|label| !label.is_empty()) {
            return Some(label.to_owned());
        }
    }
    None
}
