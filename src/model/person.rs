//! Who takes part: people, and the groups, states and organisations that act like them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ids::PersonId, remark::with_remark};

/// What kind of actor a person is.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum PersonKind {
    /// A single human being.
    #[default]
    Person,
    /// People who act together: a movement, a militia, a family.
    Group,
    /// A state or its government.
    State,
    /// A body with members and rules: an army, a company, a party.
    Organisation,
}

impl PersonKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Person, Self::Group, Self::State, Self::Organisation];

    /// Its name as people read it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Group => "Group",
            Self::State => "State",
            Self::Organisation => "Organisation",
        }
    }

    /// The word that files use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Group => "group",
            Self::State => "state",
            Self::Organisation => "organisation",
        }
    }
}

/// One actor. Absent texts are empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Person {
    /// The id by which the file refers to them.
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// The name in its own script.
    pub native_name: String,
    /// What kind of actor.
    pub kind: PersonKind,
    /// Who they are, in Markdown.
    pub summary: String,
    /// The groups, states and organisations they belong to.
    pub member_of: Vec<PersonId>,
}

impl Person {
    /// A person about whom nothing is stated.
    pub const EMPTY: Self = Self {
        id: String::new(),
        name: String::new(),
        native_name: String::new(),
        kind: PersonKind::Person,
        summary: String::new(),
        member_of: Vec::new(),
    };

    /// Their name, with the one in its own script: “Qais al-Khazali (قيس الخزعلي)”.
    pub fn full_name(&self) -> String {
        with_remark(&self.name, &self.native_name)
    }
}
