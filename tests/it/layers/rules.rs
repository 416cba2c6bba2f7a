//! The rules of the house, each a function from the parsed source to what breaks it.

use std::collections::BTreeSet;

use syn::{
    spanned::Spanned as _,
    visit::{self, Visit},
};

use super::house::{Found, House, Module};

/// Each room and the rooms that it may know.
const ROOMS: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("model", &["time"]),
    ("formats", &["time", "model"]),
    ("edit", &["time", "model", "formats"]),
    ("layout", &["time", "model"]),
    ("export", &["time", "model", "layout"]),
    (
        "command",
        &["time", "model", "formats", "edit", "layout", "export"],
    ),
    (
        "state",
        &[
            "time", "model", "formats", "edit", "layout", "export", "command",
        ],
    ),
    (
        "open",
        &["time", "model", "formats", "edit", "layout", "export"],
    ),
    (
        "settings",
        &["time", "formats", "export", "command", "state"],
    ),
    (
        "view",
        &[
            "time", "model", "formats", "edit", "layout", "export", "command", "state",
        ],
    ),
    (
        "app",
        &[
            "time", "model", "formats", "edit", "layout", "export", "command", "state", "open",
            "settings", "view",
        ],
    ),
    (
        "cli",
        &[
            "time", "model", "formats", "layout", "export", "open", "settings", "app",
        ],
    ),
    ("main", &["cli"]),
    // What tests of several rooms share.
    ("testing", &[]),
];

/// Rooms that know values alone.
const PURE: &[&str] = &[
    "time", "model", "formats", "edit", "layout", "export", "command",
];
/// Rooms that know no toolkit, but files and threads.
const WITHOUT_TOOLKIT: &[&str] = &["open", "settings"];

/// The window.
const TOOLKIT: &[&str] = &[
    "raw_window_handle",
    "x11rb",
    "egui",
    "eframe",
    "emath",
    "epaint",
    "ecolor",
    "winit",
    "rfd",
    "accesskit",
];
/// Files, threads, clocks, and the process.
const WORLD: &[&str] = &[
    "std::fs",
    "std::thread",
    "std::env",
    "std::process",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::io::stdin",
    "std::io::stdout",
    "chrono::Utc",
    "chrono::Local",
    "notify",
    "tempfile",
    "directories",
];
/// What could open a connection.
const CONNECTIONS: &[&str] = &[
    "std::net",
    "std::os::unix::net",
    "tokio",
    "async_std",
    "smol",
    "socket2",
    "reqwest",
    "ureq",
    "hyper",
    "curl",
];

/// Files of `layout` that plan for every scale at once, and so subtract times.
const PLANNERS: &[&str] = &[
    "layout/camera.rs",
    "layout/flight.rs",
    "layout/build.rs",
    "layout/outline.rs",
    "layout/lane_index.rs",
    "layout/labels/footprint.rs",
    "layout/labels/placer.rs",
];

/// What is done by one file: the crate or type that does it, and the file.
const ONE_OF_EACH: &[(&str, &str)] = &[
    ("egui::WidgetInfo", "view/accessible.rs"),
    ("pulldown_cmark", "model/markdown.rs"),
    ("strsim", "model/nearest.rs"),
    ("std::thread", "open/worker.rs"),
    // A connection, but to the display server alone.
    ("x11rb", "app/monitors.rs"),
];

/// The most parameters of a function beside `self`.
const MOST_PARAMETERS: usize = 5;

/// Rooms know each other in one direction.
pub fn order(house: &House) -> Vec<String> {
    let mut broken = Vec::new();
    for (own, module) in house.modules() {
        let Some(room) = own.first() else { continue };
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| name == room) else {
            broken.push(format!("{} has no place in the house", module.file));
            continue;
        };
        for found in house.named(module) {
            let Found::Own(path) = found else { continue };
            let Some(target) = path.first() else { continue };
            let is_room = ROOMS.iter().any(|(name, _)| name == target);
            if is_room && target != room && !allowed.contains(&target.as_str()) {
                broken.push(format!("{} names {}", module.file, path.join("::")));
            }
        }
    }
    broken
}

/// Inner rooms know values alone.
pub fn purity(house: &House) -> Vec<String> {
    let mut broken = foreign(house, PURE, TOOLKIT);
    broken.extend(foreign(house, PURE, WORLD));
    broken.extend(foreign(house, &["state"], TOOLKIT));
    broken.extend(foreign(house, &["state"], WORLD));
    broken.extend(foreign(house, WITHOUT_TOOLKIT, TOOLKIT));
    broken
}

