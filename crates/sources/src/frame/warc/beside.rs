//! What a metadata record says of the page that follows it: `readout fetch` writes there what the feed said of its entry.

use std::collections::BTreeMap;

use crate::feed;

/// Bytes of a metadata record beyond which it is not looked at.
const MOST: usize = 64 << 10;

/// What is said of a page beside it. Texts are as they were given, on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// Headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
}

impl Beside {
    /// Reads the content of a record of `application/warc-fields`; nothing where it says none of this.
    pub fn read(content: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(content).ok().filter(|text| text.len() <= MOST)?;
        let mut fields: BTreeMap<String, &str> = BTreeMap::new();
        for (name, value) in text.lines().filter_map(|line| line.split_once(':')) {
            fields.entry(name.trim().to_ascii_lowercase()).or_insert(value);
        }
        let said = |name: &str| fields.get(name).and_then(|value| feed::line(&feed::plain(value)));
        let beside = Beside {
            title: said("title"),
            author: said("author"),
            published: said("published"),
            publisher: said("feed-title"),
        };
        (beside != Beside::default()).then_some(beside)
    }

    /// Its parts, which decide a document beside the page's bytes.
    pub fn parts(&self) -> [&str; 4] {
        [&self.title, &self.author, &self.published, &self.publisher].map(|part| part.as_deref().unwrap_or(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_the_entry_are_read() {
        let read = |content: &str| Beside::read(content.as_bytes()).map(|beside| beside.parts().join("|"));
        let whole = "via: https://a.example/feed\r\nfeed-title: Daily\r\nTitle: A &amp; B: more\r\nauthor: Ann\r\npublished: 2019-02-26\r\n";
        assert_eq!(read(whole).as_deref(), Some("A & B: more|Ann|2019-02-26|Daily"));
        assert_eq!(read("via: https://a.example/feed\r\ntitle: \r\nno colon"), None);
        assert_eq!(Beside::read(b"title: \xFF"), None);
        assert_eq!(read(&format!("title: {}", "a".repeat(MOST))), None);
    }
}
