//! The server: connecting, the streams, the consumer.

use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, Consumer, pull};
use async_nats::jetstream::context::{ContextBuilder, GetStreamErrorKind};
use async_nats::jetstream::stream::{Config, Stream};
use async_nats::jetstream::{Context, ErrorCode};
use async_nats::{Client, ConnectErrorKind, ConnectOptions, Event, ServerAddr};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::error::StreamError;
use crate::settings::{Options, Settings, Target};

/// A server, and the consumer that documents come from.
pub(crate) struct Server {
    pub client: Client,
    pub context: Context,
    pub consumer: Consumer<pull::Config>,
    pub events: UnboundedReceiver<Event>,
}

impl Server {
    /// Connects, sees to the streams and to the consumer.
    pub async fn open(options: &Options) -> Result<Server, StreamError> {
        let (client, events, name) = connect(&options.server).await?;
        let answer = Duration::from_millis(options.settings.answer_millis);
        let context = ContextBuilder::new().timeout(answer).build(client.clone());
        let subjects = match &options.filter {
            Some(filter) => vec![filter.clone()],
            None => vec![options.from.clone(), format!("{}.>", options.from)],
        };
        let from = Wanted { name: &options.from, subjects, server: &name }.stream(&context, options).await?;
        if let Some(target) = &options.to {
            publishable(&target.subject)?;
            let subjects = vec![target.subject.clone(), format!("{}.>", target.subject)];
            Wanted { name: &target.stream, subjects, server: &name }.stream(&context, options).await?;
            takes(&context, target).await?;
        }
        let consumer = consumer(&from, options).await?;
        Ok(Server { client, context, consumer, events })
    }

    /// How long the server waits for a sign of life of who has a document in hand.
    pub fn ack_wait(&self) -> Duration {
        self.consumer.cached_info().config.ack_wait
    }

    /// Bytes that a message may have.
    pub fn payload(&self) -> usize {
        self.client.max_payload()
    }
}

async fn connect(given: &str) -> Result<(Client, UnboundedReceiver<Event>, String), StreamError> {
    let parse = |address: &str| {
        let address = address.trim();
        // The message must not repeat a password.
        address.parse::<ServerAddr>().map_err(|error| StreamError::Address(error.to_string()))
    };
    let addresses = given.split(',').map(parse).collect::<Result<Vec<ServerAddr>, _>>()?;
    let name = addresses.iter().map(|a| format!("{}:{}", a.host(), a.port())).collect::<Vec<_>>().join(", ");
    let (tell, events) = unbounded_channel();
    let options = ConnectOptions::new().name("readout stream").event_callback(move |event| {
        drop(tell.send(event));
        std::future::ready(())
    });
    let options = match addresses.iter().find_map(|a| a.username().map(|user| (user, a.password()))) {
        Some((user, Some(password))) => options.user_and_password(user.to_owned(), password.to_owned()),
        Some((token, None)) => options.token(token.to_owned()),
        None => options,
    };
    match options.connect(addresses).await {
        Ok(client) => Ok((client, events, name)),
        Err(error) => Err(match error.kind() {
            ConnectErrorKind::AuthorizationViolation | ConnectErrorKind::Authentication => StreamError::Denied(name),
            _ => StreamError::Connect { server: name, what: error.to_string() },
        }),
    }
}

/// A stream that must be there.
struct Wanted<'w> {
    name: &'w str,
    /// What it takes where it is made here.
    subjects: Vec<String>,
    server: &'w str,
}

impl Wanted<'_> {
    async fn stream(self, context: &Context, options: &Options) -> Result<Stream, StreamError> {
        let failed = |what: String| StreamError::Stream { name: self.name.to_owned(), what };
        match context.get_stream(self.name).await {
            Ok(stream) => return Ok(stream),
            Err(error) => match error.kind() {
                GetStreamErrorKind::JetStream(found) if found.error_code() == ErrorCode::STREAM_NOT_FOUND => {}
                GetStreamErrorKind::JetStream(found) if is_off(found.error_code()) => {
                    return Err(StreamError::NoJetStream(self.server.to_owned()));
                }
                // A server without JetStream has nobody who answers this.
                GetStreamErrorKind::Request => return Err(StreamError::NoJetStream(self.server.to_owned())),
                _ => return Err(failed(error.to_string())),
            },
        }
        if !options.create {
            return Err(StreamError::NoStream(self.name.to_owned()));
        }
        let config = Config {
            name: self.name.to_owned(),
            subjects: self.subjects.clone(),
            duplicate_window: Duration::from_secs(options.settings.duplicate_minutes * 60),
            ..Config::default()
        };
        context.get_or_create_stream(config).await.map_err(|error| failed(error.to_string()))
    }
}

fn is_off(code: ErrorCode) -> bool {
    code == ErrorCode::JETSTREAM_NOT_ENABLED || code == ErrorCode::JETSTREAM_NOT_ENABLED_FOR_ACCOUNT
}

/// Whether this is a subject that can be published to.
fn publishable(subject: &str) -> Result<(), StreamError> {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_graphic() && c != '*' && c != '>');
    if subject.split('.').all(word) { Ok(()) } else { Err(StreamError::Subject(subject.to_owned())) }
}

/// Whether the stream takes all that will be published.
async fn takes(context: &Context, target: &Target) -> Result<(), StreamError> {
    for subject in [target.subject.clone(), target.rejected()] {
        let stream = context.stream_by_subject(&subject).await.ok();
        if stream.as_ref() != Some(&target.stream) {
            return Err(StreamError::NotTaken { stream: target.stream.clone(), subject });
        }
    }
    Ok(())
}

/// The durable consumer, made where it is not there.
async fn consumer(stream: &Stream, options: &Options) -> Result<Consumer<pull::Config>, StreamError> {
    let failed =
        |what: String| StreamError::Consumer { name: options.durable.clone(), stream: options.from.clone(), what };
    let Settings { ack_wait_millis, max_ack_pending, .. } = options.settings;
    let wanted = pull::Config {
        durable_name: Some(options.durable.clone()),
        ack_policy: AckPolicy::Explicit,
        ack_wait: Duration::from_millis(ack_wait_millis),
        max_ack_pending: max_ack_pending.try_into().unwrap_or(i64::MAX),
        filter_subject: options.filter.clone().unwrap_or_default(),
        ..pull::Config::default()
    };
    let consumer =
        stream.get_or_create_consumer(&options.durable, wanted).await.map_err(|error| failed(error.to_string()))?;
    let found = &consumer.cached_info().config;
    if found.ack_policy != AckPolicy::Explicit {
        return Err(failed("it does not wait for an acknowledgement of each message".to_owned()));
    }
    if found.max_deliver > 0 {
        return Err(failed(
            "it gives a message out only so many times (max deliver), and would lose it then".to_owned(),
        ));
    }
    let filter = options.filter.as_deref().unwrap_or_default();
    if found.filter_subject != filter {
        return Err(failed(format!("it was made for the subject \"{}\", not \"{filter}\"", found.filter_subject)));
    }
    Ok(consumer)
}

#[cfg(test)]
mod tests {
    use super::publishable;

    #[test]
    fn subjects_to_publish_to_are_plain() {
        for (subject, fine) in [
            ("readout.events", true),
            ("a", true),
            ("", false),
            ("a..b", false),
            ("a.*", false),
            ("a.>", false),
            ("a b", false),
        ] {
            assert_eq!(publishable(subject).is_ok(), fine, "{subject}");
        }
    }
}
