//! Reads the blocks `type`, `contexts`, `sectors` and `cameo` into an [`Ontology`].

use crate::block::{Block, Line, split_word};
use crate::finding::{Findings, did_you_mean};
use crate::ontology::{Cameo, Equivalent, EventType, Mode, Named, Ontology, Quad};

pub(crate) fn read(blocks: &[Block], findings: &mut Findings) -> Ontology {
    let mut ontology = Ontology::default();
    for block in blocks {
        match block.kind.as_str() {
            "type" => {
                if ontology.kind(&block.name).is_some() {
                    findings.error(&block.place, format!("type `{}` is defined twice", block.name), "remove one");
                    continue;
                }
                let kind = read_type(block, findings);
                ontology.kinds.push(kind);
            }
            "contexts" => ontology.contexts.extend(block.lines.iter().map(named)),
            "sectors" => ontology.sectors.extend(block.lines.iter().map(named)),
            _ => {}
        }
    }
    for block in blocks.iter().filter(|b| b.kind == "cameo") {
        for line in &block.lines {
            read_code(line, &mut ontology, findings);
        }
    }
    check_equivalents(&ontology, findings);
    ontology
}

/// `NAME : about`.
fn named(line: &Line) -> Named {
    let (name, about) = line.text.split_once(':').unwrap_or((&line.text, ""));
    Named { name: name.trim().to_string(), about: about.trim().to_string() }
}

fn read_type(block: &Block, findings: &mut Findings) -> EventType {
    let mut kind = EventType {
        name: block.name.clone(),
        about: String::new(),
        quad: Quad::VerbalCooperation,
        score: 0.0,
        needs_recipient: false,
        modes: Vec::new(),
        equivalents: Vec::new(),
        place: block.place.clone(),
    };
    let (mut quad, mut score) = (None, None);
    for line in &block.lines {
        let (key, rest) = line.key_and_rest();
        match key {
            "about" => kind.about = rest.to_string(),
            "quad" => match Quad::ALL.iter().find(|(_, n)| *n == rest) {
                Some((q, _)) => quad = Some(*q),
                None => findings.error(
                    &line.place,
                    format!("`{rest}` is no quad class"),
                    did_you_mean(rest, Quad::ALL.map(|(_, n)| n)),
                ),
            },
            "score" => score = number(rest, line, findings),
            "recipient" => match rest {
                "required" => kind.needs_recipient = true,
                "optional" => {}
                _ => findings.error(&line.place, format!("`recipient {rest}`"), "write `required` or `optional`"),
            },
            "cameo" => kind.equivalents.extend(equivalent(rest, line, findings)),
            "mode" => kind.modes.extend(mode(rest, line, findings)),
            _ => {
                let known = ["about", "quad", "score", "recipient", "cameo", "mode"];
                findings.error(&line.place, format!("unknown key `{key}` in a type"), did_you_mean(key, known));
            }
        }
    }
    match quad {
        Some(q) => kind.quad = q,
        None => findings.error(&block.place, format!("type `{}` has no quad class", kind.name), "add a `quad` line"),
    }
    match score {
        Some(s) => kind.score = s,
        None => findings.error(&block.place, format!("type `{}` has no score", kind.name), "add a `score` line"),
    }
    for mode in kind.modes.iter_mut().filter(|m| m.score.is_nan()) {
        mode.score = kind.score;
    }
    kind
}

fn number(text: &str, line: &Line, findings: &mut Findings) -> Option<f32> {
    let value = text.parse::<f32>().ok().filter(|v| (-10.0..=10.0).contains(v));
    if value.is_none() {
        findings.error(&line.place, format!("`{text}` is no score"), "give a number from -10 to 10");
    }
    value
}

/// `NAME SCORE : about`; a score `-` is the type's, and NaN until that is known.
fn mode(text: &str, line: &Line, findings: &mut Findings) -> Option<Mode> {
    let (left, about) = text.split_once(':').unwrap_or((text, ""));
    let (name, score) = split_word(left);
    let score = match score.trim() {
        "-" => f32::NAN,
        s => number(s, line, findings)?,
    };
    Some(Mode { name: name.to_string(), about: about.trim().to_string(), score })
}

