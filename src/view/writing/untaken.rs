//! What is typed in fields and taken by nothing: a date that is not understood, a name that is not
//! added yet.

use std::collections::HashMap;

use egui::{Context, Id};

/// By the fields, with their names.
type Untaken = HashMap<Id, String>;

fn id() -> Id {
    Id::unique("texts that are not taken")
}

/// Of which field there is such a text, with its name; it would be lost.
pub fn untaken(ctx: &Context) -> Option<(Id, String)> {
    let untaken: Option<Untaken> = ctx.data(|data| data.get_temp(id()));
    untaken?.into_iter().next()
}

/// Forgets them: another chronology is opened.
pub fn forget_untaken(ctx: &Context) {
    ctx.data_mut(|data| data.remove::<Untaken>(id()));
}

pub(super) fn add(ctx: &Context, field: Id, name: &str) {
    ctx.data_mut(|data| {
        let untaken = data.get_temp_mut_or_default::<Untaken>(id());
        untaken.insert(field, name.to_owned());
    });
}

pub(super) fn remove(ctx: &Context, field: Id) {
    ctx.data_mut(|data| {
        let untaken = data.get_temp_mut_or_default::<Untaken>(id());
        untaken.remove(&field);
    });
}
