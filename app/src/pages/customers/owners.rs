//! Who owns a customer: the chart, and the table that says the same.

use domain::customer::{
    Customer,
    ownership::{Holder, ownership},
    per_cent,
};
use leptos::prelude::*;

use crate::{
    components::*,
    text::{customers::Texts, fill},
};

/// Chart and table.
pub(super) fn section(t: &'static Texts, customer: &Customer) -> AnyView {
    let owners = ownership(customer);
    let columns =
        vec![Column::new(t.owner), Column::new(t.owner_kind), Column::numeric(t.direct), Column::numeric(t.total)];
    let rows = owners.holders.iter().map(|holder| row(t, holder)).collect_view();
    let label = fill(t.owners_chart, &[("name", customer.name())]);
    let firm = customer.name().to_owned();
    view! {
        <OwnersChart label firm owners/>
        <DataTable id="owners" caption=t.owners_caption columns>{rows}</DataTable>
        <p class="small muted">{t.owners_how}</p>
    }
    .into_any()
}

fn row(t: &'static Texts, holder: &Holder) -> AnyView {
    let known = holder.is_beneficial().then(|| view! { " "<Tag text=t.beneficial tone=Tone::Info/> });
    let (name, kind) = (holder.name.clone(), holder.kind.label());
    let direct = if holder.direct == 0 { String::new() } else { per_cent(holder.direct) };
    let total = per_cent(holder.total);
    view! {
        <tr>
            <th scope="row"><bdi>{name}</bdi>{known}</th>
            <td>{kind}</td>
            <td class="num">{direct}</td>
            <td class="num">{total}</td>
        </tr>
    }
    .into_any()
}
