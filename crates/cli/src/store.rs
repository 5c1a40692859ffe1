//! What commands on stores share.

use readout_store::StoreError;

/// An error of a store, followed by what to do about it.
pub(crate) fn told(error: StoreError) -> anyhow::Error {
    anyhow::anyhow!("{error}; {}", error.hint())
}
