//! What is exported, and what came of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use readout_record::{Event, Status};

use crate::{PanelOptions, When};

/// What one row, or one count of a panel, stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    /// An act, told once or often: mentions linked by `same_as`, and near duplicates, are one.
    #[default]
    Acts,
    /// Each mention by itself.
    Mentions,
}

/// What to export.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Statuses that count; none for all.
    pub statuses: Vec<Status>,
    /// First day of acts.
    pub from: Option<Date>,
    /// Last day of acts.
    pub to: Option<Date>,
    /// Least confidence, 0 to 1.
    pub confidence: f32,
    /// What is counted. Flat tables have a row an event whatever is chosen here.
    pub counted: Counted,
    /// Keep one row of a day, actor, recipient and CAMEO code, as the filter of the KEDS and Phoenix data does.
    pub one_a_day: bool,
    /// How panels are made.
    pub panel: PanelOptions,
}

impl Options {
    /// Whether an event counts, which was at that time.
    pub(crate) fn takes(&self, event: &Event, when: Option<When>) -> bool {
        (self.statuses.is_empty() || self.statuses.contains(&event.status))
            && event.confidence >= self.confidence
            && self.from.is_none_or(|from| when.is_some_and(|w| w.day >= from))
            && self.to.is_none_or(|to| when.is_some_and(|w| w.day <= to))
    }
}

/// What came of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows written, the header not counted.
    pub rows: u64,
    /// Documents read.
    pub documents: u64,
    /// What the rows count: events, attributions, or of a panel the sum of its `events`.
    pub counted: u64,
    /// What was left out that was asked for, by reason.
    pub left_out: BTreeMap<&'static str, u64>,
}

impl Summary {
    pub(crate) fn leave_out(&mut self, why: &'static str) {
        *self.left_out.entry(why).or_default() += 1;
    }
}

/// No day is known.
pub(crate) const UNDATED: &str = "without a day";
