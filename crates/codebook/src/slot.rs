//! Slots of a word's frame: where its arguments stand in the sentence.

use std::fmt;

/// Where an argument stands, by meaning rather than by form: in a passive, the subject of the verb is an [`Slot::Obj`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Who does it: the subject; in a passive the by-phrase; of a participle the noun it describes, as fits its voice.
    Subj,
    /// The object; in a passive the subject.
    Obj,
    /// The indirect object ("gave *Iran* aid").
    Iobj,
    /// The possessor of a noun ("*Iran's* attack", "*its* attack").
    Poss,
    /// A nationality adjective or compound before a noun ("*Iranian* attack").
    Adj,
    /// An infinitive or other clause whose subject is another word ("agreed *to withdraw*").
    Xcomp,
    /// A clause with its own subject ("agreed *that it would withdraw*").
    Ccomp,
    /// Whoever speaks the clause: its innermost speaker ("Oman said the raid was *shameful*").
    Speaker,
    /// A phrase with this preposition ("against", "on behalf of").
    Prep(String),
}

impl Slot {
    /// Reads one slot; any word that names no other slot is taken for a preposition.
    pub fn read(text: &str) -> Slot {
        match text {
            "subj" => Slot::Subj,
            "obj" => Slot::Obj,
            "iobj" => Slot::Iobj,
            "poss" => Slot::Poss,
            "adj" => Slot::Adj,
            "xcomp" => Slot::Xcomp,
            "ccomp" => Slot::Ccomp,
            "speaker" => Slot::Speaker,
            p => Slot::Prep(p.split_whitespace().collect::<Vec<_>>().join(" ")),
        }
    }

    /// The slots that are no prepositions, by their names in the files.
    pub const NAMES: [&str; 8] = ["subj", "obj", "iobj", "poss", "adj", "xcomp", "ccomp", "speaker"];
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Slot::Subj => "subj",
            Slot::Obj => "obj",
            Slot::Iobj => "iobj",
            Slot::Poss => "poss",
            Slot::Adj => "adj",
            Slot::Xcomp => "xcomp",
            Slot::Ccomp => "ccomp",
            Slot::Speaker => "speaker",
            Slot::Prep(p) => p,
        })
    }
}

/// Which slots hold which side; each list in order of preference.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Frame {
    /// Who acts. For an operator, who asks, refuses or plans; for a cue, the source.
    pub actor: Vec<Slot>,
    /// The other parties of a reciprocal act (`subj & with`), who are actors too; both lists may fill at once.
    pub partner: Vec<Slot>,
    /// Whom it reaches. For an operator, the addressee.
    pub recipient: Vec<Slot>,
    /// Whether everybody is an actor ("met", "clashed"); then a plural actor alone suffices.
    pub reciprocal: bool,
}

impl Frame {
    /// All slots named, in the order of the file.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.actor.iter().chain(&self.partner).chain(&self.recipient)
    }

    /// Reads `ACTOR[|…] [& PARTNER[|…]] [> RECIPIENT[|…]]`; `Err` says what is wrong.
    pub fn read(text: &str) -> Result<Frame, String> {
        let (actors, recipient) = text.split_once('>').unwrap_or((text, ""));
        if recipient.contains(['>', '&']) {
            return Err(format!("`{}` has more than one `>`, or an `&` after it", text.trim()));
        }
        let (actor, partner) = actors.split_once('&').unwrap_or((actors, ""));
        Ok(Frame {
            actor: slots(actor),
            partner: slots(partner),
            recipient: slots(recipient),
            reciprocal: actors.contains('&'),
        })
    }
}

/// Slots parted by `|`.
pub(crate) fn slots(text: &str) -> Vec<Slot> {
    text.split('|').map(str::trim).filter(|s| !s.is_empty() && *s != "-").map(Slot::read).collect()
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |s: &[Slot]| s.iter().map(Slot::to_string).collect::<Vec<_>>().join("|");
        f.write_str(&join(&self.actor))?;
        if self.reciprocal {
            write!(f, " & {}", join(&self.partner))?;
        }
        if !self.recipient.is_empty() || self.reciprocal {
            write!(f, " > {}", join(&self.recipient))?;
        }
        Ok(())
    }
}
