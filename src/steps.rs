//! Long computations that let others in: they pause between steps, and whoever runs them decides when they go on.
//!
//! A page whose host refuses workers has one thread for its reader and the engine. Whatever takes long is therefore an
//! `async` function that pauses now and then; nothing waits for anything, so that it may as well be run at once, as
//! workers and the command line do: the same code, hence the same bytes.
//!
//! ```
//! use dealcast::steps::{at_once, pause};
//! async fn sum(numbers: &[f64]) -> f64 {
//!     let mut sum = 0.0;
//!     for number in numbers {
//!         sum += number;
//!         pause().await;
//!     }
//!     sum
//! }
//! assert_eq!(at_once(sum(&[1.0, 2.0, 4.0])), 7.0);
//! ```

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Ends a step: what follows is done when the computation is asked to go on.
pub async fn pause() {
    let mut paused = false;
    poll_fn(|_| if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// Runs a computation to its end.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Some(result) = step(work.as_mut()) {
            return result;
        }
    }
}

/// Goes on to the next pause, or the result.
pub fn step<T>(work: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Option<T> {
    match work.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}
