//! A sentence read: words with lemmas, tags, heads and relations, and the names among them.

use std::ops::Range;
use std::sync::Arc;

use readout_text::{Span, Token};

/// One word of a [`Tree`].
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Where it stands in the document's text.
    pub span: Span,
    /// As normalised by the text stage.
    pub form: String,
    /// Dictionary form, lower case but for proper nouns.
    pub lemma: String,
    /// UD part of speech ("VERB").
    pub upos: Arc<str>,
    /// Penn Treebank tag ("VBD").
    pub xpos: Arc<str>,
    /// Index of the head word; `None` for the root.
    pub head: Option<usize>,
    /// UD relation to the head, with subtype ("nsubj:pass").
    pub deprel: Arc<str>,
}

impl Word {
    /// The relation without its subtype ("nsubj" for "nsubj:pass").
    pub fn rel(&self) -> &str {
        self.deprel.split(':').next().unwrap_or_default()
    }
}

/// Kinds of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
}

/// A name: a run of words.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Word indices, end-exclusive.
    pub words: Range<usize>,
    /// Its kind.
    pub kind: NameKind,
}

/// A dependency tree over a sentence's words; exactly one root where there is a word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    words: Vec<Word>,
    names: Vec<Name>,
    children: Vec<Vec<usize>>,
    unread: bool,
}

impl Tree {
    /// A tree over `words`, whose heads must form one; a head outside the sentence counts as none.
    pub fn new(mut words: Vec<Word>, names: Vec<Name>) -> Self {
        let n = words.len();
        let mut children = vec![Vec::new(); n];
        for (i, w) in words.iter_mut().enumerate() {
            w.head = w.head.filter(|&h| h < n && h != i);
            if let Some(list) = w.head.and_then(|h| children.get_mut(h)) {
                list.push(i);
            }
        }
        Tree { words, names, children, unread: false }
    }

    /// The words of a sentence that no reader has read: all hang on the last; capitals are taken for names.
    pub(crate) fn unread(tokens: &[Token], lemma: impl Fn(&str) -> String) -> Self {
        let [other, name, mark] = ["X", "PROPN", "PUNCT"].map(Arc::<str>::from);
        let [tag, root, dep] = ["FW", "root", "dep"].map(Arc::<str>::from);
        let last = tokens.len().saturating_sub(1);
        let word = |(i, token): (usize, &Token)| {
            let capital = token.form.starts_with(char::is_uppercase);
            let plain = token.form.chars().any(char::is_alphanumeric);
            Word {
                span: token.span,
                lemma: if capital { token.form.clone() } else { lemma(&token.form) },
                form: token.form.clone(),
                upos: if capital {
                    &name
                } else if plain {
                    &other
                } else {
                    &mark
                }
                .clone(),
                xpos: tag.clone(),
                head: (i != last).then_some(last),
                deprel: if i == last { root.clone() } else { dep.clone() },
            }
        };
        Tree { unread: true, ..Tree::new(tokens.iter().enumerate().map(word).collect(), Vec::new()) }
    }

    /// Whether a reader has read the sentence.
    pub fn is_read(&self) -> bool {
        !self.unread
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether the sentence holds no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// All words in order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The word at `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<&Word> {
        self.words.get(i)
    }

    /// Names in order.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// Indices of the words that hang on word `i`, in order.
    pub fn children(&self, i: usize) -> &[usize] {
        self.children.get(i).map_or(&[], Vec::as_slice)
    }

    /// The root's index.
    pub fn root(&self) -> Option<usize> {
        self.words.iter().position(|w| w.head.is_none())
    }

    /// Lemma of word `i`, or "" outside the sentence.
    pub fn lemma(&self, i: usize) -> &str {
        self.get(i).map_or("", |w| &w.lemma)
    }

    /// Relation of word `i` with subtype, or "".
    pub fn deprel(&self, i: usize) -> &str {
        self.get(i).map_or("", |w| &w.deprel)
    }

    /// Relation of word `i` without subtype, or "".
    pub fn rel(&self, i: usize) -> &str {
        self.get(i).map_or("", Word::rel)
    }

    /// UD part of speech of word `i`, or "".
    pub fn upos(&self, i: usize) -> &str {
        self.get(i).map_or("", |w| &w.upos)
    }

    /// Head of word `i`.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.get(i).and_then(|w| w.head)
    }

    /// Children of `i` whose relation (without subtype, or with it where `rel` holds a colon) is `rel`.
    pub fn children_by<'a>(&'a self, i: usize, rel: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.children(i)
            .iter()
            .copied()
            .filter(move |&c| if rel.contains(':') { self.deprel(c) == rel } else { self.rel(c) == rel })
    }

    /// First child of `i` with relation `rel`, as in [`Tree::children_by`].
    pub fn child(&self, i: usize, rel: &str) -> Option<usize> {
        self.children_by(i, rel).next()
    }

    /// Indices of word `i` and all that hang below it, in order.
    pub fn subtree(&self, i: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut stack = vec![i];
        while let Some(x) = stack.pop() {
            if x < self.len() && out.len() <= self.len() {
                out.push(x);
                stack.extend_from_slice(self.children(x));
            }
        }
        out.sort_unstable();
        out
    }

    /// Whether `above` is `i` or one of its ancestors.
    pub fn is_under(&self, i: usize, above: usize) -> bool {
        let mut at = Some(i);
        for _ in 0..=self.len() {
            match at {
                Some(x) if x == above => return true,
                Some(x) => at = self.head(x),
                None => return false,
            }
        }
        false
    }

    /// The name that holds word `i`; names stand in order and do not overlap.
    pub fn name_at(&self, i: usize) -> Option<&Name> {
        let at = self.names.partition_point(|n| n.words.end <= i);
        self.names.get(at).filter(|n| n.words.contains(&i))
    }

    /// Span from the first to the last of `words`.
    pub fn span_of(&self, words: Range<usize>) -> Span {
        let first = self.get(words.start).map_or(Span::default(), |w| w.span);
        words.filter_map(|i| self.get(i)).fold(first, |s, w| s.join(w.span))
    }
}
