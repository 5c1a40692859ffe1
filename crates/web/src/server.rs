//! Requests in, answers out: whose they are, how many at once, how long they may take.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use flate2::Compression;
use readout_store::corrections::Ledger;
use serde_json::Value;
use tokio::sync::{Notify, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::address::Query;
use crate::answer::{CSV, Fault, Form, HTML, JSON, View, attachment, file_name, respond};
use crate::api::{self, Work};
use crate::auth::{self, SHORTEST, Token};
use crate::code::Code;
use crate::data::{Data, Snapshot};
use crate::error::WebError;
use crate::kept::{Kept, Written};
use crate::limits::Limits;
use crate::listen::{self, GRACE};
use crate::views::{Asked, Turn};
use crate::{assets, headers, pack, page, views};

/// How long whoever gave a wrong token waits.
const WRONG_TOKEN: Duration = Duration::from_millis(500);

/// Where browsers send the token.
const ENTER: &str = "/enter";

/// How an explorer is to be run.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What requests may cost.
    pub limits: Limits,
    /// Whoever asks must know it, where there is one.
    pub token: Option<String>,
    /// The file that corrections are kept in; without one none are taken.
    pub corrections: Option<PathBuf>,
}

/// The explorer of a store.
#[derive(Clone)]
pub struct Explorer(Arc<Inner>);

struct Inner {
    data: Arc<Data>,
    coder: Option<Box<dyn Code>>,
    limits: Limits,
    token: Option<Token>,
    /// Requests at once.
    places: Semaphore,
    /// Questions to the store at once.
    turns: Arc<Semaphore>,
    /// Texts that are coded at once.
    texts: Arc<Semaphore>,
    kept: Kept,
    ledger: Option<Ledger>,
    /// Stands in forms that change something: no page of another site can read it.
    proof: String,
}

impl Explorer {
    /// Opens a store and loads what is counted in memory. `coder` codes texts that are pasted, where there is one.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn open(store: &Path, coder: Option<Box<dyn Code>>, settings: Settings) -> Result<Explorer, WebError> {
        let Settings { limits, token, corrections } = settings;
        Ok(Explorer(Arc::new(Inner {
            data: Arc::new(Data::open(store, &limits)?),
            coder,
            limits,
            token: token.as_deref().map(Token::new),
            places: Semaphore::new(limits.requests),
            turns: Arc::new(Semaphore::new(limits.connections)),
            texts: Arc::new(Semaphore::new(limits.texts)),
            kept: Kept::default(),
            ledger: corrections.map(Ledger::at),
            proof: auth::secret(),
        })))
    }

    /// Takes an address to listen on. Other machines can reach one that is not loopback, so it needs a token.
    ///
    /// # Errors
    /// [`WebError::Open`] without a token, [`WebError::InUse`], and what the system says.
    pub fn listen(&self, address: SocketAddr) -> Result<TcpListener, WebError> {
        if !address.ip().is_loopback() && self.0.token.is_none() {
            return Err(WebError::Open(address));
        }
        let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => WebError::InUse(address),
            _ => WebError::Io(error),
        })?;
        listener.set_nonblocking(true)?;
        Ok(listener)
    }

    /// Answers requests until the program is told to stop (Ctrl-C), then ends what it has begun.
    ///
    /// # Errors
    /// What the system says.
    pub fn serve(self, listener: TcpListener) -> Result<(), WebError> {
        self.serve_until(listener, asked_to_stop())
    }

    /// Answers requests until `stop` is ready, then ends what it has begun.
    ///
    /// # Errors
    /// What the system says.
    pub fn serve_until(self, listener: TcpListener, stop: impl Future<Output = ()>) -> Result<(), WebError> {
        let limits = self.0.limits;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(limits.connections + limits.texts)
            .build()?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            listen::serve(listener, self.router(), limits, stop).await;
            Ok(())
        });
        runtime.shutdown_timeout(GRACE);
        served
    }

    /// All of it as a service, for tests and for programs that embed it.
    pub fn router(&self) -> Router {
        Router::new().fallback(answer).with_state(self.clone())
    }

    /// Loads the counts anew now, rather than within a second after a change of the store.
    pub fn refresh(&self) {
        self.0.data.reload(&self.0.limits);
    }

    /// Fewest characters of a token.
    pub const SHORTEST_TOKEN: usize = SHORTEST;
}

/// Waits for Ctrl-C, or for the system's request to end.
async fn asked_to_stop() {
    let stop = Arc::new(Notify::new());
    #[cfg(unix)]
    if let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        let told = stop.clone();
        tokio::spawn(async move {
            ended.recv().await;
            told.notify_one();
        });
    }
    let told = stop.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            told.notify_one();
        }
    });
    stop.notified().await;
}

/// Every request comes here, and every answer leaves here.
async fn answer(State(Explorer(inner)): State<Explorer>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    let form = if api::is_under(path) { Form::Json } else { views::form_of(path).1 };
    let time = Duration::from_millis(inner.limits.request_millis);
    let result = timeout(time, reply(&inner, &head, body)).await.unwrap_or(Err(Fault::TooLong));
    headers::seal(result.unwrap_or_else(|fault| tell(&inner, &fault, form)))
}

