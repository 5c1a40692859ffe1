//! Scores coded documents against hand annotation: the measures, the errors behind them, and how both are shown.

pub(crate) mod align;
pub(crate) mod calibrate;
pub(crate) mod causes;
pub(crate) mod errors;
pub(crate) mod measures;
pub(crate) mod pairs;
pub(crate) mod relations;
pub(crate) mod reliability;
pub(crate) mod report;
