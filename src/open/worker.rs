//! Starts every thread of the program. What a thread makes comes through a channel, and `wake` asks
//! for a frame that shows it.

use std::{
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

/// Starts a thread of this name, which sends what it makes through an [`Outbox`] to the receiver.
///
/// `wake` is called from the thread whenever something was sent, and once more after the thread has
/// ended and the channel is closed, after a panic too. Where no thread can be started, the channel
/// is closed at once.
pub fn start<T: Send + 'static>(
    name: &str,
    wake: impl Fn() + Send + 'static,
    work: impl FnOnce(&Outbox<T>) + Send + 'static,
) -> Receiver<T> {
    let (sender, receiver) = channel();
    let outbox = Outbox {
        sender: Some(sender),
        wake: Box::new(wake),
    };
    // Without a thread the outbox is dropped, which closes the channel.
    let _ = thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || work(&outbox));
    receiver
}

/// Where a thread puts what it has made.
pub struct Outbox<T> {
    /// `None` once the thread has ended.
    sender: Option<Sender<T>>,
    wake: Box<dyn Fn() + Send>,
}

impl<T> Outbox<T> {
    /// Sends something and wakes who waits for it; returns whether anyone still does.
    pub fn send(&self, made: T) -> bool {
        let sender = self.sender.as_ref();
        let is_wanted = sender.is_some_and(|sender| sender.send(made).is_ok());
        if is_wanted {
            (self.wake)();
        }
        is_wanted
    }
}

impl<T> Drop for Outbox<T> {
    fn drop(&mut self) {
        // The channel is closed before `wake` is called: who is woken then sees that it is.
        self.sender = None;
        (self.wake)();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::TryRecvError;

    use super::*;

    /// Starts a worker that sends 1 and then goes on with `work`; returns what is received, one try
    /// for each wake.
    fn seen(work: impl FnOnce(&Outbox<u8>) + Send + 'static) -> Vec<Result<u8, TryRecvError>> {
        let (sender, woken) = channel();
        let wake = move || sender.send(()).unwrap_or_default();
        let made = start("test", wake, move |outbox| {
            outbox.send(1);
            work(outbox);
        });
        // Ends when the thread has dropped `wake`.
        let wakes = woken.iter().count();
        (0..wakes).map(|_| made.try_recv()).collect()
    }

    #[test]
    fn it_wakes_for_each_answer_and_at_its_end() {
        let closed = Err(TryRecvError::Disconnected);
        assert_eq!(seen(|_| ()), [Ok(1), closed]);
        assert_eq!(
            seen(|outbox| assert!(outbox.send(2))),
            [Ok(1), Ok(2), closed]
        );
    }

    #[test]
    fn it_wakes_after_a_panic() {
        let panics = |_: &Outbox<u8>| std::panic::resume_unwind(Box::new("the worker fails"));
        assert_eq!(seen(panics), [Ok(1), Err(TryRecvError::Disconnected)]);
    }
}