async fn reply(inner: &Arc<Inner>, head: &Parts, body: Body) -> Result<Response<Body>, Fault> {
    let (limits, path) = (inner.limits, head.uri.path());
    headers::check(&head.method, &head.headers, inner.token.is_some())?;
    let _place = inner.places.try_acquire().map_err(|_| Fault::Busy)?;
    let length = head.uri.path_and_query().map_or(0, |p| p.as_str().len());
    if length > limits.address_bytes {
        return Err(Fault::TooLongAddress { most: limits.address_bytes });
    }
    if let Some(file) = assets::answer(path, &head.headers) {
        return Ok(file);
    }
    if let Some(token) = &inner.token {
        if path == ENTER && head.method == Method::POST {
            return enter(token, &sent(body, &limits).await?).await;
        }
        if !token.opens(&head.headers) {
            let next = head.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
            return Err(Fault::Locked { wrong: false, next });
        }
    }
    if api::is_under(path) { program(inner, head, body).await } else { view(inner, head, body).await }
}

/// Answers a browser, or whoever asks for what pages show.
async fn view(inner: &Arc<Inner>, head: &Parts, body: Body) -> Result<Response<Body>, Fault> {
    let (route, form, id) = views::find(head.uri.path())
        .ok_or_else(|| Fault::missing("there is no such page", "the menu above leads to all there are"))?;
    let sent = match head.method {
        Method::GET | Method::HEAD => None,
        Method::POST if route.posts => Some(sent(body, &inner.limits).await?),
        _ => return Err(Fault::Method { takes: if route.posts { "GET, HEAD, POST" } else { "GET, HEAD" } }),
    };
    let turns = if sent.is_some() && route.turn == Turn::Coding { &inner.texts } else { &inner.turns };
    let is_kept = sent.is_none();
    let make: Make = Box::new(move |asked| Ok(write((route.look)(asked)?.as_ref(), form, asked)));
    let job = Job { turns: turns.clone(), form, id: id.to_owned(), query: Query::of(&head.uri), sent, make };
    done(inner, head, job, is_kept).await
}

/// Answers a program: what it asks is held against the description first.
async fn program(inner: &Arc<Inner>, head: &Parts, body: Body) -> Result<Response<Body>, Fault> {
    let (operation, key) = api::find(head.uri.path(), &head.method)?;
    let query = Query::of(&head.uri);
    operation.check(&query, &inner.limits)?;
    let (turns, is_kept, make): (_, _, Make) = match operation.work {
        Work::Describe => {
            let description = api::describe(&inner.limits, inner.token.is_some());
            return Ok(respond(StatusCode::OK, JSON, description.to_string()));
        }
        Work::Look(look) => (&inner.turns, true, Box::new(move |asked| Ok(of_store(look(asked)?, asked.snapshot)))),
        Work::Code => {
            api::is_json(&head.headers)?;
            let reports = api::reports(&bytes(body, &inner.limits).await?, &inner.limits)?;
            (&inner.texts, false, Box::new(move |asked| Ok(json(&api::coded(&reports, asked)?))))
        }
    };
    let job = Job { turns: turns.clone(), form: Form::Json, id: key.to_owned(), query, sent: None, make };
    done(inner, head, job, is_kept).await
}

