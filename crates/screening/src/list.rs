//! Reading lists in the formats in which they are published.
