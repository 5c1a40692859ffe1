//! Reads the blocks `class`, `rule`, `operator` and `cue`.

use std::collections::{BTreeMap, BTreeSet};

use crate::block::{Block, Line};
use crate::condition::Condition;
use crate::entry::{Entry, Pos, read_entries};
use crate::example::{Example, Expect, read_attribution, read_events};
use crate::finding::{Findings, did_you_mean};
use crate::ontology::Ontology;
use crate::read_ontology::check_kind;
use crate::rule::{Act, Cue, Force, Inner, Operator, Outcome, Over, Recipient, Rule, Scope, Takes};
use crate::slot::{Frame, Slot};
use crate::status::Status;

/// Word lists by name.
pub(crate) type Classes = BTreeMap<String, BTreeSet<String>>;

/// Reads the `class` blocks; blocks of one name add up.
pub(crate) fn classes(blocks: &[Block], findings: &mut Findings) -> Classes {
    let mut classes = Classes::new();
    for block in blocks.iter().filter(|b| b.kind == "class") {
        let words = block.lines.iter().flat_map(|l| l.text.split(','));
        let words = words.map(|w| w.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|w| !w.is_empty());
        let class = classes.entry(block.name.clone()).or_default();
        let before = class.len();
        class.extend(words);
        if block.name.is_empty() || block.name.contains(char::is_whitespace) {
            findings.error(&block.place, format!("`{}` is no name of a class", block.name), "give one word");
        } else if class.len() == before {
            findings.error(&block.place, format!("class `{}` has no words", block.name), "add some or remove it");
        }
    }
    classes
}

/// What the lines of rules, operators and cues are read against.
pub(crate) struct Reader<'a> {
    pub ontology: &'a Ontology,
    pub classes: &'a Classes,
    pub findings: &'a mut Findings,
}

/// The parts that rules, operators and cues share.
#[derive(Default)]
struct Common {
    entries: Vec<Entry>,
    when: Vec<Condition>,
    examples: Vec<Example>,
    status: Option<Status>,
}

const SHARED: [&str; 9] = ["verb", "noun", "adj", "adv", "prep", "when", "status", "codes", "ignores"];
const RULE: [&str; 3] = ["type", "cameo", "context"];
const OPERATOR: [&str; 5] = ["takes", "gives", "over", "recipient", "inner"];
const CUE: [&str; 3] = ["force", "takes", "scope"];

