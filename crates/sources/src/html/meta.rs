//! What a page says of itself, weighed: the same fact stands in it in many ways.

use jiff::civil::Date;
use readout_text::{Meta, Problem};

use super::head::Head;
use super::linked::Linked;
use crate::dates;
use crate::page::Page;

const TITLES: [&str; 4] = ["og:title", "twitter:title", "dc.title", "parsely-title"];

const DAYS: [&str; 17] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "publish-date",
    "publishdate",
    "publication_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "date",
];

const AUTHORS: [&str; 7] =
    ["author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator"];

const PUBLISHERS: [&str; 5] = ["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"];

const LANGUAGES: [&str; 4] = ["og:locale", "content-language", "dc.language", "language"];

const LICENCES: [&str; 3] = ["dcterms.license", "dc.rights.license", "license"];

/// Characters of a title and of names that are kept.
const LONGEST_FIELD: usize = 500;

/// The metadata of a page; what is odd about it goes to `problems`.
pub(super) fn weigh(
    head: &Head,
    said: &Linked,
    byline: Option<String>,
    page: &Page,
    problems: &mut Vec<Problem>,
) -> Meta {
    let publisher =
        said.publisher.as_deref().filter(|p| !is_address(p)).or_else(|| head.meta_of(&PUBLISHERS)).map(line);
    let title = said.headline.as_deref().or_else(|| head.meta_of(&TITLES)).map(line).filter(|t| !t.is_empty());
    let title = title.or_else(|| Some(line(&head.h1)).filter(|t| !t.is_empty()));
    let title = title.or_else(|| Some(line(&head.title)).filter(|t| !t.is_empty()));
    Meta {
        id: String::new(),
        uri: page.uri.clone().or_else(|| canonical(head)),
        title: title.map(|title| without_publisher(&title, publisher.as_deref())),
        author: author(head, said, byline),
        published: published(head, said, page, problems),
        publisher,
        language: language(head, said),
        licence: licence(head, said),
    }
}

fn canonical(head: &Head) -> Option<String> {
    let given = head.canonical.as_deref().or_else(|| head.meta_of(&["og:url"]));
    given.filter(|address| is_address(address)).map(str::to_owned)
}

fn is_address(text: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|t| t.eq_ignore_ascii_case(scheme)))
}

/// A field's value in one line, at most so long.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(LONGEST_FIELD).collect()
}

/// A title without the publisher's name behind it.
fn without_publisher(title: &str, publisher: Option<&str>) -> String {
    let bare = publisher.and_then(|name| title.strip_suffix(name)).map(str::trim_end);
    let bare = bare.and_then(|head| head.strip_suffix(['|', '-', '–', '—', '·', ':'])).map(str::trim_end);
    bare.filter(|head| !head.is_empty()).unwrap_or(title).to_owned()
}

fn author(head: &Head, said: &Linked, byline: Option<String>) -> Option<String> {
    let named: Vec<String> = said.authors.iter().filter(|a| !is_address(a)).map(|a| line(a)).collect();
    if !named.is_empty() {
        return Some(named.join(", "));
    }
    let given = AUTHORS.iter().filter_map(|name| head.meta_of(&[name])).find(|a| !is_address(a)).map(line);
    let given = given.or_else(|| byline.map(|b| line(&b)))?;
    let bare =
        given.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).and_then(|_| given.get(3..)).unwrap_or(&given);
    Some(bare.trim().to_owned()).filter(|a| !a.is_empty())
}

/// The day of publication, where the page says it in a way that can be read. A day after the page was fetched is none.
fn published(head: &Head, said: &Linked, page: &Page, problems: &mut Vec<Problem>) -> Option<Date> {
    let metas = DAYS.iter().filter_map(|name| head.meta_of(&[name]));
    let given = said.published.as_deref().into_iter().chain(metas);
    let mut given = given.chain(head.time.as_deref()).chain(head.first_time.as_deref());
    let day = given.find_map(|text| dates::day(text, None).ok())?;
    if page.is_too_late(day) {
        let what = format!("the page says it was published on {day}, after it was fetched, passed over");
        problems.push(Problem { span: None, what });
        return None;
    }
    Some(day)
}

fn language(head: &Head, said: &Linked) -> Option<String> {
    let given = head.lang.as_deref().or(said.language.as_deref()).or_else(|| head.meta_of(&LANGUAGES))?;
    let tag = given.split([',', ';', ' ']).next()?.replace('_', "-");
    let shape = !tag.is_empty() && tag.len() <= 35 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (shape && tag.split('-').next().is_some_and(|first| (2..=3).contains(&first.len()))).then_some(tag)
}

fn licence(head: &Head, said: &Linked) -> Option<String> {
    let given = said.licence.as_deref().or(head.licence.as_deref()).or_else(|| head.meta_of(&LICENCES))?;
    Some(creative_commons(given).unwrap_or_else(|| line(given))).filter(|licence| !licence.is_empty())
}

/// The SPDX identifier of a Creative Commons licence, by its address.
fn creative_commons(address: &str) -> Option<String> {
    let (_, path) = address.split_once("creativecommons.org/")?;
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match (parts.next()?, parts.next()?, parts.next()) {
        ("licenses", kind, Some(version)) => Some(format!("CC-{}-{version}", kind.to_ascii_uppercase())),
        ("publicdomain", "zero", _) => Some("CC0-1.0".to_owned()),
        _ => None,
    }
}
