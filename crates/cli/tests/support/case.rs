//! Markdown to cases.

/// A text and what must be coded from it.
#[derive(Debug, Default)]
pub struct Case {
    /// `specs/assault.md:12`: where its text begins.
    pub place: String,
    /// Whether the coder is not there yet.
    pub wanted: bool,
    /// Day of publication.
    pub published: String,
    /// The text, its lines as written.
    pub text: String,
    /// Events that must be coded.
    pub events: Vec<Event>,
    /// Whether others may be coded too.
    pub open: bool,
    /// Attributions that must be coded; none given: they are not looked at.
    pub attributions: Vec<Attribution>,
    /// Phrases of parties or speakers, and the names they must be resolved to.
    pub names: Vec<(String, String)>,
}

/// `= TYPE/mode ACTORS > RECIPIENTS [status] about CONTEXTS @ place when time said SPEAKERS`
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// "ACCUSE/disapprove"
    pub kind: String,
    /// Codes, sorted.
    pub actor: Vec<String>,
    /// Codes, sorted.
    pub recipient: Vec<String>,
    /// "fact" where not written.
    pub status: String,
    /// Contexts, sorted; `None`: not looked at.
    pub contexts: Option<Vec<String>>,
    /// `None`: not looked at; "-": there must be none.
    pub place: Option<String>,
    /// As `place`.
    pub when: Option<String>,
    /// Codes, innermost first.
    pub said: Vec<String>,
}

/// `" SOURCE : cue : content`; one more `"` for each level of nesting.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// 1 where it stands in no other.
    pub depth: usize,
    /// Code of the source.
    pub source: String,
    /// The cue; empty where a quotation goes on without one.
    pub cue: String,
    /// `None`: not looked at.
    pub content: Option<String>,
}

/// All cases of a file, or what is wrong with how it is written.
pub fn cases(file: &str, markdown: &str) -> Result<Vec<Case>, Vec<String>> {
    let (mut out, mut problems) = (Vec::new(), Vec::new());
    let mut fence: Option<(bool, String)> = None;
    let mut case = Case::default();
    for (n, line) in markdown.lines().enumerate() {
        let place = format!("{file}:{}", n + 1);
        let Some((wanted, published)) = &fence else {
            fence = opening(line);
            if fence.as_ref().is_some_and(|(_, day)| day.is_empty()) {
                problems.push(format!("{place}: a specification needs a day, as in ```spec 2019-02-26"));
            }
            continue;
        };
        let closes = line.trim_end() == "```";
        if closes || line.trim().is_empty() {
            if !case.text.is_empty() {
                let done = std::mem::take(&mut case);
                if done.events.is_empty() && !done.open && !done.text.ends_with(NOTHING) {
                    problems.push(format!("{}: no events expected; write `= nothing` if that is meant", done.place));
                }
                out.push(Case { text: done.text.trim_end_matches(NOTHING).to_owned(), ..done });
            }
            if closes {
                fence = None;
            }
            continue;
        }
        if case.place.is_empty() {
            (case.place, case.wanted, case.published) = (place.clone(), *wanted, published.clone());
        }
        if let Err(hint) = case.line(line) {
            problems.push(format!("{place}: {hint}"));
        }
    }
    if problems.is_empty() { Ok(out) } else { Err(problems) }
}

/// Marks a text after which `= nothing` was written.
const NOTHING: char = '\u{0}';

/// Whether a fence opens cases, whether they are wanted, and their day.
fn opening(line: &str) -> Option<(bool, String)> {
    let rest = line.strip_prefix("```spec")?;
    let (wanted, day) = match rest.strip_prefix("-wanted") {
        Some(day) => (true, day),
        None => (false, rest),
    };
    Some((wanted, day.trim().to_owned()))
}

impl Case {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if line == "= nothing" {
            self.text.push(NOTHING);
        } else if line == "..." {
            self.open = true;
        } else if let Some(rest) = line.strip_prefix("= ") {
            self.events.push(event(rest)?);
        } else if line.starts_with("\" ") || line.starts_with("\"\"") {
            self.attributions.push(attribution(line)?);
        } else if let Some(rest) = line.strip_prefix("~ ") {
            let (phrase, name) = rest.split_once(" = ").ok_or("write `~ PHRASE = NAME`")?;
            self.names.push((phrase.to_owned(), name.to_owned()));
        } else {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(if line == "¶" { "" } else { line });
        }
        Ok(())
    }
}

fn event(line: &str) -> Result<Event, String> {
    let (line, said) = cut(line, " said ");
    let (line, when) = cut(line, " when ");
    let (line, place) = cut(line, " @ ");
    let (line, contexts) = cut(line, " about ");
    let (line, status) = match line.split_once(" [") {
        Some((before, status)) => (before, status.strip_suffix(']').ok_or("`[status` lacks its `]`")?.to_owned()),
        None => (line, "fact".to_owned()),
    };
    if !["fact", "future", "hypothetical", "negated", "historical"].contains(&status.as_str()) {
        return Err(format!("unknown status `{status}`"));
    }
    let (kind, sides) = line.split_once(' ').ok_or("write `= TYPE ACTORS > RECIPIENTS`")?;
    let (actor, recipient) = sides.split_once('>').ok_or("`>` is missing between actors and recipients")?;
    Ok(Event {
        kind: kind.to_owned(),
        actor: sorted(actor),
        recipient: sorted(recipient),
        status,
        contexts: contexts.map(sorted),
        place: place.map(str::to_owned),
        when: when.map(str::to_owned),
        said: said.map(codes).unwrap_or_default(),
    })
}

fn attribution(line: &str) -> Result<Attribution, String> {
    let rest = line.trim_start_matches('"');
    let mut parts = rest.splitn(3, " :").map(str::trim);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(source), Some(cue), content) => Ok(Attribution {
            depth: line.len() - rest.len(),
            source: source.to_owned(),
            cue: cue.to_owned(),
            content: content.map(str::to_owned),
        }),
        _ => Err("write `\" SOURCE : cue : content`".to_owned()),
    }
}

/// The line before a word, and what follows it.
fn cut<'a>(line: &'a str, word: &str) -> (&'a str, Option<&'a str>) {
    match line.rsplit_once(word) {
        Some((before, after)) => (before, Some(after)),
        None => (line, None),
    }
}

/// Codes parted by commas; `-` is none.
fn codes(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|c| !c.is_empty() && *c != "-").map(str::to_owned).collect()
}

fn sorted(list: &str) -> Vec<String> {
    let mut out = codes(list);
    out.sort();
    out
}
