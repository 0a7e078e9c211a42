//! What is said about a quantity that was not understood.

/// Why a text is no quantity, in words that say what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Nothing was written.
    #[error("say how much, for example 25 kg or 3 drums of 200 l")]
    Empty,
    /// A part makes no sense where it stands.
    #[error("we did not understand “{0}”; write for example 25 kg, 1.5 l or 3 drums of 200 l")]
    NotUnderstood(String),
    /// The number can be read with a thousands sign or with a decimal sign.
    #[error("“{text}” can be read as {one} or as {other}; write {one} or {other}")]
    Ambiguous {
        /// What was written.
        text: String,
        /// One reading.
        one: String,
        /// The other reading.
        other: String,
    },
    /// A number without a unit.
    #[error("{0} of what? Add a unit such as kg, l or pieces")]
    MissingUnit(String),
    /// A word in the place of a unit.
    #[error("we do not know the unit “{0}”; use for example kg, g, t, l, ml, gal or pieces")]
    UnknownUnit(String),
    /// Packs without saying what each holds.
    #[error("how much does each hold? Write for example 3 drums of 200 l (you wrote “{0}”)")]
    MissingContents(String),
    /// A broken number of packs or pieces.
    #[error("packs and pieces are counted in whole numbers")]
    NotWhole,
    /// Below zero.
    #[error("a quantity cannot be below zero")]
    Negative,
    /// Zero.
    #[error("a quantity is more than nothing; leave the field empty if you do not know it")]
    Nothing,
    /// Beyond what can be held.
    #[error("this is more than can exist; please check the number and the unit")]
    TooLarge,
    /// Below one milligram, microlitre or piece.
    #[error("this is too little to note; please check the number and the unit")]
    TooSmall,
    /// A sum of a mass, a volume or a number of pieces.
    #[error("a mass, a volume and a number of pieces cannot be added; enter them one by one")]
    Mixed,
    /// Two amounts that should be the same.
    #[error("these amounts differ: {0} and {1}")]
    Differ(String, String),
    /// The number field has a unit that does not fit the unit chosen beside it.
    #[error("“{typed}” does not fit the unit {unit} chosen beside it; write the number only")]
    UnitConflict {
        /// What stands in the field for the number.
        typed: String,
        /// The unit chosen.
        unit: String,
    },
}