/// No room opens a connection, and none has unsafe code.
pub fn connections(house: &House) -> Vec<String> {
    let rooms: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    let mut broken = foreign(house, &rooms, CONNECTIONS);
    for (_, module) in house.modules() {
        let mut unsafe_code = Unsafe(false);
        unsafe_code.visit_file(&module.code);
        if unsafe_code.0 {
            broken.push(format!("{} has unsafe code", module.file));
        }
    }
    broken
}

/// What modules of these rooms name of these crates and modules.
fn foreign(house: &House, rooms: &[&str], forbidden: &[&str]) -> Vec<String> {
    let mut broken = Vec::new();
    for (own, module) in house.modules() {
        if !own
            .first()
            .is_some_and(|room| rooms.contains(&room.as_str()))
        {
            continue;
        }
        for found in house.named(module) {
            let Found::Foreign(path) = found else {
                continue;
            };
            if forbidden.iter().any(|name| is_below(&path, name)) {
                broken.push(format!("{} names {}", module.file, path.join("::")));
            }
        }
    }
    broken
}

/// Whether a path is this one or leads on from it.
fn is_below(path: &[String], name: &str) -> bool {
    let name: Vec<&str> = name.split("::").collect();
    path.len() >= name.len() && path.iter().zip(&name).all(|(own, it)| own == it)
}

struct Unsafe(bool);

impl<'ast> Visit<'ast> for Unsafe {
    fn visit_expr_unsafe(&mut self, _: &'ast syn::ExprUnsafe) {
        self.0 = true;
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        self.0 |= signature.unsafety.is_some();
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.0 |= item.unsafety.is_some();
        visit::visit_item_impl(self, item);
    }
}

/// Differences of times as numbers are taken by the camera, and by what plans for every scale.
pub fn time_to_x(house: &House) -> Vec<String> {
    let mut broken = Vec::new();
    for (own, module) in house.modules() {
        let is_checked = own
            .first()
            .is_some_and(|room| ["layout", "state", "view", "app"].contains(&room.as_str()));
        if !is_checked || PLANNERS.contains(&module.file.as_str()) {
            continue;
        }
        let mut differences = Differences(false);
        differences.visit_file(&module.code);
        let names = house.named(module);
        let takes = names.iter().any(|found| {
            matches!(found, Found::Own(path) if path.last().is_some_and(|it| it == "secs_between"))
        });
        if differences.0 || takes {
            broken.push(format!("{} subtracts times", module.file));
        }
    }
    broken
}

/// `a.secs() - b`.
struct Differences(bool);

impl<'ast> Visit<'ast> for Differences {
    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        let is_secs =
            |side: &syn::Expr| matches!(side, syn::Expr::MethodCall(call) if call.method == "secs");
        let is_difference = matches!(binary.op, syn::BinOp::Sub(_));
        self.0 |= is_difference && (is_secs(&binary.left) || is_secs(&binary.right));
        visit::visit_expr_binary(self, binary);
    }
}

/// State is changed in its own room alone, and from outside by `apply` and `advance` alone.
pub fn state_changes(house: &House) -> Vec<String> {
    /// By which the window changes the state.
    const CHANGES: [&str; 2] = ["apply", "advance"];
    let mut broken = Vec::new();
    for (own, module) in house.modules() {
        let is_state = own.first().is_some_and(|room| room == "state");
        let mut changes = Changes::default();
        changes.visit_file(&module.code);
        if is_state {
            let open = changes.public_methods.iter();
            let open = open.filter(|name| !CHANGES.contains(&name.as_str()));
            broken.extend(
                open.map(|name| format!("{} lets others change the state by {name}", module.file)),
            );
        } else {
            broken.extend(
                changes
                    .outside
                    .iter()
                    .map(|line| format!("{}: line {line} changes the state", module.file)),
            );
        }
    }
    broken
}

/// Where the state is changed.
#[derive(Default)]
struct Changes {
    /// Public methods of `State` that take it mutably.
    public_methods: Vec<String>,
    /// Lines in which a field of something called `state` is assigned or lent mutably, or a `State`
    /// is.
    outside: BTreeSet<usize>,
    is_in_state: bool,
}