/// Makes an answer of what was asked.
type Make = Box<dyn FnOnce(&Asked<'_>) -> Result<Written, Fault> + Send>;

/// What is to be done for a request.
struct Job {
    /// What it waits for.
    turns: Arc<Semaphore>,
    form: Form,
    id: String,
    query: Query,
    sent: Option<Query>,
    make: Make,
}

/// Does a job, unless its answer is kept from before.
async fn done(inner: &Arc<Inner>, head: &Parts, job: Job, is_kept: bool) -> Result<Response<Body>, Fault> {
    inner.data.look(inner.limits);
    let address = head.uri.path_and_query().map_or("", |p| p.as_str());
    if let Some(written) = inner.kept.get(state(inner), address).filter(|_| is_kept) {
        return Ok(send(written, &head.headers));
    }
    let (written, generation) = look(inner, job).await?;
    if is_kept {
        inner.kept.put(generation, address, &written, &inner.limits);
    }
    Ok(send(written, &head.headers))
}

/// Waits for a turn, and does a job on a thread that may take its time. Gives with the answer the state of the store that it was
/// made from.
async fn look(inner: &Arc<Inner>, job: Job) -> Result<(Written, u64), Fault> {
    let limits = inner.limits;
    let begun = Instant::now();
    let turn = timeout(Duration::from_millis(limits.queue_millis), job.turns.acquire_owned()).await;
    let turn = turn.map_err(|_| Fault::Busy)?.map_err(|_| Fault::Busy)?;
    let left = Duration::from_millis(limits.request_millis).saturating_sub(begun.elapsed());
    let inner = inner.clone();
    let (form, id, query, sent, make) = (job.form, job.id, job.query, job.sent, job.make);
    let work = move || {
        let _turn = turn; // given back when the work is done, which may be after its request was given up
        inner.data.with(left, |store, snapshot| {
            let coder = inner.coder.as_deref();
            let (query, sent) = (&query, sent.as_ref());
            // Of the corrections the state before they are read: what is added meanwhile is seen by the next.
            let generation = snapshot.generation() + corrected(&inner);
            let (ledger, proof) = (inner.ledger.as_ref(), inner.proof.as_str());
            let asked = Asked { form, id: &id, query, sent, store, snapshot, limits: &limits, coder, ledger, proof };
            Ok((make(&asked)?, generation))
        })
    };
    let fault = |_| Fault::Inside {
        what: "a fault in readout ended the request".to_owned(),
        hint: "please report it with the address".to_owned(),
    };
    spawn_blocking(work).await.map_err(fault)?
}

/// Number of the state of store and corrections, a greater one after each change of either.
fn state(inner: &Inner) -> u64 {
    inner.data.snapshot().generation() + corrected(inner)
}

fn corrected(inner: &Inner) -> u64 {
    inner.ledger.as_ref().and_then(|ledger| ledger.corrections().ok()).map_or(0, |(_, version)| version)
}

fn write(view: &dyn View, form: Form, asked: &Asked<'_>) -> Written {
    if let (Form::Html, Some(file)) = (form, view.download()) {
        return Written { kind: file.kind, name: Some(attachment(&file.name)), packed: None, body: file.body.into() };
    }
    match form {
        Form::Html => {
            let page = page::frame(&view.page(), asked.snapshot).into_string();
            Written {
                kind: HTML,
                name: None,
                packed: pack::gzip(page.as_bytes(), Compression::fast()),
                body: page.into(),
            }
        }
        Form::Json => of_store(view.json(), asked.snapshot),
        Form::Csv => {
            let table = view.table();
            Written { kind: CSV, name: Some(file_name(&table.name)), packed: None, body: view.csv(&table).into() }
        }
    }
}

/// JSON that also says which store it is from.
fn of_store(mut value: Value, snapshot: &Snapshot) -> Written {
    if let Some(fields) = value.as_object_mut() {
        fields.insert("store".to_owned(), page::store_json(snapshot));
    }
    json(&value)
}

fn json(value: &Value) -> Written {
    Written { kind: JSON, name: None, packed: None, body: value.to_string().into() }
}

fn send(written: Written, asked: &HeaderMap) -> Response<Body> {
    let packed = written.packed.filter(|_| pack::is_taken(asked));
    let is_packed = packed.is_some();
    let mut response = respond(StatusCode::OK, written.kind, packed.unwrap_or(written.body));
    pack::tell(&mut response, is_packed);
    if let Some(name) = written.name {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// The form that a browser sent.
async fn sent(body: Body, limits: &Limits) -> Result<Query, Fault> {
    Ok(Query::parse(&bytes(body, limits).await?))
}

/// What was sent.
async fn bytes(body: Body, limits: &Limits) -> Result<Bytes, Fault> {
    if body.size_hint().lower() > limits.body_bytes as u64 {
        return Err(Fault::TooLarge { most: limits.body_bytes }); // it says so itself: no need to read it
    }
    to_bytes(body, limits.body_bytes).await.map_err(|_| Fault::TooLarge { most: limits.body_bytes })
}

/// Takes a token and gives a cookie for it.
async fn enter(token: &Token, sent: &Query) -> Result<Response<Body>, Fault> {
    let next = sent.get("next").filter(|next| headers::is_own_path(next)).unwrap_or("/").to_owned();
    if !sent.get("token").is_some_and(|given| token.is(given)) {
        tokio::time::sleep(WRONG_TOKEN).await; // makes guessing slow
        return Err(Fault::Locked { wrong: true, next });
    }
    let mut response = redirect(&next);
    if let Some(cookie) = token.cookie() {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = respond(StatusCode::SEE_OTHER, HTML, "");
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, to);
    response
}

/// Says why there is no view, in the form that was asked for.
fn tell(inner: &Inner, fault: &Fault, form: Form) -> Response<Body> {
    if let Fault::Moved { to } = fault {
        return redirect(to);
    }
    let snapshot = inner.data.snapshot();
    // Whoever may not see the store learns nothing of it.
    let shown = (!matches!(fault, Fault::Locked { .. } | Fault::Foreign { .. })).then_some(&*snapshot);
    let status = fault.status();
    let mut response = match form {
        Form::Html => respond(status, HTML, page::fault(fault, shown).into_string()),
        Form::Json | Form::Csv => respond(status, JSON, fault.json().to_string()),
    };
    let headers = response.headers_mut();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(inner.limits.retry_seconds));
    }
    if let Fault::Method { takes } = fault {
        headers.insert(header::ALLOW, HeaderValue::from_static(takes));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
