"""Which confirmed labels look wrong: confident learning on what no model has learnt from."""

import numpy as np
import pyarrow as pa

from electronics.learning import of_devices, suspects


def model(dbt, session):
    """A row a device, by its label as it is, and as the technician had it first."""
    dbt.config(materialized="table", schema="monitoring")
    labels = dbt.ref("damage_labels").filter("domain = 'customer'")
    rows = (
        dbt.ref("damage_out_of_fold")
        .join(labels.project("request_id, first_damage_type, is_corrected"), "request_id")
        .order("request_id, photo_id")
        .to_arrow_table()
    )
    each = rows["predicted_damage_type_probs"].to_pylist()
    names = np.array([one["label"] for one in each[0]])
    probabilities = np.array([[one["prob"] for one in row] for row in each])
    devices, first, n_photographs = np.unique(
        np.asarray(rows["request_id"].to_pylist()), return_index=True, return_counts=True
    )
    of_device = of_devices(probabilities, np.asarray(rows["request_id"].to_pylist()))[first]
    given, at_first = (
        np.asarray(rows[column].to_pylist())[first]
        for column in ("damage_type", "first_damage_type")
    )
    is_suspect, margin = suspects(given, names, of_device)
    was_suspect, first_margin = suspects(at_first, names, of_device)
    return pa.table(
        {
            "request_id": devices,
            "n_photographs": n_photographs,
            "damage_type": given,
            "likeliest_damage_type": names[of_device.argmax(axis=1)],
            "probability": of_device.max(axis=1),
            "is_suspect": is_suspect,
            "margin": margin,
            "margin_rank": (-margin).argsort(kind="stable").argsort() + 1,
            "first_damage_type": at_first,
            "is_corrected": np.asarray(rows["is_corrected"].to_pylist())[first],
            "first_was_suspect": was_suspect,
            "first_margin": first_margin,
        }
    )