impl Changes {
    /// Whether an expression is a field of a state: `self.state.camera`.
    fn is_of_state(expr: &syn::Expr) -> bool {
        match expr {
            // `app.state` itself.
            syn::Expr::Field(field) if matches!(&field.member, syn::Member::Named(name) if name == "state") => {
                true
            }
            syn::Expr::Field(field) => {
                let is_state = |inner: &syn::Expr| match inner {
                    syn::Expr::Field(inner) => {
                        matches!(&inner.member, syn::Member::Named(name) if name == "state")
                    }
                    syn::Expr::Path(path) => path.path.is_ident("state"),
                    _ => false,
                };
                is_state(&field.base) || Self::is_of_state(&field.base)
            }
            _ => false,
        }
    }

    fn note(&mut self, expr: &syn::Expr) {
        self.outside.insert(expr.span().start().line);
    }
}

impl<'ast> Visit<'ast> for Changes {
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let before = self.is_in_state;
        self.is_in_state = item.trait_.is_none()
            && matches!(&*item.self_ty, syn::Type::Path(path) if path.path.is_ident("State"));
        visit::visit_item_impl(self, item);
        self.is_in_state = before;
    }

    fn visit_impl_item_fn(&mut self, method: &'ast syn::ImplItemFn) {
        let is_public = match &method.vis {
            syn::Visibility::Public(_) => true,
            syn::Visibility::Restricted(within) => within.path.is_ident("crate"),
            syn::Visibility::Inherited => false,
        };
        let receiver = method.sig.receiver();
        let is_mutable =
            receiver.is_some_and(|it| it.reference.is_some() && it.mutability.is_some());
        if self.is_in_state && is_public && is_mutable {
            self.public_methods.push(method.sig.ident.to_string());
        }
        visit::visit_impl_item_fn(self, method);
    }

    fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
        if Self::is_of_state(&assign.left) {
            self.note(&assign.left);
        }
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        use syn::BinOp::{
            AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign,
            ShlAssign, ShrAssign, SubAssign,
        };
        let is_assignment = matches!(
            binary.op,
            AddAssign(_)
                | BitAndAssign(_)
                | BitOrAssign(_)
                | BitXorAssign(_)
                | DivAssign(_)
                | MulAssign(_)
                | RemAssign(_)
                | ShlAssign(_)
                | ShrAssign(_)
                | SubAssign(_)
        );
        if is_assignment && Self::is_of_state(&binary.left) {
            self.note(&binary.left);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_reference(&mut self, reference: &'ast syn::ExprReference) {
        if reference.mutability.is_some() && Self::is_of_state(&reference.expr) {
            self.note(&reference.expr);
        }
        visit::visit_expr_reference(self, reference);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        // `self.state.session.take()` and the like.
        let takes = [
            "take",
            "insert",
            "replace",
            "get_or_insert",
            "get_or_insert_with",
            "as_mut",
            "push",
            "clear",
            "remove",
            "retain",
            "extend",
            "truncate",
            "toggle",
            "isolate",
            "get_mut",
            "iter_mut",
        ];
        if takes.iter().any(|name| call.method == name) && Self::is_of_state(&call.receiver) {
            self.note(&call.receiver);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_type_reference(&mut self, reference: &'ast syn::TypeReference) {
        let is_state = matches!(
            &*reference.elem,
            syn::Type::Path(path) if path.path.segments.last().is_some_and(|it| it.ident == "State")
        );
        if reference.mutability.is_some() && is_state {
            self.outside.insert(reference.span().start().line);
        }
        visit::visit_type_reference(self, reference);
    }
}

/// No files name each other in a circle.
pub fn circles(house: &House) -> Vec<String> {
    let circles = house.circles();
    circles
        .iter()
        .map(|files| format!("a circle: {}", files.join(", ")))
        .collect()
}

/// A timeline is built by the model itself and by the one reader.
pub fn one_reader(house: &House) -> Vec<String> {
    let is_reader = |module: &Module| {
        module.file.starts_with("model/") || module.file.starts_with("formats/json")
    };
    naming(house, &["TimelineBuilder", "EventsBuilder"], is_reader)
}

/// The text of a chronology is made into a `SourceText` by `formats::source` alone: nothing else
/// can put another text in its place.
pub fn text_changes(house: &House) -> Vec<String> {
    let is_allowed = |module: &Module| module.file.starts_with("formats/source");
    let makes = |module: &Module| {
        let mut makes = Makes(false);
        makes.visit_file(&module.code);
        makes.0
    };
    let modules = house.modules().map(|(_, module)| module);
    let broken = modules.filter(|module| !is_allowed(module) && makes(module));
    broken
        .map(|module| format!("{} makes the text of a file", module.file))
        .collect()
}

/// What is done in one file is done there alone: each of these is named nowhere else.
pub fn one_of_each(house: &House) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, place) in ONE_OF_EACH {
        for (_, module) in house.modules().filter(|(_, module)| module.file != *place) {
            let is_named = house
                .named(module)
                .iter()
                .any(|found| matches!(found, Found::Foreign(path) if is_below(path, name)));
            if is_named {
                broken.push(format!(
                    "{} names {name}, which is for {place}",
                    module.file
                ));
            }
        }
    }
    broken
}

