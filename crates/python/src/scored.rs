//! Scores against hand annotation.

use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use readout_score::{Gold, scores};

/// The scores of what is in `coded` (or of what is coded from the gold's own texts) as `readout eval --format json` gives
/// them.
#[pyfunction]
#[pyo3(signature = (gold, coded))]
pub(crate) fn evaluate(py: Python<'_>, gold: Vec<PathBuf>, coded: Option<PathBuf>) -> PyResult<String> {
    py.detach(|| {
        let wrong = |error: readout_score::ScoreError| PyValueError::new_err(error.to_string());
        let gold = Gold::read(&gold).map_err(wrong)?;
        let scores = scores(&gold, coded.as_deref()).map_err(wrong)?;
        serde_json::to_string(&scores).map_err(|e| PyValueError::new_err(e.to_string()))
    })
}
