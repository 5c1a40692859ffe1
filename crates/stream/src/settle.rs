//! Settling: what is done is made durable, and only then acknowledged.

use std::sync::mpsc;
use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::context::PublishError;
use async_nats::{Client, Subject, connection::State};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::sleep;

use crate::code::{Done, Publication};
use crate::keep::Keep;
use crate::server::Server;
use crate::settings::Settings;

/// What came of a document.
#[derive(Debug)]
pub(crate) struct Settled {
    pub sequence: u64,
    pub events: usize,
    /// Whether the stream had its results already.
    pub again: bool,
    /// Why it was rejected, and what to do.
    pub rejected: Option<(String, Option<&'static str>)>,
    pub state: Kept,
}

/// How far it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Durable and acknowledged.
    Whole,
    /// Durable, but the server did not hear of it: it gives the document out again, and its results are known then.
    Unheard,
    /// Not durable, since the store does not take it any more.
    Not,
}

/// Settles documents; one for all of them.
#[derive(Clone)]
pub(crate) struct Settler {
    client: Client,
    context: Context,
    settings: Settings,
    keep: Option<mpsc::Sender<Keep>>,
    /// Where failures are told.
    tell: UnboundedSender<String>,
}

impl Settler {
    /// One that publishes to this server, and sends to a store where there is one; and what it has to tell.
    pub fn new(
        server: &Server,
        settings: Settings,
        keep: Option<mpsc::Sender<Keep>>,
    ) -> (Settler, UnboundedReceiver<String>) {
        let (tell, failures) = unbounded_channel();
        let (client, context) = (server.client.clone(), server.context.clone());
        (Settler { client, context, settings, keep, tell }, failures)
    }

    /// Publishes, stores, acknowledges. `reply` is where the server waits for the acknowledgement.
    pub async fn settle(self, done: Done, reply: Subject) -> Settled {
        let Done { sequence, events, rejected, publications, arrival } = done;
        let kept = arrival.and_then(|arrival| {
            let (kept, wait) = oneshot::channel();
            self.keep.as_ref().map(|keep| keep.send(Keep { arrival, kept }).map(|()| wait).map_err(drop))
        });
        let again = self.publish(&publications).await;
        let is_stored = match kept {
            None => true,
            Some(Err(())) => false,
            Some(Ok(wait)) => wait.await.is_ok(),
        };
        let state = match is_stored {
            false => Kept::Not,
            true if self.acknowledge(&reply).await => Kept::Whole,
            true => Kept::Unheard,
        };
        Settled { sequence, events, again, rejected, state }
    }

    /// Publishes until the stream has said of each message that it keeps it; whether it had all of them before.
    async fn publish(&self, publications: &[Publication]) -> bool {
        let mut failures = 0;
        loop {
            match self.try_publish(publications).await {
                Ok(again) => return again,
                Err(error) => {
                    if failures == 0 && self.is_connected() {
                        drop(self.tell.send(format!("publishing: {error}")));
                    }
                    self.pause(failures).await;
                    failures += 1;
                }
            }
        }
    }

    async fn try_publish(&self, publications: &[Publication]) -> Result<bool, PublishError> {
        let mut waiting = Vec::with_capacity(publications.len());
        for Publication { subject, message } in publications {
            waiting.push(self.context.send_publish(subject.clone(), message.clone()).await?);
        }
        let mut again = !waiting.is_empty();
        for ack in waiting {
            again &= ack.await?.duplicate;
        }
        Ok(again)
    }

    /// Acknowledges and waits for the server's word that it knows.
    async fn acknowledge(&self, reply: &Subject) -> bool {
        for failures in 0..self.settings.ack_tries {
            if failures > 0 {
                self.pause(failures).await;
            }
            let answer = self.client.request(reply.clone(), "+ACK".into());
            let time = Duration::from_millis(self.settings.answer_millis);
            if let Ok(Ok(_)) = tokio::time::timeout(time, answer).await {
                return true;
            }
        }
        false
    }

    fn is_connected(&self) -> bool {
        self.client.connection_state() == State::Connected
    }

    /// Waits, longer after each failure, and until the server is there.
    async fn pause(&self, failures: u32) {
        sleep(self.settings.pause(failures)).await;
        while !self.is_connected() {
            sleep(self.settings.pause(0)).await;
        }
    }
}