/// No function takes more than five parameters beside `self`, nor a tuple in a tuple.
pub fn few_parameters(house: &House) -> Vec<String> {
    let mut broken = Vec::new();
    for (_, module) in house.modules() {
        let mut long = LongSignatures(Vec::new());
        long.visit_file(&module.code);
        let names = long.0.iter();
        broken.extend(names.map(|name| format!("{}: {name} takes too much", module.file)));
    }
    broken
}

/// The functions that take too much.
struct LongSignatures(Vec<String>);

impl LongSignatures {
    fn is_tuple(ty: &syn::Type) -> Option<&syn::TypeTuple> {
        match ty {
            syn::Type::Tuple(tuple) => Some(tuple),
            syn::Type::Reference(reference) => Self::is_tuple(&reference.elem),
            _ => None,
        }
    }
}

impl<'ast> Visit<'ast> for LongSignatures {
    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        let typed = signature.inputs.iter().filter_map(|input| match input {
            syn::FnArg::Typed(typed) => Some(&*typed.ty),
            syn::FnArg::Receiver(_) => None,
        });
        let typed: Vec<&syn::Type> = typed.collect();
        let is_nested = |ty: &&syn::Type| {
            let elems = Self::is_tuple(ty).map(|tuple| tuple.elems.iter());
            elems.is_some_and(|mut elems| elems.any(|elem| Self::is_tuple(elem).is_some()))
        };
        if typed.len() > MOST_PARAMETERS || typed.iter().any(is_nested) {
            self.0.push(signature.ident.to_string());
        }
        visit::visit_signature(self, signature);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        // How many things a method of a trait takes is said where the trait is, which may be elsewhere.
        if item.trait_.is_none() {
            visit::visit_item_impl(self, item);
        }
    }
}

/// Modules that name one of these types.
fn naming(house: &House, types: &[&str], is_allowed: impl Fn(&Module) -> bool) -> Vec<String> {
    let mut broken = Vec::new();
    for (_, module) in house.modules().filter(|(_, module)| !is_allowed(module)) {
        for found in house.named(module) {
            let Found::Own(path) = found else { continue };
            if path.iter().any(|name| types.contains(&name.as_str())) {
                broken.push(format!("{} names {}", module.file, path.join("::")));
            }
        }
    }
    broken
}

/// `SourceText::Kept` as a value, called or handed on.
struct Makes(bool);

impl<'ast> Visit<'ast> for Makes {
    fn visit_pat(&mut self, pattern: &'ast syn::Pat) {
        // To ask for a variant without contents makes none.
        if !matches!(pattern, syn::Pat::Path(_)) {
            visit::visit_pat(self, pattern);
        }
    }

    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        let mut names = path.path.segments.iter().rev().skip(1);
        self.0 |= names.next().is_some_and(|it| it.ident == "SourceText");
    }

    fn visit_use_path(&mut self, path: &'ast syn::UsePath) {
        // A variant by its own name.
        self.0 |= path.ident == "SourceText";
        visit::visit_use_path(self, path);
    }
}

/// No name comes in by a star: it could not be seen then.
pub fn no_globs(house: &House) -> Vec<String> {
    let mut broken = Vec::new();
    for (_, module) in house.modules() {
        let mut globs = Globs(false);
        globs.visit_file(&module.code);
        if globs.0 {
            broken.push(format!("{} imports by a star", module.file));
        }
    }
    broken
}

struct Globs(bool);

impl<'ast> Visit<'ast> for Globs {
    fn visit_use_glob(&mut self, _: &'ast syn::UseGlob) {
        self.0 = true;
    }
}
