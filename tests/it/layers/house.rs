//! The source parsed: modules, what each names, and where that is defined.
//!
//! Code inside macro calls is tokens, in which paths are found as well. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// A path of names: `["layout", "draw"]`, or `["std", "fs"]` for what is not of this crate.
pub type Names = Vec<String>;

/// The modules of a crate, one for each file.
pub struct House {
    modules: BTreeMap<Names, Module>,
}

/// One file.
pub struct Module {
    /// Its path below `src`.
    pub file: String,
    /// What it holds, without tests.
    pub code: syn::File,
    /// Every path that it uses, resolved through its own imports.
    used: Vec<Found>,
    /// Every path that it hands on: `pub use`.
    re_exports: Vec<Found>,
    /// What it imports or hands on under which name.
    imports: BTreeMap<String, Names>,
}

/// A path as it is named in a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Found {
    /// Of this crate, from its root.
    Own(Names),
    /// Of another crate.
    Foreign(Names),
}

impl House {
    /// Parses files, given as their paths below `src` and their texts.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut modules = BTreeMap::new();
        let mut for_tests: Vec<Names> = Vec::new();
        for (file, text) in files {
            let mut code = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            let own = module_path(file);
            for_tests.extend(test_modules(&code).map(|name| [own.clone(), vec![name]].concat()));
            leave_out_tests(&mut code.items);
            let module = Module {
                file: file.to_owned(),
                code,
                used: Vec::new(),
                re_exports: Vec::new(),
                imports: BTreeMap::new(),
            };
            modules.insert(own, module);
        }
        modules.retain(|own, _| !for_tests.iter().any(|it| own.starts_with(it)));
        let all: BTreeSet<Names> = modules.keys().cloned().collect();
        for (own, module) in &mut modules {
            let mut imports = Imports {
                all: &all,
                within: own.clone(),
                names: BTreeMap::new(),
                used: Vec::new(),
                re_exports: Vec::new(),
            };
            imports.visit_file(&module.code);
            let mut reader = Reader {
                all: &all,
                within: own.clone(),
                imports: &imports.names,
                paths: imports.used,
            };
            reader.visit_file(&module.code);
            module.used = reader.paths;
            module.re_exports = imports.re_exports;
            module.imports = imports.names;
        }
        Self { modules }
    }

    /// All modules, with their paths.
    pub fn modules(&self) -> impl Iterator<Item = (&Names, &Module)> {
        self.modules.iter()
    }

    /// What a module uses: of this crate as the module that defines it and the names inside it.
    pub fn used(&self, module: &Module) -> BTreeSet<Found> {
        let resolved = module.used.iter().map(|found| self.resolve(found, 0));
        resolved.collect()
    }

    /// What a module uses or hands on.
    pub fn named(&self, module: &Module) -> BTreeSet<Found> {
        let re_exports = module.re_exports.iter().map(|found| self.resolve(found, 0));
        self.used(module).into_iter().chain(re_exports).collect()
    }

    /// Follows what modules hand on to where it is defined.
    fn resolve(&self, found: &Found, depth: usize) -> Found {
        /// Re-exports are followed at most this many times.
        const MOST: usize = 8;
        let Found::Own(path) = found else {
            return found.clone();
        };
        let own = self.module_of(path);
        let re_exports = path.get(own.len()).and_then(|name| {
            let module = self.modules.get(own)?;
            module.imports.get(name)
        });
        match re_exports {
            Some(target) if depth < MOST => {
                let rest = path.get(own.len() + 1..).unwrap_or_default();
                let whole: Names = target.iter().chain(rest).cloned().collect();
                if whole == *path {
                    return found.clone();
                }
                let is_own = self.is_own(&whole);
                let whole = if is_own {
                    Found::Own(whole)
                } else {
                    Found::Foreign(whole)
                };
                self.resolve(&whole, depth + 1)
            }
            _ => found.clone(),
        }
    }

    fn is_own(&self, path: &[String]) -> bool {
        path.first()
            .is_some_and(|first| self.modules.keys().any(|own| own.first() == Some(first)))
    }

    /// The module that a path of this crate leads into.
    pub fn module_of<'p>(&self, path: &'p [String]) -> &'p [String] {
        (0..=path.len())
            .rev()
            .map(|length| &path[..length])
            .find(|own| self.modules.contains_key(*own))
            .unwrap_or(&[])
    }

    /// Which files name something of which other files.
    pub fn arrows(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut arrows = BTreeMap::new();
        for module in self.modules.values() {
            let mut to = BTreeSet::new();
            // Handing a name on is no use of it: who uses it is led to where it is defined.
            for found in self.used(module) {
                let Found::Own(path) = found else { continue };
                let Some(target) = self.modules.get(self.module_of(&path)) else {
                    continue;
                };
                if target.file != module.file {
                    to.insert(target.file.as_str());
                }
            }
            arrows.insert(module.file.as_str(), to);
        }
        arrows
    }

    /// Files that name each other in a circle: each group once, of two files or more.
    pub fn circles(&self) -> Vec<Vec<&str>> {
        let arrows = self.arrows();
        let reached = |from: &str| {
            let mut reached = BTreeSet::new();
            let mut next: Vec<&str> = arrows[from].iter().copied().collect();
            while let Some(file) = next.pop() {
                if reached.insert(file) {
                    next.extend(arrows.get(file).into_iter().flatten());
                }
            }
            reached
        };
        let reach: BTreeMap<&str, BTreeSet<&str>> =
            arrows.keys().map(|file| (*file, reached(file))).collect();
        let mut circles: Vec<Vec<&str>> = Vec::new();
        for (file, to) in &reach {
            let circle: Vec<&str> = to
                .iter()
                .copied()
                .filter(|other| *other == *file || reach[other].contains(file))
                .collect();
            if to.contains(file) && !circles.contains(&circle) {
                circles.push(circle);
            }
        }
        circles
    }
}

