//! What elements of feeds mean. Prefixes are taken at their customary sense: feeds that bind them otherwise are too
//! rare, and those that leave them unbound too many, to go by namespaces.

/// What an open element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `rss` or `rdf:RDF`.
    Root,
    /// `channel`, or Atom's `feed`.
    Feed,
    /// `item` or `entry`.
    Entry,
    /// `author` of an entry.
    Author,
    /// Any other.
    Other,
}

/// What a field of an entry, or of a feed, says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Link,
    Title,
    Author,
    Published,
    Updated,
    Summary,
    Content,
    Language,
}

impl Field {
    /// Whether it is a line rather than a text.
    pub fn is_line(self) -> bool {
        !matches!(self, Field::Summary | Field::Content)
    }
}

/// Whose words an element's name is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS or Atom themselves.
    Own,
    /// RSS 1.0's content module.
    Content,
    /// Dublin Core.
    Dublin,
    /// Any other.
    Other,
}

/// The vocabulary and the local name.
pub(super) fn split(name: &str) -> (Vocabulary, &str) {
    match name.split_once(':') {
        None => (Vocabulary::Own, name),
        Some(("atom" | "a10" | "rss", local)) => (Vocabulary::Own, local),
        Some(("content", local)) => (Vocabulary::Content, local),
        Some(("dc" | "dcterms", local)) => (Vocabulary::Dublin, local),
        Some((_, local)) => (Vocabulary::Other, local),
    }
}

/// What a first element of this name is, if it is that of a feed.
pub(super) fn root(name: &str) -> Option<Kind> {
    match name {
        "rss" | "rdf:RDF" | "RDF" => Some(Kind::Root),
        "feed" | "atom:feed" => Some(Kind::Feed),
        _ => None,
    }
}

/// The field that an element is, within its parent.
pub(super) fn field(parent: Kind, vocabulary: Vocabulary, local: &str) -> Option<Field> {
    use Vocabulary::{Content, Dublin, Own};
    match (parent, vocabulary, local) {
        (Kind::Feed | Kind::Entry, Own | Dublin, "title") => Some(Field::Title),
        (Kind::Feed | Kind::Entry, Own | Dublin, "language") => Some(Field::Language),
        (Kind::Author, Own, "name") => Some(Field::Author),
        (Kind::Entry, Own, "guid" | "id") => Some(Field::Id),
        (Kind::Feed | Kind::Entry, Own, "link") => Some(Field::Link),
        (Kind::Entry, Dublin, "creator") => Some(Field::Author),
        (Kind::Entry, Own, "pubDate" | "published" | "issued")
        | (Kind::Entry, Dublin, "date" | "issued" | "created") => Some(Field::Published),
        (Kind::Entry, Own, "updated") | (Kind::Entry, Own | Dublin, "modified") => Some(Field::Updated),
        (Kind::Entry, Own, "description" | "summary") => Some(Field::Summary),
        (Kind::Entry, Own, "content") | (Kind::Entry, Content, "encoded") => Some(Field::Content),
        _ => None,
    }
}
