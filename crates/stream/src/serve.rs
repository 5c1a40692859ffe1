//! The thread that speaks with the server.

use std::collections::BTreeMap;
use std::future::pending;
use std::time::Duration;

use async_nats::connection::State;
use async_nats::jetstream::consumer::pull::Batch;
use async_nats::jetstream::context::ConsumerInfoErrorKind;
use async_nats::{Event, Message, Subject};
use futures_util::{FutureExt as _, StreamExt as _};
use readout_sources::{Place, Raw};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use crate::code::{Done, Job};
use crate::error::StreamError;
use crate::host::{Host, Summary, Told};
use crate::queue::Queue;
use crate::server::Server;
use crate::settings::Options;
use crate::settle::{Kept, Settled, Settler};

/// What is being served.
pub(crate) struct Serving<'s> {
    options: &'s Options,
    host: &'s dyn Host,
    server: Server,
    queue: &'s Queue<Job>,
    results: UnboundedReceiver<Done>,
    settler: Settler,
    failures: UnboundedReceiver<String>,
    /// The request for documents that the server has.
    pull: Option<Batch>,
    /// Documents in hand, by their numbers, and where the server waits for their acknowledgement.
    held: BTreeMap<u64, Subject>,
    settling: JoinSet<Settled>,
    summary: Summary,
    /// By when the work ends, once it is to end.
    end: Option<Instant>,
    /// Requests that failed, one after the other, and when the next one may be made.
    failed: u32,
    resume: Instant,
}

impl<'s> Serving<'s> {
    pub fn new(
        options: &'s Options,
        host: &'s dyn Host,
        server: Server,
        queue: &'s Queue<Job>,
        results: UnboundedReceiver<Done>,
        (settler, failures): (Settler, UnboundedReceiver<String>),
    ) -> Self {
        Serving {
            options,
            host,
            server,
            queue,
            results,
            settler,
            failures,
            pull: None,
            held: BTreeMap::new(),
            settling: JoinSet::new(),
            summary: Summary::default(),
            end: None,
            failed: 0,
            resume: Instant::now(),
        }
    }

    /// Serves until the end.
    pub async fn serve(mut self) -> Result<Summary, StreamError> {
        let settings = self.options.settings;
        let mut signs = interval((self.server.ack_wait() / 3).max(Duration::from_millis(100)));
        let mut looks = interval(Duration::from_millis(settings.look_millis.max(10)));
        signs.set_missed_tick_behavior(MissedTickBehavior::Delay);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut stop = Box::pin(stopped());
        self.host.hear(Told::Ready);
        while self.end.is_none_or(|end| !self.held.is_empty() && Instant::now() < end) {
            if self.end.is_none() && self.pull.is_none() {
                self.ask().await?;
            }
            let is_idle = self.options.until_empty && self.end.is_none() && self.held.is_empty();
            tokio::select! {
                message = next(&mut self.pull) => self.take(message).await?,
                Some(done) = self.results.recv() => self.settle(done),
                Some(settled) = self.settling.join_next() => self.settled(settled.map_err(|_| StreamError::Fault)?)?,
                Some(event) = self.server.events.recv() => self.event(&event),
                Some(what) = self.failures.recv() => self.host.hear(Told::Failed(&what)),
                _ = signs.tick() => self.sign_of_life().await,
                _ = looks.tick(), if is_idle => if self.is_empty().await { self.end().await },
                () = sleep_until(self.resume), if Instant::now() < self.resume => {}
                () = &mut stop, if self.end.is_none() => self.end().await,
                () = sleep_until(self.end.unwrap_or_else(Instant::now)), if self.end.is_some() => {}
            }
        }
        self.summary.left += self.held.len();
        self.settling.abort_all();
        let flushed = Duration::from_millis(settings.answer_millis);
        drop(tokio::time::timeout(flushed, self.server.client.flush()).await); // what goes unheard is given out again
        Ok(self.summary)
    }

    /// Asks for as many documents as there is room for.
    async fn ask(&mut self) -> Result<(), StreamError> {
        let settings = self.options.settings;
        let room = (settings.in_hand_a_thread * self.options.threads.max(1)).saturating_sub(self.held.len());
        if room == 0 || Instant::now() < self.resume || !self.is_connected() {
            return Ok(());
        }
        let expires = Duration::from_millis(settings.pull_millis);
        match self.server.consumer.batch().max_messages(room).expires(expires).messages().await {
            Ok(pull) => self.pull = Some(pull),
            Err(error) => self.failed(&error.to_string()).await?,
        }
        Ok(())
    }

    /// Takes what a request gave: a message, its end, or trouble.
    async fn take(
        &mut self,
        given: Option<Result<async_nats::jetstream::Message, async_nats::Error>>,
    ) -> Result<(), StreamError> {
        match given {
            Some(Ok(message)) => {
                self.failed = 0;
                self.begin(message);
            }
            Some(Err(error)) => {
                self.pull = None;
                self.failed(&error.to_string()).await?;
            }
            None => self.pull = None,
        }
        Ok(())
    }

