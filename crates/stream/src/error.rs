//! What can go wrong with streams, and what to do about it.

use readout_store::StoreError;
use thiserror::Error;

/// Why the work could not begin, or go on.
#[derive(Debug, Error)]
pub enum StreamError {
    /// Not an address.
    #[error("not the address of a server: {0}")]
    Address(String),
    /// Nobody answers.
    #[error("no NATS server answers at {server}: {what}")]
    Connect {
        /// The address, without secrets.
        server: String,
        /// What the system says.
        what: String,
    },
    /// It wants to know who asks.
    #[error("the NATS server at {0} does not let us in")]
    Denied(String),
    /// It has no streams.
    #[error("the NATS server at {0} runs without JetStream")]
    NoJetStream(String),
    /// No such stream.
    #[error("there is no stream `{0}`")]
    NoStream(String),
    /// A stream that cannot be made or looked at.
    #[error("the stream `{name}`: {what}")]
    Stream {
        /// Its name.
        name: String,
        /// What the server says.
        what: String,
    },
    /// A subject that is none.
    #[error("`{0}` is no subject to publish to")]
    Subject(String),
    /// A subject that belongs to no stream or to another one.
    #[error("the stream `{stream}` does not take the subject `{subject}`")]
    NotTaken {
        /// The stream.
        stream: String,
        /// The subject.
        subject: String,
    },
    /// A consumer that will not do.
    #[error("the consumer `{name}` of `{stream}` cannot be used: {what}")]
    Consumer {
        /// Its name.
        name: String,
        /// Its stream.
        stream: String,
        /// What is wrong with it.
        what: String,
    },
    /// A consumer that was removed while it was read.
    #[error("the consumer `{name}` of `{stream}` was removed")]
    Gone {
        /// Its name.
        name: String,
        /// Its stream.
        stream: String,
    },
    /// The store.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The system.
    #[error("{0}")]
    System(#[from] std::io::Error),
    /// A fault of ours.
    #[error("a fault in readout ended the work")]
    Fault,
}

impl StreamError {
    /// What to do about it, in one clause.
    pub fn hint(&self) -> &'static str {
        match self {
            StreamError::Address(_) => {
                "write nats://HOST:PORT or tls://HOST:PORT; commas between several of one cluster"
            }
            StreamError::Connect { .. } => "start it (nats-server -js), or say where it is with --server",
            StreamError::Denied(_) => {
                "give a user and a password, or a token, in the address: nats://USER:PASSWORD@HOST:PORT, best in NATS_URL"
            }
            StreamError::NoJetStream(_) => "start it with -js, or with `jetstream {}` in its configuration",
            StreamError::NoStream(_) => "check its name, or let --create make it",
            StreamError::Stream { .. } => {
                "letters, digits, - and _ make a name; the rest is for whoever runs the server"
            }
            StreamError::Subject(_) => "write words with dots between them, such as readout.events",
            StreamError::NotTaken { .. } => {
                "name one of its subjects with --subject (and let it take what ends in .rejected too), or add these to the stream"
            }
            StreamError::Consumer { .. } => "name another with --durable, or remove it and begin anew",
            StreamError::Gone { .. } => "run the command again: it is made anew and begins with the stream",
            StreamError::Store(error) => error.hint(),
            StreamError::System(_) => "try again",
            StreamError::Fault => "run the command again, it goes on where it was; please report it",
        }
    }
}
