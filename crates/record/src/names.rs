//! How statuses and manners are written.

/// Statuses by name.
pub(crate) mod status {
    use readout_coder::Status;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(status: &Status, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(status.name())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Status, D::Error> {
        let name = String::deserialize(d)?;
        Status::from_name(&name).ok_or_else(|| {
            D::Error::custom(format!("no status \"{name}\": fact, future, hypothetical, negated or historical"))
        })
    }
}

/// Manners by name.
pub(crate) mod manner {
    use readout_coder::Manner;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(manner: &Manner, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(manner.name())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Manner, D::Error> {
        let name = String::deserialize(d)?;
        Manner::from_name(&name)
            .ok_or_else(|| D::Error::custom(format!("no kind \"{name}\": direct, indirect or mixed")))
    }
}