/// The module that a file is: `layout/draw.rs` and `layout/draw/mod.rs` are `layout::draw`.
fn module_path(file: &str) -> Names {
    let stem = file.trim_end_matches(".rs");
    let names = stem
        .split('/')
        .filter(|name| !matches!(*name, "mod" | "lib"));
    names.map(str::to_owned).collect()
}

/// Modules in files of their own that are compiled for tests alone.
fn test_modules(code: &syn::File) -> impl Iterator<Item = String> + '_ {
    code.items.iter().filter_map(|item| match item {
        syn::Item::Mod(it) if it.attrs.iter().any(is_for_tests) => Some(it.ident.to_string()),
        _ => None,
    })
}

/// Takes out what is compiled for tests alone.
fn leave_out_tests(items: &mut Vec<syn::Item>) {
    items.retain(|item| !attributes(item).iter().any(is_for_tests));
    for item in items {
        if let syn::Item::Mod(inner) = item
            && let Some((_, items)) = &mut inner.content
        {
            leave_out_tests(items);
        }
    }
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(it) => &it.attrs,
        syn::Item::Enum(it) => &it.attrs,
        syn::Item::Fn(it) => &it.attrs,
        syn::Item::Impl(it) => &it.attrs,
        syn::Item::Macro(it) => &it.attrs,
        syn::Item::Mod(it) => &it.attrs,
        syn::Item::Static(it) => &it.attrs,
        syn::Item::Struct(it) => &it.attrs,
        syn::Item::Trait(it) => &it.attrs,
        syn::Item::Type(it) => &it.attrs,
        syn::Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

fn is_for_tests(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<syn::Ident>()
            .is_ok_and(|condition| condition == "test")
}

/// Collects imports.
struct Imports<'a> {
    all: &'a BTreeSet<Names>,
    within: Names,
    names: BTreeMap<String, Names>,
    used: Vec<Found>,
    re_exports: Vec<Found>,
}

