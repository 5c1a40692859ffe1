//! RSS and Atom, element by element.

use quick_xml::escape::{resolve_xml_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::fields::{Body, Entry, Feed, line};
use super::names::{self, Field, Kind, Vocabulary};
use super::{FEED_ATTRIBUTES, FEED_DEPTH, FEED_ENTRIES, FEED_LINE, FeedError, day};

/// Reads RSS or Atom.
pub(super) fn feed(text: &str) -> Result<Feed, FeedError> {
    let mut walk = Walk { text, ..Walk::default() };
    match walk.run() {
        Ok(()) => {}
        Err(error) if walk.feed.entries.is_empty() => return Err(error),
        Err(error) => walk.feed.broken = Some(error),
    }
    let mut feed = walk.feed;
    if feed.left_out > 0 {
        feed.problems.push(format!("more than {FEED_ENTRIES} entries, {} left out", feed.left_out));
    }
    if walk.entities {
        feed.problems.push("it declares entities of its own, which are not expanded".to_owned());
    }
    Ok(feed)
}

/// The name of the first element.
pub(super) fn root(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => return Some(start.name().0.to_owned()),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// What has been read so far, and where the reading stands.
#[derive(Default)]
struct Walk<'t> {
    text: &'t str,
    feed: Feed,
    /// What the open elements are.
    open: Vec<Kind>,
    /// The entry that is being read.
    entry: Option<Entry>,
    /// The field that is being read, if any.
    capture: Option<Capture>,
    entities: bool,
}

/// The text of one field.
struct Capture {
    field: Field,
    /// Elements that were open when it began, its own included.
    depth: usize,
    form: Form,
    text: String,
    /// Byte at which its content begins.
    start: usize,
}

/// How a field's text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    /// HTML, escaped.
    Html,
    /// HTML as elements.
    Elements,
    /// Not text.
    Foreign,
}

