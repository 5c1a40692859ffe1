//! What the blocks of a codebook say: rules, operators, cues.

use crate::condition::Condition;
use crate::entry::Entry;
use crate::example::Example;
use crate::finding::Place;
use crate::ontology::Ontology;
use crate::slot::Slot;
use crate::status::Status;

/// Words that name an act, and what act that is.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Name ("accuse/condemn").
    pub name: String,
    /// PLOVER type.
    pub kind: String,
    /// PLOVER mode; an entry may have its own.
    pub mode: Option<String>,
    /// CAMEO code, where it is not the ontology's for type and mode; an entry may have its own.
    pub cameo: Option<String>,
    /// PLOVER contexts that the words carry.
    pub contexts: Vec<String>,
    /// Status that the words carry.
    pub status: Option<Status>,
    /// The words.
    pub entries: Vec<Entry>,
    /// What must hold, all of it.
    pub when: Vec<Condition>,
    /// Sentences that it must code, or must not.
    pub examples: Vec<Example>,
    /// Where it stands.
    pub place: Place,
}

impl Rule {
    /// Mode of an act named by `entry`.
    pub fn mode_of<'a>(&'a self, entry: &'a Entry) -> Option<&'a str> {
        match &entry.mode {
            Some(own) => own.as_deref(),
            None => self.mode.as_deref(),
        }
    }

    /// CAMEO code of an act named by `entry`, in these contexts: the entry's, else the rule's, else the ontology's.
    pub fn cameo_of<'a, C: AsRef<str>>(
        &'a self,
        entry: &'a Entry,
        ontology: &'a Ontology,
        contexts: &[C],
    ) -> Option<&'a str> {
        let own = entry.cameo.as_deref();
        // A mode of the entry's own puts the rule's code out of place.
        let rules = self.cameo.as_deref().filter(|_| entry.mode.is_none());
        own.or(rules).or_else(|| ontology.cameo_for(&self.kind, self.mode_of(entry), contexts))
    }
}

/// Words that take an act and give another ("refuse to withdraw").
#[derive(Clone, Debug, PartialEq)]
pub struct Operator {
    /// Name ("refuse").
    pub name: String,
    /// The words; a frame's actor is who does it, its recipient the addressee.
    pub entries: Vec<Entry>,
    /// Where the inner act may stand, in order of preference.
    pub takes: Vec<Inner>,
    /// What comes of it.
    pub gives: Outcome,
    /// What comes of it instead, for some inner acts; the first that fits goes.
    pub over: Vec<(Vec<Over>, Outcome)>,
    /// Status: of the inner act where it is kept, else of the result. An [`Outcome`] may have its own.
    pub status: Option<Status>,
    /// Where the result's recipient comes from.
    pub recipient: Recipient,
    /// Whether the inner act is coded as well.
    pub keeps_inner: bool,
    /// What must hold, all of it.
    pub when: Vec<Condition>,
    /// Sentences that it must code, or must not.
    pub examples: Vec<Example>,
    /// Where it stands.
    pub place: Place,
}

impl Operator {
    /// What comes of an inner act of this type and mode.
    pub fn outcome(&self, ontology: &Ontology, kind: &str, mode: Option<&str>) -> &Outcome {
        let special = self.over.iter().find(|(of, _)| of.iter().any(|o| o.covers(ontology, kind, mode)));
        special.map_or(&self.gives, |(_, outcome)| outcome)
    }
}

/// Where an operator's inner act stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inner {
    /// At a slot; [`Slot::Xcomp`] means any infinitive that depends on the word, also of a noun ("refusal to withdraw").
    Slot(Slot),
    /// In a phrase with any preposition (`obl`).
    AnyPrep,
    /// In an adverbial clause (`advcl`).
    Advcl,
    /// In a clause that describes the word (`acl`), or a phrase with any preposition below a noun (`nmod`).
    Acl,
}

impl Inner {
    /// Their names in the files; `obl:of` gives the preposition.
    pub(crate) const NAMES: [&'static str; 8] = ["xcomp", "ccomp", "obj", "subj", "obl", "obl:of", "advcl", "acl"];

    pub(crate) fn read(text: &str) -> Option<Inner> {
        Some(match text {
            "xcomp" => Inner::Slot(Slot::Xcomp),
            "ccomp" => Inner::Slot(Slot::Ccomp),
            "obj" => Inner::Slot(Slot::Obj),
            "subj" => Inner::Slot(Slot::Subj),
            "iobj" => Inner::Slot(Slot::Iobj),
            "poss" => Inner::Slot(Slot::Poss),
            "adj" => Inner::Slot(Slot::Adj),
            "obl" | "nmod" => Inner::AnyPrep,
            "advcl" => Inner::Advcl,
            "acl" => Inner::Acl,
            other => {
                let p = other.strip_prefix("obl:").or_else(|| other.strip_prefix("nmod:"))?;
                Inner::Slot(Slot::Prep(p.replace('_', " ")))
            }
        })
    }
}

/// What an operator makes of an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The resulting act.
    pub act: Act,
    /// Its status, where the line gives one.
    pub status: Option<Status>,
    /// Its CAMEO code, where the line gives one.
    pub cameo: Option<String>,
}

