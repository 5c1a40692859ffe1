//! Takes documents of a stream (NATS JetStream); gives their records to another stream, to a store, or to both, each once.
//! Never acknowledges a document before its outcome is durable, never reads files, never prints.
//!
//! [`run`] joins three kinds of hands. One thread speaks with the server (`serve`, over what `server` opened): it pulls
//! messages, tells the server that they are still in work, and settles what is done (`settle`): published under an
//! identifier that the document decides, committed, then acknowledged. Others take what has come from a [`queue`] and code it
//! (`code`). One more writes the store (`keep`). Whoever calls is the [`Host`]: hears what happens, and can try a document
//! that may end the process in another one.

mod code;
mod error;
mod host;
mod keep;
mod queue;
mod run;
mod serve;
mod server;
mod settings;
mod settle;

pub use error::StreamError;
pub use host::{Host, Summary, Told};
pub use run::run;
pub use settings::{Each, Options, Settings, Target};
