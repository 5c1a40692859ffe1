//! Connections in: how many, and for how long one may say nothing.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::limits::Limits;

/// How long requests that are being answered are waited for when the explorer is stopped.
pub(crate) const GRACE: Duration = Duration::from_secs(2);

/// How long to wait after the system would not take a connection (it has no more files, for example).
const PAUSE: Duration = Duration::from_millis(100);

/// Serves connections until `stop` is ready, then ends what has begun.
pub(crate) async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let sockets = Arc::new(Semaphore::new(limits.sockets));
    let mut http = Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(Duration::from_millis(limits.head_millis))
        .max_buf_size(limits.head_bytes)
        .half_close(false);
    let accept = async {
        // Connections beyond the limit wait in the system's queue.
        while let Ok(place) = sockets.clone().acquire_owned().await {
            let Ok((stream, _)) = listener.accept().await else {
                sleep(PAUSE).await;
                continue;
            };
            let service = TowerToHyperService::new(router.clone());
            let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
            tokio::spawn(async move {
                drop(connection.await); // who goes away, or says nothing, is no trouble of ours
                drop(place);
            });
        }
    };
    first(accept, stop).await;
    drop(timeout(GRACE, graceful.shutdown()).await); // whoever still holds a connection then is cut off
}

/// Waits for either.
async fn first(one: impl Future<Output = ()>, other: impl Future<Output = ()>) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    poll_fn(|context| {
        let ready = one.as_mut().poll(context).is_ready() || other.as_mut().poll(context).is_ready();
        if ready { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}
