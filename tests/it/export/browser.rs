//! A headless Chromium, driven by its own protocol through a pair of named pipes.
//!
//! Where there is none, tests that need it say so and pass.

use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

/// As long as a loaded machine may need for one answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// A browser with one page.
pub struct Browser {
    process: Child,
    orders: File,
    answers: Receiver<Value>,
    session: Value,
    number: u64,
    _profile: tempfile::TempDir,
}

/// The browser's program, if there is one.
fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|file| file.is_file());
    if found.is_none() {
        eprintln!("there is no Chromium here: the web page is not tried in a browser");
    }
    found
}

impl Browser {
    /// Opens a page of this width and height; `None` where there is no browser.
    pub fn open(page: &Path, size: (u32, u32), has_scripts: bool) -> Option<Self> {
        let program = program()?;
        let profile = tempfile::tempdir().expect("a folder");
        let [orders, answers] = ["orders", "answers"].map(|name| profile.path().join(name));
        let made = Command::new("mkfifo").args([&orders, &answers]).status();
        assert!(made.is_ok_and(|status| status.success()), "named pipes");
        let script = "exec \"$0\" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
            --disable-background-networking --disable-component-update --disable-sync \
            --user-data-dir=\"$3\" --remote-debugging-pipe 3<\"$1\" 4>\"$2\"";
        let process = Command::new("sh")
            .args(["-c", script])
            .args([&program, &orders, &answers])
            .arg(profile.path().join("profile"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the browser starts");
        let orders = OpenOptions::new().write(true).open(orders).expect("a pipe");
        let from = File::open(answers).expect("a pipe");
        let (sender, answers) = channel();
        thread::spawn(move || {
            let mut message = Vec::new();
            for byte in std::io::BufReader::new(from).bytes() {
                match byte {
                    Ok(0) => {
                        let read = serde_json::from_slice(&message).unwrap_or(Value::Null);
                        message.clear();
                        if sender.send(read).is_err() {
                            return;
                        }
                    }
                    Ok(byte) => message.push(byte),
                    Err(_) => return,
                }
            }
        });
        let mut browser = Self {
            process,
            orders,
            answers,
            session: Value::Null,
            number: 0,
            _profile: profile,
        };
        let target = browser.ask("Target.createTarget", &json!({ "url": "about:blank" }));
        let attached = browser.ask(
            "Target.attachToTarget",
            &json!({ "targetId": target["targetId"], "flatten": true }),
        );
        browser.session = attached["sessionId"].clone();
        let (width, height) = size;
        browser.ask(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        );
        browser.ask(
            "Emulation.setScriptExecutionDisabled",
            &json!({ "value": !has_scripts }),
        );
        browser.ask("Page.enable", &json!({}));
        let url = format!("file://{}", page.display());
        browser.ask("Page.navigate", &json!({ "url": url }));
        browser.wait_for("Page.loadEventFired");
        Some(browser)
    }

    fn send(&mut self, method: &str, parameters: &Value) -> u64 {
        self.number += 1;
        let mut order = json!({ "id": self.number, "method": method, "params": parameters });
        if !self.session.is_null() {
            order["sessionId"] = self.session.clone();
        }
        let mut bytes = order.to_string().into_bytes();
        bytes.push(0);
        self.orders.write_all(&bytes).expect("the browser listens");
        self.number
    }

    fn next(&self) -> Value {
        self.answers
            .recv_timeout(PATIENCE)
            .expect("the browser answers")
    }

    fn wait_for(&mut self, event: &str) {
        while self.next()["method"] != event {}
    }

    /// Gives an order and waits for its answer.
    pub fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        let number = self.send(method, parameters);
        loop {
            let answer = self.next();
            if answer["id"] == number {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    /// The value of an expression in the page; of a promise, what it is fulfilled with.
    pub fn value(&mut self, expression: &str) -> Value {
        let answer = self.ask(
            "Runtime.evaluate",
            &json!({ "expression": expression, "returnByValue": true, "awaitPromise": true }),
        );
        assert!(
            answer.get("exceptionDetails").is_none(),
            "{expression}: {answer}"
        );
        answer["result"]["value"].clone()
    }

    /// Waits until the page has drawn what it was told, and what that has started.
    pub fn settle(&mut self) {
        self.value(
            "new Promise(done => { let calm = 0, last = ''; const look = () => { \
             const now = [...document.querySelectorAll('#timeline button')].map(it => it.style.left).join(); \
             calm = now === last ? calm + 1 : 0; last = now; \
             if (calm > 3) done(0); else requestAnimationFrame(look); }; look(); })",
        );
    }

    /// Clicks at a point.
    pub fn click(&mut self, (x, y): (f64, f64)) {
        for kind in ["mousePressed", "mouseReleased"] {
            self.ask(
                "Input.dispatchMouseEvent",
                &json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 }),
            );
        }
        self.settle();
    }

    /// Turns the wheel at a point.
    pub fn wheel(&mut self, (x, y): (f64, f64), by: f64) {
        self.ask(
            "Input.dispatchMouseEvent",
            &json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": by }),
        );
        self.settle();
    }

    /// Presses a key.
    pub fn key(&mut self, key: &str) {
        for kind in ["keyDown", "keyUp"] {
            self.ask(
                "Input.dispatchKeyEvent",
                &json!({ "type": kind, "key": key, "code": key }),
            );
        }
        self.settle();
    }

    /// Types a text.
    pub fn text(&mut self, text: &str) {
        self.ask("Input.insertText", &json!({ "text": text }));
        self.settle();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It is the shell that became the browser.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