impl<'t> Walk<'t> {
    fn run(&mut self) -> Result<(), FeedError> {
        let mut reader = Reader::from_str(self.text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        loop {
            let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = reader.read_event().map_err(|e| broken(reader.error_position(), &e.to_string()))?;
            let after = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match event {
                Event::Start(start) => self.start(&start, after)?,
                Event::End(_) => {
                    self.end(before);
                    if self.open.is_empty() {
                        return Ok(());
                    }
                }
                Event::Text(text) => self.push(&text),
                Event::CData(text) => self.push(&text),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(c)) if !c.is_control() || c.is_whitespace() => self.push(c.encode_utf8(&mut [0; 4])),
                    Ok(Some(_)) => {}
                    _ => self.reference(&reference),
                },
                Event::DocType(doctype) => self.entities |= doctype.contains("<!ENTITY"),
                Event::Eof if self.open.is_empty() => {
                    return Err(FeedError::NotAFeed("it holds no element".to_owned()));
                }
                Event::Eof => return Err(broken(after as u64, "it ends before its elements do")),
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Empty(_) => {}
            }
        }
    }

    /// One of the five predefined entities; another stays as written, which is right for those of HTML.
    fn reference(&mut self, name: &str) {
        match resolve_xml_entity(name) {
            Some(text) => self.push(text),
            None => self.push(&format!("&{name};")),
        }
    }

    fn start(&mut self, start: &BytesStart, after: usize) -> Result<(), FeedError> {
        if self.open.len() >= FEED_DEPTH {
            return Err(FeedError::TooDeep);
        }
        let name = start.name();
        let (vocabulary, local) = names::split(name.0);
        let kind = match (self.open.last(), local) {
            (None, _) => names::root(name.0).ok_or_else(|| not_a_feed(name.0))?,
            _ if self.capture.is_some() => Kind::Other,
            (Some(Kind::Root), "channel") if vocabulary == Vocabulary::Own => Kind::Feed,
            (Some(Kind::Root | Kind::Feed), "item" | "entry") if vocabulary == Vocabulary::Own => Kind::Entry,
            (Some(Kind::Entry), "author") if vocabulary == Vocabulary::Own => Kind::Author,
            _ => Kind::Other,
        };
        let parent = self.open.last().copied();
        self.open.push(kind);
        match kind {
            Kind::Entry => self.begin_entry(start),
            Kind::Feed => self.feed.language = attribute(start, "xml:lang").and_then(|tag| line(&tag)),
            _ => {}
        }
        if matches!(kind, Kind::Root | Kind::Feed) {
            set(&mut self.feed.base, attribute(start, "xml:base").and_then(|base| line(&base)));
        }
        if self.capture.is_none()
            && let Some(field) = parent.and_then(|parent| names::field(parent, vocabulary, local))
        {
            self.begin_field(field, start, after);
        }
        Ok(())
    }

    fn begin_entry(&mut self, start: &BytesStart) {
        self.entry = Some(Entry {
            id: attribute(start, "rdf:about").and_then(|id| line(&id)),
            language: attribute(start, "xml:lang").and_then(|tag| line(&tag)),
            ..Entry::default()
        });
    }

    fn begin_field(&mut self, field: Field, start: &BytesStart, after: usize) {
        if field == Field::Link && self.atom_link(start) {
            return;
        }
        let form = match attribute(start, "type").as_deref() {
            Some("xhtml" | "application/xhtml+xml") => Form::Elements,
            Some("html" | "text/html") => Form::Html,
            Some("text" | "text/plain") => Form::Plain,
            Some(other) if other.contains('/') && field == Field::Content => Form::Foreign,
            // RSS does not say: its texts are HTML by custom. Atom's default is plain text.
            _ if start.name().0 == "description" || start.name().0.contains(':') => Form::Html,
            _ => Form::Plain,
        };
        self.capture = Some(Capture { field, depth: self.open.len(), form, text: String::new(), start: after });
    }

    /// Takes an address from Atom's `<link href="…">`; false for RSS, where it is the element's text.
    fn atom_link(&mut self, start: &BytesStart) -> bool {
        let Some(address) = attribute(start, "href") else { return false };
        let relation = attribute(start, "rel");
        let place = match (relation.as_deref(), &mut self.entry) {
            (None | Some("alternate"), Some(entry)) => &mut entry.link,
            (None | Some("alternate"), None) => &mut self.feed.home,
            (Some("self"), None) => &mut self.feed.own,
            _ => return true,
        };
        set(place, line(&address));
        true
    }

    fn push(&mut self, text: &str) {
        let Some(capture) = &mut self.capture else { return };
        let most = if capture.field.is_line() { 4 * FEED_LINE } else { usize::MAX };
        if capture.form != Form::Foreign && capture.text.len() < most {
            capture.text.push_str(text);
        }
    }

    fn end(&mut self, before: usize) {
        if self.capture.as_ref().is_some_and(|c| c.depth == self.open.len())
            && let Some(capture) = self.capture.take()
        {
            self.take(capture, before);
        }
        if self.open.pop() == Some(Kind::Entry)
            && let Some(mut entry) = self.entry.take()
        {
            let address = |id: &&String| id.starts_with("https://") || id.starts_with("http://");
            entry.link = entry.link.take().or_else(|| entry.id.as_ref().filter(address).cloned());
            if self.feed.entries.len() < FEED_ENTRIES {
                self.feed.entries.push(entry);
            } else {
                self.feed.left_out += 1;
            }
        }
    }

    /// Puts a field where it belongs; the first that says something wins.
    fn take(&mut self, capture: Capture, before: usize) {
        let Capture { field, form, text, start, .. } = capture;
        let text = match form {
            Form::Elements => self.text.get(start..before).unwrap_or_default().to_owned(),
            _ => text,
        };
        let Some(entry) = &mut self.entry else {
            match field {
                Field::Title => set(&mut self.feed.title, line(&text)),
                Field::Language => set(&mut self.feed.language, line(&text)),
                Field::Link => set(&mut self.feed.home, line(&text)),
                _ => {}
            }
            return;
        };
        let body =
            || Some(Body { text: text.clone(), html: form != Form::Plain }).filter(|b| !b.text.trim().is_empty());
        match field {
            Field::Id => set(&mut entry.id, line(&text)),
            Field::Link => set(&mut entry.link, line(&text)),
            Field::Title => set(&mut entry.title, line(&text)),
            Field::Author => set(&mut entry.author, line(&text)),
            Field::Published => set(&mut entry.published, day(&text)),
            Field::Updated => set(&mut entry.updated, day(&text)),
            Field::Summary => set(&mut entry.summary, body()),
            Field::Content => set(&mut entry.content, body()),
            Field::Language => set(&mut entry.language, line(&text)),
        }
    }
}

fn set<T>(field: &mut Option<T>, value: Option<T>) {
    if field.is_none() {
        *field = value;
    }
}

/// An attribute's value, looked for among the first [`FEED_ATTRIBUTES`].
fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    attributes.with_checks(false); // which take quadratic time
    let found = attributes.take(FEED_ATTRIBUTES).flatten().find(|a| a.key.0 == name)?;
    Some(
        unescape_with(&found.value, resolve_xml_entity)
            .map_or_else(|_| found.value.clone().into_owned(), |value| value.into_owned()),
    )
}

fn broken(at: u64, what: &str) -> FeedError {
    FeedError::Xml { at, what: line(what).unwrap_or_default() }
}

fn not_a_feed(root: &str) -> FeedError {
    let shown: String = root.chars().take(40).collect();
    FeedError::NotAFeed(match shown.to_ascii_lowercase().as_str() {
        "html" => "an HTML page".to_owned(),
        _ => format!("its first element is <{shown}>"),
    })
}