    /// Puts a document in hand. One that is in hand already, since the server was away and gives it out again, is not
    /// coded twice.
    fn begin(&mut self, message: async_nats::jetstream::Message) {
        let Ok(info) = message.info() else { return };
        let (sequence, deliveries) = (info.stream_sequence, u64::try_from(info.delivered).unwrap_or(1));
        let Message { payload, headers, reply: Some(reply), .. } = message.message else { return };
        if self.held.insert(sequence, reply).is_some() {
            return;
        }
        let kind = headers.as_ref().and_then(|headers| headers.get("Content-Type")).map(|kind| kind.as_str());
        let is_text = kind.map_or(self.options.text, |kind| kind.trim_start().starts_with("text/plain"));
        let place = Place { name: self.options.from.as_str().into(), line: Some(sequence), ..Place::default() };
        let size = payload.len();
        let raw = if is_text { Raw::text(place, payload.into()) } else { Raw::json(place, line(&payload)) };
        self.queue.push(Job { sequence, deliveries, raw }, size);
    }

    /// A request for documents failed: the next one waits; sees whether there is still something to ask.
    async fn failed(&mut self, what: &str) -> Result<(), StreamError> {
        if self.failed == 0 && self.is_connected() {
            self.host.hear(Told::Failed(&format!("asking for documents: {what}")));
        }
        self.resume = Instant::now() + self.options.settings.pause(self.failed);
        self.failed += 1;
        if !self.is_connected() {
            return Ok(());
        }
        match self.server.consumer.get_info().await.map_err(|error| error.kind()) {
            Err(ConsumerInfoErrorKind::NotFound | ConsumerInfoErrorKind::StreamNotFound) => {
                Err(StreamError::Gone { name: self.options.durable.clone(), stream: self.options.from.clone() })
            }
            _ => Ok(()),
        }
    }

    fn settle(&mut self, done: Done) {
        if let Some(reply) = self.held.get(&done.sequence) {
            self.settling.spawn(self.settler.clone().settle(done, reply.clone()));
        }
    }

    fn settled(&mut self, settled: Settled) -> Result<(), StreamError> {
        let Settled { sequence, events, again, rejected, state } = settled;
        self.held.remove(&sequence);
        if state == Kept::Not {
            return Err(StreamError::Fault); // the store's own error is told instead
        }
        self.summary.left += usize::from(state == Kept::Unheard);
        match rejected {
            Some((reason, hint)) => {
                self.summary.rejected += 1;
                self.host.hear(Told::Rejected { stream: &self.options.from, sequence, reason: &reason, hint });
            }
            None => {
                self.summary.documents += 1;
                self.summary.events += events;
                self.summary.again += usize::from(again);
            }
        }
        self.host.hear(Told::Settled(&self.summary));
        Ok(())
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Disconnected => self.host.hear(Told::Lost),
            Event::Connected => {
                // The server that was asked may be another one now, or know nothing of it.
                while let Some(Some(Ok(message))) = self.pull.as_mut().and_then(|pull| pull.next().now_or_never()) {
                    self.begin(message);
                }
                self.pull = None;
                self.host.hear(Told::Back);
            }
            Event::ServerError(error) => self.host.hear(Told::Failed(&error.to_string())),
            _ => {}
        }
    }

    /// Tells the server that what is in hand is in work.
    async fn sign_of_life(&mut self) {
        for reply in self.held.values() {
            // Where the server is away, what waits for it must not fill up.
            if !self.is_connected() {
                return;
            }
            drop(self.server.client.publish(reply.clone(), "+WPI".into()).await); // the next sign will do as well
        }
    }

    /// Whether the server has nothing left, neither waiting nor in others' hands.
    async fn is_empty(&self) -> bool {
        let info = self.server.consumer.get_info().await;
        self.is_connected() && info.is_ok_and(|info| info.num_pending == 0 && info.num_ack_pending == 0)
    }

    /// Begins nothing any more; gives back what nobody has begun.
    async fn end(&mut self) {
        self.end = Some(Instant::now() + Duration::from_millis(self.options.settings.finish_millis));
        self.pull = None;
        for job in self.queue.drain() {
            if let Some(reply) = self.held.remove(&job.sequence).filter(|_| self.is_connected()) {
                drop(self.server.client.publish(reply, "-NAK".into()).await); // unheard, it is given out later
            }
        }
        self.host.hear(Told::Ending(self.held.len()));
    }

    fn is_connected(&self) -> bool {
        self.server.client.connection_state() == State::Connected
    }
}

/// A line of JSON Lines; its end is no part of the record, as in files.
fn line(given: &[u8]) -> Vec<u8> {
    given.strip_suffix(b"\n").unwrap_or(given).to_vec()
}

/// What the request gives next; nothing, for ever, where there is none.
async fn next(pull: &mut Option<Batch>) -> Option<Result<async_nats::jetstream::Message, async_nats::Error>> {
    match pull {
        Some(pull) => pull.next().await,
        None => pending().await,
    }
}

/// Waits for Ctrl-C, or for the signal that services are ended with.
async fn stopped() {
    #[cfg(unix)]
    if let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => if interrupted.is_err() { pending::<()>().await },
            _ = ended.recv() => {}
        }
        return;
    }
    if tokio::signal::ctrl_c().await.is_err() {
        pending::<()>().await;
    }
}