impl Reader<'_> {
    pub fn rule(&mut self, block: &Block) -> Rule {
        let mut rule = Rule {
            name: block.name.clone(),
            kind: String::new(),
            mode: None,
            cameo: None,
            contexts: Vec::new(),
            status: None,
            entries: Vec::new(),
            when: Vec::new(),
            examples: Vec::new(),
            place: block.place.clone(),
        };
        let mut common = Common::default();
        for line in &block.lines {
            let (key, rest) = line.key_and_rest();
            match key {
                "type" => (rule.kind, rule.mode) = self.kind_and_mode(rest, line).unwrap_or_default(),
                "cameo" => rule.cameo = self.cameo(rest, line),
                "context" => rule.contexts.extend(self.contexts(rest, line)),
                _ => self.shared(line, &mut common, &RULE, false),
            }
        }
        if !block.lines.iter().any(|l| l.key_and_rest().0 == "type") {
            self.findings.error(
                &block.place,
                format!("rule `{}` has no type", block.name),
                "add a line `type TYPE [MODE]`",
            );
        }
        (rule.entries, rule.when, rule.examples, rule.status) =
            (common.entries, common.when, common.examples, common.status);
        self.check_entry_codes(&rule);
        rule
    }

    pub fn operator(&mut self, block: &Block) -> Operator {
        let mut operator = Operator {
            name: block.name.clone(),
            entries: Vec::new(),
            takes: Vec::new(),
            gives: Outcome { act: Act::Nothing, status: None, cameo: None },
            over: Vec::new(),
            status: None,
            recipient: Recipient::Inner,
            keeps_inner: false,
            when: Vec::new(),
            examples: Vec::new(),
            place: block.place.clone(),
        };
        let mut common = Common::default();
        let mut gives = None;
        for line in &block.lines {
            let (key, rest) = line.key_and_rest();
            match key {
                "takes" => operator.takes.extend(self.named_list(rest, line, "place", &Inner::NAMES, Inner::read)),
                "gives" => gives = self.outcome(rest, line),
                "over" => operator.over.extend(self.over(rest, line)),
                "recipient" => match rest {
                    "inner" => operator.recipient = Recipient::Inner,
                    "addressee" => operator.recipient = Recipient::Addressee,
                    "none" => operator.recipient = Recipient::None,
                    _ => self.unknown(line, "source of the recipient", rest, &["inner", "addressee", "none"]),
                },
                "inner" => match rest {
                    "drop" => operator.keeps_inner = false,
                    "keep" => operator.keeps_inner = true,
                    _ => self.unknown(line, "fate of the inner act", rest, &["drop", "keep"]),
                },
                _ => self.shared(line, &mut common, &OPERATOR, false),
            }
        }
        let missing = |what: &str| format!("operator `{}` has no `{what}` line", block.name);
        let lacks = |what: &str| !block.lines.iter().any(|l| l.key_and_rest().0 == what);
        if lacks("takes") {
            self.findings.error(&block.place, missing("takes"), "say where the inner act stands, as `takes xcomp|obj`");
        }
        match gives {
            Some(g) => operator.gives = g,
            None if !lacks("gives") => {}
            None => self.findings.error(
                &block.place,
                missing("gives"),
                "say what comes of it, as `gives REJECT` or `gives keep`",
            ),
        }
        (operator.entries, operator.when, operator.examples, operator.status) =
            (common.entries, common.when, common.examples, common.status);
        self.no_own_codes(&operator.entries);
        operator
    }

    pub fn cue(&mut self, block: &Block) -> Cue {
        let mut common = Common::default();
        let (mut force, mut takes, mut scope) = (None, Vec::new(), Scope::Core);
        for line in &block.lines {
            let (key, rest) = line.key_and_rest();
            match key {
                "force" => {
                    force = Force::ALL.iter().find(|(_, n)| *n == rest).map(|(f, _)| *f);
                    if force.is_none() {
                        self.unknown(line, "force", rest, &Force::ALL.map(|(_, n)| n));
                    }
                }
                "takes" => {
                    let find = |w: &str| Takes::ALL.iter().find(|(_, n)| *n == w).map(|(t, _)| *t);
                    takes.extend(self.named_list(rest, line, "form of content", &Takes::ALL.map(|(_, n)| n), find));
                }
                "scope" => match Scope::ALL.iter().find(|(_, n)| *n == rest) {
                    Some((s, _)) => scope = *s,
                    None => self.unknown(line, "scope", rest, &Scope::ALL.map(|(_, n)| n)),
                },
                _ => self.shared(line, &mut common, &CUE, true),
            }
        }
        for (what, lacks) in [("force", force.is_none()), ("takes", takes.is_empty())] {
            if lacks && !block.lines.iter().any(|l| l.key_and_rest().0 == what) {
                let all = if what == "force" {
                    Force::ALL.map(|(_, n)| n).join(", ")
                } else {
                    Takes::ALL.map(|(_, n)| n).join(", ")
                };
                let message = format!("cue `{}` has no `{what}` line", block.name);
                self.findings.error(&block.place, message, format!("it can be {all}"));
            }
        }
        self.no_own_codes(&common.entries);
        Cue {
            name: block.name.clone(),
            entries: common.entries,
            force: force.unwrap_or(Force::Assertive),
            takes,
            scope,
            when: common.when,
            examples: common.examples,
            place: block.place.clone(),
        }
    }

    /// Entries, conditions, examples and status.
    fn shared(&mut self, line: &Line, common: &mut Common, own: &[&str], is_cue: bool) {
        let (key, rest) = line.key_and_rest();
        match key {
            "when" => match Condition::read(rest) {
                Ok(c) => {
                    self.check_condition(&c, line);
                    common.when.push(c);
                }
                Err(e) => self.findings.error(&line.place, e, "write `when SLOT is CLASS` or `when SLOT not CLASS`"),
            },
            "status" => match Status::from_name(rest) {
                Some(s) => common.status = Some(s),
                None => self.unknown(line, "status", rest, &Status::ALL.map(|(_, n)| n)),
            },
            "codes" | "ignores" => common.examples.extend(self.example(key, rest, line, is_cue)),
            _ => match Pos::from_name(key) {
                Some(pos) => common.entries.extend(self.entries(pos, rest, line)),
                None => {
                    let known: Vec<&str> = SHARED.iter().chain(own).copied().collect();
                    let hint = did_you_mean(key, known);
                    self.findings.error(&line.place, format!("unknown key `{key}`"), hint);
                }
            },
        }
    }

    fn entries(&mut self, pos: Pos, rest: &str, line: &Line) -> Vec<Entry> {
        let Some((frame, words)) = rest.split_once(':') else {
            let hint = format!("write `{} FRAME : word, word`", pos.name());
            self.findings.error(&line.place, "no `:` between frame and words", hint);
            return Vec::new();
        };
        let frame = match Frame::read(frame) {
            Ok(f) => f,
            Err(e) => {
                self.findings.error(&line.place, e, "write `ACTOR > RECIPIENT` or `ACTOR & PARTNER > RECIPIENT`");
                return Vec::new();
            }
        };
        for slot in frame.slots() {
            self.check_slot(slot, line);
        }
        let none = BTreeSet::new();
        let prepositions = self.classes.get("preposition").unwrap_or(&none);
        let entries = read_entries(pos, &frame, words, &line.place, prepositions);
        if entries.is_empty() {
            self.findings.error(
                &line.place,
                format!("no words after `{} {frame} :`", pos.name()),
                "add some or remove the line",
            );
        }
        entries
    }

    fn example(&mut self, key: &str, rest: &str, line: &Line, is_cue: bool) -> Option<Example> {
        let read = if key == "ignores" {
            Ok((rest.to_string(), Expect::Nothing))
        } else if is_cue {
            read_attribution(rest).map(|(s, a)| (s, Expect::Attribution(a)))
        } else {
            read_events(rest, self.ontology).map(|(s, e)| (s, Expect::Events(e)))
        };
        match read {
            Ok((text, _)) if text.is_empty() => {
                self.findings.error(&line.place, format!("`{key}` without a sentence"), "add one or remove the line");
                None
            }
            Ok((text, expect)) => {
                for e in if let Expect::Events(events) = &expect { events.as_slice() } else { &[] } {
                    if let (Some(kind), mode) = (&e.kind, e.mode.as_deref()) {
                        check_kind(self.ontology, kind, mode, line, self.findings);
                    }
                }
                Some(Example { text, expect, place: line.place.clone() })
            }
            Err(e) => {
                let hint = match is_cue {
                    true => "write `codes SENTENCE = SOURCE : CUE : CONTENT`",
                    false => {
                        "write `codes SENTENCE = ACTOR[,ACTOR] > RECIPIENT[,RECIPIENT] [STATUS]`, as IRNGOV > USAMIL"
                    }
                };
                self.findings.error(&line.place, e, hint);
                None
            }
        }
    }

    /// `TYPE [MODE]` or `TYPE/MODE`.
    fn kind_and_mode(&mut self, text: &str, line: &Line) -> Option<(String, Option<String>)> {
        let words: Vec<&str> = text.split(['/', ' ']).filter(|w| !w.is_empty()).collect();
        let (kind, mode) = match words.as_slice() {
            [kind] => (kind, None),
            [kind, mode] => (kind, Some(*mode)),
            _ => {
                self.findings.error(&line.place, format!("`{text}` is no type and mode"), "write `TYPE [MODE]`");
                return None;
            }
        };
        check_kind(self.ontology, kind, mode, line, self.findings);
        Some((kind.to_string(), mode.map(str::to_string)))
    }

    /// `keep|none|TYPE[/MODE| MODE] [@CAMEO] [STATUS]`.
    fn outcome(&mut self, text: &str, line: &Line) -> Option<Outcome> {
        let (mut status, mut cameo, mut words) = (None, None, Vec::new());
        for word in text.split_whitespace() {
            if let Some(code) = word.strip_prefix('@') {
                cameo = self.cameo(code, line);
            } else if let Some(s) = Status::from_name(word) {
                status = Some(s);
            } else {
                words.push(word);
            }
        }
        let act = match words.as_slice() {
            ["keep"] => Act::Keep,
            ["none"] => Act::Nothing,
            _ => {
                let (kind, mode) = self.kind_and_mode(&words.join(" "), line)?;
                Act::Other(kind, mode)
            }
        };
        Some(Outcome { act, status, cameo })
    }

    /// `TYPE[/MODE]|GROUP|… = OUTCOME`.
    fn over(&mut self, text: &str, line: &Line) -> Option<(Vec<Over>, Outcome)> {
        let Some((left, right)) = text.split_once('=') else {
            self.findings.error(&line.place, "no `=` in an `over` line", "write `over TYPE|TYPE = TYPE [MODE]`");
            return None;
        };
        let mut of = Vec::new();
        for word in left.split('|').map(str::trim).filter(|w| !w.is_empty()) {
            match Over::GROUPS.iter().find(|(n, _)| *n == word) {
                Some((_, group)) => of.push(group.clone()),
                None if word.chars().any(char::is_uppercase) => {
                    of.extend(self.kind_and_mode(word, line).map(|(k, m)| Over::Type(k, m)));
                }
                None => self.unknown(line, "type or group of acts", word, &Over::GROUPS.map(|(n, _)| n)),
            }
        }
        Some((of, self.outcome(right, line)?))
    }

    fn cameo(&mut self, code: &str, line: &Line) -> Option<String> {
        if self.ontology.cameo(code).is_none() {
            self.findings.error(&line.place, format!("`{code}` is no CAMEO code"), "codebook/cameo.txt has them all");
            return None;
        }
        Some(code.to_string())
    }

    fn contexts(&mut self, text: &str, line: &Line) -> Vec<String> {
        let words: Vec<&str> = text.split(['|', ',', ' ']).filter(|w| !w.is_empty()).collect();
        for c in words.iter().filter(|c| self.ontology.context(c).is_none()) {
            let hint = did_you_mean(c, self.ontology.contexts().map(|c| c.name.as_str()));
            self.findings.error(&line.place, format!("unknown context `{c}`"), hint);
        }
        words.into_iter().filter(|c| self.ontology.context(c).is_some()).map(str::to_string).collect()
    }

    /// Names parted by `|`, commas or spaces.
    fn named_list<T>(
        &mut self,
        text: &str,
        line: &Line,
        what: &str,
        known: &[&str],
        find: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for word in text.split(['|', ',', ' ']).filter(|w| !w.is_empty()) {
            match find(word) {
                Some(t) => found.push(t),
                None => self.unknown(line, what, word, known),
            }
        }
        found
    }

    fn unknown(&mut self, line: &Line, what: &str, word: &str, known: &[&str]) {
        let hint = did_you_mean(word, known.iter().copied());
        self.findings.error(&line.place, format!("`{word}` is no {what}"), hint);
    }

    fn check_slot(&mut self, slot: &Slot, line: &Line) {
        let Slot::Prep(p) = slot else { return };
        let Some(prepositions) = self.classes.get("preposition") else { return };
        if !prepositions.contains(p) {
            let near = did_you_mean(p, Slot::NAMES.into_iter().chain(prepositions.iter().map(String::as_str)));
            let hint = match near.starts_with("did") {
                true => near,
                false => format!("it can be a preposition of codebook/grammar.txt or {}", Slot::NAMES.join(", ")),
            };
            self.findings.error(&line.place, format!("unknown slot `{p}`"), hint);
        }
    }

    fn check_condition(&mut self, condition: &Condition, line: &Line) {
        for slot in &condition.slots {
            self.check_slot(slot, line);
        }
        for class in &condition.classes {
            if class.builtin.is_none() && !self.classes.contains_key(&class.name) {
                let builtins = crate::condition::Builtin::ALL.map(|(_, n)| n);
                let near = did_you_mean(&class.name, self.classes.keys().map(String::as_str).chain(builtins));
                let hint = match near.starts_with("did") {
                    true => near,
                    false => format!("add codebook/classes/{}.txt", class.name),
                };
                self.findings.error(&line.place, format!("unknown class `{}`", class.name), hint);
            }
        }
    }

    fn check_entry_codes(&mut self, rule: &Rule) {
        for e in &rule.entries {
            let line = Line { place: e.place.clone(), text: String::new() };
            if let (Some(Some(mode)), Some(_)) = (&e.mode, self.ontology.kind(&rule.kind)) {
                check_kind(self.ontology, &rule.kind, Some(mode), &line, self.findings);
            }
            if let Some(code) = &e.cameo {
                self.cameo(code, &line);
            }
        }
    }

    fn no_own_codes(&mut self, entries: &[Entry]) {
        for e in entries.iter().filter(|e| e.mode.is_some() || e.cameo.is_some()) {
            let what = format!("`{}` carries a mode or code", e.text());
            self.findings.error(&e.place, what, "only entries of rules may; remove it");
        }
    }
}
