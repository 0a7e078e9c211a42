//! The label: a double-ruled frame that opens the page of a report, a substance, an organisation, as on a reagent bottle.

use super::{MaybeText, Part, Reference};
use leptos::prelude::*;

/// A field of a label: a small name above its value.
pub struct LabelField {
    /// The name, printed small.
    pub name: String,
    /// The value, any view.
    pub value: AnyView,
}

impl LabelField {
    /// A field whose value is plain text.
    #[must_use]
    pub fn text(name: impl Into<String>, value: impl Into<String>) -> Self {
        let value = value.into();
        Self { name: name.into(), value: view! { <bdi>{value}</bdi> }.into_any() }
    }

    /// A field whose value is a code (CAS, HS, reference).
    #[must_use]
    pub fn code(name: impl Into<String>, value: impl Into<String>) -> Self {
        let value = value.into();
        Self { name: name.into(), value: view! { <bdi class="ref" dir="ltr">{value}</bdi> }.into_any() }
    }

    /// A field whose value is a view.
    #[must_use]
    pub fn view(name: impl Into<String>, value: AnyView) -> Self {
        Self { name: name.into(), value }
    }
}

/// The label that opens an object's page. Holds the page's only `h1`, unless `nested`.
#[component]
pub fn LabelHeader(
    /// What kind of thing it is ("Report", "Substance").
    #[prop(into)]
    kind: String,
    /// Its name: the page's heading.
    #[prop(into)]
    title: String,
    /// Its reference.
    #[prop(optional, into)]
    reference: MaybeText,
    /// Where it stands, a [`super::Status`].
    #[prop(optional, into)]
    status: Part,
    /// A second line under the title: other names, a formula.
    #[prop(optional, into)]
    subtitle: MaybeText,
    /// The fields, in reading order.
    #[prop(optional)]
    fields: Vec<LabelField>,
    /// The band at the foot: litmus strip, deadline, chain mark.
    #[prop(optional, into)]
    foot: Part,
    /// Name large and centred, as on a bottle: for substances.
    #[prop(optional)]
    bottle: bool,
    /// The page has a heading of its own (a preview on the desk): the name becomes an `h2`.
    #[prop(optional)]
    nested: bool,
) -> impl IntoView {
    let fields = (!fields.is_empty()).then(|| {
        view! { <dl class="label__fields">{fields.into_iter().map(label_field).collect_view()}</dl> }
    });
    let class = if bottle { "label label--bottle" } else { "label" };
    let title = if nested {
        view! { <h2 class="label__title"><bdi>{title}</bdi></h2> }.into_any()
    } else {
        view! { <h1 class="label__title"><bdi>{title}</bdi></h1> }.into_any()
    };
    view! {
        <header class=class>
            <div class="label__band">
                <span class="label__kind">{kind}</span>
                {reference.get().map(|code| view! { <Reference code/> })}
                {status.get().map(|status| view! { <span class="label__status">{status}</span> })}
            </div>
            <div class="label__name">
                {title}
                {subtitle.get().map(|subtitle| view! { <p class="label__subtitle">{subtitle}</p> })}
            </div>
            {fields}
            {foot.get().map(|foot| view! { <div class="label__foot">{foot}</div> })}
        </header>
    }
}

fn label_field(field: LabelField) -> impl IntoView {
    view! { <div class="label__field"><dt>{field.name}</dt><dd>{field.value}</dd></div> }
}
