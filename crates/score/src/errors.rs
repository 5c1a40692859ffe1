//! What was coded otherwise than by hand, in classes.

use std::collections::{BTreeMap, BTreeSet};

use readout_record::formats::{Annotated, Mark, MarkedAttribution, MarkedEvent};
use serde::Serialize;

use super::align::{self, codes, countries, innermost, tokens};
use super::causes::{self, Causes};

/// Share of the longer content that both must have for a pair's content to count as right.
const CONTENT_AGREES: f64 = 0.8;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Wrong {
    /// Document.
    pub id: String,
    /// Sentence, from 0.
    pub sent: usize,
    /// The sentence's text.
    pub text: String,
    /// As annotated by hand; `None` where the gold has nothing.
    pub gold: Option<String>,
    /// As coded; `None` where nothing was.
    pub coded: Option<String>,
}

/// All errors of one class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Class {
    /// What is wrong.
    pub class: String,
    /// Each case, in the order of the gold.
    pub cases: Vec<Wrong>,
}

/// The errors in classes, largest first; those of one size by name. `causes` tells missed acts apart, as far as known.
pub fn list<'a>(pairs: impl IntoIterator<Item = (&'a Annotated, &'a Annotated)>, causes: &Causes) -> Vec<Class> {
    let mut found = Found::default();
    for (gold, coded) in pairs {
        found.events(gold, coded, causes);
        found.attributions(gold, coded);
    }
    let mut classes: Vec<Class> = found.0.into_iter().map(|(class, cases)| Class { class, cases }).collect();
    classes.sort_by(|a, b| b.cases.len().cmp(&a.cases.len()).then_with(|| a.class.cmp(&b.class)));
    classes
}

#[derive(Default)]
struct Found(BTreeMap<String, Vec<Wrong>>);

impl Found {
    fn put(&mut self, class: &str, gold: &Annotated, sent: usize, annotated: Option<String>, coded: Option<String>) {
        let text = gold.sentences.get(sent).cloned().unwrap_or_default();
        let wrong = Wrong { id: gold.id.clone(), sent, text, gold: annotated, coded };
        self.0.entry(class.to_owned()).or_default().push(wrong);
    }

    fn events(&mut self, gold: &Annotated, coded: &Annotated, causes: &Causes) {
        let pairs = align::events(&gold.events, &coded.events);
        for pair in &pairs {
            let (Some(g), Some(c)) = (gold.events.get(pair.gold), coded.events.get(pair.coded)) else { continue };
            for class in differences(g, c) {
                self.put(&class, gold, g.sent, Some(event(g)), Some(event(c)));
            }
        }
        let mut left: BTreeSet<usize> = (0..coded.events.len()).collect();
        left.retain(|j| pairs.iter().all(|p| p.coded != *j));
        let paired: BTreeSet<usize> = pairs.iter().map(|p| p.gold).collect();
        for (_, g) in gold.events.iter().enumerate().filter(|(i, _)| !paired.contains(i)) {
            let same =
                |j: &&usize| coded.events.get(**j).is_some_and(|c| c.sent == g.sent && share(&c.trigger, &g.trigger));
            let other = left.iter().find(same).copied();
            match other.and_then(|j| Some((j, coded.events.get(j)?))) {
                Some((j, c)) => {
                    left.remove(&j);
                    let class = format!("event: other type ({} coded as {})", g.kind, c.kind);
                    self.put(&class, gold, g.sent, Some(event(g)), Some(event(c)));
                }
                None => {
                    let cause = causes.of(&gold.id, g.sent, &g.trigger).map(|c| format!(" ({})", c.name()));
                    let class = format!("event: missed{}", cause.unwrap_or_default());
                    self.put(&class, gold, g.sent, Some(event(g)), None);
                }
            }
        }
        for c in left.iter().filter_map(|j| coded.events.get(*j)) {
            self.put("event: false", gold, c.sent, None, Some(event(c)));
        }
    }

    fn attributions(&mut self, gold: &Annotated, coded: &Annotated) {
        let pairs = align::attributions(&gold.attributions, &coded.attributions);
        for pair in &pairs {
            let (Some(g), Some(c)) = (gold.attributions.get(pair.gold), coded.attributions.get(pair.coded)) else {
                continue;
            };
            let longer = tokens(&g.content).len().max(tokens(&c.content).len());
            let content = pair.how.tokens as f64 >= CONTENT_AGREES * longer as f64;
            for (right, class) in [(pair.how.source, "source"), (pair.how.cue, "cue"), (content, "content")] {
                if !right {
                    self.put(
                        &format!("attribution: {class}"),
                        gold,
                        g.sent,
                        Some(attribution(g)),
                        Some(attribution(c)),
                    );
                }
            }
        }
        let (golds, codeds): (BTreeSet<_>, BTreeSet<_>) = pairs.iter().map(|p| (p.gold, p.coded)).unzip();
        for (_, g) in gold.attributions.iter().enumerate().filter(|(i, _)| !golds.contains(i)) {
            self.put("attribution: missed", gold, g.sent, Some(attribution(g)), None);
        }
        for (_, c) in coded.attributions.iter().enumerate().filter(|(j, _)| !codeds.contains(j)) {
            self.put("attribution: false", gold, c.sent, None, Some(attribution(c)));
        }
    }
}

/// In what two events of one sentence and type differ.
fn differences(g: &MarkedEvent, c: &MarkedEvent) -> Vec<String> {
    let mut out = Vec::new();
    for (gold, coded, who) in [(&g.actor, &c.actor, "actor"), (&g.recipient, &c.recipient, "recipient")] {
        if countries(gold) != countries(coded) {
            out.push(format!("event: {who} ({})", causes::side(gold, coded)));
        } else if codes(gold) != codes(coded) {
            out.push(format!("event: sector of {who}"));
        }
    }
    if g.status != c.status {
        out.push("event: status".to_owned());
    }
    if innermost(g) != innermost(c) {
        out.push("event: speaker".to_owned());
    }
    out
}

fn share(a: &str, b: &str) -> bool {
    let a = tokens(a);
    tokens(b).iter().any(|t| a.contains(t))
}

/// "“condemned” IRNGOV —ACCUSE/disapprove→ USAMIL, fact, by IRNGOV < IRNA [accuse/condemn]".
fn event(e: &MarkedEvent) -> String {
    let side =
        |s: &[Mark]| if s.is_empty() { "-".to_owned() } else { s.iter().map(code).collect::<Vec<_>>().join(",") };
    let mode = e.mode.as_ref().map_or_else(String::new, |m| format!("/{m}"));
    let status = e.status.as_deref().unwrap_or("-");
    let by = if e.said_by.is_empty() {
        String::new()
    } else {
        format!(", by {}", e.said_by.iter().map(code).collect::<Vec<_>>().join(" < "))
    };
    let rule = e.rule.as_ref().filter(|r| !r.is_empty()).map_or_else(String::new, |r| format!(" [{r}]"));
    format!("“{}” {} —{}{mode}→ {}, {status}{by}{rule}", e.trigger, side(&e.actor), e.kind, side(&e.recipient))
}

/// "IRNGOV (Iran) said: its forces had …".
fn attribution(a: &MarkedAttribution) -> String {
    let text = a.source.text.as_ref().map_or_else(String::new, |t| format!(" ({t})"));
    let cue = if a.cue.is_empty() { String::new() } else { format!(" {}", a.cue) };
    format!("{}{text}{cue}: {}", code(&a.source), a.content)
}

fn code(m: &Mark) -> String {
    m.code.clone().filter(|c| !c.is_empty()).unwrap_or_else(|| "---".to_owned())
}