impl Imports<'_> {
    fn tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        match tree {
            syn::UseTree::Path(path) => {
                let next = [before, &[path.ident.to_string()]].concat();
                self.tree(&path.tree, &next);
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(tree, before);
                }
            }
            syn::UseTree::Glob(_) => self.keep(before, None),
            syn::UseTree::Name(name) if name.ident == "self" => {
                self.keep(before, before.last().cloned());
            }
            syn::UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.keep(&[before, std::slice::from_ref(&name)].concat(), Some(name));
            }
            syn::UseTree::Rename(rename) => {
                let path = if rename.ident == "self" {
                    before.to_vec()
                } else {
                    [before, &[rename.ident.to_string()]].concat()
                };
                self.keep(&path, Some(rename.rename.to_string()));
            }
        }
    }

    fn keep(&mut self, path: &[String], name: Option<String>) {
        let found = absolute(path, &self.within, self.all).unwrap_or(Found::Foreign(path.to_vec()));
        if let Some(name) = name {
            let (Found::Own(path) | Found::Foreign(path)) = &found;
            self.names.insert(name, path.clone());
        }
        self.used.push(found);
    }
}

impl<'ast> Visit<'ast> for Imports<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let before = self.used.len();
        self.tree(&item.tree, &[]);
        if !matches!(item.vis, syn::Visibility::Inherited) {
            self.re_exports.extend(self.used.drain(before..));
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.within.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.within.pop();
    }
}

/// A path from the root of the crate, if it leads into it.
fn absolute(path: &[String], within: &[String], all: &BTreeSet<Names>) -> Option<Found> {
    let first = path.first()?;
    let rest = &path[1..];
    let from = |base: &[String], rest: &[String]| Some(Found::Own([base, rest].concat()));
    match first.as_str() {
        "crate" | "meanwhile" => from(&[], rest),
        "self" => from(within, rest),
        "super" => {
            let above = within.split_last().map_or(&[][..], |(_, above)| above);
            match rest.first() {
                Some(next) if next == "super" => absolute(rest, above, all),
                _ => from(above, rest),
            }
        }
        _ => {
            // A name alone is no module, though it may be called like one.
            let child = [within, std::slice::from_ref(first)].concat();
            let is_inside = path.len() > 1 && all.contains(&child);
            is_inside.then(|| Found::Own([within, path].concat()))
        }
    }
}

/// Collects paths in types, expressions and macro calls.
struct Reader<'a> {
    all: &'a BTreeSet<Names>,
    within: Names,
    imports: &'a BTreeMap<String, Names>,
    paths: Vec<Found>,
}

impl Reader<'_> {
    fn keep(&mut self, path: &[String]) {
        let Some(first) = path.first() else { return };
        if let Some(found) = absolute(path, &self.within, self.all) {
            self.paths.push(found);
        } else if let Some(imported) = self.imports.get(first) {
            let whole = [imported, &path[1..]].concat();
            let is_own = whole
                .first()
                .is_some_and(|first| self.all.iter().any(|own| own.first() == Some(first)));
            self.paths.push(if is_own {
                Found::Own(whole)
            } else {
                Found::Foreign(whole)
            });
        } else if path.len() > 1 {
            self.paths.push(Found::Foreign(path.to_vec()));
        }
    }

    /// Paths among tokens: names with `::` between them.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Names = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.keep(&std::mem::take(&mut path));
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.keep(&std::mem::take(&mut path));
                    colons = 0;
                    self.tokens(group.stream());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.keep(&std::mem::take(&mut path));
                    colons = 0;
                }
            }
        }
        self.keep(&path);
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Names = path
            .segments
            .iter()
            .map(|it| it.ident.to_string())
            .collect();
        self.keep(&names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        self.tokens(item.mac.tokens.clone());
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.within.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.within.pop();
    }

    fn visit_item_use(&mut self, _: &'ast syn::ItemUse) {}

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    /// `pub(super)` names no module that is used.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}