/// `CODE [MODE] [if CONTEXT]`.
fn equivalent(text: &str, line: &Line, findings: &mut Findings) -> Option<Equivalent> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (code, mode, context) = match words.as_slice() {
        [code] => (code, None, None),
        [code, "if", context] => (code, None, Some(context)),
        [code, mode] => (code, Some(mode), None),
        [code, mode, "if", context] => (code, Some(mode), Some(context)),
        _ => {
            findings.error(&line.place, format!("`cameo {text}`"), "write `cameo CODE [MODE] [if CONTEXT]`");
            return None;
        }
    };
    let owned = |s: Option<&&str>| s.map(|s| s.to_string());
    Some(Equivalent { code: code.to_string(), mode: owned(mode), context: owned(context) })
}

/// `CODE SCORE TYPE[/MODE] [CONTEXT …] : about`, with `-` for no type.
fn read_code(line: &Line, ontology: &mut Ontology, findings: &mut Findings) {
    let (left, about) = line.text.split_once(':').unwrap_or((&line.text, ""));
    let mut words = left.split_whitespace();
    let (Some(code), Some(score), Some(kind)) = (words.next(), words.next(), words.next()) else {
        findings.error(
            &line.place,
            "a CAMEO line is too short",
            "write `CODE SCORE TYPE[/MODE] [CONTEXT …] : meaning`",
        );
        return;
    };
    let Some(goldstein) = number(score, line, findings) else { return };
    if !(2..=4).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
        findings.error(&line.place, format!("`{code}` is no CAMEO code"), "give two to four digits");
        return;
    }
    let (name, mode) = kind.split_once('/').map_or((kind, None), |(k, m)| (k, Some(m)));
    if name != "-" {
        check_kind(ontology, name, mode, line, findings);
    }
    let contexts: Vec<String> = words.map(str::to_string).collect();
    for c in contexts.iter().filter(|c| ontology.context(c).is_none()) {
        let hint = did_you_mean(c, ontology.contexts().map(|c| c.name.as_str()));
        findings.error(&line.place, format!("unknown context `{c}`"), hint);
    }
    let cameo = Cameo {
        code: code.to_string(),
        about: about.trim().to_string(),
        goldstein,
        kind: Some(name).filter(|n| *n != "-").map(str::to_string),
        mode: mode.map(str::to_string),
        contexts,
    };
    if ontology.cameo.insert(code.to_string(), cameo).is_some() {
        findings.error(&line.place, format!("CAMEO code {code} stands twice"), "remove one");
    }
}

/// Finds an unknown type, or a mode that is not the type's.
pub(crate) fn check_kind(o: &Ontology, name: &str, mode: Option<&str>, line: &Line, findings: &mut Findings) -> bool {
    let Some(kind) = o.kind(name) else {
        let hint = did_you_mean(name, o.kinds().iter().map(|k| k.name.as_str()));
        findings.error(&line.place, format!("unknown type `{name}`"), hint);
        return false;
    };
    match mode {
        Some(m) if kind.mode(m).is_none() => {
            let hint = did_you_mean(m, kind.modes.iter().map(|m| m.name.as_str()));
            findings.error(&line.place, format!("{name} has no mode `{m}`"), hint);
            false
        }
        _ => true,
    }
}

/// The `cameo` lines of types must name codes, modes and contexts that there are.
fn check_equivalents(ontology: &Ontology, findings: &mut Findings) {
    for kind in ontology.kinds() {
        for e in &kind.equivalents {
            if !ontology.cameo.is_empty() && ontology.cameo(&e.code).is_none() {
                findings.error(
                    &kind.place,
                    format!("{} names the CAMEO code {}", kind.name, e.code),
                    "there is none such",
                );
            }
            if let Some(m) = e.mode.as_deref().filter(|m| kind.mode(m).is_none()) {
                let hint = did_you_mean(m, kind.modes.iter().map(|m| m.name.as_str()));
                findings.error(&kind.place, format!("{} has no mode `{m}`", kind.name), hint);
            }
            if let Some(c) = e.context.as_deref().filter(|c| ontology.context(c).is_none()) {
                let hint = did_you_mean(c, ontology.contexts().map(|c| c.name.as_str()));
                findings.error(&kind.place, format!("unknown context `{c}`"), hint);
            }
        }
        if !kind.equivalents.iter().any(|e| e.mode.is_none() && e.context.is_none()) {
            let what = format!("{} has no CAMEO code for all its acts", kind.name);
            findings.error(&kind.place, what, "add a line `cameo CODE`");
        }
    }
}