/// The act that an operator results in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The inner act itself (`keep`).
    Keep,
    /// None (`none`).
    Nothing,
    /// Another: type and mode.
    Other(String, Option<String>),
}

/// Which inner acts an `over` line is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    /// Those of a type, and of a mode where one is given (`COERCE/arrest`).
    Type(String, Option<String>),
    /// Conflict, verbal or material.
    Hostile,
    /// Cooperation, verbal or material.
    Cooperative,
    /// Words.
    Verbal,
    /// Deeds.
    Material,
}

impl Over {
    /// The groups, by their names in the files.
    pub(crate) const GROUPS: [(&'static str, Over); 4] = [
        ("hostile", Over::Hostile),
        ("cooperative", Over::Cooperative),
        ("verbal", Over::Verbal),
        ("material", Over::Material),
    ];

    /// Whether an act of this type and mode is among them.
    pub fn covers(&self, ontology: &Ontology, kind: &str, mode: Option<&str>) -> bool {
        let quad = ontology.kind(kind).map(|k| k.quad);
        match self {
            Over::Type(k, m) => k == kind && m.as_deref().is_none_or(|m| Some(m) == mode),
            Over::Hostile => quad.is_some_and(|q| q.is_conflict()),
            Over::Cooperative => quad.is_some_and(|q| !q.is_conflict()),
            Over::Verbal => quad.is_some_and(|q| q.is_verbal()),
            Over::Material => quad.is_some_and(|q| !q.is_verbal()),
        }
    }
}

/// Where the recipient of an operator's result comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recipient {
    /// The inner act's recipient.
    #[default]
    Inner,
    /// The operator's own addressee; where there is none, whoever is to do the inner act.
    Addressee,
    /// Nobody.
    None,
}

/// Words that report what somebody says or thinks.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Name ("say/say").
    pub name: String,
    /// The words; a frame's actor is the source. An empty frame means the usual place: subject of a verb or adjective,
    /// possessor of a noun (or its `of`, `by`, `from` phrase or nationality adjective), object of a preposition.
    pub entries: Vec<Entry>,
    /// What kind of saying it is.
    pub force: Force,
    /// In what forms the content may stand.
    pub takes: Vec<Takes>,
    /// In which notion of attribution it counts.
    pub scope: Scope,
    /// What must hold, all of it.
    pub when: Vec<Condition>,
    /// Sentences that it must find, or must not.
    pub examples: Vec<Example>,
    /// Where it stands.
    pub place: Place,
}

/// How wide a notion of attribution is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Words that tell what somebody says or thinks: what records hold.
    #[default]
    Core,
    /// And attitudes, intentions and acts of speech towards a thing ("supports the bill", "plans to run"), as PolNeAR
    /// (Newell, Margolin and Ruths 2018) has it.
    Wide,
}

impl Scope {
    /// All, with their names in the files.
    pub const ALL: [(Scope, &str); 2] = [(Scope::Core, "core"), (Scope::Wide, "wide")];
}

/// Kinds of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Force {
    /// Says that something is so.
    Assertive,
    /// Asks or orders.
    Directive,
    /// Praises or blames.
    Evaluative,
    /// Promises or threatens.
    Commissive,
    /// Thinks, hopes or fears.
    Belief,
}

impl Force {
    /// All, with their names in the files.
    pub const ALL: [(Force, &str); 5] = [
        (Force::Assertive, "assertive"),
        (Force::Directive, "directive"),
        (Force::Evaluative, "evaluative"),
        (Force::Commissive, "commissive"),
        (Force::Belief, "belief"),
    ];
}

/// Forms of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Takes {
    /// A finite clause ("that it would withdraw").
    Clause,
    /// A noun phrase ("cited progress").
    Np,
    /// What follows `as` ("described it as dangerous").
    As,
    /// Words in quotation marks.
    Quote,
    /// An infinitive ("asked Iran to withdraw").
    Infinitive,
    /// An `of` phrase ("accused Iran of lying").
    Of,
    /// What is said of the cue's own subject, which is no source ("the road seems safe").
    Subject,
}

impl Takes {
    /// All, with their names in the files.
    pub const ALL: [(Takes, &str); 7] = [
        (Takes::Clause, "clause"),
        (Takes::Np, "np"),
        (Takes::As, "as"),
        (Takes::Quote, "quote"),
        (Takes::Infinitive, "infinitive"),
        (Takes::Of, "of"),
        (Takes::Subject, "subject"),
    ];
}
