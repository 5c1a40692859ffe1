//! Takes calls from Python; gives records as JSON and Arrow. Holds glue only: types and documentation for people are in
//! `python/readout`. Never keeps the interpreter's lock while it works, never prints.

mod answers;
mod arrow;
mod coder;
mod looked;
mod related;
mod scored;
mod stored;

use pyo3::prelude::*;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The compiled part of the package `readout`.
#[pymodule]
mod _readout {
    #[pymodule_export]
    use crate::arrow::schema;
    #[pymodule_export]
    use crate::coder::Coder;
    #[pymodule_export]
    use crate::looked::marked;
    #[pymodule_export]
    use crate::related::relate;
    #[pymodule_export]
    use crate::scored::evaluate;
    #[pymodule_export]
    use crate::stored::Store;
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// An error as a Python exception of this kind, with what can be done about it.
fn raised<E: std::error::Error>(error: &E) -> PyErr {
    pyo3::exceptions::PyRuntimeError::new_err(error.to_string())
}
