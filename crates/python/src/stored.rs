//! Questions to a store, answered as Arrow.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3_arrow::PyTable;
use readout_store::{Field, Filter, SqlLimits, StoreError, Who};
use serde::Deserialize;

use crate::arrow::table;

/// A store that is only read.
#[pyclass(frozen, module = "readout._readout")]
pub(crate) struct Store {
    /// SQLite's connections are for one thread at a time.
    store: Mutex<readout_store::Store>,
    path: PathBuf,
}

/// A filter as Python gives it: JSON with the names that `readout query` has.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    actor: Vec<String>,
    recipient: Vec<String>,
    party: Vec<String>,
    speaker: Vec<String>,
    unattributed: bool,
    place: Vec<String>,
    r#type: Vec<String>,
    quad: Vec<u8>,
    status: Vec<String>,
    publisher: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    text: Option<String>,
    confidence: Option<f32>,
    acts: bool,
}

#[pymethods]
impl Store {
    #[new]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Store> {
        let store = py.detach(|| readout_store::Store::open(&path)).map_err(|error| told(&error))?;
        Ok(Store { store: Mutex::new(store), path })
    }

    /// Events that a filter means, a row each, and whether there are more.
    fn events(&self, py: Python<'_>, filter: &str, limit: usize) -> PyResult<(PyTable, bool)> {
        let filter = self.filter(filter)?;
        let grid = py.detach(|| self.held().events(&filter, limit)).map_err(|error| told(&error))?;
        table(&grid)
    }

    /// How many events a filter means, by the values of fields, and whether there are more rows.
    fn counts(&self, py: Python<'_>, filter: &str, by: Vec<String>, limit: usize) -> PyResult<(PyTable, bool)> {
        let filter = self.filter(filter)?;
        let fields = by.iter().map(|name| field(name)).collect::<PyResult<Vec<_>>>()?;
        let grid = py.detach(|| self.held().counts(&filter, &fields, limit)).map_err(|error| told(&error))?;
        table(&grid)
    }

    /// The rows of one statement that reads, and whether there are more.
    fn sql(&self, py: Python<'_>, statement: &str, limit: usize, seconds: f64) -> PyResult<(PyTable, bool)> {
        let time = Duration::try_from_secs_f64(seconds).map_err(|e| PyValueError::new_err(e.to_string()))?;
        let limits = SqlLimits { time, rows: limit, ..SqlLimits::default() };
        let grid = py.detach(|| readout_store::Store::query(&self.path, statement, limits));
        table(&grid.map_err(|error| told(&error))?)
    }
}

impl Store {
    fn held(&self) -> std::sync::MutexGuard<'_, readout_store::Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn filter(&self, asked: &str) -> PyResult<Filter> {
        let asked: Asked = serde_json::from_str(asked).map_err(|e| PyValueError::new_err(e.to_string()))?;
        let who = |names: Vec<String>| names.into_iter().map(Who::new).collect();
        let day = |text: Option<String>| {
            let parsed = text.map(|text| text.parse().map_err(|_| format!("{text:?} is no day; write 2024-05-31")));
            parsed.transpose().map_err(PyValueError::new_err)
        };
        Ok(Filter {
            actor: who(asked.actor),
            recipient: who(asked.recipient),
            party: who(asked.party),
            speaker: who(asked.speaker),
            unattributed: asked.unattributed,
            place: who(asked.place),
            kind: asked.r#type,
            quad: asked.quad,
            status: asked.status,
            publisher: asked.publisher,
            from: day(asked.from)?,
            to: day(asked.to)?,
            text: asked.text,
            confidence: asked.confidence,
            acts: asked.acts,
        })
    }
}

/// The field with this name.
fn field(name: &str) -> PyResult<Field> {
    let found = Field::ALL.iter().find(|(_, known)| *known == name).map(|(field, _)| *field);
    found.ok_or_else(|| {
        let names: Vec<&str> = Field::ALL.iter().map(|(_, name)| *name).collect();
        PyValueError::new_err(format!("{name:?} is nothing to count by; choose of {}", names.join(", ")))
    })
}

fn told(error: &StoreError) -> PyErr {
    PyRuntimeError::new_err(format!("{error}; {}", error.hint()))
}
